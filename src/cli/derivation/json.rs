//! Derivations in JSON: ids, what stood before and what stands after, conditions and parts.

use super::sentence::{plain, sentence};
use calcgrad::locale::Locale;
use calcgrad::print::Notation;
use calcgrad::steps::{Derivation, Math};
use serde_json::{Map, Value as Json, json};

/// A list of lists of lines.
pub(super) fn list(told: &[Derivation], locale: Locale) -> Json {
    told.iter().map(|derivation| lines(derivation, locale)).collect()
}

fn lines(derivation: &Derivation, locale: Locale) -> Json {
    let mut before: Option<&Math> = None;
    let mut found = Vec::with_capacity(derivation.lines.len());
    for line in &derivation.lines {
        let mut object = Map::new();
        if !line.label.is_empty() {
            object.insert("label".into(), math(&line.label));
            before = None;
        }
        if let Some(before) = before {
            object.insert("before".into(), math(before));
        }
        if let Some(after) = line.values.last() {
            object.insert("after".into(), math(after));
        }
        if !line.names.is_empty() {
            let names = line.names.iter();
            let names = names.map(|(name, part)| (name.text.clone(), math(part)));
            object.insert("names".into(), names.collect::<Map<_, _>>().into());
        }
        let rules: Vec<Json> = line
            .reasons
            .iter()
            .map(|reason| {
                let text = plain(&sentence(reason, locale, Notation::Text));
                let parts = reason.parts.iter();
                let parts: Map<_, _> =
                    parts.map(|(name, part)| ((*name).to_owned(), math(part))).collect();
                json!({ "id": reason.id, "text": text, "parts": parts })
            })
            .collect();
        object.insert("rules".into(), rules.into());
        if let Some(condition) = &line.condition {
            object.insert("condition".into(), math(condition));
        }
        before = line.values.last();
        found.push(Json::Object(object));
    }
    found.into()
}

fn math(math: &Math) -> Json {
    json!({ "text": math.text, "latex": math.latex })
}
