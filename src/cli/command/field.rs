//! `calcgrad divergence`, `curl` and `laplacian`.

use super::super::args::{Common, FormName};
use super::super::parts::{BOTH, Writer};
use super::super::reading::{self, Reading};
use super::super::report::Report;
use super::{Task, variables};
use calcgrad::Result;
use calcgrad::calculus::{Coordinates, SYSTEMS};
use calcgrad::kernel::ExprId;
use calcgrad::print::Operator;
use calcgrad::session::{Checked, Engine, Form, NamedParts};
use clap::Args;

#[derive(Args, Debug)]
pub(crate) struct Field {
    #[command(flatten)]
    common: Common,
    /// The variables in order, as x,y,z [default: the usual ones if one of them occurs, else
    /// all, numbered or as they occur]
    #[arg(short, long, value_name = "NAMES")]
    wrt: Vec<String>,
    /// The coordinates: cartesian (x, y, z), polar (r, theta), cylindrical (r, theta, z), or
    /// spherical (r, theta from the z axis, phi about it); other names go to --wrt in this
    /// order
    #[arg(long, value_name = "SYSTEM", default_value = SYSTEMS[0].name, value_parser = system)]
    coordinates: &'static Coordinates,
    /// The form of the answer
    #[arg(short = 'F', long, value_enum, default_value_t = FormName::Auto)]
    form: FormName,
}

/// The divergence.
#[derive(Args, Debug)]
pub(crate) struct Divergence {
    #[command(flatten)]
    field: Field,
}

/// The curl.
#[derive(Args, Debug)]
pub(crate) struct Curl {
    #[command(flatten)]
    field: Field,
}

/// The Laplacian.
#[derive(Args, Debug)]
pub(crate) struct Laplacian {
    #[command(flatten)]
    field: Field,
}

fn system(name: &str) -> std::result::Result<&'static Coordinates, String> {
    let known = SYSTEMS.iter().find(|system| system.name == name);
    known.ok_or_else(|| {
        let names: Vec<&str> = SYSTEMS.iter().map(|system| system.name).collect();
        format!("the systems are {}", names.join(", "))
    })
}

impl Field {
    /// Reads the field, applies an operator and reports its components.
    fn run(
        &self,
        engine: &mut Engine,
        text: &str,
        operator: Operator,
        apply: impl FnOnce(&mut Engine, &Reading, Form) -> Result<Checked<Vec<ExprId>>>,
    ) -> Result<Report> {
        let mut beside = self.common.beside(&self.wrt)?;
        let settings = self.common.begin(engine, beside.declared());
        let mut found = reading::read(engine, text, &mut beside, &settings)?;
        // A field need not depend on all its coordinates, so that is no remark.
        found.notes.clone_from(&found.formula.notes);
        if self.wrt.is_empty() {
            let needed = match operator {
                Operator::Laplacian => self.coordinates.dimensions(),
                _ => self.coordinates.dimensions().or(Some(found.formula.roots.len())),
            };
            variables::coordinates(self.coordinates, needed, &mut found)?;
        }
        let form = self.common.form(self.form);
        let Checked { mut value, checked } = apply(engine, &found, form)?;
        let order = if operator == Operator::Laplacian { 2 } else { 1 };
        if !beside.point.is_empty() {
            for (component, _) in found.formula.roots.iter().enumerate() {
                let (formula, point) = (&found.formula, &beside.point);
                engine.must_be_defined_at(formula, component, point)?;
                for (place, name) in found.wrt.iter().enumerate() {
                    // No operator asks for more derivatives than stand in it.
                    let is_asked = match operator {
                        Operator::Divergence => place == component,
                        Operator::Curl => place != component,
                        _ => true,
                    };
                    if is_asked {
                        let names = vec![name.clone(); order];
                        engine.must_exist_at(formula, component, &names, point)?;
                    }
                }
            }
            let is_flat = self.coordinates.dimensions().is_none();
            let (formula, wrt, point) = (&found.formula, &found.wrt, &beside.point);
            value = match operator {
                Operator::Laplacian if is_flat => {
                    engine.laplacian_at(formula, wrt, point)?
                }
                Operator::Divergence if is_flat => {
                    vec![engine.divergence_at(formula, wrt, point)?]
                }
                Operator::Curl if is_flat => engine.curl_at(formula, wrt, point)?,
                _ => engine.at_point(&value, point)?,
            };
        }
        let mut report = Report::on(engine, &found, order, &beside.point, checked)?;
        let name = &found.formula.name;
        let label = super::operator(operator, name);
        let is_shared = self.common.is_shared(self.form) && beside.point.is_empty();
        let writer = Writer::new(engine, &value, &NamedParts::new(), is_shared, BOTH);
        report.answer(operator.name(), label, writer.value(&value, false)?);
        writer.define(&mut report)?;
        Ok(report)
    }
}

impl Task for Divergence {
    fn has_formulas(&self) -> bool {
        true
    }

    fn common(&self) -> &Common {
        &self.field.common
    }

    fn run(&self, engine: &mut Engine, text: &str) -> Result<Report> {
        self.field.run(engine, text, Operator::Divergence, |engine, found, form| {
            let (formula, wrt) = (&found.formula, &found.wrt);
            let found = engine.divergence(formula, wrt, self.field.coordinates, form)?;
            Ok(Checked { value: vec![found.value], checked: found.checked })
        })
    }
}

impl Task for Curl {
    fn has_formulas(&self) -> bool {
        true
    }

    fn common(&self) -> &Common {
        &self.field.common
    }

    fn run(&self, engine: &mut Engine, text: &str) -> Result<Report> {
        self.field.run(engine, text, Operator::Curl, |engine, found, form| {
            engine.curl(&found.formula, &found.wrt, self.field.coordinates, form)
        })
    }
}

impl Task for Laplacian {
    fn has_formulas(&self) -> bool {
        true
    }

    fn common(&self) -> &Common {
        &self.field.common
    }

    fn run(&self, engine: &mut Engine, text: &str) -> Result<Report> {
        self.field.run(engine, text, Operator::Laplacian, |engine, found, form| {
            engine.laplacian(&found.formula, &found.wrt, self.field.coordinates, form)
        })
    }
}
