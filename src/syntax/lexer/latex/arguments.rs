//! Commands with arguments: fractions, roots, functions in braces; and what one argument is.

use super::super::super::literal;
use super::super::super::token::Kind;
use super::commands::{self, Meaning};
use super::expression::Stop;
use super::grammar::Rule;
use super::{Assembler, Lexeme};
use crate::error::{Error, ErrorKind, Result};
use crate::function;
use crate::span::Span;

/// The most tokens of a power above a function that is looked for.
const MOST_OF_POWER: usize = 16;

impl Assembler<'_, '_> {
    /// Whether nothing but space stands between two places: `\,`, `\kern 1pt`.
    fn is_blank(&self, from: usize, to: usize) -> bool {
        let meaning = |at: usize| self.meaning_of(self.lexemes[at]);
        from < to && matches!(meaning(from), Some(Meaning::Length))
            || (from..to).all(|at| matches!(meaning(at), Some(Meaning::Space)))
    }

    /// `{…}`: what is in it belongs together and nothing else.
    pub(super) fn group(&mut self, open: Lexeme) -> Result<()> {
        let place = self.at;
        if self.is_blank(place + 1, open.mate) {
            // {} is nothing.
            self.at = open.mate + 1;
            self.hypergeometric(open)?;
            return Ok(());
        }
        if self.operator_inside(place)? {
            return Ok(());
        }
        if let Some(over) = self.infix_command(place + 1, open.mate) {
            if self.request_over(open, over)? {
                return Ok(());
            }
            self.fraction_inside(open, over)?;
            return self.scripts();
        }
        // {x}_1 is a name with an index.
        if !self.follows_function()
            && !self.is_argument(open)
            && open.mate == place + 2
            && let only = self.lexemes[place + 1]
            && only.rule == Rule::letter
        {
            self.at += 3;
            return self.name(self.source(only).into(), self.span(only));
        }
        // {\sin}^2 x is \sin^2 x.
        if self.lettered()? || self.powered(open)? || self.upright_word(open)? {
            return Ok(());
        }
        let follows = self.follows_function();
        if self.whole.is_some() && self.lexemes[place + 1].rule == Rule::number {
            let whole = self.span(open).join(self.span(self.lexemes[open.mate]));
            let message = "braces behind a number are read as a factor".to_owned();
            self.note(message, whole);
        }
        self.braces(Kind::Group)?;
        if follows {
            self.note_braces(open);
        }
        self.scripts()
    }

    /// `\sin{x}^2`, `\sin{x} y`: braces are the argument, and are not seen in print.
    fn note_braces(&mut self, open: Lexeme) {
        let Some(next) = self.peek() else { return };
        let is_factor = match next.rule {
            Rule::letter | Rule::number => true,
            Rule::command => matches!(
                self.meaning_of(next),
                Some(Meaning::Name(_) | Meaning::Quotient | Meaning::Root)
            ),
            _ => matches!(self.source(next), "^" | "{"),
        };
        if is_factor {
            let braces = self.span(open).join(Span::new(self.behind(), self.behind()));
            let text = self.typed(braces);
            let message =
                format!("`{text}` is all that the function before it is taken of");
            self.note(message, braces);
        }
    }

    /// `x{\times}y`, `x\mathbin{+}y`: an operator alone in the braces at a place.
    pub(super) fn operator_inside(&mut self, place: usize) -> Result<bool> {
        let open = self.lexemes.get(place).filter(|open| self.source(**open) == "{");
        let Some(open) = open.copied().filter(|open| open.mate == place + 2) else {
            return Ok(false);
        };
        let only = self.lexemes[place + 1];
        let text = match (self.source(only), self.meaning_of(only)) {
            (_, Some(Meaning::Operator(text))) => text,
            (text, _) if literal::is_sum(text) || literal::is_product(text) => text,
            (text, _) if literal::comparison(text).is_some() => text,
            _ => return Ok(false),
        };
        self.leaf(Kind::Operator, text, self.span(only));
        self.at = open.mate + 1;
        self.operand = false;
        Ok(true)
    }

