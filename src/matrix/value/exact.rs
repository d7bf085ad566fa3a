//! Entries as exact values of the pool.

use super::super::components::{Arithmetic, Grid, no_meaning, unknown, unknown_field};
use super::super::form::Elementwise;
use super::array::MAX_ENTRIES;
use super::elimination::{self, MAX_WORK};
use super::pseudo;
use crate::error::{Error, ErrorKind, Result};
use crate::function;
use crate::kernel::{Constant, ExprId, Number, Pool};
use crate::syntax;
use rustc_hash::{FxHashMap, FxHashSet};

/// An exact value, and which values of functions must exist for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) value: ExprId,
    doubt: Doubt,
}

/// The place of what is doubtful about a value: a value of a function that may not exist, or
/// two things that are doubtful.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Doubt(u32);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Doubtful {
    Nothing,
    Value(ExprId),
    Both(Doubt, Doubt),
}

impl Doubt {
    const NONE: Self = Self(0);
}

/// Calculates with values in a pool. What is not used, as a branch that is not taken, may have
/// no value.
pub(super) struct Values<'a> {
    pub(super) pool: &'a mut Pool,
    doubts: Vec<Doubtful>,
    places: FxHashMap<Doubtful, Doubt>,
    /// Whether functions without a meaning have one that nobody knows.
    stands_in: bool,
    /// Why a value that is undefined has none, as far as that is known.
    pub(super) why: Option<Error>,
    /// What elimination may cost yet.
    work: u64,
}

impl Entry {
    /// A value that exists.
    pub(super) fn sure(value: ExprId) -> Self {
        Self { value, doubt: Doubt::NONE }
    }
}

impl<'a> Values<'a> {
    /// `stands_in` gives functions without a meaning one that nobody knows, to compare with.
    pub(super) fn new(pool: &'a mut Pool, stands_in: bool) -> Self {
        Self {
            pool,
            doubts: vec![Doubtful::Nothing],
            places: FxHashMap::default(),
            stands_in,
            why: None,
            work: MAX_WORK,
        }
    }

    /// Values of functions that must exist for some entries to exist, in order.
    pub(super) fn doubtful(&self, entries: &[Entry]) -> Vec<ExprId> {
        let mut waiting: Vec<Doubt> = entries.iter().map(|entry| entry.doubt).collect();
        let (mut seen, mut found) = (FxHashSet::default(), FxHashSet::default());
        while let Some(doubt) = waiting.pop() {
            if !seen.insert(doubt) {
                continue;
            }
            match self.doubts[doubt.0 as usize] {
                Doubtful::Nothing => {}
                Doubtful::Value(id) => {
                    found.insert(id);
                }
                Doubtful::Both(a, b) => waiting.extend([a, b]),
            }
        }
        let mut found: Vec<ExprId> = found.into_iter().collect();
        found.sort_unstable();
        found
    }

    fn place(&mut self, doubtful: Doubtful) -> Doubt {
        let next = Doubt(self.doubts.len() as u32);
        let place = *self.places.entry(doubtful).or_insert(next);
        if place == next {
            self.doubts.push(doubtful);
        }
        place
    }

    fn both(&mut self, a: Doubt, b: Doubt) -> Doubt {
        match (a, b) {
            (a, b) if a == b || b == Doubt::NONE => a,
            (Doubt::NONE, b) => b,
            (a, b) => self.place(Doubtful::Both(a, b)),
        }
    }

    fn all(&mut self, entries: &[Entry]) -> Doubt {
        entries.iter().fold(Doubt::NONE, |doubt, entry| self.both(doubt, entry.doubt))
    }

    /// A value that may not exist, of others.
    fn doubted(&mut self, value: ExprId, of: &[Entry]) -> Entry {
        let mut doubt = self.all(of);
        if self.pool.as_number(value).is_none() {
            let own = self.place(Doubtful::Value(value));
            doubt = self.both(doubt, own);
        }
        Entry { value, doubt }
    }

    /// The branch of `piecewise(c, x, d, y, z)` that is taken, where that is known.
    fn taken(&mut self, arguments: &[Entry]) -> Option<Entry> {
        let mut doubt = Doubt::NONE;
        for case in arguments.chunks(2) {
            let [condition, value] = *case else {
                let doubt = self.both(doubt, case[0].doubt);
                return Some(Entry { doubt, ..case[0] });
            };
            let holds = !self.pool.as_number(condition.value)?.is_zero();
            doubt = self.both(doubt, condition.doubt);
            if holds {
                let doubt = self.both(doubt, value.doubt);
                return Some(Entry { value: value.value, doubt });
            }
        }
        None
    }

    /// The rows of an array of numbers, which exist.
    fn numbers(&self, of: &Grid<Entry>) -> Option<Vec<Vec<Number>>> {
        let number = |entry: &Entry| self.pool.as_number(entry.value).cloned();
        let chunks = of.entries().chunks(of.cols.max(1));
        chunks.map(|row| row.iter().map(number).collect()).collect()
    }
}

