//! C with its `math.h` (C99).

use super::{Dialect, LIBRARY, Power, decimals};
use crate::kernel::Number;

pub(super) const C: Dialect = Dialect {
    name: "C",
    assignment: "double #1 = #2;",
    assignment_of_list: "double #1[]#3 = #2;",
    list: ["{", ", ", "}"],
    array: "",
    width: None,
    number,
    is_exact: false,
    power: Power::Function("pow", "pow"),
    brackets_negative_power: false,
    call: ["(", ")"],
    constants: ["exp(1.0)", "acos(-1.0)", ""],
    exp: "exp(#1)",
    relations: ["<", "<=", "==", "!=", "&&", "||"],
    piecewise: "(#1 ? #2 : #3)",
    undefined: "NAN",
    functions: &[FUNCTIONS, LIBRARY],
    keywords: &[
        "auto", "break", "case", "char", "const", "continue", "default", "do", "double",
        "else", "enum", "extern", "float", "for", "goto", "if", "inline", "int", "long",
        "register", "restrict", "return", "short", "signed", "sizeof", "static",
        "struct", "switch", "typedef", "union", "unsigned", "void", "volatile", "while",
        "main", "y0", "y1", "yn", "j0", "j1", "jn", "gamma", "exp", "log", "sin", "cos",
    ],
    has_underscore: true,
    ignores_case: false,
    imports: &[("(", "#include <math.h>"), ("M_", "#include <math.h>")],
};

fn number(n: &Number) -> String {
    decimals(n, ".0")
}

const FUNCTIONS: &[(&str, &str)] = &[
    ("cbrt", "cbrt"),
    ("exp2", "exp2"),
    ("expm1", "expm1"),
    ("log2", "log2"),
    ("log10", "log10"),
    ("log1p", "log1p"),
    ("abs", "fabs"),
    ("sign", "((#1 > 0.0) - (#1 < 0.0))"),
    ("ceil", "ceil"),
    ("trunc", "trunc"),
    ("round", "round"),
    ("max", "fmax"),
    ("min", "fmin"),
    ("hypot", "hypot"),
    ("relu", "fmax(0.0, #1)"),
    ("heaviside", "(0.5*((#1 >= 0.0) + (#1 > 0.0)))"),
    ("coth", "1.0/tanh(#1)"),
    ("sech", "1.0/cosh(#1)"),
    ("csch", "1.0/sinh(#1)"),
    ("sigmoid", "1.0/(1.0 + exp(-#1))"),
    ("softplus", "fmax(0.0, #1) + log1p(exp(-fabs(#1)))"),
    ("gamma", "tgamma"),
    ("lgamma", "lgamma"),
    ("factorial", "tgamma(#1 + 1.0)"),
];
