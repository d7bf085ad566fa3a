//! Expressions that are held as they are: `(x^2)'*sin(x) + x^2*(sin(x))'`, where nothing is
//! collected and derivatives are still to be taken.

use super::label::partial_label;
use super::layout;
use super::name::function_name;
use super::notation::{Notation, Slot};
use super::tall::Tall;
use super::writer::write_in;
use crate::error::Result;
use crate::function;
use crate::kernel::view::{Shape, shape};
use crate::kernel::{ExprId, FunctionId, Node, Number, Pool};

/// An expression that is held; what has nothing to hold is an expression of the pool.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Held {
    /// An expression as it is written anywhere.
    Plain(ExprId),
    /// The derivative of an expression or of a name, still to be taken.
    Derivative(ExprId),
    /// Terms; the flag says subtracted. No term is a sum, or negative by itself.
    Sum(Vec<(bool, Held)>),
    /// Factors. None is a product.
    Product(Vec<Held>),
    /// What stands above and below a fraction bar.
    Quotient(Box<Held>, Box<Held>),
    /// A base and its exponent, of which one is held.
    Power(Box<Held>, Box<Held>),
    /// A function of the table with arguments of which one is held.
    Call(FunctionId, Vec<Held>),
}

/// How a derivative is marked that is still to be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// `(x^2)'` and `u'`: there is one variable.
    Prime,
    /// `∂/∂x(x^2*y)` and `∂u/∂x`: there are others.
    Partial(ExprId),
}

/// Writes what is held.
///
/// # Errors
/// A text that is too long.
pub fn write_held(
    pool: &Pool,
    held: &Held,
    mark: Mark,
    notation: Notation,
) -> Result<String> {
    let writer = Writer { pool, mark, notation };
    Ok(writer.write(held, Slot::Open)?.text)
}

/// Something written, and whether it is taller than a line.
struct Piece {
    text: String,
    is_tall: bool,
}

struct Writer<'p> {
    pool: &'p Pool,
    mark: Mark,
    notation: Notation,
}

