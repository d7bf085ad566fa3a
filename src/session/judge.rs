//! Verdicts: whether two formulas are equal, whether an answer to a question is right.

use super::answers::answer::Answer;
use super::answers::question::Question;
use super::confirm::Again;
use super::engine::{Engine, Form, Formula, Partial};
use super::typed::{Given, Typed, within};
use crate::check::{
    Comparison, Decision, Domain, Flag, Mistake, Primitive, Side, Submission, Verdict,
};
use crate::error::{ErrorKind, Result};
use crate::evaluate::{Slot, Tape};
use crate::kernel::{ExprId, Number, Pool};
use crate::print::{self, Notation};
use crate::syntax;

/// How far ahead a component of a short answer is looked for.
const AHEAD: usize = 12;
/// How much work it may take to find reasons of wrong components, before none is looked for.
const EXPLAINED: u64 = 4_000_000;

/// The verdict on one component.
#[derive(Clone, Debug)]
pub struct Component {
    /// What was asked: the variables of differentiation; empty for `equal`.
    pub wrt: Vec<String>,
    /// The right answer, for `check`.
    pub expected: ExprId,
    /// The verdict and how it is known.
    pub decision: Decision,
    /// The mistakes that lead to this answer when it is wrong, most specific first.
    pub mistakes: Vec<Mistake>,
}

/// The verdict on a whole answer.
#[derive(Clone, Debug)]
pub struct Judgement {
    /// The verdict on all components together.
    pub decision: Decision,
    /// The verdict on each.
    pub components: Vec<Component>,
    /// What is remarkable about the form of the answer.
    pub flags: Vec<Flag>,
}

impl Judgement {
    /// How many components are right.
    pub fn right(&self) -> usize {
        self.components.iter().filter(|c| c.decision.verdict.is_equal()).count()
    }

    /// The same where what was wrong is right in another reading.
    pub fn open(mut self, reason: String) -> Self {
        let known = "neither proved nor refuted".to_owned();
        let decision = Decision { verdict: Verdict::Undecided { reason }, known };
        for component in &mut self.components {
            if !component.decision.verdict.is_equal() {
                component.decision = decision.clone();
                component.mistakes.clear();
            }
        }
        Self { decision, ..self }
    }
}

impl Engine {
    /// Whether two formulas are equal.
    ///
    /// # Errors
    /// A limit.
    pub fn equal(&mut self, left: &Formula, right: &Formula) -> Result<Judgement> {
        self.equal_answers(&Answer::of(left.clone()), &Answer::of(right.clone()))
    }

    /// Whether two answers are equal, component by component.
    ///
    /// # Errors
    /// A limit.
    pub fn equal_answers(&mut self, left: &Answer, right: &Answer) -> Result<Judgement> {
        let counts = [left, right].map(|side| side.components.len());
        if counts[0] != counts[1] || left.is_vector != right.is_vector {
            let [left, right] =
                [left, right].map(|side| counted(side.components.len(), side.is_vector));
            let reason = format!("one has {left}, the other {right}");
            return Ok(Judgement::misshapen(reason, Vec::new()));
        }
        let shapes = [left.shape, right.shape];
        let is_matrix = |shape: &(usize, usize)| shape.0 > 1 && shape.1 > 1;
        if shapes[0] != shapes[1] && shapes.iter().flatten().any(is_matrix) {
            let said = shapes.map(|shape| match shape {
                Some((rows, columns)) => format!("{rows} rows of {columns}"),
                None => "one row or column".to_owned(),
            });
            let reason = format!("one has {}, the other {}", said[0], said[1]);
            return Ok(Judgement::misshapen(reason, Vec::new()));
        }
        let mut components = Vec::with_capacity(counts[0]);
        let mut typed = Typed::default();
        for place in 0..counts[0] {
            let (Some((one, first)), Some((other, second))) =
                (left.component(place), right.component(place))
            else {
                continue;
            };
            let mut tape = Tape::default();
            let expected = one.roots[first];
            let comparison = Comparison {
                left: Side {
                    value: typed.put(self, (one, first), &mut tape)?,
                    id: self.as_compared(expected),
                    name: "the first",
                },
                right: Side {
                    value: typed.put(self, (other, second), &mut tape)?,
                    id: self.as_compared(other.roots[second]),
                    name: "the second",
                },
                tape: &mut tape,
                within_left: false,
                or_complex: true,
                primitive: None,
                assumptions: one.assumptions(),
                domain: one.domain,
            };
            let decision = self.decide(comparison)?;
            let mistakes = Vec::new();
            components.push(Component { wrt: Vec::new(), expected, decision, mistakes });
        }
        Ok(Judgement::of(components))
    }

