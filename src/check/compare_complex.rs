//! Two expressions compared over the complex numbers: at points, and by images.

use super::argument::Proof;
use super::compare::{Comparison, unproved};
use super::cuts::{complex_parts, settled};
use super::image::{self, Images};
use super::observe::{Seen, Told};
use super::parted::parted;
use super::place::Place;
use super::points::{are_free, complex_point, dyadic_point};
use super::verdict::{Decision, Domain, Verdict, Witness};
use crate::error::Result;
use crate::evaluate::{
    Approximate, Operation, Slot, Tape, complex_values, digits, values,
};
use crate::function;
use crate::function::spec::Category;
use crate::kernel::{ExprId, Pool};
use crate::simplify;
use crate::syntax;
use num_complex::Complex64;

/// Up to how many terms a difference is multiplied out.
const TERMS: usize = 40;
/// A difference that is smaller, relatively, does not come of another branch.
const SMALL: f64 = 1e-6;
/// How many points are tried, of real and of complex variables.
const REAL: usize = 200;
const COMPLEX: usize = 420;
/// At how many common points values are looked at.
const ENOUGH: [usize; 2] = [40, 240];
/// Errors above this leave few digits.
const ROUGH: f64 = 1e-12;
/// Functions of what is larger may leave the doubles.
const LARGE: f64 = 100.0;
/// At how many points values that agree are calculated with many digits.
const CONFIRMED: usize = 6;
/// The digits of a value and of a difference.
const DIGITS: usize = 15;
const FEW_DIGITS: usize = 3;
/// To how many digits values agree that many digits have as one.
const CERTAIN: u8 = 30;
/// At how many of them variables must be off the real line.
const BESIDE: usize = 3;

