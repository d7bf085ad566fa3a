//! Signs of equality and of order: `x = 2`, `1 < x <= 3`, `x \in [0, 1)`.

use super::super::label::{Label, Naming};
use super::super::outline::{Piece, Sign, outline};
use super::super::pointed::extremum;
use super::super::reply::is_word;
use super::super::statements::is_named;
use super::super::words::is_changing;
use super::{Content, bare, first, number, read};

/// A sign between two sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// `<`.
    Less,
    /// `<=`.
    AtMost,
    /// `>`.
    Greater,
    /// `>=`.
    AtLeast,
    /// `!=`.
    Unequal,
}

impl Order {
    fn read(sign: &str) -> Option<Self> {
        let plain: String = sign.chars().filter(|c| !c.is_whitespace()).collect();
        Some(match plain.as_str() {
            "<" | "\\lt" => Self::Less,
            "<=" | "≤" | "\\le" | "\\leq" => Self::AtMost,
            ">" | "\\gt" => Self::Greater,
            ">=" | "≥" | "\\ge" | "\\geq" => Self::AtLeast,
            "!=" | "≠" | "\\ne" | "\\neq" | "\\not=" => Self::Unequal,
            _ => return None,
        })
    }

    /// How it is written.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Less => " < ",
            Self::AtMost => " <= ",
            Self::Greater => " > ",
            Self::AtLeast => " >= ",
            Self::Unequal => " != ",
        }
    }

    /// Whether equality is allowed.
    pub fn is_closed(self) -> bool {
        matches!(self, Self::AtMost | Self::AtLeast)
    }

    /// Whether the side behind it is the larger one.
    pub fn grows(self) -> bool {
        matches!(self, Self::Less | Self::AtMost)
    }
}

/// What a text says with signs of order, or with one that says in which set something is.
pub(super) fn compared(text: &str, depth: usize) -> Option<Content> {
    const SIGNS: [&str; 10] = ["<", ">", "≤", "≥", "≠", "∈", "!=", "\\l", "\\g", "\\n"];
    if !SIGNS.iter().any(|sign| text.contains(sign)) && !text.contains("\\in") {
        return None;
    }
    let pieces = outline(text);
    let signs: Vec<&Piece<'_>> =
        pieces.iter().filter(|p| p.sign == Sign::Relation && p.depth == 0).collect();
    let first_sign = signs.first()?;
    if pieces.iter().any(separates) {
        return None;
    }
    if matches!(first_sign.text.trim(), "\\in" | "∈") {
        let is_set = |content: &Content| {
            matches!(
                content,
                Content::Interval { .. }
                    | Content::Set(_)
                    | Content::Union(_)
                    | Content::Meet(_)
            )
        };
        let mut readings = read(&text[first_sign.end..], depth + 1);
        let place = readings.iter().position(is_set).unwrap_or(0);
        let set = (place < readings.len()).then(|| readings.swap_remove(place))?;
        return Some(match Label::read(bare(&text[..first_sign.start])) {
            Some(label) => Content::Named(Box::new(label), Box::new(set)),
            None => Content::Refused(format!("`{}`", first_sign.text.trim())),
        });
    }
    let has_equals = pieces.iter().any(|p| p.sign == Sign::Equals && p.depth == 0);
    let orders: Option<Vec<Order>> = signs.iter().map(|p| Order::read(p.text)).collect();
    let Some(orders) = orders.filter(|_| !has_equals) else {
        return Some(Content::Refused("signs of order beside others".to_owned()));
    };
    let is_one_way = orders.windows(2).all(|pair| {
        pair[0].grows() == pair[1].grows() && !pair.contains(&Order::Unequal)
    });
    if !is_one_way {
        return Some(Content::Refused("signs of order in both directions".to_owned()));
    }
    let (mut sides, mut start) = (Vec::new(), 0);
    for sign in &signs {
        sides.push(bare(&text[start..sign.start]).to_owned());
        start = sign.end;
    }
    sides.push(bare(&text[start..]).to_owned());
    let is_whole = sides.iter().all(|side| !side.is_empty());
    is_whole.then_some(Content::Inequality(sides, orders))
}

