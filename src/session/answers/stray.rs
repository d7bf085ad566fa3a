//! Names that stand in an answer and not in the question.

use crate::function;

/// The longest name that is looked at, in bytes.
const LONGEST: usize = 120;

/// What to say of a name that stands in the answer and not in the question.
pub(in crate::session) fn stray_name(name: &str, known: &[String]) -> String {
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
    use super::meant;

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
}
