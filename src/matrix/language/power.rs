//! Powers, inverses and transposes behind `^`.

use super::super::form::Op;
use super::super::table::Special;
use super::infer::{self, Place, mismatch};
use super::parser::{Cursor, Item, Reader, Rule, SIGNS};
use crate::error::{Error, ErrorKind, Result};
use crate::kernel::Number;

impl Reader<'_> {
    /// Refuses `A^2'`, which is `(A^2)'` to some and the transpose of a number otherwise.
    fn refuse_quote(
        &self,
        cursor: &Cursor<'_>,
        base: Place,
        exponent: Place,
    ) -> Result<()> {
        let last = cursor.at.checked_sub(1).and_then(|at| cursor.items.get(at));
        let quote = last.filter(|item| item.rule == Rule::transpose);
        let Some(quote) = quote.filter(|_| self.forms.shape(exponent.id).is_scalar())
        else {
            return Ok(());
        };
        let power =
            self.source(base.span.join(exponent.span)).trim_end_matches(quote.text);
        let what = format!("`{power}{}` can be read in two ways", quote.text);
        Err(Error::at(quote.span, ErrorKind::Ambiguous(what)).help(format!(
            "write `({power}){}` for the transpose of the power",
            quote.text
        )))
    }

    pub(super) fn power(&mut self, cursor: &mut Cursor<'_>) -> Result<Place> {
        let mut tower = vec![(self.postfix(cursor)?, "", false)];
        while let Some((operator, _)) = cursor.operator(&["^", ".^", "**"]) {
            let mut minus = false;
            while let Some((sign, _)) = cursor.operator(&SIGNS) {
                minus ^= sign != "+";
            }
            let (base, ..) = tower[tower.len() - 1];
            if operator != ".^"
                && let Some(item) = cursor.peek()
                && let Some(inverted) = self.is_transpose(item, base)
            {
                minus ^= inverted;
                let at = base.span.join(item.span);
                cursor.at += 1;
                tower.pop();
                let mut operand = base;
                if minus {
                    operand = self.call(Special::Inverse, &[base], at)?;
                }
                let shape = self.forms.shape(operand.id).transposed();
                let turned = self.make(Op::Transpose(operand.id), shape, at);
                let turned = self.postfix_of(turned, cursor)?;
                tower.push((turned, "", false));
                continue;
            }
            let exponent = self.postfix(cursor)?;
            self.refuse_quote(cursor, base, exponent)?;
            tower.push((exponent, operator, minus));
        }
        let Some((mut result, mut operator, mut minus)) = tower.pop() else {
            return self.postfix(cursor);
        };
        while let Some((base, next, sign)) = tower.pop() {
            if minus {
                let shape = self.forms.shape(result.id);
                result = self.make(Op::Sum(vec![(true, result.id)]), shape, result.span);
            }
            result = self.raise(base, operator, result)?;
            (operator, minus) = (next, sign);
        }
        Ok(result)
    }

    /// `A^T` and `A^{-T}`, when `T` is nothing else: whether it is inverted as well.
    fn is_transpose(&self, item: &Item<'_>, base: Place) -> Option<bool> {
        let text = match item.rule {
            Rule::brace => item.text.trim_matches(['{', '}']).trim(),
            _ => item.text,
        };
        let (text, inverted) = match text.strip_prefix(['-', '−']) {
            Some(rest) if item.rule == Rule::brace => (rest.trim(), true),
            _ => (text, false),
        };
        let is_free =
            self.scope.variable("T").is_none() && self.scope.definition("T").is_none();
        let mark = match item.rule {
            Rule::transpose => text != "'",
            Rule::name => text == "T" && is_free,
            Rule::brace => matches!(text, "⊤" | "\\top") || text == "T" && is_free,
            _ => false,
        };
        (mark && !self.forms.shape(base.id).is_scalar()).then_some(inverted)
    }

    pub(super) fn raise(
        &mut self,
        base: Place,
        operator: &str,
        exponent: Place,
    ) -> Result<Place> {
        let at = base.span.join(exponent.span);
        if operator == ".^" {
            let (b, e) = (self.forms.shape(base.id), self.forms.shape(exponent.id));
            let Some(shape) = infer::entrywise(b, e) else {
                let rule = "needs two operands of one shape";
                return Err(mismatch(".^", rule, (b, e), self.scope, at));
            };
            return Ok(self.make(Op::ElementPower(base.id, exponent.id), shape, at));
        }
        let shape = infer::power(base, exponent, self.forms, self.scope)?;
        let negative = self.forms.as_number(exponent.id);
        if !shape.is_scalar() && negative == Some(Number::MINUS_ONE) {
            return self.call(Special::Inverse, &[base], at);
        }
        Ok(self.make(Op::Power(base.id, exponent.id), shape, at))
    }
}
