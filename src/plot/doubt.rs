//! Where a function may break that nobody knew of: intervals that nothing shows to be joined,
//! halved until they are places, or until they are too many to be drawn.
//!
//! Invariant: what is too dense to be drawn is left out, and never crossed.

use super::trace::Window;
use crate::evaluate::Continuity;

/// Into how many cells a pixel is divided.
const CELLS: f64 = 8.0;
/// Places nearer than this part of the window are one.
const NARROW: f64 = 1e-9;
/// How many looks one cell may take.
const LOOKS: usize = 80;
/// More breaks than this in a pixel are not drawn.
const CROWD: usize = 2;
/// Parts without a line that are nearer to each other than so many pixels are one.
const NEAR: f64 = 3.0;

/// What is known of a function between two places.
type Knowing<'f> = dyn FnMut(f64, f64) -> Continuity + 'f;

/// Where a function may break.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Doubts {
    /// Places, as narrow intervals, from the left to the right.
    pub places: Vec<(f64, f64)>,
    /// Where there are too many of them.
    pub dense: Vec<(f64, f64)>,
    /// Where ranges tell nothing.
    pub open: Vec<(f64, f64)>,
}

/// An interval that is not known to be joined.
#[derive(Clone, Copy)]
struct Cell {
    low: f64,
    high: f64,
    is_broken: bool,
}

/// Where a function may break inside of an interval, with so many looks at most; what is next to
/// its ends is known of.
pub fn doubts(
    knowing: &mut Knowing<'_>,
    (low, high): (f64, f64),
    window: &Window,
    looks: &mut usize,
) -> Doubts {
    let size = window.x.1 - window.x.0;
    let pixel = size / window.width;
    if high - low <= pixel / CELLS {
        return Doubts::default();
    }
    let (cells, _) = open(knowing, (low, high), pixel / CELLS, looks);
    let mut crowds: Vec<(f64, f64)> = Vec::new();
    let mut places: Vec<(f64, f64)> = Vec::new();
    let mut open_cells: Vec<(f64, f64)> = Vec::new();
    for run in cells.chunk_by(|a, b| b.low <= a.high) {
        let (from, to) = (run[0].low, run[run.len() - 1].high);
        // Beside a break that is known nothing is shown.
        if (from <= low || to >= high) && to - from <= 0.5 * pixel {
            continue;
        }
        for own in run {
            let is_near =
                |other: &&Cell| other.is_broken && (other.low - own.low).abs() < pixel;
            if own.is_broken && cells.iter().filter(is_near).count() > 2 * CROWD {
                crowds.push((own.low, own.high));
                continue;
            }
            let mut left = LOOKS.min(*looks);
            *looks -= left;
            let (inner, is_done) =
                open(knowing, (own.low, own.high), NARROW * size, &mut left);
            *looks += left;
            match is_done {
                true => places.extend(inner.iter().map(|cell| (cell.low, cell.high))),
                false if own.is_broken => crowds.push((own.low, own.high)),
                // Nothing is known of any break; values tell.
                false => open_cells.push((own.low, own.high)),
            }
        }
    }
    let places = joined(places, NARROW * size);
    let mut found = Doubts::default();
    for (at, place) in places.iter().enumerate() {
        let beside = places[at + 1..].iter().take_while(|own| own.0 - place.1 < pixel);
        match beside.count() >= CROWD {
            true => crowds.push((place.0, place.0 + pixel)),
            false if place.0 <= low || place.1 >= high => {}
            false => found.places.push(*place),
        }
    }
    crowds.sort_by(|a, b| a.0.total_cmp(&b.0));
    let crowds = joined(crowds, NEAR * pixel).into_iter();
    // What is left of a pixel or two up to a break is as dense.
    let room = NEAR * pixel;
    let from = |a: f64| if a - low < room { low } else { a };
    let to = |b: f64| if high - b < room { high } else { b };
    found.dense = crowds.map(|(a, b)| (from(a), to(b))).collect();
    found.open = joined(open_cells, 0.0);
    let is_inside = |(a, b): &(f64, f64)| {
        found.dense.iter().any(|(from, to)| *a >= *from && *b <= *to)
    };
    let places = std::mem::take(&mut found.places);
    let places = places.into_iter().filter(|place| !is_inside(place)).collect();
    let open = std::mem::take(&mut found.open);
    let open = open.into_iter().filter(|part| !is_inside(part)).collect();
    (found.places, found.open) = (places, open);
    found
}

/// The parts of an interval, at most this wide, that are not known to be joined, and whether
/// all was looked at.
fn open(
    knowing: &mut Knowing<'_>,
    (low, high): (f64, f64),
    least: f64,
    looks: &mut usize,
) -> (Vec<Cell>, bool) {
    let mut found = Vec::new();
    let mut is_done = true;
    let mut stack = vec![(low, high)];
    while let Some((a, b)) = stack.pop() {
        if *looks == 0 {
            is_done = false;
            found.push(Cell { low: a, high: b, is_broken: false });
            continue;
        }
        *looks -= 1;
        let is = knowing(a, b);
        if is == Continuity::Sure {
            continue;
        }
        let middle = 0.5 * (a + b);
        if b - a <= least || middle <= a || middle >= b {
            let is_broken = is == Continuity::Broken;
            found.push(Cell { low: a, high: b, is_broken });
            continue;
        }
        stack.extend([(middle, b), (a, middle)]);
    }
    (found, is_done)
}

/// Intervals in order, those together that are nearer than that.
fn joined(list: Vec<(f64, f64)>, room: f64) -> Vec<(f64, f64)> {
    let mut found: Vec<(f64, f64)> = Vec::new();
    for own in list {
        match found.last_mut() {
            Some(last) if own.0 - last.1 <= room => last.1 = last.1.max(own.1),
            _ => found.push(own),
        }
    }
    found
}
