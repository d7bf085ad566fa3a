//! `critical --steps`: the points with what the test says of each.

use super::super::report::Written;
use super::critical::{Writer, join, kind_id, sign};
use calcgrad::Result;
use calcgrad::locale::Locale;
use calcgrad::steps::{Derivation, Line, Math, Reason};

impl Writer<'_> {
    /// The points with what the test says of each.
    pub(super) fn tested(&self) -> Result<Derivation> {
        let math = |written: Written| Math { text: written.text, latex: written.latex };
        let mut lines = Vec::new();
        for point in &self.found.points {
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
            let kind = format!("point_{}", kind_id(point.kind));
            let id = sentence_of(&kind).unwrap_or("point_inconclusive");
            let mut reasons = vec![Reason::new(id).with("facts", facts)];
            if let Some((_, Some(word))) = second {
                let known = sentence_of(&format!("hessian_{}", word.replace(' ', "_")));
                reasons.extend(known.map(Reason::new));
            }
            let label = math(place);
            lines.push(Line { label, reasons, ..Line::default() });
        }
        Ok(Derivation { lines })
    }
}

/// The id of a sentence that has this name.
fn sentence_of(name: &str) -> Option<&'static str> {
    Locale::English.ids().into_iter().find(|id| *id == name)
}
