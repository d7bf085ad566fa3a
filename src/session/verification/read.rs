//! From the parts of an answer to typed values.

use super::super::answers::answer::{Answer, REMAINDER, is_known};
use super::super::answers::spelling::{as_meant, with_products};
use super::super::engine::{Engine, Form};
use super::super::formula::{Formula, Settings};
use super::region::{End, Region};
use super::value::{Based, Congruence, Is, Part, Sign, Value};
use super::{Pair, Party, Terms, Unreadable, names};
use crate::check::Verdict;
use crate::error::{Error, ErrorKind, Note, Result};
use crate::function;
use crate::kernel::{ExprId, Pool};
use crate::syntax::{self, Content, Contents, Input, Item, Order};
use std::rc::Rc;

/// The most values that a list may have.
const MANY: usize = 64;

impl Engine {
    /// Reads both sides; what is a variable in one is no function in the other.
    pub(super) fn read_pair(
        &mut self,
        sides: &[Contents; 2],
        terms: &Terms,
    ) -> std::result::Result<Pair, Box<Unreadable>> {
        let mut settings = terms.settings.clone();
        let unreadable = |party, error| Box::new(Unreadable { party, error });
        let mut gold = match self.read_side_of(&sides[0], &settings) {
            Ok(gold) => gold,
            // Names that run together may be known from the other side.
            Err(error) => {
                let answer = self.read_side_of(&sides[1], &settings);
                let answer = answer.unwrap_or_default();
                settings.known = names::of_labels(&answer, self.names_of(&answer));
                self.read_side_of(&sides[0], &settings)
                    .map_err(|_| unreadable(Party::Gold, error))?
            }
        };
        let known = self.names_of(&gold);
        settings.known.clone_from(&known);
        let mut answer = self
            .read_side_of(&sides[1], &settings)
            .map_err(|error| unreadable(Party::Answer, error))?;
        let more = self.names_of(&answer);
        let mut letters = turned(&known, &more);
        if letters.is_empty() {
            letters = names::apart([&gold, &answer], [&known, &more]);
        }
        if !letters.is_empty() {
            settings.known = letters;
            let again = sides.each_ref().map(|side| self.read_side_of(side, &settings));
            if let [Ok(first), Ok(second)] = again {
                (gold, answer) = (first, second);
            }
        } else if more.iter().any(|name| !known.contains(name)) {
            settings.known = more;
            gold = self
                .read_side_of(&sides[0], &settings)
                .map_err(|error| unreadable(Party::Gold, error))?;
        }
        let notes = sides.each_ref().map(|side| side.notes.clone());
        let whole = sides.each_ref().map(|side| side.whole.clone());
        Ok(Pair { sides: [gold, answer], whole, notes })
    }

    /// Reads both sides with names that are known.
    pub(super) fn read_pair_of(
        &mut self,
        sides: &[Contents; 2],
        known: Vec<String>,
        terms: &Terms,
    ) -> Option<Pair> {
        let settings = Settings { known, ..terms.settings.clone() };
        let gold = self.read_side_of(&sides[0], &settings).ok()?;
        let answer = self.read_side_of(&sides[1], &settings).ok()?;
        let notes = sides.each_ref().map(|side| side.notes.clone());
        let whole = sides.each_ref().map(|side| side.whole.clone());
        Some(Pair { sides: [gold, answer], whole, notes })
    }

    /// The variables of what was read.
    pub(super) fn names_of(&self, values: &[Value]) -> Vec<String> {
        let mut roots = Vec::new();
        let mut waiting: Vec<&Value> = values.iter().collect();
        while let Some(value) = waiting.pop() {
            match value {
                Value::Formula(part) | Value::Quantity(part, ..) => roots.push(part.id()),
                Value::Equation(formula) => roots.extend(&formula.roots),
                Value::Tuple(list)
                | Value::Set(list)
                | Value::List(list)
                | Value::Values(list) => waiting.extend(list),
                Value::Named(_, value) => waiting.push(value),
                Value::Inequalities(signs) => roots.extend(signs.iter().map(|s| s.gap)),
                Value::Congruence(Congruence { of, rest, modulus }) => {
                    roots.extend(of.iter().chain([rest, modulus]).map(|part| part.id()));
                }
                _ => {}
            }
        }
        self.variables(&roots)
    }

