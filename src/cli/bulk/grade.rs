//! `calcgrad grade`: a file of submissions, graded on all cores, in the order of the file.

use super::super::answer::Verdicts;
use super::super::exit::Exit;
use super::super::files::{Grade, Sheet};
use super::super::job::Action;
use super::super::output::Output;
use super::super::own_lines::OwnLines;
use super::super::verdict::sentence;
use super::super::visible::visible;
use super::super::{diagnostic, guard, json, judge, language, signals, theme};
use super::crew::{self, Weigh};
use super::progress;
use super::submission::{Submission, Submissions, plain};
use calcgrad::print::{self, Notation};
use calcgrad::{Error, Result};
use serde::Serialize;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use unicode_width::UnicodeWidthStr;

/// How many rows are held until the width of their names is known.
const HELD: usize = 512;
/// The widest column of names.
const WIDEST: usize = 24;
/// The width of the longest verdict.
const VERDICT: usize = 15;

/// A submission with what came out.
struct Graded {
    id: Value,
    found: Result<Verdicts>,
    /// The points of a right answer.
    out_of: f64,
    extra: Map<String, Value>,
}

impl Weigh for Graded {
    fn weight(&self) -> usize {
        self.found
            .iter()
            .flat_map(|found| found.expected.iter().flatten())
            .map(String::len)
            .sum()
    }
}

/// Grades every row; a broken one never stops the rest.
pub(crate) fn run(grade: &Grade, output: &mut Output) -> Exit {
    let mut counts = Counts::default();
    let done = grade_all(grade, output, &mut counts);
    if done.is_ok() && grade.format() == Sheet::Json && grade.summary {
        let line = serde_json::to_string(&Last { summary: &counts });
        output.line(&line.unwrap_or_default());
    }
    output.flush();
    match done {
        Err(error) => {
            diagnostic::error("", &error);
            Exit::from(&error.kind)
        }
        Ok(()) => {
            if grade.format() != Sheet::Json {
                diagnostic::line(&counts.text());
            }
            signals::caught().unwrap_or(Exit::Done)
        }
    }
}

fn grade_all(grade: &Grade, output: &mut Output, counts: &mut Counts) -> Result<()> {
    let (mut submissions, maker) = Submissions::open(&grade.file, grade.job())?;
    signals::listen(submissions.lines().feed().stopper());
    let mut sheet =
        Sheets::new(grade.format(), grade.steps, submissions.extra().to_vec());
    language::address_programs(grade.format() != Sheet::Text);
    sheet.begin(output);
    let bar = progress::bar(submissions.lines().feed().size());
    let reading = bar.clone();
    let next = move || {
        reading.set_position(submissions.lines().position());
        submissions.next()
    };
    let done = crew::answer(
        next,
        move |raw| mark(maker.submission(raw)),
        output,
        |graded, output| {
            counts.add(&graded);
            bar.set_message(format!("{} graded", counts.submissions));
            bar.suspend(|| sheet.add(graded, output));
        },
    );
    bar.finish_and_clear();
    sheet.end(output);
    done
}

/// Grades one submission.
fn mark(submission: Submission) -> Graded {
    let Submission { id, job, extra } = submission;
    let points = job.as_ref().ok().map(|(job, _)| job.points.iter().sum());
    let out_of = points.filter(|points| *points > 0.0).unwrap_or(1.0);
    let found = job.and_then(|(job, text)| {
        guard::with_engine(|engine| judge::run(engine, &job, &text))
    });
    Graded { id, found, out_of, extra }
}

/// Writes grades.
struct Sheets {
    format: Sheet,
    /// Whether there is a column for the first line that does not follow.
    steps: bool,
    /// The columns that go through.
    extra: Vec<String>,
    /// Rows that wait until the width of their names is known.
    held: Vec<Graded>,
    width: Option<usize>,
}

impl Sheets {
    fn new(format: Sheet, steps: bool, extra: Vec<String>) -> Self {
        Self { format, steps, extra, held: Vec::new(), width: None }
    }

    /// The number of the first line that does not follow, where there is a column for it.
    fn line_of(&self, graded: &Graded) -> Option<String> {
        let lines = graded.found.as_ref().ok().and_then(|found| found.lines.as_ref());
        let number = lines.and_then(OwnLines::first_wrong);
        self.steps.then(|| number.map_or_else(String::new, |number| number.to_string()))
    }

