//! Floor 3: the rules of calculus.
//!
//! Invariant: nothing here looks for a nicer form; that is the work of `simplify`.

mod beside;
mod chain;
mod coordinates;
mod differentiate;
mod gradient;
mod holomorphic;
mod implicit;
mod jacobian;
mod kink;
mod observer;
mod parts;
mod rule;
mod scarce;
mod thin;

pub use beside::{Beside, Exactness};
pub use chain::{Edge, Extent, Extents, Graph};
pub use coordinates::{Coordinates, SYSTEMS};
pub use differentiate::{differentiate, differentiate_with_terms, partial};
pub use gradient::{adjoints, gradient, gradient_in_parts};
pub use implicit::{Implicit, MAX_EQUATIONS, along};
pub use jacobian::{Jacobian, Layout};
pub use kink::{Chosen, Kink, at_kinks, flat, one_sided, step_on_side};
pub use observer::Observer;
pub use parts::Parts;
pub use rule::{Rule, rule_for};
pub use scarce::polynomial_in;
pub use thin::single_values;
