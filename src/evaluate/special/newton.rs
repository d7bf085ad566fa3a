//! Where Newton's method ends.

use super::real::Real;

/// Makes a step from `y`, and says what it came to when that is as good as the step itself is
/// known: the next step would be the square of this one, but for its error.
pub(super) fn settled(y: &mut Real, step: &Real) -> Option<Real> {
    let moved = &*y + step;
    let is_small = step.size() < y.size() - y.p as f64 / 2.0 - 8.0;
    let is_noise = step.size() < step.error + 2.0;
    *y = moved.pinned();
    let next = 2.0 * step.size() + y.size().abs() + 8.0;
    (is_small || is_noise)
        .then(|| Real::near(moved.value, y.p, next.max(step.error + 1.0)))
}
