//! The value that a derivative has at a kink, where that is chosen.
//!
//! Kinks show in derivatives as steps: `sign` for `abs`, `heaviside` for `relu` and `max`. So a
//! choice is made once, by what each step is where its argument is 0.

use super::differentiate::differentiate;
use crate::error::Result;
use crate::function;
use crate::kernel::{ExprId, FunctionId, Node, Number, Pool, Relation};
use smallvec::SmallVec;

/// So many steps are looked at, each of which takes a derivative.
const MAX_STEPS: usize = 256;
/// The functions that jump where their argument is 0.
const JUMPS: [&str; 4] = ["sign", "heaviside", "step_left", "step_right"];

/// What a derivative is at a kink.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kink {
    /// The mean of the limits from both sides.
    Mean,
    /// The limit from the left.
    Left,
    /// The limit from the right.
    Right,
    /// As if each function were flat at its kink, as networks take `relu` and `abs`.
    Zero,
}

/// A derivative, or the part of a formula that leaves open what it is at a kink.
pub type Chosen = std::result::Result<ExprId, ExprId>;

/// The derivative of `of` in a variable with a value chosen at its kinks; wherever `of` has a
/// derivative it stays what it is.
///
/// A step is taken from the side on which its argument is, which its slope tells; so it must be
/// known whether that rises or falls.
///
/// # Errors
/// A function without a known derivative.
pub fn at_kinks(
    pool: &mut Pool,
    of: ExprId,
    derivative: ExprId,
    variable: ExprId,
    kink: Kink,
) -> Result<Chosen> {
    if let Some(hidden) = hidden_kink(pool, of, variable)? {
        return Ok(Err(hidden));
    }
    let steps = steps(pool, derivative, variable);
    if steps.len() > MAX_STEPS && kink != Kink::Zero {
        return Ok(Err(derivative));
    }
    match kink {
        Kink::Mean if is_linear(pool, of, &steps, variable) => Ok(Ok(derivative)),
        Kink::Mean => {
            let mut sides = [Pool::ZERO; 2];
            for (side, kink) in sides.iter_mut().zip([Kink::Left, Kink::Right]) {
                match from_one_side(pool, derivative, &steps, variable, kink)? {
                    Ok(found) => *side = found,
                    Err(open) => return Ok(Err(open)),
                }
            }
            let sum = pool.sum(&sides);
            Ok(Ok(pool.scale(&Number::HALF, sum)))
        }
        Kink::Left | Kink::Right => {
            from_one_side(pool, derivative, &steps, variable, kink)
        }
        Kink::Zero => Ok(Ok(flat(pool, derivative, variable))),
    }
}

/// A derivative with the limits of its steps from one side; `None` where the formula jumps
/// otherwise, or it is not known whether the argument of a step rises or falls.
///
/// # Errors
/// A function without a known derivative.
pub fn one_sided(
    pool: &mut Pool,
    of: ExprId,
    derivative: ExprId,
    variable: ExprId,
    kink: Kink,
) -> Result<Option<ExprId>> {
    let jumps = |id| match pool.node(id) {
        Node::Apply(function, _) => {
            function::is_conditional(function) || function::spec(function).is_stair()
        }
        _ => false,
    };
    let steps = steps(pool, derivative, variable);
    if steps.len() > MAX_STEPS || pool.reachable(&[of, derivative]).into_iter().any(jumps)
    {
        return Ok(None);
    }
    Ok(from_one_side(pool, derivative, &steps, variable, kink)?.ok())
}

/// A derivative in which each function counts as flat at its kink: where the branch on one side
/// of a seam has another value than that on the other, it is 0.
pub fn flat(pool: &mut Pool, derivative: ExprId, variable: ExprId) -> ExprId {
    let mut put = Vec::new();
    for step in steps(pool, derivative, variable) {
        if step.is_unit {
            put.push((step.id, unit_step(pool, "step_left", step.argument)));
        }
    }
    let derivative = put_in(pool, derivative, &put);
    put.clear();
    for id in pool.reachable_where(&[derivative], |id| pool.may_depend(id, variable)) {
        let Node::Apply(function, _) = pool.node(id) else { continue };
        if function::is_conditional(function) {
            let sides = [true, false].map(|holds| on_one_side(pool, id, holds));
            let same = function::apply(pool, Relation::Equal.function(), &sides);
            let branches = [same, sides[0], Pool::ZERO];
            put.push((id, function::apply(pool, function, &branches)));
        }
    }
    put_in(pool, derivative, &put)
}

/// A case distinction whose relations hold at their seams, or one whose relations do not. What
/// holds at single values says nothing of a slope.
fn on_one_side(pool: &mut Pool, of: ExprId, holds: bool) -> ExprId {
    let mut put = Vec::new();
    for id in pool.reachable(&[of]) {
        let Node::Apply(function, list) = pool.node(id) else { continue };
        let sides = pool.list(list).to_vec();
        let decided = match Relation::of(function) {
            Some(Relation::Less | Relation::LessEqual) => {
                let relation = if holds { Relation::LessEqual } else { Relation::Less };
                function::apply(pool, relation.function(), &sides)
            }
            Some(Relation::Equal) => Pool::ZERO,
            Some(Relation::NotEqual) => Pool::ONE,
            _ => continue,
        };
        put.push((id, decided));
    }
    put_in(pool, of, &put)
}

/// A part of a derivative that jumps where its argument is 0.
struct Step {
    id: ExprId,
    argument: ExprId,
    /// From 0 to 1 rather than from -1 to 1.
    is_unit: bool,
}

