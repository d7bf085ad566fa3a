//! Where the pieces of a formula stand.

use super::super::{Face, Grid, Markup, Role, is_function, letter};
use super::block::{Block, THICK};
use super::bracket::{self, AXIS};
use super::metrics::Font;

/// Spaces by the size of letters: around factors, terms and signs of equality.
const THIN: f64 = 0.167;
const MEDIUM: f64 = 0.222;
const WIDE: f64 = 0.278;

/// How something is set: the size of its letters, and how much room there is above it.
#[derive(Clone, Copy)]
struct Style {
    size: f64,
    level: Level,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    /// On a line of its own.
    Display,
    /// In a text, above or below a bar.
    Text,
    /// Raised or lowered.
    Script,
    /// Raised or lowered there.
    Tiny,
}

impl Style {
    /// One that is smaller.
    fn smaller(self, level: Level) -> Self {
        let share = |level| match level {
            Level::Display | Level::Text => 1.0,
            Level::Script => 0.72,
            Level::Tiny => 0.56,
        };
        Self { size: self.size / share(self.level) * share(level), level }
    }

    /// That of exponents and indices.
    fn script(self) -> Self {
        self.smaller(match self.level {
            Level::Display | Level::Text => Level::Script,
            Level::Script | Level::Tiny => Level::Tiny,
        })
    }

    /// That of both sides of a bar.
    fn side(self) -> Self {
        self.smaller(match self.level {
            Level::Display => Level::Text,
            Level::Text => Level::Script,
            Level::Script | Level::Tiny => Level::Tiny,
        })
    }

    /// That of cells.
    fn cell(self) -> Self {
        self.smaller(self.level.max(Level::Text))
    }

    fn is_small(self) -> bool {
        self.level >= Level::Script
    }
}

/// A formula in letters of a size.
pub(super) fn formula(formula: &Markup, size: f64, is_display: bool) -> Block {
    let level = if is_display { Level::Display } else { Level::Text };
    row(formula.pieces(), Style { size, level })
}

/// Pieces side by side.
fn row(list: &[Markup], style: Style) -> Block {
    let mut parts = Vec::with_capacity(2 * list.len());
    for (place, piece) in list.iter().enumerate() {
        if let Some(before) = place.checked_sub(1).map(|before| &list[before]) {
            parts.push(Block::room(style.size * between(before, piece, style)));
        }
        parts.push(one(piece, style));
    }
    Block::row(parts)
}

/// The room between two pieces, by the size of letters.
fn between(before: &Markup, after: &Markup, style: Style) -> f64 {
    let around = |role: Role| match (role, style.is_small()) {
        (Role::Plus, false) => MEDIUM,
        (Role::Relation, false) => WIDE,
        (Role::Plus | Role::Relation, true) => 0.08,
        (Role::Times, false) => THIN,
        (Role::Times, true) => 0.06,
        _ => 0.0,
    };
    match (before, after) {
        (Markup::Sign("/", _), _) | (_, Markup::Sign("/", _)) => 0.04,
        (Markup::Sign(_, Role::Comma), _) if !style.is_small() => THIN,
        (Markup::Sign(_, Role::Apply), Markup::Fence { .. }) => 0.0,
        (Markup::Sign(_, Role::Apply), _) => THIN,
        (Markup::Sign("∑", _), _) => THIN,
        (Markup::Sign(_, role), Markup::Sign(_, next)) => {
            around(*role).max(around(*next))
        }
        (Markup::Sign(_, role), _) => around(*role),
        // The d of a differential stands apart from the factor before it.
        (Markup::Space(_), _) | (_, Markup::Space(_)) => 0.0,
        (_, Markup::Sign("d" | "∑", Role::Prefix)) => THIN,
        (_, Markup::Sign(_, role)) => around(*role),
        (before, _) if is_differential(before) => 0.0,
        (before, after) if is_long(before) || is_long(after) => THIN,
        (_, Markup::Fence { .. }) => 0.06,
        _ => 0.02,
    }
}

/// The `d` or `∂` with its order.
fn is_differential(piece: &Markup) -> bool {
    matches!(piece, Markup::Scripts { base, below: None, .. }
        if matches!(**base, Markup::Sign(_, Role::Prefix)))
}

/// Whether a factor runs into its neighbour without room: words, functions, long names.
fn is_long(piece: &Markup) -> bool {
    match piece {
        Markup::Words(words) => words.trim() == words,
        Markup::Name(name, _) => is_function(piece) || name.chars().count() > 1,
        Markup::Scripts { base, .. } => is_long(base),
        _ => false,
    }
}

