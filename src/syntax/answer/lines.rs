//! Lines of a reply that go on with each other, and those that are formulas of their own.

use super::super::marks::FENCES;
use super::LONGEST;
use super::label::Label;
use super::precedence::plain;
use super::reply::{is_chinese, is_word};
use std::borrow::Cow;

/// Signs of LaTeX with which a line goes on with the one before.
const OPERATORS: [&str; 9] = [
    "\\cdot",
    "\\times",
    "\\div",
    "\\pm",
    "\\mp",
    "\\implies",
    "\\Rightarrow",
    "\\to",
    "\\,",
];

/// Whether a line is another formula than a derivative with its name on a line before it, in
/// LaTeX, in which lines would be one product.
pub(super) fn are_rivals(before: &[&str], line: &str) -> bool {
    const SIGNS: [&str; 4] = ["\\text", "\\begin", "\\\\", "\\["];
    let is_plain = |block: &&str| {
        !block.contains(['$', '`', '&', ':'])
            && !SIGNS.iter().any(|sign| block.contains(sign))
            && block.matches(['(', '{', '[']).count()
                == block.matches([')', '}', ']']).count()
            && !block.split(|c: char| !c.is_alphabetic()).any(is_word)
    };
    let label = |block: &str| Label::before(plain(block));
    let is_derivative =
        |block: &&&str| label(block).is_some_and(|label| !label.is_value());
    let [.., last] = before else { return false };
    let is_latex = line.contains('\\') || before.iter().any(|line| line.contains('\\'));
    let ends = |c: char| c.is_alphanumeric() || ")}]".contains(c);
    is_latex
        && is_plain(&line)
        && is_plain(last)
        && last.ends_with(ends)
        && !OPERATORS.iter().any(|sign| last.ends_with(sign))
        && (line.starts_with(|c: char| c.is_alphanumeric() || c == '(')
            || line.starts_with('\\')
                && !OPERATORS.iter().any(|sign| line.starts_with(sign)))
        && !is_derivative(&&line)
        && before.iter().filter(is_derivative).any(is_plain)
}

/// A text in which a derivative stands in one formula with its name: `$f'(x)$ = $2x$` and
/// `$f'(x)$ is $2x$` are `$f'(x) = 2x$`.
pub(super) fn named(text: &str) -> Cow<'_, str> {
    const SIGNS: [&str; 4] = ["", "=", ":", "is"];
    if text.len() > LONGEST {
        return Cow::Borrowed(text);
    }
    let fenced = |text: &str| {
        let (open, close) = *FENCES.iter().find(|(open, _)| text.starts_with(open))?;
        let end = text[open.len()..].find(close)? + open.len();
        Some((open, end, close))
    };
    // Where each of them stands next.
    let mut ahead = FENCES.map(|(open, _)| text.find(open));
    let mut next = |from: usize| {
        for (at, (open, _)) in ahead.iter_mut().zip(FENCES) {
            if at.is_some_and(|at| at < from) {
                *at = text[from..].find(open).map(|at| from + at);
            }
        }
        ahead.iter().flatten().min().copied()
    };
    let (mut found, mut told, mut from) = (String::new(), 0, 0);
    while let Some(start) = next(from)
        && let Some((open, end, close)) = fenced(&text[start..])
    {
        let name = &text[start + open.len()..start + end];
        from = start + end + close.len();
        let rest = &text[from..];
        let at = next(from).map(|at| at - from);
        let name = name.trim();
        let bare = name.strip_suffix('=').unwrap_or(name).trim_end();
        let is_between = |sign: &str| {
            SIGNS.contains(&sign) && sign.is_empty() == (bare.len() < name.len())
        };
        let label = || Label::read(bare).is_some_and(|label| !label.is_value());
        // `-$f'(x)$ = $2x$`.
        let is_apart = || {
            let line = text[..start].rsplit('\n').next().unwrap_or_default();
            line.is_empty()
                || line.ends_with([' ', '*', '(', ':', ','])
                    && !line
                        .trim_end()
                        .ends_with(|c: char| "+=/^".contains(c) || c.is_ascii_digit())
                    && (!line.trim_end().ends_with(['-', '−']) || line.trim().len() < 2)
                || line.ends_with(is_chinese)
        };
        if let Some(at) = at
            && is_between(rest[..at].trim())
            && label()
            && is_apart()
            && let Some((other, end, behind)) = fenced(&rest[at..])
        {
            let value = rest[at + other.len()..at + end].trim();
            let value = value.strip_prefix('=').unwrap_or(value);
            found += &format!("{}{open}{bare} = {value}{close}", &text[told..start]);
            from += at + end + behind.len();
            told = from;
        }
    }
    match told {
        0 => Cow::Borrowed(text),
        _ => Cow::Owned(found + &text[told..]),
    }
}

