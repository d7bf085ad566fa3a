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

/// The symbols of LaTeX for names of Greek letters, and two more of physics.
pub(super) const GREEK: [(&str, char); 51] = [
    ("hbar", 'ℏ'),
    ("ell", 'ℓ'),
    ("alpha", 'α'),
    ("beta", 'β'),
    ("gamma", 'γ'),
    ("delta", 'δ'),
    ("epsilon", 'ε'),
    ("varepsilon", 'ϵ'),
    ("zeta", 'ζ'),
    ("eta", 'η'),
    ("theta", 'θ'),
    ("vartheta", 'ϑ'),
    ("iota", 'ι'),
    ("kappa", 'κ'),
    ("lambda", 'λ'),
    ("mu", 'μ'),
    ("nu", 'ν'),
    ("xi", 'ξ'),
    ("omicron", 'ο'),
    ("pi", 'π'),
    ("rho", 'ρ'),
    ("sigma", 'σ'),
    ("varsigma", 'ς'),
    ("tau", 'τ'),
    ("upsilon", 'υ'),
    ("phi", 'φ'),
    ("varphi", 'ϕ'),
    ("chi", 'χ'),
    ("psi", 'ψ'),
    ("omega", 'ω'),
    ("Gamma", 'Γ'),
    ("Delta", 'Δ'),
    ("Theta", 'Θ'),
    ("Lambda", 'Λ'),
    ("Xi", 'Ξ'),
    ("Pi", 'Π'),
    ("Sigma", 'Σ'),
    ("Upsilon", 'Υ'),
    ("Phi", 'Φ'),
    ("Psi", 'Ψ'),
    ("Omega", 'Ω'),
    ("Alpha", 'Α'),
    ("Beta", 'Β'),
    ("Epsilon", 'Ε'),
    ("Zeta", 'Ζ'),
    ("Eta", 'Η'),
    ("Iota", 'Ι'),
    ("Kappa", 'Κ'),
    ("Mu", 'Μ'),
    ("Nu", 'Ν'),
    ("Rho", 'Ρ'),
];
