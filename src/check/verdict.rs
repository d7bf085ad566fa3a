//! What can be said of two expressions, and how it is known.

/// Over which numbers expressions are compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Domain {
    /// The real numbers: roots and logarithms of negative numbers are undefined.
    #[default]
    Real,
    /// The complex numbers, with principal branches; `i` is the imaginary unit.
    Complex,
}

/// A point at which two expressions differ.
#[derive(Clone, Debug, PartialEq)]
pub struct Witness {
    /// The exact coordinates: numbers or constants such as `pi` and `sqrt(2)`.
    pub point: Vec<(String, String)>,
    /// The value of the first.
    pub left: String,
    /// The value of the second.
    pub right: String,
    /// The difference, where both values look the same.
    pub difference: Option<String>,
}

/// What is said of two expressions.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// Equal wherever both are defined: proved.
    Equal,
    /// Equal where both are defined, but one is defined on a smaller part only: proved.
    EqualOnDomain {
        /// Where both are defined.
        condition: String,
    },
    /// No proof was found, but the values agree.
    ProbablyEqual {
        /// At how many points.
        points: usize,
        /// To how many digits.
        digits: usize,
    },
    /// The values differ for certain.
    Different(Witness),
    /// The components are right but stand in another shape or order, or some are missing.
    WrongShape {
        /// What is wrong with the shape.
        reason: String,
    },
    /// Nothing can be said.
    Undecided {
        /// Why.
        reason: String,
    },
}

impl Verdict {
    /// The name in JSON; it never changes.
    pub fn id(&self) -> &'static str {
        match self {
            Self::Equal => "equal",
            Self::EqualOnDomain { .. } => "equal-on-domain",
            Self::ProbablyEqual { .. } => "probably-equal",
            Self::Different(_) => "different",
            Self::WrongShape { .. } => "wrong-shape",
            Self::Undecided { .. } => "undecided",
        }
    }

    /// Whether it says that both differ.
    pub fn is_different(&self) -> bool {
        matches!(self, Self::Different(_))
    }

    /// Whether it is one of the equal ones.
    pub fn is_equal(&self) -> bool {
        matches!(
            self,
            Self::Equal | Self::EqualOnDomain { .. } | Self::ProbablyEqual { .. }
        )
    }
}

/// What is remarkable about the form of an answer, whether or not it is right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Flag {
    /// There is a shorter form.
    NotSimplified,
    /// A factored form was asked for.
    NotFactored,
    /// A multiplied out form was asked for.
    NotExpanded,
    /// A decimal stands where the exact value does not need one.
    Decimal,
    /// Complex numbers stand in the answer to a real question.
    ComplexLooking,
}

impl Flag {
    /// The name in JSON; it never changes.
    pub fn id(self) -> &'static str {
        match self {
            Self::NotSimplified => "not-simplified",
            Self::NotFactored => "not-factored",
            Self::NotExpanded => "not-expanded",
            Self::Decimal => "decimal",
            Self::ComplexLooking => "complex-looking",
        }
    }

    /// What it says to a student.
    pub fn text(self) -> &'static str {
        match self {
            Self::NotSimplified => "there is a shorter form",
            Self::NotFactored => "it is not factored",
            Self::NotExpanded => "it is not multiplied out",
            Self::Decimal => "a decimal stands in place of an exact number",
            Self::ComplexLooking => "the imaginary unit stands in a real answer",
        }
    }
}

/// A verdict with how it is known.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// The verdict.
    pub verdict: Verdict,
    /// How it is known, in words.
    pub known: String,
}