impl Writer<'_> {
    fn is_latex(&self) -> bool {
        self.notation == Notation::Latex
    }

    fn write(&self, held: &Held, slot: Slot) -> Result<Piece> {
        match held {
            Held::Plain(id) => self.plain(*id, slot, true),
            Held::Derivative(id) => self.derivative(*id),
            Held::Sum(terms) => self.sum(terms, slot),
            Held::Product(factors) => self.product(factors, slot),
            Held::Quotient(above, below) => self.quotient(above, below, slot),
            Held::Power(base, exponent) => self.power(base, exponent, slot),
            Held::Call(function, arguments) => self.call(*function, arguments),
        }
    }

    fn plain(&self, id: ExprId, slot: Slot, signed: bool) -> Result<Piece> {
        Ok(Piece {
            text: write_in(self.pool, id, self.notation, (slot, signed))?,
            is_tall: self.is_latex() && Tall::new(self.pool, id).contains(id),
        })
    }

    fn bracketed(&self, piece: &Piece) -> Piece {
        let text = match self.is_latex() && piece.is_tall {
            true => format!("\\left({}\\right)", piece.text),
            false => format!("({})", piece.text),
        };
        Piece { text, is_tall: piece.is_tall }
    }

    fn derivative(&self, id: ExprId) -> Result<Piece> {
        let name = self.pool.symbol_name(id);
        let inner = self.plain(id, Slot::Open, true)?;
        let is_tall = inner.is_tall;
        let text = match (self.mark, name) {
            (Mark::Prime, Some(_)) => format!("{}'", inner.text),
            (Mark::Prime, None) => format!("{}'", self.bracketed(&inner).text),
            (Mark::Partial(variable), name) => {
                let variable = self.pool.symbol_name(variable).unwrap_or_default();
                let label =
                    |name: &str| partial_label(name, &[variable], true, self.notation);
                match name {
                    Some(name) => label(name),
                    None if self.is_latex() => {
                        let label = label("").replace("\\partial }", "\\partial}");
                        format!("{label} {}", self.bracketed(&inner).text)
                    }
                    None => format!("{}{}", label(""), self.bracketed(&inner).text),
                }
            }
        };
        let is_tall = is_tall || matches!(self.mark, Mark::Partial(_));
        Ok(Piece { text, is_tall })
    }

    fn sum(&self, terms: &[(bool, Held)], slot: Slot) -> Result<Piece> {
        let mut whole = Piece { text: String::new(), is_tall: false };
        for (place, (is_negative, term)) in terms.iter().enumerate() {
            whole.text.push_str(match (place, is_negative) {
                (0, false) => "",
                (0, true) => "-",
                (_, false) => " + ",
                (_, true) => " - ",
            });
            let piece = self.write(term, Slot::Term)?;
            whole.text.push_str(&piece.text);
            whole.is_tall |= piece.is_tall;
        }
        let is_apart = slot > Slot::Side;
        Ok(if is_apart { self.bracketed(&whole) } else { whole })
    }

    fn product(&self, factors: &[Held], slot: Slot) -> Result<Piece> {
        let mut whole = Piece { text: String::new(), is_tall: false };
        for (place, factor) in factors.iter().enumerate() {
            let first = place == 0 && slot <= Slot::Side;
            let piece = match factor {
                Held::Plain(id) if first && !self.is_sum(*id) => {
                    self.plain(*id, Slot::Side, true)?
                }
                // Factors of a factor are factors.
                Held::Plain(id) if self.is_flat(*id) => {
                    self.plain(*id, Slot::Term, true)?
                }
                factor => self.write(factor, Slot::Factor)?,
            };
            if place > 0 {
                let begins =
                    |list: &[&str]| list.iter().any(|s| piece.text.starts_with(s));
                whole.text.push_str(match self.is_latex() {
                    false => "*",
                    true if begins(&["(", "\\left"]) => " \\, ",
                    true if begins(&["\\frac{1}"])
                        || piece.text.starts_with(|c: char| c.is_ascii_digit()) =>
                    {
                        " \\cdot "
                    }
                    true => " ",
                });
            }
            whole.text.push_str(&piece.text);
            whole.is_tall |= piece.is_tall;
        }
        let is_apart = slot > Slot::Factor;
        Ok(if is_apart { self.bracketed(&whole) } else { whole })
    }

    fn quotient(&self, above: &Held, below: &Held, slot: Slot) -> Result<Piece> {
        if self.is_latex() {
            let above = self.write(above, Slot::Open)?.text;
            let below = self.write(below, Slot::Open)?.text;
            let whole =
                Piece { text: format!("\\frac{{{above}}}{{{below}}}"), is_tall: true };
            let is_apart = slot > Slot::Factor;
            return Ok(if is_apart { self.bracketed(&whole) } else { whole });
        }
        let above = self.write(above, Slot::Factor)?.text;
        let below = self.write(below, Slot::Divisor)?.text;
        let whole = Piece { text: format!("{above}/{below}"), is_tall: false };
        let is_apart = slot > Slot::Factor;
        Ok(if is_apart { self.bracketed(&whole) } else { whole })
    }

    fn power(&self, base: &Held, exponent: &Held, slot: Slot) -> Result<Piece> {
        if let Held::Plain(id) = exponent
            && self.pool.as_number(*id) == Some(&Number::HALF)
        {
            let under = self.write(base, Slot::Open)?;
            let text = match self.is_latex() {
                true => format!("\\sqrt{{{}}}", under.text),
                false => format!("sqrt({})", under.text),
            };
            return Ok(Piece { text, is_tall: under.is_tall });
        }
        let base = self.write(base, Slot::Base)?;
        let text = match self.is_latex() {
            true => {
                let exponent = self.write(exponent, Slot::Open)?.text;
                format!("{}^{{{exponent}}}", base.text)
            }
            false => {
                format!("{}^{}", base.text, self.write(exponent, Slot::Exponent)?.text)
            }
        };
        let whole = Piece { text, is_tall: base.is_tall };
        Ok(if slot > Slot::Divisor { self.bracketed(&whole) } else { whole })
    }

    fn call(&self, function: FunctionId, arguments: &[Held]) -> Result<Piece> {
        let row = function::spec(function);
        let mut pieces = Vec::with_capacity(arguments.len());
        for argument in arguments {
            pieces.push(self.write(argument, Slot::Open)?);
        }
        let is_tall = pieces.iter().any(|piece| piece.is_tall);
        let texts: Vec<&str> = pieces.iter().map(|piece| piece.text.as_str()).collect();
        if self.is_latex() && row.latex.contains('#') {
            let pieces = layout::template(row.latex, &texts).into_iter();
            let text = pieces
                .map(|piece| match piece {
                    layout::Piece::Token(text) | layout::Piece::Argument(text, _) => text,
                })
                .collect();
            return Ok(Piece { text, is_tall });
        }
        let mut text = String::new();
        match self.is_latex() {
            true => function_name(row, &mut text),
            false => text.push_str(row.name),
        }
        let arguments = Piece { text: texts.join(", "), is_tall };
        text.push_str(&self.bracketed(&arguments).text);
        Ok(Piece { text, is_tall })
    }

    /// Whether an expression is a product without a fraction bar.
    fn is_flat(&self, id: ExprId) -> bool {
        match shape(self.pool, id) {
            Shape::Term { negative, below, .. } => !negative && below.is_empty(),
            _ => false,
        }
    }

    fn is_sum(&self, id: ExprId) -> bool {
        matches!(self.pool.node(id), Node::Sum(_))
    }
}
