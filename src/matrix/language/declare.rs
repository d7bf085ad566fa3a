//! What `given A[m,n] symmetric, x[n], c` declares.

use super::super::form::{Scope, Structure, Variable};
use super::super::shape::{Shape, Size, SizeId};
use super::super::table::Special;
use crate::error::{Error, ErrorKind, Result};
use crate::function;
use crate::span::Span;
use crate::syntax::{DECLARE, Given, normalise};

/// The most declared names.
const MAX_VARIABLES: usize = 200;
/// The most variables of a formula of scalars.
const MAX_SCALARS: usize = 5000;
/// The largest size that is a number.
const MAX_SIZE: u32 = 1_000_000;

/// The properties that may stand behind a declaration.
type Setter = fn(&mut Structure);
const TRAITS: [(&str, Setter); 13] = [
    ("symmetric", |s| s.symmetric = true),
    ("invertible", |s| s.invertible = true),
    ("diagonal", |s| (s.symmetric, s.diagonal) = (true, true)),
    ("orthogonal", |s| s.orthogonal = true),
    ("positive definite", |s| (s.symmetric, s.positive_definite) = (true, true)),
    ("positive semidefinite", |s| (s.symmetric, s.positive_semidefinite) = (true, true)),
    ("positive", |s| s.positive = true),
    ("integer", |s| s.whole = true),
    ("skew", |s| s.skew = true),
    ("lower triangular", |s| s.lower = true),
    ("upper triangular", |s| s.upper = true),
    ("stochastic", |s| s.stochastic = true),
    ("one hot", |s| (s.stochastic, s.one_hot) = (true, true)),
];

/// Other names of properties.
const SHORT: [(&str, &str); 12] = [
    ("sym", "symmetric"),
    ("spd", "positive definite"),
    ("pd", "positive definite"),
    ("psd", "positive semidefinite"),
    ("nonsingular", "invertible"),
    ("orthonormal", "orthogonal"),
    ("skew symmetric", "skew"),
    ("antisymmetric", "skew"),
    ("lower", "lower triangular"),
    ("upper", "upper triangular"),
    ("onehot", "one hot"),
    ("whole", "integer"),
];

/// Properties that complex matrices have, with what to write of real ones.
const COMPLEX: [(&str, &str); 4] = [
    ("hermitian", "matrices are real: write `symmetric`"),
    ("Hermitian", "matrices are real: write `symmetric`"),
    ("unitary", "matrices are real: write `orthogonal`"),
    (
        "complex",
        "matrices are real: write the real and the imaginary part as two matrices",
    ),
];

/// Puts a declaration into a scope.
///
/// # Errors
/// Properties that are not known, sizes that do not fit, names that are taken.
pub(super) fn declare(given: Given, scope: &mut Scope) -> Result<()> {
    let Given { name, sizes, traits, is_field, span: at } = given;
    let mut structure = Structure::default();
    let mut symmetric = None;
    let sizes: Result<Vec<(SizeId, Span)>> =
        sizes.iter().map(|(size, at)| Ok((size_of(size, *at, scope)?, *at))).collect();
    for (word, at) in traits {
        let word = word.replace('-', " ");
        let word = word.split_whitespace().collect::<Vec<_>>().join(" ");
        let short = SHORT.iter().find(|(short, _)| *short == word);
        let word = short.map_or(word.as_str(), |(_, long)| long);
        let Some((_, set)) = TRAITS.iter().find(|(known, _)| *known == word) else {
            if let Some((_, instead)) = COMPLEX.iter().find(|(known, _)| *known == word) {
                let what = format!("`{word}` is a property of complex matrices");
                return Err(Error::at(at, ErrorKind::Unsupported(what)).help(*instead));
            }
            let names: Vec<&str> = TRAITS.iter().map(|(name, _)| *name).collect();
            let what = format!("`{word}` is no property of a matrix");
            return Err(Error::at(at, ErrorKind::InvalidDeclaration(what))
                .help(format!("known are: {}", names.join(", "))));
        };
        set(&mut structure);
        if structure.symmetric || structure.orthogonal || structure.skew {
            symmetric.get_or_insert(at);
        }
    }
    if is_field {
        return declare_field(name, &sizes?, at, scope);
    }
    let shape = match sizes?[..] {
        [] => Shape::SCALAR,
        [(rows, _)] => Shape::column(rows),
        [(rows, _), (cols, _)] => Shape::new(rows, cols),
        [_, _, (_, at), ..] => {
            let what = "a matrix has two sizes".to_owned();
            return Err(Error::at(at, ErrorKind::InvalidDeclaration(what)).help(DECLARE));
        }
    };
    if structure.skew && structure.symmetric {
        let what =
            "what is skew is not symmetric, positive or diagonal too, unless it is 0";
        let kind = ErrorKind::InvalidDeclaration(what.to_owned());
        return Err(Error::at(symmetric.unwrap_or(at), kind));
    }
    // What is triangular both ways, or symmetric too, is diagonal.
    if structure.lower && structure.upper
        || structure.symmetric && (structure.lower || structure.upper)
    {
        (structure.lower, structure.upper) = (false, false);
        (structure.symmetric, structure.diagonal) = (true, true);
    }
    let is_bound = structure.symmetric
        || structure.skew
        || structure.lower
        || structure.upper
        || structure.positive && structure.orthogonal;
    if is_bound && (structure.orthogonal || structure.stochastic) && !shape.is_scalar() {
        let what = format!("`{name}` has properties that are not supported together");
        return Err(Error::at(at, ErrorKind::InvalidDeclaration(what)));
    }
    let is_triangular = structure.lower || structure.upper;
    let wrong = match () {
        () if shape.is_scalar() && structure.stochastic => "no vector and no matrix",
        () if shape.is_vector() && is_triangular => "no matrix",
        () if shape.is_scalar() && structure.skew => "no matrix: alone it would be 0",
        () if !shape.is_scalar() && structure.whole => "no scalar",
        () => "",
    };
    if !wrong.is_empty() {
        let what = format!("`{name}` is {wrong}");
        return Err(Error::at(at, ErrorKind::InvalidDeclaration(what)));
    }
    if let Some(at) = symmetric
        && !shape.is_square()
    {
        let sizes = &scope.sizes;
        let what = format!("`{name}` is {} and not square", shape.described(sizes));
        return Err(Error::at(at, ErrorKind::InvalidDeclaration(what)));
    }
    if scope.variable(&name).is_some() || scope.field(&name).is_some() {
        return Err(Error::at(at, ErrorKind::DuplicateDefinition(name)));
    }
    if let Some(size) = named_like_a_size(&name, scope) {
        let what = format!("`{size}` is the name of a size and of a variable");
        return Err(Error::at(at, ErrorKind::InvalidDeclaration(what))
            .help("give one of them another name"));
    }
    let (what, limit) = match scope.is_of_scalars {
        true => ("the number of variables", MAX_SCALARS),
        false => ("the number of declared names", MAX_VARIABLES),
    };
    if scope.variables.len() >= limit {
        let limit = limit as u64;
        return Err(Error::at(at, ErrorKind::OverLimit { what, limit }));
    }
    if Special::lookup(&name, 1).is_some() {
        let what = format!("`{name}` is the name of a function");
        return Err(Error::at(at, ErrorKind::InvalidDeclaration(what))
            .help("give the variable another name"));
    }
    scope.variables.push(Variable::new(name, shape, structure));
    Ok(())
}

