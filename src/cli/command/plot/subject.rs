//! What is drawn: functions, several of them between semicolons, or an equation.

use super::super::super::reading;
use super::Plot;
use calcgrad::function;
use calcgrad::print::{self, Notation};
use calcgrad::session::{Engine, Formula, Point, Settings, Show, parse_point};
use calcgrad::{Note, Result};

/// What is drawn, the points of tangents, and how it was read.
type Subject = (Show, Vec<Point>, Vec<Note>);

impl Plot {
    /// Reads a formula or an equation with what stands beside it.
    ///
    /// # Errors
    /// What is neither.
    pub(super) fn subject(&self, engine: &mut Engine, text: &str) -> Result<Subject> {
        let mut points = points(&self.common.at)?;
        let wrt =
            reading::names(super::super::super::flags::joined(&self.wrt).as_deref())?;
        let names = points.iter().flatten().map(|(name, _)| name);
        let mut declared: Vec<String> = wrt.into_iter().flatten().collect();
        declared.extend(names.cloned());
        declared.dedup();
        let settings = self.common.begin(engine, declared);
        let read = match engine.read(text, &settings) {
            Ok(formula) if is_equation(engine, &formula) => {
                let equations = engine.read_equations(text, &settings)?;
                Show::Equation(one(equations), written(engine, text, &settings))
            }
            Ok(formula) => Show::Functions(vec![formula]),
            Err(error) => {
                let parts: Vec<&str> = text.split(';').map(str::trim).collect();
                let parts = parts.into_iter().filter(|part| !part.is_empty());
                let parts: Vec<&str> = parts.collect();
                let each: Result<Vec<Formula>> =
                    parts.iter().map(|part| engine.read(part, &settings)).collect();
                match (each, parts.len()) {
                    (Ok(formulas), 2..) => Show::Functions(formulas),
                    (_, 1) if text.contains('=') => {
                        match engine.read_equations(text, &settings) {
                            Ok(equations) => Show::Equation(
                                one(equations),
                                written(engine, text, &settings),
                            ),
                            Err(_) => return Err(error),
                        }
                    }
                    _ => return Err(error),
                }
            }
        };
        let formulas: Vec<&Formula> = match &read {
            Show::Functions(list) => list.iter().collect(),
            Show::Equation(equation, _) => vec![equation],
        };
        let notes = formulas.iter().flat_map(|formula| formula.notes.clone()).collect();
        if let [first, ..] = formulas[..] {
            for (name, _) in points.iter_mut().flatten() {
                *name = first.spelling(name);
            }
        }
        Ok((read, points, notes))
    }
}

/// `x = y^2` gives the horizontal coordinate, and `x = 3` an upright line: it is a curve, not a function of `y` to be drawn
/// upright. And who writes `sin(x) = y` does not define another sine.
fn is_equation(engine: &Engine, formula: &Formula) -> bool {
    let variables = engine.variables(&formula.roots);
    let is_sideways = formula.name == "x" && (variables.is_empty() || variables == ["y"]);
    let is_known = |count| function::lookup(&formula.name, count).is_some();
    is_sideways || (1..=3).any(is_known)
}

fn one(mut equations: Vec<Formula>) -> Box<Formula> {
    Box::new(equations.swap_remove(0))
}

/// An equation as it is read, side by side; nothing where a side alone says something else.
fn written(engine: &mut Engine, text: &str, settings: &Settings) -> String {
    let sides: Vec<&str> = text.split('=').filter(|side| !side.is_empty()).collect();
    let [left, right] = sides[..] else { return String::new() };
    let mut write = |side: &str| {
        let formula = engine.read(side, settings).ok()?;
        let [root] = formula.roots[..] else { return None };
        print::write(&engine.pool, root, Notation::Text).ok()
    };
    match (write(left), write(right)) {
        (Some(left), Some(right)) => format!("{left} = {right}"),
        _ => String::new(),
    }
}

/// The points of tangents: a name that comes again begins another one.
fn points(pieces: &[String]) -> Result<Vec<Point>> {
    let mut found: Vec<Point> = Vec::new();
    for piece in pieces {
        let parts = calcgrad::syntax::pieces(piece);
        let parts = parts.unwrap_or_else(|| vec![piece.as_str()]);
        let mut own = Point::new();
        for part in parts.into_iter().filter(|part| !part.trim().is_empty()) {
            for (name, value) in parse_point(part)? {
                if own.iter().any(|(known, _)| *known == name) {
                    found.push(std::mem::take(&mut own));
                }
                own.push((name, value));
            }
        }
        if !own.is_empty() {
            found.push(own);
        }
    }
    Ok(found)
}
