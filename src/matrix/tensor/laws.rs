//! Laws of determinants and of functions of matrices, for proofs of equality: what has several
//! forms is brought into one.
//!
//! Invariant: a law holds wherever both of its sides have values.

use super::super::form::Structure;
use super::super::shape::{Size, SizeId};
use super::pool::{Axes, Node, Primary, Reduction, TensorId, Tensors};
use super::term::{Factor, Label, Term};
use crate::kernel::Number;

/// A law of the determinant of a matrix.
type Determinant = fn(&mut Tensors, TensorId) -> Option<TensorId>;
/// A law of a function of a matrix.
type Function = fn(&mut Tensors, Primary, TensorId) -> Option<TensorId>;

/// In the order in which they are tried.
const DETERMINANTS: [Determinant; 6] = [
    Tensors::determinant_of_function,
    Tensors::determinant_by_diagonal,
    Tensors::determinant_of_skew,
    Tensors::determinant_of_kronecker,
    Tensors::determinant_beside_identity,
    Tensors::determinant_beside_variable,
];
const FUNCTIONS: [Function; 6] = [
    Tensors::function_of_function,
    Tensors::function_of_inverse,
    Tensors::exponential_beside_identity,
    Tensors::function_of_diagonal,
    Tensors::power_of_multiple,
    Tensors::function_of_similar,
];

impl Tensors {
    /// Everything multiplied out, and brought into one form by laws.
    pub(crate) fn expand_by_laws(&mut self, id: TensorId) -> TensorId {
        let before = std::mem::replace(&mut self.by_laws, true);
        let found = self.expand(id, true);
        self.by_laws = before;
        found
    }

    /// A determinant by the first law that says anything.
    pub(super) fn law_of_determinant(&mut self, of: TensorId) -> Option<TensorId> {
        let is_square = self.axes(of).len() == 2 && self.by_laws;
        let mut all = DETERMINANTS.into_iter().filter(|_| is_square);
        all.find_map(|law| law(self, of))
    }

    /// A function of a matrix by the first law that says anything.
    pub(super) fn law_of_function(
        &mut self,
        function: Primary,
        of: TensorId,
    ) -> Option<TensorId> {
        let is_square = self.axes(of).len() == 2 && self.by_laws;
        let mut all = FUNCTIONS.into_iter().filter(|_| is_square);
        all.find_map(|law| law(self, function, of))
    }

    /// A function of a matrix, by a law where there is one.
    pub(super) fn function_by_law(
        &mut self,
        function: Primary,
        of: TensorId,
    ) -> TensorId {
        let found = self.law_of_function(function, of);
        found.unwrap_or_else(|| self.primary(function, of))
    }

    /// The inverse of a function of a matrix is one as well: `inv(expm(A))` is `expm(-A)`.
    pub(super) fn law_of_inverse(&mut self, of: TensorId) -> Option<TensorId> {
        let Node::Primary(function, inner) = *self.node(of) else { return None };
        match function {
            Primary::Exponential if self.by_laws => {
                let minus = self.weighted(&[(Number::MINUS_ONE, inner)]);
                Some(self.function_by_law(function, minus))
            }
            Primary::Power(n) if self.by_laws => {
                let minus = self.weighted(&[(Number::MINUS_ONE, n)]);
                Some(self.function_by_law(Primary::Power(minus), inner))
            }
            _ => None,
        }
    }

    /// What is declared of a variable.
    pub(super) fn declared(&self, id: TensorId) -> Option<Structure> {
        let Node::Variable(place) = *self.node(id) else { return None };
        self.scope.variables.get(usize::from(place)).map(|v| v.structure)
    }

    /// The entries of the diagonal.
    fn diagonal_of(&mut self, id: TensorId) -> TensorId {
        let size = self.axes(id)[0];
        self.einsum(Number::ONE, vec![Factor::new(id, &[0, 0])], &[size], 1)
    }

