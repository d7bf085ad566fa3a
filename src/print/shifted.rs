//! Polynomials in differences from a point, in rising degree: `ln(3) + 1/3*x + 2/3*(y - ln(2))`.
//!
//! The canonical form knows neither this order nor these brackets, so the terms come with
//! their exponents and are written here; what stands in them is written by the writer.

use super::decimal::decimal;
use super::name::is_word;
use super::notation::Notation;
use super::shared::Shared;
use super::tall::Tall;
use super::writer::write;
use crate::error::Result;
use crate::kernel::{Constant, ExprId, Node, Number, Pool};

/// A polynomial in differences.
#[derive(Clone, Copy, Debug)]
pub struct Shifted<'a> {
    /// What stands before all terms; 1 when nothing does.
    pub factor: ExprId,
    /// The differences, as `x - 1`, or `x` where the point is 0.
    pub shifts: &'a [ExprId],
    /// The exponent of each difference and the coefficient, in the order of writing.
    pub terms: &'a [(Vec<u32>, ExprId)],
    /// Whether fractions stand before powers in any case: `1/3*x`, not `x/3`.
    pub in_front: bool,
    /// The degree of the remainder, where there is one.
    pub remainder: Option<u32>,
    /// Names for parts of the coefficients.
    pub shared: Option<&'a Shared>,
}

/// Writes a polynomial in differences.
///
/// # Errors
/// A text that is too long.
pub fn write_shifted(
    pool: &Pool,
    polynomial: &Shifted<'_>,
    notation: Notation,
) -> Result<String> {
    let latex = notation == Notation::Latex;
    let writer = Writer { pool, latex, notation, polynomial };
    writer.polynomial()
}

struct Writer<'a> {
    pool: &'a Pool,
    latex: bool,
    notation: Notation,
    polynomial: &'a Shifted<'a>,
}

