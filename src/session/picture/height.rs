//! Which heights are seen, where nobody said so.

use super::graph::Graph;
use crate::plot::{Gap, Guide, Mark, Role, Stroke, span};

/// How many values tell which heights are seen.
const VALUES: usize = 400;

/// Which heights are seen.
pub(super) fn heights(
    graphs: &[Graph],
    marks: &[Mark],
    guides: &[Guide],
    ends: (f64, f64),
) -> (f64, f64) {
    let solid: Vec<&Graph> =
        graphs.iter().filter(|own| own.stroke == Stroke::Solid).collect();
    let all = together(&solid, marks, guides, ends);
    // What one curve has on its way to a pole hides nothing of another one.
    let is_broken = |graph: &&&Graph| graph.source.is_some() && has_pole(graph);
    let each = solid.iter().filter(|_| solid.len() > 1).filter(is_broken).map(|graph| {
        let own = marks.iter().filter(|mark| mark.ink == graph.ink);
        let own: Vec<Mark> = own.cloned().collect();
        together(&[*graph], &own, &[], ends)
    });
    each.fold(all, |(low, high), own| (low.min(own.0), high.max(own.1)))
}

/// The heights of curves that are looked at as one.
fn together(
    graphs: &[&Graph],
    marks: &[Mark],
    guides: &[Guide],
    (low, high): (f64, f64),
) -> (f64, f64) {
    let mut values = Vec::new();
    for graph in graphs {
        for n in 0..=VALUES {
            let x = low + (high - low) * (n as f64 + 0.001) / (VALUES as f64 + 0.002);
            values.push(graph.value(x));
        }
    }
    let has_poles = graphs.iter().any(|graph| has_pole(graph));
    let mut special: Vec<f64> = marks.iter().map(|mark| mark.at.1).collect();
    for guide in guides {
        if let Guide::Line { slope: 0.0, level, .. } = guide {
            special.push(*level);
        }
    }
    span(&mut values, &special, &turns(marks, guides), has_poles)
}

fn has_pole(graph: &Graph) -> bool {
    graph.seams.iter().any(|seam| seam.gap() == Some(Gap::Pole))
}

/// The heights at which curves turn, end, or go on far out; nothing where they do not turn.
fn turns(marks: &[Mark], guides: &[Guide]) -> Vec<f64> {
    let is_turn = |mark: &Mark| matches!(mark.role, Role::Minimum | Role::Maximum);
    if !marks.iter().any(is_turn) {
        return Vec::new();
    }
    let tells = |mark: &&Mark| mark.role != Role::Contact;
    let mut found: Vec<f64> = marks.iter().filter(tells).map(|mark| mark.at.1).collect();
    found.extend(guides.iter().filter_map(|guide| match guide {
        Guide::Line { slope: 0.0, level, .. } => Some(*level),
        _ => None,
    }));
    // One turn of each of several curves tells nothing of how high one of them is.
    let turns_once = |ink: usize| {
        let mut own = marks.iter().filter(|mark| mark.ink == ink && is_turn(mark));
        let first = own.next().map(|mark| mark.at.1);
        first.is_none_or(|y| own.all(|mark| mark.at.1 == y))
    };
    let first_ink = marks.iter().find(|mark| is_turn(mark)).map(|mark| mark.ink);
    let is_several =
        marks.iter().any(|mark| is_turn(mark) && Some(mark.ink) != first_ink);
    if is_several && marks.iter().all(|mark| turns_once(mark.ink)) {
        return Vec::new();
    }
    let first = found[0];
    if found.iter().any(|y| (y - first).abs() > 1e-9 * (1.0 + y.abs())) {
        // The axis is seen beside them.
        found.push(0.0);
    }
    found
}
