//! Sturm's sequence: how often it changes sign tells how many real roots there are.

use super::coefficient::content_price;
use super::work::amount;
use super::{Exhausted, Work, dense};
use crate::kernel::Number;
use num_bigint::{BigInt, Sign as BigSign};
use num_traits::{Signed, Zero};

/// The sequence of a polynomial in one variable (von zur Gathen and Gerhard, exercise 4.32;
/// Knuth, TAOCP 2, section 4.6.1, exercise 22).
pub(super) struct Sturm {
    sequence: Vec<Vec<BigInt>>,
}

/// A place on the real line.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place<'a> {
    Below,
    At(&'a Number),
    Above,
}

impl Sturm {
    /// The sequence of a polynomial of degree at least 1, without its multiple roots.
    pub(super) fn new(f: &[BigInt], work: &mut Work) -> Result<Self, Exhausted> {
        let sequence = chain(f, work)?;
        let Some(common) = sequence.last().filter(|last| last.len() > 1) else {
            return Ok(Self { sequence });
        };
        work.spend(dense::price(f, common))?;
        let simple =
            dense::divide_exactly(&dense::primitive(f), &dense::primitive(common));
        Ok(Self { sequence: chain(&simple.ok_or(Exhausted)?, work)? })
    }

    /// The polynomial with simple roots at the roots of the original.
    pub(super) fn simple(&self) -> &[BigInt] {
        &self.sequence[0]
    }

    /// Changes of sign at a place.
    fn changes(&self, place: Place<'_>, work: &mut Work) -> Result<usize, Exhausted> {
        let mut last = BigSign::NoSign;
        let mut changes = 0;
        for f in &self.sequence {
            let sign = sign_at(f, place, work)?;
            if sign != BigSign::NoSign {
                changes += usize::from(last != BigSign::NoSign && last != sign);
                last = sign;
            }
        }
        Ok(changes)
    }

    /// The number of roots above one place and not above another.
    pub(super) fn count(
        &self,
        low: Place<'_>,
        high: Place<'_>,
        work: &mut Work,
    ) -> Result<usize, Exhausted> {
        let below = self.changes(low, work)?;
        Ok(below.saturating_sub(self.changes(high, work)?))
    }
}

/// The sign of a polynomial at a place.
pub(super) fn sign_at(
    f: &[BigInt],
    place: Place<'_>,
    work: &mut Work,
) -> Result<BigSign, Exhausted> {
    let lead = f.last().map_or(BigSign::NoSign, BigInt::sign);
    let at = match place {
        Place::Above => return Ok(lead),
        Place::Below => return Ok(if f.len().is_multiple_of(2) { -lead } else { lead }),
        Place::At(at) => at.to_big(),
    };
    let size = 1 + (at.numer().bits() + at.denom().bits()) / 64;
    let length = amount(f.len()).saturating_mul(size).saturating_add(dense::words(f));
    work.spend(amount(f.len()).saturating_mul(size).saturating_mul(length))?;
    // The value times a power of the denominator, by Horner's rule.
    let mut value = BigInt::zero();
    let mut power = BigInt::from(1);
    for c in f.iter().rev() {
        value = value * at.numer() + c * &power;
        power *= at.denom();
    }
    Ok(value.sign())
}

/// Remainders with the sign turned, of a polynomial and its derivative; positive numbers are
/// divided out.
fn chain(f: &[BigInt], work: &mut Work) -> Result<Vec<Vec<BigInt>>, Exhausted> {
    let derivative: Vec<BigInt> =
        f.iter().enumerate().skip(1).map(|(k, c)| c * k).collect();
    let mut sequence = vec![positive_part(f), positive_part(&dense::trim(derivative))];
    loop {
        let [.., a, b] = &sequence[..] else { return Ok(sequence) };
        if b.len() <= 1 {
            break;
        }
        let steps = amount(a.len() - b.len() + 1);
        work.spend(dense::price(a, b).saturating_mul(steps))?;
        let rest = remainder(a, b);
        if rest.is_empty() {
            break;
        }
        work.spend(content_price(rest.len(), dense::words(&rest)))?;
        let rest: Vec<BigInt> = positive_part(&rest).iter().map(|c| -c).collect();
        sequence.push(rest);
    }
    sequence.retain(|f| !f.is_empty());
    Ok(sequence)
}

/// The polynomial divided by its content without sign.
fn positive_part(f: &[BigInt]) -> Vec<BigInt> {
    let content = dense::content(f).abs();
    if content.is_zero() { f.to_vec() } else { f.iter().map(|c| c / &content).collect() }
}

/// A positive multiple of the remainder.
fn remainder(a: &[BigInt], b: &[BigInt]) -> Vec<BigInt> {
    let mut rest = a.to_vec();
    let Some(lead) = b.last() else { return rest };
    let (size, negative) = (lead.abs(), lead.is_negative());
    while rest.len() >= b.len() {
        let shift = rest.len() - b.len();
        let Some(top) = rest.pop() else { break };
        let factor = if negative { -top } else { top };
        for (at, slot) in rest.iter_mut().enumerate() {
            *slot *= &size;
            if let Some(c) = at.checked_sub(shift).and_then(|k| b.get(k)) {
                *slot -= &factor * c;
            }
        }
        rest = dense::trim(rest);
    }
    rest
}
