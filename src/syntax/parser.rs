//! From text to a [`Program`]: pest reads the operands and operators, this file puts them
//! together by precedence.
//!
//! `or < and < comparison < sum < product and juxtaposition < sign < power < postfix`

use super::ast::{Ast, AstId, Definition, Program};
use super::callee::Known;
use super::cursor::{Cursor, is_operator};
use super::lexer::{self, Input};
use super::limits::{MAX_DEPTH, Statement, pieces};
use super::literal;
use super::manner::{Arguments, Manner};
use super::marks::Purpose;
use super::name::normalise;
use super::plain;
use super::shaped::Shapes;
use super::signs;
use super::token::{Item, Items, Kind};
use super::typed::{Typed, input_of};
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
    let typed = Typed::new(text, Purpose::Answer, Some(Input::Text));
    parse_typed(&typed, Arguments::Run, declared, known)
}

/// Reads a program in its notation beside another. `arguments` says where those of functions
/// without brackets end.
///
/// # Errors
/// As [`parse`].
pub fn parse_typed(
    typed: &Typed<'_>,
    arguments: Arguments,
    declared: &[&str],
    known: &[&str],
) -> Result<Program> {
    let manner = Manner { input: typed.input, arguments };
    let read = |typed: &Typed<'_>| {
        let statements = lexer::statements(typed)?;
        let mut program = read(manner, typed.text, &statements, declared, known, None)?;
        let doubts = plain::doubts(typed.text, &typed.bytes).into_iter();
        let start = typed.around.start as u32;
        let doubts = doubts.filter(|note| note.span.is_none_or(|at| at.start >= start));
        program.notes.splice(0..0, doubts);
        Ok(program)
    };
    if let Some((text, note)) = plain::plain(typed) {
        let plain = Typed::new(&text, typed.purpose, Some(Input::Text));
        let mut program = read(&plain)?;
        program.notes.splice(0..0, note);
        return Ok(program);
    }
    let Some(language) = typed.input.language() else { return read(typed) };
    // What the text is taken for is the first thing to know of an error.
    read(typed).map_err(|error| match &error.help {
        _ if error.kind.to_string().contains(language) => error,
        Some(help) => {
            let help = format!("{help} (this is read as {language})");
            error.help(help)
        }
        None => {
            error.help(format!("this is read as {language}; `--input` says what it is"))
        }
    })
}

/// Reads the statements of a program; `shapes` where shapes are declared.
pub(super) fn read(
    manner: Manner,
    text: &str,
    statements: &[Statement],
    declared: &[&str],
    known: &[&str],
    shapes: Option<Shapes<'_>>,
) -> Result<Program> {
    if !text.is_ascii() {
        signs::refuse_hidden(text)?;
    }
    let limit = shapes.map_or(MAX_DEPTH, |shapes| shapes.depth);
    // Functions without brackets and root signs nest too, at two bytes a level or more.
    let levels = |s: &Statement| {
        let length = (s.span.end - s.span.start) as usize;
        s.depth + if length > UNNESTED { (length / 2).min(limit) } else { 0 }
    };
    let depth = statements.iter().map(levels).max().unwrap_or(0);
    let work = || {
        let mut known = Known {
            variables: known.iter().map(|name| latin(name).into_owned()).collect(),
            ..Known::default()
        };
        for _ in 0..MAX_READINGS {
            match Reader::new(manner, text, declared, known, shapes).read(statements)? {
                Outcome::Read(program) => return Ok(*program),
                Outcome::Again(more) => known = more,
            }
        }
        let what = "finding out which names are functions";
        Err(ErrorKind::TooMuchWork { what, limit: MAX_READINGS }.into())
    };
    // Where there are no threads, `MAX_DEPTH` is what the stack there is bears.
    if depth < 24 || cfg!(target_family = "wasm") {
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
    if text.contains('\\') {
        let parts = pieces(text).unwrap_or_default();
        let name = |part: &str| {
            lexer::name_in_latex(part)
                .ok_or_else(|| ErrorKind::InvalidName(part.to_owned()).into())
        };
        return parts.into_iter().map(name).collect();
    }
    let names = lexer::names(text)
        .ok_or_else(|| Error::from(ErrorKind::InvalidName(text.trim().to_owned())))?;
    Ok(names.into_iter().map(normalise).collect())
}

pub(super) struct Reader<'t> {
    pub(super) input: Input,
    /// Where arguments without brackets end.
    pub(super) arguments: Arguments,
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
    /// What names mean, where shapes are declared.
    pub(super) shapes: Option<Shapes<'t>>,
    /// How many sums over indices are open.
    pub(super) sums: u8,
}

