//! A graph in the language of Mermaid.

use super::picture::{Picture, signed};
use std::fmt::Write;

/// The graph from the left to the right.
pub(super) fn write(picture: &Picture, has_signs: bool) -> String {
    let mut out = String::from("flowchart LR");
    for (place, node) in picture.nodes.iter().enumerate() {
        let lines = picture.text_lines(node, has_signs);
        let lines: Vec<String> = lines.iter().map(|line| escaped(line)).collect();
        let _ = write!(out, "\n  n{place}[\"{}\"]", lines.join("<br/>"));
    }
    for (place, node) in picture.nodes.iter().enumerate() {
        for edge in &node.edges {
            let (from, label) = (edge.from, signed(&edge.line(), has_signs));
            let _ = write!(out, "\n  n{from} -->|\"{}\"| n{place}", escaped(&label));
        }
    }
    out
}

/// A label: what is a sign of Mermaid, of HTML or of Markdown there goes by its number.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let is_plain = c.is_alphanumeric()
            || !c.is_ascii()
            || matches!(
                c,
                ' ' | '+' | '-' | '/' | '(' | ')' | ',' | '.' | '=' | '^' | ':'
            );
        match is_plain {
            true => out.push(c),
            false => {
                let _ = write!(out, "#{};", u32::from(c));
            }
        }
    }
    out
}
