//! Code of scalars is run: C by a compiler, Rust by its own, JavaScript by QuickJS; what is
//! written for computer algebra is read again. Values are those of the formula as it was typed.

use super::laws;
use super::numeric::Typed;
use calcgrad::function;
use calcgrad::print::code::{DIALECTS, Dialect, code};
use calcgrad::print::{self, Notation};
use calcgrad::session::{Engine, Input, Settings};
use std::path::Path;
use std::process::Command;

/// A formula with a point and its value there.
struct Case {
    text: String,
    at: Vec<(String, f64)>,
    value: f64,
}

/// The values of variables of random formulas.
const VALUES: [f64; 4] = [0.7, 1.3, -0.4, 2.1];

fn dialect(name: &str) -> &'static Dialect {
    DIALECTS.into_iter().find(|row| row.name == name).expect("a language")
}

fn settings(names: &[String], input: Option<Input>) -> Settings {
    Settings { declared: names.to_vec(), input, ..Settings::default() }
}

/// Functions of the table with their derivatives, and derivatives of random formulas.
fn cases() -> Vec<Case> {
    let mut found = Vec::new();
    let mut add = |text: &str, at: Vec<(String, f64)>| {
        let names: Vec<String> = at.iter().map(|(name, _)| name.clone()).collect();
        let value = Typed::new(text, &names).value(0, &at);
        if value.is_finite() && value.abs() < 1e100 {
            found.push(Case { text: text.to_owned(), at, value });
        }
    };
    for (_, row) in function::rows() {
        let letters = &["u", "v"][..row.samples.len().min(2)];
        if row.samples.is_empty() || row.samples.len() > 2 {
            continue;
        }
        let whole = format!("{}({})", row.name, letters.join(", "));
        let formulas =
            [whole.as_str()].into_iter().chain(row.derivatives.iter().copied());
        for text in formulas.filter(|text| !text.is_empty() && !text.contains('p')) {
            for k in 0..row.samples[0].len() {
                let at = letters.iter().zip(row.samples);
                let at = at.map(|(l, list)| ((*l).to_owned(), list[k % list.len()]));
                add(text, at.collect());
            }
        }
    }
    laws::each_derivative(150, |pool, d| {
        let text = print::write(pool, d, Notation::Text).expect("text");
        let mut names: Vec<String> = pool
            .reachable(&[d])
            .iter()
            .filter_map(|id| pool.symbol_name(*id))
            .map(str::to_owned)
            .collect();
        names.sort();
        if !text.contains("dirac") && names.len() <= VALUES.len() {
            add(&text, names.into_iter().zip(VALUES).collect());
        }
    });
    found
}

/// The cases that a language can say, with their code.
fn written<'a>(cases: &'a [Case], dialect: &Dialect) -> Vec<(&'a Case, String)> {
    let mut found = Vec::new();
    for case in cases {
        let names: Vec<String> = case.at.iter().map(|(name, _)| name.clone()).collect();
        let mut engine = Engine::default();
        let formula = engine.read(&case.text, &settings(&names, None));
        let formula = formula.unwrap_or_else(|error| panic!("{}: {error}", case.text));
        if let Ok(snippet) = code(&mut engine.pool, formula.roots[0], dialect) {
            found.push((case, snippet.expression));
        }
    }
    assert!(found.len() > 200, "{}: {}", dialect.name, found.len());
    found
}

fn assert_value(case: &Case, expression: &str, found: f64) {
    let near = (found - case.value).abs() <= 1e-7 * (1.0 + case.value.abs());
    assert!(
        near,
        "{} at {:?}: {expression} is {found}, not {}",
        case.text, case.at, case.value
    );
}

