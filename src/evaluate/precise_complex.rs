//! Values over the complex numbers with many digits, with principal branches.
//!
//! Both parts are values of a [`Precise`], so that their errors run along.

use super::expression::values_of;
use super::precise::Precise;
use crate::error::{Error, ErrorKind};
use crate::function::{self, Builder};
use crate::kernel::{
    AbstractFunction, Constant, ExprId, FunctionId, Number, Pool, Relation,
};
use astro_float::BigFloat;

/// Builds a function that has no complex values of its own from those that have.
pub type ComplexForm = fn(FunctionId, &[u32], &mut PreciseComplex) -> Option<u32>;

/// Whole powers up to this are multiplied out.
const MOST_FACTORS: i64 = 64;
/// What a normal form with complex values does not have.
const REAL_ONLY: &str = "dirichlet_eta";

/// The values of a formula and of its parts, as real and imaginary parts.
#[derive(Debug)]
pub struct PreciseComplex {
    real: Precise,
    parts: Vec<[u32; 2]>,
    zero: u32,
    normal: ComplexForm,
}

impl PreciseComplex {
    /// No values yet, with the digits of a real one.
    pub fn new(mut real: Precise, normal: ComplexForm) -> Self {
        let zero = real.number(&Number::ZERO);
        Self { real, parts: Vec::new(), zero, normal }
    }

    /// The places of both parts of the value of an expression.
    pub fn expression(&mut self, pool: &Pool, id: ExprId) -> [u32; 2] {
        let place = values_of(self, pool, id, Self::rational_power);
        self.get(place)
    }

    /// What has the values of the parts.
    pub fn real(&self) -> &Precise {
        &self.real
    }

    fn get(&self, id: u32) -> [u32; 2] {
        self.parts.get(id as usize).copied().unwrap_or([self.zero; 2])
    }

    fn push(&mut self, parts: [u32; 2]) -> u32 {
        self.parts.push(parts);
        (self.parts.len() - 1) as u32
    }

    fn real_number(&mut self, place: u32) -> u32 {
        self.push([place, self.zero])
    }

    fn whole(&mut self, n: i64) -> u32 {
        let place = self.real.number(&Number::from(n));
        self.real_number(place)
    }

    fn unit(&mut self) -> u32 {
        let one = self.real.number(&Number::ONE);
        self.push([self.zero, one])
    }

    fn is_nothing(&self, place: u32) -> bool {
        self.real.get(place).is_zero() && self.real.is_exact(place)
    }

    fn is_real(&self, id: u32) -> bool {
        self.is_nothing(self.get(id)[1])
    }

    fn is_negative(&self, place: u32) -> bool {
        let value = self.real.get(place);
        value.is_negative() && !value.is_zero()
    }

    fn undefined(&mut self) -> u32 {
        let place = self.real.product(&[(false, self.zero), (true, self.zero)]);
        self.real_number(place)
    }

    /// That something has no value that can be calculated.
    fn unknown(&mut self, what: String) -> u32 {
        let error: Error = ErrorKind::Unsupported(what).into();
        let place = self.real.unknown(error);
        self.real_number(place)
    }

    /// A function of the table at real arguments.
    fn real_apply(&mut self, name: &str, arguments: &[u32]) -> u32 {
        match function::lookup(name, arguments.len()) {
            Some(function) => self.real.apply(function, arguments),
            None => self.real.product(&[(false, self.zero), (true, self.zero)]),
        }
    }

    /// A sum of real products, each with its sign.
    fn sum_of_products(&mut self, terms: &[(bool, [u32; 2])]) -> u32 {
        let mut list = Vec::with_capacity(terms.len());
        for (minus, [a, b]) in terms {
            if !self.is_nothing(*a) && !self.is_nothing(*b) {
                list.push((*minus, self.real.product(&[(false, *a), (false, *b)])));
            }
        }
        self.real_sum(&list)
    }

    fn real_sum(&mut self, terms: &[(bool, u32)]) -> u32 {
        match terms {
            [] => self.zero,
            [(false, one)] => *one,
            _ => self.real.sum(terms),
        }
    }

