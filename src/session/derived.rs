//! Two texts that are equations, compared as such; derivatives that stand in them, as `y'`, are
//! unknowns like any other.

use super::engine::Engine;
use super::formula::{Formula, Settings};
use super::judge::Judgement;
use crate::check::{Decision, Verdict};
use crate::error::{ErrorKind, Note, Result};
use crate::function;
use crate::kernel::{ExprId, GREEK};
use crate::syntax::{Inert, Item, Reach, Undone, inert, stated};

/// What stands for derivatives.
const FRESH: [&str; 6] = ["zeta", "xi", "eta", "chi", "psi", "kappa"];

/// The verdict on two equations.
#[derive(Clone, Debug)]
pub struct Equations {
    /// Whether they say the same.
    pub judgement: Judgement,
    /// What is zero where each holds.
    pub roots: [ExprId; 2],
    /// How they were read.
    pub notes: Vec<Note>,
}

/// A derivative that stands in an equation.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Derived {
    function: String,
    order: usize,
    wrt: Vec<String>,
    argument: Option<String>,
}

/// Two texts in which derivatives have names.
struct Named {
    texts: [String; 2],
    /// For each derivative the name that stands for it, and how it was typed.
    names: Vec<(&'static str, String)>,
    /// Whether both are about derivatives of the same functions.
    is_of_same: bool,
}

impl Engine {
    /// Whether two texts say the same as equations; `None` where they are formulas with labels,
    /// or no equations.
    ///
    /// # Errors
    /// An equation that cannot be read, and limits.
    pub fn equal_as_equations(
        &mut self,
        texts: [&str; 2],
        settings: &Settings,
    ) -> Result<Option<Equations>> {
        let [Some(first), Some(second)] = texts.map(only_item) else { return Ok(None) };
        if !are_equations(&first, &second) {
            return Ok(None);
        }
        let named = Named::of(texts);
        let read = match &named {
            None => self.one_each(texts, settings),
            Some(named) => {
                let mut known = settings.known.clone();
                known.extend(named.names.iter().map(|(fresh, _)| (*fresh).to_owned()));
                let settings = Settings { known, ..settings.clone() };
                self.one_each([&named.texts[0], &named.texts[1]], &settings)
            }
        };
        let pair = match read {
            Ok(pair) => pair,
            Err(error) => {
                let is_relation =
                    |item: &Item<'_>| item.label.is_none() && item.before.len() == 1;
                let differ = first.before != second.before
                    && (is_relation(&first) || is_relation(&second));
                return if differ { Err(error) } else { Ok(None) };
            }
        };
        let [one, other] = &pair;
        let mut notes: Vec<Note> =
            one.notes.iter().chain(&other.notes).cloned().collect();
        let mut roots = [one.roots[0], other.roots[0]];
        let Some(named) = named else {
            let judgement = self.equal_equations(one, other)?;
            return Ok(Some(Equations { judgement, roots, notes }));
        };
        let mut judgement = match named.is_of_same {
            true => self.equal_equations(one, other)?,
            false => {
                let reason =
                    "they are about derivatives of different functions".to_owned();
                let verdict = Verdict::Undecided { reason };
                let known = "neither proved nor refuted".to_owned();
                let mut found = self.equal_equations(one, other)?;
                found.decision = Decision { verdict, known };
                found.components.clear();
                found
            }
        };
        for (fresh, typed) in &named.names {
            let (from, to) = (self.pool.symbol(fresh), self.pool.symbol(typed));
            let put = self.pool.substitute(&roots, &[(from, to)], function::apply);
            roots = [put[0], put[1]];
            for note in &mut notes {
                let command = format!("\\{fresh} ");
                note.message =
                    note.message.replace(&command, typed).replace(fresh, typed);
                note.span = None;
            }
            let components =
                judgement.components.iter_mut().map(|component| &mut component.decision);
            for decision in components.chain([&mut judgement.decision]) {
                if let Verdict::Different(witness) = &mut decision.verdict {
                    for (name, _) in witness.point.iter_mut().filter(|(n, _)| n == fresh)
                    {
                        name.clone_from(typed);
                    }
                }
            }
        }
        Ok(Some(Equations { judgement, roots, notes }))
    }

    /// The equation of each of two texts.
    fn one_each(
        &mut self,
        texts: [&str; 2],
        settings: &Settings,
    ) -> Result<[Formula; 2]> {
        let mut read = Vec::with_capacity(texts.len());
        for text in texts {
            read.extend(self.read_equations(text, settings)?);
        }
        <[Formula; 2]>::try_from(read).map_err(|_| {
            let what = "one equation is compared with several".to_owned();
            ErrorKind::InvalidRequest(what).into()
        })
    }
}

/// What a text is, where that is one formula.
fn only_item(text: &str) -> Option<Item<'_>> {
    let mut items = stated(text, &|_| false).items;
    let is_one = items.len() == 1;
    items.pop().filter(|_| is_one)
}

