//! Derivatives by central differences, extrapolated once (Richardson 1911).

use super::super::form::{FormId, Forms, Op, Scope, Structure};
use super::dense::Dense;
use super::evaluate::Evaluator;
use super::instance::Instance;

/// Derivatives of every entry of a function in every entry of a variable.
#[derive(Clone, Debug)]
pub(crate) struct Slopes {
    /// Function entries first, row by row, then entries of the variable, row by row.
    pub values: Vec<f64>,
    /// A bound of the error as it shows in the extrapolation.
    pub error: f64,
    /// The greatest slope that differences can show: a greater one moves the function, over one
    /// step, by many times its size.
    pub reach: f64,
}

impl Slopes {
    /// Those of nothing.
    pub(crate) fn none() -> Self {
        Self::of(Vec::new())
    }

    /// Those that are known.
    pub(crate) fn of(values: Vec<f64>) -> Self {
        Self { values, error: 0.0, reach: f64::INFINITY }
    }

    /// Adds those of something else.
    pub(crate) fn add(&mut self, other: Self) {
        self.values.extend(other.values);
        self.error = self.error.max(other.error);
        self.reach = self.reach.min(other.reach);
    }
}

/// By how many times its size a function may move over a step.
const REACH: f64 = 100.0;

/// The step, before it is halved.
pub(crate) const STEP: f64 = 2e-3;

/// The slopes of a form in a variable or definition, or in one entry of it, by steps of a size;
/// `None` where there are none.
pub(crate) fn slopes(
    of: FormId,
    (target, symmetric): (FormId, bool),
    (forms, scope): (&Forms, &Scope),
    instance: &Instance,
    step: f64,
) -> Option<Slopes> {
    let evaluator = Evaluator::new(of, forms, scope);
    let mut instance = instance.clone();
    let (target, entry) = match forms.op(target) {
        Op::Entry(of, at) => (*of, Some(at)),
        _ => (target, None),
    };
    let (base, structure) = match forms.op(target) {
        Op::Variable(place) => {
            let place = usize::from(*place);
            (instance.variables[place].clone(), scope.variables[place].structure)
        }
        Op::Definition(place) => {
            let body = scope.definitions[usize::from(*place)].body;
            let value = Evaluator::new(body, forms, scope).value(forms, &instance);
            (value, Structure { symmetric, ..Structure::default() })
        }
        _ => return None,
    };
    let center = evaluator.value(forms, &instance);
    let places: Vec<usize> = match entry {
        Some(at) => vec![instance.place(at, base.cols)],
        None => (0..base.data.len()).collect(),
    };
    let count = places.len();
    let mut values = vec![0.0; center.data.len() * count];
    let size = center.size();
    let mut error = 1e-13 * size / step;
    for (column, k) in places.into_iter().enumerate() {
        // What is 0 in all matrices of the kind does not move.
        if moved(&base, structure, k, 0.0).is_none() {
            continue;
        }
        let mut shifted = |h: f64| {
            let value = moved(&base, structure, k, h).unwrap_or_else(|| base.clone());
            put(&mut instance, target, forms, value);
            evaluator.value(forms, &instance)
        };
        let h = step * base.data[k].abs().max(0.5);
        let [far_up, far_down, up, down]: [Dense; 4] =
            [shifted(h), shifted(-h), shifted(h / 2.0), shifted(-h / 2.0)];
        for f in 0..center.data.len() {
            let wide = (far_up.data[f] - far_down.data[f]) / (2.0 * h);
            let narrow = (up.data[f] - down.data[f]) / h;
            let value = narrow + (narrow - wide) / 3.0;
            if !value.is_finite() {
                return None;
            }
            error = error.max((value - narrow).abs() * 0.05);
            values[f * count + column] = value;
        }
    }
    Some(Slopes { values, error, reach: REACH * (1.0 + size) / step })
}

/// A matrix with an entry moved within the matrices of its kind; `None` where all of them have
/// 0 there.
fn moved(base: &Dense, structure: Structure, k: usize, h: f64) -> Option<Dense> {
    let (i, j) = (k / base.cols, k % base.cols);
    let is_zero = structure.diagonal && i != j
        || structure.lower && i < j
        || structure.upper && i > j
        || structure.skew && i == j;
    if is_zero {
        return None;
    }
    let mut found = base.clone();
    if structure.orthogonal {
        // A tangent: (E - X*E'*X)/2 for the unit matrix E of the entry.
        found.data[k] += h / 2.0;
        for (place, entry) in found.data.iter_mut().enumerate() {
            let (a, b) = (place / base.cols, place % base.cols);
            *entry -= h / 2.0 * base.at(a, j) * base.at(i, b);
        }
        return Some(found);
    }
    let is_paired = (structure.symmetric || structure.skew) && i != j;
    if is_paired {
        let turned = j * base.cols + i;
        found.data[k] += h / 2.0;
        found.data[turned] += if structure.skew { -h / 2.0 } else { h / 2.0 };
    } else {
        found.data[k] += h;
    }
    Some(found)
}

/// The slopes of a form along changes of variables or definitions, each given beside its
/// variable, by steps of a size.
pub(crate) fn along(
    of: FormId,
    changes: &[(FormId, u16)],
    names: (&Forms, &Scope),
    instance: &Instance,
    step: f64,
) -> Option<Slopes> {
    let value = |place: u16| instance.variables[usize::from(place)].clone();
    let changes: Vec<(FormId, Dense)> =
        changes.iter().map(|(target, change)| (*target, value(*change))).collect();
    along_values(of, &changes, names, instance, step)
}

/// The same along changes with these values.
pub(crate) fn along_values(
    of: FormId,
    changes: &[(FormId, Dense)],
    (forms, scope): (&Forms, &Scope),
    instance: &Instance,
    step: f64,
) -> Option<Slopes> {
    let evaluator = Evaluator::new(of, forms, scope);
    let center = evaluator.value(forms, instance);
    let bases: Vec<Dense> = changes
        .iter()
        .map(|(target, _)| Evaluator::new(*target, forms, scope).value(forms, instance))
        .collect();
    let shifted = |h: f64| {
        let mut moved = instance.clone();
        for ((target, change), base) in changes.iter().zip(&bases) {
            put(&mut moved, *target, forms, base.zip(change, |x, d| x + h * d));
        }
        evaluator.value(forms, &moved)
    };
    differences(center.size(), step, shifted)
}

/// The slopes of what is a matrix at each distance, by steps of a size; `size` is that of its
/// greatest entry.
pub(crate) fn differences(
    size: f64,
    step: f64,
    mut at: impl FnMut(f64) -> Dense,
) -> Option<Slopes> {
    let [far_up, far_down, up, down]: [Dense; 4] =
        [at(step), at(-step), at(step / 2.0), at(-step / 2.0)];
    let mut error = 1e-13 * size / step;
    let mut values = Vec::new();
    for f in 0..up.data.len() {
        let wide = (far_up.data[f] - far_down.data[f]) / (2.0 * step);
        let narrow = (up.data[f] - down.data[f]) / step;
        let value = narrow + (narrow - wide) / 3.0;
        if !value.is_finite() {
            return None;
        }
        error = error.max((value - narrow).abs() * 0.05);
        values.push(value);
    }
    Some(Slopes { values, error, reach: REACH * (1.0 + size) / step })
}

fn put(instance: &mut Instance, target: FormId, forms: &Forms, value: Dense) {
    match forms.op(target) {
        Op::Variable(place) => instance.variables[usize::from(*place)] = value,
        Op::Definition(place) => instance.fixed = Some((*place, value)),
        _ => {}
    }
}
