//! What is asked, where an answer is judged.

use super::super::engine::must_be_order;
use crate::error::Result;

/// What an answer is an answer to.
#[derive(Clone, Debug)]
pub enum Question {
    /// The derivatives of this order in each variable.
    Partials(Vec<String>, u32),
    /// One derivative in a sequence of variables.
    Mixed(Vec<String>),
}

impl Question {
    /// The derivatives of an order in each variable.
    ///
    /// # Errors
    /// An order that is too high.
    pub fn of_order(wrt: Vec<String>, order: u32) -> Result<Self> {
        must_be_order(order)?;
        Ok(Self::Partials(wrt, order))
    }

    /// The derivative of an order in one variable.
    ///
    /// # Errors
    /// An order that is too high.
    pub fn repeated(name: &str, order: u32) -> Result<Self> {
        must_be_order(order)?;
        Ok(Self::Mixed(vec![name.to_owned(); order as usize]))
    }

    /// The order of the derivatives that are asked for.
    pub fn order(&self) -> usize {
        match self {
            Self::Partials(_, order) => *order as usize,
            Self::Mixed(sequence) => sequence.len(),
        }
    }

    /// The variables of each derivative that is asked for.
    pub fn derivatives(&self) -> Vec<Vec<String>> {
        match self {
            Self::Partials(wrt, order) => {
                wrt.iter().map(|name| vec![name.clone(); *order as usize]).collect()
            }
            Self::Mixed(sequence) => vec![sequence.clone()],
        }
    }
}
