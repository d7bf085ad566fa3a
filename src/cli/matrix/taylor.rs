//! `taylor` of matrix expressions.

use super::super::code;
use super::super::format::Format;
use super::super::report::{Report, Written};
use super::super::shared::share;
use super::{problem, variables};
use calcgrad::matrix::{Answer, Polynomial, Problem};
use calcgrad::{ErrorKind, Result};
use serde_json::json as object;

/// The Taylor polynomial of a program with its declarations.
///
/// # Errors
/// What cannot be read, is not supported, or reaches a limit.
pub(crate) fn taylor(
    (source, assume): (&str, &str),
    wrt: Option<&str>,
    order: u32,
    format: Format,
) -> Result<Report> {
    let mut problem = problem(source, assume)?;
    let wrt = variables(wrt)?.unwrap_or_else(|| problem.variables());
    if wrt.is_empty() {
        let what = "the formula has no variables; name one with --wrt".to_owned();
        return Err(ErrorKind::InvalidRequest(what).into());
    }
    let found = problem.taylor(&wrt, order)?;
    let mut report = Report::new(problem.notes.clone());
    report.checked = Some(found.checked);
    report.field("function", problem.text().into());
    report.field("variables", wrt.clone().into());
    report.field("order", order.into());
    report.field("changes", found.changes.clone().into());
    let answer = Answer::Form(found.form);
    if let Some(language) = format.language() {
        let code = problem.answer_code(&answer, language.of_matrices()?)?;
        let code = language.finished(code)?;
        report.field("polynomial", object!({ "code": code.expression }));
        let name = code::target(problem.function(), &[]);
        let codes = [(name, code.into())];
        share(&mut report, &[], &[], &codes);
        code::assign(&mut report, &codes, language)?;
        return Ok(report);
    }
    let value = Written {
        text: problem.answer_text(&answer),
        latex: problem.answer_latex(&answer),
    };
    let mut fields = object!({
        "text": value.text, "latex": value.latex, "shape": found.sizes,
    });
    let tail = remainder(&problem, &wrt, &found);
    if let Some(tail) = &tail {
        fields["remainder"] = object!({ "text": tail.text, "latex": tail.latex });
    }
    let tail = tail.map_or_else(Written::default, |tail| Written {
        text: format!(" + {}", tail.text),
        latex: format!(" + {}", tail.latex),
    });
    let label = label(&problem, &wrt, &found);
    report.answer_with(("polynomial", fields), label, value, tail);
    Ok(report)
}

/// `f(x + dx)`.
fn label(problem: &Problem, wrt: &[String], found: &Polynomial) -> Written {
    let pairs = || wrt.iter().zip(&found.changes);
    let text: Vec<String> = pairs().map(|(x, dx)| format!("{x} + {dx}")).collect();
    let latex = |name: &String| problem.name_latex(name);
    let sums: Vec<String> =
        pairs().map(|(x, _)| format!("{} + d{}", latex(x), latex(x))).collect();
    let name = problem.function();
    Written {
        text: format!("{name}({})", text.join(", ")),
        latex: format!(r"{}\left({}\right)", problem.name_latex(name), sums.join(", ")),
    }
}

/// `O(‖dx‖^3)`; none of what is exact.
fn remainder(problem: &Problem, wrt: &[String], found: &Polynomial) -> Option<Written> {
    if found.is_exact {
        return None;
    }
    let degree = found.order + 1;
    let latex: Vec<String> =
        wrt.iter().map(|name| format!("d{}", problem.name_latex(name))).collect();
    let (text, latex) = (found.changes.join(", "), latex.join(", "));
    let (text, latex) = match found.changes.len() {
        1 => (text, latex),
        _ => (format!("({text})"), format!(r"\left({latex}\right)")),
    };
    let power = if degree == 1 { String::new() } else { format!("^{degree}") };
    Some(Written {
        text: format!("O(‖{text}‖{power})"),
        latex: format!(r"O\left(\left\lVert {latex}\right\rVert{power}\right)"),
    })
}
