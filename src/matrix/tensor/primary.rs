//! Functions of a matrix by its eigenvalues (Higham, *Functions of Matrices*, SIAM 2008), and the
//! pseudo-inverse.
//!
//! Under a trace, `d tr(f(M))` is `tr(f'(M)*dM)`; along a change that commutes with the matrix,
//! `d f(M)` is `f'(M)*dM`. All else has no form without an integral or a sum.

use super::super::shape::SizeId;
use super::pool::{Axes, Node, Primary, TensorId, Tensors};
use super::term::{Factor, Label, Term};
use crate::kernel::{Constant, Number};

/// A term of a differential: its sign, the sizes of its inner labels, where the change stands,
/// and the factors beside it.
type Row<'a> = (i64, &'a [SizeId], [Label; 2], &'a [(TensorId, [Label; 2])]);

impl Tensors {
    /// A function of a matrix.
    pub(super) fn primary(&mut self, function: Primary, id: TensorId) -> TensorId {
        let axes = Axes::from_slice(self.axes(id));
        if axes.len() < 2 {
            return self.primary_of_scalar(function, id);
        }
        if let (base, true) = self.orientation(id) {
            let found = self.primary(function, base);
            return self.transpose(found);
        }
        match (function, self.node(id)) {
            (Primary::Power(n), _) if self.is_zero(n) => return self.delta(axes[0]),
            (Primary::Power(n), _) if self.as_number(n) == Some(Number::ONE) => {
                return id;
            }
            (Primary::Power(_) | Primary::Root, Node::Delta) => return id,
            (Primary::Exponential, _) if self.is_zero(id) => return self.delta(axes[0]),
            _ => {}
        }
        let symmetric = self.is_symmetric(id);
        self.intern(Node::Primary(function, id), &axes, symmetric)
    }

    fn primary_of_scalar(&mut self, function: Primary, id: TensorId) -> TensorId {
        match function {
            Primary::Exponential => {
                let e = self.intern(Node::Constant(Constant::E), &[], false);
                self.power(e, id)
            }
            Primary::Logarithm => self.log(id),
            Primary::Root => {
                let half = self.number(Number::HALF);
                self.power(id, half)
            }
            Primary::Power(n) => self.power(id, n),
        }
    }

    /// The function that is the derivative of another one, at a matrix.
    pub(super) fn primary_slope(&mut self, function: Primary, of: TensorId) -> TensorId {
        match function {
            Primary::Exponential => self.primary(function, of),
            Primary::Logarithm => self.inverse(of),
            Primary::Root => {
                let root = self.primary(function, of);
                let inverse = self.inverse(root);
                self.weighted(&[(Number::HALF, inverse)])
            }
            Primary::Power(n) => {
                let minus = self.number(Number::MINUS_ONE);
                let less = self.plus(&[n, minus]);
                let power = self.primary(Primary::Power(less), of);
                self.scaled(power, n)
            }
        }
    }

    /// Writes `A^k*A`, `A^k*A^m` and `A^k*inv(A)` as one power.
    pub(super) fn join_powers(&mut self, term: &mut Term, order: usize) -> bool {
        for first in 0..term.factors.len() {
            let Node::Primary(Primary::Power(n), of) = *self.node(term.factors[first].id)
            else {
                continue;
            };
            for second in 0..term.factors.len() {
                let (a, b) = (&term.factors[first], &term.factors[second]);
                let exponent = match *self.node(b.id) {
                    _ if second == first => continue,
                    _ if b.id == of => Number::ONE,
                    Node::Inverse(inner) if inner == of => Number::MINUS_ONE,
                    Node::Primary(Primary::Power(_), inner) if inner == of => {
                        Number::ZERO
                    }
                    _ => continue,
                };
                let (a, b) = (a.clone(), b.clone());
                let any = self.is_symmetric(a.id) && self.is_symmetric(b.id);
                let ways = [(1, 0), (0, 1), (0, 0), (1, 1)];
                let found = ways.into_iter().find(|(mine, other)| {
                    let shared = a.at[*mine];
                    (any || mine != other)
                        && b.at[*other] == shared
                        && usize::from(shared) >= order
                        && term.uses(shared) == 2
                });
                let Some((mine, other)) = found else { continue };
                let more = match *self.node(b.id) {
                    Node::Primary(Primary::Power(m), _) => m,
                    _ => self.number(exponent),
                };
                let sum = self.plus(&[n, more]);
                if self.as_number(sum).is_some_and(|n| !n.is_zero() && !n.is_one()) {
                    continue;
                }
                let id = self.primary(Primary::Power(sum), of);
                let ends = [a.at[1 - mine], b.at[1 - other]];
                let at = if mine == 1 { ends } else { [ends[1], ends[0]] };
                term.factors[first] = Factor::new(id, &at);
                term.factors.remove(second);
                term.remove(a.at[mine]);
                return true;
            }
        }
        false
    }

