//! What is to be done, from the command line or a line of a batch, and doing it.

use super::answer::Answer;
use super::args::{FormName, LayoutName, effort};
use super::arrays::Files;
use super::chain;
use super::code::keep_small;
use super::derivation::StepFlags;
use super::eval;
use super::format::Format;
use super::parts::Writer;
use super::reading::{Beside, absent, follow, names};
use super::tell::tell;
use calcgrad::calculus::Kink;
use calcgrad::check::Domain;
use calcgrad::kernel::ExprId;
use calcgrad::print::Notation;
use calcgrad::session::{
    AtPoint, Derivatives, Engine, Form, Formula, Input, Missing, NamedParts, Partial,
    Point, Settings,
};
use calcgrad::simplify::{Opening, Preference};
use calcgrad::{ErrorKind, Note, Result};
use std::collections::HashSet;

/// In more variables, long gradients have names for what the derivatives share.
const MANY: usize = 8;

/// What is wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Action {
    /// Partial derivatives, with the gradient of several variables.
    #[default]
    Diff,
    /// The gradient alone.
    Gradient,
    /// A value.
    Eval,
    /// The formula in another form.
    Form,
    /// Whether two formulas are equal.
    Equal,
    /// Whether an answer is right.
    Check,
}

/// A request.
#[derive(Clone, Debug)]
pub(crate) struct Job {
    pub(crate) action: Action,
    /// The formula; `None`: standard input.
    pub(crate) text: Option<String>,
    pub(crate) wrt: Option<String>,
    pub(crate) order: u32,
    pub(crate) mixed: Option<String>,
    pub(crate) at: String,
    pub(crate) set: String,
    pub(crate) assume: String,
    pub(crate) form: Option<FormName>,
    /// Give repeated parts names, whatever the form is.
    pub(crate) names_parts: bool,
    pub(crate) format: Format,
    /// How much is tried to find a shorter form, 0 to 3.
    pub(crate) effort: u8,
    /// The functions in which answers are written.
    pub(crate) prefer: Preference,
    /// Which functions are taken apart by multiplying out.
    pub(crate) opening: Opening,
    pub(crate) bare: bool,
    /// Write the gradient as a column.
    pub(crate) is_column: bool,
    /// Keep the names of a program in the answer, and show how it comes about.
    pub(crate) keep_names: bool,
    /// Whether the answer is an object, in which the function stands beside it.
    pub(crate) is_record: bool,
    /// In JSON, give the lines of a terminal as well.
    pub(crate) is_shown: bool,
    /// Give the answer in the variables alone as well.
    pub(crate) expand_names: bool,
    /// Show the chain rule as a product of matrices.
    pub(crate) jacobians: bool,
    pub(crate) strict: bool,
    /// Say how formulas are read.
    pub(crate) explain: bool,
    /// Whether `log` is the logarithm to the base 10.
    pub(crate) log_ten: bool,
    /// Whether numbers are written with decimals where those end.
    pub(crate) decimals: bool,
    /// The notation in which formulas are typed; `None`: it is found out.
    pub(crate) input: Option<Input>,
    pub(crate) digits: Option<usize>,
    /// The other formula of `equal`, the answer of `check`.
    pub(crate) other: Option<String>,
    /// Whether the lines of an answer are judged one by one.
    pub(crate) own_lines: bool,
    /// How far decimals of an answer may be off.
    pub(crate) tolerance: Option<f64>,
    /// The points of an answer: of all of it, or of each component.
    pub(crate) points: Vec<f64>,
    /// Whether an answer in another form gets no points.
    pub(crate) requires_form: bool,
    /// Over which numbers roots and logarithms are taken.
    pub(crate) domain: Domain,
    /// Declared shapes: the formula is one of matrices.
    pub(crate) given: Option<String>,
    /// Which way derivatives of matrix expressions lie.
    pub(crate) layout: Option<LayoutName>,
    /// Stack the columns of matrices.
    pub(crate) vec: bool,
    /// Numbers for sizes: the formula is taken entry by entry.
    pub(crate) components: Option<String>,
    /// Whether arrays may stand in files.
    pub(crate) files: Files,
    /// What a derivative is at a kink.
    pub(crate) at_kinks: Option<Kink>,
    /// Whether and how the derivation is told.
    pub(crate) steps: StepFlags,
    /// Whether code is written as a function.
    pub(crate) is_callable: bool,
    /// What is known to be worth knowing.
    pub(crate) notes: Vec<Note>,
}

