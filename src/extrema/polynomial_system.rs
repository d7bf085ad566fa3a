//! Systems of equations that are polynomials over what stands for the unknowns: a Gröbner
//! basis gives the possible values of each variable, and every combination of them is put
//! into the equations.

use super::algebra::{Algebra, Role};
use super::bench::Bench;
use super::solution::{Coordinate, Solution};
use super::values::{Value, rational_roots};
use crate::evaluate::{Slot, Tape, values};
use crate::kernel::{ExprId, Node, Number, Pool};
use crate::polynomial::{Exhausted, GroebnerBasis, Polynomial, Work};

/// The work on one basis.
const WORK: u64 = 15_000_000;
/// The most combinations that are put in.
const MAX_COMBINATIONS: usize = 100_000;
/// The most combinations that are looked at with many digits.
const MAX_PRECISE: usize = 4000;

/// How far an equation is from 0 at a combination, and the sum of the sizes of its terms.
type Residue = (f64, f64);

/// What is known of the real solutions of a system.
#[derive(Debug)]
pub(super) enum Answer {
    /// These are all.
    All(Vec<Solution>),
    /// There are infinitely many over the complex numbers.
    Infinite,
    /// The work was used up.
    Unknown,
}

/// The real solutions of equations that were written as polynomials.
pub(super) fn solve(
    bench: &mut Bench<'_>,
    algebra: &Algebra,
    equations: &[ExprId],
    unknowns: &[ExprId],
) -> Answer {
    let budget = WORK.min(bench.work.left());
    let mut work = Work::new(budget);
    let basis = basis(algebra, &mut work);
    let answer = match basis {
        Err(Exhausted) => Answer::Unknown,
        Ok(None) => Answer::Infinite,
        Ok(Some(basis)) if basis.is_everything() => Answer::All(Vec::new()),
        Ok(Some(basis)) => {
            combinations(bench, &basis, algebra, equations, unknowns, &mut work)
                .map_or(Answer::Unknown, Answer::All)
        }
    };
    // What was spent here is not there for the rest.
    let _ = bench.work.spend(work.done());
    answer
}

/// A basis with finitely many zeros, if need be of those zeros only at which nothing vanishes
/// that must not.
fn basis(algebra: &Algebra, work: &mut Work) -> Result<Option<GroebnerBasis>, Exhausted> {
    let plain = GroebnerBasis::new(&algebra.polynomials, work)?;
    if plain.is_everything() || plain.is_finite() {
        return Ok(Some(plain));
    }
    if algebra.others.is_empty() {
        return Ok(None);
    }
    // 1 - z*u has a zero just where u is not 0 (Rabinowitsch).
    let mut ideal = algebra.polynomials.clone();
    let mut size = ideal.iter().map(Polynomial::variables).max().unwrap_or(0);
    for other in &algebra.others {
        size += 1;
        let Some(z) = Polynomial::variable(size, size - 1) else { continue };
        ideal.push(z.mul(other, work)?.sub(&Polynomial::one(size)));
    }
    let apart = GroebnerBasis::new(&ideal, work)?;
    Ok((apart.is_everything() || apart.is_finite()).then_some(apart))
}

