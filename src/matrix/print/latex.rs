//! Forms in LaTeX: bold capitals for matrices, bold small letters for vectors.

use super::super::form::{Elementwise, FormId, Forms, Op, Scope};
use super::super::shape::{Shape, Size, SizeId};
use super::super::table::Special;
use super::writer::{Level, relation};
use crate::function;
use crate::kernel::{Constant, Number};
use crate::print;
use rustc_hash::FxHashMap;

/// A form in LaTeX, for mathematics mode.
pub(crate) fn latex(id: FormId, forms: &Forms, scope: &Scope) -> String {
    let writer = Writer { forms, scope };
    let mut done = Done::default();
    for next in forms.below(id) {
        let made = writer.one(next, &done);
        done.insert(next, made);
    }
    done.remove(&id).map(|(text, _)| text).unwrap_or_default()
}

/// A name in LaTeX, bold for vectors and matrices.
pub(crate) fn name(name: &str, shape: Shape) -> String {
    let plain = print::name(name, print::Notation::Latex);
    if shape.is_scalar() {
        return plain;
    }
    let (letter, subscript) = match plain.split_once('_') {
        Some((letter, rest)) => (letter, format!("_{rest}")),
        None => (plain.as_str(), String::new()),
    };
    let bold = if letter.starts_with('\\') { "boldsymbol" } else { "mathbf" };
    format!("\\{bold}{{{letter}}}{subscript}")
}

struct Writer<'a> {
    forms: &'a Forms,
    scope: &'a Scope,
}

type Done = FxHashMap<FormId, (String, Level)>;

