//! Answers of several lines with words among them: lists, numbered steps, a conclusion.

use super::super::marks::{FENCES, unfenced};
use super::around::{Found, trimmed};
use super::label::Label;
use super::outline::outline;
use super::words::{is_changing, is_prose, is_saying};

/// Signs before an entry of a list.
const BULLETS: [&str; 5] = ["-", "*", "•", "–", "+"];
/// Words that name a line: `Step 2:`.
pub(super) const STEPS: [&str; 7] =
    ["step", "part", "case", "line", "bước", "phần", "câu"];
/// What a line says behind which the answer stands on a line of its own.
#[rustfmt::skip]
const LEADING: [&str; 13] = [
    "derivative", "result", "solution", "get", "obtain", "have", "give", "therefore", "thus",
    "hence", "yield", "becomes", "simplif",
];
/// Words with which a reason begins.
pub(super) const REASONS: [&str; 5] = ["since", "because", "using", "by", "from"];
/// The shortest word that is no name of mathematics.
const WORD: usize = 3;

/// What stands before a line of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Mark {
    Bullet,
    Number,
    None,
}

/// The lines of a text that are not blank.
fn filled(text: &str) -> Vec<&str> {
    text.split('\n').map(str::trim).filter(|line| !line.is_empty()).collect()
}

/// The entries of a text whose lines are all those of one list.
pub(super) fn entries(text: &str) -> Option<Vec<&str>> {
    let lines: Vec<(Mark, &str)> = filled(text).into_iter().map(unmarked).collect();
    let [(first, _), _, ..] = lines[..] else { return None };
    let is_list = first != Mark::None && lines.iter().all(|(mark, _)| *mark == first);
    is_list.then(|| lines.into_iter().map(|(_, line)| line).collect())
}

/// A line without the sign of a list before it.
pub(in super::super) fn unmarked(line: &str) -> (Mark, &str) {
    let bullet = BULLETS.iter().find_map(|sign| line.strip_prefix(sign));
    if let Some(rest) = bullet.filter(|rest| rest.starts_with([' ', '\t'])) {
        return (Mark::Bullet, rest.trim_start());
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = line[digits..].strip_prefix(['.', ')']);
    match rest.filter(|rest| matches!(digits, 1 | 2) && rest.starts_with(' ')) {
        Some(rest) => (Mark::Number, rest.trim_start()),
        None => (Mark::None, line),
    }
}

/// A line without a sign of a list before it that is no sign of a formula: `- f'(x) = 2x`.
pub(super) fn unlisted(line: &str) -> &str {
    let line = line.strip_prefix("> ").unwrap_or(line).trim_start();
    let (mark, rest) = unmarked(line);
    let bare = trimmed(rest);
    let is_equation = || Label::before(unfenced(bare)).is_some();
    let is_fenced = unfenced(bare).len() < bare.len() && !unfenced(bare).contains('$');
    match mark {
        Mark::None => line,
        Mark::Bullet if line.starts_with(['*', '•']) => rest,
        Mark::Bullet | Mark::Number if is_fenced || is_equation() => rest,
        Mark::Bullet | Mark::Number => line,
    }
}

/// A line without `Step 2:` before it, and whether that stood there.
pub(super) fn unnumbered(line: &str) -> (bool, &str) {
    let (mark, line) = unmarked(line);
    let bare = line.trim_start_matches(['*', '#', ' ']);
    let word = bare.split_whitespace().next().unwrap_or_default().to_lowercase();
    let named = || {
        let (name, rest) = bare.split_once(':')?;
        let number = name.split_whitespace().nth(1)?.trim_end_matches('*');
        let is_number = number.len() < 3 && number.bytes().all(|b| b.is_ascii_digit());
        let is_step = STEPS.contains(&word.as_str()) && is_number;
        is_step.then(|| rest.trim_start_matches(['*', ' ']))
    };
    match named() {
        Some(rest) => (true, rest),
        None => (mark != Mark::None, line),
    }
}

/// Whether a line begins with `Step 2:`.
pub(super) fn is_step(line: &str) -> bool {
    let (mark, plain) = unmarked(line);
    let (is_numbered, _) = unnumbered(plain);
    mark == Mark::None && is_numbered
}

/// Whether a line has words that are none of mathematics.
fn has_words(line: &str) -> bool {
    words(line).count() > 1 || line.trim_start().starts_with('#')
}

/// The words of a text that are none of mathematics.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    let plain = text.split(|c: char| !c.is_alphabetic() && c != '\\');
    plain.filter(|word| {
        word.chars().count() >= WORD && !word.contains('\\') && !is_function(word)
    })
}

fn is_function(word: &str) -> bool {
    crate::function::is_name(word)
}

/// Whether a text is a derivative with its name.
fn is_named(text: &str) -> bool {
    Label::derived(unfenced(trimmed(text))).is_some()
}

/// The formula in dollars in which a line ends.
fn last_fenced(line: &str) -> Option<&str> {
    let line = line.trim_end_matches(['.', '*', ' ']);
    FENCES.iter().find_map(|(open, close)| {
        let inner = line.strip_suffix(close)?;
        let start = inner.rfind(open)?;
        Some(&line[start..])
    })
}

