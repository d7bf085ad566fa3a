//! Operands: numbers, names, calls, brackets, and what stands behind them.

use super::super::form::{Elementwise, Op};
use super::super::shape::{Shape, Size, SizeId};
use super::super::table::{SPECIALS, Special};
use super::infer::{self, Place};
use super::parser::{Cursor, Item, Reader, Rule};
use crate::error::{Error, ErrorKind, Note, Result};
use crate::function;
use crate::kernel::{Constant, Number, is_letter, latin};
use crate::span::Span;
use crate::syntax::{self, nearest, normalise};

/// Names that mean something to many people and nothing here, with what helps.
const MISTAKEN: [(&str, &str); 12] = [
    ("rank", "the rank has no derivative"),
    ("cond", "write `norm(A)*norm(inv(A))` for the condition in the Frobenius norm"),
    (
        "expm",
        "functions of matrices by power series are not supported; `exp` is taken of each entry",
    ),
    (
        "logm",
        "functions of matrices by power series are not supported; `ln` is taken of each entry",
    ),
    (
        "sqrtm",
        "functions of matrices by power series are not supported; `sqrt` is taken of each entry",
    ),
    ("pinv", "write `inv(A'*A)*A'` for a matrix of full column rank"),
    ("chol", "factors of matrices are not supported; declare the factor as a variable"),
    ("svd", "factors of matrices are not supported; declare the factor as a variable"),
    ("eig", "eigenvalues are not supported"),
    ("var", "write `norm(x - mean(x))^2/n`"),
    ("std", "write `norm(x - mean(x))/sqrt(n)`"),
    ("transpose", "write `A'`"),
];

/// Functions that make a matrix of given sizes.
const MAKERS: [&str; 6] = ["eye", "ones", "zeros", "unit", "identity", "commutation"];

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
                if let Some(next) = cursor.peek().filter(|next| next.rule == Rule::number)
                {
                    return Err(missing_operator(next.text, next.span));
                }
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
            Rule::index => self.entries(pair, span),
            Rule::bars => self.bars(pair, span),
            Rule::bar => self.bar(pair, span),
            _ => Err(missing(text, span)),
        }
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
        if let Some(index) = name.strip_prefix("Σ_").or(name.strip_prefix("∑_")) {
            return self.index_sum(index, at, cursor);
        }
        if name == "K"
            && let Some(item) = cursor.peek().filter(|item| item.rule == Rule::index)
        {
            let (pair, whole) = (item.pair.clone(), at.join(item.span));
            let sizes: Vec<_> = pair.into_inner().collect();
            if let [m, n] = &sizes[..]
                && let (Ok(m), Ok(n)) = (self.size(m), self.size(n))
            {
                cursor.at += 1;
                return Ok(self.commutation(m, n, whole));
            }
        }
        if let "δ" | "delta" = name.as_str()
            && let Some(found) = self.delta(at, cursor)?
        {
            return Ok(found);
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
            return self.beside(name, at, cursor);
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
        if primes == 0
            && let Some(found) = self.abbreviated(name, &arguments, whole)?
        {
            return Ok(Some(found));
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
            return self.call(spec.function, &arguments, whole).map(Some);
        }
        self.elementwise(name, primes, &arguments, at, whole).map(Some)
    }

    /// A function with what is written beside it: `tr A'B`, `log det S`.
    fn beside(
        &mut self,
        name: &str,
        at: Span,
        cursor: &mut Cursor<'_>,
    ) -> Result<Option<Place>> {
        let is_operand = |item: &Item<'_>| {
            matches!(item.rule, Rule::name | Rule::number | Rule::bars | Rule::bar)
        };
        let special = Special::lookup(name).filter(|spec| spec.arity == 1);
        let known = special.is_some() || function::lookup(name, 1).is_some();
        if !known || !cursor.peek().is_some_and(is_operand) {
            return Ok(None);
        }
        let argument = self.run(cursor)?;
        let whole = at.join(argument.span);
        let inside = self.source(argument.span).to_owned();
        self.notes.push(Note {
            message: format!(
                "`{name}` takes what is written beside it: `{name}({inside})`"
            ),
            span: Some(whole),
        });
        match special {
            Some(spec) => self.call(spec.function, &[argument], whole).map(Some),
            None => self.elementwise(name, 0, &[argument], at, whole).map(Some),
        }
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
        let known = function::lookup(&latin(name), arguments.len());
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
                if let Some((_, help)) = MISTAKEN.iter().find(|(known, _)| *known == name)
                {
                    let kind = ErrorKind::UnknownFunction(name.to_owned());
                    return Err(Error::at(at, kind).help(*help));
                }
                if primes == 0 && !is_letter(name) {
                    return self.other_case(name, arguments, at, whole);
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
        if let (
            Elementwise::Table(_),
            "exp" | "ln" | "log" | "sqrt" | "sin" | "cos" | "sinh" | "cosh",
        ) = (function, name)
            && shape.is_square()
            && !shape.is_scalar()
        {
            self.notes.push(Note {
                message: format!("`{name}` is taken of each entry of the matrix"),
                span: Some(whole),
            });
        }
        let list = arguments.iter().map(|place| place.id).collect();
        Ok(self.make(Op::Apply(function, list), shape, whole))
    }

    /// A word that is no function as it is spelled: one in another case, or an error.
    fn other_case(
        &mut self,
        name: &str,
        arguments: &[Place],
        at: Span,
        whole: Span,
    ) -> Result<Place> {
        if let Some(spelled) = function::ignoring_case(name)
            && function::lookup(spelled, arguments.len()).is_some()
        {
            let message = format!("`{name}` is read as `{spelled}`");
            self.notes.push(Note { message, span: Some(at) });
            return self.elementwise(spelled, 0, arguments, at, whole);
        }
        let specials = SPECIALS.iter().flat_map(|row| row.names.iter().copied());
        let is_known = |text: &str| self.scope.variable(text).is_some();
        let help = syntax::hint(name, arguments.len(), &is_known, specials.chain(MAKERS));
        let error = Error::at(at, ErrorKind::UnknownFunction(name.to_owned()));
        Err(match help {
            Some(help) => error.help(help),
            None => error,
        })
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
            ("commutation", [m, n], _) => return Ok(self.commutation(*m, *n, whole)),
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
                return Err(Error::at(whole, kind));
            }
        };
        if shape.is_scalar() {
            let value = if op == Op::Zeros { Number::ZERO } else { Number::ONE };
            return Ok(self.make(Op::Number(value), shape, whole));
        }
        Ok(self.make(op, shape, whole))
    }

    /// `K[m,n]`; with one row or column it is the identity.
    fn commutation(&mut self, m: SizeId, n: SizeId, at: Span) -> Place {
        let whole = self.scope.sizes.product(m, n);
        let shape = Shape::new(whole, whole);
        let op = match (m, n) {
            (SizeId::ONE, SizeId::ONE) => Op::Number(Number::ONE),
            (SizeId::ONE, _) | (_, SizeId::ONE) => Op::Eye,
            _ => Op::Commutation(m, n),
        };
        self.make(op, shape, at)
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
}

/// Whether a name is that of a function of any kind.
fn is_function(name: &str) -> bool {
    function::is_name(name) || Special::lookup(name).is_some() || MAKERS.contains(&name)
}

/// The error of a number behind a number, as of the ½ in `2½`.
fn missing_operator(found: &str, at: Span) -> Error {
    let (found, expected) = (found.to_owned(), "an operator".to_owned());
    Error::at(at, ErrorKind::UnexpectedToken { found, expected })
        .help("write `*` between two numbers, `5/2` for a mixed fraction")
}
