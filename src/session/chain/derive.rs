//! Local derivatives, and the sums over paths.

use super::names::{self, Draft, Drafts};
use super::network::{Network, symbol_of};
use super::{
    ChainRule, ChainValues, Factor, InVariables, Local, MAX_FACTORS, MAX_PATHS, Total,
};
use crate::calculus::{self, Edge, Graph};
use crate::check::Domain;
use crate::error::Result;
use crate::function;
use crate::kernel::{ExprId, Node, Pool};
use crate::print::Notation;
use crate::session::engine::{Engine, FORWARD, Form, Formula};
use crate::session::gradient::{NamedParts, put_into};
use crate::session::point::eval::Point;
use rustc_hash::{FxHashMap, FxHashSet};

impl Engine {
    /// The chain rule for a program, with its names kept: for its first formula and every
    /// other definition that nothing uses. A variable may be a name that the program defines;
    /// then its definition does not matter. `None` where nothing stands between one answer and
    /// the variables: for a formula alone, unless it is an abstract function of abstract
    /// functions as `f(x(t), y(t))`.
    ///
    /// # Errors
    /// A function without a known derivative, a limit, or a failed self-check.
    pub fn chain_rule(
        &mut self,
        formula: &Formula,
        wrt: &[String],
        form: Form,
    ) -> Result<Option<ChainRule>> {
        let mut wrt = wrt.to_vec();
        let mut seen = FxHashSet::default();
        wrt.retain(|name| seen.insert(name.clone()));
        if formula.domain == Domain::Complex || wrt.is_empty() {
            return Ok(None);
        }
        let Some((mut own, drafts)) = self.drafts(formula)? else { return Ok(None) };
        let values = self.values_in_variables(&own.pool, &drafts.names);
        let (network, between) = Network::new(self, &own.pool, &drafts, &values, &wrt);
        let is_cut = wrt.iter().any(|name| formula.defines(name));
        if !between && !is_cut && drafts.outputs.len() < 2 {
            return Ok(None);
        }
        let (locals, graph) = self.locals(&mut own, &network, &drafts.outputs, form)?;
        let mut rule = ChainRule {
            nodes: network.nodes,
            outputs: drafts.outputs.clone(),
            unused: drafts.unused.clone(),
            wrt,
            locals,
            totals: Vec::new(),
            parts: NamedParts::new(),
            is_accumulated: false,
            checked: true,
            breaks: Vec::new(),
            pool: Pool::default(),
        };
        rule.is_accumulated = is_long(&graph, &rule);
        let replacements = network.replacements;
        if rule.is_accumulated {
            self.accumulate(&mut own, &mut rule, &graph, replacements, form)?;
        } else {
            self.sum_paths(&mut own, &mut rule, &graph, &replacements, form)?;
        }
        rule.hold();
        own.check_limits()?;
        self.check_limits()?;
        self.verify_locals(&mut own.pool, formula, &mut rule, &network.symbols)?;
        let derivatives: Vec<ExprId> =
            rule.answers().map(|(_, total)| total.in_variables).collect();
        rule.checked &=
            self.verify_totals(formula, &rule, (&derivatives, &rule.parts))?;
        let roots: Vec<ExprId> =
            rule.outputs.iter().map(|place| rule.nodes[*place].value).collect();
        rule.breaks = self.breaks_of(&roots, &rule.wrt.clone())?;
        rule.pool = own.pool;
        Ok(Some(rule))
    }

    /// The variables of a formula and of every other definition that is an answer, in natural
    /// order.
    ///
    /// # Errors
    /// As [`Engine::chain_rule`].
    pub fn chain_variables(&mut self, formula: &Formula) -> Result<Vec<String>> {
        let Some((own, drafts)) = self.drafts(formula)? else {
            return Ok(self.variables(&formula.roots));
        };
        let values = self.values_in_variables(&own.pool, &drafts.names);
        let roots: Vec<ExprId> =
            drafts.outputs.iter().map(|place| values[*place]).collect();
        Ok(self.variables(&roots))
    }

