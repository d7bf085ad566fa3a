//! What stands in brackets: sets, tuples, intervals, matrices. `(0, 1)` is a tuple and an
//! interval, and is read as both.

use super::super::label::Label;
use super::super::outline::{Piece, Sign, mate, outline};
use super::super::vector::{is_in_angles, without_transpose};
use super::{Content, bare, first, split, words};

/// The brackets around the whole of a text, and what they hold.
fn around(text: &str) -> Option<([char; 2], &str)> {
    let pieces = outline(text);
    let open = pieces.first().filter(|p| p.sign == Sign::Open && p.start == 0)?;
    let close: &Piece<'_> = &pieces[mate(&pieces, 0)?];
    let inner = (close.end == text.len()).then(|| &text[open.end..close.start])?;
    Some(([kind(open.text)?, kind(close.text)?], inner))
}

/// A bracket without its size; `{` alone is one of LaTeX and shown as `g`.
fn kind(text: &str) -> Option<char> {
    let sign = text.trim_start_matches(|c: char| c.is_ascii_alphabetic() || c == ' ');
    Some(match text {
        "{" => 'g',
        "}" => 'h',
        _ if text.ends_with("langle") => '<',
        _ if text.ends_with("rangle") => '>',
        _ if text.ends_with("lbrace") => '{',
        _ if text.ends_with("rbrace") => '}',
        _ => match sign.chars().last().or_else(|| text.chars().last())? {
            '⟨' => '<',
            '⟩' => '>',
            c @ ('(' | ')' | '[' | ']' | '{' | '}' | '<' | '>') => c,
            _ => return None,
        },
    })
}

/// The ways to read a text that stands in brackets as a whole.
pub(super) fn bracketed(text: &str, depth: usize) -> Option<Vec<Content>> {
    let may_open = text.starts_with(['(', '[', '{', '<', ']', '⟨', '\\']);
    if !may_open {
        return None;
    }
    if is_matrix(text) {
        return matrix(text, depth).map(|found| vec![found]);
    }
    if is_in_angles(text) {
        let inner = text.trim_matches(['<', '>']);
        return Some(vec![Content::Tuple(entries(inner, depth)?)]);
    }
    let text = without_transpose(text);
    if let Some(found) = turned(text) {
        return Some(vec![found]);
    }
    let (brackets, inner) = around(text)?;
    // `\left[\begin{matrix} … \end{matrix}\right]`, and the same with an array.
    let is_array = bare(inner).starts_with("\\begin{array}");
    if is_matrix(bare(inner)) || is_array {
        return matrix(bare(inner), depth).map(|found| vec![found]);
    }
    match brackets {
        ['{', '}'] => Some(vec![set(inner, depth)?]),
        ['g', 'h'] => {
            let separates =
                |piece: &Piece<'_>| matches!(piece.sign, Sign::Comma | Sign::Semicolon);
            let is_list = split(inner, &[",", ";"], separates).is_some();
            let is_empty = bare(inner).is_empty();
            // `{x | x > 2}`.
            let describes =
                || halves(inner).is_some_and(|parts| compares(parts[parts.len() - 1]));
            (is_list || is_empty || describes())
                .then(|| set(inner, depth))
                .flatten()
                .map(|set| vec![set])
        }
        ['<', '>'] => Some(vec![Content::Tuple(entries(inner, depth)?)]),
        _ => in_round_or_square(brackets, inner, depth),
    }
}

/// `(a, b)`, `[a, b)` and their kin: tuples, and intervals where there are two ends.
fn in_round_or_square(
    [open, close]: [char; 2],
    inner: &str,
    depth: usize,
) -> Option<Vec<Content>> {
    let parts = parts(inner)?;
    let closed = [open == '[', close == ']'];
    let interval = match parts[..] {
        [low, high] => interval([low, high], closed),
        _ => None,
    };
    let is_mixed = closed[0] != closed[1];
    if let Some(Content::Interval { ends, .. }) = &interval
        && (is_mixed || ends.contains(&None))
    {
        return interval.map(|found| vec![found]);
    }
    if is_mixed {
        let what = "brackets that do not belong together".to_owned();
        return Some(vec![Content::Refused(what)]);
    }
    let tuple = Content::Tuple(entries(inner, depth)?);
    Some(std::iter::once(tuple).chain(interval).collect())
}

/// `]0, 1[`: brackets that are turned outwards leave the ends out.
fn turned(text: &str) -> Option<Content> {
    let is_turned = text.starts_with(']') || text.ends_with('[');
    let inner = text.strip_prefix([']', '[', '('])?.strip_suffix(['[', ']', ')'])?;
    let is_plain = is_turned && !inner.contains(['[', ']']);
    let (low, high) = inner.split_once([';', ','])?;
    let closed = [text.starts_with('['), text.ends_with(']')];
    let is_pair = is_plain && !high.contains([',', ';']);
    is_pair.then(|| interval([low, high].map(bare), closed)).flatten()
}

/// An interval; an end at infinity is none.
fn interval(parts: [&str; 2], closed: [bool; 2]) -> Option<Content> {
    let end = |text: &str, is_low: bool| match words::infinite(text) {
        Some(is_negative) => (is_negative == is_low).then_some(None),
        None => Some(Some(text.to_owned())),
    };
    let ends = [end(parts[0], true)?, end(parts[1], false)?];
    let closed = [closed[0] && ends[0].is_some(), closed[1] && ends[1].is_some()];
    Some(Content::Interval { ends, closed })
}

/// The texts between the commas of a list, none of them empty.
fn parts(inner: &str) -> Option<Vec<&str>> {
    let separates =
        |piece: &Piece<'_>| matches!(piece.sign, Sign::Comma | Sign::Semicolon);
    split(inner, &[",", ";"], separates)
        .filter(|parts| parts.iter().all(|part| !part.is_empty()))
}

