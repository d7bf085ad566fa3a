//! Arrays in files: NumPy's `.npy`, CSV, JSON.

mod header;

use super::{Cells, cells, number, number_of};
use calcgrad::{Error, ErrorKind, Result};
use header::{MAX_ENTRIES, must_be_plain, too_many};
use npyz::{Deserialize, NpyFile, Order};
use serde_json::Value as Json;
use serde_json::error::Category;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// The most bytes of a file that are read: those of as many entries as an array may have.
const MAX_BYTES: u64 = 32 * MAX_ENTRIES;
/// How much of what is no number is shown.
const SHOWN: usize = 40;

/// The file of an array, by its ending.
///
/// # Errors
/// A file that cannot be opened, or that is no array of numbers.
pub(super) fn read(path: &str) -> Result<Cells> {
    if path.is_empty() {
        let what = "there is no name of a file behind `@`".to_owned();
        return Err(
            Error::from(ErrorKind::InvalidPoint(what)).help("write `A=@data.npy`")
        );
    }
    let ending = Path::new(path).extension().and_then(|end| end.to_str());
    let ending = ending.unwrap_or_default().to_ascii_lowercase();
    let decode: fn(&[u8]) -> std::result::Result<Cells, String> = match &ending[..] {
        "npy" => of_numpy,
        "csv" => |bytes| of_table(bytes, b','),
        "tsv" => |bytes| of_table(bytes, b'\t'),
        "json" => of_json,
        _ => {
            let what = format!("{path} is no array");
            return Err(Error::from(ErrorKind::InvalidPoint(what))
                .help("arrays are files `.npy`, `.csv`, `.tsv` and `.json`"));
        }
    };
    let refuse = |why: String| ErrorKind::InvalidPoint(format!("{path}: {why}"));
    let bytes = bytes(path).map_err(|error| refuse(error.to_string()))?;
    let is_list = ending == "json";
    let is_separator =
        |byte: &&u8| matches!(byte, b',') || !is_list && matches!(byte, b'\t' | b'\n');
    let is_long = || bytes.iter().filter(is_separator).count() as u64 > MAX_ENTRIES;
    if bytes.len() as u64 > MAX_BYTES {
        let what = "the number of bytes of a file with an array";
        return Err(ErrorKind::OverLimit { what, limit: MAX_BYTES }.into());
    }
    if ending != "npy" && is_long() {
        return Err(too_many());
    }
    if ending == "npy" {
        must_be_plain(&bytes).map_err(|error| match error.kind {
            ErrorKind::InvalidPoint(why) => refuse(why).into(),
            _ => error,
        })?;
    }
    decode(&bytes).map_err(|why| refuse(why).into())
}

/// The bytes of a file, up to one more than are read of any.
fn bytes(path: &str) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn of_json(bytes: &[u8]) -> std::result::Result<Cells, String> {
    let value = serde_json::from_slice(bytes).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        match error.classify() {
            _ if bytes.iter().all(u8::is_ascii_whitespace) => {
                "the file is empty".to_owned()
            }
            Category::Eof => format!("the list ends too early, in line {line}"),
            _ => format!(
                "line {line}, column {column}: this is no list of numbers in JSON"
            ),
        }
    })?;
    cells(&value).ok_or_else(|| what_is_wrong(&value))
}

/// Why a value is no number, list or matrix of numbers.
fn what_is_wrong(value: &Json) -> String {
    let Json::Array(list) = value else {
        return "a number, a list or a matrix of numbers is expected".to_owned();
    };
    let is_matrix = list.iter().any(Json::is_array);
    let mut width = None;
    for (place, row) in list.iter().enumerate() {
        let here = if is_matrix { "row" } else { "entry" };
        let n = place + 1;
        let cells = match row {
            Json::Array(cells) => &cells[..],
            _ if is_matrix => return format!("row {n} is no list of numbers"),
            one => std::slice::from_ref(one),
        };
        if let Some(cell) = cells.iter().find(|cell| number_of(cell).is_none()) {
            return format!("{here} {n}: `{}` is no number", short(&cell.to_string()));
        }
        if *width.get_or_insert(cells.len()) != cells.len() {
            return format!("row {n} has another length than the rows before");
        }
    }
    "a number, a list or a matrix of numbers is expected".to_owned()
}