    /// The derivatives of a chain rule in the variables alone, in the order of
    /// [`ChainRule::answers`].
    ///
    /// # Errors
    /// A limit, or a failed self-check.
    pub fn chain_in_variables(
        &mut self,
        formula: &Formula,
        rule: &ChainRule,
        form: Form,
    ) -> Result<InVariables> {
        let mut values = Vec::with_capacity(rule.totals.len());
        for place in &rule.outputs {
            for variable in &rule.wrt {
                let value = rule.nodes[*place].value;
                values.push(self.derivative(value, variable, form, &mut ())?);
            }
        }
        let in_whole = (&values[..], &NamedParts::new());
        let checked = self.verify_totals(formula, rule, in_whole)?;
        Ok(InVariables { values, checked })
    }

    /// The values of a chain rule at a point.
    ///
    /// # Errors
    /// As [`Engine::at_point`].
    pub fn chain_values(
        &mut self,
        rule: &ChainRule,
        point: &Point,
    ) -> Result<ChainValues> {
        let nodes: Vec<ExprId> = rule.nodes.iter().map(|node| node.value).collect();
        let locals: Vec<ExprId> =
            rule.locals.iter().map(|local| local.in_variables).collect();
        let totals = self.totals_in_variables(rule);
        Ok(ChainValues {
            nodes: self.at_point(&nodes, point)?,
            locals: self.at_point(&locals, point)?,
            totals: self.at_point(&totals, point)?,
        })
    }

    /// The derivatives of a chain rule in the variables alone, as the rules leave them.
    pub fn totals_in_variables(&mut self, rule: &ChainRule) -> Vec<ExprId> {
        let totals: Vec<ExprId> =
            rule.totals.iter().map(|total| total.in_variables).collect();
        put_into(&mut self.pool, &rule.parts, &totals)
    }

