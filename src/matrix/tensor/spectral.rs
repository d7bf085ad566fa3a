//! Eigenvalues of symmetric matrices and singular values, where they are simple (Magnus and
//! Neudecker, *Matrix Differential Calculus*, ch. 8; Watson 1992).

use super::super::shape::SizeId;
use super::arithmetic::identity;
use super::pool::{Axes, Node, Spectral, TensorId, Tensors};
use super::term::{Factor, Label};
use crate::error::{Error, ErrorKind, Result};
use crate::kernel::Number;

impl Tensors {
    /// A part of the spectrum of a matrix. The singular vectors of its transpose are those of the
    /// matrix but for their sign, which is why they stay what they are.
    pub(super) fn spectral(&mut self, part: Spectral, id: TensorId, k: u16) -> TensorId {
        // Which way singular vectors point is agreed on for a matrix, not for its transpose.
        let points = matches!(part, Spectral::Left | Spectral::Right);
        if let (base, true) = self.orientation(id)
            && !points
        {
            return self.spectral(part, base, k);
        }
        let axes = Axes::from_slice(self.axes(id));
        let own = match part {
            Spectral::Eigenvalue | Spectral::Singular => &[][..],
            Spectral::Right => &axes[1..],
            Spectral::Eigenvector | Spectral::Left => &axes[..1],
        };
        self.intern(Node::Spectral(part, id, k), own, false)
    }

    /// The sum of the singular values.
    pub(super) fn nuclear(&mut self, id: TensorId) -> TensorId {
        let (base, _) = self.orientation(id);
        self.intern(Node::Nuclear(base), &[], false)
    }

    /// The orthogonal factor of the polar decomposition.
    pub(super) fn polar(&mut self, id: TensorId) -> TensorId {
        if let (base, true) = self.orientation(id) {
            let found = self.polar(base);
            return self.transpose(found);
        }
        let axes = Axes::from_slice(self.axes(id));
        let symmetric = self.is_symmetric(id);
        self.intern(Node::Polar(id), &axes, symmetric)
    }

    /// The differential of a part of the spectrum: `v'*dA*v` of an eigenvalue, `u'*dA*v` of a
    /// singular value, `pinv(c*I - A)*dA*v` of an eigenvector. `inner` has the axes of the
    /// matrix and then `behind`.
    ///
    /// # Errors
    /// Singular vectors.
    pub(super) fn spectral_change(
        &mut self,
        (part, of, k): (Spectral, TensorId, u16),
        inner: TensorId,
        behind: &[SizeId],
    ) -> Result<TensorId> {
        let axes = Axes::from_slice(self.axes(of));
        let (left, right) = match part {
            Spectral::Eigenvalue => (Spectral::Eigenvector, Spectral::Eigenvector),
            Spectral::Singular => (Spectral::Left, Spectral::Right),
            Spectral::Eigenvector => {
                return Ok(self.eigenvector_change(of, k, inner, behind));
            }
            Spectral::Left | Spectral::Right => return Err(unknown("singular vectors")),
        };
        let (u, v) = (self.spectral(left, of, k), self.spectral(right, of, k));
        let order = behind.len();
        let (a, b) = (order as Label, order as Label + 1);
        let mut at = vec![a, b];
        at.extend(identity(order));
        let factors =
            vec![Factor::new(u, &[a]), Factor::new(inner, &at), Factor::new(v, &[b])];
        let sizes: Vec<SizeId> = behind.iter().chain(&axes).copied().collect();
        Ok(self.einsum(Number::ONE, factors, &sizes, order))
    }

    fn eigenvector_change(
        &mut self,
        of: TensorId,
        k: u16,
        inner: TensorId,
        behind: &[SizeId],
    ) -> TensorId {
        let size = self.axes(of)[0];
        let value = self.spectral(Spectral::Eigenvalue, of, k);
        let vector = self.spectral(Spectral::Eigenvector, of, k);
        let eye = self.delta(size);
        let multiple = vec![Factor::new(value, &[]), Factor::new(eye, &[0, 1])];
        let multiple = self.einsum(Number::ONE, multiple, &[size; 2], 2);
        let shifted = self.weighted(&[(Number::ONE, multiple), (Number::MINUS_ONE, of)]);
        let inverse = self.pseudo_inverse(shifted);
        let order = 1 + behind.len();
        let (a, b) = (order as Label, order as Label + 1);
        let mut at = vec![a, b];
        at.extend(1..order as Label);
        let factors = vec![
            Factor::new(inverse, &[0, a]),
            Factor::new(inner, &at),
            Factor::new(vector, &[b]),
        ];
        let mut sizes = vec![size];
        sizes.extend(behind);
        sizes.extend([size; 2]);
        self.einsum(Number::ONE, factors, &sizes, order)
    }

    /// The differential of the nuclear norm: the product of entries with the polar factor.
    pub(super) fn nuclear_change(
        &mut self,
        of: TensorId,
        inner: TensorId,
        behind: &[SizeId],
    ) -> TensorId {
        let polar = self.polar(of);
        let order = behind.len();
        let own = [order as Label, order as Label + 1];
        let mut at = own.to_vec();
        at.extend(identity(order));
        let factors = vec![Factor::new(polar, &own), Factor::new(inner, &at)];
        let axes = Axes::from_slice(self.axes(of));
        let sizes: Vec<SizeId> = behind.iter().chain(&axes).copied().collect();
        self.einsum(Number::ONE, factors, &sizes, order)
    }
}

/// The error of parts of a decomposition that are not differentiated.
pub(super) fn unknown(what: &str) -> Error {
    ErrorKind::Unsupported(format!("the derivative of {what}")).into()
}

/// The error of eigenvalues of what is not known to be symmetric.
pub(super) fn not_symmetric() -> Error {
    let what = "eigenvalues of a matrix that is not symmetric, which may be complex";
    Error::from(ErrorKind::Unsupported(what.to_owned())).help(
        "declare it as `A[n,n] symmetric`, or take `(A + A')/2`, or singular values with \
         `svdval(A, 1)`",
    )
}
