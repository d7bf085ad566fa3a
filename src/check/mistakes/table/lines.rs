//! Slips between two lines of a derivation: of algebra, and with both sides of an equation.

use super::super::slip::{Slip, row};

/// The rows; what stands in braces is put in as it is printed.
#[rustfmt::skip]
pub(super) static SLIPS: &[Slip] = &[
    row("power-of-sum",
        "a power of a sum is not the sum of the powers of its terms: {f} is {g}, not {w}"),
    row("root-of-sum",
        "a root of a sum is not the sum of the roots of its terms: {f} is not {w}"),
    row("fraction-over-sum",
        "a fraction is not split over the terms below its bar: {f} is not {w}"),
    row("logarithm-of-sum",
        "the logarithm of a sum is not the sum of the logarithms of its terms: {f} is not {w}"),
    row("sign-in-brackets",
        "the minus sign before the bracket belongs to each term in it: -({u}) is {g}, not {w}"),
    row("power-of-first-factor",
        "the exponent belongs to each factor in the bracket: ({u})^{n} is {g}, not {w}"),
    row("exponent-of-root",
        "the exponent {n} stands for a root: {g}, not {w}"),
    row("factor-of-one-term",
        "what stands before or below a bracket belongs to each term in it: {f} is {g}, not {w}"),
    row("factor-lost-inside",
        "what stands inside stays as it is: {f} is not {w}"),
    row("sign-lost",
        "the line before is {f}; this line has the opposite sign"),
    row("slope-missing",
        "{y} depends on {x}: the derivative of {q} is {d}; {s} is missing"),
    row("constant-side-kept",
        "the derivative of the constant {q} is 0; it was kept"),
    row("side-term-missing",
        "the derivative of {q} is {d}; the term {t} is missing"),
    row("side-term-sign",
        "the derivative of {q} is {d}; the sign of the term {t} is wrong"),
    row("side-derivative",
        "the derivative of {q} is {d}, not {w}"),
    row("sign-on-other-side",
        "a term changes its sign when it goes to the other side: {t}"),
];
