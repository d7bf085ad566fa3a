//! A graph as a picture of TikZ, which needs no library.

use super::super::super::report::Written;
use super::picture::{Picture, Said, Spot};
use std::fmt::Write;
use unicode_width::UnicodeWidthStr;

/// How wide a sign is, in centimetres.
const SIGN: f64 = 0.18;
/// How high a line is.
const LINE: f64 = 0.55;
/// What is left free between nodes.
const FREE: f64 = 0.8;
/// The greatest width or height; TeX has no length above 575 centimetres.
const GREATEST: f64 = 500.0;

/// The picture, from the left to the right: a node stands right of all that it uses.
pub(super) fn write(picture: &Picture) -> String {
    let levels = levels(&picture.nodes);
    let places = places(picture, &levels);
    let mut out = String::from(
        "% \\usepackage{tikz,amsmath,amssymb}\n\
         \\begin{tikzpicture}[every node/.style={align=center, font=\\small}]",
    );
    for (at, (node, (x, y))) in picture.nodes.iter().zip(&places).enumerate() {
        let line = |(_, words, formula): (Said, Written, Written)| match words
            .latex
            .is_empty()
        {
            true => format!("${}$", formula.latex),
            false => format!("{}: ${}$", words.latex, formula.latex),
        };
        let lines: Vec<String> = picture.lines(node).into_iter().map(line).collect();
        let _ = write!(
            out,
            "\n  \\node[draw, rounded corners] (n{at}) at ({x:.2},{y:.2}) {{{}}};",
            lines.join(" \\\\ ")
        );
    }
    for (at, node) in picture.nodes.iter().enumerate() {
        for edge in &node.edges {
            let from = edge.from;
            // What passes by other nodes goes round them.
            let bend = if levels[at] > levels[from] + 1 { "[bend left=25]" } else { "" };
            let _ = write!(
                out,
                "\n  \\draw[->] (n{from}) to{bend} \
                 node[pos=0.35, fill=white, inner sep=1pt] {{${}$}} (n{at});",
                edge.line().latex
            );
        }
    }
    out.push_str("\n\\end{tikzpicture}");
    out
}

/// How many nodes stand between each and the variables at most.
fn levels(nodes: &[Spot]) -> Vec<usize> {
    let mut levels: Vec<usize> = Vec::with_capacity(nodes.len());
    for node in nodes {
        let below = node.edges.iter().map(|edge| levels[edge.from] + 1);
        levels.push(below.max().unwrap_or(0));
    }
    levels
}

/// Where the nodes stand, by the room that their texts and those of their edges take.
fn places(picture: &Picture, levels: &[usize]) -> Vec<(f64, f64)> {
    let count = levels.iter().max().map_or(0, |highest| highest + 1);
    let mut widths = vec![0.0f64; count];
    let mut gaps = vec![0.0f64; count];
    let mut heights = vec![0.0f64; count];
    let mut rooms = Vec::with_capacity(levels.len());
    for (node, level) in picture.nodes.iter().zip(levels) {
        let lines = picture.text_lines(node, false);
        let width = lines.iter().map(|line| line.width()).max().unwrap_or(0);
        widths[*level] = widths[*level].max(width as f64 * SIGN);
        for edge in &node.edges {
            let width = edge.line().text.width() as f64 * SIGN;
            gaps[*level] = gaps[*level].max(width + 2.0 * FREE);
        }
        let height = lines.len() as f64 * LINE + FREE;
        rooms.push(height);
        heights[*level] += height;
    }
    let mut middles = Vec::with_capacity(count);
    let mut left = 0.0;
    for (width, gap) in widths.iter().zip(&gaps) {
        left += gap;
        middles.push(left + width / 2.0);
        left += width;
    }
    let highest = heights.iter().copied().fold(0.0, f64::max);
    let scale = (GREATEST / left.max(highest).max(1.0)).min(1.0);
    let mut tops: Vec<f64> = heights.iter().map(|height| height / 2.0).collect();
    let place = |(level, room): (&usize, f64)| {
        let y = tops[*level] - room / 2.0;
        tops[*level] -= room;
        (scale * middles[*level], scale * y)
    };
    levels.iter().zip(rooms).map(place).collect()
}
