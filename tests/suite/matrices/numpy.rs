//! The same formulas by real NumPy, where Python has it.

use super::{Dialect, Maker, Place, Question, Random, derivative};
use crate::suite::array::Array;
use crate::suite::matrix::spectra;
use calcgrad::function::Language;
use calcgrad::matrix::{Answer, Problem};
use std::io::Write;
use std::process::{Command, Stdio};

/// How many formulas are run.
const COUNT: usize = 150;

/// What stands before all code: stand-ins where there is no SciPy.
const HEAD: &str = "
import sys, types
import numpy as np
np.seterr(all='ignore')
try:
    import scipy.special
except ImportError:
    special = types.ModuleType('scipy.special')
    special.softmax = lambda a: np.exp(a - np.max(a))/np.sum(np.exp(a - np.max(a)))
    special.logsumexp = lambda a: np.log(np.sum(np.exp(a)))
    scipy = types.ModuleType('scipy')
    scipy.special = special
    sys.modules['scipy'], sys.modules['scipy.special'] = scipy, special
def tell(place, run):
    try:
        found = np.asarray(run(), float)
        print(place, *found.shape, ':', *(repr(float(x)) for x in np.ravel(found)))
    except Exception as error:
        print(place, 'error', repr(error))
";

/// Runs a program of Python; `None` where there is no Python with NumPy.
fn python(program: &str) -> Option<String> {
    let mut child = Command::new("python3")
        .arg("-")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    child.stdin.take()?.write_all(program.as_bytes()).ok()?;
    let output = child.wait_with_output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then_some(text)
}

/// An array as NumPy takes it.
fn literal(array: &Array) -> String {
    match array.dims[..] {
        [] => format!("{:?}", array.data[0]),
        [_] => format!("np.array({:?})", array.data),
        _ => format!("np.array({:?}).reshape({:?})", array.data, array.dims),
    }
}

/// What NumPy printed for a place: a shape and entries, or an error.
fn value(line: &str) -> Option<Array> {
    let (head, data) = line.split_once(" :")?;
    let dims: Vec<usize> =
        head.split(' ').skip(1).filter_map(|n| n.parse().ok()).collect();
    let data = data.split_whitespace().filter_map(|x| x.parse().ok()).collect();
    Some(Array::new(&dims, data))
}

#[test]
fn numpy_runs_the_code() {
    let dialect = Dialect::of(Language::Python);
    let mut random = Random::new(8);
    let mut program = HEAD.to_owned();
    let mut asked: Vec<(Question, String, Place, Vec<Vec<f64>>)> = Vec::new();
    for _ in 0..COUNT {
        let (formula, mut maker) = Maker::draw(&mut random);
        let Some((given, wrt)) = maker.question(&formula) else { continue };
        let (names, least) = (maker.names, maker.least);
        let question = Question { formula, names, least, given, wrt };
        let Ok((problem, answer)) = derivative(&question) else { continue };
        let Ok(code) = problem.answer_code(&answer, Language::Python) else { continue };
        for place in question.places(&mut random) {
            let Some(truth) = question.slopes(&place) else { continue };
            let values = question.values(&code, &place, dialect);
            let set: Vec<String> = values
                .iter()
                .map(|(name, value)| format!("    {name} = {}", literal(value)))
                .collect();
            let imports: Vec<String> =
                code.imports.iter().map(|line| format!("    {line}")).collect();
            program.push_str(&format!(
                "def run():\n{}\n{}\n    return {}\ntell({}, run)\n",
                imports.join("\n"),
                set.join("\n"),
                code.expression,
                asked.len()
            ));
            asked.push((question.clone(), code.expression.clone(), place, truth));
        }
    }
    if python("import numpy").is_none() {
        return;
    }
    let text = python(&program).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), asked.len());
    for (line, (question, code, place, truth)) in lines.iter().zip(&asked) {
        let found = value(line).ok_or_else(|| (*line).to_owned());
        let judged =
            found.and_then(|found| question.judge(&found, truth, place, dialect));
        let formula = &question.formula.text;
        assert_eq!(judged, Ok(()), "{formula} in {} by {code}", question.wrt);
    }
}

/// What judges a derivative along a random direction, in Python.
const ALONG: &str = "
import re
def judge(given, wrt, formula, gradient):
    sizes, values, symmetric = dict(n=4, m=3, k=2), {'np': np}, set()
    draw = np.random.default_rng(5).normal
    for piece in re.split(r',(?![^\\[]*\\])', given):
        name, axes, known = re.match(r'\\s*(\\w+)(?:\\[([^\\]]*)\\])?(.*)', piece).groups()
        shape = [sizes[axis] for axis in axes.split(',')] if axes else []
        values[name] = draw(size=shape)
        if 'symmetric' in known:
            values[name] = values[name] + values[name].T
            symmetric.add(name)
    x = values[wrt]
    d = draw(size=np.shape(x))
    d = d + d.T if wrt in symmetric else d
    at = lambda t: eval(formula, {**values, wrt: x + t*d})
    h = 1e-4
    slope = (8*(at(h) - at(-h)) - (at(2*h) - at(-2*h)))/(12*h)
    found = np.sum(eval(gradient, values)*d)
    print('fits' if abs(slope - found) < 1e-6*(1 + abs(slope)) else (slope, found))
";

#[test]
fn numpy_runs_the_code_of_spectra() {
    let mut program = format!("{HEAD}{ALONG}");
    let mut names = Vec::new();
    for case in spectra() {
        let Ok(mut problem) = Problem::read(&case.program) else { continue };
        let Ok(found) = problem.derivative(&case.wrt, 1, case.layout) else { continue };
        let code = |answer: &Answer| {
            let code = problem.answer_code(answer, Language::Python);
            code.expect("code of NumPy").expression
        };
        let (formula, gradient) = (code(&problem.formula()), code(&found.answer));
        let given = case.program.lines().next().unwrap_or_default();
        let given = given.trim_start_matches("given ");
        program.push_str(&format!(
            "judge({given:?}, {:?}, {formula:?}, {gradient:?})\n",
            case.wrt
        ));
        names.push(case.name);
    }
    let Some(text) = python(&program) else { return };
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), names.len());
    for (line, name) in lines.iter().zip(names) {
        assert_eq!(*line, "fits", "{name}");
    }
}
