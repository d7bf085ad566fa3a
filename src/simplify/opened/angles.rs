//! Circular and hyperbolic functions of sums and multiples of angles (DLMF 4.21 and 4.35).

use super::Opened;
use crate::function;
use crate::kernel::{ExprId, Node, Number, Pool};
use crate::simplify::special::{exact_value, pole_in};

/// Sums of more angles stay as they are.
const MAX_ANGLES: usize = 16;
/// Higher multiples are too much work.
const MAX_TIMES: i64 = 1000;

/// What a function is of the pair of its kind.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    First,
    Second,
    OverFirst,
    OverSecond,
    /// The first over the second.
    Tangent,
    Cotangent,
}

/// Functions with their kind, and whether they are circular.
#[rustfmt::skip]
const FUNCTIONS: &[(&str, Kind, bool)] = &[
    ("sin",  Kind::First,      true),
    ("cos",  Kind::Second,     true),
    ("tan",  Kind::Tangent,    true),
    ("cot",  Kind::Cotangent,  true),
    ("sec",  Kind::OverSecond, true),
    ("csc",  Kind::OverFirst,  true),
    ("sinh", Kind::First,      false),
    ("cosh", Kind::Second,     false),
    ("tanh", Kind::Tangent,    false),
    ("coth", Kind::Cotangent,  false),
    ("sech", Kind::OverSecond, false),
    ("csch", Kind::OverFirst,  false),
];

/// Two expressions that stand for an angle: sine and cosine, or what a tangent is a quotient of.
type Sides = [ExprId; 2];

/// A function of a sum or a multiple of angles taken apart, or as it is; `None` when more than
/// `limit` terms would come out.
pub(super) fn opened(
    pool: &mut Pool,
    id: ExprId,
    argument: ExprId,
    limit: usize,
    found: &mut Opened,
) -> Option<ExprId> {
    let Node::Apply(function, _) = pool.node(id) else { return Some(id) };
    let name = function::spec(function).name;
    let Some((_, kind, is_circular)) = FUNCTIONS.iter().find(|row| row.0 == name) else {
        return Some(id);
    };
    let mut angles: Vec<(ExprId, i64)> = Vec::new();
    for term in pool.terms(&argument).to_vec() {
        angles.push(multiple(pool, term)?);
    }
    let is_single = angles.len() == 1 && angles[0].1 == 1;
    if is_single || angles.len() > MAX_ANGLES {
        return Some(id);
    }
    let is_tangent = matches!(kind, Kind::Tangent | Kind::Cotangent);
    let mut whole: Option<Sides> = None;
    let mut parts = Vec::new();
    let mut terms = 1usize;
    for (angle, times) in angles {
        let sides = if is_tangent {
            let own = value(pool, name, angle)?;
            let is_pole = own == Pool::UNDEFINED
                || pool.is_constant(own) && pole_in(pool, own).is_some();
            if is_pole {
                return Some(id);
            }
            if !pool.is_constant(own) && name != "tanh" {
                parts.push(own);
            }
            let one =
                if *kind == Kind::Tangent { [own, Pool::ONE] } else { [Pool::ONE, own] };
            let mut sides = one;
            for _ in 1..times {
                sides = together(pool, sides, one, *is_circular);
                sides =
                    [expanded(pool, sides[0], limit)?, expanded(pool, sides[1], limit)?];
            }
            sides
        } else {
            of_multiple(pool, angle, times, *is_circular)?
        };
        terms = terms.saturating_mul(2 * pool.terms(&sides[0]).len());
        if terms > limit {
            return None;
        }
        whole = Some(match whole {
            Some(whole) => together(pool, whole, sides, *is_circular),
            None => sides,
        });
    }
    let [first, second] = whole?;
    if is_tangent && !parts.is_empty() {
        found.narrow(id, parts);
    }
    let quotient = match kind {
        Kind::First => return Some(first),
        Kind::Second => return Some(second),
        Kind::OverFirst => pool.quotient(Pool::ONE, first),
        Kind::OverSecond => pool.quotient(Pool::ONE, second),
        Kind::Tangent => pool.quotient(first, second),
        Kind::Cotangent => pool.quotient(second, first),
    };
    Some(found.held(pool, quotient))
}

