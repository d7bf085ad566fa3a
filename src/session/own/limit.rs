//! Limits in lines of a derivation, as in the definition of the derivative: taken by the series
//! on both sides.

use super::super::answers::answer::is_known;
use super::judge::{Content, Judge, Value};
use super::reading::{Place, has_word, refused, spelled};
use crate::error::Result;
use crate::function;
use crate::kernel::ExprId;
use crate::syntax::Limit;

/// How many limits of a derivation are taken; a line may be read several times.
const MOST: usize = 100;
/// Names for the function at what moves.
const CALLED: [&str; 4] = ["upsilon", "tau", "iota", "kappa"];

/// Where the bracket closes with which a text begins.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    for (at, sign) in text.char_indices() {
        match sign {
            '(' => depth += 1,
            ')' if depth == 1 => return Some(at),
            ')' => depth = depth.checked_sub(1)?,
            _ => {}
        }
    }
    None
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
        let to = self.one_value(limit.to, inner)?;
        let symbol = self.engine.pool.symbol(limit.name);
        let found = self.engine.both_sides(body, (symbol, to), 0)?;
        let unknown = || refused(format!("no limit is found of `{}`", limit.body));
        let found = found.ok_or_else(unknown)?;
        let sides = [true, false].map(|is_left| {
            let is_wanted = limit.is_left.is_none_or(|left| left == is_left);
            found.derivative_on(usize::from(!is_left), 0).filter(|_| is_wanted)
        });
        let value = match sides {
            [Some(left), Some(right)] => match self.engine.is_same(left, right)? {
                Some(true) => right,
                _ => return Err(unknown()),
            },
            [Some(one), None] | [None, Some(one)] => one,
            [None, None] => return Err(unknown()),
        };
        let value = self.engine.simplify(value)?;
        let values = vec![Value::Found(value)];
        Ok(Content::Values { values, is_vector: false, is_open: true, equation: None })
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
                let Some(fresh) = CALLED.iter().find(is_free) else { break };
                let spelled = spelled(fresh, self.is_latex(&text, place));
                text.replace_range(at..=close, &spelled);
                from = at + spelled.len();
                let written = self.written(value)?;
                self.definitions.push(((*fresh).to_owned(), written, value));
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