    fn begin(&self, output: &mut Output) {
        if self.format == Sheet::Csv {
            let own = ["id", "verdict", "score", "expected", "detail"];
            let line = self.steps.then_some("line");
            let extra = self.extra.iter().map(String::as_str);
            let names = own.into_iter().chain(line).chain(extra);
            output.bytes(&record(names));
        }
    }

    fn add(&mut self, graded: Graded, output: &mut Output) {
        match (self.format, self.width) {
            (Sheet::Text, Some(width)) => output.line(&line(&graded, width)),
            (Sheet::Text, None) => {
                self.held.push(graded);
                if self.held.len() == HELD {
                    self.end(output);
                }
            }
            (Sheet::Csv, _) => {
                let own = fields(&graded).into_iter().chain(self.line_of(&graded));
                let extra = self.extra.iter().map(|name| {
                    graded.extra.get(name).cloned().map(plain).unwrap_or_default()
                });
                output.bytes(&record(own.chain(extra)));
            }
            (Sheet::Json, _) => {
                let object = match &graded.found {
                    Ok(verdicts) => json::verdicts(Some(&graded.id), verdicts),
                    Err(error) => json::error(Some(&graded.id), error),
                };
                output.line(&json::carrying(object, graded.extra));
            }
        }
    }

    /// Writes the rows that wait; all names after them are as wide.
    fn end(&mut self, output: &mut Output) {
        let widths = self.held.iter().map(|graded| shown(&graded.id).width());
        let width = widths.max().unwrap_or(0).clamp(2, WIDEST);
        self.width = Some(width);
        for graded in std::mem::take(&mut self.held) {
            output.line(&line(&graded, width));
        }
    }
}

/// An id in a table to read.
fn shown(id: &Value) -> String {
    visible(&plain(id.clone())).into_owned()
}

/// The verdict in a word, and whether it is a good one.
fn verdict(graded: &Graded) -> (&'static str, bool) {
    match &graded.found {
        Ok(verdicts) => {
            let verdict = &verdicts.judgement.decision.verdict;
            (verdict.id(), verdict.is_equal())
        }
        Err(error) if error.is_unreadable() => (json::UNREADABLE, false),
        Err(_) => ("error", false),
    }
}

/// What there is to say besides.
fn detail(found: &Result<Verdicts>) -> String {
    let verdicts = match found {
        Ok(verdicts) => verdicts,
        Err(Error { kind, help, .. }) => {
            let kind = language::chosen().said(&kind.to_string());
            return match help {
                Some(help) => format!("{kind} ({})", language::chosen().said(help)),
                None => kind,
            };
        }
    };
    let locale = language::chosen();
    let judgement = &verdicts.judgement;
    let mut parts = Vec::new();
    let components = &judgement.components;
    let right = judgement.right();
    if components.len() > 1 && right < components.len() {
        let said = format!("{right} of {} components are right", components.len());
        parts.push(locale.said(&said));
    }
    parts.extend(verdicts.lines.as_ref().and_then(OwnLines::remark));
    // The first mistake is the most specific; that of a line is said.
    if !verdicts.lines.as_ref().is_some_and(OwnLines::explain) {
        let mistakes =
            components.iter().filter_map(|component| component.mistakes.first());
        parts.extend(mistakes.map(|mistake| mistake.text.clone()));
    }
    if judgement.decision.verdict.id() != "equal" {
        let said = sentence(Action::Check, &judgement.decision.verdict, judgement);
        let said = locale.said(&said);
        let first = components
            .iter()
            .find(|component| component.decision == judgement.decision)
            .filter(|_| components.len() > 1);
        parts.push(match first {
            Some(component) => {
                let wrt: Vec<&str> = component.wrt.iter().map(String::as_str).collect();
                format!(
                    "{}: {said}",
                    print::partial_label("f", &wrt, true, Notation::Text)
                )
            }
            None => said,
        });
    }
    parts.extend(judgement.flags.iter().map(|flag| locale.said(flag.text())));
    parts.extend(verdicts.notes.iter().map(|note| locale.said(&note.message)));
    parts.join("; ")
}

/// A row of the table; what is typed on several lines stands on one.
fn line(graded: &Graded, width: usize) -> String {
    let id = shown(&graded.id);
    let gap = " ".repeat(width.saturating_sub(id.width()));
    let (verdict, good) = verdict(graded);
    let verdict = language::chosen().said(verdict);
    let fill = " ".repeat(VERDICT.saturating_sub(verdict.width()));
    let detail = detail(&graded.found).replace(['\n', '\r', '\t'], " ");
    let (verdict, detail) = (theme::verdict(&verdict, good), visible(&detail));
    let line = format!("{id}{gap}  {verdict}{fill}  {detail}");
    line.trim_end().to_owned()
}

