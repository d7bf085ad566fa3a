//! The arguments of a command where no shell takes them apart: in a session, and in a document.

use super::hints::{is_flag, is_of};
use clap::Command;

/// The arguments of a command as they are meant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Typed {
    /// Flags with their values.
    pub(crate) flags: Vec<String>,
    /// What belongs to no flag.
    pub(crate) others: Vec<String>,
}

/// Takes the arguments of a command apart. Neither a formula nor a value behind it needs quotes:
/// each goes on to the next flag.
pub(crate) fn arguments(text: &str, command: &Command) -> Typed {
    let words = words(text);
    let known = |word: &str| {
        let name = word.split('=').next().unwrap_or_default();
        command.get_arguments().find(|one| is_of(one, name))
    };
    let is_known = |word: &(String, bool)| !word.1 && known(&word.0).is_some();
    let mut typed = Typed::default();
    let mut rest = &words[..];
    while let [(word, is_quoted), behind @ ..] = rest {
        rest = behind;
        match known(word).filter(|_| !is_quoted) {
            Some(flag) if flag.get_action().takes_values() && !word.contains('=') => {
                let next = rest.iter().position(is_known).unwrap_or(rest.len());
                let length = if typed.others.is_empty() { next.min(1) } else { next };
                let value: Vec<&str> =
                    rest[..length].iter().map(|w| w.0.as_str()).collect();
                rest = &rest[length..];
                typed.flags.push(match flag.get_long() {
                    Some(long) if length > 0 => format!("--{long}={}", value.join(" ")),
                    _ => word.clone(),
                });
            }
            Some(_) => typed.flags.push(word.clone()),
            None if word.starts_with("--") && is_flag(word) && !is_quoted => {
                typed.flags.push(word.clone());
            }
            None => typed.others.push(word.clone()),
        }
    }
    typed
}

/// Words, and whether they were quoted. A quote inside of a word is a derivative.
fn words(text: &str) -> Vec<(String, bool)> {
    let mut words: Vec<(String, bool)> = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let quoted = Some(first).filter(|c| matches!(c, '"' | '\'')).and_then(|quote| {
            let (word, behind) = rest[1..].split_once(quote)?;
            (behind.is_empty() || behind.starts_with(char::is_whitespace))
                .then_some((word, behind))
        });
        let (word, behind) = quoted.unwrap_or_else(|| {
            rest.split_at(rest.find(char::is_whitespace).unwrap_or(rest.len()))
        });
        words.push((unquoted(word), quoted.is_some()));
        rest = behind.trim_start();
    }
    words
}

/// A value without the quotes that a shell needs: `--at="x=1, y=2"` is one word only there.
fn unquoted(word: &str) -> String {
    word.replace('"', "")
}

#[cfg(test)]
mod tests {
    use super::super::commands::Arguments;
    use super::arguments;
    use clap::CommandFactory;

    #[test]
    fn formulas_and_values_need_no_quotes() {
        let mut root = Arguments::command();
        root.build();
        let diff = root.find_subcommand("diff").cloned().unwrap_or_default();
        for (text, flags, others) in [
            ("x*y --wrt x", &["--wrt=x"][..], &["x*y"][..]),
            ("-w x x * y", &["--wrt=x"], &["x", "*", "y"]),
            ("x + y -a x=1, y=2 --json", &["--at=x=1, y=2", "--json"], &["x", "+", "y"]),
            ("\"x + y\" --at \"x=1, y=2\"", &["--at=x=1, y=2"], &["x + y"]),
            ("f'(x) + g'(x)", &[], &["f'(x)", "+", "g'(x)"]),
            ("x --wrt=x --bogus", &["--wrt=x", "--bogus"], &["x"]),
            ("-a*x", &[], &["-a*x"]),
        ] {
            let typed = arguments(text, &diff);
            assert_eq!(
                (&typed.flags[..], &typed.others[..]),
                (
                    &flags.iter().map(|f| (*f).to_owned()).collect::<Vec<_>>()[..],
                    &others.iter().map(|f| (*f).to_owned()).collect::<Vec<_>>()[..]
                ),
                "{text}"
            );
        }
    }
}
