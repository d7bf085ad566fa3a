//! Power series in several variables, by degree.
//!
//! A series is a list of homogeneous polynomials, one for each degree. With the operator
//! `θ = x*∂/∂x + y*∂/∂y + …`, which multiplies the part of degree k by k, every recurrence
//! for series in one variable holds for several.

use super::coefficient::{Coefficient, Total};
use super::expander::{MAX_TERMS, MAX_WORK};
use crate::kernel::{Number, Pool};
use smallvec::SmallVec;
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// A product of powers: places of variables with their exponents, in order.
pub(super) type Monomial = SmallVec<[(u32, u32); 2]>;

/// A homogeneous polynomial: its monomials in order, each once.
pub(super) type Part = Vec<(Monomial, Coefficient)>;

/// A power series, known up to a degree.
#[derive(Clone, Debug)]
pub(super) struct Series {
    /// The part of each degree that is known.
    pub(super) parts: Vec<Part>,
    /// Whether all parts beyond are zero.
    pub(super) exact: bool,
}

/// Sums of products, one for each monomial.
#[derive(Default)]
pub(super) struct Totals {
    totals: BTreeMap<Monomial, Total>,
    /// The multiplications that were done.
    pub(super) work: u64,
    /// Whether there are more monomials than are kept.
    pub(super) is_over: bool,
}

impl Totals {
    /// Adds `weight*part`.
    pub(super) fn add(&mut self, weight: &Number, part: &Part) {
        self.work += part.len() as u64;
        for (monomial, value) in part {
            self.totals.entry(monomial.clone()).or_default().add(weight, value);
        }
    }

    /// Adds `weight*a*b`.
    pub(super) fn add_product(
        &mut self,
        pool: &mut Pool,
        weight: &Number,
        a: &Part,
        b: &Part,
    ) {
        let least = a.len() as u64 * b.len() as u64;
        if self.work.saturating_add(least) > MAX_WORK {
            // Who asks for the totals finds that they are more than can be paid.
            self.work = MAX_WORK + 1;
            return;
        }
        for (m, x) in a {
            if self.totals.len() > MAX_TERMS {
                self.is_over = true;
                return;
            }
            for (n, y) in b {
                self.work += x.cost_of_product(y);
                let total = self.totals.entry(times(m, n)).or_default();
                total.add_product(pool, weight, x, y);
            }
        }
    }

    /// The part, without what is seen to be zero.
    pub(super) fn finish(self, pool: &mut Pool) -> Part {
        let parts = self.totals.into_iter();
        parts
            .map(|(monomial, total)| (monomial, total.finish(pool)))
            .filter(|(_, value)| !value.is_plain_zero())
            .collect()
    }
}

impl Series {
    /// A constant, to an order.
    pub(super) fn constant(value: Coefficient, order: usize) -> Self {
        let mut parts = vec![Part::new(); order + 1];
        if !value.is_plain_zero() {
            parts[0].push((Monomial::new(), value));
        }
        Self { parts, exact: true }
    }

    /// `value + h` with the variable of a place for `h`.
    pub(super) fn variable(value: Coefficient, place: u32, order: usize) -> Self {
        let mut series = Self::constant(value, order);
        match series.parts.get_mut(1) {
            Some(part) => {
                let one = Coefficient::Number(Number::ONE);
                part.push((Monomial::from_slice(&[(place, 1)]), one));
            }
            None => series.exact = false,
        }
        series
    }

    /// The highest degree that is known.
    pub(super) fn order(&self) -> usize {
        self.parts.len() - 1
    }

    /// The constant term.
    pub(super) fn value(&self) -> Coefficient {
        match self.parts[0].first() {
            Some((_, value)) => value.clone(),
            None => Coefficient::Number(Number::ZERO),
        }
    }

    /// Whether nothing but the constant term is there.
    pub(super) fn is_constant(&self) -> bool {
        self.exact && self.parts[1..].iter().all(Vec::is_empty)
    }

    /// The series without its constant term.
    pub(super) fn without_value(&self) -> Self {
        let mut rest = self.clone();
        rest.parts[0].clear();
        rest
    }

    /// The highest degree with a part that is not seen to be zero.
    pub(super) fn degree(&self) -> usize {
        self.parts.iter().rposition(|part| !part.is_empty()).unwrap_or(0)
    }

    /// The same, known to a lower degree.
    pub(super) fn cut(mut self, order: usize) -> Self {
        if order < self.order() {
            self.exact &= self.degree() <= order;
            self.parts.truncate(order + 1);
        }
        self
    }
}

/// The product of two monomials.
pub(super) fn times(a: &Monomial, b: &Monomial) -> Monomial {
    let mut product = Monomial::new();
    let (mut i, mut j) = (0, 0);
    while i < a.len() || j < b.len() {
        match (a.get(i), b.get(j)) {
            (Some(x), Some(y)) if x.0 == y.0 => {
                product.push((x.0, x.1 + y.1));
                i += 1;
                j += 1;
            }
            (Some(x), Some(y)) if y.0 < x.0 => {
                product.push(*y);
                j += 1;
            }
            (Some(x), _) => {
                product.push(*x);
                i += 1;
            }
            (None, Some(y)) => {
                product.push(*y);
                j += 1;
            }
            (None, None) => {}
        }
    }
    product
}

/// `a/b` for monomials, when `b` divides `a`.
pub(super) fn over(a: &Monomial, b: &Monomial) -> Option<Monomial> {
    let mut quotient = a.clone();
    for (place, exponent) in b {
        let at = quotient.iter().position(|(known, _)| known == place)?;
        let rest = quotient[at].1.checked_sub(*exponent)?;
        if rest == 0 {
            quotient.remove(at);
        } else {
            quotient[at].1 = rest;
        }
    }
    Some(quotient)
}

/// The order of monomials by the exponent of the first variable, then of the next: one that
/// is kept by multiplication, as division needs it.
pub(super) fn compare(a: &Monomial, b: &Monomial) -> Ordering {
    for (x, y) in a.iter().zip(b) {
        // The exponent of an earlier variable is zero in the other.
        let order = y.0.cmp(&x.0).then(x.1.cmp(&y.1));
        if order.is_ne() {
            return order;
        }
    }
    a.len().cmp(&b.len())
}

/// The greatest monomial of a part with its coefficient.
pub(super) fn leading(part: &Part) -> Option<(Monomial, Coefficient)> {
    part.iter().max_by(|a, b| compare(&a.0, &b.0)).cloned()
}