/// The first of the last lines that name derivatives of one function, in different variables.
fn named_list<'t>(lines: &[&'t str]) -> Option<&'t str> {
    let label = |line: &str| Label::derived(unfenced(trimmed(unmarked(line).1)));
    let labels: Vec<Label> = lines.iter().rev().map_while(|line| label(line)).collect();
    let [last, others @ ..] = &labels[..] else { return None };
    let is_beside =
        |other: &Label| other.function == last.function && !other.wrt.is_empty();
    let is_list = !others.is_empty()
        && others.iter().all(|other| is_beside(other) && other.wrt != last.wrt);
    is_list.then(|| lines[lines.len() - labels.len()])
}

/// The conclusion of a text of several lines with words among them: the last line, where it
/// says that it is the answer or names a derivative, or a formula on a line of its own behind
/// such a line.
pub(super) fn conclusion(text: &str) -> Found<'_> {
    let lines = filled(text);
    let [before @ .., _] = &lines[..] else { return (text, None) };
    // One that says it twice does not conclude.
    let is_short = |line: &&str| begins_to_say(line) && !has_words(line);
    let is_said = lines.last().is_some_and(|line| begins_to_say(line))
        && !before.iter().any(is_short);
    let is_remarked = lines.last().is_some_and(|line| is_remark(line));
    let is_told = is_said || is_remarked;
    if before.is_empty()
        || !is_told && !before.iter().any(|line| has_words(line) || is_step(line))
    {
        return (text, None);
    }
    let Some(place) = lines.iter().rposition(|line| !is_remark(line)) else {
        return (text, None);
    };
    let remarks = &lines[place + 1..];
    // A formula that is set apart begins before its last line.
    let first = opening(&lines, place);
    let start = lines[first].as_ptr() as usize - text.as_ptr() as usize;
    let last = lines[place];
    let end = last.as_ptr() as usize - text.as_ptr() as usize + last.len();
    let (is_step, line) = match first == place {
        true => unnumbered(last),
        false => (false, &text[start..end]),
    };
    if let Some(list) = named_list(&lines[..=place]) {
        let start = list.as_ptr() as usize - text.as_ptr() as usize;
        return (&text[start..end], Some("the answer is the last lines".to_owned()));
    }
    let lead = first.checked_sub(1).map(|place| lines[place]);
    let leads = |lead: &str| {
        let lead = unnumbered(lead).1;
        let words = lead.to_lowercase();
        let says = LEADING.iter().any(|word| words.contains(word));
        words.contains("answer")
            || says
                && lead.ends_with(':')
                && !words.contains(" at ")
                && !is_changing(lead)
    };
    let line = match is_step {
        true => last_fenced(line).filter(|formula| is_named(formula)).unwrap_or(line),
        false => line,
    };
    let says = begins_to_say(line);
    let is_apart = unfenced(trimmed(line)).len() < trimmed(line).len();
    let is_stated = says
        || is_named(line) && (is_step || is_apart || lead.is_none_or(has_words))
        || is_apart && lead.is_some_and(leads);
    // Words behind a formula say nothing of it, and a sentence about something else is none about
    // the answer that stands before it.
    let is_alone = place == 0 && is_remarked;
    if begins_aside(line) && lines[..first].iter().any(|line| is_named(line)) {
        return (text, None);
    }
    let is_stated = is_stated || is_alone;
    let turns = |line: &&str| is_changing(line);
    if !is_stated || lead.is_some_and(is_turning) || remarks.iter().any(turns) {
        return (text, None);
    }
    (line, Some("the answer is the last line".to_owned()))
}

/// Whether a line begins as a sentence about an answer.
fn begins_to_say(line: &str) -> bool {
    let said = line.trim_start_matches(['*', '#', ' ']);
    let word = said.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    is_saying(word) && word.len() > 1
}

/// Whether the words before an answer say that it is none.
fn is_turning(lead: &str) -> bool {
    let words = lead.to_lowercase();
    ["wrong", "incorrect", "not ", "check", "verify", "integra", "tangent"]
        .iter()
        .any(|word| words.contains(word))
}

/// Whether a line begins as a sentence about what was said before.
fn begins_aside(line: &str) -> bool {
    const ASIDE: [&str; 4] = ["this", "that", "it", "here"];
    let word = line.split(|c: char| !c.is_alphabetic()).find(|word| !word.is_empty());
    word.is_some_and(|word| ASIDE.contains(&word.to_lowercase().as_str()))
}

/// Whether a line is words alone.
fn is_remark(line: &str) -> bool {
    is_prose(line) || line.trim_matches(['-', '*', '_', '=']).is_empty()
}

/// Whether a line only says why: it begins with a word such as `since`.
pub(super) fn is_reason(line: &str) -> bool {
    let word = line.split(|c: char| !c.is_alphabetic()).find(|word| !word.is_empty());
    word.is_some_and(|word| {
        line.trim_start().starts_with(word)
            && REASONS.contains(&word.to_lowercase().as_str())
    })
}

/// The line in which the formula begins that ends on a line: `$$` and `\[` stand on lines of
/// their own, and so do the ends of an environment.
fn opening(lines: &[&str], last: usize) -> usize {
    for (open, close) in FENCES {
        let line = lines[last].trim_end_matches(['.', ',']);
        let is_whole = line.starts_with(open) && line.len() > close.len();
        if line.ends_with(close) && !is_whole && open.len() > 1 {
            let found = lines[..last].iter().rposition(|line| line.starts_with(open));
            return found.unwrap_or(last);
        }
    }
    let ends = outline(lines[last]).iter().any(|p| p.sign == super::outline::Sign::End);
    let begins = |line: &&str| line.starts_with("\\begin");
    match ends && !lines[last].contains("\\begin") {
        true => lines[..last].iter().rposition(begins).unwrap_or(last),
        false => last,
    }
}
