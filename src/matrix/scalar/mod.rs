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
mod known;
mod lift;
mod pass;

pub(crate) use pass::Pass;

use super::form::{FormId, Forms, Op, Scope};
use super::print;
use crate::function;
use crate::kernel::{Assumption, ExprId, Node, Pool};
use crate::simplify::Simplifier;
use crate::syntax;
use rustc_hash::FxHashMap;

/// What stands before the names of symbols that nobody typed: they come after all others.
const UNTYPED: char = '\u{10fffd}';

/// The expressions of a problem, and what its symbols stand for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scalars {
    pool: Pool,
    simplifier: Simplifier,
    symbols: FxHashMap<FormId, ExprId>,
    forms: FxHashMap<ExprId, FormId>,
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
        // A size may have the name of a variable.
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

    /// The same expression without the logistic function, which the rules for tensors put in;
    /// `None` where nothing could come together with what it stands for.
    fn without_sigmoid(&mut self, id: ExprId) -> Option<ExprId> {
        let below = self.pool.reachable(&[id]);
        let is_applied = |id: &ExprId| matches!(self.pool.node(*id), Node::Apply(..));
        if !below.iter().any(is_applied) {
            return None;
        }
        let sigmoid = function::lookup("sigmoid", 1)?;
        let count = below
            .iter()
            .filter(|id| match self.pool.node(**id) {
                Node::Apply(function, _) => function == sigmoid,
                Node::Power(base, _) => base == Pool::E,
                _ => false,
            })
            .count();
        if count < 2 {
            return None;
        }
        let written = self.pool.substitute(&[id], &[], |pool, function, arguments| {
            let is_sigmoid = function::lookup("sigmoid", 1) == Some(function);
            let found = match is_sigmoid {
                true => syntax::in_normal_form(function, arguments, pool),
                false => None,
            };
            found.unwrap_or_else(|| function::apply(pool, function, arguments))
        })[0];
        (written != id && written != Pool::UNDEFINED).then_some(written)
    }

    /// The shortest expression that is found; the given one where the work ran out.
    fn simplified(&mut self, id: ExprId) -> ExprId {
        self.pool.renew();
        let found = self.simplifier.simplify(&mut self.pool, id);
        match self.pool.take_failure() {
            Some(_) => id,
            None => found,
        }
    }
}
