//! Submissions: the rows of a CSV or JSON Lines file, one after the other, each on its own.

use super::job::{Action, Job};
use super::question;
use calcgrad::check::Domain;
use calcgrad::syntax::MAX_BYTES;
use calcgrad::{Error, ErrorKind, Result};
use serde_json::{Map, Value};
use std::io::{BufRead, BufReader, Read};

/// How many lines a quoted field may go on over.
const LINES: usize = 200;

/// One submission: its name, and what is to be checked.
pub(crate) struct Submission {
    pub(crate) id: Value,
    pub(crate) job: Result<(Job, String)>,
}

/// Which kind of file it is.
enum Kind {
    Json,
    Csv { columns: Vec<String>, delimiter: u8 },
}

/// The submissions of a file, in its order.
pub(crate) struct Submissions {
    lines: Lines,
    kind: Kind,
    /// What holds where a row says nothing.
    common: Job,
}

/// What stood in a row: a name and a value.
type Row = Vec<(String, String)>;

fn invalid(what: String) -> Error {
    ErrorKind::InvalidRequest(what).into()
}

impl Submissions {
    /// Opens a file and reads what its columns are.
    ///
    /// # Errors
    /// A file that cannot be read, or one without the columns that are needed.
    pub(crate) fn open(path: &str, common: Job) -> Result<Self> {
        let (reader, size): (Box<dyn Read>, _) = if path == "-" {
            (Box::new(std::io::stdin()), None)
        } else {
            let opened = std::fs::File::open(path);
            let file = opened.map_err(|error| invalid(format!("{path}: {error}")))?;
            let size = file.metadata().ok().map(|found| found.len());
            (Box::new(file), size.filter(|size| *size > 0))
        };
        let mut lines = Lines::new(reader, size);
        let first = lines.peek()?;
        let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
        let is_json = match ending.as_deref() {
            Some("jsonl" | "ndjson" | "json") => true,
            Some("csv" | "tsv") => false,
            _ => first.trim_ascii_start().starts_with(b"{"),
        };
        let kind = if is_json { Kind::Json } else { header(&mut lines, &common)? };
        Ok(Self { lines, kind, common })
    }

    /// The bytes of the file, where that is known.
    pub(crate) fn size(&self) -> Option<u64> {
        self.lines.size
    }

    /// How many bytes have been read.
    pub(crate) fn position(&self) -> u64 {
        self.lines.position
    }

    /// The next submission; `None` at the end.
    ///
    /// # Errors
    /// A file that cannot be read on; a row that cannot is a submission with an error.
    pub(crate) fn next(&mut self) -> Result<Option<Submission>> {
        let Some((number, record)) = self.record()? else { return Ok(None) };
        let found = record.and_then(|bytes| match &self.kind {
            Kind::Json => object(&bytes),
            Kind::Csv { columns, delimiter } => cells(&bytes, columns, *delimiter),
        });
        Ok(Some(match found {
            Ok((id, row)) => Submission {
                id: id.unwrap_or_else(|| line_name(number)),
                job: self.job(row),
            },
            Err(error) => Submission { id: line_name(number), job: Err(error) },
        }))
    }

    /// The next record and the number of its line; an error where the line is broken.
    #[allow(clippy::type_complexity)]
    fn record(&mut self) -> Result<Option<(u64, Result<Vec<u8>>)>> {
        loop {
            let Some(line) = self.lines.next()? else { return Ok(None) };
            let number = self.lines.number;
            let Ok(mut bytes) = line else {
                let error = ErrorKind::TooLong { limit: MAX_BYTES }.into();
                return Ok(Some((number, Err(error))));
            };
            if bytes.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            let Kind::Csv { columns, delimiter } = &self.kind else {
                return Ok(Some((number, Ok(bytes))));
            };
            // A field in quotes may go on over lines. A quote that is never closed must not
            // swallow the lines after it, so these are taken only when they make a whole row.
            if quotes(&bytes, *delimiter) == Quotes::Open {
                match self.lines.closing(&bytes, *delimiter, columns.len())? {
                    Some(rest) => bytes.extend(rest),
                    None => {
                        let what = "a quotation mark is not closed".to_owned();
                        return Ok(Some((number, Err(invalid(what)))));
                    }
                }
            }
            return Ok(Some((number, Ok(bytes))));
        }
    }

