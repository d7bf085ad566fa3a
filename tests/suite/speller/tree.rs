//! Formulas as trees, drawn at random.

use super::functions::{BARE, FUNCTIONS, Function};
use super::random::Random;

/// Names of variables; numbers at their ends are indices.
const NAMES: [&str; 23] = [
    "x", "x", "x", "y", "y", "t", "a", "b", "k", "n", "u", "v", "x1", "x2", "x_max",
    "alpha", "theta", "lambda", "phi", "mu", "omega", "alpha1", "theta2",
];

/// Numbers with digits behind the point, as they are typed.
const DECIMALS: [(&str, f64); 7] = [
    ("2.5", 2.5),
    ("0.5", 0.5),
    (".5", 0.5),
    (".25", 0.25),
    ("1.125", 1.125),
    ("1e-3", 1e-3),
    ("12.0", 12.0),
];

/// A formula.
#[derive(Clone, Debug)]
pub(crate) enum Tree {
    Whole(u32),
    /// What is typed and what it is worth.
    Decimal(&'static str, f64),
    Ratio(u32, u32),
    Degrees(u32),
    Percent(u32),
    E,
    Pi,
    Name(&'static str),
    Sum(Vec<Self>),
    Difference(Box<Self>, Box<Self>),
    Negative(Box<Self>),
    Product(Vec<Self>),
    Quotient(Box<Self>, Box<Self>),
    Factorial(Box<Self>),
    Power(Box<Self>, Box<Self>),
    Apply(&'static Function, Box<Self>),
    /// A logarithm with its base.
    Log(Box<Self>, u32),
    Max(Box<Self>, Box<Self>),
    /// A function of the program's own.
    Call(&'static str, Box<Self>),
}

/// What may be drawn.
#[derive(Clone, Copy)]
enum Kind {
    Leaf,
    Sum,
    Difference,
    Negative,
    Product,
    Quotient,
    Factorial,
    Power,
    Apply,
}

impl Tree {
    /// Draws a formula of some depth over some names.
    pub(crate) fn draw(random: &mut Random) -> Self {
        let depth = random.between(2, 4);
        let count = random.between(1, 3);
        let names: Vec<&'static str> = (0..count).map(|_| random.pick(&NAMES)).collect();
        Self::of_depth(random, depth, &names)
    }

    fn of_depth(random: &mut Random, depth: u32, names: &[&'static str]) -> Self {
        let kinds = [
            (12, Kind::Leaf),
            (19, Kind::Sum),
            (8, Kind::Difference),
            (4, Kind::Negative),
            (22, Kind::Product),
            (9, Kind::Quotient),
            (2, Kind::Factorial),
            (12, Kind::Power),
            (12, Kind::Apply),
        ];
        let Some(below) = depth.checked_sub(1) else { return Self::leaf(random, names) };
        let several = |random: &mut Random| {
            (0..random.between(2, 3))
                .map(|_| Self::of_depth(random, below, names))
                .collect()
        };
        let one = |random: &mut Random| Box::new(Self::of_depth(random, below, names));
        match random.weighted(&kinds) {
            Kind::Leaf => Self::leaf(random, names),
            Kind::Sum => Self::Sum(several(random)),
            Kind::Difference => Self::Difference(one(random), one(random)),
            Kind::Negative => Self::Negative(one(random)),
            Kind::Product => Self::Product(several(random)),
            Kind::Quotient => Self::Quotient(one(random), one(random)),
            Kind::Factorial => {
                Self::Factorial(Box::new(Self::of_depth(random, below.min(1), names)))
            }
            Kind::Power => {
                Self::Power(one(random), Box::new(Self::exponent(random, names)))
            }
            Kind::Apply => Self::applied(random, below, names),
        }
    }

    fn leaf(random: &mut Random, names: &[&'static str]) -> Self {
        match random.weighted(&[
            (62, 0),
            (26, 1),
            (3, 2),
            (5, 3),
            (3, 4),
            (1, 5),
            (1, 6),
            (1, 7),
        ]) {
            0 => Self::Name(random.pick(names)),
            1 => Self::Whole(random.between(1, 12)),
            2 => {
                let (text, value) = random.pick(&DECIMALS);
                Self::Decimal(text, value)
            }
            3 => Self::Ratio(random.between(1, 7), random.between(2, 9)),
            4 => Self::E,
            5 => Self::Pi,
            6 => Self::Degrees(5 * random.between(1, 18)),
            _ => Self::Percent(random.between(1, 120)),
        }
    }

    /// Exponents as people write them.
    fn exponent(random: &mut Random, names: &[&'static str]) -> Self {
        let whole = Self::Whole;
        let negative = |tree| Self::Negative(Box::new(tree));
        let name = Self::Name(random.pick(names));
        let small = Self::leaf(random, names);
        match random.place(12) {
            0..=2 => whole(2),
            3 => whole(3),
            4 => negative(whole(1)),
            5 => negative(whole(2)),
            6 => Self::Ratio(1, 2),
            7 => small,
            8 => negative(small),
            9 => Self::Power(Box::new(small), Box::new(whole(2))),
            10 => Self::Sum(vec![name, whole(random.between(1, 3))]),
            _ => Self::Product(vec![whole(random.between(2, 3)), name]),
        }
    }

    fn applied(random: &mut Random, below: u32, names: &[&'static str]) -> Self {
        let place = random.place(BARE + FUNCTIONS.len() + 2);
        let name = Self::Name(random.pick(names));
        let sub = |random: &mut Random| Box::new(Self::of_depth(random, below, names));
        let Some(function) = FUNCTIONS.get(place.saturating_sub(BARE)) else {
            return match place - BARE - FUNCTIONS.len() {
                0 => Self::Log(sub(random), random.pick(&[2, 3, 10])),
                _ => Self::Max(sub(random), sub(random)),
            };
        };
        // The first functions are twice as likely.
        let function = if place < BARE { &FUNCTIONS[place] } else { function };
        if !function.is_bare() || random.chance(60) {
            return Self::Apply(function, sub(random));
        }
        let argument = match random.place(3) {
            0 => name,
            1 => Self::Product(vec![Self::Whole(random.between(2, 9)), name]),
            _ => Self::Power(Box::new(name), Box::new(Self::Whole(2))),
        };
        Self::Apply(function, Box::new(argument))
    }

    /// What it is made of.
    pub(crate) fn operands(&self) -> Vec<&Self> {
        match self {
            Self::Sum(list) | Self::Product(list) => list.iter().collect(),
            Self::Difference(a, b)
            | Self::Quotient(a, b)
            | Self::Power(a, b)
            | Self::Max(a, b) => vec![a, b],
            Self::Negative(a)
            | Self::Factorial(a)
            | Self::Apply(_, a)
            | Self::Log(a, _)
            | Self::Call(_, a) => vec![a],
            _ => Vec::new(),
        }
    }

    /// What it is made of, to be changed.
    pub(crate) fn operands_mut(&mut self) -> Vec<&mut Self> {
        match self {
            Self::Sum(list) | Self::Product(list) => list.iter_mut().collect(),
            Self::Difference(a, b)
            | Self::Quotient(a, b)
            | Self::Power(a, b)
            | Self::Max(a, b) => vec![a, b],
            Self::Negative(a)
            | Self::Factorial(a)
            | Self::Apply(_, a)
            | Self::Log(a, _)
            | Self::Call(_, a) => vec![a],
            _ => Vec::new(),
        }
    }

    /// The names in it, in order, each once.
    pub(crate) fn names(&self) -> Vec<&'static str> {
        let mut found = match self {
            Self::Name(name) => vec![*name],
            _ => self.operands().into_iter().flat_map(Self::names).collect(),
        };
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The number, when it is a whole one as typed.
    pub(crate) fn whole(&self) -> Option<i32> {
        match self {
            Self::Whole(n) => Some(*n as i32),
            Self::Negative(a) => match &**a {
                Self::Whole(n) => Some(-(*n as i32)),
                _ => None,
            },
            _ => None,
        }
    }
}

impl Function {
    /// Whether its argument may stand without brackets.
    pub(crate) fn is_bare(&self) -> bool {
        FUNCTIONS[..BARE].iter().any(|function| function.name == self.name)
    }
}
