//! Derivations by differentials: the function, its differential by rules, what brings it to
//! `(∇f)'*dx` or `tr((∇f)'*dX)`, and the derivative.
//!
//! The rules work on what was typed; the derivative is that of the tensors.
//!
//! Invariant: every line is compared with differences of what was typed before it is told.

mod bring;
mod column;
mod functional;
mod goal;
mod identity;
mod linear;
mod lines;
mod make;
mod rules;
mod verify;
mod words;

pub use words::derivative_label;

use super::form::{FormId, Op, Structure};
use super::problem::{Answer, Derivative, Layout, Problem};
use crate::derivation::{Derivation, Detail, Math, Reason};
use crate::error::{Error, ErrorKind, Result};
use goal::Goal;
use rustc_hash::FxHashMap;

/// A derivation on its way.
struct Course {
    problem: Problem,
    /// In what is differentiated, each beside its change.
    changes: Vec<(FormId, u16)>,
    /// The names that the function is made of, with what they stand for.
    names: Vec<(Math, Math)>,
    /// Which forms depend on what is differentiated in.
    dependent: FxHashMap<FormId, bool>,
    symmetric: Vec<bool>,
    /// Why the line that is being made follows.
    reasons: Vec<Reason>,
    /// The square of a norm that is written out before it is differentiated.
    squared: Option<FormId>,
    detail: Detail,
    /// Whether every line could be compared.
    is_checked: bool,
}

/// A derivation with whether all its lines could be compared.
#[derive(Clone, Debug)]
pub struct Told {
    /// The lines.
    pub derivation: Derivation,
    /// Whether each was compared with differences of what was typed.
    pub checked: bool,
}

impl Problem {
    /// How a derivative comes about; `is_alone` says that it is the only one that is told.
    ///
    /// # Errors
    /// A name `dX` that is taken, a limit, or a line that is not equal to the one before.
    pub fn told(
        &self,
        found: &Derivative,
        layout: Layout,
        is_alone: bool,
        detail: Detail,
    ) -> Result<Told> {
        let mut problem = self.clone();
        let [first, rest @ ..] = &found.wrt[..] else {
            return Err(ErrorKind::EmptyExpression.into());
        };
        if rest.iter().any(|other| other != first) {
            let what = "steps to derivatives in several names of a matrix expression";
            return Err(Error::from(ErrorKind::Unsupported(what.to_owned()))
                .help("ask for them in one name after the other"));
        }
        problem.must_have_steps(first)?;
        problem.make_plain(&found.wrt);
        let target = problem.target(first)?;
        let entry = match problem.forms.op(target) {
            Op::Entry(of, _) => Some(*of),
            _ => None,
        };
        let whole = entry.unwrap_or(target);
        let name = problem.plain_name(whole);
        // All answers are there before a change is declared.
        let last = found.order();
        let mut answers = Vec::with_capacity(last as usize);
        for order in 1..=last {
            answers.push(match order == last && entry.is_none() {
                true => found.answer.clone(),
                false => problem.derivative(&name, order, layout)?.answer,
            });
        }
        let mut course = Course::new(problem, &[whole], detail)?;
        let mut lines = Vec::new();
        let mut of = course.problem.main;
        for (answer, order) in answers.into_iter().zip(1..) {
            let is_last = order == last && entry.is_none();
            let is_stacked = is_last && found.is_stacked;
            let goal = Goal { of, target: whole, order, layout, is_alone, is_stacked };
            course.derivative(&goal, &answer, &mut lines)?;
            match answer {
                Answer::Form(next) => of = next,
                Answer::Indexed { .. } => break,
            }
        }
        if entry.is_some() {
            lines.push(course.entry_line(target, found));
        }
        Ok(Told { derivation: Derivation { lines }, checked: course.is_checked })
    }

    /// How a differential comes about.
    ///
    /// # Errors
    /// As [`Problem::told`].
    pub fn told_differential(
        &self,
        wrt: &[String],
        order: u32,
        detail: Detail,
    ) -> Result<Told> {
        let mut problem = self.clone();
        let mut targets = Vec::with_capacity(wrt.len());
        let mut answers = Vec::with_capacity(order as usize);
        for name in wrt {
            targets.push(problem.target(name)?);
        }
        for order in 1..=order {
            answers.push(problem.differential(wrt, order)?.form);
        }
        let mut course = Course::new(problem, &targets, detail)?;
        let mut lines = Vec::new();
        let mut of = course.problem.main;
        for (answer, order) in answers.into_iter().zip(1..) {
            course.along(of, answer, order, &mut lines)?;
            of = answer;
        }
        Ok(Told { derivation: Derivation { lines }, checked: course.is_checked })
    }

    /// The name of a variable or a definition.
    fn plain_name(&self, id: FormId) -> String {
        match self.forms.op(id) {
            Op::Variable(place) => self.scope.variables[usize::from(*place)].name.clone(),
            Op::Definition(place) => {
                self.scope.definitions[usize::from(*place)].name.clone()
            }
            _ => String::new(),
        }
    }
}

impl Course {
    fn new(mut problem: Problem, targets: &[FormId], detail: Detail) -> Result<Self> {
        let mut changes = Vec::with_capacity(targets.len());
        for target in targets {
            let shape = problem.forms.shape(*target);
            let known = match problem.forms.op(*target) {
                Op::Variable(place) => {
                    problem.scope.variables[usize::from(*place)].structure
                }
                _ => Structure::default(),
            };
            let structure = known.of_change();
            let name = problem.plain_name(*target);
            changes.push((*target, problem.add_change(&name, shape, structure)?));
        }
        let variables = problem.scope.variables.iter();
        let symmetric = variables.map(|v| v.structure.symmetric).collect();
        let mut course = Self {
            problem,
            changes,
            names: Vec::new(),
            dependent: FxHashMap::default(),
            symmetric,
            reasons: Vec::new(),
            squared: None,
            detail,
            is_checked: true,
        };
        course.names = course.names();
        for place in 0..course.problem.scope.definitions.len() {
            let body = course.problem.scope.definitions[place].body;
            course.problem.scope.definitions[place].body = course.grouped(body);
        }
        Ok(course)
    }
}
