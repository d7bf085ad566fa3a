//! The formulas of a reply with the words between them.

use super::super::super::marks::{CODES, FENCES, unfenced};
use super::super::label::Label;
use super::super::lines::{joined, named};
use super::super::markup;
use super::super::outline::{Sign, outline};
use super::super::prose::STEPS;
use super::Reply;
use super::tongue::{Says, is_chinese, is_word, says};
use crate::syntax::words::parts;
use std::borrow::Cow;

/// The shortest word that no list has.
const WORD: usize = 4;
/// The longest mark of a part, without its brackets.
const MARK: usize = 3;

/// The most formulas of a reply that is taken apart.
const MOST: usize = 128;

/// A formula of a reply.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unit<'t> {
    /// The formula, with what says that it is one.
    pub(super) text: &'t str,
    /// What stands before it in its sentence, other formulas among that.
    pub(super) sentence: &'t str,
    /// What stands between the formula before and this one, in its sentence.
    pub(super) lead: &'t str,
    /// What stands between the formula before and this one.
    gap: &'t str,
    /// What stands between this one and the next.
    pub(super) behind: &'t str,
    /// Whether nothing stands before it on its line.
    pub(super) begins_line: bool,
    /// Whether the mark of a part stands before it: `(a)`.
    pub(super) is_part: bool,
}

impl<'t> Unit<'t> {
    /// The formula alone.
    pub(super) fn formula(&self) -> &'t str {
        let text = self.text.trim_matches('`');
        // A block of code may begin with the name of its language.
        let code = match text.split_once('\n') {
            Some((name, code)) if self.text.starts_with("```") => {
                if name.chars().all(char::is_alphanumeric) { code } else { text }
            }
            _ => text,
        };
        unfenced(code.trim()).trim_end_matches(['.', ',', ';']).trim()
    }

    /// Whether something around it says that it is LaTeX.
    pub(super) fn is_latex(&self) -> bool {
        self.text.starts_with(['$', '\\'])
    }

    /// A formula as this one was written.
    pub(super) fn written(&self, formula: &str) -> String {
        match self.is_latex() {
            true => format!("${formula}$"),
            false => formula.to_owned(),
        }
    }

    /// It with a name before it, instead of its own.
    pub(super) fn labelled(&self, name: &str) -> String {
        let formula = self.formula();
        let formula = formula.rsplit('=').next().unwrap_or(formula).trim();
        self.written(&format!("{name} = {formula}"))
    }

    /// It with another form of it behind it.
    pub(super) fn and_then(&self, other: &Unit<'_>) -> Reply {
        let formula = format!("{} = {}", self.formula(), other.formula());
        let note = format!("the answer is the formula of its sentence, `{formula}`");
        Reply { text: self.written(&formula), note, others: Vec::new() }
    }

    /// What its first sign of equality stands behind.
    pub(super) fn side(&self) -> Option<&'t str> {
        self.formula().split_once('=').map(|(side, _)| side.trim())
    }

    /// What its name says of it.
    pub(super) fn label(&self, is_name: &dyn Fn(&str) -> bool) -> Option<Label> {
        let mut label = self.side().and_then(Label::read)?;
        label.split(is_name);
        Some(label)
    }

    /// Whether it is an equation to solve: `f'(x) = 2x = 0`.
    pub(super) fn is_solved(&self) -> bool {
        let sides: Vec<&str> = self.formula().split('=').collect();
        sides.len() > 2 && sides.last().is_some_and(|side| side.trim() == "0")
    }

    /// Whether no word stands before it in the text.
    pub(super) fn begins_alone(&self) -> bool {
        !self.gap.contains(char::is_alphabetic)
    }

    /// Whether it begins a text, with nothing but a remark behind it.
    pub(super) fn begins_text(&self) -> bool {
        let behind = self.behind.trim_start_matches(['$', ' ']);
        let is_apart =
            behind.starts_with(['(', ',', '.', '\n']) || says(behind, Says::Where);
        is_apart && self.begins_alone() && !says(behind, Says::Change)
    }

    /// Whether it is a name of the question, or letters that are none.
    pub(super) fn is_letters(&self, is_name: &dyn Fn(&str) -> bool) -> bool {
        let formula = self.formula();
        let is_plain = formula.chars().all(char::is_alphabetic);
        let is_product =
            || formula.chars().count() > 1 && parts(formula, is_name).is_some();
        is_name(formula) || is_plain && formula.chars().count() < WORD && !is_product()
    }

    /// Whether words beside it speak of its derivative: `The derivative of $x^2$ is`.
    pub(super) fn is_operand(&self) -> bool {
        let words = self.lead.trim_end();
        let is_of = ["of", "của"].iter().any(|of| words.ends_with(&format!(" {of}")));
        // `dy/dx is 2x`.
        let label = || Label::read(self.formula()).is_some_and(|label| !label.is_value());
        is_of || label() || self.behind.trim_start_matches(['$', ' ']).starts_with('的')
    }

    /// Whether no formula stands before it in its sentence.
    pub(super) fn begins_sentence(&self) -> bool {
        self.lead.len() == self.sentence.len()
    }

    /// Whether it compares: `x > 0`.
    pub(super) fn is_compared(&self) -> bool {
        outline(self.formula()).iter().any(|piece| piece.sign == Sign::Relation)
    }

    /// Whether words beside it say that it is wrong.
    pub(super) fn is_denied(&self) -> bool {
        says(self.gap, Says::Denial) || says(self.behind, Says::Denial)
    }
}

