//! Floor 2: polynomials in several variables with exact rational coefficients.
//!
//! [`Polynomial`] has the arithmetic. [`gcd`], [`square_free`] and [`factor`] take
//! polynomials apart, [`linear_groups`] finds fewer variables, [`real_roots`] and its
//! neighbours tell what holds over the real numbers.
//!
//! Invariant: nothing here knows expressions, names or the pool.
//!
//! Invariant: whatever can grow is paid for out of a [`Work`] budget, and the same input
//! stops at the same place on every machine.
//!
//! Invariant: what was found modulo primes counts only when it divides.

mod arithmetic;
mod cantor_zassenhaus;
mod chinese;
mod coefficient;
mod content;
mod dense;
mod division;
mod factor;
mod field;
mod forms;
mod gcd;
mod groebner;
mod hensel;
mod image;
mod interpolate;
mod lift;
mod modular;
mod multivariate;
mod packing;
mod real;
mod recombine;
mod remainder;
mod sketch;
mod small_field;
mod sparse;
mod square_free;
mod sturm;
mod substitute;
mod univariate;
mod work;

pub use factor::{Factorization, factor};
pub use field::is_prime;
pub use forms::{LinearGroups, linear_groups};
pub use gcd::{Cofactors, gcd, gcd_with_cofactors, lcm};
pub use groebner::GroebnerBasis;
pub use real::{Sign, count_real_roots, real_roots, sign_definite};
pub use remainder::resultant;
pub use sketch::{MAX_VARIABLES, PRIMES, Sketch, seems_irreducible, share};
pub use small_field::SmallField;
pub use sparse::Polynomial;
pub use square_free::{SquareFree, square_free};
pub use work::{Exhausted, Work};
