//! Two expressions compared: a proof by images, and points at which they agree or differ.

use super::argument::Proof;
use super::image::{self, Images};
use super::observe::Seen;
use super::points::dyadic_point;
use super::verdict::{Decision, Domain, Verdict, Witness};
use super::verify::Checker;
use crate::error::Result;
use crate::evaluate::{Slot, Tape, complex_values, digits};
use crate::function;
use crate::kernel::{Assumption, ExprId, Node, Number, Pool};
use crate::print;
use std::cmp::Ordering;

/// At how many common points values are looked at when there is a proof.
const PROVED: usize = 12;
/// At how many when there is none.
const UNPROVED: usize = 40;
/// What is farther out than this counts as far.
const FAR: f64 = 50.0;
/// At fewer points that are unclear, formulas count as nowhere real together.
const FEW: usize = 8;
/// How many points are tried over the complex numbers.
const COMPLEX: usize = 200;
/// Longer numbers are not put into expressions.
const MAX_BITS: u64 = 1 << 12;

/// One of two expressions: as it was typed, and in canonical form.
pub struct Side<'a> {
    /// The expression as it was typed, on the tape of both.
    pub value: Slot,
    /// The expression.
    pub id: ExprId,
    /// What it is called in a sentence.
    pub name: &'a str,
}

/// What two expressions are compared with.
pub struct Comparison<'a> {
    /// The tape on which both stand.
    pub tape: &'a mut Tape,
    /// The first.
    pub left: Side<'a>,
    /// The second.
    pub right: Side<'a>,
    /// Whether only points count at which the first is defined: the second may be defined
    /// on a greater part.
    pub within_left: bool,
    /// What is assumed of variables by name.
    pub assumptions: &'a [(String, Assumption)],
    /// Over which numbers they are compared.
    pub domain: Domain,
}

