//! Answers as code, for a formula of scalars as for one of matrices.

use super::answer::{Answer, Row};
use super::callable::Function;
use super::coder::Coder;
use super::homonym::refuse_homonyms;
use super::job::{Action, Job};
use super::report::{Report, Value, Written};
use super::shared::share;
use calcgrad::function::Language;
use calcgrad::kernel::{ExprId, latin};
use calcgrad::matrix::{self, Code, Problem};
use calcgrad::print::code::Dialect;
use calcgrad::print::{self, Notation};
use calcgrad::session::{Engine, Settings};
use calcgrad::{Error, ErrorKind, Note, Result};
use rustc_hash::FxHashSet;
use serde_json::json;
use unicode_normalization::UnicodeNormalization;

/// The name of a derivative: `df_dx`, `d2f_dx2`, `d3f_dx2_dy`.
pub(crate) fn target(function: &str, wrt: &[String]) -> String {
    let mut name = match wrt.len() {
        0 => return latin(function).into_owned(),
        1 => format!("d{function}"),
        n => format!("d{n}{function}"),
    };
    let mut rest = wrt;
    while let [first, ..] = rest {
        let count = rest.iter().take_while(|next| *next == first).count();
        name.push_str(&format!("_d{first}"));
        if count > 1 {
            name.push_str(&count.to_string());
        }
        rest = &rest[count..];
    }
    latin(&name).into_owned()
}

/// Code with the sizes of the list that it is, outermost first; none for one value.
#[derive(Clone, Debug, Default)]
pub(crate) struct Coded {
    pub(super) code: Code,
    /// The expressions of its entries, row by row.
    pub(super) entries: Vec<String>,
    pub(super) sizes: Vec<usize>,
}

impl From<Code> for Coded {
    fn from(code: Code) -> Self {
        Self { entries: vec![code.expression.clone()], code, sizes: Vec::new() }
    }
}

/// A language of code.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Target {
    /// One that has arrays, which writes formulas of matrices too.
    Arrays(Language),
    /// JAX, which has the names of NumPy.
    Jax,
    /// One of scalars.
    Scalars(&'static Dialect),
}

/// What JAX has under the name that SciPy gives it, in `jax.scipy.special`.
#[rustfmt::skip]
const JAX: [&str; 18] = [
    "erf", "erfc", "erfinv", "expit", "logit", "gammaln", "digamma", "polygamma", "betaln",
    "beta", "gamma", "factorial", "i0", "i1", "xlogy", "logsumexp", "zeta", "expi",
];

impl Target {
    /// What it is called.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Arrays(language) => language.name(),
            Self::Jax => "JAX",
            Self::Scalars(dialect) => dialect.name,
        }
    }

    /// A name as the language takes it.
    pub(crate) fn identifier(self, name: &str) -> String {
        match self {
            Self::Scalars(dialect) => dialect.identifier(name),
            Self::Arrays(language) => matrix::identifier(name, language),
            Self::Jax => matrix::identifier(name, Language::Python),
        }
    }

    /// What names have in common that are one in the language.
    pub(crate) fn key(self, own: &str) -> String {
        match self {
            Self::Scalars(dialect) => dialect.key(own.to_owned()),
            Self::Arrays(_) | Self::Jax => own.to_owned(),
        }
    }

    /// A line that goes on below where it is too long for the language.
    pub(crate) fn broken(self, line: &str) -> String {
        match self {
            Self::Scalars(dialect) => dialect.broken(line),
            Self::Arrays(_) | Self::Jax => line.to_owned(),
        }
    }

    /// The language of matrices.
    ///
    /// # Errors
    /// A language that has none.
    pub(crate) fn of_matrices(self) -> Result<Language> {
        match self {
            Self::Arrays(language) => Ok(language),
            Self::Jax => Ok(Language::Python),
            Self::Scalars(dialect) => {
                let what = format!("matrices cannot be written in {}", dialect.name);
                Err(ErrorKind::Unsupported(what).into())
            }
        }
    }

    /// What cannot be said in Python as what cannot be said in JAX.
    pub(crate) fn refused(self, error: Error) -> Error {
        match (self, error.kind) {
            (Self::Jax, ErrorKind::Unsupported(what)) => {
                let what = what.replace(Language::Python.name(), self.name());
                Error { kind: ErrorKind::Unsupported(what), ..error }
            }
            (_, kind) => Error { kind, ..error },
        }
    }

    /// Code as it is in the language; that of JAX is made of Python with NumPy.
    ///
    /// # Errors
    /// What JAX does not have.
    pub(crate) fn finished(self, mut code: Code) -> Result<Code> {
        if !matches!(self, Self::Jax) {
            return Ok(code);
        }
        let definitions = code.definitions.iter_mut().map(|(_, text)| text);
        for text in definitions.chain([&mut code.expression]) {
            *text = in_jax(text)?;
        }
        code.imports = code
            .imports
            .iter()
            .map(|line| match *line {
                "import scipy.special" => "import jax",
                "import scipy.linalg" => "import jax.scipy.linalg",
                _ => "import jax.numpy as jnp",
            })
            .collect();
        Ok(code)
    }
}

