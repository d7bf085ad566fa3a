//! The rules and identities that lines are told by, one row each: the id of the sentence, and
//! the formula in both notations.

use super::super::table::Special;
use crate::derivation::{Math, Reason};

#[rustfmt::skip]
static ROWS: [(&str, &str, &str); 37] = [
    ("trace", "d tr(M) = tr(dM)", r"d \operatorname{tr}\left(M\right) = \operatorname{tr}\left(dM\right)"),
    ("sum_of_entries", "d sum(M) = sum(dM)", r"d \operatorname{sum}\left(M\right) = \operatorname{sum}\left(dM\right)"),
    ("norm_square", "d norm(z)^2 = 2*z'*dz", r"d\lVert z\rVert^2 = 2 z^\top dz"),
    ("norm_square_row", "d norm(z)^2 = 2*dz*z'", r"d\lVert z\rVert^2 = 2\, dz\, z^\top"),
    ("norm_square_matrix", "d norm(Z)^2 = 2*tr(Z'*dZ)", r"d\lVert Z\rVert^2 = 2 \operatorname{tr}\left(Z^\top dZ\right)"),
    ("norm", "d norm(z) = z'*dz/norm(z)", r"d\lVert z\rVert = z^\top dz / \lVert z\rVert"),
    ("norm_row", "d norm(z) = dz*z'/norm(z)", r"d\lVert z\rVert = dz\, z^\top / \lVert z\rVert"),
    ("norm_matrix", "d norm(Z) = tr(Z'*dZ)/norm(Z)", r"d\lVert Z\rVert = \operatorname{tr}\left(Z^\top dZ\right) / \lVert Z\rVert"),
    ("norm_absolute", "d norm1(z) = sum(sign(z) .* dz)", r"d\lVert z\rVert_1 = \operatorname{sum}\left(\operatorname{sgn} z \odot dz\right)"),
    ("determinant", "d det(X) = det(X)*tr(inv(X)*dX)", r"d \det\left(X\right) = \det\left(X\right) \operatorname{tr}\left(X^{-1}\, dX\right)"),
    ("log_determinant", "d logdet(X) = tr(inv(X)*dX)", r"d \log\det\left(X\right) = \operatorname{tr}\left(X^{-1}\, dX\right)"),
    ("inverse_matrix", "d inv(X) = -inv(X)*dX*inv(X)", r"d X^{-1} = -X^{-1}\, dX\, X^{-1}"),
    ("softmax", "ds = s .* dz - s*(s'*dz), s = softmax(z)", r"ds = s \odot dz - s \left(s^\top dz\right),\ s = \operatorname{softmax}\left(z\right)"),
    ("log_sum_exp", "d logsumexp(z) = softmax(z)'*dz", r"d \operatorname{logsumexp}\left(z\right) = \operatorname{softmax}\left(z\right)^\top dz"),
    ("greatest_entry", "d max(z) = hardmax(z)'*dz", r"d \max\left(z\right) = \operatorname{hardmax}\left(z\right)^\top dz"),
    ("least_entry", "d min(z) = hardmax(-z)'*dz", r"d \min\left(z\right) = \operatorname{hardmax}\left(-z\right)^\top dz"),
    ("product_of_entries", "d prod(z) = prod(z)*sum(dz ./ z)", r"d \operatorname{prod}\left(z\right) = \operatorname{prod}\left(z\right) \operatorname{sum}\left(dz \oslash z\right)"),
    ("mean_of_entries", "d mean(M) = mean(dM)", r"d \operatorname{mean}\left(M\right) = \operatorname{mean}\left(dM\right)"),
    ("linear_function", "d L(M) = L(dM)", r"d L\left(M\right) = L\left(dM\right)"),
    ("norm_p", "d normp(z, p) = sum(sign(z) .* abs(z).^(p - 1) .* dz)/normp(z, p)^(p - 1)", r"d\lVert z\rVert_p = \operatorname{sum}\left(\operatorname{sgn} z \odot \left|z\right|^{\circ (p - 1)} \odot dz\right) / \lVert z\rVert_p^{p - 1}"),
    ("norm_nuclear", "d normnuc(A) = tr(polar(A)'*dA)", r"d \operatorname{normnuc}\left(A\right) = \operatorname{tr}\left(\operatorname{polar}\left(A\right)^\top dA\right)"),
    ("singular_value", "ds = u'*dA*v, A*v = s*u, u'*u = v'*v = 1", r"ds = u^\top dA\, v,\ A v = s u,\ u^\top u = v^\top v = 1"),
    ("eigenvalue", "dt = u'*dA*u, A*u = t*u, u'*u = 1", r"dt = u^\top dA\, u,\ A u = t u,\ u^\top u = 1"),
    ("adjugate", "d adj(X) = det(X)*(tr(inv(X)*dX)*inv(X) - inv(X)*dX*inv(X))", r"d \operatorname{adj}\left(X\right) = \det\left(X\right) \left(\operatorname{tr}\left(X^{-1}\, dX\right) X^{-1} - X^{-1}\, dX\, X^{-1}\right)"),
    ("matrix_exponential", "d expm(X) = dexpm(X, dX)", r"d \operatorname{expm}\left(X\right) = \operatorname{dexpm}\left(X, dX\right)"),
    ("trace_transposed", "tr(M) = tr(M')", r"\operatorname{tr} M = \operatorname{tr} M^\top"),
    ("trace_cyclic", "tr(A*B) = tr(B*A)", r"\operatorname{tr}\left(A B\right) = \operatorname{tr}\left(B A\right)"),
    ("entries_moved", "a'*(b .* c) = (a .* b)'*c", r"a^\top \left(b \odot c\right) = \left(a \odot b\right)^\top c"),
    ("entries_moved_matrix", "tr(A'*(B .* C)) = tr((A .* B)'*C)", r"\operatorname{tr}\left(A^\top \left(B \odot C\right)\right) = \operatorname{tr}\left(\left(A \odot B\right)^\top C\right)"),
    ("sum_of_products", "sum(a .* b) = a'*b", r"\operatorname{sum}\left(a \odot b\right) = a^\top b"),
    ("sum_of_products_matrix", "sum(A .* B) = tr(A'*B)", r"\operatorname{sum}\left(A \odot B\right) = \operatorname{tr}\left(A^\top B\right)"),
    ("sum_by_ones", "sum(a) = ones(n)'*a", r"\operatorname{sum}\left(a\right) = \mathbf{1}^\top a"),
    ("sum_by_ones_matrix", "sum(A) = tr(ones(n, m)*A)", r"\operatorname{sum}\left(A\right) = \operatorname{tr}\left(\mathbf{1}_{n \times m} A\right)"),
    ("entry_of_column", "a[i] = unit(i)'*a", r"a_i = e_i^\top a"),
    ("entry_of_matrix", "A[i,j] = tr(unit(j)*unit(i)'*A)", r"A_{ij} = \operatorname{tr}\left(e_j e_i^\top A\right)"),
    ("stacked_product", "vec(A*X*B) = kron(B', A)*vec(X)", r"\operatorname{vec}\left(A X B\right) = \left(B^\top \otimes A\right) \operatorname{vec}\left(X\right)"),
    ("entries_diagonal", "a .* b = diag(a)*b", r"a \odot b = \operatorname{diag}\left(a\right) b"),
];

