//! Forms as code: NumPy, Julia, MATLAB and PyTorch.
//!
//! In NumPy and PyTorch a vector, row or column, is an array of one axis; in Julia it is a
//! `Vector`, a row its adjoint; in MATLAB everything is a matrix.
//!
//! Invariant: what a language cannot say is an error, never other code.

mod condition;
mod dialect;
mod expand;
mod function;
mod names;
mod product;
mod sizes;
mod special;
mod template;
mod writer;

use super::super::form::{FormId, Forms, Op, Scope, Variable};
use crate::error::{Note, Result};
use crate::function::Language;
use expand::expand;
use names::Names;
pub use names::identifier;
use sizes::Sources;
use std::collections::BTreeSet;
use template::Piece;
use writer::Writer;

/// An expression of a language with what it needs around it.
#[derive(Clone, Debug, Default)]
pub struct Code {
    /// Lines that go first.
    pub imports: Vec<&'static str>,
    /// Names that the program defines and the expression uses, each with its expression.
    pub definitions: Vec<(String, String)>,
    /// The expression.
    pub expression: String,
    /// The names of variables, each with how it is written.
    pub names: Vec<(String, String)>,
    /// Whether PyTorch would have a number of Python here and no tensor.
    pub is_number: bool,
    /// What stands behind an assignment.
    pub end: &'static str,
    /// What is worth knowing about names and rows.
    pub notes: Vec<Note>,
}

/// A form as code. `main` is what was typed: its variables exist, so they can tell sizes.
///
/// # Errors
/// What the language cannot say.
pub(crate) fn code(
    (id, main): (FormId, FormId),
    forms: &Forms,
    scope: &Scope,
    language: Language,
) -> Result<Code> {
    let mut forms = forms.clone();
    let root = expand(id, &mut forms, language)?;
    let mut bodies = Vec::new();
    for place in used(root, &forms, scope) {
        let body = scope.definitions[usize::from(place)].body;
        bodies.push((place, expand(body, &mut forms, language)?));
    }
    let dialect = dialect::of(language);
    let roots: Vec<FormId> = bodies.iter().map(|(_, body)| *body).chain([root]).collect();
    // Names give way to the words that the code turns out to use, which do not depend on names.
    let mut used = BTreeSet::new();
    loop {
        let (names, mut notes) = Names::of(scope, dialect, &used)?;
        let sizes = Sources::of(&roots, main, &forms, scope, (dialect, &names));
        let mut writer = Writer::new(&forms, scope, &names, &sizes, dialect);
        let mut definitions = Vec::new();
        for (place, body) in &bodies {
            let text = writer.text(*body)?.text;
            definitions.push((names.definition(*place).to_owned(), text));
        }
        let Piece { text: expression, is_plain: is_number, .. } = writer.text(root)?;
        let (words, more) = writer.finish();
        if words == used {
            notes.extend(more);
            let needed =
                |(_, all): &&(&str, &[&str])| all.iter().any(|w| words.contains(w));
            let imports = dialect.imports.iter().filter(needed).map(|(line, _)| *line);
            let (imports, end) = (imports.collect(), dialect.end);
            let known = |(place, variable): (usize, &Variable)| {
                (variable.name.clone(), names.variable(place as u16).to_owned())
            };
            let names = scope.variables.iter().enumerate().map(known).collect();
            return Ok(Code {
                imports,
                definitions,
                expression,
                names,
                is_number,
                end,
                notes,
            });
        }
        used = words;
    }
}

/// The definitions that a form needs, in order.
fn used(root: FormId, forms: &Forms, scope: &Scope) -> Vec<u16> {
    let mut wanted = vec![false; scope.definitions.len()];
    let mark = |root: FormId, wanted: &mut Vec<bool>| {
        for id in forms.below(root) {
            if let Op::Definition(place) = forms.op(id) {
                wanted[usize::from(*place)] = true;
            }
        }
    };
    mark(root, &mut wanted);
    for place in (0..wanted.len()).rev() {
        if wanted[place] {
            mark(scope.definitions[place].body, &mut wanted);
        }
    }
    (0..wanted.len() as u16).filter(|place| wanted[usize::from(*place)]).collect()
}
