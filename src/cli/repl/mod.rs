//! `calcgrad repl`: formulas, definitions and commands, line by line.
//!
//! Invariant: a line is answered as the command line answers it with the definitions that it
//! needs.

mod editor;
mod line;
mod names;
mod plain;

use super::commands::Arguments;
use super::exit::Exit;
use super::fields::choose;
use super::format::Format;
use super::hints::is_of;
use super::output::Output;
use super::preferences::Preferences;
use super::unquoted::{self, Typed};
use super::{diagnostic, guard, hints};
use calcgrad::session::parse_point;
use calcgrad::syntax::nearest;
use calcgrad::{Error, ErrorKind, Result, function};
use clap::CommandFactory;
use editor::Source;
use line::Line;
use names::Names;
use std::ffi::OsString;

/// What can be said about the session.
const WORDS: [&str; 6] = ["help", "names", "forget", "format", "steps", "quit"];

const HELP: &str = "\
x^2*sin(x)             a formula: its derivatives; without variables, its value
f = x^2, g(x, y) = x*y a definition, which stays
eval f --at x=2        any command, without quotes; `help` lists them
?tan                   what is known of a function
:names                 the definitions
:forget f              forgets one; all, without a name
:format latex          how answers are written from now on
:steps                 show how answers come about, or no longer; :steps 3 with more detail
:quit                  ends, as the end of the input does";

/// Answers the lines of standard input; the status is that of the worst, where nobody sees it
/// line by line.
pub(crate) fn run(output: &mut Output) -> Exit {
    let mut root = Arguments::command();
    root.build();
    let begun = Preferences::load()
        .and_then(|preferences| Ok((preferences, Source::open(&root)?)));
    let (preferences, mut source) = match begun {
        Ok(begun) => begun,
        Err(error) => {
            diagnostic::error("", &error);
            return Exit::from(&error.kind);
        }
    };
    let mut session =
        Session { root, preferences, names: Names::default(), steps: Vec::new() };
    let mut worst = Exit::Done;
    while !output.is_closed() {
        let exit = match source.next(&session.names) {
            None => break,
            Some(Ok(text)) => match session.answer(&text, output) {
                None => break,
                Some(exit) => exit,
            },
            Some(Err(error)) => {
                diagnostic::error("", &error);
                Exit::from(&error.kind)
            }
        };
        output.flush();
        if !source.is_terminal() {
            worst = worst.worse(exit);
        }
    }
    worst
}

/// What stays from line to line.
struct Session {
    root: clap::Command,
    preferences: Preferences,
    names: Names,
    /// The flags with which derivations are shown.
    steps: Vec<String>,
}

impl Session {
    /// Answers a line; `None` ends the session.
    fn answer(&mut self, text: &str, output: &mut Output) -> Option<Exit> {
        output.begin(Format::Text);
        let pieces = line::pieces(text, &self.root);
        if let [Line::Word("quit" | "q" | "exit", _)] = pieces[..] {
            return None;
        }
        let mut worst = Exit::Done;
        for piece in pieces {
            let source = piece.text();
            let exit = self.one(piece, output).unwrap_or_else(|error| {
                diagnostic::error(source, &error);
                Exit::from(&error.kind)
            });
            worst = worst.worse(exit);
        }
        Some(worst)
    }

    fn one(&mut self, line: Line<'_>, output: &mut Output) -> Result<Exit> {
        match line {
            Line::Nothing => Ok(Exit::Done),
            Line::Word(word, rest) => self.word(word, rest, output),
            Line::About("") => self.word("help", "", output),
            Line::About(name) => {
                let words = ["functions", name].map(OsString::from);
                self.run(words.to_vec(), output)
            }
            Line::Command(name, rest) => self.typed(name, rest, output),
            Line::Definition(head, text) => {
                for note in self.names.define(head, text)? {
                    diagnostic::note(text, &note);
                }
                Ok(Exit::Done)
            }
            Line::Formula(text) => {
                self.must_be_formula(text)?;
                let command = if self.names.is_number(text) { "eval" } else { "diff" };
                self.typed(command, text, output)
            }
        }
    }

    /// Does what a word says about the session.
    fn word(&mut self, word: &str, rest: &str, output: &mut Output) -> Result<Exit> {
        match word {
            "help" | "h" => output.line(HELP),
            "names" => self.names.texts().for_each(|text| output.line(text)),
            "forget" if rest.is_empty() => self.names.clear(),
            "forget" if self.names.forget(rest) => {}
            "forget" => return Err(refused(format!("`{rest}` is not defined"))),
            "format" => {
                choose::<Format>("format", rest)?;
                self.preferences.prefer("format", rest);
            }
            "steps" => {
                self.steps = match rest {
                    "" if !self.steps.is_empty() => Vec::new(),
                    "off" => Vec::new(),
                    "" | "on" => vec!["--steps".to_owned()],
                    "1" | "2" | "3" => {
                        vec!["--steps".to_owned(), format!("--detail={rest}")]
                    }
                    _ => {
                        let error = refused(format!("`{rest}` is no level of detail"));
                        return Err(error.help("1, 2, 3, on or off"));
                    }
                };
            }
            _ => {
                let error = refused(format!("there is no word `:{word}`"));
                return Err(match nearest(word, WORDS) {
                    Some(near) => error.help(format!("did you mean `:{near}`?")),
                    None => error.help("`:help` says what there is"),
                });
            }
        }
        Ok(Exit::Done)
    }

