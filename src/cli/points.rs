//! A table of points as requests of a batch: a row is a point, a column is a coordinate.

use calcgrad::{ErrorKind, Result};
use csv::{Reader, ReaderBuilder, StringRecord, Trim};
use serde_json::{Map, Value};
use std::io::Read;

/// The columns that are fields of a request and no coordinates.
const FIELDS: [&str; 3] = ["id", "command", "expr"];

/// The rows of a table.
pub(crate) struct Points<R> {
    reader: Reader<R>,
    columns: StringRecord,
    /// What holds where a row says nothing.
    common: Map<String, Value>,
}

impl<R: Read> Points<R> {
    /// Reads the names of the columns.
    ///
    /// # Errors
    /// A head that is no CSV.
    pub(crate) fn new(reader: R, common: Map<String, Value>) -> Result<Self> {
        let mut reader =
            ReaderBuilder::new().trim(Trim::All).flexible(true).from_reader(reader);
        let columns = reader.headers().map_err(refused)?.clone();
        Ok(Self { reader, columns, common })
    }

    /// The next row as a request, in JSON; a broken row is one error.
    pub(crate) fn next(&mut self) -> Option<Result<String>> {
        let mut row = StringRecord::new();
        match self.reader.read_record(&mut row) {
            Ok(false) => None,
            Ok(true) => Some(self.request(&row)),
            Err(error) => Some(Err(refused(error))),
        }
    }

    fn request(&self, row: &StringRecord) -> Result<String> {
        if row.len() > self.columns.len() {
            let what = format!("{} values in {} columns", row.len(), self.columns.len());
            return Err(ErrorKind::InvalidRequest(what).into());
        }
        let mut request = self.common.clone();
        let mut at = Map::new();
        for (name, value) in self.columns.iter().zip(row).filter(|(_, v)| !v.is_empty()) {
            let into = if FIELDS.contains(&name) { &mut request } else { &mut at };
            into.insert(name.to_owned(), value.into());
        }
        request.insert("at".to_owned(), at.into());
        Ok(Value::Object(request).to_string())
    }
}

fn refused(error: csv::Error) -> calcgrad::Error {
    ErrorKind::InvalidRequest(error.to_string()).into()
}
