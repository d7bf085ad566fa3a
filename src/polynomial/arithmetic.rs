//! Sums, products, powers and derivatives.

use super::coefficient::{term_price, words};
use super::packing::Packing;
use super::work::amount;
use super::{Exhausted, Polynomial, Work};
use crate::kernel::Number;
use rustc_hash::FxHashMap;
use std::cmp::Ordering;

/// So many terms are multiplied one by one.
const FEW: usize = 3;

impl Polynomial {
    /// `self + other`.
    #[must_use]
    pub fn add(&self, other: &Self) -> Self {
        self.merge(other, Number::clone)
    }

    /// `self - other`.
    #[must_use]
    pub fn sub(&self, other: &Self) -> Self {
        self.merge(other, Number::neg)
    }

    fn merge(&self, other: &Self, change: impl Fn(&Number) -> Number) -> Self {
        let (left, right) = self.aligned(other);
        let terms = left.number_of_terms() + right.number_of_terms();
        let mut result = Self::with_capacity(left.variables(), terms);
        let (mut i, mut j) = (0, 0);
        while i < left.number_of_terms() && j < right.number_of_terms() {
            let (a, b) = (left.exponents(i), right.exponents(j));
            match a.cmp(b) {
                Ordering::Greater => {
                    result.push(a, left.coefficient(i).clone());
                    i += 1;
                }
                Ordering::Less => {
                    result.push(b, change(right.coefficient(j)));
                    j += 1;
                }
                Ordering::Equal => {
                    let sum = left.coefficient(i).add(&change(right.coefficient(j)));
                    result.push(a, sum);
                    (i, j) = (i + 1, j + 1);
                }
            }
        }
        for at in i..left.number_of_terms() {
            result.push(left.exponents(at), left.coefficient(at).clone());
        }
        for at in j..right.number_of_terms() {
            result.push(right.exponents(at), change(right.coefficient(at)));
        }
        result
    }

    /// `-self`.
    #[must_use]
    pub fn neg(&self) -> Self {
        self.map(Number::neg)
    }

    /// The product with a number.
    #[must_use]
    pub fn scale(&self, factor: &Number) -> Self {
        if factor.is_one() { self.clone() } else { self.map(|c| c.mul(factor)) }
    }

    /// The derivative in a variable.
    #[must_use]
    pub fn derivative(&self, variable: usize) -> Self {
        let mut result = Self::with_capacity(self.variables(), self.number_of_terms());
        let mut lowered = vec![0; self.variables()];
        for (exponents, coefficient) in self.terms() {
            lowered.copy_from_slice(exponents);
            if let Some(exponent) = lowered.get_mut(variable).filter(|e| **e > 0) {
                let factor = Number::from(i64::from(*exponent));
                *exponent -= 1;
                result.push(&lowered, coefficient.mul(&factor));
            }
        }
        result
    }

    /// The product with a term.
    ///
    /// # Errors
    ///
    /// When an exponent does not fit 32 bits.
    pub(super) fn times_term(
        &self,
        exponents: &[u32],
        coefficient: &Number,
    ) -> Result<Self, Exhausted> {
        self.scale(coefficient).times_monomial(exponents)
    }

    /// The product with powers of the variables.
    ///
    /// # Errors
    ///
    /// When an exponent does not fit 32 bits.
    pub fn times_monomial(mut self, exponents: &[u32]) -> Result<Self, Exhausted> {
        if exponents.iter().any(|e| *e > 0) {
            self.raise(exponents).ok_or(Exhausted)?;
        }
        Ok(self)
    }

    /// The same, paid for as a product.
    ///
    /// # Errors
    ///
    /// When an exponent does not fit 32 bits, or the work is used up.
    pub fn raised(self, exponents: &[u32], work: &mut Work) -> Result<Self, Exhausted> {
        let terms = amount(self.number_of_terms());
        work.spend(term_price(self.longest(), 1).saturating_mul(terms))?;
        self.times_monomial(exponents)
    }

    /// What a product with coefficients of this size costs for each pair of terms.
    pub(super) fn longest(&self) -> u64 {
        self.terms().map(|(_, coefficient)| words(coefficient)).max().unwrap_or(1)
    }

