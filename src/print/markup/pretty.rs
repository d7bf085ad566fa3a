//! Two dimensions in a terminal: fractions stand above each other, exponents above the line.
//!
//! A piece is a box of lines of which one is the base; boxes beside each other have their
//! bases on one line.

mod fit;

use super::super::unicode;
use super::{Face, Grid, Markup, Role, asciimath, is_fenced, letter, primes};
use std::cell::Cell;
use unicode_width::UnicodeWidthStr;

/// How far lines that go on stand to the right.
const INDENT: usize = 4;
/// How many signs are set down for one formula; a larger one is written on a line.
const MAX_SIGNS: usize = 2_000_000;

thread_local! {
    /// How many of them are left.
    static LEFT: Cell<usize> = const { Cell::new(0) };
}

/// Takes signs for an area; whether there were as many.
fn spend(width: usize, height: usize) -> bool {
    let left = LEFT.get().checked_sub(width.saturating_mul(height));
    LEFT.set(left.unwrap_or(0));
    left.is_some()
}

/// Lines of the same width.
#[derive(Clone, Debug, Default)]
struct Area {
    lines: Vec<String>,
    width: usize,
    base: usize,
}

/// Writes a formula on lines at most so wide, broken at signs of equality and between terms.
pub(super) fn write(formula: &Markup, width: usize) -> String {
    LEFT.set(MAX_SIGNS);
    let found = drawn(formula, width);
    match LEFT.get() {
        0 => asciimath::write(formula, width),
        _ => found,
    }
}

fn drawn(formula: &Markup, width: usize) -> String {
    let pieces = formula.pieces();
    if let [Markup::Grid(Grid::Aligned, rows)] = pieces {
        return finish(&[grid(Grid::Aligned, &cells(rows))]);
    }
    if let Some(entries) = fit::entries(pieces, width) {
        let blocks: Vec<String> =
            entries.iter().map(|entry| drawn(entry, width)).collect();
        let is_tall = blocks.iter().any(|block| block.contains('\n'));
        return blocks.join(if is_tall { "\n\n" } else { "\n" });
    }
    finish(&fit::apart(fit::rows(pieces, width)))
}

fn finish(rows: &[Area]) -> String {
    let lines = rows.iter().flat_map(|area| &area.lines);
    let lines: Vec<&str> = lines.map(|line| line.trim_end()).collect();
    lines.join("\n")
}

fn text(text: &str) -> Area {
    Area { lines: vec![text.to_owned()], width: text.width(), base: 0 }
}

fn blank(width: usize) -> Area {
    text(&" ".repeat(width))
}

/// Boxes side by side.
fn beside(parts: &[Area]) -> Area {
    let base = parts.iter().map(|part| part.base).max().unwrap_or(0);
    let below = parts.iter().map(|part| part.lines.len().saturating_sub(part.base + 1));
    let height = base + 1 + below.max().unwrap_or(0);
    let width = parts.iter().map(|part| part.width).sum();
    if !spend(width, height) {
        return text("");
    }
    let mut lines = vec![String::new(); height];
    for part in parts {
        let first = base - part.base;
        for (at, line) in lines.iter_mut().enumerate() {
            let own = at.checked_sub(first).and_then(|at| part.lines.get(at));
            line.push_str(own.map_or("", |own| own));
            let width = own.map_or(0, |own| own.width());
            line.push_str(&" ".repeat(part.width - width));
        }
    }
    Area { lines, width, base }
}

/// Boxes one above the other, in the middle.
fn above(parts: &[&Area], base: usize) -> Area {
    let width = parts.iter().map(|part| part.width).max().unwrap_or(0);
    if !spend(width, parts.iter().map(|part| part.lines.len()).sum()) {
        return text("");
    }
    let mut lines = Vec::new();
    for part in parts {
        let left = (width - part.width) / 2;
        for line in &part.lines {
            let right = width - left - line.width();
            lines.push(format!("{}{line}{}", " ".repeat(left), " ".repeat(right)));
        }
    }
    Area { lines, width, base }
}

