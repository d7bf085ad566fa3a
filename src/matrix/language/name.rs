//! What names mean: variables, definitions, sizes, numbers.

use super::super::form::{FormId, Op};
use super::norms::is_infinite;
use super::walk::Walker;
use crate::error::{Error, ErrorKind, Result};
use crate::kernel::Constant;
use crate::span::Span;
use crate::syntax::{Ast, AstId, Definition, nearest};

impl<'t> Walker<'t> {
    /// The name of a node that means something with indices only: `δ[i,j]`, `K[m,n]`.
    pub(super) fn indexed_name(&self, id: AstId) -> Option<&'t str> {
        let Ast::Name(name) = self.program.node(id) else { return None };
        let name = self.program.name(name);
        let is_one = matches!(name, "K" | "δ" | "delta") && !self.is_known(name);
        is_one.then_some(name)
    }

    /// Whether a name is declared or defined.
    pub(super) fn is_known(&self, name: &str) -> bool {
        self.scope.variable(name).or(self.scope.definition(name)).is_some()
    }

    pub(super) fn name(&mut self, name: &str, at: Span) -> Result<FormId> {
        if let Some(place) = self.scope.variable(name) {
            let shape = self.scope.variables[usize::from(place)].shape;
            return Ok(self.forms.intern(Op::Variable(place), shape));
        }
        if let Some(place) = self.scope.definition(name) {
            let shape = self.forms.shape(self.scope.definitions[usize::from(place)].body);
            return Ok(self.forms.intern(Op::Definition(place), shape));
        }
        if let Some(size) = self.scope.sizes.named(name) {
            return Ok(self.scalar(Op::Size(size)));
        }
        match name {
            "e" => Ok(self.scalar(Op::Constant(Constant::E))),
            "pi" | "π" => Ok(self.scalar(Op::Constant(Constant::Pi))),
            _ => Err(self.undeclared(name, at)),
        }
    }

    fn undeclared(&self, name: &str, at: Span) -> Error {
        if is_infinite(name) {
            let what = format!("`{name}` is not a number to calculate with");
            return Error::at(at, ErrorKind::Unsupported(what));
        }
        let known = self.scope.variables.iter().map(|v| v.name.as_str());
        let meant = nearest(name, known).map(str::to_owned);
        let splits = (1..name.len()).filter(|at| name.is_char_boundary(*at));
        let mut splits = splits.map(|at| name.split_at(at));
        let split = splits.find(|(a, b)| self.is_known(a) && self.is_known(b));
        let help = match (split, meant) {
            (Some((a, b)), _) => format!("did you mean `{a}*{b}`?"),
            (None, Some(meant)) => format!("did you mean `{meant}`?"),
            (None, None) if name == "I" => "write the identity matrix as `eye(n)`".into(),
            (None, None) if name == "H" => {
                "matrices are real: the conjugate transpose `A^H` is `A'`".into()
            }
            (None, None) => format!(
                "declare it: `{name}` a scalar, `{name}[n]` a vector, `{name}[m,n]` a matrix"
            ),
        };
        let kind = ErrorKind::InvalidDeclaration(format!("`{name}` is not declared"));
        Error::at(at, kind).help(help)
    }

    /// `f(x) = …` names variables that are declared.
    pub(super) fn parameters(&self, definition: &Definition) -> Result<()> {
        let mut names = definition.parameters.iter().map(|id| self.program.name(*id));
        match names.find(|name| !self.is_known(name)) {
            Some(name) => Err(self.undeclared(name, definition.span)),
            None => Ok(()),
        }
    }
}
