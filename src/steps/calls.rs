//! Calls and roots of a form that are something shorter on their own, and so name the identity
//! that was used.

use super::deriver::Deriver;
use crate::derivation::{Math, Reason};
use crate::error::Result;
use crate::function;
use crate::kernel::{ExprId, Node, Number, Pool};

/// Above this cost, nothing is looked for.
const MAX_COST: u32 = 120;
/// The most calls and roots that are looked at.
const MOST: usize = 8;

/// What stands for what, and the equation that says so.
struct Known {
    from: ExprId,
    to: ExprId,
    sides: [ExprId; 2],
}

impl Deriver<'_> {
    /// The reasons where calls or roots are put in as what they are on their own.
    ///
    /// # Errors
    /// A text that is too long.
    pub(super) fn by_calls(
        &mut self,
        raw: ExprId,
        answer: ExprId,
    ) -> Result<Option<Vec<Reason>>> {
        if self.pool.cost(raw) > MAX_COST {
            return Ok(None);
        }
        let kept = self.pool.reachable(&[answer]);
        let nodes = self.pool.reachable(&[raw]);
        let gone = nodes.into_iter().filter(|id| *id != raw && !kept.contains(id));
        let gone: Vec<ExprId> = gone.filter(|id| is_candidate(self.pool, *id)).collect();
        if gone.is_empty() || gone.len() > MOST {
            return Ok(None);
        }
        let mut found: Vec<Known> = Vec::new();
        for id in gone {
            found.extend(self.on_its_own(id));
        }
        if found.is_empty() {
            return Ok(None);
        }
        let pairs: Vec<(ExprId, ExprId)> =
            found.iter().map(|known| (known.from, known.to)).collect();
        let changed = self.pool.substitute(&[raw], &pairs, function::apply)[0];
        let mut reasons = Vec::new();
        for known in found {
            let [left, right] = known.sides;
            let equation = Math::equation(&self.math(left)?, &self.math(right)?);
            let reason = Reason::new("identity").with("equation", equation);
            super::expand::add(&mut reasons, reason);
        }
        if changed == answer {
            return Ok(Some(reasons));
        }
        let more = match self.algebra(changed, answer)? {
            Some(more) => Some(more),
            None => self.multiplied_and_factored(changed, answer),
        };
        Ok(more.map(|more| {
            more.into_iter().for_each(|reason| super::expand::add(&mut reasons, reason));
            reasons
        }))
    }

    /// What a call or a root is on its own, where that is something else.
    fn on_its_own(&mut self, id: ExprId) -> Option<Known> {
        let (of, is_below) = match self.pool.node(id) {
            Node::Power(base, n) if self.pool.as_number(n)?.is_negative() => {
                let half = self.pool.number(Number::HALF);
                (self.pool.power(base, half), true)
            }
            _ => (id, false),
        };
        let to = self.simplifier.simplify(self.pool, of);
        if to == of || to == Pool::UNDEFINED {
            return None;
        }
        let sides = [of, to];
        let to = if is_below { self.pool.power(to, Pool::MINUS_ONE) } else { to };
        Some(Known { from: id, to, sides })
    }
}

/// Whether a node is a call, or a square root on either side of a bar.
fn is_candidate(pool: &Pool, id: ExprId) -> bool {
    match pool.node(id) {
        Node::Apply(of, _) => of.is_builtin(),
        Node::Power(_, exponent) => pool
            .as_number(exponent)
            .is_some_and(|n| *n == Number::HALF || *n == Number::HALF.neg()),
        _ => false,
    }
}
