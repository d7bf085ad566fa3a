//! The tables of the page against what the command line knows: commands and their flags,
//! languages of code, and examples, each of which is answered.

use super::super::blocks;
use super::super::console;
use serde_json::{Value, json};

fn text(path: &str) -> String {
    let path = blocks::root().join("web/page").join(path);
    std::fs::read_to_string(path).expect("a file of the page")
}

/// The record of a request.
fn record(request: &Value) -> Value {
    let output = console::run(&["batch".to_owned()], format!("{request}\n").as_bytes());
    serde_json::from_slice(&output.stdout).expect("a record")
}

/// The rows `name: ["a", "b"],` of the table of commands.
fn commands() -> Vec<(String, Vec<String>)> {
    let source = text("commands.js");
    let table =
        source.split("COMMANDS = {").nth(1).and_then(|rest| rest.split("};").next());
    let rows =
        table.expect("the table").lines().filter_map(|line| line.split_once(": ["));
    rows.map(|(name, rest)| {
        let takes = rest.split('"').skip(1).step_by(2).map(str::to_owned).collect();
        (name.trim().to_owned(), takes)
    })
    .collect()
}

#[test]
fn commands_take_what_the_page_sends() {
    let all = commands();
    assert!(all.len() > 15);
    for (name, takes) in all {
        let help = console::run(&["help".to_owned(), name.clone()], b"");
        assert!(help.status.success(), "{name}");
        let help = String::from_utf8(help.stdout).expect("text");
        for flag in takes {
            assert!(help.contains(&format!("--{flag}")), "{name} has no --{flag}");
        }
    }
}

#[test]
fn languages_are_formats() {
    let source = text("commands.js");
    let table = source.split("LANGUAGES = [").nth(1).expect("the table");
    let rows = table.lines().filter_map(|line| line.trim().strip_prefix("[\""));
    let names: Vec<&str> = rows.filter_map(|row| row.split('"').next()).collect();
    assert!(names.len() > 10);
    for name in names {
        let found = record(&json!({"expr": "x^2", "format": name, "shown": true}));
        let shown = found["shown"][0]["text"].as_str();
        assert!(shown.is_some_and(|text| !text.is_empty()), "{name}: {found}");
    }
}

#[test]
fn examples_are_answered() {
    let source = text("examples.js");
    let rows = source.lines().filter_map(|line| line.trim().strip_prefix("{ title: "));
    let mut count = 0;
    for row in rows {
        let field = |name: &str| {
            let rest = row.split(&format!(", {name}: \"")).nth(1)?;
            // A quotation mark does not stand in an example.
            let text = rest.split('"').next()?;
            serde_json::from_str::<String>(&format!("\"{text}\"")).ok()
        };
        let mut request = json!({ "expr": field("expr"), "shown": true });
        let names = ["command", "given", "at", "wrt", "of"];
        for name in names.into_iter().filter(|name| row.contains(&format!(", {name}: ")))
        {
            request[name] = field(name).into();
        }
        if field("input").is_none() {
            request["input"] = "latex".into();
        }
        if let Some(order) = field("order") {
            request["order"] = order.parse::<u64>().expect("a number").into();
        }
        let found = record(&request);
        assert_eq!(found["ok"], true, "{row}\n{found}");
        if let Some(mine) = field("mine") {
            request["command"] = "check".into();
            request["answer"] = mine.into();
            request.as_object_mut().expect("an object").remove("input");
            let found = record(&request);
            assert_eq!(found["verdict"], "different", "{row}\n{found}");
        }
        count += 1;
    }
    assert!(count >= 15);
}
