//! What `given A[m,n] symmetric, x[n], c` declares.

use super::super::form::{Scope, Structure, Variable};
use super::super::shape::{Shape, Size, SizeId};
use super::super::table::Special;
use super::parser::{Grammar, Rule, explain};
use crate::error::{Error, ErrorKind, Result};
use crate::span::Span;
use crate::syntax::normalise;
use pest::Parser;
use pest::iterators::Pair;

/// The most declared names.
const MAX_VARIABLES: usize = 200;
/// The largest size that is a number.
const MAX_SIZE: u32 = 1_000_000;

/// The properties that may stand behind a declaration.
type Setter = fn(&mut Structure);
const TRAITS: [(&str, Setter); 7] = [
    ("symmetric", |s| s.symmetric = true),
    ("invertible", |_| {}),
    ("diagonal", |s| (s.symmetric, s.diagonal) = (true, true)),
    ("orthogonal", |s| s.orthogonal = true),
    ("positive definite", |s| (s.symmetric, s.positive_definite) = (true, true)),
    ("positive semidefinite", |s| s.symmetric = true),
    ("positive", |s| s.positive = true),
];

/// Other names of properties.
const SHORT: [(&str, &str); 6] = [
    ("sym", "symmetric"),
    ("spd", "positive definite"),
    ("pd", "positive definite"),
    ("psd", "positive semidefinite"),
    ("nonsingular", "invertible"),
    ("orthonormal", "orthogonal"),
];

/// Reads declarations into a scope; `offset` is where the text stands in the input.
pub(super) fn declare(text: &str, offset: usize, scope: &mut Scope) -> Result<()> {
    let pairs = Grammar::parse(Rule::declarations, text)
        .map_err(|error| explain(&error, text, offset).help(HELP))?;
    for pair in pairs.filter(|pair| pair.as_rule() == Rule::declaration) {
        declaration(&pair, offset, scope)?;
    }
    Ok(())
}

const HELP: &str =
    "declare shapes as `A[m,n] symmetric, x[n], c`: matrix, column vector, scalar";

fn declaration(pair: &Pair<'_, Rule>, offset: usize, scope: &mut Scope) -> Result<()> {
    let place = |pair: &Pair<'_, Rule>| {
        let span = pair.as_span();
        Span::new(offset + span.start(), offset + span.end())
    };
    let at = place(pair);
    let mut name = String::new();
    let mut sizes = Vec::new();
    let mut structure = Structure::default();
    let mut symmetric = None;
    for part in pair.clone().into_inner() {
        match part.as_rule() {
            Rule::name => name = normalise(part.as_str()),
            Rule::sizes => {
                for size in part.into_inner() {
                    let at = place(&size);
                    sizes.push((size_of(size.as_str(), at, scope)?, at));
                }
            }
            _ => {
                let word = part.as_str().replace('-', " ");
                let word = word.split_whitespace().collect::<Vec<_>>().join(" ");
                let short = SHORT.iter().find(|(short, _)| *short == word);
                let word = short.map_or(word.as_str(), |(_, long)| long);
                let known = TRAITS.iter().find(|(known, _)| *known == word);
                let Some((_, set)) = known else {
                    let names: Vec<&str> = TRAITS.iter().map(|(name, _)| *name).collect();
                    let kind = ErrorKind::InvalidDeclaration(format!(
                        "`{word}` is no property of a matrix"
                    ));
                    return Err(Error::at(place(&part), kind)
                        .help(format!("known are: {}", names.join(", "))));
                };
                set(&mut structure);
                if structure.symmetric || structure.orthogonal {
                    symmetric.get_or_insert(place(&part));
                }
            }
        }
    }
    let shape = match sizes[..] {
        [] => Shape::SCALAR,
        [(rows, _)] => Shape::column(rows),
        [(rows, _), (cols, _)] => Shape::new(rows, cols),
        [_, _, (_, at), ..] => {
            let what = "a matrix has two sizes".to_owned();
            return Err(Error::at(at, ErrorKind::InvalidDeclaration(what)).help(HELP));
        }
    };
    if let Some(at) = symmetric
        && !shape.is_square()
    {
        let sizes = &scope.sizes;
        let what = format!("`{name}` is {} and not square", shape.described(sizes));
        return Err(Error::at(at, ErrorKind::InvalidDeclaration(what)));
    }
    if scope.variable(&name).is_some() {
        return Err(Error::at(at, ErrorKind::DuplicateDefinition(name)));
    }
    if scope.variables.len() >= MAX_VARIABLES {
        let what = "the number of declared names";
        let limit = MAX_VARIABLES as u64;
        return Err(Error::at(at, ErrorKind::OverLimit { what, limit }));
    }
    if Special::lookup(&name).is_some() {
        let what = format!("`{name}` is the name of a function");
        return Err(Error::at(at, ErrorKind::InvalidDeclaration(what))
            .help("give the variable another name"));
    }
    scope.variables.push(Variable { name, shape, structure, is_differential: false });
    Ok(())
}

fn size_of(text: &str, at: Span, scope: &mut Scope) -> Result<SizeId> {
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
