//! Differentiation in index notation: the derivative has the axes of the function, then those
//! of the variable.

use super::super::form::Elementwise;
use super::super::shape::SizeId;
use super::arithmetic::identity;
use super::pool::{Axes, Node, Primary, TensorId, Tensors};
use super::spectral;
use super::term::{Factor, Label, Term};
use crate::error::{Error, ErrorKind, Result};
use crate::function::{self, is_condition};
use crate::kernel::{Constant, FunctionId, Number};
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

/// Derivatives, each tensor once: in one variable, or along a change of several.
struct Derivation<'t> {
    tensors: &'t mut Tensors,
    /// The derivatives of the variables.
    seeds: FxHashMap<TensorId, TensorId>,
    /// The axes that every derivative has behind its own; none along a change.
    axes: Axes,
    known: FxHashMap<TensorId, TensorId>,
    /// Whether names that the program defines are held constant.
    is_local: bool,
    /// Functions of matrices whose derivatives are known under a trace only.
    traced: FxHashSet<TensorId>,
}

impl Tensors {
    /// The derivative of a tensor in a declared or defined name.
    ///
    /// # Errors
    /// Derivatives that are not known, variables whose structure is not supported, limits.
    pub(crate) fn derivative(
        &mut self,
        of: TensorId,
        target: TensorId,
    ) -> Result<TensorId> {
        let found = self.derived(of, target, false);
        // In a scalar that is multiplied out, exponentials stand in terms of their own.
        if found.is_err() && self.axes(of).is_empty() {
            let expanded = self.expand(of, true);
            if let Ok(again) = self.derived(expanded, target, false) {
                return Ok(again);
            }
        }
        found
    }

    /// The derivative of a tensor in a name that stands in it, other names held constant.
    ///
    /// # Errors
    /// As [`Tensors::derivative`].
    pub(crate) fn local_derivative(
        &mut self,
        of: TensorId,
        target: TensorId,
    ) -> Result<TensorId> {
        self.derived(of, target, true)
    }

    fn derived(
        &mut self,
        of: TensorId,
        target: TensorId,
        is_local: bool,
    ) -> Result<TensorId> {
        self.joins_names = !is_local && !matches!(self.node(target), Node::Definition(_));
        let axes = Axes::from_slice(self.axes(target));
        let (seeds, known) = (FxHashMap::default(), FxHashMap::default());
        let traced = FxHashSet::default();
        let mut derivation =
            Derivation { tensors: self, seeds, axes, known, is_local, traced };
        let seed = derivation.tensors.itself(target)?;
        derivation.seeds.insert(target, seed);
        derivation.of_all(of)
    }

    /// The differential along changes of names that stand in a tensor, other names held
    /// constant.
    ///
    /// # Errors
    /// As [`Tensors::differential`].
    pub(crate) fn local_differential(
        &mut self,
        of: TensorId,
        changes: &[(TensorId, TensorId)],
    ) -> Result<TensorId> {
        self.along(of, changes, true)
    }

    fn along(
        &mut self,
        of: TensorId,
        changes: &[(TensorId, TensorId)],
        is_local: bool,
    ) -> Result<TensorId> {
        self.joins_names = !is_local;
        let (axes, known) = (Axes::new(), FxHashMap::default());
        let seeds = changes.iter().copied().collect();
        let traced = FxHashSet::default();
        Derivation { tensors: self, seeds, axes, known, is_local, traced }.of_all(of)
    }

    /// What a gradient in a tensor comes to in one of its names: the product with the local
    /// derivative, summed over the entries of the tensor.
    pub(crate) fn pulled_back(
        &mut self,
        gradient: TensorId,
        local: TensorId,
    ) -> TensorId {
        let own = self.axes(gradient).len();
        let mut sizes = Axes::from_slice(&self.axes(local)[own..]);
        let order = sizes.len();
        let above: SmallVec<[Label; 4]> =
            (order..order + own).map(|label| label as Label).collect();
        let mut at = above.clone();
        at.extend((0..order).map(|label| label as Label));
        sizes.extend_from_slice(&self.axes(local)[..own]);
        let factors = vec![Factor { id: gradient, at: above }, Factor { id: local, at }];
        self.einsum(Number::ONE, factors, &sizes, order)
    }

