//! Where principal branches are cut, and comparisons of expressions there: along real variables,
//! formulas that are equal for all points beside a cut may differ on it, as `ln(e^(i*x))` and
//! `-ln(e^(-i*x))` at pi.

use super::compare::Comparison;
use super::ends::{STEP, sides};
use super::image;
use super::jumps::jumps;
use super::observe::Told;
use super::place::Place;
use super::points::are_free;
use super::zeros::zeros;
use crate::error::Result;
use crate::evaluate::digits;
use crate::function;
use crate::kernel::{Assumption, Bound, ExprId, FunctionId, Node, Number, Pool};
use crate::simplify::{self, Simplifier};
use crate::syntax;

/// The digits of a difference.
const FEW_DIGITS: usize = 3;
/// Longer numbers are made shorter where others are as good.
const LONG: u64 = 128;
/// How many places are looked at.
const MOST: usize = 96;
/// Greater whole powers are not multiplied out.
const MAX_POWER: u64 = 8;

/// Where a function may be cut along one argument.
#[derive(Clone, Copy, Debug)]
pub enum Cut {
    /// On the negative part of the real line.
    Negative,
    /// On the real line or the imaginary one.
    Axes,
    /// On the real line below a number, where the values on it are real all the same.
    Below(f64),
}

/// The arguments of an expression on which its own cuts depend, and where these are.
pub fn cut_arguments(pool: &Pool, id: ExprId) -> Vec<(ExprId, Cut)> {
    match pool.node(id) {
        Node::Power(base, exponent) => {
            let is_whole = pool.as_number(exponent).is_some_and(Number::is_integer);
            let is_plain = is_whole || pool.is_constant(base) && pool.is_positive(base);
            if is_plain { Vec::new() } else { vec![(base, Cut::Negative)] }
        }
        Node::Apply(FunctionId::LN, list) => vec![(pool.list(list)[0], Cut::Negative)],
        Node::Apply(function, list) if function.is_builtin() => {
            let row = function::spec(function);
            let cut = match row.cut_below {
                _ if row.is_entire => return Vec::new(),
                Some(end) => Cut::Below(end),
                None => Cut::Axes,
            };
            pool.list(list).iter().map(|argument| (*argument, cut)).collect()
        }
        _ => Vec::new(),
    }
}

/// What is known of cuts and of the ends of intervals.
#[derive(Default)]
pub(super) struct OnCuts {
    /// A place at which both sides differ.
    pub(super) witness: Option<Place>,
    /// Whether it is not known where all cuts are met, or what holds there.
    pub(super) is_open: bool,
    /// Whether it is not known what holds beside an end, where a branch may be cut along a
    /// real variable.
    pub(super) has_open_end: bool,
}

