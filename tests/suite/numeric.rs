//! Numbers that do not come from calcgrad's own check: formulas as they were typed in double
//! precision, and slopes by Ridders' method.

use calcgrad::evaluate::{Tape, values};
use calcgrad::kernel::{ExprId, Pool};
use calcgrad::syntax::{self, Arguments, Input, Purpose};

/// A formula as typed, ready for values.
pub(crate) struct Typed {
    tape: Tape,
    slots: Vec<u32>,
}

impl Typed {
    /// Reads a formula without bringing it into canonical form.
    pub(crate) fn new(text: &str, declared: &[String]) -> Self {
        let declared: Vec<&str> = declared.iter().map(String::as_str).collect();
        let question = syntax::Typed::new(text, Purpose::Question, Some(Input::Text));
        let program = syntax::parse_typed(&question, Arguments::Run, &declared, &[])
            .unwrap_or_else(|error| panic!("`{text}` cannot be read: {error}"));
        let mut tape = Tape::default();
        let lowered = syntax::lower(&program, &declared, &mut tape)
            .unwrap_or_else(|error| panic!("`{text}` cannot be read: {error}"));
        Self { tape, slots: lowered.roots }
    }

    /// Expressions of a pool.
    pub(crate) fn of(pool: &Pool, ids: &[ExprId]) -> Self {
        let mut tape = Tape::default();
        let slots = tape.add_expressions(pool, ids);
        Self { tape, slots }
    }

    /// The names of its variables.
    pub(crate) fn variables(&self) -> &[String] {
        &self.tape.variables
    }

    /// The value of a component, NaN for variables without a value.
    pub(crate) fn value(&self, component: usize, at: &[(String, f64)]) -> f64 {
        let find = |name: &String| {
            at.iter().find(|(known, _)| known == name).map_or(f64::NAN, |(_, x)| *x)
        };
        let point: Vec<f64> = self.tape.variables.iter().map(find).collect();
        values(&self.tape, &point)[self.slots[component] as usize]
    }
}

/// The slope of a function at a place with an estimate of its error, by Ridders' method:
/// central differences with shrinking steps, extrapolated to step 0.
pub(crate) fn slope(f: impl Fn(f64) -> f64, at: f64) -> Option<(f64, f64)> {
    const SIZE: usize = 8;
    const SHRINK: f64 = 1.6;
    let mut step = 0.02 * (0.3 + at.abs());
    let mut table = [[0.0; SIZE]; SIZE];
    let mut best = (f64::NAN, f64::INFINITY);
    for i in 0..SIZE {
        let difference = (f(at + step) - f(at - step)) / (2.0 * step);
        if !difference.is_finite() {
            return None;
        }
        table[0][i] = difference;
        let mut factor = SHRINK * SHRINK;
        for j in 1..=i {
            table[j][i] =
                (table[j - 1][i] * factor - table[j - 1][i - 1]) / (factor - 1.0);
            factor *= SHRINK * SHRINK;
            let error = (table[j][i] - table[j - 1][i])
                .abs()
                .max((table[j][i] - table[j - 1][i - 1]).abs());
            if error < best.1 {
                best = (table[j][i], error);
            }
        }
        step /= SHRINK;
    }
    best.0.is_finite().then_some(best)
}

/// How a slope compares with a derivative.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Verdict {
    /// They agree.
    Agree,
    /// The slope is not known well enough to tell.
    Unclear,
    /// They differ: the slope that was found.
    Differ(f64),
}

/// Compares a derivative with the slope of a function.
pub(crate) fn compare(f: impl Fn(f64) -> f64, at: f64, derivative: f64) -> Verdict {
    if !derivative.is_finite() || !f(at).is_finite() {
        return Verdict::Unclear;
    }
    let size = f(at).abs();
    let Some((found, error)) = slope(f, at) else { return Verdict::Unclear };
    let scale = found.abs().max(derivative.abs()).max(1e-3);
    if error > 1e-6 * scale || 1e-13 * size > 1e-7 * scale * (0.3 + at.abs()) {
        return Verdict::Unclear;
    }
    if (found - derivative).abs() <= 1e-5 * scale {
        Verdict::Agree
    } else {
        Verdict::Differ(found)
    }
}

/// Points with values for all names, the same in every run: some near 0, some positive, some
/// negative, some large.
pub(crate) fn points(names: &[String], integers: &[&str]) -> Vec<Vec<(String, f64)>> {
    const BASES: [f64; 10] =
        [0.37, 1.43, -0.61, 2.71, 0.82, -1.57, 4.19, 0.13, 0.55, 11.3];
    let coordinate = |round: usize, place: usize, name: &String| {
        let spread = ((place * 7 + round * 3) % 11) as f64;
        let x = BASES[round] * (1.0 + 0.083 * spread);
        let x = if integers.contains(&name.as_str()) { x.abs().ceil() } else { x };
        (name.clone(), x)
    };
    (0..BASES.len())
        .map(|round| {
            let named = names.iter().enumerate();
            named.map(|(place, name)| coordinate(round, place, name)).collect()
        })
        .collect()
}
