//! The schema of requests, `schemas/request.v1.json`: made of the flags of the commands, so that
//! a new flag stands in it. `INSTA_UPDATE=always` writes it.

use super::super::super::request::{HERE, respond};
use super::{APART, Arguments, takes_formula};
use clap::{Arg, ArgAction, Command, CommandFactory};
use serde_json::{Map, Value, json};
use std::path::Path;

/// Where it is kept.
const FILE: &str = "schemas/request.v1.json";
/// The flags that write files, which no request does.
const WRITES: [&str; 1] = ["output"];
/// The formula that stands behind another one, which is no flag.
const OTHER: &str = "other";

/// The commands on a formula, with their fields. Those of `request.rs` take the fields of each
/// other, which say nothing where they have no meaning.
fn commands() -> Vec<(String, Vec<(String, Value)>)> {
    let mut root = Arguments::command();
    root.build();
    let own = root.get_subcommands().filter(|command| takes_formula(command));
    let mut found: Vec<(String, Vec<(String, Value)>)> =
        own.map(|command| (command.get_name().to_owned(), flags(command))).collect();
    let is_here = |name: &str| HERE.iter().any(|(own, _)| *own == name);
    let about = "The formula that it is compared with";
    let other = json!({ "$ref": "#/$defs/formula", "description": about });
    let mut kin = vec![(OTHER.to_owned(), other)];
    for (_, flags) in found.iter().filter(|(name, _)| is_here(name)) {
        kin.extend(flags.iter().cloned());
    }
    for (name, flags) in found.iter_mut().filter(|(name, _)| is_here(name)) {
        for (field, property) in &kin {
            let is_known = flags.iter().any(|(own, _)| own == field);
            if !is_known && !is_refused(name, field) {
                flags.push((field.clone(), property.clone()));
            }
        }
    }
    found
}

/// Whether a request of a command is refused for a field.
fn is_refused(command: &str, field: &str) -> bool {
    let mut request = Map::new();
    request.insert("command".to_owned(), command.into());
    request.insert("expr".to_owned(), "x".into());
    request.insert(field.to_owned(), 1.into());
    respond(1, Ok(request)).contains("there is no field")
}

fn flags(command: &Command) -> Vec<(String, Value)> {
    let flag = |argument: &Arg| {
        let name = argument.get_long()?;
        let is_field = !APART.contains(&name) && !WRITES.contains(&name);
        let is_field = is_field && !argument.is_hide_set();
        is_field.then(|| (name.replace('-', "_"), property(argument)))
    };
    command.get_arguments().filter_map(flag).collect()
}

/// What a flag takes, and what it is for.
fn property(argument: &Arg) -> Value {
    let about = argument.get_help().map(ToString::to_string).unwrap_or_default();
    let words: Vec<String> = argument
        .get_possible_values()
        .iter()
        .map(|value| value.get_name().to_owned())
        .collect();
    let is_list = argument.get_value_delimiter().is_some();
    let name = argument.get_value_names().and_then(|names| names.first());
    let kind = match name.map_or("", |name| name.as_str()) {
        _ if matches!(argument.get_action(), ArgAction::SetTrue) => "flag",
        _ if is_list && !words.is_empty() => {
            let about = format!("{about}: {}", words.join(", "));
            return json!({ "$ref": "#/$defs/names", "description": about });
        }
        // Where a number is meant, it may be one.
        "BASE" => "number",
        _ if !words.is_empty() => {
            let mut choices: Vec<Value> = words.into_iter().map(Value::from).collect();
            choices.push(Value::Null);
            return json!({ "enum": choices, "description": about });
        }
        "N" | "LEVEL" | "LINES" | "CHARACTERS" => "count",
        "NUMBER" | "SIZE" => "number",
        "NAMES" | "NAME" | "SHAPES" | "CONDITIONS" => "names",
        "POINT" | "VALUES" | "SIZES" => "point",
        "VECTOR" | "ANSWER" => "formula",
        "ORDERS" => "orders",
        _ => "text",
    };
    json!({ "$ref": format!("#/$defs/{kind}"), "description": about })
}

/// The whole schema.
fn schema() -> Value {
    let mut commands = commands();
    // What is said of each command in the same words is said once.
    let (_, first) = commands.first().cloned().unwrap_or_default();
    let is_common = |flag: &(String, Value)| {
        commands.iter().all(|(_, flags)| flags.iter().any(|own| own == flag))
    };
    let common: Vec<(String, Value)> = first.into_iter().filter(is_common).collect();
    for (_, flags) in &mut commands {
        flags.retain(|flag| !common.contains(flag));
    }
    let mut definitions: Map<String, Value> = kinds();
    let of_all = json!({
        "id": { "description": "It comes back with the answer." },
        "shown": {
            "$ref": "#/$defs/flag",
            "description": "Give the lines that a terminal shows as well",
        },
        "limits": {
            "type": ["object", "null"],
            "properties": {
                "work": { "$ref": "#/$defs/count" },
                "nodes": { "$ref": "#/$defs/count" },
                "characters": { "$ref": "#/$defs/count" },
            },
            "additionalProperties": false,
            "description": "What the answer may take",
        },
    });
    let lang = common.iter().filter(|(name, _)| name == "lang").cloned();
    let mut every: Map<String, Value> = of_all.as_object().cloned().unwrap_or_default();
    every.extend(lang);
    definitions.insert("every".to_owned(), json!({ "properties": every }));
    let mut fields = Map::new();
    let about = "The formula, or a program; a list is a vector";
    let expr = json!({ "$ref": "#/$defs/formula", "description": about });
    fields.insert("expr".to_owned(), expr);
    fields.extend(common.into_iter().filter(|(name, _)| name != "lang"));
    definitions.insert(
        "common".to_owned(),
        json!({ "allOf": [{ "$ref": "#/$defs/every" }], "properties": fields }),
    );
    let mut names = Vec::new();
    for (name, flags) in commands {
        names.push(json!({ "$ref": format!("#/$defs/{name}") }));
        definitions.insert(name.clone(), of_command(&name, flags));
    }
    names.push(json!({ "$ref": "#/$defs/verify-answers" }));
    definitions.insert("verify-answers".to_owned(), of_pairs(&definitions));
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:calcgrad:request:1",
        "title": "A request of calcgrad, version 1",
        "description": "One line of the input of `batch`, and the body of a request to `serve`. \
            New fields may be added to this version; none changes its meaning or goes. `null` \
            says nothing.",
        "oneOf": names,
        "$defs": definitions,
    })
}

