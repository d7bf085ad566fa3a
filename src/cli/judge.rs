//! `equal` and `check`: verdicts in words, as JSON, in LaTeX.

use super::answer::Verdicts;
use super::callable::must_be_code;
use super::exit::Exit;
use super::format::Format;
use super::job::{Action, Job};
use super::manners::in_every_manner;
use super::output::Output;
use super::own_lines::OwnLines;
use super::reading::{follow, names};
use super::{diagnostic, input, json, language, verdict};
use calcgrad::check::Verdict;
use calcgrad::function;
use calcgrad::kernel::ExprId;
use calcgrad::print::{self, Notation};
use calcgrad::session::{
    Along, Answer, Asked, Engine, Formula, Ground, Judgement, OwnDerivation, Question,
    RunTogether, Settings,
};
use calcgrad::syntax::{Purpose, stated, with_points, without_dependence};
use calcgrad::{Error, ErrorKind, Note, Result};
use rustc_hash::FxHashSet;
use std::borrow::Cow;

/// Does the job on a terminal.
pub(crate) fn judge(job: &mut Job, output: &mut Output) -> Exit {
    job.format = output.begin(job.format);
    let text = input::text(job.text.as_deref());
    let source = text.as_deref().unwrap_or_default().to_owned();
    let mut engine = Engine::default();
    let text = refuse(job).and(text).and_then(|text| job.scalars(&text));
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
                    verdict::show(job, &verdicts, output);
                }
            }
            exit(&verdicts)
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

/// Refuses formats in which a verdict is not written.
fn refuse(job: &Job) -> Result<()> {
    match (job.format, job.own_lines) {
        (Format::Markdown | Format::Html, true) => Ok(()),
        _ => job.format.refuse_code().and_then(|()| must_be_code(None, job.is_callable)),
    }
}

fn exit(verdicts: &Verdicts) -> Exit {
    let exit = match verdicts.judgement.decision.verdict {
        Verdict::Different(_) | Verdict::WrongShape { .. } => Exit::Different,
        Verdict::Undecided { .. } => Exit::Unsupported,
        _ => Exit::Done,
    };
    let lines = verdicts.lines.as_ref();
    lines.map_or(exit, |own| own.tally().exit(exit))
}

/// The verdict on a job's two formulas.
pub(crate) fn run(engine: &mut Engine, job: &Job, text: &str) -> Result<Verdicts> {
    engine.speak(language::chosen());
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
    match job.action {
        Action::Equal => equal(engine, job, text, other),
        _ => check(engine, job, text, other),
    }
}

/// Whether two formulas are equal.
fn equal(engine: &mut Engine, job: &Job, text: &str, other: &str) -> Result<Verdicts> {
    let mut settings = job.settings(Vec::new());
    if let Some(found) = engine.equal_as_equations([text, other], &settings)? {
        let [first, second] = found.roots;
        let sides = [side(engine, &[first], false)?, side(engine, &[second], false)?];
        return Ok(verdicts(engine, job, found.judgement, sides, found.notes));
    }
    let mut first = engine.read_side(text, &settings)?;
    let known = engine.variables(&first.roots());
    // What is a variable in one formula is no function in the other.
    settings.known.clone_from(&known);
    let second =
        engine.read_side(other, &settings).map_err(|error| error.in_answer(other))?;
    settings.known = engine.variables(&second.roots());
    if settings.known.iter().any(|name| !known.contains(name)) {
        first = engine.read_side(text, &settings)?;
    }
    let mut notes = job.notes.clone();
    notes.extend(first.notes.iter().chain(&second.notes).cloned());
    let judgement = engine.equal_answers(&first, &second)?;
    let sides = [
        side(engine, &first.roots(), first.is_vector)?,
        side(engine, &second.roots(), second.is_vector)?,
    ];
    Ok(verdicts(engine, job, judgement, sides, notes))
}

