//! The functions of matrices that are no elementwise functions, one row each.

/// A function of matrices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Special {
    /// The sum of the diagonal.
    Trace,
    /// The determinant.
    Determinant,
    /// The logarithm of the determinant.
    LogDeterminant,
    /// The inverse.
    Inverse,
    /// The pseudo-inverse of Moore and Penrose.
    PseudoInverse,
    /// The matrix exponential.
    Exponential,
    /// Its derivative along a matrix.
    ExponentialAlong,
    /// The principal logarithm of a matrix.
    Logarithm,
    /// The principal square root of a matrix.
    SquareRoot,
    /// The adjugate, `det(X)*inv(X)` where the inverse exists.
    Adjugate,
    /// The Euclidean norm of a vector, the Frobenius norm of a matrix.
    Norm,
    /// The sum of absolute values.
    Norm1,
    /// The `p`-norm.
    NormP,
    /// The greatest singular value.
    SpectralNorm,
    /// The sum of the singular values.
    NuclearNorm,
    /// The orthogonal factor of the polar decomposition: `U*V'` of `U*S*V'`.
    Polar,
    /// The k-th greatest singular value.
    SingularValue,
    /// Its left singular vector.
    LeftSingular,
    /// Its right singular vector.
    RightSingular,
    /// The greatest eigenvalue of a symmetric matrix.
    EigenMax,
    /// The least eigenvalue of a symmetric matrix.
    EigenMin,
    /// The k-th greatest eigenvalue of a symmetric matrix.
    Eigenvalue,
    /// Its eigenvector, of length 1.
    Eigenvector,
    /// The sum of all entries.
    Sum,
    /// Sums along an axis: 1 down the columns, 2 along the rows.
    SumAlong,
    /// The mean of all entries.
    Mean,
    /// Means along an axis.
    MeanAlong,
    /// The product of all entries of a vector.
    Product,
    /// The greatest entry.
    Max,
    /// The least entry.
    Min,
    /// 1 at the greatest entry and 0 elsewhere, in each row of a matrix.
    Hardmax,
    /// Sums of the entries up to each.
    CumulativeSum,
    /// The cross product of two vectors of three entries.
    Cross,
    /// The matrix of a cross product: `skew(a)*b` is `cross(a, b)`.
    Skew,
    /// The entries on the diagonal and below.
    Lower,
    /// The entries on the diagonal and above.
    Upper,
    /// A diagonal matrix of a vector, or the diagonal of a matrix.
    Diagonal,
    /// `a*b'`.
    Outer,
    /// The sum of the products of entries.
    Dot,
    /// The Kronecker product.
    Kronecker,
    /// The columns of a matrix under each other.
    Vec,
    /// A column as the columns of a matrix, one after the other.
    Reshape,
    /// `e^x` divided by its sum, in each row of a matrix.
    Softmax,
    /// The logarithm of the sum of exponentials, of each row of a matrix.
    LogSumExp,
}

/// What is known of a function of matrices.
#[derive(Clone, Copy, Debug)]
pub struct SpecialSpec {
    /// The function.
    pub function: Special,
    /// Its name, then other names that are read.
    pub names: &'static [&'static str],
    /// The number of arguments.
    pub arity: usize,
    /// A LaTeX template with `#1`, `#2`.
    pub latex: &'static str,
    /// One line of help.
    pub about: &'static str,
}

const fn row(
    function: Special,
    names: &'static [&'static str],
    arity: usize,
    latex: &'static str,
    about: &'static str,
) -> SpecialSpec {
    SpecialSpec { function, names, arity, latex, about }
}

