//! Why a line of a derivation does not follow: the mistake that agrees with the lines before.

use super::super::formula::Formula;
use super::judge::{Content, Judge, Value};
use super::lines::OwnLine;
use crate::check::{Domain, Mistake, Submission};
use crate::kernel::{ExprId, Pool};
use crate::print::{self, Notation};
use crate::syntax;

/// With how many pairs of brackets another mistake is looked for.
const BRACKETED: usize = 8;

/// Mistakes in the order of a derivative, which the name of a part leaves no doubt of.
const OF_ORDER: &str = "order-too-high";
/// How the ids of mistakes begin that are made with the parts of a function, and not in them.
const OF_PARTS: [&str; 6] =
    ["product", "quotient", "chain", "inner", "outer", "reciprocal"];

impl Judge<'_, '_> {
    /// Adds the mistake that explains a line that does not follow.
    pub(in crate::session) fn explain(
        &mut self,
        at: usize,
        line: &mut OwnLine,
        content: &Content,
    ) {
        let is_real = self.ground.asked.formula.domain == Domain::Real;
        if line.follows != Some(false) || !self.ground.explains || !is_real {
            return;
        }
        if line.is_right() == Some(true) {
            line.mistakes = self.mistakes(at, content).into_iter().take(1).collect();
            return;
        }
        let expected = self.expected(at, line, content);
        let is_taken = self.takes_derivative(at);
        let brackets = |judge: &mut Self| match (expected, content) {
            (Some(expected), Content::Values { values, .. }) => match &values[..] {
                [Value::Typed(formula, root)] => judge.brackets(expected, formula, *root),
                _ => None,
            },
            _ => None,
        };
        // Of a step of algebra it is known better what went wrong; a derivative that is right
        // with brackets was taken as it should be.
        let mut found = is_taken.then(|| brackets(self)).flatten();
        found = found.or_else(|| self.mistakes(at, content).into_iter().next());
        found = found.or_else(|| self.slip(at, line, content));
        found = found.or_else(|| if is_taken { None } else { brackets(self) });
        found = found.or_else(|| self.mistake_in_brackets(at, content));
        found = found.or_else(|| self.other_part(at, line, content));
        line.mistakes = found.into_iter().collect();
    }

    /// The value that a line should have: that of the line before it, or what is right.
    fn expected(&self, at: usize, line: &OwnLine, content: &Content) -> Option<ExprId> {
        let thread = &self.threads[at];
        let is_solved = matches!(content, Content::Values { equation: None, .. });
        let of = |values: &[Value]| match values {
            [value] => Some(value.id()),
            _ => None,
        };
        match (line.before, &thread.last, &thread.right) {
            (Some(_), Some((_, Content::Values { values, equation, .. })), _)
                if equation.is_none() || is_solved =>
            {
                of(values)
            }
            (None, _, Some(right)) if !thread.on_curve => of(&right.values),
            _ => None,
        }
    }

    /// The brackets with which a line would be right.
    fn brackets(
        &mut self,
        expected: ExprId,
        line: &Formula,
        root: usize,
    ) -> Option<Mistake> {
        let asked = self.ground.asked.formula;
        let found = self.engine.without_brackets(asked, expected, (line, root));
        self.engine.pool.take_failure();
        found.ok().flatten()
    }

    /// The mistake of a line that was made besides the brackets that are missing in it.
    fn mistake_in_brackets(&mut self, at: usize, content: &Content) -> Option<Mistake> {
        let Content::Values { values, is_vector, is_open, equation } = content else {
            return None;
        };
        let [Value::Typed(formula, root)] = &values[..] else { return None };
        let declared: Vec<&str> = formula.declared().iter().map(String::as_str).collect();
        for program in formula.program().with_brackets().into_iter().take(BRACKETED) {
            let lowered = syntax::lower(&program, &declared, &mut self.engine.pool);
            let value =
                lowered.ok().and_then(|lowered| lowered.roots.get(*root).copied());
            let Some(value) = value.filter(|value| *value != Pool::UNDEFINED) else {
                self.engine.pool.take_failure();
                continue;
            };
            let changed = Content::Values {
                values: vec![Value::Found(value)],
                is_vector: *is_vector,
                is_open: *is_open,
                equation: *equation,
            };
            let found = self.mistakes(at, &changed).into_iter().next();
            let Some(found) = found.filter(|found| !found.is_vague()) else { continue };
            let meant = print::write(&self.engine.pool, value, Notation::Text).ok()?;
            let parts = [("answer", &meant[..]), ("text", &found.text)];
            let text = self.engine.locale.sentence("mistake_in_brackets", &parts)?;
            return Some(Mistake { id: found.id, text });
        }
        None
    }

    /// Whether a derivative is taken in a line: it is the first, or one is left in the line
    /// before.
    fn takes_derivative(&self, at: usize) -> bool {
        match &self.threads[at].last {
            Some((_, Content::Values { is_open, .. })) => *is_open,
            Some(_) => false,
            None => true,
        }
    }

    /// The mistakes that explain a line as a derivative that was taken in it.
    fn mistakes(&mut self, at: usize, content: &Content) -> Vec<Mistake> {
        let was_open = self.takes_derivative(at);
        let thread = &self.threads[at];
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
