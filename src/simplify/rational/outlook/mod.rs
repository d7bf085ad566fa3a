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
mod view;

use crate::kernel::{ExprId, Pool};
use kernels::Kernels;
use view::View;

/// Whether it is worth while to write an expression as a quotient.
pub(super) fn may_gain(pool: &Pool, root: ExprId) -> bool {
    let Some(kernels) = Kernels::of(pool, root) else { return true };
    // Whatever has a factor has one modulo every prime.
    let Some(mut open) = View::<521>::of(pool, root, &kernels, false).map(View::open)
    else {
        return true;
    };
    let more: [Look; 3] = [
        |pool, root, kernels| Some(View::<1033>::of(pool, root, kernels, true)?.open()),
        |pool, root, kernels| Some(View::<2053>::of(pool, root, kernels, true)?.open()),
        |pool, root, kernels| Some(View::<4099>::of(pool, root, kernels, true)?.open()),
    ];
    for next in more {
        if open.gains || open.degrees.iter().all(|degrees| *degrees == 0) {
            break;
        }
        let Some(other) = next(pool, root, &kernels) else { return true };
        if other.degrees.len() != open.degrees.len() {
            return true;
        }
        for (known, more) in open.degrees.iter_mut().zip(other.degrees) {
            *known &= more;
        }
    }
    open.gains || open.degrees.iter().any(|degrees| *degrees != 0)
}

/// A look modulo one prime.
type Look = fn(&Pool, ExprId, &Kernels) -> Option<Open>;

/// What is left to decide.
struct Open {
    /// Whether something is shared, or a relation could apply.
    gains: bool,
    /// For each factor the degrees that factors of it may have.
    degrees: Vec<u32>,
}
