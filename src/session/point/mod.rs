//! Values and derivatives at points.

pub(super) mod alone;
pub(super) mod beside;
pub(super) mod breaks;
pub(super) mod compile;
pub(super) mod complex_limit;
pub(super) mod cut;
pub(super) mod decimals;
pub(super) mod directional;
pub(super) mod eval;
pub(super) mod floats;
pub(super) mod gaussian;
pub(super) mod hole;
pub(super) mod isolated;
pub(super) mod kink;
pub(super) mod lower_order;
pub(super) mod one_sided;
pub(super) mod outside;
pub(super) mod partly;
pub(super) mod placed;
pub(super) mod quotients;
pub(super) mod settle;
pub(super) mod slope;
pub(super) mod tangent;
pub(super) mod tied;
pub(super) mod watched;