    fn multiply(&mut self, x: u32, y: u32) -> u32 {
        let ([a, b], [c, d]) = (self.get(x), self.get(y));
        let re = self.sum_of_products(&[(false, [a, c]), (true, [b, d])]);
        let im = self.sum_of_products(&[(false, [a, d]), (false, [b, c])]);
        self.push([re, im])
    }

    fn inverse(&mut self, x: u32) -> u32 {
        let [a, b] = self.get(x);
        let one = self.real.number(&Number::ONE);
        if self.is_nothing(b) {
            let place = self.real.product(&[(false, one), (true, a)]);
            return self.real_number(place);
        }
        let norm = self.sum_of_products(&[(false, [a, a]), (false, [b, b])]);
        let re = match self.is_nothing(a) {
            true => self.zero,
            false => self.real.product(&[(false, a), (true, norm)]),
        };
        let im = self.real.product(&[(false, b), (true, norm)]);
        let im = self.real.negate(im);
        self.push([re, im])
    }

    fn divide(&mut self, x: u32, y: u32) -> u32 {
        let inverse = self.inverse(y);
        self.multiply(x, inverse)
    }

    fn size(&mut self, x: u32) -> u32 {
        let [a, b] = self.get(x);
        self.real_apply("hypot", &[a, b])
    }

    /// The principal logarithm.
    fn logarithm(&mut self, x: u32) -> u32 {
        let [a, b] = self.get(x);
        if self.is_nothing(b) && self.is_nothing(a) {
            return self.undefined();
        }
        if self.is_nothing(b) && !self.is_negative(a) {
            let place = self.real_apply("ln", &[a]);
            return self.real_number(place);
        }
        if self.is_negative(a) && !self.is_nothing(b) && !self.real.is_settled(b) {
            return self
                .unknown("digits do not tell the side of a branch cut".to_owned());
        }
        let size = self.size(x);
        let re = self.real_apply("ln", &[size]);
        let im = self.real_apply("atan2", &[b, a]);
        self.push([re, im])
    }

    fn exponential(&mut self, x: u32) -> u32 {
        let [a, b] = self.get(x);
        let base = self.real.constant(Constant::E);
        let size = self.real.power(base, a);
        if self.is_nothing(b) {
            return self.real_number(size);
        }
        let (cosine, sine) = (self.real_apply("cos", &[b]), self.real_apply("sin", &[b]));
        let re = self.real.product(&[(false, size), (false, cosine)]);
        let im = self.real.product(&[(false, size), (false, sine)]);
        self.push([re, im])
    }

    fn root(&mut self, x: u32) -> u32 {
        self.rational_power(x, &Number::HALF)
    }

    fn rational_power(&mut self, base: u32, n: &Number) -> u32 {
        let [a, b] = self.get(base);
        if self.is_nothing(b) && (n.is_integer() || !self.is_negative(a)) {
            let place = self.real.rational_power(a, n);
            return self.real_number(place);
        }
        match n.to_i64() {
            Some(n) if n.abs() <= MOST_FACTORS => {
                let mut power = self.whole(1);
                for _ in 0..n.abs() {
                    power = self.multiply(power, base);
                }
                if n < 0 { self.inverse(power) } else { power }
            }
            _ => {
                // The root of a negative number has no real part.
                if self.is_nothing(b) && *n == Number::HALF {
                    let size = self.real.negate(a);
                    let root = self.real.rational_power(size, n);
                    return self.push([self.zero, root]);
                }
                let exponent = self.number(n);
                self.power(base, exponent)
            }
        }
    }

    /// A function of real numbers at others: it has no value there.
    fn beyond_order(&mut self, parts: &[[u32; 2]], name: &str) -> u32 {
        match parts.iter().any(|[_, im]| self.real.is_settled(*im)) {
            true => self.undefined(),
            false => self.unknown(format!(
                "digits do not tell whether `{name}` is taken of real numbers"
            )),
        }
    }

    /// The value of the first condition that holds.
    fn chosen(&mut self, arguments: &[u32]) -> u32 {
        for branch in arguments.chunks(2) {
            let [condition, value] = *branch else { return branch[0] };
            let [truth, _] = self.get(condition);
            if !self.is_real(condition) || self.real.get(truth).is_nan() {
                return condition;
            }
            if !self.is_nothing(truth) {
                return value;
            }
        }
        self.undefined()
    }

