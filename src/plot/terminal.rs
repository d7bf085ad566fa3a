//! A picture in the signs of a terminal: dots of braille, axes of lines, words as they are.

use super::draw::{Pen, drawing};
use super::picture::Picture;
use super::{Ink, Style};
use kuva::TerminalBackend;

/// The size of a character in the drawing.
pub(super) const CELL: (f64, f64) = (8.0, 16.0);

/// A picture in lines of characters; in colours, or without any.
pub fn terminal(picture: &Picture, style: &Style, is_coloured: bool) -> String {
    let (columns, rows) = (style.width, style.height);
    let size = |cells: u32, cell: f64| (f64::from(cells) * cell) as u32;
    let pixels =
        Style { width: size(columns, CELL.0), height: size(rows, CELL.1), ..*style };
    let scene = drawing(picture, &pixels, Pen::Terminal);
    let backend = TerminalBackend::new(columns as usize, rows as usize);
    let text = backend.render_scene(&scene);
    // Words have the colour of the terminal.
    let [r, g, b] = Ink::Text.rgb(false);
    let text = text.replace(&format!("\u{1b}[38;2;{r};{g};{b}m"), "\u{1b}[39m");
    let plain = if is_coloured { text } else { without_colours(&text) };
    let lines = plain.trim_end_matches("\u{1b}[0m").lines();
    lines.map(|line| line.trim_end().to_owned() + "\n").collect()
}

fn without_colours(text: &str) -> String {
    let mut parts = text.split('\u{1b}');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        plain.push_str(part.split_once('m').map_or("", |(_, rest)| rest));
    }
    plain
}
