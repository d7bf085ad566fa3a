//! `calcgrad critical`.

use super::super::args::Common;
use super::super::derivation::StepFlags;
use super::super::flags::PartsFlag;
use super::super::parts::Writer as Parts;
use super::super::report::{Report, Value, Written};
use super::Task;
use super::relations::{relation, relations};
use super::tested::definite;
use calcgrad::evaluate::digits;
use calcgrad::extrema::{
    Critical as Found, CriticalPoint, CriticalSet, Curve, Evidence, Kind, Side,
};
use calcgrad::kernel::{ExprId, Node, Pool, Relation};
use calcgrad::print::Shared;
use calcgrad::session::Engine;
use calcgrad::{ErrorKind, Note, Result};
use clap::Args;
use serde_json::{Map, Value as Json, json};
use std::cell::RefCell;

/// The digits of what is not exact.
const DIGITS: usize = 15;
/// The digits where some function has no more than doubles have.
const FEW_DIGITS: usize = 10;

#[derive(Args, Debug)]
pub(crate) struct Critical {
    #[command(flatten)]
    common: Common,
    /// The variables, as x,y; other names are parameters [default: all, in natural order]
    #[arg(short, long, value_name = "NAMES")]
    wrt: Vec<String>,
    #[command(flatten)]
    parts: PartsFlag,
    #[command(flatten)]
    steps: StepFlags,
}

impl Task for Critical {
    fn common(&self) -> &Common {
        &self.common
    }

    fn steps(&self) -> Option<&StepFlags> {
        Some(&self.steps)
    }

    fn run(&self, engine: &mut Engine, text: &str) -> Result<Report> {
        if !self.common.at.is_empty() {
            let what = "`critical` looks for the points itself and takes none".to_owned();
            return Err(ErrorKind::InvalidPoint(what).into());
        }
        let (_, reading) = self.common.read(engine, text, &self.wrt)?;
        reading.formula.one_answer()?;
        let found = engine.critical(&reading.formula, &reading.wrt)?;
        let mut report = Report::default();
        report.notes = reading.notes;
        let advice = engine.cube_root(&reading.formula.roots);
        report.notes.extend(advice.map(|message| Note { message, span: None }));
        report.checked = Some(found.checked);
        let name = &reading.formula.name;
        let mut roots = Vec::new();
        if self.parts.is_shared() {
            let writer = Writer::new(engine, name, &found, None);
            writer.write(&mut Report::default())?;
            roots = writer.written.take();
        }
        let shared = Parts::asked(engine, &roots, self.parts.is_shared()).into_shared();
        let writer = Writer::new(engine, name, &found, shared.clone());
        writer.write(&mut report)?;
        writer.parts.define(&mut report)?;
        if self.steps.steps {
            let detail = self.steps.detail();
            let mut told =
                engine.critical_derivations(&reading.formula, &found, detail)?;
            let writer = Writer::new(engine, name, &found, shared);
            told.push(writer.tested(&report));
            told.extend(report.named_parts());
            report.tell(&self.steps, told);
        }
        Ok(report)
    }
}

/// Writes what was found.
pub(super) struct Writer<'a> {
    engine: &'a Engine,
    name: &'a str,
    pub(super) found: &'a Found,
    /// What writes expressions that are exact.
    parts: Parts<'a>,
    /// Those that were written.
    written: RefCell<Vec<ExprId>>,
}

impl<'a> Writer<'a> {
    fn new(
        engine: &'a Engine,
        name: &'a str,
        found: &'a Found,
        shared: Option<Shared>,
    ) -> Self {
        let parts = Parts::over(engine, shared);
        Self { engine, name, found, parts, written: RefCell::default() }
    }

    /// An expression, with names for its parts where there are any.
    fn exact(&self, id: ExprId) -> Result<Written> {
        self.written.borrow_mut().push(id);
        self.parts.written(id)
    }

