//! Forms in text: operators with a precedence, brackets where they are needed.

use super::super::form::{Elementwise, FormId, Forms, Op, Scope};
use super::super::shape::{Shape, Size, SizeId};
use super::super::table::Special;
use crate::function;
use crate::kernel::{Constant, Digest, FunctionId, Number, Relation};
use rustc_hash::FxHashMap;

/// Texts that are longer are sorted by so much of them, and a digest.
const LONG: usize = 4096;
const BEGINNING: usize = 1024;

/// How tight an operator binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    Sum,
    Entry,
    Product,
    Sign,
    Power,
    Postfix,
    Atom,
}

/// A form in text, which is read as the same form.
pub(crate) fn text(id: FormId, forms: &Forms, scope: &Scope) -> String {
    let writer = Writer { forms, scope };
    let made = forms.fold(id, |next, done| writer.one(next, done));
    made.map(|(text, _)| text).unwrap_or_default()
}

/// What a form is sorted by: its text. Of long texts the beginning and a digest are kept, so that
/// forms that use others often have no texts that are longer than all that they use.
pub(crate) fn order(id: FormId, forms: &Forms, scope: &Scope) -> String {
    let writer = Writer { forms, scope };
    let made = forms.fold(id, |next, done| {
        let (mut text, level) = writer.one(next, done);
        if text.len() > LONG {
            let digest = Digest::of(&text);
            let ends = |at: &usize| text.is_char_boundary(*at);
            text.truncate((0..=BEGINNING).rev().find(ends).unwrap_or(0));
            text.push_str(&format!(" {digest:016x}"));
        }
        (text, level)
    });
    made.map(|(text, _)| text).unwrap_or_default()
}

/// A form in text behind the sign of a division.
pub(crate) fn divisor(id: FormId, forms: &Forms, scope: &Scope) -> String {
    let is_power = matches!(forms.op(id), Op::Power(..));
    if is_power { text(id, forms, scope) } else { closed(id, forms, scope) }
}

/// A form in text, in brackets unless nothing that follows could be misread.
pub(crate) fn closed(id: FormId, forms: &Forms, scope: &Scope) -> String {
    let text = text(id, forms, scope);
    let atom = match forms.op(id) {
        Op::Number(n) => n.is_integer(),
        Op::Variable(_) | Op::Definition(_) | Op::Constant(_) | Op::Size(_) => true,
        Op::Apply(..)
        | Op::Call(..)
        | Op::Field(..)
        | Op::Eye
        | Op::Ones
        | Op::Unit(_) => true,
        Op::Entries(_) | Op::Entry(..) | Op::Commutation(..) => true,
        Op::Transpose(inner) => matches!(forms.op(*inner), Op::Variable(_)),
        _ => false,
    };
    if atom { text } else { format!("({text})") }
}

struct Writer<'a> {
    forms: &'a Forms,
    scope: &'a Scope,
}

type Done = FxHashMap<FormId, (String, Level)>;