    /// `{\rm sech}`: letters in braces behind a change of the font are one word.
    fn upright_word(&mut self, open: Lexeme) -> Result<bool> {
        let Some([font, letters @ ..]) = self.lexemes.get(self.at + 1..open.mate) else {
            return Ok(false);
        };
        let is_word = letters.len() > 1 && letters.iter().all(|l| l.rule == Rule::letter);
        let (true, "\\rm", Some(last)) = (is_word, self.source(*font), letters.last())
        else {
            return Ok(false);
        };
        let (start, end) = (letters[0].start, last.end);
        let span = Span::new(self.offset + start, self.offset + end);
        let word = &self.text[start..end];
        self.at = open.mate + 1;
        match commands::meaning(word) {
            Some(Meaning::Function(name)) => self.function((*name).into(), span)?,
            _ => self.name(word.into(), span)?,
        }
        Ok(true)
    }

    /// Whether the name of a function stands directly before.
    pub(super) fn follows_function(&self) -> bool {
        let last = self.out.count().checked_sub(1).map(|place| self.out.at(place));
        last.is_some_and(|last| {
            last.kind == Kind::Name
                && last.text.len() > 1
                && function::is_name(&last.text)
        })
    }

    /// Whether braces hold the whole argument of a function with a power or a base:
    /// `\sin^2{x}y`.
    fn is_argument(&self, open: Lexeme) -> bool {
        let behind = self.lexemes.get(open.mate + 1).map(|next| self.source(*next));
        if matches!(behind, Some("^" | "_")) {
            return false;
        }
        let count = self.out.count();
        let from = count.saturating_sub(MOST_OF_POWER);
        let script = (from..count).rev().find(|place| {
            let token = self.out.at(*place);
            matches!(token.kind, Kind::Brace | Kind::Base) && token.end as usize == count
        });
        let Some(script) = script else { return false };
        let before = match self.out.at(script).kind {
            Kind::Base => script.checked_sub(1),
            _ => script.checked_sub(2),
        };
        before.is_some_and(|place| {
            let token = self.out.at(place);
            token.kind == Kind::Name
                && token.text.len() > 1
                && function::is_name(&token.text)
        })
    }

    /// The braces that stand next, as a token with an expression in it.
    fn braces(&mut self, kind: Kind) -> Result<()> {
        let start = self.here();
        let token = self.out.open(kind, "", Span::new(start, start));
        self.at += 1;
        self.expression(Stop::BRACE)?;
        self.take("}").ok_or_else(|| self.missing("`}`"))?;
        self.out.close_at(token, self.behind() as u32);
        self.operand = true;
        Ok(())
    }

    /// The place of `\over` or `\choose` directly in braces.
    fn infix_command(&self, from: usize, to: usize) -> Option<usize> {
        let mut place = from;
        while place < to {
            let lexeme = self.lexemes[place];
            match self.source(lexeme) {
                "{" => place = lexeme.mate,
                "\\over" | "\\choose" => return Some(place),
                _ => {}
            }
            place += 1;
        }
        None
    }

    /// A whole formula: `a \over b` without braces divides all of it.
    pub(super) fn formula(&mut self) -> Result<()> {
        let Some(over) = self.infix_command(0, self.lexemes.len()) else {
            return self.expression(Stop::END);
        };
        let start = Span::new(self.here(), self.here());
        let whole = self.out.open(Kind::Expression, "", start);
        let token = self.fraction(start, over, Stop::END)?;
        let end = self.behind() as u32;
        self.out.close_at(token, end);
        self.out.close_at(whole, end);
        Ok(())
    }

    /// `{a \over b}`, `{n \choose k}`.
    fn fraction_inside(&mut self, open: Lexeme, over: usize) -> Result<()> {
        self.at += 1;
        let token = self.fraction(self.span(open), over, Stop::BRACE)?;
        self.take("}").ok_or_else(|| self.missing("`}`"))?;
        self.out.close_at(token, self.behind() as u32);
        Ok(())
    }

