//! What is wider than the terminal: sums go on below at a sign, products at a factor, inside of
//! brackets, fractions, roots, powers and branches too, and the entries of a vector or a matrix
//! stand one below the other with their places.

use super::super::{Grid, Markup, Role};
use super::{
    Area, INDENT, above, beside, between, blank, fenced, grid, one, root, row, scripts,
    spend, text,
};

/// The least room in which something is broken.
const NARROW: usize = 12;

/// The lines of a formula that are at most so wide where they can be broken.
pub(super) fn rows(pieces: &[Markup], width: usize) -> Vec<Area> {
    let parts = terms(pieces);
    if parts.len() < 2 {
        return factors(pieces, width);
    }
    let first = pieces.iter().find(|piece| breaks(piece));
    let mut is_label = matches!(first, Some(Markup::Sign(_, Role::Relation)));
    let mut rows: Vec<Area> = Vec::new();
    let mut before: Option<&Markup> = None;
    for (place, part) in parts.into_iter().enumerate() {
        let natural = row(part, place > 0);
        let is_entry = place > 0 && !part.first().is_some_and(breaks);
        // Behind a comma is room, if none is there.
        let is_close = is_entry && matches!(before, Some(Markup::Sign(_, Role::Comma)));
        before = part.last();
        let Some(last) = rows.last_mut() else {
            match natural.width <= width {
                true => rows.push(natural),
                false => rows.extend(factors(part, width)),
            }
            continue;
        };
        // What stands before the first sign of equality stays beside what is equal to it.
        let begins = is_label && place == 1;
        is_label &= place == 0;
        let room = width.saturating_sub(last.width);
        let gap = text(if is_close { " " } else { "" });
        if gap.width + natural.width <= room {
            *last = beside(&[last.clone(), gap, natural]);
        } else if begins && !is_entry && room >= NARROW {
            let mut more = signed(part, room).into_iter();
            if let Some(first) = more.next() {
                *last = beside(&[last.clone(), first]);
            }
            rows.extend(more.map(|line| beside(&[blank(INDENT), line])));
        } else {
            let room = width.saturating_sub(INDENT);
            let more = match natural.width <= room {
                true => vec![natural],
                false => signed(part, room),
            };
            rows.extend(more.into_iter().map(|line| beside(&[blank(INDENT), line])));
        }
    }
    rows
}

fn breaks(piece: &Markup) -> bool {
    matches!(piece, Markup::Sign(_, Role::Plus | Role::Relation))
}

/// How many pieces a name in a list has at most.
const LABEL: usize = 3;

/// The parts of a formula between signs, each with the sign before it, and the entries of a list,
/// each with the comma behind it.
fn terms(pieces: &[Markup]) -> Vec<&[Markup]> {
    let mut parts = Vec::new();
    let mut from = 0;
    let is_comma =
        |at: usize| matches!(pieces.get(at), Some(Markup::Sign(_, Role::Comma)));
    let is_space = |at: usize| matches!(pieces.get(at), Some(Markup::Space(_)));
    let begins_entry = |at: usize| {
        let last = at - usize::from(at > 0 && is_space(at - 1));
        last > 0 && is_comma(last - 1) && !is_space(at)
    };
    for at in 1..=pieces.len() {
        // What a list says of a name stays with the name: `f = 0, H = …`.
        let names = begins_entry(from) && at - from <= LABEL;
        let ends = match pieces.get(at) {
            Some(Markup::Sign(_, Role::Relation)) => !names,
            piece => piece.is_none_or(breaks) || begins_entry(at),
        };
        if ends {
            parts.push(&pieces[from..at]);
            from = at;
        }
    }
    parts
}

/// A part with a sign before it, on several lines.
fn signed(part: &[Markup], width: usize) -> Vec<Area> {
    let [sign, rest @ ..] = part else { return Vec::new() };
    if !breaks(sign) {
        return factors(part, width);
    }
    let sign = beside(&[text(" "), one(sign), text(" ")]);
    let mut lines = factors(rest, width.saturating_sub(sign.width));
    if let Some(first) = lines.first_mut() {
        *first = beside(&[sign, first.clone()]);
    }
    lines
}

