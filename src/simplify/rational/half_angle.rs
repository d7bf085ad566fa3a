//! Circular and hyperbolic functions of commensurable angles as rational functions of one
//! tangent, between which everything cancels that can, and back.
//!
//! With `t = tan(u/2)`, `sin(u) = 2*t/(1 + t^2)` and `cos(u) = (1 - t^2)/(1 + t^2)` (the
//! substitution of Weierstrass). A factor of degree d in t is a form of degree d in
//! `sin(u/2)` and `cos(u/2)`, and forms of even degree are polynomials in `sin(u)` and
//! `cos(u)`. What cancelled is in lowest terms, so no point is lost.

use super::factored::{Factored, Ring};
use super::generators::{Choice, Generators, outer_nodes};
use super::powers::Powers;
use crate::function;
use crate::kernel::{ExprId, Node, Number, Pool};
use crate::polynomial::Work;
use crate::simplify::expand::expand_all;
use crate::simplify::families::family;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

/// Expressions above this cost are left alone.
const MAX_COST: u32 = 600;
/// Higher multiples of an angle are not taken apart.
const MAX_MULTIPLE: i64 = 6;
/// Forms of higher degree in the half angle are left alone.
const MAX_DEGREE: u32 = 16;
/// Factors with more terms than this are not multiplied out on the way back.
const MAX_TERMS: usize = 60;

