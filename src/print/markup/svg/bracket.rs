//! Brackets that are as high as what stands between them, and the sign of roots.

use super::block::{Block, THICK, short};
use super::metrics::Font;

/// How high the middle of signs is above the line.
pub(super) const AXIS: f64 = 0.25;
/// What stands on one line: so high and so deep, by the size of letters.
const LINE: (f64, f64) = (0.9, 0.3);

/// A point of a box, from its left end and its base line, down.
type Spot = (f64, f64);

/// Draws an outline from point to point.
struct Pen {
    start: Spot,
    at: Spot,
    path: String,
}

impl Pen {
    fn at(start: Spot) -> Self {
        Self { start, at: start, path: String::new() }
    }

    fn add(&mut self, command: char, points: &[Spot]) {
        self.path.push(command);
        let way =
            |(x, y): &Spot| format!("{} {}", short(x - self.at.0), short(y - self.at.1));
        let ways: Vec<String> = points.iter().map(way).collect();
        self.path.push_str(&ways.join(" "));
        self.at = points.last().copied().unwrap_or(self.at);
    }

    /// Straight lines.
    fn lines(mut self, points: &[Spot]) -> Self {
        points.iter().for_each(|point| self.add('l', &[*point]));
        self
    }

    /// A curve with two points that draw it.
    fn curve(mut self, points: [Spot; 3]) -> Self {
        self.add('c', &points);
        self
    }

    /// A box with the outline.
    fn close(mut self, width: f64, ascent: f64, descent: f64) -> Block {
        self.path.push('z');
        Block::outline((width, ascent, descent), self.start, self.path)
    }
}

/// Something between two brackets in letters of a size.
pub(super) fn fenced(open: &str, body: Block, close: &str, size: f64) -> Block {
    let is_flat = body.ascent <= LINE.0 * size && body.descent <= LINE.1 * size;
    let reach = (body.ascent - AXIS * size).max(body.descent + AXIS * size);
    let reach = if is_flat { 0.47 * size } else { reach + 0.06 * size };
    let side = |sign: &str| match sign {
        "" => Block::default(),
        "(" | ")" | "[" | "]" | "{" | "}" if is_flat => {
            Block::run(sign, Font::Upright, size)
        }
        _ => stretched(sign, reach, size),
    };
    Block::row([side(open), body, side(close)])
}

/// A bracket that reaches so far above and below the middle of the line.
fn stretched(sign: &str, reach: f64, size: f64) -> Block {
    let (upper, height) = (reach + AXIS * size, 2.0 * reach);
    let (thick, room) = (1.3 * THICK * size, 0.09 * size);
    let bar = |left: f64, right: f64| {
        let mut whole = Block::room(left);
        whole.put(Block::bar(thick, height, upper), left, 0.0);
        Block::row([whole, Block::room(right)])
    };
    let is_left = matches!(sign, "(" | "[" | "{" | "⌊" | "⌈" | "⟨");
    match sign {
        "|" => bar(room, room),
        "‖" => Block::row([bar(room, room / 2.0), bar(room / 2.0, room)]),
        "[" | "]" | "⌊" | "⌋" | "⌈" | "⌉" => {
            let foot = 0.2 * size;
            let mut whole = Block::room(foot + 2.0 * room);
            let at = if is_left { room } else { room + foot - thick };
            whole.put(Block::bar(thick, height, upper), at, 0.0);
            let top = !matches!(sign, "⌊" | "⌋");
            let bottom = !matches!(sign, "⌈" | "⌉");
            for (is_there, edge) in [(top, upper), (bottom, upper - height + thick)] {
                if is_there {
                    whole.put(Block::bar(foot, thick, edge), room, 0.0);
                }
            }
            whole
        }
        _ => curved(sign, is_left, (-upper, height - upper), size),
    }
}

