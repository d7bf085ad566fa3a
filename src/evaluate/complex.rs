//! Running a tape over the complex numbers, with principal branches and bounds of the
//! rounding error.
//!
//! Short fractions stay exact, and what lies on an axis is known to, so that a point on a
//! branch cut is told from one that rounding may carry across.

use super::tape::{Operation, Slot, Tape};
use crate::function::{self, Builder};
use crate::kernel::{AbstractFunction, Constant, FunctionId, Number};
use num_complex::Complex64;
use smallvec::SmallVec;

/// Builds a function of the table from others.
pub type DoubleForm = fn(FunctionId, &[usize], &mut ComplexDoubles) -> Option<usize>;

/// The relative error allowed to one operation.
const ROUNDOFF: f64 = 4.0 * f64::EPSILON;
/// Numbers with parts below this that are multiples of [`SHORT_PART`] have exact products.
const SHORT: f64 = 4096.0;
const SHORT_PART: f64 = 1.0 / 4096.0;

/// Beyond this a tangent has no poles.
const FAR: f64 = 20.0;

/// Where a value is known to lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Axis {
    Real,
    Imaginary,
    /// It is not known.
    Neither,
}

/// A complex value with a bound of its rounding error.
#[derive(Clone, Copy, Debug)]
pub struct Approximate {
    /// The value; NaN where there is none.
    pub value: Complex64,
    /// The bound.
    pub error: f64,
    axis: Axis,
}

impl Approximate {
    const UNKNOWN: Self = Self {
        value: Complex64 { re: f64::NAN, im: f64::NAN },
        error: 0.0,
        axis: Axis::Neither,
    };

    /// Whether there is a value.
    pub fn is_known(self) -> bool {
        let size = self.value.norm();
        size.is_finite() && size < 1e120 && self.error.is_finite()
    }

    /// Whether it lies on the real line for certain.
    pub fn is_real(self) -> bool {
        self.axis == Axis::Real
    }

    fn rounded(value: Complex64, error: f64, axis: Axis) -> Self {
        Self::exact(value, error + ROUNDOFF * value.norm(), axis)
    }

    fn exact(value: Complex64, error: f64, axis: Axis) -> Self {
        // A negative zero would choose the other side of a branch cut.
        let (re, im) = match axis {
            Axis::Real => (value.re, 0.0),
            Axis::Imaginary => (0.0, value.im),
            Axis::Neither => (value.re, value.im),
        };
        let axis = match (error == 0.0, re == 0.0, im == 0.0) {
            (true, _, true) => Axis::Real,
            (true, true, false) => Axis::Imaginary,
            _ => axis,
        };
        Self { value: Complex64::new(re + 0.0, im + 0.0), error, axis }
    }

    /// A sum or product of others: exact where these are short and exact.
    fn of(value: Complex64, error: f64, axis: Axis, from: &[Self]) -> Self {
        match from.iter().all(|one| one.is_short()) {
            true => Self::exact(value, 0.0, axis),
            false => Self::rounded(value, error, axis),
        }
    }

    fn number(x: f64) -> Self {
        let number = Self { value: x.into(), error: 0.0, axis: Axis::Real };
        match number.is_short() {
            true => number,
            false => Self::rounded(x.into(), 0.0, Axis::Real),
        }
    }

    /// Whether it is exact with parts whose products are exact.
    fn is_short(self) -> bool {
        let is_short =
            |x: f64| x.abs() <= SHORT && (x / SHORT_PART).fract() == 0.0 && x.is_finite();
        self.error == 0.0 && is_short(self.value.re) && is_short(self.value.im)
    }

    /// Whether the error could carry the value across the negative real axis.
    fn is_at_cut(self) -> bool {
        self.error > 0.0
            && self.axis != Axis::Real
            && self.value.re <= self.error
            && self.value.im.abs() <= 2.0 * self.error
    }

    /// Whether it is real and not below zero for certain.
    fn is_nonnegative(self) -> bool {
        self.is_real() && self.value.re >= self.error
    }
}

