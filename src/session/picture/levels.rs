//! The levels between which bands of colour lie.

use crate::plot::{Axis, Unit, shade, span};

/// About how many levels there are, where they are even.
const EVEN: usize = 11;
/// How many there are at most on one side of 0, where they are not.
const UNEVEN: usize = 12;
/// Where so many values lie in one band, levels are closer to each other near 0.
const CROWD: f64 = 0.4;

/// The levels for values that are seen, each with the shade above it; the first one has none.
pub(super) fn levels(mut seen: Vec<f64>, special: &[f64]) -> Vec<(Option<f64>, i8)> {
    seen.retain(|value| value.is_finite());
    seen.sort_by(f64::total_cmp);
    let (Some(least), Some(most)) = (seen.first().copied(), seen.last().copied()) else {
        return vec![(None, 0)];
    };
    let (low, high) = span(&mut seen, special, special, false);
    // There is no band where there is nothing.
    let (low, high) = (low.max(least), high.min(most));
    if low >= high {
        return vec![(None, if low < 0.0 { -4 } else { 4 })];
    }
    let even = even(low, high);
    if is_crowded(&seen, special, &even, low >= 0.0) {
        return uneven(&seen, low, high);
    }
    let ends = |at: usize| {
        let from = at.checked_sub(1).map_or(low, |at| even[at]);
        (from, even.get(at).copied().unwrap_or(high))
    };
    let one = |at: usize| {
        let (from, to) = ends(at);
        (at.checked_sub(1).map(|at| even[at]), shade(0.5 * (from + to), (low, high)))
    };
    (0..=even.len()).map(one).collect()
}

/// Round numbers between two others.
fn even(low: f64, high: f64) -> Vec<f64> {
    let axis = Axis { name: String::new(), low, high, unit: Unit::One };
    let inner = (low + 1e-9 * (high - low), high - 1e-9 * (high - low));
    let all = axis.ticks(EVEN).into_iter().map(|tick| tick.at);
    all.filter(|at| *at > inner.0 && *at < inner.1).collect()
}

/// Whether most values lie in one band near 0, and those of special points with them.
fn is_crowded(seen: &[f64], special: &[f64], even: &[f64], is_above: bool) -> bool {
    let band = |value: f64| even.partition_point(|level| *level <= value);
    let mut counts = vec![0usize; even.len() + 1];
    seen.iter().for_each(|value| counts[band(*value)] += 1);
    let crowd = (0..counts.len()).max_by_key(|at| counts[*at]).unwrap_or(0);
    counts[crowd] as f64 > CROWD * seen.len() as f64
        && special.iter().all(|value| band(*value).abs_diff(crowd) <= 1)
        && (crowd.abs_diff(band(0.0)) <= 1 || is_above && crowd == 0)
}

/// 1, 2, 5, 10, … or powers of ten, down to where few values are smaller, on each side of 0 on
/// which there are values.
fn uneven(seen: &[f64], low: f64, high: f64) -> Vec<(Option<f64>, i8)> {
    let most = high.max(-low);
    let mut small: Vec<f64> = seen.iter().map(|value| value.abs()).collect();
    small.sort_by(f64::total_cmp);
    let least = small[small.len() / 40].max(1e-6 * most);
    let count = if low < 0.0 && high > 0.0 { UNEVEN / 2 } else { UNEVEN };
    let decades = (most / least).log10();
    let steps: &[f64] = match count as f64 / decades.max(0.1) {
        many if many >= 3.0 => &[5.0, 2.0, 1.0],
        many if many >= 2.0 => &[3.0, 1.0],
        _ => &[1.0],
    };
    let mut sizes: Vec<f64> = Vec::new();
    let mut power = most.log10().floor() as i32;
    while sizes.len() < count && 10f64.powi(power + 1) > least {
        let own = steps.iter().map(|step| step * 10f64.powi(power));
        sizes.extend(own.filter(|size| *size < most));
        power -= 1;
    }
    sizes.truncate(count);
    sizes.reverse();
    let strong = |rank: usize| {
        (12.0 * (rank as f64 + 1.0) / (sizes.len() as f64 + 1.0)).round() as i8
    };
    let below: Vec<usize> = (0..sizes.len()).filter(|at| -sizes[*at] > low).collect();
    let above = (0..sizes.len()).filter(|at| sizes[*at] > low && sizes[*at] < high);
    let mut found = vec![(None, strong(0))];
    if low < 0.0 {
        found[0].1 = -strong(below.len());
        found.extend(below.iter().rev().map(|at| (Some(-sizes[*at]), -strong(*at))));
    }
    if low < 0.0 && high > 0.0 {
        found.push((Some(0.0), strong(0)));
    }
    found.extend(above.map(|at| (Some(sizes[at]), strong(at + 1))));
    found
}
