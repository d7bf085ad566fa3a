//! What a command has to say, in words, ready for any format.

use super::derivation::{self, StepFlags};
use super::exit::Exit;
use super::format::Format;
use super::output::Output;
use super::place::place;
use super::reading::Reading;
pub(crate) use super::written::Written;
use super::{diagnostic, json, language, theme};
use calcgrad::kernel::{Matrix, Pool};
use calcgrad::print::{self, Notation};
use calcgrad::session::{Engine, Point};
use calcgrad::steps::{Derivation, Line as Told, Math, Reason};
use calcgrad::{Note, Result};
use serde_json::{Map, Value as Json, json};
use std::borrow::Cow;
use std::path::Path;
use unicode_width::UnicodeWidthStr;

/// What stands behind a label.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    /// One expression.
    One(Written),
    /// A row vector.
    Row(Vec<Written>),
    /// A matrix, perhaps with a factor before it.
    Matrix { factor: Option<Factor>, rows: Vec<Vec<Written>> },
    /// A table with a head.
    Table { head: Vec<Written>, rows: Vec<Vec<Written>> },
    /// A drawing in a language of its own, in every format.
    Drawing(String),
}

/// What stands before a matrix, and the entries of both together.
#[derive(Clone, Debug)]
pub(crate) struct Factor {
    pub(crate) before: Written,
    pub(crate) whole: Vec<Vec<Written>>,
}

/// A line of an answer.
#[derive(Clone, Debug)]
struct Line {
    label: Written,
    value: Value,
    /// What stands behind an answer unless it is printed alone, as a remainder.
    tail: Written,
    /// What is printed with `--bare`.
    bare: Option<Value>,
    /// Whether the value is rounded.
    is_about: bool,
}

/// What a command has to say.
#[derive(Debug, Default)]
pub(crate) struct Report {
    lines: Vec<Line>,
    object: Map<String, Json>,
    /// What else is worth knowing.
    pub(crate) notes: Vec<Note>,
    /// Where the function is defined but has no derivative.
    pub(crate) breaks: Vec<String>,
    /// Whether it was compared with an independent path; `None` where nothing is claimed.
    pub(crate) checked: Option<bool>,
    /// The point of the values.
    pub(crate) at: Point,
    /// How the run ends.
    pub(crate) exit: Option<Exit>,
    /// Parts that have names, in the order in which they are needed.
    pub(crate) parts: Vec<(String, Written)>,
    /// A picture, which is written as it is.
    pub(crate) picture: Option<Vec<u8>>,
    /// How the answers come about, and how that is shown.
    told: Vec<Derivation>,
    steps: StepFlags,
}

impl Value {
    /// The matrix with its entries written.
    pub(crate) fn matrix(pool: &Pool, matrix: &Matrix) -> Result<Self> {
        let rows: Result<Vec<_>> =
            matrix.iter().map(|row| Written::all(pool, row)).collect();
        Ok(Self::Matrix { factor: None, rows: rows? })
    }

    /// The text with the signs of mathematics.
    fn with_signs(&self) -> Self {
        let list = |list: &Vec<Written>| list.iter().map(Written::with_signs).collect();
        let grid = |rows: &Vec<Vec<Written>>| rows.iter().map(list).collect();
        match self {
            Self::One(one) => Self::One(one.with_signs()),
            Self::Row(row) => Self::Row(list(row)),
            Self::Matrix { factor, rows } => {
                let factor = factor.as_ref().map(|one| Factor {
                    before: one.before.with_signs(),
                    whole: grid(&one.whole),
                });
                Self::Matrix { factor, rows: grid(rows) }
            }
            Self::Table { head, rows } => {
                Self::Table { head: list(head), rows: grid(rows) }
            }
            Self::Drawing(text) => Self::Drawing(text.clone()),
        }
    }

