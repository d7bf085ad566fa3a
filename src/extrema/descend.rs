//! Going downhill step by step, in doubles.

use super::critical::Kind;
use super::landscape::{Landscape, Sight, length, solve_linear};

/// A sufficient decrease is this part of what the slope promises (Armijo; Nocedal and Wright,
/// "Numerical Optimization", section 3.1).
const SUFFICIENT: f64 = 1e-4;
/// How often a step is halved.
const HALVINGS: usize = 1100;
/// How often a step is doubled that is lost in rounding.
const DOUBLINGS: usize = 100;
/// Points this many times farther out than the start are taken for a divergence.
const FAR: f64 = 1e9;
/// A way does not get on when its steps are this short beside the point.
const SHORT: f64 = 1e-12;
/// The domain ends here when there is no value as near as this, beside the point.
const EDGE: f64 = 1e-9;
/// The most operations of one descent.
const WORK: usize = 200_000_000;

/// How to go downhill.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Descending {
    /// The step is this multiple of the gradient; without it, a step is halved until the
    /// value falls enough, and the next one begins at twice that length.
    pub rate: Option<f64>,
    /// The part of the last step that is added to the next one.
    pub momentum: f64,
    /// Whether steps are those of Newton's method where these lead downhill.
    pub newton: bool,
    /// The most steps.
    pub iterations: usize,
    /// The length of the gradient at which the way ends.
    pub tolerance: f64,
}

/// One point of the way.
#[derive(Clone, Debug, PartialEq)]
pub struct Footstep {
    /// The coordinates.
    pub point: Vec<f64>,
    /// The value of the function.
    pub value: f64,
    /// The length of the gradient.
    pub slope: f64,
}

/// How the way ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// At a minimum: the gradient is as small as was asked for, or there is none.
    Converged,
    /// The gradient is as small as was asked for, at a point that is no minimum but this.
    Stationary(Kind),
    /// At a point without a gradient that is no minimum but this.
    Broken(Kind),
    /// The function is constant around the end.
    Flat,
    /// The gradient is as small as was asked for, and the values fall on and on.
    Falling,
    /// The gradient is as small as was asked for, and nothing else is known.
    SmallGradient,
    /// All steps were taken.
    Exhausted,
    /// The steps end at an edge of the domain.
    Edge,
    /// The points or the values grow beyond all bounds.
    Diverged,
    /// The next point has no value or no gradient.
    LeftDomain,
    /// No step in the direction leads down: rounding, or a kink.
    Stuck,
    /// Steps lead down, but get too short to lead anywhere: a kink, or a pole.
    Short,
}

/// The way downhill.
#[derive(Clone, Debug, PartialEq)]
pub struct Descent {
    /// The variables.
    pub variables: Vec<String>,
    /// The points, the start first; every value is a number.
    pub steps: Vec<Footstep>,
    /// How it ended.
    pub ending: Ending,
    /// The point that was refused at the end, when the way left the domain.
    pub refused: Option<Vec<f64>>,
    /// The minimum, when it is farther on: the gradient is small before it is reached.
    pub minimum: Option<Vec<f64>>,
    /// How many steps were along the gradient because Newton's do not lead downhill.
    pub gradient_steps: usize,
}

/// Goes downhill from a point; `None` when the function has no value or no gradient there.
pub(super) fn way(
    landscape: &Landscape,
    start: &[f64],
    how: &Descending,
    variables: &[String],
) -> Option<Descent> {
    let mut here = landscape.look(start);
    if !here.is_finite() {
        return None;
    }
    let mut point = start.to_vec();
    let mut descent = Descent {
        variables: variables.to_vec(),
        steps: vec![footstep(&point, &here)],
        ending: Ending::Exhausted,
        refused: None,
        minimum: None,
        gradient_steps: 0,
    };
    let limit = FAR * (1.0 + length(start));
    let mut left = WORK;
    let mut last = vec![0.0; start.len()];
    let mut scale = 1.0;
    for _ in 0..how.iterations {
        if here.slope() <= how.tolerance {
            descent.ending = Ending::SmallGradient;
            return Some(descent);
        }
        let direction = match newton_step(&here, how) {
            Some(step) => step,
            None => {
                descent.gradient_steps += usize::from(how.newton);
                here.gradient.iter().map(|g| -g).collect()
            }
        };
        let next = match how.rate {
            Some(rate) => {
                last = direction
                    .iter()
                    .zip(&last)
                    .map(|(d, v)| rate * d + how.momentum * v)
                    .collect();
                let next: Vec<f64> =
                    point.iter().zip(&last).map(|(x, v)| x + v).collect();
                left = left.saturating_sub(landscape.size());
                let there = landscape.look(&next);
                Some((next, there))
            }
            None => {
                let first = if how.newton { 1.0 } else { scale };
                let found =
                    search(landscape, &point, &here, &direction, first, &mut left);
                let found = found
                    .or_else(|| longer(landscape, &point, &here, &direction, &mut left));
                found.map(|(next, there, used)| {
                    scale = 2.0 * used;
                    (next, there)
                })
            }
        };
        let Some((next, there)) = next else {
            descent.ending = stop(landscape, &point, &here);
            return Some(descent);
        };
        let is_far = !next.iter().all(|x| x.is_finite())
            || length(&next) > limit
            || there.value.abs() > 1e150;
        if is_far {
            descent.ending = Ending::Diverged;
            return Some(descent);
        }
        if !there.is_finite() {
            descent.ending = Ending::LeftDomain;
            descent.refused = Some(next);
            return Some(descent);
        }
        let moved: Vec<f64> = next.iter().zip(&point).map(|(x, y)| x - y).collect();
        (point, here) = (next, there);
        descent.steps.push(footstep(&point, &here));
        // Only a search makes steps shorter and shorter while the gradient does not.
        let reach = 1.0 + length(&point);
        let is_short = how.rate.is_none() && here.slope() > how.tolerance;
        if is_short && length(&moved) <= EDGE * reach {
            let is_edge = stop(landscape, &point, &here) == Ending::Edge;
            if is_edge || length(&moved) <= SHORT * reach {
                descent.ending = if is_edge { Ending::Edge } else { Ending::Short };
                return Some(descent);
            }
        }
        if left == 0 {
            return Some(descent);
        }
    }
    if here.slope() <= how.tolerance {
        descent.ending = Ending::SmallGradient;
    }
    Some(descent)
}

