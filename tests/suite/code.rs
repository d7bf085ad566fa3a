//! Answers as code: an interpreter of the pieces of NumPy, PyTorch, Julia and MATLAB that are
//! written, which keeps their rules (arrays of one axis, dots, adjoints), runs the formula and
//! its derivative, and compares the derivative with differences.

use super::array::{Array, Dialect};
use super::interpreter::read;
use super::matrix::{Case, cases, random_case};
use super::numeric::Typed;
use super::random::Random;
use calcgrad::function::{self, Language};
use calcgrad::matrix::{Answer, Code, Layout, Problem};
use std::collections::BTreeMap;

/// A number in [0, 1) from a counter.
fn fraction(counter: u64) -> f64 {
    Random::new(counter).noise() / 2.0 + 0.5
}

type Values = BTreeMap<String, Array>;

/// Names with their sizes and what is assumed of them.
fn declared(program: &str) -> Vec<(String, Vec<String>, String)> {
    let given =
        program.lines().find_map(|line| line.strip_prefix("given ")).unwrap_or("");
    let mut pieces = vec![String::new()];
    let mut depth = 0;
    for c in given.chars() {
        depth += i32::from(c == '[') - i32::from(c == ']');
        match c {
            ',' if depth == 0 => pieces.push(String::new()),
            _ => pieces.last_mut().expect("a piece").push(c),
        }
    }
    let read = |piece: &String| {
        let whole = piece.trim();
        let parted = whole.split_once(']').or_else(|| whole.split_once(' '));
        let (head, rest) = parted.unwrap_or((whole, ""));
        let (name, sizes) = head.split_once('[').unwrap_or((head, ""));
        let sizes = sizes.split(',').map(|s| s.trim().to_owned());
        let sizes = sizes.filter(|s| !s.is_empty()).collect();
        let name = name.split_whitespace().next().unwrap_or_default();
        (name.to_owned(), sizes, rest.trim().to_owned())
    };
    pieces.iter().map(read).collect()
}

/// Random values; n is above m, so that a transpose cannot hide and `X'*X` has an inverse.
fn instance(program: &str, dialect: Dialect, seed: u64) -> Values {
    let mut values = Values::new();
    for (place, (name, sizes, known)) in declared(program).into_iter().enumerate() {
        let factor = |text: &str| match text {
            "n" => 4,
            "m" => 3,
            "k" | "d" => 2,
            other => other.parse().unwrap_or(5),
        };
        let size = |text: &String| -> usize { text.split('*').map(factor).product() };
        let row = sizes.len() == 2 && sizes[0] == "1";
        let sizes: Vec<usize> = sizes.iter().map(size).collect();
        let count: usize = sizes.iter().product();
        let draw =
            |k: usize| 0.2 + fraction(seed << 32 | (place as u64) << 16 | k as u64);
        let mut data: Vec<f64> = (0..count).map(draw).collect();
        if let [n, m] = sizes[..]
            && n == m
        {
            for k in 0..n * n {
                let (i, j) = (k / n, k % n);
                let turned = data[j * n + i];
                if known.contains("symmetric") || known.contains("definite") {
                    data[k] = if i < j { turned } else { data[k] };
                }
                if known.contains("diagonal") && i != j {
                    data[k] = 0.0;
                }
                data[k] += if i == j { 2.0 } else { 0.0 };
            }
            if known.contains("orthogonal") {
                data = (0..n * n)
                    .map(|k| f64::from(u8::from(k % n == (k / n + 1) % n)))
                    .collect();
            }
        }
        restrict(&mut data, &sizes, &known);
        if sizes.is_empty() {
            data[0] = if known.contains("integer") { 3.0 } else { data[0] + 0.2 };
        }
        values.insert(name, Array::variable(&sizes, row, data, dialect));
    }
    for (name, index) in [("i", 1.0), ("j", 2.0), ("k", 1.0), ("l", 2.0)] {
        values.entry(name.to_owned()).or_insert_with(|| Array::scalar(index));
    }
    values
}

/// Brings entries into the space of the matrices of a kind.
fn restrict(data: &mut [f64], sizes: &[usize], known: &str) {
    let [.., cols] = *sizes else { return };
    if known.contains("stochastic") || known.contains("hot") {
        for row in data.chunks_mut(cols) {
            let (sum, most) = row
                .iter()
                .fold((0.0, 0.0), |(sum, most), x| (sum + x, f64::max(most, *x)));
            let is_hot = known.contains("hot");
            row.iter_mut().for_each(|x| {
                *x = if is_hot { f64::from(u8::from(*x == most)) } else { *x / sum };
            });
        }
    }
    let before = data.to_vec();
    for (k, x) in data.iter_mut().enumerate() {
        let (i, j) = (k / cols, k % cols);
        let is_zero = known.contains("diagonal") && i != j
            || known.contains("lower") && i < j
            || known.contains("upper") && i > j;
        if is_zero {
            *x = 0.0;
        } else if known.contains("skew") {
            *x = (before[k] - before[j * cols + i]) / 2.0;
        }
    }
}

