//! Solutions in several names: `x = 1, y = 2 or x = 2, y = 1`, each a list of its own.

use super::super::label::Label;
use super::super::outline::Sign;
use super::{Content, first, split};

/// The names of a list in which each value has one of its own.
fn names(list: &[Content]) -> Option<Vec<&Label>> {
    let mut found: Vec<&Label> = Vec::with_capacity(list.len());
    for value in list {
        let Content::Named(label, _) = value else { return None };
        if found.contains(&&**label) {
            return None;
        }
        found.push(label);
    }
    Some(found)
}

/// The values of a solution in several names.
fn solution(content: &Content) -> Option<&[Content]> {
    let (Content::List(list) | Content::Tuple(list)) = content else { return None };
    (list.len() > 1 && names(list).is_some()).then_some(list)
}

/// Solutions that give values to the same names, as values of which each is an answer.
fn together<'c>(parts: impl Iterator<Item = &'c [Content]>) -> Option<Content> {
    let mut known: Option<Vec<&Label>> = None;
    let mut found = Vec::new();
    for part in parts {
        let own = names(part)?;
        let known = known.get_or_insert_with(|| own.clone());
        let is_same = own.len() == known.len() && own.iter().all(|l| known.contains(l));
        if !is_same {
            return None;
        }
        found.push(Content::List(part.to_vec()));
    }
    (found.len() > 1).then_some(Content::Values(found))
}

/// Parts with commas between them that are several solutions in the same names.
pub(super) fn in_turn(parts: &[Content]) -> Option<Content> {
    let all: Option<Vec<&[Content]>> = parts.iter().map(solution).collect();
    if let Some(all) = all {
        return together(all.into_iter());
    }
    let Content::Named(first, _) = parts.first()? else { return None };
    let begins = |part: &Content| matches!(part, Content::Named(l, _) if l == first);
    let period = 1 + parts[1..].iter().position(begins)?;
    let is_whole = period > 1 && parts.len().is_multiple_of(period);
    is_whole.then(|| together(parts.chunks(period)))?
}

/// Solutions in the same names with semicolons or lines between them.
pub(super) fn by_semicolons(text: &str, depth: usize) -> Option<Content> {
    let separates =
        |piece: &super::Piece<'_>| matches!(piece.sign, Sign::Semicolon | Sign::Newline);
    let parts = split(text, &[";", "\n"], separates)?;
    if !text.contains('=') {
        return None;
    }
    let parts: Option<Vec<Content>> =
        parts.iter().map(|part| first(part, depth + 1)).collect();
    let parts = parts?;
    let all: Option<Vec<&[Content]>> = parts.iter().map(solution).collect();
    together(all?.into_iter())
}

/// What parts with `or` between them say, where one gives values to several names.
pub(super) fn between_or(parts: &[Content]) -> Option<Content> {
    let has_names = |part: &Content| match part {
        Content::List(list) | Content::Tuple(list) => {
            list.iter().any(|value| matches!(value, Content::Named(..)))
        }
        _ => false,
    };
    if !parts.iter().any(has_names) {
        return None;
    }
    let all: Option<Vec<&[Content]>> = parts.iter().map(solution).collect();
    if let Some(all) = all
        && let Some(found) = together(all.into_iter())
    {
        return Some(found);
    }
    if let [only] = parts {
        return Some(only.clone());
    }
    // `x = 1, y = 2 or 3`.
    if let [given, rest @ ..] = parts
        && let Some((Content::Named(label, inner), before)) =
            solution(given).and_then(<[Content]>::split_last)
        && rest.iter().all(|part| matches!(part, Content::Formula(_)))
    {
        let values = std::iter::once((**inner).clone()).chain(rest.iter().cloned());
        let values = Box::new(Content::Values(values.collect()));
        let last = Content::Named(label.clone(), values);
        return Some(Content::List(before.iter().cloned().chain([last]).collect()));
    }
    // `x = 1, y = 2, or z = 3`.
    let mut plain: Vec<Content> = Vec::new();
    for part in parts {
        match part {
            Content::List(list) => plain.extend(list.iter().cloned()),
            part => plain.push(part.clone()),
        }
    }
    let is_each = names(&plain).is_some() || is_of_one_name(&plain);
    let what = "`or` between values of several names".to_owned();
    (!is_each).then_some(Content::Refused(what))
}

/// Whether all values are those of the first one's name: `x = 1, 2, or 3`.
fn is_of_one_name(parts: &[Content]) -> bool {
    let Some((Content::Named(first, _), rest)) = parts.split_first() else {
        return false;
    };
    rest.iter().all(|part| match part {
        Content::Named(label, _) => label == first,
        _ => true,
    })
}
