//! `calcgrad filter`: documents in which commands stand, with their answers in place of them.
//!
//! In Markdown a command is a line of a fenced block of the language `calcgrad`; in LaTeX it is
//! `\calcgrad{diff}{x^2*y}{x}`, with the variables or a place (`x=3`) as the last argument, if
//! any, and flags in brackets before: `\calcgrad[--order 2]{diff}{x^5}`. A formula alone is
//! differentiated.

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
use std::ops::Range;

#[derive(Args, Debug)]
pub(crate) struct Filter {
    /// The document; standard input without it or with -
    file: Option<String>,
}

/// The macro of LaTeX documents.
const MACRO: &str = "\\calcgrad";
/// What opens a block of a Markdown document, behind its fence.
const LANGUAGE: &str = "calcgrad";

/// Environments of LaTeX in which everything stands as it is.
const VERBATIM: [&str; 4] = ["verbatim", "verbatim*", "lstlisting", "minted"];

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
    /// A document of Markdown with its blocks answered, in quotations and lists too.
    fn markdown(&mut self) -> String {
        let mut out = String::new();
        let mut block: Option<Block> = None;
        for (place, line) in self.text.split_inclusive('\n').enumerate() {
            let (before, bare) = margin(line);
            match &mut block {
                None if is_fence(bare) => {
                    let first = place + 2;
                    let typed = line.to_owned();
                    block = Some(Block { first, before, typed, commands: Vec::new() });
                }
                None => out.push_str(line),
                Some(open) => {
                    open.typed.push_str(line);
                    if bare.chars().all(|c| c == '`' || c == '~') && bare.len() > 2 {
                        match self.answered(open) {
                            Some(answers) => out.push_str(&answers),
                            None => out.push_str(&open.typed),
                        }
                        block = None;
                    } else {
                        open.commands.push(bare);
                    }
                }
            }
        }
        if let Some(Block { first, typed, .. }) = block {
            self.fail(first - 1, &refused("a block that is not closed"));
            out.push_str(&typed);
        }
        out
    }

    /// What stands in place of a block: the answers of its commands, those in one format
    /// together, and what fails as it is; nothing when none has an answer.
    fn answered(&mut self, block: &Block) -> Option<String> {
        let mut parts: Vec<Part> = Vec::new();
        for (place, command) in block.commands.iter().enumerate() {
            if command.is_empty() {
                continue;
            }
            match (words_of(command).and_then(answer), parts.last_mut()) {
                (Ok(one), Some(Part::Answer(last))) if last.format == one.format => {
                    last.lines.extend(one.lines);
                }
                (Ok(one), _) => parts.push(Part::Answer(one)),
                (Err(error), last) => {
                    self.fail(block.first + place, &error);
                    match last {
                        Some(Part::Failed(lines)) => lines.push(command),
                        _ => parts.push(Part::Failed(vec![command])),
                    }
                }
            }
        }
        let is_answered = |part: &Part| matches!(part, Part::Answer(_));
        if !parts.is_empty() && !parts.iter().any(is_answered) {
            return None;
        }
        let mut out = String::new();
        for line in parts.iter().map(Part::block).collect::<String>().lines() {
            out.push_str(format!("{}{line}", block.before).trim_end());
            out.push('\n');
        }
        Some(out)
    }

    /// A document of LaTeX with its macros answered.
    fn latex(&mut self) -> String {
        let mut out = String::new();
        let mut rest = self.text;
        let groups = Groups::of(self.text);
        let quoted = verbatim(self.text);
        let mut number = 1;
        while let Some(at) = rest.find(MACRO) {
            let (before, from) = rest.split_at(at);
            out.push_str(before);
            number += before.matches('\n').count();
            let line = before.rsplit('\n').next().unwrap_or_default();
            let behind = &from[MACRO.len()..];
            let place = self.text.len() - behind.len();
            let (call, end) = groups.call(self.text, place);
            let is_comment = line.replace("\\%", "").contains('%');
            let is_quoted = quoted.iter().any(|range| range.contains(&place));
            if is_comment || is_quoted || call.arguments.is_empty() {
                out.push_str(MACRO);
                rest = behind;
                continue;
            }
            match words(&call).and_then(answer) {
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

/// A block of commands in a document of Markdown.
struct Block<'t> {
    /// The line of its first command.
    first: usize,
    /// What stands before each of its lines: marks of a quotation, blanks.
    before: &'t str,
    typed: String,
    commands: Vec<&'t str>,
}

/// What a block becomes.
enum Part<'t> {
    Answer(Answer),
    /// Commands that have no answer.
    Failed(Vec<&'t str>),
}

impl Part<'_> {
    fn block(&self) -> String {
        match self {
            Self::Answer(answer) => answer.block(),
            Self::Failed(lines) => format!("```{LANGUAGE}\n{}\n```\n", lines.join("\n")),
        }
    }
}

/// What stands before a line in a quotation or a list, and the line.
fn margin(line: &str) -> (&str, &str) {
    let bare = line.trim_start_matches([' ', '\t', '>']);
    (&line[..line.len() - bare.len()], bare.trim_end())
}

/// Whether a line opens a block of commands; attributes may stand behind the language.
fn is_fence(line: &str) -> bool {
    let name = line.trim_start_matches(['`', '~']);
    let word = name.trim_start().split([' ', '\t', '{']).next();
    line.len() >= name.len() + 3 && word == Some(LANGUAGE)
}

/// What stands as it is in LaTeX: `\verb|…|`, and environments for that.
fn verbatim(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..].find('\\').map(|at| at + from) {
        let behind = &text[at + 1..];
        let mut end = at + 1 + behind.chars().next().map_or(0, char::len_utf8);
        if let Some(rest) = behind.strip_prefix("verb") {
            let rest = rest.strip_prefix('*').unwrap_or(rest);
            let mark = rest.chars().next().filter(|c| !c.is_alphanumeric() && *c != '\n');
            let close = mark.and_then(|mark| {
                rest[mark.len_utf8()..].find(mark).map(|at| at + 2 * mark.len_utf8())
            });
            end = text.len() - rest.len() + close.unwrap_or(0);
            found.extend(close.map(|_| at..end));
        } else if let Some(rest) = behind.strip_prefix("begin{")
            && let Some(name) = VERBATIM.iter().find(|name| {
                rest.strip_prefix(**name).is_some_and(|rest| rest.starts_with('}'))
            })
        {
            let close = rest.find(&format!("\\end{{{name}}}"));
            end = close.map_or(text.len(), |close| text.len() - rest.len() + close);
            found.push(at..end);
        }
        from = end;
    }
    found
}

