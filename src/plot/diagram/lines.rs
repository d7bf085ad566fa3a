//! Lines of formulas, as wide as it takes but for sums, which go on below.

use super::{Line, Node, Tone};
use crate::print::{Fragment, Markup, Role};

/// The size of letters of the names, of the other lines and of labels.
const NAME: f64 = 17.0;
const OTHER: f64 = 14.0;
const LABEL: f64 = 14.0;
/// How wide a line may be before a sum in it goes on below.
const WIDEST: f64 = 340.0;
/// How many digits a number may have that is not shortened, and how many are then left of it
/// on either side.
const LONGEST: usize = 20;
const SHOWN: usize = 7;
/// What is left free between lines, between words and formulas, and inside of the border.
const BETWEEN: f64 = 6.0;
const BESIDE: f64 = 10.0;
const BORDER: (f64, f64) = (12.0, 9.0);
/// What is left free around a label.
const HALO: (f64, f64) = (5.0, 3.0);

/// A drawn piece, by the left end of its base line.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) at: (f64, f64),
    pub(super) tone: Tone,
    pub(super) fragment: Fragment,
}

/// What is drawn in a box, from its upper left corner.
#[derive(Clone, Debug, Default)]
pub(super) struct Card {
    pub(super) pieces: Vec<Piece>,
    /// How far below the top the name ends, if something follows.
    pub(super) rule: Option<f64>,
    pub(super) width: f64,
    pub(super) height: f64,
}

/// The same with long numbers shortened in their middle.
fn shortened(formula: &Markup) -> Markup {
    let boxed = |one: &Markup| Box::new(shortened(one));
    let all = |list: &[Markup]| list.iter().map(shortened).collect();
    match formula {
        Markup::Number(digits) if digits.len() > LONGEST => {
            let [first, last] = [&digits[..SHOWN], &digits[digits.len() - SHOWN..]];
            let [first, last] = [first, last].map(|part| Markup::Number(part.to_owned()));
            Markup::Row(vec![first, Markup::Sign("…", Role::Thing), last])
        }
        Markup::Row(list) => Markup::Row(all(list)),
        Markup::Fraction(sides) => {
            Markup::Fraction(Box::new(sides.each_ref().map(shortened)))
        }
        Markup::Root(degree, inside) => Markup::Root(degree.clone(), boxed(inside)),
        Markup::Scripts { base, below, above } => Markup::Scripts {
            base: boxed(base),
            below: below.clone(),
            above: above.as_deref().map(boxed),
        },
        Markup::Fence { open, body, close } => {
            Markup::Fence { open, body: boxed(body), close }
        }
        Markup::Grid(kind, rows) => {
            Markup::Grid(*kind, rows.iter().map(|row| all(row)).collect())
        }
        other => other.clone(),
    }
}

/// A formula, a sum in it broken where it is wide.
fn broken(formula: &Markup, size: f64, is_display: bool) -> Vec<Fragment> {
    let formula = &shortened(formula);
    let whole = formula.fragment(size, is_display);
    let Markup::Row(list) = formula else { return vec![whole] };
    if whole.width <= WIDEST {
        return vec![whole];
    }
    let is_break =
        |piece: &Markup| matches!(piece, Markup::Sign(_, Role::Plus | Role::Relation));
    let mut lines: Vec<Markup> = Vec::new();
    let mut from = 0;
    for at in 1..=list.len() {
        if list.get(at).is_some_and(|piece| !is_break(piece)) {
            continue;
        }
        let part = &list[from..at];
        let joined = lines.last().map(|line| {
            let Markup::Row(line) = line else { return Markup::Row(part.to_vec()) };
            Markup::Row(line.iter().chain(part).cloned().collect())
        });
        match (lines.last_mut(), joined) {
            (Some(last), Some(joined))
                if joined.fragment(size, is_display).width <= WIDEST =>
            {
                *last = joined;
            }
            _ => lines.push(Markup::Row(part.to_vec())),
        }
        from = at;
    }
    lines.iter().map(|line| line.fragment(size, is_display)).collect()
}

/// Sets the lines of a node: the name in the middle, words and formulas below in two columns.
pub(super) fn card(node: &Node) -> Card {
    let mut rows: Vec<(Tone, Option<Fragment>, Vec<Fragment>)> = Vec::new();
    for Line { tone, words, formula } in &node.lines {
        let is_name = *tone == Tone::Name;
        let size = if is_name { NAME } else { OTHER };
        let words = match words {
            Markup::Row(list) if list.is_empty() => None,
            words => Some(words.fragment(OTHER, false)),
        };
        rows.push((*tone, words, broken(formula, size, is_name)));
    }
    let widest = |widths: &mut dyn Iterator<Item = f64>| widths.fold(0.0, f64::max);
    let first = widest(&mut rows.iter().flat_map(|row| &row.1).map(|one| one.width));
    let indent = if first > 0.0 { first + BESIDE } else { 0.0 };
    let formulas = |row: &(Tone, Option<Fragment>, Vec<Fragment>)| {
        let width = widest(&mut row.2.iter().map(|one| one.width));
        width + if row.1.is_some() { indent } else { 0.0 }
    };
    let inner = widest(&mut rows.iter().map(formulas)).max(18.0);
    let mut card = Card { width: inner + 2.0 * BORDER.0, ..Card::default() };
    let mut down = BORDER.1;
    let count = rows.len();
    for (rank, (tone, words, formulas)) in rows.into_iter().enumerate() {
        let own = widest(&mut formulas.iter().map(|one| one.width));
        let left = match &words {
            Some(_) => indent,
            // What stands alone stands in the middle.
            None => (inner - own) / 2.0,
        };
        let mut words = words;
        for fragment in formulas {
            // Lines keep their distance even where nothing reaches above or below.
            let lead = words.as_ref().map_or(0.0, |words| words.ascent);
            let base = down + fragment.ascent.max(lead).max(0.68 * OTHER);
            down = base + fragment.descent.max(0.22 * OTHER) + BETWEEN;
            let at = (BORDER.0 + left, base);
            card.pieces.push(Piece { at, tone, fragment });
            if let Some(fragment) = words.take() {
                let at = (BORDER.0, base);
                card.pieces.push(Piece { at, tone, fragment });
            }
        }
        if rank == 0 && count > 1 {
            card.rule = Some(down);
            down += BETWEEN;
        }
    }
    card.height = down - BETWEEN + BORDER.1;
    card
}

/// Sets a label; nothing where it says nothing.
pub(super) fn label(label: &Markup) -> Card {
    let mut card = Card::default();
    if matches!(label, Markup::Row(list) if list.is_empty()) {
        return card;
    }
    let mut down = HALO.1;
    let lines = broken(label, LABEL, false);
    let width = lines.iter().map(|line| line.width).fold(0.0, f64::max);
    for fragment in lines {
        let base = down + fragment.ascent;
        down = base + fragment.descent + BETWEEN;
        let at = (HALO.0 + (width - fragment.width) / 2.0, base);
        card.pieces.push(Piece { at, tone: Tone::Plain, fragment });
    }
    card.width = width + 2.0 * HALO.0;
    card.height = down - BETWEEN + HALO.1;
    card
}
