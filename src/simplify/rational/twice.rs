//! Signs that meet themselves when an expression is multiplied out: `(x + sign(y))^2`.

use crate::kernel::{ExprId, FunctionId, Node, Number, Pool};
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

/// More kinds of signs than this are taken for met.
const MOST: usize = 16;

/// How often the sign of something is a factor at most, above and below the bar.
#[derive(Clone, Copy, Debug, Default)]
struct Times {
    above: u64,
    below: u64,
}

/// The times of each argument of a sign.
type Counts = SmallVec<[(ExprId, Times); 1]>;

/// The factors of arguments whose signs may be squared: as quotients they would be 1 then, and
/// the square of `sign(0)` is 0. `nodes` are those of an expression, operands first.
///
/// `None` where there are too many.
pub(super) fn met_twice(pool: &Pool, nodes: &[ExprId]) -> Option<SmallVec<[ExprId; 4]>> {
    let is_sign =
        |id: &ExprId| matches!(pool.node(*id), Node::Apply(FunctionId::SIGN, _));
    if !nodes.iter().any(is_sign) {
        return Some(SmallVec::new());
    }
    let mut known: FxHashMap<ExprId, Counts> = FxHashMap::default();
    let mut found = SmallVec::new();
    for id in nodes {
        let counts = counts(pool, *id, &known);
        if counts.len() > MOST {
            return None;
        }
        for (argument, times) in &counts {
            if times.above.max(times.below) > 1 && !found.contains(argument) {
                found.push(*argument);
            }
        }
        if !counts.is_empty() {
            known.insert(*id, counts);
        }
    }
    Some(found)
}

fn counts(pool: &Pool, id: ExprId, known: &FxHashMap<ExprId, Counts>) -> Counts {
    let of = |id: &ExprId| known.get(id).into_iter().flatten();
    let mut found = Counts::new();
    match pool.node(id) {
        Node::Apply(FunctionId::SIGN, list) => {
            let argument = pool.list(list)[0];
            for factor in sign_factors(pool, argument) {
                let times = entry(&mut found, factor);
                times.above = times.above.saturating_add(1);
            }
        }
        Node::Apply(FunctionId::ABS, list) => {
            found.extend(of(&pool.list(list)[0]).copied())
        }
        Node::Multiple(_, rest) => found.extend(of(&rest).copied()),
        Node::Product(list) => {
            let factors = pool.list(list).iter();
            // A sign before a bracket comes from the chain rule: where what it is of is 0, there
            // is no derivative. One that was typed has a value there.
            let (signs, others): (Vec<&ExprId>, Vec<&ExprId>) = factors.partition(|id| {
                !pool.has_typed_signs()
                    && matches!(pool.node(**id), Node::Apply(FunctionId::SIGN, _))
            });
            for (argument, times) in others.into_iter().flat_map(of) {
                let all = entry(&mut found, *argument);
                all.above = all.above.saturating_add(times.above);
                all.below = all.below.saturating_add(times.below);
            }
            for (argument, times) in signs.into_iter().flat_map(of) {
                let all = entry(&mut found, *argument);
                all.above = all.above.max(times.above);
            }
        }
        // Over a common denominator, a term is multiplied by what the others stand over.
        Node::Sum(list) => {
            for (argument, times) in pool.list(list).iter().flat_map(of) {
                let all = entry(&mut found, *argument);
                all.above = all.above.max(times.above);
                all.below = all.below.saturating_add(times.below);
            }
            for (_, times) in &mut found {
                times.above = times.above.saturating_add(times.below);
            }
        }
        Node::Power(base, exponent) => {
            let exponent = pool.as_number(exponent);
            let by = exponent.and_then(|n| n.abs().neg().floor().to_i64()).unwrap_or(2);
            let is_below = exponent.is_some_and(Number::is_negative);
            for (argument, times) in of(&base) {
                let [above, below] = [times.above, times.below]
                    .map(|times| times.saturating_mul(by.unsigned_abs()));
                let (above, below) =
                    if is_below { (below, above) } else { (above, below) };
                found.push((*argument, Times { above, below }));
            }
        }
        _ => {}
    }
    found
}

/// What the sign of a product is a product of the signs of.
pub(super) fn sign_factors(pool: &Pool, argument: ExprId) -> SmallVec<[ExprId; 2]> {
    let (_, rest) = pool.coefficient(argument);
    pool.factors(&rest).iter().map(|factor| pool.base(*factor).0).collect()
}

fn entry(found: &mut Counts, argument: ExprId) -> &mut Times {
    let place = found.iter().position(|(known, _)| *known == argument);
    let place = place.unwrap_or_else(|| {
        found.push((argument, Times::default()));
        found.len() - 1
    });
    &mut found[place].1
}