    /// The differential of a tensor: its derivative along changes of variables, each given
    /// beside the variable (Magnus and Neudecker, *Matrix Differential Calculus*, ch. 5).
    ///
    /// # Errors
    /// Derivatives that are not known, limits.
    pub(crate) fn differential(
        &mut self,
        of: TensorId,
        changes: &[(TensorId, TensorId)],
    ) -> Result<TensorId> {
        self.along(of, changes, false)
    }
}

/// Whether a factor is the trace of a matrix, in a term with so many axes: on an axis of its own
/// stands the diagonal.
fn is_traced(factor: &Factor, term: &Term, order: usize) -> bool {
    let is_trace = |a: Label| usize::from(a) >= order && term.uses(a) == 2;
    matches!(factor.at[..], [a, b] if a == b && is_trace(a))
}

/// The error of functions of matrices whose derivatives have no form.
fn untraced() -> Error {
    let what = "the derivative of a function of a matrix that is not alone under a trace";
    Error::from(ErrorKind::Unsupported(what.to_owned())).help(
        "known are gradients of traces, as `tr(logm(A))` and `tr(A^k)`, of scalars with an \
         exponential, as `u'*expm(A)*v`, and derivatives along what commutes with the matrix, as \
         `sqrtm(t*A)` in `t`",
    )
}

fn is_piecewise(function: Elementwise) -> bool {
    matches!(function, Elementwise::Table(id) if function::spec(id).name == "piecewise")
}

