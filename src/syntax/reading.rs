//! Notes on juxtapositions that people read both ways.

use super::ast::{Ast, AstId};
use super::parser::Reader;
use crate::error::Note;
use crate::span::Span;

impl Reader<'_> {
    /// `1/2x` is `1/2*x`.
    pub(super) fn note_reading(&mut self, divisor: Span, start: Span, end: Span) {
        let text = |span: Span| &self.text[span.start as usize..span.end as usize];
        let factor = start.join(end);
        let message = format!(
            "`/{0}{1}` is read as `/{0}*{1}`, a division by `{0}` alone; write `/({0}*{1})` to divide by both",
            text(divisor),
            text(factor),
        );
        self.program.notes.push(Note { message, span: Some(divisor.join(factor)) });
    }

    /// `e^2x` is `e^2*x`, which few people mean.
    pub(super) fn note_exponent(&mut self, power: AstId, factor: AstId, start: Span) {
        let Ast::Power(base, exponent) = self.program.node(power) else { return };
        let is_number = |node: Ast| matches!(node, Ast::Number(_));
        let base_is_number = match self.program.node(base) {
            Ast::Name(name) => self.program.name(name) == "e",
            node => is_number(node),
        };
        let (before, after) = (self.program.span(power), self.program.span(factor));
        if !base_is_number
            || !is_number(match self.program.node(exponent) {
                Ast::Negate(number) => self.program.node(number),
                node => node,
            })
            || before.end != start.start
        {
            return;
        }
        let text = |span: Span| &self.text[span.start as usize..span.end as usize];
        // A superscript says where the exponent ends.
        let Some((_, exponent)) = text(before).rsplit_once(['^', '*']) else { return };
        let message = format!(
            "`{0}{1}` is read as `{0}*{1}`; write `{2}^({3}*{1})` for one exponent",
            text(before),
            text(start.join(after)),
            text(self.program.span(base)),
            exponent,
        );
        self.program.notes.push(Note { message, span: Some(before.join(after)) });
    }

    /// `n!!` is `(n!)!`, and no double factorial.
    pub(super) fn note_factorials(&mut self, operand: AstId, whole: Span) {
        let text = &self.text[whole.start as usize..whole.end as usize];
        if !text.ends_with("!!") {
            return;
        }
        let inner = self.program.span(operand);
        let inner = &self.text[inner.start as usize..inner.end as usize];
        let message =
            format!("`{text}` is read as `({inner})!`, the factorial of a factorial");
        self.program.notes.push(Note { message, span: Some(whole) });
    }
}
