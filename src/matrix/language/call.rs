//! Calls: functions of entries, functions of matrices, and those that make a matrix.

use super::super::form::{Elementwise, FormId, Op};
use super::super::shape::{Shape, Size, SizeId};
use super::super::table::Special;
use super::infer::{self, Place};
use super::norms::ABBREVIATIONS;
use super::walk::Walker;
use crate::error::{Error, ErrorKind, Result};
use crate::function;
use crate::kernel::{FunctionId, Number};
use crate::span::Span;
use crate::syntax::{Ast, AstId, Callee, List};

/// Names that mean something to many people and nothing here, with what helps.
#[rustfmt::skip]
pub(super) const MISTAKEN: [(&str, &str); 12] = [
    ("conj",      "matrices are real, and their own conjugates"),
    ("real",      "matrices are real, and their own real parts"),
    ("imag",      "matrices are real: the imaginary part is 0"),
    ("adjoint",   "matrices are real: write `A'`; the adjugate is `adj(A)`"),
    ("ctranspose", "matrices are real: write `A'`"),
    ("dagger",    "matrices are real: write `A'`"),
    ("rank",      "the rank has no derivative"),
    ("cond",      "write `norm(A)*norm(inv(A))` for the condition in the Frobenius norm"),
    ("chol",      "factors of matrices are not supported; declare the factor as a variable"),
    ("svd",       "write `svdval(A, k)`, `svdleft(A, k)` and `svdright(A, k)` for the k-th singular value and its vectors"),
    ("eig",       "write `eigmax(A)`, `eigmin(A)` or `eigval(A, k)` for the k-th greatest eigenvalue"),
    ("eigvals",   "write `eigmax(A)`, `eigmin(A)` or `eigval(A, k)` for the k-th greatest eigenvalue"),
];

/// Functions that make a matrix of given sizes.
const MAKERS: [&str; 6] = ["eye", "ones", "zeros", "unit", "identity", "commutation"];
/// Functions that have no row of their own.
pub(super) fn others() -> impl Iterator<Item = &'static str> {
    MAKERS.into_iter().chain(ABBREVIATIONS.map(|(name, _)| name))
}

/// What stands before the name of a function from columns to numbers: its gradient, its matrix
/// of second derivatives, itself.
const SLOPES: [(&str, u16); 6] =
    [("∇²", 2), ("∇2", 2), ("∇^2", 2), ("∇^{2}", 2), ("∇", 1), ("", 0)];

/// A function from columns to numbers, and its derivatives, as they are spelled.
pub(super) fn spellings(name: &str) -> impl Iterator<Item = String> {
    SLOPES.iter().map(move |(sign, _)| format!("{sign}{name}"))
}