    /// What stands on both sides of `\over` or `\choose`, in a token that is still open.
    fn fraction(&mut self, span: Span, over: usize, stop: Stop<'_>) -> Result<usize> {
        let sign = self.lexemes[over];
        let (kind, text) = match self.source(sign) {
            "\\over" => (Kind::Quotient, ""),
            _ => (Kind::Apply, "binomial"),
        };
        let token = self.out.open(kind, text, span);
        self.expression(Stop { close: &["\\over", "\\choose"], ..Stop::END })?;
        if self.at != over {
            return Err(self.stray(self.lexemes[self.at]));
        }
        self.at = over + 1;
        self.expression(stop)?;
        Ok(token)
    }

    /// A command with its arguments.
    pub(super) fn structure(&mut self, lexeme: Lexeme, meaning: &Meaning) -> Result<()> {
        self.at += 1;
        match *meaning {
            Meaning::Apply(function, count) => {
                let token = self.out.open(Kind::Apply, function, self.span(lexeme));
                for _ in 0..count {
                    self.single()?;
                }
                self.out.close_at(token, self.behind() as u32);
            }
            Meaning::Root => self.root(lexeme)?,
            _ => {
                if self.derivative(lexeme)? {
                    return Ok(());
                }
                let token = self.out.open(Kind::Quotient, "", self.span(lexeme));
                self.single()?;
                self.single()?;
                self.out.close_at(token, self.behind() as u32);
            }
        }
        self.operand = true;
        Ok(())
    }

    /// What was typed at a place.
    pub(super) fn typed(&self, span: Span) -> &str {
        &self.text[span.start as usize - self.offset..span.end as usize - self.offset]
    }

    /// A whole number and a fraction of numbers behind it, with nothing else, are a sum.
    pub(super) fn mixed(&mut self, whole: Option<usize>, fraction: usize) {
        let Some(from) = whole.filter(|place| place + 1 == fraction) else { return };
        // `11^{2}\frac{3}{9}`: a number in braces is no part of a mixed one.
        let gap = Span {
            start: self.out.at(from).span.end,
            end: self.out.at(fraction).span.start,
        };
        if self.typed(gap).contains('}') {
            return;
        }
        if self.is_plain_fraction(fraction) {
            let span = self.out.at(from).span.join(self.out.at(fraction).span);
            if !self.ends_term() {
                let text = self.typed(span);
                let message = format!(
                    "`{text}` is read as a product; write `+` between both for a mixed number"
                );
                self.note(message, span);
                return;
            }
            let digits = |place: usize| self.out.at(place).text.trim_start_matches('0');
            let (above, below) = (digits(fraction + 2), digits(fraction + 4));
            if (above.len(), above) >= (below.len(), below) {
                let text = self.typed(span);
                self.note(format!("`{text}` is read as a product; no mixed number has such a fraction"), span);
                return;
            }
            self.out.wrap(from, Kind::Mixed, span);
            let text = self.typed(span);
            self.note(format!("`{text}` is read as a mixed number, a sum"), span);
        }
    }

    /// Whether a quotient has a whole number above and below.
    fn is_plain_fraction(&self, place: usize) -> bool {
        self.out.count() == place + 5
            && self.out.at(place).kind == Kind::Quotient
            && [place + 2, place + 4].iter().all(|at| {
                let token = self.out.at(*at);
                token.kind == Kind::Number
                    && token.text.bytes().all(|b| b.is_ascii_digit())
            })
    }

    /// Whether nothing is multiplied behind.
    fn ends_term(&self) -> bool {
        match self.next_source() {
            "" | "+" | "-" | "=" | ")" | "]" | "}" | "," | "&" | "<" | ">" => true,
            text => matches!(
                text.strip_prefix('\\').and_then(commands::meaning),
                Some(Meaning::Close)
            ),
        }
    }

