//! Answers read in the other ways that are usual, where they are not right by the conventions.

use calcgrad::Result;
use calcgrad::check::Verdict;
use calcgrad::session::{Answer, Asked, Engine, Judgement, Settings};
use calcgrad::syntax::Arguments;

/// An answer with the verdict on it. One that is not right as it is read by the conventions is
/// read in the other ways that are usual, and a note says which one makes it right.
pub(super) fn in_every_manner(
    engine: &mut Engine,
    asked: Asked<'_>,
    settings: &Settings,
    judge: impl Fn(&mut Engine, Asked<'_>, &Settings) -> Result<(Answer, Judgement)>,
) -> Result<(Answer, Judgement)> {
    let (mut answer, mut judgement) = judge(engine, asked, settings)?;
    if judgement.decision.verdict.is_equal() {
        return Ok((answer, judgement));
    }
    // Names that stand in the answer only are taken as they are, too.
    if !answer.split.is_empty() {
        let whole = Asked { apart: false, ..asked };
        match judge(engine, whole, settings) {
            Ok(found) if found.1.decision.verdict.is_equal() => return Ok(found),
            _ => answer.note_split(),
        }
    }
    // Blanks say something only where they were typed.
    let manners = match (answer.has_runs(), answer.split.is_empty()) {
        (true, true) => &[Arguments::Monomial, Arguments::Blank][..],
        (true, false) => &[Arguments::Monomial],
        (false, _) => &[],
    };
    for arguments in manners {
        let manner = Settings { arguments: *arguments, ..settings.clone() };
        let Ok(found) = judge(engine, asked, &manner) else { continue };
        let has_shape = |judgement: &Judgement| {
            !matches!(judgement.decision.verdict, Verdict::WrongShape { .. })
        };
        if found.1.decision.verdict.is_equal() {
            return Ok(found);
        }
        if has_shape(&found.1) && !has_shape(&judgement) {
            (answer, judgement) = found;
        }
    }
    Ok((answer, judgement))
}