    fn write(&self, report: &mut Report) -> Result<()> {
        report.field("variables", self.found.variables.clone().into());
        let gradient = self.parts.value(&self.found.gradient, true)?;
        report.field("gradient", gradient.json());
        let mut objects = Vec::new();
        for point in &self.found.points {
            objects.push(self.point(point, report)?);
        }
        report.field("points", objects.into());
        for (field, sets) in [("sets", &self.found.sets), ("rough", &self.found.rough)] {
            let mut objects = Vec::new();
            for set in sets {
                objects.push(self.set(set, field == "rough", report)?);
            }
            report.field(field, objects.into());
        }
        let is_empty = self.found.points.is_empty()
            && self.found.sets.is_empty()
            && self.found.rough.is_empty();
        if is_empty && self.found.complete {
            report.sentence(Written::words("no critical points"), None);
        }
        report.field("complete", self.found.complete.into());
        if !self.found.complete {
            let range = self.found.range.map(|(low, high)| self.range(low, high));
            let words = match (self.found.omitted, is_empty) {
                (_, true) if let Some(range) = &range => {
                    format!("no critical points with {range}; others may lie outside")
                }
                (_, false) if let Some(range) = &range => {
                    format!("these are all with {range}; others may lie outside")
                }
                (0, true) => {
                    "no critical points were found; points may be missing".into()
                }
                (0, false) => "points may be missing".into(),
                (n, _) => format!("{n} more were found; points may be missing"),
            };
            report.sentence(Written::words(&words), None);
            report.field("omitted", self.found.omitted.into());
            if let Some((low, high)) = self.found.range {
                report.field("range", vec![low, high].into());
            }
        }
        Ok(())
    }

    /// `-40 <= x <= 40`.
    fn range(&self, low: f64, high: f64) -> String {
        let name = self.found.variables.first().map_or("", String::as_str);
        let number = |x| digits::rounded(x, DIGITS);
        format!("{} <= {name} <= {}", number(low), number(high))
    }

    /// An expression, or the digits of a number that stands for one.
    pub(super) fn value(&self, id: ExprId, approximate: bool) -> Result<Written> {
        if !approximate {
            return self.exact(id);
        }
        let pool = &self.engine.pool;
        if !pool.is_constant(id) {
            // Of a family: numbers and multiples of what counts its points.
            let mut parts = Vec::new();
            for term in pool.terms(&id) {
                parts.push(match pool.is_constant(*term) {
                    true => self.value(*term, true)?,
                    false => self.exact(*term)?,
                });
            }
            let mut sum = join(&parts, " + ");
            sum.text = sum.text.replace("+ -", "- ");
            sum.latex = sum.latex.replace("+ -", "- ");
            return Ok(sum);
        }
        match self.engine.decimal(id, DIGITS) {
            Ok(text) => Ok(Written::decimal(&text)),
            // Some function is known to fewer digits.
            Err(_) => {
                Ok(Written::decimal(&digits::rounded(self.engine.float(id), FEW_DIGITS)))
            }
        }
    }

    fn point(&self, point: &CriticalPoint, report: &mut Report) -> Result<Json> {
        let mut values = Vec::new();
        for c in &point.coordinates {
            values.push(self.value(c.value, c.approximate)?);
        }
        let value = self.value(point.value, point.approximate)?;
        let exact =
            if point.approximate { sign("≈", "\\approx") } else { sign("=", "=") };
        let mut parts = vec![self.place(point, &values, &exact)?];
        parts.push(join(&[self.name(), exact.clone(), value.clone()], " "));
        let second = self.second(point)?;
        let kind = self.kind(point)?;
        let mut sentence = join(&[join(&parts[..1], ""), parts[1].clone()], ": ");
        if let Some((mut second, word)) = second {
            if let Some(word) = word {
                second.text = format!("{} is {word}", second.text);
                second.latex = format!("{} \\text{{ is {word}}}", second.latex);
            }
            sentence = join(&[sentence, second], ", ");
        }
        sentence = join(&[sentence, kind.clone()], ", ");
        let bare = match &values[..] {
            [one] => Value::One(one.clone()),
            _ => Value::Row(values.clone()),
        };
        report.sentence(sentence, Some(bare));
        let mut at = Map::new();
        for (name, value) in self.found.variables.iter().zip(&values) {
            at.insert(name.clone(), json!({ "text": value.text, "latex": value.latex }));
        }
        let mut object = Map::new();
        object.insert("at".into(), at.into());
        object.insert("exact".into(), (!point.approximate).into());
        if point.boundary {
            object.insert("boundary".into(), true.into());
        }
        object.insert("value".into(), Value::One(value).json());
        object.insert("kind".into(), point.kind.id().into());
        object.insert("global".into(), point.global.into());
        let mut rows = Vec::new();
        for row in &point.hessian {
            let mut texts = Vec::new();
            for id in row {
                texts.push(self.value(*id, point.approximate)?.text);
            }
            rows.push(texts);
        }
        object.insert("hessian".into(), rows.into());
        object.insert("because".into(), kind.text.into());
        let mut conditions = Vec::new();
        for id in &point.conditions {
            conditions.push(relation(&self.engine.pool, *id)?.text);
        }
        object.insert("conditions".into(), conditions.into());
        Ok(object.into())
    }

