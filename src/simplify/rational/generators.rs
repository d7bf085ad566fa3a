//! The kernels of an expression as variables, and the relations between them.

use super::twice::{met_twice, sign_factors};
use crate::function;
use crate::kernel::{ExprId, FunctionId, Met, Node, Number, Pool};
use crate::simplify::expand::expand_all;
use crate::simplify::families::{PAIRS, QUOTIENTS, family, pairs_in};
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

/// More kernels than this are not tried.
const MAX_KERNELS: usize = 24;

/// Exponents of more terms than this are not multiplied out.
const MAX_EXPONENT: usize = 12;

/// Which kernels stand for circular and hyperbolic functions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Choice {
    /// Use sine and cosine for all, rather than the pairs that occur.
    basic: bool,
    /// Eliminate squares of the second of a pair rather than of the first.
    second: bool,
    /// Use no relations between functions.
    plain: bool,
    /// Take signs as kernels like any other: as quotients they have no value at 0.
    signs: bool,
}

impl Choice {
    /// The functions that occur.
    pub(super) const OWN: Self =
        Self { basic: false, second: true, plain: false, signs: true };

    /// The functions that occur, as kernels like any other.
    pub(super) const PLAIN: Self =
        Self { basic: false, second: true, plain: true, signs: false };

    /// The same with signs as kernels too.
    pub(super) const KERNELS: Self = Self { signs: true, ..Self::PLAIN };

    /// Whether sine and cosine are used for all.
    pub(super) fn is_basic(self) -> bool {
        self.basic
    }

    /// The choices that differ for an expression; the functions that occur come first, so
    /// that of two forms of one length the one nearest to what was typed wins.
    pub(super) fn all(pool: &Pool, id: ExprId) -> SmallVec<[Self; 4]> {
        let pairs = pairs_in(pool, id);
        let choice = |basic, second| Self { basic, second, plain: false, signs: false };
        let mixed = pairs.iter().filter(|p| **p < 3).count() > 1
            || pairs.iter().filter(|p| **p >= 3).count() > 1
            || pairs.iter().any(|p| p % 3 != 0);
        match (pairs.is_empty(), mixed) {
            (true, _) => SmallVec::from_slice(&[choice(true, false)]),
            (_, false) => {
                SmallVec::from_slice(&[choice(true, false), choice(true, true)])
            }
            _ => SmallVec::from_slice(&[
                choice(false, false),
                Self::OWN,
                choice(true, false),
                choice(true, true),
            ]),
        }
    }
}

/// How a node is written over the variables: a product of their powers.
pub(super) type Powers = SmallVec<[(usize, i64); 2]>;

/// A kernel over the variables.
#[derive(Clone, Debug, Default)]
pub(super) struct Kernel {
    /// Powers of variables.
    pub(super) powers: Powers,
    /// A whole power of another expression.
    pub(super) whole: Option<(ExprId, i64)>,
}

/// A root as a variable: `variable^degree = radicand`; degree 0 for a power with a symbolic
/// exponent of the radicand.
#[derive(Clone, Copy, Debug)]
pub(super) struct Root {
    pub(super) variable: usize,
    pub(super) degree: i64,
    pub(super) radicand: ExprId,
}

/// The variables of an expression.
#[derive(Clone, Debug, Default)]
pub(super) struct Generators {
    /// The expression that each variable stands for.
    pub(super) ids: Vec<ExprId>,
    /// Whether a variable is no symbol, root or circular function: coefficients are
    /// collected by these.
    pub(super) opaque: Vec<bool>,
    /// The roots, inner ones first.
    pub(super) roots: Vec<Root>,
    /// `variable^2 = constant + sign*other^2`.
    pub(super) squares: Vec<(usize, i64, i64, usize)>,
    /// Absolute values with their arguments: `variable^2 = argument^2`.
    pub(super) magnitudes: Vec<(usize, ExprId)>,
    /// What each kernel is over the variables.
    pub(super) kernels: FxHashMap<ExprId, Kernel>,
    /// What stands under roots: its sign is a variable of its own.
    under_roots: SmallVec<[ExprId; 4]>,
    /// What signs may be squared of: so are those.
    met_twice: SmallVec<[ExprId; 4]>,
}

