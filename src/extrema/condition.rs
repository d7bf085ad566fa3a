//! What has to hold of parameters, and what follows from it.

use super::bench::{Bench, Signum};
use super::classify::sign_part;
use super::critical::{Kind, PointCoordinate};
use super::linear::linear_form;
use super::member::counted_from_zero;
use super::search::Problem;
use super::solution::Solution;
use crate::function;
use crate::kernel::{ExprId, Node, Pool, Relation};

/// What has to hold of parameters and counters, without what follows from the rest: `a > 0` in
/// place of `1/a > 0` and `a != 0`. `None` where it cannot hold.
pub(super) fn conditions_of(
    bench: &mut Bench<'_>,
    problem: &Problem,
    solution: &Solution,
    coordinates: &[PointCoordinate],
) -> Option<Vec<ExprId>> {
    let mut known = Known::default();
    let mut rest = Vec::new();
    let mut all = solution.conditions.clone();
    if coordinates.iter().all(|c| c.counter.is_none() && !c.approximate) {
        all.extend(domain_of(bench, problem, solution)?);
    }
    for id in all {
        match sides_of(bench, id) {
            Some((Relation::Less, Pool::ZERO, side)) => known.positive(bench, side, true),
            Some((Relation::LessEqual, Pool::ZERO, side)) => {
                known.positive(bench, side, false);
            }
            Some((Relation::LessEqual, side, Pool::ZERO)) => {
                let side = bench.pool.negate(side);
                known.positive(bench, side, false);
            }
            Some((Relation::NotEqual, side, Pool::ZERO)) => known.other(bench, side),
            _ => rest.push(id),
        }
    }
    let mut found = known.written(bench)?;
    found.extend(rest);
    found.extend(counted_from_zero(bench, solution, coordinates));
    Some(found)
}

/// What is known of the signs of expressions, each in the order in which it was met.
#[derive(Default)]
struct Known {
    above: Vec<ExprId>,
    not_below: Vec<ExprId>,
    other: Vec<ExprId>,
}

impl Known {
    /// That an expression is above 0, or not below it.
    fn positive(&mut self, bench: &mut Bench<'_>, side: ExprId, strict: bool) {
        let part = sign_part(bench, side);
        let (odd, even) = parts(bench, part);
        if strict {
            for base in even {
                self.other(bench, base);
            }
            push(&mut self.above, odd);
        } else {
            // A product that may be 0 is taken as it is.
            push(&mut self.not_below, if even.is_empty() { odd } else { part });
        }
    }

    /// That an expression is not 0.
    fn other(&mut self, bench: &mut Bench<'_>, side: ExprId) {
        let rest = bench.pool.coefficient(side).1;
        for factor in bench.pool.factors(&rest).to_vec() {
            let base = bench.pool.base(factor).0;
            push(&mut self.other, base);
        }
    }

    /// The conditions that say all of it; `None` where one of them fails.
    fn written(self, bench: &mut Bench<'_>) -> Option<Vec<ExprId>> {
        let Self { mut above, not_below, mut other } = self;
        let mut weak = Vec::new();
        for side in not_below {
            match other.contains(&side) {
                true => push(&mut above, side),
                false => push(&mut weak, side),
            }
        }
        let mut found = Vec::new();
        for (sides, relation) in [(&above, Relation::Less), (&weak, Relation::LessEqual)]
        {
            for side in sides {
                let turned = bench.pool.negate(*side);
                if above.contains(&turned) {
                    return None;
                }
                let is_strict = relation == Relation::Less;
                match bench.sign(*side) {
                    _ if !bench.pool.is_constant(*side) => {}
                    Signum::Negative => return None,
                    Signum::Zero if is_strict => return None,
                    Signum::Unknown => {}
                    _ => continue,
                }
                let is_known = match is_strict {
                    true => bench.pool.is_positive(*side),
                    false => bench.pool.is_nonnegative(*side) || above.contains(side),
                };
                if !is_known {
                    let sides = match bench.pool.leads_negative(*side) {
                        true => [turned, Pool::ZERO],
                        false => [Pool::ZERO, *side],
                    };
                    found.push(bench.pool.application(relation.function(), &sides));
                }
            }
        }
        for side in above {
            let turned = bench.pool.negate(side);
            other.retain(|known| *known != side && *known != turned);
        }
        for side in other {
            if bench.pool.is_constant(side) || bench.pool.is_positive(side) {
                continue;
            }
            let sides = [side, Pool::ZERO];
            found.push(bench.pool.application(Relation::NotEqual.function(), &sides));
        }
        Some(found)
    }
}

