//! Series over denominators that vanish at the point: `sin(x)/x` is a power series, `1/x` is
//! none, and which of the two it is shows when everything is put together.

use super::coefficient::Coefficient;
use super::expander::{Expander, Outcome, float};
use super::graded::Series;
use crate::error::ErrorKind;
use crate::evaluate::{Range, digits};
use crate::kernel::{Number, Relation};
use crate::syntax;

/// The digits of which the sign of a coefficient is taken.
const SIGN: usize = 15;

/// A series, over a series without constant term where there is one.
#[derive(Clone, Debug)]
pub(super) struct Value {
    pub(super) top: Series,
    pub(super) bottom: Option<Series>,
}

impl Value {
    /// A power series.
    pub(super) fn plain(top: Series) -> Self {
        Self { top, bottom: None }
    }
}

impl Expander<'_> {
    /// The value with its denominator divided out, if it can be.
    pub(super) fn reduce(&mut self, value: Value) -> Outcome<Value> {
        let Some(bottom) = &value.bottom else { return Ok(value) };
        Ok(match self.divide(&value.top, bottom)? {
            Some(quotient) => Value::plain(quotient),
            None => value,
        })
    }

    /// The sum of values: those without denominators at once, the others one by one.
    pub(super) fn add(&mut self, values: Vec<Value>) -> Outcome<Value> {
        let (plain, others): (Vec<Value>, Vec<Value>) =
            values.into_iter().partition(|value| value.bottom.is_none());
        let mut others = others.into_iter();
        let mut sum = match plain.is_empty() {
            false => {
                let terms: Vec<(Number, &Series)> =
                    plain.iter().map(|value| (Number::ONE, &value.top)).collect();
                Value::plain(self.sum(&terms)?)
            }
            true => match others.next() {
                Some(first) => first,
                None => {
                    let zero = Coefficient::Number(Number::ZERO);
                    return Ok(Value::plain(Series::constant(zero, 0)));
                }
            },
        };
        for other in others {
            let (bottom, left, right) = match (&sum.bottom, &other.bottom) {
                (Some(a), Some(b)) => (
                    Some(self.product(a, b)?),
                    self.product(&sum.top, b)?,
                    self.product(&other.top, a)?,
                ),
                (Some(a), None) => {
                    (Some(a.clone()), sum.top.clone(), self.product(&other.top, a)?)
                }
                (None, Some(b)) => {
                    (Some(b.clone()), self.product(&sum.top, b)?, other.top.clone())
                }
                (None, None) => (None, sum.top.clone(), other.top.clone()),
            };
            let top = self.sum(&[(Number::ONE, &left), (Number::ONE, &right)])?;
            sum = self.reduce(Value { top, bottom })?;
        }
        Ok(sum)
    }

    /// The product of two values.
    pub(super) fn multiply(&mut self, a: Value, b: Value) -> Outcome<Value> {
        let top = self.product(&a.top, &b.top)?;
        let bottom = match (&a.bottom, &b.bottom) {
            (None, None) => return Ok(Value::plain(top)),
            (Some(a), Some(b)) => Some(self.product(a, b)?),
            (one, other) => one.clone().or_else(|| other.clone()),
        };
        self.reduce(Value { top, bottom })
    }

    /// A condition holds around the point or does not; where it begins to hold there is no
    /// series.
    pub(super) fn relate(
        &mut self,
        relation: Relation,
        mut values: Vec<Value>,
        order: usize,
    ) -> Outcome<Value> {
        let (Some(b), Some(a)) = (values.pop(), values.pop()) else {
            let what = "a condition of another form".to_owned();
            return Err(ErrorKind::Unsupported(what).into());
        };
        let at = |value: &Value| match value.bottom {
            None => Ok(value.top.value()),
            Some(_) => {
                let what = "a condition has a pole at the point".to_owned();
                Err(ErrorKind::NotAnalytic(what))
            }
        };
        let (x, y) = (at(&a)?, at(&b)?);
        let one = Coefficient::Number(Number::ONE);
        let holds = match relation {
            Relation::And => x == one && y == one,
            Relation::Or => x == one || y == one,
            _ => {
                let minus = Number::MINUS_ONE;
                let terms = [(Number::ONE, &a.top), (minus, &b.top)];
                let mut difference = self.sum(&terms)?;
                let value = self.value_of(&mut difference)?;
                let sign = self.sign(&value, &difference)?;
                relation.holds(sign.cmp(&0)) == Some(true)
            }
        };
        let truth = if holds { Number::ONE } else { Number::ZERO };
        Ok(Value::plain(Series::constant(Coefficient::Number(truth), order)))
    }

    /// The sign of a difference around the point.
    fn sign(&mut self, value: &Coefficient, difference: &Series) -> Outcome<i32> {
        if value.is_plain_zero() {
            if difference.is_constant() {
                return Ok(0);
            }
            if self.from_right {
                return self.sign_beside(difference);
            }
            let what = "a condition begins to hold at the point, so there is no Taylor polynomial around it";
            return Err(ErrorKind::NotAnalytic(what.to_owned()).into());
        }
        self.sign_of(value)
    }

    /// The sign of a coefficient that is not zero.
    pub(super) fn sign_of(&mut self, value: &Coefficient) -> Outcome<i32> {
        let id = value.id(self.pool);
        let range = Range::of(self.pool, id);
        if range.low > 0.0 || range.high < 0.0 {
            return Ok(if range.low > 0.0 { 1 } else { -1 });
        }
        // Where terms cancel, doubles do not tell.
        let exact = digits::number(self.pool, id, SIGN, syntax::in_normal_form);
        let near = exact.map_or_else(|_| float(self.pool, id), |value| value.to_f64());
        if near.is_nan() || near == 0.0 {
            let what = "which condition of the formula holds at the point is not known";
            return Err(ErrorKind::Unsupported(what.to_owned()).into());
        }
        Ok(if near < 0.0 { -1 } else { 1 })
    }
}
