//! Floor 2: from text to a program and from a program to a pool.
//!
//! Invariant: nothing here knows a rule of calculus; nothing is split, dropped or guessed
//! without a note.

mod ast;
mod elsewhere;
mod equation;
mod limits;
mod literal;
mod lower;
mod message;
mod name;
mod operand;
mod parser;
mod reading;
mod resolve;
mod template;
mod words;

pub use ast::{Ast, AstId, Callee, Definition, List, Partial, Program, Slot};
pub use equation::{Equation, equations};
pub use limits::{MAX_BYTES, MAX_DEPTH, MAX_DIGITS, split as statements};
pub use literal::{comparison, number, superscript};
pub use lower::{Lowered, Separate, lower};
pub use message::stray;
pub use name::{nearest, normalise};
pub use parser::{parse, parse_names};
pub use resolve::outputs;
pub use template::{Template, breaks, derivative, meaning, normal, reduction};
pub use words::parts;
