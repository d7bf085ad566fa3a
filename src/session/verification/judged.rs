//! What `check` reads and `verify-answers` does not: an answer as that to a question whose
//! derivative is the right answer, and a derivative whose formula is written out beside it.

use super::super::answers::answer::{Answer, Asked, is_known, is_word};
use super::super::answers::question::Question;
use super::super::engine::{Engine, Form};
use super::super::formula::{Formula, Settings};
use super::value::{Part, Value};
use super::{Party, Reading, Terms, Verification, compare, is_equal};
use crate::check::Verdict;
use crate::error::{ErrorKind, Result};
use crate::kernel::ExprId;
use crate::syntax::{self, Content, Contents, Label};
use std::rc::Rc;

/// What an answer may be read as that is none to a question of a derivative.
const OTHERS: [&str; 8] = [
    "set",
    "interval",
    "inequality",
    "equation",
    "infinity",
    "words",
    "congruence",
    "number",
];
/// The name of the function whose derivative the right answer is; nobody types it.
const UNKNOWN: &str = "question_of_answer";

impl Engine {
    /// What is not equal, and is equal where the answer is read as one to a question whose
    /// derivative is the right answer.
    pub(super) fn of_question(
        &mut self,
        found: Verification,
        [gold, text]: [&str; 2],
        terms: &Terms,
    ) -> Verification {
        // What is asked back is said by nobody.
        let is_said = !text.trim_end().ends_with('?');
        let may_be_other = is_said && self.may_be_read_again(&found, gold, terms);
        match may_be_other.then(|| self.judged_answer(gold, text, terms)).flatten() {
            Some(other) => {
                let readings = match (found.readings[0].clone(), other.readings) {
                    (Some(gold), [_, answer]) => [Some(gold), answer],
                    (None, readings) => readings,
                };
                Verification { readings, ..other }
            }
            None => {
                self.pool.take_failure();
                found
            }
        }
    }

    /// Whether the answer was hardly understood: it could not be read, is of another kind, or
    /// has names that the right one does not have.
    fn may_be_read_again(
        &mut self,
        found: &Verification,
        gold: &str,
        terms: &Terms,
    ) -> bool {
        let decision = match &found.found {
            // What may be meant in several ways was understood.
            Err(unreadable) => {
                let is_open =
                    matches!(unreadable.error.kind, ErrorKind::InvalidAnswer(_));
                return unreadable.party == Party::Answer && !is_open;
            }
            Ok(decision) => decision,
        };
        let [Some(one), Some(other)] = &found.readings else { return false };
        if OTHERS.contains(&other.kind) {
            return false;
        }
        self.clear();
        let mut has_stranger = |may_be: fn(&str) -> bool| {
            let gold = self.read(gold, &terms.settings)?;
            let known = self.variables(&gold.roots);
            let answer = self.read(&other.text, &Settings::default())?;
            let own = self.variables(&answer.roots);
            let is_strange = |name: &String| !is_known(&known, name) && may_be(name);
            Result::Ok(own.iter().any(is_strange))
        };
        match decision.verdict {
            Verdict::WrongShape { .. } => true,
            Verdict::Undecided { .. } if one.kind != other.kind => true,
            // A letter may be a unit.
            Verdict::Undecided { .. } => has_stranger(is_word).unwrap_or(false),
            Verdict::Different(_) => has_stranger(|_| true).unwrap_or(false),
            _ => false,
        }
    }