    /// `\sqrt{x}`, `\sqrt[3]{x}`, `\sqrt x`.
    fn root(&mut self, lexeme: Lexeme) -> Result<()> {
        let token = self.out.open(Kind::Apply, "sqrt", self.span(lexeme));
        let start = self.out.count();
        if let Some(open) = self.take("[") {
            self.expression(Stop { close: &["]"], ..Stop::END })?;
            self.take("]").ok_or_else(|| {
                Error::at(self.span(open), ErrorKind::UnclosedBracket('['))
                    .help("add `]`")
            })?;
            let index = self.out.count();
            self.single()?;
            // The radicand is the first argument.
            self.out.exchange(start, index);
            let is_three = self.out.at(self.out.count() - 1);
            let three = is_three.kind == Kind::Number && is_three.text == "3";
            let alone = self.out.count() - 2 >= start
                && self.out.at(self.out.count() - 2).kind == Kind::Expression;
            if three && alone {
                self.out.cut(self.out.count() - 2);
                self.out.rename(token, "cbrt");
            } else {
                self.out.rename(token, "root");
            }
        } else {
            self.single()?;
        }
        self.out.close_at(token, self.behind() as u32);
        Ok(())
    }

    /// One argument, as an expression: a group, or one sign.
    pub(super) fn single(&mut self) -> Result<()> {
        let Some(lexeme) = self.peek() else { return Err(self.missing("an argument")) };
        if self.source(lexeme) == "{" {
            if self.infix_command(self.at + 1, lexeme.mate).is_none() {
                self.at += 1;
                self.expression(Stop::BRACE)?;
                self.take("}").ok_or_else(|| self.missing("`}`"))?;
                return Ok(());
            }
        } else if let Rule::command = lexeme.rule
            && self.meaning_of(lexeme) == Some(&Meaning::Space)
        {
            self.at += 1;
            return self.single();
        }
        self.deepen()?;
        let start = self.here();
        let token = self.out.open(Kind::Expression, "", Span::new(start, start));
        self.operand_alone()?;
        self.out.close_at(token, self.behind() as u32);
        self.depth -= 1;
        Ok(())
    }

    pub(super) fn meaning_of(&self, lexeme: Lexeme) -> Option<&'static Meaning> {
        commands::meaning(self.source(lexeme).strip_prefix('\\')?)
    }

    /// One operand without scripts: a digit, a letter, a command with its arguments.
    pub(super) fn operand_alone(&mut self) -> Result<()> {
        let Some(lexeme) = self.peek() else { return Err(self.missing("an argument")) };
        let span = self.span(lexeme);
        self.operand = false;
        match lexeme.rule {
            // `x^1{,}5` has a comma behind the exponent.
            Rule::number if self.source(lexeme)[1..].starts_with('{') => {
                return Err(self.unexpected(lexeme, "an argument"));
            }
            Rule::number => {
                self.at += 1;
                let digit = self.split_digit(lexeme);
                let start = span.start as usize;
                self.leaf(Kind::Number, digit, Span::new(start, start + 1));
            }
            Rule::letter => {
                self.at += 1;
                self.leaf(Kind::Name, self.source(lexeme), span);
            }
            Rule::command => match self.meaning_of(lexeme) {
                Some(Meaning::Name(name) | Meaning::Function(name)) => {
                    self.at += 1;
                    self.leaf(Kind::Name, *name, span);
                }
                Some(
                    meaning @ (Meaning::Quotient | Meaning::Root | Meaning::Apply(..)),
                ) => self.structure(lexeme, meaning)?,
                Some(Meaning::Font) => self.font_alone(lexeme)?,
                Some(Meaning::Word) => self.word(lexeme)?,
                _ => return Err(self.unexpected(lexeme, "an argument")),
            },
            _ => match self.source(lexeme) {
                "{" => {
                    let over = self.infix_command(self.at + 1, lexeme.mate);
                    match over {
                        Some(over) => self.fraction_inside(lexeme, over)?,
                        None => self.braces(Kind::Group)?,
                    }
                }
                _ => return Err(self.unexpected(lexeme, "an argument")),
            },
        }
        self.operand = true;
        Ok(())
    }
}
