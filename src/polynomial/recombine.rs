//! Which factors modulo a power of a prime belong together.

use super::univariate::Parts;
use super::work::amount;
use super::{Exhausted, Work, dense};
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};

/// The search for true factors among products of monic lifted factors.
///
/// Sets are tried in ascending order of size. A set is put to the test by division only when
/// the sum of the roots of its product is small and its constant term fits (Abbott, Shoup
/// and Zimmermann, "Factorization in Z\[x\]: the searching phase", 2000).
pub(super) struct Recombination {
    rest: Vec<BigInt>,
    lifted: Vec<Vec<BigInt>>,
    modulus: BigInt,
    possible: Vec<bool>,
}

/// The bits of fractions of the modulus.
const SCALE: u32 = 64;

impl Recombination {
    pub(super) fn new(
        f: &[BigInt],
        lifted: Vec<Vec<BigInt>>,
        modulus: BigInt,
        possible: Vec<bool>,
    ) -> Self {
        Self { rest: f.to_vec(), lifted, modulus, possible }
    }

    /// The true factors; those that are left when the work is used up stay together.
    pub(super) fn run(mut self, work: &mut Work) -> Parts {
        let mut factors = Vec::new();
        let outcome = self.search(&mut factors, work);
        if self.rest.len() > 1 {
            factors.push(self.rest);
        }
        Parts { factors, complete: outcome.is_ok() }
    }

    fn search(
        &mut self,
        found: &mut Vec<Vec<BigInt>>,
        work: &mut Work,
    ) -> Result<(), Exhausted> {
        let mut size = 1;
        'sizes: while 2 * size <= self.lifted.len() {
            let (fractions, limit) = self.fractions();
            let mut set: Vec<usize> = (0..size).collect();
            loop {
                work.spend(amount(size))?;
                let sum =
                    set.iter().fold(0u64, |sum, at| sum.wrapping_add(fractions[*at]));
                let small = sum.min(sum.wrapping_neg()) <= limit;
                if small && let Some(factor) = self.test(&set, work)? {
                    found.push(factor);
                    for at in set.iter().rev() {
                        self.lifted.remove(*at);
                    }
                    continue 'sizes;
                }
                if !advance(&mut set, self.lifted.len()) {
                    break;
                }
            }
            size += 1;
        }
        Ok(())
    }

    /// For each lifted factor the leading coefficient times the sum of its roots, as a
    /// fraction of the modulus, and the bound of such a sum for a true factor.
    fn fractions(&self) -> (Vec<u64>, u64) {
        let lead = self.rest.last().cloned().unwrap_or_else(BigInt::one);
        let fraction = |factor: &Vec<BigInt>| {
            let second = factor.len().checked_sub(2).and_then(|at| factor.get(at));
            let sum = (second.map_or_else(BigInt::zero, |c| c * &lead))
                .mod_floor(&self.modulus);
            ((sum << SCALE) / &self.modulus).to_u64().unwrap_or(0)
        };
        let fractions = self.lifted.iter().map(fraction).collect();
        // No root is larger than 1 + max |c| / |lead|, and there are at most as many as the
        // degree.
        let most = self.rest.iter().map(Signed::abs).max().unwrap_or_else(BigInt::one);
        let bound = (most + &lead) * amount(self.rest.len());
        let limit = ((bound << SCALE) / &self.modulus).to_u64().unwrap_or(u64::MAX);
        (fractions, limit.saturating_add(amount(self.lifted.len()) + 1))
    }

    /// The true factor that belongs to a set; the rest is divided by it.
    fn test(
        &mut self,
        set: &[usize],
        work: &mut Work,
    ) -> Result<Option<Vec<BigInt>>, Exhausted> {
        let degree: usize = set.iter().map(|at| self.lifted[*at].len() - 1).sum();
        if !self.possible.get(degree).is_some_and(|possible| *possible) {
            return Ok(None);
        }
        let (Some(lead), Some(last)) = (self.rest.last(), self.rest.first()) else {
            return Ok(None);
        };
        let words = 1 + self.modulus.bits() / 64;
        work.spend(amount(set.len()).saturating_mul(words * words))?;
        let constant = set.iter().fold(lead.clone(), |product, at| {
            let own = self.lifted[*at].first().cloned().unwrap_or_default();
            (product * own).mod_floor(&self.modulus)
        });
        let constant = dense::nearest(&constant, &self.modulus);
        let divides = if constant.is_zero() {
            last.is_zero()
        } else {
            (last * lead).is_multiple_of(&constant)
        };
        if !divides {
            return Ok(None);
        }
        let mut product = vec![lead.clone()];
        for at in set {
            work.spend(amount(product.len() * self.lifted[*at].len()) * words * words)?;
            product =
                dense::reduce(&dense::mul(&product, &self.lifted[*at]), &self.modulus);
        }
        let near: Vec<BigInt> =
            product.iter().map(|c| dense::nearest(c, &self.modulus)).collect();
        let factor = dense::primitive(&near);
        work.spend(dense::price(&self.rest, &factor))?;
        let Some(quotient) = dense::divide_exactly(&self.rest, &factor) else {
            return Ok(None);
        };
        self.rest = quotient;
        Ok(Some(factor))
    }
}

/// The next set of the same size in lexicographic order.
fn advance(set: &mut [usize], count: usize) -> bool {
    let size = set.len();
    let Some(at) = (0..size).rev().find(|at| set[*at] < count - size + at) else {
        return false;
    };
    set[at] += 1;
    for next in at + 1..size {
        set[next] = set[next - 1] + 1;
    }
    true
}
