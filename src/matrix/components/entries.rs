//! The entries of a form, operation by operation as it was written.

use super::super::form::{Elementwise, FormId, Forms, Op, Scope};
use super::super::print;
use super::super::shape::Shape;
use super::super::table::Special;
use super::grid::Grid;
use super::names::Names;
use super::scalars::Scalars;
use crate::error::{Error, ErrorKind, Result};
use rustc_hash::FxHashMap;

/// Expands forms over numbers for their sizes.
pub(super) struct Expander<'a> {
    pub(super) forms: &'a Forms,
    pub(super) scope: &'a Scope,
    /// The number of each size.
    pub(super) sizes: &'a [usize],
    pub(super) names: &'a Names,
}

impl Expander<'_> {
    /// The entries of a form; those of the definitions that it uses come first.
    ///
    /// # Errors
    /// What has no formula in entries, or one that is too long.
    pub(super) fn expand(&mut self, root: FormId, s: &mut Scalars) -> Result<Grid> {
        let mut definitions: Vec<Grid> = Vec::new();
        let bodies: Vec<FormId> = self.scope.definitions.iter().map(|d| d.body).collect();
        for body in bodies {
            let grid = self.form(body, &definitions, s)?;
            definitions.push(grid);
        }
        self.form(root, &definitions, s)
    }

    fn form(&self, root: FormId, definitions: &[Grid], s: &mut Scalars) -> Result<Grid> {
        let mut done: FxHashMap<FormId, Grid> = FxHashMap::default();
        for id in self.forms.below(root) {
            let grid = self.one(id, &done, definitions, s)?;
            let shape = self.forms.shape(id);
            let wanted = [shape.rows, shape.cols].map(|size| self.sizes[size.index()]);
            if wanted != [grid.rows, grid.cols] {
                let of = print::text(id, self.forms, self.scope);
                let point = format!("{}×{} entries", grid.rows, grid.cols);
                return Err(ErrorKind::EntriesCheck { of, point }.into());
            }
            done.insert(id, grid);
        }
        done.remove(&root).ok_or_else(|| ErrorKind::EmptyExpression.into())
    }

    fn one(
        &self,
        id: FormId,
        done: &FxHashMap<FormId, Grid>,
        definitions: &[Grid],
        s: &mut Scalars,
    ) -> Result<Grid> {
        let shape = self.forms.shape(id);
        let (rows, cols) =
            (self.sizes[shape.rows.index()], self.sizes[shape.cols.index()]);
        let of = |id: &FormId| &done[id];
        let is_scalar = |id: &FormId| self.forms.shape(*id).is_scalar();
        let spread = |id: &FormId, i: usize, j: usize| match is_scalar(id) {
            true => of(id).at(0, 0),
            false => of(id).at(i, j),
        };
        match self.forms.op(id) {
            Op::Number(n) => Ok(Grid::scalar(s.number(n))),
            Op::Constant(constant) => Ok(Grid::scalar(s.make(Op::Constant(*constant)))),
            Op::Size(size) => Ok(Grid::scalar(s.whole(self.sizes[size.index()] as i64))),
            Op::Variable(place) => self.names.array(*place, s),
            Op::Definition(place) => Ok(definitions[usize::from(*place)].clone()),
            Op::Ones => Grid::from(rows, cols, |_, _| s.whole(1)),
            Op::Zeros => Grid::from(rows, cols, |_, _| s.whole(0)),
            Op::Eye => Grid::from(rows, cols, |i, j| s.whole(i64::from(i == j))),
            Op::Unit(index) => {
                let n = self.index(*index, rows)?;
                Grid::from(rows, cols, |i, _| s.whole(i64::from(i == n)))
            }
            Op::Entry(a, at) => {
                let grid = of(a);
                let (i, j) = match at[..] {
                    [i, j] => (self.index(i, grid.rows)?, self.index(j, grid.cols)?),
                    [i] if grid.cols == 1 => (self.index(i, grid.rows)?, 0),
                    [i] => (0, self.index(i, grid.cols)?),
                    _ => (0, 0),
                };
                Ok(Grid::scalar(grid.at(i, j)))
            }
            Op::Entries(list) => {
                Grid::from(rows, cols, |i, j| spread(&list[i * cols + j], 0, 0))
            }
            Op::Commutation(m, n) => {
                let (m, n) = (self.sizes[m.index()], self.sizes[n.index()]);
                let turned = |r: usize| r % n * m + r / n;
                Grid::from(rows, cols, |r, c| s.whole(i64::from(turned(r) == c)))
            }
            Op::IndexSum(..) => {
                let what = "a sum over an index is not taken entry by entry".to_owned();
                Err(Error::from(ErrorKind::Unsupported(what))
                    .help("write it with `sum`, `tr` and products"))
            }
            Op::Change(_) => {
                let what = "a differential entry by entry".to_owned();
                Err(ErrorKind::Unsupported(what).into())
            }
            Op::Sum(terms) => Grid::from(rows, cols, |i, j| {
                let list: Vec<(bool, FormId)> =
                    terms.iter().map(|(minus, id)| (*minus, spread(id, i, j))).collect();
                s.sum(&list)
            }),
            Op::Product(factors) => {
                let mut product: Option<(Grid, Shape)> = None;
                for id in factors {
                    let (b, right) = (of(id), self.forms.shape(*id));
                    product = Some(match product {
                        None => (b.clone(), right),
                        // An inner product is a scalar for what follows.
                        Some((a, left)) if left.is_scalar() => {
                            let c = a.at(0, 0);
                            (b.map(|x| s.product(&[c, x])), right)
                        }
                        Some((a, left)) if right.is_scalar() => {
                            let c = b.at(0, 0);
                            (a.map(|x| s.product(&[c, x])), left)
                        }
                        Some((a, left)) => {
                            (a.times(b, s)?, Shape::new(left.rows, right.cols))
                        }
                    });
                }
                product
                    .map(|(grid, _)| grid)
                    .ok_or_else(|| ErrorKind::EmptyExpression.into())
            }
            Op::Hadamard(factors) => Grid::from(rows, cols, |i, j| {
                let list: Vec<FormId> =
                    factors.iter().map(|id| spread(id, i, j)).collect();
                s.product(&list)
            }),
            Op::Divide(a, b) | Op::ElementDivide(a, b) => {
                Grid::from(rows, cols, |i, j| {
                    let (above, below) = (spread(a, i, j), spread(b, i, j));
                    s.divide(above, below)
                })
            }
            Op::Power(a, b) if !shape.is_scalar() => {
                let whole = self.forms.as_number(*b).and_then(|n| n.to_i64());
                let n = whole.ok_or_else(|| {
                    Error::from(ErrorKind::Unsupported(
                        "a power that is not whole".into(),
                    ))
                })?;
                let base = if n < 0 { of(a).inverse(s)? } else { of(a).clone() };
                let mut power =
                    Grid::from(rows, cols, |i, j| s.whole(i64::from(i == j)))?;
                for _ in 0..n.unsigned_abs() {
                    power = power.times(&base, s)?;
                }
                Ok(power)
            }
            Op::Power(a, b) | Op::ElementPower(a, b) => Grid::from(rows, cols, |i, j| {
                let (base, exponent) = (spread(a, i, j), spread(b, i, j));
                s.power(base, exponent)
            }),
            Op::Transpose(a) => of(a).transposed(),
            Op::Apply(function, list) => Grid::from(rows, cols, |i, j| {
                let list: Vec<FormId> = list.iter().map(|id| spread(id, i, j)).collect();
                self.apply(*function, list, s)
            }),
            Op::Call(Special::Reshape, list) => {
                let column = of(&list[0]);
                Grid::from(rows, cols, |i, j| column.at(j * rows + i, 0))
            }
            Op::Call(function, list) => {
                let list: Vec<&Grid> = list.iter().map(of).collect();
                let vector = self.forms.shape(self.forms.operands(id)[0]).is_vector();
                call(*function, &list, vector, s)
            }
        }
    }

    /// The place of an entry, from 0.
    fn index(&self, index: u16, count: usize) -> Result<usize> {
        let name = &self.scope.indices[usize::from(index)];
        match name.parse::<usize>() {
            Ok(n) if (1..=count).contains(&n) => Ok(n - 1),
            Ok(n) => {
                Err(ErrorKind::Undefined(format!("the entry {n} of {count}")).into())
            }
            Err(_) => {
                let what = format!("the index `{name}` has no number");
                Err(Error::from(ErrorKind::Unsupported(what))
                    .help("write the number of the entry instead"))
            }
        }
    }

    fn apply(&self, function: Elementwise, list: Vec<FormId>, s: &mut Scalars) -> FormId {
        s.make(Op::Apply(function, list))
    }
}

