//! An independent reader: formulas that are made as trees, spelled as people spell them, and
//! valued from the tree alone.
//!
//! calcgrad gets the text: the value at a point must be that of the tree, so must the slope,
//! and two spellings of one tree are never different. Every variable has a value, so that a
//! name before a bracket is a product.

mod code;
mod functions;
mod join;
mod latex;
mod program;
mod signs;
mod spelling;
mod tree;
mod value;

use super::random;
use calcgrad::Result;
use calcgrad::check::Verdict;
use calcgrad::kernel::ExprId;
use calcgrad::print::{self, Notation};
use calcgrad::session::{Engine, Form, Input, Point, Settings, parse_point};
use random::Random;
use std::fmt;
use tree::Tree;
use value::{Dual, Place};

/// How far a value may be from that of the tree.
const TOLERANCE: f64 = 1e-8;
/// How many failures are shown.
const SHOWN: usize = 20;

/// Something that calcgrad says otherwise than the tree.
#[derive(Debug)]
pub(crate) struct Failure {
    text: String,
    at: String,
    expected: String,
    found: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { text, at, expected, found } = self;
        write!(f, "{} | {at} | {expected} | {found}", text.replace('\n', "\\n"))
    }
}

/// A tree with a place where its value is known.
struct Question {
    tree: Tree,
    place: Place,
    expected: Dual,
}

impl Question {
    /// Draws trees until one has a value that doubles can tell.
    fn draw(random: &mut Random) -> Self {
        loop {
            let tree = Tree::draw(random);
            let names = tree.names();
            // A leaf alone would say little.
            if names.is_empty() || tree.operands().is_empty() {
                continue;
            }
            // Such coordinates are exact in binary and in print.
            let mut coordinate =
                || f64::from(random.between(1, 40)) / random.pick(&[4.0, 8.0]);
            let at = names.iter().map(|name| (*name, coordinate())).collect();
            let place = Place { at, along: random.pick(&names) };
            if let Some(expected) = place.value(&tree) {
                return Self { tree, place, expected };
            }
        }
    }

    /// The point as text, its names in any spelling.
    fn point(&self, random: &mut Random) -> String {
        let at = self.place.at.iter();
        let at = at.map(|(name, x)| format!("{}={x}", signs::name(random, name)));
        at.collect::<Vec<_>>().join(", ")
    }
}

/// Asks calcgrad for the values of so many trees and returns where it differs, the shortest
/// text first.
pub(crate) fn differing(seed: u64, count: usize, input: Input) -> Vec<Failure> {
    let mut random = Random::new(seed);
    let mut failures = Vec::new();
    for _ in 0..count {
        let question = Question::draw(&mut random);
        ask(&mut random, &question, input, &mut failures);
    }
    failures.sort_by_key(|failure| failure.text.chars().count());
    failures
}

/// Spells a tree in two ways and asks for the value, the slope, and whether both are one.
fn ask(
    random: &mut Random,
    question: &Question,
    input: Input,
    failures: &mut Vec<Failure>,
) {
    let Question { tree, place, expected } = question;
    if code::has_word(input, &tree.names()) {
        return;
    }
    let mut spell = || match input {
        Input::Text => spelling::spell(random, tree),
        Input::Latex => latex::spell(random, tree),
        _ => code::spell(random, tree, input),
    };
    let (plain, other) = (spell(), spell());
    let text = match input == Input::Text && random.chance(12) {
        true => program::program(random, tree),
        false => plain.clone(),
    };
    let at = question.point(random);
    let mut tell = |text: &str, at: String, expected: String, found: String| {
        failures.push(Failure { text: text.to_owned(), at, expected, found });
    };
    let along = place.along;
    for (what, number) in [(None, expected.value), (Some(along), expected.slope)] {
        let found = answer(&text, &at, question, what, number, input);
        let found = found.unwrap_or_else(|error| Some(error.to_string()));
        if let Some(found) = found {
            let at = what.map_or(at.clone(), |name| format!("{at}, slope in {name}"));
            tell(&text, at, number.to_string(), found);
        }
    }
    match verdict(&plain, &other, &at, input) {
        Ok(Verdict::Different(witness)) => {
            let found = format!("different: {witness:?}");
            tell(&plain, at, other, found);
        }
        Ok(_) => {}
        Err(error) => tell(&plain, at, other, error.to_string()),
    }
}

