//! Formulas with names that run together, where a variable stands inside of them: `ax + b`,
//! `xe^x`, `x^2 sinx`.

use super::engine::Engine;
use super::formula::{Formula, Settings};
use super::spelling::respelled;
use crate::error::{Error, ErrorKind, Note, Result};
use crate::function;
use crate::kernel::{is_letter, is_same_name, latin};
use crate::syntax::{Input, is_differential, parts};

/// The most letters of a name that is taken apart: more are a word.
const LETTERS: usize = 3;
/// The shortest name of a function that is found in a word; `ln` is shorter.
const FUNCTION: usize = 3;

/// A formula in which names that run together were taken apart.
#[derive(Clone, Debug, Default)]
pub struct RunTogether {
    /// The formula.
    pub text: String,
    /// What to say of that.
    pub notes: Vec<Note>,
    /// The names that were taken apart.
    names: Vec<String>,
    /// Those that are made of letters alone, and may be names of their own.
    plain: Vec<String>,
    /// Whether the variables that are asked for stand nowhere else.
    is_needed: bool,
}

impl RunTogether {
    /// A name that an answer has too, so that it may well be one.
    pub fn doubtful(&self, answer: &str) -> Option<&str> {
        let is_of_word = |c: char| c.is_alphanumeric() || c == '_';
        let mut words = answer.split(|c: char| !is_of_word(c));
        let found = words.find_map(|word| {
            let word = word.trim_start_matches(|c: char| c.is_ascii_digit());
            self.plain.iter().find(|name| *name == word)
        });
        found.filter(|_| !self.is_needed).map(String::as_str)
    }
}

impl Engine {
    /// Reads a formula. A name that runs together is taken apart where a variable that is asked
    /// for stands inside of it and nowhere else.
    ///
    /// # Errors
    /// What cannot be read, and a variable that stands only inside of a word.
    pub fn read_asking(
        &mut self,
        text: &str,
        settings: &Settings,
        asked: &[String],
    ) -> Result<Formula> {
        let formula = self.read(text, settings)?;
        if asked.iter().all(|name| formula.has_name(name)) {
            return Ok(formula);
        }
        let hidden: Vec<String> =
            asked.iter().filter(|name| !formula.has_name(name)).cloned().collect();
        let Some(found) = self.taken_apart(&formula, text, Some(&hidden), settings)?
        else {
            return Ok(formula);
        };
        // `e^xy` may be a power of a product, and a product with a power.
        if let Some(name) = found.names.iter().find(|name| is_raised(text, name)) {
            let what = format!("`{name}` is one name, and may be several");
            let kind = ErrorKind::Ambiguous(what);
            return Err(Error::from(kind).help("write `*` between the factors"));
        }
        let mut formula = self.read(&found.text, settings)?;
        // Places in another text say nothing.
        formula.notes.iter_mut().for_each(|note| note.span = None);
        formula.notes.splice(0..0, found.notes);
        Ok(formula)
    }

    /// A formula whose names run together, with those taken apart in which a variable stands
    /// that is asked for, or any, where none is named; `None` where it has no such names.
    ///
    /// # Errors
    /// A variable that stands only inside of a word.
    pub fn run_together(
        &mut self,
        text: &str,
        settings: &Settings,
        asked: Option<&[String]>,
    ) -> Result<Option<RunTogether>> {
        let Ok(formula) = self.read(text, settings) else { return Ok(None) };
        self.taken_apart(&formula, text, asked, settings)
    }

    fn taken_apart(
        &self,
        formula: &Formula,
        text: &str,
        asked: Option<&[String]>,
        settings: &Settings,
    ) -> Result<Option<RunTogether>> {
        if settings.input_of(text) != Input::Text {
            return Ok(None);
        }
        let mut names = self.variables(&formula.roots);
        names.retain(|name| !formula.declared().contains(name) && !formula.defines(name));
        let mut known: Vec<String> = formula.program().names().to_vec();
        let mut found = RunTogether::default();
        for name in names {
            let Some(factors) = factors(&name, &known) else { continue };
            let hides = |asked: &String| factors.iter().any(|f| is_same_name(f, asked));
            if !asked.is_none_or(|asked| asked.iter().any(hides)) {
                continue;
            }
            let is_plain = factors.iter().all(|factor| is_name(factor) || factor == "e");
            if is_plain && factors.len() > LETTERS && !name.contains(is_digit) {
                let hidden = asked.and_then(|asked| asked.iter().find(|n| hides(n)));
                match hidden.filter(|hidden| !formula.has_name(hidden)) {
                    Some(hidden) => return Err(inside(hidden, &name, &factors)),
                    None => continue,
                }
            }
            known.retain(|other| *other != name);
            known.extend(factors.iter().filter(|factor| is_name(factor)).cloned());
            // `xe^x` has a power of the number in it.
            let is_word = is_plain && !text.contains(&format!("{name}^"))
                || factors.iter().all(|factor| is_name(factor));
            found.names.push(name.clone());
            found.plain.extend(is_word.then_some(name));
        }
        let Some((text, said)) =
            respelled(text, &known).filter(|_| !found.names.is_empty())
        else {
            return Ok(None);
        };
        let note = |message| Note { message, span: None };
        found.notes = said.into_iter().map(note).collect();
        found.is_needed =
            asked.is_some_and(|asked| asked.iter().all(|n| !formula.has_name(n)));
        found.text = text;
        Ok(Some(found))
    }
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

/// Whether a name stands behind a sign of a power without brackets.
fn is_raised(text: &str, name: &str) -> bool {
    let mut powers = text.split('^').skip(1);
    powers.any(|behind| {
        let behind = behind.trim_start_matches([' ', '-', '+']);
        behind.trim_start_matches(is_digit).starts_with(name)
    })
}

/// Whether a text is a letter with or without an index of digits, and not `e`.
fn is_name(text: &str) -> bool {
    let letter = text.trim_end_matches(is_digit);
    text != "e" && (is_letter(letter) || letter.chars().count() == 1)
}

/// The names, functions and numbers of which a name is made.
fn factors(name: &str, known: &[String]) -> Option<Vec<String>> {
    let key = latin(name);
    let is_difference = ["Delta", "delta"].iter().any(|sign| key.starts_with(sign));
    let is_word = name.starts_with(char::is_alphabetic)
        && name.chars().all(|c| c.is_alphabetic() || is_digit(c));
    if !is_word || is_difference || is_differential(name) || is_letter(name) {
        return None;
    }
    let is_known = |part: &str| {
        part != name && (is_name(part) || known.iter().any(|other| other == part))
    };
    let parts = parts(name, &is_known)?;
    let is_short = |part: &&str| {
        part.len() < FUNCTION && *part != "ln" && function::lookup(part, 1).is_some()
    };
    let has_short = parts.iter().any(is_short);
    (!has_short).then(|| parts.into_iter().map(str::to_owned).collect())
}

/// Refuses a variable that stands only inside of a word.
fn inside(asked: &str, name: &str, factors: &[String]) -> Error {
    let what = format!("`{asked}` stands only inside of the name `{name}`");
    Error::from(ErrorKind::Ambiguous(what)).help(format!(
        "write `{}` for a product; where it is one name, name it among the variables",
        factors.join("*")
    ))
}
