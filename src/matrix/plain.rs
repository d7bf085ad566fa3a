//! Variables whose kind is no space of matrices: orthogonal ones, whose derivatives are tangents,
//! and one-hot and stochastic ones, whose entries are taken as free.

use super::problem::Problem;
use super::scalar::Scalars;
use super::tensor::Tensors;
use crate::error::{Error, ErrorKind, Note, Result};

impl Problem {
    /// The place of a declared name, or of that of an entry.
    fn place(&self, name: &str) -> Option<usize> {
        let whole = name.split('[').next().unwrap_or(name);
        self.scope.variable(whole.trim()).map(usize::from)
    }

    /// What is worth knowing about derivatives in names: in which sense they are derivatives.
    pub fn conventions(&self, wrt: &[String]) -> Vec<Note> {
        let message = |name: &String| {
            let variable = &self.scope.variables[self.place(name)?];
            let structure = variable.structure;
            let (name, is_matrix) = (&variable.name, variable.shape.axes().len() == 2);
            match () {
                () if structure.orthogonal && is_matrix => Some(format!(
                    "the derivative in the orthogonal matrix `{name}` is that along tangents: \
                     (G - {name}*G'*{name})/2 for the derivative G in all entries"
                )),
                () if structure.stochastic => Some(format!(
                    "the entries of `{name}` are taken as free for the derivative in it"
                )),
                () => None,
            }
        };
        let messages = wrt.iter().filter_map(message);
        messages.map(|message| Note { message, span: None }).collect()
    }

    /// Whether names are of arrays whose rows have the sum 1.
    pub(super) fn has_simplex(&self, wrt: &[String]) -> bool {
        wrt.iter().any(|name| {
            let place = self.place(name);
            place.is_some_and(|place| self.scope.variables[place].structure.stochastic)
        })
    }

    /// Does something with names as those of plain arrays: what holds for the sums of their
    /// rows holds no longer for neighbours.
    pub(super) fn in_plain<T>(
        &mut self,
        wrt: &[String],
        work: impl FnOnce(&mut Self) -> Result<T>,
    ) -> Result<T> {
        let known: Vec<_> = self.scope.variables.iter().map(|v| v.structure).collect();
        self.make_plain(wrt);
        let found = work(self);
        for (variable, known) in self.scope.variables.iter_mut().zip(known) {
            variable.structure = known;
        }
        self.forget();
        found
    }

    /// Takes names as those of plain arrays from now on.
    pub(super) fn make_plain(&mut self, wrt: &[String]) {
        if !self.has_simplex(wrt) {
            return;
        }
        let places: Vec<usize> = wrt.iter().filter_map(|name| self.place(name)).collect();
        for place in places {
            let structure = &mut self.scope.variables[place].structure;
            (structure.stochastic, structure.one_hot) = (false, false);
        }
        self.forget();
    }

    /// Refuses steps to derivatives that are tangents.
    ///
    /// # Errors
    /// An orthogonal matrix.
    pub(super) fn must_have_steps(&self, name: &str) -> Result<()> {
        let place = self.place(name);
        match place.is_some_and(|place| self.scope.variables[place].structure.orthogonal)
        {
            false => Ok(()),
            true => {
                let what = format!("steps to the derivative in the orthogonal `{name}`");
                Err(Error::from(ErrorKind::Unsupported(what))
                    .help("leave the property out to differentiate in all entries"))
            }
        }
    }

    /// Forgets what was made of what is declared.
    fn forget(&mut self) {
        (self.tensors, self.scalars) = (Tensors::default(), Scalars::default());
    }

    /// Refuses derivatives of higher order in matrices whose kind is bent.
    ///
    /// # Errors
    /// An orthogonal matrix among several names.
    pub(super) fn must_be_flat(&self, wrt: &[String]) -> Result<()> {
        let is_bent = |name: &&String| {
            let place = self.place(name);
            place.is_some_and(|place| self.scope.variables[place].structure.orthogonal)
        };
        match wrt.iter().find(is_bent).filter(|_| wrt.len() > 1) {
            None => Ok(()),
            Some(name) => {
                let what = format!(
                    "derivatives of higher order in the orthogonal matrix `{name}` are not \
                     supported"
                );
                Err(Error::from(ErrorKind::Unsupported(what))
                    .help("leave the property out to differentiate in all entries"))
            }
        }
    }
}
