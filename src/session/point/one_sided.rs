//! Derivatives at kinks, jumps and broken powers, exactly: by power series on both sides of the
//! point.

use super::super::engine::{Engine, Formula};
use super::super::taylor::MAX_TAYLOR_ORDER;
use super::alone::Missing;
use super::beside::{Meeting, Sides};
use super::eval::Point;
use super::settle::Move;
use super::slope::AtPoint;
use crate::error::Result;
use crate::evaluate::digits;
use crate::function;
use crate::kernel::{ExprId, Number, Pool};
use crate::print::{self, Notation};
use crate::simplify;
use crate::syntax;

/// The digits of a derivative from one side, and from which length on it is written so.
const DIGITS: usize = 15;
const LONG: usize = 10;
/// A name that cannot be typed, of how far one goes along a line.
const WAY: &str = "\u{1}way";

impl Engine {
    /// A derivative of a component at a point: in one variable up to a high order, or one after
    /// the other in two. `None` where the power series on both sides are not known.
    ///
    /// # Errors
    /// A point at which the function itself has no value; a limit.
    pub(in crate::session) fn series_at(
        &mut self,
        formula: &Formula,
        component: usize,
        sequence: &[String],
        point: &Point,
    ) -> Result<Option<AtPoint>> {
        let root = formula.roots[component];
        let order = sequence.len() as u32;
        let [variable, others @ ..] = sequence else { return Ok(None) };
        let is_one = others.iter().all(|other| other == variable);
        if let [other] = others
            && !is_one
        {
            // `∂²f/∂x∂y` is the derivative in x of that in y.
            return self.mixed_at(formula, component, [other, variable], point);
        }
        if order > MAX_TAYLOR_ORDER || !is_one {
            return Ok(None);
        }
        let value = self.at_point(&[root], point)?[0];
        let symbol = self.pool.symbol(variable);
        let (own, fixed): (Point, Point) =
            point.iter().cloned().partition(|(name, _)| name == variable);
        let at = self.at_point(&[symbol], &own)?[0];
        let Ok(moving) = self.at_point(&[root], &fixed) else { return Ok(None) };
        self.of_both_sides((moving[0], value), (symbol, at), order)
    }

    /// The first derivative of a component along a line through a point.
    ///
    /// # Errors
    /// As [`Engine::series_at`].
    pub(in crate::session) fn series_along(
        &mut self,
        formula: &Formula,
        component: usize,
        along: &Move,
        point: &Point,
    ) -> Result<Option<AtPoint>> {
        let root = formula.roots[component];
        let value = self.at_point(&[root], point)?[0];
        let way = self.pool.symbol(WAY);
        let mut places = Vec::with_capacity(point.len());
        for (name, text) in point {
            let symbol = self.pool.symbol(name);
            let own = vec![(name.clone(), text.clone())];
            let mut terms = vec![self.at_point(&[symbol], &own)?[0]];
            for (_, speed) in along.iter().filter(|(moved, _)| moved == name) {
                let speed = syntax::lower(speed, &[], &mut self.pool)?.roots;
                let [speed] = speed[..] else { return Ok(None) };
                terms.push(self.pool.product(&[speed, way]));
            }
            places.push((symbol, self.pool.sum(&terms)));
        }
        let moving = self.pool.substitute(&[root], &places, function::apply)[0];
        self.of_both_sides((moving, value), (way, Pool::ZERO), 1)
    }

    /// The derivative in one variable and then in another one.
    fn mixed_at(
        &mut self,
        formula: &Formula,
        component: usize,
        [first, second]: [&String; 2],
        point: &Point,
    ) -> Result<Option<AtPoint>> {
        let alone = std::slice::from_ref(first);
        let slope = match self.series_at(formula, component, alone, point)? {
            // Without a first derivative there are no quotients of it.
            Some(AtPoint::Missing(_)) => {
                return Ok(Some(AtPoint::Missing(Missing::NEITHER)));
            }
            Some(AtPoint::Exact(slope)) => slope,
            _ => return Ok(None),
        };
        let [inner, outer] = [first, second].map(|name| self.pool.symbol(name));
        let mut at = [Pool::ZERO; 2];
        for (at, (symbol, name)) in at.iter_mut().zip([(inner, first), (outer, second)]) {
            let own = point.iter().filter(|(own, _)| own == name).cloned().collect();
            *at = self.at_point(&[symbol], &own)?[0];
        }
        let fixed = point.iter().filter(|(name, _)| name != first && name != second);
        let Ok(moving) = self
            .at_point(&formula.roots[component..=component], &fixed.cloned().collect())
        else {
            return Ok(None);
        };
        let value = self.pool.substitute(&moving, &[(inner, at[0])], function::apply)[0];
        let Some(sides) = self.both_sides(moving[0], (inner, at[0]), 1)? else {
            return Ok(None);
        };
        let is_inside = sides.is_inside();
        if !is_inside || self.meeting(&sides, Some(value))? != Meeting::Agree {
            return Ok(None);
        }
        self.of_both_sides((sides.known()[1], slope), (outer, at[1]), 1)
    }

