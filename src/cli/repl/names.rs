//! The definitions of a session.

use super::line::is_of_name;
use calcgrad::kernel::is_same_name;
use calcgrad::session::{Engine, Formula, Settings};
use calcgrad::syntax::{Input, input_of};
use calcgrad::{Note, Result};

/// A definition as it was typed.
#[derive(Clone, Debug)]
struct Definition {
    /// What it defines: `f` or `f(x, y)`.
    head: String,
    text: String,
}

impl Definition {
    fn name(&self) -> &str {
        let name = self.head.split('(').next().unwrap_or_default().trim();
        name.trim_start_matches('\\')
    }
}

/// All definitions, in the order in which they were made.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    list: Vec<Definition>,
}

impl Names {
    /// Takes a definition in the place of one of the same name; what there is to note.
    ///
    /// # Errors
    /// What cannot be read, on its own or with the others; the old definition stays then.
    pub(super) fn define(&mut self, head: &str, text: &str) -> Result<Vec<Note>> {
        let read = |text: &str| -> Result<Formula> {
            Engine::default().read(text, &Settings::default())
        };
        let notes = read(text)?.notes;
        let new = Definition { head: head.to_owned(), text: text.to_owned() };
        let mut others = self.clone();
        others.forget(new.name());
        others.list.push(new);
        read(&others.program(head, &[]))
            .map_err(|error| calcgrad::Error { span: None, ..error })?;
        *self = others;
        Ok(notes)
    }

    /// Whether a formula with the definitions that it needs has no variables, as `2 + 3` and
    /// `f(3)`; what cannot be read has some.
    pub(super) fn is_number(&self, formula: &str) -> bool {
        let mut engine = Engine::default();
        let read = engine.read(&self.program(formula, &[]), &Settings::default());
        read.is_ok_and(|found| engine.variables(&found.roots).is_empty())
    }

    /// Forgets a definition; whether there was one.
    pub(super) fn forget(&mut self, name: &str) -> bool {
        let before = self.list.len();
        self.list.retain(|definition| !is_same_name(definition.name(), name));
        self.list.len() < before
    }

    /// Forgets all definitions.
    pub(super) fn clear(&mut self) {
        self.list.clear();
    }

    /// The names that are defined.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.list.iter().map(Definition::name)
    }

    /// The definitions as they were typed.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        self.list.iter().map(|definition| definition.text.as_str())
    }

    /// A formula with the definitions that it needs, each on a line behind it; some names have
    /// other values. A name alone is its definition.
    pub(super) fn program(&self, formula: &str, others: &[&str]) -> String {
        let name = formula.trim().trim_start_matches('\\');
        let alone = self.list.iter().find(|known| is_same_name(known.name(), name));
        let formula = match alone.filter(|_| !others.contains(&name)) {
            Some(definition) => &definition.text,
            None => formula,
        };
        let mut is_needed = vec![false; self.list.len()];
        let mut texts = vec![formula];
        while let Some(text) = texts.pop() {
            for name in names_in(text) {
                let mut list = self.list.iter();
                let place = list.position(|known| is_same_name(known.name(), &name));
                if let Some(place) = place.filter(|place| !is_needed[*place]) {
                    is_needed[place] = true;
                    texts.push(&self.list[place].text);
                }
            }
        }
        let defined = names_defined(formula);
        let own = || defined.iter().map(String::as_str).chain(others.iter().copied());
        let needed = self.list.iter().zip(is_needed).filter(|(known, is_needed)| {
            *is_needed && !own().any(|name| is_same_name(known.name(), name))
        });
        let mut lines = vec![formula];
        lines.extend(needed.map(|(definition, _)| definition.text.as_str()));
        let is_latex = |line: &&str| input_of(line) == Input::Latex;
        match lines.len() > 1 && lines.iter().any(is_latex) {
            // A new line separates nothing in LaTeX.
            true => format!("\\begin{{aligned}}{}\\end{{aligned}}", lines.join(" \\\\ ")),
            false => lines.join("\n"),
        }
    }
}

/// The names that a text itself defines.
fn names_defined(text: &str) -> Vec<String> {
    let pieces = text.split([';', '\n']).filter_map(|piece| piece.split_once('='));
    pieces.filter_map(|(head, _)| names_in(head).into_iter().next()).collect()
}

/// Everything in a text that looks like a name.
fn names_in(text: &str) -> Vec<String> {
    let plain = text.replace("_{", "_");
    let runs = plain.split(|c: char| !is_of_name(c));
    let names = runs.map(|run| run.trim_start_matches(|c: char| c.is_ascii_digit()));
    names.filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::Names;

    #[test]
    fn a_program_has_the_definitions_that_it_needs() -> calcgrad::Result<()> {
        let mut names = Names::default();
        names.define("f", "f = u^2")?;
        names.define("u", "u = a*x")?;
        names.define("g(t)", "g(t) = t + 1")?;
        assert_eq!(names.program("f + 1", &[]), "f + 1\nf = u^2\nu = a*x");
        assert_eq!(names.program("2g(x)", &[]), "2g(x)\ng(t) = t + 1");
        assert_eq!(names.program("u*v; u = 3", &[]), "u*v; u = 3");
        assert_eq!(names.program("sin(x)", &[]), "sin(x)");
        assert_eq!(names.program("f + u", &["u"]), "f + u\nf = u^2");
        assert_eq!(names.program(" f", &[]), "f = u^2\nu = a*x");
        assert!(names.define("u", "u = f").is_err());
        assert!(names.define("u", "u = x +").is_err());
        assert_eq!(names.program("u", &[]), "u = a*x");
        names.define("u", "u = 3")?;
        assert_eq!(names.program("u", &[]), "u = 3");
        assert!(names.forget("u") && !names.forget("u"));
        assert_eq!(names.names().collect::<Vec<_>>(), ["f", "g"]);
        names.define("\\alpha", "\\alpha = 3")?;
        let program = "\\begin{aligned}α*x \\\\ \\alpha = 3\\end{aligned}";
        assert_eq!(names.program("α*x", &[]), program);
        Ok(())
    }
}
