//! What stands around a whole formula and says nothing of it: full stops, quotes, dollars,
//! fences, signs of conclusion, the words of a task. Rows of tables; no formula is read here.

use super::answer::Label;
use super::limits::pieces;
use crate::error::Note;
use crate::function;
use crate::kernel::GREEK;
use crate::span::Span;

/// Marks that stand on both sides; what they hold has none of them.
const PAIRS: [(&str, &str); 9] = [
    ("```", "```"),
    ("$$", "$$"),
    ("$", "$"),
    ("`", "`"),
    ("**", "**"),
    ("“", "”"),
    ("„", "“"),
    ("‘", "’"),
    ("«", "»"),
];
/// Marks at the end of a sentence or of a line of code.
const BEHIND: [char; 5] = ['.', ',', ';', '。', '，'];
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
/// What a fence is said to hold.
const FENCED: [&str; 10] = [
    "latex",
    "tex",
    "math",
    "text",
    "python",
    "py",
    "mathematica",
    "maxima",
    "plaintext",
    "txt",
];
/// Words with which a task begins; an answer does not begin with them.
#[rustfmt::skip]
const TASKS: [&str; 19] = [
    "let", "consider", "given", "find", "compute", "calculate", "determine", "evaluate", "what",
    "suppose", "tính", "tìm", "cho", "berechne", "bestimme", "calculer", "soit", "calcula", "halla",
];
/// Words that ask for something and name nothing.
const ASKING: [&str; 8] = [
    "differentiate",
    "derive",
    "integrate",
    "simplify",
    "ableiten",
    "dériver",
    "derivar",
    "solve",
];
/// What stands on both sides of what is struck out.
const STRIKE: &str = "~~";
/// Words behind these that say nothing of the formula. Words for derivatives are none: `The
/// derivative of $2x$` is no answer.
#[rustfmt::skip]
const WORDS: [&str; 30] = [
    "is", "the", "a", "this", "following", "function", "functions", "expression", "formula", "of", "for", "by", "be", "as", "defined",
    "that", "take", "we", "have", "hàm", "của", "số", "die", "von", "der", "funktion", "la", "de", "fonction", "función",
];

/// How many marks are looked for around each other.
const MOST: usize = 8;

/// A text, and what stands around the formula in it.
#[derive(Debug)]
pub(super) struct Around<'t> {
    /// The formula.
    pub(super) inner: &'t str,
    /// Where it begins.
    pub(super) start: usize,
    /// Words before it.
    pub(super) words: Option<Span>,
    /// Whether dollars stand around it.
    pub(super) is_latex: bool,
}

