//! What is read only where shapes are declared: transposes, indices, norms, operators of entries,
//! sums over an index. All else is read as everywhere.

use super::ast::{Ast, AstId, Program, Shaped};
use super::cursor::{Cursor, is_name};
use super::given;
use super::lexer::Input;
use super::limits;
use super::literal;
use super::name::normalise;
use super::parser::{self, Factors, Reader};
use super::signs::note;
use super::token::{Item, Items, Kind};
use super::words;
use crate::error::{Error, ErrorKind, Result};
use crate::function;
use crate::kernel::Number;
use crate::span::Span;

/// How many sums over indices may stand in each other.
const MAX_SUMS: u8 = 4;

/// What names mean where shapes are declared.
#[derive(Clone, Copy, Debug)]
pub struct Shapes<'s> {
    /// Functions beside those of the table.
    pub functions: &'s [&'s str],
    /// Names that mean something to many people and nothing here, with what helps.
    pub mistaken: &'s [(&'static str, &'static str)],
    /// The deepest nesting.
    pub depth: usize,
}

/// Reads a program over declared shapes, but for the lines that declare them. `declared` are the
/// names that are variables.
///
/// # Errors
/// As [`parse`](super::parse).
pub fn parse_shaped(
    text: &str,
    declared: &[&str],
    shapes: Shapes<'_>,
) -> Result<Program> {
    let mut statements = limits::statements(text)?;
    statements.retain(|statement| {
        let text = &text[statement.span.start as usize..statement.span.end as usize];
        statement.equals.is_some() || given::declarations(text).is_none()
    });
    // Each of two bars counts as a bracket.
    if let Some(deep) = statements.iter().find(|s| s.depth > 2 * shapes.depth) {
        let kind = ErrorKind::TooDeep { limit: shapes.depth };
        return Err(Error::at(deep.span, kind));
    }
    parser::read(Input::Text.into(), text, &statements, declared, &[], Some(shapes))
}