impl Generators {
    /// Finds the kernels; `None` when there are too many.
    pub(super) fn new(pool: &mut Pool, root: ExprId, choice: Choice) -> Option<Self> {
        let mut found = Self::default();
        // Bases with the denominators of their exponents, in the order of the handles.
        let mut degrees: Vec<(ExprId, ExprId, i64)> = Vec::new();
        let ids = outer_nodes(pool, root);
        if ids.iter().any(|id| is_power_of_sign(pool, *id)) {
            return None;
        }
        found.under_roots = under_roots(pool, &ids);
        found.met_twice = met_twice(pool, &ids)?;
        for id in &ids {
            for (base, rest, n) in parts(pool, *id) {
                let degree = n.denominator().to_i64().filter(|d| *d <= 64)?;
                match degrees.iter_mut().find(|known| (known.0, known.1) == (base, rest))
                {
                    Some(known) => known.2 = num_integer::lcm(known.2, degree),
                    None => degrees.push((base, rest, degree)),
                }
            }
        }
        for id in &ids {
            match pool.node(*id) {
                Node::Symbol(_) | Node::Constant(_) => {
                    // With a root of a symbol, the symbol is a power of it.
                    let degree = degrees.iter().find(|d| (d.0, d.1) == (*id, Pool::ONE));
                    if let Some((.., degree)) = degree {
                        let root = found.power(pool, *id, Pool::ONE, *degree);
                        let kernel = Kernel {
                            powers: SmallVec::from_slice(&[(root, *degree)]),
                            whole: None,
                        };
                        found.kernels.insert(*id, kernel);
                    } else {
                        found.variable(*id, false);
                    }
                }
                // It is 0, 1 or nothing, and no product of powers.
                Node::Power(Pool::ZERO, _) => {
                    found.variable(*id, false);
                }
                Node::Power(base, exponent) if !is_whole(pool, exponent) => {
                    let mut powers = Powers::new();
                    for (base, rest, n) in parts(pool, *id) {
                        let known =
                            degrees.iter().find(|d| (d.0, d.1) == (base, rest))?;
                        let degree = known.2;
                        let times = n.mul(&Number::from(degree)).to_i64()?;
                        powers.push((found.power(pool, base, rest, degree), times));
                    }
                    let exponent = plain_exponent(pool, exponent);
                    let n = whole_part(pool, exponent);
                    let whole = (n != 0).then_some((base, n));
                    found.kernels.insert(*id, Kernel { powers, whole });
                }
                Node::Apply(..) => {
                    let kernel = found.application(pool, *id, choice);
                    found.kernels.insert(*id, kernel);
                }
                _ => {}
            }
            if found.ids.len() > MAX_KERNELS {
                return None;
            }
        }
        Some(found)
    }

    fn variable(&mut self, id: ExprId, opaque: bool) -> usize {
        if let Some(place) = self.ids.iter().position(|known| *known == id) {
            return place;
        }
        self.ids.push(id);
        self.opaque.push(opaque);
        let place = self.ids.len() - 1;
        self.kernels.insert(id, Kernel::of(place));
        place
    }

    /// The variable `base^(rest/degree)`.
    fn power(
        &mut self,
        pool: &mut Pool,
        base: ExprId,
        rest: ExprId,
        degree: i64,
    ) -> usize {
        let part = Number::ratio(1, degree).unwrap_or(Number::ONE);
        let exponent = pool.scale(&part, rest);
        let id = pool.power(base, exponent);
        let is_root = rest == Pool::ONE;
        let known = self.ids.iter().position(|known| *known == id);
        let variable = known.unwrap_or_else(|| self.variable(id, !is_root));
        let is_free = base == Pool::E || is_root && is_symbol(pool, base);
        if known.is_none() && !is_free {
            let degree = if is_root { degree } else { 0 };
            self.roots.push(Root { variable, degree, radicand: base });
        }
        variable
    }

