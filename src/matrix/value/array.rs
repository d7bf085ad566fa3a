//! Arrays of exact values, and what they say of sizes.

use super::super::components::{Arrays, Grid};
use super::super::drawn::{Attempt, Property};
use super::super::form::{Scope, Variable};
use super::super::problem::Problem;
use super::super::shape::{Size, SizeId};
use super::exact::{Entry, Values};
use crate::error::{Error, ErrorKind, Note, Result};
use crate::kernel::{ExprId, Number, Pool};

/// The most entries of an array.
pub(super) const MAX_ENTRIES: usize = 1_000_000;

/// A number, a list or a matrix of exact values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Array {
    /// Its sizes: none for a number, one for a list, two for a matrix.
    pub sizes: Vec<usize>,
    /// The entries, row by row.
    pub entries: Vec<ExprId>,
}

/// Arrays for the names of a problem.
#[derive(Clone)]
pub struct Placed {
    /// The number of each size.
    pub(super) sizes: Vec<usize>,
    /// For each declared name.
    pub(super) grids: Vec<Option<Grid<ExprId>>>,
    /// What is worth knowing about the arrays.
    pub notes: Vec<Note>,
}

/// The most entries of an array that is drawn.
const MAX_DRAWN: usize = 400;

impl Placed {
    /// The arrays of an attempt for all declared names; `None` where sizes are too large, or
    /// no array that is drawn is what is declared.
    pub(super) fn drawn(
        attempt: &Attempt,
        scope: &Scope,
        pool: &mut Pool,
    ) -> Option<Self> {
        let sizes = attempt.sizes::<Number>(scope.least_size(), scope);
        let mut grids = Vec::with_capacity(scope.variables.len());
        for (place, variable) in scope.variables.iter().enumerate() {
            let shape = variable.shape;
            let (m, n) = (sizes[shape.rows.index()], sizes[shape.cols.index()]);
            if m.saturating_mul(n) > MAX_DRAWN {
                return None;
            }
            let rows = attempt.variable::<Number>(variable, place, (m, n))?;
            let entry = |i: usize, j: usize| pool.number(rows.0[i][j].clone());
            grids.push(Some(Grid::from(m, n, MAX_ENTRIES, entry).ok()?));
        }
        Some(Self { sizes, grids, notes: Vec::new() })
    }

    /// The same with the sizes that answers have made since: products of others.
    pub(super) fn with_sizes_of(&self, scope: &Scope) -> Self {
        let mut placed = self.clone();
        for id in scope.sizes.ids().skip(self.sizes.len()) {
            let number = match scope.sizes.get(id) {
                Size::Fixed(n) => *n as usize,
                Size::Product(list) => list.iter().fold(1usize, |all, id| {
                    let known = placed.sizes.get(id.index()).copied().unwrap_or(1);
                    all.saturating_mul(known)
                }),
                Size::Named(_) => 1,
            };
            placed.sizes.push(number);
        }
        placed
    }
}

impl Arrays<Values<'_>> for Placed {
    fn array(&self, place: u16, _: &mut Values<'_>) -> Result<Grid<Entry>> {
        let known = self.grids.get(usize::from(place)).and_then(Option::as_ref);
        let known = known.map(|grid| grid.map(Entry::sure));
        known.ok_or_else(|| ErrorKind::InvalidPoint("a name has no value".into()).into())
    }
}

impl Array {
    /// The number of rows and columns as that which is declared: a list is a column, or a row
    /// where one is declared.
    fn layout(&self, variable: &Variable) -> Option<(usize, usize)> {
        let is_row =
            variable.shape.rows == SizeId::ONE && variable.shape.cols != SizeId::ONE;
        match self.sizes[..] {
            [] if variable.shape.is_scalar() => Some((1, 1)),
            [n] if is_row => Some((1, n)),
            [n] if variable.shape.cols == SizeId::ONE => Some((n, 1)),
            [m, n] => Some((m, n)),
            _ => None,
        }
    }

    /// In words: `a number`, `a list of 3`, `2×3`.
    fn described(&self) -> String {
        match self.sizes[..] {
            [] => "a number".to_owned(),
            [n] => format!("a list of {n}"),
            [m, n] => format!("{m}×{n}"),
            _ => "no matrix".to_owned(),
        }
    }
}

