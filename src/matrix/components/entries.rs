//! The entries of a form, operation by operation as it was written.

use super::super::form::{Elementwise, FormId, Forms, Op, Scope};
use super::super::print;
use super::super::shape::Shape;
use super::super::table::Special;
use super::arithmetic::Arithmetic;
use super::grid::Grid;
use super::spectral::{spectral, spectral_vector};
use crate::error::{Error, ErrorKind, Result};
use crate::kernel::Relation;
use rustc_hash::{FxHashMap, FxHashSet};

/// The greatest power of a matrix that is written out.
const MAX_POWER: u64 = 10_000;

/// What declared names are, entry by entry.
pub(in super::super) trait Arrays<S: Arithmetic> {
    /// # Errors
    /// A name that has no entries.
    fn array(&self, place: u16, s: &mut S) -> Result<Grid<S::Id>>;
}

/// Forms with their entries.
pub(in super::super) type Known<T> = FxHashMap<FormId, Grid<T>>;

/// Expands forms over numbers for their sizes.
pub(in super::super) struct Expander<'a, S: Arithmetic> {
    pub(in super::super) forms: &'a Forms,
    pub(in super::super) scope: &'a Scope,
    /// The number of each size.
    pub(in super::super) sizes: &'a [usize],
    pub(in super::super) arrays: &'a dyn Arrays<S>,
    /// Which definitions are needed.
    pub(in super::super) needed: Vec<bool>,
}

