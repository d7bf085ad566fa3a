//! The façade of the library: what a name of a variable is, and what happens when expressions
//! of two sessions meet.

use calcgrad::{ErrorKind, Expr, Result, Session};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What is no name of a variable.
const NO_NAMES: [&str; 16] = [
    "", " ", "x y", "x,y", "x, y", "2", "2x", "x+y", "-x", "f(x)", "x^2", "x'", "∞", "e",
    "pi", "π",
];

fn is_refused<T>(found: Result<T>) -> bool {
    matches!(found, Err(error)
        if matches!(error.kind, ErrorKind::InvalidName(_)) && error.help.is_some())
}

#[test]
fn a_symbol_has_one_name() {
    let session = Session::new();
    for name in NO_NAMES {
        assert!(is_refused(session.symbol(name)), "{name}");
    }
    let spellings = [["x_1", "x1"], ["x_{1}", "x₁"], [" x ", "x"], ["x_{max}", "x_max"]];
    for [one, other] in spellings {
        let symbol = |name| session.symbol(name).expect("a variable");
        assert_eq!(symbol(one), symbol(other), "{one}, {other}");
    }
    let parsed = session.parse("x_1^2").expect("a formula");
    let x1 = session.symbol("x_{1}").expect("a variable");
    assert_eq!(x1 * x1, parsed);
    assert_eq!((x1 * x1).diff("x_1").expect("a derivative").to_string(), "2*x1");
    // A name of a function is a variable when it is asked for.
    let sine = session.symbol("sin").expect("a variable");
    assert_eq!((sine * sine).diff("sin").expect("a derivative").to_string(), "2*sin");
}

#[test]
fn what_no_text_says_is_refused() {
    let session = Session::new();
    let gamma = session.symbol("gamma").expect("a variable");
    let function = session.parse("gamma(x)").expect("a formula");
    let both = gamma * gamma + function;
    let is_ambiguous = |found: Result<String>| matches!(found, Err(error) if matches!(error.kind, ErrorKind::Ambiguous(_)));
    assert!(is_ambiguous(both.diff("gamma").map(|found| found.to_string())));
    assert!(is_ambiguous(both.hessian(&["x"]).map(|found| format!("{found:?}"))));
    assert!(is_ambiguous(both.critical(&["x"]).map(|found| format!("{found:?}"))));
    let field = session.jacobian(&[gamma, function], &["x"]);
    assert!(is_ambiguous(field.map(|found| format!("{found:?}"))));
    // One of them alone is what it is.
    assert_eq!(
        (gamma * gamma).diff("gamma").expect("a derivative").to_string(),
        "2*gamma"
    );
    let derivative = function.diff("x").expect("a derivative").to_string();
    assert_eq!(derivative, "gamma(x)*digamma(x)");
}

#[test]
fn derivatives_are_in_variables() {
    let session = Session::new();
    let f = session.parse("e^x*y").expect("a formula");
    for name in NO_NAMES {
        assert!(is_refused(f.diff(name)), "{name}");
        assert!(is_refused(f.gradient(&["x", name])), "{name}");
        assert!(is_refused(f.taylor(&[name], "", 2)), "{name}");
        assert!(is_refused(f.hessian(&["x", name])), "{name}");
        assert!(is_refused(f.laplacian(&[name, "x"])), "{name}");
        assert!(is_refused(f.directional(&[name], &[f])), "{name}");
        assert!(is_refused(f.critical(&[name])), "{name}");
        assert!(is_refused(session.jacobian(&[f], &[name])), "{name}");
        assert!(is_refused(session.divergence(&[f], &[name])), "{name}");
        assert!(is_refused(session.curl(&[f, f], &["x", name])), "{name}");
        assert!(is_refused(session.implicit("x*y = 1", &[name], &["y"], 1)), "{name}");
    }
}

#[test]
fn sessions_do_not_mix() {
    let (here, there) = (Session::new(), Session::new());
    // The first symbols of two sessions have the same handle.
    let x = here.symbol("x").expect("a variable");
    let a = there.symbol("a").expect("a variable");
    let panics = |work: &dyn Fn() -> bool| {
        let payload = catch_unwind(AssertUnwindSafe(work)).expect_err("a panic");
        let said = payload.downcast_ref::<&str>().expect("a message");
        assert_eq!(*said, "an expression of one session was used in another");
    };
    type Operator = for<'s> fn(Expr<'s>, Expr<'s>) -> Expr<'s>;
    let operators: [Operator; 5] =
        [|a, b| a + b, |a, b| a - b, |a, b| a * b, |a, b| a / b, |a, b| a.pow(b)];
    for operator in operators {
        assert!(operator(x, x) == operator(x, x));
        panics(&|| operator(x, a) == x);
        panics(&|| operator(a, x) == x);
    }
    panics(&|| here.jacobian(&[x, a], &["x"]).is_ok());
    panics(&|| here.divergence(&[a], &["x"]).is_ok());
    panics(&|| here.curl(&[x, a], &["x", "y"]).is_ok());
    panics(&|| x.directional(&["x"], &[a]).is_ok());
    assert!(x != a);
    // A session works on after the panic.
    assert_eq!((x * x).diff("x").expect("a derivative").to_string(), "2*x");
}
