//! Long input of every kind: what it costs grows with its length, or a limit that is named ends
//! it before anything is made. Work is counted, so these end at the same place everywhere.

use calcgrad::session::{AtPoint, Engine, Form, Formula, Settings};
use calcgrad::{Error, Session};

/// How often the question may ask the pool, in thousands, beside what the formula is long.
fn work(text: &str, order: u32) -> Result<u64, Error> {
    let mut engine = Engine::default();
    let formula = engine.read(text, &Settings::default())?;
    engine.partials(&formula, &["x".to_owned()], order, Form::Auto)?;
    Ok(engine.pool.work() / 1000)
}

fn joined(between: &str, count: usize, part: impl Fn(usize) -> String) -> String {
    (1..=count).map(part).collect::<Vec<_>>().join(between)
}

fn kind(found: Result<u64, Error>) -> &'static str {
    found.expect_err("a limit").kind.id()
}

#[test]
fn long_products_end_early() {
    let product = |count| joined("*", count, |k| format!("(x + {k})"));
    assert_eq!(kind(work(&product(2_000), 1)), "too_much_work");
    assert_eq!(kind(work(&product(200), 2)), "too_much_work");
    assert!(work(&product(300), 1).is_ok());
    let many = joined(" + ", 20_000, |k| format!("x*y{k}*z{k}*sin(x)"));
    assert!(work(&many, 1).is_ok());
    let arguments = |count| format!("f({})", joined(", ", count, |k| format!("x^{k}")));
    assert!(work(&arguments(400), 1).is_ok());
    assert_eq!(kind(work(&arguments(400), 2)), "too_much_work");
}

#[test]
fn long_sums_of_fractions_cost_little() {
    for text in [
        joined(" + ", 8_000, |k| format!("x/{k}")),
        format!("x*({})", joined(" + ", 8_000, |k| format!("1/{k}"))),
        joined(" + ", 4_000, |k| format!("1/(x + {k})")),
    ] {
        let found = work(&text, 1).expect("an answer");
        assert!(found < 1_000, "{found}");
    }
}

#[test]
fn many_cases_cost_little() {
    let cases = joined(", ", 900, |k| format!("x < {k}, x^{k}"));
    let found = work(&format!("piecewise({cases}, x)"), 1).expect("an answer");
    assert!(found < 15_000, "{found}");
    let greatest = format!("max({})", joined(", ", 2_000, |k| format!("x^{k}")));
    let found = work(&greatest, 1).expect("an answer");
    assert!(found < 2_000, "{found}");
}

#[test]
fn of_many_seams_it_is_said_how_many() {
    let mut engine = Engine::default();
    let text = joined(" + ", 300, |k| format!("abs(x - {k})"));
    let formula = engine.read(&text, &Settings::default()).expect("a formula");
    let breaks = engine.breaks(&formula, &["x".to_owned()]).expect("conditions");
    let texts = engine.written_breaks(&breaks).expect("texts");
    assert_eq!(texts.len(), 101);
    assert_eq!(texts[100], "one of 200 more conditions holds");
    assert_eq!(engine.written_breaks(&breaks[..3]).expect("texts").len(), 3);
}

#[test]
fn a_session_lives_on_after_a_limit() {
    let session = Session::new();
    let text = joined("*", 2_000, |k| format!("(x + {k})"));
    let long = session.parse(&text).expect("a formula");
    let error = long.diff("x").map(|_| ()).expect_err("a limit");
    assert!(error.kind.is_limit(), "{error}");
    let short = session.parse("x^2").expect("a formula");
    assert_eq!(short.diff("x").expect("a derivative").to_string(), "2*x");
}

#[test]
fn names_that_depend_on_each_other_cost_what_they_are_long() {
    // Each is accumulated from the one before; written out, the last has all others in it.
    let found = |count: usize| {
        let last = count - 1;
        let first = format!("f = sin(f{last})*e^f{last}; f0 = sin(x)*e^x");
        let own = |k: usize| format!("f{k} = sin(f{0})*e^f{0}", k - 1);
        let program = format!("{first}; {}", joined("; ", last, own));
        let mut engine = Engine::default();
        let formula = engine.read(&program, &Settings::default()).expect("a program");
        let before = engine.pool.work();
        let wrt = ["x".to_owned()];
        let rule = engine.chain_rule(&formula, &wrt, Form::Auto).expect("an answer");
        assert!(rule.expect("names").checked);
        engine.pool.work() - before
    };
    let (short, long) = (found(100), found(400));
    assert!(long < short * 5, "{short} {long}");
}

/// How much work the second of two questions takes, in that of the first.
fn growth(of: impl Fn(usize) -> u64, count: usize) -> f64 {
    let (short, long) = (of(count), of(2 * count));
    long as f64 / short as f64
}

fn nested(open: &str, count: usize) -> String {
    format!("{}x{}", open.repeat(count), ")".repeat(count))
}

/// The work on something that is asked of a formula that was read.
fn asked(text: &str, question: impl Fn(&mut Engine, &Formula)) -> u64 {
    let mut engine = Engine::default();
    let formula = engine.read(text, &Settings::default()).expect("a formula");
    let before = engine.pool.work();
    question(&mut engine, &formula);
    engine.pool.work() - before
}

#[test]
fn entries_at_a_point_cost_what_they_are_long() {
    let squares = |count: usize| {
        let text = joined(" + ", count, |k| format!("x{k}^2"));
        asked(&text, |engine, formula| {
            let names: Vec<String> = (1..=count).map(|k| format!("x{k}")).collect();
            let point: Vec<(String, String)> =
                names.iter().map(|name| (name.clone(), "1/3".to_owned())).collect();
            let found = engine.hessian(formula, &names, Form::Auto).expect("a matrix");
            for (k, id) in found.value.matrix.entries().iter().enumerate() {
                let wrt = [k / count, k % count].map(|place| names[place].clone());
                let entry = engine.entry_at(formula, 0, &wrt, *id, &point);
                assert!(matches!(entry, Ok(AtPoint::Exact(_))));
            }
        })
    };
    // There are four times as many entries, and none is long.
    let found = growth(squares, 20);
    assert!(found < 5.0, "{found}");
}

#[test]
fn series_of_functions_in_functions_cost_little() {
    let series = |count: usize| {
        asked(&nested("sin(", count), |engine, formula| {
            let point = [("x".to_owned(), "3/10".to_owned())];
            let found = engine.taylor(formula, &["x".to_owned()], &point.to_vec(), 2);
            assert!(found.is_ok());
        })
    };
    let found = growth(series, 20);
    assert!(found < 5.0, "{found}");
}

#[test]
fn zeros_of_long_functions_are_not_looked_for_by_their_derivatives() {
    let critical = |count: usize| {
        asked(&nested("sin(", count), |engine, formula| {
            let found = engine.critical(formula, &["x".to_owned()]);
            assert!(found.is_ok());
        })
    };
    let found = growth(critical, 60);
    assert!(found < 9.0, "{found}");
}