/// An expression of NumPy and SciPy in the names of JAX.
fn in_jax(text: &str) -> Result<String> {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = ["np.", "scipy.special.", "scipy.linalg."]
        .iter()
        .filter_map(|m| rest.find(m))
        .min()
    {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(behind) = rest.strip_prefix("np.") {
            out.push_str("jnp.");
            rest = behind;
            continue;
        }
        if let Some(behind) = rest.strip_prefix("scipy.linalg.") {
            if !["expm", "sqrtm"].iter().any(|name| behind.starts_with(name)) {
                let what = "this function of a matrix is not in JAX".to_owned();
                return Err(ErrorKind::Unsupported(what).into());
            }
            out.push_str("jax.scipy.linalg.");
            rest = behind;
            continue;
        }
        rest = &rest["scipy.special.".len()..];
        let end =
            rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        match &rest[..end] {
            "softmax" => out.push_str("jax.nn."),
            name if JAX.contains(&name) => out.push_str("jax.scipy.special."),
            name => {
                let what = format!("`{name}` of SciPy is not in JAX");
                return Err(ErrorKind::Unsupported(what).into());
            }
        }
    }
    Ok(out + rest)
}

/// Formulas in forms in which a language of doubles overflows later, before any part of them
/// is given a name.
pub(crate) fn keep_small<'a>(
    engine: &mut Engine,
    target: Option<Target>,
    ids: impl IntoIterator<Item = &'a mut ExprId>,
) {
    let is_exact =
        |target| matches!(target, Target::Scalars(dialect) if dialect.is_exact());
    if target.is_some_and(|target| !is_exact(target)) {
        for id in ids {
            *id = print::code::stable(&mut engine.pool, *id);
        }
    }
}

/// The lines that code needs first.
pub(super) fn imports(codes: &[(String, Coded)]) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in codes.iter().flat_map(|(_, one)| &one.code.imports) {
        if !lines.iter().any(|known| known == line) {
            lines.push((*line).to_owned());
        }
    }
    lines
}

/// Takes the notes of code into a report, each once.
pub(super) fn note(report: &mut Report, codes: &[(String, Coded)]) {
    for note in codes.iter().flat_map(|(_, one)| &one.code.notes) {
        if !report.notes.contains(note) {
            report.notes.push(note.clone());
        }
    }
}

/// Code line by line: what is imported, the names of the program that are used, the answers.
///
/// # Errors
/// Names that the language cannot tell apart.
pub(crate) fn assign(
    report: &mut Report,
    codes: &[(String, Coded)],
    target: Target,
) -> Result<()> {
    if let Target::Scalars(dialect) = target {
        dialect.tell_apart(codes.iter().map(|(name, _)| name.as_str()))?;
    }
    let mut before = imports(codes);
    for (_, Coded { code, .. }) in codes {
        for (name, text) in &code.definitions {
            let line = format!("{name} = {text}{}", code.end);
            if !before.contains(&line) {
                before.push(line);
            }
        }
    }
    note(report, codes);
    for line in &before {
        report.line("".into(), Value::One(line.as_str().into()));
    }
    for (name, Coded { code, sizes, .. }) in codes {
        match target {
            Target::Scalars(dialect) => {
                let line = match sizes.split_first() {
                    None => dialect.assign(name, &code.expression),
                    Some((_, inner)) => {
                        dialect.assign_list(name, &code.expression, inner)
                    }
                };
                let bare = Value::One(code.expression.as_str().into());
                report.sentence(line.as_str().into(), Some(bare));
            }
            _ => {
                let own = target.identifier(name);
                report.assignment(&own, &code.expression, code.end);
            }
        }
    }
    Ok(())
}