    /// `det(A^k)` is `det(A)^k`, and `det(sqrtm(A))` is `sqrt(det(A))`.
    fn determinant_of_function(&mut self, of: TensorId) -> Option<TensorId> {
        let Node::Primary(function, base) = *self.node(of) else { return None };
        let exponent = match function {
            Primary::Power(n) => n,
            Primary::Root => self.number(Number::HALF),
            Primary::Exponential | Primary::Logarithm => return None,
        };
        let determinant = self.determinant_apart(base);
        Some(self.power(determinant, exponent))
    }

    /// That of a triangular matrix is the product of its diagonal.
    fn determinant_by_diagonal(&mut self, of: TensorId) -> Option<TensorId> {
        let known = self.declared(of)?;
        (known.lower || known.upper || known.diagonal).then(|| {
            let diagonal = self.diagonal_of(of);
            self.reduced(Reduction::Product, diagonal)
        })
    }

    /// That of a skew matrix with an odd number of rows is 0.
    fn determinant_of_skew(&mut self, of: TensorId) -> Option<TensorId> {
        let is_skew = self.declared(of).is_some_and(|known| known.skew);
        let Size::Fixed(n) = *self.scope.sizes.get(self.axes(of)[0]) else { return None };
        (is_skew && n % 2 == 1).then(|| self.number(Number::ZERO))
    }

    /// `det(kron(A, B))` is `det(A)^n*det(B)^m`.
    fn determinant_of_kronecker(&mut self, of: TensorId) -> Option<TensorId> {
        let [term] = &self.terms(of)[..] else { return None };
        let term = term.clone();
        let is_pair = |f: &&Factor| matches!(self.node(f.id), Node::Pair);
        let pairs: Vec<&Factor> = term.factors.iter().filter(is_pair).collect();
        let [first, second] = pairs[..] else { return None };
        let (first, second) = match (first.at[0], second.at[0]) {
            (0, 1) => (first.clone(), second.clone()),
            (1, 0) => (second.clone(), first.clone()),
            _ => return None,
        };
        let rest: Vec<Factor> =
            term.factors.iter().filter(|f| !is_pair(f)).cloned().collect();
        let whole = self.size(term.sizes[0]);
        let mut parts = Vec::new();
        let mut used = 0;
        for axis in [1, 2] {
            let ends = [first.at[axis], second.at[axis]];
            let own = connected(&rest, ends[0]);
            let other = connected(&rest, first.at[3 - axis]);
            if own.is_empty() || own.iter().any(|place| other.contains(place)) {
                return None;
            }
            used += own.len();
            let factors: Vec<Factor> = own.iter().map(|k| rest[*k].clone()).collect();
            let matrix = self.matrix_of(factors, &term.sizes, ends);
            let count = self.size(term.sizes[usize::from(first.at[3 - axis])]);
            let determinant = self.determinant_apart(matrix);
            parts.push(self.power(determinant, count));
        }
        let scalars: Vec<TensorId> =
            rest.iter().filter(|f| f.at.is_empty()).map(|f| f.id).collect();
        if used + scalars.len() != rest.len() {
            return None;
        }
        let factors = scalars.into_iter().map(|id| Factor::new(id, &[])).collect();
        let scalar = self.einsum(term.coefficient.clone(), factors, &[], 0);
        if self.as_number(scalar) != Some(Number::ONE) {
            parts.push(self.power(scalar, whole));
        }
        Some(self.times(&parts))
    }

    /// `det(I + A*B)` is `det(I + B*A)` (Sylvester 1851), and `det(I + u*v')` is `1 + v'*u`.
    fn determinant_beside_identity(&mut self, of: TensorId) -> Option<TensorId> {
        let mut terms = self.terms(of);
        let is_identity = |term: &Term| {
            term.coefficient.is_one()
                && matches!(&term.factors[..], [f] if matches!(self.node(f.id), Node::Delta))
        };
        let place = terms.iter().position(is_identity)?;
        terms.remove(place);
        let [term] = &terms[..] else { return None };
        if apart(term) {
            let closed = self.closed(term);
            let one = self.number(Number::ONE);
            return Some(self.plus(&[one, closed]));
        }
        let mut best = None;
        for label in path(term)? {
            let rotated = self.rotated(term, label);
            let size = self.axes(rotated)[0];
            let identity = self.delta(size);
            let sum = self.plus(&[identity, rotated]);
            let found = self.determinant(sum);
            best = Some(best.map_or(found, |known: TensorId| known.min(found)));
        }
        best
    }

