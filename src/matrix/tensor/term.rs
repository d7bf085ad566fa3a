//! A term: a number times factors with labelled axes.

use super::super::shape::SizeId;
use super::pool::TensorId;
use crate::kernel::Number;
use smallvec::SmallVec;

/// The name of an axis in a term: those of the result come first, the others are summed over.
pub(crate) type Label = u8;

/// A tensor with the labels of its axes.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Factor {
    /// The tensor.
    pub id: TensorId,
    /// A label for each axis.
    pub at: SmallVec<[Label; 4]>,
}

impl Factor {
    /// A tensor with labels.
    pub(crate) fn new(id: TensorId, at: &[Label]) -> Self {
        Self { id, at: SmallVec::from_slice(at) }
    }
}

/// A number times factors, summed over the labels that are no axes of the result.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Term {
    /// The number.
    pub coefficient: Number,
    /// The factors, sorted once the term is in canonical form.
    pub factors: Vec<Factor>,
    /// The size of each label, those of the result first.
    pub sizes: SmallVec<[SizeId; 6]>,
}

impl Term {
    /// A number that is the same in every entry.
    pub(crate) fn constant(coefficient: Number, axes: &[SizeId]) -> Self {
        Self { coefficient, factors: Vec::new(), sizes: SmallVec::from_slice(axes) }
    }

    /// How many axes carry a label.
    pub(in super::super) fn uses(&self, label: Label) -> usize {
        self.factors.iter().flat_map(|f| &f.at).filter(|at| **at == label).count()
    }

    /// Puts one label in the place of another.
    pub(in super::super) fn rename(&mut self, from: Label, to: Label) {
        for factor in &mut self.factors {
            for at in factor.at.iter_mut().filter(|at| **at == from) {
                *at = to;
            }
        }
    }

    /// Takes a label out that is not used; those behind it move up.
    pub(in super::super) fn remove(&mut self, label: Label) {
        self.sizes.remove(usize::from(label));
        for factor in &mut self.factors {
            for at in factor.at.iter_mut().filter(|at| **at > label) {
                *at -= 1;
            }
        }
    }
}
