//! The computational graph of a program: values forward, gradients backward.

use super::ChainRule;
use crate::calculus::Kink;
use crate::error::{Error, ErrorKind, Result};
use crate::function;
use crate::kernel::{ExprId, Node, Pool};
use crate::print::{self, Notation};
use crate::session::engine::Engine;
use crate::session::formula::{Formula, Settings};
use crate::session::point::alone::Missing;
use crate::session::point::eval::Point;
use crate::session::point::slope::AtPoint;
use rustc_hash::{FxHashMap, FxHashSet};

/// What a letter of a value counts for: it is read, simplified and looked at on several paths.
const LETTER: u64 = 130;

/// What a value costs a reader at least that is not put into text again.
const LONG: u32 = 40;
/// Divisors that are not less than this are not 0.
const NEAR: f64 = 1e-6;

/// A variable or a name of a computational graph.
#[derive(Clone, Debug)]
pub struct GraphNode {
    /// Its name.
    pub name: String,
    /// Its definition in names, in the pool of the [`ChainRule`]; `None` for a variable.
    pub body: Option<ExprId>,
    /// Its value at the point, in the pool of the engine.
    pub value: ExprId,
    /// Its local gradients: the places of its local derivatives, with their values.
    pub locals: Vec<(usize, ExprId)>,
    /// The gradient of the answer in it, accumulated from the answer down.
    pub gradient: ExprId,
    /// Which of its local derivatives have a value that is chosen at a kink.
    pub chosen: Vec<usize>,
    /// Whether a chosen value is in its gradient.
    pub is_chosen: bool,
}

impl Engine {
    /// The computational graph of the first answer of a chain rule at a point; variables that
    /// the point does not name stay. Nodes stand after those that they need. The gradient of a
    /// node is the sum over the nodes that use it of their gradient times the local derivative
    /// (Griewank and Walther, Evaluating Derivatives, ch. 3).
    ///
    /// A local derivative at a kink has the value that is chosen.
    ///
    /// # Errors
    /// A point outside of the domain, or at which a local derivative does not exist and no value
    /// is chosen; a limit, or a failed self-check.
    pub fn computational_graph(
        &mut self,
        rule: &ChainRule,
        point: &Point,
        kink: Option<Kink>,
    ) -> Result<Vec<GraphNode>> {
        let nodes: Vec<ExprId> = rule.nodes.iter().map(|node| node.value).collect();
        let values = self.at_point(&nodes, point)?;
        let (locals, chosen) = self.locals_at(rule, (point, &values), kink)?;
        let totals = self.totals_in_variables(rule);
        let totals = match chosen.is_empty() {
            false => None,
            true => self.at_point(&totals, point).ok(),
        };
        let symbols: Vec<ExprId> =
            rule.wrt.iter().map(|name| self.pool.symbol(name)).collect();
        let variables = self.at_point(&symbols, point)?;
        let output = rule.outputs[0];
        let mut parts: FxHashMap<&str, Vec<ExprId>> = FxHashMap::default();
        parts.insert(&rule.nodes[output].name, vec![Pool::ONE]);
        let mut below_chosen: FxHashSet<&str> = FxHashSet::default();
        let mut leaving: Vec<Vec<usize>> = vec![Vec::new(); rule.nodes.len()];
        for (place, local) in rule.locals.iter().enumerate() {
            leaving[local.of].push(place);
        }
        let mut nodes = Vec::with_capacity(rule.nodes.len() + variables.len());
        for (of, node) in rule.nodes.iter().enumerate().rev() {
            let Some(arrived) = parts.remove(&node.name[..]) else { continue };
            let sum = self.pool.sum(&arrived);
            let gradient = self.simplify(sum)?;
            let mut own = Vec::new();
            let is_chosen = below_chosen.contains(&node.name[..]);
            let mut chosen_here = Vec::new();
            for place in &leaving[of] {
                let (wrt, value) = (&rule.locals[*place].wrt, locals[*place]);
                own.push((*place, value));
                let down = self.pool.product(&[gradient, value]);
                parts.entry(wrt).or_default().push(down);
                if chosen.contains(place) {
                    chosen_here.push(*place);
                }
                if is_chosen || chosen.contains(place) {
                    below_chosen.insert(wrt);
                }
            }
            nodes.push(GraphNode {
                name: node.name.clone(),
                body: Some(node.body),
                value: values[of],
                locals: own,
                gradient,
                chosen: chosen_here,
                is_chosen,
            });
        }
        for (name, value) in rule.wrt.iter().zip(variables).rev() {
            let arrived = parts.remove(&name[..]).unwrap_or_default();
            let sum = self.pool.sum(&arrived);
            let gradient = self.simplify(sum)?;
            if let Some(totals) = &totals {
                self.compare_with_total(rule, totals, name, gradient, point)?;
            }
            nodes.push(GraphNode {
                name: name.clone(),
                body: None,
                value,
                locals: Vec::new(),
                gradient,
                chosen: Vec::new(),
                is_chosen: below_chosen.contains(&name[..]),
            });
        }
        nodes.reverse();
        Ok(nodes)
    }

