//! Two forms compared by exact values at drawn arrays.

use super::super::components::Grid;
use super::super::equal::Counterexample;
use super::super::form::{FormId, Op, Scope};
use super::super::problem::Problem;
use super::array::Placed;
use super::drawn::drawn;
use super::exact::Values;
use crate::evaluate::digits;
use crate::kernel::{ExprId, Pool, Purse};
use crate::syntax;
use rustc_hash::FxHashSet;

/// How many arrays are tried.
const ATTEMPTS: usize = 16;
/// How many have to agree.
const WANTED: usize = 8;
/// The digits of values that are no numbers.
const DIGITS: usize = 10;

/// What exact values say of two forms.
pub(in super::super) enum Compared {
    /// They agree at this many arrays.
    Agree(usize),
    /// They differ.
    Different(Counterexample),
}

/// How two values of an entry compare.
enum Pair {
    Equal,
    Different,
    /// The digits do not tell.
    Unclear,
}

impl Problem {
    /// Compares two forms of one shape. Where one has no value, they are not compared.
    pub(in super::super) fn compared(&self, first: FormId, second: FormId) -> Compared {
        let mut agree = 0;
        let purse = Purse::default();
        for attempt in 0..ATTEMPTS {
            // A pool of its own keeps long numbers of one attempt from the next.
            let mut pool = Pool::with_purse(&purse);
            let scope = self.numbered(attempt);
            let Ok(placed) = drawn(attempt, &scope, &mut pool) else { continue };
            let values =
                [first, second].map(|form| self.at(form, (&scope, &placed), &mut pool));
            let [Some(left), Some(right)] = values else { continue };
            match compare(&mut pool, &left, &right) {
                None => {}
                Some(None) => agree += 1,
                Some(Some(place)) => {
                    let forms = (first, second);
                    let mut found = self.counterexample(
                        forms,
                        &placed,
                        (place, left[place], right[place]),
                        &pool,
                    );
                    let names = self.scope.indices.iter().zip(&scope.indices);
                    let bound = self.bound(&[first, second]);
                    let names = names
                        .filter(|(name, number)| name != number && !bound.contains(name));
                    found.arrays.extend(names.map(|(a, b)| (a.clone(), b.clone())));
                    return Compared::Different(found);
                }
            }
            if agree == WANTED {
                break;
            }
        }
        Compared::Agree(agree)
    }

    /// The indices over which forms are summed.
    fn bound(&self, forms: &[FormId]) -> Vec<&String> {
        let all = forms.iter().flat_map(|form| self.forms.below(*form));
        let index = |id: FormId| match self.forms.op(id) {
            Op::IndexSum(index, ..) => self.scope.indices.get(usize::from(*index)),
            _ => None,
        };
        all.filter_map(index).collect()
    }

    /// The names with numbers for the indices that have names.
    fn numbered(&self, attempt: usize) -> Scope {
        let mut scope = self.scope.clone();
        for (place, index) in scope.indices.iter_mut().enumerate() {
            if index.parse::<usize>().is_err() {
                *index = (1 + (attempt + place * (attempt / 2)) % 2).to_string();
            }
        }
        scope
    }

    /// The entries of a form at arrays; `None` where it has no value, or none that is known.
    fn at(
        &self,
        form: FormId,
        (scope, placed): (&Scope, &Placed),
        pool: &mut Pool,
    ) -> Option<Vec<ExprId>> {
        let mut values = Values { pool, doubtful: FxHashSet::default() };
        let expander = self.expander(form, scope, placed);
        let grid = expander.expand(form, &mut values).ok()?;
        let mut doubtful: Vec<ExprId> = values.doubtful.iter().copied().collect();
        doubtful.sort_unstable();
        let pool = values.pool;
        let is_there = |id: &ExprId| {
            *id != Pool::UNDEFINED
                && digits::is_defined(pool, *id, syntax::in_normal_form) == Some(true)
        };
        let is_whole = doubtful.iter().all(is_there)
            && !grid.entries().contains(&Pool::UNDEFINED)
            && pool.failure().is_none();
        is_whole.then(|| grid.entries().to_vec())
    }

    fn counterexample(
        &self,
        (first, second): (FormId, FormId),
        placed: &Placed,
        (place, left, right): (usize, ExprId, ExprId),
        pool: &Pool,
    ) -> Counterexample {
        let used = self.variables_of(&[first, second]);
        let arrays = self.scope.variables.iter().zip(&placed.grids);
        let arrays = arrays.filter(|(variable, _)| used.contains(&variable.name));
        let arrays = arrays.filter_map(|(variable, grid)| {
            let text = written(grid.as_ref()?, variable.shape.is_vector(), pool);
            Some((variable.name.clone(), text))
        });
        let shape = self.forms.shape(first);
        let cols = placed.sizes[shape.cols.index()];
        let entry = match (shape.is_scalar(), shape.is_vector()) {
            (true, _) => String::new(),
            (_, true) => format!("[{}]", place + 1),
            _ => format!("[{},{}]", place / cols + 1, place % cols + 1),
        };
        let [left, right] = [left, right].map(|id| number(pool, id));
        Counterexample { arrays: arrays.collect(), entry, left, right }
    }
}

/// The first place at which entries differ; `None` where that is not clear.
fn compare(pool: &mut Pool, left: &[ExprId], right: &[ExprId]) -> Option<Option<usize>> {
    let mut is_clear = left.len() == right.len();
    for (place, (a, b)) in left.iter().zip(right).enumerate() {
        match pair(pool, *a, *b) {
            Pair::Equal => {}
            Pair::Different => return Some(Some(place)),
            Pair::Unclear => is_clear = false,
        }
    }
    is_clear.then_some(None)
}

fn pair(pool: &mut Pool, a: ExprId, b: ExprId) -> Pair {
    if a == b {
        return Pair::Equal;
    }
    let difference = pool.difference(a, b);
    if let Some(n) = pool.as_number(difference) {
        return if n.is_zero() { Pair::Equal } else { Pair::Different };
    }
    match digits::vanishes(pool, difference, syntax::in_normal_form) {
        Ok(Some(true)) => Pair::Equal,
        Ok(Some(false)) => Pair::Different,
        _ => Pair::Unclear,
    }
}

/// An array as it is typed.
fn written(grid: &Grid<ExprId>, is_vector: bool, pool: &Pool) -> String {
    let list = |ids: &[ExprId]| {
        let texts: Vec<String> = ids.iter().map(|id| number(pool, *id)).collect();
        format!("[{}]", texts.join(", "))
    };
    match (grid.entries(), is_vector) {
        ([one], _) => number(pool, *one),
        (all, true) => list(all),
        (all, false) => {
            let rows: Vec<String> = all.chunks(grid.cols).map(list).collect();
            format!("[{}]", rows.join(", "))
        }
    }
}

/// A value in writing: a number as it is, all else with a few digits.
fn number(pool: &Pool, id: ExprId) -> String {
    match pool.as_number(id) {
        Some(n) => n.to_string(),
        None => digits::decimal(pool, id, DIGITS, syntax::in_normal_form)
            .unwrap_or_else(|_| "another value".to_owned()),
    }
}
