//! Lines of a derivation as what they say: derivatives that are still to be taken are taken,
//! names that it defines are put in, equations are solved for the derivative.

use super::super::answers::answer::{Asked, is_known};
use super::super::engine::Form;
use super::super::formula::{Formula, Settings};
use super::judge::{Content, Judge, Value};
use crate::error::{ErrorKind, Result};
use crate::function;
use crate::kernel::{ExprId, Pool, is_same_name};
use crate::print::{self, Notation};
use crate::syntax::{
    Derivation, Inert, Input, Item, Reach, Row, Undone, components, inert, limit,
    without_dependence,
};
use std::rc::Rc;

/// How deep derivatives that are still to be taken may stand in one another.
const DEPTH: usize = 3;
/// The name of the derivative in an equation, and the beginning of the names of others.
pub(in crate::session) const FRESH: [&str; 4] = ["zeta", "xi", "eta", "chi"];

/// A text in which derivatives have names, with what these stand for.
struct Named {
    text: String,
    set: Vec<(String, String)>,
    is_open: bool,
}

/// Where a formula stands.
#[derive(Clone, Copy)]
pub(in crate::session) struct Place<'s> {
    /// The place of its lines.
    pub(in crate::session) at: usize,
    pub(in crate::session) reach: Reach,
    pub(in crate::session) settings: &'s Settings,
    /// The name of the derivative of this order in an equation.
    pub(in crate::session) slope: Option<(&'static str, usize)>,
    /// What stands for the differential of the variable in an equation.
    pub(in crate::session) step: Option<&'static str>,
    /// Whether derivatives are what wrong lines say that they are.
    pub(in crate::session) claimed: bool,
    /// The name that moves under a limit.
    pub(in crate::session) moving: Option<&'s str>,
    pub(in crate::session) depth: usize,
}

impl<'s> Place<'s> {
    /// A formula of these lines.
    pub(in crate::session) fn new(at: usize, settings: &'s Settings) -> Self {
        let (reach, slope, step) = (Reach::Term, None, None);
        let (claimed, moving, depth) = (false, None, 0);
        Self { at, reach, settings, slope, step, claimed, moving, depth }
    }
}

pub(in crate::session) fn refused(what: String) -> crate::error::Error {
    ErrorKind::InvalidAnswer(what).into()
}

/// Whether a name stands in a text on its own.
pub(in crate::session) fn has_word(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let behind = text[at + name.len()..].chars().next();
        let is_of_word = |c: char| c.is_alphabetic() || c == '\\' || c == '_';
        !before.is_some_and(is_of_word) && !behind.is_some_and(|c| c.is_alphabetic())
    })
}

impl Judge<'_, '_> {
    /// What a formula says.
    pub(in crate::session) fn read_line(
        &mut self,
        at: usize,
        text: &str,
        reach: Reach,
        settings: &Settings,
    ) -> Result<Content> {
        self.read_at(text, Place { reach, ..Place::new(at, settings) })
    }

    /// Whether a derivative in a formula may end sooner than at the end of its term.
    pub(in crate::session) fn reaches(&self, text: &str) -> bool {
        let known = self.ground.asked.known;
        let [term, factor] = [Reach::Term, Reach::Factor]
            .map(|reach| inert(text, reach, &|name| is_known(known, name)));
        term != factor
    }

