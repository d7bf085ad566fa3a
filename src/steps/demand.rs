//! Where expressions are defined, as far as a derivation says it in its margin: what must not
//! be 0, be positive, or not be negative.

use crate::derivation::Math;
use crate::error::Result;
use crate::evaluate::Range;
use crate::function;
use crate::kernel::{ExprId, FunctionId, Node, Number, Pool};
use crate::print::{self, Held};

/// What is asked of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    NotZero,
    Positive,
    NotNegative,
}

/// What must hold of an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Demand {
    pub(super) of: ExprId,
    pub(super) kind: Kind,
}

/// Adds what must hold for expressions to be defined.
pub(super) fn demands(pool: &Pool, roots: &[ExprId], found: &mut Vec<Demand>) {
    let nodes = pool.reachable(roots);
    // What stands in a branch is asked for in that branch only.
    let is_case =
        |id: &ExprId| matches!(pool.node(*id), Node::Apply(of, _) if has_cases(of));
    if nodes.iter().any(is_case) {
        return;
    }
    for id in nodes {
        match pool.node(id) {
            Node::Power(base, exponent) => power(pool, base, exponent, found),
            Node::Apply(of, list) => call(pool, of, pool.list(list), found),
            _ => {}
        }
    }
}

/// The same of what is held.
pub(super) fn of_held(pool: &mut Pool, held: &Held, found: &mut Vec<Demand>) {
    let whole =
        |pool: &mut Pool, held: &Held| super::settle::lower(pool, &|_| Pool::ZERO, held);
    match held {
        Held::Plain(id) => demands(pool, &[*id], found),
        Held::Derivative(_) => {}
        Held::Sum(terms) => terms.iter().for_each(|(_, term)| of_held(pool, term, found)),
        Held::Product(factors) => {
            factors.iter().for_each(|factor| of_held(pool, factor, found));
        }
        Held::Quotient(above, below) => {
            of_held(pool, above, found);
            of_held(pool, below, found);
            let below = whole(pool, below);
            not_zero(pool, below, found);
        }
        Held::Power(base, exponent) => {
            of_held(pool, base, found);
            of_held(pool, exponent, found);
            let (base, exponent) = (whole(pool, base), whole(pool, exponent));
            power(pool, base, exponent, found);
        }
        Held::Call(of, _) if has_cases(*of) => {}
        Held::Call(of, arguments) => {
            arguments.iter().for_each(|argument| of_held(pool, argument, found));
            let arguments: Vec<ExprId> =
                arguments.iter().map(|argument| whole(pool, argument)).collect();
            call(pool, *of, &arguments, found);
        }
    }
}

fn has_cases(of: FunctionId) -> bool {
    function::is_conditional(of)
}

fn power(pool: &Pool, base: ExprId, exponent: ExprId, found: &mut Vec<Demand>) {
    let kind = match pool.as_number(exponent) {
        Some(n) if n.is_integer() && !n.is_negative() => return,
        Some(n) if n.is_integer() => return not_zero(pool, base, found),
        Some(n) if !n.is_negative() => Kind::NotNegative,
        None if pool.is_integer(exponent) => return,
        _ => Kind::Positive,
    };
    match pool.is_complex() {
        true if kind == Kind::NotNegative => {}
        true => not_zero(pool, base, found),
        false => add(pool, base, kind, found),
    }
}

fn call(pool: &Pool, of: FunctionId, arguments: &[ExprId], found: &mut Vec<Demand>) {
    let ([argument, ..], true) = (arguments, of.is_builtin()) else { return };
    match function::spec(of).domain {
        "u > 0" if pool.is_complex() => not_zero(pool, *argument, found),
        "u > 0" => add(pool, *argument, Kind::Positive, found),
        "u >= 0" if !pool.is_complex() => add(pool, *argument, Kind::NotNegative, found),
        _ => {}
    }
}

/// That no factor is 0.
pub(super) fn not_zero(pool: &Pool, id: ExprId, found: &mut Vec<Demand>) {
    let (_, rest) = pool.coefficient(id);
    for factor in pool.factors(&rest) {
        let (base, exponent) = pool.base(*factor);
        let is_root = pool.as_number(exponent).is_some_and(|n| !n.is_integer());
        let kind = match is_root && !pool.is_complex() {
            true => Kind::Positive,
            false => Kind::NotZero,
        };
        add(pool, base, kind, found);
    }
}

/// Adds a demand, unless it holds anyway.
fn add(pool: &Pool, of: ExprId, kind: Kind, found: &mut Vec<Demand>) {
    let demand = Demand { of, kind };
    if let Node::Apply(of, _) = pool.node(of)
        && let row = function::spec(of)
        && row.nonnegative
        && row.nonzero
    {
        return;
    }
    if pool.is_constant(of) || found.contains(&demand) || pool.is_positive(of) {
        return;
    }
    let range = Range::of(pool, of);
    let holds = match kind {
        Kind::NotZero => range.side() != 0,
        Kind::Positive => range.side() > 0,
        Kind::NotNegative => range.low >= 0.0,
    };
    if !holds {
        found.push(demand);
    }
}

