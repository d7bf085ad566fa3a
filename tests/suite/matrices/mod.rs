//! Random well-typed matrix formulas whose values are known from how they were made: the code
//! of their derivatives, in every language and for several sizes, and their entries, against
//! differences.
//!
//! calcgrad gets the text alone; neither its printer nor its evaluator has a part in the truth.

#[cfg(test)]
mod arrays;
mod formula;
mod maker;
#[cfg(test)]
mod numpy;

use super::array::{Array, Dialect};
use super::interpreter::read;
use super::random::Random;
use calcgrad::evaluate::{Tape, values};
use calcgrad::function::Language;
use calcgrad::matrix::{Answer, Code, Layout, Problem};
use calcgrad::session::{Engine, Form, Settings};
use calcgrad::{Error, Result};
use formula::{Formula, Place};
use maker::{Declared, Maker};
use std::collections::BTreeMap;
use std::fmt;

/// How far a value may be from differences, relative to its size.
const TOLERANCE: f64 = 1e-5;
/// Sizes of m, n and k: equal ones, so that a misplaced factor runs and lies, distinct ones, so
/// that it breaks, and those that make rows, columns and numbers of matrices.
const SIZES: [[usize; 3]; 4] = [[3, 3, 3], [2, 3, 4], [1, 1, 1], [1, 3, 2]];
/// One formula of so many is taken entry by entry.
const ENTRIES: usize = 5;
/// The longest formula in scalars, and how many of its entries are differentiated.
const LONGEST: usize = 1_200;
const COMPARED: usize = 3;

/// Something that calcgrad says otherwise than differences.
#[derive(Debug)]
pub(crate) struct Failure {
    question: String,
    found: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} | {}", self.question, self.found)
    }
}

/// What came of many formulas.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) failures: Vec<Failure>,
    /// Formulas without a derivative.
    pub(crate) refused: usize,
    /// Answers that a language cannot say.
    pub(crate) unwritten: usize,
    /// Values of code and of entries that were compared.
    pub(crate) code: usize,
    pub(crate) entries: usize,
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for failure in self.failures.iter().take(20) {
            writeln!(f, "{failure}")?;
        }
        let Self { failures, refused, unwritten, code, entries } = self;
        let count = failures.len();
        write!(
            f,
            "{count} differ, {refused} refused, {unwritten} not written, \
             {code} values of code and {entries} entries compared"
        )
    }
}

/// Asks calcgrad for the derivatives of so many formulas.
pub(crate) fn ask(seed: u64, count: usize) -> Tally {
    let mut random = Random::new(seed);
    let mut tally = Tally::default();
    let mut asked = 0;
    while asked < count {
        let (formula, mut maker) = Maker::draw(&mut random);
        let Some((given, wrt)) = maker.question(&formula) else { continue };
        let (names, least) = (maker.names, maker.least);
        asked += 1;
        let question = Question { formula, names, least, given, wrt };
        let places = question.places(&mut random);
        question.of_code(&places, &mut tally);
        if asked % ENTRIES == 0 {
            question.of_entries(&mut random, &mut tally);
        }
    }
    tally.failures.sort_by_key(|failure| failure.question.len());
    tally
}

/// The derivative that a question asks for.
fn derivative(question: &Question) -> Result<(Problem, Answer)> {
    let mut problem = Problem::read(&question.program())?;
    let found = problem.derivative(&question.wrt, 1, Layout::Denominator)?;
    Ok((problem, found.answer))
}

/// A formula and a name in which it is differentiated.
#[derive(Clone)]
struct Question {
    formula: Formula,
    names: Vec<Declared>,
    least: usize,
    given: String,
    wrt: String,
}

impl Question {
    fn program(&self) -> String {
        format!("given {}\n{}", self.given, self.formula.text)
    }

    fn tell(&self, found: String, tally: &mut Tally) {
        let Self { formula, given, wrt, .. } = self;
        let question = format!("{} | {given} | {wrt}", formula.text);
        tally.failures.push(Failure { question, found });
    }

    /// Random values for all sizes in turn.
    fn places(&self, random: &mut Random) -> Vec<Place> {
        let fits = |sizes: &&[usize; 3]| sizes.iter().all(|n| *n >= self.least);
        SIZES.iter().filter(fits).map(|sizes| self.place(*sizes, random)).collect()
    }

    fn place(&self, sizes: [usize; 3], random: &mut Random) -> Place {
        let sizes: BTreeMap<char, usize> = "mnk".chars().zip(sizes).collect();
        let mut place = Place { sizes, values: BTreeMap::new() };
        for one in &self.names {
            let (rows, cols) = (place.size(one.shape.0), place.size(one.shape.1));
            let draws: Vec<f64> = (0..rows * cols).map(|_| random.noise()).collect();
            let entry = |i: usize, j: usize| {
                let (x, y) = (draws[i * cols + j], draws[(j * cols + i) % draws.len()]);
                let x = if one.is_symmetric { x + y } else { x };
                match one.is_regular {
                    true => 0.4 * x + if i == j { 1.5 } else { 0.0 },
                    false => x,
                }
            };
            place.values.insert(one.name.clone(), Array::from(rows, cols, entry));
        }
        place
    }

