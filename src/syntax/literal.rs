//! Tokens: what numbers, superscripts and operators mean.

use super::limits::MAX_DIGITS;
use super::token::{Item, Kind};
use crate::error::ErrorKind;
use crate::kernel::{Number, Relation};
use num_bigint::BigInt;
use num_rational::BigRational;

const FRACTIONS: [(char, i64, i64); 18] = [
    ('½', 1, 2),
    ('⅓', 1, 3),
    ('⅔', 2, 3),
    ('¼', 1, 4),
    ('¾', 3, 4),
    ('⅕', 1, 5),
    ('⅖', 2, 5),
    ('⅗', 3, 5),
    ('⅘', 4, 5),
    ('⅙', 1, 6),
    ('⅚', 5, 6),
    ('⅛', 1, 8),
    ('⅜', 3, 8),
    ('⅝', 5, 8),
    ('⅞', 7, 8),
    ('⅐', 1, 7),
    ('⅑', 1, 9),
    ('⅒', 1, 10),
];
const SUPERSCRIPTS: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/// Half a unit of the last place of a decimal: 0.005 for `0.33`.
pub(super) fn half_unit(text: &str) -> f64 {
    let (digits, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let places = digits.split_once('.').map_or(0, |(_, behind)| behind.len());
    let exponent: f64 = exponent.parse().unwrap_or(0.0);
    0.5 * 10f64.powf(exponent - places as f64)
}

/// A number of LaTeX whose `{,}` is a decimal comma, with a point: no group of thousands follows a
/// lone 0, and a group has three digits.
pub(super) fn decimal_comma(text: &str) -> Option<String> {
    let (whole, part) = text.split_once("{,}")?;
    let digits = part.bytes().take_while(u8::is_ascii_digit).count();
    let is_decimal = !part.contains("{,}") && (whole == "0" || digits != 3);
    is_decimal.then(|| format!("{whole}.{part}"))
}

/// Whether the point of a number, `.3`, multiplies behind a text: it ends with a name or a bracket,
/// as in `cos(3x).3`; `x.05` has a decimal.
pub(super) fn is_factor(before: &str, number: &str) -> bool {
    let is_of_word = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_');
    let word = &before[before.trim_end_matches(is_of_word).len()..];
    if !number.starts_with('.')
        || number[1..].starts_with('0')
        || crate::function::is_name(word)
    {
        return false;
    }
    match word.chars().next_back() {
        None => before.ends_with([')', ']', '}']),
        Some(last) if last.is_ascii_digit() => word.starts_with(char::is_alphabetic),
        Some(last) => last.is_alphabetic() || last == '_',
    }
}

/// The exact value of a literal: `2.5` is 5/2, `1e-3` is 1/1000, `½` is 1/2.
///
/// # Errors
/// Too many digits, or no number.
pub fn number(text: &str) -> Result<Number, ErrorKind> {
    let too_large = || ErrorKind::NumberTooLarge { limit: MAX_DIGITS };
    if text.len() < 18
        && text.bytes().all(|byte| byte.is_ascii_digit())
        && let Ok(value) = text.parse::<i64>()
    {
        return Ok(Number::from(value));
    }
    if let Some((_, n, d)) = FRACTIONS.iter().find(|(c, ..)| text.starts_with(*c)) {
        return Number::ratio(*n, *d).ok_or(ErrorKind::DivisionByZero);
    }
    if text.len() < 18
        && let Ok(value) = text.parse::<i64>()
    {
        return Ok(Number::from(value));
    }
    let (mantissa, exponent) = match text.find(['e', 'E']) {
        Some(at) => {
            let is_sign = |c: char| is_minus(c.encode_utf8(&mut [0; 4]));
            let exponent = text[at + 1..].replace(is_sign, "-");
            (&text[..at], exponent.parse::<i64>().map_err(|_| too_large())?)
        }
        None => (text, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    let shift = exponent - fraction.len() as i64;
    if digits.len() > MAX_DIGITS || shift.unsigned_abs() > MAX_DIGITS as u64 {
        return Err(too_large());
    }
    let value: BigInt = digits.parse().map_err(|_| ErrorKind::UnexpectedToken {
        found: text.to_owned(),
        expected: "a number".into(),
    })?;
    let scale = BigInt::from(10).pow(shift.unsigned_abs() as u32);
    Ok(Number::from_big(if shift < 0 {
        BigRational::new(value, scale)
    } else {
        BigRational::from_integer(value * scale)
    }))
}

/// The whole number that superscript digits write.
///
/// # Errors
/// Too many digits, or signs that are no digits.
pub(super) fn superscript(text: &str) -> Result<Number, ErrorKind> {
    let unsigned = text.strip_prefix(['⁻', '⁺']).unwrap_or(text);
    let digits: Option<String> = unsigned
        .chars()
        .map(|c| SUPERSCRIPTS.chars().position(|known| known == c))
        .map(|digit| Some(char::from(b'0' + digit? as u8)))
        .collect();
    let Some(digits) = digits.filter(|digits| !digits.is_empty()) else {
        let (found, expected) = (text.to_owned(), "a raised number".to_owned());
        return Err(ErrorKind::UnexpectedToken { found, expected });
    };
    let value = number(&digits)?;
    Ok(if text.starts_with('⁻') { value.neg() } else { value })
}

/// Whether raised signs write a whole number, with a sign or without.
pub(super) fn is_superscript(text: &str) -> bool {
    let unsigned = text.strip_prefix(['⁻', '⁺']).unwrap_or(text);
    !unsigned.is_empty() && unsigned.chars().all(|c| SUPERSCRIPTS.contains(c))
}

/// The relation of an operator, and whether its sides are to be exchanged.
pub(super) fn comparison(operator: &str) -> Option<(Relation, bool)> {
    Some(match operator {
        "<" => (Relation::Less, false),
        ">" => (Relation::Less, true),
        "<=" | "≤" => (Relation::LessEqual, false),
        ">=" | "≥" => (Relation::LessEqual, true),
        "=" | "==" => (Relation::Equal, false),
        "!=" | "≠" => (Relation::NotEqual, false),
        _ => return None,
    })
}

/// Whether an operator multiplies or divides.
pub(super) fn is_product(operator: &str) -> bool {
    matches!(
        operator,
        "*" | "." | "·" | "⋅" | "∙" | "•" | "∗" | "×" | "⨯" | "\u{2062}" | "@"
    ) || is_division(operator)
}

/// A whole number in superscript digits.
pub fn raised(n: u32) -> String {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    n.to_string().bytes().map(|b| DIGITS[usize::from(b - b'0')]).collect()
}

/// Whether an operator divides.
pub(super) fn is_division(operator: &str) -> bool {
    matches!(operator, "/" | "÷" | "∕" | "⁄")
}

/// Whether an operator multiplies or divides entry by entry, makes a matrix of blocks, or solves
/// a system of equations.
pub(super) fn is_entrywise(operator: &str) -> bool {
    matches!(operator, ".*" | "./" | "⊙" | "∘" | "⊘" | "⊗" | "\\")
}

/// Whether an operator raises to a power.
pub(super) fn is_power(operator: &str) -> bool {
    matches!(operator, "^" | "**" | ".^")
}

/// Whether an operator adds or subtracts.
pub(super) fn is_sum(operator: &str) -> bool {
    operator == "+" || is_minus(operator)
}

/// How often primes differentiate.
pub(super) fn primes(text: &str) -> u32 {
    text.chars()
        .map(|c| match c {
            '″' => 2,
            '‴' => 3,
            _ => 1,
        })
        .sum()
}

/// Whether an operator subtracts: a hyphen, a minus or a dash.
pub(super) fn is_minus(operator: &str) -> bool {
    let mut chars = operator.chars();
    let is_dash =
        matches!(chars.next(), Some('-' | '−' | '\u{2010}'..='\u{2014}' | '－'));
    is_dash && chars.next().is_none()
}

/// Whether an item is a sign before an operand.
pub(super) fn is_sign(item: &Item<'_>) -> bool {
    matches!(item.kind, Kind::Prefix | Kind::Operator) && is_sum(item.text)
}

/// Whether an item is a root sign.
pub(super) fn is_root(item: &Item<'_>) -> bool {
    matches!(item.kind, Kind::Prefix | Kind::Root) && matches!(item.text, "√" | "∛" | "∜")
}

/// Whether an item stands above the line: an exponent.
pub(super) fn is_raised(item: &Item<'_>) -> bool {
    item.kind == Kind::Postfix && !matches!(item.text, "!" | "%" | "°" | "˚")
}

/// The base in `log_2` and `log_b`, if a name is written so.
pub(super) fn log_base(name: &str) -> Option<&str> {
    let base = name.strip_prefix("log_")?.trim_start_matches('{').trim_end_matches('}');
    let number = !base.is_empty() && base.bytes().all(|b| b.is_ascii_digit());
    let letter = base.chars().count() == 1 && base.chars().all(char::is_alphabetic);
    (number || letter).then_some(base)
}
