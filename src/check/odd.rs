//! Points that no chosen period meets: the usual ones have short denominators, and
//! `cos(2^40*pi*x)` is 1 at all of them. And points as far out, or as near to 0, as numbers in
//! what is compared are: `arctan(tan(x/10^12))` is `x/10^12` up to there.

use super::compare::Comparison;
use super::observe::{Seen, Told, tell};
use super::place::Place;
use super::points::is_assumed;
use crate::kernel::{Assumption, ExprId, Node, Number, Pool};
use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};

/// How many points are looked at.
const POINTS: usize = 2;
/// Numbers that are greater than this, or less than its reciprocal, are sizes of coordinates.
const FAR: f64 = 1e5;
/// How many sizes are looked at, and at which multiples of them.
const SIZES: usize = 6;
const MOST: i32 = 500;
const MULTIPLES: [f64; 3] = [1.25, 5.5, 13.0];
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
        self.far_witness(pool, pair, seen)
    }

    /// A point with coordinates of the size of numbers in what is compared, one of them or all,
    /// where many digits tell that both differ.
    fn far_witness(
        &self,
        pool: &mut Pool,
        pair: [ExprId; 2],
        seen: &Seen,
    ) -> Option<Place> {
        let own = seen.agreed.first()?;
        let names = self.names();
        for size in sizes(pool, &pair).into_iter().take(SIZES) {
            for multiple in MULTIPLES.into_iter().flat_map(|m| [m * size, -m * size]) {
                let which = (0..own.len()).map(Some).chain([None]);
                for which in which.take(if own.len() == 1 { 1 } else { usize::MAX }) {
                    let moved = own.iter().enumerate().map(|(place, x)| match which {
                        Some(only) if only != place => *x,
                        _ => multiple,
                    });
                    let at: Vec<f64> = moved.collect();
                    if !is_assumed(&at, &names) {
                        continue;
                    }
                    let place = Place::of_doubles(pool, &self.tape.variables, &at);
                    if self.is_defined(&place)
                        && matches!(tell(pool, pair, &place), Told::Different)
                        && !self.is_excused(pool, &place)
                    {
                        return Some(place);
                    }
                }
            }
        }
        None
    }
}

/// The sizes of coordinates at which numbers in expressions matter: their own, those of their
/// numerators and denominators, their roots, and the reciprocals of all, as powers of 2.
fn sizes(pool: &Pool, roots: &[ExprId]) -> Vec<f64> {
    let mut found = BTreeSet::new();
    for id in pool.reachable(roots) {
        let (Node::Number(n) | Node::Multiple(n, _)) = pool.node(id) else { continue };
        let number = pool.number_at(n);
        for size in
            [number.to_f64(), number.numerator().to_f64(), number.denominator().to_f64()]
        {
            let power = size.abs().log2().round();
            if power.is_finite() && power.abs() > FAR.log2() {
                let power = power.abs() as i32;
                found.extend([power, power / 2]);
            }
        }
    }
    let usual = found.into_iter().rev().filter(|power| *power < MOST);
    usual.flat_map(|power| [power, -power].map(|power| 2f64.powi(power))).collect()
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
