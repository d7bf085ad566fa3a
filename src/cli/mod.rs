//! The command line: arguments in, text out. It uses the public library alone.

mod answer;
mod args;
mod arrays;
#[cfg(not(target_family = "wasm"))]
mod bulk;
mod callable;
mod chain;
mod code;
mod coder;
mod command;
mod commands;
mod components;
mod derivation;
mod diagnostic;
mod elsewhere;
mod eval;
mod exit;
mod fields;
mod files;
mod filter;
mod flags;
mod format;
mod functions;
mod guard;
mod hints;
mod homonym;
mod input;
mod job;
mod json;
mod judge;
mod language;
mod lazy;
mod man;
mod manners;
mod matrix;
mod object;
mod output;
mod own_lines;
mod own_page;
mod parts;
mod place;
mod preferences;
mod question;
mod reading;
#[cfg(not(target_family = "wasm"))]
mod repl;
mod report;
mod request;
#[cfg(feature = "serve")]
mod serve;
mod shared;
mod show;
mod shown;
#[cfg(not(target_family = "wasm"))]
mod signals;
mod tell;
mod theme;
mod topics;
mod tree;
mod typed;
mod unquoted;
mod unzipped;
mod verdict;
mod verification;
mod visible;
mod words;
mod written;

use args::{Color, FormName};
use clap::error::ContextKind;
use clap::{CommandFactory, FromArgMatches};
use commands::{Arguments, Command};
use exit::Exit;
use format::Format;
use functions::Listing;
use lazy::Lazy;
use output::Output;
use preferences::Preferences;
use std::ffi::OsString;
use std::io::Write;
use visible::visible;

/// Answers a request, as a line of a batch is answered.
#[cfg(target_family = "wasm")]
pub(crate) fn answer(request: &[u8]) -> String {
    request::respond(1, object::read(request))
}

/// Gives the record of a defect to something that keeps it.
#[cfg(target_family = "wasm")]
pub(crate) fn tell_defects(keep: fn(String)) {
    guard::tell(move |error| keep(json::error(None, error)))
}

/// Parses the arguments and runs the command.
pub(crate) fn run() -> std::process::ExitCode {
    guard::quiet();
    let exit = guard::guarded(|| {
        let words: Vec<OsString> = std::env::args_os().skip(1).collect();
        let preferred = Preferences::load();
        let color = words::color(&words).or_else(|| preferred.as_ref().ok()?.color());
        let color = color.unwrap_or(Color::Auto);
        theme::choose(color);
        let root = Arguments::command().color(color.choice());
        let words = preferred?.beside(words::meant(&root, words)?);
        match parse(root, &words) {
            Ok(arguments) => {
                if let Some(formula) = words::like_flag(&words) {
                    let (flag, value) = formula.split_at(2);
                    let said = format!(
                        "`{formula}` is read as a formula; write `{flag} {value}` for the flag"
                    );
                    diagnostic::quietly(arguments.quiet, || diagnostic::remark(&said));
                }
                let mut output = Output::new();
                let exit = perform(arguments, &mut output);
                Ok(output.finish(exit))
            }
            Err(error) => Ok(refuse(error, &words)),
        }
    });
    let exit = exit.unwrap_or_else(|error| {
        diagnostic::error("", &error);
        Exit::from(&error.kind)
    });
    exit.into()
}

/// The arguments that words mean.
fn parse(mut root: clap::Command, words: &[OsString]) -> Result<Arguments, clap::Error> {
    let name = OsString::from("calcgrad");
    let words = std::iter::once(&name).chain(words);
    let mut found = root.try_get_matches_from_mut(words)?;
    Arguments::from_arg_matches_mut(&mut found).map_err(|error| error.format(&mut root))
}

/// Runs the command, with notes or without.
fn perform(arguments: Arguments, output: &mut Output) -> Exit {
    output.begin(Format::Text);
    output.choose(arguments.style.latex());
    language::choose(arguments.style.lang());
    diagnostic::quietly(arguments.quiet, || act(arguments.command, output))
}

