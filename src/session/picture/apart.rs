//! Marks that can be told from each other: each once, none where many lie over each other, and
//! names for those that have room for them.

use crate::plot::{Mark, Role, Window};

/// Points nearer to each other than so many pixels lie over each other.
const NEAR: f64 = 6.0;
/// So many in a row are no points any more.
const ROW: usize = 4;

/// Marks at the same place, each once: those at breaks come first.
pub(super) fn once(marks: &mut Vec<Mark>) {
    let mut kept: Vec<Mark> = Vec::new();
    for mark in marks.drain(..) {
        let near = |a: f64, b: f64| (a - b).abs() <= 1e-9 * (1.0 + a.abs());
        let is_end = |mark: &Mark| {
            matches!(mark.role, Role::Closed | Role::Open | Role::Hole | Role::Isolated)
        };
        let same = |own: &Mark| {
            near(own.at.0, mark.at.0)
                && near(own.at.1, mark.at.1)
                // The ends of two curves are two marks.
                && (own.ink == mark.ink || !is_end(own) || !is_end(&mark))
        };
        match kept.iter_mut().find(|own| same(own)) {
            // What is neither an extremum nor an inflection has no name beside a break.
            Some(own) if own.caption.is_none() && own.role == Role::Closed => {
                let is_extremum = matches!(mark.role, Role::Minimum | Role::Maximum);
                own.caption = mark.caption.filter(|_| is_extremum);
            }
            Some(_) => {}
            None => kept.push(mark),
        }
    }
    *marks = kept;
}

/// Where many points have names, those of inflection go without.
pub(super) fn named_few(marks: &mut [Mark]) {
    const FEW: usize = 10;
    if marks.iter().filter(|mark| mark.caption.is_some()).count() > FEW {
        for mark in marks.iter_mut().filter(|mark| mark.role == Role::Inflection) {
            mark.caption = None;
        }
    }
}

/// Leaves out turns and points of inflection of a curve that lie over each other in a row.
pub(super) fn apart(marks: &mut Vec<Mark>, window: &Window) {
    let is_turn = |mark: &Mark| {
        use Role::{Critical, Inflection, Maximum, Minimum};
        matches!(mark.role, Minimum | Maximum | Inflection | Critical)
    };
    let mut order: Vec<usize> =
        (0..marks.len()).filter(|n| is_turn(&marks[*n])).collect();
    order.sort_by(|a, b| {
        let (a, b) = (&marks[*a], &marks[*b]);
        a.ink.cmp(&b.ink).then(a.at.0.total_cmp(&b.at.0))
    });
    let width = window.width / (window.x.1 - window.x.0);
    let height = window.height / (window.y.1 - window.y.0);
    let is_over = |a: &Mark, b: &Mark| {
        let across = width * (a.at.0 - b.at.0);
        let up = height * (a.at.1 - b.at.1);
        a.ink == b.ink && across.hypot(up) < NEAR
    };
    let mut hidden = vec![false; marks.len()];
    for row in order.chunk_by(|a, b| is_over(&marks[*a], &marks[*b])) {
        if row.len() >= ROW {
            row.iter().for_each(|n| hidden[*n] = true);
        }
    }
    let mut hidden = hidden.into_iter();
    marks.retain(|_| !hidden.next().unwrap_or(false));
}

#[cfg(test)]
mod tests {
    use super::*;

    const WINDOW: Window =
        Window { x: (0.0, 100.0), y: (0.0, 100.0), width: 100.0, height: 100.0 };

    fn turn(x: f64) -> Mark {
        Mark { at: (x, 50.0), role: Role::Inflection, ink: 0, caption: None }
    }

    #[test]
    fn rows_of_marks_are_left_out() {
        let mut marks: Vec<Mark> =
            [3.0, 1.0, 2.0, 90.0, 4.0, 50.0, 51.0].map(turn).into();
        apart(&mut marks, &WINDOW);
        let places: Vec<f64> = marks.iter().map(|mark| mark.at.0).collect();
        assert_eq!(places, [90.0, 50.0, 51.0]);
    }
}
