//! Numbers with decimals in text and in LaTeX.

use crate::kernel::{Number, Pool};

/// A positive number as it is written where decimals are wanted and it has some.
pub(super) fn decimal(pool: &Pool, n: &Number, latex: bool) -> Option<String> {
    let decimal = pool.decimal(n).filter(|_| !n.is_negative())?;
    Some(match decimal.scientific() {
        None => decimal.to_string(),
        Some((mantissa, exponent)) if latex && mantissa == "1" => {
            format!("10^{{{exponent}}}")
        }
        Some((mantissa, exponent)) if latex => {
            format!("{mantissa} \\cdot 10^{{{exponent}}}")
        }
        Some((mantissa, exponent)) => format!("{mantissa}e{exponent}"),
    })
}
