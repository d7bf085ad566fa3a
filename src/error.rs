//! Errors are data: a kind, a place and a help. The command line renders them.

use crate::span::Span;
use std::borrow::Cow;
use std::fmt;

/// How many letters of a formula a message repeats.
const MOST_SHOWN: usize = 500;
/// How many letters of a name.
const MOST_OF_NAME: usize = 60;

/// What went wrong, with the input that makes it happen.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// `2 + * x`: something cannot stand where it stands.
    UnexpectedToken {
        /// What stands there, empty at the end of the input.
        found: String,
        /// What could stand there.
        expected: String,
    },
    /// `(x + 1`: a bracket is never closed.
    UnclosedBracket(char),
    /// `x + 1)`: a bracket is closed that was not opened.
    UnopenedBracket(char),
    /// An empty line where a formula belongs.
    EmptyExpression,
    /// `sqrtt(x)`: a name that is nearly that of a function.
    UnknownFunction(String),
    /// `sin(x, y)`: too many or too few arguments.
    WrongArity {
        /// The function.
        name: String,
        /// How many it takes.
        expected: String,
        /// How many were given.
        found: usize,
    },
    /// `sin + 1`: a function without an argument.
    MissingArgument(String),
    /// `a = b; b = a`: definitions that need each other.
    CyclicDefinition(Vec<String>),
    /// `a = 1; a = 2`.
    DuplicateDefinition(String),
    /// `1/(x - x)`.
    DivisionByZero,
    /// `ln(0)` and other values that do not exist.
    Undefined(String),
    /// `curl "[x, y, z, t]"`: a number of components or variables that does not fit.
    WrongDimension(String),
    /// `taylor "abs(x)" --at x=0`: a function without a Taylor polynomial at the point.
    NotAnalytic(String),
    /// Bytes that are not text.
    InvalidUtf8,
    /// `1e999999`: a number of too many digits.
    NumberTooLarge {
        /// The most digits.
        limit: usize,
    },
    /// A formula nested too deep.
    TooDeep {
        /// The greatest depth.
        limit: usize,
    },
    /// More bytes than are read.
    TooLong {
        /// The most bytes.
        limit: usize,
    },
    /// More nodes than fit.
    TooManyNodes {
        /// The most nodes.
        limit: usize,
    },
    /// More steps of calculation than are spent.
    TooMuchWork {
        /// What took too many.
        what: &'static str,
        /// The most steps.
        limit: u64,
    },
    /// `verify x --at x=1 --rows 99`: more of something than is taken.
    OverLimit {
        /// What is counted.
        what: &'static str,
        /// The most.
        limit: u64,
    },
    /// A text longer than is printed.
    OutputTooLong {
        /// The most symbols.
        limit: u64,
    },
    /// `1/2x` with `--strict`: what people read in two ways.
    Ambiguous(String),
    /// `--wrt 2x`: not a name.
    InvalidName(String),
    /// `--at x`: not a point.
    InvalidPoint(String),
    /// `--assume "x likes y"`: not an assumption.
    InvalidAssumption(String),
    /// A request that cannot be read.
    InvalidRequest(String),
    /// `given A[n,n] symetric`, or a name in a matrix expression that is not declared.
    InvalidDeclaration(String),
    /// `given A[m,n], y[m]; A*y`: two shapes that do not go together.
    ShapeMismatch {
        /// The operator or function, and what it needs.
        rule: String,
        /// The shape on the left.
        left: String,
        /// The shape on the right.
        right: String,
    },
    /// `given A[m,n]; tr(A)`: an operand of a shape that a function does not take.
    WrongShape {
        /// The function.
        name: String,
        /// What it takes.
        expected: String,
        /// What stands there.
        found: String,
    },
    /// `check "x^2" --answer "2*"`: the second formula cannot be read.
    InvalidAnswer(String),
    /// `∞ - x`, or a derivative that is not known.
    Unsupported(String),
    /// An answer that did not stand the independent check: a mistake of calcgrad.
    SelfCheck {
        /// What was differentiated.
        of: String,
        /// In which variable.
        variable: String,
        /// Where the values differ.
        point: String,
    },
    /// A panic, which no input should cause: a mistake of calcgrad.
    Internal(String),
    /// Entries that differ from the matrix form of which they are: a mistake of calcgrad.
    EntriesCheck {
        /// The matrix form.
        of: String,
        /// Where they differ.
        point: String,
    },
}