/// The entries of a function of matrices.
fn call(
    function: Special,
    list: &[&Grid],
    vector: bool,
    s: &mut Scalars,
) -> Result<Grid> {
    let a = list[0];
    let scalar = |id: FormId| Ok(Grid::scalar(id));
    match function {
        Special::Trace => {
            let diagonal: Vec<FormId> = (0..a.rows).map(|i| a.at(i, i)).collect();
            scalar(s.sum_of(&diagonal))
        }
        Special::Determinant => a.determinant(s).map(Grid::scalar),
        Special::LogDeterminant => {
            let determinant = a.determinant(s)?;
            scalar(s.apply("ln", determinant))
        }
        Special::Inverse => a.inverse(s),
        Special::Adjugate => a.adjugate(s),
        Special::Norm => {
            let squares = s.sum_of_squares(a.entries());
            scalar(s.apply("sqrt", squares))
        }
        Special::Norm1 => {
            let sizes: Vec<FormId> =
                a.entries().iter().map(|id| s.apply("abs", *id)).collect();
            scalar(s.sum_of(&sizes))
        }
        Special::NormP => {
            let p = list[1].at(0, 0);
            let powers: Vec<FormId> = a
                .entries()
                .iter()
                .map(|id| {
                    let size = s.apply("abs", *id);
                    s.power(size, p)
                })
                .collect();
            let (sum, one) = (s.sum_of(&powers), s.whole(1));
            let root = s.divide(one, p);
            scalar(s.power(sum, root))
        }
        Special::Sum => scalar(s.sum_of(a.entries())),
        Special::Mean => {
            let (sum, count) = (s.sum_of(a.entries()), s.whole(a.entries().len() as i64));
            scalar(s.divide(sum, count))
        }
        Special::SumAlong | Special::MeanAlong => along(function, a, list[1], s),
        Special::Product => scalar(s.product(a.entries())),
        Special::Max => scalar(s.folded("max", a.entries())),
        Special::Min => scalar(s.folded("min", a.entries())),
        Special::CumulativeSum => {
            let entries = a.entries();
            Grid::from(a.rows, a.cols, |i, j| s.sum_of(&entries[..=i + j]))
        }
        Special::Cross => skew(a, s)?.times(list[1], s),
        Special::Skew => skew(a, s),
        Special::Lower => {
            Grid::from(
                a.rows,
                a.cols,
                |i, j| {
                    if i >= j { a.at(i, j) } else { s.whole(0) }
                },
            )
        }
        Special::Upper => {
            Grid::from(
                a.rows,
                a.cols,
                |i, j| {
                    if i <= j { a.at(i, j) } else { s.whole(0) }
                },
            )
        }
        Special::Hardmax
        | Special::Reshape
        | Special::SpectralNorm
        | Special::NuclearNorm
        | Special::Polar
        | Special::SingularValue
        | Special::LeftSingular
        | Special::RightSingular
        | Special::EigenMax
        | Special::EigenMin
        | Special::Eigenvalue
        | Special::Eigenvector
        | Special::PseudoInverse
        | Special::Exponential
        | Special::Logarithm
        | Special::SquareRoot => {
            let name = function.spec().names[0];
            let what = format!("`{name}` entry by entry");
            Err(ErrorKind::Unsupported(what).into())
        }
        Special::Diagonal if vector => {
            let n = a.entries().len();
            Grid::from(n, n, |i, j| if i == j { a.entries()[i] } else { s.whole(0) })
        }
        Special::Diagonal => Grid::from(a.rows, 1, |i, _| a.at(i, i)),
        Special::Outer => a.times(&list[1].transposed()?, s),
        Special::Dot => {
            let pairs = a.entries().iter().zip(list[1].entries());
            let products: Vec<FormId> =
                pairs.map(|(x, y)| s.product(&[*x, *y])).collect();
            scalar(s.sum_of(&products))
        }
        Special::Kronecker => {
            let b = list[1];
            let (m, n) = (b.rows, b.cols);
            Grid::from(a.rows * m, a.cols * n, |i, j| {
                s.product(&[a.at(i / m, j / n), b.at(i % m, j % n)])
            })
        }
        Special::Vec => {
            Grid::from(a.rows * a.cols, 1, |k, _| a.at(k % a.rows, k / a.rows))
        }
        Special::Softmax => {
            let exponentials = a.map(|id| s.exp(id));
            let sums = row_sums(&exponentials, vector, s);
            Grid::from(a.rows, a.cols, |i, j| {
                s.divide(exponentials.at(i, j), sums[if vector { 0 } else { i }])
            })
        }
        Special::LogSumExp => {
            let exponentials = a.map(|id| s.exp(id));
            let sums = row_sums(&exponentials, vector, s);
            Grid::from(sums.len(), 1, |i, _| s.apply("ln", sums[i]))
        }
    }
}

