//! Matrix formulas: how they are spelled, which shape they have, and their values.

use super::super::array::Array;
use std::collections::BTreeMap;
use std::rc::Rc;

/// Rows and columns: `m`, `n` and `k` stand for any number, digits for themselves.
pub(crate) type Shape = (char, char);

/// A number for each size and an array for each name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Place {
    pub(crate) sizes: BTreeMap<char, usize>,
    pub(crate) values: BTreeMap<String, Array>,
}

impl Place {
    /// The number that a size is.
    pub(crate) fn size(&self, size: char) -> usize {
        let digit = size.to_digit(10).map(|n| n as usize);
        digit.unwrap_or_else(|| self.sizes.get(&size).copied().unwrap_or(1))
    }
}

/// How tight a spelling binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Strength {
    Sum,
    Product,
    Power,
    Atom,
}

/// A formula. Its value is taken from how it was made, never from its text.
#[derive(Clone)]
pub(crate) struct Formula {
    pub(crate) text: String,
    pub(crate) strength: Strength,
    pub(crate) shape: Shape,
    value: Rc<dyn Fn(&Place) -> Array>,
}

impl Formula {
    /// A formula with a value of its own.
    pub(crate) fn new(
        text: String,
        strength: Strength,
        shape: Shape,
        value: impl Fn(&Place) -> Array + 'static,
    ) -> Self {
        Self { text, strength, shape, value: Rc::new(value) }
    }

    /// A declared name.
    pub(crate) fn name(name: &str, shape: Shape) -> Self {
        let known = name.to_owned();
        let value = move |place: &Place| place.values[&known].clone();
        Self::new(name.to_owned(), Strength::Atom, shape, value)
    }

    /// A number.
    pub(crate) fn number(n: u32) -> Self {
        let value = move |_: &Place| Array::from(1, 1, |_, _| f64::from(n));
        Self::new(n.to_string(), Strength::Atom, ('1', '1'), value)
    }

    /// Its value, with two axes.
    pub(crate) fn at(&self, place: &Place) -> Array {
        (self.value)(place)
    }

    pub(crate) fn is_scalar(&self) -> bool {
        self.shape == ('1', '1')
    }

    /// Its text where something binds as tight as that.
    pub(crate) fn within(&self, least: Strength) -> String {
        match self.strength >= least {
            true => self.text.clone(),
            false => format!("({})", self.text),
        }
    }

    /// `f(a)`, for entries or for the whole.
    pub(crate) fn call(
        &self,
        name: &str,
        shape: Shape,
        f: impl Fn(&Array) -> Array + 'static,
    ) -> Self {
        let inner = self.value.clone();
        let value = move |place: &Place| f(&inner(place));
        Self::new(format!("{name}({})", self.text), Strength::Atom, shape, value)
    }

    /// Its transpose.
    pub(crate) fn turned(&self) -> Self {
        let inner = self.value.clone();
        let (rows, cols) = self.shape;
        let text = format!("{}'", self.within(Strength::Atom));
        Self::new(text, Strength::Atom, (cols, rows), move |place| {
            inner(place).transposed()
        })
    }

    /// The negative.
    pub(crate) fn negated(&self) -> Self {
        let inner = self.value.clone();
        let text = format!("-{}", self.within(Strength::Power));
        Self::new(text, Strength::Sum, self.shape, move |place| inner(place).map(|x| -x))
    }

    /// `a + b` or `a - b`.
    pub(crate) fn plus(&self, other: &Self, is_minus: bool) -> Self {
        let sign = if is_minus { '-' } else { '+' };
        let right = other.within(Strength::Product);
        let text = format!("{} {sign} {right}", self.within(Strength::Sum));
        self.paired(
            other,
            text,
            Strength::Sum,
            move |x, y| {
                if is_minus { x - y } else { x + y }
            },
        )
    }

    /// `a .* b` or `a ./ b`.
    pub(crate) fn by_entries(&self, other: &Self, is_quotient: bool) -> Self {
        let sign = if is_quotient { "./" } else { ".*" };
        let [a, b] = [self, other].map(|one| one.within(Strength::Power));
        let text = format!("{a} {sign} {b}");
        self.paired(other, text, Strength::Product, move |x, y| {
            if is_quotient { x / y } else { x * y }
        })
    }

    fn paired(
        &self,
        other: &Self,
        text: String,
        strength: Strength,
        f: impl Fn(f64, f64) -> f64 + 'static,
    ) -> Self {
        let (a, b) = (self.value.clone(), other.value.clone());
        Self::new(text, strength, self.shape, move |place| {
            let (a, b) = (a(place), b(place));
            Array::from(a.rows(), a.cols(), |i, j| f(a.at(i, j), b.at(i, j)))
        })
    }

    /// `a*b`, of matrices or with a scalar.
    pub(crate) fn times(&self, other: &Self) -> Self {
        let shape = match (self.is_scalar(), other.is_scalar()) {
            (true, _) => other.shape,
            (_, true) => self.shape,
            _ => (self.shape.0, other.shape.1),
        };
        let is_scaled = self.is_scalar() || other.is_scalar();
        let (a, b) = (self.value.clone(), other.value.clone());
        let right = other.within(Strength::Power);
        let text = format!("{}*{right}", self.within(Strength::Product));
        Self::new(text, Strength::Product, shape, move |place| {
            let (a, b) = (a(place), b(place));
            match (is_scaled, a.is_scalar()) {
                (true, true) => b.map(|x| x * a.data[0]),
                (true, false) => a.map(|x| x * b.data[0]),
                _ => product(&a, &b),
            }
        })
    }

    /// `a/b`, with a scalar below.
    pub(crate) fn over(&self, other: &Self) -> Self {
        let (a, b) = (self.value.clone(), other.value.clone());
        let below = other.within(Strength::Power);
        let text = format!("{}/{below}", self.within(Strength::Product));
        Self::new(text, Strength::Product, self.shape, move |place| {
            let below = b(place).data[0];
            a(place).map(|x| x / below)
        })
    }

    /// A power: `.^` of entries, `^` of a scalar or a matrix.
    pub(crate) fn raised(
        &self,
        sign: &str,
        exponent: i32,
        f: impl Fn(&Array) -> Array + 'static,
    ) -> Self {
        let inner = self.value.clone();
        let text = format!("{}{sign}{exponent}", self.within(Strength::Atom));
        Self::new(text, Strength::Power, self.shape, move |place| f(&inner(place)))
    }
}

/// A product of matrices.
pub(crate) fn product(a: &Array, b: &Array) -> Array {
    let entry = |i, j| (0..a.cols()).map(|k| a.at(i, k) * b.at(k, j)).sum();
    Array::from(a.rows(), b.cols(), entry)
}
