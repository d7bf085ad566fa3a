//! Exact and approximate values over the complex numbers.

use super::engine::Engine;
use crate::evaluate::{Approximate, Tape, complex_values, digits};
use crate::kernel::{ExprId, Node, Number, Pool};
use rustc_hash::FxHashMap;

/// The highest power that is multiplied out.
const MAX_POWER: i64 = 4096;

/// A number `a + b*i` with rational a and b.
type Gaussian = (Number, Number);

fn multiply(x: &Gaussian, y: &Gaussian) -> Gaussian {
    let real = x.0.mul(&y.0).sub(&x.1.mul(&y.1));
    (real, x.0.mul(&y.1).add(&x.1.mul(&y.0)))
}

fn power(x: &Gaussian, n: i64) -> Option<Gaussian> {
    let mut result = (Number::ONE, Number::ZERO);
    for _ in 0..n.unsigned_abs() {
        result = multiply(&result, x);
    }
    if n >= 0 {
        return Some(result);
    }
    let norm = result.0.mul(&result.0).add(&result.1.mul(&result.1)).recip()?;
    Some((result.0.mul(&norm), result.1.neg().mul(&norm)))
}

impl Engine {
    /// A constant as `a + b*i` with rational a and b, when it is one.
    pub(super) fn as_gaussian(&mut self, id: ExprId) -> Option<ExprId> {
        let pool = &self.pool;
        let mut known: FxHashMap<ExprId, Gaussian> = FxHashMap::default();
        for node in pool.reachable(&[id]) {
            let get = |id: &ExprId| known.get(id).cloned();
            let value = match pool.node(node) {
                Node::Number(n) => (pool.number_at(n).clone(), Number::ZERO),
                Node::Sum(list) => {
                    let zero = (Number::ZERO, Number::ZERO);
                    pool.list(list).iter().try_fold(zero, |sum, term| {
                        let term = get(term)?;
                        Some((sum.0.add(&term.0), sum.1.add(&term.1)))
                    })?
                }
                Node::Product(list) => {
                    let one = (Number::ONE, Number::ZERO);
                    let factors = &mut pool.list(list).iter();
                    factors.try_fold(one, |all, f| Some(multiply(&all, &get(f)?)))?
                }
                Node::Multiple(n, rest) => {
                    multiply(&(pool.number_at(n).clone(), Number::ZERO), &get(&rest)?)
                }
                Node::Power(Pool::MINUS_ONE, Pool::HALF) => (Number::ZERO, Number::ONE),
                Node::Power(base, exponent) => {
                    let n = pool.as_number(exponent)?.to_i64()?;
                    power(&get(&base)?, (n.abs() <= MAX_POWER).then_some(n)?)?
                }
                _ => return None,
            };
            known.insert(node, value);
        }
        let (real, imaginary) = known.remove(&id)?;
        let unit = self.pool.imaginary_unit();
        let imaginary = self.pool.scale(&imaginary, unit);
        let real = self.pool.number(real);
        Some(self.pool.sum(&[real, imaginary]))
    }

    /// The value of a constant expression over the complex numbers.
    pub(super) fn complex_value(&self, id: ExprId) -> Approximate {
        let mut tape = Tape::default();
        let slots = tape.add_expressions(&self.pool, &[id]);
        let point = vec![f64::NAN; tape.variables.len()];
        complex_values(&tape, &point)[slots[0] as usize]
    }

    /// The decimal value of a constant over the complex numbers, `None` when there is none;
    /// parts that are nothing but rounding are left out.
    pub fn complex_decimal(&self, id: ExprId) -> Option<String> {
        let found = self.complex_value(id);
        let part = |x: f64| if x.abs() <= 4.0 * found.error { 0.0 } else { x };
        let (re, im) = (part(found.value.re), part(found.value.im));
        found.is_known().then(|| match (re == 0.0, im == 0.0) {
            (_, true) => digits::short(re),
            (true, false) => format!("{}*i", digits::short(im)),
            _ if im < 0.0 => format!("{} - {}*i", digits::short(re), digits::short(-im)),
            _ => format!("{} + {}*i", digits::short(re), digits::short(im)),
        })
    }
}
