//! What kind of critical point a point is.

use super::bench::{Bench, Signum};
use super::critical::{Evidence, Kind, Side};
use super::curve::{by_curves, first_order};
use super::degenerate::by_higher_terms;
use super::inertia::inertia;
use crate::evaluate::{Tape, values};
use crate::kernel::{ExprId, Pool};
use crate::simplify;

/// Two steps, the second so much shorter that what is left over it is a jump.
const STEPS: [f64; 2] = [1e-6, 1e-9];
/// Less than this, relatively, is no jump.
const GAP: f64 = 1e-5;

/// The kind of a point at which the gradient is 0, by the Hessian there; where that does not
/// decide, by higher derivatives and along curves.
pub(super) fn by_hessian(
    bench: &mut Bench<'_>,
    function: ExprId,
    unknowns: &[ExprId],
    at: &[ExprId],
    hessian: &[Vec<ExprId>],
    exact: bool,
) -> (Kind, Evidence) {
    let constant = hessian.iter().flatten().all(|id| bench.pool.is_constant(*id));
    if !constant {
        return by_parameters(bench, hessian);
    }
    let Some(found) = inertia(bench, hessian) else {
        return match exact {
            true => without_hessian(bench, function, unknowns, at),
            false => (Kind::Inconclusive, Evidence::None),
        };
    };
    let evidence = Evidence::Hessian(found.below, found.zero, found.above);
    match (found.below, found.zero, found.above) {
        (0, 0, _) => (Kind::Minimum, evidence),
        (_, 0, 0) => (Kind::Maximum, evidence),
        (below, _, above) if below > 0 && above > 0 => (Kind::Saddle, evidence),
        // Whether something vanishes at a point cannot be told near it.
        _ if !exact => (Kind::Inconclusive, evidence),
        _ => degenerate(bench, function, unknowns, at, hessian, evidence),
    }
}

fn degenerate(
    bench: &mut Bench<'_>,
    function: ExprId,
    unknowns: &[ExprId],
    at: &[ExprId],
    hessian: &[Vec<ExprId>],
    evidence: Evidence,
) -> (Kind, Evidence) {
    if let ([unknown], [at]) = (unknowns, at)
        && let Some((order, value, sign)) = first_order(bench, function, *unknown, *at)
    {
        let kind = match (order % 2, sign) {
            (1, _) => Kind::Inflection,
            (_, Signum::Positive) => Kind::Minimum,
            _ => Kind::Maximum,
        };
        return (kind, Evidence::Higher(order, value));
    }
    if let Some(kind) = bounded_at(bench, function, unknowns, at) {
        return (kind, Evidence::Bound);
    }
    let found = by_curves(bench, function, unknowns, at, false);
    if found.0 != Kind::Inconclusive {
        return found;
    }
    let sign = match evidence {
        Evidence::Hessian(0, _, 0) => 0,
        Evidence::Hessian(0, ..) => 1,
        _ => -1,
    };
    by_higher_terms(bench, function, unknowns, at, hessian, sign)
        .unwrap_or((Kind::Inconclusive, evidence))
}

/// The kind of a point at which there are no second derivatives, or no first ones: by a bound
/// of the function, or along lines on which it is smooth.
pub(super) fn without_hessian(
    bench: &mut Bench<'_>,
    function: ExprId,
    unknowns: &[ExprId],
    at: &[ExprId],
) -> (Kind, Evidence) {
    match bounded_at(bench, function, unknowns, at) {
        Some(kind) => (kind, Evidence::Bound),
        None if unknowns.len() > 1 => by_curves(bench, function, unknowns, at, true),
        None => (Kind::Inconclusive, Evidence::None),
    }
}

fn bounded_at(
    bench: &mut Bench<'_>,
    function: ExprId,
    unknowns: &[ExprId],
    at: &[ExprId],
) -> Option<Kind> {
    let replacements: Vec<(ExprId, ExprId)> =
        unknowns.iter().copied().zip(at.iter().copied()).collect();
    let value = bench.put(function, &replacements);
    by_bound(bench, function, value)
}

