//! Which part of an axis is seen, where nobody said so.

use super::tick::step;

/// How many times wider than the middle of the values all of them may be to be seen.
const WIDE: f64 = 5.0;
/// How much more is seen than what is between special values.
const NEAR: f64 = 1.0;
/// Of poles, values are not seen that are so many times as far as what is nearer.
const STEEP: f64 = 30.0;
/// The same where there is no pole.
const RUNAWAY: f64 = 1e4;
/// What is on its way to a pole, of all values on a side.
const PARTS: [f64; 4] = [0.1, 0.2, 0.3, 0.4];
/// What is on its way to numbers beyond all proportion, as `x^x^x`.
const GROWTH: [f64; 9] = [0.04, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8];
/// So many turns may be out of all proportion, and by how much.
const TURNS: (usize, f64) = (10, 100.0);
/// What is left free above and below, of the whole.
const MARGIN: f64 = 0.06;
/// What is greater is not seen, so that there are numbers beyond it.
const HUGE: f64 = 1e307;
/// Turns tell how high a curve is where this part of its values at least lies about them.
const ABOUT: f64 = 0.05;

/// Between which numbers values are seen: all of them, or the middle of them where some grow
/// beyond bounds; `special` are always seen unless they are far off, and where `turns` tell how
/// high a curve is, the rest of it may leave the picture.
pub fn span(
    values: &mut Vec<f64>,
    special: &[f64],
    turns: &[f64],
    has_poles: bool,
) -> (f64, f64) {
    values.retain(|y| y.abs() < HUGE);
    values.sort_by(f64::total_cmp);
    let at = |part: f64| -> Option<f64> {
        let last = values.len().checked_sub(1)?;
        values.get((part * last as f64).round() as usize).copied()
    };
    let part = if has_poles { 0.1 } else { 0.04 };
    let ordered = |list: &[f64]| {
        let mut list: Vec<f64> =
            list.iter().copied().filter(|y| y.abs() < HUGE).collect();
        list.sort_by(f64::total_cmp);
        list
    };
    let (special, turns) = (ordered(special), plain(ordered(turns)));
    if let (Some(low), Some(high), Some(least), Some(most), false) =
        (turns.first(), turns.last(), at(0.0), at(1.0), has_poles)
        && most - least > WIDE * (high - low)
        && high > low
    {
        // Where extrema tell how high a curve is, the rest may leave the picture.
        let room = NEAR * (high - low);
        let ends = (least.max(low - room).min(*low), most.min(high + room).max(*high));
        let about = values.iter().filter(|y| (ends.0..=ends.1).contains(*y)).count();
        if about as f64 >= ABOUT * values.len() as f64 {
            let pad = MARGIN * (ends.1 - ends.0);
            return (ends.0 - pad, ends.1 + pad);
        }
    }
    let (mut low, mut high) = match (at(part), at(1.0 - part), at(0.0), at(1.0)) {
        (Some(low), Some(high), Some(least), Some(most)) => {
            match has_poles || most - least > WIDE * (high - low) && high > low {
                true => {
                    let (parts, steep): (&[f64], f64) = match has_poles {
                        true => (&PARTS, STEEP),
                        false => (&GROWTH, RUNAWAY),
                    };
                    let ends = |sign: f64| {
                        let far =
                            |part: &f64| if sign > 0.0 { 1.0 - part } else { *part };
                        let found =
                            parts.iter().map(|part| at(far(part)).unwrap_or(0.0) * sign);
                        found.collect::<Vec<f64>>()
                    };
                    (
                        -before_pole(&ends(-1.0), -high, steep),
                        before_pole(&ends(1.0), low, steep),
                    )
                }
                false => (least, most),
            }
        }
        _ => (f64::INFINITY, f64::NEG_INFINITY),
    };
    let size = high - low;
    for y in special {
        let is_far = size > 0.0 && (y < low - WIDE * size || y > high + WIDE * size);
        if !is_far {
            (low, high) = (low.min(y), high.max(y));
        }
    }
    if low > high {
        return (-1.0, 1.0);
    }
    let size = high - low;
    if size <= 1e-9 * (1.0 + low.abs().max(high.abs())) {
        let pad = if low == 0.0 { 1.0 } else { 0.5 * low.abs() };
        return (low.min(0.0) - pad, high.max(0.0) + pad);
    }
    // Values near 0 are seen beside it.
    if low > 0.0 && low < 0.4 * high {
        low = 0.0;
    }
    if high < 0.0 && high > 0.4 * low {
        high = 0.0;
    }
    let pad = MARGIN * (high - low);
    (low - pad, high + pad)
}

/// How far up values are seen that are on their way out, farthest first, from the other end.
fn before_pole(tops: &[f64], from: f64, steep: f64) -> f64 {
    let mut found = tops[0];
    for top in tops.iter().copied() {
        let is_out = top > from && found - from > steep * (top - from);
        match top == found || is_out {
            true => found = top,
            false => break,
        }
    }
    found
}

/// Ordered heights without those that are out of all proportion to most of them.
fn plain(mut turns: Vec<f64>) -> Vec<f64> {
    if turns.len() < TURNS.0 {
        return turns;
    }
    turns.dedup();
    let middle = turns[turns.len() / 2];
    let mut sizes: Vec<f64> = turns.iter().map(|y| (y - middle).abs()).collect();
    sizes.sort_by(f64::total_cmp);
    let usual = sizes[sizes.len() / 2];
    if usual > 0.0 {
        turns.retain(|y| (y - middle).abs() <= TURNS.1 * usual);
    }
    turns
}

/// Round numbers not inside of two others.
pub fn rounded(low: f64, high: f64) -> (f64, f64) {
    let step = step((high - low) / 16.0);
    ((low / step).floor() * step, (high / step).ceil() * step)
}
