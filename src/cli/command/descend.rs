//! `calcgrad descend`.

use super::super::args::{Common, whole};
use super::super::exit::Exit;
use super::super::reading::{self, Beside};
use super::super::report::{Report, Value, Written};
use super::Task;
use calcgrad::evaluate::digits;
use calcgrad::extrema::{Descending, Descent, Ending, Footstep, Kind};
use calcgrad::session::{Checked, Engine, parse_point};
use calcgrad::{ErrorKind, Result};
use clap::Args;
use serde_json::{Map, Value as Json};

/// The most steps that are taken.
const MAX_ITERATIONS: u32 = 100_000;

/// How many rows of a long table are shown at its beginning and at its end.
const SHOWN: usize = 6;
/// The significant digits of a number, few enough to be the same on every machine.
const DIGITS: usize = 12;

#[derive(Args, Debug)]
pub(crate) struct Descend {
    #[command(flatten)]
    common: Common,
    /// Where to begin, as x=1,y=2
    #[arg(long, required = true, value_name = "POINT", allow_hyphen_values = true)]
    from: Vec<String>,
    /// Steps are this multiple of the gradient [default: as far as the value falls enough]
    #[arg(long, value_name = "NUMBER", allow_hyphen_values = true)]
    rate: Option<f64>,
    /// The part of the last step that is added to the next one, from 0 to 1
    #[arg(long, value_name = "NUMBER", requires = "rate", allow_hyphen_values = true)]
    momentum: Option<f64>,
    /// Take the steps of Newton's method where they lead downhill
    #[arg(long)]
    newton: bool,
    /// The most steps
    #[arg(long, value_name = "N", default_value_t = 100, value_parser = whole)]
    iterations: u32,
    /// Stop when the gradient is this short
    #[arg(long, value_name = "NUMBER", default_value_t = 1e-8)]
    tolerance: f64,
    /// Show every step of a long table
    #[arg(long)]
    all: bool,
    /// The table alone, as comma-separated values
    #[arg(long)]
    csv: bool,
}

impl Task for Descend {
    fn common(&self) -> &Common {
        &self.common
    }

    fn points(&self) -> &[String] {
        &self.from
    }

    fn run(&self, engine: &mut Engine, text: &str) -> Result<Report> {
        let how = self.how()?;
        let from = parse_point(&self.common.entrywise(&self.from))?;
        let mut beside = Beside { wrt: None, point: from };
        let settings = self.common.begin(engine, beside.declared());
        let reading = reading::read(engine, text, &mut beside, &settings)?;
        reading.formula.one_answer()?;
        let Checked { value: descent, checked } =
            engine.descend(&reading.formula, &beside.point, &how)?;
        let mut report = Report::default();
        report.notes = reading.notes;
        report.checked = Some(checked);
        report.exit = match descent.ending {
            Ending::Converged | Ending::Exhausted => None,
            _ => Some(Exit::Unsupported),
        };
        let table = Table { descent: &descent, function: &reading.formula.name };
        let method = self.method(&how, &descent);
        let summary = table.summary();
        if self.csv {
            let text = table.csv()?;
            report.sentence(Written::from(text.trim_end()), None);
        } else {
            report.line(Written::default(), table.table(self.all));
            let end =
                descent.steps.last().map(|step| &step.point[..]).unwrap_or_default();
            let end: Vec<Written> =
                end.iter().map(|x| Written::decimal(&number(*x))).collect();
            let end = match &end[..] {
                [one] => Value::One(one.clone()),
                _ => Value::Row(end),
            };
            let words = Written::words(&format!("{method}: {summary}"));
            report.sentence(words, Some(end));
        }
        report.field("variables", descent.variables.clone().into());
        report.field("method", method.into());
        report.field("trace", table.json().into());
        report.field("ending", ending_id(descent.ending).into());
        report.field("summary", summary.into());
        Ok(report)
    }
}

