//! Irreducible factors in several variables.

use super::chinese::Remainders;
use super::field::{Field, Sequence};
use super::gcd::content_in;
use super::image::Image;
use super::lift::Target;
use super::work::amount;
use super::{Exhausted, Polynomial, Work, cantor_zassenhaus, dense, modular, univariate};
use crate::kernel::Number;
use num_bigint::BigInt;

/// How many points are compared, and how many are tried.
const POINTS: usize = 4;
const TRIALS: usize = 60;

/// How many primes are put together at most.
const PRIMES: usize = 40;

/// A point for all variables but the main one, and the factors there.
struct Choice {
    point: Vec<i64>,
    images: Vec<Vec<BigInt>>,
}

/// Adds to `found` the factors of a square-free polynomial that is primitive with respect to
/// every variable, has at least two variables and is not linear in any of them. What is
/// left when the work is used up stays together and comes last.
///
/// All variables but one are set to numbers at which the factors in one variable are fewest;
/// sets of these are lifted to factors in all variables, smaller sets first, and what is
/// lifted counts when it divides (Wang 1978; Geddes, Czapor and Labahn, section 8.8).
pub(super) fn factor(
    f: &Polynomial,
    found: &mut Vec<Polynomial>,
    work: &mut Work,
) -> Result<(), Exhausted> {
    let mut rest = f.clone();
    let outcome = search(&mut rest, found, work);
    if !rest.is_constant() {
        found.push(rest);
    }
    outcome
}

fn search(
    rest: &mut Polynomial,
    found: &mut Vec<Polynomial>,
    work: &mut Work,
) -> Result<(), Exhausted> {
    let effort = |v: &usize| {
        let lead = rest.leading_coefficient_in(*v);
        let length = if lead.is_constant() { 0 } else { lead.number_of_terms() };
        (length, rest.degree(*v))
    };
    let Some(main) = rest.occurring().into_iter().min_by_key(effort) else {
        return Ok(());
    };
    let Some(Choice { point, mut images }) = choose(rest, main, work)? else {
        return if rest.is_constant() { Ok(()) } else { Err(Exhausted) };
    };
    let mut size = 1;
    'sizes: while 2 * size <= images.len() {
        let target = Target::new(rest, main, &point, work)?;
        for set in sets(images.len(), size) {
            work.spend(amount(size))?;
            let choice = Chosen { images: &images, set: &set, point: &point, main };
            let Some((factor, quotient)) = choice.lifted(rest, &target, work)? else {
                continue;
            };
            *rest = quotient;
            found.push(factor);
            for at in set.iter().rev() {
                images.remove(*at);
            }
            continue 'sizes;
        }
        size += 1;
    }
    Ok(())
}

/// The sets of a size in lexicographic order.
fn sets(count: usize, size: usize) -> impl Iterator<Item = Vec<usize>> {
    let first = (size <= count).then(|| (0..size).collect::<Vec<usize>>());
    std::iter::successors(first, move |set| {
        let mut set = set.clone();
        let at = (0..size).rev().find(|at| set[*at] < count - size + at)?;
        set[at] += 1;
        for next in at + 1..size {
            set[next] = set[next - 1] + 1;
        }
        Some(set)
    })
}

