//! Points at which formulas are compared: fixed, spread over the usual ranges, the same in
//! every run.

use crate::kernel::{Assumption, Pool};
use num_complex::Complex64;

/// The ranges from which coordinates are drawn, tried in turn.
const RANGES: [(f64, f64); 8] = [
    (0.15, 0.9),
    (1.1, 2.9),
    (-0.9, -0.1),
    (0.3, 1.7),
    (-2.8, -1.1),
    (-6.0, 6.0),
    (2.0, 20.0),
    (0.001, 0.1),
];

/// How many points are tried.
pub(super) const ATTEMPTS: usize = 240;

/// A number in [0, 1) from a counter: the finaliser of splitmix64 (Steele, Lea, Flood 2014).
fn fraction(counter: u64) -> f64 {
    let mut z = counter.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(0x51_7c_c1_b7);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^= z >> 31;
    (z >> 44) as f64 / (1u64 << 20) as f64
}

/// The point of an attempt, one coordinate for each variable with its assumption.
pub(super) fn point(attempt: usize, variables: &[Assumption]) -> Vec<f64> {
    let coordinate = |(place, known): (usize, &Assumption)| {
        let mixed =
            if attempt < RANGES.len() { attempt } else { attempt * 5 + place * 3 };
        let (low, high) = RANGES[mixed % RANGES.len()];
        let seed = (attempt as u64) << 32 | place as u64;
        let mut x = low + (high - low) * fraction(seed);
        if (known.positive || known.nonnegative) && !is_bounded(known) {
            x = x.abs();
        }
        if known.integer {
            x = (x * 3.0).round();
            if known.positive && !is_bounded(known) && x < 1.0 {
                x = 1.0;
            }
        }
        within(x, known)
    };
    variables.iter().enumerate().map(coordinate).collect()
}

/// Whether a variable lies between two numbers.
fn is_bounded(known: &Assumption) -> bool {
    known.low.is_some() && known.high.is_some()
}

/// Whether a point is one that is assumed of the variables, and at no end of it.
pub(super) fn is_assumed(at: &[f64], variables: &[Assumption]) -> bool {
    at.iter().zip(variables).all(|(x, known)| {
        known.allows(*x) && known.low != Some(*x) && known.high != Some(*x)
    })
}

/// A number moved to where a variable is assumed to be.
fn within(x: f64, known: &Assumption) -> f64 {
    let moved = match (known.low, known.high) {
        (Some(low), Some(high)) => {
            let inside =
                (1.0 / (1.0 + (-x).exp()) * 64.0).round().clamp(1.0, 63.0) / 64.0;
            low + (high - low) * inside
        }
        (Some(low), None) if x <= low => low + (low - x).max(0.5),
        (None, Some(high)) if x >= high => high - (x - high).max(0.5),
        _ => x,
    };
    match known.integer {
        true if known.allows(moved.ceil()) => moved.ceil(),
        true => moved.floor(),
        false => moved,
    }
}

/// A point with short coordinates: small numbers first, then multiples of 1/16 (of 1/1024 near
/// zero) from all ranges. Each is a double exactly, so that a witness can be checked by hand.
pub(super) fn dyadic_point(attempt: usize, variables: &[Assumption]) -> Vec<f64> {
    const FIRST: [f64; NEAR] =
        [1.0, 2.0, 0.5, 3.0, -1.0, 0.25, -2.0, 0.0, 1.5, -0.5, 4.0, 0.75, 10.0, -3.0];
    if attempt < FIRST.len() {
        let coordinate = |(place, known): (usize, &Assumption)| {
            let x: f64 = FIRST[(attempt + place) % FIRST.len()];
            let x = match known {
                Assumption { integer: true, .. } => (4.0 * x).abs().max(1.0),
                Assumption { nonnegative: true, .. }
                    if x <= 0.0 && !is_bounded(known) =>
                {
                    5.0 - x
                }
                _ => x,
            };
            within(x, known)
        };
        return variables.iter().enumerate().map(coordinate).collect();
    }
    const FAR: [f64; BEYOND] =
        [100.0, -100.0, 1e3, -1e3, 1e4, -1e4, 1e6, -1e6, 1.0e7, -1.0e7];
    let attempt = attempt - FIRST.len();
    if attempt < FAR.len() {
        // All far out, then one after the other, the rest near.
        let coordinate = |(place, known): (usize, &Assumption)| {
            let near = FIRST[(attempt + place) % 4];
            let x = if place % 2 == 0 || attempt % 4 < 2 { FAR[attempt] } else { near };
            let x = if known.nonnegative || known.integer { x.abs() } else { x };
            within(x, known)
        };
        return variables.iter().enumerate().map(coordinate).collect();
    }
    let round = |x: f64| {
        let steps = if x.abs() < 0.2 { 1024.0 } else { 16.0 };
        (x * steps).round() / steps
    };
    point(attempt - FAR.len(), variables).into_iter().map(round).collect()
}

