//! Expressions as text, with repeated parts named where that is needed.

use super::answer::Row;
use super::job::Wanted;
use super::json;
use super::report::{Factor, Report, Value, Written};
use calcgrad::Result;
use calcgrad::kernel::{ExprId, Matrix};
use calcgrad::print::{self, Notation, Shared};
use calcgrad::session::{Engine, Formula, NamedParts, Partial};

/// Answers above this cost are printed with their parts named where that halves them.
const LONG: u64 = 20_000;

/// Text and LaTeX.
pub(crate) const BOTH: Wanted = Wanted { text: true, latex: true };

/// Writes expressions, with repeated parts named where that is needed.
pub(crate) struct Writer<'e> {
    engine: &'e Engine,
    shared: Option<Shared>,
    wanted: Wanted,
}

impl<'e> Writer<'e> {
    /// Names repeated parts of long answers, and in any case where symbols stand for some.
    pub(crate) fn new(
        engine: &'e Engine,
        roots: &[ExprId],
        parts: &NamedParts,
        always: bool,
        wanted: Wanted,
    ) -> Self {
        let pool = &engine.pool;
        let cost = || roots.iter().map(|id| u64::from(pool.cost(*id))).sum::<u64>();
        let is_asked = always || !parts.is_empty();
        let shared = (is_asked || cost() > LONG).then(|| Shared::new(pool, roots, parts));
        Self { engine, shared: shared.filter(|one| is_asked || one.halves()), wanted }
    }

    /// Names repeated parts, and what has names already wherever it stands.
    pub(crate) fn keeping(
        engine: &'e Engine,
        roots: &[ExprId],
        (parts, kept): (&NamedParts, &[(String, ExprId)]),
        wanted: Wanted,
    ) -> Self {
        let shared = Shared::keeping(&engine.pool, roots, parts, kept);
        Self { engine, shared: Some(shared), wanted }
    }

    /// For code, which keeps the names of a program unless they are asked to be put in.
    pub(crate) fn of_code(
        engine: &'e mut Engine,
        formula: &Formula,
        (roots, parts): (&[ExprId], &NamedParts),
        is_shared: bool,
    ) -> Result<Self> {
        let kept = formula.definitions(engine)?;
        Ok(match is_shared || !kept.is_empty() {
            true => Self::keeping(engine, roots, (parts, &kept), BOTH),
            false => Self::new(engine, roots, parts, false, BOTH),
        })
    }

    /// Names repeated parts only where that was asked for.
    pub(crate) fn asked(engine: &'e Engine, roots: &[ExprId], is_shared: bool) -> Self {
        Self::over(engine, is_shared.then(|| Shared::new(&engine.pool, roots, &[])))
    }

    /// What writes with names for parts that are known already.
    pub(crate) fn over(engine: &'e Engine, shared: Option<Shared>) -> Self {
        Self { engine, shared, wanted: BOTH }
    }

    /// The names of parts, where there are any.
    pub(crate) fn into_shared(self) -> Option<Shared> {
        self.shared
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

    /// The parts that have names, in the order in which they are needed.
    pub(crate) fn definitions(&self) -> Result<Vec<(String, Written)>> {
        let Some(shared) = &self.shared else { return Ok(Vec::new()) };
        let pool = &self.engine.pool;
        let write = |id, is_wanted: bool, notation| match is_wanted {
            true => shared.definition(pool, id, notation),
            false => Ok(String::new()),
        };
        let define = |(id, name): (ExprId, &str)| {
            let text = write(id, self.wanted.text, Notation::Text)?;
            let latex = write(id, self.wanted.latex, Notation::Latex)?;
            Ok((name.to_owned(), Written { text, latex }))
        };
        shared.names().map(define).collect()
    }

    /// Puts the parts that have names into a report.
    pub(crate) fn define(&self, report: &mut Report) -> Result<()> {
        let parts = self.definitions()?;
        if parts.is_empty() {
            return Ok(());
        }
        report.field("shared", json::shared(&parts));
        for (name, part) in &parts {
            let label = Written::from_fn(|notation| print::name(name, notation));
            report.line(label, Value::One(part.clone()));
        }
        report.parts = parts;
        Ok(())
    }

    /// An expression in both notations.
    pub(crate) fn written(&self, id: ExprId) -> Result<Written> {
        let [text, latex] = [Notation::Text, Notation::Latex];
        Ok(Written { text: self.one(id, text)?, latex: self.one(id, latex)? })
    }

    /// One expression or a row of several, as the value of a report.
    pub(crate) fn value(&self, ids: &[ExprId], is_row: bool) -> Result<Value> {
        let written: Result<Vec<_>> = ids.iter().map(|id| self.written(*id)).collect();
        let mut written = written?;
        Ok(match is_row || written.len() != 1 {
            true => Value::Row(written),
            false => Value::One(written.remove(0)),
        })
    }

    /// A matrix, as the value of a report; with a factor before it, the entries of both
    /// together are known too.
    pub(crate) fn matrix(
        &self,
        factor: Option<(ExprId, &Matrix)>,
        matrix: &Matrix,
    ) -> Result<Value> {
        let rows = |matrix: &Matrix| -> Result<Vec<Vec<Written>>> {
            let row = |row: &[ExprId]| row.iter().map(|id| self.written(*id)).collect();
            matrix.iter().map(row).collect()
        };
        let factor = factor.map(|(id, whole)| -> Result<Factor> {
            let before = Written::factor(&self.engine.pool, id)?;
            Ok(Factor { before, whole: rows(whole)? })
        });
        Ok(Value::Matrix { factor: factor.transpose()?, rows: rows(matrix)? })
    }
}