    /// `x = 1`, `(x, y) = (1, 2)`, with the numbers that count a family and conditions.
    pub(super) fn place(
        &self,
        point: &CriticalPoint,
        values: &[Written],
        exact: &Written,
    ) -> Result<Written> {
        let mut names = Vec::new();
        for name in &self.found.variables {
            let id = self.engine.pool.find_symbol(name);
            names.push(match id {
                Some(id) => Written::new(&self.engine.pool, id)?,
                None => Written::from(name.as_str()),
            });
        }
        let tuple = |list: &[Written]| match list {
            [one] => one.clone(),
            _ => {
                let inside = join(list, ", ");
                Written {
                    text: format!("({})", inside.text),
                    latex: format!("\\left( {} \\right)", inside.latex),
                }
            }
        };
        let mut place = join(&[tuple(&names), exact.clone(), tuple(values)], " ");
        let counters: Vec<ExprId> =
            point.coordinates.iter().filter_map(|c| c.counter).collect();
        place = self.counted(place, &counters)?;
        let mut conditions = Vec::new();
        for id in &point.conditions {
            conditions.push(relation(&self.engine.pool, *id)?);
        }
        if !conditions.is_empty() {
            let conditions = join(&conditions, ", ");
            place = Written {
                text: format!("{} if {}", place.text, conditions.text),
                latex: format!("{} \\text{{ if }} {}", place.latex, conditions.latex),
            };
        }
        Ok(place)
    }

    /// With the whole numbers that count the members of a family.
    fn counted(&self, place: Written, counters: &[ExprId]) -> Result<Written> {
        if counters.is_empty() {
            return Ok(place);
        }
        let mut names = Vec::new();
        for counter in counters {
            names.push(Written::new(&self.engine.pool, *counter)?);
        }
        let whole = sign("∈ ℤ", "\\in \\mathbb{Z}");
        let counters = join(&[join(&names, ", "), whole], " ");
        Ok(Written {
            text: format!("{} with {}", place.text, counters.text),
            latex: format!("{},\\ {}", place.latex, counters.latex),
        })
    }

    /// `f'' = 36 > 0`, or the Hessian with the signs of its eigenvalues.
    pub(super) fn second(
        &self,
        point: &CriticalPoint,
    ) -> Result<Option<(Written, Option<&'static str>)>> {
        let signs = match point.evidence {
            Evidence::Hessian(below, zero, above) => Some((below, zero, above)),
            _ => None,
        };
        let exact =
            if point.approximate { sign("≈", "\\approx") } else { sign("=", "=") };
        if let [row] = &point.hessian[..] {
            let name = Written::from(format!("{}''", self.name).as_str());
            let value = self.value(row[0], point.approximate)?;
            let mut parts = vec![name, exact, value];
            match signs {
                Some((1, 0, 0)) => parts.push(sign("< 0", "< 0")),
                Some((0, 0, 1)) => parts.push(sign("> 0", "> 0")),
                _ => {}
            }
            return Ok(Some((join(&parts, " "), None)));
        }
        if point.hessian.is_empty() || point.hessian.len() > 4 {
            return Ok(None);
        }
        let mut rows = Vec::new();
        for row in &point.hessian {
            let mut list = Vec::new();
            for id in row {
                list.push(self.value(*id, point.approximate)?);
            }
            rows.push(list);
        }
        let value = Value::Matrix { factor: None, rows };
        let matrix = Written::from_fn(|notation| value.flat(notation));
        let second = join(&[Written::from("H"), exact, matrix], " ");
        let word = signs.map(|(below, zero, above)| definite(below, zero, above));
        Ok(Some((second, word)))
    }