    /// Whether a name of a program has a kink or a jump at a point.
    ///
    /// # Errors
    /// As [`Engine::breaks`].
    pub fn is_bent_at(&mut self, rule: &ChainRule, point: &Point) -> Result<bool> {
        let roots: Vec<ExprId> = rule.nodes.iter().map(|node| node.value).collect();
        let breaks = self.breaks_of(&roots, &rule.wrt)?;
        if self.broken(&breaks, point) {
            return Ok(true);
        }
        let roots = if self.pool.is_complex() { roots } else { Vec::new() };
        for root in roots {
            let names = self.variables(&[root]);
            if self.is_near_cut(root, &names, point)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The names of a program in an engine of their own, so that a name and what it stands
    /// for, as `x` and `x(t)`, are not in one pool.
    pub(super) fn drafts(&self, formula: &Formula) -> Result<Option<(Self, Drafts)>> {
        let mut own = self.fresh();
        for (name, assumption) in formula.assumptions() {
            own.pool.assume(name, *assumption);
        }
        let drafts = if formula.program().definitions().len() > 1 {
            Some(names::of_program(formula, &mut own)?)
        } else {
            names::of_abstract(formula, &self.pool, &mut own)
        };
        own.check_limits()?;
        Ok(drafts.map(|drafts| (own, drafts)))
    }

    /// Each name in the variables alone.
    fn values_in_variables(&mut self, pool: &Pool, drafts: &[Draft]) -> Vec<ExprId> {
        let mut replacements = FxHashMap::default();
        let mut values = Vec::with_capacity(drafts.len());
        for draft in drafts {
            let value = self.put_in(pool, draft.body, &replacements);
            values.push(value);
            if let Some(symbol) = symbol_of(pool, draft) {
                replacements.insert(symbol, value);
            }
        }
        values
    }

    fn put_in(
        &mut self,
        from: &Pool,
        id: ExprId,
        replacements: &FxHashMap<ExprId, ExprId>,
    ) -> ExprId {
        self.pool.transplant(from, &[id], replacements, function::apply)[0]
    }

    /// The local derivatives of all names that depend on a variable, those of the answers
    /// first.
    fn locals(
        &mut self,
        own: &mut Self,
        network: &Network,
        outputs: &[usize],
        form: Form,
    ) -> Result<(Vec<Local>, Graph)> {
        let form = if form == Form::Raw { form } else { Form::Auto };
        let shift = network.variables;
        let mut graph = Graph::new(shift + network.nodes.len());
        let mut locals = Vec::new();
        for of in network.downwards(outputs) {
            let (node, below) = (&network.nodes[of], &network.below[of]);
            let symbols: Vec<ExprId> = below.iter().map(|(_, symbol)| *symbol).collect();
            let raw = if symbols.len() > FORWARD {
                calculus::gradient(&mut own.pool, node.body, &symbols)?
            } else {
                let mut found = Vec::with_capacity(symbols.len());
                for symbol in &symbols {
                    let pool = &mut own.pool;
                    found.push(calculus::differentiate(
                        pool,
                        node.body,
                        *symbol,
                        &mut (),
                    )?);
                }
                found
            };
            for ((vertex, symbol), raw) in below.iter().zip(raw) {
                let mut shaped = own.shape(raw, form)?;
                // `-2*(a - b)` is seen to come from `(a - b)^2`, `2*(b - a)` is not.
                if own.pool.cost(raw) <= own.pool.cost(shaped) + 1 {
                    shaped = raw;
                }
                let value =
                    in_own_name(&mut own.pool, shaped, node.body, network.symbols[of]);
                graph.add(Edge { of: shift + of, wrt: *vertex, value });
                let in_variables = self.put_in(&own.pool, value, &network.replacements);
                let wrt = own.pool.symbol_name(*symbol).unwrap_or_default().to_owned();
                let is_partial = network.is_partial[of];
                let held = Vec::new();
                locals.push(Local { of, wrt, value, in_variables, is_partial, held });
            }
        }
        self.check_limits()?;
        Ok((locals, graph))
    }

    /// Each derivative as the sum over all paths.
    fn sum_paths(
        &mut self,
        own: &mut Self,
        rule: &mut ChainRule,
        graph: &Graph,
        replacements: &FxHashMap<ExprId, ExprId>,
        form: Form,
    ) -> Result<()> {
        let mut found: FxHashMap<(usize, usize), Vec<Vec<usize>>> = FxHashMap::default();
        for to in 0..rule.wrt.len() {
            let extents = graph.extents(to);
            for of in &rule.outputs {
                let paths = graph.paths(rule.wrt.len() + of, to, &extents);
                found.insert((*of, to), paths);
            }
        }
        for of in rule.outputs.clone() {
            let from = rule.wrt.len() + of;
            let sums = graph.accumulate(&mut own.pool, from);
            let is_partial = self.is_partial(rule, of);
            for (to, wrt) in rule.wrt.iter().enumerate() {
                let paths = found.remove(&(of, to)).unwrap_or_default();
                let sum = sums.get(&to).copied().unwrap_or(Pool::ZERO);
                let shaped = own.shape(sum, form)?;
                let is_plain = form == Form::Auto && paths.len() > 1;
                let value = match is_plain && is_textbook(&own.pool, sum, shaped) {
                    true => sum,
                    false => shaped,
                };
                let factors = |path: Vec<usize>| path.into_iter().map(Factor::Local);
                rule.totals.push(Total {
                    of,
                    wrt: wrt.clone(),
                    is_answer: true,
                    is_partial,
                    terms: paths
                        .into_iter()
                        .map(|path| factors(path).collect())
                        .collect(),
                    value,
                    in_variables: self.put_in(&own.pool, value, replacements),
                });
            }
        }
        Ok(())
    }

    /// Each derivative from those that were accumulated above it.
    fn accumulate(
        &mut self,
        own: &mut Self,
        rule: &mut ChainRule,
        graph: &Graph,
        mut replacements: FxHashMap<ExprId, ExprId>,
        form: Form,
    ) -> Result<()> {
        let shift = rule.wrt.len();
        for of in rule.outputs.clone() {
            let from = shift + of;
            let below = graph.below(from);
            let mut known: FxHashMap<usize, (usize, ExprId)> = FxHashMap::default();
            let is_partial = self.is_partial(rule, of);
            // Names from the answer down, then the variables in their order.
            for vertex in (shift..from).rev().chain(0..shift) {
                let is_answer = vertex < shift;
                let arriving = graph.arriving(vertex, &below);
                if arriving.is_empty() && !is_answer {
                    continue;
                }
                let mut terms = Vec::with_capacity(arriving.len());
                let mut products = Vec::with_capacity(arriving.len());
                for place in arriving {
                    let edge = graph.edges()[place];
                    match known.get(&edge.of) {
                        Some((total, name)) => {
                            terms.push(vec![Factor::Total(*total), Factor::Local(place)]);
                            products.push(own.pool.product(&[*name, edge.value]));
                        }
                        None => {
                            terms.push(vec![Factor::Local(place)]);
                            products.push(edge.value);
                        }
                    }
                }
                let sum = own.pool.sum(&products);
                let value = own.shape(sum, form)?;
                let in_variables = self.put_in(&own.pool, value, &replacements);
                let wrt = match is_answer {
                    true => rule.wrt[vertex].clone(),
                    false => rule.nodes[vertex - shift].name.clone(),
                };
                let is_partial = is_answer && is_partial;
                let total =
                    Total { of, wrt, is_answer, is_partial, terms, value, in_variables };
                if !is_answer {
                    let label = rule.total_label(&total, Notation::Text);
                    let name = own.pool.symbol(&label);
                    // Written out, each would be as long as all before it.
                    let part = self.pool.symbol(&label);
                    rule.parts.push((part, in_variables));
                    replacements.insert(name, part);
                    known.insert(vertex, (rule.totals.len(), name));
                }
                rule.totals.push(total);
            }
        }
        Ok(())
    }

    fn is_partial(&self, rule: &ChainRule, of: usize) -> bool {
        rule.wrt.len() > 1 || self.variables(&[rule.nodes[of].value]).len() > 1
    }
}

/// A derivative with the name in the place of what it stands for: of `s = sigmoid(z)` it is
/// `s*(1 - s)`.
fn in_own_name(
    pool: &mut Pool,
    value: ExprId,
    body: ExprId,
    symbol: Option<ExprId>,
) -> ExprId {
    let is_whole = match pool.node(body) {
        Node::Apply(function, _) => function.is_builtin(),
        Node::Power(..) => true,
        _ => false,
    };
    match symbol.filter(|_| is_whole) {
        Some(symbol) => {
            let named = pool.substitute(&[value], &[(body, symbol)], function::apply)[0];
            if pool.cost(named) < pool.cost(value) { named } else { value }
        }
        None => value,
    }
}

/// Whether a formula of the chain rule would be too long to be read.
fn is_long(graph: &Graph, rule: &ChainRule) -> bool {
    (0..rule.wrt.len()).any(|variable| {
        let extents = graph.extents(variable);
        rule.outputs.iter().any(|of| {
            extents.get(&(rule.wrt.len() + of)).is_some_and(|extent| {
                extent.paths > MAX_PATHS || extent.factors > MAX_FACTORS
            })
        })
    })
}

/// Whether the sum over the paths is better left alone: each term is seen to belong to a path,
/// and collecting saves a reader less than a sixth.
fn is_textbook(pool: &Pool, sum: ExprId, collected: ExprId) -> bool {
    u64::from(pool.cost(sum)) * 5 <= u64::from(pool.cost(collected)) * 6
}
