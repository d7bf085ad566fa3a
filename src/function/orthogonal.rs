//! Classical orthogonal polynomials at exact numbers, by their recurrences (DLMF 18.9).

use crate::kernel::{MAX_BITS, Number};

/// The largest degree that is calculated.
const MAX_DEGREE: i64 = 200;

/// `p(n + 1) = ((a*n + b)*x + c*n + d)*p(n) - (e*n + f)*p(n - 1)`, over `n + 1` if it says so.
struct Recurrence {
    name: &'static str,
    /// a, b, c, d, e and f.
    numbers: [i64; 6],
    is_divided: bool,
    /// The factor of x in what stands before the polynomial of degree 0, which is 1.
    before: i64,
}

const fn row(
    name: &'static str,
    numbers: [i64; 6],
    is_divided: bool,
    before: i64,
) -> Recurrence {
    Recurrence { name, numbers, is_divided, before }
}

#[rustfmt::skip]
const TABLE: &[Recurrence] = &[
    //                   a  b   c  d  e  f   / (n + 1)  before
    row("legendre",     [2, 1,  0, 0, 1, 0], true,  0),
    row("chebyshevt",   [0, 2,  0, 0, 0, 1], false, 1),
    row("chebyshevu",   [0, 2,  0, 0, 0, 1], false, 0),
    row("hermite",      [0, 2,  0, 0, 2, 0], false, 0),
    row("hermite_prob", [0, 1,  0, 0, 1, 0], false, 0),
    row("laguerre",     [0, -1, 2, 1, 1, 0], true,  0),
];

/// The value of the polynomial of a whole degree, the first argument, at the second.
pub(super) fn value(name: &str, arguments: &[Number]) -> Option<Number> {
    let row = TABLE.iter().find(|row| row.name == name)?;
    let [degree, x] = arguments else { return None };
    let degree = degree.to_i64().filter(|n| (0..=MAX_DEGREE).contains(n))?;
    let (mut before, mut value) = (Number::from(row.before).mul(x), Number::ONE);
    for n in 0..degree {
        let [a, b, c, d, e, f] = row.numbers;
        let slope = Number::from(a * n + b).mul(x);
        let first = slope.add(&Number::from(c * n + d)).mul(&value);
        let mut next = first.sub(&Number::from(e * n + f).mul(&before));
        if row.is_divided {
            next = next.mul(&Number::ratio(1, n + 1)?);
        }
        if next.bits() > MAX_BITS {
            return None;
        }
        (before, value) = (value, next);
    }
    Some(value)
}