    /// What kind of point it is, and why.
    pub(super) fn kind(&self, point: &CriticalPoint) -> Result<Written> {
        let word = match (point.kind, point.global) {
            (Kind::Minimum, true) => "local and global minimum",
            (Kind::Maximum, true) => "local and global maximum",
            (Kind::Minimum, false) => "local minimum",
            (Kind::Maximum, false) => "local maximum",
            (Kind::Saddle, _) => "saddle point",
            (Kind::Inflection, _) => "inflection point",
            (Kind::Neither, _) => "neither a minimum nor a maximum",
            (Kind::BySign(above, below), _) => {
                let turned = above == Pool::ZERO;
                let id = if turned { below } else { above };
                let is_assumed = point.conditions.iter().any(|condition| {
                    let pool = &self.engine.pool;
                    matches!(pool.node(*condition), Node::Apply(function, list)
                        if Relation::of(function) == Some(Relation::LessEqual)
                            && pool.list(list) == [Pool::ZERO, id])
                });
                let is_one_sided = is_assumed || self.engine.pool.is_nonnegative(id);
                let id = self.exact(id)?;
                let [up, down] = if turned { ["<", ">"] } else { [">", "<"] };
                if is_one_sided {
                    let word = if turned { "maximum for" } else { "minimum for" };
                    return Ok(join(
                        &[Written::words(word), id, sign("> 0", "> 0")],
                        " ",
                    ));
                }
                return Ok(Written {
                    text: format!(
                        "minimum for {id} {up} 0, maximum for {id} {down} 0",
                        id = id.text
                    ),
                    latex: format!(
                        "\\text{{minimum for }} {id} {up} 0,\\ \\text{{maximum for }} \
                         {id} {down} 0",
                        id = id.latex
                    ),
                });
            }
            (Kind::ByMinors(determinant, lead), _) => {
                let d = self.exact(determinant)?;
                let lead = self.exact(lead)?;
                return Ok(Written {
                    text: format!(
                        "D = det H = {}: saddle point for D < 0; for D > 0 a minimum if \
                         {} > 0, a maximum if {} < 0",
                        d.text, lead.text, lead.text
                    ),
                    latex: format!(
                        "D = \\det H = {}:\\ \\text{{saddle point for }} D < 0;\\ \\text{{for }} \
                         D > 0 \\text{{ a minimum if }} {} > 0,\\ \\text{{a maximum if }} {} < 0",
                        d.latex, lead.latex, lead.latex
                    ),
                });
            }
            (Kind::Inconclusive, _) => "inconclusive",
        };
        let word = Written::words(word);
        let reason = match &point.evidence {
            Evidence::Hessian(_, zero, _) if point.kind == Kind::Inconclusive => {
                let why = "the second derivatives do not decide, and no line was found that does";
                (*zero > 0).then(|| Written::words(why))
            }
            Evidence::Higher(order, value) => {
                let value = self.value(*value, point.approximate)?;
                let name = match order {
                    3 => format!("{}'''", self.name),
                    n => format!("{}^({n})", self.name),
                };
                Some(Written {
                    text: format!("{name} = {}", value.text),
                    latex: format!(
                        "{} = {}",
                        name.replace("^(", "^{(").replace(')', ")}"),
                        value.latex
                    ),
                })
            }
            Evidence::Sides(left, right) => {
                let words = match point.boundary {
                    true => inwards(*left, *right),
                    false => Some(sides(*left, *right)),
                };
                words.map(|words| Written::words(&words))
            }
            Evidence::Bound => None,
            Evidence::LowestTerms => Some(Written::words("the lowest terms decide")),
            Evidence::Curve(curve) => Some(self.curve(curve)?),
            Evidence::Curves(up, down) => {
                let (up, down) = (self.curve(up)?, self.curve(down)?);
                Some(join(&[up, down], ", "))
            }
            Evidence::Hessian(..) | Evidence::None => None,
        };
        let mut result = match reason {
            Some(reason) => Written {
                text: format!("{}: {}", word.text, reason.text),
                latex: format!("{}:\\ {}", word.latex, reason.latex),
            },
            None => word,
        };
        if point.boundary {
            let place = if point.coordinates.len() == 1 {
                "at an end"
            } else {
                "at the boundary"
            };
            result = join(&[Written::words(place), result], ", ");
        }
        if !point.differentiable {
            let rough =
                Written::words(&format!("{} is not differentiable there", self.name));
            result = join(&[rough, result], ", ");
        }
        Ok(result)
    }

