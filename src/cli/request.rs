//! A request of a batch: the fields of an object in, a record out.
//!
//! Most commands are read here, because the command line's parser is slower than a derivative.

use super::args::{DomainName, FormName, KinkName};
use super::callable::must_be_code;
use super::commands::Arguments;
use super::derivation::StepFlags;
use super::fields::{Fields, choose};
use super::flags::Logarithm;
use super::format::Format;
use super::guard;
use super::job::{Action, Job, Wanted, run as run_job};
use super::language::LangName;
use super::report::{Report, Written};
use super::typed::{InputName, LogName, PreferName, tolerance};
use super::{code, command, hints, json, judge, language, matrix, shown, verification};
use calcgrad::kernel::Limits;
use calcgrad::print::LatexStyle;
use calcgrad::session::Engine;
use calcgrad::simplify::Opening;
use calcgrad::{Error, ErrorKind, Result};
use clap::{CommandFactory, ValueEnum};
use serde_json::{Map, Value};

/// What a request asks for that names no command.
const DIFF: (&str, Action) = ("diff", Action::Diff);
/// The commands that are read here.
pub(crate) const HERE: [(&str, Action); 8] = [
    DIFF,
    ("gradient", Action::Gradient),
    ("eval", Action::Eval),
    ("simplify", Action::Form),
    ("expand", Action::Form),
    ("factor", Action::Form),
    ("equal", Action::Equal),
    ("check", Action::Check),
];

/// The fields that say what authors choose about LaTeX.
pub(crate) const STYLE: [&str; 3] = ["wrap", "upright_d", "ln_as"];

/// Answers a request, whatever is in it; a line names what has no id.
pub(crate) fn respond(line: u64, request: Result<Map<String, Value>>) -> String {
    let mut request = match request {
        Ok(request) => request,
        Err(error) => return json::error_in_line(line, &error),
    };
    let id = request.shift_remove("id").filter(|id| !id.is_null());
    let format = format(&request);
    let (lang, manner) = match Manner::take(&mut request) {
        Ok(manner) => (manner.lang, Ok(manner)),
        Err(error) => (None, Err(error)),
    };
    language::within(lang, || {
        let found = guard::with_engine(|engine| {
            let Manner { is_shown, limits, characters, style, .. } = manner?;
            engine.pool.limit(limits);
            let (record, shown) = answer(engine, id.as_ref(), request, is_shown)?;
            let record = match is_shown {
                true => json::showing(record, &shown),
                false => record,
            };
            let record = json::in_style(json::in_format(record, format)?, style);
            // No record has more characters than bytes.
            let is_long = record.len() > characters;
            match is_long && record.chars().nth(characters).is_some() {
                true => Err(ErrorKind::OutputTooLong { limit: characters as u64 }.into()),
                false => Ok(record),
            }
        });
        let record = found.unwrap_or_else(|error| match &id {
            Some(id) => json::error(Some(id), &error),
            None => json::error_in_line(line, &error),
        });
        match lang {
            Some(_) => json::in_language(record, language::chosen()),
            None => record,
        }
    })
}

/// What every request may say of its record.
struct Manner {
    /// The language of its sentences.
    lang: Option<LangName>,
    /// Whether it has the lines that a terminal shows.
    is_shown: bool,
    /// How much the calculation may take.
    limits: Limits,
    /// How long the record may be.
    characters: usize,
    /// What was chosen about its LaTeX.
    style: LatexStyle,
}

impl Manner {
    fn take(request: &mut Map<String, Value>) -> Result<Self> {
        let names = [&["lang", "shown", "limits"][..], &STYLE].concat();
        let own = match request.keys().any(|name| names.contains(&name.as_str())) {
            true => names.iter().filter_map(|n| request.shift_remove_entry(*n)).collect(),
            false => Map::new(),
        };
        let mut own = Fields::of(own);
        let mut limits = own.object("limits")?;
        let usual = Limits::default();
        let work = limits.count("work", usual.work)?.unwrap_or(usual.work);
        let nodes = limits.count("nodes", usual.nodes as u64)?.unwrap_or(usual.nodes);
        let characters = limits.count("characters", u32::MAX.into())?;
        limits.end()?;
        let [wrap, upright_d, ln_as] = STYLE;
        let style = LatexStyle {
            wrap: own.count(wrap, u32::MAX.into())?,
            upright_d: own.flag(upright_d)?,
            ln_as_log: own.choice(ln_as)? == Some(Logarithm::Log),
        };
        Ok(Self {
            style,
            lang: own.choice("lang")?,
            is_shown: own.flag("shown")?,
            limits: Limits { work, nodes },
            characters: characters.unwrap_or(usize::MAX),
        })
    }
}

