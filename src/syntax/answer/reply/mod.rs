//! Whole replies, in words of several languages: which of their formulas are the answer.
//!
//! This is asked only of what cannot be read as one answer. Every formula of a text has words
//! before it. The last that has the name of a derivative, or of which words say that it is one,
//! is the answer, when nothing behind it may be one too and nobody denies it.

mod tongue;
mod units;

use super::beside::{changes_behind, first_sentence, inside_out, words_of};
use super::boxes::{concluding, held};
use super::label::Label;
use super::presenting::{Asked, are_known, presents};
use super::words::spoken;
pub(super) use tongue::behind_foreign;
pub use tongue::has_chinese;
pub(in super::super) use tongue::is_chinese;
use tongue::variable;
pub(super) use tongue::{
    PHRASES, SIGNS, Says, is_foreign_turn, is_word, leads, order_of,
};
pub(super) use tongue::{says, says_more};
pub use units::narrow;
use units::{Unit, units};

/// A part of a text that is its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The answer; each component with a name has a line of its own.
    pub text: String,
    /// What to say of that.
    pub note: String,
    /// What the text says of the same before.
    pub others: Vec<String>,
}

/// What a reply is an answer to.
#[derive(Clone, Copy)]
pub struct Wanted<'n> {
    /// How many components it has.
    pub count: usize,
    /// The order of the derivatives.
    pub order: usize,
    /// Which names are variables of the question.
    pub is_name: &'n dyn Fn(&str) -> bool,
}

/// What a formula is in a reply.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Role {
    /// A derivative with its name, `f'(x) = 2x`, or with words that name its variable.
    Named(Label),
    /// Words say that it is the derivative, or the answer.
    Said,
    /// A verb stands before it.
    Told,
    /// The formula before it in another form.
    Same,
    /// A value, a condition, a name, a part of the way: none of the answer.
    Aside,
    /// Anything else.
    Bare,
}

impl Role {
    fn is_said(&self) -> bool {
        matches!(self, Self::Named(_) | Self::Said)
    }

    fn is_told(&self) -> bool {
        self.is_said() || *self == Self::Told
    }
}

/// The longest reply that is taken apart.
const LONGEST_REPLY: usize = 8_000;

/// The answer in a reply, where all words beside it are known to leave it as it is.
pub fn reply(text: &str, wanted: Wanted<'_>) -> Option<Reply> {
    if text.len() > LONGEST_REPLY {
        return None;
    }
    if let Some(inner) = concluding(text).filter(|inner| !inner.contains("box")) {
        let end = inner.as_ptr() as usize - text.as_ptr() as usize + inner.len();
        let sentence = text[..end - inner.len()].rsplit(['.', '\n', '!']).next();
        let doubts = |words: &str| says(words, Says::Denial) || says(words, Says::Change);
        let behind = &text[end..];
        let front = &text[..end - inner.len()];
        let said = words_of(first_sentence(inside_out(behind)));
        let is_doubtful = doubts(behind)
            || sentence.is_some_and(doubts)
            || changes_behind(behind, true)
            || !presents(front, inner, Asked::Derivative)
            || !are_known(&said, wanted.is_name);
        let note = "the answer is what the last box holds".to_owned();
        let before = &text[..end - inner.len()];
        let others = held(before).into_iter().filter(|other| *other != inner);
        let others = others.map(|other| format!("${other}$")).collect();
        let found = Reply { text: format!("${inner}$"), note, others };
        return (!is_doubtful).then_some(found);
    }
    let units = units(text, wanted.is_name)?;
    if let Some(found) = listed(&units, wanted.count) {
        return Some(found);
    }
    // Cases are several answers.
    let compared: Vec<&Unit<'_>> =
        units.iter().filter(|unit| unit.is_compared()).collect();
    let is_list = |unit: &&Unit<'_>| unit.formula().contains(',');
    if compared.len() > 1
        || compared.iter().any(is_list)
        || units.iter().any(Unit::is_denied)
    {
        return None;
    }
    let mut roles: Vec<Role> = Vec::with_capacity(units.len());
    for at in 0..units.len() {
        let role = role(at, &units, &roles, wanted);
        roles.push(role);
    }
    let last = roles.iter().rposition(|role| *role != Role::Aside)?;
    let (unit, before) = (&units[last], &roles[..last]);
    let are = |is_other: fn(&Role) -> bool| -> Vec<String> {
        let pairs = units.iter().zip(before).filter(|(_, role)| is_other(role));
        pairs.map(|(unit, _)| unit.written(unit.formula())).collect()
    };
    let concludes = says(unit.sentence, Says::Conclusion);
    let others = match &roles[last] {
        Role::Named(label) => {
            let is_other = |role: &Role| match role {
                Role::Named(own) => {
                    own.function.is_some() && own.function != label.function
                }
                _ => false,
            };
            let concludes = concludes && unit.begins_sentence();
            let is_one =
                label.function.is_none() || !before.iter().any(is_other) || concludes;
            return if is_one {
                together(&units, &roles, (last, label), wanted)
            } else {
                None
            };
        }
        Role::Said => are(Role::is_said),
        Role::Told if before.contains(&Role::Bare) => return None,
        Role::Told => are(Role::is_told),
        Role::Same => {
            let alone = matches!(before, [Role::Bare]).then_some(0);
            let first = before.iter().rposition(Role::is_said).or(alone)?;
            let is_one =
                are(Role::is_said).len() < 2 && is_plain(last, &units, wanted.is_name);
            return is_one.then(|| units[first].and_then(unit));
        }
        // Words behind it say nothing of it.
        Role::Bare => {
            let is_aside =
                |unit: &Unit<'_>| unit.is_letters(wanted.is_name) || unit.is_compared();
            let is_one = last == 0
                && unit.begins_text()
                && units[1..].iter().all(is_aside)
                && is_plain(0, &units, wanted.is_name);
            return is_one.then(|| alone(unit));
        }
        Role::Aside => return None,
    };
    let is_one =
        (others.is_empty() || concludes) && is_plain(last, &units, wanted.is_name);
    is_one.then(|| Reply { others, ..alone(unit) })
}