impl Descend {
    fn how(&self) -> Result<Descending> {
        let refuse = |what: &str| Err(ErrorKind::InvalidPoint(what.to_owned()).into());
        if !self.common.at.is_empty() {
            return refuse("`descend` begins at --from, and takes no --at");
        }
        if self.rate.is_some_and(|rate| !(rate.is_finite() && rate > 0.0)) {
            return refuse("the rate is a number above 0");
        }
        let momentum = self.momentum.unwrap_or(0.0);
        if !(0.0..1.0).contains(&momentum) {
            return refuse("the momentum is a number from 0 to 1, without 1");
        }
        if !(self.tolerance.is_finite() && self.tolerance >= 0.0) {
            return refuse("the tolerance is a number that is not below 0");
        }
        if self.iterations > MAX_ITERATIONS {
            let (what, limit) = ("the number of iterations", MAX_ITERATIONS.into());
            return Err(ErrorKind::OverLimit { what, limit }.into());
        }
        Ok(Descending {
            rate: self.rate,
            momentum,
            newton: self.newton,
            iterations: self.iterations as usize,
            tolerance: self.tolerance,
        })
    }

    /// What was done, in words.
    fn method(&self, how: &Descending, descent: &Descent) -> String {
        let name = if how.newton { "Newton's method" } else { "gradient descent" };
        let step = match how.rate {
            Some(rate) => format!("rate {}", number(rate)),
            None => "backtracking line search".to_owned(),
        };
        let momentum = match how.momentum {
            0.0 => String::new(),
            m => format!(", momentum {}", number(m)),
        };
        let instead = match descent.gradient_steps {
            0 => String::new(),
            1 => ", 1 step along the gradient".to_owned(),
            n => format!(", {n} steps along the gradient"),
        };
        format!("{name} ({step}{momentum}{instead})")
    }
}

/// The steps as a table.
struct Table<'a> {
    descent: &'a Descent,
    function: &'a str,
}

