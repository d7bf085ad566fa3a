//! A graph in the language of Graphviz.

use super::picture::{Picture, Spot, signed};
use rustc_hash::FxHashSet;
use std::fmt::Write;

/// The graph from the left to the right: what each node is and its gradient, local gradients on
/// the edges.
pub(super) fn write(picture: &Picture, has_signs: bool) -> String {
    let ids = ids(&picture.nodes);
    let mut out = String::from("digraph {\n  rankdir=LR;\n");
    for (node, id) in picture.nodes.iter().zip(&ids) {
        let lines = picture.text_lines(node, has_signs);
        let lines: Vec<String> = lines.iter().map(|line| quoted(line)).collect();
        let _ = writeln!(out, "  \"{id}\" [label=\"{}\"];", lines.join("\\n"));
        for edge in &node.edges {
            let (from, label) = (&ids[edge.from], signed(&edge.line(), has_signs));
            let _ =
                writeln!(out, "  \"{from}\" -> \"{id}\" [label=\"{}\"];", quoted(&label));
        }
    }
    out.push('}');
    out
}

/// The names of nodes, each once.
fn ids(nodes: &[Spot]) -> Vec<String> {
    let mut seen: FxHashSet<String> = FxHashSet::default();
    let id = |(place, node): (usize, &Spot)| {
        let id = quoted(&node.name);
        match seen.insert(id.clone()) {
            true => id,
            false => format!("{id} {place}"),
        }
    };
    nodes.iter().enumerate().map(id).collect()
}

/// A text between quotation marks.
fn quoted(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}
