//! Python with SymPy, for numbers that stay exact.

use super::{Dialect, LIBRARY, Power};
use crate::kernel::Number;

pub(super) const SYMPY: Dialect = Dialect {
    name: "SymPy",
    assignment: "#1 = #2",
    assignment_of_list: "#1 = #2",
    list: ["[", ", ", "]"],
    array: "",
    width: None,
    number,
    is_exact: true,
    power: Power::Operator("**"),
    brackets_negative_power: false,
    call: ["(", ")"],
    constants: ["E", "pi", "I"],
    exp: "exp(#1)",
    relations: ["<", "<=", "Eq(#1, #2)", "Ne(#1, #2)", "&", "|"],
    piecewise: "Piecewise((#2, #1), (#3, True))",
    undefined: "nan",
    functions: &[FUNCTIONS, LIBRARY],
    keywords: &[
        "False", "None", "True", "and", "as", "assert", "async", "await", "break",
        "class", "continue", "def", "del", "elif", "else", "except", "finally", "for",
        "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or",
        "pass", "raise", "return", "try", "while", "with", "yield", "E", "I", "N", "O",
        "Q", "S", "beta", "gamma", "zeta", "pi",
    ],
    has_underscore: true,
    ignores_case: false,
    imports: &[],
};

fn number(n: &Number) -> String {
    match n.is_integer() {
        true => n.to_string(),
        false => format!("Rational({}, {})", n.numerator(), n.denominator()),
    }
}

const FUNCTIONS: &[(&str, &str)] = &[
    ("cot", "cot"),
    ("sec", "sec"),
    ("csc", "csc"),
    ("coth", "coth"),
    ("sech", "sech"),
    ("csch", "csch"),
    ("abs", "Abs"),
    ("sign", "sign"),
    ("ceil", "ceiling"),
    ("max", "*Max"),
    ("min", "*Min"),
    ("relu", "Max(0, #1)"),
    ("heaviside", "Heaviside"),
    ("erfi", "erfi"),
    ("lgamma", "loggamma"),
    ("digamma", "digamma"),
    ("polygamma", "polygamma"),
    ("factorial", "factorial"),
    ("binomial", "binomial"),
    ("zeta", "zeta"),
    ("lambertw", "LambertW"),
    ("besselj", "besselj"),
    ("bessely", "bessely"),
    ("besseli", "besseli"),
    ("besselk", "besselk"),
    ("airyai", "airyai"),
    ("airybi", "airybi"),
    ("polylog", "polylog"),
];
