//! What a definition defines: the name and the parameters before its `=`.

use super::answer::{Label, Naming};
use super::cursor::{is_call, is_name};
use super::lexer::{self, Input};
use super::limits::Statement;
use super::marks;
use super::name::normalise;
use super::parser::Reader;
use super::signs::note;
use super::token::{Items, Tokens};
use crate::error::{Error, ErrorKind, Result};
use crate::function;
use crate::kernel::latin;
use crate::span::Span;

/// The most parameters of a function.
const MAX_PARAMETERS: usize = 1000;

impl Reader<'_> {
    /// The name and the parameters before the `=` of a definition.
    pub(super) fn head(
        &mut self,
        statement: &Statement,
        index: u32,
        is_only: bool,
    ) -> Result<Option<(u32, Vec<u32>)>> {
        if let Some(place) = statement.left_out {
            let typed = self.source_of(place);
            let message = match &statement.asked {
                Some(_) => format!("`{}` asks for the derivative", typed.trim()),
                None if typed.contains('=') && !marks::maps(&typed) => {
                    "what stands before the last `=` is left out".to_owned()
                }
                None => format!("`{}` is left out", typed.trim()),
            };
            self.program.notes.push(note(message, place));
            if let Some(wanted) = &statement.asked {
                self.program.request = Some((wanted.names.clone(), place));
            }
        }
        if let Some(place) = statement.condition {
            let typed = self.source_of(place);
            let typed = typed.trim_matches([',', ' ', '(', ')']);
            let message = format!("`{typed}` is a condition, and is left out");
            self.program.notes.push(note(message, place));
        }
        let equals = statement.equals.filter(|_| !statement.is_equation);
        let Some(equals) = equals else { return Ok(None) };
        let own = Span::new(statement.span.start as usize, equals);
        let own = statement.head.unwrap_or(own);
        let start = own.start as usize;
        let mut text = &self.text[start..own.end as usize];
        if self.input == Input::Latex {
            text = text.trim_end().trim_end_matches('&').trim_end();
        }
        // `f(x) := x^2`.
        text = text.trim_end().strip_suffix(':').unwrap_or(text);
        self.offset = start;
        let piece = |at: Span| (&self.text[at.start as usize..at.end as usize], at);
        let of_code =
            lexer::head(self.input, piece(own), statement.parameters.map(piece));
        let only = match of_code {
            Some(head) => {
                let head = head?;
                self.program.notes.extend(head.notes.iter().cloned());
                Some(head)
            }
            None => lexer::expression(self.input, text.trim_end(), start, &|_| false),
        };
        let refuse = |at: Span| {
            let kind = ErrorKind::UnexpectedToken {
                found: text.trim().to_owned(),
                expected: "a name or `name(parameters)` before `=`".into(),
            };
            let help = match text.trim_end().ends_with(':') {
                true => "a definition has an equals sign alone, as `u = x^2`",
                false => {
                    "write a definition as `u = …` or `g(x, y) = …`; equations are for calcgrad implicit"
                }
            };
            Error::at(at, kind).help(help)
        };
        let place = Span::new(start, start + text.trim_end().len());
        let is_measure = is_only && is_measure(text.trim());
        if is_measure || self.input == Input::Latex && is_label(text.trim_end()) {
            let message = format!("`{}` is a label", text.trim());
            self.program.notes.push(note(message, place));
            return Ok(None);
        }
        // `f'(x) = 2*x`; in text other labels are names.
        if self.input == Input::Text
            && only.as_ref().is_none_or(|tokens| !is_plain(tokens))
            && says_derivative(text.trim_end())
        {
            let message = format!("`{}` is a label", text.trim());
            self.program.notes.push(note(message, place));
            return Ok(None);
        }
        let Some(tokens) = only else { return Err(refuse(place)) };
        let items: Items =
            tokens.root().into_iter().flat_map(|root| root.inner()).collect();
        let mut parameters = Vec::new();
        let raw = match &items[..] {
            [name] if is_name(name) => name.text,
            [name, bracket] if is_name(name) && is_call(name, Some(bracket)) => {
                for argument in bracket.inner() {
                    let name: Items = argument.inner().collect();
                    match &name[..] {
                        [one] if is_name(one) => {
                            let name = normalise(one.text);
                            let id = self.program.intern_name(&name);
                            if parameters.contains(&id) {
                                let at = argument.span;
                                let kind = ErrorKind::DuplicateDefinition(name);
                                return Err(Error::at(at, kind));
                            }
                            parameters.push(id);
                            if parameters.len() > MAX_PARAMETERS {
                                let what = "the number of parameters";
                                let limit = MAX_PARAMETERS as u64;
                                return Err(ErrorKind::OverLimit { what, limit }.into());
                            }
                        }
                        _ => return Err(refuse(argument.span)),
                    }
                }
                name.text
            }
            _ => return Err(refuse(place)),
        };
        let name = normalise(raw);
        // `g(t) = g*t^2/2` names a value by the letter of another one.
        let body = &self.text[equals + 1..statement.span.end as usize];
        if is_only && !parameters.is_empty() && stands_alone(raw, body) {
            let message =
                format!("`{}` is a label, and `{name}` a variable", text.trim());
            self.program.notes.push(note(message, place));
            return Ok(None);
        }
        let id = self.program.intern_name(&name);
        let key = latin(&name).into_owned();
        if self.shapes.is_some() && self.declared.contains(&key) {
            return Err(Error::at(place, ErrorKind::DuplicateDefinition(name)));
        }
        if self.own.insert(key.clone(), index).is_some() {
            return Err(Error::at(place, ErrorKind::DuplicateDefinition(name)));
        }
        if function::lookup(&key, parameters.len()).is_some() {
            let message = format!(
                "`{}` defines another function of that name; an equation is for calcgrad implicit",
                text.trim()
            );
            self.program.notes.push(note(message, place));
        }
        if parameters.is_empty() {
            self.declared.insert(key);
        }
        Ok(Some((id, parameters)))
    }
}

