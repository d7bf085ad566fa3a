//! What kind of point it is where the Hessian is singular: by the function along its valley,
//! or by the lowest terms of its Taylor polynomial.

use super::bench::{Bench, Signum};
use super::critical::{Curve, Evidence, Kind};
use super::curve::{PARAMETER, drawn, first_order};
use super::global::leading_form_is_definite;
use crate::kernel::{ExprId, Number, Pool};
use crate::polynomial::Polynomial;

/// With more variables, higher terms are not looked at.
const MAX_VARIABLES: usize = 4;
/// The highest power of the parameter in a valley.
const MAX_POWER: u32 = 4;
/// Terms of higher degree are not looked at.
const MAX_DEGREE: u32 = 8;
/// Longer derivatives are not taken.
const MAX_COST: u32 = 300;
/// The most derivatives of one point.
const MAX_DERIVATIVES: usize = 200;

/// The kind of a point at which the gradient is 0, and the eigenvalues of the Hessian are 0
/// or of one sign (`sign`, which is 0 when all are 0).
pub(super) fn by_higher_terms(
    bench: &mut Bench<'_>,
    function: ExprId,
    unknowns: &[ExprId],
    at: &[ExprId],
    hessian: &[Vec<ExprId>],
    sign: i8,
) -> Option<(Kind, Evidence)> {
    if unknowns.len() > MAX_VARIABLES {
        return None;
    }
    if sign != 0
        && let Some((kind, curve)) =
            by_valley(bench, function, unknowns, at, hessian, sign)
    {
        return Some((kind, Evidence::Curve(curve)));
    }
    by_lowest_terms(bench, function, unknowns, at, sign)
        .map(|kind| (kind, Evidence::LowestTerms))
}

/// The function along the curve on which it is least (or greatest) beside the null direction
/// of its Hessian, if there is one null direction: its first term decides (the splitting
/// lemma; Poston and Stewart, "Catastrophe Theory and its Applications", section 4.5).
fn by_valley(
    bench: &mut Bench<'_>,
    function: ExprId,
    unknowns: &[ExprId],
    at: &[ExprId],
    hessian: &[Vec<ExprId>],
    sign: i8,
) -> Option<(Kind, Curve)> {
    let n = unknowns.len();
    let (free, direction) = null_direction(bench, hessian)?;
    let t = bench.pool.symbol(PARAMETER);
    let mut steps: Vec<ExprId> =
        direction.iter().map(|d| bench.pool.product(&[*d, t])).collect();
    let mut gradient = Vec::new();
    for unknown in unknowns {
        gradient.push(bench.derivative(function, *unknown).ok()?);
    }
    let bent: Vec<usize> = (0..n).filter(|place| *place != free).collect();
    let matrix: Vec<Vec<ExprId>> =
        bent.iter().map(|i| bent.iter().map(|j| hessian[*i][*j]).collect()).collect();
    for power in 1..=MAX_POWER {
        let on: Vec<(ExprId, ExprId)> = unknowns
            .iter()
            .zip(at.iter().zip(&steps))
            .map(|(unknown, (start, step))| (*unknown, bench.pool.sum(&[*start, *step])))
            .collect();
        let along = bench.put(function, &on);
        if let Some((order, _, found)) = first_order(bench, along, t, Pool::ZERO)
            && order <= 2 * power as usize + 1
        {
            let same = (found == Signum::Positive) == (sign > 0);
            let kind = match (order % 2, same, sign > 0) {
                (1, ..) => Kind::Neither,
                (_, true, true) => Kind::Minimum,
                (_, true, false) => Kind::Maximum,
                _ => Kind::Saddle,
            };
            return Some((kind, drawn(bench, function, unknowns, at, &steps, t)));
        }
        // The next term of the curve makes the next term of the gradient across it vanish.
        let mut right = Vec::new();
        for place in &bent {
            let across = bench.put(gradient[*place], &on);
            right.push(coefficient(bench, across, t, power + 1)?);
        }
        let next = solved(bench, &matrix, &right)?;
        for (place, c) in bent.iter().zip(next) {
            let raised = bench.pool.integer_power(t, i64::from(power) + 1);
            let term = bench.pool.product(&[c, raised]);
            let term = bench.pool.negate(term);
            steps[*place] = bench.pool.sum(&[steps[*place], term]);
        }
    }
    None
}