/// The beginning of a text.
fn short(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Rows of numbers; a first row of names is that of the columns.
fn of_table(bytes: &[u8], separator: u8) -> std::result::Result<Cells, String> {
    let mut builder = csv::ReaderBuilder::new();
    let mut reader = builder.has_headers(false).delimiter(separator).from_reader(bytes);
    let (mut rows, mut cols) = (0, 0);
    let mut numbers = Vec::new();
    for (line, record) in reader.records().enumerate() {
        let record = record.map_err(|error| match error.kind() {
            csv::ErrorKind::Utf8 { .. } => format!("row {} is not valid UTF-8", line + 1),
            csv::ErrorKind::UnequalLengths { .. } => {
                format!("row {} has another length than the rows before", line + 1)
            }
            _ => format!("row {} cannot be read", line + 1),
        })?;
        let row: Option<Vec<_>> = record.iter().map(number).collect();
        // Neither `1/3` nor `nan` is the name of a column.
        let is_word = |cell: &str| {
            cell.trim().starts_with(char::is_alphabetic)
                && cell.trim().parse::<f64>().is_err()
        };
        match row {
            Some(row) => {
                (rows, cols) = (rows + 1, row.len());
                numbers.extend(row);
            }
            None if line == 0 && record.iter().all(is_word) => {}
            None => {
                let wrong = record.iter().find(|cell| number(cell).is_none());
                let wrong = short(wrong.unwrap_or_default().trim());
                let why = match wrong.is_empty() {
                    true => "a cell is empty".to_owned(),
                    false => format!("`{wrong}` is no number"),
                };
                return Err(format!("row {}: {why}", line + 1));
            }
        }
    }
    match (rows, cols) {
        (0, _) => Err("no numbers".to_owned()),
        (_, 1) => Ok(Cells { sizes: vec![rows], numbers }),
        _ => Ok(Cells { sizes: vec![rows, cols], numbers }),
    }
}

/// An array of NumPy, each number as NumPy prints it.
fn of_numpy(bytes: &[u8]) -> std::result::Result<Cells, String> {
    let file = NpyFile::new(bytes).map_err(|error| match error.kind() {
        std::io::ErrorKind::UnexpectedEof => "the file ends too early".to_owned(),
        _ => "the header is none of NumPy".to_owned(),
    })?;
    let sizes: Vec<usize> = file.shape().iter().map(|n| *n as usize).collect();
    let is_fortran = file.order() == Order::Fortran;
    let texts = texts(file)?;
    let mut numbers = Vec::with_capacity(texts.len());
    for text in texts {
        let found = number(&text).ok_or_else(|| format!("`{text}` is no number"))?;
        numbers.push(found);
    }
    match sizes[..] {
        [m, n] if is_fortran => {
            let entry = |k: usize| numbers[(k % n) * m + k / n].clone();
            Ok(Cells { numbers: (0..m * n).map(entry).collect(), sizes })
        }
        [] | [_] | [_, _] => Ok(Cells { sizes, numbers }),
        _ => Err(format!("an array of {} axes is no matrix", sizes.len())),
    }
}

/// A file that has another type, or its numbers in writing.
type Attempt<'a> =
    std::result::Result<std::result::Result<Vec<String>, String>, NpyFile<&'a [u8]>>;

/// Reads the numbers of one type.
type Reader<'a> = fn(NpyFile<&'a [u8]>) -> Attempt<'a>;

/// The types of NumPy that are read.
fn readers<'a>() -> [Reader<'a>; 10] {
    [
        |file| column(file, |x: f64| format!("{x:e}")),
        |file| column(file, |x: f32| format!("{x:e}")),
        |file| column(file, |x: i64| x.to_string()),
        |file| column(file, |x: i32| x.to_string()),
        |file| column(file, |x: i16| x.to_string()),
        |file| column(file, |x: i8| x.to_string()),
        |file| column(file, |x: u64| x.to_string()),
        |file| column(file, |x: u32| x.to_string()),
        |file| column(file, |x: u16| x.to_string()),
        |file| column(file, |x: u8| x.to_string()),
    ]
}

/// The numbers of a file of any of these types, in writing.
fn texts(mut file: NpyFile<&[u8]>) -> std::result::Result<Vec<String>, String> {
    for attempt in readers() {
        file = match attempt(file) {
            Ok(found) => return found,
            Err(file) => file,
        };
    }
    Err(format!("numbers of the type {} are not read", file.dtype().descr()))
}

/// The numbers of a type in writing; the file again, where it has another type.
fn column<T: Deserialize>(
    file: NpyFile<&[u8]>,
    write: impl Fn(T) -> String,
) -> Attempt<'_> {
    let all = file.try_data::<T>()?;
    let early = |_| "the file ends too early".to_owned();
    let text = |one: std::io::Result<T>| one.map(&write).map_err(early);
    Ok(all.map(text).collect())
}
