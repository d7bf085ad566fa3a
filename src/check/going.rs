//! What values go to on the way into a place.

/// What is left at most of values on the way to 0, from one distance to the next.
pub(super) const SHRINKS: f64 = 0.1;
/// What differs by less, relatively, is one value.
pub(super) const SAME: f64 = 1e-12;
/// How much of the growth of a slope is left nearer by if it has no bound: of a logarithm all.
const STAYS: f64 = 0.5;

/// What values go to, infinite where they have no bound, from the last one on; `None` where
/// they are not known, and inside of that where they go to nothing that they tell.
pub(super) fn limit(
    mut backwards: impl Iterator<Item = Option<f64>>,
) -> Option<Option<f64>> {
    let last = backwards.next()??;
    let before = backwards.next()??;
    if is_same(before, last) {
        return Some(Some(last));
    }
    let others: Option<Vec<f64>> = backwards.collect();
    let mut values = vec![last, before];
    values.extend(others?);
    values.reverse();
    let shrinks = |pair: &[f64]| pair[1].abs() <= SHRINKS * pair[0].abs();
    if values.windows(2).skip(1).all(shrinks) {
        return Some(Some(0.0));
    }
    Some(goes_on(&values).then_some(f64::INFINITY.copysign(last)))
}

/// Whether values grow without a bound, as far as they tell: all the way, and at its end no
/// less than at its start.
fn goes_on(values: &[f64]) -> bool {
    let steps: Vec<f64> = values.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let (Some(first), Some(last)) = (steps.first(), steps.last()) else { return false };
    let is_outward = values.iter().zip(&steps).all(|(value, step)| value * step > 0.0);
    is_outward && last.abs() >= STAYS * first.abs()
}

/// The least and the greatest of some values.
pub(super) fn hull(values: &[f64]) -> [f64; 2] {
    let least = values.iter().copied().fold(f64::INFINITY, f64::min);
    [least, values.iter().copied().fold(f64::NEG_INFINITY, f64::max)]
}

/// Whether two numbers are one but for rounding.
pub(super) fn is_same(a: f64, b: f64) -> bool {
    let is_near = || (a - b).abs() <= SAME * a.abs().max(b.abs());
    a == b || a.is_finite() && b.is_finite() && is_near()
}
