//! Random formulas: trees that are written as text and have values of their own, so that
//! they owe nothing to calcgrad.

use calcgrad::session::{Engine, Settings};
use proptest::prelude::*;
use std::fmt;

/// A formula over x, y and z.
#[derive(Clone, Debug)]
pub(crate) enum Formula {
    Number(u8),
    Decimal(u8),
    Pi,
    Variable(&'static str),
    Negate(Box<Self>),
    Add(Box<Self>, Box<Self>),
    Subtract(Box<Self>, Box<Self>),
    Multiply(Box<Self>, Box<Self>),
    Divide(Box<Self>, Box<Self>),
    /// A whole power.
    Whole(Box<Self>, i8),
    /// A power of a half.
    Half(Box<Self>, i8),
    /// A number to a power.
    Exponential(u8, Box<Self>),
    /// e to a power.
    Natural(Box<Self>),
    /// Any power.
    Power(Box<Self>, Box<Self>),
    Apply(usize, Box<Self>),
    Bars(Box<Self>),
    Extremum(bool, Box<Self>, Box<Self>),
    Choice(Box<Self>, Box<Self>, Box<Self>),
}

/// A name and its values.
type Function = (&'static str, fn(f64) -> f64);

/// Functions of one argument with their values from the standard library.
const FUNCTIONS: [Function; 24] = [
    ("sin", f64::sin),
    ("cos", f64::cos),
    ("tan", f64::tan),
    ("ln", f64::ln),
    ("exp", f64::exp),
    ("sqrt", f64::sqrt),
    ("abs", f64::abs),
    ("arcsin", f64::asin),
    ("arccos", f64::acos),
    ("arctan", f64::atan),
    ("sinh", f64::sinh),
    ("cosh", f64::cosh),
    ("tanh", f64::tanh),
    ("arsinh", f64::asinh),
    ("artanh", f64::atanh),
    ("cbrt", f64::cbrt),
    ("log10", f64::log10),
    ("log2", f64::log2),
    ("sec", |x| 1.0 / x.cos()),
    ("cot", |x| 1.0 / x.tan()),
    ("sigmoid", |x| 1.0 / (1.0 + (-x).exp())),
    ("relu", |x| x.max(0.0)),
    ("softplus", |x| (1.0 + x.exp()).ln()),
    ("sign", |x| if x == 0.0 { 0.0 } else { x.signum() }),
];

impl Formula {
    /// The value at a point.
    pub(crate) fn value(&self, at: [f64; 3]) -> f64 {
        let of = |f: &Self| f.value(at);
        match self {
            Self::Number(n) => f64::from(*n),
            Self::Decimal(n) => f64::from(*n) / 10.0,
            Self::Pi => std::f64::consts::PI,
            Self::Variable("x") => at[0],
            Self::Variable("y") => at[1],
            Self::Variable(_) => at[2],
            Self::Negate(a) => -of(a),
            Self::Add(a, b) => of(a) + of(b),
            Self::Subtract(a, b) => of(a) - of(b),
            Self::Multiply(a, b) => of(a) * of(b),
            Self::Divide(a, b) => of(a) / of(b),
            Self::Whole(a, n) => of(a).powi(i32::from(*n)),
            Self::Half(a, n) => of(a).powf(f64::from(*n) / 2.0),
            Self::Exponential(n, a) => f64::from(*n).powf(of(a)),
            Self::Natural(a) => of(a).exp(),
            Self::Power(a, b) => of(a).powf(of(b)),
            Self::Apply(k, a) => FUNCTIONS[*k].1(of(a)),
            Self::Bars(a) => of(a).abs(),
            Self::Extremum(most, a, b) => {
                let (a, b) = (of(a), of(b));
                let a_counts = a.is_nan() || (a > b) == *most;
                if a_counts && !b.is_nan() { a } else { b }
            }
            Self::Choice(a, b, c) => match of(a) {
                a if a.is_nan() => f64::NAN,
                a if a < 1.0 => of(b),
                _ => of(c),
            },
        }
    }
}

impl fmt::Display for Formula {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(n) => write!(f, "{n}"),
            Self::Decimal(n) => write!(f, "{}.{}", n / 10, n % 10),
            Self::Pi => write!(f, "pi"),
            Self::Variable(name) => write!(f, "{name}"),
            Self::Negate(a) => write!(f, "(-{a})"),
            Self::Add(a, b) => write!(f, "({a} + {b})"),
            Self::Subtract(a, b) => write!(f, "({a} - {b})"),
            Self::Multiply(a, b) => write!(f, "({a}*{b})"),
            Self::Divide(a, b) => write!(f, "({a}/{b})"),
            Self::Whole(a, n) => write!(f, "(({a})^({n}))"),
            Self::Half(a, n) => write!(f, "(({a})^({n}/2))"),
            Self::Exponential(n, a) => write!(f, "({n}^{a})"),
            Self::Natural(a) => write!(f, "(e^{a})"),
            Self::Power(a, b) => write!(f, "({a}^{b})"),
            Self::Apply(k, a) => write!(f, "{}({a})", FUNCTIONS[*k].0),
            Self::Bars(a) => write!(f, "|{a}|"),
            Self::Extremum(true, a, b) => write!(f, "max({a}, {b})"),
            Self::Extremum(false, a, b) => write!(f, "min({a}, {b})"),
            Self::Choice(a, b, c) => write!(f, "piecewise({a} < 1, {b}, {c})"),
        }
    }
}

