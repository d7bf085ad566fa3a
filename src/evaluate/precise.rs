//! Formulas as they were typed, and expressions, with many digits.

use super::expression::values_of;
use super::loss;
use super::special::TRANSCENDENTAL;
use crate::error::{Error, ErrorKind, Result};
use crate::function::Builder;
use crate::kernel::{
    AbstractFunction, Constant, ExprId, FunctionId, Number, Pool, Purse,
};
use astro_float::{BigFloat, Consts, RoundingMode};
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

const ROUND: RoundingMode = RoundingMode::ToEven;
/// So many times greater than an error, as a binary logarithm, is what it does not hide.
pub(super) const CLEAR: i64 = 8;
/// What is spent on the values of one formula, in terms of series with few digits, and for how
/// many functions there is enough in any case.
const MOST_WORK: u64 = 600_000;
const FEW: u64 = 16;
/// How many roots cost as much as one elementary function.
const ROOTS: u64 = 32;
/// The keys of operations that are no functions.
const CONSTANT: u16 = u16::MAX;
const SUM: u16 = CONSTANT - 1;
const PRODUCT: u16 = CONSTANT - 2;
const POWER: u16 = CONSTANT - 3;
const ROOT: u16 = CONSTANT - 4;

/// Builds a function that has no many digits of its own from those that have.
pub type NormalForm = fn(FunctionId, &[u32], &mut Precise) -> Option<u32>;

/// The values of a formula and of its parts at a point, with many digits. NaN is what is
/// undefined.
///
/// Invariant: nothing is collected, cancelled or reordered, as in a tape.
#[derive(Debug)]
pub struct Precise {
    pub(super) precision: usize,
    pub(super) constants: Consts,
    /// What may be spent on functions and powers yet, in terms of series with few digits.
    pub(super) left: u64,
    /// What pays for all values of a question.
    purse: Purse,
    pub(super) values: Vec<BigFloat>,
    /// What each value is off at most, as a power of two.
    pub(super) errors: Vec<i64>,
    /// The values that are short fractions, exactly.
    pub(super) fractions: Vec<Option<Number>>,
    /// Sums with 1, and what is added to it.
    pub(super) beside_one: Vec<(u32, u32)>,
    /// The places of what was calculated, by operation and operands: what is the same formula
    /// is the same value, exactly.
    known: FxHashMap<(u16, SmallVec<[u32; 4]>), u32>,
    numbers: FxHashMap<Number, u32>,
    symbols: FxHashMap<String, u32>,
    pub(super) normal: NormalForm,
    /// The first thing that was asked for and cannot be calculated.
    unknown: Option<Error>,
    /// Whether the digits did not tell on which side of a step something is.
    pub(super) is_undecided: bool,
    /// The signs of what has no digits and is not 0.
    pub(super) tiny: FxHashMap<u32, i8>,
    /// Whether something was so small that there is no exponent for it.
    pub(super) is_underflown: bool,
    /// Whether something went under in a number that is much greater.
    pub(super) is_absorbed: bool,
    /// The error of something that was divided by and may be 0, if there was such a thing.
    pub(super) doubtful: Option<i64>,
}

impl Precise {
    /// No values yet, with so many binary digits.
    ///
    /// # Errors
    /// Where the library has no memory.
    pub fn new(precision: usize, normal: NormalForm, purse: &Purse) -> Result<Self> {
        let failed =
            |_| ErrorKind::Unsupported("the constants of many digits".to_owned());
        let constants = Consts::new().map_err(failed)?;
        let (values, errors, fractions, beside_one) = Default::default();
        Ok(Self {
            precision,
            constants,
            left: allowance(precision),
            purse: purse.share(),
            values,
            errors,
            fractions,
            beside_one,
            known: FxHashMap::default(),
            numbers: FxHashMap::default(),
            symbols: FxHashMap::default(),
            normal,
            unknown: None,
            is_undecided: false,
            tiny: FxHashMap::default(),
            is_underflown: false,
            is_absorbed: false,
            doubtful: None,
        })
    }

    /// Gives a variable a value.
    pub fn set(&mut self, name: &str, number: &Number) {
        let id = self.number(number);
        self.symbols.insert(name.to_owned(), id);
    }

    /// Gives a variable a value with many digits, which is taken to be exact.
    pub fn give(&mut self, name: &str, value: &BigFloat) {
        let id = self.push(value.clone(), loss::EXACT);
        self.symbols.insert(name.to_owned(), id);
    }