/// Whether an answer is right. A question with names that run together is read as its answer
/// is where it is not right as the question was typed.
fn check(engine: &mut Engine, job: &Job, text: &str, other: &str) -> Result<Verdicts> {
    let mut asked = names(job.wrt.as_deref())?;
    if let Some(mixed) = names(job.mixed.as_deref())? {
        asked.get_or_insert_default().extend(mixed);
    }
    let settings = job.settings(asked.clone().unwrap_or_default());
    let glued = engine.glued(text, &settings, asked.as_deref().unwrap_or_default())?;
    if let Some(glued) = glued {
        return check_apart(engine, job, glued, other);
    }
    let found = check_as_typed(engine, job, text, other);
    let is_equal = |found: &Result<Verdicts>| {
        found.as_ref().is_ok_and(|own| own.judgement.decision.verdict.is_equal())
    };
    if is_equal(&found) {
        return found;
    }
    if let Some((answer, notes)) = engine.with_factors(text, other, &settings) {
        let mut meant = check_as_typed(engine, job, text, &answer);
        if let Ok(verdicts) = meant.as_mut()
            && verdicts.judgement.decision.verdict.is_equal()
        {
            verdicts.notes.splice(0..0, resting(&notes));
            return meant;
        }
    }
    let apart = engine.run_together(text, &settings, asked.as_deref());
    let Some(apart) = (match apart {
        Ok(apart) => apart,
        Err(error) if found.is_ok() => return Err(error),
        Err(_) => return found,
    }) else {
        return found;
    };
    let doubtful = apart.doubtful(other).map(str::to_owned);
    let meant = check_apart(engine, job, apart, other);
    if let Some(name) = doubtful.filter(|_| is_equal(&meant)) {
        let what = format!("`{name}` is one name in the question and may be several");
        let kind = ErrorKind::Ambiguous(what);
        return Err(Error::from(kind).help("write `*` between the factors"));
    }
    match (&found, &meant) {
        (Err(_), Err(_)) => found,
        _ => meant,
    }
}

/// Notes on which a verdict rests.
fn resting(notes: &[Note]) -> Vec<Note> {
    let rests = |note: &Note| Note {
        message: format!("{}, and the verdict rests on that", note.message),
        ..note.clone()
    };
    notes.iter().map(rests).collect()
}

/// Whether an answer is right for a question in which names were taken apart.
fn check_apart(
    engine: &mut Engine,
    job: &Job,
    apart: RunTogether,
    other: &str,
) -> Result<Verdicts> {
    let mut verdicts = check_as_typed(engine, job, &apart.text, other)?;
    let said = resting(&apart.notes);
    verdicts.notes.retain(|note| !apart.notes.contains(note) && !said.contains(note));
    verdicts.notes.splice(0..0, said);
    Ok(verdicts)
}

