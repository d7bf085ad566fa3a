//! Requests of all commands with all options, drawn at random, and what must be true of every
//! answer: one record for each request, in order, and no mistake of calcgrad in it.

mod formula;
mod latex;
mod matrix;
mod options;
mod run;
mod spoil;

use super::random::Random;
pub(crate) use run::{Finding, Limits, Runner};
use serde_json::{Map, Value};

/// Of what the requests are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Formulas of numbers.
    Scalar,
    /// Matrix expressions.
    Matrix,
}

/// A request as it is sent.
pub(crate) type Request = Map<String, Value>;

/// So many requests; another seed gives others.
pub(crate) fn draw(kind: Kind, seed: u64, count: usize) -> Vec<Request> {
    let mut random = Random::new(seed);
    let mut requests = Vec::with_capacity(count);
    for id in 0..count {
        let mut request = match kind {
            Kind::Scalar => options::request(&mut random),
            Kind::Matrix => matrix::request(&mut random),
        };
        request.insert("id".to_owned(), id.into());
        requests.push(request);
    }
    requests
}

/// The findings, a line for each.
pub(crate) fn listed(findings: &[Finding]) -> String {
    findings.iter().map(|finding| format!("{finding}\n")).collect()
}