fn act(command: Option<Command>, output: &mut Output) -> Exit {
    match command {
        Some(Command::Diff(Lazy(diff))) => derive(diff.job(), output),
        Some(Command::Gradient(Lazy(gradient))) => derive(gradient.job(), output),
        Some(Command::Eval(Lazy(eval))) => value(eval.job(), output),
        Some(Command::Simplify(Lazy(formula))) => {
            value(formula.job(FormName::Auto), output)
        }
        Some(Command::Expand(Lazy(formula))) => value(formula.job(), output),
        Some(Command::Factor(Lazy(formula))) => {
            value(formula.job(FormName::Factored), output)
        }
        Some(Command::Equal(Lazy(equal))) => verdict(equal.job(), output),
        Some(Command::Check(Lazy(check))) => verdict(check.job(), output),
        #[cfg(not(target_family = "wasm"))]
        Some(Command::Grade(Lazy(grade))) => bulk::grade::run(&grade, output),
        #[cfg(not(target_family = "wasm"))]
        Some(Command::VerifyAnswers(Lazy(verify))) => {
            bulk::verify_answers::run(&verify, output)
        }
        Some(Command::Functions { name, format, json }) => {
            let is_json = json || format == Listing::Json;
            functions::list(name.as_deref(), is_json, output)
        }
        Some(Command::Help { name }) => topics::show(name.as_deref(), output),
        #[cfg(not(target_family = "wasm"))]
        Some(Command::Batch(Lazy(batch))) => bulk::batch::run(&batch, output),
        Some(Command::Filter(Lazy(filter))) => filter::run(&filter, output),
        #[cfg(feature = "serve")]
        Some(Command::Serve(Lazy(serve))) => serve::run(&serve, output),
        #[cfg(not(target_family = "wasm"))]
        Some(Command::Repl) => repl::run(output),
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
        Some(Command::Man { output: directory }) => {
            man::write(directory.as_deref(), output)
        }
        Some(command) => match command::task(&command) {
            Some(task) => command::run(task, output),
            None => without_command(),
        },
        None => without_command(),
    }
}

/// Derivatives of matrix expressions, or of scalar ones.
fn derive(mut job: job::Job, output: &mut Output) -> Exit {
    matrix::run(&mut job, output).unwrap_or_else(|| show::diff(&mut job, output))
}

/// Values and forms of matrix expressions, or of scalar ones.
fn value(mut job: job::Job, output: &mut Output) -> Exit {
    matrix::run(&mut job, output).unwrap_or_else(|| show::eval(&mut job, output))
}

/// Verdicts on matrix expressions, or on scalar ones.
fn verdict(mut job: job::Job, output: &mut Output) -> Exit {
    matrix::run(&mut job, output).unwrap_or_else(|| judge::judge(&mut job, output))
}

/// Shows what is wrong with the arguments, or the help that was asked for.
fn refuse(error: clap::Error, words: &[OsString]) -> Exit {
    if !error.use_stderr() {
        let printed = error.print().and_then(|()| std::io::stdout().flush());
        return output::finished(printed.err(), Exit::Done);
    }
    let words: Vec<String> =
        words.iter().map(|word| word.to_string_lossy().into_owned()).collect();
    // What is shown of the words is what can be seen.
    let seen: Vec<OsString> =
        words.iter().map(|word| visible(word).into_owned().into()).collect();
    let root =
        Arguments::command().color(words::color(&seen).unwrap_or(Color::Auto).choice());
    let error = parse(root, &seen).err().unwrap_or(error);
    match error.get(ContextKind::InvalidSubcommand) {
        Some(word) => diagnostic::error("", &hints::no_command(&word.to_string())),
        None => {
            diagnostic::note_failure(hints::improved(error, &words).print());
        }
    }
    Exit::Input
}

/// What to type, when nothing was said.
fn without_command() -> Exit {
    diagnostic::line(
        "calcgrad needs a formula, or a command and a formula. Try

  calcgrad \"x^2*sin(x)\"                     its derivatives
  calcgrad \"x^2*sin(x)\" --wrt x --order 2   the second derivative
  calcgrad \"x^2*sin(x)\" --latex             for a document
  calcgrad eval \"x^2*sin(x)\" --at x=2       its value
  calcgrad functions                        the functions that are known
  calcgrad help                             all commands
  calcgrad help diff                        more examples",
    );
    Exit::Input
}