    /// All ways to read one side that can be read to their end.
    fn read_side_of(
        &mut self,
        side: &Contents,
        settings: &Settings,
    ) -> Result<Vec<Value>> {
        let mut found = Vec::new();
        let mut refused = None;
        for content in &side.readings {
            match self.value_of(content, settings) {
                Ok(value) => found.push(value),
                Err(error) => {
                    self.pool.take_failure();
                    refused.get_or_insert(error);
                }
            }
        }
        let nothing = || Error::from(ErrorKind::EmptyExpression);
        match found.is_empty() {
            true => Err(refused.unwrap_or_else(nothing)),
            false => Ok(found),
        }
    }

    fn value_of(&mut self, content: &Content, settings: &Settings) -> Result<Value> {
        Ok(match content {
            Content::Formula(text) => self.formula_value(text, settings)?,
            Content::Tuple(list) => Value::Tuple(self.values_of(list, settings)?),
            Content::Set(list) => Value::Set(self.values_of(list, settings)?),
            Content::List(list) => Value::List(self.values_of(list, settings)?),
            Content::Values(list) => Value::Values(self.values_of(list, settings)?),
            Content::Named(label, inner) => {
                if let (Some(name), Content::Formula(text)) =
                    (names::product(label, &settings.known), &**inner)
                {
                    return self.equation_value(&[name, text.clone()], settings);
                }
                let value = match &**inner {
                    // What stands between a name and the last side is how it was found.
                    Content::Equals(sides) => {
                        let (notes, refuted) = self.sides_must_agree(sides, settings)?;
                        let last = sides.last().map_or("", String::as_str);
                        let mut value = self.formula_value(last, settings)?;
                        if let Value::Formula(part) = &mut value {
                            Rc::make_mut(&mut part.formula).notes.extend(notes);
                            part.refuted = refuted;
                        }
                        value
                    }
                    inner => self.value_of(inner, settings)?,
                };
                let value = match value {
                    Value::Region(region, None) => {
                        Value::Region(region, label.function.clone())
                    }
                    value => value,
                };
                Value::Named(label.clone(), Box::new(value))
            }
            Content::Near(inner, decimals) => {
                let value = self.value_of(inner, settings)?;
                self.beside_decimals(value, decimals, settings)?
            }
            Content::Equals(sides) => self.equation_value(sides, settings)?,
            Content::Interval { ends, closed } => {
                let mut read = [None, None];
                for (end, text) in read.iter_mut().zip(ends) {
                    if let Some(text) = text {
                        *end = Some(self.part(text, settings)?.id());
                    }
                }
                let [low, high] = read;
                if let (Some(low), Some(high)) = (low, high) {
                    self.must_ascend(low, high, *closed)?;
                }
                let [first, second] = *closed;
                let low = low.map(|at| End { at, is_closed: first });
                let high = high.map(|at| End { at, is_closed: second });
                Value::Region(Region::Interval(low, high), None)
            }
            Content::Inequality(sides, orders) => {
                self.inequality_value(sides, orders, settings)?
            }
            Content::Union(parts) => {
                self.joined_region(parts, settings, Region::Union)?
            }
            Content::Meet(parts) => self.joined_region(parts, settings, Region::Meet)?,
            Content::Quantity(text, unit) => {
                let part = self.part(text, settings)?;
                let plain = Settings { input: Some(Input::Text), ..Settings::default() };
                let factor = self.read(&unit.factor, &plain)?.roots[0];
                Value::Quantity(Box::new(part), unit.clone(), factor)
            }
            Content::Based { value, digits, base } => Value::Based(Based {
                value: Box::new(self.part(value, settings)?),
                digits: digits.clone(),
                base: *base,
            }),
            Content::Congruence { of, rest, modulus } => {
                let of = of.as_ref().map(|of| self.part(of, settings)).transpose()?;
                Value::Congruence(Congruence {
                    of: of.map(Box::new),
                    rest: Box::new(self.part(rest, settings)?),
                    modulus: Box::new(self.part(modulus, settings)?),
                })
            }
            Content::Infinity { is_negative } => Value::Infinity(*is_negative),
            Content::Choice(letter) => Value::Choice(*letter),
            Content::Words(words) => Value::Words(words.clone()),
            Content::Unclear(what) => return Err(refused(what.clone())),
            Content::Refused(what) => {
                return Err(refused(format!("{what} is not read here")));
            }
        })
    }

