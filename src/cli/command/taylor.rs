//! `calcgrad taylor`.

use super::super::args::{Common, whole};
use super::super::derivation::StepFlags;
use super::super::flags::{PartsFlag, joined};
use super::super::format::Format;
use super::super::matrix;
use super::super::parts::Writer;
use super::super::report::{Report, Value, Written};
use super::Task;
use calcgrad::kernel::ExprId;
use calcgrad::print::{self, Notation, Shared};
use calcgrad::session::{Engine, Expanded, TaylorPolynomial};
use calcgrad::{Error, ErrorKind, Result};
use clap::Args;
use serde_json::json;

/// The order that nobody asked for.
const USUAL: u32 = 4;
/// The same of matrix expressions.
const OF_MATRICES: u32 = 2;

#[derive(Args, Debug)]
pub(crate) struct Taylor {
    #[command(flatten)]
    common: Common,
    /// The variables, as x,y [default: all, in natural order]
    #[arg(short, long, value_name = "NAMES")]
    wrt: Vec<String>,
    /// The order: the highest degree of a term [default: 4; of matrix expressions 2]
    #[arg(short, long, value_name = "N", allow_negative_numbers = true, value_parser = whole)]
    order: Option<u32>,
    /// Say what the polynomial is called, as tangent plane
    #[arg(long)]
    name: bool,
    #[command(flatten)]
    parts: PartsFlag,
    #[command(flatten)]
    steps: StepFlags,
}

impl Task for Taylor {
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
        if self.steps.steps {
            let what = "steps to Taylor polynomials of matrix expressions".to_owned();
            return Err(Error::from(ErrorKind::Unsupported(what))
                .help("`differential --steps` has those to each term"));
        }
        let order = self.order.unwrap_or(OF_MATRICES);
        let names = (source, &self.common.assume[..]);
        matrix::taylor(names, joined(&self.wrt).as_deref(), order, format)
    }

    fn run(&self, engine: &mut Engine, text: &str) -> Result<Report> {
        let order = self.order.unwrap_or(USUAL);
        let (beside, found) = self.common.read_near(engine, text, &self.wrt)?;
        let polynomials =
            engine.taylor(&found.formula, &found.wrt, &beside.point, order)?;
        let mut report = Report::new(found.notes);
        report.checked = Some(polynomials.iter().all(|polynomial| polynomial.checked));
        report.field("variables", found.wrt.clone().into());
        report.field("order", order.into());
        let arguments: Vec<&str> = found.wrt.iter().map(String::as_str).collect();
        let several = found.formula.is_vector;
        let roots: Vec<ExprId> =
            polynomials.iter().flat_map(TaylorPolynomial::written_parts).collect();
        let shared = Writer::asked(engine, &roots, self.parts.is_shared()).into_shared();
        for (place, polynomial) in polynomials.iter().enumerate() {
            if place == 0 {
                let point = Written::all(&engine.pool, &polynomial.point)?;
                let point: Vec<String> = point.into_iter().map(|w| w.text).collect();
                report.field("point", point.clone().into());
                report.field("name", polynomial.name().into());
                if self.name {
                    let words = words(polynomial, &arguments, &point);
                    report.line(Written::default(), Value::One(words));
                }
            }
            let own = found.formula.answers.get(place);
            let component = (several && own.is_none()).then_some(place + 1);
            let name = own.unwrap_or(&found.formula.name);
            let label = Written::from_fn(|notation| {
                print::call_label(name, component, &arguments, notation)
            });
            add(&mut report, engine, (polynomial, shared.as_ref()), label)?;
        }
        Writer::over(engine, shared).define(&mut report)?;
        if self.steps.steps {
            let mut told = Vec::new();
            let mut reasons = Vec::new();
            for (component, polynomial) in polynomials.iter().enumerate() {
                let (formula, at) = (&found.formula, &beside.point);
                let detail = self.steps.detail();
                let expanded = Expanded { formula, component, at, polynomial, detail };
                let (lines, reason) = engine.taylor_derivation(expanded)?;
                told.push(lines);
                reasons.push(vec![reason]);
            }
            report.tell_before(&self.steps, told, &reasons);
        }
        Ok(report)
    }
}

/// The name of a polynomial with its point: `tangent line, the best linear approximation, at
/// x = 1`.
fn words(polynomial: &TaylorPolynomial, names: &[&str], point: &[String]) -> Written {
    let place: Vec<String> =
        names.iter().zip(point).map(|(name, at)| format!("{name} = {at}")).collect();
    Written::words(&format!("{} at {}", polynomial.name(), place.join(", ")))
}

fn add(
    report: &mut Report,
    engine: &Engine,
    (polynomial, shared): (&TaylorPolynomial, Option<&Shared>),
    label: Written,
) -> Result<()> {
    let pool = &engine.pool;
    let written = Written {
        text: polynomial.write_named(pool, shared, Notation::Text)?,
        latex: polynomial.write_named(pool, shared, Notation::Latex)?,
    };
    let mut object = json!({ "text": written.text, "latex": written.latex });
    let mut terms = Vec::with_capacity(polynomial.terms.len());
    for (exponents, coefficient) in &polynomial.terms {
        let coefficient = match shared {
            Some(shared) => shared.write(pool, *coefficient, Notation::Text)?,
            None => print::write(pool, *coefficient, Notation::Text)?,
        };
        terms.push(json!({ "exponents": exponents, "coefficient": coefficient }));
    }
    object["terms"] = terms.into();
    let mut tail = Written::default();
    if let (Some(text), Some(latex)) = (
        polynomial.write_remainder(pool, Notation::Text)?,
        polynomial.write_remainder(pool, Notation::Latex)?,
    ) {
        object["remainder"] = json!({ "text": text, "latex": latex });
        tail = Written { text: format!(" + {text}"), latex: format!(" + {latex}") };
    }
    report.answer_with(("polynomial", object), label, written, tail);
    Ok(())
}
