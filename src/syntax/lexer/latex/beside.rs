//! What stands beside a formula and is no part of it: conditions behind it, words of prose.

use super::super::super::elsewhere;
use super::super::super::token::Kind;
use super::super::super::words::is_constant;
use super::commands::{self, Meaning};
use super::grammar::Rule;
use super::{Assembler, Lexeme};
use crate::error::{Error, ErrorKind, Result};
use crate::span::Span;

/// Words that begin a condition behind a formula.
pub(in crate::syntax) const CONDITIONAL: [&str; 10] = [
    "for", "if", "when", "where", "with", "provided", "whenever", "assuming", "given",
    "as",
];
/// Signs that a condition has.
const COMPARISONS: [&str; 16] = [
    "<",
    ">",
    "≤",
    "≥",
    "≠",
    "\\ne",
    "\\neq",
    "\\le",
    "\\leq",
    "\\ge",
    "\\geq",
    "\\lt",
    "\\gt",
    "\\leqslant",
    "\\geqslant",
    "\\in",
];
/// Words of sentences that nobody means as products of letters.
const PROSE: [&str; 47] = [
    "all",
    "and",
    "answer",
    "are",
    "because",
    "but",
    "derivative",
    "equals",
    "find",
    "for",
    "from",
    "function",
    "get",
    "gives",
    "has",
    "have",
    "hence",
    "here",
    "if",
    "is",
    "let",
    "not",
    "of",
    "or",
    "otherwise",
    "since",
    "so",
    "solution",
    "than",
    "that",
    "the",
    "then",
    "therefore",
    "these",
    "this",
    "thus",
    "undefined",
    "value",
    "when",
    "where",
    "which",
    "while",
    "with",
    "would",
    "you",
    "your",
    "we",
];

