//! Derivations: every line is equal to the one before it, the last is the answer, and there
//! are not too many. Lines are taken as they are printed and read again; what is still to be
//! differentiated in them is replaced by a quotient of differences, so that nothing of the
//! rules is trusted.

use super::blocks::{self, Command};
use super::console;
use calcgrad::print::{self, Notation};
use calcgrad::session::{Engine, Form, Formula, Settings, Told};
use calcgrad::steps::{Derivation, Detail};

/// The step of the quotients of differences.
const STEP: &str = "1/20000";
/// How far values may be from each other: the error of a quotient of differences.
const CLOSE: f64 = 2e-5;
/// Where formulas are valued.
const POINTS: [&str; 3] = ["0.37", "1.31", "2.6"];

/// The derivation of a derivative with the answer.
fn derivation(
    engine: &mut Engine,
    formula: &Formula,
    variable: &str,
    detail: Detail,
) -> (Derivation, String) {
    let wrt = [variable.to_owned()];
    let found = engine.partials(formula, &wrt, 1, Form::Auto).expect("a derivative");
    let answer = found.partials[0].values[0];
    let is_partial = engine.variables(&formula.roots).len() > 1;
    let about =
        Told { formula, component: 0, wrt: &wrt, answer, is_partial, detail, shown: 0 };
    let told = engine.derivation(about).expect("a derivation");
    let text = print::write(&engine.pool, answer, Notation::Text).expect("an answer");
    (told, text)
}

/// The functions of the cases of exercises, each with its variable.
fn exercises() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for folder in ["textbook", "rules", "learning"] {
        let folder = blocks::root().join("tests/cases").join(folder);
        for path in blocks::files(&folder, "calc") {
            for block in blocks::read(&path) {
                if let Command::Diff { wrt, .. } = &block.command
                    && let [variable] = &wrt[..]
                    && !block.text.contains([';', '\n', '\\'])
                {
                    found.push((block.text.clone(), variable.clone()));
                }
            }
        }
    }
    found
}

/// A function of one component as it is read.
fn function(text: &str, variable: &str) -> Option<(Engine, Formula)> {
    let settings =
        Settings { declared: vec![variable.to_owned()], ..Settings::default() };
    let mut engine = Engine::default();
    let formula = engine.read(text, &settings).ok()?;
    (!formula.is_vector && formula.roots.len() == 1).then_some((engine, formula))
}

/// Where the bracket closes that opens at a place.
fn closing(text: &str, open: usize) -> usize {
    let mut depth = 0;
    for (at, c) in text[open..].char_indices() {
        match c {
            '(' => depth += 1,
            ')' if depth == 1 => return open + at,
            ')' => depth -= 1,
            _ => {}
        }
    }
    panic!("an open bracket in {text}")
}

/// A text with another text in place of a name.
fn put(text: &str, name: &str, value: &str) -> String {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(name) {
        let (before, after) =
            (rest[..at].chars().last(), rest[at + name.len()..].chars().next());
        out.push_str(&rest[..at]);
        let alone = !before.is_some_and(is_part) && !after.is_some_and(is_part);
        out.push_str(if alone { value } else { name });
        rest = &rest[at + name.len()..];
    }
    out + rest
}

/// `((u at x + h) - (u at x - h))/(2*h)`.
fn quotient(inner: &str, variable: &str) -> String {
    let side = |sign: &str| put(inner, variable, &format!("({variable} {sign} {STEP})"));
    format!("((({}) - ({}))/(2*{STEP}))", side("+"), side("-"))
}

/// A line without derivatives that are still to be taken.
fn taken(line: &str, variable: &str) -> String {
    let mark = format!("∂/∂{variable}(");
    let mut text = line.to_owned();
    while let Some(at) = text.rfind(&mark) {
        let open = at + mark.len() - 1;
        let close = closing(&text, open);
        let put = quotient(&text[open + 1..close], variable);
        text.replace_range(at..=close, &put);
    }
    // The innermost prime stands first.
    while let Some(prime) = text.find(")'") {
        let mut depth = 0;
        let open = text[..=prime]
            .char_indices()
            .rev()
            .find(|(_, c)| {
                depth += match c {
                    ')' => 1,
                    '(' => -1,
                    _ => 0,
                };
                depth == 0
            })
            .map(|(at, _)| at)
            .expect("an opening bracket");
        let put = quotient(&text[open + 1..prime], variable);
        text.replace_range(open..prime + 2, &put);
    }
    text
}

/// The value of a text at a place, all other names at places of their own.
fn value(text: &str, variable: &str, at: &str) -> Option<f64> {
    let mut engine = Engine::default();
    let settings =
        Settings { declared: vec![variable.to_owned()], ..Settings::default() };
    let formula = engine.read(text, &settings).unwrap_or_else(|e| panic!("{text}: {e}"));
    let mut point = vec![(variable.to_owned(), at.to_owned())];
    for (place, name) in engine.variables(&formula.roots).into_iter().enumerate() {
        if name != variable {
            point.push((name, format!("{}/7", 5 + 3 * place)));
        }
    }
    let found = engine.at_point(&formula.roots, &point).ok()?;
    let value = engine.float(found[0]);
    value.is_finite().then_some(value)
}

