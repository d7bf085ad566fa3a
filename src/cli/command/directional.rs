//! `calcgrad directional`.

use super::super::args::{Common, FormName};
use super::super::code::keep_small;
use super::super::derivation::{StepFlags, at_point};
use super::super::parts::{BOTH, Writer};
use super::super::reading::{self, Beside, Reading};
use super::super::report::{Report, Value, Written};
use super::{Task, operator, products, variables};
use calcgrad::kernel::ExprId;
use calcgrad::print::{self, Notation, Operator};
use calcgrad::session::{Checked, Direction, Engine, Form, NamedParts, Point, Settings};
use calcgrad::steps::{Derivation, Line, Math, Reason};
use calcgrad::{Error, ErrorKind, Result};
use clap::Args;

#[derive(Args, Debug)]
pub(crate) struct Directional {
    #[command(flatten)]
    common: Common,
    /// The direction, as "[1, 2]" [default: those of steepest ascent and descent]
    #[arg(long, value_name = "VECTOR", allow_hyphen_values = true)]
    along: Option<String>,
    /// Take the direction with the length that it has
    #[arg(long, alias = "unnormalized", requires = "along")]
    unnormalised: bool,
    /// The variables in order, as x,y [default: x, y, z, then all others in natural order]
    #[arg(short, long, value_name = "NAMES")]
    wrt: Vec<String>,
    /// The form of the answer
    #[arg(short = 'F', long, value_enum, default_value_t = FormName::Auto)]
    form: FormName,
    #[command(flatten)]
    steps: StepFlags,
}

impl Task for Directional {
    fn common(&self) -> &Common {
        &self.common
    }

    fn has_formulas(&self) -> bool {
        true
    }

    fn steps(&self) -> Option<&StepFlags> {
        Some(&self.steps)
    }

    fn run(&self, engine: &mut Engine, text: &str) -> Result<Report> {
        let mut beside = self.common.beside(&self.wrt)?;
        let settings = self.common.begin(engine, beside.declared());
        let mut found = reading::read(engine, text, &mut beside, &settings)?;
        if self.wrt.is_empty() {
            variables::flat_first(&mut found, "the components");
        }
        match &self.along {
            Some(along) => self.derivative(engine, along, &beside, &settings, found),
            None => steepest(engine, &beside, &self.steps, found),
        }
    }
}

impl Directional {
    fn derivative(
        &self,
        engine: &mut Engine,
        along: &str,
        beside: &Beside,
        settings: &Settings,
        found: Reading,
    ) -> Result<Report> {
        let components = products::vector(engine, along, settings)?;
        let direction = Direction { components, is_unit: !self.unnormalised };
        let form = self.common.form(self.form);
        let (formula, point) = (&found.formula, &beside.point);
        let Checked { mut value, checked } = match point.is_empty() {
            true => engine.directional(formula, &found.wrt, &direction, form)?,
            false => {
                engine.directional_at(formula, &found.wrt, &direction, form, point)?
            }
        };
        let mut report = Report::on(engine, &found, 1, &beside.point, checked)?;
        let label = operator(Operator::Directional, &found.formula.name);
        let is_shared = self.common.is_shared(self.form) && point.is_empty();
        keep_small(engine, self.common.format().language(), &mut value);
        let writer = Writer::new(engine, &value, &NamedParts::new(), is_shared, BOTH);
        let value = writer.value(&value, found.formula.is_vector)?;
        report.answer("directional", label, value);
        writer.define(&mut report)?;
        if self.steps.steps {
            let mut told = self.steps.partials(engine, &found.formula, &found.wrt)?;
            if !found.formula.is_vector {
                told.push(self.parts(engine, &found, &direction, point)?);
            }
            let (text, latex) = match self.unnormalised {
                true => ("D_v f = ∇f·v", "D_v f = \\nabla f \\cdot v"),
                false => ("D_v f = ∇f·v/|v|", "D_v f = \\frac{\\nabla f \\cdot v}{|v|}"),
            };
            let reason = rule("directional", text, latex);
            report.tell_before(&self.steps, told, &[vec![reason]]);
        }
        Ok(report)
    }
}

