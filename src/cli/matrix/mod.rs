//! Commands on matrix expressions: those with `--given` or a line `given …`.

mod blocks;
mod equal;
mod lines;
mod partials;
mod taylor;
mod values;

pub(crate) use blocks::{Wanted, blocks};
pub(crate) use taylor::taylor;

use super::args::{Common, FormName, LayoutName};
use super::arrays::{self, Files};
use super::callable::must_not_be_callable;
use super::derivation::StepFlags;
use super::exit::Exit;
use super::format::Format;
use super::job::{Action, Job};
use super::language;
use super::output::Output;
use super::reading::names;
use super::report::{Report, Value, Written};
use super::shared::share;
use super::{code, diagnostic, input, json};
use calcgrad::check::Domain;
use calcgrad::matrix::{Answer, Layout, MatrixGraph, Opinion, Problem, is_matrix};
use calcgrad::print::{self, Notation};
use calcgrad::session::{Engine, parse_assumptions};
use calcgrad::syntax::{raised, stated};
use calcgrad::{Error, ErrorKind, Note, Result};
use partials::{Asked, Partials};
use serde_json::json as object;
use values::At;

/// Whether a formula is about matrices.
pub(crate) fn concerns(given: Option<&str>, text: &str) -> bool {
    given.is_some() || text.contains("given") && is_matrix(text)
}

/// Whether a job is about matrices as such, not about their entries.
pub(crate) fn is_matrix_job(job: &Job, text: &str) -> bool {
    job.components.is_none() && concerns(job.given.as_deref(), text)
}

/// Does a job about matrices on the terminal; `None` when it is about scalars. Standard input
/// is then in the job.
pub(crate) fn run(job: &mut Job, output: &mut Output) -> Option<Exit> {
    let text = match input::text(job.text.as_deref()) {
        Ok(text) if is_matrix_job(job, &text) => text,
        Ok(text) => {
            job.text = Some(text);
            return None;
        }
        Err(error) => return Some(failed(job, "", &error, output)),
    };
    let source = source(job.given.as_deref(), &text);
    let format = job.format;
    job.format = output.begin(format);
    if !output.is_captured() {
        job.files = Files::Open;
    }
    let mut engine = Engine::default();
    let found = report(&mut engine, job, &text);
    Some(match found.and_then(|report| engine.within_allowance(report)) {
        Ok(report) => {
            report.show(&source, format, job.bare, output);
            report.exit.unwrap_or(Exit::Done)
        }
        Err(error) => failed(job, &source, &error, output),
    })
}

fn failed(job: &Job, source: &str, error: &Error, output: &mut Output) -> Exit {
    match job.format {
        Format::Json => output.line(&json::error(None, error)),
        _ => diagnostic::error(source, error),
    }
    Exit::from(&error.kind)
}

/// The formula and the declarations as one program; the formula keeps its lines.
pub(crate) fn source(given: Option<&str>, text: &str) -> String {
    match given {
        Some(given) => {
            format!("{text}\ngiven {}", given.replace(['\n', ';', '#'], ","))
        }
        None => text.to_owned(),
    }
}

