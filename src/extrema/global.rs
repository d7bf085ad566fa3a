//! Which extrema are extrema of the whole function. What cannot be argued is not claimed.

use super::bench::{Bench, Signum};
use super::classify::{by_bound, curvature};
use super::critical::{CriticalPoint, Kind};
use super::inertia::inertia;
use super::linear::monomials;
use crate::function;
use crate::kernel::{Constant, ExprId, FunctionId, Node, Number, Pool};
use crate::polynomial::{Polynomial, Sign, sign_definite};

/// Functions that are smooth on the whole line.
const SMOOTH: [&str; 9] =
    ["sin", "cos", "sinh", "cosh", "tanh", "sech", "arctan", "arsinh", "erf"];

/// Functions that have a value everywhere and are continuous, beside the smooth ones.
const CONTINUOUS: [&str; 6] = ["abs", "max", "min", "cbrt", "hypot", "relu"];

/// Values that are nearer to each other are compared exactly.
const CLOSE: f64 = 1e-12;

/// What is known of a function and its critical points.
pub(super) struct Whole<'a> {
    pub(super) function: ExprId,
    pub(super) unknowns: &'a [ExprId],
    pub(super) hessian: &'a [Vec<ExprId>],
    /// Whether every critical point is in the list, or in a set with one value.
    pub(super) complete: bool,
    /// The values on sets of critical points.
    pub(super) sets: Vec<ExprId>,
    /// Whether the function repeats in every variable.
    pub(super) periodic: bool,
}

/// Marks the extrema that are global.
pub(super) fn mark(
    bench: &mut Bench<'_>,
    whole: &Whole<'_>,
    points: &mut [CriticalPoint],
) {
    for point in points.iter_mut() {
        if matches!(point.kind, Kind::Minimum | Kind::Maximum)
            && bench.pool.is_constant(point.value)
            && !point.approximate
            && by_bound(bench, whole.function, point.value) == Some(point.kind)
        {
            point.global = true;
        }
    }
    let domain = domain(bench, whole);
    // A convex function lies above its tangents.
    if domain.is_some()
        && let Some(kind) = curvature(bench, whole.hessian)
    {
        points.iter_mut().filter(|p| p.kind == kind).for_each(|p| p.global = true);
    }
    if !whole.complete || !points.iter().all(|p| bench.pool.is_constant(p.value)) {
        return;
    }
    // On an interval, a function with one critical point turns there only.
    if let ([point], 1, Some(_)) = (&mut *points, whole.unknowns.len(), domain)
        && point.coordinates[0].counter.is_none()
        && point.differentiable
        && whole.sets.is_empty()
    {
        point.global |= matches!(point.kind, Kind::Minimum | Kind::Maximum);
    }
    let attained = attained(bench, whole, domain);
    for (kind, bound) in [(Kind::Minimum, attained.0), (Kind::Maximum, attained.1)] {
        mark_best(bench, kind, bound, &whole.sets, points);
    }
}

/// How an infimum or a supremum is attained.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bound {
    /// At a critical point.
    Attained,
    /// At a critical point with a value below 0, or above 0, if there is one.
    BeyondZero,
    Open,
}

fn mark_best(
    bench: &mut Bench<'_>,
    kind: Kind,
    bound: Bound,
    sets: &[ExprId],
    points: &mut [CriticalPoint],
) {
    if bound == Bound::Open {
        return;
    }
    let sign = if kind == Kind::Minimum { 1.0 } else { -1.0 };
    let values = points.iter().map(|point| point.value).chain(sets.iter().copied());
    let best = values.map(|id| sign * bench.float(id)).fold(f64::INFINITY, f64::min);
    if !best.is_finite() || bound == Bound::BeyondZero && best >= 0.0 {
        return;
    }
    let rivals: Vec<ExprId> =
        points.iter().map(|point| point.value).chain(sets.iter().copied()).collect();
    for point in points.iter_mut() {
        point.global |= point.kind == kind && is_best(bench, point.value, &rivals, sign);
    }
}

/// Whether no rival is below a value, or above it where the sign is -1. What is far from it is
/// told by doubles.
pub(super) fn is_best(
    bench: &mut Bench<'_>,
    value: ExprId,
    rivals: &[ExprId],
    sign: f64,
) -> bool {
    let own = sign * bench.float(value);
    rivals.iter().all(|rival| {
        let gap = sign * bench.float(*rival) - own;
        if gap.abs() > CLOSE * own.abs().max(1.0) || *rival == value {
            return gap >= 0.0;
        }
        let gap = bench.minus(*rival, value);
        let beaten = if sign > 0.0 { Signum::Negative } else { Signum::Positive };
        bench.sign(gap) != beaten
    })
}

