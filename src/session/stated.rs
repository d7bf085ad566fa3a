//! Which formula of what somebody wrote is the answer: models and students write a sentence,
//! a box, a chain of equations.

use super::reply::without_label;

/// A text of an answer, and what was left out of it.
type Stated<'t> = (&'t str, Option<String>);

/// Words that turn around or change what they stand beside.
const CHANGING: [&str; 12] = [
    "not", "minus", "plus", "times", "twice", "half", "wrong", "never", "times",
    "negative", "over", "except",
];
/// What may stand around a formula and says nothing.
const AROUND: [char; 12] = ['$', ' ', '\\', '[', ']', '(', ')', '.', ',', ':', '\n', '!'];

/// The formula that an answer states.
///
/// What the last `\boxed{…}` holds; else the one formula between dollars in a sentence; of a
/// chain of equations what stands behind the last `=`. Text that is none of this stays, and so
/// does every text in which more than words stands beside the formula.
pub fn stated(answer: &str) -> (String, Vec<String>) {
    let mut said = Vec::new();
    let mut rest = answer.trim();
    for step in [boxed, in_sentence] {
        let (found, note) = step(rest);
        rest = found.trim();
        said.extend(note);
    }
    let inner = unwrapped(rest);
    let (found, note) = behind_chain(without_label(inner));
    if note.is_none() && found.len() == inner.len() {
        return (rest.to_owned(), said);
    }
    said.extend(note);
    let found = found.trim();
    let is_latex = inner.len() < rest.len() && !found.contains('\\');
    (if is_latex { format!("${found}$") } else { found.to_owned() }, said)
}

/// A text without the dollars around all of it.
fn unwrapped(text: &str) -> &str {
    for (open, close) in [("$$", "$$"), ("\\[", "\\]"), ("\\(", "\\)"), ("$", "$")] {
        let inner = text.strip_prefix(open).and_then(|text| text.strip_suffix(close));
        if let Some(inner) = inner.filter(|inner| !inner.contains('$')) {
            return inner.trim().trim_end_matches(['.', ',']);
        }
    }
    text
}

/// Whether a text beside a formula is only words that leave it as it is.
fn is_prose(text: &str) -> bool {
    let words = text.split(|c: char| !c.is_alphabetic() && c != '\'');
    let mut words = words.filter(|word| !word.is_empty());
    text.chars().all(|c| c.is_alphabetic() || c.is_whitespace() || "\'.,:;!".contains(c))
        && words.all(|word| {
            (word.len() > 1 || matches!(word, "a" | "I"))
                && !word.ends_with("n't")
                && !CHANGING.contains(&word.to_lowercase().as_str())
        })
}

/// What the last box holds.
fn boxed(text: &str) -> Stated<'_> {
    let Some(at) = text.rfind("\\boxed{") else { return (text, None) };
    let inner = &text[at + "\\boxed{".len()..];
    let Some(end) = closing(inner) else { return (text, None) };
    let (before, behind) = (&text[..at], &inner[end + 1..]);
    if !behind.trim_matches(AROUND).is_empty() {
        return (text, None);
    }
    if before.trim_matches(AROUND).is_empty() {
        return (&inner[..end], None);
    }
    // What stands directly before is a word or a sign of equality, and no factor.
    let before = before.trim_end_matches(['$', ' ', '\\', '[', '(', '\n']);
    let last = before.rsplit(|c: char| !c.is_alphabetic() && c != '\'').next();
    let is_word = last.is_some_and(|word| word.len() > 1 && is_prose(word))
        && !before.trim_end_matches(char::is_alphabetic).ends_with('\\');
    if !is_word && !before.ends_with([':', ',', '.', '=']) {
        return (text, None);
    }
    let changes = before
        .split(|c: char| !c.is_alphabetic() && c != '\'')
        .any(|word| word.ends_with("n't") || word.to_lowercase() == "not");
    match changes {
        true => (text, None),
        false => {
            (&inner[..end], Some("the answer is what the last box holds".to_owned()))
        }
    }
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
        let is_sentence = before.chars().any(char::is_alphabetic) && is_prose(before);
        if formula.trim().is_empty()
            || !is_sentence
            || !behind.trim_matches(['.', ',', '!', ' ']).is_empty()
        {
            return (text, None);
        }
        let note = format!("the answer is the formula of its sentence, `{formula}`");
        // The dollars stay: they say that it is LaTeX.
        let start = before.len();
        let end = text.len() - behind.len();
        return (&text[start..end], Some(note));
    }
    (text, None)
}

/// What stands behind the last `=` of a chain of at least two.
fn behind_chain(text: &str) -> Stated<'_> {
    const OTHERS: [&str; 14] = [
        ";", "\n", ",", "<", ">", "\\begin", "\\text", "\\quad", "\\ne", "\\le", "\\ge",
        "\\approx", " and ", " or ",
    ];
    let places = equalities(text);
    let ([_, .., last] | [last]) = places[..] else { return (text, None) };
    let is_chain = places.len() > 1
        || without_label(text).len() == text.len() && is_sum(text[..last].trim());
    if !is_chain || OTHERS.iter().any(|other| text.contains(other)) {
        return (text, None);
    }
    let note = "what stands before the last `=` is left out".to_owned();
    (&text[last + 1..], Some(note))
}

/// Whether a side of an equation is calculated: it begins with a number, and has no primes.
fn is_sum(side: &str) -> bool {
    side.starts_with(|c: char| c.is_ascii_digit())
        && !side.contains(['\'', '′', 'd', '∂'])
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
            ("-\\boxed{2x}", "-\\boxed{2x}"),
            ("\\boxed{2x}+1", "\\boxed{2x}+1"),
            ("3\\cdot\\boxed{2x}", "3\\cdot\\boxed{2x}"),
            ("\\sin\\boxed{2x}", "\\sin\\boxed{2x}"),
            ("It is not $2x$.", "It is not $2x$."),
            ("The slope is -$2x$.", "The slope is -$2x$."),
            ("$f'(x)=2x$", "$2x$"),
            ("-f'(x) = 2x", "-f'(x) = 2x"),
            ("f'(x)=\\cos x, f''(x)=-\\sin x", "\\cos x, f''(x)=-\\sin x"),
            ("So we get $f' = x$, hence \\boxed{2x}.", "2x"),
            ("The derivative is $2x$.", "$2x$"),
            ("$2x$", "$2x$"),
            ("2x + 2x = 4x", "4x"),
            ("f'(x) = 2x + 2x = 4x", "4x"),
            ("f'(x) = 2x", "2x"),
            ("∇f = [2*x, 1]", "[2*x, 1]"),
            ("d^2y/dx^2 = 2", "2"),
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
