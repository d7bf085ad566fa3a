//! From a text to declarations and definitions: statements, their order, precedence.
//!
//! `sum < product and juxtaposition < sign < power < transpose, index, call`

use super::super::form::{Definition, FormId, Forms, Op, Scope};
use super::super::shape::Shape;
use super::declare::declare;
use super::infer::{self, Place, mismatch};
use crate::error::{Error, ErrorKind, Note, Result};
use crate::span::Span;
use crate::syntax::{self, normalise};
use pest::Parser;
use pest::error::InputLocation;
use pest::iterators::Pair;

#[allow(missing_docs)]
mod grammar {
    #[derive(pest_derive::Parser)]
    #[grammar = "../grammar/matrix.pest"]
    pub(in super::super) struct Grammar;
}
pub(super) use grammar::{Grammar, Rule};

/// The deepest nesting of brackets and of operators.
pub(super) const MAX_DEPTH: usize = 100;
/// The longest program in bytes.
const MAX_BYTES: usize = 1 << 16;

/// A program that was read.
#[derive(Clone, Debug)]
pub(crate) struct Reading {
    /// What is differentiated.
    pub main: FormId,
    /// Its name, if it has one.
    pub name: Option<String>,
    /// What is worth knowing about how it was read.
    pub notes: Vec<Note>,
}

/// Whether a text has a line that declares shapes.
pub fn is_matrix(text: &str) -> bool {
    text.split([';', '\n']).any(|line| declaration(line).is_some())
}

/// What stands behind `given` in a statement.
fn declaration(statement: &str) -> Option<(usize, &str)> {
    let rest = statement.trim_start().strip_prefix("given")?;
    let rest = rest.strip_prefix(|c: char| c.is_whitespace() || c == ':')?;
    let named = rest.trim_start().starts_with(char::is_alphabetic);
    named.then_some((statement.len() - rest.len(), rest))
}

/// Reads a program with its declarations.
///
/// # Errors
/// Everything that is not a program, shapes that do not fit, with place and help.
pub(crate) fn parse(text: &str, forms: &mut Forms, scope: &mut Scope) -> Result<Reading> {
    if text.len() > MAX_BYTES {
        return Err(ErrorKind::TooLong { limit: MAX_BYTES }.into());
    }
    let mut statements = Vec::new();
    for (span, equals) in syntax::statements(text)? {
        let (start, end) = (span.start as usize, span.end as usize);
        match declaration(&text[start..end]) {
            Some((skip, rest)) if equals.is_none() => {
                declare(rest.trim_end(), start + skip, scope)?;
            }
            _ => statements.push((span, equals)),
        }
    }
    let mut heads: Vec<Option<String>> = Vec::new();
    let mut bodies = Vec::new();
    for (span, equals) in &statements {
        let (start, end) = (span.start as usize, span.end as usize);
        let body = equals.map_or(start, |at| at + 1);
        heads.push(match equals {
            Some(at) => Some(head(text, start, *at, scope, &heads)?),
            None => None,
        });
        let pair = Grammar::parse(Rule::formula, &text[body..end])
            .map_err(|error| explain(&error, &text[body..end], body))?
            .next();
        bodies.extend(pair.map(|pair| (body, pair)));
    }
    let uses: Vec<Vec<usize>> = bodies
        .iter()
        .map(|(_, pair)| {
            let names = pair.clone().into_inner().flatten();
            let names = names.filter(|pair| pair.as_rule() == Rule::name);
            let names: Vec<String> = names.map(|pair| normalise(pair.as_str())).collect();
            let used = |head: &Option<String>| {
                head.as_ref().is_some_and(|head| names.contains(head))
            };
            (0..heads.len()).filter(|place| used(&heads[*place])).collect()
        })
        .collect();
    let main = main_of(&heads, &uses, &statements)?;
    let mut notes = Vec::new();
    let mut result = None;
    for place in order(&heads, &uses)? {
        let (offset, pair) = &bodies[place];
        let mut reader = Reader::new(text, *offset, forms, scope, &mut notes);
        let body = reader.expression(pair.clone())?;
        reader.refuse_conditions(body.id)?;
        if place == main {
            result = Some(body.id);
        }
        if let Some(name) = &heads[place] {
            scope.definitions.push(Definition { name: name.clone(), body: body.id });
        }
    }
    let main_id = result.ok_or_else(|| Error::from(ErrorKind::EmptyExpression))?;
    Ok(Reading { main: main_id, name: heads[main].clone(), notes })
}