    fn values_of(&mut self, list: &[Content], settings: &Settings) -> Result<Vec<Value>> {
        if list.len() > MANY {
            return Err(refused(format!("more than {MANY} values")));
        }
        list.iter().map(|content| self.value_of(content, settings)).collect()
    }

    /// A formula; a vector of a programming language is a tuple.
    fn formula_value(&mut self, text: &str, settings: &Settings) -> Result<Value> {
        let part = self.part_or_vector(text, settings)?;
        if !part.formula.is_vector {
            return Ok(Value::Formula(Box::new(part)));
        }
        let entries = (0..part.formula.roots.len())
            .map(|root| Value::Formula(Box::new(Part { root, ..part.clone() })));
        Ok(Value::Tuple(entries.collect()))
    }

    /// One formula.
    pub(super) fn part(&mut self, text: &str, settings: &Settings) -> Result<Part> {
        let part = self.part_or_vector(text, settings)?;
        match part.formula.is_vector {
            true => Err(refused(format!("`{text}` is a vector"))),
            false => Ok(part),
        }
    }

    fn part_or_vector(&mut self, text: &str, settings: &Settings) -> Result<Part> {
        let settings = &settings.within(text);
        let mut found = self.read(text, settings).and_then(|formula| {
            formula.one_answer()?;
            Ok(formula)
        });
        if found.is_err()
            && let Some((product, message)) = with_products(text)
            && let Ok(mut formula) = self.read(&product, settings)
            && formula.one_answer().is_ok()
        {
            formula.notes.push(Note { message, span: None });
            found = Ok(formula);
        }
        if found.is_err() && matches!(settings.input, None | Some(Input::Text)) {
            let meant = as_meant(text, &settings.known);
            if !meant.split.is_empty()
                && let Ok(mut formula) = self.read(&meant.text, settings)
                && formula.one_answer().is_ok()
            {
                let said = meant.split.into_iter();
                formula.notes.extend(said.map(|message| Note { message, span: None }));
                found = Ok(formula);
            }
        }
        let mut part = match found {
            Ok(formula) => Part::of(formula, text),
            Err(error) => self.without_tail(text, settings, error)?,
        };
        let notes = &part.formula.notes;
        if let Some(note) = notes.iter().find(|note| note.message.contains(REMAINDER)) {
            return Err(ErrorKind::InvalidAnswer(note.message.clone()).into());
        }
        // Names that run together and stand on this side only are products.
        let is_text = matches!(settings.input, None | Some(Input::Text));
        let is_stray =
            |name: &String| name.chars().count() > 1 && !is_known(&settings.known, name);
        if is_text && self.variables(&part.formula.roots).iter().any(is_stray) {
            let meant = as_meant(text, &settings.known);
            if !meant.split.is_empty()
                && let Ok(mut formula) = self.read(&meant.text, settings)
            {
                let said = meant.split.into_iter();
                formula.notes.extend(said.map(|message| Note { message, span: None }));
                part.formula = Rc::new(formula);
            }
        }
        Ok(part)
    }

    /// A formula without what stands behind it and is no part of it.
    fn without_tail(
        &mut self,
        text: &str,
        settings: &Settings,
        error: Error,
    ) -> Result<Part> {
        let is_name = |name: &str| is_known(&settings.known, name);
        let stated = syntax::stated(text, &is_name);
        let [item] = &stated.items[..] else { return Err(error) };
        let is_whole = item.label.is_none() && item.before.is_empty();
        if !is_whole || item.formula == text {
            return Err(error);
        }
        let Ok(mut formula) = self.read(item.formula, settings) else {
            return Err(error);
        };
        let said = stated.notes.iter().cloned();
        formula.notes.extend(said.map(|message| Note { message, span: None }));
        Ok(Part::of(formula, item.formula))
    }

    /// Formulas with signs of equality between them: the last one, where they are proved to be
    /// equal, else an equation.
    fn equation_value(&mut self, sides: &[String], settings: &Settings) -> Result<Value> {
        let parts: Result<Vec<Part>> =
            sides.iter().map(|side| self.part(side, settings)).collect();
        let mut parts = parts.map_err(|error| error.in_answer(&sides.join(" = ")))?;
        let mut are_equal = true;
        for pair in parts.windows(2) {
            are_equal &= self.decide_parts(&pair[0], &pair[1])?.verdict.is_equal();
        }
        let text = sides.join(" = ");
        let ids: Vec<ExprId> = parts.iter().map(Part::id).collect();
        let is_constant = self.variables(&ids).is_empty();
        match (are_equal, parts.len()) {
            (true, _) => match parts.pop() {
                Some(last) => Ok(Value::Formula(Box::new(last))),
                None => Err(ErrorKind::EmptyExpression.into()),
            },
            (false, 2) if !is_constant => {
                let mut formula = Formula::clone(&parts[0].formula);
                let gap = self.pool.difference(ids[0], ids[1]);
                formula.roots = vec![gap];
                Ok(Value::Equation(Box::new(formula)))
            }
            _ => Err(refused(format!("the sides of `{text}` are not equal"))),
        }
    }

