//! What a comma between digits may be, and words that one letter more turns round.

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

/// Whether one text says `min` as a word where the other says `max`; a function has a bracket
/// behind its name.
pub fn names_opposites(one: &str, other: &str) -> bool {
    let says = |text: &str, word: &str| {
        let lower = text.to_lowercase();
        lower.match_indices(word).any(|(at, _)| {
            let (before, behind) = (&lower[..at], &lower[at + word.len()..]);
            let is_apart = !before.ends_with(|c: char| c.is_alphanumeric() || c == '\\')
                && !behind.starts_with(|c: char| c.is_alphanumeric() || c == '_');
            is_apart && !behind.trim_start().starts_with(['(', '{', '['])
        })
    };
    OPPOSITES.iter().any(|[low, high]| {
        says(one, low) && says(other, high) && !says(one, high)
            || says(one, high) && says(other, low) && !says(other, high)
    })
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
            ("3", "max 3", false),
        ];
        for (one, other, expected) in rows {
            assert_eq!(names_opposites(one, other), expected, "{one}, {other}");
        }
    }
}
