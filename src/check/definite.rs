//! Parts that are 0 only where all of several others are: a sum of squares, `hypot(x, y)`, or
//! a quadratic polynomial whose discriminant is nowhere above 0.

use super::zeros::{Zero, leads, quadratic, zeros};
use crate::function;
use crate::kernel::{ExprId, FunctionId, Node, Number, Pool};
use crate::simplify;

/// Up to how many terms a discriminant is multiplied out.
const TERMS: usize = 40;

/// What is 0 in one place, all of it.
pub(super) type Equations = Vec<ExprId>;

/// What is 0 where a part is and nowhere else, all of it; 1 where the part never is. `None` for
/// a part that is not seen to be of that kind.
pub(super) fn definite(pool: &mut Pool, part: ExprId) -> Option<Equations> {
    let (_, part) = pool.coefficient(part);
    match pool.node(part) {
        Node::Power(base, exponent) => {
            pool.as_number(exponent).filter(|n| n.is_positive())?;
            definite(pool, base)
        }
        Node::Apply(FunctionId::ABS, list) => {
            let inner = pool.list(list)[0];
            definite(pool, inner)
        }
        Node::Sum(_) => of_terms(pool, part).or_else(|| of_squares(pool, part)),
        _ => None,
    }
}

/// The ways in which such a part can be 0: what symbols have in their places. `None` where they
/// are not all found.
pub(super) fn meets(
    pool: &mut Pool,
    depth: usize,
    part: ExprId,
) -> Option<Vec<Vec<Zero>>> {
    let mut ways: Vec<Vec<Zero>> = vec![Vec::new()];
    for equation in definite(pool, part)? {
        let mut further = Vec::new();
        for way in ways {
            let own = pool.substitute(&[equation], &way, function::apply)[0];
            if own == Pool::ZERO {
                further.push(way);
                continue;
            }
            for zero in zeros(pool, depth + way.len(), own)? {
                further.push(joined(pool, &way, zero));
            }
        }
        ways = further;
    }
    Some(ways)
}

/// What symbols have in their places, with one more of them.
pub(super) fn joined(pool: &mut Pool, put: &[Zero], zero: Zero) -> Vec<Zero> {
    let mut all: Vec<Zero> = put.to_vec();
    for (_, known) in &mut all {
        *known = pool.substitute(&[*known], &[zero], function::apply)[0];
    }
    all.push(zero);
    all
}

/// A sum of terms on the same side of 0.
fn of_terms(pool: &mut Pool, part: ExprId) -> Option<Equations> {
    let terms = pool.terms(&part).to_vec();
    let sides: Option<Vec<_>> =
        terms.iter().map(|term| simplify::side(pool, *term)).collect();
    let sides = sides?;
    let is_one = sides.iter().all(|side| side.is_above == sides[0].is_above);
    is_one.then_some(())?;
    if sides.iter().any(|side| side.is_strict) {
        return Some(vec![Pool::ONE]);
    }
    let each = terms.into_iter().map(|term| definite(pool, term).unwrap_or(vec![term]));
    Some(each.flatten().collect())
}

/// A polynomial of degree 2 in a symbol that is a square and something on the same side of 0.
fn of_squares(pool: &mut Pool, part: ExprId) -> Option<Equations> {
    let terms = pool.terms(&part).to_vec();
    let is_symbol = |id: &ExprId| matches!(pool.node(*id), Node::Symbol(_));
    let symbols: Vec<ExprId> =
        pool.reachable(&[part]).into_iter().filter(is_symbol).collect();
    symbols.into_iter().find_map(|symbol| {
        let [free, linear, square] = quadratic(pool, &terms, symbol)?;
        let is_polynomial = [free, linear].iter().all(|id| !pool.may_depend(*id, symbol));
        (is_polynomial && leads(pool, square)).then_some(())?;
        let own = pool.integer_power(linear, 2);
        let product = pool.product(&[square, free]);
        let product = pool.scale(&Number::from(4), product);
        let inside = pool.difference(own, product);
        let inside = simplify::expand_all(pool, inside, TERMS).unwrap_or(inside);
        let side = simplify::side(pool, inside).filter(|side| !side.is_above)?;
        if side.is_strict {
            return Some(vec![Pool::ONE]);
        }
        let twice = pool.scale(&Number::from(2), square);
        let along = pool.product(&[twice, symbol]);
        let middle = pool.sum(&[along, linear]);
        let mut all = definite(pool, inside).unwrap_or(vec![inside]);
        all.push(middle);
        Some(all)
    })
}
