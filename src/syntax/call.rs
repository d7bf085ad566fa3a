//! Functions and their arguments, with brackets and without.

use super::ast::{Ast, AstId, Callee, List};
use super::callee::Meant;
use super::cursor::{Cursor, is_brackets, is_call, is_name, is_number, is_operator};
use super::literal;
use super::name::normalise;
use super::parser::Reader;
use super::signs::note;
use super::token::{Item, Kind};
use super::words;
use crate::error::{Error, ErrorKind, Result};
use crate::function;
use crate::kernel::{is_letter, latin};
use crate::span::Span;
use smallvec::SmallVec;

impl Reader<'_> {
    /// A name that stands alone: a variable, or a function whose argument follows without
    /// brackets or behind a power (`sin^2 x`).
    pub(super) fn name_or_function(
        &mut self,
        item: &Item<'_>,
        cursor: &mut Cursor<'_, '_>,
    ) -> Result<AstId> {
        let at = item.span;
        let mut name = normalise(item.text);
        let mut from = at;
        if !self.is_function(&name) {
            match self.meant(&name, item, cursor)? {
                Meant::Itself => {
                    if let Some(entry) = self.entry(&name, at, cursor) {
                        return Ok(entry);
                    }
                    if self.own_function(&name).is_some() && !self.is_variable(&name) {
                        return Err(missing_argument(&name, at));
                    }
                    return Ok(self.symbol(&name, at));
                }
                Meant::Node(node) => return Ok(node),
                Meant::Function(function, end) => {
                    name = function;
                    from = at.join(end);
                }
            }
        }
        let at = from;
        let base = match cursor.take(|item| item.kind == Kind::Base) {
            Some(base) => self.arguments(base.inner())?,
            None => SmallVec::new(),
        };
        let power = self.function_power(cursor)?;
        let missing = || missing_argument(&name, at);
        if cursor.peek().is_none() {
            return Err(missing());
        }
        self.deepen(at)?;
        let (mut arguments, end) = self.bracketless(&name, at, cursor, &missing)?;
        arguments.extend(base);
        self.depth -= 1;
        self.powered_call(&name, at, power, &arguments, at.join(end))
    }

    /// `x[0]`: an entry of an array is a name with an index.
    fn entry(
        &mut self,
        name: &str,
        at: Span,
        cursor: &mut Cursor<'_, '_>,
    ) -> Option<AstId> {
        let next = cursor.peek().filter(|next| {
            next.kind == Kind::Vector
                && next.span.start == at.end
                && self.shapes.is_none()
        })?;
        let whole = at.join(next.span);
        let typed = self.source_of(next.span);
        let index = typed.strip_prefix('[')?.strip_suffix(']')?;
        let is_whole = !index.is_empty() && index.bytes().all(|b| b.is_ascii_digit());
        if !is_whole || !name.chars().all(char::is_alphabetic) || self.is_variable(name) {
            return None;
        }
        cursor.next();
        let entry = format!("{name}_{index}");
        let message =
            format!("`{}` is read as the name `{entry}`", self.source_of(whole));
        self.program.notes.push(note(message, whole));
        Some(self.symbol(&normalise(&entry), whole))
    }

    /// A name as a variable or constant.
    pub(super) fn symbol(&mut self, name: &str, at: Span) -> AstId {
        let id = self.program.intern_name(name);
        self.bare.insert(id);
        self.program.push(Ast::Name(id), at)
    }

    /// Whether a name stands for a function where no variable of that name is declared.
    ///
    /// Greek letters are variables when no brackets follow, though `gamma(x)` is a function.
    pub(super) fn is_function(&self, name: &str) -> bool {
        // One sign is a letter.
        name.len() > 1
            && (function::is_name(&latin(name)) || self.is_shaped_function(name))
            && !self.is_variable(name)
            && !is_letter(name)
    }

    /// The `^2`, `²` or `^-1` between a function and its argument.
    pub(super) fn function_power(
        &mut self,
        cursor: &mut Cursor<'_, '_>,
    ) -> Result<Option<AstId>> {
        if let Some(item) = cursor.take(literal::is_raised) {
            return self.exponent(item.text, item.span).map(Some);
        }
        if cursor.take_infix(|text| matches!(text, "^" | "**")).is_none() {
            return Ok(None);
        }
        let mut minus = false;
        while let Some(item) = cursor.take(|item| literal::is_sign(item)) {
            minus ^= item.text != "+";
        }
        let Some(item) = cursor.next() else { return Ok(None) };
        let node = match item.kind {
            Kind::Number => {
                let at = item.span;
                let value =
                    literal::number(item.text).map_err(|kind| Error::at(at, kind))?;
                self.number(value, at)
            }
            Kind::Group | Kind::Round | Kind::Brace => self.operand(item, cursor)?,
            // `sin^n(x)` is a power of `sin(x)`.
            Kind::Name
                if is_letter(&normalise(item.text)) || !is_call(item, cursor.peek()) =>
            {
                let (name, at) = (normalise(item.text), item.span);
                if self.is_function(&name) {
                    return Err(missing_argument(&name, at));
                }
                self.symbol(&name, at)
            }
            Kind::Name => {
                let mut whole = item.span;
                while cursor.peek().is_some_and(|next| next.kind == Kind::Primes) {
                    cursor.next();
                }
                if let Some(bracket) = cursor.next() {
                    whole = whole.join(bracket.span);
                }
                let kind = ErrorKind::UnexpectedToken {
                    found: self.source_of(whole),
                    expected: "an exponent".to_owned(),
                };
                return Err(Error::at(whole, kind));
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
        function: &str,
        at: Span,
        cursor: &mut Cursor<'_, '_>,
        missing: &dyn Fn() -> Error,
    ) -> Result<(SmallVec<[AstId; 4]>, Span)> {
        if let Some(item) = cursor.take(is_brackets) {
            if item.kind == Kind::Round {
                return Ok((self.arguments(item.inner())?, item.span));
            }
            let node = self.operand(item, cursor)?;
            return Ok((SmallVec::from_slice(&[node]), self.program.span(node)));
        }
        self.refuse_difference(function, at, cursor)?;
        let notes = self.program.notes.len();
        let mut factors: SmallVec<[(bool, AstId); 4]> = SmallVec::new();
        while let Some(item) = cursor.peek() {
            let first = factors.is_empty();
            let stop = match item.kind {
                _ if is_operator(item) => {
                    !(first && item.text != "+" && literal::is_sign(item))
                }
                _ if !first && is_name(item) => self.begins_function(item, cursor),
                _ => false,
            };
            if stop || self.ends_early(at, &factors, cursor) {
                break;
            }
            if !first && is_number(item) && cursor.after_number() {
                return Err(self.two_numbers(item));
            }
            factors.push((false, self.signed(cursor)?));
        }
        let Some((_, last)) = factors.last().copied() else { return Err(missing()) };
        let end = self.program.span(last);
        if let [(_, one)] = factors[..] {
            return Ok((SmallVec::from_slice(&[one]), end));
        }
        self.note_run(at, &factors, notes);
        let span = self.program.span(factors[0].1).join(end);
        let list = self.program.push_list(&factors);
        Ok((SmallVec::from_slice(&[self.program.push(Ast::Product(list), span)]), end))
    }

    /// Whether a function begins here, which ends the argument of the one before.
    fn begins_function(&self, item: &Item<'_>, cursor: &Cursor<'_, '_>) -> bool {
        let name = normalise(item.text);
        if self.is_variable(&name) {
            return false;
        }
        let next = cursor.rest().get(1);
        function::is_name(&latin(&name)) && (!is_letter(&name) || is_call(item, next))
            || self.is_shaped_function(&name)
            || self.is_arc(item, next)
            || next.is_some() && function::ignoring_case(&name).is_some()
    }

    /// `sin-1(x)` is the inverse function for some, `cos - 1` a difference without an
    /// argument, and `sin(-x)` neither.
    fn refuse_difference(
        &self,
        function: &str,
        at: Span,
        cursor: &Cursor<'_, '_>,
    ) -> Result<()> {
        let [sign, operand, ..] = cursor.rest() else { return Ok(()) };
        let is_apart = sign.span.end < operand.span.start;
        if !literal::is_minus(sign.text) || !is_apart && operand.text != "1" {
            return Ok(());
        }
        let inverse =
            function::lookup(function, 1).and_then(|id| function::spec(id).inverse);
        let kind = ErrorKind::UnexpectedToken {
            found: self.source_of(sign.span.join(operand.span)),
            expected: format!("an argument of `{function}`"),
        };
        let other = match inverse.filter(|_| operand.text == "1" && !is_apart) {
            Some(inverse) => format!("`{inverse}(x)`"),
            None => format!("`{function}(x) - …`"),
        };
        Err(Error::at(at.join(operand.span), kind)
            .help(format!("write {other} or `{function}(-x)`")))
    }

    pub(super) fn powered_call(
        &mut self,
        name: &str,
        at: Span,
        power: Option<AstId>,
        arguments: &[AstId],
        span: Span,
    ) -> Result<AstId> {
        let Some(power) = power else { return self.call(name, at, arguments, span) };
        if self.is_minus_one(power) {
            let spec =
                function::lookup(name, 1).and_then(|id| function::spec(id).inverse);
            return match spec {
                Some(inverse) => {
                    // Of other functions, people write the reciprocal so too.
                    if !is_circular(name) {
                        let (typed, meant) = (self.source_of(span), self.source_of(at));
                        let message = format!(
                            "`{typed}` is read as the inverse function `{inverse}`; write `1/{meant}(…)` for the reciprocal"
                        );
                        self.program.notes.push(note(message, span));
                    }
                    self.call(inverse, at, arguments, span)
                }
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

    /// The parameters of `hypergeometric([a, b], [c], x)` side by side, as the row
    /// `hyp2f1(a, b, c, x)` takes them.
    pub(super) fn parameters_out(
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

    pub(super) fn list(&mut self, arguments: &[AstId]) -> List {
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
        if let Some(index) = self.own_function(name) {
            let list = self.list(arguments);
            return Ok(self.program.push(Ast::Call(Callee::Own(index), list), span));
        }
        let key = latin(name);
        // `max(x)` is that of a vector, `max(x, y)` one of entries.
        let is_of_entries = count > 1 && function::lookup(&key, count).is_some();
        if self.is_shaped_function(name) && !is_of_entries {
            let (name, list) = (self.program.intern_name(name), self.list(arguments));
            let call = Ast::Call(Callee::Abstract(name, 0), list);
            return Ok(self.program.push(call, span));
        }
        if let Some(function) = function::lookup(&key, count) {
            if is_letter(name) {
                self.take_for_other(name);
                if name == "γ" {
                    let message = format!(
                        "`{name}(…)` is read as the gamma function; write `{name}*(…)` for a product"
                    );
                    self.program.notes.push(note(message, span));
                }
            }
            let list = self.list(arguments);
            return Ok(self
                .program
                .push(Ast::Call(Callee::Builtin(function), list), span));
        }
        if let ([only], "max" | "min") = (arguments, &*key) {
            let message = format!("`{}` is its only argument", self.source_of(span));
            self.program.notes.push(note(message, span));
            return Ok(*only);
        }
        if function::is_name(&key) && !is_letter(name) {
            let kind = ErrorKind::WrongArity {
                name: name.to_owned(),
                expected: function::arity_of(&key),
                found: count,
            };
            return Err(Error::at(span, kind));
        }
        self.unknown_call(name, at, arguments, span)
    }

    /// A call of a row of the function table, whatever the program defines.
    pub(super) fn builtin(
        &mut self,
        name: &str,
        arguments: &[AstId],
        span: Span,
    ) -> Result<AstId> {
        let Some(function) = function::lookup(name, arguments.len()) else {
            let kind = ErrorKind::WrongArity {
                name: name.to_owned(),
                expected: function::arity_of(name),
                found: arguments.len(),
            };
            return Err(Error::at(span, kind));
        };
        let list = self.list(arguments);
        Ok(self.program.push(Ast::Call(Callee::Builtin(function), list), span))
    }

    pub(super) fn abstract_call(
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
        if primes > 0 && self.own_function(name).is_some() {
            let what = format!("derivatives of the function `{name}` of the program");
            return Err(Error::at(span, ErrorKind::Unsupported(what))
                .help(format!("write the derivative out, or leave `{name}` undefined")));
        }
        if primes > 0 && (arguments.len() != 1 || self.is_function(name)) {
            return Err(Error::at(
                span,
                ErrorKind::Unsupported(
                    "a prime stands behind an abstract function of one argument only"
                        .into(),
                ),
            ));
        }
        if primes > 0 && !is_letter(name) {
            let is_short = name.chars().count() < 4;
            let meant = words::with_function_behind(name)
                .or_else(|| if is_short { words::apart(name) } else { None });
            if let Some(meant) = meant {
                let message = format!(
                    "`{name}` with a prime is read as one function; did you mean `{meant}`?"
                );
                self.program.notes.push(note(message, span));
            }
        }
        let id = self.program.intern_name(name);
        self.functions.insert(id);
        let list = self.list(arguments);
        Ok(self.program.push(Ast::Call(Callee::Abstract(id, primes), list), span))
    }
}

/// Whether a function is one of an angle, circular or hyperbolic, or inverse to one.
fn is_circular(name: &str) -> bool {
    ["sin", "cos", "tan", "cot", "sec", "csc"].iter().any(|stem| name.contains(stem))
}

fn missing_argument(name: &str, at: Span) -> Error {
    Error::at(at, ErrorKind::MissingArgument(name.to_owned()))
        .help(format!("write `{name}(x)`"))
}
