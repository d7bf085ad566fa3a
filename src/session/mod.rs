//! Floor 5: the public API.

mod answers;
mod appearance;
mod arrays;
mod asked;
mod assumption;
mod chain;
mod confirm;
mod decided;
mod derived;
mod engine;
mod equation;
mod equation_cells;
mod expr;
mod extrema;
mod field;
mod formula;
mod gradient;
mod hessian;
mod implicit;
mod jacobian;
mod judge;
mod judgement;
mod known_signs;
mod methods;
mod needs;
mod nowhere;
mod on_curve;
mod opened;
mod own;
#[cfg(feature = "plot")]
mod picture;
mod point;
mod products;
mod read;
mod set;
mod taylor;
mod told;
mod typed;
mod verification;

pub use crate::syntax::Input;
pub use answers::answer::{Answer, Asked};
pub use answers::question::Question;
pub use answers::run_together::RunTogether;
pub use assumption::parse_assumptions;
pub use chain::{
    ChainRule, ChainValues, Entry, Factor, GraphNode, InVariables, Layer, Local,
    MAX_FACTORS, MAX_PATHS, Named, SymbolicGraph, SymbolicNode, Total,
};
pub use derived::Equations;
pub use engine::{Derivatives, Engine, Form, MAX_WORK, Partial};
pub use expr::{Expr, Session, Taylor};
pub use extrema::ExprPoint;
pub use field::{Checked, Direction, Steepest, distinct};
pub use formula::{Formula, Settings};
pub use gradient::{InParts, NamedParts};
pub use hessian::{Hessian, SecondDerivatives};
pub use implicit::{ImplicitDerivative, ImplicitDerivatives, spelled};
pub use judge::{Component, Judgement};
pub use on_curve::Along;
pub use own::lines::{Ground, OwnDerivation, OwnLine, Quoted};
#[cfg(feature = "plot")]
pub use picture::{Show, View};
pub use point::alone::Missing;
pub use point::eval::{Point, parse_point};
pub use point::floats::Floats;
pub use point::quotients::{MAX_ROWS, Quotient, QuotientRow, QuotientTable};
pub use point::slope::AtPoint;
pub use products::Product;
pub use taylor::{MAX_TAYLOR_ORDER, TaylorPolynomial};
pub use told::{Expanded, Told};
pub use verification::{Party, Reading, Terms, Unreadable, Verification};
