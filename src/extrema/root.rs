//! One equation in one unknown: polynomials with any constants and parameters, and equations
//! in one function of the unknown, which is inverted.

use super::bench::{Bench, Signum};
use super::linear::coefficients;
use super::solution::Coordinate;
use super::values::{Value, in_radicals, rational_roots};
use crate::function;
use crate::kernel::{ExprId, FunctionId, Node, Number, Pool, Relation};
use crate::polynomial::Polynomial;

/// How many equations may come out of one.
const MAX_STEPS: usize = 64;
/// Stands for a function of the unknown; no name that is typed has a space.
const KERNEL: &str = "a kernel";

/// Solves `equation = 0`; `None` when it cannot be solved wholly. What must hold of
/// parameters is added to the conditions, as relations.
pub(super) fn solve_one(
    bench: &mut Bench<'_>,
    equation: ExprId,
    unknown: ExprId,
    conditions: &mut Vec<ExprId>,
) -> Option<Vec<Coordinate>> {
    let mut open = vec![equation];
    let mut found: Vec<Coordinate> = Vec::new();
    let mut steps = 0;
    while let Some(equation) = open.pop() {
        steps += 1;
        if steps > MAX_STEPS {
            return None;
        }
        if equation == Pool::ZERO {
            return None;
        }
        if !bench.depends(equation, &[unknown]) {
            continue;
        }
        if let Some(list) = coefficients(bench, equation, unknown) {
            for value in polynomial_roots(bench, &list, conditions)? {
                found.push(Coordinate::at(value));
            }
            continue;
        }
        let (kernel, list) = in_kernel(bench, equation, unknown)?;
        for t in polynomial_roots(bench, &list, conditions)? {
            match inverted(bench, &kernel, t, conditions)? {
                Inverse::Equations(more) => open.extend(more),
                Inverse::Periodic(of, values, period) => {
                    let list = coefficients(bench, of, unknown)?;
                    let [offset, slope] = list[..] else { return None };
                    for value in values {
                        let rest = bench.minus(value, offset);
                        let id = bench.over(rest, slope);
                        let period = bench.over(period, slope);
                        let value = settle(bench, id, t.approximate)?;
                        found.push(Coordinate::every(value, period));
                    }
                }
            }
        }
    }
    let mut result: Vec<Coordinate> = Vec::new();
    for coordinate in found {
        let is_real = !bench.pool.is_constant(coordinate.value.id)
            || bench.has_value(coordinate.value.id);
        if is_real && !result.contains(&coordinate) {
            result.push(coordinate);
        }
    }
    Some(result)
}

/// Remembers that what was divided out is not 0.
pub(super) fn note_conditions(
    bench: &mut Bench<'_>,
    divided: &[ExprId],
    conditions: &mut Vec<ExprId>,
) {
    let other = Relation::NotEqual.function();
    for id in divided {
        let plain = bench.pool.coefficient(*id).1;
        if bench.pool.is_positive(plain) {
            continue;
        }
        let condition = bench.pool.application(other, &[plain, Pool::ZERO]);
        if !conditions.contains(&condition) {
            conditions.push(condition);
        }
    }
}

fn settle(bench: &mut Bench<'_>, id: ExprId, approximate: bool) -> Option<Value> {
    Some(match approximate {
        true => {
            let number = bench.number(id)?;
            Value::near(bench, number)
        }
        false => Value::exact(id),
    })
}