/// Puts a function from columns or matrices to numbers into a scope.
fn declare_field(
    name: String,
    sizes: &[(SizeId, Span)],
    at: Span,
    scope: &mut Scope,
) -> Result<()> {
    let refuse = |what: String| Err(Error::at(at, ErrorKind::InvalidDeclaration(what)));
    let shape = match sizes {
        [(size, _)] => Shape::column(*size),
        [(rows, _), (cols, _)] => Shape::new(*rows, *cols),
        _ => return refuse(format!("`{name}` has no size")),
    };
    if shape.is_scalar() {
        return refuse(format!("`{name}` is a function of numbers: leave it out"));
    }
    if scope.variable(&name).is_some() || scope.field(&name).is_some() {
        return Err(Error::at(at, ErrorKind::DuplicateDefinition(name)));
    }
    if Special::lookup(&name, 1).is_some() || function::lookup(&name, 1).is_some() {
        return refuse(format!("`{name}` is the name of a function"));
    }
    if scope.fields.len() >= MAX_VARIABLES {
        let (what, limit) = ("the number of declared names", MAX_VARIABLES as u64);
        return Err(Error::at(at, ErrorKind::OverLimit { what, limit }));
    }
    scope.fields.push((name, shape));
    Ok(())
}

/// A declared name, a new one among them, that is the name of a size as well.
fn named_like_a_size<'a>(name: &'a str, scope: &'a Scope) -> Option<&'a str> {
    let known = scope.variables.iter().map(|variable| variable.name.as_str());
    known.chain([name]).find(|name| scope.sizes.named(name).is_some())
}

/// A size: a number, a name, or a product of those.
fn size_of(text: &str, at: Span, scope: &mut Scope) -> Result<SizeId> {
    let mut product = SizeId::ONE;
    for factor in text.split('*') {
        let factor = factor_of(factor.trim(), at, scope)?;
        product = scope.sizes.product(product, factor);
    }
    Ok(product)
}

fn factor_of(text: &str, at: Span, scope: &mut Scope) -> Result<SizeId> {
    match text.parse::<u32>() {
        Ok(0) => Err(Error::at(
            at,
            ErrorKind::InvalidDeclaration("a size is at least 1".into()),
        )),
        Ok(n) if n <= MAX_SIZE => Ok(scope.sizes.intern(Size::Fixed(n))),
        _ if text.starts_with(|c: char| c.is_ascii_digit()) => {
            let (what, limit) = ("the size of an axis", MAX_SIZE.into());
            Err(Error::at(at, ErrorKind::OverLimit { what, limit }))
        }
        _ => Ok(scope.sizes.intern(Size::Named(normalise(text)))),
    }
}