/// An extremum because the function less its value there is nowhere below 0, or nowhere
/// above, as its terms tell.
pub(super) fn by_bound(
    bench: &mut Bench<'_>,
    function: ExprId,
    value: ExprId,
) -> Option<Kind> {
    // `hypot(0, 0)` is 0, and `e^(-800)` is not.
    let is_zero = bench.pool.is_constant(value)
        && bench.is_surely_zero(value)
        && simplify::side(bench.pool, value).is_none_or(|side| !side.is_strict);
    let value = if is_zero { Pool::ZERO } else { value };
    let plain = bench.pool.difference(function, value);
    let simple = bench.simplify(plain);
    for id in [plain, simple] {
        if bench.pool.is_nonnegative(id) {
            return Some(Kind::Minimum);
        }
        let turned = bench.pool.negate(id);
        if bench.pool.is_nonnegative(turned) {
            return Some(Kind::Maximum);
        }
    }
    None
}

/// The kind as far as parameters leave it open.
fn by_parameters(bench: &mut Bench<'_>, hessian: &[Vec<ExprId>]) -> (Kind, Evidence) {
    match hessian {
        [row] => {
            let second = row[0];
            let turned = bench.pool.negate(second);
            let kind = if bench.pool.is_positive(second) {
                Kind::Minimum
            } else if bench.pool.is_positive(turned) {
                Kind::Maximum
            } else {
                let part = sign_part(bench, second);
                match bench.sign(part) {
                    Signum::Positive => Kind::Minimum,
                    Signum::Negative => Kind::Maximum,
                    _ if bench.pool.leads_negative(part) => {
                        let turned = bench.pool.negate(part);
                        return (Kind::BySign(Pool::ZERO, turned), Evidence::None);
                    }
                    _ => return (Kind::BySign(part, Pool::ZERO), Evidence::None),
                }
            };
            let (below, above) = if kind == Kind::Minimum { (0, 1) } else { (1, 0) };
            (kind, Evidence::Hessian(below, 0, above))
        }
        [first, second] => {
            let product = bench.pool.product(&[first[0], second[1]]);
            let square = bench.pool.integer_power(first[1], 2);
            let determinant = bench.minus(product, square);
            let turned = bench.pool.negate(determinant);
            if bench.pool.is_positive(turned) {
                return (Kind::Saddle, Evidence::Hessian(1, 0, 1));
            }
            let lead = first[0];
            let (up, down) = (bench.pool.is_positive(lead), {
                let minus = bench.pool.negate(lead);
                bench.pool.is_positive(minus)
            });
            if bench.pool.is_positive(determinant) && up {
                return (Kind::Minimum, Evidence::Hessian(0, 0, 2));
            }
            if bench.pool.is_positive(determinant) && down {
                return (Kind::Maximum, Evidence::Hessian(2, 0, 0));
            }
            let lead = sign_part(bench, lead);
            (Kind::ByMinors(determinant, lead), Evidence::None)
        }
        _ => (Kind::Inconclusive, Evidence::None),
    }
}

/// An expression without its positive factors, and with one of each odd power: what has the
/// same sign.
pub(super) fn sign_part(bench: &mut Bench<'_>, id: ExprId) -> ExprId {
    let (c, rest) = bench.pool.coefficient(id);
    let negative = c.is_negative();
    let factors: Vec<ExprId> = bench.pool.factors(&rest).to_vec();
    let mut kept: Vec<ExprId> = Vec::new();
    for factor in factors {
        let (base, exponent) = bench.pool.base(factor);
        let odd =
            bench.pool.as_number(exponent).is_some_and(|n| n.is_integer() && n.is_odd());
        if !bench.pool.is_positive(factor) {
            kept.push(if odd { base } else { factor });
        }
    }
    let product = bench.pool.product(&kept);
    if negative { bench.pool.negate(product) } else { product }
}

