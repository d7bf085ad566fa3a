//! `calcgrad verify-answers`: a file of pairs, verified on all cores, in the order of the file.

use super::super::exit::Exit;
use super::super::files::VerifyAnswers;
use super::super::output::Output;
use super::super::{diagnostic, guard, signals, verification};
use super::crew::{self, Weigh};
use super::lines::Lines;
use super::rows::{Raw, Rows};
use super::table::Table;
use calcgrad::session::Terms;
use calcgrad::{Error, ErrorKind, Result};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::IsTerminal;

/// The columns that mean something here; all others go through as they are.
const KNOWN: [&str; 3] = ["id", "gold", "answer"];

/// The record of a row, with its verdict.
struct Record {
    text: String,
    verdict: &'static str,
}

impl Weigh for Record {
    fn weight(&self) -> usize {
        self.text.len()
    }
}

/// Verifies every row; a broken one never stops the rest.
pub(crate) fn run(verify: &VerifyAnswers, output: &mut Output) -> Exit {
    let mut counts = Counts::default();
    let done = verify_all(verify, output, &mut counts);
    if done.is_ok() && verify.summary {
        output.line(&counts.record());
    }
    output.flush();
    match done {
        Err(error) => {
            diagnostic::error("", &error);
            Exit::from(&error.kind)
        }
        Ok(()) => signals::caught().unwrap_or(Exit::Done),
    }
}

fn verify_all(
    verify: &VerifyAnswers,
    output: &mut Output,
    counts: &mut Counts,
) -> Result<()> {
    let mut rows = Rows::open(&verify.file, "pairs of answers", header)?;
    rows.others(&KNOWN);
    let columns = rows.columns().to_vec();
    signals::listen(rows.lines().feed().stopper());
    verify.bulk.begin(output);
    let is_shown = !std::io::stdout().is_terminal();
    let bar = verify.bulk.bar(is_shown, rows.lines().feed().size());
    let reading = bar.clone();
    let mut left_out = verify.bulk.skip;
    let next = move || {
        reading.set_position(rows.lines().position());
        while left_out > 0 && rows.next()?.is_some() {
            left_out -= 1;
        }
        rows.next()
    };
    let terms = verify.terms();
    let done = crew::answer(
        next,
        move |raw| verified(raw, &columns, &terms),
        output,
        |record, output| {
            counts.add(record.verdict);
            verify.bulk.tell(&bar, verify.bulk.skip + counts.all, "verified");
            output.line(&record.text);
        },
    );
    bar.finish_and_clear();
    done
}

/// The record of one row.
fn verified(raw: Raw, columns: &[String], terms: &Terms) -> Record {
    let (number, fields) = raw.fields(columns);
    let mut id = None;
    let found = fields.and_then(|mut fields| {
        id = fields.shift_remove("id").filter(|id| !id.is_null());
        let gold = verification::side("gold", fields.shift_remove("gold"))?;
        let answer = verification::side("answer", fields.shift_remove("answer"))?;
        let found =
            guard::with_engine(|engine| Ok(engine.verify_answer(&gold, &answer, terms)))?;
        Ok((verification::record(id.as_ref(), &found, fields), found.verdict()))
    });
    let (text, verdict) =
        found.unwrap_or_else(|error| verification::failure(id.as_ref(), number, &error));
    Record { text, verdict }
}

/// The columns of a table.
fn header(lines: &mut Lines) -> Result<Table> {
    let wanted = "a first line that names the columns is needed, as `id,gold,answer`";
    let refused = |what: String| Error::from(ErrorKind::InvalidRequest(what));
    let Some(mut table) = Table::open(lines)? else {
        return Err(refused(format!("the file is empty; {wanted}")));
    };
    table.rename(|name| match name.to_lowercase() {
        lower if KNOWN.contains(&&lower[..]) => lower,
        _ => name.to_owned(),
    });
    let columns = table.columns();
    for name in ["gold", "answer"] {
        if !columns.iter().any(|column| column == name) {
            return Err(refused(format!("there is no column `{name}`")).help(wanted));
        }
    }
    table.distinguish(|name| KNOWN.contains(&name))?;
    Ok(table)
}

/// How many there were of each verdict.
#[derive(Default)]
struct Counts {
    all: u64,
    each: BTreeMap<&'static str, u64>,
}

impl Counts {
    fn add(&mut self, verdict: &'static str) {
        self.all += 1;
        *self.each.entry(verdict).or_default() += 1;
    }

    /// The last line.
    fn record(&self) -> String {
        let own = std::iter::once(("pairs", self.all));
        let each = self.each.iter().map(|(name, count)| (*name, *count));
        let counts: serde_json::Map<String, Value> = own
            .chain(each)
            .map(|(name, count)| (name.replace('-', "_"), count.into()))
            .collect();
        serde_json::json!({ "summary": counts }).to_string()
    }
}
