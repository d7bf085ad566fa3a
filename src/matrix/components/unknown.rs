//! Functions without a meaning, where any that is smooth will do.

use super::arithmetic::Arithmetic;
use super::grid::Grid;
use crate::error::Result;
use crate::kernel::Number;

/// The names of functions of columns come after those of functions of entries.
const AFTER: u16 = 40;

/// Some function of a number that has derivatives of any order, none of which is another one:
/// a sum of two quotients.
pub(in super::super) fn unknown<S: Arithmetic>(
    (name, order): (u16, u16),
    x: S::Id,
    s: &mut S,
) -> S::Id {
    let (name, order) = (i64::from(name), i64::from(order));
    let poles = [(3, 11 * name + 2, 13), (5, -7 * name - 9, 17)];
    let mut terms = Vec::with_capacity(2);
    for (factor, above, below) in poles {
        let pole = s.number(&Number::ratio(above, below).unwrap_or(Number::ONE));
        let distance = s.sum(&[(false, x), (true, pole)]);
        let size = (1..=order).map(|k| Number::from(-k));
        let size = size.fold(Number::from(factor), |all, k| all.mul(&k));
        let (size, exponent) = (s.number(&size), s.whole(order + 1));
        let power = s.power(distance, exponent);
        terms.push(s.divide(size, power));
    }
    s.sum_of(&terms)
}

/// Some function of a column, its gradient or its matrix of second derivatives: an unknown
/// function of a weighted sum, and cubes.
///
/// # Errors
/// More entries than an arithmetic takes.
pub(in super::super) fn unknown_field<S: Arithmetic>(
    (name, order): (u16, u16),
    u: &[S::Id],
    s: &mut S,
) -> Result<Grid<S::Id>> {
    let own = i64::from(name);
    let part =
        |above: i64, below: i64| Number::ratio(above, below).unwrap_or(Number::ONE);
    let n = u.len();
    let (mut along, mut bends) = (Vec::with_capacity(n), Vec::with_capacity(n));
    for i in 0..n as i64 {
        along.push(s.number(&part(50 + 17 * own - 21 * (i % 4), 100)));
        bends.push(s.number(&part(30 + 11 * own + 13 * (i % 3), 100)));
    }
    let products: Vec<S::Id> =
        along.iter().zip(u).map(|(c, x)| s.product(&[*c, *x])).collect();
    let total = s.sum_of(&products);
    let outer = unknown((AFTER + name, order), total, s);
    let (two, six) = (s.whole(2), s.whole(6));
    match order {
        0 => {
            let mut terms = vec![outer];
            for (d, x) in bends.iter().zip(u) {
                let cube = s.product(&[*d, *x, *x, *x]);
                terms.push(s.divide(cube, six));
            }
            Ok(Grid::scalar(s.sum_of(&terms)))
        }
        1 => Grid::from(n, 1, S::MOST, |i, _| {
            let square = s.product(&[bends[i], u[i], u[i]]);
            let terms = [s.product(&[along[i], outer]), s.divide(square, two)];
            s.sum_of(&terms)
        }),
        _ => Grid::from(n, n, S::MOST, |i, j| {
            let both = s.product(&[along[i], along[j], outer]);
            let own = s.product(&[bends[i], u[i]]);
            if i == j { s.sum_of(&[both, own]) } else { both }
        }),
    }
}
