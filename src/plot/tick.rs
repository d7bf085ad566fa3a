//! Round numbers on an axis.

use super::number::{number, plain};
use super::picture::Unit;
use std::f64::consts::PI;

/// The most ticks of an axis, whatever is asked for.
const MOST: usize = 60;
/// Steps in multiples of pi.
const TURNS: [(i64, i64); 8] =
    [(1, 12), (1, 6), (1, 4), (1, 3), (1, 2), (1, 1), (2, 1), (4, 1)];
/// The significant digits of a label.
const DIGITS: usize = 12;
/// The digits that a power of ten may have before it, and below what it has no more.
const LONG: usize = 4;
const PLAIN: f64 = 1e12;

/// A number on an axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    /// Where.
    pub at: f64,
    /// The number as it is written, as plain text.
    pub label: String,
}

/// Round numbers between two, so many at most.
pub(super) fn ticks(low: f64, high: f64, unit: Unit, most: usize) -> Vec<Tick> {
    let most = most.clamp(2, MOST);
    let length = high - low;
    if !(length.is_finite() && length > 0.0) {
        return Vec::new();
    }
    let turn = TURNS.iter().find(|(above, below)| {
        length / (PI * *above as f64 / *below as f64) < most as f64
    });
    match (unit, turn) {
        (Unit::Pi, Some((above, below))) if length > PI / 4.0 => {
            multiples(low, high, *above, *below)
        }
        _ => {
            let step = step(length / most as f64);
            let label = |at: f64| label((at / step).round() * step);
            places(low, high, step).map(|at| Tick { at, label: label(at) }).collect()
        }
    }
}

/// A round number as it is written: what is long is no shorter with a power of ten.
fn label(at: f64) -> String {
    let text = number(at, DIGITS);
    let is_long = text.split_once('*').is_some_and(|(digits, _)| digits.len() > LONG);
    match is_long && (1.0..PLAIN).contains(&at.abs()) {
        true => plain(at, 6),
        false => text,
    }
}

/// The least of 1, 2 and 5 times a power of ten that is not below a length.
pub(super) fn step(least: f64) -> f64 {
    let power = 10f64.powf(least.log10().floor());
    let found = [1.0, 2.0, 5.0].into_iter().map(|n| n * power);
    found.into_iter().find(|step| *step >= least * (1.0 - 1e-9)).unwrap_or(10.0 * power)
}

fn places(low: f64, high: f64, step: f64) -> impl Iterator<Item = f64> {
    let slack = 1e-9;
    let first = (low / step - slack).ceil();
    let count = ((high / step + slack).floor() - first).clamp(-1.0, MOST as f64) as i64;
    (0..=count).map(move |n| (first + n as f64) * step)
}

/// Multiples of pi.
fn multiples(low: f64, high: f64, above: i64, below: i64) -> Vec<Tick> {
    let step = PI * above as f64 / below as f64;
    let tick = |at: f64| {
        let n = (at / step).round() as i64 * above;
        let common = num_integer::gcd(n, below).max(1);
        let (n, below) = (n / common, below / common);
        let turns = match n {
            0 => "0".to_owned(),
            1 => "pi".to_owned(),
            -1 => "-pi".to_owned(),
            n => format!("{n}*pi"),
        };
        let label = if below == 1 { turns } else { format!("{turns}/{below}") };
        Tick { at, label }
    };
    places(low, high, step).map(tick).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(low: f64, high: f64, unit: Unit, most: usize) -> Vec<String> {
        ticks(low, high, unit, most).into_iter().map(|tick| tick.label).collect()
    }

    #[test]
    fn steps_are_round() {
        assert_eq!(labels(-1.0, 1.0, Unit::One, 5), ["-1", "-0.5", "0", "0.5", "1"]);
        assert_eq!(labels(0.0, 0.3, Unit::One, 4), ["0", "0.1", "0.2", "0.3"]);
        assert_eq!(labels(0.0, 4e7, Unit::One, 3), ["0", "2*10^7", "4*10^7"]);
        assert_eq!(labels(0.0, 4e-7, Unit::One, 3), ["0", "2*10^(-7)", "4*10^(-7)"]);
        let labels = labels(1e6, 1e6 + 4.0, Unit::One, 3);
        assert_eq!(labels, ["10^6", "1000002", "1000004"]);
    }

    #[test]
    fn angles_are_counted_in_pi() {
        let found = labels(-PI, PI, Unit::Pi, 5);
        assert_eq!(found, ["-pi", "-pi/2", "0", "pi/2", "pi"]);
        assert_eq!(labels(0.0, PI, Unit::Pi, 3), ["0", "pi/2", "pi"]);
    }
}