    /// On one line; tables have none.
    pub(crate) fn flat(&self, notation: Notation) -> String {
        match self {
            Self::One(one) => one.get(notation).to_owned(),
            Self::Row(list) => print::vector(&cells(list, notation), notation),
            Self::Matrix { factor, rows } => {
                let body = print::matrix(&grid(rows, notation), notation);
                before(factor.as_ref(), notation) + &body
            }
            Self::Table { head, rows } => {
                let rows = grid(rows, notation);
                print::table(&cells(head, notation), &rows, notation).join("\n")
            }
            Self::Drawing(text) => text.clone(),
        }
    }

    /// As an object: text, LaTeX, and the parts where there are several.
    pub(crate) fn json(&self) -> Json {
        let texts = |list: &[Written]| cells(list, Notation::Text);
        let [text, latex] =
            [Notation::Text, Notation::Latex].map(|notation| self.flat(notation));
        match self {
            Self::One(_) => json!({ "text": text, "latex": latex }),
            Self::Drawing(_) => json!({ "text": text }),
            Self::Row(list) => {
                json!({ "text": text, "latex": latex, "entries": texts(list) })
            }
            Self::Matrix { factor, rows } => {
                let columns = rows.first().map_or(0, Vec::len);
                let whole = factor.as_ref().map_or(rows, |one| &one.whole);
                let mut object = json!({
                    "text": text,
                    "latex": latex,
                    "shape": [rows.len(), columns],
                    "entries": grid(whole, Notation::Text),
                });
                if let Some(factor) = factor {
                    object["factor"] = factor.before.text.as_str().into();
                    object["without_factor"] = grid(rows, Notation::Text).into();
                }
                object
            }
            Self::Table { head, rows } => {
                let names = texts(head);
                let row = |row: &Vec<Written>| {
                    let fields = names.iter().cloned().zip(texts(row));
                    Json::Object(fields.map(|(k, v)| (k, v.into())).collect())
                };
                rows.iter().map(row).collect()
            }
        }
    }
}

fn cells(list: &[Written], notation: Notation) -> Vec<String> {
    list.iter().map(|one| one.get(notation).to_owned()).collect()
}

fn grid(rows: &[Vec<Written>], notation: Notation) -> Vec<Vec<String>> {
    rows.iter().map(|row| cells(row, notation)).collect()
}

/// The factor of a matrix with the sign of multiplication.
fn before(factor: Option<&Factor>, notation: Notation) -> String {
    match (factor.map(|factor| &factor.before), notation) {
        (None, _) => String::new(),
        (Some(one), Notation::Text) => format!("{}*", one.text),
        (Some(one), Notation::Latex) => format!("{} ", one.latex),
    }
}

impl Report {
    /// A report that has nothing to say yet but notes on how a formula was read.
    pub(crate) fn new(notes: Vec<Note>) -> Self {
        Self { notes, ..Self::default() }
    }

    /// A report on derivatives of an order of a formula, that has its answers still to come.
    pub(crate) fn on(
        engine: &mut Engine,
        found: &Reading,
        order: usize,
        at: &Point,
        checked: bool,
    ) -> Result<Self> {
        let mut report = Self {
            notes: found.notes.clone(),
            at: at.clone(),
            checked: Some(checked),
            ..Self::default()
        };
        // At a point it is known whether there is a derivative.
        let is_given = |name: &String| at.iter().any(|(known, _)| known == name);
        let is_settled = engine.variables(&found.formula.roots).iter().all(is_given);
        let breaks = match order {
            _ if is_settled => Vec::new(),
            1 => engine.first_breaks(&found.formula, &found.wrt)?,
            _ => engine.high_breaks(&found.formula, &found.wrt, order as u32)?,
        };
        report.breaks = engine.written_breaks(&breaks)?;
        report.field("variables", found.wrt.clone().into());
        Ok(report)
    }

    /// An answer: a line, printed with `--bare` too, and a field of the object.
    pub(crate) fn answer(&mut self, field: &str, label: Written, value: Value) {
        self.field(field, value.json());
        let bare = Some(value.clone());
        self.lines.push(Line::new(label, value, bare));
    }

