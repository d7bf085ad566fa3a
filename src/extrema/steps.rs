//! Functions that jump at whole numbers, and what is the same at all members of a family.

use super::bench::{Bench, Signum};
use super::linear::linear_form;
use super::search::Problem;
use super::solution::{Coordinate, Solution};
use super::values::Value;
use crate::function;
use crate::kernel::{ExprId, Node, Number, Pool};

/// Whether one expression is the whole number below or above another one.
pub(super) fn is_whole_part(bench: &Bench<'_>, of: ExprId, part: ExprId) -> bool {
    let Node::Apply(function, list) = bench.pool.node(part) else { return false };
    matches!(function::spec(function).name, "floor" | "ceil")
        && bench.pool.list(list) == [of]
}

/// Where what is linear in the one unknown is a whole number.
pub(super) fn whole_numbers(
    bench: &mut Bench<'_>,
    problem: &Problem,
    of: ExprId,
) -> Option<Solution> {
    let [unknown] = problem.unknowns[..] else { return None };
    let (parts, rest) = linear_form(bench, of, &[unknown])?;
    let [(_, rate)] = parts[..] else { return None };
    let period = bench.over(Pool::ONE, rate);
    let period = match bench.sign_of_any(period) {
        Signum::Positive => period,
        Signum::Negative => bench.pool.negate(period),
        _ => return None,
    };
    let start = bench.over(rest, rate);
    let start = bench.pool.negate(start);
    let start = bench.simplify(start);
    let is_known = bench.pool.is_constant(start) && bench.pool.is_constant(period);
    let coordinate = Coordinate::every(Value::exact(start), period);
    is_known.then(|| Solution { coordinates: vec![coordinate], conditions: Vec::new() })
}

/// The same expression with whole numbers outside of the functions that take whole parts.
fn with_steps_outside(bench: &mut Bench<'_>, of: ExprId) -> ExprId {
    let mut moved = Vec::new();
    for id in bench.pool.reachable(&[of]) {
        let Node::Apply(function, list) = bench.pool.node(id) else { continue };
        let name = match function.is_builtin() {
            true => function::spec(function).name,
            false => continue,
        };
        let operands = bench.pool.list(list).to_vec();
        let (argument, size) = match (name, &operands[..]) {
            ("floor" | "ceil" | "frac", [argument]) => (*argument, Number::ONE),
            ("mod", [argument, size]) => match bench.pool.as_number(*size) {
                Some(size) => (*argument, size.clone()),
                None => continue,
            },
            _ => continue,
        };
        let Some(inverse) = size.recip() else { continue };
        let terms = bench.pool.terms(&argument).to_vec();
        let numbers = terms.iter().filter_map(|term| bench.pool.as_number(*term));
        let steps = numbers.fold(Number::ZERO, |sum, n| sum.add(n));
        let steps = steps.mul(&inverse).floor().mul(&size);
        if steps.is_zero() {
            continue;
        }
        let steps = bench.pool.number(steps);
        let rest = bench.pool.difference(argument, steps);
        let inner = [&[rest], &operands[1..]].concat();
        let inner = function::apply(bench.pool, function, &inner);
        moved.push((
            id,
            match name {
                "frac" | "mod" => inner,
                _ => bench.pool.sum(&[inner, steps]),
            },
        ));
    }
    bench.put(of, &moved)
}

/// Whether a function of one unknown is the same around all members of a family, up to a
/// constant.
pub(super) fn repeats(
    bench: &mut Bench<'_>,
    problem: &Problem,
    family: &Solution,
) -> bool {
    let ([unknown], [coordinate]) = (&problem.unknowns[..], &family.coordinates[..])
    else {
        return false;
    };
    let Some(period) = coordinate.period else { return false };
    let moved = bench.pool.sum(&[*unknown, period]);
    let moved = bench.put(problem.function, &[(*unknown, moved)]);
    let moved = with_steps_outside(bench, moved);
    let own = with_steps_outside(bench, problem.function);
    let change = bench.minus(moved, own);
    bench.pool.is_constant(change)
}
