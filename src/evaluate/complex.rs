//! Running a tape over the complex numbers, with principal branches and bounds of the
//! rounding error.

use super::tape::{Operation, Slot, Tape};
use crate::function;
use num_complex::Complex64;
use smallvec::SmallVec;

/// The relative error allowed to one operation.
const ROUNDOFF: f64 = 4.0 * f64::EPSILON;

/// A complex value with a bound of its rounding error.
#[derive(Clone, Copy, Debug)]
pub struct Approximate {
    /// The value; NaN where there is none.
    pub value: Complex64,
    /// The bound.
    pub error: f64,
}

impl Approximate {
    const UNKNOWN: Self =
        Self { value: Complex64 { re: f64::NAN, im: f64::NAN }, error: 0.0 };

    /// Whether there is a value.
    pub fn is_known(self) -> bool {
        let size = self.value.norm();
        size.is_finite() && size < 1e120 && self.error.is_finite()
    }

    fn rounded(value: Complex64, error: f64) -> Self {
        // A negative zero would choose the other side of a branch cut.
        let value = Complex64::new(value.re + 0.0, value.im + 0.0);
        Self { value, error: error + ROUNDOFF * value.norm() }
    }

    /// Whether the error could carry the value across the negative real axis.
    fn is_at_cut(self) -> bool {
        self.value.re <= self.error
            && self.value.im != 0.0
            && self.value.im.abs() <= 2.0 * self.error
    }
}

/// The value of every operation at a point; the variable `i` is the imaginary unit.
pub fn complex_values(tape: &Tape, point: &[f64]) -> Vec<Approximate> {
    let mut v: Vec<Approximate> = Vec::with_capacity(tape.operations.len());
    for operation in &tape.operations {
        let at = |slot: &Slot| v[*slot as usize];
        let found = match operation {
            Operation::Number(x) => Approximate::rounded((*x).into(), 0.0),
            Operation::Variable(index) => {
                let place = *index as usize;
                let value = match tape.variables[place].as_str() {
                    "i" => Complex64::I,
                    _ => point[place].into(),
                };
                Approximate { value, error: 0.0 }
            }
            Operation::Add(a, b) => {
                let (a, b) = (at(a), at(b));
                Approximate::rounded(a.value + b.value, a.error + b.error)
            }
            Operation::Subtract(a, b) => {
                let (a, b) = (at(a), at(b));
                Approximate::rounded(a.value - b.value, a.error + b.error)
            }
            Operation::Multiply(a, b) => multiply(at(a), at(b)),
            Operation::Divide(a, b) => {
                multiply(at(a), through(at(b), false, |z| z.inv()))
            }
            Operation::Negate(a) => {
                let a = at(a);
                Approximate::rounded(-a.value, a.error)
            }
            Operation::Whole(a, n) => through(at(a), false, |z| z.powi(*n)),
            Operation::Root(a, r) if *r == 0.5 => through(at(a), true, Complex64::sqrt),
            Operation::Root(a, r) => through(at(a), true, |z| z.powf(*r)),
            Operation::Power(a, b) => {
                let (a, b) = (at(a), at(b));
                let cut = b.value.im != 0.0 || b.value.re.fract() != 0.0;
                let log = through(a, cut, |z| z.ln());
                through(multiply(log, b), false, |z| z.exp())
            }
            Operation::Apply(function, a) => {
                let name = function::spec(*function).name;
                apply(name, at(a)).unwrap_or_else(|| {
                    real(at(a), |x| function::evaluate(*function, &[x]))
                })
            }
            Operation::ApplyAll(function, list) => {
                let arguments: SmallVec<[Approximate; 4]> = list.iter().map(at).collect();
                all_real(&arguments, |x| function::evaluate(*function, x))
            }
            Operation::Abstract(..) => Approximate::UNKNOWN,
        };
        v.push(if found.is_known() { found } else { Approximate::UNKNOWN });
    }
    v
}

fn multiply(a: Approximate, b: Approximate) -> Approximate {
    let error = a.error * b.value.norm() + a.value.norm() * b.error;
    Approximate::rounded(a.value * b.value, error)
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
    Approximate::rounded(value, slope * a.error)
}

/// A real function of a real argument.
fn real(a: Approximate, f: impl Fn(f64) -> f64) -> Approximate {
    if a.value.im != 0.0 {
        return Approximate::UNKNOWN;
    }
    let mut found = through(a, false, |z| f(z.re).into());
    // Special functions are known less exactly.
    found.error += 1e-10 * found.value.norm();
    found
}

fn all_real(arguments: &[Approximate], f: impl Fn(&[f64]) -> f64) -> Approximate {
    if arguments.iter().any(|a| a.value.im != 0.0) {
        return Approximate::UNKNOWN;
    }
    let at: SmallVec<[f64; 4]> = arguments.iter().map(|a| a.value.re).collect();
    let value = f(&at);
    let error: f64 = arguments.iter().map(|a| a.error).sum();
    Approximate::rounded(value.into(), 1e3 * error + 1e-10 * value.abs())
}

/// The elementary functions over the complex numbers (DLMF 4), by name.
fn apply(name: &str, a: Approximate) -> Option<Approximate> {
    let cut = |f: fn(Complex64) -> Complex64| Some(through(a, true, f));
    let smooth = |f: fn(Complex64) -> Complex64| Some(through(a, false, f));
    // These are logarithms of sums in which up to |z|^2 in 1 is lost.
    let inverse = |f: fn(Complex64) -> Complex64, of: fn(Complex64) -> Complex64| {
        let mut found = through(a, false, |z| f(of(z)));
        found.error += ROUNDOFF * (1.0 + of(a.value).norm_sqr());
        Some(found)
    };
    match name {
        "ln" => cut(|z| if z.norm() == 0.0 { f64::NAN.into() } else { z.ln() }),
        "log2" => cut(|z| z.ln() / std::f64::consts::LN_2),
        "log10" => cut(|z| z.ln() / std::f64::consts::LN_10),
        "abs" => Some(Approximate::rounded(a.value.norm().into(), a.error)),
        "sin" => smooth(|z| z.sin()),
        "cos" => smooth(|z| z.cos()),
        "tan" => smooth(|z| z.tan()),
        "cot" => smooth(|z| z.tan().inv()),
        "sec" => smooth(|z| z.cos().inv()),
        "csc" => smooth(|z| z.sin().inv()),
        "sinh" => smooth(|z| z.sinh()),
        "cosh" => smooth(|z| z.cosh()),
        "tanh" => smooth(|z| z.tanh()),
        "coth" => smooth(|z| z.tanh().inv()),
        "sech" => smooth(|z| z.cosh().inv()),
        "csch" => smooth(|z| z.sinh().inv()),
        "arcsin" => inverse(|z| z.asin(), |z| z),
        "arccos" => inverse(|z| z.acos(), |z| z),
        "arctan" => inverse(|z| z.atan(), |z| z),
        "arccot" => inverse(|z| z.atan(), |z| z.inv()),
        "arcsec" => inverse(|z| z.acos(), |z| z.inv()),
        "arccsc" => inverse(|z| z.asin(), |z| z.inv()),
        "arsinh" => inverse(|z| z.asinh(), |z| z),
        "arcosh" => inverse(|z| z.acosh(), |z| z),
        "artanh" => inverse(|z| z.atanh(), |z| z),
        "arcoth" => inverse(|z| z.atanh(), |z| z.inv()),
        "arsech" => inverse(|z| z.acosh(), |z| z.inv()),
        "arcsch" => inverse(|z| z.asinh(), |z| z.inv()),
        _ => None,
    }
}