/// Reads one more expression over the names of a program, as an answer.
///
/// # Errors
/// What is not an expression, shapes that do not fit.
pub(crate) fn read_more(
    text: &str,
    forms: &mut Forms,
    scope: &mut Scope,
) -> Result<FormId> {
    if text.len() > MAX_BYTES {
        return Err(ErrorKind::TooLong { limit: MAX_BYTES }.into());
    }
    syntax::statements(text)?;
    let pair = Grammar::parse(Rule::formula, text)
        .map_err(|error| explain(&error, text, 0))?
        .next()
        .ok_or_else(|| Error::from(ErrorKind::EmptyExpression))?;
    let mut notes = Vec::new();
    let mut reader = Reader::new(text, 0, forms, scope, &mut notes);
    let found = reader.expression(pair)?.id;
    reader.refuse_conditions(found)?;
    Ok(found)
}

/// The name before the `=` of a definition.
fn head(
    text: &str,
    start: usize,
    equals: usize,
    scope: &Scope,
    heads: &[Option<String>],
) -> Result<String> {
    let raw = text[start..equals].trim();
    let at = Span::new(start, start + raw.len());
    let only = Grammar::parse(Rule::name, raw).ok().and_then(|mut pairs| pairs.next());
    // `f(x) = …` names its variables, which are declared.
    let of = raw.strip_suffix(')').and_then(|text| text.split_once('('));
    let (raw, only) = match of {
        Some((name, list))
            if list
                .split(',')
                .all(|x| scope.variable(&normalise(x.trim())).is_some()) =>
        {
            let name = name.trim();
            let found = Grammar::parse(Rule::name, name).ok();
            (name, found.and_then(|mut pairs| pairs.next()))
        }
        _ => (raw, only),
    };
    if only.is_none_or(|pair| pair.as_str() != raw) {
        let kind = ErrorKind::UnexpectedToken {
            found: raw.to_owned(),
            expected: "a name before `=`".into(),
        };
        return Err(Error::at(at, kind).help("write a definition as `z = W*x + b`"));
    }
    let name = normalise(raw);
    if scope.variable(&name).is_some() || heads.iter().flatten().any(|h| *h == name) {
        return Err(Error::at(at, ErrorKind::DuplicateDefinition(name)));
    }
    Ok(name)
}

/// The bare expression, else the first definition that no other one uses.
fn main_of(
    heads: &[Option<String>],
    uses: &[Vec<usize>],
    statements: &[(Span, Option<usize>)],
) -> Result<usize> {
    let mut bare = (0..heads.len()).filter(|place| heads[*place].is_none());
    if let Some(first) = bare.next() {
        if let Some(second) = bare.next() {
            let kind = ErrorKind::UnexpectedToken {
                found: "a second formula".into(),
                expected: "a definition `name = …`".into(),
            };
            return Err(Error::at(statements[second].0, kind));
        }
        return Ok(first);
    }
    let used = |place: &usize| uses.iter().any(|list| list.contains(place));
    let free = (0..heads.len()).find(|place| !used(place));
    match (free, heads.first()) {
        (Some(place), _) => Ok(place),
        (None, Some(_)) => Ok(0),
        (None, None) => Err(ErrorKind::EmptyExpression.into()),
    }
}