/// The format that a request asks for; one that there is not is refused where it is read.
pub(crate) fn format(request: &Map<String, Value>) -> Format {
    let name = request.get("format").and_then(Value::as_str);
    let known = name.and_then(|name| Format::from_str(name, false).ok());
    known.unwrap_or(Format::Json)
}

/// Refuses what is no command.
///
/// # Errors
/// A word that is none, with the nearest one.
pub(crate) fn must_be_command(name: &str) -> Result<()> {
    match Arguments::command().find_subcommand(name) {
        Some(_) => Ok(()),
        None => Err(hints::no_command(name)),
    }
}

/// The record of a request, and its lines where they are to be shown.
fn answer(
    engine: &mut Engine,
    id: Option<&Value>,
    request: Map<String, Value>,
    is_shown: bool,
) -> Result<(String, Vec<Written>)> {
    let whole = |report: Report| (report.json(id), report.shown());
    let (name, action) = match request.get("command") {
        None | Some(Value::Null) => DIFF,
        Some(Value::String(name)) if name == "verify-answers" => {
            let found = verification::respond(engine, Fields::of(request))?;
            return Ok((verification::record(id, &found, Map::new()), Vec::new()));
        }
        Some(Value::String(name)) => match HERE.iter().find(|(own, _)| own == name) {
            Some(own) => *own,
            None => return command::respond(engine, &request).map(whole),
        },
        Some(_) => {
            let what = "\"command\" must be a text".to_owned();
            return Err(ErrorKind::InvalidRequest(what).into());
        }
    };
    let (mut job, text, mut wanted) =
        job((name, action), Fields::of_command(request, name))?;
    wanted.latex |= is_shown;
    wanted.text |= is_shown;
    let language = job.format.language();
    must_be_code(language, job.is_callable)?;
    // A terminal keeps the names of a program.
    job.is_shown = is_shown;
    let keeps_names = is_shown || job.expand_names || job.jacobians;
    job.keep_names = keeps_names && action == Action::Diff && language.is_none();
    if matrix::is_matrix_job(&job, &text) {
        return matrix::report(engine, &job, &text).map(whole);
    }
    if matches!(job.action, Action::Equal | Action::Check) {
        job.format.refuse_code()?;
    }
    let text = job.scalars(&text)?;
    if matches!(job.action, Action::Equal | Action::Check) {
        let verdicts = judge::run(engine, &job, &text)?;
        let lines = match is_shown {
            true => shown::of_verdicts(&mut job, &verdicts),
            false => Vec::new(),
        };
        return Ok((json::verdicts(id, &verdicts), lines));
    }
    let answer = run_job(engine, &job, &text, wanted)?;
    if let Some(language) = language {
        return code::report(&job, &answer, language).map(whole);
    }
    if let Some(report) = answer.report {
        return Ok(whole(report));
    }
    let lines = match is_shown {
        true => shown::of_answer(&mut job, &answer),
        false => Vec::new(),
    };
    Ok((json::answer(id, job.action, &answer, wanted), lines))
}

