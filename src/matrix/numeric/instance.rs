//! Random sizes and entries, the same in every run.

use super::super::form::{FormId, Scope, Structure};
use super::super::shape::{Shape, Size, SizeId};
use super::dense::Dense;
use crate::kernel::Assumption;
use rustc_hash::FxHashMap;

/// A number for each name.
#[derive(Clone, Debug)]
pub(crate) struct Instance {
    sizes: Vec<usize>,
    /// The values of declared names.
    pub variables: Vec<Dense>,
    /// The values of indices of entries, from 0.
    pub indices: Vec<usize>,
    /// The value of a definition that is taken as a variable.
    pub fixed: Option<(u16, Dense)>,
    /// The values of differentials that are not written out.
    pub changes: FxHashMap<FormId, Dense>,
    /// What is added to the values of definitions.
    pub shifts: FxHashMap<u16, Dense>,
}

/// What entries of few digits are a multiple of the inverse of.
const COARSE: f64 = 4096.0;
/// How much of an entry is changed to see how far a value depends on its last digits.
const NUDGE: f64 = 1e-11;

/// The most entries of an array.
pub(crate) const MAX_ENTRIES: usize = 400;
/// How many attempts have entries of size 1.
const PLAIN: usize = 6;
/// The sizes of entries after those.
const SCALES: [f64; 8] = [1.0, 1.0, 1.0, 4.0, 4.0, 30.0, 300.0, 3000.0];

/// A number in [0, 1) from a counter: the finaliser of splitmix64 (Steele, Lea, Flood 2014).
fn fraction(counter: u64) -> f64 {
    let mut z = counter.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(0x2545_f491);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^= z >> 31;
    (z >> 44) as f64 / (1u64 << 20) as f64
}

impl Instance {
    /// The instance of an attempt; `least` is the smallest size. Named sizes are distinct, so
    /// that a transpose cannot hide. `None` when sizes given as numbers are too large.
    pub(crate) fn of(attempt: usize, least: usize, scope: &Scope) -> Option<Self> {
        let named =
            scope.sizes.ids().filter(|id| matches!(scope.sizes.get(*id), Size::Named(_)));
        let count = named.count();
        let mut sizes = Vec::new();
        let mut place = 0;
        for id in scope.sizes.ids() {
            let value = match scope.sizes.get(id) {
                Size::Fixed(n) => *n as usize,
                Size::Named(_) => {
                    place += 1;
                    least + (place + attempt) % count.max(2)
                }
                Size::Product(list) => list
                    .iter()
                    .fold(1usize, |all, id| all.saturating_mul(size_of(&sizes, *id))),
            };
            sizes.push(value);
        }
        Self::with(attempt, least, sizes, scope)
    }

    /// The instance of an attempt with the number of each size. `None` when they are too large.
    pub(crate) fn with(
        attempt: usize,
        least: usize,
        sizes: Vec<usize>,
        scope: &Scope,
    ) -> Option<Self> {
        let entries = |shape: Shape| {
            size_of(&sizes, shape.rows).saturating_mul(size_of(&sizes, shape.cols))
        };
        if scope.variables.iter().any(|v| entries(v.shape) > MAX_ENTRIES) {
            return None;
        }
        let mut instance = Self {
            sizes,
            variables: Vec::new(),
            indices: Vec::new(),
            fixed: None,
            changes: FxHashMap::default(),
            shifts: FxHashMap::default(),
        };
        for (place, variable) in scope.variables.iter().enumerate() {
            let seed = (attempt as u64) << 40 | (place as u64) << 20;
            let value = instance.value(variable.shape, variable.structure, attempt, seed);
            instance.variables.push(value.map(|x| as_assumed(x, &variable.assumption)));
        }
        for (place, name) in scope.indices.iter().enumerate() {
            instance.indices.push(match name.parse::<usize>() {
                Ok(n) => n.saturating_sub(1),
                // Names may be equal in one instance and distinct in the next.
                Err(_) => {
                    let seed = (attempt as u64) << 32 | (place as u64) << 8 | 5;
                    (fraction(seed) * least as f64) as usize
                }
            });
        }
        Some(instance)
    }

    /// An instance in which the names are scalars with these values.
    pub(crate) fn of_scalars(&self, values: Vec<f64>) -> Self {
        let variables = values.into_iter().map(Dense::scalar).collect();
        Self { variables, sizes: vec![1], ..self.clone() }
    }

    /// The same with each entry changed in its last digits; what is symmetric stays so.
    pub(crate) fn nudged(&self) -> Self {
        let mut nudged = self.clone();
        for (place, value) in nudged.variables.iter_mut().enumerate() {
            *value = Dense::from(value.rows, value.cols, |i, j| {
                let seed =
                    (place as u64) << 40 | (i.max(j) as u64) << 20 | i.min(j) as u64;
                value.at(i, j) * (1.0 + NUDGE * fraction(seed))
            });
        }
        nudged
    }

    /// The same with entries of few digits, with which sums and products are exact.
    pub(crate) fn coarse(&self) -> Self {
        let mut coarse = self.clone();
        for value in coarse.variables.iter_mut().flat_map(|value| &mut value.data) {
            *value = (*value * COARSE).round() / COARSE;
        }
        coarse
    }

    /// The value of a size.
    pub(crate) fn size(&self, id: SizeId) -> usize {
        size_of(&self.sizes, id)
    }

    /// The value of an index, from 0.
    pub(crate) fn index(&self, index: u16) -> usize {
        self.indices.get(usize::from(index)).copied().unwrap_or(0)
    }

