//! The image of an expression in a model, for a random choice of its symbols.

use super::field::{Field, Residue};
use super::model::{Complex, Model, TURN};
use super::plan::{Argument, LogFactor, Place, Plan, Step, World};
use crate::function::spec::Parity;
use crate::kernel::{Number, Relation};

/// The values of one step in the three worlds.
pub(super) type Values = [Residue; 3];

/// A plan with its numbers in the fields of a model.
pub(super) struct Prepared<'a> {
    plan: &'a Plan,
    model: &'a Model,
    numbers: Vec<Values>,
}

/// The finaliser of splitmix64 (Steele, Lea, Flood 2014).
fn mix(mut z: u64) -> u64 {
    z = z.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// A number that depends on a seed and a list of numbers.
pub(super) fn hash(seed: u64, parts: &[u64]) -> u64 {
    parts.iter().fold(mix(seed), |state, part| mix(state ^ part))
}

/// The numbers of a plan in the three fields of a model; `None` when a modulus divides a
/// denominator.
pub(super) fn numbers(plan: &Plan, model: &Model) -> Option<Vec<Values>> {
    let in_worlds = |n: &Number| {
        let values = model.values.number(n)?;
        Some([values, model.exponents.number(n)?, model.angles.number(n)?])
    };
    let number = |step: &Step| match step {
        Step::Number(n) | Step::Multiple(n, _) | Step::Root(_, n) => in_worlds(n),
        _ => Some([0; 3]),
    };
    plan.steps.iter().map(number).collect()
}

impl<'a> Prepared<'a> {
    /// `None` when a modulus divides a denominator.
    pub(super) fn new(plan: &'a Plan, model: &'a Model) -> Option<Self> {
        Some(Self { plan, model, numbers: numbers(plan, model)? })
    }

    /// The values of all steps; `None` when one is undefined for this choice.
    pub(super) fn run(&self, seed: u64) -> Option<Vec<Values>> {
        let mut point = Point {
            prepared: self,
            model: self.model,
            seed,
            values: Vec::with_capacity(self.plan.steps.len()),
            generator: 0,
            circle: (0, 0),
        };
        let random = point.hash(&[1]);
        let square = self.model.values.mul(random, random);
        point.generator = square;
        let angle = point.hash(&[2]);
        point.circle = self.model.power(self.model.point(angle)?, TURN);
        for (place, step) in self.plan.steps.iter().enumerate() {
            let values = point.step(place, step)?;
            point.values.push(values);
        }
        Some(point.values)
    }

    /// Whether places have the signs that they should have.
    pub(super) fn has_signs(&self, values: &[Values], signs: &[(Place, bool)]) -> bool {
        let fits = |(place, sign): &(Place, bool)| {
            self.model.is_positive(values[*place][0]) == *sign
        };
        signs.iter().all(fits)
    }

    /// Whether the steps whose signs matter are positive.
    pub(super) fn signs(&self, values: &[Values]) -> Vec<bool> {
        let sign = |place: &Place| self.model.is_positive(values[*place][0]);
        self.plan.signed.iter().map(sign).collect()
    }
}

/// One choice of the symbols.
struct Point<'a> {
    prepared: &'a Prepared<'a>,
    model: &'a Model,
    seed: u64,
    values: Vec<Values>,
    /// The image of e.
    generator: Residue,
    /// The image of the angle 1.
    circle: Complex,
}

