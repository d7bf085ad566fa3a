//! Critical points: laws on random polynomials, and functions with known extrema.

use super::laws::cases;
use calcgrad::extrema::{Critical, Descending, Ending, Kind};
use calcgrad::kernel::Number;
use calcgrad::polynomial::{Polynomial, Work, count_real_roots};
use calcgrad::session::{Engine, Formula, Session, Settings, parse_point};
use proptest::collection::vec;
use std::cell::Cell;

fn found(text: &str, names: &[&str]) -> (Engine, Formula, Critical) {
    let mut engine = Engine::default();
    let wrt: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    let settings = Settings { declared: wrt.clone(), ..Settings::default() };
    let formula = engine.read(text, &settings).expect("a formula");
    let found = engine.critical(&formula, &wrt).unwrap_or_else(|e| panic!("{text}: {e}"));
    (engine, formula, found)
}

/// The points as doubles; families by their first points.
fn places(engine: &mut Engine, found: &Critical) -> Vec<Vec<f64>> {
    let mut result = Vec::new();
    for point in &found.points {
        let mut place = Vec::new();
        for c in &point.coordinates {
            let zero = c.counter.map(|counter| (counter, engine.pool.integer(0)));
            let zeros: Vec<_> = zero.into_iter().collect();
            let first =
                engine.pool.substitute(&[c.value], &zeros, calcgrad::function::apply)[0];
            place.push(engine.float(first));
        }
        result.push(place);
    }
    result
}

/// Looks around a point: whether some values are below, and some above the one there.
fn around(
    engine: &Engine,
    formula: &Formula,
    names: &[&str],
    at: &[f64],
) -> (bool, bool) {
    let value = |point: &[f64]| {
        let pairs: Vec<(&str, f64)> =
            names.iter().copied().zip(point.iter().copied()).collect();
        engine.value(formula, &pairs)
    };
    let center = value(at);
    let (mut below, mut above) = (false, false);
    for k in 0..64 {
        let angle = f64::from(k) * std::f64::consts::TAU / 64.0;
        let step = 1e-3 * (1.0 + at.iter().fold(0.0_f64, |m, x| m.max(x.abs())));
        let near: Vec<f64> = match at {
            [x] => vec![x + step * angle.cos()],
            [x, y] => vec![x + step * angle.cos(), y + step * angle.sin()],
            _ => panic!("two variables at most"),
        };
        let difference = value(&near) - center;
        let rounding = 1e-12 * (1.0 + center.abs());
        below |= difference < -rounding;
        above |= difference > rounding;
    }
    (below, above)
}

/// Extrema and saddles look like that in a neighbourhood.
fn kinds_are_seen(text: &str, names: &[&str]) {
    let (mut engine, formula, found) = found(text, names);
    let all = places(&mut engine, &found);
    for (point, at) in found.points.iter().zip(all) {
        let (below, above) = around(&engine, &formula, names, &at);
        match point.kind {
            Kind::Minimum => assert!(!below, "{text}: a minimum at {at:?}"),
            Kind::Maximum => assert!(!above, "{text}: a maximum at {at:?}"),
            _ => {}
        }
    }
}

#[test]
fn one_variable_has_all_its_points() {
    let run = cases(60).run(&vec(-6i64..7, 2..7), |coefficients| {
        let terms = coefficients.iter().enumerate();
        let text: Vec<String> = terms.map(|(n, c)| format!("({c})*x^{n}")).collect();
        let text = text.join(" + ");
        let (_, _, critical) = found(&text, &["x"]);
        assert!(critical.complete && critical.checked, "{text}");
        let terms = coefficients.iter().enumerate();
        let terms = terms.map(|(n, c)| (vec![n as u32], Number::from(*c)));
        let slope = Polynomial::from_terms(1, terms).expect("terms").derivative(0);
        if slope.is_zero() {
            assert_eq!(critical.sets.len(), 1, "{text}");
            return Ok(());
        }
        let count = count_real_roots(&slope, None, None, &mut Work::new(1_000_000));
        assert_eq!(Ok(Some(critical.points.len())), count, "{text}");
        kinds_are_seen(&text, &["x"]);
        Ok(())
    });
    run.expect("the law holds");
}

#[test]
fn two_variables_have_their_kinds() {
    let run = cases(40).run(&vec(-4i64..5, 9), |c| {
        let text = format!(
            "x^4 + y^4 + ({})*x^3 + ({})*x^2*y + ({})*x*y^2 + ({})*y^3 + ({})*x^2 + ({})*x*y \
             + ({})*y^2 + ({})*x + ({})*y",
            c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7], c[8]
        );
        let (_, _, critical) = found(&text, &["x", "y"]);
        assert!(critical.complete, "{text}");
        // Such a function has a least value, and by the theorem of Poincaré and Hopf the
        // extrema are one more than the saddles.
        let regular = critical.points.iter().all(|p| {
            matches!(p.kind, Kind::Minimum | Kind::Maximum | Kind::Saddle)
        });
        let index: i32 = critical
            .points
            .iter()
            .map(|p| if p.kind == Kind::Saddle { -1 } else { 1 })
            .sum();
        assert!(critical.points.iter().any(|p| p.global), "{text}");
        assert!(!regular || index == 1 || !critical.sets.is_empty(), "{text}: {index}");
        kinds_are_seen(&text, &["x", "y"]);
        Ok(())
    });
    run.expect("the law holds");
}

