//! `calcgrad verify`.

use super::super::args::{Common, whole};
use super::super::exit::Exit;
use super::super::report::{Report, Value, Written};
use super::Task;
use calcgrad::print;
use calcgrad::session::{Engine, Quotient, QuotientTable};
use calcgrad::{Error, ErrorKind, Note, Result};
use clap::Args;
use serde_json::json;

#[derive(Args, Debug)]
pub(crate) struct Verify {
    #[command(flatten)]
    common: Common,
    /// The variables, as x,y [default: all, in natural order]
    #[arg(short, long, value_name = "NAMES")]
    wrt: Vec<String>,
    /// Take the quotients from the right and from the left instead of central ones
    #[arg(long)]
    one_sided: bool,
    /// The number of steps 0.1, 0.01, …
    #[arg(long, default_value_t = 6, value_name = "N", value_parser = whole)]
    rows: u32,
    /// The table alone, as comma-separated values
    #[arg(long)]
    csv: bool,
}

impl Task for Verify {
    fn common(&self) -> &Common {
        &self.common
    }

    fn run(&self, engine: &mut Engine, text: &str) -> Result<Report> {
        let (beside, found) = self.common.read(engine, text, &self.wrt)?;
        if beside.point.is_empty() {
            let what = "the quotients need a point".to_owned();
            return Err(Error::from(ErrorKind::InvalidPoint(what)).help("add --at x=…"));
        }
        if self.csv && found.wrt.len() > 1 {
            let what = "a file of values has one table".to_owned();
            return Err(Error::from(ErrorKind::WrongDimension(what))
                .help("name one variable with --wrt"));
        }
        let mut report = Report::new(found.notes);
        report.checked = Some(true);
        let partial = engine.variables(&found.formula.roots).len() > 1;
        for name in &found.wrt {
            let table = engine.quotients(
                &found.formula,
                name,
                &beside.point,
                self.one_sided,
                self.rows,
            )?;
            let checked = report.checked.unwrap_or(true) && table.checked;
            report.checked = Some(checked);
            if !table.comes_near {
                let has_value = |quotient: &Quotient| quotient.value.is_some();
                let what =
                    match table.rows.iter().flat_map(|row| &row.quotients).any(has_value)
                    {
                        true => "do not come to the derivative",
                        false => "have no values",
                    };
                let message = format!("the quotients in {name} {what} with these steps");
                report.notes.push(Note { message, span: None });
                report.exit = Some(Exit::Unsupported);
            }
            let mut quotients = table.rows.iter().flat_map(|row| &row.quotients);
            if quotients.any(|quotient| quotient.rounded) {
                let message = "the function is known with 15 digits only; where it says \
                               rounding, they no longer show the error";
                report.notes.push(Note { message: message.to_owned(), span: None });
            }
            if self.csv {
                let text = csv_text(&table)?;
                report.push(Written::default(), Value::One(text.trim_end().into()));
                continue;
            }
            let function = &found.formula.name;
            let label = Written::from_fn(|notation| {
                print::partial_label(function, &[name], partial, notation)
            });
            let derivative = Written::new(&engine.pool, table.derivative)?;
            let mut object = Value::One(derivative.clone()).json();
            let mut tail = Written::default();
            if engine.pool.as_number(table.derivative).is_none()
                && let Some(decimal) = engine.short_decimal(table.derivative)
            {
                let decimal = Written::decimal(&decimal);
                object["decimal"] = decimal.text.as_str().into();
                tail.text = format!(" ≈ {}", decimal.text);
                tail.latex = format!(" \\approx {}", decimal.latex);
            }
            report.answer_with(("derivative", object), label, derivative, tail);
            report.line(Written::default(), shown(&table));
            report.field("quotients", rows(&table));
        }
        if !self.csv {
            report.at.clone_from(&beside.point);
        }
        Ok(report)
    }
}

/// The columns of a table: in words for files, as formulas for readers.
fn head(table: &QuotientTable) -> Vec<Written> {
    let x = &table.variable;
    let written = |text: String, latex: String| Written { text, latex };
    let mut head = vec![Written::from("h")];
    let quotients = match table.one_sided {
        true => vec!["right", "left"],
        false => vec!["central"],
    };
    for name in quotients {
        let formula = match name {
            "right" => (
                format!("(f({x} + h) - f({x}))/h"),
                format!("\\frac{{f({x} + h) - f({x})}}{{h}}"),
            ),
            "left" => (
                format!("(f({x}) - f({x} - h))/h"),
                format!("\\frac{{f({x}) - f({x} - h)}}{{h}}"),
            ),
            _ => (
                format!("(f({x} + h) - f({x} - h))/(2*h)"),
                format!("\\frac{{f({x} + h) - f({x} - h)}}{{2 h}}"),
            ),
        };
        head.push(written(formula.0, formula.1));
        head.push(Written::words("error"));
    }
    head
}

fn value(quotient: &Quotient) -> &str {
    quotient.value.as_deref().unwrap_or("undefined")
}

fn error(quotient: &Quotient) -> String {
    match (&quotient.error, quotient.rounded) {
        (Some(_), true) => "rounding".to_owned(),
        (Some(error), false) => error.clone(),
        (None, _) => "-".to_owned(),
    }
}

fn shown(table: &QuotientTable) -> Value {
    let cell = |text: &str| match text.as_bytes().first() {
        Some(b'0'..=b'9' | b'-') if text != "-" => Written::decimal(text),
        _ => Written::words(text),
    };
    let rows = table.rows.iter().map(|row| {
        let mut cells = vec![cell(&row.step)];
        for quotient in &row.quotients {
            cells.extend([cell(value(quotient)), cell(&error(quotient))]);
        }
        cells
    });
    Value::Table { head: head(table), rows: rows.collect() }
}

fn rows(table: &QuotientTable) -> serde_json::Value {
    let names: &[&str] = match table.one_sided {
        true => &["right", "left"],
        false => &["central"],
    };
    let row = |row: &calcgrad::session::QuotientRow| {
        let mut object = json!({ "h": row.step });
        for (name, quotient) in names.iter().zip(&row.quotients) {
            object[*name] = json!({
                "value": quotient.value,
                "error": quotient.error,
                "rounded": quotient.rounded,
            });
        }
        object
    };
    json!({
        "variable": table.variable,
        "rows": table.rows.iter().map(row).collect::<Vec<_>>(),
    })
}

fn csv_text(table: &QuotientTable) -> Result<String> {
    let failed = |_| ErrorKind::Unsupported("this table".to_owned());
    let mut writer = csv::Writer::from_writer(Vec::new());
    let head: &[&str] = match table.one_sided {
        true => &["h", "right", "error", "left", "error"],
        false => &["h", "central", "error"],
    };
    writer.write_record(head).map_err(failed)?;
    for row in &table.rows {
        let mut cells = vec![row.step.clone()];
        for quotient in &row.quotients {
            let error = quotient.error.clone().unwrap_or_default();
            cells.extend([quotient.value.clone().unwrap_or_default(), error]);
        }
        writer.write_record(&cells).map_err(failed)?;
    }
    let bytes = writer.into_inner().unwrap_or_default();
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
