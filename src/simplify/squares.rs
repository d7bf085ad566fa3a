//! Roots of sums that are squares: `sqrt(x^2 + 2*x + 1)`, `sqrt(a^2 + a^2*tan(t)^2)`.

use super::collect::keep;
use super::families::{PAIRS, family};
use super::keys::{Powers, Term, join, split};
use super::rational::{is_root, rebuilt};
use crate::function;
use crate::kernel::{ExprId, Node, Number, Pool};

/// A root of a sum that is a product with a square in it, taken apart:
/// `sqrt(x^2 + 2*x + 1)` is `abs(x + 1)`.
pub(super) fn without_square(pool: &mut Pool, id: ExprId) -> Option<ExprId> {
    let Node::Power(base, exponent) = pool.node(id) else { return None };
    let n = pool.as_number(exponent)?;
    if n.is_integer() || pool.is_complex() {
        return None;
    }
    let product = match *pool.terms(&base) {
        [first, second] => {
            let (first, second) = (split(pool, first), split(pool, second));
            square_of_function(pool, &first, &second)
                .or_else(|| square_of_function(pool, &second, &first))?
        }
        _ => square_among(pool, base)?,
    };
    Some(pool.power(product, exponent))
}

/// The product that a sum of three terms is, when it has the square of a sum in it.
fn square_among(pool: &mut Pool, base: ExprId) -> Option<ExprId> {
    let [first, second, third] = *pool.terms(&base) else { return None };
    let terms = [first, second, third].map(|term| split(pool, term));
    let place = (0..3).find(|place| is_middle(&terms, *place))?;
    // The root of a negative multiple of a square has next to no values.
    if terms[(place + 1) % 3].coefficient.is_negative() {
        return None;
    }
    Some(square_of_sum(pool, &terms[place], &terms[(place + 1) % 3]))
}

/// An expression with the roots of squares of sums in it taken apart, so that
/// `sqrt(x^2 + 2*x + 1)` has the derivative of `sqrt((x + 1)^2)`.
pub fn without_squares(pool: &mut Pool, root: ExprId) -> ExprId {
    if pool.is_complex() || !pool.has_roots(root) {
        return root;
    }
    rebuilt(pool, root, |pool, base, exponent| {
        let product =
            is_root(pool, base, exponent).then(|| square_among(pool, base))??;
        Some(pool.power(product, exponent))
    })
}

/// `v + q*v*f(u)^2` as a multiple of the square of the other function of a pair.
fn square_of_function(pool: &mut Pool, constant: &Term, square: &Term) -> Option<ExprId> {
    let by = constant.coefficient.recip()?;
    let ratio = square.divided(&constant.powers, &by);
    let mut powers = ratio.powers.iter().filter(|(_, n)| !n.is_zero());
    let (Some(((applied, Pool::ONE), n)), None) = (powers.next(), powers.next()) else {
        return None;
    };
    if *n != Number::from(2) {
        return None;
    }
    let (place, name, argument) = family(pool, *applied)?;
    let pair = PAIRS[place];
    // first^2 = constant + sign*second^2, and second^2 = sign*first^2 - sign*constant.
    let (other, squared, alone) = match name == pair.names[0] {
        true => (pair.names[1], pair.sign, -pair.sign * pair.constant),
        false => (pair.names[0], pair.sign, pair.constant),
    };
    if ratio.coefficient.mul(&Number::from(alone)) != Number::from(squared) {
        return None;
    }
    let function = function::lookup(other, 1)?;
    let applied = function::apply(pool, function, &[argument]);
    let square = pool.integer_power(applied, 2);
    if constant.coefficient.is_negative() != (alone < 0) {
        return None;
    }
    let scale = constant.coefficient.mul(&Number::from(alone));
    let outside = join(pool, &scale, &constant.powers);
    Some(pool.product(&[outside, square]))
}

/// Whether one of three terms is twice the product of what the others are squares of.
fn is_middle(terms: &[Term; 3], place: usize) -> bool {
    let [middle, a, b] = [0, 1, 2].map(|k| &terms[(place + k) % 3]);
    let four = Number::from(4);
    let product = a.coefficient.mul(&b.coefficient).mul(&four);
    if middle.coefficient.mul(&middle.coefficient) != product {
        return false;
    }
    let one = Number::ONE;
    let left = b.divided(&middle.powers, &one).divided(&middle.powers, &one);
    let inverse: Powers = a.powers.iter().map(|(key, n)| (*key, n.neg())).collect();
    left.divided(&inverse, &one).powers.iter().all(|(_, n)| n.is_zero())
}

/// `a*(1 + r)^2` with `r = middle/(2*a)`, as `a/u^2*(u + u*r)^2`: u is the root of a where that
/// is whole and the sum has both signs, or else what leaves no denominator in the sum.
fn square_of_sum(pool: &mut Pool, middle: &Term, a: &Term) -> ExprId {
    let half = a.coefficient.recip().map_or(Number::ZERO, |n| n.mul(&Number::HALF));
    let ratio = middle.divided(&a.powers, &half);
    let times = |powers: &Powers, n: &Number| -> Powers {
        powers.iter().map(|(key, m)| (*key, m.mul(n))).collect()
    };
    let below = ratio.powers.iter().filter(|(_, n)| n.is_negative()).cloned().collect();
    let (outside, sum) = parts(pool, a, &ratio, &times(&below, &Number::MINUS_ONE));
    let square = pool.integer_power(sum, 2);
    let mut best = pool.product(&[outside, square]);
    let root = times(&a.powers, &Number::HALF);
    if pool.absolute(sum) != sum && root.iter().all(|(_, n)| n.is_integer()) {
        let (outside, sum) = parts(pool, a, &ratio, &root);
        let square = pool.integer_power(sum, 2);
        let natural = pool.product(&[outside, square]);
        keep(pool, &mut best, natural);
    }
    best
}

/// `a/u^2` and `u + u*r`, with whole coefficients in the sum.
fn parts(pool: &mut Pool, a: &Term, r: &Term, u: &Powers) -> (ExprId, ExprId) {
    let scale = r.coefficient.denominator();
    let inverse: Powers = u.iter().map(|(key, n)| (*key, n.neg())).collect();
    let second = r.divided(&inverse, &scale);
    let terms = [join(pool, &scale, u), join(pool, &second.coefficient, &second.powers)];
    let by = scale.mul(&scale).recip().unwrap_or(Number::ONE);
    let outside = a.divided(u, &by).divided(u, &Number::ONE);
    let sum = pool.sum(&terms);
    (join(pool, &outside.coefficient, &outside.powers), sum)
}
