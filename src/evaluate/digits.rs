//! Values with many digits, by an arbitrary-precision library.

use super::{error_function, gamma_function, pieces};
use crate::error::{Error, ErrorKind, Result};
use crate::function;
use crate::kernel::{Constant, ExprId, FunctionId, MAX_BITS, Node, Number, Pool};
use astro_float::{BigFloat, Consts, Radix, RoundingMode, Sign};
use num_bigint::BigInt;

/// The most digits that are calculated.
pub const MAX_DIGITS: usize = 10_000;
/// Binary digits beyond those asked for, against cancellation.
const GUARD: usize = 256;
const ROUND: RoundingMode = RoundingMode::ToEven;
/// For transcendental functions: looking for the last digit of a value that is exact has no
/// end, and the guard digits make it needless.
const UNROUNDED: RoundingMode = RoundingMode::None;
/// How many more digits are calculated, in turn, until a value is settled.
const MORE_DIGITS: [usize; 4] = [30, 200, 1000, 4000];
/// The digits with which two values are compared, in turn.
const LADDER: [usize; 4] = [40, 120, 400, 1200];

/// The value of a constant expression with so many significant digits.
///
/// It is calculated again with more digits until two results agree, so that neither
/// cancellation nor a large argument of a circular function spoils it; what vanishes with the
/// digits is 0.
///
/// # Errors
/// More digits than are calculated, a function that is not available with many digits, a
/// value that is undefined, or too large.
pub fn decimal(pool: &Pool, id: ExprId, count: usize) -> Result<String> {
    if count == 0 {
        return Err(
            ErrorKind::InvalidRequest("a value has one digit at least".into()).into()
        );
    }
    if count > MAX_DIGITS {
        return Err(ErrorKind::NumberTooLarge { limit: MAX_DIGITS }.into());
    }
    let mut before = Calculator::new(pool, count)?.decimal(id, count)?;
    let mut noise = 0;
    for more in MORE_DIGITS {
        let mut calculator = Calculator::new(pool, count + more)?;
        let next = calculator.decimal(id, count)?;
        // Twice nothing may be too few digits twice.
        if next == before && (next != "0" || more >= 1000) {
            return Ok(next);
        }
        before = next;
        noise = GUARD as i32 / 2 - calculator.precision as i32;
    }
    let exponent = before.split_once('e').and_then(|(_, e)| e.parse::<i32>().ok());
    // Decimal places against binary ones.
    if before == "0" || exponent.is_some_and(|e| e < noise / 4) {
        return Ok("0".to_owned());
    }
    let what = "more digits on the way to a value";
    Err(ErrorKind::TooMuchWork { what, limit: MORE_DIGITS[3] as u64 }.into())
}

/// The value of a constant expression, rounded to so many significant digits, as an exact
/// number.
///
/// # Errors
/// As [`decimal`].
pub fn number(pool: &Pool, id: ExprId, count: usize) -> Result<Number> {
    numbers_at(pool, &[id], &[], count).pop().unwrap_or(Ok(Number::ZERO))
}

/// The same for several expressions with exact numbers in place of symbols.
pub fn numbers_at(
    pool: &Pool,
    ids: &[ExprId],
    at: &[(ExprId, Number)],
    count: usize,
) -> Vec<Result<Number>> {
    let one_by_one = |calculator: &mut Calculator<'_>| {
        ids.iter().map(|id| calculator.rational(*id, count)).collect()
    };
    match Calculator::new(pool, count) {
        Ok(mut calculator) => {
            for (symbol, number) in at {
                let value = calculator.number(number);
                calculator.symbols.push((*symbol, value));
            }
            one_by_one(&mut calculator)
        }
        Err(error) => ids.iter().map(|_| Err(error.clone())).collect(),
    }
}

/// The binary logarithm of the absolute value of a constant, rounded to a whole number, with
/// so many digits calculated; `None` for zero and for what differs from it by rounding only.
///
/// # Errors
/// As [`decimal`].
pub fn magnitude(pool: &Pool, id: ExprId, count: usize) -> Result<Option<i32>> {
    let mut calculator = Calculator::new(pool, count)?;
    let noise = GUARD as i32 / 2 - calculator.precision as i32;
    let value = calculator.value(id)?;
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
    Some(format_digits(sign == Sign::Neg, &digits, i64::from(exponent), count))
}

