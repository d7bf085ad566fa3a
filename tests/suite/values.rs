//! Values of functions: rows that an independent program computed, and functional equations.

use calcgrad::evaluate::digits;
use calcgrad::kernel::ExprId;
use calcgrad::session::{Engine, Settings};
use calcgrad::syntax;
use std::fs;
use std::path::Path;

/// The digits of the rows.
const DIGITS: usize = 25;

fn lines(file: &str) -> Vec<String> {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/values").join(file);
    let text = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path:?}: {e}"));
    text.lines()
        .filter(|l| !l.is_empty() && !l.starts_with('#'))
        .map(str::to_owned)
        .collect()
}

fn read(engine: &mut Engine, text: &str) -> ExprId {
    let formula = engine
        .read(text, &Settings::default())
        .unwrap_or_else(|error| panic!("`{text}` cannot be read: {error}"));
    formula.roots[0]
}

/// The digits of a number without point, sign and zeros at the ends, and its power of ten.
fn parts(text: &str) -> (bool, String, i64) {
    let (mantissa, exponent) = text.split_once('e').unwrap_or((text, "0"));
    let exponent: i64 =
        exponent.parse().unwrap_or_else(|_| panic!("the exponent of {text}"));
    let size = mantissa.trim_start_matches('-');
    let before = size.find('.').unwrap_or(size.len()) as i64;
    let all: String = size.chars().filter(char::is_ascii_digit).collect();
    let zeros = all.len() - all.trim_start_matches('0').len();
    let digits = all.trim_matches('0').to_owned();
    (mantissa.starts_with('-'), digits, exponent + before - zeros as i64)
}

/// A row with fewer digits.
fn rounded(text: &str, count: usize) -> (bool, String, i64) {
    let (sign, digits, mut exponent) = parts(text);
    if digits.len() <= count {
        return (sign, digits, exponent);
    }
    let kept: u128 =
        digits[..count].parse().unwrap_or_else(|_| panic!("digits of {text}"));
    let up = u128::from(digits.as_bytes()[count] >= b'5');
    let next = (kept + up).to_string();
    if next.len() > count {
        exponent += 1;
    }
    (sign, next.trim_end_matches('0').to_owned(), exponent)
}

#[test]
fn values_have_the_digits_of_an_independent_program() {
    let mut wrong = Vec::new();
    for (place, line) in lines("functions.txt").iter().enumerate() {
        let (text, value) = line.split_once(" = ").unwrap_or_else(|| panic!("{line}"));
        let mut engine = Engine::default();
        let id = read(&mut engine, text);
        let short = engine.short_decimal(id).unwrap_or_default();
        if short.is_empty() || parts(&short) != rounded(value, 15) {
            wrong.push(format!("{text}: {short} instead of {value}"));
        }
        // One in four with all digits.
        if place % 4 == 0 {
            let long = engine.decimal(id, DIGITS);
            if long.as_deref().ok() != Some(value) {
                wrong.push(format!("{text}: {long:?} instead of {value}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn functional_equations_hold_within_the_bounds_of_errors() {
    let mut wrong = Vec::new();
    for line in lines("laws.txt") {
        let (law, points) = line.split_once(" : ").unwrap_or_else(|| panic!("{line}"));
        let (left, right) = law.split_once(" = ").unwrap_or_else(|| panic!("{line}"));
        for point in points.split(", ") {
            let mut engine = Engine::default();
            let difference = read(&mut engine, &format!("{left} - ({right})"));
            let moved = read(&mut engine, &format!("{left} - ({right})*(1 + 10^(-35))"));
            let symbol = engine.pool.symbol("x");
            let at = read(&mut engine, point);
            for (id, expected) in [(difference, true), (moved, false)] {
                let id = engine.pool.substitute(
                    &[id],
                    &[(symbol, at)],
                    calcgrad::function::apply,
                )[0];
                let found = digits::vanishes(&engine.pool, id, syntax::in_normal_form);
                if found.as_ref().ok() != Some(&Some(expected)) {
                    wrong.push(format!("{law} at {point}: {found:?}, not {expected}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn digits_of_numbers_are_rounded_where_they_end() {
    assert_eq!(rounded("0.00123456", 3), (false, "123".to_owned(), -2));
    assert_eq!(rounded("-9.996e10", 3), (true, "1".to_owned(), 12));
}
