//! JSON (DESIGN section 8): one object for an answer, one for an error.

use super::answer::{Answer, Verdicts};
use super::derivation;
use super::format::Format;
use super::job::{Action, Wanted};
use super::own_lines::{LineObject, OwnLines};
use super::report::Written;
use super::visible::visible;
use calcgrad::check::{Mistake, Verdict};
use calcgrad::kernel::latin;
use calcgrad::locale::Locale;
use calcgrad::print::{self, LatexStyle};
use calcgrad::session::Missing;
use calcgrad::{Error, Result};
use serde::Serialize;
use serde_json::{Map, Value};
use std::borrow::Cow;

#[derive(Serialize)]
struct AnswerObject<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a Value>,
    ok: bool,
    #[serde(skip_serializing_if = "str::is_empty")]
    function: &'a str,
    variables: Vec<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    partials: Vec<RowObject<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<RowObject<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    values: Vec<RowObject<'a>>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    decimal: &'a [String],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    shared: Vec<PartObject<'a>>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    not_differentiable: &'a [String],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<&'a str>,
    #[serde(skip_serializing_if = "Map::is_empty")]
    at: Map<String, Value>,
    nodes: usize,
    checked: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    steps: Option<Value>,
}

#[derive(Serialize)]
struct RowObject<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    of: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    wrt: Vec<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<Option<&'a str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    latex: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    left: Option<Option<&'a str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    right: Option<Option<&'a str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
}

/// A part that has a name.
#[derive(Serialize)]
struct PartObject<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    text: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    latex: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    code: &'a str,
}

impl<'a> PartObject<'a> {
    fn of((name, part): &'a (String, Written)) -> Self {
        Self { name, text: &part.text, latex: &part.latex, code: "" }
    }
}

/// Parts that have names, as a list of objects.
pub(crate) fn shared(parts: &[(String, Written)]) -> Value {
    let parts: Vec<PartObject> = parts.iter().map(PartObject::of).collect();
    serde_json::to_value(parts).unwrap_or_default()
}

/// The same of a part in code, with it in writing where that is known.
pub(crate) fn shared_code(name: &str, written: Option<&Written>, code: &str) -> Value {
    let [text, latex] =
        written.map_or(["", ""], |part| [part.text.as_str(), part.latex.as_str()]);
    serde_json::to_value(PartObject { name, text, latex, code }).unwrap_or_default()
}

#[derive(Serialize)]
struct ErrorObject<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
    ok: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    verdict: Option<&'a str>,
    error: ErrorDetail<'a>,
}

#[derive(Serialize)]
pub(crate) struct ErrorDetail<'a> {
    kind: &'a str,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    span: Option<[u32; 2]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<Cow<'a, str>>,
}

impl<'a> ErrorDetail<'a> {
    /// What an error says.
    pub(crate) fn new(error: &'a Error) -> Self {
        Self {
            kind: error.kind.id(),
            message: visible(&error.to_string()).into_owned(),
            span: error.span.map(|span| [span.start, span.end]),
            help: error.help.as_deref().map(visible),
        }
    }
}

/// The verdict on an answer that cannot be read.
pub(crate) const UNREADABLE: &str = "unreadable";
/// The fields that hold names.
const NAMES: [&str; 6] = ["variables", "wrt", "of", "name", "rows", "columns"];
/// The fields whose keys are names.
const POINTS: [&str; 2] = ["at", "point"];

/// Spells the names in an object in Latin letters, as keys are written.
pub(crate) fn spell_names(object: &mut Value) {
    let mut waiting = vec![object];
    while let Some(value) = waiting.pop() {
        match value {
            Value::Array(list) => waiting.extend(list),
            Value::Object(map) => {
                // What a client sends along is its own.
                for (field, value) in map.iter_mut().filter(|(field, _)| *field != "id") {
                    let is_point = POINTS.contains(&field.as_str());
                    if NAMES.contains(&field.as_str()) {
                        spell(value);
                    } else if let (true, Value::Object(point)) = (is_point, &mut *value) {
                        let pairs = std::mem::take(point).into_iter();
                        point.extend(pairs.map(|(name, x)| (latin(&name).into(), x)));
                    }
                    waiting.push(value);
                }
            }
            _ => {}
        }
    }
}

