//! Matrix calculus: case files with the formulas of the notes, of the Matrix Cookbook and of
//! machine learning, and random expressions against the numeric check.
//!
//! ```text
//! --- name-of-the-block
//! given A[m,n], w[n]
//! diff w: norm(A*w)^2             (or `diff w numerator:`, `diff w order 2:`)
//! = exact text
//! ~ an equal matrix expression
//! ! the id of an error
//! ```

use super::blocks;
use super::random::Random;
use calcgrad::Error;
use calcgrad::matrix::{Answer, Layout, Opinion, Problem};
use std::io::Write;
use std::path::PathBuf;

pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) program: String,
    pub(crate) wrt: String,
    pub(crate) order: u32,
    pub(crate) layout: Layout,
    expected: (char, String),
}

/// All cases of all files.
pub(crate) fn cases() -> Vec<Case> {
    files().iter().flat_map(read).collect()
}

fn files() -> Vec<PathBuf> {
    blocks::files(&blocks::root().join("tests/cases/matrix"), "cases")
}

fn read(path: &PathBuf) -> Vec<Case> {
    let text = std::fs::read_to_string(path).expect("a file of cases");
    let block = |(name, lines): (&str, Vec<&str>)| {
        let mut case = Case {
            name: format!("{}: {name}", path.display()),
            program: String::new(),
            wrt: String::new(),
            order: 1,
            layout: Layout::Denominator,
            expected: ('=', String::new()),
        };
        for line in lines {
            if let Some(rest) = line.strip_prefix("diff ") {
                let (head, formula) = rest.split_once(": ").expect("a formula");
                let words: Vec<&str> = head.split_whitespace().collect();
                case.wrt = words[0].to_owned();
                match words[1..] {
                    [] => {}
                    ["numerator"] => case.layout = Layout::Numerator,
                    ["order", n] => case.order = n.parse().expect("an order"),
                    _ => panic!("{name}: {head}"),
                }
                case.program.push_str(&format!("\n{formula}"));
            } else if let Some(rest) = line.strip_prefix(['=', '~', '!']) {
                let sign = line.chars().next().expect("a sign");
                case.expected = (sign, rest.trim().to_owned());
            } else if line.starts_with("given ") {
                case.program.push_str(line);
            }
        }
        case
    };
    blocks::pieces(&text).into_iter().map(block).collect()
}

fn judge(case: &Case) {
    let name = &case.name;
    let (sign, expected) = &case.expected;
    let mut problem = match (sign, Problem::read(&case.program)) {
        ('!', Err(error)) => return assert_eq!(error.kind.id(), expected, "{name}"),
        (_, read) => read.unwrap_or_else(|e| panic!("{name}: {e} {:?}", e.help)),
    };
    let found = match (sign, problem.derivative(&case.wrt, case.order, case.layout)) {
        ('!', Err(error)) => return assert_eq!(error.kind.id(), expected, "{name}"),
        (_, found) => found.unwrap_or_else(|e| panic!("{name}: {e}")),
    };
    let text = problem.answer_text(&found.answer);
    assert!(found.checked, "{name}: {text} is not checked");
    if *sign == '=' {
        return assert_eq!(&text, expected, "{name}");
    }
    let opinion = problem
        .judge(&case.wrt, case.order, case.layout, expected)
        .unwrap_or_else(|e| panic!("{name}: {e} {:?}", e.help))
        .opinion;
    let fits = matches!(opinion, Opinion::Equal(_) | Opinion::ProbablyEqual(_));
    assert!(fits, "{name}: {text} against {expected}: {opinion:?}");
}

#[test]
fn cases_have_their_answers() {
    let all = cases();
    assert!(all.len() > 100);
    for case in &all {
        judge(case);
    }
}

/// Decompositions, of which languages have no expressions that the interpreter knows.
pub(crate) fn spectra() -> Vec<Case> {
    read(&blocks::root().join("tests/cases/matrix_spectra/spectra.cases"))
}

#[test]
fn spectra_have_their_answers() {
    for case in &spectra() {
        judge(case);
    }
}

#[test]
fn the_cookbook_is_there() {
    let path = blocks::root().join("tests/cases/matrix/cookbook.cases");
    let mut numbers: Vec<String> = read(&path)
        .iter()
        .map(|case| case.name.rsplit(' ').next().expect("a number").to_owned())
        .map(|number| number.trim_end_matches(['a', 'b']).to_owned())
        .collect();
    numbers.dedup();
    assert!(numbers.len() >= 60, "{} numbers", numbers.len());
}

const GIVEN: &str = "given A[m,n], B[m,n], C[n,m], D[n,n], S[n,n] symmetric, W[m,m], x[n], y[n], \
                     u[m], v[m], c, d";

