//! Roots in polynomials: drawn out, and moved across the fraction bar.
//!
//! Invariant: what comes below the bar is zero only where something below it was zero before.

use super::factored::{Factored, MAX_FACTORED, Outcome, Ring};
use super::powers::Powers;
use crate::kernel::Number;
use crate::polynomial::Polynomial;

/// Polynomials of more terms than this have no conjugate taken.
const MAX_CONJUGATE: usize = 12;
/// Conjugates of higher powers are not taken.
const MAX_POWER: i64 = 3;

/// A side of the fraction bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Above,
    Below,
}

impl Ring<'_> {
    /// Draws powers of roots out of a polynomial in which their radicands hide:
    /// `2*x*r + r^2` is kept as `2*x*r + (2*x - 1)` and is `r*(2*x + r)`.
    pub(super) fn draw_roots(
        &mut self,
        p: &mut Polynomial,
        powers: &mut Powers,
    ) -> Outcome<()> {
        for place in 0..self.generators.roots.len() {
            let variable = self.generators.roots[place].variable;
            if p.degree(variable) == 0 {
                continue;
            }
            let Some((r, degree, radicand)) = self.relation(variable) else { continue };
            if radicand.is_constant() || p.degree(r) >= degree {
                continue;
            }
            let mut divided = Vec::new();
            let mut kept = Vec::new();
            for (n, coefficient) in p.coefficients_in(r).into_iter().rev() {
                let quotient = if kept.is_empty() {
                    coefficient.divide_exactly(&radicand, self.work)?
                } else {
                    None
                };
                match quotient {
                    Some(quotient) => divided.push((n, quotient)),
                    None => kept.push((n, coefficient)),
                }
            }
            let least = kept.first().map_or(degree, |(n, _)| *n);
            if least == 0 || divided.is_empty() {
                continue;
            }
            let mut sum = Polynomial::zero(self.variables());
            let parts = divided.into_iter().map(|(n, c)| (n + degree - least, c));
            for (n, c) in parts.chain(kept.into_iter().map(|(n, c)| (n - least, c))) {
                let mut exponents = vec![0; self.variables()];
                exponents[r] = n;
                let power = Polynomial::monomial(&exponents, Number::ONE);
                sum = sum.add(&c.mul(&power, self.work)?);
            }
            *p = sum;
            self.gained = true;
            powers.add(r, i64::from(least));
        }
        Ok(())
    }

    /// The value with square roots moved across the fraction bar by means of conjugates, out
    /// of the denominator or out of the numerator; `None` when that cannot be done without
    /// losing a point.
    pub(super) fn conjugated(
        &mut self,
        value: &Factored,
        side: Side,
    ) -> Outcome<Option<Factored>> {
        let mut found = value.clone();
        let mut changed = false;
        for place in (0..self.generators.roots.len()).rev() {
            let variable = self.generators.roots[place].variable;
            let Some((r, 2, radicand)) = self.relation(variable) else { continue };
            let root = (r, &radicand);
            changed |= match side {
                Side::Below => self.clear_denominator(&mut found, root)?,
                Side::Above => self.clear_numerator(&mut found, root)?,
            };
        }
        if changed {
            self.cancel(&mut found)?;
        }
        Ok(changed.then_some(found))
    }

    fn relation(&self, variable: usize) -> Option<(usize, u32, Polynomial)> {
        self.relations.iter().find(|found| found.0 == variable).cloned()
    }

    fn clear_denominator(
        &mut self,
        value: &mut Factored,
        root: (usize, &Polynomial),
    ) -> Outcome<bool> {
        let below: Vec<usize> = value
            .powers
            .iter()
            .filter(|(place, n)| *n < 0 && *place >= self.variables())
            .map(|(place, _)| place)
            .collect();
        let mut changed = false;
        for place in below {
            let n = value.powers.get(place);
            let p = self.factors[place].clone();
            let is_short = p.number_of_terms() <= MAX_CONJUGATE;
            if !is_short || p.degree(root.0) != 1 || !(-MAX_POWER..0).contains(&n) {
                continue;
            }
            let (conjugate, norm) = self.conjugate(&p, root)?;
            // Both conjugates are there, or where the product is zero something else is.
            let other = self.known(&conjugate);
            let both = other.is_some_and(|at| value.powers.get(at) < 0);
            if !both && !self.is_safe(&norm, &value.powers)? {
                continue;
            }
            let Some((unit, parts)) = self.taken_apart(Factored::of(norm))? else {
                continue;
            };
            let Some(unit) = unit.pow(n, 1 << 14) else { continue };
            let mut rest = value.rest.scale(&unit);
            for _ in n..0 {
                rest = rest.mul(&conjugate, self.work)?;
                rest = self.reduced(rest)?;
                if rest.number_of_terms() > MAX_FACTORED {
                    return Ok(changed);
                }
            }
            value.rest = rest;
            value.powers.set(place, 0);
            parts.iter().for_each(|(place, m)| value.powers.add(place, m * n));
            changed = true;
        }
        Ok(changed)
    }

    fn clear_numerator(
        &mut self,
        value: &mut Factored,
        root: (usize, &Polynomial),
    ) -> Outcome<bool> {
        if value.rest.degree(root.0) != 1 || value.rest.number_of_terms() > MAX_CONJUGATE
        {
            return Ok(false);
        }
        let (conjugate, norm) = self.conjugate(&value.rest, root)?;
        if !self.is_safe(&norm, &value.powers)? {
            return Ok(false);
        }
        let Some((unit, parts)) = self.taken_apart(Factored::of(conjugate))? else {
            return Ok(false);
        };
        let Some(inverse) = unit.recip() else { return Ok(false) };
        parts.iter().for_each(|(place, m)| value.powers.add(place, -m));
        value.rest = norm.scale(&inverse);
        Ok(true)
    }

    /// Whether a polynomial is zero only where one of the denominators is: it is a product of
    /// them.
    fn is_safe(&mut self, p: &Polynomial, powers: &Powers) -> Outcome<bool> {
        let mut left = p.clone();
        for (place, _) in powers.iter().filter(|(_, n)| *n < 0) {
            while !left.is_constant() {
                match left.divide_exactly(&self.factors[place], self.work)? {
                    Some(quotient) => left = quotient,
                    None => break,
                }
            }
        }
        Ok(left.is_constant() && !left.is_zero())
    }

    /// `a - b*r` and `a^2 - b^2*r^2` of a polynomial `a + b*r`.
    fn conjugate(
        &mut self,
        p: &Polynomial,
        (r, radicand): (usize, &Polynomial),
    ) -> Outcome<(Polynomial, Polynomial)> {
        let mut a = Polynomial::zero(self.variables());
        let mut b = a.clone();
        for (n, coefficient) in p.coefficients_in(r) {
            *(if n == 0 { &mut a } else { &mut b }) = coefficient;
        }
        let conjugate = a.sub(&b.mul(&self.factors[r], self.work)?);
        let square = b.mul(&b, self.work)?.mul(radicand, self.work)?;
        let norm = a.mul(&a, self.work)?.sub(&square);
        Ok((self.reduced(conjugate)?, self.reduced(norm)?))
    }
}
