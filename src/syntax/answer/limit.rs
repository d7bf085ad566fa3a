//! A limit in front of a formula, as in the definition of the derivative.

/// The signs between what moves and where to.
const ARROWS: [&str; 7] =
    ["->", "→", "⟶", "\\to", "\\rightarrow", "\\longrightarrow", "\\rarr"];
/// The signs of an increment.
const INCREMENTS: [&str; 3] = ["\\Delta", "Δ", "∆"];
/// How the side is written from which something moves.
const SIDES: [(&str, bool); 6] = [
    ("^{+}", false),
    ("^{-}", true),
    ("^+", false),
    ("^-", true),
    ("+", false),
    ("-", true),
];

/// A limit in front of all of a formula.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit<'t> {
    /// What moves.
    pub name: &'t str,
    /// Where to.
    pub to: &'t str,
    /// Whether it comes from the left; nothing where it comes from both sides.
    pub is_left: Option<bool>,
    /// What stands before it, in which nothing moves.
    pub front: &'t str,
    /// The formula.
    pub body: &'t str,
}

/// A formula of which a limit is taken: `lim_(h -> 0) (2*x + h)`, `\lim_{h \to 0} …`; factors
/// or terms may stand in front.
pub fn limit(text: &str) -> Option<Limit<'_>> {
    let text = text.trim();
    let text = text.strip_prefix("\\displaystyle").map_or(text, str::trim_start);
    let at = text.find("lim")?;
    let front = text[..at].strip_suffix('\\').unwrap_or(&text[..at]);
    let found = behind(&text[at + "lim".len()..])?;
    let is_word = front.len() == at && front.ends_with(char::is_alphanumeric);
    let is_increment = increment(found.name).is_some();
    let mut names = front.split(|c: char| !c.is_alphanumeric());
    let moves = names.any(|word| word == found.name)
        || is_increment && front.contains(['Δ', '∆'])
        || is_increment && front.contains("\\Delta");
    (!is_word && !moves).then_some(Limit { front, ..found })
}

/// Where the bracket closes with which a text begins.
pub fn closing(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    for (at, sign) in text.char_indices() {
        match sign {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' if depth == 1 => return Some(at),
            ')' | ']' | '}' => depth = depth.checked_sub(1)?,
            _ => {}
        }
    }
    None
}

/// What stands behind the word.
fn behind(rest: &str) -> Option<Limit<'_>> {
    let is_word = rest.starts_with(|c: char| c.is_alphanumeric());
    let rest = rest.trim_start().strip_prefix("\\limits").unwrap_or(rest).trim_start();
    let rest = rest.strip_prefix('_').map_or(rest, str::trim_start);
    if is_word {
        return None;
    }
    if !rest.starts_with(['(', '{']) {
        return bare(rest);
    }
    let end = closing(rest)?;
    of(&rest[1..end], &rest[end + 1..])
}

/// `h -> 0 (2*x + h)`: what moves goes to one number or name.
fn bare(text: &str) -> Option<Limit<'_>> {
    let (at, arrow) = arrow(text)?;
    let behind = &text[at + arrow.len()..];
    let start = behind.len() - behind.trim_start().len();
    let to = behind[start..].find([' ', '(', '[', '{', '\\'])? + start;
    of(&text[..at + arrow.len() + to], &behind[to..])
}

fn arrow(text: &str) -> Option<(usize, &'static str)> {
    let places = ARROWS.iter().filter_map(|arrow| Some((text.find(arrow)?, *arrow)));
    places.min_by_key(|(at, arrow)| (*at, std::cmp::Reverse(arrow.len())))
}

/// The letter of which a name is the increment: the x of `\Delta x`.
fn increment(name: &str) -> Option<&str> {
    let letter = INCREMENTS.iter().find_map(|sign| name.strip_prefix(sign))?.trim();
    let letter = letter.strip_prefix('\\').unwrap_or(letter);
    let is_letter = !letter.is_empty() && letter.chars().all(char::is_alphabetic);
    is_letter.then_some(letter)
}

/// A formula with another name for the increment that moves in it; nothing where none does.
pub fn moved(text: &str, name: &str, put: &str) -> Option<String> {
    let letter = increment(name)?;
    let mut found = text.to_owned();
    for sign in INCREMENTS {
        for (open, close) in [(" \\", ""), ("\\", ""), (" ", ""), ("", ""), ("{", "}")] {
            let spelled = format!("{sign}{open}{letter}{close}");
            found = found.replace(&spelled, &format!(" {put} "));
        }
    }
    Some(found)
}

fn of<'t>(under: &'t str, body: &'t str) -> Option<Limit<'t>> {
    let (at, arrow) = arrow(under)?;
    let name = under[..at].trim();
    let mut to = under[at + arrow.len()..].trim();
    let mut is_left = None;
    for (sign, left) in SIDES {
        let before = to.strip_suffix(sign).map(str::trim_end);
        if let Some(before) = before.filter(|before| !before.is_empty()) {
            (to, is_left) = (before, Some(left));
            break;
        }
    }
    let body = body.trim();
    let is_name = !name.is_empty() && name.chars().all(char::is_alphanumeric)
        || increment(name).is_some();
    (is_name && !to.is_empty() && !body.is_empty()).then_some(Limit {
        name,
        to,
        is_left,
        front: "",
        body,
    })
}
