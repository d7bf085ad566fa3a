//! Sets of critical points that are not isolated, as relations.

use super::bench::Bench;
use super::classify::by_bound;
use super::critical::CriticalSet;
use super::member::needs_on;
use super::period::{family, merged_sets};
use super::piece::{pieces, with_formulas};
use super::search::Problem;
use super::solution::{Continuum, Coordinate};
use super::values::Value;
use crate::kernel::{ExprId, Node, Number, Pool, Relation};
use crate::simplify;

/// The work on polynomials for the factors of a function.
const WORK: u64 = 600_000;

/// Sets of solutions as relations, each once.
pub(super) fn sets_of(
    bench: &mut Bench<'_>,
    problem: &Problem,
    sets: &[Continuum],
) -> Vec<CriticalSet> {
    let mut result: Vec<CriticalSet> = Vec::new();
    for set in merged_sets(bench, sets) {
        let Some(set) = set_of(bench, problem, &set) else { continue };
        if !result.contains(&set) {
            result.push(set);
        }
    }
    result
}

/// A set of solutions as relations, with the value of the function on it; `None` where the
/// function has none.
pub(super) fn set_of(
    bench: &mut Bench<'_>,
    problem: &Problem,
    set: &Continuum,
) -> Option<CriticalSet> {
    let equal = Relation::Equal.function();
    let mut equations = Vec::new();
    let mut values = set.values.clone();
    // In the order of the variables.
    values.sort_by_key(|(unknown, _)| problem.unknowns.iter().position(|u| u == unknown));
    let taken: Vec<String> = {
        let symbols = bench.pool.symbols_of(&[problem.function]);
        symbols.into_iter().map(|s| bench.pool.name(s).to_owned()).collect()
    };
    let coordinates: Vec<Coordinate> = values
        .iter()
        .map(|(unknown, value)| Coordinate {
            value: Value::exact(*value),
            period: set.period(*unknown),
            one_way: false,
        })
        .collect();
    let places = family(bench, &coordinates, &taken);
    let counters: Vec<ExprId> = places.iter().filter_map(|c| c.counter).collect();
    for ((unknown, own), place) in values.iter_mut().zip(&places) {
        *own = place.value;
        equations.push(bench.pool.application(equal, &[*unknown, *own]));
    }
    for id in &set.equations {
        let (left, right) = without_constant(bench, *id);
        equations.push(bench.pool.application(equal, &[left, right]));
    }
    for relation in &set.region {
        if let Some(relation) = settled_relation(bench, *relation) {
            equations.push(relation);
        }
    }
    // Of those of a family, the conditions say which.
    for relation in needs_on(bench, problem, &values)? {
        if !equations.contains(&relation) {
            equations.push(relation);
        }
    }
    let on = bench.put(problem.function, &values);
    let value = match set.equations[..] {
        [] => Some(on).filter(|id| bench.pool.is_constant(*id)),
        // Where a factor of the function vanishes, so does the function.
        [equation] => has_factor(bench, on, equation).then_some(Pool::ZERO),
        _ => None,
    };
    let on = value.or_else(|| {
        let there = on_region(bench, problem, set)?;
        bench.pool.is_constant(there).then_some(there)
    });
    let value = on;
    let extremum = value.and_then(|value| by_bound(bench, problem.function, value));
    Some(CriticalSet { equations, boundary: false, counters, value, extremum })
}

/// The function on an open region, where its functions in pieces are one expression.
fn on_region(
    bench: &mut Bench<'_>,
    problem: &Problem,
    set: &Continuum,
) -> Option<ExprId> {
    if set.region.is_empty() || !set.equations.is_empty() {
        return None;
    }
    let plain = with_formulas(bench, &[problem.function]);
    for piece in pieces(bench, &plain, &problem.unknowns) {
        if set.region.iter().all(|relation| piece.region.contains(relation)) {
            return Some(bench.put(piece.equations[0], &set.values));
        }
    }
    None
}

/// `2*x - 1 < 0` as `x < 1/2`; `None` for what always holds.
pub(super) fn settled_relation(bench: &mut Bench<'_>, id: ExprId) -> Option<ExprId> {
    let Node::Apply(function, list) = bench.pool.node(id) else { return Some(id) };
    let [left, right] = *bench.pool.list(list) else { return Some(id) };
    let gap = bench.minus(left, right);
    if bench.pool.is_constant(gap) {
        return None;
    }
    let terms = bench.pool.terms(&gap).to_vec();
    let (constants, rest): (Vec<ExprId>, Vec<ExprId>) =
        terms.into_iter().partition(|term| bench.pool.is_constant(*term));
    let (moving, constant) = (bench.pool.sum(&rest), bench.pool.sum(&constants));
    let factor = bench.pool.coefficient(moving).0.clone();
    let inverse = factor.recip()?;
    let moving = bench.pool.scale(&inverse, moving);
    let turned = bench.pool.scale(&inverse.neg(), constant);
    let sides = if factor.is_negative() { [turned, moving] } else { [moving, turned] };
    Some(bench.pool.application(function, &sides))
}

/// Whether an expression is a factor of another, to a positive power.
fn has_factor(bench: &mut Bench<'_>, id: ExprId, factor: ExprId) -> bool {
    let Some((product, _)) = simplify::factor_all(bench.pool, id, WORK) else {
        return false;
    };
    let rest = bench.pool.coefficient(product).1;
    let turned = bench.pool.negate(factor);
    bench.pool.factors(&rest).iter().any(|own| {
        let (base, exponent) = bench.pool.base(*own);
        (base == factor || base == turned)
            && bench.pool.as_number(exponent).is_some_and(Number::is_positive)
    })
}

/// `u + c = 0` as `u = -c`.
fn without_constant(bench: &mut Bench<'_>, id: ExprId) -> (ExprId, ExprId) {
    let terms = bench.pool.terms(&id).to_vec();
    let (constants, rest): (Vec<ExprId>, Vec<ExprId>) =
        terms.into_iter().partition(|term| bench.pool.is_constant(*term));
    let (left, constant) = (bench.pool.sum(&rest), bench.pool.sum(&constants));
    let right = bench.pool.negate(constant);
    if bench.pool.leads_negative(left) {
        return (bench.pool.negate(left), bench.pool.negate(right));
    }
    (left, right)
}
