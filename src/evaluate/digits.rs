//! Values with many digits, by an arbitrary-precision library.

use super::precise::{NormalForm, Precise};
use super::precise_complex::{ComplexForm, PreciseComplex};
use crate::error::{Error, ErrorKind, Result};
use crate::kernel::{ExprId, MAX_BITS, Number, Pool};
use astro_float::{BigFloat, Consts, Radix, RoundingMode, Sign};
use num_bigint::BigInt;

/// The most digits that are calculated.
pub const MAX_DIGITS: usize = 10_000;
/// Binary digits beyond those asked for, against cancellation.
const GUARD: usize = 256;
const ROUND: RoundingMode = RoundingMode::ToEven;
/// How many more digits are calculated, in turn, until a value is settled.
const MORE_DIGITS: [usize; 5] = [30, 200, 1000, 1400, MOST_MORE];
const MOST_MORE: usize = 4000;
/// The digits with which two values are compared, in turn.
const LADDER: [usize; 5] = [40, 120, 400, 1200, 4000];
/// What is nothing is less than this power of two.
pub const NOTHING: i64 = -60;
/// How many of these tell that values agree, unless more are asked for.
const USUAL: usize = 3;

/// What is said of a value that no decimal holds.
const TOO_SMALL: &str = "the value is too small for decimals";

/// Whether an error says that a value is not 0 and too small to be written.
pub fn is_too_small(error: &Error) -> bool {
    matches!(&error.kind, ErrorKind::Unsupported(what) if what == TOO_SMALL)
}

/// The value of a constant expression with so many significant digits; functions that have no
/// many digits of their own are taken by their normal forms.
///
/// It is calculated again with more digits until two results agree, so that neither
/// cancellation nor a large argument of a circular function spoils it; what vanishes with the
/// digits is 0.
///
/// # Errors
/// More digits than are calculated, a function that is not available with many digits, a
/// value that is undefined, or too large.
pub fn decimal(
    pool: &Pool,
    id: ExprId,
    count: usize,
    normal: NormalForm,
) -> Result<String> {
    must_be_possible(count)?;
    // Nothing where the digits do not tell on which side of a step something is.
    let mut is_at_step = false;
    let mut rounded = |more: usize| -> Result<Option<String>> {
        let mut precise = Precise::new(precision(count + more), normal, pool.purse())?;
        let place = precise.expression(pool, id);
        let value = precise.value(place)?;
        is_at_step = value.is_nan() && precise.is_undecided();
        if is_at_step {
            return Ok(None);
        }
        if value.is_nan() && precise.has_overflown() {
            return Err(too_large());
        }
        let is_known = precise.is_known_to(place, 4 * count) || value.is_nan();
        match written(value, count)? {
            text if is_known => Ok(Some(text)),
            _ if precise.has_underflown() => Err(too_small()),
            _ if more >= MOST_MORE && precise.has_vanished(place, NOTHING) => {
                match precise.has_absorbed() {
                    true => Ok(None),
                    false => Ok(Some("0".to_owned())),
                }
            }
            _ => Ok(None),
        }
    };
    let mut before = rounded(0)?;
    for more in MORE_DIGITS {
        let next = rounded(more)?;
        let is_last = more == MOST_MORE;
        if let Some(text) = &next
            && (next == before || is_last)
        {
            return Ok(text.clone());
        }
        before = next;
    }
    let what = match is_at_step {
        true => "digits do not tell on which side of a step the value is".to_owned(),
        false => format!("{} digits more do not tell the value", MOST_MORE),
    };
    Err(ErrorKind::Unsupported(what).into())
}

/// Refuses to calculate no digits, or too many.
fn must_be_possible(count: usize) -> Result<()> {
    match count {
        0 => {
            let what = "a value has one digit at least".to_owned();
            Err(ErrorKind::InvalidRequest(what).into())
        }
        count if count > MAX_DIGITS => {
            let what = "the number of digits";
            Err(ErrorKind::OverLimit { what, limit: MAX_DIGITS as u64 }.into())
        }
        _ => Ok(()),
    }
}

