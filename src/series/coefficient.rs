//! Coefficients of series: exact rationals without the pool, anything else as an expression.

use crate::kernel::{ExprId, Number, Pool, Tally};

/// What a word of 64 bits in both of two numbers counts for in their product, beside that of
/// short numbers.
const LONG: u64 = 4;
/// What an expression counts for in a product.
const EXPRESSION: u64 = 8;

/// A coefficient. Invariant: an expression is not a number of the pool.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Coefficient {
    /// A rational number.
    Number(Number),
    /// Any other expression in which no variable of the series occurs.
    Expression(ExprId),
}

impl Coefficient {
    /// The coefficient that is an expression of the pool.
    pub(super) fn of(pool: &Pool, id: ExprId) -> Self {
        match pool.as_number(id) {
            Some(value) => Self::Number(value.clone()),
            None => Self::Expression(id),
        }
    }

    /// The expression.
    pub(super) fn id(&self, pool: &mut Pool) -> ExprId {
        match self {
            Self::Number(value) => pool.number(value.clone()),
            Self::Expression(id) => *id,
        }
    }

    /// Whether it is the number 0; an expression may be 0 without being seen to be.
    pub(super) fn is_plain_zero(&self) -> bool {
        matches!(self, Self::Number(value) if value.is_zero())
    }

    /// The product of two.
    pub(super) fn times(&self, other: &Self, pool: &mut Pool) -> Self {
        match (self, other) {
            (Self::Number(a), Self::Number(b)) => Self::Number(a.mul(b)),
            (Self::Number(n), Self::Expression(id))
            | (Self::Expression(id), Self::Number(n)) => {
                let product = pool.scale(n, *id);
                Self::of(pool, product)
            }
            (Self::Expression(a), Self::Expression(b)) => {
                let product = pool.product(&[*a, *b]);
                Self::of(pool, product)
            }
        }
    }

    /// `1/self`; undefined in the pool for zero.
    pub(super) fn inverse(&self, pool: &mut Pool) -> Self {
        match self {
            Self::Number(value) => match value.recip() {
                Some(inverse) => Self::Number(inverse),
                None => Self::Expression(Pool::UNDEFINED),
            },
            Self::Expression(id) => {
                let inverse = pool.power(*id, Pool::MINUS_ONE);
                Self::of(pool, inverse)
            }
        }
    }

    /// What a product of two counts for, and that it is added to others: numbers are brought to
    /// lowest terms, which takes the square of their length.
    pub(super) fn cost_of_product(&self, other: &Self) -> u64 {
        match (self.words(), other.words()) {
            (Some(1), Some(1)) => 1,
            (Some(a), Some(b)) => LONG * (a + b - 1).saturating_pow(2),
            (Some(n), None) | (None, Some(n)) => n * EXPRESSION,
            (None, None) => EXPRESSION * EXPRESSION,
        }
    }

    /// The length of a number.
    fn words(&self) -> Option<u64> {
        match self {
            Self::Number(Number::Small(..)) => Some(1),
            Self::Number(value) => Some(1 + value.bits() / 64),
            Self::Expression(_) => None,
        }
    }
}

/// A sum of products that is put together once, at its end.
#[derive(Clone, Debug, Default)]
pub(super) struct Total {
    number: Tally,
    terms: Vec<(Number, ExprId)>,
}

impl Total {
    /// Adds `weight*value`.
    pub(super) fn add(&mut self, weight: &Number, value: &Coefficient) {
        match value {
            Coefficient::Number(n) => self.number.add(weight.mul(n)),
            Coefficient::Expression(id) => self.terms.push((weight.clone(), *id)),
        }
    }

    /// Adds `weight*a*b`.
    pub(super) fn add_product(
        &mut self,
        pool: &mut Pool,
        weight: &Number,
        a: &Coefficient,
        b: &Coefficient,
    ) {
        match (a, b) {
            (Coefficient::Number(n), value) | (value, Coefficient::Number(n)) => {
                self.add(&weight.mul(n), value);
            }
            _ => self.add(weight, &a.times(b, pool)),
        }
    }

    /// The sum.
    pub(super) fn finish(mut self, pool: &mut Pool) -> Coefficient {
        if self.terms.is_empty() {
            return Coefficient::Number(self.number.total().unwrap_or(Number::ZERO));
        }
        if let Some(number) = self.number.total() {
            self.terms.push((number, Pool::ONE));
        }
        let sum = pool.weighted_sum(&self.terms);
        Coefficient::of(pool, sum)
    }
}