    /// The place of an entry, row by row, among entries with so many columns.
    pub(crate) fn place(&self, at: &[u16], cols: usize) -> usize {
        match *at {
            [i] => self.index(i),
            [i, j] => self.index(i) * cols + self.index(j),
            _ => 0,
        }
    }

    /// Random entries of a shape.
    pub(crate) fn value(
        &self,
        shape: Shape,
        known: Structure,
        attempt: usize,
        seed: u64,
    ) -> Dense {
        let (rows, cols) = (self.size(shape.rows), self.size(shape.cols));
        let kind = attempt % 6;
        let scale = scale_of(attempt, seed);
        let draw = |k: usize| {
            let x = fraction(seed + k as u64);
            scale
                * match kind {
                    0 | 3 => {
                        let sign = if fraction(seed + k as u64 + 7919) < 0.5 {
                            -1.0
                        } else {
                            1.0
                        };
                        sign * (0.3 + 1.1 * x)
                    }
                    1 | 4 => 0.25 + 1.2 * x,
                    _ => 0.1 + 0.7 * x,
                }
        };
        if known.whole {
            return Dense::from(rows, cols, |_, _| {
                (2 + seed.wrapping_add(attempt as u64) % 4) as f64
            });
        }
        let mut value = Dense::from(rows, cols, |i, j| draw(i * cols + j));
        let square = rows == cols && rows > 1;
        if square && kind >= 3 {
            let shift = scale * if kind == 5 { 1.5 } else { 3.0 };
            value = Dense::from(rows, cols, |i, j| {
                value.at(i, j) * 0.5 + if i == j { shift } else { 0.0 }
            });
        }
        if known.symmetric {
            let half = value.transposed();
            value = value.zip(&half, |x, y| (x + y) / 2.0);
        }
        if known.diagonal {
            value =
                Dense::from(rows, cols, |i, j| if i == j { value.at(i, j) } else { 0.0 });
        }
        if known.positive_definite {
            let square = value.times(&value.transposed());
            value = Dense::from(rows, cols, |i, j| {
                square.at(i, j) + if i == j { 0.5 } else { 0.0 }
            });
            if known.diagonal {
                value = value.map(f64::abs);
            }
        } else if known.positive_semidefinite {
            value = value.times(&value.transposed());
        }
        if known.skew {
            value = value.zip(&value.transposed(), |x, y| (x - y) / 2.0);
        }
        if known.lower || known.upper {
            value = Dense::from(rows, cols, |i, j| {
                let is_kept = i == j || (i > j) == known.lower;
                if is_kept { value.at(i, j) } else { 0.0 }
            });
        }
        if known.stochastic {
            value = stochastic(&value, known.one_hot);
        }
        if known.orthogonal {
            value = orthogonal(&value);
        }
        if known.positive {
            value = value.map(f64::abs);
        }
        value
    }
}

/// What the entries of a variable are multiplied by: nothing at first, later a sign and a size
/// of its own, so that sums and inner products have both signs and no step stays far away.
fn scale_of(attempt: usize, seed: u64) -> f64 {
    let Some(later) = attempt.checked_sub(PLAIN) else { return 1.0 };
    let sign = if fraction(seed ^ 0x5bd1) < 0.5 { -1.0 } else { 1.0 };
    sign * SCALES[later % SCALES.len()]
}

/// A number as it is assumed to be, made of any number.
fn as_assumed(x: f64, known: &Assumption) -> f64 {
    if known.allows(x) {
        return x;
    }
    let low = known.low.or(known.nonnegative.then_some(0.0));
    let high = known.high.or(known.nonpositive.then_some(0.0));
    let size = x.abs();
    let moved = match (low, high) {
        (Some(low), Some(high)) => low + (high - low) * (0.1 + 0.8 * size.fract()),
        (Some(low), None) => low + size,
        (None, Some(high)) => high - size,
        (None, None) => x,
    };
    match (known.integer, known.allows(moved.ceil())) {
        (false, _) => moved,
        (true, true) => moved.ceil(),
        (true, false) => moved.floor(),
    }
}

fn size_of(sizes: &[usize], id: SizeId) -> usize {
    sizes.get(id.index()).copied().unwrap_or(1)
}

/// A vector, or each row of a matrix, with the sum 1; of what is one-hot, 1 at the greatest.
fn stochastic(value: &Dense, one_hot: bool) -> Dense {
    let width = if value.cols == 1 { value.rows } else { value.cols };
    let share = |row: &[f64]| {
        let sizes: Vec<f64> = row.iter().map(|x| x.abs()).collect();
        let (total, most) =
            (sizes.iter().sum::<f64>(), sizes.iter().copied().fold(0.0, f64::max));
        let one = |x: &f64| match one_hot {
            true => f64::from(u8::from(*x == most)),
            false => x / total,
        };
        sizes.iter().map(one).collect::<Vec<f64>>()
    };
    Dense { data: value.data.chunks(width.max(1)).flat_map(share).collect(), ..*value }
}

/// Gram and Schmidt on the columns.
fn orthogonal(value: &Dense) -> Dense {
    let n = value.rows;
    let mut columns: Vec<Vec<f64>> = Vec::new();
    for j in 0..n {
        let mut column: Vec<f64> =
            (0..n).map(|i| value.at(i, j) + if i == j { 2.0 } else { 0.0 }).collect();
        for known in &columns {
            let dot: f64 = known.iter().zip(&column).map(|(x, y)| x * y).sum();
            column.iter_mut().zip(known).for_each(|(x, y)| *x -= dot * y);
        }
        let length = column.iter().map(|x| x * x).sum::<f64>().sqrt();
        column.iter_mut().for_each(|x| *x /= length);
        columns.push(column);
    }
    Dense::from(n, n, |i, j| columns[j][i])
}
