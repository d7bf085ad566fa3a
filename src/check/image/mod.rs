//! Equality by images in finite fields.
//!
//! An expression over the kernels of the normal form is a rational function of its kernels,
//! and relations hold between the kernels: `sin^2 + cos^2 = 1`, the laws of powers, roots and
//! logarithms, multiple angles. Instead of multiplying such a function out, it is evaluated
//! in finite fields in which all these relations hold (`model.rs`), for random values of
//! what is independent. Two expressions that are equal by the relations have equal images
//! for every choice; two that are not differ for all but a share of about d/p of the choices
//! (Schwartz 1980, Zippel 1979), where d is the degree and p > 2^60. Eight choices leave a
//! chance of error below 10^-90 for degrees up to a million, twenty-four one below 10^-280.
//! For numbers of more than 30 binary digits, half of the choices are made in a model whose
//! prime is drawn from a digest of the input (`drawn.rs`), so that it cannot be chosen to be
//! divided; then the bound holds for each input that is tried.
//!
//! Invariant: only relations hold in the models that hold over the real numbers wherever
//! both sides are defined. Signs are those of a choice, and every law of signs holds for
//! every choice; so `sqrt(x^2)` is `abs(x)` and never `x`.

mod complex;
mod drawn;
mod evaluate;
mod field;
mod kernels;
mod model;
mod plan;
mod signs;

use super::decided::proved;
use crate::error::Result;
use crate::evaluate::{Tape, values};
use crate::kernel::{ExprId, Node, Pool};
use evaluate::Prepared;
pub(super) use kernels::has_logarithm;
use model::Model;
use plan::Plan;
use std::collections::BTreeSet;

/// How many images must agree.
const ENOUGH: usize = 24;
/// How many must agree where no signs matter.
const ENOUGH_PLAIN: usize = 8;
/// How many images over the complex numbers must agree where branches are chosen: of the 480
/// directions of a number, each is most likely among them.
const ENOUGH_BRANCHES: usize = 2400;
/// How many of them must be, so that sectors of a sixtieth are.
const FEWEST_BRANCHES: usize = 400;
/// The most steps that are run, over all choices.
pub(super) const MAX_STEPS: usize = 2_000_000;
/// How many choices are looked at to learn for which signs two expressions differ.
const PATTERNS: usize = 600;
/// The most choices that are tried in one model.
const MAX_TRIES: usize = 40_000;
/// A model in which so many choices in a row have no value, or other signs of constants, is
/// given up: there would be too few that count.
const MAX_EMPTY: usize = 1000;
/// For each way that choices were seen to take, so many are looked at. Of n ways that are
/// taken equally often, each is then taken but for a chance of e^-12.
const EACH: usize = 12;

/// Of more ways than these, not all are looked for; of fewer, when the images differ for
/// some.
const MAX_WAYS: usize = 1024;
const MAX_MIXED: usize = 256;

/// For which signs of its parts something holds.
pub(super) type Signs = BTreeSet<Vec<bool>>;

/// What the images of two expressions say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Images {
    /// They are equal for this many choices: equal by the relations, as far as all signs that
    /// matter over the real numbers were met.
    Equal(usize, Met),
    /// They differ for some choices, and are equal for this many.
    Different(usize, Met),
    /// Too few choices were found at which both are defined.
    Unknown,
}

/// The signs of parts that were met.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Met {
    /// The parts whose signs decide what roots, absolute values and cases are.
    pub(super) parts: Vec<ExprId>,
    /// Which of them decide; the others are told apart to exclude some.
    pub(super) deciding: Vec<bool>,
    /// What there is no value without: that such a product of parts is positive, or negative.
    pub(super) rooted: Vec<(Vec<usize>, bool)>,
    /// The signs of the parts for which the images are equal.
    pub(super) equal: Signs,
    /// The signs of the parts for which they differ.
    pub(super) different: Signs,
}

