//! One writer for all notations: it decides the brackets and walks with a stack of its own,
//! so that the depth of an expression is no limit.

use super::abstracts::is_partial;
use super::decimal::decimal;
use super::fit::{before_postfix, binding};
use super::layout::{self, Piece, Stand};
use super::name::{function_name, is_command, symbol_name, upright_name};
use super::notation::{Notation, Slot, digit, relation_token, turned_token};
use super::shared::Shared;
use super::tall::Tall;
use crate::error::{ErrorKind, Result};
use crate::function;
use crate::kernel::view::{
    Factor, Row, Shape, shape, term, together, without_quotient_root,
};
use crate::kernel::{Constant, ExprId, FunctionId, Node, Number, Pool, Relation};
use smallvec::SmallVec;
use std::cell::OnceCell;
use std::fmt::Write;

/// The most tokens of a text.
pub const MAX_TOKENS: u64 = 40_000_000;
/// The most tokens of a text that says the same parts over and over again, and how many a part
/// may have in a longer one.
const MAX_REPEATED: u64 = 5_000_000;
const REPEATED: u64 = 16;

enum Task {
    Expression(ExprId, Slot),
    /// The term without its sign.
    Unsigned(ExprId, Slot),
    Token(&'static str),
    Text(String),
    /// Above or below a fraction bar: places in the list of factors.
    Row(u32, u32, Slot),
    Factor(u32, Slot),
    /// The argument of a LaTeX command: without brackets when it is one letter.
    Argument(ExprId, bool),
}

/// Refuses a text that would be too long: a long formula has a long derivative, and a short
/// one with a text of millions of tokens repeats itself.
fn must_fit(pool: &Pool, id: ExprId) -> Result<()> {
    let cost = u64::from(pool.cost(id));
    if cost <= MAX_REPEATED {
        return Ok(());
    }
    let parts = pool.reachable(&[id]).len() as u64;
    let limit = (REPEATED * parts).clamp(MAX_REPEATED, MAX_TOKENS);
    match cost > limit {
        true => Err(ErrorKind::OutputTooLong { limit }.into()),
        false => Ok(()),
    }
}

/// Writes an expression in a notation.
///
/// # Errors
/// A text that would be longer than [`MAX_TOKENS`], or that of a formula that repeats itself
/// and would be longer than an eighth of that.
pub fn write(pool: &Pool, id: ExprId, notation: Notation) -> Result<String> {
    must_fit(pool, id)?;
    if id == Pool::UNDEFINED {
        return Err(ErrorKind::Undefined("the result".to_owned()).into());
    }
    write_named(pool, id, notation, &Shared::default())
}

/// Writes an expression in which parts have names; the expression itself is written out.
pub(super) fn write_named(
    pool: &Pool,
    id: ExprId,
    notation: Notation,
    shared: &Shared,
) -> Result<String> {
    Ok(written(pool, id, notation, (Slot::Open, true), shared))
}

/// Writes an expression in a slot, in brackets where it needs them, with its sign or without.
pub(super) fn write_in(
    pool: &Pool,
    id: ExprId,
    notation: Notation,
    slot: (Slot, bool),
) -> Result<String> {
    must_fit(pool, id)?;
    Ok(written(pool, id, notation, slot, &Shared::default()))
}

fn written(
    pool: &Pool,
    id: ExprId,
    notation: Notation,
    (slot, signed): (Slot, bool),
    shared: &Shared,
) -> String {
    let mut writer = Writer {
        pool,
        latex: notation == Notation::Latex,
        root: id,
        tall: OnceCell::new(),
        shared,
        out: String::with_capacity((pool.cost(id) as usize).min(1 << 10) * 3 + 8),
        tasks: Vec::with_capacity(32),
        factors: Vec::with_capacity(16),
    };
    writer.written_out(id, slot, signed);
    while let Some(task) = writer.tasks.pop() {
        writer.step(task);
    }
    writer.out
}

pub(super) struct Writer<'p> {
    pub(super) pool: &'p Pool,
    pub(super) latex: bool,
    root: ExprId,
    tall: OnceCell<Tall>,
    shared: &'p Shared,
    out: String,
    tasks: Vec<Task>,
    /// The factors of rows that are still to be written, and of those that have been.
    factors: Vec<Factor>,
}

