//! The writer of code: from the leaves to the root, each part once.

use super::{Dialect, Power, Snippet, is_long};
use crate::error::{Error, ErrorKind, Result};
use crate::function;
use crate::kernel::view::{Factor, Row, Shape, shape, together};
use crate::kernel::{Constant, ExprId, FunctionId, Node, Number, Pool, Relation};
use crate::syntax;
use rustc_hash::FxHashMap;

/// The greatest cost of a formula that is written as code.
const MAX_COST: u32 = 50_000;
/// Numbers of more binary digits are none of a language of doubles.
const MAX_BITS: u64 = 1_000;
/// Whole exponents below this are written as whole numbers.
const MAX_POWER: u64 = 1 << 20;
/// How often what a language has no word for is replaced by what it means.
const ROUNDS: usize = 4;

/// How tight a piece binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Condition,
    Sum,
    Product,
    Power,
    Atom,
}

#[derive(Clone, Debug)]
struct Piece {
    text: String,
    level: Level,
}

impl Piece {
    fn atom(text: impl Into<String>) -> Self {
        Self { text: text.into(), level: Level::Atom }
    }

    fn at(&self, least: Level) -> String {
        if self.level >= least { self.text.clone() } else { format!("({})", self.text) }
    }
}

/// A formula in a language.
///
/// # Errors
/// What the language cannot say, names that it cannot tell apart, and a formula that is long.
pub fn code(pool: &mut Pool, id: ExprId, dialect: &Dialect) -> Result<Snippet> {
    let mut root = id;
    for _ in 0..ROUNDS {
        let spelled = spell_out(pool, root, dialect)?;
        if spelled == root {
            break;
        }
        root = spelled;
    }
    if pool.cost(root) > MAX_COST {
        return Err(ErrorKind::OutputTooLong { limit: MAX_COST.into() }.into());
    }
    let names = names(pool, root, dialect)?;
    let mut writer = Writer { pool, dialect, names, pieces: FxHashMap::default() };
    for id in pool.reachable(&[root]) {
        // What stands above a line of fractions is written by what contains it.
        let piece = writer.piece(id)?;
        writer.pieces.insert(id, piece);
    }
    let expression = writer.get(root)?.text;
    let is_used = |word: &str| expression.contains(word);
    let imports = dialect.imports.iter().filter(|(word, _)| is_used(word));
    Ok(Snippet { imports: imports.map(|(_, line)| *line).collect(), expression })
}

/// The names of the variables, each another one.
fn names(
    pool: &Pool,
    root: ExprId,
    dialect: &Dialect,
) -> Result<FxHashMap<ExprId, String>> {
    let ids: Vec<ExprId> = pool.reachable(&[root]);
    let symbols = || ids.iter().filter_map(|id| Some((*id, pool.symbol_name(*id)?)));
    dialect.tell_apart(symbols().map(|(_, name)| name))?;
    Ok(symbols().map(|(id, name)| (id, dialect.identifier(name))).collect())
}

/// The word of a language for a function.
fn word(dialect: &Dialect, function: FunctionId) -> Option<&'static str> {
    dialect.word(function::spec(function).name)
}

/// Replaces functions for which the language has no word by what they mean.
fn spell_out(pool: &mut Pool, root: ExprId, dialect: &Dialect) -> Result<ExprId> {
    let mut found: FxHashMap<ExprId, ExprId> = FxHashMap::default();
    for id in pool.reachable(&[root]) {
        let is_special = |function: FunctionId| {
            Relation::of(function).is_some()
                || function::spec(function).name == "piecewise"
                || word(dialect, function).is_some()
        };
        let new = match pool.node(id) {
            Node::Apply(function, list)
                if pool.as_abstract(function).is_none() && !is_special(function) =>
            {
                let get = |id: &ExprId| found.get(id).copied().unwrap_or(*id);
                let arguments: Vec<ExprId> = pool.list(list).iter().map(get).collect();
                let new = match dialect.is_exact {
                    true => syntax::normal(function, &arguments, pool)?,
                    false => syntax::in_code(function, &arguments, pool)?,
                };
                let new =
                    new.ok_or_else(|| refused(function::spec(function).name, dialect))?;
                match function::spec(function).stable {
                    // It may be said by functions that the language has no word for either.
                    Some(_) => spell_out(pool, new, dialect)?,
                    None => new,
                }
            }
            _ => function::rebuild(pool, id, |id| found.get(&id).copied().unwrap_or(id)),
        };
        found.insert(id, new);
    }
    Ok(found.get(&root).copied().unwrap_or(root))
}

