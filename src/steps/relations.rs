//! The relations between functions by which one form is another: with them put in, both are the
//! same when they are multiplied out.

use super::deriver::Deriver;
use crate::derivation::{Math, Reason};
use crate::error::Result;
use crate::function;
use crate::kernel::{ExprId, Node, Number, Pool};
use crate::simplify;
use crate::syntax::Template;

/// The most terms that are multiplied out.
const MAX_EXPANDED: usize = 400;
/// Above this cost, nothing is looked for.
const MAX_COST: u32 = 400;
/// The most calls that are looked at.
const MAX_CALLS: usize = 24;

/// A function as what it is in others; of `2*u` only where functions of `u` stand beside it.
type Definition = (&'static str, &'static str, bool);

#[rustfmt::skip]
const DEFINITIONS: &[Definition] = &[
    ("tan",  "sin(u)/cos(u)",     false),
    ("cot",  "cos(u)/sin(u)",     false),
    ("sec",  "1/cos(u)",          false),
    ("csc",  "1/sin(u)",          false),
    ("tanh", "sinh(u)/cosh(u)",   false),
    ("coth", "cosh(u)/sinh(u)",   false),
    ("sech", "1/cosh(u)",         false),
    ("csch", "1/sinh(u)",         false),
    ("abs",  "u*sign(u)",         false),
    ("sin",  "2*sin(u)*cos(u)",   true),
    ("cos",  "1 - 2*sin(u)^2",    true),
    ("sinh", "2*sinh(u)*cosh(u)", true),
    ("cosh", "1 + 2*sinh(u)^2",   true),
];

/// Squares of functions in others: the function, its square, and the equation as it is known.
#[rustfmt::skip]
const SQUARES: &[(&str, &str, [&str; 2])] = &[
    ("cos",  "1 - sin(u)^2",  ["sin(u)^2 + cos(u)^2",   "1"]),
    ("cosh", "1 + sinh(u)^2", ["cosh(u)^2 - sinh(u)^2", "1"]),
    ("sign", "1",             ["sign(u)^2",             "1"]),
];

/// What was put in: the relation, and the reason with it.
struct Used {
    from: ExprId,
    to: ExprId,
    sides: [ExprId; 2],
}