impl Comparison<'_> {
    /// Compares both sides where real variables meet cuts and jumps, and at the ends of what is
    /// assumed of them.
    ///
    /// # Errors
    /// A formula of the function table that cannot be read; a test reads them all.
    pub(super) fn on_cuts(&self, pool: &mut Pool) -> Result<OnCuts> {
        let mut found = OnCuts::default();
        let names = &self.tape.variables;
        let free = are_free(pool, names);
        let known = self.names();
        let is_real = |at: usize| !free[at] && names[at] != "i";
        let real: Vec<(usize, ExprId)> = (0..names.len())
            .filter(|at| is_real(*at))
            .map(|at| (at, pool.symbol(&names[at])))
            .collect();
        let mut places = Vec::new();
        for (at, symbol) in &real {
            for (end, near) in ends(pool, &known[*at], &mut found.has_open_end) {
                for mut place in self.points_on(pool, &[(*symbol, end)]).places {
                    place.doubles[*at] = near;
                    places.push(place);
                }
            }
        }
        for part in self.cut_parts(pool, &real, &mut found.is_open)? {
            let Some(ways) = zeros(pool, 0, part) else {
                found.is_open = true;
                continue;
            };
            for way in ways {
                places.extend(self.points_on(pool, &[way]).places);
            }
        }
        if found.has_open_end {
            found.has_open_end = self.has_cuts(pool, &real)?;
        }
        // The letter of the unit is no variable.
        let mut met = Vec::new();
        places.retain(|place| {
            let named = names.iter().zip(&place.exact);
            let own: Vec<ExprId> =
                named.filter(|(name, _)| *name != "i").map(|(_, (_, id))| *id).collect();
            let is_new = !met.contains(&own);
            if is_new {
                met.push(own);
            }
            is_new
        });
        found.is_open |= places.len() > MOST;
        for place in places.into_iter().take(MOST) {
            let is_assumed = self.is_assumed(pool, &place);
            if is_assumed == Some(false) {
                continue;
            }
            match self.tell_complex(pool, &place) {
                Told::Different if is_assumed.is_none() => found.is_open = true,
                Told::Different => {
                    found.witness = Some(self.farther_from_ends(pool, place, &real));
                    return Ok(found);
                }
                Told::Open => found.is_open = true,
                Told::Equal | Told::Unavailable => {}
            }
        }
        Ok(found)
    }

    /// A place at which both sides differ, farther from the ends of what is assumed if they
    /// differ there too: its numbers are shorter.
    fn farther_from_ends(
        &self,
        pool: &mut Pool,
        place: Place,
        real: &[(usize, ExprId)],
    ) -> Place {
        let known = self.names();
        for (at, symbol) in real {
            let own = place.exact.iter().find(|(id, _)| id == symbol);
            let own = own.and_then(|(_, id)| pool.as_number(*id).cloned());
            let Some(own) = own.filter(|own| own.bits() > LONG) else { continue };
            for side in sides(&known[*at]).into_iter().filter(|side| side.is_open) {
                let end = own.sub(&side.step(STEP));
                if (end.to_f64() - side.end).abs() > side.end.abs() * f64::EPSILON {
                    continue;
                }
                for digits in 1..STEP {
                    let step = side.step(digits);
                    let power = Number::from(10).pow(digits, 1 << 10);
                    let Some(power) = power else { break };
                    // As many decimals as the step has.
                    let value = end.add(&step).mul(&power).floor();
                    let Some(value) = power.recip().map(|by| value.mul(&by)) else {
                        break;
                    };
                    let mut other = place.clone();
                    other.doubles[*at] = value.to_f64();
                    for (id, exact) in &mut other.exact {
                        if id == symbol {
                            *exact = pool.number(value.clone());
                        }
                    }
                    if known[*at].allows_exactly(&value)
                        && self.is_assumed(pool, &other) == Some(true)
                        && self.tell_complex(pool, &other) == Told::Different
                    {
                        return other;
                    }
                }
            }
        }
        place
    }

    /// Both sides as they are and over the kernels.
    fn with_kernels(&self, pool: &mut Pool) -> Result<[ExprId; 4]> {
        let [left, right] = [self.left.id, self.right.id];
        let kernels =
            [image::over_kernels(pool, left)?, image::over_kernels(pool, right)?];
        Ok([kernels[0], kernels[1], left, right])
    }

    /// Whether something with cuts or jumps depends on a real variable.
    fn has_cuts(&self, pool: &mut Pool, real: &[(usize, ExprId)]) -> Result<bool> {
        let ids = self.with_kernels(pool)?;
        let is_of = |pool: &Pool, id: ExprId| {
            real.iter().any(|(_, symbol)| pool.may_depend(id, *symbol))
        };
        if jumps(pool, [ids[0], ids[1]]).into_iter().any(|part| is_of(pool, part)) {
            return Ok(true);
        }
        Ok(pool.reachable(&ids).into_iter().any(|id| {
            let arguments = cut_arguments(pool, id);
            arguments.into_iter().any(|(argument, _)| is_of(pool, argument))
        }))
    }

    /// What is 0 where a real variable meets a cut or a jump.
    fn cut_parts(
        &self,
        pool: &mut Pool,
        real: &[(usize, ExprId)],
        is_open: &mut bool,
    ) -> Result<Vec<ExprId>> {
        let ids = self.with_kernels(pool)?;
        let is_of = |pool: &Pool, id: ExprId| {
            real.iter().any(|(_, symbol)| pool.may_depend(id, *symbol))
        };
        let mut parts = jumps(pool, [ids[0], ids[1]]);
        for id in pool.reachable(&ids) {
            for (argument, cut) in cut_arguments(pool, id) {
                if !is_of(pool, argument) || function::is_surely_real(pool, argument) {
                    continue;
                }
                let Some([re, im]) = parts_of(pool, argument) else {
                    // What any variable of the plane is in meets cuts at points in general.
                    *is_open |= has_real_symbols_only(pool, argument);
                    continue;
                };
                let both = if matches!(cut, Cut::Axes) { [im, re] } else { [im; 2] };
                parts.extend(both);
            }
        }
        parts.retain(|part| !pool.is_constant(*part) && is_of(pool, *part));
        parts.sort_unstable();
        parts.dedup();
        Ok(parts)
    }

    /// Whether both sides are equal at a place, as far as exact values and digits tell.
    pub(super) fn tell_complex(&self, pool: &mut Pool, place: &Place) -> Told {
        let Some(sides) = place.put_into(pool, &[self.left.id, self.right.id]) else {
            return Told::Unavailable;
        };
        let [left, right] = [sides[0], sides[1]].map(|side| settled(pool, side));
        if [left, right].contains(&Pool::UNDEFINED) {
            return Told::Unavailable;
        }
        let difference = pool.difference(left, right);
        if difference == Pool::ZERO {
            return Told::Equal;
        }
        match complex_parts(pool, difference, FEW_DIGITS) {
            Ok(parts) if parts.iter().all(|part| part == "0") => Told::Equal,
            Ok(_) => Told::Different,
            Err(error) if error.kind.is_unsupported() => Told::Unavailable,
            Err(_) => Told::Open,
        }
    }

    /// Whether both sides are real wherever they have values.
    pub(super) fn is_real_throughout(&self, pool: &Pool) -> bool {
        let sides = [self.left.id, self.right.id];
        sides.iter().all(|side| function::is_surely_real(pool, *side))
    }
}

