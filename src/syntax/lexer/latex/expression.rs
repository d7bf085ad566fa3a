//! Operands and operators side by side, up to what ends them.

use super::super::super::literal;
use super::super::super::token::Kind;
use super::commands::{self, Meaning};
use super::grammar::Rule;
use super::{Assembler, Lexeme};
use crate::error::{Error, ErrorKind, Result};
use crate::function;
use crate::span::Span;

/// How many tokens are looked at for the function before an argument.
const NEAR: usize = 40;
/// The units of lengths.
const UNITS: [&str; 13] =
    ["pt", "pc", "in", "bp", "cm", "mm", "dd", "cc", "sp", "em", "ex", "mu", "px"];

/// What ends an expression.
#[derive(Clone, Copy)]
pub(super) struct Stop<'s> {
    /// Signs and commands that close it.
    pub(super) close: &'s [&'s str],
    /// Whether it is one of several between commas.
    pub(super) in_list: bool,
    /// Whether it is a cell of an environment.
    pub(super) in_cell: bool,
}

impl Stop<'static> {
    /// The end of the formula.
    pub(super) const END: Self = Self { close: &[], in_list: false, in_cell: false };
    /// The end of a group.
    pub(super) const BRACE: Self = Self { close: &["}"], ..Self::END };
    /// The end of a cell.
    pub(super) const CELL: Self = Self { close: &["\\end"], in_cell: true, ..Self::END };
}

