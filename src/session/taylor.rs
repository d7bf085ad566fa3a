//! Taylor polynomials: the point, the terms in shifted form, the check.

use super::engine::{Engine, Formula, Settings};
use super::field::distinct;
use super::point::alone::{Missing, may_be_alone};
use super::point::eval::Point;
use crate::check::{Approximation, BESIDE, Outcome};
use crate::error::{Error, ErrorKind, Result};
use crate::function;
use crate::kernel::{Assumption, ExprId, Node, Number, Pool};
use crate::print::{self, Notation, Shared, Shifted};
use crate::series;
use crate::syntax;

/// The highest order of a Taylor polynomial.
pub const MAX_TAYLOR_ORDER: u32 = 200;

/// The most symbols of the coefficients of a Taylor polynomial.
const MAX_TAYLOR_COST: u64 = 4_000_000;

/// The most exponents of Taylor polynomials: one for each variable of each term.
const MAX_EXPONENTS: usize = 1 << 21;

/// A Taylor polynomial, in powers of the differences from its point.
#[derive(Clone, Debug)]
pub struct TaylorPolynomial {
    /// The variables.
    pub variables: Vec<String>,
    /// The point around which it is expanded, one exact coordinate for each variable.
    pub point: Vec<ExprId>,
    /// The order: the highest degree that is taken along.
    pub order: u32,
    /// The exponent of each difference and its coefficient, which is not zero; low degrees
    /// first.
    pub terms: Vec<(Vec<u32>, ExprId)>,
    /// The polynomial as one expression.
    pub polynomial: ExprId,
    /// Whether the function is this polynomial, so that nothing remains.
    pub exact: bool,
    /// Whether it was compared with the function near the point.
    pub checked: bool,
    /// `x - a` for each variable.
    shifts: Vec<ExprId>,
    /// What is drawn out of all terms, and what is left of them.
    factor: ExprId,
    inner: Vec<(Vec<u32>, ExprId)>,
}

impl TaylorPolynomial {
    /// The coefficient of a product of powers of the differences.
    pub fn coefficient(&self, exponents: &[u32]) -> ExprId {
        let found = self.terms.iter().find(|(known, _)| known == exponents);
        found.map_or(Pool::ZERO, |(_, coefficient)| *coefficient)
    }

    /// The degree of the remainder; `None` when the function is the polynomial.
    pub fn remainder(&self) -> Option<u32> {
        (!self.exact).then_some(self.order + 1)
    }

    /// The polynomial in shifted form, low degrees first, with its remainder if that is asked
    /// for: `x - x^3/6 + O(x^5)`. Without the remainder the text is input.
    ///
    /// # Errors
    /// A text that is too long.
    pub fn write(
        &self,
        pool: &Pool,
        notation: Notation,
        remainder: bool,
    ) -> Result<String> {
        let remainder = self.remainder().filter(|_| remainder);
        print::write_shifted(pool, &self.shifted(remainder), notation)
    }

    /// The same without its remainder, with names for parts of its coefficients.
    ///
    /// # Errors
    /// A text that is too long.
    pub fn write_named(
        &self,
        pool: &Pool,
        shared: Option<&Shared>,
        notation: Notation,
    ) -> Result<String> {
        let shifted = Shifted { shared, ..self.shifted(None) };
        print::write_shifted(pool, &shifted, notation)
    }

    /// What is written of it: the factor, the differences and the coefficients.
    pub fn written_parts(&self) -> Vec<ExprId> {
        let coefficients = self.inner.iter().map(|(_, coefficient)| *coefficient);
        let before = self.shifts.iter().copied().chain([self.factor]);
        before.chain(coefficients).collect()
    }

    /// The remainder alone: `O(x^5)`; `None` when the function is the polynomial.
    ///
    /// # Errors
    /// A text that is too long.
    pub fn write_remainder(
        &self,
        pool: &Pool,
        notation: Notation,
    ) -> Result<Option<String>> {
        let shifted = Shifted { terms: &[], ..self.shifted(self.remainder()) };
        let written =
            self.remainder().map(|_| print::write_shifted(pool, &shifted, notation));
        written.transpose()
    }

    fn shifted(&self, remainder: Option<u32>) -> Shifted<'_> {
        Shifted {
            factor: self.factor,
            shifts: &self.shifts,
            terms: &self.inner,
            in_front: self.order == 1,
            remainder,
            shared: None,
        }
    }

    /// What it is called: a tangent plane, the best quadratic approximation.
    pub fn name(&self) -> String {
        let at_zero = self.point.iter().all(|at| *at == Pool::ZERO);
        match (self.order, self.variables.len()) {
            (0, _) => "value at the point".to_owned(),
            (1, 1) => "tangent line, the best linear approximation".to_owned(),
            (1, 2) => "tangent plane, the best linear approximation".to_owned(),
            (1, _) => "tangent hyperplane, the best linear approximation".to_owned(),
            (2, _) => "best quadratic approximation".to_owned(),
            (n, _) if at_zero => format!("Maclaurin polynomial of order {n}"),
            (n, _) => format!("Taylor polynomial of order {n}"),
        }
    }
}

