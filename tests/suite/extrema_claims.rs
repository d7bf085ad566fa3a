//! What is claimed of critical points and of the ends of descents: functions whose points are
//! known from how they are made, and values around and far away.

use super::blocks;
use super::laws::cases;
use calcgrad::extrema::{Critical, Descending, Ending, Kind};
use calcgrad::print::{self, Notation};
use calcgrad::session::{Engine, Formula, Settings, parse_point};
use proptest::collection::vec;
use std::cell::Cell;

fn found(text: &str, names: &[&str], assume: &str) -> (Engine, Formula, Critical) {
    let mut engine = Engine::default();
    let wrt: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    let settings = Settings {
        declared: wrt.clone(),
        assume: assume.to_owned(),
        ..Settings::default()
    };
    let formula = engine.read(text, &settings).expect("a formula");
    let found = engine.critical(&formula, &wrt).unwrap_or_else(|e| panic!("{text}: {e}"));
    (engine, formula, found)
}

/// The places of single points, with their kinds.
fn places(engine: &Engine, found: &Critical) -> Vec<(Vec<f64>, Kind)> {
    let single = found
        .points
        .iter()
        .filter(|point| point.coordinates.iter().all(|c| c.counter.is_none()));
    let place = |point: &calcgrad::extrema::CriticalPoint| {
        point.coordinates.iter().map(|c| engine.float(c.value)).collect()
    };
    single.map(|point| (place(point), point.kind)).collect()
}

/// The antiderivative of a product of linear factors, as text.
fn integrated(roots: &[i64]) -> String {
    let mut product: Vec<i64> = vec![1];
    for root in roots {
        let mut next = vec![0; product.len() + 1];
        for (power, c) in product.iter().enumerate() {
            next[power + 1] += c;
            next[power] -= root * c;
        }
        product = next;
    }
    let terms = product.iter().enumerate();
    let terms: Vec<String> =
        terms.map(|(n, c)| format!("({c})/{}*x^{}", n + 1, n + 1)).collect();
    terms.join(" + ")
}

/// At a root of the derivative of even order there is no extremum, at one of odd order there
/// is, and the sign tells which.
#[test]
fn kinds_follow_from_the_roots_of_the_derivative() {
    let run = cases(60).run(&vec(-3i64..4, 1..6), |roots| {
        let text = integrated(&roots);
        let (engine, _, critical) = found(&text, &["x"], "");
        assert!(critical.complete, "{text}");
        let mut expected: Vec<(Vec<f64>, Kind)> = Vec::new();
        for x in -3..4 {
            let order = roots.iter().filter(|root| **root == x).count();
            let above = roots.iter().filter(|root| **root > x).count();
            let kind = match (order % 2, above % 2) {
                _ if order == 0 => continue,
                (0, _) => Kind::Inflection,
                (_, 0) => Kind::Minimum,
                _ => Kind::Maximum,
            };
            expected.push((vec![x as f64], kind));
        }
        assert_eq!(places(&engine, &critical), expected, "{text}");
        Ok(())
    });
    run.expect("the law holds");
}

/// The same where the derivative has a factor that never vanishes and the points come from a
/// search between bounds.
#[test]
fn singular_points_are_found() {
    let table: [(&str, f64, Kind); 9] = [
        ("2*cos(x - A) + (x - A)^2", 0.0, Kind::Minimum),
        ("e^(x - A) - x - (x - A)^2/2", 0.0, Kind::Inflection),
        ("sin(x - A) - x + (x - A)^3/6", 0.0, Kind::Inflection),
        ("e^(x - A) + e^(A - x) + 2*cos(x - A)", 0.0, Kind::Minimum),
        ("(x - A)^2/2 - cosh(x - A)", 0.0, Kind::Maximum),
        ("cos(x - A) - 1 + (x - A)^2/2 - (x - A)^4/24", 0.0, Kind::Maximum),
        ("(x - A)^2 + e^(x - A) - x", 0.0, Kind::Minimum),
        ("x - A - arctan(x - A)", 0.0, Kind::Inflection),
        ("(x - A)^4*e^(A - x)", 0.0, Kind::Minimum),
    ];
    for (shape, place, kind) in table {
        for shift in ["0", "1", "(-2)", "(1/2)", "(pi/3)"] {
            let text = shape.replace('A', shift);
            let (mut engine, _, critical) = found(&text, &["x"], "");
            let settings = Settings::default();
            let shift = engine.read(shift, &settings).expect("a number").roots[0];
            let at = place + engine.float(shift);
            let is_there = places(&engine, &critical)
                .iter()
                .any(|(x, own)| (x[0] - at).abs() < 1e-12 && *own == kind);
            assert!(
                is_there && (critical.complete || critical.range.is_some()),
                "{text}: {:?}",
                critical.points
            );
        }
    }
}

