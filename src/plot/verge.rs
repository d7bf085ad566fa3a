//! What values do beside a place, in double precision.

use super::picture::{Ending, Gap};
use super::trace::Window;

/// How many times nearer each look is than the one before.
const NEARER: f64 = 20.0;
/// Steps that become shorter by less go on.
const GOES_ON: f64 = 0.9;
/// Steps that are smaller, relatively, are rounding.
const ROUNDING: f64 = 1e-10;
/// How far from a narrow interval is looked at first, in windows.
const FIRST: f64 = 1e-9;
/// At how many places values are compared first.
const PARTS: usize = 64;
/// The same beside a pole that is known roughly.
const ROUGH: [f64; 3] = [1e-8, 1e-7, 1e-6];
/// How often an interval is divided.
const DIVISIONS: usize = 80;

/// A function of one variable.
type Function<'f> = dyn FnMut(f64) -> f64 + 'f;

/// A break that was found by values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Found {
    /// Where.
    pub x: f64,
    /// What it is.
    pub gap: Gap,
    /// What values come to on both sides.
    pub sides: [Ending; 2],
}

/// What values come to on the left of a place (-1) or on its right (1), as far as values at this
/// distance and at greater ones tell.
pub fn approach(f: &mut Function<'_>, x: f64, side: f64, near: f64) -> Ending {
    let values = [3, 2, 1, 0].map(|n| f(x + side * near * NEARER.powi(n)));
    let [.., before, last] = values;
    if last.is_nan() {
        return Ending::Outside;
    }
    if last.is_infinite() {
        return if last > 0.0 { Ending::Up } else { Ending::Down };
    }
    if values.iter().any(|y| !y.is_finite()) {
        return Ending::Open;
    }
    let steps = [0, 1, 2].map(|n| values[n + 1] - values[n]);
    let size = values.iter().fold(0.0, |most: f64, y| most.max(y.abs()));
    let [first, second, third] = steps;
    // Products of what is small would be 0.
    let is_alike = |a: f64, b: f64| a != 0.0 && b != 0.0 && (a > 0.0) == (b > 0.0);
    let goes_on = |a: f64, b: f64| is_alike(a, b) && b.abs() >= GOES_ON * a.abs();
    if third.abs() > ROUNDING * size && goes_on(first, second) && goes_on(second, third) {
        return if third > 0.0 { Ending::Up } else { Ending::Down };
    }
    let is_there = third.abs() <= 0.5 * second.abs() || third.abs() <= 1e-7 * size;
    match is_there {
        // Steps of a power of the distance become shorter by the same part.
        true => Ending::Limit(match third / second {
            part if part.abs() <= 0.5 => last + third * part / (1.0 - part),
            _ => last + (last - before) / (NEARER - 1.0),
        }),
        false => Ending::Open,
    }
}

/// The break in a narrow interval; `None` where both sides meet as far as that is seen, and
/// where there are no values on one of them.
pub fn told(
    f: &mut Function<'_>,
    (low, high): (f64, f64),
    window: &Window,
) -> Option<Found> {
    let near = (high - low).max(FIRST * (window.x.1 - window.x.0));
    let mut sides = [approach(f, low, -1.0, near), approach(f, high, 1.0, near)];
    let grows = |side: &Ending| matches!(side, Ending::Up | Ending::Down);
    if sides.contains(&Ending::Outside) && !sides.iter().any(grows) {
        return None;
    }
    let ends = (low - near, high + near);
    if sides.iter().any(grows) {
        let x = rounded(summit(f, ends), window);
        return Some(Found { x, gap: Gap::Pole, sides });
    }
    let (a, b) = (f(ends.0), f(ends.1));
    if (window.down(a) - window.down(b)).abs() <= 1.0 {
        return None;
    }
    let x = rounded(step(f, ends), window);
    let gap = match sides {
        [Ending::Limit(_), Ending::Limit(_)] => Gap::Jump,
        _ => Gap::Swing,
    };
    if gap == Gap::Jump {
        // Nearer it is better known.
        let close = 4.0 * f64::EPSILON * x.abs().max(near);
        sides = [x - close, x + close].map(|x| Ending::Limit(f(x)));
    }
    Some(Found { x, gap, sides })
}

