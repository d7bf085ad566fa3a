//! One lexer for each notation: from a text to tokens. Nothing here knows precedence.

mod code;
mod latex;
mod request;
mod text;

use super::limits::{self, Statement};
use super::name::normalise;
use super::plain;
use super::task;
use super::token::{Kind, Tokens};
use super::typed::{Bytes, Typed};
use crate::error::{Error, ErrorKind, Result};
use crate::function;
use crate::kernel::GREEK;
use crate::span::Span;
pub(super) use code::language_of;
pub(super) use latex::{ALIGNED, CONDITIONAL};
pub(super) use text::{declarations, names};

/// A way in which formulas are typed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Input {
    /// The notation of calcgrad.
    #[default]
    Text,
    /// LaTeX for mathematics mode.
    Latex,
    /// Python: numpy, math, scipy.special, torch, tf, jax.
    Python,
    /// SymPy.
    Sympy,
    /// The language of Mathematica.
    Mathematica,
    /// The language of Maxima.
    Maxima,
}

impl Input {
    /// What the language is called, if the notation is one of code.
    pub fn language(self) -> Option<&'static str> {
        code::of(self).map(code::Dialect::name)
    }
}

/// Whether the backslashes of a text are those of `A\b`, which solves: they stand behind operands
/// and before no command of LaTeX.
pub(super) fn solves(text: &str, declared: impl Fn(&str) -> bool) -> bool {
    let is_operand = |c: char| c.is_alphanumeric() || matches!(c, ')' | ']' | '\'');
    let is_solve = |(at, _): (usize, &str)| {
        let (before, behind) = (text[..at].trim_end(), &text[at + 1..]);
        let length = behind.bytes().take_while(u8::is_ascii_alphabetic).count();
        let word = &behind[..length];
        let is_name = match length {
            0 => behind.starts_with(['(', '[', ' ']),
            1 => declared(word),
            _ => !latex::is_command(word),
        };
        is_name && before.ends_with(is_operand)
    };
    !text.contains(['{', '}', '$', '&']) && text.match_indices('\\').all(is_solve)
}

/// A word of letters in a text that has braces around scripts as LaTeX has them, and
/// multiplies nowhere with a sign: in LaTeX the letters are factors.
pub fn braced_word(text: &str) -> Option<&str> {
    let text = match text.split_once('=') {
        Some((label, formula)) if is_short_label(label) => formula,
        _ => text,
    };
    let has_script = text.contains("^{") || text.contains("_{");
    if !has_script || text.contains(['*', ';', '\n', '\\', '=']) {
        return None;
    }
    let mut words = text.split(|c: char| !c.is_ascii_alphabetic());
    let is_index = |word: &str| {
        let at = word.as_ptr() as usize - text.as_ptr() as usize;
        text[..at].ends_with("_{") || text[..at].ends_with('_')
    };
    words.find(|word| {
        let known = || function::is_name(word) || GREEK.iter().any(|row| row.0 == *word);
        word.len() > 1 && !is_index(word) && !known()
    })
}

/// Whether a text is a letter, as LaTeX reads it too: `A`, `f'`, `v_0`, `f(x)`.
fn is_short_label(text: &str) -> bool {
    let mut letters = text.trim().chars();
    let is_letter = letters.next().is_some_and(|c| c.is_ascii_alphabetic());
    let rest = letters.as_str();
    let script = rest.strip_prefix('_').unwrap_or("_").trim_matches(['{', '}']);
    let inside = rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let is_one = |part: &str| part.len() == 1 && part.is_ascii();
    is_letter
        && (rest.chars().all(|c| c == '\'')
            || is_one(script) && script != "_"
            || inside.is_some_and(|list| list.split(',').all(|name| is_one(name.trim()))))
}

/// Why a text with braces is LaTeX, although it has no backslash: `f^{(3)}(x)`.
pub fn has_raised_order(text: &str) -> bool {
    let mut rest = text.split("^{(").skip(1);
    rest.any(|rest| {
        let inner = rest.split_once(")}").map(|(inner, _)| inner);
        inner.is_some_and(|inner| {
            !inner.is_empty()
                && (inner.bytes().all(|b| b.is_ascii_digit())
                    || inner.len() == 1 && inner.bytes().all(|b| b.is_ascii_alphabetic()))
        })
    })
}

/// What JSON makes of `\\tan`, `\\neq` and `\\rho` with one backslash: the place of the
/// control character, and the command. A line may begin with a word, so only a command of
/// several letters more tells a line from one.
fn lost_backslash(text: &str, bytes: &Bytes) -> Option<(usize, String)> {
    if ![b'\t', b'\n', b'\r'].into_iter().any(|byte| bytes.has(byte)) {
        return None;
    }
    for (at, sign) in text.match_indices(['\t', '\n', '\r']) {
        let rest = &text[at + 1..];
        let length = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let letter = match sign {
            "\t" => 't',
            "\n" => 'n',
            _ => 'r',
        };
        let command = format!("{letter}{}", &rest[..length]);
        if length > 1 && latex::is_command(&command) {
            return Some((at, command));
        }
    }
    None
}

