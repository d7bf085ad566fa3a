//! Where formulas in one symbol end, or may have no bound: next to such a place a piece may begin
//! that is seen nowhere else, as `1/x > 10^15` does next to 0.

use super::crossings::{Budget, crossings};
use super::image;
use super::zeros::{turns, zeros};
use crate::error::Result;
use crate::evaluate::digits;
use crate::function;
use crate::function::spec::ARGUMENTS;
use crate::kernel::{Assumption, ExprId, Node, Number, Pool};
use crate::syntax::{self, Template};

/// How many parts are solved for, and how many places are kept.
const MOST_PARTS: usize = 10;
const MOST: usize = 12;
/// The half turns that are looked at.
const TURNS: [i64; 3] = [0, 1, -1];
/// The digits of a place.
const DIGITS: usize = 90;

/// Such a place.
#[derive(Clone, Debug)]
pub(super) struct Frontier {
    pub(super) at: Number,
    /// Whether the number is the place, and not one next to it.
    pub(super) is_exact: bool,
    /// The constant that the place is, where it is solved for.
    pub(super) of: Option<ExprId>,
}

/// The places at which expressions in one symbol end, or may have no bound, as far as they are
/// found.
///
/// # Errors
/// A formula of the function table that cannot be read; a test reads them all.
pub(super) fn frontiers(
    pool: &mut Pool,
    ids: &[ExprId],
    line: (ExprId, &Assumption),
    budget: &mut Budget,
) -> Result<Vec<Frontier>> {
    let mut all = ids.to_vec();
    for id in ids {
        all.push(image::over_kernels(pool, *id)?);
    }
    let all = pool.reachable(&all);
    let mut parts: Vec<ExprId> = Vec::new();
    for id in all {
        match pool.node(id) {
            Node::Power(base, exponent) if turns_at_zero(pool, base, exponent) => {
                parts.push(base);
            }
            Node::Apply(function, list) if function.is_builtin() => {
                let list = pool.list(list).to_vec();
                let row = function::spec(function);
                for (place, greatest) in row.poles {
                    let pole = pool.integer(*greatest);
                    parts.extend(list.get(*place).map(|u| pool.difference(*u, pole)));
                }
                parts.extend(ends(pool, row.domain, &list)?);
            }
            _ => {}
        }
    }
    let mut known: Vec<ExprId> = Vec::new();
    for part in parts {
        let (_, part) = pool.coefficient(part);
        if pool.may_depend(part, line.0) && !known.contains(&part) {
            known.push(part);
        }
    }
    let mut found: Vec<Frontier> = Vec::new();
    for part in known.into_iter().take(MOST_PARTS) {
        for place in places(pool, part, line, budget) {
            let is_new = found.iter().all(|known| known.at != place.at);
            if is_new && found.len() < MOST {
                found.push(place);
            }
        }
    }
    Ok(found)
}

/// What is 0 at an end of the domain of a function of the table: the difference of both sides
/// of each of its comparisons.
fn ends(pool: &mut Pool, domain: &str, list: &[ExprId]) -> Result<Vec<ExprId>> {
    let mut found = Vec::new();
    for comparison in domain.split(" and ").filter(|comparison| !comparison.is_empty()) {
        let mut sides = comparison.split([' ', '<', '>', '=']);
        let (left, right) = (sides.next(), sides.next_back());
        let gap = format!("{} - ({})", left.unwrap_or("0"), right.unwrap_or("0"));
        found.push(Template::read(&ARGUMENTS, &gap)?.build(list, pool)?);
    }
    Ok(found)
}

/// The numbers at which a part is 0.
pub(super) fn places(
    pool: &mut Pool,
    part: ExprId,
    line: (ExprId, &Assumption),
    budget: &mut Budget,
) -> Vec<Frontier> {
    let Some(ways) = zeros(pool, 0, part) else {
        let all = crossings(pool, part, line, budget).crossings.into_iter();
        return all.map(|at| Frontier { at, is_exact: false, of: None }).collect();
    };
    let own = ways.into_iter().filter(|(symbol, _)| *symbol == line.0);
    let own: Vec<ExprId> = own.flat_map(|(_, value)| counted(pool, value)).collect();
    own.into_iter().filter_map(|value| frontier(pool, value)).collect()
}

/// The constant itself, or those that it is for a few numbers of half turns.
pub(super) fn counted(pool: &mut Pool, value: ExprId) -> Vec<ExprId> {
    let turn = turns(pool, 0);
    let mut found = match pool.may_depend(value, turn) {
        false => vec![value],
        true => TURNS
            .iter()
            .map(|count| {
                let put = [(turn, pool.integer(*count))];
                pool.substitute(&[value], &put, function::apply)[0]
            })
            .collect(),
    };
    found.retain(|value| pool.is_constant(*value));
    found
}

/// The place at a constant.
fn frontier(pool: &Pool, value: ExprId) -> Option<Frontier> {
    let of = Some(value);
    if let Some(at) = pool.as_number(value) {
        return Some(Frontier { at: at.clone(), is_exact: true, of });
    }
    let at = digits::number(pool, value, DIGITS, syntax::in_normal_form).ok()?;
    Some(Frontier { at, is_exact: false, of })
}

/// Whether a power may have a pole, a kink or an end of its domain where its base is 0.
pub(super) fn turns_at_zero(pool: &Pool, base: ExprId, exponent: ExprId) -> bool {
    let whole = pool.as_number(exponent).filter(|n| n.is_integer());
    base != Pool::E && whole.is_none_or(Number::is_negative)
}