/// The lines of a product.
fn factors(list: &[Markup], width: usize) -> Vec<Area> {
    let natural = row(list, false);
    if natural.width <= width || width < NARROW {
        return vec![natural];
    }
    let mut lines: Vec<Area> = Vec::new();
    let mut from = 0;
    while from < list.len() {
        let indent = if lines.is_empty() { 0 } else { INDENT };
        let is_factor = !lines.is_empty() && !matches!(list[from], Markup::Words(_));
        let dot = if is_factor { text("· ") } else { text("") };
        let room = width.saturating_sub(indent + dot.width);
        // As many factors as there is room for, and at least one.
        let mut end = next(list, from);
        while end < list.len() && row(&list[from..next(list, end)], false).width <= room {
            end = next(list, end);
        }
        let part = &list[from..end];
        let natural = row(part, false);
        let area = match natural.width <= room {
            true => natural,
            false => spaced(part, room),
        };
        lines.push(beside(&[blank(indent), dot, area]));
        from = end;
    }
    lines
}

/// Pieces side by side, each broken inside where it is too wide.
fn spaced(list: &[Markup], width: usize) -> Area {
    let mut parts: Vec<Area> = Vec::new();
    for (place, piece) in list.iter().enumerate() {
        if let Some(before) = place.checked_sub(1).map(|before| &list[before]) {
            parts.push(text(between(before, piece)));
        }
        let used: usize = parts.iter().map(|part| part.width).sum();
        parts.push(fitted(piece, width.saturating_sub(used)));
    }
    beside(&parts)
}

/// Where the factor that begins at a place ends: the name of a function, a number and a sign stay
/// with what they belong to.
fn next(list: &[Markup], from: usize) -> usize {
    let mut at = from;
    while at + 1 < list.len() {
        let is_joined = matches!(
            (&list[at], &list[at + 1]),
            (Markup::Sign(..) | Markup::Space(_) | Markup::Number(_), _)
                | (_, Markup::Sign(..) | Markup::Space(_) | Markup::Primes(_))
                | (Markup::Name(..) | Markup::Scripts { .. }, Markup::Fence { .. })
        );
        if !is_joined {
            break;
        }
        at += 1;
    }
    at + 1
}

/// A piece, broken inside where it is too wide.
fn fitted(piece: &Markup, width: usize) -> Area {
    let natural = one(piece);
    if natural.width <= width || width < NARROW {
        return natural;
    }
    match piece {
        Markup::Row(list) => stacked(rows(list, width)),
        Markup::Fence { open, body, close } => {
            fenced(open, stacked(rows(body.pieces(), width - 2)), close)
        }
        Markup::Fraction(sides) => {
            let [top, bottom] =
                sides.each_ref().map(|side| stacked(rows(side.pieces(), width)));
            let bar = text(&"─".repeat(top.width.max(bottom.width)));
            above(&[&top, &bar, &bottom], top.lines.len())
        }
        Markup::Root(degree, inside) => {
            let degree = degree.as_deref();
            // The sign, and what of the degree stands before it.
            let used = 2 + degree.map_or(0, |degree| one(degree).width.saturating_sub(1));
            let room = width.saturating_sub(used);
            root(degree, inside, stacked(rows(inside.pieces(), room)))
        }
        Markup::Scripts { base, below, above } => {
            let [below, above] = [below, above].map(Option::as_deref);
            let own = one(base);
            let areas = [below, above].map(|script| script.map(one));
            let used = areas.iter().flatten().map(|area| area.width).max().unwrap_or(0);
            if own.width > used {
                let [below, above] = areas;
                let own = fitted(base, width.saturating_sub(used));
                return scripts(base, own, below, above);
            }
            let room = width.saturating_sub(own.width);
            let fit = |script: &Markup| stacked(rows(script.pieces(), room));
            scripts(base, own, below.map(fit), above.map(fit))
        }
        Markup::Grid(Grid::Cases, cells) => branches(cells, width),
        _ => natural,
    }
}

