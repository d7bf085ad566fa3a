//! Circular and hyperbolic functions of one angle, written in a style.

use super::families::{PAIRS, family, over_basic};
use super::preference::Style;
use crate::function;
use crate::kernel::{ExprId, Node, Number, Pool};
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

/// Sums of more terms are not looked through for squares.
const MAX_TERMS: usize = 40;

/// An expression with quotients and squares of functions written in a style.
pub(super) fn in_style(pool: &mut Pool, id: ExprId, style: Style) -> ExprId {
    let ids = pool.reachable(&[id]);
    if !ids.iter().any(|id| family(pool, *id).is_some()) {
        return id;
    }
    let mut map: FxHashMap<ExprId, ExprId> = FxHashMap::default();
    for node in ids {
        let get = |child: ExprId| map.get(&child).copied().unwrap_or(child);
        let mut new = function::rebuild(pool, node, get);
        while let Node::Sum(_) = pool.node(new)
            && let Some(joined) = square_joined(pool, new, style)
        {
            new = joined;
        }
        if matches!(
            pool.node(new),
            Node::Product(_) | Node::Multiple(..) | Node::Power(..)
        ) || family(pool, new).is_some()
        {
            new = product_in(pool, new, style, true);
        }
        if new != node {
            map.insert(node, new);
        }
    }
    map.get(&id).copied().unwrap_or(id)
}

/// A sum with `q*f^2 - c*q` in it as a multiple of the square of the other function of a pair,
/// as `tan(x)^2 + 1` is `sec(x)^2`; `None` when there is none.
fn square_joined(pool: &mut Pool, sum: ExprId, style: Style) -> Option<ExprId> {
    let terms: SmallVec<[ExprId; 8]> = SmallVec::from_slice(pool.terms(&sum));
    if style == Style::Tangents || terms.len() > MAX_TERMS {
        return None;
    }
    for (at, term) in terms.iter().enumerate() {
        let (_, rest) = pool.coefficient(*term);
        for factor in pool.factors(&rest).to_vec() {
            let (base, exponent) = pool.base(factor);
            let Some((place, name, argument)) = family(pool, base) else { continue };
            let pair = PAIRS[place];
            let is_square =
                pool.as_number(exponent).is_some_and(|n| *n >= Number::from(2));
            if place % 3 == 0 || pair.names[0] != name || !is_square {
                continue;
            }
            let square = pool.integer_power(base, 2);
            let outside = pool.quotient(*term, square);
            let partner = pool.scale(&Number::from(-pair.constant), outside);
            let Some(other) = terms.iter().position(|term| *term == partner) else {
                continue;
            };
            let other_square = above_one(pool, place, argument, 2, style)?;
            let sign = Number::from(pair.sign);
            let joined = pool.product_with(sign, &[outside, other_square]);
            let mut all: Vec<ExprId> = terms.to_vec();
            all.retain(|term| *term != terms[at] && *term != terms[other]);
            all.push(joined);
            return Some(pool.sum(&all));
        }
    }
    None
}

/// A power of the secant of a pair, by the function that a style has for it.
fn above_one(
    pool: &mut Pool,
    place: usize,
    argument: ExprId,
    n: i64,
    style: Style,
) -> Option<ExprId> {
    let is_first = place % 3 == 2;
    let [first, second] = PAIRS[place / 3 * 3].names;
    let (name, n) = match style {
        Style::Secants => (PAIRS[place].names[1], n),
        _ if is_first => (first, -n),
        _ => (second, -n),
    };
    let function = function::lookup(name, 1)?;
    let base = function::apply(pool, function, &[argument]);
    Some(pool.integer_power(base, n))
}

/// What the functions of one angle in a product are together: powers of the first pair.
struct Angle {
    is_circular: bool,
    argument: ExprId,
    /// The exponents of sine and cosine.
    powers: [i64; 2],
    /// Whether a secant, or a sine or cosine below the bar, is among them.
    has_secant: bool,
}