    /// The derivative by differences: for each entry of the variable, row by row, those of the
    /// formula; `None` where they cannot be told.
    fn slopes(&self, place: &Place) -> Option<Vec<Vec<f64>>> {
        let count = place.values[&self.wrt].data.len();
        let center = self.formula.at(place);
        let size = |a: &Array| a.data.iter().fold(0.0f64, |m, x| m.max(x.abs()));
        let along = |k: usize| {
            let at = |step: f64| {
                let mut moved = place.clone();
                moved.values.get_mut(&self.wrt)?.data[k] += step;
                Some(self.formula.at(&moved).data)
            };
            let slope = |h: f64| {
                let (up, down) = (at(h)?, at(-h)?);
                Some(up.iter().zip(down).map(|(x, y)| (x - y) / (2.0 * h)).collect())
            };
            let (rough, fine): (Vec<f64>, Vec<f64>) = (slope(2e-4)?, slope(1e-4)?);
            let bound = 1e-6
                * (1e-3 * size(&center)
                    + fine.iter().fold(1.0f64, |m, x| m.max(x.abs())));
            let near = fine.iter().zip(&rough).all(|(x, y)| (x - y).abs() < bound);
            near.then(|| fine.iter().zip(rough).map(|(x, y)| x + (x - y) / 3.0).collect())
        };
        (0..count).map(along).collect()
    }

    /// The derivative in every language.
    fn of_code(&self, places: &[Place], tally: &mut Tally) {
        let (problem, answer) = match derivative(self) {
            Ok(found) => found,
            Err(error) if is_refusal(&error) => {
                tally.refused += 1;
                return;
            }
            Err(error) => return self.tell(error.to_string(), tally),
        };
        if matches!(answer, Answer::Indexed { .. }) {
            tally.refused += 1;
            return;
        }
        let truths: Vec<Option<Vec<Vec<f64>>>> =
            places.iter().map(|place| self.slopes(place)).collect();
        for language in Language::ALL {
            let code = match problem.answer_code(&answer, language) {
                Ok(code) => code,
                Err(error) if is_refusal(&error) => {
                    tally.unwritten += 1;
                    continue;
                }
                Err(error) => return self.tell(error.to_string(), tally),
            };
            for (place, truth) in places.iter().zip(&truths) {
                let Some(truth) = truth else { continue };
                let dialect = Dialect::of(language);
                let values = self.values(&code, place, dialect);
                let found = read(&code.expression, &values, dialect);
                match found.and_then(|found| self.judge(&found, truth, place, dialect)) {
                    Ok(()) => tally.code += 1,
                    Err(what) => {
                        let name = language.name();
                        let sizes: Vec<usize> = place.sizes.values().copied().collect();
                        self.tell(
                            format!("{name}: {} at {sizes:?}: {what}", code.expression),
                            tally,
                        );
                        break;
                    }
                }
            }
        }
    }

    /// The values of the names, under those that a language has for them.
    fn values(
        &self,
        code: &Code,
        place: &Place,
        dialect: Dialect,
    ) -> BTreeMap<String, Array> {
        let value = |one: &Declared| {
            let (rows, cols) = one.shape;
            let sizes: Vec<usize> = match (rows, cols) {
                ('1', '1') => Vec::new(),
                (_, '1') => vec![place.size(rows)],
                _ => vec![place.size(rows), place.size(cols)],
            };
            let data = place.values[&one.name].data.clone();
            let array = Array::variable(&sizes, rows == '1', data, dialect);
            let changed = format!("`{}` is written `", one.name);
            let given = code
                .notes
                .iter()
                .find_map(|note| note.message.strip_prefix(&changed)?.split('`').next());
            (given.unwrap_or(&one.name).to_owned(), array)
        };
        self.names.iter().map(value).collect()
    }

    /// Compares shape and entries of a derivative.
    fn judge(
        &self,
        found: &Array,
        truth: &[Vec<f64>],
        place: &Place,
        dialect: Dialect,
    ) -> std::result::Result<(), String> {
        let wrt = self.names.iter().find(|one| one.name == self.wrt).map(|one| one.shape);
        let shape = match (wrt, self.formula.is_scalar()) {
            (Some(shape), true) => shape,
            (Some(('1', '1')), false) => self.formula.shape,
            (Some((rows, _)), false) => (rows, self.formula.shape.0),
            (None, _) => return Err("no variable".into()),
        };
        let size = |size| place.size(size);
        let wanted: Vec<usize> = match shape {
            ('1', '1') if dialect.flat || dialect.julia => Vec::new(),
            (rows, '1') if dialect.flat || dialect.julia => vec![size(rows)],
            ('1', cols) if dialect.flat => vec![size(cols)],
            (rows, cols) => vec![size(rows), size(cols)],
        };
        // MATLAB has no arrays of less than two axes.
        let matlab = !dialect.flat && !dialect.julia;
        let dims = match found.dims[..] {
            [] if matlab => vec![1, 1],
            _ => found.dims.clone(),
        };
        if dims != wanted {
            return Err(format!("the shape {dims:?} for {wanted:?}"));
        }
        let flat: Vec<f64> = truth.iter().flatten().copied().collect();
        let scale = flat.iter().fold(1.0f64, |m, x| m.max(x.abs()));
        let near = flat.len() == found.data.len()
            && flat
                .iter()
                .zip(&found.data)
                .all(|(x, y)| (x - y).abs() < TOLERANCE * scale);
        if near { Ok(()) } else { Err(format!("{:?} for {flat:?}", found.data)) }
    }

