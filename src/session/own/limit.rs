//! Limits in lines of a derivation, as in the definition of the derivative: taken by the series
//! on both sides.

use super::super::answers::answer::is_known;
use super::judge::{Content, Judge, Value};
use super::lines::OwnLine;
use super::reading::{Place, has_word, refused, spelled};
use crate::check::{Decision, Verdict, Witness};
use crate::error::Result;
use crate::function;
use crate::kernel::{ExprId, Pool};
use crate::syntax::{Limit, closing, moved};

/// How many limits of a derivation are taken; a line may be read several times.
const MOST: usize = 100;
/// Names for the function at what moves.
const CALLED: [&str; 4] = ["upsilon", "tau", "iota", "kappa"];
/// Letters for an increment that moves.
const INCREMENTS: [&str; 8] = ["h", "k", "w", "z", "v", "p", "n", "s"];
/// How infinity is written.
const INFINITE: [&str; 6] = ["\\infty", "∞", "inf", "oo", "infinity", "Infinity"];

/// Whether a text is infinity, and whether that with a minus sign.
fn infinite(text: &str) -> Option<bool> {
    let text = text.trim();
    let bare = text.trim_start_matches(['+', '-', '−']).trim();
    INFINITE.contains(&bare).then(|| text.starts_with(['-', '−']))
}

impl Judge<'_, '_> {
    /// What a limit is.
    pub(in crate::session) fn limit_of(
        &mut self,
        limit: Limit<'_>,
        place: Place<'_>,
    ) -> Result<Content> {
        self.limits += 1;
        if self.limits > MOST {
            return Err(refused("there are too many limits".to_owned()));
        }
        let inner = Place { depth: place.depth + 1, ..place };
        let is_free = |name: &&&str| {
            !limit.body.contains(**name) && !is_known(self.ground.asked.known, name)
        };
        let letter = INCREMENTS.iter().find(is_free).copied().unwrap_or_default();
        let body = moved(limit.body, limit.name, letter);
        let limit = match &body {
            Some(_) if letter.is_empty() => {
                return Err(refused(
                    "it is not seen of what the limit is taken".to_owned(),
                ));
            }
            Some(body) => Limit { name: letter, body, ..limit },
            None => limit,
        };
        let moving = Place { moving: Some(limit.name), ..inner };
        let text = match limit.front {
            "" => limit.body.to_owned(),
            front => format!("{front} ({})", limit.body),
        };
        let text = text.replace("\\left(", "(").replace("\\right)", ")");
        let known = self.definitions.len();
        let body = self.with_calls(text, moving);
        let body = body.and_then(|text| self.one_value(&text, moving));
        self.definitions.truncate(known);
        let body = body?;
        let symbol = self.engine.pool.symbol(limit.name);
        let (body, to, is_left) = match infinite(limit.to) {
            // What is far away is near 0 for the reciprocal.
            Some(is_negative) => {
                let near = self.engine.pool.power(symbol, Pool::MINUS_ONE);
                let put = [(symbol, near)];
                let body = self.engine.pool.substitute(&[body], &put, function::apply)[0];
                (body, Pool::ZERO, Some(is_negative))
            }
            None => (body, self.one_value(limit.to, inner)?, limit.is_left),
        };
        let unknown = || refused(format!("no limit is found of `{}`", limit.body));
        let value = match self.sides(body, (symbol, to), is_left)? {
            [Some(left), Some(right)] => match self.engine.is_same(left, right)? {
                Some(true) => right,
                Some(false) => return Ok(Content::Nowhere),
                None => return Err(unknown()),
            },
            [Some(one), None] | [None, Some(one)] => one,
            [None, None] => {
                // Where the reciprocal goes to 0, it grows beyond all bounds.
                let inverse = self.engine.pool.power(body, Pool::MINUS_ONE);
                let sides = self.sides(inverse, (symbol, to), is_left)?;
                let known: Vec<ExprId> = sides.into_iter().flatten().collect();
                let is_infinite =
                    !known.is_empty() && known.iter().all(|side| *side == Pool::ZERO);
                return match is_infinite {
                    true => Ok(Content::Nowhere),
                    false => Err(unknown()),
                };
            }
        };
        let value = self.engine.simplify(value)?;
        let values = vec![Value::Found(value)];
        Ok(Content::Values { values, is_vector: false, is_open: true, equation: None })
    }