/// How many points with short coordinates are near.
const NEAR: usize = 14;
/// How many points behind them are far out.
const BEYOND: usize = 10;
/// How many points over the complex numbers have small coordinates.
const LATTICE: usize = 182;

/// Which variables may be any complex number: those of which nothing is assumed. The unit is
/// none of them.
pub(super) fn are_free(pool: &Pool, names: &[String]) -> Vec<bool> {
    let is_free = |name: &String| {
        let is_real = pool.find_symbol(name).is_some_and(|id| pool.is_real_symbol(id));
        name != "i" && pool.is_complex() && !is_real
    };
    names.iter().map(is_free).collect()
}

/// A point over the complex numbers with short coordinates: halves around 0 first, on the axes
/// before all others, then multiples of 1/16 from all ranges. What is not free is real.
pub(super) fn complex_point(
    attempt: usize,
    variables: &[Assumption],
    free: &[bool],
) -> Vec<Complex64> {
    let first = free.iter().position(|free| *free);
    // Behind the lattice come points far out, then those from all ranges.
    let along = if attempt < LATTICE { attempt } else { attempt - LATTICE + NEAR };
    let real = dyadic_point(along, variables);
    let nothing = vec![Assumption::default(); variables.len()];
    let other = dyadic_point(along * 5 + 3, &nothing);
    let coordinate = |place: usize| {
        if !free[place] {
            return real[place].into();
        }
        let seed = (attempt as u64) << 32 | place as u64;
        let drawn = (fraction(0x00c0_0000_0000 ^ seed) * LATTICE as f64) as usize;
        match attempt {
            _ if attempt < LATTICE && first == Some(place) => small(attempt),
            _ if attempt < LATTICE => small(drawn),
            // Far out on an axis or between, else anywhere near.
            _ if real[place].abs() > 50.0 => match (attempt + place) % 3 {
                0 => Complex64::new(0.0, real[place]),
                1 => Complex64::new(-0.75 * real[place], real[place]),
                _ => real[place].into(),
            },
            _ => Complex64::new(real[place], other[place].clamp(-50.0, 50.0)),
        }
    };
    (0..variables.len()).map(coordinate).collect()
}

/// A point over the complex numbers on no line on which branches are cut: free variables are
/// off the axes.
pub(super) fn odd_complex_point(
    attempt: usize,
    variables: &[Assumption],
    free: &[bool],
) -> Vec<Complex64> {
    let mut at = complex_point(LATTICE + BEYOND + attempt, variables, free);
    for (place, (z, free)) in at.iter_mut().zip(free).enumerate() {
        if *free {
            let step = Complex64::new(0.0123, 0.0171) * (place + 1) as f64;
            *z += step;
        }
    }
    at
}

/// The points of a lattice around 0: those on the axes first, whole numbers before halves.
fn small(attempt: usize) -> Complex64 {
    const FIRST: [(f64, f64); 13] = [
        (-1.0, 0.0),
        (0.0, 1.0),
        (2.0, 0.0),
        (0.0, -1.0),
        (-2.0, 0.0),
        (1.0, 1.0),
        // Beyond half a turn.
        (0.0, 4.0),
        (4.0, 0.0),
        (0.0, -5.0),
        (-5.0, 0.0),
        (4.0, -7.0),
        (0.0, 10.0),
        (10.0, 0.0),
    ];
    if let Some((re, im)) = FIRST.get(attempt) {
        return Complex64::new(*re, *im);
    }
    let attempt = attempt - FIRST.len();
    const SIZES: [f64; 13] =
        [0.0, -1.0, 1.0, 2.0, -2.0, 3.0, -3.0, 0.5, -0.5, 1.5, -1.5, 2.5, -2.5];
    // Shells of the square of the sizes, one after the other.
    let shell = (0..SIZES.len()).find(|k| (k + 1) * (k + 1) > attempt).unwrap_or(0);
    let along = attempt - shell * shell;
    let (re, im) =
        if along <= shell { (shell, along) } else { (along - shell - 1, shell) };
    Complex64::new(SIZES[re], SIZES[im])
}

/// A direction for many variables at once: every coordinate counts.
pub(super) fn direction(attempt: usize, count: usize) -> Vec<f64> {
    (0..count)
        .map(|place| {
            let x = fraction(0x00d1_0000_0000 + ((attempt as u64) << 32) + place as u64);
            if x < 0.5 { -1.0 + x } else { x }
        })
        .collect()
}
