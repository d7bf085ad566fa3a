//! Identities with their verdicts: files of blocks in `tests/cases/equal/`.
//!
//! ```text
//! --- name-of-the-block
//! given x > 0                   (optional: assumptions)
//! equal: ln(x^2) = 2*ln(x)      (the two formulas, with ` = ` between them)
//! -> equal-on-domain            (what is right: a verdict, or `not equal`)
//! now probably-equal            (optional: what is said until it is better)
//! ```
//!
//! A line `now` must go as soon as the verdict is right.

use super::blocks;
use super::formulas::{Formula, formula, verdict};
use super::laws::cases;
use calcgrad::session::{Answer, Engine, Form, Settings};
use proptest::prelude::*;

struct Identity {
    name: String,
    given: String,
    sides: [String; 2],
    right: String,
    now: Option<String>,
}

fn identity(name: &str, lines: &[&str]) -> Identity {
    let find = |start: &str| lines.iter().find_map(|line| line.strip_prefix(start));
    let need = |start| find(start).unwrap_or_else(|| panic!("{name}: no line `{start}`"));
    let (left, right) = need("equal: ").split_once(" = ").expect("two sides");
    Identity {
        name: name.to_owned(),
        given: find("given ").unwrap_or_default().to_owned(),
        sides: [left.to_owned(), right.to_owned()],
        right: need("-> ").to_owned(),
        now: find("now ").map(str::to_owned),
    }
}

fn is_right(right: &str, found: &str) -> bool {
    const NOT: [&str; 5] =
        ["equal-on-domain", "probably-equal", "different", "wrong-shape", "undecided"];
    found == right || right == "not equal" && NOT.contains(&found)
}

