//! Derivatives at points over the complex numbers: a principal branch jumps across its cut, so
//! there is none on it, whatever the formula says.
//!
//! Whether an argument is on an axis, where cuts are, digits tell. Whether the whole has a
//! derivative there all the same, as `sqrt(z)*sqrt(z)` has, quotients in all directions tell.

use super::super::engine::Engine;
use super::alone::Missing;
use super::eval::Point;
use super::slope::{AtPoint, unknown};
use crate::check::{Cut, cut_arguments, over_kernels};
use crate::error::Result;
use crate::evaluate::{Tape, complex_values, digits, values};
use crate::function;
use crate::kernel::{Assumption, ExprId, Node, Number, Pool};
use crate::print::{self, Notation};
use crate::syntax;
use num_complex::Complex64;

/// How far, as powers of ten, one goes into each direction, where no number is a large one.
const STEPS: [i64; 3] = [-12, -18, -24];
/// So many digits at most are more in a step where numbers are large.
const MOST_DIGITS: i64 = 240;
/// What remains at three distances goes on by one power of them where there is no derivative:
/// up to this ratio.
const STEADY: f64 = 2.0;
/// Numbers of so many digits are no large ones.
const SHORT: i64 = 3;
/// The digits of what remains there.
const FEW_DIGITS: usize = 3;
/// The digits of limits from both sides.
const DIGITS: usize = 10;
/// What remains grows less with the distance when there is no derivative, and more when there
/// is one.
const STAYS: f64 = 0.9;
const SHRINKS: f64 = 0.5;
/// Doubles that are nearer to an axis, relatively, may be on it.
const NEAR: f64 = 1e-9;
/// The directions of the plane; those of real variables are the first two.
const DIRECTIONS: [(i64, i64); 8] =
    [(1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1)];
const REAL: usize = 2;

/// What is known of the arguments of functions with cuts at a point.
#[derive(Clone, Copy, Default)]
struct Near {
    /// Whether one may be on a cut that is a part of the real line, or of the imaginary one.
    real: bool,
    imaginary: bool,
    /// Whether one is on a cut for certain on which values are real.
    hidden: bool,
}

/// What quotients say.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::session) enum Told {
    Exists,
    Missing,
    Unknown,
    /// A function has no values over the complex numbers.
    Unavailable,
}

impl Engine {
    /// That an expression has no derivative over the complex numbers in a sequence of variables
    /// at a point; `None` where its formula says what it is. Variables without a value have any.
    ///
    /// # Errors
    /// That it is not known, or a limit.
    pub(in crate::session) fn on_cut(
        &mut self,
        (name, root): (&str, ExprId),
        sequence: &[String],
        point: &Point,
    ) -> Result<Option<AtPoint>> {
        let names: Vec<&str> = sequence.iter().map(String::as_str).collect();
        let is_partial = self.variables(&[root]).len() > 1;
        let label = print::partial_label(name, &names, is_partial, Notation::Text);
        let mut found: Option<Option<AtPoint>> = None;
        for at in self.coordinates(root, point)? {
            let next = self.on_cut_at((&label, root), sequence, (point, &at))?;
            // What is so for some values of the others is not so for all.
            if found.as_ref().is_some_and(|found| found.is_some() != next.is_some()) {
                return Err(unknown(&label, point));
            }
            found.get_or_insert(next);
        }
        Ok(found.flatten())
    }

    fn on_cut_at(
        &mut self,
        (label, root): (&str, ExprId),
        sequence: &[String],
        (point, at): (&Point, &[(ExprId, ExprId)]),
    ) -> Result<Option<AtPoint>> {
        let near = self.near_cuts(root, sequence, at)?;
        if !near.real && !near.imaginary {
            return Ok(None);
        }
        if near.hidden {
            return Err(unknown(label, point));
        }
        for order in 0..sequence.len() {
            let of = self.raw_derivative(root, &sequence[..order])?;
            let slope = self.raw_derivative(of, &sequence[order..=order])?;
            let symbol = self.pool.symbol(&sequence[order]);
            let is_last = order + 1 == sequence.len();
            if !is_last && !self.has_complex_value(slope, at)? {
                // The next one may have a value where this one is missing.
                let here = &sequence[order..=order];
                if self.complex_limit(of, here, point)?.is_none() {
                    return Err(unknown(label, point));
                }
                continue;
            }
            match self.across([of, slope], symbol, at)? {
                Told::Exists => {}
                Told::Missing => {
                    let missing = match self.pool.is_real_symbol(symbol) {
                        true => self.missing_sides(of, symbol, at)?,
                        false => Missing::Cut,
                    };
                    return Ok(Some(AtPoint::Missing(missing)));
                }
                // What is real beside the point on the line has no cut there.
                Told::Unavailable if !near.real || self.is_real_at(of, at) => {}
                Told::Unavailable | Told::Unknown => return Err(unknown(label, point)),
            }
        }
        Ok(None)
    }

