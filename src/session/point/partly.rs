//! Derivatives at kinks and jumps at points that leave some variables open: `w*abs(x)` at
//! `x = 0`.

use super::super::engine::{Engine, Formula};
use super::alone::{Missing, may_be_alone};
use super::eval::Point;
use super::slope::{AtPoint, unknown};
use crate::error::{Error, Result};
use crate::evaluate::digits;
use crate::function;
use crate::kernel::{ExprId, Node, Number, Pool, Relation};
use crate::print::{self, Notation};
use crate::syntax;

/// The values that variables get which a point leaves open, so that they meet by chance only:
/// each in turn begins one further.
const VALUES: [(i64, i64); 8] =
    [(17, 13), (-29, 23), (7, 11), (-5, 19), (101, 31), (-83, 7), (2, 43), (-1, 37)];
/// How often values are given.
const TRIES: usize = 3;

impl Engine {
    /// A derivative of a component at a kink or a jump at a point that leaves some variables
    /// open, or that it is missing for almost all values of them; `None` where the formula of
    /// the derivative, which has this value, is right.
    ///
    /// # Errors
    /// That it is not known; a point at which the function itself has no value; a limit.
    pub fn partly_at(
        &mut self,
        formula: &Formula,
        component: usize,
        sequence: &[String],
        point: &Point,
        value: Option<ExprId>,
    ) -> Result<Option<AtPoint>> {
        let root = formula.roots[component];
        if value.is_none() {
            self.at_point(&[root], point)?;
        }
        let is_given = |name: &String| point.iter().any(|(own, _)| own == name);
        if value.is_some()
            && (!self.moves_with(sequence, point)?
                || !self.may_break(formula, component, point)?)
        {
            return Ok(None);
        }
        if sequence.iter().all(is_given)
            && let Some(found) = self.series_at(formula, component, sequence, point)?
        {
            return match found {
                AtPoint::Exact(id) if self.may_tie(id, root) => {
                    Err(unknown_of(sequence, formula, point))
                }
                found => Ok(Some(found)),
            };
        }
        let open: Vec<String> =
            self.variables(&[root]).into_iter().filter(|name| !is_given(name)).collect();
        let (mut is_right, mut is_alone) = (false, false);
        for start in 0..TRIES {
            let Some(full) = self.filled(&open, point, start)? else { break };
            let own = value.and_then(|value| self.at_point(&[value], &full).ok());
            let own = own.map(|values| values[0]);
            let Ok(found) = self.derivative_at(formula, component, sequence, &full, own)
            else {
                (is_right, is_alone) = (false, false);
                break;
            };
            is_alone = matches!(found, Some(AtPoint::Missing(Missing::Alone)));
            is_right = match (found, own) {
                (Some(AtPoint::Missing(Missing::Sides(_))), _) => {
                    let missing = Missing::General([None, None]);
                    return Ok(Some(AtPoint::Missing(missing)));
                }
                (Some(AtPoint::Exact(found)), Some(own)) => {
                    self.is_same(found, own)? == Some(true)
                }
                (None, Some(_)) => true,
                _ => false,
            };
            if !is_right && !is_alone {
                break;
            }
        }
        if is_alone {
            return Ok(Some(AtPoint::Missing(Missing::Alone)));
        }
        match is_right {
            true => Ok(None),
            false => Err(unknown_of(sequence, formula, point)),
        }
    }

