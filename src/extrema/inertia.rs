//! The signs of the eigenvalues of a symmetric matrix.

use super::bench::Bench;
use crate::kernel::{ExprId, Number, Pool};

/// Values below `10^-this` times the size of the matrix are taken for 0 when they are not
/// exact.
const DIGITS: i64 = 40;

/// How many eigenvalues are below 0, equal to 0 and above 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Inertia {
    pub(super) below: usize,
    pub(super) zero: usize,
    pub(super) above: usize,
}

/// The signs of the eigenvalues of a symmetric matrix of constants; `None` when an entry has
/// no value, or one that is not told from 0 may decide.
///
/// All eigenvalues are real, so the changes of sign of the characteristic polynomial count
/// them (Descartes). The polynomial comes from traces (Faddeev and Le Verrier).
pub(super) fn inertia(bench: &mut Bench<'_>, matrix: &[Vec<ExprId>]) -> Option<Inertia> {
    let n = matrix.len();
    let (mut exact, mut is_open) = (true, false);
    let mut rows: Vec<Vec<Number>> = Vec::with_capacity(n);
    for row in matrix {
        let mut numbers = Vec::with_capacity(n);
        for id in row {
            exact &= bench.pool.as_number(*id).is_some();
            numbers.push(match bench.apart_from_zero(*id)? {
                Some(number) => number,
                None => {
                    is_open |= bench.simplify(*id) != Pool::ZERO;
                    Number::ZERO
                }
            });
        }
        rows.push(numbers);
    }
    let size = rows.iter().flatten().map(Number::abs).max()?;
    if size.is_zero() {
        return (!is_open).then_some(Inertia { below: 0, zero: n, above: 0 });
    }
    // Numbers near the true entries are taken as multiples of a small unit, so that products
    // do not grow without need.
    let scale = size.recip()?;
    let mut m: Vec<Vec<Number>> = vec![vec![Number::ZERO; n]; n];
    let a: Vec<Vec<Number>> =
        rows.iter().map(|row| row.iter().map(|x| x.mul(&scale)).collect()).collect();
    let mut coefficients = vec![Number::ONE];
    for k in 1..=n {
        // M = A*M + c*I, c = -tr(A*M)/k.
        let mut next = product(&a, &m);
        let last = coefficients.last().cloned().unwrap_or(Number::ONE);
        for (at, row) in next.iter_mut().enumerate() {
            row[at] = row[at].add(&last);
        }
        m = next;
        let trace = (0..n).fold(Number::ZERO, |sum, i| {
            (0..n).fold(sum, |sum, j| sum.add(&a[i][j].mul(&m[j][i])))
        });
        let c = trace.mul(&Number::ratio(-1, k as i64)?);
        coefficients.push(c);
    }
    let least = match exact {
        true => Number::ZERO,
        false => Number::from(10).pow(-DIGITS, 1 << 12)?,
    };
    let signs: Vec<i8> = coefficients
        .iter()
        .map(|c| match c.abs() <= least {
            true => 0,
            false if c.is_positive() => 1,
            false => -1,
        })
        .collect();
    let zero = signs.iter().rev().take_while(|s| **s == 0).count();
    let above = changes(signs.iter().copied());
    let turned = signs.iter().enumerate().map(|(k, s)| if k % 2 == 1 { -s } else { *s });
    let below = changes(turned);
    (below + zero + above == n && (zero == 0 || !is_open)).then_some(Inertia {
        below,
        zero,
        above,
    })
}

fn changes(signs: impl Iterator<Item = i8>) -> usize {
    let mut last = 0;
    let mut count = 0;
    for sign in signs.filter(|s| *s != 0) {
        count += usize::from(last != 0 && sign != last);
        last = sign;
    }
    count
}

fn product(a: &[Vec<Number>], b: &[Vec<Number>]) -> Vec<Vec<Number>> {
    let n = a.len();
    let entry = |i: usize, j: usize| {
        (0..n).fold(Number::ZERO, |sum, k| sum.add(&a[i][k].mul(&b[k][j])))
    };
    (0..n).map(|i| (0..n).map(|j| entry(i, j)).collect()).collect()
}