/// Whether the words and signs beside a formula leave it as it is, and so do the words before
/// the other formulas of its sentence: `If the exponent were $3$, it would be $2x$`.
fn is_plain(at: usize, units: &[Unit<'_>], is_name: &dyn Fn(&str) -> bool) -> bool {
    let unit = &units[at];
    let behind = words_behind(at, units, is_name);
    // `The maximum of the derivative is`: short words look like names.
    let is_owner = |formula: &str| {
        let (before, _) = formula.split_once(['\'', '’']).unwrap_or_default();
        let name = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        name.chars().count() > 1 && !is_name(name) && !crate::function::is_name(name)
    };
    let leaves = |other: &Unit<'_>| {
        let formula = other.formula();
        let is_word = crate::function::is_name(formula)
            || formula.ends_with(" of")
            || is_owner(formula);
        are_known(other.lead, is_name) && !is_word
    };
    let words = unit
        .lead
        .rfind(|c: char| c.is_alphabetic())
        .map_or(0, |at| at + unit.lead[at..].chars().next().map_or(0, char::len_utf8));
    let touching = &unit.lead[words..];
    let is_calm = |c: char| c.is_whitespace() || ":,*`\"“”：，#.。$()".contains(c);
    // A sign that touches a formula is part of it: `- $2x$`, `|x|`, `x!`.
    let is_list = unit.begins_line && unit.formula().contains('=');
    let is_cell = unit.lead.trim_start().starts_with('|');
    let is_free = touching.chars().all(|c| {
        is_calm(c) || is_list && "-•–+".contains(c) || is_cell && "|-".contains(c)
    });
    let is_closed =
        !unit.behind.starts_with(['|', '!', '(', '^', '\'', '²', '³', '?', '？']);
    is_free
        && is_closed
        && !changes_behind(&behind, false)
        && presents(unit.lead, unit.formula(), Asked::Derivative)
        && are_known(&behind, is_name)
        && in_sentence(at, units).iter().all(leaves)
}