/// Real and imaginary part of a constant over the complex numbers, with so many significant
/// digits each; a part that vanishes with the digits is 0.
///
/// # Errors
/// As [`decimal`], and a value on a branch cut, as far as digits tell.
pub fn complex_decimal(
    pool: &Pool,
    id: ExprId,
    count: usize,
    normal: NormalForm,
    complex: ComplexForm,
) -> Result<[String; 2]> {
    must_be_possible(count)?;
    let rounded = |more: usize| -> Result<[Option<String>; 2]> {
        let real = Precise::new(precision(count + more), normal, pool.purse())?;
        let mut precise = PreciseComplex::new(real, complex);
        let places = precise.expression(pool, id);
        let real = precise.real();
        let mut parts = [None, None];
        for (part, place) in parts.iter_mut().zip(places) {
            let value = real.value(place)?;
            if value.is_nan() && real.is_undecided() {
                continue;
            }
            if real.is_known_to(place, 4 * count) || value.is_nan() {
                *part = Some(written(value, count)?);
            } else if real.has_vanished(place, NOTHING) {
                *part = Some("0".to_owned());
            }
        }
        Ok(parts)
    };
    let mut before = rounded(0)?;
    for more in MORE_DIGITS {
        let next = rounded(more)?;
        if let ([Some(re), Some(im)], true) = (&next, next == before) {
            return Ok([re.clone(), im.clone()]);
        }
        before = next;
    }
    let what = "more digits on the way to a value";
    Err(ErrorKind::TooMuchWork { what, limit: MOST_MORE as u64 }.into())
}

/// A complex number by its parts, as they are written.
pub fn joined(re: &str, im: &str) -> String {
    let times = |im: &str| if im == "1" { "i".to_owned() } else { format!("{im}*i") };
    match (re, im, im.strip_prefix('-')) {
        (_, "0", _) => re.to_owned(),
        ("0", _, None) => times(im),
        ("0", _, Some(size)) => format!("-{}", times(size)),
        (_, _, Some(size)) => format!("{re} - {}", times(size)),
        _ => format!("{re} + {}", times(im)),
    }
}

/// The value of a constant expression, rounded to so many significant digits, as an exact
/// number.
///
/// # Errors
/// As [`decimal`].
pub fn number(
    pool: &Pool,
    id: ExprId,
    count: usize,
    normal: NormalForm,
) -> Result<Number> {
    numbers_at(pool, &[id], &[], count, normal).pop().unwrap_or(Ok(Number::ZERO))
}

/// The same for several expressions with exact numbers in place of symbols.
pub fn numbers_at(
    pool: &Pool,
    ids: &[ExprId],
    at: &[(ExprId, Number)],
    count: usize,
    normal: NormalForm,
) -> Vec<Result<Number>> {
    let one = |id: &ExprId| {
        let mut precise = Precise::new(precision(count), normal, pool.purse())?;
        for (symbol, number) in at {
            if let Some(name) = pool.symbol_name(*symbol) {
                precise.set(name, number);
            }
        }
        let place = precise.expression(pool, *id);
        let value = precise.value(place)?;
        if value.is_nan() && precise.has_overflown() {
            return Err(too_large());
        }
        if value.is_zero() && !precise.is_exact(place) && precise.has_underflown() {
            return Err(too_small());
        }
        rational(&written(value, count)?)
    };
    ids.iter().map(one).collect()
}

/// The value of an expression with exact numbers in place of symbols, calculated with so many
/// digits; `None` where the bound of its error does not tell it from 0, or it has none.
pub fn apart_from_zero(
    pool: &Pool,
    id: ExprId,
    at: &[(ExprId, Number)],
    count: usize,
    normal: NormalForm,
) -> Option<Number> {
    let mut precise = Precise::new(precision(count), normal, pool.purse()).ok()?;
    for (symbol, number) in at {
        precise.set(pool.symbol_name(*symbol)?, number);
    }
    let place = precise.expression(pool, id);
    let value = precise.value(place).ok()?;
    let is_known = !value.is_nan() && !value.is_inf() && precise.is_settled(place);
    if is_known { rational(&written(value, count).ok()?).ok() } else { None }
}

