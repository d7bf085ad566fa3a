//! Derivatives of variables that equations determine.

use super::answers::answer::is_known;
use super::engine::{Engine, Form, Formula, Settings};
use super::formula::spelling_in;
use super::point::eval::Point;
use crate::calculus::{self, Implicit, MAX_EQUATIONS};
use crate::check::{Curve, Outcome};
use crate::error::{Error, ErrorKind, Note, Result};
use crate::evaluate::{Tape, digits};
use crate::function;
use crate::kernel::{ExprId, Node, Number, Pool};
use crate::print::{self, Notation};
use crate::simplify;
use crate::syntax;

/// The most terms of an equation that is multiplied out to be put in.
const MAX_TERMS: usize = 24;
/// Equations of more terms are not put in.
const MOST_TERMS: usize = 300;
/// The work on one derivative while equations are put in.
const CURVE_WORK: u64 = 300_000;
/// The work on all derivatives, as the pool counts it.
const MAX_WORK: u64 = 3_000_000;
/// How often an equation is put in.
const ROUNDS: usize = 4;
/// What is said of a point at which an equation is not smooth.
const KINK: &str =
    "the equation has a kink there, so the rule for implicit derivatives says nothing";
/// The highest order of an implicit derivative.
const MAX_ORDER: u32 = 12;

/// One derivative of an unknown.
#[derive(Clone, Debug)]
pub struct ImplicitDerivative {
    /// The unknown.
    pub of: String,
    /// The variable, as often as it is differentiated in it.
    pub wrt: Vec<String>,
    /// The derivative in the variables and the unknowns.
    pub value: ExprId,
}

/// The derivatives of unknowns that equations determine.
#[derive(Clone, Debug)]
pub struct ImplicitDerivatives {
    /// For each variable and unknown, the derivatives by order.
    pub derivatives: Vec<ImplicitDerivative>,
    /// Whether each was compared with differences along solutions.
    pub checked: bool,
    /// The determinant of the derivatives of the equations in the unknowns; where it is zero,
    /// the equations do not determine the unknowns.
    pub determinant: ExprId,
}

impl Engine {
    /// Reads equations such as `x^2 + y^2 + z^2 = 1; x + y + z = 0`, each as what is zero where
    /// it holds.
    ///
    /// # Errors
    /// What is no equation, and whatever cannot be read.
    pub fn read_equations(
        &mut self,
        text: &str,
        settings: &Settings,
    ) -> Result<Vec<Formula>> {
        let found = self.read_sides(text, settings)?;
        if found.len() < 2 {
            return Ok(found);
        }
        // What is a variable in one equation is no function in another.
        let roots: Vec<ExprId> = found.iter().map(|equation| equation.roots[0]).collect();
        let known = self.variables(&roots);
        self.read_sides(text, &Settings { known, ..settings.clone() })
    }

    fn read_sides(&mut self, text: &str, settings: &Settings) -> Result<Vec<Formula>> {
        let is_name = |word: &str| {
            settings.declared.iter().chain(&settings.known).any(|name| name == word)
        };
        // Braces around an exponent make LaTeX of the equation.
        let mut words = text.split('=').filter_map(syntax::braced_word);
        let is_braced = settings.input.is_none() && words.any(|word| !is_name(word));
        let braced = is_braced.then_some(syntax::Input::Latex);
        let read = |declared: &[&str], known: &[&str]| {
            let mut programs = syntax::parse_equations(
                text,
                settings.input.or(braced),
                declared,
                known,
                MAX_EQUATIONS,
            )?;
            if settings.log_ten {
                programs.iter_mut().for_each(|program| program.take_decadic(text));
            }
            if let Some(program) = programs.first_mut().filter(|_| is_braced) {
                let message = "the braces are those of LaTeX".to_owned();
                program.notes.push(Note { message, span: None });
            }
            Ok(programs)
        };
        let found = self.read_programs(read, settings)?;
        for formula in &found {
            if formula.is_vector {
                let what = "an equation between vectors".to_owned();
                return Err(Error::from(ErrorKind::Unsupported(what))
                    .help("write one equation for each component, separated by `;`"));
            }
        }
        Ok(found)
    }

