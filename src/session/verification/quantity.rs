//! Quantities: numbers with units, percent, degrees, money.

use super::super::engine::Engine;
use super::Terms;
use super::compare::{different, undecided};
use super::value::{Part, Value};
use crate::check::{Decision, Verdict};
use crate::error::Result;
use crate::kernel::ExprId;
use crate::syntax::{Dimension, Unit};

/// What measures nothing: percent, degrees.
const NUMBER: Dimension = [0; 7];

impl Engine {
    /// The verdict where at least one has a unit.
    pub(super) fn compare_quantities(
        &mut self,
        gold: &Value,
        answer: &Value,
        terms: &Terms,
        notes: &mut Vec<String>,
    ) -> Result<Option<Decision>> {
        Ok(Some(match (gold, answer) {
            (
                Value::Quantity(one, unit, factor),
                Value::Quantity(other, second, size),
            ) => self.compare_measured(
                (one, unit, *factor),
                (other, second, *size),
                terms,
                notes,
            )?,
            (Value::Quantity(part, unit, factor), Value::Formula(plain)) => {
                return self.compare_bare(
                    [part, plain],
                    (unit, *factor, 0),
                    terms,
                    notes,
                );
            }
            (Value::Formula(plain), Value::Quantity(part, unit, factor)) => {
                return self.compare_bare(
                    [plain, part],
                    (unit, *factor, 1),
                    terms,
                    notes,
                );
            }
            _ => return Ok(None),
        }))
    }

    fn compare_measured(
        &mut self,
        (one, unit, factor): (&Part, &Unit, ExprId),
        (other, second, size): (&Part, &Unit, ExprId),
        terms: &Terms,
        notes: &mut Vec<String>,
    ) -> Result<Decision> {
        if unit == second {
            return self.compare_formulas(one, other, terms, notes);
        }
        let text = |engine: &Self, part: &Part, unit: &Unit| {
            format!("{} {}", engine.text_of(part.id()), unit.name)
        };
        match (unit.dimension, second.dimension) {
            (Some(first), Some(own)) if first == own => {
                let left = self.pool.product(&[one.id(), factor]);
                let right = self.pool.product(&[other.id(), size]);
                let found = self.decide_ids(left, right)?;
                Ok(match found.verdict {
                    Verdict::Different(_) => {
                        let (left, right) =
                            (text(self, one, unit), text(self, other, second));
                        different(left, right, "in the same unit the numbers differ")
                    }
                    _ => found,
                })
            }
            (Some(_), Some(_)) => {
                let (left, right) = (text(self, one, unit), text(self, other, second));
                Ok(different(left, right, "their units measure other things"))
            }
            _ => Ok(undecided(&format!(
                "it is not known how many `{}` a `{}` is",
                second.name, unit.name
            ))),
        }
    }

    /// A number with a unit against one without.
    fn compare_bare(
        &mut self,
        parts: [&Part; 2],
        (unit, factor, place): (&Unit, ExprId, usize),
        terms: &Terms,
        notes: &mut Vec<String>,
    ) -> Result<Option<Decision>> {
        let measured = parts[place];
        let plain = parts[1 - place];
        let names = self.variables(&[plain.id()]);
        if !names.is_empty() {
            return self.compare_letters(parts, (unit, place), &names, terms);
        }
        if unit.dimension == Some(NUMBER) {
            let value = self.pool.product(&[measured.id(), factor]);
            let found = match place {
                0 => self.decide_ids(value, plain.id())?,
                _ => self.decide_ids(plain.id(), value)?,
            };
            if !found.verdict.is_different() {
                return Ok(Some(found));
            }
            let numbers = self.decide_parts(parts[0], parts[1])?;
            return Ok(Some(match numbers.verdict.is_equal() {
                true if terms.bare_units => numbers,
                true => of_bare_number(unit),
                false => found,
            }));
        }
        let numbers = self.compare_formulas(parts[0], parts[1], terms, notes)?;
        Ok(Some(match numbers.verdict.is_equal() && !terms.bare_units {
            true => of_bare_number(unit),
            false => numbers,
        }))
    }

    /// A number with a unit against a formula with names: a unit of their letters may be a factor.
    fn compare_letters(
        &mut self,
        parts: [&Part; 2],
        (unit, place): (&Unit, usize),
        names: &[String],
        terms: &Terms,
    ) -> Result<Option<Decision>> {
        let is_known = |part: &str| {
            !part.contains(char::is_alphabetic) || names.iter().any(|name| name == part)
        };
        let is_own = unit.name.split(|c: char| !c.is_alphanumeric()).all(is_known);
        if unit.dimension.is_some() && !is_own {
            return Ok(None);
        }
        let reason = format!("`{}` may be a unit or a part of a formula", unit.name);
        let Ok(factor) = self.read(&unit.name, &terms.settings) else {
            self.pool.take_failure();
            return Ok(Some(undecided(&reason)));
        };
        let value = self.pool.product(&[parts[place].id(), factor.roots[0]]);
        let found = match place {
            0 => self.decide_ids(value, parts[1].id())?,
            _ => self.decide_ids(parts[0].id(), value)?,
        };
        Ok(Some(match is_own || found.verdict.is_equal() {
            true => found,
            false => undecided(&reason),
        }))
    }
}

fn of_bare_number(unit: &Unit) -> Decision {
    undecided(&format!(
        "the numbers are equal, but only one has the unit `{}`",
        unit.name
    ))
}
