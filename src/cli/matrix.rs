//! `diff` and `check` of matrix expressions: those with `--given` or a line `given …`.

use super::args::LayoutName;
use super::derivation::StepFlags;
use super::exit::Exit;
use super::format::Format;
use super::job::{Action, Job};
use super::output::Output;
use super::reading::names;
use super::report::{Report, Value, Written};
use super::{code, diagnostic, input, json};
use calcgrad::derivation::Math;
use calcgrad::matrix::{
    Answer, Derivative, Layout, MatrixGraph, Opinion, Problem, derivative_label,
    is_matrix,
};
use calcgrad::session::parse_assumptions;
use calcgrad::syntax::{raised, stated};
use calcgrad::{Error, ErrorKind, Result};
use serde_json::{Value as Json, json as object};

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
    Some(match report(job, &text) {
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
pub(crate) fn report(job: &Job, text: &str) -> Result<Report> {
    if job.own_lines {
        let what = "the lines of answers to matrix formulas".to_owned();
        return Err(Error::from(ErrorKind::Unsupported(what))
            .help("without --steps the last line is checked"));
    }
    if job.at_kinks.is_some() {
        let what = "values at kinks of matrix expressions".to_owned();
        return Err(Error::from(ErrorKind::Unsupported(what))
            .help("with --components they are taken entry by entry"));
    }
    let refused = [
        (!job.at.is_empty(), "--at"),
        (!job.set.is_empty(), "--set"),
        (job.mixed.is_some(), "--mixed"),
    ];
    if let Some((_, flag)) = refused.iter().find(|(is_given, _)| *is_given) {
        let what = format!("`{flag}` has no meaning for matrix expressions");
        return Err(ErrorKind::InvalidRequest(what).into());
    }
    if job.given.as_ref().is_some_and(|given| given.trim().is_empty()) {
        return Err(undeclared());
    }
    let mut problem = problem(&source(job.given.as_deref(), text), &job.assume)?;
    let layout = match job.layout {
        None | Some(LayoutName::Denominator) => Layout::Denominator,
        Some(LayoutName::Numerator) => Layout::Numerator,
    };
    let wrt = variables(job.wrt.as_deref())?;
    job.format.refuse_page(job.steps.steps).and(job.steps.refuse_code(job.format))?;
    match job.action {
        Action::Diff | Action::Gradient => diff(job, &mut problem, wrt, layout),
        Action::Check => {
            job.format.refuse_code()?;
            check(job, &mut problem, wrt, layout)
        }
        _ => Err(no_command()),
    }
}

/// A program with its declarations and assumptions.
fn problem(source: &str, assume: &str) -> Result<Problem> {
    let mut problem = Problem::read(source)?;
    problem.assume(&parse_assumptions(assume)?)?;
    Ok(problem)
}

/// The error of a command that matrix expressions do not have.
pub(crate) fn no_command() -> Error {
    let what = "matrix expressions have the commands `diff`, `gradient`, `differential`, \
                `graph` and `check`";
    Error::from(ErrorKind::Unsupported(what.to_owned())).help(
        "Hessians are `diff --order 2`; with `--components n=2,m=3`, every command works on \
         their entries",
    )
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
    has_point: bool,
    steps: &StepFlags,
) -> Result<Report> {
    if has_point {
        let what = "`--at` has no meaning for matrix expressions".to_owned();
        return Err(ErrorKind::InvalidRequest(what).into());
    }
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
    let mut depth = 0i32;
    let parts = text.split(|c: char| {
        depth += i32::from(c == '[') - i32::from(c == ']');
        c == ',' && depth <= 0
    });
    let mut all = Vec::new();
    for part in parts {
        match part.contains('[') {
            true => all.push(part.trim().to_owned()),
            false => all.extend(names(Some(part))?.into_iter().flatten()),
        }
    }
    Ok(Some(all))
}

/// `∂²f/∂x²`.
fn label(function: &Written, variable: &Written, order: u32) -> Written {
    let math = |one: &Written| Math { text: one.text.clone(), latex: one.latex.clone() };
    let Math { text, latex } = derivative_label(&math(function), &math(variable), order);
    Written { text, latex }
}

fn diff(
    job: &Job,
    problem: &mut Problem,
    wrt: Option<Vec<String>>,
    layout: Layout,
) -> Result<Report> {
    let wrt = wrt.unwrap_or_else(|| {
        let mut all = problem.intermediates();
        all.extend(problem.variables());
        all
    });
    if wrt.is_empty() {
        let what = "the formula has no variables; name one with --wrt".to_owned();
        return Err(ErrorKind::InvalidRequest(what).into());
    }
    let mut report = Report::default();
    report.notes.clone_from(&problem.notes);
    let name = problem.function().to_owned();
    let function = Written { latex: problem.name_latex(&name), text: name };
    report.field("function", problem.text().into());
    report.field("variables", wrt.clone().into());
    report.field("layout", layout.name().into());
    let mut partials = Vec::new();
    let mut codes = Vec::new();
    let mut checked = true;
    let mut told = Vec::new();
    for name in &wrt {
        let found = match job.vec {
            true => problem.stacked(name, job.order, layout)?,
            false => problem.derivative(name, job.order, layout)?,
        };
        checked &= found.checked;
        if let Some(language) = job.format.language() {
            let plain = name.replace(['[', ','], "_").replace(']', "");
            let repeated = vec![plain; job.order as usize];
            let target = code::target(&function.text, &repeated);
            let of_matrices = language.of_matrices()?;
            let written = problem.answer_code(&found.answer, of_matrices)?;
            let written = language.finished(written)?;
            partials.push(object!({
                "wrt": vec![name.as_str(); job.order as usize],
                "code": written.expression,
                "shape": found.sizes,
            }));
            codes.push((target, written.into()));
            continue;
        }
        if job.steps.steps {
            let is_alone = wrt.len() == 1;
            let one = problem.told(&found, layout, is_alone, job.steps.detail())?;
            checked &= one.checked;
            told.push(one.derivation);
        }
        let variable =
            Written { text: name.clone(), latex: problem.variable_latex(name) };
        let stack = |one: &Written| match job.vec && found.is_stacked {
            true => Written {
                text: format!("vec({})", one.text),
                latex: format!(r"\operatorname{{vec}}\left({}\right)", one.latex),
            },
            false => one.clone(),
        };
        let of = match problem.shape().is_scalar() {
            true => function.clone(),
            false => stack(&function),
        };
        let label = label(&of, &stack(&variable), job.order);
        let value = Written {
            text: problem.answer_text(&found.answer),
            latex: problem.answer_latex(&found.answer),
        };
        partials.push(object!({
            "wrt": vec![name.as_str(); job.order as usize],
            "text": value.text,
            "latex": value.latex,
            "shape": found.sizes,
        }));
        let entry = problem.entry(&found.answer);
        let head = match &entry {
            Some((text, latex)) => Written {
                text: format!("({})[{}]", label.text, text),
                latex: format!(r"\left({}\right)_{{{}}}", label.latex, latex),
            },
            None => label.clone(),
        };
        report.push(head, Value::One(value));
        let stated = entry.is_none().then_some(layout);
        report.line("".into(), Value::One(shape(&label, &found, stated)));
    }
    report.tell(&job.steps, told);
    report.field("partials", Json::Array(partials));
    report.checked = Some(checked);
    if let Some(language) = job.format.language() {
        code::assign(&mut report, &codes, language)?;
    }
    Ok(report)
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

/// `∂f/∂w ∈ R^n (denominator layout)`; tensors of more axes have no layout.
fn shape(label: &Written, found: &Derivative, layout: Option<Layout>) -> Written {
    let Written { text: space, latex } = space(&found.sizes);
    let stated = layout.map(|layout| format!("({} layout)", layout.name()));
    let (mut text, mut latex) =
        (format!("{} ∈ {space}", label.text), format!(r"{} \in {latex}", label.latex));
    if let Some(stated) = stated {
        text.push_str(&format!(" {stated}"));
        latex.push_str(&format!(r" \quad \text{{{stated}}}"));
    }
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
    let answer = job.other.as_deref().ok_or_else(|| {
        Error::from(ErrorKind::InvalidRequest("the answer is missing".into()))
    })?;
    // The label of an answer in index notation says what its indices are.
    let answer = match answer.split_once('=') {
        Some((label, _)) if label.trim_end().ends_with(']') => answer,
        _ => formula_of(answer),
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
    if job.bare {
        report.push("".into(), Value::One(Written::words(id)));
        return Ok(report);
    }
    let words = Written::words(&format!("{id}: {sentence}"));
    report.line("".into(), Value::One(words));
    if exit == Exit::Different {
        let known = Written::words("the derivative");
        report.line(known, Value::One(expected));
    }
    Ok(report)
}

fn exit(opinion: &Opinion) -> Exit {
    match opinion {
        Opinion::Equal | Opinion::ProbablyEqual(_) | Opinion::OtherConvention => {
            Exit::Done
        }
        Opinion::Undecided => Exit::Unsupported,
        _ => Exit::Different,
    }
}

/// An opinion in words.
fn sentence(opinion: &Opinion, layout: Layout) -> String {
    match opinion {
        Opinion::Equal => "proved by expanding both".into(),
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
                _ => format!("the answer is {factor} times the derivative"),
            }
        }
        Opinion::WrongShape { expected, found } => {
            format!("the derivative is {expected} and the answer is {found}")
        }
        Opinion::Different { entry, expected, found } => {
            let place = match entry.as_str() {
                "" => String::new(),
                entry => format!("entry {entry} of "),
            };
            format!(
                "at a random instance {place}the derivative is {} and the answer has {}",
                short(*expected),
                short(*found)
            )
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
