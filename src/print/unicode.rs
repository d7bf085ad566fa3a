//! Text as people type it where they have all signs: `3x₁² + 4x₁x₂` for `3*x1^2 + 4*x1*x2`.
//!
//! It is made of plain text, sign by sign, and every sign that is put in is read as what it
//! stands for. So what text reads back, this does.

use crate::kernel::GREEK;
use crate::syntax;

/// Words that are one sign.
const ROOTS: [(&str, char); 2] = [("sqrt", '√'), ("cbrt", '∛')];

/// A piece of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece<'a> {
    Word(&'a str),
    Number(&'a str),
    Other(char),
}

/// The text with the signs of mathematics.
pub fn unicode(text: &str) -> String {
    let pieces = pieces(text);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(piece) = pieces.get(at) {
        at += 1;
        match *piece {
            Piece::Word(word) => {
                let is_called = pieces.get(at) == Some(&Piece::Other('('));
                self::word(word, is_called, &mut out);
                if let (true, true, Some([_, one, _])) = (
                    is_called,
                    ROOTS.iter().any(|row| row.0 == word),
                    pieces.get(at..at + 3).filter(|list| list[2] == Piece::Other(')')),
                ) && pieces.get(at + 3) != Some(&Piece::Other('^'))
                {
                    match one {
                        Piece::Word(one) if is_short(one) => {
                            self::word(one, false, &mut out)
                        }
                        Piece::Number(number) => out.push_str(number),
                        _ => continue,
                    }
                    at += 3;
                }
            }
            Piece::Number(number) => out.push_str(number),
            Piece::Other('*') => out.push_str(between(&pieces, at, &out)),
            Piece::Other('^') => {
                let (raised, used) = exponent(&pieces[at..]);
                match raised {
                    Some(raised) => {
                        out.push_str(&raised);
                        at += used;
                    }
                    None => out.push('^'),
                }
            }
            Piece::Other('<') if pieces.get(at) == Some(&Piece::Other('=')) => {
                out.push('≤');
                at += 1;
            }
            Piece::Other('>') if pieces.get(at) == Some(&Piece::Other('=')) => {
                out.push('≥');
                at += 1;
            }
            Piece::Other('!') if pieces.get(at) == Some(&Piece::Other('=')) => {
                out.push('≠');
                at += 1;
            }
            // What is done entry by entry.
            Piece::Other('.') => match pieces.get(at) {
                Some(Piece::Other('*')) => {
                    out.push('⊙');
                    at += 1;
                }
                Some(Piece::Other('/')) => {
                    out.push('⊘');
                    at += 1;
                }
                Some(Piece::Other('^')) => {
                    out.push_str(".^");
                    at += 1;
                }
                _ => out.push('.'),
            },
            Piece::Other(c) => out.push(c),
        }
    }
    out
}

/// Words, numbers and signs.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let is_letter = |c: char| c.is_alphabetic() || c == '_';
        let end = |inside: &dyn Fn(char) -> bool| {
            rest.find(|c| !inside(c)).unwrap_or(rest.len())
        };
        let (piece, used) = if is_letter(c) {
            let used = end(&|c| is_letter(c) || c.is_numeric());
            (Piece::Word(&rest[..used]), used)
        } else if c.is_ascii_digit() {
            let mut used = end(&|c| c.is_ascii_digit() || c == '.');
            // The exponent of a decimal.
            let power = rest[used..].strip_prefix('e').map(|power| {
                let sign = power.strip_prefix(['-', '+']).unwrap_or(power);
                let digits = sign.find(|c: char| !c.is_ascii_digit());
                (power.len() - sign.len(), digits.unwrap_or(sign.len()))
            });
            if let Some((sign, digits @ 1..)) = power {
                used += 1 + sign + digits;
            }
            (Piece::Number(&rest[..used]), used)
        } else {
            (Piece::Other(c), c.len_utf8())
        };
        pieces.push(piece);
        rest = &rest[used..];
    }
    pieces
}

/// A name with its index below the line; Greek letters and roots by their signs.
fn word(word: &str, is_called: bool, out: &mut String) {
    if is_called {
        return match ROOTS.iter().find(|row| row.0 == word) {
            Some((_, sign)) => out.push(*sign),
            None => out.push_str(word),
        };
    }
    let (letters, digits) = split(word);
    if !is_short(word) {
        return out.push_str(word);
    }
    match greek(letters) {
        Some(c) => out.push(c),
        None => out.push_str(letters),
    }
    out.extend(digits.chars().filter_map(lowered));
}

