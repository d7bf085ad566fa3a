//! Shapes of what operators and functions make, and what is said when they do not fit.

use super::super::form::{FormId, Forms, Op, Scope};
use super::super::shape::{Shape, Size, SizeId};
use super::super::table::Special;
use crate::error::{Error, ErrorKind};
use crate::span::Span;

/// An operand with its place in the input.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) id: FormId,
    pub(super) span: Span,
}

/// Why two shapes do not fit, with the operator and with what was probably meant.
pub(super) fn mismatch(
    operator: &str,
    rule: &str,
    (left, right): (Shape, Shape),
    scope: &Scope,
    at: Span,
    meant: Option<String>,
) -> Error {
    let kind = ErrorKind::ShapeMismatch {
        rule: format!("`{operator}` {rule}"),
        left: left.described(&scope.sizes),
        right: right.described(&scope.sizes),
    };
    let error = Error::at(at, kind);
    match meant {
        Some(meant) => error.help(format!("did you mean `{meant}`?")),
        None => error,
    }
}

/// The shape of a matrix product.
pub(super) fn product(left: Shape, right: Shape) -> Option<Shape> {
    if left.is_scalar() {
        return Some(right);
    }
    if right.is_scalar() {
        return Some(left);
    }
    (left.cols == right.rows).then_some(Shape::new(left.rows, right.cols))
}

/// The shape of what works entry by entry; a scalar goes with every entry.
pub(super) fn entrywise(left: Shape, right: Shape) -> Option<Shape> {
    if left.is_scalar() {
        return Some(right);
    }
    (right.is_scalar() || left == right).then_some(left)
}

/// What to write instead of a product that does not fit: the transposes that would.
pub(super) fn suggest_product(
    (left, a): (Shape, &str),
    (right, b): (Shape, &str),
) -> Option<String> {
    let (a, b) = (operand(a), operand(b));
    let fits = |l: Shape, r: Shape| product(l, r).is_some();
    if fits(left.transposed(), right) {
        return Some(format!("{}*{b}", turned(&a)));
    }
    if fits(left, right.transposed()) {
        return Some(format!("{a}*{}", turned(&b)));
    }
    if fits(left.transposed(), right.transposed()) {
        return Some(format!("{}*{}", turned(&a), turned(&b)));
    }
    if fits(right, left) {
        return Some(format!("{b}*{a}"));
    }
    (left == right).then(|| format!("{a} .* {b}"))
}

/// What to write instead of a sum that does not fit.
pub(super) fn suggest_sum(
    operator: &str,
    (left, a): (Shape, &str),
    (right, b): (Shape, &str),
) -> Option<String> {
    (left == right.transposed())
        .then(|| format!("{a} {operator} {}", turned(&operand(b))))
}

/// The text of the transpose of an operand.
fn turned(text: &str) -> String {
    match text.strip_suffix('\'').or(text.strip_suffix("^T")) {
        Some(inner) => inner.to_owned(),
        None => format!("{text}'"),
    }
}

/// The text of an operand, in brackets where a postfix could be misread.
fn operand(text: &str) -> String {
    let text = text.trim();
    let mut depth = 0;
    let plain = text.strip_suffix("^T").unwrap_or(text).chars().all(|c| {
        depth += i32::from(matches!(c, '(' | '[')) - i32::from(matches!(c, ')' | ']'));
        depth > 0 || c.is_alphanumeric() || "_')]'".contains(c)
    });
    if plain { text.to_owned() } else { format!("({text})") }
}

