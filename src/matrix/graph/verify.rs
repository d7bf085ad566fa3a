//! The gradients and the differentials of a graph against differences of what was typed.

use super::super::check::{Claim, Target, verify};
use super::super::form::{FormId, Op, Structure};
use super::super::numeric::{
    Dense, Evaluator, Instance, Slopes, differences, value_with,
};
use super::super::print;
use super::super::problem::Problem;
use super::network::Network;
use super::sweep::{Gradients, Local};
use crate::error::Result;
use rustc_hash::FxHashMap;

/// Up to how many are compared each on its own.
const SEPARATE: usize = 64;
/// In how many groups more than that are.
const GROUPS: usize = 8;

/// How many make a group.
fn group(count: usize) -> usize {
    if count <= SEPARATE { 1 } else { count.div_ceil(GROUPS) }
}

impl Problem {
    /// Compares the gradients, as they are read back from their text, with differences of the
    /// answer: to names something is added in a direction of its own, and the answer moves by
    /// the product with the gradient.
    pub(super) fn verify_gradients(
        &mut self,
        network: &Network,
        found: &Gradients,
    ) -> Result<bool> {
        let vertices = &network.vertices;
        let of = print::text(self.main, &self.forms, &self.scope);
        let mut again = Vec::with_capacity(vertices.len());
        for (vertex, form) in vertices.iter().zip(&found.gradients) {
            again.push(self.read_back(*form, &of, &vertex.name)?);
        }
        let evaluator = Evaluator::new(self.main, &self.forms, &self.scope);
        let asked: Vec<usize> = (0..vertices.len() - 1).collect();
        let direction = |instance: &Instance, place: usize| {
            let shape = self.forms.shape(vertices[place].form);
            let symmetric = found.symmetric[place];
            let structure = Structure { symmetric, ..Structure::default() };
            instance.value(shape, structure, 0, (place as u64 + 1) << 24)
        };
        let measure = |instance: &Instance, step: f64| {
            let size = evaluator.value(&self.forms, instance).size();
            let mut all = Slopes::none();
            for group in asked.chunks(group(asked.len())) {
                let along = group.iter().map(|place| direction(instance, *place));
                let along: Vec<Dense> = along.collect();
                let at = |h: f64| {
                    let mut moved = instance.clone();
                    for (vertex, change) in group.iter().zip(&along) {
                        match self.forms.op(vertices[*vertex].form) {
                            Op::Variable(place) => {
                                let value = &mut moved.variables[usize::from(*place)];
                                *value = value.zip(change, |x, d| x + h * d);
                            }
                            Op::Definition(place) => {
                                moved.shifts.insert(*place, change.map(|d| h * d));
                            }
                            _ => {}
                        }
                    }
                    evaluator.value(&self.forms, &moved)
                };
                all.add(differences(size, step, at)?);
            }
            Some(all)
        };
        let answer = |instance: &Instance| {
            let (_, definitions) = evaluator.values(&self.forms, instance);
            let mut instance = instance.clone();
            let mut products = vec![0.0; vertices.len()];
            for place in (0..vertices.len() - 1).rev() {
                let value =
                    value_with(again[place], &self.forms, &instance, &definitions);
                if let Some(variable) = found.named[place] {
                    instance.variables[usize::from(variable)] = value.clone();
                }
                let along = direction(&instance, place);
                products[place] = value.zip(&along, |x, d| x * d).data.iter().sum();
            }
            let groups = asked.chunks(group(asked.len()));
            Some(groups.map(|g| g.iter().map(|place| products[*place]).sum()).collect())
        };
        let least = self.scope.least_size();
        let target = Target::Measured(&measure);
        let claim = Claim { of: self.main, target, least, texts: (&of, "its names") };
        verify(&claim, &self.forms, &self.scope, answer)
    }

    /// Compares the differentials, as they are read back from their text, with differences of
    /// each definition, all names but one held constant.
    pub(super) fn verify_differentials(
        &mut self,
        network: &Network,
        edges: &[Vec<Local>],
    ) -> Result<bool> {
        let vertices = &network.vertices;
        let of = print::text(self.main, &self.forms, &self.scope);
        let mut all: Vec<(FormId, FormId, u16, FormId)> = Vec::new();
        for (vertex, edges) in vertices.iter().zip(edges) {
            let Some(body) = vertex.body else { continue };
            for edge in edges {
                let name = &vertices[edge.from].name;
                let again = self.read_back(edge.form, &of, name)?;
                all.push((body, vertices[edge.from].form, edge.change, again));
            }
        }
        let evaluator = Evaluator::new(self.main, &self.forms, &self.scope);
        let least = self.scope.least_size();
        let mut checked = true;
        for group in all.chunks(group(all.len())) {
            let measure = |instance: &Instance, step: f64| {
                let (_, definitions) = evaluator.values(&self.forms, instance);
                let mut here = Here { instance: instance.clone(), definitions };
                let mut all = Slopes::none();
                for (body, name, change, _) in group {
                    let change = &instance.variables[usize::from(*change)];
                    let size = here.value(*body, self).size();
                    let at =
                        |h: f64| here.moved(*body, *name, &change.map(|d| h * d), self);
                    all.add(differences(size, step, at)?);
                }
                Some(all)
            };
            let answer = |instance: &Instance| {
                let (_, definitions) = evaluator.values(&self.forms, instance);
                let value = |form| value_with(form, &self.forms, instance, &definitions);
                Some(group.iter().flat_map(|(.., form)| value(*form).data).collect())
            };
            let target = Target::Measured(&measure);
            let claim = Claim { of: self.main, target, least, texts: (&of, "its names") };
            checked &= verify(&claim, &self.forms, &self.scope, answer)?;
        }
        Ok(checked)
    }
}

/// The values of all names, of which one moves at a time.
struct Here {
    instance: Instance,
    definitions: FxHashMap<u16, Dense>,
}

impl Here {
    fn value(&self, form: FormId, problem: &Problem) -> Dense {
        value_with(form, &problem.forms, &self.instance, &self.definitions)
    }

    /// The value of a definition with something added to a name that stands in it.
    fn moved(
        &mut self,
        body: FormId,
        name: FormId,
        change: &Dense,
        problem: &Problem,
    ) -> Dense {
        let slot = match problem.forms.op(name) {
            Op::Variable(place) => self.instance.variables.get_mut(usize::from(*place)),
            Op::Definition(place) => self.definitions.get_mut(place),
            _ => None,
        };
        let Some(slot) = slot else { return Dense::scalar(f64::NAN) };
        let moved = slot.zip(change, |x, d| x + d);
        let before = std::mem::replace(slot, moved);
        let value = self.value(body, problem);
        match problem.forms.op(name) {
            Op::Variable(place) => self.instance.variables[usize::from(*place)] = before,
            Op::Definition(place) => {
                self.definitions.insert(*place, before);
            }
            _ => {}
        }
        value
    }
}
