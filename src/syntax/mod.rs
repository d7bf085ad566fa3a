//! Floor 2: from text to a program and from a program to a pool.
//!
//! Invariant: nothing here knows a rule of calculus; nothing is split, dropped or guessed
//! without a note.

mod answer;
mod ast;
mod call;
mod callee;
mod cursor;
mod domain;
mod elsewhere;
mod equation;
mod given;
mod head;
mod held;
mod language;
mod lexer;
mod limits;
mod literal;
mod lower;
mod manner;
mod marks;
mod message;
mod name;
mod names;
mod operand;
mod parser;
mod plain;
mod postfix;
mod product;
mod put;
mod raised;
mod reading;
mod regrouped;
mod resolve;
mod shaped;
mod signs;
mod stepwise;
mod task;
mod template;
mod token;
mod typed;
mod unknown;
mod walk;
mod words;

pub use answer::{
    Content, Contents, Derivation, Dimension, Inert, Item, LONGEST_DERIVATION, Label,
    Limit, Naming, Order, Reach, Row, Side, Stated, Told, Undone, Unit, Wanted, closing,
    components, concluded, contents, counts_otherwise, derivation, explained, goes_on,
    has_chinese, in_signs, inert, is_congruence, is_unit, limit, matrix, moved,
    names_opposites, narrow, outspoken, reply, says_nearly, second_part, stated, told,
    with_points, without_dependence, without_transpose,
};
pub use ast::{
    Ast, AstId, Callee, Decimal, Definition, List, Partial, Program, Shaped, Slot,
};
pub use callee::may_be_function;
pub use domain::domain;
pub use equation::parse_equations;
pub use given::{DECLARE, Given, given, has_given};
pub use lexer::{Input, braced_word, has_raised_order};
pub use limits::{MAX_BYTES, MAX_DEPTH, MAX_DIGITS, pieces};
pub use literal::{number, raised};
pub use lower::{Lowered, Separate, lower};
pub use manner::Arguments;
pub use marks::Purpose;
pub use name::{nearest, normalise};
pub use names::is_differential;
pub use parser::{parse, parse_beside, parse_names, parse_typed};
pub use put::Put;
pub use resolve::{UNUSED, order, outputs};
pub use shaped::{Shapes, parse_shaped};
pub use signs::latin_looks;
pub use template::{
    Template, breaks, derivative, in_code, in_normal_form, meaning, normal, principal,
    reduction,
};
pub use typed::{Typed, input_of};
pub use walk::{Extent, Operand, Step};
pub use words::parts;