impl Table<'_> {
    fn head(&self) -> Vec<Written> {
        let mut head =
            vec![Written { text: "step".into(), latex: "\\text{step}".into() }];
        head.extend(
            self.descent.variables.iter().map(|name| Written::from(name.as_str())),
        );
        let f = self.function;
        head.push(Written::from(f));
        head.push(Written {
            text: format!("‖∇{f}‖"),
            latex: format!("\\lVert \\nabla {f} \\rVert"),
        });
        head
    }

    fn row(number_of_step: usize, step: &Footstep) -> Vec<String> {
        let mut row = vec![number_of_step.to_string()];
        row.extend(step.point.iter().map(|x| number(*x)));
        row.extend([number(step.value), number(step.slope)]);
        row
    }

    fn table(&self, all: bool) -> Value {
        let steps = &self.descent.steps;
        let long = !all && steps.len() > 2 * SHOWN + 1;
        let mut rows = Vec::new();
        for (at, step) in steps.iter().enumerate() {
            if long && at == SHOWN {
                rows.push(vec![
                    Written { text: "…".into(), latex: "\\vdots".into() };
                    step.point.len() + 3
                ]);
            }
            if long && (SHOWN..steps.len() - SHOWN).contains(&at) {
                continue;
            }
            let cells = Self::row(at, step);
            rows.push(cells.iter().map(|text| Written::decimal(text)).collect());
        }
        Value::Table { head: self.head(), rows }
    }

    fn csv(&self) -> Result<String> {
        let failed = |_| ErrorKind::Unsupported("this table".to_owned());
        let mut writer = csv::Writer::from_writer(Vec::new());
        let head: Vec<String> = self.head().into_iter().map(|one| one.text).collect();
        writer.write_record(&head).map_err(failed)?;
        for (at, step) in self.descent.steps.iter().enumerate() {
            writer.write_record(Self::row(at, step)).map_err(failed)?;
        }
        let bytes = writer.into_inner().unwrap_or_default();
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    fn json(&self) -> Vec<Json> {
        let value = |x: f64| Json::from(number(x).parse::<f64>().unwrap_or(x));
        let steps = self.descent.steps.iter().enumerate();
        let object = |(at, step): (usize, &Footstep)| {
            let mut map = Map::new();
            map.insert("step".into(), at.into());
            let mut point = Map::new();
            for (name, x) in self.descent.variables.iter().zip(&step.point) {
                point.insert(name.clone(), value(*x));
            }
            map.insert("at".into(), point.into());
            map.insert("value".into(), value(step.value));
            map.insert("slope".into(), value(step.slope));
            Json::Object(map)
        };
        steps.map(object).collect()
    }

    /// How it ended, in words.
    fn summary(&self) -> String {
        let steps = self.descent.steps.len() - 1;
        let steps = match steps {
            1 => "1 step".to_owned(),
            n => format!("{n} steps"),
        };
        let place = |point: &[f64]| {
            let names = self.descent.variables.iter().zip(point);
            let list: Vec<String> =
                names.map(|(name, x)| format!("{name} = {}", number(*x))).collect();
            list.join(", ")
        };
        let last = self.descent.steps.last();
        let at = last.map(|step| place(&step.point)).unwrap_or_default();
        match self.descent.ending {
            Ending::Converged => match &self.descent.minimum {
                Some(point) => {
                    format!(
                        "converged in {steps} to {at}, near the minimum {}",
                        place(point)
                    )
                }
                None => format!("converged in {steps} to {at}, a minimum"),
            },
            Ending::Stationary(kind) => {
                format!("stationary after {steps} at {at}, {}", stationary(kind))
            }
            Ending::Broken(kind) => format!(
                "ends after {steps} at {at}, where {} has no gradient, {}",
                self.function,
                stationary(kind)
            ),
            Ending::Flat => {
                format!("{} is constant around {at}, after {steps}", self.function)
            }
            Ending::Falling => format!(
                "the gradient is below the tolerance after {steps} at {at}, but the values \
                 fall on"
            ),
            Ending::SmallGradient => {
                let more = match &self.descent.minimum {
                    Some(point) => format!("but a minimum lies at {}", place(point)),
                    None => "but what is there is not known".to_owned(),
                };
                format!(
                    "the gradient is below the tolerance after {steps} at {at}, {more}"
                )
            }
            Ending::Edge => {
                format!("runs to the edge of the domain in {steps}, at {at}")
            }
            Ending::Exhausted => format!("not converged after {steps}"),
            Ending::Diverged => format!("diverges after {steps}"),
            Ending::LeftDomain => {
                let next = self.descent.refused.as_deref().map(place).unwrap_or_default();
                format!("leaves the domain after {steps}, towards {next}")
            }
            Ending::Short => format!("the steps get too short after {steps}, at {at}"),
            Ending::Stuck => format!("no step leads down after {steps}, at {at}"),
        }
    }
}

/// A number with few enough digits.
fn number(value: f64) -> String {
    digits::rounded(value, DIGITS)
}

/// A stationary point that is no minimum, in words.
fn stationary(kind: Kind) -> &'static str {
    match kind {
        Kind::Maximum => "a maximum",
        Kind::Saddle => "a saddle point",
        Kind::Inflection => "an inflection point",
        _ => "neither a minimum nor a maximum",
    }
}

/// The name of an ending in JSON.
fn ending_id(ending: Ending) -> &'static str {
    match ending {
        Ending::Converged => "converged",
        Ending::Stationary(Kind::Maximum) | Ending::Broken(Kind::Maximum) => "maximum",
        Ending::Stationary(Kind::Saddle) => "saddle",
        Ending::Stationary(_) | Ending::Broken(_) => "neither",
        Ending::Flat => "flat",
        Ending::Falling => "falling",
        Ending::SmallGradient => "small_gradient",
        Ending::Edge => "edge",
        Ending::Exhausted => "exhausted",
        Ending::Diverged => "diverged",
        Ending::LeftDomain => "left_domain",
        Ending::Stuck => "stuck",
        Ending::Short => "short",
    }
}
