//! The operations on values with many digits, each with the error of its result.

use super::applied::{applied, is_far, is_of_several};
use super::limit::double;
use super::loss::{self, Known};
use super::newton::power_of_two;
use super::pieces;
use super::precise::Precise;
use super::special;
use crate::error::Result;
use crate::function::{self, Builder};
use crate::kernel::{Constant, FunctionId, Number, Relation};
use astro_float::{BigFloat, Radix, RoundingMode};

const ROUND: RoundingMode = RoundingMode::ToEven;
const UNROUNDED: RoundingMode = RoundingMode::None;
/// The binary digits with which it is found out how steep a function is.
const FEW_BITS: usize = 96;
/// The step for that, relative to the argument, as a binary logarithm.
const STEP: i64 = 40;
/// So much smaller, likewise, is the step that tells whether it is steeper nearer by.
const FINER: i64 = 8;
/// Fractions of so many bits are calculated with exactly.
const SHORT: u64 = 128;
/// What is longer on the way to a fraction is not taken to become a short one: as the terms get
/// more, each would take as long as all before it.
const LONG: u64 = 32 * SHORT;
/// An argument is small whose binary logarithm is below that many parts of the precision.
const SMALL: i64 = 8;

impl Precise {
    pub(super) fn new_number(&mut self, n: &Number) -> u32 {
        let p = self.precision;
        let mut parse = |text: String| {
            BigFloat::parse(&text, Radix::Dec, p, ROUND, &mut self.constants)
        };
        let numerator = parse(n.numerator().to_string());
        let value = match n.is_integer() {
            true => numerator,
            false => numerator.div(&parse(n.denominator().to_string()), p, ROUND),
        };
        // Its last digits go under.
        self.is_absorbed |= n.bits() > p as u64;
        let is_short = n.bits() + 8 < p as u64;
        let is_dyadic = n.denominator().to_i64().is_some_and(|d| d.count_ones() == 1);
        let error = match is_short && is_dyadic {
            true => loss::EXACT,
            false => loss::rounding(&value, p),
        };
        let id = self.push(value, error);
        if n.bits() <= SHORT {
            self.fractions[id as usize] = Some(n.clone());
        }
        id
    }

    pub(super) fn new_constant(&mut self, constant: Constant) -> u32 {
        let value = match constant {
            Constant::E => self.constants.e(self.precision, ROUND),
            Constant::Pi => self.constants.pi(self.precision, ROUND),
        };
        let error = loss::rounding(&value, self.precision);
        self.push(value, error)
    }

    pub(super) fn new_sum(&mut self, terms: &[(bool, u32)]) -> u32 {
        if let [(false, u), (true, v)] | [(true, u), (false, v)] = terms
            && u == v
            && !self.get(*u).is_nan()
            && !self.get(*u).is_inf()
        {
            return self.number(&Number::ZERO);
        }
        let join = |sum: &Number, minus: &bool, term: &Number| {
            Some(if *minus { sum.sub(term) } else { sum.add(term) })
        };
        if let Some(sum) = self.exactly(terms, Number::ZERO, join) {
            return sum;
        }
        let known: Vec<Known<'_>> =
            terms.iter().map(|(_, term)| self.known(*term)).collect();
        let mut sum = BigFloat::from_word(0, self.precision);
        let mut largest = loss::EXACT;
        for (minus, term) in terms {
            let term = self.get(*term);
            sum = match minus {
                true => sum.sub(term, self.precision, ROUND),
                false => sum.add(term, self.precision, ROUND),
            };
            largest = largest.max(loss::size(&sum));
        }
        let is_exact = known.iter().all(|term| term.error == loss::EXACT);
        let error = match is_exact && !sum.inexact() {
            true => loss::EXACT,
            false => loss::of_sum(&known, largest, self.precision),
        };
        let lost = largest.saturating_sub(self.precision as i64);
        self.is_absorbed |= known
            .iter()
            .any(|term| !term.value.is_zero() && loss::size(term.value) < lost);
        let sign = if sum.is_zero() { self.sign_of_sum(terms) } else { None };
        let id = self.push(sum, error);
        self.keep_sign(id, sign);
        if let Some(rest) = self.beside_one(terms) {
            self.beside_one.push((id, rest));
        }
        id
    }

