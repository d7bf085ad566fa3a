//! Where expressions are equal: at single values of a variable only, or never on one side of
//! each other.

use super::differentiate::differentiate;
use crate::evaluate::{Range, Ranges, digits};
use crate::function;
use crate::kernel::{ExprId, FunctionId, Node, Number, Pool, SymbolId};
use crate::polynomial::{Polynomial, Sign, Work, sign_definite};
use crate::syntax;
use smallvec::SmallVec;

/// How many absolute values are replaced by both cases, and at which numbers a case is looked
/// at.
const MAX_CASES: usize = 4;
const SAMPLES: [(i64, i64); 3] = [(7, 10), (13, 6), (-5, 4)];
/// How many functions, powers and sums of what is never negative are looked into.
const MAX_DEPTH: usize = 8;
/// The work on the sign of a polynomial.
const WORK: u64 = 20_000;

/// Whether an expression is 0 or above wherever it has a value, as far as bounds of its parts
/// tell, or the real roots of a polynomial.
pub(super) fn is_never_below(pool: &Pool, known: &mut Ranges, id: ExprId) -> bool {
    if pool.is_complex() {
        return false;
    }
    pool.is_nonnegative(id)
        || known.of(pool, id).low >= 0.0
        || polynomial(pool, id).is_some_and(|p| {
            let sign = sign_definite(&p, &mut Work::new(WORK));
            matches!(sign, Ok(Some(Sign::Positive | Sign::NonNegative)))
        })
}

/// The greater or the smaller one of two, or a rectified one, where always the same it is.
pub(super) fn without_choice(
    pool: &mut Pool,
    known: &mut Ranges,
    id: ExprId,
) -> Option<ExprId> {
    let Node::Apply(function, list) = pool.node(id) else { return None };
    let (u, v) = match *pool.list(list) {
        [u] => (u, Pool::ZERO),
        [u, v] => (u, v),
        _ => return None,
    };
    let is_greater = match function::spec(function).name {
        "max" | "relu" => true,
        "min" => false,
        _ => return None,
    };
    let gap = pool.difference(u, v);
    if is_never_below(pool, known, gap) {
        return Some(if is_greater { u } else { v });
    }
    let opposite = pool.negate(gap);
    if is_never_below(pool, known, opposite) {
        return Some(if is_greater { v } else { u });
    }
    let (outside, inside) = without_common(pool, [u, v])?;
    let chosen = function::apply(pool, function, &inside);
    let chosen = without_choice(pool, known, chosen).unwrap_or(chosen);
    Some(pool.product(&[outside, chosen]))
}

/// The whole powers that two products have in common and that are never below 0, and both
/// without them: where `x^2` is 0, it bends neither side of `max(x^2, x^3)`.
fn without_common(pool: &mut Pool, both: [ExprId; 2]) -> Option<(ExprId, [ExprId; 2])> {
    let powers = |pool: &Pool, id: ExprId| {
        let (_, rest) = pool.coefficient(id);
        let power = |factor: &ExprId| {
            let (base, exponent) = pool.base(*factor);
            Some((base, pool.as_number(exponent)?.to_i64().filter(|n| *n > 0)?))
        };
        pool.factors(&rest).iter().filter_map(power).collect::<SmallVec<[_; 4]>>()
    };
    let [own, others] = both.map(|id| powers(pool, id));
    let mut common: SmallVec<[ExprId; 4]> = SmallVec::new();
    for (base, n) in own {
        let other = others.iter().find(|(other, _)| *other == base);
        let least = other.map_or(0, |(_, m)| n.min(*m));
        let least = if pool.is_nonnegative(base) { least } else { least - least % 2 };
        if least > 0 && pool.as_number(base).is_none() {
            common.push(pool.integer_power(base, least));
        }
    }
    if common.is_empty() {
        return None;
    }
    let outside = pool.product(&common);
    Some((outside, both.map(|id| pool.quotient(id, outside))))
}

/// An expression as a polynomial in its only symbol with numbers as coefficients.
fn polynomial(pool: &Pool, id: ExprId) -> Option<Polynomial> {
    let is_number = |term: &&ExprId| pool.as_number(**term).is_some();
    let term = pool.terms(&id).iter().find(|term| !is_number(term))?;
    let (symbol, _) = pool.base(pool.coefficient(*term).1);
    matches!(pool.node(symbol), Node::Symbol(_)).then_some(())?;
    polynomial_in(pool, pool.terms(&id), symbol)
}