    /// `self * other`. Terms are collected in a table over packed exponents.
    ///
    /// # Errors
    ///
    /// When the number of pairs of terms exceeds the work that is left, or an exponent does
    /// not fit.
    pub fn mul(&self, other: &Self, work: &mut Work) -> Result<Self, Exhausted> {
        let (left, right) = self.aligned(other);
        let pairs = amount(left.number_of_terms())
            .saturating_mul(amount(right.number_of_terms()));
        work.spend(term_price(left.longest(), right.longest()).saturating_mul(pairs))?;
        if left.is_zero() || right.is_zero() {
            return Ok(Self::zero(left.variables()));
        }
        if right.number_of_terms() == 1 {
            return left.times_term(right.exponents(0), right.coefficient(0));
        }
        if left.number_of_terms() == 1 {
            return right.times_term(left.exponents(0), left.coefficient(0));
        }
        let (short, long) = if left.number_of_terms() < right.number_of_terms() {
            (&left, &right)
        } else {
            (&right, &left)
        };
        if short.number_of_terms() <= FEW {
            return long.mul_merging(short);
        }
        let degrees: Vec<u64> = left
            .degrees()
            .iter()
            .zip(right.degrees())
            .map(|(a, b)| u64::from(*a) + u64::from(b))
            .collect();
        if degrees.iter().any(|degree| u32::try_from(*degree).is_err()) {
            return Err(Exhausted);
        }
        match Packing::new(degrees.into_iter()) {
            Some(packing) => Ok(left.mul_packed(&right, &packing)),
            None => left.mul_merging(&right),
        }
    }

    fn mul_packed(&self, other: &Self, packing: &Packing) -> Self {
        let keys = |p: &Self| -> Vec<u128> {
            p.terms().map(|(exponents, _)| packing.pack(exponents)).collect()
        };
        let (own, others) = (keys(self), keys(other));
        let mut places: FxHashMap<u128, usize> = FxHashMap::default();
        let mut sums: Vec<(u128, Number)> = Vec::new();
        for (a, key) in own.iter().enumerate() {
            for (b, more) in others.iter().enumerate() {
                let product = self.coefficient(a).mul(other.coefficient(b));
                let place = *places.entry(key + more).or_insert(sums.len());
                match sums.get_mut(place) {
                    Some((_, sum)) => *sum = sum.add(&product),
                    None => sums.push((key + more, product)),
                }
            }
        }
        sums.sort_unstable_by_key(|(key, _)| std::cmp::Reverse(*key));
        let mut result = Self::with_capacity(self.variables(), sums.len());
        let mut exponents = vec![0; self.variables()];
        for (key, sum) in sums {
            packing.unpack(key, &mut exponents);
            result.push(&exponents, sum);
        }
        result
    }

    /// The product as a balanced sum of multiples, for few terms and for exponents that
    /// cannot be packed.
    fn mul_merging(&self, other: &Self) -> Result<Self, Exhausted> {
        let multiples = other.terms().map(|(e, c)| self.times_term(e, c));
        let mut sums = multiples.collect::<Result<Vec<_>, _>>()?;
        while sums.len() > 1 {
            let odd = if sums.len() % 2 == 1 { sums.pop() } else { None };
            let pairs = sums.chunks_exact(2);
            sums = pairs.map(|pair| pair[0].add(&pair[1])).chain(odd).collect();
        }
        Ok(sums.pop().unwrap_or(Self::zero(self.variables())))
    }

    /// `self^exponent` by repeated products, which for sparse sums is cheaper than squaring
    /// (Knuth, TAOCP 2, section 4.6.3).
    ///
    /// # Errors
    ///
    /// When the work is used up, or an exponent does not fit.
    pub fn pow(&self, exponent: u32, work: &mut Work) -> Result<Self, Exhausted> {
        if self.number_of_terms() == 1 {
            let coefficient = self.coefficient(0);
            let length = words(coefficient).saturating_mul(u64::from(exponent));
            work.spend(length)?;
            let bits = work.left().saturating_mul(64);
            let power = coefficient.pow(i64::from(exponent), bits).ok_or(Exhausted)?;
            let raise = |e: &u32| e.checked_mul(exponent).ok_or(Exhausted);
            let raised =
                self.exponents(0).iter().map(raise).collect::<Result<Vec<_>, _>>()?;
            return Ok(Self::monomial(&raised, power));
        }
        if self.is_zero() && exponent > 0 {
            return Ok(self.clone());
        }
        if exponent == 0 {
            return Ok(Self::one(self.variables()));
        }
        let mut result = self.clone().raised(&[], work)?;
        for _ in 1..exponent {
            result = result.mul(self, work)?;
        }
        Ok(result)
    }
}
