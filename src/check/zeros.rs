//! Where a part of an expression is 0: solved for a variable, as far as that is easy.

use super::counted::{counted_zeros, counts};
use super::inner::in_inner;
use crate::calculus;
use crate::evaluate::digits;
use crate::function;
use crate::function::spec::{Category, Parity};
use crate::kernel::{Assumption, ExprId, FunctionId, Node, Number, Pool};
use crate::polynomial::{Work, real_roots};
use crate::simplify;
use crate::syntax;

/// A way to make a part 0: a symbol and what is put in its place.
pub(super) type Zero = (ExprId, ExprId);

/// The name of any whole number: no formula can have it.
const TURNS: &str = "#turns";
/// How many absolute values, signs and case distinctions in a part are replaced by their cases.
const MAX_CASES: usize = 4;
/// The work on the real roots of a polynomial.
const WORK: u64 = 100_000;
/// The most terms of a part that is multiplied out.
const MAX_TERMS: usize = 100;
/// The greatest root of a symbol in which a sum is a polynomial.
const MAX_ROOT: i64 = 12;

/// How deep equations are taken apart.
const DEEPEST: u8 = 16;

/// Which zeros are looked for.
#[derive(Clone, Copy)]
pub(super) struct Sought {
    /// All: of a part that is 0 on a whole stretch they cannot be listed. Otherwise those at
    /// which something changes: a part that is 0 on a whole stretch, as `abs(x) - x` is, has no
    /// others there.
    is_all: bool,
    /// How often the equation may still be replaced by others.
    left: u8,
}

impl Sought {
    /// Those at which something changes.
    pub(super) const EDGES: Self = Self { is_all: false, left: DEEPEST };
    /// All.
    pub(super) const ALL: Self = Self { is_all: true, left: DEEPEST };

    /// The same for an equation in place of this one.
    fn deeper(self) -> Option<Self> {
        Some(Self { left: self.left.checked_sub(1)?, ..self })
    }
}

/// The ways in which a part can be 0 where something changes, at this depth of nested edges;
/// `None` where they are not all found.
pub(super) fn zeros(pool: &mut Pool, depth: usize, part: ExprId) -> Option<Vec<Zero>> {
    zeros_of(pool, depth, part, Sought::EDGES)
}

/// The ways in which a part can be 0 of those that are sought; `None` where they are not all
/// found.
pub(super) fn zeros_of(
    pool: &mut Pool,
    depth: usize,
    part: ExprId,
    sought: Sought,
) -> Option<Vec<Zero>> {
    if simplify::side(pool, part).is_some_and(|side| side.is_strict) {
        return Some(Vec::new());
    }
    let sought = sought.deeper()?;
    let counts = counts(pool, part);
    if !counts.is_empty() {
        return counted_zeros(pool, depth, (part, &counts), sought);
    }
    let mut found = Vec::new();
    for case in cases(pool, part)? {
        match (case, sought.is_all) {
            (Pool::ZERO, false) => {}
            (Pool::ZERO, true) => return None,
            _ => found.extend(plain_zeros(pool, depth, case, sought)?),
        }
    }
    if sought.is_all {
        // A sign is neither 1 nor -1 where it changes.
        for id in pool.reachable(&[part]) {
            if let Node::Apply(FunctionId::SIGN, list) = pool.node(id) {
                let u = pool.list(list)[0];
                found.extend(zeros_of(pool, depth, u, sought)?);
            }
        }
    }
    Some(found)
}