    /// Whether an equation is proved to hold at no point with real coordinates.
    pub fn holds_nowhere(&mut self, equation: &Formula) -> bool {
        let found = simplify::side(&mut self.pool, equation.roots[0]);
        found.is_some_and(|side| side.is_strict)
    }

    /// The derivatives up to an order of the unknowns `of` in each variable of `wrt`.
    ///
    /// # Errors
    /// Numbers of equations and unknowns that differ, equations that do not determine the
    /// unknowns, a function whose derivative is not known, a limit, a failed self-check.
    pub fn implicit(
        &mut self,
        equations: &[Formula],
        wrt: &[String],
        of: &[String],
        order: u32,
    ) -> Result<ImplicitDerivatives> {
        let wrt = &spelled(equations, wrt)[..];
        let of = &spelled(equations, of)[..];
        self.must_fit(equations, wrt, of, order)?;
        let roots: Vec<ExprId> = equations.iter().map(|e| e.roots[0]).collect();
        let unknowns: Vec<ExprId> =
            of.iter().map(|name| self.pool.symbol(name)).collect();
        let start = self.pool.work();
        let (pool, simplifier) = self.pool_and_simplifier();
        let system = Implicit::new(pool, &roots, &unknowns, |pool, id| {
            simplifier.simplify(pool, id)
        })?;
        self.check_limits()?;
        let mut variables = unknowns.clone();
        variables.extend(wrt.iter().map(|name| self.pool.symbol(name)));
        let relations = self.relations(&roots, &variables);
        let determinant = system.determinant;
        if determinant == Pool::ZERO {
            let names: Vec<&str> = of.iter().map(String::as_str).collect();
            return Err(undetermined(&names, ""));
        }
        let mut answer =
            ImplicitDerivatives { derivatives: Vec::new(), checked: true, determinant };
        for name in wrt {
            let variable = self.pool.symbol(name);
            let raw = system.derivatives(&mut self.pool, variable)?;
            let mut first = Vec::with_capacity(raw.len());
            for id in raw {
                self.must_be_affordable(start)?;
                let value = self.shape(id, Form::Auto)?;
                first.push(self.on_the_curve(value, &relations)?);
            }
            let mut chains: Vec<Vec<ExprId>> = first.iter().map(|id| vec![*id]).collect();
            for _ in 1..order {
                for chain in &mut chains {
                    self.must_be_affordable(start)?;
                    let last = chain[chain.len() - 1];
                    let next = calculus::along(
                        &mut self.pool,
                        last,
                        variable,
                        &unknowns,
                        &first,
                    )?;
                    let next = self.shape(next, Form::Auto)?;
                    chain.push(self.on_the_curve(next, &relations)?);
                }
            }
            answer.checked &= self.check_curve(equations, name, of, &chains)?;
            for (of, chain) in of.iter().zip(chains) {
                for (place, value) in chain.into_iter().enumerate() {
                    let wrt = vec![name.clone(); place + 1];
                    answer.derivatives.push(ImplicitDerivative {
                        of: of.clone(),
                        wrt,
                        value,
                    });
                }
            }
        }
        Ok(answer)
    }

