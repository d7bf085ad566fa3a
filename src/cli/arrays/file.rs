//! Arrays in files: NumPy's `.npy`, CSV, JSON.

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
    decode(&bytes).map_err(|why| refuse(why).into())
}

fn of_json(bytes: &[u8]) -> std::result::Result<Cells, String> {
    let value = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
    cells(&value).ok_or_else(|| "no number, list or matrix of numbers".to_owned())
}

/// Rows of numbers; a first row of words is the names of the columns.
fn of_table(bytes: &[u8], separator: u8) -> std::result::Result<Cells, String> {
    let mut builder = csv::ReaderBuilder::new();
    let mut reader = builder.has_headers(false).delimiter(separator).from_reader(bytes);
    let (mut rows, mut cols) = (0, 0);
    let mut numbers = Vec::new();
    for (line, record) in reader.records().enumerate() {
        let record = record.map_err(|error| error.to_string())?;
        let row: Option<Vec<_>> = record.iter().map(number).collect();
        let is_word = |cell: &str| !cell.trim().is_empty() && number(cell).is_none();
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
    must_fit(bytes)?;
    let file = NpyFile::new(bytes).map_err(|error| error.to_string())?;
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

/// The most entries of an array in a file.
const MAX_ENTRIES: u64 = 1_000_000;

/// Refuses a header that promises more entries than are read, or than a number can count.
fn must_fit(bytes: &[u8]) -> std::result::Result<(), String> {
    let end = bytes.iter().position(|byte| *byte == b'}').unwrap_or(0);
    let head = String::from_utf8_lossy(&bytes[..end]);
    let sizes = head.split_once("shape").and_then(|(_, rest)| {
        let (_, rest) = rest.split_once('(')?;
        Some(rest.split_once(')')?.0)
    });
    let sizes = sizes.unwrap_or_default().split(',').map(str::trim);
    let mut count = Some(1u64);
    for size in sizes.filter(|size| !size.is_empty()) {
        count = count
            .zip(size.parse().ok())
            .and_then(|(all, n): (u64, u64)| all.checked_mul(n));
    }
    match count.filter(|count| *count <= MAX_ENTRIES) {
        Some(_) => Ok(()),
        None => Err(format!("an array of more than {MAX_ENTRIES} entries")),
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
    let text = |one: std::io::Result<T>| one.map(&write).map_err(|e| e.to_string());
    Ok(all.map(text).collect())
}
