//! The logistic function beside exponentials, which the rules for tensors put in: either goes
//! where all is written by the other.

use crate::function;
use crate::kernel::{ExprId, FunctionId, Node, Number, Pool};
use crate::syntax;
use rustc_hash::FxHashMap;

/// The same expression without the logistic function, and without exponentials where it can be
/// written by that; none where there is nothing to bring together.
pub(super) fn others(pool: &mut Pool, id: ExprId) -> Vec<ExprId> {
    let below = pool.reachable(&[id]);
    let is_applied = |id: &ExprId| matches!(pool.node(*id), Node::Apply(..));
    if !below.iter().any(is_applied) {
        return Vec::new();
    }
    let Some(sigmoid) = function::lookup("sigmoid", 1) else { return Vec::new() };
    let of_kind = |wanted: &dyn Fn(Node) -> bool| {
        below.iter().filter(|id| wanted(pool.node(**id))).count()
    };
    let logistic = of_kind(&|node| is_logistic(node, sigmoid));
    let powers = of_kind(&|node| matches!(node, Node::Power(Pool::E, _)));
    if logistic == 0 || logistic + powers < 2 {
        return Vec::new();
    }
    let mut found = vec![without(pool, id)];
    if powers > 0 {
        found.push(throughout(pool, id, &below, sigmoid));
    }
    found.retain(|other| *other != id && *other != Pool::UNDEFINED);
    found
}

fn is_logistic(node: Node, sigmoid: FunctionId) -> bool {
    matches!(node, Node::Apply(function, _) if function == sigmoid)
}

fn without(pool: &mut Pool, id: ExprId) -> ExprId {
    pool.substitute(&[id], &[], |pool, function, arguments| {
        let is_sigmoid = function::lookup("sigmoid", 1) == Some(function);
        let found = match is_sigmoid {
            true => syntax::in_normal_form(function, arguments, pool),
            false => None,
        };
        found.unwrap_or_else(|| function::apply(pool, function, arguments))
    })[0]
}

/// `e^u` is `s/(1 - s)` with the logistic function `s` of `u`, and that of `-u` is `1 - s`.
fn throughout(
    pool: &mut Pool,
    id: ExprId,
    below: &[ExprId],
    sigmoid: FunctionId,
) -> ExprId {
    let mut map: FxHashMap<ExprId, ExprId> = FxHashMap::default();
    for one in below {
        let (argument, is_power) = match pool.node(*one) {
            Node::Power(Pool::E, exponent) => (exponent, true),
            Node::Apply(function, list) if function == sigmoid => {
                (pool.list(list)[0], false)
            }
            _ => continue,
        };
        let is_turned = pool.leads_negative(argument);
        let argument = if is_turned { pool.negate(argument) } else { argument };
        let own = function::apply(pool, sigmoid, &[argument]);
        let rest =
            pool.weighted_sum(&[(Number::ONE, Pool::ONE), (Number::MINUS_ONE, own)]);
        let written = match (is_power, is_turned) {
            (true, false) => pool.quotient(own, rest),
            (true, true) => pool.quotient(rest, own),
            (false, true) => rest,
            (false, false) => continue,
        };
        map.insert(*one, written);
    }
    pool.substitute_known(&[id], &mut map, function::apply)[0]
}
