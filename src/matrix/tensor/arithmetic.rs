//! Constructors of tensors: sums, products, powers, inverses.

use super::super::form::Elementwise;
use super::super::shape::{Size, SizeId};
use super::pool::{Axes, Node, Primary, TensorId, Tensors};
use super::term::{Factor, Label, Term};
use crate::kernel::{Constant, FunctionId, Number};
use smallvec::SmallVec;

/// The most bits of an exact number.
const MAX_BITS: u64 = 1 << 14;
/// The greatest degree of a root of a number that is made less.
const MAX_DEGREE: u32 = 12;

pub(super) fn identity(order: usize) -> SmallVec<[Label; 4]> {
    (0..order as u8).collect()
}

/// Square matrices in a row, each with whether it is turned.
pub(super) type Chain = Vec<(TensorId, bool)>;

impl Tensors {
    /// A sum of terms over the labels of the axes, in canonical form.
    pub(super) fn sum(&mut self, axes: &[SizeId], terms: Vec<Term>) -> TensorId {
        let order = axes.len();
        let mut done: Vec<Term> = Vec::with_capacity(terms.len());
        for term in terms {
            for next in self.contract(term, order) {
                let same =
                    |t: &&mut Term| t.factors == next.factors && t.sizes == next.sizes;
                match done.iter_mut().find(same) {
                    Some(known) => {
                        known.coefficient = known.coefficient.add(&next.coefficient);
                    }
                    None => done.push(next),
                }
            }
            self.spend(done.len());
        }
        done.retain(|term| !term.coefficient.is_zero());
        if done.iter().any(|term| term.coefficient.bits() > MAX_BITS) {
            self.fail();
        }
        if let [one] = &done[..]
            && one.coefficient.is_one()
            && let [factor] = &one.factors[..]
            && factor.at == identity(order)
            && one.sizes.len() == order
        {
            return factor.id;
        }
        Self::order_terms(&mut done);
        let node = Node::Sum(done);
        if let Some(known) = self.find(node.clone(), axes) {
            return known;
        }
        let id = self.intern(node.clone(), axes, false);
        if order == 2 && axes[0] == axes[1] {
            let turned = self.transposed_terms(id);
            if node == Node::Sum(turned) {
                self.mark_symmetric(id);
            }
        }
        id
    }

    /// The axes of those of several operands that have some: the others go with every entry.
    pub(super) fn common_axes(&self, operands: &[TensorId]) -> Axes {
        let longest = operands.iter().max_by_key(|id| self.axes(**id).len());
        longest.map(|id| Axes::from_slice(self.axes(*id))).unwrap_or_default()
    }

    /// The sum of tensors with the same axes or none.
    pub(crate) fn plus(&mut self, operands: &[TensorId]) -> TensorId {
        let weighted: Vec<(Number, TensorId)> =
            operands.iter().map(|id| (Number::ONE, *id)).collect();
        self.weighted(&weighted)
    }

    /// The sum of multiples of tensors with the same axes or none.
    pub(crate) fn weighted(&mut self, operands: &[(Number, TensorId)]) -> TensorId {
        let ids: Vec<TensorId> = operands.iter().map(|(_, id)| *id).collect();
        let axes = self.common_axes(&ids);
        let mut all = Vec::new();
        for (weight, id) in operands {
            let unit = weight.is_one() || *weight == Number::MINUS_ONE;
            let mut terms = self.terms(*id);
            let order = self.axes(*id).len();
            // A multiple of a sum stays one: it is a factor of the term.
            if !unit && terms.len() > 1 {
                terms = vec![Term {
                    coefficient: Number::ONE,
                    factors: vec![Factor { id: *id, at: identity(order) }],
                    sizes: self.axes(*id).iter().copied().collect(),
                }];
            }
            for mut term in terms {
                if order < axes.len() {
                    let count = axes.len() as u8;
                    for at in term.factors.iter_mut().flat_map(|f| f.at.iter_mut()) {
                        *at += count;
                    }
                    term.sizes.insert_many(0, axes.iter().copied());
                }
                term.coefficient = term.coefficient.mul(weight);
                all.push(term);
            }
        }
        self.sum(&axes, all)
    }

    /// The product of entries of tensors with the same axes or none.
    pub(super) fn times(&mut self, operands: &[TensorId]) -> TensorId {
        let axes = self.common_axes(operands);
        let factors = operands
            .iter()
            .map(|id| Factor { id: *id, at: identity(self.axes(*id).len()) })
            .collect();
        self.einsum(Number::ONE, factors, &axes, axes.len())
    }

