//! Constants made of roots and of sines and cosines of rational parts of a turn: whether one is 0
//! is decided in the field of the roots of unity.
//!
//! With `z = e^(2*pi*i/n)`, elements are polynomials in z modulo `z^n - 1`. One of them is 0 at z
//! if and only if its product with all `z^(n/p) - 1`, for the primes p that divide n, is the
//! polynomial 0: that factor is 0 at all roots of `z^n - 1` that are no primitive ones, and at no
//! primitive one. The root of a prime is a sum of Gauss (Ireland and Rosen, "A Classical
//! Introduction to Modern Number Theory", chapter 6).

use crate::evaluate::{Tape, nice, values};
use crate::function;
use crate::kernel::{ExprId, Node, Number, Pool};

/// The greatest order of roots of unity.
const MOST: i64 = 840;
/// The greatest exponent, and the greatest number under a root.
const MOST_POWER: i64 = 16;
const MOST_RADICAND: i64 = 10_000;
/// How near doubles are to a number that a constant may be.
const REACH: f64 = 1e-12;
/// How many products of coefficients are formed.
const WORK: usize = 4_000_000;

/// The short rational number that a constant with sines and cosines of rational parts of a turn
/// is, if it is one.
pub fn rational(pool: &mut Pool, id: ExprId) -> Option<Number> {
    if !pool.is_constant(id) || !has_waves(pool, id) {
        return None;
    }
    let mut tape = Tape::default();
    let slot = *tape.add_expressions(pool, &[id]).first()?;
    let near = *values(&tape, &[]).get(slot as usize)?;
    let near = nice(pool, near, REACH)?;
    let number = pool.as_number(near)?.clone();
    let gap = pool.difference(id, near);
    (vanishes(pool, gap) == Some(true)).then_some(number)
}

fn has_waves(pool: &Pool, id: ExprId) -> bool {
    pool.reachable(&[id]).into_iter().any(|id| wave(pool, id).is_some())
}

/// Whether a constant is 0; `None` where it is made of something else, or is too long.
pub fn vanishes(pool: &Pool, id: ExprId) -> Option<bool> {
    let mut order = 4;
    let mut has_waves = false;
    for id in pool.reachable(&[id]) {
        if let Some(turns) = wave(pool, id).map(|(_, turns)| turns) {
            let below = turns.denominator().to_i64()?;
            (order, has_waves) = (common(order, below)?, true);
        }
        if let Some((above, below)) = radicand(pool, id) {
            for (prime, _) in primes(above.checked_mul(below)?) {
                order = common(order, if prime == 2 { 8 } else { prime })?;
            }
        }
    }
    if !has_waves {
        return None;
    }
    let mut field = Field { pool, order: usize::try_from(order).ok()?, left: WORK };
    let value = field.value(id)?;
    field.is_nothing(&value.above)
}

/// The least number of which two are divisors, if it is not too great.
fn common(one: i64, other: i64) -> Option<i64> {
    let found = num_integer::lcm(one, other.abs().min(MOST + 1));
    (found <= MOST).then_some(found)
}

/// The prime factors of a number that is not great, and how often each is one.
fn primes(mut n: i64) -> Vec<(i64, u32)> {
    let mut found = Vec::new();
    let mut prime = 2;
    while prime * prime <= n {
        let mut count = 0;
        while n % prime == 0 {
            (n, count) = (n / prime, count + 1);
        }
        if count > 0 {
            found.push((prime, count));
        }
        prime += 1;
    }
    if n > 1 {
        found.push((n, 1));
    }
    found
}

/// A circular function of a rational part of a turn: its place in the row and the part.
fn wave(pool: &Pool, id: ExprId) -> Option<(Wave, Number)> {
    let Node::Apply(function, list) = pool.node(id) else { return None };
    if !function.is_builtin() {
        return None;
    }
    let (above, below) = match function::spec(function).name {
        "sin" => (Some(false), None),
        "cos" => (Some(true), None),
        "tan" => (Some(false), Some(true)),
        "cot" => (Some(true), Some(false)),
        "sec" => (None, Some(true)),
        "csc" => (None, Some(false)),
        _ => return None,
    };
    let [angle] = *pool.list(list) else { return None };
    let (half_turns, rest) = pool.coefficient(angle);
    let wave = Wave { above, below };
    (rest == Pool::PI).then(|| (wave, half_turns.mul(&Number::HALF)))
}

/// What stands above and below the line: a cosine, a sine, or 1.
struct Wave {
    above: Option<bool>,
    below: Option<bool>,
}

