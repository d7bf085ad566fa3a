//! The formulas of an answer and what stands before their signs of equality: `f_x = …, f_y = …`,
//! the lines of an `align`, a chain of equations.

use super::super::lexer::ALIGNED;
use super::super::marks::{unbold, unfenced};
use super::around::trimmed;
use super::boxes::unboxed;
use super::label::{Label, Naming};
use super::outline::{Piece, Sign, mate, outline};
use super::prose::{entries, is_reason, words};
use super::reply::{is_chinese, says_more};
use super::tail::is_condition;
use super::vector::is_in_angles;
use super::words::{is_changing, spoken_for};
use super::{Item, Stated};

/// Words that stand between two statements.
const JOINING: [&str; 4] = ["and", "with", "also", "so"];

/// A text between separators, with what separates it from the one before.
struct Line<'t> {
    text: &'t str,
    by: Option<Sign>,
}

/// The formulas of a text. What cannot be taken apart is one formula without a label.
pub(super) fn items<'t>(
    text: &'t str,
    mut notes: Vec<String>,
    is_name: &dyn Fn(&str) -> bool,
) -> Stated<'t> {
    let whole = text;
    let text = rows(text);
    if is_in_angles(text) {
        let item = Item { formula: text, ..Item::default() };
        return Stated { items: vec![item], notes, ..Stated::default() };
    }
    if let Some(found) = spoken_for(text) {
        let items = found.into_iter().map(|(label, labelled, formula)| {
            // A name before the formula says no more.
            let formula = sides(formula).pop().unwrap_or(formula);
            Item { label: Some(label), labelled, formula, ..Item::default() }
        });
        return Stated { items: items.collect(), notes, ..Stated::default() };
    }
    let lines = match entries(text) {
        Some(entries) => {
            entries.into_iter().flat_map(|text| entry(text, is_name)).collect()
        }
        None => lines(text, is_name),
    };
    notes.extend(lines.iter().filter_map(|line| nearness(line.text)));
    let sides: Vec<Vec<&str>> = lines.iter().map(|line| sides(line.text)).collect();
    let (mut places, mut placed) = (Vec::with_capacity(lines.len()), sides);
    for (line, sides) in lines.iter().zip(&mut placed) {
        places.push(take_place(line.text, sides, is_name, &mut notes));
    }
    let sides = placed;
    let as_it_is = |notes| {
        let item = Item { formula: whole, ..Item::default() };
        Stated { items: vec![item], notes, ..Stated::default() }
    };
    let mut items: Vec<Item<'t>> = Vec::new();
    for ((line, sides), place) in lines.iter().zip(sides).zip(places) {
        // A comma between formulas without names separates the components of a vector.
        let is_plain = sides.len() == 1;
        if !items.is_empty() && is_reason(line.text) && !is_changing(line.text) {
            notes.push(format!("`{}` is left out", line.text.trim()));
            continue;
        }
        if is_plain && is_changing(line.text) {
            return as_it_is(notes);
        }
        if is_plain && line.by == Some(Sign::Comma) {
            return match is_condition(line.text) {
                true => {
                    notes.push(format!(
                        "the condition `{}` is left out",
                        line.text.trim()
                    ));
                    continue;
                }
                false => as_it_is(notes),
            };
        }
        let goes_on = sides[0].is_empty() && !items.is_empty();
        let mut item = match goes_on {
            true => items.pop().unwrap_or_default(),
            false => Item::default(),
        };
        if goes_on {
            let last = std::mem::take(&mut item.formula);
            item.before.push(last);
        }
        item.is_continued |= sides[0].is_empty();
        add(&mut item, &sides[usize::from(sides[0].is_empty())..], is_name);
        item.place = place.or(item.place);
        items.push(item);
    }
    let Some(items) = chosen(items, &lines) else { return as_it_is(notes) };
    // Words in the middle say more than a chain of equations does.
    let is_sentence = |item: &Item<'_>| {
        let says = |side: &&str| words(side).filter(|word| !is_name(word)).count() > 1;
        item.before.iter().any(|side| {
            says(side)
                || says_more(side)
                || ends_within(side)
                || names_another(side, is_name)
        })
    };
    if items.iter().any(is_sentence) {
        return as_it_is(notes);
    }
    let is_cut = items.iter().any(|item| !item.before.is_empty())
        || items.len() == 1 && lines.len() > 1 && !items[0].labelled.is_empty();
    if is_cut {
        notes.push("what stands before the last `=` is left out".to_owned());
    }
    Stated { items, notes, ..Stated::default() }
}