/// The coefficient of a power of a symbol in the series of an expression at 0.
fn coefficient(
    bench: &mut Bench<'_>,
    id: ExprId,
    t: ExprId,
    power: u32,
) -> Option<ExprId> {
    let mut derivative = id;
    let mut factor = Number::ONE;
    for order in 1..=power {
        derivative = bench.derivative(derivative, t).ok()?;
        if bench.pool.cost(derivative) > MAX_COST {
            return None;
        }
        factor = factor.mul(&Number::ratio(1, i64::from(order))?);
    }
    let value = bench.put(derivative, &[(t, Pool::ZERO)]);
    let value = bench.pool.scale(&factor, value);
    let value = bench.simplify(value);
    bench.float(value).is_finite().then_some(value)
}

/// The null direction of a symmetric matrix with one eigenvalue 0, with 1 in the place that is
/// given.
fn null_direction(
    bench: &mut Bench<'_>,
    matrix: &[Vec<ExprId>],
) -> Option<(usize, Vec<ExprId>)> {
    let n = matrix.len();
    (0..n).find_map(|free| {
        let bent: Vec<usize> = (0..n).filter(|place| *place != free).collect();
        let inner: Vec<Vec<ExprId>> =
            bent.iter().map(|i| bent.iter().map(|j| matrix[*i][*j]).collect()).collect();
        let right: Vec<ExprId> = bent.iter().map(|i| matrix[*i][free]).collect();
        let found = solved(bench, &inner, &right)?;
        let mut direction = vec![Pool::ONE; n];
        for (place, c) in bent.iter().zip(&found) {
            direction[*place] = bench.pool.negate(*c);
        }
        let terms: Vec<ExprId> = (0..n)
            .map(|j| bench.pool.product(&[matrix[free][j], direction[j]]))
            .collect();
        let rest = bench.pool.sum(&terms);
        let rest = bench.simplify(rest);
        bench.is_zero(rest).then_some((free, direction))
    })
}

/// The solution of linear equations with constants; `None` when there is not just one.
fn solved(
    bench: &mut Bench<'_>,
    matrix: &[Vec<ExprId>],
    right: &[ExprId],
) -> Option<Vec<ExprId>> {
    let n = right.len();
    let mut rows: Vec<Vec<ExprId>> = matrix
        .iter()
        .zip(right)
        .map(|(row, b)| row.iter().copied().chain([*b]).collect())
        .collect();
    for column in 0..n {
        let pivot = (column..n).find(|row| {
            let entry = rows[*row][column];
            matches!(bench.sign(entry), Signum::Positive | Signum::Negative)
        })?;
        rows.swap(column, pivot);
        let lead = rows[column][column];
        let scaled: Vec<ExprId> =
            rows[column].clone().iter().map(|entry| bench.over(*entry, lead)).collect();
        rows[column].clone_from(&scaled);
        for row in (0..n).filter(|row| *row != column) {
            let factor = rows[row][column];
            for (entry, own) in rows[row].iter_mut().zip(&scaled) {
                let part = bench.pool.product(&[factor, *own]);
                *entry = bench.minus(*entry, part);
            }
        }
    }
    Some(rows.into_iter().map(|row| row[n]).collect())
}

/// An extremum because the terms of the lowest degrees are an extremum at 0 and all others are
/// smaller near it.
fn by_lowest_terms(
    bench: &mut Bench<'_>,
    function: ExprId,
    unknowns: &[ExprId],
    at: &[ExprId],
    sign: i8,
) -> Option<Kind> {
    let terms = taylor(bench, function, unknowns, at)?;
    let kinds = match sign {
        0 => vec![1, -1],
        sign => vec![sign],
    };
    kinds.into_iter().find_map(|sign| {
        let is_extremum = is_framed(&terms, unknowns.len(), sign)
            || is_definite(bench, &terms, unknowns.len(), sign);
        let kind = if sign > 0 { Kind::Minimum } else { Kind::Maximum };
        is_extremum.then_some(kind)
    })
}

/// A term of a Taylor polynomial: exponents, coefficient and its sign.
type Term = (Vec<u32>, ExprId, i8);

