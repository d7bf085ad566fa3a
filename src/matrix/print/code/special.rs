//! What the functions of matrices are called, one row for each kind of arguments.

use super::super::super::table::Special;

/// Kinds of arguments: `S` a scalar, `C` a column, `R` a row, `M` a matrix, `V` a column or a
/// row, `A` any of these but a scalar, `X` anything; a number that says an axis is itself.
pub(super) struct Row {
    function: Special,
    kinds: &'static str,
    /// Templates of NumPy, Julia, MATLAB and PyTorch; empty where the language has none.
    pub(super) code: [&'static str; 4],
}

const fn row(function: Special, kinds: &'static str, code: [&'static str; 4]) -> Row {
    Row { function, kinds, code }
}

const fn same(function: Special, kinds: &'static str, code: &'static str) -> Row {
    row(function, kinds, [code; 4])
}

/// The first row that fits counts.
#[rustfmt::skip]
static ROWS: [Row; 91] = [
    same(Special::Trace, "S", "#1"),
    row(Special::Trace, "M", ["np.trace(#1)", "tr(#1)", "trace(#1)", "torch.trace(#1)"]),
    same(Special::Determinant, "S", "#1"),
    row(Special::Determinant, "M", ["np.linalg.det(#1)", "det(#1)", "det(#1)", "torch.linalg.det(#1)"]),
    row(Special::LogDeterminant, "S", ["np.log(#1)", "log(#1)", "log(#1)", "torch.log(#1)"]),
    row(Special::LogDeterminant, "M", ["np.linalg.slogdet(#1)[1]", "logdet(#1)", "log(det(#1))", "torch.logdet(#1)"]),
    same(Special::Inverse, "S", "1/$1"),
    row(Special::Inverse, "M", ["np.linalg.inv(#1)", "inv(#1)", "inv(#1)", "torch.linalg.inv(#1)"]),
    row(Special::SpectralNorm, "MS", ["np.linalg.norm(#1, 2)", "opnorm(#1)", "norm(#1)", "torch.linalg.norm(#1, 2)"]),
    row(Special::NuclearNorm, "M", ["np.linalg.norm(#1, 'nuc')", "sum(svdvals(#1))", "sum(svd(#1))", "torch.linalg.norm(#1, 'nuc')"]),
    row(Special::Polar, "M", ["np.linalg.svd(#1, full_matrices=False)[0] @ np.linalg.svd(#1, full_matrices=False)[2]", "svd(#1).U*svd(#1).Vt", "", "torch.linalg.svd(#1, full_matrices=False)[0] @ torch.linalg.svd(#1, full_matrices=False)[2]"]),
    row(Special::SingularValue, "MS", ["np.linalg.svd(#1)[1][#2]", "svdvals(#1)[#2]", "", "torch.linalg.svdvals(#1)[#2]"]),
    row(Special::LeftSingular, "MS", ["np.linalg.svd(#1)[0][:, #2]", "svd(#1).U[:, #2]", "", "torch.linalg.svd(#1)[0][:, #2]"]),
    row(Special::RightSingular, "MS", ["np.linalg.svd(#1)[2][#2]", "svd(#1).V[:, #2]", "", "torch.linalg.svd(#1)[2][#2]"]),
    row(Special::EigenMax, "M", ["np.linalg.eigvalsh(#1)[-1]", "eigmax(Symmetric(#1))", "max(eig(#1))", "torch.linalg.eigvalsh(#1)[-1]"]),
    row(Special::EigenMin, "M", ["np.linalg.eigvalsh(#1)[0]", "eigmin(Symmetric(#1))", "min(eig(#1))", "torch.linalg.eigvalsh(#1)[0]"]),
    row(Special::Eigenvalue, "MS", ["np.linalg.eigvalsh(#1)[#2]", "eigvals(Symmetric(#1))[#2]", "", "torch.linalg.eigvalsh(#1)[#2]"]),
    row(Special::Eigenvector, "MS", ["np.linalg.eigh(#1)[1][:, #2]", "eigvecs(Symmetric(#1))[:, #2]", "", "torch.linalg.eigh(#1)[1][:, #2]"]),
    same(Special::PseudoInverse, "S", "1/$1"),
    row(Special::PseudoInverse, "V", ["$1/($1 @ $1)", "", "pinv(#1)", "$1/($1 @ $1)"]),
    row(Special::PseudoInverse, "M", ["np.linalg.pinv(#1)", "pinv(#1)", "pinv(#1)", "torch.linalg.pinv(#1)"]),
    row(Special::Exponential, "S", ["np.exp(#1)", "exp(#1)", "exp(#1)", "torch.exp(#1)"]),
    row(Special::Exponential, "M", ["scipy.linalg.expm(#1)", "exp(#1)", "expm(#1)", "torch.linalg.matrix_exp(#1)"]),
    row(Special::ExponentialAlong, "MM", ["scipy.linalg.expm_frechet(#1, #2, compute_expm=False)", "", "", "torch.linalg.matrix_exp(torch.cat((torch.cat((#1, #2), 1), torch.cat((torch.zeros_like(#1), #1), 1))))[:len(#1), len(#1):]"]),
    row(Special::Logarithm, "S", ["np.log(#1)", "log(#1)", "log(#1)", "torch.log(#1)"]),
    row(Special::Logarithm, "M", ["scipy.linalg.logm(#1)", "log(#1)", "logm(#1)", ""]),
    row(Special::SquareRoot, "S", ["np.sqrt(#1)", "sqrt(#1)", "sqrt(#1)", "torch.sqrt(#1)"]),
    row(Special::SquareRoot, "M", ["scipy.linalg.sqrtm(#1)", "sqrt(#1)", "sqrtm(#1)", ""]),
    same(Special::Adjugate, "S", "1"),
    row(Special::Adjugate, "M", ["np.linalg.det(#1)*np.linalg.inv(#1)", "det(#1)*inv(#1)", "det(#1)*inv(#1)", "torch.linalg.det(#1)*torch.linalg.inv(#1)"]),
    row(Special::Norm, "S", ["np.abs(#1)", "abs(#1)", "abs(#1)", "torch.abs(#1)"]),
    row(Special::Norm, "V", ["np.linalg.norm(#1)", "norm(#1)", "norm(#1)", "torch.linalg.norm(#1)"]),
    row(Special::Norm, "M", ["np.linalg.norm(#1)", "norm(#1)", "norm(#1, 'fro')", "torch.linalg.norm(#1)"]),
    row(Special::Norm1, "S", ["np.abs(#1)", "abs(#1)", "abs(#1)", "torch.abs(#1)"]),
    row(Special::Norm1, "V", ["np.sum(np.abs(#1))", "norm(#1, 1)", "norm(#1, 1)", "torch.sum(torch.abs(#1))"]),
    row(Special::Norm1, "M", ["np.sum(np.abs(#1))", "norm(#1, 1)", "sum(sum(abs(#1)))", "torch.sum(torch.abs(#1))"]),
    row(Special::NormP, "SS", ["np.abs(#1)", "abs(#1)", "abs(#1)", "torch.abs(#1)"]),
    row(Special::NormP, "VS", ["np.linalg.norm(#1, #2)", "norm(#1, #2)", "norm(#1, #2)", "torch.sum(torch.abs(#1)**%2)**(1/$2)"]),
    row(Special::NormP, "MS", ["np.sum(np.abs(#1)**%2)**(1/$2)", "norm(#1, #2)", "sum(sum(abs(#1).^%2))^(1/$2)", "torch.sum(torch.abs(#1)**%2)**(1/$2)"]),
    same(Special::Sum, "S", "#1"),
    row(Special::Sum, "V", ["np.sum(#1)", "sum(#1)", "sum(#1)", "torch.sum(#1)"]),
    row(Special::Sum, "M", ["np.sum(#1)", "sum(#1)", "sum(sum(#1))", "torch.sum(#1)"]),
    same(Special::SumAlong, "SX", "#1"),
    row(Special::SumAlong, "C1", ["np.sum(#1)", "sum(#1)", "sum(#1)", "torch.sum(#1)"]),
    row(Special::SumAlong, "R2", ["np.sum(#1)", "sum(#1)", "sum(#1)", "torch.sum(#1)"]),
    same(Special::SumAlong, "VX", "#1"),
    row(Special::SumAlong, "M1", ["np.sum(#1, axis=0)", "vec(sum(#1, dims=1))'", "sum(#1, 1)", "torch.sum(#1, dim=0)"]),
    row(Special::SumAlong, "M2", ["np.sum(#1, axis=1)", "vec(sum(#1, dims=2))", "sum(#1, 2)", "torch.sum(#1, dim=1)"]),
    same(Special::Mean, "S", "#1"),
    row(Special::Mean, "V", ["np.mean(#1)", "mean(#1)", "mean(#1)", "torch.mean(#1)"]),
    row(Special::Mean, "M", ["np.mean(#1)", "mean(#1)", "mean(mean(#1))", "torch.mean(#1)"]),
    same(Special::MeanAlong, "SX", "#1"),
    row(Special::MeanAlong, "C1", ["np.mean(#1)", "mean(#1)", "mean(#1)", "torch.mean(#1)"]),
    row(Special::MeanAlong, "R2", ["np.mean(#1)", "mean(#1)", "mean(#1)", "torch.mean(#1)"]),
    same(Special::MeanAlong, "VX", "#1"),
    row(Special::MeanAlong, "M1", ["np.mean(#1, axis=0)", "vec(mean(#1, dims=1))'", "mean(#1, 1)", "torch.mean(#1, dim=0)"]),
    row(Special::MeanAlong, "M2", ["np.mean(#1, axis=1)", "vec(mean(#1, dims=2))", "mean(#1, 2)", "torch.mean(#1, dim=1)"]),
    same(Special::Product, "S", "#1"),
    row(Special::Product, "V", ["np.prod(#1)", "prod(#1)", "prod(#1)", "torch.prod(#1)"]),
    same(Special::Max, "S", "#1"),
    row(Special::Max, "V", ["np.max(#1)", "maximum(#1)", "max(#1)", "torch.max(#1)"]),
    row(Special::Max, "M", ["np.max(#1)", "maximum(#1)", "max(max(#1))", "torch.max(#1)"]),
    same(Special::Min, "S", "#1"),
    row(Special::Min, "V", ["np.min(#1)", "minimum(#1)", "min(#1)", "torch.min(#1)"]),
    row(Special::Min, "M", ["np.min(#1)", "minimum(#1)", "min(min(#1))", "torch.min(#1)"]),
    row(Special::Hardmax, "R", ["1*(#1 == np.max(#1))", "(vec(#1) .== maximum(#1))'", "double(#1 == max(#1))", "(#1 == torch.max(#1)).to(#1)"]),
    row(Special::Hardmax, "C", ["1*(#1 == np.max(#1))", "(#1 .== maximum(#1))", "double(#1 == max(#1))", "(#1 == torch.max(#1)).to(#1)"]),
    row(Special::Hardmax, "M", ["1*(#1 == np.max(#1, axis=1, keepdims=True))", "(#1 .== maximum(#1, dims=2))", "double(#1 == max(#1, [], 2))", "(#1 == torch.amax(#1, dim=1, keepdim=True)).to(#1)"]),
    same(Special::CumulativeSum, "S", "#1"),
    row(Special::CumulativeSum, "R", ["np.cumsum(#1)", "cumsum(vec(#1))'", "cumsum(#1)", "torch.cumsum(#1, dim=0)"]),
    row(Special::CumulativeSum, "C", ["np.cumsum(#1)", "cumsum(#1)", "cumsum(#1)", "torch.cumsum(#1, dim=0)"]),
    row(Special::Cross, "CC", ["np.cross(#1, #2)", "cross(#1, #2)", "cross(#1, #2)", "torch.linalg.cross(#1, #2)"]),
    row(Special::Skew, "C", ["np.cross(np.eye(3), #1)", "", "cross(repmat(#1, 1, 3), eye(3))", "torch.linalg.cross(torch.eye(3).to(#1), %1[None, :])"]),
    row(Special::Lower, "M", ["np.tril(#1)", "tril(#1)", "tril(#1)", "torch.tril(#1)"]),
    row(Special::Upper, "M", ["np.triu(#1)", "triu(#1)", "triu(#1)", "torch.triu(#1)"]),
    same(Special::Diagonal, "S", "#1"),
    row(Special::Diagonal, "C", ["np.diag(#1)", "Diagonal(#1)", "diag(#1)", "torch.diag(#1)"]),
    row(Special::Diagonal, "R", ["np.diag(#1)", "Diagonal(vec(#1))", "diag(#1)", "torch.diag(#1)"]),
    row(Special::Diagonal, "M", ["np.diag(#1)", "diag(#1)", "diag(#1)", "torch.diag(#1)"]),
    row(Special::Outer, "XX", ["np.outer(#1, #2)", "$1*%2'", "$1*%2'", "torch.outer(#1, #2)"]),
    row(Special::Dot, "VV", ["$1 @ $2", "dot(#1, #2)", "dot(#1, #2)", "$1 @ $2"]),
    row(Special::Dot, "MM", ["np.sum($1 * $2)", "dot(#1, #2)", "sum(sum($1 .* $2))", "torch.sum($1 * $2)"]),
    same(Special::Dot, "SS", "$1*$2"),
    row(Special::Softmax, "C", ["scipy.special.softmax(#1)", "exp.(#1)/sum(exp.(#1))", "exp(#1)/sum(exp(#1))", "torch.softmax(#1, dim=0)"]),
    row(Special::Softmax, "R", ["scipy.special.softmax(#1)", "(exp.(vec(#1))/sum(exp.(#1)))'", "exp(#1)/sum(exp(#1))", "torch.softmax(#1, dim=0)"]),
    row(Special::Softmax, "M", ["scipy.special.softmax(#1, axis=1)", "exp.(#1) ./ sum(exp.(#1), dims=2)", "exp(#1) ./ sum(exp(#1), 2)", "torch.softmax(#1, dim=1)"]),
    row(Special::LogSumExp, "V", ["scipy.special.logsumexp(#1)", "log(sum(exp.(#1)))", "log(sum(exp(#1)))", "torch.logsumexp(#1, dim=0)"]),
    row(Special::LogSumExp, "M", ["scipy.special.logsumexp(#1, axis=1)", "log.(vec(sum(exp.(#1), dims=2)))", "log(sum(exp(#1), 2))", "torch.logsumexp(#1, dim=1)"]),
    same(Special::Vec, "S", "#1"),
    row(Special::Vec, "V", ["#1", "vec(#1)", "reshape(#1, [], 1)", "#1"]),
    row(Special::Vec, "M", ["np.ravel(#1, order='F')", "vec(#1)", "reshape(#1, [], 1)", "torch.ravel(%1.T)"]),
];

