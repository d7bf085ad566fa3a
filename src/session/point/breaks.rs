//! Where a formula may have no derivative although it is defined.

use super::super::engine::{Engine, Form, Formula};
use super::beside::Meeting;
use crate::calculus;
use crate::check::Seam;
use crate::error::Result;
use crate::evaluate::{Slot, Tape};
use crate::function;
use crate::kernel::{Assumption, ExprId, FunctionId, Node, Number, Pool, Relation};
use crate::print::{self, Notation};
use crate::simplify;
use crate::syntax;
use rustc_hash::FxHashSet;

/// How rows say that a function breaks at whole numbers.
const WHOLE: [&str; 2] = ["u = floor(u)", "u = ceil(u)"];
/// How many operations of the formula are looked at once for its seams.
const OPERATIONS: usize = 20_000;
/// How many operations are run to see whether a formula is smooth across its seams.
const RUNS: usize = 20_000_000;
/// Up to which cost together conditions are asked whether they can hold.
const ASKED: u32 = 400_000;
/// How many conditions are written, and at which cost together.
const WRITTEN: usize = 100;
const COST: u32 = 20_000;
/// Up to how many conditions, which cost and which order power series are asked; up to how many
/// conditions the formula is looked at where they hold.
const FEW: usize = 8;
const SHORT: u32 = 200;
const LOW_ORDER: u32 = 20;

impl Engine {
    /// Where functions in the formula have no derivative though they are defined, and where
    /// one branch of a case distinction follows on another, as conditions.
    ///
    /// # Errors
    /// A condition of the function table that cannot be read; a test reads them all.
    pub fn breaks(&mut self, formula: &Formula, wrt: &[String]) -> Result<Vec<ExprId>> {
        let mut found = self.breaks_of(&formula.roots, wrt)?;
        if found.len() <= FEW {
            found.retain(|condition| !self.is_still(*condition, wrt));
        }
        Ok(found)
    }

    /// Whether a condition holds or not all around wherever the steps in it do not jump, which
    /// conditions of their own say: `floor(x) = 0`.
    fn is_still(&mut self, condition: ExprId, wrt: &[String]) -> bool {
        let Some((left, right)) = sides(&self.pool, condition) else { return false };
        let has_steps = |id: &ExprId| match self.pool.node(*id) {
            Node::Apply(function, _) if function.is_builtin() => {
                let slopes = function::spec(function).derivatives;
                !slopes.is_empty() && slopes.iter().all(|slope| *slope == "0")
            }
            _ => false,
        };
        if !self.pool.reachable(&[left, right]).iter().any(has_steps) {
            return false;
        }
        let gap = self.pool.difference(left, right);
        wrt.iter().all(|name| {
            let symbol = self.pool.symbol(name);
            let slope = calculus::differentiate(&mut self.pool, gap, symbol, &mut ());
            let slope = slope.and_then(|slope| self.simplify(slope));
            slope.is_ok_and(|slope| slope == Pool::ZERO)
        })
    }

    /// Those at which the formula itself has no first derivative, or another one than the formula
    /// of its derivative says, as far as numbers tell: not the one of `abs(x)` in `x*abs(x)`, but
    /// the one of `sign(x)` in `sign(x)^2*x`, of which the derivative is `sign(x)^2`.
    ///
    /// # Errors
    /// As [`Engine::breaks`].
    pub fn first_breaks(
        &mut self,
        formula: &Formula,
        wrt: &[String],
    ) -> Result<Vec<ExprId>> {
        let mut found = self.high_breaks(formula, wrt, 1)?;
        if found.len() <= FEW {
            found.retain(|condition| !self.is_outside(&formula.roots, *condition));
        }
        if found.is_empty() {
            return Ok(found);
        }
        let mut tape = Tape::default();
        let roots = tape.add_expressions(&self.pool, &formula.roots);
        // Long formulas with many seams: of those that are not looked at, it is said that
        // there may be no derivative.
        let mut left = OPERATIONS / tape.operations.len().max(1);
        let mut runs = RUNS;
        let mut formulas = None;
        let mut kept = Vec::with_capacity(found.len());
        for condition in found {
            let is_looked_at = left > 0;
            left = left.saturating_sub(1);
            let is_smooth = is_looked_at
                && self.is_smooth_at(&tape, (&roots, &[]), condition, &mut runs);
            if !is_smooth {
                kept.push(condition);
                continue;
            }
            let (tape, slopes) = match &mut formulas {
                Some(formulas) => formulas,
                None => {
                    let slopes = self.slopes(&formula.roots, wrt)?;
                    let mut tape = tape.clone();
                    let slopes = tape.add_expressions(&self.pool, &slopes);
                    formulas.insert((tape, slopes))
                }
            };
            if !self.is_smooth_at(tape, (&roots, slopes), condition, &mut runs) {
                kept.push(condition);
            }
        }
        Ok(kept)
    }