/// The Taylor polynomial at a point, up to the degree at which each variable has had a term of
/// its own, without the constant.
fn taylor(
    bench: &mut Bench<'_>,
    function: ExprId,
    unknowns: &[ExprId],
    at: &[ExprId],
) -> Option<Vec<Term>> {
    let n = unknowns.len();
    let replacements: Vec<(ExprId, ExprId)> =
        unknowns.iter().copied().zip(at.iter().copied()).collect();
    let mut level: Vec<(Vec<u32>, ExprId)> = vec![(vec![0; n], function)];
    let mut terms: Vec<Term> = Vec::new();
    let mut own = vec![false; n];
    let mut taken = 0;
    for _ in 1..=MAX_DEGREE {
        let mut next: Vec<(Vec<u32>, ExprId)> = Vec::new();
        for (exponents, id) in &level {
            // In the order of the variables, so that each derivative is taken once.
            let last = exponents.iter().rposition(|e| *e > 0).unwrap_or(0);
            for place in last..n {
                let derivative = bench.derivative(*id, unknowns[place]).ok()?;
                taken += 1;
                if bench.pool.cost(derivative) > MAX_COST || taken > MAX_DERIVATIVES {
                    return None;
                }
                let mut exponents = exponents.clone();
                exponents[place] += 1;
                let factor = exponents.iter().try_fold(Number::ONE, |product, e| {
                    (1..=*e).try_fold(product, |product, k| {
                        Some(product.mul(&Number::ratio(1, i64::from(k))?))
                    })
                })?;
                let value = bench.put(derivative, &replacements);
                let value = bench.pool.scale(&factor, value);
                let found = match bench.sign(value) {
                    Signum::Zero => 0,
                    Signum::Positive => 1,
                    Signum::Negative => -1,
                    Signum::Unknown => return None,
                };
                if found != 0 {
                    let alone = exponents.iter().filter(|e| **e > 0).count() == 1;
                    own[place] |= alone;
                    terms.push((exponents.clone(), value, found));
                }
                next.push((exponents, derivative));
            }
        }
        if own.iter().all(|found| *found) {
            return Some(terms);
        }
        level = next;
    }
    None
}

/// Whether each variable has a lowest pure power that is even and has the sign, and that with
/// the others is stronger near 0 than every other term: with `d_i` their exponents, other terms
/// have `a_1/d_1 + … + a_n/d_n > 1`, or `= 1` with even exponents and the sign.
fn is_framed(terms: &[Term], n: usize, sign: i8) -> bool {
    let mut frame = vec![0_u32; n];
    for (exponents, _, own) in terms {
        let mut moving = (0..n).filter(|place| exponents[*place] > 0);
        if let (Some(place), None) = (moving.next(), moving.next())
            && (frame[place] == 0 || exponents[place] < frame[place])
        {
            frame[place] = exponents[place];
            if exponents[place] % 2 == 1 || *own != sign {
                return false;
            }
        }
    }
    !frame.contains(&0)
        && terms.iter().all(|(exponents, _, own)| {
            let parts = exponents
                .iter()
                .zip(&frame)
                .filter_map(|(a, d)| Number::ratio(i64::from(*a), i64::from(*d)));
            let weight = parts.fold(Number::ZERO, |sum, part| sum.add(&part));
            let even = exponents.iter().all(|a| a % 2 == 0);
            weight > Number::ONE || weight == Number::ONE && even && *own == sign
        })
}

/// Whether the terms of the lowest degree have the sign together, everywhere but at 0.
fn is_definite(bench: &mut Bench<'_>, terms: &[Term], n: usize, sign: i8) -> bool {
    let degree = |e: &[u32]| e.iter().sum::<u32>();
    let Some(least) = terms.iter().map(|(e, ..)| degree(e)).min() else { return false };
    let mut form = Vec::new();
    for (exponents, id, _) in terms.iter().filter(|(e, ..)| degree(e) == least) {
        let Some(c) = bench.pool.as_number(*id) else { return false };
        let c = if sign > 0 { c.clone() } else { c.neg() };
        form.push((exponents.clone(), c));
    }
    Polynomial::from_terms(n, form)
        .is_some_and(|form| leading_form_is_definite(bench, &form))
}