/// Pieces side by side; of a part behind a break the sign has room before it.
fn row(list: &[Markup], is_part: bool) -> Area {
    let mut parts = Vec::new();
    for (place, piece) in list.iter().enumerate() {
        let before = place.checked_sub(1).map(|before| &list[before]);
        let next = list.get(place + 1);
        if let Some(before) = before {
            parts.push(text(between(before, piece)));
        }
        let own = one(piece);
        parts.push(match piece {
            Markup::Sign(_, Role::Plus | Role::Relation) => {
                let left = if before.is_some() || is_part { " " } else { "" };
                beside(&[text(left), own, text(if next.is_some() { " " } else { "" })])
            }
            _ => own,
        });
    }
    beside(&parts)
}

/// The room between two pieces.
fn between(before: &Markup, after: &Markup) -> &'static str {
    let is_letter = |piece: &Markup| {
        let base = match piece {
            Markup::Scripts { base, .. } => base,
            piece => piece,
        };
        matches!(base, Markup::Name(name, Face::Italic) if name.chars().count() == 1)
    };
    match (before, after) {
        // A differential or its power stands beside what it is of.
        (Markup::Scripts { base, .. }, _) if matches!(**base, Markup::Sign(..)) => "",
        (Markup::Sign(_, Role::Comma), Markup::Space(_)) => "",
        (Markup::Sign(_, Role::Comma), _) => " ",
        (Markup::Sign(_, Role::Apply), after) if is_fenced(after) => "",
        (Markup::Sign(_, Role::Apply), _) => " ",
        (Markup::Sign(..) | Markup::Space(_), _) => "",
        (_, Markup::Sign(..) | Markup::Space(_)) => "",
        (Markup::Number(_), Markup::Fraction(_) | Markup::Words(_)) => " ",
        (Markup::Number(_), _) => "",
        (Markup::Fence { .. }, Markup::Fence { .. }) => "",
        // Arguments of a derivative, and no factor.
        (Markup::Fraction(sides), Markup::Fence { .. }) if is_derivative(&sides[0]) => "",
        (before, after) if is_letter(before) && is_letter(after) => " ",
        _ => " ",
    }
}

/// Whether what stands above a bar is that of a partial derivative: `∂²f`.
fn is_derivative(above: &Markup) -> bool {
    let first = match above.pieces().first() {
        Some(Markup::Scripts { base, .. }) => Some(&**base),
        first => first,
    };
    matches!(first, Some(Markup::Sign("∂", _)))
}

fn one(piece: &Markup) -> Area {
    match piece {
        Markup::Row(list) => row(list, false),
        Markup::Number(number) => text(number),
        Markup::Name(name, face) => match face {
            Face::Double => {
                text(&name.chars().map(|c| letter(c, *face)).collect::<String>())
            }
            _ => text(name),
        },
        Markup::Sign(_, Role::Apply) => text(""),
        Markup::Primes(count) => text(&primes(*count)),
        Markup::Sign("⋅", _) => text("·"),
        Markup::Sign("⊤", _) => text("ᵀ"),
        Markup::Sign("mod", _) => text(" mod "),
        Markup::Sign(sign, _) => text(sign),
        Markup::Words(words) => text(words.trim()),
        Markup::Fraction(sides) => {
            let [top, bottom] = sides.each_ref().map(one);
            let is_barred =
                |side: &Markup| matches!(side.pieces(), [Markup::Fraction(_)]);
            let more = 2 * usize::from(sides.iter().any(is_barred));
            let width = top.width.max(bottom.width) + more;
            let bar = text(&"─".repeat(width));
            above(&[&top, &bar, &bottom], top.lines.len())
        }
        Markup::Root(degree, inside) => root(degree.as_deref(), inside, one(inside)),
        Markup::Scripts { base, below, above } => {
            // Each is laid out once: towers of exponents are deep.
            let [below, above] = [below, above].map(|script| script.as_deref().map(one));
            scripts(base, one(base), below, above)
        }
        Markup::Fence { open, body, close } => fenced(open, one(body), close),
        Markup::Grid(kind, rows) => grid(*kind, &cells(rows)),
        Markup::Space(n) => blank(usize::from(*n).min(4)),
    }
}