/// What had to hold before and need not hold any more, without what follows from the rest.
pub(super) fn lost(
    pool: &mut Pool,
    before: &[Demand],
    (after, to): (&[Demand], ExprId),
) -> Vec<Demand> {
    let mut found: Vec<Demand> = Vec::new();
    let has_poles = pool.reachable(&[to]).iter().any(|id| match pool.node(*id) {
        Node::Apply(of, _) => {
            let row = function::spec(of);
            row.period.is_some() && !row.is_entire
        }
        _ => false,
    });
    for demand in before {
        let follows = |known: &Demand| {
            let is_stronger =
                known.kind == Kind::Positive && demand.kind != Kind::Positive;
            known.of == demand.of && (known.kind == demand.kind || is_stronger)
        };
        let is_circular = !matches!(pool.node(demand.of), Node::Symbol(_) | Node::Sum(_));
        if after.iter().any(follows)
            || before.iter().any(|known| known != demand && follows(known))
            || has_poles && is_circular
            || demand.kind == Kind::NotZero && fails_there(pool, *demand, to)
        {
            continue;
        }
        found.push(*demand);
    }
    found
}

/// Whether an expression has no value where another one is 0, as far as that is solved for.
fn fails_there(pool: &mut Pool, demand: Demand, to: ExprId) -> bool {
    let Some((left, right)) = solved(pool, demand.of) else { return false };
    if !matches!(pool.node(left), Node::Symbol(_)) {
        return false;
    }
    pool.substitute(&[to], &[(left, right)], function::apply)[0] == Pool::UNDEFINED
}

/// `x - 1` is 0 where x is 1, `a - b` where a is b: both sides.
fn solved(pool: &mut Pool, of: ExprId) -> Option<(ExprId, ExprId)> {
    let (_, rest) = pool.coefficient(of);
    let [first, second] = *pool.terms(&rest) else {
        return (pool.terms(&rest).len() == 1).then_some((rest, Pool::ZERO));
    };
    let is_name = |pool: &Pool, id: ExprId| {
        matches!(pool.node(pool.coefficient(id).1), Node::Symbol(_))
    };
    let (first, second) = match pool.is_constant(first) {
        true => (second, first),
        false => (first, second),
    };
    let is_plain = |id| is_name(pool, id) || pool.is_constant(id);
    if !is_name(pool, first) || !is_plain(second) {
        return None;
    }
    let (n, left) = pool.coefficient(first);
    let times = n.neg().recip()?;
    let right = pool.scale(&times, second);
    Some((left, right))
}

/// A demand as it stands in a margin: `x ≠ 1`, `x > 0`.
///
/// # Errors
/// A text that is too long.
pub(super) fn written(pool: &mut Pool, demand: Demand) -> Result<Math> {
    let of = demand.of;
    let n = pool.coefficient(of).0.clone();
    let (left, right) = match solved(pool, of) {
        Some(sides) => sides,
        None => (pool.coefficient(of).1, Pool::ZERO),
    };
    // What stands on the left stood there with this factor.
    let inner = pool.coefficient(of).1;
    let own = pool.terms(&inner).iter().find_map(|term| {
        let (n, rest) = pool.coefficient(*term);
        (rest == left).then(|| n.clone())
    });
    let own = own.filter(|_| left != inner).unwrap_or(Number::ONE);
    let is_turned = n.mul(&own).is_negative();
    let (sign, latex) = match (demand.kind, is_turned) {
        (Kind::NotZero, _) => ("≠", "\\ne"),
        (Kind::Positive, false) => (">", ">"),
        (Kind::Positive, true) => ("<", "<"),
        (Kind::NotNegative, false) => ("≥", "\\ge"),
        (Kind::NotNegative, true) => ("≤", "\\le"),
    };
    let (left, right) = (print::write_both(pool, left)?, print::write_both(pool, right)?);
    Ok(Math {
        text: format!("{} {sign} {}", left.text, right.text),
        latex: format!("{} {latex} {}", left.latex, right.latex),
    })
}

/// Demands, one after the other; `None` where there are none.
///
/// # Errors
/// A text that is too long.
pub(super) fn condition(pool: &mut Pool, demands: &[Demand]) -> Result<Option<Math>> {
    let mut whole = Math::default();
    // What is positive is not 0.
    let follows = |demand: &&Demand| {
        demand.kind == Kind::Positive
            || !demands.contains(&Demand { kind: Kind::Positive, ..**demand })
    };
    for demand in demands.iter().filter(follows) {
        let one = written(pool, *demand)?;
        let comma = if whole.is_empty() { "" } else { ", " };
        whole.text.push_str(&format!("{comma}{}", one.text));
        whole.latex.push_str(&format!("{comma}{}", one.latex));
    }
    Ok((!demands.is_empty()).then_some(whole))
}
