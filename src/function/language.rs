//! The programming languages in which answers are written.

/// A language; the order is that of the names in a row of the function table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// Python with NumPy.
    Python,
    /// Julia with `LinearAlgebra`.
    Julia,
    /// MATLAB, and GNU Octave.
    Matlab,
    /// Python with PyTorch.
    Pytorch,
}

impl Language {
    /// All of them, in order.
    pub const ALL: [Self; 4] = [Self::Python, Self::Julia, Self::Matlab, Self::Pytorch];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Python => "Python",
            Self::Julia => "Julia",
            Self::Matlab => "MATLAB",
            Self::Pytorch => "PyTorch",
        }
    }
}