/// Whether two constant expressions have the same value, as far as many digits tell: the
/// difference is calculated twice. A true difference stays, one by rounding vanishes with
/// the digits. `None` when a value cannot be calculated, or neither happens.
pub fn agree(pool: &Pool, a: ExprId, b: ExprId) -> Option<bool> {
    let difference = |count: usize| {
        let mut calculator = Calculator::new(pool, count).ok()?;
        let (a, b) = (calculator.value(a).ok()?, calculator.value(b).ok()?);
        let difference = a.sub(&b, calculator.precision, ROUND);
        (!difference.is_nan() && !difference.is_inf()).then_some(difference)
    };
    let mut before = difference(LADDER[0])?;
    for count in &LADDER[1..] {
        let next = difference(*count)?;
        let (Some(old), Some(new)) = (before.exponent(), next.exponent()) else {
            return None;
        };
        if next.is_zero() || old - new > 2 * (*count as i32) {
            return Some(true);
        }
        let change = next.sub(&before, GUARD, ROUND);
        let stays = change.is_zero() || change.exponent().is_some_and(|e| e < new - 40);
        if stays && !before.is_zero() {
            return Some(false);
        }
        before = next;
    }
    None
}

/// A decimal number of `0.d1d2d3… * 10^exponent`, rounded to `count` digits.
fn format_digits(negative: bool, digits: &[u8], exponent: i64, count: usize) -> String {
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
        1..=21 => {
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
    format_digits(value < 0.0, &digits, exponent, count)
}

struct Calculator<'p> {
    pool: &'p Pool,
    precision: usize,
    constants: Consts,
    /// Values of symbols.
    symbols: Vec<(ExprId, BigFloat)>,
}

impl<'p> Calculator<'p> {
    fn new(pool: &'p Pool, count: usize) -> Result<Self> {
        let failed =
            |_| ErrorKind::Unsupported("the constants of many digits".to_owned());
        let constants = Consts::new().map_err(failed)?;
        let precision = count * 4 + GUARD;
        Ok(Self { pool, precision, constants, symbols: Vec::new() })
    }

    fn decimal(&mut self, id: ExprId, count: usize) -> Result<String> {
        let value = self.value(id)?;
        if value.is_nan() {
            return Err(ErrorKind::Undefined("the value".into()).into());
        }
        if value.is_zero() {
            return Ok("0".to_owned());
        }
        if value.is_inf() {
            let what = "the value is too large for decimals".to_owned();
            return Err(ErrorKind::Unsupported(what).into());
        }
        let (sign, digits, exponent) = value
            .convert_to_radix(Radix::Dec, ROUND, &mut self.constants)
            .map_err(|_| ErrorKind::Unsupported("this value with many digits".into()))?;
        Ok(format_digits(sign == Sign::Neg, &digits, i64::from(exponent), count))
    }

    fn rational(&mut self, id: ExprId, count: usize) -> Result<Number> {
        let text = self.decimal(id, count)?;
        let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let places =
            mantissa.split_once('.').map_or(0, |(_, behind)| behind.len() as i64);
        let digits: String = mantissa.chars().filter(|c| *c != '.').collect();
        let whole = digits.parse::<BigInt>().ok().map(Number::from_integer);
        let shift = exponent.parse::<i64>().ok().map(|e| e - places);
        let power = shift.and_then(|e| Number::from(10).pow(e, MAX_BITS));
        match (whole, power) {
            (Some(whole), Some(power)) => Ok(whole.mul(&power)),
            _ => Err(ErrorKind::NumberTooLarge { limit: MAX_DIGITS }.into()),
        }
    }

    fn value(&mut self, id: ExprId) -> Result<BigFloat> {
        let precision = self.precision;
        let ids = self.pool.reachable(&[id]);
        let mut values: Vec<BigFloat> = Vec::with_capacity(ids.len());
        for node in &ids {
            let get = |child: ExprId| match ids.binary_search(&child) {
                Ok(place) => values[place].clone(),
                Err(_) => BigFloat::from_word(0, precision),
            };
            let value = Self::node(self, *node, get)?;
            values.push(value);
        }
        Ok(values.pop().unwrap_or_else(|| BigFloat::from_word(0, self.precision)))
    }

