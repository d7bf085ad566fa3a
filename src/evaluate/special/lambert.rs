//! Lambert's W on its two real branches (Corless et al., "On the Lambert W function", 1996).

use super::context::Context;
use super::newton::settled;
use super::real::Real;

/// Steps of Newton's method that are tried.
const MOST_STEPS: usize = 80;

/// Branch 0 (`w >= -1`) or -1 (`w <= -1`, for `-1/e <= x < 0`).
pub(super) fn branch(c: &mut Context<'_>, x: &Real, k: i64) -> Option<Real> {
    if x.is_zero() && k == 0 {
        return Some(c.whole(0));
    }
    let one = c.whole(1);
    let above = c.exp(&one) * x + 1;
    if above.size() < above.error + 4.0 {
        // As near to the branch point as rounding can tell.
        return Some((-one).off_by(above.error / 2.0 + 4.0));
    }
    if above.is_negative() || k != 0 && (k != -1 || !x.is_negative()) {
        return Some(c.undefined());
    }
    let side = if k == 0 { 1 } else { -1 };
    let root = (&above * 2).sqrt() * side;
    if root.size() < -0.25 * c.p as f64 {
        // Nearer to the branch point, Newton's method would divide by next to nothing: the
        // series of equation 4.22 of the paper is enough.
        let square = root.square();
        let rest = 4.0 * root.size() - 3.0;
        let cube = &square * &root * 11 / 72;
        return Some((&root - 1 - square / 3 + cube).off_by(rest));
    }
    let near = root.double();
    let mut w = if near.abs() < 0.6 || k == 0 && x.is_negative() {
        // The series at the branch point, equation 4.22 of the paper.
        &root - 1 - root.square() / 3
    } else if k == 0 && x.double() < std::f64::consts::E {
        x / (x + 1)
    } else {
        let log = c.ln(&(x * side));
        let second = c.ln(&(&log * side));
        log - second
    }
    .pinned();
    // Newton's method for w - x*e^(-w), on the side where the slope has one sign.
    for _ in 0..MOST_STEPS {
        let power = c.exp(&-&w);
        let off = &w - x * &power;
        let slope = &w + 1;
        if slope.is_zero() {
            return None;
        }
        let bent = &slope * 2 - (&w + 2) * &off / &slope;
        let step = -(off * 2 / bent);
        if let Some(w) = settled(&mut w, &step) {
            return Some(w);
        }
    }
    None
}