impl Walker<'_> {
    /// Whether a node is a call of a function that makes a matrix of given sizes.
    pub(super) fn is_maker(&self, id: AstId) -> bool {
        matches!(self.program.node(id), Ast::Call(Callee::Abstract(name, 0), _)
            if MAKERS.contains(&self.program.name(name)))
    }

    pub(super) fn call(&mut self, of: Callee, list: List, at: Span) -> Result<FormId> {
        match of {
            Callee::Builtin(function) => self.builtin(function, list, at),
            Callee::Own(index) => self.own(index, list, at),
            Callee::Partial(_) => {
                let what = "partial derivatives of functions without a meaning";
                Err(Error::at(at, ErrorKind::Unsupported(what.to_owned())))
            }
            Callee::Abstract(name, primes) => {
                let name = self.program.name(name);
                if primes == 0 && MAKERS.contains(&name) {
                    return self.maker(name, list, at);
                }
                if primes == 0 && name == "reshape" {
                    return self.reshape(list, at);
                }
                if primes == 0
                    && let Some(found) = self.abbreviated(name, list, at)?
                {
                    return Ok(found);
                }
                let arguments = self.places(list)?;
                if let Some(found) = self.field((name, primes), &arguments, at)? {
                    return Ok(found);
                }
                let spec = Special::lookup(name, arguments.len());
                let spec = spec.filter(|_| primes == 0);
                let arity = spec.map_or(1, |spec| spec.arity);
                if arguments.len() != arity {
                    let kind = ErrorKind::WrongArity {
                        name: name.to_owned(),
                        expected: match arity {
                            1 => "one argument".into(),
                            n => format!("{n} arguments"),
                        },
                        found: arguments.len(),
                    };
                    return Err(Error::at(at, kind));
                }
                match spec {
                    Some(spec) => {
                        self.remark(spec.function, at);
                        self.special(spec.function, &arguments)
                    }
                    None => {
                        let function = self.scope.function(name);
                        let op = Elementwise::Abstract(function, primes as u16);
                        let of = arguments[0];
                        Ok(self.forms.intern(Op::Apply(op, vec![of.id]), self.shape(of)))
                    }
                }
            }
        }
    }

    /// A declared function from columns or matrices to numbers, or its derivatives, `∇L(x)`
    /// and `∇²L(x)`.
    fn field(
        &mut self,
        (name, primes): (&str, u32),
        arguments: &[Place],
        at: Span,
    ) -> Result<Option<FormId>> {
        let found = SLOPES
            .iter()
            .find_map(|(sign, order)| name.strip_prefix(sign).map(|name| (name, *order)));
        let (of, order) = found.unwrap_or((name, 0));
        let Some(place) = self.scope.field(of) else {
            if order == 0 {
                return Ok(None);
            }
            let what =
                format!("`{of}` is no function from columns or matrices to numbers");
            return Err(Error::at(at, ErrorKind::InvalidDeclaration(what))
                .help(format!("declare it: `{of}: R^n -> R` or `{of}: R^(m×n) -> R`")));
        };
        if primes > 0 {
            let what = format!("primes of such a function: its gradient is `∇{of}`");
            return Err(Error::at(at, ErrorKind::Unsupported(what)));
        }
        let [argument] = arguments else {
            let expected = "one argument".to_owned();
            let (name, found) = (name.to_owned(), arguments.len());
            let kind = ErrorKind::WrongArity { name, expected, found };
            return Err(Error::at(at, kind));
        };
        let wanted = self.scope.fields[usize::from(place)].1;
        let own = self.shape(*argument);
        if own != wanted {
            let sizes = &self.scope.sizes;
            let what = format!(
                "`{of}` is a function of {}, and its argument is {}",
                wanted.described(sizes),
                own.described(sizes)
            );
            return Err(Error::at(argument.span, ErrorKind::InvalidDeclaration(what)));
        }
        let shape = match (order, &wanted.axes()[..]) {
            (0, _) => Shape::SCALAR,
            (1, _) => wanted,
            (_, [size]) => Shape::new(*size, *size),
            _ => {
                let what =
                    "second derivatives of a function of matrices without a meaning";
                return Err(Error::at(at, ErrorKind::Unsupported(what.to_owned())));
            }
        };
        Ok(Some(self.forms.intern(Op::Field(place, order, argument.id), shape)))
    }

    /// Says where a function has no derivative, or where that is written with quotients.
    fn remark(&mut self, function: Special, at: Span) {
        let message = match function {
            Special::Max | Special::Min => {
                "where several entries are the greatest or least, there is no derivative"
            }
            Special::Product => {
                "the derivative is written with quotients: it has no value where an entry is 0"
            }
            Special::EigenMax
            | Special::EigenMin
            | Special::Eigenvalue
            | Special::Eigenvector
            | Special::SingularValue => {
                "where this value is one of several equal ones, there is no derivative"
            }
            _ => return,
        };
        self.note(message.to_owned(), at);
    }

    pub(super) fn special(
        &mut self,
        function: Special,
        arguments: &[Place],
    ) -> Result<FormId> {
        let shape = infer::call(function, arguments, self.forms, self.scope)?;
        if function == Special::Determinant
            && let Some(rank) = self.forms.singular_rank(arguments[0].id, self.scope)
        {
            let size = self.scope.sizes.get(self.forms.shape(arguments[0].id).rows);
            let when = match size {
                Size::Named(name) => format!(" for {name} > {rank}"),
                _ => String::new(),
            };
            let message = format!(
                "the rank of this matrix is {rank} at most, so its determinant is 0{when}"
            );
            self.note(message, arguments[0].span);
        }
        let list = arguments.iter().map(|place| place.id).collect();
        Ok(self.forms.intern(Op::Call(function, list), shape))
    }

    /// A function of the table, of each entry.
    fn builtin(&mut self, function: FunctionId, list: List, at: Span) -> Result<FormId> {
        let name = function::spec(function).name;
        let arguments = self.places(list)?;
        let mut shape = Shape::SCALAR;
        for argument in &arguments {
            let next = self.shape(*argument);
            shape = infer::entrywise(shape, next).ok_or_else(|| {
                let rule = "needs arguments of one shape";
                infer::mismatch(name, rule, (shape, next), self.scope, at, None)
            })?;
        }
        if let ("max" | "min", [array, axis]) = (name, &arguments[..])
            && !self.shape(*array).is_vector()
            && let Some(n) = self.forms.as_number(axis.id).filter(|n| n.is_integer())
            && n.to_i64().is_some_and(|n| n == 1 || n == 2)
        {
            let message = format!(
                "each entry is compared with {n}; `{name}` along an axis is not supported"
            );
            self.note(message, at);
        }
        let bars = |text: &str| text.ends_with('|') || text.ends_with("vert");
        let text = self.source(at);
        if name == "abs" && !shape.is_scalar() && bars(text) && !text.contains(name) {
            return Err(self.no_modulus(arguments[0], at));
        }
        if let "exp" | "ln" | "log" | "sqrt" | "sin" | "cos" | "sinh" | "cosh" = name
            && shape.is_square()
            && !shape.is_scalar()
        {
            self.note(format!("`{name}` is taken of each entry of the matrix"), at);
        }
        let list = arguments.iter().map(|place| place.id).collect();
        Ok(self.forms.intern(Op::Apply(Elementwise::Table(function), list), shape))
    }

    /// `f(x)` behind `f(x) = …` is what that defines.
    fn own(&mut self, index: u32, list: List, at: Span) -> Result<FormId> {
        let definition = &self.program.definitions()[index as usize];
        let name = definition.name.map_or("f", |name| self.program.name(name));
        let arguments =
            self.program.list(list).iter().map(|(_, id)| match self.program.node(*id) {
                Ast::Name(name) => Some(name),
                _ => None,
            });
        if arguments.eq(definition.parameters.iter().map(|name| Some(*name))) {
            return self.name(name, at);
        }
        let parameters: Vec<&str> =
            definition.parameters.iter().map(|id| self.program.name(*id)).collect();
        let head = format!("{name}({})", parameters.join(", "));
        let what = format!("`{head}` is defined for these names only");
        Err(Error::at(at, ErrorKind::Unsupported(what))
            .help(format!("write `{head}`, or the formula with the other names")))
    }

    /// `eye(n)`, `ones(m, n)`, `zeros(n)`, `unit(i, n)`.
    fn maker(&mut self, name: &str, list: List, at: Span) -> Result<FormId> {
        let mut parts = self.program.list(list);
        let index = match (name, parts) {
            ("unit", [(_, index), rest @ ..]) if rest.len() == 1 => {
                parts = rest;
                Some(self.index_of(*index)?)
            }
            _ => None,
        };
        let sizes: Result<Vec<SizeId>> =
            parts.iter().map(|(_, id)| self.size(*id)).collect();
        let sizes = sizes?;
        let (op, shape) = match (name, &sizes[..], index) {
            ("eye" | "identity", [n], _) => (Op::Eye, Shape::new(*n, *n)),
            ("ones", [n], _) => (Op::Ones, Shape::column(*n)),
            ("ones", [m, n], _) => (Op::Ones, Shape::new(*m, *n)),
            ("zeros", [n], _) => (Op::Zeros, Shape::column(*n)),
            ("zeros", [m, n], _) => (Op::Zeros, Shape::new(*m, *n)),
            ("commutation", [m, n], _) => return Ok(self.commutation(*m, *n)),
            ("unit", [n], Some((index, at))) => {
                self.in_range(index, *n, at)?;
                (Op::Unit(index), Shape::column(*n))
            }
            _ => {
                let kind = ErrorKind::WrongArity {
                    name: name.to_owned(),
                    expected: match name {
                        "eye" | "identity" => "one size",
                        "unit" => "an index and a size",
                        "commutation" => "two sizes",
                        _ => "one or two sizes",
                    }
                    .into(),
                    found: sizes.len(),
                };
                return Err(Error::at(at, kind));
            }
        };
        if shape.is_scalar() {
            let value = if op == Op::Zeros { Number::ZERO } else { Number::ONE };
            return Ok(self.scalar(Op::Number(value)));
        }
        Ok(self.forms.intern(op, shape))
    }

    /// `reshape(a, m, n)`: the column that `vec` makes of a matrix as that matrix.
    fn reshape(&mut self, list: List, at: Span) -> Result<FormId> {
        let [(_, of), (_, rows), (_, cols)] = self.program.list(list) else {
            let kind = ErrorKind::WrongArity {
                name: "reshape".to_owned(),
                expected: "a column and two sizes".to_owned(),
                found: self.program.list(list).len(),
            };
            return Err(Error::at(at, kind));
        };
        let (rows, cols, of) = (self.size(*rows)?, self.size(*cols)?, self.place(*of)?);
        let whole = Shape::column(self.scope.sizes.product(rows, cols));
        if self.shape(of) != whole {
            let kind = ErrorKind::WrongShape {
                name: "reshape".to_owned(),
                expected: format!("{} here", whole.described(&self.scope.sizes)),
                found: self.shape(of).described(&self.scope.sizes),
            };
            return Err(Error::at(of.span, kind));
        }
        let shape = Shape::new(rows, cols);
        Ok(match shape.cols {
            SizeId::ONE => of.id,
            _ => self.forms.intern(Op::Call(Special::Reshape, vec![of.id]), shape),
        })
    }

    /// Whether a node is a call of `reshape`, whose second and third arguments are sizes.
    pub(super) fn is_reshape(&self, id: AstId) -> bool {
        matches!(self.program.node(id), Ast::Call(Callee::Abstract(name, 0), _)
            if self.program.name(name) == "reshape")
    }

    /// `K[m,n]`; with one row or column it is the identity.
    pub(super) fn commutation(&mut self, m: SizeId, n: SizeId) -> FormId {
        let whole = self.scope.sizes.product(m, n);
        let op = match (m, n) {
            (SizeId::ONE, SizeId::ONE) => Op::Number(Number::ONE),
            (SizeId::ONE, _) | (_, SizeId::ONE) => Op::Eye,
            _ => Op::Commutation(m, n),
        };
        self.forms.intern(op, Shape::new(whole, whole))
    }
}
