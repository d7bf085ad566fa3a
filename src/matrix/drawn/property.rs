//! The properties of declarations: their words, arrays that have them, and whether one has.
//!
//! Invariant: what is drawn for a property is what is accepted for it.

use super::super::components::Grid;
use super::super::form::Structure;
use super::super::value::{deviation, has_signs, is_singular};
use super::field::Field;
use super::rows::Rows;
use crate::kernel::{ExprId, Number, Pool};

/// What may be declared of an array.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Property {
    Symmetric,
    Diagonal,
    Skew,
    Lower,
    Upper,
    Positive,
    OneHot,
    Stochastic,
    Integer,
    PositiveDefinite,
    PositiveSemidefinite,
    Orthogonal,
    Invertible,
}

/// How far the columns of what is declared orthogonal may be from that.
const ROUNDED: f64 = 1e-9;

impl Property {
    /// The properties of a declaration, in the order in which arrays are made to have them.
    pub(crate) fn all(declared: Structure, is_matrix: bool) -> Vec<Self> {
        let Structure {
            symmetric,
            diagonal,
            orthogonal,
            positive_definite,
            positive_semidefinite,
            positive,
            invertible,
            whole,
            skew,
            lower,
            upper,
            stochastic,
            one_hot,
        } = declared;
        let rows = [
            (symmetric && is_matrix, Self::Symmetric),
            (diagonal && is_matrix, Self::Diagonal),
            (skew && is_matrix, Self::Skew),
            (lower, Self::Lower),
            (upper, Self::Upper),
            (positive, Self::Positive),
            (one_hot, Self::OneHot),
            (stochastic && !one_hot, Self::Stochastic),
            (whole, Self::Integer),
            (positive_definite, Self::PositiveDefinite),
            (positive_semidefinite && !positive_definite, Self::PositiveSemidefinite),
            (orthogonal, Self::Orthogonal),
            (invertible, Self::Invertible),
        ];
        rows.into_iter()
            .filter(|(is_declared, _)| *is_declared)
            .map(|row| row.1)
            .collect()
    }

