//! `calcgrad functions`: the function table.

use super::exit::Exit;
use super::output::Output;
use super::{diagnostic, json};
use calcgrad::function::{self, spec::Category, spec::FunctionSpec};
use calcgrad::matrix::{ABBREVIATIONS, SPECIALS, SpecialSpec};
use calcgrad::syntax::nearest;
use calcgrad::{Error, ErrorKind};
use clap::ValueEnum;
use serde_json::{Value, json};

/// How the table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Listing {
    /// To be read
    Text,
    /// A list of JSON objects
    Json,
}

/// Lists all functions by category, or describes those of one name.
pub(crate) fn list(name: Option<&str>, is_json: bool, output: &mut Output) -> Exit {
    let rows: Vec<&FunctionSpec> = function::rows()
        .map(|(_, row)| row)
        .filter(|row| {
            name.is_none_or(|name| row.name == name || row.aliases.contains(&name))
        })
        .collect();
    let of_matrices: Vec<&SpecialSpec> = SPECIALS
        .iter()
        .filter(|row| name.is_none_or(|name| row.names.contains(&name)))
        .collect();
    let short: Vec<&(&str, &str)> = ABBREVIATIONS
        .iter()
        .filter(|(short, _)| !SPECIALS.iter().any(|row| row.names.contains(short)))
        .filter(|(short, _)| name.is_none_or(|name| name == *short))
        .collect();
    if rows.is_empty() && of_matrices.is_empty() && short.is_empty() {
        let name = name.unwrap_or_default();
        let mut error = Error::from(ErrorKind::UnknownFunction(name.to_owned()));
        if let Some(meant) = nearest(name, function::names()) {
            error = error.help(format!("did you mean `{meant}`?"));
        }
        match is_json {
            true => output.line(&json::error(None, &error)),
            false => diagnostic::error("", &error),
        }
        return Exit::Input;
    }
    if is_json {
        let own = rows.iter().map(|row| object(row));
        let all = own.chain(of_matrices.iter().map(|row| object_of_matrices(row)));
        let list: Vec<Value> =
            all.chain(short.iter().map(|row| object_of_short(row))).collect();
        output.line(&Value::from(list).to_string());
    } else if name.is_some() {
        rows.iter().for_each(|row| describe(row, output));
        for row in of_matrices {
            let also = row.names[1..].join(", ");
            output.line(&format!("{}: {}", signature_of_matrices(row), row.about));
            if !also.is_empty() {
                output.line(&format!("  {:<12} {also}", "also"));
            }
        }
        for (short, arguments) in short {
            output.line(&format!("{short}: of arrays, {arguments}"));
        }
    } else {
        table(&rows, output);
        output.line("Matrix (over shapes that are declared with --given)");
        for row in of_matrices {
            output.line(&format!("  {:<24} {}", signature_of_matrices(row), row.about));
        }
        for (short, arguments) in short {
            output.line(&format!("  {short:<24} {arguments}"));
        }
        output.line("");
    }
    Exit::Done
}

fn table(rows: &[&FunctionSpec], output: &mut Output) {
    let mut categories: Vec<Category> = rows.iter().map(|row| row.category).collect();
    categories.sort_unstable();
    categories.dedup();
    for category in categories {
        output.line(&format!("{category:?}"));
        for row in rows.iter().filter(|row| row.category == category) {
            output.line(&format!("  {:<24} {}", signature(row), row.about));
            if let [derivative] = row.derivatives
                && !derivative.is_empty()
            {
                output.line(&format!("  {:<24} d/du = {derivative}", ""));
            }
        }
        output.line("");
    }
}

fn signature(row: &FunctionSpec) -> String {
    match row.arity {
        function::spec::Arity::Exactly(n) => {
            format!("{}({})", row.name, function::spec::ARGUMENTS[..n.min(4)].join(", "))
        }
        function::spec::Arity::AtLeast(_) => format!("{}(u, v, …)", row.name),
    }
}

fn signature_of_matrices(row: &SpecialSpec) -> String {
    let arguments = &function::spec::ARGUMENTS[..row.arity.min(4)];
    format!("{}({})", row.names[0], arguments.join(", "))
}

fn describe(row: &FunctionSpec, output: &mut Output) {
    output.line(&format!("{}: {}", signature(row), row.about));
    let mut fact = |name: &str, text: String| {
        if !text.is_empty() {
            output.line(&format!("  {name:<12} {text}"));
        }
    };
    fact("also", row.aliases.join(", "));
    fact("means", row.means.unwrap_or_default().to_owned());
    for (letter, derivative) in function::spec::ARGUMENTS.iter().zip(row.derivatives) {
        let known = if derivative.is_empty() { "not known" } else { derivative };
        fact(&format!("d/d{letter}"), known.to_owned());
    }
    fact("defined for", row.domain.to_owned());
    fact("no slope at", row.breaks.to_owned());
    let values: Vec<String> = row
        .values
        .iter()
        .map(|(at, value)| format!("{}({at}) = {value}", row.name))
        .collect();
    fact("values", values.join(", "));
    fact("inverse", row.inverse.unwrap_or_default().to_owned());
}

fn object(row: &FunctionSpec) -> Value {
    json!({
        "name": row.name,
        "aliases": row.aliases,
        "category": format!("{:?}", row.category).to_lowercase(),
        "signature": signature(row),
        "about": row.about,
        "derivatives": row.derivatives,
        "domain": row.domain,
        "not_differentiable": row.breaks,
    })
}

fn object_of_short((short, arguments): &(&str, &str)) -> Value {
    json!({
        "name": short,
        "aliases": [],
        "category": "matrix",
        "signature": short,
        "about": arguments,
    })
}

fn object_of_matrices(row: &SpecialSpec) -> Value {
    json!({
        "name": row.names[0],
        "aliases": row.names[1..],
        "category": "matrix",
        "signature": signature_of_matrices(row),
        "about": row.about,
    })
}