/// What there is to say of a job.
///
/// # Errors
/// What cannot be read, is not supported, or reaches a limit.
pub(crate) fn report(engine: &mut Engine, job: &Job, text: &str) -> Result<Report> {
    if job.at_kinks.is_some() {
        let what = "values at kinks of matrix expressions".to_owned();
        return Err(Error::from(ErrorKind::Unsupported(what))
            .help("with --components they are taken entry by entry"));
    }
    if job.domain == Domain::Complex {
        let what = "matrix expressions over the complex numbers".to_owned();
        return Err(Error::from(ErrorKind::Unsupported(what)).help(
            "matrices are real: write the real and the imaginary part as two matrices",
        ));
    }
    let has_values = matches!(job.action, Action::Diff | Action::Gradient | Action::Eval);
    let values = joined(&[job.set.clone(), job.at.clone()]);
    refuse(&[
        (!has_values && !job.at.is_empty(), "--at"),
        (!has_values && !job.set.is_empty(), "--set"),
        (job.mixed.is_some() && job.action == Action::Check, "--mixed"),
        (job.decimals, "--decimals"),
        (job.jacobians, "--jacobians"),
    ])?;
    if job.given.as_ref().is_some_and(|given| given.trim().is_empty()) {
        return Err(undeclared());
    }
    let mut problem = problem(&source(job.given.as_deref(), text), &job.assume)?;
    let layout = job.layout.map(LayoutName::of_matrices).unwrap_or_default();
    let wrt = variables(job.wrt.as_deref())?;
    job.format.refuse_page(job.steps.steps).and(job.steps.refuse_code(job.format))?;
    if matches!(job.action, Action::Check | Action::Equal | Action::Eval) {
        job.format.refuse_code()?;
    }
    let at = match values.is_empty() && job.action != Action::Eval {
        true => None,
        false => Some(At::read(engine, &problem, (&values, job.files), job.digits)?),
    };
    let reading = if job.explain { Some(reading(&problem)?) } else { None };
    let mut report = match job.action {
        Action::Diff | Action::Gradient => diff(job, problem, at, wrt, layout),
        Action::Check => check(job, &mut problem, wrt, layout),
        Action::Eval => eval(&problem, at),
        Action::Form => form(job, problem),
        Action::Equal => equal::report(job, problem),
    }?;
    report.notes.splice(0..0, reading);
    Ok(report)
}

/// How a program is read, with all brackets.
fn reading(problem: &Problem) -> Result<Note> {
    let text = print::reading(problem.program(), Notation::Text)?;
    Ok(Note { message: format!("the reading is `{text}`"), span: None })
}

/// Says first in a report how its program is read, where that is asked for.
///
/// # Errors
/// What cannot be read.
pub(crate) fn explain(report: &mut Report, source: &str, asked: bool) -> Result<()> {
    if asked {
        report.notes.insert(0, reading(&Problem::read(source)?)?);
    }
    Ok(())
}

/// The value of a program.
fn eval(problem: &Problem, at: Option<At>) -> Result<Report> {
    let mut report = Report::new(problem.notes.clone());
    let Some(mut at) = at else { return Ok(report) };
    let name = problem.function().to_owned();
    let label = Written { latex: problem.name_latex(&name), text: name };
    report.notes.extend_from_slice(at.notes());
    let value = at.value(problem, &problem.formula())?;
    report.field("function", problem.text().into());
    report.field("value", value.json());
    report.checked = Some(true);
    value.push(&mut report, &label);
    Ok(report)
}

/// The shortest form of a program.
fn form(job: &Job, mut problem: Problem) -> Result<Report> {
    if job.form != Some(FormName::Auto) {
        let what = "multiplying out or factoring matrix expressions".to_owned();
        return Err(Error::from(ErrorKind::Unsupported(what))
            .help("`simplify` gives the shortest form"));
    }
    if job.steps.steps {
        let what = "steps to the form of a matrix expression".to_owned();
        return Err(ErrorKind::Unsupported(what).into());
    }
    must_not_be_callable(job.is_callable)?;
    let found = problem.simplified()?;
    let mut report = Report::new(problem.notes.clone());
    report.checked = Some(found.checked);
    let name = problem.function().to_owned();
    let label = Written { latex: problem.name_latex(&name), text: name };
    let answer = Answer::Form(found.form);
    report.field("function", problem.text().into());
    report.field("variables", problem.variables().into());
    if let Some(language) = job.format.language() {
        let code = problem.answer_code(&answer, language.of_matrices()?)?;
        let code = language.finished(code)?;
        report.field("value", object!({ "code": code.expression, "shape": found.sizes }));
        let target = code::target(&label.text, &[]);
        let codes = [(target, code.into())];
        share(&mut report, &[], &[], &codes);
        code::assign(&mut report, &codes, language)?;
        return Ok(report);
    }
    let value = Value::One(Written {
        text: problem.answer_text(&answer),
        latex: problem.answer_latex(&answer),
    });
    let mut fields = value.json();
    fields["shape"] = found.sizes.into();
    report.field("value", fields);
    report.push(label, value);
    Ok(report)
}

