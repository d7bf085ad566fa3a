//! Arithmetic of series: products, powers, exponentials and logarithms, each by a recurrence
//! over the degrees (Knuth, The Art of Computer Programming 2, 4.7; the power is J. C. P.
//! Miller's).

use super::coefficient::Coefficient;
use super::expander::{Expander, MAX_TERMS, Outcome, Stop};
use super::graded::{Monomial, Part, Series, Totals, leading, over};
use crate::error::ErrorKind;
use crate::function;
use crate::kernel::{ExprId, FunctionId, Number, Pool};

impl Expander<'_> {
    /// The parts of totals, paid for.
    pub(super) fn finish(&mut self, totals: Totals) -> Outcome<Part> {
        if totals.is_over {
            return Err(too_many());
        }
        self.pay(totals.work)?;
        let part = totals.finish(self.pool);
        match part.len() > MAX_TERMS {
            true => Err(too_many()),
            false => Ok(part),
        }
    }

    /// The sum of series, each times a number.
    pub(super) fn sum(&mut self, terms: &[(Number, &Series)]) -> Outcome<Series> {
        let order = terms.iter().map(|(_, s)| s.order()).min().unwrap_or(0);
        let mut parts = Vec::with_capacity(order + 1);
        for degree in 0..=order {
            let mut totals = Totals::default();
            for (weight, series) in terms {
                totals.add(weight, &series.parts[degree]);
            }
            parts.push(self.finish(totals)?);
        }
        let exact = terms.iter().all(|(_, s)| s.exact && s.degree() <= order);
        Ok(Series { parts, exact })
    }

    /// The product of two series.
    pub(super) fn product(&mut self, a: &Series, b: &Series) -> Outcome<Series> {
        let order = a.order().min(b.order());
        let mut parts = Vec::with_capacity(order + 1);
        for degree in 0..=order {
            let mut totals = Totals::default();
            for k in 0..=degree {
                let (x, y) = (&a.parts[k], &b.parts[degree - k]);
                totals.add_product(self.pool, &Number::ONE, x, y);
            }
            parts.push(self.finish(totals)?);
        }
        let exact = a.exact && b.exact && a.degree() + b.degree() <= order;
        Ok(Series { parts, exact })
    }

    /// A series times a coefficient.
    pub(super) fn scaled(&mut self, series: &Series, by: &Coefficient) -> Series {
        let mut scaled = series.clone();
        for (_, value) in scaled.parts.iter_mut().flatten() {
            *value = value.times(by, self.pool);
        }
        scaled
    }

    /// A whole power of a series with a constant term or without one, by squaring.
    pub(super) fn whole_power(&mut self, base: &Series, mut n: u64) -> Outcome<Series> {
        let one = Coefficient::Number(Number::ONE);
        let mut power = Series::constant(one, base.order());
        let mut square = base.clone();
        while n > 0 {
            if n & 1 == 1 {
                power = self.product(&power, &square)?;
            }
            n >>= 1;
            if n > 0 {
                square = self.product(&square, &square)?;
            }
        }
        Ok(power)
    }

    /// A power of a series with a constant term: from `u*θg = p*g*θu` for `g = u^p`,
    /// `k*u_0*g_k` is the sum over j of `(p*j - (k - j))*u_j*g_(k-j)`.
    pub(super) fn power(&mut self, base: &Series, exponent: ExprId) -> Outcome<Series> {
        let order = base.order();
        let value = base.value();
        let first = {
            let value = value.id(self.pool);
            let power = self.pool.power(value, exponent);
            self.settled(power)
        };
        let inverse = value.inverse(self.pool);
        let p = Coefficient::of(self.pool, exponent);
        let mut parts = Vec::with_capacity(order + 1);
        parts.push(constant_part(first));
        for k in 1..=order {
            let mut totals = Totals::default();
            for j in 1..=k {
                if base.parts[j].is_empty() || parts[k - j].is_empty() {
                    continue;
                }
                let rest = Number::from(j as i64 - k as i64);
                match &p {
                    Coefficient::Number(n) => {
                        let weight = n.mul(&Number::from(j as i64)).add(&rest);
                        let (x, y) = (&base.parts[j], &parts[k - j]);
                        totals.add_product(self.pool, &weight, x, y);
                    }
                    Coefficient::Expression(id) => {
                        let terms = [(Number::from(j as i64), *id), (rest, Pool::ONE)];
                        let weight = self.pool.weighted_sum(&terms);
                        let weight = Coefficient::of(self.pool, weight);
                        let scaled = scale(self.pool, &base.parts[j], &weight);
                        let one = Number::ONE;
                        totals.add_product(self.pool, &one, &scaled, &parts[k - j]);
                    }
                }
            }
            let sum = self.finish(totals)?;
            let divided = divide_by(self.pool, &sum, k, &inverse);
            parts.push(self.short(divided));
        }
        let one_part = base.is_constant();
        Ok(Series { parts, exact: one_part })
    }

    /// `e^w` times a factor: from `θg = g*θw`, `k*g_k` is the sum over j of `j*w_j*g_(k-j)`.
    /// The constant term of the result is given, that of `w` is not used.
    pub(super) fn exponential(
        &mut self,
        w: &Series,
        first: Coefficient,
    ) -> Outcome<Series> {
        let order = w.order();
        let one = Coefficient::Number(Number::ONE);
        let mut parts = Vec::with_capacity(order + 1);
        parts.push(constant_part(first));
        for k in 1..=order {
            let mut totals = Totals::default();
            for j in 1..=k {
                let weight = Number::from(j as i64);
                let (x, y) = (&w.parts[j], &parts[k - j]);
                totals.add_product(self.pool, &weight, x, y);
            }
            let sum = self.finish(totals)?;
            let divided = divide_by(self.pool, &sum, k, &one);
            parts.push(self.short(divided));
        }
        Ok(Series { parts, exact: w.is_constant() })
    }

    /// The logarithm of a series with a constant term: from `u*θy = θu`, `u_0*y_k` is `u_k`
    /// less the sum over j of `j/k*y_j*u_(k-j)`.
    pub(super) fn logarithm(&mut self, u: &Series) -> Outcome<Series> {
        let value = u.value();
        let id = value.id(self.pool);
        let log = function::apply(self.pool, FunctionId::LN, &[id]);
        let first = self.settled(log);
        if first == Coefficient::Expression(Pool::UNDEFINED) {
            return Err(Stop::Error(ErrorKind::Undefined("`ln(0)`".to_owned()).into()));
        }
        let inverse = value.inverse(self.pool);
        let mut parts: Vec<Part> = Vec::with_capacity(u.order() + 1);
        parts.push(constant_part(first));
        for k in 1..=u.order() {
            let mut totals = Totals::default();
            totals.add(&Number::ONE, &u.parts[k]);
            for (j, part) in parts.iter().enumerate().skip(1) {
                let weight = Number::ratio(-(j as i64), k as i64);
                let weight = weight.unwrap_or(Number::ZERO);
                totals.add_product(self.pool, &weight, part, &u.parts[k - j]);
            }
            let sum = self.finish(totals)?;
            let divided = divide_by(self.pool, &sum, 1, &inverse);
            parts.push(self.short(divided));
        }
        Ok(Series { parts, exact: u.is_constant() })
    }

    /// The quotient of two series when it is a power series: where the denominator begins at
    /// degree v, the part of degree k of the quotient is that of degree `k + v` of what is
    /// left of the numerator, divided by the first part of the denominator. `None` when a
    /// division leaves a rest.
    pub(super) fn divide(
        &mut self,
        top: &Series,
        bottom: &Series,
    ) -> Outcome<Option<Series>> {
        let Some(v) = self.valuation(bottom)? else { return Err(Stop::Short) };
        for part in &top.parts[..v.min(top.parts.len())] {
            if !self.vanishes(part)? {
                return Ok(None);
            }
        }
        let known = top.order().min(bottom.order());
        if known < v {
            return Err(Stop::Short);
        }
        let mut parts: Vec<Part> = Vec::with_capacity(known - v + 1);
        for k in 0..=known - v {
            let mut totals = Totals::default();
            totals.add(&Number::ONE, &top.parts[k + v]);
            for (j, part) in parts.iter().enumerate() {
                let other = &bottom.parts[k + v - j];
                totals.add_product(self.pool, &Number::MINUS_ONE, part, other);
            }
            let rest = self.finish(totals)?;
            match self.divide_part(rest, &bottom.parts[v])? {
                Some(quotient) => {
                    let quotient = self.short(quotient);
                    parts.push(quotient);
                }
                None => return Ok(None),
            }
        }
        let mut quotient = Series { parts, exact: false };
        // A quotient of polynomials is one when its product with the divisor is the dividend.
        quotient.exact = top.exact
            && bottom.exact
            && bottom.degree() == v
            && top.degree().saturating_sub(v) <= quotient.order();
        Ok(Some(quotient))
    }

    /// The quotient of homogeneous polynomials, `None` when there is a rest.
    fn divide_part(&mut self, mut rest: Part, by: &Part) -> Outcome<Option<Part>> {
        let Some((lead, value)) = leading(by) else { return Ok(None) };
        let inverse = value.inverse(self.pool);
        let mut found = Part::new();
        while let Some((monomial, coefficient)) = leading(&rest) {
            if self.is_zero(&coefficient)? {
                rest.retain(|(known, _)| *known != monomial);
                continue;
            }
            let Some(quotient) = over(&monomial, &lead) else {
                return Ok(None);
            };
            let factor = coefficient.times(&inverse, self.pool);
            let mut totals = Totals::default();
            totals.add(&Number::ONE, &rest);
            let term = vec![(quotient, factor)];
            totals.add_product(self.pool, &Number::MINUS_ONE, &term, by);
            rest = self.finish(totals)?;
            // By construction; the coefficient may not be seen to be zero.
            rest.retain(|(known, _)| *known != monomial);
            found.extend(term);
        }
        found.sort_by(|a, b| a.0.cmp(&b.0));
        Ok(Some(found))
    }
}

/// The error for a part of more terms than are kept.
fn too_many() -> Stop {
    let what = "the number of terms of one degree of a series";
    ErrorKind::OverLimit { what, limit: MAX_TERMS as u64 }.into()
}

/// A constant as a part of degree 0.
fn constant_part(value: Coefficient) -> Part {
    if value.is_plain_zero() { Part::new() } else { vec![(Monomial::new(), value)] }
}

fn scale(pool: &mut Pool, part: &Part, by: &Coefficient) -> Part {
    part.iter().map(|(monomial, x)| (monomial.clone(), x.times(by, pool))).collect()
}

/// A part times `factor/k`.
fn divide_by(pool: &mut Pool, part: &Part, k: usize, factor: &Coefficient) -> Part {
    let weight = Number::ratio(1, k as i64).unwrap_or(Number::ONE);
    let weight = Coefficient::Number(weight).times(factor, pool);
    scale(pool, part, &weight)
}