/// A constant with its branches chosen.
pub(super) fn settled(pool: &mut Pool, id: ExprId) -> ExprId {
    let exact = simplify::settled(pool, id);
    if exact == Pool::UNDEFINED {
        return exact;
    }
    let simple = Simplifier::default().simplify(pool, exact);
    simplify::settled(pool, simple)
}

/// Both parts of a constant as decimals.
///
/// # Errors
/// As [`digits::complex_decimal`].
pub fn complex_parts(pool: &Pool, id: ExprId, count: usize) -> Result<[String; 2]> {
    let normal = syntax::in_normal_form;
    digits::complex_decimal(pool, id, count, normal, syntax::in_normal_form)
}

/// The ends of what is assumed of a variable, or numbers next to those that do not belong to
/// it, and the doubles there; notes where an end is not known exactly.
fn ends(pool: &mut Pool, known: &Assumption, is_open: &mut bool) -> Vec<(ExprId, f64)> {
    let mut found = Vec::new();
    for side in sides(known) {
        if side.is_rounded && side.exact.is_none() {
            *is_open = true;
            continue;
        }
        let at = side.exact.map(|bound: Bound| bound.id(pool));
        let at = at.unwrap_or_else(|| Place::number(pool, side.end));
        if known.integer && !pool.as_number(at).is_some_and(Number::is_integer) {
            continue;
        }
        if !side.is_open {
            let near = if side.is_rounded { side.inward(side.end) } else { side.end };
            found.push((at, near));
        } else if !known.integer {
            let step = pool.number(side.step(STEP));
            found.push((pool.sum(&[at, step]), side.inward(side.inward(side.end))));
        }
    }
    found
}

fn has_real_symbols_only(pool: &Pool, id: ExprId) -> bool {
    pool.reachable(&[id]).into_iter().all(|id| match pool.node(id) {
        Node::Symbol(_) => pool.is_real_symbol(id),
        _ => true,
    })
}

/// The real and the imaginary part of an expression in real symbols, as far as it is made of
/// sums, products, whole powers and exponentials.
fn parts_of(pool: &mut Pool, root: ExprId) -> Option<[ExprId; 2]> {
    let unit = pool.imaginary_unit();
    let waves = [function::lookup("cos", 1)?, function::lookup("sin", 1)?];
    let mut known: Vec<(ExprId, [ExprId; 2])> = Vec::new();
    for id in pool.reachable(&[root]) {
        let at = |id: ExprId| {
            known.iter().find(|(own, _)| *own == id).map(|(_, parts)| *parts)
        };
        let parts = match pool.node(id) {
            _ if function::is_surely_real(pool, id) => Some([id, Pool::ZERO]),
            _ if id == unit => Some([Pool::ZERO, Pool::ONE]),
            Node::Sum(list) => {
                let list = pool.list(list).to_vec();
                let terms: Option<Vec<[ExprId; 2]>> = list.into_iter().map(at).collect();
                terms.map(|terms| {
                    [0, 1].map(|part| {
                        let list: Vec<ExprId> =
                            terms.iter().map(|term| term[part]).collect();
                        pool.sum(&list)
                    })
                })
            }
            Node::Multiple(_, rest) => {
                let factor = pool.coefficient(id).0.clone();
                at(rest).map(|parts| parts.map(|part| pool.scale(&factor, part)))
            }
            Node::Product(list) => {
                let list = pool.list(list).to_vec();
                let factors: Option<Vec<[ExprId; 2]>> =
                    list.into_iter().map(at).collect();
                factors.map(|factors| {
                    let one = [Pool::ONE, Pool::ZERO];
                    factors.into_iter().fold(one, |all, next| multiplied(pool, all, next))
                })
            }
            Node::Power(Pool::E, exponent) => at(exponent).map(|[re, im]| {
                let size = pool.power(Pool::E, re);
                waves.map(|wave| {
                    let part = function::apply(pool, wave, &[im]);
                    pool.product(&[size, part])
                })
            }),
            Node::Power(base, exponent) => {
                let n = pool.as_number(exponent).and_then(Number::to_i64);
                let n = n.filter(|n| n.unsigned_abs() <= MAX_POWER);
                n.zip(at(base)).map(|(n, [re, im])| {
                    let factor = if n < 0 {
                        let squares = [re, im].map(|part| pool.integer_power(part, 2));
                        let square = pool.sum(&squares);
                        let opposite = pool.negate(im);
                        [re, opposite].map(|part| pool.quotient(part, square))
                    } else {
                        [re, im]
                    };
                    let one = [Pool::ONE, Pool::ZERO];
                    (0..n.unsigned_abs())
                        .fold(one, |all, _| multiplied(pool, all, factor))
                })
            }
            _ => None,
        };
        if let Some(parts) = parts {
            known.push((id, parts));
        }
    }
    known.pop().filter(|(id, _)| *id == root).map(|(_, parts)| parts)
}

fn multiplied(pool: &mut Pool, [a, b]: [ExprId; 2], [c, d]: [ExprId; 2]) -> [ExprId; 2] {
    let products = [[a, c], [b, d], [a, d], [b, c]].map(|pair| pool.product(&pair));
    [pool.difference(products[0], products[1]), pool.sum(&products[2..])]
}
