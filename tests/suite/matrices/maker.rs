//! Well-typed formulas, drawn at random.

use super::super::array::Array;
use super::Random;
use super::formula::{Formula, Place, Shape, Strength, product};

const SCALAR: Shape = ('1', '1');
/// The most names of a formula, and the longest text.
const NAMES: usize = 6;
const LENGTH: usize = 160;

/// A declared name.
#[derive(Clone, Debug)]
pub(crate) struct Declared {
    pub(crate) name: String,
    pub(crate) shape: Shape,
    pub(crate) is_symmetric: bool,
    /// Whether its inverse or its logarithm is taken.
    pub(crate) is_regular: bool,
}

impl Declared {
    /// As it stands behind `given`.
    pub(crate) fn text(&self) -> String {
        let name = &self.name;
        let known = if self.is_symmetric { " symmetric" } else { "" };
        match self.shape {
            SCALAR => name.clone(),
            (m, '1') => format!("{name}[{m}]"),
            (m, n) => format!("{name}[{m},{n}]{known}"),
        }
    }
}

/// Makes formulas and declares what they need.
pub(crate) struct Maker<'r> {
    random: &'r mut Random,
    pub(crate) names: Vec<Declared>,
    /// The smallest size that has all entries that are named.
    pub(crate) least: usize,
}

impl<'r> Maker<'r> {
    /// A formula that is a scalar or a column, and what it needs.
    pub(crate) fn draw(random: &'r mut Random) -> (Formula, Self) {
        loop {
            let mut maker = Maker { random: &mut *random, names: Vec::new(), least: 1 };
            let formula = maker.whole();
            let (names, least) = (maker.names, maker.least);
            if formula.text.len() <= LENGTH && (1..=NAMES).contains(&names.len()) {
                return (formula, Self { random, names, least });
            }
        }
    }

    /// A name in which the formula is differentiated, and the declarations in any order.
    pub(crate) fn question(&mut self, of: &Formula) -> Option<(String, String)> {
        self.random.shuffle(&mut self.names);
        let fits = |one: &&Declared| {
            let is_vector = one.shape.0 == '1' || one.shape.1 == '1';
            !one.is_symmetric && (of.is_scalar() || is_vector && one.shape.0 != '1')
        };
        let names: Vec<&Declared> = self.names.iter().filter(fits).collect();
        let wrt = names.get(self.random.place(names.len().max(1)))?.name.clone();
        let given: Vec<String> = self.names.iter().map(Declared::text).collect();
        Some((given.join(", "), wrt))
    }

    fn size(&mut self) -> char {
        self.random.weighted(&[(6, 'n'), (5, 'm'), (3, 'k'), (1, '2')])
    }

    fn whole(&mut self) -> Formula {
        let depth = self.random.between(1, 2);
        if self.random.chance(15) {
            let size = self.size();
            return self.of((size, '1'), depth);
        }
        let first = self.number(depth);
        match self.random.between(0, 9) {
            0 => first.plus(&self.number(1), self.random.chance(50)),
            1 => first.times(&self.number(1)),
            _ => first,
        }
    }

    fn name(&mut self, shape: Shape) -> Formula {
        let known: Vec<usize> =
            (0..self.names.len()).filter(|k| self.names[*k].shape == shape).collect();
        if !known.is_empty() && self.random.chance(60) {
            let place = self.random.pick(&known);
            return Formula::name(&self.names[place].name, shape);
        }
        // Words that a language has taken are among them.
        let letters: &[&str] = match shape {
            SCALAR => &["s", "t", "c", "end", "lambda"],
            (_, '1') => &["x", "y", "a", "b", "u", "v", "w", "z", "in", "beta"],
            ('1', _) => &["r", "q", "p", "rho", "o"],
            _ => &["A", "B", "C", "X", "Y", "Z", "W", "H", "P", "R", "None"],
        };
        let is_free = |name: &&&str| self.names.iter().all(|one| one.name != **name);
        let free: Vec<&str> = letters.iter().filter(is_free).copied().collect();
        let name = match free.is_empty() {
            true => "M",
            false => self.random.pick(&free),
        };
        let is_square = shape.0 == shape.1 && shape != SCALAR;
        self.names.push(Declared {
            name: name.to_owned(),
            shape,
            is_symmetric: is_square && self.random.chance(15),
            is_regular: false,
        });
        Formula::name(name, shape)
    }

