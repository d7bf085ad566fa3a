//! Names that stand in an answer and not in the question.

use super::super::engine::Engine;
use super::super::formula::Formula;
use super::answer::{Asked, is_known};
use crate::function;
use crate::kernel::{ExprId, Node, Pool};

/// The longest name that is looked at, in bytes.
const LONGEST: usize = 120;

/// The number e in code.
pub(in crate::session) const EULER: &str = "E";

impl Engine {
    /// Whether an answer has the number e as code writes it, `E^x`: the question has no such
    /// name, and has the number, or the answer powers of it.
    pub(in crate::session) fn has_euler(
        &mut self,
        formula: &Formula,
        asked: Asked<'_>,
    ) -> bool {
        let is_known = |name: &str| is_known(asked.known, name);
        if is_known(EULER)
            || is_known("e")
            || !self.variables(&formula.roots).iter().any(|name| name == EULER)
        {
            return false;
        }
        let symbol = self.pool.symbol(EULER);
        let is_exponential = |id: &ExprId| match self.pool.node(*id) {
            Node::Power(base, exponent) => {
                base == symbol && !self.pool.is_constant(exponent)
            }
            _ => false,
        };
        self.pool.reachable(&asked.formula.roots).contains(&Pool::E)
            || self.pool.reachable(&formula.roots).iter().any(is_exponential)
    }
}

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
