//! A derivation of a matrix formula judged line by line.

use super::super::language;
use super::super::own_lines::{ShownLine, Tally, laid_out};
use super::super::report::{Report, Value, Written};
use super::{equal, short};
use calcgrad::matrix::{Layout, Opinion, OwnLine, Problem};
use calcgrad::syntax::derivation;
use calcgrad::{ErrorKind, Result};
use serde_json::{Value as Json, json};

/// Puts the lines of an answer into a report, and says how many of them follow.
///
/// # Errors
/// What is too long or has no lines, and derivatives that are refused.
pub(super) fn judge(
    problem: &mut Problem,
    (wrt, order): (&str, u32),
    layout: Layout,
    (answer, is_right): (&str, bool),
    report: &mut Report,
) -> Result<Tally> {
    let names = problem.variables();
    let function = problem.function().to_owned();
    let is_known = |name: &str| names.iter().any(|known| known == name);
    // `Ax` is a product of names.
    let is_name = |name: &str| {
        let mut letters = name.chars();
        is_known(name) || name == function || letters.all(|c| is_known(&c.to_string()))
    };
    let refuse = |what: &str| ErrorKind::InvalidAnswer(what.to_owned());
    let found = derivation(answer, &is_name)
        .ok_or_else(|| refuse("the derivation is too long"))?;
    let lines = problem.judge_lines(wrt, order, layout, &found.rows)?;
    if lines.is_empty() {
        return Err(refuse("there is no line with a formula").into());
    }
    let first = lines.iter().position(|line| line.follows() == Some(false));
    let open = lines.iter().position(|line| line.follows().is_none());
    let tally = Tally {
        count: lines.len(),
        followed: lines.iter().filter(|line| line.follows() == Some(true)).count(),
        first_wrong: first.map(|place| place + 1),
        first_open: open.map(|place| place + 1),
        ends_well: lines.last().is_some_and(|line| line.is_right() == Some(true)),
    };
    report.field("first_wrong", tally.first_wrong.into());
    report.field("lines", Json::Array(lines.iter().map(object).collect()));
    let shown = lines.iter().map(shown).collect();
    let mut texts = laid_out(shown, tally.first_wrong, |word, _| word.to_owned());
    texts.push(language::chosen().said(&tally.sentence(is_right)));
    for text in texts {
        report.line("".into(), Value::One(Written::words(&text)));
    }
    Ok(tally)
}

fn shown(line: &OwnLine) -> ShownLine {
    let (word, is_good) = match (line.follows(), line.is_right()) {
        _ if line.problem.is_some() => ("unreadable", false),
        (Some(true), Some(true)) => ("right", true),
        (Some(true), _) => ("follows", true),
        (Some(false), Some(true)) => ("right", false),
        (Some(false), _) => ("wrong", false),
        (None, _) => ("undecided", false),
    };
    ShownLine::of((word, is_good), (&line.label, &line.text), reasons(line))
}

/// What there is to say of a line.
fn reasons(line: &OwnLine) -> Vec<String> {
    if let Some(problem) = &line.problem {
        return vec![problem.clone()];
    }
    if line.follows() != Some(false) {
        return Vec::new();
    }
    let before = match line.before {
        Some(before) => format!("line {}", before + 1),
        None => "the right value".to_owned(),
    };
    if line.is_right() == Some(true) {
        return vec![format!("it does not follow from {before}")];
    }
    let Some(step) = &line.step else { return Vec::new() };
    vec![match step {
        Opinion::Different(found) => {
            let of = format!("of {before} is");
            let is = format!("{before} is");
            equal::differing(found, [&is, &of, "this line has"])
        }
        Opinion::Multiple(factor) => {
            format!("this line is {} times {before}", short(*factor))
        }
        Opinion::WrongShape { expected, found } => {
            format!("{before} is {expected} and this line is {found}")
        }
        Opinion::OtherLayout(_) => format!("this line is the transpose of {before}"),
        _ => return Vec::new(),
    }]
}

fn object(line: &OwnLine) -> Json {
    let verdict = match (&line.opinion, &line.problem) {
        (_, Some(_)) => "unreadable",
        (Some(opinion), _) => opinion.id(),
        _ => "given",
    };
    let mut found = json!({
        "text": line.text,
        "verdict": verdict,
        "follows": line.follows(),
        "mistakes": [],
    });
    if let Some(reason) = reasons(line).first() {
        found["reason"] = reason.as_str().into();
    }
    if !line.label.is_empty() {
        found["label"] = line.label.as_str().into();
    }
    if let Some(before) = line.before {
        found["before"] = (before + 1).into();
    }
    found
}