fn refused(name: &str, dialect: &Dialect) -> Error {
    let what = format!("`{name}` cannot be written in {}", dialect.name);
    ErrorKind::Unsupported(what).into()
}

struct Writer<'p> {
    pool: &'p Pool,
    dialect: &'p Dialect,
    names: FxHashMap<ExprId, String>,
    pieces: FxHashMap<ExprId, Piece>,
}

impl Writer<'_> {
    /// The piece of a part, which stands before what contains it.
    fn get(&mut self, id: ExprId) -> Result<Piece> {
        match self.pieces.get(&id) {
            Some(piece) => Ok(piece.clone()),
            None => self.piece(id),
        }
    }

    fn piece(&mut self, id: ExprId) -> Result<Piece> {
        let pool = self.pool;
        Ok(match shape(pool, id) {
            Shape::Atom => self.leaf(id)?,
            Shape::Sum(terms) => {
                let mut text = String::new();
                for (place, (negative, id)) in terms.iter().enumerate() {
                    text.push_str(match (place, negative) {
                        (0, false) => "",
                        (0, true) => "-",
                        (_, false) => " + ",
                        (_, true) => " - ",
                    });
                    let term = self.unsigned(*id)?;
                    let is_open = place == 0 && *negative && self.is_power(&term);
                    text.push_str(&match is_open {
                        true => format!("({})", term.text),
                        false => term.at(Level::Product),
                    });
                }
                Piece { text, level: Level::Sum }
            }
            Shape::Term { negative, above, below } => {
                let term = self.fraction(&above, &below)?;
                match negative {
                    false => term,
                    true if self.is_power(&term) => {
                        Piece { text: format!("-({})", term.text), level: Level::Sum }
                    }
                    true => {
                        let text = format!("-{}", term.at(Level::Product));
                        Piece { text, level: Level::Sum }
                    }
                }
            }
            Shape::Root(base) => self.root(base)?,
            Shape::NumericPower(base, n) => self.numeric_power(base, &n)?,
            Shape::Power(base, exponent) => {
                let exponent = self.get(exponent)?;
                if pool.node(base) == Node::Constant(Constant::E) {
                    return Ok(self.fill(self.dialect.exp, &[exponent]));
                }
                let base = self.get(base)?;
                self.power(&base, &exponent, false)
            }
            Shape::Apply(function, arguments) => self.apply(function, &arguments)?,
            Shape::Relation(relation, a, b) => {
                let [a, b] = [self.get(a)?, self.get(b)?];
                let sign = self.dialect.relations[relation as usize];
                // A sign alone may be `#` too.
                if sign.contains("#1") {
                    return Ok(self.fill(sign, &[a, b]));
                }
                let is_connective = matches!(relation, Relation::And | Relation::Or);
                let least = if is_connective { Level::Atom } else { Level::Sum };
                let text = format!("{} {sign} {}", a.at(least), b.at(least));
                Piece { text, level: Level::Condition }
            }
        })
    }

    /// Whether a piece is a power before which a minus needs brackets.
    fn is_power(&self, term: &Piece) -> bool {
        self.dialect.brackets_negative_power
            && (term.level == Level::Power
                || term.level == Level::Product && starts_with_power(&term.text))
    }

    fn leaf(&self, id: ExprId) -> Result<Piece> {
        let constant = |place: usize| match self.dialect.constants[place] {
            "" => Err(refused(["e", "pi", "i"][place], self.dialect)),
            word => Ok(Piece::atom(word)),
        };
        match self.pool.node(id) {
            Node::Number(n) => self.number(self.pool.number_at(n)),
            Node::Constant(Constant::E) => constant(0),
            Node::Constant(Constant::Pi) => constant(1),
            Node::Power(..) => constant(2),
            Node::Symbol(_) => {
                Ok(Piece::atom(self.names.get(&id).cloned().unwrap_or_default()))
            }
            _ => match self.dialect.undefined {
                "" => Err(ErrorKind::Undefined("the result".to_owned()).into()),
                word => Ok(Piece::atom(word)),
            },
        }
    }

    fn number(&self, n: &Number) -> Result<Piece> {
        if !self.dialect.is_exact && n.bits() > MAX_BITS {
            let what = format!(
                "a number of this size cannot be written in {}",
                self.dialect.name
            );
            return Err(ErrorKind::Unsupported(what).into());
        }
        let text = (self.dialect.number)(n);
        let level = match (n.is_negative(), text.contains('/')) {
            (true, _) => Level::Sum,
            (_, true) if !text.contains('(') => Level::Product,
            _ => Level::Atom,
        };
        Ok(Piece { text, level })
    }

    /// A term without its sign.
    fn unsigned(&mut self, id: ExprId) -> Result<Piece> {
        match shape(self.pool, id) {
            Shape::Term { above, below, .. } => self.fraction(&above, &below),
            _ => self.get(id),
        }
    }

    fn fraction(&mut self, above: &Row, below: &Row) -> Result<Piece> {
        if let ([Factor::Number(p)], [Factor::Number(q)]) = (&above[..], &below[..]) {
            let inverse = q.recip().unwrap_or(Number::ZERO);
            return self.number(&p.mul(&inverse));
        }
        // More digits than a double has are rounded once.
        if let ([Factor::Number(p), others @ ..], [Factor::Number(q)]) =
            (&above[..], &below[..])
            && !self.dialect.is_exact
            && [p, q].into_iter().any(is_long)
        {
            let inverse = q.recip().unwrap_or(Number::ZERO);
            let mut all: Row = [Factor::Number(p.mul(&inverse))].into_iter().collect();
            all.extend(others.iter().cloned());
            return self.row(&all);
        }
        let top = self.row(above)?;
        if below.is_empty() {
            return Ok(top);
        }
        let bottom = self.row(below)?;
        let text = format!("{}/{}", top.at(Level::Product), bottom.at(Level::Power));
        Ok(Piece { text, level: Level::Product })
    }

    fn row(&mut self, factors: &[Factor]) -> Result<Piece> {
        let mut pieces = Vec::new();
        for factor in factors {
            pieces.push(match factor {
                Factor::Number(n) => self.number(n)?,
                Factor::Plain(id) => self.get(*id)?,
                Factor::Power(base, n) => self.numeric_power(*base, n)?,
                Factor::Root(under) => match under[..] {
                    [(base, false)] => self.root(base)?,
                    _ => {
                        let (above, below) = together(self.pool, under);
                        let inside = self.fraction(&above, &below)?;
                        self.named("sqrt", &[inside])?
                    }
                },
            });
        }
        if pieces.len() == 1 {
            return Ok(pieces.remove(0));
        }
        let texts: Vec<String> =
            pieces.iter().map(|piece| piece.at(Level::Power)).collect();
        Ok(Piece { text: texts.join("*"), level: Level::Product })
    }

    fn root(&mut self, base: ExprId) -> Result<Piece> {
        let base = self.get(base)?;
        self.named("sqrt", &[base])
    }

    fn numeric_power(&mut self, base: ExprId, n: &Number) -> Result<Piece> {
        if *n == Number::HALF {
            return self.root(base);
        }
        if self.pool.node(base) == Node::Constant(Constant::E) {
            let exponent = self.number(n)?;
            return Ok(self.fill(self.dialect.exp, &[exponent]));
        }
        let base = self.get(base)?;
        let is_whole = n.to_i64().is_some_and(|n| n.unsigned_abs() < MAX_POWER);
        let exponent = match is_whole {
            true => Piece {
                text: n.to_string(),
                level: if n.is_negative() { Level::Sum } else { Level::Atom },
            },
            false => self.number(n)?,
        };
        Ok(self.power(&base, &exponent, is_whole))
    }

    fn power(&self, base: &Piece, exponent: &Piece, is_whole: bool) -> Piece {
        match self.dialect.power {
            Power::Operator(sign) => {
                let [base, exponent] =
                    [base, exponent].map(|piece| piece.at(Level::Atom));
                Piece { text: format!("{base}{sign}{exponent}"), level: Level::Power }
            }
            Power::Function(whole, any) => {
                let name = if is_whole { whole } else { any };
                Piece::atom(format!("{name}({}, {})", base.text, exponent.text))
            }
        }
    }

    fn named(&self, name: &str, arguments: &[Piece]) -> Result<Piece> {
        let word = self.dialect.word(name).ok_or_else(|| refused(name, self.dialect))?;
        Ok(self.fill(word, arguments))
    }

    fn apply(&mut self, function: FunctionId, arguments: &[ExprId]) -> Result<Piece> {
        if let Some(known) = self.pool.as_abstract(function) {
            return Err(refused(&known.name.clone(), self.dialect));
        }
        let row = function::spec(function);
        let pieces: Result<Vec<Piece>> =
            arguments.iter().map(|id| self.get(*id)).collect();
        let pieces = pieces?;
        if row.name == "piecewise" {
            return self.branches(&pieces);
        }
        let word = word(self.dialect, function)
            .ok_or_else(|| refused(row.name, self.dialect))?;
        let is_folded = function::is_folded(function);
        let takes_all = word.starts_with('*');
        match &pieces[..] {
            [first, second, rest @ ..] if is_folded && !takes_all => {
                let first = self.fill(word, &[first.clone(), second.clone()]);
                Ok(rest
                    .iter()
                    .fold(first, |so_far, next| self.fill(word, &[so_far, next.clone()])))
            }
            _ => Ok(self.fill(word.trim_start_matches('*'), &pieces)),
        }
    }

    /// Conditions with their values, from the last to the first.
    fn branches(&self, pieces: &[Piece]) -> Result<Piece> {
        let (pairs, rest) = pieces.split_at(pieces.len() / 2 * 2);
        let mut value = match rest.first() {
            Some(otherwise) => otherwise.clone(),
            None if self.dialect.undefined.is_empty() => {
                return Err(refused(
                    "a function without a value elsewhere",
                    self.dialect,
                ));
            }
            None => Piece::atom(self.dialect.undefined),
        };
        for pair in pairs.chunks_exact(2).rev() {
            let list = [pair[0].clone(), pair[1].clone(), value];
            value = self.fill(self.dialect.piecewise, &list);
        }
        Ok(value)
    }

    /// A name with its arguments, or a template with `#1` for an argument.
    fn fill(&self, word: &str, arguments: &[Piece]) -> Piece {
        if !word.contains('#') {
            let [open, close] = self.dialect.call;
            let list: Vec<&str> = arguments.iter().map(|piece| &piece.text[..]).collect();
            return Piece::atom(format!("{word}{open}{}{close}", list.join(", ")));
        }
        let mut out = String::new();
        let mut rest = word;
        while let Some(at) = rest.find('#') {
            out.push_str(&rest[..at]);
            let place = rest[at + 1..].chars().next().and_then(|c| c.to_digit(10));
            let argument = place.and_then(|place| arguments.get(place as usize - 1));
            // Beside brackets, commas or words of the template an argument stands as it is.
            let is_beside = |c: Option<char>| {
                c.is_some_and(|c| c.is_alphabetic() || "()[]{},?:".contains(c))
            };
            let before = out.trim_end().chars().next_back();
            let after = rest[at + 2..].trim_start().chars().next();
            if let Some(argument) = argument {
                out.push_str(&match is_beside(before) && is_beside(after) {
                    true => argument.text.clone(),
                    false => argument.at(Level::Atom),
                });
            }
            rest = &rest[at + 2..];
        }
        out.push_str(rest);
        let is_power = word.starts_with("#1") || word.contains("^#");
        let level = if is_power { Level::Power } else { level(word) };
        Piece { text: out, level }
    }
}

/// How tight a template binds: by what stands outside of its brackets.
fn level(template: &str) -> Level {
    let (mut depth, mut lowest) = (0, Level::Atom);
    for c in template.chars() {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            ' ' | '-' if depth == 0 => return Level::Sum,
            '*' | '/' if depth == 0 => lowest = Level::Product,
            _ => {}
        }
    }
    lowest
}

/// Whether a product begins with a power.
fn starts_with_power(text: &str) -> bool {
    let mut depth = 0;
    let mut before = ' ';
    for c in text.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            '*' if depth == 0 && before == '*' => return true,
            c if depth == 0 && before == '*' && c != '*' => return false,
            '/' if depth == 0 => return false,
            _ => {}
        }
        before = c;
    }
    false
}
