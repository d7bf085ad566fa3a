//! The functions of the table that have values with many digits of their own.

use super::{error_function, pieces};
use crate::error::{Error, ErrorKind, Result};
use crate::function;
use crate::kernel::FunctionId;
use astro_float::{BigFloat, Consts, RoundingMode};

const ROUND: RoundingMode = RoundingMode::ToEven;
/// For transcendental functions: looking for the last digit of a value that is exact has no
/// end, and the guard digits make it needless.
const UNROUNDED: RoundingMode = RoundingMode::None;

/// What takes a quotient of series, or one of a root, and so twice as long as one series.
const OF_SEVERAL: [&str; 9] =
    ["arccos", "arcosh", "arcsin", "arsinh", "artanh", "cot", "erf", "erfc", "tan"];

/// Whether a function takes several series.
pub(super) fn is_of_several(function: FunctionId) -> bool {
    function.is_builtin() && OF_SEVERAL.contains(&function::spec(function).name)
}

/// A function of the table at arguments, with `p` binary digits; NaN where it is
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
    if !function.is_builtin() {
        let what = "a function without a definition has no value".to_owned();
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
        "coth" => inverse(u.tanh(p, UNROUNDED, c)),
        "arsinh" => u.asinh(p, UNROUNDED, c),
        "arcosh" => u.acosh(p, UNROUNDED, c),
        "artanh" => u.atanh(p, UNROUNDED, c),
        "atan2" => match arguments {
            [y, x] => angle(y, x, p, c),
            _ => astro_float::NAN,
        },
        "erf" => error_function::erf(u, p, c).ok_or_else(|| unavailable(name))?,
        "erfc" => error_function::erfc(u, p, c).ok_or_else(|| unavailable(name))?,
        _ => {
            if let Some(value) = pieces::apply(name, arguments, p) {
                return Ok(value);
            }
            if matches!(function::spec(function).value, function::spec::Value::None) {
                let what = format!("`{name}` has no numeric values");
                return Err(ErrorKind::Unsupported(what).into());
            }
            return Err(unavailable(name));
        }
    };
    let is_entire = function::spec(function).is_entire;
    let is_pole = value.is_inf() && !u.is_inf() && !is_entire;
    Ok(if is_pole { astro_float::NAN } else { value })
}

/// Whether no digit is left of an angle, for which the library would look.
pub(super) fn is_far(function: FunctionId, arguments: &[BigFloat], p: usize) -> bool {
    let is_long = |u: &BigFloat| u.exponent().is_some_and(|e| i64::from(e) > p as i64);
    function.is_builtin()
        && arguments.iter().any(is_long)
        && function::spec(function).period.is_some()
}

/// That a function has no value with so many digits.
fn unavailable(name: &str) -> Error {
    let what = format!("`{name}` is not available here with so many digits");
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