/// All rows.
#[rustfmt::skip]
pub static SPECIALS: [SpecialSpec; 44] = [
    row(Special::Trace, &["tr", "trace", "Tr"], 1, r"\operatorname{tr}\left(#1\right)", "sum of the diagonal"),
    row(Special::Determinant, &["det"], 1, r"\det\left(#1\right)", "determinant"),
    row(Special::LogDeterminant, &["logdet"], 1, r"\log\det\left(#1\right)", "natural logarithm of the determinant"),
    row(Special::Inverse, &["inv", "inverse"], 1, "#1^{-1}", "inverse matrix"),
    row(Special::PseudoInverse, &["pinv"], 1, r"\operatorname{pinv}\left(#1\right)", "pseudo-inverse; its derivative holds where the rank does not change"),
    row(Special::Exponential, &["expm"], 1, r"\operatorname{expm}\left(#1\right)", "matrix exponential"),
    row(Special::ExponentialAlong, &["dexpm", "expm_frechet"], 2, r"\operatorname{dexpm}\left(#1, #2\right)", "derivative of the matrix exponential at u along v, the upper right block of expm([[u, v], [0, u]])"),
    row(Special::Logarithm, &["logm"], 1, r"\operatorname{logm}\left(#1\right)", "principal logarithm of a matrix"),
    row(Special::SquareRoot, &["sqrtm"], 1, r"\operatorname{sqrtm}\left(#1\right)", "principal square root of a matrix"),
    row(Special::Adjugate, &["adj", "adjugate"], 1, r"\operatorname{adj}\left(#1\right)", "adjugate, det(X)*inv(X)"),
    row(Special::Norm, &["norm", "norm2", "normf"], 1, r"\left\lVert #1\right\rVert", "Euclidean norm of a vector, Frobenius norm of a matrix; also ||A||"),
    row(Special::Norm1, &["norm1"], 1, r"\left\lVert #1\right\rVert_1", "sum of the absolute values of the entries"),
    row(Special::NormP, &["normp"], 2, r"\left\lVert #1\right\rVert_{#2}", "p-norm of the entries, sum(abs(x).^p)^(1/p)"),
    row(Special::SpectralNorm, &["norm"], 2, r"\left\lVert #1\right\rVert_{#2}", "norm(A, 2): the spectral norm, the greatest singular value; norm(x, p) is the p-norm of a vector"),
    row(Special::NuclearNorm, &["normnuc", "nuclear"], 1, r"\operatorname{normnuc}\left(#1\right)", "nuclear norm, the sum of the singular values"),
    row(Special::Polar, &["polar"], 1, r"\operatorname{polar}\left(#1\right)", "orthogonal factor U*V' of a matrix U*S*V'"),
    row(Special::SingularValue, &["svdval"], 2, r"\operatorname{svdval}\left(#1, #2\right)", "k-th greatest singular value"),
    row(Special::LeftSingular, &["svdleft"], 2, r"\operatorname{svdleft}\left(#1, #2\right)", "left singular vector of the k-th greatest singular value"),
    row(Special::RightSingular, &["svdright"], 2, r"\operatorname{svdright}\left(#1, #2\right)", "right singular vector of the k-th greatest singular value"),
    row(Special::EigenMax, &["eigmax"], 1, r"\operatorname{eigmax}\left(#1\right)", "greatest eigenvalue of a symmetric matrix"),
    row(Special::EigenMin, &["eigmin"], 1, r"\operatorname{eigmin}\left(#1\right)", "least eigenvalue of a symmetric matrix"),
    row(Special::Eigenvalue, &["eigval"], 2, r"\operatorname{eigval}\left(#1, #2\right)", "k-th greatest eigenvalue of a symmetric matrix"),
    row(Special::Eigenvector, &["eigvec"], 2, r"\operatorname{eigvec}\left(#1, #2\right)", "eigenvector of the k-th greatest eigenvalue of a symmetric matrix, of length 1"),
    row(Special::Sum, &["sum"], 1, r"\operatorname{sum}\left(#1\right)", "sum of all entries"),
    row(Special::SumAlong, &["sum"], 2, r"\operatorname{sum}\left(#1, #2\right)", "sums along an axis: 1 down the columns, which is a row, 2 along the rows"),
    row(Special::Mean, &["mean", "average"], 1, r"\operatorname{mean}\left(#1\right)", "mean of all entries"),
    row(Special::MeanAlong, &["mean", "average"], 2, r"\operatorname{mean}\left(#1, #2\right)", "means along an axis: 1 down the columns, 2 along the rows"),
    row(Special::Product, &["prod"], 1, r"\operatorname{prod}\left(#1\right)", "product of the entries of a vector"),
    row(Special::Max, &["max"], 1, r"\max\left(#1\right)", "greatest entry"),
    row(Special::Min, &["min"], 1, r"\min\left(#1\right)", "least entry"),
    row(Special::Hardmax, &["hardmax"], 1, r"\operatorname{hardmax}\left(#1\right)", "1 at the greatest entry and 0 elsewhere, in each row of a matrix"),
    row(Special::CumulativeSum, &["cumsum"], 1, r"\operatorname{cumsum}\left(#1\right)", "sums of the entries of a vector up to each"),
    row(Special::Cross, &["cross"], 2, r"\operatorname{cross}\left(#1, #2\right)", "cross product of two vectors of three entries"),
    row(Special::Skew, &["skew"], 1, r"\operatorname{skew}\left(#1\right)", "matrix of a cross product: skew(a)*b is cross(a, b)"),
    row(Special::Lower, &["tril"], 1, r"\operatorname{tril}\left(#1\right)", "entries on the diagonal and below, 0 above"),
    row(Special::Upper, &["triu"], 1, r"\operatorname{triu}\left(#1\right)", "entries on the diagonal and above, 0 below"),
    row(Special::Diagonal, &["diag"], 1, r"\operatorname{diag}\left(#1\right)", "diagonal matrix of a vector, diagonal of a matrix"),
    row(Special::Outer, &["outer"], 2, r"#1 #2^\top", "outer product a*b'"),
    row(Special::Dot, &["dot", "inner"], 2, r"\left\langle #1, #2\right\rangle", "sum of the products of entries"),
    row(Special::Kronecker, &["kron"], 2, r"#1 \otimes #2", "Kronecker product"),
    row(Special::Vec, &["vec"], 1, r"\operatorname{vec}\left(#1\right)", "columns under each other"),
    row(Special::Reshape, &["reshape"], 3, r"\operatorname{reshape}\left(#1, #2, #3\right)", "the matrix reshape(a, m, n) with m rows whose columns are those of a column a: vec(reshape(a, m, n)) is a"),
    row(Special::Softmax, &["softmax"], 1, r"\operatorname{softmax}\left(#1\right)", "exp(x)/sum(exp(x)), in each row of a matrix"),
    row(Special::LogSumExp, &["logsumexp", "lse"], 1, r"\operatorname{logsumexp}\left(#1\right)", "ln(sum(exp(x))), of each row of a matrix"),
];

impl Special {
    /// The row of a function.
    pub fn spec(self) -> &'static SpecialSpec {
        SPECIALS.iter().find(|row| row.function == self).unwrap_or(&SPECIALS[0])
    }

    /// The function of a name with so many arguments; of another number where the name has no
    /// such function.
    pub fn lookup(name: &str, count: usize) -> Option<&'static SpecialSpec> {
        let mut named = SPECIALS.iter().filter(|row| row.names.contains(&name));
        named.clone().find(|row| row.arity == count).or_else(|| named.next())
    }
}
