//! Mistakes: files of blocks with a function, a wrong answer and the id of the first mistake
//! that explains it; the sentences are in a snapshot for each file.
//!
//! ```text
//! --- name-of-the-block
//! given x > 0                      (optional: assumptions)
//! mistake x: ln(x^2 + 1) | 1/(x^2 + 1)   (variables in order, function, answer)
//! = inner-derivative-missing       (`= none`: nothing explains it, or it is right)
//! ```

use super::numeric::Typed;
use super::{blocks, laws};
use calcgrad::calculus;
use calcgrad::check::{Checker, LETTERS, Mistake, Submission, mutations};
use calcgrad::kernel::ExprId;
use calcgrad::locale::Locale;
use calcgrad::session::{Engine, Settings};
use calcgrad::syntax::parse_names;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};

struct Block {
    name: String,
    given: String,
    wrt: Vec<String>,
    function: String,
    answer: String,
    expected: String,
}

fn block(name: &str, lines: &[&str]) -> Block {
    let find = |prefix: &str| lines.iter().find_map(|line| line.strip_prefix(prefix));
    let question = find("mistake ").unwrap_or_else(|| panic!("{name}: no question"));
    let (wrt, rest) = question.split_once(':').expect("variables");
    let (function, answer) = rest.rsplit_once(" | ").expect("an answer");
    Block {
        name: name.to_owned(),
        given: find("given ").unwrap_or_default().to_owned(),
        wrt: parse_names(wrt).expect("names of variables"),
        function: function.trim().to_owned(),
        answer: answer.trim().to_owned(),
        expected: find("= ").unwrap_or_else(|| panic!("{name}: no id")).to_owned(),
    }
}

fn read(path: &Path) -> Vec<Block> {
    let text = std::fs::read_to_string(path).expect("a file of mistakes");
    let pieces = blocks::pieces(&text).into_iter();
    pieces.map(|(name, lines)| block(name, &lines)).collect()
}

fn files() -> Vec<PathBuf> {
    blocks::files(&blocks::root().join("tests/cases/mistakes"), "calc")
}

/// The mistakes in a block.
fn explain(block: &Block) -> Vec<Mistake> {
    let mut engine = Engine::default();
    let declared = block.wrt.clone();
    let settings =
        Settings { declared, assume: block.given.clone(), ..Settings::default() };
    let mut one = |text: &str| {
        let formula = engine.read(text, &settings);
        formula.unwrap_or_else(|error| panic!("{}: {error}", block.name)).roots[0]
    };
    let (function, answer) = (one(&block.function), one(&block.answer));
    let wrt: Vec<ExprId> =
        block.wrt.iter().map(|name| engine.pool.symbol(name)).collect();
    let submission = Submission { function, wrt: &wrt, answer, locale: Locale::English };
    Checker::default().mistakes(&mut engine.pool, submission)
}

#[test]
fn mistakes_are_explained() {
    let mut wrong = Vec::new();
    for path in files() {
        let mut rendered = String::new();
        for block in read(&path) {
            let found = explain(&block);
            let first = found.first().map_or("none", |mistake| mistake.id);
            if first != block.expected {
                wrong.push(format!("{}: {found:#?}", block.name));
            }
            let variables = block.wrt.join(",");
            let _ = writeln!(rendered, "--- {}", block.name);
            let _ = writeln!(rendered, "    d/d{variables} of {} is", block.function);
            let _ = writeln!(rendered, "    {}", block.answer);
            for Mistake { id, text } in found {
                let _ = writeln!(rendered, "{text}   [{id}]");
            }
            rendered.push('\n');
        }
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path("../../snapshots/mistakes");
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        let name = path.file_name().expect("a name").to_string_lossy();
        settings.bind(|| insta::assert_snapshot!(&*name, rendered));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_mistake_has_a_case() {
    let mut known = BTreeSet::new();
    for row in mutations() {
        assert!(known.insert(row.id), "{} is in two rows", row.id);
        let plain = row.id.chars().all(|c| c.is_ascii_lowercase() || c == '-');
        assert!(plain, "{}", row.id);
    }
    let mut told = BTreeSet::new();
    for block in files().iter().flat_map(|path| read(path)) {
        told.extend(explain(&block).into_iter().map(|mistake| mistake.id));
    }
    let missing: Vec<_> = known.difference(&told).collect();
    assert!(missing.is_empty(), "no case has {missing:?}");
}

#[test]
fn formulas_of_mistakes_can_be_read() {
    let own = LETTERS.map(|letter| letter.replace('\'', "_prime"));
    for row in mutations() {
        let formulas = row.formulas();
        assert!(!formulas.is_empty(), "{}", row.id);
        for text in formulas {
            let typed = Typed::new(&text.replace('\'', "_prime"), &own);
            let free = typed.variables().iter().find(|name| !own.contains(name));
            assert_eq!(free, None, "{}: {text}", row.id);
        }
    }
}

#[test]
fn right_answers_have_no_mistake() {
    let mut compared = 0;
    laws::each_formula(300, |text| {
        let mut engine = Engine::default();
        let declared = ["x", "y", "z"].map(str::to_owned).to_vec();
        let settings = Settings { declared, ..Settings::default() };
        let Ok(formula) = engine.read(text, &settings) else { return };
        let (function, x) = (formula.roots[0], engine.pool.symbol("x"));
        let raw = calculus::differentiate(&mut engine.pool, function, x, &mut ());
        let Ok(raw) = raw else { return };
        let Ok(short) = engine.simplify(raw) else { return };
        for answer in [raw, short] {
            let submission =
                Submission { function, wrt: &[x], answer, locale: Locale::English };
            let found = Checker::default().mistakes(&mut engine.pool, submission);
            assert_eq!(found, [], "{text}");
            compared += 1;
        }
    });
    assert!(compared > 300, "{compared}");
}