/// A root over what it is of, as that was laid out.
fn root(degree: Option<&Markup>, inside: &Markup, body: Area) -> Area {
    let degree = degree.map(one);
    let sign = match degree.as_ref().map(|area| &area.lines[..]) {
        None => Some("√"),
        Some([line]) if line == "3" => Some("∛"),
        Some([line]) if line == "4" => Some("∜"),
        Some(_) => None,
    };
    if let (Some(sign), 1) = (sign, body.lines.len()) {
        let is_bare = inside.is_one() && !matches!(inside, Markup::Fence { .. });
        return match is_bare {
            true => beside(&[text(sign), body]),
            false => beside(&[text(sign), fenced("(", body, ")")]),
        };
    }
    let mut lines = vec![format!(" ┌{}", "─".repeat(body.width))];
    let last = body.lines.len() - 1;
    for (at, line) in body.lines.iter().enumerate() {
        lines.push(format!("{}│{line}", if at == last { "╲" } else { " " }));
    }
    let area = Area { lines, width: body.width + 2, base: body.base + 1 };
    let Some(degree) = degree else { return area };
    let mut whole = beside(&[blank(degree.width.saturating_sub(1)), area]);
    if let Some(line) = whole.lines.get_mut(last) {
        let rest: String = line.chars().skip(degree.width).collect();
        *line = degree.lines.concat() + &rest;
    }
    whole
}

/// Indices and exponents: raised signs where there are such, else lines above and below.
fn scripts(base: &Markup, own: Area, below: Option<Area>, above: Option<Area>) -> Area {
    let flat = |script: &Option<Area>, map: fn(char) -> Option<char>| {
        let Some(area) = script else { return Some(String::new()) };
        match &area.lines[..] {
            [line] => line.chars().filter(|c| *c != ' ').map(map).collect(),
            _ => None,
        }
    };
    // A root without a line above it would look as if it went on over the exponent.
    let own = match base {
        Markup::Root(..) if own.lines.len() == 1 => fenced("(", own, ")"),
        _ => own,
    };
    let signs = (flat(&below, unicode::lowered), flat(&above, raised));
    if let (Some(low), Some(high)) = &signs
        && own.base + 1 == own.lines.len()
        && own.lines.len() == 1
    {
        return beside(&[own, text(low), text(high)]);
    }
    let mut column = Area { lines: Vec::new(), width: 0, base: 0 };
    let mut put = |area: Area| {
        column.width = column.width.max(area.width);
        column.lines.extend(area.lines);
    };
    let high = above.as_ref().map_or(0, |area| area.lines.len());
    above.into_iter().for_each(&mut put);
    put(Area { lines: vec![String::new(); own.lines.len()], width: 0, base: 0 });
    match (&signs.0, below) {
        (Some(low), Some(_)) if own.lines.len() == 1 => {
            column.lines[high] = low.clone();
            column.width = column.width.max(low.width());
        }
        (_, below) => {
            let below = below.unwrap_or_default();
            column.width = column.width.max(below.width);
            column.lines.extend(below.lines);
        }
    }
    for line in &mut column.lines {
        let room = column.width - line.width();
        line.push_str(&" ".repeat(room));
    }
    column.base = high + own.base;
    beside(&[own, column])
}

/// A sign above the line.
fn raised(c: char) -> Option<char> {
    match c {
        '′' | '″' | '‴' | 'ᵀ' => Some(c),
        c => unicode::raised(c),
    }
}

