//! What a comma between digits may be, and words that one letter more turns round.

use super::label::Label;
use super::precedence::has_name;

/// Words of which one is the contrary of the other, in small letters.
const OPPOSITES: [[&str; 2]; 2] = [["min", "max"], ["minimum", "maximum"]];

/// A text with points for its commas between digits, where there are such commas and none of
/// them may stand before a group of three.
pub fn with_points(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let digits =
        |at: usize| bytes[at..].iter().take_while(|b| b.is_ascii_digit()).count();
    let mut found = String::with_capacity(text.len());
    let mut is_changed = false;
    for (at, c) in text.char_indices() {
        let is_between = c == ','
            && at > 0
            && bytes[at - 1].is_ascii_digit()
            && bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
        if is_between && digits(at + 1) == 3 {
            return None;
        }
        is_changed |= is_between;
        found.push(if is_between { '.' } else { c });
    }
    is_changed.then_some(found)
}

/// Whether one text says `min` as a word where the other says `max`; a function of several
/// arguments has these in a bracket behind its name.
pub fn names_opposites(one: &str, other: &str) -> bool {
    let says = |text: &str, word: &str| {
        let lower = text.to_lowercase();
        lower.match_indices(word).any(|(at, _)| {
            let (before, behind) = (&lower[..at], &lower[at + word.len()..]);
            let is_apart = !before.ends_with(char::is_alphanumeric)
                && !behind.starts_with(char::is_alphanumeric);
            is_apart && !has_arguments(behind)
        })
    };
    OPPOSITES.iter().any(|[low, high]| {
        says(one, low) && says(other, high) && !says(one, high)
            || says(one, high) && says(other, low) && !says(other, high)
    })
}

/// Whether one text counts units of length where the other counts those of an area or a volume:
/// `5 units` and `5 square units`.
pub fn counts_otherwise(one: &str, other: &str) -> bool {
    const POWERS: [&[&str]; 2] = [&["square", "sq"], &["cubic", "cu"]];
    let power = |text: &str| {
        let lower = text.to_lowercase();
        let words = || lower.split(|c: char| !c.is_alphabetic());
        let has = |list: &[&str]| words().any(|word| list.contains(&word));
        let of = POWERS.iter().position(|words| has(words));
        has(&["unit", "units"]).then_some(of)
    };
    power(one).zip(power(other)).is_some_and(|(one, other)| one != other)
}

/// A name that a text explains, `2u where u = x^2`, and that stands elsewhere in it; none that
/// stands in `other`.
pub fn explained(text: &str, other: &str) -> Option<String> {
    text.match_indices('=').find_map(|(at, _)| {
        let before = text[..at].trim_end_matches([' ', '&']);
        let name = before.chars().next_back().filter(|c| c.is_ascii_lowercase())?;
        let front = &before[..before.len() - 1];
        let is_apart =
            !front.ends_with(|c: char| c.is_alphanumeric() || "\\_^)}'".contains(c));
        let behind = text[at + 1..].trim_start();
        let is_value = behind.starts_with(|c: char| c.is_ascii_digit() || c == '-');
        let name = name.to_string();
        let is_used = || has_name(front, &name) || has_name(behind, &name);
        let is_other = !has_name(other, &name) && !matches!(&*name, "y" | "e");
        (is_apart && !is_value && is_other && is_used()).then_some(name)
    })
}

/// Whether a text begins with a bracket that holds several arguments.
fn has_arguments(text: &str) -> bool {
    let text = text.trim_start();
    let text = text.strip_prefix("\\left").unwrap_or(text).trim_start_matches('\\');
    let mut depth = 0_usize;
    for c in text.chars() {
        match c {
            '(' | '{' | '[' => depth += 1,
            ')' | '}' | ']' => depth = depth.saturating_sub(1),
            ',' if depth == 1 => return true,
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    false
}

/// Whether a text says that something is nearly a whole number, and nothing more: `x ≈ 3`.
pub fn says_nearly(text: &str) -> bool {
    const SIGNS: [&str; 3] = ["≈", "\\approx", "\\simeq"];
    let text = text.trim().trim_matches('$').trim();
    let parts = SIGNS.iter().find_map(|sign| text.split_once(sign));
    let parts = parts.or_else(|| Some(("", text.strip_prefix('~')?)));
    parts.is_some_and(|(name, number)| {
        let number = number.trim();
        let name = name.trim();
        !number.is_empty()
            && number.bytes().all(|b| b.is_ascii_digit())
            && (name.is_empty() || Label::read(name).is_some())
    })
}

/// The name in front of a value that is the smallest or the largest one of something, `\max f`,
/// in one argument.
pub(super) fn extremum(text: &str) -> Option<Label> {
    let plain = text.trim_start_matches('\\');
    let word = OPPOSITES.as_flattened().iter().find(|word| {
        let behind = plain.strip_prefix(**word);
        behind.is_some_and(|rest| rest.starts_with([' ', '(', '{', '[', '\\']))
    })?;
    let rest = plain[word.len()..].trim();
    let inner = rest.strip_prefix("\\left").unwrap_or(rest);
    let inner = inner.trim_start_matches(['\\', '(', '{', '[']);
    let inner = inner.trim_end_matches([')', '}', ']', '\\', ' ']);
    let inner = inner.strip_suffix("\\right").unwrap_or(inner).trim_end_matches('\\');
    let own = [rest, inner].into_iter().find_map(Label::read).filter(Label::is_value)?;
    (!has_arguments(rest))
        .then(|| Label::value(&format!("{word} {}", own.function.unwrap_or_default())))
}

#[cfg(test)]
mod tests {
    use super::{names_opposites, with_points};

    #[test]
    fn commas_between_digits_are_points() {
        let rows = [
            ("2,5; 3,5", Some("2.5; 3.5")),
            ("x = 2,5", Some("x = 2.5")),
            ("1,234", None),
            ("1, 5", None),
            ("x", None),
        ];
        for (text, expected) in rows {
            assert_eq!(with_points(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn opposites_are_words() {
        let rows = [
            ("min at x=1", "max at x=1", true),
            ("min 3", "max 3", true),
            ("min 3", "min 3", false),
            ("min(x, y)", "max(x, y)", false),
            ("\\min\\{x, y\\}", "\\max\\{x, y\\}", false),
            ("\\min\\{f\\} = 5", "\\max\\{f\\} = 5", true),
            ("min(f(x, y))", "max(f(x, y))", true),
            ("\\min_x f", "\\max_x f", true),
            ("3", "max 3", false),
        ];
        for (one, other, expected) in rows {
            assert_eq!(names_opposites(one, other), expected, "{one}, {other}");
        }
    }
}