/// The value of every operation at a point; the variable `i` is the imaginary unit. Functions
/// that have no complex values of their own are taken by their formulas.
pub fn complex_values(
    tape: &Tape,
    point: &[Complex64],
    normal: DoubleForm,
) -> Vec<Approximate> {
    let mut v: Vec<Approximate> = Vec::with_capacity(tape.operations.len());
    for operation in &tape.operations {
        let at = |slot: &Slot| v[*slot as usize];
        let found = match operation {
            Operation::Number(x) => Approximate::number(*x),
            Operation::Variable(index) => {
                let place = *index as usize;
                let value = match tape.variables[place].as_str() {
                    "i" => Complex64::I,
                    _ => point[place],
                };
                Approximate::exact(value, 0.0, Axis::Neither)
            }
            Operation::Add(a, b) => add(at(a), at(b)),
            Operation::Subtract(a, b) => add(at(a), negate(at(b))),
            Operation::Multiply(a, b) => multiply(at(a), at(b)),
            Operation::Divide(a, b) => multiply(at(a), inverse(at(b))),
            Operation::Negate(a) => negate(at(a)),
            Operation::Whole(a, n) => whole(at(a), *n),
            Operation::Root(a, r) => root(at(a), *r),
            Operation::Power(a, b) => power(at(a), at(b)),
            Operation::Apply(function, a) => apply(*function, &[at(a)], normal),
            Operation::ApplyAll(function, list) => {
                let arguments: SmallVec<[Approximate; 4]> = list.iter().map(at).collect();
                apply(*function, &arguments, normal)
            }
            Operation::Abstract(..) => Approximate::UNKNOWN,
        };
        v.push(if found.is_known() { found } else { Approximate::UNKNOWN });
    }
    v
}

fn add(a: Approximate, b: Approximate) -> Approximate {
    let axis = if a.axis == b.axis { a.axis } else { Axis::Neither };
    Approximate::of(a.value + b.value, a.error + b.error, axis, &[a, b])
}

fn negate(a: Approximate) -> Approximate {
    Approximate::exact(-a.value, a.error, a.axis)
}

fn multiply(a: Approximate, b: Approximate) -> Approximate {
    let error = a.error * b.value.norm() + a.value.norm() * b.error + a.error * b.error;
    let axis = match (a.axis, b.axis) {
        (Axis::Neither, _) | (_, Axis::Neither) => Axis::Neither,
        (a, b) if a == b => Axis::Real,
        _ => Axis::Imaginary,
    };
    Approximate::of(a.value * b.value, error, axis, &[a, b])
}

fn inverse(a: Approximate) -> Approximate {
    if a.value.norm() <= a.error {
        return Approximate::UNKNOWN;
    }
    let found = Approximate { axis: a.axis, ..through(a, false, |z| z.inv()) };
    let exact = Approximate::exact(found.value, 0.0, a.axis);
    let is_exact = exact.is_short()
        && a.is_short()
        && exact.value * a.value == Complex64::new(1.0, 0.0);
    match is_exact {
        true => exact,
        false => Approximate::exact(found.value, found.error, a.axis),
    }
}

fn whole(a: Approximate, n: i32) -> Approximate {
    const FEW: u32 = 64;
    if n.unsigned_abs() > FEW {
        let axis = match a.axis {
            Axis::Imaginary if n % 2 == 0 => Axis::Real,
            axis => axis,
        };
        let found = through(a, false, |z| z.powi(n));
        return Approximate::exact(found.value, found.error, axis);
    }
    let mut power = Approximate::number(1.0);
    for _ in 0..n.unsigned_abs() {
        power = multiply(power, a);
    }
    if n < 0 { inverse(power) } else { power }
}

fn root(a: Approximate, r: f64) -> Approximate {
    if a.value.norm() == 0.0 && a.error == 0.0 && r > 0.0 {
        return a;
    }
    if a.value.norm() <= a.error {
        return Approximate::UNKNOWN;
    }
    let axis = match a.is_real() {
        true if a.value.re > 0.0 => Axis::Real,
        true if r == 0.5 => Axis::Imaginary,
        _ => Axis::Neither,
    };
    let found = match r == 0.5 {
        true => through(a, true, Complex64::sqrt),
        false => through(a, true, |z| z.powf(r)),
    };
    let exact = Approximate::exact(found.value, 0.0, axis);
    if r == 0.5
        && a.is_short()
        && exact.is_short()
        && exact.value * exact.value == a.value
    {
        return exact;
    }
    Approximate::exact(found.value, found.error, axis)
}

fn power(a: Approximate, b: Approximate) -> Approximate {
    let is_whole = b.error == 0.0 && b.is_real() && b.value.re.fract() == 0.0;
    if is_whole && b.value.re.abs() < 64.0 {
        return whole(a, b.value.re as i32);
    }
    if b.is_short() && b.value == Complex64::new(0.5, 0.0) {
        return root(a, 0.5);
    }
    exponential(multiply(logarithm(a), b))
}

fn logarithm(a: Approximate) -> Approximate {
    if a.value.norm() <= a.error {
        return Approximate::UNKNOWN;
    }
    let axis = if a.is_nonnegative() { Axis::Real } else { Axis::Neither };
    let found = through(a, true, |z| z.ln());
    Approximate::exact(found.value, found.error, axis)
}