    /// Powers of entries.
    pub(super) fn power(&mut self, base: TensorId, exponent: TensorId) -> TensorId {
        let axes = self.common_axes(&[base, exponent]);
        let number = self.as_number(exponent);
        if let Some(n) = &number {
            if n.is_zero() {
                return self.filled(Number::ONE, &axes);
            }
            if n.is_one() {
                return base;
            }
            if let Some(found) = self.number_power(base, n) {
                return found;
            }
        }
        if let Node::Map(Elementwise::Table(FunctionId::LN), list) = self.node(exponent)
            && matches!(self.node(base), Node::Constant(Constant::E))
        {
            let of = list[0];
            return if self.is_of_moduli { self.absolute(of) } else { of };
        }
        // e^(a)^b is e^(a*b).
        if let Node::Power(inner, power) = *self.node(base)
            && matches!(self.node(inner), Node::Constant(Constant::E))
        {
            let product = self.times(&[power, exponent]);
            return self.power(inner, product);
        }
        self.power_node(base, exponent)
    }

    fn power_node(&mut self, base: TensorId, exponent: TensorId) -> TensorId {
        let axes = self.common_axes(&[base, exponent]);
        let symmetric = axes.len() == 2
            && [base, exponent]
                .iter()
                .all(|id| self.axes(*id).is_empty() || self.is_symmetric(*id));
        if let Some(turned) = self.turn_round(&[base, exponent]) {
            let id = self.power(turned[0], turned[1]);
            return self.transpose(id);
        }
        self.intern(Node::Power(base, exponent), &axes, symmetric)
    }

    /// Powers with an exponent that is a number neither 0 nor 1, where they can be taken apart.
    fn number_power(&mut self, base: TensorId, n: &Number) -> Option<TensorId> {
        let axes = Axes::from_slice(self.axes(base));
        match self.node(base).clone() {
            Node::Power(inner, power) => {
                let m = self.as_number(power)?;
                // (b^m)^n is b^(m*n) for whole n, and where b is positive.
                let is_size = matches!(self.node(inner), Node::Size(_));
                if n.is_integer() || !m.is_integer() || is_size {
                    let exponent = self.number(m.mul(n));
                    return Some(self.power(inner, exponent));
                }
                if m.is_even() {
                    let absolute = self.map(
                        Elementwise::Table(FunctionId::ABS),
                        SmallVec::from_slice(&[inner]),
                    );
                    let exponent = self.number(m.mul(n));
                    return Some(self.power(absolute, exponent));
                }
                None
            }
            Node::Delta | Node::Unit(_) | Node::Lower if n.is_positive() => Some(base),
            Node::Variable(place) if self.is_one_hot(place) && n.is_positive() => {
                Some(base)
            }
            Node::Map(Elementwise::Table(FunctionId::ABS), list) if n.is_even() => {
                let exponent = self.number(n.clone());
                Some(self.power(list[0], exponent))
            }
            Node::Sum(terms) => {
                let [term] = &terms[..] else {
                    return (terms.is_empty() && n.is_positive()).then_some(base);
                };
                let known = power_of(&term.coefficient, n);
                if known.is_none() && term.factors.is_empty() && axes.is_empty() {
                    return self.least_root(&term.coefficient, n);
                }
                let coefficient = known?;
                let plain = term.sizes.len() == axes.len();
                if term.factors.is_empty() {
                    return Some(self.filled(coefficient, &axes));
                }
                let whole = n.is_integer();
                if plain && whole {
                    let exponent = self.number(n.clone());
                    let mut factors = Vec::new();
                    for factor in &term.factors {
                        if self.is_indicator(factor.id) {
                            if n.is_negative() {
                                return None;
                            }
                            factors.push(factor.clone());
                            continue;
                        }
                        // Of a diagonal, the other entries may be zero.
                        if n.is_negative() && has_repeated(&factor.at) {
                            return None;
                        }
                        let order = self.axes(factor.id).len();
                        let id = self.power(factor.id, exponent);
                        if self.axes(id).len() != order {
                            return None;
                        }
                        factors.push(Factor { id, at: factor.at.clone() });
                    }
                    return Some(self.einsum(coefficient, factors, &axes, axes.len()));
                }
                if !whole && let Some(found) = self.without_sizes(term, n, &axes) {
                    return Some(found);
                }
                if term.coefficient.is_one() || !whole && term.coefficient.is_negative() {
                    return None;
                }
                let mut bare = term.clone();
                bare.coefficient = Number::ONE;
                let bare = self.sum(&axes, vec![bare]);
                let exponent = self.number(n.clone());
                let power = self.power(bare, exponent);
                Some(self.weighted(&[(coefficient, power)]))
            }
            _ => None,
        }
    }

