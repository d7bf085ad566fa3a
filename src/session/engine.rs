//! The path from a text to an answer: read, differentiate, simplify, check.

pub(super) use super::formula::{Formula, Settings};
use super::point::placed::Placed;
use crate::calculus::{self, Observer};
use crate::check::{Checker, Claim, Outcome};
use crate::error::{Error, ErrorKind, Result};
use crate::evaluate::{Slot, Tape};
use crate::kernel::{ExprId, Limit, MAX_BITS, Pool, natural_order};
use crate::locale::Locale;
use crate::print::{self, Notation};
use crate::simplify::{self, Effort, Preference, Simplifier};
use crate::syntax;
use rustc_hash::FxHashMap;

/// Up to which order, and which cost, derivatives are also taken of sums of terms.
const SEPARATE_ORDERS: usize = 4;
const SHORT: u64 = 300;
/// Up to how many variables each partial derivative is taken on its own.
pub(super) const FORWARD: usize = 8;
/// The most nodes that derivatives of higher order may make.
pub const MAX_WORK: u64 = 3_000_000;
/// What one step of a derivative of higher order counts for, besides its nodes.
const STEP_WORK: u64 = 400;
/// The highest order.
const MAX_ORDER: u32 = 200_000;
/// The work on polynomials when factors are asked for.
const FACTOR_WORK: u64 = 20_000_000;
/// The most terms that multiplying out on request may give.
pub(super) const MAX_EXPANDED: usize = 100_000;

/// Which form an answer has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// The shortest that is found.
    #[default]
    Auto,
    /// As the rules leave it.
    Raw,
    /// Multiplied out.
    Expanded,
    /// As a product of factors.
    Factored,
}

/// One partial derivative.
#[derive(Clone, Debug)]
pub struct Partial {
    /// The variables in the order of differentiation.
    pub wrt: Vec<String>,
    /// The components of the derivative.
    pub values: Vec<ExprId>,
}

/// Derivatives with what is known about them.
#[derive(Clone, Debug, Default)]
pub struct Derivatives {
    /// One partial derivative for each variable, or the mixed one.
    pub partials: Vec<Partial>,
    /// Whether each was compared with an independent path.
    pub checked: bool,
    /// Where the function is defined but has no derivative, as conditions.
    pub breaks: Vec<ExprId>,
}

/// Reads, differentiates, simplifies and checks over one pool.
#[derive(Clone, Debug, Default)]
pub struct Engine {
    /// The expressions.
    pub pool: Pool,
    simplifier: Simplifier,
    checker: Checker,
    /// Whether a factored form may have factors that are not irreducible.
    reducible: bool,
    /// The language of explanations.
    pub(super) locale: Locale,
    /// The names that are to have values, and whether they occurred.
    pub(super) set: Vec<(String, bool)>,
    /// Coordinates of points that were read, with whether over the complex numbers.
    pub(super) coordinates: FxHashMap<String, (bool, ExprId)>,
    /// The last point that was read.
    pub(super) placed: Option<Placed>,
}

impl Engine {
    /// Chooses the language of explanations.
    pub fn speak(&mut self, locale: Locale) {
        self.locale = locale;
    }

    /// Sets how much is tried to find a shorter form.
    pub fn set_effort(&mut self, effort: Effort) {
        self.simplifier.effort = effort;
    }

    /// How much is tried to find a shorter form.
    pub(super) fn effort(&self) -> Effort {
        self.simplifier.effort
    }

    /// Sets in which functions answers are written.
    pub fn prefer(&mut self, preference: Preference) {
        self.simplifier.prefer(preference);
    }

    /// Whether a factored form made since the last call may have factors that are not
    /// irreducible, because the work for them was used up.
    pub fn take_reducible(&mut self) -> bool {
        std::mem::take(&mut self.reducible)
    }

    /// An empty engine with the same settings.
    pub(super) fn fresh(&self) -> Self {
        let mut fresh = Self::default();
        fresh.simplifier.effort = self.simplifier.effort;
        fresh.prefer(self.simplifier.preference());
        fresh
    }