impl Engine {
    /// The Taylor polynomials of the components of a formula, in the variables `wrt` around a
    /// point, which is 0 when no coordinate is given. Coordinates of other variables are put
    /// in first.
    ///
    /// # Errors
    /// A variable without a coordinate or named twice, a point at which the formula is not
    /// analytic, a derivative that is not known, a limit, a failed self-check.
    pub fn taylor(
        &mut self,
        formula: &Formula,
        wrt: &[String],
        at: &Point,
        order: u32,
    ) -> Result<Vec<TaylorPolynomial>> {
        distinct(wrt)?;
        if order > MAX_TAYLOR_ORDER {
            let what = "the order of a Taylor polynomial";
            let limit = u64::from(MAX_TAYLOR_ORDER);
            return Err(ErrorKind::OverLimit { what, limit }.into());
        }
        if self.pool.is_complex() {
            let what = "a Taylor polynomial over the complex numbers".to_owned();
            return Err(ErrorKind::Unsupported(what).into());
        }
        if wrt.is_empty() {
            let what = "there is no variable to expand in".to_owned();
            return Err(
                Error::from(ErrorKind::InvalidPoint(what)).help("name one with --wrt")
            );
        }
        let (variables, others) = self.centre(formula, wrt, at)?;
        let roots = self.pool.substitute(&formula.roots, &others, function::apply);
        self.check_limits()?;
        let mut found = Vec::with_capacity(roots.len());
        let may_be_alone = may_be_alone(formula);
        let mut exponents = 0;
        for (place, root) in roots.into_iter().enumerate() {
            if may_be_alone {
                self.must_have_neighbours(formula, place, wrt, at)?;
            }
            let (pool, simplifier) = self.pool_and_simplifier();
            let expansion = series::expand(pool, simplifier, root, &variables, order);
            self.check_limits()?;
            let expansion = match (expansion, &variables[..]) {
                (Ok(expansion), _) => expansion,
                (Err(failed), [variable]) => {
                    self.joined(root, *variable, order, failed)?
                }
                (Err(failed), _) => return Err(failed),
            };
            let costs = expansion.terms.iter();
            let cost = costs.map(|(_, id)| u64::from(self.pool.cost(*id))).sum::<u64>();
            if cost > MAX_TAYLOR_COST {
                return Err(ErrorKind::OutputTooLong { limit: MAX_TAYLOR_COST }.into());
            }
            exponents += expansion.terms.len().saturating_mul(variables.len());
            if exponents > MAX_EXPONENTS {
                let what = "the number of exponents of Taylor polynomials";
                let limit = MAX_EXPONENTS as u64;
                return Err(ErrorKind::OverLimit { what, limit }.into());
            }
            for (_, coefficient) in &expansion.terms {
                if *coefficient == Pool::UNDEFINED || self.is_undefined(*coefficient) {
                    let what = "the formula at the point".to_owned();
                    return Err(ErrorKind::Undefined(what).into());
                }
            }
            let mut polynomial = self.polynomial(wrt, &variables, order, expansion);
            self.check_limits()?;
            polynomial.checked = self.check_polynomial(
                formula,
                place,
                &others,
                root,
                &variables,
                &polynomial,
            )?;
            if !polynomial.checked {
                // Where nothing near the point could be valued, the formula may have no value.
                self.refuse_outside(formula, at)?;
            }
            found.push(polynomial);
        }
        Ok(found)
    }

    /// Refuses a point that has no others of the domain beside it in a variable.
    fn must_have_neighbours(
        &mut self,
        formula: &Formula,
        component: usize,
        wrt: &[String],
        at: &Point,
    ) -> Result<()> {
        let mut point = at.clone();
        if at.is_empty() {
            point.extend(wrt.iter().map(|name| (name.clone(), "0".to_owned())));
        }
        let one = syntax::parse("1", &[])?;
        for name in wrt {
            let along = vec![(name.clone(), one.clone())];
            if self.is_alone(formula, component, &along, &point)? {
                let place = point.iter().map(|(name, x)| format!("{name} = {x}"));
                let place: Vec<String> = place.collect();
                let of = &formula.name;
                let what =
                    format!("{of} has no Taylor polynomial at {}", place.join(", "));
                let reason = Missing::Alone.reason().unwrap_or_default();
                return Err(Error::from(ErrorKind::Unsupported(what)).help(reason));
            }
        }
        Ok(())
    }

