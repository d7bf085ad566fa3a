//! Expressions made ready for values at many points.

use super::super::engine::Engine;
use super::super::field::distinct;
use crate::error::{Error, ErrorKind, Result};
use crate::evaluate::{Blocks, Operation, Tape};
use crate::function::{self, spec::Value};
use crate::kernel::{ExprId, FunctionId};

impl Engine {
    /// Expressions, in which symbols may stand for parts, ready for values in doubles at many
    /// points, of which the columns are coordinates of the variables in this order. Where an
    /// expression is undefined over the real numbers, its value is NaN.
    ///
    /// # Errors
    /// A variable of an expression that is not among the names, a name that stands there
    /// twice, an abstract function, and a function without values in doubles.
    pub fn compile(
        &self,
        roots: &[ExprId],
        parts: &[(ExprId, ExprId)],
        variables: &[String],
    ) -> Result<Blocks> {
        distinct(variables)?;
        let spelled = variables.iter().map(|name| self.pool.spelling(name).to_owned());
        let mut tape = Tape::over(spelled.collect());
        let slots = match parts {
            [] => tape.add_expressions(&self.pool, roots),
            parts => {
                tape.add_in_parts(&self.pool, roots, &parts.iter().copied().collect())
            }
        };
        if let Some(name) = tape.variables.get(variables.len()) {
            let what =
                format!("`{name}` is a variable without a place among the arguments");
            let error = Error::from(ErrorKind::InvalidRequest(what));
            return Err(error.help("name all variables of the formula"));
        }
        for operation in &tape.operations {
            let name = match operation {
                Operation::Abstract(..) => "an abstract function".to_owned(),
                Operation::Apply(function, _) | Operation::ApplyAll(function, _)
                    if !has_values(*function) =>
                {
                    format!("`{}`", function::spec(*function).name)
                }
                _ => continue,
            };
            let what = format!("{name} has no values in doubles");
            return Err(ErrorKind::Unsupported(what).into());
        }
        Ok(Blocks::new(&tape, &slots))
    }
}

/// Whether a function or relation has values in doubles.
fn has_values(function: FunctionId) -> bool {
    if !function.is_builtin() {
        return true;
    }
    let row = function::spec(function);
    !matches!(row.value, Value::None) || row.name == "piecewise"
}
