//! LaTeX as input: rows of readings, rows of what is refused, and everything that calcgrad
//! writes in LaTeX, read again.

use super::blocks;
use super::laws::cases;
use super::random::Random;
use calcgrad::print::{self, Notation};
use calcgrad::session::{Engine, Input, Settings};

/// What strange input is made of.
const PIECES: [&str; 44] = [
    "\\frac",
    "{",
    "}",
    "(",
    ")",
    "\\left",
    "\\right",
    "|",
    "^",
    "_",
    "x",
    "y",
    "2",
    "12",
    "\\sin",
    "\\sqrt",
    "[",
    "]",
    "\\begin{cases}",
    "\\end{cases}",
    "&",
    "\\\\",
    "'",
    "!",
    "\\text{a}",
    "\\operatorname{J}",
    "\\log",
    "+",
    "-",
    "\\cdot",
    "\\mathrm",
    ",",
    "=",
    "\\partial",
    "d",
    "\\over",
    "\\hat",
    "{}",
    " ",
    "\\lnx",
    "\\bigl",
    "\\%",
    "\\int",
    "é",
];

fn settings() -> Settings {
    let input = Some(Input::Latex);
    Settings { input, may_ask: true, ..Settings::default() }
}

/// The rows of a file in two columns; the bar that parts them is the last one.
fn rows(name: &str) -> Vec<(String, String)> {
    let path = blocks::root().join("tests/cases/latex").join(name);
    let text = std::fs::read_to_string(path).expect("a file of rows");
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with("# "));
    let split = |line: &str| {
        let (left, right) = line.rsplit_once(" | ").expect("two columns");
        (left.to_owned(), right.to_owned())
    };
    lines.map(split).collect()
}

#[test]
fn latex_means_what_the_rows_say() {
    for (latex, text) in rows("readings.txt") {
        let mut engine = Engine::default();
        let read = engine.read(&latex, &settings());
        let read = read.unwrap_or_else(|error| panic!("`{latex}`: {error}"));
        let declared: Vec<String> = engine.variables(&read.roots);
        let meant = engine.read(&text, &Settings { declared, ..Settings::default() });
        let meant = meant.unwrap_or_else(|error| panic!("`{text}`: {error}"));
        let found = print::write(&engine.pool, read.roots[0], Notation::Text);
        assert_eq!(read.roots, meant.roots, "`{latex}` is read as {found:?}");
    }
}

#[test]
fn what_is_no_formula_is_refused_by_name() {
    for (latex, kind) in rows("refused.txt") {
        let error = Engine::default().read(&latex, &settings()).err();
        let error = error.unwrap_or_else(|| panic!("`{latex}` is read"));
        assert_eq!(error.kind.id(), kind, "`{latex}`: {error}");
        if let Some(span) = error.span {
            let (start, end) = (span.start as usize, span.end as usize);
            assert!(start <= end && end <= latex.len(), "`{latex}`: {span:?}");
            assert!(latex.is_char_boundary(start) && latex.is_char_boundary(end));
        }
    }
}

/// The formulas of all files of cases.
fn formulas() -> Vec<String> {
    let folders = ["rules", "special", "textbook", "learning", "piecewise", "abstracts"];
    let mut found = Vec::new();
    for folder in folders {
        let path = blocks::root().join("tests/cases").join(folder);
        let entries = std::fs::read_dir(path).expect("a folder of cases");
        for entry in entries {
            let path = entry.expect("a file").path();
            let text = std::fs::read_to_string(path).expect("a text");
            found.extend(text.lines().map(str::to_owned));
        }
    }
    found.sort();
    found
}

#[test]
fn what_is_written_in_latex_reads_back() {
    let mut tried = 0;
    for text in formulas() {
        let mut engine = Engine::default();
        let Ok(formula) = engine.read(&text, &Settings::default()) else { continue };
        let [id] = formula.roots[..] else { continue };
        let Ok(latex) = print::write(&engine.pool, id, Notation::Latex) else { continue };
        // Words of sentences are no names of formulas.
        let names = engine.variables(&formula.roots);
        if names.iter().any(|name| WORDS.contains(&name.as_str())) {
            continue;
        }
        tried += 1;
        let again = engine.read(&latex, &settings());
        let again = again.unwrap_or_else(|error| panic!("`{text}`, `{latex}`: {error}"));
        let found = print::write(&engine.pool, again.roots[0], Notation::Text);
        assert_eq!(again.roots, formula.roots, "`{text}`, `{latex}` is {found:?}");
    }
    assert!(tried > 200, "{tried} formulas");
}