/// Takes the place off the sides of an equation at which its value holds, `7 at x = 1`, and what a
/// derivative is set equal to: `f'(x) = 2x - 2 = 0`.
fn take_place<'t>(
    line: &'t str,
    sides: &mut Vec<&'t str>,
    is_name: &dyn Fn(&str) -> bool,
    notes: &mut Vec<String>,
) -> Option<&'t str> {
    let mut place = None;
    let label = sides.first().and_then(|first| Label::read(without_gaps(first)));
    // `f(x) = 3 at x = 1` says it of the function.
    let is_function =
        label.as_ref().is_some_and(|own| own.is_value() && own.arguments.is_some());
    if let [_, .., said, _] = sides[..]
        && !is_function
        && let Some(value) = before_place(said, is_name)
    {
        let at = value.as_ptr() as usize - line.as_ptr() as usize + value.len();
        place = Some(line[at..].trim());
        sides.truncate(sides.len() - 2);
        sides.push(value);
    }
    // The variable of `f'(x)` is one, if the question has it or not.
    let own = label.as_ref().and_then(Label::variable);
    let is_name = |name: &str| is_name(name) || own == Some(name);
    let has_name = |side: &str| {
        let found = outline(side);
        found.iter().any(|piece| piece.sign == Sign::Word && is_name(piece.text))
            || side.chars().any(|c| is_name(c.encode_utf8(&mut [0; 4])))
    };
    if let [first, .., derived, "0"] = sides[..]
        && sides.len() > 2
        && is_named(first)
        && has_name(derived)
    {
        notes.push("`= 0` asks where the derivative is 0, and is left out".to_owned());
        sides.pop();
        return None;
    }
    place
}

/// What stands before words behind which a variable has a value: `7 at x`, `7 \text{ at } x`.
fn before_place<'t>(side: &'t str, is_name: &dyn Fn(&str) -> bool) -> Option<&'t str> {
    let (before, name) = side.trim_end().rsplit_once([' ', '~'])?;
    if !is_name(unfenced(name.trim())) {
        return None;
    }
    let mut value = before.trim_end();
    while let Some(shorter) = before_word(value, is_name) {
        value = shorter;
    }
    (value.len() < before.trim_end().len() && !value.is_empty()).then(|| trimmed(value))
}

/// What stands before a word that is none of mathematics and ends a text.
fn before_word<'t>(text: &'t str, is_name: &dyn Fn(&str) -> bool) -> Option<&'t str> {
    let is_said = |word: &str| word.len() > 1 && !crate::function::is_name(word);
    let upright = text.strip_suffix('}').and_then(|text| text.rsplit_once("\\text{"));
    if let Some((value, words)) = upright {
        return is_said(words.trim()).then(|| value.trim_end());
    }
    let start = text.trim_end_matches(char::is_alphabetic).len();
    let (value, word) = text.split_at(start);
    let is_product = word.chars().all(|c| is_name(c.encode_utf8(&mut [0; 4])));
    let is_word = word.chars().count() > 1
        && !is_product
        && !is_name(word)
        && is_said(word)
        && !crate::kernel::GREEK.iter().any(|row| row.0 == word);
    let is_chinese = word.chars().any(is_chinese);
    ((is_word || is_chinese) && !value.ends_with('\\')).then(|| value.trim_end())
}

