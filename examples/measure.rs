//! Measures verdicts on files of derivatives that are known to be right.
//!
//! ```sh
//! cargo run --release --example measure -- [--show VERDICT] [--threads N] FILE…
//! ```
//!
//! A file is JSON Lines; a row has `id`, `expr`, `wrt` (a list; for one derivative in several
//! variables, in their order) and `expected` (a text, or a list with one partial derivative
//! for each variable). Each row is differentiated, and `expected` is checked as an answer;
//! then the same is done with an answer in which one number or sign was changed.
//! `--show VERDICT` lists the rows with that verdict, `--show mutated-VERDICT` those whose
//! changed answer got it, `--show longer` those with an answer longer than the published one,
//! the longest first in proportion, each with both texts.

use calcgrad::check::Domain;
use calcgrad::print::{self, Notation};
use calcgrad::session::{Answer, Engine, Judgement, Question, Settings};
use calcgrad::{Result, syntax};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

/// A derivative that is known to be right.
struct Case {
    id: String,
    expr: String,
    question: Question,
    expected: Vec<String>,
    domain: Domain,
}

/// What came out of a case.
struct Found {
    id: String,
    /// The verdict, or the kind of the error.
    verdict: std::result::Result<&'static str, &'static str>,
    /// The answer with a change, and the verdict on it.
    mutated: Option<(String, std::result::Result<&'static str, &'static str>)>,
    /// What a reader has to read of the published derivative and of ours, and both texts.
    lengths: Option<Lengths>,
    /// Milliseconds of the check.
    time: f64,
}

/// The published derivative beside ours.
struct Lengths {
    published: u32,
    ours: u32,
    texts: [String; 2],
}

impl Lengths {
    fn ratio(&self) -> f64 {
        f64::from(self.ours.max(1)) / f64::from(self.published.max(1))
    }
}

fn main() -> std::result::Result<(), Box<dyn std::error::Error>> {
    let mut files = Vec::new();
    let mut show = None;
    let mut threads = std::thread::available_parallelism().map_or(1, usize::from);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--show" => show = arguments.next(),
            "--threads" => {
                threads = arguments.next().ok_or("how many threads?")?.parse()?
            }
            _ => files.push(argument),
        }
    }
    if files.is_empty() {
        return Err("measure [--show VERDICT] [--threads N] FILE…".into());
    }
    let mut out = std::io::stdout();
    for file in files {
        let text =
            std::fs::read_to_string(&file).map_err(|error| format!("{file}: {error}"))?;
        let cases: Vec<Case> = text.lines().filter_map(case).collect();
        let start = Instant::now();
        let found = all(&cases, threads);
        let seconds = start.elapsed().as_secs_f64();
        let left =
            text.lines().filter(|line| !line.trim().is_empty()).count() - cases.len();
        let name = file.rsplit(['/', '\\']).next().unwrap_or(&file);
        writeln!(out, "{}", table(name, &found, left, seconds))?;
        let mut found: Vec<&Found> = found.iter().collect();
        if show.as_deref() == Some("longer") {
            let ratio =
                |found: &Found| found.lengths.as_ref().map_or(0.0, Lengths::ratio);
            found.sort_by(|a, b| ratio(b).total_cmp(&ratio(a)));
        }
        for found in found {
            if let Some(line) = show.as_deref().and_then(|show| shown(found, show)) {
                writeln!(out, "{line}")?;
            }
        }
    }
    Ok(())
}

fn shown(found: &Found, show: &str) -> Option<String> {
    let id = &found.id;
    let named = |found: &std::result::Result<&str, &str>, show: &str| {
        found.is_ok_and(|verdict| verdict == show)
            || found.is_err_and(|kind| kind == show)
    };
    match (show.strip_prefix("mutated-"), &found.mutated, &found.lengths) {
        (Some(show), Some((answer, verdict)), _) if named(verdict, show) => {
            Some(format!("{id}: {answer}"))
        }
        (None, _, Some(lengths))
            if show == "longer" && lengths.ours > lengths.published =>
        {
            let Lengths { published, ours, texts: [theirs, text] } = lengths;
            let ratio = lengths.ratio();
            Some(format!(
                "{id}: {ratio:.2}, {published} became {ours}\n  {theirs}\n  {text}"
            ))
        }
        (None, ..) if named(&found.verdict, show) => Some(id.clone()),
        _ => None,
    }
}

