//! What a name of another language means here.

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

/// A meaning. Formulas are in the notation of calcgrad over the arguments `u`, `v`, `w`, `p`,
/// as those of the function table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A formula.
    Formula(&'static str),
    /// A formula, and what is to be known of it.
    Noted(&'static str, &'static str),
    /// An operator between all arguments.
    Fold(&'static str),
    /// The contrary of a condition.
    Not,
    /// Pairs of a value and a condition.
    Pairs,
    /// Rows of a value and a condition, and a value behind them.
    Listed,
    /// Conditions and values in turn.
    Turns,
    /// All arguments between square brackets.
    Entries,
    /// A text or a number is that number.
    Literal,
    /// The imaginary unit.
    Unit,
    /// A derivative: what is differentiated, and the variables.
    Derivative,
    /// What is not read, and what to do instead.
    Refused(&'static str),
}

/// Any number of arguments.
pub(super) const ANY: u8 = u8::MAX;

/// A name, the number of its arguments (0: it stands alone), its meaning.
pub(super) type Row = (&'static str, u8, Meaning);

/// The rows of a language, by name.
#[derive(Debug)]
pub(super) struct Rows(FxHashMap<&'static str, SmallVec<[(u8, Meaning); 2]>>);

impl Rows {
    /// The rows of a list.
    pub(super) fn of(rows: &[Row]) -> Self {
        let mut all: FxHashMap<&'static str, SmallVec<[(u8, Meaning); 2]>> =
            FxHashMap::default();
        for (name, count, meaning) in rows {
            all.entry(name).or_default().push((*count, *meaning));
        }
        Self(all)
    }

    /// The meaning of a name with so many arguments.
    pub(super) fn find(&self, name: &str, count: usize) -> Option<Meaning> {
        let fits = |row: &&(u8, Meaning)| {
            usize::from(row.0) == count || row.0 == ANY && count > 0
        };
        self.0.get(name)?.iter().find(fits).map(|row| row.1)
    }
}
