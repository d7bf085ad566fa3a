//! The rows of the function table: each against finite differences, its exact values, its
//! parity, and its formulas against the language.

use super::numeric::{self, Typed, Verdict};
use calcgrad::evaluate::digits;
use calcgrad::function::spec::{Arity, UNDEFINED, Value};
use calcgrad::function::{self, spec::ARGUMENTS, spec::FunctionSpec, spec::Parity};
use calcgrad::session::{Engine, Settings};
use calcgrad::syntax;
use std::collections::BTreeSet;

fn rows() -> impl Iterator<Item = &'static FunctionSpec> {
    function::rows().map(|(_, row)| row)
}

/// How many arguments a row is written for.
fn count(row: &FunctionSpec) -> usize {
    match row.arity {
        Arity::Exactly(n) | Arity::AtLeast(n) => n,
    }
}

fn letters(row: &FunctionSpec) -> Vec<String> {
    ARGUMENTS[..count(row)].iter().map(|letter| (*letter).to_owned()).collect()
}

/// The value of a row at arguments, from its own double precision.
fn value(row: &FunctionSpec, at: &[f64]) -> f64 {
    match (row.value, at) {
        (Value::Unary(f), [a]) => f(*a),
        (Value::Binary(f), [a, b]) => f(*a, *b),
        (Value::Ternary(f), [a, b, c]) => f(*a, *b, *c),
        (Value::Variadic(f), all) => f(all),
        _ => f64::NAN,
    }
}

/// All combinations of the samples of a row.
fn samples(row: &FunctionSpec) -> Vec<Vec<f64>> {
    let mut found: Vec<Vec<f64>> = vec![Vec::new()];
    for list in row.samples {
        let longer = |at: &Vec<f64>| {
            let at = at.clone();
            list.iter().map(move |x| at.iter().copied().chain([*x]).collect())
        };
        found = found.iter().flat_map(longer).collect();
    }
    found
}