impl Job {
    /// Whether repeated parts have names in any case.
    pub(crate) fn is_shared(&self) -> bool {
        self.names_parts || FormName::Shared.is_asked(self.form, self.is_callable)
    }

    pub(crate) fn wanted_form(&self) -> Form {
        self.form.unwrap_or(FormName::Auto).with_effort(self.effort)
    }

    /// Whether names of a program stay: a form is asked of the answer in the variables.
    fn keeps_names(&self) -> bool {
        let is_auto = matches!(self.form, None | Some(FormName::Auto | FormName::Shared));
        self.keep_names && (is_auto || self.expand_names || self.jacobians)
    }

    /// How formulas are read.
    pub(crate) fn settings(&self, declared: Vec<String>) -> Settings {
        let (strict, domain, input) = (self.strict, self.domain, self.input);
        let (assume, explain) = (self.assume.clone(), self.explain);
        Settings {
            declared,
            set: self.set.clone(),
            assume,
            strict,
            domain,
            input,
            log_ten: self.log_ten,
            decimals: self.decimals,
            explain,
            ..Settings::default()
        }
    }
}

impl Default for Job {
    fn default() -> Self {
        Self {
            action: Action::Diff,
            text: None,
            wrt: None,
            order: 1,
            mixed: None,
            at: String::new(),
            set: String::new(),
            assume: String::new(),
            form: None,
            names_parts: false,
            format: Format::Text,
            effort: 2,
            prefer: Preference::default(),
            opening: Opening::default(),
            bare: false,
            is_column: false,
            keep_names: false,
            is_record: false,
            is_shown: false,
            expand_names: false,
            jacobians: false,
            strict: false,
            explain: false,
            input: None,
            log_ten: false,
            decimals: false,
            digits: None,
            other: None,
            own_lines: false,
            tolerance: None,
            points: Vec::new(),
            requires_form: false,
            domain: Domain::Real,
            given: None,
            layout: None,
            vec: false,
            components: None,
            files: Files::default(),
            at_kinks: None,
            steps: StepFlags::default(),
            is_callable: false,
            notes: Vec::new(),
        }
    }
}

/// In which notations an answer is wanted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted {
    pub(crate) text: bool,
    pub(crate) latex: bool,
}

