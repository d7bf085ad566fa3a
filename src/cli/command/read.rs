//! `calcgrad read`.

use super::super::args::Common;
use super::super::format::Format;
use super::super::report::{Report, Value, Written};
use super::super::tree::{self, MAX_HEIGHT};
use super::Task;
use calcgrad::print::{self, Notation};
use calcgrad::session::{Engine, Formula, Input, Settings};
use calcgrad::{Note, Result};
use clap::Args;
use serde_json::{Value as Json, json};

#[derive(Args, Debug)]
pub(crate) struct Read {
    #[command(flatten)]
    common: Common,
}

impl Task for Read {
    fn common(&self) -> &Common {
        &self.common
    }

    fn run(&self, engine: &mut Engine, text: &str) -> Result<Report> {
        let mut beside = self.common.beside(&[])?;
        let settings = self.common.begin(engine, beside.declared());
        let settings = Settings { may_ask: true, explain: false, ..settings };
        let formula = engine.read(text, &settings)?;
        beside.respell(&formula);
        let mut notes = formula.notes.clone();
        let program = formula.program();
        let request = program.request().filter(|(names, _)| !names.is_empty());
        notes.extend(request.map(|(names, span)| asked(names, span)));
        let conventions: Vec<Json> = notes.iter().map(convention).collect();
        let written = Written {
            text: print::reading(program, Notation::Text)?,
            latex: print::reading(program, Notation::Latex)?,
        };
        let tree = tree::tree(program);
        if tree.is_none() {
            let message = format!(
                "the tree is left out: it is more than {MAX_HEIGHT} operations high"
            );
            notes.push(Note { message, span: None });
        }
        notes.extend(beside.unused(&formula));
        notes.extend(unlike(engine, &formula, &written.text, settings));
        let mut report = Report::new(notes);
        let mut reading = json!({
            "text": written.text,
            "latex": written.latex,
            "tree": tree,
            "conventions": conventions,
        });
        if !formula.request.is_empty() {
            reading["request"] = formula.request.clone().into();
        }
        report.field("reading", reading);
        let (text, latex) = (written.text.clone(), written.latex.clone());
        let whole = Value::One(written);
        let line = Written { text: format!("text:  {text}"), latex: latex.clone() };
        report.sentence(line, Some(whole));
        if self.common.format().base() != Format::Latex {
            report.sentence(format!("LaTeX: {latex}").as_str().into(), None);
        }
        Ok(report)
    }
}

/// That a derivative stands in front of the formula.
fn asked(names: &[String], span: calcgrad::span::Span) -> Note {
    let message = format!("the derivative in {} is asked for", names.join(", "));
    Note { message, span: Some(span) }
}

/// How something was read, and where it stands.
fn convention(note: &Note) -> Json {
    match note.span {
        Some(span) => json!({ "message": note.message, "span": [span.start, span.end] }),
        None => json!({ "message": note.message }),
    }
}

/// What is to be said when the text of a reading is not read as what it was made of.
fn unlike(
    engine: &mut Engine,
    formula: &Formula,
    text: &str,
    settings: Settings,
) -> Option<Note> {
    let settings = Settings { strict: false, input: Some(Input::Text), ..settings };
    let message = match engine.read(text, &settings) {
        Ok(again) if again.roots == formula.roots => return None,
        Ok(_) => "the text is not read as the same formula".to_owned(),
        Err(error) => format!("the text cannot be typed in again: {error}"),
    };
    Some(Note { message, span: None })
}
