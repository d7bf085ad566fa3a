//! What is known of a formula at a point, so that the many entries of a matrix of derivatives do
//! not each find it out again.

use super::super::engine::{Engine, Formula};
use super::alone::may_be_alone;
use super::eval::Point;
use crate::error::{ErrorKind, Result};
use crate::kernel::{ExprId, Pool};
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// The most names, numbers and operations of all values of a matrix.
const LONGEST: u64 = 10_000_000;

/// The last point that was read, all of whose coordinates are constants.
#[derive(Clone, Debug)]
pub(in crate::session) struct Placed {
    point: Point,
    is_complex: bool,
    values: FxHashMap<ExprId, ExprId>,
}

/// Something of each component of a formula, found out when it is first asked for.
#[derive(Debug)]
pub(in crate::session) struct ForEach<T>(Vec<OnceLock<T>>);

impl<T> ForEach<T> {
    fn new(count: usize) -> Self {
        Self((0..count).map(|_| OnceLock::new()).collect())
    }

    fn get(&self, component: usize) -> Option<&T> {
        self.0.get(component)?.get()
    }

    fn note(&self, component: usize, value: T) {
        if let Some(place) = self.0.get(component) {
            place.get_or_init(|| value);
        }
    }
}

impl Engine {
    /// The coordinates of a point that stand in expressions, each with its value.
    ///
    /// # Errors
    /// A coordinate that cannot be read, whether it stands there or not.
    pub(super) fn replacements(
        &mut self,
        roots: &[ExprId],
        point: &Point,
    ) -> Result<Vec<(ExprId, ExprId)>> {
        let is_complex = self.pool.is_complex();
        let is_known =
            |placed: &Placed| placed.is_complex == is_complex && placed.point == *point;
        if !self.set.is_empty() || !self.placed.as_ref().is_some_and(is_known) {
            let mut values = Vec::with_capacity(point.len());
            for (name, text) in point {
                let value = self.coordinate(name, text)?;
                values.push((self.pool.symbol(name), value));
            }
            let is_constant = |(_, value): &(_, ExprId)| self.pool.is_constant(*value);
            if !self.set.is_empty() || !values.iter().all(is_constant) {
                return Ok(values);
            }
            let values = values.into_iter().collect();
            self.placed = Some(Placed { point: point.clone(), is_complex, values });
        }
        let Some(placed) = &self.placed else { return Ok(Vec::new()) };
        let open = self.pool.reachable_where(roots, |id| !self.pool.is_constant(id));
        let value = |id: ExprId| Some((id, *placed.values.get(&id)?));
        Ok(open.into_iter().filter_map(value).collect())
    }

    /// What has values put in, in automatic form; `None` where some of it is undefined.
    ///
    /// # Errors
    /// Limits.
    pub(super) fn constant_values(
        &mut self,
        found: Vec<ExprId>,
    ) -> Result<Option<Vec<ExprId>>> {
        let mut values = Vec::with_capacity(found.len());
        for id in found {
            let Some(value) = self.constant_value(id)? else { return Ok(None) };
            values.push(value);
        }
        Ok(Some(values))
    }

    /// The values of derivatives of a component at a point in their order, all together; `None`
    /// where each has to be looked at, because the component is not smooth there for sure.
    ///
    /// # Errors
    /// Values that are too long in all, limits.
    pub fn plain_values_at(
        &mut self,
        formula: &Formula,
        component: usize,
        derivatives: &[ExprId],
        point: &Point,
    ) -> Result<Option<Vec<ExprId>>> {
        if self.pool.is_complex() || self.is_tied(formula.roots[component], point)? {
            return Ok(None);
        }
        if !self.is_smooth_at_point(formula, component, point) {
            self.must_be_defined_at(formula, component, point)?;
            let [_, has_no_cut] = self.plainness(formula, component);
            if may_be_alone(formula) || !has_no_cut {
                return Ok(None);
            }
        }
        let mut distinct = derivatives.to_vec();
        distinct.sort_unstable();
        distinct.dedup();
        let found = self.put_at(&distinct, point)?;
        let length: u64 = found.iter().map(|id| u64::from(self.pool.cost(*id))).sum();
        if length > LONGEST {
            let what = "the values at the point";
            return Err(ErrorKind::TooMuchWork { what, limit: LONGEST }.into());
        }
        let Some(values) = self.constant_values(found)? else { return Ok(None) };
        let known: FxHashMap<ExprId, ExprId> = distinct.into_iter().zip(values).collect();
        Ok(derivatives.iter().map(|id| known.get(id).copied()).collect())
    }

    /// Refuses a point at which a component has no value. What was found out at the first point
    /// is not asked for again.
    ///
    /// # Errors
    /// Such a point.
    pub fn must_be_defined_at(
        &mut self,
        formula: &Formula,
        component: usize,
        point: &Point,
    ) -> Result<()> {
        let new = || (point.clone(), ForEach::new(formula.roots.len()));
        let (first, known) = formula.known.defined.get_or_init(new);
        let is_first = self.set.is_empty() && first == point;
        if is_first && known.get(component).is_some() {
            return Ok(());
        }
        // Next to pi/2, `tan` has a value in doubles.
        let own = self.at_point(&[formula.roots[component]], point)?[0];
        if own == Pool::UNDEFINED {
            return Err(self.no_value(formula, point));
        }
        if is_first {
            known.note(component, ());
        }
        Ok(())
    }

    /// Whether quotients of differences tell nothing new of a component, and whether it has no
    /// cut either.
    pub(super) fn plainness(&self, formula: &Formula, component: usize) -> [bool; 2] {
        let known = formula.known.plain.get_or_init(|| ForEach::new(formula.roots.len()));
        if let Some(found) = known.get(component) {
            return *found;
        }
        let root = formula.roots[component];
        let is_plain = self.is_plain(root);
        let found = [is_plain, is_plain && !self.has_cut(root)];
        known.note(component, found);
        found
    }
}
