//! Limits in lines of a derivation, as in the definition of the derivative: taken by the series
//! on both sides.

use super::own_judge::{Content, Judge, Value};
use super::own_reading::{Place, refused};
use crate::error::Result;
use crate::kernel::ExprId;
use crate::syntax::Limit;

impl Judge<'_, '_> {
    /// What a limit is.
    pub(super) fn limit_of(
        &mut self,
        limit: Limit<'_>,
        place: Place<'_>,
    ) -> Result<Content> {
        let inner = Place { depth: place.depth + 1, ..place };
        let moving = Place { moving: Some(limit.name), ..inner };
        let body = self.one_value(limit.body, moving)?;
        let to = self.one_value(limit.to, inner)?;
        let symbol = self.engine.pool.symbol(limit.name);
        let found = self.engine.both_sides(body, (symbol, to), 0)?;
        let unknown = || refused(format!("no limit is found of `{}`", limit.body));
        let found = found.ok_or_else(unknown)?;
        let sides = [true, false].map(|is_left| {
            let is_wanted = limit.is_left.is_none_or(|left| left == is_left);
            found.derivative_on(usize::from(!is_left), 0).filter(|_| is_wanted)
        });
        let value = match sides {
            [Some(left), Some(right)] => match self.engine.is_same(left, right)? {
                Some(true) => right,
                _ => return Err(unknown()),
            },
            [Some(one), None] | [None, Some(one)] => one,
            [None, None] => return Err(unknown()),
        };
        let value = self.engine.simplify(value)?;
        let values = vec![Value::Found(value)];
        Ok(Content::Values { values, is_vector: false, is_open: true, equation: None })
    }

    /// The value of a text that is one formula.
    fn one_value(&mut self, text: &str, place: Place<'_>) -> Result<ExprId> {
        match self.read_at(text, place)? {
            Content::Values { values, is_vector: false, .. } if values.len() == 1 => {
                Ok(values[0].id())
            }
            _ => Err(refused(format!("`{text}` is not one formula"))),
        }
    }
}
