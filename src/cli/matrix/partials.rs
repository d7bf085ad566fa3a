//! Derivatives of matrix expressions one by one: lines, an object, code, derivations.

use super::super::callable::Function;
use super::super::code::{self, Coded};
use super::super::derivation::StepFlags;
use super::super::format::Format;
use super::super::report::{Report, Value, Written};
use super::super::shared::share;
use super::space;
use super::values::At;
use calcgrad::derivation::{Derivation, Math};
use calcgrad::matrix::{Answer, Derivative, Layout, Problem, derivative_label};
use calcgrad::{ErrorKind, Result};
use serde_json::{Value as Json, json as object};

/// How derivatives are asked for.
pub(super) struct Asked<'a> {
    pub(super) layout: Layout,
    /// Whether the layout is said beside a shape.
    pub(super) is_stated: bool,
    /// Whether matrices are stacked into columns.
    pub(super) vec: bool,
    pub(super) format: Format,
    /// Whether code is written as a function.
    pub(super) is_callable: bool,
    /// Whether answers are given in the variables alone too.
    pub(super) in_variables: bool,
    pub(super) steps: &'a StepFlags,
}

/// A report on derivatives that is being made.
pub(super) struct Partials<'a> {
    pub(super) problem: Problem,
    pub(super) report: Report,
    /// The arrays at which values are wanted.
    pub(super) at: Option<At<'a>>,
    asked: &'a Asked<'a>,
    function: Written,
    checked: bool,
    objects: Vec<Json>,
    codes: Vec<(String, Coded)>,
    told: Vec<Derivation>,
}

impl<'a> Partials<'a> {
    /// A report that has its derivatives still to come.
    ///
    /// # Errors
    /// A list of no names.
    pub(super) fn new(
        problem: Problem,
        wrt: &[String],
        asked: &'a Asked<'a>,
    ) -> Result<Self> {
        if wrt.is_empty() {
            let what = "the formula has no variables; name one with --wrt".to_owned();
            return Err(ErrorKind::InvalidRequest(what).into());
        }
        let mut report = Report::default();
        report.notes.clone_from(&problem.notes);
        report.notes.extend(problem.conventions(wrt));
        let name = problem.function().to_owned();
        let function = Written { latex: problem.name_latex(&name), text: name };
        report.field("function", problem.text().into());
        report.field("variables", wrt.to_vec().into());
        Ok(Self {
            problem,
            report,
            at: None,
            asked,
            function,
            checked: true,
            objects: Vec::new(),
            codes: Vec::new(),
            told: Vec::new(),
        })
    }

    /// Refuses arrays at which there may be no derivative.
    ///
    /// # Errors
    /// The function that has none, and derivations of values.
    pub(super) fn must_be_smooth(&mut self, wrt: &[String], order: u32) -> Result<()> {
        let Some(at) = &mut self.at else { return Ok(()) };
        if self.asked.steps.steps || self.asked.format.language().is_some() {
            let what = "steps and code at arrays".to_owned();
            return Err(ErrorKind::Unsupported(what).into());
        }
        at.must_be_smooth(&mut self.problem, (wrt, order))
    }

    /// What the function is called.
    pub(super) fn function(&self) -> &Written {
        &self.function
    }

    /// Takes a derivative into the object, the code and the derivations; `is_alone` says that
    /// no other is told.
    ///
    /// # Errors
    /// What the language cannot say, and derivations that cannot be told.
    pub(super) fn take(&mut self, found: &Derivative, is_alone: bool) -> Result<()> {
        self.checked &= found.checked;
        let answer = match &found.answer {
            Answer::Form(id) if found.order() > 1 => std::slice::from_ref(id),
            _ => &[],
        };
        for condition in self.problem.kinks(&found.wrt, answer) {
            if !self.report.breaks.contains(&condition) {
                self.report.breaks.push(condition);
            }
        }
        if let Some(language) = self.asked.format.language() {
            let written =
                self.problem.answer_code(&found.answer, language.of_matrices()?);
            let written = written.map_err(|error| language.refused(error))?;
            let written = language.finished(written)?;
            let plain = |name: &String| name.replace(['[', ','], "_").replace(']', "");
            let names: Vec<String> = found.wrt.iter().map(plain).collect();
            self.objects.push(object!({
                "wrt": found.wrt, "code": written.expression, "shape": found.sizes,
            }));
            let target = code::target(&self.function.text, &names);
            self.codes.push((target, written.into()));
            return Ok(());
        }
        let Asked { layout, steps, .. } = self.asked;
        if steps.steps {
            let one = self.problem.told(found, *layout, is_alone, steps.detail())?;
            self.checked &= one.checked;
            self.told.push(one.derivation);
        }
        let value = self.value(found);
        self.objects.push(object!({
            "wrt": found.wrt,
            "text": value.text,
            "latex": value.latex,
            "shape": found.sizes,
        }));
        Ok(())
    }

    /// Takes a derivative, with a line for it and one for its shape.
    ///
    /// # Errors
    /// As [`Partials::take`].
    pub(super) fn add(&mut self, found: &Derivative, is_alone: bool) -> Result<()> {
        if self.at.is_some() {
            return self.add_value(found);
        }
        self.take(found, is_alone)?;
        if self.asked.format.language().is_none() {
            let (label, value) = (self.label(found), self.value(found));
            let own = self.in_variables(found)?;
            let values: Vec<Written> = [value].into_iter().chain(own).collect();
            self.state(&label, found, values);
        }
        Ok(())
    }