impl Writer<'_> {
    fn at(&self, id: FormId, least: Level, done: &Done) -> String {
        match done.get(&id) {
            Some((text, level)) if *level >= least => text.clone(),
            Some((text, _)) => brackets(text),
            None => String::new(),
        }
    }

    fn one(&self, id: FormId, done: &Done) -> (String, Level) {
        let shape = self.forms.shape(id);
        match self.forms.op(id) {
            Op::Number(n) => (number(n), Level::Atom),
            Op::Constant(Constant::E) => ("e".into(), Level::Atom),
            Op::Constant(Constant::Pi) => (r"\pi".into(), Level::Atom),
            Op::Size(size) => {
                let is_product = matches!(self.scope.sizes.get(*size), Size::Product(_));
                let level = if is_product { Level::Product } else { Level::Atom };
                (self.size(*size), level)
            }
            Op::Variable(v) => {
                let variable = &self.scope.variables[usize::from(*v)];
                match variable.name.strip_prefix('d') {
                    _ if let Some(latex) = &variable.latex => {
                        (latex.clone(), Level::Atom)
                    }
                    Some(of) if variable.is_differential => {
                        (format!("d{}", name(of, variable.shape)), Level::Product)
                    }
                    _ => (name(&variable.name, variable.shape), Level::Atom),
                }
            }
            Op::Definition(d) => {
                let definition = &self.scope.definitions[usize::from(*d)];
                (name(&definition.name, self.forms.shape(definition.body)), Level::Atom)
            }
            Op::Ones => (self.filled(r"\mathbf{1}", shape), Level::Atom),
            Op::Zeros => (self.filled(r"\mathbf{0}", shape), Level::Atom),
            Op::Eye => {
                (format!(r"\mathbf{{I}}_{{{}}}", self.size(shape.rows)), Level::Atom)
            }
            Op::Commutation(m, n) => {
                let sizes = [m, n].map(|size| self.size(*size));
                let between = if sizes.iter().all(|s| s.len() == 1) { "" } else { "," };
                (format!(r"\mathbf{{K}}_{{{}}}", sizes.join(between)), Level::Atom)
            }
            Op::Unit(index) => {
                let index = &self.scope.indices[usize::from(*index)];
                (format!(r"\mathbf{{e}}_{{{index}}}"), Level::Atom)
            }
            Op::Sum(terms) => {
                let mut out = String::new();
                for (place, (minus, term)) in terms.iter().enumerate() {
                    out.push_str(match (place, minus) {
                        (0, false) => "",
                        (0, true) => "-",
                        (_, false) => " + ",
                        (_, true) => " - ",
                    });
                    let least =
                        if place > 0 || *minus { Level::Entry } else { Level::Sum };
                    out.push_str(&self.at(*term, least, done));
                }
                (out, Level::Sum)
            }
            Op::Product(factors) => (self.product(factors, done), Level::Product),
            Op::Divide(a, b) => {
                let under = self.at(*b, Level::Sum, done);
                // A matrix stands beside the fraction, a column over it.
                let matrix = !shape.is_vector();
                if let (true, Op::Product(list)) = (matrix, self.forms.op(*a))
                    && let [first, rest @ ..] = &list[..]
                    && self.forms.shape(*first).is_scalar()
                {
                    let over = self.at(*first, Level::Sum, done);
                    let rest = self.product(rest, done);
                    return (
                        format!(r"\frac{{{over}}}{{{under}}} {rest}"),
                        Level::Product,
                    );
                }
                if matrix {
                    let over = self.at(*a, Level::Product, done);
                    return (format!(r"\frac{{1}}{{{under}}} {over}"), Level::Product);
                }
                let over = self.at(*a, Level::Sum, done);
                (format!(r"\frac{{{over}}}{{{under}}}"), Level::Product)
            }
            Op::Hadamard(factors) => {
                let texts: Vec<String> =
                    factors.iter().map(|f| self.at(*f, Level::Product, done)).collect();
                (texts.join(r" \odot "), Level::Entry)
            }
            Op::ElementDivide(a, b) => {
                let (a, b) =
                    (self.at(*a, Level::Entry, done), self.at(*b, Level::Product, done));
                (format!(r"{a} \oslash {b}"), Level::Entry)
            }
            Op::Power(a, b) => {
                let (base, power) =
                    (self.at(*a, Level::Atom, done), self.at(*b, Level::Sum, done));
                (format!("{base}^{}", slot(&power)), Level::Power)
            }
            Op::ElementPower(a, b) => {
                let (base, power) =
                    (self.at(*a, Level::Atom, done), self.at(*b, Level::Sum, done));
                (format!(r"{base}^{{\circ {power}}}"), Level::Power)
            }
            Op::Transpose(a) => match self.forms.op(*a) {
                Op::Call(Special::Inverse, list) => {
                    let inner = self.at(list[0], Level::Atom, done);
                    (format!(r"{inner}^{{-\top}}"), Level::Power)
                }
                _ => {
                    let inner = self.at(*a, Level::Atom, done);
                    (format!(r"{inner}^\top"), Level::Power)
                }
            },
            Op::Apply(Elementwise::Table(id), list) if !id.is_builtin() => {
                let texts = list.iter().map(|f| self.at(*f, Level::Sum, done)).collect();
                (relation(*id, list, texts, self.forms, true), Level::Sum)
            }
            Op::Apply(function, arguments) => self.apply(*function, arguments, done),
            Op::Call(function, arguments) => {
                let level = match function {
                    Special::Inverse => Level::Atom,
                    Special::Outer | Special::Kronecker => Level::Entry,
                    _ => Level::Sum,
                };
                let mut text = function.spec().latex.to_owned();
                if *function == Special::Reshape {
                    let sizes = [shape.rows, shape.cols].map(|size| self.size(size));
                    text = text.replace("#2", &sizes[0]).replace("#3", &sizes[1]);
                }
                for (place, id) in arguments.iter().enumerate().rev() {
                    let slot = format!("#{}", place + 1);
                    text = text.replace(&slot, &self.at(*id, level, done));
                }
                let level = match function {
                    Special::Inverse => Level::Power,
                    Special::Outer => Level::Product,
                    Special::Kronecker => Level::Entry,
                    _ => Level::Atom,
                };
                (text, level)
            }
            Op::IndexSum(index, _, a) => {
                let inner = self.at(*a, Level::Product, done);
                let index = &self.scope.indices[usize::from(*index)];
                (format!(r"\sum_{{{index}}} {inner}"), Level::Sum)
            }
            Op::Entries(entries) => {
                let cols = self.scope.sizes.text(shape.cols).parse().unwrap_or(1);
                let row = |row: &[FormId]| {
                    let texts: Vec<String> =
                        row.iter().map(|f| self.at(*f, Level::Sum, done)).collect();
                    texts.join(" & ")
                };
                let rows: Vec<String> = entries.chunks(cols).map(row).collect();
                let inside = rows.join(r" \\ ");
                (format!(r"\begin{{pmatrix}} {inside} \end{{pmatrix}}"), Level::Atom)
            }
            Op::Field(place, order, a) => {
                let (of, _) = &self.scope.fields[usize::from(*place)];
                let of = name(of, Shape::SCALAR);
                let inside = self.at(*a, Level::Sum, done);
                let sign = ["", r"\nabla ", r"\nabla^2 "][usize::from(*order).min(2)];
                (format!(r"{sign}{of}\left({inside}\right)"), Level::Atom)
            }
            Op::Change(a) => {
                let inner = self.at(*a, Level::Sum, done);
                let text = match self.forms.op(*a) {
                    Op::Definition(_) => format!("d{inner}"),
                    _ => format!("d{}", brackets(&inner)),
                };
                (text, Level::Product)
            }
            Op::Entry(a, at) => {
                let names =
                    at.iter().map(|i| self.scope.indices[usize::from(*i)].as_str());
                let of = match self.forms.op(*a) {
                    Op::Eye => r"\delta".to_owned(),
                    _ => self.at(*a, Level::Atom, done),
                };
                (entry(&of, &names.collect::<Vec<_>>()), Level::Atom)
            }
        }
    }

    /// Whether a form is a differential.
    fn is_change(&self, id: FormId) -> bool {
        match self.forms.op(id) {
            Op::Variable(place) => {
                self.scope.variables[usize::from(*place)].is_differential
            }
            Op::Change(_) => true,
            _ => false,
        }
    }

    fn product(&self, factors: &[FormId], done: &Done) -> String {
        let mut out = String::new();
        for (place, id) in factors.iter().enumerate() {
            let scalar = |id: &FormId| self.forms.shape(*id).is_scalar();
            let is_last =
                place + 1 == factors.len() && factors[..place].iter().all(scalar);
            let inner = factors.len() > 1
                && !is_last
                && (scalar(id) || place > 0)
                && self.forms.stays_together(*id);
            let text = self.at(*id, Level::Product, done);
            let text = if inner { brackets(&text) } else { text };
            if place > 0 {
                let digit = text.starts_with(|c: char| c.is_ascii_digit());
                let is_change = self.is_change(*id) || self.is_change(factors[place - 1]);
                out.push_str(match (digit, is_change) {
                    (true, _) => r" \cdot ",
                    (_, true) => r"\, ",
                    _ => " ",
                });
            }
            out.push_str(&text);
        }
        out
    }

    fn apply(
        &self,
        function: Elementwise,
        list: &[FormId],
        done: &Done,
    ) -> (String, Level) {
        let inner: Vec<String> =
            list.iter().map(|id| self.at(*id, Level::Sum, done)).collect();
        let all = inner.join(", ");
        let id = match function {
            Elementwise::Abstract(name, primes) => {
                let name = print::name(
                    &self.scope.functions[usize::from(name)],
                    print::Notation::Latex,
                );
                let primes = "'".repeat(usize::from(primes));
                return (format!(r"{name}{primes}\left({all}\right)"), Level::Atom);
            }
            Elementwise::Table(id) => id,
        };
        let row = function::spec(id);
        if row.name == "piecewise" {
            let cases = inner.chunks(2).map(|pair| match pair {
                [condition, value] => format!(r"{value} & \text{{if }} {condition}"),
                rest => format!(r"{} & \text{{otherwise}}", rest.concat()),
            });
            let cases = cases.collect::<Vec<_>>().join(r" \\ ");
            return (format!(r"\begin{{cases}} {cases} \end{{cases}}"), Level::Sum);
        }
        // Bars around what is no scalar are those of a norm.
        let is_array = row.name == "abs" && !self.forms.shape(list[0]).is_scalar();
        if row.latex.contains('#') && !is_array {
            let mut text = row.latex.to_owned();
            for (place, inner) in inner.iter().enumerate().rev() {
                text = text.replace(&format!("#{}", place + 1), inner);
            }
            return (text, Level::Atom);
        }
        let is_scalar = self.forms.shape(list[0]).is_scalar();
        if row.name == "exp" && is_scalar && self.scope.has_exponential() {
            return (format!("e^{}", slot(&all)), Level::Power);
        }
        let name = match (row.name, row.latex) {
            ("exp", _) => r"\exp".into(),
            ("abs", _) => r"\operatorname{abs}".into(),
            (name, "") => format!(r"\operatorname{{{}}}", name.replace('_', r"\_")),
            (_, latex) => latex.to_owned(),
        };
        (format!(r"{name}\left({all}\right)"), Level::Atom)
    }

    fn size(&self, size: SizeId) -> String {
        self.scope.sizes.text(size).replace('*', " ")
    }

    fn filled(&self, letter: &str, shape: Shape) -> String {
        let sizes = match (shape.rows, shape.cols) {
            (rows, SizeId::ONE) => self.size(rows),
            (rows, cols) => format!(r"{} \times {}", self.size(rows), self.size(cols)),
        };
        format!("{letter}_{{{sizes}}}")
    }
}

/// A subscript behind what has perhaps one already.
fn entry(of: &str, names: &[&str]) -> String {
    let short = names.iter().all(|name| name.chars().count() == 1);
    let inside = names.join(if short { "" } else { "," });
    match of.contains('_') && !of.starts_with(r"\left") {
        true => format!("{}_{{{inside}}}", brackets(of)),
        false => format!("{of}_{{{inside}}}"),
    }
}

fn brackets(text: &str) -> String {
    format!(r"\left({text}\right)")
}

/// An exponent, in braces if it is more than one sign.
fn slot(text: &str) -> String {
    if text.chars().count() == 1 { text.to_owned() } else { format!("{{{text}}}") }
}

fn number(n: &Number) -> String {
    let text = n.numerator().to_big().to_string();
    if n.is_integer() {
        return text;
    }
    format!(r"\frac{{{text}}}{{{}}}", n.denominator().to_big())
}
