//! The value of a form for an instance, operation by operation as it was written.

use super::super::form::{Elementwise, FormId, Forms, Op, Scope};
use super::super::table::Special;
use super::dense::Dense;
use super::instance::Instance;
use crate::function;
use crate::kernel::FunctionId;
use rustc_hash::FxHashMap;

/// What is less may be 0 after another operation although it is not.
const TINY: f64 = 1e-150;

/// The operations that lead to a form, in order.
#[derive(Clone, Debug)]
pub(crate) struct Evaluator {
    /// Definitions that are used, each with its operations.
    parts: Vec<(Option<u16>, FormId, Vec<FormId>)>,
}

impl Evaluator {
    /// The operations of a form and of the definitions that it uses.
    pub(crate) fn new(root: FormId, forms: &Forms, scope: &Scope) -> Self {
        let mut parts = Vec::new();
        let list = forms.below(root);
        let mut wanted = vec![false; scope.definitions.len()];
        let mark = |list: &[FormId], wanted: &mut Vec<bool>| {
            for id in list {
                if let Op::Definition(place) = forms.op(*id) {
                    wanted[usize::from(*place)] = true;
                }
            }
        };
        mark(&list, &mut wanted);
        parts.push((None, root, list));
        for place in (0..scope.definitions.len()).rev() {
            if wanted[place] {
                let body = scope.definitions[place].body;
                let list = forms.below(body);
                mark(&list, &mut wanted);
                parts.push((Some(place as u16), body, list));
            }
        }
        parts.reverse();
        Self { parts }
    }

    /// The value for an instance.
    pub(crate) fn value(&self, forms: &Forms, instance: &Instance) -> Dense {
        self.values(forms, instance).0
    }

    /// The value for an instance, and those of the definitions that it needs.
    pub(crate) fn values(
        &self,
        forms: &Forms,
        instance: &Instance,
    ) -> (Dense, FxHashMap<u16, Dense>) {
        let mut values: FxHashMap<FormId, Dense> = FxHashMap::default();
        let mut definitions: FxHashMap<u16, Dense> = FxHashMap::default();
        let mut last = Dense::scalar(f64::NAN);
        for (definition, root, list) in &self.parts {
            if let (Some(place), Some((fixed, value))) = (definition, &instance.fixed)
                && place == fixed
            {
                definitions.insert(*place, value.clone());
                continue;
            }
            for id in list {
                if !values.contains_key(id) {
                    let mut value = one(*id, forms, instance, &values, &definitions);
                    if instance.is_blurred() {
                        value = without_lost(*id, value, forms, &values);
                    }
                    values.insert(*id, instance.calculated(values.len(), value));
                }
            }
            let value =
                values.get(root).cloned().unwrap_or_else(|| Dense::scalar(f64::NAN));
            match definition {
                Some(place) => {
                    let value = match instance.shifts.get(place) {
                        Some(shift) => value.zip(shift, |x, y| x + y),
                        None => value,
                    };
                    definitions.insert(*place, value);
                }
                None => last = value,
            }
        }
        (last, definitions)
    }
}

/// The value of a form for an instance, with given values of definitions.
pub(crate) fn value_with(
    root: FormId,
    forms: &Forms,
    instance: &Instance,
    definitions: &FxHashMap<u16, Dense>,
) -> Dense {
    let mut values: FxHashMap<FormId, Dense> = FxHashMap::default();
    for id in forms.below(root) {
        let value = one(id, forms, instance, &values, definitions);
        values.insert(id, value);
    }
    values.remove(&root).unwrap_or_else(|| Dense::scalar(f64::NAN))
}

