//! Points with exact coordinates.

use super::decided::with_values;
use crate::evaluate::digits;
use crate::function;
use crate::kernel::{self, ExprId, Number, Pool};
use crate::print;
use num_complex::Complex64;
use std::f64::consts::LOG10_2;

/// Longer numbers are not put into expressions.
pub(super) const MAX_BITS: u64 = 1 << 14;
/// Unless the coordinates are so much shorter.
const ROOM: u64 = 4;
/// Longer decimals are written as fractions.
const MAX_DECIMAL: usize = 20;
/// Longer fractions are written as decimals with so many places, where they can be.
const LONG: usize = 12;
const MAX_PLACES: i64 = 80;
/// A coordinate with so many binary digits is one that was chosen.
const SHORT: u64 = 192;

/// A point: an exact value for each variable of a tape, and the doubles next to them.
#[derive(Clone, Debug, Default)]
pub(super) struct Place {
    /// Symbols with constants.
    pub(super) exact: Vec<(ExprId, ExprId)>,
    /// The coordinates in doubles, in the order of the tape.
    pub(super) doubles: Vec<f64>,
    /// What parts of expressions are there because of what the point is: where `u` is 1, the
    /// floor of `u` is that of 1, whatever digits of the coordinates make of it.
    pub(super) settled: Vec<(ExprId, ExprId)>,
    /// Whether the exact values are those of a number next to the point.
    pub(super) is_rounded: bool,
}

impl Place {
    /// The point with these coordinates.
    pub(super) fn new(exact: Vec<(ExprId, ExprId)>, doubles: Vec<f64>) -> Self {
        Self { exact, doubles, ..Self::default() }
    }

    /// The point whose coordinates are doubles exactly.
    pub(super) fn of_doubles(pool: &mut Pool, names: &[String], at: &[f64]) -> Self {
        let pairs = names.iter().zip(at);
        let exact = pairs.map(|(name, x)| (pool.symbol(name), Self::number(pool, *x)));
        Self::new(exact.collect(), at.to_vec())
    }

    /// The point over the complex numbers whose coordinates are doubles exactly.
    pub(super) fn of_complex(
        pool: &mut Pool,
        names: &[String],
        at: &[Complex64],
    ) -> Self {
        let mut exact = Vec::with_capacity(at.len());
        for (name, z) in names.iter().zip(at) {
            let symbol = pool.symbol(name);
            let (re, im) = (Self::number(pool, z.re), Self::number(pool, z.im));
            let value = match z.im == 0.0 {
                true => re,
                false => {
                    let unit = pool.imaginary_unit();
                    let along = pool.product(&[im, unit]);
                    pool.sum(&[re, along])
                }
            };
            exact.push((symbol, value));
        }
        Self::new(exact, at.iter().map(|z| z.re).collect())
    }

    /// The exact value of a double, whose denominator is a power of 2.
    pub(super) fn number(pool: &mut Pool, x: f64) -> ExprId {
        let exact = num_rational::BigRational::from_float(x).map(Number::from_big);
        pool.number(exact.unwrap_or(Number::ZERO))
    }

    /// Expressions with the coordinates put in; `None` when numbers get too long.
    pub(super) fn put_into(
        &self,
        pool: &mut Pool,
        ids: &[ExprId],
    ) -> Option<Vec<ExprId>> {
        pool.within_bits(self.room(pool), |pool| {
            let known = [&self.settled[..], &self.exact].concat();
            let found = pool.substitute(ids, &known, function::apply);
            // A branch that is not taken may have no value.
            match pool.reachable(&found).contains(&Pool::UNDEFINED) {
                true => with_values(pool, ids, &known),
                false => found,
            }
        })
    }

    /// How long numbers may get when the coordinates are put in.
    pub(super) fn room(&self, pool: &Pool) -> u64 {
        let numbers = self.exact.iter().filter_map(|(_, id)| pool.as_number(*id));
        let longest = numbers.map(Number::bits).max().unwrap_or(0);
        MAX_BITS.max(ROOM * longest)
    }

    /// The same with one coordinate moved by a number.
    pub(super) fn moved(&self, pool: &mut Pool, symbol: ExprId, by: &Number) -> Self {
        let mut place = Self::new(self.exact.clone(), self.doubles.clone());
        for ((own, value), near) in place.exact.iter_mut().zip(&mut place.doubles) {
            if *own == symbol {
                let step = pool.number(by.clone());
                *value = pool.sum(&[*value, step]);
                *near += by.to_f64();
            }
        }
        place
    }

    /// How far one coordinate is from that of another place.
    pub(super) fn step_from(
        &self,
        other: &Self,
        pool: &mut Pool,
        symbol: ExprId,
    ) -> Option<f64> {
        let at = self.exact.iter().position(|(own, _)| *own == symbol)?;
        let step = pool.difference(self.exact[at].1, other.exact.get(at)?.1);
        Some(pool.as_number(step)?.to_f64())
    }

    /// Names and coordinates as text. Over the complex numbers `i` is none of them.
    pub(super) fn coordinates(
        &self,
        pool: &Pool,
        is_complex: bool,
    ) -> Vec<(String, String)> {
        let written = |n: &Number| match self.is_rounded && n.bits() > SHORT {
            // A coordinate with so many digits is the one that is rounded.
            true => Some(format!("{}…", digits::short(n.to_f64()))),
            false => decimal(n),
        };
        let text = |id| match pool.as_number(id).and_then(written) {
            Some(text) => text,
            None => print::write(pool, id, print::Notation::Text).unwrap_or_default(),
        };
        let named = self.exact.iter().filter_map(|(symbol, value)| {
            Some((pool.symbol_name(*symbol)?.to_owned(), text(*value)))
        });
        named.filter(|(name, _)| !is_complex || name != "i").collect()
    }
}

/// Figures times a power of ten.
fn by_power(figures: &str, power: String) -> String {
    match figures {
        "1" => format!("10^{power}"),
        "-1" => format!("-10^{power}"),
        _ => format!("{figures}*10^{power}"),
    }
}

/// A number as a decimal, where that is exact and short; a long fraction as a longer one, and a
/// large number by a power of ten.
fn decimal(n: &Number) -> Option<String> {
    let x = n.to_f64();
    let exact = num_rational::BigRational::from_float(x).map(Number::from_big);
    let text = x.to_string();
    if exact.as_ref() == Some(n) && text.len() <= MAX_DECIMAL {
        return Some(text);
    }
    let text = n.to_string();
    if text.len() <= LONG {
        return None;
    }
    if n.is_integer() {
        let figures = text.trim_end_matches('0');
        let zeros = text.len() - figures.len();
        return (zeros > LONG).then(|| by_power(figures, zeros.to_string()));
    }
    let least = (n.denominator().bits() as f64 * LOG10_2) as i64;
    let first = if least > MAX_PLACES { least } else { 1 };
    let (places, whole) = (first..first + MAX_PLACES).find_map(|places| {
        let up = Number::from(10).pow(places, kernel::MAX_BITS)?;
        Some((places, n.mul(&up))).filter(|(_, whole)| whole.is_integer())
    })?;
    if first > 1 {
        return Some(by_power(&whole.to_string(), format!("(-{places})")));
    }
    let places = usize::try_from(places).ok()?;
    let digits = format!("{:0>width$}", whole.abs().to_string(), width = places + 1);
    let (before, behind) = digits.split_at(digits.len() - places);
    let minus = if n.is_negative() { "-" } else { "" };
    Some(format!("{minus}{before}.{behind}"))
}
