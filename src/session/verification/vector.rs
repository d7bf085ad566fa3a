//! Answers in unit vectors, `2i + 3j`, as the tuples that they are.

use super::super::answers::basis::BASES;
use super::super::engine::Engine;
use super::super::formula::Settings;
use super::Pair;
use super::value::{Part, Value};
use crate::error::Result;
use crate::kernel::ExprId;
use std::rc::Rc;

impl Engine {
    /// Makes tuples of formulas in unit vectors, where the other side is a tuple or stands in
    /// other unit vectors; whether there are any.
    ///
    /// # Errors
    /// A limit.
    pub(super) fn out_of_units(
        &mut self,
        pair: &mut Pair,
        settings: &Settings,
    ) -> Result<bool> {
        // Over the complex numbers `i` is a number.
        if self.pool.is_complex() {
            return Ok(false);
        }
        let bases = [0, 1].map(|side| self.basis_of(&pair.sides[side]));
        let counts = [0, 1].map(|side| pair.sides[side].iter().find_map(entries));
        let mut has_units = false;
        for side in [0, 1] {
            let (Some((basis, own)), other) = (bases[side], 1 - side) else { continue };
            let count = match (counts[other], bases[other]) {
                (Some(count), _) => count,
                (None, Some((others, theirs))) if others != basis => own.max(theirs),
                _ => continue,
            };
            let names = self.names_of(&pair.sides[other]);
            let is_other = !names.iter().any(|name| BASES[basis].contains(&&**name));
            if !is_other || count > BASES[basis].len() || own > count {
                continue;
            }
            let units: Vec<String> =
                BASES[basis][..count].iter().map(|unit| (*unit).to_owned()).collect();
            for value in &mut pair.sides[side] {
                has_units |= self.out_of(value, &units, settings)?;
            }
        }
        Ok(has_units)
    }

    /// The unit vectors that stand in a formula, by their row, and how many of the row there
    /// must be.
    fn basis_of(&self, values: &[Value]) -> Option<(usize, usize)> {
        let part = values.iter().find_map(formula)?;
        let names = self.variables(&[part.id()]);
        let last = |basis: &[&str; 3]| {
            basis.iter().rposition(|unit| names.iter().any(|name| name == unit))
        };
        let (row, last) = BASES
            .iter()
            .enumerate()
            .find_map(|(row, basis)| Some((row, last(basis)?)))?;
        const LEAST: usize = 2;
        Some((row, LEAST.max(last + 1)))
    }

    /// Makes a tuple of a formula that is a combination of unit vectors.
    fn out_of(
        &mut self,
        value: &mut Value,
        units: &[String],
        settings: &Settings,
    ) -> Result<bool> {
        let formula = match value {
            Value::Named(_, inner) => &mut **inner,
            value => value,
        };
        let Value::Formula(part) = formula else { return Ok(false) };
        let ids: Vec<ExprId> = units.iter().map(|unit| self.pool.symbol(unit)).collect();
        if !self.is_combination(part.id(), &ids)? {
            return Ok(false);
        }
        let mut values = Vec::with_capacity(units.len());
        for chosen in 0..units.len() {
            for found in self.component(&part.formula, units, chosen, settings)? {
                let text = Rc::clone(&part.text);
                let refuted = part.refuted.clone();
                let part = Part { formula: Rc::new(found), root: 0, text, refuted };
                values.push(Value::Formula(Box::new(part)));
            }
        }
        *formula = Value::Tuple(values);
        Ok(true)
    }
}

/// How many entries a tuple has.
fn entries(value: &Value) -> Option<usize> {
    match value {
        Value::Tuple(values) => Some(values.len()),
        Value::Named(_, value) => entries(value),
        _ => None,
    }
}

/// The formula of a value, with a name or not.
fn formula(value: &Value) -> Option<&Part> {
    match value {
        Value::Formula(part) => Some(part),
        Value::Named(_, value) => formula(value),
        _ => None,
    }
}