    /// The point in the names of a program that stand in some expressions: its variables and
    /// what it defines.
    fn names_at(
        &self,
        rule: &ChainRule,
        values: &[ExprId],
        (point, used): (&Point, [&Formula; 2]),
    ) -> Result<Point> {
        let is_used = |name: &str| used.iter().any(|one| one.has_name(name));
        let mut known = point.clone();
        known.retain(|(name, _)| is_used(name));
        for (node, value) in rule.nodes.iter().zip(values) {
            if self.pool.is_constant(*value) && is_used(&node.name) {
                let text = print::write(&self.pool, *value, Notation::Text)?;
                known.retain(|(name, _)| *name != node.name);
                known.push((node.name.clone(), text));
            }
        }
        Ok(known)
    }

    /// Whether an expression in names has all derivatives where these have values that are
    /// long numbers: its functions do, and no quotient or root is near one of 0.
    fn is_smooth_among(&mut self, body: ExprId, names: &[(ExprId, ExprId)]) -> bool {
        let parts = self.pool.reachable(&[body]);
        let mut found = false;
        let mut bases = Vec::new();
        for id in parts {
            found |= names.iter().any(|(name, value)| {
                *name == id
                    && self.pool.is_constant(*value)
                    && self.pool.cost(*value) > LONG
            });
            match self.pool.node(id) {
                Node::Power(Pool::E, _) => {}
                Node::Power(base, exponent) => {
                    let exponent = self.pool.as_number(exponent);
                    if !exponent.is_some_and(|n| n.is_integer() && !n.is_negative()) {
                        bases.push(base);
                    }
                }
                Node::Apply(function, _)
                    if !function.is_builtin()
                        || !function::spec(function).is_smooth() =>
                {
                    return false;
                }
                _ => {}
            }
        }
        let bases = self.pool.substitute(&bases, names, function::apply);
        found && bases.into_iter().all(|base| self.float(base).abs() > NEAR)
    }