/// The part without absolute values, signs and case distinctions: each of them in all its ways. A
/// case in which it vanishes is among them.
pub(super) fn cases(pool: &mut Pool, part: ExprId) -> Option<Vec<ExprId>> {
    let mut open = vec![part];
    for _ in 0..MAX_CASES {
        let is_signed = |pool: &Pool, id: &ExprId| match pool.node(*id) {
            Node::Apply(FunctionId::ABS | FunctionId::SIGN, list) => {
                Some((*id, pool.list(list).to_vec()))
            }
            Node::Apply(function, list) if function.is_builtin() => {
                let is_choice = function::spec(function).name == "piecewise";
                is_choice.then(|| (*id, pool.list(list).to_vec()))
            }
            _ => None,
        };
        let mut next = Vec::new();
        let mut done = true;
        for id in open {
            let inner = pool.reachable(&[id]).iter().find_map(|id| is_signed(pool, id));
            let Some((signed, of)) = inner else {
                next.push(id);
                continue;
            };
            done = false;
            let ways = match pool.node(signed) {
                Node::Apply(FunctionId::ABS, _) => vec![of[0], pool.negate(of[0])],
                Node::Apply(FunctionId::SIGN, _) => vec![Pool::ONE, Pool::MINUS_ONE],
                _ => branches(&of),
            };
            for other in ways {
                next.push(pool.substitute(&[id], &[(signed, other)], function::apply)[0]);
            }
        }
        open = next;
        if done {
            return Some(open);
        }
    }
    None
}

/// The values of a `piecewise`, of which each second part is a condition.
fn branches(parts: &[ExprId]) -> Vec<ExprId> {
    let pairs = parts.chunks(2);
    pairs.filter_map(|pair| pair.last().copied()).collect()
}

fn plain_zeros(
    pool: &mut Pool,
    depth: usize,
    part: ExprId,
    sought: Sought,
) -> Option<Vec<Zero>> {
    let (_, part) = pool.coefficient(part);
    let is_free = |pool: &Pool, id: ExprId, symbol: ExprId| {
        !pool.reachable(&[id]).contains(&symbol)
    };
    match pool.node(part) {
        Node::Number(_) | Node::Constant(_) => Some(Vec::new()),
        _ if pool.is_constant(part) => leads(pool, part).then(Vec::new),
        Node::Symbol(_) => Some(vec![(part, Pool::ZERO)]),
        Node::Product(list) => {
            let mut found = Vec::new();
            for factor in pool.list(list).to_vec() {
                found.extend(zeros_of(pool, depth, factor, sought)?);
            }
            Some(found)
        }
        Node::Power(Pool::E, _) => Some(Vec::new()),
        Node::Power(base, exponent) => match pool.as_number(exponent) {
            Some(n) if n.is_negative() => Some(Vec::new()),
            Some(_) => zeros_of(pool, depth, base, sought),
            None => None,
        },
        Node::Sum(list) => {
            let terms = pool.list(list).to_vec();
            // A function that is undone: `ln(u) - c` is 0 at `u = e^c`.
            let (constant, moving): (Vec<ExprId>, Vec<ExprId>) =
                terms.iter().partition(|term| pool.is_constant(**term));
            // A whole number is no fraction.
            let (rest, whole) = (pool.sum(&constant), pool.sum(&moving));
            if pool.as_number(rest).is_some_and(|n| !n.is_integer())
                && is_whole(pool, whole)
            {
                return Some(Vec::new());
            }
            if let [term] = moving[..] {
                let value = pool.negate(rest);
                let (factor, inner) = pool.coefficient(term);
                let scale = factor.recip()?;
                let value = pool.scale(&scale, value);
                let gaps = levels(pool, depth, inner, value);
                if let Some(gaps) = gaps.or_else(|| roots(pool, inner, value)) {
                    let mut found = Vec::new();
                    for gap in gaps {
                        found.extend(zeros_of(pool, depth, gap, sought)?);
                    }
                    return Some(found);
                }
                if let Some((argument, at)) = undone(pool, inner, value) {
                    let gap = pool.difference(argument, at);
                    return zeros_of(pool, depth, gap, sought);
                }
            }
            let mut symbols: Vec<ExprId> = pool
                .reachable(&[part])
                .into_iter()
                .filter(|id| matches!(pool.node(*id), Node::Symbol(_)))
                .filter(|id| !is_count(pool, *id))
                .collect();
            symbols.sort_unstable();
            for symbol in &symbols {
                if let Some([constant, linear, square]) = quadratic(pool, &terms, *symbol)
                    && [constant, linear, square]
                        .iter()
                        .all(|id| is_free(pool, *id, *symbol))
                    && let Some(values) = solved(pool, [constant, linear, square])
                {
                    return Some(values.into_iter().map(|id| (*symbol, id)).collect());
                }
            }
            let [symbol] = symbols[..] else { return None };
            if no_roots(pool, &terms, symbol) {
                return Some(Vec::new());
            }
            if let Some(found) = in_powers(pool, depth, (&terms, symbol), sought) {
                return Some(found);
            }
            let expanded = simplify::expand_all(pool, part, MAX_TERMS).unwrap_or(part);
            if expanded != part {
                return zeros_of(pool, depth, expanded, sought);
            }
            let factors = simplify::factor_all(pool, part, WORK)?.0;
            let (_, factors) = pool.coefficient(factors);
            match pool.node(factors) {
                Node::Product(_) | Node::Power(..) => {
                    zeros_of(pool, depth, factors, sought)
                }
                _ => in_inner(pool, depth, (part, symbol), sought),
            }
        }
        Node::Apply(function, list) if function.is_builtin() => {
            let u = pool.list(list)[0];
            match function::spec(function).name {
                _ if function::spec(function).nonzero => Some(Vec::new()),
                "arctan" | "arcsin" | "sinh" | "tanh" | "arsinh" | "cbrt" | "erf" => {
                    zeros_of(pool, depth, u, sought)
                }
                "ln" => {
                    let gap = pool.difference(u, Pool::ONE);
                    zeros_of(pool, depth, gap, sought)
                }
                name @ ("sin" | "cos") => {
                    let mut at = turns(pool, depth);
                    if name == "cos" {
                        at = pool.sum(&[at, Pool::HALF]);
                    }
                    let at = pool.product(&[at, Pool::PI]);
                    let gap = pool.difference(u, at);
                    zeros_of(pool, depth, gap, sought)
                }
                _ => None,
            }
        }
        _ => None,
    }
}

