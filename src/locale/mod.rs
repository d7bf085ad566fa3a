//! Floor 0: the languages in which sentences are said.
//!
//! A language is one table of sentences (`*.ftl`, the format of Project Fluent), by ids that
//! never change. Mathematics is put into a sentence by the names of its parts.
//!
//! Invariant: nothing here knows what a sentence is about, or asks the environment.

mod phrase;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use std::sync::OnceLock;
use unic_langid::LanguageIdentifier;

/// A language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Locale {
    /// English.
    #[default]
    English,
    /// Vietnamese, in the words of the lecture notes.
    Vietnamese,
    /// Chinese, simplified.
    Chinese,
}

/// A language with its code and its sentences.
struct Row {
    locale: Locale,
    code: &'static str,
    text: &'static str,
    /// The explanations of mistakes; those in English stand in the rows of the mistakes.
    mistakes: &'static str,
}

/// The languages.
static ROWS: [Row; 3] = [
    Row {
        locale: Locale::English,
        code: "en",
        text: include_str!("en.ftl"),
        mistakes: "",
    },
    Row {
        locale: Locale::Vietnamese,
        code: "vi",
        text: include_str!("vi.ftl"),
        mistakes: include_str!("mistakes/vi.ftl"),
    },
    Row {
        locale: Locale::Chinese,
        code: "zh",
        text: include_str!("zh.ftl"),
        mistakes: include_str!("mistakes/zh.ftl"),
    },
];

/// The sentences of a language.
type Bundle = FluentBundle<FluentResource>;

impl Locale {
    /// All languages.
    pub fn all() -> impl Iterator<Item = Self> {
        ROWS.iter().map(|row| row.locale)
    }

    /// Its code, as in `--lang`: `en`, `vi`, `zh`.
    pub fn code(self) -> &'static str {
        ROWS[self as usize].code
    }

    /// The language of a locale, as `vi_VN.UTF-8` or `zh-CN`; `None` where it is not spoken.
    pub fn of_locale(locale: &str) -> Option<Self> {
        let code = locale.split(['_', '-', '.', '@']).next()?;
        let row = ROWS.iter().find(|row| row.code.eq_ignore_ascii_case(code))?;
        Some(row.locale)
    }

    /// The sentence of an id with its parts put in; `None` where there is none.
    pub fn sentence(self, id: &str, parts: &[(&str, &str)]) -> Option<String> {
        let bundle = self.bundle();
        let pattern = bundle.get_message(id)?.value()?;
        let mut arguments = FluentArgs::new();
        for (name, part) in parts {
            arguments.set(*name, *part);
        }
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, Some(&arguments), &mut errors);
        errors.is_empty().then(|| text.into_owned())
    }

    /// The ids of all its sentences, in the order of its table.
    pub fn ids(self) -> Vec<&'static str> {
        let lines = ROWS[self as usize].text.lines();
        lines
            .filter(|line| line.starts_with(|c: char| c.is_ascii_alphabetic()))
            .filter_map(|line| line.split(" =").next())
            .collect()
    }

    /// The explanation of a mistake, with the formulas that are put in between braces, as in
    /// its row; `None` in English, where the row has it.
    pub fn mistake(self, id: &str) -> Option<String> {
        static BUNDLES: [OnceLock<Bundle>; 3] = [const { OnceLock::new() }; 3];
        let text = ROWS[self as usize].mistakes;
        let bundle = BUNDLES[self as usize].get_or_init(|| of_table(self, text));
        let pattern = bundle.get_message(id)?.value()?;
        let text = bundle.format_pattern(pattern, None, &mut Vec::new());
        Some(text.replace('⟦', "{").replace('⟧', "}"))
    }

    fn bundle(self) -> &'static Bundle {
        static BUNDLES: [OnceLock<Bundle>; 3] = [const { OnceLock::new() }; 3];
        let text = ROWS[self as usize].text;
        BUNDLES[self as usize].get_or_init(|| of_table(self, text))
    }
}

/// The sentences of a table.
fn of_table(locale: Locale, text: &str) -> Bundle {
    let tag = locale.code().parse::<LanguageIdentifier>().unwrap_or_default();
    let mut bundle = Bundle::new_concurrent(vec![tag]);
    // Mathematics is not turned round in any language.
    bundle.set_use_isolating(false);
    let found =
        FluentResource::try_new(text.to_owned()).unwrap_or_else(|(found, _)| found);
    bundle.add_resource_overriding(found);
    bundle
}