    /// A root of a number with the least whole number below it: `sqrt(8)` is `2*sqrt(2)`.
    fn least_root(&mut self, value: &Number, n: &Number) -> Option<TensorId> {
        let degree = u32::try_from(n.denominator().to_i64()?).ok()?;
        let top = n.numerator().to_i64()?;
        if !value.is_positive() || !(2..=MAX_DEGREE).contains(&degree) {
            return None;
        }
        // a/b is a*b^(d-1)/b^d.
        let below = value.denominator();
        let whole = value.numerator().mul(&below.pow(i64::from(degree) - 1, MAX_BITS)?);
        let (outside, inside) = whole.extract_root(degree);
        let outside = outside.mul(&below.recip()?);
        if outside.is_one() {
            return None;
        }
        let coefficient = outside.pow(top, MAX_BITS)?;
        let base = self.number(inside);
        let exponent = self.number(n.clone());
        let root = self.power_node(base, exponent);
        Some(self.weighted(&[(coefficient, root)]))
    }

    /// A broken power of a term with sizes, which are positive: their own powers beside that of
    /// the rest.
    fn without_sizes(
        &mut self,
        term: &Term,
        n: &Number,
        axes: &[SizeId],
    ) -> Option<TensorId> {
        let is_size = |f: &Factor| match self.node(f.id) {
            Node::Size(_) => true,
            Node::Power(base, m) => {
                matches!(self.node(*base), Node::Size(_)) && self.as_number(*m).is_some()
            }
            _ => false,
        };
        let (sizes, rest): (Vec<Factor>, Vec<Factor>) =
            term.factors.iter().cloned().partition(is_size);
        if sizes.is_empty() || rest.is_empty() {
            return None;
        }
        let rest = self.sum(axes, vec![Term { factors: rest, ..term.clone() }]);
        let exponent = self.number(n.clone());
        let mut factors = vec![self.power(rest, exponent)];
        for size in sizes {
            factors.push(self.power(size.id, exponent));
        }
        Some(self.times(&factors))
    }

    fn is_one_hot(&self, place: u16) -> bool {
        let known = self.scope.variables.get(usize::from(place));
        known.is_some_and(|variable| variable.structure.one_hot)
    }

    /// Whether a tensor has entries 0 and 1 for all sizes.
    pub(super) fn is_indicator(&self, id: TensorId) -> bool {
        matches!(self.node(id), Node::Delta | Node::Pair | Node::Lower)
    }

    /// A power of the base of a factor; `like` has the axes that it must have.
    pub(super) fn power_like(
        &mut self,
        like: TensorId,
        base: TensorId,
        exponent: TensorId,
    ) -> TensorId {
        let axes = Axes::from_slice(self.axes(like));
        let id = self.power(base, exponent);
        if self.axes(id).len() == axes.len() {
            return id;
        }
        let one = self.filled(Number::ONE, &axes);
        self.times(&[id, one])
    }

    /// The transpose of a matrix, for comparisons.
    pub(crate) fn turned(&mut self, id: TensorId) -> TensorId {
        self.transpose(id)
    }

    /// The transpose of a matrix; vectors and scalars are their own.
    pub(super) fn transpose(&mut self, id: TensorId) -> TensorId {
        let axes = Axes::from_slice(self.axes(id));
        match axes[..] {
            [m, n] => {
                let factor = Factor::new(id, &[1, 0]);
                self.einsum(Number::ONE, vec![factor], &[n, m], 2)
            }
            _ => id,
        }
    }

    /// The axes of a function and those of its variable, each put together into one.
    pub(crate) fn stacked(&mut self, id: TensorId, own: usize) -> TensorId {
        let axes = Axes::from_slice(self.axes(id));
        let groups = [(0..own), (own..axes.len())];
        let mut sizes = Vec::new();
        let mut factors = Vec::new();
        let count = groups.iter().filter(|group| !group.is_empty()).count();
        let inner: SmallVec<[Label; 4]> =
            (0..axes.len()).map(|axis| (count + axis) as Label).collect();
        for group in groups.iter().filter(|group| !group.is_empty()) {
            let outer = sizes.len() as Label;
            match axes[group.clone()] {
                [m, n] => {
                    let whole = self.scope.sizes.product(m, n);
                    let pair = self.intern(Node::Pair, &[whole, n, m], false);
                    let (row, col) = (inner[group.start], inner[group.start + 1]);
                    factors.push(Factor::new(pair, &[outer, col, row]));
                    sizes.push(whole);
                }
                _ => {
                    let delta = self.delta(axes[group.start]);
                    factors.push(Factor::new(delta, &[outer, inner[group.start]]));
                    sizes.push(axes[group.start]);
                }
            }
        }
        factors.push(Factor { id, at: inner });
        sizes.extend(axes);
        self.einsum(Number::ONE, factors, &sizes, count)
    }

