//! A formula as a list of operations on doubles.
//!
//! The tape takes a formula as it was typed: nothing is collected, cancelled or reordered, so
//! that its values owe nothing to the canonical form of the pool.

use crate::function::Builder;
use crate::kernel::{
    AbstractFunction, Constant, Digest, ExprId, FunctionId, Node, Number, Pool,
};
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

/// The place of an operation on its tape.
pub type Slot = u32;

/// One operation.
#[derive(Clone, Debug)]
pub enum Operation {
    /// A constant.
    Number(f64),
    /// A variable, by its place among those of the tape.
    Variable(u32),
    /// `a + b`.
    Add(Slot, Slot),
    /// `a - b`.
    Subtract(Slot, Slot),
    /// `a*b`.
    Multiply(Slot, Slot),
    /// `a/b`.
    Divide(Slot, Slot),
    /// `-a`.
    Negate(Slot),
    /// `a^n` for a whole number.
    Whole(Slot, i32),
    /// `a^r` for a constant that is no whole number: undefined for negative `a`.
    Root(Slot, f64),
    /// `a^b`.
    Power(Slot, Slot),
    /// A function of one argument.
    Apply(FunctionId, Slot),
    /// A function of more arguments.
    ApplyAll(FunctionId, Box<[Slot]>),
    /// An abstract function or a derivative of one.
    Abstract(Box<Abstract>),
}

/// An abstract function or a derivative of one, applied.
#[derive(Clone, Debug)]
pub struct Abstract {
    /// The digest of its name.
    pub seed: u64,
    /// How often it is differentiated in each argument.
    pub orders: SmallVec<[u32; 4]>,
    /// The arguments.
    pub arguments: SmallVec<[Slot; 4]>,
}

impl Operation {
    /// Does something for each operand.
    pub fn operands(&self, mut each: impl FnMut(Slot)) {
        match self {
            Self::Number(_) | Self::Variable(_) => {}
            Self::Add(a, b)
            | Self::Subtract(a, b)
            | Self::Multiply(a, b)
            | Self::Divide(a, b)
            | Self::Power(a, b) => {
                each(*a);
                each(*b);
            }
            Self::Negate(a)
            | Self::Whole(a, _)
            | Self::Root(a, _)
            | Self::Apply(_, a) => each(*a),
            Self::ApplyAll(_, list) => list.iter().copied().for_each(each),
            Self::Abstract(of) => of.arguments.iter().copied().for_each(each),
        }
    }

    /// Does something to each operand.
    pub(super) fn each_operand_mut(&mut self, mut each: impl FnMut(&mut Slot)) {
        match self {
            Self::Number(_) | Self::Variable(_) => {}
            Self::Add(a, b)
            | Self::Subtract(a, b)
            | Self::Multiply(a, b)
            | Self::Divide(a, b)
            | Self::Power(a, b) => {
                each(a);
                each(b);
            }
            Self::Negate(a)
            | Self::Whole(a, _)
            | Self::Root(a, _)
            | Self::Apply(_, a) => each(a),
            Self::ApplyAll(_, list) => list.iter_mut().for_each(each),
            Self::Abstract(of) => of.arguments.iter_mut().for_each(each),
        }
    }
}

/// A list of operations; operands stand before what uses them.
#[derive(Clone, Debug, Default)]
pub struct Tape {
    /// The operations.
    pub operations: Vec<Operation>,
    /// The names of the variables.
    pub variables: Vec<String>,
    /// The places of the variables, once there are many.
    places: FxHashMap<String, u32>,
    /// The names of abstract functions, by their seeds.
    abstracts: FxHashMap<u64, String>,
    /// Names that stand for values of the tape.
    bound: FxHashMap<String, Slot>,
}

impl Tape {
    /// An empty tape over variables.
    pub fn over(variables: Vec<String>) -> Self {
        Self { variables, ..Self::default() }
    }

    /// Lets a name stand for a value in all that is added from now on.
    pub fn bind(&mut self, name: &str, slot: Slot) {
        self.bound.insert(name.to_owned(), slot);
    }

    /// The value of a name: a variable, unless it is bound.
    fn named(&mut self, name: &str) -> Slot {
        if let Some(slot) = self.bound.get(name) {
            return *slot;
        }
        let variable = self.variable(name);
        self.push(Operation::Variable(variable))
    }

    /// Adds one operation.
    pub fn add(&mut self, operation: Operation) -> Slot {
        self.push(operation)
    }

    /// Takes over the name of an abstract function from the tape that it comes from.
    pub(super) fn name_abstract(&mut self, from: &Self, operation: &Operation) {
        if let Operation::Abstract(of) = operation
            && let Some(name) = from.abstracts.get(&of.seed)
        {
            self.abstracts.entry(of.seed).or_insert_with(|| name.clone());
        }
    }