/// A value without the zeros that are there because doubles end: `exp(-3000)` is no 0.
fn without_lost(
    id: FormId,
    value: Dense,
    forms: &Forms,
    values: &FxHashMap<FormId, Dense>,
) -> Dense {
    let operands = forms.operands(id);
    let of = || operands.iter().filter_map(|id| values.get(id));
    let is_tiny = |x: &f64| *x != 0.0 && x.abs() < TINY;
    let is_lost = match forms.op(id) {
        // A smooth function is 0 at numbers that were drawn by chance only.
        Op::Apply(Elementwise::Table(function), _) => {
            function.is_builtin()
                && function::spec(*function).is_smooth()
                && of().any(|one| one.data.iter().all(|x| *x != 0.0))
        }
        Op::Power(base, _) | Op::ElementPower(base, _) => {
            let base = values.get(base);
            base.is_some_and(|base| base.data.iter().all(|x| *x != 0.0))
        }
        // An exponential has an inverse.
        Op::Call(Special::Exponential, _) => {
            value.data.iter().all(|x| x.is_finite()) && value.singular().1.contains(&0.0)
        }
        Op::Call(Special::Determinant, _) => {
            let has_rank = |one: &Dense| {
                one.data.iter().all(|x| x.is_finite()) && !one.singular().1.contains(&0.0)
            };
            value.data.contains(&0.0) && of().any(has_rank)
        }
        _ => false,
    };
    if is_lost && matches!(forms.op(id), Op::Call(Special::Exponential, _)) {
        return value.map(|_| f64::NAN);
    }
    if is_lost || of().any(|one| one.data.iter().any(is_tiny)) {
        return value.map(|x| if x == 0.0 { f64::NAN } else { x });
    }
    value
}

fn one(
    id: FormId,
    forms: &Forms,
    instance: &Instance,
    values: &FxHashMap<FormId, Dense>,
    definitions: &FxHashMap<u16, Dense>,
) -> Dense {
    let nothing = || Dense::scalar(f64::NAN);
    let of = |id: &FormId| values.get(id).cloned().unwrap_or_else(nothing);
    let shape = forms.shape(id);
    let (rows, cols) = (instance.size(shape.rows), instance.size(shape.cols));
    match forms.op(id) {
        Op::Number(n) => Dense::scalar(n.to_f64()),
        Op::Constant(constant) => Dense::scalar(constant.value()),
        Op::Size(size) => Dense::scalar(instance.size(*size) as f64),
        Op::Variable(place) => instance.variables[usize::from(*place)].clone(),
        Op::Definition(place) => definitions.get(place).cloned().unwrap_or_else(nothing),
        Op::Ones => Dense::from(rows, cols, |_, _| 1.0),
        Op::Zeros => Dense::from(rows, cols, |_, _| 0.0),
        Op::Eye => Dense::from(rows, cols, |i, j| f64::from(u8::from(i == j))),
        Op::Commutation(m, n) => {
            let (m, n) = (instance.size(*m), instance.size(*n));
            let turned = |r: usize| r % n * m + r / n;
            Dense::from(rows, cols, |r, c| f64::from(u8::from(turned(r) == c)))
        }
        Op::Unit(index) => {
            let chosen = instance.index(*index);
            Dense::from(rows, cols, |i, _| f64::from(u8::from(i == chosen)))
        }
        Op::Entries(list) => {
            let data = list.iter().map(|id| of(id).data[0]).collect();
            Dense { rows, cols, data }
        }
        Op::Change(_) => instance.changes.get(&id).cloned().unwrap_or_else(nothing),
        Op::IndexSum(index, size, a) => {
            let mut sum = Dense::from(rows, cols, |_, _| 0.0);
            let mut instance = instance.clone();
            for k in 0..instance.size(*size) {
                if let Some(chosen) = instance.indices.get_mut(usize::from(*index)) {
                    *chosen = k;
                }
                let mut inner: FxHashMap<FormId, Dense> = FxHashMap::default();
                for id in forms.below(*a) {
                    let value = one(id, forms, &instance, &inner, definitions);
                    inner.insert(id, value);
                }
                let value = inner.remove(a).unwrap_or_else(nothing);
                sum = sum.zip(&value, |x, y| x + y);
            }
            sum
        }
        Op::Entry(a, at) => {
            let value = of(a);
            let place = instance.place(at, value.cols);
            Dense::scalar(value.data.get(place).copied().unwrap_or(f64::NAN))
        }
        Op::Sum(terms) => {
            let mut sum = Dense::from(rows, cols, |_, _| 0.0);
            for (minus, term) in terms {
                let sign = if *minus { -1.0 } else { 1.0 };
                sum = sum.zip(&of(term), |x, y| x + sign * y);
            }
            sum
        }
        Op::Product(list) => {
            let mut product = Dense::scalar(1.0);
            for factor in list {
                product = product.times(&of(factor));
            }
            product
        }
        Op::Hadamard(list) => {
            let mut product = Dense::scalar(1.0);
            for factor in list {
                product = product.zip(&of(factor), |x, y| x * y);
            }
            product
        }
        Op::Divide(a, b) | Op::ElementDivide(a, b) => {
            let quotient = |x: f64, y: f64| if y == 0.0 { f64::NAN } else { x / y };
            of(a).zip(&of(b), quotient)
        }
        Op::Power(a, b) if !shape.is_scalar() => of(a).raised(of(b).data[0]),
        Op::Power(a, b) | Op::ElementPower(a, b) => of(a).zip(&of(b), power),
        Op::Transpose(a) => of(a).transposed(),
        Op::Apply(function, list) => {
            let list: Vec<Dense> = list.iter().map(of).collect();
            apply(*function, &list)
        }
        Op::Field(place, order, a) => {
            // A matrix is taken for the column of its entries.
            Dense { rows, cols, ..field((*place, *order), &of(a).data) }
        }
        Op::Call(Special::Reshape, list) => {
            let column = of(&list[0]);
            Dense::from(rows, cols, |i, j| {
                column.data.get(j * rows + i).copied().unwrap_or(f64::NAN)
            })
        }
        Op::Call(function, list) => {
            let list: Vec<Dense> = list.iter().map(of).collect();
            // What has no value somewhere has no greatest entry and no pseudo-inverse.
            if list.iter().any(|value| value.data.iter().any(|x| !x.is_finite())) {
                return Dense::from(rows, cols, |_, _| f64::NAN);
            }
            let vector = forms.shape(forms.operands(id)[0]).is_vector();
            call(*function, &list, vector, instance.is_blurred())
        }
    }
}