fn entries(inner: &str, depth: usize) -> Option<Vec<Content>> {
    parts(inner)?.into_iter().map(|part| first(part, depth + 1)).collect()
}

/// What stands in braces: values, or a condition.
fn set(inner: &str, depth: usize) -> Option<Content> {
    if bare(inner).is_empty() {
        return Some(Content::Set(Vec::new()));
    }
    if let Some(parts) = halves(inner) {
        let found = parts.last().and_then(|part| first(part, depth + 1));
        let is_region = |content: &Content| {
            matches!(
                content,
                Content::Inequality(..) | Content::Union(_) | Content::Meet(_)
            )
        };
        let found = found.filter(|found| parts.len() == 2 && is_region(found));
        let found = found.and_then(|found| described(parts[0], parts[1], found, depth));
        let refused = || Content::Refused("a set that a condition describes".to_owned());
        return Some(found.unwrap_or_else(refused));
    }
    match parts(inner) {
        Some(_) => entries(inner, depth).map(several).map(Content::Set),
        None => Some(Content::Set(several(vec![first(inner, depth + 1)?]))),
    }
}

/// What stands in the braces of a set of values, with or without the backslashes of LaTeX.
pub(super) fn elements(text: &str, depth: usize) -> Option<Vec<Content>> {
    let (brackets, inner) = around(bare(text))?;
    let is_set = matches!(brackets, ['{', '}'] | ['g', 'h']) && halves(inner).is_none();
    if !is_set {
        return None;
    }
    match parts(inner) {
        Some(_) => entries(inner, depth),
        None => Some(vec![first(inner, depth + 1)?]),
    }
}

/// What stands on both sides of the bar of a set that a condition describes.
fn halves(inner: &str) -> Option<Vec<&str>> {
    let is_bar = |piece: &Piece<'_>| {
        piece.sign == Sign::Colon
            || piece.sign == Sign::Command
                && matches!(piece.text, "\\mid" | "\\vert" | "\\colon")
    };
    let by_bar = || {
        inner
            .split_once('|')
            .map(|(left, right)| vec![left.trim_end_matches("\\middle"), right])
    };
    split(inner, &[":", "\\"], is_bar).or_else(by_bar)
}

/// Whether a text has a sign of order in it.
fn compares(text: &str) -> bool {
    outline(text).iter().any(|piece| piece.sign == Sign::Relation)
}

/// Entries with both signs are two.
fn several(entries: Vec<Content>) -> Vec<Content> {
    let all = entries.into_iter().flat_map(|entry| match entry {
        Content::Values(values) => values,
        other => vec![other],
    });
    all.collect()
}

/// What the condition of a set says of a name that stands before the bar, alone or with a set of
/// real numbers in which it lies.
fn described(
    before: &str,
    condition: &str,
    found: Content,
    depth: usize,
) -> Option<Content> {
    let is_of = |name: &str| {
        let is_word = |piece: &Piece<'_>| {
            matches!(piece.sign, Sign::Word | Sign::Command)
                && piece.text.trim_start_matches('\\') == name.trim_start_matches('\\')
        };
        outline(condition).iter().any(is_word)
    };
    let names = |text: &str| Label::read(text).filter(Label::is_value)?.function;
    let before = bare(before);
    if let Some(name) = names(before) {
        return is_of(&name).then_some(found);
    }
    match first(before, depth + 1)? {
        Content::Named(label, set) if label.function.as_deref().is_some_and(is_of) => {
            match *set {
                Content::Interval { ends: [None, None], .. } => Some(found),
                Content::Interval { .. } | Content::Union(_) | Content::Meet(_) => {
                    Some(Content::Meet(vec![*set, found]))
                }
                _ => None,
            }
        }
        _ => None,
    }
}

/// Whether a text is a matrix or a column of LaTeX.
pub(super) fn is_matrix(text: &str) -> bool {
    text.starts_with("\\begin") && {
        let name = text.split_once('{').and_then(|(_, rest)| rest.split_once('}'));
        name.is_some_and(|(name, _)| {
            name.trim().trim_end_matches('*').ends_with("matrix")
        })
    }
}

/// The rows of a matrix; one column is a tuple.
fn matrix(text: &str, depth: usize) -> Option<Content> {
    let text = without_transpose(text);
    let pieces = outline(text);
    let close = mate(&pieces, 0).filter(|at| pieces[*at].end == text.len())?;
    if pieces[0].text.contains("vmatrix") || pieces[0].text.contains("Vmatrix") {
        return Some(Content::Refused("a determinant or a norm of a matrix".to_owned()));
    }
    let mut inner = bare(&text[pieces[0].end..pieces[close].start]);
    if pieces[0].text.contains("array") {
        // The columns are named first.
        inner = bare(inner.strip_prefix('{')?.split_once('}')?.1);
    }
    let rows = split(inner, &["\n", "\\\\"], |piece| piece.sign == Sign::Newline)
        .unwrap_or(vec![inner]);
    let rows = rows.into_iter().filter(|row| !row.is_empty());
    let cells = rows.map(|row| {
        let cells =
            split(row, &["&"], |piece| piece.sign == Sign::Align).unwrap_or(vec![row]);
        cells.into_iter().map(|cell| first(cell, depth + 1)).collect()
    });
    let mut rows: Vec<Vec<Content>> = cells.collect::<Option<_>>()?;
    let is_column = rows.iter().all(|row| row.len() == 1);
    Some(match (rows.len(), is_column) {
        (1, false) => Content::Tuple(rows.pop()?),
        (_, true) => Content::Tuple(rows.into_iter().flatten().collect()),
        _ => Content::Tuple(rows.into_iter().map(Content::Tuple).collect()),
    })
}
