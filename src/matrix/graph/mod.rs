//! The computational graph of a program over matrices, in its names: the differential of each
//! name along the change of each that stands in its definition, and the gradient of the answer
//! in every name, with the shape of the name.
//!
//! A gradient comes from those above it: it is pulled back through the local derivative, in
//! which all other names are held constant.

mod network;
mod sweep;
mod verify;

use super::form::FormId;
use super::problem::Problem;
use crate::error::{Error, ErrorKind, Result};
use network::Vertex;
use sweep::Local;

/// A variable or a name of a graph.
#[derive(Clone, Debug)]
pub struct MatrixNode {
    /// Its name.
    pub name: String,
    /// Its definition; `None` for a variable.
    pub body: Option<FormId>,
    /// Its sizes: none for a scalar, one for a column, two for a matrix or a row.
    pub sizes: Vec<String>,
    /// What its differential is made of.
    pub edges: Vec<MatrixEdge>,
    /// The gradient of the answer in it, in its shape.
    pub gradient: FormId,
}

/// The part of a differential that comes from one name.
#[derive(Clone, Debug)]
pub struct MatrixEdge {
    /// The place of the node that changes.
    pub from: usize,
    /// What that comes to, linear in the change of the name.
    pub form: FormId,
}

/// A graph with what is known of it.
#[derive(Clone, Debug)]
pub struct MatrixGraph {
    /// The variables, then the names, each after those that it needs; the answer is the last.
    pub nodes: Vec<MatrixNode>,
    /// The name of the first gradient that stands under its name in those below.
    pub named: Option<String>,
    /// Whether everything was compared with differences of what was typed.
    pub checked: bool,
}

impl Problem {
    /// The computational graph of a number that a program defines, in variables or in names
    /// whose definitions do not matter then.
    ///
    /// # Errors
    /// An answer that is no number, names that are not declared, a name `dX` that is taken,
    /// derivatives that are not known, limits.
    pub fn graph(&mut self, wrt: &[String]) -> Result<MatrixGraph> {
        if !self.shape().is_scalar() {
            let what = "the graph of a vector or a matrix".to_owned();
            return Err(Error::from(ErrorKind::Unsupported(what))
                .help("a graph leads to a number, as `norm(z)^2` or `sum(z)`"));
        }
        let network = self.network(wrt)?;
        let found = self.sweep(&network)?;
        let mut checked = self.verify_gradients(&network, &found)?;
        let edges = self.differentials(&network)?;
        checked &= self.verify_differentials(&network, &edges)?;
        let named = self.name_gradients(&network, &found);
        let told = network.vertices.into_iter().zip(found.gradients).zip(edges);
        let node = |((vertex, gradient), edges): ((Vertex, FormId), Vec<Local>)| {
            let edge = |local: Local| MatrixEdge { from: local.from, form: local.form };
            MatrixNode {
                sizes: self.sizes_of(vertex.form),
                name: vertex.name,
                body: vertex.body,
                edges: edges.into_iter().map(edge).collect(),
                gradient,
            }
        };
        Ok(MatrixGraph { nodes: told.map(node).collect(), named, checked })
    }
}
