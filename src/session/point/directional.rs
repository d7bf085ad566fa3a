//! Derivatives in a direction at points.

use super::super::engine::{Engine, Form, Formula};
use super::super::field::{Checked, Direction};
use super::alone::Missing;
use super::eval::Point;
use super::settle::Move;
use super::slope::{AtPoint, existing};
use crate::error::Result;
use crate::kernel::ExprId;
use crate::print::{self, Notation, Operator};
use crate::syntax;

impl Engine {
    /// The derivatives of all components in a direction at a point, from their formulas or as
    /// limits.
    ///
    /// # Errors
    /// As [`Engine::directional`] and [`Engine::existing_at`].
    pub fn directional_at(
        &mut self,
        formula: &Formula,
        wrt: &[String],
        direction: &Direction,
        form: Form,
        point: &Point,
    ) -> Result<Checked<Vec<ExprId>>> {
        // Along a vector as it is, more limits are fractions.
        let whole = Direction { is_unit: false, ..direction.clone() };
        let Checked { mut value, checked } =
            self.directional(formula, wrt, &whole, form)?;
        let step = self.step(wrt, &direction.components)?;
        let label =
            print::operator_label(Operator::Directional, &formula.name, Notation::Text);
        for (component, value) in value.iter_mut().enumerate() {
            let plain = self.at_point(&[*value], point);
            let known = plain.as_ref().ok().map(|values| values[0]);
            let step = std::slice::from_ref(&step);
            let mut found = match self.is_alone(formula, component, &step[0], point)? {
                true => Some(AtPoint::Missing(Missing::Alone)),
                false => self.along_at(formula, component, step, point, known)?,
            };
            if direction.is_unit
                && matches!(
                    found,
                    Some(AtPoint::Decimal(_) | AtPoint::Missing(Missing::Sides(_)))
                )
            {
                // The limits from both sides are those along the unit vector.
                let mut unit = Vec::with_capacity(wrt.len());
                for speed in &direction.components {
                    unit.push(self.per_length(*speed, direction)?);
                }
                let step = [self.step(wrt, &unit)?];
                found = self.along_at(formula, component, &step, point, None)?;
            }
            let raw = match found {
                Some(found) => existing(found, &label, point)?,
                None => plain?[0],
            };
            *value = match direction.is_unit {
                true => self.per_length(raw, direction)?,
                false => raw,
            };
        }
        Ok(Checked { value, checked })
    }

    /// How far variables go in a step with these components.
    pub(in crate::session) fn step(
        &self,
        wrt: &[String],
        components: &[ExprId],
    ) -> Result<Move> {
        let mut step = Move::new();
        for (name, speed) in wrt.iter().zip(components) {
            let text = print::write(&self.pool, *speed, Notation::Text)?;
            step.push((name.clone(), syntax::parse(&text, &[])?));
        }
        Ok(step)
    }
}
