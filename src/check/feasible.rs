//! Which signs of several expressions cannot occur together over the real numbers.

use super::linear::Linear;
use crate::evaluate::Range;
use crate::kernel::{ExprId, Node, Number, Pool};
use crate::polynomial::{Polynomial, Work, real_roots};
use rustc_hash::FxHashMap;

/// The work on polynomials for one question.
const WORK: u64 = 1_000_000;
/// Roots are isolated to this power of a half.
const WIDTH: i64 = 60;

/// Expressions as polynomials in one monomial each, as far as they are.
pub(super) struct Parts {
    /// What bounds each.
    ranges: Vec<Range>,
    /// The place of each symbol among the parts.
    symbols: FxHashMap<ExprId, usize>,
    /// For each group of polynomials in one monomial: the monomial and the polynomials.
    groups: Vec<Group>,
    /// All of them as linear forms.
    linear: Linear,
}

struct Group {
    /// Symbols and other kernels with their exponents.
    monomial: Vec<(ExprId, u32)>,
    /// Whether all of these are positive.
    is_positive: bool,
    /// Places of parts with the polynomials that they are.
    members: Vec<(usize, Polynomial)>,
    /// Points between which no polynomial changes its sign.
    tests: Vec<Number>,
}

impl Parts {
    pub(super) fn new(pool: &Pool, ids: &[ExprId]) -> Self {
        let symbols = ids
            .iter()
            .enumerate()
            .filter(|(_, id)| matches!(pool.node(**id), Node::Symbol(_)))
            .map(|(place, id)| (*id, place))
            .collect();
        let mut groups: Vec<Group> = Vec::new();
        for (place, id) in ids.iter().enumerate() {
            let Some((monomial, p)) = in_monomial(pool, *id) else { continue };
            match groups.iter_mut().find(|group| group.monomial == monomial) {
                Some(group) => group.members.push((place, p)),
                None => {
                    let members = vec![(place, p)];
                    let is_positive =
                        monomial.iter().all(|(base, _)| pool.is_positive(*base));
                    groups.push(Group {
                        monomial,
                        is_positive,
                        members,
                        tests: Vec::new(),
                    });
                }
            }
        }
        for group in &mut groups {
            let bounds = match group.monomial[..] {
                [(symbol, 1)] => Range::of(pool, symbol),
                _ => Range::ALL,
            };
            group.tests = tests(group, bounds).unwrap_or_default();
        }
        let ranges = ids.iter().map(|id| Range::of(pool, *id)).collect();
        Self { ranges, symbols, groups, linear: Linear::new(pool, ids) }
    }

    /// Whether the parts never have these signs together, as far as signs are given: proved.
    pub(super) fn exclude(&self, signs: &[Option<bool>]) -> bool {
        let mut known = signs.iter().zip(&self.ranges).map(|(sign, range)| match sign {
            Some(true) => range.high <= 0.0,
            Some(false) => range.low >= 0.0,
            None => false,
        });
        known.any(|excluded| excluded)
            || self.groups.iter().any(|group| self.group_excludes(group, signs))
            || self.linear.exclude(signs)
    }

    fn group_excludes(&self, group: &Group, signs: &[Option<bool>]) -> bool {
        if group.tests.is_empty() {
            return false;
        }
        // The sign of the monomial, where it is known.
        let mut sign = Some(true);
        for (symbol, n) in &group.monomial {
            match self.symbols.get(symbol) {
                _ if n % 2 == 0 || group.is_positive => {}
                Some(place) => {
                    sign = sign.zip(signs[*place]).map(|(sign, own)| sign == own);
                }
                None => sign = None,
            }
        }
        let mut work = Work::new(WORK);
        !group.tests.iter().any(|t| {
            sign.is_none_or(|sign| t.is_positive() == sign)
                && group.members.iter().all(|(place, p)| {
                    let Some(sign) = signs[*place] else { return true };
                    let value = p.value(std::slice::from_ref(t), &mut work);
                    // What is not known excludes nothing.
                    value.map_or(true, |v| !v.is_zero() && v.is_positive() == sign)
                })
        })
    }
}

