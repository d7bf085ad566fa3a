//! What stands below and above the line: indices, primes, exponents.

use super::super::super::literal;
use super::super::super::token::Kind;
use super::commands::{self, Meaning};
use super::grammar::Rule;
use super::{Assembler, Lexeme, SPLIT};
use crate::error::{Error, ErrorKind, Result};
use crate::kernel::GREEK;
use crate::span::Span;
use std::borrow::Cow;

/// The highest order of a derivative that stands above a name.
const MAX_ORDER: usize = 64;

/// Names whose raised number in brackets is the order of a derivative, as in `y^{(4)}`.
const DERIVED: [&str; 7] = ["f", "g", "h", "u", "v", "w", "y"];

impl<'t> Assembler<'t, '_> {
    /// The exponents behind an operand: one, by the rules of TeX.
    pub(super) fn scripts(&mut self) -> Result<()> {
        let mut raised = false;
        self.operand = true;
        self.skip_transpose();
        while let Some(lexeme) = self.peek() {
            match self.source(lexeme) {
                "^" if raised => {
                    let what = "a double superscript".to_owned();
                    return Err(Error::at(
                        self.span(lexeme),
                        ErrorKind::Unsupported(what),
                    )
                    .help("write `{x^a}^b` or `x^{a^b}`"));
                }
                "^" => {
                    raised = true;
                    self.exponent(lexeme)?;
                    if let Some((_, behind)) =
                        self.passed.take_if(|(from, _)| *from == self.at)
                    {
                        self.at = behind;
                    }
                }
                "_" if self.is_shaped => self.entries()?,
                "_" => {
                    return Err(self
                        .unexpected(lexeme, "an operator or the end")
                        .help("an index stands behind a name, as `x_1`"));
                }
                _ => break,
            }
        }
        self.operand = true;
        Ok(())
    }

    /// `(x, y)^T` stands for the vector of the same entries.
    fn skip_transpose(&mut self) {
        let is_vector = self.depth == 1 && self.out.count() > 1 && {
            let first = self.out.at(1);
            first.kind == Kind::Vector && first.end as usize == self.out.count()
        };
        if !is_vector || self.is_shaped || self.next_source() != "^" {
            return;
        }
        let (from, to) = match self.lexemes.get(self.at + 1) {
            Some(open) if self.source(*open) == "{" => (self.at + 2, open.mate),
            _ => (self.at + 1, self.at + 2),
        };
        let Some([only]) = self.lexemes.get(from..to) else { return };
        if matches!(self.source(*only), "T" | "\\top" | "\\intercal") {
            self.at = if from > self.at + 1 { to + 1 } else { to };
            let end = Span::new(self.behind(), self.behind());
            let span = self.span(*only).join(end);
            self.note("a vector is written as a column".to_owned(), span);
        }
    }

    /// `(x^2)'` asks for a derivative inside of a formula.
    pub(super) fn refuse_primes(&self, at: Span) -> Error {
        let what = "a prime behind a formula".to_owned();
        Error::at(at, ErrorKind::Unsupported(what)).help(
            "a derivative is asked for by `\\frac{d}{dx}` in front of the whole formula; a prime stands behind a name: `f'(x)`",
        )
    }

    /// `x^{(k)}` is a derivative or an index, and hardly ever a power.
    fn refuse_raised_index(&self, sign: Lexeme) -> Result<()> {
        let Some(last) = self.out.count().checked_sub(1) else { return Ok(()) };
        let base = self.out.at(last);
        let is_name = base.kind == Kind::Name && !matches!(&*base.text, "e" | "pi");
        let Some(open) = self.peek().filter(|open| self.source(*open) == "{") else {
            return Ok(());
        };
        let Some([first, inner @ .., end]) = self.lexemes.get(self.at + 1..open.mate)
        else {
            return Ok(());
        };
        let is_plain =
            |lexeme: &Lexeme| matches!(lexeme.rule, Rule::letter | Rule::number);
        let is_index = match inner {
            [one] => is_plain(one),
            [one, sign, other] => {
                is_plain(one)
                    && is_plain(other)
                    && matches!(self.source(*sign), "+" | "-")
            }
            _ => false,
        };
        if !is_name || !is_index || self.source(*first) != "(" || self.source(*end) != ")"
        {
            return Ok(());
        }
        let end = Span::new(0, self.offset + self.lexemes[open.mate].end);
        let what = "an index or an order in brackets above a name".to_owned();
        Err(Error::at(Span { end: end.end, ..self.span(sign) }, ErrorKind::Unsupported(what)).help(
            "write `x^{k}` for a power, `x_k` for an index, `f^{(3)}(x)` for the third derivative",
        ))
    }

    /// `x^{\underline{2}}` is a product of two factors, and no square.
    fn refuse_lined(&self) -> Result<()> {
        let is_open = usize::from(self.next_source() == "{");
        let Some(line) = self.lexemes.get(self.at + is_open) else { return Ok(()) };
        match self.source(*line) {
            "\\underline" | "\\overline" => Err(self.refused(
                *line,
                "a falling or rising power is not read; write its factors out",
            )),
            _ => Ok(()),
        }
    }

    /// `\Gamma^2(x)` is the square of a value of the function.
    pub(super) fn powered_letter(
        &mut self,
        name: &'static str,
        span: Span,
    ) -> Result<bool> {
        if self.next_source() != "^" || (self.declared)(name) {
            return Ok(false);
        }
        let exponent = self.at;
        self.at = self.behind_script(exponent + 1);
        if self.at == exponent + 1 || !self.opens_bracket() {
            self.at = exponent;
            return Ok(false);
        }
        let function = if name == "Gamma" { "gamma" } else { name };
        let token = self.out.open(Kind::Apply, function, span);
        self.skip_size();
        self.bracket_list(&mut Vec::new())?;
        self.out.close_at(token, self.behind() as u32);
        let behind = std::mem::replace(&mut self.at, exponent);
        self.scripts()?;
        self.at = behind;
        let whole = span.join(Span::new(self.behind(), self.behind()));
        let message =
            format!("`{}` is read as a power of `\\{name}(…)`", self.typed(whole));
        self.note(message, whole);
        Ok(true)
    }

    /// `^2`, `^{n + 1}`, `^\circ`.
    fn exponent(&mut self, sign: Lexeme) -> Result<()> {
        self.at += 1;
        let at = self.span(sign);
        if self.is_shaped && self.shaped_exponent(at)? {
            return Ok(());
        }
        if let Some(postfix) = self.raised_sign() {
            let whole = at.join(Span::new(self.behind(), self.behind()));
            match postfix {
                "'" => return Err(self.refuse_primes(whole)),
                "*" => {
                    return Err(Error::at(
                        whole,
                        ErrorKind::Unsupported("`^*`, a conjugate or an adjoint".into()),
                    )
                    .help("a transpose is `^\\top`; a power has an exponent"));
                }
                "ᵀ" if self.is_shaped => self.leaf(Kind::Transpose, postfix, whole),
                _ => self.leaf(Kind::Postfix, postfix, whole),
            }
            return Ok(());
        }
        self.refuse_raised_index(sign)?;
        self.refuse_lined()?;
        self.leaf(Kind::Operator, "^", at);
        let start = self.here();
        let place = self.out.open(Kind::Brace, "", Span::new(start, start));
        match self.next_source() {
            text @ ("(" | "-" | "−" | "+") => {
                self.lenient_exponent(text)?;
                let (from, to) =
                    (at.start as usize - self.offset, self.behind() - self.offset);
                let typed = &self.text[from..to];
                let message = format!("`{typed}` is read as `^{{{}}}`", &typed[1..]);
                self.note(message, Span::new(start, self.behind()));
            }
            digits if self.is_round(digits) => {
                let token = self.out.open(Kind::Expression, "", Span::new(start, start));
                if let Some(number) = self.peek() {
                    self.at += 1;
                    self.number(number)?;
                }
                self.out.close_at(token, self.behind() as u32);
                self.note(format!("`^{digits}` is read as `^{{{digits}}}`"), at);
            }
            _ => {
                let digits = self.peek().filter(|l| l.rule == Rule::number);
                self.single()?;
                if let Some(number) = digits.filter(|l| l.end - l.start > 1) {
                    let typed = self.source(number);
                    let message = format!(
                        "`^{typed}` is read as `^{{{}}}` and a factor; write `^{{{typed}}}`",
                        &typed[..1]
                    );
                    self.note(message, self.span(number));
                }
            }
        }
        let end = self.behind() as u32;
        self.out.close_at(place, end);
        Ok(())
    }

    /// Whether digits in a script belong together: no factor begins with a zero, as in `x^10`.
    fn is_round(&self, digits: &str) -> bool {
        let is_number = self.peek().is_some_and(|lexeme| lexeme.rule == Rule::number);
        is_number
            && digits.len() > 1
            && digits[1..].starts_with('0')
            && digits.bytes().all(|b| b.is_ascii_digit())
    }

    /// `x^-1` and `x^(n + 1)`, which TeX sets otherwise than people mean.
    fn lenient_exponent(&mut self, first: &str) -> Result<()> {
        let start = self.here();
        let place = self.out.open(Kind::Expression, "", Span::new(start, start));
        self.operand = false;
        if first == "(" {
            let lexeme = self.peek().ok_or_else(|| self.missing("an exponent"))?;
            self.bracket_alone(lexeme, &[")"])?;
        } else {
            let sign = self.next_source();
            let span = self.peek().map_or(Span::default(), |lexeme| self.span(lexeme));
            self.at += 1;
            self.leaf(Kind::Operator, sign, span);
            match self.peek().filter(|lexeme| lexeme.rule == Rule::number) {
                Some(number) => {
                    self.at += 1;
                    self.number(number)?;
                }
                None => self.operand_alone()?,
            }
        }
        let end = self.behind() as u32;
        self.out.close_at(place, end);
        Ok(())
    }

    /// A sign that stands above the line and is no exponent: a degree, a prime, a star.
    pub(super) fn raised_sign(&mut self) -> Option<&'static str> {
        let first = self.peek()?;
        let (from, to) = match self.source(first) {
            "{" => (self.at + 1, first.mate),
            _ => (self.at, self.at + 1),
        };
        let [only] = self.lexemes.get(from..to)? else { return None };
        let sign = match self.source(*only) {
            "*" | "\\ast" | "\\star" | "\\dagger" => "*",
            "\\circ" | "\\degree" => "°",
            "\\top" | "\\intercal" => "ᵀ",
            "T" if (self.declared)("T") => return None,
            "T" if self.is_shaped => "ᵀ",
            "T" => {
                let message = "`^T` is a power; over declared shapes it is a transpose";
                self.note(message.to_owned(), self.span(*only));
                return None;
            }
            "\\prime" | "'" => "'",
            _ => return None,
        };
        self.at = if from > self.at { to + 1 } else { to };
        Some(sign)
    }

    /// The primes behind a name, how many and where; also `^{(4)}` before a bracket.
    pub(super) fn primes(&mut self, name: &str) -> Result<Option<(usize, Span)>> {
        let Some(first) = self.peek() else { return Ok(None) };
        let start = self.here();
        let mut count = 0;
        if first.rule == Rule::primes {
            self.at += 1;
            count = literal::primes(self.source(first)) as usize;
        } else if self.source(first) == "^" {
            let before = self.at;
            self.at += 1;
            let inner = self.peek().filter(|lexeme| self.source(*lexeme) == "{");
            let (from, to) =
                inner.map_or((self.at, self.at + 1), |l| (self.at + 1, l.mate));
            let sources: Vec<&str> = (from..to)
                .filter_map(|place| self.lexemes.get(place))
                .map(|lexeme| self.source(*lexeme))
                .collect();
            let is_prime = |s: &&str| **s == *"\\prime" || s.starts_with(['\'', '′']);
            self.at = if inner.is_some() { to + 1 } else { to };
            if !sources.is_empty() && sources.iter().all(is_prime) {
                count = sources
                    .iter()
                    .map(|s| s.trim_start_matches("\\prime").len().max(1))
                    .sum();
            } else if let ["(", order, ")"] = sources[..]
                && name.chars().count() <= 2
                && (self.opens_bracket() || DERIVED.contains(&name))
                && let Ok(order) = order.parse::<usize>()
            {
                count = order;
            } else {
                self.at = before;
            }
        }
        if count > MAX_ORDER {
            let what = "the order of a derivative in a formula";
            let kind = ErrorKind::OverLimit { what, limit: MAX_ORDER as u64 };
            return Err(Error::at(Span::new(start, self.behind()), kind));
        }
        Ok((count > 0).then(|| (count, Span::new(start, self.behind()))))
    }

    /// A name with the index behind it, which may also stand behind an exponent or primes.
    pub(super) fn with_index(
        &mut self,
        stem: Cow<'t, str>,
        span: Span,
    ) -> Result<(Cow<'t, str>, Span)> {
        let before = self.at;
        match self.next_source() {
            "_" => {}
            // x^2_1 is x_1^2: the index is read first, and taken out of the way.
            "^" => {
                let behind = self.behind_script(self.at + 1);
                let is_index = self
                    .lexemes
                    .get(behind)
                    .is_some_and(|lexeme| self.source(*lexeme) == "_");
                if !is_index {
                    return Ok((stem, span));
                }
                self.at = behind;
            }
            _ => return Ok((stem, span)),
        }
        let from = self.at;
        let index = self.index()?;
        let end = self.behind();
        if from > before {
            // Where the exponent ends, the index is passed over.
            self.passed = Some((from, self.at));
            self.at = before;
        }
        let name = format!("{stem}_{index}");
        Ok((name.into(), span.join(Span::new(end, end))))
    }

    /// The place behind the script at a place, as far as can be told without reading it.
    pub(super) fn behind_script(&self, place: usize) -> usize {
        match self.lexemes.get(place) {
            Some(lexeme) if self.source(*lexeme) == "{" => lexeme.mate + 1,
            Some(lexeme)
                if lexeme.rule == Rule::number && lexeme.end - lexeme.start > 1 =>
            {
                place
            }
            _ => place + 1,
        }
    }

    /// An index: `_1`, `_{12}`, `_{\text{max}}`, `_{a,b}`, `_\theta`.
    pub(super) fn index(&mut self) -> Result<String> {
        self.at += 1;
        let Some(first) = self.peek() else { return Err(self.missing("an index")) };
        let refuse = |this: &Self, at: Span| {
            let what = "an index of more than letters and digits".to_owned();
            Error::at(at, ErrorKind::Unsupported(what)).help(format!(
                "write a name such as `x_{{\\text{{next}}}}`; this is `{}`",
                this.source(first)
            ))
        };
        if self.source(first) != "{" {
            if let typed = self.source(first)
                && self.is_round(typed)
            {
                self.at += 1;
                self.note(
                    format!("`_{typed}` is read as `_{{{typed}}}`"),
                    self.span(first),
                );
                return Ok(typed.to_owned());
            }
            self.at += 1;
            return match first.rule {
                Rule::number => {
                    let digit = self.split_digit(first);
                    if first.end - first.start > 1 {
                        let typed = self.source(first);
                        let message = format!(
                            "`_{typed}` is read as `_{{{digit}}}` and a factor; write `_{{{typed}}}`"
                        );
                        self.note(message, self.span(first));
                    }
                    Ok(digit.to_owned())
                }
                Rule::letter => Ok(self.source(first).to_owned()),
                Rule::command => {
                    self.at -= 1;
                    let mut out = String::new();
                    self.index_part(first, &mut out)?;
                    match out.contains('?') || out.is_empty() {
                        true => Err(refuse(self, self.span(first))),
                        false => Ok(out),
                    }
                }
                _ => Err(refuse(self, self.span(first))),
            };
        }
        let close = first.mate;
        self.at += 1;
        let mut out = String::new();
        while self.at < close {
            let lexeme = self.lexemes[self.at];
            self.index_part(lexeme, &mut out)?;
        }
        self.at = close + 1;
        let is_name = |c: char| c.is_alphanumeric() || c == '_';
        if out.is_empty() || !out.chars().all(is_name) {
            let end = self.behind();
            return Err(refuse(self, Span::new(self.offset + first.start, end)));
        }
        Ok(out)
    }

    fn index_part(&mut self, lexeme: Lexeme, out: &mut String) -> Result<()> {
        let source = self.source(lexeme);
        self.at += 1;
        match lexeme.rule {
            Rule::letter | Rule::number => out.push_str(source),
            Rule::command => match commands::meaning(&source[1..]) {
                Some(Meaning::Space) => {}
                Some(Meaning::Word | Meaning::Font) => {
                    let word = self.word_text()?;
                    out.extend(
                        word.chars().map(|c| if c == ' ' || c == '-' { '_' } else { c }),
                    );
                }
                Some(Meaning::Name(name)) if GREEK.iter().any(|(w, _)| w == name) => {
                    if !out.is_empty() {
                        out.push('_');
                    }
                    out.push_str(name);
                }
                Some(Meaning::Function(name) | Meaning::Name(name)) => out.push_str(name),
                _ => out.push('?'),
            },
            _ => match source {
                "," | "_" => out.push('_'),
                "{" | "}" => {}
                _ => out.push('?'),
            },
        }
        Ok(())
    }

    /// The first digit of a number that was taken; the others stay to be read.
    pub(super) fn split_digit(&mut self, number: Lexeme) -> &'t str {
        if number.end - number.start > 1 {
            self.at -= 1;
            self.lexemes[self.at] =
                Lexeme { start: number.start + 1, mate: SPLIT, ..number };
        }
        &self.text[number.start..number.start + 1]
    }
}