    /// The values of local derivatives, and the places of those that are chosen at a kink.
    fn locals_at(
        &mut self,
        rule: &ChainRule,
        (point, nodes): (&Point, &[ExprId]),
        kink: Option<Kink>,
    ) -> Result<(Vec<ExprId>, FxHashSet<usize>)> {
        let names: Vec<(ExprId, ExprId)> = rule
            .nodes
            .iter()
            .zip(nodes)
            .map(|(node, value)| (self.pool.symbol(&node.name), *value))
            .collect();
        let mut places = FxHashSet::default();
        let mut values = Vec::with_capacity(rule.locals.len());
        let declared: Vec<String> =
            rule.nodes.iter().map(|node| &node.name).chain(&rule.wrt).cloned().collect();
        let settings = Settings { declared, ..Settings::default() };
        for (place, local) in rule.locals.iter().enumerate() {
            let mut read = |id| {
                let text = rule.write(id, Notation::Text)?;
                self.read(&text, &settings)
            };
            let derivative = read(local.value)?;
            let body = read(rule.nodes[local.of].body)?;
            if self.is_smooth_among(body.roots[0], &names) {
                values.extend(self.at_point(&[local.in_variables], point)?);
                continue;
            }
            let known = self.names_at(rule, nodes, (point, [&derivative, &body]))?;
            // A derivative may stand in the name of what is differentiated: `s*(1 - s)`.
            let in_it: Point = known
                .iter()
                .filter(|(name, _)| derivative.has_name(name))
                .cloned()
                .collect();
            let derivative = derivative.roots[0];
            let own: Point =
                known.iter().filter(|(name, _)| body.has_name(name)).cloned().collect();
            let letters: usize =
                own.iter().chain(&in_it).map(|(_, text)| text.len()).sum();
            self.pool.spend(LETTER.saturating_mul(letters as u64));
            self.check_limits()?;
            let value = self.at_point(&[derivative], &in_it);
            if self.variables(&body.roots).len() > own.len() {
                // Names that have no number yet have a value in the variables.
                let found = self.pool.substitute(&value?, &names, function::apply);
                values.extend(found);
                continue;
            }
            let sequence = std::slice::from_ref(&local.wrt);
            let exact = value.as_ref().ok().map(|values| values[0]);
            let found = match self.derivative_at(&body, 0, sequence, &own, exact)? {
                Some(AtPoint::Missing(missing)) => {
                    let chosen = match kink {
                        Some(kink) => {
                            self.chosen_at((&body, 0), &missing, sequence, &own, kink)?
                        }
                        None => None,
                    };
                    if chosen.is_some() {
                        places.insert(place);
                    }
                    let label = rule.local_label(local, Notation::Text);
                    Some(chosen.ok_or_else(|| no_local(&label, &own, &missing))?)
                }
                found => found,
            };
            values.push(match found {
                Some(AtPoint::Exact(id)) => id,
                Some(AtPoint::Decimal(text)) => {
                    self.read(&text, &Settings::default())?.roots[0]
                }
                _ => value?[0],
            });
        }
        Ok((values, places))
    }

    /// A gradient that was accumulated from values is that of the checked formula.
    fn compare_with_total(
        &self,
        rule: &ChainRule,
        totals: &[ExprId],
        name: &str,
        gradient: ExprId,
        point: &Point,
    ) -> Result<()> {
        let mut answers = rule.answers();
        let known = answers.find(|(_, t)| t.of == rule.outputs[0] && t.wrt == name);
        let Some((place, _)) = known else { return Ok(()) };
        let (x, y) = (self.float(gradient), self.float(totals[place]));
        if (x - y).abs() > 1e-9 * x.abs().max(y.abs()).max(1.0) {
            let at = point.iter().map(|(name, value)| format!("{name} = {value}"));
            return Err(ErrorKind::SelfCheck {
                of: print::write(
                    &rule.pool,
                    rule.nodes[rule.outputs[0]].body,
                    Notation::Text,
                )
                .unwrap_or_default(),
                variable: name.to_owned(),
                point: at.collect::<Vec<_>>().join(", "),
            }
            .into());
        }
        Ok(())
    }
}

/// That a local derivative does not exist.
fn no_local(label: &str, point: &Point, missing: &Missing) -> Error {
    let place: Vec<String> =
        point.iter().map(|(name, value)| format!("{name} = {value}")).collect();
    let missing = AtPoint::missing(missing);
    let what = format!("{label} at {} {missing}", place.join(", "));
    Error::from(ErrorKind::Unsupported(what))
        .help("--at-kinks mean, left, right or zero gives it a value at a kink")
}
