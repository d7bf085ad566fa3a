//! Formulas with names that run together, where a variable stands inside of them: `ax + b`,
//! `xe^x`, `x^2 sinx`.

use super::super::engine::Engine;
use super::super::formula::{Formula, Settings};
use super::spelling::respelled;
use crate::error::{Error, ErrorKind, Note, Result};
use crate::function;
use crate::kernel::{is_letter, latin};
use crate::syntax::{Input, is_differential, parts};
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;

/// The most letters of a name that is taken apart: more are a word.
const LETTERS: usize = 3;
/// The shortest name of a function that is found in a word; `ln` is shorter.
const FUNCTION: usize = 3;
/// Variables that stand before a function without a sign, whatever else there is.
const USUAL: [&str; 4] = ["x", "y", "z", "t"];
/// The most functions that are taken apart from what stands before them.
const CALLS: usize = 16;

/// A formula in which names that run together were taken apart.
#[derive(Clone, Debug, Default)]
pub struct RunTogether {
    /// The formula.
    pub text: String,
    /// What to say of that.
    pub notes: Vec<Note>,
    /// The names that were taken apart, and whether each is one function of one argument.
    names: Vec<(String, bool)>,
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

    /// Refuses `e^xy`, which may be a power of a product, and a product with a power.
    fn refuse_raised(&self, text: &str) -> Result<()> {
        let is_doubtful =
            |(name, is_call): &&(String, bool)| !is_call && is_raised(text, name);
        let Some((name, _)) = self.names.iter().find(is_doubtful) else { return Ok(()) };
        let what = format!("`{name}` is one name, and may be several");
        let kind = ErrorKind::Ambiguous(what);
        Err(Error::from(kind).help("write `*` between the factors"))
    }
}

impl Engine {
    /// Reads a formula. A name that runs together is taken apart where a variable that is asked
    /// for stands inside of it and nowhere else, or as the argument of a function.
    ///
    /// # Errors
    /// What cannot be read, and a variable that stands only inside of a word.
    pub fn read_asking(
        &mut self,
        text: &str,
        settings: &Settings,
        asked: &[String],
    ) -> Result<Formula> {
        let formula = match self.read(text, settings) {
            Ok(formula) => formula,
            Err(error) => {
                self.pool.take_failure();
                let Some(found) = self.before_calls(text, &error, settings, asked) else {
                    return Err(error);
                };
                let glued = self.read_asking(&found.text, settings, asked)?;
                // A variable that is left inside of a name would be missed.
                let (all, text) = (Some(asked), &found.text);
                if self.taken_apart(&glued, text, all, settings, &|_, _| true)?.is_some()
                {
                    return Err(error);
                }
                return Ok(Self::noted(glued, found.notes));
            }
        };
        if let Some(found) = self.glued_in(&formula, text, asked, settings)? {
            let glued = Self::noted(self.read(&found.text, settings)?, found.notes);
            if asked.iter().all(|name| glued.has_name(name)) {
                return Ok(glued);
            }
        }
        if asked.iter().all(|name| formula.has_name(name)) {
            return Ok(formula);
        }
        let hidden: Vec<String> =
            asked.iter().filter(|name| !formula.has_name(name)).cloned().collect();
        let apart = |_: &str, _: &[String]| true;
        let asks = Some(&hidden[..]);
        let Some(found) = self.taken_apart(&formula, text, asks, settings, &apart)?
        else {
            return Ok(formula);
        };
        found.refuse_raised(text)?;
        let formula = self.read(&found.text, settings)?;
        Ok(Self::noted(formula, found.notes))
    }

    /// A formula with what to say of it; places in another text say nothing.
    fn noted(mut formula: Formula, notes: Vec<Note>) -> Formula {
        formula.notes.iter_mut().for_each(|note| note.span = None);
        formula.notes.splice(0..0, notes);
        formula
    }

    /// A formula in which functions are run together with a variable that is asked for, or that
    /// stands elsewhere in it where none is named: `x^2sinx`, `xe^x`.
    ///
    /// # Errors
    /// Such a name in an exponent, which may end within it.
    pub fn glued(
        &mut self,
        text: &str,
        settings: &Settings,
        asked: &[String],
    ) -> Result<Option<RunTogether>> {
        match self.read(text, settings) {
            Ok(formula) => self.glued_in(&formula, text, asked, settings),
            Err(error) => {
                self.pool.take_failure();
                Ok(self.before_calls(text, &error, settings, asked))
            }
        }
    }

