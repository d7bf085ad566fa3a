//! Vectors and matrices as people write them in answers.

use super::answer::Asked;
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
