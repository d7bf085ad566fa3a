//! Several values: `1 or 2`, `x = 1, x = -1`, `\pm 2`, and unions of sets.

use super::super::label::Label;
use super::super::outline::{Piece, Sign};
use super::{Content, Order, bare, bracket, first, solution, split, words};

/// Words between values of which each is an answer.
const OR: [&str; 1] = ["or"];
/// Words between what holds together.
const AND: [&str; 1] = ["and"];
/// What stands in a text with one of these words, or a sign for it.
const AND_SIGNS: [&str; 5] = ["and", "And", "AND", "\\land", "\\wedge"];
/// The signs of both signs, and those that stand for the other one at the same time.
const BOTH: [&str; 3] = ["\\pm", "±", "+/-"];
const TURNED: [&str; 3] = ["\\mp", "∓", "-/+"];

fn is_word(piece: &Piece<'_>, words: &[&str]) -> bool {
    matches!(piece.sign, Sign::Word | Sign::Words)
        && words
            .contains(&piece.text.trim().trim_end_matches(',').to_lowercase().as_str())
}

fn is_or(piece: &Piece<'_>) -> bool {
    is_word(piece, &OR)
        || piece.sign == Sign::Command && matches!(piece.text, "\\lor" | "\\vee")
}

fn is_and(piece: &Piece<'_>) -> bool {
    is_word(piece, &AND)
        || piece.sign == Sign::Command && matches!(piece.text, "\\land" | "\\wedge")
}

/// What stands on both sides of a word or of a sign of a union.
pub(super) fn joined(text: &str, depth: usize) -> Option<Content> {
    if let Some(parts) = split(text, &["or", "OR", "Or", "\\vee"], is_or) {
        return Some(one_of(parts, depth));
    }
    if let Some(parts) = split(text, &["\\cup", "U"], |piece| is_union(piece, text))
        .or_else(|| by_sign(text, '∪'))
    {
        let parts: Option<Vec<Content>> =
            parts.iter().map(|p| region(p, depth)).collect();
        return Some(match parts {
            Some(parts) => Content::Union(parts),
            None => Content::Refused("a union of what are no sets of numbers".to_owned()),
        });
    }
    let mut others = ["\\cap", "∩"].into_iter().chain(WITHOUT);
    if let Some(sign) = others.find(|sign| text.contains(sign)) {
        return Some(Content::Refused(format!("`{sign}`")));
    }
    let parts = split(text, &AND_SIGNS, is_and)?;
    if let Some(found) = solution::by_semicolons(text, depth) {
        return Some(found);
    }
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let read: Option<Vec<Content>> =
        parts.iter().map(|part| first(part, depth + 1)).collect();
    let read = read?;
    if read.len() > 1 && read.iter().all(is_ordered) {
        return Some(Content::Meet(read));
    }
    // `1, 2 and 3` is one list.
    let parts =
        split(text, &AND_SIGNS, |piece| is_and(piece) || piece.sign == Sign::Comma)?;
    listed(&parts, depth)
}

/// Signs between a set and what is taken out of it.
const WITHOUT: [&str; 5] = ["\\setminus", "\\smallsetminus", "\\backslash", "∖", "\\ {"];

