//! Values of functions that doubles do not have: of what is constant and is not seen to be so,
//! where sums cancel, and of powers of what is negative.

use super::super::engine::Engine;
use super::graph::{Graph, nearby};
use crate::error::{Error, ErrorKind, Result};
use crate::evaluate::{Slot, Tape, digits, values};
use crate::function::{self, spec::Category};
use crate::kernel::{ExprId, Node, Pool};
use crate::syntax;
use std::cell::RefCell;
use std::collections::BTreeMap;

/// Longer functions are drawn as they were typed.
const MAX_COST: u32 = 120;
/// The significant digits of values where doubles lose theirs.
const DIGITS: usize = 20;
/// At so many places it is seen whether sums cancel.
const PLACES: i32 = 200;
/// A sum that is smaller than this part of its terms may have lost its digits.
const CANCELLED: f64 = 1e-6;
/// So many of them are compared with many digits.
const COMPARED: usize = 4;
/// What is off by more than this part of all that is seen is seen to be off.
const OFF: f64 = 1e-3;

/// Bases of powers that have values at single places only where the base is negative.
pub(super) type Bases = (Tape, Vec<Slot>);

/// A function by many digits, each value once.
pub(super) struct Digits {
    pool: Pool,
    root: ExprId,
    symbol: ExprId,
    known: RefCell<BTreeMap<u64, Option<f64>>>,
}

impl Digits {
    /// The value, not a number where there is none; `None` where many digits do not tell.
    pub(super) fn value(&self, x: f64) -> Option<f64> {
        if let Some(known) = self.known.borrow().get(&x.to_bits()) {
            return *known;
        }
        let at = [(self.symbol, nearby(x))];
        let normal = syntax::in_normal_form;
        let found = digits::numbers_at(&self.pool, &[self.root], &at, DIGITS, normal);
        let found = match found.into_iter().next() {
            Some(Ok(value)) => Some(value.to_f64()),
            Some(Err(Error { kind: ErrorKind::Undefined(_), .. })) => Some(f64::NAN),
            _ => None,
        };
        self.known.borrow_mut().insert(x.to_bits(), found);
        found
    }
}

impl Engine {
    /// Draws what is constant as its constant, where what was typed has values.
    ///
    /// # Errors
    /// What divides by 0 everywhere.
    pub(super) fn settle(&mut self, graph: &mut Graph, symbol: ExprId) -> Result<()> {
        graph.bases = self.bases(graph.root);
        if graph.source.is_none() || self.pool.cost(graph.root) > MAX_COST {
            return Ok(());
        }
        for id in graph.suspects.missing.clone() {
            let is_zero = [-2.137, -0.713, 0.319, 1.731, 5.377].iter().all(|x| {
                let y = self.double_at(id, symbol, *x);
                y.is_nan() || y.abs() < OFF
            });
            if is_zero && self.plain(id) == Pool::ZERO {
                let name = self.pool.symbol_name(symbol).unwrap_or_default();
                let what = format!("the formula for every {name}");
                return Err(ErrorKind::Undefined(what).into());
            }
        }
        let constant = self.plain(graph.root);
        if self.pool.may_depend(constant, symbol) || !self.float(constant).is_finite() {
            return Ok(());
        }
        let mut suspects = graph.suspects.clone();
        suspects.zero.retain(|id| self.varies(*id, symbol));
        suspects.missing.retain(|id| self.varies(*id, symbol));
        suspects.whole.retain(|(id, _)| self.varies(*id, symbol));
        let is_everywhere = suspects.all
            && suspects.zero.is_empty()
            && suspects.missing.is_empty()
            && suspects.whole.is_empty();
        let mut tape = Tape::default();
        let slot = tape.add_expressions(&self.pool, &[constant])[0];
        let typed = (std::mem::replace(&mut graph.tape, tape), graph.slot);
        graph.domain = (!is_everywhere).then_some(typed);
        (graph.slot, graph.root, graph.suspects) = (slot, constant, suspects);
        Ok(())
    }

    fn plain(&mut self, id: ExprId) -> ExprId {
        let found = self.simplify(id).unwrap_or(id);
        self.take_failure();
        found
    }

