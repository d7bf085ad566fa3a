//! Operations of entries as one expression over an entry: what is simplified there is written
//! entry by entry again, where that is shorter and has values for the same entries.

use super::super::form::{FormId, Forms, Op};
use super::super::numeric::{entry, power};
use super::super::shape::Shape;
use super::known::assumption;
use super::pass::Pass;
use crate::kernel::{ExprId, Number, Pool};
use rustc_hash::FxHashMap;

/// The deepest nesting of operations of entries that is looked at.
const MAX_DEPTH: usize = 60;
/// How much of forms, counted by their costs, is looked at in one answer.
const MAX_COST: u32 = 1500;
/// The most arrays in an expression over an entry.
const MAX_ARRAYS: usize = 4;
/// Values of entries at which two forms are compared.
const PLACES: [f64; 7] = [0.0, 1.0, -1.0, 2.0, -2.0, 0.5, -0.5];

/// Whether an operation is one of entries.
pub(super) fn is_entrywise(op: &Op) -> bool {
    matches!(
        op,
        Op::Apply(..) | Op::Hadamard(_) | Op::ElementDivide(..) | Op::ElementPower(..)
    )
}

impl Pass<'_> {
    /// A form of entries that is shorter than another one of the same value.
    pub(super) fn shorter_by_entries(&mut self, id: FormId, known: FormId) -> FormId {
        let shape = self.forms.shape(id);
        if shape.is_scalar() || self.has_change(id) || !self.is_of_entries(id) {
            return known;
        }
        self.shorter(id, known, shape).unwrap_or(known)
    }

    /// Whether a form is an operation of entries, or a sum with one in a term.
    fn is_of_entries(&self, id: FormId) -> bool {
        let is_here = |id: &FormId| is_entrywise(self.forms.op(*id));
        let is_near =
            |id: &FormId| is_here(id) || self.forms.operands(*id).iter().any(is_here);
        let is_sum = matches!(self.forms.op(id), Op::Sum(_));
        is_here(&id) || is_sum && self.forms.operands(id).iter().any(is_near)
    }

    fn shorter(&mut self, id: FormId, known: FormId, shape: Shape) -> Option<FormId> {
        self.spent = self.spent.saturating_add(self.forms.cost(id));
        if self.spent > MAX_COST {
            return None;
        }
        let expression = self.entry(id, shape, 0)?;
        if self.scalars.forms.contains_key(&expression) {
            return None;
        }
        let mut best = None;
        for (short, least) in self.scalars.ways(expression) {
            let Some(found) = self.back().form(short) else { continue };
            let found = self.filled(found, shape);
            let cost = self.forms.cost(best.unwrap_or(known));
            if self.forms.cost(found) + least < cost && self.is_same(found, known) {
                best = Some(found);
            }
        }
        best
    }

    /// A scalar in every entry of a shape.
    fn filled(&mut self, form: FormId, shape: Shape) -> FormId {
        if !self.forms.shape(form).is_scalar() {
            return form;
        }
        match self.forms.as_number(form) {
            Some(n) if n.is_zero() => self.forms.intern(Op::Zeros, shape),
            Some(n) if n.is_one() => self.forms.intern(Op::Ones, shape),
            _ => {
                let ones = self.forms.intern(Op::Ones, shape);
                self.forms.product(&[form, ones])
            }
        }
    }

    /// The expression over an entry of a form of a shape, or of a scalar.
    fn entry(&mut self, id: FormId, shape: Shape, depth: usize) -> Option<ExprId> {
        if let Some(scalar) = self.scalar(id) {
            return Some(scalar);
        }
        if depth > MAX_DEPTH || self.forms.shape(id) != shape {
            return None;
        }
        if let Some(known) = self.entries.get(&id) {
            return Some(*known);
        }
        let op = self.forms.op(id).clone();
        let is_scalar = |id: &FormId| self.forms.shape(*id).is_scalar();
        let is_open = match &op {
            Op::Sum(_) | Op::Divide(..) | Op::Ones | Op::Zeros => true,
            Op::Product(list) => list.iter().filter(|id| !is_scalar(id)).count() == 1,
            op => is_entrywise(op),
        };
        let found = match is_open {
            true => {
                let operands = self.forms.operands(id).into_iter();
                let all: Option<Vec<ExprId>> =
                    operands.map(|id| self.entry(id, shape, depth + 1)).collect();
                self.operation(&op, &all?)?
            }
            false => {
                let own = self.form_of(id);
                self.symbol(own)
            }
        };
        self.entries.insert(id, found);
        Some(found)
    }

    /// An operation of entries over the expressions of its operands.
    fn operation(&mut self, op: &Op, operands: &[ExprId]) -> Option<ExprId> {
        Some(match (op, operands) {
            (Op::Ones, _) => Pool::ONE,
            (Op::Zeros, _) => Pool::ZERO,
            (Op::Sum(list), _) => {
                let weight = |minus| if minus { Number::MINUS_ONE } else { Number::ONE };
                let signs = list.iter().map(|(minus, _)| weight(*minus));
                let terms: Vec<(Number, ExprId)> =
                    signs.zip(operands.iter().copied()).collect();
                self.pool().weighted_sum(&terms)
            }
            (Op::Product(_) | Op::Hadamard(_), _) => self.pool().product(operands),
            (Op::Divide(..) | Op::ElementDivide(..), [a, b]) => {
                self.pool().quotient(*a, *b)
            }
            (Op::ElementPower(..), [a, b]) => self.pool().power(*a, *b),
            (Op::Apply(function, _), _) => self.applied(*function, operands)?,
            _ => return None,
        })
    }

    /// Whether two forms have the same values, for the same entries of arrays.
    fn is_same(&self, a: FormId, b: FormId) -> bool {
        let mut symbols: Vec<FormId> = [a, b]
            .into_iter()
            .flat_map(|id| self.forms.below(id))
            .filter(|id| self.scalars.symbols.contains_key(id))
            .collect();
        symbols.sort_unstable();
        symbols.dedup();
        if symbols.len() > MAX_ARRAYS {
            return false;
        }
        let count = PLACES.len().pow(symbols.len() as u32);
        (0..count).all(|mut place| {
            let mut values = FxHashMap::default();
            for id in &symbols {
                let value = PLACES[place % PLACES.len()];
                place /= PLACES.len();
                let known = assumption(*id, self.forms, self.scope);
                values.insert(*id, if known.allows(value) { value } else { 1.5 });
            }
            let [x, y] = [a, b].map(|id| value(id, self.forms, &values));
            x.is_finite() == y.is_finite()
                && (!x.is_finite() || (x - y).abs() <= 1e-9 * (1.0 + x.abs()))
        })
    }
}