/// A row of a file; `None` for one that is no derivative.
fn case(line: &str) -> Option<Case> {
    let row: Value = serde_json::from_str(line).ok()?;
    let texts = |value: &Value| -> Option<Vec<String>> {
        value.as_array()?.iter().map(|item| item.as_str().map(str::to_owned)).collect()
    };
    if row["unevaluated"] == true {
        return None;
    }
    let wrt = syntax::parse_names(&texts(&row["wrt"])?.join(",")).ok()?;
    let (expected, question) = match &row["expected"] {
        Value::String(text) if wrt.len() == 1 => {
            (vec![text.clone()], Question::Partials(wrt, 1))
        }
        Value::String(text) => (vec![text.clone()], Question::Mixed(wrt)),
        list => (texts(list)?, Question::Partials(wrt, 1)),
    };
    let expr = row["expr"].as_str()?.to_owned();
    let complex = expected.iter().chain([&expr]).any(|text| has_name(text, "i"));
    let domain = if complex { Domain::Complex } else { Domain::Real };
    let id = row["id"].as_str().map_or_else(|| row["id"].to_string(), str::to_owned);
    Some(Case { id, expr, question, expected, domain })
}

fn has_name(text: &str, name: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == name)
}

/// Works on all cases, some at a time, and keeps their order.
fn all(cases: &[Case], threads: usize) -> Vec<Found> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut engine = Engine::default();
        let mut done = Vec::new();
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            let Some(case) = cases.get(place) else { return done };
            done.push((place, measure(&mut engine, case)));
        }
    };
    let mut found: Vec<(usize, Found)> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads.max(1))
            .filter_map(|_| {
                let builder = std::thread::Builder::new().stack_size(16 << 20);
                builder.spawn_scoped(scope, work).ok()
            })
            .collect();
        workers.into_iter().filter_map(|worker| worker.join().ok()).flatten().collect()
    });
    found.sort_by_key(|(place, _)| *place);
    found.into_iter().map(|(_, found)| found).collect()
}

fn measure(engine: &mut Engine, case: &Case) -> Found {
    let start = Instant::now();
    let checked = check(engine, case, &case.expected);
    let time = start.elapsed().as_secs_f64() * 1e3;
    let lengths =
        checked.as_ref().ok().and_then(|found| lengths(engine, case, found).ok());
    let mutated = checked.is_ok().then(|| {
        let (answer, text) = mutate(&case.id, &case.expected);
        let found = check(engine, case, &answer);
        (text, verdict(&found))
    });
    Found { id: case.id.clone(), verdict: verdict(&checked), mutated, lengths, time }
}

fn settings(case: &Case) -> Settings {
    let (Question::Partials(names, _) | Question::Mixed(names)) = &case.question;
    Settings { declared: names.clone(), domain: case.domain, ..Settings::default() }
}

fn check(engine: &mut Engine, case: &Case, answer: &[String]) -> Result<Judgement> {
    engine.clear();
    let settings = settings(case);
    let formula = engine.read(&case.expr, &settings)?;
    let answer = match answer {
        [one] => one.clone(),
        many => format!("[{}]", many.join(", ")),
    };
    let answer = engine.read(&answer, &settings)?;
    engine.check(&formula, &case.question, &Answer::of(answer))
}

fn verdict(found: &Result<Judgement>) -> std::result::Result<&'static str, &'static str> {
    match found {
        Ok(judgement) => Ok(judgement.decision.verdict.id()),
        Err(error) => Err(error.kind.id()),
    }
}

/// Names, numbers, operators and calls of the published derivative and of ours, as typed.
fn lengths(engine: &Engine, case: &Case, found: &Judgement) -> Result<Lengths> {
    let declared = settings(case).declared;
    let declared: Vec<&str> = declared.iter().map(String::as_str).collect();
    let cost = |text: &str| syntax::parse(text, &declared).map(|program| program.cost());
    let (mut published, mut ours) = (0, 0);
    let mut texts = Vec::with_capacity(found.components.len());
    for text in &case.expected {
        published += cost(text)?;
    }
    for component in &found.components {
        let text = print::write(&engine.pool, component.expected, Notation::Text)?;
        ours += cost(&text)?;
        texts.push(text);
    }
    let texts = [case.expected.join(", "), texts.join(", ")];
    Ok(Lengths { published, ours, texts })
}

