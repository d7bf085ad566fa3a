//! Ways to prove that two expressions are equal: their images, and when these do not decide,
//! the images of something that is equal for equal expressions only.
//!
//! * `e^d = 1` holds over the real numbers for `d = 0` only;
//! * `cos(d) = 1` holds for whole turns only, and one of them when `d` is smaller than a turn;
//! * a simplified form is equal to what was simplified.

use super::compare::Comparison;
use super::feasible::Parts;
use super::image::{self, Images};
use super::observe::Seen;
use crate::error::{Error, Result};
use crate::evaluate::{Operation, Range};
use crate::function;
use crate::kernel::{ExprId, FunctionId, Node, Pool};
use crate::simplify::{self, Simplifier};
use std::f64::consts::TAU;

/// Expressions above this cost are compared by their images only.
const MAX_COST: u32 = 300;
/// The most steps of images for one attempt.
const MAX_STEPS: usize = 400_000;
/// The work on the factors of one square.
const WORK: u64 = 200_000;
/// How many combinations of signs are put into absolute values.
const MOST_RESOLVED: usize = 64;
/// The terms of a part that is multiplied out.
const MAX_TERMS: usize = 100;
/// How far bounds may be off.
const SLACK: f64 = 1e-9;

/// A proof: how many images it rests on, and what they are images of.
pub(super) struct Proof {
    images: usize,
    of: &'static str,
}

impl Proof {
    /// In words.
    pub(super) fn text(&self) -> String {
        match self.images {
            0 => format!("proved: {}", self.of),
            images => {
                format!("proved: {} in {images} images of the normal form", self.of)
            }
        }
    }

    /// On each piece, and where they meet.
    pub(super) fn in_cells() -> Self {
        Self { images: 0, of: "equal on each piece and where they meet" }
    }

    /// In the field of the roots of unity.
    pub(super) fn of_unity() -> Self {
        Self { images: 0, of: "equal as sums of roots of unity" }
    }

    /// By a form of both that is the same on all branches.
    pub(super) fn everywhere() -> Self {
        Self { images: 0, of: "equal on all branches and on their cuts" }
    }

    /// By so many images of the two sides.
    pub(super) fn plain(images: usize) -> Self {
        Self { images, of: "equal" }
    }
}

