//! Operators of vector calculus against what does not depend on coordinates, and Hessians
//! against mixed derivatives.

use calcgrad::Session;
use calcgrad::calculus::SYSTEMS;
use calcgrad::check::Verdict;
use calcgrad::session::{Engine, Settings};

/// Whether two texts are proved to be equal.
fn equal(left: &str, right: &str) -> bool {
    let mut engine = Engine::default();
    let mut read =
        |text: &str| engine.read(text, &Settings::default()).expect("a formula");
    let (left, right) = (read(left), read(right));
    let found = engine.equal(&left, &right).expect("a verdict");
    found.decision.verdict == Verdict::Equal
}

/// A map from coordinates to Cartesian ones, as definitions.
fn map(system: &str) -> &'static str {
    match system {
        "polar" | "cylindrical" => "x = r*cos(theta); y = r*sin(theta)",
        "spherical" => {
            "x = r*sin(theta)*cos(phi); y = r*sin(theta)*sin(phi); z = r*cos(theta)"
        }
        _ => "",
    }
}

#[test]
fn a_laplacian_is_the_same_in_all_coordinates() {
    for function in ["x^2*y + z^3", "x*e^y*z", "(x^2 + y^2 + z^2)^2", "ln(x^2 + y^2)"] {
        let session = Session::new();
        let typed = session.parse(function).expect("a formula");
        let flat = typed.laplacian(&["x", "y", "z"]).expect("a Laplacian").to_string();
        for system in &SYSTEMS[1..] {
            if system.names.len() == 2 && function.contains('z') {
                continue;
            }
            let map = map(system.name);
            let there = session.parse(&format!("{function}; {map}")).expect("it");
            let curved = there.laplacian_in(system, system.names).expect("a Laplacian");
            let moved = format!("{flat}; {map}");
            assert!(equal(&moved, &curved.to_string()), "{function} in {}", system.name);
        }
    }
}

#[test]
fn a_gradient_has_no_curl() {
    for function in ["x^2*y*sin(z)", "e^(x*y)/z", "sqrt(x^2 + y^2 + z^2)"] {
        let session = Session::new();
        let typed = session.parse(function).expect("a formula");
        let gradient = typed.gradient(&["x", "y", "z"]).expect("a gradient");
        let curl = session.curl(&gradient, &["x", "y", "z"]).expect("a curl");
        assert!(curl.iter().all(|component| *component == session.integer(0)));
        let divergence = session.divergence(&gradient, &["x", "y", "z"]).expect("one");
        let laplacian = typed.laplacian(&["x", "y", "z"]).expect("a Laplacian");
        assert!(equal(&divergence.to_string(), &laplacian.to_string()), "{function}");
    }
}

#[test]
fn the_entries_of_a_hessian_are_mixed_derivatives() {
    let wrt = ["x", "y", "z"];
    for function in ["x^2*y*sin(z)", "x*e^(-x^2 - y^2)", "ln(x + y*z)", "x^y/z"] {
        let session = Session::new();
        let typed = session.parse(function).expect("a formula");
        let hessian = typed.hessian(&wrt).expect("a Hessian");
        for (i, row) in hessian.iter().enumerate() {
            for (j, entry) in row.iter().enumerate() {
                let mixed = typed.diff(wrt[i]).and_then(|d| d.diff(wrt[j])).expect("one");
                assert!(equal(&mixed.to_string(), &entry.to_string()), "{function}");
                assert_eq!(*entry, hessian[j][i], "{function}");
            }
        }
    }
}

#[test]
fn a_direction_is_a_slope_along_a_line() {
    let session = Session::new();
    let typed = session.parse("x^2*y + sin(x*y)").expect("a formula");
    let direction = [session.integer(3), session.integer(-4)];
    let found = typed.directional(&["x", "y"], &direction).expect("a derivative");
    let line = session.parse("f = x^2*y + sin(x*y); x = a + 3*t/5; y = b - 4*t/5");
    let slope = line.and_then(|line| line.diff("t")).expect("a slope");
    let here = slope.eval("t = 0, a = x, b = y").expect("a value");
    assert!(equal(&here.to_string(), &found.to_string()));
}

#[test]
fn jacobians_of_expressions() {
    let session = Session::new();
    let parse = |text| session.parse(text).expect("a formula");
    let found = session.jacobian(&[parse("r*cos(t)"), parse("r*sin(t)")], &["r", "t"]);
    let texts: Vec<Vec<String>> = found
        .expect("a matrix")
        .iter()
        .map(|row| row.iter().map(ToString::to_string).collect())
        .collect();
    assert_eq!(texts, [["cos(t)", "-r*sin(t)"], ["sin(t)", "r*cos(t)"]]);
}

#[test]
fn names_stand_in_an_order() {
    let mut engine = Engine::default();
    let mut order = |text: &str| {
        let formula = engine.read(text, &Settings::default()).expect("a formula");
        let variables = engine.variables(&formula.roots);
        formula.by_appearance(&variables).join(" ")
    };
    assert_eq!(order("z*y^2 + x"), "z y x");
    assert_eq!(order("x(y + 1) + x"), "x y");
    assert_eq!(order("sin(b) + f(a)"), "b a");
    // Parameters are no variables, and definitions stand where they are written.
    assert_eq!(order("[g(b, a), y, x]; g(x, y) = y - x"), "b a y x");
    assert_eq!(order("f = u*v; v = y; u = x"), "y x");
    assert_eq!(order("p = c*b; q = b + a"), "c b a");
}
