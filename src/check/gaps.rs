//! Gaps: where one side has no value as it was typed, and the other one has, that no point shows
//! which was tried. Canonical forms have lost the root of `sqrt(u)^2`.

use super::breaks::{Seam, seams};
use super::cells::in_order;
use super::compare::{Comparison, Side};
use super::condition::{IN_GENERAL, required};
use super::feasible::Parts;
use super::place::Place;
use crate::error::Result;
use crate::evaluate::{Operation, Tape, digits};
use crate::function;
use crate::kernel::{ExprId, Node, Number, Pool};
use crate::print;
use crate::syntax;
use std::cmp::Ordering;

/// The most decimal places of a number that was typed.
const PLACES: i32 = 18;
/// Roots that are halved more often are left out.
const HALVINGS: f64 = 64.0;

/// Something without which a side has no value: that a part is not negative.
struct Need {
    part: ExprId,
    of: ExprId,
    condition: &'static str,
}

impl Comparison<'_> {
    /// The condition under which both sides have values, where one of them needs something that
    /// the other one does not, and that fails somewhere.
    ///
    /// # Errors
    /// A formula of the function table that cannot be read; a test reads them all.
    pub(super) fn gap(&self, pool: &mut Pool) -> Result<Option<String>> {
        if self.tape.variables.is_empty() {
            return Ok(None);
        }
        let sides = [&self.right, &self.left];
        let needs = sides.map(|side| self.needs(pool, side));
        for place in 0..if self.within_left { 1 } else { 2 } {
            let (side, other) = (sides[place], sides[1 - place]);
            let (own, others) = (&needs[place], &needs[1 - place]);
            let own: Vec<&Need> = own
                .iter()
                .filter(|need| !others.iter().any(|other| is_same(pool, need, other)))
                .filter(|need| !Parts::new(pool, &[need.part]).exclude(&[Some(false)]))
                .collect();
            let mut parts: Vec<(ExprId, Seam)> =
                own.iter().map(|need| (need.part, Seam::Bend)).collect();
            if has_open_cases(pool, side.id) && !has_open_cases(pool, other.id) {
                parts.extend(seams(pool, &[side.id]));
            }
            if parts.is_empty() {
                continue;
            }
            for at in self.between_seams(pool, &parts)? {
                if self.is_assumed(pool, &at) != Some(true)
                    || !has_value(pool, other, others, &at)
                {
                    continue;
                }
                let failed = own
                    .iter()
                    .find(|need| order(pool, need, &at) == Some(Ordering::Less));
                if let Some(need) = failed {
                    let text = print::write(pool, need.of, print::Notation::Text)?;
                    return Ok(Some(need.condition.replace('u', &text)));
                }
                let put = at.put_into(pool, &[side.id]);
                if put.is_some_and(|put| put[0] == Pool::UNDEFINED) {
                    return Ok(Some(format!("{IN_GENERAL}{} is defined", side.name)));
                }
            }
        }
        Ok(None)
    }

    /// What a side needs, as it was typed.
    fn needs(&self, pool: &mut Pool, side: &Side<'_>) -> Vec<Need> {
        let operations = &self.tape.operations;
        let mut needed = vec![false; operations.len()];
        needed[side.value as usize] = true;
        let mut found = Vec::new();
        for place in (0..operations.len()).rev() {
            if !needed[place] {
                continue;
            }
            let operation = &operations[place];
            match operation {
                Operation::ApplyAll(function, _)
                    if function::is_conditional(*function) =>
                {
                    continue;
                }
                Operation::Abstract(_) => continue,
                _ => operation.operands(|slot| needed[slot as usize] = true),
            }
            match operation {
                Operation::Root(of, r) => {
                    found.push((*of, if *r > 0.0 { "u >= 0" } else { "u > 0" }))
                }
                Operation::Apply(function, of) if function.is_builtin() => {
                    let domain = function::spec(*function).domain;
                    if !domain.is_empty() {
                        found.push((*of, domain));
                    }
                }
                _ => {}
            }
        }
        if found.is_empty() {
            return Vec::new();
        }
        let typed = typed(pool, self.tape);
        let mut needs: Vec<Need> = Vec::new();
        for (slot, condition) in found {
            let Some(of) = typed[slot as usize].filter(|of| !pool.is_constant(*of))
            else {
                continue;
            };
            let Some((condition, part)) = required(pool, of, condition) else { continue };
            needs.push(Need { part, of, condition });
        }
        needs
    }
}

