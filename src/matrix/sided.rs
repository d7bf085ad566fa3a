//! Derivatives of arrays from one side of a kink of their entries: an answer may have the value
//! from either side there.

use super::compare::Opinion;
use super::form::{Elementwise, FormId, Op};
use super::problem::Problem;
use crate::calculus::{Kink, step_on_side};
use crate::error::Result;
use crate::kernel::Number;
use rustc_hash::{FxHashMap, FxHashSet};

impl Problem {
    /// What an answer is that is no derivative where this has the mean of both sides: the
    /// opinion of it as the derivative from the left, or from the right, where one of them is
    /// better.
    pub(super) fn beside_kinks(
        &mut self,
        expected: FormId,
        opinion: Opinion,
        judge: impl Fn(&mut Self, FormId) -> Result<Opinion>,
    ) -> Result<Opinion> {
        if !matches!(opinion, Opinion::Different(_) | Opinion::Multiple(_)) {
            return Ok(opinion);
        }
        for kink in [Kink::Left, Kink::Right] {
            let Some(side) = self.on_side(expected, kink) else { break };
            let found = judge(self, side)?;
            if matches!(found, Opinion::Equal(_) | Opinion::ProbablyEqual(_)) {
                return Ok(found);
            }
        }
        Ok(opinion)
    }

    /// A derivative with the limits of its steps from one side of what they are of; `None` where
    /// it has none, or they are of different things, of which one may rise where another falls.
    fn on_side(&mut self, derivative: FormId, kink: Kink) -> Option<FormId> {
        let forms = &mut self.forms;
        let mut done: FxHashMap<FormId, FormId> = FxHashMap::default();
        let mut arguments = FxHashSet::default();
        for id in forms.below(derivative) {
            let shape = forms.shape(id);
            let op = forms.op(id).clone();
            let step = match &op {
                Op::Apply(Elementwise::Table(function), list) => {
                    list.first().copied().zip(step_on_side(*function, kink))
                }
                _ => None,
            };
            let op = op.with_operands(|of| done.get(&of).copied().unwrap_or(of));
            let made = match step {
                None => forms.intern(op, shape),
                Some((argument, (unit, is_unit))) => {
                    arguments.insert(argument);
                    let list = vec![done.get(&argument).copied().unwrap_or(argument)];
                    let unit = Op::Apply(Elementwise::Table(unit), list);
                    let unit = forms.intern(unit, shape);
                    match is_unit {
                        true => unit,
                        false => {
                            let two = forms.number(&Number::from(2));
                            let twice = forms.product(&[two, unit]);
                            let one = match shape.is_scalar() {
                                true => forms.number(&Number::ONE),
                                false => forms.intern(Op::Ones, shape),
                            };
                            let terms = vec![(false, twice), (true, one)];
                            forms.intern(Op::Sum(terms), shape)
                        }
                    }
                }
            };
            done.insert(id, made);
        }
        (arguments.len() == 1).then(|| done.get(&derivative).copied()).flatten()
    }
}
