//! `calcgrad hessian`.

use super::super::args::{Common, FormName, LayoutName};
use super::super::code::keep_small;
use super::super::derivation::StepFlags;
use super::super::flags::joined;
use super::super::format::Format;
use super::super::matrix::{self, Wanted};
use super::super::parts::{BOTH, Writer};
use super::super::reading::{self, Reading};
use super::super::report::{Report, Value, Written};
use super::entries::{self, Entry};
use super::products::{self, Beside};
use super::{Task, operator, variables};
use calcgrad::Result;
use calcgrad::kernel::{ExprId, Matrix};
use calcgrad::matrix::Layout;
use calcgrad::print::{self, Operator};
use calcgrad::session::{Checked, Engine, Form, Point, SecondDerivatives};
use calcgrad::steps::Reason;
use clap::Args;
use serde_json::json;

#[derive(Args, Debug)]
pub(crate) struct Hessian {
    #[command(flatten)]
    common: Common,
    /// The variables, as x,y [default: all, in natural order]
    #[arg(short, long, value_name = "NAMES")]
    wrt: Vec<String>,
    /// The matrix times a vector, as "[3, 4]", instead of the matrix
    #[arg(long, value_name = "VECTOR", allow_hyphen_values = true, conflicts_with_all = ["sparse", "pattern", "steps"])]
    along: Option<String>,
    /// Which way the matrix lies, as for `jacobian`; it is symmetric
    #[arg(long, value_enum, default_value_t = LayoutName::Numerator)]
    layout: LayoutName,
    /// The form of the entries
    #[arg(short = 'F', long, value_enum, default_value_t = FormName::Auto)]
    form: FormName,
    /// The entries that are not 0 alone, each pair of variables once
    #[arg(long, conflicts_with = "at")]
    sparse: bool,
    /// Where the entries are that are not 0, instead of what they are
    #[arg(long, conflicts_with_all = ["at", "sparse", "steps"])]
    pattern: bool,
    /// Stack the columns of matrices in matrix expressions, so that the answer is a matrix
    #[arg(long)]
    vec: bool,
    #[command(flatten)]
    steps: StepFlags,
}

