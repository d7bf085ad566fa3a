//! Names: symbols and their order, named constants, handles of functions.

use std::cmp::Ordering;

/// The handle of a symbol in its pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SymbolId(pub(crate) u32);

/// The handle of a function: a row of the function table, or an abstract function of a pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FunctionId(pub(crate) u16);

impl FunctionId {
    /// `ln`; the kernel takes `e^ln(u)` apart.
    pub const LN: Self = Self(0);
    /// `abs`; the kernel makes it of `(u^2)^(1/2)`.
    pub const ABS: Self = Self(1);
    /// `sign`.
    pub const SIGN: Self = Self(2);
    /// The first handle of relations and logical connectives.
    pub(crate) const RELATIONS: u16 = 0x7000;
    /// The first handle of abstract functions.
    pub(crate) const ABSTRACT: u16 = 0x8000;

    /// The place of a row in the function table.
    pub fn index(self) -> usize {
        self.0 as usize
    }

    /// Whether it is an abstract function.
    pub fn is_abstract(self) -> bool {
        self.0 >= Self::ABSTRACT
    }

    /// Whether it is a row of the function table.
    pub fn is_builtin(self) -> bool {
        self.0 < Self::RELATIONS
    }
}

/// Some functions, as bits: those of the first rows of the function table one by one, all
/// others as one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FunctionSet(u64);

impl FunctionSet {
    /// How many functions have bits of their own.
    pub const OWN: usize = 63;

    /// The set of one function.
    pub const fn of(function: FunctionId) -> Self {
        let place = function.0 as usize;
        Self(1 << if place < Self::OWN { place } else { Self::OWN })
    }

    /// All of both.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether there are none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether all of another set are in it, or may be.
    pub const fn holds(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether there is one in both, or may be among those without a bit of their own.
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// A comparison or a logical connective, as they stand in the conditions of `piecewise`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Relation {
    /// `u < v`.
    Less,
    /// `u <= v`.
    LessEqual,
    /// `u = v`.
    Equal,
    /// `u != v`.
    NotEqual,
    /// Both hold.
    And,
    /// At least one holds.
    Or,
}

impl Relation {
    const ALL: [Self; 6] =
        [Self::Less, Self::LessEqual, Self::Equal, Self::NotEqual, Self::And, Self::Or];

    /// The handle under which it is applied to its two operands.
    pub fn function(self) -> FunctionId {
        FunctionId(FunctionId::RELATIONS + self as u16)
    }

    /// Whether it holds between two numbers of which the first is so beside the second; `None`
    /// for what joins conditions.
    pub fn holds(self, order: Ordering) -> Option<bool> {
        match self {
            Self::Less => Some(order == Ordering::Less),
            Self::LessEqual => Some(order != Ordering::Greater),
            Self::Equal => Some(order == Ordering::Equal),
            Self::NotEqual => Some(order != Ordering::Equal),
            Self::And | Self::Or => None,
        }
    }

    /// The relation of a handle, if it is one.
    pub fn of(function: FunctionId) -> Option<Self> {
        let index = function.0.checked_sub(FunctionId::RELATIONS)?;
        Self::ALL.get(index as usize).copied()
    }
}

/// An abstract function, or one of its derivatives.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AbstractFunction {
    /// Its name.
    pub name: String,
    /// How often it is differentiated in each argument.
    pub orders: Vec<u32>,
}

impl AbstractFunction {
    /// Whether it is a derivative in one of several arguments, which is written with a bar.
    pub fn is_partial(&self) -> bool {
        self.orders.len() > 1 && self.orders.iter().any(|n| *n > 0)
    }
}

/// A named number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Constant {
    /// The base of the natural logarithm.
    E,
    /// The circle constant.
    Pi,
}

impl Constant {
    /// The nearest double.
    pub fn value(self) -> f64 {
        match self {
            Self::E => std::f64::consts::E,
            Self::Pi => std::f64::consts::PI,
        }
    }
}

/// The same for names in Latin letters, but for capitals and zeros before digits.
fn ascii_order(mut a: &[u8], mut b: &[u8]) -> Ordering {
    let digits = |text: &[u8]| text.iter().take_while(|c| c.is_ascii_digit()).count();
    let value = |run: &[u8]| run.iter().take_while(|c| **c == b'0').count();
    loop {
        let (Some(c), Some(d)) = (a.first(), b.first()) else {
            return a.len().cmp(&b.len());
        };
        let order = if c.is_ascii_digit() && d.is_ascii_digit() {
            let ((m, x), (n, y)) = (a.split_at(digits(a)), b.split_at(digits(b)));
            let (m, n) = (&m[value(m)..], &n[value(n)..]);
            (a, b) = (x, y);
            m.len().cmp(&n.len()).then_with(|| m.cmp(n))
        } else {
            let order = c.to_ascii_lowercase().cmp(&d.to_ascii_lowercase());
            (a, b) = (&a[1..], &b[1..]);
            order
        };
        if order.is_ne() {
            return order;
        }
    }
}

/// Compares names as people sort them: digits by value, so that `x2` stands before `x10`,
/// and small letters before capitals only to break a tie.
pub fn natural_order(a: &str, b: &str) -> Ordering {
    if let ([c], [d]) = (a.as_bytes(), b.as_bytes())
        && c.is_ascii_lowercase()
        && d.is_ascii_lowercase()
    {
        return c.cmp(d);
    }
    if a.is_ascii() && b.is_ascii() {
        return ascii_order(a.as_bytes(), b.as_bytes()).then_with(|| a.cmp(b));
    }
    let (mut x, mut y) = (a.chars().peekable(), b.chars().peekable());
    loop {
        match (x.peek().copied(), y.peek().copied()) {
            (None, None) => return a.cmp(b),
            (None, _) => return Ordering::Less,
            (_, None) => return Ordering::Greater,
            (Some(c), Some(d)) if c.is_ascii_digit() && d.is_ascii_digit() => {
                let digits = |it: &mut std::iter::Peekable<std::str::Chars>| {
                    let mut run = String::new();
                    while let Some(c) = it.next_if(char::is_ascii_digit) {
                        run.push(c);
                    }
                    run.trim_start_matches('0').to_owned()
                };
                let (m, n) = (digits(&mut x), digits(&mut y));
                let order = m.len().cmp(&n.len()).then_with(|| m.cmp(&n));
                if order.is_ne() {
                    return order;
                }
            }
            (Some(c), Some(d)) => {
                let order = c.to_lowercase().cmp(d.to_lowercase());
                if order.is_ne() {
                    return order;
                }
                x.next();
                y.next();
            }
        }
    }
}
