//! Derivations over matrices: the last value is the answer, every line that can be read again
//! is equal to the differential that the tensors have, and there are not too many.

use super::matrix::{self, Case};
use calcgrad::derivation::{Derivation, Detail};
use calcgrad::matrix::{Answer, Layout, Opinion, Problem};

/// A name that no case has.
const SCALE: &str = "scale";

/// The derivation of a case with the answer; `None` where there is no derivative.
fn derivation(case: &Case, detail: Detail) -> Option<(Derivation, String)> {
    let mut problem = Problem::read(&case.program).ok()?;
    let found = problem.derivative(&case.wrt, case.order, case.layout).ok()?;
    let told = problem.told(&found, case.layout, true, detail);
    let told = told.unwrap_or_else(|error| panic!("{}: {error}", case.name));
    assert!(told.checked, "{}", case.name);
    Some((told.derivation, problem.answer_text(&found.answer)))
}

#[test]
fn the_last_value_is_the_answer() {
    let mut count = 0;
    for case in matrix::cases() {
        for detail in [Detail::Coarse, Detail::Usual] {
            let Some((told, answer)) = derivation(&case, detail) else { continue };
            let last = told.lines.last().and_then(|line| line.values.last());
            assert_eq!(last.map(|value| &value.text), Some(&answer), "{}", case.name);
            count += 1;
        }
    }
    assert!(count > 600, "{count}");
}

#[test]
fn there_are_few_lines() {
    for case in matrix::cases() {
        let Some((told, _)) = derivation(&case, Detail::Usual) else { continue };
        let (lines, rules) = (told.lines.len(), told.rules());
        assert!(lines <= 3 * rules.max(1), "{}: {lines} lines, {rules} rules", case.name);
        for pair in told.lines.windows(2) {
            let [a, b] = [&pair[0], &pair[1]].map(|line| line.values.last());
            let is_new = !pair[1].label.is_empty() || a != b;
            assert!(is_new, "{}: {a:?} twice", case.name);
        }
    }
}

#[test]
fn random_expressions_are_told() {
    let layouts = [Layout::Denominator, Layout::Numerator];
    let cases = (0..matrix::count()).filter_map(|seed: u64| {
        matrix::random_case(seed, layouts[seed as usize % layouts.len()])
    });
    let mut count = 0;
    for case in cases {
        let Ok(mut problem) = Problem::read(&case.program) else { continue };
        let Ok(found) = problem.derivative(&case.wrt, 1, case.layout) else { continue };
        let told = problem.told(&found, case.layout, false, Detail::Usual);
        let told = told.unwrap_or_else(|error| {
            panic!("{} in {}: {error}", case.program, case.wrt);
        });
        let last = told.derivation.lines.last().and_then(|line| line.values.last());
        let answer = problem.answer_text(&found.answer);
        assert_eq!(last.map(|value| &value.text), Some(&answer), "{}", case.program);
        count += 1;
    }
    assert!(count * 5 > matrix::count() * 3, "{count}");
}

/// The program of a case with the change of its variable declared.
fn with_change(case: &Case) -> Option<String> {
    let given = case.program.lines().find(|line| line.starts_with("given "))?;
    let mut depth = 0;
    let declarations = given["given ".len()..].split(|c| {
        depth += i32::from(c == '[') - i32::from(c == ']');
        c == ',' && depth == 0
    });
    let own = declarations.map(str::trim).find(|one| {
        let end = one.find(|c: char| !c.is_alphanumeric() && c != '_');
        one[..end.unwrap_or(one.len())] == case.wrt
    })?;
    let properties = own.split_whitespace().skip(1).filter(|word| !word.contains("pos"));
    let head = own.split_whitespace().next()?;
    let change: Vec<&str> = std::iter::once(head).chain(properties).collect();
    Some(format!("{given}, d{}, {SCALE}", change.join(" ")))
}

/// Whether a formula over the declarations has the value of another one; `None` where it is
/// not read, as with parts that are still to be differentiated.
fn is_equal(given: &str, line: &str, value: &str) -> Option<bool> {
    if line.contains("d(") {
        return None;
    }
    let program = format!("{given}\n{SCALE}*({line})");
    let mut problem = Problem::read(&program).ok()?;
    let found = problem.judge(SCALE, 1, Layout::Denominator, value).ok()?;
    Some(matches!(found.opinion, Opinion::Equal(_) | Opinion::ProbablyEqual(_)))
}

#[test]
fn lines_are_equal_to_the_differential() {
    let (mut lines, mut cases) = (0, 0);
    for case in matrix::cases() {
        let Some(given) = with_change(&case).filter(|_| case.order == 1) else {
            continue;
        };
        let Some((told, _)) = derivation(&case, Detail::Usual) else { continue };
        let mut problem = Problem::read(&case.program).expect("a program");
        let wrt = [case.wrt.clone()];
        let Ok(known) = problem.differential(&wrt, 1) else { continue };
        let known = problem.answer_text(&Answer::Form(known.form));
        let own = format!("d{}", problem.function());
        let mut label = "";
        cases += 1;
        for line in &told.lines {
            if !line.label.is_empty() {
                label = &line.label.text;
            }
            for value in line.values.iter().filter(|_| label == own) {
                if let Some(is_equal) = is_equal(&given, &value.text, &known) {
                    assert!(is_equal, "{}: {} is not {known}", case.name, value.text);
                    lines += 1;
                }
            }
        }
    }
    assert!(cases > 200 && lines > 500, "{lines} lines of {cases} cases");
}

#[test]
fn differentials_end_with_the_answer() {
    let mut count = 0;
    for case in matrix::cases() {
        let Ok(problem) = Problem::read(&case.program) else { continue };
        let wrt = [case.wrt.clone()];
        for order in [1, 2] {
            let mut own = problem.clone();
            let Ok(known) = own.differential(&wrt, order) else { continue };
            let known = own.answer_text(&Answer::Form(known.form));
            let told = problem.told_differential(&wrt, order, Detail::Usual);
            let told = told.unwrap_or_else(|error| panic!("{}: {error}", case.name));
            let last = told.derivation.lines.last().and_then(|line| line.values.last());
            assert_eq!(last.map(|value| &value.text), Some(&known), "{}", case.name);
            count += 1;
        }
    }
    assert!(count > 400, "{count}");
}