/// Does a job on a formula.
pub(crate) fn run(
    engine: &mut Engine,
    job: &Job,
    text: &str,
    wanted: Wanted,
) -> Result<Answer> {
    let mut beside = Beside::read(job.wrt.as_deref(), Some(&job.at))?;
    let mut mixed = names(job.mixed.as_deref())?;
    let mut declared = beside.declared();
    declared.extend(mixed.iter().flatten().cloned());
    let may_ask = matches!(job.action, Action::Diff | Action::Gradient);
    let settings = Settings { may_ask, ..job.settings(declared) };
    let asked: Vec<String> = beside.wrt.iter().chain(&mixed).flatten().cloned().collect();
    let mut formula = engine.read_asking(text, &settings, &asked)?;
    formula.name_arguments(engine)?;
    formula.notes.splice(0..0, job.notes.iter().cloned());
    beside.respell(&formula);
    engine.must_be_assumed(&formula, &beside.point)?;
    beside.refuse_defined(&formula)?;
    for name in mixed.iter_mut().flatten() {
        *name = formula.spelling(name);
    }
    formula.notes.extend(beside.unused(&formula));
    let Beside { mut wrt, point } = beside;
    let mut order = job.order;
    follow(&formula.request, &mut wrt, &mut mixed, &mut order)?;
    engine.set_effort(effort(job.effort));
    engine.prefer(job.prefer);
    if job.action == Action::Eval || !point.is_empty() {
        engine.refuse_outside(&formula, &point)?;
    }
    if job.action == Action::Eval {
        return eval::values(engine, job, &formula, &point, wanted);
    }
    if job.action == Action::Form {
        return reform(engine, job, &formula, &point, wanted);
    }
    if job.at_kinks.is_some() && formula.domain == Domain::Complex {
        let what = "values at kinks over the complex numbers".to_owned();
        return Err(ErrorKind::Unsupported(what).into());
    }
    if job.keeps_names() && mixed.is_none() && order == 1 && job.at_kinks.is_none() {
        let wrt = wrt.as_deref();
        if let Some(report) = chain::report(engine, job, &formula, wrt, &point)? {
            return Ok(Answer { report: Some(report), ..Answer::default() });
        }
    }
    let variables = engine.variables(&formula.roots);
    let wrt = match wrt {
        Some(wrt) => wrt,
        // A constant has a derivative too, in any variable.
        None if variables.is_empty() && mixed.is_none() => {
            engine.typed_variables(&formula)?
        }
        None => variables.clone(),
    };
    let mut notes = formula.notes.clone();
    if variables.is_empty() && formula.defines_all() {
        let message = "the program gives all its names values, so it is a constant";
        notes.push(Note { message: message.to_owned(), span: None });
    } else if !variables.is_empty() || job.wrt.is_some() || mixed.is_some() {
        notes.extend(absent(&variables, mixed.as_ref().unwrap_or(&wrt), &notes));
    }
    let form = job.wanted_form();
    let mut parts = NamedParts::new();
    let mut function = formula.roots.clone();
    let in_parts = order == 1
        && (formula.answers.is_empty() && point.is_empty() && job.at_kinks.is_none())
        && (wrt.len() > MANY && !job.steps.steps);
    let derivatives = match &mixed {
        None if in_parts => {
            let found =
                engine.gradient_in_parts(&formula, &wrt, form, job.is_shared())?;
            (parts, function) = (found.parts, found.function);
            found.derivatives
        }
        Some(sequence) => engine.mixed(&formula, sequence, form)?,
        None if order == 0 => Derivatives {
            partials: vec![Partial { wrt: Vec::new(), values: formula.roots.clone() }],
            checked: true,
            breaks: Vec::new(),
        },
        None => engine.partials(&formula, &wrt, order, form)?,
    };
    notes.extend(reducible(engine));
    if !derivatives.checked
        && formula.roots.iter().any(|root| engine.lives_at_points(*root, &wrt))
    {
        let message = "the formula has real values at single points at most".to_owned();
        notes.push(Note { message, span: None });
    }
    let mut rows = derivatives.partials;
    let sought = if job.steps.steps { rows.clone() } else { Vec::new() };
    let mut settled = Vec::new();
    if let (Some(kink), true) = (job.at_kinks, point.is_empty()) {
        engine.choose_at_kinks(&formula, &mut rows, kink)?;
    }
    if !point.is_empty() {
        let breaks = &derivatives.breaks;
        settled = at_point(engine, job, &formula, &mut rows, breaks, &point)?;
    }
    let is_gradient = (!formula.is_vector || !formula.answers.is_empty())
        && mixed.is_none()
        && order == 1
        && (rows.len() > 1 || job.action == Action::Gradient);
    let language = job.format.language();
    keep_small(engine, language, rows.iter_mut().flat_map(|row| &mut row.values));
    if job.is_callable {
        keep_small(engine, language, &mut function);
    }
    let mut roots: Vec<ExprId> = rows.iter().flat_map(|row| row.values.clone()).collect();
    let is_record = job.is_record || job.format == Format::Json;
    let has_function = is_record || job.is_callable;
    if has_function && (job.is_shared() || !parts.is_empty()) {
        // The function, which stands beside them there, has the same names.
        roots.extend(&function);
    }
    // Code keeps the names of a program.
    let kept = match language.is_some() && point.is_empty() {
        true => formula.definitions(engine)?,
        false => Vec::new(),
    };
    let keeps_names = FormName::Shared.is_asked(job.form, true) && !kept.is_empty();
    let writer = match job.is_callable && job.is_shared() || keeps_names {
        true => Writer::keeping(engine, &roots, (&parts, &kept), wanted),
        false => Writer::new(engine, &roots, &parts, job.is_shared(), wanted),
    };
    let mut answer = Answer {
        name: formula.name.clone(),
        function: writer.all(&function, formula.is_vector, Notation::Text)?,
        is_partial: variables.len() > 1 || wrt.len() > 1,
        variables: wrt,
        is_gradient,
        checked: derivatives.checked,
        at: point,
        notes,
        nodes: engine.pool.reachable(&roots).len(),
        ..Answer::default()
    };
    answer.rows = writer.rows(&rows, &formula)?;
    let shared = writer.definitions()?;
    // Of a point it is known whether there is a derivative, as far as it tells.
    let mut breaks = derivatives.breaks;
    if !answer.at.is_empty() {
        let is_settled = !settled.is_empty();
        let is_full = engine.variables(&formula.roots);
        let is_full =
            is_full.iter().all(|name| answer.at.iter().any(|(own, _)| own == name));
        breaks.retain(|condition| match engine.condition_at(*condition, &answer.at) {
            Some(false) => false,
            Some(true) => !is_settled,
            None => !(is_settled && is_full),
        });
    }
    let told_breaks = breaks.clone();
    for (row, found) in answer.rows.iter_mut().zip(settled) {
        match found {
            Some(AtPoint::Missing(sides)) => row.missing = Some(sides),
            Some(AtPoint::Decimal(text)) => {
                row.latex.clone_from(&text);
                row.text = text;
            }
            _ => {}
        }
    }
    answer.breaks = engine.written_breaks(&breaks)?;
    answer.shared = shared;
    if job.steps.steps {
        answer.is_hint = job.steps.is_hint();
        answer.told = tell(engine, job, &formula, (&sought, &told_breaks), &answer)?;
    }
    Ok(answer)
}