/// The value of a form of entries, with values for one entry of each of its arrays.
fn value(root: FormId, forms: &Forms, known: &FxHashMap<FormId, f64>) -> f64 {
    let one = |id: FormId, done: &FxHashMap<FormId, f64>| {
        if let Some(known) = known.get(&id) {
            return *known;
        }
        let of = |id: &FormId| done.get(id).copied().unwrap_or(f64::NAN);
        let divided = |x: f64, y: f64| if y == 0.0 { f64::NAN } else { x / y };
        match forms.op(id) {
            Op::Number(n) => n.to_f64(),
            Op::Constant(constant) => constant.value(),
            Op::Ones => 1.0,
            Op::Zeros => 0.0,
            Op::Sum(list) => {
                let signed = |(minus, id): &(bool, FormId)| {
                    if *minus { -of(id) } else { of(id) }
                };
                list.iter().map(signed).sum()
            }
            Op::Product(list) | Op::Hadamard(list) => list.iter().map(of).product(),
            Op::Divide(a, b) | Op::ElementDivide(a, b) => divided(of(a), of(b)),
            Op::Power(a, b) | Op::ElementPower(a, b) => power(of(a), of(b)),
            Op::Transpose(a) => of(a),
            Op::Apply(function, list) => {
                let arguments: Vec<f64> = list.iter().map(of).collect();
                entry(*function, &arguments)
            }
            _ => f64::NAN,
        }
    };
    forms.fold(root, one).unwrap_or(f64::NAN)
}
