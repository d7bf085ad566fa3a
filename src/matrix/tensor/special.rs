//! Functions of matrices as tensors.

use super::super::form::Elementwise;
use super::super::shape::{Shape, SizeId};
use super::super::table::Special;
use super::arithmetic::identity;
use super::pool::{Node, Primary, Reduction, Spectral, TensorId, Tensors};
use super::term::{Factor, Label};
use crate::kernel::{FunctionId, Number};
use smallvec::SmallVec;

impl Tensors {
    /// The sum of all entries.
    pub(super) fn total(&mut self, id: TensorId) -> TensorId {
        let sizes = self.axes(id).to_vec();
        let factor = Factor { id, at: identity(sizes.len()) };
        self.einsum(Number::ONE, vec![factor], &sizes, 0)
    }

    /// The sums along an axis, 1 or 2.
    fn sums_along(&mut self, id: TensorId, axis: TensorId, shape: Shape) -> TensorId {
        let is_down = self.as_number(axis).is_some_and(|n| n.is_one());
        match self.axes(id).to_vec()[..] {
            [m, n] if is_down => {
                let factor = Factor::new(id, &[1, 0]);
                self.einsum(Number::ONE, vec![factor], &[n, m], 1)
            }
            [m, n] => {
                let factor = Factor::new(id, &[0, 1]);
                self.einsum(Number::ONE, vec![factor], &[m, n], 1)
            }
            _ if is_down == (shape.cols == SizeId::ONE) => self.total(id),
            _ => id,
        }
    }

    /// Divided by sizes.
    fn divided(&mut self, id: TensorId, sizes: &[SizeId]) -> TensorId {
        let minus = self.number(Number::MINUS_ONE);
        let mut factors = vec![id];
        for size in sizes {
            let size = self.size(*size);
            factors.push(self.power(size, minus));
        }
        self.times(&factors)
    }

    /// A part of the spectrum of the first of two operands; the second says which.
    fn counted(&mut self, part: Spectral, list: &[TensorId]) -> TensorId {
        let k = self.as_number(list[1]).and_then(|n| n.to_i64()).unwrap_or(1);
        self.spectral(part, list[0], k.clamp(1, i64::from(u16::MAX)) as u16)
    }

    /// The greatest entry.
    fn greatest(&mut self, id: TensorId) -> TensorId {
        if self.axes(id).is_empty() {
            return id;
        }
        let all = self.stacked_columns(id);
        self.reduced(Reduction::Max, all)
    }

    /// The columns of a matrix under each other.
    fn stacked_columns(&mut self, id: TensorId) -> TensorId {
        let [m, n] = self.axes(id).to_vec()[..] else { return id };
        let whole = self.scope.sizes.product(m, n);
        let pair = self.intern(Node::Pair, &[whole, n, m], false);
        let factors = vec![Factor::new(pair, &[0, 2, 1]), Factor::new(id, &[1, 2])];
        self.einsum(Number::ONE, factors, &[whole, m, n], 1)
    }

    /// The matrix that has a column as its columns under each other.
    pub(super) fn reshaped(&mut self, id: TensorId, shape: Shape) -> TensorId {
        let Shape { rows: m, cols: n } = shape;
        if m == SizeId::ONE || n == SizeId::ONE {
            return id;
        }
        let whole = self.scope.sizes.product(m, n);
        let pair = self.intern(Node::Pair, &[whole, n, m], false);
        let factors = vec![Factor::new(pair, &[2, 1, 0]), Factor::new(id, &[2])];
        self.einsum(Number::ONE, factors, &[m, n, whole], 2)
    }

    fn orientation_of_three(&mut self, three: SizeId) -> TensorId {
        self.intern(Node::Orientation, &[three; 3], false)
    }

