//! A function on one side of a point, in powers of the distance that may be broken.
//!
//! With `s^k` for the distance, what has the powers `1/k`, `2/k`, … of it is a power series in
//! `s`, and those are calculated already.

use super::expander::{Expander, Frame, MAX_WORK};
use super::terms;
use crate::calculus::{Beside, Exactness};
use crate::error::ErrorKind;
use crate::function;
use crate::kernel::{ExprId, Node, Number, Pool};
use crate::simplify::Simplifier;
use num_integer::Integer;

/// A name that cannot be typed, of the distance or a root of it.
const DISTANCE: &str = "\u{1}t";
/// The greatest denominator of an exponent.
const MAX_ROOT: u32 = 12;
/// The work on one root of the distance: where it is too low, no order is enough.
const WORK: u64 = 5_000_000;
/// The highest order in a root of the distance.
const MAX_ORDER: u32 = 400;

/// A function of one variable on the left or the right of a value, up to a power of the distance.
pub fn expand_beside(
    pool: &mut Pool,
    simplifier: &mut Simplifier,
    of: ExprId,
    (symbol, at): (ExprId, ExprId),
    is_left: bool,
    order: u32,
) -> Beside {
    let distance = pool.symbol(DISTANCE);
    let frame = Frame { variables: [(distance, Pool::ZERO)].into_iter().collect() };
    for root in roots(pool, of) {
        let wanted = order.saturating_mul(root);
        if wanted > MAX_ORDER && root > 1 {
            break;
        }
        let size = pool.integer_power(distance, i64::from(root));
        let step = if is_left { pool.negate(size) } else { size };
        let place = pool.sum(&[at, step]);
        let moved = pool.substitute(&[of], &[(symbol, place)], function::apply)[0];
        let mut expander = Expander::new(pool, simplifier);
        expander.from_right = true;
        expander.work = MAX_WORK - WORK;
        let found = terms(&mut expander, moved, &frame, wanted as usize);
        let is_outside = expander.is_outside;
        match found {
            Ok(found) => {
                let exponent = |degree: u32| Number::ratio(degree.into(), root.into());
                let terms = found.terms.into_iter();
                let terms: Option<Vec<_>> =
                    terms.map(|(degree, id)| Some((exponent(degree[0])?, id))).collect();
                let exactness =
                    if found.ends { Exactness::Whole } else { Exactness::Cut };
                return terms
                    .map_or(Beside::Unknown, |terms| Beside::Sum(terms, exactness));
            }
            Err(error) if is_outside && matches!(error.kind, ErrorKind::Undefined(_)) => {
                return Beside::Outside;
            }
            Err(_) if pool.failure().is_some() => break,
            Err(_) => {}
        }
    }
    Beside::Unknown
}

/// The denominators that exponents may have, smaller ones first: as roots stand in each other,
/// also the square of what they have alone.
fn roots(pool: &Pool, of: ExprId) -> Vec<u32> {
    let mut own = 1_u32;
    for id in pool.reachable(&[of]) {
        let below = match pool.node(id) {
            Node::Power(_, exponent) => {
                let below = pool.as_number(exponent).map(Number::denominator);
                let below = below.and_then(|below| below.to_i64());
                below.and_then(|below| u32::try_from(below).ok()).unwrap_or(1)
            }
            Node::Apply(function, _) if function.is_builtin() => {
                match function::spec(function).name {
                    "cbrt" => 3,
                    "arcsin" | "arccos" | "arcosh" | "arsech" | "hypot" => 2,
                    _ => 1,
                }
            }
            _ => 1,
        };
        let both = own.lcm(&below);
        own = if both <= MAX_ROOT { both } else { own };
    }
    let mut found = vec![1, own, own * own];
    found.retain(|root| *root <= MAX_ROOT);
    found.dedup();
    found
}
