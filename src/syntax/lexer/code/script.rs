//! The statements of Mathematica and Maxima: between semicolons, with `:=`, `=` and `:`.

use super::dialect::Layout;
use super::{Assembler, Class, Run, Statement};
use crate::error::Result;

impl Assembler<'_, '_> {
    /// The statements between the signs that end one.
    ///
    /// # Errors
    /// What is no definition and no formula.
    pub(super) fn script(&self) -> Result<Vec<Statement>> {
        let is_maxima = self.dialect.layout == Layout::Signs;
        let signs: &[&str] = if is_maxima { &[";", "$"] } else { &[";"] };
        let runs = self.split(signs, !is_maxima);
        runs.iter().map(|run| self.scripted(run)).collect()
    }

    fn scripted(&self, run: &Run) -> Result<Statement> {
        let defines = |place: &usize| self.dialect.defines.contains(&self.source(*place));
        let mut place = run.start;
        let mut sign = None;
        while place < run.end && sign.is_none() {
            let is_sign = self.lexemes[place].class == Class::Sign;
            sign = Some(place).filter(defines).filter(|_| is_sign);
            place = self.behind(place);
        }
        let Some(sign) = sign else { return Ok(self.bare(run)) };
        let (head, body) = (run.start..sign, sign + 1..run.end);
        let name = head.start;
        let is_function = self.is(name + 1, self.dialect.call)
            && head.len() > 2
            && self.behind(name + 1) == head.end;
        if !self.is_word(name) || !(head.len() == 1 || is_function) {
            let at = self.place_of(&(run.start..sign + 1));
            let help = format!("a definition is `u {} …`", self.dialect.defines[0]);
            return Err(self.refused(at, &help));
        }
        if body.is_empty() {
            return Err(self.missing(body.start, "a value"));
        }
        if let Some(other) = body
            .clone()
            .find(|place| defines(place) && self.lexemes[*place].class == Class::Sign)
        {
            return Err(self.refused(self.at(other), "define one name at a time"));
        }
        Ok(self.definition(head, sign, &body))
    }
}
