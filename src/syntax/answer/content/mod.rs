//! What an answer is besides a formula: a set, an interval, several values, an equation, a
//! quantity with a unit, a letter, words. A text that can be read in several ways is read in
//! all of them; nothing is calculated here.

mod based;
mod bracket;
mod choice;
mod congruence;
mod counting;
mod foreign;
mod number;
mod reply;
mod several;
mod side;
mod solution;
mod unit;
mod whole;
mod words;

use super::super::marks::{unbold, unfenced};
use super::around::{trimmed, unadorned, unchosen, unwrapped};
use super::beside::{changes_behind, inside_out, is_asked, last_sentence};
use super::boxes::{side_by_side, unboxed};
use super::forever::goes_on;
use super::label::Label;
use super::numeral;
use super::outline::{Piece, Sign, outline};
use super::precedence::has_name;
use super::presenting::{Asked, is_denied, presents};
use super::reply::{Reply, Wanted, reply};
use super::said_behind::says_else;
use super::spoken::in_signs;
use super::statements::{items, nearness, without_gaps};
use super::tail::{measureless, unconditional, undifferential, unremarked};
use super::told::told;
use super::{Item, LONGEST};
pub use congruence::is_congruence;
pub(super) use number::nearly;
pub use side::Order;
pub use unit::{Dimension, Unit};

/// How deep sets and tuples may stand in each other.
const DEEPEST: usize = 4;
/// The most signs of equality that an answer has outside of what it concludes from.
const LINKS: usize = 64;
/// How often what says nothing around a text is taken off.
const AROUND: usize = 64;
/// The most ways in which a text is read.
const MOST: usize = 6;

/// One way to read an answer. Formulas are texts that are read later.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// A formula.
    Formula(String),
    /// Values in an order: `(1, 2)`, a column.
    Tuple(Vec<Content>),
    /// Values in braces, without an order.
    Set(Vec<Content>),
    /// Values with commas between them.
    List(Vec<Content>),
    /// Values of which each is an answer: `1 or 2`, `\pm 1`.
    Values(Vec<Content>),
    /// What has a name: `x = 2`, `x \in [0, 1)`.
    Named(Box<Label>, Box<Content>),
    /// What is nearly a number in decimals, with these and what their last place counts.
    Near(Box<Content>, [String; 2]),
    /// Formulas with signs of equality between them.
    Equals(Vec<String>),
    /// An interval; no end where it goes on for ever.
    Interval {
        /// Where it begins and where it ends.
        ends: [Option<String>; 2],
        /// Which ends belong to it.
        closed: [bool; 2],
    },
    /// Formulas with signs of order between them.
    Inequality(Vec<String>, Vec<Order>),
    /// What is in one of several sets.
    Union(Vec<Content>),
    /// What is in all of several sets.
    Meet(Vec<Content>),
    /// A number with a unit behind it.
    Quantity(String, Unit),
    /// A number to a base: its value in decimals, and how it is written.
    Based {
        /// The value in decimals.
        value: String,
        /// The digits, in capital letters.
        digits: String,
        /// The base.
        base: u32,
    },
    /// What leaves a rest: `x \equiv 2 \pmod 5`.
    Congruence {
        /// What leaves it, where that is said.
        of: Option<String>,
        /// The rest.
        rest: String,
        /// By what is divided.
        modulus: String,
    },
    /// Infinity, or minus infinity.
    Infinity {
        /// Whether it is minus infinity.
        is_negative: bool,
    },
    /// One of the choices of a question.
    Choice(char),
    /// Words, in small letters.
    Words(String),
    /// What nobody can tell, with the reason.
    Unclear(String),
    /// What is known by its name and not read.
    Refused(String),
}

/// An answer that was taken apart.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Contents {
    /// The ways in which it can be read, the most natural first.
    pub readings: Vec<Content>,
    /// What was left out of it.
    pub notes: Vec<String>,
    /// The condition under which it holds, as it was typed.
    pub condition: Option<String>,
    /// The letter of which is said that it stands for any whole number.
    pub whole: Option<String>,
    /// Whether a differential behind it was left out: `2x dx`.
    pub has_differential: bool,
    /// Readings that are less natural, and when they are meant.
    pub doubtful: Vec<(Content, &'static str)>,
}

