//! Arrays beside a matrix expression: `x=[1,2],A=[[1,2],[3,4]]`, `A=@data.npy`.
//!
//! Invariant: files are opened for the command line only, never for a request or a document.

mod file;

use calcgrad::kernel::{ExprId, Number};
use calcgrad::matrix::Array;
use calcgrad::session::Engine;
use calcgrad::syntax;
use calcgrad::{Error, ErrorKind, Result};
use serde_json::Value as Json;

/// Whether an array may stand in a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Files {
    /// A name behind `@` is opened.
    Open,
    /// No file is opened.
    #[default]
    Refuse,
}

/// Numbers with their sizes, as they stand in a file: none for one, row by row.
struct Cells {
    sizes: Vec<usize>,
    numbers: Vec<Number>,
}

/// Reads arrays with their names.
///
/// # Errors
/// What is no name with an array, files that cannot be read.
pub(crate) fn read(
    engine: &mut Engine,
    text: &str,
    files: Files,
) -> Result<Vec<(String, Array)>> {
    if text.contains(';') {
        let what = "`;` between arrays or rows".to_owned();
        return Err(Error::from(ErrorKind::InvalidPoint(what))
            .help("write `x=[1,2],A=[[1,2],[3,4]]`"));
    }
    let mut all = Vec::new();
    for pair in pieces(text) {
        let pair = pair.trim();
        let Some((name, value)) = pair.split_once('=') else {
            let what = format!("`{pair}` gives no value to a name");
            return Err(Error::from(ErrorKind::InvalidPoint(what))
                .help("write `x=[1,2],A=[[1,2],[3,4]]`"));
        };
        let name = syntax::normalise(name.trim());
        let array = array(engine, &name, value.trim(), files)?;
        all.push((name, array));
    }
    Ok(all)
}

/// Pieces between commas that stand in no brackets; none of nothing.
pub(crate) fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0i32;
    let parts = text.split(move |c: char| {
        depth += i32::from(matches!(c, '[' | '(')) - i32::from(matches!(c, ']' | ')'));
        c == ',' && depth <= 0
    });
    parts.filter(|part| !part.trim().is_empty())
}

fn array(engine: &mut Engine, name: &str, text: &str, files: Files) -> Result<Array> {
    let cells = match text.strip_prefix('@') {
        Some(_) if files == Files::Refuse => {
            let what =
                format!("`{name}` is a file, which is opened on the command line only");
            return Err(ErrorKind::InvalidPoint(what).into());
        }
        Some(path) => Some(file::read(path)?),
        None => plain(text),
    };
    if let Some(Cells { sizes, numbers }) = cells {
        let numbers = numbers.into_iter();
        let entries: Vec<ExprId> = numbers.map(|n| engine.pool.number(n)).collect();
        return Ok(Array { sizes, entries });
    }
    let mut found = engine.read_array(text).map_err(|error| {
        if error.kind.is_limit() {
            return Error { span: None, ..error };
        }
        let what = format!("the value `{text}` of `{name}` cannot be read: {error}");
        Error { kind: ErrorKind::InvalidPoint(what), span: None, ..error }
    })?;
    // A list of one is no number.
    if found.sizes.is_empty() && text.starts_with('[') {
        found.sizes.push(1);
    }
    Ok(found)
}

/// A list or a matrix of plain numbers.
fn plain(text: &str) -> Option<Cells> {
    let list: Json = serde_json::from_str(text).ok()?;
    cells(&list)
}

fn cells(value: &Json) -> Option<Cells> {
    let Json::Array(list) = value else {
        return Some(Cells { sizes: Vec::new(), numbers: vec![number_of(value)?] });
    };
    if !list.iter().any(Json::is_array) {
        let numbers: Option<Vec<Number>> = list.iter().map(number_of).collect();
        return numbers.map(|numbers| Cells { sizes: vec![numbers.len()], numbers });
    }
    let mut numbers = Vec::new();
    let mut width = None;
    for row in list {
        let row = row.as_array()?;
        if *width.get_or_insert(row.len()) != row.len() {
            return None;
        }
        for one in row {
            numbers.push(number_of(one)?);
        }
    }
    Some(Cells { sizes: vec![list.len(), width?], numbers })
}

/// A number, also one that stands as a text.
fn number_of(value: &Json) -> Option<Number> {
    match value {
        Json::Number(digits) => number(digits.as_str()),
        Json::String(text) => number(text),
        _ => None,
    }
}

/// A decimal number with a sign, as it is written.
fn number(text: &str) -> Option<Number> {
    let text = text.trim();
    let (is_negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    if !digits.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return None;
    }
    let is_digit =
        |c: char| c.is_ascii_digit() || matches!(c, '.' | 'e' | 'E' | '+' | '-');
    if !digits.chars().all(is_digit) || !digits.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    // A sign before the digits of an exponent says nothing more.
    let digits = digits.replace("e+", "e").replace("E+", "E");
    let number = syntax::number(&digits).ok()?;
    Some(if is_negative { number.neg() } else { number })
}