impl Task for Hessian {
    fn has_formulas(&self) -> bool {
        !self.pattern
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
        matrix::refuse(&[(self.sparse, "--sparse"), (self.pattern, "--pattern")])?;
        matrix::blocks(
            (source, &self.common.assume),
            &Wanted {
                operator: Operator::Hessian,
                wrt: joined(&self.wrt).as_deref(),
                layout: Layout::Numerator,
                vec: self.vec,
                along: self.along.as_deref(),
                across: None,
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
        if self.wrt.is_empty() && !self.sparse {
            variables::tell_order(&mut found, "rows and columns");
        }
        let form = self.common.form(self.form);
        let is_shared = self.common.is_shared(self.form);
        let (formula, wrt, point) = (&found.formula, &found.wrt, &beside.point);
        let label = operator(Operator::Hessian, &formula.name);
        if let Some(text) = &self.along {
            let along = products::vector(engine, text, &settings)?;
            let product =
                engine.hessian_along(formula, wrt, &along, (form, is_shared))?;
            let (how, side) = ((point, is_shared), Beside::Along(text));
            return products::report(engine, &found, 2, (label, side, product), how);
        }
        if !point.is_empty() || self.steps.steps {
            let (mut report, matrix) = match point.is_empty() {
                true => self.in_symbols(engine, &found, form)?,
                false => self.at_point(engine, &found, form, point)?,
            };
            let Some(matrix) = matrix else { return Ok(report) };
            report.answer("hessian", label, matrix);
            if self.steps.steps {
                let told = self.steps.seconds(engine, formula, wrt)?;
                let symmetric = Reason::new("hessian_symmetric");
                let reasons = if wrt.len() > 1 { vec![symmetric] } else { Vec::new() };
                report.tell_before(&self.steps, told, &[reasons]);
            }
            return Ok(report);
        }
        if !self.sparse && !self.pattern {
            SecondDerivatives::must_fit(wrt.len())?;
        }
        let mut second = engine.second_derivatives(formula, wrt, form, is_shared)?;
        let language = self.common.format().language();
        if language.is_some() {
            second = second.without_factor(engine)?;
            keep_small(engine, language, second.entries.iter_mut().map(|(_, id)| id));
        }
        let mut report = Report::on(engine, &found, 2, point, second.checked)?;
        if self.pattern {
            pattern(&second, wrt.len(), &mut report);
            return Ok(report);
        }
        if self.sparse {
            let second = second.without_factor(engine)?;
            let roots: Vec<ExprId> = second.entries.iter().map(|(_, id)| *id).collect();
            let writer = Writer::new(engine, &roots, &second.parts, is_shared, BOTH);
            sparse(&writer, &second, &found, &mut report)?;
            writer.define(&mut report)?;
            return Ok(report);
        }
        let matrix = self.lying(second.matrix(wrt.len())?);
        let whole = whole(engine, second.factor, &matrix);
        let keeps_names = matches!(self.form, FormName::Auto | FormName::Shared);
        let writer = match language.is_some() && keeps_names {
            // What stands on both sides of the diagonal is calculated once.
            true => {
                let roots = matrix.entries().to_vec();
                Writer::of_code(engine, formula, (&roots, &second.parts), is_shared)?
            }
            false => {
                let entries = second.entries.iter().map(|(_, id)| *id);
                let roots: Vec<ExprId> = entries.chain(second.factor).collect();
                Writer::new(engine, &roots, &second.parts, is_shared, BOTH)
            }
        };
        let factor = second.factor.map(|factor| (factor, &whole));
        report.answer("hessian", label, writer.matrix(factor, &matrix)?);
        writer.define(&mut report)?;
        Ok(report)
    }
}

impl Hessian {
    /// The matrix in symbols beside its steps.
    fn in_symbols(
        &self,
        engine: &mut Engine,
        found: &Reading,
        form: Form,
    ) -> Result<(Report, Option<Value>)> {
        let Checked { value, checked } =
            engine.hessian(&found.formula, &found.wrt, form)?;
        let report = Report::on(engine, found, 2, &Point::new(), checked)?;
        let whole = whole(engine, value.factor, &value.matrix);
        let [matrix, whole] = [value.matrix, whole].map(|matrix| self.lying(matrix));
        let writer = Writer::over(engine, None);
        let factor = value.factor.map(|factor| (factor, &whole));
        Ok((report, Some(writer.matrix(factor, &matrix)?)))
    }

    /// The matrix at a point; `None` where some of it does not exist, which the report says.
    fn at_point(
        &self,
        engine: &mut Engine,
        found: &Reading,
        form: Form,
        point: &Point,
    ) -> Result<(Report, Option<Value>)> {
        SecondDerivatives::must_fit(found.wrt.len())?;
        let second =
            engine.second_derivatives(&found.formula, &found.wrt, form, false)?;
        let mut report = Report::on(engine, found, 2, point, second.checked)?;
        let Some(matrix) = values_at(engine, found, second, point, &mut report)? else {
            return Ok((report, None));
        };
        let matrix = Value::matrix(&engine.pool, &self.lying(matrix))?;
        Ok((report, Some(matrix)))
    }

    fn lying(&self, matrix: Matrix) -> Matrix {
        match self.layout {
            LayoutName::Numerator => matrix,
            LayoutName::Denominator => matrix.transpose(),
        }
    }
}

/// A matrix times what stands before it.
fn whole(engine: &mut Engine, factor: Option<ExprId>, matrix: &Matrix) -> Matrix {
    let Some(factor) = factor else { return matrix.clone() };
    let entries = matrix.entries().iter();
    let product = |entry: &ExprId| engine.pool.product(&[factor, *entry]);
    matrix.with_entries(entries.map(product).collect())
}

/// The values of the entries at a point; `None` where some do not exist, which the report says.
fn values_at(
    engine: &mut Engine,
    found: &Reading,
    second: SecondDerivatives,
    point: &Point,
    report: &mut Report,
) -> Result<Option<Matrix>> {
    let (formula, wrt) = (&found.formula, &found.wrt);
    let second = second.without_parts(engine);
    let matrix = whole(engine, second.factor, &second.matrix(wrt.len())?);
    let entries = matrix.entries().to_vec();
    if let Some(values) = engine.plain_values_at(formula, 0, &entries, point)? {
        return Ok(Some(matrix.with_entries(values)));
    }
    let sequences =
        wrt.iter().flat_map(|a| wrt.iter().map(move |b| [a.clone(), b.clone()]));
    let mut found = Vec::with_capacity(entries.len());
    for (names, entry) in sequences.zip(entries) {
        found.push(Entry::find(engine, formula, (0, &names), entry, point)?);
    }
    let values = entries::values(engine, formula, found, point, report)?;
    Ok(values.map(|values| matrix.with_entries(values)))
}

/// The second derivatives that are not 0, one below the other.
fn sparse(
    writer: &Writer,
    second: &SecondDerivatives,
    found: &Reading,
    report: &mut Report,
) -> Result<()> {
    let (name, wrt) = (&found.formula.name, &found.wrt);
    let mut entries = Vec::with_capacity(second.entries.len());
    for ([i, j], id) in &second.entries {
        let pair = [wrt[*i].as_str(), wrt[*j].as_str()];
        let value = writer.written(*id)?;
        entries.push(json!({ "wrt": pair, "text": value.text, "latex": value.latex }));
        let label = Written::from_fn(|notation| {
            print::partial_label(name, &pair, wrt.len() > 1, notation)
        });
        report.push(label, Value::One(value));
    }
    if entries.is_empty() {
        report.sentence(Written::words("all second derivatives are 0"), None);
    }
    report.field("shape", json!([wrt.len(), wrt.len()]));
    report.field("entries", entries.into());
    Ok(())
}

/// Where the second derivatives are that are not 0.
fn pattern(second: &SecondDerivatives, size: usize, report: &mut Report) {
    let mut rows = vec![Vec::new(); size];
    for ([i, j], _) in &second.entries {
        rows[*i].push(*j);
        if i != j {
            rows[*j].push(*i);
        }
    }
    let mut drawing = String::new();
    for row in &mut rows {
        row.sort_unstable();
        let mut signs = vec!['·'; size];
        row.iter().for_each(|j| signs[*j] = '×');
        let line: Vec<String> = signs.iter().map(char::to_string).collect();
        if !drawing.is_empty() {
            drawing.push('\n');
        }
        drawing.push_str(&line.join(" "));
    }
    let count: usize = rows.iter().map(Vec::len).sum();
    report
        .field("pattern", json!({ "shape": [size, size], "count": count, "rows": rows }));
    let words = format!("{count} of {} second derivatives are not 0", size * size);
    report.sentence(Written::words(&words), None);
    report.push(Written::default(), Value::Drawing(drawing));
}
