//! Templates of code: `#1` stands for an argument as it is, `$1` for one in brackets unless it
//! is a factor, `%1` for one in brackets unless something can stand behind it.

/// How tight a piece of code binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    /// Terms, and whatever has a sign before it.
    Sum,
    /// Factors of any kind: `*`, `/`, `@`, `.*`, `\`.
    Product,
    /// A power.
    Power,
    /// Something with a transpose or an index behind it.
    Postfix,
    /// A name, a number, a call.
    Atom,
}

/// A piece of code.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) level: Level,
    /// Whether it is a number of Python rather than a tensor of PyTorch.
    pub(super) is_plain: bool,
}

impl Piece {
    pub(super) fn new(text: String, level: Level) -> Self {
        Self { text, level, is_plain: false }
    }

    /// In brackets if it binds less than asked for.
    pub(super) fn at(&self, least: Level) -> String {
        if self.level >= least { self.text.clone() } else { format!("({})", self.text) }
    }
}

/// A template with its arguments put in. What is `#1` alone keeps its level.
pub(super) fn fill(template: &str, arguments: &[Piece]) -> Piece {
    if let ("#1", [one]) = (template, arguments) {
        return one.clone();
    }
    let mut out = String::new();
    let mut rest = template.chars();
    while let Some(c) = rest.next() {
        let least = match c {
            '#' => Level::Sum,
            '$' => Level::Power,
            '%' => Level::Postfix,
            _ => {
                out.push(c);
                continue;
            }
        };
        let place = rest.next().and_then(|digit| digit.to_digit(10)).unwrap_or(1);
        if let Some(argument) = arguments.get(place as usize - 1) {
            out.push_str(&argument.at(least));
        }
    }
    Piece::new(out, level(template))
}

/// How tight a template binds: by its operators outside of brackets.
fn level(template: &str) -> Level {
    let mut depth = 0;
    let mut lowest = Level::Atom;
    let mut before = ' ';
    for c in template.chars() {
        let found = match c {
            '(' | '[' => {
                depth += 1;
                if c == '[' && depth == 1 { Level::Postfix } else { Level::Atom }
            }
            ')' | ']' => {
                depth -= 1;
                Level::Atom
            }
            _ if depth > 0 => Level::Atom,
            '+' | '-' => Level::Sum,
            '*' if before == '*' => Level::Power,
            '^' => Level::Power,
            '*' | '/' | '@' | '\\' => Level::Product,
            '\'' => Level::Postfix,
            _ => Level::Atom,
        };
        lowest = lowest.min(found);
        before = c;
    }
    lowest
}

/// The names in a piece of code with what is joined to them by points: `np.linalg.inv` gives
/// `np`, `np.linalg` and the whole.
pub(super) fn words(text: &'static str) -> Vec<&'static str> {
    let mut found = Vec::new();
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
    for word in text.split(|c: char| !is_part(c)) {
        let starts = word.chars().next().is_some_and(|c| c.is_alphabetic() || c == '_');
        if starts {
            let ends = word.match_indices('.').map(|(at, _)| &word[..at]);
            found.extend(ends.chain([word]));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{Level, Piece, fill, words};

    #[test]
    fn brackets_go_where_they_are_needed() {
        let sum = Piece::new("a + b".into(), Level::Sum);
        assert_eq!(fill("f(#1)", std::slice::from_ref(&sum)).text, "f(a + b)");
        let product = fill("$1*$1", std::slice::from_ref(&sum));
        assert_eq!(
            (product.text.as_str(), product.level),
            ("(a + b)*(a + b)", Level::Product)
        );
        assert_eq!(fill("%1.T", &[product]).text, "((a + b)*(a + b)).T");
    }

    #[test]
    fn words_have_their_modules() {
        assert_eq!(
            words("2*np.linalg.inv(X)"),
            ["np", "np.linalg", "np.linalg.inv", "X"]
        );
    }
}
