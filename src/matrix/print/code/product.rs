//! Products in code: scalars first, chains of matrices, outer products, systems of equations.

use super::super::super::form::{FormId, Op};
use super::super::super::shape::SizeId;
use super::super::super::table::Special;
use super::template::{Level, Piece};
use super::writer::{Done, Writer};

impl Writer<'_> {
    /// Products of entries. Everything around them is in brackets, because they bind like
    /// products of matrices.
    pub(super) fn hadamard(&self, factors: &[FormId], done: &Done) -> Piece {
        let texts: Vec<String> =
            factors.iter().map(|id| Self::piece(*id, done).at(Level::Power)).collect();
        Piece::new(texts.join(self.dialect.times), Level::Product)
    }

    /// Scalars first, then what is between: pieces that meet in an axis of size 1 are an
    /// outer product.
    pub(super) fn product(&mut self, factors: &[FormId], done: &Done) -> Piece {
        let (scalars, rest): (Vec<FormId>, Vec<FormId>) =
            factors.iter().partition(|id| self.is_scalar(**id));
        let mut numbers: Vec<Piece> =
            scalars.iter().map(|id| Self::piece(*id, done)).collect();
        let mut pieces: Vec<Piece> = Vec::new();
        let mut start = 0;
        let mut is_chain = false;
        for at in 1..=rest.len() {
            let meets = |at: usize| self.forms.shape(rest[at - 1]).cols == SizeId::ONE;
            if at < rest.len() && !meets(at) {
                continue;
            }
            let segment = &rest[start..at];
            let (first, last) = (segment[0], segment[segment.len() - 1]);
            let row = self.forms.shape(first).rows == SizeId::ONE;
            let is_inner = row && self.forms.shape(last).cols == SizeId::ONE;
            let piece = self.chain(segment, rest.len() > segment.len(), done);
            start = at;
            if is_inner && self.dialect.is_flat {
                numbers.push(piece);
            } else {
                pieces.push(piece);
                is_chain |= segment.len() > 1 && !self.is_system(segment);
            }
        }
        if pieces.is_empty() && numbers.len() == 1 {
            return numbers.swap_remove(0);
        }
        let is_plain = pieces.is_empty() && numbers.iter().all(|piece| piece.is_plain);
        let array = match (&pieces[..], self.dialect.is_flat) {
            ([], _) => None,
            ([one], _) => Some(one.clone()),
            ([a, b], true) => {
                Some(self.fill(self.dialect.outer, &[a.clone(), b.clone()]))
            }
            _ => {
                let texts: Vec<String> =
                    pieces.iter().map(|p| p.at(Level::Product)).collect();
                Some(Piece::new(texts.join(self.dialect.product), Level::Product))
            }
        };
        let mut text = String::new();
        for (place, piece) in numbers.iter().enumerate() {
            let leads = place == 0 && scalars.len() == numbers.len();
            let least = if leads || numbers.len() + pieces.len() == 1 {
                Level::Product
            } else {
                Level::Power
            };
            text.push_str(if place > 0 { "*" } else { "" });
            text.push_str(&piece.at(least));
        }
        let Some(array) = array else {
            return Piece { text, level: Level::Product, is_plain };
        };
        if numbers.is_empty() {
            return array;
        }
        // A chain of matrices may go on behind a scalar, products of entries may not.
        let is_chain = is_chain || pieces.len() > 1;
        let least = if is_chain { Level::Product } else { Level::Power };
        text.push('*');
        text.push_str(&array.at(least));
        Piece::new(text, Level::Product)
    }

    /// Whether factors are nothing but an inverse before a vector.
    fn is_system(&self, factors: &[FormId]) -> bool {
        let last = factors.last().map(|id| self.forms.shape(*id).cols);
        let first = factors.first().map(|id| self.forms.op(*id));
        last == Some(SizeId::ONE) && matches!(first, Some(Op::Call(Special::Inverse, _)))
    }

    /// Factors that meet in axes that are summed over; an inverse before a vector is a system
    /// of equations.
    fn chain(&mut self, factors: &[FormId], has_company: bool, done: &Done) -> Piece {
        let [rest @ .., last] = factors else {
            return Piece::new(String::new(), Level::Atom);
        };
        let mut tail = Self::piece(*last, done);
        if rest.is_empty() {
            return match has_company && !self.dialect.is_flat {
                true => Piece::new(tail.at(Level::Power), tail.level.max(Level::Power)),
                false => tail,
            };
        }
        let is_vector = self.forms.shape(*last).cols == SizeId::ONE;
        let mut texts: Vec<String> = Vec::new();
        for (place, id) in rest.iter().enumerate().rev() {
            match self.forms.op(*id) {
                Op::Call(Special::Inverse, list) if is_vector => {
                    // What was met so far stands between the inverse and the tail.
                    let behind = match texts.is_empty() {
                        true => tail,
                        false => {
                            texts.push(tail.at(Level::Power));
                            Piece::new(texts.join(self.dialect.product), Level::Product)
                        }
                    };
                    tail = self
                        .fill(self.dialect.solve, &[Self::piece(list[0], done), behind]);
                    texts.clear();
                    if place == 0 && !has_company {
                        return tail;
                    }
                }
                _ => texts.insert(0, Self::piece(*id, done).at(Level::Power)),
            }
        }
        texts.push(tail.at(Level::Power));
        let level = if texts.len() > 1 { Level::Product } else { Level::Power };
        Piece::new(texts.join(self.dialect.product), level)
    }
}