    /// An answer with what stands behind it, and its field of the object.
    pub(crate) fn answer_with(
        &mut self,
        (field, object): (&str, Json),
        label: Written,
        one: Written,
        tail: Written,
    ) {
        self.field(field, object);
        let value = Value::One(one);
        let line = Line::new(label, value.clone(), Some(value));
        self.lines.push(Line { tail, ..line });
    }

    /// A line that `--bare` prints too, whose field of the object is made otherwise.
    pub(crate) fn push(&mut self, label: Written, value: Value) {
        let bare = Some(value.clone());
        self.lines.push(Line::new(label, value, bare));
    }

    /// A line that goes without saying in JSON and with `--bare`.
    pub(crate) fn line(&mut self, label: Written, value: Value) {
        self.lines.push(Line::new(label, value, None));
    }

    /// A line for a rounded value, which `--bare` prints where there is no exact one.
    pub(crate) fn about(&mut self, label: Written, value: Value, is_alone: bool) {
        let bare = is_alone.then(|| value.clone());
        let line = Line::new(label, value, bare);
        self.lines.push(Line { is_about: true, ..line });
    }

    /// An assignment in code, whose expression alone is printed with `--bare`.
    pub(crate) fn assignment(&mut self, name: &str, expression: &str, end: &str) {
        let value = Value::One(expression.into());
        let line = Line::new(name.into(), value.clone(), Some(value));
        self.lines.push(Line { tail: end.into(), ..line });
    }

    /// A sentence that goes without saying in JSON, with what of it is printed with `--bare`.
    pub(crate) fn sentence(&mut self, sentence: Written, bare: Option<Value>) {
        let (label, value) = (Written::default(), Value::One(sentence));
        self.lines.push(Line::new(label, value, bare));
    }

    /// A field of the object; a second one of the same name makes a list.
    pub(crate) fn field(&mut self, name: &str, value: Json) {
        match self.object.get_mut(name) {
            None => {
                self.object.insert(name.to_owned(), value);
            }
            Some(Json::Array(list)) => list.push(value),
            Some(first) => *first = Json::Array(vec![first.take(), value]),
        }
    }

    /// A field of the object in place of what it was.
    pub(crate) fn replace(&mut self, name: &str, value: Json) {
        self.object.insert(name.to_owned(), value);
    }

    /// Takes how the answers come about, which is shown in their place.
    pub(crate) fn tell(&mut self, steps: &StepFlags, told: Vec<Derivation>) {
        self.steps = steps.clone();
        self.told = steps.shown(told);
    }

    /// The same with the answers themselves behind it, and why each follows.
    pub(crate) fn tell_before(
        &mut self,
        steps: &StepFlags,
        mut told: Vec<Derivation>,
        reasons: &[Vec<Reason>],
    ) {
        for (place, line) in self.formulas_at(&[]).into_iter().enumerate() {
            let mut reasons = reasons.get(place).cloned().unwrap_or_default();
            if !self.at.is_empty() {
                reasons.push(derivation::at_point(&self.at));
            }
            let label = derivation::spoken(&line.label, language::chosen());
            told.push(Derivation { lines: vec![Told { label, reasons, ..line }] });
        }
        told.extend(self.named_parts());
        self.tell(steps, told);
    }

    /// What the names in the answers stand for, as lines of a derivation.
    pub(crate) fn named_parts(&self) -> Option<Derivation> {
        let line = |(name, part): &(String, Written)| {
            let label = print::both(|notation| print::name(name, notation));
            let Written { text, latex } = part.clone();
            Told { label, values: vec![Math { text, latex }], ..Told::default() }
        };
        let lines: Vec<Told> = self.parts.iter().map(line).collect();
        (!lines.is_empty()).then_some(Derivation { lines })
    }

