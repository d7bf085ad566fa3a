//! Maxima.

use super::{Dialect, LIBRARY, Power};
use crate::kernel::Number;

pub(super) const MAXIMA: Dialect = Dialect {
    name: "Maxima",
    assignment: "#1: #2$",
    assignment_of_list: "#1: #2$",
    list: ["[", ", ", "]"],
    array: "",
    width: None,
    number: Number::to_string,
    is_exact: true,
    power: Power::Operator("^"),
    brackets_negative_power: false,
    call: ["(", ")"],
    constants: ["%e", "%pi", "%i"],
    exp: "%e^#1",
    relations: ["<", "<=", "=", "#", "and", "or"],
    piecewise: "(if #1 then #2 else #3)",
    undefined: "und",
    functions: &[FUNCTIONS, LIBRARY],
    keywords: &["and", "do", "else", "for", "if", "in", "not", "or", "then", "while"],
    has_underscore: true,
    ignores_case: false,
    imports: &[],
};

const FUNCTIONS: &[(&str, &str)] = &[
    ("cot", "cot"),
    ("sec", "sec"),
    ("csc", "csc"),
    ("coth", "coth"),
    ("sech", "sech"),
    ("csch", "csch"),
    ("sign", "signum"),
    ("ceil", "ceiling"),
    ("max", "*max"),
    ("min", "*min"),
    ("relu", "max(0, #1)"),
    ("factorial", "factorial"),
];