    fn application(&mut self, pool: &mut Pool, id: ExprId, choice: Choice) -> Kernel {
        let Some((place, name, argument)) = family(pool, id) else {
            return self.step(pool, id, choice);
        };
        if choice.plain {
            return Kernel::of(self.variable(id, false));
        }
        let place = if choice.basic { place / 3 * 3 } else { place };
        let pair = PAIRS[place];
        let mut sides = [0; 2];
        for (side, name) in sides.iter_mut().zip(pair.names) {
            let Some(function) = function::lookup(name, 1) else {
                return Kernel::of(self.variable(id, true));
            };
            let applied = function::application(pool, function, &[argument]);
            *side = self.variable(applied, false);
        }
        let [a, b] = sides;
        // a^2 = constant + sign*b^2, or the other way round.
        let square = if choice.second {
            (b, -pair.constant * pair.sign, pair.sign, a)
        } else {
            (a, pair.constant, pair.sign, b)
        };
        if !self.squares.contains(&square) {
            self.squares.push(square);
        }
        match QUOTIENTS.iter().find(|row| row.0 == name) {
            Some((_, n, m)) if choice.basic => {
                let powers = [(a, *n), (b, *m)].into_iter().filter(|(_, n)| *n != 0);
                Kernel { powers: powers.collect(), whole: None }
            }
            _ => Kernel::of(if pair.names[0] == name { a } else { b }),
        }
    }

    /// `abs(u)` is the root of `u^2`, `sign(u)` is `abs(u)/u`, anything else a variable.
    fn step(&mut self, pool: &mut Pool, id: ExprId, choice: Choice) -> Kernel {
        let Node::Apply(function @ (FunctionId::ABS | FunctionId::SIGN), list) =
            pool.node(id)
        else {
            return Kernel::of(self.variable(id, true));
        };
        let argument = pool.list(list)[0];
        let magnitude = pool.absolute(argument);
        let (scale, rest) = pool.coefficient(argument);
        // A factor is no quotient, and sign(abs(u)) is not 1: sign(0) has a value. As quotients,
        // `sign(u)*sqrt(abs(u))` would be `u/sqrt(abs(u))`, which has none at 0.
        let is_kernel = function == FunctionId::SIGN
            && (choice.signs
                || pool.is_nonnegative(argument)
                || sign_factors(pool, argument)
                    .iter()
                    .any(|f| self.met_twice.contains(f))
                || self.under_roots.contains(&magnitude));
        if !scale.abs().is_one() || is_kernel {
            return Kernel::of(self.variable(id, true));
        }
        let mut powers = Powers::new();
        // A product has the product of the magnitudes.
        for factor in pool.factors(&rest).to_vec() {
            let magnitude = pool.absolute(factor);
            let (base, exponent) = pool.base(magnitude);
            let n = pool.as_number(exponent).and_then(Number::to_i64);
            let (magnitude, n) = n.map_or((magnitude, 1), |n| (base, n));
            let Node::Apply(FunctionId::ABS, list) = pool.node(magnitude) else {
                return Kernel::of(self.variable(id, true));
            };
            let inner = pool.list(list)[0];
            let known = self.ids.contains(&magnitude);
            let variable = self.variable(magnitude, false);
            if !known {
                self.magnitudes.push((variable, inner));
            }
            // abs(x*abs(x)) has one magnitude twice.
            match powers.iter_mut().find(|known| known.0 == variable) {
                Some(known) => known.1 += n,
                None => powers.push((variable, n)),
            }
        }
        let whole = (function == FunctionId::SIGN).then_some((argument, -1));
        Kernel { powers, whole }
    }
}

impl Kernel {
    /// A variable times i.
    pub(super) fn turned(variable: usize, i: usize) -> Self {
        Self { powers: SmallVec::from_slice(&[(variable, 1), (i, 1)]), whole: None }
    }

    fn of(variable: usize) -> Self {
        Self { powers: SmallVec::from_slice(&[(variable, 1)]), whole: None }
    }
}

