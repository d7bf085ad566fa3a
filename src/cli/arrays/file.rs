//! Arrays in files: NumPy's `.npy`, CSV, JSON.

mod header;

use super::{Cells, cells, number};
use calcgrad::{Error, ErrorKind, Result};
use npyz::{Deserialize, NpyFile, Order};
use std::path::Path;

/// The file of an array, by its ending.
///
/// # Errors
/// A file that cannot be opened, or that is no array of numbers.
pub(super) fn read(path: &str) -> Result<Cells> {
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
    let bytes = std::fs::read(path).map_err(|error| refuse(error.to_string()))?;
    if ending == "npy" {
        header::must_be_plain(&bytes).map_err(|error| match error.kind {
            ErrorKind::InvalidPoint(why) => refuse(why).into(),
            _ => error,
        })?;
    }
    decode(&bytes).map_err(|why| refuse(why).into())
}

fn of_json(bytes: &[u8]) -> std::result::Result<Cells, String> {
    let value = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
    cells(&value).ok_or_else(|| "no number, list or matrix of numbers".to_owned())
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
            _ => error.to_string(),
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
            None => return Err(format!("row {} has more than numbers", line + 1)),
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
