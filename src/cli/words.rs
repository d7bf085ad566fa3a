//! The words of the command line before they are parsed: a formula without a command is one for
//! `diff`, and colours are known before anything is wrong.

use super::args::{Color, NamedDiff};
use super::commands::Arguments;
use super::hints;
use calcgrad::Error;
use clap::{Args, Command, CommandFactory, ValueEnum};
use std::ffi::OsString;

/// The command that a formula without one is for.
const DEFAULT: &str = "diff";

/// What stands behind the name of the program, as it is meant.
///
/// # Errors
/// A word that is probably a command that does not exist.
pub(crate) fn meant(
    root: &Command,
    mut words: Vec<OsString>,
) -> Result<Vec<OsString>, Error> {
    let texts: Vec<_> = words.iter().map(|word| word.to_string_lossy()).collect();
    let texts: Vec<&str> = texts.iter().map(AsRef::as_ref).collect();
    let (short, at) = (short_formula(&texts), missing(root, &texts)?);
    if let Some(place) = short {
        words[place] = format!("({})", texts[place]).into();
    }
    if let Some(at) = at {
        words.insert(at, DEFAULT.into());
    }
    Ok(words)
}

/// The place of a formula that is a short flag as well: `-a` right behind the command and before
/// a long flag, which can be no value of it.
fn short_formula(words: &[&str]) -> Option<usize> {
    let [_, formula, next, ..] = words else { return None };
    let is_long = next.starts_with("--") && hints::is_flag(next);
    (hints::is_short(formula) && is_long).then_some(1)
}

/// A formula that looks like a short flag together with its value; `-o2` behind a formula is
/// one.
pub(crate) fn like_flag(words: &[OsString]) -> Option<String> {
    let words: Vec<_> = words.iter().map(|word| word.to_string_lossy()).collect();
    if !words.iter().any(|word| hints::is_joined(word)) {
        return None;
    }
    let mut root = Arguments::command();
    root.build();
    let place = words.iter().position(|word| root.find_subcommand(&**word).is_some())?;
    let command = root.find_subcommand(&*words[place])?;
    command.get_positionals().find(|one| one.get_id() == "expr")?;
    let mut at = place + 1;
    while let Some(length) = length(command, words.get(at)?) {
        at += length;
    }
    let formula = words.get(at).filter(|word| hints::is_joined(word))?;
    Some(formula.clone().into_owned())
}

/// Where the command is missing; `None` where there is one, or nothing to do it to.
fn missing(root: &Command, words: &[&str]) -> Result<Option<usize>, Error> {
    let mut start = 0;
    while let Some(word) = words.get(start) {
        let is_help = ["-h", "--help", "-V", "--version"].contains(word);
        if is_help || root.find_subcommand(word).is_some() {
            return Ok(None);
        }
        match length(root, word) {
            Some(length) => start += length,
            None => break,
        }
    }
    let described = NamedDiff::augment_args(Command::new(DEFAULT));
    let mut is_known = false;
    let mut at = start;
    while let Some(word) = words.get(at) {
        if let Some(length) = length(&described, word).or_else(|| length(root, word)) {
            is_known = true;
            at += length;
        } else if word.starts_with("--") && hints::is_flag(word) {
            at += 1;
        } else if root.find_subcommand(word).is_some() {
            return Ok(None);
        } else {
            return match hints::wrong_command(&words[at..]) {
                Some(error) => Err(error),
                None => Ok(Some(start)),
            };
        }
    }
    Ok(is_known.then_some(start))
}

/// How many words a flag takes with its value; `None` for what is no flag of a command.
fn length(command: &Command, word: &str) -> Option<usize> {
    let name = word.split('=').next().unwrap_or_default();
    let flag = command.get_arguments().find(|one| hints::is_of(one, name))?;
    Some(if flag.get_action().takes_values() && name == word { 2 } else { 1 })
}

/// When to colour, as far as it is said in a way that can be understood.
pub(crate) fn color(words: &[OsString]) -> Option<Color> {
    let mut words = words.iter().map(|word| word.to_str().unwrap_or_default());
    let mut found = None;
    while let Some(word) = words.next().filter(|word| *word != "--") {
        let value = match word.strip_prefix("--color") {
            Some("") => words.next(),
            Some(rest) => rest.strip_prefix('='),
            None => None,
        };
        found = value.and_then(|word| Color::from_str(word, false).ok()).or(found);
    }
    found
}