/// Sums or means along an axis, which is the number 1 or 2.
fn along(function: Special, a: &Grid, axis: &Grid, s: &mut Scalars) -> Result<Grid> {
    let is_down = s.is_one(axis.at(0, 0));
    let turned = if is_down { a.transposed()? } else { a.clone() };
    let mut sums = row_sums(&turned, false, s);
    if function == Special::MeanAlong {
        let count = s.whole(turned.cols as i64);
        sums.iter_mut().for_each(|sum| *sum = s.divide(*sum, count));
    }
    match is_down {
        true => Grid::from(1, sums.len(), |_, j| sums[j]),
        false => Grid::from(sums.len(), 1, |i, _| sums[i]),
    }
}

/// The matrix of a cross product.
fn skew(a: &Grid, s: &mut Scalars) -> Result<Grid> {
    Grid::from(3, 3, |i, j| match (j + 3 - i) % 3 {
        0 => s.whole(0),
        1 => {
            let entry = a.entries()[(j + 1) % 3];
            s.sum(&[(true, entry)])
        }
        _ => a.entries()[(i + 1) % 3],
    })
}

/// The sum of each row; a vector is one row.
fn row_sums(a: &Grid, vector: bool, s: &mut Scalars) -> Vec<FormId> {
    match vector {
        true => vec![s.sum_of(a.entries())],
        false => a.entries().chunks(a.cols).map(|row| s.sum_of(row)).collect(),
    }
}
