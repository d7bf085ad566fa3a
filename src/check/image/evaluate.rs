//! The image of an expression in a model, for a random choice of its symbols.

use super::field::{Field, Residue};
use super::model::{Complex, Model, TURN};
use super::plan::{Argument, Inverse, LogFactor, Place, Plan, Primes, Step, World};
use crate::function::spec::Parity;
use crate::kernel::{Number, Relation, mix};

/// The values of one step in the three worlds.
pub(super) type Values = [Residue; 3];

/// A plan with its numbers in the fields of a model.
pub(super) struct Prepared<'a> {
    plan: &'a Plan,
    model: &'a Model,
    numbers: Vec<Values>,
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
            residues: Vec::new(),
        };
        let random = point.hash(&[1]);
        let square = self.model.values.mul(random, random);
        point.generator = square;
        let angle = point.hash(&[2]);
        point.circle = self.model.power(self.model.point(angle)?, TURN);
        if self.plan.has_integers {
            point.find_residues();
        }
        for (place, step) in self.plan.steps.iter().enumerate() {
            let values = match point.step(place, step) {
                None if !self.plan.needed[place] => [0; 3],
                values => values?,
            };
            point.values.push(values);
        }
        Some(point.values)
    }

    /// Whether numbers have the signs in the model that they have over the real numbers.
    pub(super) fn has_signs_of_numbers(&self) -> bool {
        self.plan.steps.iter().zip(&self.numbers).all(|(step, values)| match step {
            Step::Number(n) | Step::Multiple(n, _) => {
                n.is_zero() || self.model.is_positive(values[0]) == n.is_positive()
            }
            _ => true,
        })
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

    /// Which way a choice takes: the signs that decide, and which relations hold.
    pub(super) fn way(&self, values: &[Values]) -> Vec<bool> {
        let sign = |place: &Place| self.model.is_positive(values[*place][0]);
        let mut way: Vec<bool> = self.plan.deciding.iter().map(sign).collect();
        let steps = self.plan.steps.iter().enumerate();
        let relations = steps.filter(|(_, step)| matches!(step, Step::Relation(..)));
        way.extend(relations.map(|(place, _)| values[place][0] != 0));
        way
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
    /// The residues modulo 480 of the steps that are whole numbers, when there are symbols
    /// among them; 0 for all other steps.
    residues: Vec<u64>,
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

    /// The residues modulo 480 of sums and products of whole numbers.
    fn find_residues(&mut self) {
        let whole = |n: &Number| {
            let turn = Number::from(TURN as i64);
            let rest = n.mul(&turn.recip()?).floor().mul(&turn);
            n.sub(&rest).to_i64()?.try_into().ok()
        };
        for step in &self.prepared.plan.steps {
            let at = |place: &Place| self.residues[*place];
            let residue = match step {
                Step::Number(n) => whole(n).unwrap_or(0),
                Step::Integer(seed) => hash(self.seed, &[8, *seed]) % TURN,
                Step::Sum(list) => list.iter().map(at).sum::<u64>() % TURN,
                Step::Product(list) => {
                    list.iter().fold(1, |product, p| product * at(p) % TURN)
                }
                Step::Multiple(n, rest) => whole(n).unwrap_or(0) * at(rest) % TURN,
                Step::Whole(base, n) if *n > 0 => {
                    (0..*n % 120 + 120).fold(1, |power, _| power * at(base) % TURN)
                }
                _ => 0,
            };
            self.residues.push(residue);
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
            Step::Atom(seed) | Step::Integer(seed) => {
                Some(self.hash(&[3, w as u64, *seed]) % field.modulus)
            }
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
            Step::Absolute(u) => {
                let positive = self.model.is_positive(self.value(*u));
                Some(if positive { at(u) } else { field.neg(at(u)) })
            }
            Step::Sign(u) => {
                let positive = self.model.is_positive(self.value(*u));
                let sign = if positive { field.one } else { field.neg(field.one) };
                // What is 0 for this choice is 0 for all with these signs.
                Some(if self.value(*u) == 0 { 0 } else { sign })
            }
            Step::Logarithm(whole, factors) => self.logarithm(world, *whole, factors),
            _ => return None,
        })
    }

    /// The value of what is no polynomial.
    fn by_value(&self, place: Place, step: &Step) -> Option<Residue> {
        let f = &self.model.values;
        match step {
            Step::Root(base, n) => {
                let base = self.value(*base);
                if base == 0 && n.is_positive() {
                    return Some(0);
                }
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
            Step::Turning(base, argument, power) => {
                let base = self.value(*base);
                let exponent = self.sum(World::Exponent, argument)?;
                let exponent = self.model.exponents.to_u64(exponent);
                let is_positive = self.model.is_positive(base);
                let size = f.pow(if is_positive { base } else { f.neg(base) }, exponent);
                let is_odd = self.residues.get(*power).is_some_and(|n| n % 2 == 1);
                let negated = !is_positive && is_odd;
                (base != 0).then(|| if negated { f.neg(size) } else { size })
            }
            Step::Exponential(argument) => {
                let exponent = self.sum(World::Exponent, argument)?;
                Some(f.pow(self.generator, self.model.exponents.to_u64(exponent)))
            }
            Step::Sine(argument) => Some(self.turn(argument)?.1),
            Step::Cosine(argument) => Some(self.turn(argument)?.0),
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
        let mut turn = argument.turn;
        // An eighth of the arcsine is an eighth of a quarter turn less that of the arccosine.
        for inverse in argument.inverses.iter().filter(|i| i.is_sine && i.halvings > 0) {
            let quarter = (TURN as i64 / 4) >> inverse.halvings;
            turn = (turn as i64 + inverse.times * quarter).rem_euclid(TURN as i64) as u64;
        }
        for (parts, places) in &argument.turns {
            let residue = |place: &Place| self.residues.get(*place).copied();
            let times = places
                .iter()
                .map(residue)
                .try_fold(1, |product, n| n.map(|n| product * n % TURN))?;
            turn = (turn + parts.unsigned_abs() * times) % TURN;
        }
        point = model.multiply(point, *model.circle.get(turn as usize)?);
        for inverse in &argument.inverses {
            let mut unit = self.unit(inverse)?;
            if inverse.times < 0 {
                unit.1 = f.neg(unit.1);
            }
            let turned = model.power(unit, inverse.times.unsigned_abs());
            point = model.multiply(point, turned);
        }
        Some(point)
    }

    /// The point of the circle at the angle of an inverse function; for parts of the arcsine,
    /// at the angle that is left to the same part of a quarter turn. The cosine of the half
    /// of such an angle is positive.
    fn unit(&self, inverse: &Inverse) -> Option<Complex> {
        let model = self.model;
        let f = &model.values;
        let u = self.value(inverse.of);
        let square = f.mul(u, u);
        let inner = match inverse.is_sine {
            true => f.sub(f.one, square),
            false => f.add(f.one, square),
        };
        if inner != 0 && !model.is_positive(inner) {
            return None;
        }
        let root = model.sqrt(inner)?;
        let mut unit = match inverse.is_sine {
            true if inverse.halvings > 0 => (u, f.neg(root)),
            true => (root, u),
            false => {
                let below = f.inverse(root)?;
                (below, f.mul(u, below))
            }
        };
        for _ in 0..inverse.halvings {
            // (1 + c + i*s)/sqrt(2*(1 + c)).
            let above = f.add(f.one, unit.0);
            let norm = f.add(above, above);
            if !model.is_positive(above) || !model.is_positive(norm) {
                return None;
            }
            let below = f.inverse(model.sqrt(norm)?)?;
            unit = (f.mul(above, below), f.mul(unit.1, below));
        }
        Some(unit)
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
                LogFactor::Number(primes) => self.log_number(world, primes)?,
                LogFactor::Exact(n) => field.number(n)?,
                LogFactor::Exponential(place) => self.values[*place][world as usize],
                LogFactor::Power(base, content, primes, exponent) => {
                    let values = &self.model.values;
                    let content_value = values.inverse(values.number(content)?)?;
                    let rest = values.mul(self.value(*base), content_value);
                    let sum = field.add(
                        self.log_atom(world, rest)?,
                        self.log_number(world, primes)?,
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

    /// The logarithm of a positive number.
    fn log_number(&self, world: World, primes: &Primes) -> Option<Residue> {
        let field = self.field(world);
        let mut sum = 0;
        for (prime, times) in primes {
            let log = self.log_atom(world, self.model.values.number(prime)?)?;
            let times = field.number(&Number::from(*times))?;
            sum = field.add(sum, field.mul(times, log));
        }
        Some(sum)
    }
}
