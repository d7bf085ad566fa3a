//! Entries `x[i]`, `A[i,j]`, matrices that are written out, and sums over an index.

use super::super::form::{FormId, Op};
use super::super::shape::{Shape, Size, SizeId};
use super::infer::Place;
use super::parser::{Cursor, Reader, Rule};
use crate::error::{Error, ErrorKind, Result};
use crate::kernel::Number;
use crate::span::Span;

/// The most entries of a matrix that is written out.
const MAX_ENTRIES: usize = 36;
/// How many sums over indices may stand in each other.
const MAX_SUMS: usize = 4;

impl Reader<'_> {
    /// A vector `[a, b]` or a matrix `[[a, b], [c, d]]` of scalars.
    pub(super) fn entries(
        &mut self,
        pair: pest::iterators::Pair<'_, Rule>,
        whole: Span,
    ) -> Result<Place> {
        let mut list = Vec::new();
        let mut widths = Vec::new();
        for part in pair.into_inner() {
            let inside: Vec<_> = part.clone().into_inner().collect();
            match &inside[..] {
                [row] if row.as_rule() == Rule::index => {
                    let row: Vec<_> = row.clone().into_inner().collect();
                    widths.push(row.len());
                    list.extend(row);
                }
                _ => {
                    widths.push(0);
                    list.push(part);
                }
            }
        }
        if widths.iter().any(|width| *width != widths[0]) {
            let what = "the rows of a matrix have one length".to_owned();
            return Err(Error::at(whole, ErrorKind::InvalidDeclaration(what)));
        }
        let (rows, cols) = (widths.len(), widths.first().copied().unwrap_or(0).max(1));
        if list.len() > MAX_ENTRIES {
            let what = "the number of entries of a matrix that is written out";
            let limit = MAX_ENTRIES as u64;
            return Err(Error::at(whole, ErrorKind::OverLimit { what, limit }));
        }
        let mut entries = Vec::new();
        for part in list {
            let place = self.expression(part)?;
            let shape = self.forms.shape(place.id);
            if !shape.is_scalar() {
                let kind = ErrorKind::WrongShape {
                    name: "[ ]".into(),
                    expected: "scalars".into(),
                    found: shape.described(&self.scope.sizes),
                };
                return Err(Error::at(place.span, kind));
            }
            entries.push(place.id);
        }
        if let [one] = entries[..] {
            return Ok(Place { id: one, span: whole });
        }
        for k in 1..=rows.max(cols) {
            self.scope.index(&k.to_string());
        }
        let mut size = |n: usize| self.scope.sizes.intern(Size::Fixed(n as u32));
        let shape = Shape::new(size(rows), size(cols));
        Ok(self.make(Op::Entries(entries), shape, whole))
    }

    /// `Σ_k x[k]*y[k]`: the rest of the product, summed over an index.
    pub(super) fn index_sum(
        &mut self,
        index: &str,
        at: Span,
        cursor: &mut Cursor<'_>,
    ) -> Result<Place> {
        self.sums += 1;
        if self.sums > MAX_SUMS {
            let what = "the number of sums over indices in each other";
            let limit = MAX_SUMS as u64;
            return Err(Error::at(at, ErrorKind::OverLimit { what, limit }));
        }
        let place = self.scope.index(index);
        let of = self.product(cursor)?;
        self.sums -= 1;
        let Some(size) = self.scope.ranges[usize::from(place)] else {
            let kind = ErrorKind::InvalidDeclaration(format!(
                "no entry has the index `{index}`"
            ));
            return Err(Error::at(at, kind).help("write it as `Σ_k x[k]*y[k]`"));
        };
        let shape = self.forms.shape(of.id);
        Ok(self.make(Op::IndexSum(place, size, of.id), shape, at.join(of.span)))
    }

    /// An entry `x[i]`, `A[i,j]`.
    pub(super) fn entry(
        &mut self,
        operand: Place,
        pair: pest::iterators::Pair<'_, Rule>,
    ) -> Result<Place> {
        let shape = self.forms.shape(operand.id);
        let at = self.span(&pair);
        let mut indices = Vec::new();
        for part in pair.into_inner() {
            indices.push(self.index_of(&part)?);
        }
        let axes = [shape.rows, shape.cols];
        // A vector may have the index 1 along its other axis.
        let own = axes.iter().filter(|size| **size != SizeId::ONE).count();
        if own == 1 && indices.len() == 2 {
            let other = usize::from(shape.cols == SizeId::ONE);
            if self.scope.number(indices[other].0) == Some(1) {
                indices.remove(other);
            }
        }
        let first = |(index, _): &(u16, Span)| self.scope.number(*index) == Some(1);
        if own == 0 && indices.iter().all(first) {
            return Ok(Place { id: operand.id, span: operand.span.join(at) });
        }
        if own == 0 || indices.len() != own {
            let kind = ErrorKind::WrongShape {
                name: "[ ]".into(),
                expected: match own {
                    0 => "a vector or a matrix".into(),
                    1 => "one index of a vector".into(),
                    _ => "two indices of a matrix".to_owned(),
                },
                found: match (own, indices.len()) {
                    (0, _) => "a scalar".into(),
                    (_, 1) => "1 index".into(),
                    (_, n) => format!("{n} indices"),
                },
            };
            return Err(Error::at(at, kind));
        }
        let whole = operand.span.join(at);
        let sizes = axes.iter().filter(|size| **size != SizeId::ONE);
        for ((index, at), size) in indices.iter().zip(sizes) {
            self.in_range(*index, *size, *at)?;
        }
        let list: Vec<u16> = indices.iter().map(|(index, _)| *index).collect();
        if matches!(self.forms.op(operand.id), Op::Eye)
            && let [a, b] = list[..]
        {
            return Ok(self.identity_entry(operand.id, a, b, whole));
        }
        Ok(self.make(Op::Entry(operand.id, list), Shape::SCALAR, whole))
    }

    /// An entry of an identity: a number where both indices say which.
    fn identity_entry(&mut self, eye: FormId, a: u16, b: u16, at: Span) -> Place {
        let known = match (self.scope.number(a), self.scope.number(b)) {
            _ if a == b => Some(Number::ONE),
            (Some(_), Some(_)) => Some(Number::ZERO),
            _ => None,
        };
        let op = known.map_or(Op::Entry(eye, vec![a, b]), Op::Number);
        self.make(op, Shape::SCALAR, at)
    }

    /// Kronecker's `δ[i,j]`: an entry of the identity over which an index runs.
    pub(super) fn delta(
        &mut self,
        at: Span,
        cursor: &mut Cursor<'_>,
    ) -> Result<Option<Place>> {
        let Some(item) = cursor.peek().filter(|item| item.rule == Rule::index) else {
            return Ok(None);
        };
        let (pair, whole) = (item.pair.clone(), at.join(item.span));
        let mut indices = Vec::new();
        for part in pair.into_inner() {
            indices.push(self.index_of(&part)?.0);
        }
        let [a, b] = indices[..] else { return Ok(None) };
        cursor.at += 1;
        let range = |index: u16| self.scope.ranges[usize::from(index)];
        let size = range(a).or(range(b)).or((a == b).then_some(SizeId::ONE));
        let both = self.scope.number(a).is_some() && self.scope.number(b).is_some();
        let Some(size) = size.or(both.then_some(SizeId::ONE)) else {
            let kind = ErrorKind::InvalidDeclaration(
                "no entry says how far these indices run".into(),
            );
            return Err(Error::at(whole, kind).help("write `eye(n)[i,j]`"));
        };
        let eye = self.make(Op::Eye, Shape::new(size, size), at);
        Ok(Some(self.identity_entry(eye.id, a, b, whole)))
    }

    pub(super) fn index_of(
        &mut self,
        pair: &pest::iterators::Pair<'_, Rule>,
    ) -> Result<(u16, Span)> {
        let at = self.span(pair);
        let text = pair.as_str().trim();
        let number = text.parse::<u32>().is_ok_and(|n| n > 0);
        let name = text.starts_with(char::is_alphabetic)
            && text.chars().all(|c| c.is_alphanumeric() || c == '_')
            && self.scope.variable(text).is_none();
        if !number && !name {
            let kind = ErrorKind::UnexpectedToken {
                found: text.to_owned(),
                expected: "an index: a number from 1 or a name".into(),
            };
            let error = Error::at(at, kind);
            return Err(match text {
                "0" => error.help("entries are counted from 1"),
                _ => error,
            });
        }
        Ok((self.scope.index(text), at))
    }

    pub(super) fn in_range(&mut self, index: u16, size: SizeId, at: Span) -> Result<()> {
        self.scope.ranges[usize::from(index)].get_or_insert(size);
        let text = &self.scope.indices[usize::from(index)];
        if let (Ok(i), Size::Fixed(n)) = (text.parse::<u32>(), self.scope.sizes.get(size))
            && i > *n
        {
            let kind = ErrorKind::Undefined(format!("the entry {i} of {n}"));
            return Err(Error::at(at, kind));
        }
        Ok(())
    }
}
