//! The lines of a derivation compared: with what is right, and with the line before.

use super::super::engine::Engine;
use super::super::formula::{Formula, Settings};
use super::super::judge::{Judgement, counted};
use super::super::typed::Given;
use super::claims::Claim;
use super::lines::{Ground, OwnLine};
use super::reading::Place;
use super::topics::Thread;
use crate::check::{Decision, Verdict};
use crate::error::{Error, ErrorKind, Result};
use crate::kernel::ExprId;
use crate::syntax::{Arguments, Derivation, Reach, Row};
use std::rc::Rc;

/// The other ways in which arguments without brackets are read.
const MANNERS: [Arguments; 2] = [Arguments::Monomial, Arguments::Blank];

/// A value of a line.
#[derive(Clone, Debug)]
pub(in crate::session) enum Value {
    /// A root of what was typed.
    Typed(Rc<Formula>, usize),
    /// An expression.
    Found(ExprId),
}

impl Value {
    pub(in crate::session) fn id(&self) -> ExprId {
        match self {
            Self::Typed(formula, root) => formula.roots[*root],
            Self::Found(id) => *id,
        }
    }

    pub(in crate::session) fn given(&self) -> Given<'_> {
        match self {
            Self::Typed(formula, root) => Given::Typed(formula, *root),
            Self::Found(id) => Given::Found(*id),
        }
    }
}

/// What a line says.
#[derive(Clone, Debug)]
pub(in crate::session) enum Content {
    /// Values: one, or the components of a vector.
    Values {
        values: Vec<Value>,
        is_vector: bool,
        /// Whether derivatives in it were still to be taken.
        is_open: bool,
        /// The equation that was solved for it.
        equation: Option<Equation>,
    },
    /// An equation in which the derivative does not stand: what is zero where it holds.
    Relation(Box<[Formula; 2]>),
    /// No value: a limit that is infinite, or there is none.
    Nowhere,
}

/// An equation in which the derivative stands.
#[derive(Clone, Copy, Debug)]
pub(in crate::session) struct Equation {
    pub(in crate::session) sides: [ExprId; 2],
    /// What stands for the derivative.
    pub(in crate::session) slope: ExprId,
}

/// The readings of a line: those of the conventions first, and those with what wrong lines say.
pub(in crate::session) type Readings = (Vec<Result<Content>>, Vec<Result<Content>>);

/// Judges the lines of a derivation.
pub(in crate::session) struct Judge<'e, 'a> {
    pub(in crate::session) engine: &'e mut Engine,
    pub(in crate::session) ground: Ground<'a>,
    pub(in crate::session) settings: &'a Settings,
    pub(in crate::session) threads: Vec<Thread>,
    /// Names with what they stand for, written out, and the formula as it was read.
    pub(in crate::session) definitions: Vec<(String, String, ExprId)>,
    /// The names of the function of the question.
    pub(in crate::session) functions: Vec<String>,
    /// What is said of names, as it was typed.
    pub(in crate::session) stated: Vec<(String, String)>,
    /// Names that were defined as functions, with the names in their brackets.
    pub(in crate::session) parameters: Vec<(String, String)>,
    /// What wrong lines say.
    pub(in crate::session) claims: Vec<Claim>,
    /// What a wrong equation without a derivative says is 0.
    pub(in crate::session) wrong_relation: Option<ExprId>,
    pub(in crate::session) lines: Vec<OwnLine>,
    /// How many limits were taken.
    pub(in crate::session) limits: usize,
}

impl<'e, 'a> Judge<'e, 'a> {
    /// Begins with no lines.
    pub(in crate::session) fn new(
        engine: &'e mut Engine,
        ground: Ground<'a>,
        settings: &'a Settings,
    ) -> Self {
        Self {
            engine,
            ground,
            settings,
            threads: Vec::new(),
            definitions: Vec::new(),
            functions: Vec::new(),
            stated: Vec::new(),
            parameters: Vec::new(),
            claims: Vec::new(),
            wrong_relation: None,
            lines: Vec::new(),
            limits: 0,
        }
    }

    /// What was said of the lines.
    pub(in crate::session) fn into_lines(self) -> Vec<OwnLine> {
        self.lines
    }
}

impl Judge<'_, '_> {
    /// Judges the formulas of a row.
    pub(in crate::session) fn row(
        &mut self,
        row: &Row,
        derivation: &Derivation,
    ) -> Result<()> {
        let row = self.as_equation(row);
        if let Some(order) = self.equation_order(&row)
            && (order > 0 || self.ground.along.is_none() || !self.is_chain(&row))
        {
            return self.equation_row(&row, order);
        }
        let at = match self.restates(&row, derivation) {
            true => self.function_again(),
            false => self.thread(&row, derivation)?,
        };
        for (place, side) in row.sides.iter().enumerate() {
            let label = if place == 0 { row.labelled.as_str() } else { "" };
            let readings = (
                self.readings(at, &side.text, false),
                match self.claims.is_empty() {
                    true => Vec::new(),
                    false => self.readings(at, &side.text, true),
                },
            );
            self.judge(at, (label, side.text.clone(), side.is_near), readings)?;
        }
        Ok(())
    }