    /// A function of matrices of operands with these shapes.
    pub(super) fn call(
        &mut self,
        function: Special,
        list: &[TensorId],
        shapes: &[Shape],
    ) -> TensorId {
        let id = list[0];
        let axes = self.axes(id).to_vec();
        match function {
            Special::Trace => match axes[..] {
                [n, _] => {
                    self.einsum(Number::ONE, vec![Factor::new(id, &[0, 0])], &[n], 0)
                }
                _ => id,
            },
            Special::Determinant => self.determinant(id),
            Special::LogDeterminant => {
                let determinant = self.determinant(id);
                self.log(determinant)
            }
            Special::Inverse => self.inverse(id),
            Special::PseudoInverse => self.pseudo_inverse(id),
            Special::NuclearNorm => self.nuclear(id),
            Special::Polar => self.polar(id),
            Special::SpectralNorm => self.spectral(Spectral::Singular, id, 1),
            Special::EigenMax => self.spectral(Spectral::Eigenvalue, id, 1),
            Special::EigenMin => {
                let turned = self.weighted(&[(Number::MINUS_ONE, id)]);
                let greatest = self.spectral(Spectral::Eigenvalue, turned, 1);
                self.weighted(&[(Number::MINUS_ONE, greatest)])
            }
            Special::SingularValue => self.counted(Spectral::Singular, list),
            Special::LeftSingular => self.counted(Spectral::Left, list),
            Special::RightSingular => self.counted(Spectral::Right, list),
            Special::Eigenvalue => self.counted(Spectral::Eigenvalue, list),
            Special::Eigenvector => self.counted(Spectral::Eigenvector, list),
            Special::Exponential => self.primary(Primary::Exponential, id),
            Special::ExponentialAlong => self.exponential_along(id, list[1]),
            Special::Logarithm => self.primary(Primary::Logarithm, id),
            Special::SquareRoot => self.primary(Primary::Root, id),
            Special::Adjugate if axes.is_empty() => self.number(Number::ONE),
            Special::Adjugate => {
                let (determinant, inverse) = (self.determinant(id), self.inverse(id));
                self.times(&[determinant, inverse])
            }
            Special::Norm => {
                let two = self.number(Number::from(2));
                let squares = self.power(id, two);
                let total = self.total(squares);
                let half = self.number(Number::HALF);
                self.power(total, half)
            }
            Special::Norm1 => {
                let sizes = self.absolute(id);
                self.total(sizes)
            }
            Special::NormP => {
                let sizes = self.absolute(id);
                let powers = self.power(sizes, list[1]);
                let total = self.total(powers);
                let minus = self.number(Number::MINUS_ONE);
                let inverse = self.power(list[1], minus);
                self.power(total, inverse)
            }
            Special::Sum => self.total(id),
            Special::SumAlong => self.sums_along(id, list[1], shapes[0]),
            Special::Mean => {
                let total = self.total(id);
                self.divided(total, &axes)
            }
            Special::MeanAlong => {
                let sums = self.sums_along(id, list[1], shapes[0]);
                let is_down = self.as_number(list[1]).is_some_and(|n| n.is_one());
                let size = if is_down { shapes[0].rows } else { shapes[0].cols };
                self.divided(sums, &Shape::column(size).axes())
            }
            Special::Product if axes.is_empty() => id,
            Special::Product => self.reduced(Reduction::Product, id),
            Special::Max => self.greatest(id),
            Special::Min => {
                let turned = self.weighted(&[(Number::MINUS_ONE, id)]);
                let greatest = self.greatest(turned);
                self.weighted(&[(Number::MINUS_ONE, greatest)])
            }
            Special::Hardmax => self.hardmax(id),
            Special::CumulativeSum => match axes[..] {
                [n] => {
                    let mask = self.intern(Node::Lower, &[n, n], false);
                    let factors = vec![Factor::new(mask, &[0, 1]), Factor::new(id, &[1])];
                    self.einsum(Number::ONE, factors, &[n, n], 1)
                }
                _ => id,
            },
            Special::Cross => {
                let three = axes[0];
                let sign = self.orientation_of_three(three);
                let factors = vec![
                    Factor::new(sign, &[0, 1, 2]),
                    Factor::new(id, &[1]),
                    Factor::new(list[1], &[2]),
                ];
                self.einsum(Number::ONE, factors, &[three; 3], 1)
            }
            Special::Skew => {
                let three = axes[0];
                let sign = self.orientation_of_three(three);
                let factors = vec![Factor::new(sign, &[0, 2, 1]), Factor::new(id, &[2])];
                self.einsum(Number::ONE, factors, &[three; 3], 2)
            }
            Special::Lower | Special::Upper => {
                let is_lower = function == Special::Lower;
                let turned: Vec<SizeId> = axes.iter().rev().copied().collect();
                let (sizes, at) = match is_lower {
                    true => (&axes, [0, 1]),
                    false => (&turned, [1, 0]),
                };
                let mask = self.intern(Node::Lower, sizes, false);
                let factors = vec![Factor::new(mask, &at), Factor::new(id, &[0, 1])];
                self.einsum(Number::ONE, factors, &axes, 2)
            }
            Special::Diagonal => match axes[..] {
                [n] => {
                    let delta = self.delta(n);
                    let factors =
                        vec![Factor::new(delta, &[0, 1]), Factor::new(id, &[0])];
                    self.einsum(Number::ONE, factors, &[n, n], 2)
                }
                [n, _] => {
                    self.einsum(Number::ONE, vec![Factor::new(id, &[0, 0])], &[n], 1)
                }
                _ => id,
            },
            Special::Outer => {
                let (mut sizes, mut factors) = (Vec::new(), Vec::new());
                for id in list {
                    let at: SmallVec<[Label; 4]> = match self.axes(*id) {
                        [n] => {
                            sizes.push(*n);
                            SmallVec::from_slice(&[sizes.len() as Label - 1])
                        }
                        _ => SmallVec::new(),
                    };
                    factors.push(Factor { id: *id, at });
                }
                self.einsum(Number::ONE, factors, &sizes, sizes.len())
            }
            Special::Dot => {
                let product = self.times(list);
                self.total(product)
            }
            Special::Kronecker => self.kronecker(list, shapes),
            Special::Vec => self.stacked_columns(id),
            // It is lowered with its sizes.
            Special::Reshape => id,
            Special::Softmax => self.softmax(id),
            Special::LogSumExp => self.reduced(Reduction::LogSumExp, id),
        }
    }