#[test]
fn sums_of_powers_have_one_minimum() {
    let run = cases(40).run(&(-3i64..4, -3i64..4, 1u32..4, 1u32..4, 0i64..3), |c| {
        let (a, b) = (c.0, c.1);
        let text = format!(
            "(x - ({a}))^{} + (y - ({b}))^{} + {}*(x - y - ({}))^2",
            2 * c.2,
            2 * c.3,
            c.4,
            a - b
        );
        let (engine, _, critical) = found(&text, &["x", "y"], "");
        let point = (vec![a as f64, b as f64], Kind::Minimum);
        assert!(places(&engine, &critical).contains(&point), "{text}");
        Ok(())
    });
    run.expect("the law holds");
}

/// A shift moves the points of a family and nothing else.
#[test]
fn shifted_families_stay_families() {
    for (shape, count) in [
        ("cos(u)", 2),
        ("cos(u) + cos(2*u)", 4),
        ("sin(u)^2*cos(u)", 6),
        ("3*sin(u) - cos(3*u)", 6),
    ] {
        for shift in ["0", "1", "-2", "1/3"] {
            let text = shape.replace('u', &format!("(x + ({shift}))"));
            let (engine, _, critical) = found(&text, &["x"], "");
            assert!(critical.complete, "{text}");
            let mut members = 0;
            for point in &critical.points {
                let [c] = point.coordinates[..] else { panic!("one variable") };
                let counter = c.counter.expect("a family");
                let value = |pool: &mut calcgrad::kernel::Pool, k| {
                    let k = pool.integer(k);
                    let apply = calcgrad::function::apply;
                    pool.substitute(&[c.value], &[(counter, k)], apply)[0]
                };
                let mut engine = engine.clone();
                let (first, second) =
                    (value(&mut engine.pool, 0), value(&mut engine.pool, 1));
                let period = engine.float(second) - engine.float(first);
                members += (std::f64::consts::TAU / period.abs()).round() as usize;
            }
            assert_eq!(members, count, "{text}");
        }
    }
}

/// On a closed interval the least and the greatest value are named, those at the ends as well.
#[test]
fn closed_intervals_have_their_extrema() {
    const SHAPES: [&str; 7] = [
        "A*x^3 + B*x",
        "A*x^2 + B*x",
        "A*sin(x) + B*x",
        "A*abs(x) + B*x",
        "A*e^x + B*x",
        "A*cos(2*x) + B*sin(x)",
        "max(A*x, B)",
    ];
    let run =
        cases(80).run(&(0..SHAPES.len(), -3i64..4, -3i64..4, -4i64..4, 1i64..6), |c| {
            let text = SHAPES[c.0].replace('A', &format!("({})", c.1));
            let text = text.replace('B', &format!("({})", c.2));
            let (low, high) = (c.3, c.3 + c.4);
            let (engine, formula, critical) =
                found(&text, &["x"], &format!("x >= {low}, x <= {high}"));
            let values: Vec<f64> = (0..=600)
                .map(|k| low as f64 + (high - low) as f64 * f64::from(k) / 600.0)
                .map(|x| engine.value(&formula, &[("x", x)]))
                .collect();
            let least = values.iter().copied().fold(f64::INFINITY, f64::min);
            let greatest = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            for (kind, best, sign) in
                [(Kind::Minimum, least, 1.0), (Kind::Maximum, greatest, -1.0)]
            {
                let claimed =
                    critical.points.iter().filter(|p| p.global && p.kind == kind);
                let mut named = false;
                for point in claimed {
                    let beyond = sign * (engine.float(point.value) - best);
                    assert!(beyond < 1e-9, "{text} on [{low}, {high}]: {kind:?}");
                    named = true;
                }
                // A function that is constant on a part has its extrema there.
                let constant = !critical.sets.is_empty();
                assert!(named || constant, "{text} on [{low}, {high}] has no {kind:?}");
            }
            Ok(())
        });
    run.expect("the law holds");
}