/// Whether an answer is right for a question as it was typed.
fn check_as_typed(
    engine: &mut Engine,
    job: &Job,
    text: &str,
    other: &str,
) -> Result<Verdicts> {
    let (mut wrt, mut mixed) = (names(job.wrt.as_deref())?, names(job.mixed.as_deref())?);
    let declared: Vec<String> = wrt.iter().chain(&mixed).flatten().cloned().collect();
    let mut settings = job.settings(declared.clone());
    let asking = Settings { may_ask: true, ..settings.clone() };
    settings.purpose = Purpose::Answer;
    let first = match engine.read(text, &asking) {
        Ok(first)
            if !is_equation_of(&first, wrt.as_deref())
                && !speaks_of_bars(text, other) =>
        {
            first
        }
        Ok(_) => return check_on_curve(engine, job, text, other),
        Err(error) => {
            let may_be_equation = matches!(
                error.kind,
                ErrorKind::CyclicDefinition(_) | ErrorKind::UnexpectedToken { .. }
            );
            let found = may_be_equation.then(|| engine.read_equations(text, &settings));
            return match found {
                Some(Ok(equations)) if equations.len() == 1 => {
                    check_on_curve(engine, job, text, other)
                }
                _ => Err(error),
            };
        }
    };
    first.one_answer()?;
    let mut order = job.order;
    follow(&first.request, &mut wrt, &mut mixed, &mut order)?;
    for name in wrt.iter_mut().chain(&mut mixed).flatten() {
        *name = first.spelling(name);
    }
    let mut known = engine.variables(&first.roots);
    known.extend(declared.iter().map(|name| first.spelling(name)));
    settings.known.clone_from(&known);
    let question = match mixed {
        Some(sequence) => Question::Mixed(sequence),
        None => {
            let all = || match engine.variables(&first.roots) {
                // A constant has a derivative too, in any variable.
                names if names.is_empty() => vec!["x".to_owned()],
                names => names,
            };
            Question::of_order(wrt.unwrap_or_else(all), order)?
        }
    };
    let formula = &first;
    let asked = Asked { formula, text, question: &question, known: &known, apart: true };
    let own = derivation(engine, job, other, asked, None, &settings)?;
    let asking = settings.clone();
    let (reply, settings) = match &own {
        Some(own) => (own.conclusion.as_str(), own.concluding.clone()),
        None => (other, settings),
    };
    let judge = |engine: &mut Engine, asked: Asked<'_>, settings: &Settings| {
        judged(engine, job, reply, asked, settings)
    };
    let (mut answer, mut judgement) = in_every_manner(engine, asked, &settings, judge)?;
    if own.is_some() && !judgement.decision.verdict.is_equal() {
        // The components of an answer may stand on lines of their own.
        let whole = judged(engine, job, other, asked, &asking);
        if let Ok(found) = whole
            && found.1.decision.verdict.is_equal()
        {
            (answer, judgement) = found;
        }
    }
    let ground = ground(job, asked, None, &judgement);
    let lines = own_lines(engine, own.as_ref(), ground)?;
    // The last line is read as it follows from the lines before.
    if let Some(manner) = lines.as_ref().and_then(OwnLines::manner)
        && !judgement.decision.verdict.is_equal()
    {
        let settings = Settings { arguments: manner, ..settings.clone() };
        if let Ok(found) = judged(engine, job, reply, asked, &settings) {
            (answer, judgement) = found;
        }
    }
    let is_one = own.as_ref().is_some_and(|own| own.derivation.rows.len() < 2);
    let is_doubtful = lines.as_ref().is_some_and(|found| {
        let has_fault = found.first_open().or(found.first_wrong()).is_some();
        let is_plain = is_one && found.lines.len() < 2;
        is_plain || has_fault && (is_one || !found.have_names())
    });
    if is_doubtful && judgement.decision.verdict.is_equal() {
        // A line that is not understood proves nothing of the whole, and one line is an answer.
        let judge = |engine: &mut Engine, asked: Asked<'_>, settings: &Settings| {
            judged(engine, job, other, asked, settings)
        };
        match in_every_manner(engine, asked, &asking, judge) {
            Ok(found) if found.1.decision.verdict.is_equal() => {}
            Ok(found) => (answer, judgement) = found,
            Err(error) => judgement = judgement.open(error.kind.to_string()),
        }
    }
    if judgement.decision.verdict.is_equal()
        && let Some(form) = job.form
    {
        judgement.flags.extend(engine.missing_form(&answer, form.form()));
    }
    let mut notes = job.notes.clone();
    notes.extend(first.notes.iter().chain(&answer.notes).cloned());
    notes.extend(left_out(own));
    let sides = [
        side(engine, &first.roots, first.is_vector)?,
        side(engine, &answer.roots(), answer.is_vector)?,
    ];
    Ok(Verdicts { lines, ..verdicts(engine, job, judgement, sides, notes) })
}

/// An answer that was read, with the verdict on it. What is not right as it is typed is read
/// with points for the commas between its digits: a semicolon says that they are meant.
fn judged(
    engine: &mut Engine,
    job: &Job,
    text: &str,
    asked: Asked<'_>,
    settings: &Settings,
) -> Result<(Answer, Judgement)> {
    let found = judged_as_typed(engine, job, text, asked, settings);
    if found.as_ref().is_ok_and(|(_, judgement)| judgement.decision.verdict.is_equal()) {
        return found;
    }
    // Commas in brackets stand between arguments, unless a semicolon does.
    let is_open = text.contains(';') || !text.contains(['(', '[']);
    let Some(pointed) = with_points(text).filter(|_| is_open) else { return found };
    match judged_as_typed(engine, job, &pointed, asked, settings) {
        Ok((mut answer, judgement)) if judgement.decision.verdict.is_equal() => {
            if text.contains(';') || found.is_err() {
                let message =
                    "commas between digits are read as decimal commas".to_owned();
                answer.notes.insert(0, Note { message, span: None });
                return Ok((answer, judgement));
            }
            let reason =
                "it is right only if the commas are those of decimals".to_owned();
            found.map(|(answer, judgement)| (answer, judgement.open(reason)))
        }
        _ => found,
    }
}