    pub(in crate::session) fn read_at(
        &mut self,
        text: &str,
        place: Place<'_>,
    ) -> Result<Content> {
        if place.depth > DEPTH {
            return Err(refused("derivatives stand in one another too often".to_owned()));
        }
        let is_limit = has_word(text, "lim") || text.contains("\\lim");
        if is_limit && !is_known(self.ground.asked.known, "lim") {
            return match limit(text) {
                Some(limit) => self.limit_of(limit, place),
                None => {
                    Err(refused("it is not seen of what the limit is taken".to_owned()))
                }
            };
        }
        let text = self.without_dependences(text);
        let (text, composed) = self.with_compositions(&text, place)?;
        let Named { text, mut set, is_open } = self.named(&text, place)?;
        set.extend(composed);
        for (name, value, _) in &self.definitions {
            if text.contains(name.as_str()) {
                set.push((name.clone(), value.clone()));
            }
        }
        let mut settings = place.settings.clone();
        let asked = self.ground.asked;
        let mut known = asked.known.to_vec();
        known.extend(set.iter().map(|(name, _)| name.clone()));
        known.extend(place.slope.map(|(name, _)| name.to_owned()));
        let free = place.step.into_iter().chain(place.moving);
        known.extend(free.map(str::to_owned));
        settings.known.extend(known.iter().cloned());
        put_in(&mut settings, &set);
        let asked = Asked { known: &known, ..asked };
        let item = Item { formula: &text, ..Item::default() };
        let answer = self.engine.read_item(&item, asked, &settings).map_err(|error| {
            // A place in a text with names that nobody typed says nothing.
            match (is_open, &error.kind) {
                (true, ErrorKind::InvalidAnswer(what)) => {
                    let what = what.split(" (at character").next().unwrap_or(what);
                    refused(what.to_owned())
                }
                _ => error,
            }
        })?;
        let mut values = Vec::with_capacity(answer.components.len());
        // Components that were read together share their formula.
        let mut last: Option<(&Formula, Rc<Formula>)> = None;
        for place in 0..answer.components.len() {
            let Some((formula, root)) = answer.component(place) else { continue };
            let own = match &last {
                Some((before, own)) if std::ptr::eq(*before, formula) => own.clone(),
                _ => Rc::new(formula.clone()),
            };
            last = Some((formula, own.clone()));
            values.push(Value::Typed(own, root));
        }
        let is_vector = answer.is_vector;
        Ok(Content::Values { values, is_vector, is_open, equation: None })
    }

    /// How a formula is read in which names may stand that are defined.
    pub(in crate::session) fn with_definitions(
        &self,
        text: &str,
        settings: &Settings,
    ) -> Settings {
        let formulas = text.lines().map(|line| line.rsplit('=').next().unwrap_or(line));
        let formulas: Vec<&str> = formulas.collect();
        let stands = |name: &str| {
            let is_own = self.functions.iter().any(|own| own == name);
            !is_own && formulas.iter().any(|formula| formula.contains(name))
        };
        let set: Vec<(String, String)> = self
            .definitions
            .iter()
            .filter(|(name, _, _)| stands(name))
            .map(|(name, value, _)| (name.clone(), value.clone()))
            .collect();
        let mut settings = settings.clone();
        put_in(&mut settings, &set);
        settings
    }

    /// A text in which names do not say on what they depend.
    fn without_dependences(&self, text: &str) -> String {
        let mut text = text.to_owned();
        let names = self.definitions.iter().map(|(name, _, _)| name.as_str());
        let names = names.chain(self.ground.along.map(|along| along.of.as_str()));
        let variables = self.ground.asked.question.derivatives().concat();
        for name in names {
            for variable in &variables {
                text = without_dependence(&text, name, variable).into_owned();
            }
        }
        text
    }

    /// A text with names for the derivatives in it that are still to be taken.
    fn named(&mut self, text: &str, place: Place<'_>) -> Result<Named> {
        let known = self.ground.asked.known;
        let marks = inert(text, place.reach, &|name| is_known(known, name));
        let mut found = Named { text: String::new(), set: Vec::new(), is_open: false };
        let is_latex = self.is_latex(text, place);
        let wanted = self.ground.asked.question.derivatives();
        let parts = components(text).filter(|parts| parts.len() == wanted.len());
        let start = |part: &str| part.as_ptr() as usize - text.as_ptr() as usize;
        let mut from = 0;
        for mut mark in marks {
            let between = self.with_steps(&text[from..mark.start], place, is_latex);
            found.text.push_str(&between);
            from = mark.end;
            // Each component of a gradient is a derivative in a variable of its own.
            if let Some(parts) = parts.as_ref().filter(|_| mark.wrt.is_empty())
                && let Some(at) = parts.iter().rposition(|part| start(part) <= mark.start)
                && let [name] = &wanted[at][..]
            {
                mark.wrt = vec![name.clone(); mark.order];
            }
            let (front, name, value) = self.taken(&mark, place, found.set.len())?;
            found.text.push_str(&front);
            found.text.push_str(&spelled(&name, is_latex));
            if let Some(value) = value {
                found.is_open = true;
                found.set.push((name, value));
            }
        }
        found.text.push_str(&self.with_steps(&text[from..], place, is_latex));
        Ok(found)
    }