/// The answer of a job on scalars as code.
///
/// # Errors
/// What is no formula of one value, and what the language cannot say.
pub(crate) fn report(job: &Job, answer: &Answer, language: Target) -> Result<Report> {
    let refuse = |what: &str| Err(ErrorKind::Unsupported(what.to_owned()).into());
    let (parts, declared) = parts(&answer.shared, &answer.variables, language)?;
    let mut report = Report::new(answer.notes.clone());
    report.breaks.clone_from(&answer.breaks);
    report.checked = Some(answer.checked);
    report.field("function", answer.function.as_str().into());
    report.field("variables", answer.variables.clone().into());
    let mut codes = Vec::new();
    let mut coder = Coder::new(&declared, language);
    for (place, Row { of, wrt, text, missing, .. }) in answer.rows.iter().enumerate() {
        if missing.is_some() {
            return refuse("a derivative that does not exist is not written as code");
        }
        let is_rounded = job.action == Action::Eval && !answer.is_exact;
        let text = answer.decimals.get(place).filter(|_| is_rounded).unwrap_or(text);
        if text.starts_with('[') {
            let what = "a vector of formulas is not written as code".to_owned();
            return Err(Error::from(ErrorKind::Unsupported(what))
                .help("`jacobian` writes the derivatives of its components"));
        }
        codes.push((target(of.as_ref().unwrap_or(&answer.name), wrt), coder.code(text)?));
    }
    let partials = answer.rows.iter().zip(&codes);
    let partials = partials
        .map(|(row, (_, one))| json!({ "wrt": row.wrt, "code": one.code.expression }));
    report.field("partials", partials.collect());
    share(&mut report, &answer.shared, &parts, &codes);
    let is_whole =
        job.action == Action::Gradient || job.is_callable && answer.is_gradient;
    if is_whole {
        let mut gradients = Vec::new();
        let mut rest = &codes[..];
        for rows in answer.rows.chunk_by(|a, b| a.of == b.of) {
            let name = rows[0].of.as_ref().unwrap_or(&answer.name);
            let (own, others) = rest.split_at(rows.len());
            let own: Vec<Coded> = own.iter().map(|(_, code)| code.clone()).collect();
            let like = sample(&declared, language)?;
            let vector = vector(&own, language, like.as_deref())?;
            gradients.push((format!("grad_{}", latin(name)), vector));
            rest = others;
        }
        codes = gradients;
    }
    if job.is_callable {
        let is_at_point = !job.at.is_empty();
        let has_value = !answer.function.starts_with('[')
            && !is_at_point
            && !matches!(job.action, Action::Form | Action::Eval);
        let mut results = codes;
        let mut name = answer.name.clone();
        if let ([(only, _)], false) = (&mut results[..], has_value) {
            let own = std::mem::replace(only, "value".to_owned());
            // What holds at one point is named after what it is the value of.
            if is_at_point && job.action != Action::Eval {
                name = own;
            }
        }
        if has_value {
            let value = coder.code(&answer.function)?;
            results.insert(0, ("value".to_owned(), value));
        }
        let variables = answer.variables.clone();
        Function { name, variables, locals: parts, results }
            .write(&mut report, language)?;
        return Ok(report);
    }
    codes.splice(0..0, parts);
    assign(&mut report, &codes, language)?;
    Ok(report)
}

/// Formulas as code, with their names.
type Named = Vec<(String, Coded)>;

/// Parts that have names as code, and the names that formulas with them may have.
fn parts(
    shared: &[(String, Written)],
    variables: &[String],
    target: Target,
) -> Result<(Named, Vec<String>)> {
    let mut declared = variables.to_vec();
    declared.extend(shared.iter().map(|(name, _)| name.clone()));
    let mut coder = Coder::new(&declared, target);
    let code =
        |(name, part): &(String, Written)| Ok((name.clone(), coder.code(&part.text)?));
    let codes: Result<Named> = shared.iter().map(code).collect();
    Ok((codes?, declared))
}

