//! What is assumed of scalars beside their declarations.

use super::super::problem::Problem;
use crate::error::{Error, ErrorKind, Result};
use crate::kernel::Assumption;

impl Problem {
    /// Assumes something of the values of declared scalars.
    ///
    /// # Errors
    /// Names that are not declared, arrays, and what the declaration excludes.
    pub fn assume(&mut self, list: &[(String, Assumption)]) -> Result<()> {
        for (name, assumption) in list {
            let Some(place) = self.scope.variable(name) else {
                if self.scope.definition(name).is_some() {
                    let what = format!("the program says what `{name}` is");
                    return Err(ErrorKind::InvalidRequest(what).into());
                }
                return Err(self.unknown(name));
            };
            let variable = &mut self.scope.variables[usize::from(place)];
            if !variable.shape.is_scalar() {
                let shape = variable.shape.described(&self.scope.sizes);
                let what =
                    format!("`{name}` is {shape}, and assumptions are about scalars");
                return Err(Error::from(ErrorKind::InvalidRequest(what)).help(format!(
                    "what holds for all entries is declared, as `{name}[…] positive`"
                )));
            }
            let is_positive = variable.structure.positive;
            if is_positive && assumption.nonpositive {
                let what = format!("`{name}` is declared positive");
                return Err(ErrorKind::InvalidRequest(what).into());
            }
            variable.assumption = Assumption {
                positive: is_positive || assumption.positive,
                nonnegative: is_positive || assumption.nonnegative,
                ..*assumption
            };
        }
        Ok(())
    }
}