    /// Whether a formula is LaTeX.
    pub(in crate::session) fn is_latex(&self, text: &str, place: Place<'_>) -> bool {
        place.settings.input_of(text) == Input::Latex
    }

    /// A derivative that was still to be taken: the letters before it, its name, and what that
    /// stands for, unless it is the derivative for which an equation is solved.
    fn taken(
        &mut self,
        mark: &Inert<'_>,
        place: Place<'_>,
        count: usize,
    ) -> Result<(String, String, Option<String>)> {
        let fresh = format!("{}{}", FRESH[1], count + 1);
        let sequence = self.sequence(mark, place.at)?;
        let name = match &mark.of {
            Undone::Formula(text) => {
                let value = self.slope(text, &sequence, place)?;
                return Ok((String::new(), fresh, Some(self.written(value)?)));
            }
            Undone::Name(name) => name.clone(),
        };
        // `uv'` is a product.
        let starts = name.char_indices().map(|(at, _)| at);
        let along = self.ground.along;
        let is_own = |name: &str| {
            self.functions.iter().any(|own| is_same_name(own, name))
                || along.is_some_and(|along| is_same_name(&along.of, name))
        };
        let is_defined = |name: &str| {
            self.definitions.iter().any(|(known, _, _)| is_same_name(known, name))
        };
        let known = self.ground.asked.known;
        let start = starts
            .into_iter()
            .find(|at| {
                let name = &name[*at..];
                is_own(name) || is_defined(name) || is_known(known, name)
            })
            .ok_or_else(|| {
                refused(format!("it is not said what `{name}` in `{name}'` is"))
            })?;
        let (front, name) = (name[..start].to_owned(), &name[start..]);
        let inner = mark.wrt.iter().find_map(|wrt| self.inner(wrt));
        let inner =
            inner.or_else(|| self.inner_of_argument(name, mark.argument.as_deref()?));
        if place.claimed
            && place.slope.is_none_or(|(_, order)| order != mark.order)
            && let Some(value) = self.claimed(name, inner.as_deref(), mark.order)
        {
            let value = self.at_argument(value, mark.argument.as_ref());
            return Ok((front, fresh, Some(self.written(value)?)));
        }
        if let Some(inner) = inner {
            let name = name.to_owned();
            let found = self.slopes_in(&name, mark.order, &inner)?;
            let value = found.first().copied();
            let value = value.ok_or_else(|| refused(unsaid(&name)))?;
            return Ok((front, fresh, Some(self.written(value)?)));
        }
        if is_own(name) {
            if let Some((slope, order)) = place.slope
                && order == mark.order
            {
                return Ok((front, slope.to_owned(), None));
            }
            let order = self.threads.get(place.at).map_or(0, |thread| thread.order);
            if mark.order >= order {
                let what = format!("`{name}'` stands in its own formula");
                return Err(refused(what));
            }
            let value = match along {
                Some(along) => {
                    let formula = self.ground.asked.formula;
                    self.engine.along_curve(formula, along, mark.order as u32)?
                }
                None => {
                    let formula = self.ground.asked.formula;
                    self.derivative(formula, 0, &sequence)?
                }
            };
            let value = self.at_argument(value, mark.argument.as_ref());
            return Ok((front, fresh, Some(self.written(value)?)));
        }
        let text =
            match self.definitions.iter().find(|(known, _, _)| is_same_name(known, name))
            {
                Some((_, text, _)) => text.clone(),
                None => name.to_owned(),
            };
        let plain = Settings { input: None, ..place.settings.clone() };
        let value = self.slope(&text, &sequence, Place { settings: &plain, ..place })?;
        let value = self.at_argument(value, mark.argument.as_ref());
        Ok((front, fresh, Some(self.written(value)?)))
    }

