//! The scalars of answers as expressions of the kernel, where they are simplified.
//!
//! Numbers, sizes and scalar variables are what they are there. What has no axes and is made of
//! tensors (`tr(A)`, `norm(x)`, `w'*x`, an entry) is a symbol.
//!
//! Invariant: what comes back has the same value wherever there was one, and never costs a
//! reader more.

mod assume;
mod back;
mod derivative;
mod entries;
mod known;
mod lift;
mod pass;
mod sigmoid;

pub(super) use known::is_nonnegative;
pub(crate) use pass::Pass;

use super::form::{FormId, Forms, Op, Scope};
use super::print;
use crate::kernel::{Assumption, ExprId, Limit, Pool};
use crate::simplify::Simplifier;
use rustc_hash::FxHashMap;

/// What stands before the names of symbols that nobody typed: they come after all others.
const UNTYPED: char = '\u{10fffd}';

/// How much longer a form may be that keeps the functions that stand there.
const KEPT: u32 = 3;

/// The expressions of a problem, and what its symbols stand for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scalars {
    pool: Pool,
    simplifier: Simplifier,
    symbols: FxHashMap<FormId, ExprId>,
    forms: FxHashMap<ExprId, FormId>,
    /// Whether the allowance of the answer is used up.
    is_spent: bool,
}

impl Scalars {
    /// The symbol of a form.
    fn symbol(&mut self, form: FormId, forms: &Forms, scope: &Scope) -> ExprId {
        if let Some(known) = self.symbols.get(&form) {
            return *known;
        }
        let text = print::text(form, forms, scope);
        let is_typed =
            matches!(forms.op(form), Op::Variable(_) | Op::Definition(_) | Op::Size(_));
        let mut name = match is_typed {
            true => text,
            false => format!("{UNTYPED}{text}"),
        };
        // A size may have the name of a definition.
        while self.pool.find_symbol(&name).is_some() {
            name.insert(0, UNTYPED);
        }
        let symbol = match known::assumption(form, forms, scope) {
            known if known == Assumption::default() => self.pool.symbol(&name),
            known => self.pool.assume(&name, known),
        };
        self.symbols.insert(form, symbol);
        self.forms.insert(symbol, form);
        symbol
    }

    /// The shortest expressions that are found for one, with how much shorter than the others
    /// each must be.
    fn ways(&mut self, id: ExprId) -> Vec<(ExprId, u32)> {
        let mut ways = vec![(self.simplified(id), 0)];
        for other in sigmoid::others(&mut self.pool, id) {
            ways.push((self.simplified(other), KEPT + 1));
        }
        ways
    }

    /// Begins an answer, which has one allowance for all scalars in it.
    pub(super) fn begin(&mut self) {
        self.pool.renew();
        self.is_spent = false;
    }

    /// The shortest expression that is found; the given one where the work ran out.
    fn simplified(&mut self, id: ExprId) -> ExprId {
        if self.is_spent {
            return id;
        }
        let found = self.simplifier.simplify(&mut self.pool, id);
        if self.has_failed() { id } else { found }
    }

    /// Whether a limit was reached, which is forgotten; where it is that of work, no more is
    /// spent on the answer.
    fn has_failed(&mut self) -> bool {
        let failure = self.pool.take_failure();
        self.is_spent |= failure == Some(Limit::Work);
        failure.is_some()
    }
}
