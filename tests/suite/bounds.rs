//! Bounds of expressions over intervals hold.

use super::laws::cases;
use calcgrad::evaluate::{Bounds, Range};
use calcgrad::session::{Engine, Settings};

/// No value at any point of an interval is outside of the bounds.
#[test]
fn values_lie_within_bounds() {
    const TEXTS: [&str; 11] = [
        "x^2 - x*sin(x)",
        "e^(-x^2)*(x - 1)",
        "ln(x)/x",
        "sqrt(x)*cosh(x/3)",
        "(x^2 + 1/9)^x",
        "1/(1 + x^2) - arctan(x)",
        "abs(x)*tanh(x) + 2^x",
        "x^(-3) + x^(-2)",
        "cos(x)^3/x",
        "x^(-1/2) + x^(3/2) - 1/cosh(x)",
        "cbrt(x)*arcsin(x/9)",
    ];
    let run = cases(200).run(&(0..TEXTS.len(), -130i32..130, 0i32..90), |c| {
        let mut engine = Engine::default();
        let formula = engine.read(TEXTS[c.0], &Settings::default()).expect("a formula");
        let x = engine.pool.symbol("x");
        let bounds = Bounds::new(&engine.pool, &formula.roots, &[x]).expect("bounds");
        let (low, high) = (f64::from(c.1) / 10.0, f64::from(c.1 + c.2) / 10.0);
        let range = bounds.over(&[Range { low, high }]).0[0];
        for part in 0..=40 {
            let at = low + (high - low) * f64::from(part) / 40.0;
            let value = engine.value(&formula, &[("x", at)]);
            let is_inside = range.low <= value && value <= range.high;
            assert!(
                !value.is_finite() || is_inside,
                "{} at {at}: {value} is not in {range:?}",
                TEXTS[c.0]
            );
        }
        Ok(())
    });
    run.expect("the law holds");
}
