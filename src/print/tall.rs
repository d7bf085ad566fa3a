//! Which expressions are taller than a line in LaTeX, so that brackets around them grow.

use super::shape::{Shape, shape};
use crate::function;
use crate::kernel::{ExprId, Pool};
use rustc_hash::FxHashSet;

/// The tall nodes of an expression.
#[derive(Default)]
pub(super) struct Tall(FxHashSet<ExprId>);

impl Tall {
    /// Finds fractions and what contains them; an exponent does not count.
    pub(super) fn new(pool: &Pool, root: ExprId) -> Self {
        let mut tall = Self::default();
        for id in pool.reachable(&[root]) {
            let found = match shape(pool, id) {
                Shape::Term { below, .. } if !below.is_empty() => true,
                Shape::Power(base, _) | Shape::NumericPower(base, _) => {
                    tall.contains(base)
                }
                Shape::Apply(function, arguments) => {
                    let arguments = arguments.iter().any(|id| tall.contains(*id));
                    let own = match pool.as_abstract(function) {
                        Some(known) => {
                            known.orders.len() > 1 && known.orders.iter().any(|n| *n > 0)
                        }
                        None => {
                            let latex = function::spec(function).latex;
                            latex.contains("frac")
                                || latex.contains("binom")
                                || function::spec(function).name == "piecewise"
                        }
                    };
                    arguments || own
                }
                Shape::Atom => false,
                _ => {
                    let mut any = false;
                    pool.each_operand(id, |operand| any |= tall.contains(operand));
                    any
                }
            };
            if found {
                tall.0.insert(id);
            }
        }
        tall
    }

    pub(super) fn contains(&self, id: ExprId) -> bool {
        self.0.contains(&id)
    }
}
