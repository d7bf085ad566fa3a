//! The boxes of an answer: what the last holds, or the last ones side by side.

use super::around::Found;
use super::beside::inside_out;
use super::outline::{Piece, Sign, mate, mates, outline};
use super::presenting::{Asked, is_denied, presents};
use super::words::{is_changing, is_prose};

/// What may stand beside a box and says nothing.
const AROUND: [char; 14] =
    ['$', ' ', '\\', '[', ']', '(', ')', '.', ',', ':', '\n', '!', '*', '&'];

/// The place of the first of the last boxes that nothing but `and` or a comma is between.
fn first_of_boxes(text: &str, pieces: &[Piece<'_>], last: usize) -> usize {
    let mut first = last;
    let boxes = (0..last).rev().filter(|at| pieces[*at].sign == Sign::Boxed);
    for at in boxes {
        let Some(close) = mate(pieces, at).filter(|close| *close < first) else { break };
        let between = &text[pieces[close].end..pieces[first].start];
        // Without a comma or a word between them, each has the name of a component.
        let is_named = |at: usize, close: usize| {
            text[pieces[at].end..pieces[close].start].contains('=')
        };
        let are_named = || {
            is_named(at, close)
                && mate(pieces, first).is_some_and(|close| is_named(first, close))
        };
        // Nothing between two boxes is no sign of multiplication.
        let is_nothing = between.trim_matches(['$', ' ']).is_empty();
        if !between.contains([',', ';', 'a']) && !is_nothing && !are_named() {
            break;
        }
        let between = between.trim_matches(AROUND);
        let is_joint = ["", "and", ";", "text{ and }", "text{and}", "quad", "qquad", "-"];
        if !is_joint.contains(&between) {
            break;
        }
        first = at;
    }
    first
}

/// Where the last box of a text begins and ends.
pub(super) fn last_box(text: &str) -> Option<(usize, usize)> {
    if !text.contains("box") {
        return None;
    }
    let pieces = outline(text);
    let open = pieces.iter().rposition(|piece| piece.sign == Sign::Boxed)?;
    Some((pieces[open].start, pieces[mate(&pieces, open)?].end))
}

/// What the boxes of a text hold that are closed.
pub(super) fn held(text: &str) -> Vec<&str> {
    if !text.contains("box") {
        return Vec::new();
    }
    let pieces = outline(text);
    let mates = mates(&pieces);
    let boxes = pieces.iter().zip(mates).filter(|(piece, _)| piece.sign == Sign::Boxed);
    boxes.filter_map(|(open, mate)| Some(&text[open.end..pieces[mate?].start])).collect()
}

/// What boxes hold between which nothing stands, where a text is nothing else.
pub(super) fn side_by_side(text: &str) -> Option<Vec<&str>> {
    if text.matches("box").count() < 2 {
        return None;
    }
    let pieces = outline(text);
    let (mut at, mut end) = (0, 0);
    let mut found = Vec::new();
    while let Some(piece) = pieces.get(at) {
        if !text[end..piece.start].trim().is_empty() {
            return None;
        }
        match piece.sign {
            Sign::Gap | Sign::Fence => end = piece.end,
            Sign::Boxed => {
                at = mate(&pieces, at)?;
                found.push(&text[piece.end..pieces[at].start]);
                end = pieces[at].end;
            }
            _ => return None,
        }
        at += 1;
    }
    (found.len() > 1 && text[end..].trim().is_empty()).then_some(found)
}

/// What a text holds that is one box, or boxes in each other.
pub(super) fn unboxed(text: &str) -> &str {
    if !text.contains("box") {
        return text;
    }
    let pieces = outline(text);
    let mates = mates(&pieces);
    let (mut start, mut end) = (0, text.len());
    for (open, mate) in pieces.iter().zip(mates).filter(|(p, _)| p.sign != Sign::Gap) {
        let close = mate.map(|at| pieces[at]).filter(|close| {
            let around = [&text[start..open.start], &text[close.end..end.max(close.end)]];
            open.sign == Sign::Boxed && around.iter().all(|text| text.trim().is_empty())
        });
        let Some(close) = close else { break };
        (start, end) = (open.end, close.start);
    }
    &text[start..end]
}

/// What the last box holds, or the last boxes side by side.
pub(super) fn boxed(text: &str, asked: Asked) -> Found<'_> {
    if !text.contains("box") {
        return (text, None);
    }
    let pieces = outline(text);
    let last = pieces.iter().rposition(|piece| piece.sign == Sign::Boxed);
    let Some((open, close)) = last.and_then(|at| Some((at, mate(&pieces, at)?))) else {
        return (text, None);
    };
    let mut inner = &text[pieces[open].end..pieces[close].start];
    // Boxes that hold different things are no one answer.
    let first = first_of_boxes(text, &pieces, open);
    if held(&text[..pieces[first].start]).iter().any(|other| *other != inner) {
        return (text, None);
    }
    let (mut before, behind) = (&text[..pieces[open].start], &text[pieces[close].end..]);
    if first < open {
        before = &text[..pieces[first].start];
        let words = before.trim_end_matches(['$', ' ', '\\', '[', '(', '\n', '&', '*']);
        inner = &text[words.len()..];
        if words.is_empty() {
            return (inner, None);
        }
    }
    let ends = outline(behind).into_iter().filter(|piece| piece.sign == Sign::End);
    let behind = ends.fold(behind.to_owned(), |rest, end| rest.replace(end.text, ""));
    if !behind.trim_matches(AROUND).is_empty() {
        return (text, None);
    }
    if before.trim_matches(AROUND).is_empty() {
        return (inner, None);
    }
    // What stands directly before is a word or a sign of equality, and no factor.
    let before = before.trim_end_matches(['$', ' ', '\\', '[', '(', '\n', '&', '*']);
    let last = before.rsplit(|c: char| !c.is_alphabetic() && c != '\'').next();
    let is_word = last.is_some_and(|word| word.len() > 1 && is_prose(word))
        && !before.trim_end_matches(char::is_alphabetic).ends_with('\\');
    // A box is the end of a derivation: what is said before the last sentence does not matter.
    let sentence = before.trim_end_matches(['.', ':', ' ']);
    let sentence = sentence.rsplit(['.', '\n', '!', '?', ';']).next().unwrap_or(sentence);
    if !is_word && !before.ends_with([':', ',', '.', '=']) || is_changing(sentence) {
        return (text, None);
    }
    let front = &text[..pieces[first].start];
    let is_meant = match asked {
        Asked::Derivative => presents(front, inner, asked),
        // A box may hold what any sentence speaks of.
        Asked::Anything => !is_denied(front, inner),
    };
    if !is_meant {
        return (text, None);
    }
    (inner, Some("the answer is what the last box holds".to_owned()))
}

