//! Answers of two parts: `(a) 3x (b) 2x`.

/// The numbers of the first two parts of an exercise.
const PARTS: [(&str, &str); 4] = [("a", "b"), ("A", "B"), ("i", "ii"), ("1", "2")];

/// The mark of a second part of an answer: `(a) 3x (b) 2x`. `is_name` says which letters are
/// variables.
pub fn second_part<'t>(text: &'t str, is_name: &dyn Fn(&str) -> bool) -> Option<&'t str> {
    let text = text.trim_start();
    let (open, rest) = match text.strip_prefix('(') {
        Some(rest) => ("(", rest),
        None => ("", text),
    };
    let (_, second) = PARTS.iter().find(|(first, second)| {
        let behind = rest.strip_prefix(first).and_then(|rest| rest.strip_prefix(") "));
        // `(1) + (2) x` is one formula.
        let is_mark =
            |rest: &str| !rest.trim_start().starts_with(['+', '*', '/', '^', '=']);
        behind.is_some_and(is_mark) && !is_name(first) && !is_name(second)
    })?;
    let mark = format!("{open}{second}) ");
    let found = text.match_indices(&mark).find(|(at, _)| {
        text[..*at].ends_with(|c: char| c.is_whitespace() || matches!(c, ',' | ';'))
    });
    found.map(|(_, mark)| mark.trim_end())
}
