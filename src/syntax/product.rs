//! Products, signs and powers: what binds tighter than a sum.

use super::ast::{Ast, AstId, Shaped};
use super::cursor::{Cursor, is_number, is_operator};
use super::literal;
use super::parser::{Factors, Reader};
use super::signs;
use super::token::Kind;
use crate::error::Result;
use crate::span::Span;
use smallvec::SmallVec;

impl Reader<'_> {
    /// Whether all that follows is `O(…)`, which is no term; it is passed over with a note.
    pub(super) fn is_remainder(&mut self, cursor: &mut Cursor<'_, '_>) -> bool {
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
    pub(super) fn product(&mut self, cursor: &mut Cursor<'_, '_>) -> Result<AstId> {
        let (minus, sign) = self.signs(cursor);
        let first = self.power(cursor)?;
        let product = self.factors(first, cursor)?;
        let mut product = self.negated(minus, sign, product);
        // The remainder of all that stands before, by the factors side by side behind.
        while let Some(item) = cursor.take_infix(|text| matches!(text, "mod" | "//")) {
            let divisor = self.run(cursor)?;
            let span = self.program.span(product).join(self.program.span(divisor));
            let first = match item.text {
                "mod" => self.builtin("mod", &[product, divisor], span)?,
                _ => {
                    let factors = [(false, product), (true, divisor)];
                    let quotient = self.product_of(&Factors::from_slice(&factors));
                    self.builtin("floor", &[quotient], span)?
                }
            };
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
        let mut factors = Factors::from_slice(&[(false, first)]);
        loop {
            if let Some(item) = cursor.take_infix(literal::is_product) {
                let divide = literal::is_division(item.text);
                if item.text == "." {
                    let message = "the point before the number is read as `*`".to_owned();
                    self.program.notes.push(signs::note(message, item.span));
                }
                let mut factor = self.signed(cursor)?;
                if divide {
                    factor = self.divisor(factor, cursor)?;
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
                    if !cursor.is_behind_exponent() {
                        return Err(self.two_numbers(item));
                    }
                    let message =
                        format!("the blank before `{}` is read as `*`", item.text);
                    self.program.notes.push(signs::note(message, at));
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
            } else if self.shapes.is_some()
                && cursor.peek().is_some_and(|item| literal::is_entrywise(item.text))
            {
                self.entrywise(&mut factors, cursor)?;
            } else {
                break;
            }
        }
        Ok(self.product_of(&factors))
    }

    pub(super) fn product_of(&mut self, factors: &Factors) -> AstId {
        let (first, last) = (factors[0].1, factors[factors.len() - 1].1);
        if factors.len() == 1 {
            return first;
        }
        let span = self.program.span(first).join(self.program.span(last));
        let list = self.program.push_list(factors);
        self.program.push(Ast::Product(list), span)
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
        let mut tower: SmallVec<[(bool, bool, AstId); 4]> = SmallVec::new();
        // Whether what stands here has a minus, and whether it is an exponent of entries.
        let (mut minus, mut of_entries) = (false, false);
        let mut result = self.with_postfixes(cursor)?;
        while let Some(operator) = cursor.take_infix(literal::is_power) {
            let mut sign = false;
            while let Some(item) = cursor.take(|item| literal::is_sign(item)) {
                sign ^= item.text != "+";
            }
            let is_entries = operator.text == ".^";
            if self.shapes.is_some()
                && !is_entries
                && let Some(turned) = self.turned(result, sign, cursor)?
            {
                result = turned;
                continue;
            }
            tower.push((minus, of_entries, result));
            (minus, of_entries) = (sign, is_entries);
            result = self.with_postfixes(cursor)?;
        }
        while let Some((next_minus, next_of_entries, base)) = tower.pop() {
            if minus {
                result =
                    self.program.push(Ast::Negate(result), self.program.span(result));
            }
            let span = self.program.span(base).join(self.program.span(result));
            let power = match of_entries {
                true => Ast::Shaped(Shaped::Power(base, result)),
                false => Ast::Power(base, result),
            };
            result = self.program.push(power, span);
            (minus, of_entries) = (next_minus, next_of_entries);
        }
        Ok(result)
    }
}