    /// The transposes of operands, if each is the transpose of something made before.
    pub(super) fn turn_round(&mut self, operands: &[TensorId]) -> Option<Vec<TensorId>> {
        let mut any = false;
        let mut turned = Vec::new();
        for id in operands {
            match self.orientation(*id) {
                (base, true) => {
                    any = true;
                    turned.push(base);
                }
                (id, false) if self.axes(id).is_empty() || self.is_symmetric(id) => {
                    turned.push(id);
                }
                _ => return None,
            }
        }
        any.then_some(turned)
    }

    /// The inverse of a matrix.
    pub(super) fn inverse(&mut self, id: TensorId) -> TensorId {
        let axes = Axes::from_slice(self.axes(id));
        if axes.len() < 2 {
            let minus = self.number(Number::MINUS_ONE);
            return self.power(id, minus);
        }
        if let (base, true) = self.orientation(id) {
            let inverse = self.inverse(base);
            return self.transpose(inverse);
        }
        match self.node(id).clone() {
            Node::Inverse(of) => return of,
            Node::Delta => return id,
            Node::Variable(place) => {
                let known = self.scope.variables.get(usize::from(place));
                if known.is_some_and(|v| v.structure.orthogonal) {
                    return self.transpose(id);
                }
            }
            Node::Sum(terms) => {
                if let [term] = &terms[..]
                    && let Some(found) = self
                        .inverse_of_product(term)
                        .or_else(|| self.inverse_of_diagonal(term))
                {
                    return found;
                }
            }
            _ => {}
        }
        let symmetric = self.is_symmetric(id);
        self.intern(Node::Inverse(id), &axes, symmetric)
    }

    /// The square factors in a row of which a matrix is the product, each with whether it is
    /// turned, and the scalars beside them.
    pub(super) fn in_a_row(&self, term: &Term) -> Option<(Chain, Vec<TensorId>)> {
        // A label that is shared otherwise, as in `diag(diag(X))`, is no product of matrices.
        let uses = |label: usize| if label < 2 { 1 } else { 2 };
        if (0..term.sizes.len()).any(|label| term.uses(label as Label) != uses(label)) {
            return None;
        }
        let mut at: Label = 0;
        let (scalars, mut left): (Vec<Factor>, Vec<Factor>) =
            term.factors.iter().cloned().partition(|factor| factor.at.is_empty());
        let mut chain = Vec::new();
        let size = *term.sizes.first()?;
        while let Some(place) = left.iter().position(|f| f.at.contains(&at)) {
            let factor = left.remove(place);
            if factor.at.len() != 2 || self.axes(factor.id) != [size, size] {
                return None;
            }
            let turned = factor.at[1] == at;
            let next = if turned { factor.at[0] } else { factor.at[1] };
            chain.push((factor.id, turned));
            at = next;
            if at == 1 {
                break;
            }
        }
        let alone = chain.len() == 1 && scalars.is_empty() && term.coefficient.is_one();
        let is_whole = at == 1 && left.is_empty() && !alone;
        is_whole.then(|| (chain, scalars.into_iter().map(|scalar| scalar.id).collect()))
    }

    /// `inv(c*A*B)` is `inv(B)*inv(A)/c` for square factors in a row.
    fn inverse_of_product(&mut self, term: &Term) -> Option<TensorId> {
        let (chain, scalars) = self.in_a_row(term)?;
        let size = term.sizes[0];
        let mut factors = Vec::new();
        let minus = self.number(Number::MINUS_ONE);
        for scalar in scalars {
            factors.push(Factor::new(self.power(scalar, minus), &[]));
        }
        let mut sizes = vec![size, size];
        let count = chain.len();
        for (place, (id, turned)) in chain.into_iter().rev().enumerate() {
            let inverse = self.inverse(id);
            let from = if place == 0 { 0 } else { place as u8 + 1 };
            let to = if place + 1 == count { 1 } else { place as u8 + 2 };
            if to > 1 {
                sizes.push(size);
            }
            let ends = if turned { [to, from] } else { [from, to] };
            factors.push(Factor::new(inverse, &ends));
        }
        Some(self.einsum(term.coefficient.recip()?, factors, &sizes, 2))
    }

