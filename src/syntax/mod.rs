//! Floor 2: from text to a program and from a program to a pool.
//!
//! Invariant: nothing here knows a rule of calculus; nothing is split, dropped or guessed
//! without a note.

mod ast;
mod call;
mod callee;
mod cursor;
mod elsewhere;
mod equation;
mod head;
mod lexer;
mod limits;
mod literal;
mod lower;
mod message;
mod name;
mod names;
mod operand;
mod parser;
mod postfix;
mod raised;
mod reading;
mod resolve;
mod signs;
mod template;
mod token;
mod unknown;
mod words;

pub use ast::{Ast, AstId, Callee, Definition, List, Partial, Program, Slot};
pub use callee::may_be_function;
pub use equation::{Equation, equations};
pub use lexer::{Input, input_of};
pub use limits::{MAX_BYTES, MAX_DEPTH, MAX_DIGITS, split as statements};
pub use literal::{comparison, is_minus, number, superscript};
pub use lower::{Lowered, Separate, lower};
pub use message::stray;
pub use name::{nearest, normalise};
pub use names::is_differential;
pub use parser::{parse, parse_beside, parse_in, parse_names};
pub use resolve::{UNUSED, outputs};
pub use template::{
    Template, breaks, derivative, in_normal_form, meaning, normal, reduction,
};
pub use unknown::hint;
pub use words::parts;