/// Branches with the condition of each behind it, or below where that has no room.
fn branches(cells: &[Vec<Markup>], width: usize) -> Area {
    // A brace and a blank before them, two blanks between.
    let width = width.saturating_sub(2);
    let behind = cells.iter().flat_map(|row| row.iter().skip(1));
    let behind = behind.map(|cell| one(cell).width + 2).max().unwrap_or(0);
    let room = width.saturating_sub(behind);
    let fit = |cell: &Markup, room| stacked(rows(cell.pieces(), room));
    let is_beside = room >= NARROW.max(width / 3);
    let mut laid = Vec::with_capacity(cells.len());
    for row in cells {
        let mut line = Vec::with_capacity(row.len());
        for (at, cell) in row.iter().enumerate() {
            line.push(match at {
                0 => fit(cell, if is_beside { room } else { width }),
                _ if is_beside => one(cell),
                _ => beside(&[blank(INDENT), fit(cell, width.saturating_sub(INDENT))]),
            });
        }
        laid.push(if is_beside { line } else { vec![stacked(line)] });
    }
    grid(Grid::Cases, &laid)
}

/// Lines with a blank one where what is below one would touch what is above the next.
pub(super) fn apart(rows: Vec<Area>) -> Vec<Area> {
    let mut found: Vec<Area> = Vec::with_capacity(rows.len());
    for area in rows {
        let hangs = found.last().is_some_and(|last| last.lines.len() > last.base + 1);
        if hangs && area.base > 0 {
            found.push(text(""));
        }
        found.push(area);
    }
    found
}

/// Lines one below the other from the left.
fn stacked(rows: Vec<Area>) -> Area {
    let width = rows.iter().map(|area| area.width).max().unwrap_or(0);
    if let [_] = &rows[..]
        && let Some(only) = rows.first()
    {
        return only.clone();
    }
    let rows = apart(rows);
    let height: usize = rows.iter().map(|area| area.lines.len()).sum();
    if !spend(width, height) {
        return text("");
    }
    let mut lines = Vec::with_capacity(height);
    for area in rows {
        let room = " ".repeat(width - area.width);
        lines.extend(area.lines.into_iter().map(|line| line + &room));
    }
    Area { base: lines.len() / 2, lines, width }
}

/// The entries of a vector or a matrix that is too wide, as formulas of their own:
/// `(∇f)₁ = 2x`.
pub(super) fn entries(pieces: &[Markup], width: usize) -> Option<Vec<Markup>> {
    let [label @ .., relation @ Markup::Sign(_, Role::Relation), grid] = pieces else {
        return None;
    };
    let Markup::Grid(Grid::Matrix, rows) = grid else { return None };
    let is_one = rows.iter().map(Vec::len).sum::<usize>() < 2;
    if label.is_empty() || is_one || row(pieces, false).width <= width {
        return None;
    }
    let (is_row, is_column) = (rows.len() == 1, rows.iter().all(|row| row.len() == 1));
    let is_short = rows.len() < 10 && rows.iter().all(|row| row.len() < 10);
    let name = |i: usize, j: usize| match (is_row, is_column) {
        (true, _) => (j + 1).to_string(),
        (_, true) => (i + 1).to_string(),
        _ if is_short => format!("{}{}", i + 1, j + 1),
        _ => format!("{},{}", i + 1, j + 1),
    };
    let scripts = |base: Markup, below: Markup| Markup::Scripts {
        base: Box::new(base),
        below: Some(Box::new(below)),
        above: None,
    };
    // `H_f` has an index already.
    let placed = |number: String| match label {
        [Markup::Scripts { base, below: Some(below), above: None }] => {
            let comma = Markup::Sign(",", Role::Comma);
            let both = vec![(**below).clone(), comma, Markup::Number(number)];
            scripts((**base).clone(), Markup::Row(both))
        }
        _ => {
            let body = Box::new(Markup::Row(label.to_vec()));
            let base = Markup::Fence { open: "(", body, close: ")" };
            scripts(base, Markup::Number(number))
        }
    };
    let mut found = Vec::new();
    for (i, cells) in rows.iter().enumerate() {
        for (j, cell) in cells.iter().enumerate() {
            let own = placed(name(i, j));
            let mut pieces = vec![own, relation.clone()];
            pieces.extend(cell.pieces().iter().cloned());
            found.push(Markup::Row(pieces));
        }
    }
    Some(found)
}
