//! Code that is written as a function is compiled and run: the value is that of the formula as
//! it was typed, the gradient that of differences.

use super::blocks;
use super::numeric::Typed;
use std::path::Path;
use std::process::Command;

/// A formula with a point, and with value and gradient where doubles do not give them.
struct Case {
    text: String,
    at: [f64; 2],
    known: Option<Vec<f64>>,
}

fn numbers(text: &str) -> Vec<f64> {
    text.split_whitespace().map(|one| one.parse().expect("a number")).collect()
}

fn cases() -> Vec<Case> {
    let path = blocks::root().join("tests/cases/code/functions.txt");
    let text = std::fs::read_to_string(path).expect("cases");
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| {
            let parts: Vec<&str> = line.split(" | ").collect();
            let at = numbers(parts[1]).try_into().expect("two numbers");
            let known = parts.get(2).map(|text| numbers(text));
            Case { text: parts[0].to_owned(), at, known }
        })
        .collect()
}

/// The code of the function of a case, which is called `g` with the number of the case.
fn code(case: &Case, place: usize, language: &str) -> String {
    let program = format!("g{place} = {}", case.text);
    let output = Command::new(env!("CARGO_BIN_EXE_calcgrad"))
        .args(["gradient", &program, "--wrt", "x,y", "--function", "--quiet"])
        .args(["--format", language])
        .output()
        .expect("the command");
    let message = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program} in {language}: {message}");
    String::from_utf8(output.stdout).expect("text")
}

/// Compares a value and a gradient with those of the formula.
fn compare(case: &Case, found: &[f64], code: &str) {
    let names = ["x".to_owned(), "y".to_owned()];
    let typed = Typed::new(&case.text, &names);
    let value =
        |x: f64, y: f64| typed.value(0, &[("x".to_owned(), x), ("y".to_owned(), y)]);
    let [x, y] = case.at;
    let h = 1e-4;
    let slope = |f: &dyn Fn(f64) -> f64| (f(h) - f(-h)) / (2.0 * h);
    let wanted = case.known.clone().unwrap_or_else(|| {
        vec![value(x, y), slope(&|h| value(x + h, y)), slope(&|h| value(x, y + h))]
    });
    assert_eq!(found.len(), 3, "{code}");
    for (found, wanted) in found.iter().zip(wanted) {
        let near = (found - wanted).abs() <= 1e-6 * (1.0 + wanted.abs());
        assert!(near, "{}: {found} and not {wanted} by\n{code}", case.text);
    }
}

/// Compiles and runs a program that prints three numbers for each case.
fn run(text: &str, source: &Path, compiler: &mut Command, list: &[(Case, String)]) {
    std::fs::write(source, text).expect("a file");
    let built = compiler.output().expect("a compiler");
    let message = String::from_utf8_lossy(&built.stderr);
    assert!(built.status.success(), "{message}\n{text}");
    let output = Command::new(source.with_extension("")).output().expect("a program");
    let text = String::from_utf8(output.stdout).expect("text");
    let found = numbers(&text);
    assert_eq!(found.len(), 3 * list.len());
    for ((case, code), found) in list.iter().zip(found.chunks(3)) {
        compare(case, found, code);
    }
}

fn written(language: &str) -> Vec<(Case, String)> {
    let all = cases().into_iter().enumerate();
    all.map(|(place, case)| {
        let code = code(&case, place, language);
        (case, code)
    })
    .collect()
}

#[test]
fn functions_of_c_run() {
    let list = written("c");
    let mut text = String::from("#include <stdio.h>\n");
    list.iter().for_each(|(_, code)| text += code);
    text += "int main(void) {\n";
    for (place, (case, _)) in list.iter().enumerate() {
        let [x, y] = case.at;
        text += &format!(
            "{{ double g[2]; double v = g{place}({x:?}, {y:?}, g); printf(\"%.17g %.17g %.17g\\n\", v, g[0], g[1]); }}\n"
        );
    }
    text += "return 0; }\n";
    let source = Path::new(env!("CARGO_TARGET_TMPDIR")).join("functions_of_c.c");
    let mut compiler = Command::new("cc");
    compiler.args(["-Wall", "-Werror", "-o"]);
    compiler.arg(source.with_extension("")).arg(&source).arg("-lm");
    run(&text, &source, &mut compiler, &list);
}

#[test]
fn functions_of_rust_run() {
    let list = written("rust");
    let mut text = String::new();
    list.iter().for_each(|(_, code)| text += code);
    text += "fn main() {\n";
    for (place, (case, _)) in list.iter().enumerate() {
        let [x, y] = case.at;
        text += &format!(
            "let (v, g) = g{place}({x:?}, {y:?}); println!(\"{{v:e}} {{:e}} {{:e}}\", g[0], g[1]);\n"
        );
    }
    text += "}\n";
    let source = Path::new(env!("CARGO_TARGET_TMPDIR")).join("functions_of_rust.rs");
    let mut compiler = Command::new("rustc");
    compiler.args(["--edition", "2024", "--cap-lints", "allow", "-o"]);
    compiler.arg(source.with_extension("")).arg(&source);
    run(&text, &source, &mut compiler, &list);
}

#[test]
fn functions_of_javascript_run() {
    let context = quick_js::Context::new().expect("a context");
    for (place, (case, code)) in written("javascript").into_iter().enumerate() {
        let [x, y] = case.at;
        let text = format!("{code}; g{place}({x:?}, {y:?}).flat().map(String).join(' ')");
        let found = context.eval_as::<String>(&text).expect("numbers");
        compare(&case, &numbers(&found), &code);
    }
}

#[test]
fn every_language_has_functions() {
    for case in cases() {
        for language in
            ["python", "julia", "matlab", "pytorch", "jax", "c", "rust", "fortran"]
        {
            let code = code(&case, 0, language);
            assert!(code.contains("g0"), "{code}");
            if language == "fortran" {
                assert!(code.lines().all(|line| line.len() <= 132), "{code}");
            }
        }
    }
}
