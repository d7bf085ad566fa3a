//! What is drawn beside a function: its derivatives, tangents, Taylor polynomials.

use super::super::engine::{Engine, Form, Formula};
use super::super::point::eval::Point;
use super::graph::Graph;
use super::suspect::{Suspects, Watch};
use super::{View, point};
use crate::error::{Error, ErrorKind, Result};
use crate::evaluate::Tape;
use crate::function;
use crate::kernel::{ExprId, Node, Pool};
use crate::plot::{Caption, Mark, Role, Stroke};
use crate::print::{self, Notation};

/// The most curves of one picture.
pub(super) const MAX_CURVES: usize = 24;

/// What a formula costs a reader at most that stands in a caption.
const LONG: u32 = 2000;

impl Engine {
    /// The functions that were typed.
    pub(super) fn typed_graphs(
        &mut self,
        formulas: &[Formula],
        name: &str,
    ) -> Result<Vec<Graph>> {
        let mut found: Vec<Graph> = Vec::new();
        for (source, formula) in formulas.iter().enumerate() {
            let suspects = self.watched(formula)?;
            for (component, (tape, slot)) in self.tapes(formula)?.into_iter().enumerate()
            {
                let own = formula.answers.get(component);
                let several = formula.is_vector && own.is_none();
                let place = several.then_some(component + 1);
                let called = match (own, formulas.len()) {
                    (Some(own), _) => own.clone(),
                    (None, 1) => formula.name.clone(),
                    (None, _) => letter(formula, source),
                };
                let root = formula.roots[component];
                let label =
                    |notation| print::call_label(&called, place, &[name], notation);
                let caption = self.caption(&label, root)?;
                found.push(Graph {
                    root,
                    tape,
                    slot,
                    caption,
                    ink: found.len(),
                    stroke: Stroke::Solid,
                    source: Some(source),
                    name: place.map_or(called.clone(), |n| format!("{called}{n}")),
                    component,
                    parent: None,
                    domain: None,
                    bases: None,
                    digits: None,
                    beyond: None,
                    suspects: suspects.clone(),
                    seams: Vec::new(),
                    corners: Vec::new(),
                });
            }
        }
        if found.len() > MAX_CURVES {
            let what = "the number of curves in a picture";
            let limit = MAX_CURVES as u64;
            return Err(ErrorKind::OverLimit { what, limit }.into());
        }
        Ok(found)
    }

    /// `f(x) = x^2`; `f(x)` alone where the formula is too long to be read.
    pub(super) fn caption(
        &self,
        label: &dyn Fn(Notation) -> String,
        id: ExprId,
    ) -> Result<Caption> {
        if self.pool.cost(id) > LONG {
            return Ok(Caption {
                text: label(Notation::Text),
                latex: label(Notation::Latex),
            });
        }
        let text = print::write(&self.pool, id, Notation::Text)?;
        let latex = print::write(&self.pool, id, Notation::Latex)?;
        Ok(Caption {
            text: format!("{} = {text}", label(Notation::Text)),
            latex: format!("{} = {latex}", label(Notation::Latex)),
        })
    }

    /// The derivatives that were asked for, behind the functions.
    pub(super) fn add_derivatives(
        &mut self,
        formulas: &[Formula],
        name: &str,
        view: &View,
        graphs: &mut Vec<Graph>,
    ) -> Result<()> {
        let typed = graphs.len();
        for order in &view.orders {
            let mut component = 0;
            for place in 0..typed {
                let Some(source) = graphs[place].source else { continue };
                let formula = &formulas[source];
                let first = graphs.iter().position(|own| own.source == Some(source));
                component = if first == Some(place) { 0 } else { component + 1 };
                let wrt = [name.to_owned()];
                let found = self.partials(formula, &wrt, *order, Form::Auto)?;
                let Some(root) = found.partials.first().map(|one| one.values[component])
                else {
                    continue;
                };
                let mut graph = self.drawn_expression(root)?;
                let called = graphs[place].name.clone();
                let label = |notation| {
                    let mark = print::primes(*order as usize, notation);
                    print::call_label(&format!("{called}{mark}"), None, &[name], notation)
                };
                graph.caption = self.caption(&label, root)?;
                graph.ink = graphs.len();
                graph.parent = Some((place, *order));
                graph.component = component;
                graph.name =
                    format!("{called}{}", print::primes(*order as usize, Notation::Text));
                graph.suspects.join(&graphs[place].suspects);
                graph.domain = Some((graphs[place].tape.clone(), graphs[place].slot));
                graphs.push(graph);
            }
        }
        match graphs.len() > MAX_CURVES {
            true => {
                let what = "the number of curves in a picture";
                Err(ErrorKind::OverLimit { what, limit: MAX_CURVES as u64 }.into())
            }
            false => Ok(()),
        }
    }