    /// The components of a formula in a form, compared at points with what was typed.
    ///
    /// # Errors
    /// A limit, or a form that differs from the formula.
    pub fn forms(&mut self, formula: &Formula, form: Form) -> Result<Vec<ExprId>> {
        let mut found = Vec::with_capacity(formula.roots.len());
        for (root, (mut tape, typed)) in formula.roots.iter().zip(self.tapes(formula)?) {
            let id = self.shape(*root, form)?;
            self.must_be_equal(formula, (&mut tape, typed), [*root, id])?;
            found.push(id);
        }
        Ok(found)
    }

    /// Compares a form with what was typed.
    ///
    /// # Errors
    /// A limit, or a form that differs from the formula.
    pub(super) fn must_be_equal(
        &mut self,
        formula: &Formula,
        (tape, typed): (&mut Tape, Slot),
        [root, id]: [ExprId; 2],
    ) -> Result<()> {
        let value = tape.add_expressions(&self.pool, &[id])[0];
        let comparison = Comparison {
            tape,
            left: Side { value: typed, id: root, name: "the formula" },
            right: Side { value, id, name: "the form" },
            within_left: true,
            or_complex: false,
            primitive: None,
            assumptions: formula.assumptions(),
            domain: formula.domain,
        };
        self.agrees(comparison, root).map(drop)
    }

    /// A formula's expression in a form, and whether the form was compared with it.
    ///
    /// # Errors
    /// A limit, or a form that differs from the expression.
    pub(super) fn reshaped(
        &mut self,
        formula: &Formula,
        raw: ExprId,
        form: Form,
    ) -> Result<(ExprId, bool)> {
        let id = self.shape(raw, form)?;
        if id == raw {
            return Ok((id, true));
        }
        let mut tape = Tape::default();
        let slots = tape.add_expressions(&self.pool, &[raw, id]);
        let comparison = Comparison {
            tape: &mut tape,
            left: Side { value: slots[0], id: raw, name: "the formula" },
            right: Side { value: slots[1], id, name: "the form" },
            within_left: true,
            or_complex: false,
            primitive: None,
            assumptions: formula.assumptions(),
            domain: formula.domain,
        };
        Ok((id, self.agrees(comparison, raw)?))
    }

    /// Whether two forms of an expression were found to be equal.
    fn agrees(&mut self, comparison: Comparison<'_>, of: ExprId) -> Result<bool> {
        match self.decide(comparison)?.verdict {
            Verdict::Different(witness) => {
                let point = witness.point.iter().map(|(name, x)| format!("{name} = {x}"));
                Err(ErrorKind::SelfCheck {
                    of: print::write(&self.pool, of, Notation::Text).unwrap_or_default(),
                    variable: "another form".to_owned(),
                    point: point.collect::<Vec<_>>().join(", "),
                }
                .into())
            }
            verdict => Ok(verdict.is_equal()),
        }
    }

    /// Whether an answer is the derivative that was asked for, component by component.
    ///
    /// # Errors
    /// A function without a known derivative, a limit, or a failed self-check.
    pub fn check(
        &mut self,
        formula: &Formula,
        question: &Question,
        answer: &Answer,
    ) -> Result<Judgement> {
        let judgement = match answer.shape {
            Some(shape) => self.check_rows(formula, question, answer, shape)?,
            None => self.check_components(formula, question, answer)?,
        };
        Ok(match (&answer.complaint, &answer.place, &answer.condition) {
            (Some(complaint), ..) => {
                Judgement::misshapen(complaint.clone(), judgement.components)
            }
            (None, Some(place), _) => judgement.at(place),
            (None, None, Some(condition)) => judgement.within(condition),
            (None, None, None) => judgement,
        })
    }

