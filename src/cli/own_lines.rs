//! A derivation judged line by line, in words and as JSON.

use super::exit::Exit;
use super::json::{MistakeObject, detail};
use super::language;
use super::output::Output;
use super::theme;
use super::visible::visible;
use calcgrad::check::{Decision, Verdict};
use calcgrad::session::{OwnLine, Quoted};
use calcgrad::syntax::Arguments;
use serde::Serialize;
use serde_json::{Map, Value};
use unicode_width::UnicodeWidthStr;

/// The width of the longest word of a line.
const WORD: usize = 10;
/// What is said of a line that cannot be read.
const UNREADABLE: &str = "unreadable";

/// The lines of a derivation with what was found out.
#[derive(Clone, Debug)]
pub(crate) struct OwnLines {
    pub(crate) lines: Vec<OwnLine>,
}

impl OwnLines {
    /// The number of the first line that does not follow.
    pub(crate) fn first_wrong(&self) -> Option<usize> {
        let wrong = self.lines.iter().position(|line| line.follows == Some(false));
        wrong.map(|place| place + 1)
    }

    /// The number of the first line of which nothing can be said.
    pub(crate) fn first_open(&self) -> Option<usize> {
        self.lines.iter().position(|line| line.follows.is_none()).map(|place| place + 1)
    }

    /// Whether there are several lines, and one has the name of a derivative or of a value
    /// before it.
    pub(crate) fn have_names(&self) -> bool {
        self.lines.len() > 1 && self.lines.iter().any(|line| !line.label.is_empty())
    }

    /// Whether what is said of the lines says why the answer is wrong.
    pub(crate) fn explain(&self) -> bool {
        let has_mistakes = |line: &OwnLine| !line.mistakes.is_empty();
        self.first_wrong().is_some()
            && (self.lines.len() > 1 || self.lines.iter().any(has_mistakes))
    }

    /// How the last line is read, where that is not by the conventions.
    pub(crate) fn manner(&self) -> Option<Arguments> {
        self.lines.last()?.manner
    }

    /// What the lines say of the whole, beside its verdict.
    pub(crate) fn sentence(&self, is_right: bool) -> String {
        self.tally().sentence(is_right)
    }

    /// How many lines follow, and which do not.
    pub(crate) fn tally(&self) -> Tally {
        let follows = |line: &&OwnLine| line.follows == Some(true);
        Tally {
            count: self.lines.len(),
            followed: self.lines.iter().filter(follows).count(),
            first_wrong: self.first_wrong(),
            first_open: self.first_open(),
            ends_well: self
                .lines
                .last()
                .is_some_and(|line| line.is_right() == Some(true)),
        }
    }

    /// What is to be said of the first line that does not follow.
    pub(crate) fn remark(&self) -> Option<String> {
        let locale = language::chosen();
        let Some(number) = self.first_wrong() else {
            let open = self.first_open()?;
            return Some(locale.said(&format!("nothing can be said of line {open}")));
        };
        let line = &self.lines[number - 1];
        let why = line.mistakes.first().map(|mistake| mistake.text.clone());
        let why = why.or_else(|| difference(line)).unwrap_or_default();
        let why = locale.said(&why);
        Some(locale.said(&format!("line {number} does not follow: {why}")))
    }

    /// The lines as they are shown.
    pub(crate) fn shown(&self) -> Vec<ShownLine> {
        self.lines.iter().map(ShownLine::new).collect()
    }

    /// Writes the lines; below the first that does not follow stand carets.
    pub(crate) fn show(&self, is_right: bool, output: &mut Output) {
        for line in laid_out(self.shown(), self.first_wrong(), theme::verdict) {
            output.line(&line);
        }
        output.line(&language::chosen().said(&self.sentence(is_right)));
    }
}

/// How many lines follow, and which do not.
pub(crate) struct Tally {
    pub(crate) count: usize,
    pub(crate) followed: usize,
    /// The number of the first that does not follow.
    pub(crate) first_wrong: Option<usize>,
    /// The number of the first of which nothing can be said.
    pub(crate) first_open: Option<usize>,
    /// Whether the last line is right.
    pub(crate) ends_well: bool,
}