/// The names of sine, cosine and tangent, and the sign of `t^2` in `cos(u)`.
struct Kind {
    names: [&'static str; 3],
    sign: i64,
}

const KINDS: [Kind; 2] = [
    Kind { names: ["sin", "cos", "tan"], sign: 1 },
    Kind { names: ["sinh", "cosh", "tanh"], sign: -1 },
];

/// The angles of one kind in an expression, multiples of one.
struct Angles {
    kind: &'static Kind,
    /// The functions with the multiples of the least angle.
    functions: Vec<(ExprId, &'static str, i64)>,
    /// The least angle.
    angle: ExprId,
}

/// The same expression with all that cancels between functions of commensurable angles
/// cancelled; `None` when there is nothing of the kind.
pub(super) fn over_one_angle(
    pool: &mut Pool,
    id: ExprId,
    work: &mut Work,
) -> Option<ExprId> {
    if pool.cost(id) > MAX_COST {
        return None;
    }
    KINDS.iter().find_map(|kind| {
        let angles = Angles::new(pool, id, kind)?;
        angles.rewritten(pool, id, work)
    })
}

impl Angles {
    fn new(pool: &mut Pool, id: ExprId, kind: &'static Kind) -> Option<Self> {
        let first = if kind.sign > 0 { 0 } else { 3 };
        let mut found: Vec<(ExprId, &'static str, Number, ExprId)> = Vec::new();
        for node in outer_nodes(pool, id) {
            let Some((place, name, argument)) = family(pool, node) else { continue };
            if (first..first + 3).contains(&place) {
                let (n, base) = content(pool, argument);
                found.push((node, name, n, base));
            }
        }
        // The angle that occurs most; functions of others are kernels like any other.
        let count = |base: ExprId| found.iter().filter(|part| part.3 == base).count();
        let base = found.iter().rev().max_by_key(|part| count(part.3))?.3;
        found.retain(|part| part.3 == base);
        let least = found.iter().fold(Number::ZERO, |gcd, part| gcd.gcd(&part.2));
        let inverse = least.recip()?;
        let mut functions = Vec::with_capacity(found.len());
        for (node, name, n, _) in found {
            let multiple = n.mul(&inverse).to_i64()?;
            if multiple.abs() > MAX_MULTIPLE {
                return None;
            }
            functions.push((node, name, multiple));
        }
        let angle = pool.scale(&least, base);
        let angles = Self { kind, functions, angle };
        angles.is_worth_it(pool, id).then_some(angles)
    }

    /// Whether something could cancel that does not so anyway: there are different angles, or
    /// a denominator is a sum with different functions. Roots of functions are left alone.
    fn is_worth_it(&self, pool: &Pool, id: ExprId) -> bool {
        let holds = |inner: ExprId| {
            let ids = pool.reachable(&[inner]);
            let here = self.functions.iter().filter(|f| ids.contains(&f.0));
            let mut names: SmallVec<[&str; 4]> = here.map(|f| f.1).collect();
            names.sort_unstable();
            names.dedup();
            names.len()
        };
        let mut mixed = self.functions.iter().any(|f| f.2 != self.functions[0].2);
        for node in outer_nodes(pool, id) {
            let Node::Power(base, exponent) = pool.node(node) else { continue };
            let n = pool.as_number(exponent);
            let is_sum = matches!(pool.node(base), Node::Sum(_));
            match n {
                Some(n) if n.is_integer() => {
                    mixed |= n.is_negative() && is_sum && holds(base) > 1;
                }
                _ if holds(node) > 0 => return false,
                _ => {}
            }
        }
        mixed
    }

    fn applied(&self, pool: &mut Pool, name: usize, angle: ExprId) -> Option<ExprId> {
        let function = function::lookup(self.kind.names[name], 1)?;
        Some(function::apply(pool, function, &[angle]))
    }

    fn rewritten(&self, pool: &mut Pool, id: ExprId, work: &mut Work) -> Option<ExprId> {
        let half = pool.scale(&Number::HALF, self.angle);
        let tangent = function::lookup(self.kind.names[2], 1)?;
        let t = function::application(pool, tangent, &[half]);
        let mut map: FxHashMap<ExprId, ExprId> = FxHashMap::default();
        for (node, name, multiple) in &self.functions {
            let value = self.quotient(pool, t, name, *multiple)?;
            map.insert(*node, value);
        }
        for node in outer_nodes(pool, id) {
            if map.contains_key(&node) || matches!(pool.node(node), Node::Apply(..)) {
                continue;
            }
            let get = |child: ExprId| map.get(&child).copied().unwrap_or(child);
            let new = pool.rebuild(node, get);
            map.insert(node, new);
        }
        let over = map.get(&id).copied()?;
        let generators = Generators::new(pool, over, Choice::OWN)?;
        let place = generators.ids.iter().position(|known| *known == t)?;
        let mut ring = Ring::new(generators, work);
        let value = ring.value(pool, over).ok()??;
        let (unit, powers) = self.lowest(&mut ring, value)?;
        self.back(pool, &ring, place, unit, &powers)
    }

    fn lowest(&self, ring: &mut Ring<'_>, value: Factored) -> Option<(Number, Powers)> {
        if value.rest.is_zero() {
            return Some((Number::ZERO, Powers::new()));
        }
        ring.taken_apart(value).ok()?
    }

    /// A function of a multiple of the angle over the tangent of its half: the parts of
    /// `(1 + i*t)^(2*k)` by `(1 + t^2)^k`.
    fn quotient(
        &self,
        pool: &mut Pool,
        t: ExprId,
        name: &str,
        multiple: i64,
    ) -> Option<ExprId> {
        let sign = self.kind.sign;
        let (mut even, mut odd) = (Vec::new(), Vec::new());
        let mut binomial = Number::ONE;
        let degree = 2 * multiple.abs();
        for n in 0..=degree {
            let turn =
                if sign > 0 && n % 4 > 1 { Number::MINUS_ONE } else { Number::ONE };
            let power = pool.integer_power(t, n);
            let terms = if n % 2 == 0 { &mut even } else { &mut odd };
            terms.push((binomial.mul(&turn), power));
            binomial = binomial
                .mul(&Number::from(degree - n))
                .mul(&Number::ratio(1, n + 1).unwrap_or(Number::ONE));
        }
        let cosine = pool.weighted_sum(&even);
        let sine = pool.weighted_sum(&odd);
        let sine = if multiple < 0 { pool.negate(sine) } else { sine };
        let square = pool.integer_power(t, 2);
        let below =
            pool.weighted_sum(&[(Number::ONE, Pool::ONE), (Number::from(sign), square)]);
        let below = pool.integer_power(below, multiple.abs());
        let (above, below) = match name.trim_end_matches('h') {
            "sin" => (sine, below),
            "cos" => (cosine, below),
            "tan" => (sine, cosine),
            "cot" => (cosine, sine),
            "sec" => (below, cosine),
            "csc" => (below, sine),
            _ => return None,
        };
        let inverse = pool.power(below, Pool::MINUS_ONE);
        Some(pool.product(&[above, inverse]))
    }

    /// A number and powers of factors over functions of the angle.
    fn back(
        &self,
        pool: &mut Pool,
        ring: &Ring<'_>,
        t: usize,
        unit: Number,
        powers: &Powers,
    ) -> Option<ExprId> {
        let mut factors: Vec<ExprId> = Vec::new();
        let mut forms: Vec<(Form, i64)> = Vec::new();
        let mut at_infinity = 0;
        for (place, n) in powers.iter() {
            let form = Form::new(pool, ring, place, t);
            let degree = form.degree();
            at_infinity -= i64::from(degree) * n;
            if form.is_one_plus_square(pool, self.kind.sign) {
                continue;
            }
            match degree {
                0 => {
                    let plain = form.0.first().map_or(Pool::ONE, |part| *part);
                    factors.push(pool.integer_power(plain, n));
                }
                1..=MAX_DEGREE => forms.push((form, n)),
                _ => return None,
            }
        }
        forms.push((Form(vec![Pool::ONE, Pool::ZERO]), at_infinity));
        // What is left of odd degree above and below.
        let (mut above, mut below) = (Form(vec![Pool::ONE]), Form(vec![Pool::ONE]));
        for (form, n) in forms {
            if form.degree() % 2 == 0 {
                let value = self.even(pool, &form)?;
                factors.push(pool.integer_power(value, n));
                continue;
            }
            let pairs = n / 2;
            if pairs != 0 {
                let square = form.times(pool, &form);
                let value = self.even(pool, &square)?;
                factors.push(pool.integer_power(value, pairs));
            }
            match n % 2 {
                1 => above = above.times(pool, &form),
                -1 => below = below.times(pool, &form),
                _ => {}
            }
        }
        if above.degree() % 2 == 1 {
            above = above.times(pool, &below);
            below = below.times(pool, &below);
        }
        let (above, below) = (self.even(pool, &above)?, self.even(pool, &below)?);
        factors.push(above);
        factors.push(pool.power(below, Pool::MINUS_ONE));
        Some(pool.product_with(unit, &factors))
    }

    /// A form of even degree in sine and cosine of the half angle over those of the angle.
    fn even(&self, pool: &mut Pool, form: &Form) -> Option<ExprId> {
        if form.degree() > 2 * MAX_DEGREE {
            return None;
        }
        let sine = self.applied(pool, 0, self.angle)?;
        let cosine = self.applied(pool, 1, self.angle)?;
        let half = Number::HALF;
        let sign = Number::from(self.kind.sign);
        let squares = [
            pool.weighted_sum(&[
                (half.mul(&sign), Pool::ONE),
                (half.mul(&sign).neg(), cosine),
            ]),
            pool.weighted_sum(&[(half.clone(), Pool::ONE), (half.clone(), cosine)]),
        ];
        let product = pool.scale(&half, sine);
        let degree = i64::from(form.degree());
        let mut terms = Vec::new();
        for (n, coefficient) in (0..).zip(&form.0) {
            let odd = n % 2 == 1;
            let (j, k) = (n / 2, (degree - n) / 2);
            let mut factors = vec![
                *coefficient,
                pool.integer_power(squares[0], j),
                pool.integer_power(squares[1], k),
            ];
            if odd {
                factors.push(product);
            }
            terms.push(pool.product(&factors));
        }
        let sum = pool.sum(&terms);
        expand_all(pool, sum, MAX_TERMS)
    }
}

/// A form in sine and cosine of an angle: the coefficients of the powers of the sine.
struct Form(Vec<ExprId>);

impl Form {
    fn new(pool: &mut Pool, ring: &Ring<'_>, place: usize, t: usize) -> Self {
        let p = &ring.factors[place];
        let mut coefficients = vec![Pool::ZERO; p.degree(t) as usize + 1];
        for (n, part) in p.coefficients_in(t) {
            coefficients[n as usize] = super::output::sum_of(pool, ring, &part);
        }
        Self(coefficients)
    }