impl<'t> Assembler<'t, '_> {
    /// An expression up to what ends it, which is not read.
    ///
    /// # Errors
    /// An expression with nothing in it, or what cannot be read.
    pub(super) fn expression(&mut self, stop: Stop<'_>) -> Result<()> {
        self.deepen()?;
        let (start, first) = (self.here(), self.at);
        let place = self.out.open(Kind::Expression, "", Span::new(start, start));
        let before = std::mem::replace(&mut self.operand, false);
        while let Some(lexeme) = self.peek() {
            if self.stops(lexeme, stop) {
                break;
            }
            self.item(lexeme)?;
        }
        if self.out.count() == place + 1 {
            let end = if self.at > first { self.behind() } else { self.here() };
            return Err(match self.peek() {
                None if first == 0 => {
                    Error::at(Span::new(start, end), ErrorKind::EmptyExpression)
                }
                _ => self.missing("an operand"),
            });
        }
        if !self.operand {
            return Err(self.missing("an operand"));
        }
        self.operand = before;
        self.whole = None;
        self.group_beside_entrywise(place);
        self.out.close_at(place, self.behind() as u32);
        self.depth -= 1;
        Ok(())
    }

    fn stops(&self, lexeme: Lexeme, stop: Stop<'_>) -> bool {
        let source = self.source(lexeme);
        stop.close.contains(&source) && (source != "|" || self.operand)
            || stop.in_list && matches!(source, "," | ";" | "\\middle")
            || stop.in_cell && (ends_cell(source) || self.ends_case(source))
    }

    /// Whether a comma or a full stop is the last sign of a cell.
    fn ends_case(&self, source: &str) -> bool {
        let next = self.lexemes.get(self.at + 1).map_or("\\end", |l| self.source(*l));
        matches!(source, "," | ";" | ".") && (ends_cell(next) || next == "\\end")
    }

    /// One operand or operator, with the scripts behind it.
    pub(super) fn item(&mut self, lexeme: Lexeme) -> Result<()> {
        let span = self.span(lexeme);
        let whole = self.whole.take();
        let apart = std::mem::take(&mut self.apart);
        let wide = std::mem::take(&mut self.wide);
        if wide {
            self.refuse_wide(lexeme)?;
        }
        match lexeme.rule {
            Rule::letter => self.letters(),
            Rule::number => {
                self.at += 1;
                let begins = !self.operand;
                self.number(lexeme)?;
                self.scripts()?;
                let last = self.out.count() - 1;
                let is_whole = self.source(lexeme).bytes().all(|b| b.is_ascii_digit());
                let is_alone = self.out.at(last).kind == Kind::Number;
                self.whole = (begins && is_whole && is_alone).then_some(last);
                Ok(())
            }
            Rule::primes if self.is_shaped && self.operand => {
                self.at += 1;
                for _ in self.source(lexeme).chars() {
                    self.leaf(Kind::Transpose, "ᵀ", span);
                }
                self.scripts()
            }
            Rule::primes => Err(self.refuse_primes(span)),
            Rule::command => self.command(lexeme, whole, apart, wide),
            _ => match self.source(lexeme) {
                "{" => {
                    self.wide = wide && lexeme.mate == self.at + 1;
                    self.group(lexeme)
                }
                "(" if apart => {
                    self.end_argument(span);
                    self.operand = false;
                    self.bracket(lexeme, &[")"])
                }
                "(" => self.bracket(lexeme, &[")"]),
                "[" if self.font_before() == "\\mathbb" => {
                    let what = "an expectation or a probability".to_owned();
                    Err(Error::at(span, ErrorKind::Unsupported(what))
                        .help("write it out"))
                }
                "[" => self.bracket(lexeme, &["]"]),
                "|" => self.bars(lexeme),
                "!" if self.operand => {
                    self.at += 1;
                    self.leaf(Kind::Postfix, "!", span);
                    self.scripts()
                }
                "^" | "_" if self.operand => self.scripts(),
                "&" if self.depth == 1 && (!self.operand || self.goes_on()) => {
                    self.at += 1;
                    Ok(())
                }
                "," if self.in_condition && self.operand => self.operator("and", span),
                "°" if self.operand => {
                    self.at += 1;
                    self.leaf(Kind::Postfix, "°", span);
                    Ok(())
                }
                "½" | "⅓" | "⅔" | "¼" | "¾" => {
                    self.at += 1;
                    self.leaf(Kind::Fraction, self.source(lexeme), span);
                    self.scripts()
                }
                "√" | "∛" => {
                    self.at += 1;
                    self.leaf(Kind::Root, self.source(lexeme), span);
                    self.operand = false;
                    Ok(())
                }
                text if literal::is_superscript(text) && self.operand => {
                    self.at += 1;
                    self.leaf(Kind::Postfix, text, span);
                    Ok(())
                }
                text => {
                    if literal::is_sum(text)
                        || literal::is_product(text)
                        || literal::comparison(text).is_some()
                    {
                        return self.operator(text, span);
                    }
                    Err(self.stray(lexeme))
                }
            },
        }
    }

    /// The font of the letter that stands directly before.
    fn font_before(&self) -> &'t str {
        let before = self.at.checked_sub(1).and_then(|place| self.lexemes.get(place));
        let font = match before {
            Some(close) if self.source(*close) == "}" => close.mate.checked_sub(1),
            _ => self.at.checked_sub(2),
        };
        let font = font.and_then(|place| self.lexemes.get(place));
        font.map_or("", |font| self.source(*font))
    }

    /// Whether the next lexeme stands between letters that are set as vectors.
    fn is_between_vectors(&self) -> bool {
        const FONTS: [&str; 4] = ["\\vec", "\\mathbf", "\\boldsymbol", "\\bm"];
        let behind = self.lexemes.get(self.at + 1);
        FONTS.contains(&self.font_before())
            && behind.is_some_and(|next| FONTS.contains(&self.source(*next)))
    }

    /// Whether an operand stands directly before that belongs to the argument of a function
    /// without brackets.
    fn argues(&self) -> bool {
        let from = self.out.count().saturating_sub(NEAR);
        let tokens = self.out.range(from..self.out.count());
        let mut before = tokens
            .iter()
            .rev()
            .take_while(|token| token.kind != Kind::Operator || &*token.text == "^");
        self.operand
            && !self.follows_function()
            && before.any(|token| {
                token.kind == Kind::Name
                    && token.text.len() > 1
                    && function::is_name(&token.text)
            })
    }

    /// A space that is typed before a bracket ends the argument of a function: `\cos x\,(x + 1)`.
    fn end_argument(&mut self, at: Span) {
        if self.argues() {
            self.leaf(Kind::Operator, "*", Span { end: at.start, ..at });
        }
    }

    /// An operator between operands, or a sign before one.
    fn operator(&mut self, text: &'t str, span: Span) -> Result<()> {
        self.at += 1;
        self.leaf(Kind::Operator, text, span);
        self.operand = false;
        Ok(())
    }

    fn command(
        &mut self,
        lexeme: Lexeme,
        whole: Option<usize>,
        apart: bool,
        wide: bool,
    ) -> Result<()> {
        let span = self.span(lexeme);
        let name = &self.source(lexeme)[1..];
        let Some(meaning) = commands::meaning(name) else {
            return self.unknown_command(lexeme, name);
        };
        match meaning {
            Meaning::Space => {
                let is_second = self.spaced == self.at;
                self.at += 1;
                self.whole = whole;
                let last = self.out.at(self.out.count() - 1);
                let is_name = last.kind == Kind::Name && !function::is_name(&last.text);
                let is_space = matches!(name, "," | ";" | ":" | "quad" | "qquad");
                let is_seen = self.operand && matches!(name, ";" | ":" | " ");
                self.wide = wide
                    || self.operand && matches!(name, "quad" | "qquad")
                    || is_second && is_seen;
                if is_seen {
                    self.spaced = self.at;
                }
                self.apart = apart || is_space && (is_name || self.argues());
                Ok(())
            }
            Meaning::Length => {
                self.at += 1;
                self.whole = whole;
                let is_size = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-');
                let (start, mut unit) = (self.at, String::new());
                while !self.next_source().is_empty()
                    && self.next_source().chars().all(is_size)
                {
                    self.at += 1;
                }
                let has_size = self.at > start;
                while unit.len() < 2
                    && let Some(next) =
                        self.peek().filter(|next| next.rule == Rule::letter)
                {
                    unit.push_str(self.source(next));
                    self.at += 1;
                }
                match has_size && UNITS.contains(&unit.as_str()) {
                    true => Ok(()),
                    false => {
                        self.at = start;
                        Err(self.missing("a length, as `3mu`,"))
                    }
                }
            }
            Meaning::Skipped(count) => {
                self.at += 1;
                self.whole = whole;
                self.wide = wide || self.operand && name.starts_with("hspace");
                for _ in 0..*count {
                    let open = self.peek().filter(|open| self.source(*open) == "{");
                    let Some(open) = open else { return Err(self.missing("`{`")) };
                    self.at = open.mate + 1;
                }
                Ok(())
            }
            Meaning::Name(name) => {
                self.at += 1;
                let next = self.peek().filter(|next| next.rule == Rule::letter);
                if *name == "Delta"
                    && let Some(next) = next
                {
                    let whole = span.join(self.span(next));
                    let typed = self.typed(whole);
                    self.note(
                        format!("`{typed}` is read as a product, and no difference"),
                        whole,
                    );
                }
                if matches!(*name, "Gamma" | "zeta") && self.powered_letter(name, span)? {
                    return Ok(());
                }
                self.name((*name).into(), span)
            }
            Meaning::Function(name) => {
                self.at += 1;
                self.function((*name).into(), span)
            }
            Meaning::Operator(_) if name == "times" && self.is_between_vectors() => {
                let what = "a cross product".to_owned();
                Err(Error::at(span, ErrorKind::Unsupported(what))
                    .help("write the components as `[a*b - c*d, …]`"))
            }
            Meaning::Operator(text) => self.operator(text, span),
            Meaning::Quotient | Meaning::Root | Meaning::Apply(..) => {
                let start = self.out.count();
                self.structure(lexeme, meaning)?;
                self.mixed(whole, start);
                self.scripts()
            }
            Meaning::Font => self.font(lexeme),
            Meaning::Word => self.word(lexeme),
            Meaning::Mark(mark) => self.mark(lexeme, mark),
            Meaning::Open(function, close) => self.named_bracket(lexeme, function, close),
            Meaning::Left => {
                if apart {
                    self.end_argument(span);
                }
                self.operand &= !apart;
                self.left(lexeme)
            }
            Meaning::Begin => self.environment(lexeme),
            Meaning::Postfix("'") => Err(self.stray(lexeme)),
            Meaning::Postfix(sign) if self.operand => {
                self.at += 1;
                if name == "circ" {
                    self.refuse_composition(span)?;
                }
                self.leaf(Kind::Postfix, *sign, span);
                Ok(())
            }
            Meaning::Close
                if name == "\\"
                    && self.depth == 1
                    && (!self.operand || self.goes_on()) =>
            {
                self.at = self.behind_row(self.at);
                Ok(())
            }
            Meaning::Postfix(_) | Meaning::Close => Err(self.stray(lexeme)),
            Meaning::Refused(_)
                if name == "in" && self.in_condition && self.interval(lexeme)? =>
            {
                Ok(())
            }
            Meaning::Refused(_) if name == "sum" && self.index_sum(lexeme)? => Ok(()),
            Meaning::Refused(_) if name == "partial" && self.request_below()? => Ok(()),
            Meaning::Refused(help) => Err(self.refused(lexeme, help)),
        }
    }

    /// `\lnx` is a function and a letter that belong apart; anything else is refused.
    fn unknown_command(&mut self, lexeme: Lexeme, name: &str) -> Result<()> {
        let span = self.span(lexeme);
        if let Some(head) = commands::leading_function(name) {
            let message =
                format!("`\\{name}` is read as `\\{head} {}`", &name[head.len()..]);
            self.note(message, span);
            let end = lexeme.start + 1 + head.len();
            self.at += 1;
            let place = |from, to| Span::new(self.offset + from, self.offset + to);
            let (function, last) = (place(lexeme.start, end), lexeme.end - 1);
            let letters: Vec<Span> =
                (end..last).map(|start| place(start, start + 1)).collect();
            let behind = place(last, lexeme.end);
            self.leaf(Kind::Name, head.to_owned(), function);
            for (start, span) in (end..last).zip(letters) {
                self.leaf(Kind::Name, &self.text[start..start + 1], span);
            }
            return self.name(self.text[last..lexeme.end].into(), behind);
        }
        let known = commands::nearest(name);
        let error = Error::at(
            span,
            ErrorKind::Unsupported(format!("the command `\\{name}` is not known")),
        );
        Err(match known {
            Some(known) => error.help(format!("did you mean `\\{known}`?")),
            None => error.help(
                "a function is written `\\operatorname{name}(x)`, a name of several letters `\\text{name}`",
            ),
        })
    }
}

/// Whether a sign ends a cell of an environment.
fn ends_cell(source: &str) -> bool {
    matches!(source, "&" | "\\\\" | "\\cr" | "\\newline")
}