/// The roots of a polynomial with constants and parameters as coefficients, lowest first.
fn polynomial_roots(
    bench: &mut Bench<'_>,
    list: &[ExprId],
    conditions: &mut Vec<ExprId>,
) -> Option<Vec<Value>> {
    let numbers: Option<Vec<Number>> =
        list.iter().map(|id| bench.pool.as_number(*id).cloned()).collect();
    if let Some(numbers) = numbers {
        let terms = numbers.into_iter().enumerate().map(|(n, c)| (vec![n as u32], c));
        return rational_roots(bench, &Polynomial::from_terms(1, terms)?);
    }
    let lead = *list.last()?;
    if !bench.pool.is_constant(lead) && !bench.pool.is_positive(lead) {
        note_conditions(bench, &[lead], conditions);
    }
    if let Some(roots) = in_radicals(bench, list) {
        return Some(roots.into_iter().map(Value::exact).collect());
    }
    // A quadratic whose discriminant depends on parameters.
    let [c, b, a] = *list else { return None };
    let square = bench.pool.integer_power(b, 2);
    let product = bench.pool.product(&[a, c]);
    let four = bench.pool.scale(&Number::from(4), product);
    let discriminant = bench.minus(square, four);
    if bench.pool.is_constant(discriminant) {
        return None;
    }
    if !bench.pool.is_nonnegative(discriminant) {
        let below = Relation::LessEqual.function();
        let (n, rest) = bench.pool.coefficient(discriminant);
        let sides = if n.is_negative() { [rest, Pool::ZERO] } else { [Pool::ZERO, rest] };
        let condition = bench.pool.application(below, &sides);
        if !conditions.contains(&condition) {
            conditions.push(condition);
        }
    }
    let root = bench.pool.sqrt(discriminant);
    let root = bench.simplify(root);
    let minus = bench.pool.negate(b);
    let twice = bench.pool.scale(&Number::from(2), a);
    let (low, high) =
        (bench.pool.difference(minus, root), bench.pool.sum(&[minus, root]));
    let roots = [bench.over(low, twice), bench.over(high, twice)];
    Some(roots.into_iter().map(Value::exact).collect())
}

/// The one function of the unknown in which an equation is a polynomial.
enum Kernel {
    /// A positive constant to the power of an expression.
    Exponential(ExprId, ExprId),
    /// A root of that degree.
    Root(ExprId, i64),
    /// A function of the table.
    Function(FunctionId, ExprId),
}

/// An equation as a polynomial in one function of the unknown, lowest coefficient first.
fn in_kernel(
    bench: &mut Bench<'_>,
    equation: ExprId,
    unknown: ExprId,
) -> Option<(Kernel, Vec<ExprId>)> {
    let found = kernels(bench, equation, unknown)?;
    let t = bench.pool.symbol(KERNEL);
    let first = *found.first()?;
    let (kernel, replacements) = match bench.pool.node(first) {
        Node::Apply(function, list) => {
            let [argument] = *bench.pool.list(list) else { return None };
            if found.len() > 1 || !function.is_builtin() {
                return None;
            }
            (Kernel::Function(function, argument), vec![(first, t)])
        }
        Node::Power(base, exponent) if !bench.depends(base, &[unknown]) => {
            let mut ratios = Vec::new();
            for other in &found {
                let Node::Power(b, e) = bench.pool.node(*other) else { return None };
                if b != base {
                    return None;
                }
                let ratio = bench.over(e, exponent);
                ratios.push(bench.pool.as_number(ratio)?.clone());
            }
            let gcd = ratios.iter().fold(Number::ZERO, |gcd, r| gcd.gcd(r));
            let mut replacements = Vec::new();
            for (other, ratio) in found.iter().zip(&ratios) {
                let n = ratio.mul(&gcd.recip()?).to_i64()?;
                replacements.push((*other, bench.pool.integer_power(t, n)));
            }
            let exponent = bench.pool.scale(&gcd, exponent);
            (Kernel::Exponential(base, exponent), replacements)
        }
        Node::Power(base, _) => {
            let mut degree = 1;
            let mut powers = Vec::new();
            for other in &found {
                let Node::Power(b, e) = bench.pool.node(*other) else { return None };
                if b != base {
                    return None;
                }
                let n = bench.pool.as_number(e)?.clone();
                degree = num_integer::lcm(degree, n.denominator().to_i64()?);
                powers.push((*other, n));
            }
            let mut replacements = Vec::new();
            for (other, n) in powers {
                let whole = n.mul(&Number::from(degree)).to_i64()?;
                replacements.push((other, bench.pool.integer_power(t, whole)));
            }
            // The base itself is a power of its root.
            replacements.push((base, bench.pool.integer_power(t, degree)));
            (Kernel::Root(base, degree), replacements)
        }
        _ => return None,
    };
    let new = bench.pool.substitute(&[equation], &replacements, function::apply)[0];
    if bench.depends(new, &[unknown]) {
        return None;
    }
    let list = coefficients(bench, new, t)?;
    Some((kernel, list))
}