impl Comparison<'_> {
    /// A proof from the images of the two sides.
    pub(super) fn proof(
        &self,
        pool: &mut Pool,
        images: Images,
        seen: &Seen,
    ) -> Option<Proof> {
        self.holds(pool, images, seen).map(Proof::plain)
    }

    /// A proof by something else than the images of the two sides, which are not equal for
    /// all signs.
    ///
    /// # Errors
    /// A formula of the function table that cannot be read; a test reads them all.
    pub(super) fn argue(&self, pool: &mut Pool, seen: &Seen) -> Result<Option<Proof>> {
        let (left, right) = (self.left.id, self.right.id);
        if seen.agreed.is_empty() || pool.cost(left) + pool.cost(right) > MAX_COST {
            return Ok(None);
        }
        let mut simplifier = Simplifier::default();
        let simple = [left, right].map(|id| simplifier.simplify(pool, id));
        let difference = pool.difference(left, right);
        let kernels = image::over_kernels(pool, difference)?;
        let mut hints = simple.to_vec();
        hints.extend(squares(pool, kernels));
        let sides = [left, right];
        let attempt = |pool: &mut Pool, [a, b]: [ExprId; 2], hints: &[ExprId]| {
            let images = image::compare(pool, a, b, &sides, hints, MAX_STEPS)?;
            Ok::<_, Error>(self.holds(pool, images, seen))
        };
        let mut tries = vec![(sides, "equal")];
        if simple != sides {
            tries.push((simple, "the simplified forms are equal"));
        }
        if image::has_logarithm(pool, kernels) {
            let power = pool.power(Pool::E, difference);
            tries.push(([power, Pool::ONE], "e^(the difference) is 1"));
        }
        let inverses = inverses(pool, kernels);
        if !inverses.is_empty()
            && is_within_a_turn(pool, kernels)
            && let Some(cos) = function::lookup("cos", 1)
        {
            let cosine = function::apply(pool, cos, &[difference]);
            let of = "the difference is less than a turn and its cosine is 1";
            tries.push(([cosine, Pool::ONE], of));
            for inverse in inverses {
                let (root, square) = inverse.root(pool);
                hints.push(simplifier.simplify(pool, root));
                hints.extend(factored(pool, square));
            }
        }
        for (compared, of) in tries {
            for hints in [&[][..], &hints] {
                if let Some(images) = attempt(pool, compared, hints)? {
                    return Ok(Some(Proof { images, of }));
                }
            }
        }
        Ok(None)
    }

    /// The number of images when they prove equality: they are equal for all signs that the
    /// parts can have together.
    fn holds(&self, pool: &mut Pool, images: Images, seen: &Seen) -> Option<usize> {
        let (count, met, is_equal) = match images {
            Images::Equal(count, met) => (count, met, true),
            Images::Different(count, met) => (count, met, false),
            Images::Unknown => return None,
        };
        if is_equal && met.is_complete() {
            return Some(count);
        }
        let real = self.signs(pool, &met.parts, &seen.agreed);
        if !is_equal && (real.is_empty() || !real.iter().all(|s| met.equal.contains(s))) {
            return None;
        }
        let parts = &met.parts;
        let rooted = self.rooted_variables(pool);
        let is_outside = |signs: &[Option<bool>]| {
            let mut parts = parts.iter().zip(signs);
            parts.any(|(part, sign)| *sign == Some(false) && rooted.contains(part))
        };
        let mut known: Option<Parts> = None;
        let mut resolved = 0;
        let holds = met.covers(pool, &real, |pool, signs| {
            let known = known.get_or_insert_with(|| Parts::new(pool, parts));
            if is_outside(signs) || known.exclude(signs) {
                return true;
            }
            resolved += 1;
            resolved <= MOST_RESOLVED && exclude_resolved(pool, parts, signs)
        });
        holds.then_some(count)
    }
}

impl Comparison<'_> {
    /// The variables of which a root was typed on either side: canonical forms have lost
    /// the root of `sqrt(x)^2`, which is defined for positive x only.
    fn rooted_variables(&self, pool: &mut Pool) -> Vec<ExprId> {
        let mut found = Vec::new();
        let operations = &self.tape.operations;
        let mut needed = vec![false; operations.len()];
        for root in [self.left.value, self.right.value] {
            needed[root as usize] = true;
        }
        for place in (0..operations.len()).rev() {
            if !needed[place] {
                continue;
            }
            // What is undefined stays undefined on the way up through these.
            match &operations[place] {
                Operation::Add(a, b)
                | Operation::Subtract(a, b)
                | Operation::Multiply(a, b)
                | Operation::Divide(a, b) => {
                    needed[*a as usize] = true;
                    needed[*b as usize] = true;
                }
                Operation::Negate(a) => needed[*a as usize] = true,
                Operation::Whole(a, n) if *n != 0 => needed[*a as usize] = true,
                Operation::Root(a, _) => {
                    needed[*a as usize] = true;
                    if let Operation::Variable(index) = operations[*a as usize] {
                        found.push(pool.symbol(&self.tape.variables[index as usize]));
                    }
                }
                _ => {}
            }
        }
        found
    }
}

