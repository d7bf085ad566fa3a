//! Whether an expression could become shorter as a quotient of polynomials over its kernels,
//! seen modulo small primes before anything exact is done.
//!
//! The search brings sums over a common denominator, cancels, applies relations and takes
//! factors apart. It has nothing to find when no terms collapse on the way, nothing is common
//! to two factors, no two functions of one argument meet and every factor is irreducible:
//! then the product of factors that comes out is the one that went in.
//!
//! Invariant: the answer depends on the structure of the expression alone and decides only
//! whether the search is made.

mod gain;
mod kernels;
mod relations;
mod view;

use crate::kernel::{ExprId, Pool};
use crate::polynomial::{PRIMES, SmallField};
use kernels::Kernels;
use view::View;

/// What a search could find.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Outlook {
    /// Nothing.
    Bleak,
    /// Something may collapse, cancel or factor.
    Quotient,
    /// The same, or a relation between functions of one argument may apply.
    Relation,
}

/// Whether it is worth while to write an expression as a quotient.
pub(super) fn outlook(pool: &Pool, root: ExprId) -> Outlook {
    let Some(kernels) = Kernels::of(pool, root) else { return Outlook::Relation };
    // Whatever has a factor has one modulo every prime.
    let [first, others @ ..] = PRIMES.map(SmallField::new);
    let look = |field: SmallField, again: bool| {
        View::of(pool, root, &kernels, field, again).map(View::open)
    };
    let Some(mut open) = look(first, false) else { return Outlook::Relation };
    if open.outlook != Outlook::Bleak {
        return open.outlook;
    }
    for next in others {
        if open.degrees.iter().all(|degrees| *degrees == 0) {
            return Outlook::Bleak;
        }
        match look(next, true) {
            Some(other) if other.degrees.len() == open.degrees.len() => {
                let both = open.degrees.iter_mut().zip(other.degrees);
                both.for_each(|(known, more)| *known &= more);
            }
            _ => return Outlook::Quotient,
        }
    }
    match open.degrees.iter().all(|degrees| *degrees == 0) {
        true => Outlook::Bleak,
        false => Outlook::Quotient,
    }
}

/// What is left to decide.
struct Open {
    /// What there is to gain, factors aside.
    outlook: Outlook,
    /// For each factor the degrees that factors of it may have.
    degrees: Vec<u32>,
}