    /// The answers as lines of a derivation that follow for the same reasons.
    pub(crate) fn formulas_at(&self, reasons: &[Reason]) -> Vec<Told> {
        let answers = self.lines.iter().filter(|line| line.bare.is_some());
        let line = |line: &Line| {
            let write = |notation| line.value.flat(notation) + line.tail.get(notation);
            let value = print::both(write);
            let Written { text, latex } = line.label.clone();
            let (label, values) = (Math { text, latex }, vec![value]);
            Told { label, values, reasons: reasons.to_vec(), ..Told::default() }
        };
        answers.map(line).collect()
    }

    /// The sentences, in their order.
    pub(crate) fn sentences(&self) -> impl Iterator<Item = &Written> {
        self.lines.iter().filter_map(|line| match &line.value {
            Value::One(one) if line.label.text.is_empty() => Some(one),
            _ => None,
        })
    }

    /// The lines with their labels, each whole in both notations.
    pub(crate) fn shown(&self) -> Vec<Written> {
        let line = |line: &Line| match &line.value {
            Value::Drawing(text) => Written { text: text.clone(), latex: String::new() },
            value => Written::from_fn(|notation| {
                let head = match line.label.get(notation) {
                    "" => String::new(),
                    label => format!("{label} {} ", line.sign(notation)),
                };
                let (flat, tail) = (value.flat(notation), line.tail.get(notation));
                let place = match value {
                    Value::Table { .. } => String::new(),
                    _ => place(&self.at, notation),
                };
                format!("{head}{flat}{tail}{place}")
            }),
        };
        self.lines.iter().map(line).collect()
    }

    /// The answers, each with the text of its label.
    pub(crate) fn formulas(&self) -> impl Iterator<Item = (&str, &Value)> {
        let answers = self.lines.iter().filter(|line| line.bare.is_some());
        answers.map(|line| (&line.label.text[..], &line.value))
    }

    /// The names of the variables.
    pub(crate) fn variables(&self) -> Vec<String> {
        let names = self.object.get("variables").and_then(Json::as_array);
        let names = names.into_iter().flatten().filter_map(Json::as_str);
        names.map(str::to_owned).collect()
    }

    /// The same without its lines.
    pub(crate) fn without_lines(&self) -> Self {
        Self {
            lines: Vec::new(),
            object: self.object.clone(),
            notes: self.notes.clone(),
            breaks: self.breaks.clone(),
            checked: self.checked,
            at: self.at.clone(),
            exit: self.exit,
            ..Self::default()
        }
    }

    /// The object of JSON.
    pub(crate) fn json(&self, id: Option<&Json>) -> String {
        let mut object = Map::new();
        if let Some(id) = id {
            object.insert("id".into(), id.clone());
        }
        object.insert("ok".into(), true.into());
        object.extend(self.object.clone());
        if !self.breaks.is_empty() {
            object.insert("not_differentiable".into(), self.breaks.clone().into());
        }
        if !self.at.is_empty() {
            let pairs = self.at.iter().map(|(name, value)| (name.clone(), json!(value)));
            object.insert("at".into(), pairs.collect::<Map<_, _>>().into());
        }
        if !self.notes.is_empty() {
            let notes: Json =
                self.notes.iter().map(|note| Json::from(note.message.as_str())).collect();
            object.insert("notes".into(), notes);
        }
        if let Some(checked) = self.checked {
            object.insert("checked".into(), checked.into());
        }
        if self.steps.is_hint() {
            // What was not shown is not told either.
            object.retain(|name, _| matches!(&name[..], "id" | "ok" | "variables"));
        }
        if self.steps.steps {
            object.insert("steps".into(), derivation::json(&self.told));
        }
        let mut object = Json::Object(object);
        json::spell_names(&mut object);
        object.to_string()
    }

    /// Writes it into a file; notes go to standard error.
    pub(crate) fn save(&self, source: &str, format: Format, path: &Path) -> Exit {
        for note in &self.notes {
            diagnostic::note(source, note);
        }
        let text = || match format.base() {
            Format::Json => self.json(None).into_bytes(),
            _ => self.picture.clone().unwrap_or_else(|| self.json(None).into_bytes()),
        };
        match std::fs::write(path, text()) {
            Ok(()) => self.exit.unwrap_or(Exit::Done),
            Err(error) => {
                diagnostic::line(&format!("error: {}: {error}", path.display()));
                Exit::Output
            }
        }
    }

