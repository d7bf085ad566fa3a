//! The check of a Taylor polynomial: how fast the error vanishes on the way to the point.
//!
//! Along a line into the point the error of a polynomial of order n falls like the power n + 1
//! of the distance; one wrong coefficient of degree k makes it fall like the power k. With
//! many digits two distances tell the power; and what was typed is compared in doubles, as
//! far as they reach.

use super::points::point;
use super::verify::{Checker, Outcome};
use crate::evaluate::{Slot, Tape, digits, duals, values};
use crate::function;
use crate::kernel::{Assumption, ExprId, Number, Pool};
use crate::syntax;

/// The two distances with many digits, as powers of 1/2.
const NEAR: [i64; 2] = [30, 50];
/// The most decimal digits that are calculated.
const MAX_DIGITS: usize = 3000;
/// The distances in doubles, as powers of 1/2.
const HALVINGS: i32 = 30;
/// How far values in doubles differ by rounding alone, relative to their size.
const NOISE: f64 = 1e-13;
/// How much greater than that an error must be to show a power.
const CLEAR: f64 = 300.0;
/// How many values of parameters are tried.
const ATTEMPTS: usize = 6;

/// What is compared: a function and its polynomial.
pub struct Approximation<'a> {
    /// The function as it was typed.
    pub tape: &'a mut Tape,
    /// Its value.
    pub value: Slot,
    /// The function in the pool.
    pub function: ExprId,
    /// The polynomial.
    pub polynomial: ExprId,
    /// The variables and the point.
    pub variables: &'a [(ExprId, ExprId)],
    /// The order of the polynomial.
    pub order: u32,
    /// What is assumed of variables by name.
    pub assumptions: &'a [(String, Assumption)],
}

/// What a comparison says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Found {
    Agree,
    Unclear,
    Differ,
}

impl Checker {
    /// Compares a function with its Taylor polynomial near the point.
    pub fn verify_polynomial(
        &mut self,
        pool: &mut Pool,
        claim: Approximation<'_>,
    ) -> Outcome {
        let names: Vec<String> = {
            let mut roots = vec![claim.function, claim.polynomial];
            roots.extend(claim.variables.iter().map(|(_, at)| *at));
            let symbols = pool.symbols_of(&roots);
            let own = |name: &str| {
                claim.variables.iter().any(|(id, _)| pool.symbol_name(*id) == Some(name))
            };
            let names = symbols.into_iter().map(|symbol| pool.name(symbol).to_owned());
            names.filter(|name| !own(name)).collect()
        };
        let known: Vec<Assumption> = names
            .iter()
            .map(|name| {
                let found = claim.assumptions.iter().find(|(other, _)| other == name);
                found.map_or(Assumption::default(), |(_, assumption)| *assumption)
            })
            .collect();
        let attempts = if names.is_empty() { 1 } else { ATTEMPTS };
        let mut agreed = 0;
        for attempt in 0..attempts {
            // Sixteenths, so that both paths have the same values.
            let values: Vec<f64> = point(attempt, &known)
                .into_iter()
                .map(|x| (x * 16.0).round() / 16.0)
                .collect();
            let parameters: Vec<(&str, f64)> =
                names.iter().map(String::as_str).zip(values).collect();
            // No two alike: along x = y, much vanishes that does not elsewhere.
            let along: Vec<i64> = (0..claim.variables.len())
                .map(|place| 5 + ((7 * place + 3 * attempt) % 11) as i64)
                .collect();
            let found = match self.with_many_digits(pool, &claim, &parameters, &along) {
                Found::Differ => Found::Differ,
                exact => {
                    match (exact, self.as_typed(pool, &claim, &parameters, &along)) {
                        (_, Found::Differ) => Found::Differ,
                        (Found::Agree, _) | (_, Found::Agree) => Found::Agree,
                        _ => Found::Unclear,
                    }
                }
            };
            match found {
                Found::Agree => agreed += 1,
                Found::Unclear => {}
                Found::Differ => {
                    let point: Vec<String> = parameters
                        .iter()
                        .map(|(name, x)| format!("{name} = {x}"))
                        .collect();
                    return Outcome::Differ { variable: None, point: point.join(", ") };
                }
            }
            if agreed == 2 {
                break;
            }
        }
        if agreed > 0 { Outcome::Agree(agreed) } else { Outcome::NoPoint }
    }

