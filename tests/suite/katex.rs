//! KaTeX accepts all LaTeX that calcgrad writes.

use super::{blocks, cases, console, laws, typeset};
use calcgrad::function::{self, spec::Arity};
use calcgrad::print::{self, Notation};
use calcgrad::session::{Engine, Settings};
use std::collections::BTreeSet;
use std::path::Component;

fn assert_accepted(all: &BTreeSet<String>) {
    for latex in all {
        // Derivations have an environment that stands on lines of its own.
        let is_display = latex.starts_with("\\begin{align*}");
        let options = katex::Opts::builder()
            .throw_on_error(true)
            .display_mode(is_display)
            .build()
            .expect("options");
        let found = katex::render_with_opts(latex, &options);
        assert!(found.is_ok(), "{latex}: {:?}", found.err());
        if !is_display {
            typeset::assert_typeset(latex);
        }
    }
}

#[test]
fn cases_are_accepted() {
    let mut all = BTreeSet::new();
    for path in blocks::files(&blocks::root().join("tests/cases"), "calc") {
        let own = |part: Component<'_>| {
            ["errors", "equal", "mistakes"].iter().any(|own| part.as_os_str() == *own)
        };
        if !path.components().any(own) {
            all.extend(cases::latex(&path));
        }
    }
    assert!(all.len() > 300);
    assert_accepted(&all);
}

#[test]
fn functions_are_accepted() {
    let mut engine = Engine::default();
    let mut all = BTreeSet::new();
    for (_, row) in function::rows() {
        let count = match row.arity {
            Arity::Exactly(n) => n,
            Arity::AtLeast(n) => n + 1,
        };
        for arguments in [["a", "b", "c", "d"], ["x + 1", "y^2", "1/z", "x_max*alpha"]] {
            let text = super::tables::call(row.name, &arguments[..count]);
            let formula = engine.read(&text, &Settings::default());
            let id = formula.unwrap_or_else(|error| panic!("{text}: {error}")).roots[0];
            for id in [id, engine.pool.integer_power(id, 2)] {
                let latex = print::write(&engine.pool, id, Notation::Latex);
                all.insert(latex.expect("LaTeX"));
            }
        }
    }
    assert_accepted(&all);
}

#[test]
fn random_formulas_are_accepted() {
    let mut all = BTreeSet::new();
    laws::each_derivative(80, |pool, d| {
        all.insert(print::write(pool, d, Notation::Latex).expect("LaTeX"));
    });
    assert_accepted(&all);
}

#[test]
fn sessions_are_accepted() {
    let mut all = BTreeSet::new();
    for path in blocks::files(&blocks::root().join("tests/cases/cli"), "console") {
        let text = std::fs::read_to_string(&path).expect("a console file");
        for step in console::read(&text) {
            if step.line.contains("--format latex")
                && !step.line.contains("--document")
                && step.status == 0
            {
                // A block ends where its environments do.
                let mut block = String::new();
                for line in step.stdout.lines() {
                    block.push_str(line);
                    if is_closed(&block) {
                        all.extend([std::mem::take(&mut block)]);
                    } else {
                        block.push('\n');
                    }
                }
            }
        }
    }
    assert!(all.len() > 10);
    assert_accepted(&all);
}

/// Whether every environment of a text ends in it.
fn is_closed(text: &str) -> bool {
    text.matches("\\begin{").count() == text.matches("\\end{").count()
}
