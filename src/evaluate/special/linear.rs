//! Inverses, determinants and eigenvalues with many digits, each with a bound of its error.

use super::super::loss;
use super::Found;
use super::real::{Real, join};
use astro_float::BigFloat;
use std::cmp::Ordering;

/// How often all places beside the diagonal are made nothing in turn.
const SWEEPS: usize = 40;
/// Binary digits that are left out of what counts as nothing.
const SLACK: f64 = 24.0;
/// How many bits a matrix is below 1 before the series of its exponential.
const HALVED: f64 = 8.0;
/// How often a matrix is halved at most.
const MOST_HALVINGS: f64 = 80.0;

/// A square matrix, row by row.
pub(in super::super) struct Square {
    pub(super) rows: Vec<Vec<Real>>,
    pub(super) p: usize,
}

impl Square {
    /// Values with the binary logarithms of their errors.
    pub(in super::super) fn of(values: &[(BigFloat, i64)], n: usize, p: usize) -> Self {
        let real = |(value, error): &(BigFloat, i64)| {
            let known = Real::exact(value.clone(), p);
            match *error {
                loss::EXACT => known,
                error => known.off_by(error as f64),
            }
        };
        let rows = values.chunks(n.max(1)).map(|row| row.iter().map(real).collect());
        Self { rows: rows.collect(), p }
    }

    pub(super) fn count(&self) -> usize {
        self.rows.len()
    }

    fn one(&self) -> Real {
        Real::exact(BigFloat::from_word(1, self.p), self.p)
    }

    pub(super) fn zero(&self) -> Real {
        Real::exact(BigFloat::new(self.p), self.p)
    }

    pub(super) fn identity(&self) -> Vec<Vec<Real>> {
        let n = self.count();
        let entry = |i: usize, j: usize| if i == j { self.one() } else { self.zero() };
        (0..n).map(|i| (0..n).map(|j| entry(i, j)).collect()).collect()
    }

    /// The determinant, and the inverse on demand, row by row: NaN where there is none, with
    /// an error of any size where the digits do not tell.
    pub(in super::super) fn eliminated(mut self, inverts: bool) -> (Found, Vec<Found>) {
        let n = self.count();
        let mut right = if inverts { self.identity() } else { vec![Vec::new(); n] };
        let mut determinant = self.one();
        for k in 0..n {
            let size = |i: usize| match self.rows[i][k].is_lost() {
                true => f64::NEG_INFINITY,
                false => self.rows[i][k].size(),
            };
            let pivot = (k..n).max_by(|a, b| size(*a).total_cmp(&size(*b))).unwrap_or(k);
            if size(pivot) == f64::NEG_INFINITY {
                let is_zero = (k..n).all(|i| {
                    let x = &self.rows[i][k];
                    x.is_zero() && x.error == f64::NEG_INFINITY
                });
                let (zero, unknown) = (found(&self.zero()), lost(self.p));
                let count = if inverts { n * n } else { 0 };
                return match is_zero {
                    true => (zero, (0..count).map(|_| super::undefined()).collect()),
                    false => (unknown, (0..count).map(|_| lost(self.p)).collect()),
                };
            }
            if pivot != k {
                self.rows.swap(pivot, k);
                right.swap(pivot, k);
                determinant = -determinant;
            }
            let head = self.rows[k][k].clone();
            determinant = &determinant * &head;
            let inverse = head.inverse();
            for row in [&mut self.rows[k], &mut right[k]] {
                row.iter_mut().for_each(|x| *x = &*x * &inverse);
            }
            let (above, own) = (self.rows[k].clone(), right[k].clone());
            let first = if inverts { 0 } else { k + 1 };
            for i in (first..n).filter(|i| *i != k) {
                let factor = self.rows[i][k].clone();
                if factor.is_zero() && factor.error == f64::NEG_INFINITY {
                    continue;
                }
                for (x, y) in self.rows[i].iter_mut().zip(&above).skip(k) {
                    *x = &*x - &(&factor * y);
                }
                for (x, y) in right[i].iter_mut().zip(&own) {
                    *x = &*x - &(&factor * y);
                }
            }
        }
        (found(&determinant), right.iter().flatten().map(found).collect())
    }

