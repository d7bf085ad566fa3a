//! `calcgrad hessian`.

use super::super::args::{Common, FormName, LayoutName};
use super::super::derivation::StepFlags;
use super::super::report::{Report, Value, Written};
use super::entries::{self, Entry};
use super::{Task, variables};
use calcgrad::Result;
use calcgrad::print::{self, Operator};
use calcgrad::session::{Checked, Engine, Hessian as Found};
use calcgrad::steps::Reason;
use clap::Args;

#[derive(Args, Debug)]
pub(crate) struct Hessian {
    #[command(flatten)]
    common: Common,
    /// The variables, as x,y [default: all, in natural order]
    #[arg(short, long, value_name = "NAMES")]
    wrt: Vec<String>,
    /// Which way the matrix lies, as for `jacobian`; it is symmetric
    #[arg(long, value_enum, default_value_t = LayoutName::Numerator)]
    layout: LayoutName,
    /// The form of the entries
    #[arg(short = 'F', long, value_enum, default_value_t = FormName::Auto)]
    form: FormName,
    #[command(flatten)]
    steps: StepFlags,
}

impl Task for Hessian {
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
        let (beside, mut found) = self.common.read(engine, text, &self.wrt)?;
        if found.wrt.is_empty() {
            found.wrt = engine.typed_variables(&found.formula)?;
        }
        if self.wrt.is_empty() {
            variables::tell_order(&mut found, "rows and columns");
        }
        let form = self.common.form(self.form);
        let Checked { value: Found { factor, matrix }, checked } =
            engine.hessian(&found.formula, &found.wrt, form)?;
        let mut report = Report::on(engine, &found, 2, &beside.point, checked)?;
        let (factor, matrix) = match (beside.point.is_empty(), factor) {
            (true, factor) => (factor, matrix),
            (false, factor) => {
                let mut entries = matrix.entries().to_vec();
                if let Some(factor) = factor {
                    for entry in &mut entries {
                        *entry = engine.pool.product(&[factor, *entry]);
                    }
                }
                let wrt = &found.wrt;
                let sequences = wrt
                    .iter()
                    .flat_map(|a| wrt.iter().map(move |b| [a.clone(), b.clone()]));
                let (formula, point) = (&found.formula, &beside.point);
                let mut found = Vec::with_capacity(entries.len());
                for (names, entry) in sequences.zip(entries) {
                    found.push(Entry::find(engine, formula, (0, &names), entry, point)?);
                }
                let values = entries::values(engine, formula, found, point, &mut report)?;
                let Some(values) = values else { return Ok(report) };
                (None, matrix.with_entries(values))
            }
        };
        let matrix = match self.layout {
            LayoutName::Numerator => matrix,
            LayoutName::Denominator => matrix.transpose(),
        };
        let label = Written::from_fn(|notation| {
            print::operator_label(Operator::Hessian, &found.formula.name, notation)
        });
        report.answer("hessian", label, Value::matrix(&engine.pool, factor, &matrix)?);
        if self.steps.steps {
            let told = self.steps.seconds(engine, &found.formula, &found.wrt)?;
            let symmetric = Reason::new("hessian_symmetric");
            let reasons = if found.wrt.len() > 1 { vec![symmetric] } else { Vec::new() };
            report.tell_before(&self.steps, told, &[reasons]);
        }
        Ok(report)
    }
}
