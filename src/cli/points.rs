//! A table of points as requests of a batch: a row is a point, a column is a coordinate.

use super::crew::Weigh;
use super::diagnostic;
use super::lines::Lines;
use super::table::{Row, Table};
use super::{guard, json, request};
use calcgrad::Result;
use calcgrad::session::Settings;
use calcgrad::syntax::nearest;
use serde_json::{Map, Value};

/// The columns that are fields of a request and no coordinates.
const FIELDS: [&str; 3] = ["id", "command", "expr"];

/// What is done at each point.
pub(crate) struct Points {
    columns: Vec<String>,
    command: String,
    expr: String,
    /// What a derivative is at a kink, as it is typed.
    at_kinks: Option<String>,
    /// Which columns are names in the formula.
    coordinates: Vec<bool>,
}

impl Weigh for Row {
    fn weight(&self) -> usize {
        self.cells.iter().flatten().map(|(_, text)| text.len()).sum()
    }
}

impl Points {
    /// Reads the names of the columns; `None` for an empty input.
    ///
    /// # Errors
    /// A first line that cannot be read or names a column twice.
    pub(crate) fn open(
        lines: &mut Lines,
        expr: &str,
        command: Option<&str>,
        at_kinks: Option<String>,
    ) -> Result<Option<(Table, Self)>> {
        let command = command.unwrap_or("eval").to_owned();
        request::must_be_command(&command)?;
        let Some(mut table) = Table::open(lines)? else { return Ok(None) };
        let known = names(table.columns(), expr);
        let used = coordinates(table.columns(), known.as_ref());
        let of = table.columns().to_vec();
        let is_used = |name: &str| {
            let is_named = |(column, used): (&String, &bool)| *used && column == name;
            FIELDS.contains(&name) || of.iter().zip(&used).any(is_named)
        };
        table.distinguish(is_used)?;
        let columns = table.columns().to_vec();
        for name in columns.iter().filter(|name| !is_used(name)) {
            if let Some(near) = nearest(name, FIELDS) {
                let said =
                    format!("the column `{name}` is not known; did you mean `{near}`?");
                diagnostic::remark(&said);
            }
        }
        if let Some(Known { missing, .. }) = &known
            && !missing.is_empty()
        {
            let missing = missing.join("`, `");
            diagnostic::remark(&format!("there is no column for `{missing}`"));
        }
        Ok(Some((
            table,
            Self { columns, command, expr: expr.to_owned(), at_kinks, coordinates: used },
        )))
    }

    /// Answers a row; columns that are nothing to the formula go along.
    pub(crate) fn respond(&self, row: Row) -> String {
        let cells = match row.cells {
            Ok(cells) => cells,
            Err(error) => return json::error_in_line(row.number, &error),
        };
        let cell = |name: &str| {
            let mut cells = cells.iter();
            cells.find(|(place, _)| self.columns[*place] == name).map(|(_, text)| text)
        };
        let own = cell("expr")
            .map(|expr| coordinates(&self.columns, names(&self.columns, expr).as_ref()));
        let coordinates = own.as_ref().unwrap_or(&self.coordinates);
        let mut request = Map::new();
        request.insert("command".to_owned(), self.command.as_str().into());
        request.insert("expr".to_owned(), self.expr.as_str().into());
        if let Some(at_kinks) = &self.at_kinks {
            request.insert("at_kinks".to_owned(), at_kinks.as_str().into());
        }
        let (mut at, mut extra) = (Map::new(), Map::new());
        for (place, text) in &cells {
            let name = &self.columns[*place];
            let into = match () {
                () if FIELDS.contains(&&name[..]) => &mut request,
                () if coordinates[*place] => &mut at,
                () => &mut extra,
            };
            into.insert(name.clone(), text.as_str().into());
        }
        request.insert("at".to_owned(), Value::Object(at));
        json::carrying(request::respond(row.number, Ok(request)), extra)
    }
}

/// What a formula says of columns.
struct Known {
    /// Which are names in it.
    named: Vec<bool>,
    /// Its variables that have none.
    missing: Vec<String>,
}

/// Looks for columns in a formula; `None` where it cannot be read.
fn names(columns: &[String], expr: &str) -> Option<Known> {
    let known = guard::with_engine(|engine| {
        let declared = columns.iter().filter(|name| !FIELDS.contains(&&name[..]));
        let declared = declared.cloned().collect();
        let formula = engine.read(expr, &Settings { declared, ..Settings::default() })?;
        let named = columns.iter().map(|name| formula.has_name(name)).collect();
        let spelled: Vec<String> = columns.iter().map(|n| formula.spelling(n)).collect();
        let mut missing = engine.variables(&formula.roots);
        missing.retain(|name| !spelled.contains(name));
        Ok(Known { named, missing })
    });
    known.ok()
}

/// Which columns are coordinates; all of them where the formula cannot be read, so that the
/// error is that of the formula.
fn coordinates(columns: &[String], known: Option<&Known>) -> Vec<bool> {
    known.map_or_else(|| vec![true; columns.len()], |known| known.named.clone())
}