/// A set of real numbers without some of them: `\mathbb{R} \setminus \{0\}`.
pub(super) fn without(text: &str, depth: usize) -> Option<Content> {
    let found = WITHOUT.iter().find_map(|sign| Some((text.find(sign)?, *sign)));
    let (set, points) = match found {
        // The bracket belongs to the set.
        Some((at, sign)) => {
            (&text[..at], text[at..].strip_prefix(sign.trim_end_matches('{'))?)
        }
        None => {
            let is_set = text.contains('{');
            let (set, points) = text.split_once(['-', '−']).filter(|_| is_set)?;
            let is_reals = |set: &str| set == "R" || words::is_reals(set);
            (is_reals(bare(set)) && bare(points).starts_with(['\\', '{']))
                .then_some((set, points))?
        }
    };
    let set = match bare(set) {
        "R" => Content::Interval { ends: [None, None], closed: [false; 2] },
        set => super::read(set, depth + 1).into_iter().find(is_of_reals)?,
    };
    let points = bracket::elements(points, depth + 1)?;
    let beside = points.into_iter().map(|point| {
        let Content::Formula(at) = point else { return None };
        let open = |ends| Content::Interval { ends, closed: [false; 2] };
        let sides = [open([None, Some(at.clone())]), open([Some(at), None])];
        Some(Content::Union(sides.to_vec()))
    });
    let beside: Vec<Content> = beside.collect::<Option<_>>()?;
    let meet = |set| match (&set, &beside[..]) {
        (Content::Interval { ends: [None, None], .. }, [one]) => one.clone(),
        (Content::Interval { ends: [None, None], .. }, _) => Content::Meet(beside),
        _ => Content::Meet([vec![set], beside].concat()),
    };
    Some(match set {
        Content::Named(label, set) => Content::Named(label, Box::new(meet(*set))),
        set => meet(set),
    })
}

/// Whether a reading is a set of real numbers, or says in which a name lies.
fn is_of_reals(content: &Content) -> bool {
    match content {
        Content::Interval { .. } | Content::Union(_) | Content::Meet(_) => true,
        Content::Named(_, set) => is_of_reals(set),
        _ => false,
    }
}

/// Whether a sign joins two sets; a letter does only between brackets.
fn is_union(piece: &Piece<'_>, text: &str) -> bool {
    let is_letter = || {
        piece.sign == Sign::Word
            && piece.text == "U"
            && text[..piece.start].trim_end().ends_with([')', ']', '}'])
            && text[piece.end..].trim_start().starts_with(['(', '[', '{', '\\'])
    };
    piece.sign == Sign::Command && piece.text == "\\cup" || is_letter()
}

/// The texts between signs outside of brackets that the outline does not know.
fn by_sign(text: &str, sign: char) -> Option<Vec<&str>> {
    let parts: Vec<&str> = text.split(sign).map(bare).collect();
    (parts.len() > 1).then_some(parts)
}

/// A part of a union, as a set of numbers.
fn region(text: &str, depth: usize) -> Option<Content> {
    let readings = super::read(text, depth + 1);
    readings.into_iter().find(|reading| {
        matches!(reading, Content::Interval { .. } | Content::Set(_))
            || is_ordered(reading)
    })
}

/// Whether a reading says where a variable lies.
fn is_ordered(content: &Content) -> bool {
    matches!(content, Content::Inequality(..) | Content::Union(_) | Content::Meet(_))
}

/// Values of which each is an answer, or a union of what inequalities say.
fn one_of(parts: Vec<&str>, depth: usize) -> Content {
    let parts = parts.into_iter().filter(|part| !part.is_empty());
    let parts: Option<Vec<Content>> = parts.map(|part| first(part, depth + 1)).collect();
    let Some(parts) = parts else {
        return Content::Refused("values that stand too deep".to_owned());
    };
    if let Some(found) = solution::between_or(&parts) {
        return found;
    }
    let mut found = Vec::new();
    for part in parts {
        match part {
            Content::Values(values) => found.extend(values),
            // `1, 2, or 3`.
            Content::List(values) => found.extend(values),
            content => found.push(content),
        }
    }
    if found.iter().any(is_ordered) {
        return match found.iter().all(is_ordered) {
            true => Content::Union(found),
            false => Content::Refused("values beside inequalities".to_owned()),
        };
    }
    shared_name(Content::Values(found))
}

/// Values with commas between them.
pub(super) fn list(text: &str, depth: usize) -> Option<Content> {
    let separates = |piece: &Piece<'_>| {
        matches!(piece.sign, Sign::Comma | Sign::Semicolon | Sign::Newline)
    };
    listed(&split(text, &[",", ";", "\n", "\\\\"], separates)?, depth)
}

