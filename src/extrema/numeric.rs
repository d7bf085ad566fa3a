//! Critical points by Newton's method from many starting points, which are the same in every
//! run, then with many digits.

use super::bench::{Bench, Signum, from_float, ten_digits};
use super::landscape::{Landscape, length, solve_linear};
use super::search::{Problem, is_allowed};
use super::solution::{Coordinate, Solution};
use super::values::Value;
use crate::evaluate::nice_point;
use crate::kernel::{ExprId, Number, Pool};

/// The most starting points.
const STARTS: u32 = 240;
/// The most operations on all ways together.
const WORK: usize = 40_000_000;
/// The steps of one way.
const STEPS: usize = 60;
/// Steps downhill or uphill that precede Newton's method on some ways.
const DESCENT: usize = 60;
/// Starting points lie between minus these and these, in turn.
const RANGES: [f64; 4] = [1.0, 3.0, 10.0, 40.0];
/// Starting points of damped steps.
const DAMPED_STARTS: u32 = 24;
/// How far aside, and from how many points, one looks for zeros beside a zero.
const ASIDE: f64 = 0.03;
const ASIDE_STARTS: u32 = 4;
/// How near a short number is to the end of damped steps.
const SHORT_REACH: f64 = 2e-3;
/// The last step to a zero is shorter than this, relatively.
const CLOSE: f64 = 1e-6;
/// The most points that come back.
pub(super) const MAX_POINTS: usize = 24;

/// Points between -1 and 1 that fill the space evenly (the sequence of Halton, 1960).
pub(super) fn spread(index: u32, dimension: usize) -> f64 {
    const PRIMES: [u32; 16] =
        [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53];
    // Beyond the sixteenth dimension the same sequences return from another place.
    let base = PRIMES[dimension % PRIMES.len()];
    let mut rest = index + 1 + 409 * (dimension / PRIMES.len()) as u32;
    let (mut result, mut weight) = (0.0, 1.0);
    while rest > 0 {
        weight /= f64::from(base);
        result += f64::from(rest % base) * weight;
        rest /= base;
    }
    2.0 * result - 1.0
}

/// Critical points that are found and are as it is assumed, each once, in no order; with the number of those that were
/// left out.
pub(super) fn search(
    bench: &mut Bench<'_>,
    landscape: &Landscape,
    problem: &Problem,
    known: &[Vec<f64>],
) -> (Vec<Solution>, usize) {
    let Problem { gradient, unknowns, .. } = problem;
    let n = unknowns.len();
    let mut found: Vec<(Vec<f64>, f64)> = Vec::new();
    let mut left = WORK;
    for start in 0..STARTS {
        let range = RANGES[start as usize % RANGES.len()];
        let mut point: Vec<f64> =
            (0..n).map(|at| round(spread(start / 4, at) * range)).collect();
        match start % 3 {
            1 => point = downhill(landscape, point, 1.0, &mut left),
            2 => point = downhill(landscape, point, -1.0, &mut left),
            _ => {}
        }
        if let Some(end) = newton(landscape, point, &mut left) {
            let is_near = |other: &Vec<f64>| {
                let gap: Vec<f64> = end.iter().zip(other).map(|(a, b)| a - b).collect();
                length(&gap) <= 1e-6 * (1.0 + length(&end))
            };
            if !found.iter().any(|(other, _)| is_near(other))
                && !known.iter().any(is_near)
            {
                let value = landscape.value(&end);
                found.push((end, value));
            }
        }
        if left == 0 {
            break;
        }
    }
    // The nearest to the origin are kept, and the lowest and the highest of the rest.
    found.sort_by(|a, b| length(&a.0).total_cmp(&length(&b.0)));
    // Far away, doubles see zeros where there are none; many digits do not.
    let mut result: Vec<(Solution, f64)> = Vec::new();
    for (point, value) in found {
        let solution = refined(bench, landscape, gradient, unknowns, &point);
        let solution = solution.filter(|solution| is_allowed(bench, problem, solution));
        result.extend(solution.map(|solution| (solution, value)));
    }
    let more = result.len().saturating_sub(MAX_POINTS);
    if more > 0 {
        let mut rest = result.split_off(MAX_POINTS - 4);
        rest.sort_by(|a, b| a.1.total_cmp(&b.1));
        let high = rest.len().saturating_sub(2).max(2);
        let ends = rest.iter().take(2).chain(rest.iter().skip(high));
        result.extend(ends.cloned());
    }
    (result.into_iter().map(|(solution, _)| solution).collect(), more)
}