/// How the least and the greatest value are attained, when all critical points are known.
fn attained(
    bench: &mut Bench<'_>,
    whole: &Whole<'_>,
    domain: Option<Domain>,
) -> (Bound, Bound) {
    if whole.periodic
        && is_smooth(bench, whole.function, None)
        && (whole.unknowns.len() == 1 || repeats(bench, whole))
    {
        return (Bound::Attained, Bound::Attained);
    }
    if let Some(p) = polynomial(bench, whole.function, whole.unknowns) {
        return if grows(bench, &p) {
            (Bound::Attained, Bound::Open)
        } else if grows(bench, &p.neg()) {
            (Bound::Open, Bound::Attained)
        } else {
            (Bound::Open, Bound::Open)
        };
    }
    if domain == Some(Domain::Everywhere) && vanishes_far_away(bench, whole) {
        return (Bound::BeyondZero, Bound::BeyondZero);
    }
    (Bound::Open, Bound::Open)
}

/// Whether the variables occur below sines and cosines only. In one variable, a function
/// with critical points without end in both directions turns at them and nowhere else, so
/// that their values are bounds all the same.
fn repeats(bench: &mut Bench<'_>, whole: &Whole<'_>) -> bool {
    let mut waves = Vec::new();
    for node in bench.pool.reachable(&[whole.function]) {
        if let Node::Apply(function, _) = bench.pool.node(node)
            && function.is_builtin()
            && let row = function::spec(function)
            && row.is_entire
            && row.period.is_some()
        {
            // Each is something of its own, so that nothing else cancels.
            let name = format!("wave {}", waves.len());
            waves.push((node, bench.pool.symbol(&name)));
        }
    }
    let flat = bench.pool.substitute(&[whole.function], &waves, function::apply)[0];
    !bench.depends(flat, whole.unknowns)
}

/// Where a function is defined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Domain {
    Everywhere,
    /// Where its one variable is above 0.
    HalfLine,
}

/// The domain of a function that is smooth on it, when that is known to be convex.
fn domain(bench: &Bench<'_>, whole: &Whole<'_>) -> Option<Domain> {
    if is_smooth(bench, whole.function, None) {
        return Some(Domain::Everywhere);
    }
    let [unknown] = *whole.unknowns else { return None };
    (is_smooth(bench, whole.function, Some(unknown))
        && has_no_values_below(bench, whole.function, unknown))
    .then_some(Domain::HalfLine)
}

/// Whether a function has no values where one variable is below 0: it has its logarithm or a
/// broken power of it. `x^2 + 1/x` has values there, which no argument on the half line knows.
fn has_no_values_below(bench: &Bench<'_>, id: ExprId, unknown: ExprId) -> bool {
    let pool = &*bench.pool;
    pool.reachable(&[id]).iter().any(|node| match pool.node(*node) {
        Node::Power(base, exponent) => {
            base == unknown && !pool.as_number(exponent).is_some_and(|n| n.is_integer())
        }
        Node::Apply(FunctionId::LN, list) => pool.list(list)[0] == unknown,
        _ => false,
    })
}

/// Whether a function is smooth everywhere, or where one variable is above 0.
pub(super) fn is_smooth(bench: &Bench<'_>, id: ExprId, above: Option<ExprId>) -> bool {
    let pool = &*bench.pool;
    let positive = |id: ExprId| pool.is_positive(id) || above == Some(id);
    pool.reachable(&[id]).iter().all(|node| match pool.node(*node) {
        Node::Undefined => false,
        Node::Power(base, exponent) => match pool.as_number(exponent) {
            Some(n) => n.is_integer() && !n.is_negative() || positive(base),
            None => positive(base),
        },
        Node::Apply(function, list) if function.is_builtin() => {
            match function::spec(function).name {
                "ln" => pool.list(list).iter().all(|id| positive(*id)),
                name => SMOOTH.contains(&name),
            }
        }
        Node::Apply(..) => false,
        _ => true,
    })
}

/// Whether a function has a value wherever its variables are as is assumed, and is continuous
/// there.
pub(super) fn is_continuous(bench: &Bench<'_>, id: ExprId) -> bool {
    let pool = &*bench.pool;
    pool.reachable(&[id]).iter().all(|node| match pool.node(*node) {
        Node::Undefined => false,
        Node::Power(base, exponent) => match pool.as_number(exponent) {
            Some(n) if n.is_negative() => pool.is_positive(base),
            Some(n) => n.is_integer() || pool.is_nonnegative(base),
            None => pool.is_positive(base),
        },
        Node::Apply(function, list) if function.is_builtin() => {
            match function::spec(function).name {
                "ln" => pool.list(list).iter().all(|id| pool.is_positive(*id)),
                name => SMOOTH.contains(&name) || CONTINUOUS.contains(&name),
            }
        }
        Node::Apply(..) => false,
        _ => true,
    })
}

/// A function as a polynomial in the unknowns with rational coefficients.
fn polynomial(
    bench: &mut Bench<'_>,
    id: ExprId,
    unknowns: &[ExprId],
) -> Option<Polynomial> {
    let mut terms = Vec::new();
    for (factor, powers) in monomials(bench, id, unknowns)? {
        let mut exponents = vec![0; unknowns.len()];
        for (unknown, n) in powers {
            exponents[unknowns.iter().position(|u| *u == unknown)?] += n;
        }
        terms.push((exponents, bench.pool.as_number(factor)?.clone()));
    }
    Polynomial::from_terms(unknowns.len(), terms)
}

