//! The functions that are spelled, with their values and slopes.

use std::f64::consts::PI;

/// Terms of a series after which nothing is added any more.
const MAX_TERMS: u32 = 400;

/// A function of one argument.
#[derive(Debug)]
pub(crate) struct Function {
    /// Its name in this list.
    pub(crate) name: &'static str,
    /// What people write before a bracket.
    pub(crate) spellings: &'static [&'static str],
    /// Its value and its slope; not finite outside of its domain and at kinks.
    pub(crate) value: fn(f64) -> [f64; 2],
}

/// How many functions at the start of the list are written without brackets too.
pub(crate) const BARE: usize = 4;

/// All of them.
pub(crate) const FUNCTIONS: [Function; 22] = [
    row("sin", &["sin"], |x| [x.sin(), x.cos()]),
    row("cos", &["cos"], |x| [x.cos(), -x.sin()]),
    row("tan", &["tan"], |x| [x.tan(), x.cos().powi(-2)]),
    row("ln", &["ln", "ln", "log"], |x| [x.ln(), 1.0 / x]),
    row("sqrt", &["sqrt", "√"], |x| [x.sqrt(), 0.5 / x.sqrt()]),
    row("cbrt", &["cbrt", "∛"], |x| [x.cbrt(), x.cbrt() / (3.0 * x)]),
    row("exp", &["exp"], |x| [x.exp(), x.exp()]),
    row("abs", &["abs"], |x| [x.abs(), x / x.abs()]),
    row("sinh", &["sinh"], |x| [x.sinh(), x.cosh()]),
    row("cosh", &["cosh"], |x| [x.cosh(), x.sinh()]),
    row("tanh", &["tanh"], |x| [x.tanh(), x.cosh().powi(-2)]),
    row("sec", &["sec"], |x| [1.0 / x.cos(), x.tan() / x.cos()]),
    row("cot", &["cot"], |x| [1.0 / x.tan(), -x.sin().powi(-2)]),
    row("arctan", &["arctan", "atan", "tan^-1", "tan⁻¹"], |x| {
        [x.atan(), 1.0 / (1.0 + x * x)]
    }),
    row("arcsin", &["arcsin", "asin", "sin^-1", "sin⁻¹"], |x| {
        [x.asin(), 1.0 / (1.0 - x * x).sqrt()]
    }),
    row("arccos", &["arccos", "acos", "cos^-1", "cos⁻¹"], |x| {
        [x.acos(), -1.0 / (1.0 - x * x).sqrt()]
    }),
    row("arsinh", &["arsinh", "asinh"], |x| [x.asinh(), 1.0 / x.hypot(1.0)]),
    row("log2", &["log2", "log_2"], |x| to_base(x, 2.0)),
    row("log10", &["log10", "log_10"], |x| to_base(x, 10.0)),
    row("log3", &["log_3", "log_{3}"], |x| to_base(x, 3.0)),
    row("sigmoid", &["sigmoid"], |x| {
        let s = 1.0 / (1.0 + (-x).exp());
        [s, s / (1.0 + x.exp())]
    }),
    row("erf", &["erf"], |x| [erf(x), 2.0 / PI.sqrt() * (-x * x).exp()]),
];

const fn row(
    name: &'static str,
    spellings: &'static [&'static str],
    value: fn(f64) -> [f64; 2],
) -> Function {
    Function { name, spellings, value }
}

/// The logarithm to a base.
pub(crate) fn to_base(x: f64, base: f64) -> [f64; 2] {
    [x.ln() / base.ln(), 1.0 / (x * base.ln())]
}

/// The error function by a series without differences (Abramowitz and Stegun 7.1.6).
fn erf(x: f64) -> f64 {
    if x.abs() > 6.0 {
        return x.signum();
    }
    let (mut term, mut sum) = (x, x);
    for n in 1..MAX_TERMS {
        term *= 2.0 * x * x / f64::from(2 * n + 1);
        sum += term;
    }
    2.0 / PI.sqrt() * (-x * x).exp() * sum
}

/// x! for positive numbers, by Stirling's series behind a shift (Abramowitz and Stegun 6.1.40
/// and 6.3.18).
pub(crate) fn factorial(x: f64) -> [f64; 2] {
    let (mut z, mut shift, mut shifted) = (x + 1.0, 1.0, 0.0);
    while z < 15.0 {
        shift *= z;
        shifted += 1.0 / z;
        z += 1.0;
    }
    let w = 1.0 / (z * z);
    let series = 1.0 / 12.0
        - w * (1.0 / 360.0
            - w * (1.0 / 1260.0 - w * (1.0 / 1680.0 - w * (1.0 / 1188.0))));
    let logarithm = (z - 0.5) * z.ln() - z + 0.5 * (2.0 * PI).ln() + series / z;
    let digamma = z.ln()
        - 0.5 / z
        - w * (1.0 / 12.0
            - w * (1.0 / 120.0
                - w * (1.0 / 252.0 - w * (1.0 / 240.0 - w * (1.0 / 132.0)))));
    let value = logarithm.exp() / shift;
    [value, value * (digamma - shifted)]
}

#[test]
fn factorials_are_known() {
    let near = |a: f64, b: f64| (a - b).abs() <= 1e-13 * b.abs();
    assert!(near(factorial(5.0)[0], 120.0));
    assert!(near(factorial(0.5)[0], PI.sqrt() / 2.0));
    // 2! times 1 + 1/2 less Euler's constant.
    assert!(near(factorial(2.0)[1], 2.0 * (1.5 - 0.577_215_664_901_532_9)));
    assert!(near(erf(0.5), 0.520_499_877_813_046_5));
}
