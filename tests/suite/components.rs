//! Matrix expressions entry by entry: derivatives of the entries by the scalar rules against
//! the entries of the matrix answer.

use super::matrix::{Case, cases};
use super::numeric::Typed;
use calcgrad::kernel::Pool;
use calcgrad::matrix::{Answer, Components, Layout, Problem};
use calcgrad::session::{Engine, Form, Settings};

const SIZES: [(&str, usize); 6] =
    [("n", 3), ("m", 2), ("k", 2), ("l", 2), ("d", 2), ("p", 2)];

fn components(problem: &Problem, program: &str) -> Option<Components> {
    let given = program.lines().next().unwrap_or_default();
    let sizes = given.split(|c: char| !c.is_alphanumeric()).map(str::to_owned);
    let sizes: Vec<String> = sizes.collect();
    let declared = |name: &str| {
        let inside = [format!("[{name},"), format!(",{name}]"), format!("[{name}]")];
        inside.iter().any(|part| given.contains(part.as_str()))
            && sizes.contains(&name.into())
    };
    let numbers: Vec<(String, usize)> = SIZES
        .iter()
        .filter(|(name, _)| declared(name))
        .map(|(name, n)| ((*name).to_owned(), *n))
        .collect();
    problem.components(&numbers).ok()
}

/// The entries of a matrix text, column by column.
fn entries(text: &str, engine: &mut Engine) -> Vec<String> {
    let formula =
        engine.read(text, &Settings::default()).unwrap_or_else(|e| panic!("{text}: {e}"));
    let write =
        |id| calcgrad::print::write(&engine.pool, id, calcgrad::print::Notation::Text);
    formula.roots.iter().map(|id| write(*id).expect("a text")).collect()
}

/// Whether two formulas have the same values at some points where both have one.
fn agree(a: &str, b: &str, variables: &[String]) -> Option<bool> {
    if a == b {
        return Some(true);
    }
    let (a, b) = (Typed::new(a, variables), Typed::new(b, variables));
    let mut known = None;
    for seed in 0..4 {
        // Parts of multiples of an irrational number, so that no matrix is singular.
        let value = |k: usize| {
            0.2 + ((k * k + 3 * k + 7 * seed + 2) as f64 * 0.754_877_666).fract()
        };
        let at: Vec<(String, f64)> = variables
            .iter()
            .enumerate()
            .map(|(k, name)| (name.clone(), value(k)))
            .collect();
        let (x, y) = (a.value(0, &at), b.value(0, &at));
        if x.is_finite() && y.is_finite() {
            let near = (x - y).abs() < 1e-8 * (1.0 + x.abs());
            known = Some(known.unwrap_or(true) && near);
        }
    }
    known
}