/// The pole in an interval of which nothing else is known: where values are greatest, and go on
/// growing.
pub fn peak(
    f: &mut Function<'_>,
    (low, high): (f64, f64),
    window: &Window,
) -> Option<Found> {
    let place = |n: usize| low + (high - low) * n as f64 / PARTS as f64;
    let values: Vec<f64> = (0..=PARTS).map(|n| f(place(n)).abs()).collect();
    let of = |n: &usize| if values[*n].is_nan() { f64::NEG_INFINITY } else { values[*n] };
    let best = (0..=PARTS).max_by(|a, b| of(a).total_cmp(&of(b)))?;
    let ends = (place(best.saturating_sub(1)), place((best + 1).min(PARTS)));
    let x = rounded(summit(f, ends), window);
    let grows = |side: Ending| matches!(side, Ending::Up | Ending::Down);
    // Nearer to a pole there is nothing but rounding.
    ROUGH.into_iter().find_map(|part| {
        let near = part * (window.x.1 - window.x.0);
        let sides = [approach(f, x, -1.0, near), approach(f, x, 1.0, near)];
        sides.into_iter().all(grows).then_some(Found { x, gap: Gap::Pole, sides })
    })
}

/// A place, as 0 where it is that as far as is known.
fn rounded(x: f64, window: &Window) -> f64 {
    let size = window.x.1 - window.x.0;
    if x.abs() < 1e-13 * size { 0.0 } else { x }
}

/// Where values are apart most between two places.
fn step(f: &mut Function<'_>, (mut a, mut b): (f64, f64)) -> f64 {
    let (mut left, mut right) = (f(a), f(b));
    for _ in 0..DIVISIONS {
        let x = 0.5 * (a + b);
        let y = f(x);
        if x <= a || x >= b || y.is_nan() {
            return x;
        }
        match (y - left).abs() > (right - y).abs() {
            true => (b, right) = (x, y),
            false => (a, left) = (x, y),
        }
    }
    0.5 * (a + b)
}

/// Where values are farthest from 0 between two places.
fn summit(f: &mut Function<'_>, (mut a, mut b): (f64, f64)) -> f64 {
    let (left, right) = (f(a), f(b));
    if (left < 0.0 && right > 0.0) || (left > 0.0 && right < 0.0) {
        return step(f, (a, b));
    }
    for _ in 0..DIVISIONS {
        let third = (b - a) / 3.0;
        let (c, d) = (a + third, b - third);
        if !(a < c && c < d && d < b) {
            break;
        }
        let (left, right) = (f(c).abs(), f(d).abs());
        match () {
            () if !left.is_finite() => return c,
            () if !right.is_finite() => return d,
            () if left > right => b = d,
            () => a = c,
        }
    }
    0.5 * (a + b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn poles_of_every_kind_grow_and_edges_do_not() {
        let left = |mut f: fn(f64) -> f64| approach(&mut f, 0.0, -1.0, 1e-9);
        assert_eq!(left(|x| 1.0 / x), Ending::Down);
        assert_eq!(left(|x| 1e-40 / (x * x)), Ending::Up);
        assert_eq!(left(|x| x.abs().ln()), Ending::Down);
        assert_eq!(left(f64::sqrt), Ending::Outside);
        assert!(matches!(left(|x| 1.0 + x), Ending::Limit(y) if (y - 1.0).abs() < 1e-15));
        assert!(matches!(left(f64::cbrt), Ending::Limit(_)));
        assert_eq!(left(|_| 3.0), Ending::Limit(3.0));
        assert_eq!(left(|x| (1.0 / x).sin()), Ending::Open);
    }
}
