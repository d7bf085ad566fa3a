//! Values that are put in for names before everything else.

use super::engine::Engine;
use super::formula::Settings;
use super::point::eval::parse_point;
use crate::error::{Error, ErrorKind, Note, Result};
use crate::kernel::{Assumption, is_same_name};
use crate::syntax::{self, Program, Purpose, Put, Typed};

impl Engine {
    /// Reads programs, and puts values in for names. A name with a value is a variable in any
    /// case, and one in which nothing can be asked any more.
    ///
    /// # Errors
    /// Those of the reader, and values that cannot be read or have no place.
    pub(super) fn read_set<P: IntoIterator<Item = Program>>(
        &mut self,
        read: impl Fn(&[&str], &[&str]) -> Result<P>,
        [declared, known]: [&[&str]; 2],
        assumptions: &[(String, Assumption)],
        settings: &Settings,
    ) -> Result<Vec<Program>> {
        if settings.set.trim().is_empty() {
            return read(declared, known).map(|found| found.into_iter().collect());
        }
        let set = parse_point(&settings.set)?;
        for (name, value) in &set {
            if declared.iter().any(|own| is_same_name(own, name)) {
                let what = format!("`{name}` has the value {value} and does not vary");
                return Err(ErrorKind::InvalidPoint(what).into());
            }
        }
        self.must_be_as_assumed(&set, assumptions)?;
        let set_names = set.iter().map(|(name, _)| name.as_str());
        let declared: Vec<&str> = declared.iter().copied().chain(set_names).collect();
        let mut programs: Vec<Program> = read(&declared, known)?.into_iter().collect();
        for program in &mut programs {
            let values: Result<Vec<Put>> = set
                .iter()
                .map(|(name, text)| value(name, text, program, settings))
                .collect();
            let values = values?;
            let occurs = program.put(&values)?;
            for (put, occurs) in values.into_iter().zip(occurs) {
                if occurs {
                    program.notes.extend(put.value.notes);
                }
                match self.set.iter_mut().find(|(name, _)| *name == put.name) {
                    Some((_, occurred)) => *occurred |= occurs,
                    None => self.set.push((put.name, occurs)),
                }
            }
        }
        Ok(programs)
    }

    /// Refuses values for names that occurred nowhere.
    ///
    /// # Errors
    /// The first of them.
    pub(super) fn must_occur(&self) -> Result<()> {
        match self.set.iter().find(|(_, occurs)| !occurs) {
            None => Ok(()),
            Some((name, _)) => {
                let what = format!("`{name}` does not occur, so it takes no value");
                Err(ErrorKind::InvalidPoint(what).into())
            }
        }
    }
}

/// The value of a name; what is a name in the program is one here.
fn value(name: &str, text: &str, program: &Program, settings: &Settings) -> Result<Put> {
    let typed = Typed::new(text, Purpose::Answer, None);
    let known: Vec<&str> = program.variables();
    let read = || {
        let mut value = syntax::parse_typed(&typed, settings.arguments, &[], &known)?;
        if settings.log_ten {
            value.take_decadic(text);
        }
        let notes = std::mem::take(&mut value.notes);
        value.notes.extend(notes.into_iter().map(|note| Note { span: None, ..note }));
        Put::new(name, value)
    };
    read().map_err(|error| {
        if error.kind.is_limit() || error.span.is_none() {
            return Error { span: None, ..error };
        }
        let help = error.help.unwrap_or_else(|| error.kind.to_string());
        let what = format!("the value `{text}` of `{name}` cannot be read");
        Error::from(ErrorKind::InvalidPoint(what)).help(help)
    })
}
