//! The notations: tokens and slots, no algebra.

use crate::kernel::Relation;

/// A way of writing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notation {
    /// Plain text, which calcgrad reads back.
    Text,
    /// LaTeX for mathematics mode.
    Latex,
}

/// A whole exponent of one digit.
pub(super) fn digit(n: i64) -> Option<&'static str> {
    const POWERS: [&str; 10] =
        ["^0", "^1", "^2", "^3", "^4", "^5", "^6", "^7", "^8", "^9"];
    POWERS.get(usize::try_from(n).ok()?).copied()
}

/// What stands between the sides of a comparison.
pub(super) fn relation_token(relation: Relation, latex: bool) -> &'static str {
    match (relation, latex) {
        (Relation::Less, _) => " < ",
        (Relation::LessEqual, false) => " <= ",
        (Relation::LessEqual, true) => " \\le ",
        (Relation::Equal, _) => " = ",
        (Relation::NotEqual, false) => " != ",
        (Relation::NotEqual, true) => " \\ne ",
        (Relation::And, false) => " and ",
        (Relation::And, true) => " \\wedge ",
        (Relation::Or, false) => " or ",
        (Relation::Or, true) => " \\vee ",
    }
}

/// The sign of a relation whose sides are turned round; none where they cannot be.
pub(super) fn turned_token(relation: Relation, latex: bool) -> Option<&'static str> {
    match (relation, latex) {
        (Relation::Less, _) => Some(" > "),
        (Relation::LessEqual, false) => Some(" >= "),
        (Relation::LessEqual, true) => Some(" \\ge "),
        _ => None,
    }
}

/// The sign of a relation in text.
pub fn relation_sign(relation: Relation) -> &'static str {
    relation_token(relation, false).trim()
}

/// How tightly a place binds what stands in it: brackets are needed around what binds less.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Slot {
    /// Anything.
    Open,
    /// A side of a comparison.
    Side,
    /// A term of a sum.
    Term,
    /// A factor of a product.
    Factor,
    /// A divisor written behind `/`.
    Divisor,
    /// The base of a power.
    Base,
    /// An exponent that is not set apart.
    Exponent,
    /// A place with brackets in any case.
    Bracket,
}
