//! An expression prepared for evaluation in the models: steps in the order of the handles.
//!
//! A step may be wanted in three worlds: as a value, as an exponent (modulo q), as an angle
//! (modulo r). What is below an exponential is wanted as an exponent, what is below a sine
//! or cosine as an angle; roots and functions inside these are taken by their values.

use crate::function;
use crate::function::spec::Parity;
use crate::kernel::{Constant, Digest, ExprId, FunctionId, Node, Number, Pool, Relation};
use rustc_hash::{FxHashMap, FxHashSet};

/// The place of a step.
pub(super) type Place = usize;

/// A world in which a step has a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum World {
    /// Values.
    Value = 0,
    /// Exponents.
    Exponent = 1,
    /// Angles.
    Angle = 2,
}

/// The argument of an exponential, a sine or a cosine, as a sum.
#[derive(Clone, Debug)]
pub(super) struct Argument {
    /// The numeric term.
    pub(super) constant: Number,
    /// Multiples of other steps.
    pub(super) terms: Vec<(Number, Place)>,
    /// Parts of a turn.
    pub(super) turn: u64,
    /// Multiples of the turn/480 by products of steps that are whole numbers.
    pub(super) turns: Vec<(i64, Vec<Place>)>,
    /// Multiples of `arctan` and `arcsin` of steps.
    pub(super) inverses: Vec<Inverse>,
}

/// A whole multiple of the angle of an inverse function, or of its half, quarter or eighth.
#[derive(Clone, Debug)]
pub(super) struct Inverse {
    /// How many times.
    pub(super) times: i64,
    /// How often it is halved.
    pub(super) halvings: u32,
    /// Whether it is the arcsine and not the arctangent.
    pub(super) is_sine: bool,
    /// The argument of the inverse function.
    pub(super) of: Place,
}

impl Inverse {
    fn new(times: &Number, name: &str, of: Place) -> Option<Self> {
        let is_sine = name == "arcsin";
        if !is_sine && name != "arctan" {
            return None;
        }
        (0..4).find_map(|halvings| {
            let times = times.mul(&Number::from(1_i64 << halvings)).to_i64()?;
            (times.abs() < 100).then_some(Self { times, halvings, is_sine, of })
        })
    }
}

impl Argument {
    fn constant(constant: Number) -> Self {
        let (terms, turns, inverses) = Default::default();
        Self { constant, terms, turn: 0, turns, inverses }
    }

    /// Adds a multiple of a half turn, as parts of a turn where it can be.
    fn add_turn(&mut self, half_turns: &Number, place: Place) {
        let turn = super::model::TURN as i64;
        match half_turns.mul(&Number::from(turn / 2)).to_i64() {
            Some(parts) => {
                let parts = parts.rem_euclid(turn) as u64;
                self.turn = (self.turn + parts) % super::model::TURN;
            }
            None => self.terms.push((half_turns.clone(), place)),
        }
    }
}

/// A positive number as powers of primes below a bound and of what is left.
pub(super) type Primes = Vec<(Number, i64)>;

/// Primes below this are looked for in the numbers of logarithms.
const PRIMES: u32 = 1000;

fn primes(n: &Number) -> Primes {
    let mut found = Primes::new();
    for (part, sign) in [(n.numerator(), 1), (n.denominator(), -1)] {
        if part.is_positive() {
            let factors = part.small_factors(PRIMES).into_iter();
            found.extend(factors.map(|(prime, count)| (prime, sign * i64::from(count))));
        } else {
            found.push((part, sign));
        }
    }
    found
}

/// One factor of the argument of a logarithm.
#[derive(Clone, Debug)]
pub(super) enum LogFactor {
    /// A number.
    Number(Primes),
    /// e to this power.
    Exact(Number),
    /// The exponent of an exponential.
    Exponential(Place),
    /// A base with a numeric content, to a numeric power.
    Power(Place, Number, Primes, Number),
    /// A base to a symbolic power.
    General(Place, Place),
}