    /// The power with which the error falls, from two distances.
    fn with_many_digits(
        &self,
        pool: &mut Pool,
        claim: &Approximation<'_>,
        parameters: &[(&str, f64)],
        along: &[i64],
    ) -> Found {
        let order = claim.order as usize;
        let digits = NEAR[1] as usize * 10 / 33 * (order + 2) + 20;
        if digits > MAX_DIGITS {
            return Found::Unclear;
        }
        let error = pool.difference(claim.function, claim.polynomial);
        let mut fixed = Vec::with_capacity(parameters.len());
        for (name, x) in parameters {
            let value = Number::ratio((x * 16.0) as i64, 16).unwrap_or(Number::ONE);
            fixed.push((pool.symbol(name), pool.number(value)));
        }
        let mut sizes = [None; 2];
        for (size, halvings) in sizes.iter_mut().zip(NEAR) {
            let mut replaced = fixed.clone();
            for ((symbol, at), step) in claim.variables.iter().zip(along) {
                let at = pool.substitute(&[*at], &fixed, function::apply)[0];
                let step = Number::ratio(*step, 1 << halvings).unwrap_or(Number::ONE);
                let step = pool.number(step);
                replaced.push((*symbol, pool.sum(&[at, step])));
            }
            let value = pool.substitute(&[error], &replaced, function::apply)[0];
            match digits::magnitude(pool, value, digits, syntax::in_normal_form) {
                Ok(found) => *size = found,
                Err(_) => return Found::Unclear,
            }
        }
        let [Some(far), Some(near)] = sizes else {
            // What cannot be told from zero nearby is none.
            return if sizes[1].is_none() { Found::Agree } else { Found::Unclear };
        };
        let power = f64::from(far - near) / (NEAR[1] - NEAR[0]) as f64;
        let wanted = f64::from(claim.order) + 1.0;
        match power {
            p if p > wanted - 0.3 => Found::Agree,
            p if p < wanted - 0.7 => Found::Differ,
            _ => Found::Unclear,
        }
    }

    /// The same in doubles, with the function as it was typed.
    fn as_typed(
        &mut self,
        pool: &Pool,
        claim: &Approximation<'_>,
        parameters: &[(&str, f64)],
        along: &[i64],
    ) -> Found {
        let mut tape = claim.tape.clone();
        let mut roots = vec![claim.polynomial];
        roots.extend(claim.variables.iter().map(|(_, at)| *at));
        let slots = tape.add_expressions(pool, &roots);
        self.learn(&tape);
        let value_of = |name: &str| parameters.iter().find(|(known, _)| *known == name);
        let mut at: Vec<f64> = tape
            .variables
            .iter()
            .map(|name| value_of(name).map_or(0.0, |(_, x)| *x))
            .collect();
        let places: Vec<Option<usize>> = claim
            .variables
            .iter()
            .map(|(symbol, _)| {
                let name = pool.symbol_name(*symbol);
                tape.variables.iter().position(|known| Some(known.as_str()) == name)
            })
            .collect();
        let centre: Vec<f64> = {
            let found = values(&tape, &at);
            slots[1..].iter().map(|slot| found[*slot as usize]).collect()
        };
        let still = vec![0.0; at.len()];
        // The errors at halved distances, and what rounding makes of them.
        let mut errors: Vec<(f64, f64)> = Vec::new();
        for halvings in -2..HALVINGS {
            let distance = 0.5f64.powi(halvings);
            for ((place, centre), step) in places.iter().zip(&centre).zip(along) {
                if let Some(place) = place {
                    at[*place] = centre + distance * *step as f64 / 16.0;
                }
            }
            let found = duals(&tape, &at, &still, self.slopes());
            let (f, p) = (found[claim.value as usize], found[slots[0] as usize]);
            let bound = f.value_error + p.value_error;
            let (f, p) = (f.value, p.value);
            if f.is_finite() && p.is_finite() && bound.is_finite() {
                let noise = NOISE * f.abs().max(p.abs()).max(1e-300) + 10.0 * bound;
                errors.push(((f - p).abs(), noise));
            }
        }
        judge(&errors, claim.order)
    }
}

/// The power with which errors fall as far as rounding lets it be seen.
fn judge(errors: &[(f64, f64)], order: u32) -> Found {
    let clear = errors.iter().take_while(|(error, noise)| *error > CLEAR * noise).count();
    if errors.len() < 4 {
        return Found::Unclear;
    }
    if clear < 2 {
        return if errors[0].0 <= 10.0 * errors[0].1 {
            Found::Agree
        } else {
            Found::Unclear
        };
    }
    let powers: Vec<f64> =
        (1..clear).map(|k| (errors[k - 1].0 / errors[k].0).log2()).collect();
    let last = powers[powers.len() - 1];
    // Rounding that the bounds do not know of spoils the last one first.
    let mean = powers.iter().rev().take(2).sum::<f64>() / powers.len().min(2) as f64;
    if last.max(mean) > f64::from(order) + 0.6 {
        return Found::Agree;
    }
    let steady = powers.len() >= 4
        && powers[powers.len() - 4..].iter().all(|power| {
            (power - last.round()).abs() < 0.1 && last.round() <= f64::from(order)
        });
    // The first error that rounding hides must be as small as the others let expect.
    let expected = errors[clear - 1].0 / 2f64.powf(last);
    let hidden =
        errors.get(clear).is_none_or(|(_, noise)| expected < 3.0 * CLEAR * noise);
    if steady && hidden { Found::Differ } else { Found::Unclear }
}