impl Contents {
    /// Whether a formula in it has a text in it.
    pub fn mentions(&self, text: &str) -> bool {
        let mut waiting: Vec<&Content> = self.readings.iter().collect();
        let mut formulas: Vec<&String> = Vec::new();
        while let Some(content) = waiting.pop() {
            match content {
                Content::Formula(formula) | Content::Quantity(formula, _) => {
                    formulas.push(formula);
                }
                Content::Equals(sides) | Content::Inequality(sides, _) => {
                    formulas.extend(sides);
                }
                Content::Interval { ends, .. } => formulas.extend(ends.iter().flatten()),
                Content::Congruence { of, rest, modulus } => {
                    formulas.extend(of.iter().chain([rest, modulus]));
                }
                Content::Tuple(parts)
                | Content::Set(parts)
                | Content::List(parts)
                | Content::Values(parts)
                | Content::Union(parts)
                | Content::Meet(parts) => waiting.extend(parts),
                Content::Named(_, inner) | Content::Near(inner, _) => waiting.push(inner),
                _ => {}
            }
        }
        formulas.iter().any(|formula| formula.contains(text))
    }
}

/// Takes an answer apart, a whole reply or what stands in its box. What is a name in `other`,
/// with which it is compared, is one in it.
pub fn contents(text: &str, other: &str) -> Contents {
    let told = match told(text, None, other) {
        Ok(told) => told,
        Err(what) => {
            let readings = vec![Content::Unclear(what)];
            return Contents { readings, ..Contents::default() };
        }
    };
    if told.text.len() > LONGEST {
        let readings = vec![Content::Formula(told.text)];
        return Contents { readings, ..Contents::default() };
    }
    let mut found = of_told(&told.text, other);
    found.notes.extend(told.notes);
    for (text, when) in told.others {
        let reading = of_told(&text, other).readings.into_iter().next();
        found.doubtful.extend(reading.map(|content| (content, when)));
    }
    found
}

