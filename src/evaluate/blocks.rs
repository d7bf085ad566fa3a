//! Values at many points: a tape without what its values do not need, run operation by
//! operation over blocks of points.
//!
//! Invariant: at every point the values are those of [`values`](super::values), bit by bit, but
//! for powers of e, which are nearer to the true ones here: no rounded e is raised.

use super::run::{divide, is_entire, off_poles, power, root, values_of, whole};
use super::tape::{Operation, Slot, Tape};
use crate::function::{self, spec::Value};
use rustc_hash::FxHashMap;
use smallvec::SmallVec;
use std::f64::consts::E;

/// How many points are worked on together: a value of a block fits a cache many times.
const BLOCK: usize = 256;

/// Where a value is while a block is worked on.
#[derive(Clone, Copy, Debug)]
enum Place {
    /// A number of the formula, by its place among them.
    Number(usize),
    /// A coordinate, by the place of its variable.
    Column(usize),
    /// What an operation left.
    Register(usize),
}

/// An operation whose operands are places among those of its step.
#[derive(Clone, Debug)]
struct Step {
    operation: Operation,
    operands: SmallVec<[Place; 4]>,
    into: usize,
}

/// Values of a tape, ready for many points.
#[derive(Clone, Debug)]
pub struct Blocks {
    variables: usize,
    numbers: Vec<f64>,
    steps: Vec<Step>,
    registers: usize,
    outputs: Vec<Place>,
}

impl Blocks {
    /// Takes off a tape what some of its values need.
    pub fn new(tape: &Tape, outputs: &[Slot]) -> Self {
        let last = last_uses(tape, outputs);
        let mut numbers = Vec::new();
        let mut steps = Vec::new();
        let mut places: FxHashMap<Slot, Place> = FxHashMap::default();
        let (mut free, mut registers) = (Vec::new(), 0);
        for (slot, operation) in (0..).zip(&tape.operations) {
            let Some(_) = last[slot as usize] else { continue };
            let place = match operation {
                Operation::Number(value) => {
                    numbers.push(*value);
                    Place::Number(numbers.len() - 1)
                }
                Operation::Variable(index) => Place::Column(*index as usize),
                other => {
                    let mut operands = SmallVec::new();
                    other.operands(|operand| operands.push(places[&operand]));
                    if is_power_of_e(tape, other) {
                        operands.remove(0);
                    }
                    let into = free.pop().unwrap_or_else(|| {
                        registers += 1;
                        registers - 1
                    });
                    let operation = operation.clone();
                    steps.push(Step { operation, operands, into });
                    Place::Register(into)
                }
            };
            places.insert(slot, place);
            // What is used here for the last time makes room for what comes next.
            let mut gone: SmallVec<[Slot; 4]> = SmallVec::new();
            operation.operands(|operand| {
                if last[operand as usize] == Some(slot) && !gone.contains(&operand) {
                    gone.push(operand);
                }
            });
            for operand in gone {
                if let Some(Place::Register(register)) = places.remove(&operand) {
                    free.push(register);
                }
            }
        }
        let outputs = outputs.iter().map(|slot| places[slot]).collect();
        Self { variables: tape.variables.len(), numbers, steps, registers, outputs }
    }

    /// The values at points, of which each column has one coordinate: as many as there are
    /// points, or one for all of them. `into` has a list for each value, one as long as there
    /// are points.
    ///
    /// # Panics
    /// When there are other columns than variables, other lists than values, or when their
    /// lengths do not fit.
    pub fn run(&self, columns: &[&[f64]], into: &mut [&mut [f64]]) {
        assert_eq!(columns.len(), self.variables, "one column for each variable");
        assert_eq!(into.len(), self.outputs.len(), "one list for each value");
        let points = into.first().map_or(0, |list| list.len());
        assert!(into.iter().all(|list| list.len() == points), "lists of one length");
        let fits = |column: &&[f64]| column.len() == points || column.len() == 1;
        assert!(columns.iter().all(fits), "columns of the length of the lists");
        let size = points.min(BLOCK);
        let mut bench = Bench {
            numbers: self.numbers.iter().map(|value| vec![*value; size]).collect(),
            columns: columns
                .iter()
                .map(|column| match **column {
                    [one] => Column::Same(vec![one; size]),
                    _ => Column::Each(column),
                })
                .collect(),
            registers: vec![vec![0.0; size]; self.registers],
            range: 0..0,
        };
        for start in (0..points).step_by(BLOCK) {
            bench.range = start..(start + BLOCK).min(points);
            for step in &self.steps {
                bench.take(step);
            }
            for (list, place) in into.iter_mut().zip(&self.outputs) {
                list[bench.range.clone()].copy_from_slice(bench.at(*place));
            }
        }
    }
}

fn is_power_of_e(tape: &Tape, operation: &Operation) -> bool {
    let Operation::Power(base, _) = operation else { return false };
    matches!(tape.operations[*base as usize], Operation::Number(E))
}

