//! What to type instead of commands, flags and formats that are known from elsewhere.
//!
//! Invariant: a hint that would not work is not given; a test reads the commands that stand in
//! the tables.

use super::commands::Arguments;
use super::elsewhere::Instead::{Like, Say};
use super::elsewhere::{APART, FLAGS, FORMATS, OUTPUT, QUOTES, SHORT, WORDS};
use calcgrad::syntax::nearest;
use calcgrad::{Error, ErrorKind, function};
use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind as Usage};
use clap::{Arg, Command, CommandFactory};

/// So many commands are named that have a flag.
const SHOWN: usize = 4;

/// The first of some words as a command that does not exist; `None` for a formula.
///
/// A word of several letters is no formula, and neither is a letter that is short for a command
/// before one.
pub(crate) fn wrong_command(words: &[&str]) -> Option<Error> {
    let word = *words.first()?;
    let is_row = || WORDS.iter().any(|row| row.0 == plain(word));
    let is_word = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_command = match (is_word, word.len()) {
        (true, 1) => is_row() && words.get(1).is_some_and(|next| !is_flag(next)),
        (true, _) => true,
        // `x-y` and `x_max` are formulas.
        (false, _) => is_row(),
    };
    is_command.then(|| match (function::is_name(word), words.get(1)) {
        // `tan` is no slip.
        (true, next) if !is_row() => {
            let formula = match next {
                Some(next) if !is_flag(next) => {
                    format!("{word} {}", words[1..].join(" "))
                }
                _ => format!("{word}(x)"),
            };
            no_such(word)
                .help(format!("write a formula in quotes: `calcgrad \"{formula}\"`"))
        }
        _ => {
            let error = no_command(word);
            match error.help.is_some() || words.len() > 1 {
                true => error,
                false => {
                    error.help(format!("`calcgrad diff {word}` takes it for a formula"))
                }
            }
        }
    })
}

/// A command that does not exist, with what there is instead.
pub(crate) fn no_command(word: &str) -> Error {
    match instead(word) {
        Some(help) => no_such(word).help(help),
        None => no_such(word),
    }
}

/// That there is no such command.
pub(crate) fn no_such(word: &str) -> Error {
    let what = match word.is_empty() {
        true => "the name of the command is empty".to_owned(),
        false => format!("there is no command `{word}`"),
    };
    ErrorKind::InvalidRequest(what).into()
}

/// What there is instead of a command that does not exist.
fn instead(word: &str) -> Option<String> {
    let plain = plain(word);
    let root = Arguments::command();
    let commands = || root.get_subcommands().map(Command::get_name);
    let row = |word: &str| WORDS.iter().find(|row| row.0 == word).map(|row| row.1);
    let found = row(&plain).or_else(|| {
        // Short words are near to too much.
        let long = WORDS.iter().map(|row| row.0).filter(|word| word.len() > 4);
        let names = commands().filter(|name| *name != "man").chain(long);
        let near = nearest(&plain, names)?;
        Some(row(near).unwrap_or(Like(near)))
    });
    Some(match found? {
        Like(command) => format!("did you mean `{command}`?"),
        Say(sentence) => sentence.to_owned(),
    })
}

/// A word without capitals and hyphens.
fn plain(word: &str) -> String {
    word.to_ascii_lowercase().replace(['-', '_'], "")
}

/// Whether a word looks like a flag and not like a formula: `--json`, `-w`, not `--x` or
/// `-x^2`.
pub(crate) fn is_flag(word: &str) -> bool {
    let is_letter = |c: char| c.is_ascii_alphabetic();
    match word.strip_prefix("--") {
        Some(long) => {
            let name = long.split('=').next().unwrap_or_default();
            name.len() > 1
                && name.starts_with(is_letter)
                && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        }
        None => {
            let short = word.strip_prefix('-');
            short.is_some_and(|short| short.len() == 1 && short.starts_with(is_letter))
        }
    }
}

/// That a flag of a command stands before it.
fn too_early(error: &clap::Error, command: &clap::Command) -> Option<String> {
    let flag = error.get(ContextKind::InvalidArg)?.to_string();
    let is_own = |one: &clap::Arg| is_of(one, &flag);
    let is_known = command.get_arguments().any(is_own);
    is_known.then(|| format!("'{} {flag}' exists", command.get_name()))
}

