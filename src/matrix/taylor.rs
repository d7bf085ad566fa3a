//! Taylor polynomials along changes: `f(x + dx) = f + df + d²f/2 + …`, each term written as the
//! differential that it is (Magnus and Neudecker, *Matrix Differential Calculus*, ch. 6).

use super::form::{FormId, Op};
use super::numeric::{Dense, Evaluator, Instance};
use super::print;
use super::problem::{MAX_ORDER, Problem};
use super::shape::Shape;
use crate::error::{ErrorKind, Result};
use crate::kernel::Number;

/// How many instances are tried, and how many have to agree.
const ATTEMPTS: usize = 12;
const WANTED: usize = 2;
/// The length of a change, before it is halved.
const STEP: f64 = 0.08;
/// An error that is no more than rounding, relative to the values.
const NOTHING: f64 = 1e-12;

/// A Taylor polynomial along changes of names.
#[derive(Clone, Debug)]
pub struct Polynomial {
    /// The polynomial.
    pub form: FormId,
    /// The highest degree in the changes that was asked for.
    pub order: u32,
    /// The changes, as `dx`.
    pub changes: Vec<String>,
    /// Whether nothing is left out.
    pub is_exact: bool,
    /// Its sizes: none for a scalar, one for a column, two for a matrix or a row.
    pub sizes: Vec<String>,
    /// Whether it was compared with the function.
    pub checked: bool,
}

impl Problem {
    /// The Taylor polynomial of an order along changes of declared names.
    ///
    /// # Errors
    /// As [`Problem::differential`].
    pub fn taylor(&mut self, wrt: &[String], order: u32) -> Result<Polynomial> {
        if order > MAX_ORDER {
            let what = "the order of a Taylor polynomial of a matrix expression";
            return Err(ErrorKind::OverLimit { what, limit: MAX_ORDER.into() }.into());
        }
        let mut terms = vec![self.main];
        let mut checked = true;
        let mut is_exact = false;
        let mut factorial = Number::ONE;
        for degree in 1..=order + 1 {
            if degree > MAX_ORDER {
                break;
            }
            let found = match self.differential(wrt, degree) {
                // Whether anything is left out is not known then, and so it is not said.
                Err(error) if degree > order && error.kind.is_unsupported() => break,
                found => found?,
            };
            let tensor = self.tensors.lower(found.form, &self.forms, &self.scope)?;
            if self.tensors.is_zero(tensor) {
                is_exact = true;
                break;
            }
            if degree > order {
                break;
            }
            checked &= found.checked;
            factorial = factorial.mul(&Number::from(i64::from(degree)));
            let weight = factorial.recip().unwrap_or(Number::ONE);
            let tensor = self.tensors.weighted(&[(weight, tensor)]);
            terms.push(self.shortest(tensor, self.is_row(self.main))?);
        }
        let form = self.sum_of(&terms);
        let changes: Vec<String> = wrt.iter().map(|name| format!("d{name}")).collect();
        let agrees = self.is_near(form, wrt, (order, is_exact))?;
        let sizes = self.sizes_of(self.main);
        let checked = checked && agrees;
        Ok(Polynomial { form, order, changes, is_exact, sizes, checked })
    }

    /// Terms one after the other; sums in them are taken apart.
    fn sum_of(&mut self, terms: &[FormId]) -> FormId {
        let mut flat: Vec<(bool, FormId)> = Vec::new();
        for term in terms {
            match self.forms.op(*term) {
                Op::Sum(list) => flat.extend(list),
                Op::Zeros => {}
                Op::Number(n) if n.is_zero() => {}
                _ => flat.push((false, *term)),
            }
        }
        let shape: Shape = self.shape();
        match flat[..] {
            [] => self.main,
            [(false, one)] => one,
            _ => self.forms.intern(Op::Sum(flat), shape),
        }
    }

    /// Whether the polynomial, as it is read back from its text, comes near to the function as
    /// fast as its order says.
    fn is_near(
        &mut self,
        form: FormId,
        wrt: &[String],
        (order, is_exact): (u32, bool),
    ) -> Result<bool> {
        let of = print::text(self.main, &self.forms, &self.scope);
        let again = self.read_back(form, &of, "its changes")?;
        let polynomial = Evaluator::new(again, &self.forms, &self.scope);
        let function = Evaluator::new(self.main, &self.forms, &self.scope);
        let mut pairs = Vec::with_capacity(wrt.len());
        for name in wrt {
            let (target, change) = self.change(name)?;
            let Op::Variable(place) = *self.forms.op(target) else { continue };
            pairs.push((usize::from(place), usize::from(change)));
        }
        let least = self.scope.least_size();
        let (mut agree, mut differ) = (0, 0);
        for attempt in 0..ATTEMPTS {
            let Some(instance) = Instance::of(attempt, least, &self.scope) else { break };
            let gap = |step: f64| {
                let near = scaled(&instance, &pairs, step);
                let moved = moved(&near, &pairs);
                let found = polynomial.value(&self.forms, &near);
                let value = function.value(&self.forms, &moved);
                let size = value.size().max(1.0);
                value.zip(&found, |x, y| (x - y) / size).size()
            };
            let [wide, narrow] = [gap(STEP), gap(STEP / 2.0)];
            let is_nothing = wide.max(narrow) < NOTHING;
            let fall = 2f64.powf(f64::from(order) + 0.5);
            match () {
                () if !wide.is_finite() || !narrow.is_finite() => {}
                () if is_nothing || !is_exact && narrow * fall <= wide => agree += 1,
                () => differ += 1,
            }
            if agree >= WANTED && differ == 0 {
                return Ok(true);
            }
        }
        // Steps may cross a kink, or be too wide for a function.
        match differ > agree {
            false => Ok(agree > 0),
            true => Err(ErrorKind::SelfCheck {
                of,
                variable: wrt.join(", "),
                point: "random instances".to_owned(),
            }
            .into()),
        }
    }
}

/// An instance with changes of a length.
fn scaled(instance: &Instance, pairs: &[(usize, usize)], step: f64) -> Instance {
    let mut near = instance.clone();
    for (_, change) in pairs {
        near.variables[*change] = near.variables[*change].map(|x| x * step);
    }
    near
}

/// The instance at the end of the changes.
fn moved(instance: &Instance, pairs: &[(usize, usize)]) -> Instance {
    let mut moved = instance.clone();
    for (place, change) in pairs {
        let [base, change]: [&Dense; 2] =
            [&instance.variables[*place], &instance.variables[*change]];
        moved.variables[*place] = base.zip(change, |x, d| x + d);
    }
    moved
}