/// One step.
#[derive(Clone, Debug)]
pub(super) enum Step {
    Number(Number),
    /// A symbol or a constant, by a seed of its name.
    Atom(u64),
    /// A symbol of which a root or a logarithm is taken: it must be positive.
    Positive(u64),
    /// A symbol that is a whole number.
    Integer(u64),
    /// A symbol over the complex numbers of which nothing is assumed.
    Free(u64),
    Sum(Vec<Place>),
    Product(Vec<Place>),
    Multiple(Number, Place),
    /// A whole power.
    Whole(Place, i64),
    /// A fractional power of what must be positive.
    Root(Place, Number),
    /// A general power of what must be positive.
    Power(Place, Argument),
    /// A power of anything but zero to the step, a whole number, which the argument is too.
    Turning(Place, Argument, Place),
    /// An exponential.
    Exponential(Argument),
    /// The imaginary unit.
    Unit,
    Sine(Argument),
    Cosine(Argument),
    Absolute(Place),
    Sign(Place),
    /// A logarithm of the step, whose factors follow.
    Logarithm(Place, Vec<LogFactor>),
    Relation(Relation, Place, Place),
    Piecewise(Vec<Place>),
    /// A function of which nothing is known but its parity.
    Opaque(u64, Parity, Vec<Place>),
    Undefined,
}

/// The steps of some expressions.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) steps: Vec<Step>,
    /// In which worlds each step is wanted.
    pub(super) wanted: Vec<[bool; 3]>,
    /// Whether signs matter beyond those of symbols.
    pub(super) has_signs: bool,
    /// The expression of each step.
    pub(super) ids: Vec<ExprId>,
    /// The steps whose signs decide what roots, logarithms and absolute values are.
    pub(super) signed: Vec<Place>,
    /// Those of them that decide; the others only exclude some signs of these.
    pub(super) deciding: Vec<Place>,
    /// Whether angles of inverse functions stand in sines and cosines.
    pub(super) has_inverses: bool,
    /// Whether whole numbers that are symbols stand in exponents or angles.
    pub(super) has_integers: bool,
    /// Which steps the compared expressions need; the others only have signs to tell.
    pub(super) needed: Vec<bool>,
}

impl Plan {
    /// Prepares two expressions; returns their places. Only choices count at which what is
    /// in `guards` is defined; the signs of the sums, sines and cosines in `hints` are told
    /// apart as well.
    pub(super) fn new(
        pool: &Pool,
        compared: [ExprId; 2],
        guards: &[ExprId],
        hints: &[ExprId],
    ) -> (Self, [Place; 2]) {
        let roots = [&compared[..], guards, hints].concat();
        let ids = pool.reachable(&roots);
        let places: FxHashMap<ExprId, Place> =
            ids.iter().enumerate().map(|(place, id)| (*id, place)).collect();
        let maker = Maker { pool, places, whole: whole_numbers(pool, &ids) };
        let mut plan = Self::default();
        for id in &ids {
            let step = maker.step(*id);
            plan.has_signs |= match &step {
                Step::Absolute(_) | Step::Sign(_) | Step::Relation(..) => true,
                Step::Root(..) => true,
                Step::Sine(argument) | Step::Cosine(argument) => {
                    plan.has_inverses |= !argument.inverses.is_empty();
                    plan.has_inverses
                }
                _ => false,
            };
            plan.has_integers |= matches!(step, Step::Integer(_));
            plan.steps.push(step);
        }
        let places = compared.map(|id| maker.place(id));
        let hints: Vec<Place> = hints.iter().map(|id| maker.place(*id)).collect();
        let needed = [&compared[..], guards].concat();
        let needed: Vec<Place> = needed.iter().map(|id| maker.place(*id)).collect();
        plan.want(&needed);
        plan.needed = plan.wanted.iter().map(|wanted| wanted.contains(&true)).collect();
        plan.ids = ids;
        plan.find_positive();
        plan.find_signed(pool);
        if !hints.is_empty() {
            plan.want(&[&needed[..], &hints].concat());
            plan.follow(pool, &hints);
        }
        (plan, places)
    }

