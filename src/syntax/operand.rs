//! Operands: names, numbers, brackets, and what a name with or without brackets means.

use super::ast::{Ast, AstId, Callee, List, Partial, Slot};
use super::elsewhere;
use super::literal;
use super::message;
use super::name::{nearest, normalise};
use super::parser::{
    Cursor, Item, Reader, Rule, is_call, is_name, is_number, is_operator,
};
use crate::error::{Error, ErrorKind, Note, Result};
use crate::function;
use crate::kernel::Number;
use crate::span::Span;
use pest::iterators::Pairs;
use smallvec::SmallVec;

impl Reader<'_> {
    pub(super) fn operand(
        &mut self,
        item: &Item<'_>,
        cursor: &mut Cursor<'_, '_>,
    ) -> Result<AstId> {
        let at = self.span_of(item);
        match item.rule {
            Rule::word if is_name(item) => match cursor.peek() {
                Some(next) if item.text.ends_with('_') && next.rule == Rule::brace => {
                    let what = "a subscript of more than letters and digits".to_owned();
                    Err(Error::at(
                        at.join(self.span_of(next)),
                        ErrorKind::Unsupported(what),
                    )
                    .help("write a name such as `x_n1` or `x_next`"))
                }
                Some(next) if is_call(item, Some(next)) => self.applied(item, cursor),
                _ => self.name_or_function(item, cursor),
            },
            Rule::word | Rule::fraction => {
                let value =
                    literal::number(item.text).map_err(|kind| Error::at(at, kind))?;
                self.program.has_decimals |= item.text.contains('.');
                Ok(self.number(value, at))
            }
            Rule::group | Rule::round | Rule::brace => {
                let mut inner = item.inner();
                match (inner.next(), inner.next()) {
                    (Some(inner), None) => {
                        let node = self.expression(inner)?;
                        self.program.spans[node as usize] = at;
                        Ok(node)
                    }
                    (None, _) => Err(self.stray(item.end - 1, item)),
                    _ => Err(self.stray(item.start, item)),
                }
            }
            Rule::primes => Err(self.stray(item.start, item)),
            Rule::bars => match item.inner().next() {
                Some(inner) => {
                    let inner = self.expression(inner)?;
                    self.call("abs", at, &[inner], at)
                }
                None => Err(Error::at(at, ErrorKind::EmptyExpression)),
            },
            Rule::vector => {
                let list = self.arguments(item.inner())?;
                let flagged: SmallVec<[(bool, AstId); 4]> =
                    list.iter().map(|id| (false, *id)).collect();
                let list = self.program.push_list(&flagged);
                Ok(self.program.push(Ast::Vector(list), at))
            }
            Rule::partial => self.partial(item),
            Rule::infinity => Err(Error::at(
                at,
                ErrorKind::Unsupported(
                    "infinity is not a number to calculate with".into(),
                ),
            )),
            _ => Err(self.unexpected(item, "an operand")),
        }
    }

    fn arguments(&mut self, items: Pairs<'_, Rule>) -> Result<SmallVec<[AstId; 4]>> {
        items.map(|item| self.expression(item)).collect()
    }

    /// The error of a sign that stands where it cannot stand.
    fn stray(&self, at: usize, item: &Item<'_>) -> Error {
        message::stray(item.input(), at, self.offset)
    }

    /// The parameters of `hypergeometric([a, b], [c], x)` side by side, as the row
    /// `hyp2f1(a, b, c, x)` takes them.
    fn parameters_out(
        &self,
        name: &str,
        arguments: &[AstId],
    ) -> Option<(String, Vec<AstId>)> {
        let [upper, lower, x] = *arguments else { return None };
        let (Ast::Vector(upper), Ast::Vector(lower)) =
            (self.program.node(upper), self.program.node(lower))
        else {
            return None;
        };
        if !matches!(name, "hypergeometric" | "hyper") {
            return None;
        }
        let (upper, lower) = (self.program.list(upper), self.program.list(lower));
        let row = format!("hyp{}f{}", upper.len(), lower.len());
        let flat = upper.iter().chain(lower).map(|(_, id)| *id).chain([x]).collect();
        Some((row, flat))
    }

    fn is_variable(&self, name: &str) -> bool {
        self.declared.contains(name)
            || self.parameters.iter().any(|id| self.program.name(*id) == name)
    }

    /// A name that stands alone: a variable, or a function whose argument follows without
    /// brackets or behind a power (`sin^2 x`).
    pub(super) fn name_or_function(
        &mut self,
        item: &Item<'_>,
        cursor: &mut Cursor<'_, '_>,
    ) -> Result<AstId> {
        let name = normalise(item.text);
        let at = self.span_of(item);
        if !self.is_function(&name) {
            let id = self.program.intern_name(&name);
            self.bare.insert(id);
            return Ok(self.program.push(Ast::Name(id), at));
        }
        let power = self.function_power(cursor)?;
        let missing = || missing_argument(&name, at);
        if cursor.peek().is_none() {
            return Err(missing());
        }
        self.deepen(at)?;
        let (arguments, end) = self.bracketless(cursor, &missing)?;
        self.depth -= 1;
        self.powered_call(&name, at, power, &arguments, at.join(end))
    }

    /// Whether a name stands for a function where no variable of that name is declared.
    fn is_function(&self, name: &str) -> bool {
        !self.is_variable(name) && function::is_name(name) && !is_greek(name)
    }

    /// The `^2`, `²` or `^-1` between a function and its argument.
    fn function_power(&mut self, cursor: &mut Cursor<'_, '_>) -> Result<Option<AstId>> {
        if let Some(item) = cursor.take(|item| item.rule == Rule::postfix)
            && item.text != "!"
        {
            let at = self.span_of(item);
            return self.superscript(item.text, at).map(Some);
        }
        if cursor.take_infix(|text| matches!(text, "^" | "**")).is_none() {
            return Ok(None);
        }
        let mut minus = false;
        while let Some(item) = cursor.take(|item| literal::is_sign(item)) {
            minus ^= item.text != "+";
        }
        let Some(item) = cursor.next() else { return Ok(None) };
        let node = match item.rule {
            Rule::word if is_number(item) => {
                let at = self.span_of(item);
                let value =
                    literal::number(item.text).map_err(|kind| Error::at(at, kind))?;
                self.number(value, at)
            }
            Rule::group | Rule::round | Rule::brace => self.operand(item, cursor)?,
            Rule::word if !is_call(item, cursor.peek()) => {
                let (name, at) = (normalise(item.text), self.span_of(item));
                if self.is_function(&name) {
                    return Err(missing_argument(&name, at));
                }
                let id = self.program.intern_name(&name);
                self.bare.insert(id);
                self.program.push(Ast::Name(id), at)
            }
            Rule::word => {
                let start = item.start;
                while cursor.peek().is_some_and(|next| next.rule == Rule::primes) {
                    cursor.next();
                }
                let end = cursor.next().map_or(start, |bracket| bracket.end);
                let kind = ErrorKind::UnexpectedToken {
                    found: item.input()[start..end].to_owned(),
                    expected: "an exponent".to_owned(),
                };
                return Err(Error::at(
                    self.span_of(item)
                        .join(Span::new(self.offset + end, self.offset + end)),
                    kind,
                ));
            }
            _ => return Err(self.unexpected(item, "an exponent")),
        };
        if !minus {
            return Ok(Some(node));
        }
        Ok(Some(self.program.push(Ast::Negate(node), self.program.span(node))))
    }

    /// An argument without brackets: a run of juxtaposed factors up to the next function.
    /// A bracket directly behind the name or its power is the whole argument.
    fn bracketless(
        &mut self,
        cursor: &mut Cursor<'_, '_>,
        missing: &dyn Fn() -> Error,
    ) -> Result<(SmallVec<[AstId; 4]>, Span)> {
        if let Some(item) = cursor
            .take(|item| matches!(item.rule, Rule::group | Rule::round | Rule::brace))
        {
            let node = self.operand(item, cursor)?;
            return Ok((SmallVec::from_slice(&[node]), self.program.span(node)));
        }
        let mut factors: SmallVec<[(bool, AstId); 4]> = SmallVec::new();
        while let Some(item) = cursor.peek() {
            let first = factors.is_empty();
            let stop = match item.rule {
                _ if is_operator(item) => {
                    !(first && item.text != "+" && literal::is_sign(item))
                }
                _ if !first && is_name(item) => {
                    let name = normalise(item.text);
                    !self.is_variable(&name) && function::is_name(&name)
                }
                _ => false,
            };
            if stop {
                break;
            }
            factors.push((false, self.signed(cursor)?));
        }
        let Some((_, last)) = factors.last().copied() else { return Err(missing()) };
        let end = self.program.span(last);
        if let [(_, one)] = factors[..] {
            return Ok((SmallVec::from_slice(&[one]), end));
        }
        let span = self.program.span(factors[0].1).join(end);
        let list = self.program.push_list(&factors);
        Ok((SmallVec::from_slice(&[self.program.push(Ast::Product(list), span)]), end))
    }

    fn powered_call(
        &mut self,
        name: &str,
        at: Span,
        power: Option<AstId>,
        arguments: &[AstId],
        span: Span,
    ) -> Result<AstId> {
        let Some(power) = power else { return self.call(name, at, arguments, span) };
        let inverse = match self.program.node(power) {
            Ast::Number(n) => self.program.numbers[n as usize] == Number::MINUS_ONE,
            Ast::Negate(inner) => matches!(self.program.node(inner),
                Ast::Number(n) if self.program.numbers[n as usize].is_one()),
            _ => false,
        };
        if inverse {
            let spec =
                function::lookup(name, 1).and_then(|id| function::spec(id).inverse);
            return match spec {
                Some(inverse) => self.call(inverse, at, arguments, span),
                None => Err(Error::at(
                    at,
                    ErrorKind::Unsupported(format!("the inverse function of `{name}`")),
                )
                .help(format!("for the reciprocal write `1/{name}(…)`"))),
            };
        }
        let call = self.call(name, at, arguments, span)?;
        Ok(self.program.push(Ast::Power(call, power), span))
    }

    /// A name with brackets: a function, or a variable times a bracket.
    fn applied(&mut self, raw: &Item<'_>, cursor: &mut Cursor<'_, '_>) -> Result<AstId> {
        let at = self.span_of(raw);
        let mut primes = 0;
        if let Some(found) = cursor.take(|item| item.rule == Rule::primes) {
            primes = found.text.chars().count() as u32;
        }
        let Some(bracket) = cursor.next() else {
            return Err(self.unexpected(raw, "a bracket"));
        };
        let span = at.join(self.span_of(bracket));
        let name = normalise(raw.text);
        let arguments = self.arguments(bracket.inner())?;
        if primes > 0 {
            return self.abstract_call(&name, primes, &arguments, span);
        }
        if let Some((row, flat)) = self.parameters_out(&name, &arguments) {
            return self.call(&row, at, &flat, span);
        }
        let own = self.current.is_some_and(|id| self.program.name(id) == name);
        if own && !function::is_name(&name) {
            // `u = u(x)` says on what u depends; elsewhere it is a circle (see `resolve`).
            return self.abstract_call(&name, 0, &arguments, span);
        }
        let constant = matches!(name.as_str(), "e" | "pi" | "π");
        if (constant || self.is_variable(&name)) && !self.own_function(&name) {
            return self.juxtaposed(&name, at, &arguments, span);
        }
        if let Some(base) = literal::log_base(raw.text)
            && function::lookup(&name, arguments.len()).is_none()
            && let [argument] = arguments[..]
        {
            let base = match literal::number(base) {
                Ok(value) => self.number(value, at),
                Err(_) => {
                    let id = self.program.intern_name(&normalise(base));
                    self.bare.insert(id);
                    self.program.push(Ast::Name(id), at)
                }
            };
            return self.call("log", at, &[argument, base], span);
        }
        self.call(&name, at, &arguments, span)
    }

    fn own_function(&self, name: &str) -> bool {
        self.own.contains_key(name) && !self.declared.contains(name)
    }

    /// `x(x + 1)` for a variable x: a product, with a note.
    fn juxtaposed(
        &mut self,
        name: &str,
        at: Span,
        arguments: &[AstId],
        span: Span,
    ) -> Result<AstId> {
        let [argument] = *arguments else {
            let kind = ErrorKind::UnexpectedToken {
                found: "(".into(),
                expected: format!("an operator after the variable `{name}`"),
            };
            return Err(Error::at(span, kind));
        };
        let id = self.program.intern_name(name);
        self.bare.insert(id);
        let variable = self.program.push(Ast::Name(id), at);
        self.program.notes.push(Note {
            message: format!("`{name}(…)` is read as the product `{name}*(…)`"),
            span: Some(span),
        });
        let list = self.program.push_list(&[(false, variable), (false, argument)]);
        Ok(self.program.push(Ast::Product(list), span))
    }

    fn list(&mut self, arguments: &[AstId]) -> List {
        let flagged: SmallVec<[(bool, AstId); 4]> =
            arguments.iter().map(|id| (false, *id)).collect();
        self.program.push_list(&flagged)
    }

    pub(super) fn call(
        &mut self,
        name: &str,
        at: Span,
        arguments: &[AstId],
        span: Span,
    ) -> Result<AstId> {
        let count = arguments.len();
        if self.own_function(name) {
            let index = self.own.get(name).copied().unwrap_or(0);
            let list = self.list(arguments);
            return Ok(self.program.push(Ast::Call(Callee::Own(index), list), span));
        }
        if let Some(function) = function::lookup(name, count) {
            let list = self.list(arguments);
            return Ok(self
                .program
                .push(Ast::Call(Callee::Builtin(function), list), span));
        }
        if function::is_name(name) {
            let kind = ErrorKind::WrongArity {
                name: name.to_owned(),
                expected: function::arity_of(name),
                found: count,
            };
            return Err(Error::at(span, kind));
        }
        if let Some(meant) = nearest(name, function::names()) {
            return Err(Error::at(at, ErrorKind::UnknownFunction(name.to_owned()))
                .help(format!("did you mean `{meant}`?")));
        }
        if let Some(help) = elsewhere::instead(name) {
            return Err(
                Error::at(at, ErrorKind::UnknownFunction(name.to_owned())).help(help)
            );
        }
        self.note_letter(name, arguments, span);
        self.abstract_call(name, 0, arguments, span)
    }

    fn abstract_call(
        &mut self,
        name: &str,
        primes: u32,
        arguments: &[AstId],
        span: Span,
    ) -> Result<AstId> {
        let wrong = |expected: &str| {
            let kind = ErrorKind::WrongArity {
                name: name.to_owned(),
                expected: expected.to_owned(),
                found: arguments.len(),
            };
            Err(Error::at(span, kind))
        };
        if arguments.is_empty() {
            return wrong("at least one argument");
        }
        if primes > 0 && (arguments.len() != 1 || function::is_name(name)) {
            return Err(Error::at(
                span,
                ErrorKind::Unsupported(
                    "a prime stands behind an abstract function of one argument only"
                        .into(),
                ),
            ));
        }
        let id = self.program.intern_name(name);
        let list = self.list(arguments);
        Ok(self.program.push(Ast::Call(Callee::Abstract(id, primes), list), span))
    }

    fn partial(&mut self, item: &Item<'_>) -> Result<AstId> {
        let span = self.span_of(item);
        let mut name = None;
        let mut order = 1;
        let mut slots = Vec::new();
        let mut arguments: SmallVec<[AstId; 4]> = SmallVec::new();
        for part in item.inner() {
            let part_span = part.as_span();
            let at =
                Span::new(self.offset + part_span.start(), self.offset + part_span.end());
            let small = |text: &str| {
                literal::superscript(text)
                    .ok()
                    .and_then(|n| n.to_i64())
                    .filter(|n| (1..=64).contains(n))
                    .ok_or_else(|| {
                        Error::at(at, ErrorKind::Unsupported("this order".into()))
                    })
            };
            match part.as_rule() {
                Rule::superscript => order = small(part.as_str())?,
                Rule::name => {
                    name = Some(self.program.intern_name(&normalise(part.as_str())))
                }
                Rule::partial_slot => {
                    let mut inner = part.into_inner();
                    let Some(slot) = inner.next() else { continue };
                    let times = inner.next().map_or(Ok(1), |sup| small(sup.as_str()))?;
                    let slot = match slot.as_str().parse::<u32>() {
                        Ok(index) => Slot::Index(index.saturating_sub(1)),
                        Err(_) => Slot::Name(normalise(slot.as_str())),
                    };
                    for _ in 0..times {
                        slots.push(slot.clone());
                    }
                }
                _ => arguments.push(self.expression(part)?),
            }
        }
        let Some(name) = name else { return Err(self.unexpected(item, "a function")) };
        if slots.len() as i64 != order {
            let kind = ErrorKind::UnexpectedToken {
                found: item.text.to_owned(),
                expected: format!("as many ∂ below as the order {order} above"),
            };
            return Err(Error::at(span, kind));
        }
        let index = self.program.partials.len() as u32;
        self.program.partials.push(Partial { name, slots });
        let list = self.list(&arguments);
        Ok(self.program.push(Ast::Call(Callee::Partial(index), list), span))
    }
}

/// Names of Greek letters are variables when no brackets follow, though `gamma(x)` is a
/// function.
fn is_greek(name: &str) -> bool {
    matches!(
        name,
        "gamma" | "beta" | "zeta" | "psi" | "eta" | "Gamma" | "Beta" | "chi" | "phi"
    )
}

fn missing_argument(name: &str, at: Span) -> Error {
    Error::at(at, ErrorKind::MissingArgument(name.to_owned()))
        .help(format!("write `{name}(x)`"))
}
