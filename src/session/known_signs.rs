//! Expressions as they are compared: signs and conditions that are known, and powers of complex
//! numbers whose angle is known as exponentials.

use super::engine::Engine;
use crate::function;
use crate::kernel::{ExprId, FunctionId, Node, Number, Pool, Relation};

impl Engine {
    /// An expression that is the same wherever it has a value, with less that is not known of
    /// it: `sign(erfc(x))` is 1, and `i^z` over the complex numbers `e^(i*pi*z/2)`.
    pub(super) fn as_compared(&mut self, id: ExprId) -> ExprId {
        let id = self.with_whole_steps(id);
        let is_complex = self.pool.is_complex();
        let mut found = Vec::new();
        for part in self.pool.reachable(&[id]) {
            let value = match is_complex {
                true => self.as_exponential(part),
                false => self.known_sign(part),
            };
            found.extend(value.map(|value| (part, value)));
        }
        match found.is_empty() {
            true => id,
            false => self.pool.substitute(&[id], &found, function::apply)[0],
        }
    }

    /// The value of a sign of what is positive, or of its comparison with 0.
    fn known_sign(&self, id: ExprId) -> Option<ExprId> {
        let Node::Apply(function, list) = self.pool.node(id) else { return None };
        let is_positive = |id: ExprId| {
            self.pool.is_positive(id)
                || matches!(self.pool.node(id), Node::Apply(inner, _)
                    if function::spec(inner).nonnegative
                        && function::spec(inner).nonzero)
        };
        let truth = |holds: bool| if holds { Pool::ONE } else { Pool::ZERO };
        match (Relation::of(function), self.pool.list(list)) {
            (None, [u]) if function == FunctionId::SIGN && is_positive(*u) => {
                Some(Pool::ONE)
            }
            (Some(relation), [u, Pool::ZERO]) if is_positive(*u) => match relation {
                Relation::NotEqual => Some(truth(true)),
                Relation::Less | Relation::LessEqual | Relation::Equal => {
                    Some(truth(false))
                }
                Relation::And | Relation::Or => None,
            },
            (Some(relation), [Pool::ZERO, u]) if is_positive(*u) => match relation {
                Relation::NotEqual | Relation::Less | Relation::LessEqual => {
                    Some(truth(true))
                }
                Relation::Equal => Some(truth(false)),
                Relation::And | Relation::Or => None,
            },
            _ => None,
        }
    }

    /// A power of a complex number on an axis or a diagonal as an exponential.
    fn as_exponential(&mut self, id: ExprId) -> Option<ExprId> {
        let Node::Power(base, exponent) = self.pool.node(id) else { return None };
        if self.pool.is_integer(exponent) || self.pool.as_number(exponent).is_some() {
            return None;
        }
        let [re, im] = self.parts(base)?;
        let signs = [&re, &im].map(|part| match (part.is_zero(), part.is_negative()) {
            (true, _) => 0,
            (false, true) => -1,
            (false, false) => 1,
        });
        // In eighths of a turn.
        let eighths = match signs {
            [1, 1] => 1,
            [0, 1] => 2,
            [-1, 1] => 3,
            [-1, 0] => 4,
            [-1, -1] => -3,
            [0, -1] => -2,
            [1, -1] => -1,
            _ => return None,
        };
        let is_diagonal = !re.is_zero() && !im.is_zero();
        if is_diagonal && re.abs() != im.abs() {
            return None;
        }
        let size = if re.is_zero() { im.abs() } else { re.abs() };
        let square = size.mul(&size);
        let square = if is_diagonal { square.mul(&Number::from(2)) } else { square };
        let square = self.pool.number(square);
        let log = function::apply(&mut self.pool, FunctionId::LN, &[square]);
        let half = Number::ratio(1, 2)?;
        let real = self.pool.scale(&half, log);
        let unit = self.pool.imaginary_unit();
        let angle = self.pool.scale(&Number::ratio(eighths, 4)?, Pool::PI);
        let imaginary = self.pool.product(&[angle, unit]);
        let whole = self.pool.sum(&[real, imaginary]);
        let whole = self.pool.product(&[whole, exponent]);
        Some(self.pool.power(Pool::E, whole))
    }

    /// The real and the imaginary part of a complex number whose parts are fractions.
    fn parts(&mut self, id: ExprId) -> Option<[Number; 2]> {
        let unit = self.pool.imaginary_unit();
        let terms = match self.pool.node(id) {
            Node::Sum(list) => self.pool.list(list).to_vec(),
            _ => vec![id],
        };
        let mut parts = [Number::ZERO; 2];
        for term in terms {
            let (place, value) = match self.pool.as_number(term) {
                Some(number) => (0, number.clone()),
                None => {
                    let (number, rest) = self.pool.coefficient(term);
                    (rest == unit).then_some((1, number.clone()))?
                }
            };
            parts[place] = parts[place].add(&value);
        }
        Some(parts)
    }
}