/// Compares the images of two expressions, where what is in `guards` is defined. The signs
/// of sums, sines and cosines in `hints` are told apart as well when there are any. At most
/// so many steps are run, over all choices.
///
/// # Errors
/// A formula of the function table that cannot be read; a test reads them all.
pub(super) fn compare(
    pool: &mut Pool,
    a: ExprId,
    b: ExprId,
    guards: &[ExprId],
    hints: &[ExprId],
    steps: usize,
) -> Result<Images> {
    if a == b {
        return Ok(Images::Equal(ENOUGH, Met::default()));
    }
    let roots = [&[a, b], guards, hints].concat();
    let roots = kernels::over_kernels(pool, &roots)?;
    // That two constants have different images does not say that they are different.
    let Some(roots) = proved(pool, &roots) else { return Ok(Images::Unknown) };
    let (guards, hints) = roots[2..].split_at(guards.len());
    let (plan, [left, right]) = Plan::new(pool, [roots[0], roots[1]], guards, hints);
    let constants = signs_of_constants(pool, &plan);
    let gaps = plan.gaps(pool);
    let will_do = |model: &Model| {
        Prepared::new(&plan, model)
            .is_some_and(|prepared| !plan.has_inverses || prepared.has_signs_of_numbers())
    };
    let drawn = match drawn::drawn(pool, &roots[..2]) {
        Some(mut models) => match models.find(will_do) {
            Some(model) => Some(model),
            None => return Ok(Images::Unknown),
        },
        None => None,
    };
    let enough = if plan.has_signs { ENOUGH } else { ENOUGH_PLAIN };
    let (mut agreed, mut seen) = (0, 0);
    let mut budget = steps / plan.steps.len().max(1);
    let (mut equal, mut different) = (Signs::new(), Signs::new());
    // How what was met took its choices, and its signs.
    let (mut ways, mut met) = (Signs::new(), Signs::new());
    for place in 0..model::count() {
        let model = drawn.as_ref().filter(|_| place == 0);
        let model = model.unwrap_or_else(|| model::model(place));
        let Some(prepared) = Prepared::new(&plan, model) else { continue };
        let has_signs = prepared.has_signs_of_numbers();
        if plan.has_inverses && !has_signs {
            continue;
        }
        // Half of the images in one model and half in the next.
        let share = if place == 0 { enough / 2 } else { enough };
        let each = if place == 0 { EACH / 2 } else { EACH };
        let tries = (budget / 4).clamp(4, MAX_TRIES);
        let mut is_complete = false;
        let before = seen;
        for seed in 0..tries {
            if seed >= MAX_EMPTY && seen == before {
                break;
            }
            let seed = (place as u64) << 32 | seed as u64;
            budget = budget.saturating_sub(1);
            let Some(values) = prepared.run(seed) else { continue };
            if !prepared.has_signs(&values, &constants) {
                continue;
            }
            seen += 1;
            let mut signs = prepared.signs(&values);
            signs.extend(gaps.iter().map(|(place, _)| values[*place][0] != 0));
            met.insert(signs.clone());
            if values[left][0] == values[right][0] {
                agreed += 1;
                equal.insert(signs);
            } else {
                different.insert(signs);
            }
            if !plan.has_signs && !different.is_empty() {
                break;
            }
            let (mut wanted, mut count) = (share, 0);
            if plan.has_signs {
                ways.insert(prepared.way(&values));
                count = ways.len();
            }
            if !different.is_empty() {
                wanted = PATTERNS;
                count = count.max(met.len());
            }
            if count > if different.is_empty() { MAX_WAYS } else { MAX_MIXED } {
                return Ok(Images::Unknown);
            }
            if seen >= wanted.max(each * count) {
                is_complete = true;
                break;
            }
        }
        let is_different = !different.is_empty() && (is_complete || !plan.has_signs);
        if is_different || agreed >= enough && different.is_empty() && is_complete {
            let (mut parts, mut deciding) = (plan.parts(), plan.decides());
            parts.extend(gaps.iter().map(|(_, gap)| *gap));
            deciding.resize(parts.len(), true);
            let met = Met { parts, deciding, rooted: plan.rooted(), equal, different };
            return Ok(match is_different {
                true => Images::Different(agreed, met),
                false => Images::Equal(agreed, met),
            });
        }
    }
    Ok(Images::Unknown)
}

