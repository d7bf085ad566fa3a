//! Words that are probably several names: `sinx`, `xy`, `2xsin`.

use crate::function;
use crate::kernel::is_letter;

/// The longest word that is looked at, in bytes.
const LONGEST: usize = 40;

/// The names of which a word is made; `None` when it is a name itself, or when it is not
/// wholly made of functions, known names, `e`, `pi` and whole numbers.
///
/// Functions are looked for first, the longest first.
pub fn parts<'w>(word: &'w str, is_known: &dyn Fn(&str) -> bool) -> Option<Vec<&'w str>> {
    if word.len() > LONGEST || is_known(word) || is_constant(word) || is_function(word) {
        return None;
    }
    // For each place in the word, how far the longest name or number reaches from which the
    // rest can be read; found from the end.
    let places: Vec<usize> =
        word.char_indices().map(|(at, _)| at).chain([word.len()]).collect();
    let mut next: Vec<Option<usize>> = vec![None; places.len()];
    for from in (0..places.len() - 1).rev() {
        let reads = |to: usize| {
            let part = &word[places[from]..places[to]];
            let end = to == places.len() - 1;
            if !end && next[to].is_none() {
                return false;
            }
            // A number is read as a whole.
            let goes_on = word[places[to]..].starts_with(|c: char| c.is_ascii_digit());
            is_number(part) && !goes_on
                || is_known(part)
                || is_constant(part)
                || is_function(part)
        };
        let functions = (from + 1..places.len())
            .rev()
            .filter(|to| is_function(&word[places[from]..places[*to]]));
        let others = (from + 1..places.len()).rev();
        next[from] = functions.chain(others).find(|to| reads(*to));
    }
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(to) = next[at] {
        found.push(&word[places[at]..places[to]]);
        at = to;
    }
    (at == places.len() - 1 && found.len() > 1).then_some(found)
}

/// The product that was probably meant by a word: `sin(x)` for `sinx`, `x*y` for `xy`.
///
/// Every function has an argument, which may be any letter; all else is a known name, a
/// letter that is an argument too, `e` or `pi`.
pub(super) fn product(word: &str, is_known: &dyn Fn(&str) -> bool) -> Option<String> {
    let is_letter = |text: &str| {
        let mut chars = text.chars();
        chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
    };
    let parts = parts(word, &|text| is_known(text) || is_letter(text))?;
    let mut factors: Vec<String> = Vec::new();
    let mut rest = parts.iter().peekable();
    while let Some(part) = rest.next() {
        if !is_function(part) {
            let is_argument =
                || parts.windows(2).any(|pair| is_function(pair[0]) && pair[1] == *part);
            if !is_known(part) && !is_constant(part) && !is_argument() {
                return None;
            }
            factors.push((*part).to_owned());
            continue;
        }
        // Functions with names as short as `Si` are hardly ever meant.
        if part.len() < 3 && *part != "ln" {
            return None;
        }
        let number = rest.next_if(|part| is_number(part));
        let name = rest.next_if(|part| !is_number(part) && !is_function(part));
        let argument: Vec<&str> = number.into_iter().chain(name).copied().collect();
        if argument.is_empty() {
            return None;
        }
        factors.push(format!("{part}({})", argument.join("*")));
    }
    Some(factors.join("*"))
}

/// The product that was probably meant by a word before a bracket: `x*ln(…)` for `xln`. What
/// stands before the function is made of known names, or of at most so many letters.
pub(super) fn glued(
    word: &str,
    letters: usize,
    arguments: usize,
    is_known: &dyn Fn(&str) -> bool,
) -> Option<String> {
    if word.len() > LONGEST {
        return None;
    }
    let places = word.char_indices().map(|(at, _)| at).skip(1);
    let mut splits = places.map(|at| word.split_at(at)).filter(|(front, function)| {
        // Names of functions as short as `Si` are hardly ever meant.
        (function.len() > 2 || *function == "ln")
            && function::lookup(function, arguments).is_some()
            && (front.chars().all(char::is_alphabetic) || is_letter(front))
    });
    splits.find_map(|(front, function)| {
        let factors = match parts(front, is_known) {
            Some(parts) => parts.join("*"),
            None if is_known(front) || is_constant(front) || is_letter(front) => {
                front.to_owned()
            }
            None if front.chars().count() <= letters => {
                front.chars().map(String::from).collect::<Vec<_>>().join("*")
            }
            None => return None,
        };
        Some(format!("{factors}*{function}(…)"))
    })
}