    fn number(&mut self, n: &Number) -> BigFloat {
        let p = self.precision;
        let mut parse = |text: String| {
            BigFloat::parse(&text, Radix::Dec, p, ROUND, &mut self.constants)
        };
        let numerator = parse(n.numerator().to_string());
        if n.is_integer() {
            return numerator;
        }
        let denominator = parse(n.denominator().to_string());
        numerator.div(&denominator, p, ROUND)
    }

    fn node(&mut self, id: ExprId, get: impl Fn(ExprId) -> BigFloat) -> Result<BigFloat> {
        let p = self.precision;
        Ok(match self.pool.node(id) {
            Node::Number(n) => self.number(&self.pool.number_at(n).clone()),
            Node::Constant(Constant::E) => self.constants.e(p, ROUND),
            Node::Constant(Constant::Pi) => self.constants.pi(p, ROUND),
            Node::Sum(list) => {
                self.pool.list(list).iter().fold(BigFloat::from_word(0, p), |sum, id| {
                    sum.add(&get(*id), p, ROUND)
                })
            }
            Node::Product(list) => {
                self.pool.list(list).iter().fold(BigFloat::from_word(1, p), |sum, id| {
                    sum.mul(&get(*id), p, ROUND)
                })
            }
            Node::Multiple(n, rest) => {
                let n = self.number(&self.pool.number_at(n).clone());
                n.mul(&get(rest), p, ROUND)
            }
            Node::Power(base, exponent) => self.power(base, exponent, &get),
            Node::Apply(function, list) => {
                let arguments: Vec<BigFloat> =
                    self.pool.list(list).iter().map(|id| get(*id)).collect();
                self.apply(function, &arguments)?
            }
            Node::Symbol(symbol) => {
                if let Some((_, value)) = self.symbols.iter().find(|(own, _)| *own == id)
                {
                    return Ok(value.clone());
                }
                let name = self.pool.name(symbol);
                return Err(ErrorKind::Undefined(format!("the value of `{name}`")).into());
            }
            Node::Undefined => astro_float::NAN,
        })
    }

    fn power(
        &mut self,
        base: ExprId,
        exponent: ExprId,
        get: impl Fn(ExprId) -> BigFloat,
    ) -> BigFloat {
        let p = self.precision;
        let b = get(base);
        let whole = self.pool.as_number(exponent).and_then(Number::to_i64);
        match whole {
            Some(n) => {
                let power = b.powi(n.unsigned_abs() as usize, p, ROUND);
                match n {
                    0.. => power,
                    _ if b.is_zero() => astro_float::NAN,
                    _ => power.reciprocal(p, ROUND),
                }
            }
            None => match self.pool.as_number(exponent) {
                Some(n) => self.rational_power(&b, n),
                None => self.real_power(&b, &get(exponent)),
            },
        }
    }

    /// A root, or a whole power with an exponent beyond machine words.
    fn rational_power(&mut self, b: &BigFloat, n: &Number) -> BigFloat {
        let p = self.precision;
        let exponent = self.number(n);
        if b.is_negative() && n.is_integer() {
            let size = self.real_power(&b.neg(), &exponent);
            return if n.is_odd() { size.neg() } else { size };
        }
        // A power that is exact would be rounded without end.
        let degree = n.denominator().to_i64().zip(n.numerator().to_i64());
        let root = match degree {
            Some((2, _)) if !b.is_negative() => b.sqrt(p, ROUND),
            Some((3, _)) if !b.is_negative() => b.cbrt(p, ROUND),
            _ => return self.real_power(b, &exponent),
        };
        match degree {
            Some((_, n)) if n >= 0 => root.powi(n.unsigned_abs() as usize, p, ROUND),
            Some(_) if b.is_zero() => astro_float::NAN,
            Some((_, n)) => {
                root.powi(n.unsigned_abs() as usize, p, ROUND).reciprocal(p, ROUND)
            }
            None => astro_float::NAN,
        }
    }

    fn real_power(&mut self, b: &BigFloat, exponent: &BigFloat) -> BigFloat {
        if b.is_zero() {
            return match exponent.is_positive() && !exponent.is_zero() {
                true => b.clone(),
                false => astro_float::NAN,
            };
        }
        if b.is_negative() {
            return astro_float::NAN;
        }
        b.pow(exponent, self.precision, UNROUNDED, &mut self.constants)
    }

