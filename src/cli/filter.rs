//! `calcgrad filter`: documents in which commands stand, with their answers in place of them.
//!
//! In Markdown a command is a line of a fenced block of the language `calcgrad`; in LaTeX it is
//! `\calcgrad{diff}{x^2*y}{x}`, with the variables as the last argument, if any. A formula alone
//! is differentiated.

use super::commands::Arguments;
use super::exit::Exit;
use super::format::Format;
use super::hints::wrong_command;
use super::output::Output;
use super::request::must_be_command;
use super::unquoted::{self, Typed};
use super::{diagnostic, input, perform};
use calcgrad::{Error, ErrorKind, Result};
use clap::error::{ContextKind, ContextValue, ErrorKind as Refusal};
use clap::{Args, CommandFactory, Parser, ValueEnum};
use std::collections::HashMap;

#[derive(Args, Debug)]
pub(crate) struct Filter {
    /// The document; standard input without it or with -
    file: Option<String>,
}

/// The macro of LaTeX documents.
const MACRO: &str = "\\calcgrad";
/// What opens a block of a Markdown document, behind its fence.
const LANGUAGE: &str = "calcgrad";

/// The command of a formula alone.
const DIFFERENTIATE: &str = "diff";

/// Commands that read an input of their own, or whose answers are no formulas.
const APART: [&str; 9] = [
    "batch",
    "completions",
    "filter",
    "functions",
    "grade",
    "help",
    "man",
    "repl",
    "verify-answers",
];

/// Writes the document with answers; a command that fails stays as it is and is told.
pub(crate) fn run(filter: &Filter, output: &mut Output) -> Exit {
    let text = match input::document(filter.file.as_deref().unwrap_or("-")) {
        Ok(text) => text,
        Err(error) => {
            diagnostic::error("", &error);
            return Exit::from(&error.kind);
        }
    };
    let mut exit = Exit::Done;
    let mut document = Document { text: &text, failed: &mut exit };
    let written = match text.contains(MACRO) {
        true => document.latex(),
        false => document.markdown(),
    };
    output.bytes(written.as_bytes());
    exit
}

struct Document<'a> {
    text: &'a str,
    failed: &'a mut Exit,
}

impl Document<'_> {
    /// A document of Markdown with its blocks answered.
    fn markdown(&mut self) -> String {
        let mut out = String::new();
        let mut block: Option<(usize, String, String)> = None;
        for (place, line) in self.text.split_inclusive('\n').enumerate() {
            let bare = line.trim();
            match &mut block {
                None if is_fence(bare) => {
                    block = Some((place + 2, line.to_owned(), String::new()));
                }
                None => out.push_str(line),
                Some((first, typed, commands)) => {
                    typed.push_str(line);
                    if bare.chars().all(|c| c == '`' || c == '~') && bare.len() > 2 {
                        let (first, typed) = (*first, std::mem::take(typed));
                        match self.answered(commands, first) {
                            Some(answers) => {
                                answers.iter().for_each(|one| out.push_str(&one.block()));
                            }
                            None => out.push_str(&typed),
                        }
                        block = None;
                    } else {
                        commands.push_str(line);
                    }
                }
            }
        }
        if let Some((first, typed, _)) = block {
            self.fail(first - 1, &refused("a block that is not closed"));
            out.push_str(&typed);
        }
        out
    }

    /// The answers of the commands of a block, those in one format together; nothing when one
    /// of them fails.
    fn answered(&mut self, commands: &str, first: usize) -> Option<Vec<Answer>> {
        let mut answers: Vec<Answer> = Vec::new();
        for (place, command) in commands.lines().enumerate() {
            if command.trim().is_empty() {
                continue;
            }
            match words_of(command).and_then(answer) {
                Ok(one) => match answers.last_mut() {
                    Some(last) if last.format == one.format => {
                        last.lines.extend(one.lines);
                    }
                    _ => answers.push(one),
                },
                Err(error) => {
                    self.fail(first + place, &error);
                    return None;
                }
            }
        }
        Some(answers)
    }

    /// A document of LaTeX with its macros answered.
    fn latex(&mut self) -> String {
        let mut out = String::new();
        let mut rest = self.text;
        let groups = Groups::of(self.text);
        let mut number = 1;
        while let Some(at) = rest.find(MACRO) {
            let (before, from) = rest.split_at(at);
            out.push_str(before);
            number += before.matches('\n').count();
            let line = before.rsplit('\n').next().unwrap_or_default();
            let behind = &from[MACRO.len()..];
            let (arguments, end) =
                groups.arguments(self.text, self.text.len() - behind.len());
            let is_comment = line.replace("\\%", "").contains('%');
            if is_comment || arguments.is_empty() {
                out.push_str(MACRO);
                rest = behind;
                continue;
            }
            match words(&arguments).and_then(answer) {
                Ok(answer) => out.push_str(&gathered(&answer.lines)),
                Err(error) => {
                    self.fail(number, &error);
                    out.push_str(&from[..MACRO.len() + end]);
                }
            }
            number += behind[..end].matches('\n').count();
            rest = &behind[end..];
        }
        out + rest
    }

    fn fail(&mut self, line: usize, error: &Error) {
        diagnostic::line(&format!("error: line {line}: {error}"));
        *self.failed = Exit::from(&error.kind);
    }
}