impl Point<'_> {
    fn hash(&self, parts: &[u64]) -> Residue {
        hash(self.seed, parts) % self.model.values.modulus
    }

    fn field(&self, world: World) -> &Field {
        match world {
            World::Value => &self.model.values,
            World::Exponent => &self.model.exponents,
            World::Angle => &self.model.angles,
        }
    }

    fn value(&self, place: Place) -> Residue {
        self.values[place][0]
    }

    fn step(&self, place: Place, step: &Step) -> Option<Values> {
        let wanted = self.prepared.plan.wanted[place];
        let mut result = [0; 3];
        let all = [World::Value, World::Exponent, World::Angle];
        for world in all.into_iter().filter(|world| wanted[*world as usize]) {
            let found = self.in_world(world, place, step);
            result[world as usize] = match found {
                Some(found) => found?,
                // What is no polynomial has its value first, and an atom made of it.
                None if world == World::Value => self.by_value(place, step)?,
                None => self.atom(world, 5, result[0]),
            };
        }
        Some(result)
    }

    /// What can be computed in every world; `None` for what only has a value.
    fn in_world(
        &self,
        world: World,
        place: Place,
        step: &Step,
    ) -> Option<Option<Residue>> {
        let field = self.field(world);
        let w = world as usize;
        let at = |place: &Place| self.values[*place][w];
        let number = self.prepared.numbers[place][w];
        Some(match step {
            Step::Number(_) => Some(number),
            Step::Atom(seed) => Some(self.hash(&[3, w as u64, *seed]) % field.modulus),
            Step::Positive(seed) => {
                let x = self.hash(&[3, w as u64, *seed]) % field.modulus;
                Some(if world == World::Value { field.mul(x, x) } else { x })
            }
            Step::Sum(list) => Some(list.iter().fold(0, |sum, p| field.add(sum, at(p)))),
            Step::Product(list) => {
                Some(list.iter().fold(field.one, |product, p| field.mul(product, at(p))))
            }
            Step::Multiple(_, rest) => Some(field.mul(number, at(rest))),
            Step::Whole(base, n) => {
                let power = field.pow(at(base), n.unsigned_abs());
                if *n < 0 { field.inverse(power) } else { Some(power) }
            }
            Step::Logarithm(whole, factors) => self.logarithm(world, *whole, factors),
            _ => return None,
        })
    }

    /// The value of what is no polynomial.
    fn by_value(&self, place: Place, step: &Step) -> Option<Residue> {
        let f = &self.model.values;
        match step {
            Step::Root(base, _) => {
                let base = self.value(*base);
                let exponent = self.prepared.numbers[place][World::Exponent as usize];
                let exponent = self.model.exponents.to_u64(exponent);
                self.model.is_positive(base).then(|| f.pow(base, exponent))
            }
            Step::Power(base, argument) => {
                let base = self.value(*base);
                let exponent = self.sum(World::Exponent, argument)?;
                let exponent = self.model.exponents.to_u64(exponent);
                self.model.is_positive(base).then(|| f.pow(base, exponent))
            }
            Step::Exponential(argument) => {
                let exponent = self.sum(World::Exponent, argument)?;
                Some(f.pow(self.generator, self.model.exponents.to_u64(exponent)))
            }
            Step::Sine(argument) => Some(self.turn(argument)?.1),
            Step::Cosine(argument) => Some(self.turn(argument)?.0),
            Step::Absolute(u) => {
                let u = self.value(*u);
                Some(if self.model.is_positive(u) { u } else { f.neg(u) })
            }
            Step::Sign(u) => {
                let u = self.value(*u);
                let positive = self.model.is_positive(u);
                (u != 0).then_some(if positive { f.one } else { f.neg(f.one) })
            }
            Step::Relation(relation, a, b) => {
                Some(self.relation(*relation, self.value(*a), self.value(*b)))
            }
            Step::Piecewise(list) => {
                let mut rest = &list[..];
                while let [condition, value, tail @ ..] = rest {
                    if self.value(*condition) != 0 {
                        return Some(self.value(*value));
                    }
                    rest = tail;
                }
                rest.first().map(|last| self.value(*last))
            }
            Step::Opaque(seed, parity, list) => Some(self.opaque(*seed, *parity, list)),
            _ => None,
        }
    }

    fn relation(&self, relation: Relation, a: Residue, b: Residue) -> Residue {
        let f = &self.model.values;
        let holds = match relation {
            Relation::Less => self.model.is_positive(f.sub(b, a)),
            Relation::LessEqual => a == b || self.model.is_positive(f.sub(b, a)),
            Relation::Equal => a == b,
            Relation::NotEqual => a != b,
            Relation::And => a != 0 && b != 0,
            Relation::Or => a != 0 || b != 0,
        };
        if holds { f.one } else { 0 }
    }

    fn opaque(&self, seed: u64, parity: Parity, list: &[Place]) -> Residue {
        let f = &self.model.values;
        let mut parts = vec![4, seed];
        let mut turned = false;
        for place in list {
            let value = self.value(*place);
            let negated = f.neg(value);
            if parity != Parity::None && negated < value {
                turned = true;
                parts.push(negated);
            } else {
                parts.push(value);
            }
        }
        let value = self.hash(&parts);
        if turned && parity == Parity::Odd { f.neg(value) } else { value }
    }

    /// A number that stands for something with this value in another world: opposite values
    /// have opposite numbers.
    fn atom(&self, world: World, kind: u64, value: Residue) -> Residue {
        let field = self.field(world);
        let negated = self.model.values.neg(value);
        let number = self.hash(&[kind, world as u64, value.min(negated)]) % field.modulus;
        if negated < value { field.neg(number) } else { number }
    }

    /// The sum of an argument without turns and inverse functions.
    fn sum(&self, world: World, argument: &Argument) -> Option<Residue> {
        let field = self.field(world);
        let mut sum = field.number(&argument.constant)?;
        for (c, place) in &argument.terms {
            let term = field.mul(field.number(c)?, self.values[*place][world as usize]);
            sum = field.add(sum, term);
        }
        Some(sum)
    }

    /// The point of the circle at an angle.
    fn turn(&self, argument: &Argument) -> Option<Complex> {
        let model = self.model;
        let f = &model.values;
        let angle = self.sum(World::Angle, argument)?;
        let mut point = model.power(self.circle, model.angles.to_u64(angle));
        point = model.multiply(point, *model.circle.get(argument.turn as usize)?);
        for (times, is_sine, place) in &argument.inverses {
            let u = self.value(*place);
            let square = f.mul(u, u);
            let inner =
                if *is_sine { f.sub(f.one, square) } else { f.add(f.one, square) };
            if inner != 0 && !model.is_positive(inner) {
                return None;
            }
            let root = model.sqrt(inner)?;
            let unit = if *is_sine {
                (root, u)
            } else {
                let inverse = f.inverse(root)?;
                (inverse, f.mul(u, inverse))
            };
            let unit = if *times < 0 { (unit.0, f.neg(unit.1)) } else { unit };
            point = model.multiply(point, model.power(unit, times.unsigned_abs()));
        }
        Some(point)
    }

    /// The logarithm as a sum over factors. The logarithms of u, -u, 1/u and -1/u are the
    /// same but for the sign.
    fn logarithm(
        &self,
        world: World,
        whole: Place,
        factors: &[LogFactor],
    ) -> Option<Residue> {
        if !self.model.is_positive(self.value(whole)) {
            return None;
        }
        let field = self.field(world);
        let mut sum = 0;
        for factor in factors {
            let term = match factor {
                LogFactor::Number(n) => self.log_number(world, n)?,
                LogFactor::Exact(n) => field.number(n)?,
                LogFactor::Exponential(place) => self.values[*place][world as usize],
                LogFactor::Power(base, content, exponent) => {
                    let values = &self.model.values;
                    let content_value = values.inverse(values.number(content)?)?;
                    let rest = values.mul(self.value(*base), content_value);
                    let sum = field.add(
                        self.log_atom(world, rest)?,
                        self.log_number(world, content)?,
                    );
                    field.mul(field.number(exponent)?, sum)
                }
                LogFactor::General(base, power) => {
                    let log = self.log_atom(world, self.value(*base))?;
                    field.mul(self.values[*power][world as usize], log)
                }
            };
            sum = field.add(sum, term);
        }
        Some(sum)
    }

    fn log_atom(&self, world: World, value: Residue) -> Option<Residue> {
        let f = &self.model.values;
        let inverse = f.inverse(value)?;
        let size = value.min(f.neg(value));
        let inverse_size = inverse.min(f.neg(inverse));
        let field = self.field(world);
        if size == inverse_size {
            return Some(0);
        }
        let number =
            self.hash(&[6, world as u64, size.min(inverse_size)]) % field.modulus;
        Some(if inverse_size < size { field.neg(number) } else { number })
    }

    /// The logarithm of a positive number: a sum over its primes below 1000.
    fn log_number(&self, world: World, n: &Number) -> Option<Residue> {
        let field = self.field(world);
        let mut sum = 0;
        for (part, sign) in [(n.numerator(), false), (n.denominator(), true)] {
            let mut rest = part;
            for prime in 2..1000_i64 {
                let divisor = Number::from(prime);
                while !rest.is_one() {
                    let quotient = rest.mul(&divisor.recip()?);
                    if !quotient.is_integer() {
                        break;
                    }
                    rest = quotient;
                    let log =
                        self.log_atom(world, self.model.values.number(&divisor)?)?;
                    sum = if sign { field.sub(sum, log) } else { field.add(sum, log) };
                }
                if rest.is_one() {
                    break;
                }
            }
            if !rest.is_one() {
                let log = self.log_atom(world, self.model.values.number(&rest)?)?;
                sum = if sign { field.sub(sum, log) } else { field.add(sum, log) };
            }
        }
        Some(sum)
    }
}