/// Whether a constant is proved to be 0.
pub fn is_zero(pool: &mut Pool, id: ExprId) -> bool {
    match pool.is_complex() {
        true => is_equal(&compare_complex(pool, id, Pool::ZERO)),
        false => is_zero_within(pool, id, MAX_STEPS),
    }
}

/// Whether a constant is proved to be 0 over the real numbers, with so many steps over all
/// choices at most.
pub fn is_zero_within(pool: &mut Pool, id: ExprId, steps: usize) -> bool {
    is_equal(&compare(pool, id, Pool::ZERO, &[], &[], steps))
}

fn is_equal(found: &Result<Images>) -> bool {
    matches!(found, Ok(Images::Equal(..)))
}

/// An expression over the kernels of the normal form.
///
/// # Errors
/// A formula of the function table that cannot be read; a test reads them all.
pub fn over_kernels(pool: &mut Pool, id: ExprId) -> Result<ExprId> {
    Ok(kernels::over_kernels(pool, &[id])?[0])
}

/// Whether neither e nor pi stands in a constant.
fn is_algebraic(pool: &Pool, id: ExprId) -> bool {
    !pool.reachable(&[id]).iter().any(|id| matches!(pool.node(*id), Node::Constant(_)))
}

/// The sums without symbols with their signs over the real numbers: in a model that counts,
/// they have the same.
fn signs_of_constants(pool: &Pool, plan: &Plan) -> Vec<(plan::Place, bool)> {
    let sums: Vec<(plan::Place, ExprId)> = plan
        .ids
        .iter()
        .enumerate()
        .filter(|(place, id)| {
            plan.wanted[*place][0]
                && matches!(pool.node(**id), Node::Sum(_))
                && pool.is_constant(**id)
                && (plan.signed.contains(place) || is_algebraic(pool, **id))
        })
        .map(|(place, id)| (place, *id))
        .collect();
    let ids: Vec<ExprId> = sums.iter().map(|(_, id)| *id).collect();
    let mut tape = Tape::default();
    let slots = tape.add_expressions(pool, &ids);
    let found = values(&tape, &[]);
    let signs =
        sums.iter().zip(slots).map(|((place, _), slot)| (*place, found[slot as usize]));
    signs.filter(|(_, x)| x.abs() > 1e-9).map(|(place, x)| (place, x > 0.0)).collect()
}

/// Compares the images of two expressions over the complex numbers.
///
/// # Errors
/// A formula of the function table that cannot be read; a test reads them all.
pub(super) fn compare_complex(pool: &mut Pool, a: ExprId, b: ExprId) -> Result<Images> {
    if a == b {
        return Ok(Images::Equal(ENOUGH, Met::default()));
    }
    let roots = kernels::over_kernels(pool, &[a, b])?;
    let (plan, [left, right]) = Plan::new(pool, [roots[0], roots[1]], &[], &[]);
    let drawn = drawn::drawn(pool, &roots).and_then(|mut models| models.next());
    let mut budget = MAX_STEPS / plan.steps.len().max(1);
    let (mut agreed, mut enough) = (0, ENOUGH);
    for place in 0..model::count() {
        let model = drawn.as_ref().filter(|_| place == 0);
        let model = model.unwrap_or_else(|| model::model(place));
        let Some(prepared) = complex::Prepared::new(&plan, model) else { continue };
        if prepared.has_branches {
            enough = ENOUGH_BRANCHES;
        }
        // The two ways of choosing must agree as often.
        let mut met = [0; 2];
        for seed in 0..(budget / 4).max(4) {
            let seed = (place as u64) << 32 | seed as u64;
            budget = budget.saturating_sub(1);
            match prepared.run(seed, [left, right]) {
                Some([x, y]) if x == y => {
                    agreed += 1;
                    met[(seed & 1) as usize] += 1;
                }
                Some(_) => return Ok(Images::Different(0, Met::default())),
                None => {}
            }
            if agreed >= enough && met.iter().all(|met| *met >= ENOUGH / 2) {
                return Ok(Images::Equal(agreed, Met::default()));
            }
        }
        if agreed >= FEWEST_BRANCHES.max(enough / 6) && met[0].min(met[1]) >= ENOUGH / 2 {
            return Ok(Images::Equal(agreed, Met::default()));
        }
    }
    Ok(Images::Unknown)
}
