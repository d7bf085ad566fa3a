//! A text as it was typed: what stands around its formula, and its notation. Both are asked once.

use super::lexer::{Input, language_of};
use super::marks::{Around, Purpose, around};

/// Which bytes stand in a text.
#[derive(Clone, Debug)]
pub(super) struct Bytes([bool; 256]);

impl Bytes {
    pub(super) fn of(text: &str) -> Self {
        let mut found = [false; 256];
        text.bytes().for_each(|byte| found[usize::from(byte)] = true);
        Self(found)
    }

    /// Whether a byte stands in it.
    pub(super) fn has(&self, byte: u8) -> bool {
        self.0[usize::from(byte)]
    }

    /// Whether a word stands in a text of these bytes; most texts have not all of its letters.
    pub(super) fn hold(&self, text: &str, word: &str) -> bool {
        word.bytes().all(|byte| self.has(byte)) && text.contains(word)
    }

    /// Whether all of it is ASCII.
    pub(super) fn is_ascii(&self) -> bool {
        !self.0[0x80..].contains(&true)
    }
}

/// A text as it was typed.
#[derive(Debug)]
pub struct Typed<'t> {
    /// The text.
    pub text: &'t str,
    /// Its notation.
    pub input: Input,
    pub(super) purpose: Purpose,
    pub(super) around: Around<'t>,
    pub(super) bytes: Bytes,
}

impl<'t> Typed<'t> {
    /// A text that is read for a purpose, in the notation that is given or else found out.
    pub fn new(text: &'t str, purpose: Purpose, input: Option<Input>) -> Self {
        let bytes = Bytes::of(text);
        let around = around(text, &bytes, purpose);
        let input = input.unwrap_or_else(|| notation(text, &around, &bytes));
        Self { text, input, purpose, around, bytes }
    }
}

/// The notation in which a text is typed, where nothing is said of it.
pub fn input_of(text: &str) -> Input {
    Typed::new(text, Purpose::Question, None).input
}

/// The notation of a text: a backslash stands in LaTeX only, and so do dollars around a formula
/// and `{,}`; code is known by what stands in that language only.
fn notation(whole: &str, around: &Around<'_>, bytes: &Bytes) -> Input {
    let text = around.inner;
    if let Some(language) = language_of(text, bytes) {
        return language;
    }
    let is_dollar = || {
        let inner = whole.trim().strip_prefix('$');
        inner.is_some_and(|rest| rest.ends_with('$'))
    };
    // A fraction that lost its backslash.
    let is_fraction = || text.contains("frac{") && text.contains("}{");
    let is_latex = around.is_latex
        || bytes.has(b'\\') && text.contains('\\')
        || bytes.has(b'{')
            && (BRACED.iter().any(|sign| bytes.hold(text, sign)) || is_fraction())
        || bytes.has(b'$') && is_dollar()
        || bytes.has(b'~') && has_tie(text)
        || bytes.has(b'_') && has_indices(text);
    if is_latex { Input::Latex } else { Input::Text }
}

/// Signs in braces, or nothing, as in LaTeX only: `x{+}1`.
const BRACED: [&str; 6] = ["{}", "{,}", "{+}", "{-}", "{=}", "{*}"];

/// Whether a blank of LaTeX stands between two signs: `x~+~1`.
fn has_tie(text: &str) -> bool {
    let is_blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
    text.match_indices('~').any(|(at, _)| {
        !is_blank(text[..at].chars().next_back())
            && !is_blank(text[at + 1..].chars().next())
    })
}

/// Whether an index stands as in LaTeX only: `x_{i,j}`, `x^2_1`.
fn has_indices(text: &str) -> bool {
    let bytes = text.as_bytes();
    text.match_indices('_').any(|(at, _)| {
        let inside = || text[at + 1..].strip_prefix('{').and_then(|r| r.split_once('}'));
        at > 1 && bytes[at - 2] == b'^' && bytes[at - 1].is_ascii_digit()
            || inside().is_some_and(|(index, _)| index.contains(','))
    })
}
