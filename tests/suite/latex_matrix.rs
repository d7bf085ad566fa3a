//! LaTeX of matrix expressions: every answer of the case files, as it is written, is read back
//! with the same declarations and proved equal.

use super::matrix::{Case, cases};
use calcgrad::matrix::{Opinion, Problem};

/// A unit vector, whose LaTeX leaves out the size.
const UNIT: &str = "\\mathbf{e}_";

/// The answer of a case in LaTeX, and whether it is read as an answer to the same question.
fn round_trip(case: &Case) -> Option<(String, String)> {
    let mut problem = Problem::read(&case.program).ok()?;
    let found = problem.derivative(&case.wrt, case.order, case.layout).ok()?;
    let text = problem.answer_text(&found.answer);
    let latex = problem.answer_latex(&found.answer);
    if latex.contains(UNIT) {
        return None;
    }
    let answer = format!("${latex}$");
    let mut judge = |answer: &str| {
        let judged = problem.judge(&case.wrt, case.order, case.layout, answer);
        judged.map(|judged| judged.opinion)
    };
    let verdict = match judge(&answer) {
        Ok(Opinion::Equal(_)) => String::new(),
        // Entries by number are compared by values, in text as well.
        Ok(Opinion::ProbablyEqual(_))
            if !matches!(judge(&text), Ok(Opinion::Equal(_))) =>
        {
            String::new()
        }
        Ok(other) => format!("{other:?}"),
        Err(error) => error.to_string(),
    };
    Some((answer, verdict))
}

#[test]
fn matrix_answers_in_latex_read_back() {
    let all = cases();
    let (mut tried, mut failed) = (0, Vec::new());
    for case in &all {
        let Some((answer, verdict)) = round_trip(case) else { continue };
        tried += 1;
        if !verdict.is_empty() {
            failed.push(format!("{}: {answer}: {verdict}", case.name));
        }
    }
    assert!(tried > 250, "{tried} answers");
    assert!(
        failed.is_empty(),
        "{} of {tried} differ:\n{}",
        failed.len(),
        failed.join("\n")
    );
}
