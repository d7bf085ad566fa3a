//! On which side of a constant an expression is, by what is assumed of its symbols.
//!
//! `sin(x)` is above 0 where `0 < x < pi`, and `ln(x)` where `x > 1`: what is asked of a function
//! is asked of its argument, until a symbol with bounds is left.

use super::rational::factor_all;
use crate::evaluate::{Range, digits};
use crate::function;
use crate::function::spec::Parity;
use crate::kernel::{ExprId, FunctionId, Node, Number, Pool};
use crate::syntax;

/// How deep functions may stand in each other.
const DEPTH: usize = 8;
/// The costs of sums that are factored, and the work on one.
const COST: u32 = 60;
const WORK: u64 = 20_000;
/// Waves are looked at up to this argument.
const FAR: f64 = 1e6;

/// The side of something on which an expression is wherever it is defined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Side {
    /// Whether it is above, and else below.
    pub is_above: bool,
    /// Whether it is never equal.
    pub is_strict: bool,
}

impl Side {
    fn turned(self, turns: bool) -> Self {
        Self { is_above: self.is_above != turns, ..self }
    }
}

/// The side of 0 on which an expression is, as far as assumptions tell.
pub fn side(pool: &mut Pool, id: ExprId) -> Option<Side> {
    if pool.is_complex() {
        return None;
    }
    let is_constant = pool.is_constant(id);
    let depth = if is_constant { 0 } else { DEPTH };
    let found = beside(pool, id, Pool::ZERO, depth);
    match found {
        Some(Side { is_strict: true, .. }) => found,
        _ if is_constant => by_digits(pool, id).or(found),
        _ => found,
    }
}

/// The side of 0 on which a constant is. Over the complex numbers it is one that is real.
pub fn side_of_constant(pool: &mut Pool, id: ExprId) -> Option<Side> {
    match pool.is_complex() {
        true => by_digits(pool, id),
        false => side(pool, id),
    }
}

/// What many digits tell of a constant.
fn by_digits(pool: &Pool, id: ExprId) -> Option<Side> {
    if pool.failure().is_some() || !pool.symbols_of(&[id]).is_empty() {
        return None;
    }
    let is_above = digits::is_above_zero(pool, id, syntax::in_normal_form)?;
    Some(Side { is_above, is_strict: true })
}

/// The side of a constant.
fn beside(pool: &mut Pool, id: ExprId, of: ExprId, depth: usize) -> Option<Side> {
    let gap = pool.difference(id, of);
    let plain = plain(pool, gap);
    if plain.is_some_and(|side| side.is_strict) || depth == 0 || pool.failure().is_some()
    {
        return plain;
    }
    by_parts(pool, id, of, depth - 1).or(plain)
}

/// What bounds in doubles and signs that are known tell.
fn plain(pool: &mut Pool, gap: ExprId) -> Option<Side> {
    let range = Range::of(pool, gap);
    let opposite = pool.negate(gap);
    let (is_above, is_strict) = if range.low > 0.0 || pool.is_positive(gap) {
        (true, true)
    } else if range.high < 0.0 || pool.is_positive(opposite) {
        (false, true)
    } else if range.low >= 0.0 || pool.is_nonnegative(gap) {
        (true, false)
    } else if range.high <= 0.0 || pool.is_nonnegative(opposite) {
        (false, false)
    } else {
        return None;
    };
    Some(Side { is_above, is_strict })
}

fn by_parts(pool: &mut Pool, id: ExprId, of: ExprId, depth: usize) -> Option<Side> {
    match pool.node(id) {
        Node::Symbol(symbol) if of == Pool::ZERO => {
            let known = pool.assumption(pool.name(symbol));
            let is_below = known.high == Some(0.0) && known.open_high;
            is_below.then_some(Side { is_above: false, is_strict: true })
        }
        Node::Multiple(..) | Node::Product(_) => of_product(pool, id, of, depth),
        Node::Sum(_) => of_sum(pool, id, of, depth),
        Node::Power(Pool::E, exponent) => match plain(pool, of) {
            _ if of == Pool::ZERO => Some(Side { is_above: true, is_strict: true }),
            Some(Side { is_above: true, is_strict: true }) => {
                let end = function::apply(pool, FunctionId::LN, &[of]);
                beside(pool, exponent, end, depth)
            }
            _ => None,
        },
        Node::Power(base, exponent) => {
            let exponent = pool.as_number(exponent)?.clone();
            of_power(pool, (base, &exponent), of, depth)
        }
        Node::Apply(function, list) if function.is_builtin() && list.len == 1 => {
            let argument = pool.list(list)[0];
            of_function(pool, function, argument, of, depth)
        }
        _ => None,
    }
}