impl ErrorKind {
    /// The name of the kind in JSON; it never changes.
    pub fn id(&self) -> &'static str {
        match self {
            Self::UnexpectedToken { .. } => "unexpected_token",
            Self::UnclosedBracket(_) => "unclosed_bracket",
            Self::UnopenedBracket(_) => "unopened_bracket",
            Self::EmptyExpression => "empty_expression",
            Self::UnknownFunction(_) => "unknown_function",
            Self::WrongArity { .. } => "wrong_arity",
            Self::MissingArgument(_) => "missing_argument",
            Self::CyclicDefinition(_) => "cyclic_definition",
            Self::DuplicateDefinition(_) => "duplicate_definition",
            Self::DivisionByZero => "division_by_zero",
            Self::Undefined(_) => "undefined",
            Self::WrongDimension(_) => "wrong_dimension",
            Self::NotAnalytic(_) => "not_analytic",
            Self::InvalidUtf8 => "invalid_utf8",
            Self::NumberTooLarge { .. } => "number_too_large",
            Self::TooDeep { .. } => "too_deep",
            Self::TooLong { .. } => "too_long",
            Self::TooManyNodes { .. } => "too_many_nodes",
            Self::TooMuchWork { .. } => "too_much_work",
            Self::OverLimit { .. } => "over_limit",
            Self::OutputTooLong { .. } => "output_too_long",
            Self::Ambiguous(_) => "ambiguous",
            Self::InvalidName(_) => "invalid_name",
            Self::InvalidPoint(_) => "invalid_point",
            Self::InvalidAssumption(_) => "invalid_assumption",
            Self::InvalidRequest(_) => "invalid_request",
            Self::InvalidDeclaration(_) => "invalid_declaration",
            Self::ShapeMismatch { .. } => "shape_mismatch",
            Self::WrongShape { .. } => "wrong_shape",
            Self::InvalidAnswer(_) => "invalid_answer",
            Self::Unsupported(_) => "unsupported",
            Self::SelfCheck { .. } | Self::EntriesCheck { .. } => "self_check",
            Self::Internal(_) => "internal",
        }
    }

    /// Whether a limit was reached.
    pub fn is_limit(&self) -> bool {
        matches!(
            self,
            Self::NumberTooLarge { .. }
                | Self::TooDeep { .. }
                | Self::TooLong { .. }
                | Self::TooManyNodes { .. }
                | Self::TooMuchWork { .. }
                | Self::OverLimit { .. }
                | Self::OutputTooLong { .. }
        )
    }

    /// Whether the input is right but calcgrad has no answer.
    pub fn is_unsupported(&self) -> bool {
        matches!(
            self,
            Self::Unsupported(_)
                | Self::SelfCheck { .. }
                | Self::EntriesCheck { .. }
                | Self::Internal(_)
        )
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnexpectedToken { found, expected } if found.is_empty() => {
                write!(f, "the formula ends where {expected} should stand")
            }
            Self::UnexpectedToken { found, expected } => {
                write!(f, "found `{found}` where {expected} should stand")
            }
            Self::UnclosedBracket(c) => write!(f, "the bracket `{c}` is never closed"),
            Self::UnopenedBracket(c) => {
                write!(f, "`{c}` closes a bracket that was not opened")
            }
            Self::EmptyExpression => write!(f, "there is no formula"),
            Self::UnknownFunction(name) if name.is_empty() => {
                write!(f, "the name of a function is empty")
            }
            Self::UnknownFunction(name) => {
                write!(f, "there is no function `{}`", short_name(name))
            }
            Self::WrongArity { name, expected, found } => {
                write!(f, "`{}` takes {expected}, not {found}", short_name(name))
            }
            Self::MissingArgument(name) => {
                write!(f, "the function `{}` has no argument", short_name(name))
            }
            Self::CyclicDefinition(names) => {
                write!(f, "the definitions go in a circle: {}", names.join(" → "))
            }
            Self::DuplicateDefinition(name) => {
                write!(f, "`{}` is defined twice", short_name(name))
            }
            Self::DivisionByZero => write!(f, "division by zero"),
            Self::Undefined(what) => write!(f, "{what} is undefined"),
            Self::WrongDimension(what) => write!(f, "{what}"),
            Self::NotAnalytic(what) => f.write_str(what),
            Self::InvalidUtf8 => write!(f, "the input is not valid UTF-8 text"),
            Self::NumberTooLarge { limit } => {
                write!(f, "a number has more than {limit} digits")
            }
            Self::TooDeep { limit } => {
                write!(f, "the input is nested more than {limit} levels deep")
            }
            Self::TooLong { limit } => {
                write!(f, "the input is longer than {limit} bytes")
            }
            Self::TooManyNodes { limit } => {
                write!(f, "the calculation needs more than {limit} nodes")
            }
            Self::TooMuchWork { what, limit } => {
                write!(f, "{what} takes more than {limit} steps")
            }
            Self::OverLimit { what, limit } => {
                write!(f, "{what} is limited to {limit}")
            }
            Self::OutputTooLong { limit } => {
                write!(f, "the answer is longer than {limit} symbols")
            }
            Self::Ambiguous(what) => write!(f, "{what}"),
            Self::InvalidName(name) if name.is_empty() => {
                write!(f, "the name of a variable is empty")
            }
            Self::InvalidName(name) => {
                write!(f, "`{}` is not a name of a variable", short_name(name))
            }
            Self::InvalidPoint(what) => write!(f, "{what}"),
            Self::InvalidAssumption(what) => write!(f, "`{what}` is not an assumption"),
            Self::InvalidRequest(what) => write!(f, "{what}"),
            Self::InvalidDeclaration(what) => write!(f, "{what}"),
            Self::ShapeMismatch { rule, left, right } => {
                write!(f, "{rule}: on the left is {left}, on the right {right}")
            }
            Self::WrongShape { name, expected, found } => {
                write!(f, "`{name}` takes {expected}, not {found}")
            }
            Self::InvalidAnswer(what) => {
                write!(f, "the answer cannot be read: {what}")
            }
            Self::Unsupported(what) => write!(f, "{what}"),
            Self::SelfCheck { of, variable, point } => {
                let at = if point.is_empty() { "" } else { " at " };
                write!(
                    f,
                    "internal error: the derivative of {} in {variable} failed its check{at}{}",
                    brief(of),
                    brief(point)
                )
            }
            Self::Internal(what) => write!(f, "internal error: {what}"),
            Self::EntriesCheck { of, point } => write!(
                f,
                "internal error: the entries of {} differ from the matrix form at {point}",
                brief(of)
            ),
        }
    }
}

