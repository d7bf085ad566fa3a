//! What is long or deep ends early, with the limit by name, and what has a value that is no
//! dearer than a person would ask for has it.

use calcgrad::matrix::{Layout, Problem};
use calcgrad::session::{Engine, Input, Settings};

fn tower(open: &str, inner: &str, close: &str, count: usize) -> String {
    format!("{}{inner}{}", open.repeat(count), close.repeat(count))
}

/// The value with so many digits, or why there is none.
fn decimals(engine: &mut Engine, text: &str, count: usize) -> Result<String, String> {
    let formula = engine.read(text, &Settings::default()).expect("a formula");
    let found = engine.decimal(formula.roots[0], count);
    found.map_err(|error| error.kind.id().to_owned())
}

#[test]
fn towers_of_functions_end_early() {
    for text in [
        tower("sin(", "1", ")", 1_000),
        tower("ln(2 + ", "1/3", ")", 1_000),
        format!("(1/3){}", "!".repeat(400)),
    ] {
        let mut engine = Engine::default();
        let found = decimals(&mut engine, &text, 15);
        assert!(found.as_ref().err().is_none_or(|kind| kind == "too_much_work"));
        // The next question has all that there is again.
        engine.clear();
        let found = decimals(&mut engine, "gamma(1/3)", 15);
        assert_eq!(found, Ok("2.67893853470775".to_owned()));
    }
}

#[test]
fn many_digits_are_calculated_when_asked_for() {
    let text = "sin(1) + cos(1) + ln(2)*e^(1/3)";
    let found = decimals(&mut Engine::default(), text, 2_000).expect("a value");
    assert!(found.len() > 1_990 && found.starts_with("2.34913810827888"), "{found}");
}

#[test]
fn symbols_are_counted_before_anything_is_read() {
    let kind = |text: &str, input| {
        let settings = Settings { input: Some(input), ..Settings::default() };
        let found = Engine::default().read(text, &settings);
        found.map(|_| ()).expect_err("a limit").kind.id()
    };
    let letters = "x".repeat(1_300_000);
    assert_eq!(kind(&letters, Input::Latex), "over_limit");
    assert_eq!(kind(&"x*".repeat(8_100_000), Input::Text), "over_limit");
    // A name is one symbol, and so is a command.
    assert_eq!(kind(&format!("{letters} )"), Input::Text), "unopened_bracket");
    let commands = r"\alpha".repeat(300_000);
    assert_ne!(kind(&format!("{commands} )"), Input::Latex), "over_limit");
    for open in ["{", "(", "["] {
        assert_eq!(kind(&open.repeat(1_000_000), Input::Latex), "too_deep");
    }
}

#[test]
fn long_chains_of_matrices_are_answered() {
    let given = "given A[n,n], c\n";
    for (text, wrt, answer) in [
        (["c"; 10_000].join("/"), "c", "-9998/c^9999"),
        (format!("sum({})", ["A"; 10_000].join(".*")), "A", "10000*A.^9999"),
    ] {
        let mut problem = Problem::read(&format!("{given}{text}")).expect("a formula");
        let found = problem.derivative(wrt, 1, Layout::Denominator).expect("an answer");
        assert_eq!(problem.answer_text(&found.answer), answer);
    }
}
