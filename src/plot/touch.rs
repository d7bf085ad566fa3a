//! Where a function of two variables is zero and no line on which its sign changes goes: single
//! points, lines that it touches, and areas.

use super::trace::Window;

/// A function of two variables.
type Function<'f> = dyn FnMut(f64, f64) -> f64 + 'f;
type Place = (f64, f64);

/// More points at which a function touches zero are lines or areas.
const MOST: usize = 12;
/// At how many places it is looked for one.
const LOOKS: usize = 60;
/// How often the way to the least value goes on.
const STEPS: usize = 120;
/// How small a value beside a zero is among the values around it.
const NEAR: f64 = 0.6;
/// What is so much smaller than the values around it is zero.
const ZERO: f64 = 1e-13;
/// What is smaller may have lost its digits.
const LOST: f64 = 1e-200;
/// How often the way to the edge of an area is halved.
const HALVINGS: usize = 60;

/// Points at which a function is zero and does not change its sign, from its values on a grid;
/// `None` where they are too many.
pub(super) fn points(
    f: &mut Function<'_>,
    values: &[Vec<f64>],
    place: &dyn Fn(usize, usize) -> Place,
) -> Option<Vec<Place>> {
    let mut found: Vec<Place> = Vec::new();
    let mut looks = 0;
    for row in 1..values.len().saturating_sub(1) {
        for column in 1..values[row].len().saturating_sub(1) {
            let own = values[row][column];
            let around = values[row - 1..=row + 1]
                .iter()
                .flat_map(|line| &line[column - 1..=column + 1]);
            let is_least = around.clone().all(|value| {
                value.is_finite()
                    && (*value < 0.0) == (own < 0.0)
                    && value.abs() >= own.abs()
            });
            let most = around.fold(0.0, |most: f64, value| most.max(value.abs()));
            // Beside a zero values grow plainly.
            if !is_least || own.abs() >= NEAR * most {
                continue;
            }
            looks += 1;
            if looks > LOOKS {
                return None;
            }
            let (at, next) = (place(column, row), place(column + 1, row + 1));
            let size = (next.0 - at.0, next.1 - at.1);
            let (least, value) = descend(f, (at, own.abs()), size);
            let is_near = |other: &Place| {
                (other.0 - least.0).abs() < size.0 && (other.1 - least.1).abs() < size.1
            };
            if value <= ZERO * most && !found.iter().any(is_near) {
                found.push(least);
            }
        }
    }
    (found.len() <= MOST).then_some(found)
}

/// The place at which a function is nearest to zero, from one near it.
fn descend(
    f: &mut Function<'_>,
    (mut at, mut least): (Place, f64),
    (mut dx, mut dy): (f64, f64),
) -> (Place, f64) {
    for _ in 0..STEPS {
        let mut next = None;
        for (i, j) in
            [(1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (1, -1), (-1, 1), (-1, -1)]
        {
            let place = (at.0 + f64::from(i) * dx, at.1 + f64::from(j) * dy);
            let value = f(place.0, place.1).abs();
            if value < least {
                least = value;
                next = Some(place);
            }
        }
        match next {
            Some(place) => at = place,
            None => (dx, dy) = (0.5 * dx, 0.5 * dy),
        }
    }
    (at, least)
}

/// Whether a function is zero on areas, and whether these may be nothing but values that are too
/// small for doubles.
pub(super) fn area(
    f: &mut Function<'_>,
    values: &[Vec<f64>],
    place: &dyn Fn(usize, usize) -> Place,
) -> Option<bool> {
    let is_zero = |row: usize, column: usize| values[row][column] == 0.0;
    let mut is_any = false;
    for (row, line) in values.iter().enumerate().skip(1) {
        for column in 1..line.len() {
            let is_area = [(0, 0), (0, 1), (1, 0), (1, 1)]
                .into_iter()
                .all(|(up, across)| is_zero(row - up, column - across));
            if !is_area {
                continue;
            }
            is_any = true;
            // Up to where it is not zero any more.
            let Some(end) = (column..line.len()).find(|n| line[*n] != 0.0) else {
                continue;
            };
            let (mut inside, mut outside) = (place(end - 1, row), place(end, row));
            let mut value = line[end];
            for _ in 0..HALVINGS {
                let middle = (0.5 * (inside.0 + outside.0), inside.1);
                match f(middle.0, middle.1) {
                    0.0 => inside = middle,
                    own => (outside, value) = (middle, own),
                }
            }
            if value.is_nan() || value.abs() > LOST {
                return Some(true);
            }
        }
    }
    is_any.then_some(false)
}

/// The grid of a window: a little aside, so that no line of symmetry runs along it.
pub(super) fn grid(
    window: &Window,
    [across, along]: [usize; 2],
) -> impl Fn(usize, usize) -> Place {
    let (x, y) = (window.x, window.y);
    let (dx, dy) = ((x.1 - x.0) / across as f64, (y.1 - y.0) / along as f64);
    move |column: usize, row: usize| {
        let aside = |n: usize, most: usize| {
            if n == 0 || n == most { n as f64 } else { n as f64 + 0.000_173 }
        };
        (x.0 + dx * aside(column, across), y.0 + dy * aside(row, along))
    }
}
