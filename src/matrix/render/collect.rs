//! Terms of an answer put together: what is common is drawn out where that is shorter.

use super::super::form::{FormId, Op};
use super::super::print;
use super::super::shape::{Shape, Size, SizeId};
use super::piece::Piece;
use super::tensor::Renderer;
use crate::kernel::Number;

/// The most terms among which common factors are looked for.
const MAX_TERMS: usize = 24;

/// How often something common is drawn out in one answer, on all levels.
const MAX_ATTEMPTS: u32 = 2000;

/// The largest size of a matrix that is written entry by entry.
const MAX_WRITTEN: u32 = 4;

/// What several terms may have in common.
#[derive(Clone, Debug, PartialEq)]
enum Common {
    Left(FormId),
    Right(FormId),
    Scalar(FormId, Number),
    Coefficient(Number),
}

impl Renderer<'_> {
    /// The sum of pieces of a shape.
    pub(crate) fn assemble(&mut self, mut pieces: Vec<Piece>, shape: Shape) -> FormId {
        if pieces.is_empty() {
            return match shape.is_scalar() {
                true => self.forms.number(&Number::ZERO),
                false => self.forms.intern(Op::Zeros, shape),
            };
        }
        if let Some(written) = self.written_out(&pieces, shape) {
            return written;
        }
        self.join_diagonals(&mut pieces, shape);
        self.fill(&mut pieces, shape);
        let mut best = self.joined(&pieces, shape);
        if pieces.len() > MAX_TERMS || self.attempts > MAX_ATTEMPTS {
            return best;
        }
        loop {
            let mut found: Option<(u32, FormId, Vec<Piece>)> = None;
            for common in self.candidates(&pieces) {
                self.attempts += 1;
                if self.attempts > MAX_ATTEMPTS {
                    break;
                }
                let Some(next) = self.drawn_out(&pieces, &common, shape) else {
                    continue;
                };
                let is_whole = next.len() == 1;
                let form = self.joined(&next, shape);
                let below = |common: &Common| matches!(common, Common::Scalar(_, n) if n.is_negative());
                // A denominator of all terms is drawn out even if that saves nothing.
                let gain = u32::from(is_whole && below(&common));
                let cost = self.forms.cost(form).saturating_sub(gain);
                if found.as_ref().is_none_or(|(known, ..)| cost < *known) {
                    found = Some((cost, form, next));
                }
            }
            match found {
                Some((cost, form, next)) if cost < self.forms.cost(best) => {
                    best = form;
                    pieces = next;
                }
                _ => {
                    let best = self.turned(best, shape);
                    return self.without_minus(best);
                }
            }
        }
    }

    /// A sum of transposes as the transpose of a sum, if that is shorter.
    fn turned(&mut self, form: FormId, shape: Shape) -> FormId {
        let is_sum = matches!(self.forms.op(form), Op::Sum(list) if list.len() > 1);
        if shape.is_vector() || !is_sum {
            return form;
        }
        let inside = self.transposed(form);
        if matches!(self.forms.op(inside), Op::Transpose(_)) {
            return form;
        }
        let outside = self.forms.intern(Op::Transpose(inside), shape);
        self.forms.cheaper(form, outside)
    }

    /// The entries one by one, of a small matrix of which all terms are multiples of products
    /// of unit vectors with numbers.
    fn written_out(&mut self, pieces: &[Piece], shape: Shape) -> Option<FormId> {
        let number = |size: SizeId| match self.scope.sizes.get(size) {
            Size::Fixed(n) if *n <= MAX_WRITTEN => Some(*n as usize),
            _ => None,
        };
        let (rows, cols) = (number(shape.rows)?, number(shape.cols)?);
        if shape.is_scalar() {
            return None;
        }
        let place = |id: FormId| match self.forms.op(id) {
            Op::Unit(index) => self.scope.number(*index),
            _ => None,
        };
        let mut entries: Vec<Vec<Piece>> = vec![Vec::new(); rows * cols];
        for piece in pieces {
            let (i, j) = match piece.chain[..] {
                [unit] if cols == 1 => (place(unit)?, 1),
                [column, row] => match self.forms.op(row) {
                    Op::Transpose(unit) => (place(column)?, place(*unit)?),
                    _ => return None,
                },
                _ => return None,
            };
            let entry = entries.get_mut((i - 1) * cols + j - 1)?;
            entry.push(Piece { chain: Vec::new(), ..piece.clone() });
        }
        let list = entries.into_iter().map(|list| self.assemble(list, Shape::SCALAR));
        let list: Vec<FormId> = list.collect();
        Some(self.forms.intern(Op::Entries(list), shape))
    }

    /// Terms that are the same in every entry are bare numbers beside what works entry by
    /// entry, and multiples of ones elsewhere.
    fn fill(&mut self, pieces: &mut [Piece], shape: Shape) {
        if shape.is_scalar() {
            return;
        }
        let entrywise = |piece: &Piece| match piece.chain[..] {
            [one] => matches!(
                self.forms.op(one),
                Op::Apply(..)
                    | Op::Hadamard(_)
                    | Op::ElementDivide(..)
                    | Op::ElementPower(..)
            ),
            _ => false,
        };
        let filled = pieces.iter().filter(|piece| !piece.chain.is_empty());
        let (mut some, mut all) = (false, true);
        for piece in filled {
            some = true;
            all &= entrywise(piece);
        }
        if some && (all || shape.is_vector()) {
            return;
        }
        for piece in pieces.iter_mut() {
            piece.filled(shape, self.forms);
        }
    }

    /// The sum as it is written: positive terms first, numbers last.
    fn joined(&mut self, pieces: &[Piece], shape: Shape) -> FormId {
        let mut terms: Vec<((bool, bool, String), bool, FormId)> = pieces
            .iter()
            .map(|piece| {
                let minus = piece.coefficient.is_negative();
                let form = piece.form(self.forms);
                let text = print::order(form, self.forms, self.scope);
                ((minus, piece.is_number(), text), minus, form)
            })
            .collect();
        terms.sort();
        match terms[..] {
            [(_, false, one)] => one,
            _ => {
                let list = terms.iter().map(|(_, minus, id)| (*minus, *id)).collect();
                self.forms.intern(Op::Sum(list), shape)
            }
        }
    }

    /// Other chains of a piece: scalars that are inner products stand behind any column.
    fn variants(&mut self, piece: &Piece) -> Vec<Piece> {
        let mut found = vec![piece.clone()];
        for (place, (scalar, exponent)) in piece.scalars.iter().enumerate() {
            if !exponent.is_one() {
                continue;
            }
            let Op::Product(list) = self.forms.op(*scalar).clone() else { continue };
            let flipped: Vec<FormId> =
                list.iter().rev().map(|f| self.transposed(*f)).collect();
            let mut column = false;
            for at in 0..piece.chain.len() {
                column |= self.forms.shape(piece.chain[at]).cols == SizeId::ONE;
                if !column {
                    continue;
                }
                for inner in [&list, &flipped] {
                    let mut next = piece.clone();
                    next.scalars.remove(place);
                    next.chain.splice(at + 1..at + 1, inner.iter().copied());
                    found.push(next);
                }
                break;
            }
        }
        found
    }

    fn candidates(&mut self, pieces: &[Piece]) -> Vec<Common> {
        let mut all: Vec<Common> = Vec::new();
        let mut seen: Vec<Common> = Vec::new();
        for piece in pieces {
            let mut own: Vec<Common> = Vec::new();
            for variant in self.variants(piece) {
                if variant.chain.iter().any(|f| self.forms.shape(*f).is_scalar()) {
                    continue;
                }
                own.extend(variant.chain.first().map(|id| Common::Left(*id)));
                own.extend(variant.chain.last().map(|id| Common::Right(*id)));
                for (form, exponent) in &variant.scalars {
                    let unit = match exponent.is_negative() {
                        true => Number::MINUS_ONE,
                        false => Number::ONE,
                    };
                    own.push(Common::Scalar(*form, exponent.clone()));
                    own.push(Common::Scalar(*form, unit));
                }
            }
            let mut distinct: Vec<Common> = Vec::new();
            for common in own {
                if !distinct.contains(&common) {
                    distinct.push(common);
                }
            }
            for common in distinct {
                if !seen.contains(&common) {
                    seen.push(common);
                } else if !all.contains(&common) {
                    all.push(common);
                }
            }
        }
        for common in least_powers(pieces) {
            if !all.contains(&common) {
                all.push(common);
            }
        }
        let mut shared = Number::ZERO;
        for piece in pieces {
            shared = shared.gcd(&piece.coefficient);
        }
        if pieces.len() > 1 && !shared.is_one() && !shared.is_zero() {
            all.push(Common::Coefficient(shared));
        }
        all
    }

    /// The pieces with something common drawn out of those that have it.
    fn drawn_out(
        &mut self,
        pieces: &[Piece],
        common: &Common,
        shape: Shape,
    ) -> Option<Vec<Piece>> {
        let mut rest = Vec::new();
        let mut inside = Vec::new();
        for piece in pieces {
            let variants = self.variants(piece);
            let taken = variants.iter().find_map(|variant| without(variant, common));
            match taken {
                Some(taken) => inside.push(taken),
                None => rest.push(piece.clone()),
            }
        }
        if inside.len() < 2 || self.keeps_apart() && !rest.is_empty() {
            return None;
        }
        let bare = inside.iter().filter(|piece| piece.chain.is_empty()).count();
        let mut outside = Piece::default();
        if inside.iter().all(|piece| piece.coefficient.is_negative()) {
            outside.coefficient = Number::MINUS_ONE;
            for piece in &mut inside {
                piece.coefficient = piece.coefficient.neg();
            }
        }
        match common {
            Common::Left(id) | Common::Right(id) => {
                let own = self.forms.shape(*id);
                let left = matches!(common, Common::Left(_));
                let mut bare = bare;
                if bare != 0 && bare != inside.len() {
                    // A*B + B is (A + I)*B.
                    let n = if left { own.cols } else { own.rows };
                    if n != if left { shape.cols } else { shape.rows } {
                        return None;
                    }
                    // x*(y'*z) + x is x*(y'*z + 1), which has no matrix in it.
                    if n != SizeId::ONE {
                        let eye = self.forms.intern(Op::Eye, Shape::new(n, n));
                        for piece in inside.iter_mut().filter(|p| p.chain.is_empty()) {
                            piece.chain.push(eye);
                        }
                    }
                    bare = 0;
                }
                let inner = match (bare > 0, left) {
                    (true, _) => Shape::SCALAR,
                    (false, true) => Shape::new(own.cols, shape.cols),
                    (false, false) => Shape::new(shape.rows, own.rows),
                };
                self.spread(&mut inside, inner);
                let sum = self.assemble(inside, inner);
                outside.multiply(sum, false, self.forms);
                let at = if left { 0 } else { outside.chain.len() };
                outside.chain.insert(at, *id);
            }
            Common::Scalar(form, exponent) => {
                // Beside a matrix, what is the same in every entry is a matrix of ones.
                if bare != 0 && bare != inside.len() && !shape.is_vector() {
                    return None;
                }
                outside.scalars.push((*form, exponent.clone()));
                self.put(&mut outside, inside, shape);
            }
            Common::Coefficient(number) => {
                outside.coefficient = outside.coefficient.mul(number);
                self.put(&mut outside, inside, shape);
            }
        }
        rest.push(outside);
        Some(rest)
    }

    /// A row in every row of a matrix, and a column in every column: what was the same in every
    /// entry of a product is no more so without one of its factors.
    fn spread(&mut self, pieces: &mut [Piece], to: Shape) {
        for piece in pieces {
            let [Some(first), Some(last)] =
                [piece.chain.first(), piece.chain.last()].map(|id| id.copied())
            else {
                continue;
            };
            let (rows, cols) =
                (self.forms.shape(first).rows, self.forms.shape(last).cols);
            if rows == SizeId::ONE && to.rows != SizeId::ONE {
                let ones = self.forms.ones(to.rows);
                piece.chain.insert(0, ones);
            }
            if cols == SizeId::ONE && to.cols != SizeId::ONE {
                let ones = self.forms.ones(to.cols);
                let row = self.transposed(ones);
                piece.chain.push(row);
            }
        }
    }

    fn put(&mut self, outside: &mut Piece, inside: Vec<Piece>, shape: Shape) {
        let sum = self.assemble(inside, shape);
        outside.multiply(sum, false, self.forms);
    }
}

