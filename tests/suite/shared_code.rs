//! Records of a batch in code: each name in them is one of the formula or is told, before it
//! is used, and with the names put in the code has the values that it has without any.

use super::array::{Array, Dialect};
use super::console;
use super::interpreter::read;
use calcgrad::function::Language;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Commands with code, with the formula that each takes of another one, and what it is given.
const COMMANDS: [(&str, &str, &str); 15] = [
    ("diff", "#", r#"{"wrt": "x"}"#),
    ("gradient", "#", r#"{"wrt": "x,y"}"#),
    ("hessian", "#", r#"{"wrt": "x,y"}"#),
    ("hessian", "#", r#"{"wrt": "x,y", "sparse": true}"#),
    ("hessian", "#", r#"{"wrt": "x,y", "along": "[y, x]"}"#),
    ("jacobian", "[#, x*(#)]", r#"{"wrt": "x,y"}"#),
    ("laplacian", "#", r#"{"wrt": "x,y"}"#),
    ("divergence", "[#, y*(#)]", r#"{"wrt": "x,y"}"#),
    ("curl", "[#, y*(#)]", r#"{"wrt": "x,y"}"#),
    ("taylor", "#", r#"{"wrt": "x", "at": "x=1", "order": 2}"#),
    ("implicit", "# = y", r#"{"wrt": "x", "of": "y"}"#),
    ("eval", "#", "{}"),
    ("expand", "#", "{}"),
    ("simplify", "#", "{}"),
    ("factor", "#", "{}"),
];
/// The formats of code.
const FORMATS: [&str; 12] = [
    "python",
    "julia",
    "matlab",
    "pytorch",
    "jax",
    "c",
    "rust",
    "javascript",
    "fortran",
    "sympy",
    "mathematica",
    "maxima",
];
/// Words of languages that stand by themselves.
const OWN: [&str; 4] = ["e", "E", "Pi", "order"];

/// The formulas.
fn formulas() -> impl Iterator<Item = &'static str> {
    let text = include_str!("../cases/code/records.txt");
    text.lines().filter(|line| !line.starts_with('#'))
}

/// A formula so deep that parts have names unasked.
fn deep() -> String {
    (0..200).fold("x".to_owned(), |inner, _| format!("1/(1 + x*{inner})"))
}

/// The records that a batch gives for requests.
fn answered(requests: &[Value]) -> Vec<Value> {
    let lines: String = requests.iter().map(|request| format!("{request}\n")).collect();
    let output = console::run(&["batch".to_owned()], lines.as_bytes());
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.lines().map(|line| serde_json::from_str(line).expect("a record")).collect()
}

/// A request of a command on a formula in a format.
fn request(row: (&str, &str, &str), formula: &str, format: &str, form: &str) -> Value {
    let (command, whole, fields) = row;
    let mut request: Value = serde_json::from_str(fields).expect("fields");
    request["command"] = command.into();
    request["expr"] = whole.replace('#', formula).into();
    request["format"] = format.into();
    if !form.is_empty() {
        request["form"] = form.into();
    }
    request
}

/// The names in code that are not called and stand behind no point.
fn names(code: &str) -> Vec<&str> {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = code[at..].find(is_part) {
        let start = at + start;
        let rest = &code[start..];
        at = start + rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        let is_word = !code[start..].starts_with(|c: char| c.is_ascii_digit());
        let is_path = code[..start].ends_with(['.', ':']);
        let is_head = code[at..].starts_with(['(', '.', ':', '[']);
        if is_word && !is_path && !is_head {
            found.push(&code[start..at]);
        }
    }
    found
}

/// All code of a record, outside of what it says of its parts.
fn codes(record: &Value) -> Vec<&str> {
    let mut found = Vec::new();
    let mut waiting = vec![record];
    while let Some(value) = waiting.pop() {
        match value {
            Value::Array(list) => waiting.extend(list),
            Value::Object(map) => {
                found.extend(map.get("code").and_then(Value::as_str));
                waiting
                    .extend(map.iter().filter(|(k, _)| *k != "shared").map(|(_, v)| v));
            }
            _ => {}
        }
    }
    found
}

/// The parts of a record: name and code.
fn shared(record: &Value) -> Vec<(&str, &str)> {
    let list = record["shared"].as_array().into_iter().flatten();
    list.map(|one| {
        assert!(one["name"].is_string() && one["code"].is_string(), "{one}");
        (
            one["name"].as_str().unwrap_or_default(),
            one["code"].as_str().unwrap_or_default(),
        )
    })
    .collect()
}

#[test]
fn each_name_in_the_code_of_a_record_is_known() {
    let mut asked = Vec::new();
    for formula in formulas() {
        for row in COMMANDS {
            for format in FORMATS {
                let forms = ["", "shared"];
                asked.extend(forms.map(|form| request(row, formula, format, form)));
            }
        }
    }
    let deep = deep();
    asked.extend(["c", "rust"].map(|format| request(COMMANDS[0], &deep, format, "")));
    let records = answered(&asked);
    assert_eq!(records.len(), asked.len());
    let mut with_parts = 0;
    for (request, record) in asked.iter().zip(&records) {
        if record["ok"] == false {
            assert_eq!(record["error"]["kind"], "unsupported", "{request}: {record}");
            continue;
        }
        let typed = request["expr"].as_str().unwrap_or_default();
        let mut known = names(typed);
        known.extend(OWN);
        let shared = shared(record);
        with_parts += usize::from(!shared.is_empty());
        for (name, code) in shared {
            for used in names(code) {
                assert!(known.contains(&used), "{used}: {request}: {record}");
            }
            assert!(!names(typed).contains(&name), "{name}: {request}: {record}");
            known.push(name);
        }
        let codes = codes(record);
        assert!(!codes.is_empty(), "{request}: {record}");
        let function = record["function"].as_str();
        for used in codes.into_iter().chain(function).flat_map(names) {
            assert!(known.contains(&used), "{used}: {request}: {record}");
        }
    }
    assert!(with_parts > 500, "{with_parts}");
}

#[test]
fn code_with_names_has_the_values_of_code_without() {
    let dialect = Dialect::of(Language::Python);
    let numbers = [("x", 0.7), ("y", 1.3), ("a", 0.4), ("t1", 1.1), ("t2", -0.6)];
    let numbers = numbers.map(|(name, x)| (name.to_owned(), Array::scalar(x)));
    let value = |record: &Value| -> Vec<f64> {
        let mut known = BTreeMap::from(numbers.clone());
        for (name, code) in shared(record) {
            let one = read(code, &known, dialect).expect(code);
            known.insert(name.to_owned(), one);
        }
        let codes = codes(record);
        codes
            .iter()
            .flat_map(|code| read(code, &known, dialect).expect(code).data)
            .collect()
    };
    let mut compared = 0;
    for formula in formulas() {
        for command in ["gradient", "simplify"] {
            let row = (
                command,
                "#",
                if command == "gradient" { r#"{"wrt": "x,y"}"# } else { "{}" },
            );
            let forms = ["", "shared"].map(|form| request(row, formula, "python", form));
            let [plain, named] = &answered(&forms)[..] else { panic!("two records") };
            let (plain, named) = (value(plain), value(named));
            assert_eq!(plain.len(), named.len(), "{formula}");
            for (a, b) in plain.iter().zip(&named) {
                assert!((a - b).abs() < 1e-9 * a.abs().max(1.0), "{formula}: {a} {b}");
                compared += 1;
            }
        }
    }
    assert!(compared > 10, "{compared}");
}

#[test]
fn records_in_code_of_matrices_tell_what_names_of_a_program_are() {
    let program = "given X[n,n], v[n]\nA = X*X\nB = A*inv(A + X)\ntr(B*B*A) + v'*B*v";
    let fields = [("gradient", "X"), ("hessian", "v"), ("taylor", "v"), ("simplify", "")];
    let request = |(command, wrt): (&str, &str)| match wrt {
        "" => json!({ "command": command, "expr": program, "format": "python" }),
        _ => {
            json!({ "command": command, "expr": program, "wrt": wrt, "format": "python" })
        }
    };
    for record in answered(&fields.map(request)) {
        let told: Vec<&str> = shared(&record).iter().map(|(name, _)| *name).collect();
        assert_eq!(told, ["A", "B"], "{record}");
    }
}
