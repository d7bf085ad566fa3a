//! The computational graph of a program in its names: no values are needed.

use super::names;
use super::{ChainRule, Factor, MAX_FACTORS, MAX_PATHS, Total};
use crate::error::Result;
use crate::kernel::{ExprId, Pool};
use crate::print::Notation;
use crate::session::engine::{Engine, Form, Formula};
use rustc_hash::FxHashMap;

/// Up to which cost a gradient stands in those below it; a longer one goes by its name, as
/// `df/du`, so that a long program costs no more than its length.
const LONG: u32 = 24;

/// A variable or a name of a computational graph, in names.
#[derive(Clone, Debug)]
pub struct SymbolicNode {
    /// Its name.
    pub name: String,
    /// Its definition in names; `None` for a variable.
    pub body: Option<ExprId>,
    /// The places of its local derivatives.
    pub locals: Vec<usize>,
    /// The gradient of the answer in it, accumulated from the answer down.
    pub gradient: Total,
    /// Whether the gradients below go by the name of this one.
    pub is_named: bool,
}

/// A computational graph in the names of a program, in the pool of its [`ChainRule`].
#[derive(Clone, Debug)]
pub struct SymbolicGraph {
    /// The variables, then the names, each after those that it needs.
    pub nodes: Vec<SymbolicNode>,
    /// Whether each gradient was compared with an independent path.
    pub checked: bool,
}

impl Engine {
    /// The computational graph of the first answer of a chain rule in the names of the program.
    /// Nodes stand after those that they need; names that the answer does not reach are left
    /// out. The gradient of a node is the sum over the nodes that use it of their gradient
    /// times the local derivative (Griewank and Walther, Evaluating Derivatives, ch. 3).
    ///
    /// # Errors
    /// A limit, or a failed self-check.
    pub fn symbolic_graph(
        &mut self,
        formula: &Formula,
        rule: &mut ChainRule,
        form: Form,
    ) -> Result<SymbolicGraph> {
        let mut own = self.fresh();
        let all = 0..rule.nodes.len();
        let says_all: Vec<bool> = all.map(|of| rule.says_all(of)).collect();
        own.pool = std::mem::take(&mut rule.pool);
        let found = Sweep::new(rule, says_all).run(&mut own, form);
        let checked = match &found {
            Ok(nodes) => own.verify_gradients(formula, rule, nodes),
            Err(_) => Ok(false),
        };
        rule.pool = own.pool;
        Ok(SymbolicGraph { nodes: found?, checked: checked? })
    }
}

impl ChainRule {
    /// Whether the name of a name says all that is known of it: it is an abstract function of
    /// that name, as `f` in `f(x, y)`.
    pub fn says_all(&self, of: usize) -> bool {
        let node = &self.nodes[of];
        let function = names::plain(&self.pool, node.body);
        node.is_abstract
            && function.is_some_and(|(f, _)| node.place.is_none() || f.name == node.name)
    }

    /// A gradient of a [`SymbolicGraph`]: where nothing but abstract functions is known, the sum
    /// over the paths.
    ///
    /// # Errors
    /// A text that is too long.
    pub fn gradient(&self, total: &Total, notation: Notation) -> Result<String> {
        if total.terms.is_empty() {
            return self.write(total.value, notation);
        }
        Ok(self.over_paths(total, notation))
    }
}

/// What has arrived at a vertex from above.
#[derive(Clone, Debug, Default)]
struct Arrived {
    /// The products of gradients and local derivatives.
    parts: Vec<ExprId>,
    /// The place of the local derivative where it is the only one, from the answer itself.
    is_direct: bool,
    /// The paths from the answer as places of local derivatives, as long as the names on them
    /// say all and they are few.
    paths: Option<Vec<Vec<usize>>>,
}

/// One way from the answer down.
struct Sweep<'r> {
    rule: &'r ChainRule,
    output: usize,
    /// Of which names their own says all.
    says_all: Vec<bool>,
    /// The local derivatives of each name.
    leaving: Vec<Vec<usize>>,
    /// Names before variables, by their names.
    vertices: FxHashMap<&'r str, usize>,
    arrived: Vec<Option<Arrived>>,
}

