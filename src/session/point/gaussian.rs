//! Exact and approximate values over the complex numbers.

use super::super::engine::Engine;
use super::eval::DIGITS;
use crate::check::{complex_parts, is_zero, over_kernels};
use crate::error::{ErrorKind, Result};
use crate::evaluate::{Approximate, Tape, complex_values, digits};
use crate::kernel::{ExprId, FunctionId, Node, Number, Pool};
use crate::print::{self, Notation};
use crate::simplify;
use crate::syntax;

/// With so many digits it is seen whether a divisor vanishes.
const FEW_DIGITS: usize = 6;

impl Engine {
    /// The exact value of a constant expression over the complex numbers; `None` where it is
    /// undefined.
    ///
    /// # Errors
    /// A limit, and a divisor of which digits do not tell whether it is 0.
    pub(in crate::session) fn complex_constant(
        &mut self,
        id: ExprId,
    ) -> Result<Option<ExprId>> {
        let found = simplify::settled(&mut self.pool, id);
        if found == Pool::UNDEFINED || self.divides_by_nothing(found)? {
            return Ok(None);
        }
        let simple = self.simplify(found)?;
        let value = simplify::settled(&mut self.pool, simple);
        if value == Pool::UNDEFINED || !self.pool.is_constant(value) {
            return Ok((value != Pool::UNDEFINED).then_some(value));
        }
        let kernels = over_kernels(&mut self.pool, value)?;
        let is_pole = kernels == Pool::UNDEFINED || self.divides_by_nothing(kernels)?;
        Ok((!is_pole).then_some(value))
    }

    /// Whether an expression divides by a constant that is 0, or takes the logarithm of one.
    fn divides_by_nothing(&mut self, id: ExprId) -> Result<bool> {
        for part in self.pool.reachable(&[id]) {
            let divisor = match self.pool.node(part) {
                Node::Power(base, exponent)
                    if self.pool.as_number(exponent).is_some_and(Number::is_negative) =>
                {
                    base
                }
                Node::Apply(FunctionId::LN, list) => self.pool.list(list)[0],
                _ => continue,
            };
            if !self.pool.is_constant(divisor)
                || self.pool.as_number(divisor).is_some_and(|n| !n.is_zero())
            {
                continue;
            }
            let digits = self.complex_decimal(divisor, FEW_DIGITS);
            if digits.is_ok_and(|digits| digits == "0") {
                if is_zero(&mut self.pool, divisor) {
                    return Ok(true);
                }
                let text = print::write(&self.pool, divisor, Notation::Text)?;
                let what = format!("digits do not tell whether `{text}` is 0");
                return Err(ErrorKind::Unsupported(what).into());
            }
        }
        Ok(false)
    }

    /// Whether a constant is no number off the real line, as far as doubles tell.
    pub(in crate::session) fn is_real(&self, id: ExprId) -> bool {
        let found = self.complex_value(id);
        !found.is_known() || found.value.im.abs() <= 4.0 * found.error
    }

    /// The value of a constant expression over the complex numbers.
    pub(in crate::session) fn complex_value(&self, id: ExprId) -> Approximate {
        let mut tape = Tape::default();
        let slots = tape.add_expressions(&self.pool, &[id]);
        let point = vec![f64::NAN.into(); tape.variables.len()];
        complex_values(&tape, &point, syntax::in_normal_form)[slots[0] as usize]
    }

    /// The value of a constant over the complex numbers with so many significant digits in
    /// each part; in doubles where there are no more.
    ///
    /// # Errors
    /// A function that is not available, a value that is undefined.
    pub fn complex_decimal(&self, id: ExprId, count: usize) -> Result<String> {
        match self.complex_parts(id, count) {
            Ok([re, im]) => Ok(digits::joined(&re, &im)),
            Err(error) if error.kind.is_unsupported() && count <= DIGITS => {
                self.complex_double(id, count).ok_or(error)
            }
            Err(error) => Err(error),
        }
    }

    /// Real and imaginary part of a constant, with so many significant digits each.
    ///
    /// # Errors
    /// As [`Engine::complex_decimal`].
    pub(in crate::session) fn complex_parts(
        &self,
        id: ExprId,
        count: usize,
    ) -> Result<[String; 2]> {
        complex_parts(&self.pool, id, count)
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
        found
            .is_known()
            .then(|| digits::joined(&part(found.value.re), &part(found.value.im)))
    }
}
