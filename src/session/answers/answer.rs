//! Answers that are read: from what somebody wrote to one formula for each component of what
//! was asked.

use super::super::engine::Engine;
use super::super::formula::{Formula, Settings};
use super::entries::{differentials, entries, rows};
use super::fit::{Fit, fit, in_order};
use super::question::Question;
use super::spelling::{Meant, as_meant, mate, with_decimal_points};
use super::stray::{EULER, stray_name};
use super::undone::{must_be_done, undone};
use crate::error::{Error, ErrorKind, Note, Result};
use crate::kernel::{ExprId, is_same_name, latin};
use crate::syntax::{self, Input, Item, Label, Stated};

/// The fewest letters of a word that is no name.
const WORD: usize = 2;
/// What a note says of `O(x)`; in a derivative there is none.
pub(in crate::session) const REMAINDER: &str = "is no term";
/// What a note says of a word of LaTeX that is read as a product.
const LETTERS: &str = "is read as the product of its letters";

/// An answer that was read.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Its formulas.
    pub formulas: Vec<Formula>,
    /// The components: for each its formula, and which of its roots; `None` where the labels of
    /// the answer name others.
    pub components: Vec<Option<(usize, usize)>>,
    /// Whether it was written as a vector or a matrix.
    pub is_vector: bool,
    /// The rows and columns of a matrix.
    pub shape: Option<(usize, usize)>,
    /// Whether labels say which component is which.
    pub is_labelled: bool,
    /// What its label names, where that is not what was asked.
    pub complaint: Option<String>,
    /// How far decimals may be off, relative to values above 1, where that is said.
    pub tolerance: Option<f64>,
    /// The bounds between which it says that it holds, as they were typed.
    pub condition: Option<String>,
    /// Where it says that it holds, as it was typed: `at x = 1`.
    pub place: Option<String>,
    /// What stands before its last `=` and behind it, as it was typed; nothing where that is
    /// all.
    pub chain: Vec<String>,
    /// Whether a label or a sign of equality says that what stands before is no part of it.
    pub is_derived: bool,
    /// What was said of names that were taken apart.
    pub split: Vec<String>,
    /// How it was read.
    pub notes: Vec<Note>,
}

/// What is said of a formula of an answer besides its own notes.
#[derive(Debug, Default)]
struct Said {
    notes: Vec<Note>,
    /// What was said of names that were taken apart.
    split: Vec<String>,
}

impl Said {
    fn note(&mut self, message: String) {
        self.notes.push(Note { message, span: None });
    }
}

/// What an answer is an answer to.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The formula that was to be differentiated.
    pub formula: &'a Formula,
    /// The same as it was typed.
    pub text: &'a str,
    /// What was asked.
    pub question: &'a Question,
    /// The variables of the question.
    pub known: &'a [String],
    /// Whether names that stand in the answer only are taken apart.
    pub apart: bool,
}

impl Answer {
    /// An answer of one formula, or of one vector.
    pub fn of(formula: Formula) -> Self {
        let components = (0..formula.roots.len()).map(|root| Some((0, root))).collect();
        let is_vector = formula.is_vector;
        Self { components, is_vector, ..Self::empty(vec![formula]) }
    }

