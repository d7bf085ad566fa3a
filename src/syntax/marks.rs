//! What stands around a whole formula and says nothing of it, in a question and in an answer:
//! dollars, fences, quotes, full stops, signs of conclusion. Rows of tables; no formula is read
//! here. What only a question has is in `task`, what only an answer has in `answer/around`.

use super::answer::Label;
use super::limits::pieces;
use super::task;
use super::typed::Bytes;
use crate::function;
use crate::kernel::GREEK;
use crate::span::Span;

/// What a text is read for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Purpose {
    /// A formula that is asked about: words of a task may stand beside it.
    #[default]
    Question,
    /// An answer or a part of one: one that begins as a task says the question again.
    Answer,
}

/// What stands around a formula of LaTeX.
pub(super) const FENCES: [(&str, &str); 4] =
    [("$$", "$$"), ("\\[", "\\]"), ("\\(", "\\)"), ("$", "$")];
/// Other marks that stand on both sides.
pub(super) const QUOTES: [(&str, &str); 8] = [
    CODES[0],
    CODES[1],
    ("***", "***"),
    BOLD,
    ("“", "”"),
    ("„", "“"),
    ("‘", "’"),
    ("«", "»"),
];
/// What stands around code.
pub(super) const CODES: [(&str, &str); 2] = [(CODE, CODE), ("`", "`")];
/// What stands around bold type.
pub(super) const BOLD: (&str, &str) = ("**", "**");
/// What stands around a block of code.
const CODE: &str = "```";
/// What a block of code is said to hold.
const HELD: [&str; 16] = [
    "",
    "latex",
    "tex",
    "math",
    "markdown",
    "md",
    "text",
    "txt",
    "plaintext",
    "python",
    "py",
    "sympy",
    "mathematica",
    "maxima",
    "matlab",
    "output",
];
/// Marks at the end of a sentence or of a line of code.
pub(super) const ENDS: [char; 5] = ['.', ',', ';', '。', '，'];
/// Signs in front of what follows from what was said.
const CONCLUDING: [&str; 10] = [
    "\\therefore",
    "\\Rightarrow",
    "\\Longrightarrow",
    "\\implies",
    "∴",
    "⇒",
    "⟹",
    "=>",
    ">>>",
    "@.",
];
/// Signs between the variables of a function and its value.
const MAPPING: [&str; 3] = ["->", "=>", "↦"];
/// How many marks are looked for around each other.
const MOST: usize = 8;

/// What the first of some pairs holds that stands around a whole text, and how the pair begins.
pub(super) fn held(
    text: &str,
    pairs: impl IntoIterator<Item = (&'static str, &'static str)>,
) -> Option<(&'static str, &str)> {
    pairs.into_iter().find_map(|(open, close)| {
        let inner = text.strip_prefix(open)?.strip_suffix(close)?;
        let is_one = !inner.contains(open) && !inner.contains(close);
        let has_language = |(first, _): &(&str, &str)| {
            HELD.contains(&first.trim().to_lowercase().as_str())
        };
        let block = inner.split_once('\n').filter(|_| open == CODE);
        let inner = block.filter(has_language).map_or(inner, |(_, rest)| rest);
        (is_one && !inner.trim().is_empty()).then_some((open, inner))
    })
}

/// A line without the signs that open or close a block of code in it; what is said of such a
/// block goes with them.
pub(super) fn beside_code(line: &str) -> &str {
    let line = match line.strip_prefix(CODE) {
        Some(rest) if HELD.contains(&rest.trim().to_lowercase().as_str()) => "",
        Some(rest) => rest.trim_start(),
        None => line,
    };
    line.strip_suffix(CODE).map_or(line, str::trim_end)
}

/// A text without the dollars around all of it.
pub(super) fn unfenced(text: &str) -> &str {
    held(text, FENCES).map_or(text, |(_, inner)| inner.trim())
}

/// A text without the stars of bold type around all of it.
pub(super) fn unbold(text: &str) -> &str {
    held(text, [BOLD]).map_or(text, |(_, inner)| inner.trim())
}

/// A text without one mark behind it; that of `\right.` is a bracket, `\,` a blank.
pub(super) fn without_end(text: &str, is_end: impl Fn(char) -> bool) -> Option<&str> {
    let rest = text.strip_suffix(is_end)?.trim_end();
    (!rest.ends_with('\\') && !rest.ends_with("\\right")).then_some(rest)
}

/// A text, and what stands around the formula in it.
#[derive(Debug)]
pub(super) struct Around<'t> {
    /// The formula.
    pub(super) inner: &'t str,
    /// Where it begins.
    pub(super) start: usize,
    /// Words before it.
    pub(super) words: Option<Span>,
    /// The derivative that its words ask for.
    pub(super) asked: Option<task::Wanted>,
    /// Those of its words that ask, where others stand before the formula.
    asking: Option<&'t str>,
    /// Whether dollars stand around it.
    pub(super) is_latex: bool,
}