impl Derivation<'_> {
    /// The derivatives of everything below a tensor, operands first, and then its own.
    fn of_all(mut self, of: TensorId) -> Result<TensorId> {
        let all = match self.is_local {
            true => self.tensors.around(of),
            false => self.tensors.below(of),
        };
        for id in all {
            self.refuse_untraced(id)?;
            let found = self.rule(id)?;
            self.known.insert(id, found);
            self.tensors.check()?;
        }
        if self.traced.contains(&of) {
            return Err(untraced());
        }
        let zero = self.zero(of);
        Ok(self.known.get(&of).copied().unwrap_or(zero))
    }

    /// Refuses what needs the derivative of a function of a matrix that is known under a trace
    /// only.
    fn refuse_untraced(&self, id: TensorId) -> Result<()> {
        let is_free = match self.tensors.node(id) {
            Node::Sum(terms) => terms.iter().all(|term| {
                let mut factors = term.factors.iter();
                let order = self.tensors.axes(id).len();
                factors.all(|f| {
                    !self.traced.contains(&f.id)
                        || is_traced(f, term, order)
                        || self.tensors.can_turn(f, order)
                })
            }),
            _ => self.tensors.operands(id).iter().all(|id| !self.traced.contains(id)),
        };
        if is_free { Ok(()) } else { Err(untraced()) }
    }

    /// `tr(f'(M)*dM)` in place of a factor `tr(f(M))`.
    fn trace(&mut self, term: &Term, place: usize, order: usize) -> Option<Term> {
        let factor = &term.factors[place];
        let Node::Primary(function, of) = *self.tensors.node(factor.id) else {
            return None;
        };
        let inner = self.of(of)?;
        let slope = self.tensors.primary_slope(function, of);
        let mut next = self.widened(term, order);
        let own = next.factors.remove(place).at[0];
        let other = next.sizes.len() as Label;
        next.sizes.push(next.sizes[usize::from(own)]);
        next.factors.push(Factor::new(slope, &[other, own]));
        let mut at: SmallVec<[Label; 4]> = SmallVec::from_slice(&[own, other]);
        at.extend(self.behind(order));
        next.factors.push(Factor { id: inner, at });
        Some(next)
    }

    /// What an exponential in a scalar term is multiplied by, with that exponential, where its
    /// derivative is turned round.
    fn beside(&mut self, term: &Term, place: usize) -> Option<(TensorId, TensorId)> {
        let id = term.factors[place].id;
        let fits = self.tensors.can_turn(&term.factors[place], 0);
        (fits && self.traced.contains(&id))
            .then(|| (id, self.tensors.beside(term, place)))
    }

    /// `tr(G'*dM)` in place of the terms in which an exponential of `M` stands: what it is
    /// multiplied by, turned round by the derivative at the transpose.
    fn turned_round(&mut self, exponential: TensorId, beside: TensorId) -> Option<Term> {
        let Node::Primary(_, of) = *self.tensors.node(exponential) else { return None };
        let inner = self.of(of)?;
        let turned = self.tensors.transpose(of);
        let slope = self.tensors.exponential_along(turned, beside);
        let axes = Axes::from_slice(self.tensors.axes(of));
        let mut next = Term::constant(Number::ONE, &self.axes);
        let ends = Tensors::two_more(&mut next, &axes);
        let mut at: SmallVec<[Label; 4]> = SmallVec::from_slice(&ends);
        at.extend(self.behind(0));
        next.factors = vec![Factor::new(slope, &ends), Factor { id: inner, at }];
        Some(next)
    }

    /// A term with the axes of the variable behind its own.
    fn widened(&self, term: &Term, order: usize) -> Term {
        let mut next = term.clone();
        let more = self.axes.len() as Label;
        for at in next.factors.iter_mut().flat_map(|f| f.at.iter_mut()) {
            if usize::from(*at) >= order {
                *at += more;
            }
        }
        next.sizes.insert_many(order, self.axes.iter().copied());
        next
    }

    fn zero(&mut self, of: TensorId) -> TensorId {
        let axes = self.joined(of);
        self.tensors.sum(&axes, Vec::new())
    }

    /// The axes of a derivative.
    fn joined(&self, of: TensorId) -> Axes {
        self.tensors.axes(of).iter().chain(&self.axes).copied().collect()
    }

    fn of(&self, id: TensorId) -> Option<TensorId> {
        let found = *self.known.get(&id)?;
        (!self.tensors.is_zero(found)).then_some(found)
    }

    /// The labels of the variable behind `order` labels of the function.
    fn behind(&self, order: usize) -> SmallVec<[Label; 4]> {
        (order..order + self.axes.len()).map(|label| label as Label).collect()
    }

    /// The derivative of a function from columns or matrices to numbers that has no meaning, or of its
    /// gradient: the next one times that of the column.
    fn field(
        &mut self,
        id: TensorId,
        (place, order): (u16, u16),
        of: TensorId,
    ) -> Result<TensorId> {
        let Some(inner) = self.of(of) else { return Ok(self.zero(id)) };
        let own_axes = Axes::from_slice(self.tensors.axes(of));
        let what = match own_axes.len() {
            1 if order >= 2 => Some("third derivatives of a function of columns"),
            2 if order >= 1 => Some("second derivatives of a function of matrices"),
            _ => None,
        };
        if let Some(what) = what {
            let what = format!("{what} without a meaning");
            return Err(ErrorKind::Unsupported(what).into());
        }
        let slope = self.tensors.field(place, order + 1, of);
        let mut sizes = self.joined(id);
        let last = sizes.len() as Label..(sizes.len() + own_axes.len()) as Label;
        sizes.extend_from_slice(&own_axes);
        let own = usize::from(order) * own_axes.len();
        let mut ends: SmallVec<[Label; 4]> = (0..own as Label).collect();
        ends.extend(last.clone());
        let mut at: SmallVec<[Label; 4]> = last.collect();
        at.extend(self.behind(own));
        let factors = vec![Factor { id: slope, at: ends }, Factor { id: inner, at }];
        let total = own + self.axes.len();
        Ok(self.tensors.einsum(Number::ONE, factors, &sizes, total))
    }

    fn rule(&mut self, id: TensorId) -> Result<TensorId> {
        if let Some(seed) = self.seeds.get(&id) {
            return Ok(*seed);
        }
        match self.tensors.node(id).clone() {
            Node::Sum(terms) => Ok(self.sum(id, &terms)),
            Node::Definition(_) if self.is_local => Ok(self.zero(id)),
            Node::Definition(place) => {
                let body = self.tensors.scope.definitions[usize::from(place)].body;
                let value = self.tensors.lowered.get(&body).copied();
                let found = value.and_then(|value| self.of(value));
                Ok(found.unwrap_or_else(|| self.zero(id)))
            }
            Node::Map(Elementwise::Table(f), _) if !f.is_builtin() => Ok(self.zero(id)),
            Node::Map(function, arguments) if is_piecewise(function) => {
                Ok(self.piecewise(id, function, &arguments))
            }
            Node::Map(function, arguments) => {
                let mut terms = Vec::new();
                for (place, argument) in arguments.iter().enumerate() {
                    if let Some(inner) = self.of(*argument) {
                        let slope = self.tensors.slope(function, place, &arguments)?;
                        terms.push(self.chain(id, slope, *argument, inner));
                    }
                }
                Ok(self.collect(id, terms))
            }
            Node::Power(base, exponent) => self.power(id, base, exponent),
            Node::Inverse(of) => {
                let Some(inner) = self.of(of) else { return Ok(self.zero(id)) };
                // -inv(M)*dM*inv(M)
                let size = self.tensors.axes(id)[0];
                let mut sizes = self.joined(id);
                let (k, l) = (sizes.len() as Label, sizes.len() as Label + 1);
                sizes.extend([size, size]);
                let mut at: SmallVec<[Label; 4]> = SmallVec::from_slice(&[k, l]);
                at.extend(self.behind(2));
                let factors = vec![
                    Factor::new(id, &[0, k]),
                    Factor { id: inner, at },
                    Factor::new(id, &[l, 1]),
                ];
                let total = 2 + self.axes.len();
                Ok(self.tensors.einsum(Number::MINUS_ONE, factors, &sizes, total))
            }
            Node::PseudoInverse(of) => {
                let Some(inner) = self.of(of) else { return Ok(self.zero(id)) };
                let behind = self.axes.clone();
                Ok(self.tensors.pseudo_inverse_change(id, of, inner, &behind))
            }
            Node::Spectral(part, of, k) => {
                let Some(inner) = self.of(of) else { return Ok(self.zero(id)) };
                let behind = self.axes.clone();
                self.tensors.spectral_change((part, of, k), inner, &behind)
            }
            Node::Nuclear(of) => {
                let Some(inner) = self.of(of) else { return Ok(self.zero(id)) };
                let behind = self.axes.clone();
                Ok(self.tensors.nuclear_change(of, inner, &behind))
            }
            Node::Polar(of) if self.of(of).is_some() => {
                Err(spectral::unknown("the polar factor"))
            }
            Node::Along(of, change) => match (self.of(of), self.of(change)) {
                (None, None) => Ok(self.zero(id)),
                (None, Some(inner)) if self.axes.is_empty() => {
                    Ok(self.tensors.exponential_along(of, inner))
                }
                _ => {
                    let what = "second derivatives of an exponential of a matrix";
                    Err(ErrorKind::Unsupported(what.to_owned()).into())
                }
            },
            Node::Primary(Primary::Exponential, of) if self.axes.is_empty() => {
                let Some(inner) = self.of(of) else { return Ok(self.zero(id)) };
                Ok(self.tensors.exponential_along(of, inner))
            }
            Node::Primary(function, of) => {
                let Some(inner) = self.of(of) else { return Ok(self.zero(id)) };
                if !self.axes.is_empty() || !self.tensors.commutes_with(inner, of) {
                    self.traced.insert(id);
                    return Ok(self.zero(id));
                }
                let slope = self.tensors.primary_slope(function, of);
                let size = self.tensors.axes(id)[0];
                let factors =
                    vec![Factor::new(slope, &[0, 2]), Factor::new(inner, &[2, 1])];
                Ok(self.tensors.einsum(Number::ONE, factors, &[size; 3], 2))
            }
            Node::Determinant(of) => {
                let Some(inner) = self.of(of) else { return Ok(self.zero(id)) };
                let inverse = self.tensors.inverse(of);
                let size = self.tensors.axes(of)[0];
                let mut sizes = self.axes.clone();
                let (k, l) = (sizes.len() as Label, sizes.len() as Label + 1);
                sizes.extend([size, size]);
                let mut at: SmallVec<[Label; 4]> = SmallVec::from_slice(&[k, l]);
                at.extend(self.behind(0));
                let factors = vec![
                    Factor::new(id, &[]),
                    Factor::new(inverse, &[l, k]),
                    Factor { id: inner, at },
                ];
                let total = self.axes.len();
                Ok(self.tensors.einsum(Number::ONE, factors, &sizes, total))
            }
            Node::Softmax(of) => Ok(self.softmax(id, of)),
            Node::Field(place, order, of) => self.field(id, (place, order), of),
            Node::Reduced(reduction, of) => {
                let Some(inner) = self.of(of) else { return Ok(self.zero(id)) };
                let weights = self.tensors.weights(reduction, of);
                Ok(self.averaged(id, weights, inner))
            }
            _ => Ok(self.zero(id)),
        }
    }

    fn sum(&mut self, id: TensorId, terms: &[Term]) -> TensorId {
        let order = self.tensors.axes(id).len();
        let mut all = Vec::new();
        let mut turned: Vec<(TensorId, Vec<TensorId>)> = Vec::new();
        for term in terms {
            for place in 0..term.factors.len() {
                if is_traced(&term.factors[place], term, order)
                    && let Some(next) = self.trace(term, place, order)
                {
                    all.push(next);
                    continue;
                }
                if order == 0
                    && let Some((id, beside)) = self.beside(term, place)
                {
                    match turned.iter_mut().find(|(known, _)| *known == id) {
                        Some((_, list)) => list.push(beside),
                        None => turned.push((id, vec![beside])),
                    }
                    continue;
                }
                let Some(inner) = self.of(term.factors[place].id) else { continue };
                let mut next = self.widened(term, order);
                let behind = self.behind(order);
                let factor = &mut next.factors[place];
                factor.id = inner;
                factor.at.extend(behind);
                all.push(next);
                self.tensors.spend(term.factors.len());
            }
        }
        for (exponential, list) in turned {
            let beside = self.tensors.plus(&list);
            all.extend(self.turned_round(exponential, beside));
        }
        let axes = self.joined(id);
        self.tensors.sum(&axes, all)
    }

    fn collect(&mut self, id: TensorId, terms: Vec<Term>) -> TensorId {
        let axes = self.joined(id);
        self.tensors.sum(&axes, terms)
    }

    /// `slope*inner`, entry by entry; either may be the same for all entries.
    fn chain(
        &self,
        id: TensorId,
        slope: TensorId,
        of: TensorId,
        inner: TensorId,
    ) -> Term {
        let order = self.tensors.axes(id).len();
        let own = self.tensors.axes(of).len();
        let mut at = identity(own);
        at.extend(self.behind(order));
        let slope = Factor { id: slope, at: identity(self.tensors.axes(slope).len()) };
        Term {
            coefficient: Number::ONE,
            factors: vec![slope, Factor { id: inner, at }],
            sizes: self.joined(id).iter().copied().collect(),
        }
    }

    /// The derivative of each value where its condition is the first that holds.
    fn piecewise(
        &mut self,
        id: TensorId,
        function: Elementwise,
        arguments: &SmallVec<[TensorId; 2]>,
    ) -> TensorId {
        let mut terms = Vec::new();
        for (place, argument) in arguments.iter().enumerate() {
            if is_condition(place, arguments.len()) {
                continue;
            }
            let Some(inner) = self.of(*argument) else { continue };
            let mut list = arguments.clone();
            for (other, value) in list.iter_mut().enumerate() {
                if !is_condition(other, arguments.len()) {
                    let one = if other == place { Number::ONE } else { Number::ZERO };
                    *value = self.tensors.number(one);
                }
            }
            let slope = self.tensors.map(function, list);
            terms.push(self.chain(id, slope, *argument, inner));
        }
        self.collect(id, terms)
    }

    fn power(
        &mut self,
        id: TensorId,
        base: TensorId,
        exponent: TensorId,
    ) -> Result<TensorId> {
        let mut terms = Vec::new();
        if let Some(inner) = self.of(base) {
            // v*u^(v - 1)*u'
            let less = self.tensors.number(Number::MINUS_ONE);
            let lower = self.tensors.plus(&[exponent, less]);
            let power = self.tensors.power(base, lower);
            let slope = self.tensors.times(&[exponent, power]);
            terms.push(self.chain(id, slope, base, inner));
        }
        if let Some(inner) = self.of(exponent) {
            // u^v*ln(u)*v'
            let log = match self.tensors.node(base) {
                Node::Constant(Constant::E) => None,
                _ => Some(self.tensors.map(
                    Elementwise::Table(FunctionId::LN),
                    SmallVec::from_slice(&[base]),
                )),
            };
            let slope = match log {
                Some(log) => self.tensors.times(&[id, log]),
                None => id,
            };
            terms.push(self.chain(id, slope, exponent, inner));
        }
        Ok(self.collect(id, terms))
    }

    /// `s_j*(du_j - sum_k s_k*du_k)`, in each row.
    fn softmax(&mut self, id: TensorId, of: TensorId) -> TensorId {
        let Some(inner) = self.of(of) else { return self.zero(id) };
        let order = self.tensors.axes(id).len();
        let mean = {
            let axes = Axes::from_slice(&self.tensors.axes(id)[..order - 1]);
            self.averaged_over(&axes, id, inner)
        };
        let mut at = identity(order);
        at.extend(self.behind(order));
        let mut at_mean = identity(order - 1);
        at_mean.extend(self.behind(order));
        let own = Factor { id, at: identity(order) };
        let sizes: SmallVec<[SizeId; 6]> = self.joined(id).iter().copied().collect();
        let term = |coefficient, inner| Term {
            coefficient,
            factors: vec![own.clone(), inner],
            sizes: sizes.clone(),
        };
        let terms = vec![
            term(Number::ONE, Factor { id: inner, at }),
            term(Number::MINUS_ONE, Factor { id: mean, at: at_mean }),
        ];
        self.collect(id, terms)
    }

    /// `sum_k s_k*du_k` along the last axis of the function.
    fn averaged(&mut self, id: TensorId, weights: TensorId, inner: TensorId) -> TensorId {
        let axes = Axes::from_slice(self.tensors.axes(id));
        self.averaged_over(&axes, weights, inner)
    }

    fn averaged_over(
        &mut self,
        axes: &[SizeId],
        weights: TensorId,
        inner: TensorId,
    ) -> TensorId {
        let order = axes.len();
        let total = order + self.axes.len();
        let last = self.tensors.axes(weights)[order];
        let mut sizes: Vec<SizeId> = axes.iter().chain(&self.axes).copied().collect();
        sizes.push(last);
        let mut own = identity(order);
        own.push(total as Label);
        let mut at = own.clone();
        at.extend(self.behind(order));
        let factors = vec![Factor { id: weights, at: own }, Factor { id: inner, at }];
        self.tensors.einsum(Number::ONE, factors, &sizes, total)
    }
}