/// The sum of terms as a polynomial in a symbol with numbers as coefficients.
pub fn polynomial_in(
    pool: &Pool,
    terms: &[ExprId],
    symbol: ExprId,
) -> Option<Polynomial> {
    let monomial = |term: &ExprId| {
        let (coefficient, rest) = pool.coefficient(*term);
        if let Some(n) = pool.as_number(*term) {
            return Some((vec![0], n.clone()));
        }
        let (base, exponent) = pool.base(rest);
        let degree = pool.as_number(exponent)?.to_i64()?;
        (base == symbol).then_some(())?;
        Some((vec![u32::try_from(degree).ok()?], coefficient.clone()))
    };
    let list = terms.iter().map(monomial).collect::<Option<Vec<_>>>()?;
    Polynomial::from_terms(1, list)
}

/// Whether two expressions are equal at single values of a variable only, whatever the others
/// are: their difference is a polynomial in it, one of whose coefficients is a number; or it is
/// in no other variable, analytic and somewhere not 0; absolute values are taken both ways; or one
/// of its terms is so, and all are never negative; or it has steps and rises or falls between
/// them.
pub(super) fn are_equal_rarely(
    pool: &mut Pool,
    left: ExprId,
    right: ExprId,
    variable: ExprId,
) -> bool {
    let difference = pool.difference(left, right);
    if varies_between_steps(pool, difference, variable) {
        return true;
    }
    is_zero_rarely(pool, difference, variable, MAX_DEPTH)
}

/// Whether an expression is 0 at single values of a variable only, whatever the others are. What
/// is never negative is 0 only where all its terms are.
fn is_zero_rarely(pool: &mut Pool, of: ExprId, variable: ExprId, depth: usize) -> bool {
    let (_, part) = pool.coefficient(of);
    let inner = match pool.node(part) {
        Node::Apply(FunctionId::ABS, list) => Some(pool.list(list)[0]),
        Node::Power(base, exponent) => {
            pool.as_number(exponent).is_some_and(Number::is_positive).then_some(base)
        }
        Node::Apply(function, list) if function.is_builtin() => {
            let list = pool.list(list).to_vec();
            let normal = syntax::in_normal_form(function, &list, pool);
            normal.filter(|id| matches!(pool.node(*id), Node::Power(..)))
        }
        _ => None,
    };
    if let Some(inner) = inner.filter(|_| depth > 0) {
        return is_zero_rarely(pool, inner, variable, depth - 1);
    }
    let terms = pool.terms(&part).to_vec();
    if depth > 0 && terms.len() > 1 && terms.iter().all(|id| pool.is_nonnegative(*id)) {
        let mut terms = terms.into_iter();
        return terms.any(|term| is_zero_rarely(pool, term, variable, depth - 1));
    }
    let Some(cases) = cases(pool, part) else { return false };
    cases.into_iter().all(|case| {
        is_polynomial(pool, case, variable)
            || match is_alone(pool, case, variable) {
                true => is_analytic(pool, case, variable),
                false => is_regular(pool, case) && is_seldom_flat(pool, case, variable),
            }
    })
}

/// Whether an expression has steps, and a slope that is a number other than 0 or analytic and
/// somewhere not 0: then it is 0 at one place at most between two of its steps, or at places that
/// are apart from each other.
fn varies_between_steps(pool: &mut Pool, of: ExprId, variable: ExprId) -> bool {
    let is_step = |id: ExprId| match pool.node(id) {
        Node::Apply(function, _) if function.is_builtin() => {
            let row = function::spec(function);
            row.breaks.contains("floor") || row.breaks.contains("ceil")
        }
        _ => false,
    };
    let parts = pool.reachable_where(&[of], |id| pool.may_depend(id, variable));
    if !parts.into_iter().any(is_step) {
        return false;
    }
    is_seldom_flat(pool, of, variable)
}

/// Whether an expression has a slope in a variable that is a number other than 0, or in no other
/// variable, analytic and somewhere not 0.
fn is_seldom_flat(pool: &mut Pool, of: ExprId, variable: ExprId) -> bool {
    let Ok(slope) = differentiate(pool, of, variable, &mut ()) else { return false };
    match pool.as_number(slope) {
        Some(number) => !number.is_zero(),
        None => is_alone(pool, slope, variable) && is_analytic(pool, slope, variable),
    }
}

/// Whether an expression is in no other variable.
pub(super) fn is_alone(pool: &Pool, id: ExprId, variable: ExprId) -> bool {
    let is_own = |symbol: &SymbolId| matches!(pool.node(variable), Node::Symbol(own) if own == *symbol);
    pool.symbols_of(&[id]).iter().all(is_own)
}

