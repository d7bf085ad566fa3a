//! Answers on the terminal.

use super::answer::{Answer, Row};
use super::callable::must_be_code;
use super::diagnostic;
use super::exit::Exit;
use super::format::Format;
use super::job::{Action, Job, Wanted, run};
use super::output::Output;
use super::place::place;
use super::{code, input, json, theme};
use calcgrad::print::{self, Notation};
use calcgrad::session::Engine;

/// `diff` and `gradient`.
pub(crate) fn diff(job: &mut Job, output: &mut Output) -> Exit {
    with_answer(job, output, derivatives)
}

/// `eval`.
pub(crate) fn eval(job: &mut Job, output: &mut Output) -> Exit {
    with_answer(job, output, values)
}

fn with_answer(
    job: &mut Job,
    output: &mut Output,
    show: fn(&Job, &Answer, &mut Output),
) -> Exit {
    let format = job.format;
    job.format = output.begin(format);
    let wanted =
        Wanted { text: job.format != Format::Latex, latex: job.format != Format::Text };
    let text = input::text(job.text.as_deref());
    let source = text.as_deref().unwrap_or_default().to_owned();
    let refused =
        job.format.refuse_page(job.steps.steps).and(job.steps.refuse_code(job.format));
    let language = job.format.language();
    let refused = refused.and_then(|()| must_be_code(language, job.is_callable));
    job.keep_names &= language.is_none();
    let text = refused.and(text).and_then(|text| job.scalars(&text));
    let source = text.as_deref().map_or(source, str::to_owned);
    let mut engine = Engine::default();
    let found = text.and_then(|text| run(&mut engine, job, &text, wanted));
    let found = found.and_then(|answer| engine.within_allowance(answer));
    let found = found.and_then(|mut answer| {
        if let Some(language) = language {
            answer.report = Some(code::report(job, &answer, language)?);
        }
        Ok(answer)
    });
    match found {
        Ok(answer) => {
            if let Some(report) = &answer.report {
                report.show(&source, format, job.bare, output);
            } else if job.format == Format::Json {
                output.line(&json::answer(None, job.action, &answer, wanted));
            } else {
                remarks(&source, &answer);
                match job.steps.steps {
                    false => show(job, &answer, output),
                    true => job.steps.print(&answer.told, format, output),
                }
            }
            match answer.rows.iter().any(|row| row.missing.is_some()) {
                true => Exit::Unsupported,
                false => Exit::Done,
            }
        }
        Err(error) => {
            if job.format == Format::Json {
                output.line(&json::error(None, &error));
            } else {
                diagnostic::error(&source, &error);
            }
            Exit::from(&error.kind)
        }
    }
}

/// Notes on standard error.
fn remarks(source: &str, answer: &Answer) {
    for note in &answer.notes {
        diagnostic::note(source, note);
    }
    for condition in &answer.breaks {
        diagnostic::no_derivative(condition);
    }
    if !answer.checked {
        diagnostic::remark(diagnostic::NOT_CHECKED);
    }
}

fn notation(job: &Job) -> Notation {
    if job.format == Format::Latex { Notation::Latex } else { Notation::Text }
}

fn written(job: &Job, row: &Row) -> String {
    let text = if job.format == Format::Latex { &row.latex } else { &row.text };
    match (row.sentence(), job.format) {
        (Some(sentence), Format::Latex) => format!("\\text{{{sentence}}}"),
        (Some(sentence), _) => sentence,
        (None, _) => text.clone(),
    }
}

/// Writes derivatives with their labels.
pub(crate) fn derivatives(job: &Job, answer: &Answer, output: &mut Output) {
    let notation = notation(job);
    let place = place(&answer.at, notation);
    let gradient = |texts: &[String]| match job.is_column {
        true => print::column(texts, notation),
        false => print::vector(texts, notation),
    };
    for rows in answer.rows.chunk_by(|a, b| a.of == b.of) {
        let name = rows[0].of.as_ref().unwrap_or(&answer.name);
        let texts: Vec<String> = rows.iter().map(|row| written(job, row)).collect();
        let is_missing = rows.iter().any(|row| row.missing.is_some());
        if job.bare && (job.action != Action::Gradient || !answer.is_gradient) {
            texts.iter().for_each(|text| output.line(text));
            continue;
        }
        if job.bare {
            output.line(&match is_missing {
                true => "does not exist".to_owned(),
                false => gradient(&texts),
            });
            continue;
        }
        if job.action != Action::Gradient || is_missing || !answer.is_gradient {
            for (row, text) in rows.iter().zip(&texts) {
                let wrt: Vec<&str> = row.wrt.iter().map(String::as_str).collect();
                let label = if wrt.is_empty() {
                    name.clone()
                } else {
                    print::partial_label(name, &wrt, answer.is_partial, notation)
                };
                let label = theme::label(&label);
                output.line(&match row.missing {
                    Some(_) => format!("{label}{place} {text}"),
                    None => format!("{label} = {text}{place}"),
                });
            }
        }
        if answer.is_gradient && is_missing {
            let label = theme::label(&print::gradient_label(name, notation));
            let words = match notation {
                Notation::Text => "does not exist",
                Notation::Latex => "\\text{does not exist}",
            };
            output.line(&format!("{label}{place} {words}"));
        } else if answer.is_gradient {
            let label = print::gradient_label(name, notation);
            let vector = gradient(&texts);
            output.line(&format!("{} = {vector}{place}", theme::label(&label)));
        }
    }
    parts(job, answer, output);
}

/// Writes what names stand for.
fn parts(job: &Job, answer: &Answer, output: &mut Output) {
    let notation = notation(job);
    for (name, part) in &answer.shared {
        let name = print::name(name, notation);
        output.line(&format!("{} = {}", theme::label(&name), part.get(notation)));
    }
}

/// Writes values with their names.
pub(crate) fn values(job: &Job, answer: &Answer, output: &mut Output) {
    let about = if notation(job) == Notation::Latex { "\\approx" } else { "≈" };
    for (place, row) in answer.rows.iter().enumerate() {
        let text = written(job, row);
        if job.bare {
            output.line(&text);
            continue;
        }
        let name = theme::label(row.of.as_ref().unwrap_or(&answer.name));
        if answer.is_exact {
            output.line(&format!("{name} = {text}"));
        }
        let decimals = match (&answer.decimals[..], &row.of) {
            ([], _) => continue,
            ([one], _) => one.clone(),
            (many, None) => print::vector(many, notation(job)),
            (many, Some(_)) => many[place].clone(),
        };
        output.line(&format!("{name} {about} {decimals}"));
    }
    parts(job, answer, output);
}
