//! Which language a text is in, where nothing else could be meant.

use super::super::super::typed::Bytes;
use super::super::Input;
use super::dialect::Dialect;
use super::mathematica;
use super::python::PYTHON;
use super::sympy::SYMPY;

/// The language of a text; `None` where it may be another notation.
pub(in crate::syntax) fn language_of(text: &str, bytes: &Bytes) -> Option<Input> {
    let has = |byte: u8| bytes.has(byte);
    if [b'.', b'[', b'%', b':', b'\n', b'^'].into_iter().any(has) {
        if has(b'.')
            && let Some(input) = by_module(text)
        {
            return Some(input);
        }
        if bytes.hold(text, "import") && is_sympy(text) {
            return Some(Input::Sympy);
        }
        if has(b' ') && is_python(text, bytes) {
            return Some(Input::Python);
        }
        if (has(b'[') || bytes.hold(text, "*^")) && is_mathematica(text) {
            return Some(Input::Mathematica);
        }
        if has(b'%') && is_maxima(text) {
            return Some(Input::Maxima);
        }
    }
    if text.starts_with("return ") {
        return Some(Input::Python);
    }
    let is_called = |name: &&str| bytes.hold(text, name);
    if has(b'(') && SYMPY_CALLS.iter().any(is_called) {
        return Some(Input::Sympy);
    }
    let has_else = bytes.hold(text, " else ");
    if has_else && text.contains("if ") && text.contains(" then ") {
        return Some(Input::Maxima);
    }
    let has_number = (has(b'_') || has(b'j') || has(b'[')) && by_number(text);
    let is_call =
        || PYTHON_CALLS.iter().any(|call| bytes.hold(text, call) && calls(text, call));
    if has_number || !has(b'^') && is_call() || has_else && text.contains(" if ") {
        return Some(Input::Python);
    }
    if has(b'_') { by_underscore(text) } else { None }
}

/// Words that are no names of variables in a language, so that a `_` stands behind them.
const RESERVED: [(&str, &str); 9] = [
    ("Python", "lambda"),
    ("Python", "None"),
    ("Python", "True"),
    ("Python", "False"),
    ("SymPy", "lambda"),
    ("SymPy", "E"),
    ("SymPy", "I"),
    ("SymPy", "beta"),
    ("SymPy", "gamma"),
];

/// Whether a word is no name of a variable in a language.
pub(super) fn is_reserved(dialect: &Dialect, word: &str) -> bool {
    dialect.instead(word).is_some() || RESERVED.contains(&(dialect.name, word))
}

/// `lambda_*x`: a word of a language with a `_` behind it, which is no index.
fn by_underscore(text: &str) -> Option<Input> {
    let languages = [("Python", Input::Python), ("SymPy", Input::Sympy)];
    let of_word = |(at, word): (usize, &str)| {
        let behind = text[at + 1..].bytes().next();
        let is_index =
            behind.is_some_and(|byte| is_word(byte) || matches!(byte, b'{' | b'\\'));
        let is_of = |name: &str| RESERVED.contains(&(name, word));
        let found = languages.into_iter().find(|(name, _)| is_of(name));
        found.filter(|_| !is_index).map(|(_, input)| input)
    };
    places(text, b'_', b'_').find_map(of_word)
}

/// Functions of Python and of languages like it, under names that nobody else has.
const PYTHON_CALLS: [&str; 4] = ["pow(", "fabs(", "fmax(", "fmin("];

/// Whether a function is called under a name.
fn calls(text: &str, call: &str) -> bool {
    text.match_indices(call)
        .any(|(at, _)| !text[..at].bytes().next_back().is_some_and(is_word))
}

/// `1_000`, `1j`, and `x[0]` beside `**`.
fn by_number(text: &str) -> bool {
    if text.contains(['\\', '{', '^']) {
        return false;
    }
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let is_whole =
        |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
    // Digits in groups of three: `101_2` is a number to a base.
    let is_grouped = |at: usize| {
        let rest = &text[at + 1..];
        let end = rest.bytes().take_while(|b| b.is_ascii_digit() || *b == b'_').count();
        rest[..end].split('_').all(|group| group.len() == 3)
    };
    let parts = |(at, before): (usize, &str)| {
        is_digit(at + 1) && is_whole(before) && before.len() < 4 && is_grouped(at)
    };
    // `2j` may be a product.
    let is_unit = |(at, before): (usize, &str)| {
        before == "1" && !bytes.get(at + 1).copied().is_some_and(is_word)
    };
    let is_index = |(at, before): (usize, &str)| {
        let length = bytes[at + 1..].iter().take_while(|b| b.is_ascii_digit()).count();
        length > 0
            && bytes.get(at + 1 + length) == Some(&b']')
            && before.starts_with(|c: char| c.is_ascii_alphabetic())
    };
    places(text, b'_', b'.').any(parts)
        || places(text, b'j', b'.').any(is_unit)
        || text.contains("**") && places(text, b'[', b'_').any(is_index)
}

