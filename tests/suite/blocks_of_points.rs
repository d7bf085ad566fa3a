//! Values at many points against those at each of them.

use calcgrad::ErrorKind;
use calcgrad::evaluate::{Blocks, Tape, values};
use calcgrad::kernel::ExprId;
use calcgrad::session::{Engine, Form, Settings};
use calcgrad::syntax::{lower, parse};

/// More points than are worked on together.
const POINTS: usize = 515;

fn tape(formula: &str) -> (Tape, Vec<u32>) {
    let mut tape = Tape::default();
    let program = parse(formula, &[]).expect("a formula");
    let lowered = lower(&program, &[], &mut tape).expect("a formula");
    (tape, lowered.roots)
}

#[test]
fn values_at_many_points_are_those_at_each() {
    let formulas = [
        "[x^2*y + sin(x*y), x, 3, x^2*y]",
        "[x^-1, x^-3, x^3, x^7, x^(1/2), x^(1/3), x^y, 1/(x - y)]",
        "[ln(x), 2^(800*x), tan(x), abs(x)/x, gamma(x), max(x, y, 2)]",
        "piecewise(x < y, x^2, x = y, 7, sqrt(x))",
        "[atan2(y, x), besselj(2, x), x - y - x - y, -x, heaviside(x)]",
        "[root(x, 3), relu(x), betainc(2, 3, x/4, y/4), f(x)]",
    ];
    let x: Vec<f64> = (0..POINTS).map(|k| k as f64 / 128.0 - 2.0).collect();
    let y: Vec<f64> = (0..POINTS).map(|k| 1.5 - (k % 7) as f64 / 2.0).collect();
    for formula in formulas {
        let (tape, roots) = tape(formula);
        let column = |name: &String| if name == "x" { &x[..] } else { &y[..] };
        let columns: Vec<&[f64]> = tape.variables.iter().map(column).collect();
        let mut found = vec![vec![0.0; POINTS]; roots.len()];
        let mut lists: Vec<&mut [f64]> = found.iter_mut().map(|l| &mut l[..]).collect();
        Blocks::new(&tape, &roots).run(&columns, &mut lists);
        for place in 0..POINTS {
            let at: Vec<f64> = columns.iter().map(|column| column[place]).collect();
            let all = values(&tape, &at);
            for (list, root) in found.iter().zip(&roots) {
                let (here, there) = (list[place], all[*root as usize]);
                let is_same = here.to_bits() == there.to_bits();
                assert!(
                    is_same || here.is_nan() && there.is_nan(),
                    "{formula} at {at:?}"
                );
            }
        }
    }
}

#[test]
fn powers_of_e_are_those_of_the_true_e() {
    let (tape, roots) = tape("e^x");
    let x: Vec<f64> = (0..POINTS).map(|k| 2.0 * k as f64 - 350.0).collect();
    let mut found = vec![0.0; POINTS];
    Blocks::new(&tape, &roots).run(&[&x], &mut [&mut found]);
    for (x, found) in x.iter().zip(found) {
        assert_eq!(found, x.exp(), "at {x}");
    }
}

#[test]
fn one_coordinate_stands_for_all_points() {
    let (tape, roots) = tape("x + 2*y");
    let mut found = [0.0; 3];
    let blocks = Blocks::new(&tape, &roots);
    blocks.run(&[&[1.0, 2.0, 3.0], &[10.0]], &mut [&mut found]);
    assert_eq!(found, [21.0, 22.0, 23.0]);
    blocks.run(&[&[], &[10.0]], &mut [&mut []]);
}

#[test]
fn an_engine_compiles_what_has_values() {
    let mut engine = Engine::default();
    let formula = engine.read("x*y + z", &Settings::default()).expect("a formula");
    let names = ["z", "y", "x", "unused"].map(str::to_owned);
    let blocks = engine.compile(&formula.roots, &[], &names).expect("a tape");
    let mut found = [0.0];
    blocks.run(&[&[1.0], &[2.0], &[3.0], &[9.0]], &mut [&mut found]);
    assert_eq!(found, [7.0]);
    let missing = engine.compile(&formula.roots, &[], &names[..2]).expect_err("no `x`");
    assert!(matches!(missing.kind, ErrorKind::InvalidRequest(_)), "{missing}");
    let formula = engine.read("f(x) + g(x, y)", &Settings::default()).expect("a formula");
    let unknown =
        engine.compile(&formula.roots, &[], &names).expect_err("`f` is abstract");
    assert!(unknown.kind.is_unsupported(), "{unknown}");
}

#[test]
fn gradients_in_parts_have_the_values_of_whole_ones() {
    let mut engine = Engine::default();
    let names: Vec<String> = (1..=12).map(|k| format!("x{k}")).collect();
    let terms: Vec<String> = names.iter().map(|name| format!("sin({name})")).collect();
    let text = format!("exp({})", terms.join("*"));
    let formula = engine.read(&text, &Settings::default()).expect("a formula");
    let found = engine.gradient_in_parts(&formula, &names, Form::Auto, true);
    let found = found.expect("a gradient");
    assert!(!found.parts.is_empty());
    let partials = found.derivatives.partials.iter();
    let roots: Vec<ExprId> = partials.map(|one| one.values[0]).collect();
    let blocks = engine.compile(&roots, &found.parts, &names).expect("a tape");
    let point: Vec<f64> = (1..=12).map(|k| 0.3 + f64::from(k) / 9.0).collect();
    let columns: Vec<&[f64]> = point.chunks(1).collect();
    let mut found = [0.0; 12];
    blocks.run(&columns, &mut found.chunks_mut(1).collect::<Vec<_>>());
    let product: f64 = point.iter().map(|x| x.sin()).product();
    for (x, found) in point.iter().zip(found) {
        let expected = product.exp() * product * x.cos() / x.sin();
        assert!((found - expected).abs() <= 1e-13 * expected.abs(), "{found} {expected}");
    }
}
