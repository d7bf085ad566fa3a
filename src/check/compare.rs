//! Two expressions compared: a proof by images, and points at which they agree or differ.

use super::image::{self, Images};
use super::points::dyadic_point;
use super::verdict::{Decision, Domain, Verdict, Witness};
use super::verify::Checker;
use crate::error::Result;
use crate::evaluate::{Dual, Slot, Tape, complex_values, digits, duals};
use crate::function;
use crate::kernel::{Assumption, ExprId, Node, Number, Pool};
use crate::print;

/// How many points are tried at most.
const ATTEMPTS: usize = 600;
/// At how many common points values are looked at when there is a proof.
const PROVED: usize = 12;
/// At how many when there is none.
const UNPROVED: usize = 40;
/// How many points are tried over the complex numbers.
const COMPLEX: usize = 200;
/// How many points are tried to see where expressions are defined.
const DOMAIN: usize = 64;

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

/// What was seen at points.
#[derive(Default)]
struct Seen {
    agreed: Vec<Vec<f64>>,
    only_left: Vec<Vec<f64>>,
    only_right: Vec<Vec<f64>>,
    unclear: usize,
    /// The fewest digits to which values agreed.
    digits: f64,
    witness: Option<Vec<f64>>,
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
        let images = image::compare(pool, self.left.id, self.right.id)?;
        let proved = matches!(images, Images::Equal(_));
        let seen = self.look(pool, checker, if proved { PROVED } else { UNPROVED });
        if let Some(point) = &seen.witness {
            return Ok(self.different(pool, point));
        }
        let proved = match images {
            Images::Equal(count) => Some(count),
            Images::Different { parts, equal, different } => {
                // Signs that no real point has do not count.
                let real = self.signs(pool, &parts, &seen.agreed);
                let holds = real
                    .iter()
                    .all(|signs| equal.contains(signs) && !different.contains(signs));
                (holds && !real.is_empty()).then_some(equal.len())
            }
            Images::Unknown => None,
        };
        Ok(match proved {
            Some(count) => self.proved(pool, &seen, count),
            None if seen.agreed.is_empty()
                && seen.unclear == 0
                && !self.tape.variables.iter().any(|name| name == "i") =>
            {
                let remark = "no real point was found at which both are defined; ";
                self.decide_complex(pool, remark)?
            }
            None => unproved(&seen),
        })
    }

    /// The verdict over the complex numbers.
    fn decide_complex(&self, pool: &mut Pool, remark: &str) -> Result<Decision> {
        let known = self.names();
        let mut seen = Seen { digits: f64::INFINITY, ..Seen::default() };
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
                let point = self.coordinates(&at);
                let [left, right] = [left, right].map(|side| complex_text(side.value));
                return Ok(Decision {
                    verdict: Verdict::Different(Witness { point, left, right }),
                    known: format!("{remark}refuted at this point"),
                });
            } else {
                let ratio = if scale == 0.0 { 0.0 } else { (difference + error) / scale };
                seen.digits = seen.digits.min(-ratio.max(1e-16).log10());
                seen.agreed.push(at);
            }
            if seen.agreed.len() >= UNPROVED {
                break;
            }
        }
        let mut decision = unproved(&seen);
        decision.known.insert_str(0, remark);
        if decision.verdict.is_equal()
            && self.domain == Domain::Complex
            && let Images::Equal(count) =
                image::compare_complex(pool, self.left.id, self.right.id)?
        {
            decision.verdict = Verdict::Equal;
            decision.known = proof(count);
        }
        Ok(decision)
    }

    fn names(&self) -> Vec<Assumption> {
        let names = self.tape.variables.iter();
        names
            .map(|name| {
                let found = self.assumptions.iter().find(|(known, _)| known == name);
                found.map_or(Assumption::default(), |(_, assumption)| *assumption)
            })
            .collect()
    }

    /// Evaluates both at points until enough is known.
    fn look(&mut self, pool: &mut Pool, checker: &mut Checker, enough: usize) -> Seen {
        checker.learn(self.tape);
        let known = self.names();
        let still = vec![0.0; known.len()];
        let mut seen = Seen { digits: f64::INFINITY, ..Seen::default() };
        for attempt in 0..ATTEMPTS {
            let at = dyadic_point(attempt, &known);
            let found = duals(self.tape, &at, &still, checker.slopes());
            let left = found[self.left.value as usize];
            let right = found[self.right.value as usize];
            match (left.value.is_finite(), right.value.is_finite()) {
                (false, false) => {}
                (true, false) => seen.only_left.push(at),
                (false, true) => seen.only_right.push(at),
                (true, true) => match self.at_point(pool, left, right, &at) {
                    Some(digits) if digits.is_finite() => {
                        seen.digits = seen.digits.min(digits);
                        seen.agreed.push(at);
                    }
                    Some(_) => {
                        seen.witness = Some(at);
                        break;
                    }
                    None => seen.unclear += 1,
                },
            }
            let enough_seen = seen.agreed.len() >= enough && attempt >= DOMAIN;
            if enough_seen || (known.is_empty() && attempt > 0) {
                break;
            }
        }
        seen
    }

    /// The digits to which values agree, infinite when they differ for certain; `None` when
    /// nothing can be said.
    fn at_point(
        &self,
        pool: &mut Pool,
        left: Dual,
        right: Dual,
        at: &[f64],
    ) -> Option<f64> {
        let difference = (left.value - right.value).abs();
        let error = left.value_error + right.value_error;
        let scale = left.value.abs().max(right.value.abs());
        let agree = |difference: f64| {
            if scale == 0.0 {
                15.0
            } else {
                -((difference + error) / scale).max(1e-16).log10()
            }
        };
        if difference <= 8.0 * error + f64::MIN_POSITIVE && error <= 1e-6 * scale {
            return Some(agree(difference));
        }
        if error > 1e-6 * scale || difference <= 1e6 * error {
            // Rounding could be the reason: many digits decide.
            match self.exactly(pool, at) {
                Some(true) => return Some(15.0),
                Some(false) => return Some(f64::INFINITY),
                None => {}
            }
        }
        let certain = difference > 1e3 * error && difference > 1e-9 * scale;
        if certain {
            Some(f64::INFINITY)
        } else {
            (error <= 1e-6 * scale && difference <= 1e-8 * scale)
                .then(|| agree(difference))
        }
    }

    /// Whether the values at a point agree with many digits; `None` when they cannot be found.
    fn exactly(&self, pool: &mut Pool, at: &[f64]) -> Option<bool> {
        let [left, right] = self.substituted(pool, at);
        digits::agree(pool, left, right)
    }

    fn substituted(&self, pool: &mut Pool, at: &[f64]) -> [ExprId; 2] {
        let mut replacements = Vec::with_capacity(at.len());
        for (name, x) in self.tape.variables.iter().zip(at) {
            let symbol = pool.symbol(name);
            replacements.push((symbol, pool.number(exact(*x))));
        }
        let roots = [self.left.id, self.right.id];
        let found = pool.substitute(&roots, &replacements, function::apply);
        [found[0], found[1]]
    }

    fn coordinates(&self, at: &[f64]) -> Vec<(String, f64)> {
        let named = self.tape.variables.iter().cloned().zip(at.iter().copied());
        named.filter(|(name, _)| self.domain == Domain::Real || name != "i").collect()
    }

    fn different(&self, pool: &mut Pool, at: &[f64]) -> Decision {
        let [left, right] = self.substituted(pool, at);
        let point = self.coordinates(at);
        let (left, right) = (value_text(pool, left), value_text(pool, right));
        Decision {
            verdict: Verdict::Different(Witness { point, left, right }),
            known: "refuted at this point".to_owned(),
        }
    }

    /// The signs of parts at real points.
    fn signs(
        &self,
        pool: &Pool,
        parts: &[ExprId],
        points: &[Vec<f64>],
    ) -> Vec<Vec<bool>> {
        let mut tape = Tape::over(self.tape.variables.clone());
        let slots = tape.add_expressions(pool, parts);
        let mut found: Vec<Vec<bool>> = Vec::new();
        for at in points {
            let mut at = at.clone();
            at.resize(tape.variables.len(), f64::NAN);
            let values = crate::evaluate::values(&tape, &at);
            let signs: Vec<f64> =
                slots.iter().map(|slot| values[*slot as usize]).collect();
            if signs.iter().any(|value| value.is_nan() || *value == 0.0) {
                continue;
            }
            let signs = signs.iter().map(|value| *value > 0.0).collect();
            if !found.contains(&signs) {
                found.push(signs);
            }
        }
        found
    }

    fn proved(&self, pool: &mut Pool, seen: &Seen, images: usize) -> Decision {
        let known = proof(images);
        let narrower = match (seen.only_left.len(), seen.only_right.len()) {
            (left, right) if left >= 2 && left >= right => {
                Some((&self.right, &seen.only_left))
            }
            (_, right) if right >= 2 && !self.within_left => {
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
        let parts: Vec<ExprId> = candidates.iter().map(|(id, _)| *id).collect();
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
        if failed.is_empty() {
            return Some(format!("arguments for which {} is defined", side.name));
        }
        failed.sort_unstable();
        let texts: Vec<String> = failed
            .iter()
            .filter_map(|place| {
                let (id, strict) = candidates[*place];
                let text = print::write(pool, id, print::Notation::Text).ok()?;
                Some(format!("{text} {} 0", if strict { ">" } else { ">=" }))
            })
            .collect();
        Some(texts.join(" and "))
    }
}

fn proof(images: usize) -> String {
    format!("proved: equal in {images} images of the normal form")
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

/// What must be positive (true) or at least zero (false) for an expression to be defined.
fn requirements(pool: &Pool, id: ExprId) -> Vec<(ExprId, bool)> {
    let mut found: Vec<(ExprId, bool)> = Vec::new();
    for id in pool.reachable(&[id]) {
        let next = match pool.node(id) {
            Node::Power(base, exponent) if base != Pool::E => {
                match pool.as_number(exponent) {
                    Some(n) if n.is_integer() => None,
                    Some(n) => Some((base, n.is_negative())),
                    None => Some((base, true)),
                }
            }
            Node::Apply(function, list)
                if function.is_builtin()
                    && function::spec(function).domain == "u > 0" =>
            {
                Some((pool.list(list)[0], true))
            }
            _ => None,
        };
        if let Some(next) = next
            && !pool.is_constant(next.0)
            && !found.contains(&next)
        {
            found.push(next);
        }
    }
    found
}

/// The exact value of a double, whose denominator is a power of 2.
fn exact(x: f64) -> Number {
    num_rational::BigRational::from_float(x).map_or(Number::ZERO, Number::from_big)
}

/// A value at a point: exact when it is short, otherwise 15 digits.
fn value_text(pool: &mut Pool, id: ExprId) -> String {
    let simple = crate::simplify::Simplifier::default().simplify(pool, id);
    if pool.cost(simple) <= 8
        && let Ok(text) = print::write(pool, simple, print::Notation::Text)
    {
        return text;
    }
    let mut tape = Tape::default();
    let slots = tape.add_expressions(pool, &[simple]);
    digits::short(crate::evaluate::values(&tape, &[])[slots[0] as usize])
}

fn unproved(seen: &Seen) -> Decision {
    let points = seen.agreed.len();
    if points >= 3 {
        let digits = (seen.digits.floor().max(1.0) as usize).min(15);
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
        known: format!("{ATTEMPTS} points were tried"),
    }
}
