//! What a reader has to read: the names, numbers, operators and function calls of the text
//! form, brackets and commas free; a long number costs one for each four digits.

use super::node::{ExprId, Node};
use super::number::Number;
use super::pool::Pool;

/// What `x^n*(n/x + 1)` costs more, because everyone writes `x^(n - 1)*(n + x)`.
const TORN: u32 = 4;

/// Numerator and denominator of a term as they are printed.
#[derive(Default)]
struct Fraction {
    above: u32,
    above_count: u32,
    below: u32,
    below_count: u32,
    /// Sums with fractions in them, which are hard to read above or below a bar.
    nested: u32,
    /// What is divided in a sum by the base of a power beside it.
    torn: u32,
}

impl Fraction {
    fn push(&mut self, below: bool, cost: u32) {
        let (sum, count) = if below {
            (&mut self.below, &mut self.below_count)
        } else {
            (&mut self.above, &mut self.above_count)
        };
        *sum = sum.saturating_add(cost);
        *count += 1;
    }

    fn cost(&self) -> u32 {
        let row = |sum: u32, count: u32| sum.saturating_add(count.saturating_sub(1));
        let above =
            if self.above_count == 0 { 1 } else { row(self.above, self.above_count) };
        let above = above.saturating_add(TORN * self.torn);
        if self.below_count == 0 {
            return above;
        }
        let below = row(self.below, self.below_count);
        above.saturating_add(1 + self.nested).saturating_add(below)
    }
}

impl Pool {
    /// The reader's cost of an expression.
    pub fn cost(&self, id: ExprId) -> u32 {
        self.info(id).cost
    }

    /// The reader's cost of a term without its sign.
    fn unsigned_cost(&self, id: ExprId) -> u32 {
        let negative = match self.node(id) {
            Node::Number(n) | Node::Multiple(n, _) => self.number_at(n).is_negative(),
            _ => false,
        };
        self.cost(id) - u32::from(negative)
    }

    pub(super) fn cost_of(&self, node: Node) -> u32 {
        match node {
            Node::Number(n) => number_cost(self.number_at(n)),
            Node::Symbol(_) | Node::Constant(_) | Node::Undefined => 1,
            Node::Sum(list) => {
                let terms = self.list(list);
                let mut cost = terms.len() as u32 - 1;
                let mut all_negative = true;
                for term in terms {
                    let unsigned = self.unsigned_cost(*term);
                    all_negative &= unsigned != self.cost(*term);
                    cost = cost.saturating_add(unsigned);
                }
                cost.saturating_add(u32::from(all_negative))
            }
            Node::Product(list) => self.fraction(self.list(list)).cost(),
            Node::Multiple(n, rest) => {
                let mut fraction = self.fraction(self.factors(&rest));
                let n = self.number_at(n);
                let (above, below) = lengths(n);
                if above > 0 {
                    fraction.push(false, above);
                }
                if below > 0 {
                    fraction.push(true, below);
                }
                // 3*(x/6 + 1) is x/2 + 3.
                let nested = above > 0 && below == 0 && self.has_fraction(rest);
                let more = u32::from(n.is_negative()) + u32::from(nested);
                fraction.cost().saturating_add(more)
            }
            Node::Power(base, exponent) => match self.as_number(exponent) {
                Some(n) if n.is_negative() => {
                    let nested = u32::from(self.has_fraction(base));
                    self.power_cost(base, &n.neg()).saturating_add(2 + nested)
                }
                Some(n) => self.power_cost(base, n),
                None => {
                    self.cost(base).saturating_add(self.cost(exponent)).saturating_add(1)
                }
            },
            Node::Apply(_, list) => self
                .list(list)
                .iter()
                .fold(1u32, |sum, argument| sum.saturating_add(self.cost(*argument))),
        }
    }

    fn power_cost(&self, base: ExprId, n: &Number) -> u32 {
        let more = if n.is_one() {
            0
        } else if *n == Number::HALF {
            1
        } else {
            1 + number_cost(n)
        };
        self.cost(base).saturating_add(more)
    }

    fn fraction(&self, factors: &[ExprId]) -> Fraction {
        let mut fraction = Fraction::default();
        for factor in factors {
            let (base, exponent) = self.base(*factor);
            fraction.nested += u32::from(self.has_fraction(base));
            match self.as_number(exponent) {
                Some(n) if n.is_negative() => {
                    fraction.push(true, self.power_cost(base, &n.neg()));
                }
                Some(_) => fraction.push(false, self.cost(*factor)),
                None => {
                    fraction.push(false, self.cost(*factor));
                    let is_torn = !self.may_depend(base, exponent)
                        && !self.is_constant(base)
                        && factors.iter().any(|sum| self.divides_in(base, *sum));
                    fraction.torn += u32::from(is_torn);
                }
            }
        }
        fraction
    }

    /// Whether a base stands below the bar in a term of a sum.
    fn divides_in(&self, wanted: ExprId, sum: ExprId) -> bool {
        self.has_fraction(sum)
            && self.terms(&sum).iter().any(|term| {
                let (_, rest) = self.coefficient(*term);
                self.factors(&rest).iter().any(|factor| {
                    let (base, exponent) = self.base(*factor);
                    base == wanted
                        && self.as_number(exponent).is_some_and(Number::is_negative)
                })
            })
    }
}

fn number_cost(n: &Number) -> u32 {
    let (above, below) = lengths(n);
    above.max(1) + u32::from(n.is_negative()) + if below == 0 { 0 } else { 1 + below }
}

/// What numerator and denominator cost: one for four digits; 0 for 1.
fn lengths(n: &Number) -> (u32, u32) {
    let of_digits = |digits: u64| (digits / 4).min(1 << 20) as u32 + 1;
    let small = |n: u64| {
        if n == 1 { 0 } else { of_digits(n.checked_ilog10().unwrap_or(0).into()) }
    };
    match n {
        Number::Small(n, d) => (small(n.unsigned_abs()), small(d.unsigned_abs())),
        Number::Big(n) => {
            let long = |bits: u64| if bits < 2 { 0 } else { of_digits(bits * 3 / 10) };
            (long(n.numer().bits()), long(n.denom().bits()))
        }
    }
}
