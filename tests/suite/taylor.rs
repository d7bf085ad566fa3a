//! Taylor polynomials against derivatives: every coefficient times the factorials of its
//! exponents is the mixed partial derivative at the point, and the text is input.

use calcgrad::kernel::ExprId;
use calcgrad::print::Notation;
use calcgrad::session::{Engine, Form, Settings, TaylorPolynomial, parse_point};

/// A formula, the point, the order.
const CASES: &[(&str, &str, u32)] = &[
    ("sin(x)*e^x/(1 + x^2)", "x=1/2", 5),
    ("ln(e^x + e^y)", "x=0, y=ln(2)", 4),
    ("x*e^(-x^2 - y^2)", "x=-1, y=0", 4),
    ("e^(x*sin(y))", "x=1, y=pi/2", 4),
    ("sin(e^x)", "x=0", 6),
    ("sqrt(x^2 + y^2 + z^2)", "x=1, y=2, z=2", 3),
    ("x^y", "x=2, y=3", 3),
    ("x^x", "x=2", 4),
    ("2^x + x^(5/3)", "x=8", 4),
    ("tan(x*y)", "x=1, y=pi/4", 4),
    ("sec(x) + cot(x + 1) + csc(x + 2)", "x=1/3", 4),
    ("arcsin(x) + arccos(x/2) + arctan(x)", "x=1/2", 5),
    ("sinh(x)*tanh(y) + sech(x*y)", "x=ln(2), y=1", 4),
    ("arsinh(x) + artanh(x/3) + arcosh(x + 2)", "x=1", 4),
    ("sigmoid(x) + softplus(x) + swish(x)", "x=1", 4),
    ("gelu(x) + mish(x)", "x=1/2", 3),
    ("abs(x - 3) + relu(x) + max(x, 0)", "x=1", 3),
    ("erf(x) + Si(x) + Ei(x)", "x=1", 4),
    ("gamma(x) + digamma(x)", "x=3", 3),
    ("besselj(0, x) + besseli(1, x)", "x=2", 4),
    ("lambertw(x) + li(x)", "x=e", 3),
    ("airyai(x)*airybi(x)", "x=1", 4),
    ("beta(x, y)", "x=2, y=3", 2),
    ("piecewise(x < 0, -x, x < 2, x^3, 1)", "x=1", 4),
    ("hypot(x, y)*atan2(y, x)", "x=3, y=4", 3),
    ("cbrt(x)/(x + y)^3", "x=8, y=-7", 3),
    ("log2(x)*log10(x)", "x=2", 4),
    ("a*x^2 + b*sin(c*x)", "x=d", 3),
    ("f(x, g(y))", "x=a, y=b", 2),
    ("(x + y + z)^7", "x=1, y=-1, z=2", 8),
];

struct Found {
    engine: Engine,
    polynomials: Vec<TaylorPolynomial>,
}

fn expand(formula: &str, at: &str, order: u32) -> Found {
    let mut engine = Engine::default();
    let point = parse_point(at).expect("a point");
    let wrt: Vec<String> = point.iter().map(|(name, _)| name.clone()).collect();
    let read = engine.read(formula, &Settings::default()).expect(formula);
    let found = engine.taylor(&read, &wrt, &point, order);
    let polynomials = found.unwrap_or_else(|error| panic!("{formula}: {error}"));
    Found { engine, polynomials }
}

/// A value with numbers for the symbols.
fn value(engine: &mut Engine, id: ExprId) -> f64 {
    let names = engine.variables(&[id]);
    let values = ["3/4", "5/7", "-1/3", "11/8", "7/5"];
    let point = names.into_iter().zip(values.map(str::to_owned)).collect();
    match engine.at_point(&[id], &point) {
        Ok(found) => engine.float(found[0]),
        Err(_) => f64::NAN,
    }
}

fn factorial(n: u32) -> f64 {
    (1..=n).map(f64::from).product()
}

