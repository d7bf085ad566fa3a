//! The gradient in many variables: one sweep from the result down to the variables.
//!
//! Reverse accumulation over the shared graph costs a small multiple of the function,
//! whatever the number of variables (Griewank and Walther, Evaluating Derivatives, ch. 3).

use super::differentiate::{partial, pay, power_in_base};
use super::holomorphic::must_be_holomorphic;
use super::parts::{FEW, Parts};
use crate::error::Result;
use crate::function;
use crate::kernel::{ExprId, FunctionId, Node, Pool, Relation};
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

/// The contributions that have reached each node.
type Adjoints = FxHashMap<ExprId, SmallVec<[ExprId; 2]>>;

/// The partial derivatives of `of` in all `variables`.
///
/// # Errors
/// A function whose derivative is not known.
pub fn gradient(
    pool: &mut Pool,
    of: ExprId,
    variables: &[ExprId],
) -> Result<Vec<ExprId>> {
    sweep(pool, of, variables, None, &FxHashMap::default())
}

/// The same where what many of them share is named: in time and length linear in those of
/// `of`, whatever the number of variables. Symbols in `of` may stand for other expressions.
///
/// # Errors
/// A function whose derivative is not known.
pub fn gradient_in_parts(
    pool: &mut Pool,
    of: ExprId,
    variables: &[ExprId],
    parts: &mut Parts,
    meant: &FxHashMap<ExprId, ExprId>,
) -> Result<Vec<ExprId>> {
    sweep(pool, of, variables, Some(parts), meant)
}

fn sweep(
    pool: &mut Pool,
    of: ExprId,
    variables: &[ExprId],
    mut names: Option<&mut Parts>,
    meant: &FxHashMap<ExprId, ExprId>,
) -> Result<Vec<ExprId>> {
    must_be_holomorphic(pool, of, |pool, id| {
        variables.iter().any(|variable| pool.may_depend(id, *variable))
    })?;
    let mask = |id: ExprId| !pool.is_constant(id);
    let ids = match meant.is_empty() {
        true => pool.reachable_where(&[of], mask),
        false => pool.reachable_through(&[of], meant),
    };
    let mut adjoints = Adjoints::default();
    adjoints.entry(of).or_default().push(Pool::ONE);
    let mut written = 0;
    for id in ids.into_iter().rev() {
        let part = meant.get(&id).copied();
        if part.is_none() && matches!(pool.node(id), Node::Symbol(_)) {
            continue;
        }
        let Some(parts) = adjoints.remove(&id) else { continue };
        let mut adjoint = pool.sum(&parts);
        if let Some(part) = part {
            adjoints.entry(part).or_default().push(adjoint);
            continue;
        }
        if let Some(names) = names.as_deref_mut() {
            let mut count = 0;
            pool.each_operand(id, |operand| {
                count += usize::from(!pool.is_constant(operand));
            });
            adjoint = names.hold(pool, adjoint, count);
            if count > FEW && matches!(pool.node(id), Node::Product(_)) {
                spread_product(pool, id, adjoint, &mut adjoints, names);
                continue;
            }
        }
        pay(pool, id, &mut written)?;
        spread(pool, id, adjoint, &mut adjoints)?;
    }
    Ok(variables
        .iter()
        .map(|variable| match adjoints.get(variable) {
            Some(parts) => pool.sum(parts),
            None => Pool::ZERO,
        })
        .collect())
}

/// The derivative of `of` in each of its nodes that is no constant, as if the node were a
/// variable: how much a change of it counts. Nodes stand before what they are made of.
///
/// # Errors
/// A function whose derivative is not known.
pub fn adjoints(pool: &mut Pool, of: ExprId) -> Result<Vec<(ExprId, ExprId)>> {
    let ids = pool.reachable_where(&[of], |id| !pool.is_constant(id));
    let mut adjoints = Adjoints::default();
    adjoints.entry(of).or_default().push(Pool::ONE);
    let mut found = Vec::with_capacity(ids.len());
    let mut written = 0;
    for id in ids.into_iter().rev() {
        let Some(parts) = adjoints.remove(&id) else { continue };
        let adjoint = pool.sum(&parts);
        found.push((id, adjoint));
        pay(pool, id, &mut written)?;
        spread(pool, id, adjoint, &mut adjoints)?;
    }
    Ok(found)
}

