//! From a function to the lines of its derivation: the rules on the textbook view, one after
//! the other, until nothing is left to be differentiated, and then the answer.

use super::expand::{Expansion, add};
use super::log::{Dependent, Log};
use super::settle::{Known, is_open, lower, open, put, settle};
use crate::derivation::{Claim, Derivation, Detail, Line, Math, Reason};
use crate::error::Result;
use crate::kernel::{ExprId, Pool};
use crate::print::{self, Held, Mark};
use crate::simplify::Simplifier;
use rustc_hash::FxHashMap;

/// How many rules of which nothing is left to do may stand on one line.
const NEAR: usize = 2;
/// How many there may be where nothing else is left to do.
const MANY: usize = 4;
/// Above this cost of a line, what is still to be differentiated is done on lines of its own.
const WIDE: u32 = 40;
/// Up to this cost, a derivative on lines of its own is brought to its shortest form.
const SHORT: u32 = 120;
/// How deep derivations of parts stand in each other, and how many lines there are, before
/// derivatives of parts are put in as the rules leave them.
const MAX_DEPTH: usize = 100;
const MAX_LINES: usize = 2_000;
/// The same for the characters of all lines.
const MAX_WRITTEN: usize = 100_000;

/// Writes down a derivation.
pub(super) struct Deriver<'p> {
    pub(super) pool: &'p mut Pool,
    pub(super) simplifier: &'p mut Simplifier,
    pub(super) variable: ExprId,
    pub(super) mark: Mark,
    pub(super) detail: Detail,
    pub(super) log: Log,
    /// What was shown already: derivatives in their last form.
    pub(super) shown: FxHashMap<ExprId, ExprId>,
    /// Where powers of which base and exponent vary have a logarithm.
    pub(super) conditions: FxHashMap<Math, Math>,
    /// How many derivations stand around the one that is told.
    depth: usize,
    /// The characters of the lines.
    written: usize,
    pub(super) lines: Vec<Line>,
}

/// What a derivation is about.
#[derive(Clone, Debug)]
pub(super) struct Subject {
    /// What is differentiated.
    pub(super) of: ExprId,
    /// The name of its derivative.
    pub(super) label: Math,
    /// The last form; `None`: what the rules leave.
    pub(super) answer: Option<ExprId>,
}

impl<'p> Deriver<'p> {
    pub(super) fn new(
        pool: &'p mut Pool,
        simplifier: &'p mut Simplifier,
        (variable, mark): (ExprId, Mark),
        detail: Detail,
    ) -> Self {
        Self::with(pool, simplifier, (variable, mark), (detail, Vec::new()))
    }

    /// The same where unknowns depend on the variable.
    pub(super) fn with(
        pool: &'p mut Pool,
        simplifier: &'p mut Simplifier,
        (variable, mark): (ExprId, Mark),
        (detail, dependents): (Detail, Vec<Dependent>),
    ) -> Self {
        let log = Log::new(variable, dependents);
        let (shown, lines) = (FxHashMap::default(), Vec::new());
        let (depth, written, conditions) = (0, 0, FxHashMap::default());
        Self {
            pool,
            simplifier,
            variable,
            mark,
            detail,
            log,
            shown,
            conditions,
            depth,
            written,
            lines,
        }
    }

    pub(super) fn derivation(self) -> Derivation {
        Derivation { lines: self.lines }
    }

    /// The derivative of an expression, as the differentiator has it.
    ///
    /// # Errors
    /// A function without a known derivative.
    pub(super) fn derivative(&mut self, id: ExprId) -> Result<ExprId> {
        self.log.derivative(self.pool, id)
    }

    pub(super) fn varies(&self, id: ExprId) -> bool {
        self.log.varies(self.pool, id)
    }

    /// An expression in both notations.
    ///
    /// # Errors
    /// A text that is too long.
    pub(super) fn math(&self, id: ExprId) -> Result<Math> {
        print::write_both(self.pool, id)
    }

    pub(super) fn held(&self, held: &Held) -> Result<Math> {
        let write = |notation| print::write_held(self.pool, held, self.mark, notation);
        print::try_both(write)
    }

    /// Derives what a subject says, from its first rule to its answer.
    ///
    /// # Errors
    /// A function without a known derivative, a limit.
    pub(super) fn derive(&mut self, subject: &Subject) -> Result<()> {
        let first = self.expand(subject.of)?;
        self.follow(first, subject)
    }

    /// Goes on from what the first rule has made.
    ///
    /// # Errors
    /// As [`Deriver::derive`].
    pub(super) fn follow(&mut self, first: Expansion, subject: &Subject) -> Result<()> {
        let from = self.lines.len();
        let Expansion { held, mut reasons, mut rules } = first;
        let mut held = settle(self.pool, held);
        if self.detail == Detail::Coarse {
            held = self.without_leaves(held, &mut rules)?;
        }
        self.line(&held, (reasons, rules), subject)?;
        while is_open(&held) {
            // What has one derivative everywhere, as 3*x, needs no line of its own.
            let is_plain = open(&held).into_iter().all(|id| self.is_linear(id));
            if !is_plain && self.width(&held) > WIDE {
                held = self.apart(held)?;
                (reasons, rules) = (vec![Reason::new("put_in")], 0);
            } else {
                (held, reasons, rules) = self.next(held)?;
            }
            self.line(&held, (reasons, rules), subject)?;
        }
        let mut last = lower(self.pool, &|id| self.log.known(id), &held);
        if let Some(answer) = subject.answer {
            self.finish(&held, (subject, answer), from)?;
            last = answer;
        }
        self.shown.insert(subject.of, last);
        Ok(())
    }