fn push(list: &mut Vec<ExprId>, id: ExprId) {
    if !list.contains(&id) {
        list.push(id);
    }
}

/// The factors of an expression that decide its sign, multiplied, and the bases of its even
/// powers, which do not.
fn parts(bench: &mut Bench<'_>, id: ExprId) -> (ExprId, Vec<ExprId>) {
    let (c, rest) = bench.pool.coefficient(id);
    let is_negative = c.is_negative();
    let (mut odd, mut even) = (Vec::new(), Vec::new());
    for factor in bench.pool.factors(&rest).to_vec() {
        let (base, exponent) = bench.pool.base(factor);
        let n = bench.pool.as_number(exponent);
        match n.is_some_and(|n| n.is_integer() && !n.is_odd()) {
            true => even.push(base),
            false => odd.push(factor),
        }
    }
    let product = bench.pool.product(&odd);
    (if is_negative { bench.pool.negate(product) } else { product }, even)
}

/// What has to hold of parameters for the function, its slope and the coordinates to have
/// values at a point; `None` where it cannot hold.
fn domain_of(
    bench: &mut Bench<'_>,
    problem: &Problem,
    solution: &Solution,
) -> Option<Vec<ExprId>> {
    let at: Vec<ExprId> = solution.coordinates.iter().map(|c| c.value.id).collect();
    let mut found = Vec::new();
    if at.iter().all(|id| bench.pool.is_constant(*id))
        && !has_parameters(bench, problem, &[problem.function])
    {
        return Some(found);
    }
    let put: Vec<(ExprId, ExprId)> =
        problem.unknowns.iter().copied().zip(at.iter().copied()).collect();
    let mut roots = vec![problem.function];
    roots.extend(&problem.gradient);
    let mut needs = needs_of(bench, &roots);
    for need in &mut needs {
        need.1 = bench.put(need.1, &put);
        need.1 = bench.simplify(need.1);
    }
    needs.extend(needs_of(bench, &at));
    for (relation, side) in needs {
        if bench.pool.is_constant(side) {
            let fails = match (relation, bench.sign(side)) {
                (Relation::Less, Signum::Negative | Signum::Zero)
                | (Relation::LessEqual, Signum::Negative) => true,
                _ => side == Pool::UNDEFINED,
            };
            if fails {
                return None;
            }
            continue;
        }
        let sides = match relation {
            Relation::NotEqual => [side, Pool::ZERO],
            _ => [Pool::ZERO, side],
        };
        found.push(bench.pool.application(relation.function(), &sides));
    }
    Some(found)
}

/// Whether expressions have other variables than the unknowns.
pub(super) fn has_parameters(
    bench: &Bench<'_>,
    problem: &Problem,
    of: &[ExprId],
) -> bool {
    let symbols = bench.pool.symbols_of(of);
    symbols.into_iter().any(|symbol| {
        let name = bench.pool.name(symbol);
        !problem.names.iter().any(|own| own == name)
    })
}

