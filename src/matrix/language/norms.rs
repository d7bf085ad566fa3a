//! Norms in bars and by their order, and what else is short for other operations.

use super::super::form::{FormId, Op};
use super::super::table::Special;
use super::infer::{self, Place};
use super::walk::Walker;
use crate::error::{Error, ErrorKind, Result};
use crate::kernel::Number;
use crate::span::Span;
use crate::syntax::{Ast, AstId, Callee, List};

/// Which norm is asked for.
#[derive(Clone, Copy, Debug)]
enum Order {
    /// The Euclidean norm, of a matrix the Frobenius norm.
    Euclidean,
    /// The maximum norm.
    Greatest,
    /// The nuclear norm of a matrix.
    Nuclear,
    /// The p-norm.
    Of(Place),
}

/// Words that say which norm is asked for.
const ORDERS: [(&str, Order); 12] = [
    ("nuc", Order::Nuclear),
    ("nuclear", Order::Nuclear),
    ("*", Order::Nuclear),
    ("F", Order::Euclidean),
    ("Fro", Order::Euclidean),
    ("fro", Order::Euclidean),
    ("inf", Order::Greatest),
    ("Inf", Order::Greatest),
    ("infinity", Order::Greatest),
    ("oo", Order::Greatest),
    ("∞", Order::Greatest),
    ("\\infty", Order::Greatest),
];

/// Whether a word stands for infinity.
pub(super) fn is_infinite(name: &str) -> bool {
    let mut words = ORDERS.iter().filter(|row| matches!(row.1, Order::Greatest));
    words.any(|row| row.0 == name)
}

/// Functions that are short for something else, and the arguments that they take.
pub const ABBREVIATIONS: [(&str, &str); 7] = [
    ("norm", "one argument, or a vector and `p`"),
    ("norm2", "one argument"),
    ("transpose", "one argument"),
    ("hadamard", "two arguments"),
    ("solve", "a matrix and a right side"),
    ("var", "one argument and perhaps an axis"),
    ("std", "one argument and perhaps an axis"),
];

/// What is said where somebody asks for another norm of a matrix.
const KNOWN_OF_MATRICES: &str = "`norm(A)` is the Frobenius norm, `norm(A, 2)` the spectral norm, `norm(A, nuc)` the nuclear \
     norm, `norm(A, 1)` and `norm(A, inf)` are the greatest sums of a column and of a row, \
     `norm1(A)` is the sum of absolute values";

/// What is said of every variance: other programs divide by one less.
const VARIANCE: &str = "the variance is the mean of the squares: it is divided by the number \
                        of entries, not by one less";

