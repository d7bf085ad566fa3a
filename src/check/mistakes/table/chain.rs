//! Mistakes with the chain rule and with the derivatives of functions.

use super::super::row::On::{Function, Inner, Outer, Path, ScaledLog, Spread};
use super::super::row::When::{Angle, Circular, Negative, NoBase, Of};
use super::super::row::{Mutation, row};

/// The rows, the most specific first.
#[rustfmt::skip]
pub(super) static CHAIN: &[Mutation] = &[
    row("inner-derivative-missing", Inner, &["outer"],
        "the inner derivative {u'} of {f} is missing"),
    row("outer-at-inner-derivative", Inner, &["there"],
        "in the derivative of {f}, the outer derivative belongs at {u}, not at {u'}, and {u'} is a factor: {outer*u'}"),
    row("outer-at-inner-derivative-times-inner", Inner, &["there*u'"],
        "in the derivative of {f}, the outer derivative belongs at {u}, not at {u'}: {outer*u'}"),
    row("outer-at-variable", Inner, &["bare*u'", "bare"],
        "in the derivative of {f}, the outer derivative belongs at {u}, not at {x}: {outer*u'}"),
    row("outer-function-at-inner-derivative", Inner, &["moved"],
        "only the inside of {f} was differentiated; the chain rule gives {outer*u'}"),
    row("chain-added", Inner, &["outer + u'"],
        "in the derivative of {f}, the inner derivative {u'} is a factor; it was added"),
    row("chain-divided", Inner, &["outer/u'"],
        "in the derivative of {f}, the inner derivative {u'} is a factor; it was divided by"),
    row("chain-squared", Inner, &["outer*u'^2"],
        "in the derivative of {f}, the inner derivative {u'} is a factor once; it was put in twice"),
    row("outer-not-differentiated", Inner, &["f*u'"],
        "the outer function of {f} was not differentiated; the chain rule gives {outer*u'}")
        .when(NoBase),
    row("inner-not-differentiated", Inner, &["outer*u"],
        "the inner function {u} of {f} was not differentiated; the factor is {u'}"),
    row("inner-derivative-only", Inner, &["u'"],
        "only the inner derivative {u'} of {f} was taken; the factor {outer} is missing"),
    row("split-over-terms", Spread, &["outer*u'"],
        "{f} was split over the terms of {u}; its derivative is {outer*u'}"),
    row("log-power-inner-missing", ScaledLog, &["1/u^n"],
        "{f} is the logarithm of {u^n}, whose inner derivative {n*u^(n - 1)*u'} is missing"),
    row("sign-of-derivative", Outer, &["-outer*u'"],
        "the sign of the derivative of {f} is wrong: it is {outer*u'}")
        .when(Negative),
    row("degrees", Function, &["pi/180*outer*u'"],
        "{f} was read with its angle in degrees; in radians, the factor pi/180 falls away")
        .when(Circular),
    row("degrees-of-inverse", Function, &["180/pi*outer*u'"],
        "{f} was read as an angle in degrees; in radians, the factor 180/pi falls away")
        .when(Angle),
    row("common-logarithm", Function, &["u'/(u*ln(10))", "ln(10)*u'/u"],
        "{f} is a natural logarithm: its derivative is {outer*u'}, without ln(10)")
        .when(Of(&["ln"])),
    row("base-of-logarithm-missing", Function, &["u'/u"],
        "{f} is not a natural logarithm; its derivative is {outer*u'}")
        .when(Of(&["log2", "log10"])),
    row("base-of-logarithm-inverted", Function, &["ln(10)*u'/u"],
        "the logarithm of the base divides in the derivative of {f}: {outer*u'}")
        .when(Of(&["log10"])),
    row("reciprocal-of-logarithm", Function, &["u'/ln(u)", "1/ln(u)"],
        "the derivative of {f} has {u} below, not the logarithm: it is {outer*u'}")
        .when(Of(&["ln"])),
    row("inverse-as-reciprocal", Function, &["-csc(u)*cot(u)*u'"],
        "arcsin is the inverse of sin, not 1/sin; the derivative of {f} is {outer*u'}")
        .when(Of(&["arcsin"])),
    row("inverse-cosine-as-reciprocal", Function, &["sec(u)*tan(u)*u'"],
        "arccos is the inverse of cos, not 1/cos; the derivative of {f} is {outer*u'}")
        .when(Of(&["arccos"])),
    row("inverse-tangent-as-reciprocal", Function, &["-csc(u)^2*u'"],
        "arctan is the inverse of tan, not 1/tan; the derivative of {f} is {outer*u'}")
        .when(Of(&["arctan"])),
    row("sine-for-tangent", Function, &["u'/(1 + u^2)", "u'/sqrt(1 + u^2)", "u'/(1 - u^2)"],
        "the derivative of {f} has the square root of {1 - u^2} below: {outer*u'}")
        .when(Of(&["arcsin"])),
    row("tangent-for-sine", Function, &["u'/sqrt(1 - u^2)", "u'/sqrt(1 + u^2)", "u'/(1 - u^2)"],
        "the derivative of {f} has {1 + u^2} below, without a root: {outer*u'}")
        .when(Of(&["arctan"])),
    row("secant-not-squared", Function, &["sec(u)*u'"],
        "the secant is squared in the derivative of {f}: sec({u})^2 is {outer}")
        .when(Of(&["tan"])),
    row("tangent-of-cotangent", Function, &["csc(u)^2*u'", "-csc(u)^2*u'"],
        "the derivative of {f} has cos({u})^2 below; sin({u})^2 belongs to the cotangent")
        .when(Of(&["tan"])),
    row("circular-for-hyperbolic", Function, &["(1 + tanh(u)^2)*u'"],
        "the derivative of {f} is {outer*u'}; the plus belongs to tan")
        .when(Of(&["tanh"])),
    row("absolute-value-ignored", Function, &["u'"],
        "the absolute value in {f} was left out; its derivative is {outer*u'}")
        .when(Of(&["abs"])),
    row("path-missing", Path, &["f' - v"],
        "the chain rule has a term for each argument of {f}: {v} is missing"),
];