/// The whole number that a constant expression is, when it is one for certain, as the floor
/// of something is; with 10,000 digits at most.
pub fn whole(pool: &Pool, id: ExprId, normal: NormalForm) -> Option<Number> {
    let mut count = LADDER[0];
    for _ in 0..LADDER.len() {
        let mut precise = Precise::new(precision(count), normal, pool.purse()).ok()?;
        let place = precise.expression(pool, id);
        let value = precise.value(place).ok()?;
        if value.is_nan() && !precise.is_undecided() {
            return None;
        }
        let places = value.exponent().map_or(0, |e| e.unsigned_abs() as usize / 3 + 1);
        if places > MAX_DIGITS {
            return None;
        }
        if precise.is_exact(place) && value.is_zero() {
            return Some(Number::ZERO);
        }
        if precise.is_exact(place) && value.is_int() && places < count {
            let number = rational(&text(value, places + 1)?).ok()?;
            return number.is_integer().then_some(number);
        }
        count = (2 * count).max(places + LADDER[0]);
    }
    None
}

/// Whether a constant expression has a value; `None` where that is not seen, because something
/// is too large or has no many digits.
pub fn is_defined(pool: &Pool, id: ExprId, normal: NormalForm) -> Option<bool> {
    let mut precise = Precise::new(precision(LADDER[0]), normal, pool.purse()).ok()?;
    let place = precise.expression(pool, id);
    let is_number = !precise.value(place).ok()?.is_nan();
    (!precise.has_overflown() && (is_number || !precise.is_undecided()))
        .then_some(is_number)
}

/// The same for several, which share what they are made of.
pub fn are_defined(pool: &Pool, ids: &[ExprId], normal: NormalForm) -> Vec<Option<bool>> {
    let together = || {
        let mut precise =
            Precise::new(precision(LADDER[0]), normal, pool.purse()).ok()?;
        let places: Vec<u32> =
            ids.iter().map(|id| precise.expression(pool, *id)).collect();
        let is_open = precise.has_overflown() || precise.is_undecided();
        let is_number = |place: &u32| Some(Some(!precise.value(*place).ok()?.is_nan()));
        if is_open { None } else { places.iter().map(is_number).collect() }
    };
    // What one of them leaves open says nothing of the others.
    together()
        .unwrap_or_else(|| ids.iter().map(|id| is_defined(pool, *id, normal)).collect())
}

/// The binary logarithm of the absolute value of a constant, rounded to a whole number, with
/// so many digits calculated; `None` for zero and for what differs from it by rounding only.
///
/// # Errors
/// As [`decimal`].
pub fn magnitude(
    pool: &Pool,
    id: ExprId,
    count: usize,
    normal: NormalForm,
) -> Result<Option<i32>> {
    let noise = GUARD as i32 / 2 - precision(count) as i32;
    let value = value(pool, id, count, normal)?;
    if value.is_nan() || value.is_inf() {
        return Err(ErrorKind::Undefined("the value".into()).into());
    }
    Ok(value.exponent().filter(|exponent| !value.is_zero() && *exponent > noise))
}

/// A value as a decimal number with so many significant digits; `None` for what is none.
pub fn text(value: &BigFloat, count: usize) -> Option<String> {
    if value.is_zero() {
        return Some("0".to_owned());
    }
    let mut constants = Consts::new().ok()?;
    let (sign, digits, exponent) =
        value.convert_to_radix(Radix::Dec, ROUND, &mut constants).ok()?;
    let start = digits.iter().position(|d| *d != 0).unwrap_or(digits.len());
    let is_cut = digits.iter().skip(start + count).any(|d| *d != 0);
    let exponent = i64::from(exponent);
    Some(format_digits(sign == Sign::Neg, &digits, exponent, (count, is_cut)))
}

