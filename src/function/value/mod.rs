//! Numeric values of the functions of the table in double precision.
//!
//! Every function here is total: it answers NaN (or an infinity at a pole) where there is no
//! finite value, it never panics, and every loop is bounded.

pub(crate) mod airy;
pub(crate) mod bessel;
pub(crate) mod bessel_modified;
pub(crate) mod circular;
pub(crate) mod elementary;
pub(crate) mod elliptic;
pub(crate) mod error;
pub(crate) mod gamma;
pub(crate) mod hypergeometric;
pub(crate) mod incomplete;
pub(crate) mod integral;
pub(crate) mod lambert;
pub(crate) mod learning;
pub(crate) mod orthogonal;
pub(crate) mod piecewise;
pub(crate) mod polylog;
pub(crate) mod spherical;
pub(crate) mod zeta;