    /// What is to be checked.
    fn job(&self, row: Row) -> Result<(Job, String)> {
        let mut job = Job { action: Action::Check, ..self.common.clone() };
        let get = |name: &str| {
            row.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone())
        };
        let asked = get("question").map(|text| question::read(&text)).unwrap_or_default();
        let formula = get("expr").or(asked.formula).or(job.text.take());
        let formula = formula
            .ok_or_else(|| invalid("the row has no `expr` and no `question`".into()))?;
        job.wrt = get("wrt").or(asked.wrt).or(job.wrt);
        job.mixed = get("mixed").or(job.mixed);
        job.assume = get("assume").unwrap_or(job.assume);
        job.order = match get("order") {
            Some(order) => order
                .trim()
                .parse()
                .map_err(|_| invalid(format!("`{order}` is not an order")))?,
            None => asked.order.unwrap_or(job.order),
        };
        job.domain = match get("domain").as_deref() {
            None => job.domain,
            Some("real") => Domain::Real,
            Some("complex") => Domain::Complex,
            Some(other) => return Err(invalid(format!("there is no domain `{other}`"))),
        };
        job.other = get("answer");
        if job.other.is_none() {
            return Err(invalid("the row has no `answer`".into()));
        }
        Ok((job, formula))
    }
}

/// The name of a row that has none.
fn line_name(number: u64) -> Value {
    format!("line {number}").into()
}

/// The columns of a CSV file.
fn header(lines: &mut Lines, common: &Job) -> Result<Kind> {
    let wanted = "a first line that names the columns is needed, as `id,expr,wrt,answer`";
    let line = loop {
        match lines.next()? {
            None => return Err(invalid(format!("the file is empty; {wanted}"))),
            Some(Ok(line)) if line.iter().all(u8::is_ascii_whitespace) => {}
            Some(Ok(line)) => break line,
            Some(Err(())) => {
                return Err(ErrorKind::TooLong { limit: MAX_BYTES }.into());
            }
        }
    };
    let has = |byte: u8| line.contains(&byte);
    let delimiter = match () {
        () if has(b',') => b',',
        () if has(b';') => b';',
        () if has(b'\t') => b'\t',
        () => b',',
    };
    let record = split(&line, delimiter)?;
    let name = |field: &[u8]| String::from_utf8_lossy(field).trim().to_lowercase();
    let columns: Vec<String> = record.iter().map(name).collect();
    let known = |name: &str| columns.iter().any(|column| column == name);
    let mut missing = Vec::new();
    if !known("expr") && !known("question") && common.text.is_none() {
        missing.push("`expr` (or `question`)");
    }
    if !known("answer") {
        missing.push("`answer`");
    }
    if !missing.is_empty() {
        let what = format!(
            "there is no column {}; the first line names the columns {}",
            missing.join(" and no column "),
            columns.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
        );
        return Err(Error::from(ErrorKind::InvalidRequest(what)).help(wanted));
    }
    Ok(Kind::Csv { columns, delimiter })
}

/// The fields of one record.
fn split(bytes: &[u8], delimiter: u8) -> Result<csv::ByteRecord> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .buffer_capacity(bytes.len().max(1))
        .from_reader(bytes);
    let mut record = csv::ByteRecord::new();
    let read = reader.read_byte_record(&mut record);
    read.map_err(|error| invalid(error.to_string()))?;
    Ok(record)
}

/// A line of a CSV file by the names of its columns; empty fields are left out.
fn cells(
    bytes: &[u8],
    columns: &[String],
    delimiter: u8,
) -> Result<(Option<Value>, Row)> {
    let record = split(bytes, delimiter)?;
    if record.len() > columns.len() {
        let what = format!(
            "the line has {} fields, but there are {} columns",
            record.len(),
            columns.len()
        );
        let help = "put quotation marks around a field with a comma in it";
        return Err(Error::from(ErrorKind::InvalidRequest(what)).help(help));
    }
    let mut id = None;
    let mut row = Row::new();
    for (name, field) in columns.iter().zip(&record) {
        let text = std::str::from_utf8(field).map_err(|_| ErrorKind::InvalidUtf8)?;
        let text = text.trim();
        match name.as_str() {
            _ if text.is_empty() => {}
            "id" => id = Some(text.into()),
            _ => row.push((name.clone(), text.to_owned())),
        }
    }
    Ok((id, row))
}

/// A line of a JSON Lines file.
fn object(bytes: &[u8]) -> Result<(Option<Value>, Row)> {
    let text = std::str::from_utf8(bytes).map_err(|_| ErrorKind::InvalidUtf8)?;
    let broken = |error: serde_json::Error| {
        // The line is named already; the place in it is what helps.
        let text = error.to_string();
        let what = text.split(" at line ").next().unwrap_or_default();
        invalid(format!("this is no JSON object: {what} (at byte {})", error.column()))
    };
    let mut map: Map<String, Value> =
        serde_json::from_str(text.trim_end()).map_err(broken)?;
    let id = map.remove("id").filter(|id| !id.is_null());
    let mut row = Row::new();
    for (name, value) in map {
        let list = |items: Vec<Value>| items.into_iter().map(plain).collect::<Vec<_>>();
        let text = match value {
            Value::Null => continue,
            Value::Array(items) if name == "answer" && items.len() != 1 => {
                format!("[{}]", list(items).join(", "))
            }
            Value::Array(items) => list(items).join(","),
            other => plain(other),
        };
        if !text.trim().is_empty() {
            row.push((name, text));
        }
    }
    Ok((id, row))
}

