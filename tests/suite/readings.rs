//! A reading with all brackets is what was read: its text and its LaTeX read back to the same
//! handles, and formulas of any depth have one.

use super::{blocks, laws};
use calcgrad::print::{self, Notation};
use calcgrad::session::{Engine, Formula, Input, Settings};
use calcgrad::syntax;

/// Reads a reading again, in its own notation.
fn assert_read_back(
    engine: &mut Engine,
    formula: &Formula,
    settings: &Settings,
    (notation, input): (Notation, Input),
) {
    let text = print::reading(formula.program(), notation).expect("a reading");
    let settings = Settings { input: Some(input), ..settings.clone() };
    let again = engine.read(&text, &settings);
    let again = again.unwrap_or_else(|error| panic!("`{text}`: {error}"));
    // The third root has one look and two names, `root(x, 3)` and `cbrt(x)`.
    let has_two_names = notation == Notation::Latex && text.contains("\\sqrt[3]");
    let is_same = again.roots == formula.roots || has_two_names;
    assert!(is_same, "`{text}` is read otherwise");
}

fn assert_readings(text: &str, settings: &Settings) {
    let mut engine = Engine::default();
    let Ok(formula) = engine.read(text, settings) else { return };
    let both = [(Notation::Text, Input::Text), (Notation::Latex, Input::Latex)];
    // A program of several statements has no notation in LaTeX that is read.
    let is_one = formula.program().definitions().len() == 1;
    for notation in both.into_iter().take(if is_one { 2 } else { 1 }) {
        assert_read_back(&mut engine, &formula, settings, notation);
    }
}

#[test]
fn readings_of_random_formulas_read_back() {
    let declared = ["x", "y", "z"].map(str::to_owned).to_vec();
    let settings = Settings { declared, ..Settings::default() };
    laws::each_formula(600, |text| assert_readings(text, &settings));
}

#[test]
fn readings_of_cases_read_back() {
    let mut count = 0;
    for folder in ["abstracts", "forms", "learning", "notes", "parsing", "piecewise"]
        .into_iter()
        .chain(["programs", "rules", "special", "textbook"])
    {
        let folder = blocks::root().join("tests/cases").join(folder);
        for block in blocks::files(&folder, "calc").iter().flat_map(|f| blocks::read(f)) {
            let settings = Settings { assume: block.given, ..Settings::default() };
            assert_readings(&block.text, &settings);
            count += 1;
        }
    }
    assert!(count > 300, "{count}");
}

/// All functions, also of sums and below exponents.
#[test]
fn readings_of_functions_read_back() {
    let plain = ["x", "n", "y", "z"];
    let sums = ["x + 1", "2*n", "y/2", "-z"];
    for name in calcgrad::function::names() {
        for count in 1..=4 {
            if calcgrad::function::lookup(name, count).is_none() {
                continue;
            }
            for arguments in [plain, sums] {
                let call = format!("{name}({})", arguments[..count].join(", "));
                for text in [call.clone(), format!("2*{call}^2*x + 1/{call}")] {
                    assert_readings(&text, &Settings::default());
                }
            }
        }
    }
}

/// Writing needs no stack for what stands inside of one another.
#[test]
fn deep_readings_are_written_on_a_small_stack() {
    let tower = vec!["x"; 2_000].join("^");
    let quotients = vec!["x*y"; 20_000].join("/");
    for (text, closing) in [(tower, 1_998), (quotients, 39_998)] {
        let program = syntax::parse(&text, &[]).expect("a program");
        let written = std::thread::Builder::new()
            .stack_size(128 << 10)
            .spawn(move || {
                [Notation::Text, Notation::Latex]
                    .map(|notation| print::reading(&program, notation).expect("a text"))
            })
            .expect("a thread")
            .join()
            .expect("a reading");
        assert_eq!(written[0].matches(')').count(), closing);
        assert_eq!(written[0].matches('(').count(), closing);
        assert_eq!(written[1].matches('{').count(), written[1].matches('}').count());
    }
}
