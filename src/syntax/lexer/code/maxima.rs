//! The language of Maxima.

use super::dialect::{Dialect, Layout};
use super::grammar::Rule;
use super::meaning::Meaning::{Derivative, Formula, Noted, Refused, Unit};
use super::meaning::{ANY, Row, Rows};
use std::borrow::Cow;
use std::sync::LazyLock;

const EVEN: &str = "halves are rounded away from 0 here, and to even numbers there";

const OPERATORS: &[(&str, &str)] = &[
    ("+", "+"),
    ("-", "-"),
    ("*", "*"),
    ("/", "/"),
    ("^", "^"),
    ("**", "^"),
    ("<", "<"),
    (">", ">"),
    ("<=", "<="),
    (">=", ">="),
    ("=", "=="),
    ("#", "!="),
    ("and", "and"),
    ("or", "or"),
    ("not", "not"),
];

#[rustfmt::skip]
const ROWS: &[Row] = &[
    ("%e", 0, Formula("e")), ("%pi", 0, Formula("pi")), ("%i", 0, Unit), ("%phi", 0, Formula("(1 + sqrt(5))/2")), ("%gamma", 0, Refused("write 0.5772156649015329")),
    ("inf", 0, Refused("infinity is not a number to calculate with")), ("minf", 0, Refused("infinity is not a number to calculate with")), ("infinity", 0, Refused("infinity is not a number to calculate with")), ("%", 0, Refused("the last answer is not known; write the formula")),
    ("log", 1, Formula("ln")), ("log", 2, Refused("write `log(x)/log(b)`")), ("atan2", 2, Formula("atan2")), ("round", 1, Noted("round(u)", EVEN)), ("entier", 1, Formula("floor")), ("fix", 1, Formula("floor")), ("truncate", 1, Formula("trunc")),
    ("unit_step", 1, Formula("step_left")), ("hstep", 1, Formula("heaviside")), ("bessel_j", 2, Formula("besselj")), ("bessel_y", 2, Formula("bessely")), ("bessel_i", 2, Formula("besseli")), ("bessel_k", 2, Formula("besselk")),
    ("log_gamma", 1, Formula("lgamma")), ("gamma_incomplete", 2, Formula("uppergamma")), ("gamma_incomplete_lower", 2, Formula("lowergamma")), ("lambert_w", 1, Formula("lambertw")), ("expintegral_ei", 1, Formula("Ei")), ("expintegral_si", 1, Formula("Si")), ("expintegral_ci", 1, Formula("Ci")), ("expintegral_shi", 1, Formula("Shi")), ("expintegral_chi", 1, Formula("Chi")), ("expintegral_li", 1, Formula("li")), ("expintegral_e1", 1, Formula("expint(1, u)")), ("expintegral_e", 2, Formula("expint")),
    ("airy_ai", 1, Formula("airyai")), ("airy_bi", 1, Formula("airybi")), ("elliptic_kc", 1, Formula("ellipticK")), ("elliptic_ec", 1, Formula("ellipticE")), ("elliptic_f", 2, Formula("ellipticF")), ("elliptic_e", 2, Formula("ellipticEinc")), ("inverse_erf", 1, Formula("erfinv")), ("legendre_p", 2, Formula("legendre")), ("chebyshev_t", 2, Formula("chebyshevt")), ("chebyshev_u", 2, Formula("chebyshevu")), ("hermite", 2, Formula("hermite")), ("laguerre", 2, Formula("laguerre")), ("fresnel_s", 1, Formula("fresnels")), ("fresnel_c", 1, Formula("fresnelc")),
    ("diff", ANY, Derivative),
    ("integrate", ANY, Refused("integrals are not read; write the integral in closed form")), ("sum", ANY, Refused("sums over an index are not read; write the terms out")), ("product", ANY, Refused("products over an index are not read; write the factors out")), ("limit", ANY, Refused("limits are not read")), ("realpart", 1, Refused("variables are real")), ("imagpart", 1, Refused("variables are real")), ("ratsimp", ANY, Refused("calcgrad simplify does it; write the formula alone")), ("block", ANY, Refused("write one statement after the other")), ("lambda", ANY, Refused("write `f(x) := …`")), ("float", 1, Formula("u")), ("bfloat", 1, Formula("u")),
];

const REFUSED: &[(&str, &str)] = &[
    ("'", "quotes are not read; calcgrad diff takes `diff(f, x)` in front"),
    ("''", "quotes are not read"),
    (".", "products of matrices are not read here"),
    ("!!", "double factorials are not read"),
    ("^^", "products of matrices are not read here"),
    ("::", "a definition is `u : …`"),
    ("::=", "a definition is `f(x) := …`"),
    ("%", "the last answer is not known; write the formula"),
    ("{", "sets are not read"),
    ("true", "a condition stands in `if c then a else b`"),
    ("false", "a condition stands in `if c then a else b`"),
    ("then", "write `if c then a else b`"),
    ("else", "write `if c then a else b`"),
    ("if", "put brackets around `if c then a else b`"),
    ("for", "loops are not read; write the formula out"),
    ("while", "loops are not read; write the formula out"),
    ("do", "loops are not read; write the formula out"),
    ("kill", "write the formula alone"),
];

/// The names of the function table.
fn alias(name: &str) -> Option<Cow<'_, str>> {
    Some(name.into())
}

/// Maxima.
pub(super) static MAXIMA: Dialect = Dialect {
    name: "Maxima",
    rule: Rule::maxima,
    layout: Layout::Signs,
    call: "(",
    list: "[",
    juxtaposes: false,
    operators: OPERATORS,
    defines: &[":=", ":"],
    modules: &[],
    rows: LazyLock::new(|| Rows::of(ROWS)),
    alias,
    numbers: &[("e", "%e"), ("pi", "%pi")],
    refused: REFUSED,
};