/// Whether a piece stands between values.
fn separates(piece: &Piece<'_>) -> bool {
    matches!(piece.sign, Sign::Comma | Sign::Semicolon | Sign::Newline)
        && piece.depth == 0
}

/// Words before a condition or a reason.
const IF: [&str; 18] = [
    "if", "when", "where", "for", "khi", "nếu", "with", "as", "given", "because",
    "taking", "letting", "having", "via", "at", "while", "from", "since",
];

/// What a text says with signs of equality.
pub(super) fn equated(text: &str, depth: usize) -> Option<Vec<Content>> {
    const SIGNS: [&str; 6] = ["=", "≈", "≡", "\\approx", "\\equiv", ":"];
    if !SIGNS.iter().any(|sign| text.contains(sign)) {
        return None;
    }
    let pieces = outline(text);
    let (mut sides, mut start) = (Vec::new(), 0);
    for piece in pieces.iter().filter(|p| p.depth == 0) {
        match piece.sign {
            Sign::Equals => {}
            // `f'(x): 2x`.
            Sign::Colon if sides.is_empty() && is_named(&text[..piece.start]) => {}
            // What is nearly the same is said besides, unless there is nothing but a name.
            Sign::Like if piece.text != "==" => {
                let left = bare(&text[start..piece.start]);
                let names = || Label::read(left).is_some_and(|label| !is_known(&label));
                if !(sides.is_empty() && names()) {
                    let behind = bare(&text[piece.end..]);
                    return read_before(text, piece.start, depth).map(|found| {
                        found.into_iter().map(|c| near(c, behind)).collect()
                    });
                }
            }
            Sign::Like => {}
            _ => continue,
        }
        sides.push(bare(&text[start..piece.start]));
        start = piece.end;
    }
    if sides.is_empty() || sides.iter().skip(1).any(|side| side.is_empty()) {
        return None;
    }
    sides.push(bare(&text[start..]));
    if let Some(found) = several_equations(text, &sides, depth) {
        return Some(found);
    }
    // `x = 2 unless y = 5`.
    let is_condition = |side: &&str| is_changing(side) || goes_on_in_words(side);
    if sides.iter().skip(1).rev().skip(1).any(is_condition) {
        let what = "a condition with a sign of equality".to_owned();
        return Some(vec![Content::Refused(what)]);
    }
    let rest = &text[bare_start(text, sides[1])..];
    // `= 3` goes on with what stands before.
    if sides[0].is_empty() {
        return Some(read(rest, depth + 1));
    }
    // `Tập nghiệm S = {1}`.
    if sides.len() == 2 && is_title(sides[0]) {
        return Some(read(rest, depth + 1));
    }
    let label = Label::read(sides[0])
        .filter(|label| !is_known(label) && !is_product(label))
        .or_else(|| extremum(sides[0]));
    // `x = 1,5`.
    let is_decimal = sides.len() == 2 && number::with_point(rest).is_some();
    if let (Some(label), false) = (label, !is_decimal && pieces.iter().any(separates)) {
        let own = label.is_value()
            && label.function.as_deref().is_some_and(|name| stands_in(name, rest));
        if !own {
            let named =
                |content| Content::Named(Box::new(label.clone()), Box::new(content));
            // A derivative is no interval.
            let is_of_name = |content: &Content| {
                label.is_value() || !matches!(content, Content::Interval { .. })
            };
            // `f'(x) = 2x - 2 = 0` asks where it is 0.
            let is_solved = !label.is_value()
                && matches!(sides[..], [_, derived, "0"] if derived.contains(char::is_alphabetic));
            let said = if is_solved { sides[1] } else { rest };
            return Some(match sides.len() {
                2 | 3 if is_solved || sides.len() == 2 => {
                    let readings = read(said, depth + 1).into_iter();
                    readings.filter(is_of_name).map(named).collect()
                }
                _ => vec![named(Content::Equals(owned(&sides[1..])))],
            });
        }
    }
    if let [left, right] = sides[..]
        && let Some(found) = point(left, right, depth)
    {
        return Some(vec![found]);
    }
    if pieces.iter().any(separates) {
        return None;
    }
    // `2x = f'(x)`.
    if let [left, right] = sides[..]
        && let Some(label) = Label::read(right)
            .filter(|label| matches!(label.naming, Naming::Derivative | Naming::Gradient))
    {
        let content = first(left, depth + 1)?;
        return Some(vec![Content::Named(Box::new(label), Box::new(content))]);
    }
    Some(vec![Content::Equals(owned(&sides))])
}

