//! `y(x)` where an equation determines y: it says on what y depends.

use std::borrow::Cow;

/// A text with `y` for `y(x)`.
pub fn without_dependence<'t>(text: &'t str, of: &str, wrt: &str) -> Cow<'t, str> {
    let mut found = Cow::Borrowed(text);
    let mut from = 0;
    while let Some(at) = found[from..].find(of).map(|at| from + at) {
        from = at + of.len();
        // A number before it is a factor, and `a2y` a name.
        let before = found[..at].trim_end_matches(|c: char| c.is_ascii_digit());
        let is_name =
            !before.ends_with(|c: char| c.is_alphabetic() || matches!(c, '\\' | '_'));
        if let Some(length) = bracket(&found[from..], wrt).filter(|_| is_name) {
            found.to_mut().replace_range(from..from + length, "");
        }
    }
    found
}

/// How long a bracket around a name is that begins here.
fn bracket(text: &str, name: &str) -> Option<usize> {
    let rest = text.trim_start_matches([' ', '{', '}']);
    let rest = rest.strip_prefix("\\left").unwrap_or(rest).strip_prefix('(')?;
    let rest = rest.trim_start().strip_prefix(name)?.trim_start();
    let rest = rest.strip_prefix("\\right").unwrap_or(rest).strip_prefix(')')?;
    Some(text.len() - rest.len())
}

#[cfg(test)]
mod tests {
    use super::without_dependence;

    #[test]
    fn dependences_are_left_out() {
        let rows = [
            ("-x/y(x)", "-x/y"),
            ("2y(x) + a2y(x)", "2y + a2y(x)"),
            ("-\\frac{x}{y\\left(x\\right)}", "-\\frac{x}{y}"),
            ("y'(x) = y(x)^2 + y (x)", "y'(x) = y^2 + y"),
            ("y(x + 1) + ay(x)", "y(x + 1) + ay(x)"),
        ];
        for (text, expected) in rows {
            assert_eq!(without_dependence(text, "y", "x"), expected, "{text}");
        }
    }
}