fn exponential(a: Approximate) -> Approximate {
    let axis = if a.is_real() { Axis::Real } else { Axis::Neither };
    let found = through(a, false, |z| z.exp());
    Approximate::exact(found.value, found.error, axis)
}

/// A function of one argument; its slope is taken from a difference.
fn through(
    a: Approximate,
    has_cut: bool,
    f: impl Fn(Complex64) -> Complex64,
) -> Approximate {
    if has_cut && a.is_at_cut() {
        return Approximate::UNKNOWN;
    }
    let value = f(a.value);
    let step = 1e-7 * (1e-3 + a.value.norm());
    let toward = if a.value.re < 0.0 { -step } else { step };
    let slope = (f(a.value + toward) - value).norm() / step;
    let error = if a.error == 0.0 { 0.0 } else { slope * a.error };
    Approximate::rounded(value, error, Axis::Neither)
}

/// A real function of real arguments.
fn of_reals(arguments: &[Approximate], f: impl Fn(&[f64]) -> f64) -> Approximate {
    if !arguments.iter().all(|a| a.is_real()) {
        return Approximate::UNKNOWN;
    }
    if let [a] = arguments {
        let mut found = through(*a, false, |z| f(&[z.re]).into());
        // Special functions are known less exactly.
        found.error += 1e-10 * found.value.norm();
        return Approximate::exact(found.value, found.error, Axis::Real);
    }
    let at: SmallVec<[f64; 4]> = arguments.iter().map(|a| a.value.re).collect();
    let value = f(&at);
    let error: f64 = arguments.iter().map(|a| a.error).sum();
    let error = 1e3 * error + 1e-10 * value.abs();
    Approximate::rounded(value.into(), error, Axis::Real)
}

/// A function of the table: by itself, of real arguments, or by its formula.
fn apply(
    function: FunctionId,
    arguments: &[Approximate],
    normal: DoubleForm,
) -> Approximate {
    if !arguments.iter().all(|a| a.is_known()) {
        return Approximate::UNKNOWN;
    }
    if function.is_builtin()
        && let [a] = arguments
        && let Some(found) = elementary(function::spec(function).name, *a)
    {
        return found;
    }
    let found = of_reals(arguments, |x| function::evaluate(function, x));
    if found.is_known() || !function.is_builtin() || function::needs_order(function) {
        return found;
    }
    let mut doubles = ComplexDoubles { values: arguments.to_vec(), normal };
    let places: SmallVec<[usize; 4]> = (0..arguments.len()).collect();
    match normal(function, &places, &mut doubles) {
        Some(place) => doubles.at(place),
        None => Approximate::UNKNOWN,
    }
}

