//! Sums over Bernoulli numbers.
//!
//! Source: Brent and Harvey, Fast computation of Bernoulli, tangent and secant numbers (2011).

use super::context::Context;
use super::real::Real;
use astro_float::{BigFloat, Sign, WORD_BIT_SIZE, Word};
use num_bigint::BigInt;
use std::collections::VecDeque;
use std::sync::{Arc, PoisonError, RwLock};

/// Tangent numbers that are kept for the next value, as many as were asked for.
static KEPT: RwLock<Option<Arc<[BigInt]>>> = RwLock::new(None);
/// `B_2k/(2*k)` with as many binary digits as stand before them, for the precisions that were
/// asked for last.
static RATIOS: RwLock<VecDeque<(usize, Arc<[Real]>)>> = RwLock::new(VecDeque::new());
const PRECISIONS: usize = 8;
/// No more are kept, and that many more are made than are asked for.
const MOST_KEPT: usize = 1024;
const SPARE: usize = 64;

/// The sum of `B_2k/(2*k*weight(k))*power*square^(k - 1)` over k from 1, as far as it falls
/// below the last digit, with the next term as its error; `None` where it does not.
pub(super) fn bernoulli_sum(
    c: &mut Context<'_>,
    power: &Real,
    square: &Real,
    weight: fn(u64) -> u64,
) -> Option<Real> {
    let p = power.p;
    let mut power = power.clone();
    let mut sum = Real::exact(BigFloat::from_word(0, p), p);
    for (n, ratio) in c.bernoulli(p / 8 + 8)?.iter().enumerate() {
        let term = ratio * &power / weight(n as u64 + 1) as i64;
        if term.size() < sum.size() - p as f64 - 4.0 {
            return Some(sum.off_by(term.size() + 1.0));
        }
        sum = sum + term;
        power = power * square;
    }
    None
}

/// `B_2k/(2*k)` for k from 1, so many at least.
pub(super) fn ratios(count: usize, p: usize) -> Arc<[Real]> {
    let kept = RATIOS.read().unwrap_or_else(PoisonError::into_inner);
    let is_enough = |(q, list): &&(usize, Arc<[Real]>)| *q == p && list.len() >= count;
    if let Some((_, list)) = kept.iter().find(is_enough) {
        return Arc::clone(list);
    }
    drop(kept);
    let made: Arc<[Real]> = fresh_ratios(count, p).into();
    if count <= MOST_KEPT {
        let mut kept = RATIOS.write().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|(q, _)| *q != p);
        kept.truncate(PRECISIONS - 1);
        kept.push_front((p, Arc::clone(&made)));
    }
    made
}

/// The same, made of the tangent numbers: ±T_k/(4^k*(4^k - 1)).
fn fresh_ratios(count: usize, p: usize) -> Vec<Real> {
    let ratio = |(n, tangent): (usize, &BigInt)| {
        let four = BigInt::from(1) << (2 * (n + 1));
        let below = &four * (&four - 1);
        let ratio = large(tangent, p) / large(&below, p);
        if n % 2 == 0 { ratio } else { -ratio }
    };
    tangents(count).iter().take(count).enumerate().map(ratio).collect()
}

/// A positive whole number with the digits that there are.
fn large(n: &BigInt, p: usize) -> Real {
    let (_, bytes) = n.to_bytes_le();
    let words = bytes.chunks(size_of::<Word>());
    let word = |bytes: &[u8]| bytes.iter().rev().fold(0, |w, b| w << 8 | Word::from(*b));
    let words: Vec<Word> = words.map(word).collect();
    let exponent = (WORD_BIT_SIZE * words.len()) as i32;
    let value = BigFloat::from_words(&words, Sign::Pos, exponent);
    let zero = BigFloat::from_word(0, p);
    let rounded = value.add(&zero, p, astro_float::RoundingMode::ToEven);
    Real::rounded(rounded, p, f64::NEG_INFINITY)
}

/// So many tangent numbers at least, which are the same in every run.
fn tangents(count: usize) -> Arc<[BigInt]> {
    if count > MOST_KEPT {
        return tangent_numbers(count).into();
    }
    let kept = KEPT.read().unwrap_or_else(PoisonError::into_inner).clone();
    if let Some(kept) = kept.filter(|kept| kept.len() >= count) {
        return kept;
    }
    let made: Arc<[BigInt]> = tangent_numbers(count + SPARE).into();
    *KEPT.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&made));
    made
}

/// The tangent numbers 1, 2, 16, 272, …
fn tangent_numbers(count: usize) -> Vec<BigInt> {
    let mut numbers: Vec<BigInt> = Vec::with_capacity(count);
    for k in 0..count {
        let next = match numbers.last() {
            Some(last) => last * BigInt::from(k),
            None => BigInt::from(1),
        };
        numbers.push(next);
    }
    for k in 1..count {
        for j in k..count {
            let (a, b) = (BigInt::from(j - k), BigInt::from(j - k + 2));
            numbers[j] = a * &numbers[j - 1] + b * &numbers[j];
        }
    }
    numbers
}
