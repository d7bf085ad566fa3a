//! Derivatives at points over the complex numbers: a principal branch jumps across its cut, so
//! there is none on it, whatever the formula says.
//!
//! Whether an argument is on an axis, where cuts are, digits tell. Whether the whole has a
//! derivative there all the same, as `sqrt(z)*sqrt(z)` has, quotients in all directions tell.

use super::alone::Missing;
use super::engine::Engine;
use super::eval::Point;
use super::slope::{AtPoint, unknown};
use crate::check::{Cut, cut_arguments, over_kernels};
use crate::error::Result;
use crate::evaluate::{Tape, complex_values, digits, values};
use crate::function;
use crate::kernel::{ExprId, Number, Pool};
use crate::print::{self, Notation};
use crate::syntax;
use num_complex::Complex64;

/// How far, as powers of ten, one goes into each direction.
const STEPS: [i64; 2] = [-12, -18];
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
enum Told {
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
    pub(super) fn on_cut(
        &mut self,
        (name, root): (&str, ExprId),
        sequence: &[String],
        point: &Point,
    ) -> Result<Option<AtPoint>> {
        let at = self.coordinates(root, point)?;
        let near = self.near_cuts(root, sequence, &at)?;
        if !near.real && !near.imaginary {
            return Ok(None);
        }
        let names: Vec<&str> = sequence.iter().map(String::as_str).collect();
        let is_partial = self.variables(&[root]).len() > 1;
        let label = print::partial_label(name, &names, is_partial, Notation::Text);
        if near.hidden {
            return Err(unknown(&label, point));
        }
        for order in 0..sequence.len() {
            let of = self.raw_derivative(root, &sequence[..order])?;
            let slope = self.raw_derivative(of, &sequence[order..=order])?;
            let symbol = self.pool.symbol(&sequence[order]);
            match self.across([of, slope], symbol, &at)? {
                Told::Exists => {}
                Told::Missing => {
                    let missing = match self.pool.is_real_symbol(symbol) {
                        true => self.missing_sides(of, symbol, &at)?,
                        false => Missing::Cut,
                    };
                    return Ok(Some(AtPoint::Missing(missing)));
                }
                // What is real beside the point on the line has no cut there.
                Told::Unavailable if !near.real || self.is_real_at(of, &at) => {}
                Told::Unavailable | Told::Unknown => return Err(unknown(&label, point)),
            }
        }
        Ok(None)
    }

    /// Whether an argument of a function with cuts may be on one at a point.
    ///
    /// # Errors
    /// A limit.
    pub(super) fn is_near_cut(
        &mut self,
        root: ExprId,
        wrt: &[String],
        point: &Point,
    ) -> Result<bool> {
        let at = self.coordinates(root, point)?;
        let near = self.near_cuts(root, wrt, &at)?;
        Ok(near.real || near.imaginary)
    }

    /// The values of the variables of an expression: any where a point gives none.
    fn coordinates(
        &mut self,
        root: ExprId,
        point: &Point,
    ) -> Result<Vec<(ExprId, ExprId)>> {
        let mut at = Vec::new();
        for name in self.variables(&[root]) {
            let symbol = self.pool.symbol(&name);
            let given = point.iter().find(|(own, _)| *own == name);
            let value = match given {
                Some(own) => self.at_point(&[symbol], &vec![own.clone()])?[0],
                None => self.any(symbol),
            };
            at.push((symbol, value));
        }
        Ok(at)
    }

    /// A number on no axis, or a real one where the symbol is real.
    fn any(&mut self, symbol: ExprId) -> ExprId {
        let part = |pool: &mut Pool, above, below| {
            pool.number(Number::ratio(above, below).unwrap_or(Number::ONE))
        };
        let [re, im] = [part(&mut self.pool, 6, 7), part(&mut self.pool, 5, 11)];
        if self.pool.is_real_symbol(symbol) {
            return re;
        }
        let unit = self.pool.imaginary_unit();
        let along = self.pool.product(&[im, unit]);
        self.pool.sum(&[re, along])
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
        // A logarithm may stand in the formula of a function.
        let kernels = over_kernels(&mut self.pool, root)?;
        let mut arguments = self.cut_arguments(kernels, &symbols);
        if arguments.is_empty() {
            return Ok(near);
        }
        arguments.extend(self.cut_arguments(root, &symbols));
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
        let count = match self.pool.is_real_symbol(symbol) {
            true => REAL,
            false => DIRECTIONS.len(),
        };
        let (mut known, mut found) = (0, Told::Exists);
        for direction in &DIRECTIONS[..count] {
            let gaps = self.gaps(pair, here, symbol, at, *direction);
            let mut sizes = self.sizes(gaps.map(|[quotient, _]| quotient));
            if sizes.is_none() {
                // A derivative that jumps says as much as a function that does.
                found = Told::Unavailable;
                sizes = self.sizes(gaps.map(|[_, slope]| slope));
                if sizes.is_none_or(|[far, near]| near < STAYS * far) {
                    continue;
                }
            }
            match sizes {
                Some([far, near]) if near == 0.0 || near <= SHRINKS * far => known += 1,
                Some([far, near]) if near >= STAYS * far => return Ok(Told::Missing),
                _ => return Ok(Told::Unknown),
            }
        }
        Ok(match found {
            Told::Exists if 2 * known < count => Told::Unknown,
            found => found,
        })
    }

    /// By how much quotients of a function differ from its derivative along a direction, and by
    /// how much the derivative there differs from the one here, at both distances.
    fn gaps(
        &mut self,
        pair: [ExprId; 2],
        [here, slope]: [ExprId; 2],
        symbol: ExprId,
        at: &[(ExprId, ExprId)],
        (re, im): (i64, i64),
    ) -> [[ExprId; 2]; 2] {
        STEPS.map(|power| {
            let size = Number::from(10).pow(power, 1 << 10).unwrap_or(Number::ONE);
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
            let gaps = self.gaps([of, Pool::ZERO], nothing, symbol, at, direction);
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