/// Abbreviations with signs in them.
#[rustfmt::skip]
const ABBREVIATIONS: [(&str, &str); 11] = [
    ("w.r.t.", "with respect to"), ("i.e.", "that is"), ("Đ/S", "ĐS"), ("Đ/s", "ĐS"),
    ("&nbsp;", " "), ("&middot;", "·"), ("&times;", "×"), ("&minus;", "-"), ("&sup2;", "²"),
    ("&sup3;", "³"), ("&radic;", "√"),
];

/// A text with the signs of Latin script for those of Chinese, which are as wide as two, and for
/// those of HTML, without abbreviations with points, and with formulas that go on in the next line on one.
pub fn narrow(text: &str) -> Cow<'_, str> {
    let then = |text, next: fn(&str) -> Cow<'_, str>| match text {
        Cow::Borrowed(text) => next(text),
        Cow::Owned(text) => Cow::Owned(next(&text).into_owned()),
    };
    then(then(then(markup::plain(text), named), joined), latin)
}

fn latin(text: &str) -> Cow<'_, str> {
    let is_wide =
        |c: char| matches!(c, '。' | '、' | '【' | '】' | '\u{FF01}'..='\u{FF5E}');
    let is_short = |row: &(&str, &str)| text.contains(row.0);
    if !text.contains(is_wide) && !ABBREVIATIONS.iter().any(is_short) {
        return Cow::Borrowed(text);
    }
    let mut narrowed = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '。' | '．' => narrowed.push_str(". "),
            '，' | '、' => narrowed.push_str(", "),
            '：' | '】' => narrowed.push_str(": "),
            '【' => {}
            '；' => narrowed.push_str("; "),
            '\u{FF01}'..='\u{FF5E}' => {
                narrowed.extend(char::from_u32(c as u32 - 0xFF01 + 0x21));
            }
            c => narrowed.push(c),
        }
    }
    let whole = |text: String, row: &(&str, &str)| text.replace(row.0, row.1);
    Cow::Owned(ABBREVIATIONS.iter().fold(narrowed, whole))
}

/// Where a formula stands.
#[derive(Clone, Copy, Debug)]
struct Place {
    start: usize,
    end: usize,
    is_part: bool,
}

/// The formulas of a text; `None` where what stands around one does not close, or there are too
/// many.
pub(super) fn units<'t>(
    text: &'t str,
    is_name: &dyn Fn(&str) -> bool,
) -> Option<Vec<Unit<'t>>> {
    let mut reader =
        Reader { text, is_name, at: 0, places: Vec::new(), has_parts: false };
    reader.has_parts = reader.mark(0).is_some();
    reader.read()?;
    let places = reader.places;
    let mut found = Vec::with_capacity(places.len());
    // Where the formula before ends, and the one before that is no name.
    let (mut before, mut told) = (0, 0);
    for (at, place) in places.iter().enumerate() {
        let start = sentence(text, &places[..at], place.start);
        let line = text[..place.start].rfind('\n').map_or(0, |at| at + 1);
        let end = places.get(at + 1).map_or(text.len(), |next| next.start);
        found.push(Unit {
            text: &text[place.start..place.end],
            sentence: &text[start..place.start],
            lead: &text[start.max(told)..place.start],
            gap: &text[before..place.start],
            behind: &text[place.end..end],
            begins_line: !text[line.max(before)..place.start]
                .contains(char::is_alphanumeric)
                && before <= line,
            is_part: place.is_part,
        });
        before = place.end;
        let is_other = |unit: &Unit<'_>| !unit.is_letters(is_name) && !unit.is_operand();
        if found.last().is_some_and(is_other) {
            told = place.end;
        }
    }
    Some(found)
}