/// Whether parts never have these signs together once absolute values and signs in them are what
/// these signs make them. A part that is then 0 has no sign, and excludes nothing.
fn exclude_resolved(pool: &mut Pool, parts: &[ExprId], signs: &[Option<bool>]) -> bool {
    let mut known: Vec<(ExprId, ExprId)> = Vec::new();
    for id in pool.reachable(parts) {
        let Node::Apply(function @ (FunctionId::ABS | FunctionId::SIGN), list) =
            pool.node(id)
        else {
            continue;
        };
        let inner = pool.list(list)[0];
        let (factor, rest) = pool.coefficient(inner);
        let is_above = parts.iter().zip(signs).find_map(|(part, is_above)| {
            let (own, of) = pool.coefficient(*part);
            let turns = own.is_positive() != factor.is_positive();
            is_above.filter(|_| of == rest).map(|is_above| is_above != turns)
        });
        let Some(is_above) = is_above else { continue };
        let inner = pool.substitute(&[inner], &known, function::apply)[0];
        let value = match (function, is_above) {
            (FunctionId::ABS, true) => inner,
            (FunctionId::ABS, false) => pool.negate(inner),
            (_, true) => Pool::ONE,
            (_, false) => Pool::MINUS_ONE,
        };
        known.push((id, value));
    }
    if known.is_empty() {
        return false;
    }
    let mut plain = Vec::with_capacity(parts.len());
    for part in pool.substitute(parts, &known, function::apply) {
        plain.push(simplify::expand_all(pool, part, MAX_TERMS).unwrap_or(part));
    }
    // What is 0 is not above 0; below it, it excludes nothing.
    let is_zero = |place: usize| plain[place] == Pool::ZERO;
    if (0..signs.len()).any(|place| is_zero(place) && signs[place] == Some(true)) {
        return true;
    }
    let signs: Vec<Option<bool>> =
        (0..signs.len()).map(|place| signs[place].filter(|_| !is_zero(place))).collect();
    Parts::new(pool, &plain).exclude(&signs)
}

/// What stands under roots, as products of factors: their signs tell roots of squares.
fn squares(pool: &mut Pool, id: ExprId) -> Vec<ExprId> {
    let mut found = Vec::new();
    for id in pool.reachable(&[id]) {
        if let Node::Power(base, exponent) = pool.node(id)
            && matches!(pool.node(base), Node::Sum(_))
            && pool.as_number(exponent).is_some_and(|n| !n.is_integer())
        {
            found.extend(factored(pool, base));
        }
    }
    found
}

fn factored(pool: &mut Pool, id: ExprId) -> Option<ExprId> {
    Some(simplify::factor_all(pool, id, WORK)?.0)
}

/// An arctangent or arcsine in a difference.
struct Inverse {
    is_sine: bool,
    of: ExprId,
}

impl Inverse {
    /// The root on which the point of the circle depends, and its square.
    fn root(&self, pool: &mut Pool) -> (ExprId, ExprId) {
        let square = pool.integer_power(self.of, 2);
        let square = if self.is_sine { pool.negate(square) } else { square };
        let sum = pool.sum(&[Pool::ONE, square]);
        (pool.sqrt(sum), sum)
    }
}

fn inverses(pool: &Pool, id: ExprId) -> Vec<Inverse> {
    let mut found = Vec::new();
    for id in pool.reachable(&[id]) {
        if let Node::Apply(function, list) = pool.node(id)
            && function.is_builtin()
            && let name @ ("arctan" | "arcsin") = function::spec(function).name
        {
            found.push(Inverse { is_sine: name == "arcsin", of: pool.list(list)[0] });
        }
    }
    found
}

/// Whether a difference of angles is less than a whole turn. A bound of a whole turn will do
/// when one term is an arctangent, which never reaches the ends of its range.
fn is_within_a_turn(pool: &Pool, id: ExprId) -> bool {
    let Range { low, high } = Range::of(pool, id);
    let most = low.abs().max(high.abs());
    let is_open = |term: &ExprId| match pool.node(pool.coefficient(*term).1) {
        Node::Apply(function, list) => {
            function::spec(function).name == "arctan"
                && Range::of(pool, pool.list(list)[0]).is_all()
        }
        _ => false,
    };
    most < TAU - SLACK || most < TAU + SLACK && pool.terms(&id).iter().any(is_open)
}