    /// The formulas of the first derivatives.
    fn slopes(&mut self, roots: &[ExprId], wrt: &[String]) -> Result<Vec<ExprId>> {
        let mut slopes = Vec::with_capacity(wrt.len() * roots.len());
        for name in wrt {
            for root in roots {
                slopes.push(self.derivative(*root, name, Form::Auto, &mut ())?);
            }
        }
        Ok(slopes)
    }

    /// Those at which a derivative of an order is not known to exist: not the one of `abs(x)^3`
    /// for the second.
    ///
    /// # Errors
    /// As [`Engine::breaks`].
    pub fn high_breaks(
        &mut self,
        formula: &Formula,
        wrt: &[String],
        order: u32,
    ) -> Result<Vec<ExprId>> {
        let mut found = self.breaks(formula, wrt)?;
        if order > 1 {
            self.add_bends(&formula.roots, wrt, &mut found)?;
        }
        let ([root], [variable]) = (&formula.roots[..], wrt) else { return Ok(found) };
        let is_short = found.len() <= FEW && self.pool.cost(*root) <= SHORT;
        if !is_short
            || order > LOW_ORDER
            || self.variables(&[*root]).len() > 1
            || self.pool.is_complex()
        {
            return Ok(found);
        }
        let symbol = self.pool.symbol(variable);
        let mut kept = Vec::with_capacity(found.len());
        for condition in found.drain(..) {
            if !self.is_harmless(*root, symbol, condition, order)? {
                kept.push(condition);
            }
        }
        Ok(kept)
    }

    /// Adds where derivatives above the first may be missing, as conditions: functions that are
    /// smooth once there, and what shows in a short first derivative alone.
    pub(in crate::session) fn add_bends(
        &mut self,
        roots: &[ExprId],
        wrt: &[String],
        found: &mut Vec<ExprId>,
    ) -> Result<()> {
        let symbols: Vec<ExprId> =
            wrt.iter().map(|name| self.pool.symbol(name)).collect();
        let all = self.pool.sum(&symbols);
        let mut slopes = Vec::new();
        for id in self.pool.reachable_where(roots, |id| self.pool.may_depend(id, all)) {
            let Node::Apply(function, list) = self.pool.node(id) else { continue };
            if !function.is_builtin() || !function::spec(function).bends() {
                continue;
            }
            let arguments = self.pool.list(list).to_vec();
            let edge = function::apply(&mut self.pool, function, &[Pool::ZERO]);
            if !self.is_undefined(edge) {
                slopes.extend(syntax::derivative(
                    function,
                    0,
                    &arguments,
                    &mut self.pool,
                )?);
            }
        }
        let gap = |engine: &mut Self, condition: ExprId| {
            let (left, right) = sides(&engine.pool, condition)?;
            let gap = engine.pool.difference(left, right);
            let gap = engine.pool.coefficient(gap).1;
            Some(gap.min(engine.pool.negate(gap)))
        };
        let mut known: Vec<Option<ExprId>> =
            found.iter().map(|condition| gap(self, *condition)).collect();
        let mut fresh = self.breaks_of(&slopes, wrt)?;
        if let ([root], [variable]) = (roots, wrt)
            && self.pool.cost(*root) <= SHORT
            && !self.pool.is_complex()
        {
            // What shows in the short form alone: absolute values of roots of squares.
            let slope = self.raw_derivative(*root, std::slice::from_ref(variable))?;
            let short = self.simplify(slope)?;
            let mut hidden = self.breaks_of(&[short], wrt)?;
            let open: Vec<_> = self.breaks_of(&[slope], wrt)?;
            let open: Vec<_> = open.into_iter().map(|id| gap(self, id)).collect();
            hidden.retain(|condition| !open.contains(&gap(self, *condition)));
            fresh.extend(hidden);
        }
        for condition in fresh {
            let own = gap(self, condition);
            if !known.contains(&own) && !self.is_still(condition, wrt) {
                known.push(own);
                found.push(condition);
            }
        }
        Ok(())
    }