    fn varies(&mut self, id: ExprId, symbol: ExprId) -> bool {
        let plain = self.plain(id);
        self.pool.may_depend(plain, symbol)
    }

    /// The bases of powers whose exponent is no number and takes no steps.
    fn bases(&self, root: ExprId) -> Option<Bases> {
        let steps = |id: ExprId| match self.pool.node(id) {
            Node::Apply(own, _) => {
                !own.is_builtin()
                    || function::spec(own).category == Category::Piecewise
                    || !function::spec(own).breaks.is_empty()
            }
            _ => false,
        };
        let base = |id: ExprId| match self.pool.node(id) {
            Node::Power(base, exponent) if !self.pool.is_constant(exponent) => {
                let inner = self.pool.reachable(&[exponent]);
                (!inner.into_iter().any(steps)).then_some(base)
            }
            _ => None,
        };
        let all = self.pool.reachable(&[root]);
        let bases: Vec<ExprId> = all.into_iter().filter_map(base).collect();
        let bases: Vec<ExprId> =
            bases.into_iter().filter(|id| !self.pool.is_constant(*id)).collect();
        let mut tape = Tape::default();
        let slots = tape.add_expressions(&self.pool, &bases);
        (!slots.is_empty() && tape.variables.len() < 2).then_some((tape, slots))
    }

    /// Takes many digits for a function whose doubles are seen to be off.
    pub(super) fn refine(
        &self,
        graph: &mut Graph,
        symbol: ExprId,
        (low, high): (f64, f64),
    ) {
        let root = graph.root;
        if self.is_slow(root) || self.pool.cost(root) > MAX_COST {
            return;
        }
        let place =
            |n: i32| low + (high - low) * (f64::from(n) + 0.3137) / f64::from(PLACES);
        let mut lost = self.cancelled(root, (0..PLACES).map(place));
        if lost.is_empty() {
            return;
        }
        let mut seen: Vec<f64> = (0..PLACES)
            .map(|n| graph.value(place(n)))
            .filter(|y| y.is_finite())
            .collect();
        seen.sort_by(f64::total_cmp);
        let cut = seen.len() / 20;
        let (Some(least), Some(most)) =
            (seen.get(cut), seen.len().checked_sub(cut + 1).and_then(|n| seen.get(n)))
        else {
            return;
        };
        let least_off = OFF * (most - least);
        lost.sort_by(|a, b| a.0.total_cmp(&b.0));
        lost.truncate(COMPARED);
        let digits =
            Digits { pool: self.pool.clone(), root, symbol, known: RefCell::default() };
        let is_off = |x: f64| {
            let gap = digits.value(x).map(|y| (graph.value(x) - y).abs());
            gap.is_some_and(|gap| gap > least_off)
        };
        if lost.iter().any(|(_, x)| is_off(*x)) {
            graph.digits = Some(digits);
        }
    }

    /// Places at which a sum in an expression is much smaller than its terms, each with how much.
    fn cancelled(
        &self,
        root: ExprId,
        places: impl Iterator<Item = f64>,
    ) -> Vec<(f64, f64)> {
        let mut tape = Tape::default();
        let mut sums: Vec<Vec<Slot>> = Vec::new();
        for id in self.pool.reachable(&[root]) {
            let terms = self.pool.terms(&id).to_vec();
            if terms.len() > 1 && !self.pool.is_constant(id) {
                let ids: Vec<ExprId> = [id].into_iter().chain(terms).collect();
                sums.push(tape.add_expressions(&self.pool, &ids));
            }
        }
        if sums.is_empty() || tape.variables.len() != 1 {
            return Vec::new();
        }
        let one = |x: f64| {
            let all = values(&tape, &[x]);
            let size = |slot: &Slot| all[*slot as usize].abs();
            let part = |slots: &Vec<Slot>| {
                size(&slots[0]) / slots[1..].iter().map(size).sum::<f64>()
            };
            let parts = sums.iter().map(part).filter(|part| part.is_finite());
            (parts.fold(1.0, f64::min), x)
        };
        places.map(one).filter(|(part, _)| *part < CANCELLED).collect()
    }
}