/// A random scalar expression.
fn scalar(random: &mut Random, depth: u32) -> String {
    if depth == 0 {
        return ["c", "d", "2", "3"][random.place(4)].to_owned();
    }
    let size = if random.place(2) == 0 { 'n' } else { 'm' };
    let next = depth - 1;
    match random.place(11) {
        0 | 1 => {
            format!("({})'*({})", vector(random, size, next), vector(random, size, next))
        }
        2 => format!("tr({})", matrix(random, size, size, next)),
        3 => format!("norm({})^2", vector(random, size, next)),
        4 => format!("sum({})", vector(random, size, next)),
        5 => format!("({})*({})", scalar(random, next), scalar(random, next)),
        6 => format!("({}) + ({})", scalar(random, next), scalar(random, next)),
        7 => format!("sin({})", scalar(random, next)),
        8 => format!("norm({})", matrix(random, 'm', 'n', next)),
        9 => format!(
            "({})/(1 + ({})^2)",
            scalar(random, next),
            scalar(random, next.min(1))
        ),
        _ => format!("logsumexp({})", vector(random, size, next)),
    }
}

/// A random column vector.
fn vector(random: &mut Random, size: char, depth: u32) -> String {
    let names = if size == 'n' { ["x", "y"] } else { ["u", "v"] };
    if depth == 0 {
        return names[random.place(2)].to_owned();
    }
    let other = if random.place(2) == 0 { 'n' } else { 'm' };
    let next = depth - 1;
    match random.place(10) {
        0..=2 => {
            format!(
                "({})*({})",
                matrix(random, size, other, next),
                vector(random, other, next)
            )
        }
        3 => {
            format!("({}) + ({})", vector(random, size, next), vector(random, size, next))
        }
        4 => {
            format!("({}) - ({})", vector(random, size, next), vector(random, size, next))
        }
        5 => format!(
            "({}) .* ({})",
            vector(random, size, next),
            vector(random, size, next)
        ),
        6 => {
            let f = ["sin", "tanh", "sigmoid", "f"][random.place(4)];
            format!("{f}({})", vector(random, size, next))
        }
        7 => format!("({})*({})", scalar(random, next), vector(random, size, next)),
        8 => format!("diag({})", matrix(random, size, size, next)),
        _ => format!("softmax({})", vector(random, size, next)),
    }
}

/// A random matrix.
fn matrix(random: &mut Random, rows: char, cols: char, depth: u32) -> String {
    if depth == 0 || random.place(4) == 0 {
        let names: &[&str] = match (rows, cols) {
            ('m', 'n') => &["A", "B", "C'"],
            ('n', 'm') => &["C", "A'"],
            ('n', 'n') => &["D", "S", "D'"],
            _ => &["W", "W'"],
        };
        return names[random.place(names.len())].to_owned();
    }
    let middle = if random.place(2) == 0 { 'n' } else { 'm' };
    let next = depth - 1;
    match random.place(9) {
        0..=2 => {
            format!(
                "({})*({})",
                matrix(random, rows, middle, next),
                matrix(random, middle, cols, next)
            )
        }
        3 => format!(
            "({}) + ({})",
            matrix(random, rows, cols, next),
            matrix(random, rows, cols, next)
        ),
        4 => format!("({})'", matrix(random, cols, rows, next)),
        5 => {
            format!("({})*({})'", vector(random, rows, next), vector(random, cols, next))
        }
        6 => format!("sin({})", matrix(random, rows, cols, next)),
        7 => format!(
            "({}) .* ({})",
            matrix(random, rows, cols, next),
            matrix(random, rows, cols, next)
        ),
        _ => match (rows == cols, random.place(3)) {
            (true, 0) => format!("inv({})", matrix(random, rows, cols, 0)),
            (true, 1) => format!("diag({})", vector(random, rows, next)),
            _ => format!(
                "({})*({})",
                scalar(random, next),
                matrix(random, rows, cols, next)
            ),
        },
    }
}

/// A random expression and a variable of it.
fn random(seed: u64) -> Option<(String, String)> {
    let mut random = Random::new(seed.wrapping_mul(0x5851_f42d_4c95_7f2d));
    let depth = 1 + random.place(4) as u32;
    let formula = match random.place(4) {
        0 => vector(&mut random, 'n', depth.min(3)),
        _ => scalar(&mut random, depth),
    };
    let names = ["A", "B", "C", "D", "S", "W", "x", "y", "u", "v", "c", "d"];
    let used: Vec<&str> =
        names.iter().filter(|n| formula.contains(**n)).copied().collect();
    let wrt = used.get(random.place(used.len().max(1)))?;
    Some((formula, (*wrt).to_owned()))
}

