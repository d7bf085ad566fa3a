//! Sums of expressions times something that is written already: `2*x*dx + x^2*dy`, and
//! `(x*dx + y*dy)/sqrt(x^2 + y^2)` where all stand over the same.

use super::notation::{Notation, Slot};
use super::shared::Shared;
use super::writer::{write, write_in};
use crate::error::Result;
use crate::kernel::view::{Factor, Shape, shape};
use crate::kernel::{ExprId, Node, Pool};

/// The sum of `coefficient*unit` in the order given, without those whose coefficient is 0;
/// with names for parts of the coefficients, where there are any.
///
/// # Errors
/// A text that is too long.
pub fn combination(
    pool: &mut Pool,
    terms: &[(ExprId, String)],
    shared: Option<&Shared>,
    notation: Notation,
) -> Result<String> {
    let terms: Vec<_> = terms
        .iter()
        .filter(|(id, _)| *id != Pool::ZERO)
        .map(|(id, unit)| (over(pool, *id, shared.is_some()), unit.as_str()))
        .collect();
    let Some((first, _)) = terms.first() else { return Ok("0".to_owned()) };
    let below = first.below;
    let is_one_bar = below != Pool::ONE
        && terms.len() > 1
        && terms.iter().all(|(term, _)| term.below == below);
    if !is_one_bar {
        return Combination { pool, shared, notation }.sum(terms);
    }
    let is_negative = terms.iter().all(|(term, _)| term.is_negative);
    let number = pool.numbered(first.above).0.clone();
    let is_common = terms.iter().all(|(term, _)| *pool.numbered(term.above).0 == number);
    let mut above = terms;
    for (term, _) in &mut above {
        term.is_negative &= !is_negative;
        term.below = Pool::ONE;
        if is_common {
            let rest = pool.numbered(term.above).1;
            term.above = rest;
        }
    }
    let writer = Combination { pool, shared, notation };
    let is_bare = !is_common || number.is_one();
    let sum = writer.sum(above)?;
    let above = match (is_bare, notation) {
        (false, Notation::Text) => format!("{number}*({sum})"),
        (false, Notation::Latex) => format!("{number} ({sum})"),
        (true, Notation::Text) => format!("({sum})"),
        (true, Notation::Latex) => sum,
    };
    let sign = if is_negative { "-" } else { "" };
    Ok(format!("{sign}{}", writer.quotient(&above, below)?))
}

/// A coefficient as a sign and a quotient.
struct Over {
    /// All of it without its sign.
    size: ExprId,
    is_negative: bool,
    above: ExprId,
    below: ExprId,
}

/// Takes a coefficient apart; what has names for its parts stays whole.
fn over(pool: &mut Pool, coefficient: ExprId, is_named: bool) -> Over {
    let is_negative = pool.leads_negative(coefficient);
    let size = if is_negative { pool.negate(coefficient) } else { coefficient };
    let whole = Over { size, is_negative, above: size, below: Pool::ONE };
    let Shape::Term { negative: false, above, below } = shape(pool, size) else {
        return whole;
    };
    if is_named || below.is_empty() {
        return whole;
    }
    let (above, below) = (product(pool, &above), product(pool, &below));
    Over { size, is_negative, above, below }
}

/// The product of factors of a row.
fn product(pool: &mut Pool, row: &[Factor]) -> ExprId {
    let mut factors = Vec::with_capacity(row.len());
    for factor in row {
        factors.push(match factor {
            Factor::Number(n) => pool.number(n.clone()),
            Factor::Plain(id) => *id,
            Factor::Power(base, n) => {
                let exponent = pool.number(n.clone());
                pool.power(*base, exponent)
            }
            Factor::Root(under) => {
                let roots = under.iter().map(|(base, is_below)| match is_below {
                    true => {
                        let root = pool.power(*base, Pool::HALF);
                        pool.power(root, Pool::MINUS_ONE)
                    }
                    false => pool.power(*base, Pool::HALF),
                });
                let roots: Vec<_> = roots.collect();
                pool.product(&roots)
            }
        });
    }
    pool.product(&factors)
}

struct Combination<'p> {
    pool: &'p Pool,
    shared: Option<&'p Shared>,
    notation: Notation,
}

impl Combination<'_> {
    /// Terms in their order, but for a positive one that goes to the front.
    fn sum(&self, mut terms: Vec<(Over, &str)>) -> Result<String> {
        if let Some(place) = terms.iter().position(|(term, _)| !term.is_negative) {
            terms[..=place].rotate_right(1);
        }
        let mut text = String::new();
        for (term, unit) in terms {
            text.push_str(match (text.is_empty(), term.is_negative) {
                (true, false) => "",
                (true, true) => "-",
                (false, false) => " + ",
                (false, true) => " - ",
            });
            text.push_str(&self.term(&term, unit)?);
        }
        Ok(text)
    }

    fn term(&self, term: &Over, unit: &str) -> Result<String> {
        match (term.above, term.below, self.notation) {
            (Pool::ONE, Pool::ONE, _) => Ok(unit.to_owned()),
            (Pool::ONE, below, _) => self.quotient(unit, below),
            (above, Pool::ONE, _) => Ok(format!("{}{unit}", self.factor(above)?)),
            // A bar that is tall stands before the unit, as books have it.
            (_, _, Notation::Latex) => Ok(format!("{}{unit}", self.factor(term.size)?)),
            (above, below, Notation::Text) => {
                self.quotient(&format!("{}{unit}", self.factor(above)?), below)
            }
        }
    }

    /// A coefficient with the sign of a product behind it.
    fn factor(&self, id: ExprId) -> Result<String> {
        let factor = match self.shared {
            Some(shared) => shared.write(self.pool, id, self.notation)?,
            None => write(self.pool, id, self.notation)?,
        };
        let is_named = self.shared.is_some_and(|shared| shared.name(id).is_some());
        let is_sum = matches!(self.pool.node(id), Node::Sum(_)) && !is_named;
        Ok(match (self.notation, is_sum) {
            (Notation::Text, true) => format!("({factor})*"),
            (Notation::Text, false) => format!("{factor}*"),
            (Notation::Latex, true) => format!("({factor}) \\, "),
            (Notation::Latex, false) => format!("{factor} \\, "),
        })
    }

    fn quotient(&self, above: &str, below: ExprId) -> Result<String> {
        let slot = match self.notation {
            Notation::Text => Slot::Divisor,
            Notation::Latex => Slot::Open,
        };
        let below = write_in(self.pool, below, self.notation, (slot, true))?;
        Ok(match self.notation {
            Notation::Latex => format!("\\frac{{{above}}}{{{below}}}"),
            Notation::Text => format!("{above}/{below}"),
        })
    }
}