/// The way from a point at which the gradient is 0: it ends there.
pub(super) fn resting(start: &[f64], value: f64, variables: &[String]) -> Descent {
    let here = Footstep { point: start.to_vec(), value, slope: 0.0 };
    Descent {
        variables: variables.to_vec(),
        steps: vec![here],
        ending: Ending::SmallGradient,
        refused: None,
        minimum: None,
        gradient_steps: 0,
    }
}

/// Why no step leads on: the domain ends just ahead, or else something unknown.
fn stop(landscape: &Landscape, point: &[f64], here: &Sight) -> Ending {
    let step = EDGE * (1.0 + length(point)) / here.slope();
    let ahead: Vec<f64> =
        point.iter().zip(&here.gradient).map(|(x, g)| x - step * g).collect();
    match landscape.look(&ahead).value.is_finite() {
        true => Ending::Stuck,
        false => Ending::Edge,
    }
}

fn footstep(point: &[f64], here: &Sight) -> Footstep {
    Footstep { point: point.to_vec(), value: here.value, slope: here.slope() }
}

/// The step of Newton's method, if it was asked for and leads downhill.
fn newton_step(here: &Sight, how: &Descending) -> Option<Vec<f64>> {
    if !how.newton {
        return None;
    }
    let step: Vec<f64> =
        solve_linear(&here.hessian, &here.gradient)?.iter().map(|s| -s).collect();
    let slope: f64 = step.iter().zip(&here.gradient).map(|(s, g)| s * g).sum();
    (slope < 0.0 && step.iter().all(|s| s.is_finite())).then_some(step)
}

/// The first of a step, its half, its quarter … that leads far enough down.
fn search(
    landscape: &Landscape,
    point: &[f64],
    here: &Sight,
    direction: &[f64],
    first: f64,
    left: &mut usize,
) -> Option<(Vec<f64>, Sight, f64)> {
    let slope: f64 = direction.iter().zip(&here.gradient).map(|(d, g)| d * g).sum();
    let mut scale = first;
    // Shorter steps do not leave the point.
    let least = 1e-30 + 1e-17 * length(point);
    let longest = length(direction);
    for _ in 0..HALVINGS {
        if scale * longest <= least {
            return None;
        }
        let next: Vec<f64> =
            point.iter().zip(direction).map(|(x, d)| x + scale * d).collect();
        *left = left.saturating_sub(landscape.size());
        let there = landscape.look(&next);
        // Where the values differ by rounding only, the gradient has to get shorter.
        let promised = SUFFICIENT * scale * slope;
        let is_rounding = promised.abs() <= 1e-14 * here.value.abs();
        let is_lower = there.value <= here.value + promised;
        let is_flatter = there.value <= here.value + 1e-14 * here.value.abs()
            && there.slope() < here.slope();
        if there.is_finite() && if is_rounding { is_flatter } else { is_lower } {
            return (next != point).then_some((next, there, scale));
        }
        scale /= 2.0;
    }
    None
}

/// The first of a step's double, its fourfold … that leads down by more than rounding, where the
/// step itself is lost in it.
fn longer(
    landscape: &Landscape,
    point: &[f64],
    here: &Sight,
    direction: &[f64],
    left: &mut usize,
) -> Option<(Vec<f64>, Sight, f64)> {
    let slope: f64 = direction.iter().zip(&here.gradient).map(|(d, g)| d * g).sum();
    let mut scale = 1.0;
    for _ in 0..DOUBLINGS {
        scale *= 2.0;
        let promised = SUFFICIENT * scale * slope;
        if promised.abs() <= 1e-14 * here.value.abs() {
            continue;
        }
        let next: Vec<f64> =
            point.iter().zip(direction).map(|(x, d)| x + scale * d).collect();
        *left = left.saturating_sub(landscape.size());
        let there = landscape.look(&next);
        let is_lower = there.is_finite() && there.value <= here.value + promised;
        return is_lower.then_some((next, there, scale));
    }
    None
}
