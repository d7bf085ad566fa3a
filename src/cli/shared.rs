//! What the names in code stand for, in the object of an answer.

use super::code::Coded;
use super::json;
use super::report::{Report, Written};
use rustc_hash::FxHashSet;
use serde_json::Value as Json;

/// Says in the object what each name in code stands for: parts of the answer, in the order in
/// which they are needed, and the names of a program.
pub(crate) fn share(
    report: &mut Report,
    written: &[(String, Written)],
    parts: &[(String, Coded)],
    codes: &[(String, Coded)],
) {
    let definitions = codes.iter().flat_map(|(_, one)| &one.code.definitions);
    let definitions = definitions.map(|(name, code)| (name, None, code));
    let own = parts.iter().zip(written);
    let own =
        own.map(|((name, one), (_, part))| (name, Some(part), &one.code.expression));
    let mut seen = FxHashSet::default();
    let named: Vec<Json> = definitions
        .chain(own)
        .filter(|(name, ..)| seen.insert(name.as_str()))
        .map(|(name, part, code)| json::shared_code(name, part, code))
        .collect();
    if !named.is_empty() {
        report.replace("shared", named.into());
    }
}
