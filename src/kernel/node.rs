//! What an expression is made of.

use super::symbol::{Constant, FunctionId, FunctionSet, SymbolId};

/// The handle of an expression in its pool: two expressions are equal when their handles are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ExprId(pub(crate) u32);

impl ExprId {
    /// The position in the pool; children stand before their parents.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// The handle of an exact number in its pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct NumberId(pub(crate) u32);

/// A run of operands in the pool's list of operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Operands {
    pub(crate) start: u32,
    pub(crate) len: u32,
}

/// One node. The canonical form is kept by the constructors of the pool:
///
/// * a sum has at least two terms, none a sum, at most one a number, all different but for
///   their coefficients, in the order in which they are printed;
/// * a product has at least two factors, none a product, a number or a multiple, all with
///   different bases, in the order in which they are printed;
/// * a multiple has a coefficient other than 0 and 1 and an operand that is neither a number
///   nor a multiple; `-1` times a sum is the sum of the negated terms;
/// * a power has an exponent other than 0 and 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Node {
    /// An exact number.
    Number(NumberId),
    /// A variable or parameter.
    Symbol(SymbolId),
    /// A named number.
    Constant(Constant),
    /// The sum of the terms.
    Sum(Operands),
    /// The product of the factors, without a numeric coefficient.
    Product(Operands),
    /// A numeric coefficient times an expression.
    Multiple(NumberId, ExprId),
    /// Base and exponent.
    Power(ExprId, ExprId),
    /// A function applied to its arguments.
    Apply(FunctionId, Operands),
    /// The value of what has none, as `1/0`; whatever contains it is undefined as well.
    Undefined,
}

/// What is known of every node without walking below it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Info {
    /// A bit for each symbol below (its index modulo 64): no bit, no dependence.
    pub(crate) symbols: u64,
    /// The functions below.
    pub(crate) functions: FunctionSet,
    /// A digest of the structure, the same in every pool.
    pub(crate) digest: u64,
    /// The cost to a reader.
    pub(crate) cost: u32,
    /// Total degree in the symbols, for the order of terms.
    pub(crate) degree: f32,
    /// Known to be above zero wherever it is defined.
    pub(crate) positive: bool,
    /// Known to be zero or above wherever it is defined.
    pub(crate) nonnegative: bool,
    /// Known to be an integer wherever it is defined.
    pub(crate) integer: bool,
    /// Whether a sum or a product stands under a root in it.
    pub(crate) rooted: bool,
    /// Written with a fraction bar; of a sum, whether a term is.
    pub(crate) fraction: bool,
    /// The place among the factors of a product.
    pub(crate) class: Class,
}

/// The place of a factor in a product, as a textbook orders them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(crate) enum Class {
    /// Numbers, constants and their roots.
    Constant,
    /// A symbol to a numeric power.
    Monomial,
    /// A sum to a whole power.
    Sum,
    /// A power with a symbolic exponent.
    Power,
    /// An exponential: a constant base with a symbolic exponent.
    Exponential,
    /// A function, to a power or not.
    Function,
    /// A sum of functions, without a power of a symbol as a term.
    Composite,
    /// A root of anything but a symbol.
    Root,
}
