//! `critical --steps`: the points with what the test says of each.

use super::super::language;
use super::super::report::{Report, Written};
use super::critical::{Writer, join, sign};
use calcgrad::Result;
use calcgrad::extrema::Evidence;
use calcgrad::locale::Locale;
use calcgrad::steps::{Derivation, Line, Math, Reason};

impl Writer<'_> {
    /// The points with what the test says of each.
    pub(super) fn tested(&self, report: &Report) -> Result<Derivation> {
        let math = |written: Written| Math { text: written.text, latex: written.latex };
        let mut lines = Vec::new();
        let remark = |sentence: &Written| {
            let text = math(sentence.clone());
            let reasons = vec![Reason::new("remark").with("text", text)];
            Line { reasons, ..Line::default() }
        };
        // In English, that is what is said without steps.
        let is_said = language::chosen() == Locale::English;
        for point in self.found.points.iter().filter(|_| !is_said) {
            let mut values = Vec::new();
            for c in &point.coordinates {
                values.push(self.value(c.value, c.approximate)?);
            }
            let exact =
                if point.approximate { sign("≈", "\\approx") } else { sign("=", "=") };
            let place = self.place(point, &values, &exact)?;
            let value = self.value(point.value, point.approximate)?;
            let mut facts = vec![join(&[self.name(), exact, value], " ")];
            let second = self.second(point)?;
            facts.extend(second.iter().map(|(second, _)| second.clone()));
            let facts = math(join(&facts, ", "));
            let kind = format!("point_{}", point.kind.id());
            let id = sentence_of(&kind).unwrap_or("point_inconclusive");
            let mut reasons = vec![Reason::new(id).with("facts", facts)];
            if let Some((_, Some(word))) = second {
                let known = sentence_of(&format!("hessian_{}", word.replace(' ', "_")));
                reasons.extend(known.map(Reason::new));
            }
            if point.global {
                reasons.push(Reason::new("global"));
            }
            if !matches!(point.evidence, Evidence::Hessian(_, 0, _)) {
                let text = math(self.kind(point)?);
                reasons.push(Reason::new("remark").with("text", text));
            }
            let label = math(place);
            lines.push(Line { label, reasons, ..Line::default() });
        }
        // What else there is to say: sets of points, and what may be missing.
        lines.extend(report.sentences().skip(lines.len()).map(remark));
        Ok(Derivation { lines })
    }
}

/// The id of a sentence that has this name.
fn sentence_of(name: &str) -> Option<&'static str> {
    Locale::English.ids().into_iter().find(|id| *id == name)
}

/// What a symmetric matrix is by the signs of its eigenvalues.
pub(super) fn definite(below: usize, zero: usize, above: usize) -> &'static str {
    match (below, zero, above) {
        (0, 0, _) => "positive definite",
        (_, 0, 0) => "negative definite",
        (0, _, 0) => "zero",
        (0, _, _) => "positive semidefinite",
        (_, _, 0) => "negative semidefinite",
        _ => "indefinite",
    }
}
