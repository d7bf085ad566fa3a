//! Equations and inequalities between formulas.

use super::super::report::Written;
use super::critical::{join, sign};
use calcgrad::Result;
use calcgrad::kernel::{ExprId, Node, Pool, Relation};

/// Several of them, those between two bounds as one: `-1 < x < 1`.
///
/// # Errors
/// A text that would be too long.
pub(super) fn relations(pool: &Pool, ids: &[ExprId]) -> Result<Written> {
    let mut open: Vec<ExprId> = ids.to_vec();
    let mut found = Vec::with_capacity(ids.len());
    while !open.is_empty() {
        let id = open.remove(0);
        let goes_on = |first, second| match (order(pool, first), order(pool, second)) {
            (Some((_, [_, end])), Some((_, [start, _]))) => end == start,
            _ => false,
        };
        let before = open.iter().position(|other| goes_on(*other, id));
        let after = open.iter().position(|other| goes_on(id, *other));
        found.push(match (before, after) {
            (Some(place), _) => between(pool, open.remove(place), id)?,
            (_, Some(place)) => between(pool, id, open.remove(place))?,
            _ => relation(pool, id)?,
        });
    }
    Ok(join(&found, ", "))
}

/// One of them.
///
/// # Errors
/// A text that would be too long.
pub(super) fn relation(pool: &Pool, id: ExprId) -> Result<Written> {
    let Node::Apply(function, list) = pool.node(id) else {
        return Written::new(pool, id);
    };
    let [left, right] = *pool.list(list) else { return Written::new(pool, id) };
    let relation = Relation::of(function).unwrap_or(Relation::Equal);
    let (left, right) = (Written::new(pool, left)?, Written::new(pool, right)?);
    Ok(join(&[left, token(relation), right], " "))
}

/// The sign and the sides of a relation of order.
fn order(pool: &Pool, id: ExprId) -> Option<(Relation, [ExprId; 2])> {
    let Node::Apply(function, list) = pool.node(id) else { return None };
    let relation = Relation::of(function)?;
    let is_order = matches!(relation, Relation::Less | Relation::LessEqual);
    let [left, right] = *pool.list(list) else { return None };
    is_order.then_some((relation, [left, right]))
}

/// Two relations the second of which goes on where the first ends.
fn between(pool: &Pool, first: ExprId, second: ExprId) -> Result<Written> {
    let first = relation(pool, first)?;
    let Some((sign, [_, right])) = order(pool, second) else { return Ok(first) };
    Ok(join(&[first, token(sign), Written::new(pool, right)?], " "))
}

fn token(relation: Relation) -> Written {
    match relation {
        Relation::Less => sign("<", "<"),
        Relation::LessEqual => sign("<=", "\\le"),
        Relation::NotEqual => sign("!=", "\\ne"),
        _ => sign("=", "="),
    }
}