    /// Refuses a line that begins with a command that does not exist, or that has a minus which
    /// may be a flag.
    fn must_be_formula(&self, text: &str) -> Result<()> {
        if let Some(flag) = text.split_whitespace().find(|word| hints::is_short(word)) {
            let letter = flag.trim_start_matches('-');
            let error = refused(format!("`{flag}` is a flag and a minus"));
            return Err(error.help(format!(
                "write `- {letter}` for the minus, and `diff` before a formula with short flags"
            )));
        }
        let word = text.split_whitespace().next().unwrap_or_default();
        let is_word =
            word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_alphabetic());
        if is_word
            && !function::is_name(word)
            && !self.names.names().any(|own| own == word)
        {
            let error = hints::no_command(word);
            if error.help.is_some() {
                return Err(error);
            }
        }
        Ok(())
    }

    /// Does what a command says, as it is typed.
    fn typed(&mut self, name: &str, rest: &str, output: &mut Output) -> Result<Exit> {
        let Some(described) = self.root.find_subcommand(name) else {
            return Err(hints::no_command(name));
        };
        let Typed { flags, others } = unquoted::arguments(rest, described);
        let positions: Vec<&str> =
            described.get_positionals().map(|one| one.get_id().as_str()).collect();
        let is_help = flags.iter().any(|flag| flag == "--help" || flag == "-h");
        let is_from_input = others[..] == ["-"];
        match &positions[..] {
            _ if name == "repl" => Err(refused("this is the session".to_owned())),
            ["file"] if !is_help && (is_from_input || others.is_empty()) => {
                Err(refused(format!("`{name}` needs a file here")))
            }
            ["expr", ..] if !is_help && (is_from_input || others.is_empty()) => {
                Err(ErrorKind::EmptyExpression.into())
            }
            // What has no flags keeps its lines.
            ["expr"] if flags.is_empty() && !rest.starts_with(['"', '\'']) => {
                self.command(name, &flags, &[rest], output)
            }
            ["expr"] => self.command(name, &flags, &[&others.join(" ")], output),
            ["expr", ..] => {
                let others: Vec<&str> = others.iter().map(String::as_str).collect();
                self.command(name, &flags, &others, output)
            }
            _ => {
                let words = std::iter::once(name.to_owned()).chain(flags).chain(others);
                self.run(words.map(OsString::from).collect(), output)
            }
        }
    }

    /// Runs a command on formulas, with the definitions that they need.
    fn command(
        &mut self,
        name: &str,
        flags: &[String],
        formulas: &[&str],
        output: &mut Output,
    ) -> Result<Exit> {
        let mut words: Vec<OsString> = vec![name.into()];
        words.extend(flags.iter().map(OsString::from));
        words.extend(self.step_flags(name, flags).iter().map(OsString::from));
        words.push("--".into());
        let set = flags.iter().filter_map(|flag| flag.strip_prefix("--set="));
        let set: Vec<&str> = set.collect();
        // What cannot be read is refused by the command.
        let set = parse_point(&set.join(",")).unwrap_or_default();
        let set: Vec<&str> = set.iter().map(|(name, _)| name.as_str()).collect();
        for formula in formulas {
            let program = self.names.program(formula, &set);
            if program != *formula && line::has_equation(formula) {
                let what = "definitions are not put into equations".to_owned();
                return Err(
                    refused(what).help("write them out, or give values with --set")
                );
            }
            words.push(program.into());
        }
        self.run(words, output)
    }

    /// The flags of derivations, where a command shows them and nothing speaks against it.
    fn step_flags(&self, name: &str, flags: &[String]) -> &[String] {
        let described = self.root.find_subcommand(name);
        let shows = described.is_some_and(|command| {
            let mut all = command.get_arguments();
            let Some(own) = all.find(|one| one.get_long() == Some("steps")) else {
                return false;
            };
            let names = || flags.iter().filter_map(|flag| flag.split('=').next());
            let is_given = |one: &&clap::Arg| names().any(|name| is_of(one, name));
            let is_against = |one: &clap::Arg| {
                let others = |one| command.get_arg_conflicts_with(one);
                one.get_id() == own.get_id()
                    || others(own).iter().any(|other| other.get_id() == one.get_id())
                    || others(one).iter().any(|other| other.get_id() == own.get_id())
            };
            !command.get_arguments().filter(is_given).any(is_against)
        });
        if shows { &self.steps } else { &[] }
    }

    /// Runs a command as the command line does.
    fn run(&self, words: Vec<OsString>, output: &mut Output) -> Result<Exit> {
        let words = self.preferences.beside(words);
        match super::parse(Arguments::command(), &words) {
            Ok(arguments) => guard::guarded(|| Ok(super::perform(arguments, output))),
            Err(error) => Ok(super::refuse(error, &words)),
        }
    }
}

fn refused(what: String) -> Error {
    ErrorKind::InvalidRequest(what).into()
}