/// Whether a side of a chain ends with the name of another equation: the `1 b` of
/// `a = 1 b = 3x`, the `6x or f'(x)` of two answers.
fn names_another(side: &str, is_name: &dyn Fn(&str) -> bool) -> bool {
    let Some((before, name)) = side.trim_end().rsplit_once([' ', '~']) else {
        return false;
    };
    let before = before.trim_end();
    let Some(label) = Label::read(name) else { return false };
    let last = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let is_other = match label.is_value() {
        true => label.function.as_deref().is_some_and(|own| !is_name(own)),
        // `x f'(x)` is a product.
        false => is_changing(last),
    };
    let is_whole = before.ends_with(|c: char| c.is_alphanumeric() || ")}]".contains(c));
    is_whole && is_other && !crate::function::is_name(last)
}

/// Whether a sentence ends within a text and another begins: `2x. Check: f'(3)`.
fn ends_within(text: &str) -> bool {
    text.match_indices(['.', '!', ';']).any(|(at, _)| {
        let word = text[at + 1..].trim_start_matches([' ', '\n', '*']);
        word.len() < text.len() - at - 1
            && word.starts_with(char::is_uppercase)
            && word.chars().take_while(|c| c.is_alphabetic()).count() > 1
    })
}

/// The items that are the answer: all of them where each names a component of its own; the
/// last of those that name the same.
fn chosen<'t>(items: Vec<Item<'t>>, lines: &[Line<'_>]) -> Option<Vec<Item<'t>>> {
    if items.iter().any(|item| item.formula.is_empty()) {
        return None;
    }
    if items.len() < 2 {
        // A definition alone is a formula with a name.
        return (!items.is_empty()).then_some(items);
    }
    let is_named =
        |item: &Item<'_>| item.label.as_ref().is_some_and(|label| !label.is_value());
    let by_lines = lines
        .iter()
        .all(|line| matches!(line.by, None | Some(Sign::Newline | Sign::Implies)));
    // Lines before that say what is given are none of the answer.
    let mut items = items;
    let first = items.iter().position(is_named).unwrap_or(items.len());
    let are_given_first = items[first..].iter().all(is_named);
    if (by_lines || are_given_first) && items.last().is_some_and(is_named) {
        items.retain(is_named);
    }
    if !items.iter().all(is_named) {
        return None;
    }
    let mut found: Vec<Item<'t>> = Vec::new();
    for mut item in items {
        let same = found.iter().position(|known| known.label == item.label);
        match same {
            None => found.push(item),
            Some(place) if by_lines => {
                let earlier = found.remove(place);
                item.before
                    .splice(0..0, earlier.before.into_iter().chain([earlier.formula]));
                found.push(item);
            }
            Some(_) => return None,
        }
    }
    Some(found)
}

/// Adds the sides of an equation: labels first, then formulas, of which the last is meant.
fn add<'t>(item: &mut Item<'t>, sides: &[&'t str], is_name: &dyn Fn(&str) -> bool) {
    let Some((last, before)) = sides.split_last() else { return };
    let mut is_label = item.label.is_none() && item.before.is_empty();
    for side in before {
        // `f'(x) = x = 1` says it of a derivative that is a variable.
        let is_variable = item.label.is_some() && is_name(side.trim());
        let label = if is_label && !is_variable { Label::read(side) } else { None };
        match label {
            // A value may stand before a derivative, as in `y' = dy/dx`.
            Some(mut label) => {
                label.split(is_name);
                if item.label.as_ref().is_none_or(|known| label.says_more(known)) {
                    (item.label, item.labelled) = (Some(label), side);
                }
            }
            None => {
                is_label = false;
                if !side.is_empty() {
                    item.before.push(side);
                }
            }
        }
    }
    let is_turned = item.label.is_none() && !item.before.is_empty();
    let turned = Label::read(last).filter(|label| {
        is_turned && matches!(label.naming, Naming::Derivative | Naming::Gradient)
    });
    match turned {
        // `2x = f'(x)`.
        Some(label) => {
            (item.label, item.labelled) = (Some(label), last);
            item.formula = item.before.pop().unwrap_or_default();
        }
        None => item.formula = last,
    }
}

/// What stands in an environment of lines, where that is all.
fn rows(text: &str) -> &str {
    let pieces = outline(text);
    let Some(first) =
        pieces.first().filter(|piece| piece.sign == Sign::Begin && piece.start == 0)
    else {
        return text;
    };
    let name =
        first.text.split_once('{').map_or("", |(_, name)| name.trim_end_matches('}'));
    let Some(last) = mate(&pieces, 0).map(|at| pieces[at]) else { return text };
    let mut inner = &text[first.end..last.start];
    let is_array = name == "array";
    let columns = match name.trim_end_matches('*') {
        "array" => inner.split_once('}'),
        "alignat" | "alignedat" => {
            inner.strip_prefix('{').and_then(|rest| rest.split_once('}'))
        }
        _ => None,
    };
    if let Some((_, rest)) = columns {
        inner = rest;
    }
    // Cases without a sign of equality are those of a function.
    let is_system = || {
        let lines = lines(inner, &|_| false);
        !lines.is_empty() && lines.iter().all(|line| sides(line.text).len() > 1)
    };
    match has_statements(name)
        && last.end == text.len()
        && (name != "cases" && !is_array || is_system())
    {
        true => rows(trimmed(inner)),
        false => text,
    }
}

/// Whether the lines of an environment are statements.
pub(super) fn has_statements(name: &str) -> bool {
    ALIGNED.contains(&name) || matches!(name, "cases" | "array")
}

/// The lines of an entry of a list.
fn entry<'t>(text: &'t str, is_name: &dyn Fn(&str) -> bool) -> Vec<Line<'t>> {
    let mut found = lines(text, is_name);
    if let Some(first) = found.first_mut() {
        first.by = Some(Sign::Newline);
    }
    found
}