impl Comparison<'_> {
    /// The verdict and how it is known.
    ///
    /// # Errors
    /// A formula of the function table that cannot be read; a test reads them all.
    pub fn decide(mut self, pool: &mut Pool, checker: &mut Checker) -> Result<Decision> {
        if self.domain == Domain::Complex {
            return self.decide_complex(pool, "");
        }
        let (left, right, steps) = (self.left.id, self.right.id, image::MAX_STEPS);
        let images = image::compare(pool, left, right, &[], &[], steps)?;
        let plain = matches!(images, Images::Equal(_));
        let enough = if plain { PROVED } else { UNPROVED };
        let seen = self.look(pool, checker, enough, plain);
        if let Some(point) = &seen.witness {
            return Ok(self.different(pool, point));
        }
        let proved = match self.proof(pool, images, &seen) {
            None => self.argue(pool, &seen)?,
            proof => proof,
        };
        let constant = self.tape.variables.is_empty();
        Ok(match proved {
            Some(proof) => self.proved(pool, &seen, &proof),
            None if seen.agreed.is_empty()
                && seen.unclear < FEW
                && !self.tape.variables.iter().any(|name| name == "i") =>
            {
                let remark = "no real point was found at which both are defined; ";
                self.decide_complex(pool, remark)?
            }
            None => unproved(&seen, constant),
        })
    }

    /// The verdict over the complex numbers.
    fn decide_complex(&self, pool: &mut Pool, remark: &str) -> Result<Decision> {
        let known = self.names();
        let none = f64::INFINITY;
        let mut seen = Seen { digits: none, rough: none, ..Seen::default() };
        let (mut witness, mut differed) = (None, 0);
        for attempt in 0..COMPLEX {
            let at = dyadic_point(attempt, &known);
            let found = complex_values(self.tape, &at);
            let left = found[self.left.value as usize];
            let right = found[self.right.value as usize];
            if !left.is_known() || !right.is_known() {
                continue;
            }
            let difference = (left.value - right.value).norm();
            let error = left.error + right.error;
            let scale = left.value.norm().max(right.value.norm());
            if error > 1e-6 * scale && error > 1e-290 {
                seen.unclear += 1;
            } else if difference > 1e3 * error && difference > 1e-9 * scale {
                differed += 1;
                witness.get_or_insert_with(|| Witness {
                    point: self.coordinates(&at),
                    left: complex_text(left.value),
                    right: complex_text(right.value),
                });
                if self.domain == Domain::Complex {
                    break;
                }
            } else {
                let ratio = if scale == 0.0 { 0.0 } else { (difference + error) / scale };
                seen.digits = seen.digits.min(-ratio.max(1e-16).log10());
                seen.agreed.push(at);
            }
            if seen.agreed.len() + differed >= UNPROVED {
                break;
            }
        }
        if let Some(witness) = witness {
            // Two formulas that are nowhere real together may be on two branches.
            if self.domain == Domain::Real && seen.agreed.len() > differed / 8 {
                let reason = format!("{remark}they are equal on one branch only");
                return Ok(Decision {
                    verdict: Verdict::Undecided { reason },
                    known: "agrees at some complex points and differs at others"
                        .to_owned(),
                });
            }
            let known = format!("{remark}refuted at this point");
            return Ok(Decision { verdict: Verdict::Different(witness), known });
        }
        let mut decision = unproved(&seen, self.tape.variables.is_empty());
        decision.known.insert_str(0, remark);
        if decision.verdict.is_equal()
            && self.domain == Domain::Complex
            && let Images::Equal(count) =
                image::compare_complex(pool, self.left.id, self.right.id)?
        {
            decision.verdict = Verdict::Equal;
            decision.known = Proof::plain(count).text();
        }
        Ok(decision)
    }

    pub(super) fn names(&self) -> Vec<Assumption> {
        let names = self.tape.variables.iter();
        names
            .map(|name| {
                let found = self.assumptions.iter().find(|(known, _)| known == name);
                found.map_or(Assumption::default(), |(_, assumption)| *assumption)
            })
            .collect()
    }

    /// Both sides with the coordinates of a point put in; `None` when numbers get too long.
    pub(super) fn substituted(&self, pool: &mut Pool, at: &[f64]) -> Option<[ExprId; 2]> {
        let mut replacements = Vec::with_capacity(at.len());
        for (name, x) in self.tape.variables.iter().zip(at) {
            let symbol = pool.symbol(name);
            replacements.push((symbol, pool.number(exact(*x))));
        }
        let roots = [self.left.id, self.right.id];
        let found = pool.within_bits(MAX_BITS, |pool| {
            pool.substitute(&roots, &replacements, function::apply)
        })?;
        Some([found[0], found[1]])
    }

    /// Both values at a point as doubles have them.
    fn double_texts(&self, at: &[f64]) -> (String, String) {
        let values = crate::evaluate::values(self.tape, at);
        let text = |side: &Side| digits::short(values[side.value as usize]);
        (text(&self.left), text(&self.right))
    }

    fn coordinates(&self, at: &[f64]) -> Vec<(String, f64)> {
        let named = self.tape.variables.iter().cloned().zip(at.iter().copied());
        named.filter(|(name, _)| self.domain == Domain::Real || name != "i").collect()
    }

    fn different(&self, pool: &mut Pool, at: &[f64]) -> Decision {
        let point = self.coordinates(at);
        let (left, right) = match self.substituted(pool, at) {
            Some(sides) => {
                let shown = sides.map(|id| value_text(pool, id, SHORT));
                let [left, right] = match shown[0] == shown[1] {
                    true => sides.map(|id| value_text(pool, id, LONG)),
                    false => shown,
                };
                (left, right)
            }
            None => self.double_texts(at),
        };
        Decision {
            verdict: Verdict::Different(Witness { point, left, right }),
            known: "refuted at this point".to_owned(),
        }
    }

    fn proved(&self, pool: &mut Pool, seen: &Seen, proof: &Proof) -> Decision {
        let known = proof.text();
        let narrower = match (seen.only_left.len(), seen.only_right.len()) {
            (left, right) if left >= 1 && left >= right => {
                Some((&self.right, &seen.only_left))
            }
            (_, right) if right >= 1 && !self.within_left => {
                Some((&self.left, &seen.only_right))
            }
            _ => None,
        };
        let condition =
            narrower.and_then(|(side, points)| self.condition(pool, side, points));
        let verdict = match condition {
            Some(condition) => Verdict::EqualOnDomain { condition },
            None => Verdict::Equal,
        };
        Decision { verdict, known }
    }

    /// The conditions of an expression that fail at points, as text.
    fn condition(
        &self,
        pool: &mut Pool,
        side: &Side,
        points: &[Vec<f64>],
    ) -> Option<String> {
        let candidates = requirements(pool, side.id);
        let parts: Vec<ExprId> = candidates.iter().map(|known| known.part).collect();
        let mut tape = Tape::over(self.tape.variables.clone());
        let slots = tape.add_expressions(pool, &parts);
        let mut failed: Vec<usize> = Vec::new();
        for at in points {
            let mut at = at.clone();
            at.resize(tape.variables.len(), f64::NAN);
            let values = crate::evaluate::values(&tape, &at);
            for (place, slot) in slots.iter().enumerate() {
                if values[*slot as usize] < 0.0 && !failed.contains(&place) {
                    failed.push(place);
                }
            }
        }
        // A value that is missing far out may have overflowed, and a few points may be
        // isolated.
        let mut distinct: Vec<&Vec<f64>> = points.iter().collect();
        distinct.sort_by(|a, b| a.partial_cmp(b).unwrap_or(Ordering::Equal));
        distinct.dedup();
        if distinct.len() < 2 {
            return None;
        }
        if failed.is_empty() {
            let near = |at: &&&Vec<f64>| at.iter().all(|x| x.abs() <= FAR);
            if distinct.iter().filter(near).count() < 3 {
                return None;
            }
            let name = side.name;
            return Some(format!("arguments for which {name} is defined"));
        }
        failed.sort_unstable();
        let mut texts: Vec<String> = Vec::new();
        for place in failed {
            let Requirement { of, condition, .. } = candidates[place];
            let text = print::write(pool, of, print::Notation::Text).ok()?;
            let text = condition.replace('u', &text);
            if !texts.contains(&text) {
                texts.push(text);
            }
        }
        Some(texts.join(" and "))
    }
}