impl Tally {
    /// How a run ends in which the answer alone would end so.
    pub(crate) fn exit(&self, answer: Exit) -> Exit {
        match answer {
            _ if self.first_wrong.is_some() => Exit::Different,
            Exit::Done if self.first_open.is_some() => Exit::Unsupported,
            exit => exit,
        }
    }

    /// What the lines say of the whole, beside its verdict.
    pub(crate) fn sentence(&self, is_right: bool) -> String {
        let Self { count, followed, first_wrong, first_open, ends_well } = *self;
        match (first_wrong, first_open, is_right) {
            (Some(wrong), _, true) if ends_well => format!(
                "line {wrong} does not follow, but the last line is right: the mistake cancels or is not carried on"
            ),
            (Some(wrong), _, _) => {
                format!(
                    "line {wrong} is the first that does not follow; {followed} of {count} lines follow"
                )
            }
            (None, Some(open), _) => format!("nothing can be said of line {open}"),
            (None, None, true) if count == 1 => "the one line is right".to_owned(),
            (None, None, true) => format!("all {count} lines follow"),
            (None, None, false) => {
                "every line follows, but the last one is not what was asked for"
                    .to_owned()
            }
        }
    }
}

/// Lines with their numbers and what is said of them; below the first that does not follow
/// stand carets.
pub(crate) fn laid_out(
    lines: Vec<ShownLine>,
    first_wrong: Option<usize>,
    painted: impl Fn(&str, bool) -> String,
) -> Vec<String> {
    let width = lines.len().to_string().len().max(2);
    let mut found = Vec::new();
    for (place, line) in lines.into_iter().enumerate() {
        let ShownLine { word, is_good, text, length, reasons } = line;
        let fill = " ".repeat(WORD.saturating_sub(word.width()));
        let number = place + 1;
        found
            .push(format!("{number:>width$}  {}{fill}  {text}", painted(&word, is_good)));
        let margin = " ".repeat(width + WORD + 4);
        if first_wrong == Some(number) {
            let start = text.width() - length.min(text.width());
            let carets = "^".repeat(length.max(1));
            found.push(format!("{margin}{}{carets}", " ".repeat(start)));
        }
        found.extend(reasons.into_iter().map(|said| format!("{margin}{said}")));
    }
    found
}

/// A line as it is shown.
pub(crate) struct ShownLine {
    /// What is said of it, in a word.
    pub(crate) word: String,
    pub(crate) is_good: bool,
    /// The line as it was typed.
    pub(crate) text: String,
    /// How wide its formula is.
    length: usize,
    pub(crate) reasons: Vec<String>,
}

impl ShownLine {
    fn new(line: &OwnLine) -> Self {
        Self::of(word(line), (&line.label, &line.text), reasons(line))
    }

    /// A line with a word on it, whether that is a good one, and reasons.
    pub(crate) fn of(
        (word, is_good): (&str, bool),
        (label, formula): (&str, &str),
        reasons: Vec<String>,
    ) -> Self {
        let locale = language::chosen();
        let text = match label {
            "" => formula.to_owned(),
            label => format!("{label} = {formula}"),
        };
        let text = visible(&text.replace(['\n', '\r', '\t'], " ")).into_owned();
        let reasons = reasons.into_iter();
        Self {
            word: locale.said(word),
            is_good,
            text,
            length: visible(formula).width(),
            reasons: reasons
                .map(|said| visible(&locale.said(&said)).into_owned())
                .collect(),
        }
    }
}

/// A line in a word, and whether it is a good one.
fn word(line: &OwnLine) -> (&'static str, bool) {
    match (line.follows, line.is_right()) {
        _ if line.problem.is_some() => (UNREADABLE, false),
        (Some(true), Some(true)) => ("right", true),
        (Some(true), None) if line.before.is_none() => ("given", true),
        (Some(true), _) => ("follows", true),
        (Some(false), Some(true)) => ("right", false),
        (Some(false), _) => ("wrong", false),
        (None, _) => ("undecided", false),
    }
}

