//! The entries of a tensor in index notation, for what is no matrix.

use super::super::tensor::{Node, Primary, Reduction, Spectral, TensorId, Tensors, Term};
use super::dense::Dense;
use super::evaluate::{entry, field};
use super::instance::Instance;
use rustc_hash::FxHashMap;

/// The most factors that are multiplied.
const MAX_PRODUCTS: usize = 12_000_000;

/// The entries of a tensor, the last axis running fastest; `definition` gives the value of a
/// name that a program defines. `None` when it would take too long.
pub(crate) fn entries(
    root: TensorId,
    tensors: &Tensors,
    instance: &Instance,
    definition: impl Fn(u16) -> Dense,
) -> Option<Vec<f64>> {
    let mut known: FxHashMap<TensorId, Vec<f64>> = FxHashMap::default();
    let mut work = 0;
    for id in tensors.below(root) {
        let sizes: Vec<usize> =
            tensors.axes(id).iter().map(|size| instance.size(*size)).collect();
        let count: usize = sizes.iter().product();
        let of = |id: &TensorId| known.get(id).cloned().unwrap_or_default();
        let spread =
            |list: Vec<f64>, k: usize| if list.len() == 1 { list[0] } else { list[k] };
        let matrix = |id: &TensorId| {
            let data = of(id);
            let n = data.len().isqrt();
            Dense { rows: n, cols: n, data }
        };
        work += count;
        let value = match tensors.node(id) {
            Node::Variable(place) => instance.variables[usize::from(*place)].data.clone(),
            Node::Definition(place) => match &instance.fixed {
                Some((fixed, value)) if fixed == place => value.data.clone(),
                _ => definition(*place).data,
            },
            Node::Constant(constant) => vec![constant.value()],
            Node::Size(size) => vec![instance.size(*size) as f64],
            Node::Unit(index) => {
                let chosen = instance.indices.get(usize::from(*index)).copied()?;
                (0..count).map(|k| f64::from(u8::from(k == chosen))).collect()
            }
            Node::Placeholder(_) => return None,
            Node::Delta => {
                let n = sizes[0];
                (0..count).map(|k| f64::from(u8::from(k / n == k % n))).collect()
            }
            Node::Pair => {
                let whole = sizes[1] * sizes[2];
                (0..count).map(|k| f64::from(u8::from(k / whole == k % whole))).collect()
            }
            Node::Sum(terms) => {
                let mut sum = vec![0.0; count];
                for term in terms {
                    add(term, tensors, instance, &known, &mut sum, &mut work)?;
                }
                sum
            }
            Node::Map(function, list) => (0..count)
                .map(|k| {
                    let arguments: Vec<f64> =
                        list.iter().map(|id| spread(of(id), k)).collect();
                    entry(*function, &arguments)
                })
                .collect(),
            Node::Power(a, b) => {
                (0..count).map(|k| spread(of(a), k).powf(spread(of(b), k))).collect()
            }
            Node::Inverse(a) => matrix(a).inverse().0.data,
            Node::PseudoInverse(a) => {
                let (rows, cols) = (sizes[1], sizes[0]);
                Dense { rows, cols, data: of(a) }.pseudo_inverse(false).data
            }
            Node::Spectral(part, a, k) => {
                let axes = tensors.axes(*a);
                let (rows, cols) = (instance.size(axes[0]), instance.size(axes[1]));
                let (a, k) = (Dense { rows, cols, data: of(a) }, usize::from(*k) - 1);
                match part {
                    Spectral::Eigenvalue => vec![*a.eigen().0.get(k)?],
                    Spectral::Eigenvector => a.eigen().1.column(k).data,
                    Spectral::Singular => vec![*a.singular().1.get(k)?],
                    Spectral::Left => a.singular().0.column(k).data,
                    Spectral::Right => a.singular().2.column(k).data,
                }
            }
            Node::Nuclear(a) => {
                let axes = tensors.axes(*a);
                let (rows, cols) = (instance.size(axes[0]), instance.size(axes[1]));
                vec![Dense { rows, cols, data: of(a) }.singular().1.iter().sum()]
            }
            Node::Polar(a) => {
                let (rows, cols) = (sizes[0], sizes[1]);
                Dense { rows, cols, data: of(a) }.polar().data
            }
            Node::Primary(function, a) => {
                let a = matrix(a);
                match function {
                    Primary::Exponential => a.exponential().data,
                    Primary::Logarithm => a.logarithm().data,
                    Primary::Root => a.square_root().data,
                    Primary::Power(n) => a.raised(of(n)[0]).data,
                }
            }
            Node::Along(a, change) => matrix(a).exponential_along(&matrix(change)).data,
            Node::Field(place, order, a) => field((*place, *order), &of(a)).data,
            Node::Determinant(a) => vec![matrix(a).inverse().1],
            Node::Softmax(a) => {
                let (data, n) = (of(a), *sizes.last()?);
                let total = |row: &[f64]| row.iter().map(|x| x.exp()).sum::<f64>();
                data.chunks(n)
                    .flat_map(|row| row.iter().map(|x| x.exp() / total(row)))
                    .collect()
            }
            Node::Hardmax(a) => {
                let (data, n) = (of(a), *sizes.last()?);
                let greatest = |row: &[f64]| row.iter().copied().fold(f64::MIN, f64::max);
                let one = |row: &[f64]| row.iter().position(|x| *x == greatest(row));
                data.chunks(n)
                    .flat_map(|row| {
                        let at = one(row);
                        (0..n).map(move |k| f64::from(u8::from(Some(k) == at)))
                    })
                    .collect()
            }
            Node::Reduced(reduction, a) => {
                let n = instance.size(*tensors.axes(*a).last()?);
                let reduced = |row: &[f64]| match reduction {
                    Reduction::LogSumExp => row.iter().map(|x| x.exp()).sum::<f64>().ln(),
                    Reduction::Max => row.iter().copied().fold(f64::MIN, f64::max),
                    Reduction::Product => row.iter().product(),
                };
                of(a).chunks(n).map(reduced).collect()
            }
            Node::Lower => {
                let n = sizes[1];
                (0..count).map(|k| f64::from(u8::from(k / n >= k % n))).collect()
            }
            Node::Orientation => (0..count)
                .map(|k| {
                    let [a, b, c] = [k / 9, k / 3 % 3, k % 3].map(|x| x as f64);
                    (b - a) * (c - b) * (c - a) / 2.0
                })
                .collect(),
        };
        if work > MAX_PRODUCTS {
            return None;
        }
        known.insert(id, value);
    }
    known.remove(&root)
}

