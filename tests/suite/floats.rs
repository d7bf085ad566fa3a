//! Digits of values in doubles: none beyond what is certain, against values with many digits.

use super::console::run;
use super::random::Random;

/// Formulas in x and y, many of them ill conditioned at some of the points.
const FORMULAS: [&str; 16] = [
    "x*sin(y) + e^(x*y)/(1 + x^2)",
    "(1 - cos(x))/x^2",
    "sqrt(x^2 + 1) - x",
    "ln(1 + x^2*y^2) - x*y",
    "e^x - 1 - x - x^2/2",
    "tan(x) - sin(y)",
    "1/(x - y) - 1/(x + y)",
    "abs(x - 1/3)*y",
    "max(x, y)^3 - x^3",
    "arctan(x/y) + arcsin(x/10)",
    "cbrt(x - 1/2)*y^(2/3)",
    "(x^2 + y^2)^(3/2) - x^3",
    "floor(3*x) + x - y",
    "log10(abs(x)) + log2(abs(y))",
    "sinh(x)*cosh(y) - tanh(x - y)",
    "piecewise(x < y, x^2, y^3)",
];

/// Whether a number that was shown is within a unit of its last digit of the true one.
fn is_near(shown: &str, exact: &str) -> bool {
    let digits = shown.split('e').next().unwrap_or(shown);
    let digits = digits.trim_start_matches(['-', '0', '.']).replace('.', "");
    let value: f64 = shown.parse().expect("a number");
    let exact: f64 = exact.parse().expect("a number");
    if value == 0.0 {
        return exact == 0.0;
    }
    let unit = 10_f64.powf(value.abs().log10().floor() + 1.0 - digits.len() as f64);
    (value - exact).abs() <= 1.01 * unit + 4.0 * f64::EPSILON * exact.abs()
}

fn lines(arguments: &[&str], input: &str) -> Vec<String> {
    let arguments: Vec<String> =
        arguments.iter().map(|word| (*word).to_owned()).collect();
    let output = run(&arguments, input.as_bytes());
    let text = String::from_utf8(output.stdout).expect("text");
    text.lines().map(str::to_owned).collect()
}

/// What stands behind a field up to a comma or the end, outside of a text.
fn field<'a>(record: &'a str, name: &str) -> Option<&'a str> {
    let from = record.find(&format!("\"{name}\":"))? + name.len() + 3;
    let rest = &record[from..];
    Some(rest[..rest.find(['}', ']'])?].trim_start_matches('['))
}

#[test]
fn digits_of_doubles_are_certain() {
    let mut chance = Random::new(220);
    let (mut shown, mut left) = (0, 0);
    for formula in FORMULAS {
        let points: Vec<[String; 2]> = (0..40)
            .map(|round| {
                let scale = [1e-7, 1e-3, 0.3, 3.0, 40.0][round % 5];
                [(); 2].map(|()| format!("{:.*}", round % 9 + 1, scale * chance.noise()))
            })
            .chain(
                [["0.5", "0.5"], ["0", "1"], ["1", "1"], ["1e-9", "2"]]
                    .map(|[x, y]| [x.to_owned(), y.to_owned()]),
            )
            .collect();
        let table: String = points.iter().map(|[x, y]| format!("{x},{y}\n")).collect();
        let found = lines(
            &["batch", "--floats", "--command", "gradient", "--expr", formula],
            &format!("x,y\n{table}"),
        );
        let request = |expr: &str, at: &str| {
            format!(
                "{{\"command\": \"eval\", \"expr\": \"{expr}\", \"at\": {at}, \"digits\": 25}}\n"
            )
        };
        let derivatives: Vec<String> = ["x", "y"]
            .map(|wrt| lines(&["diff", formula, "--wrt", wrt, "--bare"], "").join(""))
            .to_vec();
        for ([x, y], record) in points.iter().zip(&found) {
            let (Some(value), Some(gradient)) =
                (field(record, "value"), field(record, "gradient"))
            else {
                left += 1;
                continue;
            };
            let value = value.split(',').next().expect("a number");
            let numbers = std::iter::once(value).chain(gradient.split(','));
            let at = format!("{{\"x\": \"{x}\", \"y\": \"{y}\"}}");
            let input: String = std::iter::once(formula)
                .chain(derivatives.iter().map(String::as_str))
                .map(|expr| request(expr, &at))
                .collect();
            let exact = lines(&["batch"], &input);
            for (number, exact) in numbers.zip(&exact) {
                let Some(decimal) = field(exact, "decimal") else {
                    let text = field(exact, "value").unwrap_or_default();
                    let text = text.split('"').nth(3).unwrap_or_default();
                    let Ok(_) = text.parse::<f64>() else { continue };
                    assert!(
                        is_near(number, text),
                        "{formula} at {at}: {number} is {text}"
                    );
                    shown += 1;
                    continue;
                };
                let decimal = decimal.trim_matches('"');
                assert!(
                    is_near(number, decimal),
                    "{formula} at {at}: {number} is {decimal}"
                );
                shown += 1;
            }
        }
    }
    assert!(shown > 1000 && left < 300, "{shown} shown, {left} left");
}