/// A product with the functions of each angle in a style, with the names of secants or without.
pub(super) fn product_in(
    pool: &mut Pool,
    id: ExprId,
    style: Style,
    has_secants: bool,
) -> ExprId {
    let (coefficient, rest) = pool.coefficient(id);
    let coefficient = coefficient.clone();
    let mut others: SmallVec<[ExprId; 8]> = SmallVec::new();
    let mut angles: SmallVec<[Angle; 2]> = SmallVec::new();
    for factor in pool.factors(&rest).to_vec() {
        let (base, exponent) = pool.base(factor);
        let n = pool.as_number(exponent).and_then(Number::to_i64);
        let (Some((place, name, argument)), Some(n)) = (family(pool, base), n) else {
            others.push(factor);
            continue;
        };
        let is_circular = place < 3;
        let known = angles
            .iter()
            .position(|a| a.is_circular == is_circular && a.argument == argument);
        let at = known.unwrap_or(angles.len());
        if known.is_none() {
            let powers = [0, 0];
            angles.push(Angle { is_circular, argument, powers, has_secant: false });
        }
        let basic = over_basic(name);
        let angle = &mut angles[at];
        for (power, own) in angle.powers.iter_mut().zip(basic) {
            *power += i64::from(own) * n;
        }
        let is_tangent = basic[0] != 0 && basic[1] != 0;
        angle.has_secant |= !is_tangent && (i64::from(basic[0] + basic[1]) * n) < 0;
    }
    for angle in angles {
        match angle.written(pool, style, has_secants) {
            Some(factors) => others.extend(factors),
            None => return id,
        }
    }
    pool.product_with(coefficient, &others)
}

impl Angle {
    /// The factors in a style.
    fn written(
        &self,
        pool: &mut Pool,
        style: Style,
        has_secants: bool,
    ) -> Option<SmallVec<[ExprId; 3]>> {
        let start = if self.is_circular { 0 } else { 3 };
        let [sine, cosine] = self.powers;
        let mut found: SmallVec<[ExprId; 3]> = SmallVec::new();
        let mut push = |pool: &mut Pool, name: &str, n: i64| {
            let function = function::lookup(name, 1)?;
            let base = function::apply(pool, function, &[self.argument]);
            found.push(pool.integer_power(base, n));
            Some(())
        };
        let [sin, cos] = PAIRS[start].names;
        // Which of the two stands below the bar, and what the quotient is called.
        let (low, tangent) = match (sine < 0, cosine < 0) {
            (_, true) => (cosine, PAIRS[start + 1]),
            (true, _) => (sine, PAIRS[start + 2]),
            _ => (0, PAIRS[start]),
        };
        let is_over_cosine = cosine < 0;
        let high = if is_over_cosine { sine } else { cosine };
        let shared = high.clamp(0, -low);
        let keeps = style == Style::Cosines && self.has_secant;
        let both_below = sine < 0 && cosine < 0;
        if style == Style::Tangents && (both_below || (low + shared) % 2 != 0) {
            return None;
        }
        if low == 0 || keeps {
            push(pool, sin, sine)?;
            push(pool, cos, cosine)?;
            return Some(found);
        }
        let (above, below) = if is_over_cosine { (sin, cos) } else { (cos, sin) };
        let (rest_above, rest_below) = (high - shared, -low - shared);
        push(pool, tangent.names[0], shared)?;
        match style {
            Style::Secants if has_secants => {
                push(pool, tangent.names[1], rest_below)?;
                if rest_above < 0 {
                    push(pool, PAIRS[start + 2].names[1], -rest_above)?;
                } else {
                    push(pool, above, rest_above)?;
                }
            }
            Style::Tangents => {
                // second^2 = (first^2 - constant)*sign
                let function = function::lookup(tangent.names[0], 1)?;
                let base = function::apply(pool, function, &[self.argument]);
                let square = pool.integer_power(base, 2);
                let (sign, constant) =
                    (Number::from(tangent.sign), -tangent.sign * tangent.constant);
                let sum = pool
                    .weighted_sum(&[(sign, square), (Number::from(constant), Pool::ONE)]);
                push(pool, above, rest_above)?;
                found.push(pool.integer_power(sum, rest_below / 2));
            }
            Style::Secants | Style::Cosines => {
                push(pool, below, -rest_below)?;
                push(pool, above, rest_above)?;
            }
        }
        Some(found)
    }
}