/// The numerator and the denominator of a positive number of which the root is taken, or an odd
/// power of it.
fn radicand(pool: &Pool, id: ExprId) -> Option<(i64, i64)> {
    let Node::Power(base, exponent) = pool.node(id) else { return None };
    let base = pool.as_number(base).filter(|base| base.is_positive())?;
    let twice = pool.as_number(exponent)?.mul(&Number::from(2));
    if !twice.is_integer() || !twice.is_odd() {
        return None;
    }
    let below = base.denominator();
    let above = base.mul(&below).to_i64()?;
    let below = below.to_i64()?;
    (above.max(below) <= MOST_RADICAND).then_some((above, below))
}

/// A polynomial in a root of unity: its coefficients.
type Element = Vec<Number>;

/// A quotient of two, of which the second is not 0.
struct Quotient {
    above: Element,
    below: Element,
}

struct Field<'p> {
    pool: &'p Pool,
    order: usize,
    left: usize,
}

impl Field<'_> {
    fn value(&mut self, id: ExprId) -> Option<Quotient> {
        if let Some(number) = self.pool.as_number(id) {
            return Some(self.whole(self.at(&[(0, number.clone())])));
        }
        if let Some((wave, turns)) = wave(self.pool, id) {
            let [above, below] =
                [wave.above, wave.below].map(|part| self.part(part, &turns));
            let (above, below) = (above?, below?);
            return self.quotient(above, below);
        }
        let (factor, rest) = self.pool.coefficient(id);
        if rest != id {
            let factor = self.at(&[(0, factor.clone())]);
            let value = self.value(rest)?;
            return Some(Quotient {
                above: self.product(&factor, &value.above)?,
                ..value
            });
        }
        match self.pool.node(id) {
            Node::Sum(list) => {
                let mut all = self.whole(self.at(&[]));
                for term in self.pool.list(list).to_vec() {
                    let value = self.value(term)?;
                    let one = self.product(&all.above, &value.below)?;
                    let other = self.product(&value.above, &all.below)?;
                    let above = one.iter().zip(&other).map(|(a, b)| a.add(b)).collect();
                    all = Quotient {
                        above,
                        below: self.product(&all.below, &value.below)?,
                    };
                }
                Some(all)
            }
            Node::Product(list) => {
                let mut all = self.whole(self.one());
                for factor in self.pool.list(list).to_vec() {
                    let value = self.value(factor)?;
                    all = self.times(&all, &value)?;
                }
                Some(all)
            }
            Node::Power(base, exponent) => {
                let exponent = self.pool.as_number(exponent)?.clone();
                let (unit, times) = match radicand(self.pool, id) {
                    Some((above, below)) => {
                        // The root of a quotient is that of a product over a number.
                        let root = self.root(above.checked_mul(below)?)?;
                        let below = self.at(&[(0, Number::from(below))]);
                        let unit = self.quotient(root, below)?;
                        (unit, exponent.mul(&Number::from(2)).to_i64()?)
                    }
                    None => (self.value(base)?, exponent.to_i64()?),
                };
                if times.abs() > MOST_POWER {
                    return None;
                }
                let unit = match times < 0 {
                    true => self.quotient(unit.below, unit.above)?,
                    false => unit,
                };
                let mut all = self.whole(self.one());
                for _ in 0..times.abs() {
                    all = self.times(&all, &unit)?;
                }
                Some(all)
            }
            _ => None,
        }
    }

    /// The polynomial with these terms.
    fn at(&self, terms: &[(i64, Number)]) -> Element {
        let mut found = vec![Number::ZERO; self.order];
        for (exponent, coefficient) in terms {
            let place = exponent.rem_euclid(self.order as i64) as usize;
            found[place] = found[place].add(coefficient);
        }
        found
    }

    fn one(&self) -> Element {
        self.at(&[(0, Number::ONE)])
    }

    fn whole(&self, above: Element) -> Quotient {
        Quotient { above, below: self.one() }
    }

    fn quotient(&mut self, above: Element, below: Element) -> Option<Quotient> {
        (!self.is_nothing(&below)?).then_some(Quotient { above, below })
    }

    fn times(&mut self, one: &Quotient, other: &Quotient) -> Option<Quotient> {
        Some(Quotient {
            above: self.product(&one.above, &other.above)?,
            below: self.product(&one.below, &other.below)?,
        })
    }

    fn product(&mut self, one: &[Number], other: &[Number]) -> Option<Element> {
        let terms = |list: &[Number]| list.iter().filter(|c| !c.is_zero()).count();
        self.left = self.left.checked_sub(self.order + terms(one) * terms(other))?;
        let mut found = vec![Number::ZERO; self.order];
        for (i, a) in one.iter().enumerate().filter(|(_, a)| !a.is_zero()) {
            for (j, b) in other.iter().enumerate().filter(|(_, b)| !b.is_zero()) {
                let place = (i + j) % self.order;
                found[place] = found[place].add(&a.mul(b));
            }
        }
        Some(found)
    }

    /// A cosine or a sine of a part of a turn, or 1.
    fn part(&self, is_cosine: Option<bool>, turns: &Number) -> Option<Element> {
        let Some(is_cosine) = is_cosine else { return Some(self.one()) };
        let order = self.order as i64;
        let place = turns.mul(&Number::from(order)).to_i64()?;
        let half = Number::HALF;
        // `sin(a)` is `(z^a - z^(-a))/(2*i)`, and `1/i` is a quarter turn back.
        Some(match is_cosine {
            true => self.at(&[(place, half.clone()), (-place, half)]),
            false => {
                let back = order / 4;
                self.at(&[(place - back, half.clone()), (-place - back, half.neg())])
            }
        })
    }

    /// The root of a positive whole number.
    fn root(&mut self, n: i64) -> Option<Element> {
        let mut found = self.one();
        for (prime, count) in primes(n) {
            let whole = Number::from(prime.checked_pow(count / 2)?);
            found = self.product(&found, &self.at(&[(0, whole)]))?;
            if count % 2 == 1 {
                found = self.product(&found, &self.prime_root(prime))?;
            }
        }
        Some(found)
    }

    /// The root of a prime.
    fn prime_root(&self, prime: i64) -> Element {
        let order = self.order as i64;
        if prime == 2 {
            return self.at(&[(order / 8, Number::ONE), (-order / 8, Number::ONE)]);
        }
        let back = if prime % 4 == 1 { 0 } else { order / 4 };
        let square = |k: i64| (k * k % prime * (order / prime) - back, Number::ONE);
        self.at(&(0..prime).map(square).collect::<Vec<_>>())
    }

    /// Whether a polynomial is 0 at a primitive root of unity.
    fn is_nothing(&mut self, element: &[Number]) -> Option<bool> {
        let order = self.order as i64;
        let mut product = element.to_vec();
        for (prime, _) in primes(order) {
            let factor = self.at(&[(order / prime, Number::ONE), (0, Number::from(-1))]);
            product = self.product(&product, &factor)?;
        }
        Some(product.iter().all(Number::is_zero))
    }
}