/// The kind of a point in one variable, by the sign of the derivative on both sides; `near`
/// are the next points at which it can change.
pub(super) fn by_sides(
    bench: &mut Bench<'_>,
    derivative: ExprId,
    at: f64,
    near: (Option<f64>, Option<f64>),
) -> (Kind, Evidence) {
    let mut tape = Tape::default();
    let slots = tape.add_expressions(bench.pool, &[derivative]);
    if tape.variables.len() > 1 {
        // Parameters leave it open.
        return (Kind::Inconclusive, Evidence::None);
    }
    let slope = |x: f64| match tape.variables.len() {
        0 => values(&tape, &[])[slots[0] as usize],
        1 => values(&tape, &[x])[slots[0] as usize],
        _ => f64::NAN,
    };
    let side = |other: Option<f64>, sign: f64| {
        // A little way to the next point at which anything can change.
        let step = other.map_or(1.0, |other| (other - at).abs()).min(1.0) / 8.0;
        let value = slope(at + sign * step);
        let rising = value * sign;
        if value.is_nan() {
            Side::Outside
        } else if rising > 0.0 {
            Side::Rises
        } else if rising < 0.0 {
            Side::Falls
        } else {
            Side::Level
        }
    };
    let (left, right) = (side(near.0, -1.0), side(near.1, 1.0));
    (of_sides(left, right), Evidence::Sides(left, right))
}

/// Where a function of one variable jumps on its way from a point to the left and to the right:
/// whether what is beside it is above or below; `None` on a side where it does not jump.
pub(super) fn jumps(
    bench: &Bench<'_>,
    function: ExprId,
    value: ExprId,
    at: ExprId,
) -> [Option<Side>; 2] {
    let (here, x) = (bench.float(value), bench.float(at));
    let mut tape = Tape::default();
    let slots = tape.add_expressions(bench.pool, &[function]);
    if tape.variables.len() != 1 || !here.is_finite() || !x.is_finite() {
        return [None, None];
    }
    [-1.0, 1.0].map(|sign: f64| {
        let [far, near] = STEPS.map(|step| {
            let beside = x + sign * step * (1.0 + x.abs());
            values(&tape, &[beside])[slots[0] as usize] - here
        });
        let is_jump =
            near.abs() > GAP * (1.0 + here.abs()) && near.abs() > far.abs() / 2.0;
        match is_jump {
            true if near > 0.0 => Some(Side::Rises),
            true => Some(Side::Falls),
            false => None,
        }
    })
}

/// What a point is by both its sides.
pub(super) fn of_sides(left: Side, right: Side) -> Kind {
    use Side::{Above, Below, Falls, Level, Outside, Rises, Swings};
    match (left, right) {
        (Swings, _) | (_, Swings) => Kind::Neither,
        (Outside, Outside) | (Level, Level) => Kind::Inconclusive,
        (Rises | Above | Level | Outside, Rises | Above | Level | Outside) => {
            Kind::Minimum
        }
        (Falls | Below | Level | Outside, Falls | Below | Level | Outside) => {
            Kind::Maximum
        }
        _ => Kind::Neither,
    }
}

/// Whether the values of a Hessian show that a function is convex or concave everywhere.
pub(super) fn curvature(bench: &mut Bench<'_>, hessian: &[Vec<ExprId>]) -> Option<Kind> {
    if let [row] = hessian
        && let [second] = row[..]
    {
        let turned = bench.pool.negate(second);
        return if bench.pool.is_nonnegative(second) {
            Some(Kind::Minimum)
        } else if bench.pool.is_nonnegative(turned) {
            Some(Kind::Maximum)
        } else {
            None
        };
    }
    if !hessian
        .iter()
        .flatten()
        .all(|id| bench.pool.is_constant(*id) && *id != Pool::UNDEFINED)
    {
        return None;
    }
    let found = inertia(bench, hessian)?;
    match (found.below, found.above) {
        (0, above) if above > 0 => Some(Kind::Minimum),
        (below, 0) if below > 0 => Some(Kind::Maximum),
        _ => None,
    }
}
