//! Fortran 2008 in double precision.

use super::{DOUBLE, Dialect, LIBRARY, Power, decimals};
use crate::kernel::Number;

pub(super) const FORTRAN: Dialect = Dialect {
    name: "Fortran",
    assignment: "#1 = #2",
    assignment_of_list: "#1 = #2",
    list: ["[", ", ", "]"],
    array: "reshape(#1, [#2], order=[#3])",
    width: Some(100),
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
    functions: &[FUNCTIONS, LIBRARY],
    keywords: &[
        "sin", "cos", "tan", "exp", "log", "sqrt", "abs", "merge", "gamma", "reshape",
    ],
    has_underscore: true,
    ignores_case: true,
    imports: &[],
};

fn number(n: &Number) -> String {
    decimals(n, DOUBLE)
}

const FUNCTIONS: &[(&str, &str)] = &[
    // Its `floor` gives an integer.
    ("floor", "aint(#1) - merge(1d0, 0d0, #1 < aint(#1))"),
    ("log10", "log10"),
    ("sign", "merge(sign(1d0, #1), 0d0, #1 /= 0d0)"),
    ("max", "*max"),
    ("min", "*min"),
    ("hypot", "hypot"),
    ("relu", "max(0d0, #1)"),
    ("heaviside", "merge(0.5d0 + sign(0.5d0, #1), 0.5d0, #1 /= 0d0)"),
    ("coth", "1d0/tanh(#1)"),
    ("sech", "1d0/cosh(#1)"),
    ("csch", "1d0/sinh(#1)"),
    ("sigmoid", "1d0/(1d0 + exp(-#1))"),
    // There is no `log1p`: half the argument of `atanh` keeps its digits.
    ("softplus", "max(0d0, #1) + 2d0*atanh(exp(-abs(#1))/(2d0 + exp(-abs(#1))))"),
    ("lgamma", "log_gamma"),
    ("factorial", "gamma(#1 + 1d0)"),
];
