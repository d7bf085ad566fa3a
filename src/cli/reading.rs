//! A formula, the variables that are meant, and the point of an answer.

use calcgrad::session::{Engine, Formula, Point, Settings, parse_point};
use calcgrad::syntax::parse_names;
use calcgrad::{Error, ErrorKind, Note, Result};
use rustc_hash::FxHashSet;

/// What stands beside a formula on the command line.
#[derive(Debug, Default)]
pub(crate) struct Beside {
    /// The variables of differentiation, if they were named.
    pub(crate) wrt: Option<Vec<String>>,
    /// The point of the values.
    pub(crate) point: Point,
}

/// A formula with what is asked of it; all names are spelled as in the formula.
#[derive(Debug)]
pub(crate) struct Reading {
    pub(crate) formula: Formula,
    /// All its variables, in natural order.
    pub(crate) variables: Vec<String>,
    /// The variables of differentiation: those that were named, or all.
    pub(crate) wrt: Vec<String>,
    /// How it was read, and names that do not occur in it.
    pub(crate) notes: Vec<Note>,
}

/// The names of a list, if there is one.
pub(crate) fn names(list: Option<&str>) -> Result<Option<Vec<String>>> {
    match list {
        Some(text) if text.trim().is_empty() => {
            Err(ErrorKind::InvalidName(text.to_owned()).into())
        }
        Some(text) => parse_names(text).map(Some),
        None => Ok(None),
    }
}

impl Beside {
    /// Reads a list of variables and a point.
    pub(crate) fn read(wrt: Option<&str>, at: Option<&str>) -> Result<Self> {
        Ok(Self { wrt: names(wrt)?, point: parse_point(at.unwrap_or_default())? })
    }

    /// The names that are variables because they stand here.
    pub(crate) fn declared(&self) -> Vec<String> {
        let point = self.point.iter().map(|(name, _)| name);
        self.wrt.iter().flatten().chain(point).cloned().collect()
    }
}

impl Beside {
    /// Spells names as in a formula: `α` for `alpha`.
    pub(crate) fn respell(&mut self, formula: &Formula) {
        let names = self.wrt.iter_mut().flatten();
        for name in names.chain(self.point.iter_mut().map(|(name, _)| name)) {
            *name = formula.spelling(name);
        }
    }

    /// What is to be said of coordinates that are no names of a formula.
    pub(crate) fn unused(&self, formula: &Formula) -> Vec<Note> {
        let unused = self.point.iter().filter(|(name, _)| !formula.has_name(name));
        let message = |name: &String| format!("`{name}` does not occur in the formula");
        unused.map(|(name, _)| Note { message: message(name), span: None }).collect()
    }

    /// Refuses a value for what the program defines.
    ///
    /// # Errors
    /// When there is one, unless it is a variable of differentiation.
    pub(crate) fn refuse_defined(&self, formula: &Formula) -> Result<()> {
        let is_variable = |name: &String| self.wrt.iter().flatten().any(|n| n == name);
        for (name, _) in &self.point {
            if formula.defines(name) && !is_variable(name) {
                let what = format!("the program says what `{name}` is");
                return Err(Error::from(ErrorKind::InvalidPoint(what))
                    .help("give values to its variables, or leave its definition out"));
            }
        }
        Ok(())
    }

    /// Refuses a point at which a formula as it was typed has no value.
    pub(crate) fn must_have_value(
        &self,
        engine: &mut Engine,
        formula: &Formula,
    ) -> Result<()> {
        match self.point.is_empty() {
            true => Ok(()),
            false => engine.refuse_outside(formula, &self.point),
        }
    }
}

/// Reads a formula, and spells the names beside it as they are spelled in it.
///
/// # Errors
/// A point at which the formula as it was typed has no value.
pub(crate) fn read(
    engine: &mut Engine,
    text: &str,
    beside: &mut Beside,
    settings: &Settings,
) -> Result<Reading> {
    let found = read_near(engine, text, beside, settings)?;
    beside.must_have_value(engine, &found.formula)?;
    Ok(found)
}

/// The same for a point near which the formula has values, and perhaps none there.
pub(crate) fn read_near(
    engine: &mut Engine,
    text: &str,
    beside: &mut Beside,
    settings: &Settings,
) -> Result<Reading> {
    let asked = beside.wrt.as_deref().unwrap_or_default();
    let formula = engine.read_asking(text, settings, asked)?;
    formula.name_arguments(engine)?;
    about(engine, formula, beside)
}

fn about(engine: &mut Engine, formula: Formula, beside: &mut Beside) -> Result<Reading> {
    beside.respell(&formula);
    beside.refuse_defined(&formula)?;
    engine.must_be_assumed(&formula, &beside.point)?;
    let variables = engine.variables(&formula.roots);
    let wrt = beside.wrt.clone().unwrap_or_else(|| variables.clone());
    let mut notes = formula.notes.clone();
    notes.extend(absent(&variables, &wrt, &notes));
    notes.extend(beside.unused(&formula));
    Ok(Reading { formula, variables, wrt, notes })
}

/// What is differentiated by, how often, and one mixed derivative, where the formula says so
/// itself with `\frac{d}{dx}` in front of it.
///
/// # Errors
/// A request beside it that says something else.
pub(crate) fn follow(
    request: &[String],
    wrt: &mut Option<Vec<String>>,
    mixed: &mut Option<Vec<String>>,
    order: &mut u32,
) -> Result<()> {
    let Some(first) = request.first() else { return Ok(()) };
    let is_pure = request.iter().all(|name| name == first);
    let agrees = match (&*wrt, &*mixed) {
        (None, None) => *order == 1 || is_pure && *order as usize == request.len(),
        (Some(wrt), None) => {
            wrt[..] == request[..1]
                && is_pure
                && matches!(*order as usize, n if n == 1 || n == request.len())
        }
        (_, Some(mixed)) => mixed[..] == request[..],
    };
    if !agrees {
        let what = format!(
            "the formula itself asks for its derivative in {}",
            request.join(", ")
        );
        return Err(ErrorKind::InvalidRequest(what).into());
    }
    if is_pure {
        *wrt = Some(vec![first.clone()]);
        (*mixed, *order) = (None, request.len() as u32);
    } else {
        *mixed = Some(request.to_vec());
    }
    Ok(())
}

/// What is to be said of names that do not occur in a formula.
pub(crate) fn absent(known: &[String], names: &[String], said: &[Note]) -> Vec<Note> {
    let known: FxHashSet<&str> = known.iter().map(String::as_str).collect();
    let mut notes: Vec<Note> = Vec::new();
    let mut seen: FxHashSet<&str> = FxHashSet::default();
    for name in names {
        let is_said = || {
            let marks = [format!("`{name}`"), format!("*{name}"), format!("{name}*")];
            let mut all = said.iter();
            all.any(|note| marks.iter().any(|mark| note.message.contains(mark.as_str())))
        };
        if !known.contains(name.as_str()) && seen.insert(name) && !is_said() {
            let message =
                format!("`{name}` does not occur in the formula, so the derivative is 0");
            notes.push(Note { message, span: None });
        }
    }
    if names.is_empty() {
        let message = "the formula has no variables; name one with --wrt".to_owned();
        notes.push(Note { message, span: None });
    }
    notes
}