/// Whether a symbol stands for any whole number.
pub(super) fn is_count(pool: &Pool, symbol: ExprId) -> bool {
    pool.symbol_name(symbol).is_some_and(|name| name.starts_with(TURNS))
}

/// Whether an expression is a whole number wherever it has a value.
fn is_whole(pool: &Pool, id: ExprId) -> bool {
    pool.is_integer(id)
        || pool.terms(&id).iter().all(|term| {
            let (factor, rest) = pool.coefficient(*term);
            let is_step = match pool.node(rest) {
                Node::Apply(function, _) if function.is_builtin() => {
                    let row = function::spec(function);
                    row.has_steps() && row.is_stair()
                }
                _ => pool.is_integer(rest),
            };
            factor.is_integer() && is_step
        })
}

/// A whole number that stands for any, another one for each depth: half turns are counted by it.
pub(super) fn turns(pool: &mut Pool, depth: usize) -> ExprId {
    let whole = Assumption { integer: true, ..Assumption::default() };
    pool.assume(&format!("{TURNS}{depth}"), whole)
}

/// What is 0 where a circular or hyperbolic function has a value, or one that undoes such a
/// function: a sine has it at two angles, and so many whole turns away.
fn levels(
    pool: &mut Pool,
    depth: usize,
    inner: ExprId,
    value: ExprId,
) -> Option<Vec<ExprId>> {
    let Node::Apply(function, list) = pool.node(inner) else { return None };
    if !function.is_builtin() || function::spec(function).rises {
        return None;
    }
    let row = function::spec(function);
    if !matches!(row.category, Category::Trigonometric | Category::Hyperbolic) {
        return None;
    }
    let u = pool.list(list)[0];
    let angle = function::apply(pool, function::lookup(row.inverse?, 1)?, &[value]);
    if is_nothing(pool, angle) {
        return Some(Vec::new());
    }
    let opposite = pool.negate(angle);
    let other = match (row.parity, row.period) {
        (Parity::Even, _) => opposite,
        (_, Some(2)) => pool.sum(&[Pool::PI, opposite]),
        _ => angle,
    };
    let turn = turns(pool, depth);
    let turn = pool.product(&[Pool::PI, turn]);
    let turn = pool.scale(&Number::from(row.period.unwrap_or_default()), turn);
    let angles = if other == angle { vec![angle] } else { vec![angle, other] };
    let gaps = angles.into_iter().map(|angle| {
        let at = pool.sum(&[angle, turn]);
        pool.difference(u, at)
    });
    Some(gaps.collect())
}