/// The job of a request, with its formula and the notations that are wanted.
fn job(
    (command, action): (&str, Action),
    mut fields: Fields,
) -> Result<(Job, String, Wanted)> {
    fields.text("command")?;
    let expr = fields.formula("expr");
    let wrt = fields.names("wrt");
    let order = fields.count("order", u32::MAX.into());
    let mixed = fields.names("mixed");
    let at = fields.point("at");
    let set = fields.point("set");
    let assume = fields.names("assume");
    let form = fields.text("form");
    let format = fields.choice("format");
    let strict = fields.flag("strict");
    let explain = fields.flag("explain_reading");
    let decimals = fields.flag("decimals");
    let input = fields.choice("input");
    let log = fields.number("log");
    let digits = fields.count("digits", u32::MAX.into());
    let effort = fields.count("effort", 3);
    let domain = fields.choice("domain");
    let prefer = fields.names("prefer");
    let opening = opening(&mut fields);
    let other = fields.formula("other");
    let reply = fields.formula("answer");
    let size = fields.number("tolerance");
    let steps = fields.flag("steps");
    let given = fields.names("given");
    let layout = fields.choice("layout");
    let vec = fields.flag("vec");
    let at_kinks = fields.choice("at_kinks");
    let components = fields.point("components");
    let detail = fields.count("detail", 3);
    let hint = fields.count("hint", u32::MAX.into());
    let document = fields.flag("document");
    let function = fields.flag("function");
    let of_names = [fields.flag("expand_names"), fields.flag("jacobians")];
    // A slip in a name says more than what is missing because of it.
    fields.end()?;
    let log = log?.map(|base| choose("log", &base)).transpose()?;
    let Some(text) = expr? else {
        let error: Error =
            ErrorKind::InvalidRequest("the request has no \"expr\"".to_owned()).into();
        return Err(error);
    };
    let own = match command {
        "expand" => FormName::Expanded,
        "factor" => FormName::Factored,
        _ => FormName::Auto,
    };
    let form = form?.map(|word| choose("form", &word)).transpose()?.unwrap_or(own);
    // The form is that of the command, and its parts have names.
    let names_parts = form == FormName::Shared && own != FormName::Auto;
    let form = if names_parts { own } else { form };
    let [expand_names, jacobians] = of_names;
    let (expand_names, jacobians) = (expand_names?, jacobians?);
    let steps = steps?;
    let (opening, prefer) = (opening?, prefer?.unwrap_or_default());
    if opening.powers && steps {
        let what = "there are no \"steps\" to \"powers\"".to_owned();
        return Err(ErrorKind::InvalidRequest(what).into());
    }
    let words = prefer.split(',').map(str::trim).filter(|word| !word.is_empty());
    let prefer: Result<Vec<PreferName>> =
        words.map(|word| choose("prefer", word)).collect();
    let is_told = steps && action != Action::Check;
    let told = StepFlags::of_request(is_told, detail?, hint?, document?)?;
    let size = size?.map(|size| tolerance(&size)).transpose()?;
    let asked = format?.unwrap_or(Format::Json);
    told.refuse_code(asked)?;
    let wanted = Wanted {
        text: asked.base() != Format::Latex || asked.typeset().is_some(),
        latex: asked == Format::Json
            || asked.base() == Format::Latex
            || asked.language().is_some(),
    };
    let format = if asked.language().is_some() { asked } else { Format::Json };
    let job = Job {
        action,
        domain: domain?.map(DomainName::domain).unwrap_or_default(),
        layout: layout?,
        vec: vec?,
        at_kinks: at_kinks?.map(KinkName::kink),
        given: given?,
        effort: effort?.unwrap_or(2),
        prefer: PreferName::all(&prefer?),
        opening,
        wrt: wrt?,
        order: order?.unwrap_or(1),
        mixed: mixed?,
        at: at?.unwrap_or_default(),
        set: set?.unwrap_or_default(),
        components: components?,
        assume: assume?.unwrap_or_default(),
        form: Some(form),
        names_parts,
        is_record: true,
        expand_names,
        jacobians,
        format,
        strict: strict?,
        explain: explain?,
        decimals: decimals?,
        input: input?.map(InputName::notation),
        log_ten: log == Some(LogName::Ten),
        digits: digits?,
        other: other?.or(reply?),
        own_lines: steps && action == Action::Check,
        tolerance: size,
        steps: told,
        is_callable: function?,
        ..Job::default()
    };
    Ok((job, text, wanted))
}

/// What of a formula is taken apart, which `expand` alone is asked for.
fn opening(fields: &mut Fields) -> Result<Opening> {
    let (angles, logs) = (fields.flag("angles")?, fields.flag("logs")?);
    Ok(Opening { angles, logs, powers: fields.flag("powers")? })
}
