//! A table in CSV, row by row: a row that is broken costs none of the others.

use super::super::input;
use super::lines::{Line, Lines};
use calcgrad::{Error, ErrorKind, Result};
use std::collections::BTreeSet;

/// How many lines a quoted field may go on over.
const LINES: usize = 200;
/// What a first line begins with that says what stands between fields.
const SEPARATOR: &[u8] = b"sep=";
/// How many bytes they may have together.
const BYTES: usize = 1 << 20;

/// The rows of a table below its first line.
pub(crate) struct Table {
    columns: Vec<String>,
    delimiter: u8,
}

/// A row: what stands in each column where something does.
pub(crate) struct Row {
    /// The number of its first line.
    pub(crate) number: u64,
    /// Columns by their places, with what stands in them.
    pub(crate) cells: Result<Vec<(usize, String)>>,
}

fn refused(what: String) -> Error {
    ErrorKind::InvalidRequest(what).into()
}

impl Table {
    /// Reads the names of the columns; `None` when there is no line at all.
    ///
    /// # Errors
    /// A first line that cannot be read.
    pub(crate) fn open(lines: &mut Lines) -> Result<Option<Self>> {
        let Some(line) = lines.next_full()? else { return Ok(None) };
        let mut bytes = line.bytes?;
        let said = separator(&bytes);
        if said.is_some() {
            let Some(line) = lines.next_full()? else { return Ok(None) };
            bytes = line.bytes?;
        }
        let has = |byte: &u8| bytes.contains(byte);
        let found = [b',', b';', b'\t'].into_iter().find(has).unwrap_or(b',');
        let delimiter = said.unwrap_or(found);
        let mut quotes = Quotes::default();
        quotes.read(&bytes, delimiter);
        if quotes.open {
            let what = "a quotation mark in the names of the columns is not closed";
            return Err(refused(what.to_owned()));
        }
        let names = split(&bytes, delimiter)?;
        let name = |field: &[u8]| match input::decoded(field) {
            // A name in another encoding is one all the same, a table is not.
            Err(error) if bytes.contains(&0) => Err(error),
            _ => Ok(String::from_utf8_lossy(field).trim().to_owned()),
        };
        let columns: Result<Vec<String>> = names.iter().map(name).collect();
        Ok(Some(Self { columns: columns?, delimiter }))
    }

    /// The names of the columns.
    pub(crate) fn columns(&self) -> &[String] {
        &self.columns
    }

    /// Gives the columns other names.
    pub(crate) fn rename(&mut self, name: impl Fn(&str) -> String) {
        self.columns.iter_mut().for_each(|column| *column = name(column));
    }

    /// Makes the names of the columns distinct: one that says nothing is called by its place.
    ///
    /// # Errors
    /// A name that occurs twice and means something.
    pub(crate) fn distinguish(&mut self, means: impl Fn(&str) -> bool) -> Result<()> {
        let mut known: BTreeSet<String> = BTreeSet::new();
        for (place, name) in self.columns.iter_mut().enumerate() {
            if !name.is_empty() && known.insert(name.clone()) {
                continue;
            }
            if means(name) {
                return Err(refused(format!("the column `{name}` occurs twice")));
            }
            *name = format!("column {}", place + 1);
        }
        Ok(())
    }

    /// The next row; `None` at the end.
    ///
    /// # Errors
    /// An input that cannot be read on.
    pub(crate) fn next(&self, lines: &mut Lines) -> Result<Option<Row>> {
        let Some(Line { number, bytes, .. }) = lines.next_full()? else {
            return Ok(None);
        };
        let cells = match bytes {
            Ok(bytes) => self.whole(bytes, lines)?.and_then(|bytes| self.cells(&bytes)),
            Err(error) => Err(error),
        };
        Ok(Some(Row { number, cells }))
    }

