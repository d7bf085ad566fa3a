//! Roots in one plain form, so that those that belong together are one kernel.
//!
//! Invariant: what comes out is defined wherever the expression is, and has its value there.

use super::{FACTOR_WORK, factor_all, sums_in};
use crate::function;
use crate::kernel::{ExprId, Node, Number, Pool};
use crate::simplify::collect::keep;
use crate::simplify::expand::{MultipliedOut, expand_all};
use crate::simplify::squares::without_square;
use rustc_hash::FxHashMap;

/// Radicands of more terms are not multiplied out.
const MAX_RADICAND: usize = 30;
/// Radicands of more terms are not looked through for squares.
const MAX_SQUARES: usize = 8;
/// The work on polynomials to find them.
const SQUARE_WORK: u64 = 20_000;
/// Expressions with more radicands are not looked through for products of them.
const MAX_SPLIT: usize = 8;

/// The expression with the radicands of its roots multiplied out and their numeric contents
/// taken out, so that roots of proportional radicands are one kernel, squares and square
/// denominators taken out of square roots, and roots of products taken apart where all factors have roots
/// in the expression anyway; `None` when nothing changes.
pub fn with_plain_roots(pool: &mut Pool, id: ExprId) -> Option<ExprId> {
    // Radicands stand in each other, and each is multiplied out.
    let mut out = MultipliedOut::new(MAX_RADICAND);
    let plain =
        rebuilt(pool, id, |pool, base, exponent| match is_root(pool, base, exponent) {
            true => Some(plain_root(pool, base, exponent, &mut out)),
            false => root_of_quotient(pool, base, exponent),
        });
    let split = with_split_roots(pool, plain);
    (split != id).then_some(split)
}

/// The expression with the radicands of its roots that are equal when they are multiplied out
/// in the shortest of their forms: `sqrt(x^2 - 1)` for `sqrt((x - 1)*(x + 1))` beside it; `None`
/// when there are none.
pub(super) fn with_shared_radicands(pool: &mut Pool, id: ExprId) -> Option<ExprId> {
    let mut radicands: Vec<ExprId> = Vec::new();
    for node in pool.reachable(&[id]) {
        if let Node::Power(base, exponent) = pool.node(node)
            && matches!(pool.node(base), Node::Sum(_) | Node::Product(_))
            && pool.as_number(exponent).is_some_and(|n| !n.is_integer())
            && !radicands.contains(&base)
        {
            radicands.push(base);
        }
    }
    if !(2..=MAX_SPLIT).contains(&radicands.len()) {
        return None;
    }
    let mut known: Vec<(ExprId, ExprId)> = Vec::new();
    let mut is_new = false;
    for radicand in &radicands {
        let Some(plain) = expand_all(pool, *radicand, MAX_RADICAND) else { continue };
        match known.iter_mut().find(|(_, other)| *other == plain) {
            Some((best, _)) => {
                keep(pool, best, *radicand);
                is_new = true;
            }
            None => {
                let mut best = plain;
                keep(pool, &mut best, *radicand);
                known.push((best, plain));
            }
        }
    }
    if !is_new {
        return None;
    }
    Some(rebuilt(pool, id, |pool, base, exponent| {
        let is_whole = pool.as_number(exponent).is_none_or(Number::is_integer);
        if is_whole || !radicands.contains(&base) {
            return None;
        }
        let plain = expand_all(pool, base, MAX_RADICAND)?;
        let (best, _) = known.iter().find(|(_, other)| *other == plain)?;
        Some(pool.power(*best, exponent))
    }))
}

/// `sqrt(u*v)` as `sqrt(u)*sqrt(v)` where both are in the expression: they are defined
/// wherever it is.
fn with_split_roots(pool: &mut Pool, id: ExprId) -> ExprId {
    let mut radicands: Vec<ExprId> = Vec::new();
    for node in pool.reachable(&[id]) {
        if let Node::Power(base, exponent) = pool.node(node)
            && is_root(pool, base, exponent)
            && !radicands.contains(&base)
        {
            radicands.push(base);
        }
    }
    if pool.is_complex() || !(3..=MAX_SPLIT).contains(&radicands.len()) {
        return id;
    }
    let mut parts: FxHashMap<ExprId, (Number, [ExprId; 2])> = FxHashMap::default();
    for (i, u) in radicands.iter().enumerate() {
        for v in &radicands[i + 1..] {
            let product = pool.product(&[*u, *v]);
            let Some(product) = expand_all(pool, product, MAX_RADICAND) else { continue };
            for whole in radicands.iter().filter(|whole| *whole != u && *whole != v) {
                if let Some(scale) = proportion(pool, *whole, product) {
                    parts.entry(*whole).or_insert((scale, [*u, *v]));
                }
            }
        }
    }
    if parts.is_empty() {
        return id;
    }
    rebuilt(pool, id, |pool, base, exponent| {
        let (scale, [u, v]) = parts.get(&base)?.clone();
        let scale = pool.number(scale);
        let factors = [scale, u, v].map(|part| pool.power(part, exponent));
        Some(pool.product(&factors))
    })
}