/// Whether a constant has no real value: no number has the hyperbolic cosine 1/2.
fn is_nothing(pool: &Pool, id: ExprId) -> bool {
    id == Pool::UNDEFINED
        || !pool.is_complex()
            && digits::is_defined(pool, id, syntax::in_normal_form) == Some(false)
}

/// What is 0 where a whole power of a part has a value.
fn roots(pool: &mut Pool, inner: ExprId, value: ExprId) -> Option<Vec<ExprId>> {
    let Node::Power(u, exponent) = pool.node(inner) else { return None };
    let n = pool.as_number(exponent).filter(|n| n.is_integer() && **n != Number::ONE)?;
    let (is_odd, inverse) = (n.is_odd(), n.recip()?);
    if n == &Number::from(2) && matches!(pool.node(u), Node::Symbol(_)) {
        return None;
    }
    let side = simplify::side(pool, value).filter(|side| side.is_strict)?;
    if !side.is_above && !is_odd {
        return Some(Vec::new());
    }
    let size = if side.is_above { value } else { pool.negate(value) };
    let inverse = pool.number(inverse);
    let root = pool.power(size, inverse);
    let opposite = pool.negate(root);
    let mut values = Vec::new();
    if side.is_above || is_odd {
        values.push(if side.is_above { root } else { opposite });
    }
    if !is_odd {
        values.push(opposite);
    }
    Some(values.into_iter().map(|value| pool.difference(u, value)).collect())
}

/// The zeros of a sum of multiples of powers of a symbol, with fractions or negative numbers as
/// exponents: those of a polynomial in a root of the symbol.
fn in_powers(
    pool: &mut Pool,
    depth: usize,
    (terms, symbol): (&[ExprId], ExprId),
    sought: Sought,
) -> Option<Vec<Zero>> {
    let mut powers: Vec<(Number, Number)> = Vec::with_capacity(terms.len());
    for term in terms {
        powers.push(match pool.as_number(*term) {
            Some(number) => (number.clone(), Number::ZERO),
            None => {
                let (coefficient, rest) = pool.coefficient(*term);
                let coefficient = coefficient.clone();
                let (base, exponent) = pool.base(rest);
                let exponent = pool.as_number(exponent).filter(|_| base == symbol)?;
                (coefficient, exponent.clone())
            }
        });
    }
    let least = powers.iter().map(|(_, exponent)| exponent.clone()).min()?;
    let mut degree = Number::ONE;
    for (_, exponent) in &powers {
        let below = exponent.mul(&degree).denominator();
        degree = degree.mul(&below);
    }
    let is_whole = powers.iter().all(|(_, exponent)| exponent.is_integer());
    if is_whole && least.is_zero() {
        return None;
    }
    let count = degree.to_i64().filter(|count| *count <= MAX_ROOT)?;
    let mut inner = Vec::with_capacity(powers.len());
    for (coefficient, exponent) in &powers {
        let exponent = pool.number(exponent.sub(&least).mul(&degree));
        let power = pool.power(symbol, exponent);
        inner.push(pool.scale(coefficient, power));
    }
    let inner = pool.sum(&inner);
    let mut found = Vec::new();
    for (of, value) in zeros_of(pool, depth, inner, sought)? {
        found.push((of, pool.integer_power(value, count)));
    }
    if least.is_positive() {
        found.push((symbol, Pool::ZERO));
    }
    Some(found)
}