/// How many entries of a case were compared; `None` when it is not for entries.
fn compare(case: &Case, is_proved: bool) -> Option<usize> {
    let name = &case.name;
    let mut problem = Problem::read(&case.program).ok()?;
    let found = problem.derivative(&case.wrt, 1, Layout::Denominator).ok()?;
    let Answer::Form(_) = found.answer else { return None };
    let function = components(&problem, &case.program)?;
    let (_, variables) = function.variables.iter().find(|(name, _)| *name == case.wrt)?;
    let (head, _) = case.program.rsplit_once([';', '\n'])?;
    let program = format!("{head}\n{}", problem.answer_text(&found.answer));
    let answer = components(&Problem::read(&program).expect("an answer"), &case.program)?;
    let all: Vec<String> =
        function.variables.iter().flat_map(|(_, list)| list.clone()).collect();
    let mut engine = Engine::default();
    let values = entries(&function.text, &mut engine);
    let slopes = entries(&answer.text, &mut engine);
    let (count, width) = (variables.len(), values.len());
    if slopes.len() != count * width {
        return None;
    }
    let shape = found.sizes.clone();
    let is_matrix = width == 1 && shape.len() == 2 && shape[0] != "1";
    let columns = match is_matrix {
        true => {
            let named = SIZES.iter().find(|(size, _)| *size == shape[1]);
            let number = named.map(|(_, n)| *n).or_else(|| shape[1].parse().ok());
            number.unwrap_or(2)
        }
        false => 1,
    };
    let rows = count / columns;
    for (j, value) in values.iter().enumerate() {
        for (k, variable) in variables.iter().enumerate() {
            let at = match is_matrix {
                true => (k % columns) * rows + k / columns,
                false => j * count + k,
            };
            let settings = Settings { declared: all.clone(), ..Settings::default() };
            let formula = engine.read(value, &settings).expect("a formula");
            let wrt = [variable.clone()];
            let partials =
                engine.partials(&formula, &wrt, 1, Form::Auto).expect("a slope");
            let id = partials.partials[0].values[0];
            if id == Pool::UNDEFINED {
                // The logarithm of a determinant that is 0, with more columns than rows.
                continue;
            }
            let slope =
                calcgrad::print::write(&engine.pool, id, calcgrad::print::Notation::Text);
            let slope = slope.expect("a text");
            let same = if is_proved {
                let first = engine.read(&slope, &settings).expect("a slope");
                let second = engine.read(&slopes[at], &settings).expect("an entry");
                let judged = engine.equal(&first, &second).expect("a judgement");
                Some(judged.decision.verdict.is_equal())
            } else {
                agree(&slope, &slopes[at], &all)
            };
            assert_ne!(
                same,
                Some(false),
                "{name}: {variable}: {slope} and {}",
                slopes[at]
            );
        }
    }
    Some(count * width)
}

fn is_for_entries(case: &Case) -> bool {
    let line = case.program.lines().next().unwrap_or_default();
    let traits = [
        "symmetric",
        "definite",
        "orthogonal",
        "diagonal",
        "skew",
        "triangular",
        "stochastic",
        "hot",
    ];
    let plain = !traits.iter().any(|word| line.contains(word));
    plain && case.order == 1 && case.layout == Layout::Denominator
}

#[test]
fn entries_of_the_notes_have_the_entries_of_the_answer() {
    let mut compared = 0;
    for case in cases().iter().filter(|case| case.name.contains("notes.cases")) {
        if is_for_entries(case) && compare(case, true).is_some() {
            compared += 1;
        }
    }
    assert!(compared >= 16, "{compared}");
}

#[test]
fn entries_of_the_other_cases_agree_at_points() {
    let mut compared = 0;
    for case in cases().iter().filter(|case| !case.name.contains("notes.cases")) {
        let is_abstract = case.program.contains("f(");
        if is_for_entries(case) && !is_abstract && compare(case, false).is_some() {
            compared += 1;
        }
    }
    assert!(compared > 100, "{compared}");
}

#[test]
fn declared_structure_is_in_the_names() {
    let text = "given S[n,n] symmetric, D[n,n] diagonal, x[n]\nx'*S*x + x'*D*x";
    let problem = Problem::read(text).expect("a program");
    let found = problem.components(&[("n".into(), 2)]).expect("components");
    let names = |name: &str| {
        found.variables.iter().find(|(n, _)| n == name).map(|(_, list)| list.join(" "))
    };
    assert_eq!(names("S").as_deref(), Some("S1_1 S1_2 S2_2"));
    assert_eq!(names("D").as_deref(), Some("D1_1 D2_2"));
    assert_eq!(names("x").as_deref(), Some("x1 x2"));
    let mut engine = Engine::default();
    let read = |text: &str, engine: &mut Engine| {
        engine.read(text, &Settings::default()).expect("a formula")
    };
    let first = read(&found.text, &mut engine);
    let written = "S1_1*x1^2 + 2*S1_2*x1*x2 + S2_2*x2^2 + D1_1*x1^2 + D2_2*x2^2";
    let second = read(written, &mut engine);
    let judged = engine.equal(&first, &second).expect("a judgement");
    assert!(judged.decision.verdict.is_equal());
}