/// The statements in an order in which each stands behind what it uses.
fn order(heads: &[Option<String>], uses: &[Vec<usize>]) -> Result<Vec<usize>> {
    let mut done: Vec<usize> = Vec::new();
    while done.len() < heads.len() {
        let ready = |place: &usize| {
            !done.contains(place) && uses[*place].iter().all(|used| done.contains(used))
        };
        match (0..heads.len()).find(ready) {
            Some(place) => done.push(place),
            None => {
                let left = (0..heads.len()).filter(|place| !done.contains(place));
                let names = left.filter_map(|place| heads[place].clone()).collect();
                return Err(ErrorKind::CyclicDefinition(names).into());
            }
        }
    }
    Ok(done)
}

/// Turns an error of pest into one of calcgrad.
pub(super) fn explain(
    error: &pest::error::Error<Rule>,
    text: &str,
    offset: usize,
) -> Error {
    let at = match error.location {
        InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
    };
    syntax::stray(text, at, offset)
}

pub(super) struct Item<'i> {
    pub(super) rule: Rule,
    pub(super) text: &'i str,
    pub(super) span: Span,
    pub(super) pair: Pair<'i, Rule>,
}

pub(super) struct Cursor<'i> {
    pub(super) items: Vec<Item<'i>>,
    pub(super) at: usize,
    /// Where the expression ends.
    pub(super) end: usize,
}

impl<'i> Cursor<'i> {
    pub(super) fn peek(&self) -> Option<&Item<'i>> {
        self.items.get(self.at)
    }

    pub(super) fn operator(&mut self, wanted: &[&str]) -> Option<(&'i str, Span)> {
        let item = self.items.get(self.at)?;
        if item.rule != Rule::operator || !wanted.contains(&item.text) {
            return None;
        }
        self.at += 1;
        Some((item.text, item.span))
    }

    /// Takes a word between conditions.
    pub(super) fn word(&mut self, wanted: &str) -> bool {
        let found = self.peek().is_some_and(|item| is_word(item) && item.text == wanted);
        self.at += usize::from(found);
        found
    }
}

/// Whether a name is a word between conditions.
fn is_word(item: &Item<'_>) -> bool {
    item.rule == Rule::name && matches!(item.text, "and" | "or")
}

pub(super) const SIGNS: [&str; 9] = ["+", "-", "−", "–", "‐", "‑", "‒", "—", "－"];
const FACTORS: [&str; 17] = [
    "*", ".*", "/", "./", "·", "⋅", "∗", "×", "÷", "∕", "⁄", "⊙", "∘", "⊘", "⊗", "**",
    "@",
];

pub(super) struct Reader<'t> {
    pub(super) text: &'t str,
    /// Where the text that is being read starts in the input.
    pub(super) offset: usize,
    pub(super) forms: &'t mut Forms,
    pub(super) scope: &'t mut Scope,
    pub(super) notes: &'t mut Vec<Note>,
    pub(super) depth: usize,
    /// How many sums over indices are open.
    pub(super) sums: usize,
    /// Comparisons with their places.
    pub(super) comparisons: Vec<Place>,
}

impl<'t> Reader<'t> {
    fn new(
        text: &'t str,
        offset: usize,
        forms: &'t mut Forms,
        scope: &'t mut Scope,
        notes: &'t mut Vec<Note>,
    ) -> Self {
        let (depth, sums, comparisons) = (0, 0, Vec::new());
        Self { text, offset, forms, scope, notes, depth, sums, comparisons }
    }

    pub(super) fn span(&self, pair: &Pair<'_, Rule>) -> Span {
        let span = pair.as_span();
        Span::new(self.offset + span.start(), self.offset + span.end())
    }

    pub(super) fn source(&self, span: Span) -> &str {
        self.text.get(span.start as usize..span.end as usize).unwrap_or_default()
    }

    pub(super) fn make(&mut self, op: Op, shape: Shape, span: Span) -> Place {
        Place { id: self.forms.intern(op, shape), span }
    }