/// The argument of a function that has a value, and what it is.
fn undone(pool: &mut Pool, inner: ExprId, value: ExprId) -> Option<(ExprId, ExprId)> {
    match pool.node(inner) {
        Node::Apply(FunctionId::LN, list) => {
            let u = pool.list(list)[0];
            Some((u, pool.power(Pool::E, value)))
        }
        Node::Power(Pool::E, u) => {
            Some((u, function::apply(pool, FunctionId::LN, &[value])))
        }
        Node::Power(base, u) if pool.is_constant(base) && pool.is_positive(base) => {
            let [above, below] =
                [value, base].map(|id| function::apply(pool, FunctionId::LN, &[id]));
            (below != Pool::ZERO).then(|| (u, pool.quotient(above, below)))
        }
        Node::Apply(function, list) if function::spec(function).rises => {
            let u = pool.list(list)[0];
            let inverse = function::lookup(function::spec(function).inverse?, 1)?;
            Some((u, function::apply(pool, inverse, &[value])))
        }
        Node::Power(u, exponent) => {
            // `u^n = c`, where n is no whole number: u is not negative.
            let n = pool.as_number(exponent).filter(|n| !n.is_integer())?;
            let inverse = n.recip()?;
            let inverse = pool.number(inverse);
            Some((u, pool.power(value, inverse)))
        }
        _ => None,
    }
}

/// The coefficients of a sum as a polynomial of degree 2 at most in a symbol.
pub(super) fn quadratic(
    pool: &mut Pool,
    terms: &[ExprId],
    symbol: ExprId,
) -> Option<[ExprId; 3]> {
    let mut parts: [Vec<ExprId>; 3] = Default::default();
    for term in terms {
        let (coefficient, rest) = pool.coefficient(*term);
        let coefficient = coefficient.clone();
        let factors = pool.factors(&rest).to_vec();
        let mut degree = 0;
        let mut others = vec![pool.number(coefficient)];
        for factor in factors {
            let (base, exponent) = pool.base(factor);
            if base == symbol {
                degree = pool.as_number(exponent)?.to_i64()?;
            } else {
                others.push(factor);
            }
        }
        let part = parts.get_mut(usize::try_from(degree).ok()?)?;
        part.push(pool.product(&others));
    }
    Some(parts.map(|part| pool.sum(&part)))
}

/// The roots of `a + b*x + c*x^2`, whose leading coefficient is a number other than 0.
fn solved(pool: &mut Pool, [a, b, c]: [ExprId; 3]) -> Option<Vec<ExprId>> {
    if c == Pool::ZERO {
        // `x*y - 1` is not 0 where y is.
        let is_sure = leads(pool, b) || b != Pool::ZERO && leads(pool, a);
        let root = pool.quotient(a, b);
        return is_sure.then(|| vec![pool.negate(root)]);
    }
    leads(pool, c).then_some(())?;
    let square = pool.integer_power(b, 2);
    let product = pool.product(&[a, c]);
    let product = pool.scale(&Number::from(4), product);
    let inside = pool.difference(square, product);
    if simplify::side(pool, inside).is_some_and(|side| side.is_strict && !side.is_above) {
        return Some(Vec::new());
    }
    let root = pool.sqrt(inside);
    let below = pool.scale(&Number::from(2), c);
    let [plus, minus] = [pool.difference(root, b), pool.sum(&[root, b])];
    let minus = pool.negate(minus);
    Some([plus, minus].map(|above| pool.quotient(above, below)).to_vec())
}

/// Whether a coefficient is a constant other than 0. Digits tell it of real ones:
/// `sqrt(2) + sqrt(3) - sqrt(5 + 2*sqrt(6))` is 0 in disguise.
pub(super) fn leads(pool: &mut Pool, id: ExprId) -> bool {
    match pool.as_number(id) {
        Some(number) => !number.is_zero(),
        None if pool.is_complex() => pool.is_constant(id),
        None => {
            pool.is_constant(id)
                && simplify::side(pool, id).is_some_and(|side| side.is_strict)
        }
    }
}

/// Whether a polynomial in one symbol has no real root.
fn no_roots(pool: &Pool, terms: &[ExprId], symbol: ExprId) -> bool {
    let width = Number::HALF;
    calculus::polynomial_in(pool, terms, symbol)
        .and_then(|p| real_roots(&p, &width, &mut Work::new(WORK)).ok()?)
        .is_some_and(|roots| roots.is_empty())
}
