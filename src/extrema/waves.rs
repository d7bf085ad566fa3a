//! Two waves that are as high as each other and shifted in different ways: their sum is a product
//! of two, each of which is 0 on families of its own.

use super::bench::Bench;
use super::linear::linear_form;
use crate::function;
use crate::kernel::{ExprId, Node, Number, Pool};

/// A wave with the factor 1 or -1: its argument, whether it is a cosine, and its shift.
struct Wave {
    of: ExprId,
    is_cosine: bool,
    shift: ExprId,
}

/// Equations in one unknown with products in place of sums of two such waves.
pub(super) fn as_products(
    bench: &mut Bench<'_>,
    equations: &[ExprId],
    unknowns: &[ExprId],
) -> Vec<ExprId> {
    let [unknown] = *unknowns else { return equations.to_vec() };
    let product = |id: &ExprId| as_product(bench, *id, unknown).unwrap_or(*id);
    equations.iter().map(product).collect()
}

fn as_product(bench: &mut Bench<'_>, sum: ExprId, unknown: ExprId) -> Option<ExprId> {
    let [first, second] = *bench.pool.terms(&sum) else { return None };
    let (a, one) = bench.pool.coefficient(first);
    let (b, other) = bench.pool.coefficient(second);
    let is_same = a == b;
    if !is_same && *a != b.neg() {
        return None;
    }
    let [mut one, mut other] = [wave(bench, one, unknown)?, wave(bench, other, unknown)?];
    // What is shifted in one way everywhere has a shorter way.
    let gap = bench.minus(one.shift, other.shift);
    if bench.is_zero(gap) {
        return None;
    }
    if one.is_cosine != other.is_cosine {
        for wave in [&mut one, &mut other] {
            if !wave.is_cosine {
                let quarter = bench.pool.scale(&Number::HALF, Pool::PI);
                wave.of = bench.pool.difference(wave.of, quarter);
                wave.is_cosine = true;
            }
        }
    }
    let half = |bench: &mut Bench<'_>, id: ExprId| {
        let half = bench.pool.scale(&Number::HALF, id);
        bench.simplify(half)
    };
    let (sum, gap) =
        (bench.pool.sum(&[one.of, other.of]), bench.pool.difference(one.of, other.of));
    let (sum, gap) = (half(bench, sum), half(bench, gap));
    let names = match (one.is_cosine, is_same) {
        (true, true) => ["cos", "cos"],
        (true, false) => ["sin", "sin"],
        (false, true) => ["sin", "cos"],
        (false, false) => ["cos", "sin"],
    };
    let mut factors = [Pool::ONE; 2];
    for ((factor, name), of) in factors.iter_mut().zip(names).zip([sum, gap]) {
        *factor = function::apply(bench.pool, function::lookup(name, 1)?, &[of]);
    }
    Some(bench.pool.product(&factors))
}

/// A sine or a cosine of a line along an unknown.
fn wave(bench: &mut Bench<'_>, id: ExprId, unknown: ExprId) -> Option<Wave> {
    let Node::Apply(function, list) = bench.pool.node(id) else { return None };
    let [of] = *bench.pool.list(list) else { return None };
    if !function.is_builtin() {
        return None;
    }
    let is_cosine = match function::spec(function).name {
        "cos" => true,
        "sin" => false,
        _ => return None,
    };
    let (parts, rest) = linear_form(bench, of, &[unknown])?;
    let [(_, rate)] = parts[..] else { return None };
    let is_line = bench.pool.is_constant(rate) && bench.pool.is_constant(rest);
    let shift = bench.over(rest, rate);
    is_line.then_some(Wave { of, is_cosine, shift })
}