/// Lists with commas as one.
fn joined(lists: &[String]) -> String {
    let lists: Vec<&str> =
        lists.iter().map(|list| list.trim()).filter(|list| !list.is_empty()).collect();
    lists.join(",")
}

/// Refuses flags that were given.
///
/// # Errors
/// The first of them.
pub(crate) fn refuse(flags: &[(bool, &str)]) -> Result<()> {
    match flags.iter().find(|(is_given, _)| *is_given) {
        None => Ok(()),
        Some((_, flag)) => {
            let what = format!("`{flag}` has no meaning for matrix expressions");
            Err(ErrorKind::InvalidRequest(what).into())
        }
    }
}

/// Refuses stacked columns of what has none.
///
/// # Errors
/// When they were asked for.
pub(crate) fn refuse_stacking(vec: bool) -> Result<()> {
    match vec {
        false => Ok(()),
        true => {
            let what = "`--vec` has no meaning for formulas of scalars".to_owned();
            Err(ErrorKind::InvalidRequest(what).into())
        }
    }
}

impl Common {
    /// Refuses values.
    ///
    /// # Errors
    /// Any that were given.
    pub(crate) fn refuse_points(&self) -> Result<()> {
        refuse(&[(!self.at.is_empty(), "--at"), (!self.set.is_empty(), "--set")])
    }
}

/// A program with its declarations and assumptions.
pub(crate) fn problem(source: &str, assume: &str) -> Result<Problem> {
    let mut problem = Problem::read(source)?;
    problem.assume(&parse_assumptions(assume)?)?;
    Ok(problem)
}

/// The error of a command that matrix expressions do not have.
pub(crate) fn no_command() -> Error {
    let what = "matrix expressions have the commands `diff`, `gradient`, `hessian`, \
                `jacobian`, `taylor`, `differential`, `graph`, `eval`, `simplify`, `equal`, \
                `check` and, at arrays, `descend`";
    Error::from(ErrorKind::Unsupported(what.to_owned()))
        .help("with `--components n=2,m=3`, or arrays as `--set \"A=[[1,2],[3,4]]\"`, every command works on their entries")
}

fn undeclared() -> Error {
    let what = "no shapes are declared".to_owned();
    Error::from(ErrorKind::InvalidDeclaration(what))
        .help("declare them as `A[m,n] symmetric, x[n], c`")
}

/// The differential of a program with its declarations.
///
/// # Errors
/// What cannot be read, is not supported, or reaches a limit.
pub(crate) fn differential(
    (source, assume): (&str, &str),
    wrt: Option<&str>,
    order: u32,
    steps: &StepFlags,
) -> Result<Report> {
    let mut problem = problem(source, assume)?;
    let wrt = names(wrt)?.unwrap_or_else(|| problem.variables());
    let found = problem.differential(&wrt, order)?;
    let name = problem.function().to_owned();
    let latex = problem.name_latex(&name);
    let mut report = Report::default();
    report.notes.clone_from(&problem.notes);
    report.field("function", problem.text().into());
    report.field("variables", wrt.clone().into());
    report.field("order", order.into());
    report.field("shape", found.sizes.into());
    let label = match order {
        1 => Written { text: format!("d{name}"), latex: format!("d{latex}") },
        _ => Written {
            text: format!("d{}{name}", raised(order)),
            latex: format!("d^{order} {latex}"),
        },
    };
    let answer = Answer::Form(found.form);
    let value = Written {
        text: problem.answer_text(&answer),
        latex: problem.answer_latex(&answer),
    };
    report.answer("differential", label, Value::One(value));
    report.checked = Some(found.checked);
    if steps.steps {
        let told = problem.told_differential(&wrt, order, steps.detail())?;
        report.checked = Some(found.checked && told.checked);
        report.tell(steps, vec![told.derivation]);
    }
    Ok(report)
}