/// What a function that jumps where its argument is 0 is there from one side: a unit step, and
/// whether the function is one itself, or else twice that without 1.
pub fn step_on_side(function: FunctionId, kink: Kink) -> Option<(FunctionId, bool)> {
    let is_unit = is_unit_step(function)?;
    let name = if kink == Kink::Left { "step_left" } else { "step_right" };
    Some((function::lookup(name, 1)?, is_unit))
}

/// Whether a function that jumps where its argument is 0 is a unit step; `None` for others.
fn is_unit_step(function: FunctionId) -> Option<bool> {
    match function::spec(function).name {
        "heaviside" | "step_left" | "step_right" => Some(true),
        "sign" => Some(false),
        _ => None,
    }
}

/// The steps in a derivative.
fn steps(pool: &Pool, derivative: ExprId, variable: ExprId) -> Vec<Step> {
    let ids = pool.reachable_where(&[derivative], |id| pool.may_depend(id, variable));
    let steps = ids.into_iter().filter_map(|id| {
        let Node::Apply(function, list) = pool.node(id) else { return None };
        let argument = *pool.list(list).first()?;
        let is_unit = is_unit_step(function)?;
        Some(Step { id, argument, is_unit })
    });
    steps.collect()
}

/// A derivative with the limits of its steps from one side.
fn from_one_side(
    pool: &mut Pool,
    derivative: ExprId,
    steps: &[Step],
    variable: ExprId,
    kink: Kink,
) -> Result<Chosen> {
    let mut put = Vec::new();
    for step in steps {
        let slope = differentiate(pool, step.argument, variable, &mut ())?;
        let falling = pool.negate(slope);
        let rises = match () {
            () if pool.is_nonnegative(slope) => true,
            () if pool.is_nonnegative(falling) => false,
            () => return Ok(Err(step.id)),
        };
        let low = rises == (kink == Kink::Left);
        let name = if low { "step_left" } else { "step_right" };
        let unit = unit_step(pool, name, step.argument);
        let value = match step.is_unit {
            true => unit,
            false => {
                let twice = pool.scale(&Number::from(2), unit);
                pool.difference(twice, Pool::ONE)
            }
        };
        put.push((step.id, value));
    }
    Ok(Ok(put_in(pool, derivative, &put)))
}

/// Whether the values of the steps halfway are the mean of both sides: no step goes into another
/// one, and the function itself has none.
fn is_linear(pool: &Pool, of: ExprId, steps: &[Step], variable: ExprId) -> bool {
    let any = |id: ExprId, is_meant: fn(FunctionId) -> bool| {
        let below = pool.reachable_where(&[id], |id| pool.may_depend(id, variable));
        below.into_iter().any(
            |id| matches!(pool.node(id), Node::Apply(function, _) if is_meant(function)),
        )
    };
    let jumps = |function| JUMPS.contains(&function::spec(function).name);
    let bends = |function: FunctionId| !function::spec(function).breaks.is_empty();
    !any(of, jumps) && !steps.iter().any(|step| any(step.argument, bends))
}

/// A part of a function at which a kink may be that its derivative does not show as a step: a
/// root of what turns at 0, an inverse function at an end of its domain, a case distinction, a
/// stair.
fn hidden_kink(pool: &mut Pool, of: ExprId, variable: ExprId) -> Result<Option<ExprId>> {
    let mut looked_at = 0;
    for id in pool.reachable_where(&[of], |id| pool.may_depend(id, variable)) {
        let inner: SmallVec<[ExprId; 2]> = match pool.node(id) {
            Node::Power(base, exponent) => {
                let is_whole = pool.as_number(exponent).is_some_and(|n| n.is_integer());
                if is_whole || pool.is_positive(base) || !pool.may_depend(base, variable)
                {
                    continue;
                }
                SmallVec::from_slice(&[base])
            }
            Node::Apply(function, list) if function.is_builtin() => {
                let row = function::spec(function);
                let branches =
                    |text: &&str| ["piecewise", "if"].iter().any(|w| text.contains(w));
                if row.is_stair()
                    || function::is_conditional(function)
                    || row.derivatives.iter().any(branches)
                {
                    return Ok(Some(id));
                }
                if pool.is_positive(id) {
                    continue;
                }
                let is_open = |text: &&str| {
                    ["sqrt", "hypot", "cbrt", "root"]
                        .iter()
                        .any(|part| text.contains(part))
                };
                match row.derivatives.iter().any(is_open) {
                    true if pool.list(list).len() == 1 => {
                        SmallVec::from_slice(pool.list(list))
                    }
                    true => return Ok(Some(id)),
                    false => continue,
                }
            }
            _ => continue,
        };
        for part in inner {
            looked_at += 1;
            if looked_at > MAX_STEPS {
                return Ok(Some(id));
            }
            let slope = differentiate(pool, part, variable, &mut ())?;
            let falling = pool.negate(slope);
            if !pool.is_positive(slope) && !pool.is_positive(falling) {
                return Ok(Some(id));
            }
        }
    }
    Ok(None)
}

fn unit_step(pool: &mut Pool, name: &str, argument: ExprId) -> ExprId {
    match function::lookup(name, 1) {
        Some(function) => function::apply(pool, function, &[argument]),
        None => Pool::UNDEFINED,
    }
}

fn put_in(pool: &mut Pool, of: ExprId, put: &[(ExprId, ExprId)]) -> ExprId {
    match put.is_empty() {
        true => of,
        false => pool.substitute(&[of], put, function::apply)[0],
    }
}
