//! The rows of a file in CSV or JSON Lines, one after the other, each with its fields by name.

use super::super::{diagnostic, object};
use super::crew::Weigh;
use super::lines::{Line, Lines};
use super::table::{Row, Table};
use calcgrad::Result;
use calcgrad::syntax::nearest;
use serde_json::{Map, Value};

/// A row as it was read, which a worker takes apart.
pub(crate) enum Raw {
    Object(Line),
    Row(Row),
}

impl Weigh for Raw {
    fn weight(&self) -> usize {
        match self {
            Self::Object(line) => line.weight(),
            Self::Row(row) => row.weight(),
        }
    }
}

/// The rows of a file, in its order.
pub(crate) struct Rows {
    lines: Lines,
    /// The table, where the file is one.
    table: Option<Table>,
    /// The columns, or the fields of the first object.
    columns: Vec<String>,
}

impl Rows {
    /// Opens a file of what `what` says. `header` opens the table, where the file is one.
    ///
    /// # Errors
    /// A file that cannot be read, or a table that is refused.
    pub(crate) fn open(
        path: &str,
        what: &str,
        header: impl FnOnce(&mut Lines) -> Result<Table>,
    ) -> Result<Self> {
        let mut lines = Lines::open(path, what)?;
        let first = lines.next_full()?;
        let bytes = first.as_ref().and_then(|line| line.bytes.as_deref().ok());
        let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
        let is_json = match ending.as_deref() {
            Some("jsonl" | "ndjson" | "json") => true,
            Some("csv" | "tsv") => false,
            _ => first.as_ref().is_some_and(|line| line.is_object),
        };
        let fields = bytes.and_then(|bytes| object::read(bytes).ok()).unwrap_or_default();
        lines.give_back(first.into_iter().collect());
        let (table, columns) = match is_json {
            true => (None, fields.into_iter().map(|(name, _)| name).collect()),
            false => {
                let table = header(&mut lines)?;
                let columns = table.columns().to_vec();
                (Some(table), columns)
            }
        };
        Ok(Self { lines, table, columns })
    }

    /// The lines of the file.
    pub(crate) fn lines(&self) -> &Lines {
        &self.lines
    }

    /// The columns, or the fields of the first object.
    pub(crate) fn columns(&self) -> &[String] {
        &self.columns
    }

    /// The columns that mean nothing here and go through; what is nearly one that does is told.
    pub(crate) fn others(&self, known: &[&'static str]) -> Vec<String> {
        let is_other = |name: &&String| !known.contains(&&name[..]);
        let others: Vec<String> = self.columns.iter().filter(is_other).cloned().collect();
        for name in &others {
            if let Some(near) = nearest(&name.to_lowercase(), known.iter().copied())
                && !self.columns.iter().any(|column| column == near)
            {
                let kind = if self.table.is_none() { "field" } else { "column" };
                let said =
                    format!("the {kind} `{name}` is not known; did you mean `{near}`?");
                diagnostic::remark(&said);
            }
        }
        others
    }

    /// The next row; `None` at the end.
    ///
    /// # Errors
    /// A file that cannot be read on; a row that cannot is an error in its place.
    pub(crate) fn next(&mut self) -> Result<Option<Raw>> {
        Ok(match &self.table {
            None => self.lines.next_full()?.map(Raw::Object),
            Some(table) => table.next(&mut self.lines)?.map(Raw::Row),
        })
    }
}

impl Raw {
    /// The number of its first line, and its fields by the names of the columns.
    pub(crate) fn fields(self, columns: &[String]) -> (u64, Result<Map<String, Value>>) {
        match self {
            Self::Object(line) => {
                (line.number, line.bytes.and_then(|b| object::read(&b)))
            }
            Self::Row(row) => {
                let named = |(place, text): (usize, String)| {
                    (columns[place].clone(), Value::String(text))
                };
                let fields =
                    row.cells.map(|cells| cells.into_iter().map(named).collect());
                (row.number, fields)
            }
        }
    }
}
