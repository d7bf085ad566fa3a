//! `--components n=2,m=3`: a matrix expression entry by entry, as a formula of scalars.

use super::args::Common;
use super::flags::joined;
use super::job::{Action, Job};
use super::matrix;
use super::reading::{Beside, names};
use calcgrad::matrix::{Components, Problem};
use calcgrad::{Error, ErrorKind, Note, Result};

/// Sizes, as `n=2,m=3`.
fn sizes(text: &str) -> Result<Vec<(String, usize)>> {
    let read = |pair: &str| {
        let (name, number) = pair.split_once('=')?;
        let number = number.trim().parse().ok()?;
        Some((name.trim().to_owned(), number))
    };
    let refuse = || {
        let what = format!("`{text}` gives no numbers to sizes");
        Error::from(ErrorKind::InvalidRequest(what)).help("write `--components n=2,m=3`")
    };
    if text.trim().is_empty() {
        return Ok(Vec::new());
    }
    text.split([',', ';']).map(|pair| read(pair).ok_or_else(refuse)).collect()
}

/// The formula in scalars.
fn scalars(given: Option<&str>, text: &str, components: &str) -> Result<Components> {
    Problem::read(&matrix::source(given, text))?.components(&sizes(components)?)
}

/// Refuses matrix expressions where only their entries have a meaning.
fn refuse_matrix(given: Option<&str>, text: &str) -> Result<()> {
    if !matrix::concerns(given, text) {
        return Ok(());
    }
    Err(matrix::no_command())
}

impl Common {
    /// The text of the formula in scalars, as it is or entry by entry.
    ///
    /// # Errors
    /// Matrix expressions without numbers for their sizes, or too large.
    pub(crate) fn scalars(&self, text: &str) -> Result<String> {
        let given = self.given.as_deref();
        let Some(components) = &self.components else {
            refuse_matrix(given, text)?;
            return Ok(text.to_owned());
        };
        let found = scalars(given, text, components)?;
        Ok(self.entries.get_or_init(|| found).text.clone())
    }

    /// The variables and the point beside the formula; arrays are all their entries.
    ///
    /// # Errors
    /// What is no list of names or no point.
    pub(crate) fn beside(&self, wrt: &[String]) -> Result<Beside> {
        let mut beside =
            Beside::read(joined(wrt).as_deref(), joined(&self.at).as_deref())?;
        if let (Some(entries), Some(wrt)) = (self.entries.get(), &mut beside.wrt) {
            *wrt = entries.variables_of(wrt);
        }
        Ok(beside)
    }

    /// What is assumed, by the declarations too.
    pub(crate) fn assumptions(&self) -> String {
        all_assumed(&self.assume, self.entries.get())
    }

    /// What is worth knowing about the entries.
    pub(crate) fn notes(&self) -> Vec<Note> {
        self.entries.get().map(|found| found.notes.clone()).unwrap_or_default()
    }
}

fn all_assumed(assume: &str, entries: Option<&Components>) -> String {
    let own = Some(assume).filter(|text| !text.trim().is_empty());
    let known = entries.iter().flat_map(|found| found.assumptions.iter());
    own.into_iter().chain(known.map(String::as_str)).collect::<Vec<_>>().join(", ")
}

impl Job {
    /// Makes a job on entries of one on matrices; the formula in scalars.
    ///
    /// # Errors
    /// Matrix expressions without numbers for their sizes, or too large.
    pub(crate) fn scalars(&mut self, text: &str) -> Result<String> {
        let given = self.given.take();
        let Some(components) = self.components.take() else {
            refuse_matrix(given.as_deref(), text)?;
            return Ok(text.to_owned());
        };
        if self.vec {
            let what = "`--vec` has no meaning for entries".to_owned();
            return Err(ErrorKind::InvalidRequest(what).into());
        }
        let found = scalars(given.as_deref(), text, &components)?;
        if let Some(wrt) = names(self.wrt.as_deref())? {
            self.wrt = Some(found.variables_of(&wrt).join(","));
        }
        if let (Action::Equal, Some(other)) = (self.action, &self.other) {
            self.other = Some(scalars(given.as_deref(), other, &components)?.text);
        }
        self.assume = all_assumed(&self.assume, Some(&found));
        self.notes.extend(found.notes);
        Ok(found.text)
    }
}
