//! Commands on a formula that answer with a report: one file for each.
//!
//! A new command is a file here with its arguments and its [`Task`], a line in
//! `commands::Command` and a line in [`task`]. It then runs on the command line and in a batch.

mod critical;
mod descend;
mod differential;
mod directional;
mod entries;
mod field;
mod graph;
mod hessian;
mod implicit;
mod jacobian;
#[cfg(feature = "plot")]
mod plot;
mod products;
mod read;
mod relations;
mod request;
mod taylor;
mod tested;
mod variables;
mod verify;

pub(crate) use critical::Critical;
pub(crate) use descend::Descend;
pub(crate) use differential::Differential;
pub(crate) use directional::Directional;
pub(crate) use field::{Curl, Divergence, Laplacian};
pub(crate) use graph::Graph;
pub(crate) use hessian::Hessian;
pub(crate) use implicit::Implicit;
pub(crate) use jacobian::Jacobian;
#[cfg(feature = "plot")]
pub(crate) use plot::Plot;
pub(crate) use read::Read;
pub(crate) use taylor::Taylor;
pub(crate) use verify::Verify;

use super::args::Common;
use super::arrays::Files;
use super::callable::{must_be_code, must_not_be_callable};
use super::commands::Command;
use super::derivation::StepFlags;
use super::exit::Exit;
use super::format::Format;
use super::lazy::Lazy;
use super::output::Output;
use super::report::{Report, Written};
use super::{code, diagnostic, input, json, matrix};
use calcgrad::print::{self, Operator};
use calcgrad::session::Engine;
use calcgrad::{ErrorKind, Result};
use serde_json::{Map, Value};
use std::path::Path;

/// The label of what an operator makes of a function.
fn operator(operator: Operator, function: &str) -> Written {
    Written::from_fn(|notation| print::operator_label(operator, function, notation))
}

/// A command with its arguments.
pub(crate) trait Task {
    /// What all commands take.
    fn common(&self) -> &Common;

    /// Whether it has an answer for matrix expressions as such, not only entry by entry.
    fn has_matrices(&self) -> bool {
        false
    }

    /// Whether it is to be said how a matrix expression is read.
    fn explains(&self) -> bool {
        self.common().explain_reading
    }

    /// Does it to a matrix expression with its declarations, in a format.
    ///
    /// # Errors
    /// As [`Task::run`].
    fn matrices(&self, _: &str, _: Format) -> Result<Report> {
        Err(matrix::no_command())
    }

    /// Points beside those that all commands take, at which arrays may stand.
    fn points(&self) -> &[String] {
        &[]
    }

    /// Whether a formula is a matrix expression that is answered as such.
    fn takes_matrices(&self, text: &str) -> bool {
        let common = self.common();
        let is_whole = common.components.is_none();
        self.has_matrices() && is_whole && matrix::concerns(common.given.as_deref(), text)
    }

    /// Does it to a formula.
    ///
    /// # Errors
    /// What cannot be read, is not supported, or reaches a limit.
    fn run(&self, engine: &mut Engine, text: &str) -> Result<Report>;

    /// What is asked of a derivation, by commands that have one.
    fn steps(&self) -> Option<&StepFlags> {
        None
    }

    /// Whether the answer is a picture.
    fn draws(&self) -> bool {
        false
    }

    /// The file into which the answer is written, in place of standard output.
    fn destination(&self) -> Option<&Path> {
        None
    }

    /// Whether all answers are formulas, so that they can be written as code.
    fn has_formulas(&self) -> bool {
        false
    }
}

/// The command as a task; `None` for those that have a way of their own.
pub(crate) fn task(command: &Command) -> Option<&dyn Task> {
    Some(match command {
        Command::Critical(Lazy(task)) => task,
        Command::Descend(Lazy(task)) => task,
        Command::Jacobian(Lazy(task)) => task,
        Command::Graph(Lazy(task)) => task,
        Command::Hessian(Lazy(task)) => task,
        Command::Laplacian(Lazy(task)) => task,
        Command::Divergence(Lazy(task)) => task,
        Command::Curl(Lazy(task)) => task,
        Command::Directional(Lazy(task)) => task,
        Command::Differential(Lazy(task)) => task,
        Command::Taylor(Lazy(task)) => task,
        Command::Implicit(Lazy(task)) => task,
        Command::Verify(Lazy(task)) => task,
        Command::Read(Lazy(task)) => task,
        #[cfg(feature = "plot")]
        Command::Plot(Lazy(task)) => task,
        _ => return None,
    })
}