impl Writer<'_> {
    fn step(&mut self, task: Task) {
        match task {
            Task::Token(text) => self.out.push_str(text),
            Task::Text(text) => self.out.push_str(&text),
            Task::Expression(id, slot) => self.expression(id, slot, true),
            Task::Unsigned(id, slot) => self.expression(id, slot, false),
            Task::Row(start, end, slot) => self.row(start, end, slot),
            Task::Factor(factor, slot) => self.factor(factor, slot),
            Task::Argument(id, bracketed) => self.argument(id, bracketed),
        }
    }

    /// Schedules tasks in the order in which they are written.
    fn schedule(
        &mut self,
        tasks: impl IntoIterator<Item = Task, IntoIter: DoubleEndedIterator>,
    ) {
        self.tasks.extend(tasks.into_iter().rev());
    }

    fn bracketed(&mut self, id: ExprId, inner: Task) {
        let (open, close) = self.brackets(id);
        self.schedule([Task::Token(open), inner, Task::Token(close)]);
    }

    fn brackets(&self, id: ExprId) -> (&'static str, &'static str) {
        if self.latex && self.is_tall(id) { ("\\left(", "\\right)") } else { ("(", ")") }
    }

    /// Whether brackets around an expression have to grow.
    fn is_tall(&self, id: ExprId) -> bool {
        self.shared.name(id).is_none()
            && self.tall.get_or_init(|| Tall::new(self.pool, self.root)).contains(id)
    }

    /// The name under which an expression is written: that of a symbol or a part.
    pub(super) fn name_of(&self, id: ExprId) -> Option<&str> {
        self.shared.name(id).or_else(|| self.pool.symbol_name(id))
    }

    fn expression(&mut self, id: ExprId, slot: Slot, signed: bool) {
        if let Some(name) = self.shared.name(id) {
            return symbol_name(name, self.latex, &mut self.out);
        }
        self.written_out(id, slot, signed);
    }

    fn written_out(&mut self, id: ExprId, slot: Slot, signed: bool) {
        if slot > Slot::Side && matches!(self.pool.node(id), Node::Sum(_)) {
            return self.bracketed(id, Task::Expression(id, Slot::Open));
        }
        if self.simple(id, slot) {
            return;
        }
        let shape = match self.pool.node(id) {
            // A coefficient stands before the name of the rest.
            Node::Multiple(n, rest) if self.shared.name(rest).is_some() => {
                term(self.pool, self.pool.number_at(n), &[rest])
            }
            _ => shape(self.pool, id),
        };
        let tightest = match is_partial(self.pool, id) {
            true => Slot::Factor,
            false => binding(&shape, signed, self.latex),
        };
        if slot > tightest {
            let inner = if signed {
                Task::Expression(id, Slot::Open)
            } else {
                Task::Unsigned(id, Slot::Open)
            };
            return self.bracketed(id, inner);
        }
        match shape {
            Shape::Atom => self.atom(id),
            Shape::Sum(terms) => self.sum(&terms),
            Shape::Term { negative, above, below } => {
                if negative && signed {
                    self.out.push('-');
                }
                self.fraction(above, below);
            }
            Shape::Root(base) => self.root(&[(base, false)]),
            Shape::NumericPower(base, n) => self.numeric_power(base, &n),
            Shape::Power(base, exponent) => {
                let open = matches!(self.pool.node(base), Node::Apply(function, _)
                    if self.latex && is_command(function));
                let base_slot = if open { Slot::Bracket } else { Slot::Base };
                let letter =
                    self.pool.symbol_name(exponent).is_some_and(|n| n.len() == 1);
                if self.latex && letter {
                    self.schedule([
                        Task::Expression(base, base_slot),
                        Task::Token("^"),
                        Task::Expression(exponent, Slot::Exponent),
                    ]);
                } else if self.latex {
                    self.schedule([
                        Task::Expression(base, base_slot),
                        Task::Token("^{"),
                        Task::Expression(exponent, Slot::Open),
                        Task::Token("}"),
                    ]);
                } else {
                    self.schedule([
                        Task::Expression(base, base_slot),
                        Task::Token("^"),
                        Task::Expression(exponent, Slot::Exponent),
                    ]);
                }
            }
            Shape::Apply(function, arguments) => self.apply(function, &arguments, None),
            Shape::Relation(relation, a, b) => {
                // A number stands on the right: `x > 0`.
                let is_number = |id| self.pool.is_constant(id);
                let turned = turned_token(relation, self.latex)
                    .filter(|_| is_number(a) && !is_number(b));
                let (a, token, b) = match turned {
                    Some(token) => (b, token, a),
                    None => (a, relation_token(relation, self.latex), b),
                };
                let slot = match relation {
                    Relation::And | Relation::Or => Slot::Open,
                    _ => Slot::Side,
                };
                self.schedule([
                    Task::Expression(a, slot),
                    Task::Token(token),
                    Task::Expression(b, slot),
                ]);
            }
        }
    }

    /// Writes what needs no shape: atoms, functions and whole powers where they need no
    /// brackets, as is said by [`binding`].
    fn simple(&mut self, id: ExprId, slot: Slot) -> bool {
        let pool = self.pool;
        match pool.node(id) {
            _ if slot > Slot::Exponent => return false,
            Node::Symbol(_) | Node::Constant(_) => self.atom(id),
            Node::Number(n) if pool.number_at(n).to_i64().is_some_and(|n| n >= 0) => {
                self.atom(id);
            }
            Node::Apply(..) if slot > Slot::Factor && is_partial(pool, id) => {
                return false;
            }
            Node::Apply(function, list) if Relation::of(function).is_none() => {
                self.apply(function, pool.list(list), None);
            }
            Node::Power(base, exponent) if slot <= Slot::Divisor => {
                match pool.as_number(exponent) {
                    Some(n) if n.is_positive() && n.is_integer() => {
                        self.numeric_power(base, n);
                    }
                    _ => return false,
                }
            }
            _ => return false,
        }
        true
    }

    fn atom(&mut self, id: ExprId) {
        match self.pool.node(id) {
            Node::Number(n) => self.number(self.pool.number_at(n)),
            Node::Symbol(symbol) => {
                symbol_name(self.pool.name(symbol), self.latex, &mut self.out);
            }
            Node::Constant(Constant::E) => self.out.push('e'),
            Node::Power(..) => self.out.push('i'),
            Node::Constant(Constant::Pi) => {
                self.out.push_str(if self.latex { "\\pi" } else { "pi" });
            }
            _ => self.out.push_str(if self.latex {
                "\\text{undefined}"
            } else {
                "undefined"
            }),
        }
    }

    fn number(&mut self, n: &Number) {
        match n.to_i64() {
            Some(digit @ 0..=9) => self.out.push(char::from(b'0' + digit as u8)),
            _ => match decimal(self.pool, n, self.latex) {
                Some(text) => self.out.push_str(&text),
                None => {
                    let _ = write!(self.out, "{n}");
                }
            },
        }
    }

    fn sum(&mut self, terms: &[(bool, ExprId)]) {
        for (place, (negative, id)) in terms.iter().enumerate().rev() {
            self.tasks.push(Task::Unsigned(*id, Slot::Term));
            self.tasks.push(Task::Token(match (place, negative) {
                (0, false) => continue,
                (0, true) => "-",
                (_, false) => " + ",
                (_, true) => " - ",
            }));
        }
    }

    fn fraction(&mut self, mut above: Row, below: Row) {
        if self.latex
            && !below.is_empty()
            && let Some(under) = without_quotient_root(&mut above)
        {
            // A root with a bar of its own stands before the bar.
            self.fraction(above, below);
            self.tasks.push(Task::Token(" "));
            return self.root(&under);
        }
        let start = self.factors.len() as u32;
        let middle = start + above.len() as u32;
        let end = middle + below.len() as u32;
        self.factors.extend(above);
        self.factors.extend(below);
        if end == middle {
            return self.row(start, middle, Slot::Factor);
        }
        if self.latex {
            self.schedule([
                Task::Token("\\frac{"),
                Task::Row(start, middle, Slot::Open),
                Task::Token("}{"),
                Task::Row(middle, end, Slot::Open),
                Task::Token("}"),
            ]);
            return;
        }
        let many = end - middle > 1;
        let divisor = if many { Slot::Factor } else { Slot::Divisor };
        let is_partial = |factor: &Factor| matches!(factor, Factor::Plain(id) if is_partial(self.pool, *id));
        let has_bar =
            self.factors[start as usize..middle as usize].iter().any(is_partial);
        let dividend = if has_bar { Slot::Divisor } else { Slot::Factor };
        self.schedule([
            Task::Row(start, middle, dividend),
            Task::Token(if many { "/(" } else { "/" }),
            Task::Row(middle, end, divisor),
            Task::Token(if many { ")" } else { "" }),
        ]);
    }

    /// Factors side by side; a single one takes the whole slot.
    fn row(&mut self, start: u32, end: u32, slot: Slot) {
        if end - start == 1 {
            return self.factor(start, slot);
        }
        let slot = slot.max(Slot::Factor);
        let from = self.tasks.len();
        if self.latex {
            // What follows `\sin x` would be read as part of its argument.
            let mut last = None;
            for open in [false, true] {
                for place in start..end {
                    if self.is_open(&self.factors[place as usize]) == open {
                        self.push_factor(last, place, from, slot);
                        last = Some(place);
                    }
                }
            }
        } else {
            (start..end).for_each(|place| self.push_factor(None, place, from, slot));
        }
        self.tasks[from..].reverse();
    }

    fn push_factor(&mut self, last: Option<u32>, place: u32, from: usize, slot: Slot) {
        if self.tasks.len() > from {
            let before = last.map(|last| &self.factors[last as usize]);
            let times = self.times(before, &self.factors[place as usize]);
            self.tasks.push(Task::Token(times));
        }
        self.tasks.push(Task::Factor(place, slot));
    }

    /// Whether a factor is a LaTeX function whose argument may stand without brackets, by
    /// itself or with a whole exponent behind its name.
    pub(super) fn is_open(&self, factor: &Factor) -> bool {
        let (base, is_whole) = match factor {
            Factor::Plain(id) => {
                let (base, exponent) = self.pool.base(*id);
                let whole = self.pool.as_number(exponent).is_some_and(Number::is_integer);
                (base, whole && self.shared.name(*id).is_none())
            }
            Factor::Power(base, n) => (*base, n.is_integer()),
            Factor::Number(_) | Factor::Root(_) => return false,
        };
        self.latex
            && is_whole
            && self.shared.name(base).is_none()
            && matches!(self.pool.node(base), Node::Apply(function, _) if is_command(function))
    }

    fn factor(&mut self, place: u32, slot: Slot) {
        // Each factor is written once.
        let taken = Factor::Plain(Pool::ONE);
        match std::mem::replace(&mut self.factors[place as usize], taken) {
            Factor::Number(n) => self.number(&n),
            Factor::Plain(id) => self.expression(id, slot, true),
            Factor::Power(base, n) => self.numeric_power(base, &n),
            Factor::Root(under) => self.root(&under),
        }
    }

    fn root(&mut self, under: &[(ExprId, bool)]) {
        let (open, close) = if self.latex { ("\\sqrt{", "}") } else { ("sqrt(", ")") };
        self.out.push_str(open);
        self.tasks.push(Task::Token(close));
        if let [(base, false)] = *under {
            self.tasks.push(Task::Expression(base, Slot::Open));
        } else {
            let (above, below) = together(self.pool, under);
            self.fraction(above, below);
        }
    }

    fn numeric_power(&mut self, base: ExprId, n: &Number) {
        if *n == Number::HALF {
            return self.root(&[(base, false)]);
        }
        if self.latex {
            let mut slot = Slot::Base;
            if let Node::Apply(function, list) = self.pool.node(base)
                && self.shared.name(base).is_none()
                && is_command(function)
            {
                if n.is_integer() {
                    let arguments: SmallVec<[ExprId; 4]> =
                        SmallVec::from_slice(self.pool.list(list));
                    return self.apply(function, &arguments, Some(n));
                }
                // `\\sin x^{1/2}` would be read as the sine of a power.
                slot = Slot::Bracket;
            }
            // A name that has an exponent already gets brackets before another one.
            let raised = matches!(self.pool.node(base), Node::Apply(function, _)
                if function.is_builtin() && function::spec(function).latex.contains('^'));
            let text = match n.to_i64().and_then(digit) {
                Some(power) => Task::Token(power),
                None => Task::Text(match decimal(self.pool, n, true) {
                    Some(n) => format!("^{{{n}}}"),
                    None => format!("^{{{n}}}"),
                }),
            };
            if raised {
                let inner = Task::Expression(base, Slot::Open);
                return self.schedule([
                    Task::Token("\\left("),
                    inner,
                    Task::Token("\\right)"),
                    text,
                ]);
            }
            return self.schedule([Task::Expression(base, slot), text]);
        }
        let text = match n.to_i64().and_then(digit) {
            Some(power) => Task::Token(power),
            None if n.is_integer() && !n.is_negative() => Task::Text(format!("^{n}")),
            None => Task::Text(match decimal(self.pool, n, false) {
                Some(n) => format!("^{n}"),
                None => format!("^({n})"),
            }),
        };
        self.schedule([Task::Expression(base, Slot::Base), text]);
    }

    fn apply(
        &mut self,
        function: FunctionId,
        arguments: &[ExprId],
        power: Option<&Number>,
    ) {
        let is_named = |id| self.shared.name(id).is_some();
        let arguments = &function::unfolded(self.pool, function, arguments, is_named)[..];
        if let Some(known) = self.pool.as_abstract(function) {
            let name = super::abstracts::name(self.pool, known, arguments, self.latex);
            self.out.push_str(&name.text);
            if name.with_arguments {
                self.list(arguments, true);
            }
            return;
        }
        let row = function::spec(function);
        if !self.latex {
            if row.name == "factorial" {
                let slot = before_postfix(self.pool, arguments[0], false);
                let argument = Task::Expression(arguments[0], slot);
                return self.schedule([argument, Task::Token("!")]);
            }
            self.out.push_str(row.name);
            return self.list(arguments, false);
        }
        if row.name == "piecewise" {
            return self.laid_out(layout::cases(arguments));
        }
        if row.latex.contains('#') {
            return self.laid_out(layout::template(row.latex, arguments));
        }
        // \sigma(\sigma) would be a product.
        let letter =
            row.latex.strip_prefix('\\').and_then(|name| self.pool.find_symbol(name));
        match letter.is_some_and(|letter| self.pool.may_depend(self.root, letter)) {
            true => upright_name(row, &mut self.out),
            false => function_name(row, &mut self.out),
        }
        if let Some(n) = power {
            match n.to_i64().and_then(digit) {
                Some(power) => self.out.push_str(power),
                None => {
                    let _ = write!(self.out, "^{{{n}}}");
                }
            }
        }
        match arguments {
            [one] if is_command(function) => {
                self.schedule([Task::Argument(*one, false)]);
            }
            _ => self.list(arguments, true),
        }
    }

    fn argument(&mut self, id: ExprId, bracketed: bool) {
        let letter = matches!(self.pool.node(id), Node::Constant(_));
        if !bracketed && (letter || self.name_of(id).is_some()) {
            self.out.push(' ');
            self.expression(id, Slot::Open, true);
        } else {
            self.bracketed(id, Task::Expression(id, Slot::Open));
        }
    }

    fn list(&mut self, arguments: &[ExprId], may_be_tall: bool) {
        let tall =
            may_be_tall && self.latex && arguments.iter().any(|id| self.is_tall(*id));
        let (open, close) = if tall { ("\\left(", "\\right)") } else { ("(", ")") };
        self.out.push_str(open);
        self.tasks.push(Task::Token(close));
        for (place, argument) in arguments.iter().enumerate().rev() {
            self.tasks.push(Task::Expression(*argument, Slot::Open));
            if place > 0 {
                self.tasks.push(Task::Token(", "));
            }
        }
    }

    /// LaTeX in which arguments have places of their own. An argument that is followed by a
    /// postfix is bracketed as a base is.
    fn laid_out(&mut self, pieces: Vec<Piece<ExprId>>) {
        let pool = self.pool;
        self.tasks.extend(pieces.into_iter().rev().map(|piece| match piece {
            Piece::Token(token) => Task::Token(token),
            Piece::Argument(id, stand) => {
                let slot = match stand {
                    Stand::Open => Slot::Open,
                    Stand::Beside => Slot::Divisor,
                    Stand::Leading => before_postfix(pool, id, true),
                };
                Task::Expression(id, slot)
            }
        }));
    }
}