fn run(
    code: &Code,
    values: &Values,
    dialect: Dialect,
    wrt: &str,
) -> Result<Array, String> {
    let mut values = values.clone();
    for (name, text) in code.definitions.iter().filter(|(name, _)| name != wrt) {
        let value = read(text, &values, dialect).map_err(|e| format!("{text}: {e}"))?;
        values.insert(name.clone(), value);
    }
    read(&code.expression, &values, dialect)
        .map_err(|e| format!("{}: {e}", code.expression))
}

/// Compares a derivative with differences in a direction; `None` where there is no value.
fn compare(
    case: &Case,
    (function, answer): (&Code, &Code),
    dialect: Dialect,
    seed: u64,
) -> Result<bool, String> {
    let mut values = instance(&case.program, dialect, seed);
    if !values.contains_key(&case.wrt) {
        let mut upto = function.clone();
        let at = upto.definitions.iter().position(|(name, _)| *name == case.wrt);
        let at = at.ok_or_else(|| format!("no name {}", case.wrt))?;
        upto.definitions.truncate(at + 1);
        upto.expression = upto.definitions[at].1.clone();
        upto.definitions.truncate(at);
        let value = run(&upto, &values, dialect, "")?;
        values.insert(case.wrt.clone(), value);
    }
    let x = values[&case.wrt].clone();
    let mut direction: Vec<f64> =
        (0..x.data.len()).map(|k| fraction(seed ^ (k as u64 + 77) << 20) - 0.5).collect();
    let traits = declared(&case.program).into_iter().find(|(name, ..)| *name == case.wrt);
    let traits = traits.map(|(_, _, known)| known).unwrap_or_default();
    if traits.contains("symmetric") || traits.contains("definite") {
        let n = x.data.len().isqrt();
        direction =
            (0..n * n).map(|k| direction[k] + direction[(k % n) * n + k / n]).collect();
    }
    restrict(&mut direction, &x.dims, &traits);
    let at = |t: f64| {
        let mut moved = values.clone();
        let mut value = x.clone();
        value.data.iter_mut().zip(&direction).for_each(|(x, d)| *x += t * d);
        moved.insert(case.wrt.clone(), value);
        run(function, &moved, dialect, &case.wrt)
    };
    let h = 1e-4;
    let (a, b, c, d) = (at(h)?, at(-h)?, at(2.0 * h)?, at(-2.0 * h)?);
    let slope =
        |k: usize| (8.0 * (a.data[k] - b.data[k]) - (c.data[k] - d.data[k])) / (12.0 * h);
    let slopes: Vec<f64> = (0..a.data.len()).map(slope).collect();
    let g = run(answer, &values, dialect, &case.wrt)?;
    if slopes.iter().chain(&g.data).any(|v| !v.is_finite()) {
        return Ok(false);
    }
    let numerator = case.layout == Layout::Numerator;
    let (rows, cols) = (x.rows(), x.cols());
    let turned = |k: usize| if numerator { (k % cols) * rows + k / cols } else { k };
    let found: Vec<f64> = match (slopes.len(), direction.len()) {
        (1, _) => {
            let terms = direction.iter().enumerate().map(|(k, d)| d * g.data[turned(k)]);
            vec![terms.sum()]
        }
        (_, 1) => g.data.iter().map(|v| v * direction[0]).collect(),
        (m, n) => {
            let entry = |i: usize, j: usize| match numerator {
                true => g.data[i * n + j],
                false => g.data[j * m + i],
            };
            let row =
                |i| direction.iter().enumerate().map(move |(j, d)| d * entry(i, j)).sum();
            (0..m).map(row).collect()
        }
    };
    let scale = slopes.iter().fold(1.0, |scale: f64, v| scale.max(v.abs()));
    let near = slopes.iter().zip(&found).all(|(a, b)| (a - b).abs() < 1e-6 * scale);
    match near && slopes.len() == found.len() {
        true => Ok(true),
        false => Err(format!("{}: {found:?} for {slopes:?}", answer.expression)),
    }
}

