//! Computational graphs: nodes with lines of formulas in boxes, from the left to the right, and
//! formulas on the edges between.
//!
//! Invariant: nothing lies over anything else but edges that cross each other.

mod draw;
mod layout;
mod lines;

use super::Theme;
use crate::error::{ErrorKind, Result};
use crate::print::Markup;

/// How many nodes and edges are laid out: more are no picture that anyone looks at.
const MOST: usize = 600;

/// What a line of a node says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// What the node is; the first line.
    Name,
    /// What more it is.
    Plain,
    /// What it comes to, on the way forward.
    Forward,
    /// What comes back to it, on the way backward.
    Backward,
}

/// A line of a node.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// What it says.
    pub tone: Tone,
    /// Words in front, in LaTeX outside of mathematics mode, or nothing.
    pub words: Markup,
    /// The formula.
    pub formula: Markup,
}

/// A node.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Its lines, the name first.
    pub lines: Vec<Line>,
}

/// An edge between two nodes, by their places in the list.
#[derive(Clone, Debug, PartialEq)]
pub struct Edge {
    /// Where it comes from.
    pub from: usize,
    /// Where it goes.
    pub to: usize,
    /// What stands on it.
    pub label: Markup,
}

/// A graph without cycles.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Diagram {
    /// What is shown, in one line.
    pub title: String,
    /// What is seen, in words.
    pub description: String,
    /// The nodes.
    pub nodes: Vec<Node>,
    /// The edges.
    pub edges: Vec<Edge>,
}

impl Diagram {
    /// Draws it as SVG, for a page or a file of its own.
    ///
    /// Who stands where is decided by `dagre`, after Gansner, Koutsofios, North and Vo, "A
    /// technique for drawing directed graphs" (1993), and Brandes and Köpf, "Fast and simple
    /// horizontal coordinate assignment" (2001).
    ///
    /// # Errors
    /// More than 600 nodes and edges.
    pub fn svg(&self, theme: Theme) -> Result<String> {
        if self.nodes.len() + self.edges.len() > MOST {
            let what = "the nodes and edges of a drawn graph";
            let limit = MOST as u64;
            return Err(ErrorKind::OverLimit { what, limit }.into());
        }
        Ok(draw::svg(self, theme))
    }
}