/// A macro: its options in brackets and what stands in braces.
struct Call<'t> {
    options: &'t str,
    arguments: Vec<&'t str>,
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

    /// The options and arguments of a macro from a place of a text on, and how long they are.
    fn call<'t>(&self, text: &'t str, from: usize) -> (Call<'t>, usize) {
        let behind_blanks = |at: usize| {
            let rest = text[at..].trim_start_matches([' ', '\t']);
            text.len() - rest.len()
        };
        let (mut found, mut end) = (Call { options: "", arguments: Vec::new() }, from);
        let open = behind_blanks(from);
        if let Some(rest) = text[open..].strip_prefix('[')
            && let Some(close) = rest.find(']')
        {
            found.options = &rest[..close];
            end = open + close + 2;
        }
        loop {
            let open = behind_blanks(end);
            let Some(behind) = self.0.get(&open) else { break };
            let argument = &text[open + 1..behind - 1];
            // Behind a formula and a blank there may stand a group of the document.
            let is_list = |c: char| c.is_alphanumeric() || "_,= ".contains(c);
            if open > end && found.arguments.len() > 1 && !argument.chars().all(is_list) {
                break;
            }
            found.arguments.push(argument);
            end = *behind;
        }
        (found, end - from)
    }
}

/// The words of a command that a macro stands for.
fn words(call: &Call) -> Result<Vec<String>> {
    let own = |text: &str| text.to_owned();
    let mut options = shlex::split(call.options)
        .ok_or_else(|| refused("a quotation mark that is not closed"))?;
    match call.arguments[..] {
        [formula] if !is_command(formula) => {
            let mut words = formula_words(formula)?;
            let at = words.iter().position(|word| word == "--").unwrap_or(words.len());
            words.splice(at..at, options);
            Ok(words)
        }
        [_] => Err(refused("a macro without a formula")),
        [command, formula] | [command, formula, ""] => {
            let mut words = vec![own(command)];
            words.append(&mut options);
            words.push(own(formula));
            Ok(words)
        }
        [command, formula, beside] => {
            let flag = if beside.contains('=') { "at" } else { "wrt" };
            let mut root = Arguments::command();
            root.build();
            let known = root.find_subcommand(command);
            let is_flag = |one: &clap::Arg| one.get_long() == Some(flag);
            let has_flag = known.is_none_or(|known| known.get_arguments().any(is_flag));
            if !has_flag {
                let what = match flag {
                    "at" => "is asked at no place",
                    _ => "is asked at a place, as `x=3`, and not for variables",
                };
                return Err(refused(&format!("`{command}` {what}")));
            }
            let mut words = vec![own(command)];
            words.append(&mut options);
            words.extend([own(formula), format!("--{flag}"), own(beside)]);
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
