//! Rust with the functions of `f64`.

use super::{Dialect, Power, decimals};
use crate::kernel::Number;

pub(super) const RUST: Dialect = Dialect {
    name: "Rust",
    assignment: "let #1 = #2;",
    assignment_of_list: "let #1 = #2;",
    list: ["[", ", ", "]"],
    number,
    is_exact: false,
    power: Power::Function("f64::powi", "f64::powf"),
    brackets_negative_power: false,
    call: ["(", ")"],
    constants: ["std::f64::consts::E", "std::f64::consts::PI", ""],
    exp: "f64::exp(#1)",
    relations: ["<", "<=", "==", "!=", "&&", "||"],
    piecewise: "(if #1 { #2 } else { #3 })",
    undefined: "f64::NAN",
    functions: &[FUNCTIONS],
    keywords: &[
        "as", "async", "await", "break", "const", "continue", "crate", "dyn", "else",
        "enum", "extern", "false", "fn", "for", "if", "impl", "in", "let", "loop",
        "match", "mod", "move", "mut", "pub", "ref", "return", "self", "static",
        "struct", "super", "trait", "true", "type", "unsafe", "use", "where", "while",
        "yield", "gen", "try", "box", "do", "final", "macro", "priv", "typeof",
        "virtual", "abstract", "become", "override", "unsized",
    ],
    has_underscore: true,
    ignores_case: false,
    imports: &[],
};

fn number(n: &Number) -> String {
    decimals(n, ".0")
}

const FUNCTIONS: &[(&str, &str)] = &[
    ("sqrt", "f64::sqrt"),
    ("cbrt", "f64::cbrt"),
    ("exp", "f64::exp"),
    ("exp2", "f64::exp2"),
    ("expm1", "f64::exp_m1"),
    ("ln", "f64::ln"),
    ("log2", "f64::log2"),
    ("log10", "f64::log10"),
    ("log1p", "f64::ln_1p"),
    ("sin", "f64::sin"),
    ("cos", "f64::cos"),
    ("tan", "f64::tan"),
    ("arcsin", "f64::asin"),
    ("arccos", "f64::acos"),
    ("arctan", "f64::atan"),
    ("atan2", "f64::atan2"),
    ("sinh", "f64::sinh"),
    ("cosh", "f64::cosh"),
    ("tanh", "f64::tanh"),
    ("arsinh", "f64::asinh"),
    ("arcosh", "f64::acosh"),
    ("artanh", "f64::atanh"),
    ("abs", "f64::abs"),
    ("sign", "(if #1 == 0.0 { 0.0 } else { f64::signum(#1) })"),
    ("floor", "f64::floor"),
    ("ceil", "f64::ceil"),
    ("trunc", "f64::trunc"),
    ("round", "f64::round"),
    ("max", "f64::max"),
    ("min", "f64::min"),
    ("hypot", "f64::hypot"),
    ("relu", "f64::max(0.0, #1)"),
    ("heaviside", "(if #1 == 0.0 { 0.5 } else { f64::max(0.0, f64::signum(#1)) })"),
];
