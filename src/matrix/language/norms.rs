//! Norms in bars and by their order, and what else is short for other operations.

use super::super::form::{FormId, Op};
use super::super::shape::{Shape, SizeId};
use super::super::table::Special;
use super::infer::Place;
use super::walk::Walker;
use crate::error::{Error, ErrorKind, Result};
use crate::kernel::Number;
use crate::span::Span;
use crate::syntax::{Ast, List};

impl Walker<'_> {
    /// `||x||`, `‖x‖_1`, `‖A‖_F`.
    pub(super) fn bars(&mut self, list: List, whole: Span) -> Result<FormId> {
        let list = self.program.list(list);
        let operand = self.place(list[0].1)?;
        // No order asks for the Euclidean norm, of a matrix for the Frobenius norm.
        let Some((_, which)) = list.get(1) else {
            return self.special(Special::Norm, &[operand]);
        };
        let at = self.program.span(*which);
        let order = match self.program.node(*which) {
            Ast::Number(n) => {
                let number = self.program.number(n).clone();
                self.scalar(Op::Number(number))
            }
            Ast::Name(name) => match self.program.name(name) {
                "F" | "Fro" | "fro" => return self.special(Special::Norm, &[operand]),
                "∞" | "inf" | "\\infty" => {
                    let what = "the maximum norm is not supported".to_owned();
                    return Err(Error::at(whole, ErrorKind::Unsupported(what)));
                }
                name => match self.scope.variable(name) {
                    Some(_) => self.name(name, at)?,
                    None => {
                        let what = format!("the norm `{name}` is not known");
                        return Err(Error::at(at, ErrorKind::Unsupported(what))
                            .help("known are `‖x‖`, `‖x‖_p` and `‖A‖_F`"));
                    }
                },
            },
            _ => self.place(*which)?.id,
        };
        self.norm(operand, Place { id: order, span: at }, whole)
    }

    /// The error of `|x|` of what is no scalar.
    pub(super) fn no_modulus(&self, operand: Place, whole: Span) -> Error {
        let shape = self.shape(operand);
        let kind = ErrorKind::WrongShape {
            name: "| |".into(),
            expected: "a scalar".into(),
            found: shape.described(&self.scope.sizes),
        };
        let inside = self.shown(operand);
        Error::at(whole, kind).help(match shape.is_vector() {
            true => format!("write `norm({inside})`, or `abs({inside})` of each entry"),
            false => format!("write `det({inside})`, or `abs({inside})` of each entry"),
        })
    }

    fn norm(&mut self, operand: Place, order: Place, whole: Span) -> Result<FormId> {
        if !self.shape(operand).is_vector() {
            let what =
                "of norms of matrices, only the Frobenius norm is known".to_owned();
            return Err(Error::at(whole, ErrorKind::Unsupported(what)).help(
                "`norm(A)` is the Frobenius norm, `norm1(A)` the sum of absolute values",
            ));
        }
        match self.forms.as_number(order.id).and_then(|n| n.to_i64()) {
            Some(1) => self.special(Special::Norm1, &[operand]),
            Some(2) => self.special(Special::Norm, &[operand]),
            _ => self.special(Special::NormP, &[operand, order]),
        }
    }

    /// Calls that are short for something else: `norm(x, p)`, `norm2(x)`, `mean(x)`.
    pub(super) fn abbreviated(
        &mut self,
        name: &str,
        arguments: &[Place],
        whole: Span,
    ) -> Result<Option<FormId>> {
        match (name, arguments) {
            ("norm", [operand, order]) => self.norm(*operand, *order, whole).map(Some),
            ("norm2", [operand]) => {
                let id = self.scalar(Op::Number(Number::from(2)));
                self.norm(*operand, Place { id, span: whole }, whole).map(Some)
            }
            ("mean", [operand]) => {
                let Shape { rows, cols } = self.shape(*operand);
                let mut quotient = self.special(Special::Sum, &[*operand])?;
                for size in [rows, cols].into_iter().filter(|size| *size != SizeId::ONE) {
                    let count = self.scalar(Op::Size(size));
                    quotient = self.scalar(Op::Divide(quotient, count));
                }
                Ok(Some(quotient))
            }
            _ => Ok(None),
        }
    }
}