/// An answer that was read as it is typed, with the verdict on it.
fn judged_as_typed(
    engine: &mut Engine,
    job: &Job,
    text: &str,
    asked: Asked<'_>,
    settings: &Settings,
) -> Result<(Answer, Judgement)> {
    let mut answer = match engine.read_answer(text, asked, settings) {
        Ok(answer) => answer,
        Err(error) => {
            // Words have several readings; one that is right is meant.
            let spoken = engine.read_spoken(text, asked, settings);
            let Some(answer) =
                spoken.or_else(|| engine.read_number(text, asked, settings))
            else {
                return Err(error);
            };
            let judgement = engine.check(asked.formula, asked.question, &answer)?;
            return match judgement.decision.verdict.is_equal() {
                true => Ok((answer, judgement)),
                false => Err(error),
            };
        }
    };
    answer.tolerance = job.tolerance;
    let mut judgement = engine.check(asked.formula, asked.question, &answer)?;
    if !judgement.decision.verdict.is_equal() {
        for (other, when) in engine.read_doubtful(text, asked, settings) {
            let other = engine.check(asked.formula, asked.question, &other)?;
            if other.decision.verdict.is_equal() {
                judgement = judgement.open(format!("it is right only if {when}"));
            }
        }
    }
    let is_open = matches!(judgement.decision.verdict, Verdict::Undecided { .. });
    if !judgement.decision.verdict.is_equal()
        && !is_open
        && let Some(number) = engine.read_number(text, asked, settings)
    {
        let found = engine.check(asked.formula, asked.question, &number)?;
        if found.decision.verdict.is_equal() {
            return Ok((number, found));
        }
    }
    let ground = ground(job, asked, None, &judgement);
    engine.note_chain(&mut answer, ground, settings)?;
    Ok((answer, judgement))
}

/// What the lines of an answer are a derivation of.
fn ground<'a>(
    job: &Job,
    asked: Asked<'a>,
    along: Option<&'a Along>,
    judgement: &'a Judgement,
) -> Ground<'a> {
    let (tolerance, explains) = (job.tolerance, job.own_lines);
    Ground { asked, along, judgement, tolerance, explains }
}

/// The lines of an answer, where they are to be judged one by one.
fn derivation(
    engine: &mut Engine,
    job: &Job,
    text: &str,
    asked: Asked<'_>,
    along: Option<&Along>,
    settings: &Settings,
) -> Result<Option<OwnDerivation>> {
    match job.own_lines {
        true => engine.own_derivation(text, asked, along, settings).map(Some),
        false => Ok(None),
    }
}

/// What is said of each line.
fn own_lines(
    engine: &mut Engine,
    own: Option<&OwnDerivation>,
    ground: Ground<'_>,
) -> Result<Option<OwnLines>> {
    let judged = own.map(|own| {
        let lines = engine.judge_lines(own, ground)?;
        Ok(OwnLines { lines })
    });
    judged.transpose()
}

/// Notes of what was left out of a derivation.
fn left_out(own: Option<OwnDerivation>) -> impl Iterator<Item = Note> {
    let notes = own.map_or_else(Vec::new, |own| own.derivation.notes);
    notes.into_iter().map(|message| Note { message, span: None })
}

/// Whether what was read as a definition is an equation: it defines the variable in which it is
/// to be differentiated, or a function that is known, as `sin(y) = x`.
fn is_equation_of(formula: &Formula, wrt: Option<&[String]>) -> bool {
    let program = formula.program();
    let [only] = program.definitions() else { return false };
    let is_table_name = only.name.is_some_and(|name| {
        !only.parameters.is_empty()
            && function::lookup(program.name(name), only.parameters.len()).is_some()
    });
    is_table_name || matches!(wrt, Some([name]) if formula.defines(name))
}

/// Whether an answer speaks of what stands in bars before the `=` of a question: `|y| = x` with
/// `sign(y)` is an equation, and says not what the size of y is.
fn speaks_of_bars(text: &str, answer: &str) -> bool {
    let inner = text.split_once('=').and_then(|(head, _)| {
        head.trim().strip_prefix('|')?.strip_suffix('|').map(str::trim)
    });
    let mut words = answer.split(|c: char| !c.is_alphabetic());
    inner.is_some_and(|name| words.any(|word| word == name))
}