/// The verdict does not depend on which formula stands first.
#[test]
fn identities() {
    let mut engine = Engine::default();
    let mut failures = Vec::new();
    let (mut all, mut lacking) = (0, 0);
    for path in blocks::files(&blocks::root().join("tests/cases/equal"), "calc") {
        let text = std::fs::read_to_string(&path).expect("a case file");
        for (name, lines) in blocks::pieces(&text) {
            let Identity { name, given, sides: [left, right], right: wanted, now } =
                identity(name, &lines);
            all += 1;
            lacking += usize::from(now.is_some());
            let found = [
                verdict(&mut engine, &left, &right, &given),
                verdict(&mut engine, &right, &left, &given),
            ];
            let name = format!("{}: {name}", path.display());
            let right = found.iter().all(|found| is_right(&wanted, found));
            match now {
                Some(_) if right => {
                    failures.push(format!("{name} is right: take `now` out"))
                }
                Some(now) if found.iter().all(|found| **found == now) => {}
                None if right => {}
                _ => failures.push(format!("{name}: {wanted} is right, found {found:?}")),
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(all > 200 && lacking * 5 < all, "{lacking} of {all} are not right yet");
}

fn declared() -> Settings {
    let declared = ["x", "y", "z"].map(str::to_owned).to_vec();
    Settings { declared, ..Settings::default() }
}

/// A formula and another form of it are never called different.
fn never_different(
    count: u32,
    form: impl Fn(&mut Engine, calcgrad::kernel::ExprId) -> Option<String>,
) {
    let run = cases(count).run(&formula(), |formula| {
        let text = formula.to_string();
        let mut engine = Engine::default();
        let Ok(left) = engine.read(&text, &declared()) else { return Ok(()) };
        let Some(other) = form(&mut engine, left.roots[0]) else { return Ok(()) };
        let right = engine.read(&other, &declared());
        let right = right.map_err(|error| TestCaseError::fail(error.to_string()))?;
        if let Ok(judgement) = engine.equal(&left, &right) {
            let decision = judgement.decision;
            let found = decision.verdict.id();
            prop_assert!(found != "different", "{text} and {other}: {decision:?}");
        }
        Ok(())
    });
    run.unwrap();
}

fn write(engine: &Engine, id: calcgrad::kernel::ExprId) -> Option<String> {
    calcgrad::print::write(&engine.pool, id, calcgrad::print::Notation::Text).ok()
}

#[test]
fn a_simplified_form_is_never_different() {
    never_different(600, |engine, id| {
        let simple = engine.simplify(id).ok()?;
        write(engine, simple)
    });
}

#[test]
fn an_expanded_form_is_never_different() {
    never_different(600, |engine, id| {
        let expanded = calcgrad::simplify::expand_all(&mut engine.pool, id, 1_000)?;
        engine.check_limits().ok()?;
        write(engine, expanded)
    });
}

/// The derivative of a formula in raw form, answered to `check`, is never wrong.
#[test]
fn a_raw_derivative_is_never_wrong() {
    let run = cases(300).run(&formula(), |formula| {
        let text = formula.to_string();
        let mut engine = Engine::default();
        let Ok(read) = engine.read(&text, &declared()) else { return Ok(()) };
        let Ok(raw) = engine.derivative(read.roots[0], "x", Form::Raw, &mut ()) else {
            return Ok(());
        };
        let Some(answer) = write(&engine, raw) else { return Ok(()) };
        let answer = engine.read(&answer, &declared());
        let answer = answer.map_err(|error| TestCaseError::fail(error.to_string()))?;
        let question = calcgrad::session::Question::Partials(vec!["x".to_owned()], 1);
        if let Ok(judgement) = engine.check(&read, &question, &Answer::of(answer)) {
            let decision = judgement.decision;
            let found = decision.verdict.id();
            prop_assert!(found != "different", "{text}: {decision:?}");
        }
        Ok(())
    });
    run.unwrap();
}

/// The places of numbers in a formula that are followed by no digit.
fn change(formula: &mut Formula, place: &mut usize) -> bool {
    let next = |place: &mut usize| {
        let here = *place == 0;
        *place = place.wrapping_sub(1);
        here
    };
    match formula {
        Formula::Number(n) | Formula::Decimal(n) => {
            let here = next(place);
            *n += u8::from(here);
            here
        }
        Formula::Whole(a, n) | Formula::Half(a, n) => {
            let here = next(place);
            *n += i8::from(here);
            here || change(a, place)
        }
        Formula::Exponential(n, a) => {
            let here = next(place);
            *n += u8::from(here);
            here || change(a, place)
        }
        Formula::Pi | Formula::Variable(_) => false,
        Formula::Negate(a)
        | Formula::Natural(a)
        | Formula::Apply(_, a)
        | Formula::Bars(a) => change(a, place),
        Formula::Add(a, b)
        | Formula::Subtract(a, b)
        | Formula::Multiply(a, b)
        | Formula::Divide(a, b)
        | Formula::Power(a, b)
        | Formula::Extremum(_, a, b) => change(a, place) || change(b, place),
        Formula::Choice(a, b, c) => {
            change(a, place) || change(b, place) || change(c, place)
        }
    }
}

/// A formula in which one number was changed is never called equal when values differ.
#[test]
fn a_changed_number_is_never_equal() {
    const POINTS: [[f64; 3]; 5] = [
        [0.37, 0.61, 0.83],
        [1.43, 0.29, 2.17],
        [-0.71, 1.31, 0.57],
        [2.61, -1.23, 1.09],
        [0.11, 3.7, -0.43],
    ];
    let compared = std::cell::Cell::new(0);
    let run = cases(1_000).run(&(formula(), 0usize..3), |(formula, place)| {
        let mut other = formula.clone();
        if !change(&mut other, &mut place.clone()) {
            return Ok(());
        }
        let differ = POINTS.iter().filter(|at| {
            let (a, b) = (formula.value(**at), other.value(**at));
            let scale = a.abs().max(b.abs());
            a.is_finite()
                && b.is_finite()
                && scale < 1e6
                && (a - b).abs() > 1e-3 * (1.0 + scale)
        });
        if differ.count() < 2 {
            return Ok(());
        }
        compared.set(compared.get() + 1);
        let (left, right) = (formula.to_string(), other.to_string());
        let found = verdict(&mut Engine::default(), &left, &right, "");
        prop_assert!(
            !found.ends_with("equal") && found != "equal-on-domain",
            "{left} and {right}: {found}"
        );
        Ok(())
    });
    run.unwrap();
    assert!(compared.get() > 150, "only {} were compared", compared.get());
}
