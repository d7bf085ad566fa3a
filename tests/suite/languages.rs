//! Code as input: rows of readings and of what is refused for each language, which language a
//! text is found to be in, and strange input.

use super::blocks;
use super::random::Random;
use calcgrad::print::{self, Notation};
use calcgrad::session::{Engine, Input, Settings};
use calcgrad::syntax;

const LANGUAGES: [(&str, Input); 4] = [
    ("python", Input::Python),
    ("sympy", Input::Sympy),
    ("mathematica", Input::Mathematica),
    ("maxima", Input::Maxima),
];

/// What strange input is made of.
const PIECES: [&str; 62] = [
    "x",
    "y",
    "2",
    ".5",
    "1e3",
    "1_0",
    "1j",
    "np.sin",
    "math.pi",
    "sp.",
    "S(1)",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ";",
    ":",
    ":=",
    "=",
    "==",
    "+",
    "-",
    "*",
    "**",
    "/",
    "//",
    "%",
    "^",
    "!",
    "'",
    "\"",
    "\n",
    "  ",
    "# c",
    "(*",
    "*)",
    "/*",
    "*/",
    "$",
    "def f(x)",
    "return ",
    "lambda x:",
    " if ",
    " else ",
    "if ",
    " then ",
    "not ",
    " and ",
    "Sin[",
    "D[x",
    "Piecewise",
    "diff(",
    "%e",
    "\\[Alpha]",
    "_",
    "é",
    "I",
    "{x, 2}",
    "import numpy as np",
];

fn settings(input: Option<Input>) -> Settings {
    Settings { input, may_ask: true, ..Settings::default() }
}

/// The rows of a file in two columns; the bar that parts them is the last one, and `\n` is the
/// end of a line.
fn rows(folder: &str, name: &str) -> Vec<(String, String)> {
    let path = blocks::root().join("tests/cases").join(folder).join(name);
    let text = std::fs::read_to_string(path).expect("a file of rows");
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with("# "));
    let split = |line: &str| {
        let (left, right) = line.rsplit_once(" | ").expect("two columns");
        (left.replace("\\n", "\n"), right.to_owned())
    };
    lines.map(split).collect()
}

#[test]
fn code_means_what_the_rows_say() {
    for (folder, input) in LANGUAGES {
        for (code, text) in rows(folder, "readings.txt") {
            let mut engine = Engine::default();
            let read = engine.read(&code, &settings(Some(input)));
            let read = read.unwrap_or_else(|error| panic!("{folder} `{code}`: {error}"));
            let declared: Vec<String> = engine.variables(&read.roots);
            let meant = engine.read(&text, &Settings { declared, ..Settings::default() });
            let meant = meant.unwrap_or_else(|error| panic!("`{text}`: {error}"));
            let found = print::write(&engine.pool, read.roots[0], Notation::Text);
            assert_eq!(read.roots, meant.roots, "{folder} `{code}` is read as {found:?}");
        }
    }
}

#[test]
fn code_that_is_no_formula_is_refused_by_name() {
    for (folder, input) in LANGUAGES {
        for (code, kind) in rows(folder, "refused.txt") {
            let error = Engine::default().read(&code, &settings(Some(input))).err();
            let error = error.unwrap_or_else(|| panic!("{folder} `{code}` is read"));
            assert_eq!(error.kind.id(), kind, "{folder} `{code}`: {error}");
            if let Some(span) = error.span {
                let (start, end) = (span.start as usize, span.end as usize);
                assert!(start <= end && end <= code.len(), "`{code}`: {span:?}");
                assert!(code.is_char_boundary(start) && code.is_char_boundary(end));
            }
        }
    }
}

#[test]
fn the_language_is_found_out() {
    for (text, expected) in rows("code", "detected.txt") {
        let found = match syntax::input_of(&text) {
            Input::Text => "text",
            Input::Latex => "latex",
            other => LANGUAGES.iter().find(|row| row.1 == other).map_or("", |row| row.0),
        };
        assert_eq!(found, expected, "`{text}`");
    }
}

/// A formula that is found to be code is read as that code.
#[test]
fn code_needs_no_flag_where_it_is_plain() {
    for text in ["2*np.sin(x)*np.cos(x)", "2 Sin[x] Cos[x]", "sp.sin(2*x)", "sin(2*x)"] {
        let mut engine = Engine::default();
        let [one, other] = [text, "sin(2*x)"]
            .map(|text| engine.read(text, &settings(None)).expect("a formula"));
        let verdict = engine.equal(&one, &other).expect("a verdict").decision.verdict;
        assert!(format!("{verdict:?}").starts_with("Equal"), "`{text}`: {verdict:?}");
    }
}

#[test]
fn strange_code_is_read_or_refused() {
    let mut random = Random::new(27);
    for _ in 0..6_000 {
        let count = random.between(1, 14);
        let text: String = (0..count).map(|_| random.pick(&PIECES)).collect();
        let (_, input) = random.pick(&LANGUAGES);
        if let Err(error) = Engine::default().read(&text, &settings(Some(input)))
            && let Some(span) = error.span
        {
            let (start, end) = (span.start as usize, span.end as usize);
            assert!(start <= end && end <= text.len(), "`{text}`: {span:?}");
            assert!(
                text.is_char_boundary(start) && text.is_char_boundary(end),
                "`{text}`"
            );
        }
    }
}

#[test]
fn deep_and_long_code_ends() {
    let nested =
        |open: &str, close: &str| open.repeat(3_000) + "x" + &close.repeat(3_000);
    let texts = [
        (Input::Python, nested("(", ")")),
        (Input::Python, nested("np.sin(", ")")),
        (Input::Python, nested("np.heaviside(1, ", ")")),
        (Input::Python, nested("np.gammainc(", ", 1)")),
        (Input::Python, "x if x > 0 else ".repeat(3_000) + "x"),
        (Input::Python, "not ".repeat(20_000) + "x"),
        (Input::Python, "-".repeat(100_000) + "x"),
        (Input::Python, "x**".repeat(20_000) + "x"),
        (Input::Python, "x + ".repeat(100_000) + "x"),
        (Input::Mathematica, nested("Sin[", "]")),
        (Input::Mathematica, "(*".repeat(100_000)),
        (Input::Mathematica, "x ".repeat(100_000)),
        (Input::Maxima, "if x > 0 then ".repeat(3_000)),
        (Input::Sympy, "Not(".repeat(5_000)),
    ];
    for (input, text) in texts {
        // What matters is that it ends.
        let _ = Engine::default().read(&text, &settings(Some(input)));
    }
}
