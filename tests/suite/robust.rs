//! Nonsense never makes calcgrad panic: random bytes, and random words of its own language.

use super::laws::cases;
use calcgrad::print::{self, Notation};
use calcgrad::session::{Engine, Form, Settings, parse_assumptions, parse_point};
use calcgrad::syntax;
use proptest::prelude::*;
use std::cell::Cell;

const WORDS: [&str; 64] = [
    "x",
    "y",
    "x1",
    "x_{max}",
    "α",
    "e",
    "pi",
    "∞",
    "2",
    "0",
    "0.5",
    "1e3",
    ".",
    "1e999",
    "+",
    "-",
    "*",
    "/",
    "^",
    "**",
    "!",
    "'",
    "²",
    "⁻¹",
    "½",
    "√",
    "∛",
    "·",
    "÷",
    "−",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "|",
    ",",
    ";",
    "\n",
    "=",
    "<",
    "<=",
    "!=",
    "and",
    "or",
    "#",
    "∂",
    "∂f/∂x",
    "∂²f/∂x∂y",
    "f",
    "g(",
    "sin",
    "sin^-1",
    "ln",
    "log_b(",
    "piecewise(",
    "max(",
    "gamma",
    "abs(",
    "exp",
    "erf(",
    "_",
    " ",
];

/// Reads, differentiates and prints whatever it can; whether the text could be read.
fn exercise(text: &str) -> bool {
    let mut engine = Engine::default();
    let Ok(formula) = engine.read(text, &Settings::default()) else { return false };
    let variables = engine.variables(&formula.roots);
    for form in [Form::Auto, Form::Raw, Form::Expanded] {
        let Ok(found) = engine.partials(&formula, &variables, 1, form) else { continue };
        for id in found.partials.iter().flat_map(|partial| partial.values.clone()) {
            for notation in [Notation::Text, Notation::Latex] {
                let _ = print::write(&engine.pool, id, notation);
            }
        }
    }
    let _ = engine.at_point(&formula.roots, &vec![("x".to_owned(), "0".to_owned())]);
    true
}

#[test]
fn words_in_any_order_do_no_harm() {
    let read = Cell::new(0);
    let words = proptest::collection::vec(0..WORDS.len(), 1..9);
    let run = cases(20_000).run(&words, |words| {
        let words: Vec<&str> = words.iter().map(|word| WORDS[*word]).collect();
        for text in [words.concat(), words.join(" ")] {
            read.set(read.get() + usize::from(exercise(&text)));
        }
        Ok(())
    });
    run.unwrap();
    assert!(read.get() > 2_000, "only {} texts were formulas", read.get());
}

#[test]
fn random_text_does_no_harm() {
    let run = cases(4_000).run(&"\\PC{0,40}", |text| {
        exercise(&text);
        let _ = syntax::parse_names(&text);
        let _ = parse_point(&text);
        let _ = parse_assumptions(&text);
        let _ = syntax::nearest(&text, calcgrad::function::names());
        Ok(())
    });
    run.unwrap();
}

#[test]
fn random_bytes_do_no_harm() {
    let bytes = proptest::collection::vec(any::<u8>(), 0..60);
    let run = cases(4_000).run(&bytes, |bytes| {
        exercise(&String::from_utf8_lossy(&bytes));
        Ok(())
    });
    run.unwrap();
}

#[test]
fn cut_and_doubled_formulas_do_no_harm() {
    let whole = "f(x, y) + piecewise(x <= 0 and y > 1, |x|², sin^-1 2x)/x_{max}! - ∂f/∂x";
    let chars: Vec<char> = whole.chars().collect();
    for start in 0..chars.len() {
        exercise(&chars[start..].iter().collect::<String>());
        exercise(&chars[..start].iter().collect::<String>());
        let mut doubled = chars.clone();
        doubled.insert(start, chars[start]);
        exercise(&doubled.iter().collect::<String>());
        doubled.drain(start..start + 2);
        exercise(&doubled.iter().collect::<String>());
    }
}
