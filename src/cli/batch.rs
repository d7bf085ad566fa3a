//! `calcgrad batch`: JSON Lines or points in, JSON Lines out, in the order given.

use super::args::{Batch, FormName, Format, LayoutName};
use super::exit::Exit;
use super::job::{Action, Job, Wanted, run as run_job};
use super::output::Output;
use super::points::Points;
use super::{code, command, diagnostic, json, judge, matrix};
use calcgrad::check::Domain;
use calcgrad::session::Engine;
use calcgrad::syntax::MAX_BYTES;
use calcgrad::{Error, ErrorKind, Result};
use serde::Deserialize;
use serde_json::{Map, Value};
use std::io::{BufRead, BufReader, IsTerminal, Read};

/// One request, with the names of the command line.
#[derive(Deserialize)]
struct Request {
    #[serde(default)]
    id: Option<Value>,
    #[serde(default)]
    command: Option<String>,
    #[serde(default)]
    expr: Option<String>,
    #[serde(default)]
    wrt: Option<Names>,
    #[serde(default)]
    order: Option<u32>,
    #[serde(default)]
    mixed: Option<Names>,
    #[serde(default)]
    at: Option<At>,
    #[serde(default)]
    assume: Option<Names>,
    #[serde(default)]
    form: Option<String>,
    #[serde(default)]
    format: Option<String>,
    #[serde(default)]
    strict: bool,
    #[serde(default)]
    digits: Option<usize>,
    #[serde(default)]
    effort: Option<u8>,
    #[serde(default)]
    domain: Option<String>,
    #[serde(default)]
    other: Option<String>,
    #[serde(default)]
    answer: Option<Names>,
    #[serde(default)]
    given: Option<Names>,
    #[serde(default)]
    layout: Option<String>,
    #[serde(default)]
    vec: bool,
    #[serde(default)]
    components: Option<At>,
}

/// `"x,y"` or `["x", "y"]`.
#[derive(Deserialize)]
#[serde(untagged)]
enum Names {
    One(String),
    Many(Vec<String>),
}

/// `"x=1"` or `{"x": "1"}`.
#[derive(Deserialize)]
#[serde(untagged)]
enum At {
    Text(String),
    Map(Map<String, Value>),
}

impl Request {
    fn is_job(&self) -> bool {
        is_job(self.command.as_deref())
    }
}

impl At {
    /// As it is typed.
    fn typed(self) -> String {
        let coordinate = |(name, value): (&String, &Value)| match value {
            Value::String(text) => format!("{name}={text}"),
            other => format!("{name}={other}"),
        };
        match self {
            Self::Text(text) => text,
            Self::Map(map) => map.iter().map(coordinate).collect::<Vec<_>>().join(","),
        }
    }
}

impl Names {
    /// An answer: a list is a vector.
    fn listed(self) -> String {
        match self {
            Self::One(text) => text,
            Self::Many(list) if list.len() == 1 => list.join(""),
            Self::Many(list) => format!("[{}]", list.join(", ")),
        }
    }

    fn joined(self) -> String {
        match self {
            Self::One(text) => text,
            Self::Many(list) => list.join(","),
        }
    }
}

/// Answers every line or point; a bad one never stops the rest.
pub(crate) fn run(batch: &Batch, output: &mut Output) -> Exit {
    let path = batch.file.as_deref().filter(|path| *path != "-");
    let reader: Box<dyn Read> = match path.map(|path| (path, std::fs::File::open(path))) {
        Some((_, Ok(file))) => Box::new(file),
        Some((path, Err(error))) => {
            let kind = ErrorKind::InvalidRequest(format!("{path}: {error}"));
            diagnostic::error("", &kind.into());
            return Exit::Input;
        }
        None => Box::new(std::io::stdin()),
    };
    let live = path.is_none() && std::io::stdin().is_terminal();
    match &batch.expr {
        None => lines(reader, live, output),
        Some(expr) => points(reader, expr, batch.command.as_deref(), output),
    }
}

/// Answers requests in JSON Lines.
fn lines(reader: impl Read, live: bool, output: &mut Output) -> Exit {
    let mut reader = BufReader::with_capacity(1 << 16, reader);
    let mut engine = Engine::default();
    let mut line = Vec::new();
    while !output.is_closed() {
        line.clear();
        let read =
            reader.by_ref().take(MAX_BYTES as u64 + 1).read_until(b'\n', &mut line);
        match read {
            Ok(0) | Err(_) => break,
            Ok(_) if line.trim_ascii().is_empty() => continue,
            Ok(_) => {}
        }
        if line.len() > MAX_BYTES {
            let error = ErrorKind::TooLong { limit: MAX_BYTES }.into();
            output.line(&json::error(None, &error));
            break;
        }
        output.line(&respond(&mut engine, &line));
        if live {
            output.flush();
        }
    }
    Exit::Done
}

/// Answers a formula at every point of a table.
fn points(
    reader: impl Read,
    expr: &str,
    command: Option<&str>,
    output: &mut Output,
) -> Exit {
    let mut common = Map::new();
    common.insert("command".to_owned(), command.unwrap_or("eval").into());
    common.insert("expr".to_owned(), expr.into());
    let mut points = match Points::new(reader, common) {
        Ok(points) => points,
        Err(error) => {
            diagnostic::error("", &error);
            return Exit::Input;
        }
    };
    let mut engine = Engine::default();
    while let Some(request) = points.next().filter(|_| !output.is_closed()) {
        output.line(&match request {
            Ok(request) => respond(&mut engine, request.as_bytes()),
            Err(error) => json::error(None, &error),
        });
    }
    Exit::Done
}

