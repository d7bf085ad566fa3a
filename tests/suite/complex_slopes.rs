//! The function table over the complex numbers: what is a function of real numbers only has
//! no derivative, all others have one that is the limit of quotients along the real line and
//! across it.

use super::console;
use calcgrad::function::spec::{ARGUMENTS, Arity, FunctionSpec};
use calcgrad::function::{self, is_real};
use serde_json::{Value, json};

/// Points on no cut of any of them, as real and imaginary parts.
const POINTS: [(&str, &str); 5] =
    [("2", "1"), ("-2", "1/3"), ("1/3", "-1/2"), ("-1/2", "-2"), ("-3", "-1/7")];
/// The step of a quotient, which is off by about its square.
const STEP: &str = "1/10^10";
const CLOSE: f64 = 1e-12;
/// So many rows have values beside the real line at least.
const MOST: usize = 40;

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

/// Each row that has a derivative in an argument, with the place of the argument.
fn cases() -> Vec<(&'static FunctionSpec, usize)> {
    let rows = function::rows().map(|(_, row)| row);
    let all = rows.flat_map(|row| (0..row.derivatives.len()).map(move |k| (row, k)));
    all.filter(|(row, k)| !row.derivatives[*k].is_empty()).collect()
}

/// A row over letters, of which one is `x`.
fn typed(row: &FunctionSpec, place: usize, x: &str) -> String {
    let (Arity::Exactly(count) | Arity::AtLeast(count)) = row.arity;
    let letters: Vec<&str> =
        (0..count).map(|k| if k == place { x } else { ARGUMENTS[k] }).collect();
    format!("{}({})", row.name, letters.join(", "))
}

#[test]
fn functions_of_real_numbers_have_no_complex_derivative() {
    let cases = cases();
    let asked = cases.iter().map(|(row, place)| {
        let expr = typed(row, *place, "x");
        json!({"command": "diff", "expr": expr, "wrt": ["x"], "domain": "complex"})
    });
    let found = answered(&asked.collect::<Vec<Value>>());
    assert_eq!(found.len(), cases.len());
    for ((row, _), answer) in cases.iter().zip(&found) {
        let message = answer["error"]["message"].as_str().unwrap_or_default();
        assert_eq!(
            message.ends_with("has no complex derivative"),
            is_real(row),
            "{}: {answer}",
            row.name
        );
        assert!(is_real(row) || answer["ok"] == true, "{}: {answer}", row.name);
    }
}

#[test]
fn derivatives_over_the_complex_numbers_are_limits_of_quotients() {
    // Of several arguments, the others are real.
    const OTHERS: [&str; 4] = ["3/2", "2/3", "5/4", "1/3"];
    let cases: Vec<(&FunctionSpec, usize)> =
        cases().into_iter().filter(|(row, _)| !is_real(row)).collect();
    let asked = cases.iter().map(|(row, place)| {
        let expr = typed(row, *place, "x");
        json!({"command": "diff", "expr": expr, "wrt": ["x"], "domain": "complex"})
    });
    let slopes = answered(&asked.collect::<Vec<Value>>());
    let mut values = Vec::new();
    for ((row, place), slope) in cases.iter().zip(&slopes) {
        let slope = slope["partials"][0]["text"].as_str().expect("a derivative");
        for (re, im) in POINTS {
            let number = format!("{re} + ({im})*i");
            let at = |by: &str| typed(row, *place, &format!("(x {by})"));
            let quotient = |step: &str| {
                let (up, down) = (at(&format!("+ {step}")), at(&format!("- {step}")));
                format!("({up} - {down})/(2*{step})")
            };
            let forms =
                [slope.to_owned(), quotient(STEP), quotient(&format!("{STEP}*i"))];
            for expr in forms {
                let mut at = json!({"x": number});
                let names = ARGUMENTS.iter().zip(OTHERS).enumerate();
                for (k, (name, other)) in names {
                    if k != *place && k < row.derivatives.len() {
                        at[*name] = json!(other);
                    }
                }
                values.push(json!({
                    "command": "eval", "expr": expr, "at": at,
                    "domain": "complex", "digits": 40
                }));
            }
        }
    }
    let found = answered(&values);
    assert_eq!(found.len(), values.len());
    let mut compared = Vec::new();
    for (place, (asked, three)) in values.chunks(3).zip(found.chunks(3)).enumerate() {
        let numbers: Vec<[f64; 2]> = three
            .iter()
            .filter_map(|answer| answer["decimal"][0].as_str().map(complex))
            .collect();
        let [slope, along, across] = numbers[..] else {
            // Most special functions have values on the real line only.
            let kind = three.iter().find_map(|answer| answer["error"]["kind"].as_str());
            assert_eq!(kind, Some("unsupported"), "{asked:?}: {three:?}");
            continue;
        };
        for quotient in [along, across] {
            let gap = (slope[0] - quotient[0]).hypot(slope[1] - quotient[1]);
            let size = slope[0].hypot(slope[1]);
            assert!(gap <= CLOSE * (1.0 + size), "{}: {slope:?}, {quotient:?}", asked[0]);
        }
        compared.push(cases[place / POINTS.len()].0.name);
    }
    compared.dedup();
    assert!(compared.len() >= MOST, "{} rows: {compared:?}", compared.len());
}