/// Words directly before a box that say that it is not the answer, or that of somebody else.
const DENYING: [&str; 9] =
    ["not", "wrong", "incorrect", "never", "isn't", "isn’t", "says", "said", "claims"];
/// How many words before a box are looked at.
const NEAR: usize = 3;

/// What the last boxes of a whole reply hold, which by convention is its answer, whatever
/// stands around them but a factor or a sign.
pub(super) fn concluding(text: &str) -> Option<&str> {
    if !text.contains("box") {
        return None;
    }
    let pieces = outline(text);
    let open = pieces.iter().rposition(|piece| piece.sign == Sign::Boxed)?;
    let close = mate(&pieces, open)?;
    let first = first_of_boxes(text, &pieces, open);
    let before = text[..pieces[first].start].trim_end_matches(['$', ' ', '\n', '*']);
    let before = ["\\[", "\\(", "&"]
        .iter()
        .fold(before, |text, sign| text.strip_suffix(sign).unwrap_or(text).trim_end());
    let behind = text[pieces[close].end..].trim_start_matches([' ', '*']);
    // A sign, a letter or a bracket beside the box belongs to what it holds.
    let begins = before.is_empty()
        || before
            .ends_with(|c: char| c.is_alphanumeric() || ".:,;=!?)>`\"”$".contains(c));
    let is_command = before.trim_end_matches(char::is_alphabetic).ends_with('\\');
    let is_factor = before.len() == pieces[first].start
        && before.ends_with(|c: char| c.is_alphanumeric() || c == ')');
    let ends = behind.is_empty()
        || behind
            .starts_with(['.', ',', ';', ':', '!', '?', '$', '\n', ')', '\\', '"', '”'])
            && !behind.starts_with("\\%")
            && !["\\cdot", "\\times", "\\text", "\\frac"]
                .iter()
                .any(|c| behind.starts_with(c))
        || behind.starts_with(char::is_alphabetic)
            && behind.len() < text.len() - pieces[close].end;
    let words = before.split(|c: char| !c.is_alphabetic() && c != '\'' && c != '’');
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let near = words.iter().rev().take(NEAR);
    let is_denied =
        near.into_iter().any(|word| DENYING.contains(&word.to_lowercase().as_str()));
    let held = &text[pieces[open].end..pieces[close].start];
    if !begins
        || is_command
        || is_factor
        || !ends
        || is_denied
        || has_second(held, behind)
    {
        return None;
    }
    Some(match first < open {
        true => &text[pieces[first].start..pieces[close].end],
        false => held,
    })
}

/// What joins another formula to a box.
#[rustfmt::skip]
const JOINTS: [&str; 15] = [
    ",", ";", "，", "；", "、", "&", "and ", "và ", "und ", "et ", "y ", "和", "or ", "also ", "then ",
];
/// Verbs that say something of several formulas.
const PLURALS: [&str; 5] = ["are", "là", "sind", "sont", "son"];

/// Whether another formula is joined to what a box holds: `\boxed{5} and 6`.
fn has_second(held: &str, behind: &str) -> bool {
    let next = |rest: &'_ str| -> Option<usize> {
        let inner = inside_out(rest);
        let inner = inner.strip_prefix("\\text{").unwrap_or(inner).trim_start();
        let joint = JOINTS.iter().find(|joint| inner.starts_with(**joint))?;
        Some(rest.len() - inner.len() + joint.len())
    };
    let mut rest = behind;
    while let Some(at) = next(rest) {
        rest = &rest[at..];
    }
    let line = inside_out(rest).lines().next().unwrap_or_default();
    let pieces = outline(line);
    let is_prose = |piece: &&Piece<'_>| {
        let is_long = piece.text.chars().count() > 1;
        piece.sign == Sign::Word && is_long && !crate::function::is_name(piece.text)
    };
    let word = pieces.iter().find(is_prose);
    let formula = &line[..word.map_or(line.len(), |word| word.start)];
    let bare = |text: &str| text.replace([' ', '$', '.'], "");
    let is_sign = |piece: &Piece<'_>| {
        matches!(piece.sign, Sign::Equals | Sign::Relation | Sign::Like | Sign::Colon)
    };
    rest.len() < behind.len()
        && formula.contains(char::is_alphanumeric)
        && !formula.starts_with("\\text")
        && word.is_none_or(|word| PLURALS.contains(&word.text))
        && !pieces.iter().any(is_sign)
        && bare(formula) != bare(held)
}