/// All combinations of possible coordinates that solve the equations.
fn combinations(
    bench: &mut Bench<'_>,
    basis: &GroebnerBasis,
    algebra: &Algebra,
    equations: &[ExprId],
    unknowns: &[ExprId],
    work: &mut Work,
) -> Option<Vec<Solution>> {
    let mut lists: Vec<Vec<Coordinate>> = Vec::new();
    let mut total: usize = 1;
    for role in &algebra.roles {
        let list = coordinates(bench, basis, *role, work)?;
        total = total.checked_mul(list.len()).filter(|n| *n <= MAX_COMBINATIONS)?;
        lists.push(list);
    }
    if total == 0 {
        return Some(Vec::new());
    }
    let mut tape = Tape::default();
    let slots = tape.add_expressions(bench.pool, equations);
    let places: Vec<Option<usize>> = tape
        .variables
        .iter()
        .map(|name| {
            let symbol = bench.pool.find_symbol(name);
            unknowns.iter().position(|unknown| Some(*unknown) == symbol)
        })
        .collect();
    let floats: Vec<Vec<f64>> = lists
        .iter()
        .map(|list| list.iter().map(|c| bench.float(c.value.id)).collect())
        .collect();
    let terms: Vec<Vec<Slot>> = equations
        .iter()
        .map(|id| {
            let terms = bench.pool.terms(id).to_vec();
            tape.add_expressions(bench.pool, &terms)
        })
        .collect();
    let residues = |choice: &[usize]| -> Option<Vec<Residue>> {
        let mut point = Vec::with_capacity(places.len());
        for place in &places {
            point.push(floats[(*place)?][choice[(*place)?]]);
        }
        let found = values(&tape, &point);
        let size = |slot: &Slot| found[*slot as usize].abs();
        let sizes = |terms: &Vec<Slot>| terms.iter().map(size).sum();
        Some(slots.iter().map(size).zip(terms.iter().map(sizes)).collect())
    };
    // What is not small beside its terms and the values at other combinations is no solution;
    // what leaves the doubles may be one.
    let mut scales = vec![1.0_f64; equations.len()];
    let mut choices: Vec<(Vec<usize>, Vec<Residue>)> = Vec::new();
    for number in 0..total {
        let choice = digits_of(number, &lists);
        let found = residues(&choice)?;
        for (scale, (residue, _)) in scales.iter_mut().zip(&found) {
            if residue.is_finite() {
                *scale = scale.max(*residue);
            }
        }
        choices.push((choice, found));
    }
    // Of one unknown there are few, and doubles of one may be far off where terms cancel.
    let is_one = lists.len() == 1;
    choices.retain(|(_, found)| {
        is_one
            || found.iter().zip(&scales).all(|((residue, terms), scale)| {
                !residue.is_finite() || *residue <= 1e-7 * scale.max(*terms)
            })
    });
    if choices.len() > MAX_PRECISE {
        return None;
    }
    let mut solutions = Vec::new();
    for (choice, _) in choices {
        let chosen: Vec<Coordinate> =
            choice.iter().zip(&lists).map(|(at, list)| list[*at]).collect();
        let replacements: Vec<(ExprId, ExprId)> =
            unknowns.iter().copied().zip(chosen.iter().map(|c| c.value.id)).collect();
        let solves = if chosen.iter().any(|c| c.value.approximate) {
            bench
                .numbers(unknowns, chosen.iter().map(|c| c.value.id))
                .is_some_and(|at| bench.vanish_at(equations, &at))
        } else {
            equations.iter().all(|id| {
                let value = bench.put(*id, &replacements);
                bench.is_zero(value)
            })
        };
        if solves {
            solutions.push(Solution { coordinates: chosen, conditions: Vec::new() });
        }
    }
    Some(solutions)
}

fn digits_of(mut number: usize, lists: &[Vec<Coordinate>]) -> Vec<usize> {
    let mut result = vec![0; lists.len()];
    for (at, list) in lists.iter().enumerate().rev() {
        result[at] = number % list.len();
        number /= list.len();
    }
    result
}

