//! Tasks of two parts, and of derivatives of an order: `If $f(x) = x^2$, find $f'(x)$`, `Find the
//! second derivative of $x^2$`.

use super::super::answer::Label;
use super::super::language::{self, Sense};
use super::super::marks::{ENDS, unfenced};
use super::{Asks, Derivative, Fills, Gives, Task, Wanted, role, said, unopened};
use crate::function;
use crate::kernel::is_letter;

/// Words for orders of derivatives, beside those of the common table.
#[rustfmt::skip]
const ORDERS: [(&str, usize); 13] = [
    ("second", 2), ("third", 3), ("fourth", 4), ("cấp hai", 2), ("cấp 2", 2), ("bậc hai", 2),
    ("cấp ba", 3), ("cấp 3", 3), ("zweite", 2), ("dritte", 3), ("seconde", 2), ("segunda", 2),
    ("tercera", 3),
];
/// What stands between the two parts of a task.
#[rustfmt::skip]
const BETWEEN: [&str; 14] = [
    " für ", " given that ", " if ", " given ", " where ", " when ", " with ", " for ", ". ", ", ", "; ",
    "，", "。", " then ",
];
/// The first of them that stands between what is given and what is asked for, in this order.
const FORWARD: usize = 8;
/// The longest task in bytes whose words are looked at one by one.
const LONGEST: usize = 1 << 12;
/// Words that say what is given, beside those that begin a task.
pub(super) const GIVING: [&str; 8] =
    ["if", "that", "for", "if we have", "wenn", "si", "已知", "设"];

/// Letters that are variables where others stand beside them.
const USUAL: [char; 2] = ['x', 't'];

/// The one variable of a formula: that of its name, the only letter in it, or the usual one.
fn variable_of(formula: &str) -> Option<String> {
    let label = Label::before(formula).filter(Label::is_value);
    if let Some(name) = label.as_ref().and_then(Label::variable) {
        return Some(name.to_owned());
    }
    let body = formula.rsplit('=').next().unwrap_or(formula);
    let mut names: Vec<char> = Vec::new();
    for (at, run) in body
        .split(|c: char| !c.is_alphabetic())
        .map(|run| (run.as_ptr() as usize - body.as_ptr() as usize, run))
    {
        let is_command = body[..at].ends_with('\\');
        if !is_command && !function::is_name(run) && run != "pi" {
            names.extend(run.chars().filter(|c| *c != 'e'));
        }
    }
    let first = *names.first()?;
    let is_one = names.iter().all(|name| *name == first);
    // Other letters beside a usual variable are constants.
    let usual = || USUAL.iter().find(|name| names.contains(name));
    Some(if is_one { first } else { *usual()? }.to_string())
}

/// A task of two parts, one that gives a function and one that asks for its derivative: `If
/// $f(x) = x^2$, find $f'(x)$`, `Find dy/dx given that y = x^2`.
pub(super) fn in_two_parts(text: &str) -> Option<Task<'_>> {
    let is_end = |c: char| ENDS.contains(&c) || c == '?' || c.is_whitespace();
    let text = unopened(text.trim_end_matches(is_end));
    let signs = BETWEEN.iter().enumerate().filter_map(|(place, sign)| {
        let (first, second) = text.split_once(sign)?;
        Some(if place < FORWARD { (second, first, true) } else { (first, second, false) })
    });
    // `If $y = x^2$ find $y'$`.
    let short = if text.len() < LONGEST { text } else { "" };
    let words = short.match_indices(' ').filter_map(|(at, _)| {
        let second = &short[at + 1..];
        let word = second.split([' ', '$']).next()?;
        (role(word) == Some(Asks)).then_some((&short[..at], second, false))
    });
    signs
        .chain(words)
        .find_map(|(first, second, is_told)| of_parts(first, second, is_told))
}

/// The task of what gives a function and what asks for its derivative.
fn of_parts<'t>(first: &'t str, second: &'t str, is_told: bool) -> Option<Task<'t>> {
    let (wanted, is_open) = wanted(second)?;
    let (formula, is_latex) = given(first, is_told || is_open)?;
    let label = Label::before(formula).filter(Label::is_value)?;
    let same = |one: Option<&str>, other: Option<&str>| {
        one.zip(other).is_none_or(|(one, other)| one == other)
    };
    let is_its = label.function.is_some() && label.function == wanted.function;
    let own = label.variable();
    if !is_its || !wanted.is_general() || !same(own, wanted.variable()) {
        return None;
    }
    let order = wanted.order.unwrap_or(1);
    let names = match (&wanted.wrt[..], own) {
        ([], Some(name)) => vec![name.to_owned(); order],
        ([], None) => match variable_of(formula) {
            Some(name) => vec![name; order],
            None if order == 1 => Vec::new(),
            None => return None,
        },
        (names, _) => names.to_vec(),
    };
    let asked = Some(Wanted { names, is_named: true });
    Some(Task { formula, is_latex, asked, is_title: false, asking: Some(second.trim()) })
}