/// A row for a spreadsheet.
fn fields(graded: &Graded) -> [String; 5] {
    let (score, expected) = match &graded.found {
        Ok(verdicts) => {
            let all: Vec<String> =
                verdicts.expected.iter().map(|[text, _]| text.clone()).collect();
            let expected = match &all[..] {
                [one] => one.clone(),
                many => print::vector(many, Notation::Text),
            };
            (format!("{}", rounded(verdicts.score()[0])), expected)
        }
        Err(_) => ("0".to_owned(), String::new()),
    };
    let verdict = verdict(graded).0.to_owned();
    [plain(graded.id.clone()), verdict, score, expected, detail(&graded.found)]
}

fn record<T: AsRef<str>>(fields: impl Iterator<Item = T>) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let _ = writer.write_record(fields.map(|field| harmless(field.as_ref())));
    writer.into_inner().unwrap_or_default()
}

/// A field that a spreadsheet shows as it is and never carries out: what would be a formula
/// there has an apostrophe before it.
fn harmless(field: &str) -> String {
    let lines: Vec<_> = field.split('\n').map(visible).collect();
    let text = lines.join("\n");
    let is_call = text.starts_with('-') && text.contains('|');
    match text.trim_start().starts_with(['=', '+', '@']) || is_call {
        true => format!("'{text}"),
        false => text,
    }
}

/// To four places.
fn rounded(x: f64) -> f64 {
    (x * 1e4).round() / 1e4
}

/// The last line in JSON.
#[derive(Serialize)]
struct Last<'a> {
    summary: &'a Counts,
}

/// How many there were of each.
#[derive(Debug, Default, Serialize)]
struct Counts {
    submissions: usize,
    equal: usize,
    equal_on_domain: usize,
    probably_equal: usize,
    different: usize,
    wrong_shape: usize,
    undecided: usize,
    unreadable: usize,
    errors: usize,
    /// The sum of what each got, with parts for parts.
    #[serde(serialize_with = "short")]
    score: f64,
    /// The most that all could get.
    #[serde(serialize_with = "short")]
    out_of: f64,
    /// How often the most likely mistake of a wrong answer was which.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    mistakes: BTreeMap<&'static str, usize>,
}

fn short<S: serde::Serializer>(
    x: &f64,
    serializer: S,
) -> std::result::Result<S::Ok, S::Error> {
    serializer.serialize_f64(rounded(*x))
}

impl Counts {
    fn add(&mut self, graded: &Graded) {
        self.submissions += 1;
        *match verdict(graded).0 {
            "equal" => &mut self.equal,
            "equal-on-domain" => &mut self.equal_on_domain,
            "probably-equal" => &mut self.probably_equal,
            "different" => &mut self.different,
            "wrong-shape" => &mut self.wrong_shape,
            "undecided" => &mut self.undecided,
            json::UNREADABLE => &mut self.unreadable,
            _ => &mut self.errors,
        } += 1;
        self.out_of += graded.out_of;
        if let Ok(verdicts) = &graded.found {
            self.score += verdicts.score()[0];
            for component in &verdicts.judgement.components {
                if let Some(mistake) = component.mistakes.first() {
                    *self.mistakes.entry(mistake.id).or_default() += 1;
                }
            }
        }
    }

    /// The counts in words, without those that are zero.
    fn text(&self) -> String {
        let locale = language::chosen();
        let all = [
            (self.equal, "equal"),
            (self.equal_on_domain, "equal on a domain"),
            (self.probably_equal, "probably equal"),
            (self.different, "different"),
            (self.wrong_shape, "of a wrong shape"),
            (self.undecided, "undecided"),
            (self.unreadable, "unreadable"),
            (self.errors, if self.errors == 1 { "error" } else { "errors" }),
        ];
        let parts: Vec<String> = all
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{count} {}", locale.said(what)))
            .collect();
        let s = if self.submissions == 1 { "" } else { "s" };
        let head = format!("{} submission{s}", self.submissions);
        match parts.is_empty() {
            true => head,
            false => locale.said(&format!(
                "{head}: {}; score {} of {}",
                parts.join(", "),
                rounded(self.score),
                rounded(self.out_of)
            )),
        }
    }
}
