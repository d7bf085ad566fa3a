//! What a graph shows: nodes with their gradients, edges with local gradients.

use super::super::super::eval::LONG_VALUE;
use super::super::super::matrix;
use super::super::super::parts::Writer;
use super::super::super::report::Written;
use calcgrad::Result;
use calcgrad::kernel::ExprId;
use calcgrad::matrix::{Answer, MatrixGraph, Problem};
use calcgrad::print::{self, Notation};
use calcgrad::session::{ChainRule, Engine, GraphNode, SymbolicGraph};
use rustc_hash::FxHashMap;

/// How many signs a value has at most that is drawn as it is.
const LONG_TEXT: usize = 24;

/// Something in names, with its value at a point.
#[derive(Clone, Debug, Default)]
pub(super) struct Told {
    pub(super) form: Option<Written>,
    pub(super) value: Option<Written>,
}

/// What a line of a node says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Said {
    Name,
    Shape,
    Value,
    Gradient,
}

/// An edge, from a node to one that uses it.
#[derive(Clone, Debug)]
pub(super) struct Edge {
    /// The place of the node that is used.
    pub(super) from: usize,
    /// The name of the local gradient; none for a part of a differential.
    pub(super) label: Option<Written>,
    pub(super) told: Told,
}

/// A node.
#[derive(Clone, Debug)]
pub(super) struct Spot {
    pub(super) name: String,
    pub(super) label: Written,
    /// What it stands for; nothing for a variable.
    pub(super) body: Option<Written>,
    /// Its sizes, among matrices.
    pub(super) sizes: Option<Vec<String>>,
    pub(super) value: Option<Written>,
    /// The name of its differential, among matrices.
    pub(super) differential: Option<Written>,
    pub(super) edges: Vec<Edge>,
    pub(super) gradient: Told,
}

/// A graph to be shown: nodes, each after those that it uses.
#[derive(Clone, Debug)]
pub(super) struct Picture {
    /// The name of the answer.
    pub(super) output: Written,
    pub(super) nodes: Vec<Spot>,
    /// Whether gradients are in names.
    pub(super) is_symbolic: bool,
}

impl Told {
    /// In one line: `2*u = 6`.
    pub(super) fn line(&self) -> Option<Written> {
        match (&self.form, &self.value) {
            (Some(form), Some(value)) if form != value => Some(equal(form, value)),
            (form, value) => form.as_ref().or(value.as_ref()).cloned(),
        }
    }
}

impl Edge {
    /// What stands on the edge.
    pub(super) fn line(&self) -> Written {
        self.told.line().or_else(|| self.label.clone()).unwrap_or_default()
    }
}

