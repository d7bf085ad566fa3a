//! Calls of names that are no functions here: a letter is an abstract function, a word is an
//! error that says what may have been meant.

use super::ast::AstId;
use super::elsewhere;
use super::name::nearest;
use super::parser::Reader;
use super::signs::note;
use super::words;
use crate::error::{Error, ErrorKind, Result, short_name};
use crate::function;
use crate::kernel::{is_letter, latin};
use crate::span::Span;

/// Letters by which functions are known to many, with the names that they have here.
const LETTERS: [(&str, &str); 4] =
    [("sigma", "sigmoid"), ("psi", "digamma"), ("Phi", "normal_cdf"), ("delta", "dirac")];

impl Reader<'_> {
    /// A call of a name that is no function with so many arguments.
    pub(super) fn unknown_call(
        &mut self,
        name: &str,
        at: Span,
        arguments: &[AstId],
        span: Span,
    ) -> Result<AstId> {
        if is_letter(name) {
            self.note_letter(name, arguments, span);
            let key = latin(name);
            // ψ and its like are functions of physics, unless they are spelled as a program.
            let is_meant = arguments.len() == 1 && (name.is_ascii() || key == "sigma");
            let known = LETTERS.iter().find(|row| row.0 == key);
            if let Some((_, function)) = known.filter(|_| is_meant) {
                let message = format!(
                    "`{name}(…)` is read as an abstract function; there is the function `{function}`"
                );
                self.program.notes.push(note(message, span));
            }
            return self.abstract_call(name, 0, arguments, span);
        }
        if self.known.functions.contains(&*latin(name)) {
            return self.abstract_call(name, 0, arguments, span);
        }
        if let Some(spelled) = function::ignoring_case(name) {
            self.note_case(name, spelled, at);
            self.take_for_other(name);
            return self.call(spelled, at, arguments, span);
        }
        let mut error = Error::at(at, ErrorKind::UnknownFunction(name.to_owned()));
        let mistaken = self.shapes.map_or(&[][..], |shapes| shapes.mistaken);
        if let Some((_, help)) = mistaken.iter().find(|row| row.0 == name) {
            return Err(error.help(*help));
        }
        // Only the first of them is told.
        if self.unknown.is_empty() || arguments.len() > 1 {
            let is_known = |text: &str| {
                self.declared.contains(text)
                    || self.program.names().iter().any(|known| known == text)
            };
            let more = self.shapes.map_or(&[][..], |shapes| shapes.functions);
            error.help = hint(name, arguments.len(), &is_known, more.iter().copied());
        }
        if error.help.is_none() && arguments.len() > 1 && self.shapes.is_none() {
            let message = format!("`{name}(…)` is read as an abstract function");
            self.program.notes.push(note(message, span));
            return self.abstract_call(name, 0, arguments, span);
        }
        if error.help.is_none() {
            let letters =
                if name.chars().count() < 3 { words::apart(name) } else { None };
            let shown = short_name(name);
            let product = letters.unwrap_or_else(|| shown.to_string());
            error.help = Some(format!(
                "define it as `{shown}(x) = …`, or write `{product}*(…)` for a product"
            ));
        }
        // The name may stand alone further on, which makes it a variable, or have primes.
        let id = self.program.intern_name(name);
        self.unknown.push((id, error));
        let list = self.list(arguments);
        let callee = super::ast::Callee::Abstract(id, 0);
        Ok(self.program.push(super::ast::Ast::Call(callee, list), span))
    }
}

/// What may have been meant by a word before a bracket, which is no function; `more` are
/// functions that are known beside those of the table.
fn hint<'h>(
    word: &str,
    arguments: usize,
    is_known: &dyn Fn(&str) -> bool,
    more: impl Iterator<Item = &'h str>,
) -> Option<String> {
    if let Some(help) = elsewhere::instead(word) {
        return Some(help.to_owned());
    }
    let mut names = function::names();
    if let Some(name) = names.find(|name| name.eq_ignore_ascii_case(word)) {
        return Some(format!("did you mean `{name}`?"));
    }
    let glued = |letters| words::glued(word, letters, arguments, is_known);
    let slip = || {
        let mut candidates: Vec<&str> = more.collect();
        for name in function::names().chain(elsewhere::names()) {
            candidates.push(name);
        }
        nearest(word, candidates).map(str::to_owned)
    };
    let meant = glued(1).or_else(slip).or_else(|| glued(2));
    meant.map(|meant| format!("did you mean `{meant}`?"))
}
