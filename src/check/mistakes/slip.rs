//! Slips between two lines of a derivation, in sentences.

use super::explain::Mistake;
use super::table::slips;
use crate::locale::Locale;

/// One slip: its id, which never changes, and the sentence that says so.
#[derive(Clone, Copy, Debug)]
pub(in crate::check::mistakes) struct Slip {
    id: &'static str,
    text: &'static str,
}

/// A row: its id and the sentence.
pub(in crate::check::mistakes) const fn row(
    id: &'static str,
    text: &'static str,
) -> Slip {
    Slip { id, text }
}

/// The sentence of a slip with its parts put in; nothing for an id that there is not.
pub fn slip(id: &str, parts: &[(&str, String)], locale: Locale) -> Option<Mistake> {
    let row = slips().iter().find(|row| row.id == id)?;
    let told = locale.mistake(row.id).unwrap_or_else(|| row.text.to_owned());
    let mut text = String::with_capacity(told.len());
    let mut rest = &told[..];
    while let Some((before, behind)) = rest.split_once('{') {
        let (name, behind) = behind.split_once('}')?;
        let (_, part) = parts.iter().find(|(known, _)| *known == name)?;
        text.push_str(before);
        text.push_str(part);
        rest = behind;
    }
    text.push_str(rest);
    Some(Mistake { id: row.id, text })
}
