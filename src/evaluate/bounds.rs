//! Bounds of expressions over boxes, many times over.

use super::range::Range;
use crate::kernel::{Constant, ExprId, FunctionId, Node, Number, Pool};
use std::f64::consts::{E, PI};

/// Expressions as a list of operations on ranges.
///
/// Only values count: where an expression has none, nothing is said of it, nor of a base below
/// 0 whose exponent is no constant. The functions of the list are continuous wherever they are
/// defined.
#[derive(Debug)]
pub struct Bounds {
    steps: Vec<Step>,
    roots: Vec<usize>,
}

#[derive(Debug)]
enum Step {
    Fixed(Range),
    Variable(usize),
    Sum(Vec<usize>),
    Product(Vec<usize>),
    Power(usize, Number),
    Exponential(usize),
    /// A positive base to any power.
    General(usize, usize),
    Apply(FunctionId, usize),
}

/// Functions of one argument whose ranges are known, continuous wherever they are defined.
pub(super) const KNOWN: [&str; 14] = [
    "abs", "cos", "sin", "arctan", "arcsin", "ln", "sinh", "cosh", "tanh", "arsinh",
    "cbrt", "erf", "sigmoid", "sech",
];

impl Bounds {
    /// The operations of expressions in variables; `None` when they hold anything that cannot
    /// be bounded.
    pub fn new(pool: &Pool, roots: &[ExprId], variables: &[ExprId]) -> Option<Self> {
        let nodes = pool.reachable(roots);
        let mut steps = Vec::with_capacity(nodes.len());
        let mut places = rustc_hash::FxHashMap::default();
        for node in nodes {
            let at = |id: &ExprId| places.get(id).copied();
            let all =
                |list: &[ExprId]| list.iter().map(at).collect::<Option<Vec<usize>>>();
            let step = match pool.node(node) {
                Node::Number(n) => Step::Fixed(Range::number(pool.number_at(n))),
                Node::Constant(Constant::Pi) => Step::Fixed(Range::about(PI, PI)),
                Node::Constant(Constant::E) => Step::Fixed(Range::about(E, E)),
                Node::Symbol(_) => {
                    Step::Variable(variables.iter().position(|own| *own == node)?)
                }
                Node::Sum(list) => Step::Sum(all(pool.list(list))?),
                Node::Product(list) => Step::Product(all(pool.list(list))?),
                Node::Multiple(n, rest) => {
                    let factor = Step::Fixed(Range::number(pool.number_at(n)));
                    steps.push(factor);
                    Step::Product(vec![steps.len() - 1, at(&rest)?])
                }
                Node::Power(Pool::E, exponent) => Step::Exponential(at(&exponent)?),
                Node::Power(base, exponent) => match pool.as_number(exponent) {
                    Some(n) => Step::Power(at(&base)?, n.clone()),
                    None => Step::General(at(&base)?, at(&exponent)?),
                },
                Node::Apply(function, list) if function.is_builtin() => {
                    let [argument] = *pool.list(list) else { return None };
                    let name = crate::function::spec(function).name;
                    if !KNOWN.contains(&name) {
                        return None;
                    }
                    Step::Apply(function, at(&argument)?)
                }
                Node::Apply(..) | Node::Undefined => return None,
            };
            steps.push(step);
            places.insert(node, steps.len() - 1);
        }
        let roots = roots.iter().map(|root| places.get(root).copied());
        Some(Self { roots: roots.collect::<Option<_>>()?, steps })
    }

    /// How many operations one look takes.
    pub fn size(&self) -> usize {
        self.steps.len()
    }