/// The values that a program prints, one a line.
fn printed(command: &mut Command) -> Vec<f64> {
    let output = command.output().expect("a program that runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("text");
    text.lines().map(|line| line.parse().expect("a number")).collect()
}

/// Compiles a program and compares what it prints.
fn compare(list: &[(&Case, String)], compiler: &mut Command, program: &Path) {
    let output = compiler.output().expect("a compiler");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let values = printed(&mut Command::new(program));
    assert_eq!(values.len(), list.len());
    for ((case, expression), value) in list.iter().zip(values) {
        assert_value(case, expression, value);
    }
}

/// The variables of a case, each with its value.
fn variables(
    case: &Case,
    dialect: &Dialect,
    write: impl Fn(&str, f64) -> String,
) -> String {
    let each = case.at.iter().map(|(name, x)| write(&dialect.identifier(name), *x));
    each.collect()
}

#[test]
fn c_has_the_values() {
    let cases = cases();
    let list = written(&cases, dialect("C"));
    let mut text =
        String::from("#define _GNU_SOURCE\n#include <math.h>\n#include <stdio.h>\n");
    for (place, (case, expression)) in list.iter().enumerate() {
        let own =
            variables(case, dialect("C"), |name, x| format!("double {name} = {x:?}; "));
        text +=
            &format!("static double f{place}(void) {{ {own}return {expression}; }}\n");
    }
    text += "int main(void) {\n";
    for place in 0..list.len() {
        text += &format!("printf(\"%.17g\\n\", f{place}());\n");
    }
    text += "return 0; }\n";
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let (source, program) = (folder.join("values.c"), folder.join("values_c"));
    std::fs::write(&source, text).expect("a file");
    let mut compiler = Command::new("cc");
    compiler.args(["-w", "-o"]).arg(&program).arg(&source).arg("-lm");
    compare(&list, &mut compiler, &program);
}

#[test]
fn rust_has_the_values() {
    let cases = cases();
    let list = written(&cases, dialect("Rust"));
    let mut text = String::new();
    for (place, (case, expression)) in list.iter().enumerate() {
        let own = variables(case, dialect("Rust"), |name, x| {
            format!("let {name} = {x:?}_f64; ")
        });
        text += &format!("fn f{place}() -> f64 {{ {own}{expression} }}\n");
    }
    text += "fn main() {\n";
    for place in 0..list.len() {
        text += &format!("println!(\"{{:e}}\", f{place}());\n");
    }
    text += "}\n";
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let (source, program) = (folder.join("values.rs"), folder.join("values_rust"));
    std::fs::write(&source, text).expect("a file");
    let mut compiler = Command::new("rustc");
    compiler.args(["--edition", "2024", "--cap-lints", "allow", "-o"]);
    compare(&list, compiler.arg(&program).arg(&source), &program);
}

#[test]
fn javascript_has_the_values() {
    let cases = cases();
    let context = quick_js::Context::new().expect("a context");
    for (case, expression) in written(&cases, dialect("JavaScript")) {
        let own = variables(case, dialect("JavaScript"), |name, x| {
            format!("const {name} = {x:?}; ")
        });
        let text = format!("(function () {{ {own}return Number({expression}); }})()");
        let found = context.eval(&text);
        let value = match found.unwrap_or_else(|error| panic!("{text}: {error}")) {
            quick_js::JsValue::Int(n) => n.into(),
            quick_js::JsValue::Float(x) => x,
            other => panic!("{text}: {other:?}"),
        };
        assert_value(case, &expression, value);
    }
}

#[test]
fn algebra_is_read_back() {
    let cases = cases();
    let languages = [
        ("SymPy", Input::Sympy),
        ("Mathematica", Input::Mathematica),
        ("Maxima", Input::Maxima),
    ];
    for (name, input) in languages {
        for (case, expression) in written(&cases, dialect(name)) {
            // What has no value is none of a formula that is read.
            if ["nan", "Indeterminate", "und"]
                .iter()
                .any(|word| expression.contains(word))
            {
                continue;
            }
            let names: Vec<String> =
                case.at.iter().map(|(name, _)| name.clone()).collect();
            let mut engine = Engine::default();
            let formula = engine.read(&expression, &settings(&names, Some(input)));
            let formula =
                formula.unwrap_or_else(|error| panic!("{name}: {expression}: {error}"));
            let text = print::write(&engine.pool, formula.roots[0], Notation::Text);
            let value = Typed::new(&text.expect("text"), &names).value(0, &case.at);
            // What a language has no word for may leave the doubles on the way.
            if value.is_finite() {
                assert_value(case, &expression, value);
            }
        }
    }
}

#[test]
fn what_a_language_cannot_say_is_refused() {
    let refusals = [
        ("C", "besselj(x, y)"),
        ("Rust", "erf(x)"),
        ("Fortran", "x + X"),
        ("C", "g(x)"),
        ("JavaScript", "10^400*x"),
    ];
    for (name, text) in refusals {
        let mut engine = Engine::default();
        let formula = engine.read(text, &Settings::default()).expect("a formula");
        let found = code(&mut engine.pool, formula.roots[0], dialect(name));
        assert!(found.is_err(), "{name}: {text}: {found:?}");
    }
}