    /// Refuses an equation where a formula is wanted: what stands before the last `=` and has no
    /// name is equal to the formula behind it, or nothing says which side is meant.
    pub(in crate::session) fn sides_are_equal(
        &mut self,
        item: &Item<'_>,
        answer: &Answer,
        settings: &Settings,
    ) -> Result<()> {
        for before in &item.before {
            // What cannot be read, or not be compared, may be how the last side was found.
            let Ok(side) = self.read(before, settings) else {
                self.pool.take_failure();
                continue;
            };
            let judgement = self.equal_answers(&Answer::of(side), answer)?;
            let verdict = &judgement.decision.verdict;
            if !verdict.is_equal() && !matches!(verdict, Verdict::Undecided { .. }) {
                let what = format!("`{before}` is not equal to what stands behind it");
                return Err(ErrorKind::InvalidAnswer(what).into());
            }
        }
        Ok(())
    }

    /// Refuses numbers with signs of equality between them that are not equal; what has
    /// variables in it may be how the last side was found, of which that is said. Gives also
    /// what is not equal to the last side and has no name that this has not.
    fn sides_must_agree(
        &mut self,
        sides: &[String],
        settings: &Settings,
    ) -> Result<(Vec<Note>, Option<Rc<str>>)> {
        let mut last: Option<Part> = None;
        let mut open: Vec<Part> = Vec::new();
        let mut count = 0;
        for side in sides {
            let Ok(part) = self.part(side, settings) else {
                self.pool.take_failure();
                continue;
            };
            if !self.variables(&[part.id()]).is_empty() {
                // A number is not equal to what varies.
                open.extend(last.take());
                open.push(part);
                count = open.len();
                continue;
            }
            if let Some(before) = &last
                && self.decide_parts(before, &part)?.verdict.is_different()
            {
                let text = sides.join(" = ");
                return Err(refused(format!("the sides of `{text}` are not equal")));
            }
            last = Some(part);
        }
        open.truncate(count);
        let (mut notes, mut refuted) = (Vec::new(), None);
        if let Some(last) = open.pop() {
            let names = self.variables(&[last.id()]);
            for side in &open {
                if self.decide_parts(side, &last)?.verdict.is_different() {
                    let text = &side.text;
                    let message =
                        format!("`{text}` is not equal to what stands behind it");
                    notes.push(Note { message, span: None });
                    let own = self.variables(&[side.id()]);
                    if own.iter().all(|name| names.contains(name)) {
                        refuted = Some(text.clone());
                    }
                }
            }
        }
        Ok((notes, refuted))
    }

    fn joined_region(
        &mut self,
        parts: &[Content],
        settings: &Settings,
        join: impl Fn(Vec<Region>) -> Region,
    ) -> Result<Value> {
        let mut name = None;
        let mut regions = Vec::with_capacity(parts.len());
        for part in parts {
            let value = self.value_of(part, settings)?;
            let (region, own) = self
                .as_region(&value)
                .ok_or_else(|| refused("sets that are no intervals".to_owned()))?;
            if own.is_some() && name.is_some() && own != name {
                return Err(refused("inequalities in several variables".to_owned()));
            }
            name = own.or(name);
            regions.push(region);
        }
        Ok(Value::Region(join(regions), name))
    }

    /// A value as a set of real numbers, with the name of the variable in it.
    pub(super) fn as_region(&self, value: &Value) -> Option<(Region, Option<String>)> {
        match value {
            Value::Region(region, name) => Some((region.clone(), name.clone())),
            Value::Set(values) => {
                let points = values.iter().map(|value| match value {
                    Value::Formula(part) => Some(part.id()),
                    _ => None,
                });
                Some((Region::Points(points.collect::<Option<_>>()?), None))
            }
            _ => None,
        }
    }