impl Writer<'_> {
    /// An operand in brackets if it binds less than asked for.
    fn at(&self, id: FormId, least: Level, done: &Done) -> String {
        match done.get(&id) {
            Some((text, level)) if *level >= least => text.clone(),
            Some((text, _)) => format!("({text})"),
            None => String::new(),
        }
    }

    fn one(&self, id: FormId, done: &Done) -> (String, Level) {
        let shape = self.forms.shape(id);
        let list = |ids: &[FormId], least, separator: &str| {
            let texts: Vec<String> =
                ids.iter().map(|f| self.at(*f, least, done)).collect();
            texts.join(separator)
        };
        match self.forms.op(id) {
            Op::Number(n) => self.number(n),
            Op::Constant(constant) => (self.constant(*constant), Level::Atom),
            Op::Size(size) => {
                let product = matches!(self.scope.sizes.get(*size), Size::Product(_));
                let level = if product { Level::Product } else { Level::Atom };
                (self.scope.sizes.text(*size), level)
            }
            Op::Variable(v) => {
                (self.scope.variables[usize::from(*v)].name.clone(), Level::Atom)
            }
            Op::Definition(d) => {
                (self.scope.definitions[usize::from(*d)].name.clone(), Level::Atom)
            }
            Op::Ones => (self.filled("ones", shape), Level::Atom),
            Op::Zeros => (self.filled("zeros", shape), Level::Atom),
            Op::Eye => (self.eye(shape), Level::Atom),
            Op::Commutation(m, n) => {
                let [m, n] = [m, n].map(|size| self.scope.sizes.text(*size));
                let is_free =
                    self.scope.variable("K").or(self.scope.definition("K")).is_none();
                let text = match is_free {
                    true => format!("K[{m},{n}]"),
                    false => format!("commutation({m}, {n})"),
                };
                (text, Level::Atom)
            }
            Op::Unit(index) => (self.unit(*index, shape), Level::Atom),
            Op::Sum(terms) => {
                let mut out = String::new();
                for (place, (minus, term)) in terms.iter().enumerate() {
                    let sign = match (place, minus) {
                        (0, false) => "",
                        (0, true) => "-",
                        (_, false) => " + ",
                        (_, true) => " - ",
                    };
                    out.push_str(sign);
                    let least = if *minus { Level::Entry } else { Level::Sum };
                    let least = if place > 0 { Level::Entry } else { least };
                    out.push_str(&self.at(*term, least, done));
                }
                let level = if terms.len() == 1 { Level::Sign } else { Level::Sum };
                (out, if terms.len() == 1 { Level::Sum } else { level })
            }
            Op::Product(factors) => (self.product(factors, done), Level::Product),
            Op::Divide(a, b) => {
                let text = format!(
                    "{}/{}",
                    self.at(*a, Level::Product, done),
                    self.at(*b, Level::Power, done)
                );
                (text, Level::Product)
            }
            Op::Hadamard(factors) => (list(factors, Level::Power, " .* "), Level::Entry),
            Op::ElementDivide(a, b) => {
                let over = self.at(*a, Level::Power, done);
                let over = match self.forms.op(*a) {
                    Op::Hadamard(_) => self.at(*a, Level::Entry, done),
                    _ => over,
                };
                (format!("{over} ./ {}", self.at(*b, Level::Power, done)), Level::Entry)
            }
            Op::Power(a, b) => {
                let text = format!(
                    "{}^{}",
                    self.at(*a, Level::Postfix, done),
                    self.at(*b, Level::Postfix, done)
                );
                (text, Level::Power)
            }
            Op::ElementPower(a, b) => {
                let text = format!(
                    "{}.^{}",
                    self.at(*a, Level::Postfix, done),
                    self.at(*b, Level::Postfix, done)
                );
                (text, Level::Power)
            }
            Op::Transpose(a) => {
                let inner = self.at(*a, Level::Postfix, done);
                (format!("{inner}'"), Level::Postfix)
            }
            Op::Apply(Elementwise::Table(id), list) if !id.is_builtin() => {
                let texts = list.iter().map(|f| self.at(*f, Level::Sum, done)).collect();
                (relation(*id, list, texts, self.forms, false), Level::Sum)
            }
            Op::Apply(function, arguments) => {
                let inner = list(arguments, Level::Sum, ", ");
                (format!("{}({inner})", self.function(*function)), Level::Atom)
            }
            Op::Call(Special::Reshape, arguments) => {
                let inner = list(arguments, Level::Sum, ", ");
                let [m, n] = [shape.rows, shape.cols].map(|s| self.scope.sizes.text(s));
                (format!("reshape({inner}, {m}, {n})"), Level::Atom)
            }
            Op::Call(function, arguments) => self.call(*function, arguments, done),
            Op::IndexSum(index, _, a) => {
                let inner = self.at(*a, Level::Product, done);
                (format!("Σ_{} {inner}", self.index(*index)), Level::Sum)
            }
            Op::Entries(entries) => {
                let size = self.scope.sizes.text(shape.cols);
                let cols = size.parse().unwrap_or(1);
                let rows: Vec<String> =
                    entries.chunks(cols).map(|row| list(row, Level::Sum, ", ")).collect();
                let text = match shape.cols {
                    SizeId::ONE => format!("[{}]", rows.join(", ")),
                    _ => format!("[[{}]]", rows.join("], [")),
                };
                (text, Level::Atom)
            }
            Op::Field(place, order, a) => {
                let name = &self.scope.fields[usize::from(*place)].0;
                let inside = self.at(*a, Level::Sum, done);
                (
                    format!(
                        "{}{name}({inside})",
                        ["", "∇", "∇²"][usize::from(*order).min(2)]
                    ),
                    Level::Atom,
                )
            }
            Op::Change(a) => {
                let inner = self.at(*a, Level::Sum, done);
                let text = match self.forms.op(*a) {
                    Op::Definition(_) => format!("d{inner}"),
                    _ => format!("d({inner})"),
                };
                (text, Level::Atom)
            }
            Op::Entry(a, at) => {
                let of = match self.forms.op(*a) {
                    Op::Eye => "δ".to_owned(),
                    _ => self.at(*a, Level::Postfix, done),
                };
                let names: Vec<&str> = at.iter().map(|i| self.index(*i)).collect();
                (format!("{of}[{}]", names.join(",")), Level::Postfix)
            }
        }
    }

    fn number(&self, n: &Number) -> (String, Level) {
        let text = n.numerator().to_big().to_string();
        if n.is_integer() {
            let level = if n.is_negative() { Level::Sum } else { Level::Atom };
            return (text, level);
        }
        let below = n.denominator().to_big();
        (format!("{text}/{below}"), Level::Product)
    }

    fn product(&self, factors: &[FormId], done: &Done) -> String {
        let mut out = String::new();
        let scalar = |id: &FormId| self.forms.shape(*id).is_scalar();
        for (place, id) in factors.iter().enumerate() {
            // Behind scalars an inner product at the end is read as one all the same.
            let is_last =
                place + 1 == factors.len() && factors[..place].iter().all(scalar);
            if place > 0 {
                out.push('*');
            }
            // An inner product beside other factors stays together.
            let inner = match scalar(id) {
                true => matches!(self.forms.op(*id), Op::Product(_)),
                false => place > 0 && self.forms.stays_together(*id),
            };
            let text = self.at(*id, Level::Product, done);
            let quotient = place > 0 && matches!(self.forms.op(*id), Op::Divide(..));
            if inner && !is_last || quotient {
                out.push_str(&format!("({text})"));
            } else {
                out.push_str(&text);
            }
        }
        out
    }

    fn constant(&self, constant: Constant) -> String {
        match constant {
            Constant::E => "e",
            Constant::Pi => "pi",
        }
        .into()
    }

    fn filled(&self, name: &str, shape: Shape) -> String {
        let text = |size| self.scope.sizes.text(size);
        match shape.cols {
            SizeId::ONE => format!("{name}({})", text(shape.rows)),
            cols => format!("{name}({}, {})", text(shape.rows), text(cols)),
        }
    }

    fn eye(&self, shape: Shape) -> String {
        format!("eye({})", self.scope.sizes.text(shape.rows))
    }

    fn unit(&self, index: u16, shape: Shape) -> String {
        let n = self.scope.sizes.text(shape.rows);
        format!("unit({}, {n})", self.index(index))
    }

    fn index(&self, index: u16) -> &str {
        &self.scope.indices[usize::from(index)]
    }

    fn function(&self, function: Elementwise) -> String {
        match function {
            Elementwise::Table(id) => function::spec(id).name.into(),
            Elementwise::Abstract(name, primes) => {
                let name = &self.scope.functions[usize::from(name)];
                format!("{name}{}", "'".repeat(usize::from(primes)))
            }
        }
    }

    fn call(&self, function: Special, list: &[FormId], done: &Done) -> (String, Level) {
        let inner: Vec<String> =
            list.iter().map(|id| self.at(*id, Level::Sum, done)).collect();
        (format!("{}({})", function.spec().names[0], inner.join(", ")), Level::Atom)
    }
}