impl<'t> Assembler<'t, '_> {
    /// Leaves out a condition behind the whole formula, with a note: `x \ne 0` in
    /// `\ln x + C, \quad x \ne 0`.
    pub(super) fn without_condition(mut self) -> Self {
        // The number of an equation.
        let number =
            |lexeme: &Lexeme| matches!(self.source(*lexeme), "\\eqno" | "\\leqno");
        if let Some(from) = self.lexemes.iter().position(number) {
            self.lexemes.truncate(from);
        }
        let Some(from) = self.condition().or_else(|| self.bracketed()) else {
            return self;
        };
        let (first, last) = (self.lexemes[from], self.lexemes[self.lexemes.len() - 1]);
        let span = self.span(first).join(self.span(last));
        let typed = self.typed(span).trim_matches([',', ' ']);
        self.note(format!("`{typed}` is a condition, and is left out"), span);
        self.lexemes.truncate(from);
        self
    }

    /// Where a condition behind the formula begins: it has a comparison between all commas, and
    /// the formula has none; an equation may say what a name is, and a second condition belongs
    /// to a second formula.
    fn condition(&self) -> Option<usize> {
        let mut from = None;
        let (mut compares, mut says, mut words) = (false, false, 0);
        for (place, lexeme, is_outside) in self.nested() {
            let source = self.source(lexeme);
            let is_comparison = COMPARISONS.contains(&source);
            let is_comma = source == "," && is_outside;
            if from.is_none() {
                if is_outside && is_comparison {
                    return None;
                }
                from = (is_outside && place > 0 && self.parts_condition(place, source))
                    .then_some(place);
            }
            if from.is_none() {
                continue;
            }
            if source == "=" || is_comma && says && !compares {
                return None;
            }
            match self.meaning_of(lexeme) {
                Some(Meaning::Word) => words += 1,
                Some(Meaning::Space) => {}
                _ if is_comma => (compares, says) = (false, false),
                _ => says = true,
            }
            compares |= is_comparison;
        }
        from.filter(|_| compares && words < 2)
    }

    /// Where a comparison in brackets behind a space begins: `\ln x \ (x > 0)`.
    fn bracketed(&self) -> Option<usize> {
        let [.., close] = self.lexemes[..] else { return None };
        if self.source(close) != ")" {
            return None;
        }
        let open = self.lexemes.iter().rposition(|l| self.source(*l) == "(")?;
        let is_comparison = |l: &Lexeme| COMPARISONS.contains(&self.source(*l));
        let is_plain = |l: &Lexeme| !matches!(self.source(*l), ")" | "," | "=");
        let inside = &self.lexemes[open + 1..self.lexemes.len() - 1];
        let is_condition =
            inside.iter().any(is_comparison) && inside.iter().all(is_plain);
        let is_space = |place: usize| {
            let before = self.lexemes.get(place).copied();
            before.is_some_and(|l| self.meaning_of(l) == Some(&Meaning::Space))
        };
        let from = open.checked_sub(1).filter(|place| is_space(*place))?;
        let before = self.lexemes[..from].last().copied()?;
        let ends = matches!(before.rule, Rule::letter | Rule::number)
            || matches!(self.source(before), ")" | "}");
        let is_outside =
            || self.nested().any(|(place, _, outside)| place == from && outside);
        let is_alone = || !self.lexemes[..from].iter().any(is_comparison);
        (is_condition && ends && is_outside() && is_alone()).then_some(open)
    }

    /// Whether a condition may begin at a place outside of brackets.
    fn parts_condition(&self, place: usize, source: &str) -> bool {
        let lexeme = self.lexemes[place];
        match source {
            "," | "\\quad" | "\\qquad" => true,
            _ if lexeme.rule == Rule::command => {
                let open =
                    self.lexemes.get(place + 1).filter(|l| self.source(**l) == "{");
                let Some(open) = open else { return false };
                let word = &self.text[open.end..self.lexemes[open.mate].start];
                let first = word.split_whitespace().next().unwrap_or_default();
                self.meaning_of(lexeme) == Some(&Meaning::Word)
                    && CONDITIONAL.contains(&first.trim_matches(['(', ',']))
            }
            _ => false,
        }
    }

    /// The run of letters at a place, which no blank parts.
    pub(super) fn run_at(&self, place: usize) -> &'t str {
        let mut end = place;
        while let Some(lexeme) = self.lexemes.get(end)
            && lexeme.rule == Rule::letter
            && (end == place || self.lexemes[end - 1].end == lexeme.start)
        {
            end += 1;
        }
        if end == place {
            return "";
        }
        &self.text[self.lexemes[place].start..self.lexemes[end - 1].end]
    }

    /// Letters that are words of a sentence are no product.
    pub(super) fn refuse_prose(&self, run: &str, span: Span) -> Result<()> {
        let lower = run.to_lowercase();
        let is_word =
            |run: &str| run.len() > 1 && run.is_ascii() && !commands::has_word(run);
        let next = self.run_at(self.at + run.len());
        let is_prose = PROSE.contains(&lower.as_str())
            || is_word(run) && is_word(next) && run.len() + next.len() > 4;
        if !is_prose {
            return Ok(());
        }
        let what = format!("the word `{run}` in a formula");
        Err(Error::at(span, ErrorKind::Unsupported(what)).help(
            "write the formula alone, or between dollars; a name of several letters is `\\text{name}`",
        ))
    }

    /// `\mathrm{d}x` at the end of an integral is no factor.
    pub(super) fn refuse_differential(&self, span: Span) -> Result<()> {
        let follows = self.peek().is_some_and(|next| {
            next.rule == Rule::letter
                || matches!(self.meaning_of(next), Some(Meaning::Name(_)))
        });
        if !follows || (self.declared)("d") {
            return Ok(());
        }
        let what = "a differential in a formula".to_owned();
        Err(Error::at(span, ErrorKind::Unsupported(what))
            .help("leave it out; a derivative is asked for by `\\frac{d}{dx}` in front"))
    }

    /// `f\circ g` is no degree.
    pub(super) fn refuse_composition(&self, span: Span) -> Result<()> {
        let last = self.out.count().checked_sub(1).map(|last| self.out.at(last).kind);
        let follows = self.peek().is_some_and(|next| {
            let meaning = self.meaning_of(next);
            next.rule == Rule::letter
                || matches!(meaning, Some(Meaning::Name(_) | Meaning::Function(_)))
        });
        if !follows || last == Some(Kind::Number) {
            return Ok(());
        }
        let what = "the composition of functions".to_owned();
        Err(Error::at(span, ErrorKind::Unsupported(what))
            .help("put one into the other, as in `\\sin(x^2)`"))
    }

    /// `\operatorname{Re} z` is no product with a name.
    pub(super) fn refuse_operator(&self, name: &str, span: Span) -> Result<()> {
        let begins = |next: Lexeme| {
            matches!(next.rule, Rule::letter | Rule::number)
                || matches!(
                    self.meaning_of(next),
                    Some(
                        Meaning::Name(_)
                            | Meaning::Function(_)
                            | Meaning::Quotient
                            | Meaning::Root
                    )
                )
        };
        if name.len() < 2 || (self.declared)(name) || !self.peek().is_some_and(begins) {
            return Ok(());
        }
        let kind = ErrorKind::UnknownFunction(name.to_owned());
        let help = elsewhere::instead(name).unwrap_or(
            "a name of several letters is `\\text{name}`, a function has brackets",
        );
        Err(Error::at(span, kind).help(help))
    }

    /// `D_x x^2` may be a derivative and a product; `D_e e^{-r}` and `D_0 x` are products.
    pub(super) fn refuse_derivation(&self, variable: &str, span: Span) -> Result<()> {
        let begins = |next: Lexeme| {
            matches!(next.rule, Rule::letter | Rule::number)
                || matches!(self.source(next), "(" | "[" | "\\left" | "\\frac" | "\\sqrt")
                || matches!(self.meaning_of(next), Some(Meaning::Function(_)))
        };
        let stands = |lexeme: &Lexeme| self.source(*lexeme) == variable;
        let is_variable =
            !is_constant(variable) && self.lexemes[self.at..].iter().any(stands);
        if !is_variable || !self.peek().is_some_and(begins) {
            return Ok(());
        }
        let what = "what may be a derivative or a product".to_owned();
        Err(Error::at(span, ErrorKind::Unsupported(what)).help(
            "a derivative is `\\frac{d}{dx}` in front of the formula, a product has `\\cdot`",
        ))
    }

    /// Whether a wide space parts an operand from what begins another one.
    pub(super) fn refuse_wide(&self, lexeme: Lexeme) -> Result<()> {
        let begins = match lexeme.rule {
            Rule::letter | Rule::number => true,
            Rule::command => matches!(
                self.meaning_of(lexeme),
                Some(
                    Meaning::Name(_)
                        | Meaning::Function(_)
                        | Meaning::Quotient
                        | Meaning::Root
                        | Meaning::Apply(..)
                        | Meaning::Font
                        | Meaning::Mark(_)
                        | Meaning::Open(..)
                        | Meaning::Left
                        | Meaning::Begin
                )
            ),
            _ => matches!(self.source(lexeme), "(" | "[" | "{" | "|"),
        };
        let begins = begins && (lexeme.mate != self.at + 1 || self.source(lexeme) != "{");
        if !begins || !self.operand || self.follows_function() {
            return Ok(());
        }
        let what = "a wide space between two operands".to_owned();
        Err(Error::at(self.span(lexeme), ErrorKind::Unsupported(what)).help(
            "write `\\cdot` for a product, and commas between the entries of a vector",
        ))
    }
}