/// The lines of a text: what stands between the separators outside of brackets.
fn lines<'t>(text: &'t str, is_name: &dyn Fn(&str) -> bool) -> Vec<Line<'t>> {
    let pieces = outline(text);
    let mut found: Vec<Line<'_>> = Vec::new();
    let (mut start, mut by) = (0, None);
    let mut push = |start: usize, end: usize, by| {
        let line = unfenced(without_gaps(trimmed(&text[start..end])));
        let line = without_gaps(unboxed(line));
        if !line.is_empty() {
            found.push(Line { text: line, by });
        }
    };
    let angles = angles(&pieces, text.len());
    let is_top = |piece: &&Piece<'_>| {
        piece.depth == 0 && !angles.is_some_and(|(a, b)| a < piece.start && piece.end < b)
    };
    let top: Vec<&Piece<'_>> = pieces.iter().filter(is_top).collect();
    // A wide gap stands between two equations: there is a sign of equality on both sides of it
    // before the next separator.
    let separates = |sign| matches!(sign, Sign::Newline | Sign::Comma | Sign::Semicolon);
    let (mut equated, mut fences) = (false, 0);
    let mut behind = vec![false; top.len() + 1];
    for (at, piece) in top.iter().enumerate().rev() {
        behind[at] =
            piece.sign == Sign::Equals || behind[at + 1] && !separates(piece.sign);
    }
    for (at, piece) in top.iter().enumerate() {
        let joins = || {
            let word = piece.text.trim().to_lowercase();
            let is_first = text[start..piece.start].trim().is_empty();
            // `with $x$` says of what something is told.
            JOINING.contains(&word.as_str()) && !(is_first && word == "with")
        };
        let is_separator = match piece.sign {
            Sign::Newline | Sign::Implies | Sign::Comma | Sign::Semicolon => true,
            Sign::Word | Sign::Words => joins(),
            Sign::Gap => {
                equated
                    && behind[at]
                    && (piece.text.contains("quad")
                        || begins_named(text, (start, piece.end), &top[at..], is_name))
            }
            // `$a = b$` and `$c = d$` on lines of their own.
            Sign::Fence => {
                fences += 1;
                let mut next = top[at + 1..].iter().skip_while(|p| p.sign == Sign::Gap);
                fences % 2 == 0 && next.next().is_some_and(|p| p.sign == Sign::Fence)
            }
            _ => false,
        };
        equated = piece.sign == Sign::Equals || equated && !is_separator;
        if is_separator {
            let end = match piece.sign {
                Sign::Fence => piece.end,
                _ => piece.start,
            };
            push(start, end, by);
            start = piece.end;
            by = Some(match piece.sign {
                Sign::Fence => Sign::Newline,
                Sign::Word | Sign::Words | Sign::Gap => Sign::Semicolon,
                sign => sign,
            });
        }
    }
    push(start, text.len(), by);
    found
}

