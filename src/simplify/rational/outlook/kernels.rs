//! The variables of an expression.

use crate::kernel::{ExprId, FunctionId, Met, Node, Number, Pool};
use crate::polynomial::MAX_VARIABLES;
use crate::simplify::expand::has_sum_factor;
use crate::simplify::families::family;
use crate::simplify::finish::square_of;
use crate::simplify::rational::generators::{is_whole, parts_of};
use smallvec::SmallVec;

/// A circular or hyperbolic function among the variables.
pub(super) struct Member {
    /// Circular or hyperbolic.
    pub(super) kind: usize,
    pub(super) argument: ExprId,
    pub(super) name: &'static str,
    pub(super) variable: usize,
    /// Its pair among the pairs with relations.
    pub(super) pair: usize,
}

/// A sum `tan(u)^2 + 1` among the variables.
pub(super) struct Secant {
    pub(super) argument: ExprId,
    /// What it is `1/f(u)^2` of.
    pub(super) name: &'static str,
    pub(super) variable: usize,
}

/// The variables of an expression: bases with what their exponents are multiples of.
pub(super) struct Kernels {
    /// The nodes outside of kernels, operands first.
    pub(super) ids: Vec<ExprId>,
    /// Those that stand under roots only, in ascending order.
    pub(super) inner: Vec<ExprId>,
    /// Base, rest of the exponent, the common denominator of the multiples.
    pub(super) keys: SmallVec<[(ExprId, ExprId, i64); 16]>,
    /// The circular and hyperbolic functions.
    pub(super) families: SmallVec<[Member; 8]>,
    /// The sums `tan(u)^2 + 1` that derivatives have, each a variable of its own.
    pub(super) secants: SmallVec<[Secant; 4]>,
    /// What stands under roots.
    pub(super) radicands: SmallVec<[ExprId; 4]>,
    /// Whether a variable is no symbol, root or circular function.
    pub(super) opaque: SmallVec<[bool; 16]>,
    /// What each variable costs a reader, and the exponent at which it does.
    pub(super) costs: SmallVec<[(u32, i32); 16]>,
}