impl Walker<'_> {
    /// `||x||`, `‖x‖_1`, `‖A‖_F`.
    pub(super) fn bars(&mut self, list: List, whole: Span) -> Result<FormId> {
        let list = self.program.list(list);
        let operand = self.place(list[0].1)?;
        let order = match list.get(1) {
            Some((_, order)) => self.order(*order)?,
            // No order asks for the Euclidean norm, of a matrix for the Frobenius norm.
            None => Order::Euclidean,
        };
        self.norm(operand, order, whole)
    }

    /// The order of a norm as it is typed.
    fn order(&mut self, id: AstId) -> Result<Order> {
        let at = self.program.span(id);
        let found = match self.program.node(id) {
            Ast::Number(n) => {
                let number = self.program.number(n).clone();
                self.scalar(Op::Number(number))
            }
            Ast::Name(name) => {
                let name = self.program.name(name);
                match ORDERS.iter().find(|(known, _)| *known == name) {
                    Some((_, order)) if !self.is_known(name) => return Ok(*order),
                    _ if self.is_known(name) => self.name(name, at)?,
                    _ => {
                        let what = format!("the norm `{name}` is not known");
                        return Err(Error::at(at, ErrorKind::Unsupported(what)).help(
                            "known are `‖x‖`, `‖x‖_p`, `‖x‖_∞`, `‖A‖_F`, `‖A‖_2` and `‖A‖_*`",
                        ));
                    }
                }
            }
            _ => self.place(id)?.id,
        };
        Ok(Order::Of(Place { id: found, span: at }))
    }

    /// Whether a node is the second argument of a norm that is a word: `norm(x, inf)`.
    pub(super) fn order_in(&self, id: AstId) -> Option<AstId> {
        let Ast::Call(Callee::Abstract(name, 0), list) = self.program.node(id) else {
            return None;
        };
        let (_, second) = *self.program.list(list).get(1)?;
        let Ast::Name(word) = self.program.node(second) else { return None };
        let word = self.program.name(word);
        let is_order = ORDERS.iter().any(|(known, _)| *known == word);
        (self.program.name(name) == "norm" && is_order && !self.is_known(word))
            .then_some(second)
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

    fn norm(&mut self, operand: Place, order: Order, whole: Span) -> Result<FormId> {
        let is_matrix = !self.shape(operand).is_vector();
        let p = match order {
            Order::Of(p) => self.forms.as_number(p.id).and_then(|n| n.to_i64()),
            _ => None,
        };
        let axis = match (order, p) {
            (Order::Euclidean, _) => return self.special(Special::Norm, &[operand]),
            (Order::Nuclear, _) if is_matrix => {
                return self.special(Special::NuclearNorm, &[operand]);
            }
            (Order::Nuclear, _) => return self.special(Special::Norm, &[operand]),
            (Order::Of(p), Some(2)) if is_matrix => {
                return self.special(Special::SpectralNorm, &[operand, p]);
            }
            (Order::Of(_), Some(1)) if !is_matrix => {
                return self.special(Special::Norm1, &[operand]);
            }
            (Order::Of(_), Some(2)) if !is_matrix => {
                return self.special(Special::Norm, &[operand]);
            }
            (Order::Of(p), _) if !is_matrix => {
                return self.special(Special::NormP, &[operand, p]);
            }
            (Order::Of(_), Some(1)) => 1,
            (Order::Greatest, _) => 2,
            (Order::Of(_), _) => {
                let what = "this norm of a matrix is not known".to_owned();
                return Err(Error::at(whole, ErrorKind::Unsupported(what))
                    .help(KNOWN_OF_MATRICES));
            }
        };
        let mut sizes = Place { id: self.forms.apply("abs", operand.id), ..operand };
        if is_matrix {
            // The greatest sum of sizes in a column, or in a row.
            let axis = self.scalar(Op::Number(Number::from(axis)));
            let along = [sizes, Place { id: axis, ..operand }];
            sizes.id = self.special(Special::SumAlong, &along)?;
        }
        self.special(Special::Max, &[sizes])
    }

    /// Calls that are short for something else: `norm(x, p)`, `transpose(A)`, `var(x)`.
    pub(super) fn abbreviated(
        &mut self,
        name: &str,
        list: List,
        whole: Span,
    ) -> Result<Option<FormId>> {
        if !ABBREVIATIONS.iter().any(|(short, _)| *short == name) {
            return Ok(None);
        }
        let nodes = self.program.list(list);
        if let ("norm", [(_, operand), (_, order)]) = (name, nodes) {
            let (operand, order) = (self.place(*operand)?, self.order(*order)?);
            return self.norm(operand, order, whole).map(Some);
        }
        let arguments = self.places(list)?;
        let found = match (name, &arguments[..]) {
            ("norm2", [operand]) => {
                let id = self.scalar(Op::Number(Number::from(2)));
                self.norm(*operand, Order::Of(Place { id, span: whole }), whole)?
            }
            ("transpose", [operand]) => self.turned(operand.id),
            ("hadamard", [a, b]) => self.by_entries(".*", *a, *b)?.id,
            ("solve", [a, b]) => self.solve(*a, *b, whole)?,
            ("var", [x, rest @ ..]) if rest.len() < 2 => {
                self.variance(*x, rest.first().copied(), whole)?
            }
            ("std", [x, rest @ ..]) if rest.len() < 2 => {
                let variance = self.variance(*x, rest.first().copied(), whole)?;
                self.forms.apply("sqrt", variance)
            }
            ("norm", _) => return Ok(None),
            _ => {
                let row = ABBREVIATIONS.iter().find(|(short, _)| *short == name);
                let kind = ErrorKind::WrongArity {
                    name: name.to_owned(),
                    expected: row.map_or("one argument", |(_, expected)| expected).into(),
                    found: arguments.len(),
                };
                return Err(Error::at(whole, kind));
            }
        };
        Ok(Some(found))
    }

    /// `A\b`: the solution of a system of equations.
    fn solve(&mut self, a: Place, b: Place, whole: Span) -> Result<FormId> {
        let (left, right) = (self.shape(a), self.shape(b));
        if !left.is_square() {
            let kind = ErrorKind::WrongShape {
                name: "\\".into(),
                expected: "a square matrix before it".into(),
                found: left.described(&self.scope.sizes),
            };
            return Err(Error::at(whole, kind)
                .help("write `inv(A'*A)*A'*b` for the solution of least squares"));
        }
        let Some(shape) = infer::product(left, right) else {
            let rule = "needs as many rows on the right as on the left";
            let shapes = (left, right);
            return Err(infer::mismatch("\\", rule, shapes, self.scope, whole, None));
        };
        let inverse = self.special(Special::Inverse, &[a])?;
        Ok(self.forms.intern(Op::Product(vec![inverse, b.id]), shape))
    }

    /// The mean of the squares of the distances from the mean, of all entries or along an axis.
    fn variance(&mut self, x: Place, axis: Option<Place>, whole: Span) -> Result<FormId> {
        self.note(VARIANCE.into(), whole);
        let arguments = |id: FormId| -> Vec<Place> {
            [Place { id, ..x }].into_iter().chain(axis).collect()
        };
        let mean = if axis.is_some() { Special::MeanAlong } else { Special::Mean };
        let shape = self.shape(x);
        let center = self.special(mean, &arguments(x.id))?;
        let center = self.spread(Place { id: center, ..x }, shape).unwrap_or(center);
        let off = self.forms.intern(Op::Sum(vec![(false, x.id), (true, center)]), shape);
        let two = self.scalar(Op::Number(Number::from(2)));
        if axis.is_some() {
            let squares = self.forms.intern(Op::ElementPower(off, two), shape);
            return self.special(mean, &arguments(squares));
        }
        let norm = self.special(Special::Norm, &[Place { id: off, ..x }])?;
        let mut quotient = self.scalar(Op::Power(norm, two));
        for size in shape.axes() {
            let count = self.scalar(Op::Size(size));
            quotient = self.scalar(Op::Divide(quotient, count));
        }
        Ok(quotient)
    }
}