    /// What formulas with signs of order between them say: where a variable lies, if they can
    /// be solved for one.
    fn inequality_value(
        &mut self,
        sides: &[String],
        orders: &[Order],
        settings: &Settings,
    ) -> Result<Value> {
        // An end at infinity bounds nothing.
        let is_infinite = |text: &String| {
            matches!(&syntax::contents(text, "").readings[..], [Content::Infinity { .. }])
        };
        let (mut from, mut to) = (0, sides.len());
        if sides.len() > 2 {
            from += usize::from(is_infinite(&sides[0]));
            to -= usize::from(is_infinite(&sides[to - 1]));
        }
        let parts: Result<Vec<Part>> =
            sides[from..to].iter().map(|side| self.part(side, settings)).collect();
        let parts = parts?;
        let mut signs = Vec::with_capacity(orders.len());
        for (pair, order) in parts.windows(2).zip(&orders[from..]) {
            let (small, large) = match order.grows() {
                true => (&pair[0], &pair[1]),
                false => (&pair[1], &pair[0]),
            };
            let gap = self.pool.difference(large.id(), small.id());
            let gap = self.simplify(gap)?;
            let is = match order {
                Order::Unequal => Is::NotZero,
                order if order.is_closed() => Is::NotNegative,
                _ => Is::Positive,
            };
            signs.push(Sign { gap, is });
        }
        let gaps: Vec<ExprId> = signs.iter().map(|sign| sign.gap).collect();
        if let [name] = &self.variables(&gaps)[..] {
            let name = name.clone();
            let solved: Result<Vec<Option<Region>>> =
                signs.iter().map(|sign| self.where_it_holds(*sign, &name)).collect();
            if let Some(regions) = solved?.into_iter().collect::<Option<Vec<Region>>>() {
                return Ok(Value::Region(Region::meet(regions), Some(name)));
            }
        }
        Ok(Value::Inequalities(signs))
    }

    /// Where a linear inequality in one variable holds.
    fn where_it_holds(&mut self, sign: Sign, name: &str) -> Result<Option<Region>> {
        let slope = self.derivative(sign.gap, name, Form::Auto, &mut ())?;
        let Some(number) = self.pool.as_number(slope).filter(|n| !n.is_zero()) else {
            return Ok(None);
        };
        let is_rising = number.is_positive();
        let variable = self.pool.symbol(name);
        let at_zero = [(variable, Pool::ZERO)];
        let rest = self.pool.substitute(&[sign.gap], &at_zero, function::apply)[0];
        let quotient = self.pool.quotient(rest, slope);
        let at = self.pool.negate(quotient);
        let at = self.simplify(at)?;
        let end = |is_closed| Some(End { at, is_closed });
        Ok(Some(match (sign.is, is_rising) {
            (Is::NotZero, _) => Region::Union(vec![
                Region::Interval(None, end(false)),
                Region::Interval(end(false), None),
            ]),
            (is, true) => Region::Interval(end(is == Is::NotNegative), None),
            (is, false) => Region::Interval(None, end(is == Is::NotNegative)),
        }))
    }
}

/// Whether two words are the same letters in another order.
pub(super) fn are_turned(word: &str, other: &str) -> bool {
    let sorted = |word: &str| {
        let mut letters: Vec<char> = word.chars().collect();
        letters.sort_unstable();
        letters
    };
    let is_word = word.chars().count() > 1 && word.chars().all(char::is_alphabetic);
    is_word && other != word && sorted(other) == sorted(word)
}

/// The names of both sides, where words in them are the same letters in another order: `xy` and
/// `yx` are products of two.
fn turned(known: &[String], more: &[String]) -> Vec<String> {
    let is_turned = |word: &String, others: &[String]| {
        others.iter().any(|other| are_turned(word, other))
    };
    let mut found: Vec<String> = Vec::new();
    for (names, others) in [(known, more), (more, known)] {
        let words = names.iter().filter(|word| is_turned(word, others));
        found.extend(words.flat_map(|word| word.chars().map(String::from)));
    }
    if !found.is_empty() {
        let is_plain = |name: &&String| {
            let side = if known.contains(name) { more } else { known };
            !is_turned(name, side)
        };
        found.extend(known.iter().chain(more).filter(is_plain).cloned());
    }
    found
}

/// What an answer is that is not read.
pub(super) fn refused(what: String) -> Error {
    ErrorKind::InvalidAnswer(what).into()
}