    /// `det(A + u*v')` is `det(A)*(1 + v'*inv(A)*u)`.
    fn determinant_beside_variable(&mut self, of: TensorId) -> Option<TensorId> {
        let mut terms = self.terms(of);
        let variable = |term: &Term| match &term.factors[..] {
            [f] if term.coefficient.is_one() && f.at[..] == [0, 1] => {
                self.declared(f.id).filter(|known| !known.skew).map(|_| f.id)
            }
            _ => None,
        };
        let (place, matrix) =
            terms.iter().enumerate().find_map(|(k, term)| Some((k, variable(term)?)))?;
        terms.remove(place);
        let [term] = &terms[..] else { return None };
        if !apart(term) {
            return None;
        }
        let inverse = self.inverse(matrix);
        let mut factors = term.factors.clone();
        factors.push(Factor::new(inverse, &[1, 0]));
        let inner = self.einsum(term.coefficient.clone(), factors, &term.sizes, 0);
        let one = self.number(Number::ONE);
        let sum = self.plus(&[one, inner]);
        let determinant = self.determinant_apart(matrix);
        Some(self.times(&[determinant, sum]))
    }

    /// The sum along the diagonal of a term with two axes.
    fn closed(&mut self, term: &Term) -> TensorId {
        let mut term = term.clone();
        term.rename(1, 0);
        term.remove(1);
        self.einsum(term.coefficient, term.factors, &term.sizes, 0)
    }

    /// A product of matrices in a row, which begins at an inner label and goes round.
    fn rotated(&mut self, term: &Term, label: Label) -> TensorId {
        if label == 0 {
            return self.einsum(
                term.coefficient.clone(),
                term.factors.clone(),
                &term.sizes,
                2,
            );
        }
        let mut term = term.clone();
        term.rename(1, 0);
        let end = term.sizes.len() as Label;
        term.sizes.push(term.sizes[usize::from(label)]);
        // The factor that leads to the label ends at the new one.
        let leads = |f: &Factor| f.at.contains(&label);
        let mut places = (0..term.factors.len()).filter(|k| leads(&term.factors[*k]));
        if let Some(place) = places.next() {
            for at in term.factors[place].at.iter_mut().filter(|at| **at == label) {
                *at = end;
            }
        }
        let matrix = self.matrix_of(term.factors, &term.sizes, [label, end]);
        let found = self.weighted(&[(term.coefficient, matrix)]);
        let turned = self.transpose(found);
        found.min(turned)
    }

    /// A matrix of factors with labels for its axes; what has no factor is left out.
    pub(super) fn matrix_of(
        &mut self,
        factors: Vec<Factor>,
        sizes: &[SizeId],
        mut outer: [Label; 2],
    ) -> TensorId {
        let (coefficient, sizes) = (Number::ONE, sizes.iter().copied().collect());
        let mut term = Term { coefficient, factors, sizes };
        for label in (0..term.sizes.len() as Label).rev() {
            if term.uses(label) == 0 && !outer.contains(&label) {
                term.remove(label);
                outer = outer.map(|other| other - Label::from(other > label));
            }
        }
        self.ordered(term.factors, &term.sizes, &outer)
    }

    /// `expm(logm(A))`, `(A^j)^k`, and `logm(expm(S))` of a symmetric matrix.
    fn function_of_function(
        &mut self,
        function: Primary,
        of: TensorId,
    ) -> Option<TensorId> {
        let Node::Primary(inside, inner) = *self.node(of) else { return None };
        match (function, inside) {
            (Primary::Exponential, Primary::Logarithm) => Some(inner),
            (Primary::Logarithm, Primary::Exponential) if self.is_symmetric(inner) => {
                Some(inner)
            }
            (Primary::Power(n), Primary::Power(m)) => {
                let product = self.times(&[n, m]);
                Some(self.function_by_law(Primary::Power(product), inner))
            }
            (Primary::Power(n), Primary::Exponential) => {
                let product = self.scaled(inner, n);
                Some(self.function_by_law(Primary::Exponential, product))
            }
            _ => None,
        }
    }

