//! Answers as code, for a formula of scalars as for one of matrices.

use super::answer::{Answer, Row};
use super::job::{Action, Job};
use super::report::{Report, Value};
use calcgrad::function::Language;
use calcgrad::kernel::latin;
use calcgrad::matrix::{Code, Problem};
use calcgrad::session::{Engine, Settings};
use calcgrad::{Error, ErrorKind, Result};
use serde_json::json;

/// The name of a derivative: `df_dx`, `d2f_dx2`, `d3f_dx2_dy`.
pub(crate) fn target(function: &str, wrt: &[String]) -> String {
    let mut name = match wrt.len() {
        0 => return latin(function).into_owned(),
        1 => format!("d{function}"),
        n => format!("d{n}{function}"),
    };
    let mut rest = wrt;
    while let [first, ..] = rest {
        let count = rest.iter().take_while(|next| *next == first).count();
        name.push_str(&format!("_d{first}"));
        if count > 1 {
            name.push_str(&count.to_string());
        }
        rest = &rest[count..];
    }
    latin(&name).into_owned()
}

/// Code line by line: what is imported, the names of the program that are used, the answers.
pub(crate) fn assign(report: &mut Report, codes: &[(String, Code)]) {
    let mut before: Vec<String> = Vec::new();
    let mut add = |line: String| {
        if !before.contains(&line) {
            before.push(line);
        }
    };
    for (_, code) in codes {
        code.imports.iter().for_each(|line| add((*line).to_owned()));
    }
    for (_, code) in codes {
        for (name, text) in &code.definitions {
            add(format!("{name} = {text}{}", code.end));
        }
        for note in &code.notes {
            if !report.notes.contains(note) {
                report.notes.push(note.clone());
            }
        }
    }
    for line in &before {
        report.line("".into(), Value::One(line.as_str().into()));
    }
    for (name, code) in codes {
        report.assignment(name, &code.expression, code.end);
    }
}

/// The answer of a job on scalars as code.
///
/// # Errors
/// What is no formula of one value, and what the language cannot say.
pub(crate) fn report(job: &Job, answer: &Answer, language: Language) -> Result<Report> {
    let refuse = |what: &str| Err(ErrorKind::Unsupported(what.to_owned()).into());
    if !answer.shared.is_empty() {
        return refuse("an answer of this length is not written as code");
    }
    let mut report = Report::new(answer.notes.clone());
    report.breaks.clone_from(&answer.breaks);
    report.checked = Some(answer.checked);
    report.field("function", answer.function.as_str().into());
    report.field("variables", answer.variables.clone().into());
    let mut codes = Vec::new();
    for Row { of, wrt, text, .. } in &answer.rows {
        if text.starts_with('[') {
            return refuse("a vector of formulas is not written as code");
        }
        codes.push((
            target(of.as_ref().unwrap_or(&answer.name), wrt),
            scalar(text, &answer.variables, language)?,
        ));
    }
    let partials = answer.rows.iter().zip(&codes);
    let partials = partials
        .map(|(row, (_, code))| json!({ "wrt": row.wrt, "code": code.expression }));
    report.field("partials", partials.collect());
    if job.action == Action::Gradient {
        let mut gradients = Vec::new();
        let mut rest = &codes[..];
        for rows in answer.rows.chunk_by(|a, b| a.of == b.of) {
            let name = rows[0].of.as_ref().unwrap_or(&answer.name);
            let (own, others) = rest.split_at(rows.len());
            gradients.push((format!("grad_{}", latin(name)), vector(own, language)?));
            rest = others;
        }
        codes = gradients;
    }
    assign(&mut report, &codes);
    Ok(report)
}

/// A formula of scalars as code.
fn scalar(text: &str, declared: &[String], language: Language) -> Result<Code> {
    let mut engine = Engine::default();
    let settings = Settings { declared: declared.to_vec(), ..Settings::default() };
    let formula = engine.read(text, &settings)?;
    let names = match engine.variables(&formula.roots) {
        names if names.is_empty() => "x".to_owned(),
        names => names.join(", "),
    };
    let problem =
        Problem::read(&format!("given {names}\n{text}")).map_err(|error| match error
            .kind
            .is_limit()
        {
            true => error,
            false => {
                let what = format!("`{text}` cannot be written in {}", language.name());
                Error::from(ErrorKind::Unsupported(what))
            }
        })?;
    problem.answer_code(&problem.formula(), language)
}

/// Several values as a vector.
fn vector(codes: &[(String, Code)], language: Language) -> Result<Code> {
    let texts: Vec<&str> =
        codes.iter().map(|(_, code)| code.expression.as_str()).collect();
    let (import, expression) = match language {
        Language::Python => {
            ("import numpy as np", format!("np.array([{}])", texts.join(", ")))
        }
        Language::Julia => ("", format!("[{}]", texts.join(", "))),
        Language::Matlab => ("", format!("[{}]", texts.join("; "))),
        Language::Pytorch if codes.iter().any(|(_, code)| code.is_number) => {
            let what =
                "a component is a number, which is no tensor of PyTorch".to_owned();
            return Err(Error::from(ErrorKind::Unsupported(what)).help("use `diff`"));
        }
        Language::Pytorch => {
            ("import torch", format!("torch.stack([{}])", texts.join(", ")))
        }
    };
    let mut whole = Code { expression, ..Code::default() };
    whole.imports.extend(Some(import).filter(|line| !line.is_empty()));
    for (_, code) in codes {
        whole.end = code.end;
        whole.notes.extend(code.notes.iter().cloned());
        for line in &code.imports {
            if !whole.imports.contains(line) {
                whole.imports.push(line);
            }
        }
    }
    Ok(whole)
}
