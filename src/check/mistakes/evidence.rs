//! Which wrong derivatives are the answer: by their values at points, with bounds of the
//! rounding error.

use super::super::points::point;
use super::super::verify::Checker;
use super::candidate::{Candidate, Compare};
use crate::evaluate::{Dual, Slot, Tape, duals_into};
use crate::kernel::{Assumption, ExprId, Number, Pool};

/// How many points are tried.
const ATTEMPTS: usize = 64;
/// How many operations are run at most, for long formulas.
const OPERATIONS: usize = 8_000_000;
/// At how many points a wrong derivative and the answer must agree.
const ENOUGH: usize = 4;
/// After how many points with values no more are tried.
const PLENTY: usize = 8;
/// How far equal values may differ, relative to the greater.
const TOLERANCE: f64 = 1e-9;
/// How many times the bound of the rounding error they may differ.
const SAFETY: f64 = 64.0;
/// Rounding errors above this part of the values say nothing.
const BLURRED: f64 = 1e-6;
/// The greatest numerator and denominator of a factor that is told.
const SMALL: i64 = 100;

/// What is known of an answer beside its derivative.
pub(super) struct Question {
    pub(super) answer: ExprId,
    pub(super) derivative: ExprId,
    /// The variable of the last differentiation.
    pub(super) variable: ExprId,
}

/// What the values say.
pub(super) struct Evidence {
    /// The places of the candidates that are the answer.
    pub(super) matches: Vec<usize>,
    /// The answer is this number times the derivative.
    pub(super) ratio: Option<Number>,
    /// The answer is the derivative and this number.
    pub(super) offset: Option<Number>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Agree,
    Unclear,
    Differ,
}

/// A number with the bound of its error.
#[derive(Clone, Copy)]
struct Bounded(f64, f64);

impl Bounded {
    fn value(dual: Dual) -> Self {
        Self(dual.value, dual.value_error)
    }

    fn slope(dual: Dual) -> Self {
        let finite = dual.value.is_finite();
        Self(if finite { dual.slope } else { f64::NAN }, dual.slope_error)
    }

    /// `scale` is the size of what the errors are measured by.
    fn compare(self, other: Self, scale: f64) -> Verdict {
        let (a, b) = (self.0, other.0);
        let error = SAFETY * (self.1 + other.1);
        if !a.is_finite() || !b.is_finite() || !error.is_finite() {
            return Verdict::Unclear;
        }
        let size = a.abs().max(b.abs());
        if (a - b).abs() > TOLERANCE * size + error {
            Verdict::Differ
        } else if error > BLURRED * size.max(scale) {
            Verdict::Unclear
        } else {
            Verdict::Agree
        }
    }
}

/// A tape over the answer, the derivative and candidates.
struct Course {
    tape: Tape,
    slots: Vec<Slot>,
    alive: Vec<usize>,
    agreed: Vec<usize>,
    known: Vec<Assumption>,
    direction: Vec<f64>,
}

impl Course {
    fn new(
        pool: &Pool,
        checker: &mut Checker,
        question: &Question,
        candidates: &[Candidate],
        alive: Vec<usize>,
        variables: Vec<String>,
    ) -> Self {
        let mut tape = Tape::over(variables);
        let mut roots = vec![question.answer, question.derivative];
        roots.extend(alive.iter().map(|place| candidates[*place].value));
        let slots = tape.add_expressions(pool, &roots);
        checker.learn(&tape);
        let known = tape.variables.iter().map(|name| pool.assumption(name)).collect();
        let moving = pool.symbol_name(question.variable);
        let along = |name: &String| f64::from(Some(name.as_str()) == moving);
        let direction = tape.variables.iter().map(along).collect();
        let agreed = vec![0; alive.len()];
        Self { tape, slots, alive, agreed, known, direction }
    }
}