    /// The answer as one to such a question, where it is right.
    fn judged_answer(
        &mut self,
        gold: &str,
        text: &str,
        terms: &Terms,
    ) -> Option<Verification> {
        self.clear();
        let right = self.read(gold, &terms.settings).ok()?;
        let known = self.variables(&right.roots);
        let settings = Settings { known: known.clone(), ..terms.settings.clone() };
        let original = self.read(UNKNOWN, &Settings::default()).ok()?;
        let questions: Vec<Question> = match right.is_vector {
            true if known.len() == right.roots.len() => {
                vec![Question::Partials(known.clone(), 1)]
            }
            true => Vec::new(),
            false => {
                known.iter().map(|name| Question::Mixed(vec![name.clone()])).collect()
            }
        };
        questions.iter().find_map(|question| {
            let (formula, known) = (&original, &known[..]);
            let asked = Asked { formula, text: gold, question, known, apart: true };
            let answer = self.read_answer(text, asked, &settings);
            let Ok(answer) = answer else {
                self.pool.take_failure();
                return None;
            };
            let is_plain = answer.complaint.is_none()
                && answer.condition.is_none()
                && answer.components.len() == right.roots.len();
            if !is_plain || !self.chain_holds(&answer, &settings) {
                return None;
            }
            let given =
                Answer { is_vector: answer.is_vector, ..Answer::of(right.clone()) };
            let decision = self.equal_answers(&given, &answer).ok()?.decision;
            if !decision.verdict.is_equal() {
                return None;
            }
            let gold = self.reading_of(&Answer::of(right.clone()), gold)?;
            let mut reading = self.reading_of(&answer, text)?;
            reading.notes =
                answer.notes.iter().map(|note| note.message.clone()).collect();
            let readings = [Some(gold), Some(reading)];
            Some(Verification { found: Ok(decision), readings, notes: Vec::new() })
        })
    }

    /// Whether nothing that stands before the last sign of equality is known to be another
    /// formula.
    fn chain_holds(&mut self, answer: &Answer, settings: &Settings) -> bool {
        let [before @ .., _] = &answer.chain[..] else { return true };
        before.iter().all(|side| {
            let Ok(side) = self.read(side, settings) else {
                self.pool.take_failure();
                return true;
            };
            self.equal_answers(&Answer::of(side), answer)
                .is_ok_and(|found| !found.decision.verdict.is_different())
        })
    }

    fn reading_of(&self, answer: &Answer, text: &str) -> Option<Reading> {
        let parts = (0..answer.components.len()).map(|place| {
            let (formula, root) = answer.component(place)?;
            let part = Part::of(formula.clone(), text);
            Some(Value::Formula(Box::new(Part { root, ..part })))
        });
        let mut parts: Vec<Value> = parts.collect::<Option<_>>()?;
        let value = match (answer.is_vector, parts.pop()) {
            (false, Some(only)) => only,
            (_, last) => Value::Tuple(parts.into_iter().chain(last).collect()),
        };
        let text = self.written(&value);
        Some(Reading { kind: value.kind(), text, notes: Vec::new() })
    }

    /// What is not equal, and is equal where commas between digits are those of decimals: a
    /// semicolon between values says so, else it is undecided.
    pub(super) fn of_decimal_commas(
        &mut self,
        found: Verification,
        [gold, answer]: [&str; 2],
        terms: &Terms,
    ) -> Verification {
        let is_open = match &found.found {
            Err(unreadable) => unreadable.party == Party::Answer,
            Ok(decision) => {
                matches!(
                    decision.verdict,
                    Verdict::Different(_) | Verdict::WrongShape { .. }
                )
            }
        };
        let pointed = is_open.then(|| syntax::with_points(answer)).flatten();
        let Some(pointed) = pointed else {
            return match is_open && !answer.contains(',') {
                true => self.of_commas_in_gold(found, [gold, answer], terms),
                false => found,
            };
        };
        let sides = [(gold, &*pointed), (&*pointed, gold)]
            .map(|(text, other)| syntax::contents(text, other));
        let mut other = self.in_every_reading([gold, &pointed], &sides, terms);
        let is_undecided = other
            .found
            .as_ref()
            .is_ok_and(|decision| matches!(decision.verdict, Verdict::Undecided { .. }));
        if is_undecided && answer.contains(';') {
            return other;
        }
        if !is_equal(&other.found) {
            return found;
        }
        let note = "commas between digits are read as decimal commas".to_owned();
        if let Some(reading) = &mut other.readings[Party::Answer as usize] {
            reading.notes.insert(0, note);
        }
        if !answer.contains(';') {
            let reason = "they are equal only if the commas are those of decimals";
            other.found = Ok(compare::undecided(reason));
        }
        other
    }

