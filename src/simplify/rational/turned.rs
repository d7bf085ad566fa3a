//! Polynomials over the complex numbers that are real ones in turned variables.
//!
//! `1 + i*t` is `1 - s` with `s = -i*t`. Where some kernels can be turned by a quarter so that
//! every polynomial becomes real, up to a factor i, they are factored and cancelled there.

use super::factored::{Factored, Ring};
use super::generators::{Generators, Kernel, outer_nodes};
use crate::kernel::{ExprId, Node, Pool};
use crate::polynomial::Polynomial;

/// More variables than bits are not tried.
const MAX_VARIABLES: usize = 60;

/// The generators with some variables turned by a quarter, so that the polynomials of a value
/// are real; `None` when i does not occur or nothing can be turned.
pub(super) fn over_real(
    pool: &mut Pool,
    root: ExprId,
    ring: &Ring<'_>,
    value: &Factored,
) -> Option<Generators> {
    let generators = &ring.generators;
    let unit = pool.imaginary_unit();
    let i = generators.ids.iter().position(|id| *id == unit)?;
    let count = generators.ids.len();
    if count > MAX_VARIABLES {
        return None;
    }
    let is_fixed = |place: usize| {
        let free =
            matches!(pool.node(generators.ids[place]), Node::Symbol(_) | Node::Apply(..));
        !free || generators.magnitudes.iter().any(|known| known.0 == place)
    };
    let met = value.powers.iter().filter(|(place, _)| *place >= count);
    let polynomials = met.map(|(place, _)| &ring.factors[place]).chain([&value.rest]);
    let mut rows = Vec::new();
    for p in polynomials {
        parities(p, i, &mut rows);
    }
    if rows.iter().all(|row| row >> count & 1 == 0) {
        return None;
    }
    let turned = solved(rows, count, is_fixed)?;
    let mut new = generators.clone();
    new.turn(pool, root, i, &turned);
    Some(new)
}

/// What the parities of the terms of a polynomial ask for: a bit for each variable that
/// makes a difference, and one above them for that of i.
fn parities(p: &Polynomial, i: usize, rows: &mut Vec<u64>) {
    let parity = |exponents: &[u32]| {
        let bits = exponents.iter().enumerate().filter(|(place, _)| *place != i);
        let odd = bits.filter(|(_, n)| *n % 2 == 1);
        let own = u64::from(exponents[i] % 2) << exponents.len();
        odd.fold(own, |bits, (place, _)| bits | 1 << place)
    };
    let mut first = None;
    for (exponents, _) in p.terms() {
        let bits = parity(exponents);
        match first {
            None => first = Some(bits),
            Some(first) => rows.push(first ^ bits),
        }
    }
}

/// Which variables to turn, by elimination modulo 2; free ones are not.
fn solved(
    rows: Vec<u64>,
    count: usize,
    is_fixed: impl Fn(usize) -> bool,
) -> Option<Vec<usize>> {
    let fixed = (0..count).filter(|place| is_fixed(*place));
    let mask = fixed.fold(u64::MAX, |mask, place| mask & !(1 << place));
    let mut pivots: Vec<(usize, u64)> = Vec::new();
    for row in rows {
        let mut row = row & mask;
        for (place, pivot) in &pivots {
            if row >> place & 1 == 1 {
                row ^= pivot;
            }
        }
        let left = row & ((1 << count) - 1);
        if left == 0 {
            if row != 0 {
                return None;
            }
            continue;
        }
        let place = left.trailing_zeros() as usize;
        for (_, pivot) in &mut pivots {
            if *pivot >> place & 1 == 1 {
                *pivot ^= row;
            }
        }
        pivots.push((place, row));
    }
    let turned = pivots.iter().filter(|(_, row)| row >> count & 1 == 1);
    Some(turned.map(|(place, _)| *place).collect())
}

impl Generators {
    /// Replaces variables by -i times them.
    fn turn(&mut self, pool: &mut Pool, root: ExprId, i: usize, turned: &[usize]) {
        let minus = pool.negate(self.ids[i]);
        for place in turned {
            let id: ExprId = self.ids[*place];
            self.ids[*place] = pool.product(&[minus, id]);
            let kernel = Kernel::turned(*place, i);
            if matches!(pool.node(id), Node::Symbol(_) | Node::Constant(_)) {
                self.kernels.insert(id, kernel);
            }
        }
        for node in outer_nodes(pool, root) {
            let is_plain = matches!(pool.node(node), Node::Symbol(_) | Node::Constant(_));
            let Some(kernel) = self.kernels.get_mut(&node).filter(|_| !is_plain) else {
                continue;
            };
            let times: i64 = kernel
                .powers
                .iter()
                .filter(|(place, _)| turned.contains(place))
                .map(|(_, n)| n)
                .sum();
            if times != 0 {
                kernel.powers.push((i, times));
            }
        }
        for (variable, constant, sign, other) in &mut self.squares {
            if turned.contains(other) {
                *sign = -*sign;
            }
            if turned.contains(variable) {
                (*constant, *sign) = (-*constant, -*sign);
            }
        }
    }
}
