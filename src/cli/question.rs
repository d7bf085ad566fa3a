//! Questions in words: `Find the second derivative of x^2*y with respect to x.`

/// What a question asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Question {
    pub(crate) formula: Option<String>,
    pub(crate) wrt: Option<String>,
    pub(crate) order: Option<u32>,
}

/// Words before `derivative`, with the order that they mean.
const ORDERS: [(&str, u32); 12] = [
    ("first", 1),
    ("second", 2),
    ("third", 3),
    ("fourth", 4),
    ("fifth", 5),
    ("sixth", 6),
    ("1st", 1),
    ("2nd", 2),
    ("3rd", 3),
    ("4th", 4),
    ("5th", 5),
    ("6th", 6),
];

/// Words between the formula and the variables.
const WITH_RESPECT: [&str; 3] = [" with respect to ", " wrt ", " w.r.t. "];

/// Takes a question apart; what does not begin as one is a formula as it stands.
pub(crate) fn read(text: &str) -> Question {
    let text = text.trim();
    let lower = text.to_ascii_lowercase();
    let plain = || Question { formula: Some(text.to_owned()), ..Question::default() };
    let (from, order) = if let Some(rest) = lower.strip_prefix("differentiate ") {
        (text.len() - rest.len(), None)
    } else if let Some(at) = lower.find("derivative of ").or(lower.find("gradient of ")) {
        // Only words may stand before: `derivative` could be a name in a formula.
        let before = &lower[..at];
        if !before.chars().all(|c| c.is_ascii_alphanumeric() || " ,:'".contains(c)) {
            return plain();
        }
        let order = |word: &str| ORDERS.iter().find(|(known, _)| *known == word);
        let order = before.split_whitespace().find_map(order).map(|(_, order)| *order);
        (at + lower[at..].find(" of ").map_or(0, |of| of + 4), order)
    } else {
        return plain();
    };
    let rest = text[from..].trim().trim_end_matches(['?', '.', ' ']);
    let found = WITH_RESPECT
        .iter()
        .find_map(|words| rest.to_ascii_lowercase().rfind(words).map(|at| (at, words)));
    let (formula, wrt) = match found {
        Some((at, words)) => {
            let names = rest[at + words.len()..].replace(" and ", ",");
            (&rest[..at], Some(names))
        }
        None => (rest, None),
    };
    let formula = formula.trim().trim_start_matches("the function ");
    Question { formula: Some(formula.to_owned()), wrt, order }
}

#[cfg(test)]
mod tests {
    use super::{Question, read};

    #[test]
    fn questions_are_taken_apart() {
        let rows = [
            ("x^2*sin(x)", "x^2*sin(x)", None, None),
            ("Differentiate x^2*sin(x)", "x^2*sin(x)", None, None),
            ("Differentiate a*x^2 with respect to x.", "a*x^2", Some("x"), None),
            ("What is the derivative of 2*c*r wrt c?", "2*c*r", Some("c"), None),
            ("Find the second derivative of y**3*q wrt y.", "y**3*q", Some("y"), Some(2)),
            ("What is the 3rd derivative of -x^5?", "-x^5", None, Some(3)),
            ("Find the gradient of x*y w.r.t. x and y", "x*y", Some("x,y"), None),
            ("differentiate the function x*e^x", "x*e^x", None, None),
            ("2*derivative of x", "2*derivative of x", None, None),
        ];
        for (text, formula, wrt, order) in rows {
            let formula = Some(formula.to_owned());
            let wrt = wrt.map(str::to_owned);
            assert_eq!(read(text), Question { formula, wrt, order }, "{text}");
        }
    }
}
