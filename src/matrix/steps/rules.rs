//! The rules of differentials, one for each kind of form (Magnus and Neudecker, *Matrix
//! Differential Calculus*, ch. 8 and 9).

use super::super::form::{Elementwise, FormId, Op};
use super::super::shape::{Shape, SizeId};
use super::super::table::Special;
use super::super::tensor::TensorId;
use super::Course;
use super::identity::{math, of_function, reason};
use crate::derivation::{Math, Reason};
use crate::error::Result;
use crate::function;
use crate::kernel::{Constant, FunctionId, Number, Pool};
use crate::print;
use crate::syntax;
use smallvec::SmallVec;

/// The highest whole power of a matrix whose differential is written term by term.
pub(super) const MOST_FACTORS: i64 = 4;
/// The longest derivative of a function that is told in the margin.
const LONGEST: usize = 40;

impl Course {
    /// The differential of a form by its rule, with the differentials of its parts.
    ///
    /// # Errors
    /// Derivatives that are not known or have no matrix form, limits.
    pub(super) fn rule(&mut self, id: FormId) -> Result<FormId> {
        let shape = self.shape(id);
        let found = match self.op(id) {
            Op::Product(list) => {
                let terms = self.each(&list, |course, list| course.times(list));
                Some(self.product_rule(terms))
            }
            Op::Hadamard(list) => {
                let terms = self.each(&list, |course, list| {
                    let made = course.entrywise(list);
                    course.spread(made, shape)
                });
                Some(self.product_rule(terms))
            }
            Op::Call(
                function @ (Special::Outer | Special::Dot | Special::Kronecker),
                list,
            ) => {
                let terms =
                    self.each(&list, |course, list| course.call(function, list, shape));
                Some(self.product_rule(terms))
            }
            Op::Divide(a, b) => self.quotient(a, b),
            Op::ElementDivide(a, b) => self.entry_quotient(a, b, shape),
            Op::Power(a, n) if shape.is_scalar() => self.power(id, a, n)?,
            Op::Power(a, n) => self.matrix_power(a, n),
            Op::ElementPower(a, n) => self.entry_power(a, n, shape),
            Op::Apply(function, list) => self.apply(id, function, &list)?,
            Op::Call(function, list) => self.special(id, function, &list),
            Op::Field(..) => {
                self.because(Reason::new("by_gradient"));
                return self.engine(id);
            }
            _ => None,
        };
        match found {
            Some(found) => Ok(found),
            None => {
                self.because(match self.op(id) {
                    Op::Call(function, _) => of_function(function),
                    Op::Power(..) => Reason::new("power"),
                    _ => Reason::new("by_entries"),
                });
                self.engine(id)
            }
        }
    }

    /// The differential as the tensors have it.
    fn engine(&mut self, id: FormId) -> Result<FormId> {
        let problem = &mut self.problem;
        let tensor = problem.tensors.lower(id, &problem.forms, &problem.scope)?;
        let mut seeds: Vec<(TensorId, TensorId)> = Vec::new();
        for (of, change) in &self.changes {
            seeds.push(problem.seed(*of, *change)?);
        }
        let found = problem.tensors.differential(tensor, &seeds)?;
        problem.shortest(found, is_row(problem.forms.shape(id)))
    }

    /// For each operand that depends, what is made of the operands with its differential.
    fn each(
        &mut self,
        list: &[FormId],
        make: impl Fn(&mut Self, &[FormId]) -> FormId,
    ) -> Vec<(bool, FormId)> {
        let mut terms = Vec::new();
        for (place, operand) in list.iter().enumerate() {
            if let Some(change) = self.differential(*operand, 0) {
                let mut list = list.to_vec();
                list[place] = change;
                terms.push((false, make(self, &list)));
            }
        }
        terms
    }

    fn product_rule(&mut self, terms: Vec<(bool, FormId)>) -> FormId {
        self.because(Reason::new("product"));
        self.plus(&terms)
    }

    /// `(b*da - a*db)/b^2` with a scalar below.
    fn quotient(&mut self, a: FormId, b: FormId) -> Option<FormId> {
        let below = self.differential(b, 0)?;
        self.because(Reason::new("quotient"));
        let two = self.number(2);
        let square = self.intern(Op::Power(b, two), Shape::SCALAR);
        let second = self.times(&[a, below]);
        let above = match self.differential(a, 0) {
            Some(above) => {
                let first = self.times(&[b, above]);
                self.plus(&[(false, first), (true, second)])
            }
            None => self.plus(&[(true, second)]),
        };
        Some(self.over(above, square))
    }

    /// `da ./ b - (a .* db) ./ b.^2`.
    fn entry_quotient(&mut self, a: FormId, b: FormId, shape: Shape) -> Option<FormId> {
        let below = self.differential(b, 0)?;
        self.because(Reason::new("quotient"));
        let two = self.number(2);
        let own = self.shape(b);
        let square = self.intern(Op::ElementPower(b, two), own);
        let square = self.reciprocal(square);
        let second = self.entrywise(&[a, below, square]);
        let second = self.spread(second, shape);
        let mut terms = vec![(true, second)];
        if let Some(above) = self.differential(a, 0) {
            let one = self.reciprocal(b);
            let first = self.entrywise(&[above, one]);
            terms.push((false, self.spread(first, shape)));
        }
        Some(self.plus(&terms))
    }

