//! Everything multiplied out: the normal form in which equality is decided first.

use super::super::form::Elementwise;
use super::apart::is_logarithm;
use super::pool::{Axes, Node, Primary, TensorId, Tensors};
use super::term::{Factor, Label};
use crate::kernel::{FunctionId, Number};
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

/// The greatest power of a sum that is multiplied out.
const MAX_POWER: i64 = 6;

impl Tensors {
    /// The tensor with all sums inside of products multiplied out; definitions are put in on
    /// demand.
    pub(crate) fn expand(&mut self, root: TensorId, inside: bool) -> TensorId {
        let before = self.distributes.replace(0);
        let was_ordered = std::mem::replace(&mut self.is_ordered, inside);
        let mut known: FxHashMap<TensorId, TensorId> = FxHashMap::default();
        let all = if inside { self.below(root) } else { self.around(root) };
        for id in all {
            let of = |id: TensorId| known.get(&id).copied().unwrap_or(id);
            let found = match self.node(id).clone() {
                Node::Sum(mut terms) => {
                    for factor in terms.iter_mut().flat_map(|t| t.factors.iter_mut()) {
                        factor.id = of(factor.id);
                    }
                    let axes = Axes::from_slice(self.axes(id));
                    self.sum(&axes, terms)
                }
                Node::Map(function, list)
                    if self.is_of_moduli && is_logarithm(&function) =>
                {
                    self.logarithm_of_modulus(of(list[0]))
                }
                Node::Map(function, list) if inside && is_logarithm(&function) => {
                    self.logarithm_apart(of(list[0]))
                }
                Node::Map(Elementwise::Table(FunctionId::ABS), list)
                    if self.by_laws && self.is_of_size_one(of(list[0])) =>
                {
                    self.number(Number::ONE)
                }
                Node::Map(function, list) => {
                    let list: SmallVec<[TensorId; 2]> =
                        list.iter().map(|id| of(*id)).collect();
                    self.map(function, list)
                }
                Node::Power(base, exponent) => {
                    let (base, exponent) = (of(base), of(exponent));
                    let sign = self.power_of_sign(base, exponent);
                    sign.unwrap_or_else(|| self.expand_power(base, exponent))
                }
                Node::Inverse(a) => {
                    let a = of(a);
                    self.law_of_inverse(a).unwrap_or_else(|| self.inverse(a))
                }
                Node::PseudoInverse(a) => self.pseudo_inverse(of(a)),
                Node::Primary(function, a) => {
                    let function = match function {
                        Primary::Power(n) => Primary::Power(of(n)),
                        other => other,
                    };
                    self.function_by_law(function, of(a))
                }
                Node::Along(a, change) => self.exponential_along(of(a), of(change)),
                Node::Spectral(part, a, k) => self.spectral(part, of(a), k),
                Node::Nuclear(a) => self.nuclear(of(a)),
                Node::Polar(a) => self.polar(of(a)),
                Node::Determinant(a) if inside => self.determinant_apart(of(a)),
                Node::Determinant(a) => self.determinant(of(a)),
                Node::Softmax(a) => self.softmax(of(a)),
                Node::Field(place, order, a) => self.field(place, order, of(a)),
                Node::Hardmax(a) => self.hardmax(of(a)),
                Node::Reduced(reduction, a) => self.reduced(reduction, of(a)),
                Node::Definition(place) if inside => {
                    let body = self.scope.definitions[usize::from(place)].body;
                    self.lowered.get(&body).map_or(id, |value| of(*value))
                }
                _ => id,
            };
            known.insert(id, found);
        }
        self.distributes = before;
        self.is_ordered = was_ordered;
        known.get(&root).copied().unwrap_or(root)
    }

    /// The tensor with the sums that are factors of its terms multiplied out from so many
    /// axes on, and nothing below those.
    pub(crate) fn multiply_out(&mut self, id: TensorId, least: usize) -> TensorId {
        let Node::Sum(terms) = self.node(id).clone() else { return id };
        let before = self.distributes.replace(least);
        let axes = Axes::from_slice(self.axes(id));
        let flat = self.sum(&axes, terms);
        self.distributes = before;
        flat
    }

    fn expand_power(&mut self, base: TensorId, exponent: TensorId) -> TensorId {
        let whole = self.as_number(exponent).and_then(|n| n.to_i64());
        let Some(count) = whole.filter(|n| (2..=MAX_POWER).contains(n)) else {
            return self.power(base, exponent);
        };
        if !matches!(self.node(base), Node::Sum(_)) {
            return self.power(base, exponent);
        }
        let axes = Axes::from_slice(self.axes(base));
        let at: SmallVec<[Label; 4]> = (0..axes.len() as Label).collect();
        let mut product = base;
        for _ in 1..count {
            let factors = vec![
                Factor { id: product, at: at.clone() },
                Factor { id: base, at: at.clone() },
            ];
            product = self.einsum(Number::ONE, factors, &axes, axes.len());
        }
        product
    }
}
