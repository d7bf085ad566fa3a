//! Equations: `x^2 + y^2 = 25` is read as left side minus right side. In a program the same
//! sign defines a name; here it never does.

use super::ast::{Ast, AstId, Callee, Program};
use super::lexer::{self, Input};
use super::limits::Statement;
use super::marks::Purpose;
use super::parser;
use super::typed::Typed;
use crate::error::{Error, ErrorKind, Result};
use crate::function::{is_conditional, spec};
use crate::span::Span;

/// Reads equations, separated as the statements of a program and no more than `most`, each as a
/// formula that is zero where it holds, in the notation that is given or else found out.
/// `declared` and `known` are as for [`parse_beside`](super::parse_beside).
///
/// # Errors
/// A statement without `=`, or with several; an empty side; too many; what cannot be read.
pub fn parse_equations(
    text: &str,
    input: Option<Input>,
    declared: &[&str],
    known: &[&str],
    most: usize,
) -> Result<Vec<Program>> {
    let typed = Typed::new(text, Purpose::Question, input);
    let mut statements = lexer::statements(&typed)?;
    if statements.is_empty() {
        return Err(Error::at(Span::new(0, text.len()), ErrorKind::EmptyExpression));
    }
    if statements.len() > most {
        let what = "the number of equations";
        return Err(ErrorKind::OverLimit { what, limit: most as u64 }.into());
    }
    for statement in &mut statements {
        must_be_equation(text, statement)?;
        statement.is_equation = true;
    }
    let read = |statement| {
        let statement = std::slice::from_ref(statement);
        let mut program =
            parser::read(typed.input.into(), text, statement, declared, known, None)?;
        program.is_equation = true;
        Ok(program)
    };
    statements.iter().map(read).collect()
}

impl Program {
    /// Whether it certainly has a value at every point: it is made of sums, products, quotients
    /// by numbers, whole powers and functions without poles, as it was typed.
    pub fn has_values_everywhere(&self) -> bool {
        let is_number = |id: AstId| match self.node(id) {
            Ast::Number(number) => !self.number(number).is_zero(),
            _ => false,
        };
        self.nodes.iter().all(|node| match node {
            Ast::Product(list) => {
                self.list(*list).iter().all(|(below, id)| !below || is_number(*id))
            }
            Ast::Power(base, _) if self.is_e(*base) => true,
            Ast::Power(_, exponent) => match self.node(*exponent) {
                Ast::Number(number) => {
                    let number = self.number(number);
                    number.is_integer() && !number.is_negative()
                }
                _ => false,
            },
            // With a value for all other cases.
            Ast::Call(Callee::Builtin(function), list) if is_conditional(*function) => {
                self.list(*list).len() % 2 == 1
            }
            Ast::Call(Callee::Builtin(function), _) => spec(*function).everywhere,
            Ast::Call(..) | Ast::Shaped(_) => false,
            _ => true,
        })
    }

    /// Whether a node is the number e.
    fn is_e(&self, id: AstId) -> bool {
        matches!(self.node(id), Ast::Name(name) if self.name(name) == "e")
            && !self.defines("e")
    }
}

fn must_be_equation(text: &str, statement: &mut Statement) -> Result<()> {
    let end = statement.span.end as usize;
    let refuse = |at: Span, found: &str, expected: &str| {
        let (found, expected) = (found.to_owned(), expected.to_owned());
        Error::at(at, ErrorKind::UnexpectedToken { found, expected })
            .help("write an equation with one `=`, as `x^2 + y^2 = 25`")
    };
    if statement.equals.is_none() {
        compared(text, statement);
    }
    let Some(equals) = statement.equals else {
        return Err(refuse(Span::new(end, end), "", "`=`"));
    };
    if let Some(second) = statement.second_equals {
        let at = Span::new(second, second + 1);
        return Err(refuse(at, "=", "the end of the equation"));
    }
    let (start, end) = (statement.span.start as usize, statement.span.end as usize);
    for side in [start..left_end(text, equals), equals + 1..end] {
        if text[side.clone()].trim().is_empty() {
            let span = Span::new(side.start, side.end);
            return Err(Error::at(span, ErrorKind::EmptyExpression));
        }
    }
    Ok(())
}

/// Makes an equation of what compares two sides as code does: `x**2 == y`, `Eq(x**2, y)`.
fn compared(text: &str, statement: &mut Statement) {
    let (start, end) = (statement.span.start as usize, statement.span.end as usize);
    let whole = text[start..end].trim();
    let from = whole.as_ptr() as usize - text.as_ptr() as usize;
    let arguments = ["Eq(", "Equal[", "Equality("].iter().find_map(|name| {
        let inner = whole.strip_prefix(name)?.strip_suffix([')', ']'])?;
        Some((from + name.len(), inner))
    });
    let (offset, inner) = arguments.unwrap_or((from, whole));
    let mut depth = 0usize;
    for (at, c) in inner.char_indices() {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' if depth == 0 => return,
            ')' | ']' | '}' => depth -= 1,
            _ => {}
        }
        let is_between = match arguments {
            Some(_) => c == ',',
            None => c == '=' && !inner[..at].ends_with(['<', '>', '!', ':']),
        };
        if depth == 0 && is_between {
            let is_double = inner[at + 1..].starts_with('=');
            let width = usize::from(is_double && arguments.is_none());
            statement.span = Span::new(offset, offset + inner.len());
            statement.equals = Some(offset + at + width);
            return;
        }
    }
}

/// Where the left side of an equation ends whose sign stands at a place.
pub(super) fn left_end(text: &str, equals: usize) -> usize {
    equals - usize::from(text[..equals].ends_with('='))
}
