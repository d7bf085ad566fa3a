//! Verdicts in words and in LaTeX.

use super::answer::Verdicts;
use super::format::Format;
use super::job::{Action, Job};
use super::output::Output;
use super::own_lines::OwnLines;
use super::written::Written;
use super::{language, own_page, theme};
use calcgrad::check::{Mistake, Verdict};
use calcgrad::print::{self, Notation};
use calcgrad::session::Judgement;

/// What stands in LaTeX between two sides of which it is not known whether they are equal.
pub(super) const NOT_KNOWN: &str = r"\overset{?}{=}";

/// Writes a verdict with what explains it.
pub(crate) fn show(job: &Job, verdicts: &Verdicts, output: &mut Output) {
    let Verdicts { judgement, .. } = verdicts;
    let verdict = &judgement.decision.verdict;
    if job.bare {
        return output.plain(verdict.id());
    }
    if job.format == Format::Latex {
        latex(job.action, verdicts).iter().for_each(|line| output.line(line));
        if let Some(lines) = &verdicts.lines {
            output.line(&own_page::latex(lines));
        }
        return;
    }
    let locale = language::chosen();
    if let (Format::Markdown | Format::Html, Some(lines)) = (job.format, &verdicts.lines)
    {
        let label = locale.said(verdict.id());
        let said = match verdict {
            Verdict::Equal => label,
            _ => {
                let said = sentence(job.action, verdict, judgement);
                format!("{label}: {}", locale.said(&said))
            }
        };
        let end = locale.said(&lines.sentence(verdict.is_equal()));
        return match job.format {
            Format::Html => own_page::html(&said, lines, &end, output),
            _ => own_page::markdown(&said, lines, &end, output),
        };
    }
    let label = theme::verdict(&locale.said(verdict.id()), verdict.is_equal());
    // Where lines are judged, a proof says nothing more to who wrote them.
    match (verdict, &verdicts.lines) {
        (Verdict::Equal, Some(_)) => output.line(&label),
        _ => {
            let sentence = sentence(job.action, verdict, judgement);
            output.line(&format!("{label}: {}", locale.said(&sentence)));
        }
    }
    if judgement.components.len() > 1 {
        let right = judgement.right();
        let all = judgement.components.len();
        let sentence = format!("{right} of {all} components are right");
        output.line(&locale.said(&sentence));
        for (component, [text, _]) in judgement.components.iter().zip(&verdicts.expected)
        {
            let wrt: Vec<&str> = component.wrt.iter().map(String::as_str).collect();
            let name = print::partial_label("f", &wrt, true, Notation::Text);
            let found = &component.decision.verdict;
            let label = if wrt.is_empty() { text.clone() } else { name };
            output.line(&format!(
                "  {}: {}",
                theme::label(&label),
                locale.said(found.id())
            ));
        }
    }
    // What explains a line stands beside it.
    let is_explained = verdicts.lines.as_ref().is_some_and(OwnLines::explain);
    for component in judgement.components.iter().filter(|_| !is_explained) {
        for (place, Mistake { text, .. }) in component.mistakes.iter().enumerate() {
            // Each of them alone explains the answer.
            let or = || locale.sentence("mistake_or", &[("text", text)]);
            let text = (place > 0).then(or).flatten().unwrap_or_else(|| text.clone());
            output.line(&format!("  {text}"));
        }
    }
    for flag in &judgement.flags {
        output.line(&format!("note: {}", locale.said(flag.text())));
    }
    if let Some(lines) = &verdicts.lines {
        lines.show(verdict.is_equal(), output);
    }
}

/// A verdict in words.
pub(crate) fn sentence(
    action: Action,
    verdict: &Verdict,
    judgement: &Judgement,
) -> String {
    let known = &judgement.decision.known;
    match verdict {
        Verdict::Equal => known.clone(),
        Verdict::EqualOnDomain { condition } => format!("for {condition} ({known})"),
        Verdict::ProbablyEqual { .. } => known.clone(),
        Verdict::Different(witness) => {
            let point: Vec<String> =
                witness.point.iter().map(|(name, x)| format!("{name} = {x}")).collect();
            let place = match point.is_empty() {
                true => String::new(),
                false => format!("at {} ", point.join(", ")),
            };
            let (left, right) = match action {
                Action::Check if witness.left.starts_with("does not exist") => {
                    ("the derivative", "the answer is")
                }
                Action::Check => ("the derivative is", "the answer is"),
                _ => ("the first is", "the second is"),
            };
            // What was compared over other numbers says so first; what is proved elsewhere
            // last.
            let (remark, rest) =
                known.split_once("refuted at this point").unwrap_or_default();
            let remark = match remark.is_empty() {
                true => String::new(),
                false => format!("{remark}over the complex numbers, "),
            };
            let gap = match &witness.difference {
                Some(difference) => format!("; they differ by {difference}"),
                None => String::new(),
            };
            format!(
                "{remark}{place}{left} {} and {right} {}{gap}{rest}",
                witness.left, witness.right
            )
        }
        Verdict::WrongShape { reason } => reason.clone(),
        Verdict::Undecided { reason } => format!("{reason} ({known})"),
    }
}

/// A verdict in LaTeX: the sides with what is known to stand between them, then what the
/// verdict says beside that, in words, a line each.
fn latex(action: Action, verdicts: &Verdicts) -> Vec<String> {
    let [left, right] = &verdicts.sides;
    let left = match verdicts.action {
        Action::Check => {
            let all: Vec<String> =
                verdicts.expected.iter().map(|[_, latex]| latex.clone()).collect();
            match &all[..] {
                [one] => one.clone(),
                many => print::vector(many, Notation::Latex),
            }
        }
        _ => left.clone(),
    };
    let judgement = &verdicts.judgement;
    let verdict = &judgement.decision.verdict;
    let sign = match verdict {
        Verdict::Equal | Verdict::EqualOnDomain { .. } => "=",
        Verdict::Different(_) | Verdict::WrongShape { .. } => r"\ne",
        Verdict::ProbablyEqual { .. } | Verdict::Undecided { .. } => NOT_KNOWN,
    };
    let mut lines = vec![format!("{left} {sign} {right}")];
    let locale = language::chosen();
    let mut say = |text: &str| lines.push(Written::words(text).latex);
    match verdict {
        Verdict::Equal => {}
        Verdict::EqualOnDomain { condition } => {
            let condition = condition.replace(">=", r"\ge").replace('*', r"\,");
            lines[0].push_str(&format!(r" \quad ({condition})"));
            return lines;
        }
        _ => {
            let said = locale.said(&sentence(action, verdict, judgement));
            say(&format!("{}: {said}", locale.said(verdict.id())));
        }
    }
    let is_explained = verdicts.lines.as_ref().is_some_and(OwnLines::explain);
    for component in judgement.components.iter().filter(|_| !is_explained) {
        component.mistakes.iter().for_each(|mistake| say(&mistake.text));
    }
    judgement.flags.iter().for_each(|flag| say(&locale.said(flag.text())));
    lines
}