/// A product by its factors, beside 0; a constant factor goes to the other side.
fn of_product(pool: &mut Pool, id: ExprId, of: ExprId, depth: usize) -> Option<Side> {
    let (coefficient, rest) = pool.coefficient(id);
    let coefficient = coefficient.clone();
    let factors = pool.factors(&rest).to_vec();
    let (constant, moving): (Vec<ExprId>, Vec<ExprId>) =
        factors.into_iter().partition(|factor| pool.is_constant(*factor));
    let constant = pool.product_with(coefficient, &constant);
    let scale = plain(pool, constant).filter(|side| side.is_strict)?;
    let found = match (of == Pool::ZERO, &moving[..]) {
        (true, factors) => {
            let mut all = Side { is_above: true, is_strict: true };
            for factor in factors {
                let own = beside(pool, *factor, Pool::ZERO, depth)?;
                let is_strict = all.is_strict && own.is_strict;
                all = Side { is_strict, ..all.turned(!own.is_above) };
            }
            all
        }
        (false, _) if constant == Pool::ONE => return None,
        (false, _) => {
            let rest = pool.product(&moving);
            let of = pool.quotient(of, constant);
            beside(pool, rest, of, depth)?
        }
    };
    Some(found.turned(!scale.is_above))
}

/// A sum of a constant and one other term, or one that has factors.
fn of_sum(pool: &mut Pool, id: ExprId, of: ExprId, depth: usize) -> Option<Side> {
    let gap = pool.difference(id, of);
    let terms = pool.terms(&gap).to_vec();
    let (constant, moving): (Vec<ExprId>, Vec<ExprId>) =
        terms.into_iter().partition(|term| pool.is_constant(*term));
    let bounded = linear(pool, &moving, &constant);
    if bounded.is_some_and(|side| side.is_strict) {
        return bounded;
    }
    if let [one] = moving[..] {
        let constant = pool.sum(&constant);
        let end = pool.negate(constant);
        return beside(pool, one, end, depth).or(bounded);
    }
    if bounded.is_some() {
        return bounded;
    }
    if pool.cost(gap) > COST {
        return None;
    }
    let (factored, _) = factor_all(pool, gap, WORK)?;
    match pool.node(factored) {
        Node::Sum(_) => None,
        _ => beside(pool, factored, Pool::ZERO, depth),
    }
}

/// A sum of multiples of symbols and a fraction, by the bounds of all of them.
fn linear(pool: &mut Pool, moving: &[ExprId], constant: &[ExprId]) -> Option<Side> {
    let constant = pool.sum(constant);
    let constant = pool.as_number(constant)?;
    let ends = |is_above: bool| {
        let (mut end, mut is_strict) = (constant.clone(), false);
        for term in moving {
            let (factor, symbol) = pool.coefficient(*term);
            let Node::Symbol(symbol) = pool.node(symbol) else { return None };
            let known = pool.assumption(pool.name(symbol));
            let (bound, is_open) = match factor.is_positive() == is_above {
                true if known.low.is_none() && known.nonnegative => {
                    (Number::ZERO, known.positive)
                }
                true => {
                    let low = known.least()?;
                    let is_open = known.open_low || known.positive && low.is_zero();
                    (low, is_open)
                }
                false => (known.greatest()?, known.open_high),
            };
            end = end.add(&bound.mul(factor));
            is_strict |= is_open;
        }
        let is_past = if is_above { end.is_positive() } else { end.is_negative() };
        let is_side = is_past || end.is_zero();
        is_side.then_some(Side { is_above, is_strict: is_past || is_strict })
    };
    ends(true).or_else(|| ends(false))
}

