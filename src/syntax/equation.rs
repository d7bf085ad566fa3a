//! Equations: `x^2 + y^2 = 25` is read as left side minus right side. In a program the same
//! sign defines a name; here it never does.

use super::ast::Program;
use super::lexer::{self, Input};
use super::limits::Statement;
use super::parser;
use crate::error::{Error, ErrorKind, Result};
use crate::span::Span;

/// Reads equations, separated as the statements of a program, each as a formula that is zero
/// where it holds, in the notation that is given or else found out. `declared` and `known` are as for [`parse_beside`](super::parse_beside).
///
/// # Errors
/// A statement without `=`, or with several; an empty side; what cannot be read.
pub fn parse_equations(
    text: &str,
    input: Option<Input>,
    declared: &[&str],
    known: &[&str],
) -> Result<Vec<Program>> {
    let input = input.unwrap_or_else(|| lexer::input_of(text));
    let mut statements = lexer::statements(input, text)?;
    if statements.is_empty() {
        return Err(Error::at(Span::new(0, text.len()), ErrorKind::EmptyExpression));
    }
    for statement in &mut statements {
        must_be_equation(text, statement)?;
        statement.is_equation = true;
    }
    let read = |statement| {
        let statement = std::slice::from_ref(statement);
        parser::read(input, text, statement, declared, known, None)
    };
    statements.iter().map(read).collect()
}

fn must_be_equation(text: &str, statement: &Statement) -> Result<()> {
    let (start, end) = (statement.span.start as usize, statement.span.end as usize);
    let refuse = |at: Span, found: &str, expected: &str| {
        let (found, expected) = (found.to_owned(), expected.to_owned());
        Error::at(at, ErrorKind::UnexpectedToken { found, expected })
            .help("write an equation with one `=`, as `x^2 + y^2 = 25`")
    };
    let Some(equals) = statement.equals else {
        return Err(refuse(Span::new(end, end), "", "`=`"));
    };
    if let Some(second) = statement.second_equals {
        let at = Span::new(second, second + 1);
        return Err(refuse(at, "=", "the end of the equation"));
    }
    for side in [start..equals, equals + 1..end] {
        if text[side.clone()].trim().is_empty() {
            let span = Span::new(side.start, side.end);
            return Err(Error::at(span, ErrorKind::EmptyExpression));
        }
    }
    Ok(())
}