    /// The ranges of the expressions over a box, with a range for each variable, and whether
    /// they are smooth all over it.
    pub fn over(&self, sides: &[Range]) -> (Vec<Range>, bool) {
        let mut known: Vec<Range> = Vec::with_capacity(self.steps.len());
        let mut smooth = true;
        for step in &self.steps {
            let range = match step {
                Step::Fixed(range) => *range,
                Step::Variable(place) => sides[*place],
                Step::Sum(list) => fold(&known, list, Range::add),
                Step::Product(list) => fold(&known, list, Range::multiply),
                Step::Power(base, n) => {
                    let (base, whole) = (known[*base], n.is_integer());
                    smooth &= match (whole, n.is_negative()) {
                        (true, false) => true,
                        (true, true) => base.side() != 0,
                        _ => base.side() > 0,
                    };
                    match base.is_empty() || !whole && base.high < 0.0 {
                        true => Range::EMPTY,
                        false if n.is_negative() => inverse(base, n),
                        false => base.power(n),
                    }
                }
                Step::Exponential(exponent) => match known[*exponent] {
                    Range::EMPTY => Range::EMPTY,
                    own => own.growing(f64::exp),
                },
                Step::General(base, exponent) => {
                    let (base, exponent) = (known[*base], known[*exponent]);
                    smooth &= base.side() > 0;
                    match base.is_empty() || exponent.is_empty() || base.high < 0.0 {
                        true => Range::EMPTY,
                        false => logarithm(base).multiply(exponent).growing(f64::exp),
                    }
                }
                Step::Apply(function, argument) => {
                    let argument = known[*argument];
                    smooth &= match crate::function::spec(*function).name {
                        "ln" => argument.side() > 0,
                        "abs" | "cbrt" => argument.side() != 0,
                        "arcsin" => argument.low > -1.0 && argument.high < 1.0,
                        _ => true,
                    };
                    apply(*function, argument)
                }
            };
            smooth &= !range.is_empty();
            known.push(range);
        }
        (self.roots.iter().map(|root| known[*root]).collect(), smooth)
    }
}

fn fold(known: &[Range], list: &[usize], with: fn(Range, Range) -> Range) -> Range {
    if list.iter().any(|at| known[*at].is_empty()) {
        return Range::EMPTY;
    }
    let ranges = list.iter().map(|at| known[*at]);
    ranges.reduce(with).unwrap_or(Range::ALL)
}

/// A negative power, where there is one: far from 0 near 0.
fn inverse(base: Range, n: &Number) -> Range {
    let least = match n.is_integer() {
        // A zero may have lost its sign.
        true => base.low + 0.0,
        false => base.low.max(0.0),
    };
    let size = |a: f64, b: f64| {
        // Between two sizes, of which the smaller one may be 0.
        Range { low: a, high: b }.growing(|x| x.powf(-n.to_f64()))
    };
    let turned = |of: Range| Range::about(1.0 / of.high, 1.0 / of.low);
    let even = !n.is_odd();
    if least >= 0.0 {
        turned(size(least, base.high))
    } else if base.high <= 0.0 {
        let found = turned(size(base.high.abs(), least.abs()));
        if even { found } else { Range { low: -found.high, high: -found.low } }
    } else if even {
        turned(size(0.0, base.high.max(least.abs())))
    } else {
        Range::ALL
    }
}

fn logarithm(range: Range) -> Range {
    Range { low: range.low.max(0.0), high: range.high.max(0.0) }.growing(f64::ln)
}

/// The range of one of these functions.
pub(super) fn apply(function: FunctionId, argument: Range) -> Range {
    if argument.is_empty() {
        return Range::EMPTY;
    }
    match crate::function::spec(function).name {
        "ln" if argument.high < 0.0 => Range::EMPTY,
        "arcsin" if argument.high < -1.0 || argument.low > 1.0 => Range::EMPTY,
        name @ ("cosh" | "sech") => {
            let (low, high) = (argument.low.abs(), argument.high.abs());
            let holds_zero = argument.low <= 0.0 && argument.high >= 0.0;
            let least = if holds_zero { 0.0 } else { low.min(high) };
            let cosh = Range { low: least, high: low.max(high) }.growing(f64::cosh);
            match name {
                "cosh" => cosh,
                _ => Range::about(1.0 / cosh.high, 1.0 / cosh.low),
            }
        }
        _ => argument.apply(function),
    }
}
