//! Formulas that have no real value, whatever their variables are.

use super::condition::{Requirement, requirements};
use crate::evaluate::Range;
use crate::function;
use crate::kernel::{ExprId, Node, Pool};

/// Up to how many conditions each is compared with each other one.
const PAIRS: usize = 12;

/// What of a formula stands in the way of a derivative everywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nowhere {
    /// A part that has no real value: proved.
    Undefined(ExprId),
    /// A power of a negative number, which is real for single exponents only.
    Scattered(ExprId),
    /// A part that is real at most where something else is 0, which it is at single points.
    Isolated(ExprId),
    /// A power of zero, which is zero for positive exponents and undefined for negative ones.
    OfZero(ExprId),
}

impl Nowhere {
    /// What is found of an expression that is differentiated in variables.
    pub fn find(pool: &mut Pool, root: ExprId, wrt: &[ExprId]) -> Option<Self> {
        // A branch that is not taken needs no value.
        let needed = pool.reachable_where(&[root], |id| !is_branching(pool, id));
        let all = pool.sum(wrt);
        for id in &needed {
            let Node::Power(base, exponent) = pool.node(*id) else { continue };
            let varies = !pool.is_constant(exponent) && pool.may_depend(exponent, all);
            if varies {
                if base == Pool::ZERO {
                    return Some(Self::OfZero(*id));
                }
                if is_negative(pool, base) {
                    return Some(Self::Scattered(*id));
                }
            }
        }
        let mut found = requirements(pool, &needed);
        found.retain(|known| !has_unknown_exponent(pool, known.whole));
        let fails = |pool: &mut Pool, known: &Requirement| {
            let high = Range::of(pool, known.part).high;
            high < 0.0
                || known.is_strict() && high <= 0.0
                || is_negative(pool, known.part)
        };
        if let Some(known) = found.iter().find(|known| fails(pool, known)) {
            return Some(Self::Undefined(known.whole));
        }
        let isolated = found.iter().find(|known| {
            !known.is_strict()
                && pool.may_depend(known.part, all)
                && is_analytic(pool, known.part)
                && is_nowhere_positive(pool, known.part)
        });
        if let Some(known) = isolated.map(|known| known.whole) {
            return Some(Self::Isolated(known));
        }
        // Both of `x` and `-1 - x` cannot be positive.
        let few = &found[..found.len().min(PAIRS)];
        for (place, a) in few.iter().enumerate() {
            for b in &few[place + 1..] {
                let sum = pool.sum(&[a.part, b.part]);
                let high = Range::of(pool, sum).high;
                if high < 0.0 || (a.is_strict() || b.is_strict()) && high <= 0.0 {
                    return Some(Self::Undefined(root));
                }
            }
        }
        None
    }

    /// Whether two parts of a formula must be 0 for it to have a value, which is so at single
    /// points only: `x` and `-x` below roots.
    pub fn meets(pool: &mut Pool, root: ExprId, wrt: &[ExprId]) -> bool {
        let needed = pool.reachable_where(&[root], |id| !is_branching(pool, id));
        let all = pool.sum(wrt);
        let mut found = requirements(pool, &needed);
        found.retain(|known| !has_unknown_exponent(pool, known.whole));
        let few = &found[..found.len().min(PAIRS)];
        few.iter().enumerate().any(|(place, a)| {
            pool.may_depend(a.part, all)
                && is_analytic(pool, a.part)
                && few[place + 1..].iter().any(|b| {
                    let sum = pool.sum(&[a.part, b.part]);
                    Range::of(pool, sum).high <= 0.0
                })
        })
    }
}

/// Whether an expression is below 0 wherever it has a value.
fn is_negative(pool: &mut Pool, id: ExprId) -> bool {
    let opposite = pool.negate(id);
    let is_assumed = match pool.node(id) {
        Node::Symbol(symbol) => {
            let known = pool.assumption(pool.name(symbol));
            known.high.is_some_and(|high| high < 0.0 || high == 0.0 && known.open_high)
        }
        _ => false,
    };
    is_assumed || pool.is_positive(opposite) || Range::of(pool, id).high < 0.0
}

/// Whether an expression is 0 or below wherever it has a value.
fn is_nowhere_positive(pool: &mut Pool, id: ExprId) -> bool {
    let opposite = pool.negate(id);
    pool.is_nonnegative(opposite) || Range::of(pool, id).high <= 0.0
}

/// Whether an expression that is not 0 everywhere is 0 on no open set: it has no kinks, jumps or
/// branches.
fn is_analytic(pool: &Pool, id: ExprId) -> bool {
    pool.reachable(&[id]).into_iter().all(|id| match pool.node(id) {
        Node::Apply(function, _) => {
            function.is_builtin()
                && function::spec(function).breaks.is_empty()
                && function::spec(function).name != "piecewise"
        }
        _ => true,
    })
}

/// Whether a node is a power whose exponent may be a whole number.
fn has_unknown_exponent(pool: &Pool, id: ExprId) -> bool {
    let Node::Power(_, exponent) = pool.node(id) else { return false };
    let range = Range::of(pool, exponent);
    let lies_between = range.low > range.low.floor() && range.high < range.low.ceil();
    pool.as_number(exponent).is_none() && !lies_between
}

/// Whether some operands of a node may have no value although it has one.
fn is_branching(pool: &Pool, id: ExprId) -> bool {
    let Node::Apply(function, _) = pool.node(id) else { return false };
    function::is_conditional(function)
}
