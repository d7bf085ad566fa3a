//! Sentences with formulas between the signs of mathematics, which are their lines.

use super::super::marks::FENCES;

/// Signs that are of no sentence: what has them outside of its formulas is a formula itself.
const SIGNS: [char; 12] = ['=', '≈', '+', '^', '/', '<', '>', '&', '|', '\\', '_', '$'];

/// The words of a line and the formulas between them, which are one less; nothing where a sign
/// has no mate.
fn parts(line: &str) -> Option<(Vec<&str>, Vec<&str>)> {
    let (mut words, mut formulas) = (Vec::new(), Vec::new());
    let (mut start, mut from) = (0, 0);
    while let Some(at) = line[from..].find(['$', '\\']).map(|at| from + at) {
        let rest = &line[at..];
        let Some((open, close)) = FENCES.iter().find(|(open, _)| rest.starts_with(open))
        else {
            let signs = rest.chars().take(2).map(char::len_utf8);
            from = at + signs.sum::<usize>();
            continue;
        };
        let behind = &rest[open.len()..];
        let end = behind.find(close)?;
        words.push(&line[start..at]);
        formulas.push(behind[..end].trim());
        start = at + open.len() + end + close.len();
        from = start;
    }
    words.push(&line[start..]);
    Some((words, formulas))
}

/// Whether a formula says that something is equal.
fn equates(formula: &str) -> bool {
    formula.contains(['=', '≈']) || formula.contains("\\approx")
}

/// The formulas of a sentence that are its lines: those with a sign of equality, or the one
/// behind the colon that ends what a line of its own says of it.
pub(super) fn formulas(line: &str, is_first: bool) -> Option<Vec<&str>> {
    let (words, formulas) = parts(line)?;
    let has_words = words.iter().any(|words| words.contains(char::is_alphabetic));
    let is_said = words.iter().all(|words| !words.contains(SIGNS));
    if !is_said || formulas.len() < 2 && !has_words {
        return None;
    }
    let last = formulas.last()?;
    if equates(last) {
        return Some(formulas.into_iter().filter(|formula| equates(formula)).collect());
    }
    let is_announced = words[0].trim_end().ends_with([':', '：']);
    (is_announced && formulas.len() == 1 && !is_first).then_some(formulas)
}

/// A text without the stars of bold type in lines whose formulas have signs around them.
pub(super) fn unstarred(text: &str) -> String {
    let line = |line: &str| match parts(line) {
        Some((words, formulas)) if !formulas.is_empty() => {
            let mut found = String::with_capacity(line.len());
            let mut rest = line;
            for words in words {
                let start = words.as_ptr() as usize - line.as_ptr() as usize;
                let done = line.len() - rest.len();
                found.push_str(&line[done..start]);
                found.push_str(&words.replace("**", ""));
                rest = &line[start + words.len()..];
            }
            found
        }
        _ => line.to_owned(),
    };
    text.split('\n').map(line).collect::<Vec<_>>().join("\n")
}
