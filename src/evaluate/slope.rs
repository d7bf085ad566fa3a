//! Numeric partial derivatives of the functions of the table.

use super::run::values_into;
use super::tape::{Slot, Tape};
use crate::function::spec::ARGUMENTS;
use crate::kernel::FunctionId;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;
use std::cell::RefCell;

/// An error of special functions that is safe to assume.
const SPECIAL: f64 = 1e-10;

/// A formula, where its value is, and which argument each of its variables is.
type Slope = (Tape, Slot, SmallVec<[usize; 4]>);

/// The partial derivatives of functions as tapes over the letters of the table.
#[derive(Clone, Debug)]
pub struct Slopes {
    /// The relative error allowed to the value of a special function.
    pub special: f64,
    /// The relative error of coordinates.
    pub coordinates: f64,
    tapes: FxHashMap<(FunctionId, usize), Option<Slope>>,
    buffer: RefCell<Vec<f64>>,
}

impl Default for Slopes {
    fn default() -> Self {
        let (tapes, buffer) = (FxHashMap::default(), RefCell::default());
        Self { special: SPECIAL, coordinates: 0.0, tapes, buffer }
    }
}

impl Slopes {
    /// Whether a partial derivative has been put in.
    pub fn contains(&self, function: FunctionId, argument: usize) -> bool {
        self.tapes.contains_key(&(function, argument))
    }

    /// Puts a partial derivative in; `None` where there is none.
    pub fn insert(
        &mut self,
        function: FunctionId,
        argument: usize,
        tape: Option<(Tape, Slot)>,
    ) {
        let slope = tape.map(|(tape, slot)| {
            let place = |name: &String| {
                ARGUMENTS.iter().position(|letter| letter == name).unwrap_or(usize::MAX)
            };
            let places = tape.variables.iter().map(place).collect();
            (tape, slot, places)
        });
        self.tapes.insert((function, argument), slope);
    }

    /// The value of a partial derivative; NaN where it is not known.
    pub fn value(&self, function: FunctionId, argument: usize, at: &[f64]) -> f64 {
        let Some(Some((tape, slot, places))) = self.tapes.get(&(function, argument))
        else {
            return f64::NAN;
        };
        let point: SmallVec<[f64; 4]> = places
            .iter()
            .map(|place| at.get(*place).copied().unwrap_or(f64::NAN))
            .collect();
        let mut buffer = self.buffer.borrow_mut();
        values_into(tape, &point, &mut buffer);
        buffer[*slot as usize]
    }
}
