//! From text to a [`Program`]: pest reads the operands and operators, this file puts them
//! together by precedence.
//!
//! `or < and < comparison < sum < product and juxtaposition < sign < power < postfix`

use super::ast::{Ast, AstId, Callee, Definition, List, Partial, Program, Slot};
use super::limits::{self, MAX_DEPTH, Statement};
use super::literal;
use super::message;
use super::name::{nearest, normalise};
use crate::error::{Error, ErrorKind, Note, Result};
use crate::function;
use crate::kernel::{Number, Relation};
use crate::span::Span;
use pest::Parser;
use pest::iterators::Pair;
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

#[allow(missing_docs)]
mod grammar {
    #[derive(pest_derive::Parser)]
    #[grammar = "../grammar/calcgrad.pest"]
    pub(super) struct Grammar;
}
use grammar::Grammar;
pub(super) use grammar::Rule;

type Items<'i> = SmallVec<[Pair<'i, Rule>; 16]>;

/// Stack for one level of brackets, several times what a debug build needs.
const STACK_PER_LEVEL: usize = 48 << 10;

/// Reads a program. `declared` are names that are variables even where they are also names
/// of functions or constants.
///
/// # Errors
/// Everything that is not a program of the language, with its place and a help.
pub fn parse(text: &str, declared: &[&str]) -> Result<Program> {
    let statements = limits::statements(text)?;
    let depth = statements.iter().map(|s| s.depth).max().unwrap_or(0);
    let work = || Reader::new(text, declared).read(&statements);
    if depth < 24 {
        return work();
    }
    std::thread::scope(|scope| {
        std::thread::Builder::new()
            .stack_size((depth + 64) * STACK_PER_LEVEL)
            .spawn_scoped(scope, work)
            .map_err(|_| Error::from(ErrorKind::TooDeep { limit: MAX_DEPTH }))?
            .join()
            .unwrap_or_else(|_| Err(ErrorKind::TooDeep { limit: MAX_DEPTH }.into()))
    })
}

/// Reads a list of names, as after `--wrt`.
///
/// # Errors
/// What is not a list of names.
pub fn parse_names(text: &str) -> Result<Vec<String>> {
    let pairs = Grammar::parse(Rule::name_list, text)
        .map_err(|_| Error::from(ErrorKind::InvalidName(text.trim().to_owned())))?;
    let names = pairs.filter(|pair| pair.as_rule() == Rule::name);
    Ok(names.map(|pair| normalise(pair.as_str())).collect())
}