/// The value of a power at one entry.
pub(crate) fn power(x: f64, y: f64) -> f64 {
    if y.fract() == 0.0 && y.abs() < 1000.0 {
        return if x == 0.0 && y < 0.0 { f64::NAN } else { x.powi(y as i32) };
    }
    if x < 0.0 { f64::NAN } else { x.powf(y) }
}

/// The value of a function at one entry.
pub(crate) fn entry(function: Elementwise, arguments: &[f64]) -> f64 {
    match function {
        Elementwise::Table(id) => table(id, arguments),
        // Stands for any smooth function: derivatives of any order are known.
        Elementwise::Abstract(name, primes) => {
            let (rate, shift) =
                (0.7 + 0.13 * f64::from(name), 0.4 + 0.29 * f64::from(name));
            let turn = std::f64::consts::FRAC_PI_2 * f64::from(primes);
            let x = arguments.first().copied().unwrap_or(f64::NAN);
            let waves = rate.powi(i32::from(primes)) * (rate * x + shift + turn).sin();
            let growth = 0.3 * 0.5f64.powi(i32::from(primes)) * (0.5 * x).exp();
            waves + growth
        }
    }
}

/// What stands for any smooth function from columns of entries to numbers, or for its derivatives:
/// `sin(c'*u + s) + sum(d .* u.^3)/6`.
pub(crate) fn field((place, order): (u16, u16), u: &[f64]) -> Dense {
    let own = f64::from(place);
    let c = |i: usize| 0.5 + 0.17 * own - 0.21 * (i % 4) as f64;
    let d = |i: usize| 0.3 + 0.11 * own + 0.13 * (i % 3) as f64;
    let along: f64 = u.iter().enumerate().map(|(i, x)| c(i) * x).sum();
    let angle = along + 0.4 + 0.29 * own;
    match order {
        0 => {
            let cubes = u.iter().enumerate().map(|(i, x)| d(i) * x.powi(3) / 6.0);
            Dense::scalar(angle.sin() + cubes.sum::<f64>())
        }
        1 => {
            Dense::from(u.len(), 1, |i, _| c(i) * angle.cos() + d(i) * u[i] * u[i] / 2.0)
        }
        _ => Dense::from(u.len(), u.len(), |i, j| {
            let own = if i == j { d(i) * u[i] } else { 0.0 };
            own - c(i) * c(j) * angle.sin()
        }),
    }
}

