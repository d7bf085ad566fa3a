//! Calculus of several variables as methods of expressions.

use super::engine::{Form, Settings};
use super::expr::{Expr, Session, names};
use super::field::Direction;
use super::point::eval::parse_point;
use super::point::quotients::QuotientTable;
use crate::calculus::{Coordinates, Layout, SYSTEMS};
use crate::error::Result;
use crate::kernel::{ExprId, Matrix};

impl Session {
    /// The Jacobian of functions in variables, a row for each function.
    ///
    /// # Errors
    /// As [`Expr::diff`].
    ///
    /// # Panics
    /// When a function belongs to another session.
    pub fn jacobian<'s>(
        &'s self,
        functions: &[Expr<'s>],
        variables: &[&str],
    ) -> Result<Vec<Vec<Expr<'s>>>> {
        self.assert_owns(functions);
        let names = names(variables)?;
        let matrix =
            self.on(&vector(functions), functions, &names, |engine, formula| {
                engine.jacobian(formula, &names, Layout::Numerator, Form::Auto)
            })?;
        Ok(self.rows(&matrix.value.matrix))
    }

    /// The derivatives of unknowns that equations determine, as `x^2 + y^2 = 25`: for each
    /// variable of `wrt` and each unknown of `of`, the orders from 1 on.
    ///
    /// # Errors
    /// As [`read_equations`](super::Engine::read_equations) and
    /// [`implicit`](super::Engine::implicit) of an engine.
    pub fn implicit(
        &self,
        equations: &str,
        wrt: &[&str],
        of: &[&str],
        order: u32,
    ) -> Result<Vec<Expr<'_>>> {
        let (wrt, of) = (names(wrt)?, names(of)?);
        let declared = wrt.iter().chain(&of).cloned().collect();
        let found = self.with_engine(|engine| {
            let settings = Settings { declared, ..Settings::default() };
            let equations = engine.read_equations(equations, &settings)?;
            engine.implicit(&equations, &wrt, &of, order)
        })?;
        Ok(found.derivatives.iter().map(|one| self.expr(one.value)).collect())
    }

    /// The divergence of a field in Cartesian coordinates.
    ///
    /// # Errors
    /// As [`Expr::diff`], and another number of components than variables.
    ///
    /// # Panics
    /// When a component belongs to another session.
    pub fn divergence<'s>(
        &'s self,
        field: &[Expr<'s>],
        variables: &[&str],
    ) -> Result<Expr<'s>> {
        self.assert_owns(field);
        let names = names(variables)?;
        let found = self.on(&vector(field), field, &names, |engine, formula| {
            engine.divergence(formula, &names, &SYSTEMS[0], Form::Auto)
        })?;
        Ok(self.expr(found.value))
    }

    /// The curl of a field in Cartesian coordinates: three components in space, one in the
    /// plane.
    ///
    /// # Errors
    /// As [`Session::divergence`].
    ///
    /// # Panics
    /// When a component belongs to another session.
    pub fn curl<'s>(
        &'s self,
        field: &[Expr<'s>],
        variables: &[&str],
    ) -> Result<Vec<Expr<'s>>> {
        self.assert_owns(field);
        let names = names(variables)?;
        let found = self.on(&vector(field), field, &names, |engine, formula| {
            engine.curl(formula, &names, &SYSTEMS[0], Form::Auto)
        })?;
        Ok(found.value.into_iter().map(|id| self.expr(id)).collect())
    }

    fn rows(&self, matrix: &Matrix) -> Vec<Vec<Expr<'_>>> {
        matrix.iter().map(|row| row.iter().map(|id| self.expr(*id)).collect()).collect()
    }
}

impl<'s> Expr<'s> {
    /// The Hessian in variables, row by row.
    ///
    /// # Errors
    /// As [`Expr::diff`].
    pub fn hessian(self, variables: &[&str]) -> Result<Vec<Vec<Self>>> {
        let names = names(variables)?;
        let found = self.on(&names, |engine, formula| {
            let found = engine.hessian(formula, &names, Form::Auto)?.value;
            let mut entries = found.matrix.entries().to_vec();
            if let Some(factor) = found.factor {
                for entry in &mut entries {
                    *entry = engine.pool.product(&[factor, *entry]);
                }
            }
            Ok(found.matrix.with_entries(entries))
        })?;
        Ok(self.session().rows(&found))
    }

    /// The Laplacian in Cartesian coordinates.
    ///
    /// # Errors
    /// As [`Expr::diff`].
    pub fn laplacian(self, variables: &[&str]) -> Result<Self> {
        self.laplacian_in(&SYSTEMS[0], variables)
    }

    /// The Laplacian in one of the [`SYSTEMS`] of coordinates.
    ///
    /// # Errors
    /// As [`Expr::diff`], and a number of variables that does not fit.
    pub fn laplacian_in(self, system: &Coordinates, variables: &[&str]) -> Result<Self> {
        let names = names(variables)?;
        let found = self.on(&names, |engine, formula| {
            engine.laplacian(formula, &names, system, Form::Auto)
        })?;
        Ok(self.session().expr(found.value[0]))
    }

    /// The derivative in a direction, which is taken with length 1.
    ///
    /// # Errors
    /// As [`Expr::diff`], and a direction of another length or of length 0.
    ///
    /// # Panics
    /// When a component of the direction belongs to another session.
    pub fn directional(self, variables: &[&str], direction: &[Self]) -> Result<Self> {
        let names = names(variables)?;
        self.session().assert_owns(direction);
        let components: Vec<ExprId> = direction.iter().map(|one| one.id()).collect();
        let direction = Direction { components, is_unit: true };
        let found = self.on(&names, |engine, formula| {
            engine.directional(formula, &names, &direction, Form::Auto)
        })?;
        Ok(self.session().expr(found.value[0]))
    }

    /// The derivative in a variable at a point such as `x=1`, with so many quotients of
    /// differences, central ones or those from the right and from the left.
    ///
    /// # Errors
    /// As [`quotients`](super::Engine::quotients) of an engine.
    pub fn quotients(
        self,
        variable: &str,
        point: &str,
        one_sided: bool,
        rows: u32,
    ) -> Result<QuotientTable> {
        let point = parse_point(point)?;
        let names = names(&[variable])?;
        self.on(&names, |engine, formula| {
            engine.quotients(formula, &names[0], &point, one_sided, rows)
        })
    }
}

/// Expressions as the text of a vector.
fn vector(components: &[Expr<'_>]) -> String {
    let texts: Vec<String> = components.iter().map(Expr::to_string).collect();
    format!("[{}]", texts.join(", "))
}