    fn want(&mut self, roots: &[Place]) {
        let mut wanted = vec![[false; 3]; self.steps.len()];
        for root in roots {
            wanted[*root][World::Value as usize] = true;
        }
        for (place, step) in self.steps.iter().enumerate().rev() {
            let here = wanted[place];
            let [value, exponent, angle] = here;
            let mut all = |places: &[Place], which: [bool; 3]| {
                for p in places {
                    for (w, new) in wanted[*p].iter_mut().zip(which) {
                        *w |= new;
                    }
                }
            };
            let only_value = [true, false, false];
            let any = value || exponent || angle;
            match step {
                Step::Sum(list) | Step::Product(list) => all(list, here),
                Step::Multiple(_, rest) | Step::Whole(rest, _) => all(&[*rest], here),
                Step::Logarithm(whole, factors) => {
                    all(&[*whole], [any, false, false]);
                    for factor in factors {
                        match factor {
                            LogFactor::Number(_) | LogFactor::Exact(_) => {}
                            LogFactor::Exponential(place) => all(&[*place], here),
                            LogFactor::Power(base, ..) => all(&[*base], only_value),
                            LogFactor::General(base, power) => {
                                all(&[*base], only_value);
                                all(&[*power], here);
                            }
                        }
                    }
                }
                _ if !any => {}
                Step::Root(base, _) | Step::Sign(base) => all(&[*base], only_value),
                Step::Absolute(base) => all(&[*base], [true, exponent, angle]),
                Step::Relation(_, a, b) => all(&[*a, *b], only_value),
                Step::Piecewise(list) | Step::Opaque(_, _, list) => all(list, only_value),
                Step::Power(base, argument) | Step::Turning(base, argument, _) => {
                    all(&[*base], only_value);
                    argument
                        .terms
                        .iter()
                        .for_each(|(_, p)| all(&[*p], [false, true, false]));
                }
                Step::Exponential(argument) => {
                    argument
                        .terms
                        .iter()
                        .for_each(|(_, p)| all(&[*p], [false, true, false]));
                }
                Step::Sine(argument) | Step::Cosine(argument) => {
                    argument
                        .terms
                        .iter()
                        .for_each(|(_, p)| all(&[*p], [false, false, true]));
                    argument.inverses.iter().for_each(|i| all(&[i.of], only_value));
                    argument.turns.iter().for_each(|(_, list)| all(list, only_value));
                }
                Step::Number(_)
                | Step::Atom(_)
                | Step::Positive(_)
                | Step::Integer(_)
                | Step::Free(_)
                | Step::Unit
                | Step::Undefined => {}
            }
            // What is no polynomial is taken by its value in the other worlds.
            let by_value = !matches!(
                step,
                Step::Number(_)
                    | Step::Atom(_)
                    | Step::Positive(_)
                    | Step::Integer(_)
                    | Step::Free(_)
                    | Step::Unit
                    | Step::Sum(_)
                    | Step::Product(_)
                    | Step::Multiple(..)
                    | Step::Whole(..)
                    | Step::Absolute(_)
                    | Step::Sign(_)
                    | Step::Logarithm(..)
            );
            wanted[place][0] |= any && by_value;
        }
        self.wanted = wanted;
    }
}

/// The sums and products of whole numbers and of symbols that are whole numbers.
fn whole_numbers(pool: &Pool, ids: &[ExprId]) -> FxHashSet<ExprId> {
    let mut found = FxHashSet::default();
    for id in ids.iter().filter(|id| pool.is_integer(**id)) {
        let is_whole = match pool.node(*id) {
            Node::Number(_) | Node::Symbol(_) => true,
            Node::Sum(list) | Node::Product(list) => {
                pool.list(list).iter().all(|id| found.contains(id))
            }
            Node::Multiple(n, rest) => {
                pool.number_at(n).is_integer() && found.contains(&rest)
            }
            Node::Power(base, exponent) => {
                pool.as_number(exponent).is_some() && found.contains(&base)
            }
            _ => false,
        };
        if is_whole {
            found.insert(*id);
        }
    }
    found
}

struct Maker<'p> {
    pool: &'p Pool,
    places: FxHashMap<ExprId, Place>,
    /// What is known to be a whole number.
    whole: FxHashSet<ExprId>,
}