fn refused(what: &str) -> Error {
    ErrorKind::InvalidRequest(what.to_owned()).into()
}

/// Whether a line opens a block of commands.
fn is_fence(line: &str) -> bool {
    let name = line.trim_start_matches(['`', '~']);
    line.len() >= name.len() + 3 && name.trim() == LANGUAGE
}

/// What stands in braces in a document: where each opens that is closed, and behind which place
/// it is.
struct Groups(HashMap<usize, usize>);

impl Groups {
    /// The groups of a text, all in one pass; a sign behind a backslash is no brace.
    fn of(text: &str) -> Self {
        let (mut open, mut groups) = (Vec::new(), HashMap::new());
        let mut is_escaped = false;
        for (at, c) in text.char_indices() {
            match c {
                _ if is_escaped => is_escaped = false,
                '\\' => is_escaped = true,
                '{' => open.push(at),
                '}' => groups.extend(open.pop().map(|from| (from, at + 1))),
                _ => {}
            }
        }
        Self(groups)
    }

    /// The arguments in braces from a place of a text on, and how long they are together.
    fn arguments<'t>(&self, text: &'t str, from: usize) -> (Vec<&'t str>, usize) {
        let (mut found, mut end) = (Vec::new(), from);
        while let Some(behind) = self.0.get(&end) {
            found.push(&text[end + 1..behind - 1]);
            end = *behind;
        }
        (found, end - from)
    }
}

/// The words of a command that a macro stands for.
fn words(arguments: &[&str]) -> Result<Vec<String>> {
    let own = |text: &&str| (*text).to_owned();
    match arguments {
        [formula] if !is_command(formula) => formula_words(formula),
        [_] => Err(refused("a macro without a formula")),
        [command, formula] => Ok([command, formula].map(own).to_vec()),
        [command, formula, wrt] => {
            let mut words = [command, formula].map(own).to_vec();
            if !wrt.is_empty() {
                words.extend(["--wrt".to_owned(), own(wrt)]);
            }
            Ok(words)
        }
        _ => Err(refused("a macro has a command, a formula and perhaps variables")),
    }
}

/// Whether a word is the name of a command.
fn is_command(word: &str) -> bool {
    Arguments::command().find_subcommand(word).is_some()
}

/// The words of a line: those of a command, or a formula with flags behind it.
fn words_of(line: &str) -> Result<Vec<String>> {
    let first = line.split_whitespace().next().unwrap_or_default();
    if !is_command(first) {
        return formula_words(line.trim());
    }
    shlex::split(line).ok_or_else(|| refused("a quotation mark that is not closed"))
}

