//! What a derivative is the derivative of: a function, and its derivatives of lower orders.

use super::excuse::Beside;
use crate::calculus;
use crate::kernel::{ExprId, Pool};
use crate::simplify::Simplifier;
use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;

/// A function of which the first of two expressions is the derivative.
#[derive(Clone, Debug)]
pub struct Primitive {
    /// The function.
    pub function: ExprId,
    /// In which variable it was differentiated last.
    pub variable: ExprId,
    /// The variables before, the first first.
    inner: Vec<ExprId>,
    /// Whether neither it nor what is compared has pieces; found out when they are compared.
    pub(super) is_smooth: bool,
    /// What is differentiated, each with the variable in which it is; `None` where one has no
    /// known derivative.
    steps: OnceCell<Option<Vec<Step>>>,
    /// What was found out of the derivative at places.
    pub(super) known: RefCell<HashMap<Vec<(ExprId, ExprId)>, Beside>>,
}

/// What is differentiated once.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    /// The function itself, or its derivative of a lower order.
    pub(super) function: ExprId,
    /// The variable in which it is differentiated.
    pub(super) variable: ExprId,
}

impl Primitive {
    /// A function that was differentiated in variables one after the other; `None` without one.
    /// As in `∂²f/∂x∂y`, which is the derivative in `x` of that in `y`, the last is the first.
    pub fn new(function: ExprId, sequence: &[ExprId]) -> Option<Self> {
        let (variable, others) = sequence.split_first()?;
        Some(Self {
            function,
            variable: *variable,
            inner: others.iter().rev().copied().collect(),
            is_smooth: false,
            steps: OnceCell::new(),
            known: RefCell::default(),
        })
    }

    /// What is differentiated, from the function on.
    pub(super) fn steps(&self, pool: &mut Pool) -> Option<&[Step]> {
        let found = self.steps.get_or_init(|| {
            let mut function = self.function;
            let mut steps = Vec::with_capacity(self.inner.len() + 1);
            for variable in self.inner.iter().copied() {
                steps.push(Step { function, variable });
                let raw =
                    calculus::differentiate(pool, function, variable, &mut ()).ok()?;
                function = Simplifier::default().simplify(pool, raw);
            }
            steps.push(Step { function, variable: self.variable });
            Some(steps)
        });
        found.as_deref()
    }
}