    /// The inverse, where the digits tell that there is one.
    pub(super) fn inverted(&self) -> Option<Self> {
        let (_, entries) = Self { rows: self.rows.clone(), p: self.p }.eliminated(true);
        if entries.iter().any(|x| x.value.is_nan() || x.error >= loss::ALL) {
            return None;
        }
        let entries: Vec<(BigFloat, i64)> =
            entries.into_iter().map(|x| (x.value, x.error)).collect();
        Some(Self::of(&entries, self.count(), self.p))
    }

    /// The exponential: the series at a part of the matrix, squared as often as that was
    /// halved (Higham, *Functions of Matrices*, SIAM 2008, ch. 10).
    pub(in super::super) fn exponential(self) -> Vec<Found> {
        let (n, p) = (self.count(), self.p);
        let halvings = (norm(&self.rows).ceil() + HALVED).max(0.0);
        if halvings > MOST_HALVINGS {
            return (0..n * n).map(|_| lost(p)).collect();
        }
        let mut scale = self.one();
        for _ in 0..halvings as usize {
            scale = &scale / 2;
        }
        let part: Vec<Vec<Real>> = self
            .rows
            .iter()
            .map(|row| row.iter().map(|x| x * &scale).collect())
            .collect();
        let mut sum = self.identity();
        let mut term = self.identity();
        // Where the first powers are 0, all are: they are sums of those (Cayley and Hamilton).
        let is_zero = |x: &Real| x.is_zero() && x.error == f64::NEG_INFINITY;
        let zeros = |rows: &[Vec<Real>]| -> Vec<bool> {
            rows.iter().flatten().map(is_zero).collect()
        };
        let mut nothing = zeros(&term);
        for k in 1..=p as i64 {
            term = product(&term, &part, p);
            term.iter_mut().flatten().for_each(|x| *x = &*x / k);
            for (x, y) in sum.iter_mut().flatten().zip(term.iter().flatten()) {
                *x = &*x + y;
            }
            if k < n as i64 {
                for (known, own) in nothing.iter_mut().zip(zeros(&term)) {
                    *known &= own;
                }
            } else if norm(&term) < -(p as f64) {
                break;
            }
        }
        // What is left out is less than the last term, of which each next is a small part.
        let rest = norm(&term) + 1.0;
        sum.iter_mut().flatten().for_each(|x| *x = x.clone().off_by(rest));
        for _ in 0..halvings as usize {
            sum = product(&sum, &sum, p);
        }
        let zero = self.zero();
        let entries = sum.iter().flatten().zip(nothing);
        entries.map(|(x, is_nothing)| found(if is_nothing { &zero } else { x })).collect()
    }

    /// The eigenvalues of a symmetric matrix, the greatest first.
    pub(in super::super) fn eigenvalues(self) -> Vec<Found> {
        let n = self.count();
        let Some(spectrum) = self.spectrum() else {
            return (0..n).map(|_| lost(self.p)).collect();
        };
        let discs = &spectrum.discs;
        // Discs that meet have as many eigenvalues as there are, anywhere in them.
        let mut all = Vec::with_capacity(n);
        let mut start = 0;
        for end in 1..=n {
            if end < n && discs[end - 1].meets(&discs[end]) {
                continue;
            }
            let group = &discs[start..end];
            let width = (&group[0].centre - &group[group.len() - 1].centre).size();
            let radius = group.iter().fold(width, |sum, disc| join(sum, disc.radius));
            all.extend(
                group.iter().map(|disc| found(&disc.centre.clone().off_by(radius))),
            );
            start = end;
        }
        all
    }

