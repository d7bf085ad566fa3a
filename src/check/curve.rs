//! The check of implicit derivatives: differences along the solutions of the equations.
//!
//! Newton's method finds a solution near a starting point, and the solutions for a variable a
//! little less and a little greater. What was claimed of the unknowns is compared with the
//! quotients of differences; each higher derivative with those of the one before it.

use super::along::{Along, Typed};
use super::points::point;
use super::verify::{Checker, Outcome};
use crate::evaluate::{Slot, Tape, duals, values};
use crate::kernel::{Assumption, ExprId, Pool};

/// How many starting points are tried.
const ATTEMPTS: usize = 60;
/// At how many solutions derivatives must agree.
const ENOUGH: usize = 2;
/// How many differences in doubles are looked at with many digits; more stay open.
const DOUBTS: usize = 8;
/// The steps of Newton's method.
const STEPS: usize = 60;
/// How far a variable moves, relative to its size.
const MOVE: f64 = 1e-3;
/// At how many solutions two expressions must agree.
const COMMON: usize = 6;
/// Two values that are nearer than this, relative to the greater, are the same.
const SAME: f64 = 1e-100;
/// How far values may differ, relative to the greater.
const TOLERANCE: f64 = 1e-5;

/// What is claimed of equations.
pub struct Curve<'a> {
    /// The equations as they were typed.
    pub tape: Tape,
    /// The same as programs.
    pub typed: &'a [Typed<'a>],
    /// What is zero where they hold.
    pub equations: Vec<Slot>,
    /// The unknowns, as many as equations.
    pub unknowns: &'a [String],
    /// The variable in which they are differentiated.
    pub variable: &'a str,
    /// The derivatives of each unknown, by order.
    pub derivatives: &'a [Vec<ExprId>],
    /// What is assumed of variables by name.
    pub assumptions: &'a [(String, Assumption)],
}

/// Two expressions at solutions of equations.
pub struct Pair<'a> {
    /// The equations as they were typed.
    pub tape: &'a Tape,
    /// The same as programs.
    pub typed: &'a [Typed<'a>],
    /// What is zero where they hold.
    pub equations: &'a [Slot],
    /// The unknowns, as many as equations.
    pub unknowns: &'a [String],
    /// The expressions.
    pub sides: [ExprId; 2],
    /// What is assumed of variables by name.
    pub assumptions: &'a [(String, Assumption)],
}

/// What was found of two expressions at solutions.
#[derive(Clone, Debug, PartialEq)]
pub enum OnCurve {
    /// They agree at so many.
    Agree(usize),
    /// They differ at one.
    Differ {
        /// The point.
        point: Vec<(String, f64)>,
        /// The values there.
        sides: [f64; 2],
        /// At how many other points they agree.
        agreed: usize,
    },
    /// Too few solutions were found at which both have values.
    NoPoint,
}

impl Checker {
    /// Compares two expressions at solutions of equations, with many digits.
    pub fn compare_on_curve(&mut self, pool: &Pool, pair: &Pair<'_>) -> OnCurve {
        let Pair { tape, typed, equations, unknowns, sides, assumptions } = pair;
        self.learn(tape);
        let known = assumed(&tape.variables, assumptions);
        let places: Vec<usize> = unknowns
            .iter()
            .filter_map(|name| tape.variables.iter().position(|other| other == name))
            .collect();
        let along = Along {
            pool,
            equations: typed,
            names: &tape.variables,
            unknowns: &places,
            moved: 0,
            derivatives: &[],
        };
        let path = Path { checker: self, tape, equations, places: &places };
        let (mut agreed, mut witness) = (0, None);
        for attempt in 0..ATTEMPTS {
            let Some(at) = path.solve(point(attempt, &known)) else { continue };
            if !are_allowed(&at, &known) {
                continue;
            }
            let Some(([left, right], apart)) = along.values(&at, *sides) else {
                continue;
            };
            if apart <= SAME {
                agreed += 1;
            } else {
                witness.get_or_insert((at, [left, right]));
            }
            if agreed >= COMMON && (witness.is_some() || agreed >= 2 * COMMON) {
                break;
            }
        }
        if let Some((at, sides)) = witness {
            let point = tape.variables.iter().cloned().zip(at).collect();
            return OnCurve::Differ { point, sides, agreed };
        }
        match agreed >= COMMON {
            true => OnCurve::Agree(agreed),
            false => OnCurve::NoPoint,
        }
    }

    /// Compares derivatives with differences along solutions.
    pub fn verify_implicit(&mut self, pool: &Pool, claim: Curve<'_>) -> Outcome {
        let Curve {
            mut tape,
            typed,
            equations,
            unknowns,
            variable,
            derivatives,
            assumptions,
        } = claim;
        let mut claimed: Vec<Vec<Slot>> = Vec::new();
        for list in derivatives {
            claimed.push(tape.add_expressions(pool, list));
        }
        let moved = tape.variable(variable) as usize;
        let places: Vec<usize> =
            unknowns.iter().map(|name| tape.variable(name) as usize).collect();
        self.learn(&tape);
        let known = assumed(&tape.variables, assumptions);
        let along = Along {
            pool,
            equations: typed,
            names: &tape.variables,
            unknowns: &places,
            moved,
            derivatives,
        };
        let path =
            Path { checker: self, tape: &tape, equations: &equations, places: &places };
        let (mut agreed, mut differed) = (0, Vec::new());
        let mut doubts = 0;
        for attempt in 0..ATTEMPTS {
            let start = point(attempt, &known);
            let Some(at) = path.solve(start) else { continue };
            // The unknowns move to where the equations hold, which may be outside.
            if !are_allowed(&at, &known) {
                continue;
            }
            let mut verdict = path.compare(&at, moved, &claimed);
            if verdict == Some(false) {
                // Differences in doubles lose digits where values are large or steep.
                doubts += 1;
                verdict = if doubts <= DOUBTS { along.agrees(&at) } else { None };
            }
            match verdict {
                Some(true) => agreed += 1,
                Some(false) => {
                    let named = tape.variables.iter().zip(&at);
                    let named = named.map(|(name, x)| format!("{name} = {x:.6}"));
                    differed.push(named.collect::<Vec<_>>().join(", "));
                }
                None => {}
            }
            if agreed >= ENOUGH && differed.is_empty() || differed.len() >= ENOUGH {
                break;
            }
        }
        let many = differed.len() >= ENOUGH;
        match differed.into_iter().next() {
            Some(point) if many || agreed == 0 => {
                Outcome::Differ { variable: Some(0), point }
            }
            _ if agreed > 0 => Outcome::Agree(agreed),
            _ => Outcome::NoPoint,
        }
    }
}