    fn push(&mut self, operation: Operation) -> Slot {
        self.operations.push(operation);
        (self.operations.len() - 1) as Slot
    }

    fn constant_at(&self, slot: Slot) -> Option<f64> {
        match self.operations[slot as usize] {
            Operation::Number(value) => Some(value),
            Operation::Negate(inner) => match self.operations[inner as usize] {
                Operation::Number(value) => Some(-value),
                _ => None,
            },
            _ => None,
        }
    }

    /// The place of a variable, by name.
    pub fn variable(&mut self, name: &str) -> u32 {
        if let Some(place) = self.variables.iter().rev().take(8).position(|n| n == name) {
            return (self.variables.len() - 1 - place) as u32;
        }
        if self.variables.len() > 8 {
            if self.places.len() != self.variables.len() {
                self.places = self.variables.iter().cloned().zip(0..).collect();
            }
            if let Some(place) = self.places.get(name) {
                return *place;
            }
            self.places.insert(name.to_owned(), self.variables.len() as u32);
        }
        self.variables.push(name.to_owned());
        (self.variables.len() - 1) as u32
    }

    /// Adds one node over values that are there.
    fn expression(
        &mut self,
        pool: &Pool,
        id: ExprId,
        get: impl Fn(ExprId) -> Slot,
    ) -> Slot {
        match pool.node(id) {
            Node::Number(n) => self.push(Operation::Number(pool.number_at(n).to_f64())),
            Node::Symbol(s) => self.named(pool.name(s)),
            Node::Constant(c) => self.push(Operation::Number(c.value())),
            Node::Sum(list) => {
                let parts: SmallVec<[(bool, Slot); 8]> =
                    pool.list(list).iter().map(|id| (false, get(*id))).collect();
                self.sum(&parts)
            }
            Node::Product(list) => {
                let parts: SmallVec<[(bool, Slot); 8]> =
                    pool.list(list).iter().map(|id| (false, get(*id))).collect();
                self.product(&parts)
            }
            Node::Multiple(n, rest) => {
                let number = self.push(Operation::Number(pool.number_at(n).to_f64()));
                self.push(Operation::Multiply(number, get(rest)))
            }
            Node::Power(base, exponent) => self.power(get(base), get(exponent)),
            Node::Apply(function, list) => {
                let arguments: SmallVec<[Slot; 4]> =
                    pool.list(list).iter().map(|id| get(*id)).collect();
                match pool.as_abstract(function) {
                    Some(known) => self.apply_abstract(known.clone(), &arguments),
                    None => self.apply(function, &arguments),
                }
            }
            Node::Undefined => self.push(Operation::Number(f64::NAN)),
        }
    }

    /// Adds expressions in which symbols stand for others.
    pub fn add_in_parts(
        &mut self,
        pool: &Pool,
        roots: &[ExprId],
        meant: &FxHashMap<ExprId, ExprId>,
    ) -> Vec<Slot> {
        let mut slots: FxHashMap<ExprId, Slot> = FxHashMap::default();
        for id in pool.reachable_through(roots, meant) {
            let get = |id: ExprId| slots.get(&id).copied().unwrap_or(0);
            let slot = match meant.get(&id) {
                Some(part) => get(*part),
                None => self.expression(pool, id, get),
            };
            slots.insert(id, slot);
        }
        roots.iter().map(|id| slots.get(id).copied().unwrap_or(0)).collect()
    }

    /// Adds the expressions of a pool and returns where their values are.
    pub fn add_expressions(&mut self, pool: &Pool, roots: &[ExprId]) -> Vec<Slot> {
        let ids = pool.reachable(roots);
        let mut slots: Vec<Slot> = Vec::with_capacity(ids.len());
        self.operations.reserve(ids.len() * 3 / 2);
        for id in &ids {
            let get = |child: ExprId| match ids.binary_search(&child) {
                Ok(place) => slots[place],
                Err(_) => 0,
            };
            let slot = self.expression(pool, *id, get);
            slots.push(slot);
        }
        let find =
            |root: &ExprId| ids.binary_search(root).map_or(0, |place| slots[place]);
        roots.iter().map(find).collect()
    }
}

impl Builder for Tape {
    type Id = Slot;

    fn number(&mut self, value: &Number) -> Slot {
        self.push(Operation::Number(value.to_f64()))
    }

    fn constant(&mut self, constant: Constant) -> Slot {
        self.push(Operation::Number(constant.value()))
    }

    fn symbol(&mut self, name: &str) -> Slot {
        self.named(name)
    }

    fn sum(&mut self, terms: &[(bool, Slot)]) -> Slot {
        let mut result = terms[0].1;
        for (minus, term) in &terms[1..] {
            result = self.push(if *minus {
                Operation::Subtract(result, *term)
            } else {
                Operation::Add(result, *term)
            });
        }
        result
    }