    /// The values of the derivatives at a point of the curve.
    ///
    /// # Errors
    /// A point that lacks a coordinate or does not satisfy the equations, one at which they do
    /// not determine the unknowns.
    pub fn implicit_at(
        &mut self,
        equations: &[Formula],
        found: &ImplicitDerivatives,
        point: &Point,
    ) -> Result<Vec<ExprId>> {
        let place: Vec<String> =
            point.iter().map(|(name, value)| format!("{name} = {value}")).collect();
        let place = place.join(", ");
        for equation in equations {
            self.must_be_assumed(equation, point)?;
        }
        let roots: Vec<ExprId> = equations.iter().map(|e| e.roots[0]).collect();
        for value in self.at_point(&roots, point)? {
            if value == Pool::ZERO {
                continue;
            }
            let missing = self.variables(&[value]);
            let text = print::write(&self.pool, value, Notation::Text)?;
            if self.float(value).abs() > 1e-12 {
                let what = format!("{place} does not satisfy the equation");
                return Err(Error::from(ErrorKind::InvalidPoint(what))
                    .help(format!("the left side less the right side is {text} there")));
            }
            if let Some(name) = missing.first() {
                let what = format!("the point has no value of `{name}`");
                return Err(Error::from(ErrorKind::InvalidPoint(what)).help(format!(
                    "add `{name}=…`; the point must satisfy the equation"
                )));
            }
        }
        for equation in equations {
            self.must_be_smooth(equation, found, point)?;
        }
        let determinant = self.at_point(&[found.determinant], point)?[0];
        if determinant == Pool::ZERO || self.float(determinant).abs() < 1e-12 {
            let mut names: Vec<&str> = Vec::new();
            for derivative in &found.derivatives {
                if !names.contains(&derivative.of.as_str()) {
                    names.push(&derivative.of);
                }
            }
            return Err(undetermined(&names, &format!(" at {place}")));
        }
        let values: Vec<ExprId> = found.derivatives.iter().map(|d| d.value).collect();
        self.at_point(&values, point)
    }