    fn degree(&self) -> u32 {
        self.0.len().saturating_sub(1) as u32
    }

    /// Whether this is `cos^2 + sin^2`, or `cosh^2 - sinh^2`.
    fn is_one_plus_square(&self, pool: &Pool, sign: i64) -> bool {
        let number = |id: &ExprId| pool.as_number(*id).cloned();
        match &self.0[..] {
            [a, b, c] if *b == Pool::ZERO => match (number(a), number(c)) {
                (Some(a), Some(c)) => a.is_one() && c == Number::from(sign),
                _ => false,
            },
            _ => false,
        }
    }

    fn times(&self, pool: &mut Pool, other: &Self) -> Self {
        let mut terms: Vec<Vec<ExprId>> =
            vec![Vec::new(); self.0.len() + other.0.len() - 1];
        for (i, a) in self.0.iter().enumerate() {
            for (k, b) in other.0.iter().enumerate() {
                let product = pool.product(&[*a, *b]);
                terms[i + k].push(product);
            }
        }
        Self(terms.iter().map(|terms| pool.sum(terms)).collect())
    }
}

/// An angle as a number times a sum without numeric content.
fn content(pool: &mut Pool, angle: ExprId) -> (Number, ExprId) {
    let (n, rest) = pool.coefficient(angle);
    let n = n.clone();
    let Node::Sum(list) = pool.node(rest) else { return (n, rest) };
    let terms = pool.list(list).to_vec();
    let coefficient = |pool: &Pool, term: &ExprId| {
        pool.as_number(*term).unwrap_or(pool.coefficient(*term).0).abs()
    };
    let gcd = terms.iter().fold(Number::ZERO, |gcd, term| {
        let c = coefficient(pool, term);
        gcd.gcd(&c)
    });
    let Some(inverse) = gcd.recip() else { return (n, rest) };
    let parts: Vec<(Number, ExprId)> =
        terms.into_iter().map(|term| (inverse.clone(), term)).collect();
    (n.mul(&gcd), pool.weighted_sum(&parts))
}
