//! A derivative in front of the formula: `D[f, x]`, `diff(f, x)`, `Derivative(f, x)`.

use super::super::super::token::Kind;
use super::meaning::Meaning;
use super::{Assembler, Run};
use crate::error::{Error, ErrorKind, Result};

/// The highest order of such a derivative.
const MAX_ORDER: usize = 64;

impl Assembler<'_, '_> {
    /// Reads a run when all of it is a derivative, and says whether.
    ///
    /// # Errors
    /// Variables that are none; what cannot be read.
    pub(super) fn request(&mut self, run: &Run) -> Result<bool> {
        let open = run.start + 1;
        let is_call = self.is_word(run.start)
            && self.is(open, self.dialect.call)
            && self.behind(open) == run.end;
        if !is_call || (self.declared)(self.source(run.start)) {
            return Ok(false);
        }
        let arguments = self.parts(&(open + 1..run.end - 1));
        let (module, last) = self.module(run.start)?;
        if self.meaning(module, last, arguments.len()) != Some(Meaning::Derivative) {
            return Ok(false);
        }
        let [formula, variables @ ..] = &arguments[..] else { return Ok(false) };
        let mut names: Vec<String> = Vec::new();
        for variable in variables {
            self.variable(variable, &mut names)?;
        }
        let span = self.place_of(run);
        if names.is_empty() || names.len() > MAX_ORDER {
            return Err(self.refused(span, "write the variables behind the formula"));
        }
        let whole = self.out.open(Kind::Expression, "", span);
        let group = self.out.open(Kind::Group, "", self.place_of(formula));
        self.expression(formula.clone())?;
        self.out.close(group);
        self.out.close(whole);
        self.out.request = names;
        self.out.requested = Some(self.at(run.start));
        Ok(true)
    }

    /// A variable, a pair of a variable and an order, or the order of the one before.
    fn variable(&self, run: &Run, names: &mut Vec<String>) -> Result<()> {
        let is_pair = self.is(run.start, "(") || self.is(run.start, self.dialect.list);
        if is_pair && self.behind(run.start) == run.end {
            for part in self.parts(&(run.start + 1..run.end - 1)) {
                self.variable(&part, names)?;
            }
            return Ok(());
        }
        let source = self.source(run.start);
        if run.len() == 1 && self.is_word(run.start) && !source.contains('.') {
            names.push(self.letters(run.start).into_owned());
            return Ok(());
        }
        let order = source.parse::<usize>().ok().filter(|_| run.len() == 1);
        match (order, names.last().cloned()) {
            (Some(order @ 1..=MAX_ORDER), Some(name)) => {
                names.extend(std::iter::repeat_n(name, order - 1));
                Ok(())
            }
            _ => {
                let kind = ErrorKind::UnexpectedToken {
                    found: self.typed(run).to_owned(),
                    expected: "a variable or an order".to_owned(),
                };
                Err(Error::at(self.place_of(run), kind))
            }
        }
    }
}