/// The positive number by which one sum is a multiple of another.
fn proportion(pool: &mut Pool, sum: ExprId, of: ExprId) -> Option<Number> {
    let leading = |pool: &Pool, sum: ExprId| {
        let term = *pool.terms(&sum).first()?;
        Some(match pool.as_number(term) {
            Some(n) => n.clone(),
            None => pool.coefficient(term).0.clone(),
        })
    };
    let scale = leading(pool, sum)?.mul(&leading(pool, of)?.recip()?);
    let terms = pool.terms(&of).to_vec();
    let parts: Vec<(Number, ExprId)> =
        terms.into_iter().map(|term| (scale.clone(), term)).collect();
    (scale.is_positive() && pool.weighted_sum(&parts) == sum).then_some(scale)
}

/// The expression with some of its powers replaced, operands first.
pub(in crate::simplify) fn rebuilt(
    pool: &mut Pool,
    id: ExprId,
    mut power: impl FnMut(&mut Pool, ExprId, ExprId) -> Option<ExprId>,
) -> ExprId {
    let mut map: FxHashMap<ExprId, ExprId> = FxHashMap::default();
    for node in pool.reachable(&[id]) {
        let get = |child: ExprId| map.get(&child).copied().unwrap_or(child);
        let new = match pool.node(node) {
            Node::Power(base, exponent) => power(pool, get(base), exponent),
            _ => None,
        };
        let new = new.unwrap_or_else(|| function::rebuild(pool, node, get));
        map.insert(node, new);
    }
    map.get(&id).copied().unwrap_or(id)
}

pub(in crate::simplify) fn is_root(pool: &Pool, base: ExprId, exponent: ExprId) -> bool {
    matches!(pool.node(base), Node::Sum(_))
        && pool.as_number(exponent).is_some_and(|n| !n.is_integer())
}

/// `sqrt((1 - x)/(1 + x))` as `sqrt(1 - x)/sqrt(1 + x)`: as the sum of both is above 0, not both
/// can be negative.
fn root_of_quotient(pool: &mut Pool, base: ExprId, exponent: ExprId) -> Option<ExprId> {
    let n = pool.as_number(exponent)?;
    let Node::Product(list) = pool.node(base) else { return None };
    let [first, second] = *pool.list(list) else { return None };
    let (above, below) = match (pool.base(first), pool.base(second)) {
        ((u, Pool::ONE), (v, Pool::MINUS_ONE))
        | ((v, Pool::MINUS_ONE), (u, Pool::ONE)) => (u, v),
        _ => return None,
    };
    if n.is_integer() || pool.is_complex() {
        return None;
    }
    let sum = pool.sum(&[above, below]);
    if !pool.is_positive(sum) {
        return None;
    }
    let below = pool.power(below, Pool::MINUS_ONE);
    let roots = [above, below].map(|side| pool.power(side, exponent));
    Some(pool.product(&roots))
}

/// A root of a sum with the numeric content outside.
fn plain_root(
    pool: &mut Pool,
    base: ExprId,
    exponent: ExprId,
    out: &mut MultipliedOut,
) -> ExprId {
    if has_sum_below(pool, base)
        && let Some((product, _)) = factor_all(pool, base, FACTOR_WORK)
        && matches!(pool.node(product), Node::Product(_) | Node::Multiple(..))
    {
        return pool.power(product, exponent);
    }
    let sum = out.of(pool, base).unwrap_or(base);
    let root = pool.power(sum, exponent);
    if let Some(found) = without_square(pool, root) {
        return found;
    }
    if let Some((above, below)) = over_square(pool, sum)
        && let Some(n) =
            pool.as_number(exponent).filter(|n| n.denominator() == Number::from(2))
    {
        let twice = n.mul(&Number::from(-2));
        let twice = pool.number(twice);
        let outside = pool.absolute(below);
        let factors =
            [plain_root(pool, above, exponent, out), pool.power(outside, twice)];
        return pool.product(&factors);
    }
    let coefficient = |pool: &Pool, term: &ExprId| {
        pool.as_number(*term).unwrap_or(pool.coefficient(*term).0).abs()
    };
    let terms = pool.terms(&sum).to_vec();
    let contents = terms.iter().map(|term| coefficient(pool, term));
    let content = contents.reduce(|a, b| a.gcd(&b)).unwrap_or(Number::ONE);
    let Some(inverse) = content.recip() else { return pool.power(base, exponent) };
    let parts: Vec<(Number, ExprId)> =
        terms.into_iter().map(|term| (inverse.clone(), term)).collect();
    let primitive = pool.weighted_sum(&parts);
    let outside = pool.number(content);
    let outside = pool.power(outside, exponent);
    let inside = pool.power(primitive, exponent);
    pool.product(&[outside, inside])
}

