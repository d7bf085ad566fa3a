//! Lines that declare shapes: `given A[m,n] symmetric, x[n], c`.

use super::lexer;
use super::limits;
use crate::error::Result;
use crate::span::Span;

/// How shapes are declared.
pub const DECLARE: &str =
    "declare shapes as `A[m,n] symmetric, x[n], c`: matrix, column vector, scalar";

/// A declaration as it is typed.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// The name that is declared.
    pub name: String,
    /// Its sizes, each a number or a name.
    pub sizes: Vec<(String, Span)>,
    /// Whether it is a function from columns or matrices of these sizes to numbers, as
    /// `L: R^n -> R`.
    pub is_field: bool,
    /// The words behind them.
    pub traits: Vec<(String, Span)>,
    /// Where it stands.
    pub span: Span,
}

/// Whether a text has a line that declares shapes.
pub fn has_given(text: &str) -> bool {
    text.split([';', '\n']).any(|line| declarations(line).is_some())
}

/// What the lines of a program declare.
///
/// # Errors
/// Statements that do not end, lines of declarations that cannot be read.
pub fn given(text: &str) -> Result<Vec<Given>> {
    let mut found = Vec::new();
    for statement in limits::statements(text)?.iter().filter(|s| s.equals.is_none()) {
        let start = statement.span.start as usize;
        let statement = &text[start..statement.span.end as usize];
        if let Some((skip, rest)) = declarations(statement) {
            let read = lexer::declarations(rest.trim_end(), start + skip);
            found.extend(read.map_err(|error| error.help(DECLARE))?);
        }
    }
    Ok(found)
}

/// What stands behind `given` in a statement, and where.
pub(super) fn declarations(statement: &str) -> Option<(usize, &str)> {
    let rest = statement.trim_start().strip_prefix("given")?;
    let rest = rest.strip_prefix(|c: char| c.is_whitespace() || c == ':')?;
    let is_first = |c: char| c.is_alphabetic() || c == '\\';
    let named = rest.trim_start().starts_with(is_first);
    named.then_some((statement.len() - rest.len(), rest))
}
