//! Mistakes with products, quotients, constant factors and sums.

use super::super::row::On::{
    ConstantPower, ConstantTerm, Factor, Product, Quotient, Reciprocal, Term,
};
use super::super::row::When::{Minus, NoMinus};
use super::super::row::{Mutation, row};

/// The rows, the most specific first.
#[rustfmt::skip]
pub(super) static PRODUCT: &[Mutation] = &[
    row("product-of-derivatives", Product, &["primes"],
        "the derivatives of the factors of {f} were multiplied; the product rule gives {f'}"),
    row("product-minus", Product, &["u'*v - u*v'"],
        "the product rule adds its terms; in the derivative of {f}, {u*v'} was subtracted"),
    row("product-term-missing", Product, &["u*v'"],
        "the product rule has a term for each factor of {f}: {u'*v} is missing"),
    row("product-sum-of-derivatives", Product, &["u' + v'"],
        "the derivatives of the factors of {f} were added; the product rule gives {f'}"),
    row("product-own-factor", Product, &["u*u' + v*v'"],
        "in the product rule, each derivative is multiplied by the other factor; {f} gives {f'}"),
    row("product-not-differentiated", Product, &["u*v + u*v'"],
        "in the product rule for {f}, the factor {u} was not differentiated in its term"),
    row("quotient-of-derivatives", Quotient, &["u'/v'"],
        "{u'} over {v'} is the quotient of the derivatives; the quotient rule for {f} gives {f'}"),
    row("quotient-swapped", Quotient, &["(u*v' - u'*v)/v^2"],
        "the two terms of the numerator are swapped: the quotient rule for {f} has {u'*v} less {u*v'} above"),
    row("quotient-plus", Quotient, &["(u'*v + u*v')/v^2"],
        "the quotient rule for {f} has a minus above: {u'*v} less {u*v'}"),
    row("quotient-not-squared", Quotient, &["(u'*v - u*v')/v"],
        "the quotient rule for {f} divides by the square of {v}; it was not squared"),
    row("quotient-denominator-missing", Quotient, &["u'*v - u*v'"],
        "the quotient rule for {f} divides by the square of {v}; the denominator is missing"),
    row("quotient-denominator-differentiated", Quotient, &["(u'*v - u*v')/v'^2", "(u'*v - u*v')/v'"],
        "the quotient rule for {f} divides by the square of {v}, not of its derivative"),
    row("quotient-by-product-rule", Quotient, &["u'*v + u*v'"],
        "{f} is a quotient; the product rule was used for it"),
    row("quotient-product-above", Quotient, &["u'*v'/v^2"],
        "the quotient rule for {f} has {u'*v} less {u*v'} above, not the product of the derivatives"),
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
        "in the derivative of {f}, the derivative {v'} of the denominator is missing"),
    row("minus-lost", Factor, &["u'"],
        "the minus sign of {f} is lost in its derivative, which is {c*u'}")
        .when(Minus),
    row("constant-factor-missing", Factor, &["u'"],
        "the constant factor {c} is missing in the derivative of {f}")
        .when(NoMinus),
    row("constant-factor-varied", Factor, &["u + c*u'"],
        "in {f}, {c} is a constant; the product rule was used as if its derivative were 1")
        .when(NoMinus),
    row("constant-kept", ConstantTerm, &["u"],
        "{u} is a constant: its derivative is 0; it was kept"),
    row("constant-to-one", ConstantTerm, &["1"],
        "{u} is a constant: its derivative is 0, not 1"),
    row("constant-by-power-rule", ConstantPower, &["c*n*v^(n - 1)"],
        "{u} is a constant: its derivative is 0; the power rule was used on it"),
    row("term-missing", Term, &["0"],
        "the derivative {u'} of the term {u} is missing"),
    row("term-sign", Term, &["-u'"],
        "the sign of the derivative of the term {u} is wrong: it is {u'}"),
    row("term-not-differentiated", Term, &["u"],
        "the term {u} was not differentiated: its derivative is {u'}"),
    row("constant-factor-to-zero", Factor, &["0"],
        "a constant factor stays: the derivative of {f} is {c*u'}, not 0")
        .when(NoMinus),
];