    fn apply(
        &mut self,
        function: FunctionId,
        arguments: &[BigFloat],
    ) -> Result<BigFloat> {
        applied(function, arguments, self.precision, &mut self.constants)
    }
}

/// A function of the table or a relation at arguments, with `p` binary digits; NaN where it is
/// undefined.
///
/// # Errors
/// A function that is not available with many digits.
pub(super) fn applied(
    function: FunctionId,
    arguments: &[BigFloat],
    p: usize,
    c: &mut Consts,
) -> Result<BigFloat> {
    if let Some(value) = pieces::compare(function, arguments, p) {
        return Ok(value);
    }
    if !function.is_builtin() {
        let what = "the value of a function that is not defined".to_owned();
        return Err(ErrorKind::Unsupported(what).into());
    }
    let name = function::spec(function).name;
    let Some(u) = arguments.first() else { return Ok(astro_float::NAN) };
    let one = BigFloat::from_word(1, p);
    let inverse = |x: BigFloat| match x.is_zero() {
        true => astro_float::NAN,
        false => one.div(&x, p, ROUND),
    };
    let value = match name {
        "ln" => u.ln(p, UNROUNDED, c),
        "log2" => u.log2(p, UNROUNDED, c),
        "log10" => u.log10(p, UNROUNDED, c),
        "abs" => u.abs(),
        "sign" if u.is_zero() => u.clone(),
        "sign" if u.is_negative() => one.neg(),
        "sign" if u.is_positive() => one,
        "cbrt" => u.cbrt(p, ROUND),
        "sin" => u.sin(p, UNROUNDED, c),
        "cos" => u.cos(p, UNROUNDED, c),
        "tan" => u.tan(p, UNROUNDED, c),
        "cot" => inverse(u.tan(p, UNROUNDED, c)),
        "sec" => inverse(u.cos(p, UNROUNDED, c)),
        "csc" => inverse(u.sin(p, UNROUNDED, c)),
        "arcsin" => u.asin(p, UNROUNDED, c),
        "arccos" => u.acos(p, UNROUNDED, c),
        "arctan" => u.atan(p, UNROUNDED, c),
        "sinh" => u.sinh(p, UNROUNDED, c),
        "cosh" => u.cosh(p, UNROUNDED, c),
        "tanh" => u.tanh(p, UNROUNDED, c),
        "arsinh" => u.asinh(p, UNROUNDED, c),
        "arcosh" => u.acosh(p, UNROUNDED, c),
        "artanh" => u.atanh(p, UNROUNDED, c),
        "atan2" => match arguments {
            [y, x] => angle(y, x, p, c),
            _ => astro_float::NAN,
        },
        "erf" | "erfc" | "gamma" | "digamma" => {
            let value = match name {
                "erf" => error_function::erf(u, p, c),
                "erfc" => error_function::erfc(u, p, c),
                "digamma" => gamma_function::digamma(u, p, c),
                _ => gamma_function::gamma(u, p, c),
            };
            value.ok_or_else(|| unavailable(name))?
        }
        _ => {
            if let Some(value) = pieces::apply(name, arguments, p) {
                return Ok(value);
            }
            return Err(unavailable(name));
        }
    };
    // Only these grow without end where they are defined.
    let is_pole = value.is_inf() && !u.is_inf() && !matches!(name, "sinh" | "cosh");
    Ok(if is_pole { astro_float::NAN } else { value })
}

/// That a function has no value with so many digits.
fn unavailable(name: &str) -> Error {
    let what = format!("`{name}` is not available with so many digits");
    ErrorKind::Unsupported(what).into()
}

/// The angle of the point (x, y), from -pi to pi.
fn angle(y: &BigFloat, x: &BigFloat, p: usize, c: &mut Consts) -> BigFloat {
    let pi = c.pi(p, ROUND);
    if x.is_zero() {
        let quarter = pi.div(&BigFloat::from_word(2, p), p, ROUND);
        return match (y.is_zero(), y.is_negative()) {
            (true, _) => astro_float::NAN,
            (false, true) => quarter.neg(),
            (false, false) => quarter,
        };
    }
    let slope = y.div(x, p, ROUND).atan(p, UNROUNDED, c);
    match (x.is_negative(), y.is_negative() && !y.is_zero()) {
        (false, _) => slope,
        (true, false) => slope.add(&pi, p, ROUND),
        (true, true) => slope.sub(&pi, p, ROUND),
    }
}
