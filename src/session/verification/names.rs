//! Names that run together on one side: `xy` is a product where x and y stand alone elsewhere.

use super::super::answers::answer::is_known;
use super::super::answers::spelling::respelled;
use super::super::engine::Engine;
use super::value::Value;
use super::{Terms, Verification, compare, is_equal};
use crate::function;
use crate::kernel::GREEK;
use crate::syntax::{Contents, Label, Naming};

/// Names, with those of values that are called so.
pub(super) fn of_labels(values: &[Value], names: Vec<String>) -> Vec<String> {
    let mut found = names;
    let mut waiting: Vec<&Value> = values.iter().collect();
    while let Some(value) = waiting.pop() {
        match value {
            Value::Named(label, inner) => {
                let is_plain = label.naming == Naming::Value && label.arguments.is_none();
                let name = label.function.clone().filter(|_| is_plain);
                found.extend(name.filter(|name| !name.contains(['\\', '{', ' '])));
                waiting.push(inner);
            }
            Value::Tuple(list)
            | Value::Set(list)
            | Value::List(list)
            | Value::Values(list) => waiting.extend(list),
            _ => {}
        }
    }
    found
}

/// A name without the line before an index that is a number.
fn plain(name: &str) -> String {
    let mut found = String::with_capacity(name.len());
    let mut rest = name.chars().peekable();
    while let Some(c) = rest.next() {
        if c != '_' || !rest.peek().is_some_and(char::is_ascii_digit) {
            found.push(c);
        }
    }
    found
}

/// The letters with their indices of which a word is made, and whether a letter stands behind an
/// index that is a number.
fn letters_of(word: &str) -> Option<(Vec<String>, bool)> {
    let word = plain(word);
    let (mut found, mut rest, mut is_sure) = (Vec::new(), &*word, false);
    while let Some(first) = rest.chars().next() {
        let is_letter = first.is_alphabetic();
        let digits = |from: &str| from.bytes().take_while(u8::is_ascii_digit).count();
        let mut end = first.len_utf8();
        end += digits(&rest[end..]);
        let is_indexed = end > first.len_utf8();
        if !is_indexed && rest[end..].starts_with('_') {
            let next = rest[end + 1..].chars().next()?;
            end += 1 + next.len_utf8();
        }
        let part = &rest[..end];
        let is_last = end == rest.len();
        is_sure |= is_indexed && !is_last;
        if !is_letter {
            return None;
        }
        found.push(part.to_owned());
        rest = &rest[end..];
    }
    (found.len() > 1).then_some((found, is_sure))
}

/// The names of both sides where a word is a product of letters that stand alone, or behind an
/// index; nothing where there is no such word.
pub(super) fn apart(sides: [&[Value]; 2], names: [&[String]; 2]) -> Vec<String> {
    let all: Vec<String> = sides
        .iter()
        .zip(names)
        .flat_map(|(values, names)| of_labels(values, names.to_vec()))
        .map(|name| plain(&name))
        .collect();
    let letters: Vec<String> =
        all.iter().filter(|name| is_letter(name)).cloned().collect();
    let mut found: Vec<String> = Vec::new();
    let mut is_any = false;
    for name in &all {
        let parts = letters_of(name);
        let is_known = |part: &String| letters.contains(part) || part == "e";
        match parts.filter(|(parts, is_sure)| *is_sure || parts.iter().all(is_known)) {
            Some((parts, _)) => {
                is_any = true;
                found.extend(parts.into_iter().filter(|part| part != "e"));
            }
            None => found.push(name.clone()),
        }
    }
    found.sort_unstable();
    found.dedup();
    match is_any {
        true => found,
        false => Vec::new(),
    }
}

/// Whether a name is one letter, with an index or without.
fn is_letter(name: &str) -> bool {
    let mut rest = name.chars();
    if !rest.next().is_some_and(char::is_alphabetic) {
        return false;
    }
    let index = rest.as_str();
    let short = index.strip_prefix('_').is_some_and(|index| index.chars().count() == 1);
    short || index.bytes().all(|byte| byte.is_ascii_digit())
}

/// The name of a value where it is a product of names that are known: the equation `xy = 4` has
/// a product on its left side.
pub(super) fn product(label: &Label, known: &[String]) -> Option<String> {
    let is_plain = label.naming == Naming::Value && label.arguments.is_none();
    let name = label.function.as_deref().filter(|_| is_plain)?;
    let is_word = name.chars().count() > 1 && !name.contains(['\\', '{', ' ']);
    if !is_word || known.is_empty() || is_known(known, name) {
        return None;
    }
    respelled(name, known).map(|(product, _)| product)
}

/// The runs of letters in a text that may be products of single letters on both sides.
fn short_words(text: &str) -> impl Iterator<Item = &str> {
    const LONGEST: usize = 3;
    let is_product = |word: &&str| {
        (2..=LONGEST).contains(&word.len())
            && word.bytes().all(|b| b.is_ascii_alphabetic())
            && !function::is_name(word)
            && GREEK.iter().all(|row| row.0 != *word)
    };
    text.split(|c: char| !c.is_alphanumeric() && c != '_')
        .map(unnumbered)
        .filter(is_product)
}

/// A word without the number before it: `2ab`.
fn unnumbered(word: &str) -> &str {
    word.trim_start_matches(|c: char| c.is_ascii_digit())
}

impl Engine {
    /// What is equal, and differs where words of two or three letters are products on both
    /// sides, is undecided: `ab^2` and `(ab)^2`.
    pub(super) fn of_products(
        &mut self,
        [gold, answer]: [&str; 2],
        found: Verification,
        sides: &[Contents; 2],
        terms: &Terms,
    ) -> Verification {
        let words: Vec<&str> = short_words(gold)
            .filter(|word| short_words(answer).any(|other| other == *word))
            .collect();
        if !is_equal(&found.found) || words.is_empty() || gold == answer {
            return found;
        }
        self.clear();
        let Some(word) = self.differs_apart(&words, sides, terms) else {
            self.pool.take_failure();
            return found;
        };
        let reason = format!("they are equal only if `{word}` is one name");
        Verification { found: Ok(compare::undecided(&reason)), ..found }
    }

    /// The first of the words that are names on both sides, where both differ if all are
    /// products of their letters.
    fn differs_apart(
        &mut self,
        words: &[&str],
        sides: &[Contents; 2],
        terms: &Terms,
    ) -> Option<String> {
        let pair = self.read_pair(sides, terms).ok()?;
        let [own, other] = pair.sides.each_ref().map(|side| self.names_of(side));
        let names = own.iter().chain(&other).cloned().collect();
        let names = of_labels(&pair.sides.concat(), names);
        let is_word = |name: &&String| words.contains(&name.as_str());
        let word = names.iter().find(is_word)?.clone();
        let mut known: Vec<String> = Vec::new();
        for name in &names {
            match is_word(&name) {
                true => known.extend(name.chars().map(String::from)),
                false => known.push(name.clone()),
            }
        }
        let apart = self.read_pair_of(sides, known, terms)?;
        let found = self.outcome(&apart, terms, &mut Vec::new());
        found.decision.verdict.is_different().then_some(word)
    }
}
