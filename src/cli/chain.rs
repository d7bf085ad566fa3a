//! `diff` on a program: the chain rule with the names of its author.

use super::args::FormName;
use super::derivation::at_point;
use super::format::Format;
use super::job::Job;
use super::parts::{BOTH, Writer};
use super::place::place;
use super::reading::absent;
use super::report::{Report, Value, Written};
use calcgrad::kernel::ExprId;
use calcgrad::print::{self, Notation, Operator};
use calcgrad::session::{
    ChainRule, ChainValues, Engine, Entry, Formula, InVariables, Layer, NamedParts,
    Point, Total,
};
use calcgrad::steps::{Derivation, Line, Math, Reason};
use calcgrad::{ErrorKind, Note, Result};
use rustc_hash::FxHashMap;
use serde_json::{Value as Json, json};

/// The chain rule for a program as a report; `None` where it has nothing to say.
///
/// # Errors
/// As [`Engine::chain_rule`], and a point outside of the domain.
pub(crate) fn report(
    engine: &mut Engine,
    job: &Job,
    formula: &Formula,
    wrt: Option<&[String]>,
    point: &Point,
) -> Result<Option<Report>> {
    let variables = engine.chain_variables(formula)?;
    let wrt = wrt.unwrap_or(&variables);
    let in_names = FormName::Auto.with_effort(job.effort);
    let Some(rule) = engine.chain_rule(formula, wrt, in_names)? else { return Ok(None) };
    if rule.is_accumulated && job.bare && !job.steps.steps && !job.expand_names {
        return Ok(None);
    }
    if !point.is_empty() && engine.is_bent_at(&rule, point)? {
        // The derivatives of the parts say nothing of the whole there.
        if wrt.iter().any(|name| formula.defines(name)) {
            let what = "the chain rule at a kink or a jump".to_owned();
            return Err(ErrorKind::Unsupported(what).into());
        }
        return Ok(None);
    }
    let values = match point.is_empty() {
        true => None,
        false => Some(engine.chain_values(&rule, point)?),
    };
    let in_variables = match job.expand_names || job.format == Format::Json {
        true => Some(engine.chain_in_variables(formula, &rule, job.wanted_form())?),
        false => None,
    };
    let mut roots = Vec::new();
    if let Some(values) = &values {
        roots = [&values.nodes[..], &values.locals, &values.totals].concat();
        // A part has no name that the program gave.
        for node in &rule.nodes {
            engine.pool.symbol(&node.name);
        }
    }
    let at_point = Writer::new(engine, &roots, &NamedParts::new(), false, BOTH);
    let ranks = rule.answers().enumerate().map(|(rank, (place, _))| (place, rank));
    let ranks = ranks.collect();
    let chain =
        Chain { engine, rule: &rule, point, values, at_point, in_variables, ranks };
    let mut notes = formula.notes.clone();
    notes.extend(absent(&variables, wrt, &notes));
    if rule.is_accumulated {
        let message = "the formula of the chain rule would be too long, so derivatives are \
                       accumulated name by name, from the answer down";
        notes.push(Note { message: message.to_owned(), span: None });
    }
    let mut report = Report::new(notes);
    report.breaks = chain.engine.written_breaks(&rule.breaks)?;
    report.checked =
        Some(rule.checked && chain.in_variables.as_ref().is_none_or(|v| v.checked));
    match job.format {
        Format::Json => {
            chain.object(&mut report, formula, job)?;
            if job.is_shown {
                let mut own = Report::default();
                chain.lines(&mut own, job)?;
                let lines: Vec<String> =
                    own.shown().into_iter().map(|l| l.text).collect();
                let block = Written { text: lines.join("\n"), ..chain.block(job)? };
                report.line(Written::default(), Value::One(block));
            }
        }
        Format::Latex if !job.bare => {
            report.line(Written::default(), Value::One(chain.block(job)?));
        }
        _ => chain.lines(&mut report, job)?,
    }
    match (&chain.in_variables, &chain.values) {
        (_, Some(_)) => chain.at_point.define(&mut report)?,
        (Some(found), None) if job.format != Format::Json => {
            chain.writer(found, job).define(&mut report)?;
        }
        _ => {}
    }
    if job.steps.steps {
        let mut told = chain.told(job)?;
        let mut rule = rule.clone();
        let before = engine.chain_derivations(&mut rule, job.steps.detail())?;
        told.splice(0..0, before);
        report.tell(&job.steps, told);
    }
    Ok(Some(report))
}

