//! The image of an expression over the complex numbers: values are elements `a + i*b` of the
//! plane over the field of a model. Variables of which nothing is assumed are such elements,
//! some of them on the axes; the others are real.
//!
//! An element u with a positive norm is `|u|*w*t` with `|u|` positive, `w` on the circle in
//! the group of order r, and `t` one of the 480 parts of a turn. Powers act on the three
//! separately; on t as the principal branch does, for angles between -1/2 and 1/2 of a turn.
//! Exponentials and general powers have no part of a turn of their own, which holds for what
//! is rational in them. Where roots or logarithms are taken as well, half of the choices give
//! them one, so that angles beyond half a turn are met.

use super::field::{Field, Residue};
use super::model::{Complex, Model, TURN};
use super::plan::{Argument, LogFactor, Place, Plan, Step};
use crate::function::spec::Parity;
use crate::kernel::Number;

/// A step as a value, as an exponent (modulo q) and as an angle (modulo r).
type Values = [Complex; 3];

/// A plan with its numbers in the fields of a model.
pub(super) struct Prepared<'a> {
    plan: &'a Plan,
    model: &'a Model,
    numbers: Vec<[Residue; 3]>,
    /// The exponent that leaves the part of order 480 of a point of the circle.
    torsion: u64,
    /// What makes multiples of the terms of exponents whole, where exponentials have parts of
    /// a turn for some choices.
    turns: Option<i64>,
    /// Whether a branch is chosen by variables anywhere.
    pub(super) has_branches: bool,
}

/// How many parts of a turn an exponential may have, before fractions of them are taken.
const MOST_PARTS: u64 = 1201;
/// The greatest common denominator of such fractions.
const MOST_FRACTION: i64 = 1_000_000;

impl<'a> Prepared<'a> {
    /// `None` when a modulus divides a denominator.
    pub(super) fn new(plan: &'a Plan, model: &'a Model) -> Option<Self> {
        let numbers = super::evaluate::numbers(plan, model)?;
        let r = model.angles.modulus;
        let inverse = (1..TURN).find(|k| (r % TURN) * k % TURN == 1)?;
        let torsion = r * inverse % (r * TURN);
        let wanted = plan.steps.iter().zip(&plan.wanted);
        let steps: Vec<&Step> = wanted
            .filter(|(_, wanted)| wanted.contains(&true))
            .map(|(step, _)| step)
            .collect();
        let is_power = |step: &&Step| matches!(step, Step::Power(..) | Step::Turning(..));
        let has_powers = steps.iter().any(is_power);
        let is_branch =
            |step: &&Step| matches!(step, Step::Root(..) | Step::Logarithm(..));
        let has_branches = has_powers || steps.iter().any(is_branch);
        let grows = |step: &&Step| match step {
            Step::Exponential(argument) => !argument.terms.is_empty(),
            _ => is_power(step),
        };
        let has_turns = has_branches && steps.iter().any(grows);
        let turns = if has_turns { Some(fraction(&steps)?) } else { None };
        let is_free = |step: &&Step| matches!(step, Step::Free(_));
        let has_branches = has_branches && steps.iter().any(is_free);
        Some(Self { plan, model, numbers, torsion, turns, has_branches })
    }

    /// The values of two places; `None` when one is undefined for this choice.
    pub(super) fn run(&self, seed: u64, places: [Place; 2]) -> Option<[Complex; 2]> {
        let mut point = Point {
            prepared: self,
            model: self.model,
            seed,
            values: Vec::with_capacity(self.plan.steps.len()),
            generator: 0,
            circle: (0, 0),
            turns: self.turns.filter(|_| seed & 1 == 1),
        };
        let random = point.hash(&[1]);
        point.generator = self.model.values.mul(random, random);
        point.circle = self.model.power(self.model.point(point.hash(&[2]))?, TURN);
        for (place, step) in self.plan.steps.iter().enumerate() {
            let values = point.step(place, step)?;
            point.values.push(values);
        }
        Some(places.map(|place| point.values[place][0]))
    }
}

struct Point<'a> {
    prepared: &'a Prepared<'a>,
    model: &'a Model,
    seed: u64,
    values: Vec<Values>,
    generator: Residue,
    circle: Complex,
    /// What parts of a turn of exponentials are multiples of, where they have any.
    turns: Option<i64>,
}

