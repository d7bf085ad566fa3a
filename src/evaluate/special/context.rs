//! What functions with many digits are calculated with: constants, elementary functions, sums.

use super::super::error_function;
use super::bernoulli;
use super::real::Real;
use astro_float::{BigFloat, Consts, RoundingMode};
use std::sync::Arc;

const ROUND: RoundingMode = RoundingMode::ToEven;
/// Looking for the last digit of a transcendental value that is exact has no end.
const UNROUNDED: RoundingMode = RoundingMode::None;
/// The most terms that are added for one value, fewer where there are many digits: what a term
/// costs grows with the square of so many binary digits.
const MOST_TERMS: u64 = 200_000;
const DIGITS_OF_A_TERM: usize = 1000;
/// Arguments beyond this many binary digits leave nothing of an angle.
pub(super) const FARTHEST_WAVE: f64 = 3000.0;
/// What an exponential or a logarithm costs in terms.
pub(in super::super) const TRANSCENDENTAL: u64 = 40;
/// What one Bernoulli number of many costs in terms.
const BERNOULLI: u64 = 4;
/// The binary logarithm of the smallest numbers.
const SMALLEST: f64 = -2e9;

/// A precision with its constants, and the work that is left.
pub(super) struct Context<'c> {
    pub(super) p: usize,
    constants: &'c mut Consts,
    terms: u64,
    /// `B_2k/(2*k)` for k from 1, as many as were asked for.
    bernoulli: Arc<[Real]>,
}

impl<'c> Context<'c> {
    pub(super) fn new(p: usize, constants: &'c mut Consts) -> Self {
        Self { p, constants, terms: 0, bernoulli: Arc::default() }
    }