/// Whether tokens are a name, alone or with a bracket behind it.
fn is_plain(tokens: &Tokens<'_>) -> bool {
    let items: Items = tokens.root().into_iter().flat_map(|root| root.inner()).collect();
    match &items[..] {
        [name] => is_name(name),
        [name, bracket] => is_name(name) && is_call(name, Some(bracket)),
        _ => false,
    }
}

/// Whether a letter stands in a text as a variable, and nowhere before a bracket.
fn stands_alone(letter: &str, text: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '\\');
    let mut one = letter.chars();
    let (Some(_), None) = (one.next(), one.next()) else { return false };
    let mut stands = false;
    for (at, _) in text.match_indices(letter) {
        let (before, behind) = (&text[..at], text[at + letter.len()..].trim_start());
        if behind.starts_with(['(', '\'']) || behind.starts_with("\\left") {
            return false;
        }
        let command = before.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let is_latex = text.contains('\\');
        let is_inside = before.ends_with(is_part)
            || text[at + letter.len()..].starts_with(is_part) && !is_latex;
        let is_inside = if is_latex { command.ends_with('\\') } else { is_inside };
        stands |= !is_inside;
    }
    stands
}

/// Whether what stands before `=` names a value by how it is found: `P(X = x)`, `\ln L(x)`,
/// `|x|`.
fn is_measure(text: &str) -> bool {
    let text = text.trim_start_matches('\\');
    let of_log = ["ln", "log"].iter().find_map(|name| text.strip_prefix(name));
    if let Some(rest) = of_log {
        let name =
            rest.trim_start().trim_start_matches("\\mathcal").trim_matches(['{', '}']);
        let mut letters = name.chars();
        let is_letter = letters.next().is_some_and(|c| c.is_ascii_alphabetic());
        let rest = letters.as_str().trim_start_matches("\\left");
        let is_call = rest.starts_with('(') && rest.ends_with(')');
        return is_letter
            && (is_call
                || name.starts_with(|c: char| c.is_uppercase()) && rest.is_empty());
    }
    if let Some(inside) = text.strip_prefix('|').and_then(|rest| rest.strip_suffix('|')) {
        return !inside.contains('|');
    }
    let Some((name, inside)) = text.split_once('(') else { return false };
    let mut names = inside.strip_suffix(')').into_iter().flat_map(|list| list.split(','));
    matches!(name, "P" | "p" | "Pr" | "f") && names.all(|part| part.contains('='))
}

/// Whether a text is the name of a derivative.
fn says_derivative(text: &str) -> bool {
    Label::read(text).is_some_and(|label| {
        matches!(label.naming, Naming::Derivative | Naming::Gradient)
    })
}

/// Whether what stands before `=` only says what is behind it: `f'(x)`, `\frac{dy}{dx}`,
/// `f(2)`.
fn is_label(text: &str) -> bool {
    // A dotted name is a name that a program may define.
    let is_dotted = ["\\dot", "\\ddot"].iter().any(|sign| text.starts_with(sign));
    // `\Delta E` is no product there.
    if let Some(rest) = text.strip_prefix("\\Delta") {
        return Label::read(rest).is_some_and(|label| label.is_value());
    }
    Label::read(text).is_some_and(|label| match label.naming {
        _ if is_dotted => false,
        Naming::Derivative | Naming::Gradient => true,
        Naming::Value => !label.is_general() && !label.names_known_function(),
        Naming::Subscript | Naming::Differential => false,
    })
}
