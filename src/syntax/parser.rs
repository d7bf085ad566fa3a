//! From text to a [`Program`]: pest reads the operands and operators, this file puts them
//! together by precedence.
//!
//! `or < and < comparison < sum < product and juxtaposition < sign < power < postfix`

use super::ast::{Ast, AstId, Definition, Program};
use super::limits::{self, MAX_DEPTH, Statement};
use super::literal;
use super::message;
use super::name::normalise;
use crate::error::{Error, ErrorKind, Result};
use crate::kernel::{Number, Relation};
use crate::span::Span;
use pest::Parser;
use pest::iterators::{Pair, Pairs};
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

pub(super) type Items<'i> = SmallVec<[Item<'i>; 12]>;

/// A token with what is asked of it time and again.
pub(super) struct Item<'i> {
    pub(super) rule: Rule,
    /// Its text; that of a sign stands before its token.
    pub(super) text: &'i str,
    pub(super) start: usize,
    pub(super) end: usize,
    pair: Pair<'i, Rule>,
}

impl<'i> Item<'i> {
    fn new(pair: Pair<'i, Rule>) -> Self {
        let (rule, span) = (pair.as_rule(), pair.as_span());
        let (mut start, end) = (span.start(), span.end());
        if matches!(rule, Rule::infix | Rule::prefix) {
            let before = &pair.get_input()[..end];
            start -= match rule {
                Rule::infix if before.ends_with("**") => 2,
                _ => before.chars().next_back().map_or(0, char::len_utf8),
            };
        }
        Self { rule, text: &pair.get_input()[start..end], start, end, pair }
    }

    pub(super) fn input(&self) -> &'i str {
        self.pair.get_input()
    }

    pub(super) fn inner(&self) -> Pairs<'i, Rule> {
        self.pair.clone().into_inner()
    }
}

/// Stack for one level of brackets, several times what a debug build needs.
const STACK_PER_LEVEL: usize = 48 << 10;
/// Statements of fewer bytes nest too little without brackets to need more stack.
const UNNESTED: usize = 200;

/// Reads a program. `declared` are names that are variables even where they are also names
/// of functions or constants.
///
/// # Errors
/// Everything that is not a program of the language, with its place and a help.
pub fn parse(text: &str, declared: &[&str]) -> Result<Program> {
    let statements = limits::statements(text)?;
    // Functions without brackets and root signs nest too, at two bytes a level or more.
    let levels = |s: &Statement| {
        let length = (s.span.end - s.span.start) as usize;
        s.depth + if length > UNNESTED { (length / 2).min(MAX_DEPTH) } else { 0 }
    };
    let depth = statements.iter().map(levels).max().unwrap_or(0);
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
    let plain = |c: char| c.is_ascii_alphabetic() || c == ',';
    if text.chars().all(plain)
        && !text.is_empty()
        && text.split(',').all(|n| !n.is_empty())
    {
        return Ok(text.split(',').map(str::to_owned).collect());
    }
    let pairs = Grammar::parse(Rule::name_list, text)
        .map_err(|_| Error::from(ErrorKind::InvalidName(text.trim().to_owned())))?;
    let names = pairs.filter(|pair| pair.as_rule() == Rule::name);
    Ok(names.map(|pair| normalise(pair.as_str())).collect())
}

