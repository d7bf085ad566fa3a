//! A graph as a picture in SVG.

use super::super::super::report::Written;
use super::picture::{Edge, Picture, Said, Spot, equal};
use calcgrad::Result;
use calcgrad::plot::Theme;
use calcgrad::plot::diagram::{self, Diagram, Line, Tone};
use calcgrad::print::{Markup, Role};

/// How long the LaTeX of a formula is at most that is drawn.
const LONGEST: usize = 2000;

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
            let label = formula(&label(edge))?;
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
        Ok(Line { tone, words: prose(&words.latex)?, formula: self::formula(&formula)? })
    };
    picture.lines(node).into_iter().map(one).collect()
}

/// A formula, or that there is one that nobody would read.
fn formula(formula: &Written) -> Result<Markup> {
    match formula.latex.len() > LONGEST {
        true => Ok(Markup::Sign("…", Role::Thing)),
        false => Markup::read(&formula.latex),
    }
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
        (Some(name), Some(told)) => equal(name, &told),
        _ => edge.line(),
    }
}

/// What is seen, node by node.
fn description(picture: &Picture) -> String {
    let one = |node: &Spot| {
        let lines = picture.text_lines(node, true).into_iter();
        let lines: Vec<String> = lines.filter(|line| line.len() <= LONGEST).collect();
        let mut said = lines.join(", ");
        for (rank, edge) in node.edges.iter().enumerate() {
            said.push_str(if rank == 0 { "; edges: " } else { ", " });
            let from = &picture.nodes[edge.from].label.text;
            let label = label(edge).text;
            let label = if label.len() <= LONGEST { &label[..] } else { "…" };
            said.push_str(&format!("from {from} {label}"));
        }
        said
    };
    picture.nodes.iter().map(one).collect::<Vec<_>>().join(". ") + "."
}