    /// What a function is near on the left and on the right of a value, where that is known.
    fn sides(
        &mut self,
        body: ExprId,
        variable: (ExprId, ExprId),
        is_left: Option<bool>,
    ) -> Result<[Option<ExprId>; 2]> {
        let found = self.engine.both_sides(body, variable, 0)?;
        let Some(found) = found else { return Ok([None; 2]) };
        Ok([true, false].map(|left| {
            let is_wanted = is_left.is_none_or(|wanted| wanted == left);
            found.derivative_on(usize::from(!left), 0).filter(|_| is_wanted)
        }))
    }

    /// What is said of a line that has no value, as a limit that is infinite.
    pub(in crate::session) fn nowhere(&self, at: usize) -> Result<OwnLine> {
        let mut line = OwnLine::empty();
        let thread = &self.threads[at];
        let right = thread.right.as_ref().and_then(|right| right.values.first());
        let last = thread.last.as_ref();
        line.before = last.map(|(number, _)| *number);
        let before = last.and_then(|(_, content)| match content {
            Content::Values { values, .. } => values.first(),
            _ => None,
        });
        let Some(value) = before.or(right) else { return Ok(line) };
        let left = self.written(value.id())?;
        let right = "undefined".to_owned();
        let witness = Witness { point: Vec::new(), left, right, difference: None };
        let verdict = Verdict::Different(witness);
        line.decision = Some(Decision { verdict, known: "a limit".to_owned() });
        line.follows = Some(false);
        Ok(line)
    }

    /// A text with names for the function of the question at what moves: `f(x + h)`.
    fn with_calls(&mut self, mut text: String, place: Place<'_>) -> Result<String> {
        let variables = self.ground.asked.question.derivatives().concat();
        let ([root], [variable]) = (&self.ground.asked.formula.roots[..], &variables[..])
        else {
            return Ok(text);
        };
        let (root, variable) = (*root, self.engine.pool.symbol(variable));
        let Some(moving) = place.moving else { return Ok(text) };
        let mut called: Vec<(ExprId, &str)> = Vec::new();
        for name in self.functions.clone() {
            let sign = format!("{name}(");
            let mut from = 0;
            while let Some(at) = text[from..].find(&sign).map(|at| from + at) {
                let open = at + name.len();
                from = open + 1;
                let is_part = |c: char| c.is_alphanumeric() || matches!(c, '\\' | '_');
                let Some(close) = closing(&text[open..]).map(|end| open + end) else {
                    break;
                };
                let argument = text[from..close].to_owned();
                if text[..at].ends_with(is_part) || !has_word(&argument, moving) {
                    continue;
                }
                let argument = self.one_value(&argument, place)?;
                let put = [(variable, argument)];
                let value =
                    self.engine.pool.substitute(&[root], &put, function::apply)[0];
                let is_free = |name: &&&str| {
                    !is_known(self.ground.asked.known, name)
                        && !self.definitions.iter().any(|(known, ..)| known == **name)
                };
                let again = called.iter().find(|(known, _)| *known == value);
                let fresh = match again {
                    Some((_, name)) => *name,
                    None => CALLED.iter().find(is_free).copied().ok_or_else(|| {
                        refused(format!("there are too many values of `{name}`"))
                    })?,
                };
                let spelled = spelled(fresh, self.is_latex(&text, place));
                text.replace_range(at..=close, &spelled);
                from = at + spelled.len();
                if !called.iter().any(|(known, _)| *known == value) {
                    called.push((value, fresh));
                    self.remember(fresh, value);
                }
            }
        }
        Ok(text)
    }

    /// The value of a text that is one formula.
    fn one_value(&mut self, text: &str, place: Place<'_>) -> Result<ExprId> {
        match self.read_at(text, place)? {
            Content::Values { values, is_vector: false, .. } if values.len() == 1 => {
                Ok(values[0].id())
            }
            _ => Err(refused(format!("`{text}` is not one formula"))),
        }
    }
}