    /// Half of the sum or difference of an exponential and its inverse.
    fn hyperbolic(&mut self, x: u32, is_sine: bool) -> u32 {
        let [a, b] = self.get(x);
        let (up, down) = (self.real_apply("cosh", &[a]), self.real_apply("sinh", &[a]));
        let (cosine, sine) = (self.real_apply("cos", &[b]), self.real_apply("sin", &[b]));
        let (first, second) = if is_sine { (down, up) } else { (up, down) };
        let re = self.sum_of_products(&[(false, [first, cosine])]);
        let im = match self.is_nothing(b) {
            true => self.zero,
            false => self.sum_of_products(&[(false, [second, sine])]),
        };
        self.push([re, im])
    }

    /// A function of `i*x`.
    fn turned(&mut self, x: u32) -> u32 {
        let [a, b] = self.get(x);
        let re = if self.is_nothing(b) { self.zero } else { self.real.negate(b) };
        self.push([re, a])
    }

    /// `ln(1 + x)` and `ln(1 - x)`.
    fn logarithms_around_one(&mut self, x: u32) -> (u32, u32) {
        let one = self.whole(1);
        let (up, down) =
            (self.sum(&[(false, one), (false, x)]), self.sum(&[(false, one), (true, x)]));
        (self.logarithm(up), self.logarithm(down))
    }

    /// The elementary functions by their definitions (DLMF 4), by name.
    fn elementary(&mut self, name: &str, x: u32) -> Option<u32> {
        let (one, two) = (self.whole(1), self.whole(2));
        Some(match name {
            "ln" => self.logarithm(x),
            "abs" => {
                let place = self.size(x);
                self.real_number(place)
            }
            "cosh" => self.hyperbolic(x, false),
            "sinh" => self.hyperbolic(x, true),
            "cos" => {
                let turned = self.turned(x);
                self.hyperbolic(turned, false)
            }
            "sin" => {
                // sin(x) is -i*sinh(i*x).
                let turned = self.turned(x);
                let sine = self.hyperbolic(turned, true);
                let [a, b] = self.get(sine);
                let im = if self.is_nothing(a) { self.zero } else { self.real.negate(a) };
                self.push([b, im])
            }
            "arsinh" | "arcosh" | "arcsin" | "arccos" => {
                let square = self.multiply(x, x);
                match name {
                    "arsinh" => {
                        let sum = self.sum(&[(false, square), (false, one)]);
                        let root = self.root(sum);
                        let sum = self.sum(&[(false, x), (false, root)]);
                        self.logarithm(sum)
                    }
                    "arcosh" => {
                        let (up, down) = (
                            self.sum(&[(false, x), (false, one)]),
                            self.sum(&[(false, x), (true, one)]),
                        );
                        let (up, down) = (self.root(up), self.root(down));
                        let product = self.multiply(up, down);
                        let sum = self.sum(&[(false, x), (false, product)]);
                        self.logarithm(sum)
                    }
                    _ => {
                        let rest = self.sum(&[(false, one), (true, square)]);
                        let (root, unit) = (self.root(rest), self.unit());
                        // -i*ln(i*x + sqrt(1 - x^2)) and -i*ln(x + i*sqrt(1 - x^2))
                        let (turned, plain) =
                            if name == "arcsin" { (x, root) } else { (root, x) };
                        let turned = self.turned(turned);
                        let sum = self.sum(&[(false, turned), (false, plain)]);
                        let log = self.logarithm(sum);
                        self.divide(log, unit)
                    }
                }
            }
            "artanh" => {
                let (up, down) = self.logarithms_around_one(x);
                let difference = self.sum(&[(false, up), (true, down)]);
                self.divide(difference, two)
            }
            "arctan" => {
                let turned = self.turned(x);
                let (up, down) = self.logarithms_around_one(turned);
                let difference = self.sum(&[(false, up), (true, down)]);
                let unit = self.unit();
                let double = self.multiply(two, unit);
                self.divide(difference, double)
            }
            "arcoth" | "arsech" | "arcsch" | "arcsec" | "arccsc" => {
                let inverse = self.inverse(x);
                let of = match name {
                    "arcoth" => "artanh",
                    "arsech" => "arcosh",
                    "arcsch" => "arsinh",
                    "arcsec" => "arccos",
                    _ => "arcsin",
                };
                return self.elementary(of, inverse);
            }
            _ => return None,
        })
    }
}