impl Kernels {
    /// `None` when there are too many, or something that is looked at in no cheap way.
    pub(super) fn of(pool: &Pool, root: ExprId) -> Option<Self> {
        let mut found = Self {
            ids: Vec::with_capacity(32),
            inner: Vec::new(),
            keys: SmallVec::new(),
            families: SmallVec::new(),
            secants: SmallVec::new(),
            radicands: SmallVec::new(),
            opaque: SmallVec::new(),
            costs: SmallVec::new(),
        };
        let mut open: SmallVec<[ExprId; 32]> = SmallVec::from_iter([root]);
        // Depth first from the root, so that the order is one of structure.
        let mut seen = Met::default();
        let mut signs = false;
        // The bases of powers with exponents that could be multiplied out.
        let mut folded: SmallVec<[ExprId; 4]> = SmallVec::new();
        let mut under: SmallVec<[ExprId; 8]> = SmallVec::new();
        let mut outer = usize::MAX;
        loop {
            let Some(id) = open.pop() else {
                if under.is_empty() {
                    break;
                }
                outer = outer.min(found.ids.len());
                open.append(&mut under);
                continue;
            };
            if !seen.insert(id) {
                continue;
            }
            found.ids.push(id);
            if let Some(([_, name, _], argument)) = square_of(pool, id) {
                found.key(id, Pool::ONE, 1)?;
                let variable = found.keys.len() - 1;
                found.secants.push(Secant { argument, name, variable });
                continue;
            }
            match pool.node(id) {
                Node::Sum(list) | Node::Product(list) => {
                    open.extend_from_slice(pool.list(list));
                }
                Node::Multiple(_, rest) => open.push(rest),
                Node::Power(base, exponent) if is_whole(pool, exponent) => {
                    open.push(base);
                }
                Node::Power(base, exponent) => {
                    let number = |term: &ExprId| pool.as_number(*term).is_some();
                    let symbolic = !number(&exponent);
                    if symbolic && has_sum_factor(pool, exponent) {
                        found.key(id, Pool::ONE, 1)?;
                        folded.push(base);
                        continue;
                    }
                    if symbolic && pool.terms(&exponent).iter().any(number) {
                        if !matches!(pool.node(base), Node::Constant(_) | Node::Symbol(_))
                        {
                            return None;
                        }
                        found.key(base, Pool::ONE, 1)?;
                    }
                    let compound = matches!(
                        pool.node(base),
                        Node::Sum(_)
                            | Node::Product(_)
                            | Node::Multiple(..)
                            | Node::Number(_)
                    );
                    if compound {
                        under.push(base);
                    } else if !symbolic {
                        open.push(base);
                    }
                    if compound && !found.radicands.contains(&base) {
                        found.radicands.push(base);
                    }
                    for (base, rest, n) in parts_of(pool, base, exponent) {
                        found.key(base, rest, n.denominator().to_i64()?)?;
                    }
                }
                Node::Apply(function, _) => {
                    if matches!(function, FunctionId::ABS | FunctionId::SIGN) {
                        // One alone is like any other function.
                        if signs {
                            return None;
                        }
                        signs = true;
                    }
                    found.key(id, Pool::ONE, 1)?;
                    if let Some((place, name, argument)) = family(pool, id)
                        && let Some((variable, _)) = found.place(id, Pool::ONE)
                    {
                        let kind = place / 3;
                        let half = |known: &Member| {
                            known.kind == kind
                                && known.argument != argument
                                && are_commensurable(pool, known.argument, argument)
                        };
                        if found.families.iter().any(half) {
                            // Functions of an angle and of its half have relations.
                            return None;
                        }
                        let pair = place;
                        found.families.push(Member {
                            kind,
                            argument,
                            name,
                            variable,
                            pair,
                        });
                    }
                }
                Node::Symbol(_) | Node::Constant(_) => {
                    found.key(id, Pool::ONE, 1)?;
                }
                Node::Number(_) => {}
                Node::Undefined => return None,
            }
        }
        let meets = |base: &ExprId| {
            let of_base = |key: &&(ExprId, ExprId, i64)| {
                key.0 == *base || key.1 == Pool::ONE && pool.base(key.0).0 == *base
            };
            found.keys.iter().filter(of_base).count() > 1
        };
        if folded.iter().any(meets) {
            return None;
        }
        found.inner = found.ids.iter().skip(outer).copied().collect();
        found.inner.sort_unstable();
        found.ids.sort_unstable();
        for (base, rest, degree) in &found.keys {
            let plain = *rest == Pool::ONE;
            let applied = matches!(pool.node(*base), Node::Apply(..));
            found.opaque.push(!plain || applied && family(pool, *base).is_none());
            let exponent = if plain { 0 } else { 1 + pool.cost(*rest) };
            found.costs.push((pool.cost(*base) + exponent, *degree as i32));
        }
        Some(found)
    }

    fn key(&mut self, base: ExprId, rest: ExprId, degree: i64) -> Option<()> {
        match self.keys.iter_mut().find(|known| (known.0, known.1) == (base, rest)) {
            Some(known) => known.2 = num_integer::lcm(known.2, degree),
            None => self.keys.push((base, rest, degree)),
        }
        (self.keys.len() <= MAX_VARIABLES && degree <= 8).then_some(())
    }

    pub(super) fn place(&self, base: ExprId, rest: ExprId) -> Option<(usize, i64)> {
        let place = self.keys.iter().position(|key| (key.0, key.1) == (base, rest))?;
        Some((place, self.keys[place].2))
    }
}

/// Whether one of two angles is twice or three times the other.
fn are_commensurable(pool: &Pool, a: ExprId, b: ExprId) -> bool {
    let (first, second) = (pool.terms(&a), pool.terms(&b));
    let part = |term: ExprId| {
        let (n, rest) = pool.numbered(term);
        (n.clone(), rest)
    };
    first.len() == second.len()
        && [2, -2, 3, -3].map(Number::from).iter().any(|n| {
            let is_multiple = |of: &[ExprId], by: &[ExprId]| {
                of.iter().zip(by).all(|(one, other)| {
                    let ((a, x), (b, y)) = (part(*one), part(*other));
                    x == y && a.mul(n) == b
                })
            };
            is_multiple(first, second) || is_multiple(second, first)
        })
}