impl Reader<'_> {
    /// Whether a raised T and the letters directly behind it are no name, but those letters
    /// are names: `Z^TCZX`, as it is written in LaTeX.
    pub(super) fn has_turned_run(&self, text: &str) -> bool {
        let mut runs = text.match_indices("^T").map(|(at, _)| {
            let run = &text[at + 1..];
            &run[..run.bytes().take_while(u8::is_ascii_alphanumeric).count()]
        });
        let is_name = |c: char| self.is_variable(c.encode_utf8(&mut [0; 4]));
        let is_turned = |run: &str| {
            run.len() > 1 && !self.is_variable(run) && run[1..].chars().all(is_name)
        };
        // In LaTeX words are products of letters, so all of them must be.
        let mut words = text.split(|c: char| !c.is_ascii_alphanumeric());
        runs.any(is_turned)
            && words.all(|word| {
                self.is_variable(word) || is_turned(word) || word.chars().all(is_name)
            })
    }

    /// Whether a name is that of a function which only shapes have.
    pub(super) fn is_shaped_function(&self, name: &str) -> bool {
        self.shapes.is_some_and(|shapes| shapes.functions.contains(&name))
    }

    /// Whether primes or a bracket behind a name are those of a call: behind what is declared,
    /// a quote is a transpose.
    pub(super) fn is_applied(&self, name: &Item<'_>, cursor: &Cursor<'_, '_>) -> bool {
        let [next, behind @ ..] = cursor.rest() else { return false };
        let is_call = || behind.first().is_some_and(|item| item.kind == Kind::Round);
        self.shapes.is_none()
            || next.kind == Kind::Round
            || is_call() && !self.is_variable(&normalise(name.text))
    }

    /// The items with words taken apart that are declared names side by side: `Ax` is the product
    /// of `A` and `x`.
    pub(super) fn names_apart<'a>(&mut self, items: Items<'a>) -> Items<'a> {
        let mut found = Items::with_capacity(items.len());
        for (place, item) in items.iter().enumerate() {
            let is_called =
                || items.get(place + 1).is_some_and(|next| next.kind == Kind::Round);
            let is_whole = !is_name(item) || item.text.len() == 1 || is_called();
            let parts = if is_whole { None } else { self.declared_names(item.text) };
            let Some(parts) = parts else {
                found.push(*item);
                continue;
            };
            let typed = item.text;
            let message = format!("`{typed}` is read as `{}`", parts.join(" "));
            self.program.notes.push(note(message, item.span));
            let mut at = 0;
            for part in parts {
                found.push(item.part(at, part.len()));
                at += part.len();
            }
        }
        found
    }

    /// The declared names that a word is made of, where it is no name itself.
    fn declared_names<'w>(&self, word: &'w str) -> Option<Vec<&'w str>> {
        let name = normalise(word);
        let is_known = self.is_variable(&name)
            || self.own_function(&name).is_some()
            || self.is_shaped_function(&name)
            || function::is_name(&name);
        let parts = if is_known {
            None
        } else {
            words::parts(word, &|text| self.is_variable(text))
        };
        parts.filter(|parts| parts.iter().all(|part| self.is_variable(part)))
    }

    fn shaped(&mut self, node: Shaped, span: Span) -> AstId {
        self.program.push(Ast::Shaped(node), span)
    }

    /// A transpose or an index behind an operand; nothing where it is another sign.
    pub(super) fn shaped_postfix(
        &mut self,
        operand: AstId,
        item: &Item<'_>,
    ) -> Result<Option<AstId>> {
        let span = self.program.span(operand).join(item.span);
        Ok(Some(match item.kind {
            Kind::Transpose => self.shaped(Shaped::Transpose(operand), span),
            Kind::Primes if literal::primes(item.text) % 2 == 1 => {
                self.shaped(Shaped::Transpose(operand), span)
            }
            Kind::Primes => {
                self.program.spans[operand as usize] = span;
                operand
            }
            Kind::Vector => {
                let indices = self.arguments(item.inner())?;
                let indices = self.list(&indices);
                self.shaped(Shaped::Entry(operand, indices), span)
            }
            Kind::Postfix if item.text.contains('ᵀ') => {
                self.raised_transpose(operand, item, span)?
            }
            _ => return Ok(None),
        }))
    }

    /// `A⁻¹ᵀ`, `A⁻ᵀ`, `Aᵀ²`.
    fn raised_transpose(
        &mut self,
        operand: AstId,
        item: &Item<'_>,
        span: Span,
    ) -> Result<AstId> {
        let mut found = operand;
        for part in item.text.split_inclusive('ᵀ') {
            let exponent = match part.trim_end_matches('ᵀ') {
                "" => None,
                "⁻" => Some(self.number(Number::MINUS_ONE, item.span)),
                raised => Some(self.exponent(raised, item.span)?),
            };
            if let Some(exponent) = exponent {
                found = self.program.push(Ast::Power(found, exponent), span);
            }
            if part.ends_with('ᵀ') {
                found = self.shaped(Shaped::Transpose(found), span);
            }
        }
        Ok(found)
    }

    /// `A^T`, `A^⊤` and `A^{-T}` behind `^` and its signs, where `T` is nothing else.
    pub(super) fn turned(
        &mut self,
        base: AstId,
        minus: bool,
        cursor: &mut Cursor<'_, '_>,
    ) -> Result<Option<AstId>> {
        let Some(item) = cursor.peek() else { return Ok(None) };
        let is_mark = |item: &Item<'_>| {
            item.kind == Kind::Transpose
                || is_name(item) && item.text == "T" && !self.is_variable("T")
        };
        let inverts = match item.kind {
            _ if is_mark(item) => minus,
            Kind::Brace | Kind::Group => {
                let inner: Items =
                    item.inner().flat_map(|expression| expression.inner()).collect();
                match &inner[..] {
                    [mark] if is_mark(mark) => minus,
                    [sign, mark] if literal::is_sign(sign) && is_mark(mark) => {
                        minus ^ (sign.text != "+")
                    }
                    _ => return Ok(None),
                }
            }
            _ => return Ok(None),
        };
        cursor.next();
        let span = self.program.span(base).join(item.span);
        let mut found = base;
        if inverts {
            let exponent = self.number(Number::MINUS_ONE, item.span);
            found = self.program.push(Ast::Power(base, exponent), span);
        }
        found = self.shaped(Shaped::Transpose(found), span);
        self.postfixes(found, cursor).map(Some)
    }

    /// `a .* b ./ c`, `A ⊗ B` and `A\b`, behind the factors before them.
    pub(super) fn entrywise(
        &mut self,
        factors: &mut Factors,
        cursor: &mut Cursor<'_, '_>,
    ) -> Result<()> {
        let first = self.product_of(factors);
        let mut run: Factors = Factors::from_slice(&[(false, first)]);
        while let Some(item) = cursor.take_infix(literal::is_entrywise) {
            let right = self.signed(cursor)?;
            if !matches!(item.text, "⊗" | "\\") {
                run.push((matches!(item.text, "./" | "⊘"), right));
                continue;
            }
            let left = self.entrywise_of(&run);
            let span = self.program.span(left).join(self.program.span(right));
            let node = match item.text {
                "⊗" => self.shaped(Shaped::Kronecker(left, right), span),
                _ => self.call("solve", item.span, &[left, right], span)?,
            };
            run = Factors::from_slice(&[(false, node)]);
        }
        let node = self.entrywise_of(&run);
        *factors = Factors::from_slice(&[(false, node)]);
        Ok(())
    }

    fn entrywise_of(&mut self, run: &Factors) -> AstId {
        let (first, last) = (run[0].1, run[run.len() - 1].1);
        if run.len() == 1 {
            return first;
        }
        let span = self.program.span(first).join(self.program.span(last));
        let list = self.program.push_list(run);
        self.shaped(Shaped::Entries(list), span)
    }

    /// `‖x‖`, `‖x‖_1`.
    pub(super) fn norm(&mut self, item: &Item<'_>) -> Result<AstId> {
        let at = item.span;
        if self.shapes.is_none() {
            let what = "norms of vectors that are not declared".to_owned();
            return Err(Error::at(at, ErrorKind::Unsupported(what))
                .help("write `abs(x)`, or `sqrt(x^2 + y^2)` for a norm"));
        }
        let mut parts = Vec::new();
        for part in item.inner() {
            parts.push(match part.kind {
                Kind::Index => {
                    let which = part.text.trim_matches(['_', '{', '}']).trim();
                    match literal::number(which) {
                        Ok(number) => self.number(number, part.span),
                        Err(_) => self.symbol(&normalise(which), part.span),
                    }
                }
                _ => self.expression(&part)?,
            });
        }
        let list = self.list(&parts);
        Ok(self.shaped(Shaped::Norm(list), at))
    }

    /// The index of `Σ_k`, if a name is written so.
    pub(super) fn summed<'n>(&self, name: &'n str) -> Option<&'n str> {
        self.shapes?;
        name.strip_prefix(['Σ', '∑'])?.strip_prefix('_')
    }

    /// `Σ_k x[k]*y[k]`: the rest of the product, summed over an index.
    pub(super) fn index_sum(
        &mut self,
        item: &Item<'_>,
        cursor: &mut Cursor<'_, '_>,
    ) -> Result<AstId> {
        let at = item.span;
        self.deepen(at)?;
        self.sums += 1;
        if self.sums > MAX_SUMS {
            let what = "the number of sums over indices in each other";
            let limit = u64::from(MAX_SUMS);
            return Err(Error::at(at, ErrorKind::OverLimit { what, limit }));
        }
        let name = normalise(item.text);
        let index = self.program.intern_name(self.summed(&name).unwrap_or(&name));
        let body = self.product(cursor)?;
        self.sums -= 1;
        self.depth -= 1;
        let span = at.join(self.program.span(body));
        Ok(self.shaped(Shaped::Sum(index, body), span))
    }
}
