//! A derivation judged line by line, each against the line before it, the first one of what a
//! label names against what is right.

use super::super::answers::answer::{Answer, Asked, is_known};
use super::super::engine::Engine;
use super::super::formula::Settings;
use super::super::judge::Judgement;
use super::super::on_curve::Along;
use super::judge::Judge;
use crate::check::{Decision, Mistake, Verdict};
use crate::error::{ErrorKind, Result};
use crate::syntax::{
    Arguments, Derivation, LONGEST_DERIVATION, Reach, Row, Side, Undone, derivation,
    inert, outspoken,
};

/// A line of a derivation with what is said of it.
#[derive(Clone, Debug)]
pub struct OwnLine {
    /// What its label names, as it was typed; mostly nothing.
    pub label: String,
    /// The formula, or the equation, as it was typed.
    pub text: String,
    /// Whether it is right, and how that is known; nothing where it cannot be read or nothing
    /// is known that it should be equal to.
    pub decision: Option<Decision>,
    /// The line with which it was compared, counted from 0; nothing for the first of its kind,
    /// which is compared with what is right.
    pub before: Option<usize>,
    /// Whether it follows from that line.
    pub follows: Option<bool>,
    /// Where it differs from that line, and how that is known.
    pub step: Option<Decision>,
    /// The mistakes that explain why it does not follow, most specific first.
    pub mistakes: Vec<Mistake>,
    /// Why nothing is said of it.
    pub problem: Option<String>,
    /// What the values are of where it differs.
    pub quoted: Quoted,
    /// How it is read, where that is not by the conventions.
    pub manner: Option<Arguments>,
}

/// What the values are of that are told of a line that does not follow.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Quoted {
    /// Of the line before, or of what is right, and of the line.
    #[default]
    Lines,
    /// Of the two sides of the line.
    Sides,
    /// Of the derivative of this name, for which the lines were solved.
    Slope(String),
}

impl OwnLine {
    /// Whether it is equal to what is right; nothing where that is not known.
    pub fn is_right(&self) -> Option<bool> {
        match &self.decision.as_ref()?.verdict {
            Verdict::Undecided { .. } => None,
            verdict => Some(verdict.is_equal()),
        }
    }
}

/// A derivation that was taken apart.
#[derive(Clone, Debug)]
pub struct OwnDerivation {
    /// Its lines.
    pub derivation: Derivation,
    /// How they are read.
    pub settings: Settings,
    /// The answer in which it ends.
    pub conclusion: String,
    /// How that is read: with what stands for the names in it.
    pub concluding: Settings,
    /// The names that it defines.
    names: Vec<String>,
}

/// What a derivation is one of.
#[derive(Clone, Copy, Debug)]
pub struct Ground<'a> {
    /// The question.
    pub asked: Asked<'a>,
    /// The derivative that is asked of an equation, where the question is one.
    pub along: Option<&'a Along>,
    /// The verdict on the answer in which it ends, with what is right.
    pub judgement: &'a Judgement,
    /// How far decimals may be off, relative to values above 1.
    pub tolerance: Option<f64>,
    /// Whether mistakes are looked for.
    pub explains: bool,
}

impl Engine {
    /// Takes the lines of an answer apart.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidAnswer`] for what is too long, has no lines or is not done.
    pub fn own_derivation(
        &mut self,
        text: &str,
        asked: Asked<'_>,
        along: Option<&Along>,
        settings: &Settings,
    ) -> Result<OwnDerivation> {
        let is_name = |name: &str| is_known(asked.known, name);
        let text = outspoken(text).unwrap_or_default();
        let settings = settings.within(text);
        let found = match settings.is_code() {
            true => Some(Derivation::whole(text)),
            false => derivation(text, &is_name),
        };
        let limit = LONGEST_DERIVATION;
        let what = format!("the derivation is longer than {limit} bytes");
        let derivation = found.ok_or(ErrorKind::InvalidAnswer(what))?;
        if derivation.rows.is_empty() {
            let what = "there is no line with a formula".to_owned();
            return Err(ErrorKind::InvalidAnswer(what).into());
        }
        if !settings.is_code() {
            must_be_done(&derivation, asked)?;
        }
        let conclusion = derivation.conclusion(&is_name);
        // Names that it defines may stand in its last line.
        let judgement = Judgement::of(Vec::new());
        let ground = Ground {
            asked,
            along,
            judgement: &judgement,
            tolerance: None,
            explains: false,
        };
        let set = self.set.clone();
        let mut judge = Judge::new(self, ground, &settings);
        judge.begin(&derivation);
        let concluding = judge.with_definitions(&conclusion, &settings);
        let names = judge.definitions.iter().map(|(name, _, _)| name.clone()).collect();
        self.set = set;
        Ok(OwnDerivation { derivation, settings, conclusion, concluding, names })
    }

    /// Judges the lines of a derivation, each against the one before it.
    ///
    /// # Errors
    /// Limits; a line that cannot be read is none.
    pub fn judge_lines(
        &mut self,
        own: &OwnDerivation,
        ground: Ground<'_>,
    ) -> Result<Vec<OwnLine>> {
        // Names that stand for what was typed are none that somebody gave a value.
        self.set.retain(|(name, _)| !own.names.contains(name));
        self.judge_rows(&own.derivation, ground, &own.settings)
    }