    /// What differs, and is equal where commas between digits of the right answer are those of
    /// decimals, is undecided.
    fn of_commas_in_gold(
        &mut self,
        found: Verification,
        [gold, answer]: [&str; 2],
        terms: &Terms,
    ) -> Verification {
        let Some(pointed) = syntax::with_points(gold).filter(|_| found.found.is_ok())
        else {
            return found;
        };
        let sides = [(&*pointed, answer), (answer, &*pointed)]
            .map(|(text, other)| syntax::contents(text, other));
        let other = self.in_every_reading([&pointed, answer], &sides, terms);
        if !is_equal(&other.found) {
            return found;
        }
        let reason = "they are equal only if the commas are those of decimals";
        Verification { found: Ok(compare::undecided(reason)), ..found }
    }

    /// What is equal, and says of a formula that is written out what is not its derivative:
    /// `(x^4)' = 3x^2`.
    pub(super) fn true_in_itself(
        &mut self,
        found: Verification,
        gold: &str,
        side: &Contents,
        terms: &Terms,
    ) -> Verification {
        if !is_equal(&found.found) {
            return found;
        }
        let labels = side.readings.iter().filter_map(|reading| match reading {
            Content::Named(label, _) => Some(&**label),
            _ => None,
        });
        for label in labels {
            let Some(operand) = label.operand.as_deref() else { continue };
            self.clear();
            let is_other = self.derives_another(label, operand, gold, terms);
            self.pool.take_failure();
            if is_other.unwrap_or(false) {
                let reason = format!("the derivative of `{operand}` is another one");
                return Verification { found: Ok(compare::undecided(&reason)), ..found };
            }
        }
        found
    }

    /// Whether the derivative that a label writes out is not the right answer.
    fn derives_another(
        &mut self,
        label: &Label,
        operand: &str,
        gold: &str,
        terms: &Terms,
    ) -> Result<bool> {
        let right = self.read(gold, &terms.settings)?;
        let known = self.variables(&right.roots);
        let settings = Settings { known, ..terms.settings.clone() };
        let operand = self.read(operand, &settings.within(operand))?;
        let names = self.variables(&operand.roots);
        let wrt = match (&label.wrt[..], &names[..]) {
            ([], [name]) => vec![name.clone(); label.order.unwrap_or(1)],
            (wrt, _) => wrt.to_vec(),
        };
        let is_word = names.iter().any(|name| syntax::is_differential(name));
        if wrt.is_empty() || operand.is_vector || is_word {
            return Ok(false);
        }
        let mut root: ExprId = operand.roots[0];
        for name in &wrt {
            root = self.derivative(root, name, Form::Auto, &mut ())?;
        }
        let derived = Rc::new(Formula { roots: vec![root], ..operand });
        Ok(self.equal(&derived, &right)?.decision.verdict.is_different())
    }

    /// A number that is the right answer as `verify-answers` reads it, where the derivative
    /// that was asked for is one: `1,000`, `1 1/4`.
    pub fn read_number(
        &mut self,
        text: &str,
        asked: Asked<'_>,
        settings: &Settings,
    ) -> Option<Answer> {
        let ([names], [root]) =
            (&asked.question.derivatives()[..], &asked.formula.roots[..])
        else {
            return None;
        };
        let mut right = *root;
        for name in names {
            right = self.derivative(right, name, Form::Auto, &mut ()).ok()?;
        }
        // `x = 2` says what x is.
        if text.contains('=') || !self.variables(&[right]).is_empty() {
            return None;
        }
        let settings = Settings { input: None, ..settings.clone() };
        let terms = Terms { settings: settings.clone(), ..Terms::default() };
        let found = Self::default().verify_answer(&self.text_of(right), text, &terms);
        let reading = found.readings[Party::Answer as usize].clone();
        let reading = reading.filter(|reading| {
            is_equal(&found.found) && matches!(reading.kind, "formula" | "quantity")
        })?;
        let answer = match reading.kind {
            "formula" => self.read(&reading.text, &settings).ok()?,
            _ => return None,
        };
        let mut answer = Answer::of(answer);
        answer.note(format!("`{}` is read as `{}`", text.trim(), reading.text));
        Some(answer)
    }
}
