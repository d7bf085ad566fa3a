//! The computational graph of a program: values forward, gradients backward.

use super::ChainRule;
use crate::error::{ErrorKind, Result};
use crate::kernel::{ExprId, Pool};
use crate::print::{self, Notation};
use crate::session::engine::Engine;
use crate::session::eval::Point;
use rustc_hash::FxHashMap;

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
}

impl Engine {
    /// The computational graph of the first answer of a chain rule at a point; variables that
    /// the point does not name stay. Nodes stand after those that they need. The gradient of a
    /// node is the sum over the nodes that use it of their gradient times the local derivative
    /// (Griewank and Walther, Evaluating Derivatives, ch. 3).
    ///
    /// # Errors
    /// A point outside of the domain, a limit, or a failed self-check.
    pub fn computational_graph(
        &mut self,
        rule: &ChainRule,
        point: &Point,
    ) -> Result<Vec<GraphNode>> {
        let values = self.chain_values(rule, point)?;
        let symbols: Vec<ExprId> =
            rule.wrt.iter().map(|name| self.pool.symbol(name)).collect();
        let variables = self.at_point(&symbols, point)?;
        let output = rule.outputs[0];
        let mut parts: FxHashMap<&str, Vec<ExprId>> = FxHashMap::default();
        parts.insert(&rule.nodes[output].name, vec![Pool::ONE]);
        let mut nodes = Vec::with_capacity(rule.nodes.len() + variables.len());
        for (of, node) in rule.nodes.iter().enumerate().rev() {
            let Some(arrived) = parts.remove(&node.name[..]) else { continue };
            let sum = self.pool.sum(&arrived);
            let gradient = self.simplify(sum)?;
            let mut locals = Vec::new();
            for (place, local) in rule.locals.iter().enumerate() {
                if local.of == of {
                    let value = values.locals[place];
                    locals.push((place, value));
                    let down = self.pool.product(&[gradient, value]);
                    parts.entry(&local.wrt).or_default().push(down);
                }
            }
            let (name, body) = (node.name.clone(), Some(node.body));
            let value = values.nodes[of];
            nodes.push(GraphNode { name, body, value, locals, gradient });
        }
        for (name, value) in rule.wrt.iter().zip(variables).rev() {
            let arrived = parts.remove(&name[..]).unwrap_or_default();
            let sum = self.pool.sum(&arrived);
            let gradient = self.simplify(sum)?;
            self.compare_with_total(rule, &values.totals, name, gradient, point)?;
            let (name, locals) = (name.clone(), Vec::new());
            nodes.push(GraphNode { name, body: None, value, locals, gradient });
        }
        nodes.reverse();
        Ok(nodes)
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