fn expanded(pool: &mut Pool, id: ExprId, limit: usize) -> Option<ExprId> {
    crate::simplify::expand::expand_all(pool, id, limit)
}

/// An angle as a whole multiple of another one; `None` where that is too much work.
fn multiple(pool: &mut Pool, term: ExprId) -> Option<(ExprId, i64)> {
    let (times, rest) = pool.coefficient(term);
    if pool.is_constant(term) || !times.is_integer() {
        return Some((term, 1));
    }
    let n = times.to_i64().filter(|n| n.abs() <= MAX_TIMES)?;
    Some(if n < 0 { (pool.negate(rest), -n) } else { (rest, n) })
}

/// A function of an angle, its exact value if it has one.
fn value(pool: &mut Pool, name: &str, angle: ExprId) -> Option<ExprId> {
    let function = function::lookup(name, 1)?;
    if pool.is_constant(angle)
        && let Some(exact) = exact_value(pool, function, &[angle])
    {
        return Some(exact);
    }
    Some(function::apply(pool, function, &[angle]))
}

/// The sides of a sum of two angles: `[a*d + b*c, b*d ∓ a*c]`.
fn together(pool: &mut Pool, [a, b]: Sides, [c, d]: Sides, is_circular: bool) -> Sides {
    let product = |pool: &mut Pool, u, v| pool.product(&[u, v]);
    let (ad, bc) = (product(pool, a, d), product(pool, b, c));
    let (bd, mut ac) = (product(pool, b, d), product(pool, a, c));
    if is_circular {
        ac = pool.negate(ac);
    }
    [pool.sum(&[ad, bc]), pool.sum(&[bd, ac])]
}

/// Sine and cosine of a multiple: `cos(n*u)` is the polynomial of Chebyshev of `cos(u)`,
/// `sin(n*u)` for an odd n that of `sin(u)` but for signs, for an even one `sin(u)` times
/// another one of `cos(u)`.
fn of_multiple(
    pool: &mut Pool,
    angle: ExprId,
    times: i64,
    is_circular: bool,
) -> Option<Sides> {
    let names = if is_circular { ["sin", "cos"] } else { ["sinh", "cosh"] };
    let first = value(pool, names[0], angle)?;
    let second = value(pool, names[1], angle)?;
    if times == 1 {
        return Some([first, second]);
    }
    let n = usize::try_from(times).ok()?;
    let (of_first, of_second) = chebyshev(n);
    let cosine = polynomial(pool, &of_first, second);
    let sine = if n % 2 == 1 {
        // The signs alternate for circular functions and are all plus for hyperbolic ones.
        let turn = |(k, c): (usize, &Number)| match is_circular && k % 4 == 3 {
            _ if !is_circular => c.abs(),
            true => c.abs().neg(),
            false => c.abs(),
        };
        let turned: Vec<Number> = of_first.iter().enumerate().map(turn).collect();
        polynomial(pool, &turned, first)
    } else {
        let rest = polynomial(pool, &of_second, second);
        pool.product(&[first, rest])
    };
    Some([sine, cosine])
}

/// The coefficients of the polynomials `T_n` and `U_(n - 1)` of Chebyshev.
fn chebyshev(n: usize) -> (Vec<Number>, Vec<Number>) {
    let run = |first: i64| {
        let (mut before, mut last) =
            (vec![Number::ONE], vec![Number::ZERO, Number::from(first)]);
        for _ in 1..n {
            let mut next = vec![Number::ZERO];
            next.extend(last.iter().map(|c| c.mul(&Number::from(2))));
            for (c, old) in next.iter_mut().zip(&before) {
                *c = c.sub(old);
            }
            (before, last) = (last, next);
        }
        (before, last)
    };
    (run(1).1, run(2).0)
}

fn polynomial(pool: &mut Pool, coefficients: &[Number], of: ExprId) -> ExprId {
    let mut terms = Vec::new();
    for (k, c) in (0i64..).zip(coefficients) {
        if !c.is_zero() {
            terms.push((c.clone(), pool.integer_power(of, k)));
        }
    }
    pool.weighted_sum(&terms)
}
