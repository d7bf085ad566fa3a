//! Verdicts on answers that say where they hold.

use super::judge::Judgement;
use crate::check::Verdict;

impl Judgement {
    /// The judgement on an answer that says that it holds within bounds: it is right there.
    pub(super) fn within(mut self, condition: &str) -> Self {
        if self.decision.verdict == Verdict::Equal {
            let condition = condition.to_owned();
            self.decision.verdict = Verdict::EqualOnDomain { condition };
        }
        self
    }

    /// The judgement on a value that is said of one place only.
    pub(super) fn at(self, place: &str) -> Self {
        match self.decision.verdict.is_equal() {
            true => self.within(place),
            false => self.open(format!("it is said of one place only, `{place}`")),
        }
    }
}