/// Whether two needs are one.
fn is_same(pool: &Pool, a: &Need, b: &Need) -> bool {
    let [(m, a), (n, b)] = [a, b].map(|need| pool.coefficient(need.part));
    a == b && m.is_positive() == n.is_positive()
}

/// Whether a side has values at a place and around it for certain: a single point is no gap.
fn has_value(pool: &mut Pool, side: &Side<'_>, needs: &[Need], at: &Place) -> bool {
    let holds = |order: Ordering| order == Ordering::Greater;
    needs.iter().all(|need| order(pool, need, at).is_some_and(holds))
        && at.put_into(pool, &[side.id]).is_some_and(|put| {
            digits::is_defined(pool, put[0], syntax::in_normal_form) == Some(true)
        })
}

/// On which side of 0 what is needed is at a place, where that is certain.
fn order(pool: &mut Pool, need: &Need, at: &Place) -> Option<Ordering> {
    let put = at.put_into(pool, &[need.part])?;
    in_order(pool, put[0], Pool::ZERO)
}

/// Whether there are cases none of which need hold.
fn has_open_cases(pool: &Pool, id: ExprId) -> bool {
    pool.reachable(&[id]).into_iter().any(|id| match pool.node(id) {
        Node::Apply(function, list) => {
            function::is_conditional(function) && pool.list(list).len().is_multiple_of(2)
        }
        _ => false,
    })
}

/// The expressions of a tape, as far as its numbers are the ones that were typed.
fn typed(pool: &mut Pool, tape: &Tape) -> Vec<Option<ExprId>> {
    let mut found: Vec<Option<ExprId>> = Vec::with_capacity(tape.operations.len());
    for operation in &tape.operations {
        let at = |slot: &u32| found.get(*slot as usize).copied().flatten();
        let both = |a: &u32, b: &u32| at(a).zip(at(b));
        let id = match operation {
            Operation::Number(x) => decimal(*x).map(|number| pool.number(number)),
            Operation::Variable(place) => {
                tape.variables.get(*place as usize).map(|name| pool.symbol(name))
            }
            Operation::Add(a, b) => both(a, b).map(|(a, b)| pool.sum(&[a, b])),
            Operation::Subtract(a, b) => both(a, b).map(|(a, b)| pool.difference(a, b)),
            Operation::Multiply(a, b) => both(a, b).map(|(a, b)| pool.product(&[a, b])),
            Operation::Divide(a, b) => both(a, b).map(|(a, b)| pool.quotient(a, b)),
            Operation::Negate(a) => at(a).map(|a| pool.negate(a)),
            Operation::Whole(a, n) => at(a).map(|a| pool.integer_power(a, i64::from(*n))),
            Operation::Root(a, r) if (r * HALVINGS).fract() == 0.0 => {
                let r = Place::number(pool, *r);
                at(a).map(|a| pool.power(a, r))
            }
            Operation::Power(a, b) => both(a, b).map(|(a, b)| pool.power(a, b)),
            Operation::Apply(function, a) => {
                at(a).map(|a| function::apply(pool, *function, &[a]))
            }
            Operation::ApplyAll(function, list) => {
                let list: Option<Vec<ExprId>> = list.iter().map(at).collect();
                list.map(|list| function::apply(pool, *function, &list))
            }
            Operation::Root(..) | Operation::Abstract(_) => None,
        };
        found.push(id);
    }
    found
}

/// A double as the short decimal that it is next to, or as the number that it is.
fn decimal(x: f64) -> Option<Number> {
    let exact = Number::from_big(num_rational::BigRational::from_float(x)?);
    if exact.is_integer() {
        return Some(exact);
    }
    let short = (1..=PLACES).find_map(|places| {
        let scale = 10f64.powi(places);
        let above = (x * scale).round();
        let is_short = above.abs() < 1e15 && above / scale == x;
        is_short.then(|| Number::ratio(above as i64, scale as i64)).flatten()
    });
    Some(short.unwrap_or(exact))
}