/// Words that say something in LaTeX.
const WORDS: [&str; 8] = ["and", "or", "if", "for", "when", "where", "else", "otherwise"];

/// Factors that stand badly beside each other in LaTeX.
const FACTORS: [&str; 36] = [
    "x",
    "y",
    "n",
    "f",
    "theta",
    "k_B",
    "x_max",
    "2",
    "3/4",
    "pi",
    "e^x",
    "(x + y)",
    "(x + 1)^n",
    "(5/2)^n",
    "(y/3)^(x + 1)",
    "(x*y)^n",
    "sin(x)",
    "sec(y)^(5/2)",
    "ln(x)^n",
    "ln(x)^(3/2)",
    "cosh(2*x)^2",
    "(2 - cosh(x)^2)",
    "arccos(x)^3",
    "sqrt(x + 1)",
    "sqrt(x/y)",
    "abs(tan(x))^(4/3)",
    "sin(y)!",
    "n!",
    "(n/2)!",
    "(n + 1)!",
    "cbrt(y)^2",
    "gamma(x)^2",
    "max(x, y)^2",
    "floor(x)",
    "tan(x/2)^(1/3)",
    "log2(x)^2",
];

/// A sum of one or two quotients of a few factors.
fn crowded(random: &mut Random) -> String {
    let mut text = String::new();
    for term in 0..random.between(1, 2) {
        text.push_str(if term == 0 { "" } else { " - " });
        for place in 0..random.between(1, 4) {
            text.push_str(match (place, random.between(0, 2)) {
                (0, _) => "",
                (_, 0) => "/",
                _ => "*",
            });
            text.push_str(random.pick(&FACTORS));
        }
    }
    text
}

#[test]
fn factors_of_every_kind_read_back_beside_each_other() {
    let mut random = Random::new(31);
    for _ in 0..1_500 {
        let text = crowded(&mut random);
        let mut engine = Engine::default();
        let formula = engine.read(&text, &Settings::default()).expect("a formula");
        let id = formula.roots[0];
        let Ok(latex) = print::write(&engine.pool, id, Notation::Latex) else { continue };
        let again = engine.read(&latex, &settings());
        let again = again.unwrap_or_else(|error| panic!("`{text}`, `{latex}`: {error}"));
        let found = print::write(&engine.pool, again.roots[0], Notation::Text);
        assert_eq!(again.roots, formula.roots, "`{text}`, `{latex}` is {found:?}");
    }
}

#[test]
fn strange_latex_is_read_or_refused() {
    let mut random = Random::new(17);
    for _ in 0..20_000 {
        let count = random.between(1, 14);
        let text: String = (0..count).map(|_| random.pick(&PIECES)).collect();
        let read = Engine::default().read(&text, &settings());
        if let Err(error) = read {
            let is_internal = error.kind.id() == "internal";
            assert!(!is_internal, "`{text}`: {error}");
            let end = error.span.map_or(0, |span| span.end as usize);
            assert!(end <= text.len(), "`{text}`: {:?}", error.span);
        }
    }
}

#[test]
fn any_text_is_read_or_refused_as_latex() {
    cases(2_000)
        .run(&"\\PC{0,40}", |text| {
            let _ = Engine::default().read(&text, &settings());
            Ok(())
        })
        .expect("no panic");
}

#[test]
fn deep_latex_is_read_or_refused() {
    for piece in [
        "{",
        "\\frac{1}{",
        "\\sqrt{",
        "\\left(",
        "(",
        "x^{",
        "\\sqrt",
        "-",
        "|",
        "\\sin ",
    ] {
        for count in [100, 3_000, 100_000] {
            let open = piece.repeat(count) + "x";
            let _ = Engine::default().read(&open, &settings());
            let close = match piece {
                "\\left(" => "\\right)",
                "(" => ")",
                "|" => "|",
                piece if piece.ends_with('{') => "}",
                _ => "",
            };
            let whole = open + &close.repeat(count);
            let _ = Engine::default().read(&whole, &settings());
        }
    }
}