    /// The formula entry by entry, and its derivative in some of the entries.
    fn of_entries(&self, random: &mut Random, tally: &mut Tally) {
        let least = self.least.max(1);
        let mut sizes = [least, 2, 3.min(least + 1)];
        random.shuffle(&mut sizes);
        let place = self.place(sizes, random);
        let used = |size: &char| {
            self.names.iter().any(|d| d.shape.0 == *size || d.shape.1 == *size)
        };
        let numbers: Vec<(String, usize)> = place
            .sizes
            .iter()
            .filter(|(size, _)| used(size))
            .map(|(size, n)| (size.to_string(), *n))
            .collect();
        let found = Problem::read(&self.program())
            .and_then(|problem| problem.components(&numbers));
        let found = match found {
            Ok(found) if found.text.len() <= LONGEST => found,
            Ok(_) => return,
            Err(error) if is_refusal(&error) => {
                return;
            }
            Err(error) => {
                return self.tell(format!("entries at {sizes:?}: {error}"), tally);
            }
        };
        let Some(truth) = self.slopes(&place) else { return };
        let point: Vec<(String, f64)> = found
            .variables
            .iter()
            .flat_map(|(name, list)| {
                let one = self.names.iter().find(|one| one.name == *name);
                let value = &place.values[name];
                let is_symmetric = one.is_some_and(|one| one.is_symmetric);
                let places = (0..value.data.len())
                    .filter(|k| !is_symmetric || k / value.cols() <= k % value.cols());
                let numbers: Vec<f64> = places.map(|k| value.data[k]).collect();
                list.iter().cloned().zip(numbers)
            })
            .collect();
        let Some((_, wrt)) = found.variables.iter().find(|(name, _)| *name == self.wrt)
        else {
            return;
        };
        for (k, name) in wrt.iter().enumerate().take(COMPARED) {
            match partial(&found.text, name, &point) {
                Ok(list) => {
                    let scale = truth[k].iter().fold(1.0f64, |m, x| m.max(x.abs()));
                    let near = list.len() == truth[k].len()
                        && list
                            .iter()
                            .zip(&truth[k])
                            .all(|(x, y)| (x - y).abs() < TOLERANCE * scale);
                    match near {
                        true => tally.entries += 1,
                        false => {
                            let what = format!(
                                "entries at {sizes:?} in {name}: {list:?} for {:?}",
                                truth[k]
                            );
                            return self.tell(what, tally);
                        }
                    }
                }
                Err(error) if is_refusal(&error) => {}
                Err(error) => return self.tell(format!("entries: {error}"), tally),
            }
        }
    }
}

/// Whether an error says that there is no answer; `y - y` may stand below a bar.
fn is_refusal(error: &Error) -> bool {
    let id = error.kind.id();
    id == "unsupported" || id == "division_by_zero" || error.kind.is_limit()
}

/// The values at a point of the derivative of a formula of scalars.
fn partial(text: &str, wrt: &str, point: &[(String, f64)]) -> Result<Vec<f64>> {
    let mut engine = Engine::default();
    let declared = point.iter().map(|(name, _)| name.clone()).collect();
    let formula = engine.read(text, &Settings { declared, ..Settings::default() })?;
    let found = engine.partials(&formula, &[wrt.to_owned()], 1, Form::Auto)?;
    let ids: Vec<_> = found.partials.into_iter().flat_map(|one| one.values).collect();
    let mut tape = Tape::default();
    let slots = tape.add_expressions(&engine.pool, &ids);
    let of = |name: &String| {
        point.iter().find(|(known, _)| known == name).map_or(f64::NAN, |(_, x)| *x)
    };
    let at: Vec<f64> = tape.variables.iter().map(of).collect();
    let all = values(&tape, &at);
    Ok(slots.iter().map(|slot| all[*slot as usize]).collect())
}

#[test]
fn code_and_entries_of_random_formulas_have_the_values_of_differences() {
    let tally = ask(3, 400);
    assert!(tally.failures.is_empty(), "{tally}");
    assert!(tally.code > 3_000 && tally.entries > 60 && tally.refused < 8, "{tally}");
}
