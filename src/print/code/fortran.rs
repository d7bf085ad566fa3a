//! Fortran 2008 in double precision.

use super::{Dialect, Power, decimals};
use crate::kernel::Number;

pub(super) const FORTRAN: Dialect = Dialect {
    name: "Fortran",
    assignment: "#1 = #2",
    assignment_of_list: "#1 = #2",
    list: ["[", ", ", "]"],
    number,
    is_exact: false,
    power: Power::Operator("**"),
    brackets_negative_power: false,
    call: ["(", ")"],
    constants: ["exp(1d0)", "acos(-1d0)", ""],
    exp: "exp(#1)",
    relations: ["<", "<=", "==", "/=", ".and.", ".or."],
    piecewise: "merge(#2, #3, #1)",
    undefined: "",
    functions: FUNCTIONS,
    keywords: &["sin", "cos", "tan", "exp", "log", "sqrt", "abs", "merge", "gamma"],
    has_underscore: true,
    ignores_case: true,
    imports: &[],
};

fn number(n: &Number) -> String {
    decimals(n, "d0")
}

const FUNCTIONS: &[(&str, &str)] = &[
    ("sqrt", "sqrt"),
    ("exp", "exp"),
    ("ln", "log"),
    ("log10", "log10"),
    ("sin", "sin"),
    ("cos", "cos"),
    ("tan", "tan"),
    ("arcsin", "asin"),
    ("arccos", "acos"),
    ("arctan", "atan"),
    ("atan2", "atan2"),
    ("sinh", "sinh"),
    ("cosh", "cosh"),
    ("tanh", "tanh"),
    ("arsinh", "asinh"),
    ("arcosh", "acosh"),
    ("artanh", "atanh"),
    ("abs", "abs"),
    ("sign", "merge(sign(1d0, #1), 0d0, #1 /= 0d0)"),
    ("max", "*max"),
    ("min", "*min"),
    ("hypot", "hypot"),
    ("relu", "max(0d0, #1)"),
    ("heaviside", "merge(0.5d0 + sign(0.5d0, #1), 0.5d0, #1 /= 0d0)"),
    ("erf", "erf"),
    ("erfc", "erfc"),
    ("gamma", "gamma"),
    ("lgamma", "log_gamma"),
    ("factorial", "gamma(#1 + 1d0)"),
];