/// The statements of a text.
///
/// # Errors
/// A text that is too long, and brackets that do not match.
pub(super) fn statements(typed: &Typed<'_>) -> Result<Vec<Statement>> {
    let Typed { text, input, around, bytes, .. } = typed;
    // What JSON makes of `\\frac` and `\\beta` with one backslash.
    if bytes.has(8) || bytes.has(12) {
        let at = text.find(['\u{8}', '\u{c}']).unwrap_or_default();
        let found = text[at..=at].escape_default().to_string();
        let expected = "a letter, digit or operator".to_owned();
        let kind = ErrorKind::UnexpectedToken { found, expected };
        return Err(Error::at(Span::new(at, at + 1), kind)
            .help("in JSON a backslash is written twice, as in `\\\\frac`"));
    }
    if let Some((at, command)) = lost_backslash(text, bytes) {
        let found = text[at..at + command.len()].escape_default().to_string();
        let expected = "a blank between formulas".to_owned();
        let kind = ErrorKind::UnexpectedToken { found, expected };
        return Err(Error::at(Span::new(at, at + command.len()), kind).help(format!(
            "in JSON a backslash is written twice, as in `\\\\{command}`"
        )));
    }
    limits::check_bytes(text)?;
    let inner = around.inner;
    let refuse = |place: Span, what: &str| {
        let found = &inner[place.start as usize..place.end as usize];
        let kind = ErrorKind::Unsupported(format!("`{found}`, {what}"));
        Error::at(place, kind).help("write the formula alone").moved(around.start)
    };
    if bytes.has(b'~')
        && let Some(place) = plain::struck(inner)
    {
        return Err(refuse(place, "which is struck out"));
    }
    if let Some(place) = task::asking(inner).filter(|_| *input == Input::Text) {
        return Err(refuse(place, "the word of a task"));
    }
    let found = match input {
        Input::Text => limits::statements(inner),
        Input::Latex => latex::statements(inner),
        _ => match code::of(*input) {
            Some(dialect) => code::statements(dialect, inner),
            None => limits::statements(inner),
        },
    };
    let mut statements = found.map_err(|error| error.moved(around.start))?;
    if let [only] = &mut statements[..]
        && *input == Input::Text
        && only.equals.is_some()
        && let place = only.span
        && let Some(end) =
            plain::condition(&inner[place.start as usize..place.end as usize])
    {
        only.end_before(place.start as usize + end);
    }
    for statement in statements.iter_mut().filter(|_| around.start > 0) {
        statement.shift(around.start);
    }
    if let Some(first) = statements.first_mut() {
        first.left_out = first.left_out.or(around.words);
        first.asked.clone_from(&around.asked);
    }
    Ok(statements)
}

/// The tokens of a whole formula, which starts at `offset`; `is_shaped` where shapes are
/// declared. Names that are `declared` may be longer than others.
///
/// # Errors
/// The first place that cannot be read.
pub(super) fn statement<'t>(
    input: Input,
    text: &'t str,
    offset: usize,
    is_shaped: bool,
    declared: &dyn Fn(&str) -> bool,
) -> Result<Tokens<'t>> {
    match input {
        Input::Text if !is_shaped => match request::request(text, declared) {
            Some(request) => requested(request, text, offset),
            None => text::statement(text, offset, is_shaped),
        },
        Input::Text => text::statement(text, offset, is_shaped),
        Input::Latex => latex::statement(text, offset, is_shaped, declared),
        _ => match code::of(input) {
            Some(dialect) => code::statement(dialect, text, offset, declared),
            None => text::statement(text, offset, is_shaped),
        },
    }
}

/// The tokens of a formula with a derivative in front of it.
fn requested<'t>(
    request: request::Request<'t>,
    text: &'t str,
    offset: usize,
) -> Result<Tokens<'t>> {
    let start = request.formula.as_ptr() as usize - text.as_ptr() as usize;
    let place = Span::new(offset + start, offset + start + request.formula.len());
    let mut tokens = text::statement(request.formula, offset + start, false)?;
    if request.is_whole {
        tokens = tokens.grouped(place);
    }
    tokens.requested = Some(Span::new(offset, offset + text.trim_end().len()));
    tokens.request = request.names;
    Ok(tokens)
}

/// The name of a variable that a text of LaTeX is: `\mathbf{x}`, `\hat{y}`.
pub(super) fn name_in_latex(text: &str) -> Option<String> {
    let tokens = latex::statement(text, 0, false, &|_| false).ok()?;
    let mut item = tokens.root()?;
    while matches!(item.kind, Kind::Expression | Kind::Group) {
        let mut inner = item.inner();
        item = inner.next()?;
        if inner.next().is_some() {
            return None;
        }
    }
    (item.kind == Kind::Name).then(|| normalise(item.text))
}

/// The tokens of what a definition in code defines: a name with its place, and parameters that
/// do not stand behind it; `None` in other notations.
pub(super) fn head<'t>(
    input: Input,
    name: (&'t str, Span),
    parameters: Option<(&'t str, Span)>,
) -> Option<Result<Tokens<'t>>> {
    code::of(input).map(|dialect| code::head(dialect, name, parameters))
}

/// The tokens of a text that is one expression to its end; `None` when it is none.
pub(super) fn expression<'t>(
    input: Input,
    text: &'t str,
    offset: usize,
    declared: &dyn Fn(&str) -> bool,
) -> Option<Tokens<'t>> {
    match input {
        Input::Latex => latex::statement(text, offset, false, declared).ok(),
        _ => text::expression(text, offset),
    }
}
