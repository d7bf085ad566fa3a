//! Square roots of numbers with a square root in them.

use crate::kernel::{ExprId, Node, Number, Pool};

/// `sqrt(a + b*sqrt(c)) = sqrt((a + d)/2) + sqrt((a - d)/2)` with `d^2 = a^2 - b^2*c`, or the
/// difference for a negative b, when d is rational (Euclid, Elements X.54).
pub(super) fn without_nested_root(pool: &mut Pool, id: ExprId) -> Option<ExprId> {
    let Node::Power(base, Pool::HALF) = pool.node(id) else { return None };
    let [first, second] = *pool.terms(&base) else { return None };
    let (number, root) = match pool.as_number(second) {
        Some(_) => (second, first),
        None => (first, second),
    };
    let a = pool.as_number(number)?.clone();
    let (b, root) = pool.coefficient(root);
    let b = b.clone();
    let Node::Power(c, Pool::HALF) = pool.node(root) else { return None };
    let c = pool.as_number(c)?.clone();
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