    /// An expression as a function to be drawn.
    fn drawn_expression(&mut self, root: ExprId) -> Result<Graph> {
        let mut tape = Tape::default();
        let slot = tape.add_expressions(&self.pool, &[root])[0];
        let suspects = self.watched_expression(root);
        Ok(Graph {
            root,
            tape,
            slot,
            caption: Caption::default(),
            ink: 0,
            stroke: Stroke::Solid,
            source: None,
            name: String::new(),
            component: 0,
            parent: None,
            domain: None,
            bases: None,
            digits: None,
            beyond: None,
            suspects,
            seams: Vec::new(),
            corners: Vec::new(),
        })
    }

    /// What may break an expression.
    fn watched_expression(&mut self, root: ExprId) -> Suspects {
        let ids = self.pool.reachable(&[root]);
        let mut watch = Watch::new(&mut self.pool);
        for id in ids {
            match watch.pool.node(id) {
                Node::Power(base, exponent) => {
                    function::Builder::power(&mut watch, base, exponent);
                }
                Node::Apply(own, list) if !own.is_abstract() => {
                    let arguments = watch.pool.list(list).to_vec();
                    function::Builder::apply(&mut watch, own, &arguments);
                }
                _ => {}
            }
        }
        watch.found
    }

    /// Tangents and Taylor polynomials, with the points at which they touch.
    pub(super) fn add_polynomials(
        &mut self,
        formulas: &[Formula],
        name: &str,
        view: &View,
        graphs: &mut Vec<Graph>,
    ) -> Result<Vec<Mark>> {
        let mut marks = Vec::new();
        let order = view.taylor.unwrap_or(1);
        let mut number = 0;
        for at in &view.at {
            let at = must_be(at, name)?;
            for (source, formula) in formulas.iter().enumerate() {
                self.must_be_assumed(formula, &at)?;
                let wrt = [name.to_owned()];
                for (component, found) in
                    self.taylor(formula, &wrt, &at, order)?.into_iter().enumerate()
                {
                    number += 1;
                    let typed: Vec<usize> = (0..graphs.len())
                        .filter(|place| graphs[*place].source == Some(source))
                        .collect();
                    let Some(own) = typed.get(component).copied() else { continue };
                    let mut graph = self.drawn_expression(found.polynomial)?;
                    let called = match view.taylor {
                        Some(order) => format!("T{}", lowered(order)),
                        None if view.at.len() * formulas.len() > 1 => {
                            format!("t{number}")
                        }
                        None => "t".to_owned(),
                    };
                    let label =
                        |notation| print::call_label(&called, None, &[name], notation);
                    let write = |notation| -> Result<String> {
                        let text = found.write(&self.pool, notation, false)?;
                        Ok(format!("{} = {}", label(notation), bare(&text)))
                    };
                    let (text, latex) = (write(Notation::Text)?, write(Notation::Latex)?);
                    graph.caption = Caption { text, latex };
                    graph.name = called;
                    graph.stroke = match view.taylor {
                        Some(_) => Stroke::Dashed,
                        None => Stroke::Thin,
                    };
                    graph.ink = graphs.len();
                    let place = found.point[0];
                    let symbol = self.pool.symbol(name);
                    let value =
                        calculus_value(&mut self.pool, found.polynomial, symbol, place);
                    let value = self.simplify(value)?;
                    let (x, y) = (self.float(place), self.float(value));
                    let (a, b) = (
                        self.beside_point(place, true)?,
                        self.beside_point(value, true)?,
                    );
                    marks.push(Mark {
                        at: (x, y),
                        role: Role::Contact,
                        ink: graphs[own].ink,
                        caption: Some(point(&a, &b)),
                    });
                    graphs.push(graph);
                }
            }
        }
        if view.taylor.is_some() && view.at.is_empty() {
            let view = View {
                at: vec![vec![(name.to_owned(), "0".to_owned())]],
                ..view.clone()
            };
            return self.add_polynomials(formulas, name, &view, graphs);
        }
        Ok(marks)
    }
}

/// A number below the line.
fn lowered(n: u32) -> String {
    let digit = |c: char| char::from_u32(0x2080 + c.to_digit(10).unwrap_or(0));
    n.to_string().chars().filter_map(digit).collect()
}

/// `x - 1` for `(x - 1)`.
fn bare(text: &str) -> &str {
    let inner = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    inner.filter(|inner| !inner.contains(['(', ')'])).unwrap_or(text)
}

fn calculus_value(pool: &mut Pool, id: ExprId, symbol: ExprId, at: ExprId) -> ExprId {
    pool.substitute(&[id], &[(symbol, at)], function::apply)[0]
}

/// A point of the one variable.
fn must_be(at: &Point, name: &str) -> Result<Point> {
    match &at[..] {
        [(own, _)] if own == name => Ok(at.clone()),
        _ => {
            let what = "a tangent needs a value of the variable alone".to_owned();
            Err(Error::from(ErrorKind::InvalidPoint(what))
                .help(format!("write it as `--at {name}=1`")))
        }
    }
}

/// The name of one of several functions without names.
fn letter(formula: &Formula, place: usize) -> String {
    const LETTERS: [&str; 8] = ["f", "g", "h", "p", "q", "r", "u", "v"];
    match formula.name.as_str() {
        "f" => LETTERS.get(place).map_or(format!("f{place}"), |own| (*own).to_owned()),
        own => own.to_owned(),
    }
}
