//! Sums of expressions times something that is written already: `2*x dx + x^2 dy`.

use super::notation::Notation;
use super::shared::Shared;
use super::writer::write;
use crate::error::Result;
use crate::kernel::{ExprId, Node, Pool};

/// The sum of `coefficient*unit` in the order given, without those whose coefficient is 0;
/// with names for parts of the coefficients, where there are any.
///
/// # Errors
/// A text that is too long.
pub fn combination(
    pool: &mut Pool,
    terms: &[(ExprId, String)],
    shared: Option<&Shared>,
    notation: Notation,
) -> Result<String> {
    let mut text = String::new();
    for (coefficient, unit) in terms.iter().filter(|(id, _)| *id != Pool::ZERO) {
        let is_negative = pool.leads_negative(*coefficient);
        let size = if is_negative { pool.negate(*coefficient) } else { *coefficient };
        text.push_str(match (text.is_empty(), is_negative) {
            (true, false) => "",
            (true, true) => "-",
            (false, false) => " + ",
            (false, true) => " - ",
        });
        if size != Pool::ONE {
            let factor = match shared {
                Some(shared) => shared.write(pool, size, notation)?,
                None => write(pool, size, notation)?,
            };
            let is_named = shared.is_some_and(|shared| shared.name(size).is_some());
            let is_sum = matches!(pool.node(size), Node::Sum(_)) && !is_named;
            text.push_str(&match (notation, is_sum) {
                (Notation::Text, true) => format!("({factor})*"),
                (Notation::Text, false) => format!("{factor}*"),
                (Notation::Latex, true) => format!("({factor}) \\, "),
                (Notation::Latex, false) => format!("{factor} \\, "),
            });
        }
        text.push_str(unit);
    }
    if text.is_empty() {
        text.push('0');
    }
    Ok(text)
}
