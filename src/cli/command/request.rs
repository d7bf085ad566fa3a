//! A request of a batch as the arguments of the command line.
//!
//! A field is a flag of the same name, so that a flag is written down once.

use super::super::commands::{Arguments, Command};
use super::super::{fields, hints};
use calcgrad::{ErrorKind, Result};
use clap::{CommandFactory, Parser};
use serde_json::{Map, Value};

/// The fields whose lists are vectors.
const VECTORS: [&str; 2] = ["along", "across"];

/// The command that a request asks for; its formula is an argument like any other.
///
/// # Errors
/// A command, field or value that is not known.
pub(crate) fn from_request(request: &Map<String, Value>) -> Result<Command> {
    let refuse = |what: String| ErrorKind::InvalidRequest(what).into();
    let name = request.get("command").and_then(Value::as_str).unwrap_or("diff");
    let mut root = Arguments::command();
    let Some(described) = root.find_subcommand_mut(name) else {
        return Err(hints::no_command(name));
    };
    described.build();
    if !described.get_arguments().any(|argument| argument.get_id() == "expr") {
        return Err(refuse("this command has no place in a batch".to_owned()));
    }
    refuse_unknown(described, request)?;
    let has_arrays = fields::has_arrays(request);
    let mut words = vec!["calcgrad".to_owned(), name.to_owned()];
    for (field, value) in request {
        let is_picture = || super::super::request::format(request).is_picture();
        match field.as_str() {
            "id" | "command" | "expr" => continue,
            // A picture is made by the command, all else of its answer.
            "format" if !is_picture() => continue,
            _ => {}
        }
        let flag = format!("--{}", field.replace('_', "-"));
        match value {
            Value::Null | Value::Bool(false) => {}
            Value::Bool(true) => words.push(flag),
            Value::Object(map) => {
                let typed = fields::typed(field, map.clone(), has_arrays)?;
                words.push(format!("{flag}={typed}"));
            }
            Value::Array(_) if VECTORS.contains(&field.as_str()) => {
                words.push(format!("{flag}={}", list(value)));
            }
            value => words.push(format!("{flag}={}", word(value))),
        }
    }
    match request.get("expr") {
        Some(expr) => words.extend(["--".to_owned(), list(expr)]),
        None => return Err(refuse("the request has no \"expr\"".to_owned())),
    }
    match Arguments::try_parse_from(words) {
        Ok(Arguments { command: Some(command), .. }) => Ok(command),
        Ok(_) => Err(hints::no_command(name)),
        Err(error) => {
            let text = error.to_string();
            let line = text.lines().next().unwrap_or_default();
            Err(refuse(line.trim_start_matches("error: ").to_owned()))
        }
    }
}

/// Refuses a field that is neither a flag of the command nor said of every request.
fn refuse_unknown(described: &clap::Command, request: &Map<String, Value>) -> Result<()> {
    let flags = described.get_arguments().filter_map(clap::Arg::get_long);
    let is_own =
        |flag: &&str| !["color", "help", "bare", "json", "latex", "quiet"].contains(flag);
    let flags: Vec<String> = flags.filter(is_own).map(|f| f.replace('-', "_")).collect();
    let mut known = vec!["id", "command", "expr"];
    known.extend(flags.iter().map(String::as_str));
    known.extend(["lang", "shown", "limits"]);
    match request.keys().find(|name| !known.contains(&&name[..])) {
        Some(name) => Err(fields::unknown(name, &known)),
        None => Ok(()),
    }
}

/// A value as it is typed: a list with commas.
fn word(value: &Value) -> String {
    match value {
        Value::Array(list) => list.iter().map(word).collect::<Vec<_>>().join(","),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// A formula: a list is a vector.
fn list(value: &Value) -> String {
    match value {
        Value::Array(_) => format!("[{}]", word(value)),
        other => word(other),
    }
}
