//! Points that no chosen period meets: the usual ones have short denominators, and
//! `cos(2^40*pi*x)` is 1 at all of them.

use super::compare::Comparison;
use super::observe::{Seen, Told, tell};
use super::place::Place;
use crate::kernel::{Assumption, ExprId, Node, Number, Pool};
use std::hash::{DefaultHasher, Hash, Hasher};

/// How many points are looked at.
const POINTS: usize = 2;
/// The least denominator by which a point is moved.
const LEAST: u64 = 1 << 30;

impl Comparison<'_> {
    /// A point beside one at which both agree, moved by a fraction that is drawn from what is
    /// compared, where many digits tell that they differ.
    pub(super) fn odd_witness(
        &self,
        pool: &mut Pool,
        pair: [ExprId; 2],
        seen: &Seen,
    ) -> Option<Place> {
        let seed = digest(pool, &pair);
        for (k, at) in seen.agreed.iter().take(POINTS).enumerate() {
            let mut place = Place::of_doubles(pool, &self.tape.variables, at);
            let mut is_moved = false;
            let coordinates: Vec<(ExprId, f64, Assumption)> = place
                .exact
                .iter()
                .zip(at)
                .zip(self.names())
                .map(|(((symbol, _), x), known)| (*symbol, *x, known))
                .collect();
            for (j, (symbol, x, known)) in coordinates.into_iter().enumerate() {
                let turn = seed.rotate_left((7 * k + 13 * j) as u32);
                let denominator = i64::try_from((LEAST + turn % LEAST) | 1).ok()?;
                let step = 1.0 / denominator as f64;
                let side = [1, -1]
                    .into_iter()
                    .find(|side| known.allows(x + *side as f64 * step));
                if let Some(side) = side.filter(|_| !known.integer) {
                    place = place.moved(pool, symbol, &Number::ratio(side, denominator)?);
                    is_moved = true;
                }
            }
            if !is_moved {
                continue;
            }
            if self.is_defined(&place)
                && matches!(tell(pool, pair, &place), Told::Different)
                && !self.is_excused(pool, &place)
            {
                return Some(place);
            }
        }
        None
    }
}

/// A digest of the numbers in expressions.
fn digest(pool: &Pool, roots: &[ExprId]) -> u64 {
    let mut digest = DefaultHasher::new();
    for id in pool.reachable(roots) {
        if let Node::Number(n) | Node::Multiple(n, _) = pool.node(id) {
            pool.number_at(n).to_string().hash(&mut digest);
        }
    }
    digest.finish()
}