impl<S: Arithmetic> Expander<'_, S> {
    /// The entries of a form.
    ///
    /// # Errors
    /// What has no formula in entries, or one that is too long.
    pub(in super::super) fn expand(
        &self,
        root: FormId,
        s: &mut S,
    ) -> Result<Grid<S::Id>> {
        let found = self.all(root, s)?.remove(&root);
        found.ok_or_else(|| ErrorKind::EmptyExpression.into())
    }

    /// The entries of a form and of everything that it is made of; those of the definitions
    /// that it uses come first.
    ///
    /// # Errors
    /// As [`Expander::expand`].
    pub(in super::super) fn all(&self, root: FormId, s: &mut S) -> Result<Known<S::Id>> {
        let mut done = Known::default();
        let mut definitions: Vec<Grid<S::Id>> = Vec::new();
        for (definition, is_needed) in self.scope.definitions.iter().zip(&self.needed) {
            definitions.push(match is_needed {
                true => {
                    self.form(definition.body, &definitions, &mut done, s)?;
                    done[&definition.body].clone()
                }
                false => Grid::scalar(s.whole(0)),
            });
        }
        self.form(root, &definitions, &mut done, s)?;
        Ok(done)
    }

    fn form(
        &self,
        root: FormId,
        definitions: &[Grid<S::Id>],
        done: &mut Known<S::Id>,
        s: &mut S,
    ) -> Result<()> {
        for id in self.outside(root) {
            if done.contains_key(&id) {
                continue;
            }
            let grid = self.one(id, done, definitions, s)?;
            let shape = self.forms.shape(id);
            let wanted = [shape.rows, shape.cols].map(|size| self.sizes[size.index()]);
            if wanted != [grid.rows, grid.cols] {
                let of = print::text(id, self.forms, self.scope);
                let point = format!("{}×{} entries", grid.rows, grid.cols);
                return Err(ErrorKind::EntriesCheck { of, point }.into());
            }
            done.insert(id, grid);
        }
        Ok(())
    }

    fn one(
        &self,
        id: FormId,
        done: &Known<S::Id>,
        definitions: &[Grid<S::Id>],
        s: &mut S,
    ) -> Result<Grid<S::Id>> {
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
            Op::Constant(constant) => Ok(Grid::scalar(s.constant(*constant))),
            Op::Size(size) => Ok(Grid::scalar(s.whole(self.sizes[size.index()] as i64))),
            Op::Variable(place) => self.arrays.array(*place, s),
            Op::Definition(place) => Ok(definitions[usize::from(*place)].clone()),
            Op::Ones => Grid::from(rows, cols, S::MOST, |_, _| s.whole(1)),
            Op::Zeros => Grid::from(rows, cols, S::MOST, |_, _| s.whole(0)),
            Op::Eye => Grid::from(rows, cols, S::MOST, |i, j| s.whole(i64::from(i == j))),
            Op::Unit(index) => {
                let n = self.index(*index, rows)?;
                Grid::from(rows, cols, S::MOST, |i, _| s.whole(i64::from(i == n)))
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
                Grid::from(rows, cols, S::MOST, |i, j| spread(&list[i * cols + j], 0, 0))
            }
            Op::Commutation(m, n) => {
                let (m, n) = (self.sizes[m.index()], self.sizes[n.index()]);
                let turned = |r: usize| r % n * m + r / n;
                Grid::from(rows, cols, S::MOST, |r, c| s.whole(i64::from(turned(r) == c)))
            }
            Op::IndexSum(index, size, a) => {
                let count = self.sizes[size.index()];
                let mut terms = Vec::with_capacity(count);
                for k in 1..=count {
                    terms.push(self.chosen(*index, k, *a, definitions, s)?);
                }
                Grid::from(rows, cols, S::MOST, |i, j| {
                    let list: Vec<S::Id> = terms.iter().map(|one| one.at(i, j)).collect();
                    s.sum_of(&list)
                })
            }
            // A matrix is taken for the column of its entries.
            Op::Field(name, order, a) => {
                let found = s.field((*name, *order), of(a).entries())?;
                let entry = |i: usize, j: usize| found.entries()[i * cols + j];
                Grid::from(rows, cols, S::MOST, entry)
            }
            Op::Change(_) => {
                let what = "a differential entry by entry".to_owned();
                Err(ErrorKind::Unsupported(what).into())
            }
            Op::Sum(terms) => Grid::from(rows, cols, S::MOST, |i, j| {
                let list: Vec<(bool, S::Id)> =
                    terms.iter().map(|(minus, id)| (*minus, spread(id, i, j))).collect();
                s.sum(&list)
            }),
            Op::Product(factors) => {
                let mut product: Option<(Grid<S::Id>, Shape)> = None;
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
            Op::Hadamard(factors) => Grid::from(rows, cols, S::MOST, |i, j| {
                let list: Vec<S::Id> =
                    factors.iter().map(|id| spread(id, i, j)).collect();
                s.product(&list)
            }),
            Op::Divide(a, b) | Op::ElementDivide(a, b) => {
                Grid::from(rows, cols, S::MOST, |i, j| {
                    let (above, below) = (spread(a, i, j), spread(b, i, j));
                    s.divide(above, below)
                })
            }
            Op::Power(a, b) if !shape.is_scalar() => {
                let n = s.as_number(of(b).at(0, 0)).and_then(|n| n.to_i64());
                let refused = || {
                    let what = "powers of matrices that are not whole, or too great";
                    Error::from(ErrorKind::Unsupported(what.into()))
                };
                let n =
                    n.filter(|n| n.unsigned_abs() <= MAX_POWER).ok_or_else(refused)?;
                let mut square = if n < 0 { s.inverse(of(a))? } else { of(a).clone() };
                let mut power =
                    Grid::from(rows, cols, S::MOST, |i, j| s.whole(i64::from(i == j)))?;
                let mut left = n.unsigned_abs();
                while left > 0 {
                    if s.is_spent() {
                        return Err(refused());
                    }
                    if left % 2 == 1 {
                        power = power.times(&square, s)?;
                    }
                    left /= 2;
                    if left > 0 {
                        square = square.times(&square, s)?;
                    }
                }
                Ok(power)
            }
            Op::Power(a, b) | Op::ElementPower(a, b) => {
                Grid::from(rows, cols, S::MOST, |i, j| {
                    let (base, exponent) = (spread(a, i, j), spread(b, i, j));
                    s.power(base, exponent)
                })
            }
            Op::Transpose(a) => Ok(of(a).transposed()),
            Op::Apply(function, list) => {
                let mut failed = None;
                let zero = s.whole(0);
                let grid = Grid::from(rows, cols, S::MOST, |i, j| {
                    let list: Vec<S::Id> =
                        list.iter().map(|id| spread(id, i, j)).collect();
                    s.function(*function, &list).unwrap_or_else(|error| {
                        failed = Some(error);
                        zero
                    })
                })?;
                failed.map_or(Ok(grid), Err)
            }
            Op::Call(Special::Reshape, list) => {
                let column = of(&list[0]);
                Grid::from(rows, cols, S::MOST, |i, j| column.at(j * rows + i, 0))
            }
            Op::Call(function @ (Special::SumAlong | Special::MeanAlong), list) => {
                let is_down = self.forms.as_number(list[1]).is_some_and(|n| n.is_one());
                along(*function, of(&list[0]), is_down, s)
            }
            Op::Call(function, list) => {
                let list: Vec<&Grid<S::Id>> = list.iter().map(of).collect();
                let vector = self.forms.shape(self.forms.operands(id)[0]).is_vector();
                call(*function, &list, vector, s)
            }
        }
    }

    /// A form and all below it, operands first, but for what stands in a sum over an index,
    /// which is taken for each number.
    fn outside(&self, root: FormId) -> Vec<FormId> {
        let mut seen: FxHashSet<FormId> = FxHashSet::default();
        let mut waiting = vec![root];
        while let Some(id) = waiting.pop() {
            if seen.insert(id) && !matches!(self.forms.op(id), Op::IndexSum(..)) {
                waiting.extend(self.forms.operands(id));
            }
        }
        let mut found: Vec<FormId> = seen.into_iter().collect();
        found.sort_unstable();
        found
    }

    /// The entries of a form with a number for an index.
    fn chosen(
        &self,
        index: u16,
        number: usize,
        form: FormId,
        definitions: &[Grid<S::Id>],
        s: &mut S,
    ) -> Result<Grid<S::Id>> {
        let mut scope = self.scope.clone();
        scope.indices[usize::from(index)] = number.to_string();
        let needed = self.needed.clone();
        let inner = Expander { scope: &scope, needed, ..*self };
        let mut done = Known::default();
        inner.form(form, definitions, &mut done, s)?;
        done.remove(&form).ok_or_else(|| ErrorKind::EmptyExpression.into())
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
}