/// The shape of a function of matrices.
///
/// # Errors
/// An argument of the wrong shape.
pub(super) fn call(
    function: Special,
    arguments: &[Place],
    forms: &Forms,
    scope: &mut Scope,
) -> Result<Shape, Error> {
    let spec = function.spec();
    let shapes: Vec<Shape> = arguments.iter().map(|a| forms.shape(a.id)).collect();
    let refuse = |place: usize, wanted: &str, scope: &Scope| {
        let kind = ErrorKind::WrongShape {
            name: spec.names[0].to_owned(),
            expected: wanted.to_owned(),
            found: shapes[place].described(&scope.sizes),
        };
        Error::at(arguments[place].span, kind)
    };
    let square = |scope: &Scope| match shapes[0].is_square() {
        true => Ok(()),
        false => Err(refuse(0, "a square matrix", scope)),
    };
    Ok(match function {
        Special::Trace | Special::Determinant | Special::LogDeterminant => {
            square(scope)?;
            Shape::SCALAR
        }
        Special::Inverse
        | Special::Adjugate
        | Special::Exponential
        | Special::Logarithm
        | Special::SquareRoot => {
            square(scope)?;
            shapes[0]
        }
        Special::ExponentialAlong => {
            square(scope)?;
            if shapes[0] != shapes[1] || shapes[0].is_scalar() {
                return Err(refuse(1, "a matrix of the same shape", scope));
            }
            shapes[0]
        }
        Special::PseudoInverse => shapes[0].transposed(),
        Special::SpectralNorm
        | Special::NuclearNorm
        | Special::Polar
        | Special::SingularValue
        | Special::LeftSingular
        | Special::RightSingular
            if shapes[0].is_vector() =>
        {
            return Err(refuse(0, "a matrix", scope));
        }
        Special::EigenMax
        | Special::EigenMin
        | Special::Eigenvalue
        | Special::Eigenvector
            if shapes[0].is_scalar() =>
        {
            return Err(refuse(0, "a matrix", scope));
        }
        Special::SpectralNorm | Special::NuclearNorm => Shape::SCALAR,
        Special::Polar => shapes[0],
        Special::EigenMax | Special::EigenMin => {
            square(scope)?;
            Shape::SCALAR
        }
        Special::SingularValue
        | Special::LeftSingular
        | Special::RightSingular
        | Special::Eigenvalue
        | Special::Eigenvector => {
            let place = forms.as_number(arguments[1].id).and_then(|n| n.to_i64());
            let Some(place) = place.filter(|place| (1..=MAX_PLACE).contains(place))
            else {
                let expected = "a number from 1, which counts from the greatest value";
                return Err(refuse(1, expected, scope));
            };
            // No instance has fewer rows or columns.
            scope.index(&place.to_string());
            let is_eigen = matches!(function, Special::Eigenvalue | Special::Eigenvector);
            if is_eigen {
                square(scope)?;
            }
            match function {
                Special::SingularValue | Special::Eigenvalue => Shape::SCALAR,
                Special::RightSingular => Shape::column(shapes[0].cols),
                _ => Shape::column(shapes[0].rows),
            }
        }
        Special::Norm | Special::Norm1 | Special::Sum | Special::Mean => Shape::SCALAR,
        Special::Max | Special::Min => {
            // The gradient of that of a matrix is a stack of entries.
            scope.sizes.product(shapes[0].rows, shapes[0].cols);
            Shape::SCALAR
        }
        Special::SumAlong | Special::MeanAlong => {
            let Shape { rows, cols } = shapes[0];
            match forms.as_number(arguments[1].id).and_then(|n| n.to_i64()) {
                Some(1) => Shape::new(SizeId::ONE, cols),
                Some(2) => Shape::column(rows),
                _ => return Err(no_axis(arguments[1], spec.names[0])),
            }
        }
        Special::Product | Special::CumulativeSum => match shapes[0] {
            _ if !shapes[0].is_vector() => return Err(refuse(0, "a vector", scope)),
            _ if function == Special::Product => Shape::SCALAR,
            shape => shape,
        },
        Special::Cross | Special::Skew => {
            let three = scope.sizes.intern(Size::Fixed(3));
            let column = Shape::column(three);
            if let Some(place) = shapes.iter().position(|shape| *shape != column) {
                return Err(refuse(place, "a column of three entries, as `a[3]`", scope));
            }
            if function == Special::Cross { column } else { Shape::new(three, three) }
        }
        Special::Lower | Special::Upper => match shapes[0].is_vector() {
            true => return Err(refuse(0, "a matrix", scope)),
            false => shapes[0],
        },
        Special::NormP => match shapes[1].is_scalar() {
            true => Shape::SCALAR,
            false => return Err(refuse(1, "a scalar `p`", scope)),
        },
        Special::Diagonal => match shapes[0] {
            shape if shape.is_scalar() => shape,
            Shape { rows, cols: SizeId::ONE } => Shape::new(rows, rows),
            Shape { rows: SizeId::ONE, cols } => Shape::new(cols, cols),
            shape if shape.is_square() => Shape::column(shape.rows),
            _ => return Err(refuse(0, "a vector or a square matrix", scope)),
        },
        Special::Outer => {
            for (place, shape) in shapes.iter().enumerate() {
                if shape.cols != SizeId::ONE {
                    return Err(refuse(place, "a column vector", scope));
                }
            }
            Shape::new(shapes[0].rows, shapes[1].rows)
        }
        Special::Dot => match shapes[0] == shapes[1] {
            true => Shape::SCALAR,
            false => {
                let rule = "needs two operands of one shape";
                let at = arguments[0].span.join(arguments[1].span);
                let shapes = (shapes[0], shapes[1]);
                return Err(mismatch("dot", rule, shapes, scope, at, None));
            }
        },
        Special::Kronecker => {
            let (a, b) = (shapes[0], shapes[1]);
            let rows = scope.sizes.product(a.rows, b.rows);
            Shape::new(rows, scope.sizes.product(a.cols, b.cols))
        }
        Special::Vec => {
            Shape::column(scope.sizes.product(shapes[0].rows, shapes[0].cols))
        }
        // Its sizes are no operands: it is made where it is read.
        Special::Reshape => return Err(refuse(0, "a column and two sizes", scope)),
        Special::Softmax | Special::Hardmax => match shapes[0].is_scalar() {
            true => return Err(refuse(0, "a vector or a matrix", scope)),
            false => shapes[0],
        },
        Special::LogSumExp => match shapes[0] {
            shape if shape.is_scalar() => {
                return Err(refuse(0, "a vector or a matrix", scope));
            }
            shape if shape.is_vector() => Shape::SCALAR,
            shape => Shape::column(shape.rows),
        },
    })
}

