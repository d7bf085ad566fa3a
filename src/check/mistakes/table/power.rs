//! Mistakes with powers and exponentials.

use super::super::row::On::{Exponential, GeneralPower, Power, ScaledPower};
use super::super::row::When::{NegativePower, NoInverse, NoRoot, NotE, Root};
use super::super::row::{Mutation, row};

/// The rows, the most specific first.
#[rustfmt::skip]
pub(super) static POWER: &[Mutation] = &[
    row("root-half-missing", Power, &["u^(n - 1)*u'"],
        "the factor 1/2 is missing in the derivative of {f}")
        .when(Root),
    row("exponent-not-brought-down", Power, &["u^(n - 1)*u'"],
        "the exponent {n} is missing as a factor in the derivative of {f}")
        .when(NoRoot),
    row("exponent-not-lowered", Power, &["n*u^n*u'"],
        "in the derivative of {f}, the exponent goes down by one, from {n} to {n - 1}; it was kept")
        .when(NoInverse),
    row("negative-exponent-raised", Power, &["n*u^(n + 1)*u'"],
        "in the derivative of {f}, the exponent goes down by one, from {n} to {n - 1}; it went up")
        .when(NegativePower),
    row("new-exponent-as-factor", Power, &["(n - 1)*u^(n - 1)*u'"],
        "in the derivative of {f}, the factor is the old exponent {n}, not the new one {n - 1}")
        .when(NoInverse),
    row("scaled-root-inner-missing", ScaledPower, &["n*u^(n - 1)"],
        "{f} is the square root of {u}; the inner derivative {u'} is missing")
        .when(Root),
    row("scaled-power-inner-missing", ScaledPower, &["n*u^(n - 1)"],
        "{f} is {u} to the power of {n}; the inner derivative {u'} is missing")
        .when(NoRoot),
    row("power-by-exponential-rule", Power, &["u^n*ln(u)*u'", "u^n*ln(u)"],
        "in {f}, the exponent is constant: the power rule applies, the derivative is {outer*u'}"),
    row("exponential-by-power-rule", Exponential, &["u*a^(u - 1)*u'", "u*a^(u - 1)"],
        "in {f}, the exponent varies: the power rule does not apply, the derivative is {outer*u'}"),
    row("exponential-exponent-lowered", Exponential, &["a^(u - 1)*ln(a)*u'", "a^(u - 1)*u'"],
        "the exponent of {f} stays as it is: the derivative is {outer*u'}"),
    row("exponential-log-missing", Exponential, &["a^u*u'"],
        "the factor {ln(a)} is missing in the derivative of {f}")
        .when(NotE),
    row("exponential-log-divided", Exponential, &["a^u*u'/ln(a)"],
        "in the derivative of {f}, {ln(a)} is a factor; it was divided by")
        .when(NotE),
    row("exponential-log-of-exponent", Exponential, &["a^u*ln(u)*u'"],
        "in the derivative of {f}, the logarithm is that of the base {a}, not of the exponent"),
    row("general-power-by-power-rule", GeneralPower, &["v*u^(v - 1)*u'", "v*u^(v - 1)"],
        "in {f}, the exponent varies as well: the power rule alone misses {u^v*ln(u)*v'}"),
    row("general-power-as-exponential", GeneralPower, &["u^v*ln(u)*v'", "u^v*ln(u)"],
        "in {f}, the base varies as well: the rule for exponentials alone misses {v*u^(v - 1)*u'}"),
    row("general-power-factor-missing", GeneralPower, &["v'*ln(u) + v*u'/u"],
        "this is the derivative of the logarithm of {f}; it has to be multiplied by {f}"),
];

/// Rows that are told after those of products.
#[rustfmt::skip]
pub(super) static RARE: &[Mutation] = &[
    row("exponent-sign", Power, &["n*u^(1 - n)*u'"],
        "in the derivative of {f}, the exponent is {n - 1}, not {1 - n}")
        .when(NoInverse),
    row("exponent-raised", Power, &["n*u^(n + 1)*u'"],
        "in the derivative of {f}, the exponent goes down by one, from {n} to {n - 1}; it went up")
        .when(NoInverse),
    row("exponent-lowered-twice", Power, &["n*u^(n - 2)*u'"],
        "in the derivative of {f}, the exponent goes down by one, from {n} to {n - 1}; it went down by two")
        .when(NoInverse),
    row("power-missing", Power, &["n*u'"],
        "in the derivative of {f}, the power {u^(n - 1)} is missing")
        .when(NoInverse),
    row("power-integrated", Power, &["u^(n + 1)/(n + 1)", "u^(n + 1)/(n + 1)*u'", "ln(u)"],
        "{f} was integrated instead of differentiated")
        .last(),
];