/// The entries of a function of matrices.
fn call<S: Arithmetic>(
    function: Special,
    list: &[&Grid<S::Id>],
    vector: bool,
    s: &mut S,
) -> Result<Grid<S::Id>> {
    let a = list[0];
    let scalar = |id: S::Id| Ok(Grid::scalar(id));
    match function {
        Special::Trace => {
            let diagonal: Vec<S::Id> = (0..a.rows).map(|i| a.at(i, i)).collect();
            scalar(s.sum_of(&diagonal))
        }
        Special::Determinant => s.determinant(a).map(Grid::scalar),
        Special::LogDeterminant => {
            let determinant = s.determinant(a)?;
            scalar(s.apply("ln", determinant)?)
        }
        Special::Inverse => s.inverse(a),
        Special::PseudoInverse => s.pseudo_inverse(a),
        Special::Exponential => s.exponential(a),
        Special::ExponentialAlong => exponential_along(a, list[1], s),
        Special::SquareRoot => s.square_root(a),
        Special::Logarithm => s.logarithm(a),
        Special::Polar => s.polar(a),
        Special::Adjugate => a.adjugate(s),
        Special::Norm => {
            let squares = s.sum_of_squares(a.entries());
            scalar(s.apply("sqrt", squares)?)
        }
        Special::Norm1 => {
            let sizes: Result<Vec<S::Id>> =
                a.entries().iter().map(|id| s.apply("abs", *id)).collect();
            scalar(s.sum_of(&sizes?))
        }
        Special::NormP => {
            let p = list[1].at(0, 0);
            let powers: Result<Vec<S::Id>> = a
                .entries()
                .iter()
                .map(|id| {
                    let size = s.apply("abs", *id)?;
                    Ok(s.power(size, p))
                })
                .collect();
            let (sum, one) = (s.sum_of(&powers?), s.whole(1));
            let root = s.divide(one, p);
            scalar(s.power(sum, root))
        }
        Special::Sum => scalar(s.sum_of(a.entries())),
        Special::Mean => {
            let (sum, count) = (s.sum_of(a.entries()), s.whole(a.entries().len() as i64));
            scalar(s.divide(sum, count))
        }
        Special::Product => scalar(s.product(a.entries())),
        Special::Max => s.folded("max", a.entries()).map(Grid::scalar),
        Special::Min => s.folded("min", a.entries()).map(Grid::scalar),
        Special::CumulativeSum => {
            let mut sum = s.whole(0);
            Ok(a.map(|entry| {
                sum = s.sum_of(&[sum, entry]);
                sum
            }))
        }
        Special::Cross => skew(a, s)?.times(list[1], s),
        Special::Skew => skew(a, s),
        Special::Lower | Special::Upper => {
            let is_lower = function == Special::Lower;
            Grid::from(a.rows, a.cols, S::MOST, |i, j| {
                let is_kept = i == j || (i > j) == is_lower;
                if is_kept { a.at(i, j) } else { s.whole(0) }
            })
        }
        Special::EigenMax
        | Special::EigenMin
        | Special::Eigenvalue
        | Special::SingularValue
        | Special::SpectralNorm
        | Special::NuclearNorm => spectral(function, list, s).map(Grid::scalar),
        Special::Eigenvector | Special::RightSingular | Special::LeftSingular => {
            spectral_vector(function, list, s)
        }
        // They are taken with the numbers of their sizes and axes before.
        Special::SumAlong | Special::MeanAlong | Special::Reshape => {
            let name = function.spec().names[0];
            let what = format!(
                "`{name}` is not written in entries, and has no values at arrays"
            );
            Err(ErrorKind::Unsupported(what).into())
        }
        Special::Diagonal if vector => {
            let n = a.entries().len();
            Grid::from(
                n,
                n,
                S::MOST,
                |i, j| if i == j { a.entries()[i] } else { s.whole(0) },
            )
        }
        Special::Diagonal => Grid::from(a.rows, 1, S::MOST, |i, _| a.at(i, i)),
        Special::Outer => a.times(&list[1].transposed(), s),
        Special::Dot => {
            let pairs = a.entries().iter().zip(list[1].entries());
            let products: Vec<S::Id> = pairs.map(|(x, y)| s.product(&[*x, *y])).collect();
            scalar(s.sum_of(&products))
        }
        Special::Kronecker => {
            let b = list[1];
            let (m, n) = (b.rows, b.cols);
            Grid::from(a.rows * m, a.cols * n, S::MOST, |i, j| {
                s.product(&[a.at(i / m, j / n), b.at(i % m, j % n)])
            })
        }
        Special::Vec => {
            Grid::from(a.rows * a.cols, 1, S::MOST, |k, _| a.at(k % a.rows, k / a.rows))
        }
        Special::Softmax => {
            let exponentials = a.map(|id| s.exp(id));
            let sums = row_sums(&exponentials, vector, s);
            Grid::from(a.rows, a.cols, S::MOST, |i, j| {
                s.divide(exponentials.at(i, j), sums[if vector { 0 } else { i }])
            })
        }
        Special::Hardmax => hardmax(a, vector, s),
        Special::LogSumExp => {
            let exponentials = a.map(|id| s.exp(id));
            let sums = row_sums(&exponentials, vector, s);
            let logarithms: Result<Vec<S::Id>> =
                sums.iter().map(|sum| s.apply("ln", *sum)).collect();
            let logarithms = logarithms?;
            Grid::from(logarithms.len(), 1, S::MOST, |i, _| logarithms[i])
        }
    }
}

