//! The façade: a session and its expressions.

use super::engine::{Engine, Form, Formula, Settings};
use super::point::eval::parse_point;
use super::taylor::TaylorPolynomial;
use crate::error::{Error, ErrorKind, Result};
use crate::kernel::ExprId;
use crate::print::{self, Notation};
use crate::syntax;
use std::cell::{RefCell, RefMut};
use std::fmt;
use std::ops::{Add, Div, Mul, Neg, Sub};

/// Holds expressions; every expression belongs to the session that made it.
#[derive(Debug, Default)]
pub struct Session {
    engine: RefCell<Engine>,
}

/// An expression of a session: cheap to copy, equal when it is the same expression.
///
/// # Panics
/// Operators and methods that take two expressions panic when these belong to two sessions:
/// a handle means nothing in another session.
#[derive(Clone, Copy)]
pub struct Expr<'s> {
    session: &'s Session,
    id: ExprId,
}

/// A Taylor polynomial of an expression. It is written with its remainder.
#[derive(Clone, Debug)]
pub struct Taylor<'s> {
    session: &'s Session,
    /// What is known of it.
    pub polynomial: TaylorPolynomial,
}

impl<'s> Taylor<'s> {
    /// The polynomial without its remainder, as an expression.
    pub fn expr(&self) -> Expr<'s> {
        Expr { session: self.session, id: self.polynomial.polynomial }
    }

    /// The coefficient of a product of powers of the differences from the point.
    pub fn coefficient(&self, exponents: &[u32]) -> Expr<'s> {
        Expr { session: self.session, id: self.polynomial.coefficient(exponents) }
    }

    /// LaTeX for mathematics mode, with the remainder.
    ///
    /// # Errors
    /// A text that is too long.
    pub fn latex(&self) -> Result<String> {
        let engine = self.session.engine.borrow();
        self.polynomial.write(&engine.pool, Notation::Latex, true)
    }
}

impl fmt::Display for Taylor<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let engine = self.session.engine.borrow();
        let text = self.polynomial.write(&engine.pool, Notation::Text, true);
        f.write_str(&text.map_err(|_| fmt::Error)?)
    }
}

impl Session {
    /// An empty session.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads a formula, or a program of which the first definition is meant.
    ///
    /// # Errors
    /// Whatever cannot be read, with its place and a help.
    pub fn parse(&self, text: &str) -> Result<Expr<'_>> {
        let formula = self.engine().read(text, &Settings::default())?;
        match formula.roots[..] {
            [id] => Ok(Expr { session: self, id }),
            _ => {
                Err(ErrorKind::Unsupported("a vector is not one expression".into())
                    .into())
            }
        }
    }

    /// A variable. Its name is one as in a formula, so `x_1` is `x1`.
    ///
    /// # Errors
    /// What is no single name, as `x y`, `2` or `f(x)`, and the constants `e` and `pi`.
    pub fn symbol(&self, name: &str) -> Result<Expr<'_>> {
        let name = variable(name)?;
        let id = self.engine().pool.symbol(&name);
        Ok(Expr { session: self, id })
    }

    /// The expression of a handle of this session.
    pub(super) fn expr(&self, id: ExprId) -> Expr<'_> {
        Expr { session: self, id }
    }

    /// Asserts that expressions belong to this session.
    pub(super) fn assert_owns(&self, expressions: &[Expr<'_>]) {
        for one in expressions {
            assert!(
                std::ptr::eq(self, one.session),
                "an expression of one session was used in another"
            );
        }
    }

    /// Works on the text of expressions, read with all its names declared.
    ///
    /// # Errors
    /// Those of the work, and expressions of which no text says what they are, because a name
    /// is that of a variable and of a function.
    pub(super) fn on<T>(
        &self,
        text: &str,
        expressions: &[Expr<'_>],
        names: &[String],
        work: impl FnOnce(&mut Engine, &Formula) -> Result<T>,
    ) -> Result<T> {
        let mut engine = self.engine();
        let ids: Vec<ExprId> = expressions.iter().map(|one| one.id).collect();
        let mut declared = names.to_vec();
        declared.extend(engine.variables(&ids));
        let settings = Settings { declared, ..Settings::default() };
        let formula = engine.read(text, &settings)?;
        if formula.roots != ids {
            let what = format!("`{text}` has a variable with the name of a function");
            let error = Error::from(ErrorKind::Ambiguous(what));
            return Err(error.help("give the variable another name"));
        }
        work(&mut engine, &formula)
    }

    /// The engine, for one question.
    fn engine(&self) -> RefMut<'_, Engine> {
        let mut engine = self.engine.borrow_mut();
        engine.pool.renew();
        engine
    }

    /// Works on the engine.
    pub(super) fn with_engine<T>(&self, work: impl FnOnce(&mut Engine) -> T) -> T {
        work(&mut self.engine())
    }

    /// A whole number.
    pub fn integer(&self, value: i64) -> Expr<'_> {
        let id = self.engine().pool.integer(value);
        Expr { session: self, id }
    }
}

impl<'s> Expr<'s> {
    fn with(self, id: ExprId) -> Self {
        Self { id, ..self }
    }