/// The elementary functions over the complex numbers (DLMF 4), by name.
fn elementary(name: &str, a: Approximate) -> Option<Approximate> {
    let smooth = |f: fn(Complex64) -> Complex64| {
        let axis = if a.is_real() { Axis::Real } else { Axis::Neither };
        let found = through(a, false, f);
        Some(Approximate::exact(found.value, found.error, axis))
    };
    let (one, unit) = (
        Approximate::number(1.0),
        Approximate::exact(Complex64::I, 0.0, Axis::Imaginary),
    );
    let scaled = |a: Approximate, by: f64| multiply(a, Approximate::number(by));
    let minus = |a, b| add(a, negate(b));
    let quotient = |up: &str, down: &str| {
        Some(multiply(elementary(up, a)?, inverse(elementary(down, a)?)))
    };
    match name {
        "ln" => Some(logarithm(a)),
        "log2" => Some(scaled(logarithm(a), std::f64::consts::LN_2.recip())),
        "log10" => Some(scaled(logarithm(a), std::f64::consts::LN_10.recip())),
        "abs" => Some(match a.is_real() {
            true => Approximate::exact(a.value.re.abs().into(), a.error, Axis::Real),
            false => {
                let found = through(a, false, |z| z.norm().into());
                Approximate::exact(found.value, found.error.max(a.error), Axis::Real)
            }
        }),
        "sin" => smooth(|z| z.sin()),
        "cos" => smooth(|z| z.cos()),
        // Beside a pole these are known as far as their divisors are.
        "tan" if a.value.im.abs() > FAR => smooth(|z| z.tan()),
        "tanh" if a.value.re.abs() > FAR => smooth(|z| z.tanh()),
        "tan" => quotient("sin", "cos"),
        "cot" => Some(inverse(elementary("tan", a)?)),
        "sec" => Some(inverse(elementary("cos", a)?)),
        "csc" => Some(inverse(elementary("sin", a)?)),
        "sinh" => smooth(|z| z.sinh()),
        "cosh" => smooth(|z| z.cosh()),
        "tanh" => quotient("sinh", "cosh"),
        "coth" => Some(inverse(elementary("tanh", a)?)),
        "sech" => Some(inverse(elementary("cosh", a)?)),
        "csch" => Some(inverse(elementary("sinh", a)?)),
        "arcsin" | "arccos" => {
            let turned = root(minus(one, multiply(a, a)), 0.5);
            // -i*ln(i*z + sqrt(1 - z^2)) and -i*ln(z + i*sqrt(1 - z^2))
            let sum = match name {
                "arcsin" => add(multiply(unit, a), turned),
                _ => add(a, multiply(unit, turned)),
            };
            let found = negate(multiply(unit, logarithm(sum)));
            // On the unit interval it is the real one.
            let is_inside = a.is_real() && a.value.re.abs() + a.error <= 1.0;
            Some(match is_inside {
                true => Approximate::exact(found.value, found.error, Axis::Real),
                false => found,
            })
        }
        "arctan" => {
            let turned = multiply(unit, a);
            let up = logarithm(add(one, turned));
            let down = logarithm(minus(one, turned));
            let found = scaled(negate(multiply(unit, minus(up, down))), 0.5);
            Some(match a.is_real() {
                true => Approximate::exact(found.value, found.error, Axis::Real),
                false => found,
            })
        }
        "arsinh" => {
            let turned = root(add(one, multiply(a, a)), 0.5);
            Some(logarithm(add(a, turned)))
        }
        "arcosh" => {
            let (up, down) = (root(add(a, one), 0.5), root(minus(a, one), 0.5));
            Some(logarithm(add(a, multiply(up, down))))
        }
        "artanh" => {
            let (up, down) = (logarithm(add(one, a)), logarithm(minus(one, a)));
            Some(scaled(minus(up, down), 0.5))
        }
        "arccot" => elementary("arctan", inverse(a)),
        "arcsec" => elementary("arccos", inverse(a)),
        "arccsc" => elementary("arcsin", inverse(a)),
        "arcoth" => elementary("artanh", inverse(a)),
        "arsech" => elementary("arcosh", inverse(a)),
        "arcsch" => elementary("arsinh", inverse(a)),
        _ => None,
    }
}

/// What the formula of a function is evaluated with.
#[derive(Debug)]
pub struct ComplexDoubles {
    values: Vec<Approximate>,
    normal: DoubleForm,
}

impl ComplexDoubles {
    fn at(&self, place: usize) -> Approximate {
        self.values.get(place).copied().unwrap_or(Approximate::UNKNOWN)
    }

    fn push(&mut self, value: Approximate) -> usize {
        self.values.push(value);
        self.values.len() - 1
    }
}

impl Builder for ComplexDoubles {
    type Id = usize;

    fn number(&mut self, n: &Number) -> usize {
        self.push(Approximate::number(n.to_f64()))
    }

    fn constant(&mut self, constant: Constant) -> usize {
        self.push(Approximate::number(match constant {
            Constant::E => std::f64::consts::E,
            Constant::Pi => std::f64::consts::PI,
        }))
    }

    fn symbol(&mut self, _: &str) -> usize {
        self.push(Approximate::UNKNOWN)
    }

    fn sum(&mut self, terms: &[(bool, usize)]) -> usize {
        let sum = terms.iter().fold(Approximate::number(0.0), |sum, (minus, term)| {
            let term = self.at(*term);
            add(sum, if *minus { negate(term) } else { term })
        });
        self.push(sum)
    }

    fn product(&mut self, factors: &[(bool, usize)]) -> usize {
        let product =
            factors.iter().fold(Approximate::number(1.0), |all, (divide, factor)| {
                let factor = self.at(*factor);
                multiply(all, if *divide { inverse(factor) } else { factor })
            });
        self.push(product)
    }

    fn negate(&mut self, operand: usize) -> usize {
        self.push(negate(self.at(operand)))
    }

    fn power(&mut self, base: usize, exponent: usize) -> usize {
        self.push(power(self.at(base), self.at(exponent)))
    }

    fn apply(&mut self, function: FunctionId, arguments: &[usize]) -> usize {
        let arguments: SmallVec<[Approximate; 4]> =
            arguments.iter().map(|place| self.at(*place)).collect();
        self.push(apply(function, &arguments, self.normal))
    }

    fn apply_abstract(&mut self, _: AbstractFunction, _: &[usize]) -> usize {
        self.push(Approximate::UNKNOWN)
    }
}