#[test]
fn code_runs_and_gives_the_derivative() {
    let mut compared = [0; 4];
    let random = (0..120).filter_map(|seed| {
        let numerator = seed % 3 == 0;
        let layout = if numerator { Layout::Numerator } else { Layout::Denominator };
        random_case(seed, layout)
    });
    for case in cases().into_iter().chain(random) {
        // Errors of programs, and derivatives in entries, are no arrays to compare.
        let Ok(mut problem) = Problem::read(&case.program) else { continue };
        let Ok(found) = problem.derivative(&case.wrt, case.order, case.layout) else {
            continue;
        };
        if matches!(found.answer, Answer::Indexed { .. }) || case.wrt.contains('[') {
            continue;
        }
        let before = match case.order {
            1 => problem.formula(),
            n => {
                problem.derivative(&case.wrt, n - 1, case.layout).expect("a form").answer
            }
        };
        for language in Language::ALL {
            let name = format!("{} in {}", case.name, language.name());
            let code = |answer| match problem.answer_code(answer, language) {
                Ok(code) => Some(code),
                // Comparisons, and what is written out or summed over an index.
                Err(error) if error.kind.id() == "unsupported" => None,
                Err(error) => panic!("{name}: {error}"),
            };
            let (Some(function), Some(answer)) = (code(&before), code(&found.answer))
            else {
                continue;
            };
            for seed in 0..2 {
                let dialect = Dialect::of(language);
                let result = compare(&case, (&function, &answer), dialect, seed);
                let done = result.unwrap_or_else(|e| panic!("{name}: {e}"));
                compared[language as usize] += u32::from(done);
            }
        }
    }
    assert!(compared.iter().all(|count| *count > 480), "{compared:?}");
}

#[test]
fn names_that_a_language_has_taken_are_changed() {
    let text = "given lambda, np[n], x[n], X[n,n]\nlambda*np'*inv(X)*x";
    let mut problem = Problem::read(text).expect("a program");
    let found = problem.derivative("x", 1, Layout::Denominator).expect("a derivative");
    for (language, expected, changes) in [
        (Language::Python, "lambda_*np.linalg.inv(X).T @ np_", 2),
        (Language::Matlab, "lambda*inv(X)'*np", 0),
    ] {
        let code = problem.answer_code(&found.answer, language).expect("code");
        assert_eq!(code.expression, expected);
        assert_eq!(code.notes.len(), changes);
    }
}

#[test]
fn the_interpreter_keeps_the_rules() {
    let values = |dialect| instance("given A[m,n], x[n], y[n], u[m]", dialect, 1);
    let wrong = [
        (Language::Python, "x.T"),
        (Language::Python, "A @ u"),
        (Language::Python, "x @ A"),
        (Language::Julia, "sin(x)"),
        (Language::Julia, "1 - x"),
        (Language::Julia, "x*y"),
        (Language::Julia, "2/x"),
        (Language::Julia, "sin.(x')*y + 1"),
        (Language::Matlab, "x*y"),
        (Language::Matlab, "A.*x*1"),
    ];
    for (language, text) in wrong {
        let dialect = Dialect::of(language);
        assert!(read(text, &values(dialect), dialect).is_err(), "{text}");
    }
}

#[test]
fn functions_of_the_table_are_written_with_their_values() {
    let mut compared = [0; 4];
    for (_, row) in function::rows() {
        let count = row.samples.len();
        let letters = &["u", "v"][..count.min(2)];
        if count == 0 || count > 2 {
            continue;
        }
        let arguments = letters.join(", ");
        let mut formulas = vec![format!("{}({arguments})", row.name)];
        formulas.extend(row.derivatives.iter().map(|text| (*text).to_owned()));
        for (place, text) in
            formulas.iter().enumerate().filter(|(_, text)| !text.is_empty())
        {
            let program = format!("given {arguments}\n{text}");
            let Ok(problem) = Problem::read(&program) else { continue };
            let declared: Vec<String> = letters.iter().map(|l| (*l).to_owned()).collect();
            let typed = Typed::new(text, &declared);
            for language in Language::ALL {
                let found = problem.answer_code(&problem.formula(), language);
                if place == 0 && row.code.is_none() {
                    assert!(found.is_err(), "{text}");
                }
                let Ok(code) = found else { continue };
                for k in 0..row.samples[0].len() {
                    let at: Vec<(String, f64)> = letters
                        .iter()
                        .zip(row.samples)
                        .map(|(l, list)| ((*l).to_owned(), list[k % list.len()]))
                        .collect();
                    let values: Values =
                        at.iter().map(|(l, x)| (l.clone(), Array::scalar(*x))).collect();
                    let expected = typed.value(0, &at);
                    let found = run(&code, &values, Dialect::of(language), "");
                    let found = found.unwrap_or_else(|e| panic!("{text}: {e}")).data[0];
                    let near = (found - expected).abs() <= 1e-6 * (1.0 + expected.abs());
                    assert!(
                        near || !expected.is_finite(),
                        "{text} at {at:?}: {}",
                        code.expression
                    );
                    compared[language as usize] += 1;
                }
            }
        }
    }
    assert!(compared.iter().all(|count| *count > 400), "{compared:?}");
}