struct Reader<'t> {
    text: &'t str,
    /// Where the piece that is being read starts in the text.
    offset: usize,
    program: Program,
    declared: FxHashSet<String>,
    own: FxHashMap<String, u32>,
    /// The parameters of the definition that is being read.
    parameters: Vec<u32>,
    /// Names that stand alone somewhere, so that `x(x + 1)` is a product.
    bare: FxHashSet<u32>,
    depth: usize,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str, declared: &[&str]) -> Self {
        Self {
            text,
            offset: 0,
            program: Program::default(),
            declared: declared.iter().map(|name| (*name).to_owned()).collect(),
            own: FxHashMap::default(),
            parameters: Vec::new(),
            bare: FxHashSet::default(),
            depth: 0,
        }
    }

    fn read(mut self, statements: &[Statement]) -> Result<Program> {
        if statements.is_empty() {
            return Err(Error::at(
                Span::new(0, self.text.len()),
                ErrorKind::EmptyExpression,
            ));
        }
        let mut heads = Vec::with_capacity(statements.len());
        for (index, statement) in statements.iter().enumerate() {
            heads.push(self.head(statement, index as u32)?);
        }
        for (statement, head) in statements.iter().zip(heads) {
            self.statement(statement, head)?;
        }
        super::resolve::finish(&mut self.program, &self.bare, &self.declared)?;
        Ok(self.program)
    }

    /// The name and the parameters before the `=` of a definition.
    fn head(
        &mut self,
        statement: &Statement,
        index: u32,
    ) -> Result<Option<(u32, Vec<u32>)>> {
        let Some(equals) = statement.equals else { return Ok(None) };
        let start = statement.span.start as usize;
        let text = &self.text[start..equals];
        self.offset = start;
        let pairs = Grammar::parse(Rule::expression, text.trim_end()).ok();
        let only = pairs
            .and_then(|mut pairs| pairs.next())
            .filter(|pair| pair.as_span().end() == text.trim_end().len());
        let refuse = |at: Span| {
            let kind = ErrorKind::UnexpectedToken {
                found: text.trim().to_owned(),
                expected: "a name or `name(parameters)` before `=`".into(),
            };
            Error::at(at, kind).help("write a definition as `u = …` or `g(x, y) = …`")
        };
        let place = Span::new(start, start + text.trim_end().len());
        let Some(expression) = only else { return Err(refuse(place)) };
        let items: Items = expression.into_inner().collect();
        let [item] = &items[..] else { return Err(refuse(place)) };
        let mut parameters = Vec::new();
        let raw = match item.as_rule() {
            Rule::name => item.as_str(),
            Rule::call => {
                let mut inner = item.clone().into_inner();
                let name = inner.next().map_or("", |pair| pair.as_str());
                for argument in inner {
                    let name: Items = argument.clone().into_inner().collect();
                    match &name[..] {
                        [one] if one.as_rule() == Rule::name => {
                            let name = normalise(one.as_str());
                            parameters.push(self.program.intern_name(&name));
                        }
                        _ => return Err(refuse(self.span_of(&argument))),
                    }
                }
                name
            }
            _ => return Err(refuse(place)),
        };
        let name = normalise(raw);
        let id = self.program.intern_name(&name);
        if self.own.insert(name.clone(), index).is_some() {
            return Err(Error::at(place, ErrorKind::DuplicateDefinition(name)));
        }
        if parameters.is_empty() {
            self.declared.insert(name);
        }
        Ok(Some((id, parameters)))
    }

    fn statement(
        &mut self,
        statement: &Statement,
        head: Option<(u32, Vec<u32>)>,
    ) -> Result<()> {
        let (start, end) = (statement.span.start as usize, statement.span.end as usize);
        let body = statement.equals.map_or(start, |equals| equals + 1);
        let (name, parameters) = match head {
            Some((name, parameters)) => (Some(name), parameters),
            None => (None, Vec::new()),
        };
        self.parameters.clone_from(&parameters);
        let first = self.program.nodes.len() as AstId;
        let root = if statement.cuts.is_empty() {
            self.piece(body, end)?
        } else {
            let mut terms = Vec::new();
            let mut from = body;
            for to in statement.cuts.iter().copied().chain([end]) {
                let piece = self.piece(from, to)?;
                match self.program.node(piece) {
                    Ast::Sum(list) => terms.extend_from_slice(self.program.list(list)),
                    _ => terms.push((false, piece)),
                }
                from = to;
            }
            let list = self.program.push_list(&terms);
            self.program.push(Ast::Sum(list), statement.span)
        };
        self.program.definitions.push(Definition {
            name,
            parameters,
            body: root,
            first,
            span: statement.span,
        });
        Ok(())
    }

    fn piece(&mut self, from: usize, to: usize) -> Result<AstId> {
        self.offset = from;
        let text = &self.text[from..to];
        if text.trim().is_empty() {
            return Err(Error::at(Span::new(from, to), ErrorKind::EmptyExpression));
        }
        let mut pairs = Grammar::parse(Rule::statement_expression, text)
            .map_err(|error| message::explain(&error, text, from))?;
        match pairs.next() {
            Some(expression) => self.expression(expression),
            None => Err(ErrorKind::EmptyExpression.into()),
        }
    }

    fn span_of(&self, pair: &Pair<'_, Rule>) -> Span {
        let span = pair.as_span();
        Span::new(self.offset + span.start(), self.offset + span.end())
    }

    fn deepen(&mut self, at: Span) -> Result<()> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(Error::at(at, ErrorKind::TooDeep { limit: MAX_DEPTH }));
        }
        Ok(())
    }

    fn expression(&mut self, pair: Pair<'_, Rule>) -> Result<AstId> {
        let at = self.span_of(&pair);
        self.deepen(at)?;
        let items: Items = pair.into_inner().collect();
        let mut cursor = Cursor { items: &items, at: 0 };
        let node = self.connective(&mut cursor, 0)?;
        self.depth -= 1;
        match cursor.peek() {
            None => Ok(node),
            Some(item) => Err(self.unexpected(item, "an operator")),
        }
    }

    fn unexpected(&self, item: &Pair<'_, Rule>, expected: &str) -> Error {
        let kind = ErrorKind::UnexpectedToken {
            found: item.as_str().to_owned(),
            expected: expected.to_owned(),
        };
        Error::at(self.span_of(item), kind)
    }

    /// `or` at level 0, `and` at level 1, comparisons below.
    fn connective(&mut self, cursor: &mut Cursor<'_, '_>, level: usize) -> Result<AstId> {
        let (word, relation) = [("or", Relation::Or), ("and", Relation::And)][level];
        let next = |reader: &mut Self, cursor: &mut Cursor<'_, '_>| {
            if level == 0 {
                reader.connective(cursor, 1)
            } else {
                reader.comparison(cursor)
            }
        };
        let mut left = next(self, cursor)?;
        while cursor.take_infix(|text| text == word).is_some() {
            let right = next(self, cursor)?;
            left = self.relation(relation, left, right);
        }
        Ok(left)
    }

    fn relation(&mut self, relation: Relation, left: AstId, right: AstId) -> AstId {
        let span = self.program.span(left).join(self.program.span(right));
        self.program.push(Ast::Relation(relation, left, right), span)
    }

    /// `a < b <= c` holds where both hold.
    fn comparison(&mut self, cursor: &mut Cursor<'_, '_>) -> Result<AstId> {
        let mut left = self.sum(cursor)?;
        let mut whole: Option<AstId> = None;
        while let Some(item) =
            cursor.take_infix(|text| literal::comparison(text).is_some())
        {
            let right = self.sum(cursor)?;
            let Some((relation, swapped)) = literal::comparison(item.as_str()) else {
                break;
            };
            let (a, b) = if swapped { (right, left) } else { (left, right) };
            let one = self.relation(relation, a, b);
            whole = Some(match whole {
                Some(before) => self.relation(Relation::And, before, one),
                None => one,
            });
            left = right;
        }
        Ok(whole.unwrap_or(left))
    }

    fn sum(&mut self, cursor: &mut Cursor<'_, '_>) -> Result<AstId> {
        let first = self.product(cursor)?;
        let mut terms: SmallVec<[(bool, AstId); 8]> =
            SmallVec::from_slice(&[(false, first)]);
        while let Some(item) = cursor.take_infix(|text| matches!(text, "+" | "-" | "−"))
        {
            let minus = item.as_str() != "+";
            terms.push((minus, self.product(cursor)?));
        }
        if terms.len() == 1 {
            return Ok(first);
        }
        let span =
            self.program.span(first).join(self.program.span(terms[terms.len() - 1].1));
        let list = self.program.push_list(&terms);
        Ok(self.program.push(Ast::Sum(list), span))
    }

    fn product(&mut self, cursor: &mut Cursor<'_, '_>) -> Result<AstId> {
        let first = self.signed(cursor)?;
        let mut factors: SmallVec<[(bool, AstId); 8]> =
            SmallVec::from_slice(&[(false, first)]);
        loop {
            if let Some(item) = cursor.take_infix(literal::is_product) {
                let divide = matches!(item.as_str(), "/" | "÷");
                factors.push((divide, self.signed(cursor)?));
            } else if let Some(item) = cursor.peek()
                && item.as_rule() != Rule::infix
            {
                let at = self.span_of(item);
                if item.as_rule() == Rule::number && cursor.after_number() {
                    return Err(self
                        .unexpected(item, "an operator")
                        .help("write `*` between two numbers"));
                }
                let divided = factors[factors.len() - 1].0;
                let before = self.program.span(factors[factors.len() - 1].1);
                let factor = self.signed(cursor)?;
                if divided {
                    self.note_reading(before, at, self.program.span(factor));
                }
                factors.push((false, factor));
            } else {
                break;
            }
        }
        if factors.len() == 1 {
            return Ok(first);
        }
        let span = self
            .program
            .span(first)
            .join(self.program.span(factors[factors.len() - 1].1));
        let list = self.program.push_list(&factors);
        Ok(self.program.push(Ast::Product(list), span))
    }

    fn note_reading(&mut self, divisor: Span, start: Span, end: Span) {
        let text = |span: Span| &self.text[span.start as usize..span.end as usize];
        let factor = start.join(end);
        let message = format!(
            "`/{0}{1}` is read as `/{0}*{1}`, a division by `{0}` alone; write `/({0}*{1})` to divide by both",
            text(divisor),
            text(factor),
        );
        self.program.notes.push(Note { message, span: Some(divisor.join(factor)) });
    }

    /// Signs bind looser than powers: `-x^2` is `-(x^2)`.
    fn signed(&mut self, cursor: &mut Cursor<'_, '_>) -> Result<AstId> {
        let mut minus = false;
        let mut start = None;
        while let Some(item) = cursor.take(|item| literal::is_sign(item)) {
            start.get_or_insert(self.span_of(&item));
            minus ^= item.as_str() != "+";
        }
        let operand = self.power(cursor)?;
        if !minus {
            return Ok(operand);
        }
        let span = self.program.span(operand);
        let span = start.map_or(span, |start| start.join(span));
        Ok(self.program.push(Ast::Negate(operand), span))
    }

    /// A tower of powers, folded from the right; a sign in an exponent covers what follows.
    fn power(&mut self, cursor: &mut Cursor<'_, '_>) -> Result<AstId> {
        let mut tower: SmallVec<[(bool, AstId); 4]> = SmallVec::new();
        let mut minus = false;
        loop {
            tower.push((minus, self.postfix(cursor)?));
            if cursor.take_infix(|text| matches!(text, "^" | "**")).is_none() {
                break;
            }
            minus = false;
            while let Some(item) = cursor.take(|item| literal::is_sign(item)) {
                minus ^= item.as_str() != "+";
            }
        }
        let Some((mut minus, mut result)) = tower.pop() else { return Ok(0) };
        while let Some((next, base)) = tower.pop() {
            if minus {
                result =
                    self.program.push(Ast::Negate(result), self.program.span(result));
            }
            let span = self.program.span(base).join(self.program.span(result));
            result = self.program.push(Ast::Power(base, result), span);
            minus = next;
        }
        Ok(result)
    }

    fn postfix(&mut self, cursor: &mut Cursor<'_, '_>) -> Result<AstId> {
        if let Some(root) = cursor.take(|item| literal::is_root(item)) {
            let at = self.span_of(&root);
            self.deepen(at)?;
            let operand = self.postfix(cursor)?;
            self.depth -= 1;
            let name = if root.as_str() == "√" { "sqrt" } else { "cbrt" };
            return self.call(name, at, &[operand], at.join(self.program.span(operand)));
        }
        let Some(item) = cursor.next() else {
            let end = self.offset + cursor.end();
            let kind = ErrorKind::UnexpectedToken {
                found: String::new(),
                expected: "an operand".into(),
            };
            return Err(Error::at(Span::new(end, end), kind));
        };
        let mut operand = self.operand(&item, cursor)?;
        while let Some(item) = cursor.take(|item| item.as_rule() == Rule::postfix) {
            let at = self.span_of(&item);
            let span = self.program.span(operand).join(at);
            operand = if item.as_str() == "!" {
                self.call("factorial", at, &[operand], span)?
            } else {
                let exponent = self.superscript(item.as_str(), at)?;
                self.program.push(Ast::Power(operand, exponent), span)
            };
        }
        Ok(operand)
    }

    fn superscript(&mut self, text: &str, at: Span) -> Result<AstId> {
        let value = literal::superscript(text).map_err(|kind| Error::at(at, kind))?;
        Ok(self.number(value, at))
    }

    fn number(&mut self, value: Number, at: Span) -> AstId {
        let index = self.program.numbers.len() as u32;
        self.program.numbers.push(value);
        self.program.push(Ast::Number(index), at)
    }

    fn operand(
        &mut self,
        item: &Pair<'_, Rule>,
        cursor: &mut Cursor<'_, '_>,
    ) -> Result<AstId> {
        let at = self.span_of(item);
        match item.as_rule() {
            Rule::number | Rule::fraction => {
                let value =
                    literal::number(item.as_str()).map_err(|kind| Error::at(at, kind))?;
                Ok(self.number(value, at))
            }
            Rule::name => self.name_or_function(item, cursor),
            Rule::call => self.applied(item),
            Rule::group => match item.clone().into_inner().next() {
                Some(inner) => {
                    let node = self.expression(inner)?;
                    self.program.spans[node as usize] = at;
                    Ok(node)
                }
                None => Err(Error::at(at, ErrorKind::EmptyExpression)),
            },
            Rule::bars => match item.clone().into_inner().next() {
                Some(inner) => {
                    let inner = self.expression(inner)?;
                    self.call("abs", at, &[inner], at)
                }
                None => Err(Error::at(at, ErrorKind::EmptyExpression)),
            },
            Rule::vector => {
                let list = self.arguments(item.clone().into_inner().collect())?;
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

    fn arguments(&mut self, items: Items<'_>) -> Result<SmallVec<[AstId; 4]>> {
        items.into_iter().map(|item| self.expression(item)).collect()
    }

    fn is_variable(&self, name: &str) -> bool {
        self.declared.contains(name)
            || self.parameters.iter().any(|id| self.program.name(*id) == name)
    }

    /// A name that stands alone: a variable, or a function whose argument follows without
    /// brackets or behind a power (`sin^2 x`).
    fn name_or_function(
        &mut self,
        item: &Pair<'_, Rule>,
        cursor: &mut Cursor<'_, '_>,
    ) -> Result<AstId> {
        let name = normalise(item.as_str());
        let at = self.span_of(item);
        let function = !self.is_variable(&name) && function::is_name(&name);
        if !function {
            let id = self.program.intern_name(&name);
            self.bare.insert(id);
            return Ok(self.program.push(Ast::Name(id), at));
        }
        let power = self.function_power(cursor)?;
        let missing = || {
            Error::at(at, ErrorKind::MissingArgument(name.clone()))
                .help(format!("write `{name}(x)`"))
        };
        if cursor.peek().is_none() {
            return Err(missing());
        }
        self.deepen(at)?;
        let (arguments, end) = self.bracketless(cursor, &missing)?;
        self.depth -= 1;
        self.powered_call(&name, at, power, &arguments, at.join(end))
    }

    /// The `^2`, `²` or `^-1` between a function and its argument.
    fn function_power(&mut self, cursor: &mut Cursor<'_, '_>) -> Result<Option<AstId>> {
        if let Some(item) = cursor.take(|item| item.as_rule() == Rule::postfix)
            && item.as_str() != "!"
        {
            let at = self.span_of(&item);
            return self.superscript(item.as_str(), at).map(Some);
        }
        if cursor.take_infix(|text| matches!(text, "^" | "**")).is_none() {
            return Ok(None);
        }
        let mut minus = false;
        while let Some(item) = cursor.take(|item| literal::is_sign(item)) {
            minus ^= item.as_str() != "+";
        }
        let Some(item) = cursor.next() else { return Ok(None) };
        let node = match item.as_rule() {
            Rule::number => {
                let at = self.span_of(&item);
                let value =
                    literal::number(item.as_str()).map_err(|kind| Error::at(at, kind))?;
                self.number(value, at)
            }
            Rule::group => self.operand(&item, cursor)?,
            Rule::name => {
                let id = self.program.intern_name(&normalise(item.as_str()));
                self.bare.insert(id);
                self.program.push(Ast::Name(id), self.span_of(&item))
            }
            _ => return Err(self.unexpected(&item, "an exponent")),
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
        if let Some(item) = cursor.take(|item| item.as_rule() == Rule::group) {
            let node = self.operand(&item, cursor)?;
            return Ok((SmallVec::from_slice(&[node]), self.program.span(node)));
        }
        let mut factors: SmallVec<[(bool, AstId); 4]> = SmallVec::new();
        loop {
            let Some(item) = cursor.peek() else { break };
            let first = factors.is_empty();
            let stop = match item.as_rule() {
                Rule::infix => !(first && literal::is_sign(item)),
                Rule::name | Rule::call if !first => {
                    let raw = item.clone().into_inner().next();
                    let raw = raw.map_or(item.as_str(), |name| name.as_str());
                    let name = normalise(raw);
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
    fn applied(&mut self, item: &Pair<'_, Rule>) -> Result<AstId> {
        let span = self.span_of(item);
        let mut inner: Items = item.clone().into_inner().collect();
        let raw = inner.remove(0);
        let at = self.span_of(&raw);
        let mut primes = 0;
        if inner.first().is_some_and(|pair| pair.as_rule() == Rule::primes) {
            primes = inner.remove(0).as_str().chars().count() as u32;
        }
        let name = normalise(raw.as_str());
        let arguments = self.arguments(inner)?;
        if primes > 0 {
            return self.abstract_call(&name, primes, &arguments, span);
        }
        if self.is_variable(&name) && !self.own_function(&name) {
            return self.juxtaposed(&name, at, &arguments, span);
        }
        if let Some(base) = literal::log_base(raw.as_str())
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

    fn call(
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

    fn partial(&mut self, item: &Pair<'_, Rule>) -> Result<AstId> {
        let span = self.span_of(item);
        let mut name = None;
        let mut order = 1;
        let mut slots = Vec::new();
        let mut arguments: SmallVec<[AstId; 4]> = SmallVec::new();
        for part in item.clone().into_inner() {
            let at = self.span_of(&part);
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
                found: item.as_str().to_owned(),
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

/// The operands and operators of one level of brackets.
struct Cursor<'a, 'i> {
    items: &'a [Pair<'i, Rule>],
    at: usize,
}

impl<'i> Cursor<'_, 'i> {
    fn peek(&self) -> Option<&Pair<'i, Rule>> {
        self.items.get(self.at)
    }

    fn next(&mut self) -> Option<Pair<'i, Rule>> {
        let item = self.items.get(self.at)?.clone();
        self.at += 1;
        Some(item)
    }

    fn take(
        &mut self,
        wanted: impl Fn(&Pair<'i, Rule>) -> bool,
    ) -> Option<Pair<'i, Rule>> {
        if self.peek().is_some_and(wanted) { self.next() } else { None }
    }

    fn take_infix(&mut self, wanted: impl Fn(&str) -> bool) -> Option<Pair<'i, Rule>> {
        self.take(|item| item.as_rule() == Rule::infix && wanted(item.as_str()))
    }

    fn after_number(&self) -> bool {
        self.at > 0 && self.items[self.at - 1].as_rule() == Rule::number
    }

    fn end(&self) -> usize {
        self.items.last().map_or(0, |item| item.as_span().end())
    }
}