/// The lines of a text of which one may be the answer: the last one, and those before where each
/// names something else, so that the last one does not come from them.
pub(super) fn lines(text: &str, depth: usize) -> Vec<Content> {
    let Some((before, last)) = text.rsplit_once('\n') else { return Vec::new() };
    let Some(last) = first(last, depth + 1) else { return Vec::new() };
    let is_rival = |line: &Content| match (line, &last) {
        (Content::Named(own, _), Content::Named(label, inner)) => {
            let is_short = !matches!(**inner, Content::Equals(_));
            let is_plain = |label: &Label| label.is_value() && label.arguments.is_none();
            own != label
                && is_short
                && is_plain(label)
                && (is_plain(own) || !own.is_value())
        }
        (Content::Named(own, _), Content::Formula(_)) => !own.is_value(),
        _ => false,
    };
    let lines = before.split('\n').filter(|line| !line.trim().is_empty());
    let lines: Vec<Content> = lines.filter_map(|line| first(line, depth + 1)).collect();
    // Formulas without names are how the last one was found.
    let formulas: Option<Vec<String>> =
        lines.iter().map(formula).chain([with_letters(&last)]).collect();
    if let Some(sides) = formulas.filter(|sides| sides.len() > 1) {
        let label = Label { function: None, ..Label::value("") };
        return vec![Content::Named(Box::new(label), Box::new(Content::Equals(sides)))];
    }
    let are_rivals = lines.iter().all(is_rival);
    let rivals = if are_rivals { lines } else { Vec::new() };
    rivals.into_iter().chain([last]).collect()
}

fn formula(content: &Content) -> Option<String> {
    match content {
        Content::Formula(text) => Some(text.clone()),
        _ => None,
    }
}

/// A formula with letters in it.
fn with_letters(content: &Content) -> Option<String> {
    formula(content).filter(|text| text.contains(char::is_alphabetic))
}

fn listed(parts: &[&str], depth: usize) -> Option<Content> {
    let parts: Vec<&&str> = parts.iter().filter(|part| !part.is_empty()).collect();
    let found: Option<Vec<Content>> =
        parts.iter().map(|part| first(part, depth + 1)).collect();
    let mut found = found?;
    match found.len() {
        0 => None,
        1 => found.pop(),
        _ if names_first(&found) => {
            let what = "names before the last side of an inequality";
            Some(Content::Refused(what.to_owned()))
        }
        _ if let Some(left_out) = left_out(&found) => Some(left_out),
        _ if found.iter().all(is_ordered) => {
            let what = "inequalities with commas between them";
            Some(Content::Refused(what.to_owned()))
        }
        _ => {
            solution::in_turn(&found).or_else(|| Some(shared_name(Content::List(found))))
        }
    }
}

/// What a name is not, `x \ne 1, 2`: none of several values.
fn left_out(list: &[Content]) -> Option<Content> {
    let (first, rest) = list.split_first()?;
    let Content::Inequality(sides, orders) = first else { return None };
    let ([name, _], [Order::Unequal]) = (&sides[..], &orders[..]) else { return None };
    let mut all = vec![first.clone()];
    for value in rest {
        match value {
            Content::Formula(text) => {
                let sides = vec![name.clone(), text.clone()];
                all.push(Content::Inequality(sides, orders.clone()));
            }
            Content::Inequality(own, signs) if own[0] == *name && signs == orders => {
                all.push(value.clone());
            }
            _ => return None,
        }
    }
    Some(Content::Meet(all))
}

/// Whether a list is an inequality of several names, `x, y > 0`.
fn names_first(list: &[Content]) -> bool {
    let [names @ .., Content::Inequality(..)] = list else { return false };
    let is_name = |content: &Content| match content {
        Content::Formula(text) => Label::read(text).is_some_and(|label| label.is_value()),
        _ => false,
    };
    !names.is_empty() && names.iter().all(is_name)
}