    /// Forgets all expressions and keeps the memory, for the next request of a batch.
    pub fn clear(&mut self) {
        self.pool.clear();
        self.simplifier.clear();
        self.reducible = false;
        self.set.clear();
        self.coordinates.clear();
        self.placed = None;
    }

    pub(super) fn pool_and_checker(&mut self) -> (&mut Pool, &mut Checker) {
        (&mut self.pool, &mut self.checker)
    }

    pub(super) fn pool_and_simplifier(&mut self) -> (&mut Pool, &mut Simplifier) {
        (&mut self.pool, &mut self.simplifier)
    }

    /// The variables of expressions, in natural order.
    pub fn variables(&self, roots: &[ExprId]) -> Vec<String> {
        let symbols = self.pool.symbols_of(roots);
        symbols.into_iter().map(|symbol| self.pool.name(symbol).to_owned()).collect()
    }

    /// The variables that were typed, of a formula that depends on none: those of `x - x`,
    /// else any name.
    ///
    /// # Errors
    /// A limit.
    pub fn typed_variables(&self, formula: &Formula) -> Result<Vec<String>> {
        let mut names = self.tape(formula)?.0.variables;
        names.retain(|name| !(self.pool.is_complex() && name == "i"));
        names.sort_by(|a, b| natural_order(a, b));
        if names.is_empty() {
            if let Some((name, _)) = self.set.iter().find(|(_, occurs)| *occurs) {
                let what = format!("`{name}` has a value, and nothing else varies");
                return Err(Error::from(ErrorKind::InvalidPoint(what))
                    .help("`--at` gives the value of a derivative at a place"));
            }
            names.push(formula.any_variable());
        }
        Ok(names)
    }

    /// The limit that was reached, as an error.
    ///
    /// # Errors
    /// When one was.
    pub fn check_limits(&mut self) -> Result<()> {
        match self.pool.take_failure() {
            None => Ok(()),
            Some(Limit::Nodes) => {
                Err(ErrorKind::TooManyNodes { limit: self.pool.limits().nodes }.into())
            }
            Some(Limit::Work) => {
                let what = "the calculation";
                let limit = self.pool.limits().work;
                Err(ErrorKind::TooMuchWork { what, limit }.into())
            }
            Some(Limit::Bits) => {
                let limit = (MAX_BITS as f64 * std::f64::consts::LOG10_2) as usize;
                Err(ErrorKind::NumberTooLarge { limit }.into())
            }
        }
    }

    /// Refuses what was found after the work that is allowed ran out and nobody asked, and
    /// what was to be found for values of names that do not occur.
    ///
    /// # Errors
    /// That limit, and such a name.
    pub fn within_allowance<T>(&mut self, found: T) -> Result<T> {
        self.must_occur()?;
        match self.pool.failure() {
            Some(Limit::Work) => self.check_limits().map(|()| found),
            _ => Ok(found),
        }
    }

    /// The partial derivatives of order `order` in each variable.
    ///
    /// # Errors
    /// A function without a known derivative, a limit, or a failed self-check.
    pub fn partials(
        &mut self,
        formula: &Formula,
        wrt: &[String],
        order: u32,
        form: Form,
    ) -> Result<Derivatives> {
        must_be_order(order)?;
        let wrt = &*formula.spelled(wrt);
        if order == 1 && wrt.len() > FORWARD {
            return self.gradient(formula, wrt, form);
        }
        let mut answer =
            Derivatives { partials: Vec::new(), checked: true, breaks: Vec::new() };
        if order == 1 {
            self.first_partials(formula, wrt, form, &mut answer)?;
            for (place, variable) in wrt.iter().enumerate() {
                for component in 0..formula.roots.len() {
                    let id = answer.partials[place].values[component];
                    answer.partials[place].values[component] =
                        self.at_single_point(formula, component, variable, id)?;
                }
            }
        } else if order > 1 && wrt.len() > FORWARD {
            // The first derivatives of all together; each is as short as what it depends on.
            let first = match form {
                Form::Raw => Form::Raw,
                _ => Form::Auto,
            };
            let found = self.gradient(formula, wrt, first)?;
            answer.checked = found.checked;
            for Partial { wrt, values } in found.partials {
                let sequence = vec![wrt[0].clone(); order as usize];
                let tapes = self.tapes_of(&values);
                self.sequence_from(
                    formula,
                    &sequence,
                    (1, values, tapes),
                    form,
                    &mut answer,
                )?;
            }
        } else {
            for variable in wrt {
                let sequence = vec![variable.clone(); order as usize];
                self.sequence(formula, &sequence, form, &mut answer)?;
            }
        }
        answer.breaks = match order {
            1 => self.first_breaks(formula, wrt)?,
            order => self.high_breaks(formula, wrt, order)?,
        };
        Ok(answer)
    }

