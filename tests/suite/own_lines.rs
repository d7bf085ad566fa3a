//! Derivations as people write them, judged line by line: each row with what a teacher says of
//! each line; and derivations in which the wrong line is known, because it was made wrong.

use super::answers::{respond, rows};
use super::blocks;
use super::random::Random;
use serde_json::{Value, json};

fn check(expr: &str, wrt: &str, answer: &str) -> Value {
    json!({"command": "check", "expr": expr, "wrt": wrt, "answer": answer, "steps": true})
}

/// What is said of a line, in a letter.
fn letter(line: &Value) -> char {
    let verdict = line["verdict"].as_str().unwrap_or_default();
    let is_right = matches!(verdict, "equal" | "equal-on-domain" | "probably-equal");
    match (verdict, line["follows"].as_bool()) {
        ("unreadable", _) => 'u',
        ("given", Some(true)) => 'g',
        (_, Some(true)) if is_right => 'r',
        (_, Some(true)) => 'f',
        (_, Some(false)) if is_right => 'a',
        (_, Some(false)) => 'w',
        (_, None) => 'o',
    }
}

fn letters(found: &Value) -> String {
    found["lines"]
        .as_array()
        .map_or_else(String::new, |all| all.iter().map(letter).collect())
}

/// Whether a verdict is one of the right ones.
fn verdict(found: &Value) -> &str {
    match found["verdict"].as_str().unwrap_or("error") {
        "equal-on-domain" | "probably-equal" => "equal",
        other => other,
    }
}

#[test]
fn lines_get_the_verdict_of_a_teacher() {
    let files = blocks::files(&blocks::root().join("tests/cases/derivations"), "txt");
    assert!(files.len() > 2);
    for path in files {
        let text = std::fs::read_to_string(&path).expect("a file");
        let rows = rows(&text);
        assert!(rows.len() > 5, "{}", path.display());
        let requests: Vec<Value> = rows
            .iter()
            .map(|row| check(row[0], row[1], &row[2].replace('⏎', "\n")))
            .collect();
        for (row, found) in rows.iter().zip(respond(&requests)) {
            assert_eq!(letters(&found), row[3], "{row:?}: {found:#}");
            assert_eq!(verdict(&found), row[4], "{row:?}: {found:#}");
            let Some(first) = row.get(5) else { continue };
            let (number, mistake) = first.split_once(' ').unwrap_or((first, ""));
            assert_eq!(found["first_wrong"].to_string(), number, "{row:?}");
            let number: usize = number.parse().expect("a number");
            let line = &found["lines"][number - 1];
            let told = line["mistakes"][0]["id"].as_str().unwrap_or("");
            assert_eq!(told, mistake, "{row:?}: {line:#}");
            assert!(
                line["witness"].is_object() || line["reason"].is_string(),
                "{row:?}: {line}"
            );
        }
    }
}

/// Functions whose derivatives are written in several forms.
const FUNCTIONS: [&str; 16] = [
    "x^2*sin(3*x)",
    "(x^2 + 1)/(x - 2)",
    "sqrt(x^2 + 1)*x",
    "e^(2*x)*cos(x)",
    "ln(x^2 + 3)",
    "(2*x + 1)^3*(x - 4)",
    "tan(x)*x",
    "x^3*e^x - x",
    "sin(x)^2*cos(x)",
    "atan(x)/x",
    "(x + 1)*(x + 2)*(x + 3)",
    "1/(x^2 + x + 1)",
    "cosh(x)*x^2",
    "x*ln(x)",
    "x^(5/2) + sqrt(x)",
    "sin(x*cos(x))",
];

/// Right lines for the derivative of each function, in LaTeX or text.
fn right_lines(notation: &str) -> Vec<Vec<String>> {
    let forms = ["raw", "auto", "expanded", "factored"];
    let requests: Vec<Value> = FUNCTIONS
        .iter()
        .flat_map(|expr| {
            forms.map(|form| json!({"expr": expr, "wrt": "x", "form": form}))
        })
        .collect();
    let lines = respond(&requests).into_iter().map(|found| {
        found["partials"][0][notation].as_str().expect("a derivative").to_owned()
    });
    let lines: Vec<String> = lines.collect();
    lines.chunks(forms.len()).map(<[String]>::to_vec).collect()
}

#[test]
fn the_line_that_was_made_wrong_is_found() {
    let mut random = Random::new(19);
    for notation in ["text", "latex"] {
        let (times, open, close) = match notation {
            "latex" => (" \\cdot ", "\\left(", "\\right)"),
            _ => ("*", "(", ")"),
        };
        let mut requests = Vec::new();
        let mut expected = Vec::new();
        for (expr, lines) in FUNCTIONS.iter().zip(right_lines(notation)) {
            let whole = |line: &String| format!("{open}{line}{close}");
            let chain = |lines: &[String]| format!("f'(x) = {}", lines.join("\n= "));
            // All right.
            requests.push(check(expr, "x", &chain(&lines)));
            expected.push(("rrrr".to_owned(), true));
            // One line is wrong, and the next one is right again.
            let at = random.place(lines.len());
            let mut one = lines.clone();
            one[at] = format!("{}{times}{}", 2 + random.place(5), whole(&one[at]));
            let letters = (0..4).map(|place| match place {
                place if place == at => 'w',
                place if place == at + 1 => 'a',
                _ => 'r',
            });
            requests.push(check(expr, "x", &chain(&one)));
            expected.push((letters.collect(), at < 3));
            // The mistake is carried on.
            let factor = 2 + random.place(5);
            let mut all = lines.clone();
            for line in &mut all[at..] {
                *line = format!("{factor}{times}{} + {at}", whole(line));
            }
            let letters = (0..4).map(|place| match place {
                place if place == at => 'w',
                place if place > at => 'f',
                _ => 'r',
            });
            requests.push(check(expr, "x", &chain(&all)));
            expected.push((letters.collect(), false));
        }
        for ((request, found), (letters_of_it, is_right)) in
            requests.iter().zip(respond(&requests)).zip(expected)
        {
            assert_eq!(letters(&found), letters_of_it, "{request}: {found:#}");
            assert_eq!(verdict(&found) == "equal", is_right, "{request}: {found}");
        }
    }
}

#[test]
fn long_derivations_take_time_in_proportion() {
    let chain = |count: usize| {
        let lines = (0..count).map(|n| format!("{}*x - {n}*x", n + 2));
        format!("f'(x) = {}", lines.collect::<Vec<_>>().join("\n= "))
    };
    let requests = [1000, 1].map(|count| check("x^2", "x", &chain(count)));
    let found = respond(&requests);
    assert_eq!(letters(&found[0]), "r".repeat(1000));
    let long = format!("f'(x) = 2*x{}", " ".repeat(1 << 18));
    let found = respond(&[check("x^2", "x", &long)]);
    assert_eq!(verdict(&found[0]), "unreadable", "{found:?}");
}