/// Spells a name or a list of names in Latin letters.
fn spell(names: &mut Value) {
    match names {
        Value::String(name) => *name = latin(name).into_owned(),
        Value::Array(list) => list.iter_mut().for_each(spell),
        _ => {}
    }
}

/// Names in Latin letters, as keys are written.
fn names(names: &[String]) -> Vec<Cow<'_, str>> {
    names.iter().map(|name| latin(name)).collect()
}

/// An answer as a JSON object.
pub(crate) fn answer(
    id: Option<&Value>,
    action: Action,
    answer: &Answer,
    wanted: Wanted,
) -> String {
    let mut rows: Vec<RowObject<'_>> = answer
        .rows
        .iter()
        .map(|row| RowObject {
            of: row.of.as_deref().map(latin),
            wrt: names(&row.wrt),
            text: match row.missing {
                Some(_) => Some(None),
                None => wanted.text.then_some(Some(row.text.as_str())),
            },
            latex: (wanted.latex && row.missing.is_none()).then_some(row.latex.as_str()),
            left: row.missing.as_ref().map(|missing| missing.sides()[0]),
            right: row.missing.as_ref().map(|missing| missing.sides()[1]),
            reason: row.missing.as_ref().and_then(Missing::reason),
        })
        .collect();
    if answer.is_hint {
        rows.clear();
    }
    let has_values = matches!(action, Action::Eval | Action::Form);
    let value = if has_values && rows.len() == 1 { rows.pop() } else { None };
    let values = if has_values { std::mem::take(&mut rows) } else { Vec::new() };
    let object = AnswerObject {
        id,
        ok: true,
        function: &answer.function,
        variables: names(&answer.variables),
        partials: rows,
        value,
        values,
        decimal: &answer.decimals,
        shared: answer.shared.iter().map(PartObject::of).collect(),
        not_differentiable: &answer.breaks,
        notes: answer.notes.iter().map(|note| &note.message[..]).collect(),
        at: answer.at.iter().map(|(n, v)| (latin(n).into(), v.as_str().into())).collect(),
        nodes: answer.nodes,
        checked: answer.checked,
        steps: (!answer.told.is_empty() || answer.is_hint)
            .then(|| derivation::json(&answer.told)),
    };
    serde_json::to_string(&object).unwrap_or_default()
}

/// An error as a JSON object.
pub(crate) fn error(id: Option<&Value>, error: &Error) -> String {
    error_object(id, None, error)
}

/// An error of a line without an id.
pub(crate) fn error_in_line(number: u64, error: &Error) -> String {
    error_object(None, Some(number), error)
}

fn error_object(id: Option<&Value>, line: Option<u64>, error: &Error) -> String {
    let object = ErrorObject {
        id,
        line,
        ok: false,
        verdict: error.is_unreadable().then_some(UNREADABLE),
        error: ErrorDetail::new(error),
    };
    serde_json::to_string(&object).unwrap_or_default()
}

