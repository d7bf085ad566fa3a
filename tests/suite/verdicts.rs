//! A judge of proofs: pairs that are equal by identities, and pairs that differ at a point that
//! is known, made from the rows of `tests/cases/verdicts/`.

use super::blocks;
use super::formulas::verdict;
use super::random::Random;
use calcgrad::session::Engine;

/// How many pairs are made of each kind.
const PAIRS: u64 = 300;
/// What may stand in place of `u`.
const ARGUMENTS: [&str; 8] =
    ["x", "x - 1", "3*x", "x^2", "cos(x)", "e^x", "x - 2/7", "1/(x^2 + 2)"];
/// Functions that take no value twice, around a whole side.
const AROUND: [&str; 6] =
    ["{}", "({})^3", "sinh({})", "arctan({})", "e^({})", "3*({}) - 2"];

/// The rows of a file.
fn rows(name: &str) -> Vec<String> {
    let path = blocks::root().join("tests/cases/verdicts").join(name);
    let text = std::fs::read_to_string(path).expect("a file of rows");
    let is_row = |line: &&str| !line.is_empty() && !line.starts_with('#');
    text.lines().filter(is_row).map(str::to_owned).collect()
}

/// The rows of a file in two columns.
fn pairs(name: &str) -> Vec<(String, String)> {
    let split = |row: String| {
        let (left, right) = row.split_once(" | ").expect("two columns");
        (left.to_owned(), right.to_owned())
    };
    rows(name).into_iter().map(split).collect()
}

/// One of several.
fn one<'a, T>(random: &mut Random, list: &'a [T]) -> &'a T {
    &list[random.place(list.len())]
}

/// One or two functions, and where both are real.
fn drawn(random: &mut Random, functions: &[(String, String)]) -> (String, Vec<String>) {
    let (first, real) = one(random, functions).clone();
    match random.place(3) {
        0 => (first, vec![real]),
        1 => {
            let (second, other) = one(random, functions).clone();
            (format!("({first})*({second})"), vec![real, other])
        }
        _ => {
            let (second, other) = one(random, functions).clone();
            (format!("{first} + {second}"), vec![real, other])
        }
    }
}

/// Both sides inside of one function, at times.
fn around(random: &mut Random, sides: [String; 2]) -> [String; 2] {
    let around = one(random, &AROUND);
    sides.map(|side| around.replace("{}", &side))
}

#[test]
fn what_is_equal_is_never_refuted() {
    let (functions, zeros) = (pairs("functions.txt"), rows("zeros.txt"));
    let (mut engine, mut random) = (Engine::default(), Random::new(1));
    let (mut refuted, mut open) = (Vec::new(), 0);
    for _ in 0..PAIRS {
        let (f, _) = drawn(&mut random, &functions);
        let zero = one(&mut random, &zeros);
        let argument = format!("({})", one(&mut random, &ARGUMENTS));
        let zero = replaced(zero, &argument);
        let other = match random.place(2) {
            0 => format!("{f} + ({zero})"),
            _ => format!("({f})*(1 + {zero})"),
        };
        let [left, right] = around(&mut random, [f, other]);
        match verdict(&mut engine, &left, &right, "") {
            "equal" | "equal-on-domain" | "probably-equal" => {}
            "undecided" => open += 1,
            found => refuted.push(format!("{left} = {right}: {found}")),
        }
    }
    assert!(refuted.is_empty(), "{}", refuted.join("\n"));
    assert!(open * 20 <= PAIRS, "{open} of {PAIRS} are undecided");
}

#[test]
fn what_differs_is_never_equal() {
    let (functions, gaps) = (pairs("functions.txt"), pairs("gaps.txt"));
    let (mut engine, mut random) = (Engine::default(), Random::new(2));
    let (mut passed, mut open, mut all) = (Vec::new(), 0, 0);
    while all < PAIRS {
        let (f, real) = drawn(&mut random, &functions);
        let (gap, at) = one(&mut random, &gaps);
        // Every point of the file is positive; these are also below 1.
        let is_inside = ["0.5", "0.25", "1/3", "2/7"].contains(&at.as_str());
        if !is_inside && real.iter().any(|real| real == "inside") {
            continue;
        }
        all += 1;
        let [left, right] = around(&mut random, [f.clone(), format!("{f} + ({gap})")]);
        match verdict(&mut engine, &left, &right, "") {
            "different" => {}
            "undecided" => open += 1,
            found => passed.push(format!("{left} = {right}, at x = {at}: {found}")),
        }
    }
    assert!(passed.is_empty(), "{}", passed.join("\n"));
    assert!(open * 20 <= PAIRS, "{open} of {PAIRS} are undecided");
}

/// A formula in `u` with something in its place.
fn replaced(formula: &str, argument: &str) -> String {
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    let letters: Vec<char> = formula.chars().collect();
    let mut text = String::new();
    for (place, letter) in letters.iter().enumerate() {
        let before = place.checked_sub(1).and_then(|place| letters.get(place).copied());
        let alone = !is_letter(before) && !is_letter(letters.get(place + 1).copied());
        match *letter == 'u' && alone {
            true => text.push_str(argument),
            false => text.push(*letter),
        }
    }
    text
}
