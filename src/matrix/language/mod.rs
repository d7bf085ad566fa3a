//! From a text to forms: what is declared, and one walk over what was read, which says of each
//! node what shape it has.
//!
//! Invariant: a form that leaves this module has a shape, and shapes fit together.

mod call;
mod declare;
mod entries;
mod infer;
mod name;
mod norms;
mod walk;

use super::form::{Definition, FormId, Forms, Scope};
use super::table::SPECIALS;
use crate::error::{Error, ErrorKind, Note, Result};
use crate::syntax::{self, Program, Shapes};
use walk::Walker;

pub use crate::syntax::has_given as is_matrix;
pub use norms::ABBREVIATIONS;

/// The deepest nesting of brackets.
const MAX_DEPTH: usize = 100;
/// The longest program in bytes.
const MAX_BYTES: usize = 1 << 16;

/// A program that was read.
#[derive(Clone, Debug)]
pub(crate) struct Reading {
    /// What is differentiated.
    pub main: FormId,
    /// Its name, if it has one.
    pub name: Option<String>,
    /// What is worth knowing about how it was read.
    pub notes: Vec<Note>,
    /// The program as it was typed.
    pub program: Program,
}

/// Reads a program with its declarations.
///
/// # Errors
/// Everything that is not a program, shapes that do not fit, with place and help.
pub(crate) fn parse(text: &str, forms: &mut Forms, scope: &mut Scope) -> Result<Reading> {
    if text.len() > MAX_BYTES {
        return Err(ErrorKind::TooLong { limit: MAX_BYTES }.into());
    }
    for given in syntax::given(text)? {
        declare::declare(given, scope)?;
    }
    let program = program(text, &declared(scope), scope)?;
    let main = syntax::outputs(&program)?.first().copied().unwrap_or(0);
    let mut walker = Walker::new(text, &program, forms, scope);
    let mut found = None;
    for index in syntax::order(&program)? {
        let definition = &program.definitions()[index];
        walker.parameters(definition)?;
        let body = walker.form(definition)?;
        if index == main {
            found = Some(body);
        }
        if let Some(name) = definition.name {
            let name = program.name(name).to_owned();
            if walker.scope.field(&name).is_some() {
                let kind = ErrorKind::DuplicateDefinition(name);
                return Err(Error::at(definition.span, kind));
            }
            walker.scope.definitions.push(Definition { name, body });
        }
    }
    let notes = walker.notes;
    let main_id = found.ok_or_else(|| Error::from(ErrorKind::EmptyExpression))?;
    let name = program.definitions()[main].name;
    let name = name.map(|name| program.name(name).to_owned());
    let notes = program.notes.iter().cloned().chain(notes).collect();
    Ok(Reading { main: main_id, name, notes, program })
}

/// Reads one more expression over the names of a program, as an answer.
///
/// # Errors
/// What is not an expression, shapes that do not fit.
pub(crate) fn read_more(
    text: &str,
    forms: &mut Forms,
    scope: &mut Scope,
) -> Result<FormId> {
    let names = declared(scope);
    read_with(text, &names, forms, scope)
}

/// The same for a text that has no other names than these.
///
/// # Errors
/// As [`read_more`].
pub(crate) fn read_with(
    text: &str,
    names: &[String],
    forms: &mut Forms,
    scope: &mut Scope,
) -> Result<FormId> {
    if text.len() > MAX_BYTES {
        return Err(ErrorKind::TooLong { limit: MAX_BYTES }.into());
    }
    let program = program(text, names, scope)?;
    match program.definitions() {
        [only] if only.name.is_none() => {
            Walker::new(text, &program, forms, scope).form(only)
        }
        all => {
            let named = all.iter().find(|one| one.name.is_some());
            let kind = ErrorKind::UnexpectedToken {
                found: "a definition".into(),
                expected: "an expression".into(),
            };
            Err(named.map_or(ErrorKind::EmptyExpression.into(), |one| {
                Error::at(one.span, kind)
            }))
        }
    }
}

/// The names that are known.
fn declared(scope: &Scope) -> Vec<String> {
    let variables = scope.variables.iter().map(|variable| &variable.name);
    let definitions = scope.definitions.iter().map(|defined| &defined.name);
    variables.chain(definitions).cloned().collect()
}

fn program(text: &str, names: &[String], scope: &Scope) -> Result<Program> {
    let specials = SPECIALS.iter().flat_map(|row| row.names.iter().copied());
    let fields = scope.fields.iter().flat_map(|(name, _)| call::spellings(name));
    let fields: Vec<String> = fields.collect();
    let fields = fields.iter().map(String::as_str);
    let mut functions: Vec<&str> = specials.chain(call::others()).collect();
    functions.extend(fields);
    let declared: Vec<&str> = names.iter().map(String::as_str).collect();
    let mistaken = &call::MISTAKEN;
    let shapes = Shapes { functions: &functions, mistaken, depth: MAX_DEPTH };
    syntax::parse_shaped(text, &declared, shapes)
}
