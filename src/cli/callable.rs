//! Code as a function that can be called.

use super::code::{Coded, Target, imports, note};
use super::report::{Report, Value};
use calcgrad::kernel::latin;
use calcgrad::print::code::{CALLABLES, Returned};
use calcgrad::{Error, ErrorKind, Result};

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
        let own: Vec<(String, String)> = self.written();
        let is_local = |name: &String| self.locals.iter().any(|(local, _)| local == name);
        let parameters: Vec<String> = own
            .iter()
            .filter(|(name, _)| !is_local(name))
            .map(|(_, own)| own.clone())
            .collect();
        let local = |name: &String| {
            let known = own.iter().find(|(known, _)| known == name);
            known.map_or_else(|| target.identifier(name), |(_, own)| own.clone())
        };
        let locals: Vec<(String, String)> = self
            .locals
            .iter()
            .map(|(name, one)| (local(name), one.code.expression.clone()))
            .collect();
        let mut taken: Vec<String> = parameters.clone();
        taken.extend(locals.iter().map(|(name, _)| name.clone()));
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

    /// The names of variables, each with how it is written: those of the value first, then
    /// those of the derivatives.
    fn written(&self) -> Vec<(String, String)> {
        let all = self.results.iter().chain(&self.locals);
        let known: Vec<&(String, String)> =
            all.flat_map(|(_, one)| &one.code.names).collect();
        let mut found: Vec<(String, String)> = Vec::new();
        let mut add = |name: &str, own: &str| {
            if found.iter().all(|(known, _)| known != name) {
                found.push((name.to_owned(), own.to_owned()));
            }
        };
        for name in &self.variables {
            let own = known.iter().find(|(known, _)| known == name);
            let plain = latin(name);
            add(name, own.map_or(&*plain, |(_, own)| own.as_str()));
        }
        known.iter().for_each(|(name, own)| add(name, own));
        found
    }
}
