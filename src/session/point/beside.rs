//! Power series on both sides of a point: Taylor polynomials where a formula bends, jumps or is
//! 0/0 and its function does not.

use super::super::engine::Engine;
use crate::calculus::Beside;
use crate::check::sign_of_constant;
use crate::error::{Error, ErrorKind, Result};
use crate::evaluate::digits;
use crate::function;
use crate::kernel::{ExprId, Pool};
use crate::series;
use crate::syntax;
use std::cmp::Ordering;

/// A function on both sides of a point.
pub(in crate::session) struct Sides {
    /// The coefficients of the whole powers of the distance on the left and on the right.
    pub(in crate::session) coefficients: [Vec<ExprId>; 2],
    /// The side on which the function has values, where the point is an end of its domain.
    only: Option<usize>,
    /// On each side the least order of which there is no derivative, because a broken power is
    /// below it.
    rough: [Option<usize>; 2],
    /// Whether broken powers have factors that may be 0 for some values of other variables.
    pub(in crate::session) is_rough_in_general: bool,
}

impl Sides {
    /// The coefficients on a side on which the function has values.
    pub(in crate::session) fn known(&self) -> &[ExprId] {
        &self.coefficients[self.only.unwrap_or(1)]
    }

    /// The derivative of an order from one side but for its factorial, if there is one where
    /// the function has the limit of this side, with all derivatives below the order.
    pub(in crate::session) fn derivative_on(
        &self,
        place: usize,
        order: usize,
    ) -> Option<ExprId> {
        let is_outside = self.only.is_some_and(|only| only != place);
        let is_rough = self.rough[place].is_some_and(|rough| rough <= order);
        (!is_outside && !is_rough).then(|| self.coefficients[place][order])
    }

    fn least_rough(&self) -> Option<usize> {
        self.rough.into_iter().flatten().min()
    }

    /// Whether the function has values on both sides.
    pub(in crate::session) fn is_inside(&self) -> bool {
        self.only.is_none()
    }
}

/// How the two sides of a point belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::session) enum Meeting {
    /// They are the same series, with the value of the function.
    Agree,
    /// They differ at this degree first.
    Differ(usize),
    /// There is no derivative of this order, because of a broken power.
    Rough(usize),
    /// Digits do not tell.
    Open,
}

impl Engine {
    /// The coefficients of a function on both sides of a point, up to an order; `None` where one
    /// side has no power series that is known.
    ///
    /// # Errors
    /// A limit.
    pub(in crate::session) fn both_sides(
        &mut self,
        root: ExprId,
        (symbol, at): (ExprId, ExprId),
        order: u32,
    ) -> Result<Option<Sides>> {
        let none = vec![Pool::ZERO; order as usize + 1];
        let mut found = Sides {
            coefficients: [none.clone(), none],
            only: None,
            rough: [None; 2],
            is_rough_in_general: false,
        };
        let mut outside = [false; 2];
        for (place, is_left) in [true, false].into_iter().enumerate() {
            let (pool, simplifier) = self.pool_and_simplifier();
            let variable = (symbol, at);
            let side =
                series::expand_beside(pool, simplifier, root, variable, is_left, order);
            self.check_limits()?;
            let terms = match side {
                Beside::Sum(terms, _) => terms,
                Beside::Outside => {
                    outside[place] = true;
                    continue;
                }
                Beside::Unknown => return Ok(None),
            };
            for (exponent, coefficient) in terms {
                if self.is_undefined(coefficient) {
                    return Ok(None);
                }
                let Some(degree) = exponent.floor().to_i64() else { return Ok(None) };
                let degree = usize::try_from(degree).unwrap_or(usize::MAX);
                if !exponent.is_integer() {
                    match self.is_same(coefficient, Pool::ZERO)? {
                        Some(true) => continue,
                        Some(false) => {}
                        None => return Ok(None),
                    }
                    found.is_rough_in_general |=
                        !self.pool.symbols_of(&[coefficient]).is_empty();
                    let least = degree.saturating_add(1);
                    let own = found.rough[place].unwrap_or(least);
                    found.rough[place] = Some(own.min(least));
                    continue;
                }
                let turned = match is_left && degree % 2 == 1 {
                    true => self.pool.negate(coefficient),
                    false => coefficient,
                };
                found.coefficients[place][degree] = turned;
            }
        }
        found.only = match outside {
            [false, false] => None,
            [true, true] => return Ok(None),
            [true, false] => Some(1),
            [false, true] => Some(0),
        };
        Ok(Some(found))
    }

