//! Formulas of the function table, read on first use.

use super::ast::Program;
use super::lower::instantiate;
use super::parser::parse;
use crate::error::{Error, ErrorKind, Result};
use crate::function::spec::ARGUMENTS;
use crate::function::{self, Builder};
use crate::kernel::{FunctionId, Relation};
use std::sync::OnceLock;

/// More than there are rows in the table.
const ROWS: usize = 256;
/// The slots of a row: its meaning, both sides of the equation where its derivative fails,
/// its normal form, its partial derivatives, reductions, conditions of special
/// derivatives and these, its derivative over the complex numbers, its formula in code.
const SLOTS: usize = STABLE + 1;
const STABLE: usize = PRINCIPAL + 1;
const PRINCIPAL: usize = 4 + ARGUMENTS.len() + 3 * SPECIAL;
/// The most reductions or special derivatives of a row.
const SPECIAL: usize = 5;

/// The programs read so far; boxed, because most of the places stay empty.
static PROGRAMS: [[OnceLock<Box<Result<Program>>>; SLOTS]; ROWS] =
    [const { [const { OnceLock::new() }; SLOTS] }; ROWS];

fn program(function: FunctionId, slot: usize, formula: &str) -> Result<&'static Program> {
    let cell = PROGRAMS.get(function.0 as usize).and_then(|row| row.get(slot));
    let cell =
        cell.ok_or_else(|| Error::from(ErrorKind::Unsupported("this row".into())))?;
    let read = || {
        let letters = ARGUMENTS[..4].join(", ");
        Box::new(parse(&format!("formula({letters}) = {formula}"), &[]))
    };
    cell.get_or_init(read).as_ref().as_ref().map_err(Clone::clone)
}

/// A formula over letters of one's own, read once. A letter may have primes, as `u'`.
#[derive(Clone, Debug)]
pub struct Template {
    program: Program,
}

impl Template {
    /// Reads a formula over letters.
    ///
    /// # Errors
    /// A formula that cannot be read.
    pub fn read(letters: &[&str], formula: &str) -> Result<Self> {
        let text = format!("formula({}) = {formula}", letters.join(", "));
        Ok(Self { program: parse(&text.replace('\'', "_prime"), &[])? })
    }

    /// Puts arguments in, one for each letter.
    ///
    /// # Errors
    /// A division by a literal zero.
    pub fn build<B: Builder>(
        &self,
        arguments: &[B::Id],
        builder: &mut B,
    ) -> Result<B::Id> {
        instantiate(&self.program, arguments, builder)
    }
}

/// The formula that a name stands for, with arguments put in.
///
/// # Errors
/// A formula of the table that cannot be read; a test reads them all.
pub fn meaning<B: Builder>(
    function: FunctionId,
    arguments: &[B::Id],
    builder: &mut B,
) -> Result<B::Id> {
    let formula = function::spec(function).means.unwrap_or_default();
    let found = instantiate(program(function, 0, formula)?, arguments, builder);
    // The place of an error in the formula of the row says nothing.
    found.map_err(|error| Error { span: None, ..error })
}

/// A function of the table over the kernels of the normal form, at arguments; `None` for the
/// kernels themselves.
///
/// # Errors
/// A formula of the table that cannot be read; a test reads them all.
pub fn normal<B: Builder>(
    function: FunctionId,
    arguments: &[B::Id],
    builder: &mut B,
) -> Result<Option<B::Id>> {
    let Some(formula) = function::spec(function).normal else { return Ok(None) };
    instantiate(program(function, 3, formula)?, arguments, builder).map(Some)
}

/// A function of the table as code says it that has no word for it: so that it overflows as
/// late as it can, where there is a choice, then by what it means, then in the normal form.
///
/// # Errors
/// A formula of the table that cannot be read; a test reads them all.
pub fn in_code<B: Builder>(
    function: FunctionId,
    arguments: &[B::Id],
    builder: &mut B,
) -> Result<Option<B::Id>> {
    let row = function::spec(function);
    match (row.stable, row.means) {
        (Some(formula), _) => {
            let formula = program(function, STABLE, formula)?;
            instantiate(formula, arguments, builder).map(Some)
        }
        (None, Some(_)) => meaning(function, arguments, builder).map(Some),
        (None, None) => normal(function, arguments, builder),
    }
}

/// The same for any function; `None` too for what is not of the table.
pub fn in_normal_form<B: Builder>(
    function: FunctionId,
    arguments: &[B::Id],
    builder: &mut B,
) -> Option<B::Id> {
    let is_row = function.is_builtin();
    is_row.then(|| normal(function, arguments, builder).ok().flatten()).flatten()
}

/// The formula to which a function reduces for the value of its first argument; `None` when
/// there is none.
///
/// # Errors
/// A formula of the table that cannot be read; a test reads them all.
pub fn reduction<B: Builder>(
    function: FunctionId,
    first: &str,
    arguments: &[B::Id],
    builder: &mut B,
) -> Result<Option<B::Id>> {
    let rows = function::spec(function).reductions;
    let Some(place) = rows.iter().position(|(value, _)| *value == first) else {
        return Ok(None);
    };
    let program = program(function, 4 + ARGUMENTS.len() + place, rows[place].1)?;
    instantiate(program, arguments, builder).map(Some)
}

/// The partial derivative of a function of the table in one of its arguments, at arguments;
/// `None` where the table has none.
///
/// # Errors
/// A formula of the table that cannot be read; a test reads them all.
pub fn derivative<B: Builder>(
    function: FunctionId,
    argument: usize,
    arguments: &[B::Id],
    builder: &mut B,
) -> Result<Option<B::Id>> {
    let row = function::spec(function);
    let first = 4 + ARGUMENTS.len() + SPECIAL;
    for (place, (at, condition, formula)) in row.special_derivatives.iter().enumerate() {
        let slot = first + 2 * place;
        if *at == argument {
            let zero =
                instantiate(program(function, slot, condition)?, arguments, builder)?;
            if builder.is_zero(zero) {
                let program = program(function, slot + 1, formula)?;
                return instantiate(program, arguments, builder).map(Some);
            }
        }
    }
    let formula = row.derivatives.get(argument).copied().unwrap_or_default();
    if formula.is_empty() {
        return Ok(None);
    }
    let program = program(function, 4 + argument, formula)?;
    instantiate(program, arguments, builder).map(Some)
}

/// The derivative of a function of the table over the complex numbers; `None` where it is the
/// one over the real numbers.
///
/// # Errors
/// A formula of the table that cannot be read; a test reads them all.
pub fn principal<B: Builder>(
    function: FunctionId,
    arguments: &[B::Id],
    builder: &mut B,
) -> Result<Option<B::Id>> {
    let Some(formula) = function::spec(function).principal else { return Ok(None) };
    instantiate(program(function, PRINCIPAL, formula)?, arguments, builder).map(Some)
}

/// The equation that holds where a function of the table is defined but has no derivative;
/// `None` when there is no such place.
///
/// # Errors
/// A formula of the table that cannot be read; a test reads them all.
pub fn breaks<B: Builder>(
    function: FunctionId,
    arguments: &[B::Id],
    builder: &mut B,
) -> Result<Option<B::Id>> {
    let Some((left, right)) = function::spec(function).breaks.split_once('=') else {
        return Ok(None);
    };
    let left = instantiate(program(function, 1, left)?, arguments, builder)?;
    let right = instantiate(program(function, 2, right)?, arguments, builder)?;
    Ok(Some(builder.apply(Relation::Equal.function(), &[left, right])))
}