fn one(piece: &Markup, style: Style) -> Block {
    let size = style.size;
    match piece {
        Markup::Row(list) => row(list, style),
        Markup::Number(number) => Block::run(number, Font::Upright, size),
        Markup::Name(name, face) => named(name, *face, size),
        Markup::Sign(sign, role) => signed(sign, *role, style),
        Markup::Primes(count) => Block::run(&"′".repeat(*count), Font::Upright, size),
        Markup::Words(words) => Block::run(words, Font::Upright, size),
        Markup::Fraction(sides) => fraction(sides, style),
        Markup::Root(degree, inside) => {
            let smallest = style.smaller(Level::Tiny);
            let degree = degree.as_deref().map(|degree| one(degree, smallest));
            bracket::root(degree, row(inside.pieces(), style), size)
        }
        Markup::Scripts { base, below, above } => {
            scripts(base, below.as_deref(), above.as_deref(), style)
        }
        Markup::Fence { open, body, close } => {
            bracket::fenced(open, row(body.pieces(), style), close, size)
        }
        Markup::Grid(kind, rows) => grid(*kind, rows, style),
        Markup::Space(n) => Block::room(size * THIN * 1.5 * f64::from(*n)),
    }
}

fn named(name: &str, face: Face, size: f64) -> Block {
    let is_slanted = |c: char| !('Α'..='Ω').contains(&c);
    let mut letters = name.chars();
    match (face, letters.next(), letters.next()) {
        (Face::Italic, Some(c), None) if is_slanted(c) => {
            Block::run(name, Font::Italic, size)
        }
        (Face::Bold, ..) => Block::run(name, Font::Bold, size),
        (Face::Double, ..) => {
            let letters: String = name.chars().map(|c| letter(c, face)).collect();
            Block::run(&letters, Font::Upright, size)
        }
        _ => Block::run(name, Font::Upright, size),
    }
}

fn signed(sign: &str, role: Role, style: Style) -> Block {
    match (sign, role) {
        (_, Role::Apply) => Block::default(),
        ("d", Role::Prefix) => Block::run(sign, Font::Italic, style.size),
        ("⋅", _) => Block::run("·", Font::Upright, style.size),
        ("∑", _) if style.level == Level::Display => {
            let big = Block::run(sign, Font::Upright, 1.4 * style.size);
            let mut whole = Block::default();
            whole.put(big, 0.0, 0.1 * style.size);
            whole
        }
        _ => Block::run(sign, Font::Upright, style.size),
    }
}

/// Something above and below a bar in the middle of the line.
fn fraction(sides: &[Markup; 2], style: Style) -> Block {
    let (size, inner) = (style.size, style.side());
    let [above, below] = sides.each_ref().map(|side| one(side, inner));
    let is_display = style.level == Level::Display;
    let (gap, least) = if is_display { (0.15, 0.68) } else { (0.1, 0.4) };
    let (gap, least, thick) = (gap * size, least * size, THICK * size);
    let (middle, half) = (AXIS * size, THICK * size / 2.0);
    let up = (middle + half + gap + above.descent).max(least);
    let down = (below.ascent + gap + half - middle).max(least);
    let bar = above.width.max(below.width) + 0.12 * size;
    let (left, room) = (0.08 * size, bar + 0.16 * size);
    let mut whole = Block::room(room);
    let [first, second] = [&above, &below].map(|side| (room - side.width) / 2.0);
    whole.put(above, first, -up);
    whole.put(Block::bar(bar, thick, middle + half), left, 0.0);
    whole.put(below, second, down);
    whole
}

/// What stands below and above the line behind a base.
fn scripts(
    base: &Markup,
    below: Option<&Markup>,
    above: Option<&Markup>,
    style: Style,
) -> Block {
    let (size, inner) = (style.size, style.script());
    let own = one(base, style);
    if style.level == Level::Display && matches!(base, Markup::Sign("∑", _)) {
        return limits(own, [below, above].map(|limit| limit.map(|it| one(it, inner))));
    }
    let is_letter = matches!(base, Markup::Name(..) | Markup::Number(_));
    let leaning = own.leaning;
    let (width, ascent, descent) = (own.width, own.ascent, own.descent);
    let mut whole = own;
    let mut end = width;
    let mut high = None;
    if let Some(Markup::Primes(_)) = above {
        let primes = above.map(|primes| one(primes, style)).unwrap_or_default();
        end = width + primes.width;
        whole.put(primes, width, -(ascent - 0.72 * size).max(0.0));
    } else if let Some(script) = above {
        let script = one(script, inner);
        let rise = if is_letter { 0.0 } else { ascent - 0.4 * size };
        let least = if style.is_small() { 0.3 } else { 0.37 };
        let up = rise.max(least * size).max(script.descent + 0.14 * size);
        high = Some(script.descent - up);
        end = width + script.width + 0.03 * size;
        whole.put(script, width + 0.03 * size, -up);
    }
    if let Some(script) = below {
        let script = one(script, inner);
        let fall = if is_letter { 0.0 } else { descent + 0.05 * size };
        let mut down = fall.max(0.17 * size).max(script.ascent - 0.36 * size);
        // Both scripts keep apart.
        if let Some(lowest) = high {
            down = down.max(lowest + script.ascent + 0.1 * size);
        }
        end = end.max(width - leaning + script.width);
        whole.put(script, width - leaning + 0.01 * size, down);
    }
    whole.leaning = 0.0;
    let rest = end + 0.04 * size - whole.width;
    Block::row([whole, Block::room(rest.max(0.0))])
}

