//! Norms in bars and by their order, and what else is short for other operations.

use super::super::form::Op;
use super::super::shape::{Shape, SizeId};
use super::super::table::Special;
use super::infer::Place;
use super::parser::{Reader, Rule};
use crate::error::{Error, ErrorKind, Result};
use crate::function;
use crate::kernel::Number;
use crate::span::Span;
use pest::iterators::Pair;

/// Which norm is meant.
enum Which {
    /// The Euclidean norm, of a matrix the Frobenius norm, as no other is asked for.
    Plain,
    Frobenius,
    Order(Place),
    Greatest,
}

impl Reader<'_> {
    /// `||x||`, `‖x‖_1`, `‖A‖_F`.
    pub(super) fn bars(&mut self, pair: Pair<'_, Rule>, whole: Span) -> Result<Place> {
        let mut parts = pair.into_inner();
        let inside =
            parts.next().ok_or_else(|| Error::from(ErrorKind::EmptyExpression))?;
        let operand = self.expression(inside)?;
        let Some(which) = parts.next() else {
            return self.norm(operand, Which::Plain, whole);
        };
        let at = self.span(&which);
        let text = which.as_str().trim_start_matches('_').trim_matches(['{', '}']);
        let which = match text.trim() {
            "F" | "Fro" | "fro" => Which::Frobenius,
            "∞" | "inf" | "\\infty" => Which::Greatest,
            text => match (text.parse::<u32>(), self.scope.variable(text)) {
                (Ok(n), _) => {
                    let op = Op::Number(Number::from(i64::from(n)));
                    Which::Order(self.make(op, Shape::SCALAR, at))
                }
                (_, Some(place)) => {
                    let shape = self.scope.variables[usize::from(place)].shape;
                    Which::Order(self.make(Op::Variable(place), shape, at))
                }
                _ => {
                    let what = format!("the norm `{text}` is not known");
                    return Err(Error::at(at, ErrorKind::Unsupported(what))
                        .help("known are `‖x‖`, `‖x‖_p` and `‖A‖_F`"));
                }
            },
        };
        self.norm(operand, which, whole)
    }

    /// `|c|` of a scalar.
    pub(super) fn bar(&mut self, pair: Pair<'_, Rule>, whole: Span) -> Result<Place> {
        let mut parts = pair.into_inner();
        let inside = match parts.next() {
            Some(inside) if !inside.as_str().trim().is_empty() => inside,
            _ => {
                return Err(Error::at(whole, ErrorKind::UnclosedBracket('|'))
                    .help("a norm stands between `||` and `||`"));
            }
        };
        let operand = self.expression(inside)?;
        let shape = self.forms.shape(operand.id);
        if let (true, Some(id)) = (shape.is_scalar(), function::lookup("abs", 1)) {
            let function = super::super::form::Elementwise::Table(id);
            return Ok(self.make(Op::Apply(function, vec![operand.id]), shape, whole));
        }
        let kind = ErrorKind::WrongShape {
            name: "| |".into(),
            expected: "a scalar".into(),
            found: shape.described(&self.scope.sizes),
        };
        let inside = self.source(operand.span);
        let help = match shape.is_vector() {
            true => format!("write `norm({inside})`, or `abs({inside})` of each entry"),
            false => format!("write `det({inside})`, or `abs({inside})` of each entry"),
        };
        Err(Error::at(whole, kind).help(help))
    }

    fn norm(&mut self, operand: Place, which: Which, whole: Span) -> Result<Place> {
        let is_vector = self.forms.shape(operand.id).is_vector();
        let order = match which {
            Which::Plain | Which::Frobenius => {
                return self.call(Special::Norm, &[operand], whole);
            }
            Which::Greatest => {
                let what = "the maximum norm is not supported".to_owned();
                return Err(Error::at(whole, ErrorKind::Unsupported(what)));
            }
            Which::Order(order) => order,
        };
        let number = self.forms.as_number(order.id).and_then(|n| n.to_i64());
        if !is_vector {
            let what =
                "of norms of matrices, only the Frobenius norm is known".to_owned();
            return Err(Error::at(whole, ErrorKind::Unsupported(what)).help(
                "`norm(A)` is the Frobenius norm, `norm1(A)` the sum of absolute values",
            ));
        }
        match number {
            Some(1) => self.call(Special::Norm1, &[operand], whole),
            Some(2) => self.call(Special::Norm, &[operand], whole),
            _ => self.call(Special::NormP, &[operand, order], whole),
        }
    }

    /// Calls that are short for something else: `norm(x, p)`, `norm2(x)`, `mean(x)`.
    pub(super) fn abbreviated(
        &mut self,
        name: &str,
        arguments: &[Place],
        whole: Span,
    ) -> Result<Option<Place>> {
        match (name, arguments) {
            ("norm", [operand, order]) => {
                self.norm(*operand, Which::Order(*order), whole).map(Some)
            }
            ("norm2", [operand]) => {
                let two = self.make(Op::Number(Number::from(2)), Shape::SCALAR, whole);
                self.norm(*operand, Which::Order(two), whole).map(Some)
            }
            ("mean", [operand]) => {
                let shape = self.forms.shape(operand.id);
                let sum = self.call(Special::Sum, &[*operand], whole)?;
                let mut quotient = sum.id;
                for size in [shape.rows, shape.cols] {
                    if size != SizeId::ONE {
                        let count = self.forms.intern(Op::Size(size), Shape::SCALAR);
                        let op = Op::Divide(quotient, count);
                        quotient = self.forms.intern(op, Shape::SCALAR);
                    }
                }
                Ok(Some(Place { id: quotient, span: whole }))
            }
            _ => Ok(None),
        }
    }
}
