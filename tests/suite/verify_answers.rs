//! `verify-answers`: pairs of known truth from `tests/cases/verify_answers/`, pairs that are
//! made with their truth, and files that console sessions cannot show.

use super::console::{self, calcgrad};
use super::random::Random;
use super::{blocks, formulas, laws};
use calcgrad::print::{self, Notation};
use calcgrad::session::{Engine, Settings, Terms};
use std::cell::RefCell;
use std::fmt::Write;

/// How many pairs are made of each kind.
const PAIRS: usize = 120;
/// How many random formulas are verified, each against six answers.
const FORMULAS: u32 = 40;

/// What is true of a pair, and what may be said of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Truth {
    /// It is equal, and called so.
    Equal,
    /// It is equal, and may be undecided.
    PerhapsEqual,
    /// It differs, and is called so.
    Different,
    /// It differs, and may be undecided.
    PerhapsDifferent,
    /// Nobody can tell, so nothing may be said.
    Open,
}

const SIGNS: [(&str, Truth); 5] = [
    (" == ", Truth::Equal),
    (" =? ", Truth::PerhapsEqual),
    (" <> ", Truth::Different),
    (" <? ", Truth::PerhapsDifferent),
    (" ?? ", Truth::Open),
];

impl Truth {
    fn allows(self, verdict: &str) -> bool {
        let is_equal = matches!(verdict, "equal" | "equal-on-domain" | "probably-equal");
        let is_different = matches!(verdict, "different" | "wrong-shape");
        match self {
            Self::Equal => is_equal,
            Self::PerhapsEqual => !is_different,
            Self::Different => is_different,
            Self::PerhapsDifferent => !is_equal,
            Self::Open => !is_equal && !is_different,
        }
    }
}

/// The pairs of all files, with where they stand.
fn pairs() -> Vec<(String, String, Truth, String)> {
    let mut found = Vec::new();
    let folder = blocks::root().join("tests/cases/verify_answers");
    for path in blocks::files(&folder, "txt") {
        let text = std::fs::read_to_string(&path).expect("a file of pairs");
        for (place, line) in text.lines().enumerate() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let split = SIGNS.iter().find_map(|(sign, truth)| {
                line.split_once(sign).map(|(gold, answer)| (gold, *truth, answer))
            });
            let (gold, truth, answer) = split.expect("a line has a sign");
            let place = format!("{}:{}", path.display(), place + 1);
            let answer = answer.replace(" ⏎ ", "\n");
            found.push((place, gold.to_owned(), truth, answer));
        }
    }
    found
}

/// Complains about a verdict that its truth does not allow, in both orders.
fn judge(
    engine: &mut Engine,
    place: &str,
    (gold, truth, answer): (&str, Truth, &str),
    wrong: &mut String,
) {
    for (gold, answer) in [(gold, answer), (answer, gold)] {
        let found = engine.verify_answer(gold, answer, &Terms::default());
        if !truth.allows(found.verdict()) {
            let verdict = found.verdict();
            let _ = writeln!(wrong, "{place}: {gold} @ {answer}: {truth:?} is {verdict}");
        }
    }
}