impl Writer<'_> {
    fn polynomial(&self) -> Result<String> {
        let mut sum = String::new();
        for (exponents, coefficient) in self.polynomial.terms {
            let (negative, term) = self.term(exponents, *coefficient)?;
            sum.push_str(match (sum.is_empty(), negative) {
                (true, true) => "-",
                (true, false) => "",
                (false, true) => " - ",
                (false, false) => " + ",
            });
            sum.push_str(&term);
        }
        if sum.is_empty() {
            if let Some(degree) = self.polynomial.remainder {
                return self.remainder(degree);
            }
            sum.push('0');
        }
        let factor = self.polynomial.factor;
        if factor != Pool::ONE {
            let (open, close) = self.brackets(sum.contains("\\frac"));
            let times = if self.latex { " " } else { "*" };
            let factor = self.coefficient(factor)?;
            sum = format!("{factor}{times}{open}{sum}{close}");
        }
        if let Some(degree) = self.polynomial.remainder {
            sum.push_str(" + ");
            sum.push_str(&self.remainder(degree)?);
        }
        Ok(sum)
    }

    /// An expression, by its name where it has one.
    fn text(&self, id: ExprId) -> Result<String> {
        match self.polynomial.shared {
            Some(shared) => shared.write(self.pool, id, self.notation),
            None => write(self.pool, id, self.notation),
        }
    }

    fn is_named(&self, id: ExprId) -> bool {
        self.polynomial.shared.is_some_and(|shared| shared.name(id).is_some())
    }

    fn brackets(&self, tall: bool) -> (&'static str, &'static str) {
        if self.latex && tall { ("\\left(", "\\right)") } else { ("(", ")") }
    }

    /// Whether a term has a minus before it, and the rest of it.
    fn term(&self, exponents: &[u32], coefficient: ExprId) -> Result<(bool, String)> {
        let monomial = self.monomial(exponents)?;
        if self.is_named(coefficient) {
            // Its sign is in what the name stands for.
            let name = self.text(coefficient)?;
            let times = if self.latex { " " } else { "*" };
            let is_alone = monomial.is_empty();
            let text = if is_alone { name } else { format!("{name}{times}{monomial}") };
            return Ok((false, text));
        }
        let (n, rest) = self.pool.coefficient(coefficient);
        let number = self.pool.as_number(coefficient);
        let negative = number.unwrap_or(n).is_negative();
        let text = match number {
            _ if monomial.is_empty() => self.without_minus(coefficient)?,
            Some(n) => self.rational(&n.abs(), &monomial),
            None if self.latex && self.is_open(rest) && n.is_integer() => {
                // What follows `\sin a` would be read as part of its argument.
                let n = n.abs();
                let before = if n.is_one() { String::new() } else { format!("{n} ") };
                format!("{before}{monomial} {}", self.text(rest)?)
            }
            None => {
                let times = if self.latex { " " } else { "*" };
                format!("{}{times}{monomial}", self.unsigned(coefficient)?)
            }
        };
        Ok((negative, text))
    }

    /// A positive rational number times a monomial.
    fn rational(&self, n: &Number, monomial: &str) -> String {
        if let Some(n) = decimal(self.pool, n, self.latex) {
            let times = if self.latex { " " } else { "*" };
            return format!("{n}{times}{monomial}");
        }
        let (p, q) = (n.numerator(), n.denominator());
        let below = p.is_one() && !self.polynomial.in_front;
        match (n.is_integer(), self.latex) {
            _ if n.is_one() => monomial.to_owned(),
            (true, true) => format!("{n} {monomial}"),
            (true, false) => format!("{n}*{monomial}"),
            (false, true) if below => {
                let lone = monomial.strip_prefix('(').and_then(|m| m.strip_suffix(')'));
                let lone = lone.filter(|inner| !inner.contains('('));
                format!("\\frac{{{}}}{{{q}}}", lone.unwrap_or(monomial))
            }
            (false, true) => format!("\\frac{{{p}}}{{{q}}} {monomial}"),
            (false, false) if below => format!("{monomial}/{q}"),
            (false, false) => format!("{n}*{monomial}"),
        }
    }

    /// A coefficient without its minus, in brackets where a factor needs them.
    fn unsigned(&self, coefficient: ExprId) -> Result<String> {
        let (n, rest) = self.pool.coefficient(coefficient);
        if self.polynomial.in_front && !n.is_integer() && !self.is_fraction(rest) {
            return Ok(self.front(&n.abs(), &self.coefficient(rest)?));
        }
        self.without_minus(coefficient)
    }

    /// A coefficient as it is written elsewhere, but for its minus.
    fn without_minus(&self, coefficient: ExprId) -> Result<String> {
        let (n, _) = self.pool.coefficient(coefficient);
        let text = self.coefficient(coefficient)?;
        let number = self.pool.as_number(coefficient).unwrap_or(n);
        Ok(match text.strip_prefix('-') {
            Some(rest) if number.is_negative() => rest.to_owned(),
            _ => text,
        })
    }

    /// A coefficient as a factor; negative powers of e stay powers.
    fn coefficient(&self, id: ExprId) -> Result<String> {
        let (n, rest) = self.pool.coefficient(id);
        if let Node::Power(base, exponent) = self.pool.node(rest)
            && self.pool.node(base) == Node::Constant(Constant::E)
            && let Some(k) = self.pool.as_number(exponent)
            && k.is_negative()
            && k.is_integer()
        {
            let power =
                if self.latex { format!("e^{{{k}}}") } else { format!("e^({k})") };
            if n.is_one() {
                return Ok(power);
            }
            let sign = if n.is_negative() { "-" } else { "" };
            return Ok(format!("{sign}{}", self.front(&n.abs(), &power)));
        }
        let text = self.text(id)?;
        if !matches!(self.pool.node(id), Node::Sum(_)) || self.is_named(id) {
            return Ok(text);
        }
        let (open, close) = self.brackets(Tall::new(self.pool, id).contains(id));
        Ok(format!("{open}{text}{close}"))
    }

    /// A positive number before a text.
    fn front(&self, n: &Number, text: &str) -> String {
        if let Some(n) = decimal(self.pool, n, self.latex) {
            let times = if self.latex { " " } else { "*" };
            return format!("{n}{times}{text}");
        }
        match (n.is_integer(), self.latex) {
            _ if n.is_one() => text.to_owned(),
            (true, true) => format!("{n} {text}"),
            (false, true) => {
                format!("\\frac{{{}}}{{{}}} {text}", n.numerator(), n.denominator())
            }
            (_, false) => format!("{n}*{text}"),
        }
    }

    /// Whether something stands below a fraction bar.
    fn is_fraction(&self, rest: ExprId) -> bool {
        self.pool.factors(&rest).iter().any(|factor| {
            let (_, exponent) = self.pool.base(*factor);
            self.pool.as_number(exponent).is_some_and(Number::is_negative)
        })
    }

    /// Whether a coefficient ends with a LaTeX function of a letter without brackets.
    fn is_open(&self, rest: ExprId) -> bool {
        let letter = |id: &ExprId| {
            matches!(self.pool.node(*id), Node::Symbol(_) | Node::Constant(_))
        };
        !self.is_fraction(rest) && self.pool.factors(&rest).iter().any(|factor| {
            matches!(self.pool.node(self.pool.base(*factor).0), Node::Apply(_, list)
                if self.pool.list(list).len() == 1 && self.pool.list(list).iter().all(letter))
        })
    }

    /// The powers of the differences.
    fn monomial(&self, exponents: &[u32]) -> Result<String> {
        let mut text = String::new();
        for (shift, exponent) in self.polynomial.shifts.iter().zip(exponents) {
            if *exponent == 0 {
                continue;
            }
            if !text.is_empty() {
                let word = self.pool.symbol_name(*shift).is_some_and(is_word);
                text.push_str(match (self.latex, word) {
                    (false, _) => "*",
                    (true, false) => " ",
                    (true, true) => " \\, ",
                });
            }
            text.push_str(&self.shift(*shift)?);
            text.push_str(&self.exponent(*exponent));
        }
        Ok(text)
    }

    /// A difference, in brackets unless it is a variable.
    fn shift(&self, id: ExprId) -> Result<String> {
        let text = self.text(id)?;
        if self.pool.symbol_name(id).is_some() || self.is_named(id) {
            return Ok(text);
        }
        let (open, close) = self.brackets(Tall::new(self.pool, id).contains(id));
        Ok(format!("{open}{text}{close}"))
    }

    fn exponent(&self, n: u32) -> String {
        match (n, self.latex) {
            (1, _) => String::new(),
            (0..=9, _) | (_, false) => format!("^{n}"),
            (_, true) => format!("^{{{n}}}"),
        }
    }

    /// `O((x - 1)^3)`, in several variables `O(‖(x - 1, y)‖^3)`.
    fn remainder(&self, degree: u32) -> Result<String> {
        let power = self.exponent(degree);
        if let [shift] = *self.polynomial.shifts {
            let inner = match degree {
                1 => self.text(shift)?,
                _ => format!("{}{power}", self.shift(shift)?),
            };
            let (open, close) = self.brackets(inner.contains("\\frac"));
            return Ok(format!("O{open}{inner}{close}"));
        }
        let shifts: Result<Vec<String>> =
            self.polynomial.shifts.iter().map(|id| self.text(*id)).collect();
        let list = shifts?.join(", ");
        Ok(match (self.latex, list.contains("\\frac")) {
            (false, _) => format!("O(‖({list})‖{power})"),
            (true, false) => format!("O(\\lVert ({list}) \\rVert{power})"),
            (true, true) => format!(
                "O\\left(\\left\\lVert \\left({list}\\right) \\right\\rVert{power}\\right)"
            ),
        })
    }
}
