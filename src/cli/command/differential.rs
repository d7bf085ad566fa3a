//! `calcgrad differential`.

use super::super::args::{Common, whole};
use super::super::derivation::StepFlags;
use super::super::flags::{PartsFlag, joined};
use super::super::format::Format;
use super::super::matrix;
use super::super::parts::{BOTH, Writer};
use super::super::report::{Report, Value, Written};
use super::Task;
use calcgrad::derivation::Reason;
use calcgrad::print::{self, Notation};
use calcgrad::session::{Engine, Form, NamedParts, distinct};
use calcgrad::{Error, ErrorKind, Result};
use clap::Args;

#[derive(Args, Debug)]
pub(crate) struct Differential {
    #[command(flatten)]
    common: Common,
    /// The variables, as x,y [default: all, in natural order]
    #[arg(short, long, value_name = "NAMES")]
    wrt: Vec<String>,
    /// The order, of differentials of matrix expressions
    #[arg(short, long, default_value_t = 1, value_name = "N", allow_negative_numbers = true, value_parser = whole)]
    order: u32,
    #[command(flatten)]
    parts: PartsFlag,
    #[command(flatten)]
    steps: StepFlags,
}

impl Task for Differential {
    fn common(&self) -> &Common {
        &self.common
    }

    fn steps(&self) -> Option<&StepFlags> {
        Some(&self.steps)
    }

    fn has_matrices(&self) -> bool {
        true
    }

    fn matrices(&self, source: &str, format: Format) -> Result<Report> {
        if !self.steps.steps {
            format.refuse_code()?;
        }
        self.common.refuse_points()?;
        matrix::differential(
            (source, &self.common.assume),
            joined(&self.wrt).as_deref(),
            self.order,
            &self.steps,
        )
    }

    fn run(&self, engine: &mut Engine, text: &str) -> Result<Report> {
        if self.order != 1 {
            let what = "differentials of higher order are for matrix expressions only";
            return Err(Error::from(ErrorKind::Unsupported(what.into()))
                .help("declare shapes with `--given`, scalars as `x, y`"));
        }
        let (beside, found) = self.common.read(engine, text, &self.wrt)?;
        if found.formula.is_vector {
            let what = "the differential of a vector".to_owned();
            return Err(Error::from(ErrorKind::Unsupported(what))
                .help("`jacobian` has the derivatives of its components"));
        }
        distinct(&found.wrt)?;
        let partials = engine.partials(&found.formula, &found.wrt, 1, Form::Auto)?;
        let mut values: Vec<_> =
            partials.partials.iter().map(|partial| partial.values[0]).collect();
        if !beside.point.is_empty() {
            values =
                engine.gradient_at(&found.formula, &found.wrt, &values, &beside.point)?;
            let (formula, point) = (&found.formula, &beside.point);
            engine.must_be_differentiable(formula, &found.wrt, &values, point)?;
        }
        let is_shared = self.parts.is_shared();
        let shared = Writer::new(engine, &values, &NamedParts::new(), is_shared, BOTH)
            .into_shared();
        let mut texts = [Notation::Text, Notation::Latex].map(|notation| {
            let unit = |name: &String| print::differential_label(name, notation);
            let terms: Vec<_> =
                values.iter().copied().zip(found.wrt.iter().map(unit)).collect();
            print::combination(&mut engine.pool, &terms, shared.as_ref(), notation)
        });
        let [text, latex] = &mut texts;
        let take = |text: &mut Result<String>| std::mem::replace(text, Ok(String::new()));
        let sum = Written { text: take(text)?, latex: take(latex)? };
        let mut report = Report::on(engine, &found, 1, &beside.point, partials.checked)?;
        let name = &found.formula.name;
        let label =
            Written::from_fn(|notation| print::differential_label(name, notation));
        report.answer("differential", label, Value::One(sum));
        Writer::over(engine, shared).define(&mut report)?;
        if self.steps.steps {
            let told = self.steps.partials(engine, &found.formula, &found.wrt)?;
            let reasons = vec![Reason::new("total_differential")];
            report.tell_before(&self.steps, told, &[reasons]);
        }
        Ok(report)
    }
}
