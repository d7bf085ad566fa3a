//! Equations before they are solved: functions that have a formula over simpler ones are
//! replaced by it, and functions that are given piece by piece by each of their pieces.

use super::bench::Bench;
use super::linear::linear_form;
use super::search::Problem;
use super::verdict::breaks_at;
use crate::function;
use crate::kernel::{ExprId, Node, Pool, Relation};
use crate::syntax;
use rustc_hash::FxHashMap;

/// With more functions in pieces than this, none is taken apart.
const MAX_FUNCTIONS: usize = 5;
/// With more parts that are functions which break than this, there are more functions: several
/// parts may have one border.
const MAX_PARTS: usize = 40;
/// Functions that are solved for as they are.
const KEPT: [&str; 24] = [
    "sin",
    "cos",
    "tan",
    "cot",
    "sec",
    "csc",
    "sinh",
    "cosh",
    "tanh",
    "coth",
    "sech",
    "csch",
    "ln",
    "abs",
    "sign",
    "heaviside",
    "max",
    "min",
    "arcsin",
    "arccos",
    "arctan",
    "cbrt",
    "arsinh",
    "artanh",
];

/// Equations on one part of the space.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) equations: Vec<ExprId>,
    /// The part: relations of the form `u < 0` or `0 < u`.
    pub(super) region: Vec<ExprId>,
}

/// Expressions with formulas in place of the functions that have one.
pub(super) fn with_formulas(bench: &mut Bench<'_>, ids: &[ExprId]) -> Vec<ExprId> {
    let mut map: FxHashMap<ExprId, ExprId> = FxHashMap::default();
    for node in bench.pool.reachable(ids) {
        let get = |child: ExprId| map.get(&child).copied().unwrap_or(child);
        let new = match bench.pool.node(node) {
            Node::Apply(function, list) => {
                let arguments: Vec<ExprId> =
                    bench.pool.list(list).iter().map(|id| get(*id)).collect();
                let formula = match function.is_builtin() {
                    true if !KEPT.contains(&function::spec(function).name) => {
                        syntax::normal(function, &arguments, bench.pool).ok().flatten()
                    }
                    _ => None,
                };
                match formula {
                    Some(formula) => formula,
                    None => function::apply(bench.pool, function, &arguments),
                }
            }
            _ => bench.pool.rebuild(node, get),
        };
        if new != node {
            map.insert(node, new);
        }
    }
    ids.iter().map(|id| map.get(id).copied().unwrap_or(*id)).collect()
}

/// Equations on each part of the space on which their absolute values, signs, steps, maxima
/// and minima are one expression; the borders do not belong to any.
pub(super) fn pieces(
    bench: &mut Bench<'_>,
    equations: &[ExprId],
    unknowns: &[ExprId],
) -> Vec<Piece> {
    let whole = Piece { equations: equations.to_vec(), region: Vec::new() };
    let parts = bench.pool.reachable(equations);
    if parts.into_iter().filter(|node| breaks(bench, *node)).count() > MAX_PARTS {
        return vec![whole];
    }
    let mut open = vec![whole.clone()];
    for _ in 0..=MAX_FUNCTIONS {
        let mut next = Vec::new();
        let mut done = true;
        for piece in open {
            if bench.pool.failure().is_some() {
                return vec![whole];
            }
            let Some((node, border, values)) = first(bench, &piece, unknowns) else {
                next.push(piece);
                continue;
            };
            done = false;
            let turned = bench.pool.negate(border);
            let turned = bench.simplify(turned);
            let less = Relation::Less.function();
            let zero = Pool::ZERO;
            let mut relation = |sides: [ExprId; 2]| bench.pool.application(less, &sides);
            let below = [relation([border, zero]), relation([zero, turned])];
            let above = [relation([zero, border]), relation([turned, zero])];
            let sides = [(below, above), (above, below)];
            for (value, (own, other)) in values.into_iter().zip(sides) {
                if other.iter().any(|relation| piece.region.contains(relation)) {
                    continue;
                }
                let mut region = piece.region.clone();
                if !own.iter().any(|relation| region.contains(relation)) {
                    region.push(own[0]);
                }
                let equations =
                    piece.equations.iter().map(|id| bench.put(*id, &[(node, value)]));
                next.push(Piece { equations: equations.collect(), region });
            }
        }
        open = next;
        if done {
            return open;
        }
    }
    vec![whole]
}