/// Round brackets, braces and angles between two heights.
fn curved(sign: &str, is_left: bool, (top, bottom): Spot, size: f64) -> Block {
    let (thick, height) = (THICK * size, bottom - top);
    // Round ones grow wider with their height, but not as fast.
    let width = match sign {
        "(" | ")" => (0.26 + 0.04 * height / size).min(0.5) * size,
        "{" | "}" => 0.4 * size,
        _ => 0.28 * size,
    };
    let room = 0.06 * size;
    let whole = width + 2.0 * room;
    // All are drawn as those that open.
    let at = |x: f64, y: f64| match is_left {
        true => (room + x, top + y),
        false => (whole - room - x, top + y),
    };
    let pen = match sign {
        "(" | ")" => {
            let (tip, inner) = (0.6 * thick, 2.2 * thick);
            let (near, far) = (0.26 * height, 0.74 * height);
            Pen::at(at(width, 0.0))
                .curve([at(0.0, near), at(0.0, far), at(width, height)])
                .lines(&[at(width - tip, height)])
                .curve([at(-inner, far), at(-inner, near), at(width - tip, 0.0)])
        }
        "{" | "}" => {
            let (half, outer) = (height / 2.0, width / 2.0);
            let inner = outer + 1.6 * thick;
            let bend = (0.3 * size).min(half / 2.0);
            // A bend between an end and the stem at `x`, up to `bend` away from it.
            let bent = |from: Spot, x: f64, y: f64, to: Spot| {
                let near = |point: Spot| at((x + point.0) / 2.0, (y + point.1) / 2.0);
                [near(from), near(to), at(to.0, to.1)]
            };
            let (end, tip) = (0.9 * thick, 1.5 * thick);
            let mut pen = Pen::at(at(width, 0.0));
            // Down the outer side with the tip, and up the inner one.
            for (x, [first, second], tip, is_down) in [
                (outer, [0.0, height], 0.0, true),
                (inner, [height - end, end], tip, false),
            ] {
                let turn = if is_down { bend } else { -bend };
                let stem = [
                    ((width, first), first, (x, first + turn)),
                    ((x, half - turn), half, (tip, half)),
                    ((tip, half), half, (x, half + turn)),
                    ((x, second - turn), second, (width, second)),
                ];
                for (from, y, to) in stem {
                    pen = pen.lines(&[at(from.0, from.1)]).curve(bent(from, x, y, to));
                }
            }
            pen
        }
        _ => {
            let (half, stroke) = (height / 2.0, 1.3 * thick);
            Pen::at(at(width - stroke, 0.0)).lines(&[
                at(0.0, half),
                at(width - stroke, height),
                at(width, height),
                at(stroke, half),
                at(width, 0.0),
            ])
        }
    };
    pen.close(whole, -top, bottom)
}

/// A root over something, with its degree.
pub(super) fn root(degree: Option<Block>, body: Block, size: f64) -> Block {
    let thick = THICK * size;
    let ascent = (body.ascent + 0.09 * size).max(0.6 * size) + thick;
    let descent = body.descent.max(0.12 * size);
    let (height, width) = (ascent + descent, 0.62 * size);
    // The hook, the thick stroke down and the thin one up; then back along the other side.
    let hook = descent - (0.42 * height).min(0.36 * size);
    let sign = Pen::at((0.02 * size, hook))
        .lines(&[
            (0.14 * size, hook - 0.07 * size),
            (0.31 * size, descent - 0.11 * size),
            (width - thick, -ascent),
            (width, -ascent),
            (width, thick - ascent),
            (0.33 * size, descent),
            (0.28 * size, descent),
            (0.1 * size, hook - 0.015 * size),
            (0.03 * size, hook + 0.03 * size),
        ])
        .close(width, ascent, descent);
    let mut whole = Block::default();
    let mut left = 0.0;
    if let Some(degree) = degree {
        left = (degree.width - 0.27 * size).max(0.0);
        let right = (0.27 * size - degree.width).max(0.0);
        let down = hook - 0.14 * size - degree.descent;
        whole.put(degree, right, down);
    }
    whole.put(sign, left, 0.0);
    let bar = Block::bar(body.width + 0.06 * size, thick, ascent);
    whole.put(body, left + width, 0.0);
    whole.put(bar, left + width, 0.0);
    Block::row([whole, Block::room(0.04 * size)])
}