    /// What a formula says, read by the conventions and then in the other ways that are usual.
    fn readings(&mut self, at: usize, text: &str, claimed: bool) -> Vec<Result<Content>> {
        let place = Place { claimed, ..Place::new(at, self.settings) };
        let first = self.read_at(text, place);
        let has_runs = match &first {
            Ok(Content::Values { values, .. }) => {
                values.iter().any(|value| match value {
                    Value::Typed(formula, _) => formula.program().has_runs(),
                    Value::Found(_) => false,
                })
            }
            _ => false,
        };
        let mut found = vec![first];
        if has_runs {
            for arguments in MANNERS {
                let settings = Settings { arguments, ..self.settings.clone() };
                found.push(self.read_at(text, Place { settings: &settings, ..place }));
            }
        }
        if self.reaches(text) {
            found.push(self.read_at(text, Place { reach: Reach::Factor, ..place }));
        }
        found
    }

    /// Judges a line in the first of its readings in which it follows, else in the first.
    pub(in crate::session) fn judge(
        &mut self,
        at: usize,
        (label, text, is_near): (&str, String, bool),
        (contents, claimed): Readings,
    ) -> Result<()> {
        let mut kept: Option<(OwnLine, Content)> = None;
        let mut problem = None;
        for (place, content) in contents.into_iter().enumerate() {
            let content = match content {
                Ok(content) => content,
                Err(error) if error.kind.is_limit() => return Err(error),
                Err(error) => {
                    problem.get_or_insert(error);
                    continue;
                }
            };
            let mut line = self.compared(at, &content, is_near)?;
            line.text.clone_from(&text);
            label.clone_into(&mut line.label);
            line.manner = place.checked_sub(1).and_then(|at| MANNERS.get(at)).copied();
            let follows = line.follows == Some(true);
            if kept.is_none() || follows {
                kept = Some((line, content));
            }
            if follows {
                break;
            }
        }
        let number = self.lines.len();
        match kept {
            Some((mut line, content)) => {
                let claimed: Vec<Content> = claimed.into_iter().flatten().collect();
                let is_right = line.is_right();
                if line.follows == Some(false) && is_right != Some(true) {
                    let mut readings = claimed.clone();
                    readings.push(content.clone());
                    if self.follows_from_claims(at, &readings)? {
                        line.follows = Some(true);
                        line.step = None;
                    }
                }
                if let (Content::Relation(sides), Some(false)) = (&content, line.follows)
                {
                    let [left, right] = [sides[0].roots[0], sides[1].roots[0]];
                    let gap = self.engine.pool.difference(left, right);
                    if let Some(last) = self.wrong_relation
                        && self.is_multiple(gap, last)?
                    {
                        line.follows = Some(true);
                    }
                    self.wrong_relation = Some(gap);
                }
                self.quote(at, &mut line, &content)?;
                self.explain(at, &mut line, &content);
                self.take_claim(at, is_right, &content);
                self.lines.push(line);
                if let Content::Values { .. } = &content {
                    let thread = &mut self.threads[at];
                    thread.last_claimed =
                        claimed.first().and_then(|content| match content {
                            Content::Values { values, is_vector: false, .. } => {
                                values.first().cloned()
                            }
                            _ => None,
                        });
                    thread.last = Some((number, content));
                }
            }
            None => {
                let problem = problem.map_or_else(String::new, |error| said(&error));
                self.lines.push(OwnLine {
                    problem: Some(problem),
                    text,
                    label: label.to_owned(),
                    ..OwnLine::empty()
                });
            }
        }
        Ok(())
    }