impl Arithmetic for Values<'_> {
    type Id = Entry;
    const MOST: usize = MAX_ENTRIES;

    fn number(&mut self, n: &Number) -> Entry {
        Entry::sure(self.pool.number(n.clone()))
    }

    fn constant(&mut self, constant: Constant) -> Entry {
        Entry::sure(match constant {
            Constant::E => Pool::E,
            Constant::Pi => Pool::PI,
        })
    }

    fn is_zero(&self, id: Entry) -> bool {
        id == Entry::sure(Pool::ZERO)
    }

    fn as_number(&self, id: Entry) -> Option<Number> {
        self.pool.as_number(id.value).cloned()
    }

    fn sum(&mut self, terms: &[(bool, Entry)]) -> Entry {
        let sign = |minus: bool| if minus { Number::MINUS_ONE } else { Number::ONE };
        let weighted: Vec<(Number, ExprId)> =
            terms.iter().map(|(minus, id)| (sign(*minus), id.value)).collect();
        let value = self.pool.weighted_sum(&weighted);
        let doubt =
            terms.iter().fold(Doubt::NONE, |doubt, (_, one)| self.both(doubt, one.doubt));
        Entry { value, doubt }
    }

    fn product(&mut self, factors: &[Entry]) -> Entry {
        let ids: Vec<ExprId> = factors.iter().map(|id| id.value).collect();
        let value = match ids.contains(&Pool::UNDEFINED) {
            true => Pool::UNDEFINED,
            false => self.pool.product(&ids),
        };
        Entry { value, doubt: self.all(factors) }
    }

    fn divide(&mut self, above: Entry, below: Entry) -> Entry {
        let inverse = self.pool.power(below.value, Pool::MINUS_ONE);
        self.product(&[above, Entry { value: inverse, ..below }])
    }

    fn is_spent(&self) -> bool {
        self.pool.failure().is_some()
    }

    fn power(&mut self, base: Entry, exponent: Entry) -> Entry {
        let power = self.pool.power(base.value, exponent.value);
        self.doubted(power, &[base, exponent])
    }

    fn function(&mut self, function: Elementwise, arguments: &[Entry]) -> Result<Entry> {
        let id = match function {
            Elementwise::Table(id) => id,
            Elementwise::Abstract(name, primes) if self.stands_in => {
                return Ok(unknown((name, primes), arguments[0], self));
            }
            Elementwise::Abstract(..) => return Err(no_meaning()),
        };
        let is_row = id.is_builtin();
        if is_row
            && function::spec(id).name == "piecewise"
            && let Some(value) = self.taken(arguments)
        {
            return Ok(value);
        }
        let ids: Vec<ExprId> = arguments.iter().map(|id| id.value).collect();
        if ids.contains(&Pool::UNDEFINED) {
            return Ok(Entry { value: Pool::UNDEFINED, doubt: self.all(arguments) });
        }
        let value = match is_row && function::spec(id).means.is_some() {
            true => syntax::meaning(id, &ids, self.pool)?,
            false => function::apply(self.pool, id, &ids),
        };
        Ok(self.doubted(value, arguments))
    }

    fn field(&mut self, name: (u16, u16), of: &[Entry]) -> Result<Grid<Entry>> {
        if self.stands_in { unknown_field(name, of, self) } else { Err(no_meaning()) }
    }

    fn determinant(&mut self, of: &Grid<Entry>) -> Result<Entry> {
        let Some(rows) = self.numbers(of) else { return of.determinant(self) };
        let found = elimination::determinant(&rows, &mut self.work)?;
        let doubt = self.all(of.entries());
        Ok(Entry { value: self.pool.number(found), doubt })
    }

    fn inverse(&mut self, of: &Grid<Entry>) -> Result<Grid<Entry>> {
        let Some(rows) = self.numbers(of) else { return of.inverse(self) };
        let doubt = self.all(of.entries());
        let found = elimination::inverse(&rows, &mut self.work)?;
        if found.is_none() {
            self.why.get_or_insert(undefined("the inverse of a singular matrix"));
        }
        Grid::from(of.rows, of.rows, MAX_ENTRIES, |i, j| {
            let value = match &found {
                Some(rows) => self.pool.number(rows[i][j].clone()),
                None => Pool::UNDEFINED,
            };
            Entry { value, doubt }
        })
    }

    /// That of numbers; of other values the rank is not known.
    fn pseudo_inverse(&mut self, of: &Grid<Entry>) -> Result<Grid<Entry>> {
        let Some(rows) = self.numbers(of) else {
            let what = "pseudo-inverses of entries that are no fractions".to_owned();
            return Err(ErrorKind::Unsupported(what).into());
        };
        let doubt = self.all(of.entries());
        let found = pseudo::pseudo_inverse(&rows, &mut self.work)?;
        Grid::from(of.cols, of.rows, MAX_ENTRIES, |i, j| Entry {
            value: self.pool.number(found[i][j].clone()),
            doubt,
        })
    }
}

/// The error of a value that there is not.
pub(super) fn undefined(what: &str) -> Error {
    ErrorKind::Undefined(what.to_owned()).into()
}