/// Expressions in one unknown as they are but for single points: a case that holds at one of
/// them says nothing of the others.
pub(super) fn off_points(
    bench: &mut Bench<'_>,
    ids: &[ExprId],
    problem: &Problem,
) -> Vec<ExprId> {
    let [unknown] = problem.unknowns[..] else { return ids.to_vec() };
    let mut put: Vec<(ExprId, ExprId)> = Vec::new();
    for node in bench.pool.reachable(ids) {
        let Node::Apply(function, list) = bench.pool.node(node) else { continue };
        let list = bench.pool.list(list).to_vec();
        if !function::is_conditional(function) {
            continue;
        }
        let mut rest = &list[..];
        while let [condition, _, others @ ..] = rest
            && is_at_break(bench, *condition, (unknown, problem))
            && !others.is_empty()
        {
            rest = others;
        }
        if rest.len() < list.len() {
            let rest = bench.pool.substitute(rest, &put, function::apply);
            let other = match rest[..] {
                [only] => only,
                _ => function::apply(bench.pool, function, &rest),
            };
            put.push((node, other));
        }
    }
    match put.is_empty() {
        true => ids.to_vec(),
        false => bench.pool.substitute(ids, &put, function::apply),
    }
}

/// Whether a condition is an equation that holds for one value of an unknown alone, at which
/// the function breaks, so that it is looked at on its own.
fn is_at_break(
    bench: &mut Bench<'_>,
    condition: ExprId,
    (unknown, problem): (ExprId, &Problem),
) -> bool {
    let Node::Apply(function, list) = bench.pool.node(condition) else { return false };
    let [left, right] = *bench.pool.list(list) else { return false };
    if Relation::of(function) != Some(Relation::Equal) {
        return false;
    }
    let gap = bench.pool.difference(left, right);
    let Some((parts, rest)) = linear_form(bench, gap, &[unknown]) else { return false };
    let [(_, rate)] = parts[..] else { return false };
    if bench.pool.as_number(rate).is_none() {
        return false;
    }
    let at = bench.over(rest, rate);
    let at = bench.pool.negate(at);
    breaks_at(bench, problem, &[(unknown, at)])
}

/// Whether an expression is a function that breaks somewhere.
fn breaks(bench: &Bench<'_>, id: ExprId) -> bool {
    match bench.pool.node(id) {
        Node::Apply(function, _) => !function::spec(function).breaks.is_empty(),
        _ => false,
    }
}

/// The innermost function in pieces, where they meet, and its values below and above.
fn first(
    bench: &mut Bench<'_>,
    piece: &Piece,
    unknowns: &[ExprId],
) -> Option<(ExprId, ExprId, [ExprId; 2])> {
    for node in bench.pool.reachable(&piece.equations) {
        let Node::Apply(function, list) = bench.pool.node(node) else { continue };
        if !function.is_builtin() || !bench.depends(node, unknowns) {
            continue;
        }
        let arguments = bench.pool.list(list).to_vec();
        let u = arguments[0];
        let found = match (function::spec(function).name, &arguments[..]) {
            ("abs", [_]) => (u, [bench.pool.negate(u), u]),
            ("sign", [_]) => (u, [Pool::MINUS_ONE, Pool::ONE]),
            ("heaviside", [_]) => (u, [Pool::ZERO, Pool::ONE]),
            ("max", [_, v]) => (bench.minus(u, *v), [*v, u]),
            ("min", [_, v]) => (bench.minus(u, *v), [u, *v]),
            _ => continue,
        };
        return Some((node, found.0, found.1));
    }
    None
}