/// Whether an answer is the derivative of what an equation determines.
fn check_on_curve(
    engine: &mut Engine,
    job: &Job,
    text: &str,
    other: &str,
) -> Result<Verdicts> {
    let declared = names(job.wrt.as_deref())?.unwrap_or_default();
    let mut settings = job.settings(declared.clone());
    let read = |engine: &mut Engine, text: &str| {
        let found = engine.read_equations(text, &settings)?.pop();
        found.ok_or_else(|| Error::from(ErrorKind::EmptyExpression))
    };
    let mut equation = read(engine, text)?;
    // `y(x)` says of y on what it depends.
    let mut text = Cow::Borrowed(text);
    for name in equation.abstract_functions() {
        let wrt = declared.first().map_or("x", String::as_str);
        text = Cow::Owned(without_dependence(&text, name, wrt).into_owned());
    }
    if !equation.abstract_functions().is_empty() {
        equation = read(engine, &text)?;
    }
    let text = &*text;
    let known = engine.variables(&equation.roots);
    settings.known.clone_from(&known);
    let along = along(job, &equation, &known, other)?;
    let question = Question::repeated(&along.wrt, along.order)?;
    let asked = Asked {
        formula: &equation,
        text,
        question: &question,
        known: &known,
        apart: true,
    };
    let other = without_dependence(other, &along.of, &along.wrt);
    let own = derivation(engine, job, &other, asked, Some(&along), &settings)?;
    let (reply, settings) = match &own {
        Some(own) => (own.conclusion.as_str(), own.concluding.clone()),
        None => (&*other, settings),
    };
    let judge = |engine: &mut Engine, asked: Asked<'_>, settings: &Settings| {
        let mut answer = engine.read_answer(reply, asked, settings)?;
        let judgement = engine.check_on_curve(&equation, &along, &answer)?;
        let ground = ground(job, asked, Some(&along), &judgement);
        engine.note_chain(&mut answer, ground, settings)?;
        Ok((answer, judgement))
    };
    let (answer, judgement) = in_every_manner(engine, asked, &settings, judge)?;
    let ground = ground(job, asked, Some(&along), &judgement);
    let lines = own_lines(engine, own.as_ref(), ground)?;
    let mut notes = job.notes.clone();
    notes.extend(equation.notes.iter().chain(&answer.notes).cloned());
    let message = format!("the equation determines `{}` as a function", along.of);
    notes.push(Note { message, span: None });
    notes.extend(left_out(own));
    let sides = [
        side(engine, &equation.roots, false)?,
        side(engine, &answer.roots(), answer.is_vector)?,
    ];
    Ok(Verdicts { lines, ..verdicts(engine, job, judgement, sides, notes) })
}

/// Which derivative is asked of an equation: the names of a label say it, else those of the
/// request, else there is one other variable.
fn along(job: &Job, equation: &Formula, known: &[String], answer: &str) -> Result<Along> {
    let is_known = |name: &str| known.iter().any(|other| other == name);
    let label = stated(answer, &is_known).items.into_iter().next().and_then(|i| i.label);
    let wrt = match names(job.wrt.as_deref())?.as_deref() {
        Some([name]) => Some(equation.spelling(name)),
        Some(_) => None,
        None => label
            .as_ref()
            .and_then(|label| label.wrt.first().cloned())
            .or_else(|| Some("x".to_owned()).filter(|name| is_known(name))),
    };
    let named = label.and_then(|label| label.function).filter(|name| is_known(name));
    let wrt = wrt.ok_or_else(|| {
        let what = "it is not said which variable of the equation is differentiated in";
        Error::from(ErrorKind::WrongDimension(what.to_owned())).help("name it with --wrt")
    })?;
    let others: Vec<&String> = known.iter().filter(|name| **name != wrt).collect();
    let of = match (named.filter(|name| *name != wrt), &others[..]) {
        (Some(name), _) => name,
        (None, [one]) => (*one).clone(),
        (None, many) if many.iter().any(|name| *name == "y") => "y".to_owned(),
        _ => {
            let what = "it is not said which variable the equation determines".to_owned();
            return Err(Error::from(ErrorKind::WrongDimension(what))
                .help("begin the answer with the name of the derivative, as `dy/dx =`"));
        }
    };
    Ok(Along { of, wrt, order: job.order })
}

/// A verdict with the right answers in writing.
fn verdicts(
    engine: &Engine,
    job: &Job,
    judgement: Judgement,
    sides: [String; 2],
    mut notes: Vec<Note>,
) -> Verdicts {
    let written =
        |id, notation| print::write(&engine.pool, id, notation).unwrap_or_default();
    let expected = judgement.components.iter().map(|component| {
        [Notation::Text, Notation::Latex]
            .map(|notation| written(component.expected, notation))
    });
    let expected = expected.collect();
    // One note a matter.
    let mut said = FxHashSet::default();
    notes.retain(|note| said.insert(note.message.clone()));
    let points = job.points.clone();
    let is_required = job.requires_form;
    Verdicts {
        action: job.action,
        sides,
        judgement,
        expected,
        notes,
        points,
        lines: None,
        is_required,
    }
}

/// Expressions in LaTeX: one, or those of a vector.
fn side(engine: &Engine, roots: &[ExprId], is_vector: bool) -> Result<String> {
    let texts: Result<Vec<String>> =
        roots.iter().map(|id| print::write(&engine.pool, *id, Notation::Latex)).collect();
    Ok(match &texts?[..] {
        [one] if !is_vector => one.clone(),
        many => print::vector(many, Notation::Latex),
    })
}
