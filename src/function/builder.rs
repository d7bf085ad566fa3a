//! What a program can be lowered into.

use crate::kernel::{AbstractFunction, Constant, ExprId, FunctionId, Node, Number, Pool};
use smallvec::SmallVec;

/// A target of lowering: the pool, which brings everything into canonical form, or the tape
/// of the self-check, which takes a formula as it was typed.
pub trait Builder {
    /// A value of the target.
    type Id: Copy + Eq + std::hash::Hash;

    /// An exact number.
    fn number(&mut self, value: &Number) -> Self::Id;
    /// A named number.
    fn constant(&mut self, constant: Constant) -> Self::Id;
    /// A variable or parameter.
    fn symbol(&mut self, name: &str) -> Self::Id;
    /// Terms; the flag says that one is subtracted.
    fn sum(&mut self, terms: &[(bool, Self::Id)]) -> Self::Id;
    /// Factors; the flag says that one is divided by.
    fn product(&mut self, factors: &[(bool, Self::Id)]) -> Self::Id;
    /// `-operand`.
    fn negate(&mut self, operand: Self::Id) -> Self::Id;
    /// `base^exponent`.
    fn power(&mut self, base: Self::Id, exponent: Self::Id) -> Self::Id;
    /// A function of the table or a relation.
    fn apply(&mut self, function: FunctionId, arguments: &[Self::Id]) -> Self::Id;
    /// An abstract function or a derivative of one.
    fn apply_abstract(
        &mut self,
        function: AbstractFunction,
        arguments: &[Self::Id],
    ) -> Self::Id;
    /// Whether a value is known to be undefined.
    fn is_undefined(&self, _: Self::Id) -> bool {
        false
    }
    /// Whether a value is known to be zero.
    fn is_zero(&self, _: Self::Id) -> bool {
        false
    }
    /// How many operands a value has, which an own function with it puts together again.
    fn width(&self, _: Self::Id) -> usize {
        1
    }
    /// The arguments with which an abstract function is known to be applied, if they are
    /// known and always the same.
    fn known_arguments(&self, _: &str) -> Option<Vec<Self::Id>> {
        None
    }
    /// The name of a value that is a symbol or an abstract function.
    fn short_name(&self, _: Self::Id) -> Option<String> {
        None
    }
}

impl Builder for Pool {
    type Id = crate::kernel::ExprId;

    fn number(&mut self, value: &Number) -> Self::Id {
        self.number(value.clone())
    }

    fn constant(&mut self, constant: Constant) -> Self::Id {
        match constant {
            Constant::E => Self::E,
            Constant::Pi => Self::PI,
        }
    }

    fn symbol(&mut self, name: &str) -> Self::Id {
        self.symbol(name)
    }

    fn sum(&mut self, terms: &[(bool, Self::Id)]) -> Self::Id {
        if terms.iter().all(|(minus, _)| !minus) {
            let terms: SmallVec<[Self::Id; 8]> =
                terms.iter().map(|(_, id)| *id).collect();
            return Self::sum(self, &terms);
        }
        let weight = |minus: bool| if minus { Number::MINUS_ONE } else { Number::ONE };
        let terms: SmallVec<[(Number, Self::Id); 8]> =
            terms.iter().map(|(minus, id)| (weight(*minus), *id)).collect();
        self.weighted_sum(&terms)
    }

    fn product(&mut self, factors: &[(bool, Self::Id)]) -> Self::Id {
        let factors: SmallVec<[Self::Id; 8]> = factors
            .iter()
            .map(
                |(divide, id)| {
                    if *divide { self.power(*id, Self::MINUS_ONE) } else { *id }
                },
            )
            .collect();
        Self::product(self, &factors)
    }

    fn negate(&mut self, operand: Self::Id) -> Self::Id {
        Self::negate(self, operand)
    }

    fn power(&mut self, base: Self::Id, exponent: Self::Id) -> Self::Id {
        Self::power(self, base, exponent)
    }

    fn apply(&mut self, function: FunctionId, arguments: &[Self::Id]) -> Self::Id {
        super::apply(self, function, arguments)
    }

    fn apply_abstract(
        &mut self,
        function: AbstractFunction,
        arguments: &[Self::Id],
    ) -> Self::Id {
        self.note_application(&function.name, arguments);
        let id = self.abstract_function(function);
        self.application(id, arguments)
    }

    fn is_undefined(&self, id: Self::Id) -> bool {
        id == Self::UNDEFINED
    }

    fn is_zero(&self, id: Self::Id) -> bool {
        id == Self::ZERO || vanishes(self, id)
    }

    fn width(&self, id: Self::Id) -> usize {
        match self.node(id) {
            Node::Sum(list) | Node::Product(list) => self.list(list).len(),
            _ => 1,
        }
    }

    fn known_arguments(&self, name: &str) -> Option<Vec<Self::Id>> {
        self.applications(name).map(<[Self::Id]>::to_vec)
    }

    fn short_name(&self, id: Self::Id) -> Option<String> {
        self.slot_name(id).map(str::to_owned)
    }
}

/// Whether a sum is 0 when multiples of sums in it are multiplied out: `(n + 2)/4 - n/4 - 1/2`.
fn vanishes(pool: &Pool, id: ExprId) -> bool {
    let Node::Sum(list) = pool.node(id) else { return false };
    let mut total: SmallVec<[(ExprId, Number); 8]> = SmallVec::new();
    for term in pool.list(list) {
        let (outer, rest) = pool.coefficient(*term);
        for part in pool.terms(&rest) {
            let (n, rest) = pool.numbered(*part);
            let n = outer.mul(n);
            match total.iter_mut().find(|known| known.0 == rest) {
                Some(known) => known.1 = known.1.add(&n),
                None => total.push((rest, n)),
            }
        }
    }
    total.iter().all(|(_, n)| n.is_zero())
}
