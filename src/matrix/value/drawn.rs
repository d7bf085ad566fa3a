//! Arrays with short exact entries and sizes that tell shapes apart, the same in every run.

use super::super::components::Grid;
use super::super::form::{Scope, Structure, Variable};
use super::super::shape::Size;
use super::array::{MAX_ENTRIES, Placed};
use super::exact::inverse_of;
use crate::error::{ErrorKind, Result};
use crate::kernel::{Assumption, ExprId, Number, Pool, mix};

/// The least size that has a name, and how many follow on it.
const LEAST: usize = 2;
const SIZES: usize = 3;
/// The most entries of an array that is drawn.
const MAX_DRAWN: usize = 400;

/// Numbers row by row.
type Rows = Vec<Vec<Number>>;

/// The arrays of an attempt for all declared names. Sizes that have names are distinct as long
/// as there are few of them.
///
/// # Errors
/// Sizes that are numbers and too large.
pub(super) fn drawn(attempt: usize, scope: &Scope, pool: &mut Pool) -> Result<Placed> {
    let all = &scope.sizes;
    let named = all.ids().filter(|id| matches!(all.get(*id), Size::Named(_))).count();
    let (mut sizes, mut place): (Vec<usize>, usize) = (Vec::new(), 0);
    for id in all.ids() {
        sizes.push(match all.get(id) {
            Size::Fixed(n) => *n as usize,
            Size::Named(_) => {
                place += 1;
                LEAST + (place - 1 + attempt) % named.max(SIZES)
            }
            Size::Product(list) => {
                list.iter().fold(1usize, |all, id| all.saturating_mul(sizes[id.index()]))
            }
        });
    }
    let mut grids = Vec::with_capacity(scope.variables.len());
    for (place, variable) in scope.variables.iter().enumerate() {
        let shape = variable.shape;
        let counts = (sizes[shape.rows.index()], sizes[shape.cols.index()]);
        if counts.0.saturating_mul(counts.1) > MAX_DRAWN {
            let (what, limit) = ("the entries of a random array", MAX_DRAWN as u64);
            return Err(ErrorKind::OverLimit { what, limit }.into());
        }
        let seed = mix((attempt as u64) << 32 | place as u64);
        let rows = rows(variable, counts, attempt, seed)?;
        let entry = |i: usize, j: usize| pool.number(rows[i][j].clone());
        let grid: Grid<ExprId> = Grid::from(counts.0, counts.1, MAX_ENTRIES, entry)?;
        grids.push(Some(grid));
    }
    Ok(Placed { sizes, grids })
}