    /// The variables with their coordinates, and the values of other variables.
    #[allow(clippy::type_complexity)]
    fn centre(
        &mut self,
        formula: &Formula,
        wrt: &[String],
        at: &Point,
    ) -> Result<(Vec<(ExprId, ExprId)>, Vec<(ExprId, ExprId)>)> {
        let known = self.variables(&formula.roots);
        let mut values = Vec::with_capacity(at.len());
        for (name, text) in at {
            if !wrt.contains(name) && !known.contains(name) {
                let what = format!("`{name}` is no variable of the formula");
                return Err(ErrorKind::InvalidPoint(what).into());
            }
            let settings = Settings { declared: known.clone(), ..Settings::default() };
            let value = self.read(text, &settings).map_err(|error| {
                let help = error.help.unwrap_or_else(|| error.kind.to_string());
                let what = format!("the value `{text}` of `{name}` cannot be read");
                Error::from(ErrorKind::InvalidPoint(what)).help(help)
            })?;
            let value = self.simplify(value.roots[0])?;
            if self.is_undefined(value) {
                let what = format!("the value `{text}` of `{name}`");
                return Err(ErrorKind::Undefined(what).into());
            }
            if let Some(inner) = self.variables(&[value]).iter().find(|v| wrt.contains(v))
            {
                let what = format!("the value `{text}` of `{name}` contains `{inner}`");
                return Err(Error::from(ErrorKind::InvalidPoint(what))
                    .help("a polynomial is expanded around a fixed point"));
            }
            values.push((name.clone(), value));
        }
        let mut variables = Vec::with_capacity(wrt.len());
        for name in wrt {
            let value = values.iter().find(|(known, _)| known == name);
            let value = match value {
                Some((_, value)) => *value,
                None if at.is_empty() => {
                    must_be_near_zero(formula, name)?;
                    Pool::ZERO
                }
                None => {
                    let what = format!("the point has no value of `{name}`");
                    let given: Vec<&str> = wrt
                        .iter()
                        .filter(|name| at.iter().any(|(known, _)| known == *name))
                        .map(String::as_str)
                        .collect();
                    let help = match given.is_empty() {
                        true => format!("add `{name}=…` to the point"),
                        false => format!(
                            "add `{name}=…` to the point, or expand in {} only",
                            given.join(", ")
                        ),
                    };
                    return Err(Error::from(ErrorKind::InvalidPoint(what)).help(help));
                }
            };
            variables.push((self.pool.symbol(name), value));
        }
        let others = values.into_iter().filter(|(name, _)| !wrt.contains(name));
        let others: Vec<(String, ExprId)> = others.collect();
        let others = others
            .into_iter()
            .map(|(name, value)| (self.pool.symbol(&name), value))
            .collect();
        Ok((variables, others))
    }

    pub(super) fn polynomial(
        &mut self,
        wrt: &[String],
        variables: &[(ExprId, ExprId)],
        order: u32,
        expansion: series::Expansion,
    ) -> TaylorPolynomial {
        let series::Expansion { terms, exact, .. } = expansion;
        let shifts: Vec<ExprId> = variables
            .iter()
            .map(|(symbol, at)| self.pool.difference(*symbol, *at))
            .collect();
        let (factor, inner) = self.drawn_out(&terms);
        let sum = self.shifted_sum(&shifts, &inner);
        let polynomial = self.pool.product(&[factor, sum]);
        TaylorPolynomial {
            variables: wrt.to_vec(),
            point: variables.iter().map(|(_, at)| *at).collect(),
            order,
            terms,
            polynomial,
            exact,
            checked: false,
            shifts,
            factor,
            inner,
        }
    }

    /// The sum as it is read from the text.
    fn shifted_sum(&mut self, shifts: &[ExprId], terms: &[(Vec<u32>, ExprId)]) -> ExprId {
        let mut sum = Vec::with_capacity(terms.len());
        for (exponents, coefficient) in terms {
            let mut factors = vec![*coefficient];
            for (shift, exponent) in shifts.iter().zip(exponents) {
                factors.push(self.pool.integer_power(*shift, i64::from(*exponent)));
            }
            sum.push(self.pool.product(&factors));
        }
        self.pool.sum(&sum)
    }