    /// What a reader has to read of what is held.
    fn width(&mut self, held: &Held) -> u32 {
        let whole = lower(self.pool, &|id| id, held);
        self.pool.cost(whole)
    }

    /// The next line: one rule, or two of which nothing is left to do.
    fn next(&mut self, held: Held) -> Result<(Held, Vec<Reason>, usize)> {
        let found = open(&held);
        let mut known = Known::default();
        let (mut reasons, mut rules, mut used) = (Vec::new(), 0, 0);
        let limit = self.together(&found)?;
        for id in found {
            if let Some(shown) = self.shown.get(&id) {
                known.insert(id, Held::Plain(*shown));
                continue;
            }
            let is_linear = self.is_linear(id);
            if !is_linear && used >= limit {
                continue;
            }
            let expansion = self.expand(id)?;
            let is_near = self.is_near(&expansion.held);
            if !is_near && used > 0 {
                continue;
            }
            if !is_linear {
                used += if is_near { 1 } else { limit };
            }
            expansion.reasons.into_iter().for_each(|reason| add(&mut reasons, reason));
            rules += expansion.rules;
            known.insert(id, expansion.held);
        }
        let mut held = settle(self.pool, put(&held, &known));
        if self.detail == Detail::Coarse {
            held = self.without_leaves(held, &mut rules)?;
        }
        Ok((held, reasons, rules))
    }

    /// How many rules stand on the next line: all, where they are few and leave nothing to do.
    fn together(&mut self, open: &[ExprId]) -> Result<usize> {
        if open.len() <= NEAR || open.len() > MANY {
            return Ok(NEAR);
        }
        for id in open {
            let expansion = self.expand(*id)?;
            if !self.is_near(&expansion.held) {
                return Ok(NEAR);
            }
        }
        Ok(MANY)
    }

    /// What is held with everything differentiated of which nothing is left to do then.
    fn without_leaves(&mut self, held: Held, rules: &mut usize) -> Result<Held> {
        let found = open(&held);
        let mut known = Known::default();
        for id in found {
            let expansion = self.expand(id)?;
            if !is_open(&expansion.held) {
                *rules += expansion.rules;
                known.insert(id, expansion.held);
            }
        }
        Ok(settle(self.pool, put(&held, &known)))
    }

    /// What is held with everything that is still to be differentiated done on lines of its
    /// own.
    fn apart(&mut self, held: Held) -> Result<Held> {
        let found = open(&held);
        let mut known = Known::default();
        for id in found {
            let raw = self.derivative(id)?;
            let is_known = self.is_linear(id) || self.shown.contains_key(&id);
            if !is_known {
                let expansion = self.expand(id)?;
                if expansion.reasons.is_empty() && !is_open(&expansion.held) {
                    known.insert(id, expansion.held);
                    continue;
                }
            }
            if !is_known && self.depth < MAX_DEPTH && self.may_go_on() {
                let answer = match self.pool.cost(raw) <= SHORT {
                    true => Some(self.simplifier.simplify(self.pool, raw)),
                    false => None,
                };
                let label = self.held(&Held::Derivative(id))?;
                self.depth += 1;
                self.derive(&Subject { of: id, label, answer })?;
                self.depth -= 1;
            }
            let found = self.shown.get(&id).copied().unwrap_or(raw);
            known.insert(id, Held::Plain(found));
        }
        Ok(settle(self.pool, put(&held, &known)))
    }

    /// Whether what is written down is still short enough to be read.
    fn may_go_on(&self) -> bool {
        self.lines.len() < MAX_LINES && self.written < MAX_WRITTEN
    }

    /// Adds a line, unless it says what the one before says.
    pub(super) fn line(
        &mut self,
        held: &Held,
        (reasons, rules): (Vec<Reason>, usize),
        subject: &Subject,
    ) -> Result<()> {
        let value = self.held(held)?;
        let is = lower(self.pool, &|id| self.log.known(id), held);
        self.push(value, (reasons, rules), subject, is);
        Ok(())
    }

    pub(super) fn push(
        &mut self,
        value: Math,
        (reasons, rules): (Vec<Reason>, usize),
        subject: &Subject,
        is: ExprId,
    ) {
        let is_same = |line: &&mut Line| {
            line.of == Some(subject.of) && line.values.last() == Some(&value)
        };
        if let Some(last) = self.lines.last_mut().filter(is_same) {
            reasons.into_iter().for_each(|reason| add(&mut last.reasons, reason));
            last.rules += rules;
            return;
        }
        self.written += value.text.len() + subject.label.text.len();
        // The label stands before the first line, and again after lines about something else.
        let goes_on = self.lines.last().is_some_and(|line| line.of == Some(subject.of));
        let power = |reason: &Reason| match reason.id {
            "general_power" => self.conditions.get(&reason.parts.first()?.1).cloned(),
            _ => None,
        };
        let condition = reasons.iter().find_map(power);
        self.lines.push(Line {
            label: if goes_on { Math::default() } else { subject.label.clone() },
            values: vec![value],
            reasons,
            rules,
            condition,
            of: Some(subject.of),
            claim: Some(Claim { of: subject.of, is }),
            ..Line::default()
        });
    }
}