/// What stands in SymPy only.
const SYMPY_CALLS: [&str; 5] =
    ["Piecewise((", "Rational(", "Pow(", "= symbols(", "= Symbol("];

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// The places of a byte with the word that ends before each, found in one pass; `also` is in
/// words.
fn places(text: &str, wanted: u8, also: u8) -> impl Iterator<Item = (usize, &str)> {
    let mut start = 0;
    text.bytes().enumerate().filter_map(move |(at, byte)| {
        let found = (byte == wanted).then(|| (at, &text[start..at]));
        if !is_word(byte) && byte != also {
            start = at + 1;
        }
        found
    })
}

/// The first module before a name.
fn by_module(text: &str) -> Option<Input> {
    for (at, module) in places(text, b'.', b'.') {
        let behind = text.as_bytes().get(at + 1);
        if !behind.is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let is_of = |rows: &[(&str, &str)]| rows.iter().any(|row| row.0 == module);
        // One letter before a dot is something else in a matrix: S.T.
        if module.len() == 1 && text[at..].starts_with(".T") {
            continue;
        }
        if is_of(PYTHON.modules) {
            return Some(Input::Python);
        }
        if is_of(SYMPY.modules) {
            return Some(Input::Sympy);
        }
    }
    None
}

/// `def f(x):`, `lambda x:`, `return x`, `import …`, an `if` between values.
fn is_python(text: &str, bytes: &Bytes) -> bool {
    let begins = |line: &str| {
        let line = line.trim_start();
        let has_colon = bytes.has(b':') && line.contains(':');
        has_colon && (line.starts_with("def ") || line.starts_with("lambda "))
            || line.starts_with("return ")
            || line.starts_with("import ")
            || line.starts_with("from ") && line.contains(" import ")
            || has_colon && line.contains("= lambda ")
    };
    text.lines().any(begins)
}

/// `from sympy import sin`, `import sympy`.
fn is_sympy(text: &str) -> bool {
    let imports = |line: &str| {
        let mut words = line.split_whitespace();
        matches!(words.next(), Some("from" | "import")) && words.next() == Some("sympy")
    };
    text.lines().any(imports)
}

/// `Sin[x]`, `f[x_]`, `\[Alpha]`, `1.5*^3`.
fn is_mathematica(text: &str) -> bool {
    let is_letter = |(at, _): (usize, &str)| {
        let name = &text[at + 2..];
        let length = name.bytes().take_while(u8::is_ascii_alphabetic).count();
        length > 1
            && name.starts_with(|c: char| c.is_ascii_uppercase())
            && name[length..].starts_with(']')
    };
    let is_power = |(at, _): (usize, &str)| {
        let behind = text[at + 2..].trim_start_matches(['-', '+']);
        behind.starts_with(|c: char| c.is_ascii_digit())
            && text[..at].ends_with(|c: char| c.is_ascii_digit() || c == '.')
    };
    if text.match_indices("\\[").any(is_letter) || text.match_indices("*^").any(is_power)
    {
        return true;
    }
    places(text, b'[', b'_').any(|(_, before)| mathematica::is_known(before))
        || text.contains("_]") && text.contains(":=")
        || text.trim_start().starts_with("D[") && text.contains(',')
}

/// `%e`, `%pi` and `%i`, where no number stands before them.
fn is_maxima(text: &str) -> bool {
    places(text, b'%', b'%').any(|(at, _)| {
        let behind = &text[at + 1..];
        let length = behind.bytes().take_while(|b| is_word(*b)).count();
        let before = text[..at].trim_end().bytes().next_back();
        let begins = before.is_none_or(|b| {
            matches!(
                b,
                b'+' | b'-'
                    | b'*'
                    | b'/'
                    | b'^'
                    | b'('
                    | b'['
                    | b','
                    | b'='
                    | b':'
                    | b'<'
                    | b'>'
            )
        });
        begins && matches!(&behind[..length], "e" | "pi" | "i" | "phi" | "gamma")
    })
}
