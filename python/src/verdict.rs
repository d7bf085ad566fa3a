//! Verdicts: whether two formulas are equal, whether an answer is right.

use crate::error::{Failure, Result};
use crate::expr::Expr;
use crate::given::{self, Given, names, settings};
use crate::home::{self, Handle};
use crate::results::made;
use crate::worker;
use calcgrad::Note;
use calcgrad::check::{Decision, Flag, Mistake, Verdict};
use calcgrad::session::{
    Answer, Asked, Engine, Judgement, Party, Question, Settings, Terms, Unreadable,
};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

/// A verdict with what goes along.
struct Judged {
    decision: Decision,
    mistakes: Vec<Mistake>,
    flags: Vec<Flag>,
    expected: Vec<Handle>,
    notes: Vec<String>,
}

impl Judged {
    fn new(judgement: Judgement, expected: Vec<Handle>, notes: [&[Note]; 2]) -> Self {
        let components = judgement.components.into_iter();
        Self {
            decision: judgement.decision,
            mistakes: components.flat_map(|component| component.mistakes).collect(),
            flags: judgement.flags,
            expected,
            notes: given::messages(&notes.concat()),
        }
    }
}

/// What comes of a question for a verdict: an answer that cannot be read has one too.
enum Outcome {
    Judged(Box<Judged>),
    Unreadable(String),
}

/// Whether two formulas have the same values wherever both are defined.
#[pyfunction]
#[pyo3(signature = (left, right, *, assume = None, input = None))]
pub(crate) fn equal<'py>(
    left: &Bound<'py, PyAny>,
    right: &Bound<'py, PyAny>,
    assume: Option<&str>,
    input: Option<&str>,
) -> PyResult<Bound<'py, PyAny>> {
    let sides = [Given::from(left)?, Given::from(right)?];
    let settings = settings(assume, input)?;
    let judged = left
        .py()
        .detach(|| worker::with_engine(|engine| compared(engine, &sides, &settings)))?;
    told(left.py(), Outcome::Judged(Box::new(judged)))
}

/// Whether an answer says the same as the gold answer: true when it is equal, false when it is
/// different or cannot be read. A gold answer that cannot be read is an exception.
#[pyfunction]
#[pyo3(signature = (gold, answer, *, assume = None, input = None))]
pub(crate) fn verify<'py>(
    gold: &Bound<'py, PyAny>,
    answer: &Bound<'py, PyAny>,
    assume: Option<&str>,
    input: Option<&str>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = gold.py();
    let (gold, answer) = (Given::from(gold)?, Given::from(answer)?);
    let mut settings = settings(assume, input)?;
    for side in [&gold, &answer] {
        if let Given::Made(made) = side {
            settings.declared.extend(made.get().names());
        }
    }
    let terms = Terms { settings, ..Terms::default() };
    let found = py.detach(|| -> Result<Outcome> {
        let sides = [gold.text()?, answer.text()?];
        worker::with_engine(|engine| verified(engine, &sides, &terms))
    })?;
    told(py, found)
}

/// The verdict on an answer, which may be a whole reply.
fn verified(
    engine: &mut Engine,
    [gold, answer]: &[String; 2],
    terms: &Terms,
) -> Result<Outcome> {
    let found = engine.verify_answer(gold, answer, terms);
    let readings =
        found.readings.iter().flatten().flat_map(|reading| reading.notes.iter());
    let notes = readings.chain(&found.notes).cloned().collect();
    let Unreadable { party, error } = match found.found {
        Ok(decision) => {
            let (mistakes, flags, expected) = (Vec::new(), Vec::new(), Vec::new());
            let judged = Judged { decision, mistakes, flags, expected, notes };
            return Ok(Outcome::Judged(Box::new(judged)));
        }
        Err(unreadable) => unreadable,
    };
    match party {
        Party::Gold => Err(Failure::within(gold)(error)),
        Party::Answer => Ok(Outcome::Unreadable(Failure::from(error).message())),
    }
}

/// The verdict on two sides that are formulas, vectors or equations.
fn compared(
    engine: &mut Engine,
    sides: &[Given; 2],
    settings: &Settings,
) -> Result<Judged> {
    let mut settings = settings.clone();
    let first = side(engine, &sides[0], &settings)?;
    // What is a variable in one formula is no function in the other.
    settings.known = engine.variables(&first.roots());
    let second = side(engine, &sides[1], &settings)?;
    settings.known = engine.variables(&second.roots());
    let first = side(engine, &sides[0], &settings)?;
    let mut judgement = engine.equal_answers(&first, &second)?;
    if !judgement.decision.verdict.is_equal()
        && let Some(found) = as_equations(engine, sides, &settings)?
    {
        judgement = found;
    }
    Ok(Judged::new(judgement, Vec::new(), [&first.notes, &second.notes]))
}