/// What fields hold.
fn kinds() -> Map<String, Value> {
    let kinds = json!({
        "flag": { "type": ["boolean", "null"] },
        "count": { "type": ["integer", "null"], "minimum": 0 },
        "number": {
            "type": ["number", "string", "null"],
            "description": "A number, as it is typed where it is a text.",
        },
        "text": { "type": ["string", "null"] },
        "orders": {
            "type": ["boolean", "integer", "string", "array", "null"],
            "items": { "type": "integer" },
            "description": "`true` says the first one.",
        },
        "names": {
            "type": ["string", "number", "array", "null"],
            "items": { "type": ["string", "number"] },
            "description": "A list, or a text with commas.",
        },
        "formula": {
            "type": ["string", "number", "array", "null"],
            "items": { "type": ["string", "number"] },
            "description": "A formula as it is typed, or a list of them.",
        },
        "point": {
            "type": ["string", "object", "null"],
            "additionalProperties": { "type": ["string", "number", "array"] },
            "description": "`x=1,y=pi/2`, or an object of names.",
        },
    });
    kinds.as_object().cloned().unwrap_or_default()
}

fn of_command(name: &str, flags: Vec<(String, Value)>) -> Value {
    let command = match name {
        "diff" => json!({ "enum": ["diff", null] }),
        _ => json!({ "const": name }),
    };
    let mut properties = Map::new();
    properties.insert("command".to_owned(), command);
    properties.extend(flags);
    let required = match name {
        "diff" => json!(["expr"]),
        _ => json!(["command", "expr"]),
    };
    json!({
        "allOf": [{ "$ref": "#/$defs/common" }],
        "properties": properties,
        "required": required,
        "unevaluatedProperties": false,
    })
}

/// A pair of answers, which has no formula and its own fields.
fn of_pairs(definitions: &Map<String, Value>) -> Value {
    let common = &definitions["common"]["properties"];
    let domain = &definitions["equal"]["properties"]["domain"];
    let side = json!({ "type": ["string", "number"] });
    json!({
        "allOf": [{ "$ref": "#/$defs/every" }],
        "properties": {
            "command": { "const": "verify-answers" },
            "gold": side,
            "answer": side,
            "tolerance": { "$ref": "#/$defs/number" },
            "any_order": { "$ref": "#/$defs/flag" },
            "bare_units": { "$ref": "#/$defs/flag" },
            "assume": common["assume"],
            "domain": domain,
            "input": common["input"],
            "log": common["log"],
            "wrap": common["wrap"],
            "upright_d": common["upright_d"],
            "ln_as": common["ln_as"],
        },
        "required": ["command", "gold", "answer"],
        "unevaluatedProperties": false,
    })
}

/// As people write it: what fits into a line stands in one.
fn written(value: &Value, indent: usize) -> String {
    let flat = value.to_string();
    let inner = " ".repeat(indent + 2);
    let lines: Vec<String> = match value {
        _ if flat.len() + indent <= 90 => return flat,
        Value::Object(map) => map
            .iter()
            .map(|(name, value)| {
                format!("{inner}\"{name}\": {}", written(value, indent + 2))
            })
            .collect(),
        Value::Array(list) => list
            .iter()
            .map(|value| format!("{inner}{}", written(value, indent + 2)))
            .collect(),
        _ => return flat,
    };
    let [open, close] = if value.is_object() { ["{", "}"] } else { ["[", "]"] };
    format!("{open}\n{}\n{}{close}", lines.join(",\n"), " ".repeat(indent))
}

#[test]
fn the_schema_has_each_flag_of_each_command() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE);
    let made = written(&schema(), 0) + "\n";
    if std::env::var("INSTA_UPDATE").is_ok_and(|choice| choice == "always") {
        assert!(std::fs::write(&path, &made).is_ok(), "{FILE}");
    }
    let kept = std::fs::read_to_string(path).unwrap_or_default();
    let differ = made.lines().zip(kept.lines()).find(|(new, old)| new != old);
    assert!(made == kept, "{FILE} is not what the flags say, from here on: {differ:?}");
}

#[test]
fn a_field_of_another_command_is_refused() {
    let commands = commands();
    let all: Vec<&String> = commands
        .iter()
        .flat_map(|(_, flags)| flags.iter().map(|(name, _)| name))
        .collect();
    let mut wrong = Vec::new();
    for (command, flags) in &commands {
        // A point is refused by a reason of its own.
        let is_own =
            |field: &str| flags.iter().any(|(name, _)| name == field) || field == "at";
        for field in all.iter().filter(|field| !is_own(field)) {
            if !is_refused(command, field) {
                wrong.push(format!("{command}: {field}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
