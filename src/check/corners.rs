//! Corners: places of several variables at which more than one part is 0, or one only touches 0.
//!
//! On the edges that lead there nothing may be seen of them: the derivative of
//! `x^3/(x^2 + y^2)` has a value along both axes, and none where they meet.

use super::boundary::{At, Edges, OnEdge};
use super::breaks::seams;
use super::compare::Comparison;
use super::definite::{Equations, definite, joined};
use super::image;
use super::jumps::jumps;
use super::zeros::{Zero, zeros};
use crate::calculus;
use crate::error::Result;
use crate::function;
use crate::kernel::{ExprId, FunctionId, Node, Pool, Relation};

/// How many parts are looked at, and how often one of them is solved for a variable.
const PARTS: usize = 10;
const MOST: usize = 64;
/// At how many places of one corner values are looked at, where variables are left.
const PLACES: usize = 2;

impl Comparison<'_> {
    /// Compares two expressions at corners, as they were typed.
    ///
    /// # Errors
    /// A formula of the function table that cannot be read; a test reads them all.
    pub(super) fn corners(&self, pool: &mut Pool) -> Result<Edges> {
        let pair = [self.left.id, self.right.id];
        // What does not jump has no values of its own at a corner.
        if self.tape.variables.len() < 2 || jumps(pool, pair).is_empty() {
            return Ok(Edges::Equal);
        }
        let mut ids = pair.to_vec();
        if let Some(primitive) = self.pieced() {
            // What does not depend on the variable has no part in the derivative.
            let terms = pool.terms(&primitive.function).to_vec();
            ids.extend(
                terms
                    .into_iter()
                    .filter(|term| pool.may_depend(*term, primitive.variable)),
            );
        }
        let (found, mut open) = corners(pool, &ids)?;
        for put in found {
            let points = self.points_on(pool, &put);
            let (mut is_excused, mut is_open) = (false, false);
            for place in points.places.into_iter().take(PLACES) {
                match self.look_at(pool, pair, &place) {
                    At::Differ => return Ok(Edges::Differ(place)),
                    At::Open => is_open = true,
                    At::Excused => is_excused = true,
                    At::Agree | At::Free | At::Outside => {}
                }
            }
            if is_excused && !points.is_all {
                let answer = self.answer_on(pool, &put)?;
                match self.along_corners(pool, &put, answer)? {
                    OnEdge::Differ(place) => return Ok(Edges::Differ(place)),
                    OnEdge::Free => {}
                    OnEdge::Open => is_open = true,
                }
            }
            if is_open {
                let first = put.first();
                open = first.map(|(symbol, value)| pool.difference(*symbol, *value));
            }
        }
        Ok(open.map_or(Edges::Equal, Edges::OpenCorner))
    }
}

/// The corners of expressions, as far as they are found: what two symbols or more have in their
/// places; and a part at whose corners not all are looked at.
fn corners(pool: &mut Pool, ids: &[ExprId]) -> Result<(Vec<Vec<Zero>>, Option<ExprId>)> {
    let mut all: Vec<Equations> = Vec::new();
    let [single, others] = parts(pool, ids);
    // What bends and has no values of its own is looked at along its edges too.
    let left_out = (single.len() > PARTS).then(|| single[PARTS]);
    let first = single.first().copied();
    for part in single.into_iter().chain(others) {
        let part = image::over_kernels(pool, part)?;
        for equations in equations(pool, part) {
            if !all.contains(&equations) {
                all.push(equations);
            }
        }
    }
    all.truncate(PARTS);
    let mut found: Vec<Vec<Zero>> = Vec::new();
    let mut open: Vec<(Vec<Zero>, usize)> = vec![(Vec::new(), 0)];
    let mut count = 0;
    while let Some((put, next)) = open.pop() {
        let Some(equations) = all.get(next) else {
            if put.len() > 1 && !found.contains(&put) {
                found.push(put);
            }
            continue;
        };
        open.push((put.clone(), next + 1));
        let mut ways = vec![put.clone()];
        for equation in equations {
            let mut further = Vec::new();
            for way in ways {
                let own = pool.substitute(&[*equation], &way, function::apply)[0];
                if own == Pool::ZERO {
                    further.push(way);
                    continue;
                }
                if pool.is_constant(own) {
                    continue;
                }
                count += 1;
                if count > MOST {
                    return Ok((found, left_out.or(first)));
                }
                for zero in zeros(pool, way.len(), own).unwrap_or_default() {
                    further.push(joined(pool, &way, zero));
                }
            }
            ways = further;
        }
        ways.retain(|way| *way != put);
        open.extend(ways.into_iter().map(|way| (way, next + 1)));
    }
    Ok((found, left_out))
}

/// What is 0 where a formula goes over from one piece to another, has no value, or has no slope:
/// first where it may have values of its own or none, then the rest.
fn parts(pool: &mut Pool, ids: &[ExprId]) -> [Vec<ExprId>; 2] {
    let [mut single, mut others] = [Vec::new(), Vec::new()];
    for id in pool.reachable(ids) {
        match pool.node(id) {
            Node::Apply(function, list) => {
                let equal = Relation::of(function) == Some(Relation::Equal);
                let [left, right] = *pool.list(list) else { continue };
                if equal {
                    single.push(pool.difference(left, right));
                }
            }
            Node::Power(base, exponent) => {
                let is_smooth = pool
                    .as_number(exponent)
                    .is_none_or(|n| n.is_integer() && !n.is_negative());
                if !is_smooth && !pool.is_constant(base) {
                    single.push(base);
                }
            }
            _ => {}
        }
    }
    for (part, _) in seams(pool, ids) {
        if !single.contains(&part) {
            others.push(part);
        }
    }
    [single, others]
}

/// What is 0 where a part is, in the ways in which that is found. What only touches 0 has no
/// slope there either.
fn equations(pool: &mut Pool, part: ExprId) -> Vec<Equations> {
    let (_, part) = pool.coefficient(part);
    match pool.node(part) {
        Node::Power(base, exponent) if pool.as_number(exponent).is_some() => {
            return equations(pool, base);
        }
        Node::Apply(FunctionId::ABS, list) => {
            let inner = pool.list(list)[0];
            return equations(pool, inner);
        }
        Node::Sum(_) => {}
        _ => return vec![vec![part]],
    }
    if let Some(equations) = definite(pool, part) {
        return vec![equations];
    }
    let mut found = vec![vec![part]];
    let symbols: Vec<ExprId> = pool
        .reachable(&[part])
        .into_iter()
        .filter(|id| matches!(pool.node(*id), Node::Symbol(_)))
        .collect();
    if symbols.len() > 1 {
        let slopes = symbols
            .iter()
            .map(|symbol| calculus::differentiate(pool, part, *symbol, &mut ()).ok());
        let slopes: Option<Equations> = slopes.collect();
        found.extend(slopes.map(|mut slopes| {
            slopes.push(part);
            slopes
        }));
    }
    found
}
