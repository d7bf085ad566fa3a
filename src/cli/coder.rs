//! Many formulas of scalars as code: those of a Jacobian, of which most are alike.

use super::code::{Coded, Target, scalar};
use calcgrad::Result;
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;

/// Up to how many names all are known to each formula, whichever stand in it.
const FEW_NAMES: usize = 32;

/// The formulas of an answer as code, each that stands in it more than once made once.
pub(super) struct Coder<'a> {
    declared: &'a [String],
    target: Target,
    known: FxHashMap<String, Coded>,
    /// The names that are one word in every spelling, where there are many.
    words: FxHashSet<&'a str>,
    /// The others.
    rest: Vec<String>,
}

impl<'a> Coder<'a> {
    /// What makes code of formulas in which these names may stand.
    pub(super) fn new(declared: &'a [String], target: Target) -> Self {
        let is_word = |name: &&str| {
            declared.len() > FEW_NAMES && name.bytes().all(|c| is_of_word(c.into()))
        };
        let words: FxHashSet<&str> =
            declared.iter().map(String::as_str).filter(is_word).collect();
        let others = declared.iter().filter(|name| !words.contains(name.as_str()));
        let rest = others.cloned().collect();
        Self { declared, target, known: FxHashMap::default(), words, rest }
    }

    /// A formula as code.
    ///
    /// # Errors
    /// What the language cannot say.
    pub(super) fn code(&mut self, text: &str) -> Result<Coded> {
        if let Some(known) = self.known.get(text) {
            return Ok(known.clone());
        }
        let mut names = Cow::Borrowed(self.declared);
        if !self.words.is_empty() {
            let mut seen = FxHashSet::default();
            let own = text.split(|c: char| !is_of_word(c));
            let own = own.filter(|word| self.words.contains(word) && seen.insert(*word));
            let own: Vec<String> = own.map(str::to_owned).collect();
            names = Cow::Owned([own, self.rest.clone()].concat());
        }
        let code = scalar(text, &names, self.target)?;
        self.known.insert(text.to_owned(), code.clone());
        Ok(code)
    }
}

/// Whether a letter may stand in a name of one word.
fn is_of_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}
