//! Irreducible factors in one variable over the integers (Zassenhaus 1969; von zur Gathen and
//! Gerhard, algorithm 15.19; Geddes, Czapor and Labahn, section 8.7).

use super::cantor_zassenhaus::{by_degree, is_square_free, of_equal_degree};
use super::field::{Field, Sequence, small_primes};
use super::recombine::Recombination;
use super::work::amount;
use super::{Exhausted, Work, dense, hensel, modular};
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::Signed;

/// How many primes are compared.
const TRIALS: usize = 5;

/// Factors that were found, and whether each is known to be irreducible.
pub(super) struct Parts {
    pub(super) factors: Vec<Vec<BigInt>>,
    pub(super) complete: bool,
}

/// A prime with the factors modulo it, sorted by degree.
struct Choice {
    field: Field,
    parts: Vec<(Vec<u64>, usize)>,
    count: usize,
}

/// The factors of a primitive square-free polynomial with a positive leading coefficient. What
/// cannot be decided with the work that is left stays together, and the answer says so.
pub(super) fn factor(f: &[BigInt], work: &mut Work) -> Parts {
    let whole = |complete| Parts { factors: vec![f.to_vec()], complete };
    if f.len() <= 2 {
        return whole(true);
    }
    if let [c, b, a] = f {
        return Parts { factors: of_quadratic(a, b, c), complete: true };
    }
    let mut possible = vec![true; f.len()];
    let best = match choose(f, &mut possible, work) {
        Ok(Some(best)) => best,
        Ok(None) | Err(Exhausted) => return whole(false),
    };
    let degrees = possible.iter().filter(|degree| **degree).count();
    if best.count <= 1 || degrees <= 2 {
        return whole(true);
    }
    match recombine(f, &best, possible, work) {
        Ok(Some(parts)) => parts,
        Ok(None) | Err(Exhausted) => whole(false),
    }
}

/// The factors of `a*x^2 + b*x + c`: two when the discriminant is a square.
fn of_quadratic(a: &BigInt, b: &BigInt, c: &BigInt) -> Vec<Vec<BigInt>> {
    let discriminant: BigInt = b * b - a * c * 4;
    let root =
        if discriminant.is_negative() { BigInt::ZERO } else { discriminant.sqrt() };
    if &root * &root != discriminant {
        return vec![vec![c.clone(), b.clone(), a.clone()]];
    }
    let linear = |constant: BigInt| dense::primitive(&[constant, a * 2]);
    vec![linear(b + &root), linear(b - &root)]
}

/// The prime with fewest factors, among a few. Degrees that no set of factors has are
/// crossed out.
fn choose(
    f: &[BigInt],
    possible: &mut [bool],
    work: &mut Work,
) -> Result<Option<Choice>, Exhausted> {
    let mut best: Option<Choice> = None;
    let mut tried = 0;
    for prime in small_primes(20_000) {
        let field = Field::new(prime);
        let image: Vec<u64> = f.iter().map(|c| field.element_of(c)).collect();
        work.spend(amount(f.len()).saturating_mul(dense::words(f)))?;
        if image.last() == Some(&0) {
            continue;
        }
        let image = modular::monic(field, &image);
        work.spend(amount(f.len() * f.len()))?;
        if !is_square_free(field, &image) {
            continue;
        }
        let parts = by_degree(field, &image, work)?;
        let count =
            parts.iter().map(|(product, degree)| (product.len() - 1) / degree).sum();
        cross_out(possible, &parts);
        if best.as_ref().is_none_or(|best| count < best.count) {
            best = Some(Choice { field, parts, count });
        }
        tried += 1;
        let open = possible.iter().filter(|degree| **degree).count();
        if tried == TRIALS || count == 1 || open <= 2 {
            break;
        }
    }
    Ok(best)
}

/// Keeps the degrees that are sums of degrees of factors.
fn cross_out(possible: &mut [bool], parts: &[(Vec<u64>, usize)]) {
    let mut sums = vec![false; possible.len()];
    sums[0] = true;
    for (product, degree) in parts {
        for _ in 0..(product.len() - 1) / degree {
            for at in (*degree..sums.len()).rev() {
                sums[at] |= sums[at - degree];
            }
        }
    }
    for (own, sum) in possible.iter_mut().zip(sums) {
        *own &= sum;
    }
}

/// A bound of the coefficients of all divisors, times two and the leading coefficient
/// (Landau and Mignotte; von zur Gathen and Gerhard, corollary 6.33).
fn bound(f: &[BigInt]) -> BigInt {
    let norm: BigInt = f.iter().map(|c| c * c).sum();
    let lead = f.last().map_or(BigInt::from(1), Signed::abs);
    ((norm.sqrt() + 1u32) * lead) << f.len()
}

fn recombine(
    f: &[BigInt],
    choice: &Choice,
    possible: Vec<bool>,
    work: &mut Work,
) -> Result<Option<Parts>, Exhausted> {
    let field = choice.field;
    let mut random = Sequence(2);
    let mut factors = Vec::new();
    for (product, degree) in &choice.parts {
        let found = of_equal_degree(field, product.clone(), *degree, &mut random, work)?;
        factors.extend(found);
    }
    let bound = bound(f);
    let mut modulus = BigInt::from(field.prime());
    let mut steps = 0;
    while modulus <= bound {
        modulus = &modulus * &modulus;
        steps += 1;
    }
    let Some(lead) = f.last() else { return Ok(None) };
    let inverse = lead.extended_gcd(&modulus).x;
    let monic: Vec<BigInt> =
        f.iter().map(|c| (c * &inverse).mod_floor(&modulus)).collect();
    let Some(lifted) = hensel::lift(field, &monic, &factors, steps, work)? else {
        return Ok(None);
    };
    Ok(Some(Recombination::new(f, lifted, modulus, possible).run(work)))
}
