//! Solutions of equations with many digits, by Newton's method with quotients of differences.

use super::limit::{PRECISION, Step, double};
use astro_float::{BigFloat, RoundingMode};

const ROUND: RoundingMode = RoundingMode::ToEven;
/// The binary digits of the step of the quotients.
const STEP: i32 = 460;
/// Steps of Newton's method, each of which doubles the digits.
const ROUNDS: usize = 16;
/// A solution is known when a step leaves so many binary digits of it as they are.
const SETTLED: i32 = 600;
/// What is smaller than this power of two is compared with it.
const SMALLEST: i32 = -300;

/// Values below this power of two are 0: a solution and quotients leave as much.
const NOTHING: i32 = -500;

/// The values of equations at unknowns, as many as these; `None` where they have none.
pub type Equations<'f> = dyn FnMut(&[Step]) -> Option<Vec<Step>> + 'f;

/// A double with many digits.
pub fn exactly(x: f64) -> Step {
    BigFloat::from_f64(x, PRECISION)
}

/// A power of two with so many binary digits.
pub fn power_of_two(n: i32, precision: usize) -> Step {
    let mut value = BigFloat::from_word(1, precision);
    // The mantissa of 1 is one half.
    value.set_exponent(n + 1);
    value
}

/// The quotient of a difference and twice a step.
pub fn central(right: &Step, left: &Step, step: &Step) -> Step {
    let p = PRECISION;
    let twice = step.add(step, p, ROUND);
    right.sub(left, p, ROUND).div(&twice, p, ROUND)
}

/// How far two values at a solution are from each other, relative to the greater. What is
/// nothing but what the digits of the solution leave is 0.
pub fn apart(a: &Step, b: &Step) -> f64 {
    let p = PRECISION;
    let greater =
        if a.abs().cmp(&b.abs()).is_some_and(|order| order > 0) { a } else { b };
    let size = greater.exponent().unwrap_or_default();
    match greater.is_zero() || size < NOTHING {
        true => 0.0,
        false => double(&a.sub(b, p, ROUND).div(&greater.abs(), p, ROUND)).abs(),
    }
}

/// A solution of equations near a start; `None` where there is none or it is not regular.
pub fn solution(f: &mut Equations<'_>, start: &[Step]) -> Option<Vec<Step>> {
    let p = PRECISION;
    let small = power_of_two(-STEP, PRECISION);
    let mut at = start.to_vec();
    for _ in 0..ROUNDS {
        let here = f(&at)?;
        let mut rows: Vec<Vec<Step>> = here.iter().map(|_| Vec::new()).collect();
        for column in 0..at.len() {
            let mut moved = at.clone();
            moved[column] = moved[column].add(&small, p, ROUND);
            for ((row, there), here) in rows.iter_mut().zip(f(&moved)?).zip(&here) {
                row.push(there.sub(here, p, ROUND).div(&small, p, ROUND));
            }
        }
        for (row, here) in rows.iter_mut().zip(&here) {
            row.push(here.neg());
        }
        let mut is_settled = true;
        for (x, step) in at.iter_mut().zip(eliminate(rows)?) {
            *x = x.add(&step, p, ROUND);
            let size = |value: &Step| match value.is_zero() {
                true => Some(i32::MIN / 2),
                false => value.exponent(),
            };
            is_settled &= size(&step)? <= size(x)?.max(SMALLEST) - SETTLED;
        }
        if is_settled {
            return Some(at);
        }
    }
    None
}

/// Solves a linear system, the right side as its last column, by elimination with the greatest
/// pivots; `None` when it is singular.
fn eliminate(mut rows: Vec<Vec<Step>>) -> Option<Vec<Step>> {
    let p = PRECISION;
    let n = rows.len();
    for k in 0..n {
        let size =
            |row: usize| rows[row][k].exponent().filter(|_| !rows[row][k].is_zero());
        let pivot = (k..n).max_by_key(|row| size(*row))?;
        size(pivot)?;
        rows.swap(k, pivot);
        let row = rows[k].clone();
        for (i, other) in rows.iter_mut().enumerate() {
            if i != k {
                let factor = other[k].div(&row[k], p, ROUND);
                for (entry, above) in other.iter_mut().zip(&row).skip(k) {
                    *entry = entry.sub(&factor.mul(above, p, ROUND), p, ROUND);
                }
            }
        }
    }
    let quotient = |k: usize| rows[k][n].div(&rows[k][k], p, ROUND);
    let solution: Vec<Step> = (0..n).map(quotient).collect();
    solution.iter().all(|x| !x.is_nan() && !x.is_inf()).then_some(solution)
}

#[cfg(test)]
mod tests {
    use super::{PRECISION, apart, exactly, power_of_two, solution};
    use astro_float::RoundingMode;

    #[test]
    fn powers_of_two_are_what_they_say() {
        assert_eq!(apart(&power_of_two(-3, PRECISION), &exactly(0.125)), 0.0);
        assert_eq!(apart(&power_of_two(0, PRECISION), &exactly(2.0)), 0.5);
    }

    #[test]
    fn the_square_root_of_two_is_found() {
        let (p, round) = (PRECISION, RoundingMode::ToEven);
        let two = exactly(2.0);
        let mut f = |x: &[_]| -> Option<Vec<_>> {
            let x: &astro_float::BigFloat = &x[0];
            Some(vec![x.mul(x, p, round).sub(&two, p, round)])
        };
        let found = solution(&mut f, &[exactly(1.4)]);
        let gap = found.map(|found| apart(&found[0], &two.sqrt(p, round)));
        assert!(gap.is_some_and(|gap| gap < 1e-180));
        let mut nowhere = |x: &[astro_float::BigFloat]| -> Option<Vec<_>> {
            Some(vec![x[0].mul(&x[0], p, round).add(&two, p, round)])
        };
        assert!(solution(&mut nowhere, &[exactly(1.4)]).is_none());
    }
}
