//! Sums of circular and hyperbolic functions of different angles as products, and products
//! as functions of the sum of the angles; squares of functions of half an angle.

use super::expand::expand_all;
use super::keys::{Powers, Term, join, split};
use crate::function;
use crate::kernel::{ExprId, Node, Number, Pool};

/// Sums of more terms are left alone.
const MAX_TERMS: usize = 8;
/// Angles of more terms are left alone.
const MAX_ANGLE: usize = 8;

/// `f(A) + f(B) = 2*g((A + B)/2)*h((A - B)/2)`, and the same for the difference, which may
/// have a minus before it.
#[rustfmt::skip]
const SUMS: &[(&str, [&str; 2], [&str; 2], bool)] = &[
    // f       sum                difference          minus
    ("sin",  ["sin",  "cos"],  ["cos",  "sin"],  false),
    ("cos",  ["cos",  "cos"],  ["sin",  "sin"],  true),
    ("sinh", ["sinh", "cosh"], ["cosh", "sinh"], false),
    ("cosh", ["cosh", "cosh"], ["sinh", "sinh"], false),
];

/// `f(A)*g(B) + h(A)*k(B)` is a function of `A + B` or `A - B`; with a minus, of the other.
#[rustfmt::skip]
const PRODUCTS: &[([&str; 2], [&str; 2], &str, bool)] = &[
    // f, g             h, k              function  of A + B when the sign is plus
    (["sin",  "cos"],  ["cos",  "sin"],  "sin",  true),
    (["cos",  "cos"],  ["sin",  "sin"],  "cos",  false),
    (["sinh", "cosh"], ["cosh", "sinh"], "sinh", true),
    (["cosh", "cosh"], ["sinh", "sinh"], "cosh", true),
];

/// `1 + f(A)` and `1 - f(A)` as multiples of squares of functions of `A/2`.
#[rustfmt::skip]
const SQUARES: &[(&str, [(&str, i64); 2])] = &[
    // f       1 + f(A)       1 - f(A)
    ("cos",  [("cos",  2),  ("sin",   2)]),
    ("cosh", [("cosh", 2),  ("sinh", -2)]),
];

/// A function in a term.
type Applied = (&'static str, ExprId);

/// A shorter way to write a sum in which two terms are functions of different angles with
/// the same cofactor; `None` when there are none.
pub(super) fn with_angles_joined(pool: &mut Pool, terms: &[Term]) -> Option<ExprId> {
    if !(2..=MAX_TERMS).contains(&terms.len()) {
        return None;
    }
    let has_function = |term: &&Term| {
        term.powers
            .iter()
            .any(|((base, _), n)| n.is_one() && applied(pool, *base).is_some())
    };
    if terms.iter().filter(has_function).count() < 2 {
        return None;
    }
    let parts: Vec<(Powers, Vec<Applied>)> =
        terms.iter().map(|term| taken_apart(pool, term)).collect();
    for i in 0..terms.len() {
        for k in i + 1..terms.len() {
            let ((cofactor, a), (other, b)) = (&parts[i], &parts[k]);
            if a.is_empty() || a.len() != b.len() || cofactor != other {
                continue;
            }
            let scale = &terms[i].coefficient;
            let minus = match terms[k].coefficient.neg() {
                _ if terms[k].coefficient == *scale => false,
                negated if negated == *scale => true,
                _ => continue,
            };
            let joined = match (&a[..], &b[..]) {
                ([a], [b]) => match exponential(pool, *a, *b, minus) {
                    Some(power) => Some(power),
                    None => sum(pool, *a, *b, minus),
                },
                ([a, c], [b, d]) => product(pool, [*a, *c], [*b, *d], minus),
                _ => None,
            };
            let Some(joined) = joined else { continue };
            let cofactor = join(pool, scale, cofactor);
            let mut all = vec![pool.product(&[cofactor, joined])];
            for (at, term) in terms.iter().enumerate() {
                if at != i && at != k {
                    all.push(join(pool, &term.coefficient, &term.powers));
                }
            }
            return Some(pool.sum(&all));
        }
    }
    None
}

/// What is needed to write a sum as a square: the number and the other factors outside, the
/// row of the table, whether with a minus, the angle.
type Square = (Number, Powers, &'static [(&'static str, i64); 2], bool, ExprId);

/// Whether a sum is `1 - cos(2*x)` or the like by the table.
pub(super) fn is_square(pool: &Pool, sum: ExprId) -> bool {
    square(pool, sum).is_some()
}