fn side(engine: &mut Engine, side: &Given, settings: &Settings) -> Result<Answer> {
    match side {
        Given::Typed(text) => {
            engine.read_side(text, settings).map_err(Failure::within(text))
        }
        Given::Made(_) => side.read(engine, settings).map(Answer::of),
    }
}

/// The verdict on two texts that are equations, if they say the same as such.
fn as_equations(
    engine: &mut Engine,
    sides: &[Given; 2],
    settings: &Settings,
) -> Result<Option<Judgement>> {
    let [Given::Typed(first), Given::Typed(second)] = sides else { return Ok(None) };
    if !first.contains('=') || !second.contains('=') {
        return Ok(None);
    }
    let Ok(Some(found)) =
        engine.equal_as_equations([first.as_str(), second.as_str()], settings)
    else {
        return Ok(None);
    };
    Ok(Some(found.judgement).filter(|judgement| judgement.decision.verdict.is_equal()))
}

/// Whether an answer is the derivative of a formula, and if not, how somebody came to it.
#[pyfunction]
#[pyo3(signature = (formula, answer, *wrt, order = 1, assume = None, input = None))]
pub(crate) fn check<'py>(
    formula: &Bound<'py, PyAny>,
    answer: &Bound<'py, PyAny>,
    wrt: &Bound<'py, PyTuple>,
    order: u32,
    assume: Option<&str>,
    input: Option<&str>,
) -> PyResult<Bound<'py, PyAny>> {
    let (py, given, typed) = (formula.py(), Given::from(formula)?, names(wrt)?);
    let answer = Given::from(answer)?;
    let mut settings = settings(assume, input)?;
    settings.declared.clone_from(&typed);
    let found = py.detach(|| -> Result<Outcome> {
        worker::with_engine(|engine| {
            let formula = given.read(engine, &settings)?;
            formula.one_answer()?;
            let mut known = engine.variables(&formula.roots);
            let wrt: Vec<String> = match typed.is_empty() {
                true => known.clone(),
                false => typed.iter().map(|name| formula.spelling(name)).collect(),
            };
            known.extend(wrt.iter().cloned());
            let mut settings = settings.clone();
            settings.known.clone_from(&known);
            let question = &Question::Partials(wrt, order);
            let answer = match &answer {
                Given::Made(_) => Answer::of(answer.read(engine, &settings)?),
                Given::Typed(answer) => {
                    let (known, text) = (&known, &given.text()?);
                    let asked =
                        Asked { formula: &formula, text, question, known, apart: true };
                    match engine.read_answer(answer, asked, &settings) {
                        Ok(answer) => answer,
                        Err(error) if error.is_unreadable() => {
                            let said = Failure::from(error).message();
                            return Ok(Outcome::Unreadable(said));
                        }
                        Err(error) => return Err(error.into()),
                    }
                }
            };
            let judgement = engine.check(&formula, question, &answer)?;
            let expected: Vec<_> =
                judgement.components.iter().map(|component| component.expected).collect();
            let expected = home::take_in(&engine.pool, &expected)?;
            let notes = [&formula.notes[..], &answer.notes];
            Ok(Outcome::Judged(Box::new(Judged::new(judgement, expected, notes))))
        })
    })?;
    told(py, found)
}

/// A verdict as Python has it.
fn told(py: Python<'_>, outcome: Outcome) -> PyResult<Bound<'_, PyAny>> {
    let judged = match outcome {
        Outcome::Judged(judged) => judged,
        Outcome::Unreadable(how) => {
            let verdict = "unreadable";
            return made!(py, Verdict { verdict, how });
        }
    };
    let decision = judged.decision;
    let verdict = decision.verdict.id();
    let (mut condition, mut witness, mut how) = (None, None, decision.known);
    match decision.verdict {
        Verdict::EqualOnDomain { condition: found } => condition = Some(found),
        Verdict::Different(found) => {
            let point = PyDict::new(py);
            for (name, value) in found.point {
                point.set_item(name, value)?;
            }
            let (left, right) = (found.left, found.right);
            witness = Some(made!(py, Witness { point, left, right })?);
        }
        Verdict::WrongShape { reason } | Verdict::Undecided { reason }
            if how.is_empty() =>
        {
            how = reason;
        }
        _ => {}
    }
    let mut mistakes = Vec::new();
    for mistake in judged.mistakes {
        let (id, text) = (mistake.id, mistake.text);
        mistakes.push(made!(py, Mistake { id, text })?);
    }
    let expected: Vec<Expr> = given::exprs(judged.expected);
    let flags: Vec<&str> = judged.flags.iter().map(|flag| flag.id()).collect();
    let notes = judged.notes;
    made!(
        py,
        Verdict { verdict, how, witness, condition, expected, mistakes, flags, notes }
    )
}
