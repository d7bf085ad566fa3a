//! Floor 5: the public API.

mod alone;
mod answer;
mod appearance;
mod arrays;
mod asked;
mod assumption;
mod basis;
mod beside;
mod brackets;
mod breaks;
mod chain;
mod compile;
mod engine;
mod entries;
mod equation;
mod eval;
mod expr;
mod extrema;
mod field;
mod fit;
mod floats;
mod formula;
mod gaussian;
mod gradient;
mod hessian;
mod implicit;
mod isolated;
mod jacobian;
mod judge;
mod kink;
mod methods;
mod nowhere;
mod on_curve;
mod one_sided;
mod opened;
mod own_judge;
mod own_lines;
mod own_reading;
mod own_topics;
#[cfg(feature = "plot")]
mod picture;
mod products;
mod quotients;
mod read;
mod rounding;
mod rows;
mod set;
mod settle;
mod slope;
mod spelling;
mod stray;
mod tangent;
mod taylor;
mod told;
mod verification;
mod watched;

pub use crate::syntax::Input;
pub use alone::Missing;
pub use answer::{Answer, Asked};
pub use assumption::parse_assumptions;
pub use chain::{
    ChainRule, ChainValues, Entry, Factor, GraphNode, InVariables, Layer, Local,
    MAX_FACTORS, MAX_PATHS, Named, SymbolicGraph, SymbolicNode, Total,
};
pub use engine::{Derivatives, Engine, Form, MAX_WORK, Partial};
pub use eval::{Point, parse_point};
pub use expr::{Expr, Session, Taylor};
pub use extrema::ExprPoint;
pub use field::{Checked, Direction, Steepest, distinct};
pub use floats::Floats;
pub use formula::{Formula, Settings};
pub use gradient::{InParts, NamedParts};
pub use hessian::{Hessian, SecondDerivatives};
pub use implicit::{ImplicitDerivative, ImplicitDerivatives, spelled};
pub use judge::{Component, Judgement, Question};
pub use on_curve::Along;
pub use own_lines::{Ground, OwnDerivation, OwnLine};
#[cfg(feature = "plot")]
pub use picture::{Show, View};
pub use products::Product;
pub use quotients::{MAX_ROWS, Quotient, QuotientRow, QuotientTable};
pub use slope::AtPoint;
pub use taylor::{MAX_TAYLOR_ORDER, TaylorPolynomial};
pub use told::{Expanded, Told};
pub use verification::{Party, Reading, Terms, Unreadable, Verification};