/// A power by its base.
fn of_power(
    pool: &mut Pool,
    (base, exponent): (ExprId, &Number),
    of: ExprId,
    depth: usize,
) -> Option<Side> {
    let end = if of == Pool::ZERO { None } else { Some(plain(pool, of)?) };
    if end.is_some_and(|side| !side.is_strict) {
        return None;
    }
    let is_odd = exponent.is_odd();
    let is_below_zero = end.is_some_and(|side| !side.is_above);
    if is_below_zero && !is_odd {
        return Some(Side { is_above: true, is_strict: true });
    }
    let inverse = exponent.recip()?;
    let inverse = pool.number(inverse);
    let size = if is_below_zero { pool.negate(of) } else { of };
    let root = match of == Pool::ZERO {
        true => Pool::ZERO,
        false => pool.power(size, inverse),
    };
    if of == Pool::ZERO && exponent.is_negative() {
        // Its sign is that of the base, which is not 0.
        let side = match is_odd {
            true => beside(pool, base, Pool::ZERO, depth)?,
            false => Side { is_above: true, is_strict: true },
        };
        return Some(Side { is_strict: true, ..side });
    }
    if exponent.is_negative() {
        // Reciprocals are compared on one side of 0.
        let own = beside(pool, base, Pool::ZERO, depth)?;
        if is_odd && own.is_above == is_below_zero {
            return Some(Side { is_above: own.is_above, is_strict: true });
        }
        let root = if own.is_above { root } else { pool.negate(root) };
        let turns = is_odd || own.is_above;
        return Some(beside(pool, base, root, depth)?.turned(turns));
    }
    if is_odd {
        let root = if is_below_zero { pool.negate(root) } else { root };
        return beside(pool, base, root, depth);
    }
    let right = beside(pool, base, root, depth);
    if !exponent.is_integer() || right.is_some_and(|side| side.is_above) {
        return right;
    }
    let opposite = pool.negate(root);
    let left = beside(pool, base, opposite, depth)?;
    match right {
        _ if !left.is_above => Some(left.turned(true)),
        Some(right) => {
            Some(Side { is_above: false, is_strict: left.is_strict && right.is_strict })
        }
        None => None,
    }
}

/// A function of one argument by its argument.
fn of_function(
    pool: &mut Pool,
    function: FunctionId,
    argument: ExprId,
    of: ExprId,
    depth: usize,
) -> Option<Side> {
    if function == FunctionId::LN && of != Pool::ZERO {
        let end = pool.power(Pool::E, of);
        return beside(pool, argument, end, depth);
    }
    if of != Pool::ZERO {
        return None;
    }
    let row = function::spec(function);
    if row.nonnegative && row.nonzero {
        return Some(Side { is_above: true, is_strict: true });
    }
    if let Some(zero) = row.zero().filter(|_| row.rises) {
        let zero = pool.integer(zero);
        return beside(pool, argument, zero, depth);
    }
    // Where a circular function begins to be above 0, in quarter turns, and for how many.
    let length = row.period?;
    let start = if row.parity == Parity::Even { -1 } else { 0 };
    let range = Range::of(pool, argument);
    let middle = f64::midpoint(range.low, range.high);
    if range.is_empty() || middle.is_nan() || middle.abs() > FAR {
        return None;
    }
    let quarters = middle / std::f64::consts::FRAC_PI_2;
    let turn = ((quarters - start as f64) / length as f64).floor() as i64;
    let mut is_strict = true;
    for (turn, is_above) in [(turn, true), (turn + 1, false)] {
        let quarters = Number::ratio(start + turn * length, 2)?;
        let end = pool.scale(&quarters, Pool::PI);
        let own = beside(pool, argument, end, depth)?;
        if own.is_above != is_above {
            return None;
        }
        is_strict &= own.is_strict;
    }
    Some(Side { is_above: turn.rem_euclid(2) == 0, is_strict })
}