    /// A formula that has a call of no function, with a factor before the function that is
    /// called: `x*sin(x)` for `xsin(x)`. The factor is asked for, stands elsewhere, or is one of
    /// the usual variables.
    fn before_calls(
        &mut self,
        text: &str,
        error: &Error,
        settings: &Settings,
        asked: &[String],
    ) -> Option<RunTogether> {
        if settings.input_of(text) != Input::Text {
            return None;
        }
        let is_of_word = |c: char| c.is_alphanumeric() || c == '_';
        let stands = |name: &str| {
            USUAL.contains(&name)
                || asked.iter().any(|own| own == name)
                || text.split(|c| !is_of_word(c)).any(|word| word == name)
        };
        let mut found = RunTogether { text: text.to_owned(), ..RunTogether::default() };
        let mut next = Some(error.kind.clone());
        while let Some(ErrorKind::UnknownFunction(word)) = next {
            let front = word.chars().next().filter(|_| found.notes.len() < CALLS)?;
            let (factor, function) = word.split_at(front.len_utf8());
            let is_call = (function.len() >= FUNCTION || function == "ln")
                && function::lookup(function, 1).is_some();
            if !is_call || !stands(factor) {
                return None;
            }
            let product = format!("{factor}*{function}");
            found.text = with_words(&found.text, &format!("{word}("), &product);
            let message = format!("`{word}` is read as `{product}`");
            found.notes.push(Note { message, span: None });
            next = self.read(&found.text, settings).err().map(|error| error.kind);
            self.pool.take_failure();
        }
        next.is_none().then_some(found)
    }

    fn glued_in(
        &self,
        formula: &Formula,
        text: &str,
        asked: &[String],
        settings: &Settings,
    ) -> Result<Option<RunTogether>> {
        let is_open = asked.is_empty();
        let mut alone = Vec::new();
        if is_open {
            alone = self.variables(&formula.roots);
            if !alone.iter().any(|name| is_name(name)) {
                alone = only_variable(&alone, text).into_iter().collect();
            }
            alone.retain(|name| is_name(name));
        }
        let asked = if is_open { &alone[..] } else { asked };
        if asked.is_empty() {
            return Ok(None);
        }
        let own = by_spelling(asked);
        let is_one = |name: &str, factors: &[String]| {
            let has_letters = || {
                let mut letters = factors.iter().filter(|factor| is_name(factor));
                !is_open || letters.all(|letter| own.contains_key(&latin(letter)))
            };
            let is_free = || {
                !formula.assumptions.iter().any(|(own, _)| own == name)
                    && !settings.known.iter().any(|known| known == name)
            };
            let is_glued = has_function(factors) || has_power(text, name, factors);
            is_glued && is_free() && has_letters()
        };
        let found = self.taken_apart(formula, text, Some(asked), settings, &is_one)?;
        if let Some(found) = &found {
            found.refuse_raised(text)?;
        }
        Ok(found)
    }

    /// An answer in which `asin` is `a*sin`, where `a` is a variable of the question and the
    /// function is none of it.
    pub fn with_factors(
        &mut self,
        question: &str,
        answer: &str,
        settings: &Settings,
    ) -> Option<(String, Vec<Note>)> {
        let formula = self.read(question, settings).ok()?;
        let names = self.variables(&formula.roots);
        let factor = |word: &str| {
            let name = names.iter().find(|name| {
                let function = word.strip_prefix(name.as_str());
                is_name(name)
                    && function.is_some_and(|function| {
                        function.len() >= FUNCTION
                            && function::lookup(function, 1).is_some()
                    })
            })?;
            let is_own = function::lookup(word, 1).is_some() && !question.contains(word);
            is_own.then(|| format!("{name}*{}", &word[name.len()..]))
        };
        let (mut text, mut notes) = (String::with_capacity(answer.len() + 4), Vec::new());
        let mut rest = answer;
        while let Some(first) = rest.chars().next() {
            let end = match first.is_alphabetic() {
                true => rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len()),
                false => first.len_utf8(),
            };
            let (word, behind) = rest.split_at(end);
            rest = behind;
            match factor(word).filter(|_| !text.ends_with('\\')) {
                Some(product) => {
                    let message = format!("`{word}` is read as `{product}`");
                    notes.push(Note { message, span: None });
                    text.push_str(&product);
                }
                None => text.push_str(word),
            }
        }
        (!notes.is_empty()).then_some((text, notes))
    }

    /// A formula whose names run together, with those taken apart in which a variable stands
    /// that is asked for, or any, where none is named; `None` where it has no such names.
    ///
    /// # Errors
    /// A variable that stands only inside of a word, and such a name in an exponent, which may
    /// end within it.
    pub fn run_together(
        &mut self,
        text: &str,
        settings: &Settings,
        asked: Option<&[String]>,
    ) -> Result<Option<RunTogether>> {
        let Ok(formula) = self.read(text, settings) else { return Ok(None) };
        let found = self.taken_apart(&formula, text, asked, settings, &|_, _| true)?;
        if let Some(found) = &found {
            found.refuse_raised(text)?;
        }
        Ok(found)
    }

    fn taken_apart(
        &self,
        formula: &Formula,
        text: &str,
        asked: Option<&[String]>,
        settings: &Settings,
        is_meant: &dyn Fn(&str, &[String]) -> bool,
    ) -> Result<Option<RunTogether>> {
        let mut names = self.variables(&formula.roots);
        names.retain(|name| !is_letter(name));
        if names.is_empty() {
            return Ok(None);
        }
        let mut own = formula.program().defined();
        own.extend(formula.declared().iter().map(String::as_str));
        names.retain(|name| !own.contains(name.as_str()));
        let places = asked.map(by_spelling);
        let mut known: FxHashSet<String> =
            formula.program().names().iter().cloned().collect();
        let mut found = RunTogether::default();
        for name in names {
            let Some(factors) = factors(&name, &known) else { continue };
            if settings.input_of(text) != Input::Text {
                return Ok(None);
            }
            // The first of the names that are asked for which is one of the factors.
            let hidden = places.as_ref().map(|places| {
                factors.iter().filter_map(|factor| places.get(&latin(factor))).min()
            });
            if hidden == Some(None) || !is_meant(&name, &factors) {
                continue;
            }
            let is_plain = factors.iter().all(|factor| is_name(factor) || factor == "e");
            if is_plain && factors.len() > LETTERS && !name.contains(is_digit) {
                let hidden = asked.zip(hidden.flatten()).map(|(names, at)| &names[*at]);
                match hidden.filter(|hidden| !formula.has_name(hidden)) {
                    Some(hidden) => return Err(inside(hidden, &name, &factors)),
                    None => continue,
                }
            }
            known.remove(&name);
            known.extend(factors.iter().filter(|factor| is_name(factor)).cloned());
            // `xe^x` has a power of the number in it.
            let is_word = is_plain && !text.contains(&format!("{name}^"))
                || factors.iter().all(|factor| is_name(factor));
            let is_call = is_call(&factors);
            found.names.push((name.clone(), is_call));
            found.plain.extend(is_word.then_some(name));
        }
        if found.names.is_empty() {
            return Ok(None);
        }
        let known: Vec<String> = known.into_iter().collect();
        let Some((text, said)) = respelled(text, &known) else { return Ok(None) };
        let note = |message| Note { message, span: None };
        found.notes = said.into_iter().map(note).collect();
        found.is_needed =
            asked.is_some_and(|asked| asked.iter().all(|n| !formula.has_name(n)));
        found.text = text;
        Ok(Some(found))
    }
}