/// The formulas of a report as code.
///
/// # Errors
/// What the language cannot say.
pub(crate) fn of_report(
    report: &Report,
    target: Target,
    is_callable: bool,
) -> Result<Report> {
    let (parts, variables) = parts(&report.parts, &report.variables(), target)?;
    let like = sample(&report.variables(), target)?;
    let mut codes = Vec::new();
    let mut coder = Coder::new(&variables, target);
    for (label, value) in report.formulas() {
        let mut row = |list: &[Written]| {
            let list = list.iter().map(|written| coder.code(&written.text));
            let list: Result<Vec<Coded>> = list.collect();
            vector(&list?, target, like.as_deref())
        };
        let code = match value {
            Value::One(written) => coder.code(&written.text)?,
            Value::Row(list) => row(list)?,
            Value::Matrix { factor, rows } => {
                let rows = factor.as_ref().map_or(rows, |factor| &factor.whole);
                let rows: Result<Vec<Coded>> =
                    rows.iter().map(|list| row(list)).collect();
                vector(&rows?, target, like.as_deref())?
            }
            Value::Table { .. } | Value::Drawing(_) => {
                let what = "a table is not written as code".to_owned();
                return Err(ErrorKind::Unsupported(what).into());
            }
        };
        codes.push((name_of(label), code));
    }
    let mut whole = report.without_lines();
    let list = codes
        .iter()
        .map(|(name, one)| json!({ "name": name, "code": one.code.expression }));
    whole.field("code", list.collect());
    share(&mut whole, &report.parts, &parts, &codes);
    if is_callable {
        let name = match &mut codes[..] {
            [(name, _)] => std::mem::replace(name, "value".to_owned()),
            _ => "f".to_owned(),
        };
        let variables = report.variables();
        Function { name, variables, locals: parts, results: codes }
            .write(&mut whole, target)?;
        return Ok(whole);
    }
    codes.splice(0..0, parts);
    assign(&mut whole, &codes, target)?;
    Ok(whole)
}

/// The name of a variable for what a label says: `H_f`, `dy_dx`, `laplacian_f`.
fn name_of(label: &str) -> String {
    let label = label.split_once('(').map_or(label, |(name, _)| name);
    let mut name = String::new();
    for c in label.chars() {
        match c {
            '∂' => name.push('d'),
            '∇' => name.push_str("grad_"),
            'Δ' => name.push_str("laplacian_"),
            c if c.is_alphanumeric() => name.extend(std::iter::once(c).nfkc()),
            _ if name.is_empty() || name.ends_with('_') => {}
            _ => name.push('_'),
        }
    }
    match name.trim_end_matches('_') {
        "" => "f".to_owned(),
        name => latin(name).into_owned(),
    }
}

/// A formula of scalars as code.
pub(super) fn scalar(text: &str, declared: &[String], target: Target) -> Result<Coded> {
    refuse_homonyms(text, declared, target.name())?;
    let mut engine = Engine::default();
    let settings = Settings { declared: declared.to_vec(), ..Settings::default() };
    let formula = engine.read(text, &settings)?;
    let variables = engine.variables(&formula.roots);
    let mut root = formula.roots[0];
    keep_small(&mut engine, Some(target), [&mut root]);
    if let Target::Scalars(dialect) = target {
        let snippet = print::code::code(&mut engine.pool, root, dialect)?;
        let print::code::Snippet { imports, expression } = snippet;
        let own = |name: String| (dialect.identifier(&name), name);
        let names: Vec<_> =
            variables.into_iter().map(own).map(|(own, name)| (name, own)).collect();
        let changed = names.iter().filter(|(name, own)| name != own);
        let notes = changed.map(|(name, own)| Note {
            message: format!("`{name}` is written `{own}` in {}", dialect.name),
            span: None,
        });
        let notes = notes.collect();
        return Ok(Code { imports, expression, names, notes, ..Code::default() }.into());
    }
    let text = match root == formula.roots[0] {
        true => text.to_owned(),
        false => print::write(&engine.pool, root, Notation::Text)?,
    };
    let problem = Problem::of_scalars(&variables, &text).map_err(|error| match error
        .kind
        .is_limit()
    {
        true => error,
        false => {
            let what = format!("`{text}` cannot be written in {}", target.name());
            Error::from(ErrorKind::Unsupported(what))
        }
    })?;
    let language = target.of_matrices()?;
    let code = problem.answer_code(&problem.formula(), language);
    let mut code = code.map_err(|error| target.refused(error))?;
    code.names.retain(|(name, _)| variables.contains(name));
    target.finished(code).map(Coded::from)
}