/// The constants at which a part is 0 that is linear in a variable, or a square less a constant,
/// below powers and absolute values.
pub(super) fn plain_zeros(pool: &mut Pool, of: ExprId, variable: ExprId) -> Vec<ExprId> {
    let (_, mut part) = pool.coefficient(of);
    loop {
        let (base, exponent) = pool.base(part);
        let is_above = pool.as_number(exponent).is_some_and(Number::is_positive);
        part = match pool.node(part) {
            Node::Apply(FunctionId::ABS, list) => pool.list(list)[0],
            Node::Power(..) if is_above => base,
            _ => break,
        };
    }
    let mut parts = [Vec::new(), Vec::new(), Vec::new()];
    for term in pool.terms(&part).to_vec() {
        if !pool.may_depend(term, variable) {
            parts[0].push(term);
            continue;
        }
        let (coefficient, rest) = pool.coefficient(term);
        let coefficient = coefficient.clone();
        let (base, exponent) = pool.base(rest);
        let degree = pool.as_number(exponent).and_then(Number::to_i64);
        match (base == variable, degree) {
            (true, Some(1)) => parts[1].push(pool.number(coefficient)),
            (true, Some(2)) => parts[2].push(pool.number(coefficient)),
            _ => return Vec::new(),
        }
    }
    let [constant, linear, square] = parts.map(|part| pool.sum(&part));
    let opposite = pool.negate(constant);
    match (linear, square) {
        (Pool::ZERO, Pool::ZERO) => Vec::new(),
        (_, Pool::ZERO) => vec![pool.quotient(opposite, linear)],
        (Pool::ZERO, _) => {
            let inside = pool.quotient(opposite, square);
            if inside == Pool::ZERO || Range::of(pool, inside).low <= 0.0 {
                return Vec::new();
            }
            let root = pool.sqrt(inside);
            vec![root, pool.negate(root)]
        }
        _ => Vec::new(),
    }
}

/// An expression with each absolute value in it one way and the other.
fn cases(pool: &mut Pool, of: ExprId) -> Option<Vec<ExprId>> {
    let mut open = vec![of];
    for _ in 0..=MAX_CASES {
        let mut next = Vec::new();
        let mut is_done = true;
        for id in open {
            let size =
                pool.reachable(&[id]).into_iter().find_map(|id| match pool.node(id) {
                    Node::Apply(FunctionId::ABS, list) => Some((id, pool.list(list)[0])),
                    _ => None,
                });
            let Some((size, inner)) = size else {
                next.push(id);
                continue;
            };
            is_done = false;
            for other in [inner, pool.negate(inner)] {
                next.push(pool.substitute(&[id], &[(size, other)], function::apply)[0]);
            }
        }
        if is_done {
            return Some(next);
        }
        open = next;
    }
    None
}

/// Whether an expression is a polynomial in a variable, with a coefficient that is a number
/// other than 0.
fn is_polynomial(pool: &Pool, of: ExprId, variable: ExprId) -> bool {
    // Powers of the variable, and whether the coefficient is known to be a number.
    let mut powers: SmallVec<[(i64, bool); 4]> = SmallVec::new();
    for term in pool.terms(&of) {
        let (_, rest) = pool.coefficient(*term);
        let (mut degree, mut is_number) = (0, true);
        for factor in pool.factors(&rest) {
            let (base, exponent) = pool.base(*factor);
            let whole = pool.as_number(exponent).and_then(Number::to_i64);
            match whole.filter(|n| base == variable && *n > 0) {
                Some(n) => degree = n,
                None if pool.may_depend(*factor, variable) => return false,
                None => is_number = false,
            }
        }
        match powers.iter_mut().find(|(known, _)| *known == degree) {
            Some((_, all)) => *all &= is_number,
            None => powers.push((degree, is_number)),
        }
    }
    powers.iter().any(|(degree, is_number)| *degree > 0 && *is_number)
}

/// Whether an expression in one variable is analytic on the whole line but for poles, and not 0
/// somewhere: then its zeros are apart from each other.
fn is_analytic(pool: &mut Pool, of: ExprId, variable: ExprId) -> bool {
    is_regular(pool, of)
        && SAMPLES.iter().any(|(above, below)| {
            let Some(at) = Number::ratio(*above, *below) else { return false };
            let at = pool.number(at);
            let value = pool.substitute(&[of], &[(variable, at)], function::apply)[0];
            let told = digits::vanishes(pool, value, syntax::in_normal_form);
            matches!(told, Ok(Some(false)))
        })
}

/// Whether an expression is analytic but for poles.
fn is_regular(pool: &Pool, of: ExprId) -> bool {
    pool.reachable(&[of]).into_iter().all(|id| match pool.node(id) {
        Node::Power(Pool::E, _) => true,
        Node::Power(base, exponent) => {
            pool.as_number(exponent).is_some_and(Number::is_integer)
                || pool.is_constant(base) && pool.is_constant(exponent)
        }
        Node::Apply(function, _) => {
            pool.is_constant(id)
                || function.is_builtin() && function::spec(function).is_smooth()
        }
        _ => true,
    })
}