/// An error of usage with a hint for what is known from elsewhere.
pub(crate) fn improved(mut error: clap::Error, words: &[String]) -> clap::Error {
    if let Some(tip) = format_tip(&error) {
        error.remove(ContextKind::SuggestedValue);
        error.insert(ContextKind::Suggested, tips(tip));
        return error;
    }
    if let Some(tip) = short_tip(&error, words) {
        error.insert(ContextKind::Suggested, tips(tip));
        return error;
    }
    if is_answer_twice(&error) {
        error.insert(ContextKind::Suggested, tips(QUOTES));
        return error;
    }
    if !matches!(error.kind(), Usage::UnknownArgument | Usage::ValueValidation) {
        return error;
    }
    let mut root = root();
    let all = root.clone();
    let called = words.iter().find(|word| root.find_subcommand(word).is_some());
    let command = match called {
        Some(name) => root.find_subcommand_mut(name),
        None => Some(&mut root),
    };
    let Some(command) = command else { return error };
    let Some(flag) = stranger(command, &all, words) else {
        if let Some(tip) = too_early(&error, command) {
            error.remove(ContextKind::SuggestedArg);
            error.insert(ContextKind::Suggested, tips(tip));
        }
        let takes_formula =
            || command.get_positionals().any(|one| one.get_id() == "expr");
        if is_formula(&error) && takes_formula() {
            let is_joined = words.iter().any(|word| is_joined(word));
            let tip = if is_joined { APART } else { QUOTES };
            error.insert(ContextKind::Suggested, tips(tip));
        }
        return error;
    };
    let known = flag_tip(command, &flag).map(str::to_owned);
    let tip = known.or_else(|| tip_of_others(&all, &flag));
    let invalid = ContextValue::String(flag.clone());
    let is_told = error.get(ContextKind::InvalidArg) == Some(&invalid);
    if tip.is_none() && is_told {
        return error;
    }
    let mut told = clap::Error::new(Usage::UnknownArgument).with_cmd(command);
    told.insert(ContextKind::InvalidArg, invalid);
    told.insert(ContextKind::Usage, ContextValue::StyledStr(command.render_usage()));
    match tip {
        Some(tip) => told.insert(ContextKind::Suggested, tips(tip)),
        None => near_flag(command, &flag).and_then(|near| {
            told.insert(ContextKind::SuggestedArg, ContextValue::String(near))
        }),
    };
    told
}

/// The commands with all their arguments.
fn root() -> Command {
    let mut root = Arguments::command();
    root.build();
    root
}

fn tips(tip: impl Into<StyledStr>) -> ContextValue {
    ContextValue::StyledStrs(vec![tip.into()])
}

/// The hint for a format that is known from elsewhere.
fn format_tip(error: &clap::Error) -> Option<&'static str> {
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.as_str()),
        _ => None,
    };
    let Some(ContextValue::Strings(valid)) = error.get(ContextKind::ValidValue) else {
        return None;
    };
    let is_format = text(ContextKind::InvalidArg)?.starts_with("--format");
    let wrong = text(ContextKind::InvalidValue)?.to_ascii_lowercase();
    let mut rows = FORMATS.iter().filter(|_| is_format);
    let row = rows.find(|row| row.0 == wrong && valid.iter().any(|one| one == row.1))?;
    Some(row.2)
}

/// The hint for a formula that was taken for a flag without its value, and for a file that was
/// taken for an order.
fn short_tip(error: &clap::Error, words: &[String]) -> Option<&'static str> {
    let last = words.last().filter(|_| error.kind() == Usage::InvalidValue);
    let is_order = || {
        let flag = error.get(ContextKind::InvalidArg);
        matches!(flag, Some(ContextValue::String(flag)) if flag.starts_with("--order"))
    };
    match last {
        Some(last) => SHORT.iter().find(|row| row.0 == last).map(|row| row.1),
        None => (words.iter().any(|word| word == "-o")
            && error.kind() == Usage::ValueValidation
            && is_order())
        .then_some(OUTPUT),
    }
}

/// Whether a word is a short flag, which is a formula as well.
pub(crate) fn is_short(word: &str) -> bool {
    SHORT.iter().any(|row| row.0 == word)
}

/// Whether a formula looks like a short flag together with its value: `-o2`.
pub(crate) fn is_joined(word: &str) -> bool {
    let is_short = SHORT.iter().any(|row| word.starts_with(row.0));
    is_short && word.len() > 2 && word[2..].bytes().all(|b| b.is_ascii_alphanumeric())
}

/// Whether a word that is too much is none of a flag.
fn is_formula(error: &clap::Error) -> bool {
    let word = error.get(ContextKind::InvalidArg);
    let is_flag = |word: &String| word.starts_with('-');
    error.kind() == Usage::UnknownArgument
        && matches!(word, Some(ContextValue::String(word)) if !is_flag(word))
}

/// Whether two words are taken for the formula and its answer, though the answer has its flag.
fn is_answer_twice(error: &clap::Error) -> bool {
    let word = error.get(ContextKind::InvalidArg);
    error.kind() == Usage::ArgumentConflict
        && matches!(word, Some(ContextValue::String(word)) if word.contains("[ANSWER]"))
}

/// The hint for a flag that is known from elsewhere.
fn flag_tip(command: &Command, flag: &str) -> Option<&'static str> {
    let has = |wanted: &str| {
        wanted.is_empty() || command.get_arguments().any(|one| is_of(one, wanted))
    };
    let row = FLAGS.iter().find(|row| row.0 == flag && has(row.1))?;
    Some(row.2)
}

