//! Answers in which the derivative is still to be taken.

use super::answer::{Asked, is_known};
use crate::error::{Error, ErrorKind, Result};
use crate::kernel::is_same_name;
use crate::syntax::{self, Label, Naming};

/// Refuses an answer that only says the question again.
pub(super) fn must_be_done(text: &str, asked: Asked<'_>) -> Result<()> {
    if let Some(mark) = syntax::second_part(text, &|name| is_known(asked.known, name)) {
        let what = format!("`{mark}` begins another answer");
        return Err(ErrorKind::InvalidAnswer(what).into());
    }
    let label = Label::read(text);
    let is_open = label.is_some_and(|label| {
        matches!(label.naming, Naming::Derivative | Naming::Gradient)
            && !label.function.is_some_and(|name| {
                asked
                    .formula
                    .abstract_functions()
                    .iter()
                    .any(|own| is_same_name(own, &name))
            })
    });
    match is_open {
        true => Err(undone(text.trim())),
        false => Ok(()),
    }
}

/// What is said of a derivative that is still to be taken.
pub(super) fn undone(text: &str) -> Error {
    ErrorKind::InvalidAnswer(format!("`{text}` is still to be differentiated")).into()
}