/// A rule or an identity by its id; what has no formula is said in words.
pub(super) fn reason(id: &'static str) -> Reason {
    let reason = Reason::new(id);
    match ROWS.iter().find(|(known, ..)| *known == id) {
        Some((_, text, latex)) => reason.with("rule", math(text, latex)),
        None => reason,
    }
}

/// The rule for a function of matrices whose differential is that of the tensors.
pub(super) fn of_function(function: Special) -> Reason {
    reason(match function {
        Special::Max => "greatest_entry",
        Special::Min => "least_entry",
        Special::Product => "product_of_entries",
        Special::NormP => "norm_p",
        Special::NuclearNorm => "norm_nuclear",
        Special::SpectralNorm | Special::SingularValue => "singular_value",
        Special::EigenMax | Special::EigenMin | Special::Eigenvalue => "eigenvalue",
        Special::Adjugate => "adjugate",
        Special::Exponential => "matrix_exponential",
        Special::Mean | Special::MeanAlong => "mean_of_entries",
        Special::SumAlong
        | Special::CumulativeSum
        | Special::Skew
        | Special::Lower
        | Special::Upper
        | Special::Reshape => "linear_function",
        _ => "function",
    })
}

/// Mathematics in both notations.
pub(super) fn math(text: &str, latex: &str) -> Math {
    Math { text: text.to_owned(), latex: latex.to_owned() }
}
