//! How a program was read: every operation that stands inside of another one has brackets
//! around it, in the order in which it was typed. Nobody has to know which sign binds tighter.
//!
//! Names, numbers and calls need no brackets, and nothing does that stands in brackets of its
//! own: arguments, entries of vectors, and in LaTeX both sides of a fraction bar and exponents.

use super::label::partial_label;
use super::layout::{self, Piece, Stand};
use super::name::{function_name, symbol_name};
use super::notation::{Notation, relation_token};
use crate::error::{ErrorKind, Result};
use crate::function::{self, spec::FunctionSpec};
use crate::kernel::{Decimal, Number, Relation};
use crate::syntax::{
    Ast, AstId, Callee, Definition, Operand, Program, Shaped, Slot, Step,
};

/// The most nodes that are written.
const MAX_NODES: u64 = 1 << 23;
/// Denominators of more binary digits are written below a fraction bar.
const LONG_DECIMAL: u64 = 256;

/// A program as it was read, on one line in text: its statements with `; ` between them.
///
/// # Errors
/// A text that would be too long: comparisons in a row repeat what stands between them.
pub fn reading(program: &Program, notation: Notation) -> Result<String> {
    let latex = notation == Notation::Latex;
    let mut statements = Vec::new();
    for definition in program.definitions() {
        if program.extent(definition).nodes > MAX_NODES {
            return Err(ErrorKind::OutputTooLong { limit: MAX_NODES }.into());
        }
        let mut writer = Writer { program, latex, out: String::new(), tasks: Vec::new() };
        match program.equation() {
            Some(sides) => writer.equation(sides),
            None => writer.body(definition),
        }
        statements.push((head(program, definition, latex), writer.out));
    }
    let is_aligned = latex && statements.len() > 1;
    let equals = if is_aligned { " &= " } else { " = " };
    let whole = |(head, body): (String, String)| match (head.is_empty(), is_aligned) {
        (false, _) => head + equals + &body,
        (true, true) => format!("& {body}"),
        (true, false) => body,
    };
    let lines: Vec<String> = statements.into_iter().map(whole).collect();
    Ok(match is_aligned {
        true => {
            format!("\\begin{{aligned}}\n{}\n\\end{{aligned}}", lines.join(" \\\\\n"))
        }
        false => lines.join("; "),
    })
}

/// What stands before the `=` of a definition: `f`, `f(x, y)`.
fn head(program: &Program, definition: &Definition, latex: bool) -> String {
    let mut head = String::new();
    let Some(name) = definition.name else { return head };
    symbol_name(program.name(name), latex, &mut head);
    for (place, parameter) in definition.parameters.iter().enumerate() {
        head.push_str(if place == 0 { "(" } else { ", " });
        symbol_name(program.name(*parameter), latex, &mut head);
    }
    if !definition.parameters.is_empty() {
        head.push(')');
    }
    head
}

/// A number as it was typed: a decimal where one was typed, else whole or a fraction.
pub fn number(program: &Program, n: &Number) -> String {
    let denominator = n.denominator();
    if n.is_integer() || !program.has_decimals() || denominator.bits() > LONG_DECIMAL {
        return n.to_string();
    }
    match Decimal::new(n, LONG_DECIMAL as usize) {
        Some(decimal) if n.is_negative() => format!("-{decimal}"),
        Some(decimal) => decimal.to_string(),
        None => n.to_string(),
    }
}

/// The name of what is called, in text.
pub fn callee(program: &Program, callee: Callee) -> String {
    match callee {
        Callee::Builtin(function) => spelled(function::spec(function)).to_owned(),
        Callee::Own(index) => {
            let name = program.definitions()[index as usize].name;
            name.map_or("", |name| program.name(name)).to_owned()
        }
        Callee::Abstract(name, primes) => {
            program.name(name).to_owned() + &"'".repeat(primes as usize)
        }
        Callee::Partial(index) => partial(program, index, Notation::Text),
    }
}

/// The name under which a function is called with a base as with arguments alone.
fn spelled(row: &FunctionSpec) -> &'static str {
    if row.name == "log_b" { "log" } else { row.name }
}

fn partial(program: &Program, index: u32, notation: Notation) -> String {
    let partial = program.partial(index);
    let slots = partial.slots.iter().map(|slot| match slot {
        Slot::Name(name) => name.clone(),
        Slot::Index(index) => (index + 1).to_string(),
    });
    let slots: Vec<String> = slots.collect();
    let slots: Vec<&str> = slots.iter().map(String::as_str).collect();
    partial_label(program.name(partial.name), &slots, true, notation)
}

/// Where something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// In brackets already, or alone.
    Open,
    /// Beside an operator.
    Operand,
    /// Behind a minus sign of its own.
    Signed,
    /// Below an exponent, or before a sign that belongs to it alone.
    Base,
}

