//! Exercises of a textbook: our derivative is no longer than the printed one in nine of ten.

use super::blocks::{self, Command, Expected};
use calcgrad::print::{self, Notation};
use calcgrad::session::{Engine, Form, Settings};
use calcgrad::syntax;

/// Of ten answers, so many are no longer than the book's.
const NO_LONGER: usize = 9;

#[test]
fn answers_are_as_short_as_the_book() {
    let (mut all, mut longer) = (0, Vec::new());
    insta::glob!("../cases", "textbook/*.calc", |path| {
        for block in blocks::read(path) {
            let Command::Diff { wrt, .. } = &block.command else { continue };
            let [Expected::Equivalent(book)] = &block.expected[..] else { continue };
            let settings = Settings { declared: wrt.clone(), ..Settings::default() };
            let mut engine = Engine::default();
            let formula = engine.read(&block.text, &settings).expect("a function");
            let found = engine
                .partials(&formula, wrt, 1, Form::Auto)
                .expect("a derivative")
                .partials[0]
                .values[0];
            let ours =
                print::write(&engine.pool, found, Notation::Text).expect("an answer");
            let declared: Vec<&str> = wrt.iter().map(String::as_str).collect();
            let cost =
                |text: &str| syntax::parse(text, &declared).expect("a formula").cost();
            all += 1;
            if cost(&ours) > cost(book) {
                longer.push(format!("{}: {book} became {ours}", block.name));
            }
        }
    });
    assert!(
        longer.len() * 10 <= all * (10 - NO_LONGER),
        "{} of {all} are longer:\n{}",
        longer.len(),
        longer.join("\n")
    );
}