/// A variable as it is written in a language whose numbers need one beside them.
fn sample(names: &[String], target: Target) -> Result<Option<String>> {
    match (target, names.first()) {
        (Target::Arrays(Language::Pytorch), Some(name)) => {
            let found = scalar(name, names, target)?;
            Ok(Some(found.code.expression))
        }
        _ => Ok(None),
    }
}

/// Several values as a vector; `like` is a variable.
fn vector(codes: &[Coded], target: Target, like: Option<&str>) -> Result<Coded> {
    let texts: Vec<String> =
        codes.iter().map(|one| one.code.expression.clone()).collect();
    let language = match target {
        Target::Arrays(language) => Some(language),
        _ => None,
    };
    let inner = codes.first().map(|one| one.sizes.clone()).unwrap_or_default();
    let sizes: Vec<usize> = std::iter::once(codes.len()).chain(inner).collect();
    let entries: Vec<String> = codes.iter().flat_map(|one| one.entries.clone()).collect();
    let (import, expression) = match language.ok_or(target) {
        Err(Target::Scalars(dialect)) => ("", dialect.list(&entries, &sizes)),
        Err(_) => {
            let rows = nested(&texts, "jnp.array(");
            ("import jax.numpy as jnp", format!("jnp.array([{rows}])"))
        }
        Ok(language) => of_arrays(codes, &texts, language, like),
    };
    let mut whole = Code { expression, ..Code::default() };
    whole.imports.extend(Some(import).filter(|line| !line.is_empty()));
    let mut names = FxHashSet::default();
    for Coded { code, .. } in codes {
        whole.end = code.end;
        whole.notes.extend(code.notes.iter().cloned());
        for name in &code.names {
            if names.insert(name) {
                whole.names.push(name.clone());
            }
        }
        for line in &code.imports {
            if !whole.imports.contains(line) {
                whole.imports.push(line);
            }
        }
    }
    Ok(Coded { code: whole, entries, sizes })
}

/// Rows of an array inside of another one: lists.
fn nested(texts: &[String], array: &str) -> String {
    let list = |text: &String| match text.strip_prefix(array) {
        Some(rest) => rest.strip_suffix(')').unwrap_or(rest).to_owned(),
        None => text.clone(),
    };
    texts.iter().map(list).collect::<Vec<_>>().join(", ")
}

/// The import and the expression of a vector in a language of arrays.
fn of_arrays(
    codes: &[Coded],
    texts: &[String],
    language: Language,
    like: Option<&str>,
) -> (&'static str, String) {
    let has_rows = codes.iter().any(|one| !one.sizes.is_empty());
    match language {
        Language::Python => {
            let rows = nested(texts, "np.array(");
            ("import numpy as np", format!("np.array([{rows}])"))
        }
        // The rows of a matrix, as columns that are turned.
        Language::Julia if has_rows => ("", format!("hcat({})'", texts.join(", "))),
        Language::Matlab if has_rows => {
            let row = |text: &String| text.trim_matches(['[', ']']).replace("; ", ", ");
            let rows: Vec<String> = texts.iter().map(row).collect();
            ("", format!("[{}]", rows.join("; ")))
        }
        Language::Julia => ("", format!("[{}]", texts.join(", "))),
        Language::Matlab => ("", format!("[{}]", texts.join("; "))),
        Language::Pytorch => {
            // A number is no tensor; beside a variable it is one of its kind.
            let one = |(code, text): (&Coded, &String)| match (code.code.is_number, like)
            {
                (false, _) => text.clone(),
                (true, Some(like)) => format!("torch.full_like({like}, {text})"),
                (true, None) => format!("torch.tensor(float({text}))"),
            };
            let all: Vec<String> = codes.iter().zip(texts).map(one).collect();
            ("import torch", format!("torch.stack([{}])", all.join(", ")))
        }
    }
}
