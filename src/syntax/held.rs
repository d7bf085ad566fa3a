//! A derivative in the name of a function that is given: `Find f_xy if f(x, y) = x^2*y` asks for
//! one in two variables that the function holds.

use super::ast::Ast;
use super::parser::Reader;
use crate::error::{Error, ErrorKind, Result};
use crate::kernel::is_same_name;

impl Reader<'_> {
    /// Takes the names of the derivative that is asked for apart into variables of the function.
    ///
    /// # Errors
    /// A name that is none of them: nothing says how they depend on it.
    pub(super) fn hold_request(&mut self) -> Result<()> {
        let Some((names, place)) = self.program.request.take() else { return Ok(()) };
        let program = &self.program;
        let inside: Vec<&str> = program
            .nodes
            .iter()
            .filter_map(|node| match node {
                Ast::Name(name) => Some(program.name(*name)),
                _ => None,
            })
            .collect();
        let parameters = program.definitions.first().map(|first| &first.parameters[..]);
        let parameters = parameters.unwrap_or_default().iter();
        let parameters: Vec<&str> = parameters.map(|name| program.name(*name)).collect();
        let stands = |list: &[&str], name: &str| {
            list.iter().any(|other| is_same_name(other, name))
        };
        // In `f(x, y) = xy` the name `xy` may be a product.
        let is_hidden = |name: &str| {
            let others = inside.iter().filter(|other| !stands(&parameters, other));
            others.into_iter().any(|other| other.contains(name))
        };
        let is_held = |name: &str| {
            stands(&inside, name) || stands(&parameters, name) && !is_hidden(name)
        };
        let mut held = Vec::with_capacity(names.len());
        for name in &names {
            let letters: Vec<String> = name.chars().map(String::from).collect();
            if is_held(name) {
                held.push(name.clone());
            } else if letters.len() > 1 && letters.iter().all(|letter| is_held(letter)) {
                held.extend(letters);
            } else {
                let what =
                    format!("a derivative in `{name}`, which the function does not hold");
                let help = format!(
                    "write what depends on `{name}` as a function of it, as in `u({name})^2`"
                );
                return Err(Error::at(place, ErrorKind::Unsupported(what)).help(help));
            }
        }
        self.program.request = Some((held, place));
        Ok(())
    }
}
