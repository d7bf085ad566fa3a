//! A graph as a picture in SVG.

use super::super::super::report::Written;
use super::picture::{Edge, Picture, Said, Spot};
use calcgrad::Result;
use calcgrad::plot::Theme;
use calcgrad::plot::diagram::{self, Diagram, Line, Tone};
use calcgrad::print::Markup;

/// The picture.
///
/// # Errors
/// More nodes and edges than are laid out, and formulas that are nested too deeply.
pub(super) fn write(picture: &Picture) -> Result<String> {
    let mut drawn = Diagram {
        title: format!("Computational graph of {}", picture.output.text),
        description: description(picture),
        ..Diagram::default()
    };
    for (to, node) in picture.nodes.iter().enumerate() {
        drawn.nodes.push(diagram::Node { lines: lines(picture, node)? });
        for edge in &node.edges {
            let label = Markup::read(&label(edge).latex)?;
            drawn.edges.push(diagram::Edge { from: edge.from, to, label });
        }
    }
    drawn.svg(Theme::Auto)
}

fn lines(picture: &Picture, node: &Spot) -> Result<Vec<Line>> {
    let one = |(said, words, formula): (Said, Written, Written)| {
        let tone = match said {
            Said::Name => Tone::Name,
            Said::Shape => Tone::Plain,
            Said::Value => Tone::Forward,
            Said::Gradient => Tone::Backward,
        };
        Ok(Line {
            tone,
            words: prose(&words.latex)?,
            formula: Markup::read(&formula.latex)?,
        })
    };
    picture.lines(node).into_iter().map(one).collect()
}

/// Words with formulas between dollar signs.
fn prose(latex: &str) -> Result<Markup> {
    let mut pieces = Vec::new();
    for (rank, part) in latex.split('$').enumerate() {
        match (part, rank % 2) {
            ("", _) => {}
            (words, 0) => pieces.push(Markup::Words(words.to_owned())),
            (formula, _) => pieces.push(Markup::read(formula)?),
        }
    }
    Ok(Markup::Row(pieces))
}

/// What stands on an edge: a local derivative with its name, where it has one.
fn label(edge: &Edge) -> Written {
    match (&edge.label, edge.told.line()) {
        (Some(name), Some(told)) => Written::from_fn(|notation| {
            format!("{} = {}", name.get(notation), told.get(notation))
        }),
        _ => edge.line(),
    }
}

/// What is seen, node by node.
fn description(picture: &Picture) -> String {
    let one = |node: &Spot| {
        let mut said = picture.text_lines(node, true).join(", ");
        for (rank, edge) in node.edges.iter().enumerate() {
            said.push_str(if rank == 0 { "; edges: " } else { ", " });
            let from = &picture.nodes[edge.from].label.text;
            said.push_str(&format!("from {from} {}", label(edge).text));
        }
        said
    };
    picture.nodes.iter().map(one).collect::<Vec<_>>().join(". ") + "."
}
