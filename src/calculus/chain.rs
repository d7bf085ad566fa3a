//! The chain rule through names: what depends on what, the paths from one name to another,
//! and derivatives accumulated along them.
//!
//! Names are vertices; those that others need stand before them. An edge is a local
//! derivative: of a name in one that stands in its definition.

use crate::kernel::{ExprId, Pool};
use smallvec::SmallVec;
use std::collections::BTreeMap;

/// The local derivative of one name in another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    /// The vertex that is differentiated.
    pub of: usize,
    /// The vertex in which it is.
    pub wrt: usize,
    /// The derivative.
    pub value: ExprId,
}

/// Names and their local derivatives.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    edges: Vec<Edge>,
    /// The edges that leave each vertex, towards what it is made of.
    leaving: Vec<Vec<usize>>,
    /// The edges that arrive at each vertex.
    arriving: Vec<Vec<usize>>,
}

/// How long a sum over paths is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extent {
    /// The number of paths.
    pub paths: u64,
    /// The number of edges on all of them together.
    pub factors: u64,
}

/// Vertices with the paths from them.
pub type Extents = BTreeMap<usize, Extent>;

impl Graph {
    /// A graph of so many vertices without edges.
    pub fn new(vertices: usize) -> Self {
        Self {
            edges: Vec::new(),
            leaving: vec![Vec::new(); vertices],
            arriving: vec![Vec::new(); vertices],
        }
    }

    /// Adds an edge, from a vertex to one that stands before it; the order of the edges is the
    /// order of the paths.
    pub fn add(&mut self, edge: Edge) {
        let place = self.edges.len();
        self.leaving[edge.of].push(place);
        self.arriving[edge.wrt].push(place);
        self.edges.push(edge);
    }

    /// The edges in the order in which they were added.
    pub fn edges(&self) -> &[Edge] {
        &self.edges
    }

    /// How many paths lead from each vertex that leads to `to`, and how long they are. Counts that are
    /// too large for a `u64` stay at its maximum.
    pub fn extents(&self, to: usize) -> Extents {
        let mut found = Extents::from([(to, Extent { paths: 1, factors: 0 })]);
        let mut next = to;
        // What stands above a vertex has a greater place.
        while let Some((vertex, Extent { paths, factors })) =
            found.range(next..).next().map(|(vertex, extent)| (*vertex, *extent))
        {
            for edge in &self.arriving[vertex] {
                let above = found.entry(self.edges[*edge].of).or_default();
                above.paths = above.paths.saturating_add(paths);
                above.factors =
                    above.factors.saturating_add(factors).saturating_add(paths);
            }
            next = vertex + 1;
        }
        found
    }

    /// All paths between two vertices, each as the places of its edges, by what
    /// [`Graph::extents`] has said of the second; to be asked only where they are few.
    pub fn paths(&self, from: usize, to: usize, extents: &Extents) -> Vec<Vec<usize>> {
        let leads = |vertex: usize| extents.contains_key(&vertex);
        let mut found = Vec::new();
        let mut path: Vec<usize> = Vec::new();
        // Where the walk stands, and how many of the edges there it has tried.
        let mut places: Vec<(usize, usize)> = vec![(from, 0)];
        while let Some((vertex, tried)) = places.last_mut() {
            if *vertex == to {
                found.push(path.clone());
            }
            let next = self.leaving[*vertex].get(*tried).filter(|_| *vertex != to);
            match next {
                Some(edge) => {
                    *tried += 1;
                    let below = self.edges[*edge].wrt;
                    if leads(below) {
                        path.push(*edge);
                        places.push((below, 0));
                    }
                }
                None => {
                    places.pop();
                    path.pop();
                }
            }
        }
        found
    }

    /// The vertices on which `from` depends, itself among them.
    pub fn below(&self, from: usize) -> Vec<bool> {
        let mut reached = vec![false; self.leaving.len()];
        reached[from] = true;
        for vertex in (0..=from).rev() {
            if reached[vertex] {
                for edge in &self.leaving[vertex] {
                    reached[self.edges[*edge].wrt] = true;
                }
            }
        }
        reached
    }

    /// The edges that arrive at a vertex from those that are marked.
    pub fn arriving(&self, at: usize, marked: &[bool]) -> Vec<usize> {
        let edges = self.arriving[at].iter().copied();
        edges.filter(|edge| marked[self.edges[*edge].of]).collect()
    }

    /// The derivatives of `from` in the vertices on which it depends: the sum over all paths of
    /// the products along them, by one sweep from `from` down (reverse accumulation, as in
    /// [`super::gradient`]). The work is that of what is below.
    pub fn accumulate(&self, pool: &mut Pool, from: usize) -> BTreeMap<usize, ExprId> {
        let mut parts: BTreeMap<usize, SmallVec<[ExprId; 2]>> = BTreeMap::new();
        let mut found = BTreeMap::new();
        parts.entry(from).or_default().push(Pool::ONE);
        while let Some((vertex, terms)) = parts.pop_last() {
            let adjoint = pool.sum(&terms);
            if adjoint == Pool::ZERO {
                continue;
            }
            found.insert(vertex, adjoint);
            for edge in &self.leaving[vertex] {
                let Edge { wrt, value, .. } = self.edges[*edge];
                let product = pool.product(&[adjoint, value]);
                parts.entry(wrt).or_default().push(product);
            }
        }
        found
    }
}