    /// The eigenvector of the eigenvalue at a place, the greatest first, with length 1 and a
    /// greatest entry above 0; with an error of any size where the eigenvalue is one of
    /// several that the digits do not tell apart.
    pub(in super::super) fn eigenvector(self, place: usize) -> Vec<Found> {
        let n = self.count();
        let found_vector = self.spectrum().and_then(|spectrum| spectrum.vector(place));
        match found_vector {
            Some(vector) => vector.iter().map(found).collect(),
            None => (0..n).map(|_| lost(self.p)).collect(),
        }
    }

    /// Rotations make the matrix nearly diagonal (Jacobi 1846); what its eigenvalues are off is
    /// bounded by discs (Gershgorin 1931).
    fn spectrum(&self) -> Option<Spectrum> {
        let vectors = self.rotations();
        let inverse = Self { rows: vectors.clone(), p: self.p }.inverted()?;
        let near = product(&inverse.rows, &product(&self.rows, &vectors, self.p), self.p);
        let mut discs: Vec<Disc> = Vec::with_capacity(self.count());
        for (column, row) in near.iter().enumerate() {
            let beside = row.iter().enumerate().filter(|(j, _)| *j != column);
            let radius =
                beside.fold(row[column].error, |sum, (_, x)| join(sum, bound(x)));
            discs.push(Disc { centre: row[column].pinned(), radius, column });
        }
        discs.sort_by(|a, b| {
            b.centre.value.partial_cmp(&a.centre.value).unwrap_or(Ordering::Equal)
        });
        Some(Spectrum { vectors, near, discs })
    }

    /// Columns that are nearly eigenvectors.
    fn rotations(&self) -> Vec<Vec<Real>> {
        let n = self.count();
        let mut a: Vec<Vec<Real>> =
            self.rows.iter().map(|row| row.iter().map(Real::pinned).collect()).collect();
        let mut vectors = self.identity();
        let greatest =
            a.iter().flatten().map(Real::size).fold(f64::NEG_INFINITY, f64::max);
        let nothing = greatest - self.p as f64 + SLACK;
        for _ in 0..SWEEPS {
            let mut is_done = true;
            for i in 0..n {
                for j in i + 1..n {
                    if a[i][j].size() <= nothing {
                        continue;
                    }
                    is_done = false;
                    let (cosine, sine) = rotation(&a[i][i], &a[j][j], &a[i][j]);
                    for k in 0..n {
                        turn(&mut a[k], (i, j), (&cosine, &sine));
                        turn(&mut vectors[k], (i, j), (&cosine, &sine));
                    }
                    let (upper, lower) = a.split_at_mut(j);
                    for (x, y) in upper[i].iter_mut().zip(lower[0].iter_mut()) {
                        let (old_x, old_y) = (x.clone(), y.clone());
                        *x = (&cosine * &old_x - &sine * &old_y).pinned();
                        *y = (&sine * &old_x + &cosine * &old_y).pinned();
                    }
                }
            }
            if is_done {
                break;
            }
        }
        vectors
    }
}

/// Where an eigenvalue is: a centre, and the binary logarithm of a radius.
struct Disc {
    centre: Real,
    radius: f64,
    /// The column of the vector that goes with it.
    column: usize,
}

impl Disc {
    /// The binary logarithm of at least half of the distance between centres; nothing where
    /// discs may meet.
    fn gap(&self, other: &Self) -> Option<f64> {
        let gap = (&self.centre - &other.centre).size() - 2.0;
        (gap > join(self.radius, other.radius)).then_some(gap)
    }

    fn meets(&self, other: &Self) -> bool {
        self.gap(other).is_none()
    }
}

/// A matrix that is nearly diagonal over columns that are nearly eigenvectors.
struct Spectrum {
    vectors: Vec<Vec<Real>>,
    near: Vec<Vec<Real>>,
    discs: Vec<Disc>,
}

