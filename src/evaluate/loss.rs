//! Bounds of the rounding errors of values with many digits, as powers of two.
//!
//! An error is the binary logarithm of what a value is off at most, `EXACT` for nothing and
//! `ALL` where nothing is known. Rules of the first order, with a few bits to spare.

use crate::function::spec::FunctionSpec;
use astro_float::BigFloat;

/// No error.
pub(super) const EXACT: i64 = i64::MIN / 16;
/// No value to rely on.
pub(super) const ALL: i64 = i64::MAX / 16;
/// Bits to spare for each operation.
const SPARE: i64 = 3;

/// A value with its error.
#[derive(Clone, Copy)]
pub(super) struct Known<'a> {
    pub(super) value: &'a BigFloat,
    pub(super) error: i64,
}

impl Known<'_> {
    /// The binary logarithm of the size.
    fn size(self) -> i64 {
        size(self.value)
    }

    /// The error relative to the value.
    fn relative(self) -> i64 {
        if self.error == EXACT { EXACT } else { self.error.saturating_sub(self.size()) }
    }

    /// Whether the value may as well be 0.
    pub(super) fn is_lost(self) -> bool {
        self.error >= self.size()
    }
}

/// The binary logarithm of the size of a value, rounded up; `EXACT` for 0.
pub(super) fn size(value: &BigFloat) -> i64 {
    match value.exponent() {
        Some(exponent) if !value.is_zero() => i64::from(exponent),
        _ if value.is_zero() => EXACT,
        _ => ALL,
    }
}

/// What rounding a result to `p` bits is off.
pub(super) fn rounding(result: &BigFloat, p: usize) -> i64 {
    match result.is_zero() {
        true => EXACT,
        false => size(result).saturating_sub(p as i64).clamp(EXACT, ALL),
    }
}

/// Of a sum whose partial sums have this size at most.
pub(super) fn of_sum(terms: &[Known<'_>], largest: i64, p: usize) -> i64 {
    let known = terms.iter().map(|term| term.error).max().unwrap_or(EXACT);
    let count = 64 - (terms.len() as u64).leading_zeros() as i64;
    known
        .max(largest.saturating_sub(p as i64))
        .saturating_add(count + 1)
        .clamp(EXACT, ALL)
}

/// Of a product or quotient of values.
pub(super) fn of_product(
    factors: &[(bool, Known<'_>)],
    result: &BigFloat,
    p: usize,
) -> i64 {
    if factors.iter().any(|(divides, factor)| *divides && factor.is_lost()) {
        return ALL;
    }
    // A factor that is 0 but for its error leaves the error times the rest.
    if let Some((_, lost)) = factors.iter().find(|(_, factor)| factor.is_lost()) {
        if lost.error == EXACT {
            return EXACT;
        }
        let bound = |(divides, factor): &(bool, Known<'_>)| {
            let most = factor.size().max(factor.error);
            if *divides {
                1i64.saturating_sub(factor.size())
            } else {
                most.saturating_add(1)
            }
        };
        let total = factors.iter().map(bound).fold(0, i64::saturating_add);
        return total.saturating_add(SPARE).clamp(EXACT, ALL);
    }
    let worst = factors.iter().map(|(_, factor)| factor.relative()).max();
    let worst = worst.unwrap_or(EXACT).max(-(p as i64));
    size(result).saturating_add(worst).saturating_add(SPARE).clamp(EXACT, ALL)
}

/// Of `base^exponent`; `log` is the binary logarithm of the base, in doubles.
pub(super) fn of_power(
    base: Known<'_>,
    exponent: Known<'_>,
    exponent_value: f64,
    result: &BigFloat,
    p: usize,
) -> i64 {
    if base.is_lost() {
        if base.error == EXACT && exponent.error == EXACT {
            return rounding(result, p);
        }
        if exponent_value <= 0.0 {
            return ALL;
        }
        let most = base.size().max(base.error).saturating_add(1);
        let whole = (most as f64 * exponent_value) as i64;
        return whole.saturating_add(SPARE).clamp(EXACT, ALL);
    }
    let scale = exponent_value.abs().max(1.0).log2().ceil() as i64;
    let log = (base.size().unsigned_abs() as f64 + 2.0).log2().ceil() as i64;
    let from_base = base.relative().saturating_add(scale);
    let from_exponent = exponent.error.saturating_add(log);
    // The power is calculated as an exponential of a large number.
    let from_rounding = scale.saturating_add(log).saturating_sub(p as i64);
    let worst = from_base.max(from_exponent).max(from_rounding);
    if worst >= 0 {
        return ALL;
    }
    size(result).saturating_add(worst).saturating_add(SPARE).clamp(EXACT, ALL)
}

/// Of a function of the table.
pub(super) fn of_function(
    row: &FunctionSpec,
    arguments: &[Known<'_>],
    result: &BigFloat,
    p: usize,
) -> i64 {
    let Some(u) = arguments.first() else { return ALL };
    let worst = arguments.iter().map(|known| known.error).max().unwrap_or(EXACT);
    let rounding = rounding(result, p);
    let found = match row.name {
        "abs" | "max" | "min" => worst,
        "sin" | "cos" | "arctan" | "tanh" | "arsinh" | "erf" | "hypot" => worst,
        // What grows like an exponential is anything for an argument that is off by 1, and so
        // is the logarithm of what may be 0.
        "sinh" | "cosh" | "gamma" | "erfc" if u.error >= 0 => ALL,
        "ln" | "log2" | "log10" if u.is_lost() => ALL,
        "ln" | "log2" | "log10" => u.relative().saturating_add(1),
        "sinh" | "cosh" => size(result).saturating_add(u.error).saturating_add(1),
        "gamma" | "erfc" => size(result)
            .saturating_add(u.error)
            .saturating_add(u.size().max(0))
            .saturating_add(4),
        "arcsin" | "artanh" if u.size() < 0 => {
            size(result).saturating_add(u.relative()).saturating_add(4)
        }
        // At the ends of the domain the slope is infinite.
        "arcsin" | "arccos" | "arcosh" | "artanh" => {
            steep(u, result).max(u.error / 2 + 1)
        }
        "cbrt" => {
            let most = u.size().max(u.error).saturating_add(1);
            if u.is_lost() { most / 3 + 1 } else { steep(u, result) }
        }
        "cot" | "csc" | "coth" if u.is_lost() => ALL,
        "atan2" => of_angle(arguments),
        // Where the slope is large the value is, or the argument is near an end.
        _ if arguments.iter().any(|known| known.is_lost()) => match worst < 0 {
            true => worst.saturating_add(8),
            false => ALL,
        },
        _ => {
            let size = size(result).max(0);
            let grown = worst.saturating_add(size).saturating_add(size);
            steep(u, result).max(grown.saturating_add(8))
        }
    };
    found.max(rounding).saturating_add(SPARE).clamp(EXACT, ALL)
}

/// Of the angle of a point: the errors of `[y, x]` beside its distance from the origin.
fn of_angle(arguments: &[Known<'_>]) -> i64 {
    let [y, x] = arguments else { return ALL };
    if y.is_lost() && y.error != EXACT && x.value.is_negative() {
        // Either side of the cut.
        return ALL;
    }
    let distance = y.size().max(x.size());
    y.error.max(x.error).saturating_sub(distance).saturating_add(2)
}

/// Where the slope is at most as large as value and argument make it.
fn steep(u: &Known<'_>, result: &BigFloat) -> i64 {
    size(result).saturating_add(u.relative().max(u.error)).saturating_add(8)
}
