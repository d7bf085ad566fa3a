//! From text to a [`Program`]: pest reads the operands and operators, this file puts them
//! together by precedence.
//!
//! `or < and < comparison < sum < product and juxtaposition < sign < power < postfix`

use super::ast::{Ast, AstId, Definition, Program};
use super::callee::Known;
use super::cursor::{Cursor, is_number, is_operator};
use super::lexer::{self, Input};
use super::limits::{MAX_DEPTH, Statement};
use super::literal;
use super::name::normalise;
use super::signs;
use super::token::{Item, Items, Kind};
use crate::error::{Error, ErrorKind, Note, Result};
use crate::kernel::{Number, Relation, latin};
use crate::span::Span;
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

/// Stack for one level of brackets, several times what a debug build needs.
const STACK_PER_LEVEL: usize = 48 << 10;
/// The most notes on a program.
const MAX_NOTES: usize = 50;
/// How often a program is read until it is known what its names are.
const MAX_READINGS: u64 = 12;
/// Statements of fewer bytes nest too little without brackets to need more stack.
const UNNESTED: usize = 200;

/// Reads a program. `declared` are names that are variables even where they are also names
/// of functions or constants.
///
/// # Errors
/// Everything that is not a program of the language, with its place and a help.
pub fn parse(text: &str, declared: &[&str]) -> Result<Program> {
    parse_beside(text, declared, &[])
}

/// Reads a program beside another: `known` are names that are variables there, and here too
/// unless the program defines them.
///
/// # Errors
/// As [`parse`].
pub fn parse_beside(text: &str, declared: &[&str], known: &[&str]) -> Result<Program> {
    parse_in(Input::Text, text, declared, known)
}