#[test]
fn derivatives_are_slopes() {
    let mut wrong = Vec::new();
    for row in rows().filter(|row| !row.samples.is_empty()) {
        assert_eq!(row.samples.len(), count(row), "{}: samples", row.name);
        for (place, derivative) in row.derivatives.iter().enumerate() {
            if derivative.is_empty() {
                continue;
            }
            let typed = Typed::new(derivative, &letters(row));
            let mut agreed = 0;
            for at in samples(row) {
                let named: Vec<(String, f64)> =
                    letters(row).into_iter().zip(at.iter().copied()).collect();
                let f = |x: f64| {
                    let mut at = at.clone();
                    at[place] = x;
                    value(row, &at)
                };
                let found = typed.value(0, &named);
                match numeric::compare(f, at[place], found) {
                    Verdict::Agree => agreed += 1,
                    Verdict::Unclear => {}
                    Verdict::Differ(slope) => wrong
                        .push(format!("{} at {at:?}: {found}, slope {slope}", row.name)),
                }
            }
            if agreed < 2 {
                let name = row.name;
                wrong.push(format!("{name}: d/d{} at {agreed} points", ARGUMENTS[place]));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_row_with_a_derivative_and_a_value_has_samples() {
    for row in rows() {
        let known = row.derivatives.iter().any(|derivative| !derivative.is_empty());
        let has_value = !matches!(row.value, Value::None);
        assert!(!(known && has_value && row.samples.is_empty()), "{}", row.name);
        for at in samples(row).iter().filter(|at| !at.is_empty()) {
            let found = value(row, at);
            assert!(
                !has_value || !found.is_infinite(),
                "{} at {at:?}: {found}",
                row.name
            );
        }
    }
}

#[test]
fn meanings_have_the_same_values() {
    for row in rows() {
        let Some(meaning) = row.means else { continue };
        let typed = Typed::new(meaning, &letters(row));
        let mut compared = 0;
        for at in samples(row) {
            let named: Vec<(String, f64)> =
                letters(row).into_iter().zip(at.iter().copied()).collect();
            let (a, b) = (value(row, &at), typed.value(0, &named));
            if a.is_finite() && b.is_finite() {
                let near = (a - b).abs() <= 1e-11 * (1.0 + a.abs());
                assert!(near, "{} at {at:?}: {a}, {meaning} is {b}", row.name);
                compared += 1;
            }
        }
        assert!(compared > 1, "{}: {meaning}", row.name);
    }
}

#[test]
fn exact_values_are_kept() {
    let mut engine = Engine::default();
    let mut wrong = Vec::new();
    for row in rows() {
        for (at, exact) in row.values {
            let call = format!("{}({at})", row.name);
            if *exact == UNDEFINED {
                let found = engine.read(&call, &Settings::default());
                let at = engine.read(at, &Settings::default()).expect(at).roots[0];
                let near = value(row, &[engine.float(at)]);
                if found.is_ok() || near.abs() < 1e15 {
                    wrong.push(format!("{call} has a value"));
                }
                continue;
            }
            let mut read = |text: &str| {
                let formula = engine.read(text, &Settings::default());
                let formula = formula.unwrap_or_else(|error| panic!("{text}: {error}"));
                let value = engine.at_point(&formula.roots, &Vec::new());
                let value = value.unwrap_or_else(|error| panic!("{text}: {error}"))[0];
                (value, engine.float(value))
            };
            let (found, (expected, float)) = (read(&call).0, read(exact));
            if found != expected {
                wrong.push(format!("{call} is not {exact}"));
            }
            let at: Vec<f64> = at.split(", ").map(|at| read(at).1).collect();
            let near = value(row, &at);
            if (near - float).abs() > 1e-9 * (1.0 + float.abs()) {
                wrong.push(format!("{call} = {exact} is {float}, but {near}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn parity_is_right() {
    for row in rows().filter(|row| count(row) == 1) {
        let (mut even, mut odd, mut compared) = (true, true, 0);
        for at in samples(row).into_iter().filter(|at| !at.is_empty()) {
            let (a, b) = (value(row, &at), value(row, &[-at[0]]));
            if at[0] != 0.0 && a.is_finite() && b.is_finite() {
                let near = |a: f64, b: f64| (a - b).abs() <= 1e-9 * (1.0 + a.abs());
                even &= near(a, b);
                odd &= near(a, -b);
                compared += 1;
            }
        }
        if compared == 0 {
            continue;
        }
        match row.parity {
            Parity::Even => assert!(even, "{} is not even", row.name),
            Parity::Odd => assert!(odd, "{} is not odd", row.name),
            Parity::None => {
                let known = row.means.is_some() || row.name == "arccot";
                assert!(known || compared < 3 || !(even || odd), "{}: parity", row.name);
            }
        }
    }
}

#[test]
fn periods_are_right() {
    use std::f64::consts::PI;
    for row in rows().filter(|row| count(row) == 1 && !row.samples.is_empty()) {
        let again = |turn: f64| {
            let values = samples(row).into_iter().map(|at| {
                let (a, b) = (value(row, &at), value(row, &[at[0] + turn * PI]));
                (a - b).abs() <= 1e-9 * (1.0 + a.abs())
            });
            let values: Vec<bool> = values.collect();
            values.into_iter().all(|is_same| is_same)
        };
        let least = (1..=8).find(|quarters| again(f64::from(*quarters) / 4.0));
        let is_constant = again(0.1) && again(1.0);
        let told =
            row.period.map(|turn| 4 * i32::try_from(turn).expect("a small number"));
        assert_eq!(told, least.filter(|_| !is_constant), "{}: period", row.name);
    }
}

#[test]
fn what_rises_rises() {
    let mut wrong = Vec::new();
    for row in rows().filter(|row| matches!(row.value, Value::Unary(_))) {
        let at: Vec<f64> = (-40..=40).map(|eighths| f64::from(eighths) / 8.0).collect();
        let values: Vec<f64> = at.iter().map(|x| value(row, &[*x])).collect();
        let is_there = |y: &&f64| !y.is_nan();
        let stretches = values.chunk_by(|a, b| a.is_nan() == b.is_nan());
        let stretches = stretches.filter(|list| !list[0].is_nan()).count();
        let rises = values
            .windows(2)
            .all(|pair| pair.iter().any(|y| y.is_nan()) || pair[0] < pair[1]);
        let is_told =
            stretches == 1 && rises && values.iter().filter(is_there).count() > 2;
        if row.rises != is_told {
            wrong.push(row.name);
        }
        if let Some(zero) = row.zero().filter(|_| row.rises) {
            assert_eq!(value(row, &[zero as f64]), 0.0, "{}: zero", row.name);
        }
    }
    assert!(wrong.is_empty(), "rising or not: {}", wrong.join(", "));
}

#[test]
fn what_rises_has_twelve_digits() {
    let mut wrong = Vec::new();
    for row in rows().filter(|row| row.rises) {
        for x in
            [-7.5, -2.0, -0.875, -0.25, -0.015625, 0.0078125, 0.375, 0.9375, 3.0, 20.0]
        {
            let found = value(row, &[x]);
            let mut engine = Engine::default();
            let text = format!("{}({x})", row.name);
            let Ok(formula) = engine.read(&text, &Settings::default()) else { continue };
            let exact = digits::number(
                &engine.pool,
                formula.roots[0],
                20,
                syntax::in_normal_form,
            );
            let Ok(exact) = exact else { continue };
            let exact = exact.to_f64();
            if found.is_finite() && (found - exact).abs() > 5e-13 * exact.abs() {
                wrong.push(format!("{text}: {found} and not {exact}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_defined_everywhere_has_all_values() {
    const PLACES: [f64; 11] =
        [-7.0, -2.5, -1.0, -0.5, -1e-9, 0.0, 0.5, 1.0, 1.5, 2.0, 7.0];
    for row in rows().filter(|row| !matches!(row.value, Value::None)) {
        let mut points: Vec<Vec<f64>> = vec![Vec::new()];
        for _ in 0..count(row) {
            let longer = |at: &Vec<f64>| {
                let at = at.clone();
                PLACES.map(|x| at.iter().copied().chain([x]).collect::<Vec<f64>>())
            };
            points = points.iter().flat_map(longer).collect();
        }
        let has_all = points.iter().all(|at| value(row, at).is_finite());
        let has_all = has_all && row.values.iter().all(|(_, value)| *value != UNDEFINED);
        assert_eq!(row.everywhere, has_all, "{}: everywhere", row.name);
    }
}

#[test]
fn an_abstract_function_has_no_row() {
    let mut pool = calcgrad::kernel::Pool::default();
    let known = calcgrad::kernel::AbstractFunction {
        name: "f".into(),
        orders: [0].into_iter().collect(),
    };
    let abstract_function = pool.abstract_function(known);
    assert_eq!(function::spec(abstract_function).name, "");
    assert_eq!(function::spec(calcgrad::kernel::Relation::Less.function()).name, "");
}

#[test]
fn names_are_unique() {
    let mut known = BTreeSet::new();
    for row in rows() {
        let own: BTreeSet<&str> =
            std::iter::once(row.name).chain(row.aliases.iter().copied()).collect();
        assert_eq!(own.len(), row.aliases.len() + 1, "{} twice in its row", row.name);
        for name in own {
            assert!(known.insert((name, count(row))), "{name} is in two rows");
        }
    }
}

/// How often `outer(inner(x))` was compared with x at the samples of the inner function, and
/// where it was something else.
fn composed(outer: &FunctionSpec, inner: &FunctionSpec) -> (usize, Option<f64>) {
    let mut compared = 0;
    for at in samples(inner) {
        let there = value(inner, &at);
        let back = value(outer, &[there]);
        if there.is_finite() && back.is_finite() && there.abs() < 8.0 {
            if (back - at[0]).abs() > 1e-6 * (1.0 + at[0].abs()) {
                return (compared, Some(at[0]));
            }
            compared += 1;
        }
    }
    (compared, None)
}

#[test]
fn inverses_are_inverses() {
    for row in rows() {
        let Some(inverse) = row.inverse else { continue };
        let id = function::lookup(inverse, 1);
        let other = function::spec(id.unwrap_or_else(|| panic!("{inverse} is no row")));
        assert_eq!(other.inverse, Some(row.name), "{} and {inverse}", row.name);
        let there = composed(row, other);
        let back = composed(other, row);
        let fits = |found: (usize, Option<f64>)| found.0 > 0 && found.1.is_none();
        assert!(fits(there) || fits(back), "{} and {inverse}: {there:?}", row.name);
    }
}

/// A call of a function; what stands as a condition is a comparison.
pub(crate) fn call(name: &str, arguments: &[&str]) -> String {
    let count = arguments.len();
    let text = |(place, argument): (usize, &&str)| match name == "piecewise"
        && function::is_condition(place, count)
    {
        true => format!("{argument} < 0"),
        false => (*argument).to_owned(),
    };
    let list: Vec<String> = arguments.iter().enumerate().map(text).collect();
    format!("{name}({})", list.join(", "))
}

#[test]
fn calls_have_the_variables_of_their_arguments() {
    let mut engine = Engine::default();
    for row in rows() {
        let most = if matches!(row.arity, Arity::AtLeast(_)) { 4 } else { count(row) };
        for count in count(row)..=most {
            let arguments = &["a", "b", "c", "d"][..count];
            let text = call(row.name, arguments);
            let formula = engine.read(&text, &Settings::default());
            let formula = formula.unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!(engine.variables(&formula.roots), arguments, "{text}");
        }
    }
}

#[test]
fn formulas_of_rows_can_be_read() {
    for row in rows() {
        let own = letters(row);
        let mut formulas = row.derivatives.to_vec();
        formulas.extend(row.means);
        let conditions = [row.domain, row.breaks].into_iter().filter(|c| !c.is_empty());
        let conditions: Vec<String> =
            conditions.map(|condition| format!("piecewise({condition}, 0, 1)")).collect();
        let all = formulas.into_iter().chain(conditions.iter().map(String::as_str));
        for text in all.filter(|text| !text.is_empty()) {
            let typed = Typed::new(text, &own);
            let free = typed.variables().iter().find(|name| !own.contains(name));
            assert_eq!(free, None, "{}: {text}", row.name);
        }
        assert!(!row.about.is_empty(), "{}", row.name);
    }
}
