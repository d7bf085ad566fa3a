//! Quotients in sines and cosines in the tangents and secants that were typed:
//! `cos(x)/(a*cos(x) + b*sin(x))` is `1/(a + b*tan(x))`.
//!
//! Invariant: what is divided by is 0 only where the expression as it came in has no value.

use super::dialect::Dialect;
use super::expand::expand_all;
use super::families::{PAIRS, family, over_basic};
use super::preference::Style;
use super::style::product_in;
use crate::function;
use crate::kernel::{ExprId, Node, Number, Pool, Relation};
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

/// Sums of more terms are left alone.
const MAX_TERMS: usize = 12;

/// A sine or cosine that is 0 nowhere where the expression has a value: whether it is circular,
/// its place in its pair and its argument.
type Divisor = (bool, usize, ExprId);

/// The form that was found with sums divided by sines and cosines, where that is shorter.
pub(super) fn with_typed_quotients(
    pool: &mut Pool,
    [root, best]: [ExprId; 2],
    dialect: Dialect,
) -> ExprId {
    let mut found = best;
    for divisor in divisors(pool, root) {
        for style in [Style::Secants, Style::Tangents] {
            let turned = divided(pool, found, divisor, (style, dialect));
            dialect.keep(pool, &mut found, turned);
        }
    }
    found
}

/// What tangents and secants in an expression are quotients by.
fn divisors(pool: &Pool, root: ExprId) -> SmallVec<[Divisor; 4]> {
    let mut found: SmallVec<[Divisor; 4]> = SmallVec::new();
    for id in pool.reachable(&[root]) {
        // A branch that is not taken needs no values.
        if let Node::Apply(function, _) = pool.node(id)
            && Relation::of(function).is_some()
        {
            return SmallVec::new();
        }
        let Some((place, _, argument)) = family(pool, id) else { continue };
        let divisor = match place % 3 {
            0 => continue,
            1 => (place < 3, 1, argument),
            _ => (place < 3, 0, argument),
        };
        if !found.contains(&divisor) {
            found.push(divisor);
        }
    }
    found
}

/// An expression with the sums in its products divided by powers of a sine or cosine, each
/// product only where it gets shorter.
fn divided(
    pool: &mut Pool,
    id: ExprId,
    divisor: Divisor,
    (style, dialect): (Style, Dialect),
) -> ExprId {
    let mut map: FxHashMap<ExprId, ExprId> = FxHashMap::default();
    for node in pool.reachable(&[id]) {
        let get = |child: ExprId| map.get(&child).copied().unwrap_or(child);
        let mut new = function::rebuild(pool, node, get);
        if let Node::Product(_) | Node::Multiple(..) | Node::Power(..) = pool.node(new)
            && let Some(turned) = product(pool, new, divisor, (style, dialect))
        {
            dialect.keep(pool, &mut new, turned);
        }
        if new != node {
            map.insert(node, new);
        }
    }
    map.get(&id).copied().unwrap_or(id)
}

fn product(
    pool: &mut Pool,
    id: ExprId,
    divisor: Divisor,
    (style, dialect): (Style, Dialect),
) -> Option<ExprId> {
    let (is_circular, place, argument) = divisor;
    let name = PAIRS[if is_circular { 0 } else { 3 }].names[place];
    let (coefficient, rest) = pool.coefficient(id);
    let coefficient = coefficient.clone();
    let mut factors: SmallVec<[ExprId; 8]> = SmallVec::from_slice(pool.factors(&rest));
    let (mut outside, mut is_nested) = (0, false);
    for factor in &mut factors {
        let (sum, exponent) = pool.base(*factor);
        let n = pool.as_number(exponent).and_then(Number::to_i64);
        let (Node::Sum(list), Some(n)) = (pool.node(sum), n) else { continue };
        if list.len as usize > MAX_TERMS {
            continue;
        }
        let terms: SmallVec<[ExprId; 8]> = SmallVec::from_slice(pool.list(list));
        let degrees: Option<SmallVec<[i64; 8]>> =
            terms.iter().map(|term| degree(pool, *term, divisor)).collect();
        let Some(most) = degrees.and_then(|degrees| degrees.into_iter().max()) else {
            continue;
        };
        if most < 1 {
            continue;
        }
        let function = function::lookup(name, 1)?;
        let base = function::apply(pool, function, &[argument]);
        let by = pool.integer_power(base, -most);
        let mut parts: SmallVec<[ExprId; 8]> = SmallVec::new();
        for term in terms {
            let part = pool.product(&[term, by]);
            parts.push(product_in(
                pool,
                part,
                style,
                dialect.allows_secants(is_circular),
            ));
        }
        let sum = pool.sum(&parts);
        let sum = expand_all(pool, sum, MAX_TERMS)?;
        is_nested |= pool.terms(&sum).iter().any(|term| has_divisor(pool, *term));
        *factor = pool.integer_power(sum, n);
        outside += most.checked_mul(n)?;
    }
    if outside == 0 {
        return None;
    }
    let function = function::lookup(name, 1)?;
    let base = function::apply(pool, function, &[argument]);
    factors.push(pool.integer_power(base, outside));
    let whole = pool.product_with(coefficient, &factors);
    let turned =
        product_in(pool, whole, Style::Secants, dialect.allows_secants(is_circular));
    // A fraction inside of a fraction has to be shorter by a third.
    let is_worth_it = !is_nested || pool.cost(turned) * 3 <= pool.cost(id) * 2;
    is_worth_it.then_some(turned)
}

/// Whether a sine or cosine stands below the bar of a term.
fn has_divisor(pool: &Pool, term: ExprId) -> bool {
    let (_, rest) = pool.coefficient(term);
    pool.factors(&rest).iter().any(|factor| {
        let (base, exponent) = pool.base(*factor);
        let is_below = pool.as_number(exponent).is_some_and(Number::is_negative);
        is_below && family(pool, base).is_some()
    })
}

/// The degree of a term in sine and cosine of an angle; `None` where a power is no whole number.
fn degree(pool: &Pool, term: ExprId, (is_circular, _, argument): Divisor) -> Option<i64> {
    let (_, rest) = pool.coefficient(term);
    let mut total = 0;
    for factor in pool.factors(&rest) {
        let (base, exponent) = pool.base(*factor);
        let Some((place, name, own)) = family(pool, base) else { continue };
        if (place < 3) != is_circular || own != argument {
            continue;
        }
        let n = pool.as_number(exponent).and_then(Number::to_i64)?;
        let [sine, cosine] = over_basic(name);
        total += i64::from(sine + cosine) * n;
    }
    Some(total)
}
