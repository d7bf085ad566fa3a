//! A model whose prime is drawn from what is compared, so that nobody can choose numbers that
//! the primes of the table divide.

use super::evaluate::hash;
use super::model::{Model, TURN};
use crate::kernel::{ExprId, Node, Number, Pool};
use crate::polynomial::is_prime;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Numbers below this many bits stand for themselves in every model, and so do products of two.
const SHORT: u32 = 30;
/// The primes that must be squares, besides 2, 3 and 5, which are whenever -1 is the rest
/// modulo a turn.
const SQUARES: [u64; 10] = [7, 11, 13, 17, 19, 23, 29, 31, 37, 41];
/// Primes are looked for between these.
const RANGE: std::ops::Range<u64> = (1 << 60)..(1 << 62);
/// How many classes are tried, each with some hundred numbers.
const CLASSES: u64 = 1000;

/// How many models are drawn until one will do.
const DRAWS: u64 = 24;

/// The models that are drawn for expressions with long numbers, in turn; `None` when they have
/// none.
pub(super) fn drawn(
    pool: &Pool,
    roots: &[ExprId],
) -> Option<impl Iterator<Item = Model> + use<>> {
    let mut digest = DefaultHasher::new();
    let mut is_needed = false;
    for id in pool.reachable(roots) {
        let (Node::Number(n) | Node::Multiple(n, _)) = pool.node(id) else { continue };
        let number = pool.number_at(n);
        is_needed |= is_long(number);
        number.to_string().hash(&mut digest);
    }
    let seed = digest.finish();
    is_needed.then(|| (0..DRAWS).filter_map(move |k| draw(seed.wrapping_add(k))))
}

fn is_long(n: &Number) -> bool {
    let is_short =
        |part: Number| part.to_i64().is_some_and(|n| n.unsigned_abs() >> SHORT == 0);
    !is_short(n.numerator()) || !is_short(n.denominator())
}

fn draw(seed: u64) -> Option<Model> {
    (0..CLASSES).find_map(|class| {
        let (first, step) = class_of(seed, class);
        let start = RANGE.start / step * step + first;
        // Steps are longer than sizes may be on small machines.
        let candidates = std::iter::successors(Some(start), |p| p.checked_add(step));
        let mut candidates = candidates.take_while(|p| RANGE.contains(p));
        let p = candidates.find(|p| {
            is_prime(*p) && is_prime((p - 1) / 2) && is_prime((p + 1) / TURN)
        })?;
        let model = Model::new(p);
        (!model.circle.is_empty()).then_some(model)
    })
}

/// A class of numbers `first + k*step` in which all of `SQUARES` are squares modulo a prime, and
/// none of them divides the orders of the groups.
fn class_of(seed: u64, class: u64) -> (u64, u64) {
    let (mut first, mut step) = (TURN - 1, TURN);
    for (place, l) in SQUARES.into_iter().enumerate() {
        // By quadratic reciprocity l is a square modulo p = -1 mod 4 exactly when p is one
        // modulo l, or is none and l is 3 modulo 4.
        let wanted = l % 4 == 1;
        let fits = |a: &u64| {
            let is_square = (1..l).any(|x| x * x % l == *a);
            is_square == wanted && *a != 1 && *a != l - 1
        };
        let rests: Vec<u64> = (1..l).filter(fits).collect();
        let drawn = (hash(seed, &[class, place as u64]) % rests.len() as u64) as usize;
        while first % l != rests[drawn] {
            first += step;
        }
        step *= l;
    }
    (first, step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_primes_are_squares_in_models_that_are_drawn() {
        for seed in 0..40 {
            let model = draw(seed);
            assert!(model.is_some(), "{seed}");
            let Some(model) = model else { continue };
            let f = &model.values;
            for n in [2, 3, 5].into_iter().chain(SQUARES) {
                assert!(model.is_positive(f.residue(n)), "{n} in the model of {seed}");
            }
            assert!(!model.is_positive(f.neg(f.one)));
        }
    }
}