fn plain(value: Value) -> String {
    match value {
        Value::String(text) => text,
        other => other.to_string(),
    }
}

/// Whether the quotation marks of a record are complete.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Quotes {
    /// Each is closed.
    Closed,
    /// The record ends inside of a pair.
    Open,
    /// Something follows a closing one that does not belong there.
    Stray,
}

fn quotes(bytes: &[u8], delimiter: u8) -> Quotes {
    let mut state = Quotes::Closed;
    let mut bytes = bytes.iter().copied().peekable();
    let mut start = true;
    let mut quoted = false;
    while let Some(byte) = bytes.next() {
        if quoted {
            if byte == b'"' && bytes.next_if_eq(&b'"').is_none() {
                quoted = false;
                let after = bytes.peek().copied();
                if after.is_some_and(|b| b != delimiter && b != b'\r' && b != b'\n') {
                    state = Quotes::Stray;
                }
            }
        } else {
            quoted = start && byte == b'"';
            start = byte == delimiter;
        }
    }
    if quoted { Quotes::Open } else { state }
}

/// A file line by line; a line that is too long is skipped, not kept.
struct Lines {
    reader: BufReader<Box<dyn Read>>,
    size: Option<u64>,
    position: u64,
    number: u64,
    /// Lines that were looked at and not used, the next one last.
    held: Vec<std::result::Result<Vec<u8>, ()>>,
}

impl Lines {
    fn new(reader: Box<dyn Read>, size: Option<u64>) -> Self {
        let reader = BufReader::with_capacity(1 << 16, reader);
        Self { reader, size, position: 0, number: 0, held: Vec::new() }
    }

    /// The next line with its end; an error for one that is too long.
    #[allow(clippy::type_complexity)]
    fn next(&mut self) -> Result<Option<std::result::Result<Vec<u8>, ()>>> {
        let line = match self.held.pop() {
            Some(line) => Some(line),
            None => self.read()?,
        };
        self.number += u64::from(line.is_some());
        Ok(line)
    }

    #[allow(clippy::type_complexity)]
    fn read(&mut self) -> Result<Option<std::result::Result<Vec<u8>, ()>>> {
        let failed = |error: std::io::Error| invalid(format!("reading failed: {error}"));
        let mut line = Vec::new();
        let most = MAX_BYTES as u64 + 1;
        let read = self.reader.by_ref().take(most).read_until(b'\n', &mut line);
        let read = read.map_err(failed)?;
        self.position += read as u64;
        if read == 0 {
            return Ok(None);
        }
        if line.len() <= MAX_BYTES {
            return Ok(Some(Ok(line)));
        }
        while !line.ends_with(b"\n") {
            line.clear();
            let read = self.reader.by_ref().take(most).read_until(b'\n', &mut line);
            let read = read.map_err(failed)?;
            self.position += read as u64;
            if read == 0 {
                break;
            }
        }
        Ok(Some(Err(())))
    }

    /// Looks at the first line, without a byte order mark.
    fn peek(&mut self) -> Result<Vec<u8>> {
        let Some(line) = self.read()? else { return Ok(Vec::new()) };
        let line = line.map(|mut bytes| {
            if bytes.starts_with(b"\xef\xbb\xbf") {
                bytes.drain(..3);
            }
            bytes
        });
        if let Ok(bytes) = &line
            && (bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff"))
        {
            let what = "the file is in UTF-16; save it in UTF-8".to_owned();
            return Err(invalid(what));
        }
        let first = line.clone().unwrap_or_default();
        self.held.push(line);
        Ok(first)
    }

    /// The lines after `start` up to the one that closes its quotation mark, if they make a
    /// row of the right width together.
    fn closing(
        &mut self,
        start: &[u8],
        delimiter: u8,
        width: usize,
    ) -> Result<Option<Vec<u8>>> {
        let mut all = start.to_vec();
        let mut taken = Vec::new();
        let mut whole = false;
        while taken.len() < LINES && all.len() <= MAX_BYTES {
            let Some(line) = self.next()? else { break };
            if let Ok(bytes) = &line {
                all.extend_from_slice(bytes);
            }
            let broken = line.is_err();
            taken.push(line);
            match quotes(&all, delimiter) {
                _ if broken => break,
                Quotes::Open => {}
                Quotes::Stray => break,
                Quotes::Closed => {
                    whole = split(&all, delimiter)?.len() == width;
                    break;
                }
            }
        }
        if whole {
            return Ok(Some(all.split_off(start.len())));
        }
        self.number -= taken.len() as u64;
        self.held.extend(taken.into_iter().rev());
        Ok(None)
    }
}
