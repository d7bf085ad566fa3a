//! Lines of a derivation that say what else the function of the question is, and parts of it.

use super::claims::Subject;
use super::judge::{Content, Judge, Value};
use super::lines::Ground;
use super::topics::{Right, Topic};
use crate::syntax::{Derivation, Label, Reach, Row};
use std::rc::Rc;

impl Judge<'_, '_> {
    /// Whether a row without a name says of the function of the question what else it is:
    /// `x^x = e^(x*ln(x))`.
    pub(in crate::session) fn restates(
        &mut self,
        row: &Row,
        derivation: &Derivation,
    ) -> bool {
        let [_] = self.ground.asked.formula.roots[..] else { return false };
        let Some(side) = row.sides.first() else { return false };
        let derived = |row: &Row| row.label.as_ref().is_some_and(|l| !l.is_value());
        let has_derivative = derivation.rows.iter().any(derived);
        if row.label.is_some()
            || row.is_continued && !(has_derivative && self.threads.is_empty())
            || self.ground.along.is_some()
            || row.sides.len() < 2 && !has_derivative
        {
            return false;
        }
        let line = self.read_line(usize::MAX, &side.text, Reach::Term, self.settings);
        let Ok(Content::Values { values, is_vector: false, is_open: false, .. }) = line
        else {
            return false;
        };
        let Ground { asked, judgement, .. } = self.ground;
        let mut is = |right: &[Value]| {
            let sides = [(right, false), (&values[..], false)];
            let names = ["the function", "this line"].map(str::to_owned);
            let found = self.compare(sides, &[None], false, names, (false, None));
            found.is_ok_and(|decision| decision.verdict.is_equal())
        };
        let own = [Value::Typed(Rc::new(asked.formula.clone()), 0)];
        if !is(&own) {
            return false;
        }
        let expected = judgement.components.first();
        !expected.is_some_and(|right| is(&[Value::Found(right.expected)]))
    }

    /// The lines that say what else the function of the question is.
    pub(in crate::session) fn function_again(&mut self) -> usize {
        let formula = self.ground.asked.formula;
        let label = Label::value(&formula.name);
        let topic = Topic::Named(label);
        if let Some(known) = self.known(&topic) {
            return known;
        }
        let mut thread = self.new_thread(topic);
        thread.on_curve = false;
        thread.right = Some(self.itself());
        thread.subject = Some(Subject { name: None, inner: None, order: 0 });
        self.threads.push(thread);
        self.threads.len() - 1
    }

    /// The function of the question.
    pub(in crate::session) fn itself(&self) -> Right {
        Right {
            values: vec![Value::Typed(Rc::new(self.ground.asked.formula.clone()), 0)],
            places: vec![None],
            ..Right::default()
        }
    }

    /// Whether what somebody wrote occurs in the function of the question, or is one in which
    /// something else is put in.
    pub(in crate::session) fn occurs(&mut self, text: &str) -> bool {
        let line = self.read_line(usize::MAX, text, Reach::Term, self.settings);
        let Ok(Content::Values { values, .. }) = line else { return true };
        let [value] = &values[..] else { return true };
        let (id, roots) = (value.id(), &self.ground.asked.formula.roots);
        let pool = &self.engine.pool;
        if pool.as_number(id).is_some() {
            return false;
        }
        let parts = pool.reachable(roots);
        parts.contains(&id)
            || pool.factors(&id).iter().all(|factor| parts.contains(factor))
            || roots.iter().any(|root| pool.functions(id).meets(pool.functions(*root)))
    }

    /// Whether `f` is a part of a function that is called by another name: its formula is not
    /// that of the question.
    pub(in crate::session) fn is_part(&mut self, name: &str, text: &str) -> bool {
        let is_called = self.functions.iter().any(|known| known != name)
            && self.ground.along.is_none();
        is_called
            && !self.functions.iter().any(|known| known == name)
            && !self.is_function(text)
    }
}
