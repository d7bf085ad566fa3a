//! Bounds of expressions over boxes, many times over.

use super::range::Range;
use crate::kernel::{Constant, ExprId, FunctionId, Node, Number, Pool};
use std::f64::consts::{E, PI};

/// Expressions as a list of operations on ranges.
///
/// Only values count: where an expression has none, nothing is said of it. The functions of
/// the list are continuous wherever they are defined.
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
const KNOWN: [&str; 14] = [
    "abs", "cos", "sin", "arctan", "arcsin", "ln", "sinh", "cosh", "tanh", "arsinh", "cbrt",
    "erf", "sigmoid", "sech",
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
            let all = |list: &[ExprId]| list.iter().map(at).collect::<Option<Vec<usize>>>();
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

fn logarithm(range: Range) -> Range {
    Range { low: range.low.max(0.0), high: range.high.max(0.0) }.growing(f64::ln)
}

fn apply(function: FunctionId, argument: Range) -> Range {
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

#[cfg(test)]
mod tests {
    use super::Bounds;
    use crate::evaluate::{Range, Tape, values};
    use crate::kernel::Pool;
    use crate::syntax;

    /// No value at any point of a box is outside of the bounds.
    #[test]
    fn values_lie_within_bounds() {
        for text in [
            "x^2 - x*sin(x)",
            "e^(-x^2)*(x - 1)",
            "ln(x)/x",
            "sqrt(x)*cosh(x/3)",
            "x^x",
            "1/(1 + x^2) - arctan(x)",
            "abs(x)*tanh(x) + 2^x",
            "x^(-3)",
            "cos(x)^3/x",
        ] {
            let program = syntax::parse(text, &[]).expect("a formula");
            let mut pool = Pool::default();
            let root = syntax::lower(&program, &[], &mut pool).expect("an expression").roots[0];
            let x = pool.symbol("x");
            let bounds = Bounds::new(&pool, &[root], &[x]).expect("bounds");
            let mut tape = Tape::default();
            let slot = tape.add_expressions(&pool, &[root])[0] as usize;
            for k in 0..400 {
                let low = f64::from(k) * 0.071 - 13.0;
                let high = low + f64::from(k % 17) * f64::from(k % 5) * 0.13;
                let range = bounds.over(&[Range { low, high }]).0[0];
                for part in 0..=20 {
                    let at = low + (high - low) * f64::from(part) / 20.0;
                    let value = values(&tape, &[at])[slot];
                    assert!(
                        !value.is_finite() || range.low <= value && value <= range.high,
                        "{text} at {at}: {value} is not in {range:?}"
                    );
                }
            }
        }
    }
}