    /// Powers, logarithms and roots of an inverse.
    fn function_of_inverse(
        &mut self,
        function: Primary,
        of: TensorId,
    ) -> Option<TensorId> {
        let Node::Inverse(inner) = *self.node(of) else { return None };
        match function {
            Primary::Exponential => None,
            Primary::Logarithm => {
                let found = self.function_by_law(function, inner);
                Some(self.weighted(&[(Number::MINUS_ONE, found)]))
            }
            Primary::Root => {
                let found = self.function_by_law(function, inner);
                Some(self.inverse(found))
            }
            Primary::Power(n) => {
                let minus = self.weighted(&[(Number::MINUS_ONE, n)]);
                Some(self.function_by_law(Primary::Power(minus), inner))
            }
        }
    }

    /// `expm(A + c*I)` is `e^c*expm(A)`.
    fn exponential_beside_identity(
        &mut self,
        function: Primary,
        of: TensorId,
    ) -> Option<TensorId> {
        if function != Primary::Exponential {
            return None;
        }
        let axes = Axes::from_slice(self.axes(of));
        let is_multiple = |term: &Term| {
            let mut matrices = term.factors.iter().filter(|f| !f.at.is_empty());
            let first = matrices.next();
            first.is_some_and(|f| matches!(self.node(f.id), Node::Delta))
                && matrices.next().is_none()
        };
        let (beside, rest): (Vec<Term>, Vec<Term>) =
            self.terms(of).into_iter().partition(is_multiple);
        if beside.is_empty() {
            return None;
        }
        let mut scalars = Vec::new();
        for term in beside {
            let factors = term.factors.into_iter().filter(|f| f.at.is_empty());
            scalars.push(self.einsum(term.coefficient, factors.collect(), &[], 0));
        }
        let exponent = self.plus(&scalars);
        let factor = self.function_by_law(function, exponent);
        let rest = self.sum(&axes, rest);
        let found = self.function_by_law(function, rest);
        Some(self.scaled(found, factor))
    }

    /// That of a diagonal matrix is taken of each entry.
    fn function_of_diagonal(
        &mut self,
        function: Primary,
        of: TensorId,
    ) -> Option<TensorId> {
        let terms = self.terms(of);
        let is_diagonal = |term: &Term| {
            let mut all = term.factors.iter();
            all.any(|f| matches!(self.node(f.id), Node::Delta) && f.at[..] == [0, 1])
        };
        let is_declared = self.declared(of).is_some_and(|known| known.diagonal);
        if terms.is_empty() || !is_declared && !terms.iter().all(is_diagonal) {
            return None;
        }
        let size = self.axes(of)[0];
        let diagonal = self.diagonal_of(of);
        let entries = self.function_by_law(function, diagonal);
        let delta = self.delta(size);
        let factors = vec![Factor::new(delta, &[0, 1]), Factor::new(entries, &[0])];
        Some(self.einsum(Number::ONE, factors, &[size, size], 2))
    }

    /// `(c*A)^k` is `c^k*A^k`.
    fn power_of_multiple(&mut self, function: Primary, of: TensorId) -> Option<TensorId> {
        let Primary::Power(n) = function else { return None };
        let [term] = &self.terms(of)[..] else { return None };
        let mut term = term.clone();
        let axes = Axes::from_slice(self.axes(of));
        let coefficient = std::mem::replace(&mut term.coefficient, Number::ONE);
        let (scalars, rest): (Vec<Factor>, Vec<Factor>) =
            term.factors.into_iter().partition(|f| f.at.is_empty());
        if scalars.is_empty() && coefficient.is_one() {
            return None;
        }
        let scalars = self.einsum(coefficient, scalars, &[], 0);
        let inner = self.sum(&axes, vec![Term { factors: rest, ..term }]);
        let found = self.function_by_law(function, inner);
        let factor = self.power(scalars, n);
        Some(self.scaled(found, factor))
    }

