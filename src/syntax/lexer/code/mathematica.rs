//! The language of Mathematica.

use super::dialect::{Dialect, Layout};
use super::grammar::Rule;
use super::meaning::Meaning::{
    Derivative, Entries, Fold, Formula, Listed, Not, Noted, Refused, Turns, Unit,
};
use super::meaning::{ANY, Row, Rows};
use crate::function;
use crate::kernel::GREEK;
use std::borrow::Cow;
use std::sync::LazyLock;

const CHANGES: &str = "rules and pure functions are not read; write the formula out";
const EVEN: &str = "halves are rounded away from 0 here, and to even numbers there";
const REAL: &str = "variables are real";

const OPERATORS: &[(&str, &str)] = &[
    ("+", "+"),
    ("-", "-"),
    ("*", "*"),
    ("×", "*"),
    ("/", "/"),
    ("÷", "/"),
    ("^", "^"),
    ("<", "<"),
    (">", ">"),
    ("<=", "<="),
    (">=", ">="),
    ("≤", "<="),
    ("≥", ">="),
    ("==", "=="),
    ("===", "=="),
    ("!=", "!="),
    ("=!=", "!="),
    ("≠", "!="),
    ("&&", "and"),
    ("||", "or"),
    ("!", "not"),
    ("∧", "and"),
    ("∨", "or"),
    ("¬", "not"),
];

#[rustfmt::skip]
const ROWS: &[Row] = &[
    // Numbers
    ("E", 0, Formula("e")), ("Pi", 0, Formula("pi")), ("π", 0, Formula("pi")), ("\\[Pi]", 0, Formula("pi")), ("\\[ExponentialE]", 0, Formula("e")), ("I", 0, Unit), ("\\[ImaginaryI]", 0, Unit), ("Degree", 0, Formula("pi/180")), ("GoldenRatio", 0, Formula("(1 + sqrt(5))/2")),
    ("Infinity", 0, Refused("infinity is not a number to calculate with")), ("ComplexInfinity", 0, Refused("infinity is not a number to calculate with")), ("EulerGamma", 0, Refused("write 0.5772156649015329")),
    // Arithmetic and conditions
    ("Plus", ANY, Fold("+")), ("Times", ANY, Fold("*")), ("Subtract", 2, Fold("-")), ("Divide", 2, Fold("/")), ("Rational", 2, Fold("/")), ("Power", 2, Formula("u^v")), ("Minus", 1, Formula("-u")),
    ("If", 3, Formula("piecewise(u, v, w)")), ("Piecewise", ANY, Listed), ("Which", ANY, Turns), ("And", ANY, Fold("and")), ("Or", ANY, Fold("or")), ("Not", 1, Not),
    ("Equal", 2, Fold("==")), ("Unequal", 2, Fold("!=")), ("Less", 2, Fold("<")), ("LessEqual", 2, Fold("<=")), ("Greater", 2, Fold(">")), ("GreaterEqual", 2, Fold(">=")),
    ("List", ANY, Entries), ("Mod", 2, Formula("mod")), ("Quotient", 2, Formula("floor(u/v)")), ("Round", 1, Noted("round(u)", EVEN)), ("Ceiling", 1, Formula("ceil")), ("IntegerPart", 1, Formula("trunc")), ("FractionalPart", 1, Formula("u - trunc(u)")), ("Abs", 1, Formula("abs")), ("RealAbs", 1, Formula("abs")), ("RealSign", 1, Formula("sign")),
    ("UnitStep", 1, Formula("step_right")), ("HeavisideTheta", 1, Formula("heaviside")), ("Boole", ANY, Refused("write `If[c, 1, 0]`")), ("Ramp", 1, Formula("relu")),
    // Roots and logarithms; the base stands first, and so does the abscissa
    ("Log", 1, Formula("ln")), ("Log", 2, Formula("log(v, u)")), ("ArcTan", 2, Formula("atan2(v, u)")), ("CubeRoot", 1, Formula("cbrt")), ("Surd", 2, Formula("root")), ("Root", ANY, Refused("roots of polynomials are not read")), ("Sqrt", 1, Formula("sqrt")),
    // Functions under other names
    ("LogisticSigmoid", 1, Formula("sigmoid")), ("InverseErf", 1, Formula("erfinv")), ("InverseErfc", 1, Formula("erfcinv")), ("Erf", 2, Formula("erf2")), ("Gamma", 2, Formula("uppergamma")), ("LogGamma", 1, Formula("lgamma")), ("PolyGamma", 1, Formula("digamma")), ("PolyGamma", 2, Formula("polygamma")),
    ("ProductLog", 1, Formula("lambertw")), ("ProductLog", 2, Formula("lambertw_k(v, u)")), ("SinIntegral", 1, Formula("Si")), ("CosIntegral", 1, Formula("Ci")), ("SinhIntegral", 1, Formula("Shi")), ("CoshIntegral", 1, Formula("Chi")), ("ExpIntegralEi", 1, Formula("Ei")), ("ExpIntegralE", 2, Formula("expint")), ("LogIntegral", 1, Formula("li")),
    ("Zeta", 2, Formula("hurwitz")), ("HurwitzZeta", 2, Formula("hurwitz")), ("Hypergeometric2F1", 4, Formula("hyp2f1")), ("Hypergeometric1F1", 3, Formula("hyp1f1")), ("Hypergeometric0F1", 2, Formula("hyp0f1")), ("LaguerreL", 3, Formula("assoc_laguerre")), ("LegendreP", 3, Refused("signs of associated functions differ; write the formula out")),
    ("SphericalBesselJ", 2, Formula("jn")), ("SphericalBesselY", 2, Formula("yn")), ("EllipticE", 2, Formula("ellipticEinc")), ("Haversine", 1, Formula("sin(u/2)^2")), ("Gudermannian", 1, Formula("2*arctan(tanh(u/2))")), ("Norm", ANY, Refused("vectors are declared with --given")),
    // Derivatives
    ("D", ANY, Derivative),
    // What is not read
    ("Integrate", ANY, Refused("integrals are not read; write the integral in closed form")), ("Sum", ANY, Refused("sums over an index are not read; write the terms out")), ("Product", ANY, Refused("products over an index are not read; write the factors out")), ("Limit", ANY, Refused("limits are not read")), ("Function", ANY, Refused(CHANGES)), ("Dt", ANY, Refused("write `D[f, x]`")), ("Derivative", ANY, Refused("write `f'[x]`")), ("Module", ANY, Refused(CHANGES)), ("With", ANY, Refused(CHANGES)), ("Block", ANY, Refused(CHANGES)), ("Simplify", ANY, Refused("calcgrad simplify does it; write the formula alone")), ("N", ANY, Refused("calcgrad eval gives numbers; write the formula alone")),
    ("Re", 1, Refused(REAL)), ("Im", 1, Refused(REAL)), ("Conjugate", 1, Refused(REAL)), ("Arg", 1, Refused(REAL)),
];

