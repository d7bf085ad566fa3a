//! Ranks that a matrix cannot pass, by how it is made.

use super::form::{FormId, Forms, Op, Scope};
use super::shape::{Shape, Size, SizeId};
use super::table::Special;
use rustc_hash::FxHashMap;

/// Of how many definitions ranks are looked at.
const MOST: usize = 32;

impl Forms {
    /// The greatest rank of a square form, where that is less than its size: then it has no
    /// inverse, and its determinant is 0. A size that has a name is taken to be above 1.
    pub(super) fn singular_rank(&self, id: FormId, scope: &Scope) -> Option<u64> {
        let mut known: FxHashMap<u16, Option<u64>> = FxHashMap::default();
        let definitions = scope.definitions.iter().take(MOST);
        for (place, definition) in definitions.enumerate() {
            let rank = self.rank(definition.body, scope, &known);
            known.insert(place as u16, rank);
        }
        let rank = self.rank(id, scope, &known)?;
        let is_less = match scope.sizes.get(self.shape(id).rows) {
            Size::Fixed(n) => rank < u64::from(*n),
            Size::Named(_) => rank <= 1,
            Size::Product(_) => false,
        };
        is_less.then_some(rank)
    }

    /// A bound of the rank; `None` where it hangs on sizes that have names.
    fn rank(
        &self,
        root: FormId,
        scope: &Scope,
        known: &FxHashMap<u16, Option<u64>>,
    ) -> Option<u64> {
        let bound = |shape: Shape| {
            let number = |size: SizeId| match scope.sizes.get(size) {
                Size::Fixed(n) => Some(u64::from(*n)),
                _ => None,
            };
            least(number(shape.rows), number(shape.cols))
        };
        let one = |id: FormId, done: &FxHashMap<FormId, Option<u64>>| {
            let of = |id: &FormId| done.get(id).copied().flatten();
            let product = |list: &[FormId]| {
                list.iter().try_fold(1u64, |all, id| Some(all.saturating_mul(of(id)?)))
            };
            let is_scalar = |id: &FormId| self.shape(*id).is_scalar();
            let own = match self.op(id) {
                _ if is_scalar(&id) => Some(1),
                Op::Zeros => Some(0),
                Op::Ones => Some(1),
                Op::Definition(place) => known.get(place).copied().flatten(),
                Op::Sum(list) => list
                    .iter()
                    .try_fold(0u64, |sum, (_, id)| Some(sum.saturating_add(of(id)?))),
                Op::Product(list) => {
                    let list = list.iter().filter(|id| !is_scalar(id));
                    list.fold(None, |rank, id| least(rank, of(id)))
                }
                Op::Hadamard(list) => product(list),
                Op::Transpose(of_) => of(of_),
                Op::Divide(above, _) => of(above),
                Op::Power(base, exponent)
                    if self.as_number(*exponent).is_some_and(|n| n.is_positive()) =>
                {
                    of(base)
                }
                // The rank of what is skew is even.
                Op::Variable(place)
                    if scope.variables[usize::from(*place)].structure.skew =>
                {
                    bound(self.shape(id)).map(|n| n - n % 2)
                }
                Op::Call(Special::Skew, _) => Some(2),
                Op::Call(Special::Outer, _) => Some(1),
                Op::Call(Special::Kronecker, list) => product(list),
                _ => None,
            };
            least(own, bound(self.shape(id)))
        };
        self.fold(root, one).flatten()
    }
}

/// The less of two bounds, of which each may be missing.
fn least(a: Option<u64>, b: Option<u64>) -> Option<u64> {
    a.into_iter().chain(b).min()
}
