//! Differentiation by the rules of calculus, each node once.

use super::holomorphic::must_be_holomorphic;
use super::observer::Observer;
use super::rule::{Rule, rule_for};
use super::thin::smooth;
use crate::error::{ErrorKind, Result};
use crate::function;
use crate::kernel::{AbstractFunction, ExprId, FunctionId, Node, Number, Pool};
use crate::syntax;
use smallvec::SmallVec;

/// The most operands that the rules may write for long products of one expression.
const MAX_OPERANDS: u64 = 1_500_000;
/// Up to how many factors a product is short: what is written for it is a small multiple of it.
const SHORT: u32 = 16;

/// Counts what a rule writes for a node before it is written: a product of n factors has a
/// derivative of n terms with n factors each, and so has an abstract function of n arguments.
///
/// # Errors
/// More than is written.
pub(super) fn pay(pool: &Pool, id: ExprId, written: &mut u64) -> Result<()> {
    let count = match pool.node(id) {
        Node::Product(list) => list.len,
        Node::Apply(function, list) if !function.is_builtin() => list.len,
        _ => return Ok(()),
    };
    if count > SHORT {
        *written += u64::from(count) * u64::from(count);
    }
    if *written > MAX_OPERANDS {
        let what = "writing the derivative";
        return Err(ErrorKind::TooMuchWork { what, limit: MAX_OPERANDS }.into());
    }
    Ok(())
}

/// The derivatives of the nodes below an expression in one variable, by handle.
struct Derivatives {
    ids: Vec<ExprId>,
    values: Vec<ExprId>,
}

impl Derivatives {
    fn of(&self, id: ExprId) -> ExprId {
        match self.ids[..self.values.len()].binary_search(&id) {
            Ok(place) => self.values[place],
            Err(_) if id == Pool::UNDEFINED => Pool::UNDEFINED,
            Err(_) => Pool::ZERO,
        }
    }
}

/// The partial derivative of `of` in the symbol `variable`, by the rules alone.
///
/// # Errors
/// A function whose derivative is not known.
pub fn differentiate(
    pool: &mut Pool,
    of: ExprId,
    variable: ExprId,
    observer: &mut impl Observer,
) -> Result<ExprId> {
    must_be_holomorphic(pool, of, |pool, id| pool.may_depend(id, variable))?;
    let of = smooth(pool, of, variable);
    Ok(all(pool, of, variable, observer)?.of(of))
}

/// The same with the derivatives of its terms, those that are 0 left out.
///
/// # Errors
/// A function whose derivative is not known.
pub fn differentiate_with_terms(
    pool: &mut Pool,
    of: ExprId,
    variable: ExprId,
    observer: &mut impl Observer,
) -> Result<(ExprId, SmallVec<[ExprId; 8]>)> {
    must_be_holomorphic(pool, of, |pool, id| pool.may_depend(id, variable))?;
    let of = smooth(pool, of, variable);
    let known = all(pool, of, variable, observer)?;
    let terms = pool.terms(&of).iter().map(|term| known.of(*term));
    Ok((known.of(of), terms.filter(|term| *term != Pool::ZERO).collect()))
}

/// The derivatives of all nodes below an expression that depend on a variable.
fn all(
    pool: &mut Pool,
    of: ExprId,
    variable: ExprId,
    observer: &mut impl Observer,
) -> Result<Derivatives> {
    if !pool.may_depend(of, variable) {
        return Ok(Derivatives { ids: Vec::new(), values: Vec::new() });
    }
    let ids = pool.reachable_where(&[of], |id| pool.may_depend(id, variable));
    let mut known = Derivatives { values: Vec::with_capacity(ids.len()), ids };
    let mut written = 0;
    for place in 0..known.ids.len() {
        let id = known.ids[place];
        pay(pool, id, &mut written)?;
        let varies = |other: ExprId| match pool.node(other) {
            Node::Symbol(_) => other == variable,
            _ => pool.may_depend(other, variable),
        };
        let rule = rule_for(pool, id, varies);
        let result = apply(pool, rule, id, &known)?;
        if pool.failure().is_some() {
            break;
        }
        observer.applied(rule, id, result);
        known.values.push(result);
    }
    Ok(known)
}

