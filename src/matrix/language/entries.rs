//! Entries `x[i]`, `A[i,j]`, matrices that are written out, and sums over an index.

use super::super::form::{FormId, Op};
use super::super::shape::{Shape, Size, SizeId};
use super::walk::Walker;
use crate::error::{Error, ErrorKind, Result};
use crate::kernel::Number;
use crate::span::Span;
use crate::syntax::{Ast, AstId, List};

/// The most entries of a matrix that is written out.
const MAX_ENTRIES: usize = 36;
/// The largest size that is a number.
const MAX_SIZE: i64 = 1_000_000;

impl Walker<'_> {
    /// A vector `[a, b]` or a matrix `[[a, b], [c, d]]` of scalars.
    pub(super) fn entries(&mut self, list: List, whole: Span) -> Result<FormId> {
        let (mut found, mut widths) = (Vec::new(), Vec::new());
        for (_, id) in self.program.list(list) {
            if let Ast::Vector(row) = self.program.node(*id) {
                let row = self.program.list(row);
                widths.push(row.len());
                found.extend(row);
            } else {
                widths.push(0);
                found.push((false, *id));
            }
        }
        if widths.iter().any(|width| *width != widths[0]) {
            let what = "the rows of a matrix have one length".to_owned();
            return Err(Error::at(whole, ErrorKind::InvalidDeclaration(what)));
        }
        if found.is_empty() {
            return Err(Error::at(whole, ErrorKind::EmptyExpression));
        }
        let (rows, cols) = (widths.len(), widths.first().copied().unwrap_or(0).max(1));
        if found.len() > MAX_ENTRIES {
            let what = "the number of entries of a matrix that is written out";
            let limit = MAX_ENTRIES as u64;
            return Err(Error::at(whole, ErrorKind::OverLimit { what, limit }));
        }
        let mut entries = Vec::new();
        for (_, id) in found {
            let place = self.place(id)?;
            let shape = self.shape(place);
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
            return Ok(one);
        }
        for k in 1..=rows.max(cols) {
            self.scope.index(&k.to_string());
        }
        let mut size = |n: usize| self.scope.sizes.intern(Size::Fixed(n as u32));
        let shape = Shape::new(size(rows), size(cols));
        Ok(self.forms.intern(Op::Entries(entries), shape))
    }

    /// `Σ_k x[k]*y[k]`: what stands behind it, summed over an index.
    pub(super) fn index_sum(
        &mut self,
        index: u32,
        of: AstId,
        at: Span,
    ) -> Result<FormId> {
        let name = self.program.name(index);
        let of = self.place(of)?;
        let place = self.scope.index(name);
        let Some(size) = self.scope.ranges[usize::from(place)] else {
            let what = format!("no entry has the index `{name}`");
            let sign = self.source(Span { end: of.span.start, ..at }).trim_end();
            let at = Span { end: at.start + sign.len() as u32, ..at };
            return Err(Error::at(at, ErrorKind::InvalidDeclaration(what))
                .help("write it as `Σ_k x[k]*y[k]`"));
        };
        Ok(self.forms.intern(Op::IndexSum(place, size, of.id), self.shape(of)))
    }

    /// An entry `x[i]`, `A[i,j]`, or what else has indices: `δ[i,j]`, `K[m,n]`.
    pub(super) fn entry(&mut self, base: AstId, list: List, at: Span) -> Result<FormId> {
        let list = self.program.list(list);
        if let Some(name) = self.indexed_name(base) {
            return self.named_entry(name, list, at);
        }
        let operand = self.place(base)?;
        let shape = self.shape(operand);
        let brackets = Span { start: operand.span.end, ..at };
        let indices: Result<Vec<(u16, Span)>> =
            list.iter().map(|(_, id)| self.index_of(*id)).collect();
        let mut indices = indices?;
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
            return Ok(operand.id);
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
            return Err(Error::at(brackets, kind));
        }
        let sizes = axes.iter().filter(|size| **size != SizeId::ONE);
        for ((index, at), size) in indices.iter().zip(sizes) {
            self.in_range(*index, *size, *at)?;
        }
        let list: Vec<u16> = indices.iter().map(|(index, _)| *index).collect();
        if matches!(self.forms.op(operand.id), Op::Eye)
            && let [a, b] = list[..]
        {
            return Ok(self.identity_entry(operand.id, a, b));
        }
        Ok(self.scalar(Op::Entry(operand.id, list)))
    }

    /// An entry of an identity: a number where both indices say which.
    fn identity_entry(&mut self, eye: FormId, a: u16, b: u16) -> FormId {
        let known = match (self.scope.number(a), self.scope.number(b)) {
            _ if a == b => Some(Number::ONE),
            (Some(_), Some(_)) => Some(Number::ZERO),
            _ => None,
        };
        self.scalar(known.map_or(Op::Entry(eye, vec![a, b]), Op::Number))
    }

    /// The commutation matrix `K[m,n]`, or Kronecker's `δ[i,j]`: an entry of the identity over
    /// which an index runs.
    fn named_entry(
        &mut self,
        name: &str,
        list: &[(bool, AstId)],
        at: Span,
    ) -> Result<FormId> {
        let [(_, a), (_, b)] = list else {
            let what = format!("`{name}` is not declared");
            return Err(Error::at(at, ErrorKind::InvalidDeclaration(what)));
        };
        if name == "K" {
            let (m, n) = (self.size(*a)?, self.size(*b)?);
            return Ok(self.commutation(m, n));
        }
        let ((a, _), (b, _)) = (self.index_of(*a)?, self.index_of(*b)?);
        let range = |index: u16| self.scope.ranges[usize::from(index)];
        let size = range(a).or(range(b)).or((a == b).then_some(SizeId::ONE));
        let both = self.scope.number(a).is_some() && self.scope.number(b).is_some();
        let Some(size) = size.or(both.then_some(SizeId::ONE)) else {
            let what = "no entry says how far these indices run";
            return Err(Error::at(at, ErrorKind::InvalidDeclaration(what.into()))
                .help("write `eye(n)[i,j]`"));
        };
        let eye = self.forms.intern(Op::Eye, Shape::new(size, size));
        Ok(self.identity_entry(eye, a, b))
    }

    /// An index: a number from 1, or a name that is not declared.
    pub(super) fn index_of(&mut self, id: AstId) -> Result<(u16, Span)> {
        let at = self.program.span(id);
        let index = match self.program.node(id) {
            Ast::Number(n) => {
                self.program.number(n).to_i64().filter(|n| *n > 0).map(|n| n.to_string())
            }
            Ast::Name(name) => Some(self.program.name(name).to_owned())
                .filter(|name| self.scope.variable(name).is_none()),
            _ => None,
        };
        let Some(index) = index else {
            let found = self.source(at);
            let kind = ErrorKind::UnexpectedToken {
                found: found.to_owned(),
                expected: "an index: a number from 1 or a name".into(),
            };
            let error = Error::at(at, kind);
            return Err(match found {
                "0" => error.help("entries are counted from 1"),
                _ => error,
            });
        };
        Ok((self.scope.index(&index), at))
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

    /// A size: a number, a name of the declarations, or a product of those.
    pub(super) fn size(&mut self, id: AstId) -> Result<SizeId> {
        let factors = match self.program.node(id) {
            Ast::Product(list) => self.program.list(list).to_vec(),
            _ => vec![(false, id)],
        };
        let mut product = SizeId::ONE;
        for (divide, id) in factors {
            let size = match self.program.node(id) {
                Ast::Number(n) => {
                    let number = self.program.number(n).to_i64();
                    let number = number.filter(|n| (1..=MAX_SIZE).contains(n));
                    number.map(|n| self.scope.sizes.intern(Size::Fixed(n as u32)))
                }
                Ast::Name(name) => self.scope.sizes.named(self.program.name(name)),
                _ => None,
            };
            let at = self.program.span(id);
            let Some(size) = size.filter(|_| !divide) else {
                let what = format!("`{}` is no size", self.source(at));
                return Err(Error::at(at, ErrorKind::InvalidDeclaration(what))
                    .help("use a size of the declarations, or a number"));
            };
            product = self.scope.sizes.product(product, size);
        }
        Ok(product)
    }
}