    /// A common factor of all coefficients, where the polynomial is shorter with it outside,
    /// and the terms that are left.
    fn drawn_out(
        &mut self,
        terms: &[(Vec<u32>, ExprId)],
    ) -> (ExprId, Vec<(Vec<u32>, ExprId)>) {
        let mut best = (Pool::ONE, terms.to_vec());
        if terms.len() < 2 {
            return best;
        }
        let mut least = self.cost_of_terms(&best.1);
        for (factor, stands_in_all) in self.factors_of(terms) {
            let inverse = self.pool.power(factor, Pool::MINUS_ONE);
            let mut left = Vec::with_capacity(terms.len());
            for (exponents, coefficient) in terms {
                let quotient = self.pool.product(&[*coefficient, inverse]);
                let (pool, simplifier) = self.pool_and_simplifier();
                left.push((exponents.clone(), simplifier.simplify(pool, quotient)));
            }
            // A quotient of parameters may have poles that no coefficient has.
            let divides =
                |(_, id): &(Vec<u32>, ExprId)| self.pool.as_number(*id).is_some();
            if !stands_in_all && !left.iter().all(divides) {
                continue;
            }
            let length = self.cost_of_terms(&left) + self.pool.cost(factor) + 1;
            if length < least {
                least = length;
                best = (factor, left);
            }
        }
        best
    }

    /// What may be drawn out: a coefficient, with or without its number, and what stands in
    /// all of them, which the flag says.
    fn factors_of(&mut self, terms: &[(Vec<u32>, ExprId)]) -> Vec<(ExprId, bool)> {
        let is_number = |(_, id): &(Vec<u32>, ExprId)| self.pool.as_number(*id).is_some();
        if terms.iter().any(is_number) {
            return Vec::new();
        }
        let mut found = Vec::new();
        let (n, rest) = self.pool.coefficient(terms[0].1);
        let negative = n.is_negative();
        let common: Vec<ExprId> = self
            .pool
            .factors(&rest)
            .iter()
            .copied()
            .filter(|factor| {
                terms.iter().all(|(_, coefficient)| {
                    let (_, rest) = self.pool.coefficient(*coefficient);
                    self.pool.factors(&rest).contains(factor)
                })
            })
            .collect();
        let whole = if negative { self.pool.negate(terms[0].1) } else { terms[0].1 };
        found.extend([(whole, false), (rest, false)]);
        if !common.is_empty() {
            found.push((self.pool.product(&common), true));
        }
        found.retain(|(factor, _)| *factor != Pool::UNDEFINED);
        found
    }

    /// What a reader has to read of the coefficients.
    fn cost_of_terms(&self, terms: &[(Vec<u32>, ExprId)]) -> u32 {
        let length = |(exponents, coefficient): &(Vec<u32>, ExprId)| {
            let (n, rest) = self.pool.coefficient(*coefficient);
            let number = self.pool.as_number(*coefficient).unwrap_or(n);
            let unit = number.abs() == Number::ONE;
            match self.pool.node(*coefficient) {
                Node::Number(_) if unit && exponents.iter().any(|n| *n > 0) => 0,
                Node::Multiple(..) if unit => self.pool.cost(rest) + 1,
                Node::Number(_) | Node::Multiple(..) if number.is_negative() => {
                    self.pool.cost(*coefficient)
                }
                _ => self.pool.cost(*coefficient) + 1,
            }
        };
        terms.iter().map(length).sum()
    }

    fn check_polynomial(
        &mut self,
        formula: &Formula,
        place: usize,
        others: &[(ExprId, ExprId)],
        root: ExprId,
        variables: &[(ExprId, ExprId)],
        found: &TaylorPolynomial,
    ) -> Result<bool> {
        let (mut tape, slots) = self.tape(formula)?;
        let mut value = slots[place];
        if !others.is_empty() {
            // Values that were put in stand in the pool only.
            value = tape.add_expressions(&self.pool, &[root])[0];
        }
        let declared: Vec<&str> = formula.declared().iter().map(String::as_str).collect();
        let typed = ((formula.program(), declared), place);
        let (pool, checker) = self.pool_and_checker();
        let outcome = checker.verify_polynomial(
            pool,
            Approximation {
                tape: &mut tape,
                value,
                typed: others.is_empty().then_some(typed),
                function: root,
                polynomial: found.polynomial,
                variables,
                order: found.order,
                assumptions: formula.assumptions(),
            },
        );
        match outcome {
            Outcome::Agree(_) => Ok(true),
            Outcome::NoPoint => Ok(false),
            Outcome::Differ { point, .. } => Err(ErrorKind::SelfCheck {
                of: print::write(&self.pool, root, Notation::Text).unwrap_or_default(),
                variable: "a Taylor polynomial".to_owned(),
                point,
            }
            .into()),
        }
    }
}

/// Refuses 0 as the point where it is neither assumed of a variable nor at an end of that.
fn must_be_near_zero(formula: &Formula, name: &str) -> Result<()> {
    let is_near =
        |known: &Assumption| [0.0, BESIDE, -BESIDE].into_iter().any(|x| known.allows(x));
    let known = formula.assumptions().iter().find(|(other, _)| other == name);
    if known.is_none_or(|(_, known)| is_near(known)) {
        return Ok(());
    }
    let what = format!("{name} = 0 is not as it is assumed of `{name}`");
    Err(Error::from(ErrorKind::InvalidPoint(what)).help("name another point with --at"))
}
