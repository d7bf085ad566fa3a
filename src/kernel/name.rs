//! Names: the letters of Greek with their words, and which spellings are one name.

use std::borrow::Cow;

/// The letters that have a name: the word that LaTeX and programs know, and the sign.
///
/// The Greek alphabet, with the variants of its letters under the names of LaTeX, and two more
/// letters of physics.
pub const GREEK: [(&str, char); 57] = [
    ("hbar", 'ℏ'),
    ("ell", 'ℓ'),
    ("alpha", 'α'),
    ("beta", 'β'),
    ("gamma", 'γ'),
    ("delta", 'δ'),
    ("epsilon", 'ε'),
    ("varepsilon", 'ϵ'),
    ("zeta", 'ζ'),
    ("eta", 'η'),
    ("theta", 'θ'),
    ("vartheta", 'ϑ'),
    ("iota", 'ι'),
    ("kappa", 'κ'),
    ("varkappa", 'ϰ'),
    ("lambda", 'λ'),
    ("mu", 'μ'),
    ("nu", 'ν'),
    ("xi", 'ξ'),
    ("omicron", 'ο'),
    ("pi", 'π'),
    ("varpi", 'ϖ'),
    ("rho", 'ρ'),
    ("varrho", 'ϱ'),
    ("sigma", 'σ'),
    ("varsigma", 'ς'),
    ("tau", 'τ'),
    ("upsilon", 'υ'),
    ("phi", 'φ'),
    ("varphi", 'ϕ'),
    ("chi", 'χ'),
    ("psi", 'ψ'),
    ("omega", 'ω'),
    ("Gamma", 'Γ'),
    ("Delta", 'Δ'),
    ("Theta", 'Θ'),
    ("Lambda", 'Λ'),
    ("Xi", 'Ξ'),
    ("Pi", 'Π'),
    ("Sigma", 'Σ'),
    ("Upsilon", 'Υ'),
    ("Phi", 'Φ'),
    ("Psi", 'Ψ'),
    ("Omega", 'Ω'),
    ("Alpha", 'Α'),
    ("Beta", 'Β'),
    ("Epsilon", 'Ε'),
    ("Zeta", 'Ζ'),
    ("Eta", 'Η'),
    ("Iota", 'Ι'),
    ("Kappa", 'Κ'),
    ("Mu", 'Μ'),
    ("Nu", 'Ν'),
    ("Rho", 'Ρ'),
    ("Omicron", 'Ο'),
    ("Tau", 'Τ'),
    ("Chi", 'Χ'),
];

/// The letters that are written in two forms by people who mean one; the second form is the
/// word with `var` before it.
const TWO_FORMS: [&str; 2] = ["phi", "epsilon"];

/// The spelling of a name in Latin letters: `α2` is `alpha2`. Two spellings are one name when
/// this is the same.
pub fn latin(name: &str) -> Cow<'_, str> {
    if name.is_ascii() {
        return Cow::Borrowed(name);
    }
    let mut out = String::with_capacity(name.len() + 8);
    for c in name.chars() {
        match GREEK.iter().find(|(_, letter)| *letter == c) {
            Some((word, _)) => out.push_str(word),
            None => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// Whether two spellings are one name: `alpha` and `α`.
pub fn is_same_name(a: &str, b: &str) -> bool {
    a == b || (!a.is_ascii() || !b.is_ascii()) && latin(a) == latin(b)
}

/// The other name of a letter that has two forms, in Latin letters: `varphi1` for `phi1` or
/// `φ1`, `epsilon` for `varepsilon`; `None` where there is no other form.
///
/// Both forms are one name unless an input has both.
pub fn variant(name: &str) -> Option<String> {
    if name.len() < 2 {
        return None;
    }
    let name = latin(name);
    let is_index = |rest: &str| !rest.starts_with(char::is_alphabetic);
    let (plain, is_varied) = match name.strip_prefix("var") {
        Some(plain) => (plain, true),
        None => (&*name, false),
    };
    let mut stems = TWO_FORMS.iter().filter_map(|stem| plain.strip_prefix(stem));
    stems.any(is_index).then(|| match is_varied {
        true => plain.to_owned(),
        false => format!("var{plain}"),
    })
}

/// The name among others that is meant by a spelling: the same in Latin letters, else the same
/// in the other form of its letter.
pub fn find_name<'n, N: AsRef<str>>(name: &str, among: &'n [N]) -> Option<&'n N> {
    let find = |key: &str| among.iter().find(|known| latin(known.as_ref()) == key);
    find(&latin(name)).or_else(|| find(&variant(name)?))
}

/// Whether a name is one letter, Latin or Greek, alone or with an index: `x`, `alpha_1`,
/// `v0`, `x_max`.
pub fn is_letter(name: &str) -> bool {
    let mut chars = name.chars();
    let Some(first) = chars.next() else { return false };
    let is_index = |rest: &str| rest.is_empty() || is_index(rest);
    if is_index(chars.as_str()) {
        return first.is_alphabetic();
    }
    let name = latin(name);
    GREEK.iter().any(|(word, _)| name.strip_prefix(word).is_some_and(is_index))
}

/// Whether a text is an index behind a letter: digits, or a word behind an underscore.
fn is_index(rest: &str) -> bool {
    let is_number = |text: &str| text.bytes().all(|b| b.is_ascii_digit() || b == b'_');
    // `c_1e` is a letter with an index and another letter.
    is_number(rest)
        || rest
            .strip_prefix('_')
            .is_some_and(|index| index.starts_with(char::is_alphabetic))
}

/// A letter without its index, in Latin letters: `phi` for `φ1`; the name itself where it is
/// none.
pub fn without_index(name: &str) -> Cow<'_, str> {
    let end = name.find('_').unwrap_or(name.len());
    let stem = name[..end].trim_end_matches(|c: char| c.is_ascii_digit());
    latin(if stem.is_empty() { name } else { stem })
}

#[cfg(test)]
mod tests {
    use super::{find_name, is_letter, latin, variant, without_index};

    #[test]
    fn letters_have_one_spelling() {
        assert_eq!(latin("α2"), "alpha2");
        assert_eq!(latin("x_max"), "x_max");
        assert_eq!(variant("φ1").as_deref(), Some("varphi1"));
        assert_eq!(variant("ϵ").as_deref(), Some("epsilon"));
        assert_eq!(variant("variance"), None);
        assert_eq!(variant("x"), None);
        assert_eq!(variant("varpi"), None);
        assert_eq!(find_name("alpha", &["x", "α"]), Some(&"α"));
        assert_eq!(find_name("ϕ", &["φ"]), Some(&"φ"));
        assert_eq!(find_name("ϕ", &["φ", "varphi"]), Some(&"varphi"));
        assert_eq!(without_index("φ_1"), "phi");
    }

    #[test]
    fn words_are_no_letters() {
        for name in ["x", "x1", "α", "alpha", "v0", "x_max", "Gamma_2", "ψ1", "x1_2"] {
            assert!(is_letter(name), "{name}");
        }
        for name in ["xy", "x1y", "trace", "alphas", "xα", "", "gcd", "c_1e"] {
            assert!(!is_letter(name), "{name}");
        }
    }
}