    pub(super) fn new_product(&mut self, factors: &[(bool, u32)]) -> u32 {
        let join = |product: &Number, divide: &bool, factor: &Number| match divide {
            true => Some(product.mul(&factor.recip()?)),
            false => Some(product.mul(factor)),
        };
        if let Some(product) = self.exactly(factors, Number::ONE, join) {
            return product;
        }
        for (_, factor) in factors.iter().filter(|(divide, _)| *divide) {
            self.divide_by(*factor);
        }
        let mut product = BigFloat::from_word(1, self.precision);
        for (divide, id) in factors {
            let factor = &self.values[*id as usize];
            self.is_underflown |= *divide && factor.is_inf();
            product = match divide {
                true if factor.is_zero() => {
                    self.is_undecided |= !self.is_exact(*id);
                    astro_float::NAN
                }
                true => product.div(factor, self.precision, ROUND),
                false => product.mul(factor, self.precision, ROUND),
            };
        }
        if self.is_too_small(&product, factors) {
            return self.push_tiny(self.sign_of_product(factors));
        }
        let is_open = |id: u32| self.get(id).is_zero() && !self.is_exact(id);
        let has_values = factors.iter().all(|(_, id)| !self.get(*id).is_nan());
        // What is too small times what is too large may be anything.
        if product.is_nan() && has_values && factors.iter().any(|(_, id)| is_open(*id)) {
            return self.undecided(&[]);
        }
        let known: Vec<(bool, Known<'_>)> =
            factors.iter().map(|(divide, id)| (*divide, self.known(*id))).collect();
        let error = loss::of_product(&known, &product, self.precision);
        self.push(product, error)
    }

    pub(super) fn new_power(&mut self, base: u32, exponent: u32) -> u32 {
        let (b, e) = (self.get(base).clone(), self.get(exponent).clone());
        if e.is_negative() {
            self.divide_by(base);
        }
        let whole = self.fraction(exponent).and_then(Number::to_i64);
        if let Some(power) = whole.and_then(|n| self.fraction(base)?.pow(n, SHORT)) {
            return self.number(&power);
        }
        let p = self.precision;
        let is_whole = e.is_zero() || e.fract().is_zero();
        let has_values = !b.is_nan() && !e.is_nan();
        if small_whole(&e).is_none()
            && let Err(error) = self.spend_on_power()
        {
            return self.unknown(error);
        }
        let value = if b.is_nan() || e.is_nan() {
            astro_float::NAN
        } else if e.is_zero() {
            BigFloat::from_word(1, p)
        } else if b.is_zero() {
            if e.is_positive() { b.clone() } else { astro_float::NAN }
        } else if b.is_negative() && !is_whole {
            astro_float::NAN
        } else {
            let size = match small_whole(&e) {
                Some(n) if e.is_negative() => {
                    b.abs().powi(n, p, ROUND).reciprocal(p, ROUND)
                }
                Some(n) => b.abs().powi(n, p, ROUND),
                None => b.abs().pow(&e, p, UNROUNDED, &mut self.constants),
            };
            let half = e.div(&BigFloat::from_word(2, p), p, ROUND);
            let is_odd = is_whole && !half.fract().is_zero();
            if b.is_negative() && is_odd { size.neg() } else { size }
        };
        let is_lost = |id: u32| !self.is_exact(id) && !self.is_settled(id);
        let is_open = value.is_nan() && (is_lost(base) || is_lost(exponent));
        // A power of 0 is 0, 1 or nothing, by the sign of the exponent.
        if has_values && (is_open || b.is_zero() && is_lost(exponent)) {
            return self.undecided(&[]);
        }
        // An exponent near 0 goes under, as in `e^(10^(-500))`.
        if !e.is_zero() && !value.is_nan() {
            let gap = value.sub(&BigFloat::from_word(1, p), p, ROUND);
            let is_one = b.sub(&BigFloat::from_word(1, p), p, ROUND).is_zero();
            self.is_absorbed |= !is_one && loss::size(&gap) <= 2 - p as i64;
        }
        self.push_power(base, exponent, value)
    }

    pub(super) fn new_root(&mut self, base: u32, n: &Number) -> u32 {
        if n.is_negative() {
            self.divide_by(base);
        }
        if let Some(power) = n.to_i64().and_then(|n| self.fraction(base)?.pow(n, SHORT)) {
            return self.number(&power);
        }
        if !n.is_integer()
            && let Err(error) = self.spend_on_root()
        {
            return self.unknown(error);
        }
        let (b, p) = (self.get(base).clone(), self.precision);
        // How far a size goes depends on the machine.
        let size = n.numerator().to_i64().and_then(|n| n.unsigned_abs().try_into().ok());
        let (root, size) = match n.denominator().to_i64().zip(size) {
            Some((1, size)) => (b, size),
            Some((2, size)) if !b.is_negative() => (b.sqrt(p, ROUND), size),
            Some((3, size)) if !b.is_negative() => (b.cbrt(p, ROUND), size),
            _ => {
                let exponent = self.number(n);
                return self.power(base, exponent);
            }
        };
        let power = root.powi(size, p, ROUND);
        let value = match n.is_negative() {
            false => power,
            true if root.is_zero() && self.is_exact(base) => astro_float::NAN,
            true if root.is_zero() => return self.undecided(&[base]),
            true => power.reciprocal(p, ROUND),
        };
        let exponent = self.number(n);
        self.push_power(base, exponent, value)
    }

    /// A power that was calculated.
    fn push_power(&mut self, base: u32, exponent: u32, value: BigFloat) -> u32 {
        if value.is_zero() && !self.get(base).is_zero() {
            let is_lost = |id: u32| self.known(id).is_lost() && !self.get(id).is_inf();
            // An exponent that is nothing but its error may be anything.
            if is_lost(base) || is_lost(exponent) {
                return self.push(value, loss::ALL);
            }
            return self.push_tiny(self.sign_of_power(base, exponent));
        }
        let error = self.error_of_power(base, exponent, &value);
        let is_tiny = value.is_zero() && !self.is_exact(base);
        let sign = if is_tiny { self.sign_of_power(base, exponent) } else { None };
        let id = self.push(value, error);
        self.keep_sign(id, sign)
    }

    fn error_of_power(&self, base: u32, exponent: u32, value: &BigFloat) -> i64 {
        let of = double(self.get(exponent));
        loss::of_power(self.known(base), self.known(exponent), of, value, self.precision)
    }

    pub(super) fn new_apply(&mut self, function: FunctionId, arguments: &[u32]) -> u32 {
        if let (Some(relation), [u, v]) = (Relation::of(function), arguments) {
            return self.relate(relation, [*u, *v]);
        }
        let values: Vec<BigFloat> =
            arguments.iter().map(|id| self.get(*id).clone()).collect();
        // What the table says of 0 and 1, as of a sine divided by its argument.
        if let [id] = arguments
            && function.is_builtin()
            && let Some(at) = self.zero_or_one(*id)
            && let Some(value) = value_at(function, at)
        {
            return self.number(&Number::from(value));
        }
        if function.is_builtin()
            && let Some(id) = self.stepped(function::spec(function).name, arguments)
        {
            return id;
        }
        if is_far(function, &values, self.precision) {
            return self.undecided(arguments);
        }
        // Beside a small argument, its powers go under.
        let small = -(self.precision as i64) / SMALL;
        self.is_absorbed |= arguments.iter().any(|id| {
            let u = self.get(*id);
            !u.is_zero() && self.is_settled(*id) && loss::size(u) < small
        });
        match self.applied(function, &values) {
            Ok(value) => {
                if value.is_nan() && self.is_edge(function, arguments) {
                    return self.undecided(&[]);
                }
                let known: Vec<Known<'_>> =
                    arguments.iter().map(|id| self.known(*id)).collect();
                let error = match function.is_builtin() {
                    true => {
                        let row = function::spec(function);
                        loss::of_function(row, &known, &value, self.precision)
                    }
                    false => loss::EXACT,
                };
                // The one function here that falls like a power and has no normal form.
                if value.is_zero() && function::spec(function).name == "erfc" {
                    if known.iter().any(|u| u.is_lost()) {
                        return self.push(value, loss::ALL);
                    }
                    return self.push_tiny(Some(1));
                }
                // As the angle of a point that is too far away.
                let is_beyond = |id: &u32| self.get(*id).is_inf();
                if value.is_zero() && arguments.iter().any(is_beyond) {
                    return self.push_tiny(None);
                }
                self.push_saturated(function, arguments, value, error)
            }
            Err(error) => match self.special(function, arguments) {
                Some(id) => id,
                None => match (self.normal)(function, arguments, self) {
                    Some(id) => id,
                    None if self.has_spent_all() => self.unknown(self.too_much()),
                    None => self.unknown(error),
                },
            },
        }
    }

    /// A relation as 1 or 0; NaN where digits do not tell which side is greater.
    pub(super) fn relate(&mut self, relation: Relation, [u, v]: [u32; 2]) -> u32 {
        let is_truth = matches!(relation, Relation::And | Relation::Or);
        let difference = self.sum(&[(false, u), (true, v)]);
        let sign = match self.sign(difference) {
            Some(sign) => sign,
            None if is_truth && !self.get(difference).is_nan() => 0,
            None => return self.undecided(&[difference]),
        };
        let sides = [self.get(u), self.get(v)];
        let holds = pieces::relate(relation, sign, sides, self.precision);
        self.push(holds, loss::EXACT)
    }

    /// A special function, with the error of its value and what the errors of its arguments
    /// make of it.
    fn special(&mut self, function: FunctionId, arguments: &[u32]) -> Option<u32> {
        if !function.is_builtin() {
            return None;
        }
        let name = function::spec(function).name;
        let mut at: Vec<BigFloat> =
            arguments.iter().map(|id| self.get(*id).clone()).collect();
        let found = self.special_value(name, &at, self.precision)?;
        if found.value.is_nan() && self.is_edge(function, arguments) {
            return Some(self.undecided(&[]));
        }
        let mut error = found.error;
        for (place, id) in arguments.iter().enumerate() {
            let known = self.errors[*id as usize];
            if known == loss::EXACT || found.value.is_nan() {
                continue;
            }
            let off = self.off_by(name, &mut at, (place, known), &found.value);
            error = error.max(off.saturating_add(4));
        }
        let rounding = loss::rounding(&found.value, self.precision);
        let error = error.max(rounding).saturating_add(2).clamp(loss::EXACT, loss::ALL);
        Some(self.push_saturated(function, arguments, found.value, error))
    }

    /// What an error of one argument makes of a value: by a step that is large against the
    /// error and small against the argument, and where the function is steeper on a smaller
    /// step, as beside a pole or a branch point, by the error itself.
    fn off_by(
        &mut self,
        name: &str,
        at: &mut [BigFloat],
        (place, known): (usize, i64),
        value: &BigFloat,
    ) -> i64 {
        let least = known.saturating_add(1);
        let step = least.max(loss::size(&at[place]).saturating_sub(STEP));
        if let Some((off, is_noise)) =
            self.off_beside(name, at, (place, step), value, FEW_BITS)
        {
            let slope = off.saturating_sub(step);
            let finer = least.max(step.saturating_sub(FINER));
            let is_straight = is_noise || finer == step || {
                let beside = self.off_beside(name, at, (place, finer), value, FEW_BITS);
                beside.is_some_and(|(off, is_noise)| {
                    is_noise || off.saturating_sub(finer) <= slope.saturating_add(2)
                })
            };
            if is_straight {
                return slope.saturating_add(known);
            }
        }
        let p = self.precision;
        self.off_beside(name, at, (place, least), value, p)
            .map_or(loss::ALL, |(off, _)| off)
    }

    /// How far a value is at most from those with one argument moved by a power of two in both
    /// directions, and whether that is no more than the errors of these. `None` where there are
    /// none.
    fn off_beside(
        &mut self,
        name: &str,
        at: &mut [BigFloat],
        (place, step): (usize, i64),
        value: &BigFloat,
        p: usize,
    ) -> Option<(i64, bool)> {
        let here = at[place].clone();
        let exponent = step.clamp(-1_000_000_000, 1_000_000_000) as i32;
        let size = power_of_two(exponent, self.precision);
        let mut most: Option<(i64, bool)> = None;
        for step in [size.clone(), size.neg()] {
            at[place] = here.add(&step, self.precision, ROUND);
            let beside = self.special_value(name, at, p);
            let Some(beside) = beside.filter(|beside| !beside.value.is_nan()) else {
                continue;
            };
            let off = loss::size(&beside.value.sub(value, self.precision, ROUND));
            let found = (off.max(beside.error), off <= beside.error.saturating_add(1));
            most = most.max(Some(found));
        }
        at[place] = here;
        most
    }

    /// The value of a function of the table, a special one or not, if it has one here.
    pub(super) fn any_value(
        &mut self,
        function: FunctionId,
        at: &[BigFloat],
    ) -> Option<BigFloat> {
        match self.applied(function, at) {
            Ok(value) => Some(value),
            Err(_) => {
                let name = function::spec(function).name;
                self.special_value(name, at, self.precision).map(|found| found.value)
            }
        }
    }

    /// A function that is no special one.
    ///
    /// # Errors
    /// A function that has no many digits of its own, and too much work.
    pub(super) fn applied(
        &mut self,
        function: FunctionId,
        at: &[BigFloat],
    ) -> Result<BigFloat> {
        match is_of_several(function) {
            true => self.spend_on_several()?,
            false => self.spend()?,
        }
        applied(function, at, self.precision, &mut self.constants)
    }

    fn special_value(
        &mut self,
        name: &str,
        at: &[BigFloat],
        p: usize,
    ) -> Option<special::Found> {
        if self.has_spent_all() {
            return None;
        }
        let mut left = self.left;
        let found = special::value(name, at, p, &mut self.constants, &mut left);
        self.pay(self.left - left);
        found
    }

    /// The value of a function with an error, taking note where digits of its arguments have
    /// gone under: it is next to a short number and stays there, as `tanh(1000)` next to 1.
    fn push_saturated(
        &mut self,
        function: FunctionId,
        arguments: &[u32],
        value: BigFloat,
        error: i64,
    ) -> u32 {
        let (p, size) = (self.precision, loss::size(&value));
        let is_number = !value.is_zero() && !value.is_nan() && !value.is_inf();
        let digits = size.saturating_sub(error).clamp(0, p as i64) as usize;
        if error != loss::EXACT && is_number && digits > FEW_BITS {
            let nothing = BigFloat::from_word(0, p);
            let short = value.add(&nothing, digits / 2, ROUND);
            let gap = value.sub(&short, p, ROUND);
            if loss::size(&gap) <= error {
                self.is_absorbed |= !self.is_moved(function, arguments, &value, error);
            }
        }
        self.push(value, error)
    }

    /// Whether a function takes another value where one of its arguments is a little greater.
    fn is_moved(
        &mut self,
        function: FunctionId,
        arguments: &[u32],
        value: &BigFloat,
        error: i64,
    ) -> bool {
        let p = self.precision;
        let mut at: Vec<BigFloat> =
            arguments.iter().map(|id| self.get(*id).clone()).collect();
        let more = BigFloat::from_f64(1.0 + 1e-6, p);
        for place in 0..at.len() {
            let here = at[place].clone();
            at[place] = here.mul(&more, p, ROUND);
            let beside = self.any_value(function, &at);
            let is_other = beside.is_some_and(|beside| {
                let gap = beside.sub(value, p, ROUND);
                !gap.is_nan() && loss::size(&gap) > error
            });
            if is_other {
                return true;
            }
            at[place] = here;
        }
        false
    }

    /// What is made of values that are all short fractions, if it is one.
    fn exactly<T>(
        &mut self,
        parts: &[(T, u32)],
        first: Number,
        join: impl Fn(&Number, &T, &Number) -> Option<Number>,
    ) -> Option<u32> {
        let mut all = first;
        for (how, id) in parts {
            all = join(&all, how, self.fraction(*id)?)?;
            if all.bits() > LONG {
                return None;
            }
        }
        (all.bits() <= SHORT).then(|| self.number(&all))
    }

    /// What is exactly 0 or 1, as the table of functions writes it.
    fn zero_or_one(&self, id: u32) -> Option<&'static str> {
        let is_zero = self.get(id).is_zero() && self.is_exact(id);
        let is_one = self.fraction(id).is_some_and(Number::is_one);
        if is_zero { Some("0") } else { is_one.then_some("1") }
    }

    /// Takes note of something that is divided by.
    fn divide_by(&mut self, id: u32) {
        let error = self.errors[id as usize];
        if !self.is_settled(id) && !self.get(id).is_nan() {
            self.doubtful = Some(self.doubtful.map_or(error, |known| known.max(error)));
        }
    }

    fn known(&self, id: u32) -> Known<'_> {
        Known { value: self.get(id), error: self.errors[id as usize] }
    }
}

/// The whole number that the table gives for a function at a number.
fn value_at(function: FunctionId, at: &str) -> Option<i64> {
    let (_, value) = function::spec(function).values.iter().find(|row| row.0 == at)?;
    value.parse().ok()
}

/// The absolute value of a small whole number.
fn small_whole(value: &BigFloat) -> Option<usize> {
    let size = double(value).abs();
    (value.fract().is_zero() && size < 1e6).then_some(size as usize)
}