/// The error of what is no axis.
fn no_axis(place: Place, name: &str) -> Error {
    let what = "an axis is 1 or 2, and not counted from 0".to_owned();
    Error::at(place.span, ErrorKind::InvalidDeclaration(what)).help(format!(
        "`{name}(X, 1)` goes down the columns, `{name}(X, 2)` along the rows"
    ))
}

/// The shape of `base^exponent`.
pub(super) fn power(
    base: Place,
    exponent: Place,
    forms: &Forms,
    scope: &Scope,
) -> Result<Shape, Error> {
    let (b, e) = (forms.shape(base.id), forms.shape(exponent.id));
    let at = base.span.join(exponent.span);
    if !e.is_scalar() {
        let rule = "needs a scalar exponent";
        return Err(mismatch("^", rule, (b, e), scope, at, None)
            .help("powers of entries are written `.^`"));
    }
    if b.is_scalar() {
        return Ok(b);
    }
    let whole = forms.as_number(exponent.id).and_then(|n| n.to_i64());
    let is_symbolic = whole.is_none() && is_whole(exponent.id, forms, scope);
    if !is_symbolic && whole.is_none_or(|n| n.unsigned_abs() > MAX_POWER) {
        let kind = match whole {
            Some(_) => ErrorKind::OverLimit {
                what: "the exponent of a matrix",
                limit: MAX_POWER,
            },
            None => ErrorKind::Unsupported(format!(
                "a matrix is raised to whole numbers up to {MAX_POWER} and names of such only"
            )),
        };
        return Err(Error::at(at, kind).help("powers of entries are written `.^`"));
    }
    if !b.is_square() {
        let kind = ErrorKind::WrongShape {
            name: "^".into(),
            expected: "a square matrix".into(),
            found: b.described(&scope.sizes),
        };
        let help = match b.is_vector() {
            true => "powers of entries are written `.^`, the square of the length `x'*x`",
            false => "powers of entries are written `.^`",
        };
        return Err(Error::at(base.span, kind).help(help));
    }
    Ok(b)
}

/// Whether a form is a whole number where its names are: a number, a size, a scalar, sums and
/// products of those.
fn is_whole(id: FormId, forms: &Forms, scope: &Scope) -> bool {
    forms.below(id).into_iter().all(|id| match forms.op(id) {
        Op::Number(n) => n.is_integer(),
        Op::Variable(place) => scope.variables[usize::from(*place)].shape.is_scalar(),
        op => matches!(op, Op::Size(_) | Op::Sum(_) | Op::Product(_)),
    })
}

/// The last eigenvalue or singular value that can be asked for.
const MAX_PLACE: i64 = 8;
/// The greatest whole power of a matrix.
const MAX_POWER: u64 = 16;

/// Whether the value of a form cannot be told apart from the number zero.
pub(super) fn is_zero(forms: &Forms, id: FormId) -> bool {
    matches!(forms.op(id), Op::Number(n) if n.is_zero())
}
