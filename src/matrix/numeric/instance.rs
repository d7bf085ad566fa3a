//! Random sizes and entries, the same in every run.

use super::super::drawn::{Attempt, fraction};
use super::super::form::{FormId, Scope, Structure, Variable};
use super::super::shape::{Shape, SizeId};
use super::dense::Dense;
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
    /// How the last digits of all that is calculated are changed, where they are.
    blur: Option<u64>,
}

/// What entries of few digits are a multiple of the inverse of.
const COARSE: f64 = 4096.0;
/// How much of an entry is changed to see how far a value depends on its last digits.
const NUDGE: f64 = 1e-11;

/// How much of all that is calculated is changed to see how rounding grows.
const BLUR: f64 = 1e-14;
/// Whole numbers below it are exact.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// The most entries of an array.
pub(crate) const MAX_ENTRIES: usize = 400;

impl Instance {
    /// The instance of an attempt; `least` is the smallest size. `None` when sizes given as
    /// numbers are too large.
    pub(crate) fn of(attempt: usize, least: usize, scope: &Scope) -> Option<Self> {
        Self::drawn(&Attempt::of(attempt), least, scope)
    }

    /// The same near what an attempt is near.
    pub(crate) fn drawn(attempt: &Attempt, least: usize, scope: &Scope) -> Option<Self> {
        Self::with(attempt, least, attempt.sizes::<f64>(least, scope), scope)
    }

    /// The instance of an attempt with the number of each size. `None` when they are too large.
    pub(crate) fn with(
        attempt: &Attempt,
        least: usize,
        sizes: Vec<usize>,
        scope: &Scope,
    ) -> Option<Self> {
        let counts =
            |shape: Shape| (size_of(&sizes, shape.rows), size_of(&sizes, shape.cols));
        let entries = |(rows, cols): (usize, usize)| rows.saturating_mul(cols);
        if scope.variables.iter().any(|v| entries(counts(v.shape)) > MAX_ENTRIES) {
            return None;
        }
        let value = |(place, variable): (usize, &Variable)| {
            let (rows, cols) = counts(variable.shape);
            match attempt.variable(variable, place, (rows, cols)) {
                Some(value) => Dense::of(&value),
                None => Dense::from(rows, cols, |_, _| f64::NAN),
            }
        };
        let variables = scope.variables.iter().enumerate().map(value).collect();
        let mut instance = Self {
            sizes,
            variables,
            indices: Vec::new(),
            fixed: None,
            changes: FxHashMap::default(),
            shifts: FxHashMap::default(),
            blur: None,
        };
        // What has a name stands in every array: a size that is a number may be less.
        let axes = instance.sizes.iter().copied().filter(|size| *size > 1);
        let reach = axes.min().map_or(least, |size| size.min(least));
        for (place, name) in scope.indices.iter().enumerate() {
            instance.indices.push(match name.parse::<usize>() {
                Ok(n) => n.saturating_sub(1),
                // Names may be equal in one instance and distinct in the next.
                Err(_) => {
                    let seed = (attempt.number as u64) << 32 | (place as u64) << 8 | 5;
                    (fraction(seed) * reach as f64) as usize
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

    /// The same with the last digits of all that is calculated changed, in one way of many.
    pub(crate) fn blurred(&self, way: u64) -> Self {
        Self { blur: Some(way), ..self.clone() }
    }

    /// Whether last digits are changed, so that nothing small may count as 0.
    pub(crate) fn is_blurred(&self) -> bool {
        self.blur.is_some()
    }

    /// What was calculated at a place, with its last digits changed where they are to be.
    pub(crate) fn calculated(&self, place: usize, value: Dense) -> Dense {
        let Some(way) = self.blur else { return value };
        let mut value = value;
        for (k, x) in value.data.iter_mut().enumerate() {
            let seed = way << 56 | (place as u64) << 24 | k as u64;
            if x.fract() != 0.0 || x.abs() >= EXACT {
                *x *= 1.0 + BLUR * (2.0 * fraction(seed) - 1.0);
            }
        }
        value
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
        match Attempt::of(attempt).array(known, seed, (rows, cols)) {
            Some(value) => Dense::of(&value),
            None => Dense::from(rows, cols, |_, _| f64::NAN),
        }
    }
}

fn size_of(sizes: &[usize], id: SizeId) -> usize {
    sizes.get(id.index()).copied().unwrap_or(1)
}
