//! Terms with pairs of indices as axes: stacked matrices and Kronecker products.

use super::super::form::FormId;
use super::super::shape::Shape;
use super::super::table::Special;
use super::super::tensor::{Factor, Label, Node, Term};
use super::piece::Piece;
use super::tensor::Renderer;
use crate::kernel::Number;

impl Renderer<'_> {
    /// The piece of a term of which an axis is a pair; `None` when it is neither `vec` nor
    /// `kron` of matrix expressions.
    pub(super) fn paired(&mut self, term: &Term, order: usize) -> Option<Piece> {
        let is_pair = |f: &Factor| matches!(self.tensors.node(f.id), Node::Pair);
        let pairs: Vec<Factor> =
            term.factors.iter().filter(|f| is_pair(f)).cloned().collect();
        let mut rest = term.clone();
        rest.factors.retain(|f| !pairs.contains(f));
        let simple = pairs.iter().all(|f| {
            usize::from(f.at[0]) < order
                && f.at[1..].iter().all(|l| usize::from(*l) >= order)
        });
        if !simple
            || rest.factors.iter().any(|f| pairs.iter().any(|p| f.at.contains(&p.at[0])))
        {
            return None;
        }
        let unpaired: Vec<Label> = (0..order as Label)
            .filter(|l| !pairs.iter().any(|p| p.at[0] == *l))
            .collect();
        match (&pairs[..], &unpaired[..]) {
            ([pair], []) => {
                let (slow, fast) = (pair.at[1], pair.at[2]);
                let (matrix, piece) = self.part(&rest, &[fast, slow])?;
                let shape = Shape::column(term.sizes[0]);
                let chain = vec![self.forms.call(Special::Vec, &[matrix], shape)];
                Some(Piece { chain, ..piece })
            }
            ([a, b], []) => {
                let (a, b) = if a.at[0] == 0 { (a, b) } else { (b, a) };
                let mut b = b.clone();
                // Indices that are the same on both sides are joined by an identity.
                for place in 1..3 {
                    if a.at[place] == b.at[place] {
                        let size = rest.sizes[usize::from(a.at[place])];
                        let label = rest.sizes.len() as Label;
                        rest.sizes.push(size);
                        let delta = self.tensors.delta(size);
                        rest.factors.push(Factor::new(delta, &[a.at[place], label]));
                        b.at[place] = label;
                    }
                }
                self.kronecker(&rest, [&[a.at[1], b.at[1]], &[a.at[2], b.at[2]]], term)
            }
            ([pair], [other]) => {
                let (slow, fast) = (pair.at[1], pair.at[2]);
                let rows = pair.at[0] == 0;
                let with = |l: Label| if rows { [l, *other] } else { [*other, l] };
                let groups = self.groups(&rest);
                let same =
                    |a: Label, b: Label| groups[usize::from(a)] == groups[usize::from(b)];
                if same(slow, *other) && !same(fast, *other) {
                    return self.kronecker(&rest, [&with(slow), &[fast]], term);
                }
                self.kronecker(&rest, [&[slow], &with(fast)], term)
            }
            _ => None,
        }
    }

    /// Which labels hang together by factors.
    fn groups(&self, term: &Term) -> Vec<usize> {
        let mut group: Vec<usize> = (0..term.sizes.len()).collect();
        for factor in &term.factors {
            for label in &factor.at {
                let (from, to) =
                    (group[usize::from(*label)], group[usize::from(factor.at[0])]);
                group.iter_mut().filter(|g| **g == from).for_each(|g| *g = to);
            }
        }
        group
    }

    /// A part of a term as a matrix over axes, with the number and scalars beside it.
    fn part(&mut self, term: &Term, axes: &[Label]) -> Option<(FormId, Piece)> {
        let mut term = self.reordered(term, axes);
        let unused: Vec<Label> = (axes.len() as Label..term.sizes.len() as Label)
            .filter(|l| term.factors.iter().all(|f| !f.at.contains(l)))
            .collect();
        for label in unused.into_iter().rev() {
            term.remove(label);
        }
        let mut piece = self.piece(&term, axes.len())?;
        let shape = match axes.len() {
            1 => Shape::column(term.sizes[0]),
            _ => Shape::new(term.sizes[0], term.sizes[1]),
        };
        piece.filled(shape, self.forms);
        let chain = std::mem::take(&mut piece.chain);
        Some((self.forms.product(&chain), piece))
    }

    fn kronecker(
        &mut self,
        rest: &Term,
        axes: [&[Label]; 2],
        whole: &Term,
    ) -> Option<Piece> {
        let groups = self.groups(rest);
        let of = |label: Label| groups[usize::from(label)];
        let inside =
            |label: Label, list: &[Label]| list.iter().any(|l| of(*l) == of(label));
        if axes[0].iter().any(|l| inside(*l, axes[1])) {
            return None;
        }
        let mut factors = [Vec::new(), Vec::new()];
        for factor in &rest.factors {
            let second = factor.at.first().is_some_and(|l| inside(*l, axes[1]));
            factors[usize::from(second)].push(factor.clone());
        }
        let [first, second] = factors;
        let left = Term { factors: first, ..rest.clone() };
        let right =
            Term { factors: second, coefficient: Number::ONE, sizes: rest.sizes.clone() };
        let (a, mut piece) = self.part(&left, axes[0])?;
        let (b, other) = self.part(&right, axes[1])?;
        piece.coefficient = piece.coefficient.mul(&other.coefficient);
        piece.scalars.extend(other.scalars);
        let shape = Shape::new(whole.sizes[0], whole.sizes[1]);
        let (mut a, mut b) = (a, b);
        // A vector that belongs to the columns is a row.
        let column_of =
            |axes: &[Label]| axes.len() == 1 && self.is_column(whole, axes[0]);
        let turn = (column_of(axes[0]), column_of(axes[1]));
        if turn.0 {
            a = self.transposed(a);
        }
        if turn.1 {
            b = self.transposed(b);
        }
        piece.chain = vec![self.forms.call(Special::Kronecker, &[a, b], shape)];
        Some(piece)
    }

    /// Whether a label of a pair belongs to the second axis of the result.
    fn is_column(&self, whole: &Term, label: Label) -> bool {
        whole.factors.iter().any(|f| {
            matches!(self.tensors.node(f.id), Node::Pair)
                && f.at[0] == 1
                && f.at[1..].contains(&label)
        })
    }
}