    /// Compares a line with what is right and with the line before it.
    fn compared(
        &mut self,
        at: usize,
        content: &Content,
        is_near: bool,
    ) -> Result<OwnLine> {
        let mut line = OwnLine::empty();
        let thread = &self.threads[at];
        let (right, on_curve) = (thread.right.clone(), thread.on_curve);
        let (is_open, unknown) = (thread.is_open, thread.unknown.clone());
        let others = thread.others.clone();
        let last = thread.last.clone();
        let (values, is_vector) = match content {
            Content::Values { values, is_vector, .. } => (values, *is_vector),
            Content::Relation(sides) => {
                let (decision, quoted) = self.relation(sides)?;
                line.follows = followed(&decision);
                line.quoted = quoted;
                line.decision = Some(decision);
                return Ok(line);
            }
            Content::Nowhere => return self.nowhere(at),
        };
        if let Some(right) = &right {
            let sides = [(&right.values[..], right.is_vector), (values, is_vector)];
            let names = [String::from("what is right"), String::from("this line")];
            let near = (is_near, self.ground.tolerance);
            let mut decision =
                self.compare(sides, &right.places, on_curve, names, near)?;
            for other in others.iter().filter(|_| !is_vector) {
                if decision.verdict.is_equal() {
                    break;
                }
                let other = [Value::Found(*other)];
                let sides = [(&other[..], false), (values, is_vector)];
                let names = [String::from("what is right"), String::from("this line")];
                let found = self.compare(sides, &[], on_curve, names, near)?;
                if found.verdict.is_equal() {
                    decision = found;
                }
            }
            // Of a branch that was chosen, the whole curve says nothing.
            let is_branch =
                on_curve && decision.verdict.is_different() && self.has_branch();
            if is_branch {
                return Ok(line);
            }
            line.decision = Some(decision);
        }
        if let (None, Some(reason)) = (&right, unknown) {
            let verdict = Verdict::Undecided { reason };
            let known = "nothing is known of it".to_owned();
            line.decision = Some(Decision { verdict, known });
        }
        let own = line.decision.as_ref().map(|decision| decision.verdict.is_equal());
        let Some((number, last)) = last else {
            line.follows = match &line.decision {
                Some(decision) => followed(decision),
                None if is_open => None,
                // The first line of what is not known is where it begins.
                None => Some(true),
            };
            return Ok(line);
        };
        line.before = Some(number);
        let before = &self.lines[number];
        let was_right = before.is_right();
        let Content::Values { values: earlier, is_vector: was_vector, .. } = last else {
            return Ok(line);
        };
        if own == Some(true) && was_right == Some(true) {
            line.follows = Some(true);
            return Ok(line);
        }
        let places = right.map_or_else(Vec::new, |right| right.places);
        let sides = [(&earlier[..], was_vector), (values, is_vector)];
        let names = [format!("line {}", number + 1), "this line".to_owned()];
        let near = (is_near, self.ground.tolerance);
        let step = self.compare(sides, &places, on_curve, names, near)?;
        line.follows = followed(&step);
        if line.follows.is_none()
            && was_right == Some(true)
            && line.is_right() == Some(false)
        {
            line.follows = Some(false);
            line.step.clone_from(&line.decision);
            return Ok(line);
        }
        line.step = Some(step);
        Ok(line)
    }

    /// Whether the unknown of an equation was solved for, which may be one branch of several.
    fn has_branch(&self) -> bool {
        self.ground
            .along
            .is_some_and(|along| self.stated.iter().any(|(name, _)| *name == along.of))
    }

    /// Compares the values of two lines, one by one; the worst is told.
    pub(in crate::session) fn compare(
        &mut self,
        [(left, left_is_vector), (right, right_is_vector)]: [(&[Value], bool); 2],
        places: &[Option<usize>],
        on_curve: bool,
        names: [String; 2],
        (is_near, tolerance): (bool, Option<f64>),
    ) -> Result<Decision> {
        if left.len() != right.len()
            || left_is_vector != right_is_vector && left.len() > 1
        {
            let reason = format!(
                "{} has {}, and {} {}",
                names[0],
                counted(left.len(), left_is_vector),
                names[1],
                counted(right.len(), right_is_vector)
            );
            let verdict = Verdict::WrongShape { reason };
            return Ok(Decision { verdict, known: "counted".to_owned() });
        }
        let formula = self.ground.asked.formula;
        let mut decisions = Vec::with_capacity(left.len());
        for (at, (left, right)) in left.iter().zip(right).enumerate() {
            let place = places.get(at).copied().flatten();
            let mut decision = match (self.ground.along, on_curve) {
                (Some(along), true) => {
                    let sides = [left.given(), right.given()];
                    self.engine.compare_on_curve(formula, along, sides)?
                }
                _ => {
                    let sides =
                        [(left.given(), &names[0][..]), (right.given(), &names[1][..])];
                    self.engine.compare_within(formula, place, None, sides)?
                }
            };
            if let (Verdict::Different(_), Value::Typed(typed, root)) =
                (&decision.verdict, right)
            {
                let (within, rounded) =
                    self.engine.rounded(formula, left.id(), (typed, *root), tolerance)?;
                decision = within.unwrap_or(decision);
                if rounded.is_some() && is_near {
                    let verdict = Verdict::ProbablyEqual { points: 1, digits: 0 };
                    decision =
                        Decision { verdict, known: "equal up to rounding".to_owned() };
                }
            }
            decisions.push(decision);
        }
        Ok(Judgement::worst(decisions))
    }
}

/// Whether a decision says that something follows.
fn followed(decision: &Decision) -> Option<bool> {
    match &decision.verdict {
        Verdict::Undecided { .. } => None,
        verdict => Some(verdict.is_equal()),
    }
}

/// An error in a sentence.
pub(in crate::session) fn said(error: &Error) -> String {
    match &error.kind {
        ErrorKind::InvalidAnswer(what) => what.clone(),
        kind => kind.to_string(),
    }
}
