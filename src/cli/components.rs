//! `--components n=2,m=3`: a matrix expression entry by entry, as a formula of scalars.

use super::args::Common;
use super::arrays::{self, Files};
use super::flags::joined;
use super::job::{Action, Job};
use super::matrix;
use super::reading::{Beside, names};
use calcgrad::matrix::{Array, Components, Problem};
use calcgrad::print::{self, Notation};
use calcgrad::session::Engine;
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
    /// The text of the formula in scalars, as it is or entry by entry; `points` are more places
    /// at which arrays may stand.
    ///
    /// # Errors
    /// Matrix expressions without numbers for their sizes, or too large.
    pub(crate) fn scalars(
        &self,
        text: &str,
        (points, files): (&[String], Files),
    ) -> Result<String> {
        let given = self.given.as_deref();
        if !matrix::concerns(given, text) {
            return match &self.components {
                Some(components) => Ok(scalars(given, text, components)?.text),
                None => Ok(text.to_owned()),
            };
        }
        let problem = Problem::read(&matrix::source(given, text))?;
        let lists = [&self.set[..], &self.at[..], points];
        let beside: Vec<String> = lists.concat();
        let mut engine = Engine::default();
        let mut arrays = Vec::new();
        for piece in beside.iter().flat_map(|list| arrays::pieces(list)) {
            let name = piece.split_once('=').map_or("", |(name, _)| name.trim());
            if problem.has_array(name) {
                arrays.extend(arrays::read(&mut engine, piece, files)?);
            }
        }
        if arrays.is_empty() && self.components.is_none() {
            return Err(matrix::no_command());
        }
        let mut known = problem.sizes_by(&arrays, &engine.pool)?;
        for (name, number) in sizes(self.components.as_deref().unwrap_or_default())? {
            if !known.contains(&(name.clone(), number)) {
                known.push((name, number));
            }
        }
        let found = problem.components(&known)?;
        let put = |(name, array): &(String, Array)| {
            Ok((name.clone(), entrywise(&engine, &found, name, array)?))
        };
        let values: Result<Vec<(String, String)>> = arrays.iter().map(put).collect();
        let _ = self.arrays.set(values?);
        Ok(self.entries.get_or_init(|| found).text.clone())
    }

    /// Values or a point with the entries of arrays one by one.
    pub(crate) fn entrywise(&self, lists: &[String]) -> String {
        let known = self.arrays.get().map(Vec::as_slice).unwrap_or_default();
        let of = |piece: &str| {
            let name = piece.split_once('=').map_or("", |(name, _)| name.trim());
            let found = known.iter().find(|(other, _)| other == name);
            found.map_or_else(|| piece.to_owned(), |(_, entries)| entries.clone())
        };
        if known.is_empty() {
            return joined(lists).unwrap_or_default();
        }
        let pieces = lists.iter().flat_map(|list| arrays::pieces(list)).map(of);
        let pieces: Vec<String> = pieces.filter(|piece| !piece.is_empty()).collect();
        pieces.join(",")
    }

    /// The variables and the point beside the formula; arrays are all their entries.
    ///
    /// # Errors
    /// What is no list of names or no point.
    pub(crate) fn beside(&self, wrt: &[String]) -> Result<Beside> {
        let at = self.entrywise(&self.at);
        let mut beside = Beside::read(joined(wrt).as_deref(), Some(&at))?;
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

/// The entries of an array one by one: `A1_1=1,A1_2=2`; nothing for a size.
fn entrywise(
    engine: &Engine,
    found: &Components,
    name: &str,
    array: &Array,
) -> Result<String> {
    let Some((_, names)) = found.entries.iter().find(|(known, _)| known == name) else {
        return Ok(String::new());
    };
    let mut all: Vec<String> = Vec::with_capacity(names.len());
    for (entry, id) in names.iter().zip(&array.entries) {
        let Some(entry) = entry else { continue };
        let value = print::write(&engine.pool, *id, Notation::Text)?;
        let text = format!("{entry}={value}");
        // Entries that a declaration makes equal are one variable.
        if !all.contains(&text) {
            all.push(text);
        }
    }
    Ok(all.join(","))
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