/// Whether a constant expression is above 0, or else below; `None` where the bounds of its
/// error do not part it from 0, or it has no value. They do so with more digits as well.
pub fn is_above_zero(pool: &Pool, id: ExprId, normal: NormalForm) -> Option<bool> {
    let mut before = None;
    for (level, count) in LADDER.into_iter().take(USUAL).enumerate() {
        let mut precise = Precise::new(precision(count), normal, pool.purse()).ok()?;
        let place = precise.expression(pool, id);
        precise.value(place).ok()?;
        let sign = precise.sign(place);
        let is_last = level + 1 == USUAL;
        if sign == Some(0) || sign.is_some() && (sign == before || is_last) {
            return sign.filter(|sign| *sign != 0).map(|sign| sign > 0);
        }
        let is_nothing = !precise.has_absorbed() && precise.has_vanished(place, NOTHING);
        if level > 0 && sign.is_none() && before.is_none() && is_nothing {
            return None;
        }
        before = sign;
    }
    None
}

/// Whether a constant expression is 0, as far as many digits tell. What is greater than the
/// bound of its error, calculated twice, is not 0; what vanishes with the digits is, where this
/// bound is small. `None` when neither happens, or it has no value.
///
/// # Errors
/// A function that is not available with many digits.
pub fn vanishes(pool: &Pool, id: ExprId, normal: NormalForm) -> Result<Option<bool>> {
    vanishes_with(pool, id, USUAL, normal)
}

/// The same with more digits: what differs from 0 in the thousandth digit does.
///
/// # Errors
/// A function that is not available with many digits.
pub fn vanishes_far(pool: &Pool, id: ExprId, normal: NormalForm) -> Result<Option<bool>> {
    vanishes_with(pool, id, LADDER.len(), normal)
}

fn vanishes_with(
    pool: &Pool,
    id: ExprId,
    levels: usize,
    normal: NormalForm,
) -> Result<Option<bool>> {
    if let Some(number) = pool.as_number(id) {
        return Ok(Some(number.is_zero()));
    }
    let mut settled = Vec::with_capacity(levels);
    for count in LADDER.into_iter().take(levels) {
        let mut precise = Precise::new(precision(count), normal, pool.purse())?;
        let place = precise.expression(pool, id);
        let value = precise.value(place)?;
        let is_open = value.is_nan() && precise.is_undecided();
        if value.is_inf() || value.is_nan() && !is_open {
            return Ok(None);
        }
        if value.is_zero() && precise.is_exact(place) {
            return Ok(Some(true));
        }
        let is_last = settled.len() + 1 == levels;
        settled.push(!is_open && precise.is_settled(place));
        match settled[..] {
            [.., true, true] => return Ok(Some(false)),
            [.., true] if is_last => return Ok(Some(false)),
            // Among great numbers, what is lost may be great too.
            [.., false, false]
                if !is_open
                    && !precise.has_absorbed()
                    && precise.has_vanished(place, NOTHING) =>
            {
                return Ok(Some(true));
            }
            _ => {}
        }
    }
    Ok(None)
}

/// The binary digits with which so many decimal ones are calculated.
fn precision(count: usize) -> usize {
    count * 4 + GUARD
}

fn value(pool: &Pool, id: ExprId, count: usize, normal: NormalForm) -> Result<BigFloat> {
    let mut precise = Precise::new(precision(count), normal, pool.purse())?;
    let place = precise.expression(pool, id);
    precise.value(place).cloned()
}

/// A value that is a number, with so many digits.
fn written(value: &BigFloat, count: usize) -> Result<String> {
    if value.is_nan() {
        return Err(ErrorKind::Undefined("the value".into()).into());
    }
    if value.is_inf() {
        return Err(too_large());
    }
    let failed = || ErrorKind::Unsupported("this value with many digits".into()).into();
    text(value, count).ok_or_else(failed)
}