/// Formulas of every kind, a few levels deep.
pub(crate) fn formula() -> impl Strategy<Value = Formula> {
    let leaf = prop_oneof![
        (0u8..8).prop_map(Formula::Number),
        (1u8..40).prop_map(Formula::Decimal),
        Just(Formula::Pi),
        prop_oneof![Just("x"), Just("x"), Just("y"), Just("z")]
            .prop_map(Formula::Variable),
        prop_oneof![Just("x"), Just("y")].prop_map(Formula::Variable),
    ];
    leaf.prop_recursive(4, 18, 3, |inner| {
        let a = inner.prop_map(Box::new).boxed();
        let two = (a.clone(), a.clone());
        prop_oneof![
            2 => two.clone().prop_map(|(a, b)| Formula::Add(a, b)),
            2 => two.clone().prop_map(|(a, b)| Formula::Subtract(a, b)),
            3 => two.clone().prop_map(|(a, b)| Formula::Multiply(a, b)),
            2 => two.clone().prop_map(|(a, b)| Formula::Divide(a, b)),
            1 => a.clone().prop_map(Formula::Negate),
            2 => (a.clone(), -3i8..5).prop_map(|(a, n)| Formula::Whole(a, n)),
            1 => (a.clone(), -3i8..4).prop_map(|(a, n)| Formula::Half(a, n)),
            1 => (2u8..4, a.clone()).prop_map(|(n, a)| Formula::Exponential(n, a)),
            1 => a.clone().prop_map(Formula::Natural),
            1 => two.clone().prop_map(|(a, b)| Formula::Power(a, b)),
            4 => (0..FUNCTIONS.len(), a.clone()).prop_map(|(k, a)| Formula::Apply(k, a)),
            1 => a.clone().prop_map(Formula::Bars),
            1 => (any::<bool>(), a.clone(), a.clone())
                .prop_map(|(most, a, b)| Formula::Extremum(most, a, b)),
            1 => (a.clone(), a.clone(), a).prop_map(|(a, b, c)| Formula::Choice(a, b, c)),
        ]
    })
}

/// Sums of quotients of polynomials over a few kernels, in which much cancels.
pub(crate) fn quotient() -> impl Strategy<Value = Formula> {
    let variable = || Box::new(Formula::Variable("x"));
    let root = |radicand: Formula| Formula::Apply(5, Box::new(radicand));
    let above = Formula::Add(variable(), Box::new(Formula::Number(1)));
    let kernel = prop_oneof![
        4 => Just(Formula::Variable("x")),
        2 => Just(Formula::Variable("y")),
        4 => prop_oneof![Just(0), Just(1), Just(2), Just(3), Just(10), Just(11), Just(18)]
            .prop_map(move |k| Formula::Apply(k, variable())),
        1 => Just(Formula::Natural(variable())),
        1 => prop_oneof![Just(Formula::Variable("x")), Just(above)].prop_map(root),
    ];
    let power = (kernel, 0i8..3).prop_map(|(a, n)| Formula::Whole(Box::new(a), n));
    let term = (1u8..5, power.clone(), power).prop_map(|(n, a, b)| {
        let product = Formula::Multiply(Box::new(a), Box::new(b));
        Formula::Multiply(Box::new(Formula::Number(n)), Box::new(product))
    });
    let sum = (term.clone(), term, any::<bool>()).prop_map(|(a, b, plus)| {
        let (a, b) = (Box::new(a), Box::new(b));
        if plus { Formula::Add(a, b) } else { Formula::Subtract(a, b) }
    });
    let pair = (sum.clone(), sum.clone(), sum, any::<bool>());
    pair.prop_map(|(a, b, c, same)| {
        let below = if same { b.clone() } else { Formula::Whole(Box::new(b.clone()), 2) };
        let one = Formula::Divide(Box::new(a), Box::new(b));
        let two = Formula::Divide(Box::new(c), Box::new(below));
        Formula::Add(Box::new(one), Box::new(two))
    })
}

/// The verdict on two formulas, or the kind of the error.
pub(crate) fn verdict(
    engine: &mut Engine,
    left: &str,
    right: &str,
    assume: &str,
) -> &'static str {
    engine.clear();
    let settings = Settings { assume: assume.to_owned(), ..Settings::default() };
    let found = engine.read(left, &settings).and_then(|left| {
        let right = engine.read(right, &settings)?;
        engine.equal(&left, &right)
    });
    match found {
        Ok(judgement) => judgement.decision.verdict.id(),
        Err(error) => error.kind.id(),
    }
}