/// A record in which each formula stands in another notation too.
///
/// # Errors
/// What cannot be written in the notation.
pub(crate) fn in_format(record: String, format: Format) -> Result<String> {
    let (made_of, name) = match (format, format.typeset()) {
        (Format::Unicode, _) => ("text", "unicode"),
        (_, Some(typeset)) => ("latex", typeset.name),
        _ => return Ok(record),
    };
    let Ok(mut object) = serde_json::from_str::<Value>(&record) else {
        return Ok(record);
    };
    // A picture is what was asked for, not one of each formula on it.
    if object.get(name).is_some() {
        return Ok(record);
    }
    let mut waiting = vec![&mut object];
    while let Some(value) = waiting.pop() {
        match value {
            Value::Array(list) => waiting.extend(list),
            Value::Object(map) => {
                let is_formula = map.contains_key("text") || map.contains_key("latex");
                if let (true, Some(Value::String(text))) = (is_formula, map.get(made_of))
                {
                    let written = match format.typeset() {
                        Some(typeset) => typeset.latex(text, usize::MAX)?,
                        None => print::unicode(text),
                    };
                    map.insert(name.to_owned(), written.into());
                }
                let own = map.iter_mut().filter(|(field, _)| *field != "id");
                waiting.extend(own.map(|(_, value)| value));
            }
            _ => {}
        }
    }
    Ok(object.to_string())
}

/// An object with its lines as a terminal shows them.
pub(crate) fn showing(object: String, lines: &[Written]) -> String {
    let line = |line: &Written| match line.latex.is_empty() {
        true => serde_json::json!({ "text": line.text }),
        false => serde_json::json!({ "text": line.text, "latex": line.latex }),
    };
    let shown: Value = lines.iter().map(line).collect();
    with_field(object, "shown", &shown)
}

/// An object with what its row has besides, which goes through as it came.
pub(crate) fn carrying(object: String, extra: Map<String, Value>) -> String {
    match extra.is_empty() {
        true => object,
        false => with_field(object, "extra", &Value::Object(extra)),
    }
}

/// A value in doubles and the derivatives beside it, numbers as they are written.
pub(crate) fn floats(id: Option<&Value>, value: &str, gradient: &[String]) -> String {
    let mut record = String::from("{");
    if let Some(id) = id {
        record.push_str(&format!("\"id\":{id},"));
    }
    record.push_str(&format!("\"ok\":true,\"value\":{value}"));
    if !gradient.is_empty() {
        record.push_str(&format!(",\"gradient\":[{}]", gradient.join(",")));
    }
    record.push('}');
    record
}

/// An object, written already, with one more field.
fn with_field(mut object: String, name: &str, value: &Value) -> String {
    if object.ends_with('}') {
        object.truncate(object.len() - 1);
        object.push_str(&format!(",\"{name}\":{value}}}"));
    }
    object
}

/// The fields with sentences, or lists of them.
const SENTENCES: [&str; 5] = ["message", "help", "notes", "reason", "detail"];

/// A record with its sentences in a language.
pub(crate) fn in_language(record: String, locale: Locale) -> String {
    if locale == Locale::English {
        return record;
    }
    let Ok(mut object) = serde_json::from_str::<Value>(&record) else {
        return record;
    };
    let mut waiting = vec![&mut object];
    while let Some(value) = waiting.pop() {
        match value {
            Value::Array(list) => waiting.extend(list),
            Value::Object(map) => {
                for (field, value) in map.iter_mut().filter(|(field, _)| *field != "id") {
                    match (SENTENCES.contains(&field.as_str()), value) {
                        (true, Value::String(text)) => *text = locale.said(text),
                        (true, Value::Array(list)) => {
                            list.iter_mut().for_each(|one| say(one, locale));
                        }
                        (_, value) => waiting.push(value),
                    }
                }
            }
            _ => {}
        }
    }
    object.to_string()
}

/// Says a sentence in a language.
fn say(sentence: &mut Value, locale: Locale) {
    if let Value::String(text) = sentence {
        *text = locale.said(text);
    }
}

#[derive(Serialize)]
struct VerdictObject<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a Value>,
    ok: bool,
    verdict: &'a str,
    known: &'a str,
    #[serde(flatten)]
    detail: Map<String, Value>,
    right: usize,
    of: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    points: Option<[f64; 2]>,
    components: Vec<ComponentObject<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_wrong: Option<Option<usize>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lines: Option<Vec<LineObject<'a>>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    flags: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<&'a str>,
}