impl Picture {
    /// The graph of a program: in names, with values at a point, or both. With a number of
    /// digits there are decimals in place of values that are long.
    ///
    /// # Errors
    /// A text that is too long.
    pub(super) fn of_program(
        engine: &Engine,
        rule: &ChainRule,
        names: Option<&SymbolicGraph>,
        (values, writer): (Option<&[GraphNode]>, &Writer<'_>),
        digits: Option<usize>,
    ) -> Result<Self> {
        let known: FxHashMap<&str, &GraphNode> =
            values.into_iter().flatten().map(|node| (&node.name[..], node)).collect();
        let order: Vec<(&String, Option<ExprId>)> = match (names, values) {
            (Some(names), _) => {
                names.nodes.iter().map(|node| (&node.name, node.body)).collect()
            }
            (None, values) => {
                let nodes = values.into_iter().flatten();
                nodes.map(|node| (&node.name, node.body)).collect()
            }
        };
        let mut places: FxHashMap<&str, usize> = FxHashMap::default();
        let mut nodes = Vec::with_capacity(order.len());
        for (at, (name, body)) in order.into_iter().enumerate() {
            let own = names.map(|names| &names.nodes[at]);
            let here = known.get(&name[..]).copied();
            let value = |id| match digits {
                Some(digits) => short(engine, id, digits),
                None => writer.written(id),
            };
            let mut edges = Vec::new();
            let locals = match (own, here) {
                (Some(node), _) => node.locals.clone(),
                (None, node) => {
                    let locals = node.into_iter().flat_map(|node| &node.locals);
                    locals.map(|(place, _)| *place).collect()
                }
            };
            for (rank, place) in locals.into_iter().enumerate() {
                let local = &rule.locals[place];
                let Some(from) = places.get(&local.wrt[..]).copied() else { continue };
                let label =
                    Written::from_fn(|notation| rule.local_label(local, notation));
                let found = here.and_then(|node| node.locals.get(rank));
                let is_chosen = here.is_some_and(|node| node.chosen.contains(&place));
                let has_form = own.is_some() && !is_chosen && !rule.says_all(local.of);
                let form = match has_form {
                    true => Some(Written::new(&rule.pool, local.value)?),
                    false => None,
                };
                let value = found.map(|(_, id)| value(*id)).transpose()?;
                let told = Told { form, value };
                edges.push(Edge { from, label: Some(label), told });
            }
            let is_chosen = here.is_some_and(|node| node.is_chosen);
            let form = match own.filter(|_| !is_chosen) {
                Some(node) => Some(Written {
                    text: rule.gradient(&node.gradient, Notation::Text)?,
                    latex: rule.gradient(&node.gradient, Notation::Latex)?,
                }),
                None => None,
            };
            let gradient = here.map(|node| value(node.gradient)).transpose()?;
            // The answer may have the name of one of its parts.
            places.entry(name).or_insert(at);
            nodes.push(Spot {
                name: name.clone(),
                label: Written::from_fn(|notation| print::name(name, notation)),
                body: body.map(|id| Written::new(&rule.pool, id)).transpose()?,
                sizes: None,
                value: here.map(|node| value(node.value)).transpose()?,
                differential: None,
                edges,
                gradient: Told { form, value: gradient },
            });
        }
        let output = &rule.nodes[rule.outputs[0]].name;
        let output = Written::from_fn(|notation| print::name(output, notation));
        Ok(Self { output, nodes, is_symbolic: names.is_some() })
    }

    /// The graph of a program over matrices.
    pub(super) fn of_matrices(problem: &Problem, graph: &MatrixGraph) -> Self {
        let written = |form| {
            let answer = Answer::Form(form);
            Written {
                text: problem.answer_text(&answer),
                latex: problem.answer_latex(&answer),
            }
        };
        let label = |name: &str| Written {
            text: name.to_owned(),
            latex: problem.name_latex(name),
        };
        let nodes = graph.nodes.iter().map(|node| {
            let own = label(&node.name);
            let edge = |edge: &calcgrad::matrix::MatrixEdge| Edge {
                from: edge.from,
                label: None,
                told: Told { form: Some(written(edge.form)), value: None },
            };
            let name = Written {
                text: format!("d{}", own.text),
                latex: format!("d{}", own.latex),
            };
            Spot {
                name: node.name.clone(),
                label: own,
                body: node.body.map(written),
                sizes: Some(node.sizes.clone()),
                value: None,
                differential: Some(name),
                edges: node.edges.iter().map(edge).collect(),
                gradient: Told { form: Some(written(node.gradient)), value: None },
            }
        });
        let nodes: Vec<Spot> = nodes.collect();
        let output = nodes.last().map(|node| node.label.clone()).unwrap_or_default();
        Self { output, nodes, is_symbolic: true }
    }

    /// The lines of a node: what they say, words, and the mathematics behind them.
    pub(super) fn lines(&self, node: &Spot) -> Vec<(Said, Written, Written)> {
        let words = |text: &str| Written { text: text.into(), latex: text.into() };
        let first = match &node.body {
            Some(body) => Written::from_fn(|notation| {
                format!("{} = {}", node.label.get(notation), body.get(notation))
            }),
            None => node.label.clone(),
        };
        let mut lines = vec![(Said::Name, Written::default(), first)];
        if let Some(sizes) = &node.sizes {
            lines.push((Said::Shape, Written::default(), matrix::space(sizes)));
        }
        if let Some(value) = &node.value {
            lines.push((Said::Value, words("value"), value.clone()));
        }
        if let Some(gradient) = node.gradient.line() {
            let words = Written {
                text: format!("gradient of {}", self.output.text),
                latex: format!("gradient of ${}$", self.output.latex),
            };
            lines.push((Said::Gradient, words, gradient));
        }
        lines
    }

    /// The lines of a node in text.
    pub(super) fn text_lines(&self, node: &Spot, has_signs: bool) -> Vec<String> {
        let between = if self.is_symbolic { ": " } else { " " };
        let one = |(_, words, formula): (Said, Written, Written)| {
            let formula = signed(&formula, has_signs);
            match words.text.is_empty() {
                true => formula,
                false => format!("{}{between}{formula}", words.text),
            }
        };
        self.lines(node).into_iter().map(one).collect()
    }
}

/// Something and what it is equal to, or about.
pub(super) fn equal(left: &Written, right: &Written) -> Written {
    Written::from_fn(|notation| {
        let (left, right) = (left.get(notation), right.get(notation));
        match right.starts_with('≈') || right.starts_with("\\approx") {
            true => format!("{left} {right}"),
            false => format!("{left} = {right}"),
        }
    })
}

/// A value, or some of its digits where it is long.
fn short(engine: &Engine, id: ExprId, digits: usize) -> Result<Written> {
    let exact = |id| Written::new(&engine.pool, id);
    if engine.pool.cost(id) <= LONG_VALUE {
        let written = exact(id)?;
        let is_number = engine.pool.as_number(id).is_some();
        if is_number || written.text.chars().count() <= LONG_TEXT {
            return Ok(written);
        }
    }
    let Ok(decimal) = engine.quick_decimal(id, digits) else { return exact(id) };
    let Written { text, latex } = Written::decimal(&decimal);
    Ok(Written { text: format!("≈ {text}"), latex: format!("\\approx {latex}") })
}

/// A formula in text, with the signs of mathematics on demand.
pub(super) fn signed(formula: &Written, has_signs: bool) -> String {
    match has_signs {
        true => print::unicode(&formula.text),
        false => formula.text.clone(),
    }
}
