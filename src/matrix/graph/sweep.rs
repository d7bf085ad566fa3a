//! One way from the answer down, and the local differentials.

use super::super::form::{FormId, Op, Structure, Variable};
use super::super::print::name_latex;
use super::super::problem::Problem;
use super::super::shape::{Shape, SizeId};
use super::super::tensor::TensorId;
use super::network::Network;
use crate::error::Result;
use crate::kernel::Number;
use crate::print::{self, Notation};

/// Up to which cost a gradient stands in those below it; a longer one goes by its name, so that
/// a long program costs no more than its length.
const LONG: u32 = 24;

/// The gradients of a network.
#[derive(Clone, Debug)]
pub(super) struct Gradients {
    /// One for each vertex, in its shape.
    pub(super) gradients: Vec<FormId>,
    /// The variables that stand for long gradients in those below, by their vertices.
    pub(super) named: Vec<Option<u16>>,
    /// Which vertices are symmetric matrices.
    pub(super) symmetric: Vec<bool>,
}

/// The differential of a name along the change of one that stands in its definition.
#[derive(Clone, Debug)]
pub(super) struct Local {
    /// The vertex that changes.
    pub(super) from: usize,
    pub(super) form: FormId,
    /// The variable that is the change.
    pub(super) change: u16,
}

impl Problem {
    /// The gradient of the answer in each vertex.
    pub(super) fn sweep(&mut self, network: &Network) -> Result<Gradients> {
        let vertices = &network.vertices;
        self.tensors.lower(self.main, &self.forms, &self.scope)?;
        let mut seeds = Vec::with_capacity(vertices.len());
        for vertex in vertices {
            seeds.push(self.tensors.lower_known(vertex.form, &self.forms)?);
        }
        let one = self.tensors.number(Number::ONE);
        let answer = vertices.len() - 1;
        let mut parts: Vec<Vec<TensorId>> = vec![Vec::new(); vertices.len()];
        parts[answer].push(one);
        let mut gradients = vec![self.main; vertices.len()];
        let mut named = vec![None; vertices.len()];
        for place in (0..vertices.len()).rev() {
            let vertex = &vertices[place];
            let arrived = std::mem::take(&mut parts[place]);
            let mut gradient = match &arrived[..] {
                [] => self.tensors.zeros_like(seeds[place]),
                [one] => *one,
                all => self.tensors.plus(all),
            };
            self.tensors.check()?;
            let shape = self.forms.shape(vertex.form);
            let is_row = shape.rows == SizeId::ONE && shape.cols != SizeId::ONE;
            let form = self.shortest(gradient, is_row)?;
            gradients[place] = form;
            let Some(body) = vertex.body else { continue };
            if self.forms.cost(form) > LONG {
                let symmetric = self.tensors.is_symmetric(seeds[place]);
                let structure = Structure { symmetric, ..Structure::default() };
                let names = (&vertex.name[..], &vertices[answer].name[..]);
                let variable = self.stand_in(names, shape, structure);
                let own = self.forms.intern(Op::Variable(variable), shape);
                gradient = self.tensors.lower_known(own, &self.forms)?;
                named[place] = Some(variable);
            }
            let body = self.tensors.lower_known(body, &self.forms)?;
            for below in &vertex.below {
                let local = self.tensors.local_derivative(body, seeds[*below])?;
                let part = self.tensors.pulled_back(gradient, local);
                parts[*below].push(part);
            }
        }
        let symmetric =
            seeds.iter().map(|seed| self.tensors.is_symmetric(*seed)).collect();
        Ok(Gradients { gradients, named, symmetric })
    }

    /// A variable that stands for a gradient, under a name that nothing has.
    fn stand_in(
        &mut self,
        (name, answer): (&str, &str),
        shape: Shape,
        structure: Structure,
    ) -> u16 {
        let latex = format!(
            r"\frac{{\partial {}}}{{\partial {}}}",
            print::name(answer, Notation::Latex),
            name_latex(name, shape)
        );
        let mut own = format!("gradient_{name}");
        while self.scope.variable(&own).is_some() || self.scope.definition(&own).is_some()
        {
            own.push('_');
            own.push('1');
        }
        let (name, latex) = (own, Some(latex));
        let variable = Variable { latex, ..Variable::new(name, shape, structure) };
        self.tensors.declare(variable.clone());
        self.scope.variables.push(variable);
        (self.scope.variables.len() - 1) as u16
    }

    /// Gives the variables that stand for gradients the names that are shown; says what the
    /// first is.
    pub(super) fn name_gradients(
        &mut self,
        network: &Network,
        found: &Gradients,
    ) -> Option<String> {
        let answer = network.vertices.last()?;
        let mut first = None;
        for (vertex, variable) in network.vertices.iter().zip(&found.named) {
            if let Some(variable) = variable {
                let name = format!("∂{}/∂{}", answer.name, vertex.name);
                first.get_or_insert_with(|| name.clone());
                self.scope.variables[usize::from(*variable)].name = name;
            }
        }
        first
    }

    /// The differential of each vertex along the change of each that stands in it.
    pub(super) fn differentials(&mut self, network: &Network) -> Result<Vec<Vec<Local>>> {
        let vertices = &network.vertices;
        let mut changes = Vec::with_capacity(vertices.len());
        for vertex in &vertices[..vertices.len() - 1] {
            let seed = self.tensors.lower_known(vertex.form, &self.forms)?;
            let place = match self.forms.op(vertex.form) {
                Op::Variable(_) => self.change(&vertex.name)?.1,
                _ => {
                    let symmetric = self.tensors.is_symmetric(seed);
                    let structure = Structure { symmetric, ..Structure::default() };
                    let shape = self.forms.shape(vertex.form);
                    self.add_change(&vertex.name, shape, structure)?
                }
            };
            changes.push((seed, place));
        }
        // The changes are new names.
        self.tensors.lower(self.main, &self.forms, &self.scope)?;
        let mut all = Vec::with_capacity(vertices.len());
        for vertex in vertices {
            let mut edges = Vec::with_capacity(vertex.below.len());
            if let Some(body) = vertex.body {
                let shape = self.forms.shape(body);
                let is_row = shape.rows == SizeId::ONE && shape.cols != SizeId::ONE;
                let tensor = self.tensors.lower_known(body, &self.forms)?;
                for below in &vertex.below {
                    let (seed, change) = changes[*below];
                    let own = self.forms.shape(vertices[*below].form);
                    let along = self.forms.intern(Op::Variable(change), own);
                    let along = self.tensors.lower_known(along, &self.forms)?;
                    let found =
                        self.tensors.local_differential(tensor, &[(seed, along)])?;
                    let form = self.shortest(found, is_row)?;
                    edges.push(Local { from: *below, form, change });
                }
            }
            all.push(edges);
        }
        Ok(all)
    }
}
