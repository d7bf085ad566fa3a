//! Requests with `"shown": true` and `"lang"`: the lines are those that the command line prints.

use super::super::console;
use serde_json::{Value, json};

/// The lines that the command line prints.
fn printed(arguments: &[&str]) -> Vec<String> {
    let arguments: Vec<String> = arguments.iter().map(|one| (*one).to_owned()).collect();
    let output = console::run(&arguments, b"");
    let text = String::from_utf8(output.stdout).expect("text");
    text.lines().map(str::to_owned).collect()
}

fn record(request: &Value) -> Value {
    let output = console::run(&["batch".to_owned()], format!("{request}\n").as_bytes());
    serde_json::from_slice(&output.stdout).expect("a record")
}

/// The lines of a record in a notation.
fn shown(record: &Value, notation: &str) -> Vec<String> {
    let lines =
        record["shown"].as_array().unwrap_or_else(|| panic!("no lines: {record}"));
    let text = |line: &Value| line[notation].as_str().unwrap_or_default().to_owned();
    lines
        .iter()
        .map(text)
        .flat_map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>())
        .collect()
}

/// A command, its formula and its other fields.
type Row = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

const ROWS: [Row; 14] = [
    ("diff", "x^2*y", &[]),
    ("diff", "x^2*y", &[("at", "x=1,y=2")]),
    ("diff", "abs(x)", &[("at", "x=0")]),
    ("diff", "x1^3 + 2*x1^2*x2", &[("wrt", "x1,x2")]),
    ("gradient", "x^2*y", &[]),
    ("taylor", "sin(x)", &[]),
    ("critical", "3*x^4 - 4*x^3 - 12*x^2", &[]),
    ("differential", "x^2*y", &[]),
    ("laplacian", "ln(x^2 + y^2)", &[]),
    ("simplify", "(x^2 - 1)/(x + 1)", &[]),
    ("eval", "1/3 + 1/6", &[]),
    ("implicit", "x^2 + y^2 = 25", &[]),
    ("diff", "f = x^3*y; x = sin(t); y = cos(t)", &[("expand-names", "")]),
    ("diff", "x'*A*x", &[("given", "A[n,n], x[n]"), ("wrt", "x")]),
];

#[test]
fn the_lines_of_a_record_are_those_of_the_command_line() {
    for (command, expr, fields) in ROWS {
        let mut request = json!({ "command": command, "expr": expr, "shown": true });
        let mut arguments = vec![command.to_owned(), expr.to_owned()];
        for (name, value) in fields {
            arguments.push(format!("--{name}"));
            // A record has the answer in the variables of a program by itself.
            if !value.is_empty() {
                request[*name] = (*value).into();
                arguments.push((*value).to_owned());
            }
        }
        let found = record(&request);
        let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
        assert_eq!(shown(&found, "text"), printed(&words), "{command} {expr}");
        let mut words = words;
        words.push("--latex");
        let latex = printed(&words);
        assert_eq!(shown(&found, "latex"), latex, "{command} {expr} in LaTeX");
    }
}

#[test]
fn code_is_shown_as_it_is_printed() {
    for (command, expr) in
        [("diff", "x^2*y"), ("hessian", "x^2*y"), ("diff", "f = u^2; u = x")]
    {
        let request = json!({ "command": command, "expr": expr, "format": "python", "shown": true });
        let lines = shown(&record(&request), "text");
        assert_eq!(
            lines,
            printed(&[command, expr, "--format", "python"]),
            "{command} {expr}"
        );
    }
}

#[test]
fn verdicts_are_shown_in_the_language_that_is_asked_for() {
    let answer = "f' = x'*e^x + x*(e^x)' = e^x";
    for lang in ["en", "vi", "zh"] {
        for is_steps in [false, true] {
            let mut request =
                json!({ "command": "check", "expr": "x*e^x", "answer": answer });
            request["lang"] = lang.into();
            request["shown"] = true.into();
            request["steps"] = is_steps.into();
            let mut words = vec!["check", "x*e^x", "--answer", answer, "--lang", lang];
            words.extend(is_steps.then_some("--steps"));
            assert_eq!(shown(&record(&request), "text"), printed(&words), "{lang}");
        }
    }
    // What is asked for in one request is not said in the next.
    let lines = "{\"expr\":\"x +\",\"lang\":\"vi\"}\n{\"expr\":\"x +\"}\n";
    let output = console::run(&["batch".to_owned()], lines.as_bytes());
    let text = String::from_utf8(output.stdout).expect("text");
    let mut lines = text.lines();
    let (first, second) =
        (lines.next().expect("a record"), lines.next().expect("a record"));
    assert!(!first.contains("operand") && second.contains("operand"), "{text}");
}

#[test]
fn a_record_says_its_errors_in_the_language_too() {
    let found = record(&json!({ "expr": "2*sinx", "lang": "zh" }));
    assert_eq!(found["ok"], true, "{found}");
    assert!(found["notes"][0].as_str().is_some_and(|note| !note.is_ascii()), "{found}");
    let found = record(&json!({ "expr": "x", "lang": "xx" }));
    assert_eq!(found["error"]["kind"], "invalid_request");
    let found = record(&json!({ "expr": "x", "shown": 1 }));
    assert_eq!(found["error"]["kind"], "invalid_request");
}