/// Where a vector in angles stands that ends a text, as in `r' = <2t, 1>`.
fn angles(pieces: &[Piece<'_>], end: usize) -> Option<(usize, usize)> {
    let mut shown = pieces.iter().filter(|p| !matches!(p.sign, Sign::Gap | Sign::Align));
    let last = pieces.last().filter(|p| p.text == ">" && p.end == end)?;
    let mut before = Sign::Equals;
    let first = shown.find(|piece| {
        let opens = piece.text == "<" && before == Sign::Equals && piece.depth == 0;
        before = piece.sign;
        opens
    })?;
    Some((first.start, last.end))
}

/// Whether an equation begins at a place that names another derivative of the same function
/// as the one before: `fx = 2x fy = 1`.
fn begins_named(
    text: &str,
    (from, start): (usize, usize),
    top: &[&Piece<'_>],
    is_name: &dyn Fn(&str) -> bool,
) -> bool {
    let label = |side: &str| {
        let mut label = Label::read(without_gaps(side))?;
        label.split(is_name);
        Some(label)
    };
    let equals = top.iter().find(|piece| piece.sign == Sign::Equals);
    let Some(side) = equals.map(|piece| text[start..piece.start].trim()) else {
        return false;
    };
    if side.contains(' ') {
        return false;
    }
    let first = text[from..].split('=').next().and_then(label);
    let (Some(first), Some(label)) = (first, label(side)) else { return false };
    !label.wrt.is_empty() && label.function == first.function && label.wrt != first.wrt
}

/// A text without blanks around it, those of LaTeX among them.
pub(super) fn without_gaps(text: &str) -> &str {
    let pieces = outline(text);
    let is_gap = |piece: &&Piece<'_>| {
        matches!(piece.sign, Sign::Gap | Sign::Align) || piece.text == "\n"
    };
    let mut start = 0;
    for piece in pieces.iter().take_while(is_gap).filter(|piece| piece.depth == 0) {
        if piece.start != start {
            break;
        }
        start = piece.end;
    }
    let mut end = text.len();
    for piece in pieces.iter().rev().take_while(is_gap) {
        if piece.end != end || piece.start < start {
            break;
        }
        end = piece.start;
    }
    &text[start..end]
}

/// The sides of an equation. Behind the name of a derivative other signs are read as one of
/// equality: `f'(x) ≈ 2x`, `f_x: 2xy`.
fn sides(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    // No name has such a sign in it, so that only the first one can stand behind a name.
    let mut is_first = true;
    for piece in outline(text) {
        let is_equals = match piece.sign {
            Sign::Equals => true,
            Sign::Like | Sign::Colon => {
                std::mem::take(&mut is_first)
                    && found.is_empty()
                    && is_named(&text[..piece.start])
            }
            _ => false,
        };
        if piece.depth == 0 && is_equals {
            found.push(without_gaps(&text[start..piece.start]));
            start = piece.end;
        }
    }
    found.push(unbold(without_gaps(&text[start..])));
    found
}

/// What to say of a sign such as `≈` behind the name of a derivative.
pub(super) fn nearness(text: &str) -> Option<String> {
    if !text.contains(['≈', '≡', '\\']) {
        return None;
    }
    let is_near = |piece: &Piece<'_>| piece.sign == Sign::Like && piece.text != "==";
    let found = outline(text).into_iter().find(is_near)?;
    is_named(&text[..found.start])
        .then(|| format!("`{}` is read as `=`", found.text.trim()))
}

/// Whether a text is the name of a derivative.
pub(super) fn is_named(text: &str) -> bool {
    let label = Label::read(without_gaps(text));
    label.is_some_and(|label| !label.is_value())
}

/// Whether a text is a condition: a comparison, or words that begin one.
pub(super) fn condition(text: &str) -> bool {
    outline(text).iter().any(|piece| piece.sign == Sign::Relation && piece.depth <= 1)
}
