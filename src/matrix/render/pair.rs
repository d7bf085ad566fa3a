//! Terms with pairs of indices as axes: stacked matrices and Kronecker products.

use super::super::form::{FormId, Op};
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
        for place in 0..term.factors.len() {
            if let Some(found) = self.taken_apart(term, place, order) {
                return Some(found);
            }
        }
        let is_pair = |f: &Factor| matches!(self.tensors.node(f.id), Node::Pair);
        let mut pairs: Vec<Factor> =
            term.factors.iter().filter(|f| is_pair(f)).cloned().collect();
        let mut rest = term.clone();
        rest.factors.retain(|f| !pairs.contains(f));
        if pairs.iter().any(|f| usize::from(f.at[0]) >= order)
            || rest.factors.iter().any(|f| pairs.iter().any(|p| f.at.contains(&p.at[0])))
        {
            return None;
        }
        // Indices that stand twice in pairs, or are axes, are joined by an identity.
        let mut seen: Vec<Label> = (0..order as Label).collect();
        for label in pairs.iter_mut().flat_map(|f| f.at[1..].iter_mut()) {
            if seen.contains(label) {
                let fresh = rest.sizes.len() as Label;
                let size = rest.sizes[usize::from(*label)];
                rest.sizes.push(size);
                let delta = self.tensors.delta(size);
                rest.factors.push(Factor::new(delta, &[*label, fresh]));
                *label = fresh;
            }
            seen.push(*label);
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
                self.stacked_both(rest, a, b, term)
            }
            ([pair], [other]) => {
                let (slow, fast) = (pair.at[1], pair.at[2]);
                let rows = pair.at[0] == 0;
                let with = |l: Label| if rows { [l, *other] } else { [*other, l] };
                let groups = self.groups(&rest);
                let same =
                    |a: Label, b: Label| groups[usize::from(a)] == groups[usize::from(b)];
                if same(slow, *other) && !same(fast, *other) {
                    return self.kronecker(&rest, [&with(slow), &[fast]], &pairs, term);
                }
                self.kronecker(&rest, [&[slow], &with(fast)], &pairs, term)
            }
            _ => None,
        }
    }

    /// A term with a pair over which is summed: on one side of it stands a column that is
    /// `vec(M)` of what stands on the other, or a matrix that is `reshape(a, m, n)`.
    fn taken_apart(&mut self, term: &Term, place: usize, order: usize) -> Option<Piece> {
        let pair = term.factors[place].clone();
        let is_bound = |label: Label| usize::from(label) >= order;
        let Node::Pair = self.tensors.node(pair.id) else { return None };
        let (whole, slow, fast) = (pair.at[0], pair.at[1], pair.at[2]);
        if !is_bound(whole) {
            return None;
        }
        let shape =
            Shape::new(term.sizes[usize::from(fast)], term.sizes[usize::from(slow)]);
        // Of both sides the one that is closed in itself becomes a form.
        let sides = [(&[whole][..], &[fast, slow][..]), (&[fast, slow], &[whole])];
        for (inside, outside) in sides {
            let Some(part) = beside(term, place, inside, outside, order) else {
                continue;
            };
            let of = |is_in: bool| -> Vec<Factor> {
                let all = term.factors.iter().enumerate();
                let kept = all.filter(|(k, _)| *k != place && part.contains(k) == is_in);
                kept.map(|(_, factor)| factor.clone()).collect()
            };
            let sub = Term {
                coefficient: Number::ONE,
                factors: of(true),
                sizes: term.sizes.clone(),
            };
            let Some((form, other)) = self.part(&sub, inside) else { continue };
            let form = match inside.len() {
                1 => self.forms.call(Special::Reshape, &[form], shape),
                _ => self.forms.call(
                    Special::Vec,
                    &[form],
                    Shape::column(term.sizes[usize::from(whole)]),
                ),
            };
            let sizes: Vec<_> =
                outside.iter().map(|label| term.sizes[usize::from(*label)]).collect();
            let name = self.tensors.placeholder(form.0, &sizes);
            self.write_as(name, form);
            let mut factors = of(false);
            factors.push(Factor::new(name, outside));
            let mut rest = Term { factors, ..term.clone() };
            let unused: Vec<Label> = (order as Label..rest.sizes.len() as Label)
                .filter(|label| rest.uses(*label) == 0)
                .collect();
            for label in unused.into_iter().rev() {
                rest.remove(label);
            }
            let mut piece = self.piece(&rest, order)?;
            piece.take(other);
            return Some(piece);
        }
        None
    }

    /// A matrix of which rows and columns are pairs: `vec(P)*vec(Q)'`, or a Kronecker product,
    /// perhaps behind a commutation matrix and between diagonal ones.
    fn stacked_both(
        &mut self,
        rest: Term,
        a: &Factor,
        b: &Factor,
        whole: &Term,
    ) -> Option<Piece> {
        let ([s1, f1], [s2, f2]) = ([a.at[1], a.at[2]], [b.at[1], b.at[2]]);
        let ends = [s1, f1, s2, f2];
        // What hangs together between the four indices.
        let mut parts: Vec<(Vec<Label>, Vec<Factor>)> = Vec::new();
        let groups = self.groups_without(&rest, &ends);
        let mut keys: Vec<Option<usize>> = Vec::new();
        for factor in &rest.factors {
            let inner = factor.at.iter().find(|l| !ends.contains(l));
            let key = inner.map(|l| groups[usize::from(*l)]);
            let place = match keys.iter().position(|known| key.is_some() && *known == key)
            {
                Some(place) => place,
                None => {
                    keys.push(key);
                    parts.push((Vec::new(), Vec::new()));
                    parts.len() - 1
                }
            };
            let touched = factor.at.iter().filter(|l| ends.contains(l));
            for label in touched {
                if !parts[place].0.contains(label) {
                    parts[place].0.push(*label);
                }
            }
            parts[place].1.push(factor.clone());
        }
        let is = |part: &[Label], x: Label, y: Label| {
            part.len() == 2 && part.contains(&x) && part.contains(&y)
        };
        let any = |x: Label, y: Label| parts.iter().any(|(part, _)| is(part, x, y));
        let straight = any(s1, s2) || any(f1, f2);
        let crossed = any(s1, f2) || any(f1, s2);
        if straight && crossed || parts.iter().any(|(part, _)| part.len() > 2) {
            return None;
        }
        let of = |factors: Vec<Factor>, number: bool| Term {
            coefficient: if number { rest.coefficient.clone() } else { Number::ONE },
            factors,
            sizes: rest.sizes.clone(),
        };
        if !straight && !crossed {
            let [mut first, mut second] = [Vec::new(), Vec::new()];
            for (part, factors) in parts {
                let behind = part.first().is_some_and(|l| [s2, f2].contains(l));
                if behind { second.extend(factors) } else { first.extend(factors) }
            }
            let (p, mut piece) = self.part(&of(first, true), &[f1, s1])?;
            let (q, other) = self.part(&of(second, false), &[f2, s2])?;
            piece.take(other);
            let column = self.stack(p, whole, 0);
            let row = self.stack(q, whole, 1);
            piece.chain = vec![column, self.transposed(row)];
            return Some(piece);
        }
        let (partner_s, partner_f) = if straight { (s2, f2) } else { (f2, s2) };
        let [mut by_s, mut by_f] = [Vec::new(), Vec::new()];
        let [mut before, mut behind] = [Vec::new(), Vec::new()];
        for (part, factors) in parts {
            match part[..] {
                _ if is(&part, s1, f1) => before.extend(factors),
                _ if is(&part, s2, f2) => behind.extend(factors),
                [l, ..] if l == f1 || l == partner_f => by_f.extend(factors),
                _ => by_s.extend(factors),
            }
        }
        let (p, mut piece) = self.part(&of(by_s, true), &[s1, partner_s])?;
        let (q, other) = self.part(&of(by_f, false), &[f1, partner_f])?;
        piece.take(other);
        let shape = Shape::new(whole.sizes[0], whole.sizes[1]);
        let factors = if straight { [p, q] } else { [q, p] };
        let eyes = factors.iter().all(|id| matches!(self.forms.op(*id), Op::Eye));
        let product = match eyes {
            true => self.forms.intern(Op::Eye, shape),
            false => self.forms.call(Special::Kronecker, &factors, shape),
        };
        let mut chain = Vec::new();
        if !before.is_empty() {
            let (weights, other) = self.part(&of(before, false), &[f1, s1])?;
            piece.take(other);
            let column = self.stack(weights, whole, 0);
            chain.push(self.forms.diagonal(column));
        }
        if crossed {
            let size = |l: Label| rest.sizes[usize::from(l)];
            let square = Shape::new(whole.sizes[0], whole.sizes[0]);
            let matrix = Op::Commutation(size(s1), size(f1));
            chain.push(self.forms.intern(matrix, square));
        }
        chain.push(product);
        if !behind.is_empty() {
            let (weights, other) = self.part(&of(behind, false), &[f2, s2])?;
            piece.take(other);
            let column = self.stack(weights, whole, 1);
            chain.push(self.forms.diagonal(column));
        }
        if chain.len() > 1 {
            chain.retain(|id| !matches!(self.forms.op(*id), Op::Eye));
        }
        piece.chain = chain;
        Some(piece)
    }

    /// The stacked columns of a matrix, along an axis of a result.
    fn stack(&mut self, matrix: FormId, whole: &Term, axis: usize) -> FormId {
        self.forms.call(Special::Vec, &[matrix], Shape::column(whole.sizes[axis]))
    }

    /// Which labels hang together by factors, without going through some.
    fn groups_without(&self, term: &Term, ends: &[Label]) -> Vec<usize> {
        let mut rest = term.clone();
        for factor in &mut rest.factors {
            factor.at.retain(|l| !ends.contains(l));
        }
        rest.factors.retain(|f| !f.at.is_empty());
        self.groups(&rest)
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
        pairs: &[Factor],
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
        piece.take(other);
        let shape = Shape::new(whole.sizes[0], whole.sizes[1]);
        let (mut a, mut b) = (a, b);
        // A vector that belongs to the columns is a row.
        let column_of = |axes: &[Label]| axes.len() == 1 && is_column(pairs, axes[0]);
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
}

/// The factors that hang together with some labels of a pair, without the pair itself; `None`
/// where there are none, or where they reach its other labels or an axis of the result.
fn beside(
    term: &Term,
    pair: usize,
    inside: &[Label],
    outside: &[Label],
    order: usize,
) -> Option<Vec<usize>> {
    let mut labels = inside.to_vec();
    let mut found: Vec<usize> = Vec::new();
    let mut at = 0;
    while let Some(label) = labels.get(at).copied() {
        at += 1;
        if outside.contains(&label) || usize::from(label) < order {
            return None;
        }
        for (k, factor) in term.factors.iter().enumerate() {
            if k != pair && !found.contains(&k) && factor.at.contains(&label) {
                found.push(k);
                for next in &factor.at {
                    if !labels.contains(next) {
                        labels.push(*next);
                    }
                }
            }
        }
    }
    (!found.is_empty()).then_some(found)
}

/// Whether a label of a pair belongs to the second axis of the result.
fn is_column(pairs: &[Factor], label: Label) -> bool {
    pairs.iter().any(|f| f.at[0] == 1 && f.at[1..].contains(&label))
}
