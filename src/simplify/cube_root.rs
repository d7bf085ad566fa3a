//! Real cube roots: `cbrt(u)^3` is u and `cbrt(u*v)` is `cbrt(u)*cbrt(v)` for all real numbers.

use crate::function;
use crate::kernel::{ExprId, FunctionId, Node, Number, Pool};
use smallvec::SmallVec;

/// What a cube root is one of.
fn radicand(pool: &Pool, id: ExprId) -> Option<ExprId> {
    let Node::Apply(function, list) = pool.node(id) else { return None };
    let is_root = function::spec(function).name == "cbrt";
    (is_root && !pool.is_complex()).then(|| pool.list(list)[0])
}

/// A whole power of a cube root as one below the third times a power of the radicand; `None`
/// for anything else.
pub(super) fn lowered(pool: &mut Pool, base: ExprId, n: &Number) -> Option<ExprId> {
    let radicand = radicand(pool, base)?;
    let n = n.to_i64().filter(|n| n.abs() > 2)?;
    Some(power_of_thirds(pool, base, radicand, n))
}

/// `u^(n/3)` as powers of u and of its cube root.
fn power_of_thirds(pool: &mut Pool, root: ExprId, radicand: ExprId, n: i64) -> ExprId {
    let whole = pool.integer_power(radicand, n / 3);
    let rest = pool.integer_power(root, n % 3);
    pool.product(&[whole, rest])
}

/// `cbrt(u)^3` as u.
pub(super) fn without_cube(pool: &mut Pool, id: ExprId) -> Option<ExprId> {
    let (base, exponent) = pool.base(id);
    radicand(pool, base)?;
    let n = pool.as_number(exponent)?.clone();
    lowered(pool, base, &n)
}

/// `u/cbrt(u)^2` as `cbrt(u)`.
pub(super) fn with_thirds_joined(
    pool: &mut Pool,
    coefficient: &Number,
    factors: &[ExprId],
) -> Option<ExprId> {
    for (place, factor) in factors.iter().enumerate() {
        let (root, exponent) = pool.base(*factor);
        let Some(radicand) = radicand(pool, root) else { continue };
        let Some(n) = pool.as_number(exponent).and_then(Number::to_i64) else { continue };
        let other = factors.iter().position(|factor| pool.base(*factor).0 == radicand);
        let whole = other.and_then(|at| {
            pool.as_number(pool.base(factors[at]).1).and_then(Number::to_i64)
        });
        let m = whole.unwrap_or(0);
        if n.abs() < 3 && m.signum() != -n.signum() {
            continue;
        }
        let mut others: SmallVec<[ExprId; 8]> = SmallVec::from_slice(factors);
        others[place] = power_of_thirds(pool, root, radicand, 3 * m + n);
        if let (Some(at), Some(_)) = (other, whole) {
            others[at] = Pool::ONE;
        }
        return Some(pool.product_with(coefficient.clone(), &others));
    }
    None
}

/// The cube root of a product with cubes taken out, and of a power as a power:
/// `cbrt(8*x^3*y)` is `2*x*cbrt(y)`, `cbrt(x^2)` is `cbrt(x)^2`.
pub(super) fn without_cubes(
    pool: &mut Pool,
    function: FunctionId,
    argument: ExprId,
) -> Option<ExprId> {
    if function::spec(function).name != "cbrt" || pool.is_complex() {
        return None;
    }
    let (n, rest) = pool.numbered(argument);
    let (above, below) = (n.abs().numerator(), n.denominator());
    let (above, below) = (above.extract_root(3), below.extract_root(3));
    let cube = above.0.mul(&below.0.recip()?);
    let free = above.1.mul(&below.1.recip()?);
    let is_number = rest == Pool::ONE && !cube.is_one();
    let number = (free.is_one() || is_number).then_some(cube).filter(|n| !n.is_one());
    let (n, factors) =
        (n.clone(), SmallVec::<[ExprId; 8]>::from_slice(pool.factors(&rest)));
    let mut outside: SmallVec<[ExprId; 8]> = SmallVec::new();
    let mut inside: SmallVec<[ExprId; 8]> = SmallVec::new();
    for factor in &factors {
        let (base, exponent) = pool.base(*factor);
        let times = pool.as_number(exponent).and_then(Number::to_i64).unwrap_or(0);
        if factors.len() == 1 && times.abs() > 1 && rest == argument {
            let root = function::apply(pool, function, &[base]);
            return Some(power_of_thirds(pool, root, base, times));
        }
        outside.push(pool.integer_power(base, times / 3));
        let cubes = pool.integer_power(base, -(times / 3) * 3);
        inside.push(pool.product(&[*factor, cubes]));
    }
    if number.is_none() && outside.iter().all(|factor| *factor == Pool::ONE) {
        return None;
    }
    let (out, within) = match number {
        Some(root) if n.is_negative() => (root, free.neg()),
        Some(root) => (root, free),
        None => (Number::ONE, n),
    };
    let left = pool.product_with(within, &inside);
    outside.push(function::apply(pool, function, &[left]));
    Some(pool.product_with(out, &outside))
}