/// What expressions need to have values: that parts of them are above 0, or not below, or not
/// 0. Branches that may not be taken need nothing.
fn needs_of(bench: &mut Bench<'_>, roots: &[ExprId]) -> Vec<(Relation, ExprId)> {
    let is_case = |pool: &Pool, id: ExprId| match pool.node(id) {
        Node::Apply(function, _) => function::is_conditional(function),
        _ => false,
    };
    let needed = {
        let pool = &*bench.pool;
        pool.reachable_where(roots, |id| !is_case(pool, id))
    };
    let mut found = Vec::new();
    for id in needed {
        match bench.pool.node(id) {
            Node::Power(base, exponent) => {
                let Some(n) = bench.pool.as_number(exponent) else { continue };
                let relation = match (n.is_integer(), n.is_negative()) {
                    (true, false) => continue,
                    (true, true) => Relation::NotEqual,
                    (false, true) => Relation::Less,
                    (false, false) => Relation::LessEqual,
                };
                found.push((relation, base));
            }
            Node::Apply(function, list) if function.is_builtin() => {
                let u = bench.pool.list(list)[0];
                let limit = Relation::LessEqual;
                match function::spec(function).domain {
                    "u > 0" => found.push((Relation::Less, u)),
                    "u >= 0" => found.push((limit, u)),
                    "u >= 1" => found.push((limit, bench.minus(u, Pool::ONE))),
                    "-1 <= u and u <= 1" => {
                        found.push((limit, bench.minus(Pool::ONE, u)));
                        let above = bench.pool.sum(&[u, Pool::ONE]);
                        found.push((limit, above));
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }
    found
}

/// A relation with its sides.
fn sides_of(bench: &Bench<'_>, id: ExprId) -> Option<(Relation, ExprId, ExprId)> {
    let Node::Apply(function, list) = bench.pool.node(id) else { return None };
    let [left, right] = *bench.pool.list(list) else { return None };
    Relation::of(function).map(|relation| (relation, left, right))
}

/// The sign of an expression over numbers that count from 0: that of its factors, each a sum
/// in which all has one sign.
fn sign_counted(bench: &mut Bench<'_>, id: ExprId, conditions: &[ExprId]) -> Signum {
    let mut counters = Vec::new();
    for condition in conditions {
        if let Some((Relation::LessEqual, Pool::ZERO, side)) = sides_of(bench, *condition)
            && matches!(bench.pool.node(side), Node::Symbol(_))
        {
            counters.push(side);
        }
    }
    if counters.is_empty() {
        return Signum::Unknown;
    }
    let (c, rest) = bench.pool.coefficient(id);
    let mut is_negative = c.is_negative();
    for factor in bench.pool.factors(&rest).to_vec() {
        let (base, exponent) = bench.pool.base(factor);
        let power = bench.pool.as_number(exponent).filter(|n| n.is_integer());
        let Some(is_odd) = power.map(|n| n.is_odd()) else { return Signum::Unknown };
        let Some((parts, rest)) = linear_form(bench, base, &counters) else {
            return Signum::Unknown;
        };
        let sign = bench.sign_of_any(rest);
        let is_one = sign == Signum::Positive || sign == Signum::Negative;
        if !is_one || parts.iter().any(|(_, rate)| bench.sign_of_any(*rate) != sign) {
            return Signum::Unknown;
        }
        is_negative ^= is_odd && sign == Signum::Negative;
    }
    if is_negative { Signum::Negative } else { Signum::Positive }
}

/// The kind that follows from conditions, where the sign of an expression decides.
pub(super) fn by_conditions(
    bench: &mut Bench<'_>,
    above: ExprId,
    below: ExprId,
    conditions: &[ExprId],
) -> Option<Kind> {
    let (part, kind, other) = match above {
        Pool::ZERO => (below, Kind::Maximum, Kind::Minimum),
        above => (above, Kind::Minimum, Kind::Maximum),
    };
    let mut positive = Vec::new();
    let mut nonzero = Vec::new();
    for id in conditions {
        match sides_of(bench, *id) {
            Some((Relation::Less, Pool::ZERO, side)) => positive.push(side),
            Some((Relation::Less, side, Pool::ZERO)) => {
                positive.push(bench.pool.negate(side));
            }
            Some((Relation::NotEqual, side, Pool::ZERO)) => nonzero.push(side),
            _ => {}
        }
    }
    match sign_counted(bench, part, conditions) {
        Signum::Positive => return Some(kind),
        Signum::Negative => return Some(other),
        _ => {}
    }
    let part = sign_part(bench, part);
    let turned = bench.pool.negate(part);
    if positive.contains(&part) {
        return Some(kind);
    }
    if positive.contains(&turned) {
        return Some(other);
    }
    // Factor by factor.
    let (c, rest) = bench.pool.coefficient(part);
    let mut is_negative = c.is_negative();
    for factor in bench.pool.factors(&rest).to_vec() {
        let (base, exponent) = bench.pool.base(factor);
        let turned = bench.pool.negate(base);
        let n = bench.pool.as_number(exponent).filter(|n| n.is_integer());
        let is_even = n.is_some_and(|n| !n.is_odd());
        match () {
            () if positive.contains(&base) => {}
            () if is_even && (positive.contains(&turned) || nonzero.contains(&base)) => {}
            () if n.is_some() && positive.contains(&turned) => is_negative = !is_negative,
            () => return None,
        }
    }
    Some(if is_negative { other } else { kind })
}