    /// The mixed partial derivative in a sequence of variables.
    ///
    /// # Errors
    /// As [`Engine::partials`].
    pub fn mixed(
        &mut self,
        formula: &Formula,
        sequence: &[String],
        form: Form,
    ) -> Result<Derivatives> {
        let mut answer =
            Derivatives { partials: Vec::new(), checked: true, breaks: Vec::new() };
        let sequence = &*formula.spelled(sequence);
        self.sequence(formula, sequence, form, &mut answer)?;
        answer.breaks = self.breaks(formula, sequence)?;
        if sequence.len() > 1 {
            self.add_bends(&formula.roots, sequence, &mut answer.breaks)?;
        }
        Ok(answer)
    }

    /// First derivatives in few variables, checked together for each component.
    fn first_partials(
        &mut self,
        formula: &Formula,
        wrt: &[String],
        form: Form,
        answer: &mut Derivatives,
    ) -> Result<()> {
        let mut rows: Vec<Vec<ExprId>> = vec![Vec::new(); wrt.len()];
        for (root, (mut tape, slot)) in formula.roots.iter().zip(self.tapes(formula)?) {
            let mut values = Vec::with_capacity(wrt.len());
            for (row, name) in rows.iter_mut().zip(wrt) {
                let mut value = self.derivative(*root, name, form, &mut ())?;
                if value == Pool::UNDEFINED {
                    // What is constant in disguise has a derivative, its formula has none.
                    let short = self.shape(*root, Form::Auto)?;
                    if self.pool.as_number(short).is_some() {
                        value = Pool::ZERO;
                    }
                }
                row.push(value);
                values.push(value);
            }
            self.verify(formula, &mut tape, slot, wrt, &values, *root, answer)?;
        }
        for (values, name) in rows.into_iter().zip(wrt) {
            answer.partials.push(Partial { wrt: vec![name.clone()], values });
        }
        Ok(())
    }

    /// One derivative, in its form.
    ///
    /// # Errors
    /// A function without a known derivative, or a limit.
    pub fn derivative(
        &mut self,
        of: ExprId,
        variable: &str,
        form: Form,
        observer: &mut impl Observer,
    ) -> Result<ExprId> {
        Ok(self.derivative_with_terms(of, variable, form, observer)?.0)
    }

    /// The same with the sum of the derivatives of its terms, each in its form.
    fn derivative_with_terms(
        &mut self,
        of: ExprId,
        variable: &str,
        form: Form,
        observer: &mut impl Observer,
    ) -> Result<(ExprId, ExprId)> {
        let symbol = self.pool.symbol(variable);
        let (raw, terms) =
            calculus::differentiate_with_terms(&mut self.pool, of, symbol, observer)?;
        if form != Form::Auto {
            let whole = self.shape(raw, form)?;
            return Ok((whole, whole));
        }
        let (whole, sum) = self.simplifier.simplify_terms(&mut self.pool, raw, &terms);
        self.check_limits()?;
        Ok((whole, sum))
    }

    /// A derivative of higher order: each step is checked against the one before.
    fn sequence(
        &mut self,
        formula: &Formula,
        sequence: &[String],
        form: Form,
        answer: &mut Derivatives,
    ) -> Result<()> {
        let values = formula.roots.clone();
        let tapes = self.tapes(formula)?;
        self.sequence_from(formula, sequence, (0, values, tapes), form, answer)
    }