    pub(super) fn log(&mut self, id: TensorId) -> TensorId {
        self.map(Elementwise::Table(FunctionId::LN), SmallVec::from_slice(&[id]))
    }

    pub(super) fn absolute(&mut self, id: TensorId) -> TensorId {
        self.map(Elementwise::Table(FunctionId::ABS), SmallVec::from_slice(&[id]))
    }

    fn kronecker(&mut self, list: &[TensorId], shapes: &[Shape]) -> TensorId {
        let (mut sizes, mut factors, mut outer) = (Vec::new(), Vec::new(), Vec::new());
        let mut at: [SmallVec<[Label; 4]>; 2] = Default::default();
        let axes = |shape: Shape| [shape.rows, shape.cols];
        for (a, b) in axes(shapes[0]).into_iter().zip(axes(shapes[1])) {
            let mut label = |size: SizeId| {
                sizes.push(size);
                (sizes.len() - 1) as Label
            };
            match (a == SizeId::ONE, b == SizeId::ONE) {
                (true, true) => {}
                (false, true) => {
                    let l = label(a);
                    at[0].push(l);
                    outer.push(l);
                }
                (true, false) => {
                    let l = label(b);
                    at[1].push(l);
                    outer.push(l);
                }
                (false, false) => {
                    let (slow, fast) = (label(a), label(b));
                    let whole = self.scope.sizes.product(a, b);
                    sizes.push(whole);
                    let c = (sizes.len() - 1) as Label;
                    at[0].push(slow);
                    at[1].push(fast);
                    outer.push(c);
                    let pair = self.intern(Node::Pair, &[whole, a, b], false);
                    factors.push(Factor::new(pair, &[c, slow, fast]));
                }
            }
        }
        let [first, second] = at;
        factors.push(Factor { id: list[0], at: first });
        factors.push(Factor { id: list[1], at: second });
        self.ordered(factors, &sizes, &outer)
    }
}
