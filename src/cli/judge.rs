//! `equal` and `check`: verdicts in words, as JSON, in LaTeX.

use super::answer::Verdicts;
use super::args::Format;
use super::exit::Exit;
use super::job::{Action, Job};
use super::output::Output;
use super::reading::{follow, names};
use super::{diagnostic, input, json, theme};
use calcgrad::check::Verdict;
use calcgrad::print::{self, Notation};
use calcgrad::session::{
    Engine, Formula, Judgement, Question, Rows, Settings, can_be_read, respelled, stated,
    stray_name, with_decimal_points,
};
use calcgrad::{Error, ErrorKind, Note, Result};

/// Does the job on a terminal.
pub(crate) fn judge(job: &mut Job, output: &mut Output) -> Exit {
    let text = input::text(job.text.as_deref());
    let source = text.as_deref().unwrap_or_default().to_owned();
    let mut engine = Engine::default();
    let text = job.format.refuse_code().and(text).and_then(|text| job.scalars(&text));
    let source = text.as_deref().map_or(source, str::to_owned);
    let found = text.and_then(|text| run(&mut engine, job, &text));
    match found.and_then(|verdicts| engine.within_allowance(verdicts)) {
        Ok(verdicts) => {
            match job.format {
                Format::Json => output.line(&json::verdicts(None, &verdicts)),
                _ => {
                    for note in &verdicts.notes {
                        diagnostic::remark(&note.message);
                    }
                    show(job, &verdicts, output);
                }
            }
            exit(&verdicts.judgement)
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

fn exit(judgement: &Judgement) -> Exit {
    match judgement.decision.verdict {
        Verdict::Different(_) | Verdict::WrongShape { .. } => Exit::Different,
        Verdict::Undecided { .. } => Exit::Unsupported,
        _ => Exit::Done,
    }
}

/// The verdict on a job's two formulas.
pub(crate) fn run(engine: &mut Engine, job: &Job, text: &str) -> Result<Verdicts> {
    let (mut wrt, mut mixed) = (names(job.wrt.as_deref())?, names(job.mixed.as_deref())?);
    let declared: Vec<String> = wrt.iter().chain(&mixed).flatten().cloned().collect();
    let mut settings = job.settings(declared.clone());
    if !job.at.is_empty() {
        let what = "formulas are compared everywhere, not at a point".to_owned();
        let kind = ErrorKind::InvalidRequest(what);
        return Err(Error::from(kind).help("put the values into the formulas"));
    }
    let missing = match job.action {
        Action::Equal => "the second formula",
        _ => "the answer",
    };
    let other = job.other.as_deref().ok_or_else(|| {
        Error::from(ErrorKind::InvalidRequest(format!("{missing} is missing")))
    })?;
    let (other, left_out) = match job.action {
        Action::Check => stated(other),
        _ => (other.to_owned(), Vec::new()),
    };
    let other = other.as_str();
    let asking = Settings { may_ask: job.action == Action::Check, ..settings.clone() };
    let mut first = engine.read(text, &asking)?;
    if job.action == Action::Check {
        first.one_answer()?;
    }
    let mut order = job.order;
    follow(&first.request, &mut wrt, &mut mixed, &mut order)?;
    for name in wrt.iter_mut().chain(&mut mixed).flatten() {
        *name = first.spelling(name);
    }
    let mut known = engine.variables(&first.roots);
    known.extend(declared.iter().map(|name| first.spelling(name)));
    // What is a variable in one formula is no function in the other.
    settings.known.clone_from(&known);
    let (other, said) = match job.action {
        Action::Check => as_meant(other, &known),
        _ => (other.to_owned(), Vec::new()),
    };
    let rows = if job.action == Action::Check { Rows::of(&other) } else { None };
    let vector = rows.as_ref().map(Rows::by_rows);
    let mut second = engine
        .read(vector.as_deref().unwrap_or(&other), &settings)
        .map_err(|error| beside(&other, error))?;
    if job.action == Action::Check {
        let own = engine.variables(&second.roots);
        if rows.is_none() && own.iter().any(|name| first.defines(name)) {
            // Names that the question defines mean the same in the answer.
            let program = format!("{other}\n{}", first.other_definitions(text, &second));
            let found = engine.read(&program, &settings);
            second = found.map_err(|error| beside(&other, error))?;
            second.notes.retain(|note| !Formula::is_unused(note));
        }
        second.one_answer()?;
        for name in second.abstract_functions() {
            if first.defines_function(name) {
                let what = format!("`{name}` is a function of the question");
                let kind = ErrorKind::InvalidAnswer(what);
                return Err(Error::from(kind).help("write it out in the answer"));
            }
        }
    } else {
        settings.known = engine.variables(&second.roots);
        if settings.known.iter().any(|name| !known.contains(name)) {
            first = engine.read(text, &settings)?;
        }
    }
    let mut notes = job.notes.clone();
    notes.extend(left_out.into_iter().map(|message| Note { message, span: None }));
    notes.extend(first.notes.iter().chain(&second.notes).cloned());
    notes.extend(said.into_iter().map(|message| Note { message, span: None }));
    if job.action == Action::Check {
        for name in engine.variables(&second.roots) {
            let said =
                notes.iter().any(|note| note.message.contains(&format!("`{name}`")));
            if !said && !known.contains(&name) {
                notes.push(Note { message: stray_name(&name, &known), span: None });
            }
        }
    }
    let judgement = match job.action {
        Action::Equal => engine.equal(&first, &second)?,
        _ => {
            let question = match mixed {
                Some(sequence) => Question::Mixed(sequence),
                None => {
                    let all = || match engine.variables(&first.roots) {
                        // A constant has a derivative too, in any variable.
                        names if names.is_empty() => vec!["x".to_owned()],
                        names => names,
                    };
                    Question::Partials(wrt.unwrap_or_else(all), order)
                }
            };
            let mut found = match &rows {
                None => engine.check(&first, &question, &second)?,
                Some(rows) => {
                    let found = engine.check_rows(&first, &question, rows, &settings)?;
                    second = found.1;
                    found.0
                }
            };
            if found.decision.verdict.is_equal()
                && let Some(form) = job.form
            {
                found.flags.extend(engine.missing_form(&second, form.form()));
            }
            found
        }
    };
    let mut expected = Vec::with_capacity(judgement.components.len());
    for component in &judgement.components {
        expected.push([Notation::Text, Notation::Latex].map(|notation| {
            print::write(&engine.pool, component.expected, notation).unwrap_or_default()
        }));
    }
    let latex = |formula: &Formula| {
        let texts: Result<Vec<String>> = formula
            .roots
            .iter()
            .map(|id| print::write(&engine.pool, *id, Notation::Latex))
            .collect();
        Ok::<_, Error>(match &texts?[..] {
            [one] if !formula.is_vector => one.clone(),
            many => print::vector(many, Notation::Latex),
        })
    };
    Ok(Verdicts {
        action: job.action,
        sides: [latex(&first)?, latex(&second)?],
        judgement,
        expected,
        notes,
    })
}

/// An answer as it was probably meant, with what to say of that: run-together names taken
/// apart, and decimal commas where nothing else makes sense.
fn as_meant(answer: &str, known: &[String]) -> (String, Vec<String>) {
    let (mut text, mut notes) = (answer.to_owned(), Vec::new());
    if let Some((spelled, said)) = respelled(answer, known)
        && can_be_read(&spelled, known)
    {
        (text, notes) = (spelled, said);
    }
    if !can_be_read(&text, known)
        && let Some((pointed, said)) = with_decimal_points(&text)
    {
        let (spelled, more) = respelled(&pointed, known).unwrap_or((pointed, Vec::new()));
        if can_be_read(&spelled, known) {
            text = spelled;
            notes.extend(more);
            notes.push(said);
        }
    }
    (text, notes)
}

/// An error in the second formula, shown with its own text.
fn beside(text: &str, error: Error) -> Error {
    let place = error.span.map_or(String::new(), |span| {
        format!(" (at character {} of `{text}`)", span.start + 1)
    });
    if error.kind.is_limit() {
        return Error { span: None, ..error };
    }
    let message = format!("{}{place}", error.kind);
    Error { kind: ErrorKind::InvalidAnswer(message), span: None, help: error.help }
}

fn show(job: &Job, verdicts: &Verdicts, output: &mut Output) {
    let Verdicts { judgement, .. } = verdicts;
    let verdict = &judgement.decision.verdict;
    if job.bare {
        return output.line(verdict.id());
    }
    if job.format == Format::Latex {
        return output.line(&latex(verdicts));
    }
    let label = theme::verdict(verdict.id(), verdict.is_equal());
    output.line(&format!("{label}: {}", sentence(job.action, verdict, judgement)));
    if judgement.components.len() > 1 {
        let right = judgement.right();
        output.line(&format!(
            "{right} of {} components are right",
            judgement.components.len()
        ));
        for (component, [text, _]) in judgement.components.iter().zip(&verdicts.expected)
        {
            let wrt: Vec<&str> = component.wrt.iter().map(String::as_str).collect();
            let name = print::partial_label("f", &wrt, true, Notation::Text);
            let found = &component.decision.verdict;
            let label = if wrt.is_empty() { text.clone() } else { name };
            output.line(&format!("  {}: {}", theme::label(&label), found.id()));
        }
    }
    for component in &judgement.components {
        for mistake in &component.mistakes {
            output.line(&format!("  {}", mistake.text));
        }
    }
    for flag in &judgement.flags {
        output.line(&format!("note: {}", flag.text()));
    }
}

/// A verdict in words.
pub(crate) fn sentence(
    action: Action,
    verdict: &Verdict,
    judgement: &Judgement,
) -> String {
    let known = &judgement.decision.known;
    match verdict {
        Verdict::Equal => known.clone(),
        Verdict::EqualOnDomain { condition } => format!("for {condition} ({known})"),
        Verdict::ProbablyEqual { .. } => known.clone(),
        Verdict::Different(witness) => {
            let point: Vec<String> =
                witness.point.iter().map(|(name, x)| format!("{name} = {x}")).collect();
            let place = match point.is_empty() {
                true => String::new(),
                false => format!("at {} ", point.join(", ")),
            };
            let (left, right) = match action {
                Action::Check if witness.left.starts_with("does not exist") => {
                    ("the derivative", "the answer is")
                }
                Action::Check => ("the derivative is", "the answer is"),
                _ => ("the first is", "the second is"),
            };
            // What was compared over other numbers says so first; what is proved elsewhere
            // last.
            let (remark, rest) =
                known.split_once("refuted at this point").unwrap_or_default();
            let remark = match remark.is_empty() {
                true => String::new(),
                false => format!("{remark}over the complex numbers, "),
            };
            let gap = match &witness.difference {
                Some(difference) => format!("; they differ by {difference}"),
                None => String::new(),
            };
            format!(
                "{remark}{place}{left} {} and {right} {}{gap}{rest}",
                witness.left, witness.right
            )
        }
        Verdict::WrongShape { reason } => reason.clone(),
        Verdict::Undecided { reason } => format!("{reason} ({known})"),
    }
}

fn latex(verdicts: &Verdicts) -> String {
    let [left, right] = &verdicts.sides;
    let left = match verdicts.action {
        Action::Check => {
            let all: Vec<String> =
                verdicts.expected.iter().map(|[_, latex]| latex.clone()).collect();
            match &all[..] {
                [one] => one.clone(),
                many => print::vector(many, Notation::Latex),
            }
        }
        _ => left.clone(),
    };
    match &verdicts.judgement.decision.verdict {
        Verdict::Equal => format!("{left} = {right}"),
        Verdict::EqualOnDomain { condition } => {
            let condition = condition.replace(">=", r"\ge").replace('*', r"\,");
            format!(r"{left} = {right} \quad ({condition})")
        }
        Verdict::ProbablyEqual { .. } => format!(r"{left} \approx {right}"),
        _ => format!(r"{left} \ne {right}"),
    }
}