/// The words that stand behind a formula in its sentence, up to the next formula; short words
/// look like names.
fn words_behind(at: usize, units: &[Unit<'_>], is_name: &dyn Fn(&str) -> bool) -> String {
    const ENDS: [char; 4] = ['\n', '.', '。', ';'];
    let mut words = String::new();
    let mut behind = units[at].behind;
    for next in &units[at + 1..] {
        let is_word = !is_name(next.formula()) && next.is_letters(is_name);
        if behind.contains(ENDS) || next.is_latex() || !is_word {
            break;
        }
        words = words + behind + next.text;
        behind = next.behind;
    }
    words + behind.split(ENDS).next().unwrap_or_default()
}

/// A formula as an answer, with what words say of it.
fn alone(unit: &Unit<'_>) -> Reply {
    let formula = unit.formula();
    let spoken = spoken(unit.lead).filter(|_| is_spoken(unit));
    let primes = |order: Option<usize>| "'".repeat(order.unwrap_or(1));
    let text = spoken.and_then(|label| match (label.operand, label.order) {
        (Some(operand), order) => {
            Some(unit.labelled(&format!("({operand}){}", primes(order))))
        }
        (None, Some(order)) if order > 1 => {
            Some(unit.labelled(&format!("f{}", primes(Some(order)))))
        }
        _ => None,
    });
    let note = format!("the answer is the formula of its sentence, `{formula}`");
    Reply {
        text: text.unwrap_or_else(|| unit.written(formula)),
        note,
        others: Vec::new(),
    }
}

/// The components that stand beside each other in the end, each with its name.
fn together(
    units: &[Unit<'_>],
    roles: &[Role],
    (last, own): (usize, &Label),
    wanted: Wanted<'_>,
) -> Option<Reply> {
    let mut found = vec![(last, own)];
    let mut others = Vec::new();
    for at in (0..last).rev() {
        let label = match &roles[at] {
            Role::Aside => continue,
            Role::Named(label) => label,
            _ => break,
        };
        let is_beside = label.function == own.function && label.order == own.order;
        let is_known = found.iter().any(|(_, other)| other.wrt == label.wrt);
        if label.wrt.is_empty() || own.wrt.is_empty() || is_known {
            others.push(units[at].written(units[at].formula()));
            continue;
        }
        if !is_beside {
            break;
        }
        found.push((at, label));
    }
    let is_whole = own.wrt.is_empty() || found.len() >= wanted.count;
    // What was said of one component before cannot be compared with all.
    let is_one = found.len() == 1 || others.is_empty();
    let are_plain = found.iter().all(|(at, _)| is_plain(*at, units, wanted.is_name));
    if !is_whole || !is_one || !are_plain {
        return None;
    }
    if found.len() == 1 && !is_spoken(&units[last]) {
        return Some(Reply { others, ..alone(&units[last]) });
    }
    found.reverse();
    let lines = found.iter().map(|(at, label)| {
        let unit = &units[*at];
        match label.wrt.first().filter(|_| is_spoken(unit)) {
            Some(name) => unit.labelled(&format!("∂f/∂{name}")),
            None => unit.text.trim_matches('`').to_owned(),
        }
    });
    Some(Reply { others, ..put_together(lines.collect()) })
}

/// Whether words and not signs name a derivative.
fn is_spoken(unit: &Unit<'_>) -> bool {
    unit.side().and_then(Label::read).is_none()
}

fn put_together(lines: Vec<String>) -> Reply {
    let note = format!("the answer is put together of `{}`", lines.join("`, `"));
    Reply { text: lines.join("\n"), note, others: Vec::new() }
}

/// The components of a text that has nothing but formulas on lines of their own, or behind the
/// marks of parts.
fn listed(units: &[Unit<'_>], count: usize) -> Option<Reply> {
    let is_plain = |unit: &Unit<'_>| {
        let has_words = unit.lead.contains(char::is_alphabetic) && !unit.is_part;
        !has_words && (unit.begins_line || unit.is_part)
    };
    let last = units.last()?;
    if count < 2
        || units.len() != count
        || !units.iter().all(is_plain)
        || last.behind.contains(char::is_alphanumeric)
    {
        return None;
    }
    let formulas: Vec<&str> = units.iter().map(Unit::formula).collect();
    if formulas.iter().all(|formula| formula.contains('=')) {
        return Some(put_together(
            units.iter().map(|unit| unit.text.to_owned()).collect(),
        ));
    }
    let fence = if units.iter().any(Unit::is_latex) { "$" } else { "" };
    let text = format!("{fence}({}){fence}", formulas.join(", "));
    let note = format!("the answer is put together of `{}`", formulas.join("`, `"));
    let is_whole = |formula: &&str| !formula.contains(['=', ',']);
    formulas.iter().all(is_whole).then_some(Reply { text, note, others: Vec::new() })
}

/// Names of parts of a formula, as those of the product rule.
const PARTS: [&str; 3] = ["u", "v", "w"];

/// Whether what is differentiated is that of a rule, `x^n`: it has a name of its own.
fn is_rule(operand: &str, is_name: &dyn Fn(&str) -> bool) -> bool {
    let is_letter = |word: &str| word.chars().count() == 1 && word != "e";
    let mut words = operand.split(|c: char| !c.is_alphabetic());
    let is_product = |c: char| c.is_alphabetic() && !is_name(&c.to_string());
    operand.contains(['^', '+', '*', '/'])
        && words.any(|word| is_letter(word) && !is_name(word))
        || operand.chars().count() == 2 && operand.chars().all(is_product)
}

/// What the formula at a place is, by its own name and the words before it.
fn role(at: usize, units: &[Unit<'_>], before: &[Role], wanted: Wanted<'_>) -> Role {
    let unit = &units[at];
    let is_name = wanted.is_name;
    let is_said = |what| says(unit.lead, what);
    let leads = leads(unit.lead);
    let is_assigned = unit.side().is_some_and(is_name);
    if let Some(label) = unit.label(is_name).filter(|_| !is_assigned) {
        let is_number = |text: &str| !text.contains(char::is_alphabetic);
        let is_part = label.function.as_deref().is_some_and(|name| PARTS.contains(&name));
        let is_aside = label.is_value()
            || label.arguments.as_deref().is_some_and(is_number)
            || label.order.is_some_and(|order| order != wanted.order)
            || label.wrt.iter().any(|name| !is_name(name))
            || unit.is_solved()
            || label.operand.as_deref().is_some_and(|text| is_rule(text, is_name))
            || is_part
            || is_said(Says::Where) && !leads;
        return if is_aside { Role::Aside } else { Role::Named(label) };
    }
    let is_given =
        |other: &Unit<'_>| other.side().is_some_and(is_name) || other.is_compared();
    let is_told = is_said(Says::Answer) || is_said(Says::Derivative);
    // `Second derivative: $2$.`
    let order = spoken(unit.lead).and_then(|label| label.order);
    if is_told && leads && order.is_some_and(|order| order != wanted.order) {
        return Role::Aside;
    }
    let is_called = is_told && leads;
    // `At $x = 3$ it is $6$`.
    if is_given(unit)
        || in_sentence(at, units).iter().any(is_given)
        || unit.is_operand()
        || unit.is_letters(is_name) && !is_called
    {
        return Role::Aside;
    }
    let last = before.iter().rev().find(|role| **role != Role::Aside);
    let begins = || matches!(before, [Role::Bare]) && units[0].begins_alone();
    if is_said(Says::Same) && (last.is_some_and(Role::is_said) || begins()) {
        return Role::Same;
    }
    if !leads || is_said(Says::Change) {
        return Role::Bare;
    }
    if let Some(label) = spoken(unit.lead).filter(|label| !label.wrt.is_empty()) {
        return Role::Named(label);
    }
    // A cell of a table belongs to the variable before it.
    let cell = before_in_row(at, units).filter(|name| is_name(name));
    if let Some(name) = variable(unit.lead, is_name).or(cell) {
        return Role::Named(Label::spoken(vec![name.to_owned()], Some(1)));
    }
    match (is_told, is_said(Says::Verb)) {
        (true, _) => Role::Said,
        (false, true) => Role::Told,
        (false, false) => Role::Bare,
    }
}

/// The formulas that stand before one in its sentence.
fn in_sentence<'u, 't>(at: usize, units: &'u [Unit<'t>]) -> &'u [Unit<'t>] {
    let start = units[at].sentence.as_ptr();
    let first = units[..at].iter().position(|other| other.text.as_ptr() >= start);
    &units[first.unwrap_or(at)..at]
}

/// What stands in the cell before one of a table: `| $x$ | $2x$ |`.
fn before_in_row<'t>(at: usize, units: &[Unit<'t>]) -> Option<&'t str> {
    let before = &units[at.checked_sub(1)?];
    let is_beside = before.behind.trim() == "|" && before.begins_line;
    is_beside.then(|| before.formula())
}