    pub(in crate::session) fn empty(formulas: Vec<Formula>) -> Self {
        Self {
            formulas,
            components: Vec::new(),
            is_vector: false,
            shape: None,
            is_labelled: false,
            complaint: None,
            tolerance: None,
            condition: None,
            place: None,
            chain: Vec::new(),
            is_derived: true,
            split: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// The same with the notes of its formulas.
    fn with_own_notes(mut self) -> Self {
        for formula in &self.formulas {
            self.notes.extend(formula.notes.iter().cloned());
        }
        self
    }

    /// The formula of a component and which of its roots it is; `None` where it is missing.
    pub(in crate::session) fn component(
        &self,
        place: usize,
    ) -> Option<(&Formula, usize)> {
        let (formula, root) = (*self.components.get(place)?)?;
        Some((&self.formulas[formula], root))
    }

    /// The expression of a component.
    pub fn root(&self, place: usize) -> Option<ExprId> {
        self.component(place).map(|(formula, root)| formula.roots[root])
    }

    /// The expressions of all components that there are.
    pub fn roots(&self) -> Vec<ExprId> {
        (0..self.components.len()).filter_map(|place| self.root(place)).collect()
    }

    /// Whether an argument without brackets in it has factors that some do not take for its
    /// own.
    pub fn has_runs(&self) -> bool {
        self.formulas.iter().any(|formula| formula.program().has_runs())
    }

    /// Says something of how it was read.
    pub(in crate::session) fn note(&mut self, message: String) {
        self.notes.push(Note { message, span: None });
    }

    /// Says that the verdict rests on how names were taken apart.
    pub fn note_split(&mut self) {
        for note in &mut self.notes {
            if self.split.contains(&note.message) {
                note.message.push_str(", and the verdict rests on that");
            }
        }
    }

    /// The same with its components in another order.
    pub(in crate::session) fn arranged(
        &self,
        order: impl Iterator<Item = usize>,
    ) -> Self {
        let components = order.map(|place| self.components[place]).collect();
        Self { components, ..self.clone() }
    }
}

/// Whether a name is one of those that are known, in whatever spelling.
pub(in crate::session) fn is_known(known: &[String], name: &str) -> bool {
    known.iter().any(|other| is_same_name(other, name))
}

impl Engine {
    /// Reads an answer that is one, and no whole reply.
    pub(in crate::session) fn read_stated(
        &mut self,
        text: &str,
        asked: Asked<'_>,
        settings: &Settings,
    ) -> Result<Answer> {
        let wanted = asked.question.derivatives();
        let is_name = |name: &str| is_known(asked.known, name);
        let (stated, settings) = taken_apart(text, settings, &is_name);
        let settings = &settings;
        let mut fits = Vec::with_capacity(stated.items.len());
        for item in &stated.items {
            let is_other = self.is_of_another(item, &wanted, asked, settings)?;
            fits.push(match is_other {
                true => Fit::Other,
                false => fit(item.label.as_ref(), &wanted, asked),
            });
        }
        let mut answer = match (&stated.items[..], &fits[..]) {
            ([item], [Fit::At(place)]) if wanted.len() > 1 => {
                let mut slots = vec![None; wanted.len()];
                slots[*place] = Some(item);
                self.by_component(&slots, asked, settings)?
            }
            ([item], [fit]) => {
                let mut answer = self.read_item(item, asked, settings)?;
                let is_value = item.label.as_ref().is_some_and(Label::is_value);
                if is_value && *fit == Fit::Any {
                    let message =
                        format!("`{} =` is read as a label", item.labelled.trim());
                    answer.notes.push(Note { message, span: None });
                }
                if *fit == Fit::Other {
                    let named = item.labelled.trim();
                    answer.complaint = Some(match (item.differential, named) {
                        (Some(name), "") => format!("the answer ends with `d{name}`"),
                        _ => format!(
                            "the answer is labelled `{named}`, which was not asked"
                        ),
                    });
                    answer.components = vec![None; wanted.len()];
                }
                answer
            }
            (items, _) if let Some(slots) = in_order(items, &wanted, asked) => {
                self.by_component(&slots, asked, settings)?
            }
            (items, fits) => {
                let mut slots = vec![None; wanted.len()];
                for (item, fit) in items.iter().zip(fits) {
                    match fit {
                        Fit::At(place) if slots[*place].is_none() => {
                            slots[*place] = Some(item)
                        }
                        Fit::Other => {}
                        _ => {
                            let what =
                                format!("`{}` may be another answer", item.labelled);
                            return Err(ErrorKind::InvalidAnswer(what).into());
                        }
                    }
                }
                self.by_component(&slots, asked, settings)?
            }
        };
        answer.condition = stated.condition.map(str::to_owned);
        let mut places = stated.items.iter().filter_map(|item| item.place);
        answer.place = places.next().map(str::to_owned);
        let said = stated.notes.into_iter().map(|message| Note { message, span: None });
        answer.notes.splice(0..0, said);
        if let Some(item) = stated.items.iter().zip(&fits).find_map(|(item, fit)| {
            (*fit == Fit::Other && stated.items.len() > 1).then_some(item)
        }) {
            let message = format!("`{}` was not asked, and is left out", item.labelled);
            answer.notes.push(Note { message, span: None });
        }
        Ok(answer)
    }

    /// Reads one side of a comparison: a formula, with or without a label, or a vector in
    /// whatever brackets.
    ///
    /// # Errors
    /// What cannot be read, and limits.
    pub fn read_side(&mut self, text: &str, settings: &Settings) -> Result<Answer> {
        let is_name = |name: &str| is_known(&settings.known, name);
        let (stated, settings) = taken_apart(text, settings, &is_name);
        let settings = &settings;
        let [item] = &stated.items[..] else {
            return Ok(Answer::of(self.read(text, settings)?).with_own_notes());
        };
        // A program and its name stay as they are.
        let may_define = match item.before.len() {
            0 => item.label.as_ref().is_some_and(Label::is_value),
            // `v_{\mathrm{max}} = 2`.
            count => count == 1 && item.label.is_none(),
        };
        let is_definition = may_define && self.read(text, settings).is_ok();
        let formula = match is_definition {
            true => text,
            false => item.formula,
        };
        let parts = match is_script(formula, settings) {
            true => None,
            false => rows(formula),
        };
        let mut answer = match parts {
            Some((parts, shape)) => {
                let mut answer =
                    Answer { is_vector: true, shape, ..Answer::empty(Vec::new()) };
                for part in parts {
                    answer.components.push(Some((answer.formulas.len(), 0)));
                    answer.formulas.push(self.read(part, settings)?);
                }
                match answer.formulas.iter().any(|formula| formula.is_vector) {
                    true => Answer::of(self.read(formula, settings)?),
                    false => answer,
                }
            }
            None => Answer::of(self.read(formula, settings)?),
        };
        if item.label.is_none() && !item.is_continued && !is_definition {
            self.sides_are_equal(item, &answer, settings)?;
        }
        let said = stated.notes.into_iter().map(|message| Note { message, span: None });
        answer.notes.extend(said);
        Ok(answer.with_own_notes())
    }

    /// Whether an answer says itself that it is one to another question: its label has another
    /// formula in it, or it ends with the differential of another variable.
    fn is_of_another(
        &mut self,
        item: &Item<'_>,
        wanted: &[Vec<String>],
        asked: Asked<'_>,
        settings: &Settings,
    ) -> Result<bool> {
        if let Some(name) = item.differential
            && !matches!(wanted, [names] if names.iter().any(|own| is_same_name(own, name)))
        {
            return Ok(true);
        }
        let operand = item.label.as_ref().and_then(|label| label.operand.as_deref());
        let Some(operand) = operand.filter(|_| asked.formula.roots.len() == 1) else {
            return Ok(false);
        };
        if operand.starts_with(['|', '\\']) && operand.contains('|') {
            return Ok(true);
        }
        let is_name = Label::read(operand)
            .is_some_and(|label| label.is_value() && !is_known(asked.known, operand));
        if is_name {
            return Ok(false);
        }
        let mut unsaid = Said::default();
        let Ok(formula) = self.read_formula(operand, asked, settings, &mut unsaid) else {
            return Ok(false);
        };
        // Words say of a function what they say.
        let is_said = |name: &String| is_word(name) && !is_known(asked.known, name);
        if self.variables(&formula.roots).iter().any(is_said) {
            return Ok(false);
        }
        // `d/dx [x^2]`.
        let is_bracket = operand.starts_with(['[', '{']) && formula.roots.len() == 1;
        let formula = Formula { is_vector: formula.is_vector && !is_bracket, ..formula };
        Ok(formula.is_vector
            || !self.equal(asked.formula, &formula)?.decision.verdict.is_equal())
    }

    /// An answer whose labels say which component is which.
    fn by_component(
        &mut self,
        slots: &[Option<&Item<'_>>],
        asked: Asked<'_>,
        settings: &Settings,
    ) -> Result<Answer> {
        let is_vector = slots.len() > 1;
        let mut answer =
            Answer { is_vector, is_labelled: true, ..Answer::empty(Vec::new()) };
        for slot in slots {
            let Some(item) = slot else {
                answer.components.push(None);
                continue;
            };
            let found = self.read_item(item, asked, settings)?;
            let [Some((place, root))] = found.components[..] else {
                let what = format!("`{}` is not one expression", item.formula);
                return Err(ErrorKind::InvalidAnswer(what).into());
            };
            answer.components.push(Some((answer.formulas.len() + place, root)));
            answer.formulas.extend(found.formulas);
            if slots.iter().flatten().count() == 1 {
                answer.chain = found.chain;
            }
            answer.notes.extend(found.notes);
            answer.split.extend(found.split);
        }
        Ok(answer)
    }

    /// Reads one formula of an answer, or one vector.
    pub(in crate::session) fn read_item(
        &mut self,
        item: &Item<'_>,
        asked: Asked<'_>,
        settings: &Settings,
    ) -> Result<Answer> {
        must_be_done(item.formula, asked)?;
        if syntax::goes_on(item.formula) {
            let what = format!("a number that goes on, `{}`", item.formula.trim());
            return Err(ErrorKind::InvalidAnswer(what).into());
        }
        let text = match item.formula.trim_start().starts_with("\\begin") {
            true => syntax::without_transpose(item.formula),
            false => item.formula,
        };
        let mut said = Said::default();
        let entries = match is_script(text, settings) {
            true => None,
            false => match differentials(text, asked) {
                Some(parts) => {
                    let names: Vec<String> = asked
                        .question
                        .derivatives()
                        .concat()
                        .iter()
                        .map(|name| format!("d{name}"))
                        .collect();
                    said.note(format!(
                        "the factors of `{}` are the components",
                        names.join("`, `")
                    ));
                    Some((parts, None))
                }
                None => entries(text, asked),
            },
        };
        let answer = match entries {
            Some((parts, shape)) => {
                let mut answer =
                    Answer { is_vector: true, shape, ..Answer::empty(Vec::new()) };
                for part in parts {
                    let formula = self.read_formula(part, asked, settings, &mut said)?;
                    if formula.is_vector {
                        let what = "a vector stands inside of a vector".to_owned();
                        return Err(ErrorKind::InvalidAnswer(what).into());
                    }
                    answer.components.push(Some((answer.formulas.len(), 0)));
                    answer.formulas.push(formula);
                }
                answer
            }
            None => {
                let formula = self.read_formula(text, asked, settings, &mut said)?;
                self.in_basis(formula, asked, settings)?
            }
        };
        let Said { notes, split } = said;
        let notes = notes.into_iter().chain(answer.notes).collect();
        let mut answer = Answer { notes, split, ..answer }.with_own_notes();
        self.note_strangers(&mut answer, asked)?;
        answer.is_derived = item.label.is_some() || item.is_continued;
        if !item.before.is_empty() {
            let chain = item.before.iter().chain([&item.formula]);
            answer.chain = chain.map(|text| (*text).to_owned()).collect();
        }
        Ok(answer)
    }

    /// Reads one formula of an answer, as it was probably meant.
    fn read_formula(
        &mut self,
        text: &str,
        asked: Asked<'_>,
        settings: &Settings,
        said: &mut Said,
    ) -> Result<Formula> {
        let meant = match settings.input {
            None | Some(Input::Text) if asked.apart => as_meant(text, &asked.names()),
            _ => Meant { text: text.to_owned(), ..Meant::default() },
        };
        for message in meant.split.iter().chain(&meant.notes) {
            said.note(message.clone());
        }
        said.split.extend(meant.split);
        let spelled = meant.text;
        let with_differentials = self.with_differentials(&spelled, asked, settings);
        let settings = with_differentials.as_ref().unwrap_or(settings);
        let mut closed = None;
        let mut found = self.read(&spelled, settings);
        if let Err(error) = &found
            && let ErrorKind::UnclosedBracket(bracket) = error.kind
            && let Some(close) = mate(bracket)
        {
            let longer = format!("{spelled}{close}");
            if let Ok(formula) = self.read(&longer, settings) {
                said.note(format!("the bracket `{bracket}` is closed at the end"));
                (closed, found) = (Some(longer), Ok(formula));
            }
        }
        if found.is_err()
            && let Some((decimal, message)) = with_decimal_points(&spelled)
            && let Ok(formula) = self.read(&decimal, settings)
        {
            said.note(message);
            (closed, found) = (Some(decimal), Ok(formula));
        }
        let text = closed.as_deref().unwrap_or(&spelled);
        let mut formula = found.map_err(|error| error.in_answer(text))?;
        if self.has_euler(&formula, asked) {
            let comma = if settings.set.is_empty() { "" } else { ", " };
            let set = format!("{}{comma}{EULER}=e", settings.set);
            let settings = Settings { set, ..settings.clone() };
            formula = self.read(text, &settings).map_err(|e| e.in_answer(text))?;
            said.note(format!("`{EULER}` is read as the number e"));
        }
        let own = self.variables(&formula.roots);
        if own.iter().any(|name| asked.formula.defines(name)) {
            // Names that the question defines mean the same in the answer.
            let definitions = asked.formula.other_definitions(asked.text, &formula);
            let program = format!("{text}\n{definitions}");
            let found = self.read(&program, settings);
            formula = found.map_err(|error| error.in_answer(text))?;
            formula.notes.retain(|note| !Formula::is_unused(note));
        }
        if let Some(note) =
            formula.notes.iter().find(|note| note.message.contains(REMAINDER))
        {
            return Err(ErrorKind::InvalidAnswer(note.message.clone()).into());
        }
        formula.one_answer().map_err(|error| error.in_answer(text))?;
        let is_letter = |c: char| is_known(asked.known, &c.to_string());
        let mut words = formula.notes.iter().filter_map(|note| {
            let (word, said) = note.message.strip_prefix('`')?.split_once("` ")?;
            (said.starts_with(LETTERS) && !word.chars().all(is_letter)).then_some(word)
        });
        if let Some(word) = words.next() {
            let what = stray_name(word, asked.known);
            return Err(ErrorKind::InvalidAnswer(what).into());
        }
        for name in formula.abstract_functions() {
            if asked.formula.defines_function(name) {
                let what = format!("`{name}` is a function of the question");
                let kind = ErrorKind::InvalidAnswer(what);
                return Err(Error::from(kind).help("write it out in the answer"));
            }
        }
        Ok(formula)
    }

    /// Says of names that the question does not have that they stand in the answer only, and
    /// refuses words.
    fn note_strangers(&mut self, answer: &mut Answer, asked: Asked<'_>) -> Result<()> {
        let roots: Vec<ExprId> =
            answer.formulas.iter().flat_map(|f| f.roots.clone()).collect();
        for name in self.variables(&roots) {
            if is_known(asked.known, &name) {
                continue;
            }
            if let Some((seen, script)) = syntax::latin_looks(&name)
                && is_known(asked.known, &seen)
            {
                let what = format!(
                    "`{name}` has a {script} letter that looks like one of `{seen}`"
                );
                let kind = ErrorKind::InvalidAnswer(what);
                return Err(Error::from(kind).help("type it with Latin letters"));
            }
            let said = stray_name(&name, asked.known);
            // Chinese has no blanks between words.
            let is_said = is_word(&name) || syntax::has_chinese(&name);
            if is_said && !said.contains("did you mean") {
                return Err(ErrorKind::InvalidAnswer(said).into());
            }
            if name.ends_with(['\'', '′', '’']) {
                return Err(undone(&name));
            }
            let mark = format!("`{name}`");
            if !answer.notes.iter().any(|note| note.message.contains(&mark)) {
                answer.notes.push(Note { message: said, span: None });
            }
        }
        Ok(())
    }
}

/// Takes a text apart, unless it is in a language of code, with how its parts are read.
fn taken_apart<'t>(
    text: &'t str,
    settings: &Settings,
    is_name: &dyn Fn(&str) -> bool,
) -> (Stated<'t>, Settings) {
    let settings = settings.within(text);
    let stated = match settings.is_code() {
        true => Stated::whole(text),
        false => syntax::stated(text, is_name),
    };
    (stated, settings)
}

/// Whether a text is code and no list: its commas separate other things.
fn is_script(text: &str, settings: &Settings) -> bool {
    settings.is_code() && !text.trim_start().starts_with(['[', '('])
}

/// Whether a name is a word of a sentence and no name of mathematics.
pub(in crate::session) fn is_word(name: &str) -> bool {
    name.chars().count() >= WORD
        && name.chars().all(|c| c.is_alphabetic())
        && *latin(name) == *name
        && !crate::kernel::GREEK.iter().any(|row| row.0.eq_ignore_ascii_case(name))
}