/// A product with the function in which a word ends, as `x*sin(…)` for `xsin`.
pub(super) fn with_function_behind(word: &str) -> Option<String> {
    if word.len() > LONGEST {
        return None;
    }
    let places = word.char_indices().map(|(at, _)| at).skip(1);
    let mut splits = places.map(|at| word.split_at(at)).filter(|(front, function)| {
        (function.len() > 2 || *function == "ln")
            && is_function(function)
            && front.chars().all(char::is_alphabetic)
    });
    let (front, function) = splits.next()?;
    let factors: Vec<String> = front.chars().map(String::from).collect();
    (factors.len() < 3).then(|| format!("{}*{function}(…)", factors.join("*")))
}

/// The product of a letter with an index of digits and what stands behind it, as `c1*e` for
/// `c_1e`.
pub(super) fn behind_index(word: &str) -> Option<String> {
    let (letters, index) = word.split_once('_')?;
    let behind = index.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = &index[..index.len() - behind.len()];
    let is_product = !digits.is_empty()
        && is_letter(letters)
        && behind.starts_with(char::is_alphabetic);
    is_product.then(|| format!("{letters}{digits}*{behind}"))
}

/// The product of the letters of a word, each with the digits behind it: `x1*x2` for `x1x2`.
pub(super) fn apart(word: &str) -> Option<String> {
    if let Some(rest) = word.strip_prefix("pi")
        && rest.chars().all(char::is_alphabetic)
        && !rest.is_empty()
    {
        return Some(format!("pi*{rest}"));
    }
    if let Some(front) = word.strip_suffix("pi").filter(|front| !front.is_empty()) {
        let front = apart(front).unwrap_or_else(|| front.to_owned());
        return Some(format!("{front}*pi"));
    }
    let mut factors: Vec<String> = Vec::new();
    for c in word.chars() {
        match factors.last_mut() {
            Some(last) if c.is_ascii_digit() => last.push(c),
            _ if c.is_alphabetic() => factors.push(c.to_string()),
            _ => return None,
        }
    }
    (factors.len() > 1).then(|| factors.join("*"))
}

/// Whether each letter of a word has digits behind it.
pub(super) fn is_indexed(word: &str) -> bool {
    let ends_a_letter = |(c, next): (char, Option<char>)| {
        !c.is_alphabetic() || next.is_some_and(|next| next.is_ascii_digit())
    };
    let behind = word.chars().skip(1).map(Some).chain([None]);
    word.chars().zip(behind).all(ends_a_letter)
}

/// Whether Greek and Latin letters stand side by side, as in `πx`, unless it is a difference
/// such as `Δx`.
pub(super) fn is_mixed(word: &str) -> bool {
    let is_greek = |c: char| ('Α'..='ϵ').contains(&c);
    !word.starts_with(['Δ', 'δ'])
        && word.chars().any(is_greek)
        && word.chars().any(|c| c.is_ascii_alphabetic())
}

/// Whether a word is the name of a function of one argument.
fn is_function(text: &str) -> bool {
    text.len() > 1 && function::lookup(text, 1).is_some()
}

pub(super) fn is_constant(text: &str) -> bool {
    matches!(text, "e" | "pi" | "π")
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::{parts, product};

    fn is_known(text: &str) -> bool {
        ["x", "y", "a", "rate"].contains(&text)
    }

    #[test]
    fn words_are_taken_apart() {
        let rows = [
            ("sinxcosx", Some("sin x cos x")),
            ("xsin", Some("x sin")),
            ("sin2x", Some("sin 2 x")),
            ("xe", Some("x e")),
            ("xlnx", Some("x ln x")),
            ("sinhx", Some("sinh x")),
            ("xln5", Some("x ln 5")),
            ("ax", Some("a x")),
            ("arctanx", Some("arctan x")),
            ("rate", None),
            ("sin", None),
            ("C", None),
            ("xz", None),
            ("pi", None),
            ("x", None),
        ];
        for (word, expected) in rows {
            let found = parts(word, &is_known).map(|parts| parts.join(" "));
            assert_eq!(found.as_deref(), expected, "{word}");
        }
    }

    #[test]
    fn words_are_products() {
        let rows = [
            ("sinx", Some("sin(x)")),
            ("sint", Some("sin(t)")),
            ("sinxcosx", Some("sin(x)*cos(x)")),
            ("sin2x", Some("sin(2*x)")),
            ("sqrt2", Some("sqrt(2)")),
            ("log2x", Some("log2(x)")),
            ("xlnx", Some("x*ln(x)")),
            ("tlnt", Some("t*ln(t)")),
            ("xy", Some("x*y")),
            ("xrate", Some("x*rate")),
            ("pix", Some("pi*x")),
            ("πx", Some("π*x")),
            ("x2y", None),
            ("xt", None),
            ("xsin", None),
            ("tangent", None),
            ("signal", None),
            ("Six", None),
            ("rate", None),
        ];
        for (word, expected) in rows {
            assert_eq!(product(word, &is_known).as_deref(), expected, "{word}");
        }
    }
}
