//! A graph as SVG.

use super::super::colour::{Ink, Theme};
use super::super::page::{self, ink};
use super::layout::{self, Point, Route};
use super::lines::{self, Card, Piece};
use super::{Diagram, Tone};
use std::fmt::Write;

/// What is left free around the graph.
const MARGIN: f64 = 16.0;
/// How long and how wide the head of an arrow is.
const HEAD: (f64, f64) = (8.0, 6.0);

/// Draws a graph.
pub(super) fn svg(diagram: &Diagram, theme: Theme) -> String {
    let cards: Vec<Card> = diagram.nodes.iter().map(lines::card).collect();
    let sizes: Vec<Point> = cards.iter().map(|card| (card.width, card.height)).collect();
    let labels: Vec<_> =
        diagram.edges.iter().map(|edge| lines::label(&edge.label)).collect();
    let edges: Vec<(usize, usize, Point)> = diagram
        .edges
        .iter()
        .zip(&labels)
        .map(|(edge, card)| (edge.from, edge.to, (card.width, card.height)))
        .collect();
    let places = layout::places(&sizes, &edges);
    let size = (places.width + 2.0 * MARGIN, places.height + 2.0 * MARGIN);
    let mut out = page::open(&diagram.title, &diagram.description, size, theme);
    let paper = ink(Ink::Paper, theme);
    let _ = write!(
        out,
        "<rect width=\"{:.0}\" height=\"{:.0}\" fill=\"{paper}\"/>\
         <g transform=\"translate({MARGIN} {MARGIN})\">",
        size.0, size.1
    );
    let line = ink(Ink::Guide, theme);
    for route in &places.routes {
        arrow(route, &line, &mut out);
    }
    for (route, card) in places.routes.iter().zip(&labels) {
        let (x, y) = corner(route.label, card);
        if !card.pieces.is_empty() {
            let _ = write!(
                out,
                "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{:.1}\" height=\"{:.1}\" rx=\"3\" \
                 fill=\"{paper}\"/>",
                card.width, card.height
            );
        }
        pieces(&card.pieces, (x, y), theme, &mut out);
    }
    for (at, (middle, card)) in places.nodes.iter().zip(&cards).enumerate() {
        let (x, y) = corner(*middle, card);
        let is_input = diagram.edges.iter().all(|edge| edge.to != at);
        let is_output = diagram.edges.iter().all(|edge| edge.from != at);
        let (colour, width) = match is_output && !is_input {
            true => (ink(Ink::Text, theme), 1.8),
            false => (ink(Ink::Axis, theme), 1.0),
        };
        // Variables are round.
        let round = if is_input { 14.0 } else { 5.0 };
        let _ = write!(
            out,
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{:.1}\" height=\"{:.1}\" rx=\"{round}\" \
             fill=\"{paper}\" stroke=\"{colour}\" stroke-width=\"{width}\"/>",
            card.width, card.height
        );
        if let Some(rule) = card.rule {
            let _ = write!(
                out,
                "<path d=\"M{x:.1} {:.1}h{:.1}\" stroke=\"{}\"/>",
                y + rule,
                card.width,
                ink(Ink::Grid, theme)
            );
        }
        pieces(&card.pieces, (x, y), theme, &mut out);
    }
    out.push_str("</g></svg>");
    out
}

/// The upper left corner of a box.
fn corner(middle: Point, card: &Card) -> Point {
    (middle.0 - card.width / 2.0, middle.1 - card.height / 2.0)
}

/// A line that is level in its columns and bends between them, with a head.
fn arrow(route: &Route, colour: &str, out: &mut String) {
    let (Some(first), Some(last)) = (route.levels.first(), route.levels.last()) else {
        return;
    };
    let (x, y) = first[0];
    let _ = write!(out, "<path d=\"M{x:.1} {y:.1}");
    let mut at = first[0];
    for (rank, [start, end]) in route.levels.iter().enumerate() {
        if rank > 0 {
            // The last bend leaves room for the head.
            let is_last = rank + 1 == route.levels.len();
            let target = if is_last { start.0 - HEAD.0 } else { start.0 };
            match (start.1 - at.1).abs() < 0.5 {
                true => {
                    let _ = write!(out, "L{target:.1} {:.1}", start.1);
                }
                false => {
                    let middle = (at.0 + target) / 2.0;
                    let _ = write!(
                        out,
                        "C{middle:.1} {:.1} {middle:.1} {y:.1} {target:.1} {y:.1}",
                        at.1,
                        y = start.1
                    );
                }
            }
        }
        let is_last = rank + 1 == route.levels.len();
        let end = if is_last { (end.0 - HEAD.0, end.1) } else { *end };
        let _ = write!(out, "H{:.1}", end.0);
        at = end;
    }
    let _ = write!(out, "\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"1.3\"/>");
    let (x, y) = last[1];
    let (long, half) = (HEAD.0 + 0.5, HEAD.1 / 2.0);
    let _ = write!(
        out,
        "<path d=\"M{x:.1} {y:.1}l-{long} -{half}v{}z\" fill=\"{colour}\"/>",
        HEAD.1
    );
}

/// Drawn pieces in the colours of what they say.
fn pieces(list: &[Piece], (x, y): Point, theme: Theme, out: &mut String) {
    for Piece { at, tone, fragment } in list {
        let _ =
            write!(out, "<g transform=\"translate({:.1} {:.1})\"", x + at.0, y + at.1);
        let colour = match tone {
            Tone::Name | Tone::Plain => None,
            Tone::Forward => Some(Ink::Curve(0)),
            Tone::Backward => Some(Ink::Curve(1)),
        };
        if let Some(colour) = colour {
            let _ = write!(out, " color=\"{}\"", ink(colour, theme));
        }
        let _ = write!(out, ">{}</g>", fragment.body);
    }
}
