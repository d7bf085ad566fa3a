//! Input of any size and depth gets an answer or an error that names the limit: on the stack
//! of an ordinary test thread, and never by the clock.

use calcgrad::print::{self, Notation};
use calcgrad::session::{Engine, Form, Settings};
use calcgrad::{Error, ErrorKind};

/// The first derivatives in x in text.
fn diff(text: &str) -> Result<String, Error> {
    order(text, 1)
}

fn order(text: &str, order: u32) -> Result<String, Error> {
    let mut engine = Engine::default();
    let formula = engine.read(text, &Settings::default())?;
    let found = engine.partials(&formula, &["x".to_owned()], order, Form::Auto)?;
    print::write(&engine.pool, found.partials[0].values[0], Notation::Latex)?;
    print::write(&engine.pool, found.partials[0].values[0], Notation::Text)
}

/// An answer, or an error that names a limit.
fn assert_answered_or_limited(what: &str, found: Result<String, Error>) {
    if let Err(error) = found {
        assert!(error.kind.is_limit(), "{what}: {error}");
    }
}

fn kind(found: Result<String, Error>) -> &'static str {
    found.expect_err("a limit").kind.id()
}

fn nested(open: &str, inner: &str, close: &str, count: usize) -> String {
    format!("{}{inner}{}", open.repeat(count), close.repeat(count))
}

#[test]
fn a_million_brackets_are_too_deep() {
    for (open, close) in [("(", ")"), ("[", "]"), ("{", "}"), ("-(", ")"), ("sin(", ")")]
    {
        let found = kind(diff(&nested(open, "x", close, 1_000_000)));
        assert!(["too_deep", "too_long"].contains(&found), "{open}: {found}");
        assert_eq!(kind(diff(&nested(open, "x", close, 300_000))), "too_deep", "{open}");
    }
    assert_eq!(kind(diff(&"(".repeat(1_000_000))), "too_deep");
}

#[test]
fn a_thousand_brackets_are_answered() {
    assert_eq!(diff(&nested("(", "x", ")", 1_000)).unwrap(), "1");
    assert_eq!(diff(&nested("{", "x", "}", 1_000)).unwrap(), "1");
    assert_eq!(diff(&nested("-(", "x", ")", 1_000)).unwrap(), "1");
    assert_eq!(
        diff(&nested("2*(1 + ", "x", ")", 100)).unwrap(),
        (1u128 << 100).to_string()
    );
    diff(&nested("(1 + ", "x", ")^2", 20)).unwrap();
    diff(&nested("1/(1 + ", "x", ")", 200)).unwrap();
}

#[test]
fn signs_behind_an_operand_are_limited() {
    for sign in ["!", "°"] {
        assert_eq!(
            kind(diff(&format!("x{}", sign.repeat(100_000)))),
            "over_limit",
            "{sign}"
        );
    }
    assert!(diff("x!").is_ok());
}

#[test]
fn nested_functions_are_answered() {
    diff(&nested("sin(", "x", ")", 300)).unwrap();
    diff(&nested("abs(1 + ", "x", ")", 200)).unwrap();
    assert_answered_or_limited("sin(", diff(&nested("sin(", "x", ")", 1_000)));
}

#[test]
fn towers_are_answered_or_refused() {
    for word in ["sin ", "ln ", "abs ", "√", "f ", "--", "+", "-"] {
        let text = format!("{}x", word.repeat(100_000));
        assert_answered_or_limited(word, diff(&text));
    }
    assert_eq!(diff(&format!("{}x", "-".repeat(100_000))).unwrap(), "1");
    for sign in ["²", "^2", "/x", " x"] {
        assert_answered_or_limited(sign, diff(&format!("x{}", sign.repeat(100_000))));
    }
}

#[test]
fn long_sums_and_products_are_answered() {
    let sum = |count: usize, term: fn(usize) -> String| {
        (0..count).map(term).collect::<Vec<_>>().join(" + ")
    };
    diff(&sum(100_000, |k| format!("{k}*x^{}", k % 50))).unwrap();
    diff(&sum(20_000, |k| format!("sin({k}*x)"))).unwrap();
    assert_eq!(diff(&sum(100_000, |_| "x".to_owned())).unwrap(), "100000");
    let product = |count: usize| vec!["x"; count].join("*");
    assert_eq!(diff(&product(10_000)).unwrap(), "10000*x^9999");
    let factors: Vec<String> = (0..300).map(|k| format!("(x + {k})")).collect();
    assert_answered_or_limited("factors", diff(&factors.join("*")));
}

#[test]
fn ten_megabytes_are_answered_or_refused() {
    let terms = |count: usize| {
        let terms: Vec<String> = (1..=count).map(|k| format!("{k}*x*y")).collect();
        terms.join(" + ")
    };
    assert_eq!(diff(&terms(200_000)).unwrap(), "20000100000*y");
    assert_answered_or_limited("a million terms", diff(&terms(1_000_000)));
    assert_answered_or_limited("one name", diff(&"x".repeat(10_000_000)));
    for count in [100_000, 10_000_000] {
        let found = diff(&"9".repeat(count)).expect_err("a limit");
        assert!(found.kind.is_limit(), "{found}");
    }
}

