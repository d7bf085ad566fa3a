//! The rows of identities, and constants with an exact form: each against values of what was
//! typed, and found by the simplifier wherever it stands.

use super::blocks;
use super::numeric::Typed;
use super::random::Random;
use calcgrad::Session;
use calcgrad::simplify::{BASIC, COMPOSITIONS, IDENTITIES, Identity};

/// Places on both sides of 0 and of 1, with values in doubles that round.
const PLACES: [f64; 14] =
    [-3.7, -2.0, -1.3, -1.0, -0.9, -0.4, 0.0, 0.3, 0.8, 1.0, 1.1, 1.9, 2.6, 4.4];

fn rows() -> impl Iterator<Item = &'static Identity> {
    IDENTITIES.iter().chain(COMPOSITIONS)
}

fn simplified(text: &str) -> String {
    let session = Session::new();
    let found = session.parse(text).and_then(|expr| expr.simplify());
    found.map(|expr| expr.to_string()).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// The value of a formula as it was typed.
fn value(text: &str, u: f64) -> f64 {
    Typed::new(text, &["u".to_owned()]).value(0, &[("u".to_owned(), u)])
}

#[test]
fn rows_hold_wherever_their_left_sides_have_values() {
    for row in rows().chain(BASIC) {
        let mut compared = 0;
        for u in PLACES {
            let (left, right) = (value(row.left, u), value(row.right, u));
            // Doubles round a pole to a large number.
            if left.abs() < 1e12 {
                let off = (left - right).abs();
                let most = 1e-12 * (1.0 + left.abs());
                assert!(off <= most, "{} at {u}: {left}, {right}", row.left);
                compared += 1;
            }
        }
        assert!(compared > 3, "{} has values at {compared} places", row.left);
    }
}

#[test]
fn rows_are_found_alone_and_beside_others() {
    for row in rows() {
        assert_eq!(simplified(row.left), simplified(row.right), "{}", row.left);
        let among = |side: &str| simplified(&format!("3*y*({side}) + z - 7"));
        assert_eq!(among(row.left), among(row.right), "{} among others", row.left);
    }
}

#[test]
fn constants_have_their_exact_forms() {
    let path = blocks::root().join("tests/cases/exact/constants.txt");
    let text = std::fs::read_to_string(path).expect("the file of constants");
    let mut wrong = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let (typed, exact) = line.split_once(" = ").expect(line);
        let found = simplified(typed);
        if found != exact {
            wrong.push(format!("{typed} is {found}, not {exact}"));
        }
        let (left, right) = (value(typed, 0.0), value(exact, 0.0));
        if (left - right).abs() > 1e-9 * (1.0 + left.abs()) {
            wrong.push(format!("{typed} is {left}, {exact} is {right}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A constant with functions that have exact values by rules of their own.
fn constant(random: &mut Random) -> String {
    let whole = |random: &mut Random| i64::from(random.between(1, 12)) - 6;
    let a = whole(random);
    let b = random.between(1, 9);
    let c = random.pick(&[2, 3, 5, 6, 7]);
    let surd = format!("({a}/{b} + sqrt({c}))");
    let angle = format!("({a}*pi/{b})");
    match random.between(0, 10) {
        0 => {
            let step = random.pick(&["floor", "ceil", "round", "trunc", "frac"]);
            let inner = random.pick(&["pi^2*", "e*", "-ln(7)*", "10^6*"]);
            format!("{step}({inner}{surd})")
        }
        1 => format!("{}({surd}, e)", random.pick(&["max", "min"])),
        2 => {
            let pairs = ["arcsin(sin(", "arccos(cos(", "arctan(tan("];
            format!("{}{surd}))", random.pick(&pairs))
        }
        3 => {
            format!("{}{angle}", random.pick(&["sin", "cos", "tan", "sec", "csc", "cot"]))
        }
        4 => format!("arctan({a}/{b}) + 2*arctan({c}/{b}) - arctan({b}/{c})"),
        5 => format!("1/({surd} - 9/4)"),
        6 => format!("sqrt({b} + {c} + 2*sqrt({b}*{c}))"),
        7 => format!("{}({a} + 1/2)", random.pick(&["gamma", "factorial"])),
        8 => {
            format!("{}(ln({b}/{c}))", random.pick(&["sinh", "cosh", "tanh", "sigmoid"]))
        }
        9 => format!("cbrt(({a} + {b}*sqrt({c}))^3)"),
        _ => format!("{}({a}/{b})", random.pick(&["arsinh", "artanh", "arcosh"])),
    }
}

#[test]
fn exact_forms_of_constants_have_their_values() {
    let mut random = Random::new(21);
    let mut compared = 0;
    for _ in 0..1500 {
        let typed = constant(&mut random);
        let expected = value(&typed, 0.0);
        // Near a pole, doubles say nothing.
        if !expected.is_finite() || expected.abs() > 1e12 {
            continue;
        }
        let found = simplified(&typed);
        let near = value(&found, 0.0);
        let off = (near - expected).abs();
        assert!(
            off <= 1e-6 * (1.0 + expected.abs()),
            "{typed} = {found}: {expected}, {near}"
        );
        compared += 1;
    }
    assert!(compared > 1000, "{compared}");
}