/// Whether words of a sentence stand in a side, and a name behind them: the `3x with u` of
/// `y' = 3x with u = 2x`.
fn goes_on_in_words(side: &str) -> bool {
    let words: Vec<&str> = side.split_whitespace().collect();
    let is_said = |word: &str| IF.contains(&word) || is_word(word);
    words.windows(3).any(|near| {
        near[0].ends_with(|c: char| c.is_alphanumeric() || ")}]'$,".contains(c))
            && is_said(near[1])
            && near[2].starts_with(|c: char| c.is_alphabetic() || matches!(c, '\\' | '$'))
    })
}

/// Whether a side is words for all solutions, with a letter or none behind them.
fn is_title(side: &str) -> bool {
    const TITLES: [&str; 5] = [
        "solution set",
        "the solution set",
        "tập nghiệm",
        "tập nghiệm của phương trình",
        "tập nghiệm của bất phương trình",
    ];
    let lower = side.to_lowercase();
    let words = lower.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let is_letter = lower.len() - words.len() == 1 && words.ends_with(' ');
    let title = if is_letter { words.trim_end() } else { &*lower };
    TITLES.contains(&title)
}

/// Equations side by side without a comma, `x=1 y=2`: each with its name, or the last one where
/// it follows from the others.
fn several_equations(text: &str, sides: &[&str], depth: usize) -> Option<Vec<Content>> {
    let middle = sides.get(1..sides.len() - 1)?;
    let cuts: Vec<(&str, &str, Between)> =
        middle.iter().filter_map(|side| cut(side)).collect();
    if cuts.is_empty() {
        return None;
    }
    // `P = 4 a = 8` may be a chain, and `P = 4 a = 4a` is one.
    let is_loose = text.contains(" =") || text.contains("= ");
    let blank = cuts.iter().find(|cut| cut.2 == Between::Blank).filter(|_| is_loose);
    if let Some((_, name, _)) = blank {
        let last = sides.last().copied().unwrap_or_default();
        let what = "equations side by side".to_owned();
        return (!stands_in(name, last)).then(|| vec![Content::Refused(what)]);
    }
    let (mut parts, mut start) = (Vec::with_capacity(cuts.len() + 1), 0);
    for (before, behind, _) in &cuts {
        let end = bare_start(text, before) + before.len();
        parts.push(first(&text[start..end], depth + 1)?);
        start = bare_start(text, behind);
    }
    parts.push(first(&text[start..], depth + 1)?);
    if !parts.iter().all(|part| matches!(part, Content::Named(..))) {
        return None;
    }
    let last = parts.last().filter(|_| cuts.iter().all(|cut| cut.2 == Between::Sign));
    let last = last.cloned();
    Some(std::iter::once(Content::List(parts)).chain(last).collect())
}

/// What stands between two equations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Between {
    /// A blank.
    Blank,
    /// A wide blank of LaTeX.
    Gap,
    /// A sign that the second follows from the first.
    Sign,
}

