//! Names of entries: `w1` for the first of `w`, `A1_2` for that in row 1 and column 2 of `A`,
//! which LaTeX writes as `A_{1,2}`.

use super::super::form::{FormId, Scope, Variable};
use super::super::numeric::Instance;
use super::super::shape::Shape;
use super::arithmetic::Arithmetic;
use super::entries::Arrays;
use super::grid::{Grid, too_many_entries};
use super::scalars::Scalars;
use super::{Components, MAX_ENTRIES};
use crate::error::{Error, ErrorKind, Note, Result};
use crate::syntax::normalise;
use std::collections::BTreeSet;

/// The entries of declared names.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    /// Every entry as a scalar variable.
    scope: Scope,
    /// For each declared name: its size, and the variable of each entry.
    arrays: Vec<(usize, usize, Vec<Option<u16>>)>,
    declared: Vec<Variable>,
}

impl Arrays<Scalars> for Names {
    fn array(&self, place: u16, s: &mut Scalars) -> Result<Grid<FormId>> {
        let (m, n, places) = &self.arrays[usize::from(place)];
        Grid::from(*m, *n, MAX_ENTRIES, |i, j| match places[i * n + j] {
            Some(place) => s.variable(place),
            None => s.whole(0),
        })
    }
}

/// The name of an entry.
fn entry(name: &str, indices: &[usize]) -> String {
    let numbers: Vec<String> = indices.iter().map(usize::to_string).collect();
    let mark = if name.ends_with(|c: char| c.is_ascii_digit()) { "_" } else { "" };
    normalise(&format!("{name}{mark}{}", numbers.join("_")))
}

impl Names {
    /// # Errors
    /// Arrays that are too large, and names that would mean two things.
    pub(super) fn of(scope: &Scope, sizes: &[usize]) -> Result<Self> {
        let mut names = Self { declared: scope.variables.clone(), ..Self::default() };
        names.scope.functions.clone_from(&scope.functions);
        let mut taken: BTreeSet<String> = scope.functions.iter().cloned().collect();
        for variable in &scope.variables {
            let Shape { rows, cols } = variable.shape;
            let (m, n) = (sizes[rows.index()], sizes[cols.index()]);
            if m.saturating_mul(n) > MAX_ENTRIES {
                return Err(too_many_entries(MAX_ENTRIES));
            }
            let known = variable.structure;
            if known.skew {
                let what = format!("the entries of the skew matrix `{}`", variable.name);
                return Err(Error::from(ErrorKind::Unsupported(what))
                    .help("write `A - A'` of a matrix without the property"));
            }
            let is_matrix = variable.shape.axes().len() == 2;
            let mut places: Vec<Option<u16>> = Vec::new();
            for k in 0..m * n {
                let (i, j) = (k / n, k % n);
                let is_diagonal = known.diagonal && is_matrix;
                let is_symmetric =
                    (known.symmetric || known.positive_definite) && is_matrix;
                let is_outside = known.lower && i < j || known.upper && i > j;
                places.push(if is_diagonal && i != j || is_outside {
                    None
                } else if is_symmetric && i > j {
                    places[j * n + i]
                } else {
                    let name = match (variable.shape.is_scalar(), is_matrix) {
                        (true, _) => variable.name.clone(),
                        (_, false) => entry(&variable.name, &[i.max(j) + 1]),
                        (_, true) => entry(&variable.name, &[i + 1, j + 1]),
                    };
                    Some(names.add(name, &mut taken)?)
                });
            }
            names.arrays.push((m, n, places));
        }
        Ok(names)
    }

    fn add(&mut self, name: String, taken: &mut BTreeSet<String>) -> Result<u16> {
        if Scalars::is_taken(&name) || !taken.insert(name.clone()) {
            let what = format!("`{name}` would mean two things in scalars");
            return Err(Error::from(ErrorKind::InvalidDeclaration(what))
                .help("give the array another name"));
        }
        let structure = super::super::form::Structure::default();
        self.scope.variables.push(Variable::new(name, Shape::SCALAR, structure));
        Ok((self.scope.variables.len() - 1) as u16)
    }

    /// The scalars as the names of a problem.
    pub(super) fn scope(&self) -> &Scope {
        &self.scope
    }

    /// The value of every entry.
    pub(super) fn values(&self, instance: &Instance) -> Vec<f64> {
        let mut values = vec![f64::NAN; self.scope.variables.len()];
        for (array, (_, _, places)) in instance.variables.iter().zip(&self.arrays) {
            for (value, place) in array.data.iter().zip(places) {
                if let Some(place) = place {
                    values[usize::from(*place)] = *value;
                }
            }
        }
        values
    }

    /// Says which variables there are, and what is known of them.
    pub(super) fn tell(&self, used: &[String], found: &mut Components) {
        for (variable, (m, n, places)) in self.declared.iter().zip(&self.arrays) {
            if !used.contains(&variable.name) {
                continue;
            }
            let name_of =
                |place: u16| self.scope.variables[usize::from(place)].name.clone();
            let mut list: Vec<String> = Vec::new();
            for place in places.iter().flatten() {
                let name = name_of(*place);
                if !list.contains(&name) {
                    list.push(name);
                }
            }
            let known = variable.structure;
            if known.positive {
                found.assumptions.extend(list.iter().map(|name| format!("{name} > 0")));
            } else if known.positive_definite {
                let diagonal = (0..*m).filter_map(|i| places[i * n + i]);
                found.assumptions.extend(diagonal.map(|p| format!("{} > 0", name_of(p))));
            }
            let mut note =
                |message: String| found.notes.push(Note { message, span: None });
            let name = &variable.name;
            if (known.symmetric || known.positive_definite) && !known.diagonal && *m > 1 {
                note(format!(
                    "`{name}` is symmetric, so {} stands for the entries at 1,2 and at 2,1",
                    entry(name, &[1, 2])
                ));
            }
            if known.orthogonal || known.stochastic {
                note(format!("the entries of `{name}` are taken as independent"));
            }
            let entries = places.iter().map(|place| place.map(name_of)).collect();
            found.entries.push((name.clone(), entries));
            found.variables.push((name.clone(), list));
        }
    }
}
