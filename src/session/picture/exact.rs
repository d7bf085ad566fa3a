//! Values of functions that doubles do not have: of what is constant and is not seen to be so,
//! where sums cancel, and of powers of what is negative.

use super::super::engine::Engine;
use super::graph::{Graph, nearby};
use crate::error::{Error, ErrorKind, Result};
use crate::evaluate::{Operation, Slot, Tape, digits, values};
use crate::function::{self, spec::Category};
use crate::kernel::{ExprId, FunctionId, Node, Pool};
use crate::syntax;
use std::cell::{Cell, RefCell};
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

/// How many values beyond doubles are asked for, and of functions of which many digits take long.
const ASKED: usize = 4000;
const FEW: usize = 1500;
/// So many finite values that are right in spite of an overflow stand for all.
const RIGHT: usize = 24;
/// How far beside a single point values are looked at, relatively.
const BESIDE: f64 = 1e-11;

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

/// Values where doubles overflow on the way to them, with many digits.
pub(super) struct Beyond {
    digits: Digits,
    /// How many values may still be asked for.
    left: Cell<usize>,
    /// How many finite values were right so far.
    right: Cell<usize>,
}

impl Beyond {
    /// The value of a function where doubles tell one or none and something overflows; one
    /// that is too large for doubles is the greatest of them.
    fn value(&self, x: f64, seen: f64) -> f64 {
        if self.left.get() == 0 || seen.is_finite() && self.right.get() >= RIGHT {
            return seen;
        }
        self.left.set(self.left.get() - 1);
        match self.digits.value(x) {
            Some(y) if seen.is_finite() => {
                let is_right = (y - seen).abs() <= 1e-9 * y.abs() + f64::MIN_POSITIVE;
                self.right.set(if is_right { self.right.get() + 1 } else { 0 });
                y
            }
            Some(y) if y.is_infinite() => f64::MAX.copysign(y),
            Some(y) => y,
            None if seen.is_infinite() => f64::MAX.copysign(seen),
            None => seen,
        }
    }
}

impl Graph {
    /// A value of the tape, or what is there where something on the way to it overflows.
    pub(super) fn beyond_doubles(&self, x: f64) -> f64 {
        let at = |x: f64| values(&self.tape, &vec![x; self.tape.variables.len()]);
        let all = at(x);
        let seen = all[self.slot as usize];
        let Some(beyond) = &self.beyond else { return seen };
        if !has_overflown(&self.tape, &all, self.slot) {
            return seen;
        }
        // A pole and a hole are single points.
        let is_alone = |step: f64| {
            let other = at(x + step * x.abs().max(1.0))[self.slot as usize];
            other.is_finite()
        };
        if !seen.is_finite() && is_alone(BESIDE) && is_alone(-BESIDE) {
            return seen;
        }
        beyond.value(x, seen)
    }
}

/// Whether something overflows, or there is no value because something is too small or a
/// function that is not known to end has none.
fn has_overflown(tape: &Tape, all: &[f64], slot: Slot) -> bool {
    // The smallest doubles have few digits.
    if all.iter().any(|y| y.is_infinite() || y.is_subnormal()) {
        return true;
    }
    let of = |slot: &Slot| all[*slot as usize];
    let is_finite = |slot: &Slot| of(slot).is_finite();
    all[slot as usize].is_nan()
        && tape.operations.iter().zip(all).any(|(own, y)| match own {
            // What is no power of 0 is no 0.
            Operation::Power(base, _)
            | Operation::Whole(base, _)
            | Operation::Root(base, _) => *y == 0.0 && of(base) != 0.0,
            Operation::Multiply(a, b) => *y == 0.0 && of(a) != 0.0 && of(b) != 0.0,
            Operation::Divide(a, _) => *y == 0.0 && of(a) != 0.0,
            Operation::Apply(function, u) if *y == 0.0 => {
                of(u) != 0.0 && function.is_builtin() && {
                    let row = function::spec(*function);
                    row.nonzero || row.category == Category::Special
                }
            }
            Operation::Apply(function, u) => {
                y.is_nan() && is_finite(u) && may_go_on(*function)
            }
            Operation::ApplyAll(function, list) => {
                y.is_nan() && list.iter().all(is_finite) && may_go_on(*function)
            }
            _ => false,
        })
}

/// Whether doubles may have no value of a function where there is one.
fn may_go_on(function: FunctionId) -> bool {
    if !function.is_builtin() {
        return false;
    }
    let row = function::spec(function);
    row.category == Category::Special && row.domain.is_empty()
}

impl Engine {
    /// Takes many digits for values of a function that doubles do not reach.
    pub(super) fn go_beyond(
        &self,
        graph: &mut Graph,
        symbol: ExprId,
        (low, high): (f64, f64),
    ) {
        if graph.digits.is_some() || self.pool.cost(graph.root) > MAX_COST {
            return;
        }
        let count = graph.tape.variables.len();
        let is_beyond = (0..=PLACES).any(|n| {
            let part = (f64::from(n) + 0.3137) / (f64::from(PLACES) + 1.0);
            let all = values(&graph.tape, &vec![low + (high - low) * part; count]);
            has_overflown(&graph.tape, &all, graph.slot)
        });
        if is_beyond {
            let digits = Digits {
                pool: self.pool.clone(),
                root: graph.root,
                symbol,
                known: RefCell::default(),
            };
            let most = if self.is_slow(graph.root) { FEW } else { ASKED };
            let (left, right) = (Cell::new(most), Cell::new(0));
            graph.beyond = Some(Beyond { digits, left, right });
        }
    }

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