/// Nothing that is said of the end of a descent is refuted by the values around it.
#[test]
fn ends_of_descents_are_what_they_are_called() {
    const TEXTS: [&str; 26] = [
        "-x^2",
        "cos(x)",
        "x^3",
        "x^4",
        "x^6",
        "1/x",
        "e^(-x)",
        "1e-9*x",
        "1e-20*x^2",
        "abs(x)",
        "relu(x)",
        "max(x, 0)",
        "min(x, 1)",
        "x*e^(-x)",
        "x^2*e^(-x)",
        "tanh(x)",
        "e^(-x^2)",
        "1/(1 + x^2)",
        "x^4 - x^2",
        "x - ln(x)",
        "ln(x)",
        "sqrt(x)",
        "cbrt(x^2)",
        "abs(x - 1/3) + x/2",
        "max(abs(x), 1)",
        "2*cos(x) + x^2",
    ];
    let seen = Cell::new(0);
    let run = cases(120).run(&(0..TEXTS.len(), -4i64..5, 0u8..2), |c| {
        let text = TEXTS[c.0];
        let mut engine = Engine::default();
        let formula = engine.read(text, &Settings::default()).expect("a formula");
        let from = parse_point(&format!("x={}", c.1 as f64 / 2.0)).expect("a point");
        let how = Descending {
            rate: None,
            momentum: 0.0,
            newton: c.2 == 1,
            iterations: 200,
            tolerance: 1e-8,
        };
        let Ok(way) = engine.descend(&formula, &from, &how) else { return Ok(()) };
        let way = way.value;
        let value = |x: f64| engine.value(&formula, &[("x", x)]);
        let end = way
            .minimum
            .as_ref()
            .map_or(way.steps[way.steps.len() - 1].point[0], |p| p[0]);
        let here = value(end);
        let (mut below, mut above) = (false, false);
        for k in 1..40 {
            for sign in [1.0, -1.0] {
                let there = value(end + sign * f64::from(k) * 0.002 * (1.0 + end.abs()));
                below |= there < here - 1e-11 * here.abs().max(1e-11);
                above |= there > here + 1e-11 * here.abs().max(1e-11);
            }
        }
        seen.set(seen.get() + 1);
        match way.ending {
            Ending::Converged => assert!(!below, "{text}: no minimum at {end}"),
            Ending::Stationary(Kind::Maximum) => assert!(!above, "{text}: {end}"),
            Ending::Stationary(_) => assert!(below && above, "{text}: {end}"),
            Ending::Flat => assert!(!below && !above, "{text}: {end}"),
            Ending::Falling => {
                let far = value(end - 1e3).min(value(end + 1e3));
                assert!(far <= here, "{text}: nothing falls at {end}");
            }
            _ => {}
        }
        Ok(())
    });
    run.expect("the law holds");
    assert!(seen.get() > 60, "{} ways", seen.get());
}

/// Families that leave the domain are split or bounded, and no pole is a point of the function.
#[test]
fn members_of_families_have_values() {
    let path = blocks::root().join("tests/cases/extrema/families.txt");
    let text = std::fs::read_to_string(path).expect("a file of cases");
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let (text, count) = line.split_once(';').expect("a function and a number");
        let (engine, _, critical) = found(text, &["x"], "");
        let count: usize = count.trim().parse().expect("a number");
        assert_eq!(critical.points.len(), count, "{text}");
        for point in &critical.points {
            let coordinate = point.coordinates[0];
            let write = |id| print::write(&engine.pool, id, Notation::Text);
            let place = write(coordinate.value).expect("a text");
            let conditions: Vec<String> =
                point.conditions.iter().map(|id| write(*id).expect("a text")).collect();
            let has = |sign: &str| conditions.iter().any(|own| own.contains(sign));
            let from = if has("<=") || has(">=") { 0 } else { -3 };
            let is_left_out = |k: i64| k == 0 && has("!=");
            for k in (from..4).filter(|k| !is_left_out(*k)) {
                let at = match coordinate.counter {
                    Some(_) => place.replace('k', &format!("({k})")),
                    None => place.clone(),
                };
                let at = parse_point(&format!("x={at}")).expect("a point");
                // Each point is a question of its own.
                let settings =
                    Settings { declared: vec!["x".to_owned()], ..Settings::default() };
                let mut asked = Engine::default();
                let formula = asked.read(text, &settings).expect("a formula");
                let is_inside = asked.refuse_outside(&formula, &at);
                assert!(is_inside.is_ok(), "{text} at {at:?}: {conditions:?}");
                let value = asked.at_point(&formula.roots, &at);
                assert!(value.is_ok(), "{text} at {at:?}: {conditions:?}");
            }
        }
    }
}
