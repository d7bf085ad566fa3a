//! Operands: numbers, names, calls, brackets, and what stands behind them.

use super::super::form::{Elementwise, Op};
use super::super::shape::{Shape, Size, SizeId};
use super::super::table::{SPECIALS, Special};
use super::infer::{self, Place};
use super::parser::{Cursor, Reader, Rule};
use crate::error::{Error, ErrorKind, Result};
use crate::function;
use crate::kernel::{Constant, Number};
use crate::span::Span;
use crate::syntax::{self, nearest, normalise};

/// Functions that make a matrix of given sizes.
const MAKERS: [&str; 5] = ["eye", "ones", "zeros", "unit", "identity"];

impl Reader<'_> {
    pub(super) fn postfix(&mut self, cursor: &mut Cursor<'_>) -> Result<Place> {
        let operand = self.operand(cursor)?;
        self.postfix_of(operand, cursor)
    }

    /// Transposes, superscripts and indices behind an operand.
    pub(super) fn postfix_of(
        &mut self,
        mut operand: Place,
        cursor: &mut Cursor<'_>,
    ) -> Result<Place> {
        while let Some(item) = cursor.peek() {
            let (rule, text, span) = (item.rule, item.text, item.span);
            match rule {
                Rule::transpose => {
                    cursor.at += 1;
                    let shape = self.forms.shape(operand.id).transposed();
                    let at = operand.span.join(span);
                    operand = match self.forms.op(operand.id) {
                        _ if shape.is_scalar() => Place { id: operand.id, span: at },
                        _ => self.make(Op::Transpose(operand.id), shape, at),
                    };
                }
                Rule::raised => {
                    cursor.at += 1;
                    let value = syntax::superscript(text)
                        .map_err(|kind| Error::at(span, kind))?;
                    let exponent = self.make(Op::Number(value), Shape::SCALAR, span);
                    operand = self.raise(operand, "^", exponent)?;
                }
                Rule::index => {
                    let pair = item.pair.clone();
                    cursor.at += 1;
                    operand = self.entry(operand, pair)?;
                }
                _ => return Ok(operand),
            }
        }
        Ok(operand)
    }

    fn operand(&mut self, cursor: &mut Cursor<'_>) -> Result<Place> {
        let missing = |found: &str, at: Span| {
            let kind = ErrorKind::UnexpectedToken {
                found: found.to_owned(),
                expected: "an operand".into(),
            };
            Error::at(at, kind)
        };
        let Some(item) = cursor.peek() else {
            return Err(missing("", Span::new(cursor.end, cursor.end)));
        };
        let (rule, text, span) = (item.rule, item.text, item.span);
        let pair = item.pair.clone();
        cursor.at += 1;
        match rule {
            Rule::number => {
                let value = syntax::number(text).map_err(|kind| Error::at(span, kind))?;
                Ok(self.make(Op::Number(value), Shape::SCALAR, span))
            }
            Rule::name => self.name(text, span, cursor),
            Rule::group | Rule::brace => {
                let mut inner = pair.into_inner();
                let first = inner.next().ok_or_else(|| missing("", span))?;
                let found = self.expression(first)?;
                if let Some(second) = inner.next() {
                    return Err(missing(",", self.span(&second)));
                }
                Ok(Place { id: found.id, span })
            }
            Rule::norm => self.norm(pair, span),
            Rule::index => Err(missing("[", span).help(
                "vectors of entries do not stand in matrix expressions; declare a vector `x[n]`",
            )),
            _ => Err(missing(text, span)),
        }
    }

    /// `||x||`, `||A||_F`, `||x||_2`, `||x||_1`, `||x||_3`.
    fn norm(&mut self, pair: pest::iterators::Pair<'_, Rule>, at: Span) -> Result<Place> {
        let mut inner = pair.into_inner();
        let Some(first) = inner.next() else {
            return Err(Error::at(at, ErrorKind::EmptyExpression));
        };
        let kind = inner.next().map_or("", |kind| kind.as_str());
        let kind = kind.trim_matches(['_', '{', '}']);
        let operand = self.expression(first)?;
        if matches!(kind, "" | "F") {
            return self.call(Special::Norm, &[operand], at);
        }
        self.of_vector(operand, at)?;
        match kind {
            "2" => self.call(Special::Norm, &[operand], at),
            "1" => self.call(Special::Norm1, &[operand], at),
            _ => {
                let p = syntax::number(kind).map_err(|_| {
                    let what = format!("there is no norm with the index `{kind}`");
                    Error::at(at, ErrorKind::Unsupported(what))
                        .help("the indices are F, 1, 2 and other numbers")
                })?;
                let p = self.make(Op::Number(p), Shape::SCALAR, at);
                self.call(Special::NormP, &[operand, p], at)
            }
        }
    }

    /// The norms with a number of a matrix are none of its entries: the 2-norm is its largest
    /// singular value.
    fn of_vector(&self, operand: Place, at: Span) -> Result<()> {
        let shape = self.forms.shape(operand.id);
        if shape.is_scalar() || shape.is_vector() {
            return Ok(());
        }
        let what = "norms with a number are known for vectors only".to_owned();
        Err(Error::at(at, ErrorKind::Unsupported(what)).help(
            "write `norm(A)` or `||A||_F` for the Frobenius norm, `norm1(A)` for the sum of the absolute values",
        ))
    }

    fn name(&mut self, raw: &str, at: Span, cursor: &mut Cursor<'_>) -> Result<Place> {
        let name = normalise(raw);
        if let Some(place) = self.scope.variable(&name) {
            let shape = self.scope.variables[usize::from(place)].shape;
            return Ok(self.make(Op::Variable(place), shape, at));
        }
        if let Some(place) = self.scope.definition(&name) {
            let shape = self.forms.shape(self.scope.definitions[usize::from(place)].body);
            return Ok(self.make(Op::Definition(place), shape, at));
        }
        if let Some(found) = self.applied(&name, at, cursor)? {
            return Ok(found);
        }
        if let Some(size) = self.scope.sizes.named(&name) {
            return Ok(self.make(Op::Size(size), Shape::SCALAR, at));
        }
        let constant = match name.as_str() {
            "e" => Some(Constant::E),
            "pi" | "π" => Some(Constant::Pi),
            _ => None,
        };
        if let Some(constant) = constant {
            return Ok(self.make(Op::Constant(constant), Shape::SCALAR, at));
        }
        if is_function(&name) {
            return Err(Error::at(at, ErrorKind::MissingArgument(name.clone()))
                .help(format!("write `{name}(x)`")));
        }
        let known = self.scope.variables.iter().map(|v| v.name.as_str());
        let meant = nearest(&name, known).map(str::to_owned);
        let kind = ErrorKind::InvalidDeclaration(format!("`{name}` is not declared"));
        let is_known = |part: &str| {
            self.scope.variable(part).is_some() || self.scope.definition(part).is_some()
        };
        let splits = (1..name.len()).filter(|at| name.is_char_boundary(*at));
        let split =
            splits.map(|at| name.split_at(at)).find(|(a, b)| is_known(a) && is_known(b));
        let help = match (meant, name.as_str()) {
            _ if split.is_some() => {
                let (a, b) = split.unwrap_or_default();
                format!("did you mean `{a}*{b}`?")
            }
            (Some(meant), _) => format!("did you mean `{meant}`?"),
            (None, "I") => "write the identity matrix as `eye(n)`".into(),
            _ => format!(
                "declare it: `{name}` a scalar, `{name}[n]` a vector, `{name}[m,n]` a matrix"
            ),
        };
        Err(Error::at(at, kind).help(help))
    }

    /// A name with brackets behind it, or with primes and brackets.
    fn applied(
        &mut self,
        name: &str,
        at: Span,
        cursor: &mut Cursor<'_>,
    ) -> Result<Option<Place>> {
        let rest = &cursor.items[cursor.at..];
        let primes = rest
            .iter()
            .take_while(|item| item.rule == Rule::transpose && item.text != "ᵀ")
            .count();
        let Some(bracket) = rest.get(primes).filter(|item| item.rule == Rule::group)
        else {
            return Ok(None);
        };
        let (pair, end) = (bracket.pair.clone(), bracket.span);
        cursor.at += primes + 1;
        let whole = at.join(end);
        if MAKERS.contains(&name) && primes == 0 {
            return self.maker(name, pair, whole).map(Some);
        }
        let mut arguments = Vec::new();
        for inner in pair.into_inner() {
            arguments.push(self.expression(inner)?);
        }
        if let Some(spec) = Special::lookup(name).filter(|_| primes == 0) {
            if arguments.len() != spec.arity {
                let kind = ErrorKind::WrongArity {
                    name: name.to_owned(),
                    expected: match spec.arity {
                        1 => "one argument".into(),
                        n => format!("{n} arguments"),
                    },
                    found: arguments.len(),
                };
                return Err(Error::at(whole, kind));
            }
            if name == "norm2" {
                self.of_vector(arguments[0], whole)?;
            }
            return self.call(spec.function, &arguments, whole).map(Some);
        }
        self.elementwise(name, primes, &arguments, at, whole).map(Some)
    }

    fn elementwise(
        &mut self,
        name: &str,
        primes: usize,
        arguments: &[Place],
        at: Span,
        whole: Span,
    ) -> Result<Place> {
        let mut shape = Shape::SCALAR;
        for argument in arguments {
            let next = self.forms.shape(argument.id);
            shape = infer::entrywise(shape, next).ok_or_else(|| {
                let rule = "needs arguments of one shape";
                infer::mismatch(name, rule, (shape, next), self.scope, whole)
            })?;
        }
        let known = function::lookup(name, arguments.len());
        let function = match known {
            Some(id) if primes == 0 => Elementwise::Table(id),
            _ if function::is_name(name) => {
                let kind = match primes {
                    0 => ErrorKind::WrongArity {
                        name: name.to_owned(),
                        expected: function::arity_of(name),
                        found: arguments.len(),
                    },
                    _ => ErrorKind::Unsupported(
                        "a prime stands behind a name without a meaning only".into(),
                    ),
                };
                return Err(Error::at(whole, kind));
            }
            _ => {
                let specials = SPECIALS.iter().flat_map(|row| row.names.iter().copied());
                let all = function::names().chain(specials).chain(MAKERS);
                if let Some(meant) = nearest(name, all) {
                    let kind = ErrorKind::UnknownFunction(name.to_owned());
                    return Err(
                        Error::at(at, kind).help(format!("did you mean `{meant}`?"))
                    );
                }
                if arguments.len() != 1 {
                    let kind = ErrorKind::WrongArity {
                        name: name.to_owned(),
                        expected: "one argument".into(),
                        found: arguments.len(),
                    };
                    return Err(Error::at(whole, kind));
                }
                Elementwise::Abstract(self.scope.function(name), primes as u16)
            }
        };
        let list = arguments.iter().map(|place| place.id).collect();
        Ok(self.make(Op::Apply(function, list), shape, whole))
    }

    pub(super) fn call(
        &mut self,
        function: Special,
        arguments: &[Place],
        whole: Span,
    ) -> Result<Place> {
        let shape = infer::call(function, arguments, self.forms, self.scope)?;
        let list = arguments.iter().map(|place| place.id).collect();
        Ok(self.make(Op::Call(function, list), shape, whole))
    }

    /// `eye(n)`, `ones(m, n)`, `zeros(n)`, `unit(i, n)`.
    fn maker(
        &mut self,
        name: &str,
        pair: pest::iterators::Pair<'_, Rule>,
        whole: Span,
    ) -> Result<Place> {
        let mut parts: Vec<_> = pair.into_inner().collect();
        let index = match (name, parts.len()) {
            ("unit", 2) => Some(self.index_of(&parts.remove(0))?),
            _ => None,
        };
        let mut sizes = Vec::new();
        for part in &parts {
            sizes.push(self.size(part)?);
        }
        let (op, shape) = match (name, &sizes[..], index) {
            ("eye" | "identity", [n], _) => (Op::Eye, Shape::new(*n, *n)),
            ("ones", [n], _) => (Op::Ones, Shape::column(*n)),
            ("ones", [m, n], _) => (Op::Ones, Shape::new(*m, *n)),
            ("zeros", [n], _) => (Op::Zeros, Shape::column(*n)),
            ("zeros", [m, n], _) => (Op::Zeros, Shape::new(*m, *n)),
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
                        _ => "one or two sizes",
                    }
                    .into(),
                    found: sizes.len(),
                };
                return Err(Error::at(whole, kind));
            }
        };
        if shape.is_scalar() {
            let value = if op == Op::Zeros { Number::ZERO } else { Number::ONE };
            return Ok(self.make(Op::Number(value), shape, whole));
        }
        Ok(self.make(op, shape, whole))
    }

    fn size(&mut self, pair: &pest::iterators::Pair<'_, Rule>) -> Result<SizeId> {
        let at = self.span(pair);
        let text: Vec<&str> = pair.as_str().split('*').map(str::trim).collect();
        let mut product = SizeId::ONE;
        for word in text {
            let size = match word.parse::<u32>() {
                Ok(n) if (1..=1_000_000).contains(&n) => {
                    Some(self.scope.sizes.intern(Size::Fixed(n)))
                }
                _ => self.scope.sizes.named(&normalise(word)),
            };
            let Some(size) = size else {
                let kind = ErrorKind::InvalidDeclaration(format!("`{word}` is no size"));
                return Err(Error::at(at, kind)
                    .help("use a size of the declarations, or a number"));
            };
            product = self.scope.sizes.product(product, size);
        }
        Ok(product)
    }

    /// An entry `x[i]`, `A[i,j]`: a product with unit vectors.
    fn entry(
        &mut self,
        operand: Place,
        pair: pest::iterators::Pair<'_, Rule>,
    ) -> Result<Place> {
        let shape = self.forms.shape(operand.id);
        let at = self.span(&pair);
        let mut indices = Vec::new();
        for part in pair.into_inner() {
            indices.push(self.index_of(&part)?);
        }
        let axes = shape.axes();
        let (rows, cols) = match (&indices[..], shape.cols == SizeId::ONE) {
            ([i], true) if axes.len() == 1 => (Some(*i), None),
            ([i], false) if axes.len() == 1 => (None, Some(*i)),
            ([i, j], _) if axes.len() == 2 => (Some(*i), Some(*j)),
            _ => {
                let kind = ErrorKind::WrongShape {
                    name: "[ ]".into(),
                    expected: match axes.len() {
                        0 => "a vector or a matrix".into(),
                        1 => "one index of a vector".into(),
                        _ => "two indices of a matrix".to_owned(),
                    },
                    found: match axes.len() {
                        0 => "a scalar".into(),
                        _ => format!("{} indices", indices.len()),
                    },
                };
                return Err(Error::at(at, kind));
            }
        };
        let whole = operand.span.join(at);
        let mut factors = Vec::new();
        if let Some((index, at)) = rows {
            self.in_range(index, shape.rows, at)?;
            let unit = self.make(Op::Unit(index), Shape::column(shape.rows), at);
            let row = Shape::column(shape.rows).transposed();
            factors.push(self.make(Op::Transpose(unit.id), row, at).id);
        }
        factors.push(operand.id);
        if let Some((index, at)) = cols {
            self.in_range(index, shape.cols, at)?;
            factors.push(self.make(Op::Unit(index), Shape::column(shape.cols), at).id);
        }
        Ok(self.make(Op::Product(factors), Shape::SCALAR, whole))
    }

    fn index_of(
        &mut self,
        pair: &pest::iterators::Pair<'_, Rule>,
    ) -> Result<(u16, Span)> {
        let at = self.span(pair);
        let text = pair.as_str().trim();
        let number = text.parse::<u32>().is_ok_and(|n| n > 0);
        let name = text.starts_with(char::is_alphabetic)
            && text.chars().all(|c| c.is_alphanumeric() || c == '_')
            && self.scope.variable(text).is_none();
        if !number && !name {
            let kind = ErrorKind::UnexpectedToken {
                found: text.to_owned(),
                expected: "an index: a number from 1 or a name".into(),
            };
            return Err(Error::at(at, kind));
        }
        Ok((self.scope.index(text), at))
    }

    fn in_range(&self, index: u16, size: SizeId, at: Span) -> Result<()> {
        let text = &self.scope.indices[usize::from(index)];
        if let (Ok(i), Size::Fixed(n)) = (text.parse::<u32>(), self.scope.sizes.get(size))
            && i > *n
        {
            let kind = ErrorKind::Undefined(format!("the entry {i} of {n}"));
            return Err(Error::at(at, kind));
        }
        Ok(())
    }
}

/// Whether a name is that of a function of any kind.
fn is_function(name: &str) -> bool {
    function::is_name(name) || Special::lookup(name).is_some() || MAKERS.contains(&name)
}