/// Takes the part of a reply apart that is its answer.
fn of_told(told: &str, other: &str) -> Contents {
    let text = words::behind_mark(unadorned(told));
    let (named, text) = match words::behind_name(text) {
        Some((label, rest)) => (Some(label), rest),
        None => (None, text),
    };
    let said = reply::answer(text);
    let unwrapped = unwrapped(said.unwrap_or(text), Asked::Anything);
    let (mut inner, mut notes) = (unwrapped.inner, unwrapped.notes);
    let counts = reply::counted(inner).filter(|_| said.is_none());
    if let Some(counted) = counts {
        notes.push(format!("the answer of the reply is `{counted}`"));
        inner = counted;
    }
    if let Some(said) = said {
        notes.insert(0, format!("the answer of the reply is `{said}`"));
    }
    let mut label = unwrapped.spoken.map(|(label, _)| label);
    let (before, behind) = around(text, inner);
    let has_words = before.contains(char::is_alphabetic);
    label = label.or(named).or_else(|| words::name_in(last_sentence(before)));
    let counted = counting::with_count(inner, inside_out(behind));
    let is_boxed =
        ["box{", "boxed{"].iter().any(|sign| before.trim_end().ends_with(sign));
    let is_changed = || {
        let is_meant = match is_boxed {
            true => !is_denied(before, inner),
            false => {
                !has_words || counts.is_some() || presents(before, inner, Asked::Anything)
            }
        };
        !is_meant
            || changes_behind(behind, is_boxed)
            || is_asked(before, behind)
            || !is_boxed && says_else(inner, inside_out(behind))
    };
    let is_open = counted.as_ref().map_or_else(is_changed, Option::is_none);
    if is_open {
        let what = "an answer that the words beside it change".to_owned();
        return refused(what, notes);
    }
    if behind.starts_with("..") && inner.contains('.') {
        return refused(format!("a number that goes on, `{inner}…`"), notes);
    }
    let counted = counted.flatten();
    let plainer = foreign::in_english(counted.as_deref().unwrap_or(inner)).or(counted);
    let inner_text = plainer.as_deref().map(trimmed);
    inner = inner_text.unwrap_or(inner);
    if inner.matches('=').count() > LINKS {
        let what = "a chain of so many signs of equality".to_owned();
        return refused(what, notes);
    }
    if let Some(found) = congruence::read(inner) {
        return Contents { readings: vec![found], notes, ..Contents::default() };
    }
    let mut whole = None;
    if let Some((rest, letter)) = whole::split(inner) {
        notes.push(format!("`{letter}` stands for any whole number"));
        (inner, whole) = (rest, Some(letter));
    }
    if is_derivation(inner) {
        let found = items(inner, Vec::new(), &|_| false).items;
        match &found[..] {
            [item] if item.formula != inner => {
                notes.push("what stands before the last `=` is left out".to_owned());
                (inner, label) = (item.formula, item.label.clone().or(label));
            }
            [_, _, ..] if is_of_places(&found) => {
                let what = "a derivative beside its values".to_owned();
                return refused(what, notes);
            }
            [_, _, ..] if let Some(list) = named_list(&found) => {
                let readings = vec![list];
                return Contents { readings, notes, ..Contents::default() };
            }
            _ => {}
        }
    }
    if let Some(rest) = unremarked(inner, &|_| false) {
        notes.push(format!("`{}` is left out", without_gaps(&inner[rest.len()..])));
        inner = trimmed(rest);
    }
    // Where the other side is no letter of a choice, the letter says nothing.
    if let (rest, Some(note)) = unchosen(inner, &|name| has_name(other, name))
        && choice::read(bare(other), 0).is_none()
    {
        notes.push(note);
        inner = rest;
    }
    let mut condition = None;
    if let Some(rest) = unconditional(inner) {
        condition = Some(without_gaps(&inner[rest.len()..]).to_owned());
        inner = rest;
    }
    if let Some(exact) = number::restated(inner) {
        notes.push(format!("`{inner}` is `{exact}` in two forms"));
        inner = exact;
    }
    let mut has_differential = false;
    let is_variable = |name: &str| has_name(other, name) && !has_name(other, "d");
    if let (false, Some((rest, name))) =
        (inner.contains('='), undifferential(inner, &is_variable))
    {
        notes.push(format!("the differential `d{name}` is left out"));
        (inner, has_differential) = (rest, true);
    }
    let mut readings = Vec::new();
    let powered = number::power_of_ten(inner);
    if let Some((plain, is_certain)) = powered {
        notes.push(format!("`{inner}` may be read as `{plain}`"));
        readings = read(&plain, 0);
        if is_certain && !readings.is_empty() {
            return Contents { readings, notes, condition, whole, ..Contents::default() };
        }
    }
    if let Some(joined) = number::joined(inner).or_else(|| number::mixed(inner)) {
        readings = read(&joined, 0);
        if !readings.is_empty() {
            notes.push(format!("`{inner}` may be read as `{joined}`"));
        }
    }
    for reading in read(inner, 0) {
        if !readings.contains(&reading) {
            readings.push(reading);
        }
    }
    if let Some(found) = several::under_condition(&mut readings) {
        condition = Some(found);
    }
    let mut doubtful = Vec::new();
    // In a sentence: `The answer is 1,234.`
    if let Some(plain) = number::with_decimal_comma(inner).filter(|_| has_words) {
        doubtful.push((Content::Formula(plain), "the comma is that of a decimal"));
    }
    if let Some(rest) = measureless(inner, &|name| has_name(other, name)) {
        let content = read(rest, 0).into_iter().next();
        doubtful.extend(content.map(|content| (content, "a unit stands behind it")));
    }
    // `The answer is 5!`.
    if let Some(rest) = inner.strip_suffix('!').filter(|rest| !rest.ends_with('!'))
        && has_words
        && text.trim_end().ends_with('!')
    {
        let content = read(rest, 0).into_iter().next();
        let when = "`!` is the end of the sentence";
        doubtful.extend(content.map(|content| (content, when)));
    }
    if let Some(label) = label {
        let is_plain = |reading: &Content| !matches!(reading, Content::Named(..));
        let found = doubtful.iter_mut().map(|(content, _)| content);
        let found = readings.iter_mut().chain(found);
        for reading in found.filter(|reading| is_plain(reading)) {
            let content = std::mem::replace(reading, Content::Words(String::new()));
            *reading = Content::Named(Box::new(label.clone()), Box::new(content));
        }
    }
    notes.extend(nearness(inner));
    readings.truncate(MOST);
    Contents { readings, notes, condition, whole, has_differential, doubtful }
}