impl<'r> Sweep<'r> {
    fn new(rule: &'r ChainRule, says_all: Vec<bool>) -> Self {
        let mut leaving = vec![Vec::new(); rule.nodes.len()];
        for (place, local) in rule.locals.iter().enumerate() {
            leaving[local.of].push(place);
        }
        let names = rule.nodes.iter().map(|node| &node.name).chain(&rule.wrt);
        let mut vertices = FxHashMap::default();
        for (vertex, name) in names.enumerate() {
            vertices.entry(&name[..]).or_insert(vertex);
        }
        // A variable is no name that is defined.
        for (place, name) in rule.wrt.iter().enumerate() {
            vertices.insert(name, rule.nodes.len() + place);
        }
        let arrived = vec![None; rule.nodes.len() + rule.wrt.len()];
        Self { rule, output: rule.outputs[0], says_all, leaving, vertices, arrived }
    }

    fn run(mut self, own: &mut Engine, form: Form) -> Result<Vec<SymbolicNode>> {
        let rule = self.rule;
        let mut nodes = Vec::with_capacity(self.arrived.len());
        for vertex in (0..=self.output).rev() {
            let arrived = self.arrived[vertex].take();
            if arrived.is_none() && vertex != self.output {
                continue;
            }
            let name = &rule.nodes[vertex].name;
            let gradient = self.total(own, name, false, arrived.as_ref(), form)?;
            let is_long = own.pool.cost(gradient.value) > LONG;
            let adjoint = match is_long {
                true => own.pool.symbol(&rule.total_label(&gradient, Notation::Text)),
                false => gradient.value,
            };
            let paths = match &arrived {
                None => Some(vec![Vec::new()]),
                Some(arrived) => arrived.paths.clone(),
            };
            self.hand_down(own, vertex, adjoint, paths.as_deref());
            nodes.push(SymbolicNode {
                name: name.clone(),
                body: Some(rule.nodes[vertex].body),
                locals: std::mem::take(&mut self.leaving[vertex]),
                gradient,
                is_named: is_long,
            });
        }
        let is_partial = rule.answers().any(|(_, total)| total.is_partial);
        for (place, name) in rule.wrt.iter().enumerate().rev() {
            let arrived = self.arrived[rule.nodes.len() + place].take();
            let arrived = arrived.unwrap_or_default();
            let gradient = self.total(own, name, is_partial, Some(&arrived), form)?;
            nodes.push(SymbolicNode {
                name: name.clone(),
                body: None,
                locals: Vec::new(),
                gradient,
                is_named: false,
            });
        }
        nodes.reverse();
        own.check_limits()?;
        Ok(nodes)
    }

    /// The gradient of what has arrived; that of the answer in itself is 1.
    fn total(
        &self,
        own: &mut Engine,
        name: &str,
        is_partial: bool,
        arrived: Option<&Arrived>,
        form: Form,
    ) -> Result<Total> {
        let (value, terms) = match arrived {
            None => (Pool::ONE, Vec::new()),
            Some(arrived) => {
                let sum = own.pool.sum(&arrived.parts);
                // A local derivative has its form already.
                let value = if arrived.is_direct { sum } else { own.shape(sum, form)? };
                let mut paths = arrived.paths.clone().unwrap_or_default();
                paths.sort_unstable();
                let factors = |path: Vec<usize>| path.into_iter().map(Factor::Local);
                (value, paths.into_iter().map(|path| factors(path).collect()).collect())
            }
        };
        Ok(Total {
            of: self.output,
            wrt: name.to_owned(),
            is_answer: false,
            is_partial,
            terms,
            value,
            in_variables: value,
        })
    }

    /// Adds the products with the local derivatives of a name to what stands below it.
    fn hand_down(
        &mut self,
        own: &mut Engine,
        of: usize,
        adjoint: ExprId,
        paths: Option<&[Vec<usize>]>,
    ) {
        for place in &self.leaving[of] {
            let local = &self.rule.locals[*place];
            let Some(below) = self.vertices.get(&local.wrt[..]) else { continue };
            let product = own.pool.product(&[adjoint, local.value]);
            let more = paths.filter(|_| self.says_all[of]).map(|paths| {
                let longer =
                    |path: &Vec<usize>| path.iter().copied().chain([*place]).collect();
                paths.iter().map(longer).collect::<Vec<Vec<usize>>>()
            });
            let slot = &mut self.arrived[*below];
            let is_first = slot.is_none();
            let known = slot.get_or_insert_with(Arrived::default);
            known.parts.push(product);
            known.is_direct = is_first && of == self.output;
            known.paths = match (is_first, known.paths.take(), more) {
                (true, _, more) => more,
                (false, Some(mut paths), Some(more)) => {
                    paths.extend(more);
                    Some(paths)
                }
                _ => None,
            };
            known.paths = known.paths.take().filter(|paths| {
                let factors = paths.iter().map(Vec::len).sum::<usize>() as u64;
                paths.len() as u64 <= MAX_PATHS && factors <= MAX_FACTORS
            });
        }
    }
}