    /// The inverse of a matrix that is zero beside the diagonal.
    fn inverse_of_diagonal(&mut self, term: &Term) -> Option<TensorId> {
        let is_delta = |f: &Factor| {
            matches!(self.node(f.id), Node::Delta) && matches!(f.at[..], [0, 1] | [1, 0])
        };
        let place = term.factors.iter().position(is_delta)?;
        let mut entries = term.clone();
        entries.factors.remove(place);
        if entries.uses(1) > 0 {
            return None;
        }
        entries.remove(1);
        let size = term.sizes[0];
        let entries = self.sum(&[size], vec![entries]);
        let minus = self.number(Number::MINUS_ONE);
        let reciprocals = self.power(entries, minus);
        if self.axes(reciprocals).len() != 1 {
            return None;
        }
        let delta = Factor::new(self.delta(size), &[0, 1]);
        let factors = vec![delta, Factor::new(reciprocals, &[0])];
        Some(self.einsum(Number::ONE, factors, &[size, size], 2))
    }

    /// The determinant of a matrix.
    pub(super) fn determinant(&mut self, id: TensorId) -> TensorId {
        match self.orientation(id) {
            _ if self.axes(id).is_empty() => id,
            (base, _) => match self.node(base).clone() {
                Node::Delta => self.number(Number::ONE),
                // det(expm(A)) is e^tr(A).
                Node::Primary(Primary::Exponential, of) => {
                    let size = self.axes(of)[0];
                    let trace = vec![Factor::new(of, &[0, 0])];
                    let trace = self.einsum(Number::ONE, trace, &[size], 0);
                    self.primary(Primary::Exponential, trace)
                }
                Node::Inverse(of) => {
                    let determinant = self.determinant(of);
                    let minus = self.number(Number::MINUS_ONE);
                    self.power(determinant, minus)
                }
                Node::Sum(terms) => {
                    let scaled = match &terms[..] {
                        [term] => self.determinant_of_multiple(term),
                        _ => None,
                    };
                    scaled.unwrap_or_else(|| {
                        self.intern(Node::Determinant(base), &[], false)
                    })
                }
                _ => self.intern(Node::Determinant(base), &[], false),
            },
        }
    }

    /// `det(c*A)` is `c^n*det(A)`, where `n` is a number.
    fn determinant_of_multiple(&mut self, term: &Term) -> Option<TensorId> {
        let Size::Fixed(n) = *self.scope.sizes.get(*term.sizes.first()?) else {
            return None;
        };
        let (scalars, rest): (Vec<&Factor>, Vec<&Factor>) =
            term.factors.iter().partition(|factor| factor.at.is_empty());
        let [matrix] = rest[..] else { return None };
        let is_whole = matrix.at.len() == 2 && term.sizes.len() == 2;
        let is_multiple = !scalars.is_empty() || !term.coefficient.is_one();
        if !is_whole || !is_multiple || matrix.at[0] == matrix.at[1] {
            return None;
        }
        let exponent = Number::from(i64::from(n));
        let coefficient = power_of(&term.coefficient, &exponent)?;
        let exponent = self.number(exponent);
        let mut factors: Vec<Factor> = scalars
            .into_iter()
            .map(|scalar| Factor::new(self.power(scalar.id, exponent), &[]))
            .collect();
        factors.push(Factor::new(self.determinant(matrix.id), &[]));
        Some(self.einsum(coefficient, factors, &[], 0))
    }
}

/// Whether a label stands at several axes.
fn has_repeated(at: &[Label]) -> bool {
    at.iter().enumerate().any(|(place, label)| at[..place].contains(label))
}

/// The exact power of a number, if there is one.
fn power_of(value: &Number, exponent: &Number) -> Option<Number> {
    let top = exponent.numerator().to_i64()?;
    let below = exponent.denominator().to_i64()?;
    if top.unsigned_abs() > 4096 {
        return None;
    }
    let root = match below {
        1 => value.clone(),
        _ if value.is_negative() => return None,
        _ => value.exact_root(u32::try_from(below).ok()?)?,
    };
    if root.is_zero() && top < 0 {
        return None;
    }
    root.pow(top, MAX_BITS)
}