    /// A derivative in the variables alone, where that was asked for and is something else.
    fn in_variables(&mut self, found: &Derivative) -> Result<Option<Written>> {
        if !self.asked.in_variables {
            return Ok(None);
        }
        let Some(own) = self.problem.in_variables(&found.answer)? else {
            return Ok(None);
        };
        self.checked &= own.checked;
        let value = Written { text: own.text, latex: own.latex };
        if let Some(object) = self.objects.last_mut() {
            object["in_variables"] =
                object!({ "text": value.text, "latex": value.latex });
        }
        Ok(Some(value))
    }

    /// Takes the value of a derivative, with a line for it.
    fn add_value(&mut self, found: &Derivative) -> Result<()> {
        self.checked &= found.checked;
        let label = self.label(found);
        let Some(at) = &mut self.at else { return Ok(()) };
        let value = at.derivative(&self.problem, &found.answer).map_err(|error| {
            match error.kind {
                ErrorKind::Undefined(_) => {
                    error.help("the formula of the derivative has no value there")
                }
                _ => error,
            }
        })?;
        let mut object = value.json();
        object["wrt"] = found.wrt.clone().into();
        self.objects.push(object);
        value.push(&mut self.report, &label);
        Ok(())
    }

    /// A line for a derivative, for each way to write it, and one for its shape; the last way
    /// is that of `--bare`.
    pub(super) fn state(
        &mut self,
        label: &Written,
        found: &Derivative,
        mut values: Vec<Written>,
    ) {
        let entry = self.problem.entry(&found.answer);
        let head = match &entry {
            Some((text, latex)) => Written {
                text: format!("({})[{}]", label.text, text),
                latex: format!(r"\left({}\right)_{{{}}}", label.latex, latex),
            },
            None => label.clone(),
        };
        let last = values.pop();
        for value in values {
            self.report.line(head.clone(), Value::One(value));
        }
        if let Some(last) = last {
            self.report.push(head, Value::One(last));
        }
        let is_stated = entry.is_none() && self.asked.is_stated;
        let stated = is_stated.then_some(self.asked.layout);
        self.report.line("".into(), Value::One(shape(label, &found.sizes, stated)));
    }

    /// A derivative in writing.
    pub(super) fn value(&self, found: &Derivative) -> Written {
        Written {
            text: self.problem.answer_text(&found.answer),
            latex: self.problem.answer_latex(&found.answer),
        }
    }

    /// `∂²f/∂x∂y`.
    fn label(&mut self, found: &Derivative) -> Written {
        let is_stacked = self.asked.vec && found.is_stacked;
        let stack = |one: Math| match is_stacked {
            true => Math {
                text: format!("vec({})", one.text),
                latex: format!(r"\operatorname{{vec}}\left({}\right)", one.latex),
            },
            false => one,
        };
        let Written { text, latex } = self.function.clone();
        let own = Math { text, latex };
        let of = match self.problem.shape().is_scalar() {
            true => own,
            false => stack(own),
        };
        let mut variables = Vec::with_capacity(found.wrt.len());
        for name in &found.wrt {
            let latex = self.problem.variable_latex(name);
            variables.push(stack(Math { text: name.clone(), latex }));
        }
        let Math { text, latex } = derivative_label(&of, &variables);
        Written { text, latex }
    }

    /// The code of a derivative under another name.
    pub(super) fn rename(&mut self, name: &str) {
        if let [(known, _)] = &mut self.codes[..] {
            name.clone_into(known);
        }
    }

    /// The report with all that was taken.
    ///
    /// # Errors
    /// Names that the language cannot tell apart.
    pub(super) fn finish(mut self) -> Result<Report> {
        self.report.tell(self.asked.steps, self.told);
        self.report.field("partials", Json::Array(self.objects));
        self.report.checked = Some(self.checked && self.report.checked != Some(false));
        if let Some(language) = self.asked.format.language() {
            share(&mut self.report, &[], &[], &self.codes);
            if self.asked.is_callable {
                let value = self
                    .problem
                    .answer_code(&self.problem.formula(), language.of_matrices()?)?;
                let value: Coded = language.finished(value)?.into();
                let mut results = vec![("value".to_owned(), value)];
                results.append(&mut self.codes);
                let name = self.function.text.clone();
                let (variables, locals) = (self.problem.variables(), Vec::new());
                Function { name, variables, locals, results }
                    .write(&mut self.report, language)?;
            } else {
                code::assign(&mut self.report, &self.codes, language)?;
            }
        }
        Ok(self.report)
    }
}

/// Whether an answer is a matrix expression, not entries.
pub(super) fn is_form(found: &Derivative) -> bool {
    matches!(found.answer, Answer::Form(_))
}

/// `∂f/∂w ∈ R^n (denominator layout)`; tensors of more axes have no layout.
pub(super) fn shape(
    label: &Written,
    sizes: &[String],
    layout: Option<Layout>,
) -> Written {
    let Written { text: space, latex } = space(sizes);
    let stated = layout.map(|layout| format!("({} layout)", layout.name()));
    let (mut text, mut latex) =
        (format!("{} ∈ {space}", label.text), format!(r"{} \in {latex}", label.latex));
    if let Some(stated) = stated {
        text.push_str(&format!(" {stated}"));
        latex.push_str(&format!(r" \quad \text{{{stated}}}"));
    }
    Written { text, latex }
}