/// Whether a name is one letter, perhaps with an index.
fn is_short(word: &str) -> bool {
    let (letters, _) = split(word);
    letters.chars().count() == 1 || greek(letters).is_some()
}

/// A name without its index, and the digits of that.
fn split(word: &str) -> (&str, &str) {
    let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = &word[letters.len()..];
    match letters.strip_suffix('_') {
        Some(name) if !digits.is_empty() => (name, digits),
        _ => (letters, digits),
    }
}

/// The letter of a Greek name.
fn greek(name: &str) -> Option<char> {
    let found = GREEK.iter().find(|(word, c)| *word == name && !c.is_ascii());
    found.map(|(_, c)| *c)
}

/// What stands between two factors: nothing where no other reading is possible.
fn between(pieces: &[Piece<'_>], at: usize, out: &str) -> &'static str {
    let before = at.checked_sub(2).and_then(|at| pieces.get(at));
    let raises = |c: char| ('\u{2080}'..='\u{2089}').contains(&c) || is_raised(c);
    match (before, pieces.get(at)) {
        (_, Some(Piece::Number(_))) | (_, None) => "·",
        (Some(Piece::Number(n)), Some(Piece::Word(word))) => {
            // `0x…` is a number too.
            match is_short(word) && *n != "0" {
                true => "",
                false => " ",
            }
        }
        // `1/√2(x + 1)` would have all of it below.
        (_, Some(Piece::Other('('))) if is_below(pieces, at) => "·",
        (Some(Piece::Number(_)), Some(Piece::Other('('))) => "",
        (Some(Piece::Word(_)), Some(Piece::Word(next)))
            if out.ends_with(raises) && is_short(next) =>
        {
            ""
        }
        (Some(Piece::Other(')')), Some(Piece::Other('('))) => "",
        (_, Some(Piece::Other('('))) => "·",
        _ => " ",
    }
}

/// Whether the factor before a sign of multiplication is what something is divided by.
fn is_below(pieces: &[Piece<'_>], at: usize) -> bool {
    let mut end = at.checked_sub(2);
    while let Some(last) = end {
        let start = match pieces[last] {
            Piece::Other(')') => {
                let mut depth = 0;
                let open = (0..=last).rev().find(|place| {
                    match pieces[*place] {
                        Piece::Other(')') => depth += 1,
                        Piece::Other('(') => depth -= 1,
                        _ => {}
                    }
                    depth == 0
                });
                let Some(open) = open else { return false };
                let is_called = open > 0 && matches!(pieces[open - 1], Piece::Word(_));
                open - usize::from(is_called)
            }
            _ => last,
        };
        match start.checked_sub(1).map(|before| pieces[before]) {
            Some(Piece::Other('/')) => return true,
            Some(Piece::Other('^')) => end = start.checked_sub(2),
            _ => return false,
        }
    }
    false
}

/// A whole exponent or a short product above the line, and how many pieces it takes.
fn exponent(pieces: &[Piece<'_>]) -> (Option<String>, usize) {
    let raise = |text: &str| text.chars().map(raised).collect::<Option<String>>();
    match *pieces {
        [Piece::Number(n), ..] if n.bytes().all(|b| b.is_ascii_digit()) => (raise(n), 1),
        [
            Piece::Other('('),
            Piece::Other('-'),
            Piece::Number(n),
            Piece::Other(')'),
            ..,
        ] if n.bytes().all(|b| b.is_ascii_digit()) => (raise(&format!("-{n}")), 4),
        [Piece::Word(word), ref rest @ ..]
            if matches!(word, "n" | "k" | "x" | "t")
                && rest.first() != Some(&Piece::Other('(')) =>
        {
            (raise(word), 1)
        }
        _ => (None, 0),
    }
}

/// Signs of the line with the same above it, beside digits.
const RAISED: [(char, char); 7] =
    [('-', '⁻'), ('−', '⁻'), ('+', '⁺'), ('n', 'ⁿ'), ('k', 'ᵏ'), ('x', 'ˣ'), ('t', 'ᵗ')];

/// A sign above the line, where there is one.
pub(super) fn raised(c: char) -> Option<char> {
    match c.to_digit(10) {
        Some(digit) => syntax::raised(digit).chars().next(),
        None => RAISED.iter().find(|row| row.0 == c).map(|row| row.1),
    }
}

fn is_raised(c: char) -> bool {
    RAISED.iter().any(|row| row.1 == c) || ('0'..='9').any(|d| raised(d) == Some(c))
}

/// A digit below the line.
pub(super) fn lowered(c: char) -> Option<char> {
    c.to_digit(10).and_then(|digit| char::from_u32(0x2080 + digit))
}
