//! Singular values and functions of matrices of doubles.

use super::dense::Dense;

/// How often all pairs of columns are made orthogonal.
const SWEEPS: usize = 60;
/// A singular value is 0 when it is so small beside the largest.
const VANISHING: f64 = 1e-11;
/// How many terms of a power series are added.
const TERMS: u32 = 24;
/// How often a root is taken before its logarithm is a power series.
const ROOTS: u32 = 24;
/// How often Newton's method for the root is repeated.
const STEPS: usize = 60;

impl Dense {
    /// The singular values in descending order, with the left and right singular vectors as
    /// columns: rotations of pairs of columns (Hestenes 1958).
    pub(crate) fn singular(&self) -> (Self, Vec<f64>, Self) {
        if self.rows < self.cols {
            let (right, values, left) = self.transposed().singular();
            return (left, values, right);
        }
        let n = self.cols;
        let mut u = self.clone();
        let mut v = Self::identity(n);
        for _ in 0..SWEEPS {
            let mut is_done = true;
            for p in 0..n {
                for q in p + 1..n {
                    is_done &= !rotate(&mut u, &mut v, p, q);
                }
            }
            if is_done {
                break;
            }
        }
        let length =
            |j: usize| (0..u.rows).map(|i| u.at(i, j).powi(2)).sum::<f64>().sqrt();
        let values: Vec<f64> = (0..n).map(length).collect();
        let mut order: Vec<usize> = (0..n).collect();
        order.sort_by(|a, b| values[*b].total_cmp(&values[*a]));
        let left = Self::from(u.rows, n, |i, j| u.at(i, order[j]) / values[order[j]]);
        let right = Self::from(n, n, |i, j| v.at(i, order[j]));
        (left, order.into_iter().map(|j| values[j]).collect(), right)
    }

    /// The eigenvalues of a symmetric matrix in descending order, with its eigenvectors as
    /// columns: rotations that take one entry after the other away (Jacobi 1846).
    pub(crate) fn eigen(&self) -> (Vec<f64>, Self) {
        let n = self.rows;
        let mut a = self.clone();
        let mut v = Self::identity(n);
        for _ in 0..SWEEPS {
            for p in 0..n {
                for q in p + 1..n {
                    let c = a.at(p, q);
                    if c == 0.0 {
                        continue;
                    }
                    let turn = rotation(a.at(p, p), a.at(q, q), c);
                    turn_columns(&mut a, p, q, turn);
                    a = a.transposed();
                    turn_columns(&mut a, p, q, turn);
                    turn_columns(&mut v, p, q, turn);
                }
            }
        }
        let mut order: Vec<usize> = (0..n).collect();
        order.sort_by(|i, j| a.at(*j, *j).total_cmp(&a.at(*i, *i)));
        let vectors = Self::from(n, n, |i, j| v.at(i, order[j]));
        (order.into_iter().map(|j| a.at(j, j)).collect(), vectors)
    }

    /// A column.
    pub(crate) fn column(&self, j: usize) -> Self {
        Self::from(self.rows, 1, |i, _| self.at(i, j))
    }

    /// The orthogonal factor of the polar decomposition.
    pub(crate) fn polar(&self) -> Self {
        let (u, _, v) = self.singular();
        u.times(&v.transposed())
    }

    /// The pseudo-inverse, by singular values. What is so small that rounding may have made it is
    /// taken for 0; if that may not be, there is no value then: `expm(A)` has an inverse.
    pub(crate) fn pseudo_inverse(&self, is_strict: bool) -> Self {
        let (u, values, v) = self.singular();
        let least = values.first().copied().unwrap_or(0.0) * VANISHING;
        if is_strict && values.iter().any(|x| *x > 0.0 && *x <= least) {
            return Self::from(self.cols, self.rows, |_, _| f64::NAN);
        }
        Self::from(self.cols, self.rows, |i, j| {
            let kept = (0..values.len()).filter(|k| values[*k] > least);
            kept.map(|k| v.at(i, k) * u.at(j, k) / values[k]).sum()
        })
    }

    /// The identity.
    fn identity(n: usize) -> Self {
        Self::from(n, n, |i, j| f64::from(u8::from(i == j)))
    }

    /// A whole power; NaN for any other.
    pub(crate) fn raised(&self, n: f64) -> Self {
        if n.fract() != 0.0 {
            return self.map(|_| f64::NAN);
        }
        let mut square = if n < 0.0 { self.inverse().0 } else { self.clone() };
        let (mut power, mut left) = (Self::identity(self.rows), n.abs() as u64);
        while left > 0 {
            if left % 2 == 1 {
                power = power.times(&square);
            }
            square = square.times(&square);
            left /= 2;
        }
        power
    }

