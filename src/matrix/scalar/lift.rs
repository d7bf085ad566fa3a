//! Scalar forms as expressions.

use super::super::form::{Elementwise, FormId, Op};
use super::super::shape::{Shape, Size, SizeId};
use super::super::table::Special;
use super::pass::Pass;
use crate::function;
use crate::kernel::{AbstractFunction, Constant, ExprId, FunctionId, Number, Pool};
use crate::syntax;

impl Pass<'_> {
    /// The expression of a scalar form, of whose scalar operands the expressions are there.
    pub(super) fn lifted(&mut self, id: FormId) -> ExprId {
        let found = match self.forms.op(id).clone() {
            Op::Number(n) => Some(self.pool().number(n)),
            Op::Constant(Constant::E) => Some(Pool::E),
            Op::Constant(Constant::Pi) => Some(Pool::PI),
            Op::Size(size) => Some(self.size(size)),
            Op::Variable(_) | Op::Definition(_) => None,
            Op::Sum(list) => self.sum(&list),
            Op::Product(list) => self.product(&list),
            Op::Hadamard(list) => self.all(&list).map(|list| self.pool().product(&list)),
            Op::Divide(a, b) | Op::ElementDivide(a, b) => {
                self.all(&[a, b]).map(|list| self.pool().quotient(list[0], list[1]))
            }
            Op::Power(a, b) | Op::ElementPower(a, b) => {
                self.all(&[a, b]).map(|list| self.pool().power(list[0], list[1]))
            }
            Op::Transpose(a) => self.scalar(a),
            Op::Apply(function, list) => self.application(function, &list),
            Op::Call(function, list) => self.of_one_entry(function, &list),
            _ => None,
        };
        match found {
            // What has no value is better left as it was typed.
            Some(Pool::UNDEFINED) => self.has_undefined = true,
            Some(found) => return found,
            None => {}
        }
        let own = self.rebuilt(id);
        self.symbol(own)
    }

    /// A function of matrices of a matrix of one entry.
    fn of_one_entry(&mut self, function: Special, list: &[FormId]) -> Option<ExprId> {
        let [argument] = self.all(list)?[..] else { return None };
        match function {
            Special::Inverse => Some(self.pool().quotient(Pool::ONE, argument)),
            Special::Trace | Special::Determinant | Special::Sum => Some(argument),
            Special::Norm | Special::Norm1 => {
                Some(function::apply(self.pool(), FunctionId::ABS, &[argument]))
            }
            _ => None,
        }
    }

    fn all(&self, list: &[FormId]) -> Option<Vec<ExprId>> {
        list.iter().map(|id| self.scalar(*id)).collect()
    }

    fn size(&mut self, size: SizeId) -> ExprId {
        let factors = self.scope.sizes.factors(size);
        let factors: Vec<ExprId> = factors
            .into_iter()
            .map(|size| match self.scope.sizes.get(size) {
                Size::Fixed(n) => self.scalars.pool.number(Number::from(i64::from(*n))),
                _ => {
                    let form = self.forms.intern(Op::Size(size), Shape::SCALAR);
                    self.symbol(form)
                }
            })
            .collect();
        self.pool().product(&factors)
    }

    fn sum(&mut self, list: &[(bool, FormId)]) -> Option<ExprId> {
        let weight = |minus| if minus { Number::MINUS_ONE } else { Number::ONE };
        let terms: Option<Vec<(Number, ExprId)>> = list
            .iter()
            .map(|(minus, id)| Some((weight(*minus), self.scalar(*id)?)))
            .collect();
        terms.map(|terms| self.pool().weighted_sum(&terms))
    }

    /// A product of scalars and of inner products, each of which is a symbol.
    fn product(&mut self, list: &[FormId]) -> Option<ExprId> {
        let mut factors = Vec::new();
        let mut chain: Vec<FormId> = Vec::new();
        for id in list {
            if chain.is_empty()
                && let Some(scalar) = self.scalar(*id)
            {
                factors.push(scalar);
                continue;
            }
            chain.push(self.form_of(*id));
            let rows = self.forms.shape(chain[0]).rows;
            if rows == SizeId::ONE && self.forms.shape(*id).cols == SizeId::ONE {
                factors.push(self.inner_product(&chain));
                chain.clear();
            }
        }
        match chain[..] {
            [] => Some(self.pool().product(&factors)),
            _ => None,
        }
    }

    /// The symbol of an inner product, the same from both sides.
    fn inner_product(&mut self, chain: &[FormId]) -> ExprId {
        let straight = self.forms.product(chain);
        let flipped: Vec<FormId> =
            chain.iter().rev().map(|id| self.transposed(*id)).collect();
        let flipped = self.forms.product(&flipped);
        match self.scalars.symbols.get(&flipped) {
            Some(known) => *known,
            None => self.symbol(straight),
        }
    }

    fn application(&mut self, function: Elementwise, list: &[FormId]) -> Option<ExprId> {
        let arguments = self.all(list)?;
        self.applied(function, &arguments)
    }

    /// A function applied to expressions.
    pub(super) fn applied(
        &mut self,
        function: Elementwise,
        arguments: &[ExprId],
    ) -> Option<ExprId> {
        match function {
            Elementwise::Table(id) => {
                let is_short = id.is_builtin() && function::spec(id).means.is_some();
                match is_short {
                    true => syntax::meaning(id, arguments, self.pool()).ok(),
                    false => Some(function::apply(self.pool(), id, arguments)),
                }
            }
            Elementwise::Abstract(place, primes) => {
                let name = self.scope.functions[usize::from(place)].clone();
                let orders = vec![u32::from(primes)];
                let function = AbstractFunction { name, orders };
                let function = self.pool().abstract_function(function);
                Some(self.pool().application(function, arguments))
            }
        }
    }
}
