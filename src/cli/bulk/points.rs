//! A table of points as requests of a batch: a row is a point, a column is a coordinate.

use super::super::diagnostic;
use super::super::{guard, json, request};
use super::crew::Weigh;
use super::lines::Lines;
use super::table::{Row, Table};
use calcgrad::session::{Floats, Settings};
use calcgrad::syntax::nearest;
use calcgrad::{Error, ErrorKind, Result};
use serde_json::{Map, Value};
use std::sync::{Mutex, PoisonError};

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
    /// The formula made ready for doubles, where that is asked for.
    floats: Option<Ready>,
}

/// A formula made ready for doubles.
struct Ready {
    /// The columns of its variables.
    places: Vec<usize>,
    /// Copies that nobody uses, behind the first.
    floats: Mutex<(Floats, Vec<Floats>)>,
}

impl Ready {
    /// The numbers at a point.
    fn at(&self, point: &[f64]) -> Option<Vec<String>> {
        let list = || self.floats.lock().unwrap_or_else(PoisonError::into_inner);
        let mut own = {
            let mut list = list();
            list.1.pop().unwrap_or_else(|| list.0.clone())
        };
        let found = own.at(point);
        list().1.push(own);
        found
    }
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
        (at_kinks, floats): (Option<String>, bool),
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
        let floats = match floats {
            true => ready(&columns, &used, expr, &command)?,
            false => None,
        };
        let (expr, coordinates) = (expr.to_owned(), used);
        Ok(Some((table, Self { columns, command, expr, at_kinks, coordinates, floats })))
    }

    /// Answers a row in doubles; `None` where they do not tell, or it asks something else.
    fn in_doubles(&self, cells: &[(usize, String)]) -> Option<String> {
        let ready = self.floats.as_ref()?;
        let text = |place: usize| {
            cells.iter().find(|(known, _)| *known == place).map(|(_, text)| text.trim())
        };
        let mut point = Vec::with_capacity(ready.places.len());
        for place in &ready.places {
            point.push(decimal(text(*place)?)?);
        }
        let mut extra = Map::new();
        for (place, text) in cells {
            match &self.columns[*place][..] {
                "id" => {}
                "expr" | "command" => return None,
                _ if ready.places.contains(place) => {}
                name => drop(extra.insert(name.to_owned(), text.as_str().into())),
            }
        }
        let found = ready.at(&point)?;
        let id = cells.iter().find(|(place, _)| self.columns[*place] == "id");
        let id = id.map(|(_, text)| Value::from(text.as_str()));
        let (value, gradient) = found.split_first()?;
        Some(json::carrying(json::floats(id.as_ref(), value, gradient), extra))
    }

    /// Answers a row; columns that are nothing to the formula go along.
    pub(crate) fn respond(&self, row: Row) -> String {
        let cells = match row.cells {
            Ok(cells) => cells,
            Err(error) => return json::error_in_line(row.number, &error),
        };
        if let Some(record) = self.in_doubles(&cells) {
            return record;
        }
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
        let wanted = self
            .columns
            .iter()
            .zip(coordinates)
            .filter(|(name, used)| **used && !FIELDS.contains(&&name[..]));
        for (name, _) in wanted {
            let value = at.get(name).and_then(Value::as_str);
            if let Err(error) = must_be_number(name, value) {
                let error = match cell("id") {
                    Some(id) => json::error(Some(&Value::from(id.as_str())), &error),
                    None => json::error_in_line(row.number, &error),
                };
                return json::carrying(error, extra);
            }
        }
        request.insert("at".to_owned(), Value::Object(at));
        json::carrying(request::respond(row.number, Ok(request)), extra)
    }
}

/// Makes a formula ready for doubles.
///
/// # Errors
/// A command that has no values in doubles.
fn ready(
    columns: &[String],
    used: &[bool],
    expr: &str,
    command: &str,
) -> Result<Option<Ready>> {
    let is_gradient = match command {
        "eval" => false,
        "gradient" => true,
        other => {
            let what = format!("`{other}` has no answers in doubles");
            let error = Error::from(ErrorKind::InvalidRequest(what));
            return Err(error.help("leave out --floats, or take eval or gradient"));
        }
    };
    let places: Vec<usize> = (0..columns.len()).filter(|place| used[*place]).collect();
    let names: Vec<String> = places.iter().map(|place| columns[*place].clone()).collect();
    let found = guard::with_engine(|engine| {
        let settings = Settings { declared: names.clone(), ..Settings::default() };
        let formula = engine.read(expr, &settings)?;
        let wrt = if is_gradient { engine.variables(&formula.roots) } else { Vec::new() };
        engine.floats(&formula, &names, &wrt)
    });
    // What cannot be read is told by each point.
    let floats = found.ok().flatten();
    Ok(floats.map(|floats| Ready { places, floats: Mutex::new((floats, Vec::new())) }))
}

/// Refuses a coordinate that is missing, or no number: `N/A` is no product.
fn must_be_number(name: &str, value: Option<&str>) -> Result<()> {
    let refuse = |what: String| Err(ErrorKind::InvalidPoint(what).into());
    let Some(value) = value.map(str::trim).filter(|value| !value.is_empty()) else {
        return refuse(format!("`{name}` has no value"));
    };
    let has_names = || {
        guard::with_engine(|engine| {
            let found = engine.read(value, &Settings::default())?;
            Ok(!engine.variables(&found.roots).is_empty())
        })
    };
    // What cannot be read is told where the point is.
    match decimal(value).is_none() && has_names().unwrap_or(false) {
        true => refuse(format!("the value `{value}` of `{name}` is no number")),
        false => Ok(()),
    }
}

/// A number as it is typed most often, if a double holds it but for rounding.
fn decimal(text: &str) -> Option<f64> {
    let is_plain = |byte: u8| byte.is_ascii_digit() || b"+-.eE".contains(&byte);
    let is_number = !text.is_empty() && text.bytes().all(is_plain);
    let mantissa = text.split(['e', 'E']).next().unwrap_or(text);
    let is_zero = !mantissa.bytes().any(|byte| (b'1'..=b'9').contains(&byte));
    // What is too small for a double is not 0.
    let holds = |value: &f64| value.is_finite() && (*value != 0.0 || is_zero);
    text.parse().ok().filter(|value| is_number && holds(value))
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