/// The end of one equation and the name with which another begins, where a side of a chain
/// has both.
fn cut(side: &str) -> Option<(&str, &str, Between)> {
    let pieces = outline(side);
    if pieces.iter().any(separates) {
        return None;
    }
    let is_between = |piece: &&Piece<'_>| {
        piece.depth == 0 && matches!(piece.sign, Sign::Gap | Sign::Implies)
    };
    let place = pieces.iter().rfind(is_between)?;
    let mut between = match (place.sign, place.text) {
        (Sign::Implies, _) => Between::Sign,
        (_, "\\quad" | "\\qquad") => Between::Gap,
        _ => Between::Blank,
    };
    let (before, name) = (side[..place.start].trim_end(), bare(&side[place.end..]));
    // `3 \Rightarrow y` has blanks on both sides.
    let signs = pieces.iter().filter(|p| p.depth == 0 && p.end <= place.start);
    let sign = signs.clone().rfind(|p| p.sign != Sign::Gap || p.text.len() > 2);
    let mut end = before.len();
    if let Some(sign) = sign.filter(|sign| sign.end >= end && between == Between::Blank) {
        between = match (sign.sign, sign.text) {
            (Sign::Implies, _) => Between::Sign,
            (Sign::Gap, "\\quad" | "\\qquad") => Between::Gap,
            _ => between,
        };
        if between != Between::Blank {
            end = sign.start;
        }
    }
    let before = bare(&before[..end]);
    Label::read(name).filter(|label| label.is_value() && label.arguments.is_none())?;
    let is_number = || {
        !before.starts_with(char::is_alphabetic)
            && outline(before).iter().all(|piece| piece.sign != Sign::Word)
    };
    let is_whole = before.ends_with(|c: char| c.is_alphanumeric() || ")}]".contains(c));
    let ends_in_function = before.rsplit(|c: char| !c.is_alphabetic()).next();
    let is_function = ends_in_function.is_some_and(crate::function::is_name);
    (is_whole && !is_function && (between != Between::Blank || is_number()))
        .then_some((before, name, between))
}

fn owned(sides: &[&str]) -> Vec<String> {
    sides.iter().map(|side| (*side).to_owned()).collect()
}

/// Where a part of a text begins in it.
fn bare_start(text: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize).min(text.len())
}

/// Whether a label is a known function of something, and no name.
fn is_known(label: &Label) -> bool {
    label.names_known_function()
}

/// Whether a label is a product, whose first factor stands in the bracket again: `n(n+1)`.
fn is_product(label: &Label) -> bool {
    let (Some(name), Some(inner)) = (&label.function, &label.arguments) else {
        return false;
    };
    let [name, inner] = [name, inner].map(|text| text.replace(['_', '{', '}'], ""));
    // `f(f(x))`.
    let is_function = inner.contains(&format!("{name}("));
    label.is_value() && !is_function && stands_in(&name, &inner)
}

/// Whether a name stands in a text as a word of its own.
fn stands_in(name: &str, text: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(name).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let behind = text[at + name.len()..].chars().next();
        // A digit before it is a factor: `x = 2x`.
        let is_longer = |c: char| is_part(c) && !c.is_ascii_digit() || c == '\\';
        !before.is_some_and(is_longer) && !behind.is_some_and(is_part)
    })
}

/// A formula that is said to be nearly a number in decimals.
fn near(content: Content, decimals: &str) -> Content {
    let Some(place) = number::last_place(decimals) else { return content };
    match content {
        Content::Named(label, inner) => {
            Content::Named(label, Box::new(near(*inner, decimals)))
        }
        Content::Formula(_) => {
            Content::Near(Box::new(content), [decimals.to_owned(), place])
        }
        content => content,
    }
}

fn read_before(text: &str, end: usize, depth: usize) -> Option<Vec<Content>> {
    let found = read(&text[..end], depth + 1);
    (!found.is_empty()).then_some(found)
}

/// `(x, y) = (1, 2)`: each name with its value.
fn point(left: &str, right: &str, depth: usize) -> Option<Content> {
    let [names, values] = [left, right].map(|side| first(side, depth + 1));
    let (Some(Content::Tuple(names)), Some(Content::Tuple(values))) = (names, values)
    else {
        return None;
    };
    if names.len() != values.len() {
        return None;
    }
    let named = names.into_iter().zip(values).map(|(name, value)| match name {
        Content::Formula(name) => {
            let label = Label::read(&name).filter(Label::is_value)?;
            Some(Content::Named(Box::new(label), Box::new(value)))
        }
        _ => None,
    });
    named.collect::<Option<Vec<Content>>>().map(Content::List)
}