    /// A derivative at what stands in brackets behind its name, where that is a name that is
    /// defined: `h'(g)`.
    pub(in crate::session) fn at_argument(
        &mut self,
        value: ExprId,
        argument: Option<&String>,
    ) -> ExprId {
        let Some(argument) = argument else { return value };
        let known = self.ground.asked.question.derivatives().concat();
        let inner = self.definitions.iter().find(|(name, _, _)| name == argument);
        let (Some((_, _, inner)), [variable, rest @ ..]) = (inner, &known[..]) else {
            return value;
        };
        if rest.iter().any(|other| other != variable) {
            return value;
        }
        let put = [(self.engine.pool.symbol(variable), *inner)];
        self.engine.pool.substitute(&[value], &put, function::apply)[0]
    }

    /// A text with names for the differentials in it, where an equation is read.
    fn with_steps(&self, text: &str, place: Place<'_>, is_latex: bool) -> String {
        let (Some(step), Some((slope, _)), Some(along)) =
            (place.step, place.slope, self.ground.along)
        else {
            return text.to_owned();
        };
        let [step, slope] = [step, slope].map(|name| spelled(name, is_latex));
        let text = with_differential(text, &along.of, &format!(" ({slope} {step}) "));
        with_differential(&text, &along.wrt, &step)
    }

    /// The variables of a derivative, one after the other.
    fn sequence(&self, mark: &Inert<'_>, at: usize) -> Result<Vec<String>> {
        if !mark.wrt.is_empty() {
            return Ok(mark.wrt.clone());
        }
        let label = self.threads.get(at).and_then(|thread| thread.variable());
        let mut names = self.ground.asked.question.derivatives().concat();
        names.dedup();
        let name = match (label, &names[..]) {
            (Some(name), _) => name,
            (None, [name]) => name.clone(),
            _ => {
                let what = "it is not said in which variable a prime differentiates";
                return Err(refused(what.to_owned()));
            }
        };
        Ok(vec![name; mark.order])
    }

    /// A derivative of what somebody wrote.
    fn slope(
        &mut self,
        text: &str,
        sequence: &[String],
        place: Place<'_>,
    ) -> Result<ExprId> {
        let inner = Place { depth: place.depth + 1, ..place };
        let Content::Values { values, .. } = self.read_at(text, inner)? else {
            return Err(refused(format!("`{text}` is no formula")));
        };
        let [Value::Typed(formula, root)] = &values[..] else {
            return Err(refused(format!("`{text}` is not one formula")));
        };
        let own = self.derivative(formula, *root, sequence)?;
        let on_curve =
            self.threads.get(place.at).is_none_or(|thread| thread.is_on_curve());
        let Some(along) = self.ground.along.filter(|_| on_curve) else { return Ok(own) };
        // What an equation determines depends on the variable too.
        let of = self.engine.pool.symbol(&along.of);
        if !self.engine.pool.may_depend(formula.roots[*root], of) {
            return Ok(own);
        }
        let [variable] = sequence else {
            let what = "a higher derivative of what an equation determines";
            return Err(refused(format!("{what} is still to be taken")));
        };
        if !is_same_name(variable, &along.wrt) {
            return Err(refused(format!("`{text}` is differentiated in `{variable}`")));
        }
        let partial = self.derivative(formula, *root, std::slice::from_ref(&along.of))?;
        let slope = match place.slope {
            Some((name, 1)) => self.engine.pool.symbol(name),
            _ => self.engine.along_curve(self.ground.asked.formula, along, 1)?,
        };
        let pool = &mut self.engine.pool;
        let inner = pool.product(&[partial, slope]);
        Ok(pool.sum(&[own, inner]))
    }

    /// A derivative that is compared with an independent path.
    pub(in crate::session) fn derivative(
        &mut self,
        formula: &Formula,
        root: usize,
        sequence: &[String],
    ) -> Result<ExprId> {
        let found = self.engine.mixed(formula, sequence, Form::Auto)?;
        let value = found.partials.first().and_then(|partial| partial.values.get(root));
        Ok(value.copied().unwrap_or(Pool::UNDEFINED))
    }