    /// Gives a variable the value at a place, moved by a step.
    pub fn assign(&mut self, name: &str, value: u32, step: &BigFloat) {
        if step.is_zero() {
            self.symbols.insert(name.to_owned(), value);
            return;
        }
        let moved = self.values[value as usize].add(step, self.precision, ROUND);
        let error =
            self.errors[value as usize].max(loss::rounding(&moved, self.precision));
        let id = self.push(moved, error);
        self.symbols.insert(name.to_owned(), id);
    }

    /// The value at a place.
    ///
    /// # Errors
    /// What cannot be calculated: a function that has no many digits, or a variable without a
    /// value, anywhere so far.
    pub fn value(&self, id: u32) -> Result<&BigFloat> {
        match &self.unknown {
            Some(error) => Err(error.clone()),
            None => Ok(&self.values[id as usize]),
        }
    }

    /// Whether a value may be NaN because digits do not tell on which side of a step
    /// something is.
    pub fn is_undecided(&self) -> bool {
        self.is_undecided
    }

    /// Whether a value may be 0 only because it is too small for any exponent.
    pub fn has_underflown(&self) -> bool {
        self.is_underflown
    }

    /// Whether something went under in a number that is much greater, so that a value that
    /// vanishes with the digits need not be 0.
    pub fn has_absorbed(&self) -> bool {
        self.is_absorbed || self.is_underflown
    }

    /// Whether the value at a place is known to so many binary digits.
    pub fn is_known_to(&self, id: u32, digits: usize) -> bool {
        let value = self.get(id);
        let known = loss::size(value).saturating_sub(self.errors[id as usize]);
        self.is_exact(id) || !value.is_zero() && known > digits as i64
    }

    /// Whether something was divided by that is nothing, as far as its error is less than
    /// this power of two.
    pub fn divides_by_nothing(&self, power: i64) -> bool {
        self.doubtful.is_some_and(|error| error < power)
    }

    /// What the value at a place is off at most, as a power of two.
    pub fn error(&self, id: u32) -> i64 {
        self.errors[id as usize]
    }

    /// Whether a value is exact.
    pub fn is_exact(&self, id: u32) -> bool {
        self.errors[id as usize] == loss::EXACT
    }

    /// Whether some value was too large.
    pub fn has_overflown(&self) -> bool {
        self.values.iter().any(BigFloat::is_inf)
    }

    /// Whether the value at a place differs from 0 by more than rounding can.
    pub fn is_settled(&self, id: u32) -> bool {
        loss::size(self.get(id)) > self.errors[id as usize].saturating_add(8)
    }

    /// Whether the value at a place is nothing, as far as its error is less than this power of
    /// two.
    pub fn has_vanished(&self, id: u32, power: i64) -> bool {
        !self.is_settled(id) && self.errors[id as usize] < power
    }

    /// The place of the value of an expression.
    pub fn expression(&mut self, pool: &Pool, id: ExprId) -> u32 {
        values_of(self, pool, id, Self::rational_power)
    }

    /// A power with a number as exponent; roots are exact where they can be.
    pub(super) fn rational_power(&mut self, base: u32, n: &Number) -> u32 {
        let exponent = self.number(n);
        self.once(ROOT, [base, exponent].into_iter(), |own| own.new_root(base, n))
    }

    /// Pays for an elementary function or a power.
    ///
    /// # Errors
    /// More work than is spent on the values of one formula.
    pub(super) fn spend(&mut self) -> Result<()> {
        self.pay(elementary(self.precision));
        if self.has_spent_all() { Err(self.too_much()) } else { Ok(()) }
    }

    /// The same for a power, which is a logarithm and an exponential function.
    ///
    /// # Errors
    /// As [`Precise::spend`].
    pub(super) fn spend_on_power(&mut self) -> Result<()> {
        self.purse.pay(elementary(self.precision) / self.share());
        self.spend()
    }

    /// The same for a function that takes several series.
    ///
    /// # Errors
    /// As [`Precise::spend`].
    pub(super) fn spend_on_several(&mut self) -> Result<()> {
        self.purse.pay(elementary(self.precision) / self.share());
        self.spend()
    }

    /// The same for a root, for which a question alone pays.
    ///
    /// # Errors
    /// As [`Precise::spend`].
    pub(super) fn spend_on_root(&mut self) -> Result<()> {
        self.purse.pay((elementary(self.precision) / ROOTS / self.share()).max(1));
        if self.has_spent_all() { Err(self.too_much()) } else { Ok(()) }
    }

    /// How many times more a question has of terms with so many digits.
    fn share(&self) -> u64 {
        allowance(self.precision) / MOST_WORK
    }

    /// Whether nothing more is calculated.
    pub(super) fn has_spent_all(&self) -> bool {
        self.left == 0 || self.purse.is_empty()
    }

