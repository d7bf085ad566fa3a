//! Square and cube roots of numbers with a square root in them.

use crate::function;
use crate::kernel::{ExprId, FunctionId, Node, Number, Pool};

/// Cube roots of larger numbers are left as they are.
const LARGE: f64 = 1e12;

/// `sqrt(a + b*sqrt(c)) = sqrt((a + d)/2) + sqrt((a - d)/2)` with `d^2 = a^2 - b^2*c`, or the
/// difference for a negative b, when d is rational (Euclid, Elements X.54).
pub(super) fn without_nested_root(pool: &mut Pool, id: ExprId) -> Option<ExprId> {
    let Node::Power(base, Pool::HALF) = pool.node(id) else { return None };
    let (a, b, c) = number_and_root(pool, base)?;
    let square = a.mul(&a).sub(&b.mul(&b).mul(&c));
    let square = pool.number(square);
    let d = pool.sqrt(square);
    let d = pool.as_number(d)?.clone();
    let [above, below] = [a.add(&d), a.sub(&d)].map(|n| n.mul(&Number::HALF));
    if !below.is_positive() {
        return None;
    }
    let [above, below] = [above, below].map(|n| pool.number(n));
    let (above, below) = (pool.sqrt(above), pool.sqrt(below));
    Some(if b.is_positive() {
        pool.sum(&[above, below])
    } else {
        pool.difference(above, below)
    })
}

/// `cbrt(a + b*sqrt(c)) = p + q*sqrt(c)` with `(p + q*sqrt(c))*(p - q*sqrt(c)) = d` and
/// `d^3 = a^2 - b^2*c`, when d is rational and `2*p`, a root of `t^3 - 3*d*t - 2*a`, is so.
pub(super) fn without_nested_cube_root(
    pool: &mut Pool,
    function: FunctionId,
    argument: ExprId,
) -> Option<ExprId> {
    if function::spec(function).name != "cbrt" || pool.is_complex() {
        return None;
    }
    let (a, b, c) = number_and_root(pool, argument)?;
    let norm = a.mul(&a).sub(&b.mul(&b).mul(&c));
    let size = norm.abs().exact_root(3)?;
    let d = if norm.is_negative() { size.neg() } else { size };
    // The root of the conjugate is the other part of t.
    let root = b.to_f64() * c.to_f64().sqrt();
    let t = (a.to_f64() + root).cbrt() + (a.to_f64() - root).cbrt();
    let halves = (2.0 * t).round();
    if halves.abs() > LARGE {
        return None;
    }
    let t = Number::ratio(halves as i64, 2)?;
    let (three, two) = (Number::from(3), Number::from(2));
    let cubic = t.mul(&t).mul(&t).sub(&three.mul(&d).mul(&t)).sub(&two.mul(&a));
    if !cubic.is_zero() {
        return None;
    }
    let p = t.mul(&Number::HALF);
    // b is q*(3*p^2 + q^2*c), and q^2*c is p^2 - d.
    let square = p.mul(&p);
    let q = b.mul(&three.mul(&square).add(&square).sub(&d).recip()?);
    let (root, p) = (pool.number(c), pool.number(p));
    let root = pool.sqrt(root);
    let root = pool.scale(&q, root);
    Some(pool.sum(&[p, root]))
}

/// The parts of `a + b*sqrt(c)`.
fn number_and_root(pool: &Pool, id: ExprId) -> Option<(Number, Number, Number)> {
    let [first, second] = *pool.terms(&id) else { return None };
    let (number, root) = match pool.as_number(second) {
        Some(_) => (second, first),
        None => (first, second),
    };
    let a = pool.as_number(number)?.clone();
    let (b, root) = pool.coefficient(root);
    let Node::Power(c, Pool::HALF) = pool.node(root) else { return None };
    Some((a, b.clone(), pool.as_number(c)?.clone()))
}
