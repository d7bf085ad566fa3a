//! `calcgrad jacobian`.

use super::super::args::{Common, FormName, LayoutName};
use super::super::derivation::StepFlags;
use super::super::parts::{BOTH, Writer};
use super::super::reading;
use super::super::report::{Report, Written};
use super::entries::{self, Entry};
use super::{Task, variables};
use calcgrad::Result;
use calcgrad::print::{self, Operator};
use calcgrad::session::{Checked, Engine, NamedParts};
use clap::Args;

#[derive(Args, Debug)]
pub(crate) struct Jacobian {
    #[command(flatten)]
    common: Common,
    /// The variables, as x,y [default: all, in natural order]
    #[arg(short, long, value_name = "NAMES")]
    wrt: Vec<String>,
    /// Which way the matrix lies
    #[arg(long, value_enum, default_value_t = LayoutName::Numerator)]
    layout: LayoutName,
    /// The form of the answer
    #[arg(short = 'F', long, value_enum, default_value_t = FormName::Auto)]
    form: FormName,
    #[command(flatten)]
    steps: StepFlags,
}

impl Task for Jacobian {
    fn has_formulas(&self) -> bool {
        true
    }

    fn common(&self) -> &Common {
        &self.common
    }

    fn steps(&self) -> Option<&StepFlags> {
        Some(&self.steps)
    }

    fn run(&self, engine: &mut Engine, text: &str) -> Result<Report> {
        let mut beside = self.common.beside(&self.wrt)?;
        let settings = self.common.begin(engine, beside.declared());
        let mut found = reading::read(engine, text, &mut beside, &settings)?;
        if found.wrt.is_empty() {
            found.wrt = engine.typed_variables(&found.formula)?;
        }
        if self.wrt.is_empty() {
            let what = match self.layout {
                LayoutName::Numerator => "the columns",
                LayoutName::Denominator => "the rows",
            };
            variables::tell_order(&mut found, what);
        }
        let form = self.common.form(self.form);
        let layout = self.layout.layout();
        let Checked { value: jacobian, checked } =
            engine.jacobian(&found.formula, &found.wrt, layout, form)?;
        let mut report = Report::on(engine, &found, 1, &beside.point, checked)?;
        let matrix = match beside.point.is_empty() {
            true => jacobian.matrix,
            false => {
                let (rows, columns) = (found.formula.roots.len(), found.wrt.len());
                let mut entries = Vec::with_capacity(rows * columns);
                for (place, entry) in jacobian.matrix.entries().iter().enumerate() {
                    let (component, variable) = match self.layout {
                        LayoutName::Numerator => (place / columns, place % columns),
                        LayoutName::Denominator => (place % rows, place / rows),
                    };
                    let names = std::slice::from_ref(&found.wrt[variable]);
                    let (formula, of) = (&found.formula, (component, names));
                    entries.push(Entry::find(
                        engine,
                        formula,
                        of,
                        *entry,
                        &beside.point,
                    )?);
                }
                let (formula, point) = (&found.formula, &beside.point);
                let values =
                    entries::values(engine, formula, entries, point, &mut report)?;
                let Some(values) = values else { return Ok(report) };
                jacobian.matrix.with_entries(values)
            }
        };
        let name = &found.formula.name;
        let label = Written::from_fn(|notation| {
            print::operator_label(Operator::Jacobian, name, notation)
        });
        let is_shared = self.form == FormName::Shared && beside.point.is_empty();
        let roots = matrix.entries();
        let writer = Writer::new(engine, roots, &NamedParts::new(), is_shared, BOTH);
        report.answer("jacobian", label, writer.matrix(None, &matrix)?);
        writer.define(&mut report)?;
        if self.steps.steps {
            let told = self.steps.partials(engine, &found.formula, &found.wrt)?;
            report.tell_before(&self.steps, told, &[]);
        }
        Ok(report)
    }
}