    /// The exponential: a power series of a part, squared.
    pub(crate) fn exponential(&self) -> Self {
        let size = self.data.iter().map(|x| x.abs()).sum::<f64>();
        let halvings = (size.log2().ceil().max(0.0) + 2.0).min(64.0) as i32;
        let part = self.map(|x| x / 2f64.powi(halvings));
        let mut term = Self::identity(self.rows);
        let mut sum = term.clone();
        for k in 1..=TERMS {
            term = term.times(&part).map(|x| x / f64::from(k));
            sum = sum.zip(&term, |x, y| x + y);
        }
        (0..halvings).fold(sum, |power, _| power.times(&power))
    }

    /// The derivative of the exponential along a matrix: a block of that of a greater matrix.
    pub(crate) fn exponential_along(&self, change: &Self) -> Self {
        let n = self.rows;
        let whole = Self::from(2 * n, 2 * n, |i, j| match (i < n, j < n) {
            (true, true) => self.at(i, j),
            (true, false) => change.at(i, j - n),
            (false, true) => 0.0,
            (false, false) => self.at(i - n, j - n),
        });
        let value = whole.exponential();
        Self::from(n, n, |i, j| value.at(i, j + n))
    }

    /// The principal square root (Denman and Beavers 1976); NaN where there is none.
    pub(crate) fn square_root(&self) -> Self {
        let (mut y, mut z) = (self.clone(), Self::identity(self.rows));
        for _ in 0..STEPS {
            let next = y.zip(&z.inverse().0, |a, b| (a + b) / 2.0);
            z = z.zip(&y.inverse().0, |a, b| (a + b) / 2.0);
            y = next;
        }
        let off = y.times(&y).zip(self, |a, b| a - b).size();
        if off <= 1e-9 * (1.0 + self.size()) { y } else { self.map(|_| f64::NAN) }
    }

    /// The principal logarithm: a power series of a root, doubled.
    pub(crate) fn logarithm(&self) -> Self {
        let eye = Self::identity(self.rows);
        let mut root = self.clone();
        let mut factor = 2.0;
        for _ in 0..ROOTS {
            if root.zip(&eye, |x, y| x - y).size() < 0.1 {
                break;
            }
            root = root.square_root();
            factor *= 2.0;
        }
        // 2*artanh(z) for z = (root - 1)/(root + 1)
        let above = root.zip(&eye, |x, y| x - y);
        let z = above.times(&root.zip(&eye, |x, y| x + y).inverse().0);
        let square = z.times(&z);
        let mut term = z.clone();
        let mut sum = z;
        for k in 1..=TERMS {
            term = term.times(&square);
            let below = f64::from(2 * k + 1);
            sum = sum.zip(&term, |x, y| x + y / below);
        }
        sum.map(|x| factor * x)
    }
}

/// Makes two columns orthogonal; says whether they were not.
fn rotate(u: &mut Dense, v: &mut Dense, p: usize, q: usize) -> bool {
    let dot =
        |a: usize, b: usize| (0..u.rows).map(|i| u.at(i, a) * u.at(i, b)).sum::<f64>();
    let (a, b, c) = (dot(p, p), dot(q, q), dot(p, q));
    if c.abs() <= 1e-15 * (a * b).sqrt() || c == 0.0 {
        return false;
    }
    let turn = rotation(a, b, c);
    turn_columns(u, p, q, turn);
    turn_columns(v, p, q, turn);
    true
}

/// The cosine and the sine of the rotation that takes `c` beside `a` and `b` away.
fn rotation(a: f64, b: f64, c: f64) -> (f64, f64) {
    let zeta = (b - a) / (2.0 * c);
    let tangent = 1f64.copysign(zeta) / (zeta.abs() + (1.0 + zeta * zeta).sqrt());
    let cosine = 1.0 / (1.0 + tangent * tangent).sqrt();
    (cosine, cosine * tangent)
}

fn turn_columns(m: &mut Dense, p: usize, q: usize, (cosine, sine): (f64, f64)) {
    let n = m.cols;
    for i in 0..m.rows {
        let (x, y) = (m.at(i, p), m.at(i, q));
        m.data[i * n + p] = cosine * x - sine * y;
        m.data[i * n + q] = sine * x + cosine * y;
    }
}
