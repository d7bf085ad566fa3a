//! Airy functions, by Bessel functions of orders in thirds (DLMF 9.6).

use super::bessel;
use super::context::Context;
use super::gamma::reciprocal;
use super::real::Real;

/// Ai (`kind` 0) and Bi (1), or their derivatives.
pub(super) fn airy(
    c: &mut Context<'_>,
    x: &Real,
    kind: i64,
    is_derivative: bool,
) -> Option<Real> {
    let third = c.ratio(if is_derivative { 2 } else { 1 }, 3);
    let root = c.whole(3).sqrt();
    if x.is_zero() {
        return at_zero(c, kind, is_derivative);
    }
    let size = x.abs();
    let angle = &size * size.sqrt() * 2 / 3;
    let outer = match is_derivative {
        true => &size / &root,
        false => (&size / 3).sqrt(),
    };
    // The order and the argument are taken for exact; what they are off is put back.
    let (order, at) = (third.pinned(), angle.pinned());
    let found = if x.is_positive() {
        match kind {
            0 => {
                let value = bessel::second(c, &order, &at, 1)? / c.pi();
                if is_derivative { -value } else { value }
            }
            _ => {
                let (up, down) = (
                    bessel::first(c, &order, &at, 1)?,
                    bessel::first(c, &-&order, &at, 1)?,
                );
                up + down
            }
        }
    } else {
        let (up, down) =
            (bessel::first(c, &order, &at, -1)?, bessel::first(c, &-&order, &at, -1)?);
        match (kind, is_derivative) {
            (0, false) => (up + down) / root,
            (0, true) => (up - down) / root,
            (_, false) => down - up,
            _ => up + down,
        }
    };
    // How far a value moves with its argument and its order, of which the one that swings has
    // no less than the size of its swings.
    let swing = if x.is_negative() { 1.0 - at.size() / 2.0 } else { f64::NEG_INFINITY };
    let scale = found.size().max(swing) + at.size().max(0.0);
    let moved = angle.relative().max(third.error) + at.size().abs().log2().max(0.0);
    Some(outer * found.off_by(moved + scale + 8.0))
}

/// DLMF 9.2.3 to 9.2.6.
fn at_zero(c: &mut Context<'_>, kind: i64, is_derivative: bool) -> Option<Real> {
    let (part, sixths) = match (kind, is_derivative) {
        (0, false) => (2, -4),
        (0, true) => (1, -2),
        (_, false) => (2, -1),
        _ => (1, 1),
    };
    let (three, exponent) = (c.whole(3), c.ratio(sixths, 6));
    let power = c.power(&three, &exponent);
    let argument = c.ratio(part, 3);
    let value = power * reciprocal(c, &argument)?;
    Some(if kind == 0 && is_derivative { -value } else { value })
}