impl Problem {
    /// Puts arrays in for declared names, and numbers for sizes.
    ///
    /// # Errors
    /// Names that are not declared, sizes that contradict each other or are missing, arrays
    /// that are not what was declared.
    pub fn placed(&self, arrays: &[(String, Array)], pool: &Pool) -> Result<Placed> {
        let mut known = Known::new(self);
        let mut grids: Vec<Option<Grid<ExprId>>> = vec![None; self.scope.variables.len()];
        let mut notes = Vec::new();
        for (place, (name, array)) in arrays.iter().enumerate() {
            if arrays[..place].iter().any(|(other, _)| other == name) {
                let what = format!("`{name}` has two values");
                return Err(ErrorKind::InvalidPoint(what).into());
            }
            match self.scope.variable(name) {
                Some(at) => {
                    let variable = &self.scope.variables[usize::from(at)];
                    let grid = known.fit(variable, array)?;
                    self.must_be_declared(variable, &grid, pool)?;
                    notes.extend(deviations(variable, &grid, pool));
                    grids[usize::from(at)] = Some(grid);
                }
                None => known.size(name, array, pool)?,
            }
        }
        let used = self.variables();
        for (variable, grid) in self.scope.variables.iter().zip(&grids) {
            if grid.is_none() && used.contains(&variable.name) {
                return Err(missing(variable));
            }
        }
        Ok(Placed { sizes: known.numbers()?, grids, notes })
    }

    /// The numbers of sizes that have names, as far as arrays tell them.
    ///
    /// # Errors
    /// As [`Problem::placed`].
    pub fn sizes_by(
        &self,
        arrays: &[(String, Array)],
        pool: &Pool,
    ) -> Result<Vec<(String, usize)>> {
        let mut known = Known::new(self);
        for (name, array) in arrays {
            match self.scope.variable(name) {
                Some(at) => {
                    let variable = &self.scope.variables[usize::from(at)];
                    let grid = known.fit(variable, array)?;
                    self.must_be_declared(variable, &grid, pool)?;
                }
                None => known.size(name, array, pool)?,
            }
        }
        let all = &self.scope.sizes;
        let named = all.ids().zip(&known.sizes).filter_map(|(id, known)| {
            let is_named = matches!(all.get(id), Size::Named(_));
            known.as_ref().filter(|_| is_named).map(|(n, _)| (all.text(id), *n))
        });
        Ok(named.collect())
    }

    /// Whether a name is that of an array or of a size.
    pub fn has_array(&self, name: &str) -> bool {
        match self.scope.variable(name) {
            Some(at) => !self.scope.variables[usize::from(at)].shape.is_scalar(),
            None => self.scope.sizes.named(name).is_some(),
        }
    }

    /// Refuses an array that is not what was declared of it.
    fn must_be_declared(
        &self,
        variable: &Variable,
        grid: &Grid<ExprId>,
        pool: &Pool,
    ) -> Result<()> {
        let name = &variable.name;
        let is_other = |id: &ExprId| {
            let number = pool.as_number(*id).map(Number::to_f64);
            number.is_some_and(|x| !variable.assumption.allows(x))
        };
        if variable.shape.is_scalar() && grid.entries().iter().any(is_other) {
            let what = format!("the value of `{name}` is not what is assumed of it");
            return Err(ErrorKind::InvalidPoint(what).into());
        }
        let is_matrix = variable.shape.axes().len() == 2;
        for property in Property::all(variable.structure, is_matrix) {
            if let Some(why) = property.missing(grid, pool) {
                let (word, is_scalar) = (property.word(), variable.shape.is_scalar());
                let this = if is_scalar { "value" } else { "array" };
                let why = if why.is_empty() { why } else { format!(": {why}") };
                let what =
                    format!("`{name}` is declared {word}, and this {this} is not{why}");
                return Err(ErrorKind::InvalidPoint(what).into());
            }
        }
        Ok(())
    }
}

/// What is taken for an array that is declared, and is a little off.
fn deviations(variable: &Variable, grid: &Grid<ExprId>, pool: &Pool) -> Vec<Note> {
    let properties = Property::all(variable.structure, !variable.shape.is_scalar());
    let note = |property: &Property| {
        let off = property.deviation(grid, pool)?;
        let (name, word) = (&variable.name, property.word());
        let message = format!("`{name}` is {word} up to {off:.1e} only");
        Some(Note { message, span: None })
    };
    properties.iter().filter_map(note).collect()
}

fn missing(variable: &Variable) -> Error {
    let name = &variable.name;
    let example = match variable.shape.axes().len() {
        0 => format!("{name}=2"),
        1 => format!("{name}=[1,2]"),
        _ => format!("{name}=[[1,2],[3,4]]"),
    };
    Error::from(ErrorKind::InvalidPoint(format!("`{name}` has no value")))
        .help(format!("give it one, as `{example}`"))
}