    /// Whether a function has no value where a condition holds, or derivatives up to an order by
    /// its power series on both sides.
    fn is_harmless(
        &mut self,
        root: ExprId,
        symbol: ExprId,
        condition: ExprId,
        order: u32,
    ) -> Result<bool> {
        let Some((left, right)) = sides(&self.pool, condition) else { return Ok(false) };
        let gap = self.pool.difference(left, right);
        let (base, exponent) = self.pool.base(self.pool.coefficient(gap).1);
        let gap = match self.pool.as_number(exponent) {
            Some(n) if n.is_integer() && !n.is_negative() => base,
            _ => gap,
        };
        // Where it is linear, it holds at one point.
        let slope = calculus::differentiate(&mut self.pool, gap, symbol, &mut ())?;
        let slope = self.simplify(slope)?;
        if self.pool.as_number(slope).is_none_or(Number::is_zero) {
            return Ok(false);
        }
        let inverse = self.pool.power(slope, Pool::MINUS_ONE);
        let start = [(symbol, Pool::ZERO)];
        let start = self.pool.substitute(&[gap], &start, function::apply)[0];
        // What has steps in it has such a slope too.
        let rise = self.pool.product(&[slope, symbol]);
        let line = self.pool.sum(&[start, rise]);
        let rest = self.pool.difference(gap, line);
        if self.simplify(rest)? != Pool::ZERO {
            return Ok(false);
        }
        let at = self.pool.product(&[Pool::MINUS_ONE, start, inverse]);
        let at = self.simplify(at)?;
        if !self.pool.is_constant(at) {
            return Ok(false);
        }
        let value = self.pool.substitute(&[root], &[(symbol, at)], function::apply)[0];
        let value = self.simplify(value)?;
        if self.is_undefined(value) {
            return Ok(true);
        }
        let Some(found) = self.both_sides(root, (symbol, at), order)? else {
            return Ok(false);
        };
        if !found.is_inside() || self.meeting(&found, Some(value))? != Meeting::Agree {
            return Ok(false);
        }
        let limit = found.known()[order as usize];
        self.says(root, (symbol, at), order, limit)
    }

    /// Whether the formula of a derivative has no value at a point, or the one that it should
    /// have: the coefficient of a power series.
    fn says(
        &mut self,
        root: ExprId,
        (symbol, at): (ExprId, ExprId),
        order: u32,
        coefficient: ExprId,
    ) -> Result<bool> {
        let Some(name) = self.pool.symbol_name(symbol).map(str::to_owned) else {
            return Ok(false);
        };
        let (mut slope, mut factorial) = (root, Number::ONE);
        for count in 1..=order {
            slope = self.derivative(slope, &name, Form::Auto, &mut ())?;
            factorial = factorial.mul(&Number::from(i64::from(count)));
        }
        let value = self.pool.substitute(&[slope], &[(symbol, at)], function::apply)[0];
        let value = self.simplify(value)?;
        if self.is_undefined(value) {
            return Ok(true);
        }
        let limit = self.pool.scale(&factorial, coefficient);
        Ok(self.is_same(value, limit)? == Some(true))
    }