/// A text whose lines are joined where a formula goes on in the next one: behind or before a
/// sign of a sum, behind the name of a derivative.
pub(super) fn joined(text: &str) -> Cow<'_, str> {
    let is_sign = |c: char| matches!(c, '+' | '-' | '−' | '=');
    if !text.contains('\n') || !text.contains(is_sign) {
        return Cow::Borrowed(text);
    }
    let mut joined = String::with_capacity(text.len());
    for line in text.split('\n') {
        let before = joined.rsplit('\n').next().unwrap_or_default();
        let (last, next) = (before.trim(), line.trim_start());
        let is_named = Label::derived(last).is_some();
        let is_plain = |line: &str| {
            line.contains(char::is_alphanumeric)
                && !line.split(|c: char| !c.is_alphabetic()).any(is_word)
        };
        let is_formula = |line: &str| is_plain(line) && !line.contains('$');
        let ends = last.ends_with(" +")
            || last.ends_with(" -")
            || is_named && last.ends_with('=') && last.matches('=').count() == 1;
        let begins = next.starts_with('+') && !last.starts_with('+')
            || next.starts_with(['-', '−']) && is_named;
        let is_one = (ends || begins && !next.contains('='))
            && is_formula(last)
            && is_formula(next);
        if !joined.is_empty() || text.starts_with('\n') {
            joined.push(if is_one { ' ' } else { '\n' });
        }
        joined.push_str(line);
    }
    match joined.len() == text.len() && joined != text {
        true => Cow::Owned(joined),
        false => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    use super::{are_rivals, joined};

    #[test]
    fn lines_are_rivals() {
        let rows = [
            ("f'(x) = \\sin x", "f(x) = 2x", true),
            ("f'(x) = \\sin x", "2x", true),
            ("f'(x) = \\sin x", "\\cdot 2x", false),
            ("f'(x) = \\sin x \\cdot", "2x", false),
            ("f'(x) = \\sin x", "= 2x", false),
            ("f(x) = \\sin x", "f'(x) = 2x", false),
            ("f'(x) = \\frac{2x", "3}", false),
            ("u = \\sin x", "2u", false),
        ];
        for (before, line, expected) in rows {
            assert_eq!(are_rivals(&[before], line), expected, "{line}");
        }
    }

    #[test]
    fn lines_go_on() {
        let rows = [
            ("f'(x) = 5\n + cos x", "f'(x) = 5  + cos x"),
            ("y' = 2x sin x\n+ x", "y' = 2x sin x + x"),
            ("f'(x) = 5 +\n cos x", "f'(x) = 5 +  cos x"),
            ("f'(x) = 5\n- cos x", "f'(x) = 5 - cos x"),
            ("u = x^2\n-2u", "u = x^2\n-2u"),
            ("+ 5\n+ 6", "+ 5\n+ 6"),
        ];
        for (text, expected) in rows {
            assert_eq!(joined(text), expected, "{text}");
        }
    }
}