    pub(super) fn expression(&mut self, pair: Pair<'_, Rule>) -> Result<Place> {
        let whole = self.span(&pair);
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(Error::at(whole, ErrorKind::TooDeep { limit: MAX_DEPTH }));
        }
        let items = pair.into_inner().map(|pair| Item {
            rule: pair.as_rule(),
            text: pair.as_str(),
            span: self.span(&pair),
            pair,
        });
        let mut cursor =
            Cursor { items: items.collect(), at: 0, end: whole.end as usize };
        if cursor.items.is_empty() {
            return Err(Error::at(whole, ErrorKind::EmptyExpression));
        }
        let found = self.connective(&mut cursor, 0)?;
        if let Some(item) = cursor.peek() {
            let kind = ErrorKind::UnexpectedToken {
                found: item.text.to_owned(),
                expected: "an operator or the end".into(),
            };
            return Err(Error::at(item.span, kind));
        }
        self.depth -= 1;
        Ok(found)
    }

    pub(super) fn sum(&mut self, cursor: &mut Cursor<'_>) -> Result<Place> {
        let first = self.product(cursor)?;
        let mut terms = vec![(false, first.id)];
        let mut whole = first.span;
        let mut shape = self.forms.shape(first.id);
        while let Some((sign, _)) = cursor.operator(&SIGNS) {
            let minus = sign != "+";
            let next = self.product(cursor)?;
            let right = self.forms.shape(next.id);
            let Some(found) = infer::entrywise(shape, right) else {
                let sign = if minus { "-" } else { "+" };
                let rule = "needs two operands of one shape";
                let at = whole.join(next.span);
                let error = mismatch(sign, rule, (shape, right), self.scope, at);
                let texts = (self.source(whole), self.source(next.span));
                let help = infer::suggest_sum(sign, (shape, texts.0), (right, texts.1));
                return Err(suggest(error, help));
            };
            self.remark_broadcast(shape, right, whole.join(next.span));
            shape = found;
            terms.push((minus, next.id));
            whole = whole.join(next.span);
        }
        if terms.len() == 1 {
            return Ok(first);
        }
        Ok(self.make(Op::Sum(terms), shape, whole))
    }

    /// A scalar and a square matrix: some mean a multiple of the identity.
    fn remark_broadcast(&mut self, a: Shape, b: Shape, at: Span) {
        let square = |s: Shape| s.is_square() && !s.is_scalar();
        if a.is_scalar() && square(b) || b.is_scalar() && square(a) {
            self.notes.push(Note {
                message:
                    "the scalar is added to every entry of the matrix; a multiple of the \
                          identity is written `c*eye(n)`"
                        .into(),
                span: Some(at),
            });
        }
    }

    /// Factors from the left; a run of the same operator is one node.
    pub(super) fn product(&mut self, cursor: &mut Cursor<'_>) -> Result<Place> {
        let mut left = self.signed(cursor)?;
        loop {
            let operator = match cursor.operator(&FACTORS) {
                Some((text, _)) => match text {
                    ".*" | "⊙" | "∘" => ".*",
                    "./" | "⊘" => "./",
                    "/" | "÷" | "∕" | "⁄" => "/",
                    "⊗" => "⊗",
                    _ => "*",
                },
                None => match cursor.peek() {
                    Some(item) if item.rule != Rule::operator && !is_word(item) => "*",
                    _ => return Ok(left),
                },
            };
            let right = self.signed(cursor)?;
            left = self.factor(operator, left, right)?;
        }
    }

    /// Factors that are written beside each other.
    pub(super) fn run(&mut self, cursor: &mut Cursor<'_>) -> Result<Place> {
        let mut left = self.power(cursor)?;
        while cursor
            .peek()
            .is_some_and(|item| item.rule != Rule::operator && !is_word(item))
        {
            let right = self.power(cursor)?;
            left = self.factor("*", left, right)?;
        }
        Ok(left)
    }

    fn factor(&mut self, operator: &str, left: Place, right: Place) -> Result<Place> {
        let (a, b) = (self.forms.shape(left.id), self.forms.shape(right.id));
        let whole = left.span.join(right.span);
        let texts = (self.source(left.span), self.source(right.span));
        match operator {
            "*" => {
                let Some(shape) = infer::product(a, b) else {
                    let rule = "needs as many columns on the left as rows on the right";
                    let error = mismatch("*", rule, (a, b), self.scope, whole);
                    let help = self
                        .suggest_last(left.id, (b, texts.1))
                        .or_else(|| infer::suggest_product((a, texts.0), (b, texts.1)));
                    return Err(suggest(error, help));
                };
                let mut factors = match self.forms.op(left.id) {
                    Op::Product(list) if !self.is_bracketed(left.span) => list.clone(),
                    _ => vec![left.id],
                };
                factors.push(right.id);
                Ok(self.make(Op::Product(factors), shape, whole))
            }
            "⊗" => {
                self.call(super::super::table::Special::Kronecker, &[left, right], whole)
            }
            "/" => {
                if !b.is_scalar() {
                    let rule = "needs a scalar below";
                    let error = mismatch("/", rule, (a, b), self.scope, whole);
                    let help = match b.is_square() {
                        true => format!("did you mean `{}*inv({})`?", texts.0, texts.1),
                        false => "quotients of entries are written `./`".into(),
                    };
                    return Err(error.help(help));
                }
                if infer::is_zero(self.forms, right.id) {
                    return Err(Error::at(whole, ErrorKind::DivisionByZero));
                }
                Ok(self.make(Op::Divide(left.id, right.id), a, whole))
            }
            _ => {
                let Some(shape) = infer::entrywise(a, b) else {
                    let rule = "needs two operands of one shape";
                    let error = mismatch(operator, rule, (a, b), self.scope, whole);
                    let help = infer::suggest_sum(operator, (a, texts.0), (b, texts.1));
                    return Err(suggest(error, help));
                };
                let op = if operator == "./" {
                    Op::ElementDivide(left.id, right.id)
                } else {
                    Op::Hadamard(vec![left.id, right.id])
                };
                Ok(self.make(op, shape, whole))
            }
        }
    }

    /// For a number times a matrix: the transpose of the matrix, if that would fit.
    fn suggest_last(&self, left: FormId, (right, b): (Shape, &str)) -> Option<String> {
        let Op::Product(list) = self.forms.op(left) else { return None };
        let [scalars @ .., last] = &list[..] else { return None };
        let own = self.forms.shape(*last);
        let fits = scalars.iter().all(|f| self.forms.shape(*f).is_scalar())
            && own.transposed().cols == right.rows;
        let text = |id: &FormId| super::super::print::text(*id, self.forms, self.scope);
        let before: Vec<String> = scalars.iter().map(text).collect();
        fits.then(|| format!("{}*{}'*{b}", before.join("*"), text(last)))
    }

    /// Whether a place is a bracket of its own, so that its factors stay together.
    fn is_bracketed(&self, span: Span) -> bool {
        self.source(span).starts_with('(') && {
            let mut depth = 0usize;
            let text = self.source(span);
            let close = text.char_indices().find(|(_, c)| {
                depth += usize::from(*c == '(');
                depth -= usize::from(*c == ')' && depth > 0);
                depth == 0
            });
            close.is_some_and(|(at, _)| at + 1 == text.len())
        }
    }

    fn signed(&mut self, cursor: &mut Cursor<'_>) -> Result<Place> {
        let mut minus = false;
        let mut start = None;
        while let Some((sign, at)) = cursor.operator(&SIGNS) {
            minus ^= sign != "+";
            start.get_or_insert(at);
        }
        let operand = self.power(cursor)?;
        if !minus {
            return Ok(operand);
        }
        let span = start.map_or(operand.span, |at| at.join(operand.span));
        let shape = self.forms.shape(operand.id);
        Ok(self.make(Op::Sum(vec![(true, operand.id)]), shape, span))
    }
}

/// Adds what was probably meant.
fn suggest(error: Error, meant: Option<String>) -> Error {
    match meant {
        Some(meant) => error.help(format!("did you mean `{meant}`?")),
        None => error,
    }
}