struct Path<'a> {
    checker: &'a Checker,
    tape: &'a Tape,
    equations: &'a [Slot],
    /// The places of the unknowns among the variables of the tape.
    places: &'a [usize],
}

impl Path<'_> {
    /// A solution near a point, with the other variables fixed.
    fn solve(&self, mut at: Vec<f64>) -> Option<Vec<f64>> {
        let n = self.places.len();
        let mut last = f64::INFINITY;
        for _ in 0..STEPS {
            let mut system = vec![vec![0.0; n + 1]; n];
            for (column, place) in self.places.iter().enumerate() {
                let mut moving = vec![0.0; at.len()];
                moving[*place] = 1.0;
                let found = duals(self.tape, &at, &moving, self.checker.slopes());
                for (row, slot) in self.equations.iter().enumerate() {
                    let dual = found[*slot as usize];
                    system[row][column] = dual.slope;
                    system[row][n] = -dual.value;
                }
            }
            let step = eliminate(system)?;
            let size = step.iter().fold(0.0, |a: f64, b| a.max(b.abs()));
            let scale = self.places.iter().fold(1.0, |a: f64, k| a.max(at[*k].abs()));
            for (place, change) in self.places.iter().zip(&step) {
                at[*place] += change;
            }
            // As near as doubles come: the steps no longer shrink.
            if size <= 1e-13 * scale || size < 1e-9 * scale && size >= last {
                return Some(at);
            }
            last = size;
        }
        None
    }

    /// Whether all derivatives agree at a solution; `None` when nothing can be said.
    fn compare(&self, at: &[f64], moved: usize, claimed: &[Vec<Slot>]) -> Option<bool> {
        let h = MOVE * at[moved].abs().max(0.1);
        let mut near = Vec::with_capacity(4);
        for step in [h, -h, h / 2.0, -h / 2.0] {
            let mut start = at.to_vec();
            start[moved] += step;
            let solution = self.solve(start)?;
            let mut change = self.places.iter().map(|k| (solution[*k] - at[*k]).abs());
            // Another branch of the curve is none of this one.
            if change.any(|change| change > 0.2 * (1.0 + at[moved].abs())) {
                return None;
            }
            near.push(values(self.tape, &solution).into_iter().chain(solution).collect());
        }
        let near: [Vec<f64>; 4] = near.try_into().ok()?;
        let operations = self.tape.operations.len();
        let here = values(self.tape, at);
        for (place, list) in self.places.iter().zip(claimed) {
            let mut before = operations + place;
            for slot in list {
                let slot = *slot as usize;
                let wide = (near[0][before] - near[1][before]) / (2.0 * h);
                let close = (near[2][before] - near[3][before]) / h;
                let slope = (4.0 * close - wide) / 3.0;
                let found = here[slot];
                let scale = slope.abs().max(found.abs()).max(1e-6);
                if !slope.is_finite() || !found.is_finite() {
                    return None;
                }
                if (close - wide).abs() > 1e-3 * scale {
                    return None;
                }
                if (slope - found).abs() > TOLERANCE * scale {
                    return Some(false);
                }
                before = slot;
            }
        }
        Some(true)
    }
}

/// Whether all coordinates are as it is assumed of them.
fn are_allowed(at: &[f64], known: &[Assumption]) -> bool {
    at.iter().zip(known).all(|(x, known)| known.allows(*x))
}

/// What is assumed of variables.
pub(super) fn assumed(
    names: &[String],
    known: &[(String, Assumption)],
) -> Vec<Assumption> {
    let assumption = |name: &String| {
        let found = known.iter().find(|(other, _)| other == name);
        found.map_or(Assumption::default(), |(_, assumption)| *assumption)
    };
    names.iter().map(assumption).collect()
}

/// Solves a linear system, the right side as its last column, by elimination with the greatest
/// pivots; `None` when it is singular.
fn eliminate(mut rows: Vec<Vec<f64>>) -> Option<Vec<f64>> {
    let n = rows.len();
    for k in 0..n {
        let pivot =
            (k..n).max_by(|a, b| rows[*a][k].abs().total_cmp(&rows[*b][k].abs()))?;
        rows.swap(k, pivot);
        let lead = rows[k][k];
        if !lead.is_finite() || lead.abs() < 1e-12 {
            return None;
        }
        let row = rows[k].clone();
        for (i, other) in rows.iter_mut().enumerate() {
            if i != k {
                let factor = other[k] / lead;
                for (entry, above) in other.iter_mut().zip(&row).skip(k) {
                    *entry -= factor * above;
                }
            }
        }
    }
    let solution: Vec<f64> = (0..n).map(|k| rows[k][n] / rows[k][k]).collect();
    solution.iter().all(|x| x.is_finite()).then_some(solution)
}
