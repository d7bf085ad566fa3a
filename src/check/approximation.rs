//! The check of a Taylor polynomial: how fast the error vanishes on the way to the point.
//!
//! Along a line into the point the error of a polynomial of order n falls like the power n + 1
//! of the distance; one wrong coefficient of degree k makes it fall like the power k. With
//! many digits two distances tell the power; what has no many digits is compared in doubles,
//! as far as they reach.

use super::curve::assumed;
use super::nearby::{Component, Gap, Nearby};
use super::points::point;
use super::verify::{Checker, Outcome};
use crate::evaluate::{Slot, Tape, duals, values};
use crate::function;
use crate::kernel::{Assumption, ExprId, Node, Number, Pool};

/// Two distances with many digits, as powers of 1/2; the next two where the first are too far,
/// as for `sin(10^20*x)`.
const NEAR: [[i32; 2]; 3] = [[30, 50], [300, 320], [1400, 1420]];
/// The distances in doubles, as powers of 1/2; more of them while the error still shows, as
/// for `f(10^20*x)`, which is far from its polynomial at the first.
const HALVINGS: i32 = 30;
const MOST_HALVINGS: i32 = 1060;
/// How far values in doubles differ by rounding alone, relative to their size.
const NOISE: f64 = 1e-13;
/// How much greater than that an error must be to show a power.
const CLEAR: f64 = 300.0;
/// How far from a point is looked what is assumed of a variable there.
pub const BESIDE: f64 = 1e-6;
/// How many values of parameters are tried.
const ATTEMPTS: usize = 6;

/// What is compared: a function and its polynomial.
pub struct Approximation<'a> {
    /// The function as it was typed.
    pub tape: &'a mut Tape,
    /// Its value.
    pub value: Slot,
    /// The same as a program, where no values were put in.
    pub typed: Option<Component<'a>>,
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
        pool: &Pool,
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
        let known = assumed(&names, claim.assumptions);
        // At an end of what is assumed of a variable, the polynomial holds on one side.
        let turns: Vec<bool> = claim
            .variables
            .iter()
            .map(|(symbol, at)| {
                let name = pool.symbol_name(*symbol).unwrap_or_default();
                let found = claim.assumptions.iter().find(|(other, _)| other == name);
                found.is_some_and(|(_, known)| {
                    let at = at_rest(pool, *at);
                    known.allows(at - BESIDE) && !known.allows(at + BESIDE)
                })
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
                .map(|place| {
                    let step = 5 + ((7 * place + 3 * attempt) % 11) as i64;
                    if turns[place] { -step } else { step }
                })
                .collect();
            let found = match Self::with_many_digits(pool, &claim, &parameters, &along) {
                Found::Unclear => {
                    match self.as_typed(pool, &claim, &parameters, &along) {
                        // A branch may begin nearer by than doubles see.
                        Found::Differ if may_bend(pool, claim.function) => Found::Unclear,
                        found => found,
                    }
                }
                clear => clear,
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
        pool: &Pool,
        claim: &Approximation<'_>,
        parameters: &[(&str, f64)],
        along: &[i64],
    ) -> Found {
        let exact = |x: f64| Number::ratio((x * 16.0) as i64, 16).unwrap_or(Number::ONE);
        let parameters: Vec<(&str, Number)> =
            parameters.iter().map(|(name, x)| (*name, exact(*x))).collect();
        let wanted = f64::from(claim.order) + 1.0;
        let mut last = Found::Unclear;
        for near in NEAR {
            let gaps = near.map(|halvings| {
                let parameters = &parameters;
                Nearby { pool, claim, parameters, along, halvings }.gap()
            });
            let found = match gaps {
                [_, Gap::Nothing] => Found::Agree,
                [Gap::Size(far), Gap::Size(close)] => {
                    match (far - close) as f64 / f64::from(near[1] - near[0]) {
                        power if power > wanted - 0.3 => Found::Agree,
                        power if power < wanted - 0.7 => Found::Differ,
                        _ => Found::Unclear,
                    }
                }
                _ => Found::Unclear,
            };
            // Where nothing is seen nearer by, what was seen holds, unless a branch may begin
            // there: `piecewise(10^-300 < x, 2, x)`.
            if found != Found::Unclear || may_bend(pool, claim.function) {
                last = found;
            }
            if found != Found::Differ {
                break;
            }
        }
        last
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
        for halvings in -2..MOST_HALVINGS {
            let is_clear = |(error, noise): &(f64, f64)| *error > CLEAR * noise;
            if halvings >= HALVINGS && !errors.last().is_some_and(is_clear) {
                break;
            }
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

/// Whether a formula may have branches, kinks or jumps.
fn may_bend(pool: &Pool, of: ExprId) -> bool {
    pool.reachable(&[of]).into_iter().any(|id| match pool.node(id) {
        Node::Apply(function, _) => {
            !function.is_builtin() || !function::spec(function).is_smooth()
        }
        _ => false,
    })
}

/// The value of a constant; NaN where it has none or contains symbols.
fn at_rest(pool: &Pool, id: ExprId) -> f64 {
    let mut tape = Tape::default();
    let slots = tape.add_expressions(pool, &[id]);
    match tape.variables.is_empty() {
        true => values(&tape, &[])[slots[0] as usize],
        false => f64::NAN,
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