#[test]
fn every_pair_has_its_verdict() {
    let mut engine = Engine::default();
    let mut wrong = String::new();
    let pairs = pairs();
    assert!(pairs.len() > 600);
    for (place, gold, truth, answer) in &pairs {
        judge(&mut engine, place, (gold, *truth, answer), &mut wrong);
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

fn verify(arguments: &str, input: &[u8], threads: &str) -> String {
    let mut command = calcgrad();
    command.args(console::split(&format!("verify-answers {arguments}")));
    command.env("RAYON_NUM_THREADS", threads);
    let output = console::fed(command, input);
    assert_eq!(output.status.code(), Some(0));
    String::from_utf8(output.stdout).expect("text")
}

/// A row has the same record wherever it stands, and on however many threads.
#[test]
fn rows_do_not_know_of_each_other() {
    let rows = pairs().into_iter().enumerate().step_by(3);
    let mut rows: Vec<String> = rows
        .map(|(id, (_, gold, _, answer))| {
            serde_json::json!({ "id": id, "gold": gold, "answer": answer }).to_string()
        })
        .collect();
    let records = |rows: &[String], threads: &str| {
        let mut text = rows.join("\n");
        text.push('\n');
        let found = verify("-", text.as_bytes(), threads);
        let mut found: Vec<String> = found.lines().map(str::to_owned).collect();
        assert_eq!(found.len(), rows.len());
        found.sort();
        found
    };
    let first = records(&rows, "1");
    Random::new(22).shuffle(&mut rows);
    assert_eq!(first, records(&rows, "3"));
    rows.reverse();
    assert_eq!(first, records(&rows, "2"));
}

/// A broken row costs none of the others, and each has one record in its place.
#[test]
fn every_row_has_a_record() {
    let rows = [
        (r#"{"gold": "1", "answer": "1"}"#, "equal"),
        (r#"{"gold": "1"}"#, "unreadable"),
        (r#"{"gold": "1", "answer": ["1"]}"#, "unreadable"),
        ("not JSON", "unreadable"),
        (r#"{"gold": 1, "answer": 1.0}"#, "equal"),
        (r#"{"gold": "1", "answer": ""}"#, "unreadable"),
        (r#"{"gold": "((((", "answer": "2"}"#, "unreadable"),
        (r#"{"gold": "2", "answer": "\\boxed{\\frac{4}{2}}"}"#, "equal"),
        ("[]", "unreadable"),
        (r#"{"gold": "\u0000", "answer": "\ud83d\ude00"}"#, "unreadable"),
        (r#"{"gold": "1", "gold": "2", "answer": "1"}"#, "unreadable"),
        (r#"{"gold": "x", "answer": "x", "model": "m"}"#, "equal"),
    ];
    let text: String = rows.iter().map(|(row, _)| format!("{row}\n")).collect();
    let found = verify("- --summary", text.as_bytes(), "2");
    let records: Vec<serde_json::Value> =
        found.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(records.len(), rows.len() + 1);
    for ((row, verdict), record) in rows.iter().zip(&records) {
        assert_eq!(record["verdict"], *verdict, "{row}: {record}");
    }
    assert_eq!(records[11]["extra"]["model"], "m");
    assert_eq!(records[12]["summary"]["pairs"], rows.len());
}

/// What is hostile or careless ends soon, and never in a defect.
#[test]
fn hostile_answers_are_records() {
    let deep = format!("{}1{}", "(".repeat(3_000), ")".repeat(3_000));
    let many = (0..4_000).map(|n| n.to_string()).collect::<Vec<_>>().join(", ");
    let sets = format!("{}1{}", "\\{".repeat(500), "\\}".repeat(500));
    let signs = "\\pm ".repeat(2_000);
    let towers = "9^".repeat(200) + "9";
    let words = "the answer is ".repeat(2_000);
    let chain = "=".repeat(30_000);
    let hostile: [&str; 19] = [
        &chain,
        &deep,
        &many,
        &sets,
        &signs,
        &towers,
        &words,
        "$",
        "$$",
        "\\boxed{",
        "####",
        "{",
        "\\{",
        "(,)",
        "[;)",
        "\\begin{pmatrix}",
        "x = = 2",
        "<>",
        "\u{202e}1",
    ];
    let mut engine = Engine::default();
    for (place, text) in hostile.iter().enumerate() {
        for other in ["1", text] {
            let found = engine.verify_answer(text, other, &Terms::default());
            let is_defect =
                found.found.is_err_and(|one| one.error.kind.id() == "internal");
            assert!(!is_defect, "{place}");
        }
    }
}

/// Hands over random formulas, the same in every run.
fn each_formula(visit: impl FnMut(&str)) {
    let visit = RefCell::new(visit);
    let made = laws::cases(FORMULAS).run(&formulas::formula(), |formula| {
        (visit.borrow_mut())(&formula.to_string());
        Ok(())
    });
    assert!(made.is_ok(), "{made:?}");
}

/// Random formulas: the same in LaTeX in a sentence is equal, with something added it is not.
#[test]
fn random_formulas_are_verified() {
    let mut wrong = String::new();
    let mut engine = Engine::default();
    let mut random = Random::new(7);
    each_formula(|text| {
        let mut own = Engine::default();
        let Ok(read) = own.read(text, &Settings::default()) else { return };
        let latex = print::write(&own.pool, read.roots[0], Notation::Latex);
        let Ok(latex) = latex else {
            return;
        };
        let answer = match random.place(3) {
            0 => format!("The answer is \\boxed{{{latex}}}."),
            1 => format!("${latex}$"),
            _ => format!("\\left({latex}\\right) \\cdot 1"),
        };
        let truth = Truth::PerhapsEqual;
        judge(&mut engine, "equal", (text, truth, &answer), &mut wrong);
        let more = random.pick(&["1", "\\frac{1}{1000}", "10^{-9}", "z", "\\pi"]);
        let other = format!("{latex} + {more}");
        let truth = Truth::PerhapsDifferent;
        judge(&mut engine, "different", (text, truth, &other), &mut wrong);
        let tuple = format!("({latex}, 2)");
        judge(
            &mut engine,
            "tuple",
            (&format!("({text}, 2)"), Truth::PerhapsEqual, &tuple),
            &mut wrong,
        );
        judge(&mut engine, "tuple", (&format!("({text}, 3)"), truth, &tuple), &mut wrong);
        let equation = format!("q - \\left({latex}\\right) = 0");
        judge(
            &mut engine,
            "equation",
            (&format!("q = {text}"), Truth::PerhapsEqual, &equation),
            &mut wrong,
        );
        let equation = format!("q - \\left({latex}\\right) = 1");
        judge(
            &mut engine,
            "equation",
            (&format!("q = {text}"), truth, &equation),
            &mut wrong,
        );
    });
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// A number in one of the ways in which people write it.
fn written(random: &mut Random, over: i64, under: i64) -> String {
    let sign = if over < 0 { "-" } else { "" };
    let size = over.abs();
    match random.place(5) {
        0 => format!("{over}/{under}"),
        1 => format!("{sign}\\frac{{{size}}}{{{under}}}"),
        2 if under == 1 || under == 2 || under == 4 || under == 5 => {
            format!("{}", over as f64 / under as f64)
        }
        3 => format!("\\boxed{{\\frac{{{}}}{{{}}}}}", over * 3, under * 3),
        _ => format!("{sign}\\frac{{{}}}{{{}}}", size * 2, under * 2),
    }
}

/// Rational numbers: their values say what is true.
#[test]
fn numbers_are_verified() {
    let mut wrong = String::new();
    let mut engine = Engine::default();
    let mut random = Random::new(3);
    for _ in 0..PAIRS {
        let drawn = |random: &mut Random| {
            let over = i64::from(random.between(0, 16)) - 8;
            (over, i64::from(random.between(1, 6)))
        };
        let (first, second) = (drawn(&mut random), drawn(&mut random));
        let truth = match first.0 * second.1 == second.0 * first.1 {
            true => Truth::Equal,
            false => Truth::Different,
        };
        let gold = written(&mut random, first.0, first.1);
        let answer = written(&mut random, second.0, second.1);
        judge(&mut engine, "numbers", (&gold, truth, &answer), &mut wrong);
        let same = written(&mut random, first.0, first.1);
        judge(&mut engine, "number", (&gold, Truth::Equal, &same), &mut wrong);
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// An interval between whole numbers, no end at 9 or -9, and which ends belong to it.
type Piece = (i32, bool, i32, bool);

/// Whether a half of a whole number lies in a union of intervals.
fn holds(pieces: &[Piece], half: i32) -> bool {
    pieces.iter().any(|(low, from, high, to)| {
        (half > 2 * low || half == 2 * low && *from || *low == -9)
            && (half < 2 * high || half == 2 * high && *to || *high == 9)
    })
}

fn piece(random: &mut Random, (low, from, high, to): Piece) -> String {
    let open = if from && low != -9 { "[" } else { "(" };
    let close = if to && high != 9 { "]" } else { ")" };
    let low_text = if low == -9 { "-\\infty".to_owned() } else { low.to_string() };
    let high_text = if high == 9 { "\\infty".to_owned() } else { high.to_string() };
    let sign = |closed| if closed { "\\le" } else { "<" };
    match random.place(2) {
        0 if low == -9 && high != 9 => format!("x {} {high}", sign(to)),
        0 if high == 9 && low != -9 => format!("{low} {} x", sign(from)),
        0 if low != -9 => format!("{low} {} x {} {high}", sign(from), sign(to)),
        _ => format!("{open}{low_text}, {high_text}{close}"),
    }
}

/// Unions of intervals: what they hold says what is true.
#[test]
fn intervals_are_verified() {
    let mut wrong = String::new();
    let mut engine = Engine::default();
    let mut random = Random::new(5);
    for _ in 0..PAIRS {
        let drawn = |random: &mut Random| -> Vec<Piece> {
            (0..random.between(1, 2))
                .map(|_| {
                    let low = random.between(0, 9) as i32 - 9;
                    let high = low + 1 + random.between(0, 8) as i32;
                    // One side may be closed only, so that it is no vector.
                    (low, random.chance(50), high, random.chance(50))
                })
                .collect()
        };
        let first = drawn(&mut random);
        let second = match random.chance(50) {
            true => first.iter().rev().copied().collect(),
            false => drawn(&mut random),
        };
        let is_same = (-40..40).all(|half| holds(&first, half) == holds(&second, half));
        let truth = if is_same { Truth::PerhapsEqual } else { Truth::PerhapsDifferent };
        let text = |random: &mut Random, pieces: &[Piece]| {
            let parts: Vec<String> =
                pieces.iter().map(|one| piece(random, *one)).collect();
            let are_bounds = parts.iter().all(|part| part.contains('x'));
            let joint = if are_bounds { " or " } else { " \\cup " };
            parts.join(joint)
        };
        let gold = text(&mut random, &first);
        let answer = text(&mut random, &second);
        judge(&mut engine, "intervals", (&gold, truth, &answer), &mut wrong);
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// Sets and lists of small numbers: as sets they are equal or not.
#[test]
fn sets_are_verified() {
    let mut wrong = String::new();
    let mut engine = Engine::default();
    let mut random = Random::new(9);
    for _ in 0..PAIRS {
        let drawn = |random: &mut Random| -> Vec<i64> {
            (0..random.between(1, 3)).map(|_| i64::from(random.between(1, 4))).collect()
        };
        let (mut first, mut second) = (drawn(&mut random), drawn(&mut random));
        let text = |random: &mut Random, list: &[i64]| -> Vec<String> {
            list.iter().map(|n| written(random, *n, 1).replace("\\boxed", "")).collect()
        };
        let gold = text(&mut random, &first);
        let answer = text(&mut random, &second);
        let is_tuple = first == second;
        let tuples = [&gold, &answer].map(|list| format!("({}, 0)", list.join(", ")));
        let truth = if is_tuple { Truth::Equal } else { Truth::Different };
        judge(&mut engine, "tuples", (&tuples[0], truth, &tuples[1]), &mut wrong);
        first.sort_unstable();
        second.sort_unstable();
        first.dedup();
        second.dedup();
        let truth = if first == second { Truth::Equal } else { Truth::Different };
        let sets = [&gold, &answer].map(|list| format!("\\{{{}\\}}", list.join(", ")));
        judge(&mut engine, "sets", (&sets[0], truth, &sets[1]), &mut wrong);
        let values =
            [&gold, &answer].map(|list| format!("x = {}", list.join(" or x = ")));
        judge(&mut engine, "values", (&values[0], truth, &values[1]), &mut wrong);
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// Quantities: the unit says by how much the number is multiplied.
#[test]
fn quantities_are_verified() {
    const UNITS: [(&str, i64, u8); 9] = [
        ("\\text{ mm}", 1, 0),
        ("\\text{ cm}", 10, 0),
        ("\\,\\mathrm{m}", 1_000, 0),
        ("\\text{ kilometers}", 1_000_000, 0),
        ("\\text{ g}", 1, 1),
        ("\\ \\text{kg}", 1_000, 1),
        ("\\text{ s}", 1, 2),
        ("\\text{ minutes}", 60, 2),
        ("\\text{ h}", 3_600, 2),
    ];
    let mut wrong = String::new();
    let mut engine = Engine::default();
    let mut random = Random::new(13);
    for _ in 0..PAIRS {
        let (first, size, kind) = random.pick(&UNITS);
        let (second, other, another) = random.pick(&UNITS);
        let number = i64::from(random.between(1, 9));
        let own = match random.chance(60) {
            true => (number * size, other),
            false => (i64::from(random.between(1, 9)) * other, other),
        };
        let is_same = kind == another && number * size == own.0;
        let truth = if is_same { Truth::Equal } else { Truth::Different };
        let gold = format!("{number}{first}");
        let answer = format!("\\frac{{{}}}{{{}}}{second}", own.0, own.1);
        judge(&mut engine, "quantities", (&gold, truth, &answer), &mut wrong);
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}
