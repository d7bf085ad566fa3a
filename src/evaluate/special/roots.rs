//! Roots and logarithms of square matrices, each with a bound of its error.

use super::Found;
use super::linear::{Square, found, lost, norm, product};
use super::real::Real;

/// How often the iteration of the root is repeated.
const STEPS: usize = 80;
/// How often a root is taken before its logarithm is a series.
const ROOTS: usize = 60;
/// How far from the identity a matrix may be there, as a binary logarithm.
const NEAR: f64 = -2.0;

impl Square {
    /// The principal square root (Denman and Beavers 1976). What the last matrix is off is
    /// bounded by what its square is off and the inverse of the derivative of squaring; where
    /// there is no such bound, nothing is known.
    pub(in super::super) fn square_root(&self) -> Vec<Found> {
        let n = self.count();
        match self.root() {
            Some(root) => root.rows.iter().flatten().map(found).collect(),
            None => (0..n * n).map(|_| lost(self.p)).collect(),
        }
    }

    /// The principal logarithm: a series of a root, doubled (Higham, *Functions of Matrices*,
    /// SIAM 2008, ch. 11).
    pub(in super::super) fn logarithm(&self) -> Vec<Found> {
        let n = self.count();
        let found_rows = self.logarithm_rows();
        match found_rows {
            Some(rows) => rows.iter().flatten().map(found).collect(),
            None => (0..n * n).map(|_| lost(self.p)).collect(),
        }
    }

    fn root(&self) -> Option<Self> {
        let nearly = |x: &Real, y: &Real| ((x + y) / 2).pinned();
        let mut y = self.pinned();
        let mut z = self.with(self.identity());
        let mut last = f64::INFINITY;
        for _ in 0..STEPS {
            let next = y.zip(&z.inverted()?, nearly);
            z = z.zip(&y.inverted()?, nearly);
            let step = norm(&next.zip(&y, |a, b| a - b).rows);
            let size = norm(&next.rows);
            y = next;
            // Steps are squared each time, until rounding is left.
            let is_small = step < size - self.p as f64 / 4.0;
            if is_small && step >= last - 1.0 || step == f64::NEG_INFINITY {
                break;
            }
            last = step;
        }
        let square = self.with(product(&y.rows, &y.rows, self.p));
        let off = norm(&square.zip(self, |a, b| a - b).rows);
        let back = norm(&y.doubled()?.rows);
        let count = (self.count() as f64).log2();
        if 2.0 + 2.0 * back + count + off >= -1.0 {
            return None;
        }
        let error = 1.0 + back + off;
        y.rows.iter_mut().flatten().for_each(|x| *x = x.clone().off_by(error));
        Some(y)
    }

    /// The inverse of `E -> Y*E + E*Y`, over the entries row by row.
    fn doubled(&self) -> Option<Self> {
        let n = self.count();
        let entry = |r: usize, c: usize| {
            let ((i, j), (k, l)) = ((r / n, r % n), (c / n, c % n));
            let zero = || self.zero();
            let left = if j == l { self.rows[i][k].clone() } else { zero() };
            let right = if i == k { self.rows[l][j].clone() } else { zero() };
            left + right
        };
        let rows = (0..n * n).map(|r| (0..n * n).map(|c| entry(r, c)).collect());
        self.with(rows.collect()).inverted()
    }

    fn logarithm_rows(&self) -> Option<Vec<Vec<Real>>> {
        let eye = self.with(self.identity());
        let mut root = self.with(self.rows.clone());
        let mut halvings = 0;
        while norm(&root.zip(&eye, |a, b| a - b).rows) > NEAR {
            halvings += 1;
            if halvings > ROOTS {
                return None;
            }
            root = root.root()?;
        }
        // 2*artanh(z) for z = (root - 1)/(root + 1)
        let below = root.zip(&eye, |a, b| a + b).inverted()?;
        let above = root.zip(&eye, |a, b| a - b);
        let z = product(&above.rows, &below.rows, self.p);
        let square = product(&z, &z, self.p);
        let (mut term, mut sum) = (z.clone(), z);
        for k in 1..=self.p as i64 {
            term = product(&term, &square, self.p);
            for (x, y) in sum.iter_mut().flatten().zip(term.iter().flatten()) {
                *x = &*x + &(y / (2 * k + 1));
            }
            if norm(&term) < -(self.p as f64) {
                break;
            }
        }
        let rest = norm(&term) + 1.0;
        let scale = |x: &Real| {
            let x = x.clone().off_by(rest);
            (0..=halvings).fold(x, |x, _| x * 2)
        };
        Some(sum.iter().map(|row| row.iter().map(scale).collect()).collect())
    }

    fn with(&self, rows: Vec<Vec<Real>>) -> Self {
        Self { rows, p: self.p }
    }

    fn pinned(&self) -> Self {
        self.with(
            self.rows.iter().map(|row| row.iter().map(Real::pinned).collect()).collect(),
        )
    }

    fn zip(&self, other: &Self, f: impl Fn(&Real, &Real) -> Real) -> Self {
        let both = self.rows.iter().zip(&other.rows);
        let row = |(a, b): (&Vec<Real>, &Vec<Real>)| {
            a.iter().zip(b).map(|(x, y)| f(x, y)).collect()
        };
        self.with(both.map(row).collect())
    }
}