    /// The same from the values after some steps, each with what it is compared with.
    fn sequence_from(
        &mut self,
        formula: &Formula,
        sequence: &[String],
        (mut step, mut values, mut tapes): (usize, Vec<ExprId>, Vec<(Tape, Slot)>),
        form: Form,
        answer: &mut Derivatives,
    ) -> Result<()> {
        // The same as sums of terms that were simplified one by one: what is one fraction now
        // may have a shorter derivative as a sum of two.
        let mut apart = values.clone();
        let start = self.pool.work();
        let mut seen: FxHashMap<Vec<ExprId>, usize> = FxHashMap::default();
        let mut work = 0;
        while step < sequence.len() {
            // What a step takes is known when it is done; it must not be more than is left.
            let spent = work + self.pool.work() - start;
            let allowed = self.pool.allow(MAX_WORK.saturating_sub(spent));
            let found = self.step_from(
                formula,
                (sequence, step),
                (&values, &mut apart, &mut tapes),
                form,
                answer,
            );
            self.pool.allow_to(allowed);
            let is_much = work + self.pool.work() - start > MAX_WORK;
            let what = "the derivative of this order";
            values = match found {
                Err(Error { kind: ErrorKind::TooMuchWork { .. }, .. }) if is_much => {
                    return Err(ErrorKind::TooMuchWork { what, limit: MAX_WORK }.into());
                }
                found => found?,
            };
            step += 1;
            if values.iter().all(|value| *value == Pool::ZERO) {
                break;
            }
            let same = sequence[step..].iter().all(|name| *name == sequence[step - 1]);
            if same && form == Form::Auto {
                // Derivatives that return, as those of sin(x), return with a period.
                if let Some(before) = seen.insert(values.clone(), step) {
                    let period = step - before;
                    step = sequence.len() - (sequence.len() - step) % period;
                    seen.clear();
                }
            }
            work += STEP_WORK + self.pool.reachable(&values).len() as u64;
            if work + self.pool.work() - start > MAX_WORK {
                return Err(ErrorKind::TooMuchWork { what, limit: MAX_WORK }.into());
            }
            if step < sequence.len() {
                tapes = self.tapes_of(&values);
            }
        }
        answer.partials.push(Partial { wrt: sequence.to_vec(), values });
        Ok(())
    }

    /// The next derivative of each component, compared with the one before.
    fn step_from(
        &mut self,
        formula: &Formula,
        (sequence, step): (&[String], usize),
        (values, apart, tapes): (&[ExprId], &mut [ExprId], &mut [(Tape, Slot)]),
        form: Form,
        answer: &mut Derivatives,
    ) -> Result<Vec<ExprId>> {
        let variable = &sequence[step];
        let last = step + 1 == sequence.len();
        let shape = if last || form == Form::Raw { form } else { Form::Auto };
        let mut next = Vec::with_capacity(values.len());
        for ((value, (tape, slot)), apart) in values.iter().zip(tapes).zip(apart) {
            let (mut derivative, mut sum) =
                self.derivative_with_terms(*value, variable, shape, &mut ())?;
            let is_short = u64::from(self.pool.cost(*apart)) <= SHORT
                && sequence.len() <= SEPARATE_ORDERS;
            if *apart != *value && is_short && shape == Form::Auto {
                let (other, terms) =
                    self.derivative_with_terms(*apart, variable, shape, &mut ())?;
                if self.pool.cost(other) < self.pool.cost(derivative) {
                    derivative = other;
                }
                sum = terms;
            }
            *apart = sum;
            let name = std::slice::from_ref(variable);
            let found = std::slice::from_ref(&derivative);
            self.verify(formula, tape, *slot, name, found, *value, answer)?;
            next.push(derivative);
        }
        Ok(next)
    }