    /// A power of a scalar.
    fn power(&mut self, id: FormId, a: FormId, n: FormId) -> Result<Option<FormId>> {
        let exponent = self.problem.forms.as_number(n);
        if let (Op::Call(Special::Norm, list), Some(2)) =
            (self.op(a), exponent.as_ref().and_then(Number::to_i64))
        {
            return Ok(self.square(id, list[0]));
        }
        match (self.differential(a, 0), self.differential(n, 0)) {
            (Some(change), None) => {
                self.because(Reason::new("power"));
                let mut piece = self.apart(n);
                match exponent {
                    Some(exponent) => {
                        piece.scalars.push((a, exponent.sub(&Number::ONE)));
                    }
                    None => {
                        let less = self.less_one(n);
                        let power = self.intern(Op::Power(a, less), Shape::SCALAR);
                        piece.scalars.push((power, Number::ONE));
                    }
                }
                piece.multiply(change, false, &self.problem.forms);
                Ok(Some(self.joined(piece)))
            }
            (None, Some(change)) => {
                let is_e = self.op(a) == Op::Constant(Constant::E);
                let mut factors = vec![self.named(id)];
                if !is_e {
                    factors.push(self.problem.forms.apply("ln", a));
                }
                factors.push(change);
                let reason = if is_e { "exponential" } else { "exponential_base" };
                self.because(Reason::new(reason));
                Ok(Some(self.times(&factors)))
            }
            _ => Ok(None),
        }
    }

    /// The name of a form that the program gives one.
    fn named(&mut self, id: FormId) -> FormId {
        let definitions = &self.problem.scope.definitions;
        let place = definitions.iter().position(|definition| definition.body == id);
        match place {
            Some(place) => {
                let shape = self.shape(id);
                self.intern(Op::Definition(place as u16), shape)
            }
            None => id,
        }
    }

    fn less_one(&mut self, n: FormId) -> FormId {
        let one = self.number(1);
        self.plus(&[(false, n), (true, one)])
    }

    /// `2*z'*dz`, the differential of `norm(z)^2`.
    fn square(&mut self, id: FormId, z: FormId) -> Option<FormId> {
        let change = self.differential(z, 0)?;
        let product = self.inner(z, change);
        let two = self.number(2);
        if self.squared == Some(id) {
            self.because(Reason::new("product"));
            self.because(self.of_a_number(z));
        } else {
            self.because(reason(match (self.shape(z).cols, self.shape(z).rows) {
                (SizeId::ONE, _) => "norm_square",
                (_, SizeId::ONE) => "norm_square_row",
                _ => "norm_square_matrix",
            }));
        }
        Some(self.times(&[two, product]))
    }

    /// That a number is its own transpose, or that a trace is.
    pub(super) fn of_a_number(&self, z: FormId) -> Reason {
        reason(match self.shape(z).is_vector() {
            true => "number_transposed",
            false => "trace_transposed",
        })
    }

    /// The inner product of a form with a form of its shape.
    pub(super) fn inner(&mut self, z: FormId, with: FormId) -> FormId {
        let turned = self.turned(z);
        if is_row(self.shape(z)) {
            return self.times(&[with, turned]);
        }
        let product = self.times(&[turned, with]);
        self.trace(product)
    }

    /// A whole power of a matrix, factor by factor.
    fn matrix_power(&mut self, a: FormId, n: FormId) -> Option<FormId> {
        let n = self.problem.forms.as_number(n)?.to_i64()?;
        if !(1..=MOST_FACTORS).contains(&n) {
            return None;
        }
        let terms = self.each(&vec![a; n as usize], |course, list| course.times(list));
        Some(self.product_rule(terms))
    }

    fn entry_power(&mut self, a: FormId, n: FormId, shape: Shape) -> Option<FormId> {
        if self.depends(n) {
            return None;
        }
        let change = self.differential(a, 0)?;
        self.because(Reason::new("power"));
        let own = self.shape(a);
        let power = match self.problem.forms.as_number(n) {
            Some(n) if n == Number::from(2) => Some(a),
            Some(n) if n.is_one() => None,
            _ => {
                let less = match self.problem.forms.as_number(n) {
                    Some(n) => self.problem.forms.number(&n.sub(&Number::ONE)),
                    None => self.less_one(n),
                };
                let shape = if own.is_scalar() { shape } else { own };
                Some(self.intern(Op::ElementPower(a, less), shape))
            }
        };
        let factors: Vec<FormId> = [n].into_iter().chain(power).chain([change]).collect();
        let made = self.entrywise(&factors);
        Some(self.spread(made, shape))
    }