/// What calcgrad says instead of a number that it should find.
fn answer(
    text: &str,
    at: &str,
    question: &Question,
    along: Option<&str>,
    number: f64,
    input: Input,
) -> Result<Option<String>> {
    let mut engine = Engine::default();
    let point = parse_point(at)?;
    let formula = engine.read(text, &settings(&point, input))?;
    let mut roots = formula.roots.clone();
    if let Some(along) = along {
        let place = question.place.at.iter().position(|(name, _)| *name == along);
        let wrt: Vec<String> =
            place.map(|place| point[place].0.clone()).into_iter().collect();
        let found = engine.partials(&formula, &wrt, 1, Form::Auto)?;
        roots = found.partials.into_iter().flat_map(|partial| partial.values).collect();
    }
    let values = engine.at_point(&roots, &point)?;
    let [id] = values[..] else { return Ok(Some(format!("{} values", values.len()))) };
    Ok((!is_near(&engine, id, number)).then(|| {
        let exact = print::write(&engine.pool, id, Notation::Text);
        let exact = exact.unwrap_or_else(|error| error.to_string());
        engine.short_decimal(id).unwrap_or(exact)
    }))
}

/// Whether an expression has a value, by doubles or by the digits that are shown of it: there
/// may be fewer than are asked for here, but they must be right.
fn is_near(engine: &Engine, id: ExprId, number: f64) -> bool {
    let error = (engine.float(id) - number).abs();
    let bound = TOLERANCE * number.abs();
    let as_shown = || {
        let text = engine.short_decimal(id)?;
        let error = (text.parse::<f64>().ok()? - number).abs();
        Some(error <= bound.max(last_digit(&text)))
    };
    error <= bound || as_shown().unwrap_or(false)
}

/// What the last digit of a number is worth; 0 where it has too few to be told from a
/// wrong one.
fn last_digit(text: &str) -> f64 {
    let (digits, power) = text.split_once('e').unwrap_or((text, "0"));
    let (Some((whole, part)), Ok(power)) = (digits.split_once('.'), power.parse::<i32>())
    else {
        return 0.0;
    };
    if whole.trim_start_matches(['-', '0']).len() + part.len() < 5 {
        return 0.0;
    }
    10f64.powi(power - part.len() as i32)
}

/// What is said of two texts.
fn verdict(one: &str, other: &str, at: &str, input: Input) -> Result<Verdict> {
    let mut engine = Engine::default();
    let settings = settings(&parse_point(at)?, input);
    let one = engine.read(one, &settings)?;
    let other = engine.read(other, &settings)?;
    Ok(engine.equal(&one, &other)?.decision.verdict)
}

/// The names of a point are variables.
fn settings(point: &Point, input: Input) -> Settings {
    let declared = point.iter().map(|(name, _)| name.clone()).collect();
    Settings { declared, input: Some(input), ..Settings::default() }
}

/// Some of the failures, a line for each.
pub(crate) fn listed(failures: &[Failure]) -> String {
    let lines = failures.iter().take(SHOWN).map(Failure::to_string);
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn what_is_spelled_is_what_is_computed() {
    let failures = differing(14, 1_000, Input::Text);
    assert!(failures.is_empty(), "{} differ\n{}", failures.len(), listed(&failures));
}

#[test]
fn what_is_spelled_in_latex_is_what_is_computed() {
    let failures = differing(15, 1_000, Input::Latex);
    assert!(failures.is_empty(), "{} differ\n{}", failures.len(), listed(&failures));
}

#[test]
fn what_is_spelled_in_python_is_what_is_computed() {
    let failures = differing(16, 700, Input::Python);
    assert!(failures.is_empty(), "{} differ\n{}", failures.len(), listed(&failures));
}

#[test]
fn what_is_spelled_in_sympy_is_what_is_computed() {
    let failures = differing(17, 700, Input::Sympy);
    assert!(failures.is_empty(), "{} differ\n{}", failures.len(), listed(&failures));
}

#[test]
fn what_is_spelled_in_mathematica_is_what_is_computed() {
    let failures = differing(18, 700, Input::Mathematica);
    assert!(failures.is_empty(), "{} differ\n{}", failures.len(), listed(&failures));
}

#[test]
fn what_is_spelled_in_maxima_is_what_is_computed() {
    let failures = differing(19, 700, Input::Maxima);
    assert!(failures.is_empty(), "{} differ\n{}", failures.len(), listed(&failures));
}
