//! Factors of a term that commute, or join, by laws of functions of matrices.

use super::pool::{Node, Primary, TensorId, Tensors};
use super::term::{Factor, Label, Term};
use crate::kernel::Number;

/// A law of the factors of a term.
type Law = fn(&mut Tensors, &mut Term, usize) -> bool;

/// In the order in which they are tried.
const LAWS: [Law; 6] = [
    Tensors::diagonal_apart,
    Tensors::unit_determinant,
    Tensors::cancel_scalar,
    Tensors::trace_of_logarithm,
    Tensors::order_functions,
    Tensors::move_out,
];

/// Two matrices beside each other: their places, the axes at the label that they share, and
/// that label.
struct Beside {
    places: [usize; 2],
    axes: [usize; 2],
    shared: Label,
}

impl Tensors {
    /// Changes a term by a law, if there is one for it.
    pub(super) fn by_law(&mut self, term: &mut Term, order: usize) -> bool {
        self.by_laws && LAWS.into_iter().any(|law| law(self, term, order))
    }

    /// A diagonal matrix is the identity times its entries.
    fn diagonal_apart(&mut self, term: &mut Term, _: usize) -> bool {
        let is_one = |f: &Factor| {
            f.at.len() == 2
                && f.at[0] != f.at[1]
                && self.declared(f.id).is_some_and(|known| known.diagonal)
        };
        let Some(place) = term.factors.iter().position(is_one) else { return false };
        let [i, j] = term.factors[place].at[..] else { return false };
        let delta = self.delta(term.sizes[usize::from(i)]);
        term.factors[place].at[1] = i;
        term.factors.push(Factor::new(delta, &[i, j]));
        true
    }

    /// The determinant of an orthogonal matrix is 1 or -1: only whether its power is even
    /// counts.
    fn unit_determinant(&mut self, term: &mut Term, _: usize) -> bool {
        for place in 0..term.factors.len() {
            let Node::Power(base, exponent) = *self.node(term.factors[place].id) else {
                continue;
            };
            if let Some(power) = self.power_of_sign(base, exponent) {
                term.factors[place].id = power;
                return true;
            }
        }
        false
    }

    /// A whole power of what is 1 or -1.
    pub(super) fn power_of_sign(
        &mut self,
        base: TensorId,
        exponent: TensorId,
    ) -> Option<TensorId> {
        let n = self.as_number(exponent).and_then(|n| n.to_i64())?;
        let is_sign = self.by_laws && self.is_of_size_one(base);
        is_sign.then(|| if n % 2 == 0 { self.number(Number::ONE) } else { base })
    }

    /// Whether a number is the determinant of an orthogonal matrix.
    pub(super) fn is_of_size_one(&self, id: TensorId) -> bool {
        let Node::Determinant(of) = *self.node(id) else { return false };
        self.declared(of).is_some_and(|known| known.orthogonal)
    }

    /// The trace of a logarithm is the logarithm of the determinant.
    fn trace_of_logarithm(&mut self, term: &mut Term, order: usize) -> bool {
        for place in 0..term.factors.len() {
            let factor = &term.factors[place];
            let Node::Primary(Primary::Logarithm, of) = *self.node(factor.id) else {
                continue;
            };
            let label = factor.at[0];
            let is_trace = factor.at[1] == label && term.uses(label) == 2;
            if is_trace && usize::from(label) >= order {
                let determinant = self.determinant_apart(of);
                term.factors[place] = Factor::new(self.log(determinant), &[]);
                term.remove(label);
                return true;
            }
        }
        false
    }

    /// Takes out a product of vectors beside a power of the whole product, as `u'*u` beside
    /// `1/(u'*u)`.
    fn cancel_scalar(&mut self, term: &mut Term, order: usize) -> bool {
        for place in 0..term.factors.len() {
            let Node::Power(base, exponent) = *self.node(term.factors[place].id) else {
                continue;
            };
            let is_negative = self.as_number(exponent).is_some_and(|n| n.is_negative());
            let [product] = &self.terms(base)[..] else { continue };
            let product = product.clone();
            let is_scalar = self.axes(base).is_empty() && !product.sizes.is_empty();
            if !is_negative || !is_scalar {
                continue;
            }
            let Some(by) = product.coefficient.recip() else { continue };
            let Some((taken, gone)) = self.embedded(&product, term, place, order) else {
                continue;
            };
            let one = self.number(Number::ONE);
            let more = self.plus(&[exponent, one]);
            term.factors[place].id = self.power(base, more);
            for at in taken.into_iter().rev() {
                term.factors.remove(at);
            }
            for label in gone.into_iter().rev() {
                term.remove(label);
            }
            term.coefficient = term.coefficient.mul(&by);
            return true;
        }
        false
    }

    /// Matrices beside each other, both of which are functions or a function and its matrix.
    fn neighbours(&self, term: &Term, order: usize) -> Vec<Beside> {
        let mut found = Vec::new();
        let count = term.factors.len();
        for first in 0..count {
            let a = &term.factors[first];
            if !matches!(self.node(a.id), Node::Primary(..)) || a.at[0] == a.at[1] {
                continue;
            }
            for second in (0..count).filter(|place| *place != first) {
                let b = &term.factors[second];
                if b.at.len() != 2 || b.at[0] == b.at[1] {
                    continue;
                }
                for axes in [[1, 0], [0, 1], [0, 0], [1, 1]] {
                    let shared = a.at[axes[0]];
                    if b.at[axes[1]] == shared
                        && usize::from(shared) >= order
                        && term.uses(shared) == 2
                        && a.at[1 - axes[0]] != b.at[1 - axes[1]]
                    {
                        found.push(Beside { places: [first, second], axes, shared });
                    }
                }
            }
        }
        found
    }

