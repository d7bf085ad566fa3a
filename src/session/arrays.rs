//! Values of matrix expressions at arrays.

use super::engine::Engine;
use crate::error::{Error, ErrorKind, Result};
use crate::kernel::ExprId;
use crate::matrix::{Answer, Array, Decimals, Placed, Problem, Value as Found};
use crate::print::{self, Notation};

impl Engine {
    /// Reads an array: a number, a list, a matrix or a matrix expression of constants.
    ///
    /// # Errors
    /// What cannot be read, or has no value.
    pub fn read_array(&mut self, text: &str) -> Result<Array> {
        let problem = Problem::read(text)?;
        let placed = problem.placed(&[], &self.pool)?;
        self.array_value(&problem, &problem.formula(), &placed)
    }

    /// The exact value of an answer over the names of a problem, at arrays.
    ///
    /// # Errors
    /// As [`Problem::value`], and what is undefined there.
    pub fn array_value(
        &mut self,
        problem: &Problem,
        answer: &Answer,
        placed: &Placed,
    ) -> Result<Array> {
        let found = problem.value(answer, placed, &mut self.pool)?;
        self.existing(found)
    }

    /// The same of a derivative of the formula, which may exist where a factor of it does not.
    ///
    /// # Errors
    /// As [`Engine::array_value`].
    pub fn derivative_at_arrays(
        &mut self,
        problem: &Problem,
        answer: &Answer,
        placed: &Placed,
    ) -> Result<Array> {
        let found = problem.derivative_value(answer, placed, &mut self.pool)?;
        self.existing(found)
    }

    /// The value of an answer with so many decimal digits, where it has no exact one, or one
    /// that is too dear.
    ///
    /// # Errors
    /// As [`Problem::decimals`].
    pub fn array_decimals(
        &mut self,
        problem: &Problem,
        answer: &Answer,
        placed: &Placed,
        count: usize,
    ) -> Result<Decimals> {
        problem.decimals(answer, placed, &self.pool, count)
    }

    /// A value with all that it needs.
    fn existing(&mut self, found: Found) -> Result<Array> {
        self.check_limits()?;
        for id in found.doubtful {
            if self.is_undefined(id) {
                return Err(self.without_value(id));
            }
        }
        let mut array = found.array;
        for entry in &mut array.entries {
            *entry = match self.constant_value(*entry)? {
                Some(value) => value,
                None => return Err(self.without_value(*entry)),
            };
        }
        self.check_limits()?;
        Ok(array)
    }

    /// Refuses arrays at which what is differentiated has no value, or a function in it no
    /// derivative.
    ///
    /// # Errors
    /// What has no value, or the first function that has no derivative, with its entry.
    pub fn must_be_smooth_at_arrays(
        &mut self,
        problem: &mut Problem,
        (wrt, order): (&[String], u32),
        placed: &Placed,
    ) -> Result<()> {
        if let Err(error) = self.array_value(problem, &problem.formula(), placed)
            && matches!(error.kind, ErrorKind::Undefined(_))
        {
            return Err(error);
        }
        let Some(kink) = problem.kink((wrt, order), placed, &mut self.pool)? else {
            return Ok(());
        };
        let what = format!(
            "`{}` of `{}{}` has no derivative there, and limits at arrays are not taken",
            kink.function, kink.of, kink.entry
        );
        Err(Error::from(ErrorKind::Unsupported(what))
            .help("with --components it is looked for entry by entry"))
    }

    fn without_value(&self, id: ExprId) -> Error {
        let text = print::write(&self.pool, id, Notation::Text);
        let text = text.ok().filter(|text| text.len() <= 60);
        let what = text.map_or("the value".to_owned(), |text| format!("`{text}`"));
        ErrorKind::Undefined(what).into()
    }
}
