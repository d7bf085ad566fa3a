//! A matrix expression entry by entry, for sizes that are numbers: the same formula in scalars.
//!
//! Invariant: entries that were not compared with the matrix form do not leave.
//!
//! Invariant: entries that a declaration makes equal are one variable, and those that it makes
//! zero are none.

mod arithmetic;
mod entries;
mod grid;
mod names;
mod scalars;
mod spectral;
mod unknown;
mod verify;

use super::form::FormId;
use super::print;
use super::problem::Problem;
use super::shape::{Size, SizeId};
use crate::error::{Error, ErrorKind, Note, Result};
use crate::syntax::nearest;
pub(super) use arithmetic::{Arithmetic, no_meaning};
pub(super) use entries::{Arrays, Expander, Known};
pub(super) use grid::Grid;
pub(super) use unknown::{unknown, unknown_field};

use names::Names;
use scalars::Scalars;
use verify::{Claim, verify};

/// The most entries of an array.
const MAX_ENTRIES: usize = 400;
/// The most symbols of the formula in scalars.
const MAX_COST: u64 = 20_000;

/// A matrix expression in scalars.
#[derive(Clone, Debug, Default)]
pub struct Components {
    /// The formula: a vector of its entries, matrices column by column.
    pub text: String,
    /// Declared names that occur, with the variables of their entries.
    pub variables: Vec<(String, Vec<String>)>,
    /// The same row by row, with what is 0 by its declaration as `None`.
    pub entries: Vec<(String, Vec<Option<String>>)>,
    /// What the declarations say of the variables.
    pub assumptions: Vec<String>,
    /// What is worth knowing.
    pub notes: Vec<Note>,
}

impl Components {
    /// The variables of a list of declared names; other names stay.
    pub fn variables_of(&self, names: &[String]) -> Vec<String> {
        let of = |name: &String| {
            let known = self.variables.iter().find(|(declared, _)| declared == name);
            known.map_or_else(|| vec![name.clone()], |(_, list)| list.clone())
        };
        names.iter().flat_map(of).collect()
    }
}

impl Problem {
    /// What is differentiated, entry by entry, with numbers for the sizes that have names.
    ///
    /// # Errors
    /// Sizes that are missing or not known, arrays or formulas that are too large, what has no
    /// formula in entries, and entries that cannot be compared with the matrix form.
    pub fn components(&self, sizes: &[(String, usize)]) -> Result<Components> {
        let sizes = self.numbers(sizes)?;
        let names = Names::of(&self.scope, &sizes)?;
        let expander = Expander {
            forms: &self.forms,
            scope: &self.scope,
            sizes: &sizes,
            arrays: &names,
            needed: self.needed(),
        };
        let mut scalars = Scalars::default();
        let grid = expander.expand(self.main, &mut scalars)?;
        let mut entries: Vec<FormId> = Vec::new();
        for column in 0..grid.cols {
            entries.extend((0..grid.rows).map(|row| grid.at(row, column)));
        }
        let cost: u64 = entries.iter().map(|id| u64::from(scalars.forms.cost(*id))).sum();
        if cost > MAX_COST {
            return Err(Error::from(ErrorKind::OutputTooLong { limit: MAX_COST })
                .help("take smaller sizes"));
        }
        let texts: Vec<String> = entries
            .iter()
            .map(|id| print::text(*id, &scalars.forms, names.scope()))
            .collect();
        let mut found = Components::default();
        let body = match self.shape().is_scalar() {
            true => texts.concat(),
            false => format!("[{}]", texts.join(", ")),
        };
        verify(&Claim {
            main: self.main,
            forms: &self.forms,
            scope: &self.scope,
            sizes: &sizes,
            names: &names,
            entries: &entries,
            scalars: &scalars,
            text: &body,
        })?;
        found.text = match self.function() {
            "f" => body,
            name => format!("{name} = {body}"),
        };
        if !self.shape().is_vector() {
            let message = "the entries of the matrix stand column by column".to_owned();
            found.notes.push(Note { message, span: None });
        }
        let used = self.variables();
        names.tell(&used, &mut found);
        Ok(found)
    }

    /// The number of each size.
    fn numbers(&self, given: &[(String, usize)]) -> Result<Vec<usize>> {
        let all = &self.scope.sizes;
        let named = || {
            all.ids().filter_map(|id| match all.get(id) {
                Size::Named(name) => Some(name.as_str()),
                _ => None,
            })
        };
        for (place, (name, n)) in given.iter().enumerate() {
            let refuse = |what: String| Error::from(ErrorKind::InvalidDeclaration(what));
            if named().all(|known| known != name) {
                let error = refuse(format!("`{name}` is no size of the declarations"));
                return Err(match nearest(name, named()) {
                    Some(meant) => error.help(format!("did you mean `{meant}`?")),
                    None => error,
                });
            }
            if *n == 0 || given[..place].iter().any(|(known, _)| known == name) {
                return Err(refuse(format!("the size `{name}` needs one number from 1")));
            }
        }
        let mut numbers: Vec<usize> = Vec::new();
        for id in all.ids() {
            let number = |id: &SizeId| numbers.get(id.index()).copied().unwrap_or(1);
            numbers.push(match all.get(id) {
                Size::Fixed(n) => *n as usize,
                Size::Product(list) => {
                    list.iter().fold(1usize, |n, id| n.saturating_mul(number(id)))
                }
                Size::Named(name) => {
                    let found = given.iter().find(|(known, _)| known == name);
                    let Some((_, n)) = found else {
                        let what = format!("the size `{name}` has no number");
                        return Err(Error::from(ErrorKind::InvalidDeclaration(what))
                            .help(format!("add it to the others, as `{name}=2`")));
                    };
                    *n
                }
            });
        }
        Ok(numbers)
    }
}

#[cfg(test)]
mod tests {
    use super::{Claim, Expander, FormId, Names, Problem, Result, Scalars, verify};

    /// Whether entries of `x'*x*x` pass with this text for two of them.
    fn passes(text: &str) -> Result<bool> {
        let problem = Problem::read("given x[n]\nx'*x*x")?;
        let sizes = problem.numbers(&[("n".into(), 2)])?;
        let names = Names::of(&problem.scope, &sizes)?;
        let mut scalars = Scalars::default();
        let expander = Expander {
            forms: &problem.forms,
            scope: &problem.scope,
            sizes: &sizes,
            arrays: &names,
            needed: problem.needed(),
        };
        let grid = expander.expand(problem.main, &mut scalars)?;
        let entries: Vec<FormId> = grid.entries().to_vec();
        let claim = Claim {
            main: problem.main,
            forms: &problem.forms,
            scope: &problem.scope,
            sizes: &sizes,
            names: &names,
            entries: &entries,
            scalars: &scalars,
            text,
        };
        Ok(verify(&claim).is_ok())
    }

    #[test]
    fn entries_that_differ_do_not_leave() -> Result<()> {
        assert!(passes("[x1^3 + x1*x2^2, x1^2*x2 + x2^3]")?);
        assert!(!passes("[x1^3 + x1*x2^2, x1^2*x2 + x2^2]")?);
        assert!(!passes("[x1^3 + x1*x2^2]")?);
        Ok(())
    }
}
