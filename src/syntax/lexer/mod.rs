//! One lexer for each notation: from a text to tokens. Nothing here knows precedence.

mod text;

pub(super) use text::{expression, names, statement};
