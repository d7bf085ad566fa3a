//! Two expressions at points: where they agree, where they differ, where one is undefined.

use super::compare::Comparison;
use super::points::dyadic_point;
use super::verify::Checker;
use crate::evaluate::{Dual, Operation, Tape, digits, duals, values};
use crate::function;
use crate::function::spec::Category;
use crate::kernel::{ExprId, Pool};

/// How many points are tried at most.
const ATTEMPTS: usize = 600;
/// How many points are tried to see where expressions are defined.
const DOMAIN: usize = 80;
/// How often values are calculated with many digits.
const EXACT: usize = 10;
/// At how many points values that agree are compared with many digits when there is no proof.
const CONFIRMED: usize = 3;
/// At how many points special functions must differ.
const CERTAIN: usize = 3;

/// What was seen at points.
#[derive(Default)]
pub(super) struct Seen {
    pub(super) agreed: Vec<Vec<f64>>,
    pub(super) only_left: Vec<Vec<f64>>,
    pub(super) only_right: Vec<Vec<f64>>,
    pub(super) unclear: usize,
    /// The fewest digits to which values agreed.
    pub(super) digits: f64,
    /// The same at points at which rounding leaves few digits.
    pub(super) rough: f64,
    /// A point at which the values differ for certain.
    pub(super) witness: Option<Vec<f64>>,
    /// Points at which they differ, as far as special functions are known.
    pub(super) differed: Vec<Vec<f64>>,
    pub(super) exact: usize,
}

/// What is seen at one point.
enum Sight {
    Agree(f64),
    Differ,
    Unclear,
}

impl Comparison<'_> {
    /// Evaluates both at points until they agree at `enough` or differ.
    pub(super) fn look(
        &mut self,
        pool: &mut Pool,
        checker: &mut Checker,
        enough: usize,
        proved: bool,
    ) -> Seen {
        checker.learn(self.tape);
        let known = self.names();
        let still = vec![0.0; known.len()];
        let needed = if has_special(self.tape) { CERTAIN } else { 1 };
        let none = f64::INFINITY;
        let mut seen = Seen { digits: none, rough: none, ..Seen::default() };
        for attempt in 0..ATTEMPTS {
            let at = dyadic_point(attempt, &known);
            let found = duals(self.tape, &at, &still, checker.slopes());
            let left = found[self.left.value as usize];
            let right = found[self.right.value as usize];
            if left.value.is_finite() && right.value.is_finite() {
                match self.at_point(pool, left, right, &at, proved, &mut seen) {
                    Sight::Agree(digits) => {
                        let error = left.value_error + right.value_error;
                        if error <= 1e-9 * left.value.abs() {
                            seen.digits = seen.digits.min(digits);
                        } else {
                            seen.rough = seen.rough.min(digits);
                        }
                        seen.agreed.push(at);
                    }
                    Sight::Differ => seen.differed.push(at),
                    Sight::Unclear => seen.unclear += 1,
                }
            } else {
                self.undefined(at, &mut seen);
            }
            let count = seen.differed.len();
            if count >= needed && (needed == 1 || 2 * count > seen.agreed.len()) {
                seen.witness = Some(seen.differed.swap_remove(0));
                break;
            }
            let all = seen.agreed.len() >= enough && attempt >= DOMAIN;
            if all || known.is_empty() {
                break;
            }
        }
        seen
    }

    /// Notes where only one is defined; what overflows says nothing.
    fn undefined(&self, at: Vec<f64>, seen: &mut Seen) {
        let plain = values(self.tape, &at);
        if plain.iter().any(|value| value.is_infinite()) {
            return;
        }
        let defined = |slot: u32| !plain[slot as usize].is_nan();
        match (defined(self.left.value), defined(self.right.value)) {
            (false, false) => {}
            (true, true) => seen.unclear += 1,
            (true, false) => seen.only_left.push(at),
            (false, true) => seen.only_right.push(at),
        }
    }

    fn at_point(
        &self,
        pool: &mut Pool,
        left: Dual,
        right: Dual,
        at: &[f64],
        proved: bool,
        seen: &mut Seen,
    ) -> Sight {
        let difference = (left.value - right.value).abs();
        let error = left.value_error + right.value_error;
        let scale = left.value.abs().max(right.value.abs());
        let digits = if scale == 0.0 {
            15.0
        } else {
            -((difference + error) / scale).max(1e-16).log10()
        };
        let agree =
            difference <= 8.0 * error + f64::MIN_POSITIVE && error <= 1e-6 * scale;
        // Rounding could hide or make a difference: many digits decide.
        let doubtful = !agree && (error > 1e-6 * scale || difference <= 1e6 * error)
            || agree && !proved && seen.agreed.len() < CONFIRMED;
        if doubtful && seen.exact < EXACT {
            seen.exact += 1;
            let values = self.substituted(pool, at);
            match values.and_then(|[left, right]| digits::agree(pool, left, right)) {
                Some(true) => return Sight::Agree(15.0),
                Some(false) => return Sight::Differ,
                None => {}
            }
        }
        if agree {
            return Sight::Agree(digits);
        }
        if difference > 1e3 * error && difference > 1e-9 * scale {
            Sight::Differ
        } else if error <= 1e-6 * scale && difference <= 1e-8 * scale {
            Sight::Agree(digits)
        } else {
            Sight::Unclear
        }
    }

    /// The signs of parts at points.
    pub(super) fn signs(
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
            let all = values(&tape, &at);
            let signs: Vec<f64> = slots.iter().map(|slot| all[*slot as usize]).collect();
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
}

/// Whether a function stands on a tape whose values are known to fewer digits.
fn has_special(tape: &Tape) -> bool {
    tape.operations.iter().any(|operation| match operation {
        Operation::Apply(function, _) | Operation::ApplyAll(function, _) => {
            function.is_builtin()
                && function::spec(*function).category == Category::Special
        }
        _ => false,
    })
}