    /// A derivative of a function of one variable that has a value at a point.
    fn of_both_sides(
        &mut self,
        (moving, value): (ExprId, ExprId),
        variable: (ExprId, ExprId),
        order: u32,
    ) -> Result<Option<AtPoint>> {
        let Some(sides) = self.both_sides(moving, variable, order)? else {
            return Ok(None);
        };
        let meeting = self.meeting(&sides, Some(value))?;
        let missing = match self.is_in_general(&sides, value, meeting)? {
            true => Missing::General,
            false => Missing::Sides,
        };
        let degree = match meeting {
            Meeting::Open => return Ok(None),
            Meeting::Agree => {
                let found =
                    self.pool.scale(&factorial(order), sides.known()[order as usize]);
                return Ok(Some(AtPoint::Exact(self.simplify(found)?)));
            }
            Meeting::Rough(degree) | Meeting::Differ(degree) => degree,
        };
        // Without the derivative of one order less there are no quotients of it.
        if order > 1 && degree < order as usize {
            return Ok(Some(AtPoint::Missing(missing([None, None]))));
        }
        let mut found = [None, None];
        for (place, found) in found.iter_mut().enumerate() {
            match self.derivative_on(&sides, place, value, order)? {
                Some(side) => *found = side,
                None => return Ok(None),
            }
        }
        Ok(Some(AtPoint::Missing(missing(found))))
    }

    /// Whether sides that do not meet may do so for some values of variables that are open.
    fn is_in_general(
        &mut self,
        sides: &Sides,
        value: ExprId,
        meeting: Meeting,
    ) -> Result<bool> {
        let degree = match meeting {
            Meeting::Differ(degree) => degree,
            _ => return Ok(sides.is_rough_in_general),
        };
        let [left, right] = sides.coefficients.each_ref().map(|side| side[degree]);
        let mut gaps = vec![self.pool.difference(left, right)];
        if degree == 0 {
            gaps.push(self.pool.difference(value, sides.known()[0]));
        }
        let mut has_open = false;
        for gap in gaps {
            let gap = self.simplify(gap)?;
            if gap == Pool::ZERO {
                continue;
            }
            let side = simplify::side(&mut self.pool, gap);
            if self.pool.symbols_of(&[gap]).is_empty()
                || side.is_some_and(|side| side.is_strict)
            {
                return Ok(false);
            }
            has_open = true;
        }
        Ok(has_open)
    }

    /// The derivative from one side in text, if there is one; `None` where digits do not tell.
    fn derivative_on(
        &mut self,
        sides: &Sides,
        place: usize,
        value: ExprId,
        order: u32,
    ) -> Result<Option<Option<String>>> {
        let Some(found) = sides.derivative_on(place, order as usize) else {
            return Ok(Some(None));
        };
        let limit = sides.coefficients[place][0];
        Ok(match self.is_same(limit, value)? {
            Some(true) => {
                let found = self.pool.scale(&factorial(order), found);
                let found = self.simplify(found)?;
                Some(self.side_text(found))
            }
            Some(false) => Some(None),
            None => None,
        })
    }

    /// A derivative from one side: exact, as a decimal where that is much shorter.
    fn side_text(&self, id: ExprId) -> Option<String> {
        let exact = print::write(&self.pool, id, Notation::Text).ok()?;
        let Some(number) = self.pool.as_number(id) else { return Some(exact) };
        let decimal =
            digits::decimal(&self.pool, id, DIGITS, syntax::in_normal_form).ok();
        let is_same = |text: &String| {
            let mut pool = Pool::default();
            let program = syntax::parse(text, &[]).ok();
            let read = program.and_then(|it| syntax::lower(&it, &[], &mut pool).ok());
            let root = read.and_then(|read| read.roots.first().copied());
            root.is_some_and(|root| pool.as_number(root) == Some(number))
        };
        let decimal = decimal.filter(|text| {
            exact.len() > LONG && text.len() < exact.len() && is_same(text)
        });
        Some(decimal.unwrap_or(exact))
    }
}

/// The product of the whole numbers up to an order.
fn factorial(order: u32) -> Number {
    let factors = (2..=i64::from(order)).map(Number::from);
    factors.fold(Number::ONE, |product, n| product.mul(&n))
}
