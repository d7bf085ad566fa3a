//! Power series on both sides of a point: Taylor polynomials and high derivatives where a
//! formula bends, jumps or is 0/0 and its function does not.

use super::engine::{Engine, Formula};
use super::eval::Point;
use super::slope::AtPoint;
use super::taylor::MAX_TAYLOR_ORDER;
use crate::error::{Error, ErrorKind, Result};
use crate::evaluate::digits;
use crate::function;
use crate::kernel::{ExprId, Number, Pool};
use crate::print::{self, Notation};
use crate::series;
use crate::syntax;

/// A name that cannot be typed, of the distance from the point.
const DISTANCE: &str = "\u{1}t";

/// The coefficients of the powers of the distance on the left and on the right.
pub(super) type Sides = [Vec<ExprId>; 2];

/// How the two sides of a point belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meeting {
    /// They are the same series, with the value of the function.
    Agree,
    /// They differ at this degree first.
    Differ(usize),
    /// Digits do not tell.
    Open,
}

impl Engine {
    /// The coefficients of a function on both sides of a point, up to an order; `None` where one
    /// side has no power series that is known.
    ///
    /// # Errors
    /// A limit.
    pub(super) fn both_sides(
        &mut self,
        root: ExprId,
        (symbol, at): (ExprId, ExprId),
        order: u32,
    ) -> Result<Option<Sides>> {
        let distance = self.pool.symbol(DISTANCE);
        let none = vec![Pool::ZERO; order as usize + 1];
        let mut sides = [none.clone(), none];
        for (side, is_left) in sides.iter_mut().zip([true, false]) {
            let step = if is_left { self.pool.negate(distance) } else { distance };
            let place = self.pool.sum(&[at, step]);
            let moved =
                self.pool.substitute(&[root], &[(symbol, place)], function::apply)[0];
            let (pool, simplifier) = self.pool_and_simplifier();
            let origin = (distance, Pool::ZERO);
            let found = series::expand_right(pool, simplifier, moved, origin, order);
            self.check_limits()?;
            let Ok(found) = found else { return Ok(None) };
            for (exponents, coefficient) in found.terms {
                if self.is_undefined(coefficient) {
                    return Ok(None);
                }
                let degree = exponents[0];
                let turned = match is_left && degree % 2 == 1 {
                    true => self.pool.negate(coefficient),
                    false => coefficient,
                };
                side[degree as usize] = turned;
            }
        }
        Ok(Some(sides))
    }

    /// How coefficients on both sides belong together, and the value of the function to them, if
    /// it has one.
    pub(super) fn meeting(
        &mut self,
        sides: &Sides,
        value: Option<ExprId>,
    ) -> Result<Meeting> {
        let value = value.unwrap_or(sides[0][0]);
        let mut pairs = vec![(0, value, sides[0][0])];
        let all = sides[0].iter().zip(&sides[1]).enumerate();
        pairs.extend(all.map(|(degree, (left, right))| (degree, *left, *right)));
        for (degree, left, right) in pairs {
            match self.is_same(left, right)? {
                Some(true) => {}
                Some(false) => return Ok(Meeting::Differ(degree)),
                None => return Ok(Meeting::Open),
            }
        }
        Ok(Meeting::Agree)
    }

    fn is_same(&mut self, a: ExprId, b: ExprId) -> Result<Option<bool>> {
        let difference = self.pool.difference(a, b);
        let difference = self.simplify(difference)?;
        let told = digits::vanishes(&self.pool, difference, syntax::in_normal_form);
        Ok(if difference == Pool::ZERO { Some(true) } else { told.ok().flatten() })
    }

    /// A derivative of high order of a component in one variable at a point, from power series
    /// on both sides of it; `None` where they are not known.
    ///
    /// # Errors
    /// A point at which the function itself has no value; a limit.
    pub(super) fn high_at(
        &mut self,
        formula: &Formula,
        component: usize,
        sequence: &[String],
        point: &Point,
    ) -> Result<Option<AtPoint>> {
        let root = formula.roots[component];
        let order = sequence.len() as u32;
        let [variable, others @ ..] = sequence else { return Ok(None) };
        if order > MAX_TAYLOR_ORDER || others.iter().any(|other| other != variable) {
            return Ok(None);
        }
        let value = self.at_point(&[root], point)?[0];
        let symbol = self.pool.symbol(variable);
        let (own, fixed): (Point, Point) =
            point.iter().cloned().partition(|(name, _)| name == variable);
        let at = self.at_point(&[symbol], &own)?[0];
        let Ok(moving) = self.at_point(&[root], &fixed) else { return Ok(None) };
        let Some(sides) = self.both_sides(moving[0], (symbol, at), order)? else {
            return Ok(None);
        };
        let factorial = (2..=i64::from(order)).map(Number::from);
        let factorial = factorial.fold(Number::ONE, |product, n| product.mul(&n));
        let [left, right] = [&sides[0], &sides[1]]
            .map(|side| self.pool.scale(&factorial, side[order as usize]));
        Ok(Some(match self.meeting(&sides, Some(value))? {
            Meeting::Open => return Ok(None),
            Meeting::Agree => AtPoint::Exact(self.simplify(right)?),
            Meeting::Differ(degree) if degree == order as usize => {
                let text = |id| print::write(&self.pool, id, Notation::Text).ok();
                AtPoint::Missing([text(left), text(right)])
            }
            // Without the derivative of one order less there are no quotients of it.
            Meeting::Differ(_) => AtPoint::Missing([None, None]),
        }))
    }

    /// The Taylor polynomial of a function that bends, jumps or is 0/0 in its formula at a
    /// point, where both sides and the value agree on it.
    ///
    /// # Errors
    /// As the plain expansion failed: with what there is up to a lower order, if there is one.
    pub(super) fn joined(
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
        for side in &mut sides {
            side.truncate(next as usize);
        }
        let value = self.pool.substitute(&[root], &[variable], function::apply)[0];
        let value = self.simplify(value)?;
        let value = (!self.is_undefined(value)).then_some(value);
        match self.meeting(&sides, value)? {
            Meeting::Agree => {
                let [_, right] = sides;
                let terms = right.into_iter().enumerate();
                let terms = terms.filter(|(_, coefficient)| *coefficient != Pool::ZERO);
                let terms = terms.map(|(degree, id)| (vec![degree as u32], id)).collect();
                Ok(series::Expansion { terms, exact: false })
            }
            Meeting::Open | Meeting::Differ(0 | 1) => Err(failed),
            Meeting::Differ(degree) => Err(failed.help(format!(
                "there is one of order {}; at {degree} both sides differ",
                degree - 1
            ))),
        }
    }
}