    /// Prints it; notes go to standard error.
    pub(crate) fn show(
        &self,
        source: &str,
        format: Format,
        bare: bool,
        output: &mut Output,
    ) {
        let notation = match format.base() {
            Format::Latex => Notation::Latex,
            Format::Json => return output.line(&self.json(None)),
            _ => Notation::Text,
        };
        for note in &self.notes {
            diagnostic::note(source, note);
        }
        for condition in &self.breaks {
            diagnostic::no_derivative(condition);
        }
        if self.checked == Some(false) {
            diagnostic::remark(diagnostic::NOT_CHECKED);
        }
        if let Some(picture) = &self.picture {
            return output.bytes(picture);
        }
        if self.steps.steps {
            return self.steps.print(&self.told, format, output);
        }
        for line in &self.lines {
            let line = line.in_format(format);
            if bare {
                match &line.bare {
                    Some(Value::Drawing(text)) => output.plain(text),
                    Some(value) => output.line(&value.flat(notation)),
                    None => {}
                }
            } else {
                // Code says nothing of a point behind a statement.
                let place = match format.language() {
                    Some(_) => String::new(),
                    None => place(&self.at, notation),
                };
                line.show(notation, &place, output);
            }
        }
        for (name, part) in self.parts.iter().filter(|_| bare) {
            let name = print::name(name, notation);
            output.line(&format!("{name} = {}", part.get(notation)));
        }
    }
}

impl Line {
    fn new(label: Written, value: Value, bare: Option<Value>) -> Self {
        Self { label, value, tail: Written::default(), bare, is_about: false }
    }

    /// The sign between the label and the value.
    fn sign(&self, notation: Notation) -> &'static str {
        match (self.is_about, notation) {
            (false, _) => "=",
            (true, Notation::Text) => "≈",
            (true, Notation::Latex) => r"\approx",
        }
    }

    /// The same in the signs of a format, so that what stands one below the other stays so.
    fn in_format(&self, format: Format) -> Cow<'_, Self> {
        if format != Format::Unicode {
            return Cow::Borrowed(self);
        }
        let bare = self.bare.as_ref().map(Value::with_signs);
        let [label, tail] = [&self.label, &self.tail].map(Written::with_signs);
        let value = self.value.with_signs();
        Cow::Owned(Self { label, value, tail, bare, is_about: self.is_about })
    }

    /// Prints the label and the value; a place stands behind it.
    fn show(&self, notation: Notation, place: &str, output: &mut Output) {
        let label = self.label.get(notation);
        let (head, indent) = match label {
            "" => (String::new(), 0),
            label => {
                let sign = self.sign(notation);
                let head = format!("{} {sign} ", theme::label(label));
                (head, label.width() + 3)
            }
        };
        match (&self.value, notation) {
            (Value::Drawing(text), _) => output.plain(text),
            (Value::Table { .. }, _) => {
                if !label.is_empty() {
                    output.line(&theme::label(label));
                }
                output.line(&self.value.flat(notation));
            }
            (Value::Matrix { factor, rows }, Notation::Text) => {
                let factor = before(factor.as_ref(), notation);
                let indent = indent + factor.width();
                let lines = print::aligned(&grid(rows, notation));
                for (i, text) in lines.iter().enumerate() {
                    let head = match i {
                        0 => format!("{head}{factor}"),
                        _ => " ".repeat(indent),
                    };
                    let place = if i + 1 == lines.len() { place } else { "" };
                    output.line(&format!("{head}{text}{place}"));
                }
            }
            _ => {
                let tail = self.tail.get(notation);
                let flat = self.value.flat(notation);
                output.line(&format!("{head}{flat}{tail}{place}"));
            }
        }
    }
}