/// Whether a polynomial grows beyond all bounds in every direction, as far as its highest
/// terms tell.
fn grows(bench: &mut Bench<'_>, p: &Polynomial) -> bool {
    is_framed(p) || leading_form_is_definite(bench, p)
}

/// Whether each variable has an even power with a positive coefficient that is stronger than
/// everything else: with `d_i` the exponents of these powers, other terms have
/// `a_1/d_1 + … + a_n/d_n < 1`, or `= 1` with even exponents and a positive coefficient.
fn is_framed(p: &Polynomial) -> bool {
    let n = p.variables();
    let mut frame = vec![0u32; n];
    for (exponents, c) in p.terms() {
        let mut moving = (0..n).filter(|at| exponents[*at] > 0);
        if let (Some(own), None) = (moving.next(), moving.next())
            && exponents[own] > frame[own]
        {
            if exponents[own] % 2 == 1 || !c.is_positive() {
                return false;
            }
            frame[own] = exponents[own];
        }
    }
    // A lower pure power does not hide a higher one: the greatest of each is in the frame.
    if frame.contains(&0) {
        return false;
    }
    p.terms().all(|(exponents, c)| {
        let parts = exponents
            .iter()
            .zip(&frame)
            .filter_map(|(a, d)| Number::ratio(i64::from(*a), i64::from(*d)));
        let weight = parts.fold(Number::ZERO, |sum, part| sum.add(&part));
        let even = exponents.iter().all(|a| a % 2 == 0);
        weight < Number::ONE || weight == Number::ONE && even && c.is_positive()
    })
}

/// Whether the terms of the highest degree are together above 0 everywhere but at the origin.
pub(super) fn leading_form_is_definite(bench: &mut Bench<'_>, p: &Polynomial) -> bool {
    let degree = p.total_degree();
    let n = p.variables();
    if degree == 0 || degree % 2 == 1 {
        return false;
    }
    let total = |e: &[u32]| e.iter().map(|e| u64::from(*e)).sum::<u64>();
    let top = p
        .terms()
        .filter(|(e, _)| total(e) == degree)
        .map(|(e, c)| (e.to_vec(), c.clone()));
    let Some(form) = Polynomial::from_terms(n, top) else { return false };
    if is_framed(&form) {
        return true;
    }
    if degree == 2 {
        let mut matrix = vec![vec![Pool::ZERO; n]; n];
        for (exponents, c) in form.terms() {
            let places: Vec<usize> = (0..n)
                .flat_map(|at| std::iter::repeat_n(at, exponents[at] as usize))
                .collect();
            let [i, j] = places[..] else { return false };
            let c = if i == j { c.clone() } else { c.mul(&Number::HALF) };
            let entry = bench.pool.number(c);
            (matrix[i][j], matrix[j][i]) = (entry, entry);
        }
        return inertia(bench, &matrix).is_some_and(|found| found.above == n);
    }
    if n == 2 {
        // On the line y = 1, and at the point where x = 1 and y = 0.
        let line = form.evaluate(1, &Number::ONE, &mut bench.work);
        let end = form.value(&[Number::ONE, Number::ZERO], &mut bench.work);
        return line.is_ok_and(|line| {
            sign_definite(&line, &mut bench.work) == Ok(Some(Sign::Positive))
        }) && end.is_ok_and(|value| value.is_positive());
    }
    false
}

/// Whether a function that is defined everywhere goes to 0 far away: a polynomial times
/// `e^-q` where `q` grows, or a quotient with a denominator of higher degree.
fn vanishes_far_away(bench: &mut Bench<'_>, whole: &Whole<'_>) -> bool {
    let rest = bench.pool.coefficient(whole.function).1;
    let mut above = Vec::new();
    let (mut falls, mut below) = (false, Vec::new());
    for factor in bench.pool.factors(&rest).to_vec() {
        let (base, exponent) = bench.pool.base(factor);
        match bench.pool.node(factor) {
            Node::Power(b, e) if bench.pool.node(b) == Node::Constant(Constant::E) => {
                let turned = bench.pool.negate(e);
                let Some(q) = polynomial(bench, turned, whole.unknowns) else {
                    return false;
                };
                if falls || !grows(bench, &q) {
                    return false;
                }
                falls = true;
            }
            _ if bench.pool.as_number(exponent).is_some_and(Number::is_negative) => {
                let Some(n) = bench.pool.as_number(exponent).map(Number::neg) else {
                    return false;
                };
                let n = bench.pool.number(n);
                below.push(bench.pool.power(base, n));
            }
            _ => above.push(factor),
        }
    }
    let product = bench.pool.product(&above);
    let Some(p) = polynomial(bench, product, whole.unknowns) else { return false };
    if falls {
        return below.iter().all(|id| bench.sign(*id) == Signum::Positive);
    }
    let product = bench.pool.product(&below);
    let Some(q) = polynomial(bench, product, whole.unknowns) else { return false };
    leading_form_is_definite(bench, &q) && p.total_degree() < q.total_degree()
}
