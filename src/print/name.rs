//! Names of symbols and functions in the notations.

use super::notation::Notation;
use crate::function;
use crate::function::spec::FunctionSpec;
use crate::kernel::{FunctionId, GREEK};
use std::fmt::Write;
use std::sync::OnceLock;

/// Writes the name of a symbol: `x1` is `x_1` in LaTeX, `alpha` is `\alpha`, `x_max` is
/// `x_{\text{max}}`.
pub(super) fn symbol_name(name: &str, latex: bool, out: &mut String) {
    // An argument of an abstract function may be named by its number.
    let is_number = || name.bytes().all(|byte| byte.is_ascii_digit());
    if !latex || is_letter(name) || is_number() {
        out.push_str(name);
        return;
    }
    // The name of a derivative: no name that can be typed has a bar in it.
    if let Some((above, below)) = name.split_once('/') {
        for (open, part) in [("\\frac{", above), ("}{", below)] {
            out.push_str(open);
            let partial = part.strip_prefix('∂');
            out.push_str(if partial.is_some() { "\\partial " } else { "d" });
            let straight = part.strip_prefix('d').unwrap_or(part);
            symbol_name(partial.unwrap_or(straight), latex, out);
        }
        out.push('}');
        return;
    }
    // Primes of a name stand behind all else.
    let base = name.trim_end_matches('\'');
    if base.len() < name.len() {
        symbol_name(base, latex, out);
        out.push_str(&name[base.len()..]);
        return;
    }
    let (letters, subscript) = split(name);
    let greek = if is_letter(letters) { &[][..] } else { &GREEK[..] };
    match greek
        .iter()
        .find(|(word, c)| *word == letters || letters.chars().eq(std::iter::once(*c)))
    {
        Some((word, c)) if c.is_ascii() || word.is_empty() => out.push_str(word),
        Some((word, _))
            if word.starts_with(|c: char| c.is_ascii_uppercase()) && is_latin(word) =>
        {
            out.push_str("\\mathrm{");
            out.push_str(&word[..1]);
            out.push('}');
        }
        Some(("omicron", _)) => out.push('o'),
        Some((word, _)) => {
            out.push('\\');
            out.push_str(word);
        }
        None if letters.chars().count() == 1 => out.push_str(letters),
        None => {
            let _ = write!(out, "\\text{{{}}}", letters.replace('_', "\\_"));
        }
    }
    if subscript.is_empty() {
        return;
    }
    if is_double(subscript) {
        let _ = write!(out, "_{{{}}}", subscript.replace('_', ","));
        return;
    }
    let is_greek = |row: &&(&str, char)| {
        !is_latin(row.0) && (row.0 == subscript || subscript.chars().eq([row.1]))
    };
    if let Some((word, _)) = GREEK.iter().find(is_greek) {
        let _ = write!(out, "_{{\\{word}}}");
        return;
    }
    let word = subscript.chars().any(|c| !c.is_ascii_digit());
    let short = subscript.chars().count() == 1;
    let _ = if short {
        write!(out, "_{subscript}")
    } else if word {
        write!(out, "_{{\\text{{{}}}}}", subscript.replace('_', "\\_"))
    } else {
        write!(out, "_{{{subscript}}}")
    };
}

/// The name of a symbol in a notation.
pub fn name(name: &str, notation: Notation) -> String {
    let mut out = String::new();
    symbol_name(name, notation == Notation::Latex, &mut out);
    out
}

/// Whether a name is one Latin letter, as most are: it stands for itself in every notation.
fn is_letter(name: &str) -> bool {
    matches!(name.as_bytes(), [byte] if byte.is_ascii_alphabetic())
}

/// Whether the name of a symbol is typeset as a word in LaTeX.
pub(super) fn is_word(name: &str) -> bool {
    if is_letter(name) {
        return false;
    }
    let (letters, _) = split(name);
    letters.chars().count() > 1 && !GREEK.iter().any(|(word, _)| *word == letters)
}

/// Greek capitals that look like Latin ones have no command of their own.
fn is_latin(word: &str) -> bool {
    const LATIN: [&str; 13] = [
        "Alpha", "Beta", "Epsilon", "Zeta", "Eta", "Iota", "Kappa", "Mu", "Nu",
        "Omicron", "Rho", "Tau", "Chi",
    ];
    LATIN.contains(&word)
}

/// Whether a subscript is several numbers: `1_2`.
fn is_double(subscript: &str) -> bool {
    let is_number =
        |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    subscript.contains('_') && subscript.split('_').all(is_number)
}

/// Letters and subscript: the digits at the end, or what follows the first underscore. In
/// `A1_2` they are 1 and 2.
fn split(name: &str) -> (&str, &str) {
    let numbers = name.trim_end_matches(|c: char| c.is_ascii_digit() || c == '_');
    if !numbers.is_empty() && is_double(&name[numbers.len()..]) {
        return (numbers, &name[numbers.len()..]);
    }
    if let Some((letters, subscript)) = name.split_once('_')
        && !letters.is_empty()
        && !subscript.is_empty()
    {
        return (letters, subscript);
    }
    let letters = name.trim_end_matches(|c: char| c.is_ascii_digit());
    (letters, &name[letters.len()..])
}

/// Writes the LaTeX name of a function.
pub(super) fn function_name(row: &FunctionSpec, out: &mut String) {
    if row.latex.is_empty() {
        upright_name(row, out);
    } else {
        out.push_str(row.latex);
    }
}

/// Writes the name of a function in upright letters.
pub(super) fn upright_name(row: &FunctionSpec, out: &mut String) {
    let _ = write!(out, "\\operatorname{{{}}}", row.name.replace('_', "\\_"));
}

/// Whether a function is written as a LaTeX command that takes its argument without brackets.
pub(super) fn is_command(function: FunctionId) -> bool {
    /// More than there are rows in the table.
    const ROWS: usize = 256;
    static KNOWN: [OnceLock<bool>; ROWS] = [const { OnceLock::new() }; ROWS];
    let find = || {
        let latex = function::spec(function).latex;
        latex.starts_with('\\')
            && !latex.contains(['#', '{'])
            && !GREEK.iter().any(|(word, _)| latex[1..] == **word)
    };
    function.is_builtin()
        && match KNOWN.get(function.index()) {
            Some(known) => *known.get_or_init(find),
            None => find(),
        }
}