/// The graph of a program with its declarations.
///
/// # Errors
/// What cannot be read, is not supported, or reaches a limit.
pub(crate) fn graph(
    (source, assume): (&str, &str),
    wrt: Option<&str>,
) -> Result<(Problem, MatrixGraph)> {
    let mut problem = problem(source, assume)?;
    let wrt = variables(wrt)?.unwrap_or_else(|| problem.variables());
    let found = problem.graph(&wrt)?;
    Ok((problem, found))
}

/// The names of a list, and entries as `A[i,j]`.
fn variables(list: Option<&str>) -> Result<Option<Vec<String>>> {
    let Some(text) = list.filter(|text| text.contains('[')) else { return names(list) };
    let mut all = Vec::new();
    for part in arrays::pieces(text) {
        match part.contains('[') {
            true => all.push(part.trim().to_owned()),
            false => all.extend(names(Some(part))?.into_iter().flatten()),
        }
    }
    Ok(Some(all))
}

fn diff(
    job: &Job,
    problem: Problem,
    at: Option<At>,
    wrt: Option<Vec<String>>,
    layout: Layout,
) -> Result<Report> {
    let mixed = names(job.mixed.as_deref())?;
    let wrt = wrt.unwrap_or_else(|| match &mixed {
        Some(names) => names.clone(),
        None => {
            let mut all = problem.intermediates();
            all.extend(problem.variables());
            all
        }
    });
    let (vec, format, steps) = (job.vec, job.format, &job.steps);
    let is_callable = job.is_callable;
    let in_variables = job.expand_names;
    let asked =
        Asked { layout, is_stated: true, vec, format, is_callable, in_variables, steps };
    let mut partials = Partials::new(problem, &wrt, &asked)?;
    let notes = at.as_ref().map(|at| at.notes().to_vec());
    partials.report.notes.extend(notes.into_iter().flatten());
    partials.at = at;
    let order = mixed.as_ref().map_or(job.order, |names| names.len() as u32);
    partials.must_be_smooth(&wrt, order)?;
    partials.report.field("layout", layout.name().into());
    if let Some(sequence) = &mixed {
        let found = match vec {
            true => partials.problem.stacked_partial(sequence, layout)?,
            false => partials.problem.partial(sequence, layout)?,
        };
        partials.add(&found, true)?;
        return partials.finish();
    }
    for name in &wrt {
        let found = match vec {
            true => partials.problem.stacked(name, job.order, layout)?,
            false => partials.problem.derivative(name, job.order, layout)?,
        };
        partials.add(&found, wrt.len() == 1)?;
    }
    partials.finish()
}

/// The formula of an answer, without a box, a sentence or a label around it.
fn formula_of(answer: &str) -> &str {
    match &stated(answer, &|_| true).items[..] {
        [item] => item.formula,
        _ => answer,
    }
}

/// `R^(m×n)`: what has these sizes.
pub(crate) fn space(sizes: &[String]) -> Written {
    let all = sizes.join("×");
    let text = match sizes {
        [] => "R".to_owned(),
        [one] if !one.contains('*') => format!("R^{one}"),
        _ => format!("R^({all})"),
    };
    let latex = match all.as_str() {
        "" => r"\mathbb{R}".to_owned(),
        _ => format!(
            r"\mathbb{{R}}^{{{}}}",
            all.replace('×', r" \times ").replace('*', " ")
        ),
    };
    Written { text, latex }
}