/// That no decimal holds a number.
fn too_small() -> Error {
    ErrorKind::Unsupported(TOO_SMALL.to_owned()).into()
}

/// That a number has no exponent.
fn too_large() -> Error {
    let limit = (f64::from(i32::MAX) * std::f64::consts::LOG10_2) as u64;
    ErrorKind::OverLimit { what: "the exponent of a decimal number", limit }.into()
}

/// A decimal number as an exact one.
fn rational(text: &str) -> Result<Number> {
    let (mantissa, exponent) = text.split_once('e').unwrap_or((text, "0"));
    let places = mantissa.split_once('.').map_or(0, |(_, behind)| behind.len() as i64);
    let digits: String = mantissa.chars().filter(|c| *c != '.').collect();
    let whole = digits.parse::<BigInt>().ok().map(Number::from_integer);
    let shift = exponent.parse::<i64>().ok().map(|e| e - places);
    let power = shift.and_then(|e| Number::from(10).pow(e, MAX_BITS));
    match (whole, power) {
        (Some(whole), Some(power)) => Ok(whole.mul(&power)),
        _ => Err(ErrorKind::NumberTooLarge { limit: MAX_DIGITS }.into()),
    }
}

/// A decimal number of `0.d1d2d3… * 10^exponent`, rounded to `count` digits; where some that
/// are not 0 are cut off, none is written in their place.
fn format_digits(
    negative: bool,
    digits: &[u8],
    exponent: i64,
    (count, is_cut): (usize, bool),
) -> String {
    let start = digits.iter().position(|d| *d != 0).unwrap_or(digits.len());
    let mut kept: Vec<u8> = digits[start..].iter().copied().take(count).collect();
    let mut exponent = exponent - start as i64;
    if kept.is_empty() {
        return "0".to_owned();
    }
    if digits.get(start + count).is_some_and(|d| *d >= 5) {
        let mut place = kept.len();
        loop {
            if place == 0 {
                kept.insert(0, 1);
                kept.pop();
                exponent += 1;
                break;
            }
            place -= 1;
            if kept[place] < 9 {
                kept[place] += 1;
                break;
            }
            kept[place] = 0;
        }
    }
    while kept.len() > 1 && kept.last() == Some(&0) {
        kept.pop();
    }
    let text: String = kept.iter().map(|d| char::from(b'0' + d)).collect();
    let sign = if negative { "-" } else { "" };
    match exponent {
        -5..=0 => {
            format!("{sign}0.{}{text}", "0".repeat(exponent.unsigned_abs() as usize))
        }
        1..=21 if !is_cut || exponent <= count as i64 => {
            let whole = exponent as usize;
            if text.len() <= whole {
                format!("{sign}{text}{}", "0".repeat(whole - text.len()))
            } else {
                format!("{sign}{}.{}", &text[..whole], &text[whole..])
            }
        }
        _ => {
            let (first, rest) = text.split_at(1);
            let point = if rest.is_empty() { "" } else { "." };
            format!("{sign}{first}{point}{rest}e{}", exponent - 1)
        }
    }
}

/// A double with 15 significant digits, as the other values are written.
pub fn short(value: f64) -> String {
    rounded(value, 15)
}

/// A double with so many significant digits, from 1 to 15.
pub fn rounded(value: f64, count: usize) -> String {
    if value == 0.0 || !value.is_finite() {
        return value.abs().to_string();
    }
    let count = count.clamp(1, 15);
    let text = format!("{:.*e}", count - 1, value.abs());
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let digits: Vec<u8> =
        mantissa.bytes().filter(u8::is_ascii_digit).map(|b| b - b'0').collect();
    let exponent = exponent.parse::<i64>().unwrap_or(0) + 1;
    let is_cut = text.parse() != Ok(value.abs());
    format_digits(value < 0.0, &digits, exponent, (count, is_cut))
}
