//! Which formula of what somebody wrote is the answer: models and students write a sentence,
//! a box, a chain of equations.

use crate::syntax;

/// A text of an answer, and what was left out of it.
type Stated<'t> = (&'t str, Option<String>);

/// The formula that an answer states.
///
/// What the last `\boxed{…}` holds; else the one formula between dollars in a sentence; of a
/// chain of equations what stands behind the last `=`. Text that is none of this stays.
pub fn stated(answer: &str) -> (&str, Vec<String>) {
    let mut said = Vec::new();
    let mut rest = answer.trim();
    for step in [boxed, in_sentence, behind_chain] {
        let (found, note) = step(rest);
        rest = found.trim();
        said.extend(note);
    }
    (rest, said)
}

/// What the last box holds.
fn boxed(text: &str) -> Stated<'_> {
    let Some(at) = text.rfind("\\boxed{") else { return (text, None) };
    let inner = &text[at + "\\boxed{".len()..];
    let Some(end) = closing(inner) else { return (text, None) };
    let is_whole = text[..at].trim_matches(['$', ' ', '\\', '[', '(']).is_empty();
    let note = "the answer is what the last box holds".to_owned();
    (&inner[..end], (!is_whole).then_some(note))
}

/// The place of the brace that closes what is open before a text.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'{' => depth += 1,
            b'}' if depth == 0 => return Some(at),
            b'}' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// The one formula of a sentence.
fn in_sentence(text: &str) -> Stated<'_> {
    for (open, close) in [("$$", "$$"), ("\\[", "\\]"), ("\\(", "\\)"), ("$", "$")] {
        let Some((before, rest)) = text.split_once(open) else { continue };
        let Some((formula, behind)) = rest.split_once(close) else { continue };
        let is_word = |text: &str| text.chars().any(char::is_alphabetic);
        if formula.trim().is_empty() || behind.contains(open) {
            return (text, None);
        }
        if !is_word(before) && !is_word(behind) {
            return (text, None);
        }
        let note = format!("the answer is the formula of its sentence, `{formula}`");
        return (formula, Some(note));
    }
    (text, None)
}

/// What stands behind the last `=`, where what stands before is no name that is defined.
fn behind_chain(text: &str) -> Stated<'_> {
    let places = equalities(text);
    let (Some(first), Some(last)) = (places.first(), places.last()) else {
        return (text, None);
    };
    let before = text[..*first].trim();
    let is_name = |c: char| c.is_alphanumeric() || "_'′(), \\{}/∂".contains(c);
    let defines = syntax::is_label(before) || before.chars().all(is_name);
    if text.contains(';') || text.contains('\n') || defines && places.len() == 1 {
        return (text, None);
    }
    let note = "what stands before the last `=` is left out".to_owned();
    (&text[last + 1..], Some(note))
}

/// The places of `=` outside of brackets that are no parts of other signs.
fn equalities(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let mut depth = 0i32;
    let mut found = Vec::new();
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth -= 1,
            b'=' if depth == 0 => {
                let joined = at > 0 && matches!(bytes[at - 1], b'<' | b'>' | b'!' | b'=');
                if !joined && bytes.get(at + 1) != Some(&b'=') {
                    found.push(at);
                }
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::stated;

    #[test]
    fn answers_are_found() {
        let rows = [
            ("2*x", "2*x"),
            ("\\boxed{\\frac{1}{3}}", "\\frac{1}{3}"),
            ("So we get $f' = x$, hence \\boxed{2x}.", "2x"),
            ("The derivative is $2x$.", "2x"),
            ("$2x$", "$2x$"),
            ("2x + 2x = 4x", "4x"),
            ("f'(x) = 2x + 2x = 4x", "4x"),
            ("f'(x) = 2x", "f'(x) = 2x"),
            ("∇f = [2*x, 1]", "∇f = [2*x, 1]"),
            ("d^2y/dx^2 = 2", "d^2y/dx^2 = 2"),
            ("y = 2*x", "y = 2*x"),
            ("2*u; u = x + 1", "2*u; u = x + 1"),
            ("piecewise(x = 1, 2, 3)", "piecewise(x = 1, 2, 3)"),
            ("2*x <= 3", "2*x <= 3"),
            ("$a$ or $b$", "$a$ or $b$"),
            ("\\boxed{x", "\\boxed{x"),
        ];
        for (text, expected) in rows {
            assert_eq!(stated(text).0, expected, "{text}");
        }
    }
}