/// The first long flag that a command does not have, else the first short one of the table or
/// of another command.
fn stranger(command: &Command, all: &Command, words: &[String]) -> Option<String> {
    let is_known = |name: &str| {
        let mut others = all.get_subcommands().flat_map(Command::get_arguments);
        FLAGS.iter().any(|row| row.0 == name) || others.any(|one| is_of(one, name))
    };
    let mut short = None;
    let mut words = words.iter().take_while(|word| *word != "--");
    while let Some(word) = words.next() {
        if !is_flag(word) {
            continue;
        }
        let name = word.split('=').next().unwrap_or_default();
        match command.get_arguments().find(|one| is_of(one, name)) {
            Some(known) if known.get_action().takes_values() && name == word => {
                words.next();
            }
            Some(_) => {}
            None if name.starts_with("--") => return Some(name.to_owned()),
            None if short.is_none() && is_known(name) => {
                short = Some(name.to_owned());
            }
            None => {}
        }
    }
    short
}

/// Whether an argument has a flag.
pub(crate) fn is_of(argument: &Arg, flag: &str) -> bool {
    let long = |name: &str| {
        argument.get_long() == Some(name)
            || argument.get_all_aliases().is_some_and(|all| all.contains(&name))
    };
    match (flag.strip_prefix("--"), flag.strip_prefix('-')) {
        (Some(name), _) => long(name),
        (None, Some(name)) => argument.get_short().is_some_and(|c| name == c.to_string()),
        _ => false,
    }
}

/// The commands that have a flag which this one has not.
fn tip_of_others(root: &Command, flag: &str) -> Option<String> {
    let has = |one: &&Command| one.get_arguments().any(|own| is_of(own, flag));
    let names: Vec<&str> =
        root.get_subcommands().filter(has).map(Command::get_name).collect();
    let shown = match &names[..] {
        [] => return None,
        [all @ .., last] if !all.is_empty() && all.len() < SHOWN => {
            format!("{} and {last}", all.join(", "))
        }
        [one] => (*one).to_owned(),
        many => format!("{} and others", many[..SHOWN].join(", ")),
    };
    Some(format!("{flag} is a flag of {shown}"))
}

fn near_flag(command: &Command, flag: &str) -> Option<String> {
    let known = command.get_arguments().filter_map(|one| one.get_long());
    nearest(flag.trim_start_matches('-'), known).map(|near| format!("--{near}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    /// The commands in backticks of a sentence, as words.
    fn commands_of(sentence: &str) -> Vec<Vec<String>> {
        let quoted = sentence.split('`').skip(1).step_by(2);
        let commands = quoted.filter(|text| text.starts_with("calcgrad "));
        let words = |text: &str| {
            let pieces = text.split('"').enumerate().flat_map(|(k, piece)| match k % 2 {
                0 => piece.split_whitespace().map(str::to_owned).collect(),
                _ => vec![piece.to_owned()],
            });
            pieces.collect()
        };
        commands.map(words).collect()
    }

    #[test]
    fn hints_name_what_there_is() {
        let root = root();
        let mut seen = Vec::new();
        for (word, instead) in WORDS {
            assert!(root.find_subcommand(word).is_none(), "{word} is a command");
            assert_eq!(*word, plain(word));
            assert!(!seen.contains(word), "{word} has two rows");
            seen.push(word);
            match instead {
                Like(command) => {
                    assert!(root.find_subcommand(command).is_some(), "{word}")
                }
                Say(sentence) => {
                    for words in commands_of(sentence) {
                        let parsed = Arguments::try_parse_from(&words);
                        let is_version = words.contains(&"--version".to_owned());
                        assert!(
                            parsed.is_ok() || is_version || words[1] == "help",
                            "{words:?}"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn hints_are_for_what_there_is_not() {
        let root = root();
        let flags = root.get_subcommands().flat_map(Command::get_arguments);
        let flags: Vec<&Arg> = flags.collect();
        for (flag, wanted, tip) in FLAGS {
            assert!(is_flag(flag), "{flag}");
            let is_there = |flag: &str| flags.iter().any(|one| is_of(one, flag));
            assert!(wanted.is_empty() || is_there(wanted), "{flag}");
            // What some commands have is for those that have it not.
            let has = |one: &Command, flag: &str| {
                one.get_arguments().any(|own| is_of(own, flag))
            };
            let mut commands = root.get_subcommands();
            assert!(
                wanted.is_empty()
                    || !commands.any(|one| has(one, flag) && has(one, wanted)),
                "{flag}"
            );
            assert!(tip.contains(wanted), "{flag}");
            for words in commands_of(tip) {
                assert!(Arguments::try_parse_from(&words).is_ok(), "{flag}");
            }
        }
    }
}