/// Where the sentence begins that goes on at a place.
fn sentence(text: &str, before: &[Place], end: usize) -> usize {
    let inside =
        |at: usize| before.iter().rev().any(|place| place.start <= at && at < place.end);
    let ends = |at: usize, sign: char| {
        let rest = &text[at + sign.len_utf8()..end];
        match sign {
            '.' | '!' | '?' | ';' => {
                rest.starts_with([' ', '\n', '*']) || rest.is_empty()
            }
            // A line goes on that ends within a sentence.
            '\n' => {
                !text[..at]
                    .trim_end_matches([' ', '*', '\n'])
                    .ends_with(|c: char| c.is_alphabetic() || matches!(c, ':' | ','))
                    || inside(text[..at].trim_end().len().saturating_sub(1))
            }
            _ => false,
        }
    };
    let found = text[..end]
        .char_indices()
        .rev()
        .find(|(at, sign)| ends(*at, *sign) && !inside(*at));
    found.map_or(0, |(at, sign)| at + sign.len_utf8())
}

/// What looks for formulas.
struct Reader<'t, 'n> {
    text: &'t str,
    is_name: &'n dyn Fn(&str) -> bool,
    at: usize,
    places: Vec<Place>,
    /// Whether the text begins with the mark of a part.
    has_parts: bool,
}

