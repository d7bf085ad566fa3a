//! What other systems write as a function and calcgrad has no function for: a call of it is
//! an error, and no abstract function.

/// Names with what to do instead.
#[rustfmt::skip]
const ROWS: &[(&str, &str)] = &[
    // name         instead
    ("sum",         "sums over an index are not read; write the terms with `+`"),
    ("Sum",         "sums over an index are not read; write the terms with `+`"),
    ("prod",        "products over an index are not read; write the factors with `*`"),
    ("product",     "products over an index are not read; write the factors with `*`"),
    ("int",         "integrals are not read; write the integral in closed form"),
    ("integral",    "integrals are not read; write the integral in closed form"),
    ("integrate",   "integrals are not read; write the integral in closed form"),
    ("lim",         "limits are not read"),
    ("limit",       "limits are not read"),
    ("diff",        "give the formula alone: calcgrad diff \"x^2\" --wrt x"),
    ("derivative",  "give the formula alone: calcgrad diff \"x^2\" --wrt x"),
    ("grad",        "give the formula alone: calcgrad gradient \"x*y\""),
    ("pow",         "write `x^n`"),
    ("power",       "write `x^n`"),
    ("square",      "write `x^2`"),
    ("solve",       "equations are not solved"),
    ("if",          "write `piecewise(x < 0, -x, x)`"),
    ("sh",          "write `sinh`"),
    ("ch",          "write `cosh`"),
    ("th",          "write `tanh`"),
];

/// What to write instead of a function that other systems have.
pub(super) fn instead(name: &str) -> Option<&'static str> {
    ROWS.iter().find(|row| row.0 == name).map(|row| row.1)
}