/// A root below the bar with square factors of its radicand outside, as
/// `1/(abs(x)*sqrt(x^2 - 1))` for `1/sqrt(x^4 - x^2)`. Above the bar, the points at which such a
/// factor is 0 and the rest is negative would be lost.
pub(in crate::simplify) fn without_square_below(
    pool: &mut Pool,
    sum: ExprId,
    exponent: ExprId,
) -> Option<ExprId> {
    let n = pool.as_number(exponent)?;
    let is_square_root = n.is_negative() && n.denominator() == Number::from(2);
    let is_long = pool.terms(&sum).len() > MAX_SQUARES;
    let is_high = |term: &ExprId| {
        let (_, rest) = pool.coefficient(*term);
        pool.factors(&rest).iter().any(|factor| {
            pool.as_number(pool.base(*factor).1).is_some_and(|n| *n > Number::from(2))
        })
    };
    let is_open = is_square_root && !is_long && pool.terms(&sum).iter().any(is_high);
    if !is_open || pool.is_complex() || pool.symbols_of(&[sum]).len() != 1 {
        return None;
    }
    let twice = n.mul(&Number::from(2));
    let (product, _) = factor_all(pool, sum, SQUARE_WORK)?;
    let (coefficient, rest) = pool.coefficient(product);
    let (mut inside, coefficient) = (Vec::new(), coefficient.clone());
    let mut outside: Vec<ExprId> = Vec::new();
    for factor in pool.factors(&rest).to_vec() {
        let (base, power) = pool.base(factor);
        let m = pool.as_number(power).and_then(Number::to_i64).filter(|m| *m > 1);
        let Some(m) = m else {
            inside.push(factor);
            continue;
        };
        let magnitude = pool.absolute(base);
        let half = pool.number(twice.mul(&Number::from(m / 2)));
        outside.push(pool.power(magnitude, half));
        inside.push(pool.integer_power(base, m % 2));
    }
    if outside.is_empty() {
        return None;
    }
    let inside = pool.product_with(coefficient, &inside);
    let inside = expand_all(pool, inside, MAX_RADICAND)?;
    outside.push(pool.power(inside, exponent));
    Some(pool.product(&outside))
}

/// Whether a term of a sum has a sum as its denominator.
fn has_sum_below(pool: &Pool, sum: ExprId) -> bool {
    pool.terms(&sum).iter().any(|term| sums_in(pool, *term).1 > 0)
}

/// A sum as a sum without denominators over the square of a product of symbols.
fn over_square(pool: &mut Pool, sum: ExprId) -> Option<(ExprId, ExprId)> {
    if pool.is_complex() {
        return None;
    }
    let mut below: Vec<(ExprId, i64)> = Vec::new();
    for term in pool.terms(&sum) {
        let (_, rest) = pool.coefficient(*term);
        for factor in pool.factors(&rest) {
            let (base, exponent) = pool.base(*factor);
            let Some(n) = pool.as_number(exponent).filter(|n| n.is_negative()) else {
                continue;
            };
            let n = n.to_i64()?;
            let is_symbol = matches!(pool.node(base), Node::Symbol(_));
            if !is_symbol {
                return None;
            }
            match below.iter_mut().find(|known| known.0 == base) {
                Some(known) => known.1 = known.1.min(n),
                None => below.push((base, n)),
            }
        }
    }
    if below.is_empty() || below.iter().any(|(_, n)| n % 2 != 0) {
        return None;
    }
    let roots: Vec<ExprId> =
        below.iter().map(|(base, n)| pool.integer_power(*base, -n / 2)).collect();
    let root = pool.product(&roots);
    let square = pool.integer_power(root, 2);
    let terms = pool.terms(&sum).to_vec();
    let above: Vec<ExprId> =
        terms.into_iter().map(|term| pool.product(&[term, square])).collect();
    Some((pool.sum(&above), root))
}