    /// How coefficients on both sides belong together, and the value of the function to them, if
    /// it has one.
    pub(in crate::session) fn meeting(
        &mut self,
        sides: &Sides,
        value: Option<ExprId>,
    ) -> Result<Meeting> {
        let first = sides.known()[0];
        let mut pairs = vec![(0, value.unwrap_or(first), first)];
        if sides.is_inside() {
            let [left, right] = &sides.coefficients;
            let all = left.iter().zip(right).enumerate();
            pairs.extend(all.map(|(degree, (left, right))| (degree, *left, *right)));
        }
        for (degree, left, right) in pairs {
            if let Some(rough) = sides.least_rough().filter(|rough| *rough <= degree) {
                return Ok(Meeting::Rough(rough));
            }
            match self.is_same(left, right)? {
                Some(true) => {}
                Some(false) => return Ok(Meeting::Differ(degree)),
                None => return Ok(Meeting::Open),
            }
        }
        Ok(sides.least_rough().map_or(Meeting::Agree, Meeting::Rough))
    }

    /// Whether two expressions are the same, whatever the variables in them are; `None` where
    /// digits do not tell.
    pub(in crate::session) fn is_same(
        &mut self,
        a: ExprId,
        b: ExprId,
    ) -> Result<Option<bool>> {
        let difference = self.pool.difference(a, b);
        let difference = self.simplify(difference)?;
        if !self.pool.symbols_of(&[difference]).is_empty() {
            return Ok(self.is_somewhere_nonzero(difference).then_some(false));
        }
        if difference == Pool::ZERO {
            return Ok(Some(true));
        }
        let told = digits::vanishes(&self.pool, difference, syntax::in_normal_form);
        let told = told.ok().flatten();
        // What is too small for digits has a sign.
        Ok(told.or_else(|| {
            sign_of_constant(&mut self.pool, difference).map(Ordering::is_eq)
        }))
    }

    /// The Taylor polynomial of a function that bends, jumps or is 0/0 in its formula at a
    /// point, where both sides and the value agree on it.
    ///
    /// # Errors
    /// As the plain expansion failed: with what there is up to a lower order, if there is one.
    pub(in crate::session) fn joined(
        &mut self,
        root: ExprId,
        variable: (ExprId, ExprId),
        order: u32,
        failed: Error,
    ) -> Result<series::Expansion> {
        let is_open =
            matches!(failed.kind, ErrorKind::NotAnalytic(_) | ErrorKind::Unsupported(_));
        if !is_open {
            return Err(failed);
        }
        // The remainder is of the next order only where the next power is known too.
        let next = order.saturating_add(1);
        let Some(mut sides) = self.both_sides(root, variable, next)? else {
            return Err(failed);
        };
        for side in &mut sides.coefficients {
            side.truncate(next as usize);
        }
        let value = self.pool.substitute(&[root], &[variable], function::apply)[0];
        let value = self.simplify(value)?;
        let value = (!self.is_undefined(value)).then_some(value);
        match self.meeting(&sides, value)? {
            Meeting::Agree => {
                let terms = sides.known().iter().enumerate();
                let terms = terms.filter(|(_, coefficient)| **coefficient != Pool::ZERO);
                let terms =
                    terms.map(|(degree, id)| (vec![degree as u32], *id)).collect();
                Ok(series::Expansion { terms, exact: false, ends: false })
            }
            Meeting::Open | Meeting::Rough(_) | Meeting::Differ(0 | 1) => Err(failed),
            Meeting::Differ(degree) => Err(failed.help(format!(
                "there is one of order {}; at {degree} both sides differ",
                degree - 1
            ))),
        }
    }
}