/// A sign with what stands below and above it.
fn limits(sign: Block, [below, above]: [Option<Block>; 2]) -> Block {
    let all = [Some(&sign), below.as_ref(), above.as_ref()];
    let width = all.into_iter().flatten().map(|part| part.width).fold(0.0, f64::max);
    let (gap, top, bottom) = (0.12 * sign.width, sign.ascent, sign.descent);
    let mut whole = Block::room(width);
    let middle = |part: &Block| (width - part.width) / 2.0;
    let right = middle(&sign);
    whole.put(sign, right, 0.0);
    if let Some(part) = below {
        let (right, down) = (middle(&part), bottom + gap + part.ascent);
        whole.put(part, right, down);
    }
    if let Some(part) = above {
        let (right, down) = (middle(&part), -top - gap - part.descent);
        whole.put(part, right, down);
    }
    whole
}

/// Rows of cells, in the brackets of their kind.
fn grid(kind: Grid, rows: &[Vec<Markup>], style: Style) -> Block {
    let size = style.size;
    let inner = match kind {
        Grid::Aligned => style,
        Grid::Binomial => style.side(),
        _ => style.cell(),
    };
    let cells: Vec<Vec<Block>> = rows
        .iter()
        .map(|row| row.iter().map(|cell| one(cell, inner)).collect())
        .collect();
    let columns = cells.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        let cells = cells.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.width).fold(0.0, f64::max)
    };
    let widths: Vec<f64> = (0..columns).map(width).collect();
    let between = size
        * match kind {
            Grid::Aligned => WIDE,
            Grid::Table => 1.4,
            _ => 0.9,
        };
    let (line, gap) = match kind {
        Grid::Binomial => ((0.0, 0.0), 0.22 * size),
        Grid::Aligned => ((0.72 * size, 0.24 * size), 0.4 * size),
        _ => ((0.72 * size, 0.24 * size), 0.2 * size),
    };
    let mut whole = Block::default();
    let mut down = 0.0;
    for (place, row) in cells.into_iter().enumerate() {
        let ascent = row.iter().map(|cell| cell.ascent).fold(line.0, f64::max);
        let descent = row.iter().map(|cell| cell.descent).fold(line.1, f64::max);
        down += ascent;
        let mut left = 0.0;
        for (column, cell) in row.into_iter().enumerate() {
            let room = widths[column] - cell.width;
            let before = match kind {
                Grid::Matrix | Grid::Round | Grid::Binomial => room / 2.0,
                Grid::Aligned if column == 0 => room,
                _ => 0.0,
            };
            whole.put(cell, left + before, down);
            left += widths[column] + between;
        }
        down += descent + gap;
        whole.descent = whole.descent.max(down - gap);
        if kind == Grid::Table && place == 0 {
            let width = widths.iter().sum::<f64>() + between * (columns as f64 - 1.0);
            whole.put(Block::bar(width.max(0.0), THICK * size, gap / 2.0), 0.0, down);
            down += gap;
        }
    }
    // The middle of all rows is that of the line.
    let mut middle = Block::default();
    let height = whole.descent;
    middle.put(whole, 0.0, -height / 2.0 - AXIS * size);
    middle.ascent = height / 2.0 + AXIS * size;
    let room = || Block::room(0.12 * size);
    match kind {
        Grid::Matrix => {
            bracket::fenced("[", Block::row([room(), middle, room()]), "]", size)
        }
        Grid::Round => {
            bracket::fenced("(", Block::row([room(), middle, room()]), ")", size)
        }
        Grid::Cases => bracket::fenced("{", Block::row([room(), middle]), "", size),
        Grid::Binomial => bracket::fenced("(", middle, ")", size),
        Grid::Aligned | Grid::Table => middle,
    }
}
