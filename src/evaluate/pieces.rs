//! Functions in pieces with many digits: the greatest and the least, relations.
//!
//! Steps and branches, for which it counts how far off their arguments are, are beside the
//! values themselves.

use crate::kernel::Relation;
use astro_float::{BigFloat, RoundingMode, Word};

const EXACT: RoundingMode = RoundingMode::None;

/// The value of a function in pieces with `p` binary digits; `None` for any other function.
pub(super) fn apply(name: &str, arguments: &[BigFloat], p: usize) -> Option<BigFloat> {
    let u = arguments.first()?;
    let greatest = |is_better: fn(&BigFloat, &BigFloat) -> bool| {
        if arguments.iter().any(BigFloat::is_nan) {
            return astro_float::NAN;
        }
        let better = |best, other| if is_better(other, best) { other } else { best };
        arguments.iter().fold(u, better).clone()
    };
    Some(match name {
        "max" => greatest(|a, b| a > b),
        "min" => greatest(|a, b| a < b),
        "hypot" => {
            let squares = arguments.iter().map(|x| x.mul(x, p, EXACT));
            let zero = BigFloat::from_word(0, p);
            squares.fold(zero, |sum, x| sum.add(&x, p, EXACT)).sqrt(p, EXACT)
        }
        _ => return None,
    })
}

/// A relation as 1 or 0, by the sign of the difference of its sides, or of truth values.
pub(super) fn relate(
    relation: Relation,
    sign: i8,
    [u, v]: [&BigFloat; 2],
    p: usize,
) -> BigFloat {
    let holds = match relation {
        Relation::Less => sign < 0,
        Relation::LessEqual => sign <= 0,
        Relation::Equal => sign == 0,
        Relation::NotEqual => sign != 0,
        Relation::And => !u.is_zero() && !v.is_zero(),
        Relation::Or => !u.is_zero() || !v.is_zero(),
    };
    BigFloat::from_word(Word::from(holds), p)
}
