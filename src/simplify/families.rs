//! The circular and hyperbolic functions: what each has to do with those of its family.

use crate::function;
use crate::kernel::{ExprId, FunctionSet, Node, Pool};
use smallvec::SmallVec;
use std::sync::LazyLock;

/// A pair of functions of one argument with a quadratic relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pair {
    /// Their names.
    pub(super) names: [&'static str; 2],
    /// `first^2 = constant + sign*second^2`.
    pub(super) constant: i64,
    /// The sign of the square of the second.
    pub(super) sign: i64,
}

/// The pairs: sine and cosine first, then what a textbook uses beside them.
pub(super) const PAIRS: [Pair; 6] = [
    Pair { names: ["sin", "cos"], constant: 1, sign: -1 },
    Pair { names: ["tan", "sec"], constant: -1, sign: 1 },
    Pair { names: ["cot", "csc"], constant: -1, sign: 1 },
    Pair { names: ["sinh", "cosh"], constant: -1, sign: 1 },
    Pair { names: ["tanh", "sech"], constant: 1, sign: -1 },
    Pair { names: ["coth", "csch"], constant: 1, sign: 1 },
];

/// Functions in terms of the first pair of their family: exponents of both.
pub(super) const QUOTIENTS: [(&str, i64, i64); 12] = [
    ("sin", 1, 0),
    ("cos", 0, 1),
    ("tan", 1, -1),
    ("cot", -1, 1),
    ("sec", 0, -1),
    ("csc", -1, 0),
    ("sinh", 1, 0),
    ("cosh", 0, 1),
    ("tanh", 1, -1),
    ("coth", -1, 1),
    ("sech", 0, -1),
    ("csch", -1, 0),
];

/// The powers of the first pair of its family that a function is.
pub(super) fn over_basic(name: &str) -> [i32; 2] {
    let row = QUOTIENTS.iter().find(|row| row.0 == name);
    row.map_or([0, 0], |(_, n, m)| [*n as i32, *m as i32])
}

/// The function of the family of another one that is such a product of powers of the first pair.
fn of_powers(name: &str, powers: [i64; 2]) -> Option<&'static str> {
    let place = QUOTIENTS.iter().position(|row| row.0 == name)?;
    let family =
        QUOTIENTS.chunks(QUOTIENTS.len() / 2).nth(place / (QUOTIENTS.len() / 2))?;
    family.iter().find(|row| [row.1, row.2] == powers).map(|row| row.0)
}

/// The function of which another one is the reciprocal by its definition, as `cos` for `sec`.
pub(super) fn reciprocal(name: &str) -> Option<&'static str> {
    let row = QUOTIENTS.iter().find(|row| row.0 == name)?;
    let is_below = row.1 < 0 || row.1 == 0 && row.2 < 0;
    is_below.then(|| of_powers(name, [-row.1, -row.2]))?
}

/// The quotient of both functions of the first pair of a family, as `tan`.
pub(super) fn quotient(above: &str, below: &str) -> Option<&'static str> {
    match (over_basic(above), over_basic(below)) {
        ([1, 0], [0, 1]) => of_powers(above, [1, -1]),
        ([0, 1], [1, 0]) => of_powers(above, [-1, 1]),
        _ => None,
    }
    .filter(|name| of_powers(below, over_basic(name).map(i64::from)) == Some(name))
}

/// What is known of the functions by their handles.
struct Families {
    /// The pair to which each belongs, with its name.
    places: Vec<Option<(usize, &'static str)>>,
    /// Both functions of each pair.
    sets: [[FunctionSet; 2]; PAIRS.len()],
}

static FAMILIES: LazyLock<Families> = LazyLock::new(|| {
    let pair = |name: &str| PAIRS.iter().position(|pair| pair.names.contains(&name));
    let place = |name: &'static str| pair(name).map(|place| (place, name));
    let set =
        |name| function::lookup(name, 1).map_or(FunctionSet::default(), FunctionSet::of);
    Families {
        places: function::rows().map(|(_, row)| place(row.name)).collect(),
        sets: PAIRS.map(|pair| pair.names.map(set)),
    }
});

/// The pair to which a circular (0) or hyperbolic (3) function belongs, its name and its
/// argument.
pub(super) fn family(pool: &Pool, id: ExprId) -> Option<(usize, &'static str, ExprId)> {
    let Node::Apply(function, list) = pool.node(id) else { return None };
    let [argument] = *pool.list(list) else { return None };
    let (place, name) = (*FAMILIES.places.get(function.index())?)?;
    Some((place, name, argument))
}

/// For each pair, whether an expression has the first of its functions, and the second.
pub(super) fn members_in(pool: &Pool, id: ExprId) -> [[bool; 2]; PAIRS.len()] {
    let functions = pool.functions(id);
    FAMILIES.sets.map(|pair| pair.map(|set| functions.meets(set)))
}

/// The pairs of which a function is in an expression.
pub(super) fn pairs_in(pool: &Pool, id: ExprId) -> SmallVec<[usize; PAIRS.len()]> {
    let members = members_in(pool, id);
    (0..PAIRS.len()).filter(|at| members[*at] != [false; 2]).collect()
}

/// Whether a circular or hyperbolic function is in an expression.
pub(super) fn has_families(pool: &Pool, id: ExprId) -> bool {
    !pool.functions(id).is_empty() && !pairs_in(pool, id).is_empty()
}

#[cfg(test)]
mod tests {
    use super::PAIRS;
    use crate::function;
    use crate::kernel::FunctionSet;

    #[test]
    fn each_function_has_a_bit_of_its_own() {
        for name in PAIRS.iter().flat_map(|pair| pair.names) {
            let function = function::lookup(name, 1);
            assert!(function.is_some_and(|id| id.index() < FunctionSet::OWN), "{name}");
        }
    }
}
