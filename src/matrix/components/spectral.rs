//! Parts of the spectrum of an array.

use super::super::table::Special;
use super::arithmetic::Arithmetic;
use super::grid::Grid;
use crate::error::{ErrorKind, Result};

/// Eigenvalues of symmetric arrays, and singular values, whose squares are eigenvalues.
pub(super) fn spectral<S: Arithmetic>(
    function: Special,
    list: &[&Grid<S::Id>],
    s: &mut S,
) -> Result<S::Id> {
    let a = list[0];
    let is_eigen =
        matches!(function, Special::EigenMax | Special::EigenMin | Special::Eigenvalue);
    let mut values = if is_eigen {
        must_be_symmetric(a)?;
        s.eigenvalues(a)?
    } else {
        let turned = a.transposed();
        let square = match a.rows < a.cols {
            true => a.times(&turned, s)?,
            false => turned.times(a, s)?,
        };
        let squares = s.eigenvalues(&square)?;
        let roots: Result<Vec<S::Id>> =
            squares.into_iter().map(|one| s.apply("sqrt", one)).collect();
        roots?
    };
    match function {
        Special::NuclearNorm => return Ok(s.sum_of(&values)),
        Special::EigenMin => values.reverse(),
        _ => {}
    }
    // The spectral norm has a 2 behind the matrix that counts nothing.
    let is_counted = matches!(function, Special::Eigenvalue | Special::SingularValue);
    let place = if is_counted { place(list, values.len(), s)? } else { 0 };
    values.get(place).copied().ok_or_else(|| ErrorKind::EmptyExpression.into())
}

/// The place that the second operand names, counted from 0.
fn place<S: Arithmetic>(list: &[&Grid<S::Id>], count: usize, s: &S) -> Result<usize> {
    let k = list.get(1).and_then(|k| s.as_number(k.at(0, 0))).and_then(|k| k.to_i64());
    let k = k.unwrap_or(0);
    match usize::try_from(k - 1).ok().filter(|at| *at < count) {
        Some(place) => Ok(place),
        None => Err(ErrorKind::Undefined(format!("the value {k} of {count}")).into()),
    }
}

fn must_be_symmetric<T: Copy + PartialEq>(a: &Grid<T>) -> Result<()> {
    match (0..a.rows).all(|i| (0..i).all(|j| a.at(i, j) == a.at(j, i))) {
        true => Ok(()),
        false => {
            let what = "eigenvalues are supported of symmetric matrices only".to_owned();
            Err(ErrorKind::Unsupported(what).into())
        }
    }
}

/// Eigenvectors, and singular vectors: right ones are eigenvectors of `A'*A`, left ones what
/// `A` makes of them.
pub(super) fn spectral_vector<S: Arithmetic>(
    function: Special,
    list: &[&Grid<S::Id>],
    s: &mut S,
) -> Result<Grid<S::Id>> {
    let a = list[0];
    let at = place(list, a.rows.min(a.cols), s)?;
    if function == Special::Eigenvector {
        must_be_symmetric(a)?;
        let vector = s.eigenvector(a, at)?;
        return Grid::from(a.rows, 1, S::MOST, |i, _| vector[i]);
    }
    let square = a.transposed().times(a, s)?;
    let right = s.eigenvector(&square, at)?;
    let right = Grid::from(a.cols, 1, S::MOST, |i, _| right[i])?;
    if function == Special::RightSingular {
        return Ok(right);
    }
    let left = a.times(&right, s)?;
    let squares = s.sum_of_squares(left.entries());
    let length = s.apply("sqrt", squares)?;
    Ok(left.map(|x| s.divide(x, length)))
}
