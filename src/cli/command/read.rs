//! `calcgrad read`.

use super::super::args::Common;
use super::super::format::Format;
use super::super::matrix;
use super::super::report::{Report, Value, Written};
use super::super::tree::{self, MAX_HEIGHT};
use super::Task;
use calcgrad::print::{self, Notation};
use calcgrad::session::{Engine, Formula, Input, Settings};
use calcgrad::syntax::{self, Ast, AstId, Program, Typed};
use calcgrad::{ErrorKind, Note, Result};
use clap::Args;
use serde_json::{Value as Json, json};

/// The longest formula of which the reading is written, in bytes.
const LONGEST: usize = 1 << 20;

#[derive(Args, Debug)]
pub(crate) struct Read {
    #[command(flatten)]
    common: Common,
}

impl Task for Read {
    fn common(&self) -> &Common {
        &self.common
    }

    fn has_matrices(&self) -> bool {
        true
    }

    fn explains(&self) -> bool {
        false
    }

    fn matrices(&self, source: &str, format: Format) -> Result<Report> {
        format.refuse_code()?;
        self.common.refuse_points()?;
        let problem = matrix::problem(source, &self.common.assume)?;
        self.report(vec![problem.program().clone()], &[], problem.notes.clone())
    }

    fn run(&self, engine: &mut Engine, text: &str) -> Result<Report> {
        if text.len() > LONGEST {
            return Err(ErrorKind::TooLong { limit: LONGEST }.into());
        }
        let mut beside = self.common.beside(&[])?;
        let settings = self.common.begin(engine, beside.declared());
        let settings = Settings { may_ask: true, explain: false, ..settings };
        let formulas = match engine.read(text, &settings) {
            Ok(formula) => {
                beside.respell(&formula);
                vec![formula]
            }
            Err(error) => {
                let has_sign = text.contains('=');
                let read = |engine: &mut Engine| engine.read_equations(text, &settings);
                match has_sign.then(|| read(engine)) {
                    Some(Ok(equations)) => equations,
                    _ => {
                        let program = alone(text, &settings).ok_or(error)?;
                        let notes = program.notes.clone();
                        return self.report(vec![program], &[], notes);
                    }
                }
            }
        };
        let programs: Vec<Program> =
            formulas.iter().map(|formula| formula.program().clone()).collect();
        let mut notes: Vec<Note> =
            formulas.iter().flat_map(|formula| formula.notes.clone()).collect();
        let mut request = Vec::new();
        if let [formula] = &formulas[..] {
            request.clone_from(&formula.request);
            let asks = formula.program().request().filter(|(names, _)| !names.is_empty());
            notes.extend(asks.map(|(names, span)| asked(names, span)));
            notes.extend(beside.unused(formula));
        }
        notes.extend(unlike(engine, &formulas, &programs, settings)?);
        self.report(programs, &request, notes)
    }
}

impl Read {
    /// How programs were read: a formula, or equations.
    fn report(
        &self,
        programs: Vec<Program>,
        request: &[String],
        mut notes: Vec<Note>,
    ) -> Result<Report> {
        let conventions: Vec<Json> = notes.iter().map(convention).collect();
        let written = written(&programs)?;
        let mut trees: Vec<Option<Json>> = programs.iter().map(tree::tree).collect();
        if trees.iter().any(Option::is_none) {
            let message = format!(
                "the tree is left out: it is more than {MAX_HEIGHT} operations high"
            );
            notes.push(Note { message, span: None });
        }
        let tree = match trees.len() {
            1 => trees.pop().flatten(),
            _ => trees.into_iter().collect::<Option<Vec<Json>>>().map(|mut trees| {
                trees.insert(0, ";".into());
                trees.into()
            }),
        };
        let mut report = Report::new(notes);
        let mut reading = json!({
            "text": written.text,
            "latex": written.latex,
            "tree": tree,
            "conventions": conventions,
        });
        if !request.is_empty() {
            reading["request"] = request.into();
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

/// Programs as they were read.
fn written(programs: &[Program]) -> Result<Written> {
    let all = |notation| -> Result<Vec<String>> {
        programs.iter().map(|program| print::reading(program, notation)).collect()
    };
    Ok(Written {
        text: all(Notation::Text)?.join("; "),
        latex: all(Notation::Latex)?.join(" \\quad "),
    })
}

/// What stands alone and has no value of its own: a matrix, a condition.
fn alone(text: &str, settings: &Settings) -> Option<Program> {
    let typed = Typed::new(text, settings.purpose, settings.input);
    let declared: Vec<&str> = settings.declared.iter().map(String::as_str).collect();
    let program = syntax::parse_typed(&typed, settings.arguments, &declared, &[]).ok()?;
    let [only] = program.definitions() else { return None };
    let is_row = |id: &AstId| matches!(program.node(*id), Ast::Vector(_));
    let is_alone = match program.node(only.body) {
        Ast::Vector(_) => program.operands(only.body).iter().all(is_row),
        Ast::Relation(..) => true,
        _ => false,
    };
    let is_refused = settings.strict && !program.notes.is_empty();
    (is_alone && !is_refused).then_some(program)
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
    formulas: &[Formula],
    programs: &[Program],
    settings: Settings,
) -> Result<Option<Note>> {
    let text = written(programs)?.text;
    let settings = Settings { strict: false, input: Some(Input::Text), ..settings };
    let is_equation = programs.iter().any(|program| program.equation().is_some());
    let again = match is_equation {
        true => engine.read_equations(&text, &settings),
        false => engine.read(&text, &settings).map(|formula| vec![formula]),
    };
    let roots = |formulas: &[Formula]| -> Vec<_> {
        formulas.iter().flat_map(|formula| formula.roots.clone()).collect()
    };
    let message = match again {
        Ok(again) if roots(&again) == roots(formulas) => return Ok(None),
        Ok(_) => "the text is not read as the same formula".to_owned(),
        Err(error) => format!("the text cannot be typed in again: {error}"),
    };
    Ok(Some(Note { message, span: None }))
}
