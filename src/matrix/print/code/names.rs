//! Names of variables in a language: those that it has taken get an underscore.

use super::super::super::form::Scope;
use super::dialect::{self, Dialect};
use crate::error::{Error, ErrorKind, Note, Result};
use crate::function::Language;
use crate::kernel::latin;
use std::collections::BTreeSet;

/// A name that is none of the words of a language.
pub fn identifier(name: &str, language: Language) -> String {
    let mut own = latin(name).into_owned();
    while dialect::of(language).keywords.contains(&own.as_str()) {
        own.push('_');
    }
    own
}

/// The names of a problem in a language.
#[derive(Clone, Debug)]
pub(super) struct Names {
    variables: Vec<String>,
    definitions: Vec<String>,
    functions: Vec<String>,
}

impl Names {
    /// The names, with a note for each that had to be changed; `used` are the words that the
    /// code uses itself.
    ///
    /// # Errors
    /// Names with letters that the language does not have.
    pub(super) fn of(
        scope: &Scope,
        dialect: &Dialect,
        used: &BTreeSet<&'static str>,
    ) -> Result<(Self, Vec<Note>)> {
        let mut taken: BTreeSet<String> =
            dialect.keywords.iter().chain(used).map(|word| (*word).to_owned()).collect();
        let mut notes = Vec::new();
        let mut give = |name: &str| -> Result<String> {
            let mut given = latin(name).into_owned();
            let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
            if !given.chars().all(is_word) {
                let language = dialect.language.name();
                let what = format!("the name `{name}` cannot be written in {language}");
                return Err(Error::from(ErrorKind::Unsupported(what))
                    .help("take a name of Latin or Greek letters"));
            }
            while !taken.insert(given.clone()) {
                given.push('_');
            }
            if given != name {
                let language = dialect.language.name();
                let message = format!("`{name}` is written `{given}` in {language}");
                notes.push(Note { message, span: None });
            }
            Ok(given)
        };
        let variables: Result<Vec<String>> =
            scope.variables.iter().map(|v| give(&v.name)).collect();
        let definitions: Result<Vec<String>> =
            scope.definitions.iter().map(|d| give(&d.name)).collect();
        let functions: Result<Vec<String>> =
            scope.functions.iter().map(|name| give(name)).collect();
        Ok((
            Self {
                variables: variables?,
                definitions: definitions?,
                functions: functions?,
            },
            notes,
        ))
    }

    /// A declared name.
    pub(super) fn variable(&self, place: u16) -> &str {
        &self.variables[usize::from(place)]
    }

    /// A defined name.
    pub(super) fn definition(&self, place: u16) -> &str {
        &self.definitions[usize::from(place)]
    }

    /// An abstract function, or a derivative of one: `f`, `df`, `d2f`; `None` when that is the
    /// name of something else.
    pub(super) fn function(&self, place: u16, primes: u16) -> Option<String> {
        let name = &self.functions[usize::from(place)];
        let derived = match primes {
            0 => return Some(name.clone()),
            1 => format!("d{name}"),
            n => format!("d{n}{name}"),
        };
        let all = self.variables.iter().chain(&self.definitions).chain(&self.functions);
        all.clone().all(|known| *known != derived).then_some(derived)
    }
}
