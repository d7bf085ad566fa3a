//! Exact and approximate values over the complex numbers.

use super::engine::Engine;
use super::eval::DIGITS;
use crate::error::Result;
use crate::evaluate::{Approximate, Tape, complex_values, digits};
use crate::kernel::{ExprId, Node, Number, Pool};
use crate::syntax;
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

    /// The value of a constant over the complex numbers with so many significant digits in
    /// each part; in doubles where there are no more.
    ///
    /// # Errors
    /// A function that is not available, a value that is undefined.
    pub fn complex_decimal(&self, id: ExprId, count: usize) -> Result<String> {
        let found = digits::complex_decimal(
            &self.pool,
            id,
            count,
            syntax::in_normal_form,
            syntax::in_normal_form,
        );
        match found {
            Ok([re, im]) => Ok(joined(&re, &im)),
            Err(error) if error.kind.is_unsupported() && count <= DIGITS => {
                self.complex_double(id, count).ok_or(error)
            }
            Err(error) => Err(error),
        }
    }

    /// The same in doubles; parts that are nothing but rounding are left out.
    fn complex_double(&self, id: ExprId, count: usize) -> Option<String> {
        let found = self.complex_value(id);
        let part = |x: f64| {
            let size = found.error / x.abs();
            let sure = (-size.log10()).floor().max(1.0) as usize;
            match x.abs() <= 4.0 * found.error {
                true => "0".to_owned(),
                false => digits::rounded(x, sure.min(count)),
            }
        };
        found.is_known().then(|| joined(&part(found.value.re), &part(found.value.im)))
    }
}

/// A number by its parts.
fn joined(re: &str, im: &str) -> String {
    let times = |im: &str| if im == "1" { "i".to_owned() } else { format!("{im}*i") };
    match (re, im, im.strip_prefix('-')) {
        (_, "0", _) => re.to_owned(),
        ("0", _, None) => times(im),
        ("0", _, Some(size)) => format!("-{}", times(size)),
        (_, _, Some(size)) => format!("{re} - {}", times(size)),
        _ => format!("{re} + {}", times(im)),
    }
}