    pub(super) fn session(self) -> &'s Session {
        self.session
    }

    pub(super) fn id(self) -> ExprId {
        self.id
    }

    /// Works on the expression as a formula.
    ///
    /// # Errors
    /// As [`Session::on`].
    pub(super) fn on<T>(
        self,
        names: &[String],
        work: impl FnOnce(&mut Engine, &Formula) -> Result<T>,
    ) -> Result<T> {
        self.session.on(&self.to_string(), &[self], names, work)
    }

    /// The variables, `x2` before `x10`.
    pub fn variables(self) -> Vec<String> {
        self.session.engine.borrow().variables(&[self.id])
    }

    /// The partial derivative in a variable, simplified and checked by an independent path.
    ///
    /// # Errors
    /// What is no name of a variable, a function whose derivative is not known, or a limit.
    pub fn diff(self, variable: &str) -> Result<Self> {
        let gradient = self.gradient(&[variable])?;
        Ok(gradient[0])
    }

    /// The partial derivatives in several variables.
    ///
    /// # Errors
    /// As [`Expr::diff`].
    pub fn gradient(self, variables: &[&str]) -> Result<Vec<Self>> {
        let wrt = names(variables)?;
        let found = self
            .on(&wrt, |engine, formula| engine.partials(formula, &wrt, 1, Form::Auto))?;
        Ok(found.partials.iter().map(|partial| self.with(partial.values[0])).collect())
    }

    /// The Taylor polynomial in variables around a point such as `x=0, y=ln(2)`, which is 0
    /// when the text is empty.
    ///
    /// # Errors
    /// A point at which the expression is not analytic, a variable without a coordinate, or
    /// what is no name of a variable.
    pub fn taylor(
        self,
        variables: &[&str],
        point: &str,
        order: u32,
    ) -> Result<Taylor<'s>> {
        let wrt = names(variables)?;
        let point = parse_point(point)?;
        let found =
            self.on(&wrt, |engine, formula| engine.taylor(formula, &wrt, &point, order))?;
        let found = found.into_iter().next();
        let polynomial = found.ok_or(ErrorKind::EmptyExpression)?;
        Ok(Taylor { session: self.session, polynomial })
    }

    /// The exact value at a point such as `x=1, y=pi/2`; variables that are not named stay.
    ///
    /// # Errors
    /// A point that cannot be read, or a value that is undefined there.
    pub fn eval(self, point: &str) -> Result<Self> {
        let point = parse_point(point)?;
        let found = self.session.engine().at_point(&[self.id], &point)?;
        Ok(self.with(found[0]))
    }

    /// The value of a constant in double precision; NaN where it is undefined.
    pub fn to_f64(self) -> f64 {
        self.session.engine.borrow().float(self.id)
    }

    /// The shortest form that is found.
    ///
    /// # Errors
    /// A limit.
    pub fn simplify(self) -> Result<Self> {
        let id = self.session.engine().simplify(self.id)?;
        Ok(self.with(id))
    }

    /// LaTeX for mathematics mode.
    ///
    /// # Errors
    /// A text that is too long.
    pub fn latex(self) -> Result<String> {
        print::write(&self.session.engine.borrow().pool, self.id, Notation::Latex)
    }

    /// `self` to the power of `exponent`.
    ///
    /// # Panics
    /// When the exponent belongs to another session.
    pub fn pow(self, exponent: Self) -> Self {
        self.session.assert_owns(&[exponent]);
        let id = self.session.engine().pool.power(self.id, exponent.id);
        self.with(id)
    }
}

impl PartialEq for Expr<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.session, other.session) && self.id == other.id
    }
}

impl fmt::Display for Expr<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let engine = self.session.engine.borrow();
        let text = print::write(&engine.pool, self.id, Notation::Text);
        f.write_str(&text.map_err(|_| fmt::Error)?)
    }
}

impl fmt::Debug for Expr<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl Add for Expr<'_> {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        self.session.assert_owns(&[other]);
        let id = self.session.engine().pool.sum(&[self.id, other.id]);
        self.with(id)
    }
}

impl Sub for Expr<'_> {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        self.session.assert_owns(&[other]);
        let id = self.session.engine().pool.difference(self.id, other.id);
        self.with(id)
    }
}

impl Mul for Expr<'_> {
    type Output = Self;

    fn mul(self, other: Self) -> Self {
        self.session.assert_owns(&[other]);
        let id = self.session.engine().pool.product(&[self.id, other.id]);
        self.with(id)
    }
}

impl Div for Expr<'_> {
    type Output = Self;

    fn div(self, other: Self) -> Self {
        self.session.assert_owns(&[other]);
        let id = self.session.engine().pool.quotient(self.id, other.id);
        self.with(id)
    }
}

impl Neg for Expr<'_> {
    type Output = Self;

    fn neg(self) -> Self {
        let id = self.session.engine().pool.negate(self.id);
        self.with(id)
    }
}

/// The spelling of the name of one variable.
fn variable(text: &str) -> Result<String> {
    let refuse =
        |help: &str| Err(Error::from(ErrorKind::InvalidName(text.to_owned())).help(help));
    let found = syntax::parse_names(text).unwrap_or_default();
    match &found[..] {
        // They would print like the numbers.
        [name] if matches!(name.as_str(), "e" | "pi" | "π") => {
            refuse("it is a number; `Session::parse` reads it")
        }
        [name] => Ok(name.clone()),
        _ => {
            refuse("it has one name, as `x1` or `theta`; `Session::parse` reads formulas")
        }
    }
}

/// The spellings of names of variables.
pub(super) fn names(texts: &[&str]) -> Result<Vec<String>> {
    texts.iter().map(|text| variable(text)).collect()
}