/// Answers a request of a batch.
///
/// # Errors
/// As [`Task::run`], and requests that are no command on a formula.
pub(crate) fn respond(
    engine: &mut Engine,
    request: &Map<String, Value>,
) -> Result<Report> {
    let command = request::from_request(request)?;
    let task = task(&command).ok_or_else(|| {
        ErrorKind::InvalidRequest("this command has no place in a batch".to_owned())
    })?;
    let common = task.common();
    let format = super::request::format(request);
    let text = common.expr.as_deref().unwrap_or_default();
    let is_matrix = task.takes_matrices(text);
    task.steps().map_or(Ok(()), |steps| steps.refuse_code(format))?;
    let is_drawn = task.draws() && format.is_picture();
    if !task.has_formulas() && !is_drawn && !is_matrix {
        format.refuse_code()?;
    }
    if task.destination().is_some() {
        let what = "a request of a batch writes no files".to_owned();
        return Err(ErrorKind::InvalidRequest(what).into());
    }
    if is_matrix {
        must_not_be_callable(common.is_callable())?;
        let source = matrix::source(common.given.as_deref(), text);
        let mut report = task.matrices(&source, format)?;
        matrix::explain(&mut report, &source, task.explains())?;
        return Ok(report);
    }
    must_be_code(format.language(), common.is_callable())?;
    let text = common.scalars(text, (task.points(), Files::Refuse))?;
    let mut report = task.run(engine, &text)?;
    report.notes.splice(0..0, common.notes());
    if let Some(language) = format.language() {
        report = code::of_report(&report, language, common.is_callable())?;
    }
    Ok(report)
}

/// Runs a command on the terminal.
pub(crate) fn run(task: &dyn Task, output: &mut Output) -> Exit {
    let common = task.common();
    let format = output.begin(common.format());
    let text = input::text(common.expr.as_deref());
    let source = text.as_deref().unwrap_or_default().to_owned();
    let is_matrix = task.takes_matrices(&source);
    let steps = task.steps().filter(|steps| steps.steps);
    let may_write = match (steps, task.has_formulas() || is_matrix) {
        _ if task.draws() && common.format().is_picture() => Ok(()),
        (Some(steps), _) => steps.refuse_code(common.format()),
        (None, true) => common.format().refuse_page(false),
        (None, false) => common.format().refuse_code(),
    };
    let may_write = may_write
        .and_then(|()| must_be_code(common.format().language(), common.is_callable()));
    let files = match output.is_captured() {
        true => Files::Refuse,
        false => Files::Open,
    };
    let text = may_write.and(text).and_then(|text| match is_matrix {
        true => Ok(matrix::source(common.given.as_deref(), &text)),
        false => common.scalars(&text, (task.points(), files)),
    });
    let source = text.as_deref().map_or(source, str::to_owned);
    let mut engine = Engine::default();
    let found = text.and_then(|text| {
        if is_matrix {
            must_not_be_callable(common.is_callable())?;
            let mut report = task.matrices(&text, common.format())?;
            matrix::explain(&mut report, &text, task.explains())?;
            return Ok(report);
        }
        let report = task.run(&mut engine, &text)?;
        match common.format().language() {
            Some(language) => code::of_report(&report, language, common.is_callable()),
            None => Ok(report),
        }
    });
    match found.and_then(|report| engine.within_allowance(report)) {
        Ok(mut report) => {
            report.notes.splice(0..0, common.notes());
            if let Some(path) = task.destination() {
                return report.save(&source, common.format(), path);
            }
            report.show(&source, common.format(), common.bare, output);
            report.exit.unwrap_or(Exit::Done)
        }
        Err(error) => {
            match format {
                Format::Json => output.line(&json::error(None, &error)),
                _ => diagnostic::error(&source, &error),
            }
            Exit::from(&error.kind)
        }
    }
}