    /// The derivative of what somebody wrote, with the function and the variables.
    pub(in crate::session) fn slope_of(
        &mut self,
        text: &str,
        wrt: Option<String>,
        order: usize,
    ) -> Result<(ExprId, ExprId, Vec<String>)> {
        let wrt = wrt.map_or_else(Vec::new, |name| vec![name; order]);
        let of = Undone::Formula(text);
        let mark = Inert { start: 0, end: 0, of, wrt, order, argument: None };
        let sequence = self.sequence(&mark, usize::MAX)?;
        let place = Place::new(usize::MAX, self.settings);
        let value = self.slope(text, &sequence, place)?;
        let Content::Values { values, .. } = self.read_at(text, place)? else {
            return Err(refused(format!("`{text}` is no formula")));
        };
        let function = values.first().map_or(Pool::UNDEFINED, Value::id);
        Ok((value, function, sequence))
    }

    pub(in crate::session) fn written(&self, value: ExprId) -> Result<String> {
        print::write(&self.engine.pool, value, Notation::Text)
    }

    /// Remembers what a name stands for, where all that it is made of is known.
    pub(in crate::session) fn define(&mut self, name: &str, text: &str) {
        let line = self.read_line(usize::MAX, text, Reach::Term, self.settings);
        let Ok(Content::Values { values, .. }) = line else { return };
        let [value] = &values[..] else { return };
        let id = value.id();
        let variables = self.engine.variables(&[id]);
        if variables.iter().all(|name| is_known(self.ground.asked.known, name)) {
            self.remember(name, id);
        }
    }

    /// Remembers what a name stands for.
    pub(in crate::session) fn remember(&mut self, name: &str, value: ExprId) {
        if let Ok(text) = self.written(value) {
            self.definitions.push((name.to_owned(), text, value));
        }
    }

    /// Whether a name stands in a formula of a derivation, or in the name of a derivative.
    pub(in crate::session) fn is_used(
        &self,
        name: &str,
        derivation: &Derivation,
    ) -> bool {
        let sides = derivation.rows.iter().flat_map(|row| &row.sides);
        let is_differentiated = |row: &Row| {
            row.label.as_ref().is_some_and(|label| {
                !label.is_value()
                    && (label.function.as_deref() == Some(name)
                        || label.wrt.iter().any(|other| other == name))
            })
        };
        sides.into_iter().any(|side| has_word(&side.text, name))
            || derivation.rows.iter().any(is_differentiated)
    }
}

/// That nothing is known of a name.
pub(in crate::session) fn unsaid(name: &str) -> String {
    format!("it is not said what `{name}` is")
}

/// A name in a text.
pub(in crate::session) fn spelled(name: &str, is_latex: bool) -> String {
    match is_latex {
        true => format!(" \\{} ", with_braces(name)),
        false => format!(" {name} "),
    }
}

/// Where the differentials of a name stand in a text.
pub(in crate::session) fn differentials(text: &str, name: &str) -> Vec<usize> {
    let sign = format!("d{name}");
    let is_end = |c: char| !c.is_alphanumeric() && !matches!(c, '_' | '\'' | '/');
    let found = text.match_indices(&sign).filter(|(at, _)| {
        let before = text[..*at].chars().next_back();
        text[at + sign.len()..].chars().next().is_none_or(is_end)
            && !before.is_some_and(|c| matches!(c, '\\' | '_' | '/' | '{'))
    });
    found.map(|(at, _)| at).collect()
}

/// A text in which something else stands for the differentials of a name.
fn with_differential(text: &str, name: &str, put: &str) -> String {
    let mut found = text.to_owned();
    for at in differentials(text, name).into_iter().rev() {
        found.replace_range(at..at + 1 + name.len(), put);
    }
    found
}

/// Puts formulas in for names.
fn put_in(settings: &mut Settings, set: &[(String, String)]) {
    for (name, value) in set {
        if !settings.set.is_empty() {
            settings.set.push_str(", ");
        }
        settings.set.push_str(&format!("{name}=({value})"));
    }
}

/// A name with its number as an index of LaTeX.
fn with_braces(name: &str) -> String {
    let letters = name.trim_end_matches(|c: char| c.is_ascii_digit());
    match &name[letters.len()..] {
        "" => letters.to_owned(),
        digits => format!("{letters}_{{{digits}}}"),
    }
}