impl Directional {
    /// The gradient, at the point where there is one, and the direction.
    fn parts(
        &self,
        engine: &mut Engine,
        found: &Reading,
        direction: &Direction,
        point: &Point,
    ) -> Result<Derivation> {
        let formula = &found.formula;
        let partials = engine.partials(formula, &found.wrt, 1, Form::Auto)?.partials;
        let mut gradient: Vec<_> = partials.iter().map(|row| row.values[0]).collect();
        if !point.is_empty() {
            gradient = engine.gradient_at(formula, &found.wrt, &gradient, point)?;
        }
        let mut unit = engine.at_point(&direction.components, point)?;
        if direction.is_unit {
            let squares: Vec<_> =
                unit.iter().map(|id| engine.pool.integer_power(*id, 2)).collect();
            let sum = engine.pool.sum(&squares);
            let length = engine.pool.sqrt(sum);
            for id in &mut unit {
                let part = engine.pool.quotient(*id, length);
                *id = engine.simplify(part)?;
            }
        }
        let first = gradient_line(engine, &formula.name, &gradient, point)?;
        let label = |notation| match (direction.is_unit, notation) {
            (false, _) => "v".to_owned(),
            (true, Notation::Text) => "v/|v|".to_owned(),
            (true, Notation::Latex) => "\\frac{v}{|v|}".to_owned(),
        };
        let second = row_line(engine, print::both(label), &unit)?;
        Ok(Derivation { lines: vec![first, second] })
    }
}

/// The directions in which a function changes most.
fn steepest(
    engine: &mut Engine,
    beside: &Beside,
    steps: &StepFlags,
    found: Reading,
) -> Result<Report> {
    if found.formula.is_vector {
        let what = "a vector has no direction of steepest ascent".to_owned();
        return Err(Error::from(ErrorKind::WrongDimension(what))
            .help("name a direction with --along"));
    }
    let partials = engine.partials(&found.formula, &found.wrt, 1, Form::Auto)?;
    let mut gradient: Vec<_> =
        partials.partials.iter().map(|partial| partial.values[0]).collect();
    if !beside.point.is_empty() {
        gradient =
            engine.gradient_at(&found.formula, &found.wrt, &gradient, &beside.point)?;
        let (formula, point) = (&found.formula, &beside.point);
        engine.must_be_differentiable(formula, &found.wrt, &gradient, point)?;
    }
    let steepest = engine.steepest(&gradient)?;
    let mut report = Report::on(engine, &found, 1, &beside.point, partials.checked)?;
    let roots = [&steepest.ascent[..], &steepest.descent, &[steepest.rate]].concat();
    let writer = Writer::new(engine, &roots, &NamedParts::new(), false, BOTH);
    for (name, ids) in
        [("steepest ascent", &steepest.ascent), ("steepest descent", &steepest.descent)]
    {
        let value = writer.value(ids, true)?;
        report.answer(&name.replace(' ', "_"), Written::words(name), value);
    }
    let rate = writer.value(&[steepest.rate], false)?;
    report.answer("rate", Written::words("rate of ascent"), rate);
    writer.define(&mut report)?;
    if steps.steps {
        let mut told = steps.partials(engine, &found.formula, &found.wrt)?;
        if !beside.point.is_empty() {
            let name = &found.formula.name;
            let line = gradient_line(engine, name, &gradient, &beside.point)?;
            told.push(Derivation { lines: vec![line] });
        }
        let reasons = [
            ("∇f/|∇f|", "\\frac{\\nabla f}{|\\nabla f|}"),
            ("-∇f/|∇f|", "-\\frac{\\nabla f}{|\\nabla f|}"),
            ("|∇f|", "|\\nabla f|"),
        ];
        let reasons = reasons.map(|(text, latex)| vec![rule("equation", text, latex)]);
        report.tell_before(steps, told, &reasons);
    }
    Ok(report)
}

/// The gradient, at the point where there is one.
fn gradient_line(
    engine: &Engine,
    name: &str,
    gradient: &[ExprId],
    point: &Point,
) -> Result<Line> {
    let label = print::both(|notation| print::gradient_label(name, notation));
    let mut line = row_line(engine, label, gradient)?;
    if !point.is_empty() {
        line.reasons.push(at_point(point));
    }
    Ok(line)
}

/// A line that says what a row is.
fn row_line(engine: &Engine, label: Math, ids: &[ExprId]) -> Result<Line> {
    let row = Value::Row(Written::all(&engine.pool, ids)?);
    let value = print::both(|notation| row.flat(notation));
    Ok(Line { label, values: vec![value], ..Line::default() })
}

/// A reason that is a formula.
fn rule(id: &'static str, text: &str, latex: &str) -> Reason {
    let equation = Math { text: text.to_owned(), latex: latex.to_owned() };
    Reason::new(id).with("equation", equation)
}