/// The words of the command that differentiates a formula, which needs no quotes.
fn formula_words(text: &str) -> Result<Vec<String>> {
    let words: Vec<&str> = text.split_whitespace().collect();
    if let Some(error) = wrong_command(&words) {
        return Err(error);
    }
    let mut root = Arguments::command();
    root.build();
    let described = root.find_subcommand(DIFFERENTIATE);
    let Typed { flags, others } =
        described.map(|diff| unquoted::arguments(text, diff)).unwrap_or_default();
    let own = std::iter::once(DIFFERENTIATE.to_owned()).chain(flags);
    Ok(own.chain(["--".to_owned(), others.join(" ")]).collect())
}

/// The answer of a command, line by line.
struct Answer {
    format: Format,
    lines: Vec<String>,
}

impl Answer {
    /// The answer as a block of a Markdown document.
    fn block(&self) -> String {
        let text = self.lines.join("\n");
        let name = self.format.to_possible_value();
        let name = name.as_ref().map_or("", |value| value.get_name());
        match self.format {
            Format::Latex => format!("$$\n{}\n$$\n", gathered(&self.lines)),
            Format::Mathml | Format::Svg | Format::Markdown | Format::Html => text + "\n",
            format if format.language().is_some() || format == Format::Json => {
                format!("```{name}\n{text}\n```\n")
            }
            _ => format!("```\n{text}\n```\n"),
        }
    }
}

/// The format that a command asks for itself.
fn own_format(words: &[String]) -> Option<Format> {
    let flags = words.iter().take_while(|word| *word != "--").enumerate();
    flags.into_iter().find_map(|(at, word)| {
        let behind = || words.get(at + 1).map_or("", String::as_str);
        let value = match word.as_str() {
            "--json" => "json",
            "--latex" => "latex",
            "--format" | "-f" => behind(),
            word => word.strip_prefix("--format=").or_else(|| {
                word.strip_prefix("-f").filter(|_| !word.starts_with("--"))
            })?,
        };
        Format::from_str(value, true).ok()
    })
}

/// That the answers of a command are for no document.
fn apart(command: &str) -> Error {
    refused(&format!("`{command}` has no place in a document"))
}

/// Whether a command was refused because its answers have no format.
fn is_about_format(error: &clap::Error) -> bool {
    let refused = error.get(ContextKind::InvalidArg);
    error.kind() == Refusal::UnknownArgument
        && matches!(refused, Some(ContextValue::String(flag)) if flag == "--format")
}

/// The answer of a command, in LaTeX where it asks for nothing else.
fn answer(words: Vec<String>) -> Result<Answer> {
    let command = words.first().map_or("", String::as_str);
    if APART.contains(&command) {
        return Err(apart(command));
    }
    must_be_command(command)?;
    let command = command.to_owned();
    let own = own_format(&words);
    let mut all = vec!["calcgrad".to_owned()];
    let mut words = words.into_iter();
    all.extend(words.next());
    if own.is_none() {
        all.extend(["--format", "latex"].map(str::to_owned));
    }
    all.extend(words);
    let arguments = Arguments::try_parse_from(all).map_err(|error| {
        if own.is_none() && is_about_format(&error) {
            return apart(&command);
        }
        let text = error.to_string();
        let first = text.lines().next().unwrap_or_default();
        refused(first.trim_start_matches("error: "))
    })?;
    let mut output = Output::captured();
    let exit = perform(arguments, &mut output);
    let text = output.text();
    match (exit, text.is_empty()) {
        (Exit::Done | Exit::Unsupported | Exit::Different, false) => {
            let lines = text.lines().map(str::to_owned).collect();
            Ok(Answer { format: own.unwrap_or(Format::Latex), lines })
        }
        _ => Err(refused("the command has no answer")),
    }
}

/// Lines of LaTeX one below the other; lines of an environment go on.
fn gathered(lines: &[String]) -> String {
    let is_block = |line: &String| line.contains("\\begin") != line.contains("\\end");
    match lines {
        [one] => one.clone(),
        many if many.iter().any(is_block) => many.join("\n"),
        many => {
            format!("\\begin{{gathered}}\n{}\n\\end{{gathered}}", many.join(" \\\\\n"))
        }
    }
}
