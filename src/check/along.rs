//! Implicit derivatives against differences along solutions, with many digits: what doubles
//! call wrong is wrong only if these say so too.

use crate::evaluate::newton::{apart, central, exactly, power_of_two, solution};
use crate::evaluate::{Precise, limit};
use crate::kernel::{ExprId, Pool};
use crate::syntax::{self, Program};

/// The variable moves by this power of two.
const MOVE: i32 = -200;
/// How far values may differ, relative to the greater.
const TOLERANCE: f64 = 1e-12;

/// An equation as it was typed: its program, and the names that are variables in any case.
pub type Typed<'a> = (&'a Program, Vec<&'a str>);

/// Equations with what is claimed of their unknowns.
pub(super) struct Along<'a> {
    pub(super) pool: &'a Pool,
    pub(super) equations: &'a [Typed<'a>],
    /// All variables, in the order of a point.
    pub(super) names: &'a [String],
    /// The places of the unknowns among them.
    pub(super) unknowns: &'a [usize],
    /// The place of the variable.
    pub(super) moved: usize,
    /// The derivatives of each unknown, by order.
    pub(super) derivatives: &'a [Vec<ExprId>],
}

impl Along<'_> {
    /// Whether all derivatives agree at the solution near a point; `None` where there is no
    /// regular one, or something has no many digits.
    pub(super) fn agrees(&self, near: &[f64]) -> Option<bool> {
        let near: Vec<limit::Step> = near.iter().map(|x| exactly(*x)).collect();
        let here = self.solved(near)?;
        let step = power_of_two(MOVE, limit::PRECISION);
        let beside = |step: &limit::Step| {
            let mut start = here.clone();
            start[self.moved] = limit::together(&start[self.moved], step);
            self.solved(start)
        };
        let (right, left) = (beside(&step)?, beside(&step.neg())?);
        for (unknown, list) in self.unknowns.iter().zip(self.derivatives) {
            let mut before = [right[*unknown].clone(), left[*unknown].clone()];
            for derivative in list {
                let slope = central(&before[0], &before[1], &step);
                let found = self.claimed(*derivative, &here)?;
                if apart(&slope, &found) > TOLERANCE {
                    return Some(false);
                }
                before = [
                    self.claimed(*derivative, &right)?,
                    self.claimed(*derivative, &left)?,
                ];
            }
        }
        Some(true)
    }

    /// The values of two expressions at the solution near a point, and how far they are apart;
    /// `None` where there is no regular solution, or something has no many digits.
    pub(super) fn values(
        &self,
        near: &[f64],
        sides: [ExprId; 2],
    ) -> Option<([f64; 2], f64)> {
        let here = self.solved(near.iter().map(|x| exactly(*x)).collect())?;
        let [left, right] = sides.map(|id| self.claimed(id, &here));
        let (left, right) = (left?, right?);
        let gap = apart(&left, &right);
        Some(([limit::double(&left), limit::double(&right)], gap))
    }

    /// The solution near a point, with the other variables fixed.
    fn solved(&self, near: Vec<limit::Step>) -> Option<Vec<limit::Step>> {
        let start: Vec<limit::Step> =
            self.unknowns.iter().map(|place| near[*place].clone()).collect();
        let with = |unknowns: &[limit::Step]| {
            let mut at = near.clone();
            for (place, x) in self.unknowns.iter().zip(unknowns) {
                at[*place] = x.clone();
            }
            at
        };
        let mut equations = |unknowns: &[limit::Step]| {
            let mut precise = self.at(&with(unknowns))?;
            let mut values = Vec::with_capacity(self.equations.len());
            for (program, declared) in self.equations {
                let lowered = syntax::lower(program, declared, &mut precise).ok()?;
                values.push(number(&precise, *lowered.roots.first()?)?);
            }
            Some(values)
        };
        let found = solution(&mut equations, &start)?;
        Some(with(&found))
    }

    fn claimed(&self, id: ExprId, at: &[limit::Step]) -> Option<limit::Step> {
        let mut precise = self.at(at)?;
        let place = precise.expression(self.pool, id);
        number(&precise, place)
    }

    /// The variables with their values.
    fn at(&self, at: &[limit::Step]) -> Option<Precise> {
        let mut precise =
            Precise::new(limit::PRECISION, syntax::in_normal_form, self.pool.purse())
                .ok()?;
        for (name, x) in self.names.iter().zip(at) {
            precise.give(name, x);
        }
        Some(precise)
    }
}

fn number(precise: &Precise, place: u32) -> Option<limit::Step> {
    let value = precise.value(place).ok()?;
    (!value.is_nan() && !value.is_inf()).then(|| value.clone())
}
