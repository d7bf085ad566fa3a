//! `--steps`: derivations as text, LaTeX, Markdown, a page and JSON.
//!
//! The library says what follows from what, and why by ids; sentences are made here, in the
//! language that was chosen.

mod html;
mod json;
mod latex;
mod markdown;
mod partials;
mod sentence;
mod spoken;
mod text;

pub(super) use html::{begin as begin_page, escaped};
pub(crate) use spoken::spoken;

use super::format::Format;
use super::language;
use super::output::Output;
use calcgrad::session::Point;
use calcgrad::steps::{Derivation, Detail, Math, Reason};
use calcgrad::{ErrorKind, Result};
use clap::Args;
use rustc_hash::FxHashSet;
use serde_json::Value as Json;

/// What is asked of a derivation.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct StepFlags {
    /// Show how the answer comes about, line by line
    #[arg(long)]
    pub(crate) steps: bool,
    /// How much is shown: 1 products, quotients, chains and sums; 2 every rule; 3 every step
    #[arg(long, value_name = "LEVEL", requires = "steps", value_parser = clap::value_parser!(u8).range(1..=3))]
    detail: Option<u8>,
    /// Show the first lines only
    #[arg(long, value_name = "LINES", requires = "steps", value_parser = super::args::count)]
    hint: Option<usize>,
    /// With LaTeX, write a whole document
    #[arg(long, requires = "steps")]
    document: bool,
}

impl StepFlags {
    /// What a request of a batch asks for.
    ///
    /// # Errors
    /// A level that there is not.
    pub(crate) fn of_request(
        steps: bool,
        detail: Option<u8>,
        hint: Option<usize>,
        document: bool,
    ) -> Result<Self> {
        if detail == Some(0) {
            let what = "\"detail\" is 1, 2 or 3".to_owned();
            return Err(ErrorKind::InvalidRequest(what).into());
        }
        Ok(Self { steps, detail, hint, document })
    }

    /// Refuses programming languages, where a derivation is asked for.
    ///
    /// # Errors
    /// A format that is one.
    pub(crate) fn refuse_code(&self, format: Format) -> Result<()> {
        match format.language().filter(|_| self.steps) {
            None => Ok(()),
            Some(_) => {
                let what = "a derivation is not written as code".to_owned();
                Err(ErrorKind::Unsupported(what).into())
            }
        }
    }

    /// Whether the first lines only are shown.
    pub(crate) fn is_hint(&self) -> bool {
        self.steps && self.hint.is_some()
    }

    /// How much is told.
    pub(crate) fn detail(&self) -> Detail {
        match self.detail {
            Some(1) => Detail::Coarse,
            Some(3) => Detail::Fine,
            _ => Detail::Usual,
        }
    }

    /// Derivations as far as they are to be shown; what stands before them all, as the
    /// function, is not said again.
    pub(crate) fn shown(&self, mut told: Vec<Derivation>) -> Vec<Derivation> {
        let mut said: FxHashSet<(Math, Vec<Math>)> = FxHashSet::default();
        for one in &mut told {
            let first =
                one.lines.first().map(|line| (line.label.clone(), line.values.clone()));
            if one.lines.len() > 1
                && (one.lines[0].names.is_empty() || one.lines[1].label.is_empty())
                && first.is_some_and(|first| said.contains(&first))
            {
                one.lines.remove(0);
                while one.lines.len() > 1 && one.lines[0].label.is_empty() {
                    one.lines.remove(0);
                }
            }
            let lines = one.lines.iter();
            said.extend(lines.map(|line| (line.label.clone(), line.values.clone())));
        }
        let mut left = self.hint.unwrap_or(usize::MAX);
        for one in &mut told {
            one.lines.truncate(left);
            left -= one.lines.len();
        }
        told.retain(|one| !one.lines.is_empty());
        told
    }

    /// Prints derivations, one after the other.
    pub(crate) fn print(&self, told: &[Derivation], format: Format, output: &mut Output) {
        let locale = language::chosen();
        match format {
            Format::Html => match html::page(told, locale) {
                Ok(page) => output.plain(&page),
                Err(error) => output.refuse(&error),
            },
            Format::Markdown => markdown::write(told, locale, output),
            Format::Latex => latex::write(told, locale, self.document, output),
            _ if format.typeset().is_some() => {
                for derivation in told {
                    output.line(&latex::block(derivation, locale, "aligned"));
                }
            }
            _ => text::write(told, locale, (format == Format::Unicode, output)),
        }
    }
}

/// That a value is taken at a point.
pub(crate) fn at_point(point: &Point) -> Reason {
    let pairs: Vec<String> =
        point.iter().map(|(name, value)| format!("{name} = {value}")).collect();
    Reason::new("at_point").with("point", Math::alike(&pairs.join(", ")))
}

/// Derivations as a list of JSON.
pub(crate) fn json(told: &[Derivation]) -> Json {
    json::list(told, language::chosen())
}