/// A product of many factors, by the products of what stands before and behind each.
fn spread_product(
    pool: &mut Pool,
    id: ExprId,
    adjoint: ExprId,
    adjoints: &mut Adjoints,
    names: &mut Parts,
) {
    let (constants, factors): (Vec<ExprId>, Vec<ExprId>) =
        pool.factors(&id).iter().partition(|factor| pool.is_constant(**factor));
    let first: Vec<ExprId> = constants.into_iter().chain([adjoint]).collect();
    let first = pool.product(&first);
    let found = names.all_but_one(pool, id, (first, &factors));
    for (factor, value) in factors.into_iter().zip(found) {
        if value != Pool::ZERO {
            adjoints.entry(factor).or_default().push(value);
        }
    }
}

fn spread(
    pool: &mut Pool,
    id: ExprId,
    adjoint: ExprId,
    adjoints: &mut Adjoints,
) -> Result<()> {
    let mut add = |pool: &Pool, operand: ExprId, value: ExprId| {
        if value != Pool::ZERO && !pool.is_constant(operand) {
            adjoints.entry(operand).or_default().push(value);
        }
    };
    match pool.node(id) {
        Node::Sum(list) => {
            for operand in pool.list(list) {
                add(pool, *operand, adjoint);
            }
        }
        Node::Multiple(n, rest) => {
            let coefficient = pool.number_at(n).clone();
            let value = pool.scale(&coefficient, adjoint);
            add(pool, rest, value);
        }
        Node::Product(list) => {
            let factors = pool.list(list).to_vec();
            let mut others = factors.clone();
            for (place, factor) in factors.iter().enumerate() {
                if !pool.is_constant(*factor) {
                    others[place] = adjoint;
                    let value = pool.product(&others);
                    others[place] = *factor;
                    add(pool, *factor, value);
                }
            }
        }
        Node::Power(base, exponent) => {
            if !pool.is_constant(base) {
                let outer = power_in_base(pool, base, exponent);
                let value = pool.product(&[adjoint, outer]);
                add(pool, base, value);
            }
            if !pool.is_constant(exponent) {
                let log = function::apply(pool, FunctionId::LN, &[base]);
                let value = pool.product(&[adjoint, id, log]);
                add(pool, exponent, value);
            }
        }
        Node::Apply(function, list) => {
            let arguments = pool.list(list).to_vec();
            if Relation::of(function).is_some() {
                return Ok(());
            }
            if function::is_conditional(function) {
                branches(pool, function, &arguments, adjoint, &mut add);
                return Ok(());
            }
            for (place, argument) in arguments.iter().enumerate() {
                if !pool.is_constant(*argument) {
                    let outer = partial(pool, function, place, &arguments)?;
                    let value = pool.product(&[adjoint, outer]);
                    add(pool, *argument, value);
                }
            }
        }
        _ => {}
    }
    Ok(())
}

/// A branch of `piecewise` receives the adjoint where its condition decides.
fn branches(
    pool: &mut Pool,
    function: FunctionId,
    arguments: &[ExprId],
    adjoint: ExprId,
    add: &mut impl FnMut(&Pool, ExprId, ExprId),
) {
    let last = arguments.len() - 1;
    for place in 0..arguments.len() {
        if place % 2 == 0 && place != last {
            continue;
        }
        let parts: Vec<ExprId> = (0..arguments.len())
            .map(|k| match k {
                _ if k == place => adjoint,
                _ if k % 2 == 1 || k == last => Pool::ZERO,
                _ => arguments[k],
            })
            .collect();
        let value = function::apply(pool, function, &parts);
        add(pool, arguments[place], value);
    }
}