fn square(pool: &Pool, sum: ExprId) -> Option<Square> {
    let [first, second] = *pool.terms(&sum) else { return None };
    let has_function = |term: ExprId| {
        pool.factors(&pool.coefficient(term).1)
            .iter()
            .any(|f| applied(pool, *f).is_some())
    };
    let (one, other) = match (has_function(first), has_function(second)) {
        (false, true) => (first, second),
        (true, false) => (second, first),
        _ => return None,
    };
    let [mut one, other] = [one, other].map(|term| split(pool, term));
    let (cofactor, found) = taken_apart(pool, &other);
    let [(name, angle)] = found[..] else { return None };
    one.powers.sort();
    let (m, n) = (one.coefficient, other.coefficient);
    let row = SQUARES.iter().find(|row| row.0 == name)?;
    let fits = one.powers == cofactor && m.abs() == n.abs();
    fits.then(|| (m.clone(), cofactor, &row.1, m != n, angle))
}

/// `1 - cos(2*x)` as `2*sin(x)^2`, and so on by the table; `None` for other sums.
pub(super) fn as_square(pool: &mut Pool, sum: ExprId) -> Option<ExprId> {
    let (outer, cofactor, row, is_minus, angle) = square(pool, sum)?;
    let (name, number) = row[usize::from(is_minus)];
    let half = pool.scale(&Number::HALF, angle);
    let half = expand_all(pool, half, MAX_ANGLE)?;
    let function = named(pool, name, half)?;
    let square = pool.integer_power(function, 2);
    let cofactor = join(pool, &outer, &cofactor);
    Some(pool.product_with(Number::from(number), &[cofactor, square]))
}

/// The sines and cosines of a term, in the order of their angles, and what else there is.
fn taken_apart(pool: &Pool, term: &Term) -> (Powers, Vec<Applied>) {
    let (mut cofactor, mut found) = (Powers::new(), Vec::new());
    for power in &term.powers {
        let ((base, rest), n) = power;
        match applied(pool, *base) {
            Some(known) if *rest == Pool::ONE && n.is_one() => found.push(known),
            _ => cofactor.push(power.clone()),
        }
    }
    cofactor.sort();
    found.sort_by_key(|known| known.1);
    (cofactor, found)
}

fn applied(pool: &Pool, id: ExprId) -> Option<Applied> {
    let Node::Apply(function, list) = pool.node(id) else { return None };
    let [argument] = *pool.list(list) else { return None };
    if !function.is_builtin() {
        return None;
    }
    let name = function::spec(function).name;
    SUMS.iter().any(|row| row.0 == name).then_some((name, argument))
}

/// `sinh(A) + cosh(A)` is `e^A`, `cosh(A) - sinh(A)` is `e^(-A)`.
fn exponential(pool: &mut Pool, a: Applied, b: Applied, minus: bool) -> Option<ExprId> {
    let is_sine = |known: Applied| known.0 == "sinh";
    let is_pair = is_sine(a) && b.0 == "cosh" || is_sine(b) && a.0 == "cosh";
    if !is_pair || a.1 != b.1 {
        return None;
    }
    let exponent = if minus { pool.negate(a.1) } else { a.1 };
    let power = pool.power(Pool::E, exponent);
    Some(if minus && is_sine(a) { pool.negate(power) } else { power })
}

fn sum(pool: &mut Pool, a: Applied, b: Applied, minus: bool) -> Option<ExprId> {
    let row = SUMS.iter().find(|row| row.0 == a.0 && row.0 == b.0)?;
    let half = |pool: &mut Pool, sign: Number| {
        let halves = [(Number::HALF, a.1), (Number::HALF.mul(&sign), b.1)];
        let angle = pool.weighted_sum(&halves);
        expand_all(pool, angle, MAX_ANGLE)
    };
    let angles = [half(pool, Number::ONE)?, half(pool, Number::MINUS_ONE)?];
    let names = if minus { row.2 } else { row.1 };
    let first = named(pool, names[0], angles[0])?;
    let second = named(pool, names[1], angles[1])?;
    let two = Number::from(if minus && row.3 { -2 } else { 2 });
    Some(pool.product_with(two, &[first, second]))
}

fn product(
    pool: &mut Pool,
    first: [Applied; 2],
    second: [Applied; 2],
    minus: bool,
) -> Option<ExprId> {
    let angles = first.map(|known| known.1);
    if second.map(|known| known.1) != angles {
        return None;
    }
    let names = (first.map(|known| known.0), second.map(|known| known.0));
    // The second product may be the one that stands first in the table.
    let (row, turned) = PRODUCTS.iter().find_map(|row| {
        let same = (row.0, row.1) == names;
        (same || (row.1, row.0) == names).then_some((row, !same))
    })?;
    let plus = row.3 != minus;
    let sign = if plus { Number::ONE } else { Number::MINUS_ONE };
    let angle = pool.weighted_sum(&[(Number::ONE, angles[0]), (sign, angles[1])]);
    let angle = expand_all(pool, angle, MAX_ANGLE)?;
    let value = named(pool, row.2, angle)?;
    Some(if turned && minus { pool.negate(value) } else { value })
}

fn named(pool: &mut Pool, name: &str, angle: ExprId) -> Option<ExprId> {
    let function = function::lookup(name, 1)?;
    Some(function::apply(pool, function, &[angle]))
}