/// The point at which the polynomial in the main variable has fewest factors, among a few
/// where it keeps its degree and is square-free. Points with many zeros come first, because
/// they keep the polynomial short.
fn choose(
    f: &Polynomial,
    main: usize,
    work: &mut Work,
) -> Result<Option<Choice>, Exhausted> {
    let others: Vec<usize> = f.occurring().into_iter().filter(|v| *v != main).collect();
    let mut random = Sequence(3);
    let mut best: Option<Choice> = None;
    let mut valid = 0;
    for trial in 0..TRIALS {
        let mut point = vec![0; f.variables()];
        for (place, variable) in others.iter().enumerate() {
            let range = 3 + trial as u64 / 4;
            let value = (random.next() % (2 * range + 1)) as i64 - range as i64;
            let some = trial > others.len() || (trial > 0 && place == trial - 1);
            point[*variable] = if some { value } else { 0 };
        }
        if !is_suitable(f, main, &point, work)? {
            continue;
        }
        let mut image = f.clone();
        for variable in &others {
            image = image.evaluate(*variable, &Number::from(point[*variable]), work)?;
        }
        let image = dense::primitive(&dense::from_polynomial(
            &image.primitive_part().1,
            main,
            work,
        )?);
        let parts = univariate::factor(&image, work);
        if !parts.complete {
            return Err(Exhausted);
        }
        let images = parts.factors;
        let count = images.len();
        if best.as_ref().is_none_or(|best| count < best.images.len()) {
            best = Some(Choice { point, images });
        }
        valid += 1;
        if count == 1 || valid == POINTS {
            break;
        }
    }
    Ok(best)
}

/// Whether the image at a point keeps its degree and is square-free, as seen modulo a prime.
fn is_suitable(
    f: &Polynomial,
    main: usize,
    point: &[i64],
    work: &mut Work,
) -> Result<bool, Exhausted> {
    let degree = f.degree(main) as usize;
    work.spend(Image::price(f).saturating_add(amount((degree + 1) * (degree + 1))))?;
    let Some(field) = Field::large().next() else { return Ok(false) };
    let point: Vec<u64> = point.iter().map(|value| field.element(*value)).collect();
    let Some(image) = Image::new(f, field, main, &point, &[]) else { return Ok(false) };
    let image = image.collected(field);
    Ok(image.len() == degree + 1 && cantor_zassenhaus::is_square_free(field, &image))
}

/// A set of the factors at a point.
struct Chosen<'a> {
    images: &'a [Vec<BigInt>],
    set: &'a [usize],
    point: &'a [i64],
    main: usize,
}

impl Chosen<'_> {
    /// The factor whose image is the product of the set, when there is one, and what is left
    /// without it.
    fn lifted(
        &self,
        rest: &Polynomial,
        target: &Target,
        work: &mut Work,
    ) -> Result<Option<(Polynomial, Polynomial)>, Exhausted> {
        let back: Vec<i64> = self.point.iter().map(|value| -value).collect();
        let mut known: Option<(Vec<Vec<u32>>, Remainders)> = None;
        for field in Field::large().take(PRIMES) {
            let (mut left, mut right) = (vec![field.one], vec![field.one]);
            for (at, image) in self.images.iter().enumerate() {
                let side = if self.set.contains(&at) { &mut left } else { &mut right };
                let image: Vec<u64> = image.iter().map(|c| field.element_of(c)).collect();
                work.spend(amount(side.len() * image.len()))?;
                *side = modular::mul(field, side, &image);
            }
            let Some(terms) = target.lift(&left, &right, field, work)? else {
                return Ok(None);
            };
            let (exponents, values): (Vec<_>, Vec<u64>) = terms.into_iter().unzip();
            let steady = match &mut known {
                Some((own, remainders)) => {
                    if *own != exponents {
                        return Ok(None);
                    }
                    !remainders.refine(field, &values)
                }
                None => {
                    let remainders = Remainders::new(field, &values);
                    let short = !remainders.is_tight();
                    known = Some((exponents, remainders));
                    short
                }
            };
            let Some((exponents, remainders)) = &known else { return Ok(None) };
            if !steady {
                continue;
            }
            let found = exponents.iter().cloned().zip(remainders.numbers());
            let Some(scaled) = Polynomial::from_terms(rest.variables(), found) else {
                return Ok(None);
            };
            let scaled = scaled.shifted(&back, work)?.primitive_part().1;
            let content = content_in(&scaled, self.main, work)?;
            let Some(factor) = scaled.divide_exactly(&content, work)? else { continue };
            let factor = factor.primitive_part().1;
            if let Some(quotient) = rest.divide_integral(&factor, work)? {
                return Ok(Some((factor, quotient)));
            }
        }
        Ok(None)
    }
}
