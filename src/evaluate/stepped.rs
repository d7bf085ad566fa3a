//! Functions with steps and branches with many digits, and what is next to an edge.
//!
//! Invariant: a step is taken on one side only when the digits say on which.

use super::loss;
use super::newton::power_of_two;
use super::precise::{CLEAR, Precise};
use crate::function::{self, Builder};
use crate::kernel::{Constant, FunctionId, Number};
use astro_float::{BigFloat, RoundingMode};

const ROUND: RoundingMode = RoundingMode::ToEven;
/// What is this small, as a power of two, loses digits beside 1.
const NEAR_ONE: i64 = -8;

impl Precise {
    /// What is added to 1 in a sum, if there is a 1.
    pub(super) fn beside_one(&mut self, terms: &[(bool, u32)]) -> Option<u32> {
        let is_one = |(minus, id): &(bool, u32)| {
            !minus && self.fraction(*id).is_some_and(Number::is_one)
        };
        let place = terms.iter().position(is_one)?;
        match (terms.len(), *terms.get(1 - place.min(1))?) {
            (2, (false, rest)) => Some(rest),
            (2, (true, rest)) => Some(self.negate(rest)),
            _ => None,
        }
    }

    /// `ln(1 + x)` for small x as `2*artanh(x/(2 + x))`, in which no digit of x goes under.
    fn logarithm_beside_one(&mut self, id: u32) -> Option<u32> {
        let (_, rest) = *self.beside_one.iter().rev().find(|(sum, _)| *sum == id)?;
        let size = loss::size(self.get(rest));
        if size > NEAR_ONE || size == loss::EXACT {
            return None;
        }
        let artanh = function::lookup("artanh", 1)?;
        let two = self.number(&Number::from(2));
        let below = self.sum(&[(false, two), (false, rest)]);
        let quotient = self.product(&[(false, rest), (true, below)]);
        let half = self.apply(artanh, &[quotient]);
        Some(self.product(&[(false, two), (false, half)]))
    }

    /// The sign of a value; `None` where digits do not tell it.
    pub(super) fn sign(&self, id: u32) -> Option<i8> {
        let value = self.get(id);
        match (value.is_nan(), value.is_zero()) {
            (true, _) => None,
            (_, true) if self.is_exact(id) => Some(0),
            (_, true) => self.tiny.get(&id).copied(),
            _ => (self.is_exact(id) || self.is_settled(id))
                .then(|| if value.is_negative() { -1 } else { 1 }),
        }
    }

    /// The greatest whole number below or at a value, where digits tell it.
    fn floor(&mut self, id: u32) -> u32 {
        if let Some(n) = self.fraction(id) {
            let whole = n.floor();
            return self.number(&whole);
        }
        let p = self.precision;
        let value = self.get(id);
        let half = BigFloat::from_word(1, p).div(&BigFloat::from_word(2, p), p, ROUND);
        let nearest = value.add(&half, p, ROUND).floor();
        let gap = value.sub(&nearest, p, ROUND);
        let is_clear = loss::size(&gap) > self.errors[id as usize].saturating_add(CLEAR);
        let mut whole = value.floor();
        whole.set_inexact(false);
        match !value.is_nan() && !value.is_inf() && (self.is_exact(id) || is_clear) {
            true => self.push(whole, loss::EXACT),
            false => self.undecided(&[id]),
        }
    }

