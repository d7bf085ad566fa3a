//! Why a line of a derivation does not follow: the mistake that agrees with the lines before.

use super::own_judge::{Content, Judge, Value};
use super::own_lines::OwnLine;
use crate::check::{Domain, Mistake, Submission};
use crate::kernel::ExprId;

/// Mistakes in the order of a derivative, which the name of a part leaves no doubt of.
const OF_ORDER: &str = "order-too-high";
/// How the ids of mistakes begin that are made with the parts of a function, and not in them.
const OF_PARTS: [&str; 6] =
    ["product", "quotient", "chain", "inner", "outer", "reciprocal"];

impl Judge<'_, '_> {
    /// Adds the mistake that explains a line that does not follow.
    pub(super) fn explain(&mut self, at: usize, line: &mut OwnLine, content: &Content) {
        let is_real = self.ground.asked.formula.domain == Domain::Real;
        if line.follows != Some(false) || !self.ground.explains || !is_real {
            return;
        }
        let mut found = self.mistakes(at, content);
        if found.is_empty() && line.is_right() != Some(true) {
            found.extend(self.slip(at, line, content));
        }
        found.truncate(1);
        line.mistakes = found;
    }

    /// The mistakes that explain a line as a derivative that was taken in it.
    fn mistakes(&mut self, at: usize, content: &Content) -> Vec<Mistake> {
        let thread = &self.threads[at];
        let was_open = match &thread.last {
            Some((_, Content::Values { is_open, .. })) => *is_open,
            Some(_) => false,
            None => true,
        };
        let (Some(right), Content::Values { values, .. }) = (&thread.right, content)
        else {
            return Vec::new();
        };
        if !was_open || thread.on_curve {
            return Vec::new();
        }
        let is_part =
            thread.subject.as_ref().is_some_and(|subject| subject.name.is_some());
        let mut answers: Vec<ExprId> = values.iter().map(Value::id).collect();
        let mut sources = match self.before(at) {
            Some(source) => vec![source],
            None => right.sources.clone(),
        };
        let subject = thread.subject.clone();
        if let (Some(subject), [answer]) = (subject, &answers[..])
            && let (Some(inner), 1) = (&subject.inner, subject.order)
            && let Some([function, answer]) =
                self.in_name(subject.name.as_deref(), inner, *answer)
        {
            sources = vec![(function, vec![inner.clone()])];
            answers = vec![answer];
        }
        let mut found = Vec::new();
        for ((function, wrt), answer) in sources.into_iter().zip(answers) {
            let locale = self.engine.locale;
            let (pool, checker) = self.engine.pool_and_checker();
            let wrt: Vec<ExprId> = wrt.iter().map(|name| pool.symbol(name)).collect();
            let submission = Submission { function, wrt: &wrt, answer, locale };
            found.extend(checker.mistakes(pool, submission));
        }
        if is_part {
            found.retain(|mistake| mistake.id != OF_ORDER);
        } else if self.has_parts() {
            let is_of_parts =
                |mistake: &Mistake| OF_PARTS.iter().any(|id| mistake.id.starts_with(id));
            found.sort_by_key(|mistake| !is_of_parts(mistake));
        }
        found
    }

    /// Whether derivatives of parts stand on lines before.
    fn has_parts(&self) -> bool {
        self.threads.iter().any(|thread| {
            thread.last.is_some()
                && thread.right.is_some()
                && thread.subject.as_ref().is_some_and(|subject| subject.name.is_some())
        })
    }

    /// The derivative of the order below that stands on a line before, and the variable in
    /// which it is differentiated.
    fn before(&self, at: usize) -> Option<(ExprId, Vec<String>)> {
        let subject = self.threads[at].subject.as_ref()?;
        let order = subject.order.checked_sub(1).filter(|order| *order > 0)?;
        let thread = self.threads.iter().find(|thread| {
            thread.subject.as_ref().is_some_and(|other| {
                other.order == order
                    && other.name == subject.name
                    && other.inner.is_none()
                    && subject.inner.is_none()
            })
        })?;
        let Some((_, Content::Values { values, is_vector: false, .. })) = &thread.last
        else {
            return None;
        };
        let mut names = self.ground.asked.question.derivatives().concat();
        names.dedup();
        let [_] = &names[..] else { return None };
        Some((values.first().map(Value::id)?, names))
    }
}