/// A random expression as a case without an answer.
pub(crate) fn random_case(seed: u64, layout: Layout) -> Option<Case> {
    let (formula, wrt) = random(seed)?;
    let program = format!("{GIVEN}\n{formula}");
    let (name, expected) = (format!("random {seed}"), (' ', String::new()));
    Some(Case { name, program, wrt, order: 1, layout, expected })
}

/// How many random expressions are tried: more on demand.
pub(crate) fn count() -> u64 {
    let wanted = std::env::var("CALCGRAD_RANDOM_MATRICES").ok();
    wanted.and_then(|n| n.parse().ok()).unwrap_or(250)
}

/// A random expression that was read, its text and a variable of it.
fn question(seed: u64) -> Option<(Problem, String, String)> {
    let (formula, wrt) = random(seed)?;
    let problem = Problem::read(&format!("{GIVEN}\n{formula}"))
        .unwrap_or_else(|e| panic!("{formula}: {e} {:?}", e.help));
    Some((problem, formula, wrt))
}

/// Refuses every error but those that say what is not supported.
fn refused(formula: &str, error: &Error) -> u64 {
    let id = error.kind.id();
    assert!(id == "unsupported" || error.kind.is_limit(), "{formula}: {error}");
    1
}

/// Tells how many of many were checked.
fn tell(line: &str) {
    if count() > 250 {
        let _ = writeln!(std::io::stderr(), "{line}");
    }
}

#[test]
fn random_expressions_stand_the_numeric_check() {
    let (mut checked, mut indexed, mut refusals, mut open) = (0, 0, 0, 0);
    for seed in 0..count() {
        let Some((mut problem, formula, wrt)) = question(seed) else { continue };
        match problem.derivative(&wrt, 1, Layout::Denominator) {
            Ok(found) => {
                checked += u64::from(found.checked);
                open += u64::from(!found.checked);
                indexed += u64::from(matches!(found.answer, Answer::Indexed { .. }));
            }
            Err(error) => refusals += refused(&format!("{formula} {wrt}"), &error),
        }
    }
    let line =
        format!("{checked} checked, {indexed} indexed, {refusals} refused, {open} open");
    assert!(refusals * 5 < count() && open * 5 < count(), "{line}");
    tell(&line);
}

#[test]
fn random_expressions_have_entries_and_stacked_derivatives() {
    let (mut checked, mut refusals, mut open) = (0, 0, 0);
    for seed in 0..count() {
        let Some((mut problem, formula, wrt)) = question(seed) else { continue };
        let entry = match wrt.as_str() {
            "c" | "d" | "S" => continue,
            "x" | "y" | "u" | "v" => format!("{wrt}[i]"),
            _ => format!("{wrt}[i,j]"),
        };
        let found = match seed % 2 {
            0 => problem.derivative(&entry, 1, Layout::Denominator),
            _ => problem.stacked(&wrt, 1, Layout::Numerator),
        };
        match found {
            Ok(found) if found.checked => checked += 1,
            Ok(_) => open += 1,
            Err(error) => refusals += refused(&format!("{formula} {entry}"), &error),
        }
    }
    let line = format!("entries: {checked} checked, {refusals} refused, {open} open");
    assert!(refusals * 5 < count() && open * 5 < count(), "{line}");
    tell(&line);
}

#[test]
fn random_expressions_have_differentials() {
    let (mut checked, mut refusals, mut open) = (0, 0, 0);
    for seed in 0..count() {
        let Some((mut problem, formula, wrt)) = question(seed) else { continue };
        let order = 1 + u32::from(seed % 4 == 0);
        match problem.differential(std::slice::from_ref(&wrt), order) {
            Ok(found) if found.checked => checked += 1,
            Ok(_) => open += 1,
            Err(error) => refusals += refused(&format!("{formula} {wrt}"), &error),
        }
    }
    let line =
        format!("differentials: {checked} checked, {refusals} refused, {open} open");
    assert!(refusals * 5 < count() && open * 5 < count(), "{line}");
    tell(&line);
}

/// The length of a formula without the spaces.
fn length(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

#[test]
fn formulas_of_the_literature_are_as_short_as_published() {
    let path = blocks::root().join("tests/cases/matrix/literature.cases");
    let all = read(&path);
    assert!(all.len() >= 100, "{} formulas", all.len());
    let longer: Vec<String> = all
        .iter()
        .filter_map(|case| {
            let mut problem = Problem::read(&case.program).expect("a formula");
            let found = problem.derivative(&case.wrt, case.order, case.layout).ok()?;
            let text = problem.answer_text(&found.answer);
            let is_longer = length(&text) > length(&case.expected.1);
            is_longer.then(|| format!("{}: {text} for {}", case.name, case.expected.1))
        })
        .collect();
    assert!(20 * longer.len() <= all.len(), "{}", longer.join("\n"));
}