impl Deriver<'_> {
    /// The relations that make the answer of what the rules left, as reasons.
    ///
    /// # Errors
    /// A text that is too long.
    pub(super) fn by_relations(
        &mut self,
        raw: ExprId,
        answer: ExprId,
    ) -> Result<Option<Vec<Reason>>> {
        if self.pool.cost(raw).max(self.pool.cost(answer)) > MAX_COST {
            return Ok(None);
        }
        let squares = self.squares(&[raw, answer]);
        if let Some(used) = self.with_squares(raw, answer, &squares) {
            return self.reasons(&[], &used).map(Some);
        }
        let definitions = self.definitions(&[raw, answer]);
        if definitions.is_empty() {
            return Ok(None);
        }
        let put: Vec<(ExprId, ExprId)> =
            definitions.iter().map(|used| (used.from, used.to)).collect();
        let changed = self.pool.substitute(&[raw, answer], &put, function::apply);
        let squares = self.squares(&changed);
        match self.with_squares(changed[0], changed[1], &squares) {
            Some(used) => self.reasons(&definitions, &used).map(Some),
            None => Ok(None),
        }
    }

    fn reasons(&self, definitions: &[Used], squares: &[&Used]) -> Result<Vec<Reason>> {
        let mut reasons: Vec<Reason> = Vec::new();
        for used in definitions.iter().chain(squares.iter().copied()) {
            let [left, right] = used.sides;
            let equation = Math::equation(&self.math(left)?, &self.math(right)?);
            reasons.push(Reason::new("identity").with("equation", equation));
        }
        match reasons.is_empty() {
            true => Ok(vec![Reason::new("rearranged")]),
            false => Ok(reasons),
        }
    }

    /// The squares that are needed for two expressions to be the same, none where they are it
    /// without.
    fn with_squares<'u>(
        &mut self,
        one: ExprId,
        other: ExprId,
        squares: &'u [Used],
    ) -> Option<Vec<&'u Used>> {
        let (above, below) = self.over_one(one);
        let (own_above, own_below) = self.over_one(other);
        let left = self.pool.product(&[above, own_below]);
        let right = self.pool.product(&[own_above, below]);
        let gap = self.pool.difference(left, right);
        let mut gap = simplify::expand_all(self.pool, gap, MAX_EXPANDED)?;
        let mut used = Vec::new();
        for square in squares {
            if gap == Pool::ZERO {
                break;
            }
            let changed = self.without_powers(gap, square)?;
            if changed != gap {
                used.push(square);
                gap = changed;
            }
        }
        (gap == Pool::ZERO).then_some(used)
    }

    /// A sum with another expression in the place of the square of one.
    fn without_powers(&mut self, id: ExprId, square: &Used) -> Option<ExprId> {
        let powers: Vec<(ExprId, i64)> = self
            .pool
            .reachable(&[id])
            .into_iter()
            .filter_map(|power| {
                let (base, exponent) = self.pool.base(power);
                let n = self.pool.as_number(exponent).and_then(Number::to_i64)?;
                (base == square.from && n > 1).then_some((power, n))
            })
            .collect();
        if powers.is_empty() {
            return Some(id);
        }
        let mut put = Vec::with_capacity(powers.len());
        for (power, n) in powers {
            let half = self.pool.integer(n / 2);
            let whole = self.pool.power(square.to, half);
            let rest = if n % 2 == 1 { square.from } else { Pool::ONE };
            put.push((power, self.pool.product(&[whole, rest])));
        }
        let changed = self.pool.substitute(&[id], &put, function::apply)[0];
        simplify::expand_all(self.pool, changed, MAX_EXPANDED)
    }

    /// The calls of functions of one argument in expressions.
    fn calls(&self, roots: &[ExprId]) -> Vec<(ExprId, &'static str, ExprId)> {
        let mut calls = Vec::new();
        for id in self.pool.reachable(roots) {
            if let Node::Apply(called, list) = self.pool.node(id)
                && let [argument] = self.pool.list(list)
                && called.is_builtin()
            {
                calls.push((id, function::spec(called).name, *argument));
            }
        }
        calls.truncate(MAX_CALLS);
        calls
    }

    /// What stands in expressions of the table of definitions.
    fn definitions(&mut self, roots: &[ExprId]) -> Vec<Used> {
        let calls = self.calls(roots);
        let mut found = Vec::new();
        for (id, name, argument) in &calls {
            let half = self.pool.scale(&Number::HALF, *argument);
            let is_double = calls.iter().any(|(_, _, other)| *other == half);
            let rows = DEFINITIONS.iter().filter(|row| row.0 == *name);
            for (_, meant, of_double) in rows.filter(|row| !row.2 || is_double) {
                let u = if *of_double { half } else { *argument };
                if let Some(to) = built(self.pool, meant, u) {
                    found.push(Used { from: *id, to, sides: [*id, to] });
                }
            }
        }
        found
    }

    /// The functions in expressions whose squares are known in others.
    fn squares(&mut self, roots: &[ExprId]) -> Vec<Used> {
        let mut found = Vec::new();
        for (id, name, argument) in self.calls(roots) {
            for (_, square, sides) in SQUARES.iter().filter(|row| row.0 == name) {
                let to = built(self.pool, square, argument);
                let sides = sides.map(|side| built(self.pool, side, argument));
                if let (Some(to), [Some(left), Some(right)]) = (to, sides) {
                    found.push(Used { from: id, to, sides: [left, right] });
                }
            }
        }
        found
    }
}

fn built(pool: &mut Pool, text: &str, u: ExprId) -> Option<ExprId> {
    Template::read(&["u"], text).ok()?.build(&[u], pool).ok()
}
