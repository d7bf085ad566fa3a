//! A graph as a table, in text and in LaTeX.

use super::super::super::matrix;
use super::super::super::report::Written;
use super::picture::{Picture, Spot, equal};
use calcgrad::print::{self, Notation};
use unicode_width::UnicodeWidthStr;

/// How wide a table in names may be before local gradients stand one below the other.
const WIDE: usize = 100;
/// How wide a column is at most then.
const WIDEST: usize = 48;

/// A row of cells; a cell is a list of pieces, with what stands between two.
type Row = Vec<(Vec<Written>, &'static str)>;

/// The table.
pub(super) fn write(picture: &Picture) -> Written {
    let has = |what: &dyn Fn(&Spot) -> bool| picture.nodes.iter().any(what);
    let has_sizes = has(&|node| node.sizes.is_some());
    let has_values = has(&|node| node.value.is_some());
    let has_differentials = has(&|node| node.differential.is_some());
    let mut head = vec![Written::words("node")];
    if has_sizes {
        head.push(Written::words("shape"));
    }
    head.push(Written::words("expression"));
    if has_values {
        head.push(Written::words("value"));
    }
    head.push(Written::words(match has_differentials {
        true => "differential",
        false => "local gradients",
    }));
    head.push(Written {
        text: format!("gradient of {}", picture.output.text),
        latex: format!("\\text{{gradient of }} {}", picture.output.latex),
    });
    let one = |cell: Option<Written>| (vec![cell.unwrap_or_default()], "");
    let mut rows: Vec<Row> = Vec::with_capacity(picture.nodes.len());
    for node in &picture.nodes {
        let mut row = vec![one(Some(node.label.clone()))];
        if has_sizes {
            row.push(one(node.sizes.as_deref().map(matrix::space)));
        }
        row.push(one(node.body.clone()));
        if has_values {
            row.push(one(node.value.clone()));
        }
        row.push(match &node.differential {
            Some(label) => differential(label, node),
            None => locals(node),
        });
        row.push(one(node.gradient.line()));
        rows.push(row);
    }
    let mut widths: Vec<usize> = head.iter().map(|cell| cell.text.width()).collect();
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = flat(cell, Notation::Text).width().max(*width);
        }
    }
    let width = widths.iter().map(|width| width + 2).sum::<usize>();
    if !picture.is_symbolic || width <= WIDE + 2 {
        return Written::from_fn(|notation| {
            let line = |row: &Row| row.iter().map(|cell| flat(cell, notation)).collect();
            let rows: Vec<Vec<String>> = rows.iter().map(line).collect();
            print::table(&cells(&head, notation), &rows, notation).join("\n")
        });
    }
    Written::from_fn(|notation| {
        let rows: Vec<Vec<String>> =
            rows.iter().flat_map(|row| stacked(row, notation)).collect();
        print::ragged_table(&cells(&head, notation), &rows, WIDEST, notation).join("\n")
    })
}

fn cells(list: &[Written], notation: Notation) -> Vec<String> {
    list.iter().map(|one| one.get(notation).to_owned()).collect()
}

/// A cell on one line.
fn flat((pieces, between): &(Vec<Written>, &str), notation: Notation) -> String {
    cells(pieces, notation).join(between)
}

/// A row with the pieces of its cells one below the other.
fn stacked(row: &Row, notation: Notation) -> Vec<Vec<String>> {
    let height = row.iter().map(|(pieces, _)| pieces.len()).max().unwrap_or(0).max(1);
    let line = |at: usize| {
        let piece = |(pieces, _): &(Vec<Written>, &str)| {
            pieces.get(at).map_or_else(String::new, |one| one.get(notation).to_owned())
        };
        row.iter().map(piece).collect()
    };
    (0..height).map(line).collect()
}

/// `∂u/∂a = 2*(a + b)` for each name that stands in a node.
fn locals(node: &Spot) -> (Vec<Written>, &'static str) {
    let piece = |edge: &super::picture::Edge| {
        let label = edge.label.clone().unwrap_or_default();
        match edge.told.line() {
            Some(told) => equal(&label, &told),
            None => label,
        }
    };
    (node.edges.iter().map(piece).collect(), ", ")
}

/// `dz = dW*x + W*dx`, a piece for each name.
fn differential(label: &Written, node: &Spot) -> (Vec<Written>, &'static str) {
    let piece = |(rank, edge): (usize, &super::picture::Edge)| {
        let part = edge.line();
        Written::from_fn(|notation| {
            let part = part.get(notation);
            match (rank, part.strip_prefix('-')) {
                (0, _) => format!("{} = {part}", label.get(notation)),
                (_, Some(rest)) => format!("- {rest}"),
                (_, None) => format!("+ {part}"),
            }
        })
    };
    (node.edges.iter().enumerate().map(piece).collect(), " ")
}