    /// Whether a component has a value at a point that leaves some variables open, and none
    /// beside it, whatever they are: `w + sqrt(x^2*(x - 1))` at `x = 0`.
    ///
    /// # Errors
    /// A point at which the function itself has no value; a limit.
    pub fn is_partly_alone(
        &mut self,
        formula: &Formula,
        component: usize,
        sequence: &[String],
        point: &Point,
    ) -> Result<bool> {
        if !may_be_alone(formula) || !self.moves_with(sequence, point)? {
            return Ok(false);
        }
        let is_given = |name: &String| point.iter().any(|(own, _)| own == name);
        let root = formula.roots[component];
        let open: Vec<String> =
            self.variables(&[root]).into_iter().filter(|name| !is_given(name)).collect();
        let whole = syntax::parse("1", &[])?;
        let mut names: Vec<&String> = sequence.iter().collect();
        names.sort();
        names.dedup();
        for name in names {
            let along = vec![(name.clone(), whole.clone())];
            let mut tried = 0;
            for start in 0..TRIES {
                let Some(full) = self.filled(&open, point, start)? else { break };
                if !self.is_alone(formula, component, &along, &full)? {
                    tried = 0;
                    break;
                }
                tried += 1;
            }
            if tried > 0 {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether an expression jumps, otherwise than a formula does, where a part with steps has a
    /// value that it keeps in a range of its variables: the sides of a tie say nothing of it.
    fn may_tie(&self, id: ExprId, formula: ExprId) -> bool {
        let applied = |id: ExprId| match self.pool.node(id) {
            Node::Apply(function, list) if function.is_builtin() => {
                Some((function, self.pool.list(list)))
            }
            _ => None,
        };
        let is_stepped = |id: ExprId| {
            applied(id).is_some_and(|(function, _)| function::spec(function).has_steps())
        };
        let jumps_at_steps = |id: &ExprId| {
            applied(*id).is_some_and(|(function, arguments)| {
                let jumps = Relation::of(function).is_some()
                    || !function::spec(function).breaks.is_empty();
                jumps && self.pool.reachable(arguments).into_iter().any(is_stepped)
            })
        };
        let own = self.pool.reachable(&[formula]);
        let mut parts = self.pool.reachable(&[id]);
        parts.retain(jumps_at_steps);
        parts.iter().any(|part| !own.contains(part))
    }

    /// Whether a point gives one of some variables a value, or one that depends on it.
    fn moves_with(&mut self, sequence: &[String], point: &Point) -> Result<bool> {
        let symbols = self.symbols(sequence);
        let all = self.pool.sum(&symbols);
        for (name, _) in point {
            let symbol = self.pool.symbol(name);
            let value = self.at_point(&[symbol], point)?[0];
            if sequence.contains(name) || self.pool.may_depend(value, all) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether a condition holds at a point, as far as the point tells.
    pub fn condition_at(&mut self, condition: ExprId, point: &Point) -> Option<bool> {
        let truth = self.at_point(&[condition], point).ok()?[0];
        self.pool.as_number(truth).map(|truth| !truth.is_zero())
    }

    /// A point with values for more variables, which are as it is assumed of them.
    fn filled(
        &mut self,
        open: &[String],
        point: &Point,
        start: usize,
    ) -> Result<Option<Point>> {
        let mut more = Point::new();
        for (place, name) in open.iter().enumerate() {
            let known = self.pool.assumption(name);
            let turns = VALUES.iter().cycle().skip(start + place);
            let value = turns
                .take(VALUES.len())
                .filter_map(|(above, below)| Number::ratio(*above, *below))
                .find(|value| known.allows_exactly(value));
            let Some(value) = value else { return Ok(None) };
            more.push((name.clone(), value.to_string()));
        }
        // A coordinate may depend on what is open.
        let mut full = Point::with_capacity(point.len() + more.len());
        for (name, _) in point {
            let symbol = self.pool.symbol(name);
            let value = self.at_point(&[symbol], point)?;
            let value = self.at_point(&value, &more)?[0];
            full.push((name.clone(), print::write(&self.pool, value, Notation::Text)?));
        }
        full.extend(more);
        Ok(Some(full))
    }

    /// Whether an expression is not 0 for some values of its variables, so that it is not for
    /// almost all of them.
    pub(in crate::session) fn is_somewhere_nonzero(&mut self, id: ExprId) -> bool {
        let symbols = self.pool.symbols_of(&[id]);
        (0..TRIES).any(|start| {
            let turns = VALUES.iter().cycle().skip(start);
            let mut values = Vec::with_capacity(symbols.len());
            for (symbol, (above, below)) in symbols.iter().zip(turns) {
                let Some(value) = Number::ratio(*above, *below) else { return false };
                let name = self.pool.name(*symbol).to_owned();
                values.push((self.pool.symbol(&name), self.pool.number(value)));
            }
            let put = self.pool.substitute(&[id], &values, function::apply)[0];
            put != Pool::UNDEFINED
                && digits::vanishes(&self.pool, put, syntax::in_normal_form)
                    .is_ok_and(|told| told == Some(false))
        })
    }
}

/// That it is not known whether a derivative of a formula exists at a point.
fn unknown_of(sequence: &[String], formula: &Formula, point: &Point) -> Error {
    let names: Vec<&str> = sequence.iter().map(String::as_str).collect();
    let label = print::partial_label(&formula.name, &names, true, Notation::Text);
    unknown(&label, point)
}