/// For each value the operation that uses it last; an output is used at the end, and what is
/// needed for none is used nowhere.
fn last_uses(tape: &Tape, outputs: &[Slot]) -> Vec<Option<Slot>> {
    let mut last = vec![None; tape.operations.len()];
    for output in outputs {
        last[*output as usize] = Some(Slot::MAX);
    }
    for (place, operation) in tape.operations.iter().enumerate().rev() {
        if last[place].is_some() {
            operation.operands(|operand| {
                last[operand as usize].get_or_insert(place as Slot);
            });
        }
    }
    last
}

/// The coordinates of one variable.
enum Column<'a> {
    /// The same at all points.
    Same(Vec<f64>),
    /// One for each point.
    Each(&'a [f64]),
}

/// The values of a block.
struct Bench<'a> {
    numbers: Vec<Vec<f64>>,
    columns: Vec<Column<'a>>,
    registers: Vec<Vec<f64>>,
    range: std::ops::Range<usize>,
}

impl Bench<'_> {
    fn at(&self, place: Place) -> &[f64] {
        let size = self.range.len();
        match place {
            Place::Number(number) => &self.numbers[number][..size],
            Place::Column(column) => match &self.columns[column] {
                Column::Same(values) => &values[..size],
                Column::Each(values) => &values[self.range.clone()],
            },
            Place::Register(register) => &self.registers[register][..size],
        }
    }

    /// Does one operation at all points of the block.
    fn take(&mut self, step: &Step) {
        let mut into = std::mem::take(&mut self.registers[step.into]);
        let out = &mut into[..self.range.len()];
        match (&step.operation, &step.operands[..]) {
            (operation, [a]) => one(operation, self.at(*a), out),
            (operation, [a, b]) => two(operation, [self.at(*a), self.at(*b)], out),
            (operation, all) => {
                let all: SmallVec<[&[f64]; 4]> =
                    all.iter().map(|place| self.at(*place)).collect();
                many(operation, &all, out);
            }
        }
        self.registers[step.into] = into;
    }
}

/// An operation on one value at each point.
fn one(operation: &Operation, a: &[f64], out: &mut [f64]) {
    let mut each = |f: &dyn Fn(f64) -> f64| fill(out, a, f);
    match operation {
        Operation::Negate(_) => fill(out, a, |a| -a),
        // The square and the cube, as the power has them.
        Operation::Whole(_, 2) => fill(out, a, |a| a * a),
        Operation::Whole(_, 3) => fill(out, a, |a| a * (a * a)),
        Operation::Whole(_, -1) => fill(out, a, |a| divide(1.0, a)),
        Operation::Whole(_, n) => each(&|a| whole(a, *n)),
        Operation::Root(_, 0.5) => {
            fill(out, a, |a| if a < 0.0 { f64::NAN } else { a.sqrt() })
        }
        Operation::Root(_, r) => each(&|a| root(a, *r)),
        // The base is e, which is no operand.
        Operation::Power(..) => fill(out, a, f64::exp),
        Operation::Apply(function, _) if function.is_builtin() => {
            let Value::Unary(f) = function::spec(*function).value else {
                return many(operation, &[a], out);
            };
            match is_entire(*function) {
                true => fill(out, a, f),
                false => fill(out, a, |a| {
                    let value = f(a);
                    if value.is_finite() { value } else { f64::NAN }
                }),
            }
        }
        _ => many(operation, &[a], out),
    }
}

fn fill(out: &mut [f64], a: &[f64], f: impl Fn(f64) -> f64) {
    for (out, a) in out.iter_mut().zip(a) {
        *out = f(*a);
    }
}

/// An operation on two values at each point.
fn two(operation: &Operation, [a, b]: [&[f64]; 2], out: &mut [f64]) {
    match operation {
        Operation::Add(..) => pair(out, a, b, |a, b| a + b),
        Operation::Subtract(..) => pair(out, a, b, |a, b| a - b),
        Operation::Multiply(..) => pair(out, a, b, |a, b| a * b),
        Operation::Divide(..) => pair(out, a, b, divide),
        Operation::Power(..) => pair(out, a, b, power),
        Operation::ApplyAll(function, _) if function.is_builtin() => {
            match function::spec(*function).value {
                Value::Binary(f) => {
                    pair(out, a, b, |a, b| off_poles(*function, f(a, b)));
                }
                _ => many(operation, &[a, b], out),
            }
        }
        _ => many(operation, &[a, b], out),
    }
}

fn pair(out: &mut [f64], a: &[f64], b: &[f64], f: impl Fn(f64, f64) -> f64) {
    for ((out, a), b) in out.iter_mut().zip(a).zip(b) {
        *out = f(*a, *b);
    }
}

/// A function of any number of values at each point.
fn many(operation: &Operation, all: &[&[f64]], out: &mut [f64]) {
    let mut arguments: SmallVec<[f64; 4]> = SmallVec::new();
    for (point, out) in out.iter_mut().enumerate() {
        arguments.clear();
        arguments.extend(all.iter().map(|values| values[point]));
        *out = values_of(operation, &arguments);
    }
}
