//! Whether parts of the space that inequalities or equations cut out have points.

use super::bench::Bench;
use super::linear::linear_form;
use crate::evaluate::{Tape, values};
use crate::function;
use crate::kernel::{ExprId, Node};

/// Whether points are seen at which strict inequalities hold; `None` when none is seen.
pub(super) fn is_open(
    bench: &mut Bench<'_>,
    region: &[ExprId],
    unknowns: &[ExprId],
) -> Option<bool> {
    let mut sides = Vec::new();
    for relation in region {
        let Node::Apply(_, list) = bench.pool.node(*relation) else { continue };
        sides.extend(bench.pool.list(list));
    }
    if sides.is_empty() {
        return Some(true);
    }
    if let [unknown] = *unknowns
        && let Some(found) = is_open_interval(bench, region, unknown)
    {
        return Some(found);
    }
    let mut tape = Tape::default();
    let slots = tape.add_expressions(bench.pool, &sides);
    let dimension = tape.variables.len();
    let known = tape.variables.iter().all(|name| {
        let symbol = bench.pool.find_symbol(name);
        unknowns.iter().any(|unknown| Some(*unknown) == symbol)
    });
    if !known {
        return None;
    }
    let holds = |index: u32| {
        let point: Vec<f64> =
            (0..dimension).map(|at| super::numeric::spread(index, at) * 20.0).collect();
        let found = values(&tape, &point);
        slots.chunks(2).all(|pair| found[pair[0] as usize] < found[pair[1] as usize])
    };
    match dimension {
        0 => Some(holds(0)),
        _ => (0..500).any(holds).then_some(true),
    }
}

/// Whether there are numbers at which strict inequalities that are linear in one unknown hold;
/// `None` for others.
fn is_open_interval(
    bench: &mut Bench<'_>,
    region: &[ExprId],
    unknown: ExprId,
) -> Option<bool> {
    let (mut low, mut high) = (f64::NEG_INFINITY, f64::INFINITY);
    for relation in region {
        let Node::Apply(_, list) = bench.pool.node(*relation) else { return None };
        let [left, right] = *bench.pool.list(list) else { return None };
        let gap = bench.pool.difference(right, left);
        let (parts, rest) = linear_form(bench, gap, &[unknown])?;
        let rest = bench.float(rest);
        match parts[..] {
            [] if rest > 0.0 => {}
            [] => return rest.is_finite().then_some(false),
            [(_, rate)] => {
                let rate = bench.float(rate);
                let bound = -rest / rate;
                if !bound.is_finite() {
                    return None;
                }
                match rate > 0.0 {
                    true => low = low.max(bound),
                    false => high = high.min(bound),
                }
            }
            _ => return None,
        }
    }
    Some(low < high)
}

/// Whether a continuous expression is seen to have both signs.
pub(super) fn changes_sign(
    bench: &mut Bench<'_>,
    id: ExprId,
    unknowns: &[ExprId],
) -> bool {
    let mut tape = Tape::default();
    let slots = tape.add_expressions(bench.pool, &[id]);
    let known = tape.variables.iter().all(|name| {
        let symbol = bench.pool.find_symbol(name);
        unknowns.iter().any(|unknown| Some(*unknown) == symbol)
    });
    let breaks = |node: &ExprId| match bench.pool.node(*node) {
        Node::Apply(function, _) => {
            !function.is_builtin() || !function::spec(function).breaks.is_empty()
        }
        _ => false,
    };
    if !known || bench.pool.reachable(&[id]).iter().any(breaks) {
        return false;
    }
    let (mut above, mut below) = (false, false);
    for start in 0..200_u32 {
        let point: Vec<f64> = (0..tape.variables.len())
            .map(|at| super::numeric::spread(start, at) * 5.0)
            .collect();
        let value = values(&tape, &point)[slots[0] as usize];
        above |= value > 1e-9;
        below |= value < -1e-9;
        if above && below {
            return true;
        }
    }
    false
}