    /// `expm(X)*expm(Y)` is `expm(X + Y)` where both commute, and `sqrtm(X)*sqrtm(X)` is `X`.
    pub(super) fn join_functions(&mut self, term: &mut Term, order: usize) -> bool {
        for beside in self.neighbours(term, order) {
            let [a, b] = beside.places.map(|place| term.factors[place].clone());
            let (Node::Primary(f, x), Node::Primary(g, y)) =
                (self.node(a.id).clone(), self.node(b.id).clone())
            else {
                continue;
            };
            let x = if beside.axes[0] == 1 { x } else { self.transpose(x) };
            let y = if beside.axes[1] == 0 { y } else { self.transpose(y) };
            let joined = match (f, g) {
                (Primary::Exponential, Primary::Exponential)
                    if self.commutes_with(x, y) || self.commutes_with(y, x) =>
                {
                    let sum = self.plus(&[x, y]);
                    self.function_by_law(f, sum)
                }
                (Primary::Root, Primary::Root) if x == y => x,
                (Primary::Power(n), Primary::Power(m)) if x == y => {
                    let sum = self.plus(&[n, m]);
                    self.function_by_law(Primary::Power(sum), x)
                }
                _ => continue,
            };
            let ends = [a.at[1 - beside.axes[0]], b.at[1 - beside.axes[1]]];
            let [first, second] = beside.places;
            term.factors[first] = Factor::new(joined, &ends);
            term.factors.remove(second);
            term.remove(beside.shared);
            return true;
        }
        false
    }

    /// A matrix comes before its functions, and those in one order.
    fn order_functions(&mut self, term: &mut Term, order: usize) -> bool {
        for beside in self.neighbours(term, order) {
            let [first, second] = beside.places;
            let [a, b] = beside.places.map(|place| term.factors[place].id);
            let Node::Primary(_, x) = *self.node(a) else { continue };
            let is_behind = match *self.node(b) {
                _ if b == x => true,
                Node::Primary(_, y) => x == y && b < a,
                _ => false,
            };
            // Read from the function on, the other one comes next, in the same direction.
            if is_behind && beside.axes == [1, 0] {
                term.factors[first].id = b;
                term.factors[second].id = a;
                return true;
            }
        }
        false
    }

    /// `f(A*B)*A` is `A*f(B*A)`.
    fn move_out(&mut self, term: &mut Term, order: usize) -> bool {
        for beside in self.neighbours(term, order) {
            let [a, b] = beside.places.map(|place| term.factors[place].clone());
            let Node::Primary(function, x) = *self.node(a.id) else { continue };
            let end = b.at[1 - beside.axes[1]];
            let start = a.at[1 - beside.axes[0]];
            if beside.axes[0] != 1 || is_closed(term, beside.places, end, order) {
                continue;
            }
            let [product] = &self.terms(x)[..] else { continue };
            let product = product.clone();
            let Some(place) = product.factors.iter().position(|f| f.at.contains(&0))
            else {
                continue;
            };
            let head = product.factors[place].clone();
            let is_turned = head.at[0] != 0;
            if head.id != b.id
                || head.at.len() != 2
                || is_turned != (beside.axes[1] == 1)
                || product.uses(0) != 1
                || product.uses(1) != 1
                || product.factors.iter().filter(|f| !f.at.is_empty()).count() < 2
            {
                continue;
            }
            // The head goes to the other end: what ended there begins at its inner label.
            let inner = if is_turned { head.at[0] } else { head.at[1] };
            if usize::from(inner) < 2 || product.uses(inner) != 2 {
                continue;
            }
            let mut moved = product.clone();
            let last = moved.sizes.len() as Label;
            moved.sizes.push(moved.sizes[usize::from(inner)]);
            let ends = if is_turned { [last, 1] } else { [1, last] };
            moved.factors[place] = Factor::new(head.id, &ends);
            let matrix = self.matrix_of(moved.factors, &moved.sizes, [inner, last]);
            let scaled = self.weighted(&[(product.coefficient, matrix)]);
            let size = self.axes(scaled)[0];
            let value = self.primary(function, scaled);
            let [first, second] = beside.places;
            let head =
                if is_turned { [beside.shared, start] } else { [start, beside.shared] };
            term.factors[second] = Factor::new(b.id, &head);
            term.sizes[usize::from(beside.shared)] = size;
            term.factors[first] = Factor::new(value, &[beside.shared, end]);
            return true;
        }
        false
    }
}

/// Whether the factors behind a label lead back to one of two, so that there is no end.
fn is_closed(term: &Term, places: [usize; 2], from: Label, order: usize) -> bool {
    let (mut at, mut last) = (from, places[1]);
    for _ in 0..term.factors.len() {
        if usize::from(at) < order {
            return false;
        }
        let mut others = (0..term.factors.len())
            .filter(|place| *place != last && term.factors[*place].at.contains(&at));
        let Some(next) = others.next() else { return false };
        if places.contains(&next) {
            return true;
        }
        let factor = &term.factors[next];
        let Some(end) = factor.at.iter().find(|label| **label != at) else {
            return false;
        };
        (at, last) = (*end, next);
    }
    true
}
