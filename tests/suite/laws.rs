//! The laws of the design (section 6) on random formulas.

use super::formulas::{Formula, formula, quotient};
use super::numeric::{self, Typed, Verdict};
use calcgrad::ErrorKind;
use calcgrad::calculus::{self, Observer, Rule};
use calcgrad::function;
use calcgrad::kernel::{ExprId, FunctionSet, Node, Pool};
use calcgrad::print::{self, Notation};
use calcgrad::session::{Derivatives, Engine, Form, Settings};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use std::cell::{Cell, RefCell};

const POINTS: [[f64; 3]; 6] = [
    [0.37, 0.61, 0.83],
    [1.43, 0.29, 2.17],
    [-0.71, 1.31, 0.57],
    [2.61, -1.23, 1.09],
    [0.11, 3.7, -0.43],
    [5.3, 2.2, 0.19],
];

/// The same cases in every run.
pub(crate) fn cases(count: u32) -> TestRunner {
    let config = Config { cases: count, failure_persistence: None, ..Config::default() };
    let seed = *b"calcgrad keeps its laws, always.";
    let random = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
    TestRunner::new_with_rng(config, random)
}

fn settings() -> Settings {
    let declared = ["x", "y", "z"].map(str::to_owned).to_vec();
    Settings { declared, ..Settings::default() }
}

/// Whether a text is refused for a reason that lies in the formula.
fn is_refusal(kind: &ErrorKind) -> bool {
    matches!(kind, ErrorKind::DivisionByZero | ErrorKind::Undefined(_)) || kind.is_limit()
}

/// The formula and its derivative in x; `None` for formulas that are refused.
fn derive(engine: &mut Engine, text: &str) -> Option<(ExprId, ExprId)> {
    let refused = |error: &calcgrad::Error| {
        assert!(is_refusal(&error.kind), "{text}: {error}");
    };
    let formula = engine.read(text, &settings()).inspect_err(refused).ok()?;
    let found = engine.partials(&formula, &["x".to_owned()], 1, Form::Auto);
    let Derivatives { partials, .. } = found.inspect_err(refused).ok()?;
    Some((formula.roots[0], partials[0].values[0]))
}

/// Hands over the derivatives of random formulas.
pub(crate) fn each_derivative(count: u32, visit: impl FnMut(&Pool, ExprId)) {
    let visit = RefCell::new(visit);
    check(count, |_, text| {
        let mut engine = Engine::default();
        if let Some((_, d)) = derive(&mut engine, text) {
            (visit.borrow_mut())(&engine.pool, d);
        }
    });
}

/// Hands over the texts of random formulas.
pub(crate) fn each_formula(count: u32, visit: impl FnMut(&str)) {
    let visit = RefCell::new(visit);
    check(count, |_, text| (visit.borrow_mut())(text));
}

fn write(engine: &Engine, id: ExprId) -> String {
    print::write(&engine.pool, id, Notation::Text).unwrap()
}

fn check(count: u32, law: impl Fn(&Formula, &str)) {
    let run = cases(count).run(&formula(), |formula| {
        let text = formula.to_string();
        law(&formula, &text);
        Ok(())
    });
    run.unwrap();
}

#[test]
fn text_is_input() {
    check(600, |_, text| {
        let mut engine = Engine::default();
        let Some((f, d)) = derive(&mut engine, text) else { return };
        for id in [f, d] {
            let printed = write(&engine, id);
            let again = engine.read(&printed, &settings());
            let again = again.unwrap_or_else(|error| panic!("{printed}: {error}"));
            let back = write(&engine, again.roots[0]);
            assert_eq!(
                id, again.roots[0],
                "`{printed}` is read as `{back}`, from {text}"
            );
        }
    });
}

#[test]
fn what_is_known_of_a_node_is_what_a_walk_finds() {
    each_derivative(200, |pool, root| {
        let (mut functions, mut has_roots) = (FunctionSet::default(), false);
        for id in pool.reachable(&[root]) {
            match pool.node(id) {
                Node::Apply(function, _) => {
                    functions = functions.with(FunctionSet::of(function));
                }
                Node::Power(base, exponent) => {
                    let is_compound =
                        matches!(pool.node(base), Node::Sum(_) | Node::Product(_));
                    let number = pool.as_number(exponent);
                    has_roots |= is_compound && number.is_some_and(|n| !n.is_integer());
                }
                _ => {}
            }
        }
        assert_eq!(pool.functions(root), functions);
        assert_eq!(pool.has_roots(root), has_roots);
    });
}