/// Factors, each with the flag that it is divided by.
pub(super) type Factors = SmallVec<[(bool, AstId); 8]>;

/// What comes of a reading.
enum Outcome {
    /// The program.
    Read(Box<Program>),
    /// Names are other than they were taken for: read again.
    Again(Known),
}

impl<'t> Reader<'t> {
    fn new(
        manner: Manner,
        text: &'t str,
        declared: &[&str],
        known: Known,
        shapes: Option<Shapes<'t>>,
    ) -> Self {
        Self {
            input: manner.input,
            arguments: manner.arguments,
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
            shapes,
            sums: 0,
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
            heads.push(self.head(statement, index as u32, statements.len() == 1)?);
        }
        for (statement, head) in statements.iter().zip(heads) {
            self.statement(statement, head)?;
        }
        if self.corrects_names() {
            return Ok(Outcome::Again(self.known));
        }
        let asked = statements.first().and_then(|statement| statement.asked.as_ref());
        if asked.is_some_and(|asked| asked.is_named) {
            self.hold_request()?;
        }
        let is_code = self.input.language().is_some();
        if self.shapes.is_none() && !is_code {
            super::resolve::quotients_of_differentials(&self.program, &self.declared)?;
        }
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
        let names = (&self.bare, &self.declared);
        let names = Some(names).filter(|_| self.shapes.is_none() && !is_code);
        super::resolve::finish(&mut self.program, names, self.text)?;
        // One note a matter.
        let mut said = FxHashSet::default();
        self.program.notes.retain(|note| said.insert(note.message.clone()));
        if let Some(more @ 1..) = self.program.notes.len().checked_sub(MAX_NOTES) {
            self.program.notes.truncate(MAX_NOTES);
            let message = format!("there are {more} more notes on how this was read");
            self.program.notes.push(Note { message, span: None });
        }
        Ok(Outcome::Read(Box::new(self.program)))
    }