fn rows(
    variable: &Variable,
    (m, n): (usize, usize),
    attempt: usize,
    seed: u64,
) -> Result<Rows> {
    let draw = |k: usize| {
        let random = mix(seed ^ (k as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let [low, high] = [random % 6, (random >> 20) % 3].map(|n| n as i64);
        match attempt % 4 {
            0 => Number::from(low - 2),
            1 => Number::from(low + 1),
            2 => ratio(2 * low - 5, [2, 3, 5][high as usize]),
            _ => ratio(low + 1, 7 + high),
        }
    };
    // Whatever is declared is kept to.
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
    } = variable.structure;
    let is_matrix = variable.shape.axes().len() == 2;
    let is_symmetric = symmetric && is_matrix;
    let entry = |i: usize, j: usize| match () {
        () if diagonal && is_matrix && i != j => Number::ZERO,
        () if lower && i < j || upper && i > j || skew && i == j => Number::ZERO,
        () if skew && i > j => draw(j * n + i).neg(),
        () if is_symmetric => draw(i.min(j) * n + i.max(j)),
        () => draw(i * n + j),
    };
    let mut value: Rows = (0..m).map(|i| (0..n).map(|j| entry(i, j)).collect()).collect();
    if positive {
        let above = |x: &Number| if x.is_zero() { Number::ONE } else { x.abs() };
        value = value.iter().map(|row| row.iter().map(above).collect()).collect();
    }
    if stochastic {
        value = shares(value, one_hot);
    }
    if whole {
        let natural = |x: &Number| x.abs().numerator().add(&Number::ONE);
        value = value.iter().map(|row| row.iter().map(natural).collect()).collect();
    }
    if positive_definite || positive_semidefinite {
        value = times(&value, &turned(&value));
    }
    if positive_definite {
        value = plus_identity(value);
    }
    if orthogonal {
        // Cayley: (1 - S)*inv(1 + S) of a skew S.
        let skew = |i: usize, j: usize| match i.cmp(&j) {
            std::cmp::Ordering::Less => draw(i * n + j),
            std::cmp::Ordering::Equal => Number::ZERO,
            std::cmp::Ordering::Greater => draw(j * n + i).neg(),
        };
        let skew: Rows = (0..n).map(|i| (0..n).map(|j| skew(i, j)).collect()).collect();
        let inverse = inverse_of(plus_identity(skew.clone()))?;
        let less = skew.iter().map(|row| row.iter().map(Number::neg).collect()).collect();
        value = times(&plus_identity(less), &inverse);
        // Some are rotations, some are reflections.
        if attempt % 2 == 1 {
            value = value.iter().map(|row| turned_round(row)).collect();
        }
    }
    if invertible {
        inverse_of(value.clone())?;
    }
    if variable.shape.is_scalar() {
        let x = value.iter().flatten().next().cloned().unwrap_or(Number::ONE);
        value = vec![vec![as_assumed(&x, &variable.assumption)?]];
    }
    Ok(value)
}

/// A column, or each row, with the sum 1; of what is one-hot, with 1 in one place.
fn shares(value: Rows, one_hot: bool) -> Rows {
    let is_column = value.iter().all(|row| row.len() == 1);
    let rows = if is_column { turned(&value) } else { value };
    let share = |row: &Vec<Number>| -> Vec<Number> {
        let sizes: Vec<Number> = row.iter().map(|x| x.abs().add(&Number::ONE)).collect();
        let total = sizes.iter().fold(Number::ZERO, |sum, n| sum.add(n));
        let most = sizes.iter().enumerate().fold(0, |best, (k, x)| {
            if x.to_f64() > sizes[best].to_f64() { k } else { best }
        });
        let one = |(k, x): (usize, &Number)| match (one_hot, k == most) {
            (true, true) => Number::ONE,
            (true, false) => Number::ZERO,
            _ => total.recip().map_or(Number::ONE, |inverse| x.mul(&inverse)),
        };
        sizes.iter().enumerate().map(one).collect()
    };
    let rows: Rows = rows.iter().map(share).collect();
    if is_column { turned(&rows) } else { rows }
}

/// A number as it is assumed to be, made of any number.
///
/// # Errors
/// Assumptions that no number near by meets.
fn as_assumed(x: &Number, known: &Assumption) -> Result<Number> {
    let size = x.abs();
    let [low, high] = [known.low, known.high].map(|end| end.and_then(exact));
    let middle = low.as_ref().zip(high.as_ref()).map(|(low, high)| {
        let part = size.mul(&ratio(1, 16));
        low.add(&high.sub(low).mul(&part.sub(&part.floor())))
    });
    let ends = [low.map(|low| low.add(&size)), high.map(|high| high.sub(&size)), middle];
    let signs = [Some(x.clone()), Some(size.clone()), Some(size.neg())];
    let more = [Some(size.add(&Number::ONE)), Some(size.add(&Number::ONE).neg())];
    let all = signs.into_iter().chain(more).chain(ends).flatten();
    let whole = |x: Number| if known.integer { x.floor() } else { x };
    let found = all.map(whole).find(|x| known.allows(x.to_f64()));
    found.ok_or_else(|| ErrorKind::InvalidPoint("no number as assumed".into()).into())
}

/// The number that an end of an interval is, where it is short.
fn exact(end: f64) -> Option<Number> {
    let (scaled, below) = (end * 1024.0, 1024);
    (scaled.fract() == 0.0 && scaled.abs() < 1e15).then(|| ratio(scaled as i64, below))
}

/// A row with another sign of its first entry.
fn turned_round(row: &[Number]) -> Vec<Number> {
    let mut row = row.to_vec();
    if let Some(first) = row.first_mut() {
        *first = first.neg();
    }
    row
}

fn ratio(above: i64, below: i64) -> Number {
    Number::ratio(above, below).unwrap_or(Number::ONE)
}

fn turned(rows: &Rows) -> Rows {
    let cols = rows.first().map_or(0, Vec::len);
    (0..cols).map(|j| rows.iter().map(|row| row[j].clone()).collect()).collect()
}

fn times(a: &Rows, b: &Rows) -> Rows {
    let columns = turned(b);
    let dot = |row: &[Number], column: &[Number]| {
        let products = row.iter().zip(column).map(|(x, y)| x.mul(y));
        products.fold(Number::ZERO, |sum, x| sum.add(&x))
    };
    a.iter().map(|row| columns.iter().map(|column| dot(row, column)).collect()).collect()
}

fn plus_identity(mut rows: Rows) -> Rows {
    for (i, row) in rows.iter_mut().enumerate() {
        row[i] = row[i].add(&Number::ONE);
    }
    rows
}
