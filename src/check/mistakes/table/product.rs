//! Mistakes with products, quotients, constant factors and sums.

use super::super::row::On::{
    ConstantPower, ConstantTerm, Factor, Outer, Product, Quotient, Reciprocal, Term,
};
use super::super::row::When::{Below, Minus, Named, NoMinus, Positive};
use super::super::row::{Mutation, row};

/// The rows, the most specific first.
#[rustfmt::skip]
pub(super) static PRODUCT: &[Mutation] = &[
    row("product-of-derivatives", Product, &["primes"],
        "the derivatives of the factors of {f} were multiplied; the product rule gives {!u'*v + u*v'}"),
    row("product-minus", Product, &["u'*v - u*v'"],
        "the product rule adds its terms; in the derivative of {f}, {u*v'} was subtracted"),
    row("product-term-missing", Product, &["u*v'"],
        "the product rule has a term for each factor of {f}: {u'*v} is missing"),
    row("product-factor-missing", Product, &["u'*v + v'"],
        "in the product rule for {f}, the factor {u} is missing before {v'}"),
    row("product-sum-of-derivatives", Product, &["u' + v'"],
        "the derivatives of the factors of {f} were added; the product rule gives {!u'*v + u*v'}"),
    row("product-own-factor", Product, &["u*u' + v*v'"],
        "in the product rule, each derivative is multiplied by the other factor; {f} gives {!u'*v + u*v'}"),
    row("product-not-differentiated", Product, &["u*v + u*v'"],
        "in the product rule for {f}, the factor {u} was not differentiated in its term"),
    row("quotient-of-derivatives", Quotient, &["u'/v'"],
        "the derivatives {u'} and {v'} were divided; the quotient rule for {f} gives {f'}"),
    row("quotient-swapped", Quotient, &["(u*v' - u'*v)/v^2"],
        "the numerator of the quotient rule for {f} is ({u'*v}) - ({u*v'}); its terms were swapped"),
    row("quotient-plus", Quotient, &["(u'*v + u*v')/v^2"],
        "the numerator of the quotient rule for {f} is ({u'*v}) - ({u*v'}); its terms were added"),
    row("quotient-not-squared", Quotient, &["(u'*v - u*v')/v"],
        "the quotient rule for {f} divides by the square of {v}; it was not squared"),
    row("quotient-denominator-missing", Quotient, &["u'*v - u*v'"],
        "the quotient rule for {f} divides by the square of {v}; the denominator is missing"),
    row("quotient-denominator-differentiated", Quotient, &["(u'*v - u*v')/v'^2", "(u'*v - u*v')/v'"],
        "the quotient rule for {f} divides by the square of {v}, not of its derivative"),
    row("quotient-by-product-rule", Quotient, &["u'*v + u*v'"],
        "{f} is a quotient; the product rule was used for it"),
    row("quotient-product-above", Quotient, &["u'*v'/v^2"],
        "the numerator of the quotient rule for {f} is ({u'*v}) - ({u*v'}), not the product of the derivatives"),
    row("quotient-numerator-kept", Quotient, &["(u*v - u*v')/v^2"],
        "in the quotient rule for {f}, the numerator {u} was not differentiated in its term"),
    row("quotient-denominator-kept", Quotient, &["(u'*v - u*v)/v^2"],
        "in the quotient rule for {f}, the denominator {v} was not differentiated in its term"),
    row("quotient-denominator-constant", Quotient, &["u'/v"],
        "the denominator {v} of {f} varies as well; it was treated as a constant"),
    row("quotient-numerator-constant", Quotient, &["-u*v'/v^2"],
        "the numerator {u} of {f} varies as well; it was treated as a constant"),
    row("reciprocal-of-derivative", Reciprocal, &["u/v'"],
        "the derivative of {f} is not {u} over the derivative of {v}; it is {f'}"),
    row("reciprocal-sign", Reciprocal, &["u*v'/v^2"],
        "the minus sign is missing in the derivative of {f}, which is {f'}"),
    row("reciprocal-not-squared", Reciprocal, &["-u*v'/v"],
        "in the derivative of {f}, the denominator {v} is squared; it was not"),
    row("reciprocal-inner-missing", Reciprocal, &["-u/v^2"],
        "in the derivative of {f}, the derivative {v'} of the denominator is missing")
        .when(Below),
    row("minus-lost", Factor, &["u'"],
        "the minus sign of {f} is lost in its derivative, which is {f'}")
        .when(Minus),
    row("constant-factor-missing", Factor, &["u'"],
        "the constant factor {c} is missing in the derivative of {f}")
        .when(NoMinus),
    row("constant-factor-varied", Factor, &["u + c*u'"],
        "in {f}, {c} is a constant; the product rule was used as if its derivative were 1")
        .when(Named),
    row("minus-put-in", Outer, &["-outer*u'"],
        "the derivative of {f} is {outer*u'}; a minus sign was put in")
        .when(Positive),
    row("inner-derivative-variable", Outer, &["outer*x"],
        "the inner derivative of {f} is {u'}, not {x}"),
    row("constant-kept", ConstantTerm, &["u"],
        "the constant {u} has the derivative 0; it was kept"),
    row("constant-to-one", ConstantTerm, &["1"],
        "the constant {u} has the derivative 0, not 1"),
    row("constant-by-power-rule", ConstantPower, &["c*n*v^(n - 1)"],
        "the constant {u} has the derivative 0; the power rule was used on it"),
    row("term-missing", Term, &["0"],
        "the derivative {u'} of the term {u} is missing"),
    row("term-sign", Term, &["-u'"],
        "the sign of the derivative of the term {u} is wrong: it is {u'}"),
    row("term-not-differentiated", Term, &["u"],
        "the term {u} was not differentiated: its derivative is {u'}"),
    row("constant-factor-to-zero", Factor, &["0"],
        "a constant factor stays: the derivative of {f} is {f'}, not 0")
        .when(NoMinus).last(),
];
