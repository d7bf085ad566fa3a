//! `x \in [0, 1)` in the condition of a case: both comparisons.

use super::super::super::token::Kind;
use super::expression::Stop;
use super::{Assembler, Lexeme};
use crate::error::Result;
use crate::span::Span;

/// The brackets of an interval, whether each is a lower one, and whether the end belongs to it.
const LOWER: [(&str, bool); 3] = [("[", true), ("(", false), ("]", false)];
const UPPER: [(&str, bool); 3] = [("]", true), (")", false), ("[", false)];

impl Assembler<'_, '_> {
    /// The interval behind the sign that stands next, for the name before it; whether it is one.
    pub(super) fn interval(&mut self, sign: Lexeme) -> Result<bool> {
        let Some(last) = self.out.count().checked_sub(1) else { return Ok(false) };
        let name = self.out.at(last).clone();
        let before = last.checked_sub(1).map(|place| self.out.at(place));
        let begins = before.is_some_and(|before| {
            before.kind == Kind::Expression || matches!(&*before.text, "and" | "or")
        });
        let mut open = self.at + 1;
        open += usize::from(
            self.lexemes.get(open).is_some_and(|l| self.source(*l) == "\\left"),
        );
        let bracket = self.lexemes.get(open).map_or("", |lexeme| self.source(*lexeme));
        let row = LOWER.iter().find(|row| row.0 == bracket);
        let Some((_, is_closed)) = row.filter(|_| begins && name.kind == Kind::Name)
        else {
            return Ok(false);
        };
        self.at = open + 1;
        let span = self.span(sign);
        let has_lower = !self.skip_infinity("-");
        if has_lower {
            self.leaf(Kind::Operator, if *is_closed { ">=" } else { ">" }, span);
            self.bound(&[","])?;
        }
        self.take(",")
            .ok_or_else(|| self.missing("`,` between the ends of an interval"))?;
        let has_upper = !self.skip_infinity("+");
        if has_upper {
            if has_lower {
                self.leaf(Kind::Operator, "and", span);
                self.leaf(Kind::Name, name.text, name.span);
            }
            // How it ends is known behind the end.
            let place = self.out.count();
            self.leaf(Kind::Operator, "<=", span);
            self.bound(&["]", ")", "[", "\\right"])?;
            self.take("\\right");
            let close = self.next_source();
            if UPPER.iter().any(|row| row.0 == close && !row.1) {
                self.out.rename(place, "<");
            }
        } else {
            self.take("\\right");
        }
        if !UPPER.iter().any(|row| row.0 == self.next_source())
            || !(has_lower || has_upper)
        {
            return Err(self.missing("a bracket that closes the interval"));
        }
        self.at += 1;
        self.operand = true;
        Ok(true)
    }

    /// One end of an interval.
    fn bound(&mut self, close: &[&str]) -> Result<()> {
        let start = Span::new(self.here(), self.here());
        let group = self.out.open(Kind::Group, "", start);
        self.expression(Stop { close, in_list: true, in_cell: false })?;
        self.out.close_at(group, self.behind() as u32);
        Ok(())
    }

    /// Whether the end is infinite; it is taken.
    fn skip_infinity(&mut self, sign: &str) -> bool {
        let from = self.at + usize::from(self.next_source() == sign);
        let is_infinite =
            self.lexemes.get(from).is_some_and(|l| self.source(*l) == "\\infty");
        if is_infinite {
            self.at = from + 1;
        }
        is_infinite
    }
}