/// One point at least in each interval between the real roots of the polynomials and zero,
/// within the bounds of the variable. Roots of different polynomials may be as near as they
/// like, so those of the product are isolated.
fn tests(group: &Group, bounds: Range) -> Option<Vec<Number>> {
    let mut work = Work::new(WORK);
    let exact = |x| num_rational::BigRational::from_float(x).map(Number::from_big);
    let (low, high) = (exact(bounds.low), exact(bounds.high));
    let linear = |at: &Number| {
        Polynomial::from_terms(1, vec![(vec![1], Number::ONE), (vec![0], at.neg())])
    };
    let mut product = linear(&Number::ZERO)?;
    for end in low.iter().chain(&high).filter(|end| !end.is_zero()) {
        product = product.mul(&linear(end)?, &mut work).ok()?;
    }
    let mut seen: Vec<&Polynomial> = Vec::new();
    for (_, p) in &group.members {
        if !seen.contains(&p) {
            product = product.mul(p, &mut work).ok()?;
            seen.push(p);
        }
    }
    let width = Number::from(2).pow(-WIDTH, 2048)?;
    let roots = real_roots(&product, &width, &mut work).ok()??;
    let mut ends: Vec<Number> =
        roots.into_iter().flat_map(|(low, high)| [low, high]).collect();
    ends.sort();
    ends.dedup();
    let mut points = vec![ends.first()?.sub(&Number::ONE)];
    for pair in ends.windows(2) {
        points.push(pair[0].add(&pair[1]).mul(&Number::HALF));
    }
    points.push(ends.last()?.add(&Number::ONE));
    // Where two intervals meet, their end lies between two roots.
    points.extend(ends);
    points.retain(|point| {
        low.as_ref().is_none_or(|low| point > low)
            && high.as_ref().is_none_or(|high| point < high)
    });
    Some(points)
}

/// A sum of numeric multiples of powers of one product of symbols and other kernels, as a
/// polynomial in it.
fn in_monomial(pool: &Pool, id: ExprId) -> Option<(Vec<(ExprId, u32)>, Polynomial)> {
    let mut base: Option<Vec<(ExprId, u32)>> = None;
    let mut terms: Vec<(Vec<(ExprId, u32)>, Number)> = Vec::new();
    for term in pool.terms(&id) {
        if let Some(n) = pool.as_number(*term) {
            terms.push((Vec::new(), n.clone()));
            continue;
        }
        let (coefficient, rest) = pool.coefficient(*term);
        let mut powers = Vec::new();
        for factor in pool.factors(&rest) {
            let (base, exponent) = pool.base(*factor);
            let n = pool.as_number(exponent).and_then(Number::to_i64);
            powers.push(match n.and_then(|n| u32::try_from(n).ok()) {
                Some(n) => (base, n),
                None => (*factor, 1),
            });
        }
        powers.sort_unstable();
        let gcd = powers.iter().fold(0, |gcd, (_, n)| num_integer::gcd(gcd, *n));
        let primitive: Vec<(ExprId, u32)> =
            powers.iter().map(|(symbol, n)| (*symbol, n / gcd.max(1))).collect();
        match &base {
            Some(known) if *known != primitive => return None,
            _ => base = Some(primitive),
        }
        terms.push((powers, coefficient.clone()));
    }
    let base = base?;
    let (_, unit) = base.first()?;
    let univariate = terms.iter().map(|(powers, c)| {
        (vec![powers.first().map_or(0, |(_, n)| n / unit)], c.clone())
    });
    Some((base.clone(), Polynomial::from_terms(1, univariate)?))
}

#[cfg(test)]
mod tests {
    use crate::evaluate::Range;
    use crate::kernel::{Assumption, Pool};
    use crate::syntax;
    use std::f64::consts::PI;

    #[test]
    fn bounds_hold() {
        let rows = [
            ("1 - x*y", 0.0, 1.0),
            ("cos(x)", 0.54, 1.0),
            ("cos(3*x)", -1.0, 1.0),
            ("sin(3*x)", 0.0, 1.0),
            ("x^2 - y", -1.0, 1.0),
            ("2*arctan(z)", -PI, PI),
            ("e^(-x)", 0.36, 1.0),
            ("1/(1 + x)", 0.49, 1.01),
            ("sqrt(x) + abs(x - 1)", 0.0, 2.0),
            ("cosh(z)", 0.0, f64::INFINITY),
            ("1/z", f64::NEG_INFINITY, f64::INFINITY),
        ];
        let mut pool = Pool::default();
        for name in ["x", "y"] {
            let within = Assumption {
                low: Some(0.0),
                high: Some(1.0),
                nonnegative: true,
                ..Assumption::default()
            };
            pool.assume(name, within);
        }
        for (text, low, high) in rows {
            let found = syntax::parse(text, &["x", "y", "z"])
                .and_then(|program| syntax::lower(&program, &[], &mut pool))
                .map(|lowered| Range::of(&pool, lowered.roots[0]));
            let holds = found
                .is_ok_and(|range| range.low >= low - 1e-6 && range.high <= high + 1e-6);
            assert!(holds, "{text}");
        }
    }
}
