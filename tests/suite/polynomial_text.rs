//! Reads polynomials such as `128*(w + x)^2*y - 3/2` for tests: sums, products, powers,
//! brackets, whole numbers and quotients of them, and names of one letter.

use calcgrad::kernel::Number;
use calcgrad::polynomial::{Polynomial, Work};

/// The letters, in the order of the variables.
const NAMES: &str = "abcdstuvwxyz";

/// The number of variables of everything that is read.
pub(crate) const VARIABLES: usize = NAMES.len();

/// The place of a name.
pub(crate) fn place(name: char) -> usize {
    NAMES.find(name).unwrap_or_else(|| panic!("the name {name}"))
}

/// A budget that no test uses up unless it means to.
pub(crate) fn work() -> Work {
    Work::new(2_000_000_000)
}

struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    fn peek(&mut self) -> Option<char> {
        self.rest = self.rest.trim_start();
        self.rest.chars().next()
    }

    fn take(&mut self, sign: char) -> bool {
        let found = self.peek() == Some(sign);
        if found {
            self.rest = &self.rest[1..];
        }
        found
    }

    fn number(&mut self) -> Number {
        self.peek();
        let end =
            self.rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(self.rest.len());
        let (digits, rest) = self.rest.split_at(end);
        self.rest = rest;
        Number::from_integer(digits.parse().expect("a number"))
    }

    fn sum(&mut self) -> Polynomial {
        let mut sum = Polynomial::zero(VARIABLES);
        let mut negative = self.take('-');
        loop {
            let mut product = Polynomial::one(VARIABLES);
            for (factor, power) in self.factors() {
                let factor = factor.pow(power, &mut work()).unwrap();
                product = product.mul(&factor, &mut work()).unwrap();
            }
            sum = if negative { sum.sub(&product) } else { sum.add(&product) };
            if self.take('-') {
                negative = true;
            } else if self.take('+') {
                negative = false;
            } else {
                return sum;
            }
        }
    }

    fn factors(&mut self) -> Vec<(Polynomial, u32)> {
        let mut result = Vec::new();
        loop {
            let base = match self.peek().expect("more text") {
                '(' => {
                    self.take('(');
                    let sum = self.sum();
                    assert!(self.take(')'), "a bracket before `{}`", self.rest);
                    sum
                }
                c if c.is_ascii_digit() => {
                    let top = self.number();
                    let bottom = if self.take('/') { self.number() } else { Number::ONE };
                    Polynomial::constant(VARIABLES, top.mul(&bottom.recip().unwrap()))
                }
                name => {
                    self.take(name);
                    Polynomial::variable(VARIABLES, place(name)).unwrap()
                }
            };
            let power = if self.take('^') { self.number() } else { Number::ONE };
            let power = power.to_i64().and_then(|power| u32::try_from(power).ok());
            let power = power.expect("a small exponent");
            result.push((base, power));
            if !self.take('*') {
                return result;
            }
        }
    }
}

/// A polynomial, multiplied out.
pub(crate) fn read(text: &str) -> Polynomial {
    let mut reader = Reader { rest: text };
    let sum = reader.sum();
    assert_eq!(reader.peek(), None, "{text}");
    sum
}

/// The factors of a product as it is written.
pub(crate) fn read_factors(text: &str) -> Vec<(Polynomial, u32)> {
    let text = text.trim();
    let negative = text.starts_with('-');
    let mut reader = Reader { rest: text.trim_start_matches('-') };
    let mut factors = reader.factors();
    assert_eq!(reader.peek(), None, "{text} is no product");
    if negative {
        let minus = Polynomial::constant(VARIABLES, Number::MINUS_ONE);
        factors.push((minus, 1));
    }
    factors
}