    /// Whether nothing in which a condition shows has a value where it holds: the logarithm in
    /// `ln(abs(x^2 - 1))` has none where `x^2 - 1` is 0.
    fn is_outside(&mut self, roots: &[ExprId], condition: ExprId) -> bool {
        let Some((left, right)) = sides(&self.pool, condition) else { return false };
        let gap = self.pool.difference(left, right);
        let opposite = self.pool.negate(gap);
        let vanishing = [(gap, Pool::ZERO), (opposite, Pool::ZERO)];
        let held = self.pool.substitute(roots, &vanishing, function::apply);
        let mut pairs = roots.iter().zip(&held).filter(|(root, held)| root != held);
        let has_none = |(_, held): (&ExprId, &ExprId)| *held == Pool::UNDEFINED;
        let first = pairs.next();
        first.is_some_and(has_none) && pairs.all(has_none)
    }

    fn is_smooth_at(
        &mut self,
        tape: &Tape,
        formulas: (&[Slot], &[Slot]),
        condition: ExprId,
        runs: &mut usize,
    ) -> bool {
        let Some((left, right)) = sides(&self.pool, condition) else { return false };
        let mut tape = tape.clone();
        let whole = self.whole_part(left, right);
        let gap = self.pool.difference(left, right);
        let mut parts = vec![whole.unwrap_or(gap)];
        parts.extend(guard(&self.pool, condition));
        let added = tape.add_expressions(&self.pool, &parts);
        let guard = added.get(1).copied();
        let seam = Seam { zero: added[0], is_whole: whole.is_some(), guard };
        let known: Vec<Assumption> =
            tape.variables.iter().map(|name| self.pool.assumption(name)).collect();
        let (_, checker) = self.pool_and_checker();
        checker.is_smooth_across(&tape, formulas, seam, &known, runs)
    }

    /// What is a whole number where two expressions are equal, if one of them is the whole
    /// number below or above the other.
    fn whole_part(&self, left: ExprId, right: ExprId) -> Option<ExprId> {
        let is_step = |part: ExprId, of: ExprId| match self.pool.node(part) {
            Node::Apply(function, list) => {
                function.is_builtin()
                    && WHOLE.contains(&function::spec(function).breaks)
                    && self.pool.list(list) == [of]
            }
            _ => false,
        };
        let pairs = [(right, left), (left, right)];
        pairs.into_iter().find(|(part, of)| is_step(*part, *of)).map(|(_, of)| of)
    }

    /// The half line on which angles begin anew: where an angle of two coordinates jumps.
    fn cut(&mut self, arguments: &[ExprId], all: ExprId) -> Option<ExprId> {
        let [u, v] = *arguments else { return None };
        let side = simplify::side(&mut self.pool, v);
        if side.is_some_and(|side| side.is_above) || !self.pool.may_depend(u, all) {
            return None;
        }
        let relate = |pool: &mut Pool, relation: Relation, sides: [ExprId; 2]| {
            function::apply(pool, relation.function(), &sides)
        };
        let pool = &mut self.pool;
        let is_level = relate(pool, Relation::Equal, [u, Pool::ZERO]);
        if side.is_some_and(|side| side.is_strict) {
            return Some(is_level);
        }
        let is_left = relate(pool, Relation::Less, [v, Pool::ZERO]);
        Some(relate(pool, Relation::And, [is_level, is_left]))
    }

    /// What is 0 where an equation holds, whichever side comes first; another condition itself.
    fn regardless_of_order(&mut self, condition: ExprId) -> ExprId {
        match (guard(&self.pool, condition), sides(&self.pool, condition)) {
            (None, Some((left, right))) => {
                let gaps = [(left, right), (right, left)]
                    .map(|(a, b)| self.pool.difference(a, b));
                gaps[0].min(gaps[1])
            }
            _ => condition,
        }
    }

    /// Conditions in text; of many, how many more there are.
    ///
    /// # Errors
    /// A text that is too long.
    pub fn written_breaks(&self, conditions: &[ExprId]) -> Result<Vec<String>> {
        let (mut texts, mut cost) = (Vec::new(), 0_u32);
        for (place, condition) in conditions.iter().enumerate() {
            cost = cost.saturating_add(self.pool.cost(*condition));
            if place > 0 && cost > COST || place == WRITTEN {
                let more = conditions.len() - place;
                texts.push(match more {
                    1 => "one more condition holds".to_owned(),
                    more => format!("one of {more} more conditions holds"),
                });
                break;
            }
            texts.push(print::write(&self.pool, *condition, Notation::Text)?);
        }
        Ok(texts)
    }