fn check(
    job: &Job,
    problem: &mut Problem,
    wrt: Option<Vec<String>>,
    layout: Layout,
) -> Result<Report> {
    let wrt = wrt.unwrap_or_else(|| problem.variables());
    let [name] = &wrt[..] else {
        let what = "an answer is checked in one variable; name it with --wrt".to_owned();
        return Err(ErrorKind::InvalidRequest(what).into());
    };
    let whole = job.other.as_deref().ok_or_else(|| {
        Error::from(ErrorKind::InvalidRequest("the answer is missing".into()))
    })?;
    // The label of an answer in index notation says what its indices are.
    let answer = match whole.split_once('=') {
        Some((label, _)) if label.trim_end().ends_with(']') => whole,
        _ => formula_of(whole),
    };
    let found = problem.judge(name, job.order, layout, answer)?;
    let expected = Written {
        text: problem.answer_text(&found.expected),
        latex: problem.answer_latex(&found.expected),
    };
    let (id, exit) = (found.opinion.id(), exit(&found.opinion));
    let sentence = sentence(&found.opinion, layout);
    let mut report = Report::default();
    report.exit = Some(exit);
    report.notes.clone_from(&problem.notes);
    report.field("verdict", id.into());
    report.field("detail", sentence.as_str().into());
    report.field("layout", layout.name().into());
    report.field("expected", object!({ "text": expected.text, "latex": expected.latex }));
    match job.bare {
        true => report.push("".into(), Value::One(Written::words(id))),
        false => {
            report.line("".into(), Value::One(judged(id, &sentence)));
            if exit == Exit::Different {
                let known = Written::words(&language::chosen().said("the derivative"));
                report.line(known, Value::One(expected));
            }
        }
    }
    if job.own_lines {
        let is_right = exit == Exit::Done;
        let asked = (name.as_str(), job.order);
        let tally = lines::judge(problem, asked, layout, (whole, is_right), &mut report)?;
        report.exit = Some(tally.exit(exit));
    }
    Ok(report)
}

/// A verdict with its sentence, in the language that is asked for.
fn judged(id: &str, sentence: &str) -> Written {
    let locale = language::chosen();
    Written::words(&format!("{}: {}", locale.said(id), locale.said(sentence)))
}

fn exit(opinion: &Opinion) -> Exit {
    match opinion {
        Opinion::Equal(_) | Opinion::ProbablyEqual(_) | Opinion::OtherConvention => {
            Exit::Done
        }
        Opinion::Undecided => Exit::Unsupported,
        _ => Exit::Different,
    }
}

/// An opinion in words.
fn sentence(opinion: &Opinion, layout: Layout) -> String {
    match opinion {
        Opinion::Equal(proof) => proof.words().into(),
        Opinion::ProbablyEqual(count) => {
            format!("the values agree at {count} random instances")
        }
        Opinion::OtherLayout(other) => format!(
            "this is the transpose, which is the derivative in {} layout; {} layout was asked for",
            other.name(),
            layout.name()
        ),
        Opinion::OtherConvention => {
            "right where the entries beside the diagonal are counted once: the partial derivatives \
             in the free entries of a symmetric matrix, 2*G - diag(diag(G)) for the gradient G in \
             the space of symmetric matrices"
                .into()
        }
        Opinion::Multiple(factor) => {
            let factor = short(*factor);
            match factor.as_str() {
                "-1" => "the sign is wrong".into(),
                "1" => "the answer is a little more or less than the derivative".into(),
                _ => format!("the answer is {factor} times the derivative"),
            }
        }
        Opinion::WrongShape { expected, found } => {
            format!("the derivative is {expected} and the answer is {found}")
        }
        Opinion::Different(found) => {
            equal::differing(found, ["the derivative is", "of the derivative is", "the answer has"])
        }
        Opinion::Undecided => {
            "no instance was found at which both could be compared".into()
        }
    }
}

/// A number with a few digits.
fn short(value: f64) -> String {
    let rounded = (value * 1e6).round() / 1e6;
    format!("{rounded}")
}