#[derive(Serialize)]
struct ComponentObject<'a> {
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    wrt: &'a [String],
    verdict: &'a str,
    #[serde(flatten)]
    detail: Map<String, Value>,
    expected: &'a str,
    latex: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    mistakes: Vec<MistakeObject<'a>>,
}

#[derive(Serialize)]
pub(crate) struct MistakeObject<'a> {
    id: &'a str,
    text: &'a str,
}

impl<'a> MistakeObject<'a> {
    pub(crate) fn new(mistake: &'a Mistake) -> Self {
        Self { id: mistake.id, text: &mistake.text }
    }
}

/// A verdict as a JSON object.
pub(crate) fn verdicts(id: Option<&Value>, verdicts: &Verdicts) -> String {
    let judgement = &verdicts.judgement;
    let components = judgement.components.iter().zip(&verdicts.expected);
    let mut whole = detail(&judgement.decision.verdict);
    let has_score = !verdicts.points.is_empty();
    if has_score {
        // The points of a grade have the name of those at which formulas were compared.
        whole.shift_remove("points");
    }
    let object = VerdictObject {
        id,
        ok: true,
        verdict: judgement.decision.verdict.id(),
        known: &judgement.decision.known,
        detail: whole,
        right: judgement.right(),
        of: judgement.components.len(),
        points: has_score.then(|| verdicts.score()),
        components: components
            .map(|(component, [text, latex])| ComponentObject {
                wrt: &component.wrt,
                verdict: component.decision.verdict.id(),
                detail: detail(&component.decision.verdict),
                expected: text,
                latex,
                mistakes: component.mistakes.iter().map(MistakeObject::new).collect(),
            })
            .collect(),
        first_wrong: verdicts.lines.as_ref().map(OwnLines::first_wrong),
        lines: verdicts
            .lines
            .as_ref()
            .map(|own| own.lines.iter().map(LineObject::new).collect()),
        flags: judgement.flags.iter().map(|flag| flag.id()).collect(),
        notes: verdicts.notes.iter().map(|note| &note.message[..]).collect(),
    };
    serde_json::to_string(&object).unwrap_or_default()
}

/// What a verdict has besides its name.
pub(crate) fn detail(verdict: &Verdict) -> Map<String, Value> {
    let mut map = Map::new();
    match verdict {
        Verdict::Equal => {}
        Verdict::EqualOnDomain { condition } => {
            map.insert("condition".into(), condition.as_str().into());
        }
        Verdict::ProbablyEqual { points, digits } => {
            map.insert("points".into(), (*points).into());
            map.insert("digits".into(), (*digits).into());
        }
        Verdict::Different(witness) => {
            let at: Map<String, Value> = witness
                .point
                .iter()
                .map(|(name, x)| (name.clone(), x.as_str().into()))
                .collect();
            let mut shown = serde_json::json!({
                "at": at, "left": witness.left, "right": witness.right
            });
            if let Some(difference) = &witness.difference {
                shown["difference"] = difference.as_str().into();
            }
            map.insert("witness".into(), shown);
        }
        Verdict::WrongShape { reason } | Verdict::Undecided { reason } => {
            map.insert("reason".into(), reason.as_str().into());
        }
    }
    map
}

/// A record with its LaTeX as it was chosen.
pub(crate) fn in_style(record: String, style: LatexStyle) -> String {
    if style == LatexStyle::default() {
        return record;
    }
    let Ok(mut object) = serde_json::from_str::<Value>(&record) else { return record };
    let mut waiting = vec![&mut object];
    while let Some(value) = waiting.pop() {
        match value {
            Value::Array(list) => waiting.extend(list),
            Value::Object(map) => {
                if let Some(Value::String(latex)) = map.get_mut("latex") {
                    *latex = style.apply(latex);
                }
                let own = map.iter_mut().filter(|(field, _)| *field != "id");
                waiting.extend(own.map(|(_, value)| value));
            }
            _ => {}
        }
    }
    object.to_string()
}
