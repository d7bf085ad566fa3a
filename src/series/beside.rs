//! Series to the right of a point at which a function bends or jumps, and the branches of case
//! distinctions.
//!
//! With the variable greater than its value, `abs(u)` is `u` or `-u`, a condition holds or does
//! not, and `sqrt(t^4 + t^6)` is `t^2*sqrt(1 + t^2)`: the first part of a series that does not
//! vanish decides.

use super::application::Call;
use super::coefficient::Coefficient;
use super::expander::{Expander, Frame, Outcome, Stop};
use super::graded::{Monomial, Part, Series};
use super::value::Value;
use crate::function;
use crate::kernel::{ExprId, FunctionId, Node, Number, Pool};
use crate::syntax;

/// So many case distinctions are decided one after the other.
const MAX_BRANCHES: usize = 256;

impl Expander<'_> {
    /// An expression with the branches of its case distinctions that hold at the point or beside
    /// it, so that those that do not hold need no series.
    pub(super) fn decided(
        &mut self,
        mut of: ExprId,
        frame: &Frame,
        order: usize,
    ) -> Outcome<ExprId> {
        for _ in 0..MAX_BRANCHES {
            let pool = &*self.pool;
            let is_open = |id: &ExprId| {
                frame.variables.iter().any(|v| pool.may_depend(*id, v.0))
                    && matches!(pool.node(*id), Node::Apply(function, _)
                        if function::is_conditional(function))
            };
            // The outermost first: an inner one may stand in a branch that is not taken.
            let Some(open) = pool.reachable(&[of]).into_iter().rfind(is_open) else {
                break;
            };
            let Node::Apply(_, list) = pool.node(open) else { break };
            let parts = pool.list(list).to_vec();
            let mut pairs = parts.chunks_exact(2);
            let mut taken = pairs.remainder().first().copied();
            for pair in &mut pairs {
                let holds = self.expand(pair[0], frame, order)?.top.value();
                if holds == Coefficient::Number(Number::ONE) {
                    taken = Some(pair[1]);
                    break;
                }
                if holds != Coefficient::Number(Number::ZERO) {
                    return Ok(of);
                }
            }
            // Without a branch there is no value, which the case distinction itself says.
            let Some(taken) = taken else { break };
            self.only_nearby = true;
            of = self.pool.substitute(&[of], &[(open, taken)], function::apply)[0];
        }
        Ok(of)
    }

    /// The sign beside the point of a series without constant term.
    pub(super) fn sign_beside(&mut self, series: &Series) -> Outcome<i32> {
        match self.valuation(series)? {
            Some(degree) => {
                let (_, lead) = series.parts[degree][0].clone();
                self.sign_of(&lead)
            }
            None if series.exact => Ok(0),
            None => Err(Stop::Short),
        }
    }

    /// The series beside the point of a function that bends or jumps there.
    pub(super) fn bent(
        &mut self,
        call: Call<'_>,
        values: &[Value],
        at: &[ExprId],
        frame: &Frame,
        order: usize,
    ) -> Outcome<Value> {
        let Call { id, function, arguments } = call;
        let name = function::spec(function).name;
        if ["atan2", "arccot"].contains(&name) {
            return self.angle_beside(call, values, at, order);
        }
        if name == "cbrt" {
            return self.cube_root_beside(id, arguments[0], &values[0].top);
        }
        if !["abs", "sign", "floor"].contains(&name) {
            return match syntax::normal(function, arguments, self.pool)? {
                Some(formula) => self.expand(formula, frame, order),
                None => Err(self.not_analytic(id, arguments, at)),
            };
        }
        let argument = &values[0].top;
        let sign = self.sign_beside(&argument.without_value())?;
        let sign = Number::from(i64::from(sign));
        let value = match name {
            "abs" => {
                return Ok(Value::plain(
                    self.scaled(argument, &Coefficient::Number(sign)),
                ));
            }
            "sign" => sign,
            _ => match self.pool.as_number(at[0]) {
                Some(whole) if sign.is_negative() => whole.sub(&Number::ONE),
                Some(whole) => whole.clone(),
                None => return Err(self.not_analytic(id, arguments, at)),
            },
        };
        Ok(Value::plain(Series::constant(Coefficient::Number(value), order)))
    }

    /// The cube root of a series without constant term, which has the sign of that.
    fn cube_root_beside(
        &mut self,
        id: ExprId,
        argument: ExprId,
        series: &Series,
    ) -> Outcome<Value> {
        let sign =
            Coefficient::Number(Number::from(i64::from(self.sign_beside(series)?)));
        let Some(third) = Number::ratio(1, 3) else { return Err(Stop::Short) };
        let exponent = self.pool.number(third.clone());
        let size = self.scaled(series, &sign);
        let mut root = self.root_beside(id, (argument, &size), (exponent, &third))?;
        root.top = self.scaled(&root.top, &sign);
        Ok(root)
    }

    /// The angle of a point beside the half line on which angles begin anew, or that of a
    /// cotangent beside 0.
    fn angle_beside(
        &mut self,
        call: Call<'_>,
        values: &[Value],
        at: &[ExprId],
        order: usize,
    ) -> Outcome<Value> {
        let sign = self.sign_beside(&values[0].top.without_value())?;
        let mut angle = self.around(call, values, at, order)?;
        if sign < 0 {
            let turn = match at {
                [_, _] => self.pool.scale(&Number::from(2), Pool::PI),
                _ => Pool::PI,
            };
            let turn = Series::constant(Coefficient::Expression(turn), angle.top.order());
            let terms = [(Number::ONE, &angle.top), (Number::MINUS_ONE, &turn)];
            angle.top = self.sum(&terms)?;
        }
        Ok(angle)
    }

    /// A broken power of a series without constant term, beside the point.
    pub(super) fn root_beside(
        &mut self,
        id: ExprId,
        (base, series): (ExprId, &Series),
        (exponent, n): (ExprId, &Number),
    ) -> Outcome<Value> {
        let Some(low) = self.valuation(series)? else { return Err(Stop::Short) };
        let (_, lead) = series.parts[low][0].clone();
        if self.sign_of(&lead)? < 0 {
            return Err(self.outside(id));
        }
        let rest = lowered(series, low);
        let power = n.mul(&Number::from(low as i64));
        let Some(shift) = power.to_i64() else {
            // Between two whole powers: the lower ones have no part in it.
            let least = power.floor().to_i64().filter(|least| *least >= 0);
            let Some(least) = least else {
                return Err(self.not_analytic(id, &[base], &[Pool::ZERO]));
            };
            let order = series.order().min(usize::try_from(least).unwrap_or(usize::MAX));
            return Ok(Value::plain(nothing(order)));
        };
        let root = self.power(&rest, exponent)?;
        let one = Coefficient::Number(Number::ONE);
        let size = shift.unsigned_abs() as usize;
        let mut step = vec![Part::new(); size + 1];
        step[size].push((Monomial::from_slice(&[(0, size as u32)]), one));
        if shift < 0 {
            step.resize(size + 1 + root.order(), Part::new());
            let bottom = Some(Series { parts: step, exact: true });
            return Ok(Value { top: root, bottom });
        }
        Ok(Value::plain(raised(&root, size)))
    }

    /// Whether a power of something positive goes to 0 faster than all powers of the variable:
    /// `e^(-1/t)`.
    pub(super) fn dies_out(&mut self, base: &Value, exponent: &Value) -> Outcome<bool> {
        let (None, Some(bottom)) = (&base.bottom, &exponent.bottom) else {
            return Ok(false);
        };
        let value = base.top.value().id(self.pool);
        let log = function::apply(self.pool, FunctionId::LN, &[value]);
        let log = self.settled(log);
        if !self.pool.is_constant(value) || self.is_zero(&log)? {
            return Ok(false);
        }
        let sign = self.sign_of(&log)?
            * self.sign_beside(&exponent.top)?
            * self.sign_beside(bottom)?;
        Ok(sign < 0)
    }
}

/// A series all of whose parts are zero up to an order.
pub(super) fn nothing(order: usize) -> Series {
    Series { parts: vec![Part::new(); order + 1], exact: false }
}

/// A series in one variable divided by a power of it.
fn lowered(series: &Series, by: usize) -> Series {
    let lower = |(degree, part): (usize, &Part)| {
        part.iter().map(|(_, value)| (monomial(degree), value.clone())).collect()
    };
    let parts = series.parts[by..].iter().enumerate().map(lower).collect();
    Series { parts, exact: series.exact }
}

/// A series in one variable times a power of it.
fn raised(series: &Series, by: usize) -> Series {
    let raise = |(degree, part): (usize, &Part)| {
        part.iter().map(|(_, value)| (monomial(degree + by), value.clone())).collect()
    };
    let mut parts = vec![Part::new(); by];
    parts.extend(series.parts.iter().enumerate().map(raise));
    Series { parts, exact: series.exact }
}

/// A power of the variable.
fn monomial(degree: usize) -> Monomial {
    match degree {
        0 => Monomial::new(),
        _ => Monomial::from_slice(&[(0, degree as u32)]),
    }
}