#[test]
fn values_are_kept() {
    check(600, |formula, text| {
        let mut engine = Engine::default();
        let Ok(read) = engine.read(text, &settings()) else { return };
        let simple = engine.simplify(read.roots[0]).unwrap();
        for at in POINTS {
            let expected = formula.value(at);
            let near = |x: f64| (x - expected).abs() <= 1e-8 * (1.0 + expected.abs());
            let found = Typed::of(&engine.pool, &[read.roots[0], simple]);
            for (component, id) in [read.roots[0], simple].into_iter().enumerate() {
                let value = found.value(component, &named(at));
                if expected.is_finite() && expected.abs() < 1e6 && is_steady(formula, at)
                {
                    let printed = write(&engine, id);
                    assert!(
                        near(value),
                        "{text}: {expected}, {printed}: {value}, {at:?}"
                    );
                }
            }
        }
    });
}

/// Whether a value does not hang on the last digits of the point.
fn is_steady(formula: &Formula, at: [f64; 3]) -> bool {
    let value = formula.value(at);
    let moved = [1e-9, -1e-9].map(|step| formula.value(at.map(|x| x * (1.0 + step))));
    moved.iter().all(|x| (x - value).abs() <= 1e-6 * (1.0 + value.abs()))
}

#[test]
fn derivatives_are_slopes() {
    let compared = Cell::new((0, 0));
    check(1_000, |formula, text| {
        let mut engine = Engine::default();
        let Some((_, d)) = derive(&mut engine, text) else { return };
        let found = Typed::of(&engine.pool, &[d]);
        let mut agreed = 0;
        for at in POINTS {
            let derivative = found.value(0, &named(at));
            let f = |x: f64| formula.value([x, at[1], at[2]]);
            match numeric::compare(f, at[0], derivative) {
                Verdict::Agree => agreed += 1,
                Verdict::Unclear => {}
                Verdict::Differ(slope) => {
                    let printed = write(&engine, d);
                    panic!("{text}: {printed} is {derivative} at {at:?}, slope {slope}");
                }
            }
        }
        let (all, some) = compared.get();
        compared.set((all + 1, some + usize::from(agreed > 0)));
    });
    let (all, some) = compared.get();
    assert!(some * 2 > all, "only {some} of {all} formulas could be compared");
}

/// A point with the names of its coordinates.
fn named(at: [f64; 3]) -> Vec<(String, f64)> {
    ["x", "y", "z"].map(str::to_owned).into_iter().zip(at).collect()
}

/// The text of the derivative, or the error.
fn answer(engine: &mut Engine, text: &str) -> Option<[String; 2]> {
    let (_, d) = derive(engine, text)?;
    Some(
        [Notation::Text, Notation::Latex]
            .map(|notation| print::write(&engine.pool, d, notation).unwrap()),
    )
}

#[test]
fn same_input_same_bytes() {
    let pairs = (formula(), formula(), formula());
    let run = cases(300).run(&pairs, |(a, b, c)| {
        let text = format!("{a} + {b} + {c}");
        let fresh = answer(&mut Engine::default(), &text);
        let mut used = Engine::default();
        let _ = derive(&mut used, &format!("{c}*{b}"));
        let _ = derive(&mut used, "q*z + sin(y)*x^2 + f(z, y, x)");
        prop_assert_eq!(&fresh, &answer(&mut used, &text), "in a used engine: {}", text);
        used.clear();
        prop_assert_eq!(&fresh, &answer(&mut used, &text), "cleared: {}", text);
        Ok(())
    });
    run.unwrap();
}

#[test]
fn the_order_of_terms_does_not_matter() {
    let pairs = (formula(), formula(), formula());
    let run = cases(300).run(&pairs, |(a, b, c)| {
        let mut engine = Engine::default();
        let mut read = |text: String| engine.read(&text, &settings()).map(|f| f.roots[0]);
        let one = read(format!("{a} + {b} + {c}"));
        let two = read(format!("{c} + {a} + {b}"));
        prop_assert_eq!(one.is_ok(), two.is_ok());
        if let (Ok(one), Ok(two)) = (one, two) {
            prop_assert_eq!(
                one,
                two,
                "{} and {}",
                write(&engine, one),
                write(&engine, two)
            );
        }
        let forwards = answer(&mut Engine::default(), &format!("{a}*{b} + {c}"));
        let backwards = answer(&mut Engine::default(), &format!("{c} + {b}*{a}"));
        prop_assert_eq!(forwards, backwards);
        Ok(())
    });
    run.unwrap();
}

/// Counts the rules that are applied.
#[derive(Default)]
struct Count(usize);

impl Observer for Count {
    fn applied(&mut self, _: Rule, _: ExprId, _: ExprId) {
        self.0 += 1;
    }
}

#[test]
fn watching_changes_nothing() {
    check(400, |_, text| {
        let mut engine = Engine::default();
        let Ok(read) = engine.read(text, &settings()) else { return };
        let x = engine.pool.symbol("x");
        let mut count = Count::default();
        let alone =
            calculus::differentiate(&mut engine.pool.clone(), read.roots[0], x, &mut ());
        let mut pool = engine.pool.clone();
        let watched = calculus::differentiate(&mut pool, read.roots[0], x, &mut count);
        assert_eq!(alone, watched, "{text}");
        let depends = pool.may_depend(read.roots[0], x);
        assert!(count.0 > 0 || !depends || read.roots[0] == x, "{text}: nothing seen");
    });
}