    pub(super) fn check_components(
        &mut self,
        formula: &Formula,
        question: &Question,
        answer: &Answer,
    ) -> Result<Judgement> {
        let derivatives = match question {
            Question::Partials(wrt, order) => {
                self.partials(formula, wrt, *order, Form::Auto)?
            }
            Question::Mixed(sequence) => self.mixed(formula, sequence, Form::Auto)?,
        };
        let expected: Vec<(Vec<String>, usize, ExprId)> = derivatives
            .partials
            .iter()
            .flat_map(|Partial { wrt, values }| {
                values.iter().enumerate().map(|(place, id)| (wrt.clone(), place, *id))
            })
            .collect();
        let mut components = Vec::with_capacity(expected.len());
        let count_given = answer.components.len();
        let mut typed = Typed::default();
        let mut explained = 0;
        // The place of the next component of the answer, and how many are missing.
        let (mut index, mut lacking) = (0, expected.len().saturating_sub(count_given));
        for (at, (wrt, place, id)) in expected.iter().enumerate() {
            let mut decision = missing();
            // Labels say which are missing.
            let is_missing = index < count_given && answer.component(index).is_none();
            if let Some(component) = answer.component(index) {
                let asked = (wrt.as_slice(), *place, *id);
                decision = self.compare_answer(&mut typed, formula, asked, component)?;
                let later = expected.iter().skip(at + 1).take(lacking.min(AHEAD));
                if !decision.verdict.is_equal()
                    && count_given > 1
                    && !answer.is_labelled
                    && self.is_among(&mut typed, formula, later, component)?
                {
                    decision = missing();
                    lacking -= 1;
                }
            }
            let mut rounding = None;
            if let (Verdict::Different(_), Some(component)) =
                (&decision.verdict, answer.component(index))
            {
                let (within, mistake) =
                    self.rounded(formula, *id, component, answer.tolerance)?;
                decision = within.unwrap_or(decision);
                rounding = mistake;
            }
            let is_given = !matches!(decision.verdict, Verdict::WrongShape { .. });
            let mistakes = match decision.verdict {
                _ if rounding.is_some() => rounding.into_iter().collect(),
                Verdict::Different(_)
                    if formula.domain == Domain::Real && explained < EXPLAINED =>
                {
                    let before = self.pool.work();
                    let function = formula.roots[*place];
                    let given = answer.root(index);
                    let found = given.map(|given| self.reasons(function, wrt, given));
                    let mut found = found.unwrap_or_default();
                    if let Some(component) = answer.component(index)
                        && let Some(slip) =
                            self.without_brackets(formula, *id, component)?
                    {
                        found.retain(|mistake| !mistake.is_vague());
                        found.insert(0, slip);
                    }
                    explained += self.pool.work().saturating_sub(before);
                    found
                }
                _ => Vec::new(),
            };
            index += usize::from(is_given || is_missing);
            let (wrt, expected) = (wrt.clone(), *id);
            components.push(Component { wrt, expected, decision, mistakes });
        }
        let mut judgement = Judgement::of(components);
        if count_given != expected.len() {
            let reason = format!(
                "the answer has {}, but there {} {}",
                counted(count_given, answer.is_vector),
                if expected.len() == 1 { "is" } else { "are" },
                plural(expected.len(), "derivative")
            );
            judgement = Judgement::misshapen(reason, judgement.components);
        } else if !judgement.decision.verdict.is_equal()
            && count_given > 1
            && !answer.is_labelled
            && self.is_permuted(&mut typed, formula, &expected, answer)?
        {
            let reason = "the components are right, but in another order".to_owned();
            judgement = Judgement::misshapen(reason, judgement.components);
        }
        if judgement.decision.verdict.is_equal() {
            judgement.flags = self.flags(formula, &expected, answer);
        }
        Ok(judgement)
    }

    /// The mistakes that lead to a wrong derivative.
    fn reasons(
        &mut self,
        function: ExprId,
        wrt: &[String],
        answer: ExprId,
    ) -> Vec<Mistake> {
        let locale = self.locale;
        let (pool, checker) = self.pool_and_checker();
        let wrt: Vec<ExprId> = wrt.iter().map(|name| pool.symbol(name)).collect();
        checker.mistakes(pool, Submission { function, wrt: &wrt, answer, locale })
    }

