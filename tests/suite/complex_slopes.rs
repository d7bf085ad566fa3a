//! Derivatives over the complex numbers beside quotients of differences: principal branches on
//! both sides of the axes, where those over the real numbers have absolute values.

use super::console;
use serde_json::{Value, json};

/// Functions of one argument with values over the complex numbers.
const FUNCTIONS: &str = "sqrt ln sin cos tan cot sec csc sinh cosh tanh coth sech csch arcsin \
    arccos arctan arccot arcsec arccsc arsinh arcosh artanh arcoth arsech arcsch sigmoid \
    softplus log10 expm1 log1p";
/// Points on no cut of any of them, as real and imaginary parts.
const POINTS: [(&str, &str); 5] =
    [("2", "1"), ("-2", "1/3"), ("1/3", "-1/2"), ("-1/2", "-2"), ("-3", "-1/7")];
/// The step of a quotient, which is off by about its square.
const STEP: &str = "1/10^10";
const CLOSE: f64 = 1e-12;

/// The answers to requests of a batch.
fn answered(requests: &[Value]) -> Vec<Value> {
    let lines: String = requests.iter().map(|request| format!("{request}\n")).collect();
    let output = console::run(&["batch".to_owned()], lines.as_bytes());
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.lines().map(|line| serde_json::from_str(line).expect("a record")).collect()
}

/// `a + b*i`, as it is written, as its two parts.
fn complex(text: &str) -> [f64; 2] {
    let text = text.replace(" - ", " + -");
    let mut parts = [0.0; 2];
    for term in text.split(" + ") {
        let (place, size) = match term.strip_suffix('i') {
            Some(size) => (1, size.trim_end_matches('*')),
            None => (0, term),
        };
        let size = match size {
            "" => "1",
            "-" => "-1",
            size => size,
        };
        parts[place] = size.parse().unwrap_or_else(|_| panic!("`{text}` is a number"));
    }
    parts
}

#[test]
fn derivatives_over_the_complex_numbers_are_limits_of_quotients() {
    let functions: Vec<&str> = FUNCTIONS.split_whitespace().collect();
    let asked = functions.iter().map(|name| {
        let expr = format!("{name}(x)");
        json!({"command": "diff", "expr": expr, "wrt": ["x"], "domain": "complex"})
    });
    let slopes = answered(&asked.collect::<Vec<Value>>());
    let mut values = Vec::new();
    for (name, slope) in functions.iter().zip(&slopes) {
        let slope = slope["partials"][0]["text"].as_str().expect("a derivative");
        for (re, im) in POINTS {
            let at = format!("({re} + ({im})*i)");
            // The letter stands alone in a derivative, and `exp` is none of the functions.
            let derivative = slope.replace('x', &at);
            let quotient =
                format!("({name}({at}+{STEP}) - {name}({at}-{STEP}))/(2*{STEP})");
            for expr in [derivative, quotient] {
                values.push(json!({
                    "command": "eval", "expr": expr, "domain": "complex", "digits": 40
                }));
            }
        }
    }
    let found = answered(&values);
    assert_eq!(found.len(), values.len());
    for (asked, pair) in values.chunks(2).zip(found.chunks(2)) {
        let [slope, quotient] = [0, 1].map(|place| {
            let decimal = pair[place]["decimal"][0].as_str();
            complex(
                decimal.unwrap_or_else(|| panic!("{}: {}", asked[place], pair[place])),
            )
        });
        let gap = (slope[0] - quotient[0]).hypot(slope[1] - quotient[1]);
        let size = slope[0].hypot(slope[1]);
        assert!(gap <= CLOSE * (1.0 + size), "{}: {slope:?}, {quotient:?}", asked[0]);
    }
}