fn respond(engine: &mut Engine, line: &[u8]) -> String {
    let Ok(text) = std::str::from_utf8(line) else {
        return json::error(None, &ErrorKind::InvalidUtf8.into());
    };
    let mut request = match serde_json::from_str::<Request>(text) {
        Ok(request) if request.is_job() => request,
        other => return respond_as_typed(engine, text, other.err()),
    };
    let id = request.id.take();
    let found = job(request).and_then(|(job, text, wanted)| {
        engine.clear();
        let mut job = job;
        if matrix::is_matrix_job(&job, &text) {
            return Ok(matrix::report(&job, &text)?.json(id.as_ref()));
        }
        let language = job.format.language();
        if matches!(job.action, Action::Equal | Action::Check | Action::Eval) {
            job.format.refuse_code()?;
        }
        let text = job.scalars(&text)?;
        if matches!(job.action, Action::Equal | Action::Check) {
            let verdicts = judge::run(engine, &job, &text)?;
            return Ok(json::verdicts(id.as_ref(), &verdicts));
        }
        let answer = run_job(engine, &job, &text, wanted)?;
        if let Some(language) = language {
            return Ok(code::report(&job, &answer, language)?.json(id.as_ref()));
        }
        Ok(json::answer(id.as_ref(), job.action, &answer, wanted))
    });
    found.unwrap_or_else(|error| json::error(id.as_ref(), &error))
}

/// Answers a request of a command that is read by the command line's parser.
fn respond_as_typed(
    engine: &mut Engine,
    text: &str,
    error: Option<serde_json::Error>,
) -> String {
    let refuse = |id: Option<&Value>, error: &serde_json::Error| {
        json::error(id, &ErrorKind::InvalidRequest(error.to_string()).into())
    };
    let request: Map<String, Value> = match serde_json::from_str(text) {
        Ok(request) => request,
        Err(error) => return refuse(None, &error),
    };
    let id = request.get("id");
    if let Some(error) = error
        && is_job(request.get("command").and_then(Value::as_str))
    {
        return refuse(id, &error);
    }
    engine.clear();
    let found = command::respond(engine, id, &request);
    found.unwrap_or_else(|error| json::error(id, &error))
}

/// Whether a request is read without the command line's parser, which is slower than a
/// derivative.
fn is_job(command: Option<&str>) -> bool {
    let jobs =
        ["diff", "gradient", "eval", "simplify", "expand", "factor", "equal", "check"];
    command.is_none_or(|name| jobs.contains(&name))
}

fn job(request: Request) -> Result<(Job, String, Wanted)> {
    let refuse = |what: String| Err(Error::from(ErrorKind::InvalidRequest(what)));
    let action = match request.command.as_deref() {
        None | Some("diff") => Action::Diff,
        Some("gradient") => Action::Gradient,
        Some("eval") => Action::Eval,
        Some("simplify" | "expand" | "factor") => Action::Form,
        Some("equal") => Action::Equal,
        Some("check") => Action::Check,
        Some(other) => return refuse(format!("there is no command `{other}`")),
    };
    let Some(text) = request.expr else {
        return refuse("the request has no \"expr\"".to_owned());
    };
    let shared = request.form.as_deref() == Some("shared");
    let named = request.form.as_deref().or(match request.command.as_deref() {
        Some("expand") => Some("expanded"),
        Some("factor") => Some("factored"),
        _ => None,
    });
    let form = match named {
        None | Some("auto" | "shared") => FormName::Auto,
        Some("raw") => FormName::Raw,
        Some("expanded") => FormName::Expanded,
        Some("factored") => FormName::Factored,
        Some(other) => return refuse(format!("there is no form `{other}`")),
    };
    let (text_alone, both) = ((true, false), (true, true));
    let ((wants_text, wants_latex), format) = match request.format.as_deref() {
        None | Some("json") => (both, Format::Json),
        Some("text") => (text_alone, Format::Json),
        Some("latex") => ((false, true), Format::Json),
        Some("python") => (text_alone, Format::Python),
        Some("julia") => (text_alone, Format::Julia),
        Some("matlab") => (text_alone, Format::Matlab),
        Some("pytorch") => (text_alone, Format::Pytorch),
        Some(other) => return refuse(format!("there is no format `{other}`")),
    };
    let wanted = Wanted { text: wants_text, latex: wants_latex };
    let domain = match request.domain.as_deref() {
        None | Some("real") => Domain::Real,
        Some("complex") => Domain::Complex,
        Some(other) => return refuse(format!("there is no domain `{other}`")),
    };
    let layout = match request.layout.as_deref() {
        None => None,
        Some("numerator") => Some(LayoutName::Numerator),
        Some("denominator") => Some(LayoutName::Denominator),
        Some(other) => return refuse(format!("there is no layout `{other}`")),
    };
    let job = Job {
        action,
        domain,
        layout,
        vec: request.vec,
        given: request.given.map(Names::joined),
        effort: request.effort.unwrap_or(2),
        wrt: request.wrt.map(Names::joined),
        order: request.order.unwrap_or(1),
        mixed: request.mixed.map(Names::joined),
        at: request.at.map(At::typed).unwrap_or_default(),
        components: request.components.map(At::typed),
        assume: request.assume.map(Names::joined).unwrap_or_default(),
        form: Some(form),
        format,
        strict: request.strict,
        digits: request.digits,
        shared,
        other: request.other.or(request.answer.map(Names::listed)),
        ..Job::default()
    };
    Ok((job, text, wanted))
}