/// Of scalars that stand in several pieces, the least power on each side of the bar.
fn least_powers(pieces: &[Piece]) -> impl Iterator<Item = Common> {
    let mut found: Vec<(FormId, Number, usize)> = Vec::new();
    for (form, exponent) in pieces.iter().flat_map(|piece| &piece.scalars) {
        let is_same = |known: &&mut (FormId, Number, usize)| {
            known.0 == *form && known.1.is_negative() == exponent.is_negative()
        };
        match found.iter_mut().find(is_same) {
            Some((_, least, count)) => {
                *count += 1;
                if exponent.abs() < least.abs() {
                    *least = exponent.clone();
                }
            }
            None => found.push((*form, exponent.clone(), 1)),
        }
    }
    let shared = found.into_iter().filter(|(.., count)| *count > 1);
    shared.map(|(form, least, _)| Common::Scalar(form, least))
}

/// A piece without what is drawn out; `None` when it does not have it.
fn without(piece: &Piece, common: &Common) -> Option<Piece> {
    let mut rest = piece.clone();
    match common {
        Common::Left(id) => {
            (piece.chain.first() == Some(id)).then(|| rest.chain.remove(0))?;
        }
        Common::Right(id) => {
            (piece.chain.last() == Some(id)).then(|| rest.chain.pop())?;
        }
        Common::Scalar(form, exponent) => {
            let at = rest.scalars.iter().position(|(known, own)| {
                known == form
                    && own.is_negative() == exponent.is_negative()
                    && own.abs() >= exponent.abs()
            })?;
            let left = rest.scalars[at].1.sub(exponent);
            match left.is_zero() {
                true => {
                    rest.scalars.remove(at);
                }
                false => rest.scalars[at].1 = left,
            }
        }
        Common::Coefficient(number) => {
            rest.coefficient = rest.coefficient.mul(&number.recip()?);
        }
    }
    Some(rest)
}