/// What something looks like from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Look {
    /// A name or a number.
    Atom,
    /// A name with brackets behind it.
    Call,
    /// A fraction bar in LaTeX.
    Bar,
    /// An exponent in LaTeX, which is raised.
    Raised,
    /// Signs with operands beside them.
    Operation,
}

enum Task {
    Node(AstId, Place),
    Operand(Operand, Place),
    Token(&'static str),
}

struct Writer<'p> {
    program: &'p Program,
    latex: bool,
    out: String,
    /// What is still to be written, the last one first.
    tasks: Vec<Task>,
}

impl Writer<'_> {
    fn body(&mut self, definition: &Definition) {
        let body = definition.body;
        // `a = b` without brackets defines a.
        let equates =
            matches!(self.program.node(body), Ast::Relation(Relation::Equal, ..));
        let place = if equates { Place::Base } else { Place::Open };
        self.tasks.push(Task::Node(body, place));
        self.write();
    }

    /// Both sides of an equation.
    fn equation(&mut self, [left, right]: [AstId; 2]) {
        self.schedule([
            Task::Node(left, Place::Open),
            Task::Token(" = "),
            Task::Node(right, Place::Open),
        ]);
        self.write();
    }

    /// Writes what was put off.
    fn write(&mut self) {
        while let Some(task) = self.tasks.pop() {
            match task {
                Task::Token(token) => self.out.push_str(token),
                Task::Node(id, place) => self.placed(id, place),
                Task::Operand(Operand::Node(id), place) => self.placed(id, place),
                Task::Operand(Operand::Quotient(a, b), place) => {
                    let [open, bar, close] = match (self.latex, place) {
                        (true, _) => ["\\frac{", "}{", "}"],
                        (false, Place::Open) => ["", "/", ""],
                        (false, _) => ["(", "/", ")"],
                    };
                    self.schedule([
                        Task::Token(open),
                        Task::Node(a, Place::Open),
                        Task::Token(bar),
                        Task::Node(b, Place::Open),
                        Task::Token(close),
                    ]);
                }
            }
        }
    }

    /// Puts off what is to be written, in the order in which it is to stand.
    fn schedule(&mut self, tasks: impl IntoIterator<Item = Task>) {
        let from = self.tasks.len();
        self.tasks.extend(tasks);
        self.tasks[from..].reverse();
    }

    fn look(&self, id: AstId) -> Look {
        match self.program.node(id) {
            Ast::Number(n) => match self.program.number(n) {
                n if n.is_negative() => Look::Operation,
                n if !number(self.program, n).contains('/') => Look::Atom,
                _ if self.latex => Look::Bar,
                _ => Look::Operation,
            },
            Ast::Name(_) => Look::Atom,
            Ast::Call(Callee::Partial(_), _) if !self.latex => Look::Operation,
            // Bars and their like are brackets.
            Ast::Call(Callee::Builtin(id), _)
                if self.latex && function::spec(id).latex.starts_with("\\left") =>
            {
                Look::Atom
            }
            Ast::Call(..) | Ast::Vector(_) => Look::Call,
            Ast::Power(..) if self.latex => Look::Raised,
            Ast::Shaped(Shaped::Norm(_)) => Look::Atom,
            Ast::Shaped(Shaped::Transpose(_) | Shaped::Entry(..)) => match self.latex {
                true => Look::Raised,
                false => Look::Call,
            },
            Ast::Product(list) if self.latex => match &self.program.steps(list)[..] {
                [.., last] if last.divides => Look::Bar,
                [only] if only.operands.len() == 1 => Look::Bar,
                _ => Look::Operation,
            },
            _ => Look::Operation,
        }
    }

    fn placed(&mut self, id: AstId, place: Place) {
        let is_bracketed = match (self.look(id), place) {
            (_, Place::Open) | (Look::Atom, _) => false,
            (Look::Operation, _) => true,
            (Look::Raised, place) => place != Place::Operand,
            (Look::Bar, place) => place == Place::Base,
            (Look::Call, place) => place == Place::Base && self.latex,
        };
        if is_bracketed {
            self.out.push_str(if self.latex { "\\left(" } else { "(" });
            self.tasks.push(Task::Token(if self.latex { "\\right)" } else { ")" }));
        }
        self.node(id);
    }

    fn node(&mut self, id: AstId) {
        match self.program.node(id) {
            Ast::Number(n) => self.number(n),
            Ast::Name(name) => {
                symbol_name(self.program.name(name), self.latex, &mut self.out);
            }
            Ast::Negate(operand) => {
                self.out.push('-');
                self.tasks.push(Task::Node(operand, Place::Signed));
            }
            Ast::Sum(list) => {
                let program = self.program;
                let terms = program.list(list).iter().enumerate();
                self.schedule(terms.flat_map(|(place, (minus, id))| {
                    let sign = match (place, minus) {
                        (0, false) => "",
                        (0, true) => "-",
                        (_, false) => " + ",
                        (_, true) => " - ",
                    };
                    [Task::Token(sign), Task::Node(*id, Place::Operand)]
                }));
            }
            Ast::Product(list) => self.product(&self.program.steps(list)),
            Ast::Power(base, exponent) => {
                let (open, place, close) = match self.latex {
                    true => ("^{", Place::Open, "}"),
                    false => ("^", Place::Operand, ""),
                };
                self.schedule([
                    Task::Node(base, Place::Base),
                    Task::Token(open),
                    Task::Node(exponent, place),
                    Task::Token(close),
                ]);
            }
            Ast::Relation(relation, a, b) => self.schedule([
                Task::Node(a, Place::Operand),
                Task::Token(relation_token(relation, self.latex)),
                Task::Node(b, Place::Operand),
            ]),
            Ast::Vector(_) => {
                let entries = self.program.operands(id);
                let is_row =
                    |id: &AstId| matches!(self.program.node(*id), Ast::Vector(_));
                match self.latex {
                    true if entries.iter().all(is_row) && !entries.is_empty() => {
                        self.rows(&entries);
                    }
                    true => self.listed(
                        "\\begin{bmatrix} ",
                        &entries,
                        " & ",
                        " \\end{bmatrix}",
                    ),
                    false => self.listed("[", &entries, ", ", "]"),
                }
            }
            Ast::Call(callee, _) => self.call(callee, &self.program.operands(id)),
            Ast::Shaped(shaped) => self.shaped(shaped),
        }
    }

    /// What stands only over declared shapes.
    fn shaped(&mut self, shaped: Shaped) {
        let program = self.program;
        let sign = |text: &'static str, latex: &'static str| {
            Task::Token(if self.latex { latex } else { text })
        };
        match shaped {
            Shaped::Entries(list) => {
                let mut tasks = Vec::new();
                for (place, (divides, id)) in program.list(list).iter().enumerate() {
                    match (place, divides) {
                        (0, _) => {}
                        (_, true) => tasks.push(sign(" ./ ", " \\oslash ")),
                        (_, false) => tasks.push(sign(" .* ", " \\odot ")),
                    }
                    tasks.push(Task::Node(*id, Place::Operand));
                }
                self.schedule(tasks);
            }
            Shaped::Power(base, exponent) => {
                let tasks = [
                    Task::Node(base, Place::Base),
                    sign(".^", "^{\\circ "),
                    Task::Node(exponent, Place::Operand),
                    sign("", "}"),
                ];
                self.schedule(tasks);
            }
            Shaped::Kronecker(a, b) => {
                let tasks = [
                    Task::Node(a, Place::Operand),
                    sign(" ⊗ ", " \\otimes "),
                    Task::Node(b, Place::Operand),
                ];
                self.schedule(tasks);
            }
            Shaped::Transpose(a) => {
                let tasks = [Task::Node(a, Place::Base), sign("'", "^\\top")];
                self.schedule(tasks);
            }
            Shaped::Entry(a, list) => {
                let mut tasks = vec![Task::Node(a, Place::Base), sign("[", "_{")];
                for (place, (_, index)) in program.list(list).iter().enumerate() {
                    let between = if place == 0 { "" } else { ", " };
                    tasks.extend([Task::Token(between), Task::Node(*index, Place::Open)]);
                }
                tasks.push(sign("]", "}"));
                self.schedule(tasks);
            }
            Shaped::Norm(list) => {
                let operands: Vec<AstId> =
                    program.list(list).iter().map(|(_, id)| *id).collect();
                match (self.latex, &operands[..]) {
                    (true, [a, order @ ..]) => {
                        let mut tasks = vec![
                            Task::Token("\\left\\lVert "),
                            Task::Node(*a, Place::Open),
                            Task::Token(" \\right\\rVert"),
                        ];
                        for order in order {
                            tasks.extend([
                                Task::Token("_{"),
                                Task::Node(*order, Place::Open),
                                Task::Token("}"),
                            ]);
                        }
                        self.schedule(tasks);
                    }
                    _ => self.listed("norm(", &operands, ", ", ")"),
                }
            }
            Shaped::Sum(name, a) => {
                self.out.push_str(if self.latex { "\\sum_{" } else { "∑_" });
                symbol_name(program.name(name), self.latex, &mut self.out);
                self.out.push_str(if self.latex { "} " } else { " " });
                self.tasks.push(Task::Node(a, Place::Base));
            }
        }
    }

    /// The rows of a matrix in LaTeX.
    fn rows(&mut self, rows: &[AstId]) {
        let mut tasks = vec![Task::Token("\\begin{bmatrix} ")];
        for (place, row) in rows.iter().enumerate() {
            if place > 0 {
                tasks.push(Task::Token(" \\\\ "));
            }
            for (place, entry) in self.program.operands(*row).iter().enumerate() {
                let between = if place == 0 { "" } else { " & " };
                tasks.extend([Task::Token(between), Task::Node(*entry, Place::Open)]);
            }
        }
        tasks.push(Task::Token(" \\end{bmatrix}"));
        self.schedule(tasks);
    }

    fn number(&mut self, n: u32) {
        let text = number(self.program, self.program.number(n));
        match text.split_once('/') {
            Some((above, below)) if self.latex => {
                let (sign, above) = match above.strip_prefix('-') {
                    Some(above) => ("-", above),
                    None => ("", above),
                };
                self.out.push_str(&format!("{sign}\\frac{{{above}}}{{{below}}}"));
            }
            _ => self.out.push_str(&text),
        }
    }

    /// A product from the left to the right: what was done first stands in the innermost
    /// brackets, or above the innermost bar.
    fn product(&mut self, steps: &[Step]) {
        let last = steps.len().saturating_sub(1);
        let is_operation = |place: usize| place > 0 || steps[place].operands.len() > 1;
        let is_bracketed = |place: usize| place < last && is_operation(place);
        let mut tasks = Vec::new();
        for (place, step) in steps.iter().enumerate() {
            match self.latex {
                true if step.divides => tasks.push(Task::Token("\\frac{")),
                false if is_bracketed(place) => tasks.push(Task::Token("(")),
                _ => {}
            }
        }
        let times = if self.latex { " \\cdot " } else { "*" };
        let is_single = !steps.is_empty() && !is_operation(0);
        for (place, step) in steps.iter().enumerate() {
            for (nth, operand) in step.operands.iter().enumerate() {
                let is_alone = is_single && place == 0 && (self.latex || last == 0);
                let slot = match is_alone || step.divides && self.latex {
                    true => Place::Open,
                    false => Place::Operand,
                };
                if place + nth > 0 {
                    tasks.push(Task::Token(match (step.divides, self.latex) {
                        (true, true) => "}{",
                        (true, false) => "/",
                        (false, _) => times,
                    }));
                }
                tasks.push(Task::Operand(*operand, slot));
            }
            match self.latex {
                true if step.divides => tasks.push(Task::Token("}")),
                false if is_bracketed(place) => tasks.push(Task::Token(")")),
                _ => {}
            }
        }
        self.schedule(tasks);
    }

    fn call(&mut self, callee: Callee, arguments: &[AstId]) {
        let program = self.program;
        let (open, close) = match self.latex {
            true => ("\\left(", "\\right)"),
            false => ("(", ")"),
        };
        match callee {
            Callee::Builtin(function) if self.latex => {
                let row = function::spec(function);
                let last = format!("#{}", arguments.len());
                if row.name == "piecewise" {
                    return self.laid_out(layout::cases(arguments));
                }
                if row.latex.contains(&last) {
                    return self.laid_out(layout::template(row.latex, arguments));
                }
                function_name(row, &mut self.out);
            }
            Callee::Partial(index) => {
                let notation = if self.latex { Notation::Latex } else { Notation::Text };
                self.out.push_str(&partial(program, index, notation));
                if arguments.is_empty() {
                    return;
                }
            }
            Callee::Own(index) if self.latex => {
                let name = program.definitions()[index as usize].name;
                symbol_name(name.map_or("", |n| program.name(n)), true, &mut self.out);
            }
            Callee::Abstract(name, primes) if self.latex => {
                symbol_name(program.name(name), true, &mut self.out);
                self.out.push_str(&"'".repeat(primes as usize));
            }
            _ => self.out.push_str(&self::callee(program, callee)),
        }
        self.listed(open, arguments, ", ", close);
    }

    fn listed(
        &mut self,
        open: &'static str,
        items: &[AstId],
        between: &'static str,
        close: &'static str,
    ) {
        self.out.push_str(open);
        self.tasks.push(Task::Token(close));
        self.schedule(items.iter().enumerate().flat_map(|(place, id)| {
            let token = if place == 0 { "" } else { between };
            [Task::Token(token), Task::Node(*id, Place::Open)]
        }));
    }

    /// LaTeX in which arguments have places of their own.
    fn laid_out(&mut self, pieces: Vec<Piece<AstId>>) {
        self.tasks.extend(pieces.into_iter().rev().map(|piece| match piece {
            Piece::Token(token) => Task::Token(token),
            Piece::Argument(id, stand) => {
                let place = match stand {
                    Stand::Open => Place::Open,
                    Stand::Beside => Place::Operand,
                    Stand::Leading => Place::Base,
                };
                Task::Node(id, place)
            }
        }));
    }
}