/// The least common denominator of the multiples in exponents; `None` where it is too great.
fn fraction(steps: &[&Step]) -> Option<i64> {
    let arguments = steps.iter().filter_map(|step| match step {
        Step::Exponential(argument)
        | Step::Power(_, argument)
        | Step::Turning(_, argument, _) => Some(argument),
        _ => None,
    });
    let mut common = 1_i64;
    for (c, _) in arguments.flat_map(|argument| &argument.terms) {
        let whole = c.mul(&Number::from(common)).denominator().to_i64()?;
        common = common.checked_mul(whole).filter(|n| *n <= MOST_FRACTION)?;
    }
    Some(common)
}

/// Multiplies `a + i*b` over any field.
fn multiply(f: &Field, a: Complex, b: Complex) -> Complex {
    (f.sub(f.mul(a.0, b.0), f.mul(a.1, b.1)), f.add(f.mul(a.0, b.1), f.mul(a.1, b.0)))
}

impl Point<'_> {
    fn hash(&self, parts: &[u64]) -> Residue {
        super::evaluate::hash(self.seed, parts) % self.model.values.modulus
    }

    fn field(&self, world: usize) -> &Field {
        [&self.model.values, &self.model.exponents, &self.model.angles][world]
    }

    fn value(&self, place: Place) -> Complex {
        self.values[place][0]
    }

    fn step(&self, place: Place, step: &Step) -> Option<Values> {
        let [value, exponent, angle] = self.prepared.plan.wanted[place];
        let inside = exponent || angle;
        let mut result = [(0, 0); 3];
        for (world, wanted) in [value, inside, inside].into_iter().enumerate() {
            if wanted {
                result[world] = match self.in_world(world, place, step) {
                    Some(found) => found?,
                    None if world == 0 => self.by_value(step)?,
                    None => self.atom(world, result[0]),
                };
            }
        }
        Some(result)
    }

    fn in_world(
        &self,
        world: usize,
        place: Place,
        step: &Step,
    ) -> Option<Option<Complex>> {
        let f = self.field(world);
        let at = |place: &Place| self.values[*place][world];
        let number = self.prepared.numbers[place][world];
        Some(match step {
            Step::Number(_) => Some((number, 0)),
            Step::Unit => Some((0, f.one)),
            Step::Atom(seed) | Step::Integer(seed) => {
                Some((self.hash(&[3, world as u64, *seed]) % f.modulus, 0))
            }
            Step::Positive(seed) => {
                let random = self.hash(&[3, world as u64, *seed]) % f.modulus;
                Some((if world == 0 { f.mul(random, random) } else { random }, 0))
            }
            Step::Free(seed) => Some(self.free(world, *seed)),
            Step::Sum(list) => Some(list.iter().fold((0, 0), |sum, p| {
                let term = at(p);
                (f.add(sum.0, term.0), f.add(sum.1, term.1))
            })),
            Step::Product(list) => {
                let one = (f.one, 0);
                Some(list.iter().fold(one, |product, p| multiply(f, product, at(p))))
            }
            Step::Multiple(_, rest) => {
                let rest = at(rest);
                Some((f.mul(number, rest.0), f.mul(number, rest.1)))
            }
            Step::Whole(base, n) => {
                let mut power = (f.one, 0);
                let mut square = at(base);
                let mut n_left = n.unsigned_abs();
                while n_left > 0 {
                    if n_left & 1 == 1 {
                        power = multiply(f, power, square);
                    }
                    square = multiply(f, square, square);
                    n_left >>= 1;
                }
                if *n >= 0 {
                    return Some(Some(power));
                }
                let norm = f.add(f.mul(power.0, power.0), f.mul(power.1, power.1));
                f.inverse(norm).map(|inverse| {
                    (f.mul(power.0, inverse), f.neg(f.mul(power.1, inverse)))
                })
            }
            Step::Logarithm(whole, factors) => self.logarithm(world, *whole, factors),
            _ => return None,
        })
    }

    fn by_value(&self, step: &Step) -> Option<Complex> {
        let model = self.model;
        match step {
            Step::Root(base, n) => self.root(self.value(*base), n),
            Step::Power(base, argument) | Step::Turning(base, argument, _) => {
                self.general(self.value(*base), argument)
            }
            Step::Exponential(argument) => {
                let (real, imaginary) =
                    (self.sum(1, argument)?.0, self.sum(2, argument)?.1);
                let size = model.values.pow(self.generator, model.exponents.to_u64(real));
                let angle = model.power(self.circle, model.angles.to_u64(imaginary));
                let turn = self.parts_of_turn(argument, None)? + argument.turn as i64;
                let point = model.circle[turn.rem_euclid(TURN as i64) as usize];
                let point = model.multiply(angle, point);
                Some(model.multiply((size, 0), point))
            }
            Step::Absolute(u) => Some((model.sqrt(model.norm(self.value(*u)))?, 0)),
            Step::Opaque(seed, parity, list) => Some(self.opaque(*seed, *parity, list)),
            _ => None,
        }
    }

    /// The size, the part of order r and the part of a turn between -239 and 240.
    fn polar(&self, u: Complex) -> Option<(Residue, Complex, i64)> {
        let model = self.model;
        let norm = model.norm(u);
        if !model.is_positive(norm) {
            return None;
        }
        let size = model.sqrt(norm)?;
        let inverse = model.values.inverse(size)?;
        let unit = model.multiply(u, (inverse, 0));
        let turn = model.power(unit, self.prepared.torsion);
        let place = model.circle.iter().position(|point| *point == turn)?;
        let back = model.circle[(TURN as usize - place) % TURN as usize];
        let place = place as i64;
        let half = TURN as i64 / 2;
        let signed = if place > half { place - 2 * half } else { place };
        Some((size, model.multiply(unit, back), signed))
    }

    /// `u^n` for a fraction.
    fn root(&self, u: Complex, n: &Number) -> Option<Complex> {
        let model = self.model;
        let (size, unit, turn) = self.polar(u)?;
        let turn = n.mul(&Number::from(turn)).to_i64()?.rem_euclid(TURN as i64);
        let size =
            model.values.pow(size, model.exponents.to_u64(model.exponents.number(n)?));
        let unit = model.power(unit, model.angles.to_u64(model.angles.number(n)?));
        let point = model.multiply(unit, model.circle[turn as usize]);
        Some(model.multiply((size, 0), point))
    }

    /// `u^(n + s)` for a whole number n and a general s: `u^n*e^(s*ln(u))`.
    fn general(&self, u: Complex, argument: &Argument) -> Option<Complex> {
        let model = self.model;
        let (size, unit, turn) = self.polar(u)?;
        let whole = argument.constant.floor();
        let rest =
            Argument { constant: argument.constant.sub(&whole), ..argument.clone() };
        let (exponent, angle) = (self.sum(1, &rest)?, self.sum(2, &rest)?);
        let own = match self.turns {
            Some(_) => rest.constant.mul(&Number::from(turn)).to_i64()?,
            None if turn == 0 => 0,
            None => return None,
        };
        let turn = own + self.parts_of_turn(&rest, Some((u, turn)))?;
        if argument.turn != 0 {
            return None;
        }
        let (q, r) = (&model.exponents, &model.angles);
        let log = self.log_atom(2, size)?;
        let direction = self.direction(1, unit);
        // |u|^Re(s) and e^(-Im(s)*arg(u)).
        let grown = model.values.pow(size, q.to_u64(exponent.0));
        let damped = q.neg(q.mul(exponent.1, direction));
        let damped = model.values.pow(self.generator, q.to_u64(damped));
        // e^(i*Im(s)*ln|u|) and e^(i*Re(s)*arg(u)).
        let turned = model.power(self.circle, r.to_u64(r.mul(angle.1, log)));
        let along = model.power(unit, r.to_u64(angle.0));
        let mut result = model.multiply(turned, along);
        let turn = turn.rem_euclid(TURN as i64) as usize;
        result = model.multiply(result, model.circle[turn]);
        result = model.multiply(result, (model.values.mul(grown, damped), 0));
        let n = whole.to_i64()?;
        let power = model.power(u, n.unsigned_abs());
        let power = if n < 0 { model.inverse(power)? } else { power };
        Some(model.multiply(result, power))
    }

    /// A variable: real, imaginary or neither, the same in all worlds.
    fn free(&self, world: usize, seed: u64) -> Complex {
        let f = self.field(world);
        let part = |k: u64| self.hash(&[3, world as u64, seed, k]) % f.modulus;
        match self.hash(&[8, seed]) % 8 {
            0 | 1 => (part(0), 0),
            2 => (0, part(1)),
            _ => (part(0), part(1)),
        }
    }

    /// The part of a turn of an exponential, or of a power of a base with its own part, drawn
    /// for each term that may make one: opposite for opposite terms. What is real makes none
    /// where the base is positive.
    fn parts_of_turn(
        &self,
        argument: &Argument,
        base: Option<(Complex, i64)>,
    ) -> Option<i64> {
        let Some(least) = self.turns else { return Some(0) };
        let is_positive = base.is_none_or(|(base, turn)| base.1 == 0 && turn == 0);
        let base = base.map_or((0, 0), |(base, _)| base);
        let f = &self.model.angles;
        let mut sum = Number::ZERO;
        for (c, place) in &argument.terms {
            let value = self.values[*place][2];
            if is_positive && value.1 == 0 {
                continue;
            }
            let negated = (f.neg(value.0), f.neg(value.1));
            let kept = value.min(negated);
            let random = self.hash(&[9, kept.0, kept.1, base.0, base.1]) % MOST_PARTS;
            let random = random as i64 - MOST_PARTS as i64 / 2;
            let parts = Number::from(least * random);
            let part = c.mul(&parts);
            sum = if negated < value { sum.sub(&part) } else { sum.add(&part) };
        }
        sum.to_i64()
    }

    fn opaque(&self, seed: u64, parity: Parity, list: &[Place]) -> Complex {
        let f = &self.model.values;
        let mut parts = vec![4, seed];
        let mut turned = false;
        for place in list {
            let value = self.value(*place);
            let negated = (f.neg(value.0), f.neg(value.1));
            let kept = if parity != Parity::None && negated < value {
                turned = true;
                negated
            } else {
                value
            };
            parts.extend([kept.0, kept.1]);
        }
        let real = self.hash(&parts);
        parts.push(1);
        let imaginary = self.hash(&parts);
        match turned && parity == Parity::Odd {
            true => (f.neg(real), f.neg(imaginary)),
            false => (real, imaginary),
        }
    }

    fn atom(&self, world: usize, value: Complex) -> Complex {
        let f = self.field(world);
        let values = &self.model.values;
        let negated = (values.neg(value.0), values.neg(value.1));
        let kept = value.min(negated);
        let at = |k: u64| self.hash(&[5, world as u64, kept.0, kept.1, k]) % f.modulus;
        // What is real stays real.
        let found = (at(0), if value.1 == 0 { 0 } else { at(1) });
        if negated < value { (f.neg(found.0), f.neg(found.1)) } else { found }
    }

    fn sum(&self, world: usize, argument: &Argument) -> Option<Complex> {
        let f = self.field(world);
        let mut sum = (f.number(&argument.constant)?, 0);
        for (c, place) in &argument.terms {
            let c = f.number(c)?;
            let term = self.values[*place][world];
            sum = (f.add(sum.0, f.mul(c, term.0)), f.add(sum.1, f.mul(c, term.1)));
        }
        Some(sum)
    }

    /// `ln|u| + i*arg(u)`; the logarithm of a number is a sum over its primes.
    fn logarithm(
        &self,
        world: usize,
        whole: Place,
        factors: &[LogFactor],
    ) -> Option<Complex> {
        let f = self.field(world);
        if let [LogFactor::Exact(n)] = factors {
            return f.number(n).map(|n| (n, 0));
        }
        let (size, unit, turn) = self.polar(self.value(whole))?;
        let half_turn = self.hash(&[3, world as u64, 3]) % f.modulus;
        let part = f.number(&Number::ratio(turn, TURN as i64 / 2)?)?;
        let angle = f.add(self.direction(world, unit), f.mul(part, half_turn));
        Some((self.log_atom(world, size)?, angle))
    }

    /// The logarithm of a size: those of s and 1/s are opposite.
    fn log_atom(&self, world: usize, size: Residue) -> Option<Residue> {
        let values = &self.model.values;
        let inverse = values.inverse(size)?;
        let f = self.field(world);
        let number = self.hash(&[6, world as u64, size.min(inverse)]) % f.modulus;
        Some(match size.cmp(&inverse) {
            std::cmp::Ordering::Equal => 0,
            std::cmp::Ordering::Less => number,
            std::cmp::Ordering::Greater => f.neg(number),
        })
    }

    /// The angle of a point of the circle of order r: those of conjugates are opposite.
    fn direction(&self, world: usize, unit: Complex) -> Residue {
        let values = &self.model.values;
        let f = self.field(world);
        let conjugate = values.neg(unit.1);
        let least = unit.1.min(conjugate);
        if unit.1 == 0 {
            return 0;
        }
        let number = self.hash(&[7, world as u64, unit.0, least]) % f.modulus;
        if conjugate < unit.1 { f.neg(number) } else { number }
    }
}
