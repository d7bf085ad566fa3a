//! What stands around the answer of a reply and is none of it: the task that the reply begins
//! with, what stands before the mark of the answer, the sign at the end of its sentence.

use super::super::marks::{FENCES, unfenced};
use super::super::task::{self, asked_of};
use super::beside::is_taken_back;
use super::label::Label;
use super::precedence::{begins_formula, blocks, lists};
use super::reply::{Says, is_word, says};
use super::words::is_prose;

/// What stands behind the question, with which a reply begins; another one than was asked is a
/// part of what it says.
pub(super) fn behind_task<'t>(text: &'t str, asked: Option<&str>) -> Option<&'t str> {
    const MOST: usize = 2;
    if !text.contains('\n') || !task::begins(text) {
        return None;
    }
    let blocks = blocks(text);
    let [first, _, ..] = blocks[..] else { return None };
    let rest_behind = |block: &&str| {
        let end = block.as_ptr() as usize - text.as_ptr() as usize + block.len();
        let start = first.as_ptr() as usize - text.as_ptr() as usize;
        let rest = text[end..].trim_start();
        let formula = asked_of(&text[start..end])?;
        let is_asked = asked.is_none_or(|asked| bare(&formula) == bare(asked));
        (is_asked && !rest.is_empty()).then_some(rest)
    };
    blocks.iter().take(MOST).find_map(rest_behind)
}

/// The signs of a formula without its name, what asks for its derivative, and what sets it.
fn bare(formula: &str) -> String {
    let formula = unfenced(formula.rsplit('=').next().unwrap_or(formula).trim());
    let label = Label::read(formula).filter(|label| !label.is_value());
    let operand = label.and_then(|label| label.operand);
    let is_sign = |c: &char| !c.is_whitespace() && !"\\{}*·".contains(*c);
    operand.as_deref().unwrap_or(formula).chars().filter(is_sign).collect()
}

/// The formula behind the last mark that says that the answer follows: `#### 42`.
pub(super) fn behind_mark(text: &str) -> Option<&str> {
    let (before, rest) = text.rsplit_once("####")?;
    let line = rest.trim_start().lines().next()?;
    let end = line.as_ptr() as usize - text.as_ptr() as usize + line.len();
    let is_mark = !before.ends_with('#') && begins_formula(line) && !is_prose(line);
    let next = blocks(&text[end..]);
    let is_one = !next.first().is_some_and(|next| lists(line, next));
    (is_mark && is_one && !is_taken_back(&text[end..])).then_some(line)
}

/// A text without the exclamation mark with which its sentence ends. That of a number, of a letter
/// or of a bracket may be a factorial, where no first derivative is asked for.
pub(super) fn unexclaimed<'t>(
    text: &'t str,
    order: Option<usize>,
    other: &str,
) -> Option<&'t str> {
    let rest = text.trim_end().strip_suffix('!')?;
    let is_sentence = FENCES.iter().any(|(_, close)| rest.ends_with(close))
        || rest.split(|c: char| !c.is_alphabetic()).any(is_word);
    let may_be_factorial = match rest.ends_with(|c: char| c.is_ascii_digit()) {
        true => order != Some(1),
        false => order.is_none() && !says(rest, Says::Derivative) && ends_factor(rest),
    };
    let is_end = is_sentence && !may_be_factorial && !rest.ends_with('!');
    (is_end && !other.contains('!')).then_some(rest)
}

/// Whether a text ends with a small letter alone or with a bracket that no name stands before, and
/// that holds one value: what has factorials.
fn ends_factor(text: &str) -> bool {
    let is_small = |c: char| c.is_ascii_lowercase();
    let Some(inner) = text.strip_suffix(')') else {
        let before = text.strip_suffix(is_small);
        return before.is_some_and(|before| !before.ends_with(char::is_alphabetic));
    };
    let Some((before, inner)) = inner.rsplit_once('(') else { return false };
    let is_value = inner.contains(is_small) && !inner.contains([',', '\\', ')']);
    is_value && !before.ends_with(char::is_alphanumeric)
}