/// What there is to say of a line.
fn reasons(line: &OwnLine) -> Vec<String> {
    let mut said: Vec<String> = line.mistakes.iter().map(|m| m.text.clone()).collect();
    if let Some(problem) = &line.problem {
        said.push(problem.clone());
    }
    match (line.follows, line.is_right(), line.before) {
        (Some(false), Some(true), Some(before)) => {
            said.push(format!("it does not follow from line {}", before + 1));
        }
        (Some(false), _, _) => said.extend(difference(line)),
        (None, _, _) if line.problem.is_none() => {
            let decision = line.step.as_ref().or(line.decision.as_ref());
            said.extend(decision.and_then(|decision| match &decision.verdict {
                Verdict::Undecided { reason } => Some(reason.clone()),
                _ => None,
            }));
        }
        _ => {}
    }
    said
}

/// The decision that says why a line does not follow.
fn deciding(line: &OwnLine) -> Option<&Decision> {
    match line.follows {
        Some(false) => line.step.as_ref().or(line.decision.as_ref()),
        _ => None,
    }
}

/// Where a line differs from what it is compared with, in words.
fn difference(line: &OwnLine) -> Option<String> {
    let witness = match &deciding(line)?.verdict {
        Verdict::Different(witness) => witness,
        Verdict::WrongShape { reason } => return Some(reason.clone()),
        _ => return None,
    };
    let point: Vec<String> =
        witness.point.iter().map(|(name, x)| format!("{name} = {x}")).collect();
    let place = match point.is_empty() {
        true => String::new(),
        false => format!("at {} ", point.join(", ")),
    };
    let (left, right) = (&witness.left, &witness.right);
    let there = match place.trim_end() {
        "" => String::new(),
        place => format!("{place}, "),
    };
    match (&line.quoted, line.before) {
        (Quoted::Lines, _) => {}
        (Quoted::Sides, _) => {
            return Some(format!(
                "{place}the left side is {left} and the right side is {right}"
            ));
        }
        (Quoted::Slope(name), Some(before)) => {
            let before = before + 1;
            return Some(format!(
                "{there}from line {before} {name} would be {left} and from this line {right}"
            ));
        }
        (Quoted::Slope(name), None) => {
            return Some(format!(
                "{there}from this line {name} would be {right}; right is {left}"
            ));
        }
    }
    let before = match line.before {
        Some(before) => format!("line {}", before + 1),
        None => "the right value".to_owned(),
    };
    let gap = match &witness.difference {
        Some(difference) => format!("; they differ by {difference}"),
        None => String::new(),
    };
    Some(format!("{place}{before} is {left} and this line is {right}{gap}"))
}

/// A line as a JSON object.
#[derive(Serialize)]
pub(crate) struct LineObject<'a> {
    #[serde(skip_serializing_if = "str::is_empty")]
    label: &'a str,
    text: &'a str,
    verdict: &'a str,
    follows: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<usize>,
    #[serde(flatten)]
    detail: Map<String, Value>,
    mistakes: Vec<MistakeObject<'a>>,
}

impl<'a> LineObject<'a> {
    pub(crate) fn new(line: &'a OwnLine) -> Self {
        let mut shown =
            deciding(line).map_or_else(Map::new, |found| detail(&found.verdict));
        if let Some(problem) = &line.problem {
            shown.insert("reason".into(), problem.as_str().into());
        }
        let verdict = match (&line.decision, &line.problem) {
            (_, Some(_)) => UNREADABLE,
            (Some(decision), _) => decision.verdict.id(),
            (None, None) => "given",
        };
        Self {
            label: &line.label,
            text: &line.text,
            verdict,
            follows: line.follows,
            before: line.before.map(|before| before + 1),
            detail: shown,
            mistakes: line.mistakes.iter().map(MistakeObject::new).collect(),
        }
    }
}