/// A comparison, a number behind its sign, or conditions with a word between them.
pub(super) fn relation(
    id: FunctionId,
    list: &[FormId],
    mut texts: Vec<String>,
    forms: &Forms,
    is_latex: bool,
) -> String {
    let kind = Relation::of(id);
    let is =
        |place: usize, wanted: Relation| match list.get(place).map(|id| forms.op(*id)) {
            Some(Op::Apply(Elementwise::Table(inner), _)) => {
                Relation::of(*inner) == Some(wanted)
            }
            _ => false,
        };
    let number =
        |place: usize| list.get(place).is_some_and(|id| forms.as_number(*id).is_some());
    if kind == Some(Relation::And) {
        for (place, text) in texts.iter_mut().enumerate() {
            if is(place, Relation::Or) {
                *text = format!("({text})");
            }
        }
    }
    let turned = number(0) && !number(1);
    if turned && matches!(kind, Some(Relation::Less | Relation::LessEqual)) {
        texts.reverse();
    }
    let sign = match (kind, is_latex) {
        (Some(Relation::Less), _) => {
            if turned {
                ">"
            } else {
                "<"
            }
        }
        (Some(Relation::LessEqual), false) => {
            if turned {
                ">="
            } else {
                "<="
            }
        }
        (Some(Relation::LessEqual), true) => {
            if turned {
                r"\ge"
            } else {
                r"\le"
            }
        }
        (Some(Relation::Equal), false) => "==",
        (Some(Relation::Equal), true) => "=",
        (Some(Relation::NotEqual), false) => "!=",
        (Some(Relation::NotEqual), true) => r"\ne",
        (Some(Relation::Or), false) => "or",
        (Some(Relation::Or), true) => r"\vee",
        (_, false) => "and",
        (_, true) => r"\wedge",
    };
    texts.join(&format!(" {sign} "))
}
