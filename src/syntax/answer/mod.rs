//! Answers as people write them, taken apart before any formula of them is read: what stands
//! around them, the names in front of their signs of equality, the brackets of vectors, what
//! stands behind them. Every part is a piece of the text.

mod around;
mod beside;
mod boxes;
mod cases;
mod content;
mod copied;
mod dependence;
mod derivation;
mod forever;
mod inert;
mod label;
mod limit;
mod lines;
mod margin;
mod markup;
mod numeral;
mod outline;
mod pointed;
mod precedence;
mod presenting;
mod prose;
mod reply;
mod said_behind;
mod second;
mod sentence;
mod spoken;
mod statements;
mod tail;
mod things;
mod thought;
mod told;
mod vector;
mod words;

pub use content::{
    Content, Contents, Dimension, Order, Unit, concluded, contents, is_congruence,
    is_unit,
};
pub use dependence::without_dependence;
pub use derivation::{Derivation, LONGEST_DERIVATION, Row, Side, derivation};
pub use forever::goes_on;
pub use inert::{Inert, Reach, Undone, inert};
pub use label::{Label, Naming};
pub use limit::{Limit, closing, limit, moved};
pub use pointed::{
    counts_otherwise, explained, names_opposites, says_nearly, with_points,
};
pub(super) use prose::{Mark, unmarked};
pub(super) use reply::is_chinese;
pub use reply::{Wanted, has_chinese, narrow, reply};
pub use second::second_part;
pub use spoken::in_signs;
pub use thought::outspoken;
pub use told::{Told, told};
pub use vector::{components, matrix, without_transpose};

use presenting::Asked;

#[allow(missing_docs)]
mod grammar {
    #[derive(pest_derive::Parser)]
    #[grammar = "../grammar/answer.pest"]
    pub(super) struct Grammar;
}

/// One formula of an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item<'t> {
    /// What its label names.
    pub label: Option<Label>,
    /// The label as it was typed.
    pub labelled: &'t str,
    /// What stands before the last sign of equality and is no label.
    pub before: Vec<&'t str>,
    /// Whether it begins with a sign of equality.
    pub is_continued: bool,
    /// The variable of a differential that stood behind the formula.
    pub differential: Option<&'t str>,
    /// The formula.
    pub formula: &'t str,
    /// Where it is said to hold: `at x = 1`.
    pub place: Option<&'t str>,
}

/// An answer that was taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stated<'t> {
    /// Its formulas: one, or one for each component that has a label of its own.
    pub items: Vec<Item<'t>>,
    /// What was left out of it.
    pub notes: Vec<String>,
    /// The bounds that stand beside its last formula: `x > 0`.
    pub condition: Option<&'t str>,
}

impl<'t> Stated<'t> {
    /// A text as one formula.
    pub fn whole(text: &'t str) -> Self {
        let item = Item { formula: text, ..Item::default() };
        Self { items: vec![item], ..Self::default() }
    }
}

/// The longest answer that is taken apart, in bytes; a longer one is a formula.
const LONGEST: usize = 1 << 15;

/// Takes an answer apart. `is_name` says which names are variables of the question: they are no
/// units.
pub fn stated<'t>(text: &'t str, is_name: &dyn Fn(&str) -> bool) -> Stated<'t> {
    if text.len() > LONGEST {
        return Stated::whole(text);
    }
    let text = text.strip_prefix("> ").unwrap_or(text);
    let (text, chosen) = around::unchosen(text, is_name);
    let around::Unwrapped { mut inner, mut notes, spoken } =
        around::unwrapped(text, Asked::Derivative);
    // `The answer is (B) 2x`.
    let (rest, within) = match chosen {
        None => around::unchosen(inner, is_name),
        Some(_) => (inner, None),
    };
    if within.is_some() {
        inner = around::unwrapped(rest, Asked::Derivative).inner;
    }
    notes.extend(chosen.or(within));
    let mut stated = statements::items(inner, notes, is_name);
    if let (Some((label, words)), [item]) = (spoken, &mut stated.items[..])
        && item.label.is_none()
    {
        (item.label, item.labelled) = (Some(label), words);
    }
    for item in &mut stated.items {
        let (formula, differential, said) = tail::without(item.formula, is_name);
        (item.formula, item.differential) = (formula, differential);
        stated.notes.extend(said);
    }
    let last = stated.items.last().map(|item| item.formula);
    stated.condition = last.and_then(|formula| tail::bounds_beside(text, formula));
    stated
}

#[cfg(test)]
mod tests {
    use super::stated;

    #[test]
    fn formulas_are_found() {
        let rows = [
            ("2*x", "2*x"),
            ("\\boxed{\\frac{1}{3}}", "\\frac{1}{3}"),
            ("-\\boxed{2x}", "-\\boxed{2x}"),
            ("\\boxed{2x}+1", "\\boxed{2x}+1"),
            ("3\\cdot\\boxed{2x}", "3\\cdot\\boxed{2x}"),
            ("\\sin\\boxed{2x}", "\\sin\\boxed{2x}"),
            ("The slope is -$2x$.", "-$2x$"),
            ("$f'(x)=2x$", "2x"),
            ("So we get $f' = x$, hence \\boxed{2x}.", "2x"),
            ("The derivative is $2x$.", "2x"),
            ("$2x$", "2x"),
            ("2x + 2x = 4x", "4x"),
            ("f'(x) = 2x + 2x = 4x", "4x"),
            ("∇f = [2*x, 1]", "[2*x, 1]"),
            ("y = 2*x", "2*x"),
            ("2*u; u = x + 1", "2*u; u = x + 1"),
            ("u = x^2\n2u", "u = x^2\n2u"),
            ("piecewise(x = 1, 2, 3)", "piecewise(x = 1, 2, 3)"),
            ("2*x <= 3", "2*x <= 3"),
            ("$a$ or $b$", "$a$ or $b$"),
            ("\\boxed{x", "\\boxed{x"),
            ("2x dx", "2x"),
            ("1/x, x > 0", "1/x"),
            ("2x m/s", "2x"),
            ("x*h m", "x*h"),
            ("2x h", "2x h"),
        ];
        for (text, expected) in rows {
            let items = stated(text, &|name| matches!(name, "x" | "h" | "a" | "b")).items;
            assert_eq!(items.len(), 1, "{text}: {items:?}");
            assert_eq!(items[0].formula, expected, "{text}");
        }
    }
}
