//! Answers as people write them: `f'(x) = …`, `dy/dx = …`, and names that are none.

use crate::function;
use crate::syntax;

/// The longest name that is looked at, in bytes.
const LONGEST: usize = 120;

/// An answer without the names of the derivative in front of it.
///
/// Only what is no formula of its own is taken away: nothing, or the name of a derivative,
/// before a sign of equality. A definition such as `y = 2*x` stays, because it can be read.
pub fn without_label(answer: &str) -> &str {
    let mut rest = answer.trim();
    while let Some(at) = equality(rest)
        && syntax::is_label(&rest[..at])
    {
        rest = rest[at + 1..].trim_start();
    }
    rest
}

/// The place of the first `=` that is no part of another sign.
fn equality(text: &str) -> Option<usize> {
    let at = text.find('=')?;
    let joined = text[..at].ends_with(['<', '>', '!', ':']);
    (!joined && !text[at + 1..].starts_with('=')).then_some(at)
}

/// What to say of a name that stands in the answer and not in the question.
pub fn stray_name(name: &str, known: &[String]) -> String {
    let said = format!("`{name}` stands in the answer only");
    match meant(name, known) {
        Some(meant) => format!("{said}; did you mean `{meant}`?"),
        None => said,
    }
}

/// What a name was probably meant to be: `2X`, `sin2x`, `xy`.
fn meant(name: &str, known: &[String]) -> Option<String> {
    if name.len() > LONGEST {
        return None;
    }
    let is_known = |text: &str| known.iter().any(|known| known == text);
    if let Some(other) = known.iter().find(|other| other.eq_ignore_ascii_case(name)) {
        return Some(other.clone());
    }
    let places: Vec<usize> = name.char_indices().map(|(at, _)| at).skip(1).collect();
    // The longest function first: `sinhx` is no `sin(hx)`.
    for at in places.iter().rev() {
        let (front, rest) = name.split_at(*at);
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let (number, variable) = rest.split_at(digits);
        let argument = match (number, variable) {
            (_, "") => number.to_owned(),
            ("", variable) if is_known(variable) => variable.to_owned(),
            (number, variable) if is_known(variable) => format!("{number}*{variable}"),
            _ => continue,
        };
        if function::lookup(front, 1).is_some() {
            return Some(format!("{front}({argument})"));
        }
    }
    places
        .iter()
        .map(|at| name.split_at(*at))
        .find(|(front, rest)| is_known(front) && is_known(rest))
        .map(|(front, rest)| format!("{front}*{rest}"))
}

#[cfg(test)]
mod tests {
    use super::{meant, without_label};

    #[test]
    fn names_are_explained() {
        let known = ["x".to_owned(), "t".to_owned()];
        let rows = [
            ("X", Some("x")),
            ("sin2x", Some("sin(2*x)")),
            ("sinhx", Some("sinh(x)")),
            ("ln2", Some("ln(2)")),
            ("tx", Some("t*x")),
            ("C", None),
            ("sinxcosx", None),
            ("π2", None),
        ];
        for (name, expected) in rows {
            assert_eq!(meant(name, &known).as_deref(), expected, "{name}");
        }
    }

    #[test]
    fn labels_are_taken_away() {
        let labels = [
            "",
            " ",
            "f'(x)",
            "y'",
            "y ’",
            "f''(x, y)",
            "g′(t)",
            "dy/dx",
            "df/dx",
            "d y / d x",
            "d/dx",
            "d/dx f(x)",
            "d/dx (x^2)",
            "d/dx x^2",
            "df(x)/dx",
            "d^2y/dx^2",
            "d²y/dx²",
            "d⁴f/dx⁴",
            "∂f/∂x_1",
            "∂³f/∂x∂y²",
            "∂f(x, y)/∂x",
            "∇f",
            "∇f(x, y)",
            "f'(x) = dy/dx",
        ];
        for label in labels {
            for text in ["2*x", "piecewise(x = 1, 2, 3)", "[a, b]"] {
                assert_eq!(without_label(&format!("{label} = {text}")), text, "{label}");
            }
        }
    }

    #[test]
    fn formulas_stay() {
        let formulas = [
            "2*x",
            "y = 2*x",
            "f(x) = 2*x",
            "2*u; u = x + 1",
            "u_1 = 3; 2*u_1",
            "piecewise(x == 1, 2, 3)",
            "piecewise(f'(x) = 1, 2, 3)",
            "d*y/(d*x) = 3",
            "2*x = 0",
            "f'(x) <= 3",
        ];
        for text in formulas {
            assert_eq!(without_label(text), text);
        }
    }
}
