//! Differences of logarithms as the logarithm of a quotient in which something cancels, and
//! sums of logarithms of numbers as one.

use crate::function;
use crate::kernel::{ExprId, FunctionId, Node, Number, Pool};
use smallvec::SmallVec;

/// Sums of more terms are left alone.
const MAX_TERMS: usize = 8;

/// A term with one logarithm: its coefficient, the other factors, the argument.
type Logarithm = (Number, ExprId, ExprId);

/// A sum in which `ln(u) - ln(v)` is `ln(u/v)`, where that is shorter than the longer of `u`
/// and `v`, `ln(2) + ln(3)` is `ln(6)` and `ln(4) - 2*ln(2)` is 0; `None` when there are no
/// such terms. It holds where both logarithms are defined.
pub(super) fn with_logarithms_joined(pool: &mut Pool, id: ExprId) -> Option<ExprId> {
    let terms: SmallVec<[ExprId; 8]> = SmallVec::from_slice(pool.terms(&id));
    if pool.is_complex() || !(2..=MAX_TERMS).contains(&terms.len()) {
        return None;
    }
    let has_logarithm = |term: &&ExprId| {
        let (_, rest) = pool.coefficient(**term);
        pool.factors(&rest).iter().any(|factor| argument(pool, *factor).is_some())
    };
    if terms.iter().filter(has_logarithm).count() < 2 {
        return None;
    }
    let parts: Vec<Option<Logarithm>> =
        terms.iter().map(|term| taken_apart(pool, *term)).collect();
    for i in 0..terms.len() {
        for k in i + 1..terms.len() {
            let (Some((c, cofactor, u)), Some((d, other, v))) = (&parts[i], &parts[k])
            else {
                continue;
            };
            let numbers = pool.as_number(*u).zip(pool.as_number(*v));
            let is_sum = c == d && numbers.is_some();
            if cofactor != other {
                continue;
            }
            if !is_sum && *c != d.neg() {
                // ln(4) is 2*ln(2).
                let power = numbers.and_then(|(u, v)| function::logarithm(u, v));
                let Some(exponent) = power else { continue };
                let log = function::apply(pool, FunctionId::LN, &[*v]);
                let sum = c.mul(&exponent).add(d);
                let joined = pool.product_with(sum, &[*cofactor, log]);
                return Some(with_the_rest(pool, &terms, (i, k), joined));
            }
            let ((c, u), v) = match c.is_positive() || is_sum {
                true => ((c, u), v),
                false => ((d, v), u),
            };
            let side = if is_sum { *v } else { pool.power(*v, Pool::MINUS_ONE) };
            let joined = pool.product(&[*u, side]);
            let is_shorter = match pool.as_number(joined) {
                Some(number) => number.is_positive(),
                None => pool.cost(joined) < pool.cost(*u).max(pool.cost(*v)),
            };
            if !is_shorter {
                continue;
            }
            let log = function::apply(pool, FunctionId::LN, &[joined]);
            let joined = pool.product_with(c.clone(), &[*cofactor, log]);
            return Some(with_the_rest(pool, &terms, (i, k), joined));
        }
    }
    None
}

/// The sum of terms with one for two of them.
fn with_the_rest(
    pool: &mut Pool,
    terms: &[ExprId],
    (i, k): (usize, usize),
    joined: ExprId,
) -> ExprId {
    let rest = terms.iter().enumerate().filter(|(at, _)| *at != i && *at != k);
    let mut all = vec![joined];
    all.extend(rest.map(|(_, term)| *term));
    pool.sum(&all)
}

fn taken_apart(pool: &mut Pool, term: ExprId) -> Option<Logarithm> {
    let (coefficient, rest) = pool.coefficient(term);
    let coefficient = coefficient.clone();
    let factors = pool.factors(&rest).to_vec();
    let place = factors.iter().position(|factor| argument(pool, *factor).is_some())?;
    let inner = argument(pool, factors[place])?;
    let others: Vec<ExprId> = factors
        .iter()
        .enumerate()
        .filter(|(at, _)| *at != place)
        .map(|(_, f)| *f)
        .collect();
    Some((coefficient, pool.product(&others), inner))
}

/// The argument of a logarithm.
fn argument(pool: &Pool, id: ExprId) -> Option<ExprId> {
    match pool.node(id) {
        Node::Apply(FunctionId::LN, list) => pool.list(list).first().copied(),
        _ => None,
    }
}
