//! Modules before names: `np.exp`, `scipy.special.erf`.

use super::Assembler;
use crate::error::{Error, ErrorKind, Result};

impl<'t> Assembler<'t, '_> {
    /// The module before a name, by the one whose functions it has, and the name alone.
    ///
    /// # Errors
    /// A module that is not known.
    pub(super) fn module(&self, place: usize) -> Result<(Option<&'static str>, &'t str)> {
        let source = self.source(place);
        let Some((module, last)) = source.rsplit_once('.') else {
            return Ok((None, source));
        };
        match self.known_module(module) {
            Some(known) => Ok((Some(known), last)),
            None => {
                let what =
                    format!("`{module}.{last}` is not read in {}", self.dialect.name);
                Err(Error::at(self.at(place), ErrorKind::Unsupported(what)).help(
                    "functions of numpy, math, scipy.special, torch, tf and jax are read; methods are not",
                ))
            }
        }
    }

    /// The module whose functions a module has.
    pub(super) fn known_module(&self, module: &str) -> Option<&'static str> {
        self.dialect.modules.iter().find(|row| row.0 == module).map(|row| row.1)
    }
}
