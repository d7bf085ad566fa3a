//! Equations: `x^2 + y^2 = 25` is read as left side minus right side. In a program the same
//! sign defines a name; here it never does.

use super::limits;
use crate::error::{Error, ErrorKind, Result};
use crate::span::Span;

/// An equation as a formula that is zero where it holds.
#[derive(Clone, Debug)]
pub struct Equation {
    /// `(left)-(right)`, which is a formula like any other.
    pub text: String,
    /// Where the equation stands, and where its `=`.
    start: usize,
    equals: usize,
    end: usize,
}

impl Equation {
    /// A place in the formula as one in what was typed.
    pub fn locate(&self, span: Span) -> Span {
        // One bracket more stands before the left side, three symbols before the right.
        let place = |at: u32| {
            let at = self.start + at as usize;
            let behind = at > self.equals + 1;
            let at = at.saturating_sub(if behind { 3 } else { 1 });
            let least = if behind { self.equals } else { self.start };
            at.clamp(least, self.end) as u32
        };
        Span { start: place(span.start), end: place(span.end) }
    }

    /// An error in the formula as one in what was typed.
    pub fn explain(&self, mut error: Error) -> Error {
        error.span = error.span.map(|span| self.locate(span));
        // The bracket at the end of a side was not typed.
        if let ErrorKind::UnexpectedToken { found, .. } = &mut error.kind
            && found == ")"
            && let Some(span) = error.span
        {
            let at = span.start as usize;
            if at == self.equals {
                "=".clone_into(found);
            } else if at == self.end {
                found.clear();
            }
        }
        error
    }
}

/// Takes a text apart into equations, separated as the statements of a program.
///
/// # Errors
/// A statement without `=`, or with several; an empty side.
pub fn equations(text: &str) -> Result<Vec<Equation>> {
    let statements = limits::statements(text)?;
    if statements.is_empty() {
        return Err(Error::at(Span::new(0, text.len()), ErrorKind::EmptyExpression));
    }
    let mut found = Vec::with_capacity(statements.len());
    for statement in statements {
        let (start, end) = (statement.span.start as usize, statement.span.end as usize);
        let refuse = |at: Span, found: &str, expected: &str| {
            let (found, expected) = (found.to_owned(), expected.to_owned());
            Error::at(at, ErrorKind::UnexpectedToken { found, expected })
                .help("write an equation with one `=`, as `x^2 + y^2 = 25`")
        };
        let Some(equals) = statement.equals else {
            return Err(refuse(Span::new(end, end), "", "`=`"));
        };
        let (left, right) = (&text[start..equals], &text[equals + 1..end]);
        if let Some(second) = second_equals(right) {
            let at = equals + 1 + second;
            return Err(refuse(Span::new(at, at + 1), "=", "the end of the equation"));
        }
        for (side, at) in [(left, start), (right, equals + 1)] {
            if side.trim().is_empty() {
                let span = Span::new(at, at + side.len());
                return Err(Error::at(span, ErrorKind::EmptyExpression));
            }
        }
        let text = format!("({left})-({right})");
        found.push(Equation { text, start, equals, end });
    }
    Ok(found)
}

/// The place of another `=` outside of brackets.
fn second_equals(text: &str) -> Option<usize> {
    let mut depth = 0i32;
    text.bytes().position(|byte| {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth -= 1,
            _ => {}
        }
        byte == b'=' && depth == 0
    })
}
