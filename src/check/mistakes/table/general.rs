//! Mistakes with the question, and what is told only when nothing else explains an answer.

use super::super::row::On::{
    Higher, Integral, Lower, Offset, Other, Part, Ratio, Stray, Whole,
};
use super::super::row::When::{Minus, NoMinus};
use super::super::row::{Mutation, row};

/// The rows, the most specific first.
#[rustfmt::skip]
pub(super) static GENERAL: &[Mutation] = &[
    row("not-differentiated", Whole, &["f"],
        "the answer is the function itself; it was not differentiated"),
    row("integrated", Integral, &["f"],
        "the function was integrated instead of differentiated: the derivative of the answer is {f}"),
    row("order-too-low", Lower, &["u"],
        "the answer is the derivative of order {n}, not of order {c}"),
    row("order-too-high", Higher, &["f'"],
        "the answer is the derivative of order {n}, not of order {c}"),
    row("derivative-squared", Lower, &["u^2"],
        "the answer is the square of the derivative of order {n}, not the derivative of order {c}"),
    row("wrong-variable", Other, &["v'"],
        "the answer is the derivative in {v}, not in {x}"),
    row("parameter-varied", Other, &["f' + v'"],
        "{v} is a constant here; it was differentiated as well, which added {v'}"),
    row("integration-constant", Stray, &["f' + c"],
        "{c} is too much: a derivative has no constant of integration"),
    row("part-not-differentiated", Part, &["f"],
        "the part {f} was not differentiated: its derivative is {f'}")
        .last(),
    row("answer-sign", Ratio, &["c*f'"],
        "the answer is the derivative with the opposite sign")
        .when(Minus).last(),
    row("answer-multiple", Ratio, &["c*f'"],
        "the answer is {c} times the derivative")
        .when(NoMinus).last(),
    row("answer-offset", Offset, &["f' + c"],
        "the answer differs from the derivative by the constant {c}")
        .last(),
];