#[test]
fn many_variables_are_answered() {
    let terms: Vec<String> = (0..2_000).map(|k| format!("x{k}*x{}", k + 1)).collect();
    let mut engine = Engine::default();
    let formula = engine.read(&terms.join(" + "), &Settings::default()).unwrap();
    let wrt = engine.variables(&formula.roots);
    let found = engine.partials(&formula, &wrt, 1, Form::Auto).unwrap();
    assert_eq!(found.partials.len(), 2_001);
    assert!(found.checked);
}

#[test]
fn numbers_beyond_all_bounds_are_refused() {
    for text in [
        "9^9^9^9",
        "x^(9^9^9^9)",
        "(9^9^9^9)*x",
        "1000000!",
        "x*1000000!",
        "1e999999999*x",
        "1e-999999999*x",
        "2^(10^10)*x",
        "(1/3)^(10^9)*x",
        "(2*x)^(10^9)",
        "(3/7)^123456789*x",
        "((((2^99)^99)^99)^99)^99*x",
        "sqrt(2^(10^9) + 1)*x",
        "binomial(1000000, 500000)*x",
        "gamma(1000000)*x",
        "x^(1e300)",
        "10^(-10^10)*x",
        "RisingFactorial(1000000, 1000000)*x",
        "polygamma(10^9, x)",
        "besselj(10^9, x)",
    ] {
        assert_answered_or_limited(text, diff(text));
    }
}

#[test]
fn great_powers_are_not_multiplied_out() {
    assert_eq!(diff("(x + 1)^(10^9)").unwrap(), "1000000000*(x + 1)^999999999");
    assert_eq!(diff("(x + 1)^1000").unwrap(), "1000*(x + 1)^999");
    assert_answered_or_limited("x + y + z", diff("(x + y + z)^(10^6)*(x - y)^(10^6)"));
    assert_answered_or_limited("powers", diff("((x + 1)^1000 + 1)^1000"));
}

#[test]
fn long_fractions_are_answered() {
    let answer = diff("x*(3/7)^45000").unwrap();
    let (above, below) = answer.split_once('/').unwrap();
    // The logarithms of 3 and 7 to the base 10.
    assert_eq!(above.len(), (45_000.0 * 3_f64.log10()) as usize + 1);
    assert_eq!(below.len(), (45_000.0 * 7_f64.log10()) as usize + 1);
}

#[test]
fn high_orders_are_answered_or_refused() {
    assert_eq!(order("x^3", 100_000).unwrap(), "0");
    assert_eq!(order("e^x", 100_000).unwrap(), "e^x");
    assert_answered_or_limited("the most", order("sin(x)", u32::MAX));
    for text in ["sin(x)", "x*e^x", "ln(x)", "1/x", "e^(2*x)", "x^1000"] {
        assert_answered_or_limited(text, order(text, 400));
    }
    for text in ["tan(x)", "e^(x^2)", "erf(x)", "x^x", "sin(sin(x))", "f(g(x))"] {
        assert_answered_or_limited(text, order(text, 12));
    }
}

#[test]
fn deep_programs_are_answered_or_refused() {
    let chain = |count: usize, step: &str| {
        let mut text = String::from("a0");
        for k in 0..count {
            text.push_str(&format!(
                "; a{k} = {}",
                step.replace('#', &format!("a{}", k + 1))
            ));
        }
        format!("{text}; a{count} = x")
    };
    assert_eq!(diff(&chain(100_000, "# + 1")).unwrap(), "1");
    assert_answered_or_limited("doubling", diff(&chain(4_000, "# + #")));
    assert_answered_or_limited("squares", diff(&chain(10_000, "#*#")));
    assert_answered_or_limited("sines", diff(&chain(400, "sin(#)")));
    assert_eq!(kind(diff(&chain(60, "sin(#)*cos(#)"))), "output_too_long");
    let calls: String =
        (0..2_000).map(|k| format!("; g{k}(t) = g{}(t + 1)*2", k + 1)).collect();
    let calls = format!("g0(x){calls}; g2000(t) = t");
    assert_answered_or_limited("calls", diff(&calls));
    let tree: String = (0..60)
        .map(|k| format!("; g{k}(t) = g{n}(2*t) + g{n}(3*t)", n = k + 1))
        .collect();
    assert_answered_or_limited("tree", diff(&format!("g0(x){tree}; g60(t) = t^2")));
}

#[test]
fn strange_bytes_are_refused() {
    for text in
        ["\0", "x\0", "\0\0\0x + 1", "x + \u{7f}", "\u{feff}x", "x\u{200b}y", "💥"]
    {
        let error = diff(text).map(|_| ()).err();
        if let Some(error) = error {
            assert_ne!(error.kind, ErrorKind::EmptyExpression, "{text:?}");
        }
    }
    assert_eq!(kind(diff(&"\0".repeat(1_000_000))), "unexpected_token");
}

#[test]
fn a_text_beyond_the_limit_is_refused() {
    let text = format!("x{}", " ".repeat(calcgrad::syntax::MAX_BYTES));
    assert_eq!(kind(diff(&text)), "too_long");
}
