//! `calcgrad jacobian`.

use super::super::args::{Common, FormName, LayoutName};
use super::super::code::keep_small;
use super::super::derivation::StepFlags;
use super::super::flags::joined;
use super::super::format::Format;
use super::super::matrix::{self, Wanted};
use super::super::parts::{BOTH, Writer};
use super::super::reading;
use super::super::report::Report;
use super::entries::{self, Entry};
use super::products::{self, Beside};
use super::{Task, operator, variables};
use calcgrad::Result;
use calcgrad::print::Operator;
use calcgrad::session::{Checked, Engine, NamedParts};
use clap::Args;

#[derive(Args, Debug)]
pub(crate) struct Jacobian {
    #[command(flatten)]
    common: Common,
    /// The variables, as x,y [default: all, in natural order]
    #[arg(short, long, value_name = "NAMES")]
    wrt: Vec<String>,
    /// The matrix times a vector, as "[3, 4]", instead of the matrix
    #[arg(long, value_name = "VECTOR", allow_hyphen_values = true)]
    along: Option<String>,
    /// A row vector times the matrix, with a component for each function
    #[arg(long, value_name = "VECTOR", allow_hyphen_values = true, conflicts_with_all = ["along", "layout"])]
    across: Option<String>,
    /// Which way the matrix lies
    #[arg(long, value_enum, default_value_t = LayoutName::Numerator)]
    layout: LayoutName,
    /// The form of the answer
    #[arg(short = 'F', long, value_enum, default_value_t = FormName::Auto)]
    form: FormName,
    /// Stack the columns of matrices in matrix expressions, so that the answer is a matrix
    #[arg(long)]
    vec: bool,
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

    fn has_matrices(&self) -> bool {
        // At arrays the entries are taken one by one.
        self.common.at.is_empty() && self.common.set.is_empty()
    }

    fn matrices(&self, source: &str, format: Format) -> Result<Report> {
        self.common.refuse_points()?;
        matrix::blocks(
            (source, &self.common.assume),
            &Wanted {
                operator: Operator::Jacobian,
                wrt: joined(&self.wrt).as_deref(),
                layout: self.layout.of_matrices(),
                vec: self.vec,
                along: self.along.as_deref(),
                across: self.across.as_deref(),
                format,
                steps: &self.steps,
            },
        )
    }

    fn run(&self, engine: &mut Engine, text: &str) -> Result<Report> {
        matrix::refuse_stacking(self.vec)?;
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
        let beside_it = match (&self.along, &self.across) {
            (Some(text), _) => Some(Beside::Along(text)),
            (None, Some(text)) => Some(Beside::Across(text)),
            (None, None) => None,
        };
        let is_shared = self.common.is_shared(self.form) && beside.point.is_empty();
        if let Some(side) = beside_it {
            let (formula, wrt) = (&found.formula, &found.wrt);
            let product = match side {
                Beside::Along(text) => {
                    let along = products::vector(engine, text, &settings)?;
                    engine.jacobian_along(formula, wrt, &along, form)?
                }
                Beside::Across(text) => {
                    let across = products::vector(engine, text, &settings)?;
                    engine.jacobian_across(formula, wrt, &across, (form, is_shared))?
                }
            };
            let label = operator(Operator::Jacobian, &formula.name);
            let how = (&beside.point, is_shared);
            return products::report(engine, &found, 1, (label, side, product), how);
        }
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
        let label = operator(Operator::Jacobian, name);
        let mut roots = matrix.entries().to_vec();
        keep_small(engine, self.common.format().language(), &mut roots);
        let matrix = matrix.with_entries(roots);
        let roots = matrix.entries();
        let none = NamedParts::new();
        let keeps_names = matches!(self.form, FormName::Auto | FormName::Shared);
        let is_code = self.common.format().language().is_some();
        let writer = match is_code && keeps_names && beside.point.is_empty() {
            true => Writer::of_code(engine, &found.formula, (roots, &none), is_shared)?,
            false => Writer::new(engine, roots, &none, is_shared, BOTH),
        };
        report.answer("jacobian", label, writer.matrix(None, &matrix)?);
        writer.define(&mut report)?;
        if self.steps.steps {
            let told = self.steps.partials(engine, &found.formula, &found.wrt)?;
            report.tell_before(&self.steps, told, &[]);
        }
        Ok(report)
    }
}