/// The nodes outside of kernels, operands before what uses them; radicands and the arguments
/// of absolute values are outside too.
pub(super) fn outer_nodes(pool: &Pool, root: ExprId) -> Vec<ExprId> {
    let mut seen: Vec<ExprId> = Vec::with_capacity(32);
    let mut met = Met::default();
    let mut open: SmallVec<[ExprId; 32]> = SmallVec::from_iter([root]);
    while let Some(id) = open.pop() {
        if !met.insert(id) {
            continue;
        }
        seen.push(id);
        match pool.node(id) {
            Node::Sum(list) | Node::Product(list) => {
                open.extend_from_slice(pool.list(list));
            }
            Node::Multiple(_, rest) => open.push(rest),
            Node::Power(base, _) => open.push(base),
            Node::Apply(FunctionId::ABS | FunctionId::SIGN, list) => {
                open.push(pool.list(list)[0]);
            }
            _ => {}
        }
    }
    seen.sort_unstable();
    seen
}

/// Whether an expression is `sign(u)^2` or the like: as a kernel it would be 1, at 0 as well.
fn is_power_of_sign(pool: &Pool, id: ExprId) -> bool {
    let Node::Power(base, _) = pool.node(id) else { return false };
    matches!(pool.node(base), Node::Apply(FunctionId::SIGN, _))
}

/// The magnitudes of what stands under roots above the bar, and never below it: there the whole
/// has no value anyway where it is 0.
fn under_roots(pool: &mut Pool, ids: &[ExprId]) -> SmallVec<[ExprId; 4]> {
    let (mut above, mut below) = (SmallVec::<[ExprId; 4]>::new(), Vec::new());
    for id in ids {
        let (base, exponent) = pool.base(*id);
        match pool.as_number(exponent) {
            Some(n) if n.is_negative() => below.push(pool.absolute(base)),
            Some(n) if *n < Number::ONE => above.push(pool.absolute(base)),
            _ => {}
        }
    }
    above.retain(|magnitude| !below.contains(magnitude));
    above
}

fn is_symbol(pool: &Pool, id: ExprId) -> bool {
    matches!(pool.node(id), Node::Symbol(_) | Node::Constant(_))
}

pub(super) fn is_whole(pool: &Pool, exponent: ExprId) -> bool {
    pool.as_number(exponent).is_some_and(Number::is_integer)
}

/// An exponent multiplied out, so that powers with exponents that differ by a number meet.
fn plain_exponent(pool: &mut Pool, exponent: ExprId) -> ExprId {
    if pool.as_number(exponent).is_some() {
        return exponent;
    }
    expand_all(pool, exponent, MAX_EXPONENT).unwrap_or(exponent)
}

/// The whole numeric term of a symbolic exponent.
pub(super) fn whole_part(pool: &Pool, exponent: ExprId) -> i64 {
    if pool.as_number(exponent).is_some() {
        return 0;
    }
    let terms = pool.terms(&exponent).to_vec();
    let number = terms.iter().find_map(|term| pool.as_number(*term));
    number.filter(|n| n.is_integer()).and_then(Number::to_i64).unwrap_or(0)
}

/// A power with another exponent than a whole number as powers `base^(rest*n)`.
fn parts(pool: &mut Pool, id: ExprId) -> SmallVec<[(ExprId, ExprId, Number); 2]> {
    let Node::Power(base, exponent) = pool.node(id) else { return SmallVec::new() };
    if is_whole(pool, exponent) {
        return SmallVec::new();
    }
    let exponent = plain_exponent(pool, exponent);
    parts_of(pool, base, exponent)
}

/// A power with an exponent that is multiplied out as powers `base^(rest*n)`.
pub(super) fn parts_of(
    pool: &Pool,
    base: ExprId,
    exponent: ExprId,
) -> SmallVec<[(ExprId, ExprId, Number); 2]> {
    if let Some(n) = pool.as_number(exponent) {
        return SmallVec::from_iter([(base, Pool::ONE, n.clone())]);
    }
    let whole = whole_part(pool, exponent) != 0;
    pool.terms(&exponent)
        .iter()
        .filter(|term| !(whole && pool.as_number(**term).is_some()))
        .map(|term| match pool.as_number(*term) {
            Some(n) => (base, Pool::ONE, n.clone()),
            None => {
                let (n, rest) = pool.coefficient(*term);
                (base, rest, n.clone())
            }
        })
        .collect()
}
