//! The schemas of JSON, in `schemas/`, against what is asked and answered.

use super::blocks;
use super::console::{self, Step};
use super::requests::{self, Kind};
use jsonschema::Validator;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

fn text(name: &str) -> String {
    let path = blocks::root().join("schemas").join(name);
    std::fs::read_to_string(path).expect("a schema")
}

/// The validator of a schema, or of one of its definitions.
fn validator(name: &str, definition: Option<&str>) -> Validator {
    let mut schema: Value = serde_json::from_str(&text(name)).expect("JSON");
    if let Some(definition) = definition {
        let fields = schema.as_object_mut().expect("an object");
        fields.shift_remove("oneOf");
        fields.insert("$ref".to_owned(), format!("#/$defs/{definition}").into());
    }
    jsonschema::draft202012::new(&schema).expect("a schema of 2020-12")
}

/// The schemas of answers: of those there are, of errors, and of what is counted at the end.
struct Answers([Validator; 3]);

impl Answers {
    fn new() -> Self {
        let one = |name| validator("answer.v1.json", Some(name));
        Self(["answer", "failure", "totals"].map(one))
    }

    /// What is wrong with a line; `None` also where it is no record.
    fn wrong(&self, line: &str) -> Option<String> {
        let record: Value = serde_json::from_str(line).ok()?;
        let object = record.as_object()?;
        let place = match object.get("ok") {
            Some(Value::Bool(true)) => 0,
            Some(_) => 1,
            None if object.contains_key("summary") => 2,
            None => return None,
        };
        let found: Vec<String> = self.0[place]
            .iter_errors(&record)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        (!found.is_empty()).then(|| format!("{line}\n  {}", found.join("\n  ")))
    }
}

/// The steps of all sessions, which are tested to print what stands there.
fn steps() -> Vec<Step> {
    let mut steps = Vec::new();
    for path in blocks::files(&blocks::root().join("tests/cases/cli"), "console") {
        steps.extend(console::read(&std::fs::read_to_string(&path).expect("a session")));
    }
    for topic in blocks::files(&blocks::root().join("src/cli/topics"), "txt") {
        let text = std::fs::read_to_string(&topic).expect("a topic");
        let lines = text.lines().map(|line| line.strip_prefix("  ").unwrap_or(line));
        steps.extend(console::read(&lines.collect::<Vec<_>>().join("\n")));
    }
    steps
}

/// Refuses what does not fit its schema, some of it shown.
fn assert_none(found: &[String]) {
    let shown = &found[..found.len().min(10)];
    assert!(found.is_empty(), "{} of them:\n{}", found.len(), shown.join("\n"));
}

#[test]
fn the_list_of_functions_fits() {
    let whole = validator("answer.v1.json", None);
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_calcgrad"))
        .args(["functions", "--json"])
        .output()
        .expect("calcgrad runs");
    let list: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let found: Vec<String> = whole.iter_errors(&list).map(|e| e.to_string()).collect();
    assert_none(&found);
}

#[test]
fn the_answers_of_sessions_fit() {
    let answers = Answers::new();
    let (mut found, mut count) = (Vec::new(), 0);
    for step in steps() {
        for line in step.stdout.lines().filter(|line| line.starts_with("{\"")) {
            count += 1;
            found.extend(answers.wrong(line));
        }
    }
    assert!(count > 250, "{count}");
    assert_none(&found);
}

/// Whether a request was answered, or refused for another reason than what it has.
fn is_taken(record: &str) -> bool {
    !record.contains("\"kind\":\"invalid_request\"")
}

#[test]
fn the_requests_of_sessions_fit() {
    let schema = validator("request.v1.json", None);
    let (mut found, mut count) = (Vec::new(), 0);
    let is_batch = |step: &Step| {
        step.line.contains(" batch")
            && !step.line.contains("--")
            && !step.input.is_empty()
    };
    for step in steps().into_iter().filter(is_batch) {
        let lines = step.input.lines().filter(|line| !line.trim().is_empty());
        for (line, record) in lines.zip(step.stdout.lines()) {
            let Ok(mut request) = serde_json::from_str::<Map<String, Value>>(line) else {
                continue;
            };
            if is_taken(record) {
                count += 1;
                // It says nothing, whatever the field.
                request.retain(|_, value| !value.is_null());
                let request = Value::Object(request);
                let errors = schema.iter_errors(&request);
                found.extend(errors.map(|error| format!("{line}\n  {error}")).take(1));
            }
        }
    }
    assert!(count > 100, "{count}");
    assert_none(&found);
}

#[test]
fn requests_at_random_and_their_answers_fit() {
    let (schema, answers) = (validator("request.v1.json", None), Answers::new());
    let mut found = Vec::new();
    let mut commands = BTreeSet::new();
    for (kind, count) in [(Kind::Scalar, 300), (Kind::Matrix, 60)] {
        let requests = requests::draw(kind, 18, count);
        let lines: String = requests
            .iter()
            .map(|request| format!("{}\n", Value::Object(request.clone())))
            .collect();
        let output = console::run(&["batch".to_owned()], lines.as_bytes());
        let text = String::from_utf8(output.stdout).expect("text");
        for (request, record) in requests.into_iter().zip(text.lines()) {
            found.extend(answers.wrong(record));
            let command = request.get("command").and_then(Value::as_str);
            commands.extend(command.map(str::to_owned));
            let request = Value::Object(request);
            if is_taken(record) && !schema.is_valid(&request) {
                found.push(format!("{request}\n  {record}"));
            }
        }
    }
    let schema: Value = serde_json::from_str(&text("request.v1.json")).expect("JSON");
    let known = schema["oneOf"].as_array().expect("a list of commands").len();
    // All commands but the pairs of `verify-answers`.
    assert_eq!(commands.len() + 1, known, "{commands:?}");
    assert_none(&found);
}

#[test]
fn what_is_not_known_does_not_fit() {
    let request = validator("request.v1.json", None);
    let answer = validator("answer.v1.json", None);
    let requests = [
        json!({ "expr": "x^2" }),
        json!({ "command": "diff", "expr": "x^2", "wrt": ["x"], "order": 2, "id": [1] }),
        json!({ "command": "eval", "expr": "x^2", "at": { "x": 1 }, "digits": 20 }),
        json!({ "command": "verify-answers", "gold": 1, "answer": "1" }),
    ];
    for good in requests {
        assert!(request.is_valid(&good), "{good}");
        let mut bad = good.clone();
        bad["nonsense"] = 1.into();
        assert!(!request.is_valid(&bad), "{bad}");
    }
    let of_another = json!({ "command": "eval", "expr": "x^2", "angles": true });
    assert!(!request.is_valid(&of_another), "{of_another}");
    let answers = [
        json!({ "ok": true, "value": { "text": "1", "latex": "1" } }),
        json!({ "ok": false, "error": { "kind": "unexpected_token", "message": "…" } }),
    ];
    for good in answers {
        assert!(answer.is_valid(&good), "{good}");
        let mut bad = good.clone();
        bad["nonsense"] = 1.into();
        assert!(!answer.is_valid(&bad), "{bad}");
    }
}