    fn product(&mut self, factors: &[(bool, Slot)]) -> Slot {
        let mut result = factors[0].1;
        for (divide, factor) in &factors[1..] {
            let quotient = match (self.constant_at(result), self.constant_at(*factor)) {
                (Some(a), Some(b)) if *divide => Some(a / b),
                _ => None,
            };
            result = self.push(match quotient {
                Some(value) => Operation::Number(value),
                None if *divide => Operation::Divide(result, *factor),
                None => Operation::Multiply(result, *factor),
            });
        }
        result
    }

    fn negate(&mut self, operand: Slot) -> Slot {
        self.push(Operation::Negate(operand))
    }

    fn power(&mut self, base: Slot, exponent: Slot) -> Slot {
        let operation = match self.constant_at(exponent) {
            Some(n) if n.fract() == 0.0 && n.abs() < 1e9 => {
                Operation::Whole(base, n as i32)
            }
            Some(r) => Operation::Root(base, r),
            None => Operation::Power(base, exponent),
        };
        self.push(operation)
    }

    fn apply(&mut self, function: FunctionId, arguments: &[Slot]) -> Slot {
        if arguments.len() > 2 && crate::function::is_folded(function) {
            let mut folded = arguments[0];
            for next in &arguments[1..] {
                folded = self.apply(function, &[folded, *next]);
            }
            return folded;
        }
        match *arguments {
            [one] => self.push(Operation::Apply(function, one)),
            _ => self.push(Operation::ApplyAll(function, arguments.into())),
        }
    }

    fn apply_abstract(&mut self, function: AbstractFunction, arguments: &[Slot]) -> Slot {
        let seed = Digest::of(&function.name);
        self.abstracts.entry(seed).or_insert(function.name);
        let orders = function.orders.iter().copied().collect();
        let arguments = SmallVec::from_slice(arguments);
        self.push(Operation::Abstract(Box::new(Abstract { seed, orders, arguments })))
    }

    fn known_arguments(&self, name: &str) -> Option<Vec<Slot>> {
        let wanted = Digest::of(name);
        let mut found: Option<&[Slot]> = None;
        for operation in &self.operations {
            if let Operation::Abstract(of) = operation
                && of.seed == wanted
            {
                let list = &of.arguments;
                let same = |known: &[Slot]| {
                    known.len() == list.len()
                        && known.iter().zip(list).all(|(a, b)| self.is_same(*a, *b))
                };
                if found.is_some_and(|known| !same(known)) {
                    return None;
                }
                found = Some(found.unwrap_or(list));
            }
        }
        found.map(<[Slot]>::to_vec)
    }

    fn short_name(&self, slot: Slot) -> Option<String> {
        // Each bound name has a value of its own.
        let bound = self.bound.iter().find(|(_, known)| **known == slot);
        if let Some((name, _)) = bound {
            return Some(name.clone());
        }
        match &self.operations[slot as usize] {
            Operation::Variable(place) => Some(self.variables[*place as usize].clone()),
            Operation::Abstract(of) if of.orders.iter().all(|n| *n == 0) => {
                self.abstracts.get(&of.seed).cloned()
            }
            _ => None,
        }
    }
}

impl Tape {
    /// Whether two values are seen to be the same formula, which is typed twice when it stands
    /// twice: a walk side by side, given up when it is long.
    fn is_same(&self, a: Slot, b: Slot) -> bool {
        const MOST: usize = 64;
        let mut pairs = vec![(a, b)];
        for _ in 0..MOST {
            let Some((a, b)) = pairs.pop() else { return true };
            if a == b {
                continue;
            }
            match (&self.operations[a as usize], &self.operations[b as usize]) {
                (Operation::Variable(x), Operation::Variable(y)) if x == y => {}
                (Operation::Number(x), Operation::Number(y)) if x == y => {}
                (Operation::Whole(x, m), Operation::Whole(y, n)) if m == n => {
                    pairs.push((*x, *y));
                }
                (Operation::Apply(f, x), Operation::Apply(g, y)) if f == g => {
                    pairs.push((*x, *y));
                }
                (Operation::Negate(x), Operation::Negate(y)) => pairs.push((*x, *y)),
                (Operation::Add(u, v), Operation::Add(x, y))
                | (Operation::Subtract(u, v), Operation::Subtract(x, y))
                | (Operation::Multiply(u, v), Operation::Multiply(x, y))
                | (Operation::Divide(u, v), Operation::Divide(x, y)) => {
                    pairs.extend([(*u, *x), (*v, *y)]);
                }
                (Operation::Abstract(f), Operation::Abstract(g))
                    if (f.seed, &f.orders) == (g.seed, &g.orders)
                        && f.arguments.len() == g.arguments.len() =>
                {
                    let arguments = f.arguments.iter().zip(&g.arguments);
                    pairs.extend(arguments.map(|(x, y)| (*x, *y)));
                }
                _ => return false,
            }
        }
        false
    }
}
