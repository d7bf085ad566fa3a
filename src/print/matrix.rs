//! Vectors, matrices and tables of what is written already.

use super::notation::Notation;
use unicode_width::UnicodeWidthStr;

/// A row vector: `[a, b]`.
pub fn vector(components: &[String], notation: Notation) -> String {
    match notation {
        Notation::Text => format!("[{}]", components.join(", ")),
        Notation::Latex => bmatrix(&components.join(" & ")),
    }
}

/// A column vector: `[[a], [b]]` in text.
pub fn column(components: &[String], notation: Notation) -> String {
    let rows: Vec<Vec<String>> = components.iter().map(|one| vec![one.clone()]).collect();
    matrix(&rows, notation)
}

/// A matrix on one line: `[[a, b], [c, d]]` in text.
pub fn matrix(rows: &[Vec<String>], notation: Notation) -> String {
    match notation {
        Notation::Text => {
            let rows: Vec<String> =
                rows.iter().map(|row| vector(row, notation)).collect();
            vector(&rows, notation)
        }
        Notation::Latex => {
            let rows: Vec<String> = rows.iter().map(|row| row.join(" & ")).collect();
            bmatrix(&rows.join(" \\\\ "))
        }
    }
}

fn bmatrix(inside: &str) -> String {
    format!("\\begin{{bmatrix}} {inside} \\end{{bmatrix}}")
}

/// A matrix in text with its columns one below the other, a line for each row.
///
/// The lines together read back as the same matrix.
pub fn aligned(rows: &[Vec<String>]) -> Vec<String> {
    let widths = widths(rows);
    let mut lines = Vec::with_capacity(rows.len());
    for (i, row) in rows.iter().enumerate() {
        let mut line = String::from(if i == 0 { "[[" } else { " [" });
        for (j, (text, width)) in row.iter().zip(&widths).enumerate() {
            line.push_str(text);
            if j + 1 < row.len() {
                line.push(',');
                line.extend(std::iter::repeat_n(' ', width + 1 - text.width()));
            }
        }
        line.push_str(if i + 1 == rows.len() { "]]" } else { "]," });
        lines.push(line);
    }
    lines
}

/// Equations of LaTeX one below the other, aligned at their signs of equality; an empty left
/// side goes on with the one above.
pub fn aligned_rows(rows: &[(String, String)]) -> String {
    let rows: Vec<String> = rows
        .iter()
        .map(|(left, right)| match left.is_empty() {
            true => format!("&= {right}"),
            false => format!("{left} &= {right}"),
        })
        .collect();
    format!("\\begin{{aligned}}\n{}\n\\end{{aligned}}", rows.join(" \\\\\n"))
}

/// A table: in text with its columns one below the other and two blanks between them, in
/// LaTeX as an `array` with a line below the head.
pub fn table(head: &[String], rows: &[Vec<String>], notation: Notation) -> Vec<String> {
    ragged_table(head, rows, usize::MAX, notation)
}

/// The same with columns that are no wider than so many signs: what is longer moves the rest of
/// its row.
pub fn ragged_table(
    head: &[String],
    rows: &[Vec<String>],
    widest: usize,
    notation: Notation,
) -> Vec<String> {
    let mut all = vec![head.to_vec()];
    all.extend_from_slice(rows);
    match notation {
        Notation::Text => {
            let mut widths = widths(&all);
            widths.iter_mut().for_each(|width| *width = widest.min(*width));
            let line = |row: &Vec<String>| {
                let mut line = String::new();
                // Blanks are written before something only: one wide cell costs itself.
                let mut blanks = 0;
                for (text, width) in row.iter().zip(&widths) {
                    if !text.is_empty() {
                        line.extend(std::iter::repeat_n(' ', blanks));
                        line.push_str(text);
                        blanks = 0;
                    }
                    blanks += width.saturating_sub(text.width()) + 2;
                }
                line
            };
            all.iter().map(line).collect()
        }
        Notation::Latex => {
            let mut lines =
                vec![format!("\\begin{{array}}{{{}}}", "l".repeat(head.len()))];
            let last = all.len() - 1;
            for (i, row) in all.iter().enumerate() {
                let end = if i == last { "" } else { " \\\\" };
                let rule = if i == 0 && last > 0 { " \\hline" } else { "" };
                lines.push(format!("{}{end}{rule}", row.join(" & ")));
            }
            lines.push("\\end{array}".to_owned());
            lines
        }
    }
}

/// The width of each column on a terminal.
fn widths(rows: &[Vec<String>]) -> Vec<usize> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |j: usize| {
        let cells = rows.iter().filter_map(|row| row.get(j));
        cells.map(|text| text.width()).max().unwrap_or(0)
    };
    (0..columns).map(width).collect()
}
