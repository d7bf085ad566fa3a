//! Answers in whole replies: which part of a text is read, and whether the text agrees with it.

use super::super::engine::Engine;
use super::super::formula::Settings;
use super::answer::{Answer, Asked, is_known};
use super::basis::BASES;
use crate::error::{Error, ErrorKind, Note, Result};
use crate::syntax::{self, Label, Told, Wanted};
use std::borrow::Cow;

impl Asked<'_> {
    /// How many components it has.
    fn count(&self) -> usize {
        self.question.derivatives().len() * self.formula.roots.len()
    }

    /// The names of which words of an answer may be made: those of the question, and the unit
    /// vectors where several components are asked for.
    pub(in crate::session) fn names(&self) -> Cow<'_, [String]> {
        let count = self.count();
        let units = BASES[0].iter().take(count).map(|unit| (*unit).to_owned());
        match count {
            2..=3 => Cow::Owned(self.known.iter().cloned().chain(units).collect()),
            _ => Cow::Borrowed(self.known),
        }
    }
}

impl Engine {
    /// Reads an answer, or the answer in a whole reply.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidAnswer`] for what cannot be read, and limits.
    pub fn read_answer(
        &mut self,
        text: &str,
        asked: Asked<'_>,
        settings: &Settings,
    ) -> Result<Answer> {
        let told = Self::told_of(text, asked)?;
        if syntax::is_congruence(&told.text) {
            let what = "a congruence is no derivative".to_owned();
            return Err(ErrorKind::InvalidAnswer(what).into());
        }
        let mut answer = self.read_reply(&told.text, asked, settings)?;
        for message in told.notes {
            answer.note(message);
        }
        if let Some(name) = syntax::explained(text, asked.text)
            && is_known(&self.variables(&answer.roots()), &name)
        {
            let what = format!("`{name}` is explained beside the answer and not put in");
            return Err(ErrorKind::InvalidAnswer(what).into());
        }
        Ok(answer)
    }

    /// The part of a reply that is its answer.
    fn told_of(text: &str, asked: Asked<'_>) -> Result<Told> {
        syntax::told(text, Some(asked.question.order()), asked.text)
            .map_err(|what| ErrorKind::InvalidAnswer(what).into())
    }

    /// How the answer of a reply may be meant besides, and when it is.
    pub fn read_doubtful(
        &mut self,
        text: &str,
        asked: Asked<'_>,
        settings: &Settings,
    ) -> Vec<(Answer, &'static str)> {
        let others =
            Self::told_of(text, asked).map_or_else(|_| Vec::new(), |told| told.others);
        let mut found = Vec::with_capacity(others.len());
        for (text, when) in others {
            match self.read_stated(&text, asked, settings) {
                Ok(answer) => found.push((answer, when)),
                Err(_) => drop(self.pool.take_failure()),
            }
        }
        found
    }

    /// Reads an answer, or a reply behind whose answer nothing stands that is another.
    fn read_reply(
        &mut self,
        text: &str,
        asked: Asked<'_>,
        settings: &Settings,
    ) -> Result<Answer> {
        let found = self.read_stated(text, asked, settings);
        let Err(Error { kind: ErrorKind::InvalidAnswer(_), .. }) = &found else {
            return found;
        };
        let wanted = Wanted {
            count: asked.count(),
            order: asked.question.order(),
            is_name: &|name| is_known(asked.known, name),
        };
        let Some(reply) = syntax::reply(text, wanted) else { return found };
        let Ok(mut answer) = self.read_stated(&reply.text, asked, settings) else {
            return found;
        };
        // What it said before must be the same.
        for other in &reply.others {
            let Ok(other) = self.read_stated(other, asked, settings) else {
                return found;
            };
            if !self.are_equal(&answer, &other)? {
                return found;
            }
        }
        answer.notes.insert(0, Note { message: reply.note, span: None });
        Ok(answer)
    }

    /// Reads an answer in words, `three x squared`, in signs; `None` where it has other words.
    pub fn read_spoken(
        &mut self,
        text: &str,
        asked: Asked<'_>,
        settings: &Settings,
    ) -> Option<Answer> {
        let text = &Self::told_of(text, asked).ok()?.text;
        let stated = syntax::stated(text, &|name| is_known(asked.known, name));
        let [item] = &stated.items[..] else { return None };
        let spoken = syntax::in_signs(item.formula).or_else(|| syntax::in_signs(text));
        let spoken = spoken?.text;
        let label = item.labelled.trim();
        let signs = match &item.label {
            None => spoken.clone(),
            Some(_) if Label::read(label).is_some() => format!("{label} = {spoken}"),
            Some(_) => return None,
        };
        let mut answer = self.read_stated(&signs, asked, settings).ok()?;
        let message = format!("`{}` is read as `{spoken}`", item.formula);
        answer.notes.push(Note { message, span: None });
        Some(answer)
    }

    /// Whether two answers are the same, where both are answers of one formula.
    fn are_equal(&mut self, one: &Answer, other: &Answer) -> Result<bool> {
        match (&one.formulas[..], &other.formulas[..]) {
            ([one], [other]) if one.roots.len() == 1 && other.roots.len() == 1 => {
                Ok(self.equal(one, other)?.decision.verdict.is_equal())
            }
            _ => Ok(false),
        }
    }
}