#[test]
fn every_line_is_equal_to_the_derivative() {
    let mut compared = 0;
    for (text, variable) in exercises() {
        let Some((mut engine, formula)) = function(&text, &variable) else { continue };
        let (told, answer) = derivation(&mut engine, &formula, &variable, Detail::Usual);
        let last = told.lines.last().and_then(|line| line.values.last());
        assert_eq!(last.expect("a line").text, answer, "{text}");
        if told
            .lines
            .iter()
            .any(|line| line.claim.is_none() && line.label.text.contains('/'))
        {
            continue;
        }
        let mut about_answer = false;
        for line in told.lines.iter().skip(1) {
            if !line.label.text.is_empty() {
                about_answer = line.label == told.lines.last().expect("a line").label
                    || line.label.text.starts_with("f'")
                    || line.label.text.starts_with("∂f/∂");
            }
            if !about_answer || line.values.iter().any(|v| v.text.contains("u'")) {
                continue;
            }
            for point in POINTS {
                let expected = value(&answer, &variable, point);
                for written in &line.values {
                    let found = value(&taken(&written.text, &variable), &variable, point);
                    if let (Some(found), Some(expected)) = (found, expected) {
                        let size = expected.abs().max(1.0);
                        assert!(
                            (found - expected).abs() < CLOSE * size,
                            "{text} at {point}: `{}` is {found}, not {expected}",
                            written.text
                        );
                        compared += 1;
                    }
                }
            }
        }
    }
    assert!(compared > 1500, "only {compared} values were compared");
}

#[test]
fn there_are_at_most_three_lines_for_each_rule() {
    let mut all = 0;
    for (text, variable) in exercises() {
        let Some((mut engine, formula)) = function(&text, &variable) else { continue };
        let (told, _) = derivation(&mut engine, &formula, &variable, Detail::Usual);
        let (lines, rules) = (told.lines.len() - 1, told.rules());
        assert!(lines <= 3 * rules.max(1), "{text}: {lines} lines for {rules} rules");
        let (coarse, _) = derivation(&mut engine, &formula, &variable, Detail::Coarse);
        let (fine, answer) = derivation(&mut engine, &formula, &variable, Detail::Fine);
        assert!(coarse.lines.len() <= told.lines.len(), "{text}");
        assert!(fine.lines.len() >= told.lines.len(), "{text}");
        for told in [&coarse, &fine] {
            let last = told.lines.last().and_then(|line| line.values.last());
            assert_eq!(last.expect("a line").text, answer, "{text}");
        }
        all += 1;
    }
    assert!(all > 200, "only {all} exercises");
}

#[test]
fn watching_changes_nothing() {
    for (text, variable) in exercises().into_iter().step_by(7) {
        let wrt = [variable.clone()];
        let Some((mut alone, formula)) = function(&text, &variable) else { continue };
        let found = alone.partials(&formula, &wrt, 1, Form::Auto).expect("a derivative");
        let id = found.partials[0].values[0];
        let alone = print::write(&alone.pool, id, Notation::Text).expect("an answer");
        let (mut engine, formula) = function(&text, &variable).expect("a function");
        let (_, told) = derivation(&mut engine, &formula, &variable, Detail::Fine);
        assert_eq!(alone, told, "{text}");
    }
}

#[test]
fn pages_are_well_formed_and_need_nothing_else() {
    let formulas =
        ["x^2*sin(3*x)", "sin(x)/sqrt(x + 1)", "x^x", "piecewise(x < 0, x^2, abs(x))"];
    for formula in formulas {
        for language in ["en", "vi", "zh"] {
            let words =
                ["diff", formula, "--steps", "--format", "html", "--lang", language];
            let words: Vec<String> =
                words.iter().map(|word| (*word).to_owned()).collect();
            let output = console::run(&words, b"");
            let page = String::from_utf8(output.stdout).expect("UTF-8");
            let body = page.strip_prefix("<!doctype html>\n").expect("a page");
            let document = roxmltree::Document::parse(body)
                .unwrap_or_else(|error| panic!("{formula}: {error}"));
            assert_eq!(document.root_element().attribute("lang"), Some(language));
            let named = |name: &'static str| {
                document.descendants().filter(move |node| node.tag_name().name() == name)
            };
            let rows = named("tr").count();
            assert!(rows >= 2 && named("math").count() >= rows, "{page}");
            for link in ["link", "script", "img", "iframe"] {
                assert_eq!(named(link).count(), 0, "{page}");
            }
            assert!(!page.contains("url(") && !page.contains("@import"), "{page}");
        }
    }
}