    /// Refuses a point at which an equation has no derivative in a variable or an unknown: there
    /// the rule says nothing.
    fn must_be_smooth(
        &mut self,
        equation: &Formula,
        found: &ImplicitDerivatives,
        point: &Point,
    ) -> Result<()> {
        let mut names: Vec<&String> = Vec::new();
        for derivative in &found.derivatives {
            for name in derivative.wrt.iter().chain([&derivative.of]) {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
        }
        if self.has_hole(equation, point)? {
            return Err(self.no_value(equation, point));
        }
        let order = found.derivatives.iter().map(|d| d.wrt.len()).max().unwrap_or(1);
        for name in &names {
            for order in 1..=order.min(2) {
                let sequence = vec![(*name).clone(); order];
                self.must_exist_at(equation, 0, &sequence, point)
                    .map_err(|error| error.help(KINK))?;
            }
        }
        // Derivatives in each variable say nothing of a function that jumps beside the point.
        let names: Vec<String> = names.into_iter().cloned().collect();
        let breaks = self.first_breaks(equation, &names)?;
        match self.broken(&breaks, point) {
            true => {
                let place: Vec<String> = point
                    .iter()
                    .map(|(name, value)| format!("{name} = {value}"))
                    .collect();
                let place = place.join(", ");
                let what =
                    format!("it is not known what the equation determines at {place}");
                Err(Error::from(ErrorKind::Unsupported(what)).help(KINK))
            }
            false => Ok(()),
        }
    }

    fn must_be_affordable(&self, start: u64) -> Result<()> {
        if self.pool.work() - start <= MAX_WORK {
            return Ok(());
        }
        let what = "a derivative of a system of equations";
        Err(ErrorKind::TooMuchWork { what, limit: MAX_WORK }.into())
    }

    fn must_fit(
        &self,
        equations: &[Formula],
        wrt: &[String],
        of: &[String],
        order: u32,
    ) -> Result<()> {
        let refuse = |what: String, help: String| {
            Err(Error::from(ErrorKind::WrongDimension(what)).help(help))
        };
        let (m, n) = (equations.len(), of.len());
        if m != n {
            let plural = |count: usize, word: &str| match count {
                1 => format!("1 {word}"),
                count => format!("{count} {word}s"),
            };
            let what = format!("{} for {}", plural(m, "equation"), plural(n, "unknown"));
            let help = format!("name {} after --of", plural(m, "variable"));
            return refuse(what, help);
        }
        if m > MAX_EQUATIONS {
            let (what, limit) = ("the number of equations", MAX_EQUATIONS as u64);
            return Err(ErrorKind::OverLimit { what, limit }.into());
        }
        if order > MAX_ORDER {
            let (what, limit) = ("the order of an implicit derivative", MAX_ORDER.into());
            return Err(ErrorKind::OverLimit { what, limit }.into());
        }
        if order == 0 {
            let help = "the first derivative is of order 1".to_owned();
            return refuse("the order is 0".to_owned(), help);
        }
        let roots: Vec<ExprId> = equations.iter().map(|e| e.roots[0]).collect();
        let known = self.variables(&roots);
        for (place, name) in of.iter().enumerate() {
            if wrt.contains(name) || of[..place].contains(name) {
                let what = format!("`{name}` is named twice");
                let help = "a variable is either --of or --wrt".to_owned();
                return refuse(what, help);
            }
            if !known.contains(name) {
                let help = match known.is_empty() {
                    true => "no variable is left in them".to_owned(),
                    false => format!("the variables are {}", known.join(", ")),
                };
                return refuse(format!("`{name}` does not occur in the equations"), help);
            }
        }
        if wrt.is_empty() {
            let help = "name one with --wrt".to_owned();
            return refuse("there is no variable to differentiate in".to_owned(), help);
        }
        let is_asked = |c: char| wrt.iter().chain(of).any(|name| name.chars().eq([c]));
        let glued = known.iter().find(|name| {
            name.chars().count() > 1 && !is_known(of, name) && name.chars().all(is_asked)
        });
        let Some(name) = glued.filter(|name| !is_known(wrt, name)) else { return Ok(()) };
        // `xy` depends on x as much as y does.
        let said = format!("`{name}` is one name");
        let factors: Vec<String> = name.chars().map(String::from).collect();
        let is_said = |note: &&Note| note.message.starts_with(&said);
        let note = equations.iter().flat_map(|e| &e.notes).find(is_said);
        let span = note.and_then(|note| note.span);
        let error = Error { span, ..ErrorKind::Ambiguous(said).into() };
        Err(error.help(format!("write `{}`", factors.join("*"))))
    }

    /// What the equations say of their terms: each as the others, and `x^2` of `x^2/a^2`.
    pub(super) fn relations(
        &mut self,
        roots: &[ExprId],
        variables: &[ExprId],
    ) -> Vec<(ExprId, ExprId)> {
        let mut found = Vec::new();
        for root in roots {
            let Some(sum) = simplify::expand_all(&mut self.pool, *root, MAX_TERMS) else {
                continue;
            };
            let terms = self.pool.terms(&sum).to_vec();
            // Each is as long as all others: long equations shorten nothing.
            if terms.len() > MOST_TERMS {
                continue;
            }
            for term in &terms {
                let (n, rest) = self.pool.coefficient(*term);
                let Some(inverse) = n.neg().recip() else { continue };
                if self.pool.as_number(*term).is_some() {
                    continue;
                }
                let others: Vec<(Number, ExprId)> = terms
                    .iter()
                    .filter(|other| *other != term)
                    .map(|other| (inverse.clone(), *other))
                    .collect();
                let value = self.pool.weighted_sum(&others);
                found.push((rest, value));
                let factors = self.pool.factors(&rest).to_vec();
                let (own, parameters): (Vec<ExprId>, Vec<ExprId>) =
                    factors.into_iter().partition(|factor| {
                        variables.iter().any(|v| self.pool.may_depend(*factor, *v))
                    });
                let is_known = |factor: &ExprId| {
                    !self.pool.is_constant(*factor)
                        || digits::vanishes(&self.pool, *factor, syntax::in_normal_form)
                            .is_ok_and(|vanishes| vanishes == Some(false))
                };
                // sin(pi)*y says nothing of y.
                if let ([power], false) = (&own[..], parameters.is_empty())
                    && parameters.iter().all(is_known)
                {
                    let by = self.pool.product(&parameters);
                    found.push((*power, self.pool.quotient(value, by)));
                }
            }
        }
        found
    }

    /// An expression with the equations put in where that makes it shorter.
    pub(super) fn on_the_curve(
        &mut self,
        id: ExprId,
        relations: &[(ExprId, ExprId)],
    ) -> Result<ExprId> {
        let mut best = id;
        let work = self.pool.work();
        for _ in 0..ROUNDS {
            let start = best;
            for (from, to) in relations {
                if self.pool.work() - work > CURVE_WORK {
                    return Ok(best);
                }
                if let Some(new) = self.times_ratio(start, *from, *to)?
                    && self.pool.cost(new) < self.pool.cost(best)
                {
                    best = new;
                }
                let replacements = self.powers(start, *from, *to);
                if replacements.is_empty() {
                    continue;
                }
                let new =
                    self.pool.substitute(&[start], &replacements, function::apply)[0];
                let new = self.simplify(new)?;
                if new != Pool::UNDEFINED && self.pool.cost(new) < self.pool.cost(best) {
                    best = new;
                }
            }
            if best == start {
                break;
            }
        }
        Ok(best)
    }

    /// An expression times `y^x/x^y`, where `x^y = y^x`: powers whose exponents vary are 0
    /// nowhere.
    fn times_ratio(
        &mut self,
        of: ExprId,
        from: ExprId,
        to: ExprId,
    ) -> Result<Option<ExprId>> {
        let is_power = |pool: &Pool, id: ExprId| match pool.node(id) {
            Node::Power(_, n) => pool.as_number(n).is_none(),
            _ => false,
        };
        if !is_power(&self.pool, from) || !is_power(&self.pool, to) {
            return Ok(None);
        }
        let ratio = self.pool.quotient(to, from);
        let new = self.pool.product(&[of, ratio]);
        let new = self.simplify(new)?;
        Ok((new != Pool::UNDEFINED).then_some(new))
    }

    /// A term in an expression and its powers, with what they are replaced by.
    fn powers(&mut self, of: ExprId, from: ExprId, to: ExprId) -> Vec<(ExprId, ExprId)> {
        let (base, exponent) = self.pool.base(from);
        let k = self.pool.as_number(exponent).and_then(Number::to_i64).unwrap_or(1);
        let mut found = Vec::new();
        for id in self.pool.reachable(&[of]) {
            if id == from {
                found.push((id, to));
                continue;
            }
            let Node::Power(inner, n) = self.pool.node(id) else { continue };
            let n = self.pool.as_number(n).and_then(Number::to_i64);
            if let Some(n) = n
                && inner == base
                && k > 1
                && n > k
            {
                let whole = self.pool.integer_power(to, n / k);
                let rest = self.pool.integer_power(base, n % k);
                found.push((id, self.pool.product(&[whole, rest])));
            }
        }
        found
    }

    fn check_curve(
        &mut self,
        equations: &[Formula],
        variable: &str,
        of: &[String],
        chains: &[Vec<ExprId>],
    ) -> Result<bool> {
        let mut tape = Tape::default();
        let mut slots = Vec::with_capacity(equations.len());
        let mut typed = Vec::with_capacity(equations.len());
        for equation in equations {
            let declared: Vec<&str> =
                equation.declared().iter().map(String::as_str).collect();
            let lowered = syntax::lower(equation.program(), &declared, &mut tape)?;
            slots.extend(lowered.roots);
            typed.push((equation.program(), declared));
        }
        let (pool, checker) = self.pool_and_checker();
        let claim = Curve {
            tape,
            typed: &typed,
            equations: slots,
            unknowns: of,
            variable,
            derivatives: chains,
            assumptions: equations[0].assumptions(),
        };
        match checker.verify_implicit(pool, claim) {
            Outcome::Agree(_) => Ok(true),
            Outcome::NoPoint => Ok(false),
            Outcome::Differ { point, .. } => Err(ErrorKind::SelfCheck {
                of: of.join(", "),
                variable: variable.to_owned(),
                point,
            }
            .into()),
        }
    }
}

/// The error where equations do not determine the unknowns.
fn undetermined(of: &[&str], place: &str) -> Error {
    let names = of.join(", ");
    let zero = match of.len() {
        1 => format!("the derivative of the equation in {names}"),
        _ => format!("the determinant of the derivatives in {names}"),
    };
    let what = format!("the derivative of {names}{place}");
    let there = if place.is_empty() { "" } else { " there" };
    Error::from(ErrorKind::Undefined(what)).help(format!(
        "{zero} is 0{there}, so the rule for implicit derivatives says nothing of {names}"
    ))
}

/// Names as they are spelled in the first of the equations in which they stand.
pub fn spelled(equations: &[Formula], names: &[String]) -> Vec<String> {
    let spelling = |name: &String| {
        let mut found = equations.iter().filter_map(|e| spelling_in(e.program(), name));
        found.next().unwrap_or(name).to_owned()
    };
    names.iter().map(spelling).collect()
}
