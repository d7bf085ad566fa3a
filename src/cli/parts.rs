//! Expressions as text, with repeated parts named where that is needed.

use super::answer::Row;
use super::job::Wanted;
use calcgrad::Result;
use calcgrad::kernel::ExprId;
use calcgrad::print::{self, Notation, Shared};
use calcgrad::session::{Engine, Formula, Partial};

/// Answers above this cost with much repetition are printed with their parts named.
const LONG: u64 = 20_000;

/// Writes expressions, with repeated parts named where that is needed.
pub(crate) struct Writer<'e> {
    engine: &'e Engine,
    shared: Option<Shared>,
    wanted: Wanted,
}

impl<'e> Writer<'e> {
    pub(crate) fn new(
        engine: &'e Engine,
        roots: &[ExprId],
        always: bool,
        wanted: Wanted,
    ) -> Self {
        let pool = &engine.pool;
        let cost: u64 = roots.iter().map(|id| u64::from(pool.cost(*id))).sum();
        let name_parts = always
            || cost > LONG
                && (pool.reachable(roots).len() as u64).saturating_mul(8) < cost;
        Self { engine, shared: name_parts.then(|| Shared::new(pool, roots)), wanted }
    }

    pub(crate) fn one(&self, id: ExprId, notation: Notation) -> Result<String> {
        match &self.shared {
            Some(shared) => shared.write(&self.engine.pool, id, notation),
            None => print::write(&self.engine.pool, id, notation),
        }
    }

    pub(crate) fn all(
        &self,
        ids: &[ExprId],
        is_vector: bool,
        notation: Notation,
    ) -> Result<String> {
        let texts: Result<Vec<String>> =
            ids.iter().map(|id| self.one(*id, notation)).collect();
        let mut texts = texts?;
        Ok(match texts.len() {
            1 if !is_vector => texts.remove(0),
            _ => print::vector(&texts, notation),
        })
    }

    /// A row for each partial derivative, and for each answer where there are several.
    pub(crate) fn rows(
        &self,
        partials: &[Partial],
        formula: &Formula,
    ) -> Result<Vec<Row>> {
        if formula.answers.is_empty() {
            return partials.iter().map(|one| self.row(one, formula.is_vector)).collect();
        }
        let mut rows = Vec::new();
        for (place, name) in formula.answers.iter().enumerate() {
            for Partial { wrt, values } in partials {
                let one = Partial { wrt: wrt.clone(), values: vec![values[place]] };
                rows.push(Row { of: Some(name.clone()), ..self.row(&one, false)? });
            }
        }
        Ok(rows)
    }

    fn row(&self, partial: &Partial, is_vector: bool) -> Result<Row> {
        let write = |wanted: bool, notation| match wanted {
            true => self.all(&partial.values, is_vector, notation),
            false => Ok(String::new()),
        };
        Ok(Row {
            of: None,
            wrt: partial.wrt.clone(),
            missing: None,
            text: write(self.wanted.text, Notation::Text)?,
            latex: write(self.wanted.latex, Notation::Latex)?,
        })
    }

    pub(crate) fn definitions(&self) -> Result<Vec<(String, String)>> {
        match &self.shared {
            Some(shared) => {
                let notation =
                    if self.wanted.text { Notation::Text } else { Notation::Latex };
                shared.definitions(&self.engine.pool, notation)
            }
            None => Ok(Vec::new()),
        }
    }
}
