//! Operands and operators side by side, up to what ends them.

use super::super::super::literal;
use super::super::super::token::Kind;
use super::commands::{self, Meaning};
use super::grammar::Rule;
use super::{Assembler, Lexeme};
use crate::error::{Error, ErrorKind, Result};
use crate::function;
use crate::span::Span;

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
        match lexeme.rule {
            Rule::letter => self.letters(),
            Rule::number => {
                self.at += 1;
                let begins = !self.operand;
                self.number(lexeme);
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
            Rule::primes => Err(self
                .stray(lexeme)
                .help("a prime stands behind a name: `f'(x)`; write the derivative out")),
            Rule::command => self.command(lexeme, whole, apart),
            _ => match self.source(lexeme) {
                "{" => self.group(lexeme),
                "(" if apart => {
                    self.operand = false;
                    self.bracket(lexeme, &[")"])
                }
                "(" => self.bracket(lexeme, &[")"]),
                "[" => self.bracket(lexeme, &["]"]),
                "|" => self.bars(lexeme),
                "!" if self.operand => {
                    self.at += 1;
                    self.leaf(Kind::Postfix, "!", span);
                    self.scripts()
                }
                "^" | "_" if self.operand => self.scripts(),
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
    ) -> Result<()> {
        let span = self.span(lexeme);
        let name = &self.source(lexeme)[1..];
        let Some(meaning) = commands::meaning(name) else {
            return self.unknown_command(lexeme, name);
        };
        match meaning {
            Meaning::Space => {
                self.at += 1;
                self.whole = whole;
                let last = self.out.at(self.out.count() - 1);
                let is_name = last.kind == Kind::Name && !function::is_name(&last.text);
                let is_space = matches!(name, "," | ";" | ":" | "quad" | "qquad");
                self.apart = apart || is_name && is_space;
                Ok(())
            }
            Meaning::Name(name) => {
                self.at += 1;
                self.name((*name).into(), span)
            }
            Meaning::Function(name) => {
                self.at += 1;
                self.function((*name).into(), span)
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
                self.operand &= !apart;
                self.left(lexeme)
            }
            Meaning::Begin => self.environment(lexeme),
            Meaning::Postfix("'") => Err(self.stray(lexeme)),
            Meaning::Postfix(sign) if self.operand => {
                self.at += 1;
                self.leaf(Kind::Postfix, *sign, span);
                Ok(())
            }
            Meaning::Postfix(_) | Meaning::Close => Err(self.stray(lexeme)),
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
