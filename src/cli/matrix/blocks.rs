//! `hessian` and `jacobian` of matrix expressions.

use super::super::derivation::StepFlags;
use super::super::format::Format;
use super::super::report::{Report, Value, Written};
use super::partials::{Asked, Partials, is_form, shape};
use super::{problem, variables};
use calcgrad::matrix::{Answer, Blocks, Derivative, Layout, Product};
use calcgrad::print::{self, Operator};
use calcgrad::{Error, ErrorKind, Note, Result};

/// Which matrix of derivatives is wanted, and how.
pub(crate) struct Wanted<'a> {
    pub(crate) operator: Operator,
    pub(crate) wrt: Option<&'a str>,
    pub(crate) layout: Layout,
    pub(crate) vec: bool,
    pub(crate) along: Option<&'a str>,
    pub(crate) across: Option<&'a str>,
    pub(crate) format: Format,
    pub(crate) steps: &'a StepFlags,
}

/// The Hessian or the Jacobian of a program with its declarations.
///
/// # Errors
/// What cannot be read, is not supported, or reaches a limit.
pub(crate) fn blocks((source, assume): (&str, &str), wanted: &Wanted) -> Result<Report> {
    let problem = problem(source, assume)?;
    let named = variables(wanted.wrt)?;
    let is_ordered = named.is_some();
    let wrt = named.unwrap_or_else(|| problem.variables());
    let Wanted { layout, vec, format, steps, .. } = *wanted;
    // The matrix of second derivatives is its own transpose.
    let is_stated = wanted.operator != Operator::Hessian;
    let asked = Asked {
        layout,
        is_stated,
        vec,
        format,
        is_callable: false,
        in_variables: false,
        steps,
    };
    let mut partials = Partials::new(problem, &wrt, &asked)?;
    let label = label(wanted.operator, &partials);
    if wanted.along.is_some() || wanted.across.is_some() {
        return product(partials, wanted, &wrt, &label);
    }
    let found = match wanted.operator {
        Operator::Hessian => partials.problem.hessian(&wrt, vec)?,
        _ => partials.problem.jacobian(&wrt, layout, vec)?,
    };
    partials.report.checked = Some(found.checked());
    let Blocks { derivatives, rows } = found;
    match rows {
        Some(rows) => {
            if !is_ordered && wrt.len() > 1 {
                partials.report.notes.push(order(wanted, &wrt));
            }
            whole(&mut partials, wanted, &derivatives, &rows, &label)?;
        }
        None => {
            for one in &derivatives {
                partials.add(one, derivatives.len() == 1)?;
            }
            if derivatives.iter().any(|one| !is_form(one)) {
                let message = "with --vec matrices are stacked into columns, and the answer \
                               is a matrix";
                let note = Note { message: message.to_owned(), span: None };
                partials.report.notes.push(note);
            }
        }
    }
    partials.finish()
}

/// What the matrix is called: `H_f`.
fn label(operator: Operator, partials: &Partials) -> Written {
    let name = &partials.function().text;
    Written::from_fn(|notation| print::operator_label(operator, name, notation))
}

/// To which names the rows and columns belong.
fn order(wanted: &Wanted, wrt: &[String]) -> Note {
    let what = match (wanted.operator, wanted.layout) {
        (Operator::Hessian, _) => "rows and columns",
        (_, Layout::Numerator) => "the columns",
        (_, Layout::Denominator) => "the rows",
    };
    let names = wrt.join(", ");
    let message = format!("{what} belong to {names}; name another order with --wrt");
    Note { message, span: None }
}

/// The matrix as one, of blocks where there are several names.
fn whole(
    partials: &mut Partials,
    wanted: &Wanted,
    derivatives: &[Derivative],
    rows: &[Vec<Derivative>],
    label: &Written,
) -> Result<()> {
    let is_alone = derivatives.len() == 1;
    for one in derivatives {
        partials.take(one, is_alone)?;
    }
    if wanted.format.language().is_some() {
        partials.rename(&label.text);
        return Ok(());
    }
    let field = match wanted.operator {
        Operator::Hessian => "hessian",
        _ => "jacobian",
    };
    if let [one] = derivatives {
        let value = Value::One(partials.value(one));
        let mut object = value.json();
        object["shape"] = one.sizes.clone().into();
        partials.report.field(field, object);
        let value = partials.value(one);
        partials.state(label, one, vec![value]);
        return Ok(());
    }
    let rows: Vec<Vec<Written>> = rows
        .iter()
        .map(|row| row.iter().map(|one| partials.value(one)).collect())
        .collect();
    let value = Value::Matrix { factor: None, rows };
    partials.report.answer(field, label.clone(), value);
    Ok(())
}

/// The matrix times something, or something times the matrix.
fn product(
    mut partials: Partials,
    wanted: &Wanted,
    wrt: &[String],
    label: &Written,
) -> Result<Report> {
    wanted.format.refuse_code()?;
    if wanted.steps.steps {
        let what = "steps to a product of derivatives with a vector".to_owned();
        return Err(ErrorKind::Unsupported(what).into());
    }
    let [name] = wrt else {
        let what = "a product of derivatives in several names of a matrix expression";
        return Err(Error::from(ErrorKind::Unsupported(what.to_owned()))
            .help("name one with --wrt"));
    };
    let problem = &mut partials.problem;
    let found = match (wanted.along, wanted.operator) {
        (Some(v), Operator::Hessian) => problem.hessian_along(name, v)?,
        (Some(v), _) => problem.jacobian_along(name, v)?,
        (None, _) => problem.jacobian_across(name, wanted.across.unwrap_or_default())?,
    };
    let Product { form, sizes, checked } = found;
    let answer = Answer::Form(form);
    let value = Written {
        text: problem.answer_text(&answer),
        latex: problem.answer_latex(&answer),
    };
    let label = match wanted.along {
        Some(_) => Written {
            text: format!("{}*v", label.text),
            latex: format!("{} v", label.latex),
        },
        None => Written {
            text: format!("u'*{}", label.text),
            latex: format!(r"u^{{\top}} {}", label.latex),
        },
    };
    let mut object = Value::One(value.clone()).json();
    object["shape"] = sizes.clone().into();
    partials.report.field("product", object);
    partials.report.push(label.clone(), Value::One(value));
    partials.report.line("".into(), Value::One(shape(&label, &sizes, None)));
    partials.report.checked = Some(checked);
    partials.finish()
}
