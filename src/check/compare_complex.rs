//! Two expressions compared over the complex numbers: at points, and by images.

use super::argument::Proof;
use super::compare::{Comparison, unproved};
use super::image::{self, Images};
use super::observe::Seen;
use super::place::Place;
use super::points::dyadic_point;
use super::verdict::{Decision, Domain, Verdict, Witness};
use crate::error::Result;
use crate::evaluate::{complex_values, digits, values};
use crate::kernel::Pool;

/// How many points are tried.
const COMPLEX: usize = 200;
/// At how many common points values are looked at.
const ENOUGH: usize = 40;

impl Comparison<'_> {
    /// The verdict over the complex numbers.
    pub(super) fn decide_complex(
        &self,
        pool: &mut Pool,
        remark: &str,
    ) -> Result<Decision> {
        let known = self.names();
        let mut seen = Seen::new();
        let (mut witness, mut differed) = (None, 0);
        for attempt in 0..COMPLEX {
            // A constant has one value.
            if attempt > 0 && known.is_empty() {
                break;
            }
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
                seen.unclear.push(at);
            } else if difference > 1e3 * error && difference > 1e-9 * scale {
                // What was made by real rules is right where it is real.
                if self.within_left
                    && self.domain == Domain::Real
                    && !values(self.tape, &at)[self.left.value as usize].is_finite()
                {
                    seen.unclear.push(at);
                    continue;
                }
                differed += 1;
                witness.get_or_insert_with(|| Witness {
                    point: Place::of_doubles(pool, &self.tape.variables, &at)
                        .coordinates(pool, true),
                    left: complex_text(left.value),
                    right: complex_text(right.value),
                    difference: None,
                });
                if self.domain == Domain::Complex {
                    break;
                }
            } else {
                let ratio = if scale == 0.0 { 0.0 } else { (difference + error) / scale };
                seen.agree(at, -ratio.max(1e-16).log10(), false);
            }
            if seen.agreed.len() + differed >= ENOUGH {
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
        if self.domain == Domain::Complex
            && let Images::Equal(count) =
                image::compare_complex(pool, self.left.id, self.right.id)?
        {
            decision.verdict = Verdict::Equal;
            decision.known = Proof::plain(count).text();
        }
        Ok(decision)
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