/// Whether two texts are equations that are compared as such: they have no labels, or labels
/// that differ, of values or of what the other one speaks of.
fn are_equations(first: &Item<'_>, second: &Item<'_>) -> bool {
    let is_equation = |item: &Item<'_>| item.label.is_some() || !item.before.is_empty();
    let is_named = |item: &Item<'_>| {
        item.before.is_empty()
            && item
                .label
                .as_ref()
                .is_some_and(|label| !label.is_value() && label.is_general())
    };
    let is_known = |item: &Item<'_>| {
        item.label.as_ref().is_some_and(|label| label.names_known_function())
    };
    let speaks = |item: &Item<'_>, other: &Item<'_>| {
        let label = other.labelled.trim();
        !label.is_empty() && item.formula.contains(label)
    };
    let is_same = first.label == second.label && first.before == second.before;
    let are_turned =
        first.label != second.label && (speaks(first, second) || speaks(second, first));
    is_equation(first)
        && is_equation(second)
        && !(is_named(first) && is_named(second) && !are_turned)
        && !(is_same && first.before.is_empty() && !is_known(first))
}

impl Named {
    /// Puts names in for the derivatives of two texts; `None` where there are none, or some that
    /// are none of a name.
    fn of(texts: [&str; 2]) -> Option<Self> {
        let marks = texts.map(|text| inert(text, Reach::Factor, &|_| false));
        let mut found: [Vec<Derived>; 2] = [Vec::new(), Vec::new()];
        for (own, marks) in found.iter_mut().zip(&marks) {
            for mark in marks {
                own.push(derived(mark)?);
            }
        }
        // What is the same everywhere tells nothing apart.
        let all = || found.iter().flatten();
        let mut variables: Vec<&String> = all().flat_map(|own| &own.wrt).collect();
        let mut arguments: Vec<&String> =
            all().filter_map(|own| own.argument.as_ref()).collect();
        for names in [&mut variables, &mut arguments] {
            names.sort();
            names.dedup();
        }
        let (one_variable, one_argument) = (variables.len() < 2, arguments.len() < 2);
        for own in found.iter_mut().flatten() {
            if one_variable {
                own.wrt.clear();
            }
            if one_argument {
                own.argument = None;
            }
            own.wrt.sort();
        }
        let functions = |place: usize| {
            let mut names: Vec<&String> =
                found[place].iter().map(|own| &own.function).collect();
            names.sort();
            names.dedup();
            names
        };
        let (ours, theirs) = (functions(0), functions(1));
        let is_of_same = ours.is_empty() || theirs.is_empty() || ours == theirs;
        let mut kinds: Vec<(Derived, &'static str, String)> = Vec::new();
        let mut written: [String; 2] = Default::default();
        for place in 0..texts.len() {
            let (text, mut end) = (texts[place], 0);
            let is_latex = text.contains('\\');
            for (mark, own) in marks[place].iter().zip(&found[place]) {
                let behind = text[mark.end..].trim_start();
                if behind.starts_with('(') || behind.starts_with("\\left(") {
                    return None;
                }
                let start = mark.start + front(&text[mark.start..mark.end]);
                let fresh = match kinds.iter().find(|(kind, ..)| kind == own) {
                    Some((_, fresh, _)) => *fresh,
                    None => {
                        let is_free = |name: &&&str| {
                            kinds.iter().all(|(_, used, _)| used != *name)
                                && texts.iter().all(|text| !text.contains(**name))
                        };
                        let fresh = *FRESH.iter().find(is_free)?;
                        let typed = text[start..mark.end].trim().to_owned();
                        kinds.push((own.clone(), fresh, typed));
                        fresh
                    }
                };
                let own = &mut written[place];
                own.push_str(&text[end..start]);
                own.push_str(match (is_latex, start > mark.start) {
                    (true, _) => " \\",
                    (false, true) => "*",
                    (false, false) => " ",
                });
                own.push_str(fresh);
                own.push(' ');
                end = mark.end;
            }
            written[place].push_str(&text[end..]);
        }
        let names: Vec<(&'static str, String)> =
            kinds.into_iter().map(|(_, fresh, typed)| (fresh, typed)).collect();
        let has_names = !names.is_empty();
        has_names.then_some(Self { texts: written, names, is_of_same })
    }
}

/// What a derivative of a name says; `None` for one of a formula.
fn derived(mark: &Inert<'_>) -> Option<Derived> {
    let Undone::Name(name) = &mark.of else { return None };
    let function = name[front(name)..].to_owned();
    let (order, wrt, argument) = (mark.order, mark.wrt.clone(), mark.argument.clone());
    Some(Derived { function, order, wrt, argument })
}

/// How many letters of a run are factors before the name of the function: the x of `xy'`.
fn front(text: &str) -> usize {
    let run = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let is_greek = GREEK.iter().any(|(word, _)| *word == &text[..run]);
    let is_quotient = text.contains('/');
    if run < 2 || is_greek || is_quotient { 0 } else { run - 1 }
}