    /// `along y = x it is 2*x^3`.
    fn curve(&self, curve: &Curve) -> Result<Written> {
        let on = relations(&self.engine.pool, &curve.equations)?;
        let value = self.exact(curve.value)?;
        Ok(Written {
            text: format!("along {} it is {}", on.text, value.text),
            latex: format!(
                "\\text{{along }} {} \\text{{ it is }} {}",
                on.latex, value.latex
            ),
        })
    }

    fn set(&self, set: &CriticalSet, rough: bool, report: &mut Report) -> Result<Json> {
        let all =
            self.counted(relations(&self.engine.pool, &set.equations)?, &set.counters)?;
        let name = self.name;
        let mut sentence = match (set.equations.is_empty(), rough) {
            (true, _) => Written::words("every point is critical"),
            (false, true) => Written {
                text: format!("{}: {name} is not differentiable there", all.text),
                latex: format!(
                    "{}:\\ \\text{{{name} is not differentiable there}}",
                    all.latex
                ),
            },
            (false, false) if set.boundary => Written {
                text: format!("all points with {}, at the boundary", all.text),
                latex: format!(
                    "\\text{{all points with }} {},\\ \\text{{at the boundary}}",
                    all.latex
                ),
            },
            (false, false) => Written {
                text: format!("all points with {} are critical", all.text),
                latex: format!(
                    "\\text{{all points with }} {} \\text{{ are critical}}",
                    all.latex
                ),
            },
        };
        let mut object = Map::new();
        if let Some(value) = set.value {
            let value = self.exact(value)?;
            let same = join(&[self.name(), sign("=", "="), value.clone()], " ");
            sentence = join(&[sentence, same], ": ");
            object.insert("value".into(), Value::One(value).json());
        }
        let word = match set.extremum {
            Some(Kind::Minimum) => Some("global minimum"),
            Some(Kind::Maximum) => Some("global maximum"),
            _ => None,
        };
        if let Some(word) = word {
            sentence = join(&[sentence, Written::words(word)], ", ");
        }
        object.insert("extremum".into(), set.extremum.map(Kind::id).into());
        report.sentence(sentence, Some(Value::One(all)));
        let pool = &self.engine.pool;
        let texts = set.equations.iter().map(|id| Ok(relation(pool, *id)?.text));
        object.insert("equations".into(), texts.collect::<Result<Vec<String>>>()?.into());
        Ok(object.into())
    }

    pub(super) fn name(&self) -> Written {
        Written::from(self.name)
    }
}

pub(super) fn sign(text: &str, latex: &str) -> Written {
    Written { text: text.to_owned(), latex: latex.to_owned() }
}

pub(super) fn join(parts: &[Written], between: &str) -> Written {
    let texts: Vec<&str> = parts.iter().map(|one| one.text.as_str()).collect();
    let latex: Vec<&str> = parts.iter().map(|one| one.latex.as_str()).collect();
    let wide = match between {
        ": " => ":\\ ",
        ", " => ",\\ ",
        other => other,
    };
    Written { text: texts.join(between), latex: latex.join(wide) }
}

/// The sides of a point as a sentence.
fn sides(left: Side, right: Side) -> String {
    let word = |side, rises, falls| match side {
        Side::Rises => rises,
        Side::Falls => falls,
        Side::Above => "above it",
        Side::Below => "below it",
        Side::Level => "constant",
        Side::Swings => "above and below it",
        Side::Outside => "undefined",
    };
    // A value that rises on the way out to the left falls towards the right.
    format!(
        "{} to the left, {} to the right",
        word(left, "falling", "rising"),
        word(right, "rising", "falling")
    )
}

/// The one side of an end, as a sentence.
fn inwards(left: Side, right: Side) -> Option<String> {
    let (side, place) = match (left, right) {
        (Side::Outside, side) => (side, "to the right"),
        (side, _) => (side, "to the left"),
    };
    let word = match (side, left == Side::Outside) {
        (Side::Rises, true) | (Side::Falls, false) => "rising",
        (Side::Falls, true) | (Side::Rises, false) => "falling",
        (Side::Above, _) => "above it",
        (Side::Below, _) => "below it",
        (Side::Level, _) => "constant",
        (Side::Swings, _) => "above and below it",
        (Side::Outside, _) => return None,
    };
    Some(format!("{word} {place}"))
}
