//! `calcgrad implicit`.

use super::super::args::{Common, whole};
use super::super::derivation::{StepFlags, at_point};
use super::super::flags::PartsFlag;
use super::super::parts::Writer;
use super::super::reading;
use super::super::report::{Report, Value, Written};
use super::Task;
use calcgrad::kernel::ExprId;
use calcgrad::print;
use calcgrad::session::{Engine, Formula, spelled};
use calcgrad::steps::Derivation;
use calcgrad::{Error, ErrorKind, Note, Result};
use clap::Args;
use serde_json::json;

#[derive(Args, Debug)]
pub(crate) struct Implicit {
    #[command(flatten)]
    common: Common,
    /// The variables in which to differentiate, as x,y
    #[arg(short, long, value_name = "NAMES")]
    wrt: Vec<String>,
    /// The unknowns that the equations determine, as z
    #[arg(long, value_name = "NAMES")]
    of: Option<String>,
    /// The highest order; the derivatives before it are given too
    #[arg(short, long, default_value_t = 1, value_name = "N", allow_negative_numbers = true, value_parser = whole)]
    order: u32,
    #[command(flatten)]
    parts: PartsFlag,
    #[command(flatten)]
    steps: StepFlags,
}

impl Task for Implicit {
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
        let of = reading::names(self.of.as_deref())?;
        let mut declared = beside.declared();
        declared.extend(of.iter().flatten().cloned());
        let settings = self.common.begin(engine, declared);
        let equations = engine.read_equations(text, &settings)?;
        for equation in &equations {
            beside.respell(equation);
        }
        let of = of.map(|names| spelled(&equations, &names));
        let (wrt, of, said) = roles(engine, &equations, beside.wrt.clone(), of)?;
        let found = engine.implicit(&equations, &wrt, &of, self.order)?;
        let values: Vec<ExprId> = match beside.point.is_empty() {
            true => found.derivatives.iter().map(|d| d.value).collect(),
            false => engine.implicit_at(&equations, &found, &beside.point)?,
        };
        let mut notes: Vec<Note> = equations
            .iter()
            .flat_map(|equation| equation.notes.clone())
            .chain(said)
            .collect();
        if equations.iter().any(|equation| engine.holds_nowhere(equation)) {
            let message = match equations.len() {
                1 => "the equation holds at no point",
                _ => "the equations hold at no point",
            };
            notes.push(Note { message: message.to_owned(), span: None });
        }
        let mut report = Report::new(notes);
        report.checked = Some(found.checked);
        if beside.point.is_empty() {
            let names = [wrt.clone(), of.clone()].concat();
            let mut breaks = Vec::new();
            for equation in &equations {
                breaks.extend(engine.first_breaks(equation, &names)?);
            }
            report.breaks = engine.written_breaks(&breaks)?;
        }
        report.field("variables", wrt.clone().into());
        report.field("unknowns", of.into());
        report.at.clone_from(&beside.point);
        let mut derivatives = Vec::with_capacity(values.len());
        let writer = Writer::asked(engine, &values, self.parts.is_shared());
        for (derivative, id) in found.derivatives.iter().zip(values) {
            let names: Vec<&str> = derivative.wrt.iter().map(String::as_str).collect();
            let label = Written::from_fn(|notation| {
                print::partial_label(&derivative.of, &names, wrt.len() > 1, notation)
            });
            let one = writer.written(id)?;
            derivatives.push(json!({
                "of": derivative.of,
                "wrt": derivative.wrt,
                "text": one.text,
                "latex": one.latex,
            }));
            report.push(label, Value::One(one));
        }
        report.field("derivatives", derivatives.into());
        writer.define(&mut report)?;
        if self.steps.steps {
            let detail = self.steps.detail();
            let mut told = engine.implicit_derivations(&equations, &found, detail)?;
            if !beside.point.is_empty() {
                let lines = report.formulas_at(&[at_point(&beside.point)]);
                told.push(Derivation { lines });
                told.extend(report.named_parts());
            }
            report.tell(&self.steps, told);
        }
        Ok(report)
    }
}

/// The variables in which to differentiate, the unknowns, and what to say of them.
type Roles = (Vec<String>, Vec<String>, Option<Note>);

/// Which variables are differentiated in and which are unknowns, where that was not said.
fn roles(
    engine: &Engine,
    equations: &[Formula],
    wrt: Option<Vec<String>>,
    of: Option<Vec<String>>,
) -> Result<Roles> {
    let roots: Vec<_> = equations.iter().map(|equation| equation.roots[0]).collect();
    let known = engine.variables(&roots);
    let others = |named: &[String]| -> Vec<String> {
        known.iter().filter(|name| !named.contains(name)).cloned().collect()
    };
    match (wrt, of) {
        (Some(wrt), Some(of)) => return Ok((wrt, of, None)),
        (Some(wrt), None) if others(&wrt).len() == equations.len() => {
            let of = others(&wrt);
            return Ok((wrt, of, None));
        }
        (None, Some(of)) => return Ok((others(&of), of, None)),
        (None, None) if equations.len() == 1 && is_plane(&known) => {
            let [wrt, of] = PLANE.map(|name| vec![name.to_owned()]);
            let message = "y depends on x; name others with --wrt and --of".to_owned();
            let said =
                (known.len() > PLANE.len()).then_some(Note { message, span: None });
            return Ok((wrt, of, said));
        }
        _ => {}
    }
    let kind = ErrorKind::WrongDimension(
        "it is not said which variables depend on which others".to_owned(),
    );
    let mut help = "name them, as `--wrt x --of y`".to_owned();
    if !known.is_empty() {
        help.push_str(&format!("; the variables are {}", known.join(", ")));
    }
    Err(Error::from(kind).help(help))
}

/// The variables of a curve, the unknown last.
const PLANE: [&str; 2] = ["x", "y"];

/// Whether an equation is one of a curve in x and y: all other names are parameters.
fn is_plane(known: &[String]) -> bool {
    let has = |name: &str| known.iter().any(|known| known == name);
    PLANE.into_iter().all(has) && !has("z")
}
