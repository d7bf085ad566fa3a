//! Formulas as they were typed, for comparisons of many components: each is put on a tape once.

use super::engine::{Engine, Formula};
use crate::error::Result;
use crate::evaluate::{Operation, Slot, Tape};
use crate::kernel::ExprId;
use std::ptr;

/// Formulas of so many components are put on each tape whole.
const FEW: usize = 16;
/// Up to this cost a function stands beside each of its derivatives.
const SHORT: u32 = 200;

/// An expression that is compared: one that was found, or a root of what was typed.
#[derive(Clone, Copy, Debug)]
pub(super) enum Given<'a> {
    Found(ExprId),
    Typed(&'a Formula, usize),
}

impl Given<'_> {
    pub(super) fn id(self) -> ExprId {
        match self {
            Self::Found(id) => id,
            Self::Typed(formula, root) => formula.roots[root],
        }
    }
}

/// A formula of many components on a tape.
struct Whole<'f> {
    formula: &'f Formula,
    tape: Tape,
    roots: Vec<Slot>,
}

/// The formulas of many components that were compared so far.
#[derive(Default)]
pub(super) struct Typed<'f> {
    known: Vec<Whole<'f>>,
    /// The function whose derivatives are compared, and whether it certainly has values
    /// everywhere.
    total: Option<(&'f Formula, bool)>,
}

impl<'f> Typed<'f> {
    /// Puts a root of a formula on a tape, with what it needs. The work on one of many roots is
    /// that on what it needs.
    pub(super) fn put(
        &mut self,
        engine: &Engine,
        (formula, root): (&'f Formula, usize),
        tape: &mut Tape,
    ) -> Result<Slot> {
        if formula.roots.len() <= FEW {
            return Ok(engine.lower(formula, tape)?[root]);
        }
        let place = match self.known.iter().position(|w| ptr::eq(w.formula, formula)) {
            Some(place) => place,
            None => {
                let mut tape = Tape::default();
                let roots = engine.lower(formula, &mut tape)?;
                self.known.push(Whole { formula, tape, roots });
                self.known.len() - 1
            }
        };
        let whole = &self.known[place];
        Ok(tape.take_part(&whole.tape, whole.roots[root]))
    }

    /// Whether a function certainly has a value at every point, as it was typed. Of short ones
    /// it is not asked: what they differ at is told of all their variables.
    pub(super) fn is_total(&mut self, function: &'f Formula) -> bool {
        match self.total {
            Some((known, is_total)) if ptr::eq(known, function) => is_total,
            _ => {
                let program = function.program();
                let is_total = program.cost() > SHORT && program.has_values_everywhere();
                self.total = Some((function, is_total));
                is_total
            }
        }
    }
}

impl Engine {
    /// Puts an expression on a tape.
    pub(super) fn put_on(&self, tape: &mut Tape, given: Given<'_>) -> Result<Slot> {
        self.put_typed(&mut Typed::default(), tape, given)
    }

    pub(super) fn put_typed<'f>(
        &self,
        typed: &mut Typed<'f>,
        tape: &mut Tape,
        given: Given<'f>,
    ) -> Result<Slot> {
        match given {
            Given::Found(id) => Ok(tape.add_expressions(&self.pool, &[id])[0]),
            Given::Typed(formula, root) => typed.put(self, (formula, root), tape),
        }
    }
}

/// `value`, undefined where `condition` is.
pub(super) fn within(tape: &mut Tape, value: Slot, condition: Slot) -> Slot {
    let zero = tape.add(Operation::Number(0.0));
    let nothing = tape.add(Operation::Multiply(zero, condition));
    tape.add(Operation::Add(value, nothing))
}
