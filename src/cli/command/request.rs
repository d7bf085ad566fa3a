//! A request of a batch as the arguments of the command line.
//!
//! A field is a flag of the same name, so that a flag is written down once.

use super::super::commands::{Arguments, Command};
use super::super::request::STYLE;
use super::super::{fields, hints};
use calcgrad::{Error, ErrorKind, Result};
use clap::{CommandFactory, FromArgMatches};
use serde_json::{Map, Value};
use std::cell::Cell;

/// The fields whose lists are vectors.
const VECTORS: [&str; 2] = ["along", "across"];

/// The flags that are none of a request.
const APART: [&str; 6] = ["color", "help", "bare", "json", "latex", "quiet"];

thread_local! {
    /// The description of the commands, once it was made: to make it costs more than most
    /// answers.
    static ROOT: Cell<Option<clap::Command>> = const { Cell::new(None) };
}

/// The command that a request asks for; its formula is an argument like any other.
///
/// # Errors
/// A command, field or value that is not known.
pub(crate) fn from_request(request: &Map<String, Value>) -> Result<Command> {
    let name = request.get("command").and_then(Value::as_str).unwrap_or("diff");
    let words = words(name, request)?;
    let mut root = ROOT.take().unwrap_or_else(Arguments::command);
    let found = root.try_get_matches_from_mut(&words);
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let is_apart = request
        .keys()
        .any(|field| APART.contains(&field.as_str()) || !field.chars().all(is_plain));
    let is_whole = request.contains_key("expr")
        && root.find_subcommand(name).is_some_and(takes_formula);
    ROOT.set(Some(root));
    let read = |mut found: clap::ArgMatches| Arguments::from_arg_matches_mut(&mut found);
    match found.and_then(read) {
        Ok(Arguments { command: Some(command), .. }) if is_whole && !is_apart => {
            Ok(command)
        }
        found => Err(reason(name, request, found.err())?),
    }
}

/// A request as the words of the command line.
fn words(name: &str, request: &Map<String, Value>) -> Result<Vec<String>> {
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
    if let Some(expr) = request.get("expr") {
        words.extend(["--".to_owned(), list(expr)]);
    }
    Ok(words)
}

/// Why a request asks for nothing.
///
/// # Errors
/// The same, where it is found on the way.
fn reason(
    name: &str,
    request: &Map<String, Value>,
    error: Option<clap::Error>,
) -> Result<Error> {
    let refuse = |what: String| Error::from(ErrorKind::InvalidRequest(what));
    let mut root = Arguments::command();
    let Some(described) = root.find_subcommand_mut(name) else {
        return Ok(hints::no_command(name));
    };
    described.build();
    if !takes_formula(described) {
        return Ok(refuse("this command has no place in a batch".to_owned()));
    }
    refuse_unknown(described, request)?;
    if !request.contains_key("expr") {
        return Ok(refuse("the request has no \"expr\"".to_owned()));
    }
    let Some(error) = error else { return Ok(hints::no_command(name)) };
    Ok(refuse(sentence(&error.to_string())))
}

/// The sentence of an error of the command line, with the list behind a colon at its end.
fn sentence(text: &str) -> String {
    let mut lines = text.lines().take_while(|line| !line.is_empty());
    let first = lines.next().unwrap_or_default().trim_start_matches("error: ");
    match first.ends_with(':') {
        true => {
            format!("{first} {}", lines.map(str::trim).collect::<Vec<_>>().join(", "))
        }
        false => first.to_owned(),
    }
}

/// Whether a command is one on a formula.
fn takes_formula(described: &clap::Command) -> bool {
    described.get_positionals().any(|argument| argument.get_id() == "expr")
}

/// Refuses a field that is neither a flag of the command nor said of every request.
fn refuse_unknown(described: &clap::Command, request: &Map<String, Value>) -> Result<()> {
    let flags = described.get_arguments().filter_map(clap::Arg::get_long);
    let is_own = |flag: &&str| !APART.contains(flag);
    let flags: Vec<String> = flags.filter(is_own).map(|f| f.replace('-', "_")).collect();
    let mut known = vec!["expr"];
    known.extend(flags.iter().map(String::as_str));
    known.extend(fields::OF_ALL.iter().chain(&STYLE));
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

#[cfg(test)]
mod schema;

#[cfg(test)]
mod tests {
    use super::super::super::request::respond;
    use super::{APART, Arguments, takes_formula};
    use clap::CommandFactory;
    use serde_json::{Map, Value};

    #[test]
    fn each_flag_of_each_command_is_a_field() {
        let mut root = Arguments::command();
        root.build();
        let mut missing = Vec::new();
        for command in root.get_subcommands().filter(|one| takes_formula(one)) {
            for flag in command.get_arguments().filter_map(clap::Arg::get_long) {
                if APART.contains(&flag) {
                    continue;
                }
                // `null` says nothing, so only the name of the field can be wrong.
                let mut request = Map::new();
                request.insert("command".to_owned(), command.get_name().into());
                request.insert("expr".to_owned(), "x".into());
                request.insert("answer".to_owned(), "1".into());
                request.insert(flag.replace('-', "_"), Value::Null);
                if command.get_name() != "check" && flag != "answer" {
                    request.shift_remove("answer");
                }
                let record = respond(1, Ok(request));
                if record.contains("there is no field") {
                    missing.push(format!("{} --{flag}: {record}", command.get_name()));
                }
            }
        }
        assert!(missing.is_empty(), "{missing:#?}");
    }
}