    /// Judges the lines of a derivation.
    ///
    /// # Errors
    /// Limits; a line that cannot be read is none.
    pub(in crate::session) fn judge_rows(
        &mut self,
        derivation: &Derivation,
        ground: Ground<'_>,
        settings: &Settings,
    ) -> Result<Vec<OwnLine>> {
        let set = self.set.clone();
        let mut judge = Judge::new(self, ground, settings);
        judge.begin(derivation);
        for row in &derivation.rows {
            judge.row(row, derivation)?;
        }
        let lines = judge.into_lines();
        self.set = set;
        self.check_limits()?;
        Ok(lines)
    }

    /// Says of what stands before the last `=` of an answer where it is not equal to what
    /// follows. Without a label in front, an equation that is none says nothing of a derivative.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidAnswer`], and limits.
    pub fn note_chain(
        &mut self,
        answer: &mut Answer,
        ground: Ground<'_>,
        settings: &Settings,
    ) -> Result<()> {
        let chain = std::mem::take(&mut answer.chain);
        let Some((_, before)) = chain.split_last() else { return Ok(()) };
        let side = |text: &String| Side { text: text.clone(), is_near: false };
        let sides = chain.iter().map(side).collect();
        let row = Row { is_continued: true, sides, ..Row::default() };
        let derivation = Derivation::of(row);
        let lines = self.judge_rows(&derivation, ground, settings)?;
        for (place, text) in before.iter().enumerate() {
            // What cannot be read there is a step of a derivation.
            let problem = lines.get(place).and_then(|line| line.problem.clone());
            let next = lines.get(place + 1);
            let is_false = next.is_some_and(|line| line.follows == Some(false));
            let is_open = next.is_none_or(|line| line.follows.is_none());
            let message = format!("`{text}` is not equal to what stands behind it");
            // `f'(x) = x = 1` says where it is 1.
            let is_place = chain.get(place + 1).is_some_and(|next| {
                place + 1 == before.len() && !next.contains(char::is_alphabetic)
            });
            match (problem, answer.is_derived) {
                (None, true)
                    if is_false && is_place && has_variable(text, ground.asked) =>
                {
                    return Err(ErrorKind::InvalidAnswer(message).into());
                }
                (Some(problem), false) => {
                    return Err(ErrorKind::InvalidAnswer(problem).into());
                }
                (None, true) if is_false => answer.note(message),
                (None, false) if is_false || is_open => {
                    return Err(ErrorKind::InvalidAnswer(message).into());
                }
                _ => {}
            }
        }
        Ok(())
    }
}

impl OwnLine {
    /// A line of which nothing is said yet.
    pub(in crate::session) fn empty() -> Self {
        Self {
            label: String::new(),
            text: String::new(),
            decision: None,
            before: None,
            follows: None,
            step: None,
            mistakes: Vec::new(),
            problem: None,
            quoted: Quoted::Lines,
            manner: None,
        }
    }
}

/// Refuses a derivation whose last line, which is the answer, leaves something to be done.
fn must_be_done(found: &Derivation, asked: Asked<'_>) -> Result<()> {
    let Some(row) = found.rows.last() else { return Ok(()) };
    let [first, .., last] = &row.sides[..] else {
        return row.sides.last().map_or(Ok(()), |last| must_be_taken(&last.text, asked));
    };
    if row.label.is_none() && !row.is_continued && has_names(&first.text, asked) {
        let what =
            format!("`{} = {}` is not solved for the derivative", first.text, last.text);
        return Err(ErrorKind::InvalidAnswer(what).into());
    }
    must_be_taken(&last.text, asked)
}

/// Refuses a formula in which a derivative is still to be taken.
fn must_be_taken(text: &str, asked: Asked<'_>) -> Result<()> {
    let is_name = |name: &str| is_known(asked.known, name);
    let marks = inert(text, Reach::Term, &is_name);
    let is_open = marks.iter().any(|mark| matches!(mark.of, Undone::Formula(_)));
    match (is_open || has_names(text, asked), unclosed(text)) {
        // Of a text that cannot be read it is said why.
        (true, Some(sign)) => {
            let what = ErrorKind::UnclosedBracket(sign).to_string();
            Err(ErrorKind::InvalidAnswer(what).into())
        }
        (true, None) => {
            let what = format!("`{text}` is still to be differentiated");
            Err(ErrorKind::InvalidAnswer(what).into())
        }
        (false, _) => Ok(()),
    }
}

/// Whether a variable of the question stands in a formula.
fn has_variable(text: &str, asked: Asked<'_>) -> bool {
    let mut names = text.split(|c: char| !c.is_alphanumeric() && c != '_');
    names.any(|name| is_known(asked.known, name))
}

/// The first bracket of a text that is never closed.
fn unclosed(text: &str) -> Option<char> {
    let mut open = Vec::new();
    for sign in text.chars() {
        match sign {
            '(' | '[' | '{' => open.push(sign),
            ')' | ']' | '}' => drop(open.pop()),
            _ => {}
        }
    }
    open.first().copied()
}

/// Whether derivatives of names stand in a formula, and none in the question.
fn has_names(text: &str, asked: Asked<'_>) -> bool {
    let is_name = |name: &str| is_known(asked.known, name);
    let marks = inert(text, Reach::Term, &is_name);
    asked.formula.abstract_functions().is_empty()
        && marks.iter().any(|mark| matches!(mark.of, Undone::Name(_)))
}