fn apply(pool: &mut Pool, rule: Rule, id: ExprId, known: &Derivatives) -> Result<ExprId> {
    Ok(match (rule, pool.node(id)) {
        (Rule::Identity, _) => Pool::ONE,
        (Rule::Sum, Node::Sum(list)) => {
            let terms: SmallVec<[ExprId; 8]> = pool
                .list(list)
                .iter()
                .map(|term| known.of(*term))
                .filter(|term| *term != Pool::ZERO)
                .collect();
            pool.sum(&terms)
        }
        (Rule::ConstantMultiple, Node::Multiple(n, rest)) => {
            let coefficient = pool.number_at(n).clone();
            pool.scale(&coefficient, known.of(rest))
        }
        (Rule::Product, Node::Product(list)) => {
            let factors: SmallVec<[ExprId; 8]> = SmallVec::from_slice(pool.list(list));
            product(pool, &factors, known)
        }
        (
            Rule::Power | Rule::Exponential | Rule::GeneralPower,
            Node::Power(base, exponent),
        ) => {
            let (du, dv) = (known.of(base), known.of(exponent));
            match rule {
                Rule::GeneralPower => general_power(pool, id, base, exponent, (du, dv)),
                Rule::Exponential => {
                    let log = function::apply(pool, FunctionId::LN, &[base]);
                    pool.product(&[id, log, dv])
                }
                _ => {
                    let outer = power_in_base(pool, base, exponent);
                    pool.product(&[outer, du])
                }
            }
        }
        (Rule::Piecewise, Node::Apply(function, list)) => {
            let parts: SmallVec<[ExprId; 8]> = SmallVec::from_slice(pool.list(list));
            let branches: SmallVec<[ExprId; 8]> = parts
                .iter()
                .enumerate()
                .map(|(k, part)| {
                    let is_otherwise = k + 1 == parts.len() && k % 2 == 0;
                    if k % 2 == 1 || is_otherwise { known.of(*part) } else { *part }
                })
                .collect();
            function::apply(pool, function, &branches)
        }
        (Rule::Chain(function), Node::Apply(_, list)) => {
            let arguments: SmallVec<[ExprId; 4]> = SmallVec::from_slice(pool.list(list));
            let mut terms: SmallVec<[ExprId; 4]> = SmallVec::new();
            for (place, argument) in arguments.iter().enumerate() {
                let inner = known.of(*argument);
                if inner != Pool::ZERO {
                    let outer = partial(pool, function, place, &arguments)?;
                    terms.push(pool.product(&[outer, inner]));
                }
            }
            pool.sum(&terms)
        }
        _ => Pool::ZERO,
    })
}

/// The sum over the factors of the derivative of one times the others.
fn product(pool: &mut Pool, factors: &[ExprId], known: &Derivatives) -> ExprId {
    let mut terms: SmallVec<[ExprId; 8]> = SmallVec::new();
    let mut others: SmallVec<[ExprId; 8]> = SmallVec::from_slice(factors);
    for (place, factor) in factors.iter().enumerate() {
        let inner = known.of(*factor);
        if inner != Pool::ZERO {
            others[place] = inner;
            terms.push(pool.product(&others));
            others[place] = *factor;
        }
    }
    pool.sum(&terms)
}

/// `v*u^(v - 1)`.
pub(super) fn power_in_base(pool: &mut Pool, base: ExprId, exponent: ExprId) -> ExprId {
    let less = match pool.as_number(exponent) {
        Some(n) => {
            let less = n.sub(&Number::ONE);
            pool.number(less)
        }
        None => pool.sum(&[exponent, Pool::MINUS_ONE]),
    };
    let power = pool.power(base, less);
    pool.product(&[exponent, power])
}

/// `u^v*(v'*ln(u) + v*u'/u)`.
fn general_power(
    pool: &mut Pool,
    id: ExprId,
    base: ExprId,
    exponent: ExprId,
    (du, dv): (ExprId, ExprId),
) -> ExprId {
    let log = function::apply(pool, FunctionId::LN, &[base]);
    let first = pool.product(&[dv, log]);
    let inverse = pool.power(base, Pool::MINUS_ONE);
    let second = pool.product(&[exponent, du, inverse]);
    let sum = pool.sum(&[first, second]);
    pool.product(&[id, sum])
}

/// The partial derivative of a function in one of its arguments, at its arguments.
///
/// # Errors
/// A derivative that is not known.
pub fn partial(
    pool: &mut Pool,
    function: FunctionId,
    argument: usize,
    arguments: &[ExprId],
) -> Result<ExprId> {
    if let Some(known) = pool.as_abstract(function) {
        let mut orders = known.orders.clone();
        orders[argument] += 1;
        let name = known.name.clone();
        let derivative = pool.abstract_function(AbstractFunction { name, orders });
        return Ok(pool.application(derivative, arguments));
    }
    if pool.is_complex()
        && let Some(derivative) = syntax::principal(function, arguments, pool)?
    {
        return Ok(derivative);
    }
    syntax::derivative(function, argument, arguments, pool)?.ok_or_else(|| {
        let name = function::spec(function).name;
        let ordinal =
            ["first", "second", "third", "fourth"].get(argument).unwrap_or(&"next");
        ErrorKind::Unsupported(format!(
            "the derivative of `{name}` in its {ordinal} argument is not known"
        ))
        .into()
    })
}