/// Puts a point into derivatives, and says of each what quotients of differences found there,
/// in the order of the rows of an answer; nothing where they were not asked.
fn at_point(
    engine: &mut Engine,
    job: &Job,
    formula: &Formula,
    rows: &mut [Partial],
    breaks: &[ExprId],
    point: &Point,
) -> Result<Vec<Option<AtPoint>>> {
    let variables = engine.variables(&formula.roots);
    let given: HashSet<&str> = point.iter().map(|(name, _)| name.as_str()).collect();
    let is_full = variables.iter().all(|name| given.contains(name.as_str()));
    let is_complex = formula.domain == Domain::Complex;
    let is_whole = formula.is_vector && formula.answers.is_empty();
    let is_short = rows.iter().all(|row| (1..=2).contains(&row.wrt.len()));
    // Whether it is told of each derivative, if it is not known by its formula.
    let is_told = |row: &Partial| match &row.wrt[..] {
        [first, rest @ ..] => rest.len() < 2 || rest.iter().all(|name| name == first),
        [] => false,
    };
    let is_known = rows.iter().all(is_told);
    let is_broken = !is_short && engine.broken(breaks, point);
    let is_open = (is_full && is_known || is_complex) && !is_whole;
    if is_broken && !is_open {
        return Err(unknown());
    }
    if !is_open || job.at_kinks.is_some() && !is_short {
        if job.at_kinks.is_some() {
            let what = "values at kinks are chosen for first and second derivatives of functions at points that give all variables values";
            return Err(ErrorKind::Unsupported(what.to_owned()).into());
        }
        if !is_full && !is_complex {
            return partly_at_point(engine, formula, rows, breaks, point);
        }
        for row in rows.iter_mut() {
            row.values = match is_complex || is_short {
                true => existing(engine, formula, row, point)?,
                false => engine.at_point(&row.values, point)?,
            };
        }
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for component in 0..formula.roots.len() {
        for row in rows.iter_mut() {
            let value = engine.at_point(&row.values[component..=component], point);
            let known = value.as_ref().ok().map(|values| values[0]);
            let mut settled =
                engine.derivative_at(formula, component, &row.wrt, point, known)?;
            if let (Some(AtPoint::Missing(sides)), Some(kink)) = (&settled, job.at_kinks)
            {
                let of = (formula, component);
                let chosen = engine.chosen_at(of, sides, &row.wrt, point, kink)?;
                settled = chosen.or(settled);
            }
            row.values[component] = match (&settled, value) {
                (Some(AtPoint::Exact(id)), _) => *id,
                (Some(_), _) => engine.pool.integer(0),
                (None, _) if is_broken => return Err(unknown()),
                (None, value) => value?[0],
            };
            found.push(settled);
        }
    }
    Ok(found)
}

/// The same at a point that leaves variables open; where a derivative of a vector is missing,
/// that is an error.
fn partly_at_point(
    engine: &mut Engine,
    formula: &Formula,
    rows: &mut [Partial],
    breaks: &[ExprId],
    point: &Point,
) -> Result<Vec<Option<AtPoint>>> {
    let is_whole = formula.is_vector && formula.answers.is_empty();
    let is_broken = engine.broken(breaks, point);
    let mut found = Vec::new();
    for component in 0..formula.roots.len() {
        for row in rows.iter_mut() {
            let value = engine.at_point(&row.values[component..=component], point);
            let known = value.as_ref().ok().map(|values| values[0]);
            let is_open = match &value {
                Ok(_) => is_broken,
                Err(error) => matches!(error.kind, ErrorKind::Undefined(_)),
            };
            let is_alone = known.is_some()
                && engine.is_partly_alone(formula, component, &row.wrt, point)?;
            let settled = match (is_alone, is_open) {
                (true, _) => Some(AtPoint::Missing(Missing::Alone)),
                (_, true) => {
                    engine.partly_at(formula, component, &row.wrt, point, known)?
                }
                _ => None,
            };
            row.values[component] = match (&settled, value) {
                (Some(AtPoint::Exact(id)), _) => *id,
                (Some(_), _) if !is_whole => engine.pool.integer(0),
                (Some(found), _) => {
                    found.clone().value(&formula.name, &row.wrt, point)?
                }
                (None, value) => value?[0],
            };
            found.push(settled);
        }
    }
    let is_settled = is_broken || found.iter().any(Option::is_some);
    Ok(if is_settled && !is_whole { found } else { Vec::new() })
}

/// That a derivative of high order at a kink or a jump is not known.
fn unknown() -> calcgrad::Error {
    let what = "it is not known whether there is a derivative of this order at this kink or jump";
    ErrorKind::Unsupported(what.to_owned()).into()
}

/// The values of the components of a derivative of a vector at a point.
fn existing(
    engine: &mut Engine,
    formula: &Formula,
    row: &Partial,
    point: &Point,
) -> Result<Vec<ExprId>> {
    let components = row.values.iter().enumerate();
    components
        .map(|(component, value)| {
            engine.existing_at(formula, component, &row.wrt, *value, point)
        })
        .collect()
}

/// What is to be said when factors may not be irreducible.
fn reducible(engine: &mut Engine) -> Option<Note> {
    engine.take_reducible().then(|| Note {
        message: "some factors may be reducible: the work allowed for them was used up"
            .to_owned(),
        span: None,
    })
}

/// The formula in another form.
fn reform(
    engine: &mut Engine,
    job: &Job,
    formula: &Formula,
    point: &Point,
    wanted: Wanted,
) -> Result<Answer> {
    let form = job.wanted_form();
    let mut notes = formula.notes.clone();
    let mut values = match job.opening.is_empty() {
        true => engine.forms(formula, form)?,
        false => {
            let (values, more) = engine.opened(formula, job.opening)?;
            notes.extend(more);
            values
        }
    };
    notes.extend(reducible(engine));
    notes.extend(engine.notes_without_value(formula)?);
    if !point.is_empty() {
        values = engine.at_point(&values, point)?;
    }
    let mut told = Vec::new();
    if job.steps.steps {
        for (component, value) in values.iter().enumerate() {
            let to = (*value, job.steps.detail());
            told.push(engine.form_derivation(formula, component, to)?);
        }
    }
    let (none, is_shared) = (NamedParts::new(), job.is_shared());
    let function = Writer::new(engine, &values, &none, is_shared, wanted).all(
        &formula.roots,
        formula.is_vector,
        Notation::Text,
    )?;
    if job.opening.powers {
        engine.write_powers_apart(&values);
    }
    let writer = Writer::new(engine, &values, &none, is_shared, wanted);
    let partial = Partial { wrt: Vec::new(), values: values.clone() };
    Ok(Answer {
        told,
        name: formula.name.clone(),
        function,
        variables: engine.variables(&formula.roots),
        checked: true,
        is_exact: true,
        at: point.clone(),
        notes,
        nodes: engine.pool.reachable(&values).len(),
        rows: writer.rows(&[partial], formula)?,
        shared: writer.definitions()?,
        ..Answer::default()
    })
}