#[test]
fn coefficients_are_derivatives() {
    for (formula, at, order) in CASES {
        let Found { mut engine, polynomials } = expand(formula, at, *order);
        let polynomial = &polynomials[0];
        assert!(polynomial.checked, "{formula} was not checked");
        let read = engine.read(formula, &Settings::default()).expect(formula);
        let point = parse_point(at).expect("a point");
        let count = polynomial.variables.len();
        let mut exponents = vec![0; count];
        loop {
            let total: u32 = exponents.iter().sum();
            if total <= *order && !(formula.contains("f(") && total == 0) {
                let sequence: Vec<String> = polynomial
                    .variables
                    .iter()
                    .zip(&exponents)
                    .flat_map(|(name, n)| vec![name.clone(); *n as usize])
                    .collect();
                let derivative = match sequence.is_empty() {
                    true => read.roots[0],
                    false => {
                        let found = engine.mixed(&read, &sequence, Form::Auto);
                        found.expect("a derivative").partials[0].values[0]
                    }
                };
                let exact = engine.at_point(&[derivative], &point).expect("a value")[0];
                let expected = value(&mut engine, exact);
                let scale: f64 = exponents.iter().map(|n| factorial(*n)).product();
                let coefficient = polynomial.coefficient(&exponents);
                let found = scale * value(&mut engine, coefficient);
                let abstracts = formula.contains("f(");
                let near = (expected - found).abs() <= 1e-8 * expected.abs().max(1.0);
                assert!(
                    near || abstracts && expected.is_nan() && found.is_nan(),
                    "{formula}: {exponents:?}: {found}, not {expected}"
                );
            }
            // The next multi-index, like an odometer.
            let Some(place) = (0..count).find(|k| exponents[*k] < *order) else { break };
            exponents[..place].fill(0);
            exponents[place] += 1;
        }
    }
}

#[test]
fn polynomials_are_input() {
    for (formula, at, order) in CASES {
        let Found { mut engine, polynomials } = expand(formula, at, *order);
        let polynomial = &polynomials[0];
        let text = polynomial.write(&engine.pool, Notation::Text, false).expect(formula);
        let mut declared = engine.variables(&[polynomial.polynomial]);
        declared.extend(polynomial.variables.iter().cloned());
        let settings = Settings { declared, ..Settings::default() };
        let again = engine.read(&text, &settings).expect(&text);
        assert!(again.roots[0] == polynomial.polynomial, "{formula}: {text}");
    }
}

#[test]
fn high_orders_and_many_variables_come_to_an_end() {
    for (formula, at, order) in [
        ("besselj(0, x)", "x=0", 30),
        ("gamma(x)", "x=2", 12),
        ("tan(x)", "x=0", 50),
        ("sin(x)", "x=0", 200),
        ("f(x)", "x=0", 50),
        ("(x + 1)^1000000", "x=0", 3),
        ("1/(1 - x - y - z - w)", "x=0,y=0,z=0,w=0", 5),
    ] {
        let found = expand(formula, at, order);
        let last = found.polynomials[0].terms.last().expect("a term");
        assert!(last.0.iter().sum::<u32>() + 1 >= order.min(50), "{formula}");
    }
}

#[test]
fn a_vanishing_denominator_is_divided_out() {
    for (formula, at, expected) in [
        ("(1 - cos(x))/x^2", "x=0", "1/2 - x^2/24"),
        ("(x^2 - y^2)/(x - y)", "x=0,y=0", "x + y"),
        ("sin(x*y)/(x*y)", "x=0,y=0", "1"),
        ("cot(x) - 1/x", "x=0", "-x/3 - x^3/45"),
        ("sin(x)/(x - pi)", "x=pi", "-1 + (x - pi)^2/6"),
        ("x/(e^x - 1)", "x=0", "1 - x/2 + x^2/12"),
        ("(tan(x) - sin(x))/x^3", "x=0", "1/2 + x^2/8"),
        ("ln(1 + x)/x", "x=0", "1 - x/2 + x^2/3 - x^3/4"),
    ] {
        let Found { engine, polynomials } = expand(formula, at, 3);
        let text = polynomials[0].write(&engine.pool, Notation::Text, false);
        assert_eq!(text.expect(formula), expected, "{formula}");
    }
}