impl Builder for PreciseComplex {
    type Id = u32;

    fn number(&mut self, n: &Number) -> u32 {
        let place = self.real.number(n);
        self.real_number(place)
    }

    fn constant(&mut self, constant: Constant) -> u32 {
        let place = self.real.constant(constant);
        self.real_number(place)
    }

    fn symbol(&mut self, name: &str) -> u32 {
        if name == "i" {
            return self.unit();
        }
        let place = self.real.symbol(name);
        self.real_number(place)
    }

    fn sum(&mut self, terms: &[(bool, u32)]) -> u32 {
        let mut parts = [Vec::new(), Vec::new()];
        for (minus, term) in terms {
            for (list, place) in parts.iter_mut().zip(self.get(*term)) {
                if !self.is_nothing(place) {
                    list.push((*minus, place));
                }
            }
        }
        let parts = parts.map(|list| self.real_sum(&list));
        self.push(parts)
    }

    fn product(&mut self, factors: &[(bool, u32)]) -> u32 {
        let mut product = self.whole(1);
        for (divide, factor) in factors {
            product = match divide {
                true => self.divide(product, *factor),
                false => self.multiply(product, *factor),
            };
        }
        product
    }

    fn negate(&mut self, operand: u32) -> u32 {
        let parts = self.get(operand).map(|place| match self.is_nothing(place) {
            true => place,
            false => self.real.negate(place),
        });
        self.push(parts)
    }

    fn power(&mut self, base: u32, exponent: u32) -> u32 {
        let ([a, _], [n, _]) = (self.get(base), self.get(exponent));
        let are_real = self.is_real(base) && self.is_real(exponent);
        let value: &BigFloat = self.real.get(n);
        let is_whole = self.real.is_exact(n) && (value.is_zero() || value.is_int());
        if are_real && (is_whole || !self.is_negative(a)) {
            let place = self.real.power(a, n);
            return self.real_number(place);
        }
        let log = self.logarithm(base);
        let product = self.multiply(log, exponent);
        self.exponential(product)
    }

    fn apply(&mut self, function: FunctionId, arguments: &[u32]) -> u32 {
        if Relation::of(function).is_some() {
            let parts: Vec<[u32; 2]> = arguments.iter().map(|id| self.get(*id)).collect();
            if !arguments.iter().all(|id| self.is_real(*id)) {
                return self.beyond_order(&parts, "<");
            }
            let list: Vec<u32> = parts.iter().map(|[real, _]| *real).collect();
            let place = self.real.apply(function, &list);
            return self.real_number(place);
        }
        if function::is_conditional(function) {
            return self.chosen(arguments);
        }
        if !function.is_builtin() {
            return self
                .unknown("a function without a definition has no value".to_owned());
        }
        let row = function::spec(function);
        let parts: Vec<[u32; 2]> = arguments.iter().map(|id| self.get(*id)).collect();
        let mut undefined = None;
        if arguments.iter().all(|id| self.is_real(*id)) {
            let list: Vec<u32> = parts.iter().map(|[real, _]| *real).collect();
            let place = self.real.apply(function, &list);
            let found = self.real_number(place);
            if !self.real.get(place).is_nan() || arguments.len() != 1 {
                return found;
            }
            undefined = Some(found);
        }
        if let [x] = arguments
            && let Some(found) = self.elementary(row.name, *x)
        {
            return found;
        }
        if function::needs_order(function) {
            return self.beyond_order(&parts, row.name);
        }
        let is_complex = row.normal.is_some_and(|formula| !formula.contains(REAL_ONLY));
        if is_complex && let Some(found) = (self.normal)(function, arguments, self) {
            return found;
        }
        // What is defined on a part of the line only may have a value beyond it.
        if let Some(found) = undefined.filter(|_| row.domain.is_empty()) {
            return found;
        }
        self.unknown(format!("`{}` is not available over the complex numbers", row.name))
    }

    fn apply_abstract(&mut self, _: AbstractFunction, _: &[u32]) -> u32 {
        self.unknown("a function without a definition has no value".to_owned())
    }
}
