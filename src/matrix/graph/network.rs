//! What the names of a program need of each other and of the variables.

use super::super::form::{FormId, Op};
use super::super::problem::Problem;
use crate::error::{Error, ErrorKind, Result};
use rustc_hash::FxHashMap;

/// A variable or a name.
#[derive(Clone, Debug)]
pub(super) struct Vertex {
    pub(super) name: String,
    /// The form under which others use it; for an answer without a name, what it is.
    pub(super) form: FormId,
    /// Its definition; `None` for a variable.
    pub(super) body: Option<FormId>,
    /// The vertices that stand in its definition.
    pub(super) below: Vec<usize>,
}

/// Variables, then names, each after those that it needs; the answer is the last.
#[derive(Clone, Debug)]
pub(super) struct Network {
    pub(super) vertices: Vec<Vertex>,
}

impl Problem {
    /// Whether a variable stands for matrices of a kind that is not that of symmetric ones.
    fn is_constrained(&self, place: u16) -> bool {
        let known = self.scope.variables[usize::from(place)].structure;
        known.is_tied() && (known.diagonal || !known.symmetric)
    }

    pub(super) fn network(&mut self, wrt: &[String]) -> Result<Network> {
        let mut vertices: Vec<Vertex> = Vec::new();
        let mut places: FxHashMap<FormId, usize> = FxHashMap::default();
        let own = self.name.as_ref().and_then(|name| self.scope.definition(name));
        for name in wrt {
            let form = self.target(name)?;
            let what = match self.forms.op(form) {
                Op::Entry(..) => "the graph of a program down to entries".to_owned(),
                Op::Variable(place) if self.is_constrained(*place) => {
                    format!("the graph of a program down to `{name}` with its property")
                }
                Op::Definition(place) if Some(*place) == own => {
                    format!("the graph of `{name}` down to itself")
                }
                _ if places.contains_key(&form) => continue,
                _ => {
                    places.insert(form, vertices.len());
                    let (body, below) = (None, Vec::new());
                    vertices.push(Vertex { name: name.clone(), form, body, below });
                    continue;
                }
            };
            return Err(ErrorKind::Unsupported(what).into());
        }
        let mut between = wrt.iter().any(|name| self.scope.definition(name).is_some());
        for (place, is_needed) in self.needed().into_iter().enumerate() {
            let definition = self.scope.definitions[place].clone();
            let shape = self.forms.shape(definition.body);
            let form = self.forms.intern(Op::Definition(place as u16), shape);
            let is_own = own == Some(place as u16);
            if !is_needed && !is_own || places.contains_key(&form) {
                continue;
            }
            let below = self.direct(definition.body, &places);
            if below.is_empty() && !is_own {
                continue;
            }
            between |= !is_own;
            places.insert(form, vertices.len());
            let body = Some(definition.body);
            vertices.push(Vertex { name: definition.name, form, body, below });
        }
        if own.is_none() {
            let below = self.direct(self.main, &places);
            let (form, body) = (self.main, Some(self.main));
            vertices.push(Vertex { name: self.free_name(), form, body, below });
        }
        if !between {
            let what = "the graph of a formula without names in between".to_owned();
            return Err(Error::from(ErrorKind::Unsupported(what))
                .help("name the steps, as in `s = u'*h; h = sigmoid(z); z = W*x`"));
        }
        let answer = own.and_then(|place| {
            let body = self.scope.definitions[usize::from(place)].body;
            let form = self.forms.intern(Op::Definition(place), self.forms.shape(body));
            places.get(&form).copied()
        });
        Ok(Network { vertices }.reached(answer))
    }

    /// The vertices that stand in a definition, as they were typed.
    fn direct(&self, body: FormId, places: &FxHashMap<FormId, usize>) -> Vec<usize> {
        let below = self.forms.below(body);
        below.iter().filter_map(|id| places.get(id).copied()).collect()
    }

    /// A name for an answer that has none.
    fn free_name(&self) -> String {
        let is_free = |name: &&str| {
            self.scope.variable(name).is_none() && self.scope.definition(name).is_none()
        };
        let names = ["f", "F", "g", "G", "h", "H"];
        names
            .iter()
            .copied()
            .find(|name| is_free(name))
            .unwrap_or("the answer")
            .to_owned()
    }
}

impl Network {
    /// The same with the answer as the last, without names that it does not reach.
    fn reached(self, answer: Option<usize>) -> Self {
        let answer = answer.unwrap_or(self.vertices.len() - 1);
        let mut reached = vec![false; self.vertices.len()];
        reached[answer] = true;
        for vertex in (0..=answer).rev() {
            if reached[vertex] {
                self.vertices[vertex].below.iter().for_each(|at| reached[*at] = true);
            }
        }
        let mut moved = vec![0; self.vertices.len()];
        let mut vertices: Vec<Vertex> = Vec::new();
        for (place, mut vertex) in self.vertices.into_iter().enumerate() {
            // A variable that was asked for is shown in any case.
            if reached[place] || vertex.body.is_none() {
                moved[place] = vertices.len();
                vertex.below.iter_mut().for_each(|at| *at = moved[*at]);
                vertices.push(vertex);
            }
        }
        Self { vertices }
    }
}
