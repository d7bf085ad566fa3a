//! Values at arrays, shortest forms and verdicts on random formulas, against values that are
//! known from how they were made.

use super::{Array, Maker, Place, Question, Random, derivative};
use calcgrad::matrix::{Answer, Equality, Problem};
use calcgrad::session::Engine;

/// How far a value may be from what is known, relative to its size.
const EXACT: f64 = 1e-8;
const BY_DIFFERENCES: f64 = 1e-4;
const COUNT: usize = 60;

/// An array as it is typed.
fn typed(array: &Array) -> String {
    let rows = array.data.chunks(array.cols().max(1));
    let row = |row: &[f64]| {
        let entries: Vec<String> = row.iter().map(|x| format!("{x:.6}")).collect();
        format!("[{}]", entries.join(","))
    };
    format!("[{}]", rows.map(row).collect::<Vec<_>>().join(","))
}

/// The place with as many digits as are typed.
fn rounded(place: &Place) -> Place {
    let mut place = place.clone();
    for array in place.values.values_mut() {
        array.data.iter_mut().for_each(|x| *x = (*x * 1e6).round() / 1e6);
    }
    place
}

/// The value of an answer at a place, row by row; `None` where it has none.
fn value(
    question: &Question,
    (problem, answer): (&Problem, &Answer),
    place: &Place,
) -> Option<Vec<f64>> {
    let mut engine = Engine::default();
    let mut arrays = Vec::new();
    for (name, array) in &place.values {
        arrays.push((name.clone(), engine.read_array(&typed(array)).ok()?));
    }
    let is_named = |size: &char| {
        [format!("[{size}"), format!(",{size}]")]
            .iter()
            .any(|t| question.given.contains(t))
    };
    for (name, size) in place.sizes.iter().filter(|(name, _)| is_named(name)) {
        arrays.push((name.to_string(), engine.read_array(&size.to_string()).ok()?));
    }
    let placed = problem.placed(&arrays, &engine.pool).expect("arrays that fit");
    let found = engine.array_value(problem, answer, &placed).ok()?;
    Some(found.entries.iter().map(|id| engine.float(*id)).collect())
}

/// Whether values are those that are known, where these are numbers.
fn is_near(found: &[f64], known: &[f64], margin: f64) -> bool {
    let size = known.iter().fold(1.0f64, |m, x| m.max(x.abs()));
    found.len() == known.len()
        && found.iter().zip(known).all(|(x, y)| (x - y).abs() <= margin * size)
}

fn is_number(list: &[f64]) -> bool {
    list.iter().all(|x| x.is_finite() && x.abs() < 1e6)
}

/// Random questions with a place each.
fn questions() -> Vec<(Question, Place)> {
    let mut random = Random::new(11);
    let mut all = Vec::new();
    while all.len() < COUNT {
        let (formula, mut maker) = Maker::draw(&mut random);
        let Some((given, wrt)) = maker.question(&formula) else { continue };
        let (names, least) = (maker.names, maker.least);
        let question = Question { formula, names, least, given, wrt };
        let place = rounded(&question.place([2, 3, 4], &mut random));
        all.push((question, place));
    }
    all
}

#[test]
fn values_at_arrays_are_known() {
    let (mut formulas, mut derivatives) = (0, 0);
    for (question, place) in questions() {
        let problem = Problem::read(&question.program()).expect("a formula");
        let known = question.formula.at(&place).data;
        let asked = (&problem, &problem.formula());
        if let Some(found) = value(&question, asked, &place).filter(|_| is_number(&known))
        {
            let text = question.program();
            assert!(is_near(&found, &known, EXACT), "{text}: {found:?} {known:?}");
            formulas += 1;
        }
        let Ok((problem, answer)) = derivative(&question) else { continue };
        let slopes = question.slopes(&place);
        let found = value(&question, (&problem, &answer), &place);
        let (Some(found), Some(slopes)) = (found, slopes) else { continue };
        // Scalars alone have a gradient of the shape of their variable.
        if known.len() == 1 && is_number(&slopes.concat()) {
            let text = question.program();
            let known: Vec<f64> = slopes.concat();
            let near = is_near(&found, &known, BY_DIFFERENCES);
            assert!(near, "{text} in {}: {found:?} {known:?}", question.wrt);
            derivatives += 1;
        }
    }
    assert!(formulas * 2 > COUNT && derivatives > 5, "{formulas} {derivatives}");
}

#[test]
fn shortest_forms_are_equal_to_what_was_typed() {
    let (mut proved, mut refuted) = (0, 0);
    for (question, place) in questions() {
        let mut problem = Problem::read(&question.program()).expect("a formula");
        let Ok(found) = problem.simplified() else { continue };
        let answer = Answer::Form(found.form);
        let known = question.formula.at(&place).data;
        if let Some(found) = value(&question, (&problem, &answer), &place)
            && is_number(&known)
        {
            let text = question.program();
            assert!(is_near(&found, &known, EXACT), "{text}: {found:?} {known:?}");
        }
        let text = problem.answer_text(&answer);
        match problem.equal(&text).expect("a verdict") {
            Equality::Equal(_) | Equality::EqualOnDomain { .. } => proved += 1,
            Equality::ProbablyEqual { .. }
            | Equality::Undecided
            | Equality::Nowhere { .. } => {}
            other => panic!("{}: {text}: {other:?}", question.program()),
        }
        let other = format!("({text}) + ({text})");
        match problem.equal(&other).expect("a verdict") {
            Equality::Different(_) => refuted += 1,
            // What is 0 is its own double; where there is no value, nothing is said.
            Equality::Undecided
            | Equality::Nowhere { .. }
            | Equality::ProbablyEqual { .. } => {}
            Equality::Equal(_) | Equality::EqualOnDomain { .. } => {
                assert!(known.iter().all(|x| x.abs() < 1e-9), "{other}")
            }
            verdict => panic!("{other}: {verdict:?}"),
        }
    }
    assert!(proved * 4 > COUNT * 3 && refuted * 2 > COUNT, "{proved} {refuted}");
}