/// Critical points with short coordinates at which the Hessian is singular, or nearly so:
/// Newton's method is slow there, and ends near them only. Steps are damped (Levenberg 1944,
/// Marquardt 1963), and what is near the end is put into the gradient exactly.
pub(super) fn nice_zeros(
    bench: &mut Bench<'_>,
    problem: &Problem,
    landscape: &Landscape,
) -> Vec<Solution> {
    let n = problem.unknowns.len();
    let mut result: Vec<Solution> = Vec::new();
    let mut tried: Vec<Vec<ExprId>> = Vec::new();
    let mut left = WORK / 4;
    for start in 0..DAMPED_STARTS {
        let range = RANGES[start as usize % 2];
        let point: Vec<f64> = match start {
            0 => vec![0.0; n],
            _ => (0..n).map(|at| round(spread(start, at) * range)).collect(),
        };
        let Some(end) = damped(landscape, point, &mut left) else { continue };
        let Some(at) = nice_point(bench.pool, &end, SHORT_REACH) else { continue };
        if tried.contains(&at) {
            continue;
        }
        tried.push(at.clone());
        let replacements: Vec<(ExprId, ExprId)> =
            problem.unknowns.iter().copied().zip(at.iter().copied()).collect();
        let is_zero = problem.gradient.iter().all(|id| {
            let value = bench.put(*id, &replacements);
            bench.sign_of_any(value) == Signum::Zero
        });
        if is_zero && is_isolated(landscape, &end, &mut left) {
            let coordinate = |id: &ExprId| Coordinate::at(Value::exact(*id));
            let coordinates = at.iter().map(coordinate).collect();
            result.push(Solution { coordinates, conditions: Vec::new() });
        }
    }
    result
}

/// Whether ways from nearby come back to a zero of the gradient rather than to others beside
/// it.
fn is_isolated(landscape: &Landscape, zero: &[f64], left: &mut usize) -> bool {
    (1..=ASIDE_STARTS).all(|start| {
        let aside: Vec<f64> = zero
            .iter()
            .enumerate()
            .map(|(axis, x)| x + ASIDE * (1.0 + x.abs()) * spread(start, axis))
            .collect();
        let gap = |point: &[f64]| {
            let gap: Vec<f64> = point.iter().zip(zero).map(|(a, b)| a - b).collect();
            length(&gap)
        };
        let distance = gap(&aside);
        damped(landscape, aside, left).is_none_or(|end| gap(&end) < 0.5 * distance)
    })
}

/// Damped steps of Newton's method towards a zero of the gradient.
fn damped(landscape: &Landscape, start: Vec<f64>, left: &mut usize) -> Option<Vec<f64>> {
    let mut point = start;
    let mut here = landscape.look(&point);
    let mut damping = 1e-3;
    for _ in 0..STEPS {
        if !here.is_finite() || *left == 0 {
            return None;
        }
        if here.slope() <= 1e-14 {
            break;
        }
        let n = point.len();
        let h = &here.hessian;
        let mut square = vec![vec![0.0; n]; n];
        let mut right = vec![0.0; n];
        for i in 0..n {
            for j in 0..n {
                square[i][j] = (0..n).map(|k| h[k][i] * h[k][j]).sum();
                right[i] += h[j][i] * here.gradient[j];
            }
        }
        let size = square.iter().flatten().fold(0.0_f64, |m, x| m.max(x.abs()));
        for (at, row) in square.iter_mut().enumerate() {
            row[at] += damping * size.min(1.0) + 1e-300;
        }
        let step = solve_linear(&square, &right)?;
        let next: Vec<f64> = point.iter().zip(&step).map(|(x, s)| x - s).collect();
        let there = landscape.look(&next);
        *left = left.saturating_sub(landscape.size());
        if there.is_finite() && there.slope() < here.slope() {
            (point, here) = (next, there);
            damping = (damping / 10.0).max(1e-15);
        } else {
            damping *= 10.0;
            if damping > 1e8 {
                break;
            }
        }
    }
    (here.slope() <= 1e-6).then_some(point)
}

/// A short number near one.
fn round(x: f64) -> f64 {
    (x * 256.0).round() / 256.0
}

/// Some steps against the gradient (or along it), each halved until the value gets better.
fn downhill(
    landscape: &Landscape,
    start: Vec<f64>,
    sign: f64,
    left: &mut usize,
) -> Vec<f64> {
    let mut point = start;
    let mut step = 1.0;
    for _ in 0..DESCENT {
        let here = landscape.look(&point);
        *left = left.saturating_sub(landscape.size());
        if !here.is_finite() || here.slope() < 1e-6 || *left == 0 {
            break;
        }
        let mut moved = None;
        for _ in 0..30 {
            let next: Vec<f64> = point
                .iter()
                .zip(&here.gradient)
                .map(|(x, g)| x - sign * step * g / here.slope().max(1.0))
                .collect();
            *left = left.saturating_sub(landscape.size());
            let value = landscape.value(&next);
            if sign * (value - here.value) < 0.0 {
                moved = Some(next);
                break;
            }
            step /= 2.0;
        }
        let Some(next) = moved else { break };
        point = next;
        step = (step * 2.0).min(16.0);
    }
    point
}

