//! Unknowns that stand with one shift everywhere: `cos(x + 1) + cos(2*x + 2)` is solved in
//! `x + 1`, in which it is a polynomial over a sine and a cosine.

use super::bench::Bench;
use super::linear::linear_form;
use super::solution::{Continuum, Solutions};
use crate::function;
use crate::kernel::{ExprId, Node, Pool};

/// An unknown, the symbol that stands for it and its shift, and the shift.
struct Shift {
    unknown: ExprId,
    symbol: ExprId,
    by: ExprId,
}

/// Equations in other unknowns, and how these are shifted.
pub(super) struct Shifted {
    pub(super) equations: Vec<ExprId>,
    pub(super) unknowns: Vec<ExprId>,
    shifts: Vec<Shift>,
}

/// Equations over shifted unknowns; `None` where none is shifted in the same way everywhere.
pub(super) fn shifted(
    bench: &mut Bench<'_>,
    equations: &[ExprId],
    unknowns: &[ExprId],
) -> Option<Shifted> {
    let mut found = Shifted {
        equations: equations.to_vec(),
        unknowns: unknowns.to_vec(),
        shifts: Vec::new(),
    };
    for place in 0..unknowns.len() {
        found.shift(bench, place);
    }
    (!found.shifts.is_empty()).then_some(found)
}

impl Shifted {
    /// Puts another symbol in place of an unknown that is shifted.
    fn shift(&mut self, bench: &mut Bench<'_>, place: usize) {
        let unknown = self.unknowns[place];
        let Some(name) = bench.pool.symbol_name(unknown).map(|name| format!("#{name}"))
        else {
            return;
        };
        let (mut by, mut count) = (None, 0);
        let mut put: Vec<(ExprId, ExprId)> = Vec::new();
        for node in bench.pool.reachable(&self.equations) {
            let argument = match bench.pool.node(node) {
                Node::Apply(_, list) => match *bench.pool.list(list) {
                    [argument] => argument,
                    _ => continue,
                },
                Node::Power(base, exponent) if bench.pool.is_constant(base) => exponent,
                _ => continue,
            };
            if !bench.depends(argument, &[unknown]) {
                continue;
            }
            count += 1;
            if put.iter().any(|(known, _)| *known == argument) {
                continue;
            }
            let Some((parts, rest)) = linear_form(bench, argument, &self.unknowns) else {
                continue;
            };
            let [(_, rate)] = parts[..] else { return };
            let own = bench.over(rest, rate);
            if own == Pool::ZERO || by.is_some_and(|by| by != own) {
                return;
            }
            by = Some(own);
            let symbol = bench.pool.symbol(&name);
            put.push((argument, bench.pool.product(&[rate, symbol])));
        }
        let Some(by) = by.filter(|_| count > 1) else { return };
        let equations = bench.pool.substitute(&self.equations, &put, function::apply);
        if equations.iter().any(|id| bench.depends(*id, &[unknown])) {
            return;
        }
        let symbol = bench.pool.symbol(&name);
        (self.equations, self.unknowns[place]) = (equations, symbol);
        self.shifts.push(Shift { unknown, symbol, by });
    }

    /// Solutions in the unknowns as they were.
    pub(super) fn back(&self, bench: &mut Bench<'_>, solutions: &mut Solutions) {
        for point in &mut solutions.points {
            for (unknown, coordinate) in self.unknowns.iter().zip(&mut point.coordinates)
            {
                let Some(shift) = self.of(*unknown) else { continue };
                let value = &mut coordinate.value;
                value.id = match (value.approximate, bench.number(shift.by)) {
                    (true, Some(by)) => {
                        let by = bench.pool.number(by);
                        bench.pool.difference(value.id, by)
                    }
                    _ => bench.minus(value.id, shift.by),
                };
            }
        }
        for set in &mut solutions.sets {
            self.set_back(bench, set);
        }
    }

    fn set_back(&self, bench: &mut Bench<'_>, set: &mut Continuum) {
        let put: Vec<(ExprId, ExprId)> = self
            .shifts
            .iter()
            .map(|shift| (shift.symbol, bench.pool.sum(&[shift.unknown, shift.by])))
            .collect();
        for (unknown, value) in &mut set.values {
            *value = bench.put(*value, &put);
            if let Some(shift) = self.of(*unknown) {
                *value = bench.minus(*value, shift.by);
                *unknown = shift.unknown;
            }
        }
        for (unknown, _) in &mut set.periods {
            *unknown = self.of(*unknown).map_or(*unknown, |shift| shift.unknown);
        }
        for id in set.equations.iter_mut().chain(&mut set.region) {
            *id = bench.put(*id, &put);
        }
    }

    fn of(&self, symbol: ExprId) -> Option<&Shift> {
        self.shifts.iter().find(|shift| shift.symbol == symbol)
    }
}
