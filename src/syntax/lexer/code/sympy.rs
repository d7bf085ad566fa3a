//! SymPy, as its users write and print formulas.

use super::dialect::{Dialect, Layout};
use super::grammar::Rule;
use super::meaning::Meaning::{
    Derivative, Entries, Fold, Formula, Literal, Not, Noted, Pairs, Refused, Unit,
};
use super::meaning::{ANY, Row, Rows};
use super::python::{OPERATORS, REFUSED};
use std::borrow::Cow;
use std::sync::LazyLock;

const INFINITE: &str = "infinity is not a number to calculate with";
const SYMBOLS: &str = "symbols need no declaration; write the formula alone";
const EVEN: &str = "halves are rounded away from 0 here, and to even numbers there";

#[rustfmt::skip]
const ROWS: &[Row] = &[
    // Numbers
    ("E", 0, Formula("e")), ("pi", 0, Formula("pi")), ("I", 0, Unit), ("oo", 0, Refused(INFINITE)), ("zoo", 0, Refused(INFINITE)), ("nan", 0, Refused("this is no number")), ("EulerGamma", 0, Refused("write 0.5772156649015329")), ("GoldenRatio", 0, Formula("(1 + sqrt(5))/2")),
    ("Half", 0, Formula("1/2")), ("One", 0, Formula("1")), ("Zero", 0, Formula("0")), ("NegativeOne", 0, Formula("-1")), ("Pi", 0, Formula("pi")), ("Exp1", 0, Formula("e")), ("ImaginaryUnit", 0, Unit),
    ("S", 1, Literal), ("sympify", 1, Literal), ("Integer", 1, Literal), ("Float", 1, Literal), ("Rational", 1, Literal), ("Rational", 2, Formula("u/v")),
    // Arithmetic and conditions
    ("Add", ANY, Fold("+")), ("Mul", ANY, Fold("*")), ("Pow", 2, Formula("u^v")), ("Abs", 1, Formula("abs")), ("Max", ANY, Formula("max")), ("Min", ANY, Formula("min")), ("ceiling", 1, Formula("ceil")), ("Mod", 2, Formula("mod")), ("round", 1, Noted("round(u)", EVEN)),
    ("Piecewise", ANY, Pairs), ("ITE", 3, Formula("piecewise(u, v, w)")), ("And", ANY, Fold("and")), ("Or", ANY, Fold("or")), ("Not", 1, Not),
    ("Eq", 2, Fold("==")), ("Ne", 2, Fold("!=")), ("Lt", 2, Fold("<")), ("Le", 2, Fold("<=")), ("Gt", 2, Fold(">")), ("Ge", 2, Fold(">=")),
    ("Tuple", ANY, Entries), ("Matrix", 1, Formula("u")),
    // Roots and logarithms: principal values
    ("log", 2, Formula("log_b")), ("root", 2, Formula("u^(1/v)")), ("cbrt", 1, Formula("u^(1/3)")), ("real_root", 2, Formula("root(u, v)")), ("real_root", 1, Refused("write `real_root(x, 3)`")),
    // Functions under other names
    ("elliptic_k", 1, Formula("ellipticK")), ("elliptic_e", 1, Formula("ellipticE")), ("elliptic_e", 2, Formula("ellipticEinc")), ("elliptic_f", 2, Formula("ellipticF")), ("elliptic_pi", 2, Formula("ellipticPi_complete")), ("elliptic_pi", 3, Formula("ellipticPi")),
    ("zeta", 2, Formula("hurwitz")), ("E1", 1, Formula("expint(1, u)")), ("factorial2", 1, Refused("double factorials are not read")), ("Heaviside", 2, Formula("piecewise(u < 0, 0, u > 0, 1, v)")), ("rf", 2, Formula("RisingFactorial")), ("ff", 2, Formula("FallingFactorial")),
    // Derivatives
    ("diff", ANY, Derivative), ("Derivative", ANY, Derivative),
    // What is not read
    ("Integral", ANY, Refused("integrals are not read; write the integral in closed form")), ("integrate", ANY, Refused("integrals are not read; write the integral in closed form")), ("Sum", ANY, Refused("sums over an index are not read; write the terms out")), ("Product", ANY, Refused("products over an index are not read; write the factors out")), ("Limit", ANY, Refused("limits are not read")), ("limit", ANY, Refused("limits are not read")),
    ("Symbol", ANY, Refused(SYMBOLS)), ("symbols", ANY, Refused(SYMBOLS)), ("Function", ANY, Refused("write an abstract function as `f(x)`")), ("Subs", ANY, Refused("put the values in")), ("Lambda", ANY, Refused("write `f = lambda x: …`")), ("simplify", ANY, Refused("calcgrad simplify does it; write the formula alone")),
    ("re", 1, Refused("variables are real")), ("im", 1, Refused("variables are real")), ("conjugate", 1, Refused("variables are real")), ("arg", 1, Refused("variables are real")),
];

/// The function table has the names of SymPy.
fn alias(name: &str) -> Option<Cow<'_, str>> {
    Some(name.into())
}

/// SymPy.
pub(super) static SYMPY: Dialect = Dialect {
    name: "SymPy",
    rule: Rule::python,
    layout: Layout::Lines,
    call: "(",
    list: "[",
    juxtaposes: false,
    operators: OPERATORS,
    defines: &["="],
    modules: &[
        ("sp", "sympy"),
        ("sympy", "sympy"),
        ("sym", "sympy"),
        ("smp", "sympy"),
        ("S", "sympy"),
        ("sp.S", "sympy"),
        ("sympy.S", "sympy"),
    ],
    rows: LazyLock::new(|| Rows::of(ROWS)),
    alias,
    numbers: &[("e", "E")],
    refused: REFUSED,
};
