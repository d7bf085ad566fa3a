//! Derivations of others, judged line by line.

pub(super) mod claims;
pub(super) mod equation;
pub(super) mod explain;
pub(super) mod inner;
pub(super) mod judge;
pub(super) mod limit;
pub(super) mod lines;
pub(super) mod parts;
pub(super) mod place;
pub(super) mod reading;
pub(super) mod restated;
pub(super) mod slipping;
pub(super) mod slips;
pub(super) mod topics;