    /// A row with the lines over which its quoted fields go on.
    ///
    /// A quotation mark that is never closed must not swallow the lines after it, so these are
    /// taken only when they make a row of the right width.
    fn whole(&self, mut bytes: Vec<u8>, lines: &mut Lines) -> Result<Result<Vec<u8>>> {
        let mut quotes = Quotes::default();
        quotes.read(&bytes, self.delimiter);
        let mut taken: Vec<Line> = Vec::new();
        while quotes.open && !quotes.stray && taken.len() < LINES && bytes.len() <= BYTES
        {
            let Some(line) = lines.next()? else { break };
            bytes.push(b'\n');
            quotes.read(b"\n", self.delimiter);
            let is_whole = line.bytes.as_ref().is_ok_and(|more| {
                bytes.extend_from_slice(more);
                quotes.read(more, self.delimiter);
                true
            });
            taken.push(line);
            if !is_whole {
                break;
            }
        }
        let is_row =
            || split(&bytes, self.delimiter).map(|row| row.len() == self.columns.len());
        if taken.is_empty() && !quotes.open || !quotes.open && !quotes.stray && is_row()?
        {
            return Ok(Ok(bytes));
        }
        lines.give_back(taken);
        Ok(Err(refused("a quotation mark is not closed".to_owned())))
    }

    /// What stands in the columns; empty cells are left out.
    fn cells(&self, bytes: &[u8]) -> Result<Vec<(usize, String)>> {
        let record = split(bytes, self.delimiter)?;
        if record.len() > self.columns.len() {
            let (found, wanted) = (record.len(), self.columns.len());
            let are = if wanted == 1 { "is 1 column" } else { "are # columns" };
            let are = are.replace('#', &wanted.to_string());
            let help = "put quotation marks around a field with a comma in it";
            return Err(refused(format!("the line has {found} fields, but there {are}"))
                .help(help));
        }
        let mut cells = Vec::new();
        for (place, field) in record.iter().enumerate() {
            let text = input::decoded(field)?.trim();
            if !text.is_empty() {
                cells.push((place, text.to_owned()));
            }
        }
        Ok(cells)
    }
}

/// What stands between fields, where a first line says so, as `sep=;` before what spreadsheets
/// write.
fn separator(line: &[u8]) -> Option<u8> {
    let line = line.trim_ascii();
    let bare = line.strip_prefix(b"\"").and_then(|line| line.strip_suffix(b"\""));
    let (key, said) = bare.unwrap_or(line).split_at_checked(SEPARATOR.len())?;
    match said {
        [one] if key.eq_ignore_ascii_case(SEPARATOR) => Some(*one),
        // A tab at the end of a line is white space.
        [] if key.eq_ignore_ascii_case(SEPARATOR) => Some(b'\t'),
        _ => None,
    }
}

/// The fields of one record.
fn split(bytes: &[u8], delimiter: u8) -> Result<csv::ByteRecord> {
    // A reader takes longer to be made than most rows to be read.
    let is_special = |byte: &u8| matches!(byte, b'"' | b'\r' | b'\n');
    if !bytes.is_empty() && !bytes.iter().any(is_special) {
        return Ok(bytes.split(|byte| *byte == delimiter).collect());
    }
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .buffer_capacity(bytes.len().max(1))
        .from_reader(bytes);
    let mut record = csv::ByteRecord::new();
    let read = reader.read_byte_record(&mut record);
    read.map_err(|error| refused(error.to_string()))?;
    Ok(record)
}

/// The state of quotation marks, byte by byte.
#[derive(Debug)]
struct Quotes {
    /// Whether one is open.
    open: bool,
    /// Whether something follows a closing one that does not belong there.
    stray: bool,
    start: bool,
    /// Whether the last byte was a mark that closes, unless another one follows.
    closing: bool,
}

impl Default for Quotes {
    fn default() -> Self {
        Self { open: false, stray: false, start: true, closing: false }
    }
}

impl Quotes {
    fn read(&mut self, bytes: &[u8], delimiter: u8) {
        for byte in bytes.iter().copied() {
            if std::mem::take(&mut self.closing) {
                match byte {
                    b'"' => {
                        self.open = true;
                        continue;
                    }
                    _ => {
                        self.stray |= byte != delimiter && byte != b'\r' && byte != b'\n'
                    }
                }
            }
            if self.open {
                (self.open, self.closing) = (byte != b'"', byte == b'"');
            } else {
                self.open = self.start && byte == b'"';
                self.start = byte == delimiter;
            }
        }
    }
}
