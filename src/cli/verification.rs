//! The records of `verify-answers`: of a row of a file, and of a request of a batch.

use super::args::DomainName;
use super::fields::{Fields, choose};
use super::json::{self, ErrorDetail};
use super::typed::{InputName, LogName, tolerance};
use calcgrad::session::{Engine, Reading, Settings, Terms, Verification};
use calcgrad::{Error, ErrorKind, Result};
use serde::Serialize;
use serde_json::{Map, Value};

/// The side of an error in a row that has no answers.
const ROW: &str = "row";

#[derive(Serialize)]
struct Record<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a Value>,
    ok: bool,
    verdict: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    how: Option<&'a str>,
    #[serde(flatten)]
    detail: Map<String, Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reading: Option<Sides<'a>>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    notes: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    side: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<ErrorDetail<'a>>,
}

#[derive(Serialize)]
struct Sides<'a> {
    gold: Side<'a>,
    answer: Side<'a>,
}

#[derive(Serialize)]
struct Side<'a> {
    kind: &'a str,
    text: &'a str,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    notes: &'a [String],
}

impl<'a> Side<'a> {
    fn new(reading: &'a Reading) -> Self {
        Self { kind: reading.kind, text: &reading.text, notes: &reading.notes }
    }
}

/// The record of what was found.
pub(crate) fn record(
    id: Option<&Value>,
    found: &Verification,
    extra: Map<String, Value>,
) -> String {
    let empty = Record {
        id,
        ok: true,
        verdict: found.verdict(),
        how: None,
        detail: Map::new(),
        reading: None,
        notes: &found.notes,
        side: None,
        line: None,
        error: None,
    };
    let record = match &found.found {
        Ok(decision) => {
            let reading = match &found.readings {
                [Some(gold), Some(answer)] => {
                    Some(Sides { gold: Side::new(gold), answer: Side::new(answer) })
                }
                _ => None,
            };
            let detail = json::detail(&decision.verdict);
            Record { how: Some(&decision.known), detail, reading, ..empty }
        }
        Err(unreadable) => Record {
            ok: false,
            side: Some(unreadable.party.id()),
            error: Some(ErrorDetail::new(&unreadable.error)),
            ..empty
        },
    };
    json::carrying(serde_json::to_string(&record).unwrap_or_default(), extra)
}

/// The record of a row that has none: one that cannot be read, or one that takes too much.
pub(crate) fn failure(
    id: Option<&Value>,
    line: u64,
    error: &Error,
) -> (String, &'static str) {
    let is_defect = error.kind.is_limit() || error.kind.is_unsupported();
    let verdict = if is_defect { "undecided" } else { json::UNREADABLE };
    let record = Record {
        id,
        ok: false,
        verdict,
        how: None,
        detail: Map::new(),
        reading: None,
        notes: &[],
        side: (!is_defect).then_some(ROW),
        line: id.is_none().then_some(line),
        error: Some(ErrorDetail::new(error)),
    };
    (serde_json::to_string(&record).unwrap_or_default(), verdict)
}

/// An answer as it stands in a row.
///
/// # Errors
/// A row without it, or one in which it is no text.
pub(crate) fn side(name: &str, value: Option<Value>) -> Result<String> {
    let refused = |what: String| Error::from(ErrorKind::InvalidRequest(what));
    match value {
        Some(Value::String(text)) => Ok(text),
        Some(Value::Number(number)) => Ok(number.to_string()),
        Some(Value::Null) | None => Err(refused(format!("the row has no `{name}`"))),
        Some(_) => {
            let error = refused(format!("`{name}` must be a text or a number"));
            Err(error.help("several values are written in one text, as `1 or 2`"))
        }
    }
}

/// Verifies the answer of a request.
///
/// # Errors
/// Fields that are missing or not known.
pub(crate) fn respond(engine: &mut Engine, mut fields: Fields) -> Result<Verification> {
    fields.text("command")?;
    let [gold, answer] = ["gold", "answer"].map(|name| fields.take(name));
    let size = fields.number("tolerance")?;
    let any_order = fields.flag("any_order")?;
    let bare_units = fields.flag("bare_units")?;
    let assume = fields.names("assume")?.unwrap_or_default();
    let domain = fields.choice("domain")?.map(DomainName::domain).unwrap_or_default();
    let input = fields.choice("input")?.map(InputName::notation);
    let log = fields.number("log")?.map(|base| choose("log", &base)).transpose()?;
    fields.end()?;
    let (gold, answer) = (side("gold", gold)?, side("answer", answer)?);
    let tolerance = size.map(|size| tolerance(&size)).transpose()?;
    let log_ten = log == Some(LogName::Ten);
    let settings = Settings { assume, domain, input, log_ten, ..Settings::default() };
    let terms = Terms { settings, tolerance, any_order, bare_units };
    Ok(engine.verify_answer(&gold, &answer, &terms))
}