/// What is to be printed, and what it is printed with.
struct Chain<'e> {
    engine: &'e Engine,
    rule: &'e ChainRule,
    point: &'e Point,
    values: Option<ChainValues>,
    /// What writes the values.
    at_point: Writer<'e>,
    in_variables: Option<InVariables>,
    /// Which answer stands at a place of the rule.
    ranks: FxHashMap<usize, usize>,
}

impl<'e> Chain<'e> {
    /// What writes the answers in the variables alone.
    fn writer(&self, found: &InVariables, job: &Job) -> Writer<'e> {
        let (values, none) = (&found.values, NamedParts::new());
        Writer::new(self.engine, values, &none, job.is_shared(), BOTH)
    }

    /// The answers in the variables alone, and at the point.
    fn told(&self, job: &Job) -> Result<Vec<Derivation>> {
        let mut found = Vec::new();
        let mut add = |total: &Total, id: ExprId, reason: Reason| -> Result<()> {
            let label = |notation| self.rule.total_label(total, notation);
            let value = |notation| self.at_point.one(id, notation);
            let line = Line {
                label: print::both(label),
                values: vec![print::try_both(value)?],
                reasons: vec![reason],
                ..Line::default()
            };
            found.push(Derivation { lines: vec![line] });
            Ok(())
        };
        if let Some(own) = self.in_variables.as_ref().filter(|_| job.expand_names) {
            for ((_, total), id) in self.rule.answers().zip(&own.values) {
                add(total, *id, Reason::new("names_put_in"))?;
            }
        }
        if let Some(values) = &self.values {
            for (place, total) in self.rule.answers() {
                add(total, values.totals[place], at_point(self.point))?;
            }
        }
        if let Some((label, vector)) = self.gradient()? {
            let math =
                |written: Written| Math { text: written.text, latex: written.latex };
            let (label, values) = (math(label), vec![math(vector)]);
            let line = Line { label, values, ..Line::default() };
            found.push(Derivation { lines: vec![line] });
        }
        Ok(found)
    }

    /// The lines of text: the formulas, the local derivatives, the answers.
    fn lines(&self, report: &mut Report, job: &Job) -> Result<()> {
        let (rule, text) = (self.rule, Notation::Text);
        let mut line = |label: &str, value: String| {
            let value = Written { text: value.clone(), latex: value };
            report.line(label.into(), Value::One(value));
        };
        for (label, value) in self.forward(text)? {
            line(&label, value);
        }
        if job.jacobians {
            for (label, value) in self.product(text)? {
                line(&label, value);
            }
        } else if !rule.is_accumulated {
            for (_, total) in rule.answers() {
                if let Some(formula) = rule.formula(total, text)
                    && (!rule.is_abstract(total) || self.values.is_some())
                {
                    line(&rule.total_label(total, text), formula);
                }
            }
            for (label, value) in self.locals(text)? {
                line(&label, value);
            }
        }
        for (place, total) in rule.totals.iter().enumerate() {
            let label = Written::from_fn(|notation| rule.total_label(total, notation));
            let mut texts = self.answer(place, total, job)?;
            let last = texts.pop().unwrap_or_default();
            for text in texts {
                report.line(label.clone(), Value::One(text));
            }
            let last = match (self.place(), total.is_answer) {
                (Some(place), true) if !job.bare => Written {
                    text: last.text + &place.text,
                    latex: last.latex + &place.latex,
                },
                _ => last,
            };
            match total.is_answer {
                true => report.answer("partials", label, Value::One(last)),
                false => report.line(label, Value::One(last)),
            }
        }
        if let Some((label, vector)) = self.gradient()? {
            report.line(label, Value::One(vector));
        }
        Ok(())
    }

    /// The equations of LaTeX, one below the other.
    fn block(&self, job: &Job) -> Result<Written> {
        let mut rows = self.latex_rows(job)?;
        for place in (1..rows.len()).rev() {
            if rows[place].0 == rows[place - 1].0 {
                rows[place].0.clear();
            }
        }
        Ok(Written { text: String::new(), latex: print::aligned_rows(&rows) })
    }

    /// The equations of LaTeX: the local derivatives, then each answer as it comes about.
    fn latex_rows(&self, job: &Job) -> Result<Vec<(String, String)>> {
        let (rule, latex) = (self.rule, Notation::Latex);
        let mut rows = self.forward(latex)?;
        if job.jacobians {
            rows.extend(self.product(latex)?);
        } else if !rule.is_accumulated {
            rows.extend(self.locals(latex)?);
        }
        for (place, total) in rule.totals.iter().enumerate() {
            let label = rule.total_label(total, latex);
            let texts = self.answer(place, total, job)?;
            if let Some(formula) = rule.formula(total, latex)
                && !job.jacobians
                && texts.first().is_none_or(|first| first.latex != formula)
            {
                rows.push((label.clone(), formula));
            }
            for (k, text) in texts.iter().enumerate() {
                let mut value = text.latex.clone();
                if let Some(place) = self.place()
                    && total.is_answer
                    && k + 1 == texts.len()
                {
                    value.push_str(&place.latex);
                }
                rows.push((label.clone(), value));
            }
        }
        if let Some((label, vector)) = self.gradient()? {
            rows.push((label.latex, vector.latex));
        }
        Ok(rows)
    }

    /// The names with their values, when there is a point.
    fn forward(&self, notation: Notation) -> Result<Vec<(String, String)>> {
        let Some(values) = &self.values else { return Ok(Vec::new()) };
        let mut rows = Vec::new();
        for (node, value) in self.rule.nodes.iter().zip(&values.nodes) {
            let body = self.rule.write(node.body, notation)?;
            let label = print::name(&node.name, notation);
            rows.push((label, self.with_value(body, *value, notation)?));
        }
        Ok(rows)
    }

    /// The local derivatives, with their values when there is a point.
    fn locals(&self, notation: Notation) -> Result<Vec<(String, String)>> {
        let mut rows = Vec::new();
        let all_abstract = self.rule.answers().all(|(_, t)| self.rule.is_abstract(t));
        for (place, local) in self.rule.told_locals() {
            let label = self.rule.local_label(local, notation);
            let body = self.rule.write(local.value, notation)?;
            if body == label || all_abstract {
                continue;
            }
            let value = match &self.values {
                Some(values) => self.with_value(body, values.locals[place], notation)?,
                None => body,
            };
            rows.push((label, value));
        }
        Ok(rows)
    }

    fn with_value(
        &self,
        mut body: String,
        value: ExprId,
        notation: Notation,
    ) -> Result<String> {
        let text = self.at_point.one(value, notation)?;
        if text != body {
            body.push_str(" = ");
            body.push_str(&text);
        }
        body.push_str(&self.decimals(value, notation));
        Ok(body)
    }

    /// The decimals of a number that is no fraction, with the sign before them.
    fn decimals(&self, value: ExprId, notation: Notation) -> String {
        let pool = &self.engine.pool;
        if pool.as_number(value).is_some() || !pool.is_constant(value) {
            return String::new();
        }
        let about = if notation == Notation::Latex { "\\approx" } else { "≈" };
        match self.engine.short_decimal(value) {
            Some(decimal) => format!(" {about} {decimal}"),
            None => String::new(),
        }
    }

    /// A derivative in names, in the variables where that was asked for, and at the point.
    /// With `--bare`, only the last of them.
    fn answer(&self, place: usize, total: &Total, job: &Job) -> Result<Vec<Written>> {
        let rule = self.rule;
        let mut texts = vec![Written {
            text: rule.answer(total, Notation::Text)?,
            latex: rule.answer(total, Notation::Latex)?,
        }];
        if let Some(found) = &self.in_variables
            && let Some(rank) = self.ranks.get(&place).copied()
        {
            let writer = self.writer(found, job);
            let id = found.values[rank];
            texts.push(Written {
                text: writer.one(id, Notation::Text)?,
                latex: writer.one(id, Notation::Latex)?,
            });
        }
        if let Some(values) = &self.values {
            let value = values.totals[place];
            let mut written = self.at_point.written(value)?;
            if !job.bare {
                written.text.push_str(&self.decimals(value, Notation::Text));
                written.latex.push_str(&self.decimals(value, Notation::Latex));
            }
            texts.push(written);
        }
        texts.dedup();
        if job.bare {
            texts.drain(..texts.len() - 1);
        }
        Ok(texts)
    }

    /// The Jacobian as a product: in labels, and with the local derivatives put in.
    fn product(&self, notation: Notation) -> Result<Vec<(String, String)>> {
        let layers = self.rule.layers()?;
        let name = match &self.rule.outputs[..] {
            [one] => {
                let name = &self.rule.nodes[*one].name;
                print::operator_label(Operator::Jacobian, name, notation)
            }
            _ => "J".to_owned(),
        };
        let labels = self.matrices(&layers, notation, &|place| {
            Ok(self.rule.local_label(&self.rule.locals[place], notation))
        })?;
        let bodies = self.matrices(&layers, notation, &|place| {
            let local = &self.rule.locals[place];
            match self.rule.nodes[local.of].is_abstract {
                true => Ok(self.rule.local_label(local, notation)),
                false => self.rule.write(local.value, notation),
            }
        })?;
        let mut rows = vec![(name.clone(), labels), (name.clone(), bodies)];
        if let Some(values) = &self.values {
            let numbers = self.matrices(&layers, notation, &|place| {
                self.at_point.one(values.locals[place], notation)
            })?;
            rows.push((name, numbers));
        }
        rows.dedup();
        Ok(rows)
    }

    fn matrices(
        &self,
        layers: &[Layer],
        notation: Notation,
        write: &dyn Fn(usize) -> Result<String>,
    ) -> Result<String> {
        let mut texts = Vec::with_capacity(layers.len());
        for layer in layers {
            let mut rows: Vec<Vec<String>> = Vec::with_capacity(layer.rows.len());
            for row in &layer.entries {
                let entries = row.iter().map(|entry| match entry {
                    Entry::Zero => Ok("0".to_owned()),
                    Entry::One => Ok("1".to_owned()),
                    Entry::Local(place) => write(*place),
                });
                rows.push(entries.collect::<Result<_>>()?);
            }
            texts.push(match &rows[..] {
                [one] => print::vector(one, notation),
                _ => print::matrix(&rows, notation),
            });
        }
        Ok(texts.join(if notation == Notation::Text { "·" } else { " " }))
    }

    /// The gradient with its label, where the answers are its components and say more than
    /// the chain rule: its values, or derivatives in the variables alone or in names.
    fn gradient(&self) -> Result<Option<(Written, Written)>> {
        let rule = self.rule;
        let [one] = rule.outputs[..] else { return Ok(None) };
        let is_told = rule.answers().any(|(_, total)| !rule.is_abstract(total));
        if rule.wrt.len() < 2 || rule.is_accumulated || !is_told {
            return Ok(None);
        }
        let name = &rule.nodes[one].name;
        let label = Written::from_fn(|notation| print::gradient_label(name, notation));
        let vector = |notation: Notation| -> Result<String> {
            let mut parts = Vec::with_capacity(rule.wrt.len());
            for (rank, (place, total)) in rule.answers().enumerate() {
                let pool = &self.engine.pool;
                parts.push(match (&self.values, &self.in_variables) {
                    (Some(values), _) => {
                        self.at_point.one(values.totals[place], notation)?
                    }
                    (None, Some(found)) => {
                        print::write(pool, found.values[rank], notation)?
                    }
                    (None, None) => rule.answer(total, notation)?,
                });
            }
            Ok(print::vector(&parts, notation))
        };
        let mut written =
            Written { text: vector(Notation::Text)?, latex: vector(Notation::Latex)? };
        if let Some(place) = self.place() {
            written.text.push_str(&place.text);
            written.latex.push_str(&place.latex);
        }
        Ok(Some((label, written)))
    }

    /// What is added to a value: at which point it is taken.
    fn place(&self) -> Option<Written> {
        self.values.as_ref()?;
        Some(Written::from_fn(|notation| place(self.point, notation)))
    }

    /// The fields of JSON.
    fn object(&self, report: &mut Report, formula: &Formula, job: &Job) -> Result<()> {
        let rule = self.rule;
        let pool = &self.engine.pool;
        let entry = |of: usize, wrt: &str, written: Written| {
            let name = &rule.nodes[of].name;
            json!({ "of": name, "wrt": [wrt], "text": written.text, "latex": written.latex })
        };
        let roots =
            Writer::new(self.engine, &formula.roots, &NamedParts::new(), false, BOTH);
        let function = roots.all(&formula.roots, formula.is_vector, Notation::Text)?;
        report.field("function", function.into());
        report.field("variables", rule.wrt.clone().into());
        let mut partials = Vec::new();
        if let Some(found) = &self.in_variables {
            let writer = self.writer(found, job);
            for ((place, total), id) in rule.answers().zip(&found.values) {
                let written = match &self.values {
                    Some(values) => self.at_point.written(values.totals[place])?,
                    None => Written {
                        text: writer.one(*id, Notation::Text)?,
                        latex: writer.one(*id, Notation::Latex)?,
                    },
                };
                partials.push(entry(total.of, &total.wrt, written));
            }
            if self.values.is_none() {
                writer.define(report)?;
            }
            report.field("nodes", pool.reachable(&found.values).len().into());
        }
        report.field("partials", partials.into());
        let mut names = Vec::new();
        for (place, node) in rule.nodes.iter().enumerate() {
            let written = Written::new(&rule.pool, node.body)?;
            let mut name = json!({
                "name": node.name, "text": written.text, "latex": written.latex
            });
            if let Some(values) = &self.values {
                name["value"] =
                    self.at_point.one(values.nodes[place], Notation::Text)?.into();
            }
            names.push(name);
        }
        report.field("names", names.into());
        let mut formulas = Vec::new();
        let mut named = Vec::new();
        for total in &rule.totals {
            let both = |write: &dyn Fn(Notation) -> Result<String>| -> Result<Written> {
                Ok(Written {
                    text: write(Notation::Text)?,
                    latex: write(Notation::Latex)?,
                })
            };
            if rule.formula(total, Notation::Text).is_some() {
                let written = both(&|notation| {
                    Ok(rule.formula(total, notation).unwrap_or_default())
                })?;
                formulas.push(entry(total.of, &total.wrt, written));
            }
            let written = both(&|notation| rule.answer(total, notation))?;
            named.push(entry(total.of, &total.wrt, written));
        }
        report.field("formula", formulas.into());
        let mut locals = Vec::new();
        for (place, local) in rule.locals.iter().enumerate() {
            let written = Written::new(&rule.pool, local.value)?;
            let mut object = entry(local.of, &local.wrt, written);
            if let Some(values) = &self.values {
                object["value"] =
                    self.at_point.one(values.locals[place], Notation::Text)?.into();
            }
            locals.push(object);
        }
        report.field("locals", locals.into());
        report.field("named", named.into());
        if job.jacobians {
            let layers = rule.layers()?;
            let layers = layers
                .iter()
                .map(|layer| json!({ "rows": layer.rows, "columns": layer.columns }));
            report.field("layers", layers.collect());
        }
        if !self.point.is_empty() {
            let at = self.point.iter().map(|(n, v)| (n.clone(), Json::from(v.as_str())));
            report.field("at", Json::Object(at.collect()));
        }
        Ok(())
    }
}