    /// The same for any expressions.
    pub(in crate::session) fn breaks_of(
        &mut self,
        roots: &[ExprId],
        wrt: &[String],
    ) -> Result<Vec<ExprId>> {
        let symbols: Vec<ExprId> =
            wrt.iter().map(|name| self.pool.symbol(name)).collect();
        let all = self.pool.sum(&symbols);
        let depends = |id: ExprId| self.pool.may_depend(id, all);
        let mut found: Vec<ExprId> = Vec::new();
        let mut seen: FxHashSet<ExprId> = FxHashSet::default();
        let mut asked = 0_u32;
        for id in self.pool.reachable_where(roots, depends) {
            let Node::Apply(function, list) = self.pool.node(id) else { continue };
            let arguments = self.pool.list(list).to_vec();
            // Conditions stand in case distinctions only.
            let condition = match (Relation::of(function), &arguments[..]) {
                (Some(Relation::And | Relation::Or), _) => None,
                (Some(_), [left, right]) => {
                    let equal = Relation::Equal.function();
                    let sides = match self.pool.is_constant(*left) {
                        true => [*right, *left],
                        false => [*left, *right],
                    };
                    Some(self.pool.application(equal, &sides))
                }
                _ if !function.is_builtin() => None,
                _ if is_angle(function, &arguments) => self.cut(&arguments, all),
                _ if function::spec(function).breaks.is_empty() => None,
                _ => syntax::breaks(function, &arguments, &mut self.pool)?,
            };
            let Some(condition) = condition else { continue };
            if self.pool.as_number(condition).is_some()
                || !seen.insert(self.regardless_of_order(condition))
            {
                continue;
            }
            // Of what is not asked any more, it is said that it may hold.
            asked = asked.saturating_add(self.pool.cost(condition));
            if asked > ASKED || !is_impossible(&mut self.pool, condition) {
                found.push(condition);
            }
        }
        Ok(found)
    }
}

/// The sides of an equation, or of the one that must hold together with another condition.
pub(in crate::session) fn sides(
    pool: &Pool,
    condition: ExprId,
) -> Option<(ExprId, ExprId)> {
    let Node::Apply(function, list) = pool.node(condition) else { return None };
    let [left, right] = *pool.list(list) else { return None };
    match Relation::of(function) {
        Some(Relation::Equal) => Some((left, right)),
        Some(Relation::And) => sides(pool, left),
        _ => None,
    }
}

/// What must hold together with the equation of a condition, if there is such a thing.
pub(in crate::session) fn guard(pool: &Pool, condition: ExprId) -> Option<ExprId> {
    let Node::Apply(function, list) = pool.node(condition) else { return None };
    (Relation::of(function) == Some(Relation::And)).then(|| pool.list(list)[1])
}

/// Whether a function is an angle of two coordinates, which jumps on half a line.
pub(in crate::session) fn is_angle(function: FunctionId, arguments: &[ExprId]) -> bool {
    let row = function::spec(function);
    arguments.len() == 2
        && row.breaks.is_empty()
        && function::is_real(row)
        && !function::is_conditional(function)
}

/// Whether a condition says that two are equal one of which is greater, or that zero is the
/// reciprocal of something.
fn is_impossible(pool: &mut Pool, condition: ExprId) -> bool {
    let Some((left, right)) = sides(pool, condition) else { return false };
    let gap = pool.difference(left, right);
    let is_never = simplify::side(pool, gap).is_some_and(|side| side.is_strict);
    let is_apart = |factor: &ExprId| {
        let (base, exponent) = pool.base(*factor);
        pool.as_number(exponent).is_some_and(Number::is_negative)
            || match pool.node(base) {
                Node::Apply(function, _) => function::spec(function).nonzero,
                _ => false,
            }
    };
    let (_, rest) = pool.coefficient(gap);
    let is_reciprocal = pool.factors(&rest).iter().all(is_apart);
    let is_nonzero =
        pool.symbol_name(rest).is_some_and(|name| pool.assumption(name).nonzero);
    is_never || is_reciprocal || is_nonzero
}