    fn statement(
        &mut self,
        statement: &Statement,
        head: Option<(u32, Vec<u32>)>,
    ) -> Result<()> {
        let (start, end) = (statement.span.start as usize, statement.span.end as usize);
        let (name, parameters) = match head {
            Some((name, parameters)) => (Some(name), parameters),
            None => (None, Vec::new()),
        };
        self.current = name.filter(|_| parameters.is_empty());
        self.parameters.clone_from(&parameters);
        let first = self.program.nodes.len() as AstId;
        let root = match statement.equals {
            None => self.side(start, end, statement)?,
            Some(equals) if statement.is_equation => {
                let left_end = super::equation::left_end(self.text, equals);
                let left = self.side(start, left_end, statement);
                let left = left.map_err(|error| ends_with_equals(error, equals))?;
                let right = self.side(equals + 1, end, statement)?;
                let list = self.program.push_list(&[(false, left), (true, right)]);
                self.program.push(Ast::Sum(list), statement.span)
            }
            Some(equals) => self.side(equals + 1, end, statement)?,
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

    /// What stands on one side of `=`: a long sum piece by piece.
    fn side(&mut self, start: usize, end: usize, of: &Statement) -> Result<AstId> {
        let is_here = |cut: &usize| (start..end).contains(cut);
        let mut cuts = of.cuts.iter().copied().filter(is_here).peekable();
        if cuts.peek().is_none() {
            return self.piece(start, end, of);
        }
        let mut terms = Vec::new();
        let mut from = start;
        for to in cuts.chain([end]) {
            let piece = self.piece(from, to, of)?;
            match self.program.node(piece) {
                Ast::Sum(list) => terms.extend_from_slice(self.program.list(list)),
                _ => terms.push((false, piece)),
            }
            from = to;
        }
        let list = self.program.push_list(&terms);
        Ok(self.program.push(Ast::Sum(list), Span::new(start, end)))
    }

    fn piece(&mut self, from: usize, to: usize, of: &Statement) -> Result<AstId> {
        self.offset = from;
        let text = &self.text[from..to];
        if text.trim().is_empty() {
            return Err(Error::at(Span::new(from, to), ErrorKind::EmptyExpression));
        }
        let is_shaped = self.shapes.is_some();
        let is_code = self.input.language().is_some();
        let is_declared = |name: &str| {
            let is_text = self.input == Input::Text;
            self.is_variable(name)
                || (is_code || is_text) && self.own_function(name).is_some()
        };
        let mut tokens =
            lexer::statement(self.input_of(text), text, from, is_shaped, &is_declared)
                .map_err(|error| {
                    of.unclosed.filter(|_| is_shaped).map_or(error, unclosed)
                })?;
        self.program.notes.append(&mut tokens.notes);
        self.program.imaginary = self.program.imaginary.or(tokens.imaginary);
        self.program.letter_i = self.program.letter_i.or(tokens.letter_i);
        if let Some(at) = tokens.requested {
            if is_code && of.equals.is_some() {
                let what = "a derivative in a definition".to_owned();
                return Err(Error::at(at, ErrorKind::Unsupported(what))
                    .help("calcgrad diff takes it in front of the formula alone"));
            }
            if self.program.request.is_some() {
                let what = "a derivative that is asked for twice".to_owned();
                return Err(Error::at(at, ErrorKind::Unsupported(what))
                    .help("write the formula alone"));
            }
            let names = tokens.request.iter().map(|name| normalise(name)).collect();
            self.program.request = Some((names, at));
            let mut items =
                tokens.root().into_iter().flat_map(|root| root.inner()).skip(1);
            self.note_differentiated(&tokens);
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

    /// The notation of a piece: over declared shapes, each statement has its own.
    pub(super) fn input_of(&self, text: &str) -> Input {
        if self.shapes.is_none() {
            return self.input;
        }
        match input_of(text) {
            Input::Latex if lexer::solves(text, |name| self.is_variable(name)) => {
                Input::Text
            }
            Input::Latex => Input::Latex,
            _ if self.has_turned_run(text) => Input::Latex,
            _ => Input::Text,
        }
    }

    pub(super) fn deepen(&mut self, at: Span) -> Result<()> {
        self.depth += 1;
        let limit = self.shapes.map_or(MAX_DEPTH, |shapes| shapes.depth);
        if self.depth > limit {
            return Err(Error::at(at, ErrorKind::TooDeep { limit }));
        }
        Ok(())
    }

    pub(super) fn expression(&mut self, item: &Item<'_>) -> Result<AstId> {
        self.deepen(item.span)?;
        let mut items: Items = item.inner().collect();
        if self.shapes.is_some() {
            items = self.names_apart(items);
        }
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
        if let Some(not) = cursor.take(is_not) {
            self.deepen(not.span)?;
            let condition = self.comparison(cursor)?;
            let contrary = self.contrary(condition);
            self.depth -= 1;
            return contrary;
        }
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

    /// The condition that holds where another one does not.
    fn contrary(&mut self, condition: AstId) -> Result<AstId> {
        let span = self.program.span(condition);
        let Ast::Relation(relation, a, b) = self.program.node(condition) else {
            let what = "`not` before what is no condition".to_owned();
            return Err(Error::at(span, ErrorKind::Unsupported(what)));
        };
        let (relation, a, b) = match relation {
            Relation::Less => (Relation::LessEqual, b, a),
            Relation::LessEqual => (Relation::Less, b, a),
            Relation::Equal => (Relation::NotEqual, a, b),
            Relation::NotEqual => (Relation::Equal, a, b),
            Relation::And | Relation::Or => {
                self.deepen(span)?;
                let (a, b) = (self.contrary(a)?, self.contrary(b)?);
                self.depth -= 1;
                let other = match relation {
                    Relation::And => Relation::Or,
                    _ => Relation::And,
                };
                (other, a, b)
            }
        };
        Ok(self.program.push(Ast::Relation(relation, a, b), span))
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

    pub(super) fn number(&mut self, value: Number, at: Span) -> AstId {
        let index = self.program.numbers.len() as u32;
        self.program.numbers.push(value);
        self.program.push(Ast::Number(index), at)
    }
}

/// Whether an item is the `not` before a condition.
fn is_not(item: &Item<'_>) -> bool {
    item.kind == Kind::Prefix && item.text == "not"
}

/// The error of a left side that ends too early: what stands there is the `=`.
fn ends_with_equals(mut error: Error, equals: usize) -> Error {
    if let ErrorKind::UnexpectedToken { found, .. } = &mut error.kind
        && found.is_empty()
    {
        "=".clone_into(found);
        error.span = Some(Span::new(equals, equals + 1));
        error.help = Some("something is missing before `=`".to_owned());
    }
    error
}

/// The error of bars that are never closed.
pub(super) fn unclosed(bars: Span) -> Error {
    Error::at(bars, ErrorKind::UnclosedBracket('|'))
        .help("a norm stands between `||` and `||`")
}
