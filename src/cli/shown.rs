//! The lines of an answer as a terminal shows them, for requests with `"shown": true`: a page
//! shows what the command line says.

use super::answer::{Answer, Verdicts};
use super::format::Format;
use super::job::{Action, Job};
use super::output::Output;
use super::report::Written;
use super::{show, theme, verdict};

/// Those of derivatives or values, which have both notations.
pub(crate) fn of_answer(job: &mut Job, answer: &Answer) -> Vec<Written> {
    let kept = job.format;
    let [text, latex] = [Format::Text, Format::Latex].map(|format| {
        job.format = format;
        captured(|output| match job.action {
            Action::Diff | Action::Gradient => show::derivatives(job, answer, output),
            _ => show::values(job, answer, output),
        })
    });
    job.format = kept;
    let lines = text.lines().zip(latex.lines());
    let line =
        |(text, latex): (&str, &str)| Written { text: text.into(), latex: latex.into() };
    lines.map(line).collect()
}

/// Those of a verdict, which are sentences.
pub(crate) fn of_verdicts(job: &mut Job, verdicts: &Verdicts) -> Vec<Written> {
    let kept = std::mem::replace(&mut job.format, Format::Text);
    let text = captured(|output| verdict::show(job, verdicts, output));
    job.format = kept;
    text.lines().map(|line| Written { text: line.into(), latex: String::new() }).collect()
}

/// What is written, without colours.
fn captured(write: impl FnOnce(&mut Output)) -> String {
    theme::never();
    let mut output = Output::captured();
    write(&mut output);
    output.text()
}
