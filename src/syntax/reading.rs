//! Notes on juxtapositions that people read both ways.

use super::ast::{Ast, AstId};
use super::callee::{is_product_note, product_note};
use super::cursor::{is_brackets, is_operator};
use super::lexer::Input;
use super::literal;
use super::parser::Reader;
use super::token::{Items, Kind, Tokens};
use crate::error::Note;
use crate::kernel::Number;
use crate::span::Span;

/// A text without the space of LaTeX before it.
fn without_space(text: &str) -> &str {
    let mut rest = text.trim_start();
    while let Some(inner) = rest.strip_prefix('\\')
        && let Some(shorter) = inner.strip_prefix([',', ';', ':', '!', ' '])
    {
        rest = shorter.trim_start();
    }
    rest
}

impl Reader<'_> {
    /// `d/dx (x^2)*x`: brackets directly behind the sign look like all that it is for.
    pub(super) fn note_differentiated(&mut self, tokens: &Tokens<'_>) {
        let items: Items =
            tokens.root().into_iter().flat_map(|root| root.inner()).collect();
        let [first, second, ..] = &items[..] else { return };
        let is_factor = match is_operator(second) {
            true => literal::is_product(second.text),
            false => second.kind != Kind::Postfix,
        };
        if !is_brackets(first) || !is_factor {
            return;
        }
        let end = items.last().map_or(second.span, |last| last.span);
        let whole = first.span.join(end);
        let message = format!(
            "`{}` is differentiated as a whole; put it in brackets",
            self.source_of(whole)
        );
        self.program.notes.push(Note { message, span: Some(whole) });
    }

    /// `1/2x` is `1/2*x`. Nobody doubts it where a blank stands behind the number.
    pub(super) fn note_reading(&mut self, divisor: AstId, start: Span, end: Span) {
        let before = self.program.span(divisor);
        let is_apart = before.end < start.start;
        let is_whole = matches!(self.program.node(divisor), Ast::Number(_))
            || self.source(divisor).starts_with('(');
        if is_apart && is_whole {
            return;
        }
        let factor = start.join(end);
        let (text, whole) = (self.source_of(factor), self.source_of(before.join(factor)));
        let divisor = self.source_of(before);
        let message = format!(
            "`/{whole}` is read as `/{divisor}*{text}`, a division by `{divisor}` alone; write `/({divisor}*{text})` to divide by both"
        );
        // That a name before a bracket is a factor is said once.
        let is_same = |note: &Note| {
            is_product_note(note) && note.span.is_some_and(|s| s.start == before.start)
        };
        if self.program.notes.last().is_some_and(is_same) {
            self.program.notes.pop();
        }
        self.program.notes.push(Note { message, span: Some(before.join(factor)) });
    }

    /// `e^2x` is `e^2*x`, which few people mean.
    pub(super) fn note_exponent(&mut self, power: AstId, factor: AstId, start: Span) {
        let Ast::Power(base, exponent) = self.program.node(power) else { return };
        let is_number = |node: Ast| matches!(node, Ast::Number(_));
        let base_is_number = match self.program.node(base) {
            Ast::Name(name) => self.program.name(name) == "e",
            node => is_number(node),
        };
        // So is `x^2x`.
        let is_again = matches!(self.program.node(factor), Ast::Name(_))
            && self.source(base) == self.source(factor);
        let (before, after) = (self.program.span(power), self.program.span(factor));
        if !(base_is_number || is_again)
            || !is_number(match self.program.node(exponent) {
                Ast::Negate(number) => self.program.node(number),
                node => node,
            })
            || before.end != start.start
            || self.source(power).ends_with('}')
        {
            return;
        }
        let text = |span: Span| &self.text[span.start as usize..span.end as usize];
        // A superscript says where the exponent ends.
        let Some((_, exponent)) = text(before).rsplit_once(['^', '*']) else { return };
        // A bracket that closes there closes the power.
        if exponent.matches('(').count() != exponent.matches(')').count() {
            return;
        }
        let message = format!(
            "`{0}{1}` is read as `{0}*{1}`; write `{2}^({3}*{1})` for one exponent",
            text(before),
            text(start.join(after)),
            text(self.program.span(base)),
            exponent,
        );
        self.program.notes.push(Note { message, span: Some(before.join(after)) });
    }

    /// `x^1/3` is a third of x, which no one means.
    pub(super) fn note_root(&mut self, power: AstId, divisor: AstId) {
        let Ast::Power(_, exponent) = self.program.node(power) else { return };
        let is_one = |id: AstId| self.source(id) == "1";
        let is_unit = match self.program.node(exponent) {
            Ast::Negate(number) => is_one(number),
            _ => is_one(exponent),
        };
        let is_plain =
            matches!(self.program.node(divisor), Ast::Number(_) | Ast::Name(_));
        // `e^-x/(1 + e^-x)` is what it looks like.
        let is_product = matches!(self.program.node(divisor), Ast::Product(_));
        if (is_plain || is_product) && self.is_exponential(power) {
            return self.note_exponential(power, divisor);
        }
        if !is_unit || !is_plain {
            return;
        }
        let (before, after) = (self.program.span(power), self.program.span(divisor));
        // A superscript says where the exponent ends.
        let Some((base, exponent)) = self.source(power).rsplit_once(['^', '*']) else {
            return;
        };
        let base = base.trim_end_matches('*');
        let (power, divisor) = (self.source(power), self.source(divisor));
        let message = format!(
            "`{power}/{divisor}` is read as `({power})/{divisor}`; write `{base}^({exponent}/{divisor})` for a root"
        );
        self.program.notes.push(Note { message, span: Some(before.join(after)) });
    }

    /// Whether a power is one of e with a name as its exponent, as `e^-t`.
    fn is_exponential(&self, power: AstId) -> bool {
        let Ast::Power(base, exponent) = self.program.node(power) else { return false };
        let Ast::Negate(exponent) = self.program.node(exponent) else { return false };
        self.source(base) == "e"
            && matches!(self.program.node(exponent), Ast::Name(_) | Ast::Power(..))
            && self.source(power).contains('^')
            && !self.source(power).contains('(')
    }

    /// `e^-t/τ` is a quotient, where most mean `e^(-t/τ)`.
    fn note_exponential(&mut self, power: AstId, divisor: AstId) {
        let (before, after) = (self.program.span(power), self.program.span(divisor));
        let between = self.between(before, after);
        let Some((base, exponent)) = self.source(power).split_once('^') else { return };
        if between != "/" {
            return;
        }
        let (power, divisor) = (self.source(power), self.source(divisor));
        let message = format!(
            "`{power}/{divisor}` is read as `({power})/{divisor}`; write `{base}^({exponent}/{divisor})` for one exponent"
        );
        self.program.notes.push(Note { message, span: Some(before.join(after)) });
    }

    /// `sin x/2` is half a sine, where half an angle may have been meant.
    pub(super) fn note_argument(&mut self, call: AstId, divisor: AstId) {
        let is_call = matches!(self.program.node(call), Ast::Call(..));
        let is_plain =
            matches!(self.program.node(divisor), Ast::Number(_) | Ast::Name(_));
        if !is_call || !is_plain {
            return;
        }
        let (before, after) = (self.program.span(call), self.program.span(divisor));
        let between = self.between(before, after);
        let (source, divisor) = (self.source(call), self.source(divisor));
        let Some((name, argument)) = source.split_once(char::is_whitespace) else {
            return;
        };
        if between != "/" || source.contains(['(', '|', '√', '^']) {
            return;
        }
        let argument = argument.trim();
        let message = format!(
            "`{source}/{divisor}` is read as `{name}({argument})/{divisor}`; write `{name}({argument}/{divisor})` for the other reading"
        );
        self.program.notes.push(Note { message, span: Some(before.join(after)) });
    }

    /// `x^n(x + 1)`: what is a factor is the power, so the note says that.
    pub(super) fn note_powers_factor(&mut self, power: AstId) {
        let span = self.program.span(power);
        let text = self.source_of(span);
        let is_power = matches!(self.program.node(power), Ast::Power(..));
        if let Some(last) =
            self.program.notes.last_mut().filter(|note| is_product_note(note))
            && let Some(at) =
                last.span.filter(|at| span.start < at.start && at.start < span.end)
            && is_power
        {
            *last = product_note(&text, span.join(at));
        }
    }

    /// `3x10^8` is the product of 3 and a power of a name.
    pub(super) fn note_times_ten(&mut self, number: AstId, factor: AstId) {
        let is_ten = match self.program.node(factor) {
            Ast::Power(base, _) => matches!(self.source(base), "x10" | "X10" | "х10"),
            _ => false,
        };
        if !is_ten || !matches!(self.program.node(number), Ast::Number(_)) {
            return;
        }
        let span = self.program.span(number).join(self.program.span(factor));
        let text = self.source_of(span);
        let meant = text.replacen(['x', 'X', 'х'], "*", 1);
        let message =
            format!("`{text}` is a product with a name; did you mean `{meant}`?");
        self.program.notes.push(Note { message, span: Some(span) });
    }

    /// `3e-2x` is `3*e - 2*x`, `2e3x` the product of 2 and a name.
    pub(super) fn note_scientific(&mut self, number: AstId, start: Span) {
        if !matches!(self.program.node(number), Ast::Number(_))
            || self.program.span(number).end != start.start
        {
            return;
        }
        let digits = self.source(number).to_owned();
        let rest = &self.text[start.start as usize..];
        let Some(exponent) = rest.strip_prefix(['e', 'E']) else { return };
        let letter = &rest[..1];
        let is_sign = |c: char| literal::is_sum(c.encode_utf8(&mut [0; 4]));
        let unsigned = exponent.strip_prefix(is_sign).unwrap_or(exponent);
        let length = unsigned.bytes().take_while(u8::is_ascii_digit).count();
        if length == 0 {
            return;
        }
        let (sign, power) =
            (&exponent[..exponent.len() - unsigned.len()], &unsigned[..length]);
        let name: String =
            unsigned[length..].chars().take_while(|c| c.is_alphabetic()).collect();
        let factor = if name.is_empty() { String::new() } else { format!("*{name}") };
        let read = match sign {
            "" => format!("{letter}{power}{name}"),
            _ => format!("{letter} {sign} {power}{factor}"),
        };
        let number = format!("{digits}{letter}{sign}{power}");
        let meant = match self.input {
            Input::Latex => format!("{digits} \\cdot 10^{{{sign}{power}}} {name}"),
            _ => format!("{number}{factor}"),
        };
        let message = format!(
            "`{number}{name}` is read as `{digits}*{read}`; write `{}` for the number",
            meant.trim_end()
        );
        self.program.notes.push(Note { message, span: Some(start) });
    }

    /// `sin x y` is the sine of a product, where a product with a sine may have been meant.
    /// That names in it are factors need not be said then: `notes` were there before.
    pub(super) fn note_run(&mut self, at: Span, factors: &[(bool, AstId)], notes: usize) {
        let is_number = |id: AstId| self.is_numeric(id);
        // `ln 2 (x + 1)`: a blank before a bracket looks like the end of an argument.
        let is_apart = |id: AstId| {
            let start = self.program.span(id).start as usize;
            self.text[start..].starts_with(['(', '['])
                && self.text[..start].ends_with(char::is_whitespace)
        };
        let named = factors.iter().filter(|(_, id)| !is_number(*id)).count();
        let first_named = factors.iter().position(|(_, id)| !is_number(*id));
        // In the other reading the argument ends here.
        let end = match first_named {
            Some(place) if place > 0 && is_apart(factors[place].1) => place - 1,
            Some(place) if named > 1 || place + 1 < factors.len() => place,
            _ => return,
        };
        let (Some((_, first)), Some((_, last))) = (factors.first(), factors.last())
        else {
            return;
        };
        self.program.has_runs = true;
        let argument = self.program.span(*first).join(self.program.span(*last));
        let (function, text) = (self.source_of(at), self.source_of(argument));
        let before = self.program.span(*first).join(self.program.span(factors[end].1));
        let rest = self.source_of(Span { start: before.end, ..argument });
        let message = format!(
            "`{function} {text}` is read as `{function}({text})`; write `{function}({})*{}` for the other reading",
            self.source_of(before),
            without_space(&rest),
        );
        let mut since = self.program.notes.split_off(notes);
        since.retain(|note| !is_product_note(note));
        self.program.notes.append(&mut since);
        self.program.notes.push(Note { message, span: Some(at.join(argument)) });
    }

    /// Whether an exponent is -1.
    pub(super) fn is_minus_one(&self, power: AstId) -> bool {
        match self.program.node(power) {
            Ast::Number(n) => self.program.numbers[n as usize] == Number::MINUS_ONE,
            Ast::Negate(inner) => matches!(self.program.node(inner),
                Ast::Number(n) if self.program.numbers[n as usize].is_one()),
            _ => false,
        }
    }

    /// What was typed at a place.
    pub(super) fn source_of(&self, span: Span) -> String {
        self.text[span.start as usize..span.end as usize].to_owned()
    }

    /// What stands between two places; nothing where they are one, as in a formula for a name.
    fn between(&self, before: Span, after: Span) -> &str {
        self.text.get(before.end as usize..after.start as usize).unwrap_or("")
    }

    fn source(&self, id: AstId) -> &str {
        let span = self.program.span(id);
        &self.text[span.start as usize..span.end as usize]
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