/// The definition of a function behind the words that give it, and whether dollars stand around
/// it; words may be missing where those before say that it is given.
fn given(text: &str, is_told: bool) -> Option<(&str, bool)> {
    let mut rest = text.trim();
    let begins = |rest: &str| {
        let word = rest.split([' ', '$']).next()?;
        let is_word = GIVING.contains(&word.to_lowercase().as_str())
            || matches!(role(word), Some(Gives | Fills)) && !is_letter(word)
            || language::means(&word.to_lowercase(), &[Sense::Verb]);
        if is_word {
            return Some(word.len());
        }
        GIVING
            .iter()
            .find(|word| !word.is_ascii() && rest.starts_with(**word))
            .map(|w| w.len())
    };
    while let Some(length) = begins(rest) {
        rest = rest[length..].trim_start_matches([' ', ',', ':', '，']);
    }
    let is_given = is_told || rest.len() < text.trim().len();
    let inner = unfenced(rest);
    let is_one = inner.contains('=') && !inner.contains('$') && !inner.contains(" and ");
    (is_given && is_one).then_some((inner, inner.len() < rest.len()))
}

/// The name of the derivative behind the words that ask for it, and whether a sign of equality
/// behind it asks: `then $f'(x) =$`.
fn wanted(text: &str) -> Option<(Label, bool)> {
    let mut rest = text.trim();
    let mut asks = false;
    while let Some(word) = rest.split([' ', '$']).next()
        && !word.is_empty()
    {
        let is_then = word.eq_ignore_ascii_case("then");
        let is_asking = matches!(role(word), Some(Asks)) || word == "求" || is_then;
        let plain = matches!(role(word), Some(Fills | Derivative)) && !is_letter(word);
        if !is_asking && !plain {
            break;
        }
        asks |= is_asking && !is_then;
        rest = rest[word.len()..].trim_start();
    }
    if let Some(behind) = rest.strip_prefix('求') {
        (asks, rest) = (true, behind.trim_start());
    }
    let unasked =
        |name: &'_ str| name.strip_suffix('=').map(|name| name.trim_end().len());
    let mut name = unfenced(rest.trim_matches(['*', ' ']));
    let mut is_open = false;
    while let Some(length) = unasked(name) {
        (name, is_open) = (unfenced(&name[..length]), true);
    }
    let label = Label::read(name).filter(|label| {
        (asks || is_open) && !label.is_value() && label.operand.is_none()
    })?;
    Some((label, is_open))
}

/// What words before a formula ask for, and of which order a derivative is.
pub(super) fn asks(words: &str) -> Option<(Option<Vec<String>>, usize)> {
    let lower = words.to_lowercase();
    let found = ORDERS.iter().find_map(|(word, order)| {
        let at = lower.find(&format!(" {word}"))? + 1;
        let is_whole = !lower[at + word.len()..].starts_with(char::is_alphanumeric);
        is_whole.then(|| (at..at + word.len(), *order))
    });
    let found = found.or_else(|| {
        let starts = |(word, order): &(&str, usize)| {
            lower.starts_with(&format!("{word} ")).then_some((0..word.len(), *order))
        };
        ORDERS.iter().find_map(starts)
    });
    match found {
        Some((place, order)) if lower.len() == words.len() => {
            let plain = format!("{} {}", &words[..place.start], &words[place.end..]);
            let asked = said(plain.trim_start())?;
            asked.is_some().then_some((asked, order))
        }
        _ => said(words).map(|asked| (asked, 1)),
    }
}

/// The variables of a derivative of an order that is asked for of a formula.
pub(super) fn repeated(
    names: Vec<String>,
    order: usize,
    formula: &str,
) -> Option<Vec<String>> {
    match (&names[..], order) {
        (_, 1) => Some(names),
        ([name], _) => Some(vec![name.clone(); order]),
        ([], _) => Some(vec![variable_of(formula)?; order]),
        _ => None,
    }
}

/// The variables of what is asked for, if it is a derivative of an order.
pub(super) fn within(
    asked: Option<Vec<String>>,
    order: usize,
    formula: &str,
) -> Option<Option<Vec<String>>> {
    match asked {
        Some(names) => repeated(names, order, formula).map(Some),
        None => Some(None),
    }
}

/// Whether a word is one for an order, or a part of it.
pub(super) fn is_ordinal(word: &str) -> bool {
    let small = word.to_lowercase();
    ORDERS.iter().any(|(words, _)| words.split(' ').any(|part| part == small))
}