/// The answer of a reply with words of which each is known, as [`reply`] finds it; nothing where
/// derivatives of different orders may be meant.
pub fn concluded(text: &str, other: &str) -> Option<Reply> {
    const ORDERS: std::ops::RangeInclusive<usize> = 1..=3;
    let told = told(text, None, other).ok()?;
    let text = &*told.text;
    // A value at a place is another answer.
    let is_at = |part: &str| {
        let label = Label::before(part).filter(|label| !label.is_value());
        label.is_some_and(|label| !label.is_general())
    };
    if text.split(['$', '\n', ',', ';']).any(is_at) || goes_on(text) {
        return None;
    }
    let is_name = |name: &str| has_name(other, name);
    if reply::is_at_value(text, &is_name) {
        return None;
    }
    if let Some(found) = derived(text) {
        return Some(found);
    }
    let of_order = |order| reply(text, Wanted { count: 1, order, is_name: &is_name });
    let mut found: Vec<Reply> = ORDERS.filter_map(of_order).collect();
    found.dedup();
    found.pop().filter(|_| found.is_empty())
}

/// The derivative of a function that is defined before it: `f(x) = x^2, f'(x) = 2x`.
fn derived(text: &str) -> Option<Reply> {
    const SIGNS: [Sign; 3] = [Sign::Comma, Sign::Semicolon, Sign::Newline];
    const LEADING: [&str; 3] = ["so ", "then ", "hence "];
    let parts = split(text, &[",", ";", "\n"], |piece| SIGNS.contains(&piece.sign))?;
    let [given, derivative] = parts[..] else { return None };
    let leading = LEADING.iter().find_map(|word| derivative.strip_prefix(word));
    let derivative = leading.unwrap_or(derivative);
    let is_short = |part: &str| part.matches('=').count() == 1 && !part.contains('$');
    let own = Label::before(given).filter(Label::is_value)?;
    let label = Label::before(derivative).filter(|label| !label.is_value())?;
    let is_its = own.function.is_some()
        && own.function == label.function
        && label.is_general()
        && is_short(given)
        && is_short(derivative);
    let note = "the answer is the derivative of what stands before it".to_owned();
    is_its.then(|| Reply { text: derivative.to_owned(), note, others: Vec::new() })
}

/// Whether a name is that of a unit that measures something.
pub fn is_unit(name: &str) -> bool {
    unit::named(name).is_some_and(|unit| unit.dimension.is_some())
}

/// Whether words name a unit that measures something, or a size as `million`.
pub(super) fn is_measure(words: &str) -> bool {
    numeral::size(words).is_some()
        || unit::named(words).is_some_and(|unit| unit.dimension.is_some())
}

/// What is not read, with the reason.
fn refused(what: String, notes: Vec<String>) -> Contents {
    let readings = vec![Content::Refused(what)];
    Contents { readings, notes, ..Contents::default() }
}

/// What stands on both sides of a part of a text.
fn around<'t>(text: &'t str, part: &str) -> (&'t str, &'t str) {
    let start = (part.as_ptr() as usize).wrapping_sub(text.as_ptr() as usize);
    match (text.get(..start), text.get(start.saturating_add(part.len())..)) {
        (Some(before), Some(behind)) => (before, behind),
        _ => ("", ""),
    }
}