#[test]
fn answers_are_not_longer_than_raw() {
    check(600, |_, text| {
        let mut engine = Engine::default();
        let Ok(read) = engine.read(text, &settings()) else { return };
        let x = engine.pool.symbol("x");
        let raw = calculus::differentiate(&mut engine.pool, read.roots[0], x, &mut ());
        let raw = raw.unwrap();
        let Ok(simple) = engine.simplify(raw) else { return };
        let (before, after) = (engine.pool.cost(raw), engine.pool.cost(simple));
        let (raw, short) = (write(&engine, raw), write(&engine, simple));
        assert!(after <= before, "{text}: `{raw}` became `{short}`");
        let again = engine.simplify(simple).unwrap();
        assert_eq!(again, simple, "{text}: `{short}`, then `{}`", write(&engine, again));
    });
}

/// Simplifying again changes nothing, nothing gets longer, and the values stay.
fn settles(formula: &Formula) {
    let text = formula.to_string();
    let mut engine = Engine::default();
    let Ok(read) = engine.read(&text, &settings()) else { return };
    let given = read.roots[0];
    let Ok(simple) = engine.simplify(given) else { return };
    let (before, after) = (engine.pool.cost(given), engine.pool.cost(simple));
    let short = write(&engine, simple);
    // An exact value may be longer: `arcsin(1)` is `pi/2`, and so may a function of an
    // inverse function be: `sin(arctan(x))` is `x/sqrt(x^2 + 1)`.
    let pool = &engine.pool;
    let is_inverse = |id: &ExprId| match pool.node(*id) {
        Node::Apply(function, _) if function.is_builtin() => {
            function::spec(function).name.starts_with("ar")
        }
        _ => false,
    };
    let exact = pool.reachable(&[given]).into_iter().any(|id| match pool.node(id) {
        Node::Apply(_, list) => {
            pool.is_constant(id) || pool.list(list).iter().any(is_inverse)
        }
        _ => false,
    });
    let typed = write(&engine, given);
    assert!(after <= before || exact, "{text}: `{typed}` became `{short}`");
    let again = engine.simplify(simple).unwrap();
    assert_eq!(again, simple, "{text}: `{short}`, then `{}`", write(&engine, again));
    let both = Typed::of(&engine.pool, &[given, simple]);
    for at in POINTS {
        let (a, b) = (both.value(0, &named(at)), both.value(1, &named(at)));
        if a.is_finite() && a.abs() < 1e6 && is_steady(formula, at) {
            let far = (a - b).abs() > 1e-7 * (1.0 + a.abs());
            assert!(!far && !b.is_nan(), "{text}: {a}, `{short}`: {b}, {at:?}");
        }
    }
}

#[test]
fn simplifying_settles() {
    check(1_000, |formula, _| settles(formula));
}

#[test]
fn simplifying_quotients_settles() {
    let run = cases(400).run(&quotient(), |formula| {
        settles(&formula);
        Ok(())
    });
    run.unwrap();
}

#[test]
fn forward_and_reverse_agree() {
    check(400, |_, text| {
        let mut engine = Engine::default();
        let Ok(read) = engine.read(text, &settings()) else { return };
        let f = read.roots[0];
        let symbols = ["x", "y", "z"].map(|name| engine.pool.symbol(name));
        let reverse = calculus::gradient(&mut engine.pool, f, &symbols).unwrap();
        for (symbol, reverse) in symbols.into_iter().zip(reverse) {
            let forward = calculus::differentiate(&mut engine.pool, f, symbol, &mut ());
            let both = Typed::of(&engine.pool, &[forward.unwrap(), reverse]);
            for at in POINTS {
                let (a, b) = (both.value(0, &named(at)), both.value(1, &named(at)));
                let scale = a.abs().max(b.abs());
                let far = (a - b).abs() > 1e-5 * scale + 1e-9 && scale < 1e8;
                assert!(!far, "{text}: {a} forward, {b} in reverse at {at:?}");
                assert_eq!(a.is_nan(), b.is_nan(), "{text}: {a} and {b} at {at:?}");
            }
        }
    });
}

#[test]
fn latex_is_balanced() {
    check(400, |_, text| {
        let mut engine = Engine::default();
        let Some((f, d)) = derive(&mut engine, text) else { return };
        for id in [f, d] {
            let latex = print::write(&engine.pool, id, Notation::Latex).unwrap();
            let count = |what: &str| latex.matches(what).count();
            assert_eq!(count("{"), count("}"), "{latex}");
            assert_eq!(count("\\left"), count("\\right"), "{latex}");
            assert!(!latex.to_lowercase().contains("undefined"), "{latex}");
            assert!(!latex.contains("--") && !latex.contains("+ -"), "{latex}");
        }
    });
}