/// `x = 1, -1` and `x = 1, x = -1`: the name is that of all values.
fn shared_name(content: Content) -> Content {
    let (values, is_list) = match &content {
        Content::List(values) => (values, true),
        Content::Values(values) => (values, false),
        _ => return content,
    };
    let Some(Content::Named(label, _)) = values.first() else { return content };
    let mut plain = Vec::new();
    let mut is_repeated = true;
    for (place, value) in values.iter().enumerate() {
        match value {
            Content::Named(own, inner) if own == label => match &**inner {
                Content::Values(several) => plain.extend(several.iter().cloned()),
                // `x = 1, 2, or 3`.
                Content::List(several) if !is_list => {
                    plain.extend(several.iter().cloned());
                }
                one => plain.push(one.clone()),
            },
            Content::Named(..) | Content::Equals(_) | Content::Inequality(..) => {
                return content;
            }
            other => {
                is_repeated &= place == 0;
                plain.push(other.clone());
            }
        }
    }
    let label = label.clone();
    let values = match is_list && !is_repeated {
        true => Content::List(plain),
        false => Content::Values(plain),
    };
    Content::Named(label, Box::new(values))
}

/// The condition behind a comma, taken out of all readings: `x^2, x > 0`.
pub(super) fn under_condition(readings: &mut [Content]) -> Option<String> {
    let mut condition = None;
    for reading in readings.iter_mut() {
        let Content::List(parts) = reading else { continue };
        // `x^2, x \in \mathbb{R}`.
        if let [first, Content::Named(name, set)] = &parts[..]
            && matches!(**set, Content::Interval { ends: [None, None], .. })
            && name.is_value()
        {
            let name = name.function.as_deref().unwrap_or_default();
            condition = Some(format!("{name} is real"));
            *reading = first.clone();
            continue;
        }
        let [first, Content::Inequality(sides, orders)] = &parts[..] else { continue };
        if matches!(first, Content::Inequality(..)) {
            continue;
        }
        let signs = orders.iter().map(|order| order.sign()).chain([""]);
        let text = sides.iter().zip(signs).map(|(side, sign)| format!("{side}{sign}"));
        condition = Some(text.collect::<String>());
        *reading = first.clone();
    }
    condition
}

/// The two values of a formula with both signs.
pub(super) fn both_signs(text: &str, depth: usize) -> Option<Content> {
    let count = |signs: &[&str]| -> usize {
        signs.iter().map(|sign| places(text, sign).count()).sum()
    };
    let (both, turned) = (count(&BOTH), count(&TURNED));
    if both + turned == 0 {
        return None;
    }
    if both > 1 || turned > 1 {
        let what = "several signs of both signs, which may belong together or not";
        return Some(Content::Refused(what.to_owned()));
    }
    let with = |sign: &str, other: &str| {
        let put = |text: String, signs: &[&str], sign: &str| {
            signs.iter().fold(text, |text, both| text.replace(both, &format!(" {sign} ")))
        };
        put(put(text.to_owned(), &BOTH, sign), &TURNED, other)
    };
    let values: Option<Vec<Content>> = [with("+", "-"), with("-", "+")]
        .iter()
        .map(|text| first(text.trim().trim_start_matches('+'), depth + 1))
        .collect();
    values.map(Content::Values)
}

/// Where a sign stands that is no beginning of a longer command.
fn places<'t>(text: &'t str, sign: &'t str) -> impl Iterator<Item = usize> + 't {
    let is_whole = move |at: usize| {
        let behind = text[at + sign.len()..].chars().next();
        !(sign.starts_with('\\') && behind.is_some_and(|c| c.is_ascii_alphabetic()))
    };
    text.match_indices(sign).map(|(at, _)| at).filter(move |at| is_whole(*at))
}
