//! `critical --steps`: the points with what the test says of each.

use super::super::derivation::spoken;
use super::super::language;
use super::super::report::{Report, Written};
use super::critical::Writer;
use calcgrad::steps::{Derivation, Line, Math, Reason};

impl Writer<'_> {
    /// The points with what the test says of each.
    pub(super) fn tested(&self, report: &Report) -> Derivation {
        let locale = language::chosen();
        let said = |sentence: &Written| {
            let Written { text, latex } = sentence.clone();
            let text = spoken(&Math { text, latex }, locale);
            let reasons = vec![Reason::new("remark").with("text", text)];
            Line { reasons, ..Line::default() }
        };
        Derivation { lines: report.sentences().map(said).collect() }
    }
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
