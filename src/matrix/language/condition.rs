//! Conditions of `piecewise`: comparisons, joined by `and` and `or`.

use super::super::form::{Elementwise, FormId, Op};
use super::infer::{self, Place, mismatch};
use super::parser::{Cursor, Reader, Rule};
use crate::error::{Error, ErrorKind, Result};
use crate::function;
use crate::kernel::Relation;
use crate::syntax;

impl Reader<'_> {
    /// `or` at level 0, `and` at level 1, comparisons below.
    pub(super) fn connective(
        &mut self,
        cursor: &mut Cursor<'_>,
        level: usize,
    ) -> Result<Place> {
        let Some((word, relation)) =
            [("or", Relation::Or), ("and", Relation::And)].get(level)
        else {
            return self.comparison(cursor);
        };
        let mut left = self.connective(cursor, level + 1)?;
        while cursor.word(word) {
            let right = self.connective(cursor, level + 1)?;
            left = self.relate(*relation, left, right)?;
        }
        Ok(left)
    }

    /// `a < b <= c` holds where both hold.
    fn comparison(&mut self, cursor: &mut Cursor<'_>) -> Result<Place> {
        let mut left = self.sum(cursor)?;
        let mut whole: Option<Place> = None;
        while let Some(item) = cursor.peek()
            && item.rule == Rule::operator
            && let Some((relation, swapped)) = syntax::comparison(item.text)
        {
            cursor.at += 1;
            let right = self.sum(cursor)?;
            let (a, b) = if swapped { (right, left) } else { (left, right) };
            let one = self.relate(relation, a, b)?;
            whole = Some(match whole {
                Some(before) => self.relate(Relation::And, before, one)?,
                None => one,
            });
            left = right;
        }
        Ok(whole.unwrap_or(left))
    }

    fn relate(&mut self, relation: Relation, a: Place, b: Place) -> Result<Place> {
        let (left, right) = (self.forms.shape(a.id), self.forms.shape(b.id));
        let at = a.span.join(b.span);
        let Some(shape) = infer::entrywise(left, right) else {
            let rule = "needs two operands of one shape";
            return Err(mismatch("<", rule, (left, right), self.scope, at));
        };
        let function = Elementwise::Table(relation.function());
        let made = self.make(Op::Apply(function, vec![a.id, b.id]), shape, at);
        self.comparisons.push(made);
        Ok(made)
    }

    fn relation(&self, id: FormId) -> Option<Relation> {
        match self.forms.op(id) {
            Op::Apply(Elementwise::Table(function), _) => Relation::of(*function),
            _ => None,
        }
    }

    /// Refuses a comparison that is no condition.
    ///
    /// # Errors
    /// When there is one.
    pub(super) fn refuse_conditions(&self, root: FormId) -> Result<()> {
        if self.comparisons.is_empty() {
            return Ok(());
        }
        let mut wrong = self.relation(root).map(|_| root);
        for id in self.forms.below(root) {
            let is_logical = |relation| matches!(relation, Relation::And | Relation::Or);
            let (wanted, any) = match self.forms.op(id) {
                Op::Apply(Elementwise::Table(f), _) => match Relation::of(*f) {
                    Some(relation) if is_logical(relation) => (true, true),
                    Some(_) => (false, true),
                    None => (false, function::spec(*f).name != "piecewise"),
                },
                _ => (false, true),
            };
            let operands = self.forms.operands(id);
            for (place, operand) in operands.iter().enumerate() {
                let wanted = match any {
                    true => wanted,
                    false => function::is_condition(place, operands.len()),
                };
                if self.relation(*operand).is_some() != wanted {
                    wrong = Some(*operand);
                }
            }
        }
        let Some(wrong) = wrong else { return Ok(()) };
        let place = self.comparisons.iter().find(|place| place.id == wrong);
        let what = match self.relation(wrong) {
            Some(_) => "a comparison is a condition, not a value",
            None => "a condition is a comparison",
        };
        let kind = ErrorKind::Unsupported(what.to_owned());
        let error = match place.or(self.comparisons.last()) {
            Some(place) => Error::at(place.span, kind),
            None => Error::from(kind),
        };
        Err(error.help("conditions stand in `piecewise(x < 0, -x, x)`"))
    }
}
