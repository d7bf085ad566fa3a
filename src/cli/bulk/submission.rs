//! Submissions: the rows of a CSV or JSON Lines file, one after the other, each on its own.

use super::super::fields::choose;
use super::super::job::{Action, Job};
use super::super::typed::{InputName, tolerance};
use super::super::{guard, question};
use super::lines::Lines;
use super::rows::{Raw, Rows};
use super::table::Table;
use calcgrad::check::Domain;
use calcgrad::syntax::nearest;
use calcgrad::{Error, ErrorKind, Result};
use serde_json::{Map, Value};

/// The columns that mean something here; all others go through as they are.
const KNOWN: [&str; 13] = [
    "id",
    "expr",
    "question",
    "wrt",
    "order",
    "mixed",
    "assume",
    "domain",
    "answer",
    "form",
    "tolerance",
    "points",
    "input",
];

/// One submission: its name, what is to be checked, and what goes along.
pub(crate) struct Submission {
    pub(crate) id: Value,
    pub(crate) job: Result<(Job, String)>,
    pub(crate) extra: Map<String, Value>,
}

/// The submissions of a file, in its order.
pub(crate) struct Submissions {
    rows: Rows,
    /// The columns that go through, as they are called: those of the table, or the fields of
    /// the first object.
    extra: Vec<String>,
}

/// Makes submissions of rows.
pub(crate) struct Maker {
    columns: Vec<String>,
    /// What holds where a row says nothing.
    common: Job,
}

fn invalid(what: String) -> Error {
    ErrorKind::InvalidRequest(what).into()
}

impl Submissions {
    /// Opens a file and reads what its columns are.
    ///
    /// # Errors
    /// A file that cannot be read, or one without the columns that are needed.
    pub(crate) fn open(path: &str, common: Job) -> Result<(Self, Maker)> {
        let rows = Rows::open(path, "submissions", |lines| header(lines, &common))?;
        let columns = rows.columns().to_vec();
        let extra = rows.others(&KNOWN);
        Ok((Self { rows, extra }, Maker { columns, common }))
    }

    /// The lines of the file.
    pub(crate) fn lines(&self) -> &Lines {
        self.rows.lines()
    }

    /// The columns that go through, as they are called.
    pub(crate) fn extra(&self) -> &[String] {
        &self.extra
    }

    /// The next row; `None` at the end.
    ///
    /// # Errors
    /// A file that cannot be read on; a row that cannot is a submission with an error.
    pub(crate) fn next(&mut self) -> Result<Option<Raw>> {
        self.rows.next()
    }
}

impl Maker {
    /// The submission of a row.
    pub(crate) fn submission(&self, raw: Raw) -> Submission {
        let (number, fields) = raw.fields(&self.columns);
        let line = || Value::from(format!("line {number}"));
        let mut fields: Map<String, Value> = match fields {
            Ok(fields) => fields,
            Err(error) => {
                return Submission { id: line(), job: Err(error), extra: Map::new() };
            }
        };
        let id = fields.shift_remove("id").filter(|id| !id.is_null());
        let (known, extra): (Map<_, _>, Map<_, _>) =
            fields.into_iter().partition(|(name, _)| KNOWN.contains(&&name[..]));
        // A row without an id is known by what it has besides: a name, most often.
        let id = id.or_else(|| extra.values().next().cloned()).unwrap_or_else(line);
        Submission { id, job: guard::guarded(|| self.job(known)), extra }
    }

    /// What is to be checked.
    fn job(&self, fields: Map<String, Value>) -> Result<(Job, String)> {
        let get = |name: &str| text(name, fields.get(name)?.clone());
        let mut job = Job { action: Action::Check, ..self.common.clone() };
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
        if let Some(form) = get("form") {
            job.form = Some(choose("form", &form)?);
            job.requires_form = true;
        }
        if let Some(size) = get("tolerance") {
            job.tolerance = Some(tolerance(&size)?);
        }
        if let Some(input) = get("input") {
            job.input = Some(choose::<InputName>("input", &input)?.notation());
        }
        if let Some(list) = get("points") {
            let points = list.split([',', ';', ' ']).filter(|part| !part.is_empty());
            let points: Option<Vec<f64>> = points
                .map(|part| {
                    part.parse().ok().filter(|x: &f64| (0.0..f64::INFINITY).contains(x))
                })
                .collect();
            job.points = points.ok_or_else(|| {
                invalid(format!("`{list}` is no list of points, as 2 or 1;1"))
            })?;
        }
        job.other = get("answer");
        if job.other.is_none() {
            return Err(invalid("the row has no `answer`".into()));
        }
        Ok((job, formula))
    }
}

/// The columns of a CSV file.
fn header(lines: &mut Lines, common: &Job) -> Result<Table> {
    let wanted = "a first line that names the columns is needed, as `id,expr,wrt,answer`";
    let Some(mut table) = Table::open(lines)? else {
        return Err(invalid(format!("the file is empty; {wanted}")));
    };
    table.rename(|name| match name.to_lowercase() {
        lower if KNOWN.contains(&&lower[..]) => lower,
        _ => name.to_owned(),
    });
    let columns = table.columns();
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
        let near = columns.iter().find_map(|name| {
            let near = nearest(&name.to_lowercase(), KNOWN)?;
            (near != name && !known(near)).then(|| format!("`{name}` is nearly `{near}`"))
        });
        return Err(invalid(what).help(near.as_deref().unwrap_or(wanted)));
    }
    table.distinguish(|name| KNOWN.contains(&name))?;
    Ok(table)
}

/// A field as it is typed in a table; nothing where it says nothing.
fn text(name: &str, value: Value) -> Option<String> {
    let list = |items: Vec<Value>| items.into_iter().map(plain).collect::<Vec<_>>();
    let text = match value {
        Value::Null => return None,
        Value::Array(items) if name == "answer" && items.len() != 1 => {
            format!("[{}]", list(items).join(", "))
        }
        Value::Array(items) => list(items).join(","),
        other => plain(other),
    };
    (!text.trim().is_empty()).then_some(text)
}

/// A value as it is shown.
pub(crate) fn plain(value: Value) -> String {
    match value {
        Value::String(text) => text,
        other => other.to_string(),
    }
}