    /// Pays for terms; where there are many digits, a question has more of them.
    pub(super) fn pay(&mut self, terms: u64) {
        self.left = self.left.saturating_sub(terms);
        self.purse.pay(terms / self.share());
    }

    /// That the values of a formula take too much.
    pub(super) fn too_much(&self) -> Error {
        let limit = allowance(self.precision);
        ErrorKind::TooMuchWork { what: "a value with many digits", limit }.into()
    }

    /// NaN, which more digits may settle where the arguments have values.
    pub(super) fn undecided(&mut self, arguments: &[u32]) -> u32 {
        self.is_undecided |= arguments.iter().all(|id| !self.get(*id).is_nan());
        self.push(astro_float::NAN, loss::ALL)
    }

    /// The place of an operation, which is calculated once.
    fn once(
        &mut self,
        operation: u16,
        operands: impl Iterator<Item = u32>,
        make: impl FnOnce(&mut Self) -> u32,
    ) -> u32 {
        let key = (operation, operands.collect::<SmallVec<[u32; 4]>>());
        if let Some(id) = self.known.get(&key) {
            return *id;
        }
        let id = make(self);
        self.known.insert(key, id);
        id
    }

    pub(super) fn push(&mut self, value: BigFloat, error: i64) -> u32 {
        self.values.push(value);
        self.errors.push(error);
        self.fractions.push(None);
        (self.values.len() - 1) as u32
    }

    /// The first thing that was asked for and cannot be calculated.
    pub fn failure(&self) -> Option<Error> {
        self.unknown.clone()
    }

    /// The exact value at a place, where it is a short fraction.
    pub fn fraction(&self, id: u32) -> Option<&Number> {
        self.fractions[id as usize].as_ref()
    }

    pub(super) fn get(&self, id: u32) -> &BigFloat {
        &self.values[id as usize]
    }

    /// Takes note of what cannot be calculated.
    pub(super) fn unknown(&mut self, error: Error) -> u32 {
        self.unknown.get_or_insert(error);
        self.push(astro_float::NAN, loss::ALL)
    }
}

/// What an elementary function with so many binary digits costs, in terms of series: a little
/// more than grows with their square.
fn elementary(bits: usize) -> u64 {
    let thousands = bits as u64 / 1000;
    TRANSCENDENTAL * (1 + thousands).pow(2) * (1 + thousands / 4)
}

/// What is spent on the values of one formula: where there are many digits, a few functions.
fn allowance(bits: usize) -> u64 {
    MOST_WORK.max(FEW * elementary(bits))
}

impl Builder for Precise {
    type Id = u32;

    fn number(&mut self, n: &Number) -> u32 {
        if let Some(id) = self.numbers.get(n) {
            return *id;
        }
        let id = self.new_number(n);
        self.numbers.insert(n.clone(), id);
        id
    }

    fn constant(&mut self, constant: Constant) -> u32 {
        self.once(CONSTANT, std::iter::once(constant as u32), |own| {
            own.new_constant(constant)
        })
    }

    fn symbol(&mut self, name: &str) -> u32 {
        match self.symbols.get(name) {
            Some(id) => *id,
            None => {
                let what = format!("the value of `{name}`");
                self.unknown(ErrorKind::Undefined(what).into())
            }
        }
    }

    fn sum(&mut self, terms: &[(bool, u32)]) -> u32 {
        let keys = terms.iter().map(|(minus, id)| 2 * id + u32::from(*minus));
        self.once(SUM, keys, |own| own.new_sum(terms))
    }

    fn product(&mut self, factors: &[(bool, u32)]) -> u32 {
        let keys = factors.iter().map(|(divide, id)| 2 * id + u32::from(*divide));
        self.once(PRODUCT, keys, |own| own.new_product(factors))
    }

    fn negate(&mut self, operand: u32) -> u32 {
        let value = self.get(operand).neg();
        let id = self.push(value, self.errors[operand as usize]);
        self.keep_sign(id, self.tiny.get(&operand).map(|sign| -sign));
        self.fractions[id as usize] = self.fraction(operand).map(Number::neg);
        id
    }

    fn power(&mut self, base: u32, exponent: u32) -> u32 {
        self.once(POWER, [base, exponent].into_iter(), |own| {
            own.new_power(base, exponent)
        })
    }

    fn apply(&mut self, function: FunctionId, arguments: &[u32]) -> u32 {
        let place = function.0;
        self.once(place, arguments.iter().copied(), |own| {
            own.new_apply(function, arguments)
        })
    }

    fn apply_abstract(&mut self, _: AbstractFunction, _: &[u32]) -> u32 {
        let what = "a function without a definition has no value".to_owned();
        self.unknown(ErrorKind::Unsupported(what).into())
    }
}