    pub(super) fn shape(&mut self, raw: ExprId, form: Form) -> Result<ExprId> {
        let raw = match self.pool.is_complex() && form != Form::Raw && form != Form::Auto
        {
            true => simplify::settled(&mut self.pool, raw),
            false => raw,
        };
        let value = match form {
            Form::Raw => raw,
            Form::Auto => self.simplifier.simplify(&mut self.pool, raw),
            Form::Expanded => simplify::expand_all(&mut self.pool, raw, MAX_EXPANDED)
                .ok_or(ErrorKind::TooMuchWork {
                    what: "multiplying out",
                    limit: MAX_EXPANDED as u64,
                })?,
            Form::Factored => {
                let found = simplify::factor_all(&mut self.pool, raw, FACTOR_WORK);
                let (value, complete) = found.unwrap_or((raw, false));
                self.reducible |= !complete;
                value
            }
        };
        self.check_limits()?;
        Ok(value)
    }

    /// An expression in its automatic form.
    ///
    /// # Errors
    /// A limit.
    pub fn simplify(&mut self, id: ExprId) -> Result<ExprId> {
        self.shape(id, Form::Auto)
    }

    pub(super) fn tape(&self, formula: &Formula) -> Result<(Tape, Vec<Slot>)> {
        let mut tape = Tape::default();
        tape.operations.reserve(64);
        let declared: Vec<&str> = formula.declared.iter().map(String::as_str).collect();
        let lowered = syntax::lower(&formula.program, &declared, &mut tape)?;
        Ok((tape, lowered.roots))
    }

    /// A tape of its own for each component, so that many cost no more than all together.
    pub(super) fn tapes(&self, formula: &Formula) -> Result<Vec<(Tape, Slot)>> {
        let (tape, slots) = self.tape(formula)?;
        Ok(match slots[..] {
            [slot] => vec![(tape, slot)],
            _ => slots.into_iter().map(|slot| tape.part(slot)).collect(),
        })
    }

    pub(super) fn tapes_of(&self, values: &[ExprId]) -> Vec<(Tape, Slot)> {
        let one = |value: &ExprId| {
            let mut tape = Tape::default();
            let slots = tape.add_expressions(&self.pool, &[*value]);
            (tape, slots[0])
        };
        values.iter().map(one).collect()
    }

    #[allow(clippy::too_many_arguments)]
    pub(super) fn verify(
        &mut self,
        formula: &Formula,
        tape: &mut Tape,
        value: Slot,
        wrt: &[String],
        derivatives: &[ExprId],
        of: ExprId,
        answer: &mut Derivatives,
    ) -> Result<()> {
        let names: Vec<&str> = wrt.iter().map(String::as_str).collect();
        let claim = Claim {
            tape,
            value,
            variables: &names,
            derivatives,
            assumptions: &formula.assumptions,
        };
        let mut outcome = self.checker.verify(&self.pool, claim);
        if let Outcome::Differ { variable: Some(place), point } = &outcome
            && self.is_confirmed(of, &wrt[*place], derivatives[*place], point)
        {
            outcome = Outcome::Agree(1);
        }
        if matches!(outcome, Outcome::NoPoint) {
            self.must_have_values(formula)?;
        }
        self.take_outcome(outcome, wrt, of, answer)
    }

    /// What follows from the outcome of a self-check.
    pub(super) fn take_outcome(
        &mut self,
        outcome: Outcome,
        wrt: &[String],
        of: ExprId,
        answer: &mut Derivatives,
    ) -> Result<()> {
        match outcome {
            Outcome::Agree(_) => {}
            Outcome::NoPoint => {
                self.must_be_real_somewhere(of, wrt)?;
                answer.checked = false;
            }
            Outcome::Differ { variable, point } => {
                return Err(ErrorKind::SelfCheck {
                    of: print::write(&self.pool, of, Notation::Text).unwrap_or_default(),
                    variable: wrt[variable.unwrap_or(0)].clone(),
                    point,
                }
                .into());
            }
        }
        Ok(())
    }
}

/// Refuses orders of derivatives that are too high.
///
/// # Errors
/// The limit.
pub(super) fn must_be_order(order: u32) -> Result<()> {
    if order <= MAX_ORDER {
        return Ok(());
    }
    let what = "the order of a derivative";
    Err(ErrorKind::OverLimit { what, limit: MAX_ORDER.into() }.into())
}