/// Reads a program in a notation, beside another.
///
/// # Errors
/// As [`parse`].
pub fn parse_in(
    input: Input,
    text: &str,
    declared: &[&str],
    known: &[&str],
) -> Result<Program> {
    let statements = lexer::statements(input, text)?;
    if !text.is_ascii() {
        signs::refuse_hidden(text)?;
    }
    // Functions without brackets and root signs nest too, at two bytes a level or more.
    let levels = |s: &Statement| {
        let length = (s.span.end - s.span.start) as usize;
        s.depth + if length > UNNESTED { (length / 2).min(MAX_DEPTH) } else { 0 }
    };
    let depth = statements.iter().map(levels).max().unwrap_or(0);
    let work = || {
        let mut known = Known {
            variables: known.iter().map(|name| latin(name).into_owned()).collect(),
            ..Known::default()
        };
        for _ in 0..MAX_READINGS {
            match Reader::new(input, text, declared, known).read(&statements)? {
                Outcome::Read(program) => return Ok(program),
                Outcome::Again(more) => known = more,
            }
        }
        let what = "finding out which names are functions";
        Err(ErrorKind::TooMuchWork { what, limit: MAX_READINGS }.into())
    };
    if depth < 24 {
        return work();
    }
    std::thread::scope(|scope| {
        std::thread::Builder::new()
            .stack_size((depth + 64) * STACK_PER_LEVEL)
            .spawn_scoped(scope, work)
            .map_err(|_| Error::from(ErrorKind::TooDeep { limit: MAX_DEPTH }))?
            .join()
            .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
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
    let names = lexer::names(text)
        .ok_or_else(|| Error::from(ErrorKind::InvalidName(text.trim().to_owned())))?;
    Ok(names.into_iter().map(normalise).collect())
}

pub(super) struct Reader<'t> {
    pub(super) input: Input,
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
    /// What is known of names from elsewhere.
    pub(super) known: Known,
    /// Names that stand alone somewhere, so that `x(x + 1)` is a product.
    pub(super) bare: FxHashSet<u32>,
    /// Names that were taken for functions.
    pub(super) functions: FxHashSet<u32>,
    /// Letters that were taken for functions of the table, as `gamma`.
    pub(super) letters: FxHashSet<u32>,
    /// Names that were taken for variables because of what stands in brackets behind them.
    pub(super) assumed: FxHashSet<u32>,
    /// What is to be said of letters that were taken for functions.
    pub(super) doubts: Vec<Note>,
    /// Calls of words that are no functions, unless they turn out to be variables.
    pub(super) unknown: Vec<(u32, Error)>,
    pub(super) depth: usize,
}

/// What comes of a reading.
enum Outcome {
    /// The program.
    Read(Program),
    /// Names are other than they were taken for: read again.
    Again(Known),
}

impl<'t> Reader<'t> {
    fn new(input: Input, text: &'t str, declared: &[&str], known: Known) -> Self {
        Self {
            input,
            text,
            offset: 0,
            program: Program::of_length(text.len()),
            declared: declared.iter().map(|name| latin(name).into_owned()).collect(),
            known,
            own: FxHashMap::default(),
            parameters: Vec::new(),
            current: None,
            bare: FxHashSet::default(),
            functions: FxHashSet::default(),
            letters: FxHashSet::default(),
            assumed: FxHashSet::default(),
            doubts: Vec::new(),
            unknown: Vec::new(),
            depth: 0,
        }
    }

    fn read(mut self, statements: &[Statement]) -> Result<Outcome> {
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
        if self.corrects_names() {
            return Ok(Outcome::Again(self.known));
        }
        super::resolve::quotients_of_differentials(&self.program, &self.declared)?;
        if let Some((_, error)) = self.unknown.into_iter().next() {
            return Err(error);
        }
        let mut both: Vec<u32> = self
            .functions
            .iter()
            .copied()
            .filter(|name| self.bare.contains(name))
            .filter(|name| !self.own.contains_key(&*latin(self.program.name(*name))))
            .collect();
        both.sort_unstable();
        for name in both {
            let name = self.program.name(name);
            let message = format!("`{name}` is a function here, and a variable too");
            self.program.notes.push(Note { message, span: None });
        }
        // Beside another function, or with plain arguments elsewhere, there is no doubt.
        if self.functions.len() == 1
            && self.doubts.len() == super::resolve::calls(&self.program)
        {
            self.program.notes.append(&mut self.doubts);
        }
        super::resolve::finish(&mut self.program, &self.bare, &self.declared)?;
        // One note a matter.
        let mut said = FxHashSet::default();
        self.program.notes.retain(|note| said.insert(note.message.clone()));
        if let Some(more @ 1..) = self.program.notes.len().checked_sub(MAX_NOTES) {
            self.program.notes.truncate(MAX_NOTES);
            let message = format!("there are {more} more notes on how this was read");
            self.program.notes.push(Note { message, span: None });
        }
        Ok(Outcome::Read(self.program))
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
        let is_declared = |name: &str| self.is_variable(name);
        let mut tokens = lexer::statement(self.input, text, from, &is_declared)?;
        self.program.notes.append(&mut tokens.notes);
        if let Some(at) = tokens.requested {
            let names = tokens.request.iter().map(|name| normalise(name)).collect();
            self.program.request = Some((names, at));
            let mut items =
                tokens.root().into_iter().flat_map(|root| root.inner()).skip(1);
            if let Some(sign) =
                items.find(|item| is_operator(item) && literal::is_sum(item.text))
            {
                let found = self.source_of(sign.span);
                let expected = "the end of what is differentiated".to_owned();
                let kind = ErrorKind::UnexpectedToken { found, expected };
                return Err(Error::at(sign.span, kind)
                    .help("put brackets around what is differentiated"));
            }
        }
        match tokens.root() {
            Some(expression) => self.expression(&expression),
            None => Err(ErrorKind::EmptyExpression.into()),
        }
    }

    pub(super) fn deepen(&mut self, at: Span) -> Result<()> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(Error::at(at, ErrorKind::TooDeep { limit: MAX_DEPTH }));
        }
        Ok(())
    }

    pub(super) fn expression(&mut self, item: &Item<'_>) -> Result<AstId> {
        self.deepen(item.span)?;
        let items: Items = item.inner().collect();
        let mut cursor = Cursor::new(&items);
        let node = self.connective(&mut cursor, 0)?;
        self.depth -= 1;
        match cursor.peek() {
            None => Ok(node),
            Some(item) => Err(self.unexpected(item, "an operator")),
        }
    }

    pub(super) fn unexpected(&self, item: &Item<'_>, expected: &str) -> Error {
        let kind = ErrorKind::UnexpectedToken {
            found: self.source_of(item.span),
            expected: expected.to_owned(),
        };
        Error::at(item.span, kind)
    }

    /// The error of a number behind a number.
    pub(super) fn two_numbers(&self, item: &Item<'_>) -> Error {
        self.unexpected(item, "an operator").help("write `*` between two numbers")
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
        while let Some(item) = cursor.take_infix(literal::is_sum) {
            if self.is_remainder(cursor) {
                break;
            }
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

    /// Whether all that follows is `O(…)`, which is no term; it is passed over with a note.
    fn is_remainder(&mut self, cursor: &mut Cursor<'_, '_>) -> bool {
        let [name, bracket] = cursor.rest() else { return false };
        if name.text != "O" || bracket.kind != Kind::Round || self.is_variable("O") {
            return false;
        }
        let span = name.span.join(bracket.span);
        let message = format!("`{}` is no term, and is left out", self.source_of(span));
        self.program.notes.push(signs::note(message, span));
        while cursor.next().is_some() {}
        true
    }

    /// A sign before the first factor belongs to the whole product.
    fn product(&mut self, cursor: &mut Cursor<'_, '_>) -> Result<AstId> {
        let (minus, sign) = self.signs(cursor);
        let first = self.power(cursor)?;
        let product = self.factors(first, cursor)?;
        let mut product = self.negated(minus, sign, product);
        // The remainder of all that stands before, by the factors side by side behind.
        while let Some(item) = cursor.take_infix(|text| text == "mod") {
            let divisor = self.run(cursor)?;
            let span = self.program.span(product).join(self.program.span(divisor));
            let first = self.call("mod", item.span, &[product, divisor], span)?;
            product = self.factors(first, cursor)?;
        }
        Ok(product)
    }

    /// Factors side by side.
    fn run(&mut self, cursor: &mut Cursor<'_, '_>) -> Result<AstId> {
        let first = self.signed(cursor)?;
        let mut factors: SmallVec<[(bool, AstId); 4]> =
            SmallVec::from_slice(&[(false, first)]);
        while cursor.peek().is_some_and(|item| !is_operator(item)) {
            factors.push((false, self.signed(cursor)?));
        }
        let [.., (_, last)] = factors[..] else { return Ok(first) };
        if last == first {
            return Ok(first);
        }
        let span = self.program.span(first).join(self.program.span(last));
        let list = self.program.push_list(&factors);
        Ok(self.program.push(Ast::Product(list), span))
    }

    fn factors(&mut self, first: AstId, cursor: &mut Cursor<'_, '_>) -> Result<AstId> {
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
                let at = item.span;
                if (is_number(item) || item.kind == Kind::Fraction)
                    && cursor.after_number()
                {
                    return Err(self.two_numbers(item));
                }
                let (divided, before) = factors[factors.len() - 1];
                self.note_powers_factor(before);
                let factor = self.signed(cursor)?;
                if divided {
                    self.note_reading(before, at, self.program.span(factor));
                }
                self.note_exponent(factors[factors.len() - 1].1, factor, at);
                self.note_scientific(factors[factors.len() - 1].1, at);
                self.note_times_ten(factors[factors.len() - 1].1, factor);
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
            start.get_or_insert(item.span);
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
    pub(super) fn power(&mut self, cursor: &mut Cursor<'_, '_>) -> Result<AstId> {
        let mut tower: SmallVec<[(bool, AstId); 4]> = SmallVec::new();
        let mut minus = false;
        loop {
            tower.push((minus, self.with_postfixes(cursor)?));
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

    pub(super) fn number(&mut self, value: Number, at: Span) -> AstId {
        let index = self.program.numbers.len() as u32;
        self.program.numbers.push(value);
        self.program.push(Ast::Number(index), at)
    }
}
