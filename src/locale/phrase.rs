//! Sentences that were said in English, in another language: the English table says where the
//! parts of a sentence stand.

use super::{Bundle, Locale, of_table};
use fluent_bundle::FluentArgs;
use std::sync::OnceLock;

/// The tables, in the order of [`Locale`].
const TABLES: [&str; 3] = [
    include_str!("phrases/en.ftl"),
    include_str!("phrases/vi.ftl"),
    include_str!("phrases/zh.ftl"),
];
/// How deep a sentence may stand in another one.
const DEPTH: usize = 4;

/// An English sentence: its id, the words before, between and behind its parts, and their names.
struct Phrase {
    id: &'static str,
    words: Vec<&'static str>,
    names: Vec<&'static str>,
}

impl Phrase {
    fn read(line: &'static str) -> Option<Self> {
        let (id, text) = line.split_once(" = ")?;
        if id.starts_with('#') {
            return None;
        }
        let (mut words, mut names, mut rest) = (Vec::new(), Vec::new(), text);
        while let Some((before, behind)) = rest.split_once("{ $") {
            let (name, behind) = behind.split_once(" }")?;
            words.push(before);
            names.push(name);
            rest = behind;
        }
        words.push(rest);
        Some(Self { id, words, names })
    }

    /// The parts of a text that is this sentence.
    fn parts<'t>(&self, text: &'t str) -> Option<Vec<&'t str>> {
        let (first, others) = self.words.split_first()?;
        let mut rest = text.strip_prefix(first)?;
        let Some((last, between)) = others.split_last() else {
            return rest.is_empty().then(Vec::new);
        };
        let mut parts = Vec::new();
        for words in between {
            let (part, behind) = rest.split_once(words)?;
            parts.push(part);
            rest = behind;
        }
        parts.push(rest.strip_suffix(last)?);
        parts.iter().all(|part| !part.is_empty()).then_some(parts)
    }
}

/// The English sentences in the order of their table: the longer before those that they hold.
fn phrases() -> &'static [Phrase] {
    static KNOWN: OnceLock<Vec<Phrase>> = OnceLock::new();
    KNOWN.get_or_init(|| TABLES[0].lines().filter_map(Phrase::read).collect())
}

impl Locale {
    /// What was said in English, in this language; as it is where there is no sentence for it.
    pub fn said(self, text: &str) -> String {
        match self {
            Self::English => text.to_owned(),
            _ => self.translated(text, DEPTH).unwrap_or_else(|| text.to_owned()),
        }
    }

    /// The ids of the sentences in the table of this language.
    pub fn phrase_ids(self) -> Vec<&'static str> {
        let lines = TABLES[self as usize].lines();
        lines.filter_map(Phrase::read).map(|phrase| phrase.id).collect()
    }

    fn translated(self, text: &str, depth: usize) -> Option<String> {
        static BUNDLES: [OnceLock<Bundle>; 3] = [const { OnceLock::new() }; 3];
        let bundle =
            BUNDLES[self as usize].get_or_init(|| of_table(self, TABLES[self as usize]));
        let (phrase, parts) = phrases()
            .iter()
            .find_map(|phrase| phrase.parts(text).map(|parts| (phrase, parts)))?;
        let mut arguments = FluentArgs::new();
        for (name, part) in phrase.names.iter().zip(parts) {
            let inner = depth.checked_sub(1).and_then(|left| self.translated(part, left));
            arguments.set(*name, inner.unwrap_or_else(|| part.to_owned()));
        }
        let pattern = bundle.get_message(phrase.id)?.value()?;
        let text = bundle.format_pattern(pattern, Some(&arguments), &mut Vec::new());
        Some(text.into_owned())
    }
}