    /// The same with so many more digits.
    pub(super) fn finer(&mut self, more: usize) -> Context<'_> {
        Context {
            p: self.p + more,
            constants: self.constants,
            terms: self.terms,
            bernoulli: Arc::default(),
        }
    }

    /// Pays for so many terms; `None` when that is too much.
    pub(super) fn pay(&mut self, terms: u64) -> Option<()> {
        self.terms = self.terms.saturating_add(terms);
        (self.cost() <= MOST_TERMS).then_some(())
    }

    /// Whether so many terms may be paid for yet; `None` when that is too much.
    pub(super) fn afford(&self, terms: f64) -> Option<()> {
        let all = self.terms.saturating_add(terms as u64);
        (all.saturating_mul(self.cost_of_a_term()) <= MOST_TERMS).then_some(())
    }

    /// What was paid for, in terms with few digits.
    pub(super) fn cost(&self) -> u64 {
        self.terms.saturating_mul(self.cost_of_a_term())
    }

    /// What a term costs, in terms with few digits.
    fn cost_of_a_term(&self) -> u64 {
        let cost = (1 + self.p / DIGITS_OF_A_TERM) as u64;
        cost * cost
    }

    /// `B_2k/(2*k)` for k from 1, so many at least; `None` when that is too much.
    pub(super) fn bernoulli(&mut self, count: usize) -> Option<Arc<[Real]>> {
        if self.bernoulli.len() < count {
            self.pay(BERNOULLI * count as u64)?;
            self.bernoulli = bernoulli::ratios(count, self.p);
        }
        Some(Arc::clone(&self.bernoulli))
    }

    /// Pays for an exponential or a logarithm; what is too much shows with the next term.
    fn charge(&mut self) {
        self.terms = self.terms.saturating_add(TRANSCENDENTAL);
    }

    pub(super) fn whole(&self, n: i64) -> Real {
        Real::exact(BigFloat::from_i64(n, self.p), self.p)
    }

    pub(super) fn ratio(&self, above: i64, below: i64) -> Real {
        self.whole(above) / below
    }

    pub(super) fn undefined(&self) -> Real {
        Real::undefined(self.p)
    }

    /// The same number, which is to be calculated with the digits of this context.
    pub(super) fn take(&self, x: &Real) -> Real {
        Real { p: self.p, ..x.clone() }
    }

    pub(super) fn pi(&mut self) -> Real {
        let pi = self.constants.pi(self.p, ROUND);
        Real::near(pi, self.p, f64::NEG_INFINITY)
    }

    pub(super) fn exp(&mut self, x: &Real) -> Real {
        self.charge();
        let value = x.value.exp(self.p, UNROUNDED, self.constants);
        let error = Real::exact(value.clone(), self.p).size() + x.error;
        let error = match value.is_zero() {
            // Too small for any exponent.
            true => SMALLEST,
            // What is off by more than a little grows faster than that.
            false if x.error > -1.0 => f64::INFINITY,
            false => error + 1.0,
        };
        Real::near(value, self.p, error)
    }

    pub(super) fn ln(&mut self, x: &Real) -> Real {
        if x.is_lost() && !x.is_nan() {
            return Real::unknown(self.p);
        }
        if !x.is_positive() {
            return self.undefined();
        }
        self.charge();
        let value = x.value.ln(self.p, UNROUNDED, self.constants);
        Real::near(value, self.p, x.relative() + 0.5)
    }

    pub(super) fn sin(&mut self, x: &Real) -> Real {
        Real::near(x.value.sin(self.p, UNROUNDED, self.constants), self.p, x.error)
    }

    pub(super) fn cos(&mut self, x: &Real) -> Real {
        Real::near(x.value.cos(self.p, UNROUNDED, self.constants), self.p, x.error)
    }

    pub(super) fn atan(&mut self, x: &Real) -> Real {
        Real::near(x.value.atan(self.p, UNROUNDED, self.constants), self.p, x.error)
    }

    /// The error function of a number that is taken for exact.
    pub(super) fn erf(&mut self, x: &Real) -> Option<Real> {
        let value = error_function::erf(&x.value, self.p, self.constants)?;
        Some(Real::near(value, self.p, f64::NEG_INFINITY))
    }

    /// The complementary error function, likewise.
    pub(super) fn erfc(&mut self, x: &Real) -> Option<Real> {
        let value = error_function::erfc(&x.value, self.p, self.constants)?;
        // Too small for any exponent.
        if value.is_zero() {
            return None;
        }
        Some(Real::near(value, self.p, f64::NEG_INFINITY))
    }

    /// A whole power, also of a negative number.
    pub(super) fn whole_power(&mut self, x: &Real, n: i64) -> Real {
        let Ok(size) = usize::try_from(n.unsigned_abs()) else {
            let n = self.whole(n);
            return self.power(x, &n);
        };
        let value = x.value.powi(size, self.p, ROUND);
        let power = Real::exact(value, self.p);
        // Each of the multiplications rounds.
        let steps = (n.unsigned_abs() as f64 + 1.0).log2() + 1.0;
        let relative = x.relative().max(-(self.p as f64)) + steps;
        let error = power.size() + relative;
        let power = Real::near(power.value, self.p, error);
        if n < 0 { power.inverse() } else { power }
    }

    /// `x^y` for positive x, or for whole y.
    pub(super) fn power(&mut self, x: &Real, y: &Real) -> Real {
        match y.whole() {
            Some(n) if n.abs() < 1 << 20 && y.error == f64::NEG_INFINITY => {
                self.whole_power(x, n)
            }
            _ => {
                let log = self.ln(x);
                self.exp(&(log * y))
            }
        }
    }

    /// `sin(pi*x)` and `cos(pi*x)`, exact at whole numbers.
    pub(super) fn turn(&mut self, x: &Real) -> (Real, Real) {
        let near = x.nearest();
        let half = near.value.div(&BigFloat::from_word(2, self.p), self.p, ROUND);
        let is_odd = !near.is_zero() && !half.is_zero() && !half.is_int();
        let rest = (x - &near) * self.pi();
        let (mut sine, cosine) = match rest.is_zero() {
            true => (self.whole(0), self.whole(1)),
            false => (self.sin(&rest), self.cos(&rest)),
        };
        if rest.is_zero() {
            sine.error = f64::NEG_INFINITY;
        }
        if is_odd { (-sine, -cosine) } else { (sine, cosine) }
    }

    /// A sum of terms, each made from the one before and its number, from 1 on. From `start`
    /// on every term is less than the one before, by at least so many binary digits in all
    /// that come after it together.
    ///
    /// `None` where that is too much.
    pub(super) fn sum(
        &mut self,
        first: Real,
        start: f64,
        tail: f64,
        mut next: impl FnMut(&Real, i64) -> Real,
    ) -> Option<Real> {
        let mut sum = first.clone();
        let mut term = first;
        for k in 1.. {
            if term.is_zero() {
                break;
            }
            if k as f64 > start {
                let last = term.size() + tail;
                if last < (sum.size() - self.p as f64).max(sum.error - 4.0) {
                    return Some(sum.off_by(last));
                }
            }
            self.pay(1)?;
            term = next(&term, k);
            sum = sum + &term;
        }
        Some(sum)
    }

    /// A series that does not converge, as far as its terms fall; from `start` on its error is
    /// at most the first term that is left out. `None` where that is not enough.
    pub(super) fn asymptotic(
        &mut self,
        first: Real,
        start: f64,
        mut next: impl FnMut(&Real, i64) -> Real,
    ) -> Option<Real> {
        let mut sum = first.clone();
        let mut term = first;
        for k in 1.. {
            self.pay(1)?;
            let after = next(&term, k);
            if after.is_zero() {
                break;
            }
            if k as f64 > start {
                if after.size() < sum.size() - self.p as f64 {
                    return Some(sum.off_by(after.size() + 1.0));
                }
                if after.size() > term.size() {
                    return None;
                }
            }
            sum = sum + &after;
            term = after;
        }
        Some(sum)
    }
}