pub(super) struct Reader<'t> {
    pub(super) text: &'t str,
    /// Where the piece that is being read starts in the text.
    pub(super) offset: usize,
    pub(super) program: Program,
    pub(super) declared: FxHashSet<String>,
    pub(super) own: FxHashMap<String, u32>,
    /// The parameters of the definition that is being read.
    pub(super) parameters: Vec<u32>,
    /// The name of the definition that is being read, when it has no parameters.
    pub(super) current: Option<u32>,
    /// Names that stand alone somewhere, so that `x(x + 1)` is a product.
    pub(super) bare: FxHashSet<u32>,
    pub(super) depth: usize,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str, declared: &[&str]) -> Self {
        Self {
            text,
            offset: 0,
            program: Program::of_length(text.len()),
            declared: declared.iter().map(|name| (*name).to_owned()).collect(),
            own: FxHashMap::default(),
            parameters: Vec::new(),
            current: None,
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
        let items: Items = expression.into_inner().map(Item::new).collect();
        let mut parameters = Vec::new();
        let raw = match &items[..] {
            [name] if is_name(name) => name.text,
            [name, bracket] if is_name(name) && is_call(name, Some(bracket)) => {
                for argument in bracket.inner() {
                    let name: Items =
                        argument.clone().into_inner().map(Item::new).collect();
                    match &name[..] {
                        [one] if is_name(one) => {
                            let name = normalise(one.text);
                            parameters.push(self.program.intern_name(&name));
                        }
                        _ => return Err(refuse(self.span_inside(&argument))),
                    }
                }
                name.text
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
        self.current = name.filter(|_| parameters.is_empty());
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
        let mut pairs = Grammar::parse(Rule::statement, text)
            .map_err(|error| message::explain(&error, text, from))?;
        match pairs.next() {
            Some(expression) => self.expression(expression),
            None => Err(ErrorKind::EmptyExpression.into()),
        }
    }

    pub(super) fn span_of(&self, item: &Item<'_>) -> Span {
        Span::new(self.offset + item.start, self.offset + item.end)
    }

    /// The span of an expression without the white space before it.
    fn span_inside(&self, pair: &Pair<'_, Rule>) -> Span {
        let (span, text) = (pair.as_span(), pair.as_str());
        let blank = text.len() - text.trim_start().len();
        Span::new(self.offset + span.start() + blank, self.offset + span.end())
    }

    pub(super) fn deepen(&mut self, at: Span) -> Result<()> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(Error::at(at, ErrorKind::TooDeep { limit: MAX_DEPTH }));
        }
        Ok(())
    }

    pub(super) fn expression(&mut self, pair: Pair<'_, Rule>) -> Result<AstId> {
        let at = self.span_inside(&pair);
        self.deepen(at)?;
        let items: Items = pair.into_inner().map(Item::new).collect();
        let mut cursor = Cursor { items: &items, at: 0 };
        let node = self.connective(&mut cursor, 0)?;
        self.depth -= 1;
        match cursor.peek() {
            None => Ok(node),
            Some(item) => Err(self.unexpected(item, "an operator")),
        }
    }

    pub(super) fn unexpected(&self, item: &Item<'_>, expected: &str) -> Error {
        let kind = ErrorKind::UnexpectedToken {
            found: item.text.to_owned(),
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
            let Some((relation, swapped)) = literal::comparison(item.text) else {
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
        while let Some(item) =
            cursor.take_infix(|text| matches!(text, "+" | "-" | "−" | "–"))
        {
            let minus = item.text != "+";
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

    /// A sign before the first factor belongs to the whole product.
    fn product(&mut self, cursor: &mut Cursor<'_, '_>) -> Result<AstId> {
        let (minus, sign) = self.signs(cursor);
        let product = self.factors(cursor)?;
        Ok(self.negated(minus, sign, product))
    }

    fn factors(&mut self, cursor: &mut Cursor<'_, '_>) -> Result<AstId> {
        let first = self.power(cursor)?;
        let mut factors: SmallVec<[(bool, AstId); 8]> =
            SmallVec::from_slice(&[(false, first)]);
        loop {
            if let Some(item) = cursor.take_infix(literal::is_product) {
                let divide = literal::is_division(item.text);
                let factor = self.signed(cursor)?;
                if divide {
                    let before = factors[factors.len() - 1].1;
                    self.note_root(before, factor);
                    self.note_argument(before, factor);
                }
                factors.push((divide, factor));
            } else if let Some(item) = cursor.peek()
                && !is_operator(item)
            {
                let at = self.span_of(item);
                if is_number(item) && cursor.after_number() {
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
                self.note_exponent(factors[factors.len() - 1].1, factor, at);
                self.note_scientific(factors[factors.len() - 1].1, at);
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

    /// Signs bind looser than powers: `-x^2` is `-(x^2)`.
    pub(super) fn signed(&mut self, cursor: &mut Cursor<'_, '_>) -> Result<AstId> {
        let (minus, sign) = self.signs(cursor);
        let operand = self.power(cursor)?;
        Ok(self.negated(minus, sign, operand))
    }

    /// Whether the signs that stand here change the sign, and where they stand.
    fn signs(&mut self, cursor: &mut Cursor<'_, '_>) -> (bool, Option<Span>) {
        let mut minus = false;
        let mut start = None;
        while let Some(item) = cursor.take(literal::is_sign) {
            start.get_or_insert(self.span_of(item));
            minus ^= item.text != "+";
        }
        (minus, start)
    }

    fn negated(&mut self, minus: bool, sign: Option<Span>, operand: AstId) -> AstId {
        if !minus {
            return operand;
        }
        let span = self.program.span(operand);
        let span = sign.map_or(span, |sign| sign.join(span));
        self.program.push(Ast::Negate(operand), span)
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
                minus ^= item.text != "+";
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
            let at = self.span_of(root);
            self.deepen(at)?;
            let operand = self.postfix(cursor)?;
            self.depth -= 1;
            let name = if root.text == "√" { "sqrt" } else { "cbrt" };
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
        let mut operand = self.operand(item, cursor)?;
        while let Some(item) = cursor.take(|item| item.rule == Rule::postfix) {
            let at = self.span_of(item);
            let span = self.program.span(operand).join(at);
            operand = if item.text == "!" {
                self.note_factorials(operand, span);
                self.call("factorial", at, &[operand], span)?
            } else {
                let exponent = self.superscript(item.text, at)?;
                self.program.push(Ast::Power(operand, exponent), span)
            };
        }
        Ok(operand)
    }

    pub(super) fn superscript(&mut self, text: &str, at: Span) -> Result<AstId> {
        let value = literal::superscript(text).map_err(|kind| Error::at(at, kind))?;
        Ok(self.number(value, at))
    }

    pub(super) fn number(&mut self, value: Number, at: Span) -> AstId {
        let index = self.program.numbers.len() as u32;
        self.program.numbers.push(value);
        self.program.push(Ast::Number(index), at)
    }
}

/// Whether an item is an operator between operands.
pub(super) fn is_operator(item: &Item<'_>) -> bool {
    matches!(item.rule, Rule::infix | Rule::operator)
}

/// Whether a word is a number.
pub(super) fn is_number(item: &Item<'_>) -> bool {
    item.rule == Rule::word && matches!(item.text.as_bytes(), [b'0'..=b'9' | b'.', ..])
}

/// Whether a word is a name.
pub(super) fn is_name(item: &Item<'_>) -> bool {
    item.rule == Rule::word && !is_number(item)
}

/// Whether the brackets or primes behind a name belong to it.
pub(super) fn is_call(name: &Item<'_>, next: Option<&Item<'_>>) -> bool {
    let Some(next) = next else { return false };
    let (end, start) = (name.end, next.start);
    match next.rule {
        Rule::primes => start == end,
        Rule::round => {
            let between = next.input().as_bytes().get(end);
            start == end || matches!(between, Some(b' ' | b'\t' | b'\n'))
        }
        _ => false,
    }
}

/// The operands and operators of one level of brackets, read from the left.
pub(super) struct Cursor<'a, 'i> {
    items: &'a [Item<'i>],
    at: usize,
}

impl<'a, 'i> Cursor<'a, 'i> {
    pub(super) fn peek(&self) -> Option<&'a Item<'i>> {
        self.items.get(self.at)
    }

    pub(super) fn next(&mut self) -> Option<&'a Item<'i>> {
        let item = self.items.get(self.at)?;
        self.at += 1;
        Some(item)
    }

    pub(super) fn take(
        &mut self,
        wanted: impl Fn(&Item<'i>) -> bool,
    ) -> Option<&'a Item<'i>> {
        if self.peek().is_some_and(wanted) { self.next() } else { None }
    }

    pub(super) fn take_infix(
        &mut self,
        wanted: impl Fn(&str) -> bool,
    ) -> Option<&'a Item<'i>> {
        self.take(|item| is_operator(item) && wanted(item.text))
    }

    fn after_number(&self) -> bool {
        self.at > 0 && is_number(&self.items[self.at - 1])
    }

    fn end(&self) -> usize {
        self.items.last().map_or(0, |item| item.end)
    }
}
