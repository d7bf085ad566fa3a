//! Periods of expressions with floors of lines: `floor(2*x) - floor(x) - floor(x + 1/2)` is the
//! same 1 further on.

use crate::function;
use crate::kernel::{ExprId, Node, Number, Pool};
use crate::simplify::{self, Simplifier};

/// The greatest period that is looked for.
const LONGEST: i64 = 12;
/// The most terms of a part that is multiplied out.
const TERMS: usize = 100;
/// The names of the values of floors: no formula can have them.
const LEVEL: &str = "#level";

/// A whole number that is a period of an expression in a symbol: wherever floors of lines stand
/// in it, they rise by whole numbers there, and all else stays the same.
pub(super) fn period(pool: &mut Pool, form: ExprId, symbol: ExprId) -> Option<i64> {
    let floor = function::lookup("floor", 1)?;
    let (mut floors, mut period) = (Vec::new(), 1i64);
    for id in pool.reachable(&[form]) {
        let Node::Apply(function, list) = pool.node(id) else { continue };
        if function != floor || pool.is_constant(id) {
            continue;
        }
        let slope = slope(pool, pool.list(list)[0], symbol)?;
        let below = slope.denominator().to_i64()?;
        period = lcm(period, below).filter(|period| *period <= LONGEST)?;
        floors.push((id, slope));
    }
    if floors.is_empty() {
        return None;
    }
    let (mut names, mut risen) = (Vec::new(), Vec::new());
    let step = pool.integer(period);
    risen.push((symbol, pool.sum(&[symbol, step])));
    for (place, (id, slope)) in floors.iter().enumerate() {
        let level = pool.symbol(&format!("{LEVEL}{place}"));
        let rise = pool.number(slope.mul(&Number::from(period)));
        names.push((*id, level));
        risen.push((level, pool.sum(&[level, rise])));
    }
    let named = pool.substitute(&[form], &names, function::apply)[0];
    let moved = pool.substitute(&[named], &risen, function::apply)[0];
    let rise = pool.difference(moved, named);
    let rise = Simplifier::default().simplify(pool, rise);
    let rise = simplify::expand_all(pool, rise, TERMS).unwrap_or(rise);
    (rise == Pool::ZERO).then_some(period)
}

/// The slope of a line in a symbol; `None` for what is none.
fn slope(pool: &mut Pool, line: ExprId, symbol: ExprId) -> Option<Number> {
    let mut at = |value: i64| {
        let value = pool.integer(value);
        pool.substitute(&[line], &[(symbol, value)], function::apply)[0]
    };
    let (start, end) = (at(0), at(1));
    let slope = pool.difference(end, start);
    let number = pool.as_number(slope)?.clone();
    let along = pool.product(&[slope, symbol]);
    let whole = pool.sum(&[start, along]);
    let rest = pool.difference(line, whole);
    let rest = simplify::expand_all(pool, rest, TERMS).unwrap_or(rest);
    let rest = Simplifier::default().simplify(pool, rest);
    (rest == Pool::ZERO).then_some(number)
}

/// The least common multiple of two positive numbers.
fn lcm(a: i64, b: i64) -> Option<i64> {
    let (mut x, mut y) = (a, b);
    while y != 0 {
        (x, y) = (y, x % y);
    }
    (a / x).checked_mul(b)
}