#[cfg(test)]
mod tests {
    use super::vanishes;
    use crate::kernel::Pool;
    use crate::syntax;

    #[test]
    fn roots_of_unity_are_decided() {
        let rows = [
            ("cos(pi/7)*cos(2*pi/7)*cos(3*pi/7) - 1/8", Some(true)),
            ("cos(pi/7)*cos(2*pi/7)*cos(3*pi/7) - 1/8 - 10^(-40)", Some(false)),
            ("sin(pi/7)*sin(2*pi/7)*sin(3*pi/7) - sqrt(7)/8", Some(true)),
            ("sin(pi/7)*sin(2*pi/7)*sin(3*pi/7) + sqrt(7)/8", Some(false)),
            ("cos(2*pi/7) + cos(4*pi/7) + cos(6*pi/7) + 1/2", Some(true)),
            ("tan(3*pi/11) + 4*sin(2*pi/11) - sqrt(11)", Some(true)),
            ("tan(3*pi/11) + 4*sin(3*pi/11) - sqrt(11)", Some(false)),
            ("tan(pi/7)*tan(2*pi/7)*tan(3*pi/7) - sqrt(7)", Some(true)),
            ("cos(2*pi/13) + cos(6*pi/13) + cos(8*pi/13) - (sqrt(13) - 1)/4", Some(true)),
            ("1/cos(pi/9) - sqrt(2)", Some(false)),
            ("cos(pi/7) - e", None),
            ("sqrt(2) - 1", None),
        ];
        for (text, expected) in rows {
            let mut pool = Pool::default();
            let found = syntax::parse(text, &[])
                .and_then(|program| syntax::lower(&program, &[], &mut pool))
                .ok()
                .and_then(|lowered| vanishes(&pool, lowered.roots[0]));
            assert_eq!(found, expected, "{text}");
        }
    }
}
