//! Answers as people write them: each row with the verdict that a teacher gives.

use super::random::Random;
use super::{blocks, console};
use calcgrad::syntax::Reach;

/// The rows of a file: what is between the double colons.
pub(super) fn rows(text: &str) -> Vec<Vec<&str>> {
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with("# "));
    lines.map(|line| line.split(" ::").map(str::trim).collect()).collect()
}

/// What a batch says of requests, one object each.
pub(super) fn respond(requests: &[serde_json::Value]) -> Vec<serde_json::Value> {
    let lines: Vec<String> = requests.iter().map(serde_json::Value::to_string).collect();
    let output = console::run(&console::split("batch -"), lines.join("\n").as_bytes());
    let text = String::from_utf8(output.stdout).expect("text");
    text.lines().map(|line| serde_json::from_str(line).expect("an object")).collect()
}

#[test]
fn answers_get_the_verdict_of_a_teacher() {
    let files = blocks::files(&blocks::root().join("tests/cases/answers"), "txt");
    assert!(files.len() > 3);
    for path in files {
        let text = std::fs::read_to_string(&path).expect("a file");
        let rows = rows(&text);
        assert!(rows.len() > 5, "{}", path.display());
        let request = |row: &Vec<&str>| {
            let [expr, wrt, answer, _] = row[..] else { panic!("four columns: {row:?}") };
            serde_json::json!({
                "command": "check", "expr": expr, "wrt": wrt,
                "answer": answer.replace(" ⏎ ", "\n"),
            })
        };
        let found = respond(&rows.iter().map(request).collect::<Vec<_>>());
        assert_eq!(found.len(), rows.len());
        for (row, found) in rows.iter().zip(found) {
            let verdict = found["verdict"].as_str().unwrap_or("error");
            // What is proved on a part only is a right answer too.
            let verdict = match verdict {
                "equal-on-domain" | "probably-equal" => "equal",
                other => other,
            };
            assert_eq!(verdict, row[3], "{row:?}: {found}");
            assert_eq!(found["ok"], verdict != "unreadable", "{row:?}");
        }
    }
}

/// What strange answers are made of.
const PIECES: [&str; 36] = [
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "<",
    ">",
    "$",
    "\\[",
    "\\]",
    "\\boxed{",
    "\\quad ",
    "\\\\",
    "\\begin{align}",
    "\\end{align}",
    "\\text{for }",
    "=",
    "==",
    ",",
    ";",
    "\n",
    "&",
    "x",
    "2",
    "f'",
    "d/dx ",
    "\\frac{dy}{dx}",
    "the ",
    "is ",
    " dx",
    " cm",
    "**",
    "`",
    "\\left(",
    "é",
];

#[test]
fn strange_answers_are_taken_apart_without_harm() {
    let mut random = Random::new(36);
    for round in 0..4_000 {
        let length = 1 + random.place(if round % 40 == 0 { 400 } else { 14 });
        let text: String = (0..length).map(|_| random.pick(&PIECES)).collect();
        let stated = calcgrad::syntax::stated(&text, &|name| name == "x");
        calcgrad::syntax::derivation(&text, &|name| name == "x");
        assert!(!stated.items.is_empty(), "{text}");
        for item in stated.items {
            assert!(text.contains(item.formula), "{text}: {}", item.formula);
        }
    }
    // A cost that grows with the square of the length would not end.
    for piece in PIECES {
        let text = piece.repeat(30_000 / piece.len());
        calcgrad::syntax::stated(&text, &|name| name == "x");
        calcgrad::syntax::derivation(&text, &|name| name == "x");
        let short = piece.repeat(4_000 / piece.len());
        calcgrad::syntax::inert(&short, Reach::Term, &|name| name == "x");
    }
}

#[test]
fn decimal_logarithms_are_read_where_they_are_asked_for() {
    let request = |expr: &str, log: &str| serde_json::json!({ "command": "simplify", "expr": expr, "log": log });
    let rows = [
        ("log(100)", "10", "2"),
        ("log 1000", "10", "3"),
        ("\\log 100", "10", "2"),
        ("\\log_2 8", "10", "3"),
        ("ln(e)", "10", "1"),
        ("log(e)", "e", "1"),
    ];
    let requests: Vec<_> = rows.iter().map(|(expr, log, _)| request(expr, log)).collect();
    for ((expr, _, value), found) in rows.iter().zip(respond(&requests)) {
        assert_eq!(found["value"]["text"], *value, "{expr}: {found}");
    }
}