/// Whether some names are of derivatives at a place and others are not: `f'(x)` and `f'(3)`.
fn is_of_places(items: &[Item<'_>]) -> bool {
    let derived = items.iter().filter_map(|item| item.label.as_ref());
    let mut arguments = derived
        .filter(|label| !label.is_value())
        .filter_map(|label| label.arguments.as_deref())
        .map(|text| text.contains(char::is_alphabetic));
    let first = arguments.next();
    arguments.any(|is_name| Some(is_name) != first)
}

/// Formulas of which each has a name, as values with commas between them.
fn named_list(items: &[Item<'_>]) -> Option<Content> {
    let named = items.iter().map(|item| {
        let content = first(item.formula, 1)?;
        Some(Content::Named(Box::new(item.label.clone()?), Box::new(content)))
    });
    named.collect::<Option<_>>().map(Content::List)
}

/// Whether a text has lines or signs that one thing follows from another.
fn is_derivation(text: &str) -> bool {
    const SIGNS: [&str; 14] = [
        "\n", "\\\\", "=>", "⇒", "⟹", "⇔", "⟺", "∴", "→", "⟶", "arrow", "\\i", "\\t",
        "\\begin",
    ];
    if !SIGNS.iter().any(|sign| text.contains(sign)) {
        return false;
    }
    let pieces = outline(text);
    let is_matrix = || bracket::is_matrix(text);
    let goes_on = |piece: &Piece<'_>| {
        matches!(piece.sign, Sign::Newline | Sign::Implies) && piece.depth == 0
    };
    let is_environment = pieces.first().is_some_and(|p| p.sign == Sign::Begin);
    (pieces.iter().any(goes_on) || is_environment) && !is_matrix()
}

/// The ways in which a text can be read, the most natural first.
fn read(text: &str, depth: usize) -> Vec<Content> {
    let text = bare(text);
    if text.is_empty() || depth > DEEPEST {
        return Vec::new();
    }
    if let Some(found) = words::special(text) {
        return vec![found];
    }
    if let Some(found) = congruence::read(text) {
        return vec![found];
    }
    if let Some(found) = based::read(text) {
        return found;
    }
    // The set of all real numbers, or a name.
    if text == "R" {
        let all = Content::Interval { ends: [None, None], closed: [false; 2] };
        return vec![all, Content::Formula(text.to_owned())];
    }
    if let Some(found) = several::without(text, depth) {
        return vec![found];
    }
    if let Some(boxes) = side_by_side(text) {
        let parts = boxes.into_iter().map(|inner| first(inner, depth + 1));
        return parts.collect::<Option<_>>().map(Content::List).into_iter().collect();
    }
    if let Some(plain) = number::with_point(text) {
        // `1,5` is a decimal, or two numbers.
        let list = several::list(text, depth).into_iter();
        return read(&plain, depth + 1).into_iter().chain(list).collect();
    }
    if let Some(ratio) = number::ratio(text).or_else(|| number::time_of_day(text)) {
        return vec![ratio];
    }
    if let Some(rest) = number::nearly(text) {
        return read(rest, depth + 1);
    }
    if let Some(spoken) = in_signs(text).filter(|spoken| spoken.is_certain) {
        return vec![Content::Formula(spoken.text)];
    }
    let counted = counting::read(text);
    if !counted.is_empty() {
        return counted;
    }
    if let Some(found) = several::joined(text, depth) {
        return vec![found];
    }
    if let Some(found) = bracket::bracketed(text, depth) {
        return found;
    }
    if let Some(found) = side::compared(text, depth) {
        return vec![found];
    }
    if let Some(found) = choice::read(text, depth) {
        return found;
    }
    if let Some(found) = side::equated(text, depth) {
        return found;
    }
    if let Some(found) = several::list(text, depth) {
        return std::iter::once(found).chain(several::lines(text, depth)).collect();
    }
    if let Some(found) = several::both_signs(text, depth) {
        return vec![found];
    }
    if unit::is_over(text) {
        return vec![Content::Refused("a quantity over a quantity".to_owned())];
    }
    let mut readings = unit::measured(text);
    if let Some(found) = words::read(text) {
        readings.push(found);
        if !words::may_be_name(text) {
            return readings;
        }
    }
    if !unit::is_certain(&readings, text) {
        readings.push(Content::Formula(text.to_owned()));
    }
    readings.extend(counting::shortened(text).map(Content::Formula));
    readings
}

/// The most natural reading of a part.
fn first(text: &str, depth: usize) -> Option<Content> {
    read(text, depth).into_iter().next()
}

/// A text without what says nothing around it.
fn bare(text: &str) -> &str {
    let mut text = text;
    for _ in 0..AROUND {
        let shorter = without_gaps(unboxed(unfenced(unbold(trimmed(text)))));
        let shorter = number::without_style(shorter);
        if shorter.len() == text.len() {
            break;
        }
        text = shorter;
    }
    text
}

/// The texts between pieces outside of brackets, each of which has one of the signs in it;
/// `None` where there is no such piece.
fn split<'t>(
    text: &'t str,
    signs: &[&str],
    separates: impl Fn(&Piece<'t>) -> bool,
) -> Option<Vec<&'t str>> {
    if !signs.iter().any(|sign| text.contains(sign)) {
        return None;
    }
    let pieces = outline(text);
    let (mut found, mut start) = (Vec::new(), 0);
    for piece in pieces.iter().filter(|piece| piece.depth == 0 && separates(piece)) {
        found.push(bare(&text[start..piece.start]));
        start = piece.end;
    }
    if found.is_empty() {
        return None;
    }
    found.push(bare(&text[start..]));
    Some(found)
}