fn add(
    term: &Term,
    tensors: &Tensors,
    instance: &Instance,
    known: &FxHashMap<TensorId, Vec<f64>>,
    sum: &mut [f64],
    work: &mut usize,
) -> Option<()> {
    let sizes: Vec<usize> = term.sizes.iter().map(|size| instance.size(*size)).collect();
    let total = sizes.iter().try_fold(1usize, |n, size| n.checked_mul(*size))?;
    *work = work.checked_add(total.checked_mul(term.factors.len().max(1))?)?;
    if *work > MAX_PRODUCTS {
        return None;
    }
    let inner = total / sum.len().max(1);
    // The values of each factor, and how far apart they are along each label.
    let mut factors = Vec::with_capacity(term.factors.len());
    for factor in &term.factors {
        let mut steps = vec![0usize; sizes.len()];
        let mut step = 1;
        for (label, size) in factor.at.iter().zip(tensors.axes(factor.id)).rev() {
            steps[usize::from(*label)] += step;
            step *= instance.size(*size);
        }
        factors.push((known.get(&factor.id)?, steps, 0usize));
    }
    let coefficient = term.coefficient.to_f64();
    let mut at = vec![0usize; sizes.len()];
    for k in 0..total {
        let mut product = coefficient;
        for (values, _, place) in &factors {
            product *= values.get(*place)?;
        }
        sum[k / inner.max(1)] += product;
        for position in (0..sizes.len()).rev() {
            at[position] += 1;
            let is_over = at[position] == sizes[position];
            for (_, steps, place) in &mut factors {
                match is_over {
                    true => *place -= steps[position] * (sizes[position] - 1),
                    false => *place += steps[position],
                }
            }
            if !is_over {
                break;
            }
            at[position] = 0;
        }
    }
    Some(())
}