impl<'t> Reader<'t, '_> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn read(&mut self) -> Option<()> {
        // Where the formula begins that is being read, and whether it is a part.
        let mut start: Option<usize> = None;
        let mut is_part = false;
        while let Some(first) = self.rest().chars().next() {
            let rest = self.rest();
            if self.places.len() > MOST {
                return None;
            }
            if let Some((open, close)) =
                CODES.iter().chain(&FENCES).find(|(open, _)| rest.starts_with(open))
            {
                self.push(start.take(), self.at, is_part);
                let end = open.len() + rest[open.len()..].find(close)? + close.len();
                let place = Place { start: self.at, end: self.at + end, is_part };
                self.places.push(place);
                (self.at, is_part) = (place.end, false);
                continue;
            }
            if let Some(name) =
                rest.strip_prefix("\\begin{").and_then(|rest| rest.split('}').next())
            {
                self.push(start.take(), self.at, is_part);
                let close = format!("\\end{{{name}}}");
                let end = self.at + rest.find(&close)? + close.len();
                self.places.push(Place { start: self.at, end, is_part });
                (self.at, is_part) = (end, false);
                continue;
            }
            let skipped = self
                .mark(self.at)
                .map(|end| (end, true))
                .or_else(|| self.word().map(|end| (end, false)));
            if let Some((end, begins_part)) = skipped {
                let was_read = self.push(start.take(), self.at, is_part);
                is_part = begins_part || is_part && !was_read;
                self.at += end;
                continue;
            }
            // `x: 2xy`.
            let is_label = || start.is_some_and(|start| self.is_alone(start));
            if first == '\n' || first == ':' && is_label() {
                if self.push(start.take(), self.at, is_part) {
                    is_part = false;
                }
                self.at += 1;
                continue;
            }
            start.get_or_insert(self.at);
            self.at += self.letters().max(first.len_utf8());
        }
        self.push(start, self.at, is_part);
        Some(())
    }

    /// Whether a name of the question is all that stands behind a place.
    fn is_alone(&self, start: usize) -> bool {
        (self.is_name)(self.text[start..self.at].trim())
    }

    /// How long the name is that stands here, that of a command of LaTeX among them.
    fn letters(&self) -> usize {
        let rest = self.rest();
        let from = usize::from(rest.starts_with('\\'));
        let first = rest[from..].chars().next();
        if !first.is_some_and(char::is_alphabetic) {
            return 0;
        }
        let is_other = |c: char| {
            !(c.is_alphanumeric() || c == '_')
                || is_chinese(c) != first.is_some_and(is_chinese)
        };
        from + rest[from..].find(is_other).unwrap_or(rest.len() - from)
    }

    /// Where a word of a language ends that stands here, with the number that it counts.
    fn word(&self) -> Option<usize> {
        let rest = self.rest();
        let end = self.letters();
        let word = &rest[..end];
        if word.starts_with('\\') || word.is_empty() || (self.is_name)(word) {
            return None;
        }
        let is_long = word.chars().count() >= WORD
            && word.chars().all(char::is_alphabetic)
            && !crate::kernel::GREEK.iter().any(|row| row.0.eq_ignore_ascii_case(word))
            && parts(word, self.is_name).is_none();
        // `I think`.
        let is_short = || {
            let next = rest[end..].strip_prefix(' ').unwrap_or_default();
            let next =
                next.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
            matches!(word, "I" | "a" | "A")
                && next.len() > 1
                && !crate::function::is_name(next)
        };
        let is_said = is_long || is_word(word) || is_short();
        // `at` is a word, and a product where a and t are names.
        let is_product = || word.is_ascii() && parts(word, self.is_name).is_some();
        if crate::function::is_name(word) || !is_said || is_product() {
            return None;
        }
        let mut end = end;
        // `it's`, `doesn't`.
        let quoted = rest[end..].strip_prefix(['\'', '’']);
        if let Some(behind) = quoted {
            let tail = behind.find(|c: char| !c.is_alphabetic()).unwrap_or(behind.len());
            if (1..=2).contains(&tail) {
                end = rest.len() - behind.len() + tail;
            }
        }
        if STEPS.contains(&word.to_lowercase().as_str()) || word.ends_with('第') {
            let number = rest[end..].trim_start_matches(' ');
            let digits = number.bytes().take_while(u8::is_ascii_digit).count();
            end = rest.len() - number.len() + digits;
        }
        Some(end)
    }

    /// Where the mark of an entry ends that stands here: `1.`, `(a)`, `-`.
    fn mark(&self, at: usize) -> Option<usize> {
        let (before, rest) = self.text.split_at(at);
        let begins = before.trim_end_matches([' ', '*', '#', '|']);
        let is_first = begins.is_empty() || begins.ends_with('\n');
        // `The answer is (B)`.
        let choice = rest.trim_start_matches('(').strip_prefix(['A', 'B', 'C', 'D', 'E']);
        let behind = choice.and_then(|rest| rest.strip_prefix([')', '.']));
        if let Some(behind) = behind.filter(|behind| behind.starts_with(' ')) {
            return before.ends_with([' ', '\n']).then(|| rest.len() - behind.len());
        }
        if !(is_first || self.has_parts && before.ends_with([' ', ',', ';'])) {
            return None;
        }
        if is_first && before.len() == begins.len() {
            let mut bullets = ["- ", "* ", "• ", "– ", "+ "].into_iter();
            if let Some(sign) = bullets.find(|sign| rest.starts_with(sign)) {
                return Some(sign.len());
            }
        }
        let inner = rest.strip_prefix('(').unwrap_or(rest);
        let length = inner.find(|c: char| !c.is_ascii_alphanumeric())?;
        let (name, behind) = inner.split_at(length);
        let closes = match inner.len() < rest.len() {
            true => behind.strip_prefix(')'),
            false if is_first => behind.strip_prefix([')', '.']),
            false => behind.strip_prefix(')'),
        };
        let is_mark = name.bytes().all(|b| b.is_ascii_digit())
            || name.bytes().all(|b| b == b'i')
            || name.len() == 1;
        let behind = closes.filter(|behind| behind.starts_with([' ', '*', '\n']))?;
        let is_counted = is_mark && length <= MARK && !(self.is_name)(name);
        // `(1) + x` is one formula.
        let goes_on = behind.trim_start().starts_with(['+', '-', '/', '^', '=']);
        (is_counted && !goes_on).then(|| rest.len() - behind.len())
    }

    /// Adds what is a formula of a run between words, and says whether there is one.
    fn push(&mut self, start: Option<usize>, end: usize, is_part: bool) -> bool {
        let Some(start) = start else { return false };
        let text = &self.text[start..end];
        let mut inner =
            text.trim_start_matches(|c: char| " \t\r,.:;!?*|#>=)]}\"“”".contains(c));
        let mut from = end - inner.len();
        loop {
            inner =
                inner.trim_end_matches(|c: char| " \t\r,.:;!?*|#=([{\"“”".contains(c));
            let opened = inner.matches(['(', '[', '{']).count();
            let closed = inner.matches([')', ']', '}']).count();
            match inner.strip_suffix([')', ']', '}']) {
                Some(shorter) if closed > opened => inner = shorter,
                _ => break,
            }
        }
        // A bracket around what has words in it.
        if let Some(shorter) = inner.strip_prefix('(')
            && !inner.contains(')')
        {
            inner = shorter;
            from += 1;
        }
        let is_formula = inner.contains(char::is_alphanumeric);
        if is_formula {
            self.places.push(Place { start: from, end: from + inner.len(), is_part });
        }
        is_formula
    }
}