/// Kronecker products; vectors without direction get the one that they stand for.
#[rustfmt::skip]
static KRONECKER: [Row; 8] = [
    same(Special::Kronecker, "SX", "$1*$2"),
    same(Special::Kronecker, "XS", "$1*$2"),
    row(Special::Kronecker, "CR", ["np.outer(#1, #2)", "kron(#1, #2)", "kron(#1, #2)", "torch.outer(#1, #2)"]),
    row(Special::Kronecker, "RC", ["np.outer(#2, #1)", "kron(#1, #2)", "kron(#1, #2)", "torch.outer(#2, #1)"]),
    row(Special::Kronecker, "VV", ["np.kron(#1, #2)", "kron(#1, #2)", "kron(#1, #2)", "torch.kron(#1, #2)"]),
    row(Special::Kronecker, "CM", ["np.kron(%1[:, None], #2)", "kron(#1, #2)", "kron(#1, #2)", "torch.kron(%1[:, None], #2)"]),
    row(Special::Kronecker, "MC", ["np.kron(#1, %2[:, None])", "kron(#1, #2)", "kron(#1, #2)", "torch.kron(#1, %2[:, None])"]),
    row(Special::Kronecker, "AA", ["np.kron(#1, #2)", "kron(#1, #2)", "kron(#1, #2)", "torch.kron(#1, #2)"]),
];

/// The row of a function for kinds of arguments, as `MS`.
pub(super) fn find(function: Special, kinds: &str) -> Option<&'static Row> {
    let fits = |(wanted, found): (char, char)| match wanted {
        'X' => true,
        'A' => found != 'S',
        'V' => matches!(found, 'C' | 'R'),
        'S' => matches!(found, 'S' | '1' | '2'),
        _ => wanted == found,
    };
    ROWS.iter().chain(&KRONECKER).find(|row| {
        row.function == function && row.kinds.chars().zip(kinds.chars()).all(fits)
    })
}