impl Maker<'_> {
    fn place(&self, id: ExprId) -> Place {
        self.places.get(&id).copied().unwrap_or(0)
    }

    fn all(&self, list: &[ExprId]) -> Vec<Place> {
        list.iter().map(|id| self.place(*id)).collect()
    }

    fn step(&self, id: ExprId) -> Step {
        let pool = self.pool;
        match pool.node(id) {
            Node::Number(n) => Step::Number(pool.number_at(n).clone()),
            Node::Symbol(symbol) => {
                let seed = Digest::of(&pool.name(symbol));
                match pool.is_complex() {
                    true if pool.is_positive(id) => Step::Positive(seed),
                    true if !pool.is_real_symbol(id) => Step::Free(seed),
                    _ if pool.is_integer(id) => Step::Integer(seed),
                    _ => Step::Atom(seed),
                }
            }
            // e itself is the exponential of 1, so that e*e^x is e^(x + 1).
            Node::Constant(Constant::E) => {
                Step::Exponential(Argument::constant(Number::ONE))
            }
            Node::Constant(Constant::Pi) => Step::Atom(3),
            Node::Sum(list) => Step::Sum(self.all(pool.list(list))),
            Node::Product(list) => Step::Product(self.all(pool.list(list))),
            Node::Multiple(n, rest) => {
                Step::Multiple(pool.number_at(n).clone(), self.place(rest))
            }
            Node::Power(base, exponent) => self.power(base, exponent),
            Node::Apply(function, list) => self.apply(function, pool.list(list)),
            Node::Undefined => Step::Undefined,
        }
    }

    fn power(&self, base: ExprId, exponent: ExprId) -> Step {
        if self.is_unit(base, exponent) {
            return Step::Unit;
        }
        if let Some(n) = self.pool.as_number(exponent) {
            return match n.to_i64() {
                Some(n) => Step::Whole(self.place(base), n),
                None if n.is_integer() => Step::Undefined,
                None => Step::Root(self.place(base), n.clone()),
            };
        }
        if base == Pool::E {
            Step::Exponential(self.argument(exponent, false))
        } else if self.whole.contains(&exponent) {
            let argument = self.argument(exponent, false);
            Step::Turning(self.place(base), argument, self.place(exponent))
        } else {
            Step::Power(self.place(base), self.argument(exponent, false))
        }
    }

    /// Whether a power is the imaginary unit.
    fn is_unit(&self, base: ExprId, exponent: ExprId) -> bool {
        self.pool.is_complex() && (base, exponent) == (Pool::MINUS_ONE, Pool::HALF)
    }

    /// Whether a product is the imaginary unit times pi.
    fn is_half_turn(&self, list: &[ExprId]) -> bool {
        let unit = |id: &ExprId| match self.pool.node(*id) {
            Node::Power(base, exponent) => self.is_unit(base, exponent),
            _ => false,
        };
        list.len() == 2 && list.contains(&Pool::PI) && list.iter().any(unit)
    }

    fn apply(&self, function: FunctionId, list: &[ExprId]) -> Step {
        let pool = self.pool;
        if let Some(relation) = Relation::of(function) {
            return Step::Relation(relation, self.place(list[0]), self.place(list[1]));
        }
        if let Some(known) = pool.as_abstract(function) {
            return Step::Opaque(Digest::of(known), Parity::None, self.all(list));
        }
        let row = function::spec(function);
        match (row.name, list) {
            ("sin", [u]) => Step::Sine(self.argument(*u, true)),
            ("cos", [u]) => Step::Cosine(self.argument(*u, true)),
            ("abs", [u]) => Step::Absolute(self.place(*u)),
            ("sign", [u]) => Step::Sign(self.place(*u)),
            ("ln", [u]) => Step::Logarithm(self.place(*u), self.logarithm(*u)),
            ("piecewise", _) => Step::Piecewise(self.all(list)),
            _ => Step::Opaque(Digest::of(&row.name), row.parity, self.all(list)),
        }
    }

    /// The terms of an argument; sums under a numeric factor are taken apart.
    fn argument(&self, id: ExprId, angle: bool) -> Argument {
        let pool = self.pool;
        let mut argument = Argument::constant(Number::ZERO);
        let mut open = vec![(Number::ONE, id)];
        while let Some((c, id)) = open.pop() {
            match pool.node(id) {
                Node::Sum(list) => {
                    open.extend(pool.list(list).iter().map(|id| (c.clone(), *id)));
                }
                Node::Multiple(n, rest) => open.push((c.mul(pool.number_at(n)), rest)),
                Node::Number(n) => {
                    let term = c.mul(pool.number_at(n));
                    argument.constant = argument.constant.add(&term);
                }
                Node::Product(list) if self.is_half_turn(pool.list(list)) => {
                    argument.add_turn(&c, self.place(id));
                }
                Node::Product(list)
                    if angle
                        && let Some(turns) = self.whole_turns(&c, pool.list(list)) =>
                {
                    argument.turns.push(turns);
                }
                Node::Constant(Constant::Pi) if angle => {
                    argument.add_turn(&c, self.place(id));
                }
                Node::Apply(function, list) if angle && function.is_builtin() => {
                    let name = function::spec(function).name;
                    let of = self.place(pool.list(list)[0]);
                    match Inverse::new(&c, name, of) {
                        Some(inverse) => argument.inverses.push(inverse),
                        None => argument.terms.push((c, self.place(id))),
                    }
                }
                _ => argument.terms.push((c, self.place(id))),
            }
        }
        argument
    }

    /// A multiple of pi by whole numbers, as a multiple of the turn/480.
    fn whole_turns(&self, c: &Number, list: &[ExprId]) -> Option<(i64, Vec<Place>)> {
        let others: Vec<ExprId> =
            list.iter().copied().filter(|id| *id != Pool::PI).collect();
        let half = Number::from(super::model::TURN as i64 / 2);
        let parts = c.mul(&half).to_i64()?.rem_euclid(super::model::TURN as i64);
        let fits = others.len() + 1 == list.len()
            && others.iter().all(|id| self.whole.contains(id));
        fits.then(|| (parts, self.all(&others)))
    }

    /// The factors of the argument of a logarithm.
    fn logarithm(&self, id: ExprId) -> Vec<LogFactor> {
        let pool = self.pool;
        let mut factors = Vec::new();
        let mut open = vec![id];
        while let Some(id) = open.pop() {
            match pool.node(id) {
                Node::Product(list) => open.extend(pool.list(list)),
                Node::Multiple(n, rest) => {
                    factors.push(LogFactor::Number(primes(&pool.number_at(n).abs())));
                    open.push(rest);
                }
                Node::Number(n) => {
                    factors.push(LogFactor::Number(primes(&pool.number_at(n).abs())));
                }
                Node::Constant(Constant::E) => {
                    factors.push(LogFactor::Exact(Number::ONE))
                }
                Node::Power(base, exponent) => {
                    let number = pool.as_number(exponent).cloned();
                    factors.push(match number {
                        Some(n) if base == Pool::E => LogFactor::Exact(n),
                        None if base == Pool::E => {
                            LogFactor::Exponential(self.place(exponent))
                        }
                        Some(n) => self.log_power(base, n),
                        None => {
                            LogFactor::General(self.place(base), self.place(exponent))
                        }
                    });
                }
                _ => factors.push(self.log_power(id, Number::ONE)),
            }
        }
        factors
    }

    fn log_power(&self, base: ExprId, exponent: Number) -> LogFactor {
        let pool = self.pool;
        let content = match pool.node(base) {
            Node::Sum(list) => {
                let coefficient = |term: &ExprId| {
                    pool.as_number(*term).unwrap_or(pool.coefficient(*term).0).abs()
                };
                let terms = pool.list(list).iter().map(coefficient);
                terms.reduce(|a, b| a.gcd(&b)).unwrap_or(Number::ONE)
            }
            _ => Number::ONE,
        };
        let primes = primes(&content);
        LogFactor::Power(self.place(base), content, primes, exponent)
    }
}