    /// Whether an argument of a function with cuts may be on one at a point.
    ///
    /// # Errors
    /// A limit.
    pub(in crate::session) fn is_near_cut(
        &mut self,
        root: ExprId,
        wrt: &[String],
        point: &Point,
    ) -> Result<bool> {
        for at in self.coordinates(root, point)? {
            let near = self.near_cuts(root, wrt, &at)?;
            if near.real || near.imaginary {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The values of the variables of an expression: where a point gives none, some in turn as
    /// they are assumed.
    fn coordinates(
        &mut self,
        root: ExprId,
        point: &Point,
    ) -> Result<Vec<Vec<(ExprId, ExprId)>>> {
        let mut choices = Vec::new();
        for name in self.variables(&[root]) {
            let symbol = self.pool.symbol(&name);
            let given = point.iter().find(|(own, _)| *own == name);
            let values = match given {
                Some(own) => self.at_point(&[symbol], &vec![own.clone()])?,
                None => self.some(&name),
            };
            choices.push((symbol, values));
        }
        let most = choices.iter().map(|(_, values)| values.len()).max().unwrap_or(1);
        let turn = |turn: usize| {
            let own = choices.iter().enumerate();
            own.map(|(place, (symbol, values))| {
                (*symbol, values[(turn + turn / most * place) % values.len()])
            })
            .collect()
        };
        // The second round has them beside others.
        let rounds = choices.iter().filter(|(_, values)| values.len() > 1).count().min(2);
        Ok((0..most * rounds.max(1)).map(turn).collect())
    }

    /// A number on no axis, or real ones as it is assumed where the symbol is real.
    fn some(&mut self, name: &str) -> Vec<ExprId> {
        let symbol = self.pool.symbol(name);
        let known = self.pool.assumption(name);
        let part = |above, below| Number::ratio(above, below).unwrap_or(Number::ONE);
        if self.pool.is_real_symbol(symbol) {
            let values = representatives(&known);
            return values.into_iter().map(|value| self.pool.number(value)).collect();
        }
        let [re, im] = [part(6, 7), part(5, 11)].map(|part| self.pool.number(part));
        let unit = self.pool.imaginary_unit();
        let along = self.pool.product(&[im, unit]);
        vec![self.pool.sum(&[re, along])]
    }

    fn near_cuts(
        &mut self,
        root: ExprId,
        wrt: &[String],
        at: &[(ExprId, ExprId)],
    ) -> Result<Near> {
        let symbols: Vec<ExprId> =
            wrt.iter().map(|name| self.pool.symbol(name)).collect();
        let mut near = Near::default();
        // A logarithm may stand in the formula of a function, and says where its cuts are.
        let kernels = over_kernels(&mut self.pool, root)?;
        let arguments = self.cut_arguments(kernels, &symbols);
        if arguments.is_empty() {
            return Ok(near);
        }
        let mut tape = Tape::default();
        let ids: Vec<ExprId> = arguments.iter().map(|(id, _)| *id).collect();
        let slots = tape.add_expressions(&self.pool, &ids);
        let mut values = Vec::with_capacity(tape.variables.len());
        for name in &tape.variables {
            let own = at.iter().find(|(id, _)| self.pool.symbol_name(*id) == Some(name));
            let value = own.map(|(_, value)| self.complex_value(*value).value);
            values.push(value.unwrap_or(Complex64::new(f64::NAN, f64::NAN)));
        }
        let rough = complex_values(&tape, &values, syntax::in_normal_form);
        for ((argument, cut), slot) in arguments.into_iter().zip(slots) {
            let rough = rough[slot as usize];
            let z = rough.value;
            let is_off = |part: f64| part.abs() > NEAR * z.norm() + 2.0 * rough.error;
            let is_right = z.re > 2.0 * rough.error && !matches!(cut, Cut::Below(_));
            if rough.is_known()
                && match cut {
                    Cut::Axes => is_off(z.re) && is_off(z.im),
                    Cut::Negative => is_off(z.im) || is_right,
                    Cut::Below(end) => is_off(z.im) || z.re > end + NEAR,
                }
            {
                continue;
            }
            let value = self.pool.substitute(&[argument], at, function::apply)[0];
            let Ok(text) = self.complex_parts(value, FEW_DIGITS) else {
                near.real = true;
                continue;
            };
            let [is_imaginary, is_real] = [0, 1].map(|part| text[part] == "0");
            match cut {
                Cut::Negative => {
                    near.real |= is_real && (is_imaginary || text[0].starts_with('-'));
                }
                Cut::Axes => {
                    near.real |= is_real;
                    near.imaginary |= is_imaginary;
                }
                Cut::Below(end) => {
                    let is_below =
                        is_real && text[0].parse().is_ok_and(|x: f64| x <= end);
                    near.real |= is_real;
                    near.hidden |= is_below;
                }
            }
        }
        Ok(near)
    }

    /// The arguments in an expression on which cuts depend, in symbols.
    fn cut_arguments(&self, root: ExprId, symbols: &[ExprId]) -> Vec<(ExprId, Cut)> {
        let mut found = Vec::new();
        for id in self.pool.reachable(&[root]) {
            if symbols.iter().any(|symbol| self.pool.may_depend(id, *symbol)) {
                found.extend(cut_arguments(&self.pool, id));
            }
        }
        found
    }

    fn has_complex_value(&mut self, id: ExprId, at: &[(ExprId, ExprId)]) -> Result<bool> {
        let put = self.pool.substitute(&[id], at, function::apply)[0];
        Ok(self.complex_constant(put)?.is_some())
    }

    /// What quotients in all directions say of a derivative at a point.
    fn across(
        &mut self,
        pair: [ExprId; 2],
        symbol: ExprId,
        at: &[(ExprId, ExprId)],
    ) -> Result<Told> {
        let mut here = [Pool::ZERO; 2];
        for (here, id) in here.iter_mut().zip(pair) {
            let put = self.pool.substitute(&[id], at, function::apply)[0];
            match self.complex_constant(put)? {
                Some(value) => *here = value,
                // Then its formula has no value, which is said.
                None => return Ok(Told::Exists),
            }
        }
        self.told_by_quotients(pair, here, symbol, at)
    }

    /// The same where the function and its derivative should have these values.
    pub(in crate::session) fn told_by_quotients(
        &mut self,
        pair: [ExprId; 2],
        here: [ExprId; 2],
        symbol: ExprId,
        at: &[(ExprId, ExprId)],
    ) -> Result<Told> {
        let ids: Vec<ExprId> =
            pair.into_iter().chain(at.iter().map(|(_, value)| *value)).collect();
        let more = self.digits_of_scale(&ids);
        if more > MOST_DIGITS {
            return Ok(Told::Unknown);
        }
        let steps = STEPS.map(|step| step - more);
        let count = match self.pool.is_real_symbol(symbol) {
            true => REAL,
            false => DIRECTIONS.len(),
        };
        let (mut known, mut found) = (0, Told::Exists);
        for direction in &DIRECTIONS[..count] {
            let place = (symbol, at, *direction);
            let gaps = self.gaps(pair, here, place, [steps[0], steps[1]]);
            let mut of = 0;
            let mut sizes = self.sizes(gaps.map(|gaps| gaps[of]));
            if sizes.is_none() {
                // A derivative that jumps says as much as a function that does.
                found = Told::Unavailable;
                of = 1;
                sizes = self.sizes(gaps.map(|gaps| gaps[of]));
                if sizes.is_none_or(|[far, near]| near < STAYS * far) {
                    continue;
                }
            }
            match sizes {
                Some([far, near]) if near == 0.0 || near <= SHRINKS * far => known += 1,
                Some([far, near]) if near >= STAYS * far => {
                    // What steps do not resolve has no power that stays the same.
                    let next = self.gaps(pair, here, place, [steps[1], steps[2]]);
                    let next = self.sizes(next.map(|gaps| gaps[of]));
                    let power = near / far;
                    let is_steady = next.is_some_and(|[near, nearest]| {
                        let ratio = nearest / near / power;
                        ratio <= STEADY && ratio.recip() <= STEADY
                    });
                    return Ok(if is_steady { Told::Missing } else { Told::Unknown });
                }
                _ => return Ok(Told::Unknown),
            }
        }
        Ok(match found {
            Told::Exists if 2 * known < count => Told::Unknown,
            found => found,
        })
    }

    /// How many digits the sizes of the constants in expressions have in all, of those that
    /// are large or small: steps have to be smaller by as many.
    fn digits_of_scale(&self, ids: &[ExprId]) -> i64 {
        let mut all = 0;
        for id in self.pool.reachable(ids) {
            let digits = match self.pool.node(id) {
                Node::Number(_) => self.pool.as_number(id).map_or(0, digits_of),
                Node::Multiple(..) => digits_of(self.pool.coefficient(id).0),
                _ if self.pool.is_constant(id) => {
                    let size = self.complex_value(id).value.norm().log10().abs();
                    if size.is_finite() { size as i64 } else { 0 }
                }
                _ => 0,
            };
            all += if digits > SHORT { digits } else { 0 };
        }
        all
    }

    /// By how much quotients of a function differ from its derivative along a direction, and by
    /// how much the derivative there differs from the one here, at both distances.
    fn gaps(
        &mut self,
        pair: [ExprId; 2],
        [here, slope]: [ExprId; 2],
        (symbol, at, (re, im)): (ExprId, &[(ExprId, ExprId)], (i64, i64)),
        steps: [i64; 2],
    ) -> [[ExprId; 2]; 2] {
        steps.map(|power| {
            let size = Number::from(10).pow(power, 1 << 12).unwrap_or(Number::ONE);
            let parts = [re, im].map(|part| self.pool.number(size.mul(&part.into())));
            let unit = self.pool.imaginary_unit();
            let along = self.pool.product(&[parts[1], unit]);
            let step = self.pool.sum(&[parts[0], along]);
            let mut moved = at.to_vec();
            for (own, value) in &mut moved {
                if *own == symbol {
                    *value = self.pool.sum(&[*value, step]);
                }
            }
            let there = self.pool.substitute(&pair, &moved, function::apply);
            let change = self.pool.difference(there[0], here);
            let quotient = self.pool.quotient(change, step);
            let quotient = self.pool.difference(quotient, slope);
            [quotient, self.pool.difference(there[1], slope)]
        })
    }

    /// The limits of quotients from the left and from the right along the real line.
    fn missing_sides(
        &mut self,
        of: ExprId,
        symbol: ExprId,
        at: &[(ExprId, ExprId)],
    ) -> Result<Missing> {
        let put = self.pool.substitute(&[of], at, function::apply)[0];
        let Some(here) = self.complex_constant(put)? else { return Ok(Missing::NEITHER) };
        let sides = [(-1, 0), (1, 0)].map(|direction| {
            let nothing = [here, Pool::ZERO];
            let place = (symbol, at, direction);
            let steps = [STEPS[0], STEPS[1]];
            let gaps = self.gaps([of, Pool::ZERO], nothing, place, steps);
            let [far, near] = gaps.map(|[quotient, _]| {
                self.complex_parts(quotient, DIGITS)
                    .ok()
                    .map(|[re, im]| digits::joined(&re, &im))
            });
            near.filter(|near| far.as_ref() == Some(near))
        });
        Ok(Missing::Sides(sides))
    }

    /// The sizes of two constants; `None` where one has no digits.
    fn sizes(&self, ids: [ExprId; 2]) -> Option<[f64; 2]> {
        let size = |id: ExprId| {
            let parts = self.complex_parts(id, FEW_DIGITS).ok()?;
            let [re, im] = parts.map(|part| part.parse::<f64>());
            Some(re.ok()?.hypot(im.ok()?))
        };
        Some([size(ids[0])?, size(ids[1])?])
    }

    /// Whether an expression has a real value by real rules at a point with real coordinates.
    fn is_real_at(&self, of: ExprId, at: &[(ExprId, ExprId)]) -> bool {
        let mut tape = Tape::default();
        let slots = tape.add_expressions(&self.pool, &[of]);
        let coordinate = |name: &String| {
            let own = at.iter().find(|(id, _)| self.pool.symbol_name(*id) == Some(name));
            own.filter(|(_, value)| self.is_real(*value))
                .map_or(f64::NAN, |(_, value)| self.float(*value))
        };
        let point: Vec<f64> = tape.variables.iter().map(coordinate).collect();
        values(&tape, &point)[slots[0] as usize].is_finite()
    }
}

/// How many digits the numerator or the denominator of a number has.
fn digits_of(number: &Number) -> i64 {
    let parts = [number.numerator(), number.denominator()];
    let bits = parts.iter().filter_map(|part| Some(part.to_integer()?.bits())).max();
    bits.map_or(0, |bits| (bits as f64 * std::f64::consts::LOG10_2) as i64)
}

/// Numbers as it is assumed of a variable, on both sides of 0, near and far.
fn representatives(known: &Assumption) -> Vec<Number> {
    let [near, far] = [(6, 7), (4001, 7)]
        .map(|(above, below)| Number::ratio(above, below).unwrap_or(Number::ONE));
    let (low, high) = (known.least(), known.greatest());
    let mut found = Vec::new();
    for is_above in [true, false] {
        let (start, end) = if is_above { (&low, &high) } else { (&high, &low) };
        let from = match start {
            Some(start) if start.is_positive() == is_above => start.clone(),
            _ => Number::from(0),
        };
        match end {
            Some(end) => found.push(from.add(&end.sub(&from).mul(&near))),
            None if is_above => found.extend([from.add(&near), from.add(&far)]),
            None => found.extend([from.sub(&near), from.sub(&far)]),
        }
    }
    if known.integer {
        let ceiling = |x: &Number| x.neg().floor().neg();
        found = found.iter().flat_map(|x| [x.floor(), ceiling(x)]).collect();
    }
    found.retain(|x| known.allows_exactly(x));
    if found.is_empty() { vec![near] } else { found }
}