/// The upper right block of the exponential of `[[A, E], [0, A]]`.
fn exponential_along<S: Arithmetic>(
    a: &Grid<S::Id>,
    change: &Grid<S::Id>,
    s: &mut S,
) -> Result<Grid<S::Id>> {
    let n = a.rows;
    let zero = s.whole(0);
    let entry = |i: usize, j: usize| match (i < n, j < n) {
        (true, false) => change.at(i, j - n),
        (false, true) => zero,
        _ => a.at(i % n, j % n),
    };
    let whole = Grid::from(2 * n, 2 * n, S::MOST, entry)?;
    let value = s.exponential(&whole)?;
    Grid::from(n, n, S::MOST, |i, j| value.at(i, j + n))
}

/// 1 at the first greatest entry, of each row where there are several, and 0 elsewhere.
fn hardmax<S: Arithmetic>(
    a: &Grid<S::Id>,
    vector: bool,
    s: &mut S,
) -> Result<Grid<S::Id>> {
    let width = if vector { a.entries().len() } else { a.cols };
    let mut found = Vec::with_capacity(a.entries().len());
    for row in a.entries().chunks(width.max(1)) {
        for (j, x) in row.iter().enumerate() {
            let mut factors = Vec::with_capacity(row.len());
            for (k, y) in row.iter().enumerate().filter(|(k, _)| *k != j) {
                let relation = if k < j { Relation::Less } else { Relation::LessEqual };
                let relation = Elementwise::Table(relation.function());
                factors.push(s.function(relation, &[*y, *x])?);
            }
            found.push(s.product(&factors));
        }
    }
    Grid::from(a.rows, a.cols, S::MOST, |i, j| found[i * a.cols + j])
}

/// Sums or means down the columns, or along the rows.
fn along<S: Arithmetic>(
    function: Special,
    a: &Grid<S::Id>,
    is_down: bool,
    s: &mut S,
) -> Result<Grid<S::Id>> {
    let turned = if is_down { a.transposed() } else { a.clone() };
    let mut sums = row_sums(&turned, false, s);
    if function == Special::MeanAlong {
        let count = s.whole(turned.cols as i64);
        sums.iter_mut().for_each(|sum| *sum = s.divide(*sum, count));
    }
    match is_down {
        true => Grid::from(1, sums.len(), S::MOST, |_, j| sums[j]),
        false => Grid::from(sums.len(), 1, S::MOST, |i, _| sums[i]),
    }
}

/// The matrix of a cross product.
fn skew<S: Arithmetic>(a: &Grid<S::Id>, s: &mut S) -> Result<Grid<S::Id>> {
    Grid::from(3, 3, S::MOST, |i, j| match (j + 3 - i) % 3 {
        0 => s.whole(0),
        1 => {
            let entry = a.entries()[(j + 1) % 3];
            s.sum(&[(true, entry)])
        }
        _ => a.entries()[(i + 1) % 3],
    })
}

/// The sum of each row; a vector is one row.
fn row_sums<S: Arithmetic>(a: &Grid<S::Id>, vector: bool, s: &mut S) -> Vec<S::Id> {
    match vector {
        true => vec![s.sum_of(a.entries())],
        false => a.entries().chunks(a.cols).map(|row| s.sum_of(row)).collect(),
    }
}