    /// `f(P*A*inv(P))` is `P*f(A)*inv(P)`.
    fn function_of_similar(
        &mut self,
        function: Primary,
        of: TensorId,
    ) -> Option<TensorId> {
        let [term] = &self.terms(of)[..] else { return None };
        let term = term.clone();
        let left = term.factors.iter().position(|f| f.at.contains(&0))?;
        let right = term.factors.iter().position(|f| f.at.contains(&1))?;
        if left == right || path(&term)?.len() < 3 {
            return None;
        }
        let (first, last) = (term.factors[left].clone(), term.factors[right].clone());
        let is_turned = |f: &Factor, label: Label| f.at[0] != label;
        let turned = (is_turned(&first, 0), !is_turned(&last, 1));
        let is_inverse = |a: TensorId, b: TensorId| *self.node(b) == Node::Inverse(a);
        let is_orthogonal =
            first.id == last.id && self.declared(first.id).is_some_and(|k| k.orthogonal);
        let fits = match turned.0 == turned.1 {
            true => is_inverse(first.id, last.id) || is_inverse(last.id, first.id),
            false => is_orthogonal,
        };
        if !fits {
            return None;
        }
        let [inner, outer] = [(&first, 0), (&last, 1)].map(|(factor, end)| {
            *factor.at.iter().find(|at| **at != end).unwrap_or(&end)
        });
        let places = [left, right];
        let rest = term.factors.iter().enumerate().filter(|(k, _)| !places.contains(k));
        let rest: Vec<Factor> = rest.map(|(_, f)| f.clone()).collect();
        let middle = self.matrix_of(rest, &term.sizes, [inner, outer]);
        let middle = self.weighted(&[(term.coefficient.clone(), middle)]);
        let found = self.function_by_law(function, middle);
        let factors = vec![first, last, Factor::new(found, &[inner, outer])];
        Some(self.ordered(factors, &term.sizes, &[0, 1]))
    }
}

/// The places of the factors that hang together with a label.
fn connected(factors: &[Factor], label: Label) -> Vec<usize> {
    let (mut labels, mut found) = (vec![label], Vec::new());
    while let Some(label) = labels.pop() {
        for (place, factor) in factors.iter().enumerate() {
            if factor.at.contains(&label) && !found.contains(&place) {
                found.push(place);
                labels.extend(factor.at.iter().copied());
            }
        }
    }
    found.sort_unstable();
    found
}

/// Whether the two axes of a matrix hang on different factors: it is a column times a row.
fn apart(term: &Term) -> bool {
    let (first, second) = (connected(&term.factors, 0), connected(&term.factors, 1));
    !first.is_empty()
        && !second.is_empty()
        && first.iter().all(|place| !second.contains(place))
}

/// The labels at which the factors of a product of matrices in a row begin, the first axis
/// first; `None` of what is no such product.
fn path(term: &Term) -> Option<Vec<Label>> {
    let is_in_a_row = term.factors.iter().all(|f| f.at.len() == 2 || f.at.is_empty());
    let uses = |label: usize| if label < 2 { 1 } else { 2 };
    let fits = (0..term.sizes.len()).all(|k| term.uses(k as Label) == uses(k));
    if !is_in_a_row || !fits {
        return None;
    }
    let mut left: Vec<&Factor> =
        term.factors.iter().filter(|f| !f.at.is_empty()).collect();
    let (mut at, mut found) = (0, Vec::new());
    while let Some(place) = left.iter().position(|f| f.at.contains(&at)) {
        let factor = left.remove(place);
        found.push(at);
        at = if factor.at[0] == at { factor.at[1] } else { factor.at[0] };
    }
    (at == 1 && left.is_empty()).then_some(found)
}