/// The beginning of a text that may be long.
fn brief(text: &str) -> Cow<'_, str> {
    beginning(text, MOST_SHOWN)
}

/// A name as a message repeats it.
pub(crate) fn short_name(name: &str) -> Cow<'_, str> {
    beginning(name, MOST_OF_NAME)
}

fn beginning(text: &str, most: usize) -> Cow<'_, str> {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]).into(),
        None => text.into(),
    }
}

/// An error with its place and, where there is one, the likely remedy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// What went wrong.
    pub kind: ErrorKind,
    /// Where in the input.
    pub span: Option<Span>,
    /// What would help.
    pub help: Option<String>,
    /// Whether it is a limit that the reading of an answer ran into.
    pub in_answer: bool,
}

impl Error {
    /// An error at a place.
    pub fn at(span: Span, kind: ErrorKind) -> Self {
        Self { span: Some(span), ..Self::from(kind) }
    }

    /// Adds a help.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Whether an answer cannot be read.
    pub fn is_unreadable(&self) -> bool {
        self.in_answer || matches!(self.kind, ErrorKind::InvalidAnswer(_))
    }

    /// The same error in a text with so many bytes before this one.
    pub(crate) fn moved(self, by: usize) -> Self {
        Self { span: self.span.map(|span| span.moved(by)), ..self }
    }

    /// An error in a second formula as an answer, shown with what of its text is near; limits
    /// stay what they are.
    pub fn in_answer(self, text: &str) -> Self {
        if self.kind.is_limit() {
            return Self { span: None, in_answer: true, ..self };
        }
        let place =
            self.span.filter(|_| !text.is_empty()).map_or(String::new(), |span| {
                let near = near(text, span.start as usize);
                format!(" (at character {} of `{near}`)", span.start + 1)
            });
        let message = format!("{}{place}", self.kind);
        Self { help: self.help, ..ErrorKind::InvalidAnswer(message).into() }
    }
}

/// What of a long text stands around a place.
fn near(text: &str, place: usize) -> String {
    const AROUND: usize = 60;
    let is_between = |at: &usize| text.is_char_boundary(*at);
    let from = (0..=place.saturating_sub(AROUND)).rev().find(is_between).unwrap_or(0);
    let to = (place.saturating_add(AROUND)..text.len()).find(is_between);
    let to = to.unwrap_or(text.len());
    let [before, after] =
        [from > 0, to < text.len()].map(|is_cut| if is_cut { "…" } else { "" });
    format!("{before}{}{after}", &text[from..to])
}

impl From<ErrorKind> for Error {
    fn from(kind: ErrorKind) -> Self {
        Self { kind, span: None, help: None, in_answer: false }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(f)
    }
}

impl std::error::Error for Error {}

/// The result of everything that can fail.
pub type Result<T> = std::result::Result<T, Error>;

/// Something worth knowing that is not an error, as how an ambiguous formula was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// What to know.
    pub message: String,
    /// Where in the input.
    pub span: Option<Span>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_in_answers_show_what_is_near_and_limits_stay() {
        let text = format!("{}(é{}", "é+".repeat(1_000), "+é".repeat(1_000));
        let place = text.find('(').unwrap_or(0) as u32;
        let span = Span { start: place, end: place + 1 };
        let message =
            Error::at(span, ErrorKind::EmptyExpression).in_answer(&text).to_string();
        assert!(message.contains("é+(é+") && message.len() < 250, "{message}");
        let limit = ErrorKind::OverLimit { what: "the length", limit: 7 };
        assert_eq!(Error::at(span, limit.clone()).in_answer(&text).kind, limit);
    }
}