/// The possible values of an unknown.
fn coordinates(
    bench: &mut Bench<'_>,
    basis: &GroebnerBasis,
    role: Role,
    work: &mut Work,
) -> Option<Vec<Coordinate>> {
    let mut roots = |at: usize| {
        let eliminant = basis.eliminant(at, work).ok()??;
        rational_roots(bench, &eliminant)
    };
    let isolated = |value| Coordinate::at(value);
    match role {
        // An unknown that does not occur is free, and the system is not solved by points.
        Role::Absent => None,
        Role::Plain(at) => Some(roots(at)?.into_iter().map(isolated).collect()),
        Role::Exponential(at, rate) => {
            let found = roots(at)?;
            let positive: Vec<Value> =
                found.into_iter().filter(|t| bench.float(t.id) > 0.0).collect();
            let take = |t: Value| {
                let log = bench.ln(t.id);
                let id = bench.over(log, rate);
                settled(bench, id, t.approximate).map(isolated)
            };
            positive.into_iter().map(take).collect()
        }
        Role::Logarithm(at) => {
            let found = roots(at)?;
            let take = |t: Value| {
                let id = bench.pool.power(Pool::E, t.id);
                settled(bench, id, t.approximate).map(isolated)
            };
            found.into_iter().map(take).collect()
        }
        Role::Circular(c, s, rate) => {
            let (cosines, sines) = (roots(c)?, roots(s)?);
            let turn = bench.pool.scale(&Number::from(2), Pool::PI);
            let period = bench.over(turn, rate);
            let mut result = Vec::new();
            for c in &cosines {
                for s in &sines {
                    let (x, y) = (bench.float(c.id), bench.float(s.id));
                    if (x.hypot(y) - 1.0).abs() > 1e-9 {
                        continue;
                    }
                    let angle = angle(bench, *c, *s);
                    let id = bench.over(angle, rate);
                    let value = settled(bench, id, c.approximate || s.approximate)?;
                    result.push(Coordinate::every(value, period));
                }
            }
            Some(result)
        }
    }
}

/// A value, replaced by a number near it when it is approximate.
fn settled(bench: &mut Bench<'_>, id: ExprId, approximate: bool) -> Option<Value> {
    if !approximate {
        return Some(Value::exact(bench.simplify(id)));
    }
    let number = bench.number(id)?;
    Some(Value::near(bench, number))
}

/// The angle above `-pi` and up to `pi` with a cosine and a sine.
fn angle(bench: &mut Bench<'_>, c: Value, s: Value) -> ExprId {
    let (x, y) = (bench.float(c.id), bench.float(s.id));
    let minus_pi = bench.pool.negate(Pool::PI);
    let half = bench.pool.scale(&Number::HALF, Pool::PI);
    if bench.is_zero(s.id) {
        return if x > 0.0 { Pool::ZERO } else { Pool::PI };
    }
    if bench.is_zero(c.id) {
        return if y > 0.0 { half } else { bench.pool.negate(half) };
    }
    let by_sine = bench.apply("arcsin", s.id);
    let by_sine = match (x > 0.0, y > 0.0) {
        (true, _) => by_sine,
        (false, true) => bench.minus(Pool::PI, by_sine),
        (false, false) => bench.minus(minus_pi, by_sine),
    };
    let tangent = bench.over(s.id, c.id);
    let by_tangent = bench.apply("arctan", tangent);
    let by_tangent = match (x > 0.0, y > 0.0) {
        (true, _) => by_tangent,
        (false, true) => bench.pool.sum(&[by_tangent, Pool::PI]),
        (false, false) => bench.minus(by_tangent, Pool::PI),
    };
    let by_tangent = bench.simplify(by_tangent);
    let by_cosine = bench.apply("arccos", c.id);
    let by_cosine = if y > 0.0 { by_cosine } else { bench.pool.negate(by_cosine) };
    // Without an inverse function, else of the simplest argument.
    let is_inverse = |id: &ExprId| {
        bench
            .pool
            .reachable(&[*id])
            .iter()
            .any(|node| matches!(bench.pool.node(*node), Node::Apply(..)))
    };
    let forms = [(by_cosine, c.id), (by_sine, s.id), (by_tangent, tangent)];
    let best = forms.iter().min_by_key(|(id, argument)| {
        (is_inverse(id), bench.pool.as_number(*argument).is_none(), bench.pool.cost(*id))
    });
    best.map_or(by_sine, |(id, _)| *id)
}