fn table(id: FunctionId, arguments: &[f64]) -> f64 {
    if function::is_conditional(id) {
        let otherwise = arguments.last().copied().unwrap_or(f64::NAN);
        let mut cases = arguments.chunks_exact(2);
        let first = cases.find(|pair| pair[0] != 0.0);
        return first.map_or(otherwise, |pair| pair[1]);
    }
    function::evaluate(id, arguments)
}

fn apply(function: Elementwise, list: &[Dense]) -> Dense {
    let Some(largest) = list.iter().max_by_key(|m| m.data.len()) else {
        return Dense::scalar(f64::NAN);
    };
    let mut value = largest.clone();
    for (k, out) in value.data.iter_mut().enumerate() {
        let of = |m: &Dense| if m.is_scalar() { m.data[0] } else { m.data[k] };
        let arguments: Vec<f64> = list.iter().map(of).collect();
        *out = entry(function, &arguments);
    }
    value
}

/// `vector` says whether the first argument is one for all sizes, `is_strict` whether nothing
/// small may count as 0.
fn call(function: Special, list: &[Dense], vector: bool, is_strict: bool) -> Dense {
    let a = &list[0];
    let scalar = Dense::scalar;
    match function {
        Special::Trace => scalar((0..a.rows).map(|i| a.at(i, i)).sum()),
        Special::Determinant => scalar(a.inverse().1),
        Special::LogDeterminant => {
            let determinant = a.inverse().1;
            scalar(if determinant > 0.0 { determinant.ln() } else { f64::NAN })
        }
        Special::Inverse => a.inverse().0,
        Special::PseudoInverse => a.pseudo_inverse(is_strict),
        Special::SpectralNorm => scalar(value_at(&a.singular().1, 0)),
        Special::NuclearNorm => scalar(a.singular().1.iter().sum()),
        Special::Polar => a.polar(),
        Special::SingularValue => scalar(value_at(&a.singular().1, place(&list[1]))),
        Special::LeftSingular => a.singular().0.column(place(&list[1])),
        Special::RightSingular => a.singular().2.column(place(&list[1])),
        Special::EigenMax => scalar(value_at(&a.eigen().0, 0)),
        Special::EigenMin => scalar(value_at(&a.eigen().0, a.rows - 1)),
        Special::Eigenvalue => scalar(value_at(&a.eigen().0, place(&list[1]))),
        Special::Eigenvector => a.eigen().1.column(place(&list[1])),
        Special::Exponential => a.exponential(),
        Special::ExponentialAlong => a.exponential_along(&list[1]),
        Special::Logarithm => a.logarithm(),
        Special::SquareRoot => a.square_root(),
        Special::Adjugate => match a.rows {
            1 => scalar(1.0),
            _ => a.adjugate(),
        },
        Special::Norm => scalar(a.data.iter().map(|x| x * x).sum::<f64>().sqrt()),
        Special::Norm1 => scalar(a.data.iter().map(|x| x.abs()).sum()),
        Special::NormP => {
            let p = list[1].data[0];
            scalar(a.data.iter().map(|x| x.abs().powf(p)).sum::<f64>().powf(1.0 / p))
        }
        Special::Sum => scalar(a.sum()),
        Special::SumAlong => a.sums(list[1].data[0] == 1.0),
        Special::Mean => scalar(a.sum() / a.data.len() as f64),
        Special::MeanAlong => {
            let is_down = list[1].data[0] == 1.0;
            let count = if is_down { a.rows } else { a.cols };
            a.sums(is_down).map(|x| x / count as f64)
        }
        Special::Product => scalar(a.data.iter().product()),
        Special::Max => scalar(a.data.iter().copied().fold(f64::MIN, f64::max)),
        Special::Min => scalar(a.data.iter().copied().fold(f64::MAX, f64::min)),
        Special::Hardmax => {
            let mut value = a.map(|_| 0.0);
            for row in softmax_rows(a, vector) {
                let best = row
                    .iter()
                    .copied()
                    .reduce(|best, k| if a.data[k] > a.data[best] { k } else { best });
                if let Some(best) = best {
                    value.data[best] = 1.0;
                }
            }
            value
        }
        Special::CumulativeSum => {
            let mut sum = 0.0;
            let data = a.data.iter().map(|x| {
                sum += x;
                sum
            });
            Dense { data: data.collect(), ..*a }
        }
        Special::Cross => skew(a).times(&list[1]),
        Special::Skew => skew(a),
        Special::Lower => {
            Dense::from(a.rows, a.cols, |i, j| if i >= j { a.at(i, j) } else { 0.0 })
        }
        Special::Upper => {
            Dense::from(a.rows, a.cols, |i, j| if i <= j { a.at(i, j) } else { 0.0 })
        }
        Special::Diagonal if a.is_scalar() => a.clone(),
        Special::Diagonal if a.rows == 1 || a.cols == 1 => {
            let n = a.data.len();
            Dense::from(n, n, |i, j| if i == j { a.data[i] } else { 0.0 })
        }
        Special::Diagonal => Dense::from(a.rows, 1, |i, _| a.at(i, i)),
        Special::Outer => a.times(&list[1].transposed()),
        Special::Dot => scalar(a.zip(&list[1], |x, y| x * y).sum()),
        Special::Kronecker => a.kronecker(&list[1]),
        // It has its sizes from its shape.
        Special::Reshape => a.clone(),
        Special::Vec => Dense::from(a.data.len(), 1, |k, _| a.at(k % a.rows, k / a.rows)),
        Special::Softmax => {
            let rows = softmax_rows(a, vector);
            let mut value = a.clone();
            for row in rows {
                let total: f64 = row.iter().map(|k| a.data[*k].exp()).sum();
                row.iter().for_each(|k| value.data[*k] = a.data[*k].exp() / total);
            }
            value
        }
        Special::LogSumExp => {
            let sums: Vec<f64> = softmax_rows(a, vector)
                .iter()
                .map(|row| row.iter().map(|k| a.data[*k].exp()).sum::<f64>().ln())
                .collect();
            Dense { rows: sums.len(), cols: 1, data: sums }
        }
    }
}

/// The place of a value that is counted from 1.
fn place(k: &Dense) -> usize {
    (k.data[0] as usize).saturating_sub(1)
}

fn value_at(values: &[f64], place: usize) -> f64 {
    values.get(place).copied().unwrap_or(f64::NAN)
}

/// The matrix of a cross product.
fn skew(a: &Dense) -> Dense {
    Dense::from(3, 3, |i, j| match (j + 3 - i) % 3 {
        0 => 0.0,
        1 => -a.data[(j + 1) % 3],
        _ => a.data[(i + 1) % 3],
    })
}

/// The places of the entries of each row; a vector counts as one row.
fn softmax_rows(a: &Dense, vector: bool) -> Vec<Vec<usize>> {
    let n = a.cols;
    match vector {
        true => vec![(0..a.data.len()).collect()],
        false => (0..a.rows).map(|i| (i * n..i * n + n).collect()).collect(),
    }
}