/// The formula in a text that has some bytes.
pub(super) fn around<'t>(text: &'t str, bytes: &Bytes, purpose: Purpose) -> Around<'t> {
    let mut found = Around {
        inner: text,
        start: 0,
        words: None,
        asked: None,
        asking: None,
        is_latex: false,
    };
    // Most formulas begin and end with a letter, a digit or a bracket.
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "()[]{}|-+!\n".contains(c);
    let may_map = (bytes.has(b'>') || !bytes.is_ascii()) && maps_within(text);
    let is_fenced = bytes.has(b'$') || bytes.has(b'@') || bytes.hold(text, "\\(");
    let has_words = purpose == Purpose::Question && task::begins(text);
    if text.starts_with(is_plain)
        && text.ends_with(is_plain)
        && !is_fenced
        && !may_map
        && !has_words
    {
        return found;
    }
    for _ in 0..MOST {
        let before = found.inner.len();
        found.inner = found.inner.trim();
        found.conclude();
        found.pair();
        found.stop();
        if purpose == Purpose::Question {
            found.task();
        }
        found.mapping();
        if found.inner.len() == before {
            break;
        }
    }
    if found.inner.is_empty() {
        found.inner = text;
    }
    found.start = found.inner.as_ptr() as usize - text.as_ptr() as usize;
    if let Some(words) = &mut found.words {
        let marks = ['$', '`', '(', '[', '\\', ' ', '\n'];
        words.start = 0;
        words.end = text[..found.start].trim_end_matches(marks).len() as u32;
        if words.end == 0 && found.asked.is_some() {
            *words = Span::new(found.start + found.inner.len(), text.trim_end().len());
        }
        if let Some(asking) = found.asking {
            let start = asking.as_ptr() as usize - text.as_ptr() as usize;
            *words = Span::new(start, start + asking.len());
        }
    }
    found
}

impl<'t> Around<'t> {
    /// `\therefore y = x^2`.
    fn conclude(&mut self) {
        let rest = CONCLUDING.iter().find_map(|sign| self.inner.strip_prefix(*sign));
        if let Some(rest) = rest.filter(|rest| !rest.starts_with(char::is_alphabetic)) {
            self.inner = rest;
        }
    }

    fn pair(&mut self) {
        if let Some((open, inner)) = held(self.inner, FENCES.into_iter().chain(QUOTES)) {
            self.is_latex |= FENCES.iter().any(|pair| pair.0 == open);
            self.inner = inner;
        }
    }

    /// A full stop, but for the one of `\right.` and three of them.
    fn stop(&mut self) {
        // What ends a statement of Maxima, `f(x) := %e^x$`; `2*x$` is half of a formula.
        if let Some(rest) = self.inner.strip_suffix('$')
            && rest.contains(['%', ':'])
            && !rest.contains(['$', '\\'])
        {
            self.inner = rest;
            return;
        }
        let Some(rest) = without_end(self.inner, |c| ENDS.contains(&c)) else { return };
        if !rest.is_empty() && !rest.ends_with(['.', ',']) && !is_sentence(rest) {
            self.inner = rest;
        }
    }

    /// `Let $f(x) = x^2$`, `Find the derivative of $x^2$`.
    fn task(&mut self) {
        if let Some(task) = task::task(self.inner) {
            let has_words =
                task.asked.is_some() || task.formula.as_ptr() != self.inner.as_ptr();
            self.words = self.words.or(has_words.then(Span::default));
            self.inner = task.formula;
            self.is_latex |= task.is_latex;
            self.asking = task.asking.or(self.asking);
            self.asked = self.asked.take().or(task.asked);
        }
    }

    /// `x -> x^2`, `f = x => x**2`, `f = @(x) x.^2`.
    fn mapping(&mut self) {
        let is_label = |text: &str| {
            Label::read(text.trim())
                .is_some_and(|label| label.is_value() && !text.contains('('))
        };
        let handle = match self.inner.split_once('=') {
            Some((label, rest)) if is_label(label) => rest.trim_start(),
            _ => self.inner,
        };
        if let Some((names, value)) =
            handle.strip_prefix("@(").and_then(|rest| rest.split_once(')'))
            && names.chars().all(|c| c.is_alphanumeric() || matches!(c, ',' | ' ' | '_'))
        {
            self.words = Some(Span::default());
            self.inner = value;
        }
        for sign in MAPPING {
            let Some((names, value)) = self.inner.split_once(sign) else { continue };
            let names = match names.split_once([':', '=']) {
                Some((label, rest)) if is_label(label) => rest.trim(),
                _ => names.trim(),
            };
            let inside = names.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
            let is_name =
                |name: &str| Label::read(name).is_some_and(|label| label.is_value());
            let parts = pieces(inside.unwrap_or(names)).unwrap_or_default();
            // The sign of a conclusion, unless what follows depends on the name.
            let is_meant = sign != "=>"
                || !value.contains('=') && parts.iter().any(|name| value.contains(name));
            if !parts.is_empty()
                && is_meant
                && parts.into_iter().all(is_name)
                && !value.contains(sign)
            {
                self.words = Some(Span::default());
                self.inner = value;
            }
        }
    }
}

/// Whether two words stand side by side that are no functions.
fn is_sentence(text: &str) -> bool {
    let is_word = |word: &str| {
        word.len() > 3
            && word.chars().all(char::is_alphabetic)
            && !function::is_name(word)
            && GREEK.iter().all(|row| row.0 != word)
    };
    let mut words = text.split_whitespace().map(is_word);
    let mut before = false;
    words.any(|word| std::mem::replace(&mut before, word) && word)
}

fn maps_within(text: &str) -> bool {
    MAPPING.iter().any(|sign| text.contains(sign))
}

/// Whether a text ends with a sign of mapping, or is a handle of a function.
pub(super) fn maps(text: &str) -> bool {
    let text = text.trim_end();
    text.contains("@(") || MAPPING.iter().any(|sign| text.ends_with(sign))
}