impl Comparison<'_> {
    /// The verdict over the complex numbers.
    pub(super) fn decide_complex(
        &self,
        pool: &mut Pool,
        remark: &str,
    ) -> Result<Decision> {
        let known = self.names();
        let names = &self.tape.variables;
        let mut seen = Seen::new();
        let (mut witness, mut differed, mut beside) = (None, 0, 0);
        let (mut hidden, mut confirmed) = (None, 0);
        let is_complex = self.domain == Domain::Complex;
        let free = are_free(pool, names);
        let has_free = is_complex && free.contains(&true);
        let has_variables = names.iter().any(|name| name != "i" || !is_complex);
        for attempt in 0..if is_complex { COMPLEX } else { REAL } {
            // A constant has one value.
            if attempt > 0 && !has_variables {
                break;
            }
            let at: Vec<Complex64> = match is_complex {
                true => complex_point(attempt, &known, &free),
                false => {
                    dyadic_point(attempt, &known).into_iter().map(Into::into).collect()
                }
            };
            // A strict bound is no point.
            let is_assumed =
                |at: usize, z: &Complex64| free[at] || known[at].allows(z.re);
            if is_complex && !at.iter().enumerate().all(|(place, z)| is_assumed(place, z))
            {
                continue;
            }
            let flat = || at.iter().flat_map(|z| [z.re, z.im]).collect::<Vec<f64>>();
            let found = complex_values(self.tape, &at, syntax::in_normal_form);
            let left = found[self.left.value as usize];
            let right = found[self.right.value as usize];
            if !left.is_known() || !right.is_known() {
                let has_none =
                    is_complex && !has_variables && is_at_pole(self.tape, &found);
                if is_complex && !has_variables && !has_none {
                    // Doubles lose a constant that many digits have.
                    match self.told_at(pool, &at) {
                        Told::Different => {
                            let place = Place::of_complex(pool, names, &at);
                            witness = Some(self.complex_witness(pool, &place));
                        }
                        Told::Equal => seen.agree(flat(), f64::from(CERTAIN), false),
                        Told::Open | Told::Unavailable => seen.unclear.push(flat()),
                    }
                }
                continue;
            }
            let difference = (left.value - right.value).norm();
            let error = left.error + right.error;
            let scale = left.value.norm().max(right.value.norm());
            if error > 1e-6 * scale && error > 1e-290 {
                seen.unclear.push(flat());
            } else if difference > 1e3 * error && difference > 1e-9 * scale {
                // What was made by real rules is right where it is real.
                let real: Vec<f64> = at.iter().map(|z| z.re).collect();
                if self.within_left
                    && !is_complex
                    && !values(self.tape, &real)[self.left.value as usize].is_finite()
                {
                    seen.unclear.push(flat());
                    continue;
                }
                if is_complex && self.told_at(pool, &at) == Told::Equal {
                    // Rounding made the difference.
                    seen.unclear.push(flat());
                    continue;
                }
                differed += 1;
                witness.get_or_insert_with(|| Witness {
                    point: Place::of_complex(pool, names, &at).coordinates(pool, true),
                    left: complex_text(left),
                    right: complex_text(right),
                    difference: None,
                });
                if is_complex {
                    break;
                }
            } else {
                if is_complex && confirmed < CONFIRMED {
                    confirmed += 1;
                    // What agrees in doubles may differ behind them.
                    if self.told_at(pool, &at) == Told::Different {
                        let place = Place::of_complex(pool, names, &at);
                        witness = Some(self.complex_witness(pool, &place));
                        break;
                    }
                }
                if !is_complex && confirmed < CONFIRMED {
                    confirmed += 1;
                    let found = self.hidden_difference(pool, &at, scale);
                    hidden = hidden.or(found);
                }
                let ratio = if scale == 0.0 { 0.0 } else { (difference + error) / scale };
                beside += usize::from(at.iter().any(|z| z.im != 0.0));
                seen.agree(
                    flat(),
                    -ratio.max(1e-16).log10(),
                    is_complex && error > ROUGH * scale,
                );
            }
            if seen.agreed.len() + differed >= ENOUGH[usize::from(is_complex)] {
                break;
            }
        }
        // What is small does not come of a branch.
        let is_on_one = !is_complex && seen.agreed.len() > differed / 8;
        let may_be_branch = is_on_one && hidden.is_none();
        let witness = match is_on_one {
            true => hidden.or(witness),
            false => witness.or(hidden),
        };
        if let Some(witness) = witness {
            // Two formulas that are nowhere real together may be on two branches.
            if may_be_branch {
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
        if has_free && beside < BESIDE {
            // What is known of the real line says nothing of what is beside it.
            let reason = "too few points were found at which both are defined";
            decision.verdict = Verdict::Undecided { reason: reason.to_owned() };
            decision.known = "hundreds of points were tried".to_owned();
        }
        decision.known.insert_str(0, remark);
        if !is_complex {
            return Ok(decision);
        }
        if !seen.agreed.is_empty() && self.are_parted_alike(pool)? {
            let known = Proof::everywhere().text();
            return Ok(Decision { verdict: Verdict::Equal, known });
        }
        let on_cuts = self.on_cuts(pool)?;
        if let Some(place) = &on_cuts.witness {
            let verdict = Verdict::Different(self.complex_witness(pool, place));
            return Ok(Decision { verdict, known: "refuted at this point".to_owned() });
        }
        match image::compare_complex(pool, self.left.id, self.right.id)? {
            Images::Equal(..) if on_cuts.is_open || on_cuts.has_open_end => {
                let reason = "nothing is known of where a branch is cut".to_owned();
                let known = "proved, but for where a branch is cut".to_owned();
                decision = Decision { verdict: Verdict::Undecided { reason }, known };
            }
            Images::Equal(count, _) => {
                decision.verdict = Verdict::Equal;
                decision.known = Proof::plain(count).text();
            }
            // They differ on a branch that no point is on, or on a cut.
            Images::Different { .. } if has_free && beside >= BESIDE => {
                decision = agreeing();
            }
            _ if on_cuts.is_open || on_cuts.has_open_end => decision = agreeing(),
            _ => {}
        }
        Ok(decision)
    }

    /// Whether both sides are the same, with positive factors outside of logarithms and powers.
    fn are_parted_alike(&self, pool: &mut Pool) -> Result<bool> {
        let mut sides = [self.left.id, self.right.id];
        for side in &mut sides {
            let own = image::over_kernels(pool, *side)?;
            *side = parted(pool, own);
        }
        let difference = pool.difference(sides[0], sides[1]);
        let expanded = simplify::expand_all(pool, difference, TERMS);
        Ok(expanded.unwrap_or(difference) == Pool::ZERO)
    }

    /// What many digits say of a difference at a point.
    fn told_at(&self, pool: &mut Pool, at: &[Complex64]) -> Told {
        let place = Place::of_complex(pool, &self.tape.variables, at);
        self.tell_complex(pool, &place)
    }

    /// What many digits show of a difference that doubles do not. What is not small may come of
    /// real rules, which choose another branch.
    fn hidden_difference(
        &self,
        pool: &mut Pool,
        at: &[Complex64],
        scale: f64,
    ) -> Option<Witness> {
        let place = Place::of_complex(pool, &self.tape.variables, at);
        if self.tell_complex(pool, &place) != Told::Different {
            return None;
        }
        let difference = pool.difference(self.left.id, self.right.id);
        let difference = place.put_into(pool, &[difference])?[0];
        let mut tape = Tape::default();
        let slot = tape.add_expressions(pool, &[difference])[0];
        let found = complex_values(&tape, &[], syntax::in_normal_form)[slot as usize];
        let is_small = found.is_known() && found.value.norm() <= SMALL * scale;
        is_small.then(|| self.complex_witness(pool, &place))
    }

    /// That both sides differ at a place.
    fn complex_witness(&self, pool: &mut Pool, place: &Place) -> Witness {
        let sides = place.put_into(pool, &[self.left.id, self.right.id]);
        let sides = sides.map_or([Pool::UNDEFINED; 2], |sides| [sides[0], sides[1]]);
        let sides = sides.map(|side| settled(pool, side));
        let text = |pool: &Pool, id: ExprId, count: usize| {
            let parts = complex_parts(pool, id, count);
            parts.map_or_else(
                |_| "undefined".to_owned(),
                |[re, im]| digits::joined(&re, &im),
            )
        };
        let [left, right] = sides.map(|side| text(pool, side, DIGITS));
        let difference = pool.difference(sides[0], sides[1]);
        let difference = (left == right).then(|| {
            let text = text(pool, difference, FEW_DIGITS);
            text.trim_start_matches('-').to_owned()
        });
        let point = place.coordinates(pool, true);
        Witness { point, left, right, difference }
    }
}

/// Whether a function has no value at what it is of, or something is divided by 0: values that
/// are known and not large.
fn is_at_pole(tape: &Tape, found: &[Approximate]) -> bool {
    let is_plain = |slot: Slot| {
        let own = found[slot as usize];
        own.is_known() && own.value.norm() < LARGE
    };
    tape.operations.iter().zip(found).any(|(operation, value)| {
        !value.is_known()
            && match operation {
                Operation::Apply(function, of) => {
                    let is_elementary = function.is_builtin()
                        && function::spec(*function).category <= Category::Hyperbolic;
                    is_elementary && is_plain(*of)
                }
                Operation::Divide(_, below) => {
                    is_plain(*below) && found[*below as usize].value.norm() == 0.0
                }
                _ => false,
            }
    })
}

/// That both agree without a proof.
fn agreeing() -> Decision {
    let reason = "they agree as far as digits tell, and no proof was found".to_owned();
    let known = "hundreds of points were tried".to_owned();
    Decision { verdict: Verdict::Undecided { reason }, known }
}

/// A value; a part that is nothing but rounding is left out.
fn complex_text(known: Approximate) -> String {
    let part = |x: f64| if x.abs() <= 4.0 * known.error { 0.0 } else { x };
    let value = Complex64::new(part(known.value.re), part(known.value.im));
    digits::joined(&digits::short(value.re), &digits::short(value.im))
}