    /// As it is declared.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Symmetric => "symmetric",
            Self::Diagonal => "diagonal",
            Self::Skew => "skew",
            Self::Lower => "lower triangular",
            Self::Upper => "upper triangular",
            Self::Positive => "positive",
            Self::OneHot => "one-hot",
            Self::Stochastic => "stochastic",
            Self::Integer => "integer",
            Self::PositiveDefinite => "positive definite",
            Self::PositiveSemidefinite => "positive semidefinite",
            Self::Orthogonal => "orthogonal",
            Self::Invertible => "invertible",
        }
    }

    /// An array with the property, made of any array; `None` where that one has no such thing.
    pub(super) fn kept<T: Field>(
        self,
        rows: &Rows<T>,
        attempt: usize,
    ) -> Option<Rows<T>> {
        Some(match self {
            Self::Symmetric => {
                Rows::from(rows.counts(), |i, j| rows.at(i.min(j), i.max(j)).clone())
            }
            Self::Diagonal => rows.kept(|i, j| i == j),
            Self::Skew => rows.skew(),
            Self::Lower => rows.kept(|i, j| i >= j),
            Self::Upper => rows.kept(|i, j| i <= j),
            Self::Positive => rows.map(|x| match x.to_f64() == 0.0 {
                true => T::whole(1),
                false => x.size(),
            }),
            Self::OneHot => shares(rows, true),
            Self::Stochastic => shares(rows, false),
            Self::Integer => rows.map(T::floor),
            Self::PositiveDefinite => rows.times(&rows.turned()).plus_identity(),
            Self::PositiveSemidefinite => rows.times(&rows.turned()),
            // Cayley: (1 - S)*inv(1 + S) of a skew S; some are rotations, some reflections.
            Self::Orthogonal => {
                let skew = rows.skew();
                let inverse = T::inverse_of(&skew.plus_identity())?;
                let mut value = skew.map(T::negative).plus_identity().times(&inverse);
                if attempt % 2 == 1 {
                    for row in &mut value.0 {
                        row[0] = row[0].negative();
                    }
                }
                value
            }
            Self::Invertible => {
                T::inverse_of(rows)?;
                rows.clone()
            }
        })
    }

    /// How far an array is from having the property, where it is taken for having it.
    pub(crate) fn deviation(self, grid: &Grid<ExprId>, pool: &Pool) -> Option<f64> {
        let off = (self == Self::Orthogonal).then(|| deviation(pool, grid));
        off.filter(|off| *off > 0.0 && *off <= ROUNDED)
    }

    /// Why an array has not the property; of values that are no numbers, some is taken on
    /// trust. The text is empty where there is no more to say.
    pub(crate) fn missing(self, grid: &Grid<ExprId>, pool: &Pool) -> Option<String> {
        let places = || (0..grid.rows).flat_map(|i| (0..grid.cols).map(move |j| (i, j)));
        let number = |i, j| pool.as_number(grid.at(i, j));
        let is_zero_where = |is_outside: fn(usize, usize) -> bool| {
            places().all(|(i, j)| !is_outside(i, j) || grid.at(i, j) == Pool::ZERO)
        };
        let has = match self {
            Self::Symmetric => places().all(|(i, j)| grid.at(i, j) == grid.at(j, i)),
            Self::Diagonal => is_zero_where(|i, j| i != j),
            Self::Skew => places()
                .all(|(i, j)| number(i, j) == number(j, i).map(Number::neg).as_ref()),
            Self::Lower => is_zero_where(|i, j| i < j),
            Self::Upper => is_zero_where(|i, j| i > j),
            Self::Positive => grid.entries().iter().all(|id| pool.is_positive(*id)),
            Self::OneHot => is_stochastic(pool, grid, true),
            Self::Stochastic => is_stochastic(pool, grid, false),
            Self::Integer => {
                places().all(|(i, j)| number(i, j).is_some_and(Number::is_integer))
            }
            Self::PositiveDefinite => has_signs(pool, grid, true),
            Self::PositiveSemidefinite => has_signs(pool, grid, false),
            Self::Invertible => !is_singular(pool, grid),
            Self::Orthogonal => {
                let off = deviation(pool, grid);
                if off > ROUNDED {
                    return Some(format!("its columns are off by {off:.1e}"));
                }
                true
            }
        };
        (!has).then(String::new)
    }
}

/// A column, or each row, with the sum 1; of what is one-hot, with 1 in one place.
fn shares<T: Field>(value: &Rows<T>, one_hot: bool) -> Rows<T> {
    let is_column = value.counts().1 == 1;
    let rows = if is_column { value.turned() } else { value.clone() };
    let share = |row: &Vec<T>| -> Vec<T> {
        let sizes: Vec<T> = row.iter().map(|x| x.size().plus(&T::whole(1))).collect();
        let total = sizes.iter().fold(T::whole(0), |sum, x| sum.plus(x));
        let most = sizes.iter().enumerate().fold(0, |best, (k, x)| {
            if x.to_f64() > sizes[best].to_f64() { k } else { best }
        });
        let one = |(k, x): (usize, &T)| match (one_hot, k == most) {
            (true, true) => T::whole(1),
            (true, false) => T::whole(0),
            _ => total.inverse().map_or(T::whole(1), |inverse| x.times(&inverse)),
        };
        sizes.iter().enumerate().map(one).collect()
    };
    let rows = Rows(rows.0.iter().map(share).collect());
    if is_column { rows.turned() } else { rows }
}

/// Whether a column, or each row of an array, has the sum 1 of what is not negative; of what
/// is one-hot, of 0 and 1.
fn is_stochastic(pool: &Pool, grid: &Grid<ExprId>, one_hot: bool) -> bool {
    let width = if grid.cols == 1 { grid.rows } else { grid.cols };
    grid.entries().chunks(width.max(1)).all(|row| {
        let numbers: Option<Vec<&Number>> =
            row.iter().map(|id| pool.as_number(*id)).collect();
        numbers.is_some_and(|list| {
            let sum = list.iter().fold(Number::ZERO, |sum, n| sum.add(n));
            let is_share = |n: &&Number| !n.is_negative() && (!one_hot || n.is_integer());
            sum.is_one() && list.iter().all(is_share)
        })
    })
}