    /// A tensor times a number.
    pub(super) fn scaled(&mut self, id: TensorId, by: TensorId) -> TensorId {
        let sizes = Axes::from_slice(self.axes(id));
        let at: Vec<Label> = (0..sizes.len() as Label).collect();
        let factors = vec![Factor::new(by, &[]), Factor::new(id, &at)];
        self.einsum(Number::ONE, factors, &sizes, sizes.len())
    }

    /// Whether a change of a matrix is the identity or the matrix itself, but for a number:
    /// then both commute.
    pub(super) fn commutes_with(&mut self, change: TensorId, of: TensorId) -> bool {
        let Some(direction) = self.without_scalars(change) else { return false };
        matches!(self.node(direction), Node::Delta)
            || self.without_scalars(of) == Some(direction)
    }

    /// A tensor of one term without its number and scalars.
    fn without_scalars(&mut self, id: TensorId) -> Option<TensorId> {
        let mut terms = self.terms(id);
        let term = terms.pop().filter(|_| terms.is_empty())?;
        let axes = Axes::from_slice(self.axes(id));
        let factors = term.factors.iter().filter(|f| !f.at.is_empty()).cloned();
        let bare = Term {
            coefficient: Number::ONE,
            factors: factors.collect(),
            sizes: term.sizes.clone(),
        };
        Some(self.sum(&axes, vec![bare]))
    }

    /// A matrix without its number, and the inverse of that; `None` where there is none.
    fn multiple(&mut self, id: TensorId) -> Option<(TensorId, Number)> {
        let Node::Sum(terms) = self.node(id) else { return None };
        let [term] = &terms[..] else { return None };
        let by = term.coefficient.recip().filter(|by| !by.is_one())?;
        let bare = Term { coefficient: Number::ONE, ..term.clone() };
        let axes = Axes::from_slice(self.axes(id));
        Some((self.sum(&axes, vec![bare]), by))
    }

    /// The pseudo-inverse.
    pub(super) fn pseudo_inverse(&mut self, id: TensorId) -> TensorId {
        let axes = Axes::from_slice(self.axes(id));
        match axes[..] {
            [m, n] => {
                if let (base, true) = self.orientation(id) {
                    let found = self.pseudo_inverse(base);
                    return self.transpose(found);
                }
                if let Node::PseudoInverse(of) = *self.node(id) {
                    return of;
                }
                if let Some(known) = self.declared(id)
                    && (known.orthogonal || known.invertible || known.positive_definite)
                {
                    return self.inverse(id);
                }
                if let Some((inner, by)) = self.multiple(id) {
                    let found = self.pseudo_inverse(inner);
                    return self.weighted(&[(by, found)]);
                }
                let symmetric = self.is_symmetric(id);
                self.intern(Node::PseudoInverse(id), &[n, m], symmetric)
            }
            // x'/(x'*x)
            _ => {
                let two = self.number(Number::from(2));
                let squares = self.power(id, two);
                let square = self.total(squares);
                let minus = self.number(Number::MINUS_ONE);
                let below = self.power(square, minus);
                self.scaled(id, below)
            }
        }
    }

    /// The differential of the pseudo-inverse where the rank does not change (Golub and Pereyra,
    /// SIAM J. Numer. Anal. 10, 1973): `-P*dA*P + P*P'*dA'*(I - A*P) + (I - P*A)*dA'*P'*P`.
    /// `inner` has the axes of the matrix and then `behind`.
    pub(super) fn pseudo_inverse_change(
        &mut self,
        id: TensorId,
        of: TensorId,
        inner: TensorId,
        behind: &[SizeId],
    ) -> TensorId {
        let [n, m] = [self.axes(id)[0], self.axes(id)[1]];
        let order = 2 + behind.len();
        let own: Vec<Label> = (2..order as Label).collect();
        let mut list = Vec::new();
        let first = order as Label;
        let [a, b, c, d] = [first, first + 1, first + 2, first + 3];
        let rows: [Row<'_>; 5] = [
            (-1, &[m, n], [a, b], &[(id, [0, a]), (id, [b, 1])]),
            (1, &[m, n], [1, b], &[(id, [0, a]), (id, [b, a])]),
            (
                -1,
                &[m, n, m, n],
                [c, b],
                &[(id, [0, a]), (id, [b, a]), (of, [c, d]), (id, [d, 1])],
            ),
            (1, &[n, m], [b, 0], &[(id, [a, b]), (id, [a, 1])]),
            (
                -1,
                &[n, m, n, m],
                [d, c],
                &[(id, [0, b]), (of, [b, c]), (id, [a, d]), (id, [a, 1])],
            ),
        ];
        for (sign, inside, at, factors) in rows {
            let mut place = at.to_vec();
            place.extend(&own);
            let mut all = vec![Factor::new(inner, &place)];
            all.extend(factors.iter().map(|(id, at)| Factor::new(*id, at)));
            let sizes = [n, m].iter().chain(behind).chain(inside).copied().collect();
            list.push(Term { coefficient: Number::from(sign), factors: all, sizes });
        }
        let mut axes = Axes::from_slice(&[n, m]);
        axes.extend_from_slice(behind);
        self.sum(&axes, list)
    }
}
