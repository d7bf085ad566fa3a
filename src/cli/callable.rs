//! Code as a function that can be called.

use super::code::{Coded, Target, imports, note};
use super::report::{Report, Value};
use calcgrad::kernel::natural_order;
use calcgrad::print::code::{CALLABLES, Returned, words};
use calcgrad::{Error, ErrorKind, Note, Result};
use rustc_hash::{FxHashMap, FxHashSet};

/// A function that is to be written.
#[derive(Debug)]
pub(crate) struct Function {
    /// Its name.
    pub(crate) name: String,
    /// The variables of the derivatives, in their order.
    pub(crate) variables: Vec<String>,
    /// What has a name inside, in the order in which it is needed.
    pub(crate) locals: Vec<(String, Coded)>,
    /// What it gives.
    pub(crate) results: Vec<(String, Coded)>,
}

/// Refuses functions of what is no code.
///
/// # Errors
/// A format that is none.
pub(crate) fn must_be_code(target: Option<Target>, is_callable: bool) -> Result<()> {
    match target {
        None if is_callable => {
            let what = "--function without a programming language".to_owned();
            Err(Error::from(ErrorKind::InvalidRequest(what))
                .help("add one, as --format python or --format c"))
        }
        _ => Ok(()),
    }
}

/// Refuses a function of what matrices have only as an expression.
///
/// # Errors
/// When one was asked for.
pub(crate) fn must_not_be_callable(is_callable: bool) -> Result<()> {
    match is_callable {
        false => Ok(()),
        true => {
            let what =
                "`--function` is unsupported for this command on matrix expressions";
            Err(Error::from(ErrorKind::InvalidRequest(what.to_owned()))
                .help("`diff` and `gradient` of matrix expressions can be a function"))
        }
    }
}

/// Refuses names that are one in the language.
fn tell_apart(names: &[(String, String)], target: Target) -> Result<()> {
    let mut seen: FxHashMap<String, &str> = FxHashMap::default();
    for (name, own) in names {
        if let Some(other) = seen.insert(target.key(own), name) {
            let language = target.name();
            let what = format!("`{other}` and `{name}` are one name in {language}");
            return Err(ErrorKind::Unsupported(what).into());
        }
    }
    Ok(())
}

/// Tells names that are written in another way, each once.
fn remark(report: &mut Report, names: &[(String, String)], target: Target) {
    for (name, own) in names.iter().filter(|(name, own)| name != own) {
        let message = format!("`{name}` is written `{own}` in {}", target.name());
        if report.notes.iter().all(|note| note.message != message) {
            report.notes.push(Note { message, span: None });
        }
    }
}

impl Function {
    /// Puts the function into a report.
    ///
    /// # Errors
    /// A language without functions, and what it cannot say.
    pub(crate) fn write(mut self, report: &mut Report, target: Target) -> Result<()> {
        let language = target.name();
        let Some(row) = CALLABLES.iter().find(|row| row.language == language) else {
            let what = format!("a function cannot be written in {language}");
            return Err(ErrorKind::Unsupported(what).into());
        };
        self.take_definitions();
        let own: Vec<(String, String)> = self.written(target)?;
        tell_apart(&own, target)?;
        let is_local = |name: &String| self.locals.iter().any(|(local, _)| local == name);
        let parameters: Vec<String> = own
            .iter()
            .filter(|(name, _)| !is_local(name))
            .map(|(_, own)| own.clone())
            .collect();
        let local = |name: &String| {
            let known = own.iter().find(|(known, _)| known == name);
            known.map(|(_, own)| own.clone()).unwrap_or_default()
        };
        let locals: Vec<(String, String)> = self
            .locals
            .iter()
            .map(|(name, one)| (local(name), one.code.expression.clone()))
            .collect();
        let mut taken: Vec<String> = own.iter().map(|(_, own)| own.clone()).collect();
        let all = self.locals.iter().chain(&self.results);
        let all = all.flat_map(|(_, one)| words(&one.code.expression));
        taken.extend(all.map(str::to_owned));
        let mut give = |name: &str| {
            let mut own = target.identifier(name);
            while taken.iter().any(|known| known.eq_ignore_ascii_case(&own)) {
                own.push('_');
            }
            taken.push(own.clone());
            own
        };
        let results: Vec<Returned> = self
            .results
            .iter()
            .map(|(name, one)| Returned {
                name: give(name),
                expression: one.code.expression.clone(),
                entries: one.entries.clone(),
                sizes: one.sizes.clone(),
            })
            .collect();
        let name = give(&self.name);
        let codes: Vec<(String, Coded)> =
            self.locals.iter().chain(&self.results).cloned().collect();
        note(report, &codes);
        remark(report, &own, target);
        let mut lines = imports(&codes);
        if !lines.is_empty() {
            lines.push(String::new());
        }
        let body = row.write(&name, &parameters, &locals, &results);
        lines.extend(body.iter().map(|line| target.broken(line)));
        let text = lines.join("\n");
        report.field("callable", text.as_str().into());
        report.push("".into(), Value::One(text.as_str().into()));
        Ok(())
    }

    /// Makes the definitions that code of matrices brings with it names inside.
    fn take_definitions(&mut self) {
        let mut found: Vec<(String, Coded)> = Vec::new();
        for (name, text) in self.results.iter().flat_map(|(_, one)| &one.code.definitions)
        {
            if found.iter().all(|(known, _)| known != name) {
                let mut one = Coded::default();
                one.code.expression.clone_from(text);
                found.push((name.clone(), one));
            }
        }
        self.locals.splice(0..0, found);
    }

    /// The names of variables, then those of all else in natural order, each with how it is
    /// written.
    ///
    /// # Errors
    /// A name that is written in two ways.
    fn written(&self, target: Target) -> Result<Vec<(String, String)>> {
        let all = self.results.iter().chain(&self.locals);
        let known: Vec<&(String, String)> =
            all.flat_map(|(_, one)| &one.code.names).collect();
        let mut spelled: FxHashMap<&str, &str> = FxHashMap::default();
        for (name, own) in &known {
            let first = *spelled.entry(name).or_insert(own);
            if first != own {
                let language = target.name();
                let what =
                    format!("`{name}` is both `{first}` and `{own}` in {language}");
                return Err(ErrorKind::Unsupported(what).into());
            }
        }
        let mut others: Vec<&String> = known.iter().map(|(name, _)| name).collect();
        others.sort_by(|a, b| natural_order(a, b));
        let names = self.variables.iter().chain(others);
        let names = names.chain(self.locals.iter().map(|(name, _)| name));
        let mut found: Vec<(String, String)> = Vec::new();
        let mut seen: FxHashSet<&str> = FxHashSet::default();
        for name in names.filter(|name| seen.insert(name)) {
            let own = spelled.get(name.as_str()).map(|own| (*own).to_owned());
            let own = own.unwrap_or_else(|| target.identifier(name));
            found.push((name.clone(), own));
        }
        Ok(found)
    }
}