    /// A square matrix that has an inverse.
    fn regular(&mut self, size: char) -> Formula {
        let formula = self.name((size, size));
        for one in &mut self.names {
            one.is_regular |= one.name == formula.text;
        }
        formula
    }

    fn inverse(&mut self, size: char) -> Formula {
        let inverse = |a: &Array| a.inverse().0;
        match self.random.between(0, 5) {
            0 => self.regular(size).raised("^", -1, inverse),
            1 => {
                // As in ridge regression.
                let other = self.size();
                let x = self.name((other, size));
                let gram = x.turned().times(&x);
                let shift = Formula::number(2).times(&eye(size));
                gram.plus(&shift, false).call("inv", (size, size), inverse)
            }
            _ => self.regular(size).call("inv", (size, size), inverse),
        }
    }

    /// An expression of a shape.
    fn of(&mut self, shape: Shape, depth: u32) -> Formula {
        let (m, n) = shape;
        if shape == SCALAR {
            return self.number(depth);
        }
        let Some(below) = depth.checked_sub(1) else { return self.name(shape) };
        if m == '1' {
            return match self.random.chance(15) {
                true => self.name(shape),
                false => self.of((n, m), depth).turned(),
            };
        }
        let is_square = m == n;
        match self.random.between(0, 99) {
            0..17 => self.name(shape),
            17..29 => {
                let (a, b) = (self.of(shape, below), self.of(shape, below));
                a.plus(&b, self.random.chance(50))
            }
            29..54 => {
                let middle =
                    if n != '1' && self.random.chance(15) { '1' } else { self.size() };
                self.of((m, middle), below).times(&self.of((middle, n), below))
            }
            54..60 => self.of((n, m), below).turned(),
            60..68 => self.inverse(m).times(&self.of(shape, below)),
            68..74 => {
                let (a, b) = (self.of(shape, below), self.of(shape, below));
                match self.random.chance(70) {
                    true => a.by_entries(&b, false),
                    false => {
                        a.by_entries(&b.call("exp", shape, |a| a.map(f64::exp)), true)
                    }
                }
            }
            74..77 => self.of(shape, below).negated(),
            77..80 => {
                let d = self.name((m, '1'));
                d.call("diag", (m, m), diagonal).times(&self.of(shape, below))
            }
            80..83 if is_square => self.name(shape).plus(&eye(m), self.random.chance(50)),
            83..86 if is_square => {
                let n = self.random.between(2, 3) as i32;
                let power =
                    move |a: &Array| (1..n).fold(a.clone(), |p, _| product(&p, a));
                self.name(shape).raised("^", n, power)
            }
            80..83 if n == '1' => {
                self.of((m, m), below).call("diag", shape, the_diagonal)
            }
            83..86 => self.of(shape, below).raised(".^", 2, |a| a.map(|x| x * x)),
            86..94 => {
                let inner = self.of(shape, below);
                let softmax = n == '1' && self.random.chance(20);
                match (softmax, self.random.between(0, 3)) {
                    (true, _) => inner.call("softmax", shape, |a| {
                        let total: f64 = a.data.iter().map(|x| x.exp()).sum();
                        a.map(|x| x.exp() / total)
                    }),
                    (_, 0) => inner.call("sin", shape, |a| a.map(f64::sin)),
                    (_, 1) => inner.call("tanh", shape, |a| a.map(f64::tanh)),
                    (_, 2) => inner.call("exp", shape, |a| a.map(f64::exp)),
                    _ => inner
                        .call("sigmoid", shape, |a| a.map(|x| 1.0 / (1.0 + (-x).exp()))),
                }
            }
            94..97 => self.of(shape, below).over(&self.number(below.min(1))),
            _ => self.number(below).times(&self.of(shape, below)),
        }
    }

    fn column(&mut self, depth: u32) -> Formula {
        let size = self.size();
        self.of((size, '1'), depth)
    }

