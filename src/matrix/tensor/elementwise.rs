//! Functions of entries, and the builder through which the function table speaks of them.

use super::super::form::Elementwise;
use super::pool::{Axes, Node, Reduction, TensorId, Tensors};
use crate::error::{Error, ErrorKind, Result};
use crate::function::Builder;
use crate::kernel::{AbstractFunction, Constant, FunctionId, Number};
use crate::syntax;
use smallvec::SmallVec;

impl Tensors {
    /// A function of entries; arguments without axes go with every entry.
    pub(super) fn map(
        &mut self,
        function: Elementwise,
        arguments: SmallVec<[TensorId; 2]>,
    ) -> TensorId {
        let axes = self.common_axes(&arguments);
        if let (Elementwise::Table(id), [u]) = (function, &arguments[..])
            && let Some(known) = self.known(id, *u, &axes)
        {
            return known;
        }
        if let Some(turned) = self.turn_round(&arguments) {
            let id = self.map(function, turned.into());
            return self.transpose(id);
        }
        let symmetric = axes.len() == 2
            && arguments
                .iter()
                .all(|id| self.axes(*id).is_empty() || self.is_symmetric(*id));
        self.intern(Node::Map(function, arguments), &axes, symmetric)
    }

    /// Identities of `ln` and `abs`, which hold wherever they are defined.
    fn known(
        &mut self,
        function: FunctionId,
        u: TensorId,
        axes: &[super::super::shape::SizeId],
    ) -> Option<TensorId> {
        match (function, self.node(u).clone()) {
            (FunctionId::LN, Node::Constant(Constant::E)) => {
                Some(self.number(Number::ONE))
            }
            (FunctionId::LN, Node::Power(base, exponent))
                if matches!(self.node(base), Node::Constant(Constant::E)) =>
            {
                Some(exponent)
            }
            (FunctionId::LN, Node::Softmax(of)) => {
                let log = self.reduced(Reduction::LogSumExp, of);
                if axes.len() < 2 {
                    return Some(
                        self.weighted(&[(Number::ONE, of), (Number::MINUS_ONE, log)]),
                    );
                }
                None
            }
            (FunctionId::LN, Node::Sum(_)) if self.as_number(u) == Some(Number::ONE) => {
                Some(self.number(Number::ZERO))
            }
            (FunctionId::ABS, Node::Power(_, exponent))
                if self.as_number(exponent).is_some_and(|n| n.is_even()) =>
            {
                Some(u)
            }
            (FunctionId::ABS, Node::Power(base, _))
                if matches!(self.node(base), Node::Constant(Constant::E)) =>
            {
                Some(u)
            }
            (FunctionId::ABS, Node::Map(Elementwise::Table(FunctionId::ABS), _)) => {
                Some(u)
            }
            _ => None,
        }
    }

    /// A function from columns or matrices to numbers without a meaning, differentiated so
    /// often.
    pub(super) fn field(&mut self, place: u16, order: u16, id: TensorId) -> TensorId {
        let size = Axes::from_slice(self.axes(id));
        let axes: Axes = (0..order).flat_map(|_| size.iter().copied()).collect();
        self.intern(Node::Field(place, order, id), &axes, order == 2 && size.len() == 1)
    }

    /// `e^u` over its sum along the last axis.
    pub(super) fn softmax(&mut self, id: TensorId) -> TensorId {
        let axes = Axes::from_slice(self.axes(id));
        self.intern(Node::Softmax(id), &axes, false)
    }

    /// 1 at the greatest entry along the last axis.
    pub(super) fn hardmax(&mut self, id: TensorId) -> TensorId {
        let axes = Axes::from_slice(self.axes(id));
        self.intern(Node::Hardmax(id), &axes, false)
    }

    /// What is made of the entries along the last axis.
    pub(super) fn reduced(&mut self, reduction: Reduction, id: TensorId) -> TensorId {
        let axes = Axes::from_slice(self.axes(id));
        let rest = axes.len().saturating_sub(1);
        self.intern(Node::Reduced(reduction, id), &axes[..rest], false)
    }

    /// The derivatives of what is made of entries in each of them.
    pub(super) fn weights(&mut self, reduction: Reduction, of: TensorId) -> TensorId {
        match reduction {
            Reduction::LogSumExp => self.softmax(of),
            Reduction::Max => self.hardmax(of),
            Reduction::Product => {
                let whole = self.reduced(reduction, of);
                let minus = Tensors::number(self, Number::MINUS_ONE);
                let inverse = Tensors::power(self, of, minus);
                self.times(&[whole, inverse])
            }
        }
    }

    /// The partial derivative of a function of entries in one of its arguments.
    ///
    /// # Errors
    /// A derivative that is not known.
    pub(crate) fn slope(
        &mut self,
        function: Elementwise,
        place: usize,
        arguments: &SmallVec<[TensorId; 2]>,
    ) -> Result<TensorId> {
        match function {
            Elementwise::Abstract(name, primes) => {
                let next = Elementwise::Abstract(name, primes + 1);
                Ok(self.map(next, arguments.clone()))
            }
            Elementwise::Table(id) => {
                let list: Vec<TensorId> = arguments.to_vec();
                syntax::derivative(id, place, &list, self)?.ok_or_else(|| {
                    let name = crate::function::spec(id).name;
                    let what = format!("the derivative of `{name}` is not known");
                    Error::from(ErrorKind::Unsupported(what))
                })
            }
        }
    }
}

/// Entries one by one: everything has the axes of the longest operand.
impl Builder for Tensors {
    type Id = TensorId;

    fn number(&mut self, value: &Number) -> TensorId {
        Tensors::number(self, value.clone())
    }

    fn constant(&mut self, constant: Constant) -> TensorId {
        self.intern(Node::Constant(constant), &[], false)
    }

    fn symbol(&mut self, _: &str) -> TensorId {
        self.fail();
        Tensors::number(self, Number::ZERO)
    }

    fn sum(&mut self, terms: &[(bool, TensorId)]) -> TensorId {
        let weight = |minus| if minus { Number::MINUS_ONE } else { Number::ONE };
        let weighted: Vec<(Number, TensorId)> =
            terms.iter().map(|(minus, id)| (weight(*minus), *id)).collect();
        self.weighted(&weighted)
    }

    fn product(&mut self, factors: &[(bool, TensorId)]) -> TensorId {
        let minus = Tensors::number(self, Number::MINUS_ONE);
        let list: Vec<TensorId> = factors
            .iter()
            .map(
                |(divide, id)| {
                    if *divide { Tensors::power(self, *id, minus) } else { *id }
                },
            )
            .collect();
        self.times(&list)
    }

    fn negate(&mut self, operand: TensorId) -> TensorId {
        self.weighted(&[(Number::MINUS_ONE, operand)])
    }

    fn power(&mut self, base: TensorId, exponent: TensorId) -> TensorId {
        Tensors::power(self, base, exponent)
    }

    fn apply(&mut self, function: FunctionId, arguments: &[TensorId]) -> TensorId {
        self.map(Elementwise::Table(function), SmallVec::from_slice(arguments))
    }

    fn apply_abstract(&mut self, _: AbstractFunction, _: &[TensorId]) -> TensorId {
        self.fail();
        Tensors::number(self, Number::ZERO)
    }

    fn is_zero(&self, id: TensorId) -> bool {
        Tensors::is_zero(self, id)
    }
}