/// Newton's method for a zero of the gradient.
pub(super) fn newton(
    landscape: &Landscape,
    start: Vec<f64>,
    left: &mut usize,
) -> Option<Vec<f64>> {
    let mut point = start;
    let mut here = landscape.look(&point);
    for _ in 0..STEPS {
        if !here.is_finite() || *left == 0 {
            return None;
        }
        let step = solve_linear(&here.hessian, &here.gradient)?;
        let longest = length(&step);
        let reach = 1.0 + length(&point);
        if longest <= 1e-13 * reach {
            return (here.slope() <= 1e-8 * (1.0 + here.value.abs())).then_some(point);
        }
        let mut scale = (reach / longest).min(1.0);
        let mut moved = None;
        for _ in 0..12 {
            let next: Vec<f64> =
                point.iter().zip(&step).map(|(x, s)| x - scale * s).collect();
            let there = landscape.look(&next);
            *left = left.saturating_sub(landscape.size());
            if there.is_finite() && there.slope() < here.slope() {
                moved = Some((next, there));
                break;
            }
            scale /= 2.0;
        }
        match moved {
            Some((next, there)) => (point, here) = (next, there),
            // At the end the length of the gradient is all rounding.
            None if here.slope() <= 1e-9 * (1.0 + here.value.abs())
                && longest <= 1e-6 * reach =>
            {
                return Some(point);
            }
            None => return None,
        }
    }
    None
}

/// A point with many digits: Newton's method with the gradient in many digits and the Hessian
/// in double precision; each step gives some fifteen digits.
pub(super) fn refined(
    bench: &mut Bench<'_>,
    landscape: &Landscape,
    gradient: &[ExprId],
    unknowns: &[ExprId],
    point: &[f64],
) -> Option<Solution> {
    let hessian = landscape.look(point).hessian;
    let mut numbers: Option<Vec<Number>> = point.iter().map(|x| from_float(*x)).collect();
    let mut precise = true;
    // Where a gradient falls off, it is next to nothing without a zero nearby.
    let mut is_far = false;
    for _ in 0..6 {
        let current = numbers.clone()?;
        let at: Vec<(ExprId, Number)> =
            unknowns.iter().copied().zip(current.iter().cloned()).collect();
        let exact: Option<Vec<Number>> =
            bench.numbers_at(gradient, &at).into_iter().collect();
        // Functions with 15 digits only leave the point as it is.
        let Some(exact) = exact else {
            precise = false;
            break;
        };
        let size = exact.iter().map(|g| g.abs()).max()?;
        is_far = false;
        if size.is_zero() {
            break;
        }
        // The residues may be far below the least double.
        let scale = size.recip()?;
        let right: Vec<f64> = exact.iter().map(|g| g.mul(&scale).to_f64()).collect();
        let step = solve_linear(&hessian, &right)?;
        let next: Option<Vec<Number>> = current
            .iter()
            .zip(&step)
            .map(|(x, s)| {
                let step = from_float(*s)?.mul(&size);
                is_far |= step.to_f64().abs() > CLOSE * (1.0 + x.to_f64().abs());
                Some(shortened(&x.sub(&step)))
            })
            .collect();
        numbers = next;
    }
    let numbers = numbers?;
    let at: Vec<(ExprId, Number)> =
        unknowns.iter().copied().zip(numbers.iter().cloned()).collect();
    if is_far || !bench.vanish_at(gradient, &at) {
        return None;
    }
    // A whole number may be a true zero.
    let is_whole = numbers.iter().all(Number::is_integer);
    let is_exact = is_whole && {
        let values: Vec<(ExprId, ExprId)> =
            at.iter().map(|(u, n)| (*u, bench.pool.number(n.clone()))).collect();
        gradient.iter().all(|id| bench.put(*id, &values) == Pool::ZERO)
    };
    let coordinates = numbers
        .into_iter()
        .map(|n| {
            let n = if precise { n } else { ten_digits(n.to_f64()).unwrap_or(n) };
            Coordinate::at(match is_exact {
                true => Value::exact(bench.pool.number(n)),
                false => Value::near(bench, n),
            })
        })
        .collect();
    Some(Solution { coordinates, conditions: Vec::new() })
}

/// A number rounded to a multiple of 2^-260.
fn shortened(x: &Number) -> Number {
    let Some(unit) = Number::from(2).pow(-260, 1 << 12) else { return x.clone() };
    let Some(inverse) = unit.recip() else { return x.clone() };
    let result = x.mul(&inverse).floor().mul(&unit);
    // What is left of 0 after rounding is 0.
    let least = Number::from(2).pow(-200, 1 << 12);
    match least.is_some_and(|least| result.abs() < least) {
        true => Number::ZERO,
        false => result,
    }
}