    /// A scalar expression.
    fn number(&mut self, depth: u32) -> Formula {
        let (m, n) = (self.size(), self.size());
        let Some(below) = depth.checked_sub(1) else {
            return match self.random.chance(50) {
                true => self.name(SCALAR),
                false => Formula::number(self.random.between(2, 9)),
            };
        };
        match self.random.between(0, 99) {
            0..22 => {
                let (a, b) = (self.of((m, '1'), depth), self.of((m, '1'), depth));
                a.turned().times(&b)
            }
            22..38 => self
                .of((m, m), depth + 1)
                .call("tr", SCALAR, |a| one((0..a.rows()).map(|i| a.at(i, i)).sum())),
            38..54 => {
                let cols = self.random.pick(&['1', '1', n]);
                let norm = self
                    .of((m, cols), depth + 1)
                    .call("norm", SCALAR, |a| one(length(a)));
                match self.random.chance(80) {
                    true => norm.raised("^", 2, |a| a.map(|x| x * x)),
                    false => norm,
                }
            }
            54..62 => {
                let cols = self.random.pick(&['1', n]);
                let inner = self.of((m, cols), depth);
                inner.call("sum", SCALAR, |a| one(a.data.iter().sum()))
            }
            62..66 => self.regular(m).call("logdet", SCALAR, |a| one(a.inverse().1.ln())),
            66..69 => self.regular(m).call("det", SCALAR, |a| one(a.inverse().1)),
            69..73 => {
                let a = self.of((m, '1'), depth);
                let square = a.turned().times(&a);
                let log = Formula::number(1).plus(&square, false);
                log.call("ln", SCALAR, |a| a.map(f64::ln))
            }
            73..76 => self.column(depth).call("logsumexp", SCALAR, |a| {
                one(a.data.iter().map(|x| x.exp()).sum::<f64>().ln())
            }),
            76..80 => {
                self.least = 2;
                let a = self.column(depth);
                entry(&a, "2", (1, 0))
            }
            80..83 => {
                self.least = 2;
                let a = self.of((m, n), depth);
                entry(&a, "1,2", (0, 1))
            }
            83..86 => {
                let (a, b) = (self.of((m, n), depth), self.of((m, n), depth));
                let [a, b] = [a, b].map(|a| a.call("vec", (m, '1'), stacked));
                a.turned().times(&b)
            }
            86..88 => {
                let (a, b) = (self.of((m, m), depth), self.of((n, n), depth));
                let text = format!("tr(kron({}, {}))", a.text, b.text);
                let trace = |a: &Array| (0..a.rows()).map(|i| a.at(i, i)).sum::<f64>();
                // The trace of a Kronecker product is the product of the traces.
                Formula::new(text, Strength::Atom, SCALAR, move |place| {
                    one(trace(&a.at(place)) * trace(&b.at(place)))
                })
            }
            88..91 => {
                let b = self.of((m, '1'), depth);
                let above = self.of((m, '1'), depth).turned().times(&b);
                let square = b.turned().times(&b);
                above.over(&Formula::number(1).plus(&square, false))
            }
            91..94 => {
                let inner = self.number(below.max(1));
                inner.call("sin", SCALAR, |a| a.map(f64::sin))
            }
            94..97 => {
                let (a, b) = (self.of((m, n), depth), self.of((m, n), depth));
                let text = format!("dot({}, {})", a.text, b.text);
                Formula::new(text, Strength::Atom, SCALAR, move |place| {
                    let (a, b) = (a.at(place), b.at(place));
                    one(a.data.iter().zip(&b.data).map(|(x, y)| x * y).sum())
                })
            }
            _ => self.name(SCALAR).times(&self.number(below.max(1))),
        }
    }
}

fn one(x: f64) -> Array {
    Array::from(1, 1, |_, _| x)
}

/// The Euclidean norm, but where it is 0 and has no derivative.
fn length(a: &Array) -> f64 {
    let squares: f64 = a.data.iter().map(|x| x * x).sum();
    if squares > 1e-12 { squares.sqrt() } else { f64::NAN }
}

fn eye(size: char) -> Formula {
    let value = move |place: &Place| {
        let n = place.size(size);
        Array::from(n, n, |i, j| f64::from(u8::from(i == j)))
    };
    Formula::new(format!("eye({size})"), Strength::Atom, (size, size), value)
}

/// A diagonal matrix of a column.
fn diagonal(a: &Array) -> Array {
    let n = a.rows();
    Array::from(n, n, |i, j| if i == j { a.data[i] } else { 0.0 })
}

fn the_diagonal(a: &Array) -> Array {
    Array::from(a.rows(), 1, |i, _| a.at(i, i))
}

/// The columns under each other.
fn stacked(a: &Array) -> Array {
    Array::from(a.data.len(), 1, |k, _| a.at(k % a.rows(), k / a.rows()))
}

fn entry(of: &Formula, index: &str, (i, j): (usize, usize)) -> Formula {
    let text = format!("{}[{index}]", of.within(Strength::Atom));
    let of = of.clone();
    Formula::new(text, Strength::Atom, SCALAR, move |place| one(of.at(place).at(i, j)))
}