impl Evidence {
    /// `None` when the answer is the derivative, or nothing could be compared.
    pub(super) fn gather(
        pool: &Pool,
        checker: &mut Checker,
        question: &Question,
        candidates: &[Candidate],
    ) -> Option<Self> {
        let all: Vec<usize> = (0..candidates.len()).collect();
        let mut course =
            Course::new(pool, checker, question, candidates, all, Vec::new());
        let mut pairs: Vec<(f64, f64)> = Vec::new();
        let mut different = 0;
        let (mut found, mut operations) = (Vec::new(), 0);
        for attempt in 0..ATTEMPTS {
            operations += course.tape.operations.len();
            if operations > OPERATIONS && attempt >= PLENTY {
                break;
            }
            let at = point(attempt, &course.known);
            duals_into(&course.tape, &at, &course.direction, &checker.slopes, &mut found);
            let read = |k: usize| found[course.slots[k] as usize];
            let (answer, right) = (read(0), read(1));
            if !answer.value.is_finite() || !right.value.is_finite() {
                continue;
            }
            let scale = right.value.abs();
            let verdict = Bounded::value(answer).compare(Bounded::value(right), scale);
            different += usize::from(verdict == Verdict::Differ);
            pairs.push((answer.value, right.value));
            let mut kept = Vec::with_capacity(course.alive.len());
            for (k, place) in course.alive.iter().enumerate() {
                let dual = read(k + 2);
                let (a, b) = match candidates[*place].compare {
                    Compare::Value => (Bounded::value(answer), Bounded::value(dual)),
                    Compare::Slope => (Bounded::value(answer), Bounded::slope(dual)),
                    Compare::AnswerSlope => {
                        (Bounded::slope(answer), Bounded::value(dual))
                    }
                };
                let verdict = a.compare(b, scale);
                course.agreed[k] += usize::from(verdict == Verdict::Agree);
                kept.push(verdict != Verdict::Differ);
            }
            course.keep(&kept, pool, checker, question, candidates);
            let settled = course.agreed.iter().all(|agreed| *agreed >= ENOUGH);
            if pairs.len() >= PLENTY && settled {
                break;
            }
        }
        if different == 0 || pairs.len() < ENOUGH {
            return None;
        }
        let agreed = course.alive.iter().zip(&course.agreed);
        let matches = agreed.filter(|(_, agreed)| **agreed >= ENOUGH);
        Some(Self {
            matches: matches.map(|(place, _)| *place).collect(),
            ratio: constant(pairs.iter().map(|(a, b)| a / b)),
            offset: constant(pairs.iter().map(|(a, b)| a - b)),
        })
    }
}

impl Course {
    /// Goes on with the candidates that are kept; over a shorter tape when they are few.
    fn keep(
        &mut self,
        kept: &[bool],
        pool: &Pool,
        checker: &mut Checker,
        question: &Question,
        candidates: &[Candidate],
    ) {
        if kept.iter().all(|kept| *kept) {
            return;
        }
        let survivors = |list: &[usize]| -> Vec<usize> {
            let both = list.iter().zip(kept);
            both.filter(|(_, kept)| **kept).map(|(place, _)| *place).collect()
        };
        let (alive, agreed) = (survivors(&self.alive), survivors(&self.agreed));
        let variables = std::mem::take(&mut self.tape.variables);
        *self = Self::new(pool, checker, question, candidates, alive, variables);
        self.agreed = agreed;
    }
}

/// The rational number with small numerator and denominator that all values are.
fn constant(values: impl Iterator<Item = f64> + Clone) -> Option<Number> {
    let first = values.clone().find(|value| value.is_finite())?;
    let same = |value: f64| (value - first).abs() <= TOLERANCE * first.abs();
    if !values.clone().all(same) || values.count() < ENOUGH {
        return None;
    }
    (1..=SMALL).find_map(|q| {
        let p = (first * q as f64).round();
        let near = (p / q as f64 - first).abs() <= TOLERANCE * first.abs();
        let small = p != 0.0 && p.abs() <= SMALL as f64;
        (near && small).then(|| Number::ratio(p as i64, q)).flatten()
    })
}