    pub(super) fn decide(&mut self, comparison: Comparison<'_>) -> Result<Decision> {
        let again = Again::of(&comparison);
        let (pool, checker) = self.pool_and_checker();
        let decision = comparison.decide(pool, checker)?;
        self.check_limits()?;
        match decision.verdict {
            Verdict::Different(_) => self.refuted(decision, again),
            _ => Ok(decision),
        }
    }

    /// The typed program of a formula, put on a tape.
    pub(super) fn lower(&self, formula: &Formula, tape: &mut Tape) -> Result<Vec<Slot>> {
        let declared: Vec<&str> = formula.declared().iter().map(String::as_str).collect();
        Ok(syntax::lower(formula.program(), &declared, tape)?.roots)
    }

    /// One component of an answer against one derivative, where the function is defined.
    fn compare_answer<'f>(
        &mut self,
        typed: &mut Typed<'f>,
        formula: &'f Formula,
        (wrt, place, expected): (&[String], usize, ExprId),
        (answer, index): (&'f Formula, usize),
    ) -> Result<Decision> {
        let sequence: Vec<ExprId> =
            wrt.iter().map(|name| self.pool.symbol(name)).collect();
        let primitive = Primitive::new(formula.roots[place], &sequence);
        let left = (Given::Found(expected), "the derivative");
        let right = (Given::Typed(answer, index), "the answer");
        self.compare_typed(typed, formula, Some(place), primitive, [left, right])
    }