/// The places of names, by their spelling in Latin letters; the first of two that are the same.
fn by_spelling(names: &[String]) -> FxHashMap<Cow<'_, str>, usize> {
    let mut places = FxHashMap::default();
    for (place, name) in names.iter().enumerate() {
        places.entry(latin(name)).or_insert(place);
    }
    places
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

/// Whether all functions of a name are named by a word and have an argument.
fn has_function(factors: &[String]) -> bool {
    let is_function = |part: &String| {
        part.len() > 1 && !is_letter(part) && function::lookup(part, 1).is_some()
    };
    factors.iter().any(is_function) && !factors.last().is_some_and(is_function)
}

/// Whether a name has a power of the number `e` in it, as the `xe` of `xe^x`.
fn has_power(text: &str, name: &str, factors: &[String]) -> bool {
    factors.last().is_some_and(|factor| factor == "e")
        && text.contains(&format!("{name}^"))
}

/// A text with a product for a word and the bracket behind it, where no letters stand before it.
fn with_words(text: &str, word: &str, product: &str) -> String {
    let mut pieces = text.split(word);
    let mut found = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let goes_on = |c: char| c.is_alphabetic() || c == '_';
        match found.trim_end_matches(is_digit).ends_with(goes_on) {
            true => found.push_str(word),
            false => {
                found.push_str(product);
                found.push('(');
            }
        }
        found.push_str(piece);
    }
    found
}

/// The one letter in all names of a formula, where each is made of functions and powers of it:
/// the x of `2xe^xsinx`.
fn only_variable(names: &[String], text: &str) -> Option<String> {
    let mut letters = names.iter().map(|name| {
        let factors = factors(name, &FxHashSet::default())?;
        let mut own = factors.iter().filter(|factor| is_name(factor));
        let letter = own.next().filter(|first| own.all(|other| other == *first))?;
        let is_glued = has_function(&factors) || has_power(text, name, &factors);
        is_glued.then(|| letter.clone())
    });
    let first = letters.next()??;
    letters.all(|letter| letter.as_ref() == Some(&first)).then_some(first)
}

/// Whether a name is one function of one name, which may have a number before it: `sin2x`.
fn is_call(factors: &[String]) -> bool {
    match factors {
        [function, argument] | [function, _, argument] => {
            has_function(&[function.clone(), argument.clone()])
                && is_name(argument)
                && factors[1..factors.len() - 1].iter().all(|f| f.chars().all(is_digit))
        }
        _ => false,
    }
}

/// The names, functions and numbers of which a name is made.
fn factors(name: &str, known: &FxHashSet<String>) -> Option<Vec<String>> {
    let key = latin(name);
    let is_difference = ["Delta", "delta"].iter().any(|sign| key.starts_with(sign));
    let is_word = name.starts_with(char::is_alphabetic)
        && name.chars().all(|c| c.is_alphabetic() || is_digit(c));
    if !is_word || is_difference || is_differential(name) || is_letter(name) {
        return None;
    }
    let is_known = |part: &str| part != name && (is_name(part) || known.contains(part));
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