/// Brackets as high as what stands between them.
fn fenced(open: &str, body: Area, close: &str) -> Area {
    let height = body.lines.len();
    let side = |sign: &str| {
        let parts = match sign {
            "" => {
                return Area {
                    lines: vec![String::new(); height],
                    width: 0,
                    base: body.base,
                };
            }
            _ if height == 1 => return text(sign),
            "(" => ["⎛", "⎜", "⎜", "⎝"],
            ")" => ["⎞", "⎟", "⎟", "⎠"],
            "[" => ["⎡", "⎢", "⎢", "⎣"],
            "]" => ["⎤", "⎥", "⎥", "⎦"],
            "{" => ["⎧", "⎨", "⎪", "⎩"],
            "}" => ["⎫", "⎬", "⎪", "⎭"],
            "⌊" => ["⎢", "⎢", "⎢", "⎣"],
            "⌋" => ["⎥", "⎥", "⎥", "⎦"],
            "⌈" => ["⎡", "⎢", "⎢", "⎢"],
            "⌉" => ["⎤", "⎥", "⎥", "⎥"],
            "‖" => ["║", "║", "║", "║"],
            _ => ["│", "│", "│", "│"],
        };
        let middle = if height > 2 { height / 2 } else { height };
        let lines = (0..height).map(|at| match at {
            0 => parts[0],
            at if at + 1 == height => parts[3],
            at if at == middle => parts[1],
            _ => parts[2],
        });
        Area { lines: lines.map(str::to_owned).collect(), width: 1, base: body.base }
    };
    let (left, right) = (side(open), side(close));
    beside(&[left, body, right])
}

/// Cells, each as it is laid out alone.
fn cells(rows: &[Vec<Markup>]) -> Vec<Vec<Area>> {
    rows.iter().map(|cells| cells.iter().map(one).collect()).collect()
}

/// Rows of cells, as these were laid out.
fn grid(kind: Grid, rows: &[Vec<Area>]) -> Area {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |j: usize| {
        let cells = rows.iter().filter_map(|cells| cells.get(j));
        cells.map(|cell| cell.width).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let between = if kind == Grid::Aligned { " " } else { "  " };
    let mut lines: Vec<Area> = Vec::new();
    for cells in rows {
        let mut parts = Vec::new();
        for (j, cell) in cells.iter().enumerate() {
            let room = widths[j] - cell.width;
            let left = match kind {
                Grid::Matrix | Grid::Round | Grid::Binomial => room / 2,
                Grid::Aligned if j == 0 => room,
                _ => 0,
            };
            parts.extend([
                text(if j > 0 { between } else { "" }),
                blank(left),
                cell.clone(),
                blank(room - left),
            ]);
        }
        // A row that ends early is as wide as the others, so that it stands below them.
        for width in &widths[cells.len()..] {
            parts.extend([text(between), blank(*width)]);
        }
        lines.push(beside(&parts));
    }
    let is_tall = lines.iter().any(|line| line.lines.len() > 1) && kind != Grid::Table;
    let gap = text("");
    let mut stack: Vec<&Area> = Vec::new();
    for (place, line) in lines.iter().enumerate() {
        if place > 0 && is_tall {
            stack.push(&gap);
        }
        stack.push(line);
    }
    let height: usize = stack.iter().map(|line| line.lines.len()).sum();
    let first = stack.first().map_or(0, |line| line.base);
    let base = if stack.len() == 1 { first } else { height.saturating_sub(1) / 2 };
    let body = above(&stack, base);
    match kind {
        Grid::Matrix => fenced("[", beside(&[text(" "), body, text(" ")]), "]"),
        Grid::Cases => fenced("{", beside(&[text(" "), body]), ""),
        Grid::Round => fenced("(", beside(&[text(" "), body, text(" ")]), ")"),
        Grid::Binomial => fenced("(", body, ")"),
        Grid::Aligned | Grid::Table => body,
    }
}