    /// Two expressions, where a component of the function is defined if one is named. The
    /// first is the derivative of a primitive, if there is one, and says where both are needed.
    pub(super) fn compare_within(
        &mut self,
        formula: &Formula,
        place: Option<usize>,
        primitive: Option<Primitive>,
        sides: [(Given<'_>, &str); 2],
    ) -> Result<Decision> {
        self.compare_typed(&mut Typed::default(), formula, place, primitive, sides)
    }

    fn compare_typed<'f>(
        &mut self,
        typed: &mut Typed<'f>,
        formula: &'f Formula,
        place: Option<usize>,
        primitive: Option<Primitive>,
        [(left, left_name), (right, right_name)]: [(Given<'f>, &str); 2],
    ) -> Result<Decision> {
        let place = place.filter(|_| !typed.is_total(formula));
        let mut last = missing();
        // A function that is nowhere real may still have a derivative that is.
        for restricted in [true, false] {
            let place = place.filter(|_| restricted);
            let mut tape = Tape::default();
            let function = match place {
                Some(place) => Some(typed.put(self, (formula, place), &mut tape)?),
                None => None,
            };
            let value = self.put_typed(typed, &mut tape, left)?;
            let value = match function {
                Some(function) => within(&mut tape, value, function),
                None => value,
            };
            let left = Side { value, id: self.as_compared(left.id()), name: left_name };
            let right = Side {
                value: self.put_typed(typed, &mut tape, right)?,
                id: self.as_compared(right.id()),
                name: right_name,
            };
            let comparison = Comparison {
                tape: &mut tape,
                left,
                right,
                within_left: primitive.is_some(),
                or_complex: true,
                primitive: primitive.clone(),
                assumptions: formula.assumptions(),
                domain: formula.domain,
            };
            last = self.decide(comparison)?;
            if place.is_none() || !matches!(last.verdict, Verdict::Undecided { .. }) {
                break;
            }
        }
        Ok(last)
    }

    /// Whether a component of an answer is one of the derivatives.
    fn is_among<'a, 'f>(
        &mut self,
        typed: &mut Typed<'f>,
        formula: &'f Formula,
        derivatives: impl Iterator<Item = &'a (Vec<String>, usize, ExprId)>,
        component: (&'f Formula, usize),
    ) -> Result<bool> {
        for (wrt, place, id) in derivatives {
            let asked = (wrt.as_slice(), *place, *id);
            let found = self.compare_answer(typed, formula, asked, component)?;
            if found.verdict.is_equal() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether the components are those expected in some other order.
    fn is_permuted<'f>(
        &mut self,
        typed: &mut Typed<'f>,
        formula: &'f Formula,
        expected: &[(Vec<String>, usize, ExprId)],
        answer: &'f Answer,
    ) -> Result<bool> {
        if expected.len() > 12 {
            return Ok(false);
        }
        let mut free: Vec<usize> = (0..answer.components.len()).collect();
        for (wrt, place, id) in expected {
            let asked = (wrt.as_slice(), *place, *id);
            let mut found = None;
            for (at, index) in free.iter().enumerate() {
                let Some(component) = answer.component(*index) else { return Ok(false) };
                let decision = self.compare_answer(typed, formula, asked, component)?;
                if decision.verdict.is_equal() {
                    found = Some(at);
                    break;
                }
            }
            match found {
                Some(at) => free.remove(at),
                None => return Ok(false),
            };
        }
        Ok(true)
    }

    /// What is missing of a form that was asked for.
    pub fn missing_form(&mut self, answer: &Answer, form: Form) -> Option<Flag> {
        let flag = match form {
            Form::Factored => Flag::NotFactored,
            Form::Expanded => Flag::NotExpanded,
            Form::Auto | Form::Raw => return None,
        };
        let factors = |pool: &Pool, id: ExprId| {
            let (_, rest) = pool.coefficient(id);
            let degree = |factor: &ExprId| {
                let (_, exponent) = pool.base(*factor);
                pool.as_number(exponent).and_then(Number::to_i64).unwrap_or(1).abs()
            };
            pool.factors(&rest).iter().map(degree).sum::<i64>()
        };
        for root in answer.roots() {
            let found = self.shape(root, form).ok()?;
            let missing = match form {
                Form::Factored => factors(&self.pool, found) > factors(&self.pool, root),
                _ => found != root,
            };
            if missing {
                return Some(flag);
            }
        }
        None
    }

    /// What is remarkable about the form of a right answer.
    fn flags(
        &self,
        formula: &Formula,
        expected: &[(Vec<String>, usize, ExprId)],
        answer: &Answer,
    ) -> Vec<Flag> {
        let mut flags = Vec::new();
        let best: u32 = expected.iter().map(|(_, _, id)| self.pool.cost(*id)).sum();
        let cost: u32 = answer.formulas.iter().map(|f| f.program().cost()).sum();
        if cost > best + best / 4 + 1 {
            flags.push(Flag::NotSimplified);
        }
        let has_decimals = |f: &Formula| f.program().has_decimals();
        if answer.formulas.iter().any(has_decimals) && !has_decimals(formula) {
            flags.push(Flag::Decimal);
        }
        let has_unit =
            |roots: &[ExprId]| self.variables(roots).iter().any(|name| name == "i");
        if has_unit(&answer.roots()) && !has_unit(&formula.roots) {
            flags.push(Flag::ComplexLooking);
        }
        flags
    }
}

fn missing() -> Decision {
    let reason = "this component is missing".to_owned();
    Decision { verdict: Verdict::WrongShape { reason }, known: "counted".to_owned() }
}

fn plural(n: usize, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}

pub(super) fn counted(components: usize, is_vector: bool) -> String {
    match is_vector {
        true => plural(components, "component"),
        false => "one expression".to_owned(),
    }
}

impl Judgement {
    /// The verdict on components: the worst of theirs.
    pub(super) fn of(components: Vec<Component>) -> Self {
        let decisions = components.iter().map(|component| component.decision.clone());
        let decision = Self::worst(decisions.collect());
        Self { decision, components, flags: Vec::new() }
    }

    /// The worst of decisions, the first of several.
    pub(super) fn worst(decisions: Vec<Decision>) -> Decision {
        let rank = |decision: &Decision| match decision.verdict {
            Verdict::Equal => 0,
            Verdict::EqualOnDomain { .. } => 1,
            Verdict::ProbablyEqual { .. } => 2,
            Verdict::Undecided { .. } => 3,
            Verdict::WrongShape { .. } => 4,
            Verdict::Different(_) => 5,
        };
        decisions.into_iter().rev().max_by_key(rank).unwrap_or_else(missing)
    }

    pub(super) fn misshapen(reason: String, components: Vec<Component>) -> Self {
        let verdict = Verdict::WrongShape { reason };
        let decision = Decision { verdict, known: "counted".to_owned() };
        Self { decision, components, flags: Vec::new() }
    }
}