impl Spectrum {
    /// In the nearly diagonal matrix `B`, an eigenvector with 1 at its own place has at the
    /// others at most the greatest entry of its column over half of the gap, where the rows of
    /// `B` beside the diagonal come to less than that.
    fn vector(&self, place: usize) -> Option<Vec<Real>> {
        let own = self.discs.get(place)?;
        let mut gap = f64::INFINITY;
        for (_, other) in self.discs.iter().enumerate().filter(|(k, _)| *k != place) {
            gap = gap.min(own.gap(other)?);
        }
        if self.discs.len() > 1 && self.discs.iter().any(|disc| disc.radius >= gap - 1.0)
        {
            return None;
        }
        let rows = self.near.iter().enumerate().filter(|(i, _)| *i != own.column);
        let greatest = rows
            .fold(f64::NEG_INFINITY, |most, (_, row)| most.max(bound(&row[own.column])));
        let off = greatest - gap + 1.0;
        let sizes = self.vectors.iter().flatten().map(Real::size);
        let spread = sizes.fold(f64::NEG_INFINITY, f64::max);
        let error = off + spread + (self.vectors.len() as f64).log2();
        let column =
            self.vectors.iter().map(|row| row[own.column].pinned().off_by(error));
        let column: Vec<Real> = column.collect();
        let squares = column.iter().map(Real::square);
        let length = squares.reduce(|sum, x| sum + x)?.sqrt();
        let most = column.iter().max_by(|a, b| {
            a.abs().value.partial_cmp(&b.abs().value).unwrap_or(Ordering::Equal)
        })?;
        let length = if most.is_negative() { -length } else { length };
        Some(column.iter().map(|x| x / &length).collect())
    }
}

/// The binary logarithm of a bound of the greatest sum of sizes along a row.
pub(super) fn norm(rows: &[Vec<Real>]) -> f64 {
    let row = |row: &Vec<Real>| {
        row.iter().fold(f64::NEG_INFINITY, |sum, x| join(sum, bound(x)))
    };
    rows.iter().map(row).fold(f64::NEG_INFINITY, f64::max)
}

/// The binary logarithm of the size of a value and of its error.
fn bound(x: &Real) -> f64 {
    join(x.size(), x.error)
}

/// Cosine and sine of the rotation that makes `b` nothing between the diagonal entries `x` and
/// `y`.
fn rotation(x: &Real, y: &Real, b: &Real) -> (Real, Real) {
    let ratio = ((y - x) / (b * 2)).pinned();
    let root = (ratio.square() + 1).sqrt();
    let tangent = match ratio.is_negative() {
        true => -(root - &ratio).inverse(),
        false => (root + &ratio).inverse(),
    };
    let tangent = tangent.pinned();
    let cosine = (tangent.square() + 1).sqrt().inverse().pinned();
    let sine = (&tangent * &cosine).pinned();
    (cosine, sine)
}

/// Turns two places of a row.
fn turn(row: &mut [Real], (i, j): (usize, usize), (cosine, sine): (&Real, &Real)) {
    let (x, y) = (row[i].clone(), row[j].clone());
    row[i] = (cosine * &x - sine * &y).pinned();
    row[j] = (sine * &x + cosine * &y).pinned();
}

pub(super) fn product(a: &[Vec<Real>], b: &[Vec<Real>], p: usize) -> Vec<Vec<Real>> {
    let zero = Real::exact(BigFloat::new(p), p);
    let entry = |row: &[Real], j: usize| {
        let products = row.iter().zip(b).map(|(x, other)| x * &other[j]);
        products.fold(zero.clone(), |sum, x| sum + x)
    };
    let cols = b.first().map_or(0, Vec::len);
    a.iter().map(|row| (0..cols).map(|j| entry(row, j)).collect()).collect()
}

pub(super) fn found(x: &Real) -> Found {
    if x.is_nan() {
        return super::undefined();
    }
    let error = match x.error {
        f64::NEG_INFINITY => loss::EXACT,
        error => (error.ceil().clamp(-1e15, 1e15) as i64).clamp(loss::EXACT, loss::ALL),
    };
    Found { value: x.value.clone(), error }
}

/// What may have any value, as far as the digits tell.
pub(super) fn lost(p: usize) -> Found {
    Found { value: BigFloat::from_word(1, p), error: loss::ALL }
}
