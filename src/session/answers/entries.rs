//! Vectors and matrices as people write them in answers.

use super::answer::{Asked, is_known};
use super::spelling::{can_be_read, with_decimal_points};
use crate::syntax;

/// The entries of a vector or a matrix, with the rows and columns of a matrix.
pub(in crate::session) type Entries<'t> = (Vec<&'t str>, Option<(usize, usize)>);

/// The entries of what is written as a vector or a matrix, row by row.
pub(in crate::session) fn entries<'t>(
    text: &'t str,
    asked: Asked<'_>,
) -> Option<Entries<'t>> {
    let is_one =
        asked.question.derivatives().len() == 1 && asked.formula.roots.len() == 1;
    if is_one
        && with_decimal_points(text)
            .is_some_and(|(text, _)| can_be_read(&text, asked.known))
    {
        return None;
    }
    rows(text)
}

/// The entries of what is written as a vector or a matrix, whatever it answers.
pub(in crate::session) fn rows(text: &str) -> Option<Entries<'_>> {
    if let Some(rows) = syntax::matrix(text) {
        // One row or column alone is a vector.
        let shape = (rows.len(), rows.first().map_or(0, Vec::len));
        return Some((rows.concat(), Some(shape).filter(|s| s.0 > 1 && s.1 > 1)));
    }
    let parts = syntax::components(text);
    let rows: Option<Vec<Vec<&str>>> = match &parts {
        Some(parts) => parts.iter().map(|row| in_square(row)).collect(),
        // `[[1, 2]]` is a matrix of one row.
        None => in_square(text).and_then(|inner| match inner[..] {
            [row] => Some(vec![in_square(row)?]),
            _ => None,
        }),
    };
    if let Some(rows) = rows
        && let Some(width) = rows.first().map(Vec::len)
        && rows.iter().all(|row| row.len() == width)
    {
        let shape = (rows.len(), width);
        return Some((rows.concat(), Some(shape)));
    }
    Some((parts?, None))
}

/// What stands between the commas of square brackets.
fn in_square(text: &str) -> Option<Vec<&str>> {
    let inner = text.trim().strip_prefix('[')?.strip_suffix(']')?;
    Some(syntax::components(text).unwrap_or_else(|| vec![inner]))
}

/// The components of what has the differential of one variable at the end of each of its terms, in
/// the order of the variables: `\cos x \, dx - \sin y \, dy`.
pub(in crate::session) fn differentials<'t>(
    text: &'t str,
    asked: Asked<'_>,
) -> Option<Vec<&'t str>> {
    let derivatives = asked.question.derivatives();
    if asked.formula.roots.len() > 1
        || derivatives.len() < 2
        || is_known(asked.known, "d")
    {
        return None;
    }
    let mut terms = Vec::new();
    let (mut start, mut depth, mut last) = (0, 0_isize, ' ');
    for (at, c) in text.char_indices() {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            '+' | '-' | '−' if depth == 0 && !" ^_*/".contains(last) => {
                terms.push(&text[start..at]);
                // A minus belongs to its term.
                start = if c == '+' { at + 1 } else { at };
            }
            _ => {}
        }
        if !c.is_whitespace() {
            last = c;
        }
    }
    terms.push(&text[start..]);
    let mut found = vec![None; derivatives.len()];
    for term in terms {
        let place =
            derivatives.iter().enumerate().find_map(|(place, names)| match &names[..] {
                [name] if !is_known(asked.known, &format!("d{name}")) => {
                    Some((place, before_differential(term, name)?))
                }
                _ => None,
            });
        let (place, factor) = place?;
        if found[place].replace(factor).is_some() {
            return None;
        }
    }
    found.into_iter().collect()
}

/// What stands before the differential of a variable with which a term ends.
fn before_differential<'t>(term: &'t str, name: &str) -> Option<&'t str> {
    const SIGNS: [&str; 6] =
        ["\\mathrm{d}", "\\text{d}", "\\operatorname{d}", "{\\rm d}", "{\\rm{d}}", "d"];
    let term = term.trim();
    let letters = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let index = &name[letters.len()..];
    let (base, index) = match name.split_once('_') {
        Some(parts) => parts,
        None => (letters, index),
    };
    let mut spelled = vec![name.to_owned(), format!("\\{name}"), format!(" \\{name}")];
    if !index.is_empty() {
        spelled.push(format!("{base}_{index}"));
        spelled.push(format!("{base}_{{{index}}}"));
        spelled.push(format!("\\{base}_{index}"));
        spelled.push(format!("\\{base}_{{{index}}}"));
    }
    let rest = spelled.iter().find_map(|name| {
        let front = term.strip_suffix(name.as_str())?.trim_end();
        SIGNS.iter().find_map(|sign| front.strip_suffix(sign))
    })?;
    // `sin(x)*y dx`, and no name that ends with a d.
    let bare = rest.trim_end_matches([' ', '*', '~']);
    let is_apart = bare.len() < rest.len() || !rest.ends_with(char::is_alphanumeric);
    let gaps = ["\\,", "\\;", "\\:", "\\!", "\\ ", "\\cdot", "\\quad"];
    let bare = gaps.iter().find_map(|gap| bare.strip_suffix(gap)).unwrap_or(bare);
    match bare.trim() {
        _ if !is_apart => None,
        "" => Some("1"),
        "-" | "−" => Some("-1"),
        factor => Some(factor),
    }
}
