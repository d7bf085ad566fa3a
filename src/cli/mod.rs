//! The command line: arguments in, text out. It uses the public library alone.

mod answer;
mod args;
mod batch;
mod chain;
mod code;
mod command;
mod commands;
mod components;
mod crew;
mod diagnostic;
mod exit;
mod feed;
mod fields;
mod filter;
mod format;
mod functions;
mod grade;
mod guard;
mod hints;
mod input;
mod job;
mod json;
mod judge;
mod lazy;
mod lines;
mod matrix;
mod object;
mod output;
mod points;
mod question;
mod reading;
mod report;
mod request;
mod show;
mod signals;
mod submission;
mod table;
mod theme;
mod tree;
mod typed;
mod visible;

use args::FormName;
use clap::error::ContextKind;
use clap::{CommandFactory, Parser};
use commands::{Arguments, Command};
use exit::Exit;
use lazy::Lazy;
use output::Output;
use std::io::Write;
use visible::visible;

/// Parses the arguments and runs the command.
pub(crate) fn run() -> std::process::ExitCode {
    guard::quiet();
    let exit = guard::guarded(|| match Arguments::try_parse() {
        Ok(arguments) => {
            theme::choose(arguments.color);
            let mut output = Output::new();
            let exit = perform(arguments, &mut output);
            Ok(output.finish(exit))
        }
        Err(error) => Ok(refuse(error)),
    });
    let exit = exit.unwrap_or_else(|error| {
        diagnostic::error("", &error);
        Exit::from(&error.kind)
    });
    exit.into()
}

/// Runs the command.
fn perform(arguments: Arguments, output: &mut Output) -> Exit {
    match arguments.command {
        Some(Command::Diff(Lazy(diff))) => derive(diff.job(), output),
        Some(Command::Gradient(Lazy(gradient))) => derive(gradient.job(), output),
        Some(Command::Eval(Lazy(eval))) => show::eval(&mut eval.job(), output),
        Some(Command::Simplify(Lazy(formula))) => {
            show::eval(&mut formula.job(FormName::Auto), output)
        }
        Some(Command::Expand(Lazy(formula))) => {
            show::eval(&mut formula.job(FormName::Expanded), output)
        }
        Some(Command::Factor(Lazy(formula))) => {
            show::eval(&mut formula.job(FormName::Factored), output)
        }
        Some(Command::Equal(Lazy(equal))) => judge::judge(&mut equal.job(), output),
        Some(Command::Check(Lazy(check))) => {
            let mut job = check.job();
            matrix::run(&mut job, output)
                .unwrap_or_else(|| judge::judge(&mut job, output))
        }
        Some(Command::Grade(Lazy(grade))) => grade::run(&grade, output),
        Some(Command::Functions { name, format }) => {
            functions::list(name.as_deref(), format, output)
        }
        Some(Command::Batch(Lazy(batch))) => batch::run(&batch, output),
        Some(Command::Filter(Lazy(filter))) => filter::run(&filter, output),
        Some(Command::Completions { shell }) => {
            let mut bytes = Vec::new();
            clap_complete::generate(
                shell,
                &mut Arguments::command(),
                "calcgrad",
                &mut bytes,
            );
            output.bytes(&bytes);
            Exit::Done
        }
        Some(Command::Man) => {
            let mut bytes = Vec::new();
            match clap_mangen::Man::new(Arguments::command()).render(&mut bytes) {
                Ok(()) => {
                    output.bytes(&bytes);
                    Exit::Done
                }
                Err(_) => Exit::Input,
            }
        }
        Some(command) => match command::task(&command) {
            Some(task) => command::run(task, output),
            None => without_command(&[]),
        },
        None => without_command(&arguments.words),
    }
}

/// Derivatives of matrix expressions, or of scalar ones.
fn derive(mut job: job::Job, output: &mut Output) -> Exit {
    matrix::run(&mut job, output).unwrap_or_else(|| show::diff(&mut job, output))
}

/// Shows what is wrong with the arguments, or the help that was asked for.
fn refuse(error: clap::Error) -> Exit {
    if !error.use_stderr() {
        let printed = error.print().and_then(|()| std::io::stdout().flush());
        return output::finished(printed.err(), Exit::Done);
    }
    let words = hints::words();
    if let Some(words) = hints::without_command(&words) {
        return without_command(words);
    }
    // What is shown of the words is what can be seen.
    let seen = words.iter().map(|word| visible(word).into_owned());
    let seen = std::iter::once("calcgrad".to_owned()).chain(seen);
    let error = Arguments::try_parse_from(seen).err().unwrap_or(error);
    match error.get(ContextKind::InvalidSubcommand) {
        Some(word) => diagnostic::error("", &hints::no_command(&word.to_string())),
        None => {
            diagnostic::note_failure(hints::improved(error, &words).print());
        }
    }
    Exit::Input
}

/// What to type, when no command was given.
fn without_command(words: &[String]) -> Exit {
    if let Some(error) = hints::wrong_command(words) {
        diagnostic::error("", &error);
        return Exit::Input;
    }
    let formula = words.first().map_or("x^2*sin(x)", String::as_str);
    let formula = visible(&formula.replace('"', "\\\"")).into_owned();
    let text = format!(
        "calcgrad needs to know what to do with a formula. Try

  calcgrad diff \"{formula}\"                    its derivatives
  calcgrad diff \"{formula}\" --wrt x --order 2  the second derivative
  calcgrad diff \"{formula}\" --format latex     for a document
  calcgrad eval \"{formula}\" --at x=2           its value
  calcgrad functions                      the functions that are known
  calcgrad help diff                      more examples
"
    );
    diagnostic::line(text.trim_end());
    Exit::Input
}
