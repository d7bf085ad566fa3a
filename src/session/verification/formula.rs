//! Two formulas: whether they are equal, and what may be said of those that are not.

use super::super::engine::Engine;
use super::super::typed::Given;
use super::Terms;
use super::compare::{different, undecided};
use super::value::Part;
use crate::check::{Comparison, Decision, Side, Verdict};
use crate::error::Result;
use crate::evaluate::Tape;
use crate::kernel::ExprId;

impl Engine {
    /// The verdict on two formulas, with a note where one is the other in rounded decimals.
    pub(super) fn compare_formulas(
        &mut self,
        gold: &Part,
        answer: &Part,
        terms: &Terms,
        notes: &mut Vec<String>,
    ) -> Result<Decision> {
        let decision = self.decide_parts(gold, answer)?;
        if let Some(side) = gold.refuted.as_ref().or(answer.refuted.as_ref())
            && decision.verdict.is_equal()
        {
            let reason = format!("`{side}` is not equal to what stands behind it");
            return Ok(undecided(&reason));
        }
        if !decision.verdict.is_different() {
            return Ok(decision);
        }
        if let Some(near) = self.rounded_parts(gold, answer, terms, notes)? {
            return Ok(near);
        }
        if self.are_odd_roots(gold.id(), answer.id())? {
            return Ok(undecided("a root of a negative number is real, or it is not"));
        }
        let found = match self.up_to_constant(gold, answer)? {
            None => self.up_to_names(gold.id(), answer.id())?,
            found => found,
        };
        Ok(found.unwrap_or(decision))
    }

    /// Whether two formulas are equal, as they were typed.
    pub(super) fn decide_parts(
        &mut self,
        gold: &Part,
        answer: &Part,
    ) -> Result<Decision> {
        if gold.text == answer.text && gold.id() == answer.id() {
            let known = "proved: both are the same formula".to_owned();
            return Ok(Decision { verdict: Verdict::Equal, known });
        }
        if let Some(decision) = self.decide_numbers(gold, answer) {
            return Ok(decision);
        }
        let mut tape = Tape::default();
        let left = Given::Typed(&gold.formula, gold.root);
        let right = Given::Typed(&answer.formula, answer.root);
        let [left_slot, right_slot] =
            [self.put_on(&mut tape, left)?, self.put_on(&mut tape, right)?];
        let comparison = Comparison {
            left: Side {
                value: left_slot,
                id: self.with_whole_steps(gold.id()),
                name: "the first",
            },
            right: Side {
                value: right_slot,
                id: self.with_whole_steps(answer.id()),
                name: "the second",
            },
            tape: &mut tape,
            within_left: false,
            or_complex: true,
            primitive: None,
            assumptions: gold.formula.assumptions(),
            domain: gold.formula.domain,
        };
        self.decide(comparison)
    }

    /// Whether one of two numbers that differ may be the real root of which the other is the
    /// principal value: `(-8)^{1/3}` and -2.
    fn are_odd_roots(&mut self, one: ExprId, other: ExprId) -> Result<bool> {
        const DEGREES: [i64; 4] = [3, 5, 7, 9];
        let [first, second] = [one, other].map(|id| self.pool.as_number(id).is_some());
        if first == second || !self.variables(&[one, other]).is_empty() {
            return Ok(false);
        }
        for degree in DEGREES {
            let degree = self.pool.integer(degree);
            let mut powers = [one, other];
            for power in &mut powers {
                let raised = self.pool.power(*power, degree);
                *power = self.simplify(raised)?;
            }
            if powers[0] == powers[1] {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The verdict on two numbers that were typed as such, which need no proof.
    fn decide_numbers(&self, gold: &Part, answer: &Part) -> Option<Decision> {
        if !is_number(&gold.text) || !is_number(&answer.text) {
            return None;
        }
        self.pool.as_number(gold.id())?;
        self.pool.as_number(answer.id())?;
        Some(match gold.id() == answer.id() {
            true => {
                let known = "proved: both are the same number".to_owned();
                Decision { verdict: Verdict::Equal, known }
            }
            false => {
                let [left, right] = [gold, answer].map(|part| self.text_of(part.id()));
                different(left, right, "they are different numbers")
            }
        })
    }

    /// Whether two expressions are equal.
    pub(super) fn decide_ids(
        &mut self,
        gold: ExprId,
        answer: ExprId,
    ) -> Result<Decision> {
        let mut tape = Tape::default();
        let slots = tape.add_expressions(&self.pool, &[gold, answer]);
        let domain = match self.pool.is_complex() {
            true => crate::check::Domain::Complex,
            false => crate::check::Domain::Real,
        };
        let comparison = Comparison {
            tape: &mut tape,
            left: Side { value: slots[0], id: gold, name: "the first" },
            right: Side { value: slots[1], id: answer, name: "the second" },
            within_left: false,
            or_complex: true,
            primitive: None,
            assumptions: &[],
            domain,
        };
        self.decide(comparison)
    }

    /// What there is to say where one formula is the other in decimals: a verdict within the
    /// tolerance, else a note of how many digits are right.
    fn rounded_parts(
        &mut self,
        gold: &Part,
        answer: &Part,
        terms: &Terms,
        notes: &mut Vec<String>,
    ) -> Result<Option<Decision>> {
        let tolerance = terms.tolerance;
        for (exact, given, whose) in [
            (gold, answer, "the answer is the right one"),
            (answer, gold, "the right answer is this one"),
        ] {
            let typed = (&*given.formula, given.root);
            let (within, rounding) =
                self.rounded(&exact.formula, exact.id(), typed, tolerance)?;
            if within.is_some() {
                return Ok(within);
            }
            if rounding.is_some() {
                let digits = self.digits_of(given);
                let s = if digits == 1 { "" } else { "s" };
                notes.push(format!("{whose} rounded to {digits} digit{s}"));
                return Ok(None);
            }
        }
        Ok(None)
    }

    /// The fewest significant digits of the decimals in a formula.
    fn digits_of(&self, part: &Part) -> usize {
        let (_, decimals) = part.formula.program().with_named_decimals();
        let digits = decimals.iter().map(|decimal| {
            let units = decimal.value.abs() / (2.0 * decimal.half);
            // A whole number of units of the last place, which doubles may miss by a little.
            (units.round().max(1.0).log10() + 1e-9).floor() as usize + 1
        });
        digits.min().unwrap_or(0)
    }
}

/// Whether a text is digits, signs and fractions of them: it has a value as soon as it is read.
fn is_number(text: &str) -> bool {
    const FRACTIONS: [&str; 3] = ["\\frac", "\\dfrac", "\\tfrac"];
    let is_plain = |c: char| c.is_ascii_digit() || " .+-/{}".contains(c);
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let command = FRACTIONS.iter().find_map(|name| rest.strip_prefix(name));
        rest = match command {
            Some(rest) => rest,
            None if is_plain(c) => &rest[c.len_utf8()..],
            None => return false,
        };
    }
    true
}