fn complex_text(value: num_complex::Complex64) -> String {
    let (re, im) = (digits::short(value.re), digits::short(value.im.abs()));
    match (value.re == 0.0, value.im == 0.0) {
        (_, true) => re,
        (true, false) if value.im < 0.0 => format!("-{im}*i"),
        (true, false) => format!("{im}*i"),
        _ if value.im < 0.0 => format!("{re} - {im}*i"),
        _ => format!("{re} + {im}*i"),
    }
}

/// What must hold of an expression for another one to be defined.
struct Requirement {
    /// What must not be negative.
    part: ExprId,
    /// What the condition is about.
    of: ExprId,
    /// The condition on `u`.
    condition: &'static str,
}

/// What must hold for an expression to be defined.
fn requirements(pool: &mut Pool, id: ExprId) -> Vec<Requirement> {
    let mut found: Vec<Requirement> = Vec::new();
    for id in pool.reachable(&[id]) {
        let (of, condition) = match pool.node(id) {
            Node::Power(base, exponent) if base != Pool::E => {
                match pool.as_number(exponent) {
                    Some(n) if n.is_integer() => continue,
                    Some(n) if !n.is_negative() => (base, "u >= 0"),
                    None if pool.is_integer(exponent) => continue,
                    _ => (base, "u > 0"),
                }
            }
            Node::Apply(function, list) if function.is_builtin() => {
                (pool.list(list)[0], function::spec(function).domain)
            }
            _ => continue,
        };
        if pool.is_constant(of)
            || found.iter().any(|k| (k.of, k.condition) == (of, condition))
        {
            continue;
        }
        let (condition, part) = match condition {
            "u > 0" | "u >= 0" => (condition, of),
            "u >= 1" => (condition, pool.sum(&[of, Pool::MINUS_ONE])),
            "-1 <= u and u <= 1" => ("-1 <= u <= 1", beyond_one(pool, of, false)),
            "-1 < u and u < 1" => ("-1 < u < 1", beyond_one(pool, of, false)),
            "abs(u) > 1" | "abs(u) >= 1" => (condition, beyond_one(pool, of, true)),
            _ => continue,
        };
        found.push(Requirement { part, of, condition });
    }
    found
}

/// `u^2 - 1`, or its opposite.
fn beyond_one(pool: &mut Pool, u: ExprId, outside: bool) -> ExprId {
    let square = pool.integer_power(u, 2);
    match outside {
        true => pool.difference(square, Pool::ONE),
        false => pool.difference(Pool::ONE, square),
    }
}

/// The digits of a value at a point, and those of values that differ after that.
const SHORT: usize = 15;
const LONG: usize = 50;

/// The exact value of a double, whose denominator is a power of 2.
fn exact(x: f64) -> Number {
    num_rational::BigRational::from_float(x).map_or(Number::ZERO, Number::from_big)
}

/// A value at a point: exact when it is short, otherwise so many digits.
fn value_text(pool: &mut Pool, id: ExprId, count: usize) -> String {
    let simple = crate::simplify::Simplifier::default().simplify(pool, id);
    if pool.cost(simple) <= 8
        && let Ok(text) = print::write(pool, simple, print::Notation::Text)
    {
        return text;
    }
    if let Ok(text) = digits::decimal(pool, simple, count) {
        return text;
    }
    let mut tape = Tape::default();
    let slots = tape.add_expressions(pool, &[simple]);
    digits::short(crate::evaluate::values(&tape, &[])[slots[0] as usize])
}

fn unproved(seen: &Seen, constant: bool) -> Decision {
    let points = seen.agreed.len();
    if points >= 3 || constant && points > 0 {
        let known = if seen.digits.is_finite() { seen.digits } else { seen.rough };
        let digits = (known.floor().max(1.0) as usize).min(15);
        return Decision {
            verdict: Verdict::ProbablyEqual { points, digits },
            known: format!(
                "agrees at {points} points to {digits} digits; no proof was found"
            ),
        };
    }
    let reason = if seen.unclear > 0 {
        "rounding hides the difference at every point that was tried"
    } else {
        "no point was found at which both are defined"
    };
    Decision {
        verdict: Verdict::Undecided { reason: reason.to_owned() },
        known: "hundreds of points were tried".to_owned(),
    }
}