    /// A function of entries.
    fn apply(
        &mut self,
        id: FormId,
        function: Elementwise,
        list: &[FormId],
    ) -> Result<Option<FormId>> {
        if let Elementwise::Table(function) = function
            && function::spec(function).name == "piecewise"
        {
            return Ok(None);
        }
        let shape = self.shape(id);
        let mut terms = Vec::new();
        for (place, argument) in list.iter().enumerate() {
            let Some(change) = self.differential(*argument, 0) else { continue };
            let Some(slope) = self.slope(function, place, list, shape)? else { continue };
            let made = self.entrywise(&[slope, change]);
            terms.push((false, self.spread(made, shape)));
        }
        self.because(match (function, list) {
            (Elementwise::Table(function), [_]) => table_reason(function)?,
            (_, [inner]) => Reason::new("chain").with("inner", self.math(*inner)),
            _ => Reason::new("chain_several"),
        });
        if terms.is_empty() {
            return Ok(None);
        }
        Ok(Some(self.plus(&terms)))
    }

    /// The derivative of a function of entries in one argument, at the arguments; `None` where
    /// it is zero.
    fn slope(
        &mut self,
        function: Elementwise,
        place: usize,
        list: &[FormId],
        shape: Shape,
    ) -> Result<Option<FormId>> {
        let problem = &mut self.problem;
        let mut arguments: SmallVec<[TensorId; 2]> = SmallVec::new();
        for argument in list {
            arguments.push(problem.tensors.lower(
                *argument,
                &problem.forms,
                &problem.scope,
            )?);
        }
        let slope = problem.tensors.slope(function, place, &arguments)?;
        if problem.tensors.is_zero(slope) {
            return Ok(None);
        }
        let is_turned = is_row(shape) && !problem.tensors.axes(slope).is_empty();
        problem.shortest(slope, is_turned).map(Some)
    }

    /// A function of matrices.
    fn special(
        &mut self,
        id: FormId,
        function: Special,
        list: &[FormId],
    ) -> Option<FormId> {
        let z = list[0];
        let id = self.named(id);
        let is_vector = self.shape(z).is_vector();
        let change = match function {
            Special::NormP | Special::Adjugate => return None,
            Special::Softmax | Special::LogSumExp if !is_vector => return None,
            _ => self.differential(z, 0)?,
        };
        Some(match function {
            Special::Determinant | Special::LogDeterminant => {
                let own = self.shape(z);
                let inverse = match own.is_scalar() {
                    true => self.reciprocal(z),
                    false => self.call(Special::Inverse, &[z], own),
                };
                let product = self.times(&[inverse, change]);
                let trace = self.trace(product);
                if function == Special::LogDeterminant {
                    self.because(reason("log_determinant"));
                    return Some(trace);
                }
                self.because(reason("determinant"));
                self.times(&[id, trace])
            }
            Special::Inverse => {
                self.because(reason("inverse_matrix"));
                let product = self.times(&[id, change, id]);
                self.plus(&[(true, product)])
            }
            Special::Norm => {
                self.because(reason(match (is_row(self.shape(z)), is_vector) {
                    (true, _) => "norm_row",
                    (_, true) => "norm",
                    _ => "norm_matrix",
                }));
                let product = self.inner(z, change);
                self.over(product, id)
            }
            Special::Norm1 => {
                self.because(reason("norm_absolute"));
                let sign = self.problem.forms.apply("sign", z);
                let product = self.entrywise(&[sign, change]);
                self.linear(product, |course, inside| {
                    course.call(Special::Sum, &[inside], Shape::SCALAR)
                })
            }
            Special::Softmax => {
                self.because(reason("softmax"));
                let first = self.entrywise(&[id, change]);
                let product = self.inner(id, change);
                let second = self.times(&[product, id]);
                self.plus(&[(false, first), (true, second)])
            }
            Special::LogSumExp => {
                self.because(reason("log_sum_exp"));
                let own = self.shape(z);
                let softmax = self.call(Special::Softmax, &[z], own);
                self.inner(softmax, change)
            }
            _ => return None,
        })
    }
}

/// Whether a shape is that of a row.
pub(super) fn is_row(shape: Shape) -> bool {
    shape.rows == SizeId::ONE && shape.cols != SizeId::ONE
}

/// `(sin(z))' = cos(z)`.
fn table_reason(function: FunctionId) -> Result<Reason> {
    let mut pool = Pool::default();
    let z = pool.symbol("z");
    let Some(derivative) = syntax::derivative(function, 0, &[z], &mut pool)? else {
        return Ok(Reason::new("function"));
    };
    let of = function::apply(&mut pool, function, &[z]);
    let both = |id| -> Result<Math> { print::write_both(&pool, id) };
    let (of, derivative) = (both(of)?, both(derivative)?);
    if derivative.text.len() > LONGEST {
        return Ok(Reason::new("function"));
    }
    let prime = math(&format!("({})'", of.text), &format!("({})'", of.latex));
    let equation = Math::equation(&prime, &derivative);
    Ok(Reason::new("function_table").with("equation", equation))
}