/// The answer with one number or sign changed, the same in every run.
fn mutate(id: &str, expected: &[String]) -> (Vec<String>, String) {
    let hash =
        |seed: u64, byte: u8| (seed ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    let seed = id.bytes().fold(0xcbf2_9ce4_8422_2325, hash);
    let place = (seed >> 32) as usize % expected.len();
    let text = &expected[place];
    let found = changes(text);
    let changed = match found.len() {
        0 => format!("2*({text})"),
        count => {
            let (at, length, new) = &found[(seed >> 8) as usize % count];
            format!("{}{new}{}", &text[..*at], &text[at + length..])
        }
    };
    let mut answer = expected.to_vec();
    answer[place] = changed.clone();
    (answer, changed)
}

/// What can be changed: where, how many bytes, into what.
fn changes(text: &str) -> Vec<(usize, usize, String)> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    let mut before = b'(';
    while at < bytes.len() {
        let byte = bytes[at];
        let mut length = 1;
        if byte.is_ascii_digit() || byte == b'.' {
            let more = |b: &&u8| b.is_ascii_digit() || **b == b'.';
            length = bytes[at..].iter().take_while(more).count();
            found.push((at, length, format!("({}+1)", &text[at..at + length])));
        } else if byte.is_ascii_alphabetic() || byte == b'_' || byte >= 0x80 {
            let more = |b: &&u8| b.is_ascii_alphanumeric() || **b == b'_' || **b >= 0x80;
            length = bytes[at..].iter().take_while(more).count();
        } else if byte == b'+' || byte == b'-' {
            let binary =
                before.is_ascii_alphanumeric() || before == b')' || before == b'_';
            let new = match (binary, byte) {
                (true, b'+') => "-",
                (true, _) => "+",
                (false, _) => " ",
            };
            found.push((at, 1, new.to_owned()));
        }
        if !byte.is_ascii_whitespace() {
            before = bytes[at + length - 1];
        }
        at += length;
    }
    found
}

fn table(name: &str, found: &[Found], left: usize, seconds: f64) -> String {
    let mut out = format!("## {name}\n\n");
    let _ = writeln!(out, "| what | count | share |\n| --- | --- | --- |");
    let read = found.iter().filter(|found| found.verdict.is_ok()).count();
    let share = |count: usize, of: usize| match of {
        0 => String::new(),
        _ => format!("{:.2} %", 100.0 * count as f64 / of as f64),
    };
    let row = |out: &mut String, what: &str, count: usize, of: usize| {
        let _ = writeln!(out, "| {what} | {count} | {} |", share(count, of));
    };
    row(&mut out, "derivatives", found.len(), found.len());
    if left > 0 {
        row(&mut out, "rows without one", left, 0);
    }
    row(&mut out, "checked", read, found.len());
    let refused = found.iter().filter_map(|found| found.verdict.err());
    for (kind, count) in counted(refused) {
        row(&mut out, &format!("refused: {kind}"), count, found.len());
    }
    for (verdict, count) in counted(found.iter().filter_map(|found| found.verdict.ok())) {
        row(&mut out, verdict, count, read);
    }
    let mutated: Vec<_> = found.iter().filter_map(|f| f.mutated.as_ref()).collect();
    for (verdict, count) in
        counted(mutated.iter().map(|(_, v)| v.unwrap_or_else(|kind| kind)))
    {
        row(&mut out, &format!("changed: {verdict}"), count, mutated.len());
    }
    let lengths = found.iter().filter_map(|found| found.lengths.as_ref());
    let mut ratios: Vec<f64> = lengths.map(Lengths::ratio).collect();
    ratios.sort_by(f64::total_cmp);
    let within = |most: f64| ratios.iter().filter(|ratio| **ratio <= most).count();
    row(&mut out, "no longer than published", within(1.0), ratios.len());
    row(&mut out, "within 1.5 of published", within(1.5), ratios.len());
    let mut times: Vec<f64> = found.iter().map(|found| found.time).collect();
    times.sort_by(f64::total_cmp);
    let at = |list: &[f64], part: f64| {
        list.get(((list.len() as f64 * part) as usize).min(list.len().saturating_sub(1)))
            .copied()
            .unwrap_or_default()
    };
    let _ = writeln!(
        out,
        "\nlength: median {:.2}, 90 % {:.2}, worst {:.2} of the published one",
        at(&ratios, 0.5),
        at(&ratios, 0.9),
        at(&ratios, 1.0)
    );
    let _ = writeln!(
        out,
        "time of a check: median {:.2} ms, 99 % {:.1} ms, worst {:.0} ms, all {:.2} s; with \
         the changed answers {seconds:.1} s on the clock",
        at(&times, 0.5),
        at(&times, 0.99),
        at(&times, 1.0),
        times.iter().sum::<f64>() / 1e3
    );
    let equal: Vec<&str> = found
        .iter()
        .filter(|found| {
            let verdict = found.mutated.as_ref().and_then(|(_, verdict)| verdict.ok());
            verdict.is_some_and(|verdict| verdict.contains("equal"))
        })
        .map(|found| found.id.as_str())
        .collect();
    if !equal.is_empty() {
        let _ = writeln!(out, "changed and still equal: {}", equal.join("; "));
    }
    out
}

fn counted<'a>(names: impl Iterator<Item = &'a str>) -> BTreeMap<&'a str, usize> {
    let mut counts = BTreeMap::new();
    for name in names {
        *counts.entry(name).or_default() += 1;
    }
    counts
}
