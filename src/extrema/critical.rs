//! What is found of the critical points of a function.

use crate::kernel::ExprId;

/// The critical points of a function: where its gradient is 0 or does not exist.
#[derive(Clone, Debug)]
pub struct Critical {
    /// The variables.
    pub variables: Vec<String>,
    /// The gradient.
    pub gradient: Vec<ExprId>,
    /// The Hessian matrix, row by row.
    pub hessian: Vec<Vec<ExprId>>,
    /// The points, in ascending order of their coordinates.
    pub points: Vec<CriticalPoint>,
    /// Sets of critical points that are not isolated.
    pub sets: Vec<CriticalSet>,
    /// Sets on which the function is defined but not differentiable, beyond single points.
    pub rough: Vec<CriticalSet>,
    /// Whether there are no other critical points than the points and the sets.
    pub complete: bool,
    /// Between which numbers the one variable lies where no other points are, when that is
    /// known only of a part of the line.
    pub range: Option<(f64, f64)>,
    /// How many further approximate points were found and left out.
    pub omitted: usize,
    /// Whether all derivatives were compared with an independent path.
    pub checked: bool,
}

/// One critical point, or a periodic family of them.
#[derive(Clone, Debug)]
pub struct CriticalPoint {
    /// One for each variable.
    pub coordinates: Vec<PointCoordinate>,
    /// Whether a coordinate is a number near the true one rather than the true one.
    pub approximate: bool,
    /// The value of the function.
    pub value: ExprId,
    /// Whether the gradient exists there and is 0.
    pub differentiable: bool,
    /// Whether it lies on the boundary of what is assumed of the variables; then the kind is
    /// that among the points which are allowed.
    pub boundary: bool,
    /// The Hessian matrix there; empty where it does not exist, or differs between the points
    /// of a family.
    pub hessian: Vec<Vec<ExprId>>,
    /// What kind of point it is.
    pub kind: Kind,
    /// Whether it is an extremum of the whole function and not only of a neighbourhood.
    pub global: bool,
    /// How the kind is known.
    pub evidence: Evidence,
    /// What has to hold of parameters, as relations.
    pub conditions: Vec<ExprId>,
}

/// One coordinate of a critical point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PointCoordinate {
    /// The value; for a family, with the whole number that counts its points.
    pub value: ExprId,
    /// The whole number that counts the points of a family.
    pub counter: Option<ExprId>,
    /// Whether the value is a number near the true one.
    pub approximate: bool,
}

/// A set of points that are not isolated: all points at which the equations hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CriticalSet {
    /// Equations, as relations. Without any, every point belongs to the set.
    pub equations: Vec<ExprId>,
    /// Whether it lies on the boundary of what is assumed of the variables.
    pub boundary: bool,
    /// Whole numbers that are in the equations.
    pub counters: Vec<ExprId>,
    /// The value of the function on it, when it is the same everywhere.
    pub value: Option<ExprId>,
    /// Whether the value is the least or the greatest of the whole function.
    pub extremum: Option<Kind>,
}

/// What kind of critical point it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Values nearby are not less.
    Minimum,
    /// Values nearby are not greater.
    Maximum,
    /// In some directions a minimum, in others a maximum.
    Saddle,
    /// Neither a minimum nor a maximum, in one variable.
    Inflection,
    /// Neither a minimum nor a maximum.
    Neither,
    /// A minimum where the first expression in parameters is above the second, a maximum where
    /// it is below; one of them is 0.
    BySign(ExprId, ExprId),
    /// With two variables: a saddle where the first expression, the determinant of the
    /// Hessian, is below 0; where it is above, a minimum if the second one is above 0 and a
    /// maximum if it is below.
    ByMinors(ExprId, ExprId),
    /// The tests tell nothing.
    Inconclusive,
}

impl Kind {
    /// The name in JSON; it never changes.
    pub fn id(self) -> &'static str {
        match self {
            Self::Minimum => "minimum",
            Self::Maximum => "maximum",
            Self::Saddle => "saddle",
            Self::Inflection => "inflection",
            Self::Neither => "neither",
            Self::BySign(..) | Self::ByMinors(..) => "depends",
            Self::Inconclusive => "inconclusive",
        }
    }
}

/// How the kind of a critical point is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// The second derivative, or the signs of the eigenvalues of the Hessian: how many are
    /// below 0, equal to 0, above 0.
    Hessian(usize, usize, usize),
    /// The first derivative that is not 0: its order and its value.
    Higher(usize, ExprId),
    /// The signs of the derivative on both sides.
    Sides(Side, Side),
    /// The function less its value there is nowhere below (or above) 0.
    Bound,
    /// Along a curve, the function is this expression in its parameter `t`, less the value at
    /// the point.
    Curve(Curve),
    /// Along one curve the values rise, along the other they fall.
    Curves(Curve, Curve),
    /// The lowest terms of the Taylor polynomial, together, have one sign around the point.
    LowestTerms,
    /// Nothing.
    None,
}

/// What the function does as one goes away from a point on one side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// It falls.
    Falls,
    /// It rises.
    Rises,
    /// It is above its value at the point, and may rise and fall.
    Above,
    /// It is below its value at the point, and may rise and fall.
    Below,
    /// It is constant.
    Level,
    /// It is above and below its value at the point, however near.
    Swings,
    /// It is not defined.
    Outside,
}

/// A curve through a critical point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Curve {
    /// Its equations, as relations between variables.
    pub equations: Vec<ExprId>,
    /// The function on it.
    pub value: ExprId,
}
