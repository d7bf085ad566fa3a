//! Wrong derivatives: each row of the table at each place where it can be made.

use super::derivation::Derivation;
use super::letters::{Letters, NAMES};
use super::row::{Mutation, On};
use super::table::mutations;
use super::view::{View, Viewer};
use crate::kernel::{ExprId, Node, Pool};
use crate::syntax::Template;
use smallvec::SmallVec;
use std::sync::OnceLock;

/// More than there are rows, and more than a row has formulas.
const ROWS: usize = 160;
const FORMULAS: usize = 4;
/// How many nodes are looked at; those nearest to the whole are preferred.
const NODES: usize = 200;
/// How much work is done on wrong derivatives.
const WORK: u64 = 50_000;

static READ: [[OnceLock<Option<Box<Template>>>; FORMULAS]; ROWS] =
    [const { [const { OnceLock::new() }; FORMULAS] }; ROWS];

/// A wrong derivative and how it came about.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) row: &'static Mutation,
    /// Its place in the table.
    pub(super) rank: usize,
    /// The node at which it is made.
    pub(super) node: ExprId,
    pub(super) letters: Letters,
    pub(super) value: ExprId,
    pub(super) compare: Compare,
    /// The step of a derivative of higher order in which it was made, from 1.
    pub(super) step: usize,
}

/// What is compared with what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Compare {
    /// The answer with the value.
    Value,
    /// The answer with the derivative of the value.
    Slope,
    /// The derivative of the answer with the value.
    AnswerSlope,
}

/// The value of one formula of a row at letters; `None` when it has none.
pub(super) fn build(
    pool: &mut Pool,
    (rank, formula): (usize, usize),
    text: &str,
    letters: &Letters,
) -> Option<ExprId> {
    let cell = READ.get(rank)?.get(formula)?;
    let template =
        cell.get_or_init(|| Template::read(&NAMES, text).ok().map(Box::new)).as_ref()?;
    let value = template.build(&letters.0, pool).ok()?;
    (value != Pool::UNDEFINED && pool.failure().is_none()).then_some(value)
}

/// The rows at views, as wrong derivatives of a function.
pub(super) fn candidates(
    pool: &mut Pool,
    of: &Derivation,
    views: &[View],
    found: &mut Vec<Candidate>,
) {
    let start = pool.work();
    for view in views {
        let mut told: SmallVec<[ExprId; 16]> = SmallVec::new();
        let rows = mutations().enumerate().filter(|(_, row)| row.on == view.on);
        for (rank, row) in rows {
            if !row.when.holds(pool, &view.letters, view.function) {
                continue;
            }
            for (place, text) in row.formulas.iter().enumerate() {
                let broken = if view.on == On::Spread {
                    let parts: Option<Vec<ExprId>> = view
                        .parts
                        .iter()
                        .map(|part| build(pool, (rank, place), text, part))
                        .collect();
                    parts.map(|parts| pool.sum(&parts))
                } else {
                    build(pool, (rank, place), text, &view.letters)
                };
                let Some(broken) = broken else { continue };
                // Of rows that come to the same at a place, the first tells it.
                if broken == view.right || told.contains(&broken) {
                    continue;
                }
                told.push(broken);
                let value = whole(pool, of, view, broken);
                if value != of.derivative && value != Pool::UNDEFINED {
                    let (letters, compare) = (view.letters, Compare::Value);
                    let node = view.node;
                    found.push(Candidate {
                        row,
                        rank,
                        node,
                        letters,
                        value,
                        compare,
                        step: 1,
                    });
                }
            }
        }
        if pool.work() - start > WORK || pool.failure().is_some() {
            return;
        }
    }
}

/// The derivative of the function when `broken` stands at a view.
fn whole(pool: &mut Pool, of: &Derivation, view: &View, broken: ExprId) -> ExprId {
    if view.weight == Pool::ONE && view.right == of.derivative {
        return broken;
    }
    let change = if view.right == Pool::ZERO {
        pool.product(&[view.weight, broken])
    } else {
        let wrong = pool.product(&[view.weight, broken]);
        let right = pool.product(&[view.weight, view.right]);
        pool.difference(wrong, right)
    };
    pool.sum(&[of.derivative, change])
}

/// All places of a function at which a rule can be broken.
pub(super) fn views(pool: &mut Pool, of: &Derivation) -> Vec<View> {
    let (mut scaled, mut terms) = (Vec::new(), Vec::new());
    for step in &of.steps {
        match pool.node(step.id) {
            Node::Multiple(_, rest) => scaled.push(rest),
            Node::Sum(list) => terms.extend_from_slice(pool.list(list)),
            _ => {}
        }
    }
    scaled.sort_unstable();
    terms.sort_unstable();
    let start = pool.work();
    let mut viewer = Viewer { pool, of, node: of.function, terms, found: Vec::new() };
    if of.steps.is_empty() {
        viewer.term(of.function, of.function, Pool::ONE);
    }
    for step in of.steps.iter().rev().take(NODES) {
        viewer.look(*step, scaled.binary_search(&step.id).is_ok());
        if viewer.pool.work() - start > WORK || viewer.pool.failure().is_some() {
            break;
        }
    }
    viewer.found
}