/// The formula in a text.
pub(super) fn around(text: &str) -> Around<'_> {
    let mut found = Around { inner: text, start: 0, words: None, is_latex: false };
    // Most formulas begin and end with a letter, a digit or a bracket.
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "()[]{}|-+!\n".contains(c);
    let has_dollar = text.contains('$') || text.contains("\\(");
    if text.starts_with(is_plain)
        && text.ends_with(is_plain)
        && !has_dollar
        && !text.contains('@')
        && !MAPPING.iter().any(|sign| text.contains(sign))
    {
        return found;
    }
    for _ in 0..MOST {
        let before = found.inner.len();
        found.inner = found.inner.trim();
        found.conclude();
        found.pair();
        found.stop();
        found.task();
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
        let marks = ['$', '`', '(', '\\', ' '];
        words.start = 0;
        words.end = text[..found.start].trim_end_matches(marks).len() as u32;
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
        let row = PAIRS.iter().find_map(|(open, close)| {
            let inner = self.inner.strip_prefix(*open)?.strip_suffix(*close)?;
            (!inner.contains(*open) && !inner.contains(*close)).then_some((*open, inner))
        });
        let Some((open, inner)) = row else { return };
        self.is_latex |= open.starts_with('$');
        self.inner = inner;
        // ```latex
        if open == "```"
            && let Some((first, rest)) = inner.split_once('\n')
            && FENCED.contains(&first.trim().to_lowercase().as_str())
        {
            self.inner = rest;
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
        let Some(rest) = self.inner.strip_suffix(BEHIND) else { return };
        if is_sentence(rest) {
            return;
        }
        let rest = rest.trim_end();
        let ends = |mark: &str| rest.ends_with(mark);
        if !rest.is_empty() && !ends("\\right") && !ends("\\") && !ends(".") && !ends(",")
        {
            self.inner = rest;
        }
    }

    /// `Let $f(x) = x^2$`: one formula between dollars, and words that ask for nothing else.
    fn task(&mut self) {
        if let Some(rest) = self.inner.strip_prefix("\\text{")
            && let Some((words, formula)) = rest.split_once('}')
            && said(words)
        {
            self.words = Some(Span::default());
            self.inner = formula;
        }
        for (open, close) in [("$", "$"), ("\\(", "\\)"), ("`", "`")] {
            let Some((words, rest)) = self.inner.split_once(open) else { continue };
            let Some((formula, behind)) = rest.split_once(close) else { continue };
            if words.is_empty() || !said(words) || !behind.trim_matches(BEHIND).is_empty()
            {
                continue;
            }
            self.is_latex |= open != "`";
            self.words = Some(Span::default());
            self.inner = formula;
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

/// Whether all words ask for nothing but a derivative.
fn said(words: &str) -> bool {
    let mut parts =
        words.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let plain =
        |c: char| c.is_alphabetic() || c.is_whitespace() || matches!(c, ':' | ',');
    let is_of = |rows: &[&str], word: &str| rows.contains(&word.to_lowercase().as_str());
    words.chars().all(plain)
        && parts.next().is_some_and(|word| {
            // `We are given $2x$` begins no task.
            word.starts_with(char::is_uppercase) && is_of(&TASKS, word)
        })
        && parts.all(|word| is_of(&WORDS, word) || is_of(&TASKS, word))
}

/// Whether a text ends with a sign of mapping, or is a handle of a function.
pub(super) fn maps(text: &str) -> bool {
    let text = text.trim_end();
    text.contains("@(") || MAPPING.iter().any(|sign| text.ends_with(sign))
}

/// What is struck out in a text: `~~x^2~~`, and `~~x` that is not ended.
pub(super) fn struck(text: &str) -> Option<Span> {
    let (before, rest) = text.split_once(STRIKE)?;
    let is_blank = |c: char| c.is_whitespace() || c == '~';
    if rest.starts_with(is_blank)
        || !before.is_empty() && !before.ends_with(char::is_whitespace)
    {
        return None;
    }
    let end = match rest.split_once(STRIKE) {
        Some((inner, behind))
            if !inner.ends_with(is_blank)
                && !behind.starts_with(char::is_alphanumeric) =>
        {
            inner.len() + STRIKE.len()
        }
        None if before.is_empty() => rest.len(),
        _ => return None,
    };
    let start = before.len();
    Some(Span::new(start, start + STRIKE.len() + end))
}

/// The word of a task in front of a formula without marks: `Differentiate x^2`.
pub(super) fn asking(text: &str) -> Option<Span> {
    let start = text.len() - text.trim_start().len();
    let (word, rest) = text[start..].split_once([' ', ':'])?;
    let small = word.to_lowercase();
    let is_task = ASKING.contains(&small.as_str())
        || TASKS.contains(&small.as_str()) && word.starts_with(char::is_uppercase);
    let goes_on = rest.trim_start().starts_with(|c: char| {
        c.is_alphanumeric() || matches!(c, '(' | '\\' | '$' | '√')
    });
    (is_task && goes_on).then(|| Span::new(start, start + word.len()))
}

/// What is read as a factor and may be the number of a formula in a list, the number of an
/// equation, or a mark of code.
pub(super) fn doubts(text: &str) -> Vec<Note> {
    let mut notes = Vec::new();
    let mut note = |start: usize, end: usize, what: &str| {
        let message = format!("`{}` is read as a factor; {what}", &text[start..end]);
        notes.push(Note { message, span: Some(Span::new(start, end)) });
    };
    let is_number = |text: &str| {
        matches!(text.len(), 1 | 2) && text.bytes().all(|b| b.is_ascii_digit())
    };
    let begins = |text: &str| {
        text.starts_with(|c: char| c.is_alphabetic() || matches!(c, '\\' | '('))
    };
    let start = text.len() - text.trim_start().len();
    if let Some((number, rest)) = text[start..].split_once(". ")
        && is_number(number)
        && begins(rest.trim_start())
    {
        note(start, start + number.len() + 1, "leave the number of a formula out");
    }
    let end = text.trim_end().len();
    if let Some((front, number)) =
        text[..end].strip_suffix(')').and_then(|front| front.rsplit_once(" ("))
        && is_number(number)
        && front.contains('=')
        && front
            .trim_end()
            .ends_with(|c: char| c.is_alphanumeric() || matches!(c, ')' | '}'))
    {
        note(front.len() + 1, end, "leave the number of an equation out");
    }
    for (at, _) in text.match_indices(['f', 'F']) {
        let before = text[..at].trim_end_matches(|c: char| c.is_ascii_digit());
        let is_decimal = before.len() < at
            && before
                .strip_suffix('.')
                .is_some_and(|whole| whole.ends_with(|c: char| c.is_ascii_digit()));
        if is_decimal
            && !text[at + 1..].starts_with(|c: char| {
                c.is_alphanumeric() || matches!(c, '_' | '(' | '\'')
            })
        {
            note(at, at + 1, "a number of C is written without it");
        }
    }
    notes
}

/// Where a condition begins behind a formula of text: `, x > 0`, ` (x > 0)`.
pub(super) fn condition(text: &str) -> Option<usize> {
    let compares =
        |part: &str| part.contains(['<', '>', '≤', '≥', '≠']) || part.contains("!=");
    if !compares(text) {
        return None;
    }
    let parts = pieces(text)?;
    if let [formula, conditions @ ..] = &parts[..]
        && !conditions.is_empty()
        && !text.contains(';')
        && !compares(formula)
        && conditions.iter().all(|part| compares(part))
    {
        return Some(text.find(formula)? + formula.len());
    }
    let at = text.strip_suffix(')')?.rfind(" (")?;
    let inside = &text[at + 2..text.len() - 1];
    let is_one = compares(inside) && !inside.contains(['(', ')', '[', ',']);
    (is_one
        && !compares(&text[..at])
        && !text[..at].trim_end().ends_with(['+', '-', '*', '/', '^', '=']))
    .then_some(at)
}

/// Operators that work entry by entry in languages of arrays, with what each is for numbers in
/// as many bytes.
const ENTRYWISE: [(&str, &str); 4] =
    [(".^", " ^"), (".*", " *"), ("./", " /"), (".(", "( ")];

/// The next operator of a text that works entry by entry; `0.(3)` is a decimal.
fn entrywise(
    text: &str,
    from: usize,
) -> Option<(usize, &'static (&'static str, &'static str))> {
    let mut places = text[from..].match_indices('.').map(|(at, _)| from + at);
    places.find_map(|at| {
        let row = ENTRYWISE.iter().find(|row| text[at..].starts_with(row.0))?;
        let is_name = text[..at].ends_with(char::is_alphabetic);
        (row.0 != ".(" || is_name).then_some((at, row))
    })
}

/// A text in the signs of calcgrad, with all places as they are, and what is to be said of it:
/// signs as wide as two, and operators that work entry by entry.
pub(super) fn plain(text: &str) -> Option<(String, Option<Note>)> {
    let wide = narrow(text);
    let now = wide.as_deref().unwrap_or(text);
    let Some((at, row)) = entrywise(now, 0) else {
        return wide.map(|text| (text, None));
    };
    let message =
        format!("`{}` works entry by entry, as without the point for a number", row.0);
    let note = Note { message, span: Some(Span::new(at, at + row.0.len())) };
    let (mut out, mut from) = (String::with_capacity(now.len()), 0);
    while let Some((at, row)) = entrywise(now, from) {
        out.push_str(&now[from..at]);
        out.push_str(row.1);
        from = at + row.0.len();
    }
    out.push_str(&now[from..]);
    Some((out, Some(note)))
}

/// A text with signs that are as wide as two in the width of others, and blanks for the bytes
/// that they had more, so that all places stay.
fn narrow(text: &str) -> Option<String> {
    // The first of them ends sentences, and is hardly ever a factorial.
    let is_wide = |c: char| matches!(c, '\u{FF02}'..='\u{FF5E}');
    if text.is_ascii() || !text.contains(is_wide) {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut blanks = 0;
    for c in text.chars() {
        let Some(sign) =
            char::from_u32(u32::from(c).wrapping_sub(0xFEE0)).filter(|_| is_wide(c))
        else {
            out.extend(std::iter::repeat_n(' ', std::mem::take(&mut blanks)));
            out.push(c);
            continue;
        };
        if sign.is_ascii_alphanumeric() {
            out.push(sign);
            blanks += 2;
            continue;
        }
        // An exponent stands directly behind a bracket.
        let is_close = matches!(sign, ')' | ']' | '}');
        blanks += 2;
        if is_close {
            out.extend(std::iter::repeat_n(' ', std::mem::take(&mut blanks)));
        }
        out.push(sign);
    }
    out.extend(std::iter::repeat_n(' ', blanks));
    Some(out)
}
