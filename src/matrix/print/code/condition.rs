//! Comparisons and branches in code.

use super::super::super::shape::Shape;
use super::template::{Level, Piece};
use super::writer::{Writer, unsupported};
use crate::error::Result;
use crate::kernel::Relation;

impl Writer<'_> {
    /// A comparison, or two of them together.
    pub(super) fn condition(
        &self,
        relation: Relation,
        [a, b]: [&Piece; 2],
        shape: Shape,
    ) -> Piece {
        // `and` and `or` bind tightly where they are those of entries.
        let least = match relation {
            Relation::And | Relation::Or => Level::Postfix,
            _ => Level::Sum,
        };
        let (dot, sign) = (self.dot(shape), self.dialect.relations[relation as usize]);
        let text = format!("{} {dot}{sign} {}", a.at(least), b.at(least));
        Piece::new(text, Level::Sum)
    }

    /// Conditions with their values, from the last to the first.
    pub(super) fn branches(&mut self, pieces: &[Piece], shape: Shape) -> Result<Piece> {
        let template = match shape.is_scalar() {
            true => self.dialect.choice,
            false => self.dialect.choices,
        };
        if template.is_empty() {
            let language = self.dialect.language.name();
            return unsupported(format!(
                "branches of entries cannot be written in {language}"
            ));
        }
        let (pairs, rest) = pieces.as_chunks::<2>();
        let mut value = match rest.first() {
            Some(otherwise) => otherwise.clone(),
            None => self.fill(self.dialect.nothing, &[]),
        };
        for [condition, then] in pairs.iter().rev() {
            // The languages whose templates differ have one for entries too.
            let template = match then.is_plain && value.is_plain && self.dialect.is_flat {
                true => self.dialect.choice_of_plain,
                false => template,
            };
            value = self.fill(template, &[condition.clone(), then.clone(), value]);
        }
        Ok(value)
    }
}