/// The functions of the unknown that are no sums, products or whole powers, outermost first.
fn kernels(bench: &Bench<'_>, id: ExprId, unknown: ExprId) -> Option<Vec<ExprId>> {
    let mut open = vec![id];
    let mut found: Vec<ExprId> = Vec::new();
    let mut seen: Vec<ExprId> = Vec::new();
    while let Some(id) = open.pop() {
        if seen.contains(&id) || !bench.depends(id, &[unknown]) {
            continue;
        }
        seen.push(id);
        if seen.len() > 400 {
            return None;
        }
        match bench.pool.node(id) {
            Node::Sum(_) | Node::Product(_) | Node::Multiple(..) => {
                bench.pool.each_operand(id, |operand| open.push(operand));
            }
            Node::Power(base, exponent)
                if bench.pool.as_number(exponent).is_some_and(Number::is_integer) =>
            {
                open.push(base);
            }
            Node::Power(..) | Node::Apply(..) => found.push(id),
            // The unknown beside its roots: `in_kernel` looks whether it goes with them.
            _ => {}
        }
    }
    Some(found)
}

enum Inverse {
    /// Each of these is solved in turn.
    Equations(Vec<ExprId>),
    /// An expression has one of the values, up to multiples of the period.
    Periodic(ExprId, Vec<ExprId>, ExprId),
}

/// Where a function has a value; `None` when that is not known.
fn inverted(
    bench: &mut Bench<'_>,
    kernel: &Kernel,
    value: Value,
    conditions: &mut Vec<ExprId>,
) -> Option<Inverse> {
    let c = value.id;
    let sign = bench.sign(c);
    let equal = |bench: &mut Bench<'_>, u: ExprId, to: ExprId| {
        Some(Inverse::Equations(vec![bench.minus(u, to)]))
    };
    match *kernel {
        Kernel::Exponential(base, exponent) => match sign {
            Signum::Zero | Signum::Negative => Some(Inverse::Equations(Vec::new())),
            _ => {
                if sign == Signum::Unknown {
                    let less = Relation::Less.function();
                    let condition = bench.pool.application(less, &[Pool::ZERO, c]);
                    conditions.push(condition);
                }
                let (log, base) = (bench.ln(c), bench.ln(base));
                let to = bench.over(log, base);
                equal(bench, exponent, to)
            }
        },
        Kernel::Root(base, degree) => match sign {
            Signum::Negative => Some(Inverse::Equations(Vec::new())),
            Signum::Unknown => None,
            _ => {
                let power = bench.pool.integer_power(c, degree);
                equal(bench, base, power)
            }
        },
        Kernel::Function(function, u) => {
            let row = function::spec(function);
            let two_pi = bench.pool.scale(&Number::from(2), Pool::PI);
            match row.name {
                "sin" | "cos" => {
                    let size = bench.float(c).abs();
                    if size > 1.0 {
                        return Some(Inverse::Equations(Vec::new()));
                    }
                    if size.is_nan() {
                        return None;
                    }
                    let inverse = row.inverse?;
                    let first = bench.apply(inverse, c);
                    let second = match row.name {
                        "sin" => bench.minus(Pool::PI, first),
                        _ => bench.pool.negate(first),
                    };
                    let both =
                        if first == second { vec![first] } else { vec![first, second] };
                    Some(Inverse::Periodic(u, both, two_pi))
                }
                "tan" => {
                    let first = bench.apply("arctan", c);
                    Some(Inverse::Periodic(u, vec![first], Pool::PI))
                }
                "ln" => {
                    let power = bench.pool.power(Pool::E, c);
                    equal(bench, u, power)
                }
                "abs" if sign == Signum::Negative => Some(Inverse::Equations(Vec::new())),
                "abs" => {
                    if sign == Signum::Unknown {
                        let order = Relation::LessEqual.function();
                        conditions.push(bench.pool.application(order, &[Pool::ZERO, c]));
                    }
                    let minus = bench.pool.negate(c);
                    let both = vec![bench.minus(u, c), bench.minus(u, minus)];
                    Some(Inverse::Equations(both))
                }
                "cosh" => {
                    let first = bench.apply("arcosh", c);
                    let minus = bench.pool.negate(first);
                    let both = vec![bench.minus(u, first), bench.minus(u, minus)];
                    Some(Inverse::Equations(both))
                }
                // These are one to one.
                "arcsin" | "arccos" | "arctan" | "sinh" | "tanh" | "arsinh"
                | "artanh" | "log2" | "log10" | "cbrt" => {
                    let back = bench.apply(row.inverse?, c);
                    equal(bench, u, back)
                }
                _ => None,
            }
        }
    }
}