/// No value anywhere in the domain is beyond one that is called global, poles and assumptions
/// included.
#[test]
fn global_values_bound_the_function() {
    let shapes: [(&str, f64); 9] = [
        ("A*x^2 + B/x", -20.0),
        ("A*x + B/x^2", -20.0),
        ("e^(A*x)/x^N", -20.0),
        ("x^N*e^(A/x)", -20.0),
        ("A*x^2 + B*ln(x)", -20.0),
        ("A*sqrt(x) + B*x", -20.0),
        ("(x^2 + A*x + B)*e^(-x)", -20.0),
        ("A*x^2 + B*x + 1/x^2", -20.0),
        ("A*x^2 + B*x + 1/x", 1.0),
    ];
    let claimed = Cell::new(0);
    let run = cases(120).run(&(0..shapes.len(), -4i64..5, -4i64..5, 1i64..4), |c| {
        let (shape, low) = shapes[c.0];
        let text = shape.replace('A', &format!("({})", c.1));
        let text =
            text.replace('B', &format!("({})", c.2)).replace('N', &c.3.to_string());
        let assume = if low > 0.0 { format!("x > {low}") } else { String::new() };
        let settings =
            Settings { declared: vec!["x".to_owned()], assume, ..Settings::default() };
        let mut engine = Engine::default();
        let formula = engine.read(&text, &settings).expect("a formula");
        let Ok(found) = engine.critical(&formula, &["x".to_owned()]) else {
            return Ok(());
        };
        for point in found.points.iter().filter(|point| point.global) {
            claimed.set(claimed.get() + 1);
            let best = engine.float(point.value);
            let sign = if point.kind == Kind::Minimum { 1.0 } else { -1.0 };
            for k in 1..400 {
                let size = 1.07_f64.powi(k - 200);
                for x in [size, -size].into_iter().filter(|x| *x > low) {
                    let value = engine.value(&formula, &[("x", x)]);
                    let beyond = sign * (best - value) > 1e-9 * (1.0 + best.abs());
                    assert!(!beyond, "{text}: {value} at {x} is beyond {best}");
                }
            }
        }
        Ok(())
    });
    run.expect("the law holds");
    assert!(claimed.get() > 5, "{} values were called global", claimed.get());
}

/// Functions with known minimisers (Surjanovic and Bingham, "Virtual Library of Simulation
/// Experiments"; Moré, Garbow and Hillstrom 1981).
#[test]
fn known_minimisers_are_found() {
    let table: [(&str, &[&str], &[f64]); 9] = [
        ("100*(y - x^2)^2 + (1 - x)^2", &["x", "y"], &[1.0, 1.0]),
        ("(x + 2*y - 7)^2 + (2*x + y - 5)^2", &["x", "y"], &[1.0, 3.0]),
        ("0.26*(x^2 + y^2) - 0.48*x*y", &["x", "y"], &[0.0, 0.0]),
        (
            "(1.5 - x + x*y)^2 + (2.25 - x + x*y^2)^2 + (2.625 - x + x*y^3)^2",
            &["x", "y"],
            &[3.0, 0.5],
        ),
        ("(x^2 + y - 11)^2 + (x + y^2 - 7)^2", &["x", "y"], &[3.0, 2.0]),
        ("2*x^2 - 1.05*x^4 + x^6/6 + x*y + y^2", &["x", "y"], &[0.0, 0.0]),
        (
            "1/2*(x^4 - 16*x^2 + 5*x + y^4 - 16*y^2 + 5*y)",
            &["x", "y"],
            &[-2.903_534, -2.903_534],
        ),
        ("-e^(-(x^2 + y^2)/2)", &["x", "y"], &[0.0, 0.0]),
        (
            "sin(x + y) + (x - y)^2 - 1.5*x + 2.5*y + 1",
            &["x", "y"],
            &[-0.54719, -1.54719],
        ),
    ];
    for (text, names, minimiser) in table {
        let (mut engine, _, critical) = found(text, names);
        let all = places(&mut engine, &critical);
        let is_there = all.iter().zip(&critical.points).any(|(at, point)| {
            point.kind == Kind::Minimum
                && at.iter().zip(minimiser).all(|(a, b)| (a - b).abs() < 1e-4)
        });
        assert!(is_there, "{text}: {all:?}");
    }
}

#[test]
fn expressions_have_critical_points() {
    let session = Session::new();
    let f = session.parse("x^3 - 3*x").expect("a formula");
    let (points, complete) = f.critical(&["x"]).expect("points");
    assert!(complete);
    let texts: Vec<String> =
        points.iter().map(|p| format!("{} {}", p.coordinates[0], p.value)).collect();
    assert_eq!(texts, ["-1 2", "1 -2"]);
    assert!(points.iter().all(|p| p.exact && !p.global));
}

#[test]
fn descent_goes_down() {
    let how = Descending {
        rate: None,
        momentum: 0.0,
        newton: false,
        iterations: 2000,
        tolerance: 1e-6,
    };
    for (text, from) in [
        ("3*x^4 - 4*x^3 - 12*x^2", "x=1"),
        ("x^2 + 10*y^2 + x*y", "x=3,y=-2"),
        ("e^x + e^(-2*x)", "x=2"),
        ("100*(y - x^2)^2 + (1 - x)^2", "x=0,y=1"),
    ] {
        for newton in [false, true] {
            let mut engine = Engine::default();
            let formula = engine.read(text, &Settings::default()).expect("a formula");
            let point = parse_point(from).expect("a point");
            let how = Descending { newton, iterations: 20_000, ..how };
            let way = engine.descend(&formula, &point, &how).expect("a way").value;
            assert_eq!(way.ending, Ending::Converged, "{text}");
            for pair in way.steps.windows(2) {
                let slack = 1e-13 * (1.0 + pair[0].value.abs());
                assert!(pair[1].value <= pair[0].value + slack, "{text}");
            }
        }
    }
}