const REFUSED_SIGNS: &[(&str, &str)] = &[
    ("/.", CHANGES),
    ("//.", CHANGES),
    ("->", CHANGES),
    (":>", CHANGES),
    ("&", CHANGES),
    ("#", CHANGES),
    ("/@", CHANGES),
    ("@@", CHANGES),
    ("@", "write `f[x]`"),
    ("//", "write `f[x]`"),
    ("!!", "double factorials are not read"),
    (".", "products of matrices are not read here"),
    ("_", "a pattern stands before `:=` only"),
    ("%", "the last answer is not known; write the formula"),
    ("[", "indices are not read; write a name such as `x1`"),
    ("=", "an equation is written `==`"),
    ("`", "marks of precision are not read"),
    ("++", "write the sum"),
    ("--", "write the difference"),
    ("+=", "define each name once"),
    ("-=", "define each name once"),
    ("True", "a condition stands in `If[c, a, b]`"),
    ("False", "a condition stands in `If[c, a, b]`"),
    ("Null", "write a number"),
];

/// The name of a function in small letters is the one here, or its own here already.
fn alias(name: &str) -> Option<Cow<'_, str>> {
    if !name.starts_with(|c: char| c.is_ascii_uppercase()) {
        return None;
    }
    Some(match function::is_name(name) {
        true => name.into(),
        false => name.to_ascii_lowercase().into(),
    })
}

/// Whether a word before a bracket is a function of this language and nothing else.
pub(super) fn is_known(word: &str) -> bool {
    let is_greek = || GREEK.iter().any(|row| row.0.eq_ignore_ascii_case(word));
    let has_row = || (1..=4).any(|count| MATHEMATICA.rows.find(word, count).is_some());
    let has_alias = || alias(word).is_some_and(|name| function::is_name(&name));
    word.len() > 1 && !is_greek() && (has_row() || has_alias())
}

/// Mathematica.
pub(super) static MATHEMATICA: Dialect = Dialect {
    name: "Mathematica",
    rule: Rule::mathematica,
    layout: Layout::LinesAndSemicolons,
    call: "[",
    list: "{",
    juxtaposes: true,
    operators: OPERATORS,
    defines: &[":=", "="],
    modules: &[],
    rows: LazyLock::new(|| Rows::of(ROWS)),
    alias,
    numbers: &[("e", "E"), ("pi", "Pi")],
    refused: REFUSED_SIGNS,
};