/// What is known of sizes, and what said so.
struct Known<'a> {
    problem: &'a Problem,
    sizes: Vec<Option<(usize, String)>>,
}

impl<'a> Known<'a> {
    fn new(problem: &'a Problem) -> Self {
        let all = &problem.scope.sizes;
        let fixed = |id| match all.get(id) {
            Size::Fixed(n) => Some((*n as usize, "its declaration".to_owned())),
            _ => None,
        };
        Self { problem, sizes: all.ids().map(fixed).collect() }
    }

    /// An array as what is declared; its sizes are known from there on.
    fn fit(&mut self, variable: &Variable, array: &Array) -> Result<Grid<ExprId>> {
        let name = &variable.name;
        let Some((rows, cols)) = array.layout(variable) else {
            return Err(self.other_shape(variable, array));
        };
        let counts = [(variable.shape.rows, rows), (variable.shape.cols, cols)];
        if rows == 0 || cols == 0 {
            let what = format!("`{name}` is an array without entries");
            return Err(ErrorKind::InvalidPoint(what).into());
        }
        for (size, count) in counts {
            match &self.sizes[size.index()] {
                Some((known, _)) if *known == count => {}
                Some(_)
                    if matches!(self.problem.scope.sizes.get(size), Size::Fixed(_)) =>
                {
                    return Err(self.other_shape(variable, array));
                }
                Some((known, by)) => {
                    let size = self.problem.scope.sizes.text(size);
                    let what =
                        format!("`{size}` is {known} by `{by}` and {count} by `{name}`");
                    return Err(ErrorKind::InvalidPoint(what).into());
                }
                None => self.sizes[size.index()] = Some((count, name.clone())),
            }
        }
        let entry = |i: usize, j: usize| array.entries[i * cols + j];
        Grid::from(rows, cols, MAX_ENTRIES, entry)
    }

    fn other_shape(&self, variable: &Variable, array: &Array) -> Error {
        let declared = variable.shape.described(&self.problem.scope.sizes);
        let what = format!(
            "`{}` is declared {declared}, and this array is {}",
            variable.name,
            array.described()
        );
        ErrorKind::InvalidPoint(what).into()
    }

    /// A number for a size that has a name.
    fn size(&mut self, name: &str, array: &Array, pool: &Pool) -> Result<()> {
        let Some(size) = self.problem.scope.sizes.named(name) else {
            if self.problem.scope.definition(name).is_some() {
                let what = format!("the program says what `{name}` is");
                return Err(Error::from(ErrorKind::InvalidPoint(what))
                    .help("give values to its variables"));
            }
            return Err(self.problem.unknown(name));
        };
        let number = match (&array.sizes[..], &array.entries[..]) {
            ([], [one]) => pool.as_number(*one).and_then(|n| n.to_i64()),
            _ => None,
        };
        let Some(count) = number.filter(|n| (1..=MAX_ENTRIES as i64).contains(n)) else {
            let what = format!("the size `{name}` needs a whole number from 1");
            return Err(ErrorKind::InvalidPoint(what).into());
        };
        match &self.sizes[size.index()] {
            Some((known, by)) if *known != count as usize => {
                let what =
                    format!("`{name}` is {known} by `{by}`, and {count} is given for it");
                Err(ErrorKind::InvalidPoint(what).into())
            }
            _ => {
                self.sizes[size.index()] = Some((count as usize, name.to_owned()));
                Ok(())
            }
        }
    }

    /// The number of each size.
    fn numbers(&self) -> Result<Vec<usize>> {
        let all = &self.problem.scope.sizes;
        let mut numbers: Vec<usize> = Vec::with_capacity(self.sizes.len());
        for (id, known) in all.ids().zip(&self.sizes) {
            let number = |id: &SizeId| numbers.get(id.index()).copied().unwrap_or(1);
            numbers.push(match (all.get(id), known) {
                (Size::Product(list), _) => {
                    list.iter().fold(1usize, |n, id| n.saturating_mul(number(id)))
                }
                (_, Some((count, _))) => *count,
                _ => {
                    let name = all.text(id);
                    let what = format!("the size `{name}` is not known from the arrays");
                    return Err(Error::from(ErrorKind::InvalidPoint(what))
                        .help(format!("give it a number, as `{name}=3`")));
                }
            });
        }
        Ok(numbers)
    }
}