    /// The functions with steps and branches, by what they are made of: so a step is taken on
    /// one side only when the digits say on which.
    pub(super) fn stepped(&mut self, name: &str, arguments: &[u32]) -> Option<u32> {
        let (&u, p) = (arguments.first()?, self.precision);
        let whole = |n: i8| BigFloat::from_i8(n, p);
        Some(match name {
            "abs" => match self.tiny.get(&u) {
                Some(1) => u,
                Some(_) => self.negate(u),
                None => return None,
            },
            "floor" => self.floor(u),
            "ceil" => {
                let opposite = self.negate(u);
                let floor = self.floor(opposite);
                self.negate(floor)
            }
            "frac" => {
                let floor = self.floor(u);
                self.sum(&[(false, u), (true, floor)])
            }
            "trunc" | "round" => {
                let is_negative = self.get(u).is_negative();
                let mut size = if is_negative { self.negate(u) } else { u };
                if name == "round" {
                    let half = self.number(&Number::HALF);
                    size = self.sum(&[(false, size), (false, half)]);
                } else if loss::size(self.get(u)).max(self.errors[u as usize]) < -1 {
                    return Some(self.push(whole(0), loss::EXACT));
                }
                let floor = self.floor(size);
                if is_negative { self.negate(floor) } else { floor }
            }
            "mod" => {
                let v = *arguments.get(1)?;
                let quotient = self.product(&[(false, u), (true, v)]);
                let times = self.floor(quotient);
                let taken = self.product(&[(false, v), (false, times)]);
                self.sum(&[(false, u), (true, taken)])
            }
            "sign" | "heaviside" => match (self.sign(u), name) {
                (Some(sign), "sign") => self.push(whole(sign), loss::EXACT),
                (Some(0), _) => self.number(&Number::HALF),
                (Some(sign), _) => self.push(whole(sign.max(0)), loss::EXACT),
                (None, _) => self.undecided(&[u]),
            },
            "relu" => match self.sign(u) {
                Some(1) => u,
                Some(_) => self.push(whole(0), loss::EXACT),
                None if self.get(u).is_positive() || self.get(u).is_nan() => u,
                None => self.push(whole(0), self.errors[u as usize]),
            },
            "piecewise" => self.branch(arguments),
            // The angle jumps where y is 0 and x negative.
            "atan2" => {
                let is_right = self.sign(*arguments.get(1)?) == Some(1);
                let is_clear = is_right || self.sign(u).is_some();
                return (!is_clear).then(|| self.undecided(arguments));
            }
            // It jumps at 0, where it has the value of the right side.
            "arccot" => match self.sign(u) {
                Some(0) => {
                    let turn = self.constant(Constant::Pi);
                    let half = self.number(&Number::HALF);
                    self.product(&[(false, turn), (false, half)])
                }
                Some(_) => return None,
                None => self.undecided(&[u]),
            },
            "ln" => return self.logarithm_beside_one(u),
            _ => return None,
        })
    }

    /// The value of the first condition that holds, or the last one; NaN when there is none, or
    /// a condition before it has no value.
    fn branch(&mut self, arguments: &[u32]) -> u32 {
        let mut rest = arguments;
        while let [condition, value, tail @ ..] = rest {
            let holds = self.get(*condition);
            if holds.is_nan() || !holds.is_zero() {
                return if holds.is_nan() { *condition } else { *value };
            }
            rest = tail;
        }
        match rest {
            [last, ..] => *last,
            [] => self.push(astro_float::NAN, loss::ALL),
        }
    }

    /// Whether a function without a value here may have one within the errors of its arguments.
    pub(super) fn is_edge(&mut self, function: FunctionId, arguments: &[u32]) -> bool {
        let (p, mut values) = (self.precision, Vec::with_capacity(arguments.len()));
        for id in arguments {
            let value = self.get(*id);
            if value.is_nan() {
                return false;
            }
            values.push(value.clone());
        }
        for (place, id) in arguments.iter().enumerate() {
            let error = self.errors[*id as usize];
            if error == loss::EXACT {
                continue;
            }
            if error >= loss::size(&values[place]).saturating_add(CLEAR) {
                return true;
            }
            let exponent =
                error.saturating_add(CLEAR).clamp(-1_000_000_000, 1_000_000_000);
            let step = power_of_two(exponent as i32, p);
            let here = values[place].clone();
            for step in [step.clone(), step.neg()] {
                values[place] = here.add(&step, p, ROUND);
                let beside = self.any_value(function, &values);
                if beside.is_some_and(|value| !value.is_nan()) {
                    return true;
                }
            }
            values[place] = here;
        }
        false
    }
}
